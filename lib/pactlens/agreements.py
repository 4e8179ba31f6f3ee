"""The dated reference: what was signed when and by whom, who joined the declaration, what others counted."""

from datetime import date

import pandas as pd

from pactlens import datafiles
from pactlens.errors import DataError

# Letters that Unicode does not decompose, as they are written without their strokes.
STROKES = str.maketrans({"ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ß": "ss", "æ": "ae"})
ACCENT = "[\u0300-\u036f]"
NUMBERS = ["number", "duration_years", "consultation_hours", "pledge_2024_amount", "value"]
FLAGS = ["union", "order_disputed", "g7", "nato_on_signing", "joined_declaration", "counted"]
DAYS = ["signed_on", "joined_on", "joined_by", "published", "on", "since", "until"]


def _read(name: str, *needed: str) -> pd.DataFrame:
    """Return a data file with its days, numbers and flags typed; raise DataError where that fails."""
    table = datafiles.read(name)
    try:
        table[list(needed)]
        for column in table.columns.intersection(FLAGS):
            table[column] = table[column].map({"yes": True, "no": False}).astype("boolean")
        for column in table.columns.intersection(NUMBERS):
            table[column] = pd.to_numeric(table[column]).astype("Int64")
        for column in table.columns.intersection(DAYS):
            table[column] = pd.to_datetime(table[column], format="%Y-%m-%d").astype("datetime64[s]")
    except (KeyError, ValueError) as error:
        raise DataError(f"{name}: {error}: compare it with data/README.md") from error
    return table


def load() -> pd.DataFrame:
    """Return data/agreements.csv in order of signing, one row an agreement; what is unknown is missing.

    Columns as in datapackage.json. Raises DataError for one that lacks, or a value of another type.
    """
    return _read("agreements.csv", "country", "subject", "signed_on", "union", "counted")


def subject() -> str:
    """Return the country that the agreements were signed with, as ISO code."""
    return str(load()["subject"].iloc[0])


def as_of(
    day: date, *, union: bool = True, disputed: bool = False, table: pd.DataFrame | None = None
) -> pd.DataFrame:
    """Return the agreements of `table` (default: `load`) signed by `day`, the usual count if nothing is said.

    union: with a partner that is no country; disputed: with those that the subject country does not count.
    """
    table = load() if table is None else table
    signed = table["signed_on"] <= pd.Timestamp(day)
    return table[signed & (union | ~table["union"]) & (disputed | table["counted"])].reset_index(drop=True)


def declaration() -> pd.DataFrame:
    """Return who joined the declaration; columns as in data/README.md and datapackage.json."""
    return _read("declaration.csv")


def coded() -> pd.DataFrame:
    """Return the facts coded from the wider coverage, one a row; columns as in datapackage.json."""
    return _read("coded_coverage.csv")


def leaders() -> pd.DataFrame:
    """Return the forms in which texts name the leaders, one row each, sorted by form.

    Columns: form (full name, variant, or surname where it can stand alone; each also without diacritics),
    leader, country, office, since, until (first and last day in office; missing if in office or not known).
    """
    table, columns = _read("leaders.csv"), ["form", "leader", "country", "office", "since", "until"]
    names = table[["leader", "surname", "variants"]].fillna("").agg(";".join, axis=1)
    table = table.assign(form=names.str.split(";")).explode("form").astype({"form": "str"})
    plain = table["form"].str.translate(STROKES).str.normalize("NFD").str.replace(ACCENT, "", regex=True)
    table = pd.concat([table, table.assign(form=plain)])[columns]
    return table[table["form"] != ""].drop_duplicates().sort_values(["form", "leader"], ignore_index=True)
