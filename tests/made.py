"""Tables for the chart tests: the five articles as they are read, and as many made-up ones as wanted."""

from functools import cache
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from pactlens import agreements, checks, claims, corpus, countries, signings, tables

ARTICLES = Path(__file__).parents[1] / "data/articles"


class Tables(NamedTuple):
    coverage: corpus.Corpus
    mentions: pd.DataFrame
    signings: pd.DataFrame
    claims: pd.DataFrame
    checks: pd.DataFrame
    reference: pd.DataFrame


@cache
def five() -> Tables:
    """Return the tables of data/articles."""
    coverage, reference = corpus.load(ARTICLES), agreements.load()
    mentions = countries.mentions(coverage.sentences)
    signed, claimed = signings.signings(coverage, mentions), claims.claims(coverage, mentions)
    return Tables(coverage, mentions, signed, claimed, checks.check(claimed, reference, signed), reference)


@cache
def many(n: int = 1000, published: bool = True) -> Tables:
    """Return the tables of `n` made-up articles of 60 outlets, each with a count that is right or wrong."""
    reference = agreements.load()
    rows: dict[str, list[dict[str, object]]] = {name: [] for name in tables.declared()}
    codes = [*reference["country"], *sorted(set(countries.names().index) - set(reference["country"]))[::9]]
    for i in range(n):
        day = pd.Timestamp("2023-11-01") + pd.Timedelta(days=i * 500 // n)
        own = {"article": f"<a> & “{i}”/{'long-name-' * (i % 4)}", "sentence": 0, "start": 0, "end": 9}
        common = {**own, "evidence": "<b>seven & more", "rule": "made", "text": "<b>seven & more"}
        outlet = f"The {i % 60} Daily <Post>"
        rows["articles"].append(
            common | {"outlet": outlet, "published": day if published else None, "words": 99}
        )
        rows["sentences"].append(common | {"part": "body" if i % 9 else "teaser"})
        signed_by = int((reference["counted"] & (reference["signed_on"] <= day)).sum())
        claim = {"kind": ("signed_total", "ordinal", "others_signed")[i % 3], "value": signed_by + i % 4}
        rows["claims"].append(common | claim | {"operator": "=", "as_of": day if published else None})
        for code in codes[i % 7 : i % 7 + i % 11]:
            rows["mentions"].append(common | {"country": code, "kind": "name"})
            signing = {"country": code, "status": "planned" if i % 5 == 0 else "signed", "on": day}
            basis = ("named", "listed", "group")[i % 3]
            rows["signings"].append(common | signing | {"precision": "day", "basis": basis})
    made = {name: tables.from_rows(name, rows[name]) for name in rows}
    checked = checks.check(made["claims"], reference, made["signings"].head(0))
    coverage = corpus.Corpus(made["articles"], made["sentences"], made["problems"])
    return Tables(coverage, made["mentions"], made["signings"], made["claims"], checked, reference)
