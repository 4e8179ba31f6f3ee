"""Which countries a text names: the lexicon, its groups, and the mentions in sentences."""

import re
from collections.abc import Callable, Sequence
from functools import cache, partial
from itertools import groupby
from typing import NamedTuple

import pandas as pd

from pactlens import arrowtext, datafiles
from pactlens.errors import DataError
from pactlens.tables import conform

KINDS = ("name", "demonym", "capital", "abbreviation")
# Stands for the form in a rule's pattern and in the text that the pattern is tried on.
FORM = "\ue000"
BEFORE, AFTER = 60, 80


class Sense(NamedTuple):
    """What a form may mean: a country (None: no country), its kind, and the contexts that decide, in turn."""

    country: str | None
    kind: str
    contexts: tuple[str, ...]


class Rule(NamedTuple):
    """Where `pattern` is found beside the form, in its sentence or in its article, `verdict` is: the country or not."""

    verdict: bool
    where: str
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
    return [spelled.replace(" ", gap) for spelled in plain for gap in (" ", "\u00a0", "  ")]


@cache
def _senses() -> dict[str, list[Sense]]:
    """Return the senses of each spelling, in the order in which they are tried."""
    senses: dict[str, list[Sense]] = {}
    table = lexicon().fillna("")
    for row in table.itertuples():
        contexts = (*row.context.split(), *([row.kind] if row.kind in _contexts() else []))
        sense = Sense(row.country or None, row.kind, contexts)
        for spelled in dict.fromkeys(_spellings(row.form, row.case)):
            senses.setdefault(spelled, []).append(sense)
    return senses


@cache
def _contexts() -> dict[str, list[Rule]]:
    """Return the rules of each context in their order; neighbours with one verdict and place become one pattern."""
    cues = {
        cue: "(?:" + "|".join(re.escape(word) for word in words.split(";")) + ")"
        for cue, words in datafiles.read("cues.csv")[["cue", "words"]].itertuples(index=False)
    }
    rules: dict[str, list[Rule]] = {}
    table = datafiles.read("contexts.csv")
    for (context, verdict, where), group in groupby(
        table.itertuples(), lambda row: (row.context, row.verdict, row.where)
    ):
        patterns = [re.sub("<([a-z_]+)>", lambda cue: cues[cue[1]], row.pattern) for row in group]
        joined = "|".join(patterns).replace("@", FORM)
        rules.setdefault(context, []).append(
            Rule(verdict == "yes", where, re.compile(rf"(?<!\w)(?:{joined})(?!\w)"))
        )
    return rules


def _joined(sentences: pd.DataFrame) -> Callable[[str], str]:
    """Return a function from an article to its text, which groups the sentences only when first asked."""
    rows = cache(lambda: sentences.groupby("article").indices)
    return cache(lambda article: " ".join(sentences["text"].iloc[rows()[article]]))


def _means(contexts: tuple[str, ...], places: dict[str, Callable[[], str]]) -> bool:
    for context in contexts:
        for rule in _contexts()[context]:
            if rule.pattern.search(places[rule.where]()):
                return rule.verdict
    return True


def _sense(senses: list[Sense], text: str, start: int, end: int, article: Callable[[], str]) -> Sense | None:
    """Return the first of `senses` that its contexts allow for the form at `start` to `end` of `text`."""
    form = text[start:end]
    places = {
        "beside": lambda: f"{text[max(0, start - BEFORE) : start]}{FORM}{text[end : end + AFTER]}".replace(
            "\n", " "
        ),
        "sentence": lambda: text.replace(form, FORM),
        "article": lambda: article().replace(form, FORM),
    }
    return next((sense for sense in senses if _means(sense.contexts, places)), None)


def mentions(sentences: pd.DataFrame, kinds: Sequence[str] = KINDS) -> pd.DataFrame:
    """Return table mentions: each country named in `sentences` by a form of one of `kinds`.

    The longest form at a place counts; a form with a context in countries.csv counts where the rules of
    contexts.csv say so. Offsets are characters of articles.text.
    """
    senses = list(_senses().values())
    found = arrowtext.find_forms(sentences["text"], list(_senses()))
    at = sentences.iloc[found.row].reset_index(drop=True)
    joined = _joined(sentences)
    rows: list[tuple[str, str | None, str]] = []
    for form, article, text, start, end in zip(
        found.form.tolist(), at["article"], at["text"], found.start.tolist(), found.end.tolist(), strict=True
    ):
        sense = _sense(senses[form], text, start, end, partial(joined, article))
        rows.append((text[start:end], sense and sense.country, sense.kind if sense else ""))
    at[["text", "country", "kind"]] = pd.DataFrame(rows, columns=["text", "country", "kind"])
    at["end"] = at["start"] + found.end
    at["start"] = at["start"] + found.start
    return conform("mentions", at[at["country"].notna() & at["kind"].isin(kinds)])


def counted(table: pd.DataFrame, sentences: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of `table` (with article and sentence) that stand in no teaser."""
    teasers = sentences.loc[sentences["part"] == "teaser", ["article", "sentence"]]
    rows = pd.MultiIndex.from_frame(table[["article", "sentence"]])
    return table[~rows.isin(pd.MultiIndex.from_frame(teasers))]
