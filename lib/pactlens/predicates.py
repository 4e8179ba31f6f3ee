"""What one clause says of an agreement: signed or planned, by which rule, and which kind of paper."""

import itertools

from pactlens.clauses import Clause, Verdict
from pactlens.having import has_one, joins, nth_to_have, signatures
from pactlens.lexicon import STOPS, Token, has, is_nth, previous
from pactlens.papers import about, definite, kind_of, towards
from pactlens.talks import intends, talks

ORDER = ("planned", "signed", "none")
NEGATIVE = {"no", "none", "neither", "nobody", "nothing"}


def verdict(clause: Clause) -> Verdict | None:
    """Return what a clause says of an agreement, or None; a plan outweighs a signing in one clause."""
    closing = (i for i in clause.span() if has(clause.tokens[i], "sign", "close"))
    verbs = [found for i in closing if (found := _verb(clause, i))]
    firm = sorted((found for found in verbs if not found.weak), key=lambda v: ORDER.index(v.status))
    others = (rule(clause) for rule in (nth_to_have, joins, signatures, has_one, talks))
    found = next((found for found in itertools.chain(firm, others, verbs) if found), None)
    if found and found.status == "signed" and _supposed(clause):
        return found._replace(status="none", rule="supposed")
    return found


def _supposed(clause: Clause) -> bool:
    """Tell whether a clause asks, denies or imagines: "did A sign?", "it is false that …", "had A signed"."""
    row, own = clause.tokens, clause.own()
    named = len(own) > 1 and (own[1].country or own[1].text == "the")
    turned = named and (own[0].text == "had" or (row[-1].text == "?" and has(own[0], "do", "have", "be")))
    if clause.opening() in ("whether", "if"):
        return True
    denied = clause.opening() == "that" and any(has(t, "denial") for t in row[: clause.last])
    return bool(turned) or denied


def _verb(clause: Clause, i: int) -> Verdict | None:
    """Return what a verb of signing at token i says."""
    row, token = clause.tokens, clause.tokens[i]
    if _no_verb(clause, i):
        return None
    if has(token, "close") and any(has(t, "talks") for t in row[i + 1 : min(i + 2, clause.last)]):
        return Verdict("planned", "negotiated", i, "talks")  # "have finished negotiating"
    tense, start = token.classes.get("sign") or token.classes["close"], clause.group(i)
    group = {name for t in row[start:i] for name in t.classes}
    passive = tense == "past" and "be" in group
    paper = "bare" if has(token, "paper") else about(clause, start, i, passive)
    given = itertools.takewhile(lambda k: row[k].text not in ("for", "on", "to"), range(i + 1, clause.last))
    if has(token, "give") and not any(kind_of(row, k) == "security" for k in given):
        return None
    after = range(i, clause.last)  # "signed documents, among them a security agreement"
    if paper == "other" and any(has(row[k], "list") for k in after):
        paper = "security" if any(kind_of(row, k) == "security" for k in after) else paper
    if paper == "other":
        ahead = tense in ("base", "ing") or {"to", "modal"} & group
        if ahead and any(towards(row, k) for k in clause.span()):
            return Verdict("planned", "in the making", i, "security")
        return Verdict("none", "other paper", i, paper)
    if not has(token, "sign"):
        if start == i and _progress(row, i):
            return None
        if paper == "talks":
            return Verdict("planned", "negotiated", i, paper)
        if paper in (None, "pronoun") and not _understood(clause, i, paper, passive):
            return None
    if paper is None and has(token, "sign") and _of_a_topic(row, i):
        return Verdict("none", "other paper", i, "other")
    status, rule, weak = _tense(clause, start, i, tense, group)
    # "They agreed on guarantees; the paper can be signed in July"
    weak = weak or (token.text == "agreed" and any(has(t, "modal") for t in row[i:]))
    return Verdict(status, "passive" if rule == "active" and passive else rule, i, paper, weak)


def _of_a_topic(row: list[Token], i: int) -> bool:
    """Tell whether the object of the verb at i is something else: "signed a 61 billion aid package"."""
    ends = ("with", "by", "away", "and", "break", "have", "be")
    object_ = itertools.takewhile(lambda t: t.text not in STOPS and not has(t, *ends), row[i + 1 : i + 9])
    words = list(object_)
    return any(has(t, "topic") for t in words) and not any(has(t, "paper") for t in words)


def _no_verb(clause: Clause, i: int) -> bool:
    """Tell whether token i is no verb of signing here, though it has the form of one."""
    row, token, lead = clause.tokens, clause.tokens[i], previous(clause.tokens, i)
    after = row[min(i + 1, len(row) - 1)]
    if has(token, "sign") or has(lead, "be"):
        return "base" in token.classes.values() and has(lead, "be")  # "is secure"
    if token.text == "agreed to" and after.text not in ("a", "an", "the"):  # "agreed to begin talks"
        return True
    if token.text == "agreed" and _agreed_to(row, i):
        return True
    told = token.text == "agreed" and clause.opening() == "they" and i - clause.first < 3
    if told and any(has(t, "modal") for t in row[: clause.first]):  # "it would be over soon, they agreed"
        return True
    if lead.text.isdigit() and has(after, "paper"):  # "shows 21 signed agreements"
        return True
    if lead.text in ("on", "with", "by", "of") and has(after, "paper"):  # "on forged papers"
        return True
    # "An agreement which aims to make their work stronger"
    subject = any(t.country or has(t, "pair") for t in row[clause.first : i])
    return token.text in ("make", "makes") and clause.opening() in ("which", "that") and not subject


