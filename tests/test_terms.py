"""Published counts first; then scikit-learn's CountVectorizer, which must count the same."""

from collections import Counter
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.feature_extraction.text import CountVectorizer

from pactlens import arrowtext, concordance, corpus, terms


def made(*texts: str, **parts: str) -> corpus.Corpus:
    """Return a corpus of articles a0, a1, … of one sentence each; `a1="teaser"` makes a1 one."""
    names = [f"a{i}" for i in range(len(texts))]
    articles = pd.DataFrame({"article": names, "text": texts}, dtype="str").assign(published=pd.NaT)
    sentences = articles[["article", "text"]].assign(sentence=0, start=0, end=[len(text) for text in texts])
    sentences["part"] = [parts.get(name, "body") for name in names]
    return corpus.Corpus(articles, sentences, pd.DataFrame())


def counted(table: pd.DataFrame) -> dict[tuple[str, str], int]:
    return {(row.article, row.term): row.n for row in table.itertuples()}


def vectorized(texts: pd.Series, n: tuple[int, int], **options: Any) -> dict[tuple[str, str], int]:
    """Return what CountVectorizer counts with our words; each text is one row, named by the index."""
    counter = CountVectorizer(
        preprocessor=arrowtext.clean, token_pattern=arrowtext.WORD, ngram_range=n, **options
    )
    try:
        matrix = counter.fit_transform(texts).tocoo()
    except ValueError as nothing:
        assert "empty vocabulary" in str(nothing)
        return {}
    names, vocabulary = texts.index, counter.get_feature_names_out()
    total: Counter[tuple[str, str]] = Counter()
    for row, column, count in zip(matrix.row, matrix.col, matrix.data, strict=True):
        total[names[row], vocabulary[column]] += int(count)
    return dict(total)


def test_quanteda_frequency() -> None:
    # test-textstat_frequency.R: counts, ranks, proportions summed over texts, document frequency, groups.
    counts = terms.counts(made("a a b b c d", "a d d d", "a a a"), n=(1,), stop=False)
    totals = terms.totals(counts, times=0).set_index("term")
    assert totals["occurrences"].to_dict() == {"a": 6, "d": 4, "b": 2, "c": 1}
    assert totals.index.to_list() == ["a", "d", "b", "c"]
    assert totals["articles_containing"].to_dict() == {"a": 3, "d": 2, "b": 1, "c": 1}
    shares = (counts["per_1000"] / 1000).groupby(counts["term"]).sum()
    assert shares.to_dict() == pytest.approx({"a": 1.583, "b": 0.333, "c": 0.167, "d": 0.917}, abs=5.1e-4)
    first = terms.totals(counts[counts["article"] != "a1"], times=0).set_index("term")
    assert first["occurrences"].to_dict() == {"a": 5, "b": 2, "c": 1, "d": 1}
    assert first.loc["a", "articles_containing"] == 2
    second = terms.totals(counts[counts["article"] == "a1"], times=0).set_index("term")
    assert second["occurrences"].to_dict() == {"d": 3, "a": 1}


def test_bags_of_textreuse() -> None:
    # textreuse, test of jaccard_bag_similarity: what both bags hold, of the words in both, is 1/3.
    counts = terms.counts(made("a a a b", "a a b b c"), n=(1,), stop=False)
    both = counts[counts["term"].duplicated(keep=False)].groupby("term")["n"].min().sum()
    assert both / terms.lengths(counts).sum() == pytest.approx(1 / 3)


def test_the_rate_of_r_has_its_interval() -> None:
    # R manual, poisson.test: 137 events in 24.19893 have the rate 5.661407; words are whole numbers.
    counts = pd.DataFrame({"article": ["a"], "term": ["pact"], "n": [137], "words": [2_419_893]})
    row = terms.totals(counts, times=0).iloc[0]
    names = [f"per_1000_words{end}" for end in ("", "_poisson_low", "_poisson_high")]
    assert 100 * row[names].astype(float).to_numpy() == pytest.approx(
        [5.661407, 4.753125, 6.692709], abs=1e-6
    )


