"""Which partners a clause means that it does not name: "the two leaders", "it", "all G7 members", "which"."""

import functools
import itertools
from collections import Counter

from pactlens import countries
from pactlens.agreements import unions
from pactlens.clauses import RELATIVE, Clause, Sentence, Verdict, relative
from pactlens.lexicon import Token, has, previous
from pactlens.numerals import counted
from pactlens.occasions import meets
from pactlens.papers import MATTER
from pactlens.parties import role
from pactlens.state import LATER, State
from pactlens.subject import named, outside, partners, subject

VERBS = ("active", "passive", "future", "ordinal", "headline", "not signed", "condition")
NAMELESS = (*VERBS, "signing ahead", "in the making", "negotiated")

members = functools.cache(countries.members)


def groups(clause: Clause) -> list[tuple[Token, str]]:
    """Return each member of the groups that a clause speaks of as a whole: "all G7 members"."""
    own = list(itertools.takewhile(lambda t: t.text != ";", clause.own()))
    apart = {t.country for t in itertools.dropwhile(lambda t: not (has(t, "except") or t.text == "but"), own)}
    return [
        (t, country)
        for k, t in enumerate(own)
        if has(t, "group") and _everyone(own, k)
        if not any(has(after, "other paper") for after in own[k + 1 : k + 2])
        for country in members(t.classes["group"])
        if country not in outside() | apart
    ]


def _everyone(own: list[Token], k: int) -> bool:
    """Tell whether the group at k is named as a whole: "all G7 members", "with the three Baltic states"."""
    whole = [n for n in range(max(0, k - 4), k) if has(own[n], "everyone") and own[n].text != "both"]
    numbered = [n for n in whole if own[n].text == "the three"]
    among = (previous(own, n) for n in numbered)
    party = all(t.text in ("", ",") or has(t, "with", "by", "list", "and") for t in among)
    return bool(whole) and party


def _named(clause: Clause, *roles: str) -> list[Token]:
    """Return the partners that a clause names, in these roles or in any but "away"."""
    found = [(clause.tokens[i], role(clause, i)) for i in clause.span() if partners([clause.tokens[i]])]
    return [t for t, how in found if how in roles or (not roles and (how != "away" or t.kind == "person"))]


def earlier(sentence: Sentence, c: int) -> list[Token]:
    """Return the partners of the nearest clause before clause c that names some, if c refers to it."""
    clause, before = sentence.clauses[c], sentence.clauses[:c]
    own = clause.own()
    after = before != [] and before[-1].own()[-1].text in (";", ":")
    if not (after or has(own[0], "break", "sign") or own[0].text in (",", "and")):
        return []
    if any(t.text == "those" and n.country == subject() for t, n in itertools.pairwise(own)):
        return []  # "the best from those U has signed"
    if before and clause.opening() in RELATIVE:
        led = before[-1]
        last = led.own()[-1]
        if clause.opening() == "which" and has(last, "nowhere") and not has(last, "group", "title"):
            return []  # "behind Moscow, which has signed a treaty of its own"
        pledge = led.has("other paper") and not has(last, "paper")
        if led.has("not") or (led.has("join") and (pledge or led.has("modal", "intent"))):
            return []  # "promised to join the states which have signed", "joined the pledge, which …"
        if clause.has("likewise") and (beside := _names_before(clause)):
            return beside  # "B would sign after A, which did so in May"
        if clause.opening() == "whose" and led.has("follow", "join", "intent"):
            return _names_before(clause)  # "B hopes to follow A, whose pact was signed"
        if clause.has("undertake"):
            return []  # "A is the first of the G7 countries that promised"
        like = next((n for n, t in enumerate(led.own()) if has(t, "like")), None)
        if like is not None and subject() in {t.country for t in own[1:3]}:
            return partners(led.own()[like:])  # "talks on one like that with A, which U signed"
        if own[0].text == "that" and [t.country for t in own[1:2]] == [subject()]:
            return _named(led, "paper")  # "the deals that U signed"
    both = partners(t for other in before[-1:] for t in other.own())
    # "he goes to A and B, and both will sign"
    if len(named(both)) == 2 and any(t.text == "both" for t in own[:3]):
        return both
    beside = _names_before(clause)
    if beside and len(beside) in {counted(t.text) for t in clause.tokens[: clause.first]}:
        return beside  # "two states, A and B, are …"
    if has(own[:2][-1], "be", "have", "sign"):
        # "A and B, which lie in the east, are to sign"
        while len(before) > 1 and relative(before[-1].tokens, before[-1].first):
            before = before[:-1]
    found = (_named(other, "list") or _named(other) for other in reversed(before))
    # "he was in A, which has signed"
    return next(filter(None, found), beside if clause.opening() == "which" else [])


