"""Charts over time: the reference as a step line, claims against it, the signings that were found."""

from collections.abc import Sequence

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.dates import AutoDateLocator, ConciseDateFormatter, date2num
from matplotlib.ticker import MaxNLocator

from pactlens import countries, evidence, figure
from pactlens.charts.rows import dots, groups, of, series
from pactlens.corpus import Corpus

# Inches of one row of text, and of a chart's axis below and air above.
ROW, REST = 0.185, 0.75
INSIDE = figure.WIDTH * 72 - 60
MOST = 12


def counted(agreements: pd.DataFrame) -> pd.DataFrame:
    """Return the agreements in order of signing with `total`: how many counted ones were signed by then."""
    rows = agreements.sort_values("signed_on", kind="stable", ignore_index=True)
    rows["counted"] = rows["counted"].fillna(True).astype(bool)
    return rows.assign(total=rows["counted"].cumsum())


def step_line(axes: Axes, rows: pd.DataFrame, ends: tuple[float, float]) -> None:
    """Draw the number of agreements signed, `rows` as of `counted`, between two day numbers."""
    days = date2num(rows["signed_on"])
    at = np.concatenate([[min(ends[0], days[0])], days, [max(ends[1], days[-1])]])
    totals = np.concatenate([[0], rows["total"], rows["total"].tail(1)])
    axes.plot(at, totals, drawstyle="steps-post", color=figure.BLUE, zorder=2)


def dated(axes: Axes, unit: str) -> None:
    """Give `axes` a time axis whose labels need no more room than they have, and a count of `unit`."""
    locator = AutoDateLocator(minticks=3, maxticks=8)
    axes.xaxis.set_major_locator(locator)
    axes.xaxis.set_major_formatter(ConciseDateFormatter(locator))
    axes.yaxis.set_major_locator(MaxNLocator(integer=True))
    axes.set_title(unit, loc="left")


def limits(days: Sequence[float], before: Sequence[float], after: Sequence[float]) -> tuple[float, float]:
    """Return the ends of a time axis on which each day has room for `before` and `after` points of text."""
    low, high = min(days) - 20, max(days) + 20
    for _ in range(300):
        scale = (high - low) / INSIDE
        low = np.min(np.asarray(days) - np.multiply(before, scale))
        high = np.max(np.asarray(days) + np.multiply(after, scale))
    return float(low) - 10, float(high) + 10


def day(value: pd.Timestamp) -> str:
    """Return a day as "13 June 2024"."""
    return f"{value.day} {value:%B %Y}"


def span(days: pd.Series) -> str:
    """Return the first and the last known day, in words."""
    known = days.dropna()
    return " to ".join(map(day, sorted({known.min(), known.max()}))) if len(known) else "not known"


def empty(title: str, caption: str, table: pd.DataFrame) -> figure.Figure:
    """Return the figure that says that there is nothing to draw."""
    with figure.style():
        drawn = figure.canvas(0.8)
        drawn.text(0.5, 0.5, "nothing to draw", ha="center", va="center", color=figure.GREY)
    return figure.Figure(drawn, title, "An empty chart: there is nothing to draw.", caption, table)


def published(coverage: Corpus) -> figure.Figure:
    """Chart the words of each article (of each outlet, if there are many) and when they were published."""
    articles = coverage.articles.sort_values(["published", "article"], ignore_index=True)
    table = articles[["article", "outlet", "published", "date_basis", "words"]].assign(link=articles["url"])
    caption = "Words, before stop words are removed and without teasers; right: the days of publication."
    if articles.empty:
        return empty("The corpus holds no article.", caption, table)
    column = groups(coverage).loc[articles["article"]].to_numpy(str)
    rows = articles.groupby(column, sort=False).agg(value=("words", "sum"), note=("published", span))
    title = f"{of(len(articles), 'article')}, {of(articles['outlet'].nunique(), 'known outlet')}; days: "
    title += f"{span(articles['published'])}; {articles['published'].isna().sum():,} without a known day."
    drawn = dots(rows.assign(label=rows.index), "words", "published")
    drawn.axes[0].xaxis.set_major_formatter("{x:,.0f}")
    return figure.Figure(drawn, title, f"Dot plot of words: {series(list(rows.index))}.", caption, table)


