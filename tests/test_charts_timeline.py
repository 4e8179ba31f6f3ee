import pandas as pd
import pytest

from made import Tables, five, many
from overlaps import overlapping
from pactlens import agreements
from pactlens.charts import timeline
from pactlens.charts.rows import groups

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
    chart = timeline.reference(
        series.assign(number=pd.NA, place="Here", event="", note="", country=names, sources="")
    )
    assert overlapping(chart.figure) == []


@pytest.mark.parametrize("tables", [five(), many()], ids=["five", "many"])
def test_each_article_or_outlet_that_tells_a_signing_is_a_field_with_its_sentence(tables: Tables) -> None:
    chart = timeline.found(tables.signings, tables.reference, tables.coverage)
    rows = tables.signings.assign(column=tables.signings["article"].map(groups(tables.coverage)))
    order = tables.reference["country"].tolist()
    shown = [code for code in order if code in set(rows["country"])][: timeline.MOST]
    fields = rows[rows["country"].isin(shown)].groupby(["country", "column"])["status"].max()
    told = [text for text in texts(chart) if text.startswith(("signed", "planned"))]
    assert len(told) >= len(fields)
    assert len([text for text in told if text.startswith("signed")]) >= (fields == "signed").sum()
    assert len(chart.table) == len(rows.drop_duplicates(["article", "country", "status"]))
    assert chart.table["link"].str.startswith("00-coverage.html#s-").all()
    assert overlapping(chart.figure) == []


def test_a_partner_that_an_article_only_plans_with_is_pale() -> None:
    tables = five()
    chart = timeline.found(tables.signings, tables.reference, tables.coverage)
    alphas = {
        text: box.get_alpha() for box, text in zip(chart.figure.axes[0].patches, texts(chart), strict=False)
    }
    assert alphas["planned"] < alphas["signed"]


def test_each_partner_leads_to_its_sources() -> None:
    table = timeline.reference(REFERENCE).table
    assert table["sources"].tolist() == REFERENCE["sources"].tolist()
    assert (table["link"] == [first.split()[0] for first in REFERENCE["sources"]]).all()
    assert table.columns[0] == "partner"


def test_a_day_of_a_partner_that_the_reference_lacks_is_none_of_its_days() -> None:
    tables = five()
    told = tables.signings[tables.signings["precision"] == "day"]
    lacking = tables.reference[tables.reference["country"] != told["country"].iloc[0]]
    whole, part = (timeline.found(told, rows, tables.coverage) for rows in (tables.reference, lacking))
    given = [chart.title.partition("of ")[2].partition(" given")[0] for chart in (whole, part)]
    assert given[0] == given[1]
    assert "Not in the reference" not in whole.caption
    assert f"Not in the reference: {part.table['partner'].iloc[-1]}." in part.caption


def test_no_day_given_is_said() -> None:
    signed = five().signings.assign(precision="none", on=pd.NaT)
    assert timeline.found(signed, REFERENCE, five().coverage).title.endswith("no day is given for it.")


def test_nothing_signed_is_said_in_words() -> None:
    chart = timeline.found(five().signings.head(0), REFERENCE, five().coverage)
    assert "No article" in chart.title
    assert chart.table.empty
