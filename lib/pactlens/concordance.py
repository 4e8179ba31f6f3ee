"""Every occurrence of a word, phrase, wildcard or theme, with the words around it (KWIC)."""

from typing import TYPE_CHECKING, Literal

import pandas as pd

from pactlens import arrowtext, terms
from pactlens.errors import TableError

if TYPE_CHECKING:
    from pactlens.corpus import Corpus

COLUMNS = ["article", "sentence", "start", "end", "left", "node", "right"]
# Characters that are looked at for each word of context.
REACH = 24


def concordance(
    corpus: "Corpus",
    query: str | None = None,
    *,
    theme: str | None = None,
    window: int = 8,
    sort: Literal["left", "right"] | None = None,
) -> pd.DataFrame:
    """Return each occurrence of `query` (a word, a phrase, a wildcard as "secur*"), or of a theme's phrases.

    Columns: article, sentence, start, end (Unicode characters of articles.text), left, node, right: up to
    `window` words on each side, of neighbouring sentences too. Ordered by article and place, or by the words
    nearest to the node on the `left` or `right`. What is found is said at terms.find; teasers are left out.

    Raises TableError if there is nothing to look for, or no such theme.
    """
    listed = terms.phrases()
    queries = [query or ""] if theme is None else listed.loc[listed["theme"] == theme, "phrase"].to_list()
    if not queries or not all(any(map(str.isalnum, one)) for one in queries):
        raise TableError(f"nothing to look for: {query=}, {theme=}; give a word, or a theme of themes.csv")
    hits = terms.find(terms.own(corpus), queries).rename(columns={"text": "node"})
    hits = hits.sort_values(["article", "start"], ignore_index=True)
    texts = corpus.articles.set_index("article")["text"].reindex(hits["article"].unique()).to_dict()
    places = hits[["article", "start", "end"]].itertuples(index=False)
    sides = [_context(texts[article], start, end, window) for article, start, end in places]
    hits[["left", "right"]] = pd.DataFrame(sides, columns=["left", "right"], dtype="str")
    if sort:
        step = -1 if sort == "left" else 1
        keys = [arrowtext.tokens(side)[::step] for side in hits[sort]]
        hits = hits.iloc[sorted(range(len(hits)), key=keys.__getitem__)].reset_index(drop=True)
    return hits[COLUMNS]


def _context(text: str, start: int, end: int, window: int) -> tuple[str, str]:
    """Return up to `window` words before and after, white space made single; one cut by REACH is left out."""
    low, high = max(0, start - REACH * window), end + REACH * window
    left, right = text[low:start].split()[low > 0 :], text[end:high].split()
    if high < len(text):
        del right[-1:]
    return " ".join(left[max(0, len(left) - window) :]), " ".join(right[:window])
