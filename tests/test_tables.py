"""The declared tables: order, types, allowed values, and the dictionary made from them."""

import pandas as pd
import pytest

from pactlens import tables
from pactlens.errors import TableError


@pytest.mark.parametrize("name", tables.declared())
def test_an_empty_table_has_the_declared_columns_and_types(name: str) -> None:
    frame = tables.from_rows(name, [])
    declared = tables.declared()[name]
    assert list(frame.columns) == list(declared.index)
    assert [str(kind) for kind in frame.dtypes] == declared["type"].map(tables.DTYPES).to_list()


def test_a_key_that_a_row_lacks_is_missing_and_not_zero() -> None:
    row = tables.from_rows("problems", [{"path": "a.txt", "problem": "empty"}]).iloc[0]
    assert pd.isna(row["record"])
    assert pd.isna(row["hint"])


def test_conform_orders_columns_and_drops_others() -> None:
    frame = pd.DataFrame({"hint": ["h"], "extra": [1], "path": ["p"], "record": [None], "problem": ["x"]})
    assert list(tables.conform("problems", frame).columns) == ["path", "record", "problem", "hint"]


def test_a_missing_column_is_named_in_the_error() -> None:
    with pytest.raises(TableError, match=r"problems lacks record, problem, hint"):
        tables.conform("problems", pd.DataFrame({"path": ["p"]}))


def test_a_value_that_is_not_allowed_is_named_in_the_error() -> None:
    with pytest.raises(TableError, match=r"sentences, column part: \['menu'\]"):
        tables.from_rows("sentences", [{"article": "a", "part": "menu"}])


def test_the_dictionary_gives_every_column_a_meaning() -> None:
    dictionary = tables.dictionary()
    assert dictionary[["table", "column"]].duplicated().sum() == 0
    assert dictionary["meaning"].str.len().gt(0).all()


def test_rows_stand_in_a_sentence_of_the_same_article() -> None:
    rows = pd.DataFrame({"article": ["a", "a", "b"], "sentence": [0, 1, 0]})
    assert tables.stands_in(rows, rows.tail(1)).tolist() == [False, False, True]
    assert not tables.stands_in(rows, rows.head(0)).any()
