"""Who signed or plans to sign, when and where, by the coverage: sentences -> clauses -> events -> rows."""

import datetime
from collections.abc import Iterable
from itertools import groupby
from operator import itemgetter
from typing import Any

import pandas as pd

from pactlens import arrowtext, countries, dates, tables
from pactlens.clauses import Sentence, split
from pactlens.corpus import Corpus
from pactlens.events import events
from pactlens.lexicon import Span, tokens
from pactlens.predicates import verdict
from pactlens.sentences import dateline
from pactlens.state import Event
from pactlens.subject import addressed, concerns, leaders, on_subject

SLACK = pd.Timedelta(days=90)  # leaders are named before they take office and after they leave it


def signings(corpus: Corpus, mentions: pd.DataFrame | None = None) -> pd.DataFrame:
    """Return table signings: each partner that the coverage says has signed, or plans to sign.

    Only articles about the agreements of the subject country are read, and no teasers. A partner that an
    article gives as signed is not planned in it. `rule` names the rule that made the row.
    """
    mentions = countries.mentions(corpus.sentences) if mentions is None else mentions
    chosen = on_subject(corpus, mentions)
    rows: list[dict[str, object]] = []
    if len(chosen):
        spans = _spans(chosen, mentions, corpus.articles)
        articles = corpus.articles[corpus.articles["article"].isin(chosen["article"])]
        records: dict[Any, Any] = articles.set_index("article").to_dict("index")
        columns, named = ["article", "sentence", "start", "part", "text"], addressed(articles)
        for article, own in groupby(chosen[columns].itertuples(index=False, name=None), key=itemgetter(0)):
            clock = dates.clock(records[article])
            read = [_read(sentence, clock, spans) for sentence in own]
            if article in named or concerns(read):
                rows += [_row(article, event) for event in _settled(events(read), clock.published)]
    return tables.from_rows("signings", rows)


Spans = dict[tuple[str, int], list[Span]]


def _spans(sentences: pd.DataFrame, mentions: pd.DataFrame, articles: pd.DataFrame) -> Spans:
    """Return by article and sentence the names of countries and of leaders in office."""
    keys = ["article", "sentence"]
    named = mentions.merge(sentences[[*keys, "start"]], on=keys, suffixes=("", "_of"))
    named = named.assign(start=named["start"] - named["start_of"], end=named["end"] - named["start_of"])
    known = _with_surnames(leaders())
    names = known["form"].unique().tolist()
    hits = arrowtext.find_forms(sentences["text"], names)
    led = sentences[keys].iloc[hits.row].reset_index(drop=True)
    led = led.assign(start=hits.start, end=hits.end, form=[names[form] for form in hits.form], kind="person")
    led = led.merge(known, on="form").merge(articles[["article", "published"]], on="article")
    day = led["published"]
    led = led[~((led["since"] - SLACK > day) | (led["until"] + SLACK < day))].drop_duplicates(
        [*keys, "start"]
    )
    # "Harris" is a leader where the article names him in full.
    full = set(led.loc[~led["short"], ["article", "leader"]].itertuples(index=False, name=None))
    beside = pd.MultiIndex.from_frame(led[["article", "leader"]]).isin(full)
    led = led[~led["short"] | beside]
    out: Spans = {}
    columns = [*keys, "start", "end", "country", "kind"]
    for article, sentence, *span in pd.concat([named[columns], led[columns]]).itertuples(index=False):
        out.setdefault((article, sentence), []).append(Span(*span))
    return out


def _with_surnames(known: pd.DataFrame) -> pd.DataFrame:
    """Return the forms of leaders, with the surnames (`short`) that mean them only beside the full name."""
    alone = ~known["leader"].isin(known.loc[~known["form"].str.contains(" "), "leader"])
    short = known[alone].assign(form=known["form"].str.rpartition(" ")[2]).drop_duplicates()
    return pd.concat([known.assign(short=False), short.assign(short=True)])


