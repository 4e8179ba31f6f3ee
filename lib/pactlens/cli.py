"""The command line: `pactlens report`, `tables` and `check`; progress goes to stderr, results to stdout."""

import argparse
import os
import sys
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path

import pandas as pd
import pyarrow.parquet as pq

from pactlens import agreements, checks, claims, corpus, countries, signings, terms
from pactlens.errors import PactlensError, ReportError
from pactlens.tables import declared


def main(arguments: list[str] | None = None) -> int:
    """Run a command and return its exit status.

    0; 1 if problems were found, with --strict; 2 for misuse; 141 where the reader of the output closed it.
    """
    options = _parser().parse_args(arguments)
    try:
        return int(options.run(options))
    except BrokenPipeError:
        # `| head` has all that it wants; what Python would still write at its end goes nowhere.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 141
    except (PactlensError, OSError) as error:
        _say(f"pactlens: {error}")
        return 2


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def tables(source: Path | None) -> dict[str, pd.DataFrame]:
    """Return every table of the corpus at `source`, by name and in order of making."""
    coverage = corpus.load(source)
    mentions = countries.mentions(coverage.sentences)
    signed = signings.signings(coverage, mentions)
    claimed = claims.claims(coverage, mentions)
    return {
        **coverage._asdict(),
        "mentions": mentions,
        "signings": signed,
        "claims": claimed,
        "checks": checks.check(claimed, agreements.load(), signed),
        "terms": terms.counts(coverage),
    }


def _report(options: argparse.Namespace) -> int:
    # Jupyter's machinery is slow to import, and no other command needs it.
    from pactlens import report

    agreements.load()  # A slip in it is told in one line, not by a notebook that stops.
    print(report.write(options.corpus, options.out, _say))
    return 0


def _tables(options: argparse.Namespace) -> int:
    files = {name: options.out / f"{name}.{options.format}" for name in declared()}
    for name, file in files.items():
        corpus.keep_apart(file, options.corpus)
        if file.exists() and _columns(file) != list(declared()[name].index):
            hint = "remove it if it is an older pactlens's, or choose another --out"
            raise ReportError(f"{file} has not the columns of this table and would be lost: {hint}")
    if options.out.exists() and not options.out.is_dir():
        raise ReportError(f"{options.out} is no folder: choose another --out")
    made = tables(options.corpus)
    options.out.mkdir(parents=True, exist_ok=True)
    for name, file in files.items():
        if options.format == "csv":
            made[name].to_csv(file, index=False, date_format="%Y-%m-%d", lineterminator="\n")
        else:
            made[name].to_parquet(file, index=False)
        _say(f"{file}: {len(made[name]):,} rows")
    return 0


def _columns(file: Path) -> list[str]:
    """Return the columns of a CSV or Parquet file; none if it is neither."""
    try:
        return list(pd.read_csv(file, nrows=0) if file.suffix == ".csv" else pq.read_schema(file).names)
    except ValueError:
        return []


def _check(options: argparse.Namespace) -> int:
    coverage = corpus.load(options.corpus)
    for path, record, problem, hint in coverage.problems.fillna("").itertuples(index=False):
        print(f"{path}{f' ({record})' if record else ''}: {problem}: {hint}")
    found = len(coverage.problems)
    _say(f"{len(coverage.articles):,} articles, {len(coverage.sentences):,} sentences, {found:,} problems")
    return 1 if options.strict and found else 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("pactlens", None, "Read news coverage of bilateral security agreements.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    parser.add_argument("--version", action="version", version=f"pactlens {version('pactlens')}")

    def command(name: str, run: Callable[[argparse.Namespace], int], about: str) -> argparse.ArgumentParser:
        made = commands.add_parser(name, help=about)
        where = "folder of articles, or file of records; default: $PACTLENS_CORPUS, else data/articles"
        made.add_argument("corpus", type=Path, nargs="?", metavar="CORPUS", help=where)
        made.set_defaults(run=run)
        return made

    report = command("report", _report, "run the notebooks on a corpus and write them as HTML pages")
    report.add_argument("--out", type=Path, default=Path("reports"), metavar="DIR", help="default: reports")
    write = command("tables", _tables, "write every table of a corpus as a file")
    write.add_argument("--out", type=Path, required=True, metavar="DIR", help="made if it is not there")
    write.add_argument("--format", choices=("csv", "parquet"), default="csv", help="default: csv")
    check = command("check", _check, "print what is wrong with the files of a corpus")
    check.add_argument("--strict", action="store_true", help="exit with status 1 if anything is wrong")
    return parser
