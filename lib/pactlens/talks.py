"""What negotiating, preparing, wanting, refusing or putting off an agreement says: a plan."""

import itertools

from pactlens.clauses import RELATIVE, Clause, Verdict
from pactlens.lexicon import STOPS, Token, forms, has, previous
from pactlens.papers import MATTER, kind_of, papers


def talks(clause: Clause) -> Verdict | None:
    """Return what negotiating, preparing, wanting, refusing or putting off a paper says."""
    row = clause.tokens
    label = next((i for i in clause.span()[:2] if has(row[i], "talks")), len(row))
    after = [t for t in row[label + 1 : label + 4] if t.text != "the"]
    if len(after) > 1 and after[0].text == ":" and after[1].country:
        return Verdict("planned", "in talks", label, "talks")  # "Under negotiation: A, B"
    told = next((i for i in clause.span() if row[i].text.startswith("announc")), len(row))
    new = any(t.text in ("more", "further", "another") for t in row[told : told + 4])
    was = told < len(row) and has(previous(row, told), "be", "adverb") and not clause.has("sign", "close")
    ours = papers(clause) or any(t.text.startswith("signing") for t in row[told:])
    if ours and (new or was):  # "one with A was announced": on a day, it may be its signing
        return Verdict("planned", "in the making", told, "talks", weak=clause.dated(told))
    drafts = (k for k in clause.span() if has(row[k], "draft", "paper"))
    paper = papers(clause)
    if paper == "own" and any(has(t, "topic") for t in row):  # "talks about the last one of five Patriots"
        return None
    if paper is None and clause.opening() in RELATIVE:  # "the agreement that A is preparing"
        paper = papers(clause, range(max(0, clause.first - 8), clause.first))
    paper = paper or next((kind for k in drafts if (kind := kind_of(row, k)) == "talks"), None)
    working = (i for i in clause.span() if _works(row, i) or _approves(clause, i))
    wanting = (i for i in clause.span() if _wants(clause, i) or _awaited(clause, i))
    at = next(itertools.chain(working, wanting), None)
    if paper and at is not None and not denied(clause):
        return Verdict("planned", "in the making", at, paper)
    may = (k for k in clause.span() if row[k].classes or k == clause.first)
    at = next((k for k in may if negotiates(clause, k)), None)
    return None if at is None else Verdict("planned", "in talks", at)


def _works(row: list[Token], i: int) -> bool:
    """Tell whether token i is of preparing, refusing or coming: not "jets are coming to U from A"."""
    after = row[min(i + 1, len(row) - 1)]
    moves = has(row[i], "follow") and after.text in ("to", "from")
    other = row[i].text.endswith(" no") and not has(after, "paper", "security")  # "wants no delay"
    return has(row[i], "talks", "follow", "refuse") and not (moves or other)


def negotiates(clause: Clause, k: int) -> bool:
    """Tell whether token k is "negotiations", or "talks" that begin, go on or end, on no other matter."""
    row, text = clause.tokens, clause.tokens[k].text
    named = text.startswith(("negotiat", "consultation", "discussion")) or text.endswith("talks")
    named = named or (text == "work" and k - clause.first < 3)
    named = named or (text.startswith("round") and clause.has("with", "between"))
    both_ways = has(row[k], "talks") and any(t.text == "bilaterally" for t in clause.own())
    if not (named or both_ways or has(row[k], "at talks")) or denied(clause):
        return False
    mutual = ("bilateral" in text or both_ways) and not clause.has("topic")
    if not mutual and _on_another_matter(clause, k):
        return False
    if both_ways or has(row[k], "at talks"):
        return True
    leaders = any(has(t, "pair") for t in row[k + 1 : clause.last])  # a meeting, of whatever
    alone = k + 1 == clause.last or row[k + 1].text in STOPS or has(row[k + 1], "adverb")
    alone = alone and "ions" not in text and any(t.country for t in row[:k])
    if text.startswith("negotiat") and (alone or clause.has("with", "between", "by")) and not leaders:
        return True
    met = any(t.kind == "person" for t in row[k + 1 : clause.last])
    return not met and any(has(t, "under way") for t in row[clause.first : clause.last + 8])


def _on_another_matter(clause: Clause, k: int) -> bool:
    """Tell whether talks at token k are a stranger's, or about what is no security."""
    row = clause.tokens
    other = any(t.classes.get("other paper") == "other" for t in clause.own())
    apart = any(has(t, "elsewhere") and t.text != "before" for t in clause.own())
    if other or apart or clause.has("topic", "war"):
        return True
    if any(t.country in forms("stranger") for t in clause.own()):
        return True
    on = next((n for n in range(k + 1, min(clause.last, k + 9)) if row[n].text in MATTER), clause.last)
    matter = row[on + 1 : clause.last]
    number = matter[:1] and matter[0].text.isdigit()  # "with over 10 countries"
    ours = number or any(has(t, "security", "draft", "paper") for t in matter)
    return bool(matter) and matter[0].kind != "day" and not ours


def denied(clause: Clause) -> bool:
    """Tell whether a clause denies without saying that it is late or refused: "is not negotiating"."""
    own = clause.own()
    at = next((k for k, t in enumerate(own) if has(t, "not") and not has(t, "talks", "refuse")), None)
    if at is None or clause.has("yet"):
        return False
    # "The talks with A have not got beyond the first round": there are some.
    there = any(has(t, "talks") for t in own[:at]) and any(has(t, "with", "between") for t in own[:at])
    return not (there and has(previous(own, at), "have"))


def _wants(clause: Clause, i: int) -> bool:
    """Tell whether token i is "wants", "plans", … with a paper as its object."""
    row, end = clause.tokens, min(clause.last, i + 6)
    if not has(row[i], "intent") or row[i - 1].text in ("we", "i", "you"):
        return False
    if [t.text for t in row[i + 1 : i + 3]] == ["to", "have"]:  # "hopes to have the agreement ready"
        return papers(clause, range(i + 3, min(clause.last, i + 12))) is not None
    last = next((k for k in range(i + 1, end) if has(row[k], "to", "sign", "close", "of", "with", "be")), end)
    return papers(clause, range(i + 1, last)) is not None


def _awaited(clause: Clause, i: int) -> bool:
    """Tell whether token i ends "an agreement with A is expected", "A's is due"."""
    row = clause.tokens
    after = row[i + 1] if i + 1 < clause.last else row[-1]
    alone = after.text in STOPS or (has(after, "day", "away", "with", "visited") and after.text != "to")
    return alone and intends(row, i) and papers(clause, range(clause.first, i)) is not None


def _approves(clause: Clause, i: int) -> bool:
    """Tell whether token i is "approved", of the draft of a paper, or "ready", of a paper."""
    if clause.tokens[i].text in ("is ready", "are ready"):
        return papers(clause, range(clause.first, i)) is not None
    return has(clause.tokens[i], "approve") and clause.has("draft") and papers(clause) is not None


def intends(row: list[Token], k: int) -> bool:
    """Tell whether token k looks ahead: "is expected", "plans to", not "set the standard"."""
    before = next((t for t in reversed(row[:k]) if not has(t, "adverb")), row[0])
    after = row[min(k + 1, len(row) - 1)]
    return has(row[k], "intent") and (has(before, "be") or has(after, "to") or after.text == "for")