def _names_before(clause: Clause) -> list[Token]:
    """Return the partners of the list of names right before a clause: "A, B and C, which …"."""
    run = itertools.takewhile(
        lambda t: t.country or t.text in (",", "the") or has(t, "and"),
        reversed(clause.tokens[: clause.first]),
    )
    return partners(run)[::-1]


def after_colon(sentence: Sentence, said: Verdict) -> list[Token]:
    """Return the partners listed at the end of a sentence, after its colon: "six have signed: A, B, …"."""
    row = sentence.clauses[0].tokens
    after = list(itertools.dropwhile(lambda t: t.text not in (":", "—"), row[said.at + 1 :]))
    return [] if any(has(t, "have", "not", "talks") for t in after) else partners(after)


def when(sentence: Sentence, c: int) -> list[Token]:
    """Return the partners of the visit: "the paper was signed when A visited", "during a visit to A"."""
    own = sentence.clauses[c].own()
    # "in A, an agreement was signed by our president"
    ours = any(t.kind == "person" and t.country == subject() for t in own)
    ours = ours and any(t.text in ("was", "were") for t in own)
    visited = [
        t
        for before, t in itertools.pairwise(own)
        if before.text.endswith("visit to") or (ours and before.text == "in" and t.kind == "name")
    ]
    own = [t for t in own if t.kind != "day" and t.text not in ("on", "in")]
    to_sign = zip(own, own[1:], own[2:], own[3:], strict=False)  # "he goes to A on Friday to sign"
    visited += [t for to, t, _, verb in to_sign if to.text == "to" and has(verb, "sign")]
    after = [other for other in sentence.clauses[c + 1 : c + 2] if other.opening() in ("when", "while")]
    return partners(visited) or [t for other in after if meets(other) for t in _named(other)]


def subject_of(sentence: Sentence, c: int) -> list[Token]:
    """Return the subject of the main clause: "under its agreement with U, signed in May, A pays"."""
    lead, after = sentence.clauses[0].own()[0], sentence.clauses[c + 1 : c + 2]
    if after and lead.classes.get("sign") == "past":  # "Signed in May, the A-U agreement is …"
        return _named(after[0], "paper")
    if after and sentence.clauses[c].opening() == "the" and (told := _after_is(after[0])):
        return told  # "the third to sign one, and the first in the east, is A"
    if lead.text not in ("under", "in"):
        return []
    others = (_named(clause, "bare") for clause in sentence.clauses[c:] if not clause.has("report"))
    return next(filter(None, others), [])[:1]


def _after_is(clause: Clause) -> list[Token]:
    """Return the name that "is" or "was" gives at the end of a clause."""
    pairs = itertools.pairwise([t for t in clause.own() if t.text != "the"])
    return partners(t for before, t in pairs if before.text in ("is", "was"))


def meant(read: list[Sentence], n: int, c: int, said: Verdict, state: State) -> tuple[str, ...]:
    """Return the countries that "there", "the two leaders", "her country" or "the document" stands for."""
    clause = read[n].clauses[c]
    ahead = _ahead(clause, said)
    main = state.focus or ((LATER,) if said.rule in VERBS or ahead else ())
    if _there(clause) and (visited := _visited(read, n, c)):
        return visited
    if _the_two(clause, said):
        return _pair(read, n, state) or main
    if any(has(t, "speaker") for t in clause.tokens[: clause.last]):
        return _of_speaker(read, n, ours=any(t.text == "our country" for t in clause.tokens))
    if said.rule not in NAMELESS:
        return ()
    if len(state.focus) > 1 and _the_papers(clause):
        return state.focus
    return main if _the_paper(clause, said, ahead) else ()


def _ahead(clause: Clause, said: Verdict) -> bool:
    """Tell whether a clause speaks of the signing to come, and not of another: "the signing", "it drafts"."""
    words = {t.text for t in clause.own()}
    another = not words.isdisjoint(("another", "further", "more", "new"))
    return not words.isdisjoint(("the signing", "signing")) or (said.rule == "in the making" and not another)


