"""Where the data files are, and how they are read: as text, with nothing guessed."""

import io
import os
from pathlib import Path

import pandas as pd

from pactlens.errors import DataError

ROOT = Path(__file__).resolve().parents[2]


def folder() -> Path:
    """Return the data folder: $PACTLENS_DATA (if relative, from the repository's root), else `data` there."""
    return ROOT / (os.environ.get("PACTLENS_DATA") or "data")


def read(name: str) -> pd.DataFrame:
    """Return data file `name` with every cell as text; an empty cell is missing ("NA" is Namibia).

    Cells are parted as its first line shows. Raises DataError if there is no such file or it is no table.
    """
    path = folder() / name
    try:
        text = path.read_text("utf-8-sig")
        mark = max(",;\t", key=text.partition("\n")[0].count)
        return pd.read_csv(io.StringIO(text), sep=mark, dtype="str", keep_default_na=False, na_values=[""])
    except (OSError, pd.errors.ParserError, pd.errors.EmptyDataError, UnicodeDecodeError) as error:
        hint = "restore it from the repository, or set PACTLENS_DATA"
        raise DataError(f"{path} is not there, or no UTF-8 CSV table ({error}): {hint}") from error
