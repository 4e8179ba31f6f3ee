"""Charts of the countries that the coverage names: how often, where, and which signatories it leaves out."""

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.patches import Rectangle

from pactlens import countries, datafiles, evidence, figure, terms
from pactlens.charts.rows import dots, fold, groups, series
from pactlens.charts.timeline import day, empty
from pactlens.corpus import Corpus

ROWS, ROW = 20, 0.24
SHADES = LinearSegmentedColormap.from_list("shades", ["#F2F7FB", figure.SKY, figure.BLUE, "#00344F"])
# For each measure its columns in `terms.totals` (value, interval, second interval), its unit, and a phrase.
RATES = {
    "words": (
        "per_1000_words",
        "poisson",
        "bootstrap",
        "mentions per 1,000 words",
        "{:.1f} mentions per 1,000 words",
    ),
    "articles": ("share_of_articles", "wilson", "wilson", "share of articles", "named in {:.0%} of articles"),
}
INTERVALS = {"poisson": "exact Poisson", "bootstrap": "bootstrap over articles", "wilson": "Wilson's"}
NONE = "The coverage names no country."


def counted(mentions: pd.DataFrame, coverage: Corpus) -> pd.DataFrame:
    """Return the mentions outside teasers with their country's name and the link to their sentence."""
    rows = countries.counted(mentions, coverage.sentences)
    names = rows["country"].map(countries.names()).fillna(rows["country"])
    links = [evidence.link(row.article, row.sentence) for row in evidence.rows(rows)]
    return rows.assign(name=names.astype("str"), link=pd.Series(links, index=rows.index, dtype="str"))


def size(coverage: Corpus) -> str:
    """Return what the counts are out of, for captions."""
    words = int(coverage.articles["words"].sum())
    return f"n = {words:,} words in {len(coverage.articles):,} articles, teasers left out."


def tile(axes: Axes, x: float, y: float, shade: float, text: str, tooltip: str, link: object) -> Rectangle:
    """Draw a square around (x, y), shaded from 0 to 1, with its text, tooltip and link."""
    ink = "white" if shade > 0.55 else figure.INK
    box = Rectangle((x - 0.47, y - 0.46), 0.94, 0.92, facecolor=SHADES(shade) if shade else "white")
    figure.mark(axes.add_patch(box), tooltip, link)
    axes.text(x, y, text, ha="center", va="center", fontsize=9, color=ink)
    return box


def heat_map(mentions: pd.DataFrame, coverage: Corpus) -> figure.Figure:
    """Chart the mentions by country and article (by outlet, if there are many), shaded by rate."""
    column = groups(coverage)
    rows = counted(mentions, coverage)
    rows["column"] = rows["article"].map(column)
    table = rows.groupby(["name", "column"]).agg(mentions=("name", "size"), link=("link", "first"))
    caption = f"Number: mentions; shade: mentions per 1,000 words of the column. {size(coverage)}"
    if table.empty:
        return empty(NONE, caption, table.reset_index())
    words = coverage.articles.groupby(coverage.articles["article"].map(column))["words"].sum().astype(float)
    table["rate"] = 1000 * table["mentions"] / words.reindex(table.index.get_level_values("column")).array
    table = table.reset_index()
    total = rows["name"].value_counts().sort_index().sort_values(ascending=False, kind="stable")
    names, columns = list(total.index[:ROWS]), sorted(words.index)
    with figure.style():
        drawn = figure.canvas(ROW * len(names) + 0.7)
        axes = drawn.subplots()
        for row in evidence.rows(table[table["name"].isin(names)]):
            said = f"{row.name} in {row.column}: {row.mentions:,} ({row.rate:.1f} per 1,000 words)"
            x, y, shade = columns.index(row.column), names.index(row.name), row.rate / table["rate"].max()
            tile(axes, x, y, np.sqrt(shade), f"{row.mentions:,}", said, row.link)
        axes.set_xticks(range(len(columns)), [fold(name) for name in columns])
        axes.set_yticks(range(len(names)), names)
        axes.set(xlim=(-0.5, len(columns) - 0.5), ylim=(len(names) - 0.5, -0.5))
        axes.tick_params(length=0, top=True, labeltop=True, bottom=False, labelbottom=False)
        axes.grid(visible=False)
        axes.spines[:].set_visible(False)
    most = f"{names[0]} and {names[1]} are" if len(names) > 1 else f"{names[0]} is"
    title = f"{most} named {total.iloc[:2].sum():,} of {len(rows):,} times that a country is named."
    if len(total) > ROWS:
        caption += f" The {ROWS} most named of {len(total):,} are drawn; all are in the table."
    alt = f"Heat map of {len(names)} countries by {len(columns)} columns; most named: {series(names)}."
    return figure.Figure(drawn, title, alt, caption, table.rename(columns={"rate": "per 1,000 words"}))


