"""What words that refer back or ahead stand for: partners, papers and events told of in other clauses."""

import functools
import itertools
from typing import NamedTuple

from pactlens import countries
from pactlens.clauses import Clause, Sentence
from pactlens.lexicon import STOPS, Token, has
from pactlens.numerals import pattern, value
from pactlens.papers import MATTER, kind_of, papers
from pactlens.parties import role
from pactlens.predicates import NUMBER, Verdict, intends, negotiates
from pactlens.subject import outside, subject

VERBS = ("active", "passive", "future", "headline", "not signed", "condition")
OF_THOSE = ("these", "they", "them", "most", "some", "several", "many")
BESIDE = ("those", "before", "earlier")
LATER = "?"  # a partner that only the rest of the article names


class State(NamedTuple):
    """What the article has said so far, for words that refer back."""

    main: str = "security"  # the kind of paper that the article is about
    papers: str = "security"  # the kind spoken of last
    focus: tuple[str, ...] = ()  # the partners that the article is about
    recent: tuple[str, ...] = ()  # the partners named last
    said: tuple[str, int] = ("none", -9)  # what was said last (or "late": not signed), and in which sentence
    awaited: str = ""  # signed or planned, if the last sentence told of such and named no partner
    aside: bool = False  # whether the last that was spoken of is a declaration
    told: bool = False  # whether the article has told of a signing
    heading: bool = False  # whether a list of what has been signed is running


def listed(state: State, sentence: Sentence, clause: Clause) -> Verdict | None:
    """Return what a line says in a list of what has been signed."""
    own = clause.own()
    if any(has(t, "report", "have", "modal", "not", "move", "sign", "follow", "talks") for t in own):
        return None
    opens = ":" in sentence.text or any(t.text in OF_THOSE for t in own[:4])
    among = next((k for k, t in enumerate(own[:4]) if t.text in ("among", "among them")), None)
    opens = opens or (among is not None and not any(t.country for t in own[among + 1 : among + 4]))
    of_them = [t.text for t in own if t.text != "."][-2:] == ["of", "them"]
    if of_them and state.said[0] in ("signed", "planned"):
        return Verdict(state.said[0], "list", clause.first, "security")
    if state.awaited and opens and len({t.country for t in own} - outside()) > 1:
        return Verdict(state.awaited, "list", clause.first, "security")
    if state.heading and (sentence.days or len(clause.tokens) <= 8):
        return Verdict("signed", "list", clause.first, "security")
    return None


def referring(clause: Clause, state: State, n: int) -> Verdict | None:
    """Return what "did so", "to follow" or "the one with …" says after another clause."""
    status, number = state.said
    if state.told and _counted(clause):
        return Verdict("signed", "list", clause.first, "own")
    if n - number > 4 or state.aside:
        return None
    found = (
        _of_series(clause, k, state, n - number) or _likewise(clause, k, state) or _the_one(clause, k, status, n - number)
        for k in clause.span()
        if clause.tokens[k].classes or k == clause.first
    )
    return next(filter(None, found), None)


def _of_series(clause: Clause, k: int, state: State, since: int) -> Verdict | None:
    """Return what "to follow", "the latest are …", "next is …" at token k says, as _the_one does."""
    row, signed = clause.tokens, state.said[0] == "signed"
    after = row[k + 1 : k + 7]
    if since > 1 and clause.opening() in BESIDE:
        return None
    if has(row[k], "follow") and (signed or state.focus):
        return Verdict("planned", "follows", k, "own")
    if k == clause.first and row[k].text in ("more", "others", "another") and clause.has("talks"):
        return Verdict("planned", "follows", k, "own")
    if k == clause.first and signed and _enumerates(clause):
        return Verdict("signed", "list", k, "own")
    names = [i for i in range(k + 1, clause.last) if row[i].country not in outside()]
    if has(row[k], "join") and since < 2 and len(names) > 1:
        if not any(has(t, "other paper") for t in row[k : names[-1]]):
            return Verdict("planned" if state.said[0] == "planned" else "signed", "joins", k, "own")
    if k == clause.first and _names_who_will(clause):
        return Verdict("planned", "list", k, "own")
    the = row[k - 1].text == "the"
    coming = row[k].text == "next" and k < clause.first + 2
    newest = signed and the and row[k].text in ("last", "latest", "newest")
    newest = newest or (signed and the and row[k].text == "first" and papers(clause) is not None)
    verb = next((i for i, t in enumerate(after) if has(t, "be")), None)
    if verb is None or not (coming or newest) or any(has(t, "go", "meet") for t in after[:verb]):
        return None
    if not has(after[0], "be", "to", "title", "sign", "talks"):
        return None
    return Verdict("planned" if coming else "signed", "the latest", k, "own")


