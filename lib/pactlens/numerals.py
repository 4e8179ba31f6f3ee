"""Numbers in sentences, in digits and words: what they count, and the clause that they stand in.

Words and patterns are rows of data/claims.csv: a class with its forms (`*` stands for any letters), or a
pattern, in which <name> stands for the forms of a class or for another pattern.
"""

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from pactlens import datafiles
from pactlens.errors import DataError

PLAIN = str.maketrans('\u02bc\u2018\u2019\u201c\u201d\u2011\u00a0\u202f\n"', "'''  -    ")
UNITS = dict.fromkeys(("agreement", "these", "times"), "agreement")
UNITS |= dict.fromkeys(("party", "others", "some", "those"), "party")
HYPHEN = re.compile(r"(?<=\w)[\u2010\u2013](?=\w)")


class Phrase(NamedTuple):
    """A number with the noun that it counts; offsets in its sentence."""

    value: int
    operator: str  # = or >= or ~
    start: int
    end: int
    unit: str  # agreement, party, or "" if no such noun follows
    words: str  # from the end of the number to the end of the phrase
    left: str  # its clause up to the number
    right: str  # its clause from the end of the phrase

    @property
    def rest(self) -> str:
        """Return its clause from the end of the number."""
        return self.words + self.right

    @property
    def clause(self) -> str:
        """Return its whole clause but for the number."""
        return self.left + self.words + self.right

    def follows(self, name: str) -> bool:
        """Return whether its clause up to the number holds pattern `name`."""
        return pattern(name).search(self.left) is not None

    def leads(self, name: str) -> bool:
        """Return whether its clause after the phrase begins with pattern `name`."""
        return pattern(name).match(self.right) is not None


@cache
def _classes() -> dict[str, dict[str, str]]:
    table = datafiles.read("claims.csv").fillna("")
    return {
        str(name): dict(zip(rows["form"], rows["value"], strict=True))
        for name, rows in table.groupby("class")
    }


def _rows(name: str) -> dict[str, str]:
    if name not in _classes():
        raise DataError(f"claims.csv has no row of class {name}: restore it from the repository")
    return _classes()[name]


def _forms(name: str) -> str:
    """Return a pattern of the forms of a class, the longest first, or the pattern of this name."""
    if name not in _classes():
        return f"(?:{pattern(name).pattern})"
    parts = []
    for form in sorted(_rows(name), key=lambda form: (-len(form), form)):
        body = re.escape(form).replace(r"\ ", r"\s+").replace(r"\*", r"[\w'-]*")
        left, right = (r"\b" if letter.isalnum() or letter == "*" else "" for letter in (form[0], form[-1]))
        parts.append(f"{left}{body}{right}")
    return f"(?:{'|'.join(parts)})"


@cache
def pattern(name: str) -> re.Pattern[str]:
    """Return the compiled pattern of this name, or of the forms of "<class>"; letter case does not matter."""
    template = name if name.startswith("<") else _rows("pattern")[name]
    filled = re.sub(r"(?<!\?P)<([a-z ]+)>", lambda part: _forms(part[1]), template)
    return re.compile(filled, re.IGNORECASE)


def even(text: str) -> str:
    """Return `text` with plain hyphens, apostrophes and spaces, also for double quotes, each at its place."""
    return HYPHEN.sub("-", text.translate(PLAIN))


def has(name: str, text: str) -> bool:
    """Return whether `text` holds a form of class `name`."""
    return pattern(f"<{name}>").search(text) is not None


def holding(text: pd.Series, name: str) -> pd.Series:
    """Return which rows of `text` hold pattern `name`, which may use no lookaround (RE2, as `re` is slow)."""
    found = pc.match_substring_regex(pa.array(text), pattern(name).pattern, ignore_case=True)
    return pd.Series(found.to_numpy(zero_copy_only=False), index=text.index)


def entry(name: str, words: str) -> str | None:
    """Return the value of the form of class `name` that `words` are."""
    fits = (form for form in _rows(name) if re.fullmatch(form.replace("*", r"\w*"), words, re.IGNORECASE))
    return _rows(name).get(next(fits, ""))


def value(words: str) -> int:
    """Return the number that "17", "16th", "twenty-one", "twenty-first" or "decade" stands for."""
    digits = re.match(r"\d+", words)
    if digits:
        return int(digits[0])
    numbers = {**_rows("cardinal"), **_rows("ordinal"), **_rows("tens"), **_rows("term long")}
    return sum(int(numbers[word]) for word in re.split(r"[-\s]+", words.lower()))


def counted(words: str) -> int:
    """Return the number that words are, if it counts more than one: "17", "twenty-one"; else 0."""
    number = value(words) if pattern("number").fullmatch(words) else 0
    return number if number > 1 else 0


def phrases(text: str, name: str) -> list[Phrase]:
    """Return the numbers of a sentence that match pattern `name`, each with what it counts and its clause.

    What stands in brackets or between two dashes is a clause of its own, and no part of that around it.
    """
    asides = [aside.span() for aside in pattern("aside").finditer(text)]
    views = [pattern("aside").sub(lambda aside: " " * len(aside[0]), text)]
    views += [" " * start + text[start:end] for start, end in asides]
    return [phrase for view in views for phrase in _phrases(view, name)]


def _phrases(text: str, name: str) -> Iterator[Phrase]:
    found = []
    for match in pattern(name).finditer(text):
        head = pattern("head").match(text, match.end())
        before = pattern("inexact").search(text, max(0, match.start() - 40), match.start())
        unit = UNITS.get(str(head.lastgroup), "") if head else ""
        operator = "=" if before is None else ">=" if before["least"] else "~"
        start, end = before.start() if before else match.start(), head.end() if head else match.end()
        found.append(Phrase(value(match[0]), operator, start, end, unit, text[match.end() : end], "", ""))
    verb = pattern("verb follows")
    counting = [one for one in found if one.value > 1 and (one.words or verb.match(text, one.end))]
    walls = [0, *(wall.start() for wall in pattern("wall").finditer(text)), len(text)]
    for one in found:
        low = max(at for at in (*walls, *(other.end for other in counting)) if at <= one.start)
        high = min(at for at in (*walls, *(other.start for other in counting)) if at >= one.end)
        yield one._replace(left=text[low : one.start], right=text[one.end : high])
