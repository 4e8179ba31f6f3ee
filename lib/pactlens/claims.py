"""What the coverage claims in numbers: how many have signed, which number in the row, for how long."""

from collections.abc import Callable, Iterator
from itertools import groupby
from operator import attrgetter
from typing import Any

import pandas as pd

from pactlens import agreements, countries, counts, dates, durations, ordinals, tables
from pactlens.corpus import Corpus
from pactlens.durations import TERMS
from pactlens.findings import Context, Finding, verbs
from pactlens.numerals import even, holding, pattern
from pactlens.sentences import dateline
from pactlens.speakers import speaker
from pactlens.subject import on_subject, outside

# The patterns of which a sentence must hold one each to be read by a rule.
RULES: dict[Callable[[str, Context], Iterator[Finding]], tuple[str, ...]] = {
    counts.counts: ("any number", "counted"),
    ordinals.ordinals: ("any ordinal",),
    ordinals.numbered: ("any number",),
    durations.durations: ("any year",),
    durations.consultations: ("any hour",),
}
ARTICLE = attrgetter("article")
# By article and sentence: where it names partners ("": other countries), from its start.
Places = dict[tuple[Any, Any], list[tuple[Any, str]]]


def claims(corpus: Corpus, mentions: pd.DataFrame | None = None) -> pd.DataFrame:
    """Return table claims: the numbers that the articles claim about the agreements, in order.

    Inexact numbers ("almost 30", "two dozen") make no row; "over 30" makes one with the operator ">=". Only
    articles about agreements with the subject country are read, and no teaser.
    """
    found = countries.mentions(corpus.sentences) if mentions is None else mentions
    own = on_subject(corpus, found)
    same = own["article"].shift() == own["article"]
    own = own.assign(before=own["text"].shift().where(same, ""))
    # "It is open to others.": what "it" is stands in the sentence before.
    refers = holding(own["before"], "refers") & (own["article"].shift(2) == own["article"])
    own["before"] = (own["text"].shift(2) + " ").where(refers, "") + own["before"]
    for rule, names in RULES.items():
        own[rule.__name__] = pd.DataFrame({name: holding(own["text"], name) for name in names}).all(axis=1)
    read = own[own[[rule.__name__ for rule in RULES]].any(axis=1)]
    # A page may begin with its menu: the story begins where a sentence of some words names a country.
    named = own[own["text"].str.count(r"\s") > 2].merge(found[["article", "sentence"]].drop_duplicates())
    openings = named[named["article"].isin(read["article"])].groupby("article", sort=False).head(3)
    needed = pd.concat([openings, read]).drop_duplicates(["article", "sentence"])
    places = _places(found, needed)
    heads = {name: list(rows) for name, rows in groupby(openings.itertuples(), key=ARTICLE)}
    began = agreements.load()["signed_on"].min() + pd.offsets.MonthEnd()
    articles = corpus.articles[corpus.articles["article"].isin(read["article"])]
    records = articles.set_index("article").to_dict("index")
    rows: list[dict[str, object]] = []
    for name, body in groupby(read.itertuples(), key=ARTICLE):
        rows += _article(records[name], list(body), heads.get(name, []), places, began)
    return tables.from_rows("claims", rows)


def _places(found: pd.DataFrame, needed: pd.DataFrame) -> Places:
    """Return where the sentences needed name countries, behind the place that they were written in."""
    known = {*agreements.load()["country"], *agreements.declaration()["country"]}
    places: Places = {}
    columns = ["article", "sentence", "start", "text"]
    joined = found.merge(needed[columns], on=columns[:2], suffixes=("", "_of"))
    joined = joined[~joined["country"].isin(outside() - known)]
    columns = ["article", "sentence", "start", "start_of", "text_of", "country"]
    for article, sentence, start, begins, text, country in joined[columns].itertuples(index=False):
        if start - begins >= dateline(text):
            place = start - begins, country if country in known else ""
            places.setdefault((article, sentence), []).append(place)
    return places


def _article(
    article: dict[Any, Any], read: list[Any], head: list[Any], places: Places, began: pd.Timestamp
) -> list[dict[str, object]]:
    """Return the rows of one article from its sentences to read; `head` are its first, with a country."""
    clock = dates.clock(article)
    found: list[tuple[Any, Context, Finding]] = []
    for row, context in _contexts(read, head, places):
        text = even(row.text)
        claimed = [claim for rule in RULES if getattr(row, rule.__name__) for claim in rule(text, context)]
        if claimed and _counts_from(text, clock) > began:
            claimed = [claim for claim in claimed if claim.kind not in ("signed_total", "others_signed")]
        found += [(row, context, claim) for claim in sorted(claimed, key=attrgetter("start"))]
    # "Is the 30th to sign up", of the declaration that the next sentence names.
    joined = {claim.value for *_, claim in found if claim.kind == "joined_declaration"}
    found = [one for one in found if one[2].kind != "ordinal" or one[2].value not in joined]
    best = min((TERMS.index(claim.rule) for *_, claim in found if claim.rule in TERMS), default=0)
    terms = {claim.value for *_, claim in found if claim.rule == TERMS[best]}
    found = [one for one in found if one[2].rule not in TERMS or one[2].value in terms]
    told = ({country for _, country in places.get((row.article, row.sentence), [])} - {""} for row in head)
    main = next((next(iter(codes)) for codes in told if len(codes) == 1), None)
    days = (day for row in head for day in dates.find(even(row.text), clock) if day.precision == "day")
    usual = clock.published or max((day.on for day in days if day.on and not day.forward), default=None)
    return [
        claim._asdict()
        | {"article": row.article, "sentence": row.sentence, "country": _country(claim, context, main)}
        | {"start": row.start + claim.start, "end": row.start + claim.end}
        | {"evidence": row.text[claim.start : claim.end], "as_of": _day(even(row.text), clock) or usual}
        | {"speaker": speaker(even(row.text), claim.start, even(row.before), row.part == "title")}
        for row, context, claim in found
    ]


def _contexts(read: list[Any], head: list[Any], places: Places) -> Iterator[tuple[Any, Context]]:
    """Yield each sentence to read of an article with what it is read against."""
    tells = {row.sentence for row in head if "signed" in verbs(row.text)}
    for row in read:
        named = places.get((row.article, row.sentence), [])
        partners = [(start, country) for start, country in named if country]
        strangers = [start for start, country in named if not country]
        yield row, Context(row.before, bool(tells - {row.sentence}), partners, strangers)


def _country(claim: Finding, context: Context, main: str | None) -> str | None:
    """Return the country that a claim is about: for a place in the order, the last one named before it."""
    if claim.kind in ("ordinal", "others_signed"):
        before = [country for start, country in context.partners if start < claim.start]
        return before[-1] if before else main
    if claim.kind in ("duration_years", "consult_hours"):
        named = {country for *_, country in context.partners} - agreements.unions()
        return named.pop() if len(named) == 1 else main
    return None


def _counts_from(text: str, clock: dates.Clock) -> pd.Timestamp:
    """Return the day from which a sentence counts ("since May"), or the first of days."""
    since = (
        day.on
        for day in dates.find(text, clock)
        if day.words.lower().startswith("since") or pattern("since").search(text, 0, day.start)
    )
    return max((pd.Timestamp(on) for on in since if on), default=pd.Timestamp.min)


def _day(text: str, clock: dates.Clock) -> Any:
    """Return the day by which a sentence says that it counts: "as of June 12"."""
    for day in dates.find(text, clock):
        if day.precision == "day" and pattern("as of").search(text, 0, day.start):
            return day.on
    return None
