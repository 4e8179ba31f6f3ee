"""Charts of what the articles claim: counts over the reference's step line, and how good the reading is."""

from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Canvas

from pactlens import checks, evidence, figure, statistics, tables
from pactlens.charts import timeline
from pactlens.charts.rows import dots, of, series

SAID = {"signed_total": "{} signed", "ordinal": "number {}", "others_signed": "{} others signed"}
# A verdict is told by shape, by colour, and by the word beside it.
LOOKS = {
    "agrees": ("o", figure.GREEN, "Round"),
    "differs": ("X", figure.RED, "cross"),
    "cannot tell": ("s", figure.GREY, "square"),
}
KEY = "; ".join(f"{look[2]}: {name}" for name, look in LOOKS.items())
LABELS, STEPS, FAR = 14, 16, 12
MONTH = pd.Timedelta(days=30)


def counts(checked: pd.DataFrame, agreements: pd.DataFrame) -> pd.DataFrame:
    """Return the claims of how many have signed that have a day, equal ones of a day as one row.

    Columns: as_of, kind, value, verdict, articles (how many say so), said (in words), link (of the first).
    Numbers far beyond the reference are left out, as they are of something else.
    """
    most = timeline.counted(agreements)["total"].max() if len(agreements) else 0
    rows = checked[checked["kind"].isin(list(SAID)) & checked["as_of"].notna() & checked["value"].notna()]
    rows = rows[rows["value"] <= most + FAR].sort_values(["as_of", "value", "kind", "article", "sentence"])
    groups = rows.assign(link=_links(rows)).groupby(["as_of", "value", "kind", "verdict"], sort=True)
    out = groups.agg(
        articles=("article", "nunique"),
        first=("article", "first"),
        link=("link", "first"),
        why=("why", "first"),
    )
    out = out.reset_index()
    who = out["first"].where(out["articles"] == 1, out["articles"].astype(str) + " articles")
    said = [SAID[kind].format(value) for kind, value in zip(out["kind"], out["value"], strict=True)]
    return out.assign(said=[f"{one}: {what}" for one, what in zip(who, said, strict=True)])


def verdicts(checked: pd.DataFrame, agreements: pd.DataFrame) -> figure.Figure:
    """Chart each claim of how many have signed on its day, over the reference, with its verdict.

    `checked` as `checks.check`, `agreements` as `agreements.load`. Claims without a day are not drawn.
    """
    line = timeline.counted(agreements[agreements["signed_on"].notna()])
    rows = counts(checked, agreements)
    caption = (
        "Line: agreements signed by the reference, agreements.csv. Marks: what is claimed, on the day that it "
        f"speaks of. {KEY}. Only claims of how many have signed are drawn; the table has all."
    )
    if rows.empty or line.empty:
        return timeline.empty(
            "No article claims on a known day how many have signed.", caption, listed(checked)
        )
    with figure.style():
        drawn = _picture(rows, line)
    sums = rows.groupby("verdict")["articles"].sum()
    many = {name: int(sums.get(name, 0)) for name in LOOKS}
    title = f"Of {of(sum(many.values()), 'claim')} of how many have signed, {many['agrees']} agree with the reference"
    title += f" and {many['differs']} differ{'s' * (many['differs'] == 1)}."
    told = series([f"{row.said} ({row.verdict})" for row in evidence.rows(rows)])
    alt = f"Marks over a step line of agreements signed. {told}."
    return figure.Figure(drawn, title, alt, caption, listed(checked))


def _mark(axes: Axes, row: Any, day: float, fill: str, tooltip: str) -> None:
    """Draw one claim in the shape and colour of its verdict."""
    shape, colour, _ = LOOKS[row.verdict]
    size = {"white": 10, "full": 6}.get(fill, 8)
    (dot,) = axes.plot([day], [row.value], shape, color=colour, markersize=size, markeredgecolor="white")
    dot.set_zorder(4 if row.verdict == "differs" else 3)
    if fill == "white":
        dot.set(markeredgecolor=colour, markerfacecolor="white")
    figure.mark(dot, tooltip, row.link)


def listed(checked: pd.DataFrame) -> pd.DataFrame:
    """Return the checks for a reader: where, what is claimed, what the reference gives, verdict and why."""
    rows = checked.sort_values(["as_of", "article", "sentence", "start"])
    table = rows[
        ["article", "evidence", "kind", "operator", "value", "scope", "as_of", "expected", "verdict", "why"]
    ]
    return table.assign(link=_links(rows))


