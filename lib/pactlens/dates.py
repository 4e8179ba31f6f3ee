"""When was it published; which day does "June 13" or "on Friday" mean; with precision and evidence."""

import datetime
import re
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

import pandas as pd

MONTHS = "January February March April May June July August September October November December".split()
WEEKDAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
YEAR = r"(?:19|20)\d\d(?!\d)"
MONTH = rf"(?:{'|'.join(MONTHS + [m.upper() for m in MONTHS])}|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b\.?)"
WEEKDAY = rf"(?:{'|'.join(WEEKDAYS)})"
NAMED = rf"(?:{WEEKDAY}|(?:Mon|Tues?|Wed|Thu(?:rs?)?|Fri|Sat|Sun)\b\.?),?\s+(?:\(|the\s+)?"
ORDINAL = r"(?:st|nd|rd|th)?"
DAY = re.compile(
    rf"""(?<![\w.])(?:
      (?P<iso>{YEAR}[-/]\d\d[-/]\d\d)(?!\d)
    | (?P<dotted>\d\d?[./]\d\d?[./]{YEAR})
    | (?P<weekday1>{NAMED})?(?P<from1>\d\d?{ORDINAL}\s?(?:[-\u2013\u2014]|to|and)\s?)?(?P<day1>\d\d?){ORDINAL}
      \s+(?:of\s+)?(?P<month1>{MONTH})(?!\w)(?:,?\s+(?P<year1>{YEAR}))?\)?
    | (?P<weekday2>{NAMED})?(?P<month2>{MONTH})\s+(?P<day2>\d\d?){ORDINAL}(?!\w|%|[.,:]\d|-(?:year|month|day|hour))
      (?P<to2>\s?(?:[-\u2013\u2014]|to|through)\s?\d\d?(?!\d|:))?(?:,?\s+(?P<year2>{YEAR}))?\)?
    | (?P<part>(?:(?:[Ii]n|[Ss]ince|[Dd]uring|[Uu]ntil|[Bb]y|[Ll]ast|[Nn]ext|[Tt]his|[Oo]f|[Ff]rom)\s+)?
      (?:(?:[Ll]ate|[Ee]arly|[Mm]id)[\s-](?:in\s+)?)?)(?P<month3>{MONTH})(?!\w|\s+\d\d?(?!\d))(?:,?\s+(?P<year3>{YEAR}))?
    | (?P<which>(?:(?:[Ll]ast|[Nn]ext)\s+)?)(?P<weekday4>{WEEKDAY})
    | (?P<relative>(?i:(?:(?:earlier|later)\s+)?(?:today|that\s+day|(?:that|the)\s+same\s+day)|earlier\s+in\s+the\s+day
      |tonight|yesterday|tomorrow|this\s+(?:morning|afternoon|evening)|hours\s+(?:ago|earlier)
      |(?:a|one|two|three|four|five|six)\s+days?\s+ago|(?:last|this)\s+month|the\s+(?:day\s+before|(?:next|following)\s+day)))
    )(?!\w)""",
    re.VERBOSE,
)
FORWARD = re.compile(
    r"\b(?:(?:will|would|shall|should|next|upcoming|foreseen|(?:is|are|was|were|due|set|plans?|planned|scheduled|expected) to|"
    r"to (?:be|sign|meet|hold|start|begin|visit|come|take|conclude|finali[sz]e|travel|open|attend|resume))\b[^,;:]*|"
    r"(?:until|by|before)\s)$"
)
LASTING = re.compile(r"\b(?:since|began|begun|started|launched|invasion|war)\b", re.IGNORECASE)
COMING_YEAR = re.compile(
    r"\b(?:will|should|(?:is|are) (?:to|foreseen|planned))\b.*\b(?:in|for|during) (20\d\d)\b(?!\s*[-\u2013])"
)
URL_DAY = re.compile(
    r"(?<!\d)((?:19|20)\d\d)(?:[/_](\d\d?)[/_](\d\d?)(?=[/_.?#]|$)|-(\d\d)-(\d\d)(?!\d)|(\d\d)/?(\d\d)(?!\d))"
    r"|(?<!\d)((?:19|20)\d\d)/([a-z]{3})/(\d\d?)(?=/|$)",
)
URL_MONTH = re.compile(r"/((?:19|20)\d\d)(?:/|-)?(\d\d)?(?=/|$)")
# Words that may stand beside the date in a line that is only a byline.
FURNITURE = re.compile(
    r"\d\d?[:.]\d\d(?::\d\d)?|\b\d+\b|\b(?:[ap]\.?m\b\.?|min(?:ute)?s?|read|views?|gmt|utc|e[ds]t|cet|eet|kyiv|time|at|on|the)\b"
    r"|[^\w\s]|\b(?:mon|tue|wed|thu|fri|sat|sun)\w*",
    re.IGNORECASE,
)
BYLINE = re.compile(
    r"\W*(?:by|authored|author|posted|published?|publication|updated|last\s+updated|written|date|reported)\b",
    re.IGNORECASE,
)
PICTURE = re.compile(r"^\W*\(|\b(?:photo|image|file|getty|picture|credit)\b", re.IGNORECASE)
DATELINE = re.compile(r"^(?:[A-Z][^\d(.:;]{1,40},\s+)?$")
NUMBERS = {"a": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6}


