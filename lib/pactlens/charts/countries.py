"""Charts of the countries that the coverage names: how often, where, and which signatories it leaves out."""

import numpy as np
import pandas as pd
from matplotlib.colors import to_rgba
from matplotlib.figure import Figure as Canvas

from pactlens import countries, datafiles, figure
from pactlens.charts import rates, timeline
from pactlens.charts.rows import day, links, series, shaded, size
from pactlens.corpus import Corpus


def counted(mentions: pd.DataFrame, coverage: Corpus) -> pd.DataFrame:
    """Return the mentions outside teasers with their country's name and the link to their sentence."""
    rows = countries.counted(mentions, coverage.sentences)
    name = rows["country"].map(countries.names()).fillna(rows["country"]).astype("str")
    return rows.assign(name=name, link=links(rows))


def heat_map(mentions: pd.DataFrame, coverage: Corpus) -> figure.Figure:
    """Chart the mentions by country and article (by outlet, if there are many), shaded by rate."""
    return rates.by_column(counted(mentions, coverage), coverage, "a country is named")


def ranked(mentions: pd.DataFrame, coverage: Corpus, by: str = "words") -> figure.Figure:
    """Chart the countries named, by mentions per 1,000 `words` or by share of `articles`."""
    rows = counted(mentions, coverage).rename(columns={"name": "term"})
    counts = rows.groupby(["article", "term"]).size().rename("n").reset_index()
    return rates.ranked(counts, rows.groupby("term")["link"].first(), coverage, "countries", by)


def tile_map(mentions: pd.DataFrame, agreements: pd.DataFrame, coverage: Corpus) -> figure.Figure:
    """Map Europe and the G7 as tiles (tiles.csv), shaded by mentions and marked by signing.

    The finding is which of those that had signed by the day of the last article (of undated articles: ever),
    and are counted, are never named.
    """
    agreements = timeline.counted(agreements)
    days = agreements.groupby("country")["signed_on"].min()
    tiles = datafiles.read("tiles.csv")
    named = counted(mentions, coverage).groupby("country")["link"].agg(["size", "first"])
    table = tiles.merge(days.reset_index(), how="outer", on="country", sort=True)
    table["name"] = table["country"].map(countries.names())
    table["mentions"] = table["country"].map(named["size"]).fillna(0).astype(int)
    table["link"] = table["country"].map(named["first"])
    last = coverage.articles["published"].max()
    by_then = table["country"].isin(agreements.loc[agreements["counted"], "country"])
    by_then &= table["signed_on"].notna() if pd.isna(last) else table["signed_on"] <= last
    missing = table.loc[by_then & (table["mentions"] == 0), "name"]
    total = int(by_then.sum())
    title = f"{f'{total - len(missing)} of the' if len(missing) else 'All'} {total} that had signed"
    title += " (no article has a known day)" if pd.isna(last) else f" by {day(last)}"
    title += " are named"
    title += f"; not {series(missing)}." if len(missing) else "."
    caption = (
        "Number and shade: mentions. Framed: signed, by agreements.csv; with a tick: "
        f"{'whenever' if pd.isna(last) else 'by the day of the last article'}; dotted: "
        f"{'' if pd.isna(last) else 'later, or '}not counted. Right: G7 members beyond Europe, and the "
        f"European Union. {size(coverage)}"
    )
    alt = f"Map of {len(tiles)} countries as tiles with their mentions; {total} with a tick."
    drawn = _tiles(table, by_then)
    return figure.Figure(drawn, title, alt, caption, table.drop(columns=["column", "row"]))


def _tiles(table: pd.DataFrame, by_then: pd.Series) -> Canvas:
    """Draw the rows that have a place on the map, those that had signed `by_then` with a tick."""
    fields = table.assign(
        shade=table["mentions"],
        text=table["country"] + np.where(by_then, " ✓", "") + table["mentions"].map("\n{:,}".format),
        said=table["name"] + table["mentions"].map(": {:,} mentions".format),
        frame=by_then.map({True: "-", False: ":"}).where(table["signed_on"].notna(), ""),
    )
    fields = fields[fields["row"].notna()]
    high, wide = (list(map(str, range(fields[side].astype(int).max() + 1))) for side in ("row", "column"))
    drawn = shaded(fields, high, wide)
    drawn.set_figheight(figure.WIDTH * len(high) / len(wide))
    drawn.axes[0].set(xticks=[], yticks=[])
    for box, style in zip(drawn.axes[0].patches, fields["frame"], strict=True):
        box.set(alpha=None, facecolor=to_rgba(box.get_facecolor()), linestyle=style or "-")
        box.set(edgecolor=figure.RED if style else figure.PALE, linewidth=2 if style else 1)
    return drawn
