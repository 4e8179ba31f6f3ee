"""The dated reference: what was signed when and by whom, who joined the declaration, what others counted."""

import functools
from datetime import date

import pandas as pd

from pactlens import countries, datafiles
from pactlens.errors import DataError

# Letters that Unicode does not decompose, as they are written without their strokes.
STROKES = str.maketrans({"ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ß": "ss", "æ": "ae"})
ACCENT = "[\u0300-\u036f]"
NUMBERS = ["number", "duration_years", "consultation_hours", "pledge_2024_amount", "value"]
FLAGS = ["union", "order_disputed", "g7", "nato_on_signing", "joined_declaration", "counted"]
DAYS = ["signed_on", "joined_on", "joined_by", "published", "on", "since", "until"]
FLAG, NUMBER, DAY = "write yes or no", "write a whole number", "write YYYY-MM-DD"
CODE = "write a code of countries.csv"
FOUNDERS = "G7"  # the group in groups.csv whose declaration the others joined


@functools.cache
def unions() -> frozenset[str]:
    """Return the partners that are no countries but unions, which countries join."""
    reference = load()
    return frozenset(reference.loc[reference["union"], "country"])


def _read(name: str, *needed: str) -> pd.DataFrame:
    """Return a data file with its days, numbers and flags typed; no spaces around cells, no blank rows.

    Raises DataError for a column of `needed` that lacks, or a cell of another type.
    """
    table: pd.DataFrame = datafiles.read(name).apply(lambda cells: cells.str.strip())
    table = table.where(table != "").dropna(how="all")
    if lacking := [column for column in needed if column not in table]:
        raise DataError(f"{name} has no column {', '.join(lacking)}: compare it with data/README.md")
    for column in table.columns.intersection([*FLAGS, *NUMBERS, *DAYS]):
        raw = table[column]
        if column in FLAGS:
            hint, table[column] = FLAG, raw.str.lower().map({"yes": True, "no": False}).astype("boolean")
        elif column in NUMBERS:
            hint, table[column] = NUMBER, pd.to_numeric(raw.where(raw.str.isdecimal())).astype("Int64")
        else:
            hint, table[column] = DAY, pd.to_datetime(raw, format="%Y-%m-%d", errors="coerce").dt.as_unit("s")
        _refuse(name, raw, raw.notna() & table[column].isna(), hint)
    return table


def _refuse(name: str, cells: pd.Series, wrong: pd.Series, hint: str) -> None:
    """Raise DataError for the first of the cells of a data file that are wrong, if there is one."""
    if len(cells := cells[wrong]):
        said = "empty" if pd.isna(cells.iloc[0]) else repr(cells.iloc[0])
        raise DataError(f"{name} line {cells.index[0] + 2}, {cells.name}: {said}: {hint}")


def load() -> pd.DataFrame:
    """Return data/agreements.csv in order of signing, one row an agreement; what is unknown is missing.

    Columns as in datapackage.json. Raises DataError, with line and column, for what cannot be counted.
    """
    table = _read(name := "agreements.csv", "country", "subject", "signed_on", "union", "counted")
    for column in ("country", "subject"):
        _refuse(name, table[column], ~table[column].isin(countries.names().index), CODE)
    for column in ("union", "counted"):
        _refuse(name, table[column], table[column].isna(), FLAG)
    _refuse(name, table["signed_on"], table["signed_on"].isna() & table["counted"], DAY)
    _refuse(name, table["country"], table.duplicated(["country", "subject"]), "keep one of its rows")
    return table.sort_values("signed_on", kind="stable", ignore_index=True)


def subject() -> str:
    """Return the country that the agreements were signed with, as ISO code."""
    return str(load()["subject"].iloc[0])


def as_of(day: date, table: pd.DataFrame, *, union: bool = True, disputed: bool = False) -> pd.DataFrame:
    """Return the agreements of `table` (as `load`) signed by `day`, the usual count if nothing is said.

    union: with a partner that is no country; disputed: with those that the subject country does not count.
    """
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
