"""Do the claims add up? Each against the dated reference, under the counting rules that it allows."""

import re
from collections.abc import Iterable, Iterator, Sequence, Set
from functools import cache, partial
from itertools import product
from typing import Any, NamedTuple

import pandas as pd

from pactlens import agreements, countries, tables
from pactlens.numerals import pattern

CLAUSES = {"duration_years": ("duration_years", "years"), "consult_hours": ("consultation_hours", "hours")}
PLACES = ("ordinal", "others_signed")  # the kinds that are judged as of their partner's own day
OF_ONE = (*PLACES, *CLAUSES)  # the kinds that may be of one partner
SIGNED = ("signed_total", *PLACES)
JUDGED = ["kind", "value", "operator", "scope", "country", "as_of"]
Outcome = tuple[str | None, str, str]  # the columns expected, verdict and why
# A counting rule: is the union counted, how the rule is called, and who signed on which day, in order.
Rule = tuple[bool, str, Sequence[tuple[pd.Timestamp, str]]]


class Reading(NamedTuple):
    """What the reference gives under one counting rule, and who is counted."""

    value: int
    rule: str
    members: tuple[str, ...]


def check(claims: pd.DataFrame, reference: pd.DataFrame, signings: pd.DataFrame) -> pd.DataFrame:
    """Return table checks: each claim with what the reference gives, the verdict, and why in a sentence.

    `reference` is as agreements.load gives it. A claim is judged as of its own day: before, between and after
    the signings of that day, with or without the union (EU) and what is not counted officially. A list in the
    same sentence (three partners or more in `signings`) is compared name by name. A partner without an
    agreement may be the next to sign where `signings` has no more than a plan of it.
    """
    signed = signings[signings["status"] == "signed"].groupby(["article", "sentence"])["country"]
    lists = {place: frozenset(names) for place, names in signed if names.nunique() > 2}
    # Many claims are equal but for their place.
    judge = cache(partial(_outcome, reference, list(_rules(reference))))
    places = zip(claims["article"], claims["sentence"], strict=True)
    listed = [lists.get(place, frozenset()) for place in places]
    # Who only plans to sign may be the next: "signed" is after "planned" in the alphabet.
    furthest = signings.groupby(["article", "country"])["status"].max()
    partners = pd.MultiIndex.from_frame(claims[["article", "country"]])
    without = claims["kind"].isin(PLACES) & ~claims["country"].isin(reference["country"])
    country = claims["country"].mask(without & partners.isin(furthest.index[furthest == "planned"]))
    outcomes = map(judge, claims[JUDGED].assign(country=country).itertuples(index=False), listed)
    extra = pd.DataFrame(outcomes, columns=["expected", "verdict", "why"], index=claims.index)
    return tables.conform("checks", pd.concat([claims, extra], axis=1))


def _rules(reference: pd.DataFrame) -> Iterator[Rule]:
    """Yield the rules for counting who had signed, the usual one first."""
    special = (reference["union"], ~reference["counted"])
    unions, uncounted = (_named(reference.loc[rows, "country"]) for rows in special)
    last = reference["signed_on"].max()
    for disputed, union in product((False, True), (True, False)):
        said = " and ".join([f"without {unions}"] * (not union) + [f"with {uncounted} counted"] * disputed)
        table = agreements.as_of(last, union=union, disputed=disputed, table=reference)
        yield union, said, list(zip(table["signed_on"], table["country"], strict=True))


def _outcome(reference: pd.DataFrame, rules: Sequence[Rule], claim: Any, listed: Set[str]) -> Outcome:
    own = reference[(reference["country"] == claim.country) & (claim.kind in OF_ONE)]
    if claim.kind == "negotiating":
        return None, "cannot tell", "The reference has agreements that were signed, not talks."
    if claim.kind in OF_ONE and pd.notna(claim.country) and own.empty:
        verdict = "cannot tell" if claim.kind in CLAUSES else "differs"
        return None, verdict, f"The reference has no agreement with {_named([claim.country])}."
    if claim.kind in CLAUSES:
        return _clause(claim, own, reference)
    if pd.isna(claim.as_of) and own.empty:
        return None, "cannot tell", _undated(claim, reference)
    if claim.kind == "joined_declaration":
        return _compare(claim, list(_declared(claim, reference)), "{} had joined the declaration", set())
    said = "the next to sign was number {}" if claim.kind == "ordinal" else "{} had signed"
    if claim.kind == "ordinal" and len(own):
        said = f"{_named([claim.country])} is number {{}} in the order of signing"
    return _compare(claim, list(_signed(claim, rules, own)), said, listed)