def _picture(rows: pd.DataFrame, line: pd.DataFrame) -> Canvas:
    """Draw the claims `rows` (of `counts`) over `line`, with a month before the first and after the last."""
    days, n, shown = timeline.numbers(rows["as_of"]), len(rows), len(rows) <= LABELS
    # Above the line to the left of a day nothing stands, as the line only rises: labels pile up there.
    totals = np.concatenate([[0], line["total"]])
    passed = totals[np.searchsorted(timeline.numbers(line["signed_on"]), days, side="right")]
    level = np.maximum(rows["value"].to_numpy(float), passed) + 0.7
    level = np.maximum.accumulate(level - np.arange(n)) + np.arange(n)
    top = max(level[-1] if shown else 0, rows["value"].max(), passed[-1]) + 1
    near = line["signed_on"].between(rows["as_of"].min() - MONTH, rows["as_of"].max() + MONTH)
    steps = line[near & line["counted"] & (line["total"] < top)]
    steps = steps if shown and len(steps) <= STEPS else steps.head(0)
    base = min(rows["value"].min(), *passed, *steps["total"]) - 1.5
    said = [f"{row.said}, {row.verdict}" for row in evidence.rows(rows)]
    left = [figure.text_width(text) + 30 if shown else 10 for text in said]
    right = [figure.text_width(name) + 12 for name in steps["partner"]]
    at = days + timeline.numbers(steps["signed_on"])
    ends = timeline.limits(at, left + [10] * len(steps), [20] * n + right)
    point = (ends[1] - ends[0]) / timeline.INSIDE
    drawn = figure.canvas(min(timeline.ROW * (top - base), 7) + timeline.REST)
    axes = drawn.subplots()
    timeline.step_line(axes, line, ends[1])
    for row, day in zip(evidence.rows(steps), at[n:], strict=True):
        room = 26 if min(abs(day - claim) for claim in days) < 15 * point else 7
        place = axes.annotate(row.partner, (day, row.total - 0.5), (room, 0), textcoords="offset points")
        place.set(va="center", fontsize=9, color=figure.GREY)
    aside = rows.groupby(["as_of", "value"]).cumcount() * 10 * point
    for row, text, day, y, more in zip(evidence.rows(rows), said, days, level, aside, strict=True):
        if shown:
            colour = LOOKS[row.verdict][1]
            axes.plot([day + more, day - 18 * point], [row.value, y], color=colour, linewidth=0.7, zorder=1)
            axes.text(day - 20 * point, y, text, ha="right", va="center", fontsize=9)
        _mark(axes, row, day + more, "", f"{text}: {row.why}")
    axes.set(xlim=ends, ylim=(base, top))
    timeline.dated(axes, "agreements signed")
    return drawn


def wider(
    coded: pd.DataFrame, agreements: pd.DataFrame, checked: pd.DataFrame, signings: pd.DataFrame
) -> figure.Figure:
    """Chart as a second layer what the wider coverage claims, coded by hand, beside what the corpus claims.

    Counts of who has signed stand on the day of the claim, signings on the day that is given for them.
    `coded` as `agreements.coded`; the other tables as their functions give them.
    """
    line = timeline.counted(agreements)
    table = coded_checks(coded, agreements)
    layers = [
        pd.concat([counts(table, agreements), dated(coded.assign(article=coded["url"], sentence=0), line)])
    ]
    layers += [pd.concat([counts(checked, agreements), dated(signings, line)])]
    pages = of(coded["url"].nunique(), "published page")
    caption = (
        f"Line: the reference, agreements.csv. Hollow: facts coded by hand from {pages} (coded_coverage.csv); "
        "filled: these articles. Counts stand on the day of the claim, signings on the day given for them. "
        f"{KEY}."
    )
    if line.empty or not sum(map(len, layers)):
        return timeline.empty("The wider coverage gives no day.", caption, listed(table))
    with figure.style():
        drawn = figure.canvas(4.6)
        axes = drawn.subplots()
        same = ["fill", "as_of", "value"]
        marks = pd.concat(layers, keys=["white", "full"], names=["fill"]).reset_index("fill")
        marks = marks.drop_duplicates([*same, "verdict"])
        days = timeline.numbers(marks["as_of"])
        span = [*days, *timeline.numbers(line["signed_on"])]
        ends = min(span) - 14, max(span) + 14
        timeline.step_line(axes, line, ends[1])
        aside = marks.groupby(same).cumcount() * 8 * (ends[1] - ends[0]) / timeline.INSIDE
        for row, day, more in zip(evidence.rows(marks), days, aside, strict=True):
            _mark(axes, row, day + more, row.fill, f"{row.said}, {timeline.day(row.as_of)}: {row.verdict}")
        axes.set(xlim=ends, ylim=(0, None))
        timeline.dated(
            axes, "agreements signed (○ by the wider coverage, coded by hand; ● by these articles)"
        )
    known = layers[0][layers[0]["verdict"] != "cannot tell"]
    right = int((known["verdict"] == "agrees").sum())
    title = (
        f"Of {of(len(known), 'different count')} and days of signing in the wider coverage, {right} agree "
    )
    title += "with the reference."
    alt = f"Step line of agreements signed with {len(layers[0])} hollow and {len(layers[1])} filled marks."
    return figure.Figure(drawn, title, alt, caption, listed(table))


