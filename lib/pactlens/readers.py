"""One reader a format: a file in, one record an article out, with all that is wrong with it said in the record.

A record is a dict with `text`, `format`, `problems` (pairs of problem and hint) and, where the file gives them,
`article`, `title`, `outlet`, `url`, `language` and `dated` (pairs of basis and the words that give the day).
"""

import csv
import io
import json
import re
import unicodedata
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

Record = dict[str, Any]

# What record files and front matter call each column, best first.
NAMES = {
    "text": ("text", "body", "content"),
    "article": ("article", "id"),
    "title": ("title", "headline"),
    "outlet": ("outlet", "source", "publisher", "site_name"),
    "url": ("url", "source_url", "link", "canonical"),
    "language": ("language", "lang"),
    "published": ("published", "date", "published_time", "datepublished", "publish_date", "pubdate"),
}
BLOCKS = (
    "address article blockquote dd div dt figcaption h1 h2 h3 h4 h5 h6 li main p pre section table td th tr"
)
FURNITURE = "script style noscript template nav header footer aside form button svg iframe figure"
DATE_LINE = re.compile(r"\s*(date \d{4}-\d\d-\d\d)(?:\s+|$)")
LIST_MARK = re.compile(r"\s*(?:[-*•·▪‣–—]|\d{1,2}[.)])\s")
SPACES = {
    "\r\n": "\n",
    "\r": "\n",
    "\u2028": "\n",
    "\u2029": "\n\n",
    "\x0b": "\n",
    "\x0c": "\n",
    "\x85": "\n",
}
SPACES |= {"\xa0": " ", "\u202f": " ", "\u2007": " ", "\ufeff": "", "\u200b": "", "\xad": "", "\x00": ""}


def read(path: Path) -> Iterator[Record]:
    """Yield the records of one file of a known kind (see KINDS); OSError if it cannot be opened."""
    if path.suffix.lower() == ".parquet":
        yield from _parquet(path)
    else:
        yield from KINDS[path.suffix.lower()](path.read_bytes())


def clean(text: str) -> str:
    """Return text with one kind of line break and space, composed characters, and hard-wrapped lines joined."""
    for old, new in SPACES.items():
        text = text.replace(old, new)
    if not text.isascii():
        text = unicodedata.normalize("NFC", text.encode("utf-8", "replace").decode())
    return unwrap(text).strip()


def unwrap(text: str) -> str:
    """Return text with the line breaks of a hard wrap (at 100 columns or less) made spaces.

    A break is a wrap where the next line's first word would not have fitted within the width of the text.
    """
    lines = text.split("\n")
    pairs = [
        i
        for i in range(len(lines) - 1)
        if lines[i].strip() and lines[i + 1].strip() and not LIST_MARK.match(lines[i + 1])
    ]
    width = max((max(len(lines[i].rstrip()), len(lines[i + 1].rstrip())) for i in pairs), default=0)
    if not 40 <= width <= 100:
        return text
    full = [i for i in pairs if len(lines[i].rstrip()) + 1 + len(lines[i + 1].split(None, 1)[0]) > width]
    if 2 * len(full) < len(pairs):
        return text
    if len(full) < 3:
        full = [i for i in full if lines[i + 1].lstrip()[0].islower()]
    joined = set(full)
    out = [lines[0]]
    for i, line in enumerate(lines[1:]):
        out.append(_glue(out.pop().rstrip(), line.lstrip()) if i in joined else line)
    return "\n".join(out)


def _glue(left: str, right: str) -> str:
    broken = re.search(r"\w-$", left) and re.match(r"[a-z]", right) and not re.match(r"(and|or|to)\b", right)
    return left + right if broken else f"{left} {right}"


def _decoded(data: bytes) -> tuple[str, list[tuple[str, str]]]:
    """Return the bytes as text ("" if they are not text), and what was wrong with them."""
    wide = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    if not wide and b"\0" in data:
        return "", [("binary: this is not text", "remove the file, or convert it to text")]
    try:
        return data.decode("utf-8-sig"), []
    except UnicodeDecodeError:
        from charset_normalizer import from_bytes

    best = from_bytes(data).best()
    if best is None:
        return "", [("binary: no encoding fits", "remove the file, or convert it to text")]
    return str(best), [(f"not UTF-8: read as {best.encoding}", "check its letters, then save it as UTF-8")]


def _record(form: str, text: str, problems: list[tuple[str, str]], **fields: Any) -> Record:
    known = {name: str(value) for name, value in fields.items() if value not in (None, "")}
    return {"format": form, "text": text, "problems": problems, "dated": [], **known}


