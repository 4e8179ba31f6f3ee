"""When a signing was: the day in its clause, or in those about the same event."""

import datetime
import itertools
import re
from collections.abc import Iterator

from pactlens import dates
from pactlens.clauses import PREDICATES, RELATIVE, Clause, Sentence, Verdict
from pactlens.lexicon import Token, following, forms, has, is_nth, previous
from pactlens.papers import beside, kind_of
from pactlens.references import LONG
from pactlens.sentences import pattern
from pactlens.subject import named, partners

LEAD = 6  # sentences that open an article
NEAR = 6  # clauses on either side that may tell of the same event
LEAD_IN = ("at", "in", "on", "after", "following")


def day_of(read: list[Sentence], n: int, c: int, said: Verdict, token: Token) -> dates.Day | None:
    """Return the day of what clause c of sentence n says of `token`, if the text gives one."""
    for sentence, clause in about_event(read, n, c, said):
        verb = clause.tokens[said.at] if sentence is read[n] else None
        days = _days(sentence, clause, verb, said.rule)
        days = [day for day in days if not _of_another(clause, day, token)]
        if days:
            apart = days[-1].start - days[0].end > len(days) * len(" and ")
            own_one = None if apart else paired(clause, len(days), token)
            close = nearest(clause, [day.start for day in days], token)
            day = days[close if own_one is None else own_one]
            day = day if day.on else _told_elsewhere(read, day)
            return _same(read, sentence, day) if _again(day) else day
    return _just_then(read[n], c) or (_at_signing(read) if read[n].part == "title" else None)


def _at_signing(read: list[Sentence]) -> dates.Day | None:
    """Return the day that "he said on Friday, ahead of the signing" gives to what the title tells."""
    told = (s.days for s in read if pattern("at signing").search(s.text))
    return next((days[0] for days in told if days), None)


def _days(sentence: Sentence, clause: Clause, verb: Token | None, rule: str) -> list[dates.Day]:
    """Return the days that a clause tells; `verb` is the word that says it, None if another clause does."""
    told = {t.start for t in clause.own() if t.kind == "day"}
    days = [day for day in sentence.days if day.start in told and not elsewhere(clause, day.start)]
    if rule == "presupposed":  # "they voted on Monday on the agreement of 16 February"
        days = [day for day in days if verb and day.start > verb.start]
    # "A has one since January": after its verb it is a day like any other
    had = verb.start if verb and rule == "have" else len(sentence.text)
    periods = [day for day in days if day.start < had and _period(sentence.text, day)]
    # "as of today, 24 February"
    periods += [day for day in days for other in periods if 0 < day.start - other.end < 3]
    return [day for day in days if day not in periods]


def _of_another(clause: Clause, day: dates.Day, token: Token) -> bool:
    """Tell whether a day is of another name or event: "after A (12 January), B signed; on Monday he goes"."""
    row = [t for t in clause.tokens if t.start < day.start and t.text not in (",", "on")]
    if any(t.text == ";" and t.start > token.start for t in row):
        return True
    return len(row) > 1 and row[-1].text == "(" and row[-2].country not in (None, token.country)


def before_that(clause: Clause, token: Token) -> bool:
    """Tell whether a name is of what was before: "signed today, those with B earlier", "after the B one"."""
    row = clause.tokens
    at = row.index(token)
    after = previous(row, at, 2 if previous(row, at).text == "the" else 1)
    behind = after.text == "after" and after is not row[clause.first] and kind_of(row, at + 1) is not None
    return behind or [t.text for t in _right_after(clause, token)[:1]] == ["earlier"]


def own_day(sentence: Sentence, c: int, token: Token) -> dates.Day | None:
    """Return the day that stands right after a name: "A (12 January), B and C (16 February)"."""
    inside = _right_after(sentence.clauses[c], token)
    if not inside or inside[0].text not in ("(", "on", "in"):
        return None
    told = {t.start for t in inside if t.kind == "day"}
    return next((day for day in sentence.days if day.start in told and not _again(day)), None)


def _right_after(clause: Clause, token: Token) -> list[Token]:
    """Return the three tokens after a name, or after the list that it is in."""
    row = clause.tokens[clause.tokens.index(token) + 1 :]
    rest = itertools.dropwhile(lambda t: t.country or t.text in ("the", "'s") or has(t, "and"), row)
    return list(itertools.islice(rest, 3))