def _counted(clause: Clause) -> bool:
    """Tell whether a clause names as many as it says: "the nine partners are A, B, …"."""
    row = clause.tokens
    verb = next((i for i in clause.span() if has(row[i], "be")), clause.last)
    whose, named = row[clause.first : verb], {t.country for t in row[verb : clause.last]} - outside()
    counts = [value(t.text) for t in whose if pattern("number").fullmatch(t.text)]
    return len(named) in counts and any(has(t, "title", "paper") for t in whose)


def _names_who_will(clause: Clause) -> bool:
    """Tell whether a clause says who they will be: "it is likely to be A, B and C"."""
    passed = ("pair", "be", "to", "intent", "modal", "adverb")
    named = itertools.dropwhile(lambda t: t.text in (",", "it", "the") or has(t, *passed), clause.own())
    first = next(named, None)
    ahead = clause.opening() in ("it", "they") and clause.has("intent", "modal")
    return ahead and first is not None and first.country not in outside()


def _enumerates(clause: Clause) -> bool:
    """Tell whether a clause lists after its verb: "among them are A, B and C", "the other parties are …"."""
    row = clause.tokens
    verb = next((i for i in clause.span() if has(row[i], "be", "exist")), clause.last)
    whose = row[clause.first : verb]
    plural = any(has(t, "title", "paper") and t.text.endswith("s") for t in whose)
    plural = plural or any(has(t, "title modifier") for t in whose)
    names = list(itertools.dropwhile(lambda t: t.text in (":", "the"), row[verb + 1 : clause.last]))
    several = len({t.country for t in names} - outside()) > 1
    return several and bool(names[0].country) and bool(whose) and (plural or has(whose[0], "away"))


def _likewise(clause: Clause, k: int, state: State) -> Verdict | None:
    """Return what "did so", "came on Friday" at token k says again; of a declaration it says nothing."""
    row, status = clause.tokens, state.said[0]
    done = has(row[k], "done before")
    if (status not in ("signed", "late") and not (state.recent or done)) or not _again(clause, k, state):
        return None
    before = row[max(clause.first, k - 4) : k]
    nth = any(has(t, "ordinal") or NUMBER.match(t.text) for t in row[clause.first : k])
    ahead = any(has(t, "modal", "intent", "talks", "yet") or (has(t, "to") and not nth) for t in before)
    if ahead or (status == "late" and clause.has("modal", "not")):
        return Verdict("planned", "likewise", k, "own")
    same = status == "none" or clause.has("modal", "not")
    return Verdict(status if same and not done else "signed", "likewise", k, "own")


def _again(clause: Clause, k: int, state: State) -> bool:
    """Tell whether token k says again what was said: "did so", "came on Friday", "was the first"."""
    row = clause.tokens
    if any(has(t, "other paper") for t in row[:k]) or any(t.text == "if" for t in row[clause.first : k]):
        return False
    if row[k].text == "came" and any(t.kind == "day" for t in row[max(clause.first, k - 1) : k + 2]):
        return True
    ends = k + 1 == clause.last or row[k + 1].text in STOPS
    nth = has(row[k], "ordinal") or NUMBER.match(row[k].text) is not None
    nth = nth and row[k - 1].text == "the" and has(row[k - 2], "become")
    return has(row[k], "likewise") or (ends and (nth or bool(state.awaited and has(row[k], "do"))))