def _dated_text(text: str) -> tuple[str, list[tuple[str, str]]]:
    """Split the leading date line off the text."""
    line = DATE_LINE.match(text)
    return (text[line.end() :], [("date line", line[1])]) if line else (text, [])


def _text(data: bytes) -> Iterator[Record]:
    text, problems = _decoded(data)
    if re.match(r"---[ \t]*\r?\n", text):
        yield from _markdown(data)
        return
    text, dated = _dated_text(clean(text))
    yield _record("text", text, problems) | {"dated": dated}


def _markdown(data: bytes) -> Iterator[Record]:
    raw, problems = _decoded(data)
    front, body, wrong = _front_matter(raw.replace("\r\n", "\n"))
    if wrong:
        yield _record("text", clean(raw), [*problems, wrong])
        return
    text, dated = _dated_text(clean(plain(body)))
    record = _record("markdown", text, problems, **_named(front))
    record["dated"] = _front_date(record) + dated
    yield record


def _named(fields: dict[str, Any]) -> dict[str, Any]:
    """Return the fields under the names of NAMES."""
    lower = {str(key).strip().lower(): value for key, value in fields.items() if value not in (None, "")}
    found = {name: [lower[a] for a in aliases if a in lower] for name, aliases in NAMES.items()}
    return {name: values[0] for name, values in found.items() if values}


def _front_date(record: Record) -> list[tuple[str, str]]:
    return [("front matter", record.pop("published"))] if "published" in record else []


def _front_matter(raw: str) -> tuple[dict[str, Any], str, tuple[str, str] | None]:
    """Return the YAML front matter, the text after it, and what is wrong with it, if anything."""
    import yaml

    if not re.match(r"---[ \t]*\n", raw):
        return {}, raw, None
    block = re.match(r"---[ \t]*\n(.*?)^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", raw, re.DOTALL | re.MULTILINE)
    hint = "close it with a line ---, and put values with a colon in quotes"
    if block is None:
        return {}, raw, ("bad front matter: it has no end; read as text", hint)
    try:
        # BaseLoader makes only text, lists and mappings: no date or number is guessed.
        front = yaml.load(block[1], Loader=yaml.BaseLoader) or {}  # noqa: S506
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        return {}, raw, (f"bad front matter: {str(error).splitlines()[0]}; read as text", hint)
    if not isinstance(front, dict):
        return {}, raw, ("bad front matter: not a list of names and values; read as text", hint)
    return front, raw[block.end() :], None


def plain(markdown: str) -> str:
    """Return the readable text of Markdown: no marks, no addresses; a line each item, a blank line each block."""
    from markdown_it import MarkdownIt

    out: list[str] = []
    items = 0
    for token in MarkdownIt("commonmark").enable("table").parse(markdown):
        items += {"list_item_open": 1, "list_item_close": -1}.get(token.type, 0)
        if token.type == "inline":
            text = _inline(token.children or [])
        elif token.type in ("fence", "code_block"):
            text = token.content
        else:
            text = _html_text(token.content)[0] if token.type == "html_block" else ""
        if text.strip("#* \n"):
            out.append(text.strip() + ("\n" if items else "\n\n"))
        elif token.type.endswith("list_close") and not items:
            out.append("\n")
    return "".join(out)


def _inline(tokens: list[Any]) -> str:
    """Return the text of inline tokens: links and images by their words, tags dropped."""
    text = ""
    for token in tokens:
        if token.type == "softbreak":
            text = text.rstrip() + "\n"
        elif token.type == "hardbreak" or token.content.lower().startswith("<br"):
            text += "\n"
        elif token.type != "html_inline":
            text += token.content
    lines = text.replace("**", "").split("\n")
    out = lines[0]
    for line in lines[1:]:
        out = _glue(out, line)
    return out


def _html_text(source: str) -> tuple[str, Any]:
    """Return the main text of HTML and its parsed tree."""
    from bs4 import BeautifulSoup
    from bs4.element import CData, NavigableString, PreformattedString

    soup = BeautifulSoup(source, "html.parser")
    for tag in soup(FURNITURE.split()):
        if tag.get("type") != "application/ld+json":
            tag.decompose()
    main = soup.find("article") or soup.find("main") or soup.body or soup
    for node in main.find_all(string=True):
        if isinstance(node, PreformattedString) and not isinstance(node, CData):
            node.extract()
        else:
            node.replace_with(NavigableString(re.sub(r"\s+", " ", node)))
    for tag in main.find_all("br"):
        tag.replace_with("\n")
    for tag in main.find_all(BLOCKS.split()):
        edge = "\n" if tag.name == "li" else "\n\n"
        tag.insert_before(edge)
        tag.insert_after(edge)
    for tag in main.find_all(["script", "title"]):
        tag.decompose()
    lines = re.sub(r" *\n *", "\n", re.sub(r" +", " ", main.get_text()))
    return re.sub(r"\n{3,}", "\n\n", lines).strip(), soup


