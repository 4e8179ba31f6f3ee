"""Articles, from a folder or a file of records, with their sentences and all that was wrong with them."""

import csv
import hashlib
import os
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd

from pactlens import arrowtext, datafiles, dates, publication, readers, sentences, tables
from pactlens.errors import CorpusError, ReportError

INDEX = "index.csv"
KINDS = ", ".join(readers.READERS)
# A whole article has so many words or more. Of English, 0.2 to 0.5 are function words; of German, 0.05.
FEW, ENGLISH = 30, 0.12
Problems = list[tuple[str, str | None, str, str]]


class Corpus(NamedTuple):
    """The tables articles, sentences and problems."""

    articles: pd.DataFrame
    sentences: pd.DataFrame
    problems: pd.DataFrame


def where(path: str | os.PathLike[str] | None = None) -> Path:
    """Return which corpus is meant: the path given, else $PACTLENS_CORPUS, else data/articles."""
    named = Path(path or os.environ.get("PACTLENS_CORPUS") or datafiles.folder() / "articles")
    # A kernel runs in the folder of notebooks, not where the variable was set.
    return named if path or named.exists() else datafiles.ROOT / named


def keep_apart(out: Path, source: Path | None) -> None:
    """Raise ReportError if `out` is or lies in the corpus at `source`: it would be read as articles."""
    if out.resolve().is_relative_to(root := where(source).resolve()):
        raise ReportError(f"{out} lies in the corpus {root}: choose another --out")


def load(path: str | os.PathLike[str] | None = None) -> Corpus:
    """Return the corpus in a folder or one file; see `where` for None.

    A folder is read with all below it; an `index.csv` (file, and any of article, outlet, url, sha256,
    published, title, language) says more about the files beside it. A file is one article, or many records:
    JSON Lines, CSV or Parquet with a column `text`. A title that its text lacks is put before it. What is
    wrong with the input becomes a row of problems. Raises CorpusError for no such path, a file of
    no known kind, or a folder that holds nothing to read.
    """
    root = where(path)
    if not (root.is_dir() or (root.is_file() and root.suffix.lower() in readers.READERS)):
        raise CorpusError(f"{root.resolve()} is no corpus: give a folder of articles, or a file of {KINDS}")
    problems: Problems = []
    records = _folder(root, problems) if root.is_dir() else _file(root, root.name, {}, problems)
    articles = _articles(records, problems)
    if articles.empty and not problems:
        raise CorpusError(f"{root} holds no article: put files ({KINDS}) there, or name another folder")
    split = sentences.split(articles)
    titles = split[split["part"] == "title"].drop_duplicates("article").set_index("article")["text"]
    articles["title"] = articles["title"].fillna(articles["article"].map(titles).astype("str"))
    articles["words"] = words(articles, split)
    return Corpus(articles, split, _summed(problems))


def _summed(problems: Problems) -> pd.DataFrame:
    """Return table problems; records of a file that have the same problem share a row, which names ten."""
    same: dict[tuple[str, str, str], list[str]] = {}
    for path, record, problem, hint in problems:
        same.setdefault((path, problem, hint), []).append(record or "")
    rows = []
    for (path, problem, hint), names in same.items():
        most = names[:10] + [f"{len(names) - 10:,} more"] * (len(names) > 10)
        rows.append(tuple(readers.whole(cell) or None for cell in (path, ", ".join(most), problem, hint)))
    return tables.from_rows("problems", rows)


def _folder(root: Path, problems: Problems) -> Iterator[readers.Record]:
    """Yield the records of all files in and below a folder in order of their paths, hidden ones left out."""
    files = _files(root, problems)
    indexes = [name for name in files if name.name == INDEX]
    index: dict[Path, dict[str, str]] = {}
    for place in indexes:
        for name, cells in _index(place, files.pop(place), problems):
            if index.setdefault(name, cells) is not cells:
                twice = "listed twice in the index: the first row counts"
                problems.append((str(name), None, twice, "drop one of its rows"))
    for name, file in files.items():
        row = index.pop(name, None)
        if row is None and any(folder / INDEX in indexes for folder in name.parents):
            problems.append((f"{name.parent}/", name.name, "not in the index", f"add a row to {INDEX}"))
        if file.suffix.lower() in readers.READERS:
            yield from _file(file, readers.whole(name.as_posix()), row or {}, problems)
        else:
            problems.append((str(name), None, "of an unknown kind: skipped", f"convert it to one of {KINDS}"))
    gone = (None, "in the index, but there is no such file", "restore it, or drop its row")
    problems += [(str(name), *gone) for name in index]


def _files(root: Path, problems: Problems) -> dict[Path, Path]:
    """Return each file in and below a folder by its path from there, hidden ones left out."""

    def unread(error: OSError) -> None:
        path = str(Path(error.filename).relative_to(root))
        problems.append((path, None, f"cannot be read: {error.strerror}", "check that you may read it"))

    files: dict[Path, Path] = {}
    for place, folders, names in os.walk(root, onerror=unread):
        folder = Path(place)
        folders[:] = sorted(name for name in folders if name[0] != ".")
        # A link may lead round in a circle, or out of the corpus.
        for link in filter(Path.is_symlink, map(folder.joinpath, folders)):
            said = "a link to a folder: not followed", "put the folder itself in its place"
            problems.append((str(link.relative_to(root)), None, *said))
        files |= {(folder / name).relative_to(root): folder / name for name in names if name[0] != "."}
    return dict(sorted(files.items()))


