"""Data files are read as text, and a bad one says what to do."""

from pathlib import Path

import pytest

from pactlens import datafiles
from pactlens.errors import DataError


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("PACTLENS_DATA", str(tmp_path))
    return tmp_path


def test_cells_stay_text_and_na_is_namibia(folder: Path) -> None:
    (folder / "places.csv").write_text("country,number\nNA,007\n,\n", encoding="utf-8")
    table = datafiles.read("places.csv")
    assert table["country"].tolist()[0] == "NA"
    assert table["number"].tolist()[0] == "007"
    assert table.iloc[1].isna().all()


@pytest.mark.parametrize("mark", ";\t")
def test_cells_may_be_parted_as_spreadsheets_do(folder: Path, mark: str) -> None:
    (folder / "places.csv").write_text(f'\ufeffa{mark}b\n"1, 2"{mark}3\n', encoding="utf-8")
    assert datafiles.read("places.csv").to_dict("records") == [{"a": "1, 2", "b": "3"}]


def test_the_folder_is_the_same_wherever_a_kernel_runs(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert datafiles.folder() == folder
    monkeypatch.setenv("PACTLENS_DATA", "data")
    monkeypatch.chdir(folder)
    assert datafiles.read("countries.csv").size


@pytest.mark.usefixtures("folder")
def test_a_missing_file_is_named() -> None:
    with pytest.raises(DataError, match=r"places\.csv is not there.*: restore it"):
        datafiles.read("places.csv")


@pytest.mark.parametrize("content", [b"", b"\xff\xfe\xfa", b'a,b\n"1'])
def test_a_file_that_is_no_table_is_named(folder: Path, content: bytes) -> None:
    (folder / "places.csv").write_bytes(content)
    with pytest.raises(DataError, match=r"places\.csv.* no UTF-8 CSV table .*: restore it"):
        datafiles.read("places.csv")
