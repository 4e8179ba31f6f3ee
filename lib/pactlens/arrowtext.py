"""Find forms and count words in Arrow text: the only module that sees a buffer, or bytes."""

import itertools
import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

import ahocorasick_rs
import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from pactlens.errors import TableError

Integers = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]
Bytes = npt.NDArray[np.uint8]

# One block is scanned at a time, so that the hits of a large column are never all Python objects at once.
BLOCK_BYTES = 8_000_000
# Text broken into lines matches as the same text on one line does.
BREAKS = b"\t\n\v\f\r"
ONE_SPACE = bytes.maketrans(BREAKS, b" " * len(BREAKS))
APOSTROPHE = "\u02bc"  # a letter to Unicode, and in names no more than a mark
ASCII_WORD = np.array([code < 128 and (chr(code).isalnum() or chr(code) == "_") for code in range(256)])


class Found(NamedTuple):
    """Spans found: row and form by position, start and end in characters of the row's text.

    `capital` says whether one of the three characters after the span is a capital letter A to Z.
    """

    row: Integers
    form: Integers
    start: Integers
    end: Integers
    capital: Flags


def _chunks(text: pd.Series) -> list[Any]:
    """Return the Arrow arrays that a column consists of, with 64-bit offsets."""
    column = pa.array(text, from_pandas=True)
    chunks = column.chunks if isinstance(column, pa.ChunkedArray) else [column]
    return [chunk.cast(pa.large_string()) for chunk in chunks if len(chunk)]


def _blocks(text: pd.Series) -> Iterator[tuple[int, Bytes, Integers]]:
    """Yield the first row, the bytes and the rows' offsets in them, of each block of whole rows."""
    first = 0
    for chunk in _chunks(text):
        _, offset_buffer, data_buffer = chunk.buffers()
        data = np.frombuffer(data_buffer or b"", np.uint8)
        offsets = np.frombuffer(offset_buffer, np.int64)[chunk.offset : chunk.offset + len(chunk) + 1]
        cuts = np.searchsorted(offsets, np.arange(offsets[0], offsets[-1], BLOCK_BYTES))
        for low, high in itertools.pairwise(np.unique([*cuts, len(chunk)])):
            yield first + low, data[offsets[low] : offsets[high]], offsets[low : high + 1] - offsets[low]
        first += len(chunk)


@lru_cache(maxsize=8)
def _automaton(forms: tuple[str, ...]) -> Any:
    patterns = [form.encode() for form in forms]
    return ahocorasick_rs.BytesAhoCorasick(patterns, implementation=ahocorasick_rs.Implementation.DFA)


def _bounded(data: Bytes, low: Integers, high: Integers, start: Integers, end: Integers) -> Flags:
    """Return which spans have no word character on either side, within their row."""
    before = np.where(start > low, data[start - 1], ord(" "))
    after = np.where(end < high, data[np.minimum(end, len(data) - 1)], ord(" "))
    bounded: Flags = ~ASCII_WORD[before] & ~ASCII_WORD[after]
    for i in np.flatnonzero(bounded & ((before > 127) | (after > 127))):
        left = data[max(low[i], start[i] - 4) : start[i]].tobytes().decode(errors="ignore")[-1:]
        right = data[end[i] : min(high[i], end[i] + 4)].tobytes().decode(errors="ignore")[:1]
        bounded[i] = not any(side.isalnum() and side != APOSTROPHE for side in (left, right))
    return bounded


def _leftmost_longest(start: Integers, end: Integers) -> list[int]:
    """Return which spans are left when each drops those that begin before it ends."""
    order, kept, reached = np.lexsort((-end, start)), [], 0
    for span, first, last in zip(order.tolist(), start[order].tolist(), end[order].tolist(), strict=True):
        if first >= reached:
            kept.append(span)
            reached = last
    return kept


