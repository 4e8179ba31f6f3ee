"""Charts of how often something occurs, countries and words alike: ranked, and by article."""

import pandas as pd

from pactlens import figure, terms
from pactlens.charts.rows import OTHERS, dots, empty, groups, largest, of, series, shaded, size
from pactlens.corpus import Corpus

ROWS = 20
# For each measure: its column in `terms.totals`, its intervals (thin line, thick line) with what they are
# called, its unit, and how a title says it.
RATES = {
    "words": (
        "per_1000_words",
        {"poisson": "Thin line: exact Poisson interval", "bootstrap": "thick: bootstrap over articles"},
        "occurrences per 1,000 words",
        "{:.1f} per 1,000 words",
    ),
    "articles": (
        "share_of_articles",
        {"wilson": "Line: Wilson's interval"},
        "share of articles",
        "in {:.0%} of articles",
    ),
}


def ranked(
    counts: pd.DataFrame, links: pd.Series, coverage: Corpus, what: str, by: str = "words"
) -> figure.Figure:
    """Chart the terms of `counts` (article, term, n) by rate per 1,000 `words` or by share of `articles`.

    `links`: the address of a sentence by term; `what` the terms are, in the plural.
    """
    value, intervals, unit, said = RATES[by]
    table = terms.totals(counts, coverage.articles.set_index("article")["words"].astype(int))
    table = table.sort_values([value, "occurrences", "term"], ascending=[False, False, True])
    table["link"] = table["term"].map(links)
    caption = f"{'; '.join(intervals.values())}; 95 %. Hollow: fewer than {terms.LEAST} occurrences or "
    caption += f"articles, too few to rank. {size(coverage)}"
    if stop_list := counts.attrs.get("stop_list"):
        caption += f" Stop words ({stop_list}) are counted as words and not shown."
    if table.empty:
        return empty(f"Nothing to count: there are no {what}.", caption, table)
    top = table.head(ROWS)
    rows = top.rename(columns={"term": "label", value: "value", "too_few_to_rank": "hollow"})
    for kind, wide in zip(intervals, ("", "wide_"), strict=False):
        rows[[f"{wide}low", f"{wide}high"]] = top[[f"{value}_{kind}_low", f"{value}_{kind}_high"]]
    rows["note"] = _in(top["occurrences"], top["articles_containing"])
    sure = table[~table["too_few_to_rank"]]
    most = sure[value].max()
    few = len(table) - len(sure)
    found = [f"First: {series(sure.loc[sure[value] == most, 'term'])}, {said.format(most)}"] * bool(len(sure))
    found += [f"{few:,} of {len(table):,} {what} {'is' if few == 1 else 'are'} too few to rank"] * bool(few)
    title = f"{'; '.join(found)}."
    alt = f"Dot plot with intervals: {unit} of {what}; first: {series(top['term'])}."
    drawn = dots(rows, unit, "occurrences\nin articles")
    return figure.Figure(drawn, title, alt, caption, table)


def by_column(hits: pd.DataFrame, coverage: Corpus, what: str) -> figure.Figure:
    """Chart `hits` (article, name, link) by name and article (by outlet, if there are many articles).

    `what` happens to a name, for the title. The shade is the rate per 1,000 words of the column.
    """
    column, articles = groups(coverage), coverage.articles
    words = articles["words"].astype(float).groupby(articles["article"].map(column)).sum()
    heads = sorted(words.index, key=OTHERS.__eq__)
    by = hits.groupby(["name", hits["article"].map(column).rename("column")])
    table = by.agg(occurrences=("name", "size"), articles=("article", "nunique"), link=("link", "first"))
    table = table.reset_index()
    table["per_1000_words"] = 1000 * table["occurrences"] / table["column"].map(words).astype(float)
    caption = f"Number: occurrences; shade: per 1,000 words of the column; right: all. {size(coverage)}"
    if table.empty:
        return empty(f"There is no sentence in which {what}.", caption, table)
    total = hits.groupby("name")["article"].agg(["size", "nunique"])
    names = largest(total["size"], ROWS)
    if len(total) > ROWS:
        caption += f" The {ROWS} most frequent of {len(total):,} are drawn."
    fields = table.rename(columns={"name": "row", "per_1000_words": "shade"})
    fields["text"] = fields["occurrences"].map("{:,}".format)
    # The first two, and those that are named as often.
    lead = total.loc[largest(total["size"], int((total["size"] >= total["size"].nlargest(2).min()).sum()))]
    title = f"{series(lead.index)}: {lead['size'].sum():,} of the {of(len(hits), 'time')} that {what}."
    alt = f"Matrix of {len(names)} names by {len(heads)} columns; most frequent: {series(names)}."
    total = total.loc[names]
    drawn = shaded(fields, names, heads, _in(total["size"], total["nunique"]), "all, in\narticles")
    return figure.Figure(drawn, title, alt, caption, table)


def _in(occurrences: pd.Series, articles: pd.Series) -> pd.Series:
    return occurrences.map("{:,} in ".format) + articles.map("{:,}".format)
