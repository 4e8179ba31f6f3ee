"""Do the claims add up? Each against the dated reference, under the counting rules that it allows."""

import re
from collections.abc import Iterable, Iterator
from itertools import product
from typing import Any, NamedTuple

import pandas as pd

from pactlens import agreements, countries, tables
from pactlens.numerals import pattern

FOUNDERS = "G7"  # the group in groups.csv whose declaration the others joined
CLAUSES = {"duration_years": ("duration_years", "years"), "consult_hours": ("consultation_hours", "hours")}
SIGNED = ("signed_total", "others_signed", "ordinal")


class Reading(NamedTuple):
    """What the reference gives under one counting rule, and who is counted."""

    value: int
    rule: str
    members: tuple[str, ...]


Outcome = tuple[str | None, str, str]  # the columns expected, verdict and why


def check(claims: pd.DataFrame, reference: pd.DataFrame, signings: pd.DataFrame) -> pd.DataFrame:
    """Return table checks: each claim with what the reference gives, the verdict, and why in a sentence.

    `reference` is as agreements.load gives it. A claim is judged as of its own day: before, between and after
    the signings of that day, with or without the union (EU) and what is not counted officially. A list in the
    same sentence (`listed` in `signings`) is compared name by name.
    """
    listed: dict[tuple[Any, Any], set[str]] = {}
    for row in signings[signings["basis"] == "listed"].itertuples():
        listed.setdefault((row.article, row.sentence), set()).add(str(row.country))
    outcomes = [
        _outcome(claim, reference, listed.get((claim.article, claim.sentence), set()))
        for claim in claims.itertuples()
    ]
    extra = pd.DataFrame(outcomes, columns=["expected", "verdict", "why"], index=claims.index)
    return tables.conform("checks", pd.concat([claims, extra], axis=1))


def _outcome(claim: Any, reference: pd.DataFrame, listed: set[str]) -> Outcome:
    if claim.kind == "negotiating":
        return None, "cannot tell", "The reference has agreements that were signed, not talks."
    if claim.kind in CLAUSES:
        return _clause(claim, reference)
    own = reference[reference["country"] == claim.country]
    if pd.isna(claim.as_of) and (own.empty or claim.kind not in ("ordinal", "others_signed")):
        return None, "cannot tell", _undated(claim, reference)
    if claim.kind == "joined_declaration":
        return _compare(claim, list(_declared(claim, reference)), "{} had joined the declaration")
    said = "the next to sign was number {}" if claim.kind == "ordinal" else "{} had signed"
    if claim.kind == "ordinal" and len(own):
        said = f"{_named([claim.country])} is number {{}} in the order of signing"
    return _compare(claim, list(_signed(claim, reference, own)), said, listed)


def _compare(claim: Any, readings: list[Reading], said: str, listed: set[str] = frozenset()) -> Outcome:  # type: ignore[assignment]
    """Return the outcome for a number: the first reading that gives it, else how far the nearest is."""
    group = _group(claim.scope)
    inside = set(countries.members(group, None if pd.isna(claim.as_of) else claim.as_of)) if group else set()
    confined = [reading for reading in (_confine(r, inside, claim) for r in readings) if reading]
    right = next((r for r in confined if _fits(claim, r)), None)
    if right:
        said = said.replace("{}", f"{{}} of {group}") if group else said
        return str(right.value), "agrees", _sentence(said, right) + _compare_list(listed, right)
    wide = next((r for r in readings if _fits(claim, r)), None)
    if group and wide and claim.kind != "ordinal":
        outside = [country for country in wide.members if country not in inside]
        why = f"{_sentence(said, wide)}: the number agrees, the scope differs, as not in {group}: {_named(outside)}."
        return f"{wide.value}, of them {len(wide.members) - len(outside)} in {group}", "differs", why
    if not confined:
        return None, "cannot tell", "The reference has nobody to count here."
    usual, nearest = confined[0], min(confined, key=lambda r: abs(r.value - claim.value))
    gap = int(claim.value) - nearest.value
    why = f"{_sentence(said, usual)}; {claim.value} is {abs(gap)} too {'high' if gap > 0 else 'low'}"
    also = "" if nearest.value == usual.value else f" even {nearest.rule} ({nearest.value})"
    return str(usual.value), "differs", f"{why}{also}."


def _fits(claim: Any, reading: Reading) -> bool:
    return bool(reading.value == claim.value or (claim.operator == ">=" and reading.value > claim.value))


def _confine(reading: Reading, inside: set[str], claim: Any) -> Reading | None:
    """Return a reading with only the members of a group, if there is one; None if the claimant is not in it."""
    if not inside:
        return reading
    members = tuple(country for country in reading.members if country in inside)
    if claim.kind == "ordinal" and reading.members[-1:] != members[-1:]:
        return None
    return Reading(reading.value - len(reading.members) + len(members), reading.rule, members)


def _sentence(said: str, reading: Reading) -> str:
    text = f"{said.format(reading.value)} {reading.rule}".strip()
    return text[0].upper() + text[1:]


def _compare_list(listed: set[str], right: Reading) -> str:
    """Return how the list that comes with a number compares, name by name, with those counted."""
    if not listed:
        return "."
    missing, extra = set(right.members) - listed, listed - set(right.members)
    said = [f"names {_named(extra)} too"] if extra else []
    if len(listed) * 2 < right.value:
        said.insert(0, f"is of {len(listed)} of them")
    elif missing:
        said.insert(0, f"lacks {_named(missing)}")
    return f"; the list that comes with it ({len(listed)} names) {' and '.join(said) or 'is the same'}."


def _named(codes: Iterable[str]) -> str:
    names = sorted(str(countries.names().get(code, code)) for code in codes)
    names = [f"the {name}" if pattern("<named with the>").fullmatch(name) else name for name in names]
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


