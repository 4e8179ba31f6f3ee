import textwrap

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pactlens import corpus, sentences


def split(text, title=None):
    return sentences.split(pd.DataFrame({"article": ["a"], "title": [title], "text": [text]}))


@pytest.mark.parametrize(
    "text",
    [
        "The U.S. Congress met on Jan. 12.|It rose at 4:55 p.m. local time.",
        "Mr. Smith, Gen. J. F. Brown and H.E. Ms. Roe came to St. Anton.|No. 5 stayed; others left.",
        "He lives in the U.S.|The U.K. is near.",
        "It costs 3.5 billion, i.e. a lot.|\u201cWe agree.\u201d|Then both left.",
        'He said "it is done."|30 aircraft follow!|Will they?|Yes\u2026 and no.',
        "Feb. 16 (UPI) -- A deal was made Friday.|That was all (more is known.)|As agreed, it ends.",
        "In the end. \u2014 he added \u2014 they met.|Next came Acme Inc. of Oslo.|Plan B.|A new day",
    ],
)
def test_a_stop_ends_a_sentence_only_where_one_ends(text):
    assert split(text.replace("|", " "))["text"].tolist() == text.split("|")


def test_each_line_is_a_sentence_and_list_marks_belong_to_none():
    lines = "Signed:||January 12 - Norway;|February 16 - Chile.||- one|* another. And more|1. Mr. Roe left"
    expected = "Signed:|January 12 - Norway;|February 16 - Chile.|one|another.|And more|Mr. Roe left"
    assert split(lines.replace("|", "\n"))["text"].tolist() == expected.split("|")


BODY = "The two presidents signed a long agreement in the capital. It runs for ten years."


def parts(text, title=None):
    return split(text, title)["part"].tolist()


def test_a_headline_printed_twice_has_one_row():
    text = f"Latest news\n\nTwo Presidents Sign a Pact\n\nTwo presidents sign a pact\n\n{BODY}\n\nSee all"
    assert parts(text) == ["teaser", "title", "body", "body", "teaser"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            f"Politics\n\nKyiv opens talks with two more states\n\n15 January 2024\n\n{BODY}",
            "body title body body body",
        ),
        (f"{BODY}\nNext steps\nThey meet again.", "body body body body"),
        ("Only one line of words here", "body"),
        ("- a list opens this page today\n- and goes on for a while", "body body"),
    ],
)
def test_a_headline_is_a_line_at_the_top_that_is_no_sentence(text, expected):
    assert parts(text) == expected.split()


def test_the_records_title_is_the_headline_even_if_it_is_a_sentence():
    assert parts(f"They signed.\n{BODY}", "They signed.") == ["title", "body", "body"]


@pytest.mark.parametrize(
    ("tail", "teasers"),
    [
        ("Read more: Chile to sign with Peru. It will be big", 2),
        ("Read also: Chile to sign\n\nThe talks went on for days and days.", 1),
        ("Read more\n\nChile and Peru sign a pact\n\nMalta waits", 3),
        ("Next In World\n\nPeru to host a summit\nNorway elects a king", 3),
        ("Related:\n- Radars for Chile\n- Planes for Peru\n\nBackground\nThe talks went on for days.", 3),
        ("Read more books, the minister told them, and they did.", 0),
        ("Related agreements were signed by Peru.", 0),
    ],
)
def test_boilerplate_about_other_articles_is_told_apart(tail, teasers):
    assert parts(f"{BODY}\n\n{tail}").count("teaser") == teasers


WORDS = st.sampled_from(
    [
        "The",
        "U.S.",
        "deal",
        "Mr.",
        "Roe",
        ".",
        "!",
        "\u201cso\u201d",
        "(it)",
        "Jan.",
        "3.5",
        "\n",
        " \n\n",
        "-",
        "Read more:",
    ]
)


@given(st.one_of(st.text(max_size=200), st.lists(WORDS, max_size=40).map(" ".join)))
def test_sentences_are_the_text_between_their_offsets_in_order(text):
    table, at = split(text), 0
    for row in table.itertuples():
        assert text[row.start : row.end] == row.text == row.text.strip() != ""
        assert at <= row.start
        at = row.end
    assert table["sentence"].tolist() == list(range(len(table)))


def test_line_breaks_quotes_and_dashes_change_no_sentence(tmp_path):
    paragraphs = [
        "Two states sign a pact",
        'The "long-term" pact - ten years - was signed in the U.S. on Jan. 12. Both leaders\' men, who had '
        'met before, were there when it was signed. "It\'s done." They left at once.',
        "It covers training, demining, cyber security and the repair of many power plants that were hit.",
    ]
    plain = "\n\n".join(paragraphs)
    curly = (
        plain.replace(' "', " \u201c")
        .replace('"', "\u201d")
        .replace("'", "\u2019")
        .replace(" - ", " \u2014 ")
    )
    wrapped = "\n\n".join(textwrap.fill(paragraph, 60) for paragraph in paragraphs)
    seen = []
    for text in (plain, wrapped, curly, plain.replace("\n", "\r\n")):
        (tmp_path / "a.txt").write_bytes(text.encode())
        seen.append(corpus.load(tmp_path).sentences[["sentence", "start", "end", "part"]].to_numpy().tolist())
    assert len(seen[0]) == 6
    assert seen.count(seen[0]) == len(seen)


def test_what_no_stop_ends_is_cut_between_words():
    text = "word " * 1000 + "x" * 5000 + " end"
    table = sentences.split(pd.DataFrame({"article": ["a"], "title": [None], "text": [text]}))
    assert table["text"].str.len().max() <= sentences.LONGEST
    assert "".join(table["text"]).replace(" ", "") == text.replace(" ", "")
    assert all(text[row.start : row.end] == row.text for row in table.itertuples())
