"""What clauses that refer back say: "did so", "the one with …", "among them are …", a line of a list."""

import itertools

from pactlens.clauses import PREDICATES, Clause, Sentence, Verdict
from pactlens.lexicon import STOPS, any_has, has, is_nth, previous
from pactlens.numerals import counted
from pactlens.papers import kind_of
from pactlens.state import State, is_line
from pactlens.subject import named, partners
from pactlens.talks import intends

OF_THOSE = ("named", "names", "mentions", "lists", "these", "they", "them", "most", "some", "several", "many")
BEFORE = ("before that", "before", "earlier", "previously", "prior to that")
SAME_GOES = ("the same applies to", "the same goes for", "the same is true of")
SO_IS = ("so is", "so are")
SO_HAD = ("so had", "so has", "so have", "so did")  # of what the same sentence says
OTHER = ("other paper", "topic")
# A long list in a clause that has none of these is of those who have signed.
NO_SIGNING = ("join", "move", "meet", "go", "report", "talks", "modal", "not", "intent", *OTHER)
LONG = 4  # so many partners in one clause are a list, and have not signed at one event
FAR = 5  # so many sentences after the last that told of an agreement, nothing refers back to it


def listed(state: State, sentence: Sentence, clause: Clause) -> Verdict | None:
    """Return what a line says in a list of what has been signed."""
    own = clause.own()
    # "we" is who speaks, and not of whom
    if clause.has("report", "have", "not", "sign", "bear", "follow") or own[0].text == "we":
        return None
    opens = ":" in sentence.text or is_line(sentence) or any(t.text in OF_THOSE for t in own[:4])
    if state.awaited and opens and len(named(own)) > 1:
        return Verdict(state.awaited, "list", clause.first, "security")
    short = len(clause.tokens) <= 8 or is_line(sentence)
    if state.heading and (sentence.days or short):
        return Verdict(state.heading, "list", clause.first, "security")
    return None


def listing(clause: Clause, state: State, n: int) -> Verdict | None:
    """Return that a long list beside "after", "previously" or an ordinal is of those who have signed."""
    lead = next((t for t in clause.own() if t.text != "the"), clause.tokens[0])
    goes_on = lead.country and not clause.has(*PREDICATES) and state.said == ("signed", n - 1)
    nth = goes_on or any(has(t, "ago") or is_nth(t) for t in clause.tokens)  # "A, B, C and most recently D."
    if len(named(clause.own())) < LONG or not nth or clause.has(*NO_SIGNING):
        return None
    denied = state.said == ("late", n) or any(has(t, "not", "talks") for t in clause.tokens)
    if denied or state.aside or n - state.said[1] > FAR:
        return None
    return Verdict("signed", "list", clause.first, "own")


def referring(clause: Clause, state: State, n: int) -> Verdict | None:
    """Return what "did so", "to follow" or "the one with …" says after another clause."""
    since = n - state.said[1]
    if since > FAR or state.aside:
        return None
    at_word = (
        _follows(clause, k)
        or _joins(clause, k, state.said[0], since)
        or _the_latest(clause, k, state.said[0])
        or _likewise(clause, k, state.said[0], since)
        or _the_one(clause, k, state.said[0], since)
        for k in clause.span()
    )
    return _names_more(clause, state.said[0], since) or next(filter(None, at_word), None)


def _names_more(clause: Clause, status: str, since: int) -> Verdict | None:
    """Return what a clause says that only names who they are, `since` sentences after the last verdict."""
    if _names_who_will(clause) or (status == "planned" and _they_are(clause)):
        return Verdict("planned", "list", clause.first, "own")
    if status != "none" and since < 3 and _in_the_works(clause):
        return Verdict("planned", "list", clause.first, "own")
    before = clause.own()[0].text in BEFORE and clause.has("with") and status == "signed" and since < 2
    if before and not clause.has(*PREDICATES):  # "Before that, with A and B."
        return Verdict("signed", "list", clause.first, "own")
    if clause.opening() == "with" and clause.has("under way"):
        return Verdict("planned", "follows", clause.first, "own")
    among = any_has(clause.own()[-3:], "counted in") and len(named(clause.own())) > 1
    if (
        since == 0 and among and status in ("signed", "planned")
    ):  # "15 signed deals that …, A, B and C among them"
        return Verdict(status, "list", clause.first, "own")
    told = status == "signed" or (status == "planned" and since < 2)
    lacking = status == "planned" and any(has(t, "not") for t in clause.tokens[: clause.first])
    # "in A with B on Friday; in C with D on Monday"
    goes_on = since == 0 and previous(clause.tokens, clause.first).text == ";" and clause.dated(clause.first)
    if told and not lacking and (goes_on or _enumerates(clause) or _are_among(clause)):
        return Verdict("planned" if clause.has("talks", "modal") else status, "list", clause.first, "own")
    return None


