"""Every occurrence of a word, phrase, wildcard or theme, with the words around it (KWIC)."""

from typing import Literal

import pandas as pd

from pactlens import arrowtext, terms
from pactlens.corpus import Corpus
from pactlens.errors import TableError

# Characters.
LONGEST_WORD = 200
COLUMNS = ["article", "sentence", "start", "end", "left", "node", "right"]


def concordance(
    corpus: Corpus,
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
    texts = corpus.articles.set_index("article")["text"].to_dict()
    places = list(zip(map(texts.__getitem__, hits["article"]), hits["start"], hits["end"], strict=True))
    # Only so much text is split: the whole of a long article, for each of its hits, would never end.
    reach = LONGEST_WORD * window
    left = [
        " ".join(text[max(0, start - reach) : start].rsplit(maxsplit=window)[-window:])
        for text, start, _ in places
    ]
    right = [" ".join(text[end : end + reach].split(maxsplit=window)[:window]) for text, _, end in places]
    hits = hits.assign(left=pd.Series(left, dtype="str"), right=pd.Series(right, dtype="str"))
    if sort:
        step = -1 if sort == "left" else 1
        keys = [arrowtext.tokens(side)[::step] for side in hits[sort]]
        hits = hits.iloc[sorted(range(len(hits)), key=keys.__getitem__)].reset_index(drop=True)
    return hits[COLUMNS]
