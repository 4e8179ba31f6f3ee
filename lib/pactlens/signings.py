"""Who signed or plans to sign, when and where, by the coverage: sentences -> clauses -> events -> rows."""

import re
from collections.abc import Iterator
from typing import NamedTuple

import pandas as pd

from pactlens import agreements, arrowtext, countries, dates, tables
from pactlens.clauses import Clause, Span, Token, forms, split, tokens
from pactlens.corpus import Corpus
from pactlens.predicates import Verdict, has, kind_of, parties, presupposed, role, verdict

PLACE = re.compile(r"\b([Ii]n|[Aa]t|to)\s+(?:the\s+)?((?:[A-Z][\w’'-]+)(?:\s+[A-Z][\w’'-]+)*)|(\b)([A-Z]\w+)\s+[Ss]ummit\b")


LATER = "?"  # a partner that only the rest of the article names
PERIOD = re.compile(r"\b(?:since|until|till|by|from|half of|quarter of)$", re.IGNORECASE)
# "Details: The occasion was …"
LABEL = re.compile(r"^\w+:\s+")


class Sentence(NamedTuple):
    """One row of sentences, read."""

    number: int
    start: int
    part: str
    text: str
    clauses: list[Clause]
    days: list[dates.Day]


class Event(NamedTuple):
    """A partner with what one clause says of it; offsets count in the sentence."""

    sentence: int
    status: str
    country: str
    basis: str
    rule: str
    start: int
    end: int
    weak: bool = False
    day: dates.Day | None = None
    place: str | None = None


def signings(corpus: Corpus, mentions: pd.DataFrame | None = None) -> pd.DataFrame:
    """Return table signings: each partner that the coverage says has signed, or plans to sign.

    Only articles about the agreements of the subject country are read (see `on_subject`), and no teasers. A partner
    that an article gives as signed is not planned in it. `rule` names the rule that made the row.
    """
    sentences = corpus.sentences
    mentions = countries.mentions(sentences) if mentions is None else mentions
    chosen = on_subject(sentences)
    rows: list[dict[str, object]] = []
    if len(chosen):
        spans = _spans(chosen, mentions, corpus.articles)
        by_article = dict(tuple(chosen.groupby("article", sort=False)))
        for article in corpus.articles.to_dict("records"):
            if article["article"] in by_article:
                rows += _read(article, by_article[article["article"]], spans)
    return tables.from_rows("signings", rows)


def on_subject(sentences: pd.DataFrame) -> pd.DataFrame:
    """Return the sentences, teasers left out, of the articles that have a word for the agreements in question."""
    own = sentences[sentences["part"] != "teaser"]
    cues = sorted({cue for form in forms("cue") for cue in (form, form.capitalize(), form.upper())})
    found = arrowtext.find_forms(own["text"], cues)
    return own[own["article"].isin(own["article"].iloc[found.row].unique())]


def _spans(sentences: pd.DataFrame, mentions: pd.DataFrame, articles: pd.DataFrame) -> dict[tuple[str, int], list[Span]]:
    """Return by article and sentence the names of countries and of leaders, the longer where they overlap."""
    starts = dict(zip(zip(sentences["article"], sentences["sentence"], strict=True), sentences["start"], strict=True))
    found: dict[tuple[str, int], list[Span]] = {}
    for article, number, start, end, country, kind in mentions[["article", "sentence", "start", "end", "country", "kind"]].itertuples(index=False):
        at = starts.get((article, number))
        if at is not None:
            found.setdefault((article, number), []).append(Span(start - at, end - at, country, kind))
    published = dict(zip(articles["article"], articles["published"], strict=True))
    leaders = agreements.leaders()
    hits = arrowtext.find_forms(sentences["text"], leaders["form"].drop_duplicates().tolist())
    by_form = dict(tuple(leaders.groupby("form", sort=False)))
    names = leaders["form"].drop_duplicates().tolist()
    where = (hits.row.tolist(), hits.form.tolist(), hits.start.tolist(), hits.end.tolist())
    for row, form, start, end in zip(*where, strict=True):
        article, number = sentences["article"].iat[row], sentences["sentence"].iat[row]
        country = _in_office(by_form[names[form]], published.get(article))
        if country:
            found.setdefault((article, number), []).append(Span(start, end, country, "person"))
    return {key: _apart(spans) for key, spans in found.items()}


def _in_office(people: pd.DataFrame, day: object) -> str | None:
    """Return whom a leader's name stands for on a day, or at any time if the day is not known."""
    if not pd.isna(day):
        slack = pd.Timedelta(days=90)
        people = people[~(people["since"] - slack > day) & ~(people["until"] + slack < day)]
    return str(people["country"].iloc[0]) if len(people) else None