class Day(NamedTuple):
    """One day expression in a sentence: its span, the day meant (None if unknown), how exactly, and how known.

    `precision` is day, month (`on` is the month's first) or none; `basis` is explicit, year inferred, weekday or
    relative; `forward` is true where the words before it speak of what is to come.
    """

    start: int
    end: int
    on: datetime.date | None
    precision: str
    basis: str
    forward: bool = False


class Clock(NamedTuple):
    """What an article lets us know about time.

    `published` is its day, if known; a day without a year is then the one nearest to `near`, else in `year`, else
    the first after the text's latest past date, `past`; `basis` says where that comes from: published, url, text or none.
    """

    published: datetime.date | None = None
    near: datetime.date | None = None
    year: int | None = None
    past: Day | None = None
    basis: str = "none"


class Published(NamedTuple):
    """The day of publication (None if unknown), its basis, the words that say so, and what was wrong."""

    day: datetime.date | None
    basis: str
    evidence: str | None
    wrong: tuple[str, ...] = ()


def find(text: str, clock: Clock = Clock()) -> list[Day]:  # noqa: B008
    """Return each day expression of one sentence in order; offsets count characters of `text`."""
    days = []
    for found in DAY.finditer(text):
        forward = bool(FORWARD.search(text, 0, found.start())) or found[0].lower().startswith(
            ("next", "tomorrow")
        )
        if found["month3"] and not (found["part"] or found["year3"]):
            continue
        on, precision, basis = _meaning(found, clock, forward)
        days.append(Day(*found.span(), on, precision if on else "none", basis, forward))
    return days


def _meaning(found: re.Match[str], clock: Clock, forward: bool) -> tuple[datetime.date | None, str, str]:
    """Return the day that one expression means, its precision and its basis."""
    if found["relative"]:
        return _relative(found["relative"].lower(), clock.published)
    if found["weekday4"]:
        return _weekday(found, clock.published, forward), "day", "weekday"
    if found["iso"] or found["dotted"]:
        return _numeric(found["iso"] or found["dotted"]), "day", "explicit"
    month = _month(found["month1"] or found["month2"] or found["month3"])
    year = found["year1"] or found["year2"] or found["year3"]
    number = found["day1"] or found["day2"]
    several = found["month3"] or found["from1"] or found["to2"]
    day = 1 if several else int(number)
    weekday = found["weekday1"] or found["weekday2"]
    basis = "explicit" if year else "year inferred"
    if year:
        on = _date(int(year), month, day)
    else:
        part = (found["part"] or "").split(" ")[0].lower() if found["month3"] else None
        on = _in_some_year(month, day, clock, forward, weekday, part)
    return on, "month" if several else "day", basis


