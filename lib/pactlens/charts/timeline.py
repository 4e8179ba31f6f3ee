"""Charts over time: the reference as a step line, the signings that were found, the days of the corpus."""

from collections.abc import Sequence

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.dates import AutoDateLocator, ConciseDateFormatter, date2num
from matplotlib.ticker import MaxNLocator

from pactlens import countries, figure
from pactlens.charts.rows import day, empty, groups, links, of, series, shaded
from pactlens.corpus import Corpus

# Inches of one row of text, and of a chart's axis below and air above; points of a line and of a letter.
ROW, REST = 0.185, 0.75
INSIDE, LETTER = figure.WIDTH * 72 - 60, 5.7
# More partners than this are in the table only.
MOST = 40


def counted(agreements: pd.DataFrame) -> pd.DataFrame:
    """Return the agreements (as `agreements.load`) with `total`: how many counted ones were signed then."""
    counted = agreements["counted"].astype(bool)
    return agreements.assign(counted=counted, total=counted.cumsum())


def step_line(axes: Axes, rows: pd.DataFrame, ends: tuple[float, float]) -> None:
    """Draw the number of agreements signed, `rows` as of `counted`, between two day numbers."""
    days = date2num(rows["signed_on"])
    at = np.concatenate([[min(ends[0], days[0])], days, [max(ends[1], days[-1])]])
    totals = np.concatenate([[0], rows["total"], rows["total"].tail(1)])
    axes.plot(at, totals, drawstyle="steps-post", color=figure.BLUE, zorder=2)
    axes.set_xlim(ends)
    dated(axes, "agreements signed")


def dated(axes: Axes, unit: str) -> None:
    """Give `axes` a time axis whose labels need no more room than they have, and a count of `unit`."""
    # Of a few days, no hours.
    locator = AutoDateLocator(minticks=1 if np.ptp(axes.get_xlim()) < 7 else 3, maxticks=8)
    axes.xaxis.set_major_locator(locator)
    axes.xaxis.set_major_formatter(ConciseDateFormatter(locator))
    axes.yaxis.set_major_locator(MaxNLocator("auto", integer=True))
    axes.set_title(unit, loc="left")


def limits(days: Sequence[float], before: Sequence[float], after: Sequence[float]) -> tuple[float, float]:
    """Return the ends of a time axis on which each day has room for `before` and `after` points of text."""
    at, left, right = np.asarray(days), np.asarray(before), np.asarray(after)
    room = np.maximum(INSIDE - np.add.outer(right, left), 40)
    scale = max(float((np.subtract.outer(at, at) / room).max()), 40 / INSIDE)
    return float((at - left * scale).min()) - 10, float((at + right * scale).max()) + 10


def reference(agreements: pd.DataFrame) -> figure.Figure:
    """Chart the dated reference: a step up for each agreement counted, each partner named at its own step.

    A partner that is not counted stands on the line as a hollow diamond. `agreements` as `agreements.load`.
    """
    rows = counted(agreements[agreements["signed_on"].notna()])
    table = rows[["partner", "number", "signed_on", "place", "event", "counted", "note", "sources"]]
    table = table.assign(link=rows["sources"].str.split().str[0])
    caption = "Source: the dated reference, agreements.csv, by day of signing. Rows in order of signing."
    if rows.empty:
        return empty("The reference holds no agreement for this choice.", caption, table)
    days, dates, step = date2num(rows["signed_on"]), rows["signed_on"], rows["counted"]
    # The room right below a step is free, as the line only rises; what is no step goes above it, to the left.
    rows["name"] = rows["partner"] + dates.dt.strftime(", %-d %b") + np.where(step, "", " (not counted)")
    rows["level"] = rows["total"] - 0.5 + (~step).groupby(rows["total"]).cumsum()
    room = LETTER * rows["name"].str.len() + 12
    with figure.style():
        top = max(len(rows), 4) + 1
        drawn = figure.canvas(ROW * top + REST)
        axes = drawn.subplots()
        step_line(axes, rows, limits(days, list(room * ~step), list(room * step)))
        axes.set_ylim(0, top)
        for at, row in zip(days, rows.to_dict("records"), strict=True):
            look = ("o", figure.BLUE, 5, "left") if row["counted"] else ("D", "white", -2, "right")
            shape, fill, side, flush = look
            (dot,) = axes.plot([at], [row["total"]], shape, color=figure.BLUE, mfc=fill, markersize=5)
            figure.mark(dot, f"{row['partner']}: signed on {day(row['signed_on'])}, {row['place']}")
            place = (at, row["level"]), (side, 0)
            axes.annotate(row["name"], *place, textcoords="offset points", va="center", ha=flush, fontsize=9)
    total = int(rows["total"].iloc[-1])
    half = dates[rows["total"] >= total / 2].iloc[0]
    span = " to ".join(map(day, sorted({dates.min(), dates.max()})))
    title = f"{of(total, 'agreement')}, {span}; half of them by {day(half)}."
    caption += "" if step.all() else f" Hollow, not counted: {series(rows.loc[~step, 'partner'])}."
    alt = f"Step line: the number of agreements signed rises from 0 to {total}. Each step is named: "
    return figure.Figure(drawn, title, alt + f"{series(rows['partner'])}.", caption, table)


def found(signings: pd.DataFrame, agreements: pd.DataFrame, coverage: Corpus) -> figure.Figure:
    """Chart the signings that were read: for each partner, which articles (of many: outlets) say so."""
    order = {code: number for number, code in enumerate(agreements["country"])}
    partner = signings["country"].map(countries.names())
    rows = signings.assign(order=signings["country"].map(order), partner=partner, link=links(signings))
    rows = rows.sort_values(["order", "partner", "article", "status", "on"])
    rows = rows.drop_duplicates(["country", "article", "status"])
    shown = ["partner", "status", "on", "precision", "place", "basis", "article", "evidence", "rule", "link"]
    table = rows[shown]
    caption = f"Partners in order of signing, at most {MOST}; pale: only planned; a number: so many articles."
    if rows.empty:
        return empty("No article says that anyone has signed, or plans to.", caption, table)
    rows["column"] = rows["article"].map(groups(coverage))
    # "signed" is after "planned" in the alphabet.
    by = rows.rename(columns={"partner": "row"}).groupby(["row", "column"], as_index=False)
    fields = by.agg(text=("status", "max"), articles=("article", "nunique"), link=("link", "last"))
    fields["shade"] = fields["text"] == "signed"
    fields["text"] += fields["articles"].map(" {:,}".format).where(fields["articles"] > 1, "")
    names = list(rows["partner"].unique()[:MOST])
    drawn = shaded(fields, names, sorted(rows["column"].unique()))
    signed = rows[rows["status"] == "signed"]
    exact = signed[signed["precision"] == "day"].merge(agreements[["country", "signed_on"]], "left")
    unknown = rows.loc[rows["order"].isna(), "partner"].unique()
    caption += f" Not in the reference: {series(unknown)}." if len(unknown) else ""
    right = int((exact["on"] == exact["signed_on"]).sum())
    told = f"of {of(len(exact), 'day')} given for it, {right:,} as in the reference"
    title = f"{of(signed['partner'].nunique(), 'partner')} said to have signed; "
    title += f"{told if len(exact) else 'no day is given for it'}."
    alt = f"Matrix of who is said to have signed, by article: {series(names)}."
    return figure.Figure(drawn, title, alt, caption, table)
