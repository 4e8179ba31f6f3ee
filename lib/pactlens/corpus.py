"""Articles, from a folder or a file of records, with their sentences and all that was wrong with them."""

import csv
import hashlib
import io
import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from pactlens import dates, readers, sentences, tables
from pactlens.datafiles import folder
from pactlens.errors import CorpusError

WORD = re.compile(r"[^\W_]+(?:['’\-][^\W_]+)*")
INDEX = "index.csv"


class Corpus(NamedTuple):
    """The tables articles, sentences and problems."""

    articles: pd.DataFrame
    sentences: pd.DataFrame
    problems: pd.DataFrame


Problems = list[dict[str, object]]


def load(path: str | os.PathLike[str] | None = None) -> Corpus:
    """Return the corpus in a folder or in one file; None means $PACTLENS_CORPUS, else data/articles.

    A folder is read recursively; an `index.csv` (file, and any of article, outlet, url, sha256, published, title,
    language) says more about the files beside it. A file is one article, or many records: JSON Lines, CSV or
    Parquet with a column text. What is wrong with the input becomes a row of problems.

    Raises CorpusError if there is no such path, or a single file is of an unknown kind.
    """
    root = Path(path or os.environ.get("PACTLENS_CORPUS") or folder() / "articles")
    problems: Problems = []
    if root.is_dir():
        records = list(_folder(root, problems))
    elif root.is_file() and root.suffix.lower() in readers.KINDS:
        records = list(_file(root, root.name, {}, problems))
    elif root.is_file():
        raise CorpusError(f"{root} is of no known kind: give a folder, or {', '.join(readers.KINDS)}")
    else:
        raise CorpusError(f"{root} does not exist: give a folder of articles, or a file of records")
    articles = _articles(records, problems)
    split = sentences.split(articles)
    articles["words"] = _words(articles, split)
    return Corpus(tables.conform("articles", articles), split, tables.from_rows("problems", problems))


def _say(problems: Problems, path: str, record: str | None, problem: str, hint: str) -> None:
    problems.append({"path": path, "record": record, "problem": problem, "hint": hint})


def _folder(root: Path, problems: Problems) -> Iterator[readers.Record]:
    """Yield the records of all files in a folder, in order of their paths."""
    files = sorted(p for p in root.rglob("*") if not p.is_dir() and not p.name.startswith("."))
    index = _index(root, [p for p in files if p.name == INDEX], problems)
    for file in files:
        name = file.relative_to(root).as_posix()
        if file.name == INDEX:
            continue
        row = index.pop(name, None)
        if row is None and any(
            (folder / INDEX).exists() for folder in file.parents if folder.is_relative_to(root)
        ):
            _say(problems, name, None, "not in the index", f"add a row for it to {INDEX}")
        if file.suffix.lower() in readers.KINDS:
            yield from _file(file, name, row or {}, problems)
        else:
            _say(
                problems, name, None, "of no known kind: skipped", f"convert it to {', '.join(readers.KINDS)}"
            )
    for name in index:
        _say(
            problems,
            name,
            None,
            "in the index, but there is no such file",
            f"restore it, or take its row from {INDEX}",
        )


def _index(root: Path, files: list[Path], problems: Problems) -> dict[str, dict[str, str]]:
    """Return the rows of all indexes, by the path of the file they speak of."""
    rows = {}
    for file in files:
        text = file.read_text(encoding="utf-8-sig", errors="replace")
        for row in csv.DictReader(io.StringIO(text, newline="")):
            if row.get("file"):
                rows[(file.parent / row["file"]).relative_to(root).as_posix()] = {
                    k: v for k, v in row.items() if v and k
                }
    return rows


def _file(file: Path, name: str, row: dict[str, str], problems: Problems) -> Iterator[readers.Record]:
    """Yield the records of one file, with what the index says of it."""
    try:
        digest = hashlib.sha256(file.read_bytes()).hexdigest()
        if row.get("sha256", digest).lower() != digest:
            _say(
                problems,
                name,
                None,
                "its sha256 is not that of the index",
                "restore the file, or renew the index",
            )
        for n, record in enumerate(readers.read(file)):
            many = record["format"] in ("json lines", "csv", "parquet")
            which = str(record.get("article", n)) if many else None
            for problem, hint in record["problems"]:
                _say(problems, name, which, problem, hint)
            if not record["text"]:
                if not record["problems"]:
                    _say(problems, name, which, "empty", "remove it, or give it a text")
                continue
            known = {k: row[k] for k in ("article", "outlet", "url", "title", "language") if k in row}
            record |= {"path": name, "sha256": digest} | known
            if many:
                record["sha256"] = hashlib.sha256(record["text"].encode()).hexdigest()
            record.setdefault("article", f"{file.stem}-{n}" if many else file.stem)
            if "published" in row:
                record["dated"].append(("index", row["published"]))
            yield record
    except OSError as error:
        _say(
            problems,
            name,
            None,
            f"cannot be read: {error.strerror}",
            "check that it is there and may be read",
        )


def _articles(records: list[readers.Record], problems: Problems) -> pd.DataFrame:
    seen: dict[str, int] = {}
    for record in records:
        name = record["article"]
        seen[name] = seen.get(name, 0) + 1
        if seen[name] > 1:
            record["article"] = f"{name}-{seen[name]}"
            _say(
                problems,
                record["path"],
                name,
                f"a second article named {name}: renamed {record['article']}",
                "give each article a name of its own",
            )
        when = dates.published(record["dated"], record.get("url"), record["text"])
        for words in when.wrong:
            _say(problems, record["path"], name, f"a date that does not exist: {words}", "correct it")
        record |= {
            "published": when.day,
            "date_basis": when.basis,
            "date_evidence": when.evidence,
            "words": None,
        }
    return tables.from_rows("articles", records)


def _words(articles: pd.DataFrame, split: pd.DataFrame) -> pd.Series:
    own = split[split["part"] != "teaser"]
    counts = own["text"].map(lambda text: len(WORD.findall(text))).groupby(own["article"]).sum()
    return articles["article"].map(counts).fillna(0)
