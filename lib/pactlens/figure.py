"""One chart with what belongs to it (finding, alt text, caption, table), and the style of all charts."""

import base64
import hashlib
import html
import io
import json
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from xml.etree import ElementTree

import numpy as np
import pandas as pd
from cycler import cycler
from matplotlib.artist import Artist
from matplotlib.figure import Figure as Canvas
from matplotlib.font_manager import FontProperties
from matplotlib.style import context
from matplotlib.text import Text
from matplotlib.textpath import TextPath
from scipy.optimize import isotonic_regression

# Okabe and Ito's colours, told apart by readers with any colour vision; grey is for context.
BLUE, ORANGE, GREEN, RED, PURPLE, SKY = "#0072B2", "#E69F00", "#009E73", "#D55E00", "#CC79A7", "#56B4E9"
INK, GREY, PALE = "#222222", "#6B6B6B", "#E4E4E4"
# A page's text column: wider charts would shrink their text below legibility on a phone.
WIDTH = 6.4
ROWS_SHOWN = 200
LINKS = re.compile(r"https?://|00-coverage\.html#")
SVG, XLINK = "http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink"
# Letters are drawn as paths: the same picture whatever a machine's fonts; the words are in alt and table.
STYLE = {
    "svg.hashsalt": "pactlens",
    "svg.fonttype": "path",
    "font.family": "DejaVu Sans",
    "font.size": 10,
    "axes.labelsize": 10,
    "xtick.labelsize": 9,
    "ytick.labelsize": 9,
    "text.color": INK,
    "axes.labelcolor": INK,
    "axes.edgecolor": GREY,
    "xtick.color": INK,
    "ytick.color": INK,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.grid": True,
    "axes.axisbelow": True,
    "grid.color": PALE,
    "lines.linewidth": 1.6,
    "legend.frameon": False,
    "figure.constrained_layout.use": True,
    "axes.prop_cycle": cycler(color=[BLUE, RED, GREEN, PURPLE, ORANGE, SKY]),
}


@contextmanager
def style() -> Iterator[None]:
    """Draw in the library's style, whatever the reader's own settings are."""
    with context(["default", STYLE]):
        yield


def canvas(height: float, width: float = WIDTH) -> Canvas:
    """Return an empty matplotlib figure of `width` by `height` inches; call it within `style()`."""
    return Canvas(figsize=(width, height))


def mark(artist: Artist, tooltip: str, url: object = None) -> None:
    """Give `artist` a tooltip (SVG `<title>`) and, if `url` is one that may be linked, a link."""
    artist.set_gid("mark:" + json.dumps([tooltip, url if isinstance(url, str) and LINKS.match(url) else None]))


def spread(wanted: Sequence[float], gap: float, low: float, high: float) -> list[float]:
    """Return positions in [low, high], at least `gap` apart, as near to `wanted` as can be (least squares).

    If they cannot all fit, they stand evenly, nearer than `gap`.
    """
    if len(wanted) < 2:
        return [min(max(value, low), high) for value in wanted]
    order = np.argsort(wanted, kind="stable")
    steps = min(gap, (high - low) / (len(wanted) - 1)) * np.arange(len(wanted))
    near = isotonic_regression(np.asarray(wanted, dtype=float)[order] - steps).x
    placed = np.empty(len(wanted))
    placed[order] = np.clip(near, low, high - steps[-1]) + steps
    return [float(value) for value in placed]


def text_width(text: str, size: float = 9) -> float:
    """Return how wide a text of `size` points will be, in points."""
    return float(TextPath((0, 0), text, size=size, prop=FontProperties("DejaVu Sans")).get_extents().width)


def overlapping(drawn: Canvas) -> list[tuple[str, str]]:
    """Return the pairs of visible texts that lie on each other, and ("text", "edge") for each one clipped."""
    with style():
        drawn.draw_without_rendering()
        axes = [axis for plot in drawn.axes for axis in (plot.xaxis, plot.yaxis)]
        beyond = {
            label
            for axis in axes
            for tick in axis.get_major_ticks()
            if not min(axis.get_view_interval()) <= tick.get_loc() <= max(axis.get_view_interval())
            for label in (tick.label1, tick.label2)
        }
        texts = [
            text
            for text in drawn.findobj(Text)
            if text.get_visible() and text.get_text().strip() and text not in beyond
        ]
        boxes = [(text.get_text(), text.get_window_extent()) for text in texts]
        page = drawn.bbox
    pairs = [
        (one, two)
        for index, (one, first) in enumerate(boxes)
        for two, second in boxes[index + 1 :]
        if min(first.x1, second.x1) - max(first.x0, second.x0) > 0.5
        and min(first.y1, second.y1) - max(first.y0, second.y0) > 0.5
    ]
    return pairs + [
        (name, "edge")
        for name, box in boxes
        if box.x0 < -1 or box.y0 < -1 or box.x1 > page.x1 + 1 or box.y1 > page.y1 + 1
    ]