def reference(agreements: pd.DataFrame) -> figure.Figure:
    """Chart the dated reference: a step up for each agreement counted, each partner named at its own step.

    A partner that is not counted stands on the line as a hollow diamond. `agreements` as `agreements.load`.
    """
    rows = counted(agreements[agreements["signed_on"].notna()])
    table = rows[["number", "partner", "signed_on", "place", "event", "counted", "note"]]
    caption = "Source: the dated reference, agreements.csv, by day of signing. Rows in order of signing."
    if rows.empty:
        return empty("The reference holds no agreement for this choice.", caption, table)
    days, top = date2num(rows["signed_on"]), max(len(rows), 4) + 1
    step = rows["counted"]
    # The room right below a step is free, as the line only rises; what is no step goes above it, to the left.
    names = rows["partner"] + rows["signed_on"].dt.strftime(", %-d %b") + np.where(step, "", " (not counted)")
    levels = rows["total"] - 0.5 + (~step).groupby(rows["total"]).cumsum()
    room = names.map(figure.text_width) + 12
    with figure.style():
        drawn = figure.canvas(ROW * top + REST)
        axes = drawn.subplots()
        ends = limits(days, list(room * ~step), list(room * step))
        step_line(axes, rows, ends)
        for row, at, name, level in zip(evidence.rows(rows), days, names, levels, strict=True):
            (dot,) = axes.plot(
                [at], [row.total], "o" if row.counted else "D", color=figure.BLUE, markersize=5
            )
            dot.set_markerfacecolor(figure.BLUE if row.counted else "white")
            figure.mark(dot, f"{row.partner}: signed on {day(row.signed_on)}, {row.place}")
            side = 5 if row.counted else -2
            text = axes.annotate(name, (at, level), (side, 0), textcoords="offset points", va="center")
            text.set(fontsize=9, ha="left" if row.counted else "right")
        axes.set(xlim=ends, ylim=(0, top))
        dated(axes, "agreements signed")
    total, dates = int(rows["total"].iloc[-1]), rows["signed_on"]
    half = dates[rows["total"] >= total / 2].iloc[0]
    title = f"{of(total, 'agreement')}, {span(dates)}; half of them by {day(half)}."
    caption += "" if step.all() else f" Hollow, not counted: {series(list(rows.loc[~step, 'partner']))}."
    alt = f"Step line: the number of agreements signed rises from 0 to {total}. Each step is named: "
    return figure.Figure(drawn, title, alt + f"{series(list(rows['partner']))}.", caption, table)


def found(signings: pd.DataFrame, agreements: pd.DataFrame) -> figure.Figure:
    """Chart the signings that were read: for each partner a mark for each article that says so."""
    order = {code: i for i, code in enumerate(counted(agreements)["country"])}
    rows = signings.assign(
        order=signings["country"].map(order).fillna(len(order)),
        label=signings["country"].map(countries.names()),
    )
    rows = rows.sort_values(
        ["order", "label", "status", "article", "on"], ascending=[True, True, False, True, True]
    )
    rows = rows.drop_duplicates(["article", "country", "status"])
    rows["link"] = list(map(evidence.link, rows["article"], rows["sentence"]))
    shown = ["label", "status", "on", "precision", "place", "basis", "article", "evidence", "rule", "link"]
    table = rows[shown].rename(columns={"label": "partner"})
    caption = (
        f"A mark is an article; partners in order of signing. At most {MOST} marks each; the table has all."
    )
    if rows.empty:
        return empty("No article says that anyone has signed, or plans to.", caption, table)
    place, many = rows.groupby("country").cumcount() + 1, rows.groupby("country")["country"].transform("size")
    rows["label"] = rows["label"].where(many <= MOST, rows["label"] + many.map(" ({:,})".format))
    marks = rows.assign(value=place, low=place, high=place, series=rows["status"])[place <= MOST]
    drawn = dots(marks, "articles that say so")
    drawn.axes[0].set_xlim(0.5, marks["value"].clip(lower=5).max() + 0.5)
    drawn.axes[0].xaxis.set_major_locator(MaxNLocator(integer=True))
    signed = rows[rows["status"] == "signed"]
    exact = signed[signed["precision"] == "day"].merge(agreements[["country", "signed_on"]], on="country")
    right = int((exact["on"] == exact["signed_on"]).sum())
    title = f"{of(signed['country'].nunique(), 'partner')} said to have signed; of {of(len(exact), 'day')} "
    title += f"given for it, {right} {'is' if right == 1 else 'are'} the reference's."
    alt = f"Marks by partner, one for each article that says so: {series(list(marks['label'].unique()))}."
    return figure.Figure(drawn, title, alt, caption, table)