def test_scikit_learn_user_guide() -> None:
    # "This is the first document." …: the matrix of the guide on CountVectorizer.
    texts = "This is the first document.", "This is the second second document.", "And the third one."
    counts = terms.counts(made(*texts, "Is this the first document?"), n=(1,), stop=False)
    matrix = counts.astype({"n": float}).pivot_table("n", "article", "term", fill_value=0).astype(int)
    assert " ".join(matrix.columns) == "and document first is one second the third this"
    rows = ["".join(map(str, row)) for row in matrix.to_numpy()]
    assert rows == ["011100101", "010102101", "100010110", "011100101"]


def test_tf_idf_published() -> None:
    # scikit-learn user guide, tf-idf term weighting: counts of three words in six documents.
    numbers = [[3, 0, 1], [2, 0, 0], [3, 0, 0], [4, 0, 0], [3, 2, 0], [3, 0, 2]]
    rows = [(i, t, n) for i, row in enumerate(numbers) for t, n in zip("xyz", row, strict=True) if n]
    table = pd.DataFrame(rows, columns=["article", "term", "n"])

    def weights(variant: Any) -> np.ndarray:
        weighted = terms.tf_idf(table, variant)
        return weighted.pivot_table(f"tf_idf_{variant}", "article", "term", fill_value=0).to_numpy()

    plain = weights("plain_l2")
    assert plain[0] == pytest.approx([0.81940995, 0, 0.57320793], abs=1e-8)
    assert plain[4] == pytest.approx([0.47330339, 0.88089948, 0], abs=1e-8)
    assert plain[5] == pytest.approx([0.58149261, 0, 0.81355169], abs=1e-8)
    assert weights("smooth_l2")[0] == pytest.approx([0.8515, 0, 0.5243], abs=5.1e-5)


def test_tf_idf_of_quanteda() -> None:
    counts = terms.counts(made("a a b b c d", "a d d d", "a a a"), n=(1,), stop=False)
    got = terms.tf_idf(counts, "log10").set_index(["article", "term"])["tf_idf_log10"]
    expected = {
        ("a0", "b"): 0.954,
        ("a0", "c"): 0.477,
        ("a0", "d"): 0.176,
        ("a1", "d"): 0.528,
        ("a2", "a"): 0,
    }
    assert got[list(expected)].to_dict() == pytest.approx(expected, abs=5.1e-4)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Ukraine's and Ukraine\u2019s, the countries' UKRAINE", "ukraine and ukraine the countries ukraine"),
        ("a defence-industrial, US\u2011Ukraine pact", "a defence-industrial us-ukraine pact"),
        ("U.S.-backed F-16s, the U.S. said.'So", "u.s.-backed f-16s the u.s. said so"),
        ("Côte d'Ivoire doesn\u2019t; it's Kyiv's 10-year aim", "côte d'ivoire doesn't it kyiv 10-year aim"),
        (
            "$61,000.50 on 13.06.2024, snake_case *stars* _under_",
            "61,000.50 on 13.06.2024 snake case stars under",
        ),
        ("Cafe\u0301 in İzmir", "café in i\u0307zmir"),
        ("Київ та Україна\u2019", "київ та україна"),
    ],
)
def test_words(text: str, words: str) -> None:
    assert arrowtext.tokens(text) == words.split()


def test_words_that_scikit_learn_takes_apart_stay_whole() -> None:
    # CountVectorizer's own pattern drops single letters and splits at marks; recomputed.
    text = "a U.S.-backed F-16, I am in Côte d'Ivoire: Kyiv's 10-year"
    theirs = CountVectorizer().fit([text]).get_feature_names_out()
    assert " ".join(theirs) == "10 16 am backed côte in ivoire kyiv year"
    assert " ".join(arrowtext.tokens(text)) == "a u.s.-backed f-16 i am in côte d'ivoire kyiv 10-year"


def test_phrases_are_as_written() -> None:
    text = made("It is a bridge to NATO, and the training will last 24 hours.")
    found = set(terms.counts(text)["term"])
    assert {"bridge", "bridge to nato", "training will last"} <= found
    assert not {"bridge nato", "to nato", "a bridge", "the", "24", "last 24 hours", "nato and"} & found
    assert "last 24 hours" in set(terms.counts(text, numbers=True)["term"])
    assert "bridge nato training" in set(terms.counts(text, stop="removed")["term"])
    assert "is a bridge" in set(terms.counts(text, stop=False)["term"])


