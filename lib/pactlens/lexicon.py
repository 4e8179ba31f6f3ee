"""The words of a sentence, each with its classes in the lexicon; names and days are one word each."""

import functools
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

import pandas as pd

from pactlens import datafiles

WORD = re.compile(r"['\u2019\u02bc]s\b|--+|\w+(?:['\u2019]\w+)*|[^\w\s]")
NUMBER = re.compile(r"\d+(st|nd|rd|th)$")
MARKS = str.maketrans("[]\u2019\u02bc\u2013\u2015\u2011", "()''\u2014\u2014-")
# Classes that a clause does not look at: they serve to choose articles.
ASIDE = {"cue", "subject", "stranger", "later event"}
STOPS = frozenset((",", ";", ":", ".", "(", ")", "—"))
NAME: Mapping[str, str] = {}
ELLIPTIC: Mapping[str, str] = {"paper": "own"}
AFTER_PAPER = ("be", "have", "modal", "sign", "away", "with", "not", "break", "and")
TODAY: Mapping[str, str] = {"adverb": "", "day": ""}


class Span(NamedTuple):
    """A stretch of a sentence that names a country, by itself, its people, capital or leader; or a day."""

    start: int
    end: int
    country: str | None
    kind: str  # name, demonym, capital, abbreviation, person; day


class Token(NamedTuple):
    """A word, a phrase of the lexicon, a mark, or a span; offsets count in the sentence."""

    start: int
    end: int
    text: str  # lower-cased, with plain quotes
    classes: Mapping[str, str]  # class in the lexicon -> value
    country: str | None = None
    kind: str = ""


BLANK = Token(0, 0, "", NAME)


def has(token: Token, *names: str) -> bool:
    """Tell whether a token is of one of these classes."""
    # A plain loop: this is asked a million times, and any() takes three times as long.
    for name in names:  # noqa: SIM110
        if name in token.classes:
            return True
    return False


def previous(row: Sequence[Token], k: int, by: int = 1) -> Token:
    """Return the token before token k, or so many before it; a blank one where the sentence begins."""
    return row[k - by] if k >= by else BLANK


def following(row: Sequence[Token], k: int, by: int = 1) -> Token:
    """Return the token after token k, or so many after it; a blank one where the sentence ends."""
    return row[k + by] if k + by < len(row) else BLANK


def any_has(row: Iterable[Token], *names: str) -> bool:
    """Tell whether one of these tokens is of one of these classes."""
    for token in row:  # a plain loop, as in `has`
        for name in names:
            if name in token.classes:
                return True
    return False


def is_nth(token: Token) -> bool:
    """Tell whether a token is a place in an order: "third", "16th"."""
    return "ordinal" in token.classes or NUMBER.match(token.text) is not None


@functools.cache
def lexicon() -> pd.DataFrame:
    """Return data/lexicon.csv: form (lower case, `*` for any word), class, value (tense, say), note."""
    return datafiles.read("lexicon.csv")


@functools.cache
def forms(name: str, *values: str) -> frozenset[str]:
    """Return the forms of one class of the lexicon, of these values or any."""
    table = lexicon()
    chosen = table["value"].fillna("").isin(values) if values else True
    return frozenset(table.loc[(table["class"] == name) & chosen, "form"])


Phrases = dict[tuple[str, ...], list[tuple[tuple[str, ...], dict[str, str]]]]


@functools.cache
def _phrases() -> Phrases:
    """Return, by its first two words (or the one), each phrase's other words and classes, longest first."""
    classes: dict[tuple[str, ...], dict[str, str]] = {}
    table = lexicon()
    table = table[~table["class"].isin(ASIDE)]
    for form, name, value in zip(table["form"], table["class"], table["value"].fillna(""), strict=True):
        classes.setdefault(tuple(WORD.findall(form)), {})[name] = value
    for words, its in classes.items():
        if {"pair", "same event"} & its.keys():
            its |= classes.get(words[-1:], {})
    out: Phrases = {}
    for words in sorted(classes, key=lambda words: (-len(words), words)):
        out.setdefault(words[:2], []).append((words[2:], classes[words]))
    return out


def tokens(text: str, spans: Iterable[Span] = ()) -> list[Token]:
    """Return the tokens of a sentence; a span is one token, and the longest phrase of the lexicon wins."""
    out: list[Token] = []
    at = 0
    for span in spans:
        out += _classed(text, at, span.start)
        word, classes = text[span.start : span.end].lower(), NAME if span.country else TODAY
        out.append(Token(span.start, span.end, word, classes, span.country, span.kind))
        at = span.end
    out += _classed(text, at, len(text))
    return [t._replace(classes=ELLIPTIC) if _elliptic(out, i) else t for i, t in enumerate(out)]


def _elliptic(row: list[Token], i: int) -> bool:
    """Tell whether token i is a possessive that stands for a paper: "a week after A's"."""
    if i >= len(row) or row[i].text != "'s" or not previous(row, i).country:
        return False
    after = i + 1
    while after < len(row) and (row[after].text in (",", "the") or has(row[after], "and")):
        after += 1
    if after > i + 1 and following(row, after).text == "'s":  # "after A's and B's"
        return _elliptic(row, after + 1)
    return following(row, i).text in STOPS or has(following(row, i), *AFTER_PAPER)


def _phrase(words: list[str], i: int) -> tuple[int, Mapping[str, str]]:
    """Return size and classes of the longest phrase of the lexicon at word i; in it `*` is any word."""
    phrases, here = _phrases(), words[i : i + 2]
    for key in ((here[0], here[1]), (here[0], "*")) if len(here) > 1 else ():
        for rest, classes in phrases.get(key, ()):
            if tuple(words[i + 2 : i + 2 + len(rest)]) == rest:
                return 2 + len(rest), classes
    return 1, phrases[(here[0],)][0][1] if (here[0],) in phrases else NAME


def _classed(text: str, start: int, end: int) -> list[Token]:
    """Return the tokens of text[start:end], which holds no span."""
    found = [(match.start(), match.end()) for match in WORD.finditer(text, start, end)]
    words = [text[first:last].lower().translate(MARKS) for first, last in found]
    words = ["—" if word.startswith("--") else word for word in words]
    mark = "," if text.count(" - ") > 1 else "—"  # "the others - A and B - are in talks"
    dashes = (text[max(0, first - 1) : last + 1] == " - " for first, last in found)
    words = [mark if dash else word for word, dash in zip(words, dashes, strict=True)]
    out, i = [], 0
    while i < len(words):
        size, classes = _phrase(words, i)
        out.append(Token(found[i][0], found[i + size - 1][1], " ".join(words[i : i + size]), classes))
        i += size
    return out
