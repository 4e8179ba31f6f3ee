"""The tables, declared once in tables.csv: schema, checks and data dictionary in one place."""

from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from pactlens.errors import TableError

# Missing is always missing (NaN, NaT or <NA>), never 0 or an empty string.
DTYPES = {"text": "str", "count": "Int64", "number": "Float64", "date": "datetime64[s]"}


def dictionary() -> pd.DataFrame:
    """Return the data dictionary: table, column, type, unit, allowed values and meaning of each column."""
    return pd.read_csv(Path(__file__).with_suffix(".csv"), dtype="str", keep_default_na=False)


@cache
def declared() -> dict[str, pd.DataFrame]:
    """Return the rows of the data dictionary by table, each with its columns' names as index."""
    by_table = dictionary().groupby("table", sort=False)
    return {str(name): rows.set_index("column") for name, rows in by_table}


def conform(name: str, frame: pd.DataFrame) -> pd.DataFrame:
    """Return `frame` as table `name`: its columns in declared order and type, rows renumbered.

    Raises TableError for a column that lacks, or a value that the declaration does not allow.
    """
    columns = declared()[name]
    missing = [column for column in columns.index if column not in frame]
    if missing:
        raise TableError(f"table {name} lacks {', '.join(missing)}: add the column, or see tables.csv")
    out = frame[list(columns.index)].reset_index(drop=True).astype(columns["type"].map(DTYPES).to_dict())
    for column, allowed in columns.loc[columns["allowed"] != "", "allowed"].items():
        strange = set(out[column].dropna().unique()) - set(allowed.split(", "))
        if strange:
            raise TableError(f"table {name}, column {column}: {sorted(strange)} is none of {allowed}")
    return out


def from_rows(name: str, rows: Sequence[Mapping[str, Any] | tuple[Any, ...]]) -> pd.DataFrame:
    """Return table `name` made of dicts (a key that one lacks is a missing value), or of whole tuples."""
    return conform(name, pd.DataFrame(rows, columns=list(declared()[name].index)))


def stands_in(table: pd.DataFrame, sentences: pd.DataFrame) -> npt.NDArray[np.bool_]:
    """Return which rows of `table` stand in one of `sentences`; both have article and sentence."""
    place = ["article", "sentence"]
    return pd.MultiIndex.from_frame(table[place]).isin(pd.MultiIndex.from_frame(sentences[place]))
