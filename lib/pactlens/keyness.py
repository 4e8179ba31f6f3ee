"""Which words one group of articles uses more than the rest: effect sizes, tests, and their doubts."""

from collections.abc import Collection

import numpy as np
import pandas as pd
from scipy.special import betaincinv, chdtrc, rel_entr

from pactlens import statistics
from pactlens.errors import TableError
from pactlens.statistics import Array, Interval
from pactlens.terms import LEAST, lengths

Values = Array | float


def likelihood_ratio(a: Values, b: Values, n1: Values, n2: Values, cells: int = 4) -> Array:
    """Return G2 of `a` hits in `n1` words against `b` in `n2`, negative where the first rate is the lower.

    `cells` 4 (Dunning 1993) adds the words that are not hits to the 2 of Rayson and Garside (2000).
    """
    share = (a + b) / (n1 + n2)
    out = rel_entr(a, n1 * share) + rel_entr(b, n2 * share)
    if cells == 4:
        out = out + rel_entr(n1 - a, n1 * (1 - share)) + rel_entr(n2 - b, n2 * (1 - share))
    return np.asarray(np.sign(a / n1 - b / n2) * 2 * out)


def log_ratio(a: Values, b: Values, n1: Values, n2: Values) -> Array:
    """Return log2 of the ratio of rates (Hardie 2014); where one count is 0, 0.5 is added to both."""
    more = 0.5 * ((a == 0) | (b == 0))
    return np.asarray(np.log2((a + more) / n1) - np.log2((b + more) / n2))


def log_ratio_interval(a: Values, b: Values, n1: Values, n2: Values, tests: int = 1) -> Interval:
    """Return the 95 % interval of the log ratio, from Clopper and Pearson's of a / (a + b).

    An end is infinite where a count is 0. `tests` > 1 is Bonferroni's correction for so many terms.
    """
    # The upper end for a is what remains of the lower end for b.
    low, rest = (np.nan_to_num(betaincinv(x, y + 1, 0.025 / tests)) for x, y in ((a, b), (b, a)))
    with np.errstate(divide="ignore"):
        sizes = np.log2(n2 / n1)
        return np.log2(low / (1 - low)) + sizes, np.log2((1 - rest) / rest) + sizes


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
    first, second = a + prior, b + prior
    rest1, rest2 = n1 + prior_total - first, n2 + prior_total - second
    delta = np.log(first / rest1) - np.log(second / rest2)
    var = 1 / first + 1 / second + (1 / rest1 + 1 / rest2 if variance == 4 else 0)
    return delta, delta / np.sqrt(var)


def _sides(target: pd.Series | Collection[str], words: pd.Series) -> dict[str, pd.Series]:
    """Return the words of each article in the target, and of each in the rest."""
    if not (isinstance(target, pd.Series) and pd.api.types.is_bool_dtype(target)):
        target = pd.Series(words.index.isin(list(target)), words.index)
    inside = target.reindex(words.index).astype("boolean")
    sides = {"target": words[inside.fillna(False)], "rest": words[~inside.fillna(True)]}
    if not all(side.sum() for side in sides.values()):
        raise TableError("keyness needs words in the target and in the rest: choose another target")
    return sides


def keyness(
    terms: pd.DataFrame,
    target: pd.Series | Collection[str],
    words: pd.Series | None = None,
    cells: int = 4,
    least: int = LEAST,
) -> pd.DataFrame:
    """Return how the articles of `target` differ from the rest, in each term with `least` hits or more.

    `target`: ids of articles, or a boolean Series by article (missing: in neither group); `words` as in
    terms.totals. Sorted by log_ratio_conservative, then G2. Columns: term; a, b (occurrences in target and
    in rest); n1, n2 (words of each); per_1000_words_target, per_1000_words_rest; expected (a, were there no
    difference); G2_4_cell (or G2_2_cell), p, p_adjusted (Benjamini and Hochberg, over the rows); log_ratio,
    its 95 % interval log_ratio_low, log_ratio_high (of this row alone), log_ratio_smoothed (True: 0.5 was
    added), log_ratio_conservative (95 %, Bonferroni over the rows); log_odds and z_4_term: target against
    rest, prior = pooled counts; DP_target, DP_rest; one_article (True: one has over half of the hits).

    Raises TableError if one of the groups has no words.
    """
    from scipy.stats import false_discovery_control

    sides = _sides(target, lengths(terms) if words is None else words)
    terms = terms.astype({"n": float})
    rows = {name: terms[terms["article"].isin(side.index)] for name, side in sides.items()}
    hits = pd.DataFrame({name: own.groupby("term")["n"].sum() for name, own in rows.items()})
    hits = hits[hits.sum(axis=1) >= least].fillna(0)
    (a, b), (n1, n2) = hits.to_numpy().T, (float(side.sum()) for side in sides.values())
    out = pd.DataFrame({"a": a, "b": b, "n1": n1, "n2": n2}, index=hits.index).astype(int)
    out["per_1000_words_target"], out["per_1000_words_rest"] = 1000 * a / n1, 1000 * b / n2
    out["expected"] = (a + b) * n1 / (n1 + n2)
    out[f"G2_{cells}_cell"] = g2 = likelihood_ratio(a, b, n1, n2, cells)
    out["p"] = chdtrc(1, np.abs(g2))
    out["p_adjusted"] = false_discovery_control(out["p"]) if len(out) else out["p"]
    out["log_ratio"] = log_ratio(a, b, n1, n2)
    out["log_ratio_low"], out["log_ratio_high"] = log_ratio_interval(a, b, n1, n2)
    out["log_ratio_smoothed"] = (a == 0) | (b == 0)
    out["log_ratio_conservative"] = lrc = log_ratio_conservative(a, b, n1, n2, tests=max(len(out), 1))
    out["log_odds"], out["z_4_term"] = log_odds(a, b, n1, n2, a + b, n1 + n2)
    shown = {name: own[own["term"].isin(out.index)] for name, own in rows.items()}
    for name, side in sides.items():
        out[f"DP_{name}"] = statistics.dispersion(shown[name], side)["DP"]
    out["one_article"] = pd.concat(shown.values()).groupby("term")["n"].max() > (a + b) / 2
    return out.iloc[np.lexsort((out.index, -g2, -lrc))].reset_index()
