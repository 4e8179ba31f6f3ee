"""The rules that find counts and places in the order in one sentence.

Their words and patterns stand in data/claims.csv.
"""

from collections.abc import Iterator
from typing import NamedTuple

from pactlens import agreements, countries
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


def counts(text: str, context: Context) -> Iterator[Finding]:
    """Yield how many have signed, are in talks, or joined the declaration."""
    for phrase in phrases(text, "number"):
        exact = (
            1 < phrase.value <= len(countries.names())
            and phrase.operator != "~"
            and (phrase.unit or _stands_alone(phrase))
        )
        kind = _kind(text, phrase, context) if exact and not _of_another_kind(text, phrase, context) else None
        if kind:
            rule = f"{phrase.unit or 'number'} {kind.replace('_', ' ')}"
            yield Finding(kind, *phrase[:4], rule, _scope(phrase, context))


def _scope(phrase: Phrase, context: Context) -> str:
    if phrase.unit == "agreement" or not (phrase.unit or phrase.follows("with")):
        return "agreements"
    if group := pattern("<scope>").search(phrase.words):
        return f"countries ({entry('scope', group[0])})"
    return "countries without EU" if _added(phrase, context) else "countries"


def _added(phrase: Phrase, context: Context) -> str | None:
    """Return the partner that the text adds to a number: the EU in "24 countries and the EU"."""
    for start, country in context.partners:
        if start >= phrase.end and pattern("and").fullmatch(phrase.right[: start - phrase.end]):
            return country
    return None


def verbs(words: str) -> list[str]:
    """Return the kinds of verbs in some words, the groups of pattern "cue"."""
    return [str(cue.lastgroup) for cue in pattern("cue").finditer(words)]


def _verb_at_once(phrase: Phrase) -> str:
    """Return the kind of the verb right after a number: "17 that have been signed"; "" if there is none."""
    cue = pattern("cue").search(phrase.right)
    at_once = cue and pattern("verb at once").fullmatch(phrase.right, 0, cue.start())
    return str(cue.lastgroup) if cue and at_once else ""


def _cue(phrase: Phrase) -> str:
    """Return the kind of verb that governs a number, a group of pattern "cue"; "" if there is none."""
    own = pattern("led in").sub("", phrase.left)  # "After the G7 made a declaration, 20 states joined it"
    left, first = list(pattern("cue").finditer(own)), next(iter(verbs(phrase.right)), "")
    last = str(left[-1].lastgroup) if left else ""
    verb, papers = phrase.leads("verb follows"), phrase.unit == "agreement"
    if has("unsigned", phrase.words) or phrase.leads("listed"):
        return "planned"
    if phrase.unit == "party" and phrase.follows("none of"):
        return "negated"
    if "signator" in phrase.words and phrase.leads("of agreements"):
        return "signed"
    at_once = _verb_at_once(phrase)
    if at_once and (not phrase.unit or at_once == "joined"):
        return at_once
    if not phrase.follows("will have") and (has("signed", phrase.words) or (papers and at_once == "signed")):
        return "signed"
    if phrase.leads("holds") and first not in ("planned", "infinitive"):
        return "existing"
    if not verb and phrase.follows("has") and pattern("in the works").match(phrase.right):
        return "planned"
    if (phrase.follows("has") or phrase.follows("number is")) and not (verb and first):
        return last if last not in ("", "signed") else "existing"
    if first and (verb or not left):
        return "hoped" if last == "hoped" else first
    close = len(left) > 1 and left[-1].start() - left[-2].end() < 15
    return str(left[-2].lastgroup) if close and left[-2].lastgroup in ("negated", "hoped") else last


def _stands_alone(phrase: Phrase) -> bool:
    """Return whether a number without a noun counts agreements: "17 have been signed", "the number is 7"."""
    of_them = phrase.words.endswith("of them") and phrase.follows("with them")
    told = phrase.follows("number is") and not phrase.leads("measure")
    beside = (phrase.words or phrase.follows("beside")) and phrase.leads("alone")
    beside = beside or (phrase.follows("one of") and phrase.leads("relative")) or phrase.leads("that they signed")
    among = phrase.follows("has") and (phrase.leads("with parties") or phrase.follows("of such"))
    total = phrase.leads("in total") or phrase.follows("with another")
    object_ = phrase.leads("no noun") and (phrase.follows("signed so many") or phrase.follows("agreement, has"))
    return bool(_verb_at_once(phrase) or of_them or told or beside or among or total or object_)


