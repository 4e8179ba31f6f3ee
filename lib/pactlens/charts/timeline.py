"""Charts over time: the reference as a step line, claims against it, the signings that were found."""

from collections.abc import Iterator

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.dates import AutoDateLocator, ConciseDateFormatter
from matplotlib.ticker import MaxNLocator

from pactlens import countries, evidence, figure
from pactlens.charts.rows import dots, groups, of, series
from pactlens.corpus import Corpus

# Inches of one row of text, and of a chart's axis below and air above.
ROW, REST = 0.185, 0.75
INSIDE = figure.WIDTH * 72 - 60
MOST = 12
BASES = {"named": "o", "listed": "s", "group": "^"}


def counted(agreements: pd.DataFrame) -> pd.DataFrame:
    """Return the agreements in order of signing with `total`: how many counted ones were signed by then."""
    rows = agreements.sort_values("signed_on", kind="stable", ignore_index=True)
    rows["counted"] = rows["counted"].fillna(True).astype(bool)
    return rows.assign(total=rows["counted"].cumsum())


def step_line(axes: Axes, rows: pd.DataFrame, ends: tuple[float, float]) -> None:
    """Draw the number of agreements signed, `rows` as of `counted`, between two day numbers."""
    days = numbers(rows["signed_on"])
    at = np.concatenate([[min(ends[0], days[0])], days, [max(ends[1], days[-1])]])
    totals = np.concatenate([[0], rows["total"], rows["total"].tail(1)])
    axes.plot(at, totals, drawstyle="steps-post", color=figure.BLUE, zorder=2)


def dated(axes: Axes, unit: str) -> None:
    """Give `axes` a time axis whose labels need no more room than they have, and a count of `unit`."""
    locator = AutoDateLocator(minticks=3, maxticks=8)
    axes.xaxis.set_major_locator(locator)
    axes.xaxis.set_major_formatter(ConciseDateFormatter(locator))
    axes.yaxis.set_major_locator(MaxNLocator(integer=True))
    axes.set_title(unit, loc="left", fontsize=9)


def limits(days: list[float], before: list[float], after: list[float]) -> tuple[float, float]:
    """Return the ends of a time axis on which each day has room for `before` and `after` points of text."""
    low, high = min(days) - 20, max(days) + 20
    for _ in range(300):
        scale = (high - low) / INSIDE
        low = min(day - room * scale for day, room in zip(days, before, strict=True))
        high = max(day + room * scale for day, room in zip(days, after, strict=True))
    return low - 10, high + 10


def numbers(days: pd.Series) -> list[float]:
    """Return days as matplotlib counts them: from 1 January 1970."""
    return [float(value) for value in (days - pd.Timestamp(0)) / pd.Timedelta(days=1)]


def day(value: pd.Timestamp) -> str:
    """Return a day as "13 June 2024"."""
    return f"{value.day} {value:%B %Y}"


def span(days: pd.Series) -> str:
    """Return the first and the last day, in words."""
    return " to ".join(dict.fromkeys([day(days.min()), day(days.max())]))


def empty(title: str, caption: str, table: pd.DataFrame) -> figure.Figure:
    """Return the figure that says that there is nothing to draw."""
    with figure.style():
        drawn = figure.canvas(0.8)
        drawn.text(0.5, 0.5, "nothing to draw", ha="center", va="center", color=figure.GREY)
    return figure.Figure(drawn, title, "An empty chart: there is nothing to draw.", caption, table)


def published(coverage: Corpus) -> figure.Figure:
    """Chart the words of each article (of each outlet, if there are many) and when they were published."""
    articles = coverage.articles.sort_values(["published", "article"], ignore_index=True)
    table = articles[["article", "outlet", "published", "date_basis", "words", "url"]]
    caption = "Words, before stop words are removed and without teasers; right: the days of publication."
    if articles.empty:
        return empty("The corpus holds no article.", caption, table)
    days = articles["published"]
    rows = []
    for label, own in articles.groupby(groups(coverage).loc[articles["article"]].to_numpy(), sort=False):
        note = span(own["published"]) if own["published"].notna().any() else "not known"
        rows.append({"label": label, "value": float(own["words"].sum()), "note": note})
    title = f"{of(len(articles), 'article')} of {of(articles['outlet'].nunique(), 'outlet')}"
    title += f", {span(days)}" if days.notna().any() else ""
    title += f"; {days.isna().sum():,} without a known day." if days.isna().any() else "."
    alt = f"Dot plot of words and days: {series([str(row['label']) for row in rows])}."
    drawn = dots(pd.DataFrame(rows), "words", "published")
    drawn.axes[0].set_xlim(left=0)
    drawn.axes[0].xaxis.set_major_formatter("{x:,.0f}")
    return figure.Figure(drawn, title, alt, caption, table.assign(link=articles["url"]))


