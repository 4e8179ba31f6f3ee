import datetime
import re
import shutil

import pandas as pd
import pytest

from pactlens import agreements, datafiles
from pactlens.errors import DataError

JUNE_13 = datetime.date(2024, 6, 13)


def test_the_reference_is_in_order_of_signing_with_one_row_uncounted():
    table = agreements.load()
    assert len(table) == 29
    assert table["signed_on"].is_monotonic_increasing
    assert table.loc[~table["counted"], "country"].tolist() == ["HR"]
    assert table["number"].dropna().tolist() == list(range(1, 29))
    assert agreements.subject() == "UA"


@pytest.mark.parametrize(
    ("day", "rules", "count"),
    [
        (JUNE_13, {}, 17),
        (datetime.date(2024, 6, 12), {}, 15),
        (datetime.date(2024, 7, 23), {}, 25),
        (datetime.date(2024, 7, 23), {"union": False}, 24),
        (datetime.date(2025, 2, 1), {}, 28),
        (datetime.date(2025, 2, 1), {"disputed": True}, 29),
        (datetime.date(2023, 12, 1), {}, 0),
    ],
)
def test_counts_follow_the_day_and_the_counting_rule(day, rules, count):
    assert len(agreements.as_of(day, agreements.load(), **rules)) == count


def test_what_is_unknown_stays_missing():
    table = agreements.load().set_index("country")
    assert pd.isna(table.loc["FI", "consultation_hours"])
    assert pd.isna(table.loc["EU", "duration_years"])
    assert pd.isna(table.loc["EU", "nato_on_signing"])


def test_leaders_are_found_by_their_forms_with_and_without_diacritics():
    forms = agreements.leaders().set_index("form")["country"]
    assert {
        form: forms[form] for form in ("Nausėda", "Nauseda", "Zelensky", "Jonas Gahr Store", "von der Leyen")
    } == {
        "Nausėda": "LT",
        "Nauseda": "LT",
        "Zelensky": "UA",
        "Jonas Gahr Store": "NO",
        "von der Leyen": "EU",
    }
    assert "Montenegro" not in forms


def test_who_signed_is_among_the_leaders_of_that_day():
    leaders = agreements.leaders()
    for row in agreements.load().itertuples():
        name = row.signatory_partner.split(",")[0]
        known = leaders[(leaders["form"] == name) & (leaders["country"] == row.country)].iloc[0]
        assert known["since"] <= row.signed_on
        assert pd.isna(known["until"]) or row.signed_on <= known["until"]


def test_the_declaration_has_the_signatories_but_the_disputed_one():
    assert set(agreements.load()["country"]) - set(agreements.declaration()["country"]) == {"HR"}


def test_coded_facts_are_typed():
    coded = agreements.coded()
    assert coded["url"].nunique() == 50
    assert str(coded["value"].dtype) == "Int64"


HEAD = "country,subject,signed_on,union,counted,number"
NORWAY = "NO,UA,2024-05-31,no,yes,1"


@pytest.fixture
def written(tmp_path, monkeypatch):
    """Return what loads a reference of some lines, with the other data files as they are."""
    shutil.copy(datafiles.folder() / "countries.csv", tmp_path)
    monkeypatch.setenv("PACTLENS_DATA", str(tmp_path))

    def load(*lines):
        (tmp_path / "agreements.csv").write_text("\n".join(lines), encoding="utf-8")
        return agreements.load()

    return load


def test_a_reference_without_a_column_says_which(written):
    with pytest.raises(DataError, match=r"agreements\.csv has no column subject, union, .*README"):
        written("country,signed_on", "NO,soon")


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("JP,UA,2024-06-13,no,jes,", "counted: 'jes': write yes or no"),
        ("JP,UA,2024-06-13,no,,", "counted: empty: write yes or no"),
        ("JP,UA,13.06.2024,no,yes,", "signed_on: '13.06.2024': write YYYY-MM-DD"),
        ("JP,UA,,no,yes,", "signed_on: empty: write YYYY-MM-DD"),
        ("JP,UA,2024-06-13,no,yes,1.5", "number: '1.5': write a whole number"),
        ("UK,UA,2024-06-13,no,yes,", "country: 'UK': write a code of countries.csv"),
        ("JP,,2024-06-13,no,yes,", "subject: empty: write a code of countries.csv"),
        ("NO,UA,2024-06-13,no,yes,", "country: 'NO': keep one of its rows"),
    ],
)
def test_a_slip_in_the_reference_is_said_with_its_line_and_column(written, row, said):
    with pytest.raises(DataError, match=re.escape(f"agreements.csv line 4, {said}")):
        written(HEAD, NORWAY, ",,,,,", row)


def test_what_a_spreadsheet_writes_is_read(written):
    table = written(HEAD, NORWAY, "JP , UA,2024-06-13,No,YES,", ",,,,,")
    assert table[["country", "union", "counted"]].values.tolist() == [
        ["NO", False, True],
        ["JP", False, True],
    ]


def test_a_row_appended_stands_at_its_day_and_a_plan_without_a_day_last(written):
    table = written(HEAD, "BG,UA,,no,no,", NORWAY, "GB,UA,2024-01-12,no,yes,", "SE,UA,2024-05-31,no,yes,")
    assert table["country"].tolist() == ["GB", "NO", "SE", "BG"]