def _agreed_to(row: list[Token], i: int) -> bool:
    """Tell whether the "agreed" at i is to do something: "agreed by telephone to start work on the paper"."""
    rest = itertools.takewhile(
        lambda t: t.text not in STOPS and not has(t, "paper", "draft"), row[i + 1 : i + 7]
    )
    pairs = itertools.pairwise([*rest, row[min(i + 7, len(row) - 1)]])
    return any(has(t, "to") and after.text not in ("a", "an", "the") for t, after in pairs)


def _progress(row: list[Token], i: int) -> bool:
    """Tell whether "on" follows the verb at i: "the progress made on the paper", not "agreed on a deal"."""
    on = [t.text for t in row[i + 1 : i + 3] if t.kind != "day"]
    new = row[i].text == "agreed" and any(t.text in ("a", "an") for t in row[i + 1 : i + 3])
    return on[1:] != [] and on[0] in ("on", "towards") and not new


def _understood(clause: Clause, i: int, paper: str | None, passive: bool) -> bool:
    """Tell whether the verb at i is of an agreement that it does not name."""
    row = clause.tokens
    label = i == clause.first and any(t.text == ":" for t in row[i + 1 : i + 3])  # "Agreed already: …"
    asked = row[-1].text == "?" and clause.opening() in ("who", "which")
    alone = i + 1 == clause.last or row[i + 1].text in STOPS
    many = alone and sum(t.country is not None for t in row[clause.first : i]) > 2  # "A, B and C agreed."
    it = paper == "pronoun" and row[min(i + 1, len(row) - 1)].text in ("it", "one")
    it = it and any(kind_of(row, k) == "security" for k in range(clause.first))  # "and may conclude it"
    before = row[clause.first : i]  # "like what A concluded"
    free = any(t.text == "what" for t in before) and not (passive or any(has(t, "group") for t in before))
    return label or asked or many or it or free


def _tense(clause: Clause, start: int, i: int, tense: str, group: set[str]) -> tuple[str, str, bool]:
    """Return status, rule and weakness of a verb at i in this tense, after its verb group from start to i."""
    row = clause.tokens
    before = {name for t in row[clause.first : start] for name in t.classes}
    words = {t.text for t in row[max(clause.first, start - 12) : i]}
    words |= {"if"} if clause.first and row[clause.first - 1].text == "if" else set()
    if start > clause.first and has(row[start - 1], "report") and has(previous(row, start - 1), "be"):
        return "none", "hearsay", False  # "are said to have signed"
    if tense == "ing":
        return _signing(clause, i, group | before)
    if {"not", "hardly"} & group or NEGATIVE & {*words, *(t.text for t in row[i + 1 : i + 2])}:
        refused = any(has(t, "refuse") for t in row)
        late = refused or {"modal", "to"} & (group | before) or clause.has("yet")
        late = late or ("hardly" in group and has(row[i], "close"))  # "is as good as finished"
        late = late or any(has(t, "talks") for t in row[:start])
        return "planned" if late else "none", "not signed", False
    if tense == "base" and "yet" in group and "to" not in group:
        return "planned", "not signed", False
    if "to" in group and "carried out" in before and not {"modal", "intent"} & before:
        return "signed", "active", False
    lead = previous(row, i)
    bare = not any(
        has(t, "modal", "intent", "be", "have", "sign", "close") for t in row[clause.first : i - 1]
    )
    if lead.text == "to" and _came(row[0 if bare else clause.first : i - 1]):
        return "signed", "active", True
    if {"to", "modal"} & group or (tense == "base" and "intent" in group):
        nth = any(has(t, "likewise") or is_nth(t) for t in row[clause.first : i]) and "refuse" not in before
        if nth and "to" in group and not {"modal", "intent"} & (before | group):
            return "signed", "ordinal", False
        perfect = tense == "past" and "have" in group and not {"modal", "intent", "be"} & group
        return ("signed", "active", False) if perfect else ("planned", "future", False)
    if tense == "base" and any(has(t, "modal", "to", "intent") for t in row[:start]):
        return "planned", "future", False
    made = tense == "past" and start == i and has(lead, "paper")
    if made and any(has(t, "have") and previous(row, k).text == "to" for k, t in enumerate(row[:i])):
        return "planned", "future", False  # "aims to have the first document signed"
    then = tense == "past" and start == i == clause.first + 1 and lead.text != ","
    if (then and _ahead(row[: clause.first])) or lead.text == "be" or has(lead, "intent"):
        return "planned", "future", False
    if _conditional(clause, tense, group, before, words):
        return "planned", "condition", False
    return ("signed", "active", False) if tense == "past" else ("signed", "headline", True)


