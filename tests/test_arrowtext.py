import re

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pactlens import arrowtext
from pactlens.errors import TableError

WORD = "[^\\W\u02bc]"  # the modifier apostrophe is no letter here
LETTERS = "abA_ -.'1\u00e9\u02bc\u0416\u2019\u2026\u0301\U0001f600\n\u00a0"
TEXTS = st.lists(st.one_of(st.none(), st.text(LETTERS, max_size=12), st.text(max_size=12)), max_size=5)
FORMS = st.lists(
    st.text(LETTERS.replace("\n", ""), min_size=1, max_size=4), min_size=1, max_size=6, unique=True
)


def column(texts):
    return pd.Series(texts, dtype="str")


def naive(texts, forms):
    """Try each form at each place, longest first, in plain Python."""
    spans = []
    for row, text in enumerate(texts):
        flat, at = re.sub(r"[\t\n\v\f\r]", " ", text or ""), 0
        while at < len(flat):
            fits = [
                form
                for form in forms
                if re.compile(rf"(?<!{WORD}){re.escape(form)}(?!{WORD})").match(flat, at)
            ]
            form = max(fits, key=lambda form: len(form.encode()), default=None)
            if form is not None:
                spans.append((row, forms.index(form), at, at + len(form)))
            at += len(form or " ")
    return spans


def spans(found):
    return list(zip(*(part.tolist() for part in found[:4]), strict=True))


@given(TEXTS, FORMS)
def test_forms_are_found_as_a_plain_search_finds_them(texts, forms):
    assert spans(arrowtext.find_forms(column(texts), forms)) == naive(texts, forms)


@given(TEXTS, FORMS, st.integers(0, 3))
def test_slices_blocks_and_chunks_change_nothing(texts, forms, low):
    text = column(texts)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(arrowtext, "BLOCK_BYTES", 5)
        assert spans(arrowtext.find_forms(text[low:], forms)) == naive(texts[low:], forms)
    chunks = pa.chunked_array([pa.array(texts[:low], pa.string()), pa.array(texts[low:], pa.string())])
    chunked = pd.Series(pd.array(chunks, dtype=pd.ArrowDtype(pa.string())))
    assert spans(arrowtext.find_forms(chunked, forms)) == naive(texts, forms)


def test_a_longer_form_that_is_no_whole_word_hides_nothing():
    found = arrowtext.find_forms(column(["New Guineans of Guinea"]), ["New", "New Guinea", "Guinea"])
    assert spans(found) == [(0, 0, 0, 3), (0, 2, 16, 22)]


def test_a_capital_letter_that_follows_is_told():
    found = arrowtext.find_forms(column(["a B, a, B, a b", "a", "A"]), ["a"])
    assert found.capital.tolist() == [True, True, False, False]


def test_nothing_to_find():
    for text in (column([]), column([None]), column(["", ""])):
        assert spans(arrowtext.find_forms(text, ["a"])) == []
    assert spans(arrowtext.find_forms(column(["a"]), [])) == []
    with pytest.raises(TableError, match="empty"):
        arrowtext.find_forms(column(["a"]), [""])


@given(TEXTS)
def test_words_of_a_column_are_those_of_each_text(texts):
    ids, row, vocabulary = arrowtext.words(column(texts))
    expected = [(place, word) for place, text in enumerate(texts) for word in arrowtext.tokens(text or "")]
    assert [(place, vocabulary[word]) for place, word in zip(row, ids, strict=True)] == expected
    assert vocabulary == sorted({word for _, word in expected})


def test_a_word_keeps_what_is_inside_it():
    text = "Ukraine's U.S.-backed defence\u2011industrial F-16s, don\u2019t cost 1.8 bn: states' na\u00efve"
    words = "ukraine u.s.-backed defence-industrial f-16s don't cost 1.8 bn states na\u00efve"
    assert " ".join(arrowtext.tokens(text)) == words


@given(
    st.lists(st.tuples(st.integers(0, 3), st.lists(st.integers(0, 4), max_size=6)), max_size=8),
    st.integers(1, 3),
)
def test_runs_are_counted_within_rows_by_group(rows, n):
    rows = sorted(rows, key=lambda row: row[0])
    expected = pd.Series(
        [(group, *ids[at : at + n]) for group, ids in rows for at in range(len(ids) - n + 1)], dtype=object
    ).value_counts()
    ids = np.array([one for _, of_row in rows for one in of_row], np.int64)
    row = np.repeat(np.arange(len(rows)), [len(of_row) for _, of_row in rows]).astype(np.int64)
    group = np.array([of_row for of_row, _ in rows], np.int64)
    runs = arrowtext.ngrams(ids, row, group, n)
    assert list(runs) == ["group", *range(n), "count"]
    counted = {tuple(run): count for *run, count in runs.to_numpy().tolist()}
    assert counted == expected.to_dict()
    assert list(counted) == sorted(counted)


def test_runs_of_many_different_words_are_told_apart():
    ids, row = np.array([0, 2**40, 2**40 + 1, 0, 2**40, 2**40 + 1]), np.array([0, 0, 0, 1, 1, 1])
    runs = arrowtext.ngrams(ids, row, np.array([9, 9]), 3)
    assert runs.to_numpy().tolist() == [[9, 0, 2**40, 2**40 + 1, 2]]
