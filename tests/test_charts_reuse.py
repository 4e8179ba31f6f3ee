import pytest

from madeup import load, thousand
from overlaps import overlapping
from pactlens import corpus, countries, reuse
from pactlens.charts import reuse as charts

SHARED = "the ministers of both countries will meet every year to see what was done"


@pytest.fixture
def two(tmp_path):
    return load(
        tmp_path,
        {
            "article": "a",
            "published": "2024-01-01",
            "text": f"In Berlin, {SHARED} & <b>more</b>. France too.",
        },
        {"article": "b", "published": "2024-01-02", "text": f"It says: {SHARED} by Germany. Japan was late."},
    )


def test_the_five_share_what_censor_net_and_online_ua_share():
    coverage = corpus.load()
    passages = reuse.passages(coverage)
    chart = charts.matrix(reuse.similarity(coverage), passages, coverage)
    assert overlapping(chart.figure) == []
    assert {chart.table["article"][0], chart.table["other"][0]} == {"censor-net", "online-ua-ten-more"}
    page = charts.side_by_side(passages, coverage)
    assert "support for the development of Ukrainian security and defence forces" in page.text
    assert page.html.count("<mark>") >= 10
    assert "00-coverage.html#s-censor-net-" in page.html


def test_the_two_halves_of_the_matrix_have_each_its_own_length(two):
    chart = charts.matrix(reuse.similarity(two), reuse.passages(two), two)
    table = chart.table.set_index("article")
    assert table["shared"].nunique() == 1
    assert list(table["share"]) == pytest.approx(list(table["shared"] / table["shingles"]))
    texts = {text.get_text() for text in chart.figure.axes[0].texts}
    assert texts == {f"{share:.0%}" for share in table["share"]}


def test_passages_stand_in_their_sentences_escaped(two):
    page = charts.side_by_side(reuse.passages(two), two)
    assert f"In Berlin, <mark>{SHARED}</mark> &amp; &lt;b&gt;more&lt;/b&gt;." in page.html
    assert f"It says: <mark>{SHARED}</mark> by Germany." in page.html
    assert page.text.startswith("Shared passages shown: 1 of 1.")


def test_all_that_two_shown_sentences_share_is_marked(tmp_path):
    first, second = "one two three four five six seven", "eight nine ten eleven twelve and more"
    coverage = load(
        tmp_path,
        {"article": "a", "text": f"It said {first}, or {second} again."},
        {"article": "b", "text": f"Here {second} and there {first}."},
    )
    page = charts.side_by_side(reuse.passages(coverage), coverage, size=1)
    assert page.html.count("<mark>") == 4
    assert page.text.startswith("Shared passages shown: 2 of 2.")


def test_reworded_sentences_stand_side_by_side_unmarked(two):
    page = charts.side_by_side(reuse.reworded(two, least=0.3), two)
    assert "likeness" in page.html
    assert "<mark>" not in page.html
    assert "In Berlin" in page.html


def test_counts_without_copies_lose_only_what_stands_in_copies(two):
    mentions = countries.mentions(two.sentences)
    chart = charts.without_copies(mentions, reuse.copies(two), two)
    table = chart.table.set_index("country")
    assert table.loc["Germany", "fewer"] == 1
    assert table.loc["Japan", "fewer"] == table.loc["France", "fewer"] == 0
    assert overlapping(chart.figure) == []


def test_nothing_shared_is_said(tmp_path):
    for records in ([], [{"article": "a", "text": "Germany alone."}]):
        coverage = load(tmp_path, *records)
        passages, mentions = reuse.passages(coverage), countries.mentions(coverage.sentences)
        assert charts.matrix(reuse.similarity(coverage), passages, coverage).title.startswith(
            "No two articles"
        )
        assert charts.side_by_side(passages, coverage).text.startswith("Shared passages shown: 0 of 0.")
        assert charts.without_copies(mentions, reuse.copies(coverage), coverage).title.startswith(
            "No country"
        )


def test_a_thousand_articles_keep_to_the_page(tmp_path):
    coverage = thousand(tmp_path)
    passages = reuse.passages(coverage)
    chart = charts.matrix(reuse.similarity(coverage), passages, coverage)
    assert overlapping(chart.figure) == []
    assert len(chart.figure.axes[0].get_yticklabels()) == charts.MOST
    assert charts.side_by_side(passages, coverage).text.count("\n") <= 6
    mentions = countries.mentions(coverage.sentences)
    assert overlapping(charts.without_copies(mentions, reuse.copies(coverage), coverage).figure) == []