def _found_in(first: int, data: Bytes, offsets: Integers, automaton: Any) -> Found:
    """Return what is found in a block of `_blocks`, rows counted from `first`, offsets in characters."""
    plain = data.tobytes()
    if any(code in plain for code in BREAKS):
        plain = plain.translate(ONE_SPACE)
    hits = automaton.find_matches_as_indexes(plain, overlapping=True)
    form, start, end = np.fromiter(itertools.chain.from_iterable(hits), np.int64).reshape(-1, 3).T
    row = np.searchsorted(offsets, start, "right") - 1
    low, high = offsets[row], offsets[row + 1]
    kept = np.flatnonzero((end <= high) & _bounded(data, low, high, start, end))
    kept = kept[_leftmost_longest(start[kept], end[kept])]
    form, start, end, row, low, high = (column[kept] for column in (form, start, end, row, low, high))
    capital = np.zeros(len(kept), bool)
    for after in (end, end + 1, end + 2):
        letter = data[np.minimum(after, len(data) - 1)]
        capital |= (after < high) & (letter >= ord("A")) & (letter <= ord("Z"))
    inside = np.flatnonzero((data & 0xC0) == 0x80)
    start, end, low = (at - np.searchsorted(inside, at) for at in (start, end, low))
    return Found(row + first, form, start - low, end - low, capital)


def find_forms(text: pd.Series, forms: Sequence[str]) -> Found:
    """Return where `forms` stand in `text` as whole words, in order of row and start.

    Case counts; a space in a form matches any one ASCII white space. A form counts only with no letter, digit
    or underscore (Unicode) on either side. Where forms overlap, the leftmost counts, and of those the
    longest. A missing text has none. Raises TableError for an empty form.
    """
    if not all(forms):
        raise TableError("a form is empty or missing: remove it from the list of forms")
    parts = [_found_in(*block, _automaton(tuple(forms))) for block in _blocks(text)] if len(forms) else []
    none = np.zeros(0, np.int64)
    columns = zip(Found(none, none, none, none, none == 0), *parts, strict=True)
    return Found(*(np.concatenate(column) for column in columns))


PIECE = "[^\\W_]+(?:[\u0300-\u036f]+[^\\W_]*)*"
WORD = (
    r"(?<![\w.]'(?=s\b))"
    rf"(?:(?:[^\W\d_]\.){{2,}}|\d+(?:[.,]\d+)+|{PIECE})"
    rf"(?:(?:-|'(?!s\b)){PIECE})*"
)
ONE_WAY = str.maketrans(f"\u2019{APOSTROPHE}\u2010\u2011", "''--", "\u00ad")


def clean(text: str) -> str:
    """Return `text` as WORD expects it: composed, lower-cased, one kind of apostrophe and of hyphen."""
    return unicodedata.normalize("NFC", text).translate(ONE_WAY).lower()


def tokens(text: str) -> list[str]:
    """Return the words of `text`: "Ukraine's U.S.-backed F-16s" gives ukraine, u.s.-backed, f-16s.

    Inner apostrophes, hyphens and the dots of initials and numbers are kept; a possessive 's is taken off.
    """
    return re.findall(WORD, clean(text))


def words(text: pd.Series) -> tuple[Integers, Integers, list[str]]:
    """Return the words of all texts in order, as numbers; the row of each; and the sorted vocabulary.

    The words are those of `tokens`, which is applied to the distinct chunks between white space only.
    """
    column = pa.chunked_array(_chunks(text), pa.large_string())
    split = pc.ascii_split_whitespace(pc.fill_null(column, "")).combine_chunks()
    chunk = split.flatten().dictionary_encode()
    lines = "".join(f"{line}\n" for line in chunk.dictionary.to_pylist())
    found = np.array(re.findall(rf"\n|{WORD}", clean(lines)), object)
    # A line break sorts before every word: its number is 0.
    number, spelled = pd.factorize(found, sort=True)
    breaks = np.flatnonzero(number == 0)
    ends = np.concatenate([[0], breaks - np.arange(len(breaks))])
    by_chunk = pa.LargeListArray.from_arrays(ends, number[number != 0].astype(np.int64) - 1)
    in_order = by_chunk.take(chunk.indices)
    row = pc.list_parent_indices(split).take(pc.list_parent_indices(in_order))
    return in_order.flatten().to_numpy(), row.to_numpy().astype(np.int64), list(spelled[1:])


def ngrams(ids: Integers, row: Integers, group: Integers, n: int) -> pd.DataFrame:
    """Return how often each run of `n` ids stands within a row, by group: group, 0, …, n - 1, count.

    `group` gives each row's group as a number; the columns 0 to n - 1 are the run's ids.
    """
    begins = max(0, len(ids) - n + 1)
    runs = pd.DataFrame({place: ids[place : place + begins] for place in range(n)})
    runs.insert(0, "group", group[row[:begins]])
    whole = row[:begins] == row[n - 1 :]
    counted: pd.DataFrame = runs[whole].groupby(list(runs.columns)).size().reset_index(name="count")
    return counted
