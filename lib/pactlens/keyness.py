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


def likelihood_ratio(
    a: Values, b: Values, n1: Values, n2: Values, cells: int = 4, williams: bool = False
) -> Array:
    """Return G2 of `a` hits in `n1` words against `b` in `n2`, negative where the first rate is the lower.

    `cells` 4 (Dunning 1993) adds the words that are not hits to the 2 of Rayson and Garside (2000). `williams`
    divides by Williams' correction.
    """
    from scipy.special import rel_entr

    a, b, n1, n2 = _floats(a, b, n1, n2)
    hits, words = a + b, n1 + n2
    share = hits / words
    out = rel_entr(a, n1 * share) + rel_entr(b, n2 * share)
    if cells == 4:
        out = out + rel_entr(n1 - a, n1 * (1 - share)) + rel_entr(n2 - b, n2 * (1 - share))
    if williams:
        rows, columns = words / n1 + words / n2 - 1, words / hits + words / (words - hits) - 1
        out = out / (1 + rows * columns / (6 * words))
    return np.asarray(np.sign(a / n1 - b / n2) * 2 * out)


def chi_squared(a: Values, b: Values, n1: Values, n2: Values, yates: bool = False) -> Array:
    """Return Pearson's chi-squared of the same four cells, unsigned; `yates` is the continuity correction."""
    a, b, n1, n2 = _floats(a, b, n1, n2)
    hits, words = a + b, n1 + n2
    apart = np.maximum(np.abs(a * (n2 - b) - b * (n1 - a)) - yates * words / 2, 0)
    return np.asarray(words * apart**2 / (hits * (words - hits) * n1 * n2))


def p_value(statistic: Values) -> Array:
    """Return the p value of G2 or chi-squared, whatever its sign, with one degree of freedom."""
    from scipy.stats import chi2

    return np.asarray(chi2.sf(np.abs(np.asarray(statistic, float)), 1))


def log_ratio(a: Values, b: Values, n1: Values, n2: Values) -> Array:
    """Return log2 of the ratio of rates (Hardie 2014); where one count is 0, 0.5 is added to both counts."""
    a, b, n1, n2 = _floats(a, b, n1, n2)
    more = 0.5 * ((a == 0) | (b == 0))
    return np.asarray(np.log2((a + more) / n1) - np.log2((b + more) / n2))


def log_ratio_interval(
    a: Values, b: Values, n1: Values, n2: Values, confidence: float = 0.95, tests: int = 1
) -> Interval:
    """Return the interval of the log ratio, from Clopper and Pearson's of a / (a + b); infinite where one is 0.

    `tests` > 1 widens it by Bonferroni's correction for so many terms.
    """
    from scipy.special import betaincinv

    a, b, n1, n2 = _floats(a, b, n1, n2)
    tail = (1 - confidence) / 2 / tests
    low = np.where(a > 0, betaincinv(np.maximum(a, 0.5), b + 1, tail), 0)
    high = np.where(b > 0, betaincinv(a + 1, np.maximum(b, 0.5), 1 - tail), 1)
    with np.errstate(divide="ignore"):
        return Interval(*(np.log2(end) - np.log2(1 - end) + np.log2(n2 / n1) for end in (low, high)))


def log_ratio_conservative(
    a: Values, b: Values, n1: Values, n2: Values, confidence: float = 0.95, tests: int = 1
) -> Array:
    """Return the log ratio nearest to 0 that its interval holds (LRC, Evert 2022): 0 if it holds 0."""
    return np.asarray(np.clip(0.0, *log_ratio_interval(a, b, n1, n2, confidence, tests)))


