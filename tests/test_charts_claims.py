import pandas as pd
import pytest
from matplotlib.dates import date2num

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


def places(tables: Tables) -> pd.DataFrame:
    return charts.marks(charts.counts(tables.checks, tables.reference).assign(own=True))[0]


@ALL
def test_every_count_with_a_day_is_marked_and_no_text_lies_on_another(tables: Tables) -> None:
    chart, counted = (f(tables.checks, tables.reference) for f in (charts.verdicts, charts.counts))
    assert places(tables)["n"].sum() == len(counted)
    assert len(marks(chart)) == len(places(tables)) < charts.SLOTS * 20
    assert len(chart.table) == len(tables.checks)
    assert overlapping(chart.figure) == []
    right = (counted["verdict"] == "agrees").sum()
    assert f"{right:,} of {len(counted):,} agree" in chart.title or not len(counted)


def test_equal_claims_are_counted_each_and_drawn_once() -> None:
    tables = five()
    twice = pd.concat([tables.checks, tables.checks.assign(article="again")])
    once, more = (charts.verdicts(checks, tables.reference) for checks in (tables.checks, twice))
    assert len(marks(more)) == len(marks(once))
    assert once.title == "Counts of who has signed: 2 of 4 agree with the reference."
    assert more.title == "Counts of who has signed: 4 of 8 agree with the reference."


def test_what_an_article_says_twice_counts_once_and_what_is_judged_without_a_day_counts() -> None:
    tables = five()
    twice = pd.concat([tables.checks, tables.checks.assign(sentence=99)])
    assert ": 2 of 4 agree" in charts.verdicts(twice, tables.reference).title
    ordinal = tables.checks[tables.checks["kind"] == "ordinal"].assign(country="BG", as_of=pd.NaT)
    more = charts.verdicts(pd.concat([tables.checks, ordinal]), tables.reference)
    assert ": 2 of 5 agree" in more.title


def test_a_place_in_the_order_stands_on_its_partners_day() -> None:
    late = five().checks.assign(as_of=pd.Timestamp("2024-08-01"))
    days = charts.counts(late, five().reference).set_index("kind")["as_of"].dt.strftime("%m-%d")
    assert days["ordinal"] == "06-13"
    assert set(days["others_signed"]) == {"06-13"}
    assert days["signed_total"] == "08-01"


def test_many_claims_of_a_day_and_number_are_one_larger_mark() -> None:
    tables = many()
    hundred = pd.concat([tables.checks, *[tables.checks.head(1)] * 99])
    drawn, days = charts.marks(charts.counts(hundred, tables.reference).assign(own=True))
    assert days != "one day" and drawn["n"].max() >= 100
    chart = charts.verdicts(hundred, tables.reference)
    assert f"all claims of {days}" in chart.caption
    sizes = dict(zip(drawn.index, (mark.get_markersize() for mark in marks(chart)), strict=True))
    assert sizes[drawn["n"].idxmax()] > sizes[drawn["n"].idxmin()]


def test_no_line_runs_through_a_label_and_no_mark_covers_a_name() -> None:
    tables = five()
    row = tables.checks[tables.checks["kind"] == "signed_total"].head(1)
    places = [
        ("2024-06-27", 20),
        ("2024-06-27", 21),
        ("2024-07-08", 19),
        ("2024-09-04", 19),
        ("2024-09-04", 20),
    ]
    rows = [row.assign(as_of=pd.Timestamp(day), value=value) for day, value in places]
    chart = charts.verdicts(pd.concat(rows), tables.reference)
    assert overlapping(chart.figure) == []
    (axes,) = chart.figure.axes
    boxes = [text.get_window_extent() for text in axes.texts]
    lines = [line for line in axes.lines[1:] if not line.get_gid()]
    paths = [line.get_path().transformed(line.get_transform()) for line in lines]
    assert not any(path.intersects_bbox(box, filled=False) for path in paths for box in boxes)
    assert not any(mark.get_window_extent().overlaps(box) for mark in marks(chart) for box in boxes)
    assert len(boxes) > len(rows)


def test_a_verdict_is_told_by_shape_colour_and_word() -> None:
    tables = five()
    chart = charts.verdicts(tables.checks, tables.reference)
    words = [text.get_text() for text in chart.figure.axes[0].texts]
    for verdict, (shape, colour) in charts.LOOKS.items():
        rows = places(tables)
        wanted = (rows["verdict"] == verdict).sum()
        assert (
            sum(
                m.get_marker() == shape and m.get_color() != "" and colour in m.get_markerfacecolor()
                for m in marks(chart)
            )
            == wanted
        )
        assert sum(word.endswith(f", {verdict}") for word in words) == wanted


def test_who_disagrees_leads_to_the_sentence() -> None:
    rows = charts.disagreements(five().claims)
    assert rows["articles"].str.count('<a href="00-coverage.html#s-').tolist() == [2, 1]
    assert rows["value"].tolist() == [16, 17]


def test_the_marks_lead_to_their_sentences() -> None:
    tables = five()
    svg = charts.verdicts(tables.checks, tables.reference).svg()
    for link in places(tables)["link"]:
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


def test_the_wider_coverage_is_told_in_counts_and_days_each_in_the_table() -> None:
    tables, coded = five(), agreements.coded()
    chart = charts.verdicts(tables.checks, tables.reference, coded)
    counted, signed = (coded["kind"].isin(list(charts.SAID)), coded["kind"] == "signed")
    days = signed & (coded["precision"] == "day")
    assert f"{days.sum()} of {days.sum()} days of signing agree" in chart.title
    assert "of 14 counts and " in chart.title
    assert len(chart.table) == len(tables.checks) + counted.sum() + days.sum()
    assert "pages, 6 of 20 counts" in chart.caption
    assert "romania-insider.com + 1: United Kingdom signed" in chart.alt
    nowhere = charts.verdicts(tables.checks, tables.reference, coded.assign(outlet=None))
    assert "https://www.romania-insider." in nowhere.alt
    (axes,) = chart.figure.axes
    assert axes.get_xlim()[1] > date2num(tables.reference["signed_on"].max())
    assert axes.get_ylim()[1] > tables.reference["counted"].sum()


def test_the_wider_coverage_may_be_empty() -> None:
    tables = five()
    coded = agreements.coded().head(0)
    none = charts.verdicts(tables.checks.head(0), tables.reference, coded)
    assert "No claim" in none.title
    own = charts.verdicts(tables.checks, tables.reference, coded)
    assert own.title.endswith(": 2 of 4 agree with the reference.")
    assert (
        " 0 of 0 " not in charts.verdicts(tables.checks.head(0), tables.reference, agreements.coded()).title
    )


def test_scores_have_wilson_intervals() -> None:
    row, _, none = charts.scores(SCORES).to_dict("records")
    assert (row["precision"], row["recall"]) == (40 / 42, 1)
    assert row["precision low"] == pytest.approx(float(statistics.wilson(40, 42)[0]))
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
