"""Charts of what the articles claim: counts over the reference's step line, and how good the reading is."""

import numpy as np
import pandas as pd
from matplotlib.figure import Figure as Canvas

from pactlens import evidence, figure
from pactlens.charts import timeline

SAID = {"signed_total": "{} signed", "ordinal": "number {}", "others_signed": "{} others signed"}
# A verdict is told by shape, by colour, and by the word beside it.
LOOKS = {
    "agrees": ("o", figure.GREEN, "round"),
    "differs": ("X", figure.RED, "a cross"),
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
    verdict = checks["verdict"].value_counts()
    parts = ", ".join(f"{verdict.get(name, 0):,} {name}" for name in LOOKS)
    caption = (
        "Line: agreements signed by the reference, agreements.csv. Marks: what is claimed, on the day it speaks "
        f"of: {', '.join(f'{look[2]} {name}' for name, look in LOOKS.items())}. Not drawn: claims of something "
        "else, or without a day. All are in the table."
    )
    if rows.empty or line.empty:
        return timeline.empty(
            "No article claims on a known day how many have signed.", caption, listed(checks)
        )
    with figure.style():
        drawn = _picture(rows, line)
    title = f"Of {len(checks):,} claims, held against the reference: {parts}."
    told = "; ".join(
        f"{row.said}, {timeline.day(row.as_of)}, {row.verdict}" for row in evidence.rows(rows[:LABELS])
    )
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
    """Draw the claims `rows` (of `counts`) over `line`, from a month before the first to one after the last."""
    days = timeline.numbers(rows["as_of"])
    steps = line[line["signed_on"].between(rows["as_of"].min() - MONTH, rows["as_of"].max() + MONTH)]
    steps = steps[steps["counted"]] if len(steps) <= STEPS else steps.head(0)
    said = [f"{row.said}, {row.verdict}" for row in evidence.rows(rows)]
    # Above the line to the left of a day nothing stands: the line only rises.
    passed = np.searchsorted(timeline.numbers(line["signed_on"]), days, side="right")
    totals = np.concatenate([[0], line["total"]])
    level = np.maximum(rows["value"].to_numpy(float), totals[passed]) + 0.7
    level = np.maximum.accumulate(level - np.arange(len(level))) + np.arange(len(level))
    shown = len(rows) <= LABELS
    names = [f"{row.partner}" for row in evidence.rows(steps)]
    wide = [figure.text_width(text) for text in (*said, *names)]
    at = days + timeline.numbers(steps["signed_on"])
    n = len(days)
    ends = timeline.limits(
        at,
        [w + 30 if shown and i < n else 10 for i, w in enumerate(wide)],
        [20 if i < n else w + 12 for i, w in enumerate(wide)],
    )
    base = min(rows["value"].min(), *(steps["total"] if len(steps) else [totals[passed[0]]])) - 2
    top = max(level[-1] if shown else 0, rows["value"].max(), totals[passed[-1]]) + 1
    drawn = figure.canvas(min(timeline.ROW * (top - base), 7) + timeline.REST)
    axes = drawn.subplots()
    timeline.step_line(axes, line, ends[1])
    point = (ends[1] - ends[0]) / timeline.INSIDE
    for name, day, total in zip(names, at[n:], steps["total"], strict=True):
        axes.annotate(
            name,
            (day, total - 0.5),
            (5, 0),
            textcoords="offset points",
            va="center",
            fontsize=9,
            color=figure.GREY,
        )
    again = rows.groupby(["as_of", "value"]).cumcount()
    for i, row in enumerate(evidence.rows(rows)):
        x = days[i] + again.iloc[i] * 10 * point
        shape, colour, _ = LOOKS[row.verdict]
        if shown:
            axes.plot([x, days[i] - 18 * point], [row.value, level[i]], color=colour, linewidth=0.7, zorder=1)
            axes.annotate(said[i], (days[i] - 20 * point, level[i]), ha="right", va="center", fontsize=9)
        (dot,) = axes.plot(
            [x], [row.value], shape, color=colour, markersize=8, markeredgecolor="white", zorder=3
        )
        figure.mark(dot, f"{said[i]}: {row.why}", row.link)
    axes.set(xlim=ends, ylim=(base, top))
    timeline.dated(axes, "agreements signed")
    return drawn
