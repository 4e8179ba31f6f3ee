"""Sentences with their offsets: split at stops and line ends; headlines and boilerplate told from the body."""

import re
from collections.abc import Iterator

import pandas as pd

from pactlens import tables

BOUNDARY = re.compile(r"[.!?…]+[\"'”’»)\]]*\s+(?![a-z])|\s*\n\s*")


def split(articles: pd.DataFrame) -> pd.DataFrame:
    """Return the sentences of all articles."""
    rows = [
        {
            "article": article,
            "sentence": n,
            "start": start,
            "end": end,
            "part": "body",
            "text": text[start:end],
        }
        for article, text in zip(articles["article"], articles["text"], strict=True)
        for n, (start, end) in enumerate(spans(text))
    ]
    return tables.from_rows("sentences", rows)


def spans(text: str) -> Iterator[tuple[int, int]]:
    """Yield start and end of each sentence."""
    start = 0
    for found in BOUNDARY.finditer(text):
        end = found.start() + len(found[0].rstrip())
        if text[start:end].strip():
            yield start, end
        start = found.end()
    if text[start:].strip():
        yield start, len(text)
