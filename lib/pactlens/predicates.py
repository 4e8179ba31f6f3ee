"""What one clause says of an agreement: signed or planned, by which rule, and which kind of paper."""

import itertools

from pactlens.clauses import Clause, Verdict
from pactlens.having import has_one, joins, nth_to_have, signatures
from pactlens.lexicon import STOPS, Token, any_has, following, has, is_nth, previous
from pactlens.numerals import counted
from pactlens.papers import about, definite, kind_of, of_another, towards
from pactlens.talks import intends, talks, wanted

ORDER = ("planned", "signed", "none")
NEGATIVE = {"no", "none", "neither", "nobody", "nothing"}
ARTICLES = ("a", "an", "the")


def verdict(clause: Clause) -> Verdict | None:
    """Return what a clause says of an agreement, or None; a plan outweighs a signing in one clause."""
    closing = (i for i in clause.span() if has(clause.tokens[i], "sign", "close"))
    verbs = [found for i in closing if (found := _verb(clause, i))]
    firm = sorted((found for found in verbs if not found.weak), key=lambda v: ORDER.index(v.status))
    others = (rule(clause) for rule in (nth_to_have, joins, signatures, has_one, talks))
    found = next((found for found in itertools.chain(firm, others, verbs) if found), None)
    if found and found.rule not in ("not signed", "future") and _supposed(clause, found.status):
        return found._replace(status="none", rule="supposed")
    return found


def _supposed(clause: Clause, status: str) -> bool:
    """Tell whether a clause asks, denies or imagines: "did A sign?", "it is false that …", "had A signed"."""
    row, own = clause.tokens, clause.own()
    if clause.opening() == "that" and any_has(row[: clause.last], "denial"):
        return True
    if status != "signed":
        return False
    asks = row[-1].text == "?" and has(own[0], "do", "have", "be")
    turned = own[0].text == "had" or asks
    named = any(t.country or t.text == "the" for t in own[1:2])
    return clause.opening() in ("whether", "if") or (turned and named)


def _verb(clause: Clause, i: int) -> Verdict | None:
    """Return what a verb of signing at token i says."""
    row, token = clause.tokens, clause.tokens[i]
    if _no_verb(clause, i):
        return None
    # "have finished negotiating", "have agreed on a draft of it", "on dates for its preparation"
    object_ = itertools.takewhile(lambda t: not has(t, "paper", "with"), clause.after(i)[:5])
    first = clause.after(i)[:1]
    if has(token, "close") and any_has(object_ if token.text == "agreed" else first, "talks", "draft"):
        return Verdict("planned", "negotiated", i, "talks")
    tense, start = token.classes.get("sign") or token.classes["close"], clause.group(i)
    group = _classes(row[start:i])
    passive = tense == "past" and "be" in group
    if token.text == "agreed" and passive and _of_points(clause, start):
        return None
    paper = "bare" if has(token, "paper") else about(clause, start, i, passive)
    after = range(i + 1, clause.last)
    if has(token, "give"):
        given = itertools.takewhile(lambda k: row[k].text not in ("for", "on", "to"), after)
        if all(kind_of(row, k) != "security" for k in given):
            return None
    if paper == "other":
        if any(towards(row, k) for k in clause.span()):
            return Verdict("planned", "in the making", i, "security")
        if not (any_has(clause.after(i), "list") and any(kind_of(row, k) == "security" for k in after)):
            return Verdict("none", "other paper", i, paper)
        paper = "security"  # "signed documents, among them a security agreement"
    if has(token, "sign"):
        if paper is None and _of_a_topic(row, i):
            return Verdict("none", "other paper", i, "other")
    elif start == i and _progress(row, i):
        return None
    elif paper == "talks":
        return Verdict("planned", "negotiated", i, paper)
    elif paper in (None, "pronoun") and not _understood(clause, i, paper):
        return None
    status, rule, weak = _tense(clause, start, i, tense, group)
    # "They agreed on guarantees; the paper can be signed in July"
    weak = weak or (token.text == "agreed" and any_has(row[i:], "modal"))
    return Verdict(status, "passive" if rule == "active" and passive else rule, i, paper, weak)


def _classes(tokens: list[Token]) -> set[str]:
    """Return the classes of these tokens."""
    return {name for token in tokens for name in token.classes}


def _of_a_topic(row: list[Token], i: int) -> bool:
    """Tell whether the object of the verb at i is something else: "signed a 61 billion aid package"."""
    ends = ("with", "by", "away", "and", "break", "have", "be")
    object_ = itertools.takewhile(lambda t: t.text not in STOPS and not has(t, *ends), row[i + 1 : i + 9])
    return any_has(object_, "topic")


