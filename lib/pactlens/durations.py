"""The rules that find the term of an agreement, and its time of consultation, in one sentence.

Their words and patterns stand in data/claims.csv.
"""

import re
from collections.abc import Iterator

from pactlens.claimrules import Context, Finding
from pactlens.numerals import has, pattern, value

LONGEST_TERM = 60  # years: who marks 75 has been there so long
# The rules that find a term, the plainest first.
TERMS = ("N-year agreement", "agreement for N years", "support for N years")


def durations(text: str, context: Context) -> Iterator[Finding]:
    """Yield the terms of agreements, in years."""
    meant = context.before if pattern("they").match(text) else ""
    for match in pattern("years").finditer(text):
        number, (start, end) = value(match["number"] or match["long"].split("-")[0]), match.span()
        noun, rule = pattern("year noun").match(text, end), _term(text, start, end, meant)
        if noun and not has("other paper", noun[0]):
            rule, end = TERMS[0], noun.end()
        if rule and number < LONGEST_TERM and (number >= 5 or rule == TERMS[0]):  # shorter ones are budgets
            yield Finding("duration_years", number, "=", start, end, rule, "agreements")


def _term(text: str, start: int, end: int, meant: str) -> str | None:
    """Return the rule by which "N years" at this place is a term to come, not a past, an age or a budget."""
    low = text.rfind(";", 0, start) + 1
    near = text[max(low, start - 40) : start]
    said = pattern("term said").search(near) or pattern("term follows").match(text, end)
    said = said or (pattern("the term").search(near) and pattern("of term").match(text, end))
    if pattern("term past").search(near) or pattern("lasting").search(text, low, start):
        return None
    if not said and (pattern("term after past").match(text, end) or not pattern("term before").search(near)):
        return None
    spent = has("money", near.rpartition(",")[2])
    if has("agreement", text + meant):
        spent = spent or has("money", re.split("[,;]", text[end:])[0])
        return TERMS[1] if said or not spent else None
    if said and not spent:
        return TERMS[2]
    spent = spent or has("money", text[end:].split(";")[0])
    return TERMS[2] if has("undertaking", text) and not spent else None


def consultations(text: str, context: Context) -> Iterator[Finding]:
    """Yield the hours within which the sides consult after an attack."""
    near = f"{context.before} {text}" if has("assemble", text) else text
    if context.of_another_paper and (has("other paper", text) or not has("agreement", near)):
        return
    meeting = has("consult", text) or (has("attack", near) and pattern("attack to come").search(near))
    for match in pattern("hours").finditer(text) if meeting and not has("peace", text) else ():
        if match["bound"] or match["hyphen"] or match["after"]:
            hours, end = value(match["number"]), match.end() - len(match["after"] or "")
            yield Finding("consult_hours", hours, "=", match.start(), end, "within N hours", "agreements")
