"""Charts of words and themes: how often each occurs, in which articles, and where in their text."""

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from pactlens import figure, terms
from pactlens.charts import rows as parts
from pactlens.charts.rows import COLUMNS, dots, first, fold, groups, links, of, series, shaded, side
from pactlens.charts.timeline import empty

if TYPE_CHECKING:
    from pactlens.corpus import Corpus

# Medians nearer to each other than a tenth of the text are not told apart.
APART = 0.1
LOOK = {"term": "label", "per_1000_words": "value", "too_few_to_rank": "hollow"}
LOOK |= {f"per_1000_words_poisson_{end}": end for end in ("low", "high")}
LOOK |= {f"per_1000_words_bootstrap_{end}": f"wide_{end}" for end in ("low", "high")}


def top(counted: pd.DataFrame, coverage: "Corpus", phrases: bool = False, size: int = 15) -> figure.Figure:
    """Chart the most frequent words (or phrases) of `terms.counts`, per 1,000 words, with two intervals."""
    kind, words = "phrase" if phrases else "word", coverage.articles.set_index("article")["words"].astype(int)
    wanted = counted[counted["term"].str.contains(" ", regex=False) == phrases]
    caption = (
        f"n = {int(words.sum()):,} words in {of(len(words), 'article')}, counted before stop words "
        f"({counted.attrs.get('stop_list', 'none')}) are left out. Thin line: exact Poisson interval; thick: "
        f"bootstrap over articles; both 95 %. Hollow: below {terms.LEAST} articles or hits, too few to rank."
    )
    if wanted.empty:
        return empty(f"There is no {kind} to count.", caption, wanted)
    # The bootstrap of every rare phrase of a large corpus would take minutes.
    leading = terms.totals(wanted, words, times=0)["term"].head(size)
    table = terms.totals(wanted[wanted["term"].isin(leading)], words)
    table["link"] = [first(coverage, term) for term in table["term"]]
    notes = table["occurrences"].map("{:,} in ".format) + table["articles_containing"].map("{:,}".format)
    rows = table.rename(columns=LOOK).assign(note=notes)
    drawn = dots(rows, "occurrences per 1,000 words", "occurrences\nin articles")
    lead, last = rows.iloc[0], rows.iloc[-1]
    title = f"“{lead['label']}” is the most frequent {kind}: {lead['value']:.1f} per 1,000 words, in "
    if lead["hollow"]:
        title = f"Too few to rank any {kind}: “{lead['label']}” leads, {of(lead['occurrences'], 'time')} in "
    title += f"{lead['articles_containing']:,} of {of(len(words), 'article')}."
    alt = f"Dot plot of the {len(table)} most frequent {kind}s per 1,000 words, from "
    alt += f"{lead['label']} ({lead['value']:.1f}) to {last['label']} ({last['value']:.1f})."
    return figure.Figure(drawn, title, alt, caption, table)


def themes(found: pd.DataFrame, coverage: "Corpus") -> figure.Figure:
    """Chart how often each theme of `terms.themes` occurs in each article (of many: in each outlet)."""
    column = groups(coverage)
    words = coverage.articles["words"].astype(float).groupby(column.array).sum()
    by = found.groupby(["theme", found["article"].map(column).rename("in")])
    table = by["article"].agg(occurrences="size", articles="nunique").reset_index()
    table["per_1000_words"] = 1000 * table["occurrences"] / table["in"].map(words).astype(float)
    table["link"] = links(by[["article", "sentence"]].first())
    names = sorted(dict.fromkeys(column), key=parts.OTHERS.__eq__)
    caption = "Number: occurrences of the theme's phrases (themes.csv); shade: per 1,000 words. "
    caption += f"At the right: articles with the theme, of {len(column):,}."
    if table.empty:
        return empty("No phrase of any theme occurs.", caption, table)
    reach = found.groupby("theme")["article"].agg(articles="nunique", hits="size").reset_index()
    reach = reach.sort_values(["articles", "hits"], ascending=False, kind="stable", ignore_index=True)
    fields = table.assign(shade=table["per_1000_words"] / table["per_1000_words"].max())
    fields["row"] = table["theme"].map(list(reach["theme"]).index)
    fields["column"] = table["in"].map(names.index)
    fields["text"] = table["occurrences"].map("{:,}".format)
    fields["said"] = table["theme"] + ", " + table["in"] + ": " + fields["text"]
    notes = [f"{n:,}" for n in reach["articles"]]
    drawn = shaded(fields, list(reach["theme"]), names, notes, "articles")
    most = reach["articles"].max()
    leads = [f"“{name}”" for name in reach.loc[reach["articles"] == most, "theme"]]
    title = f"{series(leads)} {'is' if len(leads) == 1 else 'are'} in {most:,} of "
    title += of(len(column), "article")
    title += ", more than any other theme." if most < len(column) and len(leads) < len(reach) else "."
    alt = f"Matrix of {of(len(reach), 'theme')} by {of(len(names), 'column')} ({series(names)}). {title}"
    return figure.Figure(drawn, title, alt, caption, table)


