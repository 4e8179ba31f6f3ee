"""Intervals, dispersion and adjustment for counts of words in articles; arrays in, arrays out."""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

Array = npt.NDArray[np.float64]
SEED = 20240613


class Interval(NamedTuple):
    """The two ends of a confidence interval, one value per row."""

    low: Array
    high: Array


def wilson(
    hits: npt.ArrayLike, of: npt.ArrayLike, confidence: float = 0.95, corrected: bool = False
) -> Interval:
    """Return Wilson's score interval (1927) of the shares `hits` / `of`, as fractions; missing where `of` is 0.

    `corrected` adds the continuity correction (Newcombe 1998, method 4).
    """
    from scipy.special import ndtri

    x, n = np.broadcast_arrays(np.asarray(hits, float), np.asarray(of, float))
    n = np.where(n > 0, n, np.nan)
    p, z = x / n, ndtri((1 + confidence) / 2)
    c = float(corrected)
    middle, below = 2 * x + z**2, z**2 - c * (2 + 1 / n)
    low = (middle - c - z * np.sqrt(below + 4 * p * (n * (1 - p) + c))) / (2 * (n + z**2))
    high = (middle + c + z * np.sqrt(below + 4 * c + 4 * p * (n * (1 - p) - c))) / (2 * (n + z**2))
    return Interval(np.where(x == 0, 0 * n, low), np.where(x == n, 0 * n + 1, high))


def poisson_interval(count: npt.ArrayLike, exposure: npt.ArrayLike, confidence: float = 0.95) -> Interval:
    """Return the exact Poisson interval (Garwood 1936) of the rates `count` / `exposure`."""
    from scipy.stats import chi2

    k, t = np.broadcast_arrays(np.asarray(count, float), np.asarray(exposure, float))
    t, tail = np.where(t > 0, t, np.nan), (1 - confidence) / 2
    low = np.where(k > 0, chi2.ppf(tail, 2 * np.maximum(k, 0.5)), 0) / 2 / t
    return Interval(low, chi2.isf(tail, 2 * k + 2) / 2 / t)


def resamples(articles: int, times: int = 999, seed: int = SEED) -> Array:
    """Return (times, articles): how often each article is drawn when whole articles are drawn with replacement."""
    draws = np.random.default_rng(seed).multinomial(articles, np.full(articles, 1 / articles), size=times)
    return draws.astype(np.float64)


def bootstrap(
    terms: pd.DataFrame, words: pd.Series, times: int = 999, confidence: float = 0.95, seed: int = SEED
) -> pd.DataFrame:
    """Return the percentile bootstrap interval of each term's rate per 1,000 words, over articles, not words.

    `terms` has article, term, n; `words` maps every article to its words. Columns: low, high, by term.
    """
    from scipy.sparse import csc_array

    words = words.sort_index()
    term, names = pd.factorize(terms["term"], sort=True)
    rows = words.index.get_indexer(pd.Index(terms["article"]))
    table = csc_array((terms["n"].to_numpy(float), (rows, term)), shape=(len(words), len(names)))
    weights = resamples(len(words), times, seed) if len(words) else np.zeros((times, 0))
    with np.errstate(invalid="ignore", divide="ignore"):
        per = 1000 / (weights @ words.to_numpy(float))
    tail, step, ends = (1 - confidence) / 2, 4096, []
    for first in range(0, len(names), step):
        rates = (weights @ table[:, first : first + step]) * per[:, None]
        ends.append(np.nanquantile(rates, [tail, 1 - tail], axis=0))
    both = np.concatenate(ends, axis=1) if ends else np.zeros((2, 0))
    return pd.DataFrame({"low": both[0], "high": both[1]}, index=pd.Index(names, name="term"))


def dispersion(terms: pd.DataFrame, words: pd.Series) -> pd.DataFrame:
    """Return how evenly each term spreads over articles, by term.

    DP (Gries 2008: 0 even, 1 clumped) and DPnorm (Lijffijt and Gries 2012); Juilland's D, Rosengren's S, the
    Kullback-Leibler divergence KL in bits, range, sd and vc as in Gries (2019). `terms` has article, term, n;
    `words` maps every article to its words. Missing for fewer than two articles. DP grows with the number of
    articles, and cannot show evenness when there are more articles than occurrences (Nelson 2023).
    """
    from scipy.special import rel_entr

    words = words[words > 0].astype(float)
    term, names = pd.factorize(terms["term"], sort=True)
    size = words.reindex(terms["article"]).to_numpy()
    n = terms["n"].to_numpy(float)
    parts, least = (float(len(words)), words.min() / words.sum()) if len(words) > 1 else (np.nan, np.nan)

    def total(values: Array) -> Array:
        return np.bincount(term, values, len(names))

    f = total(n)
    v, s, rate = n / f[term], size / words.sum(), n / size
    dp = (1 + total(np.abs(v - s) - s)) / 2
    spread, rates = np.sqrt(np.maximum(total(n**2) / parts - (f / parts) ** 2, 0)), total(rate)
    uneven = np.sqrt(np.maximum(parts * total(rate**2) / rates**2 - 1, 0))
    out = {
        "DP": dp + 0 * parts,
        "DPnorm": dp / (1 - least),
        "D": 1 - uneven / np.sqrt(parts - 1),
        "S": total(np.sqrt(n * s)) ** 2 / f + 0 * parts,
        "KL": total(rel_entr(v, s)) / np.log(2) + 0 * parts,
        "range": np.bincount(term, minlength=len(names)),
        "sd": spread,
        "vc": spread / (f / parts),
    }
    return pd.DataFrame(out, index=pd.Index(names, name="term"))


def adjusted(p: npt.ArrayLike) -> Array:
    """Return p values adjusted for their number (Benjamini and Hochberg 1995); a missing one stays missing."""
    from scipy.stats import false_discovery_control

    p = np.asarray(p, float)
    out = np.full(p.shape, np.nan)
    known = ~np.isnan(p)
    if known.any():
        out[known] = false_discovery_control(p[known])
    return out