def _there(clause: Clause) -> bool:
    """Tell whether a clause is of where someone was: "where", "There he met the leaders and signed"."""
    goes_on = has(clause.own()[:2][-1], "sign", "close")
    tokens = clause.tokens[: clause.last] if goes_on else clause.own()
    pairs = itertools.pairwise([*tokens, *tokens[-1:]])  # not "there was"
    visited = any(has(t, "visited") and not has(after, "be", "have") for t, after in pairs)
    return visited or clause.opening() == "where"


def _the_two(clause: Clause, said: Verdict) -> bool:
    """Tell whether a clause speaks of "the two leaders"; of what "he" tells of them it is no signing."""
    told = said.rule == "presupposed" and any(t.text in ("he", "she") for t in clause.own())
    return clause.has("pair") and not told


def _the_papers(clause: Clause) -> bool:
    """Tell whether a clause is of the papers just told: "A and B sign. He signed the deals on Friday."."""
    pairs = itertools.pairwise(clause.own())
    return any(the.text in ("the", "these") and has(t, "paper") and t.text[-1] == "s" for the, t in pairs)


def _the_paper(clause: Clause, said: Verdict, ahead: bool) -> bool:
    """Tell whether a clause is of the article's one paper: "the agreement, which …, should be signed"."""
    verb = has(clause.own()[:2][-1], "be", "have", "modal")
    reach = clause.tokens[0 if verb else max(0, clause.first - 4) : clause.last]
    if _several(reach if said.rule in ("active", "headline") else clause.own()):
        return False
    return ahead or any(map(_tied, reach, [*reach[1:], reach[-1]]))


def _pair(read: list[Sentence], n: int, state: State) -> tuple[str, ...]:
    """Return the partners that the sentences right before sentence n name: of them it says "the two"."""
    for sentence in reversed(read[max(0, n - 2) : n]):
        told = named(t for c in sentence.clauses for t in _named(c))
        row = sentence.clauses[0].tokens
        if not told and len({t.country for t in row} - {None}) == 2:  # "from A to U"
            told = named(row)
        told = tuple(country for country in told if country not in unions()) or told
        if told:
            main = most_named(read)
            told = told if not main or main[0] in told else main
            return told if len(told) < 3 else state.focus
    return ()


def _of_speaker(read: list[Sentence], n: int, ours: bool) -> tuple[str, ...]:
    """Return whose country "her country" is, in what sentence n quotes; "our country" is the first named."""
    quotes = named(t for clause in read[n].clauses if clause.has("report") for t in clause.own())
    first = named(t for sentence in read for t in sentence.clauses[0].tokens) if ours else ()
    return (quotes or first)[:1]


def most_named(read: list[Sentence]) -> tuple[str, ...]:
    """Return the partner that an article names twice as often as any other; or none."""
    times = Counter(str(t.country) for s in read for clause in s.clauses for t in _named(clause))
    (first, most), (_, next_most) = [*times.most_common(2), ("", 0), ("", 0)][:2]
    return (first,) if most >= 2 * next_most and first else ()


def _visited(read: list[Sentence], n: int, c: int) -> tuple[str, ...]:
    """Return the country that "there" stands for: the last that this sentence or the one before names.

    Of several agreements signed there it is each of those named.
    """
    clauses, own = read[n].clauses, read[n].clauses[c].own()
    where = clauses[c].opening() == "where"
    before = clauses[:c] if where else [*read[max(0, n - 1)].clauses, *clauses[: c + 1]]
    told = [str(t.country) for clause in before for t in partners(clause.own())]
    many = any(has(t, "paper") and t.text[-1] == "s" for t in own)
    return tuple(dict.fromkeys(told if many else told[-1:]))


def _tied(token: Token, after: Token) -> bool:
    """Tell whether a token ties its clause to the article's event: "it", "the document", the subject."""
    known = token.text in ("the", "its", "this") and has(after, "paper", "title", "security")
    return known or token.country == subject() or token.text in ("it", "this")


def _several(own: list[Token]) -> bool:
    """Tell whether tokens speak of several papers, or of the members of a group."""
    if any(has(t, "member") and t.text[-1] == "s" for t in own):
        return True
    kinds = ("", "bare", "own")
    plural = (k for k, t in enumerate(own) if t.text[-1] == "s" and t.classes.get("paper") in kinds)
    # "an agreement on security commitments" is one
    return any(not any(t.text.split()[-1] in MATTER for t in own[max(0, k - 3) : k]) for k in plural)
