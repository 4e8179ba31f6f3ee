"""Where the data files are, and how they are read: as text, with nothing guessed."""

import os
from pathlib import Path

import pandas as pd

from pactlens.errors import DataError


def folder() -> Path:
    """Return the data folder: $PACTLENS_DATA, else `data` beside `lib`."""
    return Path(os.environ.get("PACTLENS_DATA") or Path(__file__).resolve().parents[2] / "data")


def read(name: str) -> pd.DataFrame:
    """Return data file `name` with every cell as text; an empty cell is missing ("NA" is Namibia).

    Raises DataError if there is no such file or it is not a table.
    """
    path = folder() / name
    try:
        return pd.read_csv(path, dtype="str", keep_default_na=False, na_values=[""])
    except (OSError, pd.errors.ParserError, pd.errors.EmptyDataError, UnicodeDecodeError) as error:
        hint = "restore it from the repository, or set PACTLENS_DATA"
        raise DataError(f"{path} is not there, or no UTF-8 CSV table ({error}): {hint}") from error
