"""The rules that find counts and places in the order in one sentence.

Their words and patterns stand in data/claims.csv.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from pactlens import countries
from pactlens.numerals import Phrase, entry, has, pattern, phrases, value


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
    strangers: list[int]  # where it names other countries
    unions: frozenset[str]  # partners that are no countries
    of_another_paper: bool  # whether the article opens with another paper
    of_declaration: bool  # whether it opens with the declaration


def _added(phrase: Phrase, context: Context) -> str | None:
    """Return the partner that the text adds to a number: the EU in "24 countries and the EU"."""
    for start, country in context.partners:
        if start >= phrase.end and pattern("and").fullmatch(phrase.right[: start - phrase.end]):
            return country
    return None


def _scope(phrase: Phrase, context: Context) -> str:
    group = pattern("<scope>").search(phrase.words)
    if phrase.unit == "agreement" or not (phrase.unit or phrase.follows("with")):
        return "agreements"
    if phrase.unit and group:
        return f"countries ({entry('scope', group[0])})"
    return "countries without EU" if phrase.unit and _added(phrase, context) else "countries"


def _cue(phrase: Phrase) -> str:
    """Return the kind of verb that governs a number, a group of pattern "cue"; "" if there is none."""
    left, right = (list(pattern("cue").finditer(side)) for side in (phrase.left, phrase.right))
    names = [["", *(str(cue.lastgroup) for cue in left)], [*(str(cue.lastgroup) for cue in right), ""]]
    last, first = (name.replace("infinitive", "planned") for name in (names[0][-1], names[1][0]))
    between = phrase.right[: right[0].start()] if right else ""
    if has("unsigned", phrase.words) or (has("other", phrase.words) and phrase.leads("listed")):
        return "planned"
    if right and (not phrase.unit or first == "joined") and pattern("verb at once").fullmatch(between):
        return first
    if phrase.unit == "party" and phrase.leads("holds") and first != "planned":
        return "existing"
    verb = phrase.leads("verb follows")
    if not verb and (phrase.follows("has") or phrase.follows("number is")):
        coming = first == "planned" and len(between) < 3
        return "planned" if coming else last if last not in ("", "signed") else "existing"
    if right and (verb or not (left or pattern("another verb").search(between))):
        return "hoped" if (last, first) == ("hoped", "planned") else first
    close = len(left) > 1 and left[-1].start() - left[-2].end() < 15
    return names[0][-2] if close and names[0][-2] in ("negated", "hoped") else last


def _stands_alone(phrase: Phrase) -> bool:
    """Return whether a number without a noun counts agreements: "17 have been signed", "the number is 7"."""
    first = pattern("cue").search(phrase.right)
    between = re.sub(r"^\s+(?:that|which|who)\b", "", phrase.right[: first.start()]) if first else ""
    if first and pattern("verb at once").fullmatch(between):
        return True
    beside = (phrase.words or phrase.follows("beside")) and phrase.leads("alone")
    among = phrase.follows("has") and (phrase.leads("with parties") or phrase.follows("of such"))
    told = phrase.follows("number is") and not phrase.leads("measure")
    told = told or (phrase.words.endswith("of them") and phrase.follows("with them"))
    return bool(beside or among or told or phrase.leads("in total") or phrase.follows("with another"))


def counts(text: str, context: Context) -> Iterator[Finding]:
    """Yield how many have signed, are in talks, or joined the declaration."""
    for phrase in phrases(text, "number"):
        exact = phrase.value > 1 and phrase.operator != "~" and (phrase.unit or _stands_alone(phrase))
        counted = exact and not _of_another_kind(text, phrase, context)
        kind = _kind(text, phrase, context) if counted else None
        if kind:
            rule = f"{phrase.unit or 'number'} {kind.replace('_', ' ')}"
            yield Finding(kind, *phrase[:4], rule, _scope(phrase, context))


def _members(group: str) -> list[str]:
    return countries.members(str(entry("scope", group)))


def _of_another_kind(text: str, phrase: Phrase, context: Context) -> bool:
    """Return whether a number is of another paper, a whole group or "the two", or is no clean total."""
    right = phrase.words + phrase.right
    paper = phrase.left + right.split(" for ")[0] if phrase.unit == "party" else phrase.words
    paper = "" if phrase.unit == "agreement" and pattern("such").search(paper) else paper
    aside = phrase.leads("about") or phrase.follows("no total") or phrase.leads("talks over")
    if has("other paper", paper) or aside:
        return True
    if pattern("either").search(phrase.left + right):  # "with 32 we have either signed or are signing"
        return True
    if phrase.value < 5 and phrase.follows("definite"):  # "with the two agreements"
        return True
    dated = phrase.follows("month before") and (not phrase.unit or phrase.words.startswith("  "))
    if phrase.follows("days of a month") or dated:  # "KYIV, May 30 (A) -- Partners"
        return True
    if (
        phrase.value < 5
        and phrase.words.endswith("of them")
        and not has("in talks", phrase.left + phrase.right)
    ):
        return True
    if "member" in phrase.words and phrase.value in map(len, map(_members, pattern("<scope>").findall(text))):
        return True
    whole = pattern("group before").search(phrase.left) or pattern("group after").search(right)
    if whole and len(_members(whole["group"])) == phrase.value:
        return True
    if phrase.follows("guests") or (phrase.follows("every") and pattern("everyone").search(phrase.words)):
        return True
    papers = phrase.unit == "agreement" or has("other", phrase.words)
    of_them = phrase.unit and phrase.follows("of") and not phrase.leads("holds")
    told = phrase.leads("relative") or phrase.leads("signed so far")
    if (of_them or phrase.follows("definite")) and not papers and not told:
        return True
    groups = (len(_members(group)) for group in pattern("<scope>").findall(text))
    if phrase.words.endswith("of them") and phrase.value in groups:  # "all G7 states, seven of them"
        return True
    return _added(phrase, context) not in (None, *context.unions)


def _kind(text: str, phrase: Phrase, context: Context) -> str | None:
    """Return the kind of claim that a counted number makes, or None."""
    cue, left, right = _cue(phrase), phrase.left, phrase.words + phrase.right
    papers, clause, near = phrase.unit == "agreement", left + right, text + context.before
    other, agreed = has("other", phrase.words) or phrase.follows("another"), pattern("agreed").match(right)
    apart = context.of_another_paper and not (has("agreement", text) or has("joined", clause))
    if (
        _few(phrase, cue, clause)
        or apart
        or cue in ("negated", "hoped")
        or (cue == "existing" and not has("agreement", near))
    ):
        return None
    if _under_one_paper(phrase, context, near):
        return "joined_declaration"
    # "20 of the signatories": what follows says what they did
    some = phrase.words.startswith((" of the", " of those")) or pattern("holds agreements").match(right)
    joined = cue == "joined" or ("signator" in phrase.words and not some) or phrase.follows("declaration has")
    joined = joined or (has("in declaration", right.split(" since the ")[0]) and not (agreed or some))
    so = pattern("done so").match(right) is not None
    joined = joined or (so and has("joined", context.before + text[: phrase.start]))
    if joined and not (papers or phrase.follows("agreements with")) and has("declaration", near):
        return None if has("other declaration", text) else "joined_declaration"
    told = phrase.leads("in total") and has("agreement", near)
    such = has("such", phrase.words) if papers else has("like", clause)
    of_signers = agreed or (has("joined", left) if other else has("agreement", near))
    by_itself = cue == "joined" and pattern("joined alone").match(right)  # "13 had joined: A, B, …"
    if by_itself and context.of_declaration and not has("agreement", clause):
        return "joined_declaration"
    if cue == "joined" and not of_signers:
        return None
    if not (cue or told or such):
        return None
    if cue == "planned":
        return "negotiating" if not papers or other or has("in talks", clause) else None
    if phrase.unit == "party" or "other" in phrase.words.split():
        ours = phrase.follows("with them")
        before = has("earlier", clause) or (other and not ours)
        had = has("had", clause) and not (ours or pattern("by then").search(left))
        before = before or (context.tells_signing and (other or had))
        return "others_signed" if before or has("joined", left.rpartition(",")[2]) else "signed_total"
    done = has("event", clause) and not pattern("event told").search(clause)
    event = other or done or pattern("placed").search(clause)
    return None if event and not has("total", clause) else "signed_total"


def _few(phrase: Phrase, cue: str, clause: str) -> bool:
    """Return whether a small number is that of one event: "signed with two states on Friday"."""
    other = has("other", phrase.words) or phrase.follows("another")
    alone = phrase.unit == "party" and not other
    if phrase.value > 4 or cue not in ("signed", "", "planned"):
        return False
    if cue == "planned":
        these = phrase.words.endswith("of them")  # "with three of them it is negotiating"
        return (alone and not these) or ("announced" in phrase.left and not other)
    told = alone and cue == "signed" and pattern("placed").search(clause)
    return bool(told) or not (other or pattern("no event").search(clause))


def _under_one_paper(phrase: Phrase, context: Context, near: str) -> bool:
    """Return whether many put their names under one paper, which is no agreement between two."""
    right = phrase.words + phrase.right
    names = pattern("under it").search(right) and not has("other paper", near)
    by_them = phrase.follows("signed by them") and not has("agreement", phrase.left)
    by_them = by_them and has("declaration", context.before + phrase.left)
    by_them = by_them and not has("other declaration", near)
    return phrase.unit == "party" and bool(names or by_them)


def ordinals(text: str, context: Context) -> Iterator[Finding]:
    """Yield the places in the order of signing, or of joining the declaration: "the 16th country to sign"."""
    for phrase in phrases(text, "ordinal"):
        before = max((start for start, _ in context.partners if start < phrase.start), default=-1)
        if any(before < start < phrase.start for start in context.strangers):
            continue
        if kind := _place(text, phrase, context):
            rule = f"Nth {phrase.unit or 'of its kind'}"
            yield Finding(kind, *phrase[:4], rule, _scope(phrase, context))


def _place(text: str, phrase: Phrase, context: Context) -> str | None:
    """Return the kind of claim that a place in an order makes, or None."""
    right = phrase.words + phrase.right
    sides = (pattern("cue").finditer(side) for side in (phrase.left, phrase.right))
    before, after = ([str(cue.lastgroup) for cue in cues] for cues in sides)
    signed = {"signed", "infinitive"} & set(after)
    declared = pattern("declared").match(right) is not None or phrase.follows("declared before")
    it = pattern("to sign it").match(right) is not None and has("declaration", text[: phrase.start])
    if phrase.unit == "party" and (declared or it):
        return "joined_declaration"
    near = has("agreement", text + context.before) or phrase.leads("to sign")
    near = near or has("signed", context.before)
    bare = phrase.leads("alone one") and phrase.follows("bare ordinal") and not has("scope", phrase.words)
    paper = phrase.unit and (signed or pattern("signed paper").search(right))
    first = phrase.value == 1 and pattern("first signed").match(right) is not None
    bare = bare or (phrase.leads("alone one") and phrase.follows("it will be"))
    one = phrase.follows("agreement with an") and not has("scope", phrase.words)
    bare = bare or (one and not pattern("in a period").search(phrase.right))
    if not (paper or (near and (bare or first or pattern("its kind").match(right)))):
        return None
    other = has("other paper", phrase.words) or (has("other paper", right) and not has("agreement", right))
    talks = has("in talks", text) and not (signed or first or "signed" in before)
    if other or talks or phrase.leads("outside") or after[:1] in (["planned"], ["joined"], ["negated"]):
        return None
    if phrase.value == 1 and _first_of_some(phrase, right, context):
        return None
    if pattern("plural").search(phrase.words) or phrase.leads("same day") or before[-1:] == ["hoped"]:
        return None
    if phrase.follows("of a gathering"):  # "the summit is the third of its kind"
        return None
    return "ordinal" if phrase.value > 1 or pattern("first to").match(right) else None


def _first_of_some(phrase: Phrase, right: str, context: Context) -> bool:
    """Return whether a first is that of some, or of one day: "the first outside NATO", "among the first"."""
    some = pattern("first of some").search(phrase.right) or phrase.follows("outside before")
    was = pattern("first told of").search(right)
    told = was and pattern("several on a day").search(context.before)
    return bool(some or told or phrase.follows("one of first"))


def numbered(text: str, context: Context) -> Iterator[Finding]:
    """Yield the places in the order of signing told as numbers: "country number eight with such a deal"."""
    for found in pattern("numbered").finditer(text) if has("agreement", text + context.before) else ():
        yield Finding(
            "ordinal", value(found["number"] or found["place"]), "=", *found.span(), "number N", "agreements"
        )
