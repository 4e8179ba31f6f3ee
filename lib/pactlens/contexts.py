"""Rules that say whether an ambiguous form means the country, by what stands around it."""

import re
from collections.abc import Callable
from functools import cache
from itertools import groupby
from typing import NamedTuple

from pactlens import datafiles

# Stands for the form, in patterns ("@" in the file) and in the text that they are tried on.
FORM = "\ue000"
BEFORE, AFTER = 60, 60

Whole = Callable[[], str]
Test = Callable[[str, int, int, Whole], object]


class Rule(NamedTuple):
    """Where `test` holds (of text, start and end of the form, its article), the form means it or does not."""

    verdict: bool
    test: Test


def _any_of(words: str) -> str:
    """Return a pattern for any of `words`, branching by first letter: a flat one of hundreds is slow."""
    by_letter = groupby(sorted(words.split(";")), lambda word: word[0])
    branches = (
        f"{re.escape(letter)}(?:{'|'.join(re.escape(word[1:]) for word in group)})"
        for letter, group in by_letter
    )
    return f"(?:{'|'.join(branches)})"


def _before(patterns: list[str], cues: dict[str, str]) -> Test:
    """Look the words right before the form up among a cue's: there are hundreds of them."""
    words = frozenset(word for cue in patterns for word in cues[cue.strip("<> @")].split(";"))
    longest = max(word.count(" ") for word in words) + 1

    def test(text: str, start: int, _end: int, _whole: Whole) -> bool:
        last = ""
        for word in reversed(text[max(0, start - BEFORE) : start].rsplit(None, longest)[-longest:]):
            last = f"{word} {last}" if last else word
            if last in words:
                return True
        return False

    return test


def _after(patterns: list[str], cues: dict[str, str]) -> Test:
    follows = re.compile(rf"(?:{_spelled(patterns, cues)})(?!\w)".replace(FORM, ""))
    return lambda text, _start, end, _whole: follows.match(text, end)


def _beside(patterns: list[str], cues: dict[str, str]) -> Test:
    follows = re.compile("|".join(_spelled([pattern.partition("@")[2]], cues) for pattern in patterns))
    around = re.compile(rf"(?<!\w)(?:{_spelled(patterns, cues)})(?!\w)")
    reach = AFTER if follows.pattern.strip("|") else 0

    def test(text: str, start: int, end: int, _whole: Whole) -> object:
        # The cheap look first: most forms are followed by something else.
        return follows.match(text, end) and around.search(
            f"{text[max(0, start - BEFORE) : start]}{FORM}{text[end : end + reach]}".replace("\n", " ")
        )

    return test


def _sentence(patterns: list[str], cues: dict[str, str]) -> Test:
    somewhere = re.compile(rf"(?<!\w)(?:{_spelled(patterns, cues)})(?!\w)")
    return lambda text, start, end, _whole: somewhere.search(text.replace(text[start:end], FORM))


def _article(patterns: list[str], cues: dict[str, str]) -> Test:
    somewhere = re.compile(rf"(?<!\w)(?:{_spelled(patterns, cues)})(?!\w)")
    return lambda text, start, end, whole: somewhere.search(whole().replace(text[start:end], FORM))


def _absent(patterns: list[str], cues: dict[str, str]) -> Test:
    present = _article(patterns, cues)
    return lambda *place: not present(*place)


def _spelled(patterns: list[str], cues: dict[str, str]) -> str:
    joined = "|".join(patterns).replace("@", FORM)
    return re.sub("<([a-z_]+)>", lambda cue: _any_of(cues[cue[1]]), joined)


MAKERS = {
    "before": _before,
    "after": _after,
    "beside": _beside,
    "sentence": _sentence,
    "article": _article,
    "absent": _absent,
}


@cache
def rules() -> dict[str, tuple[Rule, ...]]:
    """Return the rules of each context in order; neighbours of one verdict and place become one."""
    cues = {str(cue): str(words) for cue, words in datafiles.read("cues.csv")[["cue", "words"]].to_numpy()}
    made: dict[str, tuple[Rule, ...]] = {}
    table = datafiles.read("contexts.csv")[["context", "verdict", "where", "pattern"]].to_numpy().tolist()
    for (context, verdict, where), group in groupby(table, lambda row: tuple(row[:3])):
        rule = Rule(verdict == "yes", MAKERS[where]([row[3] for row in group], cues))
        made[context] = (*made.get(context, ()), rule)
    return made


def holds(tried: tuple[Rule, ...], text: str, start: int, end: int, whole: Whole) -> bool:
    """Return the verdict of the first rule of `tried` that applies to the form in `text`; yes if none does.

    `whole` gives the text of its article, if a rule asks for it.
    """
    return next((verdict for verdict, test in tried if test(text, start, end, whole)), True)