def _compare(claim: Any, readings: list[Reading], said: str, listed: Set[str]) -> Outcome:
    """Return the outcome for a number: the first reading that gives it, else how far the nearest is."""
    group, confined, scoped = re.search(r" \((.+)\)", str(claim.scope)), readings, said
    if group:
        inside = countries.members(group[1], None if pd.isna(claim.as_of) else claim.as_of)
        confined = [_confine(reading, inside) for reading in readings]
        scoped = said.replace("{}", f"{{}}{group[0]}")
    most = float("inf") if claim.operator == ">=" else claim.value
    fits = [[one for one in some if claim.value <= one.value <= most] for some in (confined, readings)]
    right, wide = (next(iter(some), None) for some in fits)
    if right:
        return str(right.value), "agrees", _sentence(scoped, right) + _compare_list(listed, right)
    if group and wide and claim.kind != "ordinal":
        outside = [country for country in wide.members if country not in inside]
        why = f"{_sentence(said, wide)}: the number agrees, the scope differs, as not in {group[1]}: "
        expected = f"{wide.value}, of them {len(wide.members) - len(outside)} in {group[1]}"
        return expected, "differs", f"{why}{_named(outside)}{_compare_list(listed, wide)}"
    usual, nearest = confined[0], min(confined, key=lambda reading: abs(reading.value - claim.value))
    gap = int(claim.value) - nearest.value
    why = f"{_sentence(scoped, usual)}; {claim.value} is {abs(gap)} too {'high' if gap > 0 else 'low'}"
    also = "" if nearest.value == usual.value else f" even {nearest.rule} ({nearest.value})"
    return str(usual.value), "differs", f"{why}{also}{_compare_list(listed, usual)}"


def _confine(reading: Reading, inside: list[str]) -> Reading:
    members = tuple(country for country in reading.members if country in inside)
    return Reading(reading.value - len(reading.members) + len(members), reading.rule, members)


def _sentence(said: str, reading: Reading) -> str:
    text = f"{said.format(reading.value)} {reading.rule}".strip()
    return text[0].upper() + text[1:]


def _compare_list(listed: Set[str], reading: Reading) -> str:
    """Return how the list that comes with a number compares with those counted; a short one is a choice."""
    if not listed:
        return "."
    missing, extra = set(reading.members) - listed, listed - set(reading.members)
    said = [f"names {_named(extra)} too"] if extra else []
    if len(listed) * 2 < reading.value:
        said.insert(0, f"is of {len(listed - extra)} of them")
    elif missing:
        said.insert(0, f"lacks {_named(missing)}")
    return f"; the list that comes with it ({len(listed)} names) {' and '.join(said) or 'is the same'}."


def _named(codes: Iterable[str]) -> str:
    names = sorted(str(countries.names().get(code, code)) for code in codes)
    names = [f"the {name}" if pattern("<named with the>").fullmatch(name) else name for name in names]
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


def _signed(claim: Any, rules: Sequence[Rule], own: pd.DataFrame) -> Iterator[Reading]:
    """Yield how many had signed by the claim's day, before, between and after the signings of that day.

    A country's place is judged on its own day: anywhere in that day where the order is disputed.
    """
    ordinal, day = claim.kind == "ordinal", own["signed_on"].iloc[0] if len(own) else claim.as_of
    for union, rule, signed in rules:
        if union and claim.scope == "countries without EU":
            continue
        order = tuple(country for on, country in signed if on <= day)
        today = sum(on == day for on, _ in signed)
        if ordinal and len(own):
            place = (*order, claim.country).index(claim.country)
            yield Reading(place + 1, rule, (*order[:place], claim.country))
            for place in range(len(order) - today, len(order)) if own["order_disputed"].iloc[0] else ():
                members = (*order[:place], claim.country)
                yield Reading(place + 1, "as the order of that day is disputed", members)
            continue
        for left_out in range(int(len(own) > 0), today + 1):
            which = "signings" if left_out == today else f"last of the {today} signings"
            when = f"before the {'signing' if today == 1 else which} of" if left_out else "by"
            members = order[: len(order) - left_out]
            yield Reading(len(members) + ordinal, f"{when} {day:%-d %B %Y} {rule}".strip(), members)
        if claim.kind == "others_signed" and not today:
            yield Reading(len(order) - 1, f"by {day:%-d %B %Y} besides the one in question", order)


