"""Rules that say whether an ambiguous form means the country, by what stands around it."""

import re
from collections.abc import Callable
from functools import cache
from itertools import groupby

from pactlens import datafiles

# Stands for the form, in patterns ("@" in the file) and in the text that they are tried on.
FORM = "\ue000"
REACH = 60

Whole = Callable[[], str]
# Of a text, the form's start and end in it, and its article.
Test = Callable[[str, int, int, Whole], object]
# Where the test holds, the form means the country (True), or does not.
Rule = tuple[bool, Test]


def _any_of(words: str) -> str:
    """Return a pattern for any of `words`, branching by first letter: a flat one of hundreds is slow."""
    by_letter = groupby(sorted(map(re.escape, words.split(";"))), lambda word: word[0])
    branches = (f"{letter}(?:{'|'.join(word[1:] for word in group)})" for letter, group in by_letter)
    return f"(?:{'|'.join(branches)})"


def _preceded(words: frozenset[str], pattern: str) -> Test:
    """Look up the words right before the form, of which there are hundreds; or match the last of them."""
    longest = max((word.count(" ") for word in words), default=0) + 1
    fits = re.compile(rf"\W*(?:{pattern or '(?!)'})").fullmatch

    def test(text: str, start: int, _end: int, _whole: Whole) -> object:
        last = text[max(0, start - REACH) : start].rsplit(None, longest)[-longest:] or [""]
        runs = (" ".join(last[first:]) for first in range(len(last) - 1))
        return last[-1] in words or fits(last[-1]) or any(run in words for run in runs)

    return test


def _test(where: str, patterns: list[str], cues: dict[str, str]) -> Test:
    def spelled(pattern: str) -> str:
        named = re.sub("<([a-z_]+)>", lambda cue: _any_of(cues[cue[1]]), pattern)
        return re.sub(r"\\? ", r"\\s+", named).replace("@", FORM)

    if where == "before":
        named = [re.fullmatch("<([a-z_]+)> @", pattern) for pattern in patterns]
        words = frozenset(word for cue in named if cue for word in cues[cue[1]].split(";"))
        free = [one.removesuffix(" @") for one, cue in zip(patterns, named, strict=True) if not cue]
        return _preceded(words, spelled("|".join(free)))
    if where == "after":
        follows = re.compile(f"(?:{spelled('|'.join(patterns))})(?!\\w)".replace(FORM, ""))
        return lambda text, _start, end, _whole: follows.match(text, end)
    around = re.compile(rf"(?<!\w)(?:{spelled('|'.join(patterns))})(?!\w)")
    if where == "beside":
        # The cheap look first: most forms are followed by something else.
        first = re.compile("|".join(spelled(pattern.partition("@")[2]) for pattern in patterns))
        reach = REACH if first.pattern.strip("|") else 0
        return lambda text, start, end, _whole: (
            first.match(text, end)
            and around.search(f"{text[max(0, start - REACH) : start]}{FORM}{text[end : end + reach]}")
        )
    whole = where == "article"
    return lambda text, start, end, article: around.search(
        (article() if whole else text).replace(text[start:end], FORM)
    )


@cache
def rules() -> dict[str, tuple[Rule, ...]]:
    """Return the rules of each context in order; neighbours of one verdict and place become one."""
    cues = dict(datafiles.read("cues.csv")[["cue", "words"]].to_numpy().tolist())
    table = datafiles.read("contexts.csv")[["context", "verdict", "where", "pattern"]].to_numpy().tolist()
    made: dict[str, tuple[Rule, ...]] = {}
    for (context, verdict, where), group in groupby(table, lambda row: tuple(row[:3])):
        rule = (verdict == "yes", _test(where, [row[3] for row in group], cues))
        made[context] = (*made.get(context, ()), rule)
    return made


def holds(tried: tuple[Rule, ...], text: str, start: int, end: int, whole: Whole) -> bool:
    """Return the verdict of the first rule that applies to the form in `text`; yes if none does."""
    return next((verdict for verdict, test in tried if test(text, start, end, whole)), True)
