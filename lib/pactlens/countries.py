"""Which countries a text names: the lexicon, its groups, and the mentions in sentences."""

from collections.abc import Callable, Sequence
from functools import cache, partial
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from pactlens import arrowtext, contexts, datafiles
from pactlens.errors import DataError
from pactlens.tables import conform

KINDS = ("name", "demonym", "capital", "abbreviation")


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
    on = "9999" if day is None else pd.Timestamp(day).strftime("%Y-%m-%d")  # type: ignore[arg-type]
    return sorted(table.loc[~(table["from"] > on) & ~(table["to"] <= on), "country"])


@cache
def _senses() -> dict[str, list[int]]:
    """Return the rows of the lexicon that each spelling may mean, in the order in which they are tried."""
    senses: dict[str, list[int]] = {}
    for row, (form, case) in enumerate(lexicon()[["form", "case"]].to_numpy().tolist()):
        for written in [form] if case == "exact" else sorted({form, form.upper()}):
            for gap in (" ", "\u00a0", "  ") if " " in written else (" ",):
                senses.setdefault(written.replace(" ", gap), []).append(row)
    return senses


@cache
def _rules() -> list[tuple[contexts.Rule, ...]]:
    """Return the rules of each row of the lexicon: those of its contexts, then those of its kind."""
    rules = contexts.rules()
    named = [f"{own} {kind}".split() for own, kind in lexicon()[["context", "kind"]].fillna("").to_numpy()]
    return [tuple(rule for context in of_row for rule in rules.get(context, ())) for of_row in named]


@cache
def _asked() -> tuple[arrowtext.Flags, arrowtext.Flags]:
    """Return which spellings must ask their rules always, and which only where a capital letter follows."""
    senses, rules, table = _senses().values(), _rules(), lexicon()
    plain = (table["context"].isna() & table["kind"].isin(("name", "demonym"))).to_numpy()
    follows = np.array([len(rows) == 1 and bool(plain[rows[0]]) for rows in senses])
    ruled = np.array([len(rows) > 1 or bool(rules[rows[0]]) for rows in senses])
    return ruled & ~follows, ruled & follows


def _whole_texts(sentences: pd.DataFrame) -> Callable[[str], str]:
    """Return a function from an article to its text in `sentences`, which are grouped when first asked."""
    rows = cache(lambda: sentences.groupby("article").indices)
    return cache(lambda article: " ".join(sentences["text"].iloc[rows()[article]].fillna("")))


def _meant(found: arrowtext.Found, texts: npt.NDArray[Any], sentences: pd.DataFrame) -> arrowtext.Integers:
    """Return the row of the lexicon that each form found means, -1 where it means none."""
    senses, rules, whole = list(_senses().values()), _rules(), _whole_texts(sentences)
    meant = np.array([rows[0] for rows in senses])[found.form]
    always, before_capital = _asked()
    unsure = np.flatnonzero(always[found.form] | (before_capital[found.form] & found.capital))
    articles = sentences["article"].iloc[found.row[unsure]].tolist()
    spans = (column[unsure].tolist() for column in (found.form, texts, found.start, found.end))
    for i, article, form, *span in zip(unsure.tolist(), articles, *spans, strict=True):
        around = (*span, partial(whole, article))
        meant[i] = next((sense for sense in senses[form] if contexts.holds(rules[sense], *around)), -1)
    return meant


def mentions(sentences: pd.DataFrame, kinds: Sequence[str] = KINDS) -> pd.DataFrame:
    """Return table mentions: each country named in `sentences` by a form of one of `kinds`.

    The longest form at a place counts; a form with a context in countries.csv counts where the rules of
    contexts.csv say so. Offsets are characters of articles.text.
    """
    found = arrowtext.find_forms(sentences["text"], list(_senses()))
    texts = sentences["text"].iloc[found.row].to_numpy()
    meant = _meant(found, texts, sentences)
    wanted = np.append(lexicon()["country"].notna() & lexicon()["kind"].isin(kinds), False)
    kept = np.flatnonzero(wanted[meant])
    row, start, end = found.row[kept], found.start[kept], found.end[kept]
    out = sentences[["article", "sentence", "start"]].iloc[row].reset_index(drop=True)
    out["end"] = out["start"] + end
    out["start"] += start
    out["text"] = [text[a:b] for text, a, b in zip(texts[kept], start.tolist(), end.tolist(), strict=True)]
    out[["country", "kind"]] = lexicon()[["country", "kind"]].iloc[meant[kept]].to_numpy()
    return conform("mentions", out)


def counted(table: pd.DataFrame, sentences: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of `table` (with article and sentence) that stand in no teaser."""
    teasers = sentences.loc[sentences["part"] == "teaser", ["article", "sentence"]]
    rows = pd.MultiIndex.from_frame(table[["article", "sentence"]])
    return table[~rows.isin(pd.MultiIndex.from_frame(teasers))]
