import numpy as np
import pandas as pd
import pytest

from madeup import load, thousand
from overlaps import overlapping
from pactlens import arrowtext, corpus, figure, terms
from pactlens.charts import contrast
from pactlens.charts import terms as charts
from pactlens.charts.rows import first, groups
from pactlens.corpus import Corpus
from pactlens.figure import Figure


def drawn(coverage: Corpus) -> dict[str, Figure]:
    counted, found = terms.counts(coverage), terms.themes(coverage)
    return {
        "words": charts.top(counted, coverage),
        "phrases": charts.top(counted, coverage, phrases=True),
        "themes": charts.themes(found, coverage),
        "places": charts.positions(found, coverage),
        "outlet": contrast.compared(counted, coverage),
        "published": contrast.compared(counted, coverage, by="published"),
        "outlets": contrast.outlets(counted, coverage),
        "trend": contrast.trend(found, coverage),
    }


@pytest.fixture(scope="module")
def five() -> dict[str, Figure]:
    return drawn(corpus.load())


@pytest.fixture(scope="module", autouse=True)
def pages(five) -> dict[str, str]:
    return {name: chart.html() for name, chart in five.items()}


def test_no_label_lies_on_another(five, tmp_path):
    assert {name: overlapping(chart.figure) for name, chart in five.items()} == {name: [] for name in five}
    many = drawn(thousand(tmp_path))
    assert {name: overlapping(chart.figure) for name, chart in many.items()} == {name: [] for name in five}


def test_every_chart_says_what_it_shows_and_draws_the_same_twice(five, pages):
    again = drawn(corpus.load())
    for name, chart in five.items():
        assert chart.title.endswith(".")
        assert chart.alt
        assert "n = " in chart.caption or "articles" in chart.caption
        assert pages[name] == again[name].html(), name


def test_marks_lead_to_their_sentences(five):
    for name in set(five) - {"published"}:
        assert "00-coverage.html#s-" in five[name].svg(), name
        assert five[name].table["link"].notna().any(), name
    for name in ("words", "phrases", "outlet", "outlets"):
        assert five[name].table["link"].head(figure.ROWS_SHOWN).str.startswith("00-coverage.html#s-").all(), (
            name
        )
    points = [line for axes in five["trend"].figure.axes for line in axes.lines if line.get_gid()]
    assert len(points) == len(five["trend"].table)
    assert five["places"].svg().count('href="00-coverage') == len(five["places"].table)


def test_dots_and_intervals_stand_where_the_table_has_them(five):
    chart = five["words"]
    axes, table = chart.figure.axes[0], chart.table
    dots = [line.get_xdata()[0] for line in axes.lines]
    assert dots == pytest.approx(list(table["per_1000_words"]))
    (lines,) = [lines for lines in axes.collections if lines.get_linewidths()[0] == 1]
    thin = [segment[:, 0] for segment in lines.get_segments()]
    ends = table[["per_1000_words_poisson_low", "per_1000_words_poisson_high"]].to_numpy()
    assert np.allclose(thin, ends)
    hollow = [line.get_markerfacecolor() == "white" for line in axes.lines]
    assert hollow == list(table["too_few_to_rank"])


def test_each_occurrence_of_a_theme_has_its_place(tmp_path):
    text = "Training comes first. Nothing of note is said here by anyone at all. The end is training."
    coverage = load(tmp_path, {"article": "a", "text": text})
    chart = charts.positions(terms.themes(coverage), coverage)
    assert list(chart.table["place"]) == [0, pytest.approx(1 - len("training.") / len(text))]


def test_a_word_of_one_group_is_told_apart_only_beyond_chance(tmp_path):
    here = [{"article": f"h{n}", "outlet": "Here", "text": "Alpha " * 9 + "beta " * 20} for n in range(9)]
    there = [{"article": f"t{n}", "outlet": "There", "text": "gamma " * 2 + "beta " * 20} for n in range(9)]
    coverage = load(tmp_path, *here, *there)
    chart = contrast.compared(terms.counts(coverage, n=(1,)), coverage)
    assert (
        chart.title
        == "Nothing sets them apart more than “alpha”: 310.3 per 1,000 words in Here, 0.0 in all others."
    )
    one = load(tmp_path, *here)
    assert "no two groups" in contrast.compared(terms.counts(one), one).title


