"""Reading signings and claims, mentions included, against spaCy's PhraseMatcher alone, in the same run."""

import pydoc
import random
import string
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from pactlens import claims, corpus, countries, sentences, signings, tables

MEGABYTES = 20
COVERAGE = Path(__file__).parents[1] / "coverage" / "articles"


def generated(megabytes: float, seed: int = 20240613) -> corpus.Corpus:
    """Return articles about anything, a fifth of it names, a country a sentence; one in fifty is labelled."""
    rng = random.Random(seed)
    docs = " ".join(pydoc.getdoc(sys.modules[name]) for name in sorted(sys.modules) if "." not in name)
    words = [word for word in docs.split() if word.isalpha()]
    names = countries.names().tolist()
    labelled = corpus.load(COVERAGE).articles["text"].tolist()
    texts: list[str] = []
    size = 0
    while size < megabytes * 1e6:
        new = ["".join(rng.choices(string.ascii_lowercase, k=7)).capitalize() for _ in range(60)]
        lines = [[*rng.choices(words, k=20), *rng.sample(new, 5), rng.choice(names)] for _ in range(12)]
        prose = " ".join(" ".join(line) + "." for line in lines)
        texts.append(rng.choice(labelled) if rng.random() < 0.02 else prose)
        size += len(texts[-1])
    rows = [{"article": f"a{n:06}", "text": text} for n, text in enumerate(texts)]
    articles = tables.from_rows("articles", rows)
    return corpus.Corpus(articles, sentences.split(articles), tables.from_rows("problems", []))


def seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


@pytest.mark.slow
def test_three_times_phrase_matcher(capsys: pytest.CaptureFixture[str]) -> None:
    spacy = pytest.importorskip("spacy")
    matching = pytest.importorskip("spacy.matcher")
    text = generated(MEGABYTES)
    size = text.articles["text"].str.len().sum() / 1e6
    blank = spacy.blank("en")
    matcher = matching.PhraseMatcher(blank.vocab)
    matcher.add("country", list(blank.pipe(countries.lexicon()["form"].unique())))
    sample = text.articles["text"].sample(frac=0.1, random_state=1).tolist()

    def read() -> list[pd.DataFrame]:
        mentions = countries.mentions(text.sentences)
        return [signings.signings(text, mentions), claims.claims(text, mentions)]

    spent = {
        "mentions": seconds(lambda: countries.mentions(text.sentences)),
        "mentions, signings and claims": seconds(read),
        "PhraseMatcher alone": 10 * seconds(lambda: [matcher(doc) for doc in blank.pipe(sample)]),
    }
    speed = {name: size / took for name, took in spent.items()}
    with capsys.disabled():
        print(f"\n{size:.1f} MB, MB/s:", {name: round(value, 2) for name, value in speed.items()})
    assert speed["mentions, signings and claims"] >= 3 * speed["PhraseMatcher alone"]
