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
        "The U.S. Congress met on Jan. 12|It rose at 4:55 p.m. local time.",
        "Mr. Smith, Gen. J. F. Brown and H.E. Ms. Roe came to St. Anton|No. 5 stayed; others left.",
        "He lives in the U.S.|The U.K. is near.",
        "It costs 3.5 billion, i.e. a lot|“We agree.”|Then both left.",
        'He said "it is done."|30 aircraft follow!|Will they?|Yes… and no.',
        "Feb. 16 (UPI) -- A deal was made Friday|That was all (more is known.)|As agreed, it ends.",
        "In the end. — he added — they met|Next came Acme Inc. of Oslo.",
    ],
)
def test_a_stop_ends_a_sentence_only_where_one_ends(text):
    got = split(
        text.replace("|", ". ")
        .replace(".. ", ". ")
        .replace("!. ", "! ")
        .replace("?. ", "? ")
        .replace(".”. ", ".” ")
        .replace('.". ', '." ')
        .replace(".). ", ".) ")
    )
    assert len(got) == text.count("|") + 1, got["text"].tolist()


def test_each_line_is_a_sentence_and_list_marks_belong_to_none():
    text = "Signed so far are these:\n\nJanuary 12, 2024 — Norway;\nFebruary 16 — Chile.\n\n- one thing\n• another. And more\n1. Mr. Roe left"
    assert split(text)["text"].tolist() == [
        "Signed so far are these:",
        "January 12, 2024 — Norway;",
        "February 16 — Chile.",
        "one thing",
        "another.",
        "And more",
        "Mr. Roe left",
    ]


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
    "The U.S. deal Mr. Roe signed . ! “so” (it) Jan. 12 3.5 \n \n\n - • … Read more: É а".split(" ")
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
    plain = (
        'Two states sign a pact\n\nThe "long-term" pact - ten years - was signed in the U.S. on Jan. 12. Both sides\'s '
        'ministers, who had met twice before, were there when it was signed. "It\'s done." They left at once.\n\n'
        "It covers training, demining, cyber security and the repair of many power plants that were hit."
    )
    wrapped = []
    for paragraph in plain.split("\n\n"):
        line = ""
        for word in paragraph.split():
            if len(line) + 1 + len(word) > 60:
                wrapped.append(line)
                line = word
            else:
                line = f"{line} {word}".strip()
        wrapped += [line, ""]
    curly = plain.replace(' "', " “").replace('"', "”").replace("'", "’").replace(" - ", " — ")
    counts = set()
    for text in (plain, "\n".join(wrapped), curly, plain.replace("\n", "\r\n")):
        (tmp_path / "a.txt").write_bytes(text.encode())
        loaded = corpus.load(tmp_path)
        counts.add(
            (
                tuple(loaded.sentences["part"]),
                tuple(loaded.sentences["start"]),
                tuple(loaded.sentences["end"]),
            )
        )
    assert len(counts) == 1
    assert len(next(iter(counts))[0]) == 6
