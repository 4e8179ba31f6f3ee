"""Charts of what is claimed: counts over the reference's step line, and how good the reading is."""

from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Canvas

from pactlens import checks, evidence, figure, statistics, tables
from pactlens.charts import timeline
from pactlens.charts.rows import dots, of, series

SAID = {"signed_total": "{} signed", "ordinal": "number {}", "others_signed": "{} others signed"}
# A verdict is told by shape, by colour, and by a word.
LOOKS = {"agrees": ("o", figure.GREEN), "differs": ("X", figure.RED), "cannot tell": ("s", figure.GREY)}
KEY = "Round: agrees; cross: differs; square: cannot tell."
UNIT = "agreements signed"
# More labels than this do not fit; numbers this far beyond the reference are of something else.
LABELS, STEPS, FAR = 14, 16, 12
MONTH = pd.Timedelta(days=30)


def verdicts(checked: pd.DataFrame, agreements: pd.DataFrame) -> figure.Figure:
    """Chart each claim of how many have signed on its day, over the reference, with its verdict.

    `checked` as `checks.check`, `agreements` as `agreements.load`. Claims without a day are not drawn.
    """
    line, rows, table = timeline.counted(agreements), counts(checked, agreements), listed(checked)
    caption = (
        "Line: the reference, agreements.csv. Marks: what is claimed, on the day that it speaks of. "
        f"{KEY} Only claims of how many have signed are drawn; the table has all."
    )
    if rows.empty or line.empty:
        return timeline.empty("No claim of how many have signed has a known day.", caption, table)
    with figure.style():
        drawn = _picture(rows, line)
    many = {name: int(rows.loc[rows["verdict"] == name, "articles"].sum()) for name in LOOKS}
    title = f"Of {of(sum(many.values()), 'claim')} of how many have signed, {many['agrees']} agree with the "
    title += f"reference and {many['differs']} differ."
    told = series([f"{row.said} ({row.verdict})" for row in evidence.rows(rows)])
    return figure.Figure(drawn, title, f"Marks over a step line of {UNIT}: {told}.", caption, table)


def wider(
    coded: pd.DataFrame, agreements: pd.DataFrame, checked: pd.DataFrame, signings: pd.DataFrame
) -> figure.Figure:
    """Chart as a second layer what the wider coverage says, coded by hand, beside what the corpus says.

    Counts of who has signed stand on the day of the claim, signings on the day that is given for them.
    `coded` as `agreements.coded`; the other tables as their functions give them.
    """
    line, theirs = timeline.counted(agreements), coded_checks(coded, agreements)
    pages = coded.assign(article=coded["url"], sentence=0, status=coded["kind"])
    layers = {
        "wider": pd.concat([counts(theirs, agreements), dated(pages, line)]),
        "own": pd.concat([counts(checked, agreements), dated(signings, line)]),
    }
    marks = pd.concat(layers, names=["layer"]).reset_index("layer")
    caption = (
        "Line: the reference, agreements.csv. Hollow: facts coded by hand from "
        f"{of(coded['url'].nunique(), 'page')} (coded_coverage.csv); filled: these articles. Counts stand on "
        f"the day of the claim, signings on the day given for them. {KEY}"
    )
    if line.empty or marks.empty:
        return timeline.empty("The wider coverage gives no day.", caption, listed(theirs))
    known = marks[(marks["layer"] == "wider") & (marks["verdict"] != "cannot tell")]
    marks = marks.drop_duplicates(["layer", "as_of", "value", "verdict"])
    with figure.style():
        drawn = figure.canvas(4.6)
        axes = drawn.subplots()
        days = timeline.numbers(marks["as_of"])
        span = [*days, *timeline.numbers(line["signed_on"])]
        ends = min(span) - 14, max(span) + 14
        timeline.step_line(axes, line, ends)
        aside = (
            8 * (ends[1] - ends[0]) / timeline.INSIDE * marks.groupby(["layer", "as_of", "value"]).cumcount()
        )
        for row, day, more in zip(evidence.rows(marks), days, aside, strict=True):
            _mark(axes, row, day + more, f"{row.said}, {timeline.day(row.as_of)}: {row.verdict}", row.layer)
        axes.set(xlim=ends, ylim=(0, None))
        timeline.dated(axes, f"{UNIT} (○ by the wider coverage, coded by hand; ● by these articles)")
    right = int((known["verdict"] == "agrees").sum())
    title = f"Of {len(known)} different counts and days of signing in the wider coverage, {right} agree."
    alt = f"Step line of {UNIT} with {len(marks)} marks, hollow: the wider coverage, filled: the corpus."
    return figure.Figure(drawn, title, alt, caption, listed(theirs))


