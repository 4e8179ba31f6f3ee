"""Which partners a clause means that it does not name: "the two leaders", "it", "all G7 members", "which"."""

import functools
import itertools
from collections import Counter

from pactlens import countries
from pactlens.clauses import RELATIVE, Clause, Sentence, Verdict, relative
from pactlens.lexicon import Token, has
from pactlens.numerals import counted
from pactlens.papers import MATTER
from pactlens.parties import role
from pactlens.state import LATER, State
from pactlens.subject import outside, subject

VERBS = ("active", "passive", "future", "ordinal", "headline", "not signed", "condition")
NAMELESS = (*VERBS, "signing ahead", "in the making")

_members = functools.cache(countries.members)


def groups(clause: Clause) -> list[tuple[Token, str]]:
    """Return each member of the groups that a clause speaks of as a whole: "all G7 members"."""
    own = list(itertools.takewhile(lambda t: t.text != ";", clause.own()))
    apart = {t.country for t in itertools.dropwhile(lambda t: not (has(t, "except") or t.text == "but"), own)}
    return [
        (t, country)
        for k, t in enumerate(own)
        if has(t, "group") and any(has(b, "everyone") and b.text != "both" for b in own[max(0, k - 4) : k])
        if not any(has(after, "other paper") for after in own[k + 1 : k + 2])
        for country in _members(t.classes["group"])
        if country not in outside() | apart
    ]


def _named(clause: Clause, *roles: str) -> list[Token]:
    """Return the partners that a clause names, in these roles or in any but "away"."""
    found = [i for i in clause.span() if clause.tokens[i].country not in outside()]
    return [
        clause.tokens[i]
        for i in found
        if (how := role(clause, i)) in roles
        or (not roles and (how != "away" or clause.tokens[i].kind == "person"))
    ]


def earlier(sentence: Sentence, c: int) -> list[Token]:
    """Return the partners of the nearest clause before clause c that names some, if c refers to it."""
    own = sentence.clauses[c].own()
    lead = own[0]
    after = c > 0 and sentence.clauses[c - 1].own()[-1].text in (";", ":")
    if not (after or has(lead, "break", "sign") or lead.text in (",", "and", "it", "both")):
        return []
    if any(has(t, "with") and has(after, "everyone") for t, after in itertools.pairwise(own)):
        return []  # "and is negotiating with all the rest"
    before = c - 1
    if has(own[:2][-1], "be", "have", "modal", "do", "sign", "close"):
        # "A and B, which lie in the east, are to sign"
        while before > 0 and relative(sentence.clauses[before].tokens, sentence.clauses[before].first):
            before -= 1
    which = sentence.clauses[c].opening() in RELATIVE
    led = sentence.clauses[c - 1] if which and c else None
    if led and (led.has("not") or (led.has("join") and led.has("modal", "intent"))):
        return []  # "promised to join the states which have signed"
    if led and led.has("group") and sentence.clauses[c].has("undertake"):
        return []  # "A is the first of the G7 countries that promised"
    if led and _the_papers(sentence.clauses[c]):
        return _named(led, "paper")
    if apposed := _apposed(sentence.clauses[c]):
        return apposed
    for clause in reversed(sentence.clauses[: before + 1]):
        # "the A-B agreement, which …", "others, such as A, which …"
        if named := _named(clause, "paper") or _named(clause, "list") or _named(clause):
            return named
    if sentence.clauses[c].opening() in ("which", "who"):
        return _names_before(sentence.clauses[c])  # "he was in A, which has signed"
    return []


def _the_papers(clause: Clause) -> bool:
    """Tell whether a clause is of the papers before it, with its own subject: "the deals that U signed"."""
    before, own = clause.tokens[clause.first - 1], clause.own()
    papers = has(before, "paper") and before.text[-1] == "s"
    return papers and own[0].text == "that" and own[1:] != [] and own[1].country == subject()


def _names_before(clause: Clause) -> list[Token]:
    """Return the partners of the list of names right before a clause: "A, B and C, which …"."""
    run = itertools.takewhile(
        lambda t: t.country or t.text in (",", "the") or has(t, "and"),
        reversed(clause.tokens[: clause.first]),
    )
    return [t for t in run if t.country not in outside()][::-1]


def _apposed(clause: Clause) -> list[Token]:
    """Return the partners right before a clause that are as many as told: "two states, A and B, are …"."""
    named = _names_before(clause)
    told = {counted(t.text) for t in clause.tokens[: clause.first]}
    return named if named and len(named) in told else []


def after_colon(sentence: Sentence, said: Verdict) -> list[Token]:
    """Return the partners listed at the end of a sentence, after its colon: "six have signed: A, B, …"."""
    row = sentence.clauses[0].tokens
    colon = next((k for k in range(said.at + 1, len(row)) if row[k].text in (":", "—")), len(row))
    if any(has(t, "sign", "close", "talks", "have", "not") for t in row[colon:]):
        return []
    return [t for t in row[colon:] if t.country not in outside()]


