"""What negotiating, preparing, wanting, refusing or putting off an agreement says: a plan."""

from pactlens.clauses import Clause, Verdict
from pactlens.lexicon import STOPS, Token, any_has, following, forms, has, previous
from pactlens.papers import KNOWN, MATTER, kind_of, led_by, papers

SEE = (["to", "see"], ["to", "get"], ["to", "have"])


def talks(clause: Clause) -> Verdict | None:
    """Return what negotiating, preparing, wanting, refusing or putting off a paper says."""
    row = clause.tokens
    if clause.opening() == "under":  # "under its agreement A plans to give more"
        return None
    label = next((i for i in clause.span()[:2] if has(row[i], "talks")), len(row))
    after = [t for t in row[label + 1 : label + 4] if t.text != "the"]
    if len(after) > 1 and after[0].text == ":" and after[1].country:
        return Verdict("planned", "in talks", label, "talks")  # "Under negotiation: A, B"
    told = next((i for i in clause.span() if row[i].text.startswith("announc")), None)
    if told is not None and _announced(clause, told):
        # "one with A was announced": on a day, it may be its signing
        return Verdict("planned", "in the making", told, "talks", weak=clause.dated(told))
    paper = papers(clause)
    if paper == "own" and any_has(row, "topic"):  # "talks about the last one of five Patriots"
        return None
    drafts = any(has(row[k], "draft", "paper") and kind_of(row, k) == "talks" for k in clause.span())
    paper = paper or led_by(clause) or ("talks" if drafts else None)
    if paper and not denied(clause):
        for makes in (_works, _wants):
            at = next((i for i in clause.span() if makes(clause, i)), None)
            if at is not None:
                return Verdict("planned", "in the making", at, paper)
    at = next((k for k in clause.span() if negotiates(clause, k)), None)
    return None if at is None else Verdict("planned", "in talks", at)


def _announced(clause: Clause, told: int) -> bool:
    """Tell whether the announcing at `told` is of an agreement to come: "more were announced"."""
    new = any(t.text in ("more", "further", "another") for t in clause.tokens[told : told + 4])
    was = has(previous(clause.tokens, told), "be", "adverb") and not clause.has("sign", "close")
    return (new or was) and papers(clause) is not None


def _works(clause: Clause, i: int) -> bool:
    """Tell whether token i is of preparing, refusing, coming or approving a paper."""
    row, after = clause.tokens, following(clause.tokens, i)
    if row[i].text in ("is ready", "are ready"):
        return papers(clause, range(clause.first, i)) is not None
    if has(row[i], "follow") and after.text in ("to", "from"):  # "jets are coming to U from A"
        return False
    approves = has(row[i], "approve") and clause.has("draft") and papers(clause) is not None
    return approves or has(row[i], "talks", "follow", "refuse")


def negotiates(clause: Clause, k: int) -> bool:
    """Tell whether token k is "negotiations", or "talks" that begin, go on or end, on no other matter."""
    row, text, after = clause.tokens, clause.tokens[k].text, clause.after(k)
    named = text.startswith(("negotiat", "consultation", "discussion")) or text.endswith("talks")
    named = named or text == "work" or (text.startswith("round") and clause.has("with", "between"))
    both_ways = has(row[k], "talks") and any(t.text == "bilaterally" for t in clause.own())
    meet = both_ways or has(row[k], "at talks")
    if not (named or meet) or denied(clause):
        return False
    person = any(t.kind == "person" or has(t, "title") for t in after[:3])
    if text.startswith("talking") and person:  # "was seen talking to A's prime minister"
        return False
    if not (both_ways or "bilateral" in text) and _on_another_matter(clause, k):
        return False
    alone = not after or after[0].text in STOPS or has(after[0], "adverb")
    alone = alone and "ions" not in text and any(t.country for t in row[:k])
    if meet or (text.startswith("negotiat") and (alone or clause.has("with", "between", "by"))):
        return True
    met = any(t.kind == "person" for t in after)
    return not met and any_has(row[clause.first : clause.last + 8], "under way")


def _on_another_matter(clause: Clause, k: int) -> bool:
    """Tell whether talks at token k are a stranger's, or about what is no security."""
    for t in clause.own():
        if (has(t, "elsewhere") and t.text != "before") or t.country in forms("stranger"):
            return True
    if clause.has("topic", "war"):
        return True
    row = clause.tokens
    on = next((n for n in range(k + 1, min(clause.last, k + 9)) if row[n].text in MATTER), clause.last)
    matter = clause.after(on)
    number = any(t.text.isdigit() for t in matter[:1])  # "with over 10 countries"
    ours = number or any_has(matter, "security", "draft", "paper")
    return bool(matter) and matter[0].kind != "day" and not ours


def denied(clause: Clause) -> bool:
    """Tell whether a clause denies without saying that it is late or refused: "is not negotiating"."""
    own = clause.own()
    at = next((k for k, t in enumerate(own) if has(t, "not") and not has(t, "talks", "refuse")), None)
    if at is None or clause.has("yet"):
        return False
    # "The talks with A have not got beyond the first round": there are some.
    return not (any_has(own[:at], "talks") and any_has(own[:at], "with", "between"))


def _wants(clause: Clause, i: int) -> bool:
    """Tell whether token i is "wants" with a paper as its object, or ends "an agreement is expected"."""
    row, end = clause.tokens, min(clause.last, i + 6)
    after = row[i + 1] if i + 1 < clause.last else row[-1]
    alone = after.text in STOPS or (has(after, "day", "away", "with", "visited") and after.text != "to")
    if alone and intends(row, i) and papers(clause, range(clause.first, i)):
        return True
    if not has(row[i], "intent") or row[i - 1].text in ("we", "i", "you"):
        return False
    last = next((k for k in range(i + 1, end) if has(row[k], "to", "sign", "close", "of", "with", "be")), end)
    return papers(clause, range(i + 1, last)) is not None


def intends(row: list[Token], k: int) -> bool:
    """Tell whether token k looks ahead: "is expected", "plans to", not "set the standard"."""
    before = next((t for t in reversed(row[:k]) if not has(t, "adverb")), row[0])
    after = following(row, k)
    return has(row[k], "intent") and (has(before, "be") or has(after, "to") or after.text == "for")


def wanted(before: list[Token], after: list[Token]) -> bool:
    """Tell whether a participle between these tokens is what someone wants: "A wants its pact signed"."""
    have = [n for n in range(1, len(before)) if has(before[n], "have") and has(before[n - 1], "modal")]
    at = max((k for k, t in enumerate(before) if has(t, "intent") or k in have), default=len(before))
    object_ = before[at + 1 :]
    if [t.text for t in object_[:2]] in SEE:  # "would like to see"
        object_ = object_[2:]
    # "wants the pact signed with U to be ratified", "may have ended the pact signed in May"
    goes_on = any_has(after[:1], "with", "by") or any_has(after, "to", "modal")
    if not object_ or goes_on or any(t.text == "," for t in object_):
        return False
    noun = has(object_[0], "nowhere", "paper", "security") or object_[0].text in KNOWN
    others = ("to", "modal", "of", "away", "by", "and", "break")
    return noun and any_has(object_, "paper") and not any_has(object_, *others)