def _apart(spans: list[Span]) -> list[Span]:
    out: list[Span] = []
    for span in sorted(spans, key=lambda s: (s.start, -s.end)):
        if not out or span.start >= out[-1].end:
            out.append(span)
        elif span.kind == "person" and span.end - span.start > out[-1].end - out[-1].start:
            out[-1] = span
    return out


# --- an article ------------------------------------------------------------------------------------------------


def _read(article: dict[str, object], sentences: pd.DataFrame, spans: dict[tuple[str, int], list[Span]]) -> list[dict[str, object]]:
    """Return the rows of one article."""
    clock = dates.clock(article)  # type: ignore[arg-type]
    read = []
    for number, start, part, text in sentences[["sentence", "start", "part", "text"]].itertuples(index=False):
        days = dates.find(text, clock)
        names = spans.get((str(article["article"]), number), [])
        row = tokens(text, _apart([*names, *(Span(day.start, day.end, None, "day") for day in days)]))
        read.append(Sentence(number, start, part, text, split(row), days))
    if not _concerns(read):
        return []
    return [_row(article, read, event) for event in _settled(_events(read))]


def _concerns(read: list[Sentence]) -> bool:
    """Tell whether an article speaks of an agreement on security to which the subject country is a party."""
    for n, sentence in enumerate(read):
        if any(_names_paper(clause) for clause in sentence.clauses):
            beside = [c for other in read[max(0, n - 1) : n + 2] for c in other.clauses]
            led = any(t.country == agreements.subject() and t.kind in ("person", "demonym") for c in beside for t in c.own())
            if led or any(_names_subject(clause) for clause in sentence.clauses):
                return True
    return False


def _names_paper(clause: Clause) -> bool:
    return any(kind_of(clause.tokens, k) == "security" for k in range(clause.first, clause.last))


def _names_subject(clause: Clause) -> bool:
    """Tell whether a clause names the subject country, other than as the place or the victim of a war."""
    for i in range(clause.first, clause.last):
        if clause.tokens[i].country == agreements.subject():
            before = clause.tokens[max(clause.first, i - 3) : i]
            if not any(has(t, "war") or (t.text in ("in", "against") and t is before[-1]) for t in before):
                return True
    return False


def _foreign(clause: Clause, names: list[tuple[int, str]]) -> bool:
    """Tell whether a clause speaks of one paper between two others: "A and B signed a defence agreement"."""
    if _names_subject(clause) or len({clause.tokens[i].country for i, _ in names}) != 2:
        return False
    return any(
        kind_of(clause.tokens, k) in ("security", "bare")
        and not clause.tokens[k].text.endswith("s")
        and any(t.text in ("a", "an") for t in clause.tokens[max(clause.first, k - 6) : k])
        for k in range(clause.first, clause.last)
    )


def _row(article: dict[str, object], read: list[Sentence], event: Event) -> dict[str, object]:
    sentence = next(s for s in read if s.number == event.sentence)
    day = event.day
    return {
        "article": article["article"],
        "sentence": event.sentence,
        "country": event.country,
        "status": event.status,
        "on": day.on if day else None,
        "precision": day.precision if day and day.on else "none",
        "place": event.place,
        "basis": event.basis,
        "start": sentence.start + event.start,
        "end": sentence.start + event.end,
        "evidence": sentence.text[event.start : event.end],
        "rule": event.rule,
    }


def _settled(events: list[Event]) -> list[Event]:
    """Return the events that stand: a weak one gives way, and who has signed is not planned."""
    firm = {(e.country, e.status) for e in events if not e.weak}
    signed = {e.country for e in events if e.status == "signed" and (not e.weak or (e.country, "planned") not in firm)}
    return [
        e
        for e in events
        if (e.status == "signed" and e.country in signed) or (e.status == "planned" and e.country not in signed)
    ]


class State(NamedTuple):
    """What the article has said so far, for words that refer back."""

    papers: str = "security"  # the kind of paper spoken of last
    focus: tuple[str, ...] = ()  # the partners that the article is about
    said: tuple[str, int] = ("none", -9)  # what the last clause with a verdict said, and in which sentence
    recent: tuple[str, ...] = ()  # the partners of the last events
    awaited: bool = False  # whether the last sentence told of signings and named no partner
    heading: bool = False  # whether a list of what has been signed is running


