"""What the clauses of an article say of partners, one by one: the events that `signings` makes rows of."""

import itertools

from pactlens.agreements import FOUNDERS
from pactlens.antecedents import after_colon, earlier, groups, meant, members, most_named, subject_of, when
from pactlens.clauses import Clause, Sentence, Verdict
from pactlens.lexicon import Token, following, has
from pactlens.numerals import counted
from pactlens.occasions import before_that, day_of, day_of_visit, own_day
from pactlens.papers import kind_of
from pactlens.parties import but_not, parties
from pactlens.places import find_places, place_of
from pactlens.predicates import presupposed
from pactlens.references import LONG, listed, listing, referring
from pactlens.sentences import pattern
from pactlens.state import LATER, Event, State, after, first_paper, opening, papers_after
from pactlens.subject import foreign, named, names_subject, outside, partners

RUN = ("and", "title", "list")  # what may stand between names: "countries such as A and B"
LATE = ("not signed", "none yet")  # of more than two at once it is no plan
WORK = ("negotiat", "talks", "work", "consultation", "draft")  # how words of a plan of one's own begin


def events(read: list[Sentence]) -> list[Event]:
    """Return the events of an article, clause by clause."""
    out: list[Event] = []
    state = opening(read)
    for n, sentence in enumerate(read):
        # An article on the agreements speaks of another paper in passing.
        if sentence.clauses[0].own()[0].text not in ("it", "this", "that", "they"):
            state = state._replace(papers=state.main)
        same = state.aside and state.said[0] != "signed" and _the_same(sentence.clauses[0])
        declaration = same or _pledged(read, n)
        made: list[Event] = []
        for c, clause in enumerate(sentence.clauses):
            state = state._replace(papers=papers_after(clause, state.papers, clause.said))
            said = (
                Verdict("none", "other paper", clause.first, "other")
                if declaration
                else _said(read, n, c, state)
            )
            if said:
                if said.rule != "presupposed":
                    last = ("late" if _is_late(clause, said) else said.status, n)
                    state = state._replace(said=last, aside=False, awaited="")
                made += _of_clause(read, n, c, said, state)
            loose = said is None or said.rule in ("presupposed", "other paper")
            if loose and (paper := first_paper(clause)):
                state = state._replace(aside=declaration or paper == "aside")
        state = after(state, read, n, made)
        out += made
    out = _of_the_visit(read, _of_the_day_before(read, out))
    main = state.focus if len(state.focus) > 1 else most_named(read) or state.focus
    known = [(e, (e.country,) if e.country != LATER else main) for e in out]
    return [event._replace(country=country) for event, meant in known for country in meant]


def _of_the_visit(read: list[Sentence], out: list[Event]) -> list[Event]:
    """Return the events; where the one signing told has no day, it is that of the visit told before."""
    new = [e for e in out if e.rule in ("active", "passive")]
    told = {e.country for e in new}
    vague = any(pattern("vague time").search(e.sentence.text) for e in new)
    if len(told) != 1 or vague or any(e.day for e in new):
        return out
    day = day_of_visit(read, told.pop())
    return [e._replace(day=day) if e in new else e for e in out]


def _said(read: list[Sentence], n: int, c: int, state: State) -> Verdict | None:
    """Return what clause c of sentence n says, read after what came before."""
    sentence, clause = read[n], read[n].clauses[c]
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


def _pledged(read: list[Sentence], n: int) -> bool:
    """Tell whether sentence n is of the founders' pledge: "the G7 met; its states agreed to give …"."""
    made = [c for c in read[n].clauses if c.said and c.said.rule == "in the making"]
    # "A agreed to start negotiations on one" is its own plan
    pledges = (c.has("undertake", "tied") and not any(t.text.startswith(WORK) for t in c.own()) for c in made)
    told = [t for sentence in read[max(0, n - 1) : n + 1] for t in sentence.clauses[0].tokens]
    founders = any(t.classes.get("group") == FOUNDERS for t in told)
    each = set(members(FOUNDERS)) <= {t.country for t in told}  # "A, B, … and G offered it guarantees"
    return (founders or each) and any(pledges)


