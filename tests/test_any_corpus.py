"""The notebooks run, and the report is whole, on corpora that are nothing like the bundled one."""

import itertools

import pytest
from bs4 import BeautifulSoup

from pactlens import countries, report


def undated(folder):
    text = "Ukraine and Norway have signed a security agreement.\n\nIt lasts for ten years.\n"
    (folder / "only.txt").write_text(text, encoding="utf-8")


def off_subject(folder):
    (folder / "rain.txt").write_text("It rained all day.\n\nThen it stopped.\n", encoding="utf-8")
    (folder / "broken.txt").write_bytes(b"\x00\x01\x02")


def nothing(folder):
    (folder / "empty.txt").write_bytes(b"")


def thousand(folder):
    names = countries.names().tolist()
    months = itertools.cycle(range(1, 13))
    for number, month in zip(range(1000), months, strict=False):
        one, two = names[number % len(names)], names[(7 * number + 3) % len(names)]
        day = f"2024-{month:02d}-{1 + number % 28:02d}"
        text = (
            f"date {day} {one} and Ukraine signed a bilateral security agreement in Kyiv on {day}.\n\n"
            f"{two} is the {1 + number % 30}th country to sign such an agreement with Ukraine.\n\n"
            f"Minister {number} spoke of training, funding and air defence for {1 + number % 9} years.\n"
        )
        (folder / f"article-{number:04d}.txt").write_text(text, encoding="utf-8")


@pytest.mark.parametrize("fill", [undated, off_subject, nothing, thousand])
def test_the_report_holds_on_any_corpus(tmp_path, fill):
    (tmp_path / "corpus").mkdir()
    fill(tmp_path / "corpus")
    index = report.write(tmp_path / "corpus", tmp_path / "report", say=lambda _: None)
    pages = [path for path in sorted(index.parent.iterdir()) if path != index]
    assert len(pages) == 6
    for page in pages:
        soup = BeautifulSoup(page.read_text(encoding="utf-8"), "html.parser")
        said = " ".join(text.get_text() for text in soup.select("figcaption, .said, svg"))
        assert soup.h1 and said
        for word in ("nan", "None", "NaT", "<NA>"):
            assert word not in said.split(), f"{page.name}: {said}"