def _no_verb(clause: Clause, i: int) -> bool:
    """Tell whether token i is no verb of signing here, though it has the form of one."""
    row, token = clause.tokens, clause.tokens[i]
    lead, after = previous(row, i), following(row, i)
    if lead.text == "-":  # "jets, U.S.-made"
        return True
    if has(token, "sign") or has(lead, "be"):
        return "base" in token.classes.values() and has(lead, "be")  # "is secure"
    if token.text == "agreed to":  # "agreed to begin talks"
        return after.text not in ARTICLES
    if token.text == "agreed":
        told = clause.opening() == "they" and any_has(row[: clause.first], "modal")
        return told or _agreed_to(row, i)  # "it would be over soon, they agreed"
    if lead.text in ("on", "with", "by", "of"):  # "on forged papers"
        return has(after, "paper")
    # "An agreement which aims to make their work stronger"
    subject = any(t.country or has(t, "pair") for t in clause.before(i))
    return token.text in ("make", "makes") and clause.opening() in ("which", "that") and not subject


def _of_points(clause: Clause, start: int) -> bool:
    """Tell whether the subject before token `start` is no paper: "the key provisions are already agreed"."""
    noun = any(t.text.isalpha() and not t.classes and not t.country for t in clause.before(start))
    return noun and all(kind_of(clause.tokens, k) is None for k in range(clause.first, start))


def _agreed_to(row: list[Token], i: int) -> bool:
    """Tell whether the "agreed" at i is to do something: "agreed by telephone to start work on the paper"."""
    rest = itertools.takewhile(
        lambda k: row[k].text not in STOPS and not has(row[k], "paper", "draft"),
        range(i + 1, min(i + 7, len(row))),
    )
    return any(has(row[k], "to") and following(row, k).text not in ARTICLES for k in rest)


def _progress(row: list[Token], i: int) -> bool:
    """Tell whether "on" follows the verb at i: "the progress made on the paper", not "agreed on a deal"."""
    on = [t.text for t in row[i + 1 : i + 3] if t.kind != "day"]
    new = row[i].text == "agreed" and following(row, i, 2).text in ("a", "an")
    return on[1:] != [] and on[0] in ("on", "towards") and not new


def _understood(clause: Clause, i: int, paper: str | None) -> bool:
    """Tell whether the verb at i is of an agreement that it does not name."""
    row, before, after = clause.tokens, clause.before(i), following(clause.tokens, i)
    if any(t.text == ":" for t in row[i + 1 : i + 3]):
        return True  # "Agreed already: …"
    if row[-1].text == "?" and clause.opening() in ("who", "which"):
        return True
    if counted(after.text) and following(row, i, 2).text == "more":  # "concluded two more, with A and B"
        return clause.has("with")
    if paper == "pronoun" and after.text in ("it", "one"):  # "and may conclude it"
        return any(kind_of(row, k) == "security" for k in range(clause.first))
    return any(t.text == "what" for t in before)  # "like what A concluded"


def _tense(clause: Clause, start: int, i: int, tense: str, group: set[str]) -> tuple[str, str, bool]:
    """Return status, rule and weakness of a verb at i in this tense, after its verb group from start to i."""
    row, lead = clause.tokens, previous(clause.tokens, i)
    before = _classes(clause.before(start))
    words = {t.text for t in row[max(clause.first, start - 12) : i]}
    if has(previous(row, start), "report") and has(previous(row, start, 2), "be"):
        return "none", "hearsay", False  # "are said to have signed"
    if tense == "ing":
        return _signing(clause, i, group | before)
    if {"not", "hardly"} & group or NEGATIVE & {*words, following(row, i).text}:
        late = {"modal", "to"} & (group | before) or clause.has("yet") or any_has(row[:start], "talks")
        late = late or ("hardly" in group and has(row[i], "close"))  # "is as good as finished"
        return "planned" if late else "none", "not signed", False
    if tense == "base" and "yet" in group:
        return "planned", "not signed", False
    if "carried out" in before:
        return "signed", "active", False
    if lead.text == "to" and _came(row[: i - 1]):
        return "signed", "active", True
    if {"to", "modal"} & group or (tense == "base" and "intent" in group):
        nth = any(has(t, "likewise") or is_nth(t) for t in clause.before(i))
        if nth and not {"modal", "intent"} & (before | group):
            return "signed", "ordinal", False
        perfect = tense == "past" and "have" in group and not {"modal", "intent", "be"} & group
        # "is proud to have signed"
        return ("signed", "active", False) if perfect else ("planned", "future", False)
    if _ahead(clause, start, i, tense):
        return "planned", "future", False
    if _conditional(clause, tense, group, before, words):
        return "planned", "condition", False
    return ("signed", "active", False) if tense == "past" else ("signed", "headline", True)


def _came(before: list[Token]) -> bool:
    """Tell whether "to sign" is what someone was there for: "was in Kyiv to sign", "met B to sign"."""
    at = max((k for k, t in enumerate(before) if has(t, "came")), default=len(before))
    after = before[at + 1 :]
    if any_has(before[:at], "modal", "not"):  # "could not be there to sign"
        return False
    there = any(t.text == "met" for t in before[-1:]) or any(has(t, "away", "go") or t.country for t in after)
    return there and not any_has(after, "intent", "modal", "to", "not")