def _of_another_kind(text: str, phrase: Phrase, context: Context) -> bool:
    """Return whether a number counts something else: parties of another paper, some of them, a group."""
    if _of_another_paper(phrase) or phrase.leads("about"):
        return True
    papers = phrase.unit == "agreement"
    before = text[: phrase.start]  # "56 memorandums were signed in May, and 23 more this week"
    if not phrase.unit and has("other paper", before) and not has("agreement", before):
        return True
    digits = text[phrase.start : phrase.start + 1].isdigit()
    if digits and phrase.follows("month before"):  # "KYIV, May 30 - Partners", "on June 28 partners signed"
        return True
    # "with 32 we have either signed or are signing"
    if phrase.follows("no total") or phrase.leads("talks over") or pattern("either").search(phrase.clause):
        return True
    some = phrase.value < 5 and pattern("some of").search(phrase.words)
    if some and not has("in talks", phrase.left + phrase.right):
        return True
    told = papers or has("other", phrase.words) or phrase.leads("relative")
    few = phrase.value < 5 and not phrase.leads("signed so far")
    if phrase.follows("definite") and (few or not told):  # "with the two agreements"
        return True
    group = phrase.follows("one of") and phrase.leads("ends")  # "one of four neutral states, signed"
    if group or (phrase.unit and phrase.follows("of") and not told):
        return True
    return _is_a_group(text, phrase) or _added(phrase, context) not in (None, *agreements.unions())


def _of_another_paper(phrase: Phrase) -> bool:
    """Return whether a number is of another paper: the first told after it, else one told before it."""
    if phrase.unit == "agreement":
        return has("other paper", phrase.words) and not pattern("such").search(phrase.words)
    after = None if phrase.follows("agreements with") else pattern("any paper").search(phrase.right)
    if after and not has("other paper", phrase.words):
        return has("other paper", after[0])
    return has("other paper", phrase.left + phrase.words)


def _is_a_group(text: str, phrase: Phrase) -> bool:
    """Return whether a number counts all of a group: "the 27 EU states", "all 32 members"."""
    groups = pattern("<scope>").findall(text)
    sizes = {group: len(countries.members(str(entry("scope", group)))) for group in groups}
    whole = pattern("group before").search(phrase.left) or pattern("group after").search(phrase.rest)
    if whole and sizes[whole["group"]] == phrase.value:
        return True
    everyone = pattern("everyone").search(phrase.words) is not None
    if everyone and phrase.follows("every"):
        return True
    # "all G7 states, seven of them"
    return (everyone or phrase.words.endswith("of them")) and phrase.value in sizes.values()


def _kind(text: str, phrase: Phrase, context: Context) -> str | None:
    """Return the kind of claim that a counted number makes, or None."""
    cue = _cue(phrase).replace("infinitive", "planned")
    clause, near, papers = phrase.clause, text + context.before, phrase.unit == "agreement"
    other = has("other", phrase.words) or phrase.follows("another")
    if cue in ("negated", "hoped") or (cue == "existing" and not has("agreement", near)):
        return None
    if phrase.value < 5 and _of_one_event(phrase, cue, other):
        return None
    if _joins(text, phrase, context, cue):
        return None if has("other declaration", phrase.clause) else "joined_declaration"
    joins = has("joined", phrase.left)  # "joins nine others", and not "seven took part in it"
    if cue == "joined" and not has("agreement", near if joins else clause):
        return None
    such = has("such", phrase.words) if papers else has("like", clause)
    before = other and (has("earlier", clause) or phrase.follows("added to"))  # "like 15 others before it"
    if not (cue or such or before or phrase.leads("in total")):
        return None
    if cue == "planned":
        told = other or has("in talks", clause)
        many = phrase.value > 4 and not has("unsigned", phrase.words) if papers else has("agreement", clause) or has("signed", clause)
        return "negotiating" if told or many else None
    if phrase.unit == "party" or "other" in phrase.words.split() or phrase.follows("added to"):
        return "others_signed" if _before_us(phrase, context, other) else "signed_total"
    done = has("event", clause) and not pattern("event told").search(clause)
    event = other or (cue != "existing" and (done or pattern("placed").search(clause)))
    return None if event and not has("total", clause) else "signed_total"


