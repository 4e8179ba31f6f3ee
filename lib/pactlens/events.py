"""What the clauses of an article say of partners, one by one: the events that `signings` makes rows of."""

import itertools
from collections.abc import Iterator

from pactlens.antecedents import after_colon, earlier, groups, meant, most_named, subject_of, when
from pactlens.clauses import Clause, Sentence, Verdict
from pactlens.lexicon import Token, has
from pactlens.numerals import counted
from pactlens.occasions import before_that, day_of, day_of_visit, own_day
from pactlens.papers import kind_of
from pactlens.parties import but_not, parties
from pactlens.places import find_places, place_of
from pactlens.predicates import presupposed
from pactlens.references import LONG, listed, listing, referring
from pactlens.sentences import pattern
from pactlens.state import LATER, Event, State, after, first_paper, opening, papers_after
from pactlens.subject import foreign, names_subject, outside

RUN = ("and", "title", "list")  # what may stand between names: "countries such as A and B"
LATE = ("not signed", "none yet")  # of more than two at once it is no plan


def events(read: list[Sentence]) -> list[Event]:
    """Return the events of an article, clause by clause."""
    out: list[Event] = []
    state = opening(read)
    for n, sentence in enumerate(read):
        # An article on the agreements speaks of another paper in passing.
        words = [t.text for t in sentence.clauses[0].own()]
        again = words[0] in ("it", "this", "that", "they") or ("that", "one") in itertools.pairwise(words)
        if state.main == "security" and not again:
            state = state._replace(papers=state.main)
        declaration = state.aside and state.said[0] != "signed" and _the_same(sentence.clauses[0])
        made: list[Event] = []
        for c, clause in enumerate(sentence.clauses):
            state = state._replace(papers=papers_after(clause, state.papers, clause.said))
            said = _said(read, n, c, state, declaration)
            if said:
                if said.rule != "presupposed":
                    last = ("late" if _is_late(clause, said) else said.status, n)
                    state = state._replace(said=last, aside=False, awaited="")
                made += _of_clause(read, n, c, said, state)
            loose = said is None or said.rule in ("presupposed", "other paper")
            if loose and (paper := first_paper(clause)):
                state = state._replace(aside=paper == "aside")
        state = after(state, read, n, made)
        out += made
    out = _of_the_day_before(read, out)
    out = _of_the_visit(read, out)
    main = state.focus if len(state.focus) > 1 else most_named(read) or state.focus
    known = [(e, (e.country,) if e.country != LATER else main) for e in out]
    return [event._replace(country=country) for event, meant in known for country in meant]


def _of_the_visit(read: list[Sentence], out: list[Event]) -> list[Event]:
    """Return the events; where the one signing told has no day, it is that of the visit told before."""
    new = [e for e in out if e.status == "signed" and e.rule in ("active", "passive") and e.basis == "named"]
    partners = {e.country for e in new}
    vague = any(pattern("vague time").search(e.sentence.text) for e in new)
    if len(partners) != 1 or LATER in partners or vague or any(e.day for e in new):
        return out
    day = day_of_visit(read, next(iter(partners)))
    return [e._replace(day=day) if e in new else e for e in out]


def _said(read: list[Sentence], n: int, c: int, state: State, declaration: bool) -> Verdict | None:
    """Return what clause c of sentence n says, read after what came before; `declaration`: of what paper."""
    sentence, clause = read[n], read[n].clauses[c]
    if declaration and (c == 0 or has(clause.own()[:2][-1], "be", "have", "modal")):
        return Verdict("none", "other paper", clause.first, "other")
    said = clause.said
    # "They refused to sign the declaration; the signatories are …", "it has a new one: A is to sign it"
    it = said is not None and said.paper == "pronoun" and state.said[0] != "signed"
    if said and state.aside and (said.rule == "signatures" or it):
        said = None
    return (
        said
        or listed(state, sentence, clause)
        or referring(clause, state, n)
        or presupposed(clause)
        or listing(clause, state, n)
    )


def _the_same(clause: Clause) -> bool:
    """Tell whether a clause opens with what a declaration, too, is called: "the pact, signed by …"."""
    opens = "".join(t.text for t in clause.own()[:3])
    return opens in ("thepact,", "thedocument,", "thetext,")


