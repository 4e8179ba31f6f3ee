"""Published values first; each says where it was printed."""

import numpy as np
import pandas as pd
import pytest
from scipy.stats import chi2_contingency, fisher_exact, norm
from scipy.stats.contingency import odds_ratio

from pactlens import corpus, errors, keyness, terms

M = 1_000_000
# Recomputed from the formulas to 4 decimals; pycorpdiff's tests print the first six tables more coarsely.
TABLES = [
    (12000, 10000, M, M, 182.0695, 184.0917, 0.2630),
    (100, 20, 100_000, 200_000, 127.8064, 127.8604, 3.3219),
    (500, 100, M, M, 291.1032, 291.1832, 2.3219),
    (50, 50, 100_000, 50_000, -11.7783, -11.7866, -1.0),
    (10, 0, 1000, 1000, 13.8629, 13.9132, 4.3923),
    (174, 29, M, M, 114.9105, 114.9210, 2.5850),
]
# quanteda, test-textstat_keyness.R, correction = "none" (its default takes Yates' branch); quanteda adds 1e-9
# inside each logarithm.
LETTERS = "a a a b b c c c c c c d e f g h h", "a a b c c d d d d e f h"


def compared(target: str, rest: str, **options: int) -> pd.DataFrame:
    """Return the keyness of all words of `target`, against `rest`."""
    rows = [("t", 0, 0, len(target), "body", target), ("r", 0, 0, len(rest), "body", rest)]
    sentences = pd.DataFrame(rows, columns=["article", "sentence", "start", "end", "part", "text"])
    counts = terms.counts(corpus.Corpus(pd.DataFrame(), sentences, pd.DataFrame()), n=(1,), stop=False)
    return keyness.keyness(counts, ["t"], least=1, **options).set_index("term")


@pytest.mark.parametrize(("a", "b", "n1", "n2", "two", "four", "ratio"), TABLES)
def test_likelihood_and_log_ratio(
    a: int, b: int, n1: int, n2: int, two: float, four: float, ratio: float
) -> None:
    assert keyness.likelihood_ratio(a, b, n1, n2, cells=2) == pytest.approx(two, abs=5.1e-5)
    assert keyness.likelihood_ratio(a, b, n1, n2) == pytest.approx(four, abs=5.1e-5)
    assert keyness.log_ratio(a, b, n1, n2) == pytest.approx(ratio, abs=5.1e-5)


def test_one_cell_empty_is_exact() -> None:
    assert keyness.likelihood_ratio(10, 0, 1000, 1000, cells=2) == pytest.approx(20 * np.log(2), abs=1e-12)


def test_quanteda_two_documents() -> None:
    row = compared("b " * 7 + "a " * 3, "a " * 7 + "b " * 2).loc["b"]
    assert row["G2_4_cell"] == pytest.approx(4.534939, abs=1e-6)
    assert row["p"] == pytest.approx(0.0332096, abs=1e-7)
    # Williams' G2 is G2 / q.
    r, n, sizes = row["a"] + row["b"], row["n1"] + row["n2"], [row["n1"], row["n2"]]
    q = 1 + (sum(n / size for size in sizes) - 1) * (n / r + n / (n - r) - 1) / (6 * n)
    assert q == pytest.approx(1.0795332, abs=1e-7)
    assert row["G2_4_cell"] / q == pytest.approx(4.200833, abs=1e-6)
    cells = [[row["a"], row["b"]], [row["n1"] - row["a"], row["n2"] - row["b"]]]
    assert chi2_contingency(cells, correction=False).statistic == pytest.approx(4.337160, abs=1e-6)
    assert chi2_contingency(cells).statistic == pytest.approx(2.632438, abs=1e-6)
    assert odds_ratio(cells).statistic == pytest.approx(7.166306, abs=1e-5)
    assert fisher_exact(cells).pvalue == pytest.approx(0.0697785, abs=1e-7)