def _html(data: bytes) -> Iterator[Record]:
    raw, problems = _decoded(data)
    from bs4 import BeautifulSoup

    soup = BeautifulSoup(raw, "html.parser")

    def meta(*names: str) -> Any:
        for name in names:
            for key in ("property", "name", "itemprop"):
                tag = soup.find("meta", attrs={key: name})
                if tag is not None and tag.get("content"):
                    return tag["content"]
        return None

    link = soup.find("link", rel="canonical")
    stamp = soup.find("time", attrs={"datetime": True})
    listed = re.search(r'"datePublished"\s*:\s*"([^"]+)"', raw)
    record = _record(
        "html",
        clean(_html_text(raw)[0]),
        problems,
        title=meta("og:title") or (soup.title.get_text(" ", strip=True) if soup.title else None),
        outlet=meta("og:site_name"),
        url=(link.get("href") if link else None) or meta("og:url"),
        language=(str(soup.html.get("lang") or "")[:2] if soup.html else None),
        published=meta("article:published_time", "datePublished", "date", "pubdate", "DC.date")
        or (listed[1] if listed else None)
        or (stamp["datetime"] if stamp else None),
    )
    record["dated"] = _front_date(record)
    yield record


def _row(form: str, fields: dict[str, Any], problems: list[tuple[str, str]]) -> Record:
    """Return the record of one row of a file of many."""
    named = _named(fields)
    if not isinstance(named.get("text"), str):
        problems = [*problems, ("no text", "give each record its text in a column named text")]
    text, dated = _dated_text(clean(str(named.pop("text", ""))))
    record = _record(form, text, problems, **named)
    given = record.pop("published", None)
    record["dated"] = dated + ([("index", given)] if given else [])
    return record


def _json_lines(data: bytes) -> Iterator[Record]:
    for line in io.BytesIO(data):
        if not line.strip():
            continue
        text, problems = _decoded(line)
        try:
            fields = json.loads(text) if text else {}
        except (ValueError, RecursionError) as error:
            fields, problems = {}, [*problems, (f"not JSON: {error}", "write one JSON object a line")]
        if not isinstance(fields, dict):
            fields, problems = {}, [*problems, ("not a JSON object", "write one JSON object a line")]
        yield _row("json lines", fields, problems)


def _csv(data: bytes) -> Iterator[Record]:
    text, problems = _decoded(data)
    csv.field_size_limit(2**31 - 1)
    rows = csv.DictReader(io.StringIO(text, newline=""))
    try:
        for row in rows:
            extra = row.pop(None, None) if None in row else None
            wrong = [("more cells than columns", "put cells with commas in quotes")] if extra else []
            yield _row("csv", row, [*problems, *wrong])
            problems = []
    except csv.Error as error:
        yield _row("csv", {}, [(f"not CSV: {error}", "put cells with commas or line breaks in quotes")])


def _parquet(path: Path) -> Iterator[Record]:
    import pyarrow as pa
    import pyarrow.parquet as pq

    names = {name for aliases in NAMES.values() for name in aliases}
    try:
        file = pq.ParquetFile(path)
        columns = [name for name in file.schema_arrow.names if name.lower() in names]
        for batch in file.iter_batches(batch_size=10_000, columns=columns):
            for row in batch.to_pylist():
                yield _row("parquet", row, [])
    except (pa.ArrowException, UnicodeDecodeError) as error:
        yield _row("parquet", {}, [(f"not Parquet: {error}", "write the file again")])


KINDS: dict[str, Callable[[bytes], Iterator[Record]]] = {
    **dict.fromkeys((".txt", ".text"), _text),
    **dict.fromkeys((".md", ".markdown"), _markdown),
    **dict.fromkeys((".html", ".htm", ".xhtml"), _html),
    **dict.fromkeys((".jsonl", ".ndjson"), _json_lines),
    ".csv": _csv,
    ".parquet": lambda data: iter(()),
}
