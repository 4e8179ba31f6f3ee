"""What having, joining, signatures and a place in the order say of an agreement without a verb of signing."""

import itertools

from pactlens.agreements import unions
from pactlens.clauses import DETERMINERS, Clause, Verdict
from pactlens.lexicon import Token, any_has, following, has, is_nth, previous
from pactlens.numerals import counted
from pactlens.papers import led_by, of_another, papers

ENDS = ("sign", "close", "talks", "refuse", "report", "approve", "to", "of", "with", "by", "for", "break")
PARTICIPLES = (
    "ed",
    "tten",
    "oken",
    "aken",
    "own",
    "put",
    "set",
    "led",
    "held",
    "given",
    "brought",
    "kept",
    "gone",
    "come",
    "begun",
)
UNFINISHED = ("under ", "in the ", "in preparation", "ready")  # "has one in the works"


def has_one(clause: Clause) -> Verdict | None:
    """Return what "have such deals", "there is no agreement yet" or "agreements exist" says."""
    verbs = (i for i in clause.span() if has(clause.tokens[i], "have", "exist"))
    return next((said for i in verbs if (said := _having(clause, i))), None)


def _having(clause: Clause, i: int) -> Verdict | None:
    """Return what the "have" or "exist" at token i says."""
    row, after, start = clause.tokens, following(clause.tokens, i), clause.group(i)
    exists = has(row[i], "exist")
    if not exists and (has(after, "away", "meet", "move", "be") or _auxiliary(row[i + 1 : i + 3])):
        return None  # "has held talks", "has been"
    paper = _had(clause, i)
    if paper is None and not (exists and _counted(row, i)):
        return None
    if row[i].text == "existing" and not clause.has("with", "between"):
        return None  # "the existing agreements will stand"
    if any_has(clause.before(i), "irrealis"):
        return Verdict("none", "condition", i, paper)
    if any_has(row[start : min(clause.last, i + 5)], "not"):
        return Verdict("planned" if clause.has("yet", "put off") else "none", "none yet", i, paper)
    if row[start].text == "to" and any(map(is_nth, row[:start])):
        return Verdict("signed", "ordinal", i, paper)  # "became the third, after A and B, to have one"
    if any_has(row[start:i], "modal", "to", "intent"):
        return Verdict("planned", "future", i, paper)
    if any(has(t, "talks") and t.text.startswith(UNFINISHED) for t in clause.after(i)):
        return Verdict("planned", "in the making", i, paper)
    return Verdict("signed", "exists" if exists else "have", i, paper)


def _had(clause: Clause, i: int) -> str | None:
    """Return the kind of paper that is had, or exists, by the verb at token i."""
    row, end = clause.tokens, min(clause.last, i + 9)
    if row[i].text.startswith("there"):  # "after the first one there is a chance"
        paper = papers(clause, range(i + 1, end))
    elif has(row[i], "have"):
        paper = papers(clause, range(i + 1, next((k for k in range(i + 1, end) if has(row[k], *ENDS)), end)))
    else:
        paper = papers(clause)
    return paper or (None if following(row, i).text in DETERMINERS else led_by(clause))


def _counted(row: list[Token], i: int) -> bool:
    """Tell whether those that exist are counted: "six exist up to now", "there are 3 (with …)"."""
    lead = previous(row, i).text
    return lead in ("they", "these") or bool(counted(lead)) or following(row, i, 2).text == "("


def _auxiliary(after: list[Token]) -> bool:
    """Tell whether "have" is no verb of its own, by the tokens after it: "has also promised"."""
    verb = next((t for t in after if not has(t, "adverb")), None)
    return verb is not None and verb.text.endswith(PARTICIPLES)


def nth_to_have(clause: Clause) -> Verdict | None:
    """Return what "became the 15th state with such an agreement" says."""
    row = clause.tokens
    if not clause.has("become") or clause.has("talks", "not", "other paper"):
        return None
    for i in clause.span():
        upcoming, rest, before = row[i].text == "next", clause.after(i), clause.before(i)
        if not (upcoming or is_nth(row[i])):
            continue
        to_be = any(has(t, "be") and has(n, "to") for t, n in itertools.pairwise(before))
        ahead = upcoming or to_be or any_has(before, "modal", "intent")
        if ahead and clause.opening() in ("it", "this") and any_has(rest[:4], "paper"):
            return Verdict("planned", "ordinal", i, papers(clause))
        of_states = any_has(rest[:5], "title") or any_has(rest[:1], "with")
        if of_states and papers(clause, range(i, clause.last)):
            return Verdict("planned" if ahead else "signed", "ordinal", i, "security")
    return None


def joins(clause: Clause) -> Verdict | None:
    """Return what "will join the states with a security agreement" says."""
    at = next((i for i in clause.span() if has(clause.tokens[i], "join")), None)
    if at is None or clause.has("not"):
        return None
    verb, after = clause.tokens[at], clause.after(at)
    if verb.text == "joined" and any_has(clause.tokens[clause.group(at) : at], "be"):
        # "The guarantees were joined by A", "he was joined by A's leader"
        pledge = any(has(t, "other paper") or t.text.startswith("guarantees") for t in clause.before(at))
        return Verdict("none", "other paper", at, "other") if pledge else None
    first = next((t for t in after if t.text != "the"), verb)
    if first.country in unions():  # "both want to join the EU"
        return None
    if verb.text.startswith("join") and _joins_group(after):
        return Verdict("none", "other paper", at, "other")
    if clause.has("other paper"):
        return None
    if verb.text.startswith("follow") and not any(t.country or has(t, "member") for t in after):
        return None  # "it follows commitments"
    lead = next((k for k, t in enumerate(after) if t.country), len(after))
    if verb.text.startswith("come") and papers(clause, range(at, at + 1 + lead)) is None:
        return None  # "it comes after A promised help"
    others = any_has(after[:4], "member") and any_has(clause.tokens, "sign", "close")
    if not (others or papers(clause)):
        return None
    before = clause.before(at)
    to = any_has(before, "to") and not any_has(before, "ordinal")
    ahead = to or any_has(before, "modal", "intent")
    return Verdict("planned" if ahead else "signed", "joins", at, "security")


def _joins_group(after: list[Token]) -> bool:
    """Tell whether what is joined is a group's: "has joined the G7 declaration"."""
    at = next((k for k, t in enumerate(after) if has(t, "paper", "other paper")), None)
    if at is None:
        return False
    if after[at].classes.get("other paper") == "aside" or after[at].text.startswith("guarantees"):
        return True
    return any_has(after[at + 1 : at + 5], "group")  # "joined the security pledge that the G7 adopted"


def signatures(clause: Clause) -> Verdict | None:
    """Return what "it bears the signatures of …" says."""
    at = next((i for i in clause.span() if has(clause.tokens[i], "bear")), None)
    if at is None or clause.has("modal", "not", "intent", "irrealis", "talks", "other paper"):
        return None
    paper = None if of_another(clause) else papers(clause)
    bare = paper is None and clause.tokens[at].text.startswith("signature")
    named = previous(clause.tokens, at).text == "as"  # "the page named A and B as signatories"
    return None if bare else Verdict("signed", "signatures", at, paper, weak=named)