def _follows(clause: Clause, k: int) -> Verdict | None:
    """Return what "A and B are to follow", "others refuse", "more are in talks" at token k says."""
    row = clause.tokens
    after = row[k + 1].text if k + 1 < len(row) else "."
    goes_on = has(row[k], "follow") and not clause.has("go", "meet") and after != "to"
    # "we are working on seven more, with A"
    many = counted(previous(row, k).text)
    leads = k == clause.first or many
    ahead = clause.has("talks") or (many and any(intends(row, i) for i in clause.span()))
    more = leads and row[k].text in ("more", "others", "another") and ahead
    if goes_on or more or (has(row[k], "refuse") and after in STOPS):
        past = previous(row, k).text in ("was", "were")  # "A and B were the next to sign"
        return Verdict("signed" if past and not more else "planned", "follows", k, "own")
    return None


def _joins(clause: Clause, k: int, status: str, since: int) -> Verdict | None:
    """Return what "A joins B and C" at token k says: as much as was said of those, if of no declaration."""
    after = partners(clause.tokens[k + 1 : clause.last]) if has(clause.tokens[k], "join") else []
    if len(named(after)) < 2 or since > 1 or clause.has("topic"):
        return None
    person = any(t.kind == "person" or t.text in ("he", "she") for t in clause.tokens[:k])
    if person and has(previous(clause.tokens, k), "be"):  # "he was joined by the leaders of A and B"
        return None
    between = itertools.takewhile(lambda t: t is not after[0], clause.tokens[k + 1 :])
    if clause.tokens[k].text.startswith("come") and not any_has(between, "paper"):
        return None  # "it comes after A and B promised help"
    before = itertools.takewhile(lambda t: t is not after[-1], clause.tokens)
    if any(has(t, "other paper") for t in before):
        return None
    return Verdict("planned" if status in ("planned", "late") else "signed", "joins", k, "own")


def _the_latest(clause: Clause, k: int, status: str) -> Verdict | None:
    """Return what "the latest are …" at token k says after a signing."""
    row = clause.tokens
    newest = previous(row, k).text == "the" and row[k].text in ("last", "latest", "newest", "most recent")
    is_named = any(has(t, "be") for t in row[k + 1 : k + 7]) and not clause.has("go", "meet")
    if status == "signed" and newest and is_named:
        return Verdict("signed", "the latest", k, "own")
    return None


def _names_who_will(clause: Clause) -> bool:
    """Tell whether a clause says who they will be: "it is likely to be A, B and C"."""
    passed = ("pair", "be", "to", "intent", "modal", "adverb")
    rest = itertools.dropwhile(lambda t: t.text in (",", "it", "the") or has(t, *passed), clause.own())
    ahead = clause.opening() in ("it", "they") and clause.has("intent", "modal")
    return ahead and partners(itertools.islice(rest, 1)) != []


def _in_the_works(clause: Clause) -> bool:
    """Tell whether a clause says it of names alone: "A and B are being prepared", "A is near"."""
    own = clause.own()
    rest = list(itertools.dropwhile(lambda t: t.country or t.text == "the" or has(t, "and"), own))
    works = (
        any_has(rest[:1], "be") and any_has(rest[1:5], "talks") and not any_has(rest, "not", "meet", "with")
    )
    return works and partners(own[:1]) != [] and all(t.kind == "name" for t in partners(own))


def _they_are(clause: Clause) -> bool:
    """Tell whether a clause names those whom the sentence before counts: "they are A, B and C"."""
    own = [t for t in clause.own() if t.text != "the"]
    they_are = len(own) > 3 and own[0].text == "they" and has(own[1], "be")
    return they_are and partners(own[2:3]) != [] and own[3].text != "'s"


def _enumerates(clause: Clause) -> bool:
    """Tell whether a clause lists after its verb: "among them are A, B and C", "the other parties are …"."""
    row = clause.tokens
    verbs = (i for i in clause.span() if has(row[i], "be", "exist") or row[i].text in ("include", "includes"))
    verb = next(verbs, clause.last)
    whose = row[clause.first : verb]
    passed = (":", "the", "be", "with")  # "the other two will be with A and B"
    names = list(itertools.dropwhile(lambda t: t.text in passed, row[verb + 1 : clause.last]))
    if not whose or len(named(names)) < 2 or not names[0].country:
        return False
    # "next on his tour are A and B", "beside her and Zelensky were A and B"
    if any(has(t, "go", "meet", "group") or t.kind == "person" for t in whose):
        return False
    if any(has(t, "topic") for t in row[:verb]):  # "a coalition whose members are A and B"
        return False
    nouns = [t for t in whose if t.classes.get("paper") != "pronoun" and has(t, "title", "paper")]
    many = any(has(t, "title modifier") or t.text == "next" or t.text.isdigit() for t in whose)
    return many or any(t.text[-1] == "s" for t in nouns) or has(whose[0], "away", "talks", "list")


