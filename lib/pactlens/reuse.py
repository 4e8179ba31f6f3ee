"""What articles share: passages word for word, and the same event told in other words."""

import re
from bisect import bisect_left
from functools import cache
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
import pandas as pd

from pactlens import arrowtext, terms

if TYPE_CHECKING:
    from pactlens.corpus import Corpus

SIZE = 7
PERMUTATIONS = 128
ENDS = ["article", "sentence", "start", "end", "text"]
Ids = arrowtext.Integers


def shingles(ids: Ids, segment: Ids, size: int = SIZE) -> tuple[Ids, Ids]:
    """Return the runs of `size` words that lie in one segment: position of the first word, number of the run.

    Equal runs have equal numbers, without hashing: no two different runs ever share one.
    """
    code, wide = np.unique(ids, return_inverse=True)[1], int(ids.max(initial=0)) + 1
    for step in range(1, size):
        code = np.unique(code[:-1] * wide + ids[step:], return_inverse=True)[1]
    position = np.flatnonzero(segment[: len(code)] == segment[size - 1 :])
    return position, code[position]


def stream(corpus: "Corpus", size: int) -> tuple[pd.DataFrame, Ids, pd.DataFrame]:
    """Return the sentences without teasers, the sentence row of each word, and every shingle of every article.

    Shingles have position (of their first word), code and article (a number, in order of the ids).
    """
    sentences = corpus.sentences[corpus.sentences["part"] != "teaser"]
    sentences = sentences.sort_values(["article", "sentence"], ignore_index=True)
    ids, row, _ = arrowtext.words(sentences["text"])
    number, _ = pd.factorize(sentences["article"], sort=True)
    gap = (np.diff(number, prepend=0) != 0) | (sentences["sentence"].astype(int).diff() != 1)
    position, code = (
        shingles(ids, gap.cumsum().to_numpy()[row], size) if len(ids) >= size else (row[:0], row[:0])
    )
    return (
        sentences,
        row,
        pd.DataFrame({"position": position, "code": code, "article": number[row[position]]}),
    )


def similarity(corpus: "Corpus", size: int = SIZE, near: float | None = None) -> pd.DataFrame:
    """Return each pair of articles that share a shingle (a run of `size` words), most alike first.

    Columns: article, other, shared (distinct shingles in both), shingles, other_shingles (distinct, in each),
    jaccard (shared / in either; Broder 1997), containment (shared / the smaller of the two). A pair with no row
    shares none. `near` looks only at pairs whose Jaccard is likely to reach it (MinHash and LSH, for large corpora).
    """
    from scipy.sparse import csr_array

    sentences, _, found = stream(corpus, size)
    names = sorted(sentences["article"].unique())
    found = found.drop_duplicates(["article", "code"])
    _, code = np.unique(found["code"], return_inverse=True)
    shape = (len(names), code.max(initial=-1) + 1)
    table = csr_array((np.ones(len(found), np.int64), (found["article"], code)), shape=shape)
    if near is None:
        both = (table @ table.T).tocoo()
        pairs, shared = np.array([both.row, both.col]), both.data
    else:
        pairs = candidates(table, near)
        shared = table[pairs[0]].multiply(table[pairs[1]]).sum(axis=1)
    above = (pairs[0] < pairs[1]) & (shared > 0)
    (first, second), shared, count = pairs[:, above], shared[above], table.sum(axis=1)
    out = pd.DataFrame(
        {"article": np.array(names, dtype=object)[first], "other": np.array(names, dtype=object)[second]}
    )
    out["shared"], out["shingles"], out["other_shingles"] = shared, count[first], count[second]
    out["jaccard"] = shared / (count[first] + count[second] - shared)
    out["containment"] = shared / np.minimum(count[first], count[second])
    order = ["containment", "article", "other"]
    return out.astype({"article": "str", "other": "str"}).sort_values(
        order, ascending=[False, True, True], ignore_index=True
    )


