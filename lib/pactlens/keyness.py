"""Which words one group of articles uses more than the rest: effect sizes, tests, and their doubts."""

from collections.abc import Collection

import numpy as np
import numpy.typing as npt
import pandas as pd

from pactlens import statistics
from pactlens.errors import PactlensError
from pactlens.terms import LEAST, lengths

Array = npt.NDArray[np.float64]


def likelihood_ratio(
    a: npt.ArrayLike, b: npt.ArrayLike, n1: npt.ArrayLike, n2: npt.ArrayLike, cells: int = 4
) -> Array:
    """Return G2 of `a` hits in `n1` words against `b` in `n2`, negative where the first rate is the lower.

    `cells` 4 (Dunning 1993) adds the words that are not hits to the 2 of Rayson and Garside (2000).
    """
    from scipy.special import rel_entr

    a, b, n1, n2 = (np.asarray(value, float) for value in (a, b, n1, n2))
    share = (a + b) / (n1 + n2)
    out = rel_entr(a, n1 * share) + rel_entr(b, n2 * share)
    if cells == 4:
        out = out + rel_entr(n1 - a, n1 * (1 - share)) + rel_entr(n2 - b, n2 * (1 - share))
    return np.sign(a / n1 - b / n2) * 2 * out


def log_ratio(a: npt.ArrayLike, b: npt.ArrayLike, n1: npt.ArrayLike, n2: npt.ArrayLike) -> Array:
    """Return log2 of the ratio of rates (Hardie 2014); where one count is 0, 0.5 is added to both counts."""
    a, b, n1, n2 = (np.asarray(value, float) for value in (a, b, n1, n2))
    more = 0.5 * ((a == 0) | (b == 0))
    return np.log2((a + more) / n1) - np.log2((b + more) / n2)


def log_ratio_bound(
    a: npt.ArrayLike,
    b: npt.ArrayLike,
    n1: npt.ArrayLike,
    n2: npt.ArrayLike,
    confidence: float = 0.95,
    tests: int = 1,
) -> Array:
    """Return the end of the log ratio's interval that is nearer to 0, or 0 if it holds 0 (LRC, Evert 2022).

    The interval is Clopper and Pearson's for a / (a + b); `tests` > 1 is Bonferroni's correction for so many.
    """
    from scipy.special import betaincinv

    a, b, n1, n2 = (np.asarray(value, float) for value in (a, b, n1, n2))
    tail = (1 - confidence) / 2 / tests
    low = np.where(a > 0, betaincinv(np.maximum(a, 0.5), b + 1, tail), 0)
    high = np.where(b > 0, betaincinv(a + 1, np.maximum(b, 0.5), 1 - tail), 1)
    with np.errstate(divide="ignore"):
        ends = [np.log2(share) - np.log2(1 - share) + np.log2(n2 / n1) for share in (low, high)]
    return np.where(a / n1 > b / n2, np.maximum(ends[0], 0), np.minimum(ends[1], 0))


def log_odds(
    a: npt.ArrayLike,
    b: npt.ArrayLike,
    n1: npt.ArrayLike,
    n2: npt.ArrayLike,
    prior: npt.ArrayLike,
    prior_total: float,
    variance: int = 4,
) -> tuple[Array, Array]:
    """Return the weighted log odds ratio and its z (Monroe, Colaresi and Quinn 2008, eqs 15 to 22).

    `prior` has each term's pseudo-count (informative Dirichlet prior), `prior_total` their sum over all words.
    `variance` 2 keeps the terms of the hits only, 4 adds those of the other words.
    """
    first, second = np.asarray(a, float) + prior, np.asarray(b, float) + prior
    rest1, rest2 = np.asarray(n1, float) + prior_total - first, np.asarray(n2, float) + prior_total - second
    delta = np.log(first / rest1) - np.log(second / rest2)
    var = 1 / first + 1 / second + (1 / rest1 + 1 / rest2 if variance == 4 else 0)
    return delta, delta / np.sqrt(var)