def _of_one_event(phrase: Phrase, cue: str, other: bool) -> bool:
    """Return whether a small number is that of one event: "signed with two states on Friday"."""
    if cue == "planned":
        return phrase.unit == "party" and not (other or has("in talks", phrase.clause))
    return cue in ("signed", "") and not pattern("no event").search(phrase.clause)


def _joins(text: str, phrase: Phrase, context: Context, cue: str) -> bool:
    """Return whether a number counts who joined the declaration, which is no agreement between two."""
    if phrase.unit == "agreement" or phrase.follows("agreements with"):
        return False
    near = context.before + " " + text
    beside = pattern("beside a group").search(phrase.left)
    if beside and entry("scope", beside["group"]) == agreements.FOUNDERS and not cue:
        return has("undertaking", phrase.right)
    if not (has("declaration", near) or pattern("guarantees joined").search(near)):
        return False
    if phrase.leads("joined now"):
        return False
    if phrase.leads("in total") and verbs(context.before)[-1:] == ["joined"]:  # "That makes 19 in all."
        return True
    if cue == "joined" or phrase.follows("declaration has"):
        return True
    if pattern("done so").match(phrase.rest) and has("joined", context.before + text[: phrase.start]):
        return True
    # "20 of the signatories": what follows says what they did
    some = phrase.words.startswith((" of the", " of those")) or pattern("holds agreements").match(phrase.rest)
    declared = has("in declaration", phrase.rest) and not pattern("agreed").match(phrase.rest)
    return not some and ("signator" in phrase.words or declared)


def _before_us(phrase: Phrase, context: Context, other: bool) -> bool:
    """Return whether a number counts who signed before the partner of the article: "16 others had"."""
    joins = phrase.follows("added to") or phrase.leads("joined now")
    if joins or has("earlier", phrase.clause) or phrase.follows("joins"):
        return True
    ours = phrase.follows("with them")
    had = has("had", phrase.clause) and not (ours or phrase.follows("by then"))
    return (other and not ours) or (context.tells_signing and (other or had))


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
    if phrase.unit == "party" and _of_declaration(text, phrase, context):
        return "joined_declaration"
    near = has("agreement", text + context.before) or phrase.leads("to sign") or has("signed", context.before)
    bare = phrase.leads("alone one") and phrase.follows("bare ordinal")
    another = phrase.follows("agreement with an") and not has("scope", phrase.words)
    bare = bare or (another and not pattern("in a period").search(phrase.right))
    ours = near and (bare or pattern("its kind").match(phrase.rest))
    if not (ours or (phrase.unit and pattern("signed paper").search(phrase.rest))):
        return None
    apart = has("other paper", phrase.rest) and not has("agreement", phrase.rest)
    own = pattern("beyond").split(phrase.right)[0]  # "the first agreement since the G7 opened negotiations"
    talks = has("in talks", phrase.left + own) and not has("signed", phrase.clause)
    did = phrase.leads("to do so") and verbs(text[: phrase.start])[-1:] == ["planned"]
    talks = talks or did or phrase.leads("to talk")  # "Talks began with A, the third country to do so."
    meeting = phrase.follows("of a gathering")  # "the summit is the third of its kind"
    if apart or talks or meeting or pattern("plural").search(phrase.words) or phrase.leads("outside"):
        return None
    if pattern("member only").match(phrase.rest):  # "A, the 32nd member of NATO, signed"
        return None
    ahead = verbs(own)[:1] in (["planned"], ["joined"], ["negated"])
    if ahead or verbs(phrase.left)[-1:] == ["hoped"]:
        return None
    return "ordinal" if phrase.value > 1 or _first_of_all(text, phrase, context, bare) else None


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
    named = any(start < phrase.start for start, _ in context.partners)  # "A was first."
    told = phrase.follows("agreement is") or "signed" in verbs(context.before + text[: phrase.start])
    alone = (bare or phrase.leads("to do so")) and named and told and phrase.words in ("", " country")
    return bool(pattern("first to").match(phrase.rest)) or alone


def numbered(text: str, context: Context) -> Iterator[Finding]:
    """Yield the places in the order of signing told as numbers: "country number eight with such a deal"."""
    if has("agreement", text + context.before):
        for found in pattern("numbered").finditer(text):
            number = value(found["number"] or found["place"])
            yield Finding("ordinal", number, "=", *found.span(), "number N", "agreements")
