import datetime

import pandas as pd
import pytest

from pactlens import agreements, checks, claims, corpus, tables

REFERENCE = agreements.load()
FIFTEEN = REFERENCE["country"].head(15).tolist()


def signed(countries, article="a", basis="listed"):
    rows = [
        {"article": article, "sentence": 0, "country": country, "status": "signed", "basis": basis}
        for country in countries
    ]
    return tables.from_rows("signings", rows)


def claim(kind, value, day=None, operator="=", scope="countries", country=None, article="a"):
    return {
        "article": article,
        "sentence": 0,
        "kind": kind,
        "value": value,
        "operator": operator,
        "scope": scope,
        "country": country,
        "as_of": None if day is None else datetime.date.fromisoformat(day),
    }


def check(*rows, listed=()):
    return checks.check(tables.from_rows("claims", list(rows)), REFERENCE, signed(listed)).iloc[0]


@pytest.mark.parametrize(
    ("row", "verdict", "expected", "why"),
    [
        (claim("signed_total", 17, "2024-06-13"), "agrees", "17", "17 had signed by 13 June 2024"),
        (claim("signed_total", 15, "2024-06-13"), "agrees", "15", "before the signings of 13 June 2024"),
        (claim("signed_total", 14, "2024-06-13"), "differs", "17", "14 is 1 too low"),
        (claim("signed_total", 15, "2024-06-21"), "differs", "17", "15 is 2 too low"),
        (claim("signed_total", 24, "2024-07-23"), "agrees", "24", "without the European Union"),
        (claim("signed_total", 29, "2025-02-01"), "agrees", "29", "with Croatia counted"),
        (claim("signed_total", 20, "2024-07-23", ">="), "agrees", "25", "25 had signed"),
        (claim("signed_total", 8), "cannot tell", None, "right from 3 April 2024 to 11 April 2024"),
        (claim("ordinal", 16, country="US"), "differs", "17", "The United States is number 17"),
        (claim("ordinal", 14, country="SE"), "agrees", "14", "the order of that day is disputed"),
        (claim("ordinal", 21, country="GR", scope="countries (EU)"), "agrees", "21", "with Croatia counted"),
        (claim("others_signed", 15, country="US"), "agrees", "15", "before the signings of 13 June 2024"),
        (claim("others_signed", 16, country="US"), "agrees", "16", "13 June 2024"),
        (claim("others_signed", 17, country="US"), "differs", "16", "17 is 1 too high"),
        (claim("negotiating", 10, "2024-06-14"), "cannot tell", None, "not talks"),
        (claim("ordinal", 16, "2024-06-03", country="BG"), "differs", None, "no agreement with Bulgaria"),
        (claim("others_signed", 15, "2024-06-03", country="BG"), "differs", None, "no agreement with Bulg"),
        (claim("signed_total", 12, "2024-06-13", scope="countries (EU)"), "differs", "11", "11 (EU) had"),
        (claim("joined_declaration", 31, "2023-12-24"), "agrees", "31", "without Kosovo"),
        (claim("joined_declaration", 30, "2024-04-20", ">="), "agrees", None, "had joined"),
        (
            claim("duration_years", 10, country="US"),
            "agrees",
            "10",
            "10 years for the agreement with the United States",
        ),
        (claim("duration_years", 20, country="JP"), "differs", "10", "10 years"),
        (claim("duration_years", 10, country="EU"), "cannot tell", None, "does not know the years"),
        (claim("consult_hours", 24, country="FI"), "cannot tell", None, "does not know the hours"),
        (claim("duration_years", 10, country="ME"), "cannot tell", None, "no agreement with Montenegro"),
        (claim("consult_hours", 24), "agrees", "24", "24 hours"),
    ],
)
def test_a_claim_is_judged_under_the_rules_that_the_reference_allows(row, verdict, expected, why):
    result = check(row)
    assert result["verdict"] == verdict
    assert expected is None or result["expected"] == expected
    assert why in result["why"]


def test_a_right_number_of_the_wrong_group_differs_in_scope_only():
    result = check(claim("others_signed", 15, scope="countries (Europe)", country="US"))
    assert result["verdict"] == "differs"
    assert "the number agrees, the scope differs" in result["why"]
    assert "Canada" in result["why"]


def test_a_partner_that_only_plans_to_sign_may_be_the_next():
    row = claim("ordinal", 26, "2024-08-20", country="ME")
    plan = signed(["ME"]).assign(status="planned")
    for signings, verdict in ((plan, "agrees"), (pd.concat([plan, signed(["ME"])]), "differs")):
        table = checks.check(tables.from_rows("claims", [row]), REFERENCE, signings)
        assert table["verdict"].tolist() == [verdict]


