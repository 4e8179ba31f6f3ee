"""One chart with what belongs to it (finding, alt text, caption, table), and the style of all charts."""

import base64
import hashlib
import io
import json
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from html import escape
from xml.etree import ElementTree

import numpy as np
import pandas as pd
from matplotlib.artist import Artist
from matplotlib.figure import Figure as Canvas
from matplotlib.font_manager import FontProperties
from matplotlib.style import context
from matplotlib.textpath import TextPath
from scipy.optimize import isotonic_regression

# Okabe and Ito's colours, told apart by readers with any colour vision; grey is for context.
BLUE, ORANGE, GREEN, RED, PURPLE, SKY = "#0072B2", "#E69F00", "#009E73", "#D55E00", "#CC79A7", "#56B4E9"
INK, GREY, PALE = "#222222", "#6B6B6B", "#E4E4E4"
# Inches of a page's text column: in a wider chart a phone's text would be too small to read.
WIDTH = 6.4
ROWS_SHOWN = 200
LINKS = re.compile(r"https?://|00-coverage\.html#")
SVG = "{http://www.w3.org/2000/svg}"
# Letters are drawn as paths: the same picture whatever a machine's fonts; the words are in alt and table.
STYLE = {
    "svg.hashsalt": "pactlens",
    "svg.fonttype": "path",
    "font.family": "DejaVu Sans",
    "figure.constrained_layout.use": True,
    "axes.grid": True,
    "axes.axisbelow": True,
    "axes.edgecolor": GREY,
    "grid.color": PALE,
    "font.size": 10,
    **dict.fromkeys(("axes.spines.top", "axes.spines.right", "legend.frameon"), False),
    **dict.fromkeys(("xtick.labelsize", "ytick.labelsize", "axes.titlesize"), 9),
    **dict.fromkeys(("text.color", "axes.labelcolor", "xtick.color", "ytick.color"), INK),
}


@contextmanager
def style() -> Iterator[None]:
    """Draw in the library's style, whatever the reader's own settings are."""
    with context(["default", STYLE]):
        yield


def canvas(height: float) -> Canvas:
    """Return an empty matplotlib figure, `height` inches high; call it within `style()`."""
    return Canvas(figsize=(WIDTH, height))


def mark(artist: Artist, tooltip: str, url: object = None) -> None:
    """Give `artist` a tooltip (SVG `<title>`) and, if `url` is one that may be linked, a link."""
    artist.set_gid(
        "mark:" + json.dumps([tooltip, url if isinstance(url, str) and LINKS.match(url) else None])
    )


def spread(wanted: Sequence[float], gap: float, low: float, high: float) -> list[float]:
    """Return positions in [low, high], at least `gap` apart, as near to `wanted` as can be (least squares).

    If they cannot all fit, they stand evenly, nearer than `gap`.
    """
    order = np.argsort(wanted, kind="stable")
    steps = min(gap, (high - low) / max(len(wanted) - 1, 1)) * np.arange(len(wanted))
    near = isotonic_regression(np.asarray(wanted, dtype=float)[order] - steps).x if len(wanted) else steps
    placed = np.clip(near, low, high - steps[-1:].sum()) + steps
    return [float(value) for value in placed[np.argsort(order)]]


def text_width(text: str, size: float = 9) -> float:
    """Return how wide a text of `size` points will be, in points."""
    return float(TextPath((0, 0), text, size=size, prop=FontProperties("DejaVu Sans")).get_extents().width)


def table(frame: pd.DataFrame) -> str:
    """Return `frame` as escaped HTML; column `link` is not shown: `evidence`, or the first column, links."""
    shown = [name for name in frame.columns if name != "link"]
    linked = "evidence" if "evidence" in shown else shown[0]
    head = "".join(f'<th scope="col">{escape(str(name))}</th>' for name in shown)
    body = ""
    for row in frame.head(ROWS_SHOWN).to_dict("records"):
        cells = {name: escape(_cell(row[name])) for name in shown}
        link = row.get("link")
        if isinstance(link, str) and LINKS.match(link) and cells[linked]:
            cells[linked] = f'<a href="{escape(link)}">{cells[linked]}</a>'
        body += "<tr>" + "".join(f"<td>{text}</td>" for text in cells.values()) + "</tr>"
    more = f"<p>The first {ROWS_SHOWN:,} of {len(frame):,} rows.</p>" if len(frame) > ROWS_SHOWN else ""
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>{more}"