def _told_elsewhere(read: list[Sentence], day: dates.Day) -> dates.Day:
    """Return the day of "today" or "Friday" in an article without a day of its own.

    It is the one full day that captions give, or the only "Friday" told in full: "on Friday, 23 February".
    """
    near = [s for s in read if not pattern("lasting").search(s.text)]  # not the day of the invasion
    full = [(s, d) for s in near for d in s.days if d.on and d.precision == "day" and not d.forward]
    shown = {d.on: d for s, d in full if not any(clause.has(*PREDICATES) for clause in s.clauses)}
    if day.basis == "weekday":
        name = day.words[:3].lower()
        days = {d.on: d for _, d in full if d.words[:3].lower() == name}
        days = days or {on: d for on, d in shown.items() if f"{on:%a}".lower() == name}
    elif day.words.lower().endswith("today"):
        days = shown
    else:
        return day
    return days.popitem()[1] if len(days) == 1 else day


def _again(day: dates.Day) -> bool:
    """Tell whether a day is that told before: "the same day", "the day before"."""
    return pattern("same day").search(day.words) is not None


def _just_then(sentence: Sentence, c: int) -> dates.Day | None:
    """Return the day told before clause c, if it was then: "he said on Friday, just before they signed"."""
    clause = sentence.clauses[c]
    told = [day for day in sentence.days if day.end < clause.own()[0].start]
    return told[-1] if told and clause.tokens[clause.first - 1].text in forms("just") else None


def _same(read: list[Sentence], sentence: Sentence, day: dates.Day) -> dates.Day:
    """Return the day told before that "the same day", "the day before" or "the next day" means, or month."""
    month = day.words.endswith("month")
    before = [d for d in sentence.days if d.end <= day.start]
    for other in reversed(read[: read.index(sentence)]):
        if any(clause.has(*PREDICATES) for clause in other.clauses):  # not the page's own day
            before = before or [d for d in other.days if d.precision == "day" or month]
    if not before or not before[-1].on:
        return day
    if month:
        return day._replace(on=before[-1].on.replace(day=1), precision="month")
    earlier = re.search(r"day\s+(?:before|earlier)|previous", day.words)
    later = re.search(r"next|following|day\s+later", day.words)
    on = before[-1].on + datetime.timedelta(days=bool(later) - bool(earlier))
    return day._replace(on=on, precision=before[-1].precision)


def paired(clause: Clause, many: int, token: Token) -> int | None:
    """Return which of so many days or places is that of `token`, where each name has its own, in order.

    "A and B signed in P and Q", "in May and June".
    """
    told = named(clause.own())
    return told.index(token.country) if many == len(told) > 1 and token.country in told else None


def nearest(clause: Clause, starts: list[int], token: Token) -> int:
    """Return which of several days or places, by their offsets, belongs to the name `token`."""
    before = [k for k, start in enumerate(starts) if start < token.start]
    after = [k for k, start in enumerate(starts) if start > token.start]
    first = next((t.start for t in partners(clause.own())), 0)
    if starts[0] > first:
        return after[0] if after else len(starts) - 1
    return before[-1] if before else 0


def _period(text: str, day: dates.Day) -> bool:
    """Tell whether a day is only the beginning or the end of a time: "since January"."""
    before = text[: day.start].rstrip()
    return any(pattern("period").search(words) for words in (before, f"{before} {day.words.split()[0]}"))


def elsewhere(clause: Clause, at: int) -> bool:
    """Tell whether what stands at offset `at` belongs to an announcement or to another paper."""
    row = clause.tokens
    for k in reversed([k for k in clause.span() if row[k].start < at]):
        if following(row, k).text == "on" and beside(row, k):  # "signed it under the declaration on 18 July"
            continue
        if has(row[k], "report") and any(t.text == "where" for t in row[clause.last : clause.last + 2]):
            continue  # "he said on Friday in P, where they signed"
        if row[k].text.endswith("signing") and any(has(t, "report") for t in clause.before(k)[-2:]):
            return True  # "A had announced the signing on Friday"
        if has(row[k], "sign", "close", "go", "report", "other paper", "elsewhere"):
            return not has(row[k], "sign", "close", "go")
    return False


