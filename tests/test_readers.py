import io

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pactlens import readers


def read(suffix, data):
    return list(readers.READERS[suffix](data if isinstance(data, bytes) else data.encode()))


@pytest.mark.parametrize(
    ("markdown", "text"),
    [
        ("A [linked *word*](https://example.org/japan) here.", "A linked word here."),
        ("On June 13<sup>th</sup>, **both** signed.\n\n\\###", "On June 13th, both signed."),
        ("One line\nwrapped long-\nterm, short-\nand more.", "One line wrapped long-term, short- and more."),
        ("-   **First.** Point\n    goes on.\n-   Second.\n\nEnd.", "First. Point goes on.\nSecond.\n\nEnd."),
        ("- outer\n  - inner\n- last\n\nEnd.", "outer\n\ninner\n\nlast\n\nEnd."),
        (
            "## Head\n\nText ![a map](map.png)<br>next **left over **mark.",
            "Head\n\nText\nnext left over mark.",
        ),
        ("<div>Shown</div>\n\n<!-- hidden -->\n\nText.", "Shown\n\nText."),
    ],
)
def test_markdown_is_read_as_a_person_reads_it(markdown, text):
    assert read(".md", markdown)[0]["text"] == text


def test_front_matter_gives_the_fields_and_makes_a_text_file_markdown():
    raw = "---\ndate: 2024-06-13\ntitle: 'A: b'\nsource_url: https://example.org/x\n---\n\nSome *words*.\n"
    (record,) = read(".txt", "\ufeff" + raw.replace("\n", "\r\n"))
    assert (record["format"], record["title"], record["url"]) == ("markdown", "A: b", "https://example.org/x")
    assert (record["text"], record["dated"], record["problems"]) == (
        "Some words.",
        [("front matter", "2024-06-13")],
        [],
    )


@pytest.mark.parametrize("front", ["title: a: b\n---\n", "- only\n- a list\n---\n", "title: never ends\n"])
def test_bad_front_matter_is_said_and_the_article_is_read_as_text(front):
    (record,) = read(".md", f"---\n{front}\nThe article.\n")
    assert record["format"] == "text"
    assert "The article." in record["text"]
    assert record["problems"][0][0].startswith("bad front matter")


def test_the_date_line_is_taken_off_and_kept():
    (record,) = read(".txt", " date 2024-06-13 Two states signed.\n")
    assert (record["text"], record["dated"]) == ("Two states signed.", [("date line", "date 2024-06-13")])


def test_hard_wrapped_text_is_joined_without_moving_an_offset():
    text = (
        "The two sides signed an agreement on last\nTuesday that will run for a whole decade\n"
        "and covers training, demining and mine\nclearance, and much more of the same."
    )
    (record,) = read(".txt", text)
    assert record["text"] == text.replace("\n", " ")


@pytest.mark.parametrize(
    "text",
    [
        "Already signed are these:\n\nJanuary 12 - Norway;\nFebruary 16 - Chile and Peru;\nMarch 1 - Malta.",
        "A headline of the usual length is here\nThe first paragraph says what has happened in the capital.",
        "- one point of several points on the list of points\n- and another point of the points on the list",
        "A paragraph " + "that goes on " * 12 + ".\nAnother one.",
    ],
)
def test_lines_that_are_not_wrapped_stay_lines(text):
    assert read(".txt", text)[0]["text"] == text


def test_spaces_and_line_breaks_are_made_one_kind():
    assert read(".txt", "\ufeffA\xa0B\r\nC\u200bD  E \u2028F")[0]["text"] == "A B\nCD E\nF"


def test_html_gives_its_main_text_title_and_day():
    page = """<html lang="en-GB"><head><title>T | Site</title><meta property="og:title" content="T">
    <meta property="article:published_time" content="2024-06-13T10:00:00Z"><style>p {}</style></head>
    <body><nav>Menu</nav><article><h1>T</h1><p>First <b>words</b>.<script>x()</script></p><!-- no -->
    <ul><li>One</li><li>Two</li></ul></article><footer>Foot</footer></body></html>"""
    (record,) = read(".html", page)
    assert record["text"] == "T\n\nFirst words.\n\nOne\nTwo"
    assert (record["title"], record["language"]) == ("T", "en")
    assert record["dated"] == [("front matter", "2024-06-13T10:00:00Z")]


ROWS = pd.DataFrame(
    {
        "id": ["a", "b"],
        "Text": ["One.", "Two."],
        "date": ["2024-06-13", None],
        "source": ["X", "Y"],
        "other": [1, 2],
    }
)


@pytest.mark.parametrize("suffix", [".jsonl", ".csv", ".parquet"])
def test_files_of_many_records_read_alike(suffix):
    file = io.BytesIO()
    if suffix == ".jsonl":
        ROWS.to_json(file, orient="records", lines=True)
    else:
        (ROWS.to_csv if suffix == ".csv" else ROWS.to_parquet)(file, index=False)
    first, second = read(suffix, file.getvalue())
    assert (first["article"], first["text"], first["outlet"]) == ("a", "One.", "X")
    assert (first["dated"], second["dated"]) == ([("index", "2024-06-13")], [])


def test_a_bad_record_is_said_and_the_others_load():
    records = read(".jsonl", b'{"text": "One."}\nnot json\n[1]\n{"id": 7}\n\n{"text": "caf\xe9 au lait"}\n')
    assert [bool(record["problems"]) for record in records] == [False, True, True, True, True]
    assert [record["text"] for record in records][:4] == ["One.", "", "", ""]
    assert read(".parquet", b"PAR1")[0]["problems"]


@pytest.mark.parametrize(
    ("suffix", "data", "said"),
    [
        (".csv", "headline,story\nA,They signed.\n", "no text: its columns are headline, story"),
        (".csv", "id,text\na,\n", "empty"),
        (".jsonl", "[1]\n", "not a JSON object: 'list' object is not a mapping"),
        (".md", "---\n- a list\n---\nText.", "read as text: 'list' object is not a mapping"),
    ],
)
def test_a_problem_names_the_fault(suffix, data, said):
    (record,) = read(suffix, data)
    assert record["problems"][0][0].endswith(said)


@pytest.mark.parametrize("mark", ",;\t")
def test_cells_may_be_parted_by_semicolons_or_tabs(mark):
    (record,) = read(".csv", f'text{mark}title\n"One, two; three."{mark}T\n')
    assert (record["text"], record["title"]) == ("One, two; three.", "T")


@given(st.sampled_from(sorted(readers.READERS)), st.binary(max_size=300))
def test_no_bytes_raise(suffix, data):
    for record in read(suffix, data):
        assert isinstance(record["text"], str)


@given(st.text(max_size=300))
def test_no_text_raises_and_cleaning_twice_changes_nothing_more(text):
    for suffix in (".md", ".html"):
        read(suffix, text.encode("utf-8", "replace"))
    once = readers.clean(text)
    assert once == once.strip() and "\r" not in once and "  " not in once
