import pandas as pd
import pytest

from made import Tables, five, many
from overlaps import overlapping
from pactlens import agreements
from pactlens.charts import timeline

REFERENCE = agreements.load()


def texts(chart):
    return [text.get_text() for axes in chart.figure.axes for text in axes.texts]


def test_the_reference_names_every_partner_at_its_own_step() -> None:
    chart = timeline.reference(REFERENCE)
    assert len(texts(chart)) == len(REFERENCE)
    for partner in REFERENCE["partner"]:
        assert sum(text.startswith(f"{partner},") for text in texts(chart)) == 1
    line = chart.figure.axes[0].lines[0]
    assert line.get_ydata()[-1] == REFERENCE["counted"].sum()
    assert overlapping(chart.figure) == []


def test_a_partner_that_is_not_counted_is_hollow_and_no_step() -> None:
    outside = REFERENCE[~REFERENCE["counted"]]
    chart = timeline.reference(REFERENCE)
    assert all(f"{name}, " in " ".join(texts(chart)) and name in chart.caption for name in outside["partner"])
    hollow = [line for line in chart.figure.axes[0].lines if line.get_markerfacecolor() == "white"]
    assert len(hollow) == len(outside)


@pytest.mark.parametrize("rows", [0, 1, 2, 5])
def test_the_reference_may_be_short(rows: int) -> None:
    chart = timeline.reference(REFERENCE.head(rows))
    assert chart.title and chart.alt
    assert overlapping(chart.figure) == []


@pytest.mark.parametrize("step", [1, 3, 40])
def test_no_label_lies_on_another_in_another_series_of_agreements(step: int) -> None:
    days = pd.date_range("2020-01-01", periods=40, freq=f"{step}D").as_unit("s")
    names = [f"The Republic of {n}" for n in range(40)]
    series = pd.DataFrame({"signed_on": days, "partner": names, "counted": [n % 9 > 0 for n in range(40)]})
    chart = timeline.reference(series.assign(number=pd.NA, place="Here", event="", note="", country=names))
    assert overlapping(chart.figure) == []


@pytest.mark.parametrize("tables", [five(), many()], ids=["five", "many"])
def test_each_article_that_tells_a_signing_is_a_mark_with_its_sentence(tables: Tables) -> None:
    chart = timeline.found(tables.signings, tables.reference)
    marked = len([line for line in chart.figure.axes[0].lines if line.get_gid()])
    said = tables.signings.drop_duplicates(["article", "country", "status"])
    assert marked == said.groupby("country").size().clip(upper=timeline.MOST).sum()
    assert chart.table["link"].str.startswith("00-coverage.html#s-").all()
    assert overlapping(chart.figure) == []


def test_nothing_signed_is_said_in_words() -> None:
    chart = timeline.found(five().signings.head(0), REFERENCE)
    assert "No article" in chart.title
    assert chart.table.empty


@pytest.mark.parametrize(
    "tables", [five(), many(), many(1), many(30, False)], ids=["five", "many", "one", "undated"]
)
def test_the_corpus_is_shown_with_its_days(tables: Tables) -> None:
    chart = timeline.published(tables.coverage)
    assert f"{len(tables.coverage.articles):,} article" in chart.title
    assert overlapping(chart.figure) == []
    unknown = tables.coverage.articles["published"].isna().sum()
    assert f"; {unknown:,} without a known day" in chart.title
