"""What charts with one row a name share: dots with intervals, names and notes, words for titles."""

from collections.abc import Sequence
from textwrap import shorten, wrap
from typing import TYPE_CHECKING, Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Canvas
from matplotlib.lines import Line2D

from pactlens import evidence, figure, terms
from pactlens.arrowtext import tokens

if TYPE_CHECKING:
    from pactlens.corpus import Corpus

ROW, REST = 0.26, 0.75
# More columns than this leave no room for their names.
COLUMNS = 5
OTHERS = "all other outlets"
SHAPES = ("o", "s", "^", "D", "v", "P")
COLOURS = (figure.BLUE, figure.RED, figure.GREEN, figure.PURPLE, figure.ORANGE, figure.SKY)


def dots(rows: pd.DataFrame, unit: str, head: str = "") -> Canvas:
    """Draw one row a `label`, in it one mark a `series`, at `value`.

    Where given: `low` and `high` (thin line), `wide_low` and `wide_high` (thick line), `hollow`, `link`, and
    `note`, written at the right under `head`.
    """
    labels, names = list(dict.fromkeys(rows["label"])), list(dict.fromkeys(rows.get("series", [""])))
    # Marks of one row stand below each other, so that equal values are seen as many; a line joins them else.
    lane = 0.19 * (len(names) > 1 and "low" not in rows)
    with figure.style():
        height = ROW * len(labels) * (1 + 1.3 * lane * (len(names) - 1))
        drawn = figure.canvas(height + REST + 0.25 * (len(names) > 1))
        axes = drawn.subplots()
        for row in rows.to_dict("records"):
            at = names.index(row.get("series", ""))
            y, colour = labels.index(row["label"]) + lane * (at - (len(names) - 1) / 2), COLOURS[at]
            if "wide_low" in row:
                axes.hlines(y, row["wide_low"], row["wide_high"], color="#AADAF4", linewidth=5, zorder=1)
            if "low" in row:
                axes.hlines(y, row["low"], row["high"], color=colour, linewidth=1, zorder=1)
            fill = "white" if row.get("hollow") else colour
            (dot,) = axes.plot([row["value"]], [y], SHAPES[at], color=colour, mfc=fill, clip_on=False)
            said, link = f"{row['label']} {names[at]}: {row['value']:.3g}", row.get("link")
            figure.mark(dot, said, link if isinstance(link, str) else None)
        for y in range(0, len(labels) * bool(lane), 2):
            axes.axhspan(y - 0.5, y + 0.5, color=figure.PALE, alpha=0.4, linewidth=0, zorder=0)
        side(axes, labels, list(rows.get("note", [])), head)
        axes.set_xlabel(unit)
        if len(names) > 1:
            marks = [Line2D([], [], marker=SHAPES[at], color=COLOURS[at], ls="") for at in range(len(names))]
            heads = [shorten(name, 24, placeholder=" …") for name in names]
            drawn.legend(marks, heads, loc="outside upper left", ncols=4, fontsize=8, columnspacing=1)
    return drawn


def shaded(
    fields: pd.DataFrame, labels: list[str], heads: list[str], notes: Sequence[str] = (), head: str = ""
) -> Canvas:
    """Draw a matrix of `labels` by `heads`, with a column of notes at the right under `head`.

    `fields` has row and column (positions), shade (0 to 1), text, said (the tooltip) and link.
    """
    with figure.style():
        drawn = figure.canvas(ROW * 1.15 * len(labels) + REST + 0.3)
        axes = drawn.subplots()
        for field in fields.to_dict("records"):
            x, y, alpha = field["column"], field["row"], 0.1 + 0.8 * field["shade"]
            (box,) = axes.barh([y], 0.95, 0.88, x - 0.475, color=figure.SKY, alpha=alpha)
            figure.mark(box, field["said"], field["link"])
            axes.text(x, y, field["text"], ha="center", va="center_baseline", fontsize=8)
        side(axes, labels, notes, head)
        axes.set(xlim=(-0.6, len(heads) - 0.4), xticks=range(len(heads)), xticklabels=map(fold, heads))
        axes.xaxis.tick_top()
        axes.grid(visible=False)
        axes.spines[:].set_visible(False)
        axes.tick_params(length=0)
    return drawn


def side(axes: Axes, labels: Sequence[str], notes: Sequence[str], head: str) -> None:
    """Name the rows, the first on top, and write a column of notes at their right, under its head."""
    axes.set_yticks(range(len(labels)), [shorten(label, 34, placeholder=" …") for label in labels])
    axes.set_ylim(len(labels) - 0.4, -0.6)
    axes.grid(axis="y", visible=False)
    look: Any = {"textcoords": "offset points", "fontsize": 8, "color": figure.GREY}
    for y, note in enumerate(notes):
        axes.annotate(note, (1, y), (10, 0), axes.get_yaxis_transform(), va="center", **look)
    if len(notes):
        axes.annotate(head, (1, 1), (10, 4), "axes fraction", **look)


def first(coverage: "Corpus", term: str) -> str:
    """Return the address of the first sentence with `term`, a word or phrase of `terms.counts`."""
    own = terms.own(coverage)
    for article, sentence, text in zip(own["article"], own["sentence"], own["text"], strict=True):
        if f" {term} " in f" {' '.join(tokens(text))} ":
            return evidence.link(article, sentence)
    return ""


def links(rows: pd.DataFrame) -> list[str]:
    """Return the address of the sentence of each row."""
    return list(map(evidence.link, rows["article"], rows["sentence"]))


def groups(coverage: "Corpus") -> pd.Series:
    """Return each article's column: itself if there are few, else its outlet, the smaller ones together."""
    names = coverage.articles.set_index("article")["outlet"].fillna("no outlet")
    if len(names) <= COLUMNS:
        return names.index.to_series()
    kept = largest(names.value_counts(), COLUMNS - (names.nunique() > COLUMNS))
    return names.where(names.isin(kept), OTHERS)


def largest(sizes: pd.Series, n: int) -> list[str]:
    """Return the names of the `n` largest, ties by name."""
    return list(sizes.sort_index().sort_values(ascending=False, kind="stable").index[:n])


def of(count: int, noun: str) -> str:
    """Return "1 article", "2,000 articles"."""
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


def series(names: Sequence[str]) -> str:
    """Return "a, b and c"; of more than four, the first three and how many others there are."""
    if len(names) > 4:
        names = [*names[:3], f"{len(names) - 3} others"]
    return " and ".join(filter(None, [", ".join(names[:-1]), *names[-1:]]))


def fold(name: str, letters: int = 12) -> str:
    """Return a column's name in lines of so many letters, three at most."""
    return "\n".join(wrap(name, letters, max_lines=3, placeholder="…"))
