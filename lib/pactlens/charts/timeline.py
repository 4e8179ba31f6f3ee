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


def step_line(axes: Axes, rows: pd.DataFrame, until: float) -> None:
    """Draw the number of agreements signed, from 0 before the first of `rows` to day number `until`."""
    days = numbers(rows["signed_on"])
    at = np.concatenate([[days[0] - 400], days, [until]])
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
    for _ in range(40):
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


def empty(title: str, caption: str, table: pd.DataFrame) -> figure.Figure:
    """Return the figure that says that there is nothing to draw."""
    with figure.style():
        drawn = figure.canvas(0.8)
        drawn.text(0.5, 0.5, "nothing to draw", ha="center", va="center", color=figure.GREY)
    return figure.Figure(drawn, title, "An empty chart: there is nothing to draw.", caption, table)


def _labels(rows: pd.DataFrame) -> Iterator[tuple[str, float, bool]]:
    """Yield for each of `rows` its label, its level, and whether that is below the line.

    The room right below a step is free, as the line only rises; what is no step goes above it, to the left.
    """
    beside = 0
    for row in evidence.rows(rows):
        text, below = f"{row.partner}, {row.signed_on.day} {row.signed_on:%b}", bool(row.counted)
        beside = 0 if below else beside + 1
        yield text if below else f"{text} (not counted)", row.total - 0.5 + beside, below


def published(coverage: Corpus) -> figure.Figure:
    """Chart the corpus: the words of each article (of each outlet, if there are many), and when it was published."""
    articles = coverage.articles.sort_values(["published", "article"], ignore_index=True)
    table = articles[["article", "outlet", "published", "date_basis", "words", "url"]].assign(
        link=articles["url"]
    )
    caption = "Words, before stop words are removed and with teasers left out; right: the day of publication."
    if articles.empty:
        return empty("The corpus holds no article.", caption, table)
    column = articles["article"].map(groups(coverage))
    rows = articles.groupby(column.to_numpy(), sort=False).agg(
        value=("words", "sum"), low=("published", "min"), high=("published", "max")
    )
    note = [
        " to ".join(dict.fromkeys(f"{end:%-d %b %Y}" for end in ends if pd.notna(end)))
        for ends in zip(rows["low"], rows["high"])
    ]
    picture = pd.DataFrame(
        {"label": rows.index, "value": rows["value"].astype(float), "note": [n or "not known" for n in note]}
    )
    days = articles["published"].dropna()
    title = f"{of(len(articles), 'article')} of {of(articles['outlet'].nunique(), 'outlet')}, {of(int(articles['words'].sum()), 'word')}"
    if len(days):
        title += (
            f", {day(days.min())} to {day(days.max())}" if days.min() < days.max() else f", {day(days.min())}"
        )
    title += f"; {len(articles) - len(days):,} without a known day." if len(days) < len(articles) else "."
    alt = f"Dot plot of words: {series(list(rows.index))}."
    return figure.Figure(dots(picture, "words", "published"), title, alt, caption, table)


def reference(agreements: pd.DataFrame) -> figure.Figure:
    """Chart the dated reference: a step up for each agreement counted, each partner named at its own step.

    A partner that is not counted stands on the line as a hollow diamond. `agreements` as `agreements.load`.
    """
    rows = counted(agreements[agreements["signed_on"].notna()])
    table = rows[["number", "partner", "signed_on", "place", "event", "counted", "note"]]
    caption = "Source: the dated reference, agreements.csv, by day of signing. Rows in order of signing."
    if rows.empty:
        return empty("The reference holds no agreement for this choice.", caption, table)
    days = numbers(rows["signed_on"])
    top = max(len(rows), 4) + 1
    labels = list(_labels(rows))
    widths = [figure.text_width(text) + 12 for text, *_ in labels]
    left = [0.0 if below else width for width, (_, _, below) in zip(widths, labels, strict=True)]
    right = [width if below else 0.0 for width, (_, _, below) in zip(widths, labels, strict=True)]
    with figure.style():
        drawn = figure.canvas(ROW * top + REST)
        axes = drawn.subplots()
        ends = limits(days, left, right)
        step_line(axes, rows, ends[1])
        for at, (text, level, below), row in zip(days, labels, evidence.rows(rows), strict=True):
            (dot,) = axes.plot(
                [at], [row.total], color=figure.BLUE, marker="o" if below else "D", markersize=5
            )
            dot.set_markerfacecolor(figure.BLUE if below else "white")
            figure.mark(dot, f"{row.partner}: signed on {day(row.signed_on)}, {row.place}")
            place = axes.annotate(text, (at, level), (5 if below else -2, 0), textcoords="offset points")
            place.set(fontsize=9, va="center", ha="left" if below else "right")
        axes.set(xlim=ends, ylim=(0, top))
        dated(axes, "agreements signed")
    first, last = rows["signed_on"].iloc[0], rows["signed_on"].iloc[-1]
    total = int(rows["total"].iloc[-1])
    half = rows.loc[rows["total"] >= total / 2, "signed_on"].iloc[0]
    title = of(total, "agreement")
    title += (
        f" from {day(first)} to {day(last)}, half of them by {day(half)}."
        if first < last
        else f", {day(first)}."
    )
    outside = rows.loc[~rows["counted"], "partner"]
    note = f" Drawn hollow and not counted: {', '.join(outside)}." if len(outside) else ""
    alt = (
        f"Step line over time: the number of agreements signed rises from 0 to {total}. "
        f"{len(rows)} partners are named at their steps, from {rows['partner'].iloc[0]} to "
        f"{rows['partner'].iloc[-1]}."
    )
    return figure.Figure(drawn, title, alt, caption + note, table)


def found(signings: pd.DataFrame, agreements: pd.DataFrame) -> figure.Figure:
    """Chart the signings that were read: a mark for each article that says so, by partner in order of signing."""
    order = list(counted(agreements)["country"].drop_duplicates())
    rows = signings.sort_values(["status", "article", "on", "sentence"], ascending=[False, True, True, True])
    rows = rows.drop_duplicates(["article", "country", "status"])
    rows["link"] = [evidence.link(row.article, row.sentence) for row in evidence.rows(rows)]
    codes = sorted(set(rows["country"]), key=lambda code: (order.index(code) if code in order else 999, code))
    names = countries.names().reindex(codes)
    table = rows.assign(partner=rows["country"].map(names)).drop(
        columns=["country", "sentence", "start", "end"]
    )
    caption = (
        "One mark an article, the partners in order of signing. Filled: signed; hollow: planned. Round: named; "
        f"square: in a list; triangle: as one of a group. At most {MOST} marks are drawn; all are in the table."
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
    title = f"{of(signed['country'].nunique(), 'partner')} said to have signed; "
    title += f"{right} of {of(len(exact), 'day')} given for it are the reference's."
    alt = f"Marks by partner, one for each article that says so: {series(list(names))}."
    return figure.Figure(drawn, title, alt, caption, table)
