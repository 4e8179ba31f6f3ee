"""What clauses that refer back say: "did so", "the one with …", "among them are …", a line of a list."""

import itertools

from pactlens.clauses import PREDICATES, Clause, Sentence, Verdict
from pactlens.lexicon import STOPS, has, is_nth, previous
from pactlens.numerals import counted
from pactlens.papers import kind_of
from pactlens.state import State, is_line
from pactlens.subject import outside
from pactlens.talks import intends

OF_THOSE = ("named", "names", "mentions", "lists", "these", "they", "them", "most", "some", "several", "many")
SO_IS = ("so is", "so are")
SO_HAD = ("so had", "so has", "so have", "so did")  # of what the same sentence says
# A long list in a clause that has none of these is of those who have signed.
NO_SIGNING = ("move", "meet", "go", "report", "talks", "modal", "not", "intent", "other paper", "topic")
LONG = 4  # so many partners in one clause are a list, and have not signed at one event
FAR = 5  # so many sentences after the last that told of an agreement, nothing refers back to it


def listed(state: State, sentence: Sentence, clause: Clause) -> Verdict | None:
    """Return what a line says in a list of what has been signed."""
    own = clause.own()
    if any(has(t, "report", "have", "modal", "not", "move", "sign", "bear", "follow", "talks") for t in own):
        return None
    if own[0].text == "we":  # who speaks, and not of whom
        return None
    opens = (
        ":" in sentence.text
        or is_line(sentence)
        or has(own[0], "list")
        or any(t.text in OF_THOSE for t in own[:4])
    )
    if state.awaited and opens and len({t.country for t in own} - outside()) > 1:
        return Verdict(state.awaited, "list", clause.first, "security")
    short = len(clause.tokens) <= 8 or is_line(sentence)
    if state.heading and (sentence.days or (state.heading != "days" and short)):
        status = "planned" if state.heading == "planned" else "signed"
        return Verdict(status, "list", clause.first, "security")
    return None


def listing(clause: Clause, state: State, n: int) -> Verdict | None:
    """Return that a long list beside "after", "previously" or an ordinal is of those who have signed."""
    named = {t.country for t in clause.own()} - outside()
    nth = any(has(t, "ago") or is_nth(t) for t in clause.tokens)
    far = n - state.said[1] > FAR or state.aside
    lead = next((t for t in clause.own() if t.text != "the"), clause.tokens[0])
    alone = lead.country and not clause.has(*PREDICATES) and all(t.kind != "person" for t in clause.own())
    alone = alone and any(t.country for t in clause.tokens[-2:])  # it ends with a name
    nth = nth or (bool(alone) and state.said == ("signed", n - 1))  # "A, B, C and most recently D."
    if len(named) < LONG or not nth or clause.has(*NO_SIGNING, "join") or far:
        return None
    if state.said == ("late", n) or any(has(t, "not", "talks") for t in clause.tokens):
        return None
    return Verdict("signed", "list", clause.first, "own")


def referring(clause: Clause, state: State, n: int) -> Verdict | None:
    """Return what "did so", "to follow" or "the one with …" says after another clause."""
    status, number = state.said
    if n - number > FAR or state.aside:
        return None
    found = (
        _of_series(clause, k, state, n - number)
        or (_likewise(clause, k, state) if n == number or clause.tokens[k].text not in SO_HAD else None)
        or _the_one(clause, k, status, n - number)
        for k in clause.span()
        if clause.tokens[k].classes or k == clause.first
    )
    return next(filter(None, found), None)