def when(sentence: Sentence, c: int) -> list[Token]:
    """Return the partners of the visit: "the paper was signed when A visited", "during a visit to A"."""
    after = sentence.clauses[c + 1 : c + 2]
    led = after and any(t.kind == "person" for t in after[0].own())
    goes = after and (after[0].has("go", "meet") or (led and after[0].has("be")))
    visit = goes and after[0].opening() in ("when", "while")
    own = sentence.clauses[c].own()
    pairs = [(before, t) for before, t in itertools.pairwise(own) if t.country not in outside()]
    visited = [t for before, t in pairs if before.text.endswith("visit to")]
    to_sign = zip(own, own[1:], own[2:], own[3:], strict=False)  # "he goes to A to sign"
    visited += [
        a for to, a, b, c_ in to_sign if (to, a) in pairs and to.text == b.text == "to" and has(c_, "sign")
    ]
    ours = any(t.kind == "person" and t.country == subject() for t in own)
    ours = ours and any(t.text in ("was", "were") for t in own)
    if ours and not sentence.clauses[c].has("meet"):  # "in A, an agreement was signed by our president"
        visited += [t for before, t in pairs if before.text == "in" and t.kind == "name"]
    return visited or (_named(after[0]) if visit else [])


def subject_of(sentence: Sentence, c: int) -> list[Token]:
    """Return the subject of the main clause: "under its agreement with U, signed in May, A pays"."""
    lead, after = sentence.clauses[0].own()[0], sentence.clauses[c + 1 : c + 2]
    if after and c == 0 and lead.classes.get("sign") == "past":  # "Signed in May, the A-U agreement is …"
        return _named(after[0], "paper")
    if after and sentence.clauses[c].opening() == "the" and (told := _after_is(after[0])):
        return told  # "the third to sign one, and the first in the east, is A"
    if lead.text not in ("under", "with", "by", "in", "having"):
        return []
    others = (clause for clause in sentence.clauses[c:] if not clause.has("report"))
    return next((named[:1] for clause in others if (named := _named(clause, "bare"))), [])


def _after_is(clause: Clause) -> list[Token]:
    """Return the name that "is" or "was" gives at the end of a clause."""
    pairs = itertools.pairwise([t for t in clause.own() if t.text != "the"])
    return [t for before, t in pairs if before.text in ("is", "was") and t.country not in outside()]


def meant(read: list[Sentence], n: int, c: int, said: Verdict, state: State) -> tuple[str, ...]:
    """Return the countries that "the two leaders", "it" or "the document" stands for."""
    clause, own = read[n].clauses[c], read[n].clauses[c].own()
    if any(has(t, "group") for t in clause.tokens[clause.first : said.at]) or _so_many(own):
        return ()
    ahead = any(t.text in ("the signing", "signing") for t in own)
    another = any(t.text in ("another", "further", "more", "new") for t in own)
    made = said.rule in ("in the making", "signing ahead") and said.paper == "security"
    ahead = ahead or (made and not another)
    later = (LATER,) if (said.rule in VERBS and not said.weak) or ahead else ()
    there = clause.opening() == "where" or _tells_where(own)
    # "There he met the leaders and signed the agreements"
    there = there or (has(own[:2][-1], "sign", "close") and _tells_where(clause.tokens[: clause.first]))
    if there and (visited := _visited(read, n, c)):
        return visited
    told = said.rule == "presupposed" and any(t.text in ("he", "she") for t in own)
    beside = itertools.pairwise([*own, own[-1]])  # not "the countries of NATO"
    pair = any(has(t, "pair") and not (has(t, "member") and after.text == "of") for t, after in beside)
    if pair and not (_with_others(own) or told):
        both = any(has(t, "with") and after.text == "both" for t, after in itertools.pairwise(own))
        return (both and _two_named(read[n - 1])) or _pair(read, n, state) or state.focus or later
    if any(has(t, "speaker") for t in clause.tokens[: clause.last]):
        return _of_speaker(read, n, ours=any(t.text == "our country" for t in clause.tokens))
    if said.rule not in NAMELESS or own[-1].text == ":":
        return ()
    verb = has(own[:2][-1], "be", "have", "modal")  # "the agreement, which …, should be signed"
    reach = clause.tokens[0 if verb else max(0, clause.first - 4) : clause.last]
    known = any(
        t.text in ("the", "these") and has(after, "paper") and after.text[-1] == "s"
        for t, after in itertools.pairwise(own)
    )
    if (
        known and len(state.focus) > 1 and not _with_others(own)
    ):  # "A and B sign. He signed the deals on Friday."
        return state.focus
    if _unnamed(reach if said.rule in ("active", "headline") else own):
        return ()
    if ahead or any(map(_tied, reach, [*reach[1:], None])):
        return state.focus or later
    return ()


