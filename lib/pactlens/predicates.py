"""What one clause says of an agreement: signed or planned, which kind of paper, and with whom."""

import re
from typing import NamedTuple

from pactlens.clauses import RELATIVE, Clause, Token

VERB_GROUP = frozenset(("adverb", "not", "modal", "to", "be", "have", "do", "intent", "yet"))
VERBS = frozenset(("sign", "close", "be", "have", "modal", "report", "talks"))
PREPOSITIONS = ("with", "by", "between", "list")
STOPS = frozenset((",", ";", ":", ".", "(", ")", "—"))
PAPERS = frozenset(("security", "bare", "own"))
ORDER = ("planned", "signed", "none")
AFTER_VERB = ("ordinal", "signatures", "likewise", "list", "joins")
NUMBER = re.compile(r"\d+(st|nd|rd|th)$")


class Verdict(NamedTuple):
    """What one clause says: its status, the rule that says so, the deciding token, the kind of paper meant."""

    status: str  # signed, planned, none
    rule: str
    at: int
    paper: str | None = None  # security, other, bare, own, pronoun, talks; None if no paper is named
    weak: bool = False  # stands only where nothing else in the article says the contrary


def has(token: Token, *names: str) -> bool:
    """Tell whether a token is of one of these classes."""
    return not token.classes.keys().isdisjoint(names)


def verdict(clause: Clause, title: bool) -> Verdict | None:
    """Return what a clause says of an agreement, or None; a plan outweighs a signing in one clause."""
    said = [found for i in range(clause.first, clause.last) if (found := _verb(clause, i, title))]
    firm = sorted((found for found in said if not found.weak), key=lambda v: ORDER.index(v.status))
    others = [_ordinal(clause), _join(clause), _signatures(clause), _have(clause), _talks(clause)]
    return next((found for found in [*firm, *others, *said] if found), None)


def _verb(clause: Clause, i: int, title: bool) -> Verdict | None:
    """Return what a verb of signing at token i says, from the verb group that it ends."""
    row, token = clause.tokens, clause.tokens[i]
    tense = token.classes.get("sign") or token.classes.get("close")
    noun = tense in ("base", "present") and i + 1 < len(row) and row[i + 1].text == "of"
    if not tense or noun:
        return None
    start = i
    while start > clause.first and not VERB_GROUP.isdisjoint(row[start - 1].classes):
        start -= 1
    group = {name for t in row[start:i] for name in t.classes}
    passive = tense == "past" and "be" in group
    paper = paper_of(clause, i, passive)
    if paper == "other":
        return Verdict("none", "other paper", i, paper)
    if "sign" not in token.classes and paper not in (*PAPERS, "talks"):
        return None
    if "sign" not in token.classes and paper == "talks":
        return Verdict("planned", "negotiated", i, paper)
    status, rule, weak = _tense(clause, start, i, tense, group)
    return Verdict(status, "passive" if rule == "active" and passive else rule, i, paper, weak)


def _tense(clause: Clause, start: int, i: int, tense: str, group: set[str]) -> tuple[str, str, bool]:
    """Return status, rule and weakness of a verb at i in this tense, after the verb group from start to i."""
    row = clause.tokens
    before = {name for t in row[clause.first : start] for name in t.classes}
    nth = any(has(t, "ordinal") or NUMBER.match(t.text) for t in row[clause.first : i])
    words = [t.text for t in row[max(clause.first, start - 12) : i]]
    denied = "not" in group or not {"no", "none", "neither", "nobody"}.isdisjoint(words)
    ahead = {"irrealis"} & before
    if tense == "ing":
        later = {name for t in row[i + 1 : clause.last] for name in t.classes}
        planned = {"not", "irrealis", "talks", "intent", "be"} & (group | before) or {
            "modal",
            "intent",
        } & later
        return ("planned", "signing ahead", False) if planned else ("signed", "signing", True)
    if denied:
        refused = any(word.startswith(("refus", "declin")) for word in words)
        late = refused or {"modal", "to"} & (group | before) or any(has(t, "yet") for t in clause.own())
        return ("planned" if late else "none", "not signed", False)
    if {"to", "modal"} & group:
        if nth and "to" in group and not {"modal", "intent"} & (before | group):
            return "signed", "ordinal", False
        perfect = tense == "past" and "have" in group and not {"modal", "intent", "be"} & group
        return ("signed", "active", False) if perfect else ("planned", "future", False)
    if tense == "past":
        present = "be" in group and not {"was", "were", "been"} & set(words)
        if "being" in words and present:
            return "planned", "future", False
        return ("planned", "condition", False) if ahead and present else ("signed", "active", False)
    return ("planned", "condition", False) if ahead else ("signed", "headline", True)