def _month(name: str) -> int:
    return [m[:3] for m in MONTHS].index(name[:3].capitalize()) + 1


def _date(year: int, month: int, day: int) -> datetime.date | None:
    try:
        return datetime.date(year, month, day)
    except ValueError:
        return None


def _numeric(words: str) -> datetime.date | None:
    """Return the day of 2024-05-01, 01.05.2024 or 31/05/2024; None for 01/05/2024, which may be two days."""
    parts = [int(part) for part in re.split(r"[-./]", words)]
    if parts[0] > 31:
        return _date(*parts)
    first, second, year = parts
    if "/" in words and second > 12:
        first, second = second, first
    elif "/" in words and first <= 12 and first != second:
        return None
    return _date(year, second, first)


def _weekday(found: re.Match[str], today: datetime.date | None, forward: bool) -> datetime.date | None:
    """Return the weekday on or before the day of publication, or after it where the words look forward."""
    if today is None:
        return None
    back = (today.weekday() - WEEKDAYS.index(found["weekday4"])) % 7
    which = found["which"].lower()
    if which.startswith("last"):
        back = back or 7
    elif which.startswith("next") or (forward and back):
        back -= 7
    return today - datetime.timedelta(days=back)


def _relative(words: str, today: datetime.date | None) -> tuple[datetime.date | None, str, str]:
    if today is None or re.search(r"before|next|following", words):
        return None, "none", "relative"
    if "month" in words:
        first = today.replace(day=1)
        if "last" in words:
            first = (first - datetime.timedelta(days=1)).replace(day=1)
        return first, "month", "relative"
    ago = {"yesterday": 1, "tomorrow": -1}.get(
        words, NUMBERS[words.split()[0]] if "days ago" in words or "day ago" in words else 0
    )
    return today - datetime.timedelta(days=ago), "day", "relative"


def _in_some_year(
    month: int, day: int, clock: Clock, forward: bool, weekday: str | None, part: str | None
) -> datetime.date | None:
    """Return the day in the year that the clock suggests; None where it suggests none.

    `part` is the first word of "in July" or "last July", None for a day; what is not said to come is past, or soon.
    """
    if clock.near:
        this = datetime.date(clock.near.year, clock.near.month, 1)
        soon = 335 if forward else 60 if part is None else 0
        limit = (
            this - datetime.timedelta(days=1)
            if part == "last"
            else clock.near + datetime.timedelta(days=soon)
        )
        years = [_date(clock.near.year + shift, month, day) for shift in (1, 0, -1)]
        fits = [on for on in years if on and on <= limit]
    elif clock.year and part != "last":
        fits = [on for on in [_date(clock.year, month, day)] if on]
    elif clock.past and part is None:
        fits = _after(clock.past, month, day)
    else:
        return None
    named = [on for on in fits if weekday and WEEKDAYS[on.weekday()][:3] == weekday[:3]]
    if weekday and not named and not clock.near:
        return None
    return next(iter(named or fits), None)


def _after(past: Day, month: int, day: int) -> list[datetime.date]:
    """Return the first such day after a past one, unless it is too near before it to tell its year.

    Who writes "July 2023" writes from another year; who writes "June 27, 2024" may mean June 13 of that year.
    """
    if past.on is None or past.on.month == month and (past.precision == "month" or past.on.day >= day):
        return []
    this, following = _date(past.on.year, month, day), _date(past.on.year + 1, month, day)
    if this and this > past.on:
        return [this]
    if this and past.precision == "day" and (past.on - this).days <= 60:
        return []
    return [following] if following else []


def clock(article: Mapping[str, Any] | pd.Series) -> Clock:
    """Return what one row of articles (published, url, text) lets us know about time."""
    day = article["published"]
    if not pd.isna(day):
        day = pd.Timestamp(day).date()
        return Clock(day, near=day, basis="published")
    url = article["url"]
    found = None if pd.isna(url) else URL_MONTH.search(str(url))
    if found and found[2] and 1 <= int(found[2]) <= 12:
        after = datetime.date(int(found[1]), int(found[2]), 28) + datetime.timedelta(days=4)
        return Clock(near=after - datetime.timedelta(days=after.day), basis="url")
    if found and not found[2]:
        return Clock(year=int(found[1]), basis="url")
    return _clock_of_text(str(article["text"]))


