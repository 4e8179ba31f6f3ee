import pytest

from made import Tables, five, many
from overlaps import overlapping
from pactlens import agreements, countries
from pactlens.charts import countries as charts
from pactlens.charts import rates

ALL = pytest.mark.parametrize(
    "tables", [five(), many(), many(1), many(30, False)], ids=["five", "many", "one", "undated"]
)


def drawn(tables: Tables):
    m, coverage, reference = tables.mentions, tables.coverage, tables.reference
    yield charts.heat_map(m, coverage)
    yield from (charts.ranked(m, coverage, by) for by in ("words", "articles"))
    yield charts.tile_map(m, reference, coverage)


@ALL
def test_no_text_lies_on_another(tables: Tables) -> None:
    for chart in drawn(tables):
        assert overlapping(chart.figure) == [], chart.title
        assert chart.title and chart.alt and chart.caption


def test_without_a_mention_each_chart_says_so() -> None:
    tables = five()
    for chart in drawn(tables._replace(mentions=tables.mentions.head(0))):
        assert chart.title
        assert overlapping(chart.figure) == []


@ALL
def test_the_heat_map_counts_each_mention_outside_teasers_once(tables: Tables) -> None:
    chart = charts.heat_map(tables.mentions, tables.coverage)
    counted = countries.counted(tables.mentions, tables.coverage.sentences)
    assert (chart.table["occurrences"].sum() if len(chart.table) else 0) == len(counted)


def test_rates_are_occurrences_per_thousand_words_with_their_interval() -> None:
    tables = five()
    table = charts.ranked(tables.mentions, tables.coverage).table
    words = tables.coverage.articles["words"].sum()
    assert (table["words"] == words).all()
    assert table["per_1000_words"].tolist() == pytest.approx(list(1000 * table["occurrences"] / words))
    assert (table["per_1000_words_poisson_low"] < table["per_1000_words"]).all()


def test_few_are_hollow_and_not_in_the_finding() -> None:
    tables = five()
    chart = charts.ranked(tables.mentions, tables.coverage)
    few = chart.table.loc[chart.table["too_few_to_rank"], "term"]
    assert len(few) and f"{len(few)} of " in chart.title
    marks = [line for line in chart.figure.axes[0].lines if line.get_gid()]
    hollow = [mark for mark in marks if mark.get_markerfacecolor() == "white"]
    assert len(hollow) == min(len(few), rates.ROWS)


def test_a_signatory_is_left_out_only_if_it_had_signed_by_then() -> None:
    tables = five()
    gone = tables.mentions[tables.mentions["country"] != "ES"]
    chart = charts.tile_map(gone, tables.reference, tables.coverage)
    assert chart.title.endswith("; not Spain.")
    frames = [box.get_linestyle() for box in chart.figure.axes[0].patches if box.get_linewidth() == 2]
    later = tables.reference["signed_on"] > tables.coverage.articles["published"].max()
    assert frames.count(":") == later.sum() and frames.count("-") == (~later).sum()


def test_of_undated_articles_the_map_names_no_day() -> None:
    tables = many(30, False)
    chart = charts.tile_map(tables.mentions, tables.reference, tables.coverage)
    assert (
        f"the {tables.reference['counted'].sum()} that had signed (no article has a known day)" in chart.title
    )
    assert "last article" not in chart.caption


def test_names_that_are_found_as_often_are_all_in_the_finding() -> None:
    tables = five()
    one = tables.mentions.drop_duplicates("country")
    one = one[one["country"].isin(["IT", "JP", "UA"])]
    title = charts.heat_map(one, tables.coverage).title
    assert title == "Italy, Japan and Ukraine: 3 of the 3 times that a country is named."


def test_the_map_has_a_square_for_each_signatory_and_shows_what_was_counted() -> None:
    tables = five()
    table = charts.tile_map(tables.mentions, tables.reference, tables.coverage).table
    assert set(agreements.load()["country"]) <= set(table["country"])
    assert table["name"].notna().all() and not table["country"].duplicated().any()
    assert table.loc[table["country"] == "UA", "mentions"].item() > 50