def scores(measures: pd.DataFrame) -> figure.Figure:
    """Chart how good the reading is: precision and recall of each measure with Wilson's intervals, and F1.

    `measures` as data/reading_scores.csv: measure, and the counts tp, fp and fn (right, wrong, missed).
    """
    table, parts = measures.astype({"tp": int, "fp": int, "fn": int}), []
    for name, other in (("precision", "fp"), ("recall", "fn")):
        total = table["tp"] + table[other]
        table[name] = table["tp"] / total
        table[f"{name}_low"], table[f"{name}_high"] = statistics.wilson(table["tp"], total)
    table["F1"] = 2 * table["tp"] / (2 * table["tp"] + table["fp"] + table["fn"])
    for name in ("precision", "recall", "F1"):
        ends = {end: table.get(f"{name}_{end}", table[name]) for end in ("low", "high")}
        parts.append(pd.DataFrame({"label": table["measure"], "series": name, "value": table[name], **ends}))
    picture = pd.concat(parts).dropna(subset=["value"])
    caption = (
        "Precision: share of what was read that is right; recall: share of what is there that was read. "
        "Lines: Wilson's intervals, 95 %. F1: their harmonic mean. Labelled articles of tests/coverage."
    )
    if picture.empty:
        return timeline.empty("Nothing was scored.", caption, table)
    worst, best = table.sort_values(["F1", "measure"])[["measure", "F1"]].dropna().iloc[[0, -1]].to_numpy()
    title = f"F1 is between {worst[1]:.2f} ({worst[0]}) and {best[1]:.2f} ({best[0]})."
    alt = f"Dot plot of precision, recall and F1 of {series(list(table['measure']))}."
    return figure.Figure(dots(picture, "share"), title, alt, caption, table)


def counts(checked: pd.DataFrame, agreements: pd.DataFrame) -> pd.DataFrame:
    """Return the claims of how many have signed that have a day; equal ones of a day are one row.

    Columns: as_of, value, kind, verdict, articles (how many say so), first, said (in words), link and why.
    """
    most = len(agreements) + FAR
    rows = checked[checked["kind"].isin(list(SAID)) & checked["as_of"].notna() & (checked["value"] <= most)]
    rows = rows.sort_values(["as_of", "value", "kind", "article", "sentence"]).assign(link=_links)
    out = rows.groupby(["as_of", "value", "kind", "verdict"], as_index=False).agg(
        articles=("article", "nunique"),
        first=("article", "first"),
        link=("link", "first"),
        why=("why", "first"),
    )
    names = [name if len(name) < 30 else f"{name[:28]}…" for name in out["first"]]
    who = [of(n, "article") if n > 1 else name for n, name in zip(out["articles"], names, strict=True)]
    said = [SAID[row.kind].format(row.value) for row in evidence.rows(out)]
    return out.assign(said=[": ".join(both) for both in zip(who, said, strict=True)])


def dated(signings: pd.DataFrame, line: pd.DataFrame) -> pd.DataFrame:
    """Return the days given for signings, at the step of `line` that they are of, in columns of `counts`."""
    rows = signings[(signings["status"] == "signed") & (signings["precision"] == "day")]
    rows = rows.merge(line[["country", "partner", "signed_on", "total"]], on="country").assign(link=_links)
    out = rows.groupby(["on", "total", "partner", "signed_on"], as_index=False).agg(link=("link", "first"))
    out["verdict"] = (out["on"] == out["signed_on"]).map({True: "agrees", False: "differs"})
    out["said"] = out["partner"] + " signed"
    return out.rename(columns={"on": "as_of", "total": "value"})[
        ["as_of", "value", "verdict", "said", "link"]
    ]


def coded_checks(coded: pd.DataFrame, agreements: pd.DataFrame) -> pd.DataFrame:
    """Return the counts that were coded from the wider coverage as table checks; `article` is the page."""
    rows = coded[coded["kind"].isin(list(SAID))]
    words = [SAID[row.kind].format(row.value) for row in evidence.rows(rows)]
    rows = rows.assign(article=rows["url"], as_of=rows["published"], evidence=words, rule="coded")
    rows = rows.assign(sentence=0, start=0, end=0)
    return checks.check(tables.conform("claims", rows), agreements, tables.from_rows("signings", []))


