"""The tables, declared once: schema, checks and data dictionary in one place."""

from typing import NamedTuple

import pandas as pd

from pactlens.errors import TableError


class Column(NamedTuple):
    """One column: its type (`text`, `count`, `number`, `date`), its meaning, unit and allowed values."""

    name: str
    type: str
    meaning: str
    unit: str = ""
    allowed: tuple[str, ...] = ()


# Missing is always missing (NaN, NaT or <NA>), never 0 or an empty string.
DTYPES = {"text": "str", "count": "Int64", "number": "Float64", "date": "datetime64[s]"}

PRECISIONS = ("day", "month", "none")
ARTICLE = Column("article", "text", "the article: its file's stem, or its record's id")
SENTENCE = Column("sentence", "count", "number of the sentence in its article", "from 0")
SPAN = (
    Column("start", "count", "where the span begins in articles.text", "Unicode characters"),
    Column("end", "count", "where it ends, exclusive", "Unicode characters"),
)
EVIDENCE = (
    *SPAN,
    Column("evidence", "text", "the words of the span"),
    Column("rule", "text", "the rule that made the row"),
)
CLAIMS = (
    ARTICLE,
    SENTENCE,
    Column(
        "kind",
        "text",
        "what is counted",
        allowed=(
            "signed_total",
            "ordinal",
            "others_signed",
            "negotiating",
            "joined_declaration",
            "duration_years",
            "consult_hours",
        ),
    ),
    Column("value", "count", "the number claimed", "of the kind"),
    Column("operator", "text", "exactly, at least, about", allowed=("=", ">=", "~")),
    Column(
        "scope", "text", "what the number is of: countries, agreements, EU members, European countries, …"
    ),
    Column("country", "text", "the country that the claim is about, if any", "ISO 3166-1 alpha-2, or EU"),
    Column("as_of", "date", "the day that the claim speaks of: the article's day, unless the text says else"),
    *EVIDENCE,
)

TABLES: dict[str, tuple[Column, ...]] = {
    "articles": (
        ARTICLE,
        Column("path", "text", "the file, relative to the corpus"),
        Column("format", "text", "the reader that read it"),
        Column("language", "text", "language given by the record, if any", "ISO 639-1"),
        Column("title", "text", "its headline"),
        Column("outlet", "text", "its publisher"),
        Column("url", "text", "its address"),
        Column("published", "date", "the day it was published"),
        Column(
            "date_basis",
            "text",
            "where that day comes from",
            allowed=("front matter", "date line", "index", "url", "text", "none"),
        ),
        Column("date_evidence", "text", "the characters that say so"),
        Column("words", "count", "words, before stop words are removed, boilerplate left out", "words"),
        Column("sha256", "text", "hash of the file's bytes (of the record's text, in a file of many)"),
        Column("text", "text", "the text as read: what all offsets count in"),
    ),
    "sentences": (
        ARTICLE,
        SENTENCE,
        *SPAN,
        Column(
            "part",
            "text",
            "teaser: boilerplate about another article",
            allowed=("title", "body", "teaser"),
        ),
        Column("text", "text", "the sentence"),
    ),
    "mentions": (
        ARTICLE,
        SENTENCE,
        *SPAN,
        Column("text", "text", "the words"),
        Column("country", "text", "the country meant", "ISO 3166-1 alpha-2, or EU"),
        Column("kind", "text", "the form's kind", allowed=("name", "demonym", "capital", "abbreviation")),
    ),
    "signings": (
        ARTICLE,
        SENTENCE,
        Column("country", "text", "the partner", "ISO 3166-1 alpha-2, or EU"),
        Column("status", "text", "signed, or only planned", allowed=("signed", "planned")),
        Column("on", "date", "the day of signing; the month's first where precision is month"),
        Column("precision", "text", "how exactly the text says it", allowed=PRECISIONS),
        Column("place", "text", "the most specific place that the text gives"),
        Column("basis", "text", "how the partner is given", allowed=("named", "listed", "group")),
        *EVIDENCE,
    ),
    "claims": CLAIMS,
    "checks": (
        *CLAIMS,
        Column("expected", "text", "what the reference gives, as of the claim's day"),
        Column("verdict", "text", "the outcome", allowed=("agrees", "differs", "cannot tell")),
        Column("why", "text", "the outcome, as a sentence"),
    ),
    "terms": (
        ARTICLE,
        Column("term", "text", "the word or phrase, lower-cased"),
        Column("n", "count", "occurrences", "occurrences"),
        Column("words", "count", "words of the article, before stop words are removed", "words"),
        Column("per_1000", "number", "1000 x n / words", "occurrences per 1,000 words"),
    ),
    "problems": (
        Column("path", "text", "the file"),
        Column("record", "text", "the record in it, if it holds many"),
        Column("problem", "text", "what is wrong"),
        Column("hint", "text", "what to do"),
    ),
}


def conform(name: str, frame: pd.DataFrame) -> pd.DataFrame:
    """Return `frame` as table `name`: its columns in declared order and type, rows renumbered.

    Raises TableError for a column that lacks, or a value that the declaration does not allow.
    """
    columns = TABLES[name]
    missing = [column.name for column in columns if column.name not in frame]
    if missing:
        raise TableError(f"table {name} lacks {', '.join(missing)}: add the column, or see tables.TABLES")
    out = frame[[column.name for column in columns]].reset_index(drop=True)
    out = out.astype({column.name: DTYPES[column.type] for column in columns})
    for column in columns:
        if column.allowed:
            strange = set(out[column.name].dropna().unique()) - set(column.allowed)
            if strange:
                raise TableError(
                    f"table {name}, column {column.name}: {sorted(strange)} is none of {column.allowed}"
                )
    return out


def from_rows(name: str, rows: list[dict[str, object]]) -> pd.DataFrame:
    """Return table `name` made of dicts; a key that a row lacks is a missing value."""
    return conform(name, pd.DataFrame(rows, columns=[column.name for column in TABLES[name]]))


def dictionary() -> pd.DataFrame:
    """Return the data dictionary: table, column, type, unit, allowed values and meaning of each column."""
    return pd.DataFrame(
        [
            (table, column.name, column.type, column.unit, ", ".join(column.allowed), column.meaning)
            for table, columns in TABLES.items()
            for column in columns
        ],
        columns=["table", "column", "type", "unit", "allowed", "meaning"],
    )
