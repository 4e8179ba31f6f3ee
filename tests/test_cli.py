import re
from pathlib import Path

import pandas as pd
import pytest

from pactlens import cli, report, tables

ROOT = Path(__file__).parents[1]
TABLES = set(tables.declared())


@pytest.fixture
def corpus(tmp_path):
    folder = tmp_path / "articles"
    folder.mkdir()
    text = "date 2024-02-20 Ukraine and Norway signed a security agreement in Kyiv on 16 February 2024.\n"
    (folder / "good.txt").write_text(text, encoding="utf-8")
    (folder / "empty.txt").write_bytes(b"")
    return folder


def test_tables_writes_every_table_with_its_columns_and_keeps_other_files(corpus, tmp_path, capsys):
    out = tmp_path / "made" / "tables"
    out.mkdir(parents=True)
    (out / "notes.csv").write_text("mine", encoding="utf-8")
    assert cli.main(["tables", str(corpus), "--out", str(out)]) == 0
    assert {path.stem for path in out.iterdir()} == TABLES | {"notes"}
    assert (out / "notes.csv").read_text(encoding="utf-8") == "mine"
    for name in TABLES:
        written = pd.read_csv(out / f"{name}.csv", dtype="str")
        assert list(written) == list(tables.declared()[name].index)
    assert pd.read_csv(out / "articles.csv")["published"].tolist() == ["2024-02-20"]
    said = capsys.readouterr()
    assert (said.out, "articles.csv: 1 rows" in said.err) == ("", True)


def test_parquet_holds_the_same_rows(corpus, tmp_path):
    assert cli.main(["tables", str(corpus), "--out", str(tmp_path / "p"), "--format", "parquet"]) == 0
    for name, table in cli.tables(corpus).items():
        written = pd.read_parquet(tmp_path / "p" / f"{name}.parquet")
        # Parquet has no seconds: a day comes back in milliseconds, and is the same day.
        pd.testing.assert_frame_equal(tables.conform(name, written), table)


def test_check_prints_problems_and_fails_only_when_strict(corpus, capsys):
    assert cli.main(["check", str(corpus)]) == 0
    assert "empty.txt" in capsys.readouterr().out
    assert cli.main(["check", str(corpus), "--strict"]) == 1
    (corpus / "empty.txt").unlink()
    assert cli.main(["check", str(corpus), "--strict"]) == 0
    assert cli.main(["check", str(ROOT / "data/articles"), "--strict"]) == 0


def test_misuse_is_a_message_and_status_2(tmp_path, capsys):
    assert cli.main(["check", str(tmp_path / "nowhere")]) == 2
    assert re.fullmatch(r"pactlens: \S+nowhere is no corpus: .+\n", capsys.readouterr().err)
    (tmp_path / "file").write_text("", encoding="utf-8")
    assert cli.main(["tables", str(ROOT / "data/articles"), "--out", str(tmp_path / "file")]) == 2
    assert "pactlens: " in capsys.readouterr().err
    with pytest.raises(SystemExit, match="2"):
        cli.main(["tables"])


def test_report_passes_corpus_and_folder_on(monkeypatch, capsys):
    calls = []
    monkeypatch.setattr(report, "write", lambda *given: calls.append(given[:2]) or "reports/index.html")
    assert cli.main(["report"]) == 0
    assert cli.main(["report", "mine", "--out", "there"]) == 0
    assert calls == [(None, Path("reports")), (Path("mine"), Path("there"))]
    assert "reports/index.html" in capsys.readouterr().out


def test_every_command_and_option_is_in_the_readme(capsys):
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    for command in ("report", "tables", "check"):
        with pytest.raises(SystemExit, match="0"):
            cli.main([command, "--help"])
        for option in re.findall(r"--[a-z]+", capsys.readouterr().out):
            assert option in readme or option == "--help"
        assert f"pactlens {command}" in readme
