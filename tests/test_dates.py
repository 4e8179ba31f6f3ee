import pytest
from hypothesis import given
from hypothesis import strategies as st

from pactlens import dates
from pactlens.dates import Clock

PUBLISHED = {"published": "2024-06-14", "url": None, "text": ""}  # a Friday


def clock(published=None, url=None, text=""):
    return dates.clock({"published": published, "url": url, "text": text})


def one(text, when):
    (day,) = dates.find(text, when)
    return text[day.start : day.end], str(day.on) if day.on else None, day.precision, day.basis


@pytest.mark.parametrize(
    ("text", "words", "on"),
    [
        ("It was signed on June 13th, 2024, at noon.", "June 13th, 2024", "2024-06-13"),
        ("It was signed on Saturday 15 June 2024.", "Saturday 15 June 2024", "2024-06-15"),
        ("Signed 01.05.2024 there", "01.05.2024", "2024-05-01"),
        ("Signed 31/05/2024 there", "31/05/2024", "2024-05-31"),
        ("Signed 05/31/2024 there", "05/31/2024", "2024-05-31"),
        ("Signed 01/05/2024 there", "01/05/2024", None),
        ("Signed on the 3rd of May, 2023 there", "3rd of May, 2023", "2023-05-03"),
        ("Signed on February 31, 2024.", "February 31, 2024", None),
    ],
)
def test_explicit_days(text, words, on):
    assert one(text, Clock())[:2] == (words, on)


@pytest.mark.parametrize(
    ("text", "on", "precision", "basis"),
    [
        ("It was signed on June 13.", "2024-06-13", "day", "year inferred"),
        ("It was signed on 12 Jan. in Oslo.", "2024-01-12", "day", "year inferred"),
        ("It was signed on Dec. 24.", "2023-12-24", "day", "year inferred"),
        ("They will meet on Sept. 4.", "2024-09-04", "day", "year inferred"),
        ("He signed on Thursday (June 13) there.", "2024-06-13", "day", "year inferred"),
        ("He signed on Friday.", "2024-06-14", "day", "weekday"),
        ("He signed on Thursday.", "2024-06-13", "day", "weekday"),
        ("He signed last Friday.", "2024-06-07", "day", "weekday"),
        ("He will sign it on Monday.", "2024-06-17", "day", "weekday"),
        ("They meet next Friday.", "2024-06-21", "day", "weekday"),
        ("He signed it a moment ago.", "2024-06-14", "day", "relative"),
        ("He signed it a few minutes ago.", "2024-06-14", "day", "relative"),
        ("He has just now signed it.", "2024-06-14", "day", "relative"),
        ("He signed it earlier today.", "2024-06-14", "day", "relative"),
        ("He signed it yesterday.", "2024-06-13", "day", "relative"),
        ("He signed it two days ago.", "2024-06-12", "day", "relative"),
        ("He signed it a week ago\u00a0today.", "2024-06-07", "day", "relative"),
        ("They signed last month.", "2024-05-01", "month", "relative"),
        ("They signed in late May.", "2024-05-01", "month", "year inferred"),
        ("They signed in July.", "2023-07-01", "month", "year inferred"),
        ("They promised it last June.", "2023-06-01", "month", "year inferred"),
        ("They met on June 9-11 there.", "2024-06-01", "month", "year inferred"),
        ("They asked from 16 to 22 May 2024.", "2024-05-01", "month", "explicit"),
    ],
)
def test_days_seen_from_a_known_day_of_publication(text, on, precision, basis):
    assert one(text, clock("2024-06-14"))[1:] == (on, precision, basis)


@pytest.mark.parametrize("ago", ["A few days ago", "Two weeks ago", "Two months ago", "Three years ago"])
def test_a_time_ago_without_a_number_of_days_is_no_day(ago):
    assert one(f"{ago}, they signed.", clock("2024-06-14"))[1:3] == (None, "none")


@pytest.mark.parametrize("text", ["on Friday", "today", "yesterday", "on June 13", "in July", "the same day"])
def test_nothing_is_guessed_without_a_clock(text):
    assert one(f"They signed {text}.", Clock())[1:3] == (None, "none")


@pytest.mark.parametrize(
    "text",
    [
        "It may 5 times. He may sign; they march 3 miles.",
        "A 24-hour mechanism for 10 years and $1.2 billion, aged 31.",
        "Theresa May and August Roe came in 2024.",
        "In version 12.5.2 the sun set at 10.30.",
    ],
)
def test_what_is_no_day(text):
    assert dates.find(text, clock("2024-06-14")) == []


@pytest.mark.parametrize(
    ("url", "text", "on"),
    [
        ("https://example.org/articles/2024/05/a", "", "2024-05-31"),
        ("https://example.org/2024/a", "", "2024-05-31"),
        ("https://example.org/a-pact-jun-2024", "", "2024-05-31"),
        ("https://example.org/a-pact-6-2024", "", None),
        (None, "They promised it in July 2023.", "2024-05-31"),
        (None, "They promised it on April 12, 2023.", None),
        (None, "It costs 7 billion in 2024-26.", "2024-05-31"),
        (None, "Chile is to spend 7.1 billion on it in 2024.", "2024-05-31"),
        (None, "It has 7.1 billion for 2024 alone.", "2024-05-31"),
        (None, "In 2024 some $7.1 bln are to come. Other topics: 15 July 2024.", "2024-05-31"),
        (None, "For 2024 it promised more. Other topics: 15 July 2024.", "2024-05-31"),
        (None, "A story.\n\n\u00a9 2024 The Times", "2024-05-31"),
        (None, "Signed on January 12, 2024, by one.", "2024-05-31"),
        (None, "Since the invasion of February 2022 they fight.", None),
        (None, "It was signed on June 27, 2024.", None),
        (None, "It was signed on December 27, 2024.", "2025-05-31"),
        (None, "Both in Oslo, December 27, 2024. (ABC)", "2024-05-31"),
        (None, "They met in Oxford on May 31, 2024.", "2024-05-31"),
        (None, "A strike killed many on June 5, 2022.", None),
        (None, "It will run until May 2030.", None),
        (None, "", None),
    ],
)
def test_a_missing_year_comes_from_the_address_or_the_texts_other_dates(url, text, on):
    assert one("It was signed on 31 May.", clock(None, url, text))[1] == on


def test_a_weekday_that_contradicts_an_inferred_year_leaves_it_open():
    when = clock(None, None, "They promised it in July 2023.")
    assert one("It was signed on Thursday, June 13.", when)[1] == "2024-06-13"
    assert one("It was signed on Monday, June 13.", when)[1] is None


PIECES = st.sampled_from(
    [
        "June",
        "May",
        "may",
        "13",
        "31",
        "2024",
        "Friday",
        ",",
        "on",
        "last",
        "(",
        ")",
        "-",
        "13th",
        "Feb.",
        "99.99.2024",
    ]
)


@given(
    st.one_of(st.text(max_size=80), st.lists(PIECES, max_size=12).map(" ".join)),
    st.sampled_from([None, "2024-02-29"]),
)
def test_no_text_raises(text, published):
    for day in dates.find(text, clock(published, None, text)):
        assert text[day.start : day.end].strip()
        assert (day.on is None) == (day.precision == "none")