# --- papers ----------------------------------------------------------------------------------------------------


def paper_of(clause: Clause, i: int, passive: bool) -> str | None:
    """Return the kind of paper that the verb at i is about: its object, its subject if passive, or its antecedent."""
    row = clause.tokens
    right = range(i + 1, _next_verb(row, i, clause.last))
    left = range(clause.first, i)
    relative = range(clause.first - 1, max(-1, clause.first - 14), -1)
    follows = row[clause.first].text in RELATIVE or (clause.first and i - clause.first <= 2)
    searched = [left, right] if passive else [right, left]
    if "sign" not in row[i].classes and not passive:
        searched = [right, range(max(clause.first, i - 3), i)]
    if follows or (not passive and i == clause.first):
        searched.insert(1, relative)
    elif passive:
        searched = [left, relative]
    weakest = None
    for indexes in searched:
        for k in indexes:
            kind = kind_of(row, k)
            if kind and kind != "pronoun":
                return kind
            weakest = weakest or kind
    return weakest


def _next_verb(row: list[Token], i: int, last: int) -> int:
    for k in range(i + 1, min(last, i + 16)):
        if has(row[k], "sign", "close", "report"):
            return k
    return min(last, i + 16)


def kind_of(row: list[Token], k: int) -> str | None:
    """Return the kind of paper that token k names, by the words about it; None if it names no paper."""
    token = row[k]
    if has(token, "other paper"):
        return "other"
    if has(token, "draft") or token.text.startswith(("negotiation", "talks", "consultation")):
        return "talks"
    if not has(token, "paper"):
        return None
    if token.classes["paper"] in ("pronoun", "own"):
        return token.classes["paper"]
    about = _about(row, k)
    head = k - sum(t.start < token.start for t in about) - 1
    if head > 0 and row[head].text in ("on", "of", "about") and has(row[head - 1], "other paper"):
        return "other"
    if any(has(t, "security") for t in about):
        return "security"
    if any(has(t, "topic") for t in about):
        return "other"
    return "security" if has(token, "security") else "bare"


def _about(row: list[Token], k: int) -> list[Token]:
    """Return the words before the paper at k, back to its article, and those of "on …", "for …" after it."""
    about = []
    for t in reversed(row[max(0, k - 7) : k]):
        if (
            t.text in STOPS
            or t.text in ("the", "a", "an")
            or has(t, *PREPOSITIONS, "for", "of", "away")
            or has(t, *VERBS - {"talks"})
        ):
            break
        about.append(t)
    if k + 1 < len(row) and row[k + 1].text in (
        "on",
        "of",
        "for",
        "about",
        "to",
        "that",
        "which",
        "covering",
    ):
        for t in row[k + 2 : k + 9]:
            if t.text in STOPS or has(t, "sign"):
                break
            about.append(t)
    return about


# --- predicates without a verb of signing ----------------------------------------------------------------------


def _have(clause: Clause) -> Verdict | None:
    """Return what "have such deals", "there is no agreement yet" or "agreements exist" says."""
    row = clause.tokens
    for i in range(clause.first, clause.last):
        have = has(row[i], "have")
        if not have and not has(row[i], "exist"):
            continue
        ends = ("sign", "close", "talks", "report", "to", "of", "with", "by", "for", "break")
        last = next((k for k in range(i + 1, clause.last) if has(row[k], *ends)), clause.last)
        around = range(i + 1, min(last, i + 9)) if have else range(clause.first, clause.last)
        kinds = {kind_of(row, k) for k in around}
        if not kinds & PAPERS or ("other" in kinds and "security" not in kinds):
            continue
        start = i
        while start > clause.first and not VERB_GROUP.isdisjoint(row[start - 1].classes):
            start -= 1
        near = row[start : min(clause.last, i + 5)]
        paper = next(kind for kind in ("security", "own", "bare") if kind in kinds)
        if any(has(t, "not") for t in near):
            late = any(has(t, "yet") for t in clause.own())
            return Verdict("planned" if late else "none", "none yet", i, paper)
        if any(has(t, "modal", "to", "intent") for t in row[start:i]):
            return None
        return Verdict("signed", "have" if have else "exists", i, paper)
    return None


