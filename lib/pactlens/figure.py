"""One chart with what belongs to it (finding, alt text, caption, table), and the style of all charts."""

import base64
import io
import json
import re
from collections.abc import Collection
from contextlib import AbstractContextManager
from dataclasses import dataclass
from html import escape, unescape
from xml.etree import ElementTree

import pandas as pd
from matplotlib.artist import Artist
from matplotlib.figure import Figure as Canvas
from matplotlib.style import context

# Okabe and Ito's colours, told apart by readers with any colour vision; grey is for context.
BLUE, GREEN, RED, SKY = "#0072B2", "#009E73", "#D55E00", "#56B4E9"
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


def style() -> AbstractContextManager[None]:
    """Draw in the library's style, whatever the reader's own settings are."""
    return context(["default", STYLE])


def canvas(height: float) -> Canvas:
    """Return an empty matplotlib figure, `height` inches high; call it within `style()`."""
    return Canvas(figsize=(WIDTH, height))


def mark(artist: Artist, tooltip: str, url: object = None) -> None:
    """Give `artist` a tooltip (SVG `<title>`) and, if `url` is one that may be linked, a link."""
    artist.set_gid("mark:" + json.dumps([tooltip, url if _linkable(url) else None]))


def _linkable(url: object) -> bool:
    return isinstance(url, str) and bool(LINKS.match(url))


def table(frame: pd.DataFrame, html: Collection[str] = ()) -> str:
    """Return `frame` as HTML, escaped but in the columns that are `html`.

    Column `link` is not shown: `evidence`, or the first column, links.
    """
    shown = [name for name in frame.columns if name != "link"]
    linked = "evidence" if "evidence" in shown else shown[0]
    head = "".join(f'<th scope="col">{escape(str(name))}</th>' for name in shown)
    body = ""
    for row in frame.head(ROWS_SHOWN).to_dict("records"):
        cells = {name: row[name] if name in html else escape(_cell(row[name])) for name in shown}
        if cells[linked] and _linkable(row.get("link")):
            cells[linked] = f'<a href="{escape(row["link"])}">{cells[linked]}</a>'
        body += "<tr>" + "".join(f"<td>{text}</td>" for text in cells.values()) + "</tr>"
    more = f"<p>The first {ROWS_SHOWN:,} of {len(frame):,} rows.</p>" if len(frame) > ROWS_SHOWN else ""
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>{more}"


def _cell(value: object) -> str:
    """Return a value as a reader's text: a missing one is empty, a day is ISO, a number has four digits."""
    if pd.isna(value):  # type: ignore[call-overload]
        return ""
    if isinstance(value, pd.Timestamp):
        return f"{value:%Y-%m-%d}"
    return f"{value:.4g}" if isinstance(value, float) else str(value)


@dataclass(frozen=True)
class Page:
    """A piece of HTML and the same in plain words."""

    html: str
    text: str

    def _repr_mimebundle_(self, **_: object) -> dict[str, str]:
        return {"text/html": self.html, "text/plain": self.text}


def captioned(frame: pd.DataFrame, caption: str, html: Collection[str] = ()) -> Page:
    """Return a table (see `table`) to be read in a notebook, with the sentence that says what it holds."""
    rows = table(frame, html) if len(frame) else "<p>No rows.</p>"
    words = {name: [unescape(re.sub("<[^>]+>", "", cell)) for cell in frame[name]] for name in html}
    plain = frame.assign(**words).drop(columns="link", errors="ignore")
    text = plain.to_string(index=False, max_rows=ROWS_SHOWN)
    page = f"<figure><figcaption>{escape(caption)}</figcaption>{rows}</figure>"
    return Page(page, f"{caption}\n{text}")


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
        """Return the picture as SVG, the same bytes each time, with its alt text, tooltips and links."""
        buffer = io.StringIO()
        with style():
            # A second drawing would move what the first has laid out.
            self.figure.draw_without_rendering()
            self.figure.set_layout_engine("none")
            none = dict.fromkeys(("Date", "Creator", "Format", "Type"))
            self.figure.savefig(buffer, format="svg", metadata=none)
        ElementTree.register_namespace("", SVG[1:-1])
        ElementTree.register_namespace("xlink", "http://www.w3.org/1999/xlink")
        root = ElementTree.fromstring(buffer.getvalue())
        for element in list(root.iter()):
            element.text, element.tail = element.text and element.text.strip(), None
            if element.get("id", "").startswith("mark:"):
                tooltip, url = json.loads(element.attrib.pop("id").removeprefix("mark:"))
                title = ElementTree.Element(f"{SVG}title")
                title.text = tooltip
                element.insert(0, title)
                if url:
                    element.tag = f"{SVG}a"
                    element.attrib |= {"href": url, "aria-label": tooltip}
        # A reader of a picture with links must be able to reach them; inside role="img" nothing can be.
        linked = root.find(f".//{SVG}a") is not None
        root.attrib |= {"role": "group" if linked else "img", "aria-label": self.alt}
        return ElementTree.tostring(root, encoding="unicode")

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
