"""The command line: `pactlens report`, `tables` and `check`; progress goes to stderr, results to stdout."""

import argparse
import sys
from pathlib import Path

import pandas as pd

from pactlens import agreements, checks, claims, corpus, countries, signings, terms
from pactlens.errors import PactlensError


def main(arguments: list[str] | None = None) -> int:
    """Run a command; return its exit status: 0, 1 (problems were found, with --strict) or 2 (misuse)."""
    options = _parser().parse_args(arguments)
    try:
        return int(options.run(options))
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

    print(report.write(options.corpus, options.out, _say))
    return 0


def _tables(options: argparse.Namespace) -> int:
    made = tables(options.corpus)
    options.out.mkdir(parents=True, exist_ok=True)
    for name, table in made.items():
        file = options.out / f"{name}.{options.format}"
        if options.format == "csv":
            table.to_csv(file, index=False, date_format="%Y-%m-%d", lineterminator="\n")
        else:
            table.to_parquet(file, index=False)
        _say(f"{file}: {len(table):,} rows")
    return 0


def _check(options: argparse.Namespace) -> int:
    coverage = corpus.load(options.corpus)
    for path, record, problem, hint in coverage.problems.fillna("").itertuples(index=False):
        print(f"{path}{f' ({record})' if record else ''}: {problem}: {hint}")
    found = len(coverage.problems)
    _say(f"{len(coverage.articles):,} articles, {len(coverage.sentences):,} sentences, {found:,} problems")
    return 1 if options.strict and found else 0


def _parser() -> argparse.ArgumentParser:
    about = "Read news coverage of bilateral security agreements."
    parser = argparse.ArgumentParser(prog="pactlens", description=about)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    where = "folder of articles, or a file of records"

    report = commands.add_parser("report", help="run the notebooks on a corpus and write them as HTML pages")
    report.add_argument(
        "corpus", type=Path, nargs="?", metavar="CORPUS", help=f"{where}; default: data/articles"
    )
    report.add_argument("--out", type=Path, default=Path("reports"), metavar="DIR", help="default: reports")
    report.set_defaults(run=_report)

    write = commands.add_parser("tables", help="write every table of a corpus as a file")
    write.add_argument("corpus", type=Path, metavar="CORPUS", help=where)
    write.add_argument("--out", type=Path, required=True, metavar="DIR", help="made if it is not there")
    write.add_argument("--format", choices=("csv", "parquet"), default="csv", help="default: csv")
    write.set_defaults(run=_tables)

    check = commands.add_parser("check", help="print what is wrong with the files of a corpus")
    check.add_argument("corpus", type=Path, metavar="CORPUS", help=where)
    check.add_argument("--strict", action="store_true", help="exit with status 1 if anything is wrong")
    check.set_defaults(run=_check)
    return parser
