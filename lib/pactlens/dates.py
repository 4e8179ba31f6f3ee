"""Which day "June 13" or "on Friday" means, how exactly, and how an article lets us know."""

import datetime
import re
from collections.abc import Mapping
from typing import Any, NamedTuple

import pandas as pd

from pactlens.sentences import pattern

MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec"
WEEKDAYS = "mon tue wed thu fri sat sun"
QUOTES = tuple("\"\u201c\u201d\u2018\u2019'")  # in them "today" is another's
DIGITS = re.compile(r"\d\d")  # without them, a line tells no year
AGO = {"yesterday": 1, "tomorrow": -1, "a": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6}
MONTH_LINE = re.compile(r"\s*date:? (20\d\d)-(\d\d)\b(?!-)")  # a record's line that gives the month only
URL_MONTH = re.compile(
    r"/(?P<year>(?:19|20)\d\d)(?:[/-]?(?P<month>\d\d?))?(?=/|$)|-(?P<name>[a-z]{3})-(?P<of>(?:19|20)\d\d)/?$"
)


class Day(NamedTuple):
    """A day expression in a sentence: its span, the day meant (None if unknown), how exactly, how known.

    `precision` is day, month (`on` is its first) or none; `basis` is explicit, year inferred, weekday or
    relative; `forward` is true where the words before it speak of what is to come; `words` are its own.
    """

    start: int
    end: int
    on: datetime.date | None
    precision: str
    basis: str
    forward: bool = False
    words: str = ""


class Clock(NamedTuple):
    """What an article lets us know about time: the day it was published, and the year of "June 13".

    That year is the one nearest to `near`, else `year`, else that of a day between `first` and `past`, the
    text's first and last past days in one year, else the first after `past`. `basis` says where it comes
    from: published, url, text or none. `years` are those that the text names, latest first: a weekday
    ("Thursday, July 11") chooses among them. `founded` says that `past` is the day of a promise, from which
    what came of it may lie in any year.
    """

    published: datetime.date | None = None
    near: datetime.date | None = None
    year: int | None = None
    past: Day | None = None
    first: datetime.date | None = None
    basis: str = "none"
    years: tuple[int, ...] = ()
    founded: bool = False


NO_CLOCK = Clock()


def find(text: str, clock: Clock = NO_CLOCK) -> list[Day]:
    """Return each day expression of one sentence, in order; offsets count characters of `text`."""
    days: list[Day] = []
    for found in pattern("day").finditer(text):
        if found["month3"] and not _tells(found, text, days):
            continue
        before = text[max(0, found.start() - 200) : found.start()] + (found["part"] or found["which"] or "")
        forward = bool(pattern("forward").search(before) and not pattern("nth to").search(before))
        quoted = text[found.start() - 1 : found.start()] in QUOTES and text[found.end() :][:1] in QUOTES
        on, precision, basis = _meaning(found, NO_CLOCK if quoted else clock, forward)
        days.append(Day(*found.span(), on, precision if on else "none", basis, forward, found[0]))
    return days


def _tells(found: re.Match[str], text: str, days: list[Day]) -> bool:
    """Return whether a month tells a time: "in May", "at May's summit", "in April and May", "May: …"."""
    if found["part"] or found["year3"] or re.search(r"\b[Aa]t\s+(?:the\s+)?$", text[: found.start()]):
        return True
    if found.start() == 0:
        return re.match(r"\s*[-\u2013\u2014:]", text[found.end() :]) is not None
    beside = text[days[-1].end : found.start()] if days and days[-1].precision == "month" else ""
    return re.fullmatch(r",?\s+and\s+|,\s+", beside) is not None


def _meaning(found: re.Match[str], clock: Clock, forward: bool) -> tuple[datetime.date | None, str, str]:
    """Return the day that one expression means, its precision and its basis."""
    today = clock.published
    if found["relative"]:
        now = clock.near if "month" in found["relative"].lower() else today
        return *(_relative(found["relative"].lower(), now) if now else (None, "none")), "relative"
    if found["weekday"]:
        return today and _weekday(found, today, forward), "day", "weekday"
    if found["iso"] or found["numeric"]:
        return _numeric(found["iso"] or found["numeric"]), "day", "explicit"
    year = found["year1"] or found["year2"] or found["year3"]
    month = _place(MONTHS, found["month1"] or found["month2"] or found["month3"]) + 1
    # "June 13-15" is no day: like "in June", it is known by its month only.
    several = found["month3"] or found["from1"] or found["to2"]
    day, precision = (1, "month") if several else (int(found["day1"] or found["day2"]), "day")
    if year:
        return as_date(int(year), month, day), precision, "explicit"
    named = found["named1"] or found["named2"]
    years = (*_years(month, day, clock, forward, found), *(clock.years if named else ()))
    fits = [on for year in years if (on := as_date(year, month, day))]
    same = [on for on in fits if not named or on.weekday() == _place(WEEKDAYS, named)]
    # A weekday that contradicts a year taken from the text leaves the year open.
    return next(iter(same or (fits if clock.near else [])), None), precision, "year inferred"


def _place(names: str, name: str) -> int:
    return names.index(name[:3].lower()) // 4


def month_number(words: str) -> int:
    """Return the number of a month in an address, 13 for a word that is no month."""
    return int(words) if words.isdigit() else _place(f"{MONTHS} {words}", words) + 1


def as_date(year: int, month: int, day: int) -> datetime.date | None:
    """Return the day of these numbers, None if there is none."""
    try:
        return datetime.date(year, month, day)
    except ValueError:
        return None


