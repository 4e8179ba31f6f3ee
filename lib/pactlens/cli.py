"""The command line: `pactlens report | tables | check`; progress on stderr, problems and results on stdout."""

import argparse
import importlib
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd

from pactlens.errors import PactlensError


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def _landed(module: str) -> Any:
    try:
        return importlib.import_module(f"pactlens.{module}")
    except ModuleNotFoundError:
        _say(f"(pactlens.{module} has not landed)")
        return None


def _tables(path: Path | None) -> dict[str, pd.DataFrame]:
    corpus, countries, signings, claims, checks, agreements, terms = map(
        _landed, ("corpus", "countries", "signings", "claims", "checks", "agreements", "terms")
    )
    coverage = corpus.load(path)
    out: dict[str, pd.DataFrame] = dict(coverage._asdict())
    if countries:
        out["mentions"] = countries.mentions(coverage.sentences)
    if signings:
        out["signings"] = signings.signings(coverage, out.get("mentions"))
    if claims:
        out["claims"] = claims.claims(coverage, out.get("mentions"))
    if claims and checks and agreements and signings:
        out["checks"] = checks.check(out["claims"], agreements.load(), out["signings"])
    if terms:
        out["terms"] = terms.counts(coverage)
    return out


def _write_tables(options: argparse.Namespace) -> int:
    options.out.mkdir(parents=True, exist_ok=True)
    for name, table in _tables(options.corpus).items():
        _say(f"{name}: {len(table)} rows")
        if options.format == "csv":
            table.to_csv(options.out / f"{name}.csv", index=False, date_format="%Y-%m-%d", lineterminator="\n")
        else:
            table.to_parquet(options.out / f"{name}.parquet", index=False)
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="pactlens", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    def command(name: str, run: Callable[[argparse.Namespace], int], text: str) -> argparse.ArgumentParser:
        sub = commands.add_parser(name, help=text, description=text)
        sub.set_defaults(run=run)
        return sub

    tables = command("tables", _write_tables, "write every table as a file")
    tables.add_argument("corpus", type=Path)
    tables.add_argument("--out", type=Path, required=True)
    tables.add_argument("--format", choices=("csv", "parquet"), default="csv")
    return parser


def main(arguments: list[str] | None = None) -> int:
    """Run the command line; return its exit status: 0, 1 (problems, with --strict) or 2 (misuse)."""
    options = _parser().parse_args(arguments)
    try:
        return int(options.run(options))
    except PactlensError as error:
        _say(f"pactlens: {error}")
        return 2
