"""What the rules of `claims` find in a sentence, and what they read it against."""

from collections.abc import Iterator
from typing import NamedTuple

from pactlens.numerals import Phrase, entry, pattern


class Finding(NamedTuple):
    """One claim in a sentence; offsets in the sentence."""

    kind: str
    value: int
    operator: str
    start: int
    end: int
    rule: str
    scope: str


class Context(NamedTuple):
    """What a sentence is read against."""

    before: str  # the sentence before it
    tells_signing: bool  # whether the article opens with a signing, told in another sentence
    partners: list[tuple[int, str]]  # where the sentence names possible partners
    strangers: list[int]  # where it names other countries


def verbs(words: str) -> list[str]:
    """Return the kinds of verbs in some words, the groups of pattern "cue"."""
    return [str(cue.lastgroup) for cue in pattern("cue").finditer(words)]


def scope(phrase: Phrase, context: Context) -> str:
    """Return what a number counts: agreements, or countries, of which group, or without the union."""
    if phrase.unit == "agreement" or not (phrase.unit or phrase.follows("with")):
        return "agreements"
    if group := pattern("<scope>").search(phrase.words):
        return f"countries ({entry('scope', group[0])})"
    return "countries without EU" if added(phrase, context) else "countries"


def added(phrase: Phrase, context: Context) -> str | None:
    """Return the partner that the text adds to a number: the EU in "24 countries and the EU"."""
    later = (
        country for between, country in partners_after(phrase, context) if pattern("and").fullmatch(between)
    )
    return next(later, None)


def partners_after(phrase: Phrase, context: Context) -> Iterator[tuple[str, str]]:
    """Yield each partner named after a number, led by the words between: (" with ", "A")."""
    for start, country in context.partners:
        if start >= phrase.end:
            yield phrase.right[: start - phrase.end], country
