"""Who signed or plans to sign, when and where, by the coverage: sentences -> clauses -> events -> rows."""

import functools
from collections.abc import Iterable
from typing import NamedTuple

import pandas as pd

from pactlens import agreements, arrowtext, countries, dates, tables
from pactlens.clauses import Clause, Sentence, Span, Token, forms, split, tokens
from pactlens.corpus import Corpus
from pactlens.occasions import day_of, place_of
from pactlens.predicates import PAPERS, Verdict, has, kind_of, parties, presupposed, role, verdict

LATER = "?"  # a partner that only the rest of the article names
SLACK = pd.Timedelta(days=90)  # leaders are named before they take office and after they leave it


class Event(NamedTuple):
    """A partner, with what one clause says of it."""

    country: str
    status: str
    basis: str
    rule: str
    sentence: Sentence
    start: int
    end: int
    weak: bool
    day: dates.Day | None
    place: str | None


class State(NamedTuple):
    """What the article has said so far, for words that refer back."""

    papers: str = "security"  # the kind of paper spoken of last
    focus: tuple[str, ...] = ()  # the partners that the article is about
    recent: tuple[str, ...] = ()  # the partners named last
    said: tuple[str, int] = ("none", -9)  # what the last verdict said, and in which sentence
    awaited: bool = False  # whether the last sentence told of signings and named no partner
    heading: bool = False  # whether a list of what has been signed is running


@functools.cache
def _subject() -> str:
    return agreements.subject()


@functools.cache
def _outside() -> frozenset[str | None]:
    """Return the countries that are no partner."""
    return frozenset((None, _subject(), *forms("stranger")))


def signings(corpus: Corpus, mentions: pd.DataFrame | None = None) -> pd.DataFrame:
    """Return table signings: each partner that the coverage says has signed, or plans to sign.

    Only articles about the agreements of the subject country are read, and no teasers. A partner that an article
    gives as signed is not planned in it. `rule` names the rule that made the row.
    """
    mentions = countries.mentions(corpus.sentences) if mentions is None else mentions
    chosen = on_subject(corpus.sentences, mentions)
    rows: list[dict[str, object]] = []
    if len(chosen):
        spans = _spans(chosen, mentions, corpus.articles)
        groups = dict(tuple(chosen.groupby("article", sort=False)))
        articles = corpus.articles[corpus.articles["article"].isin(groups)]
        for article in articles.to_dict("records"):
            read = _read(groups[article["article"]], dates.clock(article), spans)
            if _concerns(read):
                rows += [_row(article["article"], event) for event in _settled(_events(read))]
    return tables.from_rows("signings", rows)


def on_subject(sentences: pd.DataFrame, mentions: pd.DataFrame) -> pd.DataFrame:
    """Return the sentences, teasers left out, of the articles that name the subject and an agreement on security."""
    own = sentences[sentences["part"] != "teaser"]
    named = set(mentions.loc[mentions["country"] == _subject(), "article"])
    leaders = agreements.leaders()
    led = arrowtext.find_forms(
        own["text"], leaders.loc[leaders["country"] == _subject(), "form"].tolist()
    ).row
    own = own[own["article"].isin(named | set(own["article"].iloc[led]))]
    for words in (forms("cue"), forms("paper") - forms("other paper")):
        spelled = sorted({form for word in words for form in (word, word.capitalize(), word.upper())})
        found = arrowtext.find_forms(own["text"], spelled).row
        own = own[own["article"].isin(own["article"].iloc[found].unique())]
    return own


Spans = dict[tuple[str, int], list[Span]]


def _spans(sentences: pd.DataFrame, mentions: pd.DataFrame, articles: pd.DataFrame) -> Spans:
    """Return by article and sentence the names of countries and of leaders in office."""
    keys = ["article", "sentence"]
    named = mentions.merge(sentences[[*keys, "start"]], on=keys, suffixes=("", "_of"))
    named = named.assign(start=named["start"] - named["start_of"], end=named["end"] - named["start_of"])
    leaders = agreements.leaders()
    names = leaders["form"].unique().tolist()
    hits = arrowtext.find_forms(sentences["text"], names)
    led = sentences[keys].iloc[hits.row].reset_index(drop=True)
    led = led.assign(start=hits.start, end=hits.end, form=[names[form] for form in hits.form], kind="person")
    led = led.merge(leaders, on="form").merge(articles[["article", "published"]], on="article")
    day = led["published"]
    led = led[~((led["since"] - SLACK > day) | (led["until"] + SLACK < day))].drop_duplicates(
        [*keys, "start"]
    )
    out: Spans = {}
    columns = [*keys, "start", "end", "country", "kind"]
    for article, sentence, *span in pd.concat([named[columns], led[columns]]).itertuples(index=False):
        out.setdefault((article, sentence), []).append(Span(*span))
    return out