def candidates(table: Any, near: float) -> Ids:
    """Return the pairs of rows of a 0/1 matrix whose Jaccard is likely to be `near` or more, as two rows of ids."""
    from datasketch import MinHash, MinHashLSH

    index = MinHashLSH(threshold=near, num_perm=PERMUTATIONS)
    pairs = []
    for row in range(table.shape[0]):
        codes = table.indices[table.indptr[row] : table.indptr[row + 1]]
        if len(codes):
            sketch = MinHash(PERMUTATIONS, seed=1, hashfunc=int)
            sketch.update_batch(codes)
            pairs += [(other, row) for other in sorted(index.query(sketch))]
            index.insert(row, sketch, check_duplication=False)
    return np.array(pairs, np.int64).reshape(-1, 2).T


def passages(corpus: "Corpus", size: int = SIZE) -> pd.DataFrame:
    """Return the longest runs of at least `size` words that two articles share, longest first.

    Columns: words; article, sentence, start, end, text; other, other_sentence, other_start, other_end, other_text.
    Same words by arrowtext.tokens (case, punctuation and possessives may differ); a run may go on over sentences:
    `sentence` is where it begins, offsets count Unicode characters of articles.text.
    """
    sentences, row, found = stream(corpus, size)
    pairs = found.merge(found, on="code", suffixes=("", "_other"))
    pairs = pairs[pairs["article"] < pairs["article_other"]]
    pairs["shift"] = pairs["position_other"] - pairs["position"]
    pairs = pairs.sort_values(["article", "article_other", "shift", "position"], ignore_index=True)
    new = (pairs[["article", "article_other", "shift"]].diff() != 0).any(axis=1) | (
        pairs["position"].diff() != 1
    )
    runs = pairs.groupby(new.cumsum()).agg(
        first=("position", "min"), last=("position", "max"), shift=("shift", "min")
    )
    words = runs["last"] - runs["first"] + size
    sides = [
        place(corpus, sentences, row, runs["first"] + shift, runs["last"] + shift + size - 1)
        for shift in (0, runs["shift"])
    ]
    sides[1].columns = ["other", *(f"other_{name}" for name in ENDS[1:])]
    out = pd.concat([words.rename("words").reset_index(drop=True), *sides], axis=1)
    keys = ["words", "article", "start", "other", "other_start"]
    return out.sort_values(keys, ascending=[False, True, True, True, True], ignore_index=True)


def place(
    corpus: "Corpus", sentences: pd.DataFrame, row: Ids, first: pd.Series, last: pd.Series
) -> pd.DataFrame:
    """Return where runs of words stand: article, sentence, start, end, text; words are given by position."""
    lines = {name: sentences[name].to_list() for name in ("article", "sentence", "start", "text")}
    texts = corpus.articles.set_index("article")["text"].to_dict()
    begins = np.searchsorted(row, np.arange(len(sentences)))
    spans = cache(lambda line: word_spans(lines["text"][line]))
    rows = []
    for one, two in zip(first, last, strict=True):
        line, until = row[one], row[two]
        article = lines["article"][line]
        start = lines["start"][line] + spans(line)[one - begins[line]][0]
        end = lines["start"][until] + spans(until)[two - begins[until]][1]
        rows.append((article, lines["sentence"][line], start, end, texts[article][start:end]))
    return pd.DataFrame(rows, columns=ENDS).astype({"article": "str", "text": "str"})


def word_spans(text: str) -> list[tuple[int, int]]:
    """Return where each of arrowtext.tokens(text) begins and ends in `text`."""
    cleaned = arrowtext.clean(text)
    found = [hit.span() for hit in re.finditer(arrowtext.WORD, cleaned)]
    if len(cleaned) == len(text):
        return found

    def back(offset: int) -> int:
        return bisect_left(range(len(text)), offset, key=lambda end: len(arrowtext.clean(text[:end])))

    return [(back(start), back(end)) for start, end in found]