def _numeric(words: str) -> datetime.date | None:
    """Return the day of 2024-05-01, 01.05.2024 or 31/05/2024; None for 01/05/2024, which may be two days."""
    first, second, third = (int(part) for part in re.split(r"[-./]", words))
    third += 2000 if first < 32 and third < 100 else 0
    if first > 31:
        return as_date(first, second, third)
    days = {as_date(third, second, first), as_date(third, first, second) if "/" in words else None} - {None}
    return days.pop() if len(days) == 1 else None


def _weekday(found: re.Match[str], today: datetime.date, forward: bool) -> datetime.date:
    """Return the latest such weekday up to the day of publication, or the next where the words look on."""
    back = (today.weekday() - _place(WEEKDAYS, found["weekday"])) % 7
    which = (found["which"] or "").lower()
    if which == "last":
        back = back or 7
    elif which == "next" or (forward and back):
        back -= 7
    return today - datetime.timedelta(days=back)


def _relative(words: str, today: datetime.date) -> tuple[datetime.date | None, str]:
    """Return the day or month that "yesterday" or "last month" means; "a few days ago" alone tells none."""
    first, words = words.split()[0], " ".join(words.split())
    if words.endswith("month"):
        before = today.replace(day=1) - datetime.timedelta(days=first == "last")
        return before.replace(day=1), "month"
    if words.endswith("ago today"):
        past = pd.DateOffset(weeks="week" in words, years="year" in words)
        return (pd.Timestamp(today) - past).date(), "day"
    if re.search(r"previous|next|following|weeks?|months?|years?|before|earlier$|after$|later$", words):
        return None, "none"
    days = AGO.get(first) if re.search(r"days? ago$", words) else AGO.get(words, 0)
    return (None, "none") if days is None else (today - datetime.timedelta(days=days), "day")


def _years(month: int, day: int, clock: Clock, forward: bool, found: re.Match[str]) -> list[int]:
    """Return the years that the clock allows, best first: what is not said to come is past, or soon."""
    last = (found["part"] or "").lower().startswith("last")
    if clock.near:
        soon = 335 if forward else 0 if found["month3"] else 60
        limit = clock.near.replace(day=1) if last else clock.near + datetime.timedelta(days=soon + 1)
        first = limit.year - ((month, day) >= (limit.month, limit.day))
        return [first, first - 1]
    if clock.year:
        return [] if last else [clock.year]
    if not (clock.past and clock.past.on):
        return []
    # Who writes "July 2023" writes from another year; who writes "June 27, 2024" may mean June 13 of it.
    on, named = clock.past.on, clock.years[:1]
    if found["month3"]:
        return [] if last or clock.founded else [on.year]
    before = (on - (as_date(on.year, month, day) or on)).days
    if clock.first and before > 0 and clock.first <= on - datetime.timedelta(days=before):
        return [on.year]
    if clock.founded and before > 0:  # nothing was signed before what it follows from
        return [max(on.year + 1, *named)]
    if clock.founded or 0 < before <= 60:
        return [year for year in named if year > on.year]
    return [on.year + (before > 0)]


def clock(article: Mapping[str, Any] | pd.Series) -> Clock:
    """Return what one row of articles (published, url, text) lets us know about time."""
    day, url = article["published"], article["url"]
    if not pd.isna(day):
        day = pd.Timestamp(day).date()
        return Clock(day, near=day, basis="published")
    text = str(article["text"])
    if head := MONTH_LINE.match(text):
        url = f"/{head[1]}/{head[2]}/"
    return (None if pd.isna(url) else clock_of_url(url)) or clock_of_text(text)


def clock_of_url(url: str) -> Clock | None:
    """Return the clock of an address with a year, a month too if it has one: /2024/06/, -jun-2024."""
    found = URL_MONTH.search(url)
    if not found:
        return None
    year = int(found["year"] or found["of"])
    first = as_date(year, month_number(found["month"] or found["name"] or "0"), 1)
    near = first and (pd.Timestamp(first) + pd.offsets.MonthEnd(0)).date()
    return Clock(near=near, year=year, basis="url")


def clock_of_text(text: str) -> Clock:
    """Return the year that the text's own dates give: one it looks forward to, else its latest past day."""
    past: list[Day] = []
    founded: list[Day] = []
    coming: list[int] = []
    named: list[int] = []
    parts = re.split(r"\n|(?<=[.!?])(?<!\b[A-Z][a-z]{2}\.)(?<!\bSept\.)\s", text)
    for line in (part for part in parts if DIGITS.search(part)):
        days = [day for day in find(line) if day.on and not day.forward]
        # What began long ago says little of the article's year; what is to happen "in 2024" says much.
        if pattern("lasting").search(line):
            since = days if pattern("signed since").search(line) else []
            named += [day.on.year for day in since if day.on]
            continue
        coming += [int(found[found.lastindex or 1]) for found in pattern("coming").finditer(line)]
        if pattern("founding").search(line):
            founded += days
        else:
            past += days
            named += [int(year) for year in pattern("in a year").findall(line)]
    latest = max(past or founded, key=lambda day: day.on or datetime.date.min, default=None)
    years = tuple(sorted({int(year) for year in pattern("year").findall(text)}, reverse=True))
    shown = (find(line) for line in text.split("\n") if pattern("caption").search(line))
    on = latest.on if latest else None
    if on and on in [day.on for days in shown for day in days]:
        return Clock(near=on, year=on.year, basis="text", years=years)
    if coming or (named and not on):
        return Clock(year=min(coming, default=None) or max(named), basis="text", years=years)
    first = min((day.on for day in past if day.on and on and day.on.year == on.year), default=None)
    return Clock(past=latest, first=first, basis="text" if on else "none", years=years, founded=not past)
