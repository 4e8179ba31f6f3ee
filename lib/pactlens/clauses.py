"""Sentences as clauses of classed tokens: what the rules of `signings` look at."""

import itertools
from typing import NamedTuple

from pactlens.dates import Day
from pactlens.lexicon import STOPS, Span, Token, any_has, following, has, previous

DEEDS = ("sign", "close", "talks", "have")
PREDICATES = {*DEEDS, "join", "exist", "report", "bear", "be", "modal", "do", "move", "follow", "likewise"}
DETERMINERS = ("the", "a", "an", "his", "her", "its", "their")
VERB_GROUP = ("adverb", "not", "hardly", "modal", "to", "be", "have", "do", "intent", "yet")
QUOTES = ('"', "\u201c", "\u201d", "\u00ab", "\u00bb")
REASON = ("since", "because")
CARRIED = ("which", "who", "whom", "whose", *REASON)
IN_LISTS = ("the", "by", "with", "of", "since", "(", ")", ",", "'s", "on")
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
        return any_has(self.own(), *names)

    def before(self, i: int) -> list[Token]:
        """Return the clause's tokens before token i."""
        return self.tokens[self.first : i]

    def after(self, i: int) -> list[Token]:
        """Return the clause's tokens after token i."""
        return self.tokens[i + 1 : self.last]

    def dated(self, verb: int) -> bool:
        """Tell whether the clause tells of one event: a day, and a verb without "have"."""
        days = any(token.kind == "day" for token in self.own())
        return days and not any_has(self.before(verb)[-3:], "have")

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
    out: list[tuple[int, int]] = []
    carried: int | None = None  # where a piece begins that waits for the predicate of the next
    for first, last in itertools.pairwise([0, *(i for i in range(1, len(row)) if _cuts(row, i)), len(row)]):
        if carried is not None and _apart(row, carried, first):
            out.append((carried, first))
            carried = None
        begin = first if carried is None else carried
        carried = None
        opened = out == [(0, begin)] and has(row[0], "break")  # "After A signed, …"
        if any(not PREDICATES.isdisjoint(token.classes) for token in row[begin:last]):
            out.append((begin, last))
        elif out and not opened and _continues(row, begin, first, last):
            out[-1] = (out[-1][0], last)
        else:
            carried = begin
    if carried is not None:
        out = [*out[:-1], (out[-1][0], len(row))] if out else [(0, len(row))]
    return [Clause(row, first, last) for first, last in out]


def _apart(row: list[Token], carried: int, first: int) -> bool:
    """Tell whether the piece from `carried`, though without a predicate, ends before the one at `first`."""
    lead = row[first] if row[first].text != "," else following(row, first)
    aside = first - carried > 3 and relative(row, carried) and has(lead, "be", "have", "modal", "sign")
    names = any(token.country for token in row[carried:first])
    return row[first].text == ";" or aside or lead.text in RELATIVE or (has(lead, "break") and names)


def _continues(row: list[Token], begin: int, first: int, last: int) -> bool:
    """Tell whether the tokens from `begin` up to `last`, without a predicate, end the clause before them.

    The last piece among them begins at `first`.
    """
    lead = row[first] if row[first].text != "," else following(row, first)
    if begin != first and row[begin + 1].text in REASON:
        return False
    if has(row[begin], "break") or has(lead, "contrast"):
        return False
    if lead.text.split(" ")[-1] in CARRIED:  # "at which", "since A and B, both …, have"
        return False
    own = row[begin:last]
    paper = any(has(t, "paper", "other paper") and t.classes.get("paper") != "pronoun" for t in own)
    return row[begin - 1].text != ";" or not (len(own) > 4 or paper)


def relative(row: list[Token], first: int) -> bool:
    """Tell whether a relative clause without a subject of its own begins at `first`: "which borders A"."""
    lead = first + (row[first].text == ",")
    after = following(row, lead)
    told = after.country or has(after, "title", "pair", "paper", "security") or after.text in DETERMINERS
    told = told or has(previous(row, lead), "report")  # "she said that 23 states"
    return row[lead].text in RELATIVE and not (row[lead].text == "that" and told)


