"""Numbers in sentences: in digits and words, with the thing that they count and the clause around them."""

import re
from functools import cache
from typing import NamedTuple

from pactlens import datafiles
from pactlens.errors import DataError

# What stands beyond one of these says nothing about the number.
WALL = re.compile(r"[;:()—–]|\s-\s|,?\s(?:but|while|whereas|although|though)\s|,\s(?:and|or)\s")
DIGITS = re.compile(r"\d+")
BOTH_SIDES = 40  # characters read on each side for the words that make a number inexact


class Phrase(NamedTuple):
    """A number with the noun that it counts; offsets in its sentence."""

    value: int
    operator: str  # = or >= or ~
    start: int
    end: int
    number_end: int
    unit: str  # agreement, party, or "" if no such noun follows
    words: str  # from the end of the number to the end of the phrase
    low: int  # where its clause begins
    high: int  # where its clause ends


@cache
def forms(*classes: str) -> str:
    """Return a pattern of all forms of these classes of data/claims.csv; `*` stands for any letters.

    Raises DataError if a class has no form.
    """
    table = datafiles.read("claims.csv")
    found = table.loc[table["class"].isin(classes), "form"].drop_duplicates()
    if found.empty:
        raise DataError(f"claims.csv has no class {', '.join(classes)}: restore its rows")
    parts = []
    for form in sorted(found, key=lambda form: (-len(form), form)):
        words = [re.escape(word).replace(r"\*", r"[\w’'-]*") for word in form.split()]
        edges = [r"\b" if letter.isalnum() or letter == "*" else "" for letter in (form[0], form[-1])]
        parts.append(edges[0] + r"\s+".join(words) + edges[1])
    return "(?:" + "|".join(parts) + ")"


@cache
def pattern(template: str) -> re.Pattern[str]:
    """Return `template` compiled, each <class> replaced by its forms; letter case does not matter."""
    filled = re.sub(r"(?<!\?P)<([a-z ]+)>", lambda name: forms(name[1]), template)
    return re.compile(filled, re.IGNORECASE)


def has(name: str, text: str) -> bool:
    """Return whether `text` holds a form of class `name`."""
    return pattern(f"<{name}>").search(text) is not None


@cache
def entry(name: str, words: str) -> str | None:
    """Return the value of the first form of class `name` that `words` are."""
    table = datafiles.read("claims.csv")
    for row in table[table["class"] == name].itertuples():
        if re.fullmatch(str(row.form).replace("*", r"\w*"), words, re.IGNORECASE):
            return str(row.value)
    return None


@cache
def _values() -> dict[str, int]:
    table = datafiles.read("claims.csv")
    table = table[table["class"].isin(("cardinal", "ordinal", "tens"))]
    return {str(form): int(value) for form, value in zip(table["form"], table["value"], strict=True)}


def value(words: str) -> int:
    """Return the number that "17", "16th", "twenty-one" or "twenty-first" stands for."""
    digits = DIGITS.match(words)
    return int(digits[0]) if digits else sum(_values()[word] for word in re.split(r"[-\s]+", words.lower()))


CARDINAL = (
    r"(?<![\w.,/€$£+-])(?:\d{1,3}|<tens>(?:[-\s]<cardinal>)?|<cardinal>)"
    r"(?!\w|[.,]\d|\s?%|\s+(?:percent|per cent|dozen|hundred|thousand|million|billion)\b)"
)
ORDINAL = r"(?<![\w.-])(?:\d{1,2}(?:st|nd|rd|th)|(?:<tens>[-\s])?<ordinal>)(?!\w)"
HEAD = (
    r"(?:\s+(?!<breaker>)[\w’'.-]+){0,6}?\s+(?:(?P<agreement><agreement>)|(?P<party><party>))"
    r"|\s+(?P<other><other>)"
)
INEXACT = r"(?:(?P<least><at least>)|(?P<about><about>))\s+$"


def phrases(text: str, number: str) -> list[Phrase]:
    """Return the numbers of a sentence by pattern `number` (CARDINAL or ORDINAL), each with what it counts."""
    found = []
    for match in pattern(number).finditer(text):
        head = pattern(HEAD).match(text, match.end())
        before = pattern(INEXACT).search(text, max(0, match.start() - BOTH_SIDES), match.start())
        found.append((match, head, before))
    walls = [0, *(wall.start() for wall in WALL.finditer(text)), len(text)]
    out: list[Phrase] = []
    for match, head, before in found:
        unit = "" if head is None else next((u for u in ("agreement", "party") if head[u]), "")
        start = before.start() if before else match.start()
        end = head.end() if head else match.end()
        operator = "=" if before is None else ">=" if before["least"] else "~"
        low = max(wall for wall in walls if wall <= start)
        high = min(wall for wall in walls if wall >= end)
        out.append(
            Phrase(
                value(match[0]), operator, start, end, match.end(), unit, text[match.end() : end], low, high
            )
        )
    return _parted(out)


def _parted(found: list[Phrase]) -> list[Phrase]:
    """Return the phrases with clauses that end where the next counted thing begins."""
    counting = [phrase for phrase in found if phrase.value > 1 and phrase.words]
    out = []
    for phrase in found:
        low = max([phrase.low, *(other.end for other in counting if other.end <= phrase.start)])
        high = min([phrase.high, *(other.start for other in counting if other.start >= phrase.end)])
        out.append(phrase._replace(low=low, high=high))
    return out