def _the_one(clause: Clause, k: int, status: str, since: int) -> Verdict | None:
    """Return what "the one with …" at token k says, `since` sentences after the last verdict."""
    row, kind = clause.tokens, kind_of(clause.tokens, k)
    passed = (t for t in row[k + 1 : clause.last] if not has(t, "be", "adverb") and t.text not in BESIDE)
    after = next(passed, None)
    if not kind or after is None:
        return None
    looks = clause.has("intent", "modal", "meet", "go")
    of = row[k].text == "ones" or (row[k].text in ("that", "those") and k == clause.first and not looks)
    if not (has(after, "with", "between") or (of and has(after, "of"))):
        return None
    ahead = clause.has("modal", "to", "talks") or any(intends(row, i) for i in clause.span())
    if kind == "talks":
        here = (since == 0 and not has(row[clause.first], "break")) or k - clause.first < 2
        about = has(row[k], "draft", "paper") or negotiates(clause, k)
        return Verdict("planned", "the one with", k, kind) if here and about else None
    nth = any(NUMBER.match(t.text) for t in row[clause.first : k])
    if since > 1 + (row[k].text == "ones" or nth) or not (ahead or kind in ("own", "pronoun")):
        return None
    before = row[k - 1].text in ("previous", "prior", "earlier", "existing")
    status = "signed" if before else "planned" if ahead or status == "late" else status
    return Verdict(status, "the one with", k, kind)


_members = functools.cache(countries.members)