def _told(row: list[Token]) -> list[Token]:
    """Return a sentence without who tells it in its midst: "in the works, his office says, are two deals"."""
    commas = [i for i, token in enumerate(row) if token.text == ","]
    for first, last in itertools.pairwise(commas):
        inside = row[first + 1 : last]
        told = first and len(inside) < 9 and any_has(inside, "report") and not any_has(inside, *DEEDS)
        if told and (any_has(inside[-2:], "report", "day") or inside[0].text == "according to"):
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
    if has(token, "break"):
        return before.text != "," and not _no_break(row, i)
    if token.text == "and":
        matter = has(before, "security") and _goes_on(row, i)
        return not matter and (not _in_list(row, i) or _new_subject(row, i))
    # "the ones signed with …": a participle after the paper that it belongs to
    paper = before.classes.get("paper", "pronoun") != "pronoun" or before.text == "those"
    return paper and token.classes.get("sign") == "past" and i > 3


def _no_break(row: list[Token], i: int) -> bool:
    """Tell whether the "that", "since" or "after" at i opens no clause."""
    text, before = row[i].text, row[i - 1]
    if text == "that":  # "with that country"
        return has(before, "of", "with", "by", "for", "away")
    if text == "what":  # "are what it works on"
        return has(before, "be")
    if text == "since":  # "has since signed"
        return has(before, "have")
    if text == "before" and has(following(row, i), "be"):
        return True
    # "two years after the invasion"
    rest = itertools.takewhile(lambda t: t.text not in STOPS, row[i + 1 :])
    return text in ("after", "before") and all(PREDICATES.isdisjoint(t.classes) for t in rest)


def _goes_on(row: list[Token], i: int) -> bool:
    """Tell whether more of the matter follows the "and" at i: "on security cooperation and support"."""
    on = any(t.text == "on" for t in row[max(0, i - 4) : i])
    return on and any_has(row[i + 1 : i + 5], "security")


def _and_others(row: list[Token], i: int) -> bool:
    """Tell whether "and others", "and I" follows, which ends a list without a name."""
    after = [t for t in row[i : i + 4] if t.text not in (",", "and")]
    others = [t.text for t in after[:1]] in (["others"], ["more"], ["i"])
    return others and not any_has(after[1:2], "be", "have", "modal")


def _in_list(row: list[Token], i: int) -> bool:
    """Tell whether the comma or "and" at i stands between two names of a list."""
    after = itertools.dropwhile(lambda t: _passed(t) or has(t, "list", "title modifier"), row[i + 1 :])
    before = itertools.dropwhile(_passed, reversed(row[:i]))
    first, last = next(after, None), next(before, None)
    return bool(first and first.country and last and (last.country or last.text in ("he", "she")))


def _passed(token: Token) -> bool:
    """Tell whether a token may stand between the names of a list."""
    # "and the next day A visited B": a new subject
    day = token.kind == "day" and "next" not in token.text and "following" not in token.text
    return token.text in IN_LISTS or day or has(token, "and", "title")


def _speaker(row: list[Token], i: int) -> bool:
    """Tell whether the name after the comma at i is who says it all: ", Japan's ministry says"."""
    inside = itertools.takewhile(lambda t: t.text not in (",", ";", ".", "and"), row[i + 1 : i + 9])
    return any_has(inside, "report")


def _new_subject(row: list[Token], i: int) -> bool:
    """Tell whether the name after the "and" at i is the subject of a second predicate."""
    ends = (
        k
        for k in range(i + 1, len(row))
        if not (row[k].country or row[k].text == "the" or has(row[k], "title", "title modifier"))
    )
    j = next(ends, i)
    verb, names = row[j], sum(t.country is not None for t in row[i:j])
    if not has(verb, "modal", "be", "have", "sign", "to", "not", "talks", "follow"):
        return False
    if verb.text.startswith(("are", "were")) and names == 1:
        return False  # "A, B, and C are …": a plural verb is not of the last name alone
    k = i - 1
    while k > 0 and (row[k].country or row[k].text in (",", "the") or has(row[k], "title")):
        k -= 1
    if row[k].kind == "day" and has(previous(row, k), "and"):
        return False  # "and the next day A and B signed theirs"
    if row[k - 1].text in ("those", "ones"):
        return False  # "those with A and B will be ready"
    if row[k + 1].text == "," and any(t.country for t in row[k:i]):
        return False  # "Once they have signed, A and B would …": the names open a clause
    for token in reversed(row[:i]):
        if token.text == ";" or has(token, "between", "break"):
            return False
        if token.classes.get("sign") == "ing" and verb.text == "was":
            return False  # "the signing of agreements with A, B, and C was announced"
        if has(token, "sign", "close"):
            return True
    return False