def _events(read: list[Sentence]) -> list[Event]:
    """Return the events of an article, clause by clause."""
    out: list[Event] = []
    state = State()
    for n in range(len(read)):
        made: list[Event] = []
        for c, clause in enumerate(read[n].clauses):
            said = verdict(clause, read[n].part == "title")
            state = state._replace(papers=_papers(clause, state.papers, said))
            said = said or _listed(state, read[n], clause) or _nominal(clause, state, n) or presupposed(clause)
            if said:
                if said.rule != "presupposed":
                    state = state._replace(said=(said.status, n))
                made += _of_clause(read, n, c, said, state)
        state = _next(state, read[n], n, made)
        out += made
    return [e._replace(country=country) for e in out for country in ((e.country,) if e.country != LATER else state.focus)]


def _next(state: State, sentence: Sentence, number: int, made: list[Event]) -> State:
    """Return the state after a sentence that made these events."""
    named = tuple(dict.fromkeys(e.country for e in made if e.basis == "named" and e.rule != "anaphora"))
    listing = sentence.text.rstrip().endswith(":") and (
        state.said == ("signed", number) or (state.said[0] == "signed" and " followed" in sentence.text)
    )
    return state._replace(
        focus=state.focus or (named if len(named) <= 3 else ()),
        recent=named or state.recent,
        awaited=state.said == ("signed", number) and not made,
        heading=listing or (state.heading and any(e.rule == "list" for e in made)),
    )


def _papers(clause: Clause, before: str, said: Verdict | None) -> str:
    """Return the kind of paper spoken of after a clause: a declaration beside the papers changes nothing."""
    kinds = [
        kind
        for k in range(clause.first, clause.last)
        if (kind := kind_of(clause.tokens, k)) == "security"
        or (kind == "other" and said is not None)
        and clause.tokens[k].classes.get("other paper") != "aside"
    ]
    return kinds[-1] if kinds else before


def _listed(state: State, sentence: Sentence, clause: Clause) -> Verdict | None:
    """Return what a line with a day says in a list of what has been signed."""
    own = clause.own()
    plain = not any(has(t, "report", "have", "modal", "not", "move", "sign", "follow", "talks") for t in own)
    if state.heading and plain and (sentence.days or len(clause.tokens) <= 8):
        return Verdict("signed", "list", clause.first, "security")
    names = sum(t.country is not None for t in own)
    opens = ":" in sentence.text or any(t.text in ("these", "they", "them") for t in own[:4])
    if plain and state.awaited and opens and names > 1:
        return Verdict("signed", "list", clause.first, "security")
    return None


def _of_clause(read: list[Sentence], n: int, c: int, said: Verdict, state: State) -> list[Event]:
    """Return the events of one clause."""
    sentence, clause = read[n], read[n].clauses[c]
    subject, strangers = agreements.subject(), forms("stranger")
    loose = said.paper in (None, "bare", "pronoun", "own")
    if said.status == "none" or (loose and state.papers == "other"):
        return []
    names = [(i, how) for i, how in parties(clause, said) if clause.tokens[i].country not in strangers]
    found = [(i, how) for i, how in names if clause.tokens[i].country != subject]
    if _foreign(clause, found):
        return []
    if said.rule == "list":
        found = [(i, "list") for i in range(clause.first, clause.last) if clause.tokens[i].country not in (None, subject)]
    everyone = [
        _event(read, n, c, said, t, country, "group")
        for t, country in (_groups(clause) if said.rule != "presupposed" else ())
        if country not in (subject, *strangers)
    ]
    found = [(i, "list" if any(has(t, "like") for t in clause.tokens[said.at + 1 : i]) else how) for i, how in found]
    if said.rule == "not signed" and len(found) > 2:
        return []
    if found and said.rule in ("active", "passive") and all(how == "list" and i > said.at for i, how in found):
        everyone += [
            _event(read, n, c, said._replace(rule="anaphora"), clause.tokens[said.at], country, "with")
            for country in _meant(read, n, clause, said, state)
        ]
    if found or everyone:
        return everyone + [_event(read, n, c, said, clause.tokens[i], str(clause.tokens[i].country), how) for i, how in found]
    if said.rule == "list":
        return []
    verb = clause.tokens[said.at]
    earlier = _earlier(sentence, c) or _main(sentence, c)
    if earlier:
        return [_event(read, n, c, said, t, str(t.country), "list" if len(earlier) > 2 else "with") for t in earlier]
    return [
        _event(read, n, c, said._replace(rule="anaphora"), verb, country, "with")
        for country in _meant(read, n, clause, said, state)
    ]