def _rules(reference: pd.DataFrame) -> Iterator[tuple[bool, bool, str]]:
    """Yield the counting rules (with the union, with what is not counted) and how to say them, the usual first."""
    union = _named(reference.loc[reference["union"], "country"])
    uncounted = _named(reference.loc[~reference["counted"], "country"])
    for disputed, whole in product((False, True), (True, False)):
        said = [] if whole else [f"without {union}"]
        yield whole, disputed, " and ".join([*said, *([f"with {uncounted} counted"] if disputed else [])])


def _signed(claim: Any, reference: pd.DataFrame, own: pd.DataFrame) -> Iterator[Reading]:
    """Yield how many had signed by the claim's day, before, between and after the signings of that day.

    An ordinal is judged on its country's day: by its place, by any place of that day where their order is disputed.
    """
    ordinal, others = claim.kind == "ordinal", claim.kind == "others_signed"
    own = own if ordinal or others else own.iloc[:0]
    day = own["signed_on"].iloc[0] if len(own) else claim.as_of
    for union, disputed, rule in _rules(reference):
        if union and claim.scope == "countries without EU":
            continue
        table = agreements.as_of(day, union=union, disputed=disputed, table=reference)
        order = tuple(table["country"])
        today = int((table["signed_on"] == day).sum())
        if ordinal and len(own):
            if claim.country in order:
                place = order.index(claim.country) + 1
                yield Reading(place, rule, order[:place])
                for place in (
                    range(len(order) - today + 1, len(order) + 1) if own["order_disputed"].iloc[0] else ()
                ):
                    yield Reading(
                        place, "as the order of that day is disputed", (*order[: place - 1], claim.country)
                    )
            continue
        for left_out in range(int(others and len(own) > 0), today + 1):
            which = (
                "signing" if today == 1 else "signings" if left_out == today else f"last {left_out} signings"
            )
            when = f"before the {which} of" if left_out else "by"
            members = order[: len(order) - left_out]
            yield Reading(len(members) + ordinal, f"{when} {day:%-d %B %Y} {rule}".strip(), members)
        if others and not today:
            yield Reading(len(order) - 1, f"by {day:%-d %B %Y} besides the one in question", order)


def _declared(claim: Any, reference: pd.DataFrame) -> Iterator[Reading]:
    table = agreements.declaration()
    table = table[table["joined_by"] <= claim.as_of]
    union = set(reference.loc[reference["union"], "country"])
    uncounted = set(table.loc[~table["counted"], "country"])
    founders = set(countries.members(FOUNDERS, claim.as_of))
    for without in product((set(), union), (set(), founders), (uncounted, set())):
        left_out = set().union(*without)
        members = tuple(country for country in table["country"] if country not in left_out)
        said = f" without {_named(left_out)}" if left_out else ""
        yield Reading(len(members), f"by {claim.as_of:%-d %B %Y}{said}", members)


def _undated(claim: Any, reference: pd.DataFrame) -> str:
    """Return that there is no day, and for a total when it would be right."""
    days = reference.loc[reference["counted"], "signed_on"]
    if claim.kind != "signed_total" or not 0 < claim.value <= len(days):
        return "The article gives no day to count by."
    until = f"to {days.iloc[int(claim.value)]:%-d %B %Y}" if claim.value < len(days) else "on"
    return f"The article gives no day to count by; {claim.value} would be right from {days.iloc[int(claim.value) - 1]:%-d %B %Y} {until}."


def _group(scope: object) -> str | None:
    """Return the group that a scope names: "countries (Europe)"."""
    found = re.search(r"\((.+)\)", str(scope))
    return found[1] if found else None


def _clause(claim: Any, reference: pd.DataFrame) -> Outcome:
    """Return the outcome for a term or a time of consultation: that of the partner's agreement, else of all."""
    column, unit = CLAUSES[claim.kind]
    own = reference[reference["country"] == claim.country]
    whose = f"the agreement with {_named([claim.country])}" if len(own) else "the agreements"
    values = set((own if len(own) else reference)[column].dropna())
    if len(values) != 1:
        return None, "cannot tell", f"The reference does not know the {unit} of {whose}."
    value = int(values.pop())
    verdict = "agrees" if value == claim.value else "differs"
    return str(value), verdict, f"The reference has {value} {unit} for {whose}."


def disagreements(claims: pd.DataFrame) -> pd.DataFrame:
    """Return where articles claim different numbers for one day, one row each.

    Columns: as_of, kind (signed: totals, where "15 others" and "the 16th" mean 16; negotiating; joined_declaration),
    values (ascending, parted by "; "), articles (who says which, in that order).
    """
    table = claims[claims["as_of"].notna() & (claims["operator"] == "=") & ~claims["kind"].isin(CLAUSES)]
    table = table[(table["kind"] != "ordinal") | ~table["scope"].str.contains("(", regex=False)]
    value = table["value"] + (table["kind"] == "others_signed").astype("Int64")
    table = table.assign(value=value, kind=table["kind"].where(~table["kind"].isin(SIGNED), "signed"))
    said = table.groupby(["as_of", "kind", "value"])["article"].agg(
        lambda names: ", ".join(sorted(set(names)))
    )
    rows = [
        (
            *key,
            "; ".join(str(value) for *_, value in group.index),
            "; ".join(f"{k[-1]}: {names}" for k, names in group.items()),
        )
        for key, group in said.groupby(level=[0, 1])
        if len(group) > 1
    ]
    out = pd.DataFrame(rows, columns=["as_of", "kind", "values", "articles"])
    return out.astype({"as_of": "datetime64[s]", "kind": "str", "values": "str", "articles": "str"})
