"""Which kind of paper a word names: an agreement on security, or another."""

import itertools

from pactlens.clauses import RELATIVE, Clause
from pactlens.lexicon import STOPS, Token, following, forms, has, previous

VERBS = ("sign", "close", "be", "have", "modal")
NOUN_PHRASE_ENDS = (*VERBS, "with", "by", "between", "list", "for", "of", "away")
MATTER = ("on", "about", "over")
MAKING = {"setting", "creating", "establishing", "launching"}  # "an agreement setting up a joint fund"
ABOUT = {"on", "of", "for", "about", "to", "that", "which", "covering", "under which", "by which"} | MAKING
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
    if has(token, "topic") and has(following(row, k), "paper"):  # "partnership agreements"
        return None
    lead = previous(row, k).text
    if has(token, "other paper") or (lead.endswith("'s") and lead[:-2] in forms("group")):
        return "other"  # "the G7's text"
    if has(token, "draft") or token.text.startswith(("negotiation", "talks", "consultation")):
        return "talks"
    value = token.classes.get("paper")
    if value in (None, "pronoun", "own"):
        return value
    head, words = _words_about(row, k)
    other = previous(row, head).classes.get("other paper")
    if other and row[head].text in ("on", "of", "about"):  # "a declaration on security guarantees"
        return None if other == "aside" else "other"
    security = {t.classes["security"] for t in words if has(t, "security")}
    topics = {t.classes["topic"] for t in words if has(t, "topic")}
    if "firm" in topics or (topics and "firm" not in security):
        return "other"
    return "security" if security or has(token, "security") else "bare"


def _words_about(row: list[Token], k: int) -> tuple[int, list[Token]]:
    """Return where the words before the paper at k begin, and these with those of "on …" after it."""
    head = next((n for n in range(k - 1, max(-1, k - 8), -1) if _bounds(row[n])), max(-1, k - 8))
    about, links = row[head + 1 : k], ABOUT
    if has(following(row, k), "with", "between"):  # "between A and B", "between the two countries"
        between = range(k + 2, len(row))
        ends = (n for n in between if not (row[n].country or has(row[n], "and", "pair", "title")))
        k = next((n for n in ends if row[n].text != "the"), len(row)) - 1
        links = ABOUT - {"that", "which"}  # "with A that brings supplies" makes it no trade agreement
    if following(row, k).text in links:
        about += itertools.takewhile(lambda t: t.text not in STOPS and not has(t, "sign"), row[k + 2 : k + 9])
    return head, about


def _bounds(token: Token) -> bool:
    """Tell whether a token stands before the words about a paper, and is none of them."""
    return token.text in STOPS or token.text in DETERMINERS or has(token, *NOUN_PHRASE_ENDS)


def _belongs(token: Token) -> bool:
    """Tell whether a token may stand between a paper and its participle: "of the G7 countries"."""
    named = token.country is not None or token.text in DETERMINERS
    return named or has(token, "of", "group", "title", "and", "day")


def papers(clause: Clause, indexes: range | None = None) -> str | None:
    """Return the kind of the papers among some tokens: security, own or bare; None if none such."""
    row = clause.tokens
    indexes = clause.span() if indexes is None else indexes
    kinds = {kind_of(row, k) for k in indexes if not beside(row, k)}
    if "other" in kinds and "security" not in kinds:
        return None
    return next((kind for kind in ("security", "own", "bare") if kind in kinds), None)


def led_by(clause: Clause) -> str | None:
    """Return the kind of the papers that a relative clause is of: "the agreement that A is preparing"."""
    relative = clause.opening() in RELATIVE
    return papers(clause, range(max(0, clause.first - 8), clause.first)) if relative else None


def of_another(clause: Clause) -> bool:
    """Tell whether a clause tells of another paper: "the Memorandum, under which it got assurances"."""
    return clause.opening().endswith("which") and has(previous(clause.tokens, clause.first), "other paper")


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


def beside(row: list[Token], k: int) -> bool:
    """Tell whether the paper at k is a declaration that others go back to: "acting on the G7 pledge"."""
    if row[k].classes.get("other paper") != "aside":
        return False
    head = next((n for n in range(k - 1, -1, -1) if _bounds(row[n])), 0)
    before = row[head] if row[head].text not in DETERMINERS else previous(row, head)
    return before.text != "to" and has(before, "of", "away", "like")


def towards(row: list[Token], k: int) -> bool:
    """Tell whether token k is a paper on an agreement to come: "a memorandum on a security agreement"."""
    on = next((n for n in range(k + 1, min(k + 5, len(row))) if row[n].text in (*MATTER, "for")), len(row))
    matter = range(on + 1, min(on + 7, len(row)))
    other = row[k].classes.get("other paper") == "other"
    return other and any(kind_of(row, n) in ("security", "bare") for n in matter)


def about(clause: Clause, start: int, i: int, passive: bool) -> str | None:
    """Return the kind of paper that the verb at i is about: object, subject or antecedent."""
    row = clause.tokens
    if start == i and (made := _made(clause, i)):
        return made
    end = min(clause.last, i + 16)
    right = range(i + 1, next((k for k in range(i + 1, end) if has(row[k], "sign", "close", "report")), end))
    left = range(clause.first, i)
    relative = range(clause.first - 1, max(-1, clause.first - 14), -1)
    searched = [left, right] if passive else [right, left]
    if not passive and not has(row[i], "sign"):
        near = next((k for k in range(i - 1, clause.first, -1) if row[k].text in STOPS), clause.first)
        searched = [right] if start < i else [right, range(near, i)]
    led = clause.opening() in RELATIVE and not (not passive and _has_object(row, i))
    itself = passive and any(t.text in ("this", "that", "it") for t in clause.before(start))
    if led or (i - clause.first <= 2 and not itself):
        # "the agreement that A signed": what stands before is its object
        searched.insert(0 if led else 1, relative)
    elif passive and not itself:
        searched = [left, relative]
    # "in the declaration that was signed": what a relative clause follows is its own.
    found = (k for ks in searched for k in ks if (led and ks is relative) or not beside(row, k))
    kinds = [kind for k in found if (kind := kind_of(row, k))]
    return next((kind for kind in kinds if kind != "pronoun"), "pronoun" if kinds else None)


def _made(clause: Clause, i: int) -> str | None:
    """Return the kind of paper that a participle at i is of: "the declaration of the G7 states made in"."""
    row = clause.tokens
    before = range(i - 1 - (row[i - 1].text == ","), clause.first, -1)
    kind = kind_of(row, next((k for k in before if not _belongs(row[k])), clause.first))
    return kind if i > clause.first and kind != "pronoun" else None


def _has_object(row: list[Token], i: int) -> bool:
    """Tell whether a paper is the object right after the verb at i: "that he would sign an agreement"."""
    noun = itertools.takewhile(lambda k: not has(row[k], "with", "by", "of", "away"), range(i + 2, len(row)))
    named = any(kind_of(row, k) not in (None, "pronoun") for k in itertools.islice(noun, 6))
    return named and following(row, i).text in DETERMINERS
