"""What articles share: passages word for word, and the same event told in other words."""

import re
from bisect import bisect_right
from functools import cache, lru_cache
from typing import Any

import numpy as np
import pandas as pd
from datasketch import MinHash, MinHashLSH
from scipy.sparse import csr_array

from pactlens import arrowtext, tables, terms
from pactlens.corpus import Corpus, words

SIZE = 7
PERMUTATIONS = 128
# Articles compared with all others at a time.
BATCH = 256
# A run of words in more articles than these is boilerplate (100 as in passim): it says nothing of two of
# them, and pairs of all that have it would be without number.
COMMON = 100
Ids = arrowtext.Integers


def _read(corpus: Corpus, size: int) -> tuple[pd.DataFrame, Ids, pd.DataFrame]:
    """Return the sentences without teasers, the sentence of each word, and every shingle of every article.

    Shingles (runs of `size` words, over sentences but not over a teaser) have position, of their first word;
    code, the same for the same words and, as nothing is hashed, for no others; article, by number; and
    articles, how many have it.
    """
    sentences = terms.own(corpus).sort_values(["article", "sentence"], ignore_index=True)
    ids, row, vocabulary = arrowtext.words(sentences["text"])
    number = pd.factorize(sentences["article"])[0]
    gap = (np.diff(number, prepend=0) != 0) | (np.diff(sentences["sentence"].to_numpy(int), prepend=0) > 1)
    code = ids
    for step in range(1, size):
        code = np.unique(code[:-1] * len(vocabulary) + ids[step:], return_inverse=True)[1]
    segment = gap.cumsum()[row]
    position = np.flatnonzero(segment[: len(code)] == segment[size - 1 :])
    found = pd.DataFrame({"position": position, "code": code[position], "article": number[row[position]]})
    each = found[["code", "article"]].drop_duplicates()["code"]
    return sentences, row, found.assign(articles=found["code"].map(each.value_counts()))


def _ordered(pairs: pd.DataFrame, by: str) -> pd.DataFrame:
    """Return pairs of articles with the largest `by` first, ties by name."""
    order = [by, "article", "other"]
    pairs = pairs.astype({"article": "str", "other": "str"})
    return pairs.sort_values(order, ascending=[False, True, True], ignore_index=True)


def similarity(corpus: Corpus, size: int = SIZE, near: float | None = None) -> pd.DataFrame:
    """Return each pair of articles that share a shingle (a run of `size` words), most alike first.

    Columns: article, other, shared (distinct shingles in both), shingles, other_shingles (distinct, in
    each), jaccard (shared / in either; Broder 1997), containment (shared / the smaller of the two). A pair
    without a row shares none. Shingles in more than COMMON articles, boilerplate, are left out. `near`, for
    large corpora, looks only at pairs whose Jaccard is likely to reach it (MinHash and LSH): a few may be
    missed; the values of those found are exact.
    """
    sentences, _, found = _read(corpus, size)
    found = found[found["articles"] <= COMMON]
    names, column = sentences["article"].unique(), pd.factorize(found["code"])[0]
    cells = (np.ones(len(found)), (found["article"], column))
    table = csr_array(cells, shape=(len(names), column.max(initial=-1) + 1)).sign().astype(int)
    if near is None:
        both = (table @ table.T).tocoo()
        above = both.row < both.col
        first, second, shared = both.row[above], both.col[above], both.data[above]
    else:
        first, second = _candidates(table, near)
        shared = table[first].multiply(table[second]).sum(axis=1)
    one, two = table.sum(axis=1)[first], table.sum(axis=1)[second]
    out = pd.DataFrame({"article": names[first], "other": names[second], "shared": shared})
    out["shingles"], out["other_shingles"] = one, two
    out["jaccard"], out["containment"] = shared / (one + two - shared), shared / np.minimum(one, two)
    return _ordered(out[out["shared"] > 0], "containment")


def _candidates(table: Any, near: float) -> tuple[Ids, Ids]:
    """Return pairs of rows of a 0/1 matrix whose Jaccard is likely to reach `near`: lower and higher rows."""
    index, pairs = MinHashLSH(threshold=near, num_perm=PERMUTATIONS), []
    for row in np.flatnonzero(np.diff(table.indptr)).tolist():
        sketch = MinHash(PERMUTATIONS, hashfunc=int)
        sketch.update_batch(table.indices[table.indptr[row] : table.indptr[row + 1]])
        pairs += [(other, row) for other in sorted(index.query(sketch))]
        index.insert(row, sketch, check_duplication=False)
    first, second = np.array(pairs, np.int64).reshape(-1, 2).T
    return first, second


