import base64
import re
from xml.etree import ElementTree

import matplotlib as mpl
import numpy as np
import pandas as pd
import pytest

from pactlens import figure

NASTY = '<b>"Zelenskyy" & co</b>'
TABLE = pd.DataFrame(
    {"name": [NASTY, None], "n": [1.5, 2], "link": ["https://example.org/?a&b", "javascript:x"]}
)


def chart(tooltip: str = NASTY, url: str | None = "00-coverage.html#s-a%20b-3", table: pd.DataFrame = TABLE):
    with figure.style():
        drawn = figure.canvas(2)
        axes = drawn.subplots()
        (line,) = axes.plot([1, 2], [3, 4], "o")
        axes.fill_between([1, 2], [3, 4])
        figure.mark(line, tooltip, url)
    return figure.Figure(drawn, f"Title {NASTY}", f"Alt {NASTY}", f"Caption {NASTY}", table)


def test_it_displays_as_a_figure_with_alt_text_caption_and_table() -> None:
    shown = chart()._repr_mimebundle_()
    assert shown["text/plain"] == f"Alt {NASTY}"
    page = shown["text/html"]
    assert re.fullmatch(
        r'<figure><img alt="[^"]+" src="data:image/svg\+xml;base64,[^"]+"><figcaption><strong>.+</strong>.+'
        r"</figcaption><details><summary>Table: 2 rows</summary><table>.+</table></details></figure>",
        page,
    )
    assert "<b>" not in page
    assert base64.b64decode(page.split("base64,")[1].split('"')[0]).decode() == chart().svg()


def test_the_picture_is_the_same_whatever_the_readers_settings() -> None:
    first = chart().svg()
    with mpl.rc_context({"svg.hashsalt": None, "font.size": 30, "axes.facecolor": "red"}):
        assert chart().svg() == first
    assert "<metadata" not in first and "<text" not in first


def test_each_reference_has_its_target() -> None:
    svg = chart().svg()
    assert set(re.findall(r'(?:href="#|url\(#)([^")]+)', svg)) <= set(re.findall(r'\bid="([^"]+)"', svg))


def test_a_mark_has_its_tooltip_and_link_and_is_named() -> None:
    picture = ElementTree.fromstring(chart().svg())
    link = next(picture.iter(f"{figure.SVG}a"))
    assert link.get("href") == "00-coverage.html#s-a%20b-3"
    assert link[0].text == link.get("aria-label") == NASTY
    assert (picture.get("role"), picture.get("aria-label")) == ("group", f"Alt {NASTY}")
    assert ElementTree.fromstring(chart(url=None).svg()).get("role") == "img"


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "//example.org", "", None])
def test_only_web_addresses_and_sentences_are_linked(url: str | None) -> None:
    assert "<a " not in chart(url=url).svg()
    assert "<a " not in figure.table(pd.DataFrame({"name": ["x"], "link": [url]}))


def test_a_table_is_escaped_and_says_nothing_where_nothing_is_known() -> None:
    page = figure.table(TABLE)
    assert '<td><a href="https://example.org/?a&amp;b">&lt;b&gt;' in page
    assert "<td></td>" in page and "javascript" not in page
    assert "<td>2024-06-13</td>" in figure.table(pd.DataFrame({"on": [pd.Timestamp("2024-06-13"), pd.NaT]}))
    assert "nan" not in figure.table(pd.DataFrame({"n": [np.nan, pd.NA, None]})).lower()


def test_a_long_table_says_how_much_of_it_is_shown() -> None:
    page = figure.table(pd.DataFrame({"n": range(5000)}))
    assert page.count("<tr>") == figure.ROWS_SHOWN + 1
    assert "200 of 5,000 rows" in page
    shown = figure.captioned(TABLE.head(0), "No problem.")._repr_mimebundle_()
    assert "No rows." in shown["text/html"] and "No problem." in shown["text/plain"]