def test_quanteda_letters() -> None:
    got = compared(*LETTERS)
    expected = {
        "c": 1.2742,
        "g": 1.0933,
        "b": 0.0912,
        "h": 0.0912,
        "a": 0.0048,
        "e": -0.0649,
        "f": -0.0649,
        "d": -3.7794,
    }
    assert got["G2_4_cell"].to_dict() == pytest.approx(expected, abs=5.1e-5)
    # Published order; b and h, and e and f, are as frequent as each other.
    assert "".join(got.sort_values(["G2_4_cell", "term"], ascending=[False, True]).index) == "cgbhaefd"
    assert np.log(got.loc["a", "a"] / got.loc["a", "expected"]) == pytest.approx(0.0233, abs=5.1e-5)


def test_critical_values() -> None:
    # Rayson and Garside (2000) and UCREL: G2 of one degree of freedom at .05, .01, .001 and .0001.
    many = np.arange(1, 200)
    counts = pd.DataFrame({"article": "t", "term": many.astype(str), "n": many})
    rest = counts.assign(article="r", n=100)
    got = keyness.keyness(pd.concat([counts, rest]), ["t"], pd.Series({"t": 20_000, "r": 20_000}))
    for level, critical in {0.05: 3.84, 0.01: 6.63, 0.001: 10.83, 0.0001: 15.13}.items():
        assert ((got["p"] < level) == (got["G2_4_cell"].abs() > critical + 0.005)).all()
        assert 0 < (got["p"] < level).mean() < 1


def test_quanteda_guardian() -> None:
    # tutorials.quanteda.io, keyness (an older version): Guardian 2016 against 2012 to 2015, chi-squared. The
    # two sizes are not printed; these are the only ones that give all its rows.
    published = {
        (2886, 383): 3357.8703,
        (1762, 261): 1978.8983,
        (1695, 245): 1919.2093,
        (1206, 93): 1591.1874,
        (967, 58): 1326.3063,
        (2256, 1005): 1259.6693,
        (767, 18): 1142.7441,
        (2105, 1193): 863.3412,
        (626, 89): 712.4467,
        (466, 29): 635.8215,
        (909, 407): 504.5048,
    }
    n = np.array([1_771_928, 2_784_010])
    for hits, chi in published.items():
        assert chi2_contingency([hits, n - hits], correction=False).statistic == pytest.approx(
            chi, abs=1.5e-4
        )
        # Where hits are rare, G2 of two cells is that of four, and near to chi-squared in order.
        two, four = (keyness.likelihood_ratio(*hits, *n, cells=cells) for cells in (2, 4))
        assert two == pytest.approx(four, rel=1e-3)


def test_log_ratio_published() -> None:
    # Hardie (2014), CASS: 1,000 against 100 per million is log2(10); with 0.5 added to both 3.3154
    # (cut, not rounded).
    assert keyness.log_ratio(1000, 100, M, M) == pytest.approx(np.log2(10), abs=1e-12)
    assert keyness.log_ratio(1000.5, 100.5, M, M) == pytest.approx(3.3154, abs=1e-4)


def test_conservative_log_ratio() -> None:
    # Evert (2022), after scattertext's lrc.py; recomputed without Bonferroni.
    a, b, n = np.array([50, 5, 10]), np.array([10, 1, 0]), np.array([10_000, 500, 1000])
    got = keyness.log_ratio_conservative(a, b, n, n)
    assert got == pytest.approx([1.3254, 0, 1.1645], abs=5.1e-5)
    assert keyness.log_ratio_conservative(b, a, n, n) == pytest.approx(-got)
    assert keyness.log_ratio_conservative(50, 10, 10_000, 10_000, tests=100) < got[0]


