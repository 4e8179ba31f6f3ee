"""Words and phrases: how often each occurs in each article, in all of them, and where the themes are."""

import re
from collections.abc import Sequence
from functools import cache
from typing import Literal

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from pactlens import arrowtext, datafiles, statistics, tables
from pactlens.corpus import Corpus

# Fewer occurrences, or articles, are too few to rank.
LEAST = 5
# Inside a class of characters; arrowtext.clean makes each kind one.
HYPHENS, APOSTROPHES = r"\-\u2010\u2011", r"'\u2019\u02bc"
JOINERS = HYPHENS + APOSTROPHES
SPELT = {"*": rf"(?:\w|[{JOINERS}](?!s\b)(?=\w))*", "-": f"[{HYPHENS}]", "'": f"[{APOSTROPHES}]"}
BEFORE = rf"(?<!\w)(?<!\w[{JOINERS}])(?<!\.[{HYPHENS}])"
AFTER = rf"(?!\w)(?![{HYPHENS}]\w)(?![{APOSTROPHES}](?!s\b)\w)"


@cache
def stop_words() -> tuple[str, frozenset[str]]:
    """Return the name of the stop list in data/stopwords.csv, and its words."""
    listed = datafiles.read("stopwords.csv")
    return ", ".join(listed["list"].unique()), frozenset(listed["word"])


@cache
def phrases() -> pd.DataFrame:
    """Return data/themes.csv: theme, phrase; a * in a phrase stands for any letters."""
    return datafiles.read("themes.csv")


def counts(
    corpus: Corpus,
    n: Sequence[int] = (1, 2, 3),
    stop: bool | Literal["removed"] = True,
    numbers: bool = False,
) -> pd.DataFrame:
    """Return table `terms`: how often each article has each word and each phrase of `n` words.

    Words are those of arrowtext.tokens; a phrase is contiguous words of one sentence, as written. `stop`:
    True leaves out stop words and phrases that begin or end in one ("bridge to nato" stays); False keeps
    everything; "removed" takes stop words out before phrases are made ("bridge nato"). Terms with a number
    in them ("24 hours") are left out unless `numbers`, teasers always. `words` is the article's words before
    any of that. Ordered by length of phrase, article, term. The stop list's name: `.attrs["stop_list"]`.
    """
    sentences = own(corpus).sort_values("article", kind="stable")
    group, articles = pd.factorize(sentences["article"])
    ids, row, vocabulary = arrowtext.words(sentences["text"])
    words = np.bincount(group[row], minlength=len(articles))
    name, listed = stop_words()
    inside = np.array([numbers or any(map(str.isalpha, word)) for word in vocabulary], bool)
    edge = inside & np.array([not stop or word not in listed for word in vocabulary], bool)
    if stop == "removed":
        ids, row = ids[edge[ids]], row[edge[ids]]
    spelled, space = pa.array(vocabulary, pa.large_string()), pa.scalar(" ", pa.large_string())
    parts = []
    for size in n:
        runs = arrowtext.ngrams(ids, row, group, size)
        places = runs[list(range(size))].to_numpy().T
        good = edge[places[0]] & edge[places[-1]] & inside[places].all(axis=0)
        term = pc.binary_join_element_wise(*(spelled.take(pa.array(place[good])) for place in places), space)
        part = pd.DataFrame({"article": runs["group"][good], "n": runs["count"][good]})
        parts.append(part.assign(term=pd.Series(term, part.index, dtype="str")))
    out = pd.concat(parts)
    out["words"] = words[out["article"]]
    out["per_1000"] = 1000 * out["n"] / out["words"]
    out["article"] = articles[out["article"]]
    out = tables.conform("terms", out)
    out.attrs["stop_list"] = name if stop else "none"
    return out


def own(corpus: Corpus) -> pd.DataFrame:
    """Return the sentences of the articles, without those of teasers."""
    return corpus.sentences[corpus.sentences["part"] != "teaser"]


def lengths(terms: pd.DataFrame) -> pd.Series:
    """Return the words of each article that has a row in `terms`, by article."""
    return terms.drop_duplicates("article").set_index("article")["words"].astype("int64").sort_index()


