"""Charts of the countries that the coverage names: how often, where, and which signatories it leaves out."""

import numpy as np
import pandas as pd
from matplotlib.colors import to_rgba

from pactlens import countries, datafiles, evidence, figure, terms
from pactlens.charts.rows import dots, groups, largest, series, shaded
from pactlens.charts.timeline import day, empty
from pactlens.corpus import Corpus

ROWS = 20
# For each measure: its columns in `terms.totals`, the ends of thin and thick lines, its unit, what they say.
RATES = {
    "words": (
        "per_1000_words",
        ("poisson", "bootstrap"),
        "mentions per 1,000 words",
        "{:.1f} per 1,000 words",
    ),
    "articles": ("share_of_articles", ("wilson",), "share of articles", "in {:.0%} of articles"),
}
LINES = {
    "words": "Thin line: exact Poisson interval; thick line: bootstrap over articles",
    "articles": "Line: Wilson's interval",
}


def counted(mentions: pd.DataFrame, coverage: Corpus) -> pd.DataFrame:
    """Return the mentions outside teasers with their country's name and the link to their sentence."""
    rows = countries.counted(mentions, coverage.sentences)
    rows = rows.assign(name=rows["country"].map(countries.names()).fillna(rows["country"]).astype("str"))
    return rows.assign(link=list(map(evidence.link, rows["article"], rows["sentence"])))


def size(coverage: Corpus) -> str:
    """Return what the counts are out of, for captions."""
    words = int(coverage.articles["words"].sum())
    return f"n = {words:,} words in {len(coverage.articles):,} articles, teasers left out."


def heat_map(mentions: pd.DataFrame, coverage: Corpus) -> figure.Figure:
    """Chart the mentions by country and article (by outlet, if there are many), shaded by rate."""
    column, articles = groups(coverage), coverage.articles
    rows = counted(mentions, coverage)
    rows["column"] = rows["article"].map(column).astype("str")
    table = rows.groupby(["name", "column"], as_index=False).agg(
        mentions=("name", "size"), link=("link", "first")
    )
    caption = f"Number: mentions; shade: mentions per 1,000 words of the column. {size(coverage)}"
    if table.empty:
        return empty("The coverage names no country.", caption, table)
    words = articles.groupby(articles["article"].map(column))["words"].sum().astype(float)
    table["per 1,000 words"] = 1000 * table["mentions"] / table["column"].map(words)
    total = rows["name"].value_counts()
    names, heads = largest(total, ROWS), sorted(words.index)
    drawn = table[table["name"].isin(names)]
    fields = drawn.assign(said=drawn["name"] + " in " + drawn["column"], row=drawn["name"].map(names.index))
    fields["column"], fields["text"] = drawn["column"].map(heads.index), drawn["mentions"].map("{:,}".format)
    fields["shade"] = np.sqrt(drawn["per 1,000 words"] / drawn["per 1,000 words"].max())
    top = f"{series(names[:2])}: {total[names[:2]].sum():,}"
    title = f"{top} of the {len(rows):,} times that a country is named."
    if len(total) > ROWS:
        caption += f" The {ROWS} most named of {len(total):,} are drawn; the table has all."
    alt = f"Heat map of {len(names)} countries by {len(heads)} columns; most named: {series(names)}."
    notes = [f"{total[name]:,}" for name in names]
    return figure.Figure(shaded(fields, names, heads, notes, "all"), title, alt, caption, table)


