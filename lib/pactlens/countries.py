"""Which countries a text names: the lexicon, its groups, and the mentions in sentences."""

import re
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

import numpy as np
import pandas as pd

from pactlens import arrowtext, datafiles
from pactlens.errors import DataError
from pactlens.tables import conform

KINDS = ("name", "demonym", "capital", "abbreviation")
# How many characters beside a mention a context rule may look at.
WINDOW = 80


class Sense(NamedTuple):
    """What a form may mean: a country (missing: not a country), as which kind, in which context."""

    country: str | None
    kind: str
    context: str | None


class Rule(NamedTuple):
    """One rule of a context: where `pattern` is found, the form is (`yes`) or is not (`no`) the country."""

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
    table = lexicon().astype(object)
    table = table.where(table.notna(), None)
    for form, case, *sense in table[["form", "case", "country", "kind", "context"]].itertuples(index=False):
        for spelled in dict.fromkeys(_spellings(form, case)):
            senses.setdefault(spelled, []).append(Sense(*sense))
    return senses


@cache
def _rules() -> dict[str, list[Rule]]:
    """Return the rules of each context of data/contexts.csv, in their order; <cue> stands for words of cues.csv."""
    cues = datafiles.read("cues.csv")
    words = {
        cue: "(?:" + "|".join(re.escape(word) for phrases in group for word in phrases.split(";")) + ")"
        for cue, group in cues.groupby("cue")["words"]
    }
    frame = {"before": r"(?:{})$", "after": r"^(?:{})", "sentence": "{}", "article": "{}"}
    rules: dict[str, list[Rule]] = {}
    for row in datafiles.read("contexts.csv").itertuples():
        pattern = re.sub("<([a-z_]+)>", lambda found: words[found[1]], row.pattern)
        rules.setdefault(row.context, []).append(
            Rule(row.verdict == "yes", row.where, re.compile(frame[row.where].format(pattern)))
        )
    return rules


def mentions(sentences: pd.DataFrame, kinds: Sequence[str] = KINDS) -> pd.DataFrame:
    """Return table mentions: each country named in `sentences` by a form of one of `kinds`.

    The longest form at a place counts; a form with a context in countries.csv counts where the rules of
    contexts.csv say so. Offsets are characters of articles.text.
    """
    senses = _senses()
    forms = list(senses)
    found = arrowtext.find_forms(sentences["text"], forms)
    texts = sentences["text"].iloc[found.row].tolist()
    sense = [
        _meant(senses[forms[form]], text, start, end)
        for form, text, start, end in zip(
            found.form.tolist(), texts, found.start.tolist(), found.end.tolist(), strict=True
        )
    ]
    at = sentences.iloc[found.row].reset_index(drop=True)
    out = pd.DataFrame(
        {
            "article": at["article"],
            "sentence": at["sentence"],
            "start": at["start"] + found.start,
            "end": at["start"] + found.end,
            "text": [t[a:b] for t, a, b in zip(texts, found.start.tolist(), found.end.tolist(), strict=True)],
            "country": [s.country if s else None for s in sense],
            "kind": [s.kind if s else None for s in sense],
        }
    )
    return conform("mentions", out[out["country"].notna() & out["kind"].isin(kinds)])


def _meant(senses: list[Sense], text: str, start: int, end: int) -> Sense | None:
    for sense in senses:
        if sense.context is None or _holds(_rules()[sense.context], text, start, end):
            return sense
    return None


def _holds(rules: list[Rule], text: str, start: int, end: int) -> bool:
    for rule in rules:
        place = {"before": text[max(0, start - WINDOW) : start], "after": text[end : end + WINDOW]}.get(
            rule.where, text
        )
        if rule.pattern.search(place):
            return rule.verdict
    return False


def counted(table: pd.DataFrame, sentences: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of `table` (with article and sentence) that stand in no teaser."""
    teasers = sentences.loc[sentences["part"] == "teaser", ["article", "sentence"]]
    rows = pd.MultiIndex.from_frame(table[["article", "sentence"]])
    return table[~rows.isin(pd.MultiIndex.from_frame(teasers))]