def _index(name: Path, file: Path, problems: Problems) -> Iterator[tuple[Path, dict[str, str]]]:
    """Yield the rows of an index, each with the path of the file that it speaks of."""
    try:
        rows = readers.rows(file.read_text("utf-8-sig", "replace"))
        if "file" not in (rows.fieldnames or ()):
            problems.append((str(name), None, "an index without a column file", "name that column: file"))
        for row in rows:
            known = {key: value for key, value in row.items() if key and isinstance(value, str) and value}
            if "file" in known:
                yield name.parent / known.pop("file"), known
    except (OSError, csv.Error) as error:
        problems.append((str(name), None, f"an unreadable index: {error}", "write it again as UTF-8 CSV"))


def _file(file: Path, name: str, row: dict[str, str], problems: Problems) -> Iterator[readers.Record]:
    """Yield the records of one file, with what the index says of it."""
    try:
        data = file.read_bytes()
    except OSError as error:
        problems.append((name, None, f"cannot be read: {error.strerror}", "check that you may read it"))
        return
    digest = hashlib.sha256(data).hexdigest()
    if row.get("sha256", digest).lower() != digest:
        problems.append((name, None, "its sha256 is not that of the index", "restore it, or renew the index"))
    number = -1
    for number, record in enumerate(readers.READERS[file.suffix.lower()](data)):
        many = record["format"] in readers.MANY
        record.setdefault("article", readers.whole(f"{file.stem}-{number}" if many else file.stem))
        problems += [(name, record["article"] if many else None, *problem) for problem in record["problems"]]
        if record["text"]:
            record["sha256"] = hashlib.sha256(record["text"].encode()).hexdigest() if many else digest
            record["dated"] += [("index", row["published"])] if "published" in row else []
            keys = ("outlet", "url", "title", "language", *(() if many else ("article",)))
            record |= {"path": name} | {key: row[key] for key in keys if key in row}
            if "title" in record:
                record["text"] = _headed(record["text"], readers.clean(record["title"]))
            yield record
    if number < 0:
        problems.append((name, None, "empty: it holds no record", "remove it, or give it records"))


def _headed(text: str, title: str) -> str:
    """Return the text with its title before it, unless one of its first 8 lines is that title.

    The name of a site may stand at either end of the title: what is left must be half of it or more, or
    its first three words or more.
    """
    same = sentences.plain(title)
    for line in text.split("\n", 8)[:8]:
        own = sentences.plain(line) if len(line) <= 2 * len(title) else ""
        begins, most = same.startswith(own), 2 * len(own) >= len(same)
        if (begins and own.count(" ") > 1) or (most and (begins or same.endswith(own))):
            return text
    return f"{title}\n\n{text}"


def _articles(records: Iterator[readers.Record], problems: Problems) -> pd.DataFrame:
    """Return the table of articles, its words yet to be counted."""
    common = frozenset(datafiles.read("stopwords.csv")["word"])
    again: Counter[str] = Counter()
    first: dict[str, str] = {}
    rows: dict[str, readers.Record] = {}
    for record in records:
        path, name, text = record["path"], record["article"], record["text"]
        unique = name
        while unique in rows:
            again[name] += 1
            unique = f"{name}-{again[name] + 1}"
        if unique != name:
            why = f"another article named {name}: now {unique}"
            problems.append((path, name, why, "give each article a name of its own"))
        *when, wrong = publication.published(record["dated"], record.get("url"), text)
        # Where no day was found, one that may be two stands among the first words.
        early = dates.find(text[:400]) if when[0] is None else ()
        wrong += [text[day.start : day.end] for day in early if day.basis == "explicit" and not day.on]
        faults = [(f"a date that is not read as one day: {said}", "write it YYYY-MM-DD") for said in wrong]
        if (same := first.setdefault(text, unique)) != unique:
            faults.append((f"the same text as {same}", "remove one of them"))
        tokens = text.casefold().split()
        if short := len(tokens) < FEW:
            faults.append((f"under {FEW} words: an error page, or a part?", "complete it, or remove it"))
        english = short or sum(map(common.__contains__, tokens)) > ENGLISH * len(tokens)
        language = record.get("language", "en" if english else "not English")
        if not language.lower().startswith("en"):
            why = f"its language is {language}: read as if it were English"
            faults.append((why, "leave it out, translate it, or correct its language"))
        problems += [(path, unique, *fault) for fault in faults]
        dated = zip(("published", "date_basis", "date_evidence"), when, strict=True)
        rows[unique] = record | dict(dated) | {"article": unique}
    return tables.from_rows("articles", list(rows.values()))


def words(articles: pd.DataFrame, sentences: pd.DataFrame) -> pd.Series:
    """Return how many words each row of `articles` has in its `sentences`, boilerplate left out."""
    own = sentences[sentences["part"] != "teaser"]
    each = pd.Series(np.bincount(arrowtext.words(own["text"])[1], minlength=len(own)), own.index)
    return articles["article"].map(each.groupby(own["article"]).sum()).fillna(0).astype("Int64")
