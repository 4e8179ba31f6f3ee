"""The dated reference: which agreements were signed when, who signed them, who joined the declaration."""

import unicodedata
from datetime import date

import pandas as pd

from pactlens import datafiles
from pactlens.errors import DataError

# Letters that Unicode does not decompose, as they are written without their strokes.
STROKES = str.maketrans({"ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ß": "ss", "æ": "ae"})
YES_NO = {"yes": True, "no": False}


def load() -> pd.DataFrame:
    """Return the agreements in order of signing, one row each; an unknown value is missing.

    Columns: number (Kyiv's own number, Int64), partner (English name), country (the partner, ISO alpha-2
    or EU), subject (the country that all of them were signed with), signed_on (datetime64), place, event,
    signatory_subject, signatory_partner ("name, office", several parted by ";"), title, duration_years and
    consultation_hours (Int64), pledge_2024_amount (Int64, units of pledge_2024_currency), pledge_note, and
    the booleans g7, nato_on_signing, joined_declaration (by the day of signing) and counted (by Kyiv's own
    count); note (disputes) and sources (addresses of published pages, parted by " ; ").
    Raises DataError for a value of another type than that.
    """
    table = datafiles.read("agreements.csv")
    try:
        for column in ("g7", "nato_on_signing", "joined_declaration", "counted"):
            table[column] = table[column].map(YES_NO).astype("boolean")
        for column in ("number", "duration_years", "consultation_hours", "pledge_2024_amount"):
            table[column] = pd.to_numeric(table[column]).astype("Int64")
        table["signed_on"] = pd.to_datetime(table["signed_on"], format="%Y-%m-%d").astype("datetime64[s]")
    except (KeyError, ValueError) as error:
        raise DataError(f"agreements.csv: {error}: compare it with data/README.md") from error
    return table


def subject() -> str:
    """Return the country that the agreements were signed with, as ISO code."""
    return str(load()["subject"].iloc[0])


def as_of(day: date, *, that_day: bool = True, union: bool = True, disputed: bool = False) -> pd.DataFrame:
    """Return the agreements signed by `day`, as `load` has them.

    that_day: with those signed on `day` itself; union: with those of a partner that is a union, not a
    country (EU); disputed: with those that Kyiv itself does not count.
    """
    table = load()
    moment = pd.Timestamp(day)
    signed = table["signed_on"] <= moment if that_day else table["signed_on"] < moment
    if not union:
        signed &= table["country"] != "EU"
    if not disputed:
        signed &= table["counted"]
    return table[signed].reset_index(drop=True)


def declaration() -> pd.DataFrame:
    """Return who joined the declaration that the agreements rest on.

    Columns: country, joined_on (missing if the day is not known), joined_by (the first day by which a source
    has it), counted (boolean: in Kyiv's own tally of states), note, source.
    """
    table = datafiles.read("declaration.csv")
    for column in ("joined_on", "joined_by"):
        table[column] = pd.to_datetime(table[column], format="%Y-%m-%d").astype("datetime64[s]")
    table["counted"] = table["counted"].map(YES_NO).astype("boolean")
    return table


def plain(text: str) -> str:
    """Return `text` without diacritics: "Nausėda" as "Nauseda"."""
    letters = unicodedata.normalize("NFD", text.translate(STROKES))
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def leaders() -> pd.DataFrame:
    """Return the forms in which texts name the leaders, one row each, sorted by form.

    Columns: form (full name, variant, or surname where it can stand alone; also without diacritics), leader
    (the name as the data has it), country (ISO code), office, since and until (first and last day in office;
    missing if still in office or not known).
    """
    table = datafiles.read("leaders.csv")
    for column in ("since", "until"):
        table[column] = pd.to_datetime(table[column], format="%Y-%m-%d").astype("datetime64[s]")
    rows = []
    for row in table.itertuples(index=False):
        names = [str(row.leader), *(str(row.variants).split(";") if isinstance(row.variants, str) else ())]
        if row.surname_alone == "yes":
            names.append(_surname(str(row.leader)))
        forms = sorted({*names, *map(plain, names)})
        rows += [(form, row.leader, row.country, row.office, row.since, row.until) for form in forms]
    out = pd.DataFrame(rows, columns=["form", "leader", "country", "office", "since", "until"])
    return out.sort_values(["form", "leader"], ignore_index=True)


def _surname(name: str) -> str:
    """Return the surname with its lower-case or noble particles: "von der Leyen", "De Croo"."""
    given, *rest = name.split()
    particles = [word for word in rest[:-1] if word in {"De", "de", "der", "van", "von"}]
    return " ".join([*particles, rest[-1]]) if rest else given