def coded_checks(coded: pd.DataFrame, agreements: pd.DataFrame) -> pd.DataFrame:
    """Return the counts that were coded from the wider coverage as table checks; `article` is the page."""
    rows = coded[coded["kind"].isin(list(SAID))]
    rows = rows.assign(article=rows["url"], as_of=rows["published"], sentence=0, start=0, end=0, rule="coded")
    rows["evidence"] = [
        SAID[kind].format(value) for kind, value in zip(rows["kind"], rows["value"], strict=True)
    ]
    return checks.check(tables.conform("claims", rows), agreements, tables.from_rows("signings", []))


def dated(signed: pd.DataFrame, line: pd.DataFrame) -> pd.DataFrame:
    """Return the days given for signings, equal ones as one row, in the columns of `counts`."""
    column = "status" if "status" in signed else "kind"
    rows = signed[(signed[column] == "signed") & (signed["precision"] == "day")]
    rows = rows.merge(line[["country", "partner", "signed_on", "total"]], on="country")
    groups = rows.assign(link=_links(rows)).groupby(["on", "total", "partner", "signed_on"], as_index=False)
    out = groups.agg(articles=("article", "nunique"), link=("link", "first"))
    out["verdict"] = (out["on"] == out["signed_on"]).map({True: "agrees", False: "differs"})
    out["said"] = [
        f"{of(n, 'article')}: {name} signed" for n, name in zip(out["articles"], out["partner"], strict=True)
    ]
    return out.rename(columns={"on": "as_of", "total": "value"}).drop(columns="signed_on")


def _links(rows: pd.DataFrame) -> list[str]:
    """Return the address of each row: its sentence, or the published page that stands for an article."""
    return [
        row.article if "://" in row.article else evidence.link(row.article, row.sentence)
        for row in evidence.rows(rows)
    ]


def scores(measures: pd.DataFrame) -> figure.Figure:
    """Chart how good the reading is: precision and recall of each measure with Wilson's intervals, and F1.

    `measures` as data/reading_scores.csv: measure, and the counts tp, fp and fn (right, wrong, missed).
    """
    table = measures.astype({"tp": int, "fp": int, "fn": int})
    rows = []
    for name, other in (("precision", table["fp"]), ("recall", table["fn"])):
        table[name] = table["tp"] / (table["tp"] + other)
        table[f"{name}_low"], table[f"{name}_high"] = statistics.wilson(table["tp"], table["tp"] + other)
    table["F1"] = 2 * table["tp"] / (2 * table["tp"] + table["fp"] + table["fn"])
    for name in ("precision", "recall", "F1"):
        ends = {end: table.get(f"{name}_{end}", table[name]) for end in ("low", "high")}
        rows.append(pd.DataFrame({"label": table["measure"], "series": name, "value": table[name], **ends}))
    picture = pd.concat(rows).dropna(subset=["value"])
    caption = (
        "Precision: share of what was read that is right; recall: share of what is there that was read; lines: "
        "Wilson's intervals, 95 %; F1: their harmonic mean. Labelled articles of tests/coverage, by make score."
    )
    if picture.empty:
        return timeline.empty("Nothing was scored.", caption, table)
    order = table.dropna(subset=["F1"]).sort_values(["F1", "measure"])
    low, high = order["F1"].iloc[0], order["F1"].iloc[-1]
    title = (
        f"F1 is between {low:.2f} ({order['measure'].iloc[0]}) and {high:.2f} ({order['measure'].iloc[-1]})."
    )
    alt = (
        f"Dot plot of precision and recall of {of(len(table), 'measure')}: {series(list(table['measure']))}."
    )
    return figure.Figure(dots(picture, "share"), title, alt, caption, table)