def _apart(spans: Iterable[Span]) -> list[Span]:
    """Return the spans that do not overlap: the first, and the longer of two that begin together."""
    out: list[Span] = []
    for span in sorted(spans, key=lambda s: (s.start, -s.end)):
        if not out or span.start >= out[-1].end:
            out.append(span)
    return out


def _read(sentences: pd.DataFrame, clock: dates.Clock, spans: Spans) -> list[Sentence]:
    read = []
    columns = ["article", "sentence", "start", "part", "text"]
    for article, number, start, part, text in sentences[columns].itertuples(index=False):
        days = dates.find(text, clock)
        names = [*spans.get((article, number), ()), *(Span(day.start, day.end, None, "day") for day in days)]
        read.append(Sentence(number, start, part, text, split(tokens(text, _apart(names))), days))
    return read


def _row(article: object, event: Event) -> dict[str, object]:
    day, sentence = event.day, event.sentence
    return event._asdict() | {
        "article": article,
        "sentence": sentence.number,
        "on": day.on if day else None,
        "precision": day.precision if day and day.on else "none",
        "start": sentence.start + event.start,
        "end": sentence.start + event.end,
        "evidence": sentence.text[event.start : event.end],
    }


def _settled(events: list[Event]) -> list[Event]:
    """Return the events that stand: a weak signing gives way to a plan, and who has signed is not planned."""
    plans = {e.country for e in events if e.status == "planned" and not e.weak}
    signed = {e.country for e in events if e.status == "signed" and not (e.weak and e.country in plans)}
    signed |= {e.country for e in events if e.status == "signed" and not e.weak}
    return [e for e in events if (e.status == "signed") == (e.country in signed)]


# --- is it about the subject? --------------------------------------------------------------------------------


def _concerns(read: list[Sentence]) -> bool:
    """Tell whether an article speaks of an agreement on security to which the subject country is a party."""
    for n, sentence in enumerate(read):
        if any(kind_of(c.tokens, k) == "security" for c in sentence.clauses for k in c.span()):
            beside = [t for other in read[max(0, n - 1) : n + 2] for c in other.clauses for t in c.own()]
            led = any(t.country == _subject() and t.kind in ("person", "demonym") for t in beside)
            if led or any(_names_subject(clause) for clause in sentence.clauses):
                return True
    return False


def _names_subject(clause: Clause) -> bool:
    """Tell whether a clause names the subject country, other than as the place or the victim of a war."""
    for i in clause.span():
        if clause.tokens[i].country == _subject():
            before = clause.tokens[max(clause.first, i - 3) : i]
            if not any(has(t, "war") or (t.text in ("in", "against") and t is before[-1]) for t in before):
                return True
    return False


def _foreign(clause: Clause, names: list[tuple[int, str]]) -> bool:
    """Tell whether a clause speaks of one paper between two others: "A and B signed a defence agreement"."""
    row = clause.tokens
    if _names_subject(clause) or len({row[i].country for i, _ in names}) != 2:
        return False
    one = [k for k in clause.span() if kind_of(row, k) in ("security", "bare") and row[k].text[-1] != "s"]
    return any(t.text in ("a", "an") for k in one for t in row[max(clause.first, k - 6) : k])


# --- events --------------------------------------------------------------------------------------------------