def table(frame: pd.DataFrame) -> str:
    """Return `frame` as escaped HTML; column `link` is not shown: `evidence`, or the first column, links."""
    shown = [name for name in frame.columns if name != "link"]
    linked = "evidence" if "evidence" in shown else shown[0]
    head = "".join(f'<th scope="col">{html.escape(str(name))}</th>' for name in shown)
    body = []
    for row in frame.head(ROWS_SHOWN).to_dict("records"):
        cells = {name: html.escape(cell(row[name])) for name in shown}
        link = row.get("link")
        if isinstance(link, str) and LINKS.match(link) and cells[linked]:
            cells[linked] = f'<a href="{html.escape(link)}">{cells[linked]}</a>'
        body.append("<tr>" + "".join(f"<td>{cells[name]}</td>" for name in shown) + "</tr>")
    more = f"<p>The first {ROWS_SHOWN:,} of {len(frame):,} rows.</p>" if len(frame) > ROWS_SHOWN else ""
    return f"<table><thead><tr>{head}</tr></thead><tbody>{''.join(body)}</tbody></table>{more}"


def cell(value: object) -> str:
    """Return a value as a reader's text: a missing one is empty, a day is ISO, a number has four digits."""
    if value is None or value is pd.NaT or value is pd.NA or value != value:
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
            self.figure.savefig(buffer, format="svg", metadata={"Date": None, "Creator": None})
        ElementTree.register_namespace("", SVG)
        ElementTree.register_namespace("xlink", XLINK)
        root = ElementTree.fromstring(buffer.getvalue())
        for metadata in root.findall(f"{{{SVG}}}metadata"):
            root.remove(metadata)
        for rule in root.findall(f"{{{SVG}}}defs[{{{SVG}}}style]"):
            root.remove(rule)
        root.attrib |= {"stroke-linejoin": "round", "stroke-linecap": "butt"}
        for element in list(root.iter()):
            _plain(element)
            _interactive(element)
        text = ElementTree.tostring(root, encoding="unicode")
        # Several pictures may stand in one page: no two may share an id.
        prefix = "f" + hashlib.sha256(text.encode()).hexdigest()[:8]
        return re.sub(r'(\bid="|href="#|url\(#)', rf"\g<1>{prefix}-", text)

    def html(self) -> str:
        """Return the figure as HTML: picture with alt text, finding and caption, and the table, folded."""
        source = base64.b64encode(self.svg().encode()).decode()
        rows = f"<details><summary>Table: {len(self.table):,} rows</summary>{table(self.table)}</details>"
        return (
            f'<figure><img alt="{html.escape(self.alt)}" src="data:image/svg+xml;base64,{source}">'
            f"<figcaption><strong>{html.escape(self.title)}</strong> {html.escape(self.caption)}</figcaption>"
            f"{rows if len(self.table) else ''}</figure>"
        )

    def _repr_mimebundle_(self, **_: object) -> dict[str, str]:
        return {"text/html": self.html(), "text/plain": self.alt}


def _plain(element: ElementTree.Element) -> None:
    """Write styles as attributes, which no Content-Security-Policy forbids, and drop indents."""
    for rule in filter(None, element.attrib.pop("style", "").split(";")):
        name, value = rule.split(":", 1)
        element.set(name.strip(), value.strip())
    element.text = element.text and element.text.strip()
    element.tail = None


def _interactive(group: ElementTree.Element) -> None:
    """Turn a marked group into one with a title, and into a link if it has an address."""
    name = group.get("id", "")
    if not name.startswith("mark:"):
        return
    tooltip, url = json.loads(name.removeprefix("mark:"))
    del group.attrib["id"]
    title = ElementTree.Element(f"{{{SVG}}}title")
    title.text = tooltip
    group.insert(0, title)
    if url:
        group.tag = f"{{{SVG}}}a"
        group.set("href", url)


@dataclass(frozen=True)
class Table:
    """A table to be read in a notebook, with the sentence that says what it holds."""

    table: pd.DataFrame
    caption: str

    def _repr_mimebundle_(self, **_: object) -> dict[str, str]:
        rows = table(self.table) if len(self.table) else "<p>No rows.</p>"
        text = self.table.drop(columns="link", errors="ignore").to_string(index=False, max_rows=ROWS_SHOWN)
        return {
            "text/html": f"<figure><figcaption>{html.escape(self.caption)}</figcaption>{rows}</figure>",
            "text/plain": f"{self.caption}\n{text}",
        }