def totals(terms: pd.DataFrame, words: pd.Series | None = None, times: int = 999) -> pd.DataFrame:
    """Return one row a term over all articles, most frequent first, with what is needed to doubt it.

    Columns: term; occurrences; words (of all articles, before stop words are removed); per_1000_words with
    its exact Poisson interval and its bootstrap interval over articles (`times` resamples, fixed seed;
    missing where `times` is 0); articles_containing, articles, share_of_articles with Wilson's interval; DP
    and DPnorm (0 even, 1 clumped); too_few_to_rank (below 5 articles or 5 occurrences); stop_list. All
    intervals are 95 %. `words` maps every article to its words: give it when some articles have no row in
    `terms`.
    """
    words = lengths(terms) if words is None else words
    by = terms.groupby("term", sort=True)["n"]
    out = pd.DataFrame({"occurrences": by.sum().astype("int64"), "words": int(words.sum())})
    out["per_1000_words"] = 1000 * out["occurrences"] / out["words"]
    exact = statistics.poisson_interval(out["occurrences"], out["words"] / 1000)
    out["per_1000_words_poisson_low"], out["per_1000_words_poisson_high"] = exact
    drawn = ["per_1000_words_bootstrap_low", "per_1000_words_bootstrap_high"]
    out[drawn] = statistics.bootstrap(terms, words, times) if times and len(out) else np.nan
    out["articles_containing"], out["articles"] = by.size(), len(words)
    out["share_of_articles"] = out["articles_containing"] / out["articles"]
    share = statistics.wilson(out["articles_containing"], out["articles"])
    out["share_of_articles_wilson_low"], out["share_of_articles_wilson_high"] = share
    out[["DP", "DPnorm"]] = statistics.dispersion(terms, words)[["DP", "DPnorm"]]
    out["too_few_to_rank"] = out[["occurrences", "articles_containing"]].min(axis=1) < LEAST
    out["stop_list"] = terms.attrs.get("stop_list")
    out = out.reset_index()
    return out.sort_values(["occurrences", "term"], ascending=[False, True], ignore_index=True)


def tf_idf(
    terms: pd.DataFrame, variant: Literal["smooth_l2", "plain_l2", "log10"] = "smooth_l2"
) -> pd.DataFrame:
    """Return article, term, n, articles_containing, articles and the weight tf_idf_<variant>.

    "smooth_l2": n x (ln((1 + D) / (1 + df)) + 1), each article's weights scaled to length 1 (scikit-learn's
    default); "plain_l2": the same with ln(D / df) + 1; "log10": n x log10(D / df) (quanteda's default).
    """
    df, d = terms.groupby("term")["n"].transform("size").astype(int), terms["article"].nunique()
    n, more = terms["n"].astype(float), int(variant == "smooth_l2")
    ratio = (d + more) / (df + more)
    weight: pd.Series = n * (np.log10(ratio) if variant == "log10" else np.log(ratio) + 1)
    if variant != "log10":
        weight /= np.sqrt((weight**2).groupby(terms["article"]).transform("sum"))
    out = terms[["article", "term", "n"]].assign(articles_containing=df, articles=d)
    return out.assign(**{f"tf_idf_{variant}": weight})


def themes(corpus: Corpus) -> pd.DataFrame:
    """Return where each theme of data/themes.csv stands, not in teasers: theme, and the columns of `find`."""
    found = {theme: find(own(corpus), list(listed)) for theme, listed in phrases().groupby("theme")["phrase"]}
    out = pd.concat(found, names=["theme", None]).reset_index("theme").astype({"theme": "str"})
    return out.sort_values(["article", "start", "end", "theme"], ignore_index=True)


def find(sentences: pd.DataFrame, queries: Sequence[str]) -> pd.DataFrame:
    """Return where any of the words or phrases stands: article, sentence, start, end, text, in their order.

    Case is ignored. `*` stands for any letters of a word; the words of a phrase may have a line break or a
    hyphen between them. Words end where those of arrowtext.tokens end: "ukraine" is found in "Ukraine's" and
    not in "US-Ukraine". Of phrases that begin at one place, the longest is found. Offsets are those of
    articles.text.
    """
    spelled = [
        rf"[\s{HYPHENS}]+".join("".join(SPELT.get(c, re.escape(c)) for c in part) for part in query.split())
        for query in sorted(queries, key=lambda query: (-len(query), query))
    ]
    wanted = re.compile(f"{BEFORE}(?:{'|'.join(spelled)}){AFTER}", re.IGNORECASE)
    # Arrow looks for the longest letters of each query, so that Python reads only sentences that may match.
    letters = {max(re.findall(r"[^\W_]+", query), key=len) for query in queries}
    near = pc.match_substring_regex(pa.array(sentences["text"]), "(?i)" + "|".join(sorted(letters)))
    few = sentences[np.asarray(near, bool)]
    rows = [
        (article, sentence, start + hit.start(), start + hit.end(), hit.group())
        for article, sentence, start, text in few[["article", "sentence", "start", "text"]].to_numpy(object)
        for hit in wanted.finditer(text)
    ]
    out = pd.DataFrame(rows, columns=["article", "sentence", "start", "end", "text"])
    return out.astype({"article": "str", "sentence": int, "start": int, "end": int, "text": "str"})
