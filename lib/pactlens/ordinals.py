"""The rules that find in one sentence a place in the order of signing, or of joining the declaration.

Their words and patterns stand in data/claims.csv.
"""

import re
from collections.abc import Iterator

from pactlens.findings import Context, Finding, partners_after, scope, verbs
from pactlens.numerals import Phrase, has, pattern, phrases, value

WITH = re.compile(r"\s+with\s+(?:the\s+)?")


def ordinals(text: str, context: Context) -> Iterator[Finding]:
    """Yield the places in the order of signing, or of joining the declaration: "the 16th country to sign"."""
    for phrase in phrases(text, "ordinal"):
        before = max((start for start, _ in context.partners if start < phrase.start), default=-1)
        if any(before < start < phrase.start for start in context.strangers):
            continue
        if kind := _place(text, phrase, context):
            rule = f"Nth {phrase.unit or 'of its kind'}"
            yield Finding(kind, *phrase[:4], rule, scope(phrase, context))


def _place(text: str, phrase: Phrase, context: Context) -> str | None:
    """Return the kind of claim that a place in an order makes, or None."""
    if phrase.unit == "party" and _of_declaration(text, phrase, context):
        return "joined_declaration"
    near = has("agreement", text + context.before) or phrase.leads("to sign") or has("signed", context.before)
    bare = phrase.leads("alone one") and phrase.follows("bare ordinal")
    bare = bare or (not phrase.unit and _with_a_partner(phrase, context))
    another = phrase.follows("agreement with an") and not has("scope", phrase.words)
    bare = bare or (another and not pattern("in a period").search(phrase.right))
    ours = near and (bare or pattern("its kind").match(phrase.rest))
    if not (ours or (phrase.unit and pattern("signed paper").search(phrase.rest))):
        return None
    if _of_others(text, phrase):
        return None
    return "ordinal" if phrase.value > 1 or _first_of_all(text, phrase, context, bare) else None


def _of_others(text: str, phrase: Phrase) -> bool:
    """Return whether a place is in another order: of talks, meetings, members, papers of another kind."""
    if has("other paper", phrase.rest) and not has("agreement", phrase.rest):
        return True
    if phrase.follows("of a gathering") or pattern("plural").search(phrase.words) or phrase.leads("outside"):
        return True
    if pattern("member only").match(phrase.rest):  # "A, the 32nd member of NATO, signed"
        return True
    own = pattern("beyond").split(phrase.right)[0]  # "the first agreement since the G7 opened negotiations"
    if phrase.follows("apposition"):
        if has("other paper", phrase.left[-40:]):  # "a loan deal, the third,"
            return True
        own = own.partition(",")[0]  # "The agreement, the 28th in all, was prepared in A."
    if (has("in talks", phrase.left + own) or "discussions" in own) and not has("signed", phrase.clause):
        return True
    did = phrase.leads("to do so") and verbs(text[: phrase.start])[-1:] == ["planned"]
    if did or phrase.leads("to talk"):  # "Talks began with A, the third country to do so."
        return True
    return verbs(own)[:1] in (["planned"], ["joined"], ["negated"]) or verbs(phrase.left)[-1:] == ["hoped"]


def _of_declaration(text: str, phrase: Phrase, context: Context) -> bool:
    """Return whether a place is in the order of those who joined: "the 30th to join the declaration"."""
    if pattern("declared").match(phrase.rest) or phrase.follows("declared before"):
        return True
    if pattern("to do so").match(phrase.rest):
        joined = has("joined", context.before) and has("declaration", context.before)
        return joined and not has("signed", f"{context.before} {text}")
    return bool(pattern("to sign it").match(phrase.rest)) and has("declaration", text[: phrase.start])


def _first_of_all(text: str, phrase: Phrase, context: Context, bare: bool) -> bool:
    """Return whether a first is the first of all, and not "the first outside NATO", "among the first"."""
    if pattern("first of some").search(phrase.right) or phrase.follows("one of first"):
        return False
    if pattern("first told of").match(phrase.rest) and pattern("several on a day").search(context.before):
        return False  # "They signed two on Friday. The first was with A."
    if pattern("first to").match(phrase.rest):
        return True
    if phrase.unit != "party" and _with_a_partner(phrase, context):
        return True
    did = phrase.leads("to do so") and phrase.follows("is the")
    named = any(start < phrase.start for start, _ in context.partners)  # "A was first."
    if not (bare or did) or not named or phrase.words not in ("", " country"):
        return False
    return phrase.follows("agreement is") or "signed" in verbs(context.before + text[: phrase.start])


def _with_a_partner(phrase: Phrase, context: Context) -> bool:
    """Return whether one was signed with a partner: "signed the first (agreement) with A"."""
    after = partners_after(phrase, context)
    return phrase.follows("signed the") and any(WITH.fullmatch(between) for between, _ in after)


def numbered(text: str, context: Context) -> Iterator[Finding]:
    """Yield the places in the order of signing told as numbers: "country number eight with such a deal"."""
    if has("agreement", text + context.before):
        for found in pattern("numbered").finditer(text):
            number = value(found["number"] or found["place"])
            yield Finding("ordinal", number, "=", *found.span(), "number N", "agreements")
