"""What an article has said so far, for words that refer back: its papers, partners and running lists."""

import itertools
from typing import NamedTuple

from pactlens import dates
from pactlens.clauses import Clause, Sentence, Verdict
from pactlens.lexicon import has
from pactlens.papers import kind_of, towards
from pactlens.sentences import pattern
from pactlens.subject import between_others, partners

# What a list's line has beside names.
LINE = (",", ":", "—", "-", "the", "and", "on", ".", ";")
LATER = "?"  # a partner that only the rest of the article names


class Event(NamedTuple):
    """A partner, with what one clause says of it: signed, planned, or "none", of another paper."""

    country: str
    status: str
    basis: str
    rule: str
    sentence: Sentence
    start: int
    end: int
    weak: bool
    day: dates.Day | None
    place: str | None


class State(NamedTuple):
    """What the article has said so far, for words that refer back."""

    main: str = "security"  # the kind of paper that the article is about
    papers: str = "security"  # the kind spoken of last
    focus: tuple[str, ...] = ()  # the partners that the article is about
    said: tuple[str, int] = ("none", -9)  # what was said last (or "late": not signed), and in which sentence
    awaited: str = ""  # signed or planned, if the last sentence told of such and named no partner
    abroad: bool = False  # whether the article is about a paper between two others
    aside: bool = False  # whether the last that was spoken of is a declaration
    heading: str = ""  # signed or planned, if a list of such is running


def opening(read: list[Sentence]) -> State:
    """Return the state in which an article is begun: what paper it is about, and whose."""
    kinds = (papers_after(clause, "", None, first=True) for sentence in read for clause in sentence.clauses)
    main = next(filter(None, kinds), "security")
    told = (clause for sentence in read for clause in sentence.clauses if clause.said)
    joined = (clause for clause in told if not (clause.said and has(clause.tokens[clause.said.at], "join")))
    first = next(joined, None)  # a declaration that others joined is between no two
    return State(main, main, abroad=first is not None and between_others(first))


def after(state: State, read: list[Sentence], n: int, made: list[Event]) -> State:
    """Return the state after sentence n, which made these events."""
    sentence = read[n]
    if pattern("source").match(sentence.text):
        return state
    made = [e for e in made if e.country != LATER and e.status != "none"]
    focus = tuple(dict.fromkeys(e.country for e in made if e.basis == "named"))
    stop = sentence.text.rstrip()[-1:]
    lines = not is_line(sentence) and _leads_lines(read[n + 1 : n + 4])
    asks = state.said[1] < n and pattern("asks who").search(sentence.text) is not None
    told = state.said[0] if lines or asks or state.said[1] == n else ""
    if asks and told != "signed":
        told = ""  # "Which are negotiating?" says itself what it asks for; "so who has?" asks who has signed
    elif lines and told == "none" and _heads_signed(sentence):
        told = "signed"
    opens = lines or stop == ":"
    opens = opens or (sentence.part == "body" and not made and (asks or stop not in ".!?"))
    pointing = any(t.text in ("they", "these", "follows", "following") for t in sentence.clauses[-1].own())
    heading = told if told in ("signed", "planned") else "signed" if pointing else ""
    goes_on = any(e.rule == "list" for e in made)
    return state._replace(
        focus=state.focus or (focus if len(focus) <= 3 else ()),
        awaited=told if not made else "",
        heading=(heading if opens else "") or (state.heading if goes_on else ""),
        said=(told, n) if asks and told else state.said,
        aside=state.aside and stop in ".!",
    )


def _leads_lines(after: list[Sentence]) -> bool:
    """Tell whether the sentences after one are lines of a list: the first names a partner, two only that."""
    first = [t for t in after[0].clauses[0].tokens if t.text != "the"][:1] if after else []
    return partners(first) != [] and sum(map(is_line, after)) > 1


def is_line(sentence: Sentence) -> bool:
    """Tell whether a sentence only names a partner, perhaps with a day, as a line of a list does."""
    row = list(itertools.takewhile(lambda t: t.text != "(", sentence.clauses[0].tokens))
    return partners(row) != [] and all(t.country or t.kind == "day" or t.text in LINE for t in row)


def _heads_signed(sentence: Sentence) -> bool:
    """Tell whether a heading names the papers of a list: "Countries with an agreement"."""
    row = sentence.clauses[0].tokens
    papers = any(kind_of(row, k) in ("security", "bare") for k in range(len(row)))
    return papers and not any(has(t, "talks", "modal", "not", "intent", "refuse") for t in row)


def papers_after(clause: Clause, before: str, said: Verdict | None, first: bool = False) -> str:
    """Return the kind of paper spoken of after a clause: a declaration beside the papers changes nothing."""
    # "Agreements were signed with A, and beside them the Compact" speaks of the agreements.
    named = range(clause.first, said.at) if said and said.paper == "bare" else clause.span()
    for k in clause.span() if first else reversed(named):
        kind = kind_of(clause.tokens, k)
        aside = clause.tokens[k].classes.get("other paper") == "aside" or not (said or first)
        if kind == "security" or (kind == "other" and not aside and not towards(clause.tokens, k)):
            return kind
    return before


def first_paper(clause: Clause) -> str | None:
    """Return what a clause is about: security, or "aside" ("the declaration was initiated by …")."""
    kinds = ((clause.tokens[k], kind_of(clause.tokens, k)) for k in clause.span())
    first = next(((t, kind) for t, kind in kinds if kind not in (None, "pronoun")), None)
    if first and first[0].classes.get("other paper") == "aside":
        return "aside"
    return "security" if first and first[1] == "security" else None