def ranked(mentions: pd.DataFrame, coverage: Corpus, by: str = "words") -> figure.Figure:
    """Chart the countries named, by mentions per 1,000 `words` or share of `articles` (`terms.totals`)."""
    value, inner, outer, unit, said = RATES[by]
    rows = counted(mentions, coverage)
    counts = (
        rows.groupby(["article", "name"]).size().rename("n").reset_index().rename(columns={"name": "term"})
    )
    words = coverage.articles.set_index("article")["words"].astype(float)
    table = terms.totals(counts, words).rename(columns={"term": "country"}).drop(columns="stop_list")
    table = table.sort_values([value, "occurrences", "country"], ascending=[False, False, True])
    table["link"] = table["country"].map(rows.groupby("name")["link"].first())
    caption = (
        f"Thin line: {INTERVALS[inner]} interval, thick line: {INTERVALS[outer]}, both 95 %. Hollow: fewer "
        f"than {terms.LEAST} mentions or articles, too few to rank. Right: mentions. {size(coverage)}"
    )
    if table.empty:
        return empty(NONE, caption, table)
    top, ends = table.head(ROWS), {"low": inner, "high": inner, "wide_low": outer, "wide_high": outer}
    columns = {name: top[f"{value}_{kind}_{name.split('_')[-1]}"] for name, kind in ends.items()}
    picture = pd.DataFrame({"label": top["country"], "series": unit, "value": top[value], **columns})
    picture["hollow"], picture["link"] = top["too_few_to_rank"], top["link"]
    picture["note"] = top["occurrences"].map("{:,}".format)
    sure = table[~table["too_few_to_rank"]]
    first = list(sure.loc[sure[value] == sure[value].max(), "country"])
    title = f"{series(first)} first: {said.format(sure[value].max())}; " if first else ""
    title += f"{len(table) - len(sure):,} of {len(table):,} countries are too few to rank."
    alt = f"Dot plot with intervals: {unit} for {len(top)} countries; first: {series(list(top['country']))}."
    return figure.Figure(dots(picture, unit, "mentions"), title, alt, caption, table)


def left_out(mentions: pd.DataFrame, agreements: pd.DataFrame, coverage: Corpus) -> figure.Figure:
    """Chart how often the coverage names each signatory in `agreements`, in order of signing."""
    rows = counted(mentions, coverage)
    table = agreements[["country", "partner", "signed_on"]].sort_values("signed_on", kind="stable")
    table["mentions"] = table["country"].map(rows["country"].value_counts()).fillna(0).astype(int)
    table["link"] = table["country"].map(rows.groupby("country")["link"].first())
    caption = f"Signatories of the reference, agreements.csv, in order of signing. {size(coverage)}"
    if table.empty:
        return empty("The reference holds no signatory for this choice.", caption, table)
    last = coverage.articles["published"].max()
    end = last if pd.notna(last) else table["signed_on"].max()
    by_then, silent = table["signed_on"] <= end, table["mentions"] == 0
    picture = table.assign(label=table["partner"], value=table["mentions"], hollow=silent)
    picture["note"] = table["mentions"].map("{:,}".format).mask(silent, "not named")
    picture["note"] = picture["note"].mask(silent & ~by_then, "signed later")
    names, total = list(table.loc[silent & by_then, "partner"]), int(by_then.sum())
    many = f"{total - len(names)} of the {total}" if names else f"All {total}"
    title = f"{many} that had signed by {day(end)} are named"
    title += f"; not {series(names)}." if names else "."
    alt = f"Dot plot of the mentions of {len(table)} signatories. Never named: "
    alt += f"{', '.join(table.loc[silent, 'partner']) or 'none'}."
    return figure.Figure(dots(picture, "mentions", "mentions"), title, alt, caption, table)


def tile_map(mentions: pd.DataFrame, agreements: pd.DataFrame, coverage: Corpus) -> figure.Figure:
    """Map Europe and the G7 as tiles (tiles.csv), shaded by mentions; a frame and tick for each signatory."""
    rows = counted(mentions, coverage)
    table = datafiles.read("tiles.csv").astype({"column": int, "row": int})
    table["name"] = table["country"].map(countries.names())
    table["mentions"] = table["country"].map(rows["country"].value_counts()).fillna(0).astype(int)
    table["signed"] = table["country"].isin(agreements["country"])
    table["link"] = table["country"].map(rows.groupby("country")["link"].first())
    wide, high = table["column"].max() + 1, table["row"].max() + 1
    with figure.style():
        drawn = figure.canvas(figure.WIDTH * high / wide)
        axes = drawn.subplots()
        for row in evidence.rows(table):
            said = f"{row.name}: {row.mentions:,} mentions, {'signed' if row.signed else 'not signed'}"
            text = f"{row.country}{' ✓' * row.signed}\n{row.mentions or '-'}"
            shade = np.sqrt(row.mentions / max(table["mentions"].max(), 1))
            box = tile(axes, row.column, row.row, shade, text, said, row.link)
            box.set(edgecolor=figure.RED if row.signed else figure.PALE, linewidth=2 if row.signed else 1)
        axes.set(xlim=(-0.55, wide - 0.45), ylim=(high - 0.45, -0.55))
        axes.axis("off")
    there, signed = table["mentions"] > 0, table["signed"]
    title = f"{(there & signed).sum()} of the {signed.sum()} signatories on the map are named"
    title += f", and {(there & ~signed).sum()} other countries."
    caption = (
        "Number and shade: mentions; red frame and tick: signed, by agreements.csv. At the right: G7 members "
        f"beyond Europe, and the European Union. {size(coverage)}"
    )
    alt = "Tile map of Europe and the G7: one square a country, with its code and its mentions."
    return figure.Figure(drawn, title, alt, caption, table.drop(columns=["column", "row"]))