def test_a_difference_is_drawn_on_the_side_of_the_higher_rate(tmp_path):
    here = [
        {
            "article": "h",
            "outlet": "A name that is much longer than an axis is wide, by far",
            "text": "beta " * 40,
        }
    ]
    there = [
        {"article": f"t{n}", "outlet": f"T{n}", "text": "gamma " * (n < 5) + "beta " * 30} for n in range(25)
    ]
    coverage = load(tmp_path, *here, *there)
    chart = contrast.compared(terms.counts(coverage, n=(1,)), coverage)
    (axes,) = chart.figure.axes
    (dot,) = [line for line in axes.lines if "gamma" in str(line.get_gid())]
    assert chart.table.set_index("term").loc["gamma", "log_ratio"] > 0 == dot.get_xdata()[0]
    assert 0 in axes.get_xticks() and overlapping(chart.figure) == []


def test_a_phrase_leads_to_a_sentence_that_has_it_in_other_letters(tmp_path):
    coverage = load(tmp_path, {"article": "a", "text": "Nothing. Now Ukraine's “defence”, at last."})
    link = {"ukraine defence": "00-coverage.html#s-a-1"}
    assert first(terms.counts(coverage), coverage, ["ukraine defence", "zebra"]).to_dict() == link


def test_a_term_leads_to_the_article_that_is_read_first_and_no_other_is_searched(tmp_path, monkeypatch):
    texts = {"b": "Nothing. Then aid.", "a": "More aid.", "c": "Grain."}
    coverage = load(tmp_path, *({"article": name, "text": text} for name, text in texts.items()))
    counted, read = terms.counts(coverage), list[str]()
    monkeypatch.setattr(
        arrowtext, "tokens", lambda text: read.append(text) or text.lower().strip(".").split()
    )
    assert first(counted, coverage, ["aid"]).to_dict() == {"aid": "00-coverage.html#s-b-1"}
    assert read == ["Nothing.", "Then aid."]


def test_a_single_theme_is_not_compared(tmp_path):
    coverage = load(tmp_path, {"article": "a", "text": "Training. " * 6})
    assert "alone" in charts.positions(terms.themes(coverage), coverage).title


def test_a_change_over_time_is_said_where_the_intervals_part(tmp_path):
    text = {"2024-01-01": "Training was held. " * 20, "2024-01-02": "Aid was sent home. " * 20}
    coverage = load(tmp_path, *({"article": d, "published": d, "text": t} for d, t in text.items()))
    chart = contrast.trend(terms.themes(coverage), coverage)
    assert overlapping(chart.figure) == []
    assert chart.title == (
        "“training” goes from 333.3 to 0.0 per 1,000 words between 1 January 2024 and 2 January 2024."
    )


@pytest.mark.parametrize(
    "texts", [[], ["Nothing."], ["1 2 3"], ["Training and more training was given."], ["Aid."] * 9]
)
def test_little_or_nothing_is_said_plainly(texts, tmp_path):
    coverage = load(tmp_path, *({"article": f"a{n}", "text": text} for n, text in enumerate(texts)))
    for name, chart in drawn(coverage).items():
        assert overlapping(chart.figure) == [], name
        assert chart.html().startswith("<figure>")
    assert "No article has a date" in drawn(coverage)["trend"].title


def test_articles_of_one_day_have_no_trend(tmp_path):
    records = ({"article": a, "published": "2024-06-13", "text": "Training."} for a in "ab")
    coverage = load(tmp_path, *records)
    assert "All dated articles are of 13 June 2024" in contrast.trend(terms.themes(coverage), coverage).title


def test_a_text_cannot_write_html(tmp_path):
    text = 'Training <img src=x onerror="alert(1)"> training "quoted" & more training.'
    coverage = load(tmp_path, {"article": "a<b>", "outlet": "<i>x</i>", "text": text})
    for name, chart in drawn(coverage).items():
        page = chart.html()
        assert "<img src=x" not in page, name
        assert "<b>" not in page, name


def test_groups_put_small_outlets_together(tmp_path):
    coverage = thousand(tmp_path)
    column = groups(coverage)
    assert column.nunique() == 5
    assert len(column) == 1000
    assert pd.Series(column).eq("all other outlets").sum() > 500
