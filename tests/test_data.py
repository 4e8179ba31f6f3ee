import csv
import json

import pytest
from frictionless import Package

from pactlens.datafiles import folder

FILES = sorted(path.relative_to(folder()).as_posix() for path in folder().rglob("*.csv"))
RESOURCES = {
    resource["path"]: resource
    for resource in json.loads((folder() / "datapackage.json").read_text(encoding="utf-8"))["resources"]
}


def test_the_data_package_is_valid():
    report = Package(folder() / "datapackage.json").validate()
    assert report.valid, report.flatten(["name", "rowNumber", "fieldName", "message"])


def test_every_file_is_described_and_nothing_else():
    assert sorted(RESOURCES) == FILES


@pytest.mark.parametrize("file", FILES)
def test_every_column_has_its_meaning(file):
    with (folder() / file).open(encoding="utf-8", newline="") as lines:
        header = next(csv.reader(lines))
    fields = RESOURCES[file]["schema"]["fields"]
    assert [field["name"] for field in fields] == header
    assert all(field["description"] for field in fields)
    assert all(field.get("unit") for field in fields if field["type"] in ("integer", "number", "date"))
    assert RESOURCES[file]["sources"]
    assert RESOURCES[file]["licenses"]


def test_the_codebook_names_every_file():
    codebook = (folder() / "README.md").read_text(encoding="utf-8")
    assert [file for file in FILES if file not in codebook] == []


def test_coded_coverage_holds_no_text():
    with (folder() / "coded_coverage.csv").open(encoding="utf-8", newline="") as lines:
        cells = [cell for row in csv.DictReader(lines) for name, cell in row.items() if name != "url"]
    assert max(map(len, cells)) < 40
