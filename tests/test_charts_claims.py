import pandas as pd
import pytest

from made import Tables, five, many
from overlaps import overlapping
from pactlens import agreements, statistics
from pactlens.charts import claims as charts

ALL = pytest.mark.parametrize(
    "tables",
    [five(), many(), many(8), many(1), many(30, False)],
    ids=["five", "many", "eight", "one", "undated"],
)
SCORES = pd.DataFrame(
    {"measure": ["signed", "places", "none"], "tp": [40, 9, 0], "fp": [2, 0, 0], "fn": [0, 3, 0]}
)


def marks(chart):
    return [line for axes in chart.figure.axes for line in axes.lines if line.get_gid()]


@ALL
def test_every_count_with_a_day_is_marked_and_no_text_lies_on_another(tables: Tables) -> None:
    chart = charts.verdicts(tables.checks, tables.reference)
    assert len(marks(chart)) == len(charts.counts(tables.checks, tables.reference))
    assert len(chart.table) == len(tables.checks)
    assert overlapping(chart.figure) == []


def test_a_verdict_is_told_by_shape_colour_and_word() -> None:
    tables = five()
    chart = charts.verdicts(tables.checks, tables.reference)
    words = [text.get_text() for text in chart.figure.axes[0].texts]
    for verdict, (shape, colour) in charts.LOOKS.items():
        rows = charts.counts(tables.checks, tables.reference)
        wanted = (rows["verdict"] == verdict).sum()
        assert (
            sum(
                m.get_marker() == shape and m.get_color() != "" and colour in m.get_markerfacecolor()
                for m in marks(chart)
            )
            == wanted
        )
        assert sum(word.endswith(f", {verdict}") for word in words) == wanted


def test_the_marks_lead_to_their_sentences() -> None:
    tables = five()
    svg = charts.verdicts(tables.checks, tables.reference).svg()
    for link in charts.counts(tables.checks, tables.reference)["link"]:
        assert f'href="{link}"' in svg


def test_no_claim_is_said_in_words() -> None:
    tables = five()
    assert "No claim" in charts.verdicts(tables.checks.head(0), tables.reference).title
    assert "No claim" in charts.verdicts(tables.checks, tables.reference.head(0)).title


@ALL
def test_the_wider_coverage_is_a_second_layer(tables: Tables) -> None:
    coded = agreements.coded()
    chart = charts.verdicts(tables.checks, tables.reference, coded)
    hollow = [mark for mark in marks(chart) if mark.get_markerfacecolor() == "white"]
    alone = charts.verdicts(tables.checks.head(0), tables.reference, coded)
    assert len(hollow) == len(marks(alone))
    assert overlapping(chart.figure) == []
    assert alone.table["link"].str.match("https?://").all()
    assert "hollow" not in charts.verdicts(tables.checks, tables.reference).caption.lower()


def test_the_wider_coverage_may_be_empty() -> None:
    tables = five()
    coded = agreements.coded().head(0)
    none = charts.verdicts(tables.checks.head(0), tables.reference, coded)
    assert "No claim" in none.title


def test_scores_have_wilson_intervals() -> None:
    row, _, none = charts.scores(SCORES).to_dict("records")
    assert (row["precision"], row["recall"]) == (40 / 42, 1)
    assert row["precision low"] == pytest.approx(float(statistics.wilson(40, 42).low))
    assert row["F1"] == pytest.approx(80 / 82)
    assert pd.isna(none["precision"]) and pd.isna(none["recall high"]) and pd.isna(none["F1"])
    assert charts.scores(SCORES.head(0)).empty


@pytest.mark.parametrize(
    ("tp", "fp", "fn", "precision", "recall", "f1"),
    [
        # UniversalPetrarch, issue 52: 565 events coded right, 3,212 extra, 713 not coded.
        (565, 3212, 713, 0.1496, 0.4421, 0.2235),
        # mordecai 3, README: only the shares are printed; these counts have them exactly.
        (755 * 681, 245 * 681, 319 * 755, 0.755, 0.681, 0.7161),
    ],
)
def test_scores_published(tp: int, fp: int, fn: int, precision: float, recall: float, f1: float) -> None:
    measures = pd.DataFrame({"measure": ["events"], "tp": tp, "fp": fp, "fn": fn})
    row = charts.scores(measures).iloc[0]
    assert row[["precision", "recall", "F1"]].to_list() == pytest.approx([precision, recall, f1], abs=5.1e-5)
