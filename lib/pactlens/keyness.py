"""Which words one group of articles uses more than the rest: effect sizes, tests, and their doubts."""

from collections.abc import Collection

import numpy as np
import numpy.typing as npt
import pandas as pd

from pactlens import statistics
from pactlens.errors import TableError
from pactlens.statistics import Array, Interval
from pactlens.terms import LEAST, lengths

Values = npt.ArrayLike


def _floats(*values: Values) -> list[Array]:
    return [np.asarray(value, float) for value in values]


def likelihood_ratio(a: Values, b: Values, n1: Values, n2: Values, cells: int = 4) -> Array:
    """Return G2 of `a` hits in `n1` words against `b` in `n2`, negative where the first rate is the lower.

    `cells` 4 (Dunning 1993) adds the words that are not hits to the 2 of Rayson and Garside (2000).
    """
    from scipy.special import rel_entr

    a, b, n1, n2 = _floats(a, b, n1, n2)
    share = (a + b) / (n1 + n2)
    out = rel_entr(a, n1 * share) + rel_entr(b, n2 * share)
    if cells == 4:
        out = out + rel_entr(n1 - a, n1 * (1 - share)) + rel_entr(n2 - b, n2 * (1 - share))
    return np.asarray(np.sign(a / n1 - b / n2) * 2 * out)


def log_ratio(a: Values, b: Values, n1: Values, n2: Values) -> Array:
    """Return log2 of the ratio of rates (Hardie 2014); where one count is 0, 0.5 is added to both."""
    a, b, n1, n2 = _floats(a, b, n1, n2)
    more = 0.5 * ((a == 0) | (b == 0))
    return np.asarray(np.log2((a + more) / n1) - np.log2((b + more) / n2))


def log_ratio_interval(a: Values, b: Values, n1: Values, n2: Values, tests: int = 1) -> Interval:
    """Return the 95 % interval of the log ratio, from Clopper and Pearson's of a / (a + b).

    An end is infinite where a count is 0. `tests` > 1 is Bonferroni's correction for so many terms.
    """
    from scipy.special import betaincinv

    a, b, n1, n2 = _floats(a, b, n1, n2)
    low = np.where(a > 0, betaincinv(np.maximum(a, 0.5), b + 1, 0.025 / tests), 0)
    high = np.where(b > 0, betaincinv(a + 1, np.maximum(b, 0.5), 1 - 0.025 / tests), 1)
    with np.errstate(divide="ignore"):
        return Interval(*(np.log2(end) - np.log2(1 - end) + np.log2(n2 / n1) for end in (low, high)))


def log_ratio_conservative(a: Values, b: Values, n1: Values, n2: Values, tests: int = 1) -> Array:
    """Return the log ratio nearest to 0 that its interval holds (LRC, Evert 2022): 0 if it holds 0."""
    return np.asarray(np.clip(0.0, *log_ratio_interval(a, b, n1, n2, tests)))


def log_odds(
    a: Values, b: Values, n1: Values, n2: Values, prior: Values, prior_total: float, variance: int = 4
) -> tuple[Array, Array]:
    """Return the weighted log odds ratio and its z (Monroe, Colaresi and Quinn 2008, eqs 15 to 22).

    `prior` has each term's pseudo-count (informative Dirichlet prior), `prior_total` their sum over all
    words. `variance` 2 keeps the terms of the hits only, 4 adds those of the other words.
    """
    a, b, n1, n2, prior = _floats(a, b, n1, n2, prior)
    first, second = a + prior, b + prior
    rest1, rest2 = n1 + prior_total - first, n2 + prior_total - second
    delta = np.log(first / rest1) - np.log(second / rest2)
    var = 1 / first + 1 / second + (1 / rest1 + 1 / rest2 if variance == 4 else 0)
    return delta, delta / np.sqrt(var)


def keyness(
    terms: pd.DataFrame,
    target: pd.Series | Collection[str],
    words: pd.Series | None = None,
    cells: int = 4,
    variance: int = 4,
    least: int = LEAST,
) -> pd.DataFrame:
    """Return how the articles of `target` differ from the rest, in each term with `least` hits or more.

    `target`: ids of articles, or a boolean Series by article (missing: in neither group); `words` as in
    terms.totals. Sorted by log_ratio_conservative, then G2. Columns: term; a, b (occurrences in target and
    in rest); n1, n2 (words of each); per_1000_words_target, per_1000_words_rest; expected (a, were there no
    difference); G2_4_cell (or G2_2_cell), p, p_adjusted (Benjamini and Hochberg, over the rows); log_ratio,
    its 95 % interval log_ratio_low, log_ratio_high (of this row alone), log_ratio_smoothed (True: 0.5 was
    added), log_ratio_conservative (95 %, Bonferroni over the rows); log_odds and z_4_term (or z_2_term):
    target against rest, prior = pooled counts; DP_target, DP_rest; one_article (True: one has over half of
    the hits).

    Raises TableError if one of the groups has no words.
    """
    from scipy.stats import chi2, false_discovery_control

    words = lengths(terms) if words is None else words
    if not (isinstance(target, pd.Series) and pd.api.types.is_bool_dtype(target)):
        target = pd.Series(words.index.isin(list(target)), words.index)
    group = target.reindex(words.index).map({True: "target", False: "rest"}).dropna()
    sizes = words[group.index].groupby(group).sum()
    if len(sizes) < 2 or not sizes.all():
        raise TableError("keyness needs words in the target and in the rest: choose another target")
    rows = terms[["article", "term", "n"]].assign(group=terms["article"].map(group)).dropna(subset="group")
    rows = rows[rows.groupby("term")["n"].transform("sum") >= least]
    sums = rows.astype({"n": float}).pivot_table("n", "term", "group", "sum", fill_value=0.0)
    a, b = (sums.get(name, sums.sum(axis=1) * 0).to_numpy() for name in ("target", "rest"))
    n1, n2 = float(sizes["target"]), float(sizes["rest"])
    out = pd.DataFrame({"a": a, "b": b, "n1": n1, "n2": n2}, index=sums.index).astype(int)
    out["per_1000_words_target"], out["per_1000_words_rest"] = 1000 * a / n1, 1000 * b / n2
    out["expected"] = (a + b) * n1 / (n1 + n2)
    out[f"G2_{cells}_cell"] = g2 = likelihood_ratio(a, b, n1, n2, cells)
    out["p"] = chi2.sf(np.abs(g2), 1)
    out["p_adjusted"] = false_discovery_control(out["p"]) if len(out) else out["p"]
    out["log_ratio"] = log_ratio(a, b, n1, n2)
    out["log_ratio_low"], out["log_ratio_high"] = log_ratio_interval(a, b, n1, n2)
    out["log_ratio_smoothed"] = (a == 0) | (b == 0)
    out["log_ratio_conservative"] = lrc = log_ratio_conservative(a, b, n1, n2, tests=max(len(out), 1))
    out["log_odds"], out[f"z_{variance}_term"] = log_odds(a, b, n1, n2, a + b, n1 + n2, variance)
    for name in ("target", "rest"):
        own = statistics.dispersion(rows[rows["group"] == name], words[group.index[group == name]])
        out[f"DP_{name}"] = own["DP"]
    out["one_article"] = rows.groupby("term")["n"].max().astype(float) > (a + b) / 2
    return out.iloc[np.lexsort((out.index, -g2, -lrc))].reset_index()