def reference(agreements: pd.DataFrame) -> figure.Figure:
    """Chart the dated reference: a step up for each agreement counted, each partner named at its own step.

    A partner that is not counted stands on the line as a hollow diamond. `agreements` as `agreements.load`.
    """
    rows = counted(agreements[agreements["signed_on"].notna()])
    table = rows[["number", "partner", "signed_on", "place", "event", "counted", "note"]]
    caption = "Source: the dated reference, agreements.csv, by day of signing. Rows in order of signing."
    if rows.empty:
        return empty("The reference holds no agreement for this choice.", caption, table)
    days, top = numbers(rows["signed_on"]), max(len(rows), 4) + 1
    labels = list(_labels(rows))
    room = [figure.text_width(text) + 12 for text, *_ in labels]
    left = [0 if below else width for width, (*_, below) in zip(room, labels, strict=True)]
    right = [width if below else 0 for width, (*_, below) in zip(room, labels, strict=True)]
    with figure.style():
        drawn = figure.canvas(ROW * top + REST)
        axes = drawn.subplots()
        ends = limits(days, left, right)
        step_line(axes, rows, ends)
        for at, (text, level, below), row in zip(days, labels, evidence.rows(rows), strict=True):
            (dot,) = axes.plot([at], [row.total], "o" if below else "D", color=figure.BLUE, markersize=5)
            dot.set_markerfacecolor(figure.BLUE if below else "white")
            figure.mark(dot, f"{row.partner}: signed on {day(row.signed_on)}, {row.place}")
            place = axes.annotate(text, (at, level), (5 if below else -2, 0), textcoords="offset points")
            place.set(fontsize=9, va="center", ha="left" if below else "right")
        axes.set(xlim=ends, ylim=(0, top))
        dated(axes, "agreements signed")
    total, dates = int(rows["total"].iloc[-1]), rows["signed_on"]
    half = dates[rows["total"] >= total / 2].iloc[0]
    title = f"{of(total, 'agreement')}, {span(dates)}; half of them by {day(half)}."
    outside = list(rows.loc[~rows["counted"], "partner"])
    caption += f" Hollow, not counted: {series(outside)}." if outside else ""
    alt = f"Step line: the number of agreements signed rises from 0 to {total}. Each step is named: "
    return figure.Figure(drawn, title, alt + f"{series(list(rows['partner']))}.", caption, table)


def _labels(rows: pd.DataFrame) -> Iterator[tuple[str, float, bool]]:
    """Yield for each of `rows` its label, its level, and whether that is below the line.

    The room right below a step is free, as the line only rises; what is no step goes above it, to the left.
    """
    beside = 0
    for row in evidence.rows(rows):
        text, below = f"{row.partner}, {row.signed_on.day} {row.signed_on:%b}", bool(row.counted)
        beside = 0 if below else beside + 1
        yield text if below else f"{text} (not counted)", row.total - 0.5 + beside, below


def found(signings: pd.DataFrame, agreements: pd.DataFrame) -> figure.Figure:
    """Chart the signings that were read: for each partner a mark for each article that says so."""
    order = list(counted(agreements)["country"].drop_duplicates())
    rows = signings.sort_values(["status", "article", "on", "sentence"], ascending=[False, True, True, True])
    rows = rows.drop_duplicates(["article", "country", "status"])
    rows["link"] = [evidence.link(row.article, row.sentence) for row in evidence.rows(rows)]
    codes = sorted(set(rows["country"]), key=lambda code: (order.index(code) if code in order else 999, code))
    names = countries.names().reindex(codes)
    rows["partner"] = rows["country"].map(names)
    shown = ["partner", "status", "on", "precision", "place", "basis", "article", "evidence", "rule", "link"]
    table = rows[shown]
    caption = (
        "One mark an article, partners in order of signing. Filled: signed; hollow: planned. Round: named; "
        f"square: in a list; triangle: in a group. At most {MOST} marks are drawn; the table has all."
    )
    if rows.empty:
        return empty("No article says that anyone has signed, or plans to.", caption, table)
    with figure.style():
        drawn = figure.canvas(0.22 * len(codes) + 0.5)
        axes = drawn.subplots()
        for y, code in enumerate(codes):
            own = rows[rows["country"] == code]
            for x, row in enumerate(evidence.rows(own.head(MOST))):
                (dot,) = axes.plot([x], [y], BASES[row.basis], color=figure.BLUE, markersize=7)
                dot.set_markerfacecolor(figure.BLUE if row.status == "signed" else "white")
                figure.mark(dot, f"{row.article}, {row.status}: {row.evidence}", row.link)
            said = series(list(own["article"])) if len(own) < 5 else of(len(own), "article")
            axes.annotate(said, (min(len(own), MOST), y), va="center_baseline", fontsize=8, color=figure.GREY)
        axes.set_yticks(range(len(codes)), list(names))
        axes.set(xlim=(-0.7, 26), ylim=(len(codes) - 0.4, -0.6), xticks=[])
        axes.grid(visible=False)
    signed = rows[rows["status"] == "signed"]
    exact = signed[signed["precision"] == "day"].merge(agreements[["country", "signed_on"]], on="country")
    right = int((exact["on"] == exact["signed_on"]).sum())
    title = f"{of(signed['country'].nunique(), 'partner')} said to have signed; of {of(len(exact), 'day')} "
    title += f"given for it, {right} {'is' if right == 1 else 'are'} the reference's."
    alt = f"Marks by partner, one for each article that says so: {series(list(names))}."
    return figure.Figure(drawn, title, alt, caption, table)
