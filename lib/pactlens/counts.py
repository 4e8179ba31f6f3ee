"""The rules that find in one sentence how many have signed, are in talks, or joined the declaration.

Their words and patterns stand in data/claims.csv.
"""

import re
from collections.abc import Iterator

from pactlens import agreements, countries
from pactlens.findings import Context, Finding, added, partners_after, scope, verbs
from pactlens.numerals import Phrase, entry, has, pattern, phrases

BEFORE = re.compile(r"\bbefore (?:the )?$")  # "15 countries signed before A"
FEW = 5  # fewer than this may be those of one event: "signed two agreements on Friday"


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
            yield Finding(kind, *phrase[:4], rule, scope(phrase, context))


def _stands_alone(phrase: Phrase) -> bool:
    """Return whether a number without a noun counts agreements: "17 have been signed", "the number is 7"."""
    follows, leads = phrase.follows, phrase.leads
    if leads("in total") or leads("that they signed") or _verb_at_once(phrase):
        return True
    if follows("with another") or (follows("number is") and not leads("measure")):
        return True
    if (phrase.words or follows("beside")) and leads("alone"):
        return True
    if phrase.words.endswith("of them") and follows("with them"):
        return True
    if follows("has") and (leads("with parties") or follows("of such")):
        return True
    if follows("one of") and leads("relative"):
        return True
    if phrase.words.endswith("ones") and follows("added to"):
        return True
    if phrase.words == " of them" and follows("signed so many"):
        return True
    return leads("no noun") and (follows("signed so many") or follows("agreement, has"))


def _of_another_kind(text: str, phrase: Phrase, context: Context) -> bool:
    """Return whether a number counts something else: parties of another paper, some of them, a group."""
    if _of_another_paper(phrase) or phrase.leads("about"):
        return True
    before = text[: phrase.start]  # "56 memorandums were signed in May, and 23 more this week"
    if not phrase.unit and has("other paper", before) and not has("agreement", before):
        return True
    digits = text[phrase.start : phrase.start + 1].isdigit()
    if digits and phrase.follows("month before"):  # "KYIV, May 30 - Partners", "on June 28 partners signed"
        return True
    # "with 32 we have either signed or are signing"
    if phrase.follows("no total") or phrase.leads("talks over") or pattern("either").search(phrase.clause):
        return True
    if phrase.follows("one of") and phrase.leads("ends"):  # "A, one of four neutral states,"
        return True
    if _is_some(phrase):
        return True
    return _is_a_group(text, phrase) or added(phrase, context) not in (None, *agreements.unions())


def _is_some(phrase: Phrase) -> bool:
    """Return whether a number is of some that were told before: "two of them", "with the two agreements"."""
    few = phrase.value < FEW
    if few and pattern("some of").search(phrase.words) and not has("in talks", phrase.left + phrase.right):
        return True
    told = phrase.unit == "agreement" or has("other", phrase.words) or phrase.leads("relative")
    going_on = has("other", phrase.words) and has("in talks", phrase.right)
    known = not told or (few and not (going_on or phrase.leads("signed so far")))
    return (phrase.follows("definite") and known) or bool(phrase.unit and phrase.follows("of") and not told)


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
    other = has("other", phrase.words) or phrase.follows("another")
    if cue in ("negated", "hoped") or (phrase.value < FEW and _of_one_event(phrase, cue, other)):
        return None
    if _joins(text, phrase, context, cue):
        return (
            None if has("other declaration", text[: phrase.start] + phrase.clause) else "joined_declaration"
        )
    if not _of_agreements(phrase, cue, other, text + context.before):
        return None
    if cue == "planned":
        return "negotiating" if _in_talks(phrase, other) else None
    if phrase.unit == "party" or "other" in phrase.words.split() or phrase.follows("added to"):
        return "others_signed" if _before_us(phrase, context, other) else "signed_total"
    return None if _at_an_event(phrase, cue, other) else "signed_total"


def _of_one_event(phrase: Phrase, cue: str, other: bool) -> bool:
    """Return whether a small number is that of one event: "signed with two states on Friday"."""
    if cue == "planned":
        several = other or (has("in talks", phrase.clause) and "leader" not in phrase.words)
        return phrase.unit == "party" and not several
    return cue in ("signed", "") and not pattern("no event").search(phrase.clause)


