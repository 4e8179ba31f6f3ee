"""When a signing was: the day in its clause, or in those about the same event."""

import datetime
import itertools
import re
from collections.abc import Iterator

from pactlens import dates
from pactlens.clauses import PREDICATES, RELATIVE, Clause, Sentence, Verdict
from pactlens.lexicon import STOPS, Token, forms, has, is_nth
from pactlens.references import LONG
from pactlens.sentences import pattern
from pactlens.subject import outside

LEAD = 6  # sentences that open an article
NEAR = 6  # clauses on either side that may tell of the same event
LEAD_IN = ("at", "in", "on", "after", "following")
LABEL = re.compile(r"^\w+:\s+")  # "Details: The occasion was …"


def day_of(read: list[Sentence], n: int, c: int, said: Verdict, token: Token) -> dates.Day | None:
    """Return the day of what clause c of sentence n says of `token`, if the text gives one."""
    vague = pattern("vague time").search("".join(f" {t.text}" for t in read[n].clauses[c].own()))
    for sentence, clause in about_event(read, n, c, said):
        own = sentence is read[n]
        here = (
            read[n].clauses[c].opening() in ("at which", "in which", "where")
            and clause is not read[n].clauses[c]
        )
        if vague and not own:  # "last week A signed one", told on a visit on Friday
            return None
        verb = read[n].clauses[c].tokens[said.at] if own else None
        days = _days(sentence, clause, verb, "there" if here and own else said.rule)
        days = [day for day in days if not _of_another(clause, day, token)]
        if own:  # "they signed it in A; on Saturday he speaks in B"
            days = [day for day in days if ";" not in sentence.text[token.start : day.start]]
        if days:
            apart = days[-1].start - days[0].end > len(days) * len(" and ")
            own_one = None if apart else paired(clause, len(days), token)
            close = nearest(clause, [day.start for day in days], token)
            day = days[close if own_one is None else own_one]
            if day.on is None and day.basis in ("relative", "weekday"):
                day = _told_elsewhere(read, day)
            return _same(read, sentence, day) if _again(day) else day
    return _just_then(read[n], c) or (_at_signing(read) if read[n].part == "title" else None)


def _at_signing(read: list[Sentence]) -> dates.Day | None:
    """Return the day that "he said on Friday, ahead of the signing" gives to what the title tells."""
    told = (s.days for s in read if pattern("at signing").search(s.text))
    return next((days[0] for days in told if days), None)


def _days(sentence: Sentence, clause: Clause, verb: Token | None, rule: str) -> list[dates.Day]:
    """Return the days that a clause tells; `verb` is the word that says it, None if another clause does."""
    told = {t.start for t in clause.own() if t.kind == "day"}
    inside = [day for day in sentence.days if day.start in told]
    days = [day for day in inside if _again(day) or rule == "there" or not elsewhere(clause, day.start)]
    if rule == "presupposed":  # "they voted on Monday on the agreement of 16 February"
        days = [day for day in days if verb and day.start > verb.start]
        days = [day for day in days if pattern("of day").search(sentence.text[: day.start])]
    since = verb.start if verb and rule == "have" else None
    periods = [day for day in days if _period(sentence.text, day, since)]
    # "as of today, 24 February"
    periods += [day for day in days for other in periods if 0 < day.start - other.end < 3]
    return [day for day in days if day not in periods]


def _of_another(clause: Clause, day: dates.Day, token: Token) -> bool:
    """Tell whether a day is of another name: "after A (12 January)", "with A, B and, on Friday, with C"."""
    row = clause.tokens
    at = next((k for k in range(2, len(row)) if row[k].start == day.start), 0)
    before = next((row[k] for k in range(at - 1, 1, -1) if row[k].text not in (",", "on")), row[0])
    last = has(before, "and") and row[at - 1].text != "and"
    return (last and token.start < before.start) or (
        before.text == "(" and row[at - 2].country not in (None, token.country)
    )


def before_that(clause: Clause, token: Token) -> bool:
    """Tell whether "earlier" follows a name: "those with A were signed today, those with B earlier"."""
    row = clause.tokens
    at = next(k for k, t in enumerate(row) if t is token)
    after = itertools.dropwhile(lambda t: t.country or t.text == "the" or has(t, "and"), row[at:])
    words = [t.text for t in itertools.islice(after, 2)]
    return words[:1] in (["earlier"], ["before"]) and (words[1:] == [] or words[1] in STOPS)


def own_day(sentence: Sentence, c: int, token: Token) -> dates.Day | None:
    """Return the day that stands right after a name: "A (12 January), B and C (16 February)"."""
    row = sentence.clauses[c].tokens
    after = itertools.dropwhile(
        lambda t: t.country or t.text in ("the", "'s") or has(t, "and"), row[row.index(token) + 1 :]
    )
    inside = list(itertools.islice(after, 3))
    if len(inside) < 2 or inside[0].text not in ("(", "on", "in", "since"):
        return None
    told = {t.start for t in inside if t.kind == "day"}
    return next((day for day in sentence.days if day.start in told and not _again(day)), None)