def log_odds(
    a: Values, b: Values, n1: Values, n2: Values, prior: Values, prior_total: float, variance: int = 4
) -> tuple[Array, Array]:
    """Return the weighted log odds ratio and its z (Monroe, Colaresi and Quinn 2008, eqs 15 to 22).

    `prior` has each term's pseudo-count (informative Dirichlet prior), `prior_total` their sum over all words.
    `variance` 2 keeps the terms of the hits only, 4 adds those of the other words.
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
    *,
    words: pd.Series | None = None,
    cells: int = 4,
    variance: int = 4,
    least: int = LEAST,
) -> pd.DataFrame:
    """Return how the articles of `target` differ from the rest in each term that occurs at least `least` times.

    `target`: ids of articles, or a boolean Series by article (missing: in neither group); `words` as in
    terms.totals. Sorted by conservative log ratio, then G2. Columns: term; a, b (occurrences in target and in
    rest); n1, n2 (words of each); per_1000_words_target, per_1000_words_rest; expected (a, were there no
    difference); G2_4_cell (or G2_2_cell), p, p_adjusted (Benjamini and Hochberg, over the rows); log_ratio, its
    95 % interval log_ratio_low, log_ratio_high (of this row alone), log_ratio_smoothed (True: 0.5 was added) and
    log_ratio_conservative (95 %, Bonferroni over the rows); log_odds and z_4_term (or z_2_term): group against
    rest, prior = pooled counts; DP_target, DP_rest; one_article (True: one has more than half of the hits).

    Raises TableError if one of the groups has no words.
    """
    words = lengths(terms) if words is None else words
    groups = dict(zip(("target", "rest"), _groups(words, target), strict=True))
    n1, n2 = (float(words[group].sum()) for group in groups.values())
    if not (n1 and n2):
        raise TableError("keyness needs words in the target and in the rest: choose another target")
    out, rows = _compared(terms, groups, least)
    a, b = out["a"].to_numpy(float), out["b"].to_numpy(float)
    out["n1"], out["n2"] = int(n1), int(n2)
    out["per_1000_words_target"], out["per_1000_words_rest"] = 1000 * a / n1, 1000 * b / n2
    out["expected"] = (a + b) * n1 / (n1 + n2)
    g2 = f"G2_{cells}_cell"
    out[g2] = likelihood_ratio(a, b, n1, n2, cells)
    out["p"] = p_value(out[g2])
    out["p_adjusted"] = statistics.adjusted(out["p"])
    out["log_ratio"] = log_ratio(a, b, n1, n2)
    out["log_ratio_low"], out["log_ratio_high"] = log_ratio_interval(a, b, n1, n2)
    out["log_ratio_smoothed"] = (a == 0) | (b == 0)
    out["log_ratio_conservative"] = log_ratio_conservative(a, b, n1, n2, tests=max(len(out), 1))
    out["log_odds"], out[f"z_{variance}_term"] = log_odds(a, b, n1, n2, a + b, n1 + n2, variance)
    for name, group in groups.items():
        out[f"DP_{name}"] = statistics.dispersion(rows[rows["group"] == name], words[group])["DP"]
    out["one_article"] = out.pop("most") > (a + b) / 2
    order = np.lexsort((out.index, -out[g2], -out["log_ratio_conservative"]))
    return out.iloc[order].reset_index()


def _groups(words: pd.Series, target: pd.Series | Collection[str]) -> tuple[pd.Index, pd.Index]:
    """Return the ids of the articles in the target and in the rest."""
    if isinstance(target, pd.Series) and pd.api.types.is_bool_dtype(target):
        known = target.reindex(words.index).astype("boolean")
        return words.index[known.fillna(False)], words.index[~known.fillna(True)]
    inside = words.index.isin(list(target))
    return words.index[inside], words.index[~inside]


def _compared(
    terms: pd.DataFrame, groups: dict[str, pd.Index], least: int
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return a, b and most (in one article) by term, of terms with `least` hits; and their rows, with the group."""
    group = pd.Series(
        {article: name for name, articles in groups.items() for article in articles}, dtype="str"
    )
    rows = terms[["article", "term", "n"]].assign(group=terms["article"].map(group)).dropna(subset="group")
    rows = rows[rows.groupby("term")["n"].transform("sum") >= least]
    by = rows.pivot_table(index="term", columns="group", values="n", aggfunc="sum").reindex(
        columns=list(groups)
    )
    out = by.astype("Int64").fillna(0).astype("int64").set_axis(["a", "b"], axis=1)
    return out.assign(most=rows.groupby("term")["n"].max().astype("int64")), rows