def _pair(read: list[Sentence], n: int, state: State) -> tuple[str, ...]:
    """Return the partners that the sentences right before sentence n name: of them it says "the two"."""
    for sentence in reversed(read[max(0, n - 2) : n]):
        named = tuple(dict.fromkeys(str(t.country) for c in sentence.clauses for t in _named(c)))
        both = {t.country for c in sentence.clauses for t in c.own()} - {None}
        if not named and subject() in both and len(both) == 2:  # "from A to U"
            named = tuple(str(c) for c in both - outside())
        if named:
            main = most_named(read)
            came = (t for c in sentence.clauses if c.has("meet", "go") for t in c.own())
            led = any(t.kind == "person" and t.country in named for t in came)
            partners = named if led or not main or main[0] in named else main
            return partners if len(partners) < 3 else state.focus
    return ()


def _of_speaker(read: list[Sentence], n: int, ours: bool) -> tuple[str, ...]:
    """Return whose country "her country" is, in what sentence n quotes; "our country" is the first named."""
    quotes = (clause for clause in read[n].clauses if clause.has("report"))
    named = [str(t.country) for clause in quotes for t in clause.own() if t.country not in outside()]
    return tuple(named[:1]) or (_first_named(read) if ours else ())


def _two_named(sentence: Sentence) -> tuple[str, ...]:
    """Return the partners that a sentence names, if two: "he goes to A and B", and signs "with both"."""
    named = dict.fromkeys(str(t.country) for c in sentence.clauses for t in c.own() if t.country)
    partners = tuple(country for country in named if country not in outside())
    return partners if len(partners) == 2 else ()


def _first_named(read: list[Sentence]) -> tuple[str, ...]:
    """Return the first partner that an article names: of it, it says "our country"."""
    tokens = (t for sentence in read for t in sentence.clauses[0].tokens)
    return next(((str(t.country),) for t in tokens if t.country not in outside()), ())


def most_named(read: list[Sentence]) -> tuple[str, ...]:
    """Return the partner that an article names twice as often as any other; or none."""
    named = Counter(str(t.country) for s in read for clause in s.clauses for t in _named(clause))
    (first, most), (_, next_most) = [*named.most_common(2), ("", 0), ("", 0)][:2]
    return (first,) if most >= 2 * next_most and first else ()


def _tells_where(tokens: list[Token]) -> bool:
    """Tell whether tokens hold a "there" that is a place, and not of "there was"."""
    pairs = itertools.pairwise([*tokens, *tokens[-1:]])
    return any(has(t, "visited") and not has(after, "be", "have") for t, after in pairs)


def _visited(read: list[Sentence], n: int, c: int) -> tuple[str, ...]:
    """Return the country that "there" stands for: the last that this sentence or the one before names.

    Of several agreements signed there it is each of those named.
    """
    where = read[n].clauses[c].opening() == "where"
    before = [*read[max(0, n - 1)].clauses, *read[n].clauses[: c + 1]] if not where else read[n].clauses[:c]
    named = [str(t.country) for clause in before for t in clause.own() if t.country not in outside()]
    many = any(has(t, "paper") and t.text[-1] == "s" for t in read[n].clauses[c].own())
    return tuple(dict.fromkeys(named if many else named[-1:]))


def _tied(token: Token, after: Token | None) -> bool:
    """Tell whether a token ties its clause to the article's event: "it", "the document", the subject."""
    known = (
        token.text in ("the", "its", "this")
        and after is not None
        and has(after, "paper", "title", "security")
    )
    return known or token.country == subject() or token.text in ("it", "this", "the signing")


def _unnamed(own: list[Token]) -> bool:
    """Tell whether tokens speak of several papers, or of partners that they do not name."""
    if any(has(t, "member") and t.text[-1] == "s" for t in own):
        return True
    kinds = ("", "bare", "own")
    plural = (k for k, t in enumerate(own) if t.text[-1] == "s" and t.classes.get("paper") in kinds)
    # "an agreement on security commitments" is one
    several = any(not any(t.text in MATTER for t in own[max(0, k - 3) : k]) for k in plural)
    return several or _with_others(own)


def _so_many(own: list[Token]) -> bool:
    """Tell whether the subject is a number: "twenty-three have concluded theirs"."""
    return any(has(after, "be", "have") and counted(t.text) for t, after in itertools.pairwise(own))


def _with_others(own: list[Token]) -> bool:
    """Tell whether tokens speak of partners that they do not name: "with other countries"."""
    return any(
        has(t, "with", "by")
        and any(n.text[-1] == "s" and has(n, "title") and not has(n, "pair") for n in own[k + 1 : k + 5])
        for k, t in enumerate(own)
    )