def _clock_of_text(text: str) -> Clock:
    """Return the year that the text's own dates give: one it looks forward to, else the latest that is past."""
    past: list[Day] = []
    coming: list[int] = []
    for line in re.split(r"\n|(?<=[.!?])\s", text):
        if LASTING.search(line):
            continue
        past += [day for day in find(line) if day.on and day.basis == "explicit" and not day.forward]
        found = COMING_YEAR.search(line)
        coming += [int(found[1])] if found else []
    latest = max(past, key=lambda day: day.on or datetime.date.min, default=None)
    if coming and not (latest and latest.on and latest.on.year > min(coming)):
        return Clock(year=min(coming), basis="text")
    return Clock(past=latest, basis="text") if latest else Clock()


def published(given: Iterable[tuple[str, str]], url: str | None, text: str) -> Published:
    """Return the day of publication: from what the record gives, else its address, else a byline in the text.

    `given` holds pairs of basis and words, best first; a day in them that does not exist is in `wrong`.
    """
    wrong = []
    for basis, words in given:
        on = _first_day(words)
        if on:
            return Published(on, basis, words, tuple(wrong))
        wrong.append(words)
    found = URL_DAY.search(url) if url else None
    on = _url_day(found) if found else None
    if found and on:
        return Published(on, "url", found[0], tuple(wrong))
    line, on = _byline(text, url or "")
    return Published(on, "text" if on else "none", line, tuple(wrong))


def _first_day(words: str) -> datetime.date | None:
    """Return the first full date in some words."""
    compact = re.fullmatch(r"((?:19|20)\d\d)(\d\d)(\d\d)", words.strip())
    if compact:
        return _date(*(int(part) for part in compact.groups()))
    words = re.sub(r"(\d)T(?=\d)", r"\1 ", words)
    return next((day.on for day in find(words) if day.basis == "explicit" and day.precision == "day"), None)


def _url_day(found: re.Match[str]) -> datetime.date | None:
    parts = [part for part in found.groups() if part]
    if parts[1].isdigit():
        return _date(*(int(part) for part in parts))
    names = [m[:3].lower() for m in MONTHS]
    return _date(int(parts[0]), names.index(parts[1]) + 1, int(parts[2])) if parts[1] in names else None


def _byline(text: str, url: str) -> tuple[str | None, datetime.date | None]:
    """Return the line that says when the text was published, and the day: in its head, or at its end."""
    lines = [line.strip() for line in text[:3000].split("\n") if line.strip()]
    month = URL_MONTH.search(url)
    year = Clock(year=int(month[1])) if month else Clock()
    for n, line in enumerate(lines[:8]):
        prose = len(line) > 140 or (line.endswith((".", "!", "?")) and line.count(" ") > 12)
        on, words = _line_day(line, year)
        if on:
            return words, on
        if prose and n:
            break
    tail = text[-300:].strip().rsplit("\n", 1)[-1].strip()
    if BYLINE.match(tail):
        on, words = _line_day(tail, year)
        if on:
            return words, on
    return None, None


def _line_day(line: str, year: Clock) -> tuple[datetime.date | None, str | None]:
    """Return the day of a line that is a byline or begins with a dateline, and its words."""
    for day in find(line[:160], year):
        if not day.on or day.precision != "day" or day.basis not in ("explicit", "year inferred"):
            continue
        before, after = line[: day.start], line[day.end :]
        if DATELINE.match(before) and re.match(r"\s*(?:\([^)]{2,40}\))?\s*(?:--|[-\u2013\u2014]\s)", after):
            return day.on, line[: day.end]
        rest = FURNITURE.sub(" ", before + " " + after).split()
        if len(line) <= 120 and not PICTURE.search(line) and len(rest) <= (8 if BYLINE.match(line) else 3):
            return day.on, line
    return None, None