def keyness(
    terms: pd.DataFrame,
    target: pd.Series | Collection[str],
    *,
    words: pd.Series | None = None,
    cells: int = 4,
    variance: int = 4,
    least: int = LEAST,
) -> pd.DataFrame:
    """Return how the articles of `target` differ from the rest in each term that occurs `least` times in both.

    `target`: ids of articles, or a boolean Series by article (missing: in neither group). Sorted by conservative
    log ratio, then G2. Columns: term; a, b (occurrences in target and rest); n1, n2 (words of each); per_1000_words
    of each; G2_4_cell (or G2_2_cell), p and p_adjusted (Benjamini and Hochberg over the rows); log_ratio,
    log_ratio_smoothed (True: 0.5 was added) and log_ratio_conservative (95 %, Bonferroni over the rows); log_odds
    and z_4_term (or z_2_term), group against rest, the prior being the pooled counts; DP of each group;
    one_article (True: one article has more than half of the occurrences).
    """
    words = lengths(terms) if words is None else words
    inside = member(words, target)
    groups = {"target": words.index[inside == 1], "rest": words.index[inside == 0]}
    sizes = [float(words[group].sum()) for group in groups.values()]
    if not all(sizes):
        raise PactlensError("keyness needs words in the target and in the rest: choose another group")
    ours = terms[terms["article"].isin(groups["target"].append(groups["rest"]))]
    ours = ours.assign(inside=ours["article"].isin(groups["target"]))
    by = ours.groupby("term")["n"]
    out = pd.DataFrame(
        {"a": ours[ours["inside"]].groupby("term")["n"].sum(), "all": by.sum(), "top": by.max()}
    )
    out = out.fillna({"a": 0}).astype("int64")
    out = out[out["all"] >= least].assign(b=lambda frame: frame["all"] - frame["a"])
    a, b = out["a"].to_numpy(float), out["b"].to_numpy(float)
    n1, n2 = sizes
    out["n1"], out["n2"] = int(n1), int(n2)
    out["per_1000_words_target"], out["per_1000_words_rest"] = 1000 * a / n1, 1000 * b / n2
    g2 = f"G2_{cells}_cell"
    out[g2] = likelihood_ratio(a, b, n1, n2, cells)
    out["p"] = significance(out[g2])
    out["p_adjusted"] = statistics.adjusted(out["p"])
    out["log_ratio"], out["log_ratio_smoothed"] = log_ratio(a, b, n1, n2), (a == 0) | (b == 0)
    out["log_ratio_conservative"] = log_ratio_bound(a, b, n1, n2, tests=max(len(out), 1))
    out["log_odds"], out[f"z_{variance}_term"] = log_odds(a, b, n1, n2, a + b, n1 + n2, variance)
    for name, group in groups.items():
        part = ours[ours["article"].isin(group) & ours["term"].isin(out.index)]
        out[f"DP_{name}"] = statistics.dispersion(part, words[group])["DP"]
    out["one_article"] = out["top"] > out["all"] / 2
    out = out.drop(columns=["all", "top"]).reset_index()
    order = [-out["log_ratio_conservative"], -out[g2], out["term"]]
    return out.iloc[np.lexsort(order[::-1])].reset_index(drop=True)


def member(words: pd.Series, target: pd.Series | Collection[str]) -> Array:
    """Return 1 for each article in the target, 0 for one in the rest, missing for one in neither."""
    if (
        isinstance(target, pd.Series)
        and not isinstance(target.iloc[:1].to_list()[:1], str)
        and target.dtype != "str"
    ):
        return target.reindex(words.index).astype("Float64").to_numpy(float, na_value=np.nan)
    return words.index.isin(list(target)).astype(float)


def significance(g2: npt.ArrayLike) -> Array:
    """Return the p value of G2, whatever its sign, by the chi-squared distribution with one degree of freedom."""
    from scipy.stats import chi2

    return np.asarray(chi2.sf(np.abs(np.asarray(g2, float)), 1))