def _events(read: list[Sentence]) -> list[Event]:
    """Return the events of an article, clause by clause."""
    out: list[Event] = []
    state = State()
    for n, sentence in enumerate(read):
        made: list[Event] = []
        for c, clause in enumerate(sentence.clauses):
            said = verdict(clause, sentence.part == "title")
            state = state._replace(papers=_papers(clause, state.papers, said))
            said = (
                said
                or _listed(state, sentence, clause)
                or _referring(clause, state, n)
                or presupposed(clause)
            )
            if said:
                if said.rule != "presupposed":
                    state = state._replace(said=(said.status, n))
                made += _of_clause(read, n, c, said, state)
        state = _next(state, sentence, n, made)
        out += made
    known = [(e, (e.country,) if e.country != LATER else state.focus) for e in out]
    return [event._replace(country=country) for event, meant in known for country in meant]


def _next(state: State, sentence: Sentence, n: int, made: list[Event]) -> State:
    """Return the state after sentence n, which made these events."""
    named = tuple(dict.fromkeys(e.country for e in made if e.basis == "named" and e.rule != "anaphora"))
    signed = state.said == ("signed", n)
    colon = sentence.text.rstrip().endswith(":")
    return state._replace(
        focus=state.focus or (named if len(named) <= 3 else ()),
        recent=named or state.recent,
        awaited=signed and not made,
        heading=(colon and (signed or " followed" in sentence.text))
        or (state.heading and any(e.rule == "list" for e in made)),
    )


def _papers(clause: Clause, before: str, said: Verdict | None) -> str:
    """Return the kind of paper spoken of after a clause: a declaration beside the papers changes nothing."""
    for k in reversed(clause.span()):
        kind = kind_of(clause.tokens, k)
        other = kind == "other" and said and clause.tokens[k].classes.get("other paper") != "aside"
        if kind == "security" or other:
            return str(kind)
    return before


def _listed(state: State, sentence: Sentence, clause: Clause) -> Verdict | None:
    """Return what a line says in a list of what has been signed."""
    own = clause.own()
    if any(has(t, "report", "have", "modal", "not", "move", "sign", "follow", "talks") for t in own):
        return None
    opens = ":" in sentence.text or any(t.text in ("these", "they", "them") for t in own[:4])
    awaited = state.awaited and opens and sum(t.country is not None for t in own) > 1
    if awaited or (state.heading and (sentence.days or len(clause.tokens) <= 8)):
        return Verdict("signed", "list", clause.first, "security")
    return None


def _referring(clause: Clause, state: State, n: int) -> Verdict | None:
    """Return what "did so", "to follow", "the one with …" or "is negotiating as well" says after another clause."""
    row, (status, number) = clause.tokens, state.said
    if n - number > 2:
        return None
    ahead = any(has(t, "modal", "intent", "to") for t in clause.own())
    for k in clause.span():
        if has(row[k], "follow") and (status == "signed" or state.focus):
            return Verdict("planned", "follows", k, "own")
        if has(row[k], "likewise"):
            return Verdict(status, "likewise", k, "own")
        if row[k].text == "negotiating" and n - number < 2:
            return Verdict("planned", "in talks", k, "own")
        kind = kind_of(row, k)
        beside = n == number and not has(row[clause.first], "break")
        near = beside or k - clause.first < 2 if kind == "talks" else n - number < 2
        if kind and near and k + 1 < clause.last and has(row[k + 1], "with", "between"):
            return Verdict("planned" if ahead or kind == "talks" else status, "the one with", k, kind)
    return None


def _of_clause(read: list[Sentence], n: int, c: int, said: Verdict, state: State) -> list[Event]:
    """Return the events of one clause."""
    row, clause = read[n].clauses[c].tokens, read[n].clauses[c]
    if said.status == "none" or (said.paper not in ("security", "talks") and state.papers == "other"):
        return []
    if said.rule == "list":
        found = [(i, "list") for i in clause.span() if row[i].country not in _outside()]
    else:
        found = [(i, how) for i, how in parties(clause, said) if row[i].country not in _outside()]
        found = [
            (i, "list" if any(has(t, "like") for t in row[said.at + 1 : i]) else how) for i, how in found
        ]
    if _foreign(clause, found) or (said.rule == "not signed" and len(found) > 2):
        return []
    out = [_event(read, n, c, said, row[i], str(row[i].country), how) for i, how in found]
    if said.rule != "presupposed":
        out += [_event(read, n, c, said, t, country, "group") for t, country in _groups(clause)]
    compared = said.rule in ("active", "passive") and all(how == "list" and i > said.at for i, how in found)
    if said.rule == "list" or (out and not compared):
        return out
    earlier = [] if out else _earlier(read[n], c) or _main(read[n], c)
    if earlier:
        how = "list" if len(earlier) > 2 else "with"
        return [_event(read, n, c, said, t, str(t.country), how) for t in earlier]
    again = said._replace(rule="anaphora")
    return out + [
        _event(read, n, c, again, row[said.at], name, "with") for name in _meant(read, n, c, said, state)
    ]