def _apart(spans: Iterable[Span]) -> list[Span]:
    """Return the spans that do not overlap: the first, and the longer of two that begin together."""
    out: list[Span] = []
    for span in sorted(spans, key=lambda s: (s.start, -s.end)):
        if not out or span.start >= out[-1].end:
            out.append(span)
    return out


def _read(row: tuple[str, int, int, str, str], clock: dates.Clock, spans: Spans) -> Sentence:
    """Return a sentence (article, sentence, start, part, text) read into clauses and days."""
    article, number, start, part, text = row
    days = [day for day in dates.find(text, clock) if day.start >= dateline(text)]
    named = [s for s in spans.get((article, number), ()) if s.start >= dateline(text)]
    apart = _apart([*named, *(Span(day.start, day.end, None, "day") for day in days)])
    clauses = [clause._replace(said=verdict(clause)) for clause in split(tokens(text, apart))]
    return Sentence(number, start, part, text, clauses, days, apart)


def _row(article: object, event: Event) -> dict[str, object]:
    day, sentence = event.day, event.sentence
    return event._asdict() | {
        "article": article,
        "sentence": sentence.number,
        "on": day.on if day else None,
        "precision": day.precision if day and day.on else "none",
        "on_basis": day.basis if day and day.on else None,
        "on_evidence": day.words if day and day.on else None,
        "start": sentence.start + event.start,
        "end": sentence.start + event.end,
        "evidence": sentence.text[event.start : event.end],
    }


def _settled(made: list[Event], today: datetime.date | None) -> list[Event]:
    """Return the events that stand: a weak signing gives way to a plan, and who has signed is not planned."""
    made = [_ahead(e, today) for e in made]
    plans = {e.country for e in made if e.status == "planned" and not e.weak and e.rule != "list"}
    # Who has signed another paper is not presupposed to have signed ours.
    others = {(e.country, "presupposed") for e in made if e.status == "none"}
    made = [e for e in made if e.status != "none" and (e.country, e.rule) not in others]
    firm = [e for e in made if not e.weak or (e.rule == "signing" and _is_past(e, today))]
    signed = {e.country for e in made if e.status == "signed" and (e in firm or e.country not in plans)}
    # "A and B are signing", in a caption, is the signing that the story tells.
    made = [
        e._replace(status="signed") if e.rule == "signing now" and e.country in signed else e for e in made
    ]
    return _to_the_town(_to_the_day([e for e in made if (e.status == "signed") == (e.country in signed)]))


def _is_past(event: Event, today: datetime.date | None) -> bool:
    """Tell whether an event is of a day gone by: "the summit began on 27 June with the signing"."""
    on = event.day.on if event.day and event.day.precision == "day" else None
    return bool(on and today and on < today)


def _ahead(event: Event, today: datetime.date | None) -> Event:
    """Return an event; of a day to come it is a plan, or that day is of another: "signs tomorrow"."""
    day = event.day
    if event.status != "signed" or not today or not day or not day.on or day.on <= today:
        return event
    own = day in event.sentence.days
    return event._replace(status="planned") if own else event._replace(day=None, place=None)


def _to_the_town(made: list[Event]) -> list[Event]:
    """Return the events, with a town for a country where the text tells the town elsewhere."""
    whole = set(countries.names())
    placed = [e for e in made if e.place and e.place not in whole and e.rule != "ordinal"]
    towns = {(e.country, e.status): e.place for e in placed}
    return [
        e._replace(place=towns.get((e.country, e.status), e.place)) if e.place in whole else e for e in made
    ]


def _to_the_day(made: list[Event]) -> list[Event]:
    """Return the events, with a day for a month that the text tells exactly elsewhere."""
    told = [(e, e.day) for e in made if e.day and e.day.precision == "day"]
    exact: dict[object, dates.Day] = {
        (e.country, e.status, day.on.replace(day=1)): day for e, day in told if day.on
    }
    return [e._replace(day=exact.get((e.country, e.status, e.day.on), e.day)) if e.day else e for e in made]
