"""Which countries a text names: the lexicon, its groups, and the mentions in sentences."""

import re
from collections.abc import Callable, Sequence
from functools import cache, partial
from itertools import groupby
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from pactlens import arrowtext, datafiles
from pactlens.errors import DataError
from pactlens.tables import conform

KINDS = ("name", "demonym", "capital", "abbreviation")
# Stands for the form in a rule's pattern and in the text that the pattern is tried on.
FORM = "\ue000"
BEFORE, AFTER = 60, 60


class Rule(NamedTuple):
    """Where `pattern` is found beside the form, in its sentence or its article, the form is the country or not.

    `follows` is the cheap first look: the pattern cannot be there unless `follows` matches right after the form.
    """

    verdict: bool
    where: str
    follows: re.Pattern[str]
    pattern: re.Pattern[str]


@cache
def lexicon() -> pd.DataFrame:
    """Return data/countries.csv: form, country, kind, case, context, chart (see data/README.md)."""
    return datafiles.read("countries.csv")


@cache
def names() -> pd.Series:
    """Return the English name of each country for charts, indexed by ISO 3166-1 alpha-2 code (and EU, XK)."""
    table = lexicon()
    return table[table["chart"] == "yes"].set_index("country")["form"].sort_index()


def members(group: str, day: object = None) -> list[str]:
    """Return the countries of `group` (a group of data/groups.csv) on `day`, or at present, sorted.

    Raises DataError if there is no such group.
    """
    table = datafiles.read("groups.csv")
    table = table[table["group"] == group]
    if table.empty:
        raise DataError(f"no group {group!r} in groups.csv: add its members there, or take one that it has")
    if day is None:
        table = table[table["to"].isna()]
    else:
        on = pd.Timestamp(day).strftime("%Y-%m-%d")  # type: ignore[arg-type]
        table = table[~(table["from"] > on) & ~(table["to"] <= on)]
    return sorted(table["country"])


def _spellings(form: str, case: str | None) -> list[str]:
    plain = [form] if case == "exact" else [form, form.upper()]
    return sorted({spelled.replace(" ", gap) for spelled in plain for gap in (" ", "\u00a0", "  ")})


@cache
def _senses() -> dict[str, list[int]]:
    """Return the rows of the lexicon that each spelling may mean, in the order in which they are tried."""
    senses: dict[str, list[int]] = {}
    for row in lexicon().itertuples():
        for spelled in _spellings(row.form, row.case):
            senses.setdefault(spelled, []).append(row.Index)
    return senses


def _one_of(words: str) -> str:
    """Return a pattern for any of `words`, by first letter: an alternation of hundreds is slow."""
    by_letter = groupby(sorted(words.split(";")), lambda word: word[0])
    return (
        "(?:"
        + "|".join(
            f"{re.escape(letter)}(?:{'|'.join(re.escape(word[1:]) for word in group)})"
            for letter, group in by_letter
        )
        + ")"
    )


@cache
def _contexts() -> dict[str, list[Rule]]:
    """Return the rules of each context in order; neighbours with the same verdict and place become one rule."""
    cues = {row.cue: _one_of(row.words) for row in datafiles.read("cues.csv").itertuples()}
    rules: dict[str, list[Rule]] = {}
    table = datafiles.read("contexts.csv").itertuples()
    for (context, verdict, where), group in groupby(table, lambda row: (row.context, row.verdict, row.where)):
        patterns = [re.sub("<([a-z_]+)>", lambda cue: cues[cue[1]], row.pattern) for row in group]
        follows = "|".join(pattern.partition("@")[2] for pattern in patterns)
        whole = "|".join(patterns).replace("@", FORM)
        rules.setdefault(context, []).append(
            Rule(verdict == "yes", where, re.compile(follows), re.compile(rf"(?<!\w)(?:{whole})(?!\w)"))
        )
    return rules