def _groups(clause: Clause) -> list[tuple[Token, str]]:
    """Return each member of the groups that a clause speaks of as a whole: "all G7 members"."""
    own = clause.own()
    return [
        (t, country)
        for k, t in enumerate(own)
        if has(t, "group") and any(has(before, "everyone") for before in own[max(0, k - 4) : k])
        for country in countries.members(t.classes["group"])
        if country not in _outside()
    ]


def _named(clause: Clause, *roles: str) -> list[Token]:
    """Return the partners that a clause names, in these roles or in any but "away"."""
    found = [i for i in clause.span() if clause.tokens[i].country not in _outside()]
    return [
        clause.tokens[i] for i in found if (how := role(clause, i)) in roles or (not roles and how != "away")
    ]


def _earlier(sentence: Sentence, c: int) -> list[Token]:
    """Return the partners of the nearest clause before clause c that names some, if c refers to it."""
    lead = sentence.clauses[c].own()[0]
    if not (has(lead, "break") or lead.text in (",", "and", "it", "both")):
        return []
    return next((named for clause in reversed(sentence.clauses[:c]) if (named := _named(clause))), [])


def _main(sentence: Sentence, c: int) -> list[Token]:
    """Return the subject of the main clause: "under its agreement with U, signed in May, A pays"."""
    if sentence.clauses[0].own()[0].text not in ("under", "with", "by", "in", "having"):
        return []
    return next((named[:1] for clause in sentence.clauses[c:] if (named := _named(clause, "bare"))), [])


def _meant(read: list[Sentence], n: int, c: int, said: Verdict, state: State) -> tuple[str, ...]:
    """Return the countries that "the two leaders", "it" or "the document" stands for."""
    clause, own = read[n].clauses[c], read[n].clauses[c].own()
    if any(t.text == "both" and has(after, "paper") for t, after in zip(own, own[1:], strict=False)):
        return state.recent
    if any(has(t, "pair") for t in own):
        for sentence in reversed(read[max(0, n - 2) : n]):
            named = [str(t.country) for clause in sentence.clauses for t in _named(clause)]
            if named:
                return tuple(dict.fromkeys(named))[:2]
        return state.focus
    reach = clause.tokens[max(0, clause.first - 4) : clause.last] if said.rule == "active" else own
    if said.rule not in ("active", "passive", "future", "headline", "not signed", "condition") or _unnamed(
        reach
    ):
        return ()
    tied = any(t.country == _subject() or t.text in ("it", "the", "this", "its") for t in reach)
    return state.focus or (LATER,) if tied else ()


def _unnamed(own: list[Token]) -> bool:
    """Tell whether tokens speak of several papers, or of partners that they do not name."""
    for k, t in enumerate(own):
        several = t.text[-1] == "s" and t.classes.get("paper") in ("", "bare")
        if several or (
            has(t, "with", "by") and any(n.text[-1] == "s" and has(n, "title") for n in own[k + 1 : k + 5])
        ):
            return True
    return False


def _event(
    read: list[Sentence], n: int, c: int, said: Verdict, token: Token, country: str, how: str
) -> Event:
    """Return what clause c of sentence n says of one partner, with its day and place."""
    verb = read[n].clauses[c].tokens[said.at]
    listed = how in ("list", "group") or said.rule == "likewise"
    basis = how if how == "group" else "listed" if listed else "named"
    day = None if listed and said.rule != "list" else day_of(read, n, c, said, token, _outside())
    place = None if listed else place_of(read, n, c, said, token, _outside())
    start, end = min(token.start, verb.start), max(token.end, verb.end)
    return Event(country, said.status, basis, said.rule, read[n], start, end, said.weak, day, place)
