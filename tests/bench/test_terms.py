"""Counting words and phrases against scikit-learn's CountVectorizer, in the same run."""

import time
from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest
from sklearn.feature_extraction.text import CountVectorizer

from pactlens import arrowtext, concordance, corpus, terms

ROUNDS = 2


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
    """Return the processor time of some work, which other work on the machine hardly changes."""
    start = time.process_time()
    work()
    return time.process_time() - start


@pytest.mark.slow
def test_five_times_count_vectorizer(capsys: pytest.CaptureFixture[str]) -> None:
    text = generated(2000)
    megabytes = text.articles["text"].str.len().sum() / 1e6
    sklearn = CountVectorizer(ngram_range=(1, 3))
    exact = CountVectorizer(ngram_range=(1, 3), preprocessor=arrowtext.clean, token_pattern=arrowtext.WORD)
    work = {
        "pactlens": lambda: terms.counts(text, stop=False, numbers=True),
        "CountVectorizer": lambda: sklearn.fit_transform(text.articles["text"]),
        "CountVectorizer with our words": lambda: exact.fit_transform(text.articles["text"]),
    }
    spent = {name: [seconds(one) for _ in range(ROUNDS)] for name, one in work.items()}
    speed = {name: megabytes / min(times) for name, times in spent.items()}
    with capsys.disabled():
        print("\n1- to 3-grams, MB/s:", {name: f"{value:.1f}" for name, value in speed.items()})
    assert speed["pactlens"] >= 5 * speed["CountVectorizer"]


@pytest.mark.slow
def test_concordance_of_a_large_corpus(capsys: pytest.CaptureFixture[str]) -> None:
    text = generated(20_000)
    scan = seconds(lambda: text.sentences["text"].str.contains("ratif", case=False))
    spent = seconds(lambda: concordance.concordance(text, "ratif*"))
    with capsys.disabled():
        print(f"\nratif* in {len(text.articles):,} articles: {spent:.2f} s; str.contains: {scan:.2f} s")
    assert spent < max(1, 20 * scan)