def _of_series(clause: Clause, k: int, state: State, since: int) -> Verdict | None:
    """Return what "to follow", "the latest are …" at token k says, as _the_one does."""
    row, status = clause.tokens, state.said[0]
    after = row[k + 1 : k + 7]
    elsewhere = clause.has("go", "meet") or (after[:1] and after[0].text == "to")
    if has(row[k], "follow") and not elsewhere:
        return Verdict("planned", "follows", k, "own")
    if has(row[k], "refuse") and (not after or after[0].text in STOPS):
        return Verdict("planned", "follows", k, "own")
    if k == clause.first and since == 1 and status == "planned" and _they_are(clause):
        return Verdict("planned", "list", k, "own")
    if has(row[k], "join") and since < 2 and _follows_others(clause, k):
        return Verdict("planned" if status in ("planned", "late") else "signed", "joins", k, "own")
    if k == clause.first and _names_who_will(clause):
        return Verdict("planned", "list", k, "own")
    more = k == clause.first or counted(previous(row, k).text)  # "we are working on seven more, with A and B"
    if more and row[k].text in ("more", "others", "another") and clause.has("talks"):
        return Verdict("planned", "follows", k, "own")
    told = status == "signed" or (status == "planned" and since < 2)
    lacking = status == "planned" and any(has(t, "not") for t in row[: clause.first])
    goes_on = since == 0 and previous(row, k).text == ";" and clause.has("with") and clause.dated(k)
    counts_in = k == clause.first and told and not lacking
    if counts_in and (goes_on or _enumerates(clause) or _are_among(clause)):
        ahead = clause.has("talks", "modal") or any(t.text == "next" for t in clause.own()[:3])
        return Verdict("planned" if ahead else status, "list", k, "own")
    if status == "planned" and k == clause.first and row[k].text == "with" and clause.has("under way"):
        return Verdict("planned", "follows", k, "own")
    newest = previous(row, k).text == "the" and row[k].text in ("last", "latest", "newest", "most recent")
    if status == "signed" and newest and any(has(t, "be") for t in after) and not clause.has("go", "meet"):
        return Verdict("signed", "the latest", k, "own")
    return None


def _names_who_will(clause: Clause) -> bool:
    """Tell whether a clause says who they will be: "it is likely to be A, B and C"."""
    passed = ("pair", "be", "to", "intent", "modal", "adverb")
    named = itertools.dropwhile(lambda t: t.text in (",", "it", "the") or has(t, *passed), clause.own())
    first = next(named, None)
    ahead = clause.opening() in ("it", "they") and clause.has("intent", "modal")
    return ahead and first is not None and first.country not in outside()


def _they_are(clause: Clause) -> bool:
    """Tell whether a clause names those whom the sentence before counts: "they are A, B and C"."""
    own = [t for t in clause.own() if t.text != "the"]
    named = len(own) > 3 and own[2].country not in outside() and own[3].text != "'s"
    return named and own[0].text == "they" and has(own[1], "be")


def _follows_others(clause: Clause, k: int) -> bool:
    """Tell whether several partners follow the "joins" or "follows" at token k, and no declaration."""
    row = clause.tokens
    names = [i for i in range(k + 1, clause.last) if row[i].country not in outside()]
    return (
        len({row[i].country for i in names}) > 1
        and not any(t.text == ":" for t in row[k : names[0]])  # "13 had joined: A, B, …"
        and not clause.has("topic")
        and not any(has(t, "other paper") for t in row[: names[-1]])
    )


def _enumerates(clause: Clause) -> bool:
    """Tell whether a clause lists after its verb: "among them are A, B and C", "the other parties are …"."""
    row = clause.tokens
    verbs = (i for i in clause.span() if has(row[i], "be", "exist") or row[i].text in ("include", "includes"))
    verb = next(verbs, clause.last)
    whose = row[clause.first : verb]
    nouns = [t for t in whose if t.classes.get("paper") != "pronoun" and has(t, "title", "paper")]
    plural = any(t.text[-1] == "s" for t in nouns)
    plural = plural or any(has(t, "title modifier") or t.text == "next" or t.text.isdigit() for t in whose)
    passed = (":", "the", "be", "with")  # "the other two will be with A and B"
    names = list(itertools.dropwhile(lambda t: t.text in passed, row[verb + 1 : clause.last]))
    several = len({t.country for t in names} - outside()) > 1
    elsewhere = any(has(t, "go", "meet", "group") for t in whose)  # "next on his tour are A and B"
    # "beside her and Zelensky were A and B", "a coalition whose members are A and B"
    elsewhere = (
        elsewhere or any(t.kind == "person" for t in whose) or any(has(t, "topic") for t in row[:verb])
    )
    return (
        several
        and bool(names[0].country)
        and bool(whose)
        and not elsewhere
        and (plural or has(whose[0], "away", "talks", "list") or whose[-1].text == "it")
    )


