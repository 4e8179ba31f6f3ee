"""The few errors that misuse raises; bad input never raises, it becomes a row of `problems`."""


class PactlensError(Exception):
    """Base of all; its message names the thing, the place and the next step."""


class CorpusError(PactlensError):
    """The corpus as a whole cannot be read: no such folder, nothing in it, or a file of an unknown kind."""


class DataError(PactlensError):
    """A data file that ships with the rules (countries, groups, agreements, …) is missing or malformed."""


class TableError(PactlensError):
    """A table lacks a declared column or holds a value that its declaration does not allow."""


class NotebookError(PactlensError):
    """A notebook is not there, or failed when it was run."""


class ReportError(PactlensError):
    """A report or tables cannot be written where they are asked for."""