def _are_among(clause: Clause) -> bool:
    """Tell whether a clause counts names in: "A and B are among the signatories"."""
    row = clause.tokens
    among = (k for k in clause.span() if row[k].text == "among" and has(previous(row, k), "be"))
    at = next(among, clause.first)
    counted_in = any(has(t, "title", "bear") or t.text in OF_THOSE for t in row[at : at + 3])
    return counted_in and partners(row[clause.first : at]) != []


def _likewise(clause: Clause, k: int, status: str, since: int) -> Verdict | None:
    """Return what "did so", "came on Friday" at token k says again; of a declaration it says nothing."""
    row = clause.tokens
    if not _again(clause, k) or (since > 0 and row[k].text in SO_HAD):
        return None
    if row[k].text in SAME_GOES:
        late = status in ("planned", "late") and since < 2
        return Verdict("planned", "likewise", k, "own") if late else None
    before = row[max(clause.first, k - 4) : k]
    nth = any(map(is_nth, row[clause.first : k]))
    if any_has(before, "not") and not clause.has("yet"):
        return None  # "A has not done so"
    ahead = any(has(t, "modal", "intent", "not", "yet") or (has(t, "to") and not nth) for t in before)
    # "Of those with which it has begun talks, A is the fourth."
    talking = any(has(t, "talks") for t in (*row[: clause.first], *before))
    if ahead or talking or "will" in row[k].text:
        return Verdict("planned", "likewise", k, "own")
    # "He asked for leave to sign; he did so in a letter": that is no signing.
    led = clause.opening() in ("which", "who") and previous(row, clause.first).country
    if status == "planned" and not (named(clause.own()) or led):
        return None
    same = status == "none" or row[k].text in (*SO_IS, "joined them")
    return Verdict(status if same else "signed", "likewise", k, "own")


def _again(clause: Clause, k: int) -> bool:
    """Tell whether token k says again what was said: "did so", "came on Friday", "was the first"."""
    row = clause.tokens
    ends = k + 1 == clause.last or row[k + 1].text in STOPS
    nth = ends and previous(row, k).text == "the" and is_nth(row[k]) and has(previous(row, k, 2), "become")
    came = row[k].text == "came" and any(t.kind == "day" for t in row[max(clause.first, k - 1) : k + 2])
    # "A and B have announced that they intend to"
    told = clause.opening() == "that" and has(previous(row, clause.first), "report")
    wants = told and ends and row[k].text == "to" and has(previous(row, k), "intent")
    # "they asked A to sign, as B did"
    deed = next((t for t in reversed(row[: clause.first]) if not PREDICATES.isdisjoint(t.classes)), row[k])
    as_did = clause.opening() == "as" and row[k].text == "did" and has(deed, "sign") and row[k - 1].country
    if not (came or nth or wants or as_did or has(row[k], "likewise")):
        return False
    rest = row[k + 1 : min(k + 6, clause.last)]
    after = itertools.takewhile(lambda t: t.text not in (*STOPS, "as"), rest)
    if any(has(t, "other paper") or t.text == "if" for t in (*row[: k + 1], *after)):
        return False
    if row[k].text.endswith("followed by"):
        person = any(t.kind == "person" or t.text in ("he", "she") for t in row[clause.first : k])
        if person or not partners(row[k + 1 : k + 3]):
            return False
    # "the words followed the decision of A"
    object_ = row[k].text == "followed" and [t.text for t in rest[:1]] == ["the"]
    if object_ and not any_has(rest[:4], "paper"):
        return False
    return [t.text for t in rest[:1]] != ["to"]  # "was first to recognize"


def _the_one(clause: Clause, k: int, status: str, since: int) -> Verdict | None:
    """Return what "the one with …" at token k says, `since` sentences after the last verdict."""
    row, kind = clause.tokens, kind_of(clause.tokens, k)
    after = next((t for t in row[k + 1 : clause.last] if not has(t, "be", "adverb")), row[k])
    if kind in (None, "other") or row[k].text == "more" or not has(after, "with", "between"):
        return None
    # "they include those with A", "is the third pact, after the ones with A and B"
    included = row[k].text in ("those", "ones") and (clause.has("list") or any(map(is_nth, clause.own())))
    if since > 1 and not included:
        return None
    if kind == "talks":
        return Verdict("planned", "the one with", k, kind) if has(row[k], "draft") else None
    to = any(has(t, "to") and not n.text.isdigit() for t, n in itertools.pairwise(clause.own()))
    to = to and not (row[k].text == "those" and clause.has("undertake"))  # "like those with A, binds them to"
    ahead = to or clause.has("modal", "talks", "follow") or any(intends(row, i) for i in clause.span())
    if not ahead and kind not in ("own", "pronoun"):
        return None
    ahead = ahead or any(t.text.startswith("announc") for t in row[clause.first : k])
    status = "planned" if ahead or status == "late" else status
    return Verdict(status, "the one with", k, kind, weak=status == "signed" and not clause.dated(k))
