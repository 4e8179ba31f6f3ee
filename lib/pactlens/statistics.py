"""Intervals and dispersion for counts of words in articles; arrays in, arrays out."""

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.sparse import csc_array
from scipy.special import gammainccinv, gammaincinv, rel_entr

Array = npt.NDArray[np.float64]
# The low and the high ends of 95 % confidence intervals, one value a row.
Interval = tuple[Array, Array]
SEED = 20240613


def wilson(hits: npt.ArrayLike, of: npt.ArrayLike) -> Interval:
    """Return Wilson's score interval (1927) of the shares `hits` / `of`; missing where `of` is 0."""
    x, n = np.asarray(hits, float), np.asarray(of, float)
    n = np.where(n > 0, n, np.nan)
    z = 1.959963984540054
    half = z * np.sqrt(x * (1 - x / n) + z**2 / 4)
    low, high = ((x + z**2 / 2 + end) / (n + z**2) for end in (-half, half))
    return np.maximum(low, 0), np.minimum(high, 1)


def poisson_interval(count: npt.ArrayLike, exposure: npt.ArrayLike) -> Interval:
    """Return the exact Poisson interval (Garwood 1936) of the rates `count` / `exposure`."""
    k, t = np.asarray(count, float), np.asarray(exposure, float)
    t = np.where(t > 0, t, np.nan)
    return np.nan_to_num(gammaincinv(k, 0.025)) / t, gammainccinv(k + 1, 0.025) / t


def bootstrap(terms: pd.DataFrame, words: pd.Series, times: int = 999) -> pd.DataFrame:
    """Return the percentile bootstrap interval of each term's rate per 1,000 words: low, high, by term.

    Whole articles are drawn, not words, `times` times with a fixed seed. `terms` has article, term, n;
    `words` maps every article to its words. Needs 8 bytes of memory a term and draw: give the terms to show.
    """
    # A draw of articles without words would have no rate.
    words = words[words > 0].sort_index()
    terms = terms[terms["article"].isin(words.index)]
    column, names = pd.factorize(terms["term"], sort=True)
    cells = words.index.get_indexer(pd.Index(terms["article"])), column
    table = csc_array((terms["n"].to_numpy(float), cells), shape=(len(words), len(names)))
    even = np.full(len(words), 1 / max(len(words), 1))
    drawn = np.random.default_rng(SEED).multinomial(len(words), even, size=times).astype(float)
    rates = 1000 * (drawn @ table) / (drawn @ words.to_numpy(float))[:, None]
    low, high = np.quantile(rates, [0.025, 0.975], axis=0)
    return pd.DataFrame({"low": low, "high": high}, index=pd.Index(names, name="term"))


def dispersion(terms: pd.DataFrame, words: pd.Series) -> pd.DataFrame:
    """Return how evenly each term spreads over articles, by term; missing for fewer than two articles.

    DP (Gries 2008: 0 even, 1 clumped), DPnorm (Lijffijt and Gries 2012); Juilland's D, Rosengren's S, KL
    (divergence in bits), range, sd and vc as in Gries (2019). Arguments as in `bootstrap`. DP grows with the
    number of articles, and cannot show evenness when they outnumber the hits (Nelson 2023).
    """
    words = words[words > 0].astype(float)
    parts, shares = (len(words) if len(words) > 1 else np.nan), words / words.sum()
    column, names = pd.factorize(terms["term"], sort=True)
    n, s = terms["n"].to_numpy(float), shares.reindex(terms["article"]).to_numpy()

    def total(values: npt.ArrayLike) -> Array:
        return np.bincount(column, values, len(names)).astype(float) + 0 * parts

    f = total(n)
    v, mean = n / f[column], f / parts
    dp = (1 + total(np.abs(v - s) - s)) / 2
    sd = np.sqrt(np.maximum(total(n**2) / parts - mean**2, 0))
    uneven = np.sqrt(np.maximum(parts * total((n / s) ** 2) / total(n / s) ** 2 - 1, 0))
    out = {"DP": dp, "DPnorm": dp / (1 - shares.min()), "D": 1 - uneven / np.sqrt(parts - 1)}
    out |= {"S": total(np.sqrt(n * s)) ** 2 / f, "KL": total(rel_entr(v, s)) / np.log(2)}
    out |= {"range": total(1.0 * (n > 0)), "sd": sd, "vc": sd / mean}
    return pd.DataFrame(out, index=pd.Index(names, name="term"))