def _are_among(clause: Clause) -> bool:
    """Tell whether a clause counts names in: "A and B are among the signatories"."""
    row = clause.tokens
    among = (k for k in clause.span() if row[k].text == "among" and has(previous(row, k), "be"))
    at = next(among, clause.first)
    named = any(t.country not in outside() for t in row[clause.first : at])
    return (
        named
        and not any(has(t, "not") or t.text == "without" for t in row)
        and any(has(t, "title", "bear") or t.text in OF_THOSE for t in row[at : at + 3])
    )


def _likewise(clause: Clause, k: int, state: State) -> Verdict | None:
    """Return what "did so", "came on Friday" at token k says again; of a declaration it says nothing."""
    row, status = clause.tokens, state.said[0]
    if not _again(clause, k):
        return None
    before = row[max(clause.first, k - 4) : k]
    nth = any(map(is_nth, row[clause.first : k]))
    ahead = any(has(t, "modal", "intent", "talks", "yet") or (has(t, "to") and not nth) for t in before)
    # "Of those with which it has begun talks, A is the fourth."
    talking = any(has(t, "talks") for t in row[: clause.first])
    ahead = ahead or "will" in row[k].text
    denied = any(has(t, "not") for t in before)  # "has not done so yet"
    if denied and not clause.has("yet"):
        return None
    if ahead or denied or talking or (status == "late" and clause.has("modal", "not")):
        return Verdict("planned", "likewise", k, "own")
    # "He asked for leave to sign; he did so in a letter": that is no signing.
    alone = not {t.country for t in clause.own()} - outside() and not row[k].text.startswith("joined")
    if status == "planned" and alone:
        return None
    same = status == "none" or clause.has("modal", "not") or row[k].text in (*SO_IS, "joined them")
    return Verdict(status if same else "signed", "likewise", k, "own")


def _again(clause: Clause, k: int) -> bool:
    """Tell whether token k says again what was said: "did so", "came on Friday", "was the first"."""
    row = clause.tokens
    ends = k + 1 == clause.last or row[k + 1].text in STOPS
    nth = ends and previous(row, k).text == "the" and is_nth(row[k]) and has(previous(row, k, 2), "become")
    came = row[k].text == "came" and any(t.kind == "day" for t in row[max(clause.first, k - 1) : k + 2])
    if not (came or nth or has(row[k], "likewise")):
        return False
    after = itertools.takewhile(lambda t: t.text not in (*STOPS, "as"), row[k + 1 : min(k + 6, clause.last)])
    if any(has(t, "other paper") or t.text == "if" for t in (*row[: k + 1], *after)):
        return False
    if came:
        return True
    to = row[k + 1 : k + 3] and row[k + 1].text == "to"  # "was first to recognize"
    return not to or clause.has("sign", "close", "have", "do")


def _the_one(clause: Clause, k: int, status: str, since: int) -> Verdict | None:
    """Return what "the one with …" at token k says, `since` sentences after the last verdict."""
    row, kind = clause.tokens, kind_of(clause.tokens, k)
    after = next((t for t in row[k + 1 : clause.last] if not has(t, "be", "adverb")), None)
    more = row[k].text == "more" and not (previous(row, k).text.isdigit() or previous(row, k).classes)
    if kind in (None, "other") or more or after is None or not has(after, "with", "between"):
        return None
    if kind == "talks":
        return Verdict("planned", "the one with", k, kind) if since < 2 and has(row[k], "draft") else None
    to = any(has(t, "to") and not n.text.isdigit() for t, n in itertools.pairwise(clause.own()))
    ahead = to or clause.has("modal", "talks", "follow") or any(intends(row, i) for i in clause.span())
    like = has(previous(row, k), "like")  # "a document like that with A"
    included = row[k].text in ("those", "ones") and clause.has("list")  # "they include those with A"
    if (since > 1 and not included) or like or not (ahead or kind in ("own", "pronoun")):
        return None
    ahead = ahead or any(t.text.startswith("announc") for t in row[clause.first : k])
    status = "planned" if ahead or status == "late" else status
    return Verdict(status, "the one with", k, kind, weak=status == "signed" and not clause.dated(k))
