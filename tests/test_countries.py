import re

import pandas as pd
import pycountry
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pactlens import contexts, countries, datafiles
from pactlens.errors import DataError


def sentences(*texts, article="a"):
    ends = pd.Series([len(text) + 1 for text in texts], dtype="int64").cumsum()
    return pd.DataFrame(
        {
            "article": article,
            "sentence": range(len(texts)),
            "start": ends.shift(fill_value=0),
            "end": ends - 1,
            "part": "body",
            "text": pd.Series(texts, dtype="str"),
        }
    )


def found(*texts, kinds=countries.KINDS):
    return " ".join(countries.mentions(sentences(*texts), kinds)["country"])


NAMED = {
    # nested names, longest first
    "Papua New Guinea and Guinea": "PG GN",
    "Guinea-Bissau, Equatorial Guinea and Guinea": "GW GQ GN",
    "Northern Ireland and Ireland": "GB IE",
    "Dominica and the Dominican Republic; a Dominican minister": "DM DO DO",
    "Niger and Nigeria, Nigerien and Nigerian troops": "NE NG NE NG",
    "North Korea, South Korea, South Korean aid": "KP KR KR",
    "South Sudan left Sudan": "SS SD",
    "the Democratic Republic of the Congo and the Republic of the Congo": "CD CG",
    "Congo asked for help": "CD",
    "Congo spoke from Brazzaville": "CG",
    "the United States of America and American Samoa": "US AS",
    "New Zealand, New Caledonia": "NZ NC",
    "St. Kitts & Nevis and Saint Lucia": "KN LC",
    # case
    "The US told us to sign": "US",
    "They told us that turkey is dear": "",
    "UKRAINE AND TURKEY SIGN IN THE UNITED KINGDOM": "UA TR GB",
    "fine china and polish on a jersey": "",
    # marks around the form
    "a U.S.-backed, US-Ukraine and UK-Ukraine plan": "US US UA GB UA",
    "the Franco-German and Russo-Turkish talks": "FR DE RU TR",
    "Franco won; Austro is a brand": "",
    "the EU's and Ukraine\u2019s offer": "EU UA",
    "E.U. and U.K. and U.A.E.": "EU GB AE",
    "T\u00fcrkiye, C\u00f4te d\u2019Ivoire and Cote d'Ivoire": "TR CI CI",
    "the United\nKingdom, the United\u00a0States and South  Korea": "GB US KR",
    "Ukrainea, \u00e9Ukraine, Ukraine\u00e9, _Ukraine_": "",
    "\u201cUkraine\u201d\u2014Poland\u2026": "UA PL",
    # groups are no countries
    "European, Nordic and Baltic members of the G7 and NATO": "",
    "the European Union": "EU",
    "Latin American, North American and African-American voters": "",
    # not the country, and the country
    "The turtle swam in the Gulf of Mexico off New Mexico and New Jersey": "",
    "French fries, a Guinea pig and Swiss cheese": "",
    "French and Swiss ministers met in Mexico": "FR CH MX",
    "A school in Lebanon, Pa., and one in Peru, Indiana, said": "",
    "Lebanon, Peru and Indiana": "LB PE",
    "Fire on Poland Road and in Jamaica County": "",
    "She speaks French, and studied Portuguese.": "",
    "He met French and Portuguese ministers.": "FR PT",
    "Georgia Tech and Georgia lawmakers": "",
    "Atlanta, Georgia": "",
    "Georgia, Florida and Alabama vote": "",
    "Ukraine, Moldova and Georgia signed": "UA MD GE",
    "Georgia signed a declaration": "GE",
    "Michael Jordan scored; Chad Smith sang": "",
    "Jordan and Chad joined the declaration": "JO TD",
    "In Jordan, Chad signed": "JO TD",
    "Tom Holland and Kathy Ireland came": "",
    "Holland and Ireland signed": "NL IE",
    "Lu\u00eds Montenegro came to Kyiv": "",
    "Prime Minister Montenegro came to Kyiv": "",
    "Talks with Montenegro went on": "ME",
    "They walked in Luxembourg Gardens": "",
    "Luxembourg joined Belgium": "LU BE",
    # a capital counts where it stands for a government
    "Kyiv and Washington will sign it": "UA US",
    "Helsinki will not wait": "FI",
    "Talks with Washington go on": "US",
    "an agreement between Kyiv and Rome": "UA IT",
    "Moscow's response and Kyiv\u2019s allies": "RU UA",
    "Kyiv and Helsinki sealed a deal; Rome and Ottawa followed": "UA FI IT CA",
    "The document that Kyiv and London signed": "UA GB",
    "Talks in Rome, Paris and Berlin will follow": "",
    "Ukraine's capital Kyiv will host them": "UA",
    "They met near Oxford, England, and in northern England": "GB",
    "It was signed in Kyiv, near Paris and at The Hague": "",
    "He flew from Berlin to Warsaw": "",
    "KYIV, June 14 (Reuters) \u2014 It rained": "",
    "The Kyiv International Institute of Sociology and the Berlin Wall": "",
    "The Washington Post, Washington state and George Washington": "",
    "a Washington-based group": "",
    "Brussels has given Kyiv money": "EU UA",
    "Belgium is small, yet Brussels has given Kyiv money": "BE BE UA",
}


