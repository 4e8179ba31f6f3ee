import datetime

import pandas as pd
import pytest

from pactlens import agreements
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
    assert len(agreements.as_of(day, **rules)) == count


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


def test_a_malformed_reference_says_what_to_do(tmp_path, monkeypatch):
    (tmp_path / "agreements.csv").write_text("country,signed_on\nNO,soon\n", encoding="utf-8")
    monkeypatch.setenv("PACTLENS_DATA", str(tmp_path))
    with pytest.raises(DataError, match=r"agreements\.csv.*README"):
        agreements.load()
