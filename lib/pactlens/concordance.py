"""Every occurrence of a word, phrase, wildcard or theme, with the words around it (KWIC)."""

import re
from typing import TYPE_CHECKING, Literal

import pandas as pd

from pactlens import arrowtext, terms
from pactlens.errors import PactlensError

if TYPE_CHECKING:
    from pactlens.corpus import Corpus

COLUMNS = ["article", "sentence", "start", "end", "left", "node", "right"]


def concordance(
    corpus: "Corpus",
    query: str | None = None,
    *,
    theme: str | None = None,
    window: int = 8,
    sort: Literal["left", "right"] | None = None,
    teasers: bool = False,
) -> pd.DataFrame:
    """Return each occurrence of `query` (word, phrase, or wildcard as "secur*"), or of a theme's phrases.

    Columns: article, sentence, start, end (Unicode characters of articles.text), left, node, right. `window` is
    the most words on each side, which may lie in other sentences. Sorted by article and place, or by the nearest
    words to the `left` or `right`. Case is ignored; what is one word is said at arrowtext.tokens.
    """
    if theme is not None:
        listed = terms.phrases().loc[lambda frame: frame["theme"] == theme, "phrase"]
    else:
        listed = pd.Series([query or ""])
    if listed.empty or not listed.str.strip(" *").astype(bool).all():
        raise PactlensError(
            f"nothing to look for in query={query!r}, theme={theme!r}: give a word or a theme's name"
        )
    sentences = corpus.sentences
    if not teasers:
        sentences = sentences[sentences["part"] != "teaser"]
    hits = pd.DataFrame(terms.find(sentences, terms.pattern(*listed)), columns=[*COLUMNS[:4], "node"])
    texts = corpus.articles.set_index("article")["text"]
    around = [
        context(texts[article], start, end, window)
        for article, start, end in zip(hits["article"], hits["start"], hits["end"], strict=True)
    ]
    hits[["left", "right"]] = pd.DataFrame(around, columns=["left", "right"], dtype="str")
    hits = hits.sort_values(["article", "start"], ignore_index=True)
    if sort:
        key = hits[sort].map(lambda side: arrowtext.tokens(side)[:: -1 if sort == "left" else 1])
        hits = hits.loc[sorted(hits.index, key=key.to_list().__getitem__)].reset_index(drop=True)
    return hits[COLUMNS]


def context(text: str, start: int, end: int, window: int) -> tuple[str, str]:
    """Return up to `window` words before `start` and after `end`, white space made single."""
    reach = 24 * window
    before, after = text[max(0, start - reach) : start], text[end : end + reach]
    left = re.split(r"\s+", before)[-window - 1 :]
    right = re.split(r"\s+", after)[: window + 1]
    return " ".join(left).strip(), " ".join(right).strip()
