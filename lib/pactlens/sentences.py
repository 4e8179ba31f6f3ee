"""Sentences with their offsets: split at stops and line ends; headlines and boilerplate told from the body."""

import functools
import re
from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
import pandas as pd

from pactlens import datafiles, tables

STOP = re.compile(r"[.!?\u2026][.!?\u2026]*[\"'\u2019\u201d\u00bb)\]]*[ ]+(?![a-z\-\u2013\u2014])")
# Before these no sentence ends; before a number, not after the second kind; after the third, only if a usual opener follows.
TITLES = set(
    "mr mrs ms dr gen lt col sgt maj capt adm sen rep gov prof hon rev pres amb st mt ft fr vs cf h.e e.g i.e".split()
)
NUMBERED = set(
    "jan feb mar apr jun jul aug sep sept oct nov dec no nos art arts sec vol fig par p pp approx ca".split()
)
CLOSING = set("inc ltd co corp jr sr etc al bros dept est".split())
LETTERS = re.compile(r"(?:^|\W)(?:[^\W\d_]|(?:[^\W\d_]\.)+[^\W\d_]|Ph\.D)$")
OPENER = re.compile(
    r"[\"'\u2018\u201c(\[]*(?:The|A|An|It|Its|He|His|She|Her|They|Their|We|Our|You|There|This|That|These|Those|In|On|At|"
    r"As|After|Also|Although|And|Before|Both|But|By|During|Earlier|For|From|How|However|If|Last|Later|Meanwhile|Most|No|Not|"
    r"Now|One|Or|Since|So|Some|Such|Then|To|Today|Under|Until|What|When|Where|Whether|While|Who|Why|With|Yesterday)\b"
)
MARK = re.compile(r"\s*(?:(?:[-*\u2022\u00b7\u25aa\u25cf\u2023\u2013\u2014]|\d{1,2}[.)])\s+)?")
PROSE_END = re.compile(r"[.!\u2026;:,][\"'\u2019\u201d)\]]*$")


class Line(NamedTuple):
    """A line of text that is not blank: where it starts, its words, and whether it is a list item."""

    start: int
    words: str
    item: bool


def split(articles: pd.DataFrame) -> pd.DataFrame:
    """Return the sentences of articles (article, text, title): each stretch of text up to a stop or a line's end.

    `start` and `end` count the characters of articles.text. `part` is `title` for the headline, `teaser` for
    boilerplate about other articles (data/boilerplate.csv), else `body`. A headline's second printing has no row.
    """
    spans: list[tuple[int, int, str]] = []
    counts, words = [], []
    for text, title in zip(articles["text"], articles["title"], strict=True):
        own = list(_spans(text, title if isinstance(title, str) else ""))
        counts.append(len(own))
        spans += own
        words += [text[start:end] for start, end, _ in own]
    table = pd.DataFrame(spans, columns=["start", "end", "part"])
    table["text"] = words
    table["article"] = articles["article"].repeat(counts).array
    first = np.repeat(np.cumsum(counts) - counts, counts) if counts else []
    table["sentence"] = np.arange(len(table)) - first
    return tables.conform("sentences", table)


def _spans(text: str, title: str) -> Iterator[tuple[int, int, str]]:
    """Yield start, end and part of each sentence of one text."""
    lines = _lines(text)
    parts = _parts(lines, title)
    for line, part in zip(lines, parts, strict=True):
        if part:
            for start, end in _stops(line.words):
                yield line.start + start, line.start + end, part


def _lines(text: str) -> list[Line]:
    lines, at = [], 0
    for raw in text.split("\n"):
        words = raw.strip()
        if words:
            start = at + raw.find(words)
            mark = MARK.match(words)
            skip = mark.end() if mark else 0
            if skip < len(words):
                lines.append(Line(start + skip, words[skip:], skip > 0))
        at += len(raw) + 1
    return lines