def _of_the_day_before(read: list[Sentence], out: list[Event]) -> list[Event]:
    """Return the events, dated and placed as "he signed with two states in A on Friday" tells of the next."""
    for n, sentence in enumerate(read):
        pairs = list(itertools.pairwise(sentence.clauses[0].tokens))
        signs = any(has(t, "sign") for t, _ in pairs)
        states = (t for t, after in pairs if has(t, "pair") or has(after, "title", "paper", "security"))
        many = next(filter(None, (counted(t.text.split()[0]) for t in states)), 0)
        near = [e for e in out if e.sentence in read[n + 1 : n + 4] and e.status == "signed"]
        if signs and many and len({e.country for e in near}) == many:
            day = next(iter(sentence.days), None)
            found = (name for c in sentence.clauses for _, _, name in sorted(find_places(sentence, c)))
            place = next(found, None)
            out = [e._replace(day=e.day or day, place=e.place or place) if e in near else e for e in out]
    return out


def _of_clause(read: list[Sentence], n: int, c: int, said: Verdict, state: State) -> list[Event]:
    """Return the events of one clause."""
    clause = read[n].clauses[c]
    before = _followed(clause, said)
    found = _partners(clause, said, before)
    if said.rule == "other paper":
        says = _main(read[n], c) or said
        return [_event(read, n, c, says, clause.tokens[i], how) for i, how in found]
    late = _is_late(clause, said)
    apart = said.status == "none" or not _is_ours(said, clause, state) or foreign(clause, found)
    if apart or (late and len([i for i, _ in found if i not in before]) > 2):
        return []
    out: list[Event] = []
    for i, how in found:
        # Who will join A and B, or be third after A and B, comes after those who have signed.
        signed = how == "list" and (said.rule in ("joins", "ordinal") or i in before)
        says = said._replace(status="signed") if signed else said
        out.append(_event(read, n, c, says, clause.tokens[i], how))
    if not out and not late:
        out = [_event(read, n, c, said, t, "list") for t in after_colon(read[n], said)]
    if said.rule != "presupposed" and said.status == "signed":
        out += [_event(read, n, c, said, t, "group", country) for t, country in groups(clause)]
    if clause.has("yet"):  # "with A, but not yet with B"
        lacking = Verdict("planned", "none yet", said.at, said.paper)
        others = partners(t for i, t in enumerate(clause.tokens) if but_not(clause, i))
        out += [_event(read, n, c, lacking, t, "with") for t in others]
    if said.rule == "list" or (out and not all(how == "list" for _, how in found)):
        return out
    alone = not out or (before != [] and all(i in before for i, _ in found))
    return out + _referred(read, n, c, said, state, alone=alone)


def _main(sentence: Sentence, c: int) -> Verdict | None:
    """Return what is said of those whom clause c only describes: "23 that joined the pledge, A included"."""
    beside = sentence.clauses[max(0, c - 1) : c + 2]
    told = (other.said for other in beside if other.said and other.said.status == "signed")
    return next(told, None) if sentence.clauses[c].opening() in ("that", "which", "who") else None


def _is_late(clause: Clause, said: Verdict) -> bool:
    """Tell whether a clause says that it is not signed, and not that it is refused."""
    return said.rule in LATE and not clause.has("refuse")


def _is_ours(said: Verdict, clause: Clause, state: State) -> bool:
    """Tell whether a clause speaks of the subject country's agreements, and not of another paper."""
    if (state.abroad and not names_subject(clause)) or (said.paper != "security" and state.papers == "other"):
        return False
    firm = any(t.classes.get("security") == "firm" for t in clause.tokens)
    wish = said.rule == "in the making" and clause.has("intent")
    return state.main != "other" or (firm and said.rule != "presupposed" and not wish)


def _partners(clause: Clause, said: Verdict, before: list[int]) -> list[tuple[int, str]]:
    """Return the partners that a clause names as parties: token index and role; `before` have signed."""
    row = clause.tokens
    if said.rule == "list":
        found = dict.fromkeys(clause.span(), "list")
    else:
        joins = has(row[said.at], "join") and row[min(said.at + 1, len(row) - 1)].text != "by"
        behind = [i for i in clause.span() if joins and i > said.at]
        found = {i: "list" if i in behind else how for i, how in parties(clause, said)}
        found |= dict.fromkeys(before, "list")
    return [(i, how) for i, how in found.items() if row[i].country not in outside()]