def _told_elsewhere(read: list[Sentence], day: dates.Day) -> dates.Day:
    """Return the day of "today" or "Friday" in an article without a day of its own.

    It is the one full day that captions give, or the only "Friday" told in full: "on Friday, 23 February".
    """
    near = [s for s in read if not pattern("lasting").search(s.text)]  # not the day of the invasion
    captions = (s for s in near if not any(clause.has(*PREDICATES) for clause in s.clauses))
    found = (d for s in captions for d in s.days if d.basis == "explicit" and d.precision == "day")
    days = {d.on: d for d in found if d.on}
    if day.basis == "weekday":
        name = dates.WEEKDAYS.split()
        full = {d.on: d for s in near for d in s.days if d.on and d.precision == "day" and not d.forward}
        full = {on: d for on, d in full.items() if name[on.weekday()] in d.words[:3].lower()} or days
        days = {on: d for on, d in full.items() if day.words.lower().startswith(name[on.weekday()])}
    elif not day.words.lower().endswith("today"):
        return day
    return days.popitem()[1] if len(days) == 1 else day


def _again(day: dates.Day) -> bool:
    """Tell whether a day is that told before: "the same day", "the day before"."""
    return pattern("same day").search(day.words) is not None


def _just_then(sentence: Sentence, c: int) -> dates.Day | None:
    """Return the day told before clause c, if it was then: "he said on Friday, just before they signed"."""
    clause = sentence.clauses[c]
    told = [day for day in sentence.days if day.end < clause.own()[0].start]
    near = clause.tokens[clause.first - 1].text if c else ""
    close = clause.opening() in ("before", "after") and near in forms("just")
    return told[-1] if told and close else None


def _same(read: list[Sentence], sentence: Sentence, day: dates.Day) -> dates.Day:
    """Return the day told before that "the same day", "the day before" or "the same month" means."""
    month = day.words.endswith("month")
    before = [d for d in sentence.days if d.end <= day.start]
    at = read.index(sentence)
    signed = [s for s in reversed(read[:at]) if any(clause.has("sign") for clause in s.clauses)]
    for other in (*reversed(read[max(0, at - 3) : at]), *signed, *read[: max(0, at - 3)]):
        apart = any(clause.has("other paper") for clause in other.clauses)
        apart = apart or not any(clause.has(*PREDICATES) for clause in other.clauses)  # the page's own day
        if not apart or any(clause.has("sign") for clause in other.clauses):
            before = before or [d for d in other.days if d.precision == "day" or month]
    if not before or not before[-1].on:
        return day
    if month:
        return day._replace(on=before[-1].on.replace(day=1), precision="month")
    earlier = re.search(r"day\s+(?:before|earlier)|previous", day.words)
    on = before[-1].on - datetime.timedelta(days=bool(earlier))
    return day._replace(on=on, precision=before[-1].precision)


def paired(clause: Clause, many: int, token: Token) -> int | None:
    """Return which of so many days or places is that of `token`, where each name has its own, in order.

    "A and B signed in P and Q", "in May and June".
    """
    partners = list(dict.fromkeys(t.country for t in clause.own() if t.country not in outside()))
    return partners.index(token.country) if many == len(partners) > 1 and token.country in partners else None


def nearest(clause: Clause, starts: list[int], token: Token) -> int:
    """Return which of several days or places, by their offsets, belongs to the name `token`."""
    partners = [t for t in clause.own() if t.country not in outside()]
    names = [t.start for t in partners] or [0]
    before = [k for k, start in enumerate(starts) if start < token.start]
    after = [k for k, start in enumerate(starts) if start > token.start]
    if starts[0] > names[0]:
        return after[0] if after else len(starts) - 1
    # "in Berlin with A, and with B in Paris": what stands after the last name is its own.
    last = token.start == names[-1] or len({t.country for t in partners}) == 1
    if last and starts[-1] > names[-1] and len(names) > 1:
        return len(starts) - 1
    return before[-1] if before else 0


def _period(text: str, day: dates.Day, since: int | None) -> bool:
    """Tell whether a day is only the beginning or the end of a time: "since January".

    After the verb of "A has one since January", at offset `since`, it is a day like any other.
    """
    before = text[: day.start].rstrip()
    ends = [pattern("period").search(words) for words in (before, f"{before} {day.words.split()[0]}")]
    had = since is not None and since < day.start
    return any(end and not (had and end[0].lower() == "since") for end in ends)