def _ordinal(clause: Clause) -> Verdict | None:
    """Return what "became the 15th state with such an agreement" says."""
    row, own = clause.tokens, clause.own()
    if not any(has(t, "become") for t in own) or any(has(t, "talks", "intent", "other paper") for t in own):
        return None
    for i in range(clause.first, clause.last):
        if not has(row[i], "ordinal") and not NUMBER.match(row[i].text):
            continue
        rest = row[i + 1 : clause.last]
        named = any(has(t, "title") for t in rest[:5]) and any(has(t, "with") for t in rest)
        if named and any(kind_of(row, k) in PAPERS for k in range(i, clause.last)):
            status = "planned" if any(has(t, "modal") for t in row[clause.first : i]) else "signed"
            return Verdict(status, "ordinal", i, "security")
    return None


def _join(clause: Clause) -> Verdict | None:
    """Return what "will join the states with a security agreement" says."""
    row = clause.tokens
    at = next((i for i in range(clause.first, clause.last) if has(row[i], "join")), None)
    kinds = {kind_of(row, k) for k in range(clause.first, clause.last)} - {None, "pronoun"}
    if at is None or not kinds & PAPERS or "other" in kinds or any(has(t, "not") for t in clause.own()):
        return None
    ahead = any(has(t, "modal", "intent", "to") for t in row[clause.first : at])
    return Verdict("planned" if ahead else "signed", "joins", at, "security")


def _signatures(clause: Clause) -> Verdict | None:
    """Return what "it bears the signatures of …" says."""
    at = next((i for i in range(clause.first, clause.last) if has(clause.tokens[i], "bear")), None)
    kinds = [kind for k in range(clause.first, clause.last) if (kind := kind_of(clause.tokens, k))]
    if at is None or "other" in kinds or any(has(t, "modal", "not", "intent") for t in clause.own()):
        return None
    return Verdict("signed", "signatures", at, "security" if "security" in kinds else None)


def _talks(clause: Clause) -> Verdict | None:
    """Return what negotiating, preparing, refusing or putting off a paper says."""
    row = clause.tokens
    wanted = [
        i
        for i in range(clause.first, clause.last)
        if has(row[i], "talks", "follow") or _wants(row, i, clause.last)
    ]
    at = wanted[0] if wanted else None
    kinds = {kind_of(row, k) for k in range(clause.first, clause.last)}
    if at is None or not kinds & PAPERS or ("other" in kinds and "security" not in kinds):
        return None
    paper = next(kind for kind in ("security", "own", "bare") if kind in kinds)
    return Verdict("planned", "in the making", at, paper)


def presupposed(clause: Clause) -> Verdict | None:
    """Return what is taken for granted of "the agreement with …": signed, or planned if the clause looks ahead."""
    row = clause.tokens
    if any(has(t, "not", "report") for t in clause.own()):
        return None
    for k in range(clause.first, clause.last):
        if kind_of(row, k) != "security" or not _definite(row, k):
            continue
        words = {t.text for t in clause.own()}
        if (
            any(has(t, "modal", "intent") and t.text != "can" for t in clause.own())
            and "already" not in words
        ):
            return Verdict("planned", "presupposed", k, "security")
        if any(has(t, "irrealis") for t in clause.own()):
            return None
        return Verdict("signed", "presupposed", k, "security", weak=True)
    return None


def _definite(row: list[Token], k: int) -> bool:
    """Tell whether the paper at k is known or one of many: "the agreement", "its agreement", "agreements"."""
    before = row[max(0, k - 8) : k]
    for n, t in enumerate(reversed(before)):
        if t.text in ("a", "an", "no", "any", "new") or has(t, "sign", "close"):
            return False
        if t.text in ("the", "its", "their", "this", "his", "her", "'s", "’s", "such", "both"):
            return True
        if t.text in STOPS:
            break
    return row[k].text.endswith("s")


