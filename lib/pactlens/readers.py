"""One reader a format: bytes in, one record an article out, with all that was wrong said in the record.

A record is a dict: `text`, `format`, `problems` (pairs of problem and hint), `dated` (pairs of basis and the
words that give the day) and, where known, `article`, `title`, `outlet`, `url` and `language`.
"""

import csv
import io
import json
import re
import unicodedata
import warnings
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import yaml
from bs4 import BeautifulSoup
from bs4.element import NavigableString
from charset_normalizer import from_bytes
from markdown_it import MarkdownIt

Record = dict[str, Any]
Problem = tuple[str, str]
NO_TEXT = ("binary: this is not text", "remove it, or convert it to text")

# What record files, front matter and HTML call each column, best first.
NAMES = {
    "text": ("text", "body", "content"),
    "article": ("article", "id"),
    "title": ("og:title", "title", "headline"),
    "outlet": ("outlet", "source", "publisher", "og:site_name"),
    "url": ("url", "source_url", "link", "og:url"),
    "language": ("language", "lang"),
    "published": ("published", "date", "published_time", "article:published_time", "publish_date", "pubdate"),
}
BLOCKS = "address article blockquote br dd div dl dt figcaption figure li main ol p pre section table tr ul"
HEADINGS = "h1 h2 h3 h4 h5 h6"
FURNITURE = "script style noscript template nav header footer aside form button svg iframe title"
DATE_LINE = re.compile(r"\s*(date \d{4}-\d\d-\d\d)(?:\s+|$)")
FRONT = re.compile(r"---[ \t]*\n(?:(.*?)^(?:---|\.\.\.)[ \t]*(?:\n|\Z))?", re.DOTALL | re.MULTILINE)
LIST_MARK = re.compile(r"(?:[-*\u2022\u00b7\u25aa\u25cf\u2023\u2013\u2014]|\d{1,2}[.)])[ \t]+(?=\S)")
# A wrap within "long-term" leaves its hyphen at the end of the line; "short- and long-term" has its own.
BROKEN_WORD = re.compile(r"(?<=\w-)\f(?=[a-z])(?!(?:and|or|to)\b)")
ONE_KIND = str.maketrans(
    dict.fromkeys("\r\u2028\u2029\v\f\x85", "\n")
    | dict.fromkeys("\t\xa0\u2007\u2009\u202f", " ")
    | dict.fromkeys("\ufeff\u200b\xad\0")
)


def whole(text: str) -> str:
    """Return text without halves of characters, which no table can hold."""
    return text.encode("utf-8", "replace").decode()


def clean(text: str) -> str:
    """Return text with one kind of space and line break, composed letters, and hard-wrapped lines joined."""
    text = unicodedata.normalize("NFC", whole(text.replace("\r\n", "\n").translate(ONE_KIND)))
    text = re.sub(" {2,}", " ", text).replace(" \n", "\n").replace("\n ", "\n")
    return _unwrap(re.sub("\n{3,}", "\n\n", text).strip())


def _unwrap(text: str) -> str:
    """Return text with each break made a space where the next word had not fitted (in up to 100 columns)."""
    lines = text.split("\n")
    apart = [line == "" or " | " in line or LIST_MARK.match(line) is not None for line in lines]
    pairs = [i for i in range(len(lines) - 1) if lines[i] and not apart[i + 1]]
    width = max((max(len(lines[i]), len(lines[i + 1])) for i in pairs), default=0)
    full = {i for i in pairs if len(lines[i]) + 1 + len(lines[i + 1].split(" ", 1)[0]) > width}
    within = {i for i in pairs if lines[i][-1] not in ".!?:;"}
    if not 40 <= width <= 100 or 2 * len(full & within) < len(within):
        return text
    if len(full) < 3:
        full = {i for i in full if lines[i + 1][0].islower()}
    text = "".join(line + ("\f" if i in full else "\n") for i, line in enumerate(lines)).strip()
    return BROKEN_WORD.sub("", text).replace("\f", " ")


def _soup(source: str) -> Any:
    with warnings.catch_warnings():
        # What looks like XML, an address or a file name is an article all the same.
        warnings.simplefilter("ignore")
        return BeautifulSoup(source, "html.parser")


def _html_text(soup: Any) -> str:
    """Return the main text of HTML: a line each list item, a blank line each block; no menus, no scripts."""
    for tag in soup(FURNITURE.split()):
        tag.decompose()
    main = soup.find("article") or soup.find("main") or soup.body or soup
    for node in main.find_all(string=lambda text: type(text) is NavigableString):
        wrapped = BROKEN_WORD.sub("", node.replace("\n", "\f"))
        node.replace_with(NavigableString(re.sub(r"\s+", " ", wrapped)))
    for tag in main.find_all(f"{BLOCKS} {HEADINGS}".split()):
        tag.insert_before("\n" if tag.name in ("br", "li") else "\n\n")
        tag.insert_after("" if tag.name in ("br", "li") else "\n\n")
    return str(main.get_text())


def _markdown_text(source: str) -> str:
    """Return the readable text of Markdown: no marks, not even stray ones, and no addresses."""
    text = _html_text(_soup(MarkdownIt("commonmark").render(source)))
    return re.sub(r"^[#*\s]+$", "", text.replace("**", ""), flags=re.MULTILINE)


