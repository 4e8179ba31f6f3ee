import re
import subprocess
import sys
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
    text = (
        "Ukraine and Norway signed a security agreement in Kyiv on 16 February 2024. It is for ten years.\n"
    )
    (folder / "good.txt").write_text(f"date 2024-02-20 {text * 2}", encoding="utf-8")
    (folder / "empty.txt").write_bytes(b"")
    return folder


def test_tables_writes_every_table_with_its_columns_and_keeps_other_files(corpus, tmp_path, capsys):
    out = tmp_path / "made" / "tables"
    out.mkdir(parents=True)
    (out / "notes.csv").write_text("mine", encoding="utf-8")
    for _ in range(2):
        assert cli.main(["tables", str(corpus), "--out", str(out)]) == 0
    assert {path.stem for path in out.iterdir()} == TABLES | {"notes"}
    assert (out / "notes.csv").read_text(encoding="utf-8") == "mine"
    for name in TABLES:
        written = pd.read_csv(out / f"{name}.csv", dtype="str")
        assert list(written) == list(tables.declared()[name].index)
    assert pd.read_csv(out / "articles.csv")["published"].tolist() == ["2024-02-20"]
    said = capsys.readouterr()
    assert (said.out, "articles.csv: 1 rows" in said.err) == ("", True)


@pytest.mark.parametrize("form", ["csv", "parquet"])
def test_tables_never_replace_what_is_not_theirs(corpus, tmp_path, capsys, form):
    source = corpus / f"articles.{form}"
    rows = pd.DataFrame({"id": ["a"], "text": ["One."]})
    (rows.to_csv if form == "csv" else rows.to_parquet)(source, index=False)
    before = source.read_bytes()
    for given, out in ((corpus, corpus), (corpus, corpus / "new"), (source, corpus), (tmp_path, source)):
        assert cli.main(["tables", str(given), "--out", str(out), "--format", form]) == 2
        assert re.match(r"pactlens: \S+ .*choose another --out", capsys.readouterr().err)
    assert source.read_bytes() == before
    assert sorted(path.name for path in corpus.iterdir()) == [source.name, "empty.txt", "good.txt"]


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
    assert "file is no folder: choose another --out" in capsys.readouterr().err
    with pytest.raises(SystemExit, match="2"):
        cli.main(["tables"])


def test_every_command_has_the_same_default(corpus, tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("PACTLENS_CORPUS", str(corpus))
    assert cli.main(["check", "--strict"]) == 1
    assert cli.main(["tables", "--out", str(tmp_path / "out")]) == 0
    assert "articles.csv: 1 rows" in capsys.readouterr().err


def test_a_reader_that_closes_the_output_is_no_misuse(tmp_path):
    for number in range(2000):
        (tmp_path / f"{number}.unknown").touch()
    main = "import sys; from pactlens import cli; sys.exit(cli.main())"
    command = [sys.executable, "-c", main, "check", str(tmp_path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        process.stdout.readline()
        process.stdout.close()
        assert (process.stderr.read(), process.wait()) == ("", 141)


def test_report_passes_corpus_and_folder_on(monkeypatch, capsys):
    calls = []
    monkeypatch.setattr(report, "write", lambda *given: calls.append(given[:2]) or "reports/index.html")
    assert cli.main(["report"]) == 0
    assert cli.main(["report", "mine", "--out", "there"]) == 0
    assert calls == [(None, Path("reports")), (Path("mine"), Path("there"))]
    assert "reports/index.html" in capsys.readouterr().out


def test_a_slip_in_the_reference_is_told_before_a_report_is_begun(tmp_path, monkeypatch, capsys):
    (tmp_path / "agreements.csv").write_text("country\n", encoding="utf-8")
    monkeypatch.setenv("PACTLENS_DATA", str(tmp_path))
    assert cli.main(["report", str(ROOT / "data/articles"), "--out", str(tmp_path / "out")]) == 2
    assert re.fullmatch(r"pactlens: agreements\.csv has no column .+\n", capsys.readouterr().err)


def test_every_command_and_option_is_in_the_readme(capsys):
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    with pytest.raises(SystemExit, match="0"):
        cli.main(["--version"])
    assert re.fullmatch(r"pactlens \d+\.\d+\.\d+\n", capsys.readouterr().out)
    for command in ("report", "tables", "check"):
        with pytest.raises(SystemExit, match="0"):
            cli.main([command, "--help"])
        for option in re.findall(r"--[a-z]+", capsys.readouterr().out):
            assert option in readme or option == "--help"
        assert f"pactlens {command}" in readme
