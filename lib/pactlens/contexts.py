"""Rules that say whether an ambiguous form means the country, by what stands around it."""

import re
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from itertools import compress, groupby, pairwise

import numpy as np
import numpy.typing as npt

from pactlens import datafiles

# Stands for the form, in patterns ("@" in the file) and in the text that they are tried on.
FORM = "\ue000"
# Characters on each side of a form in which its rules look.
REACH = 60

# A form in a text: the text, the form's start and end in it, and its article.
Place = tuple[str, int, int, str]
# From articles to their whole texts.
Whole = Callable[[Iterable[str]], Mapping[str, str]]
Search = Callable[[str], object]
# Tells of each place whether a pattern holds there.
Test = Callable[[list[Place], Whole], Iterable[object]]
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
    endings = frozenset(word.rpartition(" ")[2] for word in words)
    fits = re.compile(rf"\W*(?:{pattern or '(?!)'})").fullmatch

    def test(last: list[str]) -> object:
        word = last[-1] if last else ""
        known = word in endings and any(" ".join(last[first:]) in words for first in range(-longest, 0))
        return known or (pattern and fits(word))

    return lambda places, _: [
        test(text[max(0, start - REACH) : start].rsplit(None, longest)[-longest:])
        for text, start, _, _ in places
    ]


def _in_article(search: Search, names_form: bool) -> Test:
    """Search the whole article; a pattern that names the form, wherever the form stands in it."""

    def test(form: str, article: str) -> object:
        if not names_form:
            return search(article)
        beside = (f"{left[-REACH:]}{FORM}{right[:REACH]}" for left, right in pairwise(article.split(form)))
        return any(map(search, beside))

    def tests(places: list[Place], whole: Whole) -> Iterable[object]:
        articles = whole(article for *_, article in places)
        return [test(text[start:end], articles[article]) for text, start, end, article in places]

    return tests


def _test(where: str, patterns: list[str], cues: dict[str, str]) -> Test:
    """Return what tells whether any of the patterns of contexts.csv holds at a place; `cues`: words by name.

    where: "before" the form, "after" it, "beside" it on either side, or all over its "article" or sentence.
    """

    def spelled(pattern: str) -> str:
        named = re.sub("<([a-z_]+)>", lambda cue: _any_of(cues[cue[1]]), pattern)
        return re.sub(r"\\? ", r"\\s+", named).replace("@", FORM)

    if where == "before":
        named = [re.fullmatch("<([a-z_]+)> @", pattern) for pattern in patterns]
        words = frozenset(word for cue in named if cue for word in cues[cue[1]].split(";"))
        free = [one.removesuffix(" @") for one, cue in zip(patterns, named, strict=True) if not cue]
        return _preceded(words, spelled("|".join(free)))
    if where == "after":
        follows = re.compile(f"(?:{spelled('|'.join(patterns))})(?!\\w)".replace(FORM, "")).match
        return lambda places, _: [follows(text, end) for text, _, end, _ in places]
    around = re.compile(rf"(?<!\w)(?:{spelled('|'.join(patterns))})(?!\w)").search
    if where == "beside":
        # The cheap look first: most forms are followed by something else.
        first = re.compile("|".join(spelled(pattern.partition("@")[2]) for pattern in patterns))
        reach = REACH if first.pattern.strip("|") else 0
        return lambda places, _: [
            first.match(text, end)
            and around(f"{text[max(0, start - REACH) : start]}{FORM}{text[end : end + reach]}")
            for text, start, end, _ in places
        ]
    if where == "article":
        return _in_article(around, "@" in "".join(patterns))
    return lambda places, _: [around(text.replace(text[start:end], FORM)) for text, start, end, _ in places]


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


def hold(tried: tuple[Rule, ...], places: list[Place], whole: Whole) -> npt.NDArray[np.bool_]:
    """Return the verdict of the first rule that applies to each place; yes where none does."""
    verdicts = np.ones(len(places), bool)
    undecided = np.arange(len(places))
    for verdict, test in tried:
        applies = np.fromiter(map(bool, test(places, whole)), bool, len(places))
        verdicts[undecided[applies]] = verdict
        undecided = undecided[~applies]
        places = list(compress(places, ~applies))
    return verdicts
