"""Sentences as clauses of classed tokens: what the rules of `signings` look at."""

import itertools
from typing import NamedTuple

from pactlens.dates import Day
from pactlens.lexicon import STOPS, Span, Token, has

DEEDS = ("sign", "close", "talks", "have")
PREDICATES = {*DEEDS, "join", "exist", "report", "bear", "be", "modal", "do", "move", "follow", "likewise"}
DETERMINERS = ("the", "a", "an", "his", "her", "its", "their")
PREPOSITIONS = ("with", "by", "between", "list", "of")
VERB_GROUP = ("adverb", "not", "hardly", "modal", "to", "be", "have", "do", "intent", "yet")
QUOTES = ('"', "\u201c", "\u201d", "\u00ab", "\u00bb")
REASON = ("since", "because")
CARRIED = ("which", "who", "whom", "whose", *REASON)
RELATIVE = ("that", "which", "who", "whose", "with which", "with whom")


class Verdict(NamedTuple):
    """What one clause says: its status, the rule that says so, the deciding token, the kind of paper."""

    status: str  # signed, planned, none
    rule: str
    at: int
    paper: str | None = None  # security, other, bare, own, pronoun, talks; None if no paper is named
    weak: bool = False  # stands only where nothing else in the article says the contrary


class Clause(NamedTuple):
    """The tokens from `first` up to `last` of a sentence, with one predicate, and what it says."""

    tokens: list[Token]
    first: int
    last: int
    said: Verdict | None = None

    def own(self) -> list[Token]:
        """Return the clause's own tokens."""
        return self.tokens[self.first : self.last]

    def has(self, *names: str) -> bool:
        """Tell whether one of the clause's own tokens is of one of these classes."""
        # Plain loops, here and in lexicon.has: they are asked a million times.
        for token in self.tokens[self.first : self.last]:
            if token.classes:
                for name in names:
                    if name in token.classes:
                        return True
        return False

    def dated(self, verb: int) -> bool:
        """Tell whether the clause tells of one event: a day, and a verb without "have"."""
        days = any(token.kind == "day" for token in self.own())
        return days and not any(has(token, "have") for token in self.tokens[max(self.first, verb - 3) : verb])

    def group(self, i: int) -> int:
        """Return where the verb group that ends before token i begins."""
        while i > self.first and (has(self.tokens[i - 1], *VERB_GROUP) or self.tokens[i - 1].text in QUOTES):
            i -= 1
        return i

    def opening(self) -> str:
        """Return the clause's first word, whatever marks stand before it."""
        return next((token.text for token in self.own() if token.text[0].isalnum()), "")

    def span(self) -> range:
        """Return the indexes of the clause's own tokens."""
        return range(self.first, self.last)


class Sentence(NamedTuple):
    """One row of sentences, read into clauses and days."""

    number: int
    start: int
    part: str
    text: str
    clauses: list[Clause]
    days: list[Day]
    spans: list[Span]  # the names and days, also those of who tells it


def split(row: list[Token]) -> list[Clause]:
    """Return the clauses of a sentence: its pieces, each with a predicate if the sentence has one."""
    row = _told(row)
    cuts = [0, *(i for i in range(1, len(row)) if _cuts(row, i)), len(row)]
    pieces = [(first, last) for first, last in itertools.pairwise(cuts) if first < last]
    out: list[tuple[int, int]] = []
    carried: int | None = None
    for first, last in pieces:
        lead = row[first + 1] if row[first].text == "," and first + 1 < last else row[first]
        aside = carried is not None and first - carried > 3 and relative(row, carried)
        verb = aside and has(lead, "be", "have", "modal", "sign")
        apart = (
            verb
            or lead.text in RELATIVE
            or ("break" in lead.classes and any(t.country for t in row[carried:first]))
        )
        if carried is not None and apart:
            out.append((carried, first))
            carried = None
        if carried is not None and row[first].text == ";":
            out.append((carried, first))
            carried = None
        begin = first if carried is None else carried
        carried = None
        if any(not PREDICATES.isdisjoint(token.classes) for token in row[begin:last]):
            out.append((begin, last))
        elif out == [(0, begin)] and "break" in row[0].classes:
            carried = begin
        elif (
            out
            and not (begin != first and row[begin + 1].text in REASON)
            and "break" not in row[begin].classes
            and "contrast" not in lead.classes
            and lead.text.split()[-1] not in CARRIED  # "at which", "since A and B, both …, have"
            and not (row[begin - 1].text == ";" and (last - begin > 4 or _names_paper(row[begin:last])))
        ):
            out[-1] = (out[-1][0], last)
        else:
            carried = begin
    if carried is not None:
        out = [*out[:-1], (out[-1][0], len(row))] if out else [(0, len(row))]
    return [Clause(row, first, last) for first, last in out]


def relative(row: list[Token], first: int) -> bool:
    """Tell whether a relative clause without a subject of its own begins at `first`: "which borders A"."""
    lead = first + (row[first].text == ",")
    after = row[lead + 1] if lead + 1 < len(row) else row[lead]
    told = after.country or has(after, "title", "pair", "paper", "security") or after.text in DETERMINERS
    return row[lead].text in RELATIVE and not (row[lead].text == "that" and told)


def _names_paper(tokens: list[Token]) -> bool:
    return any(has(t, "paper", "other paper") and t.classes.get("paper") != "pronoun" for t in tokens)


