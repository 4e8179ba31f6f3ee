"""When an article was published: by its record, its address, or a line of its own."""

import datetime
import functools
import re
from collections.abc import Iterable

from pactlens.dates import (
    MONTH_LINE,
    NO_CLOCK,
    Clock,
    as_date,
    clock_of_text,
    clock_of_url,
    find,
    month_number,
)
from pactlens.readers import LIST_MARK
from pactlens.sentences import pattern

URL_DAY = re.compile(
    r"(?<!\d)((?:19|20)\d\d)(?:([/_])(\d\d?|[a-z]{3})\2(\d\d?)(?=[/_.?#]|$)|-(\d\d)-(\d\d)(?!\d)|(\d\d)/?(\d\d)(?!\d)|/(\d\d)(\d\d)(?=/))"
)
URL_NUMBER = re.compile(r"(20[12]\d)(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01])\d*")  # /yjj2024070800445/
OF_A_LIST = re.compile(r"^[A-Z][\w ]+: \d|^\d\d? \w+ 20\d\d [-\u2013\u2014] ")
EITHER = re.compile(r"(?<!\d)(\d\d?)[-./](\d\d?)[-./]((?:19|20)\d\d)(?!\d)")
FEW = 30  # letters beside the day in a line that tells little else
Found = tuple[datetime.date, str]  # a day, and the words that say so


def published(
    given: Iterable[tuple[str, str]], url: str | None, text: str
) -> tuple[datetime.date | None, str, str | None, list[str]]:
    """Return the day of publication, its basis, the words that say so, and given words that name no day.

    The day is what the record gives, else its address, else a byline. `given` holds pairs of basis and words:
    front matter counts before date line before index.
    """
    wrong: list[str] = []
    for basis, words in sorted(given, key=lambda pair: ("front matter", "date line", "index").index(pair[0])):
        if on := _first_day(words) or _either(words, text)[0]:
            return on, basis, words, wrong
        wrong.append(words)
    for found in URL_DAY.finditer(url or ""):
        year, month, day = [part for part in found.groups() if part and part not in "/_"]
        if on := as_date(int(year), month_number(month), int(day)):
            return on, "url", found[0], wrong
    on, line = _either(url or "", text)
    if on:
        return on, "url", line, wrong
    on, line = _byline(text, url or "")
    return on, "text" if on else "none", line, wrong


@functools.lru_cache(maxsize=4096)
def _first_day(words: str) -> datetime.date | None:
    """Return the first full date in some words."""
    words = re.sub(r"^((?:19|20)\d\d)(\d\d)(\d\d)(?!\d)", r"\1-\2-\3", re.sub(r"(?<=\d)T(?=\d)", " ", words))
    return next((day.on for day in find(words) if day.basis == "explicit" and day.precision == "day"), None)


def _either(words: str, text: str) -> tuple[datetime.date | None, str | None]:
    """Return the day of "10-07-2024", of two the one that the text's head names, and these words."""
    for found in EITHER.finditer(words):
        first, second, year = map(int, found.groups())
        may = {as_date(year, second, first), as_date(year, first, second)} - {None}
        named = {day.on for day in find(text[:3000], Clock(year=year))} if len(may) > 1 else may
        if len(may & named) == 1:
            return (may & named).pop(), found[0]
    return None, None


def _foreign(line: str) -> datetime.date | None:
    """Return the day that a line gives with a month in another language: "22 febbraio 2024"."""
    found = pattern("foreign day").search(line)
    if not found:
        return None
    month = next(name[1:] for name, words in found.groupdict().items() if name[0] == "m" and words)
    return as_date(int(found["year"]), int(month), int(found["day"]))


def _byline(text: str, url: str) -> Found | tuple[None, None]:
    """Return the day and words of a dateline or byline: one in the text's head, or its last line."""
    of_url = clock_of_url(url)
    clock = Clock(year=of_url.year) if of_url else NO_CLOCK
    alone: list[Found] = []
    for n, line in enumerate(_head_and_last(text)):
        story = Clock(near=alone[-1][0]) if alone else clock if clock.year else _clock_of_story(text, url)
        told = any(pattern("byline").match(words) for _, words in alone)  # "Published 2 January"
        if not told and (found := _dateline(line, story) or _of_today(line, text, clock)):
            return found
        alone += _alone(line, clock, text, title=n == 0)
    # Of several bylines, a later one may be that of the page.
    bylines = [one for one in alone if pattern("byline").match(one[1]) or pattern("time").search(one[1])]
    return min([*bylines, *alone[:1]], default=(None, None))


