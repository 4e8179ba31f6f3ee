"""Which countries a text names: the lexicon, its groups, and the mentions in sentences."""

from collections.abc import Iterable, Sequence
from functools import cache, partial
from itertools import zip_longest

import numpy as np
import pandas as pd

from pactlens import arrowtext, contexts, datafiles
from pactlens.errors import DataError
from pactlens.tables import conform, stands_in

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
def _spellings() -> dict[str, list[int]]:
    """Return the rows of the lexicon that each spelling may mean, in the order in which they are tried."""
    rows: dict[str, list[int]] = {}
    for row, (form, case) in enumerate(lexicon()[["form", "case"]].to_numpy().tolist()):
        for written in [form] if case == "exact" else sorted({form, form.upper()}):
            for gap in (" ", "\u00a0", "  ") if " " in written else (" ",):
                rows.setdefault(written.replace(" ", gap), []).append(row)
    return rows


@cache
def _senses() -> arrowtext.Integers:
    """Return the same as a matrix: a line a spelling, a column a sense, -1 where it has no more."""
    rows = zip_longest(*_spellings().values(), fillvalue=-1)
    return np.array(list(rows), np.int64).T


@cache
def _rules() -> tuple[arrowtext.Integers, list[tuple[contexts.Rule, ...]]]:
    """Return which rules each row of the lexicon has: those of its contexts, then those of its kind."""
    rules = contexts.rules()
    number, named = pd.factorize(lexicon()["context"].fillna("") + " " + lexicon()["kind"].fillna(""))
    return number, [tuple(rule for name in one.split() for rule in rules.get(name, ())) for one in named]


@cache
def _asked() -> tuple[arrowtext.Flags, arrowtext.Flags]:
    """Return which spellings must ask their rules always, and which only where a capital letter follows."""
    first, several = _senses()[:, 0], (_senses()[:, 1:] >= 0).any(axis=1)
    plain = (lexicon()["context"].isna() & lexicon()["kind"].isin(("name", "demonym"))).to_numpy()
    number, rules = _rules()
    ruled = np.array([bool(rules[n]) for n in number])
    return several | (ruled & ~plain)[first], ~several & (ruled & plain)[first]


def _whole_texts(sentences: pd.DataFrame, articles: Iterable[str]) -> dict[str, str]:
    """Return the whole text of each of some articles."""
    own = sentences[sentences["article"].isin(set(articles))]
    texts: dict[str, list[str]] = {}
    for article, text in zip(own["article"].tolist(), own["text"].fillna("").tolist(), strict=True):
        texts.setdefault(article, []).append(text)
    return {article: " ".join(parts) for article, parts in texts.items()}


def _meant(found: arrowtext.Found, sentences: pd.DataFrame) -> arrowtext.Integers:
    """Return the row of the lexicon that each form found means, -1 where it means none."""
    always, before_capital = _asked()
    meant: arrowtext.Integers = _senses()[found.form, 0]
    unsure = np.flatnonzero(always[found.form] | (before_capital[found.form] & found.capital))
    meant[unsure] = -1
    whole, (number, rules) = partial(_whole_texts, sentences), _rules()
    for senses in _senses().T:
        unsure = unsure[meant[unsure] < 0]
        sense = senses[found.form[unsure]]
        for n in np.unique(number[sense[sense >= 0]]):
            asked = np.flatnonzero((sense >= 0) & (number[sense] == n))
            rows = found.row[unsure[asked]]
            spans = (column[unsure[asked]].tolist() for column in (found.start, found.end))
            texts, articles = (sentences[column].iloc[rows].tolist() for column in ("text", "article"))
            holds = contexts.hold(rules[n], list(zip(texts, *spans, articles, strict=True)), whole)
            meant[unsure[asked[holds]]] = sense[asked[holds]]
    return meant


def mentions(sentences: pd.DataFrame, kinds: Sequence[str] = KINDS) -> pd.DataFrame:
    """Return table mentions: each country named in `sentences` by a form of one of `kinds`.

    The longest form at a place counts; a form with a context in countries.csv counts where the rules of
    contexts.csv say so. Offsets are characters of articles.text.
    """
    found = arrowtext.find_forms(sentences["text"], list(_spellings()))
    meant = _meant(found, sentences)
    wanted = np.append(lexicon()["country"].notna() & lexicon()["kind"].isin(kinds), False)
    kept = np.flatnonzero(wanted[meant])
    row, start, end = found.row[kept], found.start[kept], found.end[kept]
    out = sentences[["article", "sentence", "start"]].iloc[row].reset_index(drop=True)
    out["end"] = out["start"] + end
    out["start"] += start
    spans = (sentences["text"].iloc[row].tolist(), start.tolist(), end.tolist())
    out["text"] = [text[first:last] for text, first, last in zip(*spans, strict=True)]
    out[["country", "kind"]] = lexicon()[["country", "kind"]].iloc[meant[kept]].to_numpy()
    return conform("mentions", out)


def counted(table: pd.DataFrame, sentences: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of `table` (with article and sentence) that stand in no teaser."""
    return table[~stands_in(table, sentences[sentences["part"] == "teaser"])]
