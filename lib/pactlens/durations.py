"""The rules that find the term of an agreement, and its time of consultation, in one sentence.

Their words and patterns stand in data/claims.csv.
"""

import re
from collections.abc import Iterator

from pactlens.findings import Context, Finding
from pactlens.numerals import has, pattern, value

LONGEST_TERM = 60  # years: who marks 75 has been there so long
SHORTEST_TERM = 5  # what is shorter is a budget's, unless an agreement is called so
# The rules that find a term, the plainest first.
TERMS = ("N-year agreement", "agreement for N years", "support for N years", "N years")


def durations(text: str, context: Context) -> Iterator[Finding]:
    """Yield the terms of agreements, in years."""
    meant = context.before if pattern("they").match(text) else ""
    for match in pattern("years").finditer(text):
        number, (start, end) = value(match["number"] or match["long"].split("-")[0]), match.span()
        noun = pattern("year noun").match(text, end)
        if noun and noun[0].endswith("term") and pattern("of office").search(text, 0, start):
            rule = ""
        elif noun and not has("other paper", noun[0]):
            rule, end = TERMS[0], noun.end()
        elif number >= SHORTEST_TERM and not pattern("of another").search(text, 0, start):
            rule = _term(text, start, end, meant) or _bare_term(text, match, context)
        else:
            rule = ""
        if rule and number < LONGEST_TERM:
            yield Finding("duration_years", number, "=", start, end, rule, "agreements")


def _past(text: str, start: int) -> bool:
    """Return whether what stands before "N years" makes them a past."""
    low = max(text.rfind(";", 0, start) + 1, start - 40)
    past = pattern("term past").search(text[low:start])
    return bool(past or pattern("lasting").search(text, text.rfind(";", 0, start) + 1, start))


def _bare_term(text: str, match: re.Match[str], context: Context) -> str:
    """Return the rule by which years without a word of a term are one: "signed it for 10 years"."""
    start, end = match.span()
    ten_year = text[start:end].endswith("year")  # "a ten-year plan", not "for ten years"
    noun, before = pattern("bare term noun"), pattern("bare term before")
    said = noun.match(text, end) if ten_year else before.search(text[:start])
    if not said or _past(text, start) or pattern("term after past").match(text, end) or has("money", text):
        return ""
    near = context.before + text
    return TERMS[-1] if has("agreement", near) or pattern("signs one").search(near) else ""


def _term(text: str, start: int, end: int, meant: str) -> str:
    """Return the rule by which "N years" is a term to come, "" where it is a past, an age or a budget's."""
    near, after = text[max(text.rfind(";", 0, start) + 1, start - 40) : start], text[end:]
    if _past(text, start) or pattern("ago").match(after):
        return ""
    said = pattern("term said").search(near) or pattern("term follows").match(after)
    said = said or (pattern("the term").search(near) and pattern("of term").match(after))
    if not said and (pattern("term after past").match(after) or not pattern("term before").search(near)):
        return ""
    spent = not said and has("money", near.rpartition(",")[2] + re.split("[,;]", after)[0])
    if spent:
        return ""
    if has("agreement", text + meant):
        return TERMS[1]
    return TERMS[2] if said or has("undertaking", text) else ""


def consultations(text: str, context: Context) -> Iterator[Finding]:
    """Yield the hours within which the sides consult after an attack."""
    near = f"{context.before} {text}" if has("assemble", text) else text
    meeting = has("consult", text) or (has("attack", near) and pattern("attack to come").search(near))
    for match in pattern("hours").finditer(text) if meeting else ():
        low, high = text.rfind(";", 0, match.start()) + 1, f"{text};".find(";", match.end())
        beside = text[max(low, match.start() - 40) : min(high, match.end() + 40)]
        if has("peace", text) and not has("consult", beside):
            continue
        if match["bound"] or match["hyphen"] or match["after"]:
            hours, end = value(match["number"]), match.end() - len(match["after"] or "")
            yield Finding("consult_hours", hours, "=", match.start(), end, "within N hours", "agreements")
