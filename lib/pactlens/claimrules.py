"""The rules that find claims in one sentence: counts, places in the order, terms, times of consultation.

Their words and patterns stand in data/claims.csv.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from pactlens import countries
from pactlens.numerals import Phrase, entry, has, pattern, phrases, value

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
    tells_signing: bool  # whether the article opens with a signing, told in another sentence
    partners: list[tuple[int, str]]  # where the sentence names possible partners
    unions: frozenset[str]  # partners that are no countries


def _ends(name: str, text: str, phrase: Phrase) -> re.Match[str] | None:
    """Match a pattern in the clause to the left of a number."""
    return pattern(name).search(text, phrase.low, phrase.start)


def _added(text: str, phrase: Phrase, context: Context) -> str | None:
    """Return the partner that the text adds to a number: the EU in "24 countries and the EU"."""
    for start, country in context.partners:
        if phrase.end <= start <= phrase.high and pattern("and").fullmatch(text[phrase.end : start]):
            return country
    return None


def _scope(text: str, phrase: Phrase, context: Context) -> str:
    group = pattern("<scope>").search(phrase.words)
    if phrase.unit == "agreement" or not (phrase.unit or _ends("with", text, phrase)):
        return "agreements"
    if phrase.unit and group:
        return f"countries ({entry('scope', group[0])})"
    return "countries without EU" if phrase.unit and _added(text, phrase, context) else "countries"


def _cue(text: str, phrase: Phrase) -> str:
    """Return the kind of verb that governs a number, a group of pattern "cue"; "" if there is none."""
    cues = list(pattern("cue").finditer(text, phrase.low, phrase.high))
    left = [cue for cue in cues if cue.end() <= phrase.start]
    right = [cue for cue in cues if cue.start() >= phrase.end]
    last, first = (
        str(cues[0].lastgroup).replace("infinitive", "planned") if cues else ""
        for cues in (left[-1:], right[:1])
    )
    between = text[phrase.end : right[0].start()] if right else ""
    follows = pattern("verb follows").match(text, phrase.end, phrase.high)
    if right and not phrase.unit and pattern("verb at once").fullmatch(between):
        return first
    if phrase.unit == "party" and pattern("holds").match(text, phrase.end, phrase.high):
        return "existing"
    if not follows and (_ends("has", text, phrase) or _ends("number is", text, phrase)):
        coming = first == "planned" and len(between) < 3
        return "planned" if coming else last if last not in ("", "signed") else "existing"
    if right and (follows or not (left or pattern("another verb").search(between))):
        return "hoped" if (last, first) == ("hoped", "planned") else first
    if len(left) > 1 and left[-2].lastgroup == "negated" and left[-1].start() - left[-2].end() < 15:
        return "negated"
    return last


def _stands_alone(text: str, phrase: Phrase) -> bool:
    """Return whether a number without a noun counts agreements: "17 have been signed", "the number is 7"."""
    first = pattern("cue").search(text, phrase.end, phrase.high)
    at_once = first and pattern("verb at once").fullmatch(text, phrase.end, first.start())
    told = at_once or _ends("number is", text, phrase) or pattern("in total").match(text, phrase.end)
    beside = phrase.words or _ends("with", text, phrase)
    return bool(told or (beside and pattern("alone").match(text, phrase.end)))


def counts(text: str, context: Context) -> Iterator[Finding]:
    """Yield how many have signed, are in talks, or joined the declaration."""
    for phrase in phrases(text, "number"):
        exact = phrase.value > 1 and phrase.operator != "~" and (phrase.unit or _stands_alone(text, phrase))
        counted = exact and not _of_another_kind(text, phrase, context)
        kind = _kind(text, phrase, context) if counted else None
        if kind:
            rule = f"{phrase.unit or 'number'} {kind.replace('_', ' ')}"
            yield Finding(kind, *phrase[:4], rule, _scope(text, phrase, context))


def _of_another_kind(text: str, phrase: Phrase, context: Context) -> bool:
    """Return whether a number is of another paper, a whole group or "the two", or is no clean total."""
    party, right = phrase.unit == "party", text[phrase.end : phrase.high]
    paper = text[phrase.low : phrase.high] if party else phrase.words
    if has("other paper", paper) or pattern("about").match(right) or _ends("dated", text, phrase):
        return True
    if phrase.words.endswith("times") and not _ends("signed times", text, phrase):
        return True
    whole = _ends("group before", text, phrase) or pattern("group after").search(phrase.words + right)
    if whole and len(countries.members(str(entry("scope", whole["group"])))) == phrase.value:
        return True
    if phrase.unit != "agreement" and not has("other", phrase.words) and not pattern("relative").match(right):
        of_them = party and _ends("of", text, phrase) and not pattern("holds").match(right)
        if of_them or _ends("definite", text, phrase):
            return True
    return _added(text, phrase, context) not in (None, *context.unions)


def _kind(text: str, phrase: Phrase, context: Context) -> str | None:
    """Return the kind of claim that a counted number makes, or None."""
    party, clause, cue = phrase.unit == "party", text[phrase.low : phrase.high], _cue(text, phrase)
    right = phrase.words + text[phrase.end : phrase.high]
    other = has("other", phrase.words) or _ends("another", text, phrase)
    if cue in ("negated", "hoped"):
        return None
    declared = cue == "joined" or "signator" in phrase.words or _ends("declaration has", text, phrase)
    if not declared and not has("agreement", right):
        declared = any(
            pattern(name).search(right) for name in ("<behind>", "in declaration", "signed declaration")
        )
    if declared and phrase.unit != "agreement" and has("declaration", text + context.before):
        return None if has("other declaration", text) else "joined_declaration"
    told = pattern("in total").match(text, phrase.end) and has("agreement", text + context.before)
    such = has("like", clause) if phrase.unit != "agreement" else has("such", phrase.words)
    if (cue == "joined" and not other) or not (cue or told or such):
        return None
    if cue == "planned":
        return "negotiating" if phrase.unit != "agreement" or other or has("in talks", clause) else None
    if party or "other" in phrase.words.split():
        by_them = not _ends("with them", text, phrase)
        before = other and (context.tells_signing or by_them)
        before = (
            before or (by_them and has("had", clause) and context.tells_signing) or has("earlier", clause)
        )
        return "others_signed" if before else "signed_total"
    event = other or has("event", clause) or pattern("placed").search(clause)
    return None if event and not has("total", clause) else "signed_total"


def ordinals(text: str, context: Context) -> Iterator[Finding]:
    """Yield the places in the order of signing: "the 16th country to sign"."""
    for phrase in phrases(text, "ordinal"):
        right = text[phrase.end - len(phrase.words) : phrase.high]
        bare = pattern("alone one").match(text, phrase.end) and _ends("bare ordinal", text, phrase)
        kind = (pattern("its kind").match(right) or bare) and has("agreement", text + context.before)
        after = [str(cue.lastgroup) for cue in pattern("cue").finditer(text, phrase.end, phrase.high)]
        paper = {"signed", "infinitive"} & set(after) or pattern("signed paper").search(right)
        other = has("other paper", phrase.words) or bool({*after[:1]} & {"planned", "joined", "negated"})
        if other or pattern("plural").search(phrase.words) or pattern("same day").match(text, phrase.end):
            continue
        alone = pattern("first to").match(phrase.words) and pattern("only one").match(text, phrase.end)
        if (kind or (phrase.unit and paper)) and (phrase.value > 1 or alone):
            rule, scope = f"Nth {phrase.unit or 'of its kind'}", _scope(text, phrase, context)
            yield Finding("ordinal", phrase.value, "=", phrase.start, phrase.end, rule, scope)


def durations(text: str, context: Context) -> Iterator[Finding]:
    """Yield the terms of agreements, in years."""
    meant = context.before if pattern("they").match(text) else ""
    for match in pattern("years").finditer(text):
        number, (start, end) = value(match["number"] or match["long"].split("-")[0]), match.span()
        noun, rule = pattern("year noun").match(text, end), _term(text, start, end, meant)
        if noun and not has("other paper", noun[0]):
            rule, end = TERMS[0], noun.end()
        if rule and number < 100 and (number >= 5 or rule == TERMS[0]):  # shorter ones are budgets
            yield Finding("duration_years", number, "=", start, end, rule, "agreements")


def _term(text: str, start: int, end: int, meant: str) -> str | None:
    """Return the rule by which "N years" at this place is a term to come, not a past, an age or a budget."""
    low = text.rfind(";", 0, start) + 1
    near = text[max(low, start - 40) : start]
    if pattern("term past").search(near) or pattern("term after past").match(text, end):
        return None
    if pattern("lasting").search(text, low, start):
        return None
    said = pattern("term said").search(near) or pattern("term follows").match(text, end)
    said = said or (pattern("the term").search(near) and pattern("of term").match(text, end))
    if not said and not pattern("term before").search(near):
        return None
    if has("agreement", text + meant) and (said or not has("money", near)):
        return TERMS[1]
    return TERMS[2] if has("undertaking", text) and not has("money", near.rpartition(",")[2]) else None


def consultations(text: str, _: Context) -> Iterator[Finding]:
    """Yield the hours within which the sides consult after an attack."""
    meeting = has("consult", text) or (has("attack", text) and pattern("attack to come").search(text))
    for match in pattern("hours").finditer(text) if meeting and not has("peace", text) else ():
        if match["bound"] or match["hyphen"] or match["after"]:
            hours, end = value(match["number"]), match.end() - len(match["after"] or "")
            yield Finding("consult_hours", hours, "=", match.start(), end, "within N hours", "agreements")
