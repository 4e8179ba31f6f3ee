"""What having, joining, signatures and a place in the order say of an agreement without a verb of signing."""

from pactlens.clauses import RELATIVE, Clause, Verdict
from pactlens.lexicon import has, is_nth
from pactlens.papers import kind_of, papers

READY = ("ready", "done", "complete", "finished")


def has_one(clause: Clause) -> Verdict | None:
    """Return what "have such deals", "there is no agreement yet" or "agreements exist" says."""
    row = clause.tokens
    ends = ("sign", "close", "talks", "refuse", "report", "to", "of", "with", "by", "for", "break")
    for i in clause.span():
        away = has(row[i], "have") and has(row[min(i + 1, len(row) - 1)], "away")
        if away or not has(row[i], "have", "exist"):
            continue
        last = next(
            (k for k in range(i + 1, min(clause.last, i + 9)) if has(row[k], *ends)), min(clause.last, i + 9)
        )
        paper = papers(clause, range(i + 1, last) if has(row[i], "have") else None)
        held = has(row[i], "exist") or has(row[min(i + 1, len(row) - 1)], "with")
        if paper is None and held and clause.opening() in RELATIVE:
            those = clause.first and row[clause.first - 1].text in ("those", "ones")
            paper = papers(clause, range(max(0, clause.first - 8), clause.first)) or (
                "own" if those else None
            )
        if (first := _first_with(clause, i)) and not clause.has("not", "modal"):
            return Verdict("signed", "have", first, "security")
        if paper is None and not (has(row[i], "exist") and row[i - 1].text in ("they", "these")):
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


def _first_with(clause: Clause, i: int) -> int | None:
    """Return where "the first such agreement, with A" stands after the "have" at token i; or None."""
    row, passed = clause.tokens, (",", "—", "as", "well", "too")
    for k in range(i + 2, clause.last - 1):
        after = next((t for t in row[k + 1 : clause.last] if t.text not in passed), row[k])
        if has(after, "with") and kind_of(row, k) in ("security", "bare"):
            return k if any(t.text == "first" for t in row[max(0, k - 5) : k]) else None
    return None


def nth_to_have(clause: Clause) -> Verdict | None:
    """Return what "became the 15th state with such an agreement" says."""
    row = clause.tokens
    if not clause.has("become") or clause.has("talks", "not", "other paper"):
        return None
    for i in clause.span():
        rest = row[i + 1 : clause.last]
        nth = is_nth(row[i]) or row[i].text == "next"
        coming = any(has(t, "paper") for t in rest[:4]) and clause.opening() in ("it", "this")
        if nth and coming and any(has(t, "modal", "intent") for t in row[clause.first : i]):
            return Verdict("planned", "ordinal", i, papers(clause))
        if clause.has("intent"):
            continue
        of_states = any(has(t, "title") for t in rest[:5]) or any(has(t, "with") for t in rest[:1])
        if nth and of_states and any(has(t, "with") for t in rest):
            ahead = row[i].text == "next" or any(has(t, "modal") for t in row[clause.first : i])
            if papers(clause, range(i, clause.last)):
                return Verdict("planned" if ahead else "signed", "ordinal", i, "security")
    return None


def joins(clause: Clause) -> Verdict | None:
    """Return what "will join the states with a security agreement" says."""
    at = next((i for i in clause.span() if has(clause.tokens[i], "join")), None)
    if at is None or clause.has("not", "other paper"):
        return None
    others = any(has(t, "member") for t in clause.tokens[at : at + 5]) and any(
        has(t, "sign", "close") for t in clause.tokens
    )
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
    return None if bare else Verdict("signed", "signatures", at, paper)