def _came(before: list[Token]) -> bool:
    """Tell whether "to sign" is what someone was there for: "was in Kyiv to sign", "met B to sign"."""
    at = max((k for k, t in enumerate(before) if has(t, "came")), default=len(before))
    after = before[at + 1 :]
    if any(has(t, "modal", "not") for t in before[:at]):  # "could not be there to sign"
        return False
    there = (before[-1:] and before[-1].text == "met") or any(
        has(t, "away", "go") or t.country for t in after
    )
    return bool(there) and not any(has(t, "intent", "modal", "to", "not") for t in after)


def _ahead(before: list[Token]) -> bool:
    """Tell whether what stands before "and signed" looks ahead: "it will be finished soon and signed"."""
    at = max((k for k, t in enumerate(before) if has(t, "be", "have", "modal", "irrealis")), default=0)
    return any(has(t, "modal", "irrealis") for t in before[max(0, at - 6) : at + 1])


def _signing(clause: Clause, i: int, around: set[str]) -> tuple[str, str, bool]:
    """Return what "signing" at token i says, by the classes before it, `around`, and those after."""
    row = clause.tokens
    off = any(has(t, "put off") for t in row)
    told = any(has(t, "report") for t in row[:i])
    if told and previous(row, i).text in ("ahead of", "before") and not off:
        return "none", "at the signing", True
    if previous(row, i).text in ("is", "are") and not off:
        return "planned", "signing now", False
    after = {name for t in row[i + 1 : clause.last] for name in t.classes}
    ahead = {"not", "irrealis", "talks", "intent", "approve"} & around
    ahead = ahead or {"modal", "intent", "not", "coming"} & after
    # "he was in A for the signing" tells of one that was; "the text is for signing" of one to come.
    been = any(t.text in ("was", "were") for t in row[clause.first : i])
    ahead = ahead or ({"be"} & around if not been else set())
    return ("planned", "signing ahead", False) if off or ahead else ("signed", "signing", True)


def _conditional(clause: Clause, tense: str, group: set[str], classes: set[str], words: set[str]) -> bool:
    """Tell whether a verb only says when or if: "once they have signed", "after they sign"."""
    row = clause.tokens
    after = row[clause.first].text == "after" and "," not in words
    if tense != "past":
        before = row[: clause.first]
        ahead = any(has(t, "modal") for t in before) or any(has(t, "irrealis") for t in before[-3:])
        relative = has(row[clause.first], "break") and ahead
        return relative or after or "irrealis" in classes
    if {"if", "were"} <= words:
        return True
    if "be" in group and not {"was", "were", "been"} & words and ("being" in words or "irrealis" in classes):
        return True
    once = bool({"once", "if", "as soon as"} & words) or after
    return once and "have" in group and "had" not in words


def _past(clause: Clause, k: int) -> bool:
    """Tell whether "A's", "the one with A" at k has a day, or precedes: "a week after A's"."""
    row = clause.tokens
    after = any(t.text in ("after", "following", "since") for t in row[max(clause.first, k - 3) : k])
    return kind_of(row, k) == "own" and (after or any(t.kind == "day" for t in row[k + 1 : clause.last]))


def _if(row: list[Token], k: int) -> bool:
    """Tell whether the "should" at k means if: "to consult should A attack"."""
    after = row[min(k + 1, len(row) - 1)]
    return row[k].text == "should" and bool(after.country or has(after, "nowhere"))


def presupposed(clause: Clause) -> Verdict | None:
    """Return what "the agreement with …" takes for granted: signed, or planned if the clause looks ahead."""
    row = clause.tokens
    known = [k for k in clause.span() if kind_of(row, k) in ("security", "bare") and definite(row, k)]
    # "A's documents" may be any
    known = [k for k in known if not (row[k].classes["paper"] == "bare" and previous(row, k).text == "'s")]
    known = [k for k in known if all(t.text != "about" for t in row[max(clause.first, k - 2) : k])]
    # "The two met over security guarantees": of whatever
    known = [
        k for k in known if not (has(row[k], "security") and row[k].text[-1] == "s" and clause.has("meet"))
    ]
    known = known or [k for k in clause.span() if _past(clause, k)]
    looks = [k for k in clause.span() if not (has(row[k], "undertake") or _if(row, k))]
    ahead = any((has(row[k], "modal") and row[k].text != "can") or intends(row, k) for k in looks)
    ahead = ahead and clause.opening() != "under"  # "under the pact A must consult"
    if not known or clause.has("report", "other paper"):
        return None
    paper = kind_of(row, known[0])
    if ahead and clause.has("ratify"):  # "it may take years to ratify the agreement"
        return None
    if ahead and all(t.text != "already" for t in clause.own()):
        return Verdict("planned", "presupposed", known[0], paper)
    if clause.has("irrealis", "not"):
        return None
    return Verdict("signed", "presupposed", known[0], paper, weak=True)