def _of_the_day_before(read: list[Sentence], out: list[Event]) -> list[Event]:
    """Return the events, dated and placed as "he signed with two states in A on Friday" tells of the next."""
    for n, sentence in enumerate(read):
        row = sentence.clauses[0].tokens
        signs = any(has(t, "sign") for t in row)
        many = next(filter(None, map(_number_of_states, row, row[1:])), 0) if signs else 0
        beside = (e for e in out if e.sentence in read[n + 1 : n + 4])
        near = [e for e in beside if e.status == "signed" and e.basis == "named"]
        if many and len({e.country for e in near}) == many:
            day = next((day for day in sentence.days if day.on), None)
            found = (name for c in sentence.clauses for _, _, name in sorted(find_places(sentence, c)))
            place = next(found, None)
            out = [e._replace(day=e.day or day, place=e.place or place) if e in near else e for e in out]
    return out


def _number_of_states(token: Token, after: Token) -> int:
    """Return how many partners a token counts: "two states", "two bilateral agreements"; else 0."""
    states = token.kind != "day" and (has(token, "pair") or has(after, "title", "paper", "security"))
    return counted(token.text.split()[0]) if states else 0


def _of_clause(read: list[Sentence], n: int, c: int, said: Verdict, state: State) -> list[Event]:
    """Return the events of one clause."""
    clause = read[n].clauses[c]
    found = _partners(clause, said)
    if said.rule == "other paper":
        main = _main(read[n], c)
        named = [(clause.tokens[i], how) for i, how in found]
        own = [(t, how, main if main and how == "list" else said) for t, how in named]
        return [_event(read, n, c, says, t, str(t.country), how) for t, how, says in own]
    if said.status == "none" or not _is_ours(clause, said, state):
        return []
    late = _is_late(clause, said)
    if foreign(clause, found) or (late and len(found) > 2):
        return []
    out = [
        _event(read, n, c, says, clause.tokens[i], str(clause.tokens[i].country), how)
        for i, how, says in _weighed(clause, said, found)
    ]
    after = [] if out else after_colon(read[n], said)
    if not late or len(after) <= 2:
        out += [_event(read, n, c, said, t, str(t.country), "list") for t in after]
    if said.rule != "presupposed" and said.status == "signed":
        out += [_event(read, n, c, said, t, country, "group") for t, country in groups(clause)]
    if said.status == "signed" and clause.has("yet"):  # "with A, but not yet with B"
        lacking = Verdict("planned", "none yet", said.at, said.paper)
        apart = [t for i, t in enumerate(clause.tokens) if t.country not in outside() and but_not(clause, i)]
        out += [_event(read, n, c, lacking, t, str(t.country), "with") for t in apart]
    colon = any(t.text == ":" for t in clause.tokens[said.at : clause.last])
    compared = not colon and all(how == "list" and i > said.at for i, how in found)
    if said.rule == "list" or (out and not compared):
        return out
    return out + _referred(read, n, c, said, state, alone=not out)


def _main(sentence: Sentence, c: int) -> Verdict | None:
    """Return what is said of those whom clause c only describes: "23 that joined the pledge, A included"."""
    beside = sentence.clauses[max(0, c - 1) : c + 2]
    told = (other.said for other in beside if other.said and other.said.status == "signed")
    return next(told, None) if sentence.clauses[c].opening() in ("that", "which", "who") else None


def _is_late(clause: Clause, said: Verdict) -> bool:
    """Tell whether a clause says that it is not signed, and not that it is refused."""
    return said.rule in LATE and not clause.has("refuse")


def _is_ours(clause: Clause, said: Verdict, state: State) -> bool:
    """Tell whether a clause speaks of the subject country's agreements, and not of another paper."""
    if state.abroad and not names_subject(clause):
        return False
    if said.paper not in ("security", "talks") and state.papers == "other":
        return False
    firm = any(t.classes.get("security") == "firm" for t in clause.tokens)
    loose = said.rule in ("presupposed", "negotiated") or not firm
    return state.main != "other" or said.rule == "list" or not loose


def _partners(clause: Clause, said: Verdict) -> list[tuple[int, str]]:
    """Return the partners that a clause names as parties: token index and role."""
    row = clause.tokens
    if said.rule == "list":
        before = {k for k in clause.span() if any(t.text == "before" for t in row[max(0, k - 2) : k])}
        found = [(i, "list") for i in clause.span() if i not in before]
    else:
        follows = has(row[said.at], "join") and row[min(said.at + 1, len(row) - 1)].text != "by"
        first = _followed(clause, said)
        behind = [i for i in clause.span() if follows and i > said.at]
        listed = {*first, *behind}
        found = [(i, "list" if i in listed else how) for i, how in parties(clause, said)]
        told = {i for i, _ in found}
        found += [(i, "list") for i in first if i not in told]
    return [(i, how) for i, how in found if row[i].country not in outside()]