def _clock_of_story(text: str, url: str) -> Clock:
    """Return the clock of the text's own days, else of the one year above it: "Archive 2024"."""
    own = clock_of_text(text)
    years = {found[0] for found in pattern("year").finditer(f"{url} {text[:FEW]}")}
    years |= {found[1] for found in URL_NUMBER.finditer(url)}
    return Clock(year=int(years.pop())) if own.basis == "none" and len(years) == 1 else own


def _head_and_last(text: str) -> list[str]:
    """Return the lines of a text that may say when it was published: those around its first sentences.

    Its last is one if it looks like a byline. A list of dated items is none.
    """
    month = MONTH_LINE.match(text)
    start = month.end() if month else 0
    text = re.sub(r"(?<=\d)T(?=\d\d:)", " ", text)  # 2024-06-27T17:05
    lines = [line for line in text[start : start + 3000].split("\n") if line.strip()][:8]
    lines = [line for line in lines if line not in _dated_items(lines)]
    prose = [len(line) > 140 or (line[-1] in ".!?" and line.count(" ") > 12) for line in lines[1:]]
    head = lines[: prose.index(True) + 4] if True in prose else lines
    *before, last = text[-300:].rstrip().split("\n")
    posts = [line for line in before[-1:] if find(line) and pattern("time").search(line)]  # a list of posts
    return [*head, last] if _closes(last) and not posts else head


def _dated_items(lines: list[str]) -> list[str]:
    """Return those of some lines that are a list of dated items: "- A, 12 January", "A: 12 January 2024"."""
    items = [line for line in lines if LIST_MARK.match(line) and find(line)]
    dated = [line for line in lines if find(line) and not pattern("byline").match(line)]
    tracked = len(dated) > 2 and all(map(OF_A_LIST.search, dated))
    return (items if len(items) > 2 else []) + (dated if tracked else [])


def _closes(last: str) -> bool:
    """Tell whether the last line of a text looks like a byline: "The Post | 22 May 2024"."""
    timed = pattern("time").search(last) and _letters(last) <= FEW // 2
    return bool(pattern("byline").match(last) or timed or (" | " in last and _letters(last) <= FEW))


def _letters(words: str) -> int:
    return sum(map(str.isalpha, words))


def _dateline(line: str, clock: Clock) -> Found | None:
    """Return the day that opens a story, after its place: "KYIV, May 30 (Agency) -- "."""
    for day in find(line[:160], clock):
        before, after = line[: day.start], line[day.end :]
        opens = pattern("dateline opens").match(before) and pattern("dateline ends").match(after)
        if opens and day.on and day.precision == "day":
            return day.on, line[: day.end]
    return None


def _of_today(line: str, text: str, clock: Clock) -> Found | None:
    """Return the day that a line says today is, in a year that is known: "Talks began today, August 11"."""
    month = MONTH_LINE.match(text)
    for day in find(line, Clock(year=int(month[1])) if month else clock):
        if day.on and day.precision == "day" and pattern("today is").search(line[: day.start]):
            return day.on, line[: day.end]
    return None


def _alone(line: str, clock: Clock, text: str, title: bool) -> list[Found]:
    """Return the days that stand in a line with few other words, or close the title."""
    few = 2 * FEW if pattern("byline").match(line) else FEW
    on = _either(line, text)[0] or _foreign(line) if _letters(line) <= few else None
    found = [(on, line)] if on else []
    first = next((day for day in find(line[:FEW], clock) if not line[: day.start].strip()), None)
    if (
        first
        and first.on
        and first.precision == "day"
        and first.basis == "explicit"
        and line[first.end + 1 : first.end + 2].isupper()
    ):
        return [(first.on, line[: first.end])]  # "13 June 2024 A flag over the square. Photo: …"
    says = pattern("byline").match(line) and "published" in line  # "This report was first published Feb. 29."
    if pattern("no byline").match(line) and not says:
        return found
    known = clock.year or pattern("year").search(line[:160])
    for day in find(line[:160], clock):
        before, after = line[: day.start], line[day.end :]
        titled = title and not after.strip() and day.basis == "explicit"
        said = day.precision == "day" and (known or day.basis == "explicit")
        if day.on and said and (titled or _letters(before + after) <= few):
            found.append((day.on, line))
    return found