@cache
def _rules() -> list[list[Rule]]:
    """Return the rules of each row of the lexicon: those of its contexts, then those of its kind."""
    contexts = _contexts()
    named = [f"{own} {kind}".split() for own, kind in lexicon()[["context", "kind"]].fillna("").to_numpy()]
    return [[rule for context in of_row for rule in contexts.get(context, [])] for of_row in named]


def _whole_texts(sentences: pd.DataFrame) -> Callable[[int], str]:
    """Return a function from a row of `sentences` to the text of its article; it groups them when first asked."""

    @cache
    def grouped() -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64], npt.NDArray[np.int64]]:
        article = pd.factorize(sentences["article"])[0]
        order = np.argsort(article, kind="stable")
        return article, order, np.searchsorted(article[order], np.arange(len(sentences) + 1))

    @cache
    def whole(article: int) -> str:
        _, order, edges = grouped()
        return " ".join(sentences["text"].iloc[order[edges[article] : edges[article + 1]]])

    return lambda row: whole(grouped()[0][row])


def _holds(rules: list[Rule], text: str, start: int, end: int, whole: Callable[[], str]) -> bool:
    """Return the verdict of the first of `rules` that applies to the form at `start` to `end`; yes if none does."""
    beside = ""
    for verdict, where, follows, pattern in rules:
        if not follows.match(text, end):
            continue
        if where == "beside":
            beside = (
                beside
                or f"{text[max(0, start - BEFORE) : start]}{FORM}{text[end : end + AFTER]}".replace("\n", " ")
            )
            place = beside
        else:
            place = (text if where == "sentence" else whole()).replace(text[start:end], FORM)
        if pattern.search(place):
            return verdict
    return True


def _meant(found: arrowtext.Found, texts: Sequence[str], whole: Callable[[int], str]) -> list[int]:
    """Return the row of the lexicon that each form found means, -1 where it means none."""
    senses, rules = list(_senses().values()), _rules()
    spans = zip(
        found.form.tolist(), found.row.tolist(), texts, found.start.tolist(), found.end.tolist(), strict=True
    )
    meant = []
    for form, row, text, start, end in spans:
        for sense in senses[form]:
            if not rules[sense] or _holds(rules[sense], text, start, end, partial(whole, row)):
                meant.append(sense)
                break
        else:
            meant.append(-1)
    return meant


def mentions(sentences: pd.DataFrame, kinds: Sequence[str] = KINDS) -> pd.DataFrame:
    """Return table mentions: each country named in `sentences` by a form of one of `kinds`.

    The longest form at a place counts; a form with a context in countries.csv counts where the rules of
    contexts.csv say so. Offsets are characters of articles.text.
    """
    found = arrowtext.find_forms(sentences["text"], list(_senses()))
    texts = sentences["text"].iloc[found.row].to_numpy()
    meant = np.array(_meant(found, texts, _whole_texts(sentences)), np.int64)
    wanted = np.append(lexicon()["country"].notna() & lexicon()["kind"].isin(kinds), False)
    kept = np.flatnonzero(wanted[meant])
    row, start, end = found.row[kept], found.start[kept], found.end[kept]
    at, sense = sentences.iloc[row], lexicon().iloc[meant[kept]]
    spelled = [text[a:b] for text, a, b in zip(texts[kept], start.tolist(), end.tolist(), strict=True)]
    columns = {
        "article": at["article"].array,
        "sentence": at["sentence"].array,
        "start": at["start"].array + start,
        "end": at["start"].array + end,
        "text": spelled,
        "country": sense["country"].array,
        "kind": sense["kind"].array,
    }
    return conform("mentions", pd.DataFrame(columns))


def counted(table: pd.DataFrame, sentences: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of `table` (with article and sentence) that stand in no teaser."""
    teasers = sentences.loc[sentences["part"] == "teaser", ["article", "sentence"]]
    rows = pd.MultiIndex.from_frame(table[["article", "sentence"]])
    return table[~rows.isin(pd.MultiIndex.from_frame(teasers))]
