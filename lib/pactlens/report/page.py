"""A notebook's cells as a page: pictures put inline, tables that scroll, contents, safe links."""

import base64
import re
from typing import NamedTuple
from urllib.parse import urlsplit
from xml.etree import ElementTree

from bs4 import BeautifulSoup, Tag
from bs4.element import PreformattedString

SVG, XLINK = "{http://www.w3.org/2000/svg}", "{http://www.w3.org/1999/xlink}"
PICTURE = "data:image/svg+xml;base64,"
MOST_CONTENTS = 60
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
    soup = BeautifulSoup(cells, "html.parser")
    title = soup.h1.get_text() if soup.h1 else stem
    summary = soup.p.get_text() if soup.p else ""
    for number, image in enumerate(soup.find_all("img", src=re.compile("^" + re.escape(PICTURE)))):
        image.wrap(soup.new_tag("div", attrs={"class": "picture"}))
        image.replace_with(PreformattedString(picture(str(image["src"]), str(image["alt"]), f"p{number}-")))
    for script in soup.find_all(["script", "iframe", "object", "embed"]):
        script.decompose()
    for table in soup.find_all("table"):
        _scrolling(soup, table)
    for anchor in soup.find_all("a", href=True):
        if (address := safe(str(anchor["href"]))) is None:
            del anchor["href"]
        else:
            anchor["href"] = address
    short = stem.partition("-")[2].replace("-", " ").capitalize() or stem
    contents = _contents(soup)
    return Page(f"{stem}.html", title, short, summary, str(soup), contents)


def safe(address: str) -> str | None:
    """Return `address` if a page may link it, being http, https or a place in this report; else None."""
    try:
        parts = urlsplit(address.strip())
    except ValueError:
        return None
    if parts.scheme in ("http", "https") and parts.netloc:
        return address.strip()
    outside = parts.scheme or parts.netloc or parts.path.startswith("/")
    return None if outside else re.sub(r"\.ipynb(?=#|$)", ".html", address.strip())


def picture(source: str, alt: str, prefix: str) -> str:
    """Return the SVG in a data: address for use inline: named by `alt`, ids prefixed, links named, safe."""
    ElementTree.register_namespace("", SVG.strip("{}"))
    ElementTree.register_namespace("xlink", XLINK.strip("{}"))
    root = ElementTree.fromstring(base64.b64decode(source.removeprefix(PICTURE)))
    # A reader of a picture with links must be able to reach them; inside role="img" nothing can be reached.
    root.set("role", "group" if root.find(f".//{SVG}a") is not None else "img")
    root.set("aria-label", alt)
    for element in root.iter():
        if element.tag == f"{SVG}a":
            element.set("aria-label", element.findtext(f"{SVG}title", default=""))
        for key, value in list(element.attrib.items()):
            if key == "id":
                element.set(key, prefix + value)
            elif key in ("href", f"{XLINK}href"):
                del element.attrib[key]
                if address := f"#{prefix}{value[1:]}" if value.startswith("#") else safe(value):
                    element.set(key, address)
            elif "url(#" in value:
                element.set(key, value.replace("url(#", f"url(#{prefix}"))
    return ElementTree.tostring(root, encoding="unicode")


def _scrolling(soup: BeautifulSoup, table: Tag) -> None:
    """Let a wide table scroll in a box that the keyboard reaches; an empty header cell is no header."""
    for cell in table.find_all(["th", "td"]):
        length = len(cell.get_text(strip=True))
        if not length:
            cell.name = "td"
        elif length <= SHORT or length >= LONG:
            cell["class"] = "short" if length <= SHORT else "long"
    box = {"class": "scroll", "tabindex": "0", "role": "group", "aria-label": "Table"}
    table.wrap(soup.new_tag("div", attrs=box))


def _contents(soup: BeautifulSoup) -> list[tuple[int, str, str]]:
    """Give each h2 and h3 an id of its own, and return (level, id, text) of each."""
    found = []
    for number, heading in enumerate(soup.find_all(["h2", "h3"]), 1):
        heading["id"] = anchor = f"{number}-" + re.sub(r"\W+", "-", heading.get_text().lower()).strip("-")
        found.append((int(heading.name[1]), anchor, heading.get_text()))
    # A large corpus has more articles, each an h3, than contents can hold.
    return found if len(found) <= MOST_CONTENTS else [one for one in found if one[0] == 2]
