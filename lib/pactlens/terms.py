"""Words and phrases: how often each occurs in each article, in all of them, and where the themes are."""

import re
import unicodedata
from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING, Literal

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from pactlens import datafiles, statistics, tables

if TYPE_CHECKING:
    from pactlens.corpus import Corpus

LEAST = 5
PIECE = "[^\\W_]+(?:[\u0300-\u036f]+[^\\W_]*)*"
WORD = (
    r"(?<![\w.]'(?=s\b))"
    rf"(?:(?:[^\W\d_]\.){{2,}}|\d+(?:[.,]\d+)+|{PIECE})"
    rf"(?:(?:-|'(?!s\b)){PIECE})*"
)
SAME = str.maketrans({"’": "'", "ʼ": "'", "‐": "-", "‑": "-", "\u00ad": None})
Ids = npt.NDArray[np.int64]


def clean(text: str) -> str:
    """Return `text` as WORD expects it: composed, lower-cased, one kind of apostrophe and of hyphen."""
    return unicodedata.normalize("NFC", text).translate(SAME).lower()


def tokens(text: str) -> list[str]:
    """Return the words of `text`: "Ukraine's U.S.-backed F-16s" gives ukraine, u.s.-backed, f-16s.

    Inner apostrophes, hyphens and the dots of initials and numbers are kept; a possessive 's is taken off.
    """
    return re.findall(WORD, clean(text))


@cache
def stop_words() -> tuple[str, frozenset[str]]:
    """Return the name of the stop list in data/stopwords.csv, and its words."""
    listed = datafiles.read("stopwords.csv")
    return ", ".join(listed["list"].unique()), frozenset(listed["word"])


def words(text: pd.Series) -> tuple[Ids, Ids, list[str]]:
    """Return the words of all texts in order, as ids; the row of each; and the sorted vocabulary."""
    found = [tokens(one) for one in text.fillna("")]
    row = np.repeat(np.arange(len(found)), [len(one) for one in found])
    ids, vocabulary = pd.factorize(np.array([w for one in found for w in one], dtype=object), sort=True)
    return ids.astype(np.int64), row.astype(np.int64), list(vocabulary)


def ngrams(ids: Ids, row: Ids, group: Ids, n: int, size: int) -> tuple[Ids, Ids, Ids]:
    """Return the runs of `n` ids within a row, counted by group: group, ids (one column a word), count; sorted.

    `group` gives each row's group; `size` is the number of distinct ids.
    """
    bits = max(size - 1, 1).bit_length()
    start = np.flatnonzero(row[n - 1 :] == row[: len(row) - n + 1])
    key = sum(
        (ids[start + j] << np.int64(bits * (n - 1 - j)) for j in range(n)), np.zeros(len(start), np.int64)
    )
    key, count = np.unique(key | group[row[start]] << np.int64(bits * n), return_counts=True)
    columns = [key >> np.int64(bits * (n - 1 - j)) & np.int64((1 << bits) - 1) for j in range(n)]
    return key >> np.int64(bits * n), np.stack(columns), count


def counts(
    corpus: "Corpus",
    n: Sequence[int] = (1, 2, 3),
    stop: bool | Literal["removed"] = True,
    numbers: bool = False,
    teasers: bool = False,
) -> pd.DataFrame:
    """Return table `terms`: how often each article has each word and each phrase of `n` words.

    Phrases are as written, within one sentence. `stop`: True leaves out stop words and phrases that begin or end
    in one; False keeps everything; "removed" takes stop words out before phrases are made ("bridge nato").
    Terms with a number in them ("24 hours") are left out unless `numbers`; teasers unless `teasers`. `words` is
    the article's words before any of that. The stop list's name is in `.attrs["stop_list"]`.
    """
    sentences = corpus.sentences
    if not teasers:
        sentences = sentences[sentences["part"] != "teaser"]
    ids, row, vocabulary = words(sentences["text"])
    group, articles = pd.factorize(sentences["article"], sort=True)
    length = np.bincount(group[row], minlength=len(articles))
    name, listed = stop_words()
    stopped = np.array([word in listed for word in vocabulary], bool)
    number = np.array([not any(map(str.isalpha, word)) for word in vocabulary], bool) & (not numbers)
    if stop == "removed":
        kept = ~(stopped | number)[ids]
        ids, row = ids[kept], row[kept]
    parts = []
    for size in n:
        article, columns, count = ngrams(ids, row, group, size, len(vocabulary))
        good = ~number[columns].any(axis=0)
        if stop is True:
            good &= ~stopped[columns[0]] & ~stopped[columns[-1]]
        parts.append((article[good], spell(columns[:, good], vocabulary), count[good]))
    article = np.concatenate([part[0] for part in parts])
    order = np.argsort(article, kind="stable")
    article, count = article[order], np.concatenate([part[2] for part in parts])[order]
    term = pa.concat_arrays([part[1] for part in parts]).take(pa.array(order))
    out = pd.DataFrame({"article": articles.take(article), "n": count, "words": length[article]})
    out["term"] = pd.Series(term, dtype="str")
    out["per_1000"] = 1000 * out["n"] / out["words"]
    out = tables.conform("terms", out)
    out.attrs["stop_list"] = name if stop else "none"
    return out


def spell(columns: Ids, vocabulary: list[str]) -> pa.Array:
    """Return the words of each column of ids, joined by a space."""
    known = pa.array(vocabulary, pa.large_string())
    return pc.binary_join_element_wise(
        *[known.take(pa.array(one)) for one in columns], pa.scalar(" ", pa.large_string())
    )


def lengths(terms: pd.DataFrame) -> pd.Series:
    """Return the words of each article that has a row in `terms`, by article."""
    return terms.drop_duplicates("article").set_index("article")["words"].astype("int64").sort_index()