def test_weighted_log_odds_of_scattertext() -> None:
    # scattertext's test of LogOddsRatioInformativeDirichletPrior: group against rest, 4-term variance.
    a, b, prior = np.array([1, 5, 1, 9]), np.array([100, 510, 100, 199]), 0.01
    delta, z = keyness.log_odds(a, b, a.sum(), b.sum(), prior, 4 * prior)
    assert delta == pytest.approx([-0.6095321, -1.0345766, -0.6095321, 1.5201005], abs=1e-6)
    # Its score is 1 - 2 Phi(z).
    assert 1 - 2 * norm.cdf(z) == pytest.approx([0.4447054, 0.9433088, 0.4447054, -0.9971462], abs=1e-6)
    assert z == pytest.approx([-0.58984, -1.90568, -0.58984, 2.98306], abs=5.1e-6)
    _, two = keyness.log_odds(a, b, a.sum(), b.sum(), prior, 4 * prior, variance=2)
    assert two == pytest.approx([-0.60950, -2.30441, -0.60950, 4.46293], abs=5.1e-6)


def test_weighted_log_odds_of_tidylo() -> None:
    # tidylo's manual, cars by engine and gears: 2-term variance, and each group is
    # compared with the sum of all smoothed groups, itself among them.
    groups = np.array([[12, 2, 4], [3, 10, 1]])
    scores = []
    for prior in (groups.sum(axis=0), 1):
        smoothed = groups + prior
        total = smoothed.sum(axis=0)
        both = [keyness.log_odds(row, total, row.sum(), total.sum(), 0, 0, variance=2) for row in smoothed]
        scores.append(np.array(both).transpose(1, 0, 2).reshape(2, -1))
    (_, empirical), (delta, plain) = scores
    assert empirical == pytest.approx(
        [1.1728347, -1.3767516, 0.4033125, -1.1354777, 1.5661168, -0.4362340], abs=1e-6
    )
    assert delta == pytest.approx(
        [0.6968169, -1.2527630, 0.3249262, -0.9673459, 1.1451323, -0.5268260], abs=1e-6
    )
    assert plain == pytest.approx(
        [1.8912729, -1.9691060, 0.5549172, -1.7407107, 2.8421436, -0.6570674], abs=1e-6
    )


def test_columns_name_the_variant() -> None:
    assert {"G2_4_cell", "z_4_term"} <= set(compared(*LETTERS))
    assert {"G2_2_cell", "z_4_term"} <= set(compared(*LETTERS, cells=2))


COUNTS = pd.DataFrame(
    [
        ("a", "mine", 9, 100),
        ("b", "mine", 1, 100),
        ("b", "pact", 5, 100),
        ("c", "pact", 5, 100),
        ("d", "aid", 4, 50),
    ],
    columns=["article", "term", "n", "words"],
)


def test_target_may_be_ids_or_booleans() -> None:
    by_id = keyness.keyness(COUNTS, ["a", "b"])
    by_flag = keyness.keyness(COUNTS, pd.Series({"a": True, "b": True, "c": False, "d": False}))
    pd.testing.assert_frame_equal(by_id, by_flag)
    assert by_id[["term", "a", "b", "n1", "n2"]].values.tolist() == [
        ["mine", 10, 0, 200, 150],
        ["pact", 5, 5, 200, 150],
    ]
    assert by_id["one_article"].tolist() == [True, False]
    assert by_id["log_ratio_smoothed"].tolist() == [True, False]
    assert by_id["DP_rest"].isna().tolist() == [True, False]
    ours = by_id[["log_ratio_low", "log_ratio", "log_ratio_high"]].to_numpy()
    assert (np.diff(ours[1]) > 0).all()


def test_an_article_of_unknown_group_is_in_neither() -> None:
    flag = pd.Series({"a": True, "b": pd.NA, "c": False}, dtype="boolean")
    got = keyness.keyness(COUNTS, flag, least=1)
    assert got["n1"].unique().tolist() == [100]
    assert got["n2"].unique().tolist() == [100]


def test_an_empty_group_is_said() -> None:
    with pytest.raises(errors.TableError, match="choose another target"):
        keyness.keyness(COUNTS, [])