def _groups(clause: Clause) -> list[tuple[Token, str]]:
    """Return each member of the groups that a clause speaks of as a whole: "all G7 members"."""
    own = clause.own()
    return [
        (t, country)
        for k, t in enumerate(own)
        if has(t, "group") and any(has(before, "everyone") for before in own[max(0, k - 4) : k])
        for country in countries.members(t.classes["group"])
    ]


def _nominal(clause: Clause, state: State, n: int) -> Verdict | None:
    """Return the status just spoken of, for "the one with …" without a verb of its own."""
    status, number = state.said
    if n - number > 2:
        return None
    row = clause.tokens
    ahead = any(has(t, "modal", "intent", "to") for t in clause.own())
    for k in range(clause.first, clause.last):
        if has(row[k], "follow") and (status == "signed" or state.focus):
            return Verdict("planned", "follows", k, "own")
        kind = kind_of(row, k)
        if has(row[k], "likewise"):
            return Verdict(status, "likewise", k, "own")
        apart = has(row[clause.first], "break")
        if row[k].text == "negotiating" and n - number < 2:
            return Verdict("planned", "in talks", k, "own")
        near = (n == number and not apart) or k - clause.first < 2 if kind == "talks" else n - number < 2
        if kind and near and k + 1 < clause.last and has(row[k + 1], "with", "between"):
            return Verdict("planned" if ahead or kind == "talks" else status, "the one with", k, kind)
    return None


def _earlier(sentence: Sentence, c: int) -> list[Token]:
    """Return the names of the nearest clause before clause c that has some, for a clause that refers to it."""
    lead = sentence.clauses[c].own()[0]
    if not c or not (has(lead, "break") or lead.text in (",", "and", "it", "both")):
        return []
    outside = {agreements.subject(), *forms("stranger")}
    for clause in reversed(sentence.clauses[:c]):
        names = [
            clause.tokens[i]
            for i in range(clause.first, clause.last)
            if clause.tokens[i].country not in (None, *outside) and role(clause, i) != "away"
        ]
        if names:
            return names
    return []


def _main(sentence: Sentence, c: int) -> list[Token]:
    """Return the subject of the main clause after clause c: "under its agreement with U, signed in May, A pays"."""
    if sentence.clauses[0].own()[0].text not in ("under", "with", "by", "in", "having"):
        return []
    outside = {agreements.subject(), *forms("stranger")}
    for clause in sentence.clauses[c:]:
        for i in range(clause.first, clause.last):
            if clause.tokens[i].country not in (None, *outside) and role(clause, i) == "bare":
                return [clause.tokens[i]]
    return []


def _meant(read: list[Sentence], n: int, clause: Clause, said: Verdict, state: State) -> tuple[str, ...]:
    """Return the countries that "the two leaders", "it" or "the document" stands for."""
    own = clause.own()
    if any(t.text == "both" and has(after, "paper") for t, after in zip(own, own[1:], strict=False)):
        return state.recent
    if any(has(t, "pair") for t in own):
        outside = {agreements.subject(), *forms("stranger")}
        for sentence in reversed(read[max(0, n - 2) : n]):
            names = [
                str(c.tokens[i].country)
                for c in sentence.clauses
                for i in range(c.first, c.last)
                if c.tokens[i].country not in (None, *outside) and role(c, i) != "away"
            ]
            if names:
                return tuple(dict.fromkeys(names))[:2]
        return state.focus
    reach = clause.tokens[max(0, clause.first - 4) : clause.last] if said.rule == "active" else own
    if said.rule in ("in the making", "signing", "presupposed", "ordinal", "have", "exists") or _unnamed(reach):
        return ()
    tied = any(t.country == agreements.subject() or t.text in ("it", "the", "this", "its") for t in reach)
    return state.focus or (LATER,) if tied else ()


def _unnamed(own: list[Token]) -> bool:
    """Tell whether tokens speak of several papers, or of partners that they do not name."""
    for k, t in enumerate(own):
        if t.text.endswith("s") and t.classes.get("paper") in ("", "bare"):
            return True
        if has(t, "with", "by") and any(n.text.endswith("s") and has(n, "title") for n in own[k + 1 : k + 5]):
            return True
    return False


def _event(read: list[Sentence], n: int, c: int, said: Verdict, token: Token, country: str, how: str) -> Event:
    sentence, verb = read[n], read[n].clauses[c].tokens[said.at]
    listed = how in ("list", "group") or said.rule == "likewise"
    return Event(
        sentence.number,
        said.status,
        country,
        how if how == "group" else "listed" if listed else "named",
        said.rule,
        min(token.start, verb.start),
        max(token.end, verb.end),
        said.weak,
        None if listed and said.rule != "list" else _day(read, n, c, said, token),
        None if listed else _place(read, n, c, said, token),
    )