def retold(corpus: "Corpus", days: int = 3, least: float = 0.3) -> pd.DataFrame:
    """Return pairs of articles that may tell the same event, in whatever words, most alike first.

    What is measured is vocabulary, not meaning: the cosine of their words without stop words, weighted by tf-idf
    (smoothed, L2). Pairs published more than `days` apart are left out; where a day is unknown the pair stays and
    `days` is missing. Columns: article, other, days, cosine (0 to 1, at least `least`).
    """
    from scipy.sparse import csr_array

    weights = terms.tf_idf(terms.counts(corpus, n=(1,)))
    row, names = pd.factorize(weights["article"], sort=True)
    column, _ = pd.factorize(weights["term"], sort=True)
    table = csr_array(
        (weights["tf_idf_smooth_l2"].to_numpy(float), (row, column)),
        shape=(len(names), column.max(initial=-1) + 1),
    )
    day = corpus.articles.set_index("article")["published"].reindex(names)
    parts = []
    for begin in range(0, len(names), 1024):
        alike = (table[begin : begin + 1024] @ table.T).tocoo()
        good = (alike.data >= least) & (alike.row + begin < alike.col)
        parts.append(np.array([alike.row[good] + begin, alike.col[good], alike.data[good]]))
    first, second, cosine = np.concatenate(parts, axis=1) if parts else np.zeros((3, 0))
    out = pd.DataFrame({"article": names[first.astype(int)], "other": names[second.astype(int)]}, dtype="str")
    out["days"] = np.abs((day.to_numpy()[second.astype(int)] - day.to_numpy()[first.astype(int)])).astype(
        "m8[D]"
    )
    out["days"] = out["days"].dt.days.astype("Int64")
    out = out.assign(cosine=cosine)[~(out["days"] > days).fillna(False)]
    return out.sort_values(["cosine", "article", "other"], ascending=[False, True, True], ignore_index=True)


def without_copies(
    corpus: "Corpus",
    level: Literal["article", "passage"] = "article",
    threshold: float = 0.5,
    size: int = SIZE,
) -> "Corpus":
    """Return the corpus with copies counted once; the earliest published stands for them, then the first by id.

    `level` "article" leaves out each article whose Jaccard with one that is kept, or with a copy of it, reaches
    `threshold`; "passage" leaves out each sentence of which at least `threshold` of the words stand, in runs of
    `size` words, in an earlier article.
    """
    if level == "article":
        rank = ranks(corpus)
        leaders = representatives(similarity(corpus, size), rank, threshold)
        kept = leaders.index[leaders == rank]
        return corpus._replace(
            articles=corpus.articles[corpus.articles["article"].isin(kept)].reset_index(drop=True),
            sentences=corpus.sentences[corpus.sentences["article"].isin(kept)].reset_index(drop=True),
        )
    gone = pd.MultiIndex.from_frame(copies(corpus, threshold, size)[["article", "sentence"]])
    here = pd.MultiIndex.from_frame(corpus.sentences[["article", "sentence"]])
    return corpus._replace(sentences=corpus.sentences[~here.isin(gone)].reset_index(drop=True))


def ranks(corpus: "Corpus") -> pd.Series:
    """Return each article's place in time: by day published (unknown last), then by id."""
    order = corpus.articles.sort_values(["published", "article"], na_position="last")["article"]
    return pd.Series(range(len(order)), index=order.to_list())


def copies(corpus: "Corpus", threshold: float = 0.5, size: int = SIZE) -> pd.DataFrame:
    """Return the sentences that repeat an earlier article: article, sentence, copied.

    `copied` is the share of the sentence's words that stand, in runs of `size` words or more, in an article
    published earlier (or the same day, with a smaller id); rows have at least `threshold`.
    """
    sentences, row, found = stream(corpus, size)
    rank = ranks(corpus).reindex(sentences["article"]).to_numpy()[row[found["position"]]]
    first = pd.Series(rank).groupby(found["code"].to_numpy()).transform("min").to_numpy()
    copied = np.zeros(len(row), bool)
    copied[(found["position"].to_numpy()[rank > first, None] + np.arange(size)).ravel()] = True
    words = np.bincount(row, minlength=len(sentences))
    share = np.bincount(row, copied, len(sentences)) / np.maximum(words, 1)
    out = sentences[["article", "sentence"]].assign(copied=share)
    return out[share >= threshold].reset_index(drop=True)


def representatives(pairs: pd.DataFrame, rank: pd.Series, threshold: float) -> pd.Series:
    """Return the lowest rank in each article's group of copies, by article."""
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    near = pairs[pairs["jaccard"] >= threshold]
    ends = [rank.reindex(near[name]).to_numpy(int) for name in ("article", "other")]
    _, group = connected_components(
        coo_array((np.ones(len(near)), ends), shape=(len(rank),) * 2), directed=False
    )
    return pd.Series(group, index=rank.index).pipe(lambda groups: rank.groupby(groups).transform("min"))
