"""The rules that find claims in one sentence: counts, places in the order, terms, times of consultation.

Their words and patterns stand in data/claims.csv.
"""

import re
from collections.abc import Callable, Iterator
from functools import cache
from typing import NamedTuple

from pactlens import countries
from pactlens.numerals import Phrase, entry, forms, has, pattern, phrases, value

# The rules that find a term, the plainest first.
TERMS = ("N-year agreement", "agreement for N years", "support for N years")


class Finding(NamedTuple):
    """One claim in a sentence; offsets in the sentence."""

    kind: str
    value: int
    operator: str
    start: int
    end: int
    rule: str
    scope: str


class Context(NamedTuple):
    """What a sentence is read against."""

    before: str  # the sentence before it
    tells_signing: Callable[[], bool]  # whether the article opens with a signing
    partners: list[tuple[int, int, str]]  # where the sentence names possible partners
    unions: frozenset[str]  # partners that are no countries


def _added(text: str, phrase: Phrase, context: Context) -> str | None:
    """Return the partner that the text adds to a number: the EU in "24 countries and the EU"."""
    for start, _, country in context.partners:
        if phrase.end <= start <= phrase.high and pattern("and").fullmatch(text[phrase.end : start]):
            return country
    return None


def _scope(text: str, phrase: Phrase, kind: str, context: Context) -> str:
    group = pattern("<scope>").search(phrase.words)
    if phrase.unit == "party" and group:
        return f"countries ({entry('scope', group[0])})"
    if phrase.unit == "party" and _added(text, phrase, context):
        return "countries without EU"
    with_them = pattern("with").search(text, phrase.low, phrase.start)
    return "countries" if phrase.unit == "party" or (not phrase.unit and with_them) else "agreements"


def _cue(text: str, phrase: Phrase) -> str:
    """Return the kind of verb that governs a number: a group of pattern "cue"; "" if there is none."""
    cues = list(pattern("cue").finditer(text, phrase.low, phrase.high))
    left = [cue for cue in cues if cue.end() <= phrase.start]
    right = [cue for cue in cues if cue.start() >= phrase.end]
    follows = pattern("verb follows").match(text, phrase.end, phrase.high)
    if right and not phrase.unit and pattern("verb at once").fullmatch(text, phrase.end, right[0].start()):
        return str(right[0].lastgroup)
    unreal = str(left[-1].lastgroup) if left and left[-1].lastgroup in ("negated", "hoped", "planned") else ""
    if phrase.unit == "party" and pattern("holds").match(text, phrase.end, phrase.high):
        return "existing"
    if not follows and (_search("has", text, phrase) or _search("number is", text, phrase)):
        coming = right and right[0].lastgroup == "planned" and right[0].start() < phrase.end + 3
        return "planned" if coming else unreal or "existing"
    if right and (
        follows or not (left or re.search(r"\sand(?: \w+)? $", text[phrase.end : right[0].start()]))
    ):
        after = str(right[0].lastgroup)
        return (
            "signed"
            if after == "infinitive"
            else "hoped"
            if after == "planned" and unreal == "hoped"
            else after
        )
    if not left:
        return ""
    denied = len(left) > 1 and left[-2].lastgroup == "negated" and left[-1].start() - left[-2].end() < 15
    return (
        "negated" if denied else "planned" if left[-1].lastgroup == "infinitive" else str(left[-1].lastgroup)
    )


def _search(name: str, text: str, phrase: Phrase) -> bool:
    return pattern(name).search(text, phrase.low, phrase.start) is not None


def _stands_alone(text: str, phrase: Phrase) -> bool:
    """Return whether a number without a noun counts agreements: "17 have been signed", "the number is 7"."""
    first = pattern("cue").search(text, phrase.end, phrase.high)
    if first and pattern("verb at once").fullmatch(text, phrase.end, first.start()):
        return True
    beside = phrase.words or _search("with", text, phrase)
    told = _search("number is", text, phrase) or pattern("in total").match(text, phrase.end)
    return bool(told or (beside and pattern("alone").match(text, phrase.end)))


def counts(text: str, context: Context) -> Iterator[Finding]:
    for phrase in phrases(text, "cardinal"):
        if phrase.value < 2 or phrase.operator == "~" or not (phrase.unit or _stands_alone(text, phrase)):
            continue
        if not _of_another_kind(text, phrase, context):
            kind = _count(text, phrase, context)
            if kind:
                rule = f"{phrase.unit or 'number'} {kind.replace('_', ' ')}"
                scope = _scope(text, phrase, kind, context)
                yield Finding(kind, phrase.value, phrase.operator, phrase.start, phrase.end, rule, scope)


def _of_another_kind(text: str, phrase: Phrase, context: Context) -> bool:
    """Return whether a number counts another paper, a whole group, "the two countries", or gives no clean total."""
    clause, right = text[phrase.low : phrase.high], text[phrase.end : phrase.high]
    if has("other paper", phrase.words if phrase.unit == "agreement" else clause):
        return True
    if pattern("about").match(right) or pattern("dated").search(text, phrase.low, phrase.start):
        return True
    before = pattern("group before").search(text, phrase.low, phrase.start)
    group = before["group"] if before else next(iter(pattern("<scope>").findall(phrase.words + right)), None)
    if group and _size(group) == phrase.value:
        return True
    if phrase.unit == "party" and not has("other", phrase.words) and not pattern("relative").match(right):
        if _search("definite", text, phrase) or (
            _search("of", text, phrase) and not pattern("holds").match(right)
        ):
            return True
    return not {_added(text, phrase, context)} <= {None, *context.unions}