def _day(read: list[Sentence], n: int, c: int, said: Verdict, token: Token) -> dates.Day | None:
    """Return the day of what clause c of sentence n says, from the clause or from those about the same event."""
    for sentence, clause in _about_it(read, n, c, said):
        start, end = clause.own()[0].start, clause.own()[-1].end
        days = [
            day
            for day in sentence.days
            if start <= day.start < end
            and not _elsewhere(clause, said, day.start)
            and not _period(sentence.text, day)
        ]
        if days:
            return days[_nearest(clause, [day.start for day in days], token)]
    return None


def _nearest(clause: Clause, starts: list[int], token: Token) -> int:
    """Return which of several days or places, by their offsets, belongs to the name `token`."""
    first = next((t.start for t in clause.own() if t.country not in (None, agreements.subject())), 0)
    before = [k for k, start in enumerate(starts) if start < token.start]
    after = [k for k, start in enumerate(starts) if start > token.start]
    if starts[0] < first:
        return before[-1] if before else 0
    return after[0] if after else len(starts) - 1


def _place(read: list[Sentence], n: int, c: int, said: Verdict, token: Token) -> str | None:
    """Return the place of what clause c of sentence n says, from the clause or from those about the same event."""
    for sentence, clause in _about_it(read, n, c, said):
        found = list(_places(sentence, clause, said))
        if found:
            best = min(rank for rank, _, _ in found)
            found = [item for item in found if item[0] == best]
            return found[_nearest(clause, [start for _, start, _ in found], token)][2]
    return None


def _places(sentence: Sentence, clause: Clause, said: Verdict) -> Iterator[tuple[tuple[bool, bool], int, str]]:
    """Yield rank (the more specific first), offset and name of each place that a clause gives."""
    own = clause.own()
    for place in PLACE.finditer(sentence.text, own[0].start, own[-1].end):
        name = (place[2] or place[4]).removesuffix(" Summit")
        start = place.start(2) if place[2] else place.start(4)
        inside = [t for t in own if start <= t.start < place.end()]
        if any(has(t, "paper", "other paper", "title") or t.kind == "demonym" for t in inside):
            continue
        if place[1] == "to" and not any(has(t, "go") for t in own if t.start < start):
            continue
        if not set(name.lower().split()) & forms("nowhere") and not _elsewhere(clause, said, start):
            country = any(t.kind == "name" for t in inside)
            yield (country, place[1] in ("at", None)), start, name


def _period(text: str, day: dates.Day) -> bool:
    """Tell whether a day is only the beginning or the end of a time: "since January"."""
    return bool(PERIOD.search(text[: day.start].rstrip()) or PERIOD.search(text[day.start : day.end].split()[0]))


def _elsewhere(clause: Clause, said: Verdict, at: int) -> bool:
    """Tell whether what stands at offset `at` belongs to an announcement or to another paper, not to the signing."""
    for t in reversed(clause.own()):
        if t.start < at and has(t, "sign", "close", "report", "other paper", "elsewhere"):
            return not has(t, "sign", "close")
    return False


def _about_it(read: list[Sentence], n: int, c: int, said: Verdict) -> list[tuple[Sentence, Clause]]:
    """Return the clause, then those that tell more of the same event: beside it, in the next sentence, in the one before."""
    sentence, clause = read[n], read[n].clauses[c]
    out = [(sentence, clause)]
    lead = next((t.text for t in clause.own() if t.text != ","), "")
    if lead in ("where", "at which", "in which"):
        out += [(sentence, other) for other in reversed(sentence.clauses[:c])]
    if clause.own()[0].text in ("and", ",") and not any(t.country for t in clause.tokens[clause.first : said.at]):
        out += [(sentence, o) for o in reversed(sentence.clauses[:c]) if any(has(t, "go", "meet") for t in o.own())]
    for other in sentence.clauses[c + 1 :]:
        told = any(has(t, "report") for t in other.own()) or verdict(other, False)
        if not told and any(has(t, "meet") for t in other.own()):
            out.append((sentence, other))
    for after in read[n + 1 : n + 4]:
        if LABEL.sub("", after.text).lower().startswith(tuple(forms("later event"))):
            out += [(after, other) for other in after.clauses]
    if any(has(t, "same event") for t in clause.tokens):
        for before in reversed(read[max(0, n - 3) : n]):
            out += [(before, other) for other in before.clauses if any(has(t, "meet") for t in other.own())]
    return out