def _stops(line: str) -> Iterator[tuple[int, int]]:
    """Yield start and end of each sentence of a line."""
    start = 0
    for found in STOP.finditer(line):
        end = found.end()
        if end < len(line) and not line[end].islower() and not _abbreviated(line, found):
            yield start, found.start() + len(found[0].rstrip())
            start = end
    yield start, len(line)


def _abbreviated(line: str, found: re.Match[str]) -> bool:
    """Return whether the stop belongs to an abbreviation, an initial or a number, and ends no sentence."""
    at = found.start()
    if line[at] != "." or line[at + 1] not in " )\"'\u2019\u201d":
        return False
    token = line[line.rfind(" ", 0, at) + 1 : at].lstrip("\"'(\u2018\u201c[")
    lower = token.lower()
    if lower in TITLES:
        return True
    if lower in NUMBERED and line[found.end()].isdigit():
        return True
    if lower in CLOSING or LETTERS.search(token):
        return OPENER.match(line, found.end()) is None
    return False


def _parts(lines: list[Line], title: str) -> list[str]:
    """Return the part of each line; "" for a headline printed again."""
    parts = ["body"] * len(lines)
    for n in _teasers(lines):
        parts[n] = "teaser"
    head = _headline(lines, parts, title)
    if head is not None:
        parts[head] = "title"
        same = _plain(lines[head].words)
        for n in range(head + 1, min(head + 7, len(lines))):
            if parts[n] == "body" and _plain(lines[n].words) == same:
                parts[n] = ""
    return parts


def _plain(words: str) -> str:
    return re.sub(r"\W+", " ", words).strip().casefold()


def _headline(lines: list[Line], parts: list[str], title: str) -> int | None:
    """Return which line is the headline: the record's title, or a line at the top that is no sentence."""
    top = [n for n in range(min(6, len(lines))) if parts[n] == "body"]
    if title:
        same = _plain(title)
        return next((n for n in top if _plain(lines[n].words) == same), None)
    for n in top[:-1]:
        line = lines[n]
        many = line.words.count(" ") + 1
        if line.item or PROSE_END.search(line.words) or many > 30:
            return None
        if many >= 4 and line.words[0] not in "([" and not re.search(r"\d{4}\b", line.words[-12:]):
            return n
    return None


@functools.cache
def _boilerplate() -> tuple[re.Pattern[str], frozenset[str]]:
    """Return a pattern of the phrases that open boilerplate, and those that links follow."""
    table = datafiles.read("boilerplate.csv")
    phrases = sorted(table["phrase"], key=len, reverse=True)
    pattern = "|".join(re.escape(phrase).replace("'", "['\u2019]") for phrase in phrases)
    leading = frozenset(table["phrase"][table["follows"] == "links"])
    return re.compile(rf"(?:{pattern})\b", re.IGNORECASE), leading


def _teasers(lines: list[Line]) -> Iterator[int]:
    """Yield the lines that are boilerplate: those that a phrase opens, and the links that follow a heading."""
    opening, leading = _boilerplate()
    follows = False
    for n, line in enumerate(lines):
        found = opening.match(line.words)
        rest = line.words[found.end() :].strip() if found else ""
        if found and (
            not rest or rest[0] in ":|\u2013\u2014-" or rest.count(" ") < 3 and not PROSE_END.search(rest)
        ):
            bare = not rest.strip(":|\u2013\u2014-") or rest[0] not in ":|\u2013\u2014-"
            follows = bare and n > 0 and found[0].lower().replace("\u2019", "'") in leading
            fresh = True
            yield n
        elif follows and _is_link(line) and (fresh or line.item or not _heads_prose(lines, n)):
            fresh = False
            yield n
        else:
            follows = False


def _is_link(line: Line) -> bool:
    return not PROSE_END.search(line.words) and line.words.count(" ") < 25


def _heads_prose(lines: list[Line], n: int) -> bool:
    return n + 1 < len(lines) and not _is_link(lines[n + 1])