def _decoded(data: bytes) -> tuple[str, list[Problem]]:
    """Return bytes as text ("" if they are not text), and what was wrong with them."""
    binary = b"\0" in data and not data.startswith((b"\xff\xfe", b"\xfe\xff"))
    try:
        return ("", [NO_TEXT]) if binary else (data.decode("utf-8-sig"), [])
    except UnicodeDecodeError:
        best = from_bytes(data).best()
    said = best and (f"not UTF-8: read as {best.encoding}", "check its letters, then save it as UTF-8")
    return str(best or ""), [said or NO_TEXT]


def _record(form: str, basis: str, fields: Mapping[Any, Any], problems: list[Problem]) -> Record:
    """Return a record; `fields` go by any of their NAMES, and `basis` says what a day among them rests on."""
    cells = [(str(key).strip().lower(), value) for key, value in fields.items()]
    given = {key: value for key, value in cells if value != "" and not isinstance(value, list | dict | None)}
    record: Record = {
        name: whole(str(given[own])) for name, names in NAMES.items() for own in names[::-1] if own in given
    }
    dated = [(basis, record.pop("published"))] if "published" in record else []
    text = record.pop("text", "")
    if line := DATE_LINE.match(text):
        text, dated = text[line.end() :], [*dated, ("date line", line[1])]
    text = clean(text)
    if not text and not problems:
        names = dict(cells)
        untold = (f"no text: its columns are {', '.join(names)}", "name the column that holds the text: text")
        empty = ("empty", "remove it, or give it a text")
        problems = [empty if names.keys() & {*NAMES["text"]} else untold]
    return record | {"format": form, "text": text, "problems": problems, "dated": dated}


def _article(data: bytes, markdown: bool) -> Iterator[Record]:
    """Yield the article in a text or Markdown file; front matter makes any text Markdown."""
    raw, problems = _decoded(data)
    raw = raw.replace("\r\n", "\n")
    front, fields = FRONT.match(raw), {}
    try:
        # BaseLoader makes only text, lists and mappings: no date or number is guessed.
        fields = {**(yaml.load(front[1], Loader=yaml.BaseLoader) or {})} if front else {}
    except (yaml.YAMLError, RecursionError, AttributeError, TypeError, ValueError) as error:
        hint = "end it with a line ---, and put values that hold a colon in quotes"
        problems.append((f"bad front matter, read as text: {str(error).partition(chr(10))[0]}", hint))
        front, markdown = None, False
    body = raw[front.end() :] if front else raw
    rich = markdown or front
    fields |= {"text": _markdown_text(body) if rich else body}
    yield _record("markdown" if rich else "text", "front matter", fields, problems)


def _html(data: bytes) -> Iterator[Record]:
    """Yield the article in an HTML page, with what its head says of it."""
    raw, problems = _decoded(data)
    soup = _soup(raw)
    fields = {str(m.get("property") or m.get("name")).lower(): m.get("content") for m in soup("meta")}
    listed = re.search(r'(?:"datePublished"\s*:\s*|<time[^>]*datetime=)"([^"]+)', raw)
    fields.setdefault("pubdate", listed and listed[1])
    fields.setdefault("title", soup.title and soup.title.get_text(" ", strip=True))
    fields |= {"lang": soup.html and str(soup.html.get("lang", ""))[:2], "text": _html_text(soup)}
    yield _record("html", "front matter", fields, problems)


def _json_lines(data: bytes) -> Iterator[Record]:
    for line in filter(bytes.strip, io.BytesIO(data)):
        text, problems = _decoded(line)
        fields = {}
        try:
            fields = {**json.loads(text)}
        except (ValueError, TypeError, RecursionError) as error:
            problems.append((f"not a JSON object: {error}", "write one JSON object a line"))
        yield _record("json lines", "index", fields, problems)


def rows(text: str) -> "csv.DictReader[str]":
    """Return the rows of a CSV file; its first line shows what parts cells: a comma, semicolon or tab."""
    mark = max(",;\t", key=text.partition("\n")[0].count)
    return csv.DictReader(io.StringIO(text, newline=""), restkey="", delimiter=mark)


def _csv(data: bytes) -> Iterator[Record]:
    text, problems = _decoded(data)
    csv.field_size_limit(2**31 - 1)
    try:
        for row in rows(text):
            yield _record("csv", "index", row, problems)
            problems = []
    except csv.Error as error:
        problems = [(f"not CSV: {error}", "put cells that hold commas or line breaks in quotes")]
    if problems:
        yield _record("csv", "index", {}, problems)


def _parquet(data: bytes) -> Iterator[Record]:
    try:
        for batch in pq.ParquetFile(pa.BufferReader(data)).iter_batches():
            yield from (_record("parquet", "index", row, []) for row in batch.to_pylist())
    except (pa.ArrowException, ValueError, OverflowError) as error:
        yield _record("parquet", "index", {}, [(f"not Parquet: {error}", "write the file again")])


READERS: dict[str, Callable[[bytes], Iterator[Record]]] = {
    **dict.fromkeys((".txt", ".text"), partial(_article, markdown=False)),
    **dict.fromkeys((".md", ".markdown"), partial(_article, markdown=True)),
    **dict.fromkeys((".html", ".htm", ".xhtml"), _html),
    **dict.fromkeys((".jsonl", ".ndjson"), _json_lines),
    ".csv": _csv,
    ".parquet": _parquet,
}
MANY = ("json lines", "csv", "parquet")
