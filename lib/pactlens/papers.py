"""Which kind of paper a word names: an agreement on security, or another."""

import itertools

from pactlens.clauses import RELATIVE, Clause
from pactlens.lexicon import STOPS, Token, forms, has

VERBS = ("sign", "close", "be", "have", "modal")
NOUN_PHRASE_ENDS = (*VERBS, "with", "by", "between", "list", "for", "of", "away")
MATTER = ("on", "about", "over")
ABOUT = ("on", "of", "for", "about", "to", "that", "which", "covering", "under which", "by which")
OF_THIS_KIND = [["this", kind] for kind in ("type", "kind", "sort")]
NAMING = frozenset(("paper", "other paper", "draft", "talks"))  # classes of words that may name a paper
DETERMINERS = ("the", "a", "an", "its", "their", "this", "that")
KNOWN = ("the", "its", "their", "this", "his", "her", "'s", "such", "both", "whose")


def kind_of(row: list[Token], k: int) -> str | None:
    """Return the kind of paper that token k names, by the words about it; None if it names no paper."""
    token = row[k]
    if NAMING.isdisjoint(token.classes):
        return None
    if has(token, "other paper") and [t.text for t in row[k + 1 : k + 4]][1:] in OF_THIS_KIND:
        return "own"
    if has(token, "topic") and k + 1 < len(row) and has(row[k + 1], "paper"):  # "partnership agreements"
        return None
    of_group = k and row[k - 1].text.endswith("'s") and row[k - 1].text[:-2] in forms("group")
    if has(token, "other paper") or (of_group and has(token, "draft", "paper")):  # "the G7's text"
        return "other"
    if has(token, "draft") or token.text.startswith(("negotiation", "talks", "consultation")):
        return "talks"
    value = token.classes.get("paper")
    if value in (None, "pronoun", "own"):
        return value
    before, about = _words_about(row, k)
    if before > 0 and row[before].text in ("on", "of", "about") and has(row[before - 1], "other paper"):
        return None if row[before - 1].classes["other paper"] == "aside" else "other"
    words = {t.classes["security"] for t in about if has(t, "security")}
    if any(t.classes.get("topic") == "firm" for t in about):
        return "other"
    if "firm" in words:
        return "security"
    if any(has(t, "topic") for t in about):
        return "other"
    return "security" if words or has(token, "security") else "bare"


def _words_about(row: list[Token], k: int) -> tuple[int, list[Token]]:
    """Return where the words before the paper at k begin, and these with those of "on …" after it."""
    head = next((n for n in range(k - 1, max(-1, k - 8), -1) if _bounds(row[n])), max(-1, k - 8))
    about, at = row[head + 1 : k], k
    if k + 1 < len(row) and has(row[k + 1], "with", "between"):
        passed = ("and", "pair", "title")  # "between A and B", "between the two countries"
        between = (n for n in range(k + 2, len(row)) if not (row[n].country or has(row[n], *passed)))
        k = next((n for n in between if row[n].text != "the"), len(row)) - 1
    if k + 1 < len(row) and row[k + 1].text in ABOUT:
        matter = itertools.takewhile(lambda t: t.text not in STOPS and not has(t, "sign"), row[k + 2 : k + 9])
        # "with A that brings supplies" makes it no trade agreement
        told = k > at and row[k + 1].text in ("that", "which")
        about = [*about, *(t for t in matter if has(t, "security") or not told)]
    return head, about


def _bounds(token: Token) -> bool:
    """Tell whether a token stands before the words about a paper, and is none of them."""
    return token.text in STOPS or token.text in DETERMINERS or has(token, *NOUN_PHRASE_ENDS)


def _belongs(token: Token) -> bool:
    """Tell whether a token may stand between a paper and its participle: "of the G7 countries"."""
    return (
        bool(token.country) or token.text in DETERMINERS or has(token, "of", "group", "title", "and", "day")
    )


def papers(clause: Clause, indexes: range | None = None) -> str | None:
    """Return the kind of the papers among some tokens: security, own or bare; None if none such."""
    row = clause.tokens
    indexes = clause.span() if indexes is None else indexes
    kinds = {kind_of(row, k) for k in indexes if not _beside(row, k)}
    if "other" in kinds and "security" not in kinds:
        return None
    return next((kind for kind in ("security", "own", "bare") if kind in kinds), None)