def test_lists_are_compared_name_by_name():
    row = claim("signed_total", 17, "2024-06-13")
    assert "lacks the United States" in check(row, listed=[*FIFTEEN, "JP"])["why"]
    assert "names Bulgaria too" in check(row, listed=[*FIFTEEN, "JP", "US", "BG"])["why"]
    assert "is the same" in check(row, listed=[*FIFTEEN, "JP", "US"])["why"]
    assert "names Bulgaria too" in check(row | {"value": 18}, listed=[*FIFTEEN, "JP", "US", "BG"])["why"]
    europe = claim("others_signed", 15, scope="countries (Europe)", country="US")
    assert "lacks Canada" in check(europe, listed=set(FIFTEEN) - {"CA"})["why"]
    assert "3 of them" in check(row, listed=["GB", "DE", "FR"])["why"]


def test_the_five_articles_as_a_careful_reader_judges_them():
    whole = corpus.load()
    found = claims.claims(whole)
    table = checks.check(found, REFERENCE, signed(["GB", "DE"], article="none"))
    verdicts = {(row.article, row.kind, int(row.value)): row.verdict for row in table.itertuples()}
    assert verdicts["censor-net", "signed_total", 17] == "agrees"
    assert verdicts["online-ua-ten-more", "ordinal", 16] == "differs"
    assert verdicts["white-house", "others_signed", 15] == "agrees"
    assert verdicts["united24", "others_signed", 15] == "differs"
    assert verdicts["white-house", "negotiating", 16] == "cannot tell"
    said = checks.disagreements(found, REFERENCE)
    assert said["value"].tolist() == [16, 16, 17]
    assert said["article"].tolist() == ["online-ua-ten-more", "white-house", "censor-net"]


@pytest.mark.parametrize(
    ("one", "other", "kind"),
    [
        (claim("signed_total", 16, "2024-06-13"), claim("ordinal", 17, "2024-07-20", country="US"), "signed"),
        (claim("others_signed", 15, country="US"), claim("signed_total", 17, "2024-06-13"), "signed"),
        (claim("ordinal", 15, country="JP"), claim("ordinal", 16, country="JP"), "signed up to Japan"),
        (
            claim("ordinal", 20, scope="countries (EU)", country="GR"),
            claim("ordinal", 21, scope="countries (EU)", country="GR"),
            "signed (EU) up to Greece",
        ),
        (
            claim("signed_total", 11, "2024-06-13", scope="countries (EU)"),
            claim("signed_total", 12, "2024-06-13", scope="agreements (EU)"),
            "signed (EU)",
        ),
    ],
)
def test_two_articles_disagree_on_one_day_and_group(one, other, kind):
    rows = tables.from_rows("claims", [one, other | {"article": "b"}])
    assert checks.disagreements(rows, REFERENCE)["kind"].tolist() == [kind] * 2
    assert checks.disagreements(rows.assign(article="a"), REFERENCE).empty


@pytest.mark.parametrize(
    "other",
    [
        claim("signed_total", 24, "2024-07-19"),
        claim("signed_total", 18, "2024-07-20", scope="countries (EU)"),
        claim("signed_total", 24, "2024-07-20", scope="countries without EU"),
        claim("signed_total", 20, "2024-07-20", operator=">="),
        claim("ordinal", 16, "2024-07-20", country="JP"),
        claim("ordinal", 24, "2024-07-20", scope="countries (EU)"),
        claim("negotiating", 10, "2024-07-20"),
    ],
)
def test_other_days_groups_and_kinds_are_no_disagreement(other):
    rows = [claim("signed_total", 25, "2024-07-20"), other | {"article": "b"}]
    assert checks.disagreements(tables.from_rows("claims", rows), REFERENCE).empty


def test_one_place_each_on_a_day_of_several_signings_is_no_disagreement():
    rows = [claim("ordinal", 16, country="JP"), claim("ordinal", 17, country="US", article="b")]
    assert checks.disagreements(tables.from_rows("claims", rows), REFERENCE).empty


def test_no_claims_make_an_empty_table():
    empty = tables.from_rows("claims", [])
    assert list(checks.check(empty, REFERENCE, signed([])).columns)[-3:] == ["expected", "verdict", "why"]
    assert checks.disagreements(empty, REFERENCE).empty


def test_every_verdict_says_why():
    rows = [
        claim(kind, value, "2024-07-01")
        for kind in ("signed_total", "ordinal", "others_signed")
        for value in range(30)
    ]
    table = checks.check(tables.from_rows("claims", rows), REFERENCE, signed([]))
    assert table["why"].str.endswith(".").all()
    assert pd.notna(table["verdict"]).all()