def about_event(read: list[Sentence], n: int, c: int, said: Verdict) -> list[tuple[Sentence, Clause]]:
    """Return the clause, then those about the same event: beside it, after it, before it."""
    sentence, clause = read[n], read[n].clauses[c]
    out = [(sentence, clause), *((sentence, other) for other in _beside(sentence, c))]
    for after in read[n + 1 : n + 13] if len(named(clause.own())) < LONG else ():
        if after.text.lower().startswith(tuple(forms("later event"))):
            out += [(after, other) for other in after.clauses]
    near = [(s, other) for s in reversed(read[max(0, n - 3) : n]) for other in s.clauses]
    main = sentence.clauses[c - 1].own() if c and clause.opening() == "to" else []  # "he met B, to sign"
    if any(t.kind == "person" or has(t, "pair") for t in (*main, *clause.own())):
        told = ("go", "meet") if clause.has("pair") else ("go",)
        past = [
            (s, other) for s, other in near if s is read[n - 1] and not (other.said or other.has("modal"))
        ]
        out += [(s, other) for s, other in past if other.has(*told)]
    if clause.has("pair"):  # "they agreed on Thursday. … The two signed it"
        out += [(s, other) for s, other in near if other.has("close") and not other.said]
    if said.rule != "list" and (clause.has("same event") or sentence.clauses[0].has("visited")):
        out += [(s, other) for s, other in near if meets(other) or _visit(other)]
        # "A's president in P", says the title of the visit.
        titles = [s for s in read[: min(n, 3)] if s.text.rstrip()[-1:] not in ".!?"]
        led = ((s, other) for s in titles for other in s.clauses if not other.said)
        out += [(s, other) for s, other in led if any(t.kind == "person" for t in other.own())]
    return out


def _visit(clause: Clause) -> bool:
    """Tell whether a clause says where someone was on a day: "on Friday he was in A"."""
    return clause.has("be") and not clause.said and any(t.kind == "day" for t in clause.own())


def day_of_visit(read: list[Sentence], country: str) -> dates.Day | None:
    """Return the one day on which the opening of an article tells of a visit or meeting with a country."""
    told = [(s, clause) for s in read[:LEAD] for clause in s.clauses if not clause.said and meets(clause)]
    ours = [(s, clause) for s, clause in told if country in named(clause.own())]
    days = {d.on: d for s, clause in ours for d in _days(s, clause, None, "visit")}
    return days.popitem()[1] if len(days) == 1 else None


def meets(clause: Clause) -> bool:
    """Tell whether a clause tells of a meeting or a journey."""
    return clause.has("meet", "go")


def _beside(sentence: Sentence, c: int) -> Iterator[Clause]:
    """Yield the clauses of the sentence about the same event: "he came to P, where they signed"."""
    clause = sentence.clauses[c]
    if any(t.text == "already" for t in clause.own()):  # "he was in A, which has signed one already"
        return
    there = clause.opening() in ("where", "when") or clause.has("visited")
    for k in range(c - 1, max(-1, c - 1 - NEAR), -1):
        if there or _leads(sentence.clauses[k], clause, right_before=k == c - 1):
            yield sentence.clauses[k]
    for other in sentence.clauses[c + 1 : c + 1 + NEAR]:
        told = other.has("report") or other.said
        if not told and (meets(other) or other.opening() in ("when", "while", "who")):
            yield other


def _leads(other: Clause, clause: Clause, right_before: bool) -> bool:
    """Tell whether a clause before another of the sentence, perhaps right before it, leads to its event."""
    lead, row = clause.opening(), other.own()
    marks = {clause.own()[0].text, clause.tokens[clause.first - 1].text}
    dated = any(t.kind == "day" for t in (row if lead == "as" else row[:6]))
    aside = other.opening() in ("which", "where", "when", "while") and (meets(other) or other.has("be"))
    if aside or (lead == "as" and dated):
        return True
    if right_before and has(clause.own()[0], "sign") and dated:  # "In June there was one signed by A"
        return True
    if lead in ("that", "who") and any(t.text == "it" for t in row) and other.has("be"):
        return True  # "it was in P that they signed"
    if lead in RELATIVE and any(map(is_nth, row)):  # "on Friday A became the third that signed"
        return True
    if lead == "after" and not other.has(*PREDICATES):  # a caption
        return True
    words = (t.text for t in row if t.text[0].isalnum() and t.text not in ("but", "and"))
    if "," in marks and next(words, "") in LEAD_IN:  # "At the summit, he said, they signed"
        return True
    # "She met C in P, and A will sign" is of A alone
    verb = clause.said.at if clause.said else clause.last
    own_subject = any(t.country for t in clause.tokens[clause.first : verb])
    beside = not other.said and not own_subject and (meets(other) or (dated and right_before))
    return beside and not marks.isdisjoint(("and", ",", ";"))