def ranked(mentions: pd.DataFrame, coverage: Corpus, by: str = "words") -> figure.Figure:
    """Chart the countries named, by mentions per 1,000 `words` or share of `articles` (`terms.totals`)."""
    value, kinds, unit, said = RATES[by]
    rows = counted(mentions, coverage)
    counts = (
        rows.groupby(["article", "name"]).size().rename("n").reset_index().rename(columns={"name": "term"})
    )
    words = coverage.articles.set_index("article")["words"].astype(float)
    table = terms.totals(counts, words).rename(columns={"term": "country"}).drop(columns="stop_list")
    table = table.sort_values([value, "occurrences", "country"], ascending=[False, False, True])
    table["link"] = table["country"].map(rows.groupby("name")["link"].first())
    caption = (
        f"{LINES[by]}; 95 %. Hollow: fewer than {terms.LEAST} mentions or articles, too few to rank. "
        f"Right: mentions. {size(coverage)}"
    )
    if table.empty:
        return empty("The coverage names no country.", caption, table)
    top = table.head(ROWS)
    picture = top.rename(columns={"country": "label", value: "value", "too_few_to_rank": "hollow"})
    picture["note"] = top["occurrences"].map("{:,}".format)
    for kind, wide in zip(kinds, ("", "wide_"), strict=False):
        picture[[f"{wide}low", f"{wide}high"]] = top[[f"{value}_{kind}_low", f"{value}_{kind}_high"]]
    sure = table[~table["too_few_to_rank"]]
    first = list(sure.loc[sure[value] == sure[value].max(), "country"])
    title = f"{series(first)} first, {said.format(sure[value].max())}; " if first else ""
    title += f"{len(table) - len(sure):,} of {len(table):,} countries are too few to rank."
    alt = f"Dot plot with intervals: {unit} of {len(top)} countries; first: {series(list(top['country']))}."
    return figure.Figure(dots(picture, unit, "mentions"), title, alt, caption, table)


def tile_map(mentions: pd.DataFrame, agreements: pd.DataFrame, coverage: Corpus) -> figure.Figure:
    """Map Europe and the G7 as tiles (tiles.csv), shaded by mentions and marked by signing.

    The finding is which of those that had signed by the day of the last article are never named.
    """
    rows, days = counted(mentions, coverage), agreements.groupby("country")["signed_on"].min()
    tiles = datafiles.read("tiles.csv").astype({"column": int, "row": int})
    table = tiles.merge(days.reset_index(), how="outer", on="country", sort=True)
    table["name"] = table["country"].map(countries.names())
    table["mentions"] = table["country"].map(rows["country"].value_counts()).fillna(0).astype(int)
    table["link"] = table["country"].map(rows.groupby("country")["link"].first())
    published = coverage.articles["published"]
    last = published.max() if published.notna().any() else days.max()
    by_then = table["signed_on"] <= last
    caption = (
        "Number and shade: mentions. Framed: signed, by agreements.csv; with a tick: by the day of the last "
        f"article; dotted: later. Right: G7 members beyond Europe, and the European Union. {size(coverage)}"
    )
    fields = table.assign(
        shade=np.sqrt(table["mentions"] / max(table["mentions"].max(), 1)),
        text=table["country"] + np.where(by_then, " ✓", "") + table["mentions"].map("\n{:,}".format),
        said=table["name"] + table["mentions"].map(": {:,} mentions".format),
        frame=by_then.map({True: "-", False: ":"}).where(table["signed_on"].notna(), ""),
    ).dropna(subset=["row"])
    high, wide = int(tiles["row"].max()) + 1, int(tiles["column"].max()) + 1
    drawn = shaded(fields, [""] * high, [""] * wide)
    drawn.set_figheight(figure.WIDTH * high / wide)
    for box, style in zip(drawn.axes[0].patches, fields["frame"], strict=True):
        fill = to_rgba(box.get_facecolor())
        box.set(alpha=None, facecolor=fill, edgecolor=figure.RED if style else figure.PALE)
        box.set(linestyle=style or "-", linewidth=2 if style else 1)
    missing = list(table.loc[by_then & (table["mentions"] == 0), "name"])
    total = int(by_then.sum())
    many = f"{total - len(missing)} of the {total}" if missing else f"All {total}"
    title = f"{many} that had signed{'' if pd.isna(last) else f' by {day(last)}'} are named"
    title += f"; not {series(missing)}." if missing else "."
    alt = f"Tile map of Europe and the G7 with mentions. {title}"
    return figure.Figure(drawn, title, alt, caption, table.drop(columns=["column", "row"]))
