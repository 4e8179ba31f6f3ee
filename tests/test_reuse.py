import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pactlens import arrowtext, corpus, reuse


def made(*texts: str, published: list[str] | None = None) -> corpus.Corpus:
    """Return a corpus of articles a, b, …; each line is a sentence."""
    names = [chr(97 + i) for i in range(len(texts))]
    articles = pd.DataFrame({"article": names, "text": list(texts)}, dtype="str")
    articles["published"] = pd.to_datetime(published or [None] * len(texts))
    rows = []
    for name, text in zip(names, texts, strict=True):
        start = 0
        for number, line in enumerate(text.split("\n")):
            rows.append((name, number, start, start + len(line), "body", line))
            start += len(line) + 1
    columns = ["article", "sentence", "start", "end", "part", "text"]
    return corpus.Corpus(articles, pd.DataFrame(rows, columns=columns), pd.DataFrame())


def test_unit_values_of_textreuse() -> None:
    # textreuse, tests of its similarity functions: sets, words, ratio of matches; bags are not done here.
    assert reuse.similarity(made("1 2 3", "2 3 4"), size=1)["jaccard"].item() == 0.5
    assert reuse.similarity(made("a b c", "b c"), size=1)["jaccard"].item() == pytest.approx(2 / 3)
    pair = reuse.similarity(made("1 2 3 4", "3 4 5"), size=1).iloc[0]
    assert pair["shared"] / pair["other_shingles"] == pytest.approx(2 / 3)
    assert pair["containment"] == pytest.approx(2 / 3)


def test_a_rose_has_three_shingles() -> None:
    rose = "a rose is a rose is a rose"
    assert reuse.similarity(made(rose, rose), size=4)["shingles"].item() == 3


@settings(deadline=None)
@given(st.lists(st.text(st.sampled_from("ab \n"), max_size=30), min_size=2, max_size=4), st.integers(1, 3))
def test_similarity_is_that_of_the_sets(texts: list[str], size: int) -> None:
    text = made(*texts)
    got = {(row.article, row.other): row.jaccard for row in reuse.similarity(text, size).itertuples()}
    words = dict(zip(text.articles["article"], map(arrowtext.tokens, texts), strict=True))
    sets = {
        name: {tuple(own[i : i + size]) for i in range(len(own) - size + 1)} for name, own in words.items()
    }
    for one in sets:
        for two in (two for two in sets if two > one):
            either = len(sets[one] | sets[two])
            assert got.get((one, two), 0) == pytest.approx(len(sets[one] & sets[two]) / max(either, 1))


def test_passages_are_maximal_and_aligned() -> None:
    one = "Before it, the two sides will meet within\n24 hours to consult on a response, it says."
    two = "He said: “The two sides will meet within 24\u00a0hours to CONSULT on a\nresponse\u2019s form.”"
    found = reuse.passages(made(one, two))
    assert found["words"].to_list() == [13]
    row = found.iloc[0]
    assert one[row["start"] : row["end"]] == row["text"]
    assert row["text"].split()[0] == "the"
    assert row["text"].endswith("response")
    assert two[row["other_start"] : row["other_end"]] == row["other_text"]
    assert row["other_text"].startswith("The")
    assert (row["sentence"], row["other_sentence"]) == (0, 0)


def test_offsets_hold_where_cleaning_changes_lengths() -> None:
    one = "İn the cafe\u0301 of Reykjavík seven co\u00adoperative partners met again today"
    found = reuse.passages(made(one, "They say seven cooperative partners met again today", one), size=4)
    assert found.iloc[0]["text"] == one
    assert "seven co\u00adoperative partners met again today" in found["text"].to_list()


def test_a_teaser_is_no_passage() -> None:
    line = "one two three four five six seven eight"
    text = made(line, line)
    teaser = text._replace(sentences=text.sentences.assign(part="teaser"))
    assert reuse.passages(teaser).empty
    assert reuse.similarity(teaser).empty


def test_what_censor_net_and_online_ua_share() -> None:
    text = corpus.load()
    both = ("censor-net", "online-ua-ten-more")
    pair = reuse.similarity(text).iloc[0]
    assert (pair["article"], pair["other"]) == both
    found = reuse.passages(text)
    found = found[(found["article"] == both[0]) & (found["other"] == both[1])]
    assert found["words"].to_list() == [20, 9, 7, 7, 7]
    assert "institutional and other support for the development of" in found["text"].iloc[0]
    assert "institutional, and other support for" in found["other_text"].iloc[0]
    own = text.sentences.set_index(["article", "sentence"])["text"]
    said = [
        (own[row.article, row.sentence], own[row.other, row.other_sentence])
        for row in reuse.reworded(text).itertuples()
        if (row.article, row.other) == both
    ]
    assert len(said) == 3
    for words in (("24 hours",) * 2, ("intends", "enshrines"), ("reaffirmed", "provides support")):
        assert any(words[0] in one and words[1] in two for one, two in said)