def groups(clause: Clause) -> list[tuple[Token, str]]:
    """Return each member of the groups that a clause speaks of as a whole: "all G7 members"."""
    own = list(itertools.takewhile(lambda t: t.text != ";", clause.own()))
    apart = {t.country for t in itertools.dropwhile(lambda t: not has(t, "except"), own)}
    return [
        (t, country)
        for k, t in enumerate(own)
        if has(t, "group") and any(has(before, "everyone") for before in own[max(0, k - 4) : k])
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
    lead = sentence.clauses[c].own()[0]
    if c > 0 and sentence.clauses[c - 1].has("join") and sentence.clauses[c - 1].has("modal"):
        return []
    after = c > 0 and sentence.clauses[c - 1].own()[-1].text == ";"
    if not (after or has(lead, "break", "sign") or lead.text in (",", "and", "it", "both")):
        return []
    relative = lead.text == "that" or sentence.clauses[c].opening() in ("which", "who", "whose")
    if relative and c and not sentence.clauses[c - 1].has("join"):
        run = itertools.takewhile(
            lambda t: t.country or t.text in (",", "the") or has(t, "and"),
            reversed(sentence.clauses[c].tokens[: sentence.clauses[c].first]),
        )
        if named := [t for t in run if t.country not in outside()]:
            return named[::-1]
    for clause in reversed(sentence.clauses[:c]):
        # "it follows the A-B agreement, which …", "it follows others, such as A, which …"
        named = _named(clause, "paper") or _named(clause, "list") or _named(clause)
        if named:
            return named
    return []


def after_colon(sentence: Sentence, said: Verdict) -> list[Token]:
    """Return the partners listed at the end of a sentence, after its colon: "six have signed: A, B, …"."""
    row = sentence.clauses[0].tokens
    colon = next((k for k in range(said.at + 1, len(row)) if row[k].text in (":", "—")), len(row))
    if any(has(t, "sign", "close", "talks", "have", "not") for t in row[colon:]):
        return []
    return [t for t in row[colon:] if t.country not in outside()]


def when(sentence: Sentence, c: int) -> list[Token]:
    """Return the partners of the "when" after clause c: "the paper was signed when A visited"."""
    after = sentence.clauses[c + 1 : c + 2]
    return _named(after[0]) if after and after[0].opening() in ("when", "while") else []


def main(sentence: Sentence, c: int) -> list[Token]:
    """Return the subject of the main clause: "under its agreement with U, signed in May, A pays"."""
    if sentence.clauses[0].own()[0].text not in ("under", "with", "by", "in", "having"):
        return []
    return next((named[:1] for clause in sentence.clauses[c:] if (named := _named(clause, "bare"))), [])


def meant(read: list[Sentence], n: int, c: int, said: Verdict, state: State) -> tuple[str, ...]:
    """Return the countries that "the two leaders", "it" or "the document" stands for."""
    clause, own = read[n].clauses[c], read[n].clauses[c].own()
    if any(has(t, "group") for t in clause.tokens[clause.first : said.at]):
        return ()
    if any(t.text == "both" and has(after, "paper") for t, after in itertools.pairwise(own)):
        return state.recent
    there = any(has(t, "visited") for t in own) and _last_named(read, n, c)
    if there and all(t.text in ("he", "she") for t in own if has(t, "pair")):
        return there
    if any(has(t, "pair") for t in own) and not _with_others(own):
        for sentence in reversed(read[max(0, n - 2) : n]):
            named = [str(t.country) for clause in sentence.clauses for t in _named(clause)]
            if named:
                partners = tuple(dict.fromkeys(named))
                every = len(partners) < 3 or any(t.text == "they" for t in own)
                return partners if every else state.focus
        return state.focus
    if said.rule not in (*VERBS, "signing ahead", "in the making"):
        return ()
    if own[-1].text == ":":
        return ()
    if host := _host(own):
        return (host,)
    reach = clause.tokens[max(0, clause.first - 4) : clause.last]
    if _unnamed(reach if said.rule == "active" else own):
        return ()
    back = any(t.text == "it" or (has(t, "anaphor") and said.rule in VERBS) for t in own)
    if back and (just := _just_named(read, n, c)):
        return just
    if said.rule == "in the making":
        return ()
    if any(map(_tied, reach, [*reach[1:], None])):
        return state.focus or _just_named(read, n, c) or (LATER,)
    if said.rule in ("passive", "future", "signing ahead") and said.paper == "security":
        return state.focus or _just_named(read, n, c)
    return ()


def _host(own: list[Token]) -> str | None:
    """Return the country of "during his visit to A", where what the clause tells was done."""
    for k, token in enumerate(own):
        if has(token, "go"):
            passed = itertools.dropwhile(lambda t: t.text in ("to", "the"), own[k + 1 :])
            to = next(passed, None)
            if to and to.kind == "name" and to.country not in outside():
                return to.country
    return None


def _last_named(read: list[Sentence], n: int, c: int) -> tuple[str, ...]:
    """Return the country that "there" stands for: the last that this sentence or the one before names."""
    for clauses in (read[n].clauses[: c + 1], read[n - 1].clauses if n else []):
        named = [str(t.country) for clause in clauses for t in clause.own() if t.country not in outside()]
        if named:
            return (named[-1],)
    return ()


def _just_named(read: list[Sentence], n: int, c: int) -> tuple[str, ...]:
    """Return the one partner that the clauses before this, or else the sentence before, name; or none."""
    for clauses in (read[n].clauses[:c], read[n - 1].clauses if n else []):
        tokens = [t for clause in clauses for t in _named(clause) or clause.own()]
        named = {str(t.country) for t in tokens if t.country not in outside()}
        if named:
            return tuple(named) if len(named) == 1 else ()
    return ()


def _tied(token: Token, after: Token | None) -> bool:
    """Tell whether a token ties its clause to the article's event: "it", "the document", the subject."""
    known = (
        token.text in ("the", "its", "this")
        and after is not None
        and has(after, "paper", "title", "security")
    )
    return known or token.country == subject() or token.text in ("it", "this")


def _unnamed(own: list[Token]) -> bool:
    """Tell whether tokens speak of several papers, or of partners that they do not name."""
    if any(has(t, "member") and t.text[-1] == "s" for t in own):
        return True
    plural = (k for k, t in enumerate(own) if t.text[-1] == "s" and t.classes.get("paper") in ("", "bare"))
    # "an agreement on security commitments" is one
    several = any(not any(t.text in MATTER for t in own[max(0, k - 3) : k]) for k in plural)
    return several or _with_others(own)


def _with_others(own: list[Token]) -> bool:
    """Tell whether tokens speak of partners that they do not name: "with other countries"."""
    return any(
        has(t, "with", "by") and any(n.text[-1] == "s" and has(n, "title") for n in own[k + 1 : k + 5])
        for k, t in enumerate(own)
    )