def _referred(read: list[Sentence], n: int, c: int, said: Verdict, state: State, alone: bool) -> list[Event]:
    """Return the events of partners that a clause means without naming them; `alone`: it names no other."""
    clause = read[n].clauses[c]
    aside = said.rule == "presupposed" and clause.opening() != "whose"
    if alone:
        told = ([] if aside else earlier(read[n], c)) or subject_of(read[n], c) or when(read[n], c)
        if told:
            late = _is_late(clause, said) and len(told) > 2
            return [_event(read, n, c, said, t, "with") for t in told if not late]
    again = said._replace(rule="anaphora", weak=said.status == "signed")
    verb = clause.tokens[said.at]
    return [_event(read, n, c, again, verb, "with", name) for name in meant(read, n, c, said, state)]


def _followed(clause: Clause, said: Verdict) -> list[int]:
    """Return the names that have signed before another plans to.

    "After A and B, C wants to sign", "like A, B plans to", "unlike A, B has yet to sign",
    "following the deal with A, B is next", "A will sign one, after B and C".
    """
    row, late = clause.tokens, said.rule in ("not signed", "future")
    if said.status != "planned":
        return []
    if those := _like_those(clause, said.at):
        return those
    commas = [k for k in range(clause.first, said.at) if row[k].text == ","]
    led = next((k for k in range(clause.first, said.at) if row[k].country or has(row[k], "like")), said.at)
    if not commas or not has(row[led], "ago", "contrast", "like"):
        behind = (k for k in range(said.at, clause.last - 1) if row[k].text == "," and has(row[k + 1], "ago"))
        return _names(row, next(behind, clause.last) + 2, clause.last) if late else []
    listed = has(row[commas[-1] - 2], "and")  # "after A, B and C, D will"
    span = range(led + 1, commas[-1] if listed else commas[0])
    if any(kind_of(row, k) in ("security", "bare") for k in span):
        return [k for k in span if row[k].country]
    # "after the vote in A" is of no signing
    return _names(row, led + 1, span.stop) if late else []


def _like_those(clause: Clause, at: int) -> list[int]:
    """Return the names whose papers one to come is like: "wants to sign one similar to those of A and B"."""
    row = clause.tokens
    like = (k for k in range(at, clause.last - 3) if has(row[k], "like"))
    paper = (k + 1 + (row[k + 1].text == "the") for k in like)
    those = next((k for k in paper if kind_of(row, k) == "own" or row[k].text == "those"), len(row))
    whose = has(following(row, those), "of", "with")
    return _names(row, those + 2, clause.last) if whose else []


def _names(row: list[Token], start: int, stop: int) -> list[int]:
    """Return the names of the list that begins at once: "A, B and the C"."""
    inside = (",", "the")
    run = itertools.takewhile(
        lambda k: row[k].country or row[k].text in inside or has(row[k], *RUN), range(start, stop)
    )
    return [k for k in run if row[k].country]


def _event(
    read: list[Sentence], n: int, c: int, said: Verdict, token: Token, how: str, country: str = ""
) -> Event:
    """Return what clause c of sentence n says of one partner, with its day and place."""
    clause = read[n].clauses[c]
    verb = clause.tokens[said.at]
    # "they signed in A on Friday: B, C and D" is one event
    row = list(itertools.dropwhile(lambda t: t.text != ":", clause.tokens[said.at :]))
    listed = how == "group" or (how == "list" and (token not in row or len(named(row)) >= LONG))
    basis = how if how == "group" else "listed" if listed else "named"
    day = own_day(read[n], c, token)
    own = (said.rule == "list" or not listed) and not before_that(clause, token)
    if day is None and own:
        day = day_of(read, n, c, said, token)
    place = place_of(read, n, c, said, token, day) if own else None
    start, end = min(token.start, verb.start), max(token.end, verb.end)
    return Event(
        country or str(token.country),
        said.status,
        basis,
        said.rule,
        read[n],
        start,
        end,
        said.weak,
        day,
        place,
    )
