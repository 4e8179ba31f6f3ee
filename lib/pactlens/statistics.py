"""Intervals and dispersion for counts of words in articles; arrays in, arrays out."""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

Array = npt.NDArray[np.float64]
SEED = 20240613
# Terms whose resampled rates are in memory at a time.
BATCH = 4096


class Interval(NamedTuple):
    """The two ends of a 95 % confidence interval, one value a row."""

    low: Array
    high: Array


def wilson(hits: npt.ArrayLike, of: npt.ArrayLike) -> Interval:
    """Return Wilson's score interval (1927) of the shares `hits` / `of`; missing where `of` is 0."""
    x, n = np.broadcast_arrays(np.asarray(hits, float), np.asarray(of, float))
    n = np.where(n > 0, n, np.nan)
    z = 1.959963984540054
    half = z * np.sqrt(x * (1 - x / n) + z**2 / 4) / (n + z**2)
    middle = (x + z**2 / 2) / (n + z**2)
    return Interval(np.maximum(middle - half, 0), np.minimum(middle + half, 1))


def poisson_interval(count: npt.ArrayLike, exposure: npt.ArrayLike) -> Interval:
    """Return the exact Poisson interval (Garwood 1936) of the rates `count` / `exposure`."""
    from scipy.stats import chi2

    k, t = np.broadcast_arrays(np.asarray(count, float), np.asarray(exposure, float))
    t = 2 * np.where(t > 0, t, np.nan)
    low = np.where(k > 0, chi2.ppf(0.025, 2 * np.maximum(k, 0.5)), 0)
    return Interval(low / t, chi2.isf(0.025, 2 * k + 2) / t)


def bootstrap(terms: pd.DataFrame, words: pd.Series, times: int = 999) -> pd.DataFrame:
    """Return the percentile bootstrap interval of each term's rate per 1,000 words: low, high, by term.

    Whole articles are drawn, not words, `times` times with a fixed seed. `terms` has article, term, n;
    `words` maps every article to its words.
    """
    from scipy.sparse import csc_array

    # A draw of articles without words would have no rate.
    words = words[words > 0].sort_index()
    terms = terms[terms["article"].isin(words.index)]
    column, names = pd.factorize(terms["term"], sort=True)
    cells = words.index.get_indexer(pd.Index(terms["article"])), column
    table = csc_array((terms["n"].to_numpy(float), cells), shape=(len(words), len(names)))
    even = np.full(len(words), 1 / max(len(words), 1))
    drawn = np.random.default_rng(SEED).multinomial(len(words), even, size=times).astype(float)
    ends = [np.zeros((2, 0))]
    for first in range(0, len(names), BATCH):
        rates = 1000 * (drawn @ table[:, first : first + BATCH]) / (drawn @ words.to_numpy(float))[:, None]
        ends.append(np.quantile(rates, [0.025, 0.975], axis=0))
    low, high = np.concatenate(ends, axis=1)
    return pd.DataFrame({"low": low, "high": high}, index=pd.Index(names, name="term"))


def dispersion(terms: pd.DataFrame, words: pd.Series) -> pd.DataFrame:
    """Return how evenly each term spreads over articles, by term; missing for fewer than two articles.

    DP (Gries 2008: 0 even, 1 clumped), DPnorm (Lijffijt and Gries 2012); Juilland's D, Rosengren's S, KL
    (divergence in bits), range, sd and vc as in Gries (2019). Arguments as in `bootstrap`. DP grows with the
    number of articles, and cannot show evenness when they outnumber the hits (Nelson 2023).
    """
    from scipy.special import rel_entr

    words = words[words > 0].astype(float)
    column, names = pd.factorize(terms["term"], sort=True)
    n, size = terms["n"].to_numpy(float), words.reindex(terms["article"]).to_numpy()
    parts, least = (float(len(words)), words.min() / words.sum()) if len(words) > 1 else (np.nan, np.nan)

    def total(values: npt.ArrayLike) -> Array:
        return np.bincount(column, values, len(names)).astype(float) + 0 * parts

    f = total(n)
    v, s, mean = n / f[column], size / words.sum(), f / parts
    dp = (1 + total(np.abs(v - s) - s)) / 2
    sd = np.sqrt(np.maximum(total(n**2) / parts - mean**2, 0))
    uneven = np.sqrt(np.maximum(parts * total((n / size) ** 2) / total(n / size) ** 2 - 1, 0))
    out = {"DP": dp, "DPnorm": dp / (1 - least), "D": 1 - uneven / np.sqrt(parts - 1)}
    out |= {"S": total(np.sqrt(n * s)) ** 2 / f, "KL": total(rel_entr(v, s)) / np.log(2)}
    out |= {"range": total((n > 0) * 1.0), "sd": sd, "vc": sd / mean}
    return pd.DataFrame(out, index=pd.Index(names, name="term"))
