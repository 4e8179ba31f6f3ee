"""Charts of words and themes: how often each occurs, in which articles, and where in their text."""

import numpy as np
import pandas as pd
from matplotlib.figure import Figure as Canvas

from pactlens import figure, terms
from pactlens.charts import rates
from pactlens.charts.rows import COLUMNS, REST, ROW, empty, first, fold, largest, links, of, shaded, side
from pactlens.corpus import Corpus

# Medians nearer to each other than a tenth of the text are not told apart.
APART = 0.1


def top(counted: pd.DataFrame, coverage: Corpus, phrases: bool = False, size: int = 15) -> figure.Figure:
    """Chart the most frequent words (or phrases) of `terms.counts`, per 1,000 words, with two intervals."""
    wanted = counted[counted["term"].str.contains(" ", regex=False) == phrases]
    leading = largest(wanted.groupby("term")["n"].sum(), size)
    # The bootstrap of every rare phrase of a large corpus would take minutes.
    wanted = wanted[wanted["term"].isin(leading)]
    what = f"most frequent {'phrases' if phrases else 'words'}"
    return rates.ranked(wanted, first(wanted, coverage, leading), coverage, what)


def themes(found: pd.DataFrame, coverage: Corpus) -> figure.Figure:
    """Chart how often each theme of `terms.themes` occurs in each article (of many: in each outlet)."""
    hits = found.rename(columns={"theme": "name"}).assign(link=links(found))
    return rates.by_column(hits, coverage, "a phrase of a theme occurs")


def positions(found: pd.DataFrame, coverage: Corpus) -> figure.Figure:
    """Chart where in its text each theme occurs, between the first sentence and the last."""
    own = terms.own(coverage).groupby("article")
    low, high = (found["article"].map(end).astype(float) for end in (own["start"].min(), own["end"].max()))
    table = found[["theme", "article", "sentence", "text"]].copy()
    table["place"], table["link"] = (found["start"] - low) / (high - low), links(table)
    order = table.groupby("theme")["place"].agg(["median", "size"]).sort_values(["median", "size", "theme"])
    articles, names = table["article"].nunique(), list(order.index)
    caption = f"Place between first (0 %) and last sentence (100 %); n = {of(len(table), 'occurrence')} in "
    caption += f"{of(articles, 'article')}. Rows by the median place of all."
    if table.empty:
        return empty("No phrase of any theme occurs.", caption, table)
    medians = order["median"].map("{:.0%}".format)
    drawn = (ticks if articles <= COLUMNS else tenths)(table, names, medians)
    known = order.loc[order["size"] >= terms.LEAST, "median"]
    title = f"Too few to rank the themes by place: none occurs {terms.LEAST} times."
    if len(known):
        early, late = known.iloc[[0, -1]]
        title = f"“{known.index[0]}” alone is frequent enough to place: half of it comes before {early:.0%}."
    if len(known) > 1:
        title = f"The themes are spread alike: half of each comes before {late:.0%} of the text."
        if late - early >= APART:
            title = f"No theme is earlier than “{known.index[0]}”, half of it in the first {early:.0%} of "
            title += f"the text, and none later than “{known.index[-1]}”, half of it after {late:.0%}."
    alt = f"Dispersion plot of {of(len(order), 'theme')}, one row each, by place in the text."
    return figure.Figure(drawn, title, alt, caption, table)


def ticks(table: pd.DataFrame, names: list[str], medians: pd.Series) -> Canvas:
    """Draw one tick an occurrence, linked to its sentence, and one column an article."""
    columns = table.groupby("article", sort=False)
    with figure.style():
        drawn = figure.canvas(ROW * len(names) + REST + 0.3)
        plots = drawn.subplots(1, len(columns), sharey=True, squeeze=False)[0]
        for axes, (article, rows) in zip(plots, columns, strict=True):
            for row in rows.to_dict("records"):
                place = [row["place"]], [names.index(row["theme"])]
                (tick,) = axes.plot(*place, "|", color=figure.BLUE, markersize=12, markeredgewidth=2)
                figure.mark(tick, f"{row['theme']}: “{row['text']}” in {article}", row["link"])
            axes.set(xlim=(-0.04, 1.04), xticks=[0, 0.5, 1], xticklabels=[])
            axes.set_title(fold(str(article), 9), fontsize=9)
            axes.spines["left"].set_visible(False)
            axes.tick_params(axis="y", length=0)
        side(plots[-1], names, medians, "median")
        drawn.supxlabel("place in the text: start, middle, end", fontsize=10)
    return drawn


def tenths(table: pd.DataFrame, names: list[str], medians: pd.Series) -> Canvas:
    """Draw the occurrences up to each tenth of the text: of many articles, ticks would hide each other."""
    tenth = np.ceil(10 * table["place"]).clip(lower=1)
    fields = table.groupby(["theme", tenth.map("{:.0f}0 %".format)])["link"].agg(["size", "first"])
    fields = fields.reset_index().set_axis(["row", "column", "shade", "link"], axis=1)
    fields["text"] = fields["shade"].map("{:,}".format)
    heads = [f"{number}0 %" for number in range(1, 11)]
    return shaded(fields, names, heads, medians, "median")