def _wants(row: list[Token], i: int, last: int) -> bool:
    """Tell whether token i is "wants", "plans", … with a paper as its object."""
    if not has(row[i], "intent"):
        return False
    for k in range(i + 1, min(last, i + 6)):
        if has(row[k], "to", "sign", "close", "of", "with", "be"):
            return False
        if kind_of(row, k) in PAPERS:
            return True
    return False


# --- parties ---------------------------------------------------------------------------------------------------


def parties(clause: Clause, said: Verdict) -> list[tuple[int, str]]:
    """Return the names that a clause gives as parties of what it says: token index and role."""
    out = []
    for i in range(clause.first, clause.last):
        if clause.tokens[i].country is None:
            continue
        how = role(clause, i)
        if how == "after" and said.status == "signed" and (said.rule == "ordinal" or i < said.at):
            how = "list"
        if how == "list" and i < said.at and said.rule != "have":
            how = "bare"
        if said.rule == "presupposed" and how not in ("with", "between", "paper", "list"):
            continue
        ahead = said.rule in AFTER_VERB or has(clause.tokens[said.at], "follow")
        if how in ("away", "after") or (how == "bare" and i > said.at and not ahead):
            continue
        out.append((i, how))
    return out


def role(clause: Clause, i: int) -> str:
    """Return how the name at token i stands: with, by, between, for, list, apposition,
    of, paper, bare, or away (no party)."""
    row = clause.tokens
    if _modifies(row, i, clause.last, "paper"):
        return "paper"
    if not _party(row, i, clause.last):
        return "away"
    parted = aside = False
    for j in range(i - 1, clause.first - 1, -1):
        t = row[j]
        if t.text in ("(", ")"):
            aside = t.text == ")"
            if aside or j + 1 < i:
                continue
        if aside:
            continue
        if t.country:
            inherited = role(clause, j)
            return (
                "bare" if inherited in ("away", "after") and parted and not _in_run(row, j, i) else inherited
            )
        if t.text in (":", "—", "(", "•"):
            return "list"
        if t.text == "," and j and has(row[j - 1], "title"):
            return "apposition"
        parted = parted or t.text == ","
        if has(t, "for"):
            return "for" if t.text != "for" or has(row[j - 1], "sign") else "away"
        for name in PREPOSITIONS:
            if has(t, name):
                return name
        if has(t, "of") or t.text == "from":
            return "of" if j and (has(row[j - 1], "title") or row[j - 1].country) else "away"
        if has(t, "away", "like"):
            if j == clause.first and has(t, "break") and clause.first:
                return "bare"
            return "after" if has(t, "like") else "away"
        if (
            t.text not in (",", "the", "its", "'s", "’s", '"', "a", "-", "/")
            and not has(t, "and", "title", "title modifier")
            and not t.text.isdigit()
        ):
            return "bare"
    return "bare"


def _in_run(row: list[Token], j: int, i: int) -> bool:
    """Tell whether a list that began before j goes on after i, or ends there: "after A, B and C"."""
    return any(has(t, "and") for t in row[j + 1 : i]) or (
        i + 1 < len(row) and row[i + 1].text in (",", "and")
    )


def _party(row: list[Token], i: int, last: int) -> bool:
    """Tell whether the name at i stands for a party: not in "Danish aid" or "Kyiv's needs"."""
    owner = i + 1 < last and row[i + 1].text in ("'s", "’s")
    return (row[i].kind != "demonym" and not owner) or _modifies(row, i, last, "title")


def _modifies(row: list[Token], i: int, last: int, name: str) -> bool:
    """Tell whether the name at i stands before a word of this class (or before a person, for titles)."""
    if name == "paper" and row[i].kind == "person":
        return False
    for t in row[i + 1 : min(last, i + 8)]:
        if has(t, name) and t.classes.get("paper") != "pronoun":
            return True
        if t.kind == "person":
            return name == "title"
        if t.country or t.text in ("-", "/", "'s", "’s") or (name == "title" and has(t, "and")):
            continue
        if (
            t.text in STOPS
            or has(t, *PREPOSITIONS, "for", "of", "away", "and", "break")
            or has(t, *VERBS - {"talks"})
        ):
            return False
    return False