def _weighed(
    clause: Clause, said: Verdict, found: list[tuple[int, str]]
) -> Iterator[tuple[int, str, Verdict]]:
    """Yield each partner with its role and what the clause says of it.

    Who will join A and B, be third after A and B, or sign after A and B, comes after those who have signed.
    """
    first = _followed(clause, said)
    for i, how in found:
        before = said.rule in ("joins", "ordinal") or i in first
        before = before and how == "list"
        yield i, how, said._replace(status="signed") if before else said


def _referred(read: list[Sentence], n: int, c: int, said: Verdict, state: State, alone: bool) -> list[Event]:
    """Return the events of partners that a clause means without naming them; `alone`: it names no other."""
    clause = read[n].clauses[c]
    aside = said.rule == "presupposed" and clause.opening() != "whose"
    no_subject = has(clause.own()[:2][-1], "have", "be", "modal", "sign", "close")
    named = earlier(read[n], c) if (alone or no_subject) and not aside else []
    named = named or (subject_of(read[n], c) or when(read[n], c) if alone else [])
    if _is_late(clause, said) and len(named) > 2:
        return []
    if named:
        return [_event(read, n, c, said, t, str(t.country), "with") for t in named]
    again = said._replace(rule="anaphora", weak=said.weak or said.status == "signed")
    verb = clause.tokens[said.at]
    return [_event(read, n, c, again, verb, name, "with") for name in meant(read, n, c, said, state)]


def _followed(clause: Clause, said: Verdict) -> list[int]:
    """Return the names that have signed before another plans to.

    "After A and B, C wants to sign", "unlike A, B has yet to sign", "following the deal with A, B is next".
    """
    row = clause.tokens
    commas = [k for k in range(clause.first, said.at) if row[k].text == ","]
    led = next((k for k in range(clause.first, said.at) if row[k].country or has(row[k], "like")), said.at)
    late = said.rule == "not signed" and not clause.has("refuse")
    after = has(row[led], "like") and (has(row[led], "ago") or (has(row[led], "contrast") and late))
    if said.status != "planned" or not commas or not after:
        return []
    listed = row[commas[-1] - 1].country and has(row[commas[-1] - 2], "and")  # "after A, B and C, D will"
    span = range(led + 1, commas[-1] if listed else commas[0])
    paper = any(kind_of(row, k) in ("security", "bare") for k in span)
    if any(has(row[k], "talks", "meet", "go") for k in span) or not (paper or late or said.rule == "future"):
        return []
    # "after the vote in A" is of no signing
    passed = (k for k in span if not (row[k].country or row[k].text in (",", "the") or has(row[k], *RUN)))
    run = span if paper else range(led + 1, next(passed, span.stop))
    return [k for k in run if row[k].country and row[k + 1].text != "'s"]


def _of_one_event(clause: Clause, said: Verdict, token: Token) -> bool:
    """Tell whether the list that token is in is of one event: "they signed in A on Friday: B, C and D"."""
    row = clause.tokens
    colon = next((k for k in range(said.at, len(row)) if row[k].text == ":"), len(row))
    few = len({t.country for t in row[colon:]} - outside()) < LONG
    return (few or clause.dated(said.at)) and any(t is token for t in row[colon:])


def _event(
    read: list[Sentence], n: int, c: int, said: Verdict, token: Token, country: str, how: str
) -> Event:
    """Return what clause c of sentence n says of one partner, with its day and place."""
    verb = read[n].clauses[c].tokens[said.at]
    listed = how == "group" or (how == "list" and not _of_one_event(read[n].clauses[c], said, token))
    basis = how if how == "group" else "listed" if listed else "named"
    day = own_day(read[n], c, token)
    apart = verb.start < token.start and before_that(read[n].clauses[c], token)
    if day is None and not apart and not (listed and said.rule != "list"):
        day = day_of(read, n, c, said, token)
    told = said.rule == "list" and read[n].clauses[c].dated(said.at)
    place = place_of(read, n, c, said, token, day) if told or not listed else None
    start, end = min(token.start, verb.start), max(token.end, verb.end)
    return Event(country, said.status, basis, said.rule, read[n], start, end, said.weak, day, place)