def _of_agreements(phrase: Phrase, cue: str, other: bool, near: str) -> bool:
    """Return whether a number is of agreements, by its verb and the sentence with that before, `near`."""
    joins = has("joined", phrase.left)  # "joins nine others", and not "seven took part in it"
    if cue in ("existing", "joined"):
        whole = joins or (cue == "existing" and "supporter" not in phrase.words)
        return has("agreement", near if whole else phrase.clause)
    such = has("such", phrase.words) if phrase.unit == "agreement" else has("like", phrase.clause)
    besides = has("earlier", phrase.clause) or phrase.follows("added to") or _along_with(phrase)
    before = other and besides  # "like 15 others before it"
    return bool(cue or such or before or phrase.leads("in total"))


def _along_with(phrase: Phrase) -> bool:
    """Return whether others have signed along with a partner, and have not only come along."""
    ours = (
        has("agreement", phrase.clause) or has("signed", phrase.clause) or has("undertaking", phrase.clause)
    )
    return ours and phrase.follows("along with")


def _in_talks(phrase: Phrase, other: bool) -> bool:
    """Return whether a number of what is to come counts talks, and not the plan of one event."""
    if other or has("in talks", phrase.clause):
        return True
    if phrase.leads("in total"):  # "planned with 32 in all", those that have signed among them
        return False
    return phrase.unit == "party" and (has("agreement", phrase.clause) or has("signed", phrase.clause))


def _at_an_event(phrase: Phrase, cue: str, other: bool) -> bool:
    """Return whether agreements are those of one event, and no total: "signed six today"."""
    if has("total", phrase.clause):
        return False
    near = phrase.left + re.split(r",\s+an?\s", phrase.rest)[0]
    told = has("event", near) and not pattern("event told").search(near)
    return other or (cue != "existing" and bool(told or pattern("placed").search(near)))


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
    ahead = any(BEFORE.search(between) for between, _ in partners_after(phrase, context))
    joins = phrase.follows("added to") or (other and _along_with(phrase))
    joins = joins or phrase.leads("joined now") or ahead
    if joins or has("earlier", phrase.clause) or phrase.follows("joins"):
        return True
    ours = phrase.follows("with them")
    had = has("had", phrase.clause) and not (ours or phrase.follows("by then") or phrase.follows("said that"))
    return (other and not ours) or (context.tells_signing and (other or had))


def _cue(phrase: Phrase) -> str:
    """Return the kind of verb that governs a number, a group of pattern "cue"; "" if there is none."""
    if has("unsigned", phrase.words) or phrase.leads("listed"):
        return "planned"
    if phrase.unit == "party" and phrase.follows("none of"):
        return "negated"
    if "signator" in phrase.words and phrase.leads("of agreements"):
        return "signed"
    at_once = _verb_at_once(phrase)
    if at_once and (not phrase.unit or at_once == "joined"):
        return at_once
    done = has("signed", phrase.words) or (phrase.unit == "agreement" and at_once == "signed")
    return "signed" if done and not phrase.follows("will have") else _verb_about(phrase)


def _verb_about(phrase: Phrase) -> str:
    """Return the kind of the verb before or after a number, the nearest that governs it."""
    own = pattern("led in").sub("", phrase.left)  # "After the G7 made a declaration, 20 states joined it"
    left, first = list(pattern("cue").finditer(own)), next(iter(verbs(phrase.right)), "")
    last = str(left[-1].lastgroup) if left else ""
    close = len(left) > 1 and left[-1].start() - left[-2].end() < 15
    verb = phrase.leads("verb follows")
    if phrase.leads("holds") and first not in ("planned", "infinitive"):
        return "existing"
    if not verb and phrase.follows("has") and phrase.leads("in the works"):
        return "planned"
    if (phrase.follows("has") or phrase.follows("number is")) and not (verb and first):
        if close and left[-2].lastgroup == "hoped":  # "plans to have signed agreements with 25 states"
            return "hoped"
        return last if last not in ("", "signed") else "existing"
    if first and (verb or not left):
        return "hoped" if last == "hoped" else first
    return str(left[-2].lastgroup) if close and left[-2].lastgroup in ("negated", "hoped") else last


def _verb_at_once(phrase: Phrase) -> str:
    """Return the kind of the verb right after a number: "17 that have been signed"; "" if there is none."""
    cue = pattern("cue").search(phrase.right)
    at_once = cue and pattern("verb at once").fullmatch(phrase.right, 0, cue.start())
    return str(cue.lastgroup) if cue and at_once else ""
