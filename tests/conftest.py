"""Options of the test run."""

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--misses",
        action="store_true",
        help="print what the reading of tests/coverage missed, and renew data/reading_scores.csv",
    )