@pytest.mark.parametrize(("text", "codes"), NAMED.items())
def test_a_country_is_named_or_it_is_not(text, codes):
    assert found(text) == codes


def test_what_an_article_says_elsewhere_decides():
    assert found("Lu\u00eds Montenegro came.", "Montenegro smiled.") == ""
    assert found("Montenegro smiled.") == "ME"
    assert found("He is from Savannah.", "Georgia cheered.") == ""
    assert found("Tbilisi was calm.", "Georgia cheered.") == "GE"


def test_kinds_can_be_switched():
    text = "Ukraine, Ukrainian, UK and Kyiv will"
    assert {kind: found(text, kinds=[kind]) for kind in countries.KINDS} == {
        "name": "UA",
        "demonym": "UA",
        "abbreviation": "GB",
        "capital": "UA",
    }
    assert found("Mexico City will sign with Mexico", kinds=["name"]) == "MX"


def test_offsets_count_characters_of_the_article():
    table = sentences("\U0001f600 Україна: Ukraine.", "The United\nStates wait.")
    whole = "\n".join(table["text"])
    mentions = countries.mentions(table)
    assert [whole[a:b] for a, b in zip(mentions["start"], mentions["end"], strict=True)] == list(
        mentions["text"]
    )
    assert list(mentions["text"]) == ["Ukraine", "United\nStates"]


def test_teasers_can_be_left_out():
    table = sentences("Ukraine waits.", "Read more: Poland signs").assign(part=["body", "teaser"])
    mentions = countries.mentions(table)
    assert list(mentions["country"]) == ["UA", "PL"]
    assert list(countries.counted(mentions, table)["country"]) == ["UA"]


def test_nothing_to_read_gives_no_mention():
    assert countries.mentions(sentences()).empty
    assert countries.mentions(sentences("", "nothing")).empty
    assert countries.mentions(sentences("Ukraine").assign(text=pd.Series([None], dtype="str"))).empty


@given(st.lists(st.text(), max_size=4))
def test_no_text_raises(texts):
    mentions = countries.mentions(sentences(*texts))
    assert mentions["country"].notna().all()


def test_every_country_has_its_names():
    senses = countries.lexicon().groupby("form")["country"].agg(set)
    for country in pycountry.countries:
        for name in (
            country.name,
            getattr(country, "official_name", None),
            getattr(country, "common_name", None),
        ):
            form = re.sub("^[Tt]he ", "", name or country.name)
            assert country.alpha_2 in senses[form], name
    codes = {country.alpha_2 for country in pycountry.countries} | {"EU", "XK"}
    assert set(countries.names().index) == codes
    assert countries.names().is_unique


def test_the_data_files_agree_with_each_other():
    lexicon, groups = countries.lexicon(), datafiles.read("groups.csv")
    codes = set(countries.names().index)
    assert set(lexicon["country"].dropna()) == codes
    assert set(lexicon["kind"]) == {*countries.KINDS, "other"}
    assert (lexicon["country"].isna() == (lexicon["kind"] == "other")).all()
    assert not lexicon.duplicated(["form", "country"]).any()
    assert set(" ".join(lexicon["context"].dropna()).split()) <= set(contexts.rules())
    assert set(groups["country"]) <= codes


@pytest.mark.parametrize(
    ("group", "day", "number"),
    [
        ("G7", None, 7),
        ("EU", None, 27),
        ("EU", "2019-01-01", 28),
        ("NATO", "2024-03-06", 31),
        ("NATO", None, 32),
    ],
)
def test_groups_have_their_members_of_the_day(group, day, number):
    assert len(countries.members(group, day)) == number


def test_an_unknown_group_says_what_to_do():
    with pytest.raises(DataError, match=r"groups\.csv"):
        countries.members("G77")
