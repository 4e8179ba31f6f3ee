"""Counting words and phrases against scikit-learn's CountVectorizer, in the same run."""

import time
from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest
from sklearn.feature_extraction.text import CountVectorizer

from pactlens import arrowtext, concordance, corpus, terms

ROUNDS = 3


def generated(articles: int, seed: int = 20240613) -> corpus.Corpus:
    """Return articles of 16 sentences made of the bundled articles' words and, one in five, invented ones."""
    rng = np.random.default_rng(seed)
    known = np.array(
        sorted({word for text in corpus.load().sentences["text"] for word in text.split()}), object
    )
    letters = rng.integers(97, 123, (60_000, 7)).astype(np.uint8)
    invented = letters.view("S7").astype(str).ravel().astype(object)
    size = articles * 16 * 20
    zipf = np.minimum(rng.zipf(1.3, size), len(invented)) - 1
    words = np.where(rng.random(size) < 0.2, invented[zipf], rng.choice(known, size)).reshape(-1, 20)
    text = pd.Series([" ".join(row) for row in words], dtype="str")
    names = pd.Series(np.repeat([f"a{i:06}" for i in range(articles)], 16), dtype="str")
    sentences = pd.DataFrame({"article": names, "sentence": np.tile(np.arange(16), articles), "text": text})
    length = text.str.len().astype(int) + 1
    sentences["start"] = length.groupby(names).cumsum() - length
    sentences["end"], sentences["part"] = sentences["start"] + length - 1, "body"
    whole = text.groupby(names).agg(" ".join).rename_axis("article").rename("text").reset_index()
    return corpus.Corpus(whole, sentences, pd.DataFrame())


def seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


@pytest.mark.slow
def test_five_times_count_vectorizer(capsys: pytest.CaptureFixture[str]) -> None:
    text = generated(3000)
    megabytes = text.articles["text"].str.len().sum() / 1e6
    # The same phrases at the same cost in both: across sentences there, within them here.
    sklearn = CountVectorizer(ngram_range=(1, 3))
    exact = CountVectorizer(ngram_range=(1, 3), preprocessor=arrowtext.clean, token_pattern=arrowtext.WORD)
    times = {"pactlens": [], "CountVectorizer": [], "with the same words": []}
    for _ in range(ROUNDS):
        times["pactlens"].append(seconds(lambda: terms.counts(text, stop=False, numbers=True)))
        times["CountVectorizer"].append(seconds(lambda: sklearn.fit_transform(text.articles["text"])))
        times["with the same words"].append(seconds(lambda: exact.fit_transform(text.articles["text"])))
    speed = {name: megabytes / float(np.median(spent)) for name, spent in times.items()}
    with capsys.disabled():
        print("\n1- to 3-grams, MB/s:", {name: round(value, 2) for name, value in speed.items()})
    assert speed["pactlens"] >= 5 * speed["CountVectorizer"]


@pytest.mark.slow
def test_concordance_of_a_large_corpus(capsys: pytest.CaptureFixture[str]) -> None:
    text = generated(20_000)
    scan = seconds(lambda: text.sentences["text"].str.contains("secur", case=False))
    spent = seconds(lambda: concordance.concordance(text, "secur*"))
    with capsys.disabled():
        print(
            f"\nsecur* in {len(text.articles):,} articles: {spent:.2f} s; pandas' str.contains {scan:.2f} s"
        )
    assert spent < 10 * scan