def listed(checked: pd.DataFrame) -> pd.DataFrame:
    """Return the checks for a reader: where, what is claimed, what the reference gives, verdict and why."""
    rows = checked.sort_values(["as_of", "article", "sentence", "start"])
    shown = [
        "article",
        "evidence",
        "kind",
        "operator",
        "value",
        "scope",
        "as_of",
        "expected",
        "verdict",
        "why",
    ]
    return rows[shown].assign(link=_links(rows))


def _links(rows: pd.DataFrame) -> list[str]:
    """Return the address of each row: its sentence, or the published page that stands for an article."""
    pairs = zip(rows["article"], rows["sentence"], strict=True)
    return [one if "://" in one else evidence.link(one, number) for one, number in pairs]


def _mark(axes: Axes, row: Any, day: float, tooltip: str, layer: str = "") -> None:
    """Draw one claim in the shape and colour of its verdict."""
    shape, colour = LOOKS[row.verdict]
    looks = {"wider": (10, "white", colour), "own": (6, colour, "white"), "crowd": (5, colour, colour)}
    size, fill, edge = looks.get(layer, (8, colour, "white"))
    (dot,) = axes.plot([day], [row.value], shape, markersize=size, markerfacecolor=fill, markeredgecolor=edge)
    dot.set_zorder(4 if row.verdict == "differs" else 3)
    figure.mark(dot, tooltip, row.link)


def _picture(rows: pd.DataFrame, line: pd.DataFrame) -> Canvas:
    """Draw the claims `rows` (of `counts`) over `line`, with a month before the first and after the last."""
    days, n, shown = timeline.numbers(rows["as_of"]), len(rows), len(rows) <= LABELS
    # Above the line to the left of a day nothing stands, as the line only rises: labels pile up there.
    passed = np.searchsorted(timeline.numbers(line["signed_on"]), days, side="right")
    passed = np.concatenate([[0], line["total"]])[passed]
    level = np.maximum(rows["value"].to_numpy(float), passed) + 0.7
    level = np.maximum.accumulate(level - np.arange(n)) + np.arange(n)
    top = max(level[-1] if shown else 0, rows["value"].max(), passed[-1]) + 1
    near = line["signed_on"].between(rows["as_of"].min() - MONTH, rows["as_of"].max() + MONTH)
    steps = line[near & line["counted"] & (line["total"] < top)]
    steps = steps if shown and len(steps) <= STEPS else steps.head(0)
    base = min(rows["value"].min(), *passed, *steps["total"]) - 1.5
    said = [f"{row.said}, {row.verdict}" for row in evidence.rows(rows)]
    left = [figure.text_width(text) + 30 if shown else 10 for text in said] + [10] * len(steps)
    right = [20] * n + [figure.text_width(name) + 30 for name in steps["partner"]]
    at = days + timeline.numbers(steps["signed_on"])
    ends = timeline.limits(at, left, right)
    point = (ends[1] - ends[0]) / timeline.INSIDE
    drawn = figure.canvas(min(timeline.ROW * (top - base), 7) + timeline.REST)
    axes = drawn.subplots()
    timeline.step_line(axes, line, ends)
    for row, day in zip(evidence.rows(steps), at[n:], strict=True):
        room = 26 if min(abs(day - claim) for claim in days) < 15 * point else 7
        place = axes.annotate(row.partner, (day, row.total - 0.5), (room, 0), textcoords="offset points")
        place.set(va="center", fontsize=9, color=figure.GREY)
    aside = rows.groupby(["as_of", "value"]).cumcount() * 10 * point * shown
    for row, text, day, y, more in zip(evidence.rows(rows), said, days, level, aside, strict=True):
        if shown:
            colour = LOOKS[row.verdict][1]
            axes.plot([day + more, day - 18 * point], [row.value, y], color=colour, linewidth=0.7, zorder=1)
            axes.text(day - 20 * point, y, text, ha="right", va="center", fontsize=9)
        _mark(axes, row, day + more, f"{text}: {row.why}", "" if shown else "crowd")
    axes.set(xlim=ends, ylim=(base, top))
    timeline.dated(axes, UNIT)
    return drawn