def positions(found: pd.DataFrame, coverage: "Corpus") -> figure.Figure:
    """Chart where in its text each theme occurs, between the first sentence and the last."""
    own = terms.own(coverage).groupby("article")
    low, high = (found["article"].map(end).astype(float) for end in (own["start"].min(), own["end"].max()))
    table = found[["theme", "article", "sentence", "text"]].copy()
    table["place"], table["link"] = (found["start"] - low) / (high - low), links(table)
    order = table.groupby("theme")["place"].agg(["median", "size"]).sort_values(["median", "size", "theme"])
    articles, names = list(dict.fromkeys(table["article"])), list(order.index)
    few = len(articles) <= COLUMNS
    caption = f"Place between first (0 %) and last sentence (100 %); n = {of(len(table), 'occurrence')} in "
    caption += f"{of(len(articles), 'article')}. Rows by the median place of all. "
    bar = "Bars: twentieths of the text, each row to its own highest."
    caption += "One tick an occurrence." if few else bar
    if table.empty:
        return empty("No phrase of any theme occurs.", caption, table)
    with figure.style():
        drawn = figure.canvas(parts.ROW * len(order) + parts.REST + 0.3)
        plots = drawn.subplots(1, len(articles) if few else 1, sharey=True, squeeze=False)[0]
        for axes, article in zip(plots, articles if few else [""], strict=True):
            (ticks if few else bars)(axes, table[table["article"] == article] if few else table, names)
            axes.set(xlim=(-0.04, 1.04), xticks=[0, 0.5, 1], xticklabels=[])
            axes.set_title(fold(article, 9), fontsize=9)
            axes.spines["left"].set_visible(False)
            axes.tick_params(axis="y", length=0)
        side(plots[-1], names, [f"{place:.0%}" for place in order["median"]], "median")
        drawn.supxlabel("place in the text: start, middle, end", fontsize=10)
    known = order.loc[order["size"] >= terms.LEAST, "median"]
    title = f"Too few to rank the themes by place: none occurs {terms.LEAST} times."
    if len(known):
        early, late = known.iloc[[0, -1]]
        title = f"The themes are spread alike: half of each comes before {late:.0%} of the text."
        if late - early >= APART:
            title = f"“{known.index[0]}” comes earliest, half of it in the first {early:.0%} of the text; "
            title += f"“{known.index[-1]}” latest, half of it after {late:.0%}."
    alt = f"Dispersion plot of {of(len(order), 'theme')}, one row each, by place in the text. {title}"
    return figure.Figure(drawn, title, alt, caption, table)


def ticks(axes: Axes, rows: pd.DataFrame, names: list[str]) -> None:
    """Draw one tick an occurrence, linked to its sentence."""
    for row in rows.to_dict("records"):
        (tick,) = axes.plot([row["place"]], [names.index(row["theme"])], "|", color=figure.BLUE, ms=12, mew=2)
        figure.mark(tick, f"{row['theme']}: “{row['text']}” in {row['article']}", row["link"])


def bars(axes: Axes, rows: pd.DataFrame, names: list[str]) -> None:
    """Draw one small histogram a theme, in twentieths of the text."""
    for level, name in enumerate(names):
        counts, _ = np.histogram(rows.loc[rows["theme"] == name, "place"], 20, (0, 1))
        parts = axes.bar(np.arange(20) / 20, -0.8 * counts / counts.max(), 0.045, level + 0.4, align="edge")
        for part, (bar, n) in enumerate(zip(parts, counts, strict=True), 1):
            bar.set_color(figure.BLUE)
            figure.mark(bar, f"{name}: {n:,} in part {part} of 20")