def test_words_are_counted_before_anything_is_left_out() -> None:
    counts = terms.counts(made("The pact of 2024 is a pact.", "Read more: pact", a1="teaser"), n=(1,))
    assert counts.values.tolist() == [["a0", "pact", 2, 7, 2000 / 7]]
    assert counts.attrs["stop_list"] == "Snowball English"


def test_phrases_stay_in_their_sentence() -> None:
    one = made("We sign", "now here")
    both = one._replace(sentences=one.sentences.assign(article="a0", sentence=[0, 1]))
    assert set(terms.counts(both, n=(2,), stop=False)["term"]) == {"we sign", "now here"}


def test_the_same_counts_as_scikit_learn_on_the_articles() -> None:
    text = corpus.load()
    own = text.sentences[text.sentences["part"] != "teaser"].set_index("article")["text"]
    assert counted(terms.counts(text, stop=False, numbers=True)) == vectorized(own, (1, 3))
    stop = sorted(word for word in terms.stop_words()[1] if arrowtext.tokens(word) == [word])
    removed = terms.counts(text, stop="removed", numbers=True)
    assert counted(removed) == vectorized(own, (1, 3), stop_words=stop)


LETTERS = st.text(st.sampled_from("aésS\u0131İ'\u2019-\u2011.,1 \n_“”\u0301\u00a0µß"), max_size=40)


@settings(deadline=None)
@given(st.lists(LETTERS | st.text(max_size=20), max_size=5))
def test_the_same_counts_as_scikit_learn_on_any_text(texts: list[str]) -> None:
    text = made(*texts)
    own = text.sentences.set_index("article")["text"]
    assert counted(terms.counts(text, stop=False, numbers=True)) == vectorized(own, (1, 3))


def test_order_of_articles_changes_nothing() -> None:
    text = corpus.load()
    mixed = text._replace(
        articles=text.articles.iloc[::-1].reset_index(drop=True),
        sentences=text.sentences.sample(frac=1, random_state=1).reset_index(drop=True),
    )
    counts, again = terms.counts(text), terms.counts(mixed)
    pd.testing.assert_frame_equal(counts, again)
    pd.testing.assert_frame_equal(terms.totals(counts), terms.totals(again))
    pd.testing.assert_frame_equal(terms.themes(text), terms.themes(mixed))


def test_totals_are_the_sum_over_articles() -> None:
    counts = terms.counts(corpus.load())
    totals = terms.totals(counts, times=99).set_index("term")
    assert totals["occurrences"].to_dict() == counts.groupby("term")["n"].sum().to_dict()
    assert (totals["words"] == terms.lengths(counts).sum()).all()
    for kind in ("poisson", "bootstrap"):
        low, high = (totals[f"per_1000_words_{kind}_{end}"] for end in ("low", "high"))
        assert (low <= totals["per_1000_words"]).all()
        assert (totals["per_1000_words"] <= high).all()
    few = (totals["occurrences"] < 5) | (totals["articles_containing"] < 5)
    assert totals["too_few_to_rank"].eq(few).all()
    assert not totals.loc["ukraine", "too_few_to_rank"]


def test_words_per_article_are_the_corpus_own() -> None:
    text = corpus.load()
    ours = terms.lengths(terms.counts(text))
    assert ours.to_dict() == text.articles.set_index("article")["words"].to_dict()


def test_every_word_is_found_as_often_as_it_is_counted() -> None:
    text = corpus.load()
    totals = terms.totals(terms.counts(text, n=(1,)), times=0).set_index("term")["occurrences"]
    for word in totals.index[::25]:
        assert len(concordance.concordance(text, word)) == totals[word], word


def test_themes() -> None:
    text = made("Training of Ukraine's pilots; NATO\nmembership and de-mining")
    found = terms.themes(text)
    assert found[["theme", "text"]].values.tolist() == [
        ["training", "Training"],
        ["NATO path", "NATO\nmembership"],
        ["demining", "de-mining"],
    ]
    assert all(text.articles["text"][0][row.start : row.end] == row.text for row in found.itertuples())


def test_an_empty_corpus_gives_empty_tables() -> None:
    counts = terms.counts(made())
    assert counts.empty
    assert terms.totals(counts).empty
    assert terms.themes(made()).empty
    assert terms.tf_idf(counts).empty