def definite(row: list[Token], k: int) -> bool:
    """Tell whether the paper at k is known or one of many: "the agreement", "its agreement", "agreements"."""
    for t in reversed(row[max(0, k - 8) : k]):
        if t.text in ("a", "an", "no", "any", "new") or has(t, "sign", "close"):
            return False
        if t.text in KNOWN:
            return True
        if t.text in STOPS:
            break
    return row[k].text.endswith("s")


def _beside(row: list[Token], k: int) -> bool:
    """Tell whether the paper at k is a declaration that others go back to: "acting on the G7 pledge"."""
    if row[k].classes.get("other paper") != "aside":
        return False
    head = next((n for n in range(k - 1, -1, -1) if _bounds(row[n])), 0)
    head -= row[head].text in DETERMINERS
    return head >= 0 and row[head].text != "to" and has(row[head], "of", "away", "like")


def towards(row: list[Token], k: int) -> bool:
    """Tell whether token k is a paper on an agreement to come: "a memorandum on a security agreement"."""
    on = next((n for n in range(k + 1, min(k + 5, len(row))) if row[n].text in (*MATTER, "for")), len(row))
    other = row[k].classes.get("other paper") == "other"
    return other and any(
        kind_of(row, n) in ("security", "bare") for n in range(on + 1, min(on + 7, len(row)))
    )


def _with_object(row: list[Token], i: int, passive: bool) -> bool:
    """Tell whether a paper is the object right after the verb at i: "that he would sign an agreement"."""
    noun = itertools.takewhile(lambda k: not has(row[k], "with", "by", "of", "away"), range(i + 2, len(row)))
    object_ = not passive and row[min(i + 1, len(row) - 1)].text in DETERMINERS
    return object_ and any(kind_of(row, k) not in (None, "pronoun") for k in itertools.islice(noun, 6))


def about(clause: Clause, start: int, i: int, passive: bool) -> str | None:
    """Return the kind of paper that the verb at i is about: object, subject or antecedent."""
    row = clause.tokens
    before = range(i - 1 - (row[i - 1].text == ","), clause.first, -1)
    head = next((k for k in before if not _belongs(row[k])), clause.first)
    if start == i > clause.first and (made := kind_of(row, head)) not in (None, "pronoun"):
        return made  # "a declaration made at …", "the declaration of the G7 countries signed in …"
    end = min(clause.last, i + 16)
    bounds = ("sign", "close", "report") if has(row[i], "sign") else ("sign", "close", "report", "break")
    right = range(i + 1, next((k for k in range(i + 1, end) if has(row[k], *bounds)), end))
    left = range(clause.first, i)
    relative = range(clause.first - 1, max(-1, clause.first - 14), -1)
    # "the pact, which rests on a pledge, was signed": the subject comes first.
    relative = relative[::-1] if clause.opening() in ("was", "were") else relative
    searched = [left, right] if passive else [right, left]
    if not passive and not has(row[i], "sign"):
        near = next((k for k in range(i - 1, clause.first, -1) if row[k].text in STOPS), clause.first)
        near = near if row[i].classes["close"] == "past" else max(clause.first, i - 3)
        searched = [right] if start < i else [right, range(near, i)]
    led = clause.opening() in RELATIVE and not _with_object(row, i, passive)
    itself = passive and any(t.text in ("this", "that", "it") for t in row[clause.first : start])
    if led or i == clause.first or (clause.first and i - clause.first <= 2 and not itself):
        # "the agreement that A signed": what stands before is its object
        searched.insert(0 if led and (passive or start > clause.first + 1) else 1, relative)
    elif passive and not itself:
        searched = [left, relative]
    # "in the declaration that was signed": what a relative clause follows is its own.
    found = (
        k for indexes in searched for k in indexes if (led and indexes is relative) or not _beside(row, k)
    )
    kinds = [kind for k in found if (kind := kind_of(row, k))]
    return next((kind for kind in kinds if kind != "pronoun"), "pronoun" if kinds else None)