@cache
def _size(group: str) -> int:
    return len(countries.members(str(entry("scope", group))))


def _count(text: str, phrase: Phrase, context: Context) -> str | None:
    """Return the kind of claim that a counted number makes, or None."""
    clause, cue = text[phrase.low : phrase.high], _cue(text, phrase)
    other = has("other", phrase.words) or bool(
        re.search(rf"{forms('other')}\s+$", text[phrase.low : phrase.start])
    )
    if cue in ("negated", "hoped"):
        return None
    if phrase.unit != "agreement" and _declared(text, clause, cue, phrase, context):
        return None if has("other declaration", text) else "joined_declaration"
    if cue == "joined" and not other:
        return None
    told = pattern("in total").match(text, phrase.end) and has("agreement", text + context.before)
    if (
        not cue
        and not told
        and not (has("such", phrase.words) if phrase.unit == "agreement" else has("like", clause))
    ):
        return None
    if cue == "planned":
        return "negotiating" if phrase.unit != "agreement" or other or has("in talks", clause) else None
    if phrase.unit == "party":
        of_subject = re.search(r"\bwith\s+$", text[phrase.low : phrase.start]) and not context.tells_signing()
        earlier = context.tells_signing() and re.search(r"\bhad\b", clause)
        before = (other and not of_subject) or earlier or pattern("earlier").search(clause)
        return "others_signed" if before else "signed_total"
    event = other or has("event", clause) or re.search(r"\b(?:in|at|on)\s+(?:the\s+)?[A-Z]\w", clause)
    return None if event and not has("total", clause) else "signed_total"


def _declared(text: str, clause: str, cue: str, phrase: Phrase, context: Context) -> bool:
    """Return whether a number is of those that joined the declaration, not of those that signed an agreement."""
    if cue == "joined" or "signator" in phrase.words:
        return has("declaration", text) or has("declaration", context.before)
    right = phrase.words + text[phrase.end : phrase.high]
    stand_behind = has("behind", right) or pattern("signed declaration").search(right)
    return bool(stand_behind) and has("declaration", clause) and not has("agreement", right)


def ordinals(text: str, context: Context) -> Iterator[Finding]:
    for phrase in phrases(text, "ordinal"):
        right = text[phrase.end - len(phrase.words) : phrase.high]
        bare = pattern("alone one").match(text, phrase.end) and _search("bare ordinal", text, phrase)
        kind = pattern("its kind").match(right) or (bare and has("agreement", text + context.before))
        after = [cue.lastgroup for cue in pattern("cue").finditer(text, phrase.end, phrase.high)]
        paper = {"signed", "infinitive"} & set(after) or has("agreement", right) or has("of its kind", right)
        if has("other paper", phrase.words) or pattern("plural").search(phrase.words):
            continue
        if after[:1] in (["planned"], ["joined"], ["negated"]) or pattern("same day").match(text, phrase.end):
            continue
        if not kind and not (phrase.unit and (paper or "signator" in phrase.words)):
            continue
        first_of_all = pattern("first to").match(phrase.words) and pattern("only one").match(text, phrase.end)
        if phrase.value > 1 or first_of_all:
            rule, scope = f"Nth {phrase.unit or 'of its kind'}", _scope(text, phrase, "ordinal", context)
            yield Finding("ordinal", phrase.value, "=", phrase.start, phrase.end, rule, scope)


def durations(text: str, _: Context) -> Iterator[Finding]:
    for match in pattern("years").finditer(text):
        number, (start, end) = value(match["number"] or match["long"].split("-")[0]), match.span()
        noun, rule = pattern("year noun").match(text, end), _term(text, start, end)
        if noun and not has("other paper", noun[0]):
            rule, end = TERMS[0], noun.end()
        if rule == TERMS[2] and number < 5:  # shorter ones are budgets
            rule = None
        if rule and number < 100:
            yield Finding("duration_years", number, "=", start, end, rule, "agreements")


def _term(text: str, start: int, end: int) -> str | None:
    """Return the rule by which "N years" at this place is a term to come, not a past, an age or a budget."""
    low, high = text.rfind(";", 0, start) + 1, text.find(";", end) % (len(text) + 1)
    near = text[max(low, start - 40) : start]
    if pattern("term past").search(near) or pattern("term after past").match(text, end):
        return None
    follows = pattern("term follows").match(text, end)
    whole = follows or pattern("the term").search(near) and pattern("of term").match(text, end)
    said = pattern("term said").search(near) or pattern("term beside").search(near) or whole
    if not said and not pattern("term before").search(near):
        return None
    if has("agreement", text):
        return TERMS[1] if said or not has("money", near) else None
    return TERMS[2] if has("undertaking", text) and not has("money", text[low:high]) else None


def consultations(text: str, _: Context) -> Iterator[Finding]:
    for match in pattern("hours").finditer(text):
        told = match["bound"] or match["unit"][0] not in " \u00a0\n"
        if told and _consults(text):
            hours = value(match["number"])
            yield Finding("consult_hours", hours, "=", *match.span(), "within N hours", "agreements")


def _consults(text: str) -> bool:
    meeting = has("consult", text) or (has("meet", text) and has("attack", text))
    return meeting and not has("peace", text)
