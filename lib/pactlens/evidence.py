"""Where a row leads back to: the sentence it was read from, as HTML anchor, link and readable page."""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from itertools import pairwise
from typing import Any
from urllib.parse import quote

import pandas as pd

from pactlens.corpus import Corpus

PAGE = "00-coverage.html"
# Above this number of articles, sentences that carry no row are cut to this number of characters.
WHOLE, CUT = 20, 60
# Markdown is hard-wrapped: there only an empty line or a bullet begins a paragraph.
BREAKS = {"markdown": re.compile(r"\n\s*\n|\n\s*[-*#]")}
BREAK = re.compile(r"\n")
TAGS = {"signing": "mark", "claim": "b", "mention": "u"}
KEY = (
    '<p>Key: <u class="mention">underlined</u>: a country is mentioned; <mark class="signing">marked</mark>: '
    'a signing; <b class="claim">bold</b>: a number is claimed; what was read follows in brackets. '
    '<small class="teaser">Small print: a teaser about another article, left out of all counts.</small></p>'
)
Spans = dict[tuple[str, int], list[tuple[int, int, str, str]]]


def anchor(article: str, sentence: int) -> str:
    """Return the HTML id of a sentence in 00-coverage."""
    return f"s-{quote(article, safe='')}-{int(sentence)}"


def link(article: str, sentence: int) -> str:
    """Return the address of a sentence in the report."""
    return f"{PAGE}#{anchor(article, sentence)}"


def rows(frame: pd.DataFrame) -> Iterator[Any]:
    """Return the rows of a table as named tuples."""
    return frame.itertuples(index=False)


@dataclass(frozen=True)
class Page:
    """A piece of HTML and the same in plain words."""

    html: str
    text: str

    def _repr_mimebundle_(self, **_: object) -> dict[str, str]:
        return {"text/html": self.html, "text/plain": self.text}


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
    spans = _spans(mentions, signings, claims)
    whole = len(corpus.articles) <= WHOLE
    by_article = dict(iter(corpus.sentences.groupby("article", sort=False)))
    text = (
        f"{len(corpus.articles):,} articles, {len(corpus.sentences):,} sentences: "
        f"{len(mentions):,} mentions, {len(signings):,} signings and {len(claims):,} claims are highlighted."
        f"{'' if whole else ' Sentences that carry none of these are cut short.'}"
    )
    articles = [
        _article(article, by_article.get(article.article, corpus.sentences.head(0)), spans, anchors, whole)
        for article in rows(corpus.articles)
    ]
    return Page(f'<div class="reader"><p>{text}</p>{KEY}{"".join(articles)}</div>', text)


def _spans(mentions: pd.DataFrame, signings: pd.DataFrame, claims: pd.DataFrame) -> Spans:
    """Return by article and sentence the spans to highlight: start, end, class, and what was read there."""
    spans: Spans = defaultdict(list)
    days = {"day": ", %Y-%m-%d", "month": ", %Y-%m"}
    for name, table in (("mention", mentions), ("signing", signings), ("claim", claims)):
        for row in rows(table):
            if name == "mention":
                said = f"{row.country} ({row.kind})"
            elif name == "signing":
                form = days.get(row.precision) if pd.notna(row.on) else None
                said = f"{row.status}: {row.country}{f'{row.on:{form}}' if form else ''}"
            else:
                said = f"{row.kind.replace('_', ' ')} {row.operator} {row.value}"
                said += f": {row.verdict}" if hasattr(row, "verdict") else ""
            spans[row.article, row.sentence].append((row.start, row.end, name, said))
    return spans


def _article(article: Any, sentences: pd.DataFrame, spans: Spans, anchors: bool, whole: bool) -> str:
    """Return one article: its headline, what is known of it, its paragraphs."""
    heading = article.article if pd.isna(article.title) else f"{article.title} ({article.article})"
    day = "day unknown" if pd.isna(article.published) else f"{article.published:%Y-%m-%d}"
    facts = escape(", ".join(str(x) for x in (article.outlet, day, f"{article.words} words") if pd.notna(x)))
    if isinstance(article.url, str) and re.match("https?://", article.url):
        facts += f', <a href="{escape(article.url)}">{escape(article.url)}</a>'
    split, last, paragraphs = BREAKS.get(article.format, BREAK), 0, [""]
    for row in rows(sentences):
        if split.search(article.text, last, row.start):
            paragraphs.append("")
        found = spans.get((row.article, row.sentence), [])
        text = article.text if found or whole else article.text[: row.start + CUT] + "…"
        paragraphs[-1] += _sentence(text, row, found, anchors)
        last = row.end
    body = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs if paragraph)
    return f'<section class="article"><h3>{escape(heading)}</h3><p>{facts}</p>{body}</section>'


def _sentence(text: str, row: Any, spans: list[tuple[int, int, str, str]], anchors: bool) -> str:
    """Return one sentence with its spans as nested tags, and after it what signings and claims were read."""
    inner = {edge for span in spans for edge in span[:2] if row.start < edge < row.end}
    out = ""
    for start, end in pairwise(sorted({row.start, row.end, *inner})):
        piece = escape(text[start:end])
        for name in reversed(TAGS):
            said = [s[3] for s in spans if s[2] == name and s[0] <= start and end <= s[1]]
            if said:
                opened = f'<{TAGS[name]} class="{name}" title="{escape("; ".join(said))}">'
                piece = f"{opened}{piece}</{TAGS[name]}>"
        out += piece
    notes = "; ".join(dict.fromkeys(said for *_, name, said in spans if name != "mention"))
    note = f' <small class="rows">[{escape(notes)}]</small>' if notes else ""
    if row.part == "teaser":
        out = f'<small class="teaser">{out}</small>'
    name = f' id="{escape(anchor(row.article, row.sentence))}"' if anchors else ""
    return f"<span{name}>{out}{note}</span> "
