"""What having, joining, signatures and a place in the order say of an agreement without a verb of signing."""

import itertools

from pactlens.agreements import unions
from pactlens.clauses import DETERMINERS, RELATIVE, Clause, Verdict
from pactlens.lexicon import Token, has, is_nth, previous
from pactlens.numerals import counted
from pactlens.papers import papers

READY = ("ready", "done", "complete", "finished")
ENDS = ("sign", "close", "talks", "refuse", "report", "approve", "to", "of", "with", "by", "for", "break")


def has_one(clause: Clause) -> Verdict | None:
    """Return what "have such deals", "there is no agreement yet" or "agreements exist" says."""
    row = clause.tokens
    for i in clause.span():
        after = row[min(i + 1, len(row) - 1)]
        away = has(row[i], "have") and has(
            after, "away", "meet", "move", "be"
        )  # "has held talks", "has been"
        if away or not has(row[i], "have", "exist"):
            continue
        end = min(clause.last, i + 9)
        last = next((k for k in range(i + 1, end) if has(row[k], *ENDS)), end)
        there = row[i].text.startswith("there")  # "after the first one there is a chance"
        paper = papers(clause, range(i + 1, end if there else last) if there or has(row[i], "have") else None)
        if has(row[i], "have") and _auxiliary(row[i + 1 : i + 3]):  # "have exchanged such papers"
            continue
        if paper is None and clause.opening() in RELATIVE and after.text not in DETERMINERS:
            paper = papers(clause, range(max(0, clause.first - 8), clause.first))
        lead = previous(row, i).text
        told = lead in ("they", "these") or counted(lead)  # "six exist up to now"
        told = told or (
            counted(after.text) and row[min(i + 2, len(row) - 1)].text == "("
        )  # "there are 3 (with"
        if paper is None and not (has(row[i], "exist") and told):
            continue
        start = clause.group(i)
        if any(has(t, "irrealis") for t in row[clause.first : i]):
            return Verdict("none", "condition", i, paper)
        denied = has(row[i], "exist") and any(t.text == "no" for t in row[clause.first : i])
        if denied or any(has(t, "not") for t in row[start : min(clause.last, i + 5)]):
            return Verdict("planned" if clause.has("yet", "put off") else "none", "none yet", i, paper)
        nth = row[start].text == "to" and any(map(is_nth, row[:start]))
        if nth and not any(has(t, "modal", "intent") for t in row[:i]):
            return Verdict("signed", "ordinal", i, paper)  # "became the third, after A and B, to have one"
        coming = row[min(i + 1, len(row) - 1)].text == "to"  # "there is to be an agreement"
        if coming or any(has(t, "modal", "to", "intent") for t in row[start:i]):
            return Verdict("planned", "future", i, paper)
        unfinished = (t.text for t in row[i : clause.last] if has(t, "talks"))
        if any(text.startswith(("under ", "in the ")) or text.endswith(READY) for text in unfinished):
            return Verdict("planned", "in the making", i, paper)
        return Verdict("signed", "have" if has(row[i], "have") else "exists", i, paper)
    return None


def _auxiliary(after: list[Token]) -> bool:
    """Tell whether "have" is no verb of its own, by the tokens after it: "has also promised"."""
    verb = next((t for t in after if not has(t, "adverb")), None)
    return verb is not None and verb.text.endswith(("ed", "tten", "oken", "aken", "own"))


def nth_to_have(clause: Clause) -> Verdict | None:
    """Return what "became the 15th state with such an agreement" says."""
    row = clause.tokens
    if not clause.has("become") or clause.has("talks", "not", "other paper"):
        return None
    for i in clause.span():
        rest, before = row[i + 1 : clause.last], row[clause.first : i]
        nth = is_nth(row[i]) or row[i].text == "next"
        to_be = any(has(t, "be") and has(n, "to") for t, n in itertools.pairwise(before))
        ahead = row[i].text == "next" or to_be or any(has(t, "modal", "intent") for t in before)
        if nth and ahead and clause.opening() in ("it", "this") and any(has(t, "paper") for t in rest[:4]):
            return Verdict("planned", "ordinal", i, papers(clause))
        of_states = any(has(t, "title") for t in rest[:5]) or any(has(t, "with") for t in rest[:1])
        if nth and of_states and any(has(t, "with") for t in rest) and papers(clause, range(i, clause.last)):
            return Verdict("planned" if ahead else "signed", "ordinal", i, "security")
    return None


def joins(clause: Clause) -> Verdict | None:
    """Return what "will join the states with a security agreement" says."""
    at = next((i for i in clause.span() if has(clause.tokens[i], "join")), None)
    if at is None or clause.has("not"):
        return None
    after = clause.tokens[at + 1 : clause.last]
    first = next((t for t in after if t.text != "the"), clause.tokens[at])
    if first.country in unions():  # "both want to join the EU"
        return None
    noun = next((t for t in after if has(t, "paper", "other paper")), None)
    joined = clause.tokens[at].text.startswith("join")
    later = after[after.index(noun) + 1 :][:4] if noun else []  # "joined the guarantees that the G7 adopted"
    of_group = any(has(t, "group") for t in later) or bool(noun and noun.text.startswith("guarantees"))
    if joined and noun and (noun.classes.get("other paper") == "aside" or of_group):
        return Verdict("none", "other paper", at, "other")  # "has joined the G7 declaration"
    if clause.has("other paper"):
        return None
    others = any(has(t, "member") for t in clause.tokens[at : at + 5]) and any(
        has(t, "sign", "close") for t in clause.tokens
    )
    named = any(t.country or has(t, "member") for t in after)
    if clause.tokens[at].text.startswith("follow") and not named:  # "it follows commitments"
        return None
    if not (papers(clause) or others):
        return None
    before = clause.tokens[clause.first : at]
    nth = any(has(t, "ordinal") for t in before)
    ahead = any(has(t, "modal", "intent") or (has(t, "to") and not nth) for t in before)
    return Verdict("planned" if ahead else "signed", "joins", at, "security")


def signatures(clause: Clause) -> Verdict | None:
    """Return what "it bears the signatures of …" says."""
    at = next((i for i in clause.span() if has(clause.tokens[i], "bear")), None)
    if at is None or clause.has("modal", "not", "intent", "irrealis", "talks", "other paper"):
        return None
    paper = papers(clause)
    bare = paper is None and clause.tokens[at].text.startswith("signature")
    named = previous(clause.tokens, at).text == "as"  # "the page named A and B as signatories"
    return None if bare else Verdict("signed", "signatures", at, paper, weak=named)