def totals(terms: pd.DataFrame, words: pd.Series | None = None, times: int = 999) -> pd.DataFrame:
    """Return one row a term over all articles, most frequent first, with what is needed to doubt it.

    Columns: term; occurrences; words (of all articles, before stop words are removed); per_1000_words with its
    exact Poisson interval and its bootstrap interval over articles (`times` resamples, fixed seed; missing where
    `times` is 0); articles_containing, articles, share_of_articles with Wilson's interval; DP and DPnorm (0 even,
    1 clumped); too_few_to_rank (below 5 articles or 5 occurrences); stop_list. All intervals are 95 %.
    `words` maps every article to its words: give it when some articles have no row in `terms`.
    """
    words = lengths(terms) if words is None else words
    by = terms.groupby("term", sort=True)["n"]
    out = pd.DataFrame({"occurrences": by.sum().astype("int64"), "words": int(words.sum())})
    out["per_1000_words"] = 1000 * out["occurrences"] / out["words"]
    low, high = statistics.poisson_interval(out["occurrences"], out["words"] / 1000)
    out["per_1000_words_poisson_low"], out["per_1000_words_poisson_high"] = low, high
    ends = (
        statistics.bootstrap(terms, words, times)
        if times
        else pd.DataFrame(columns=["low", "high"], dtype=float)
    )
    out["per_1000_words_bootstrap_low"], out["per_1000_words_bootstrap_high"] = ends["low"], ends["high"]
    out["articles_containing"], out["articles"] = by.size(), len(words)
    out["share_of_articles"] = out["articles_containing"] / out["articles"]
    low, high = statistics.wilson(out["articles_containing"], out["articles"])
    out["share_of_articles_wilson_low"], out["share_of_articles_wilson_high"] = low, high
    out[["DP", "DPnorm"]] = statistics.dispersion(terms, words)[["DP", "DPnorm"]]
    out["too_few_to_rank"] = out[["occurrences", "articles_containing"]].min(axis=1) < LEAST
    out["stop_list"] = terms.attrs.get("stop_list", pd.NA)
    out = out.reset_index().sort_values(["occurrences", "term"], ascending=[False, True], ignore_index=True)
    return out


@cache
def phrases() -> pd.DataFrame:
    """Return data/themes.csv: theme, phrase; a * in a phrase stands for any letters."""
    return datafiles.read("themes.csv")


def pattern(*queries: str) -> re.Pattern[str]:
    """Return the pattern that finds any of the words or phrases, whatever their case, as whole words.

    `*` stands for any letters of a word; words of a phrase may have a line break or a hyphen between them. Words
    end where those of `tokens` end: "ukraine" is found in "Ukraine's" and not in "US-Ukraine".
    """

    def one(query: str) -> str:
        parts = (re.escape(part).replace(r"\*", r"(?:\w|[-‐‑'’ʼ](?!s\b)(?=\w))*") for part in query.split())
        return r"[\s\-‐‑]+".join(part.replace("'", "['’ʼ]").replace(r"\-", "[-‐‑]") for part in parts)

    found = "|".join(one(query) for query in sorted(queries, key=lambda query: (-len(query), query)))
    return re.compile(rf"(?<!\w)(?<!\w[-‐‑'’ʼ])(?:{found})(?!\w)(?![-‐‑]\w)(?!['’ʼ](?!s\b)\w)", re.IGNORECASE)


def themes(corpus: "Corpus", teasers: bool = False) -> pd.DataFrame:
    """Return where each theme of data/themes.csv occurs: theme, article, sentence, start, end, text.

    Offsets count Unicode characters of articles.text. Teasers are left out unless `teasers`.
    """
    sentences = corpus.sentences
    if not teasers:
        sentences = sentences[sentences["part"] != "teaser"]
    rows = []
    for theme, listed in phrases().groupby("theme", sort=False)["phrase"]:
        rows += [(theme, *hit) for hit in find(sentences, pattern(*listed))]
    out = pd.DataFrame(rows, columns=["theme", "article", "sentence", "start", "end", "text"])
    return out.sort_values(["article", "start", "end", "theme"], ignore_index=True)


def find(sentences: pd.DataFrame, wanted: re.Pattern[str]) -> list[tuple[str, int, int, int, str]]:
    """Return each match in `sentences`: article, sentence, start, end (in articles.text), text."""
    return [
        (article, sentence, start + hit.start(), start + hit.end(), hit.group())
        for article, sentence, start, text in zip(
            *(sentences[name] for name in ("article", "sentence", "start", "text")), strict=True
        )
        for hit in wanted.finditer(text)
    ]


def tf_idf(
    terms: pd.DataFrame, variant: Literal["smooth_l2", "plain_l2", "log10"] = "smooth_l2"
) -> pd.DataFrame:
    """Return article, term, n, articles_containing, articles and the weight tf_idf_<variant>.

    "smooth_l2": n x (ln((1 + D) / (1 + df)) + 1), each article's weights scaled to length 1 (scikit-learn's
    default); "plain_l2": the same with ln(D / df) + 1; "log10": n x log10(D / df) (quanteda's default).
    """
    df = terms.groupby("term")["n"].transform("size").to_numpy(float)
    documents = terms["article"].nunique()
    n = terms["n"].to_numpy(float)
    if variant == "log10":
        weight = n * np.log10(documents / df)
    else:
        more = variant == "smooth_l2"
        weight = pd.Series(n * (np.log((documents + more) / (df + more)) + 1))
        weight = weight / np.sqrt((weight**2).groupby(terms["article"].to_numpy()).transform("sum"))
    out = terms[["article", "term", "n"]].assign(articles_containing=df.astype(int), articles=documents)
    out[f"tf_idf_{variant}"] = np.asarray(weight)
    return out