def elsewhere(clause: Clause, at: int) -> bool:
    """Tell whether what stands at offset `at` belongs to an announcement or to another paper."""
    parted = False
    for t in reversed([t for t in clause.own() if t.start < at]):
        parted = parted or t.text == ","
        if has(t, "sign", "close", "report", "other paper", "elsewhere") and not (parted and has(t, "away")):
            return not has(t, "sign", "close")
    return False


def about_event(read: list[Sentence], n: int, c: int, said: Verdict) -> list[tuple[Sentence, Clause]]:
    """Return the clause, then those about the same event: beside it, after it, before it."""
    sentence, clause = read[n], read[n].clauses[c]
    out = [(sentence, clause), *((sentence, other) for other in _beside(sentence, c, said))]
    many = len({t.country for t in clause.own()} - outside()) >= LONG
    for after in read[n + 1 : n + 13] if not many else ():
        if LABEL.sub("", after.text).lower().startswith(tuple(forms("later event"))):
            out += [(after, other) for other in after.clauses]
    subject = sentence.clauses[c - 1].own() if c and clause.opening() == "to" else []  # "he met B, to sign"
    if n and any(t.kind == "person" or has(t, "pair") for t in (*subject, *clause.own())):
        told = ("go", "meet") if clause.has("pair") else ("go",)
        past = (other for other in read[n - 1].clauses if not (other.said or other.has("modal")))
        visits = (other for other in past if other.has(*told))
        out += [(read[n - 1], other) for other in visits]
    if n and clause.has("pair"):
        for before in reversed(read[max(0, n - 3) : n]):  # "they agreed on Thursday. … The two signed it"
            agreed = (other for other in before.clauses if other.has("close") and not other.said)
            out += [(before, other) for other in agreed if len({t.country for t in other.own()} - {None}) > 1]
    there = has(clause.own()[:2][-1], "sign", "close") and sentence.clauses[0].has("visited")
    if said.rule not in ("list", "likewise") and (there or clause.has("same event", "visited")):
        for before in reversed(read[max(0, n - 3) : n]):
            out += [(before, other) for other in before.clauses if meets(other) or _visit(other)]
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
    opening = [(s, clause) for s in read[:LEAD] for clause in s.clauses if not clause.said]
    told = [(s, clause) for s, clause in opening if meets(clause) or _visit(clause)]
    ours = [(s, clause) for s, clause in told if country in {t.country for t in clause.own()}]
    found = (d for s, clause in ours for d in _days(s, clause, None, "visit"))
    days = {d.on: d for d in found if d.on and d.precision == "day"}
    return days.popitem()[1] if len(days) == 1 else None


def meets(clause: Clause) -> bool:
    """Tell whether a clause tells of a meeting or a journey."""
    return clause.has("meet", "go")


def _beside(sentence: Sentence, c: int, said: Verdict) -> Iterator[Clause]:
    """Yield the clauses of the sentence about the same event: "he came to P, where they signed"."""
    clause, lead = sentence.clauses[c], sentence.clauses[c].opening()
    if any(t.text == "already" for t in clause.own()):  # "he was in A, which has signed one already"
        return
    marks = {clause.own()[0].text, clause.tokens[clause.first - 1].text if clause.first else ""}
    shared = marks & {"and", ",", ";"} and not any(t.country for t in clause.tokens[clause.first : said.at])
    there = lead in ("where", "at which", "in which", "when") or clause.has("visited")
    for k in range(c - 1, max(-1, c - 1 - NEAR), -1):
        other = sentence.clauses[k]
        dated = any(t.kind == "day" for t in other.own()[:6] if lead != "as") or (
            lead == "as" and any(t.kind == "day" for t in other.own())
        )
        aside = other.opening() in ("which", "where", "when", "while") and (meets(other) or other.has("be"))
        # "In June there was one signed by A"
        participle = has(clause.own()[0], "sign") and k == c - 1 and dated
        cleft = lead in ("that", "who") and any(t.text == "it" for t in other.own()) and other.has("be")
        then = lead == "as" and k == c - 1 and dated
        nth = lead in RELATIVE and k == c - 1 and other.has("become") and any(map(is_nth, other.own()))
        caption = lead == "after" and not other.has(*PREDICATES)
        beside = shared and not other.said and (meets(other) or (dated and k == c - 1))
        opens = next(
            t.text for t in other.own() if t.text not in ("but", "and", ",", '"') or t is other.own()[-1]
        )
        lead_in = opens in LEAD_IN and "," in marks and not other.said and (other.has("meet") or dated)
        if there or aside or cleft or then or nth or participle or beside or caption or lead_in:
            yield other
    for other in sentence.clauses[c + 1 : c + 1 + NEAR]:
        told = other.has("report") or other.said
        there = other.opening() in ("when", "while") or (other.opening() == "who" and other.has("be"))
        if not told and (meets(other) or there):
            yield other
