"""Charts of differences: one group's words against the rest, outlet against outlet, and themes over time."""

import numpy as np
import pandas as pd
from matplotlib.figure import Figure as Canvas

from pactlens import figure, keyness, statistics, terms
from pactlens.charts.rows import REST, ROW, day, dots, empty, first, fold, largest, links, of, series, shaded
from pactlens.charts.timeline import dated
from pactlens.corpus import Corpus

# The longest stretch in days that is shown by each: more points would hide each other.
PERIODS = {"day": 14, "week": 100, "month": 430, "quarter": 1300, "year": 10**6}
NOTHING = pd.DataFrame(columns=["term"])


def halves(coverage: Corpus, by: str) -> tuple[pd.Series, tuple[str, str]]:
    """Return which articles are in a group (booleans by article) and the names of group and rest.

    by "outlet": the outlet with most words; by "published": after the middle day of publication, undated
    articles being on neither side. The names read on from "more often".
    """
    articles = coverage.articles.set_index("article")
    if by == "outlet":
        name = "".join(largest(articles.groupby("outlet")["words"].sum(), 1))
        return (articles["outlet"] == name).astype("boolean"), (f"in {name}", "in all others")
    days = articles["published"].dropna().sort_values()
    if days.nunique() < 2:
        return pd.Series(pd.NA, articles.index, dtype="boolean"), ("", "")
    middle = min(days.iloc[(len(days) - 1) // 2], days[days < days.max()].max())
    later = (articles["published"] > middle).astype("boolean").where(articles["published"].notna())
    return later, (f"after {day(middle)}", "up to then")


def compared(counted: pd.DataFrame, coverage: Corpus, by: str = "outlet", size: int = 8) -> figure.Figure:
    """Chart the terms that set one group of articles apart: the `size` of highest G2 on each side.

    by: "outlet" or "published", see `halves`.
    """
    target, names = halves(coverage, by)
    words = coverage.articles.set_index("article")["words"]
    n = [of(int(side.sum()), "article") for side in (target.fillna(False), ~target.fillna(True))]
    caption = f"Ratio of rates, 95 % interval; n = {n[0]} against {n[1]}; terms of highest G2. Hollow: not "
    caption += "beyond chance, given the number of terms, or one article has more than half of the hits."
    if not words.groupby(target).sum().reindex([True, False], fill_value=0).all():
        return empty("There are no two groups of articles to compare.", caption, NOTHING)
    table = keyness.keyness(counted, target)
    g2 = table["G2_4_cell"]
    drawn = ((g2 > 0) & (g2.rank(ascending=False) <= size)) | ((g2 < 0) & (g2.rank() <= size))
    if not drawn.any():
        return empty(f"Too few to compare: no term occurs {terms.LEAST} times.", caption, table)
    linked = table.loc[drawn | (np.arange(len(table)) < figure.ROWS_SHOWN), "term"]
    table["link"] = linked.map(first(counted, coverage, linked))
    rows = table[drawn].assign(hollow=table["one_article"] | (table["log_ratio_conservative"] == 0))
    # What is added to a count of 0 may turn a small difference round: the rates themselves say on which side.
    rows["value"] = rows["log_ratio"].where(rows["log_ratio"] * rows["G2_4_cell"] > 0, 0.0)
    rows = rows.sort_values(["value", "term"], ascending=[False, True])
    title = f"No term is more frequent {names[0]} than {names[1]}, or less, beyond chance or one article."
    for lead in rows[~rows["hollow"]].sort_values("G2_4_cell", key=abs).tail(1).to_dict("records"):
        title = f"Nothing sets them apart more than “{lead['term']}”: "
        title += f"{lead['per_1000_words_target']:.1f} per 1,000 words "
        title += f"{names[0]}, {lead['per_1000_words_rest']:.1f} {names[1]}."
    alt = f"Dot plot of the ratio of rates of {of(len(rows), 'term')}, {names[0]} against {names[1]}."
    return figure.Figure(ratios(rows, names), title, alt, caption, table)


def ratios(rows: pd.DataFrame, names: tuple[str, str]) -> Canvas:
    """Draw `value`, a log ratio, with the interval (columns of `keyness.keyness`) on an axis of ratios."""
    most = int(np.ceil(rows["value"].abs().max())) + 1
    rows = rows.rename(columns={"term": "label"})
    one, two = (rows[f"per_1000_words_{side}"].map("{:.1f} ".format) for side in ("target", "rest"))
    rows["said"] = rows["label"] + ": " + one + names[0] + ", " + two + names[1]
    rows["note"] = rows["a"].map("{:,} : ".format) + rows["b"].map("{:,}".format)
    rows[["low", "high"]] = rows[["log_ratio_low", "log_ratio_high"]].clip(-most, most)
    drawn = dots(rows, fold(f"← more {names[1]}  |  more {names[0]} →", 60), "hits")
    step = max(1, most // 3)
    steps = range(-(most // step) * step, most + 1, step)
    said = [f"{2**at}:1" if at >= 0 else f"1:{2**-at}" for at in steps]
    drawn.axes[0].set(xlim=(-most, most), xticks=steps, xticklabels=said)
    drawn.axes[0].axvline(0, color=figure.GREY, linewidth=1)
    return drawn


def outlets(counted: pd.DataFrame, coverage: Corpus, size: int = 12, most: int = 4) -> figure.Figure:
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
    caption = f"Occurrences per 1,000 words. Terms with {terms.LEAST} occurrences or more, by highest rate "
    caption += f"less lowest. {'; '.join(said)}"
    if len(by) < 2 or rates.empty:
        return empty("There are no two outlets, or no frequent term, to compare.", caption, NOTHING)
    fields = rates.rename_axis("row").reset_index().melt("row", var_name="column", value_name="shade")
    fields["text"] = fields["shade"].map("{:.1f}".format)
    begin = first(counted, coverage, rates.index)
    fields["link"] = fields["row"].map(begin)
    lead = rates.iloc[0]
    title = f"Nothing divides the outlets more than “{lead.name}”: {lead.max():.1f} per 1,000 words in "
    title += f"{lead.idxmax()}, {lead.min():.1f} in {lead.idxmin()}."
    alt = f"Matrix of the rates of {of(len(rates), 'term')} in {series(by.index)}."
    table = rates.add_suffix(" per 1,000 words").join(counts.add_suffix(" occurrences"))
    table = table.reset_index().rename_axis(columns=None).assign(link=lambda rows: rows["term"].map(begin))
    return figure.Figure(shaded(fields, list(rates.index), list(by.index)), title, alt, caption, table)


def trend(found: pd.DataFrame, coverage: Corpus, size: int = 4) -> figure.Figure:
    """Chart the rates of the most frequent themes by day, week or month of publication."""
    articles = coverage.articles.set_index("article")
    days = articles["published"].dropna()
    span = (days.max() - days.min()).days if len(days) else 0
    unit = next(unit for unit, most in PERIODS.items() if span <= most)
    caption = f"Occurrences per 1,000 words of the articles of each {unit}, exact Poisson intervals (95 %); "
    caption += f"n = {of(len(days), 'article')}; without a date: {len(articles) - len(days):,}."
    if days.nunique() < 2:
        why = f"All dated articles are of {day(days.iloc[0])}" if len(days) else "No article has a date"
        return empty(f"{why}: there is no trend to show.", caption, NOTHING)
    table = per_period(found[found["article"].isin(days.index)], articles, unit, size)
    if table.empty:
        return empty("No phrase of any theme occurs in a dated article.", caption, table)
    names = list(table["theme"].drop_duplicates())
    with figure.style():
        drawn = figure.canvas(ROW * 4 * len(names) + REST)
        plots = drawn.subplots(len(names), 1, sharex=True, sharey=True, squeeze=False)[:, 0]
        for axes, (name, rows) in zip(plots, table.groupby("theme", sort=False), strict=True):
            axes.vlines(rows["from"], rows["low"], rows["high"], color=figure.BLUE, linewidth=1)
            axes.plot(rows["from"], rows["per_1000_words"], color=figure.BLUE)
            for row in rows.to_dict("records"):
                place = [row["from"]], [row["per_1000_words"]]
                (dot,) = axes.plot(*place, "o", color=figure.BLUE, markersize=5, clip_on=False)
                figure.mark(dot, f"{name}, {day(row['from'])}: {place[1][0]:.1f}", row["link"])
            dated(axes, str(name))
        axes.set_ylim(bottom=0)
        drawn.supylabel("per 1,000 words", fontsize=10)
    alt = f"Line charts of {of(len(names), 'theme')} by {unit}: {series(names)}."
    return figure.Figure(drawn, changed(table, unit), alt, caption, table)


def per_period(hits: pd.DataFrame, articles: pd.DataFrame, unit: str, size: int) -> pd.DataFrame:
    """Return the rate of each of the `size` most frequent themes in each period that has an article."""
    period = articles["published"].dt.to_period(unit[0].upper()).dt.start_time
    words = articles["words"].astype(int).groupby(period).sum()
    names = largest(hits["theme"].value_counts(), size)
    counts = pd.crosstab(hits["theme"], hits["article"].map(period))
    counts = counts.reindex(index=names, columns=words.index, fill_value=0).rename_axis("theme").reset_index()
    table = counts.melt("theme", var_name="from", value_name="occurrences")
    table["words"] = table["from"].map(words)
    table["per_1000_words"] = 1000 * table["occurrences"] / table["words"]
    first_of = hits.assign(link=links(hits)).groupby(["theme", hits["article"].map(period)])["link"].first()
    table["link"] = list(map(first_of.to_dict().get, zip(table["theme"], table["from"], strict=True)))
    table["low"], table["high"] = statistics.poisson_interval(table["occurrences"], table["words"] / 1000)
    return table


def changed(table: pd.DataFrame, unit: str) -> str:
    """Return the finding: the theme that changed most, of those whose first and last intervals lie apart."""
    days = table["from"].min(), table["from"].max()
    old, new = (table[table["from"] == end].set_index("theme") for end in days)
    between = f"between {'' if unit == 'day' else f'the {unit}s beginning '}{day(days[0])} and {day(days[1])}"
    apart = (old["high"] < new["low"]) | (new["high"] < old["low"])
    if not apart.any():
        return f"No theme's rate changes beyond its interval {between}."
    rates = pd.DataFrame({"old": old["per_1000_words"], "new": new["per_1000_words"]})[apart]
    most = rates.loc[(rates["new"] - rates["old"]).abs().idxmax()]
    return f"“{most.name}” goes from {most['old']:.1f} to {most['new']:.1f} per 1,000 words {between}."
