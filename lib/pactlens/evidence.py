"""Where a row leads back to: the sentence it was read from, as HTML anchor, link and readable page."""

import re
from collections.abc import Iterator
from html import escape
from itertools import pairwise
from typing import Any
from urllib.parse import quote

import pandas as pd

from pactlens.corpus import Corpus
from pactlens.figure import Page

PAGE = "00-coverage.html"
# Markdown is hard-wrapped: there only an empty line or a bullet begins a paragraph.
BREAKS = {"markdown": re.compile(r"\n\s*\n|\n\s*[-*#]")}
BREAK = re.compile(r"\n")
DAYS = {"day": ", {:%Y-%m-%d}", "month": ", {:%Y-%m}"}
# The outermost first.
TAGS = {"signing": "mark", "claim": "b", "mention": "u"}
KEY = (
    '<p>Key: <u class="mention">underlined</u>: a country is mentioned; <mark class="signing">marked</mark>: '
    'a signing; <b class="claim">bold</b>: a number is claimed; what was read follows in brackets. '
    '<small class="teaser">Small print: a teaser about another article, left out of all counts.</small></p>'
)
# Of one sentence: start, end, class, and what was read there.
Spans = list[tuple[int, int, str, str]]


def anchor(article: str, sentence: int | None = None) -> str:
    """Return the HTML id of a sentence, or of a whole article, in 00-coverage."""
    name = quote(article, safe="")
    return f"a-{name}" if sentence is None else f"s-{name}-{int(sentence)}"


def link(article: str, sentence: int | None = None) -> str:
    """Return the address of a sentence, or of a whole article, in the report."""
    return f"{PAGE}#{anchor(article, sentence)}"


def to_articles(problems: pd.DataFrame, corpus: Corpus) -> pd.DataFrame:
    """Return problems with the link to the article that was kept of their file, where it is one."""
    kept = corpus.articles.drop_duplicates("path", keep=False).set_index("path")["article"]
    return problems.assign(link=problems["path"].map(kept).map(link, na_action="ignore"))


def rows(frame: pd.DataFrame) -> Iterator[Any]:
    """Return the rows of a table as named tuples."""
    return frame.itertuples(index=False)


def reader(
    corpus: Corpus,
    mentions: pd.DataFrame,
    signings: pd.DataFrame,
    claims: pd.DataFrame,
    anchors: bool = True,
) -> Page:
    """Return the articles to be read, with every mention, signing and claim highlighted in its sentence.

    `claims` may be the checks: then each says its verdict. anchors: give each sentence its id, once a page.
    """
    spans: dict[tuple[str, int], Spans] = {}
    for name, table in (("mention", mentions), ("signing", signings), ("claim", claims)):
        for row in rows(table):
            span = (row.start, row.end, name, _said(name, row))
            spans.setdefault((row.article, row.sentence), []).append(span)
    text = (
        f"Articles: {len(corpus.articles):,}; sentences: {len(corpus.sentences):,}. Highlighted: "
        f"mentions ({len(mentions):,}), signings ({len(signings):,}) and claims ({len(claims):,})."
    )
    body, places = [], corpus.sentences.groupby("article").indices
    for article in rows(corpus.articles):
        split, last, paragraphs = BREAKS.get(article.format, BREAK), 0, [""]
        for row in rows(corpus.sentences.iloc[places.get(article.article, [])]):
            if split.search(article.text, last, row.start):
                paragraphs.append("")
            found = spans.get((row.article, row.sentence), [])
            paragraphs[-1] += _sentence(article.text, row, found, anchors)
            last = row.end
        shown = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs if paragraph)
        name = f' id="{escape(anchor(article.article))}"' if anchors else ""
        body.append(f'<section class="article"{name}>{_head(article)}{shown}</section>')
    return Page(f'<div class="reader"><p>{text}</p>{KEY}{"".join(body)}</div>', text)


def _said(name: str, row: Any) -> str:
    """Return what was read in a row of mentions, signings or claims, for a reader."""
    if name == "mention":
        return f"{row.country} ({row.kind})"
    if name == "signing":
        return f"{row.status}: {row.country}{DAYS.get(row.precision, '').format(row.on)}"
    verdict = f": {row.verdict}" if hasattr(row, "verdict") else ""
    return f"{row.kind.replace('_', ' ')} {row.operator} {row.value}{verdict}"


def _head(article: Any) -> str:
    """Return the headline of an article and what is known of it."""
    heading = article.article if pd.isna(article.title) else f"{article.title} ({article.article})"
    day = "day unknown" if pd.isna(article.published) else f"{article.published:%Y-%m-%d}"
    facts = escape(", ".join(str(x) for x in (article.outlet, day, f"{article.words} words") if pd.notna(x)))
    if isinstance(article.url, str) and re.match("https?://", article.url):
        facts += f', <a href="{escape(article.url)}">{escape(article.url)}</a>'
    return f"<h3>{escape(heading)}</h3><p>{facts}</p>"


def _sentence(text: str, row: Any, spans: Spans, anchors: bool) -> str:
    """Return one sentence with its spans as nested tags, and after it what signings and claims were read."""
    inner = {edge for span in spans for edge in span[:2] if row.start < edge < row.end}
    out = ""
    for start, end in pairwise(sorted({row.start, row.end, *inner})):
        piece = escape(text[start:end], quote=False)
        for name, tag in reversed(TAGS.items()):
            said = [said for low, high, kind, said in spans if kind == name and low <= start and end <= high]
            if said:
                piece = f'<{tag} class="{name}" title="{escape("; ".join(said))}">{piece}</{tag}>'
        out += piece
    notes = "; ".join(dict.fromkeys(said for *_, name, said in spans if name != "mention"))
    note = f' <small class="rows">[{escape(notes, quote=False)}]</small>' if notes else ""
    if row.part == "teaser":
        out = f'<small class="teaser">{out}</small>'
    name = f' id="{escape(anchor(row.article, row.sentence))}"' if anchors else ""
    return f"<span{name}>{out}{note}</span> "