def test_the_order_of_articles_changes_nothing() -> None:
    text = corpus.load()
    mixed = text._replace(articles=text.articles[::-1], sentences=text.sentences[::-1])
    for table in (reuse.similarity, reuse.passages, reuse.retold, reuse.reworded, reuse.copies):
        pd.testing.assert_frame_equal(table(text), table(mixed))


WIRE = "Kyiv and Oslo have signed a pact on training and air defence for ten years"
LATER = f"{WIRE}, agencies say"
OTHER = "The harvest in the south was better than anyone had hoped for this summer"


def test_a_copied_article_counts_no_more() -> None:
    text = made(LATER, WIRE, OTHER, published=["2024-06-14", "2024-06-13", "2024-06-13"])
    once = reuse.without_copies(text)
    assert once.sentences["article"].to_list() == ["b", "c"]
    assert once.articles["words"].to_list() == [0, len(WIRE.split()), len(OTHER.split())]
    undated = reuse.without_copies(made(LATER, WIRE, OTHER))
    assert undated.sentences["article"].to_list() == ["a", "c"]


def test_sentences_without_copies() -> None:
    text = made(WIRE, f"{OTHER}\n{LATER}", published=["2024-06-13", "2024-06-14"])
    assert reuse.copies(text)[["article", "sentence"]].values.tolist() == [["b", 1]]
    once = reuse.without_copies(text)
    assert once.sentences["text"].to_list() == [WIRE, OTHER]
    assert once.articles["words"].to_list() == [len(WIRE.split()), len(OTHER.split())]


def test_retold_looks_within_days() -> None:
    again = "A pact on air defence and training was signed by Oslo and Kyiv"
    text = made(WIRE, again, again, OTHER, published=["2024-06-13", "2024-06-14", "2024-09-01", None])
    found = reuse.retold(text)
    assert found[["article", "other", "days"]].values.tolist() == [["a", "b", 1]]
    assert found["containment"].to_list() == [0.0]
    assert len(reuse.retold(text, days=90)) == 3


def test_retold_compares_unknown_days_and_any_order(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reuse, "BATCH", 1)
    days = ["2024-09-01", None, "2024-06-13", "2024-06-16", None, "2024-06-12"]
    found = reuse.retold(made(*[WIRE] * len(days), published=days))
    close = {"cd", "cf"}
    unknown = {"ab", "bc", "bd", "be", "bf", "ae", "ce", "de", "ef"}
    assert set(found["article"] + found["other"]) == close | unknown
    assert found["days"].isna().sum() == len(unknown)


def test_near_finds_what_is_near() -> None:
    rng = np.random.default_rng(1)
    words = np.array([f"w{i}" for i in range(500)], object)
    own = [" ".join(rng.choice(words, 120)) for _ in range(60)]
    copied = [f"{text} and a new end" for text in own[:20]]
    text = made(*own, *copied)
    exact, near = reuse.similarity(text), reuse.similarity(text, near=0.5)
    assert len(exact) == 20
    pd.testing.assert_frame_equal(exact, near)


def test_an_empty_corpus_shares_nothing() -> None:
    none = made()
    for table in (reuse.similarity, reuse.passages, reuse.retold, reuse.reworded, reuse.copies):
        assert table(none).empty
    assert reuse.without_copies(none).articles.empty


def test_boilerplate_makes_no_pair_and_is_still_a_copy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reuse, "COMMON", 2)
    monkeypatch.setattr(reuse, "BATCH", 1)
    formula = "click here to sign up for the daily newsletter"
    own = "the two sides agreed on ten years of support"
    coverage = made(f"{formula}.\n{own}.", f"{own}.\n{formula}.", f"{formula}.")
    assert reuse.similarity(coverage)[["article", "other", "shared"]].to_numpy().tolist() == [["a", "b", 3]]
    assert reuse.passages(coverage)["text"].tolist() == [own]
    assert sorted(reuse.copies(coverage)["article"]) == ["b", "b", "c"]