def _declared(claim: Any, reference: pd.DataFrame) -> Iterator[Reading]:
    table = agreements.declaration()
    table = table[table["joined_by"] <= claim.as_of]
    uncounted, union = table.loc[~table["counted"], "country"], reference.loc[reference["union"], "country"]
    founders = countries.members(agreements.FOUNDERS, claim.as_of)
    for without in product(((), union), ((), founders), (uncounted, ())):
        left_out: set[str] = set().union(*without)
        members = tuple(country for country in table["country"] if country not in left_out)
        said = f" without {_named(left_out)}" if left_out else ""
        yield Reading(len(members), f"by {claim.as_of:%-d %B %Y}{said}", members)


def _undated(claim: Any, reference: pd.DataFrame) -> str:
    """Return that there is no day, and for a total when it would be right."""
    days = [f"{day:%-d %B %Y}" for day in reference.loc[reference["counted"], "signed_on"]] + ["today"]
    right = ""
    if claim.kind == "signed_total" and 0 < claim.value < len(days):
        right = f"; {claim.value} would be right from {days[claim.value - 1]} to {days[claim.value]}"
    return f"The article gives no day to count by{right}."


def _clause(claim: Any, own: pd.DataFrame, reference: pd.DataFrame) -> Outcome:
    """Return the outcome for a term or a time: that of the partner's agreement, else of all."""
    column, unit = CLAUSES[claim.kind]
    whose = f"the agreement with {_named([claim.country])}" if len(own) else "the agreements"
    values = {int(known) for known in (own if len(own) else reference)[column].dropna()}
    if len(values) != 1:
        return None, "cannot tell", f"The reference does not know the {unit} of {whose}."
    expected = values.pop()
    verdict = "agrees" if expected == claim.value else "differs"
    return str(expected), verdict, f"The reference has {expected} {unit} for {whose}."


def days(claims: pd.DataFrame, reference: pd.DataFrame) -> pd.Series:
    """Return the day that each claim counts for: its partner's, if it is of one's place, else its own."""
    signed_on = reference.drop_duplicates("country").set_index("country")["signed_on"]
    own = signed_on.reindex(claims["country"].where(claims["kind"].isin(PLACES)))
    return own.set_axis(claims.index).fillna(claims["as_of"])


def disagreements(claims: pd.DataFrame, reference: pd.DataFrame) -> pd.DataFrame:
    """Return the claims of articles that give different numbers for one day and one group, in that order.

    Columns as in `claims`, made comparable: as_of (of `days`), kind ("signed" for all of those, and with
    the group or partner) and value ("15 others", "the 16th" and "15 and the EU" mean 16).
    """
    rows = claims[(claims["operator"] == "=") & ~claims["kind"].isin(CLAUSES)]
    group = rows["scope"].str.extract(r"( \(.+\))")[0].fillna("")
    # A place is a total of its day if nobody signed later on it.
    last = reference.drop_duplicates("signed_on", keep="last")["country"]
    total = ~rows["kind"].isin(PLACES) | (rows["country"].isin(last) & (group == ""))
    partner = rows["country"].mask(total).map(countries.names()).radd(" up to ").fillna("")
    kind = rows["kind"].where(~rows["kind"].isin(SIGNED), "signed") + group + partner
    unsaid = (rows["kind"] == "others_signed").astype("Int64") + rows["scope"].eq("countries without EU")
    rows = rows.assign(as_of=days(rows, reference), kind=kind, value=rows["value"] + unsaid)
    by = rows.groupby(["as_of", "kind"])[["value", "article"]]
    rows = rows[(by.transform("nunique") > 1).all(axis=1)].sort_values(["as_of", "kind", "value", "article"])
    return rows.drop_duplicates(["as_of", "kind", "value", "article"], ignore_index=True)