def _told(row: list[Token]) -> list[Token]:
    """Return a sentence without who tells it in its midst: "in the works, his office says, are two deals"."""
    commas = [i for i, token in enumerate(row) if token.text == ","]
    for first, last in itertools.pairwise(commas):
        inside = row[first + 1 : last] or row[first : first + 1]
        told = any(has(t, "report") for t in inside) and not any(has(t, *DEEDS) for t in inside)
        says = any(has(t, "report", "day") for t in inside[-2:]) or inside[0].text == "according to"
        ends = len(inside) < 9 and says
        if told and ends and first and not has(inside[0], "and", "break"):
            return row[:first] + _told(row[last + 1 :])
    return row


def _cuts(row: list[Token], i: int) -> bool:
    """Tell whether a new piece begins at token i."""
    token, before = row[i], row[i - 1]
    if token.text in (";", ":", "—", "•") or before.text in (";", ":", "—"):
        return True
    if token.text in (",", "and") and _and_others(row, i):
        return False
    if token.text == ",":
        return not _in_list(row, i) or _speaker(row, i) or _new_subject(row, i)
    if "break" in token.classes:
        determiner = token.text == "that" and has(before, "of", "with", "by", "for", "away")
        determiner = determiner or (token.text == "what" and has(before, "be"))  # "are what it works on"
        adverb = token.text == "since" and has(before, "have")
        after = row[i + 1] if i + 1 < len(row) else None
        adverb = adverb or (token.text == "before" and (not after or after.text in STOPS or has(after, "be")))
        return before.text != "," and not (determiner or adverb or _alone(row, i))
    if before.text == "," and "and" not in token.classes:
        return False
    if token.text == "and" and has(before, "security") and _goes_on(row, i):
        return False
    if token.text == "and" or token.text == "but":
        return not _in_list(row, i) or _new_subject(row, i)
    # "the ones signed with …": a participle after the paper that it belongs to
    paper = before.classes.get("paper", "pronoun") != "pronoun" or before.text == "those"
    return paper and token.classes.get("sign") == "past" and i > 3


def _alone(row: list[Token], i: int) -> bool:
    """Tell whether only a noun follows the "after" or "before" at i: "two years after the invasion"."""
    rest = itertools.takewhile(lambda t: t.text not in STOPS, row[i + 1 :])
    return row[i].text in ("after", "before") and all(PREDICATES.isdisjoint(t.classes) for t in rest)


def _goes_on(row: list[Token], i: int) -> bool:
    """Tell whether more of the matter follows the "and" at i: "on security cooperation and support"."""
    on = any(t.text == "on" for t in row[max(0, i - 4) : i])
    return on and any(has(t, "security") for t in row[i + 1 : i + 5])


def _and_others(row: list[Token], i: int) -> bool:
    """Tell whether "and others", "and I" follows, which ends a list without a name."""
    after = [t for t in row[i : i + 4] if t.text not in (",", "and")]
    alone = not (after[1:] and has(after[1], "be", "have", "modal"))
    return after[:1] != [] and after[0].text in ("others", "more", "i") and alone


def _in_list(row: list[Token], i: int) -> bool:
    """Tell whether the comma or "and" at i stands between two names of a list."""
    passed = ("the", "by", "with", "of", "since", "(", ")", ",", "'s", "on")
    after = itertools.dropwhile(
        lambda t: t.text in passed or t.kind == "day" or has(t, "and", "list", "title", "title modifier"),
        row[i + 1 :],
    )
    before = itertools.dropwhile(
        lambda t: t.text in passed or t.kind == "day" or has(t, "and", "title"), reversed(row[:i])
    )
    first, last = next(after, None), next(before, None)
    names = last is not None and (last.country or last.text in ("he", "she"))
    return bool(names and first and first.country)


def _speaker(row: list[Token], i: int) -> bool:
    """Tell whether the name after the comma at i is who says it all: ", Japan's ministry says"."""
    for token in row[i + 1 : i + 9]:
        if "report" in token.classes:
            return True
        if token.text in (",", ";", ".", "and"):
            return False
    return False


def _new_subject(row: list[Token], i: int) -> bool:
    """Tell whether the name after the "and" at i is the subject of a second predicate."""
    j = i + 1
    while j < len(row) and (
        row[j].country or not {"title", "title modifier"}.isdisjoint(row[j].classes) or row[j].text == "the"
    ):
        j += 1
    # "A, B, and C are …": a plural verb is not of the last name alone
    many = j < len(row) and row[j].text.startswith(("are", "were"))
    if many and sum(t.country is not None for t in row[i:j]) == 1:
        return False
    if j >= len(row) or not has(row[j], "modal", "be", "have", "sign", "to", "not", "talks", "follow"):
        return False
    k = i - 1
    while k > 0 and (row[k].country or row[k].text in (",", "the") or has(row[k], "title")):
        k -= 1
    if has(row[k], "with") and row[k - 1].text in ("those", "ones"):
        return False  # "those with A and B will be ready"
    # "Once they have signed, A and B would …": the names open a clause
    if row[k + 1].text == "," and any(t.country for t in row[k:i]) and not has(row[k], *PREPOSITIONS):
        return False
    for token in reversed(row[:i]):
        if token.text == ";" or "between" in token.classes or "break" in token.classes:
            return False
        if token.classes.get("sign") == "ing" and row[j].text == "was":
            return False  # "the signing of agreements with A, B, and C was announced"
        if "sign" in token.classes or "close" in token.classes:
            return True
    return False