def _cell(value: object) -> str:
    """Return a value as a reader's text: a missing one is empty, a day is ISO, a number has four digits."""
    if value is None or value is pd.NA or value != value:
        return ""
    if isinstance(value, pd.Timestamp):
        return f"{value:%Y-%m-%d}"
    return f"{value:.4g}" if isinstance(value, float) else str(value)


@dataclass(frozen=True)
class Figure:
    """One chart: the matplotlib figure, the finding as title, alt text, caption, and the table behind it.

    The title is shown as text under the picture, not drawn in it, so that it wraps and is read once.
    """

    figure: Canvas
    title: str
    alt: str
    caption: str
    table: pd.DataFrame

    def svg(self) -> str:
        """Return the picture as SVG, the same bytes each time, with tooltips and links, to be inlined."""
        buffer = io.StringIO()
        with style():
            # A second drawing would move what the first has laid out.
            self.figure.draw_without_rendering()
            self.figure.set_layout_engine("none")
            self.figure.savefig(buffer, format="svg", metadata={"Date": None, "Creator": None})
        ElementTree.register_namespace("", SVG[1:-1])
        ElementTree.register_namespace("xlink", "http://www.w3.org/1999/xlink")
        root = ElementTree.fromstring(buffer.getvalue())
        for child in list(root):
            if child.tag == f"{SVG}metadata" or child.find(f"{SVG}style") is not None:
                root.remove(child)
        root.attrib |= {"stroke-linejoin": "round", "stroke-linecap": "butt"}
        for element in list(root.iter()):
            _finish(element)
        text = ElementTree.tostring(root, encoding="unicode")
        # Several pictures may stand in one page: no two may share an id.
        prefix = "f" + hashlib.sha256(text.encode()).hexdigest()[:8]
        return re.sub(r'(\bid="|href="#|url\(#)', rf"\g<1>{prefix}-", text)

    def html(self) -> str:
        """Return the figure as HTML: picture with alt text, finding and caption, and the table, folded."""
        source = base64.b64encode(self.svg().encode()).decode()
        rows = f"<details><summary>Table: {len(self.table):,} rows</summary>{table(self.table)}</details>"
        return (
            f'<figure><img alt="{escape(self.alt)}" src="data:image/svg+xml;base64,{source}">'
            f"<figcaption><strong>{escape(self.title)}</strong> {escape(self.caption)}</figcaption>"
            f"{rows if len(self.table) else ''}</figure>"
        )

    def _repr_mimebundle_(self, **_: object) -> dict[str, str]:
        return {"text/html": self.html(), "text/plain": self.alt}


def _finish(element: ElementTree.Element) -> None:
    """Drop indents, write styles as attributes (no Content-Security-Policy forbids those), and make marks.

    A mark is a group with a title and, if it has an address, a link.
    """
    for rule in filter(None, element.attrib.pop("style", "").split(";")):
        name, value = rule.split(":", 1)
        element.set(name.strip(), value.strip())
    element.text, element.tail = element.text and element.text.strip(), None
    if element.get("id", "").startswith("mark:"):
        tooltip, url = json.loads(element.attrib.pop("id").removeprefix("mark:"))
        title = ElementTree.Element(f"{SVG}title")
        title.text = tooltip
        element.insert(0, title)
        if url:
            element.tag = f"{SVG}a"
            element.set("href", url)


@dataclass(frozen=True)
class Table:
    """A table to be read in a notebook, with the sentence that says what it holds."""

    table: pd.DataFrame
    caption: str

    def _repr_mimebundle_(self, **_: object) -> dict[str, str]:
        rows = table(self.table) if len(self.table) else "<p>No rows.</p>"
        text = self.table.drop(columns="link", errors="ignore").to_string(index=False, max_rows=ROWS_SHOWN)
        page = f"<figure><figcaption>{escape(self.caption)}</figcaption>{rows}</figure>"
        return {"text/html": page, "text/plain": f"{self.caption}\n{text}"}