def _ahead(clause: Clause, start: int, i: int, tense: str) -> bool:
    """Tell whether a verb without "will" or "to" of its own is of what is to come."""
    row, lead = clause.tokens, previous(clause.tokens, i)
    if tense == "base" and any_has(row[:start], "modal", "to", "intent"):
        return True
    if lead.text == "be" or has(lead, "intent"):
        return True
    if any(has(t, "have") and n.text == "to" for n, t in itertools.pairwise(row[:i])):
        return True  # "aims to have the first document signed"
    opens = 0 if i == clause.first else clause.first  # "may have an agreement | signed in July"
    if tense == "past" and start == i and wanted(row[opens:i], clause.after(i)):
        return True
    # "it will be finished soon and signed"
    then = tense == "past" and start == i == clause.first + 1 and lead.text != ","
    return then and any_has(row[: clause.first], "modal", "irrealis")


def _signing(clause: Clause, i: int, around: set[str]) -> tuple[str, str, bool]:
    """Return what "signing" at token i says, by the classes before it, `around`, and those after."""
    row, lead = clause.tokens, previous(clause.tokens, i).text
    if any_has(row, "put off"):
        return "planned", "signing ahead", False
    if lead in ("ahead of", "before") and any_has(row[:i], "report"):
        return "none", "at the signing", True
    if lead in ("is", "are"):
        return "planned", "signing now", False
    ahead = {"not", "irrealis", "talks", "intent", "approve"} & around
    ahead = ahead or {"modal", "intent", "not", "coming"} & _classes(clause.after(i))
    # "he was in A for the signing" tells of one that was; "the text is for signing" of one to come.
    to_be = "be" in around and all(t.text not in ("was", "were") for t in clause.before(i))
    return ("planned", "signing ahead", False) if ahead or to_be else ("signed", "signing", True)


def _conditional(clause: Clause, tense: str, group: set[str], classes: set[str], words: set[str]) -> bool:
    """Tell whether a verb only says when or if: "once they have signed", "after they sign"."""
    row = clause.tokens
    after = row[clause.first].text == "after" and "," not in words
    # "the chance that they sign", "once they sign"
    led = has(row[clause.first], "break") and any_has(row[: clause.first][-3:], "irrealis")
    imagined = led or "irrealis" in classes
    if tense != "past":
        return imagined
    if {"if", "were"} <= words or ("be" in group and "being" in words):
        return True
    if "be" in group and not {"was", "were", "been"} & words and imagined:
        return True
    once = bool({"once", "if", "as soon as"} & words) or after
    return once and "have" in group and "had" not in words


def _past(clause: Clause, k: int) -> bool:
    """Tell whether "A's", "the one with A" at k has a day, or precedes: "a week after A's"."""
    row = clause.tokens
    after = any(t.text in ("after", "following", "since") for t in clause.before(k)[-3:])
    return kind_of(row, k) == "own" and (after or any(t.kind == "day" for t in clause.after(k)))


def _if(row: list[Token], k: int) -> bool:
    """Tell whether the "should" at k means if: "to consult should A attack"."""
    after = following(row, k)
    return row[k].text == "should" and bool(after.country or has(after, "nowhere"))


def presupposed(clause: Clause) -> Verdict | None:
    """Return what "the agreement with …" takes for granted: signed, or planned if the clause looks ahead."""
    row = clause.tokens
    at = next((k for k in clause.span() if _known(clause, k)), None)
    at = next((k for k in clause.span() if _past(clause, k)), None) if at is None else at
    if at is None or clause.has("report", "other paper") or of_another(clause):
        return None
    paper = kind_of(row, at)
    looks = [k for k in clause.span() if not (has(row[k], "undertake") or _if(row, k))]
    ahead = any((has(row[k], "modal") and row[k].text != "can") or intends(row, k) for k in looks)
    # "under the pact A must consult", "in its pact A aims to spend"
    ahead = ahead and not (clause.opening() in ("under", "in") and at < clause.first + 4)
    if ahead and clause.has("ratify"):  # "it may take years to ratify the agreement"
        return None
    if ahead and all(t.text != "already" for t in clause.own()):
        return Verdict("planned", "presupposed", at, paper)
    if clause.has("irrealis") or (clause.has("not") and not clause.has("ratify")):
        return None
    return Verdict("signed", "presupposed", at, paper, weak=True)


def _known(clause: Clause, k: int) -> bool:
    """Tell whether token k is an agreement that the clause takes as known."""
    row = clause.tokens
    if kind_of(row, k) not in ("security", "bare") or not definite(row, k):
        return False
    if row[k].classes["paper"] == "bare" and previous(row, k).text == "'s":  # "A's documents" may be any
        return False
    if has(row[k], "security") and clause.has("meet"):  # "The two met over security guarantees": of whatever
        return False
    return all(t.text != "about" for t in clause.before(k)[-2:])
