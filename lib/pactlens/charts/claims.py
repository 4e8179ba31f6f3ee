"""Charts of what the articles claim: counts over the reference's step line, and how good the reading is."""

import numpy as np
import pandas as pd
from matplotlib.figure import Figure as Canvas

from pactlens import evidence, figure, statistics
from pactlens.charts import timeline
from pactlens.charts.rows import dots, of, series

SAID = {"signed_total": "{} signed", "ordinal": "number {}", "others_signed": "{} others signed"}
# A verdict is told by shape, by colour, and by the word beside it.
LOOKS = {
    "agrees": ("o", figure.GREEN, "round"),
    "differs": ("X", figure.RED, "cross"),
    "cannot tell": ("s", figure.GREY, "square"),
}
LABELS, STEPS, FAR = 14, 16, 12
MONTH = pd.Timedelta(days=30)


def counts(checks: pd.DataFrame, agreements: pd.DataFrame) -> pd.DataFrame:
    """Return the claims of how many have signed that have a day, equal ones of a day as one row.

    Columns: as_of, kind, value, verdict, articles (how many say so), said (in words), link (of the first).
    Numbers far beyond the reference are left out, as they are of something else.
    """
    most = timeline.counted(agreements)["total"].max() if len(agreements) else 0
    rows = checks[checks["kind"].isin(list(SAID)) & checks["as_of"].notna() & checks["value"].notna()]
    rows = rows[rows["value"] <= most + FAR].sort_values(["as_of", "value", "kind", "article", "sentence"])
    links = [evidence.link(row.article, row.sentence) for row in evidence.rows(rows)]
    groups = rows.assign(link=links).groupby(["as_of", "value", "kind", "verdict"], sort=True)
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


def verdicts(checks: pd.DataFrame, agreements: pd.DataFrame) -> figure.Figure:
    """Chart each claim of how many have signed on its day, over the reference, with its verdict.

    `checks` as `checks.check`, `agreements` as `agreements.load`. Claims without a day are not drawn.
    """
    line = timeline.counted(agreements[agreements["signed_on"].notna()])
    rows = counts(checks, agreements)
    caption = (
        "Line: agreements signed by the reference, agreements.csv. Marks: what is claimed, on the day that it "
        f"speaks of ({', '.join(f'{look[2]}: {name}' for name, look in LOOKS.items())}). Only claims of how many "
        "have signed are drawn; the table has all."
    )
    if rows.empty or line.empty:
        return timeline.empty(
            "No article claims on a known day how many have signed.", caption, listed(checks)
        )
    with figure.style():
        drawn = _picture(rows, line)
    sums = rows.groupby("verdict")["articles"].sum()
    many = {name: int(sums.get(name, 0)) for name in LOOKS}
    title = f"Of {of(sum(many.values()), 'claim')} of how many have signed, {many['agrees']} agree with the reference"
    title += f" and {many['differs']} differ{'s' * (many['differs'] == 1)}."
    told = series([f"{row.said} ({row.verdict})" for row in evidence.rows(rows)])
    alt = f"Marks over a step line of agreements signed. {told}."
    return figure.Figure(drawn, title, alt, caption, listed(checks))


def listed(checks: pd.DataFrame) -> pd.DataFrame:
    """Return the checks for a reader: where, what is claimed, what the reference gives, verdict and why."""
    rows = checks.sort_values(["as_of", "article", "sentence", "start"])
    table = rows[
        ["article", "evidence", "kind", "operator", "value", "scope", "as_of", "expected", "verdict", "why"]
    ]
    return table.assign(link=[evidence.link(row.article, row.sentence) for row in evidence.rows(rows)])


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
        place = axes.annotate(row.partner, (day, row.total - 0.5), (7, 0), textcoords="offset points")
        place.set(va="center", fontsize=9, color=figure.GREY)
    aside = rows.groupby(["as_of", "value"]).cumcount() * 10 * point
    for row, text, day, y, more in zip(evidence.rows(rows), said, days, level, aside, strict=True):
        shape, colour, _ = LOOKS[row.verdict]
        if shown:
            axes.plot([day + more, day - 18 * point], [row.value, y], color=colour, linewidth=0.7, zorder=1)
            axes.text(day - 20 * point, y, text, ha="right", va="center", fontsize=9)
        (dot,) = axes.plot(
            [day + more], [row.value], shape, color=colour, markersize=9, markeredgecolor="white"
        )
        figure.mark(dot, f"{text}: {row.why}", row.link)
    axes.set(xlim=ends, ylim=(base, top))
    timeline.dated(axes, "agreements signed")
    return drawn


def scores(measures: pd.DataFrame) -> figure.Figure:
    """Chart how good the reading is: precision and recall of each measure, with Wilson's intervals (95 %).

    `measures` as data/reading_scores.csv: measure, and the counts tp, fp and fn (right, wrong, missed).
    """
    table = measures.astype({"tp": int, "fp": int, "fn": int})
    rows = []
    for name, other in (("precision", "fp"), ("recall", "fn")):
        of_all = table["tp"] + table[other]
        low, high = statistics.wilson(table["tp"], of_all)
        part = pd.DataFrame(
            {"label": table["measure"], "value": table["tp"] / of_all, "low": low, "high": high}
        )
        rows.append(part.assign(series=name))
        table[name], table[f"{name}_low"], table[f"{name}_high"] = part["value"], low, high
    table["F1"] = 2 * table["tp"] / (2 * table["tp"] + table["fp"] + table["fn"])
    picture = (
        pd.concat(rows).assign(note=np.tile(table["F1"].map("{:.3f}".format), 2)).dropna(subset=["value"])
    )
    caption = (
        "Precision: share of what was read that is right; recall: share of what is there that was read; lines: "
        "Wilson's intervals, 95 %. Labelled articles of tests/coverage, scored by make score; right: F1."
    )
    if picture.empty:
        return timeline.empty("Nothing was scored.", caption, table)
    worst = table.loc[table["F1"].idxmin()]
    title = f"F1 is between {worst['F1']:.2f} ({worst['measure']}) and {table['F1'].max():.2f}."
    alt = (
        f"Dot plot of precision and recall of {of(len(table), 'measure')}: {series(list(table['measure']))}."
    )
    return figure.Figure(dots(picture, "share", "F1"), title, alt, caption, table)
