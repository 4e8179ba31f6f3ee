"""What charts with one row a name share: dots with intervals, matrices, names and notes, words for titles."""

from collections.abc import Iterable, Sequence
from textwrap import shorten, wrap

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Canvas

from pactlens import arrowtext, evidence, figure, terms
from pactlens.corpus import Corpus

# Inches of a row, and of a chart's axis below and air above.
ROW, REST = 0.26, 0.75
# More columns than this leave no room for their names.
COLUMNS = 5
OTHERS = "all other outlets"


def dots(rows: pd.DataFrame, unit: str, head: str = "") -> Canvas:
    """Draw one row a `label`, in it a mark at each `value`.

    Where given: `low` and `high` (thin line), `wide_low` and `wide_high` (thick line), `hollow`, `link`,
    `said` (the tooltip), and `note`, written at the right under `head`.
    """
    labels = list(dict.fromkeys(rows["label"]))
    at = rows["label"].map(labels.index)
    with figure.style():
        drawn = figure.canvas(ROW * len(labels) + REST)
        axes = drawn.subplots()
        if "wide_low" in rows:
            axes.hlines(at, rows["wide_low"], rows["wide_high"], color="#AADAF4", linewidth=5, zorder=1)
        if "low" in rows:
            axes.hlines(at, rows["low"], rows["high"], color=figure.BLUE, linewidth=1, zorder=1)
        for y, row in zip(at, rows.to_dict("records"), strict=True):
            fill = "white" if row.get("hollow") else figure.BLUE
            (dot,) = axes.plot([row["value"]], [y], "o", color=figure.BLUE, mfc=fill, clip_on=False)
            figure.mark(dot, row.get("said", f"{row['label']}: {row['value']:.3g}"), row.get("link"))
        side(axes, labels, rows.drop_duplicates("label").get("note", ()), head)
        axes.set_xlabel(unit)
    return drawn


def shaded(
    fields: pd.DataFrame, labels: list[str], heads: list[str], notes: Iterable[str] = (), head: str = ""
) -> Canvas:
    """Draw a matrix of `labels` by `heads`, with a column of notes at the right under `head`.

    `fields` has row and column (of labels and heads), shade (0 or more), text, and where given link and
    said (the tooltip).
    """
    fields = fields[fields["row"].isin(labels) & fields["column"].isin(heads)]
    shade = fields["shade"].astype(float)
    alpha = 0.1 + 0.8 * np.sqrt(shade / max(shade.max(), 1e-9))
    with figure.style():
        drawn = figure.canvas(ROW * 1.15 * len(labels) + REST + 0.3)
        axes = drawn.subplots()
        for field, dark in zip(fields.to_dict("records"), alpha, strict=True):
            y, x = labels.index(field["row"]), heads.index(field["column"])
            (box,) = axes.barh([y], 0.95, 0.88, x - 0.475, color=figure.SKY, alpha=dark)
            said = f"{field['row']}, {field['column']}: {field['text']}"
            figure.mark(box, field.get("said", said), field.get("link"))
            axes.text(x, y, field["text"], ha="center", va="center_baseline", fontsize=8)
        side(axes, labels, notes, head)
        axes.set(xlim=(-0.6, len(heads) - 0.4), xticks=range(len(heads)), xticklabels=map(fold, heads))
        axes.xaxis.tick_top()
        axes.grid(visible=False)
        axes.spines[:].set_visible(False)
        axes.tick_params(length=0)
    return drawn


def side(axes: Axes, labels: Sequence[str], notes: Iterable[str], head: str) -> None:
    """Name the rows, the first on top, and write a column of notes at their right, under its head."""
    axes.set_yticks(range(len(labels)), [shorten(label, 34, placeholder=" …") for label in labels])
    axes.set_ylim(len(labels) - 0.4, -0.6)
    axes.grid(axis="y", visible=False)
    for y, note in enumerate(notes):
        place = (1, y), (10, 0), axes.get_yaxis_transform(), "offset points"
        axes.annotate(note, *place, va="center", fontsize=8, color=figure.GREY)
    if head:
        above = (1, 1), (10, 4), "axes fraction", "offset points"
        axes.annotate(head, *above, fontsize=8, color=figure.GREY)


def links(rows: pd.DataFrame) -> list[str]:
    """Return the address of the sentence of each row."""
    return list(map(evidence.link, rows["article"], rows["sentence"]))


def first(counted: pd.DataFrame, coverage: Corpus, wanted: Iterable[str]) -> pd.Series:
    """Return the address of the first sentence with each of the terms (of `terms.counts`), by term."""
    left, found = set(wanted), dict[str, str]()
    having = counted.loc[counted["term"].isin(left), ["article", "term"]]
    having["place"] = pd.Index(coverage.articles["article"]).get_indexer(having["article"])
    # Only each term's first article is read: to look for a rare term in all would take minutes of many.
    begin = having.sort_values("place", kind="stable").drop_duplicates("term")["article"]
    sentences = terms.own(coverage)
    for row in evidence.rows(sentences[sentences["article"].isin(begin)]):
        words = f" {' '.join(arrowtext.tokens(row.text))} "
        here = {term for term in left if f" {term} " in words}
        found |= dict.fromkeys(here, evidence.link(row.article, row.sentence))
        left -= here
    return pd.Series(found, dtype="str")


def groups(coverage: Corpus) -> pd.Series:
    """Return each article's column: itself if there are few, else its outlet, the smaller ones together."""
    names = coverage.articles.set_index("article")["outlet"].fillna("no outlet")
    if len(names) <= COLUMNS:
        return names.index.to_series()
    kept = largest(names.value_counts(), COLUMNS - (names.nunique() > COLUMNS))
    return names.where(names.isin(kept), OTHERS)


def size(coverage: Corpus) -> str:
    """Return what counts are out of, for captions."""
    words = int(coverage.articles["words"].sum())
    return f"n = {words:,} words in {of(len(coverage.articles), 'article')}, teasers left out."


def largest(sizes: pd.Series, n: int) -> list[str]:
    """Return the names of the `n` largest, ties by name."""
    return list(sizes.sort_index().sort_values(ascending=False, kind="stable").index[:n])


def of(count: int, noun: str) -> str:
    """Return "1 article", "2,000 articles"."""
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


def series(names: Iterable[str]) -> str:
    """Return "a, b and c"; of more than four, the first three and how many others there are."""
    names = list(names)
    if len(names) > 4:
        names = [*names[:3], f"{len(names) - 3} others"]
    return " and ".join(filter(None, [", ".join(names[:-1]), *names[-1:]]))


def day(value: pd.Timestamp) -> str:
    """Return a day as "13 June 2024"."""
    return f"{value.day} {value:%B %Y}"


def fold(name: str, letters: int = 12) -> str:
    """Return a column's name in lines of so many letters, three at most."""
    return "\n".join(wrap(name, letters, max_lines=3, placeholder="…"))


def empty(title: str, caption: str, table: pd.DataFrame) -> figure.Figure:
    """Return the figure that says that there is nothing to draw."""
    with figure.style():
        drawn = figure.canvas(0.8)
        drawn.text(0.5, 0.5, "nothing to draw", ha="center", va="center", color=figure.GREY)
    return figure.Figure(drawn, title, "An empty chart: there is nothing to draw.", caption, table)