def _runs(some: pd.DataFrame, found: pd.DataFrame) -> Ids:
    """Return the longest runs of shingles that `some` share with later articles: first, last, shift."""
    pairs = some.merge(found, on="code", suffixes=("", "_other"))
    pairs = pairs[pairs["article"] < pairs["article_other"]]
    pairs["shift"] = pairs["position_other"] - pairs["position"]
    along = ["article", "article_other", "shift", "position"]
    pairs = pairs[along].sort_values(along)
    # Shingles that are one word further on in both articles go on with the run.
    begins = (pairs.diff() != [0, 0, 0, 1]).any(axis=1).to_numpy()
    ends = np.append(begins[1:], True)[: len(begins)]
    position = pairs["position"].to_numpy()
    return np.stack([position[begins], position[ends], pairs["shift"].to_numpy()[begins]], axis=1)


def passages(corpus: Corpus, size: int = SIZE) -> pd.DataFrame:
    """Return the longest runs of at least `size` words that two articles share, longest first.

    Columns: words; article, sentence, start, end, text; other, other_sentence, other_start, other_end,
    other_text. The words are the same by arrowtext.tokens: case, punctuation and possessives may differ. A
    run may go on over sentences: `sentence` is where it begins. Offsets are characters of articles.text.
    Runs of `size` words in more than COMMON articles, boilerplate, are left out.
    """
    sentences, row, found = _read(corpus, size)
    found = found[found["articles"].between(2, COMMON)]
    parts = [_runs(some, found) for _, some in found.groupby(found["article"] // BATCH)]
    first, last, shift = np.concatenate([np.zeros((0, 3), int), *parts]).T
    last = last + size - 1
    one, two = (_place(corpus, sentences, row, first + by, last + by) for by in (0, shift))
    two.columns = ["other", *(f"other_{name}" for name in two.columns[1:])]
    out = pd.concat([pd.DataFrame({"words": last - first + 1}), one, two], axis=1)
    keys = ["words", "article", "start", "other", "other_start"]
    return out.sort_values(keys, ascending=[False, True, True, True, True], ignore_index=True)


def _place(corpus: Corpus, sentences: pd.DataFrame, row: Ids, first: Ids, last: Ids) -> pd.DataFrame:
    """Return where runs of words stand, given the positions of their first and last words."""
    begins = np.searchsorted(row, np.arange(len(sentences)))
    starts, texts = sentences["start"].to_list(), sentences["text"].to_list()
    spans = cache(lambda line: word_spans(texts[line]))
    out = sentences[["article", "sentence"]].iloc[row[first]].reset_index(drop=True)
    out["start"] = [starts[line := row[at]] + spans(line)[at - begins[line]][0] for at in first]
    out["end"] = [starts[line := row[at]] + spans(line)[at - begins[line]][1] for at in last]
    whole = corpus.articles.set_index("article")["text"].to_dict()
    places = zip(out["article"], out["start"], out["end"], strict=True)
    return out.assign(text=pd.Series([whole[name][start:end] for name, start, end in places], dtype="str"))


def word_spans(text: str) -> list[tuple[int, int]]:
    """Return where each of arrowtext.tokens(text) begins and ends in `text`."""
    chunks = re.finditer(r"\S+", text, re.ASCII)
    return [(at.start() + low, at.start() + high) for at in chunks for low, high in _spans(at[0])]


@lru_cache(maxsize=2**16)
def _spans(chunk: str) -> list[tuple[int, int]]:
    """Return the same for a chunk between white space, many of which occur again and again."""
    before = [len(arrowtext.clean(chunk[:end])) for end in range(len(chunk) + 1)]
    found = [hit.span() for hit in re.finditer(arrowtext.WORD, arrowtext.clean(chunk))]
    return [(bisect_right(before, start) - 1, bisect_right(before, end) - 1) for start, end in found]


def retold(corpus: Corpus, days: int = 3, least: float = 0.3) -> pd.DataFrame:
    """Return pairs of articles that may tell the same event, in whatever words, most alike first.

    Columns: article, other, days (between them), cosine (`least` to 1), containment (as in `similarity`:
    what stands word for word in both). What is measured is vocabulary, not meaning: the cosine of their
    words without stop words, weighted by tf-idf (smoothed, L2). Pairs published more than `days` apart are
    left out; where a day is unknown the pair stays, and its days are missing.
    """
    out = _alike(corpus, least, days)
    day = corpus.articles.set_index("article")["published"]
    one, two = (day.reindex(out[name]).array for name in ("article", "other"))
    out.insert(2, "days", abs(pd.Series(two - one).dt.days).astype("Int64"))
    verbatim = similarity(corpus)[["article", "other", "containment"]]
    out = out.merge(verbatim, how="left", on=["article", "other"]).fillna({"containment": 0.0})
    return out[~(out["days"] > days).fillna(False)].reset_index(drop=True)


def reworded(corpus: Corpus, least: float = 0.4) -> pd.DataFrame:
    """Return pairs of sentences of two articles that share most of their vocabulary, most alike first.

    Columns: article, sentence, other, other_sentence, cosine (as in `retold`, a sentence in place of an
    article): the same statement, translated or edited. Every sentence is compared with every other: of a
    large corpus, give only the articles that `retold` names.
    """
    own = terms.own(corpus).sort_values(["article", "sentence"], ignore_index=True)
    number = pd.Series([f"{i:09}" for i in own.index], dtype="str")
    pairs = _alike(corpus._replace(sentences=own.assign(article=number)), least)
    one, two = (own.iloc[pairs[name].astype(int)].reset_index() for name in ("article", "other"))
    out = one[["article", "sentence"]].assign(other=two["article"], other_sentence=two["sentence"])
    out["cosine"] = pairs["cosine"]
    return out[out["article"] != out["other"]].reset_index(drop=True)


def _alike(corpus: Corpus, least: float, days: int = 0) -> pd.DataFrame:
    """Return pairs of articles with a cosine of `least` or more: article, other, cosine; most alike first.

    All that are known to be at most `days` apart, or not known to be more, are there, and some of the others.
    """
    weights = terms.tf_idf(terms.counts(corpus, n=(1,)))
    row, names = pd.factorize(weights["article"], sort=True)
    column, vocabulary = pd.factorize(weights["term"])
    values, shape = weights["tf_idf_smooth_l2"].to_numpy(float), (len(names), len(vocabulary))
    table = csr_array((values, (row, column)), shape=shape)
    day = corpus.articles.set_index("article")["published"].reindex(names)
    # Unknown days are last, and near to all.
    on = (day - day.min()).dt.days.fillna(np.inf).to_numpy(float)
    order = np.argsort(on, kind="stable")
    on, known, parts = on[order], np.isfinite(on).sum(), [np.zeros((3, 0))]
    for begin in range(0, len(names), BATCH):
        some = order[begin : begin + BATCH]
        end = np.searchsorted(on, on[begin : begin + BATCH][-1] + days, side="right")
        later = np.concatenate([order[begin:end], order[max(end, known) :]])
        both = (table[some] @ table[later].T).tocoo()
        near = (both.data >= least) & (both.row < both.col)
        parts.append(np.stack([some[both.row], later[both.col], both.data])[:, near])
    first, second, cosine = np.concatenate(parts, axis=1)
    one, two = (names[number] for number in np.sort([first, second], axis=0).astype(int))
    return _ordered(pd.DataFrame({"article": one, "other": two, "cosine": cosine}), "cosine")


def copies(corpus: Corpus, threshold: float = 0.5, size: int = SIZE) -> pd.DataFrame:
    """Return the sentences that repeat an earlier article: article, sentence, copied.

    `copied` is the share of the sentence's words that stand, in runs of `size` words or more, in an article
    published earlier (or the same day, with a smaller id; unknown days last); rows have at least `threshold`.
    """
    sentences, row, found = _read(corpus, size)
    order = corpus.articles.sort_values(["published", "article"], na_position="last")["article"]
    rank = sentences["article"].map(dict(zip(order, range(len(order)), strict=True))).to_numpy()
    found["rank"] = rank[row[found["position"]]]
    again = found.loc[found["rank"] > found.groupby("code")["rank"].transform("min"), "position"].to_numpy()
    copied = np.zeros(len(row), bool)
    copied[(again[:, None] + np.arange(size)).ravel()] = True
    share = pd.Series(copied).groupby(row).mean().reindex(sentences.index)
    out = sentences[["article", "sentence"]].assign(copied=share)
    return out[share >= threshold].reset_index(drop=True)


def without_copies(corpus: Corpus, threshold: float = 0.5) -> Corpus:
    """Return the corpus without the sentences of `copies`, and without their words in articles.words."""
    copied = tables.stands_in(corpus.sentences, copies(corpus, threshold))
    sentences = corpus.sentences[~copied].reset_index(drop=True)
    articles = corpus.articles.assign(words=words(corpus.articles, sentences))
    return corpus._replace(articles=articles, sentences=sentences)
