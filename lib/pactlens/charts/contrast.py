"""Charts of differences: one group's words against the rest, outlet against outlet, and themes over time."""

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.dates import AutoDateLocator, ConciseDateFormatter, DayLocator

from pactlens import figure, keyness, statistics, terms
from pactlens.charts.rows import COLOURS, REST, ROW, SHAPES, dots, first, largest, of, series
from pactlens.charts.timeline import day, empty

if TYPE_CHECKING:
    from pactlens.corpus import Corpus

PERIODS = {"day": 31, "week": 400, "month": 10**6}
NOTHING = pd.DataFrame()


def comparisons(coverage: "Corpus") -> dict[tuple[str, str], pd.Series]:
    """Return the comparisons that the corpus allows: (what, against what) to booleans by article.

    The outlet with most words against all others; articles after the middle day of publication against those
    up to it (undated ones in neither).
    """
    articles = coverage.articles.set_index("article")
    out = {}
    if articles["outlet"].nunique() >= 2:
        (name,) = largest(articles.groupby("outlet")["words"].sum(), 1)
        out[(name, "the rest")] = (articles["outlet"] == name).astype("boolean")
    dated = articles["published"].dropna()
    if dated.nunique() >= 2:
        middle = dated.sort_values().iloc[(len(dated) - 1) // 2]
        middle = dated[dated < dated.max()].max() if middle == dated.max() else middle
        later = (articles["published"] > middle).astype("boolean").where(articles["published"].notna())
        out[(f"articles after {day(middle)}", "earlier ones")] = later
    return out


def compared(
    counted: pd.DataFrame, target: pd.Series, names: tuple[str, str], size: int = 8
) -> figure.Figure:
    """Chart the terms that the articles of `target` (booleans by article) and the rest share least.

    `names` says what the target is, and what the rest. Rows: the `size` largest G2 on each side.
    """
    caption = (
        "Ratio of rates with its 95 % interval. Hollow: the interval holds “equally often”, or one article "
    )
    caption += "has more than half of the occurrences. Right: occurrences in both. "
    caption += f"Terms with {terms.LEAST} occurrences or more, those of highest G2"
    caption += f". n = {of(int(target.sum()), 'article')} against {int((~target).sum()):,}."
    table = keyness.keyness(counted, target)
    g2 = table["G2_4_cell"]
    shown = table[((g2 > 0) & (g2.rank(ascending=False) <= size)) | ((g2 < 0) & (g2.rank() <= size))]
    if shown.empty:
        return empty(f"Too few to compare: no term occurs {terms.LEAST} times.", caption, table)
    shown = shown.sort_values(["log_ratio", "term"], ascending=[False, True])
    most = int(np.ceil(shown["log_ratio"].abs().max())) + 1
    rows = shown.rename(columns={"term": "label", "log_ratio": "value"})
    rows["low"], rows["high"] = (rows[f"log_ratio_{end}"].clip(-most, most) for end in ("low", "high"))
    rows["hollow"] = rows["one_article"] | ((rows["low"] <= 0) & (rows["high"] >= 0))
    rows["note"] = [f"{a:,} : {b:,}" for a, b in zip(rows["a"], rows["b"], strict=True)]
    drawn = dots(rows, f"← more often in {names[1]}  |  more often in {names[0]} →", "occurrences")
    steps = range(-most, most + 1, max(1, most // 3))
    said = [f"{2**step}:1" if step >= 0 else f"1:{2**-step}" for step in steps]
    drawn.axes[0].set(xlim=(-most, most), xticks=steps, xticklabels=said)
    drawn.axes[0].axvline(0, color=figure.GREY, linewidth=1)
    title = f"No term sets {names[0]} apart from {names[1]} beyond chance and beyond one article."
    sure = rows[~rows["hollow"]]
    if len(sure):
        lead = sure.loc[sure["G2_4_cell"].abs().idxmax()]
        title = (
            f"“{lead['label']}” sets {names[0]} apart most: {lead['per_1000_words_target']:.1f} per 1,000 "
        )
        title += f"words, against {lead['per_1000_words_rest']:.1f} in {names[1]}."
    alt = f"Dot plot of the ratio of rates of {of(len(rows), 'term')}, {names[0]} to {names[1]}. {title}"
    return figure.Figure(drawn, title, alt, caption, table)


def outlets(counted: pd.DataFrame, coverage: "Corpus", size: int = 12, most: int = 5) -> figure.Figure:
    """Chart the terms whose rates per 1,000 words differ most between the `most` outlets with most words."""
    articles = coverage.articles.set_index("article")
    by = articles.groupby("outlet")["words"].agg(["sum", "size"]).astype(int)
    by = by.loc[largest(by["sum"][by["sum"] > 0], most)]
    outlet = counted["article"].map(articles["outlet"])
    counts = pd.crosstab(counted["term"], outlet, counted["n"], aggfunc="sum")
    counts = counts.reindex(columns=by.index).fillna(0).astype(int)
    rates = 1000 * counts[counts.sum(axis=1) >= terms.LEAST] / by["sum"]
    rates = rates.loc[largest(rates.max(axis=1) - rates.min(axis=1), size)]
    said = [f"{name} ({words:,} words in {of(n, 'article')})" for name, words, n in by.itertuples()]
    caption = f"{'; '.join(said)}. Terms with {terms.LEAST} occurrences or more, by highest rate less lowest."
    caption += f" Below {terms.LEAST} articles an outlet's rate is that of few texts." * bool(
        (by["size"] < terms.LEAST).any()
    )
    if len(by) < 2 or rates.empty:
        return empty(
            "Nothing to compare: fewer than two outlets are named, or no term is frequent.", caption, NOTHING
        )
    rows = rates.rename_axis("label").reset_index().melt("label", var_name="series", value_name="value")
    rows["link"] = rows["label"].map({term: first(coverage, term) for term in rates.index})
    lead = rates.iloc[0]
    title = f"“{lead.name}” divides the outlets most: {lead.max():.1f} per 1,000 words in {lead.idxmax()}, "
    title += f"{lead.min():.1f} in {lead.idxmin()}."
    alt = f"Dot plot of {of(len(rates), 'term')}, one mark an outlet ({series(list(by.index))}). {title}"
    table = rates.add_suffix(" per 1,000 words").join(counts.add_suffix(" occurrences")).reset_index()
    return figure.Figure(
        dots(rows, "occurrences per 1,000 words"), title, alt, caption, table.rename_axis(columns=None)
    )


def trend(found: pd.DataFrame, coverage: "Corpus", size: int = 4) -> figure.Figure:
    """Chart the rates of the most frequent themes by day, week or month of publication."""
    articles = coverage.articles
    dated = articles[articles["published"].notna()].set_index("article")["published"]
    span = (dated.max() - dated.min()).days if len(dated) else 0
    unit = next(unit for unit, most in PERIODS.items() if span <= most)
    caption = f"Occurrences per 1,000 words of the articles of each {unit}, exact Poisson intervals (95 %); "
    caption += (
        f"n = {of(len(dated), 'article')}; without a date and left out: {len(articles) - len(dated):,}."
    )
    if dated.nunique() < 2:
        why = f"All dated articles are of {day(dated.iloc[0])}" if len(dated) else "No article has a date"
        return empty(f"{why}: there is no trend to show.", caption, NOTHING)
    period = dated.dt.to_period(unit[0].upper()).dt.start_time
    words = articles.set_index("article")["words"].astype(float).groupby(period).sum()
    hits = found[found["article"].isin(dated.index)]
    names = largest(hits["theme"].value_counts(), size)
    counts = pd.crosstab(hits["theme"], hits["article"].map(period))
    counts = counts.reindex(index=names, columns=words.index, fill_value=0).rename_axis("theme").reset_index()
    table = counts.melt("theme", var_name="from", value_name="occurrences")
    if table.empty:
        return empty("No phrase of any theme occurs in a dated article.", caption, table)
    table["words"] = table["from"].map(words).astype(int)
    table["per_1000_words"] = 1000 * table["occurrences"] / table["words"]
    table["low"], table["high"] = statistics.poisson_interval(table["occurrences"], table["words"] / 1000)
    with figure.style():
        drawn = figure.canvas(ROW * 8 + REST)
        lines(drawn.subplots(), table, names)
    title = changed(table)
    alt = f"Line chart of {of(len(names), 'theme')} over {of(len(words), unit)}: {series(names)}. {title}"
    return figure.Figure(drawn, title, alt, caption, table)


def lines(axes: Axes, table: pd.DataFrame, names: list[str]) -> None:
    """Draw one line a theme, named at its end; lines stand side by side, so that every interval is seen."""
    begin, end, top = table["from"].min(), table["from"].max(), float(table["high"].max())
    last = table[table["from"] == end].set_index("theme")["per_1000_words"]
    levels = figure.spread(list(last[names]), top / 12, 0, top)
    for number, (name, level) in enumerate(zip(names, levels, strict=True)):
        rows, colour = table[table["theme"] == name], COLOURS[number]
        at = rows["from"] + number * (end - begin) / 90
        axes.vlines(at, rows["low"], rows["high"], color=colour, linewidth=0.8)
        (line,) = axes.plot(
            at, rows["per_1000_words"], SHAPES[number] + "-", color=colour, ms=5, clip_on=False
        )
        figure.mark(line, f"{name}: " + ", ".join(f"{rate:.1f}" for rate in rows["per_1000_words"]))
        arrow = {"arrowstyle": "-", "color": colour, "linewidth": 0.6}
        where = (at.iloc[-1], last[name]), (1.03, level), "data", axes.get_yaxis_transform()
        axes.annotate(name, *where, arrowprops=arrow, va="center", fontsize=9)
    axes.set(ylim=(0, top * 1.04), ylabel="per 1,000 words")
    locator = AutoDateLocator(minticks=2, maxticks=6) if (end - begin).days > 7 else DayLocator()
    axes.xaxis.set_major_locator(locator)
    axes.xaxis.set_major_formatter(ConciseDateFormatter(locator))


def changed(table: pd.DataFrame) -> str:
    """Return the finding: the theme that changed most, of those whose first and last intervals lie apart."""
    days = table["from"].min(), table["from"].max()
    old, new = (table[table["from"] == end].set_index("theme") for end in days)
    between = f"between {day(days[0])} and {day(days[1])}"
    apart = old.index[(old["high"] < new["low"]) | (new["high"] < old["low"])]
    if apart.empty:
        return f"No theme's rate changes beyond its interval {between}."
    name = (new["per_1000_words"] - old["per_1000_words"])[apart].abs().idxmax()
    rates = [end.loc[name, "per_1000_words"] for end in (old, new)]
    return f"“{name}” goes from {rates[0]:.1f} to {rates[1]:.1f} per 1,000 words {between}."
