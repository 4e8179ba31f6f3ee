"""Sentences with their offsets: split at stops and line ends; headlines and boilerplate told apart."""

import functools
import re
from collections.abc import Iterator
from typing import NamedTuple

import pandas as pd

from pactlens import datafiles, tables
from pactlens.readers import LIST_MARK

# It begins with one class of characters, so that `re` can leap from one to the next.
BOUNDARY = re.compile(r"[.!?\u2026][.!?\u2026\"'\u2019\u201d\u00bb)\]]*\s+")
CLOSED = re.compile(r"[.!\u2026;:,][\"'\u2019\u201d)\]]*$")
DATED = re.compile(r"\d.*\b\d{4}\b|\b\d{4}\b.*\d")
DASHES = "-\u2013\u2014"
COLON = ":|" + DASHES
# Characters: what no stop ends for so long is no sentence, and is cut between words.
LONGEST = 2000


class Line(NamedTuple):
    """A line that is not blank: its words, the spans of its sentences, and whether it is a list item."""

    words: str
    spans: list[tuple[int, int]]
    item: bool


@functools.cache
def pattern(name: str) -> re.Pattern[str]:
    """Return a pattern of data/language.csv by its name, with the patterns named in it as <name>."""
    written = datafiles.read("language.csv").set_index("name")["pattern"][name]
    return re.compile(re.sub("(?<!P)<([a-z ]+)>", lambda part: pattern(part[1]).pattern, written))


def dateline(text: str) -> int:
    """Return where a sentence begins behind the place that it was written in: "DAVOS, Switzerland - "."""
    found = pattern("dateline").match(text)
    # "USA - 13 June 2024" is a line of a list.
    return found.end() if found and len(text[found.end() :].split()) > 4 else 0


def split(articles: pd.DataFrame) -> pd.DataFrame:
    """Return the sentences of articles (article, title, text): stretches up to a stop or a line's end.

    `start` and `end` count the characters of articles.text. `part` is `title` for the headline, `teaser` for
    boilerplate about other articles (data/boilerplate.csv), else `body`. A headline printed again has no row.
    """
    rows = [
        (article, number, start, end, part, text[start:end])
        for article, title, text in articles[["article", "title", "text"]].itertuples(index=False)
        for number, (start, end, part) in enumerate(_sentences(text, "" if pd.isna(title) else title))
    ]
    return tables.from_rows("sentences", rows)


def _sentences(text: str, title: str) -> Iterator[tuple[int, int, str]]:
    """Yield start, end and part of each sentence; a headline printed again has none."""
    lines = list(_lines(text))
    parts = dict.fromkeys(_teasers(lines), "teaser")
    top = [n for n in range(min(8, len(lines))) if n not in parts]
    head = _headline(lines, top, title)
    if head is not None:
        again = [n for n in top if n > head and alike(lines[n].words, lines[head].words)]
        parts |= {head: "title"} | dict.fromkeys(again, "")
    for n, line in enumerate(lines):
        part = parts.get(n, "body")
        yield from ((start, end, part) for start, end in line.spans if part)


def _lines(text: str) -> Iterator[Line]:
    """Yield the lines of a text, each cut into sentences."""
    for line in re.finditer(r"\S.*", text):
        last = line.start() + len(line[0].rstrip())
        mark = LIST_MARK.match(text, line.start(), last)
        start, spans = mark.end() if mark else line.start(), []
        for found in BOUNDARY.finditer(text, start, last):
            if _closes(text, start, *found.span()):
                spans.append((start, start + len(text[start : found.end()].rstrip())))
                start = found.end()
        spans.append((start, last))
        pieces = [piece for span in spans for piece in _pieces(text, *span)]
        yield Line(text[spans[0][0] : last], pieces, bool(mark))


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield start and end of the pieces of a sentence, one if it is not too long."""
    while end - start > LONGEST:
        space = text.rfind(" ", start, start + LONGEST)
        stop = space if space > start else start + LONGEST
        yield start, start + len(text[start:stop].rstrip())
        start = end - len(text[stop:end].lstrip())
    yield start, end


def _closes(text: str, start: int, stop: int, end: int) -> bool:
    """Return whether a stop ends its sentence, and is not that of an abbreviation or an initial."""
    if text[end].islower() or text[end] in DASHES:
        return False
    if text[stop] != "." or text[stop + 1] == "." or text[stop - 7 : stop].isalpha():
        return True
    word = text[max(start, stop - 12) : stop].rpartition(" ")[2].lstrip("\"'(\u2018\u201c[")
    short = pattern("short form").match(word)
    if short and short["number"]:
        return not text[end].isdigit()
    return not short or (short["opener"] is not None and pattern("opener").match(text, end) is not None)


@functools.lru_cache(maxsize=64)
def plain(words: str) -> str:
    """Return words as they compare: no case, no marks."""
    return " ".join(re.findall(r"\w+", words)).casefold()


def alike(line: str, title: str) -> bool:
    """Return whether a line is a title, whatever its case and marks; one of twice its length is none."""
    return len(line) <= 2 * len(title) and plain(line) == plain(title)


def _headline(lines: list[Line], top: list[int], title: str) -> int | None:
    """Return which line is the headline: the record's title, or a line at the top that is no sentence."""
    named = next((n for n in top if title and alike(lines[n].words, title)), None)
    for n in top if named is None else ():
        words, many = lines[n].words, lines[n].words.count(" ") + 1
        if n == len(lines) - 1 or lines[n].item or CLOSED.search(words[-4:]) or many > 30:
            return None
        if many >= 4 and words[0] not in "([" and not DATED.search(words):
            return n
    return named


@functools.cache
def _boilerplate() -> tuple[re.Pattern[str], frozenset[str]]:
    """Return a pattern of the phrases that open boilerplate, and those of them that links follow."""
    table = datafiles.read("boilerplate.csv")
    phrases = "|".join(re.escape(phrase) for phrase in sorted(table["phrase"], key=len, reverse=True))
    links = frozenset(table["phrase"][table["follows"] == "links"])
    return re.compile(rf"(?:{phrases})\b".replace("'", "['\u2019]"), re.IGNORECASE), links


def _teasers(lines: list[Line]) -> Iterator[int]:
    """Yield the lines that are boilerplate: those that a phrase opens, and the links below such a heading."""
    opening, leading = _boilerplate()
    follows = fresh = False
    for n, line in enumerate(lines):
        found = opening.match(line.words)
        rest = line.words[found.end() :].strip() if found else ""
        if found and (not rest or rest[0] in COLON or (rest.count(" ") < 3 and _is_link(line))):
            alone = not rest.strip(COLON) or rest[0] not in COLON
            follows = fresh = alone and n > 0 and found[0].lower().replace("\u2019", "'") in leading
            yield n
            continue
        # A line between links and prose is the heading of the prose.
        leads = n + 1 < len(lines) and not _is_link(lines[n + 1])
        follows = follows and _is_link(line) and (fresh or line.item or not leads)
        fresh = False
        if follows:
            yield n


def _is_link(line: Line) -> bool:
    return not CLOSED.search(line.words[-4:]) and line.words.count(" ") < 25
