"""Published values first; each says where it was printed."""

from collections import Counter

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binomtest, bootstrap, false_discovery_control

from pactlens import statistics


def table(*texts: str) -> tuple[pd.DataFrame, pd.Series]:
    """Return article, term, n and the words by article of texts whose words are parted by spaces."""
    rows = [(f"{i}", term, n) for i, text in enumerate(texts) for term, n in Counter(text.split()).items()]
    words = pd.Series({f"{i}": len(text.split()) for i, text in enumerate(texts)})
    return pd.DataFrame(rows, columns=["article", "term", "n"]), words


@pytest.mark.parametrize(
    ("hits", "of", "low", "high"),
    [
        # Newcombe (1998), Statistics in Medicine 17:857, table I, method 3.
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0, 0.1611),
        (1, 29, 0.0061, 0.1718),
        # 10 of 100 is not in that table; pycorpdiff cites it with .0553 and .1747.
        (10, 100, 0.0552, 0.1744),
    ],
)
def test_wilson_published(hits: int, of: int, low: float, high: float) -> None:
    assert statistics.wilson(hits, of) == pytest.approx((low, high), abs=5.1e-5)


def test_wilson_with_continuity_correction_published() -> None:
    # Newcombe (1998), method 4, recomputed with statsmodels: Wilson's ends half a hit further out.
    low, high = (statistics.wilson(81 + half, 263) for half in (-0.5, 0.5))
    assert (low[0], high[1]) == pytest.approx((0.2535, 0.3682), abs=5.1e-5)


@given(st.integers(1, 500), st.data())
def test_wilson_is_scipys(of: int, data: st.DataObject) -> None:
    hits = data.draw(st.integers(0, of))
    expected = binomtest(hits, of).proportion_ci(method="wilson")
    assert statistics.wilson(hits, of) == pytest.approx(expected, abs=1e-12)


def test_nothing_counted_gives_no_interval() -> None:
    assert np.isnan(statistics.wilson([0], [0])).all()
    assert np.isnan(statistics.poisson_interval([0], [0])).all()


def test_poisson_published() -> None:
    # R manual, poisson.test: 137 events in 24.19893.
    assert statistics.poisson_interval(137, 24.19893) == pytest.approx((4.753125, 6.692709), abs=1e-6)
    # poissonCI documentation, Bortkiewicz' horse kicks: 196 in 280.
    assert statistics.poisson_interval(196, 280) == pytest.approx((0.6054271, 0.8051570), abs=1e-6)
    assert statistics.poisson_interval(0, 1) == pytest.approx((0, -np.log(0.025)))


PARTS = (
    "b a m n i b e u p",
    "b a s a t b e w q n",
    "b c a g a b e s t a",
    "b a g h a b e a a t",
    "b a h a a b e a x a t",
)


@pytest.mark.parametrize(
    ("term", "expected"),
    [
        # Gries (2019, 2021), also scattertext's test_Dispersion.py.
        ("b", {"DP": 0.02, "DPnorm": 0.024, "D": 0.968, "S": 0.999, "KL": 0.003, "range": 5, "sd": 0}),
        ("i", {"DP": 0.82, "DPnorm": 1, "D": 0, "S": 0.18, "KL": 2.474, "range": 1, "sd": 0.4}),
        ("q", {"DP": 0.8, "DPnorm": 0.976, "D": 0, "S": 0.2, "KL": 2.322, "range": 1, "sd": 0.4}),
        ("x", {"DP": 0.78, "DPnorm": 0.951, "D": 0, "S": 0.22, "KL": 2.184, "range": 1, "sd": 0.4}),
        (
            "a",
            {"DP": 0.18, "DPnorm": 0.2195, "D": 0.7852, "S": 0.9498, "KL": 0.137, "sd": 1.4142, "vc": 0.4714},
        ),
    ],
)
def test_dispersion_published(term: str, expected: dict[str, float]) -> None:
    got = statistics.dispersion(*table(*PARTS)).loc[term, list(expected)].to_dict()
    digits = 5.1e-5 if term == "a" else 5.1e-4
    assert got == pytest.approx(expected, abs=digits)


def test_dispersion_of_allemand() -> None:
    # Lyne (1985), as the README of tlda prints it: 0.4990705; all digits recomputed.
    sizes = pd.Series([8143, 8058, 8271, 8125, 7959, 7941, 8146, 8001, 8003, 7930])
    hits = pd.DataFrame({"article": range(10), "term": "ALLEMAND", "n": [2, 0, 1, 1, 3, 0, 3, 0, 0, 0]})
    for rows in (hits, hits[hits["n"] > 0]):
        assert statistics.dispersion(rows, sizes)["DP"].item() == pytest.approx(0.49907045, abs=1e-8)


def test_dispersion_needs_two_articles() -> None:
    alone = statistics.dispersion(*table("peace and peace"))
    assert alone[["DP", "DPnorm", "D", "S", "KL"]].isna().all(axis=None)


def test_bootstrap_agrees_with_scipys() -> None:
    rng = np.random.default_rng(7)
    size = rng.integers(200, 900, 60)
    hits = rng.poisson(size / 100)
    words = pd.Series(size, index=[f"{i:02}" for i in range(60)])
    terms = pd.DataFrame({"article": words.index, "term": "pact", "n": hits})

    def rate(n: np.ndarray, of: np.ndarray) -> float:
        return float(1000 * n.sum() / of.sum())

    expected = bootstrap(
        (hits, size), rate, paired=True, vectorized=False, method="percentile", n_resamples=4999, rng=rng
    ).confidence_interval
    got = statistics.bootstrap(terms, words, times=4999).iloc[0]
    assert got.to_list() == pytest.approx(list(expected), rel=0.03)


def test_bootstrap_is_the_same_in_any_order_and_every_time() -> None:
    terms, words = table("peace now", "war and peace", "war", "a pact")
    once = statistics.bootstrap(terms, words)
    again = statistics.bootstrap(terms.sample(frac=1, random_state=1), words.sample(frac=1, random_state=2))
    pd.testing.assert_frame_equal(once, again)
    assert once.loc["now", "low"] == 0


def test_adjusted() -> None:
    # Benjamini and Hochberg (1995), section 3.2: the 4 smallest of 15 are kept at .05.
    p = [
        0.0001,
        0.0004,
        0.0019,
        0.0095,
        0.0201,
        0.0278,
        0.0298,
        0.0344,
        0.0459,
        0.3240,
        0.4262,
        0.5719,
        0.6528,
        0.7590,
        1,
    ]
    assert (false_discovery_control(p) <= 0.05).sum() == 4


def test_articles_without_words_leave_the_bootstrap_as_it_is() -> None:
    counts = pd.DataFrame({"article": ["a", "b"], "term": "pact", "n": [2, 1]})
    words = pd.Series({"a": 100, "b": 50})
    empty = pd.Series({f"c{n}": 0 for n in range(500)})
    with_empty = statistics.bootstrap(counts, pd.concat([words, empty]))
    pd.testing.assert_frame_equal(with_empty, statistics.bootstrap(counts, words))
