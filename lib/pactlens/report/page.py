"""A notebook's cells as a page: pictures put inline, tables that scroll, contents, safe links."""

import base64
import re
from typing import NamedTuple

from bs4 import BeautifulSoup
from bs4.element import PreformattedString

PICTURE = "data:image/svg+xml;base64,"
# What a page may link: the web, and a place in this report.
SAFE = re.compile(r"https?://\w\S*|[\w.%-]*(#\S*)?")
MOST_CONTENTS = 60
# What an article says, in evidence.reader, needs nothing done and is most of a large page: it stays out of
# the soup, which would take thirty times its room.
ARTICLE = re.compile(r'(?s)(<section class="article"[^>]*><h3>[^<]*</h3><p>.*?</p>)(.*?)(?=</section>)')
ASIDE = "<!--what the article says-->"
# Characters of a cell that should not be broken (a day), and of one that needs room (a sentence).
SHORT, LONG = 12, 50


class Page(NamedTuple):
    """One page: its file, full and short title, summary, body, and the (level, id, text) of its headings."""

    file: str
    title: str
    short: str
    summary: str
    body: str
    contents: list[tuple[int, str, str]]


def page(stem: str, cells: str) -> Page:
    """Return the page of a notebook from its cells' HTML; its title and summary are the first h1 and p."""
    said = (article[2] for article in ARTICLE.finditer(cells))
    soup = BeautifulSoup(ARTICLE.sub(rf"\1{ASIDE}", cells), "html.parser")
    title = soup.h1.get_text() if soup.h1 else stem
    summary = soup.p.get_text() if soup.p else ""
    for number, image in enumerate(soup.find_all("img", src=re.compile("^" + re.escape(PICTURE)))):
        image.wrap(soup.new_tag("div", attrs={"class": "picture"}))
        image.replace_with(PreformattedString(picture(str(image["src"]), f"p{number}-")))
    for table in soup.find_all("table"):
        for cell in table.find_all("td"):
            length = len(cell.get_text(strip=True))
            if length <= SHORT or length >= LONG:
                cell["class"] = "short" if length <= SHORT else "long"
        # A wide table scrolls in a box that the keyboard reaches.
        box = {"class": "scroll", "tabindex": "0", "role": "group", "aria-label": "Table"}
        table.wrap(soup.new_tag("div", attrs=box))
    for anchor in soup.find_all("a", href=True):
        address = safe(str(anchor["href"]))
        anchor.attrs = {"href": address} if address else {}
    contents = []
    for number, heading in enumerate(soup.find_all(["h2", "h3"]), 1):
        heading["id"] = name = f"{number}-" + re.sub(r"\W+", "-", heading.get_text().lower()).strip("-")
        contents.append((int(heading.name[1]), name, heading.get_text()))
    if len(contents) > MOST_CONTENTS:
        # A large corpus has more articles, each an h3, than contents can hold.
        contents = [one for one in contents if one[0] == 2]
    short = stem.partition("-")[2].replace("-", " ").capitalize() or stem
    body = re.sub(ASIDE, lambda _: next(said), str(soup))
    return Page(f"{stem}.html", title, short, summary, body, contents)


def safe(address: str) -> str | None:
    """Return `address` if a page may link it, being http, https or a place in this report; else None."""
    return re.sub(r"\.ipynb(?=#|$)", ".html", address) if SAFE.fullmatch(address) else None


def picture(source: str, prefix: str) -> str:
    """Return the SVG in a data: address for use inline: no two pictures of a page may share an id."""
    svg = base64.b64decode(source.removeprefix(PICTURE)).decode()
    return re.sub(r'(\sid="|href="#|url\(#)', rf"\g<1>{prefix}", svg)
