import datetime
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pactlens import publication

# Made up: the tops of pages. Nothing in them was ever printed.
FILE = Path(__file__).parent / "coverage" / "pages.jsonl"
PAGES = [json.loads(line) for line in FILE.read_text(encoding="utf-8").splitlines()]


@pytest.mark.parametrize(
    ("given_days", "url", "text", "expected"),
    [
        (
            [("date line", "date 2024-06-14"), ("front matter", "2024-06-13")],
            None,
            "",
            ("2024-06-13", "front matter"),
        ),
        ([("index", "20240613")], "https://example.org/2023/01/02/", "", ("2024-06-13", "index")),
        ([], "https://example.org/2024/06/13/a", "May 1, 2020", ("2024-06-13", "url")),
        ([], "https://example.org/2024/6/3/123", "", ("2024-06-03", "url")),
        ([], "https://example.org/2024/jun/13/a", "", ("2024-06-13", "url")),
        ([], "https://example.org/a-2024-06-13-b", "", ("2024-06-13", "url")),
        ([], "https://example.org/202406/13a.html", "", ("2024-06-13", "url")),
        ([], "https://example.org/2024/06/a-1718320123.html", "", (None, "none")),
        ([], "https://example.org/2024/06/12-states-sign", "", (None, "none")),
        ([], None, "Publish date: Saturday 15 June 2024 - 08:49\n\nBody.", ("2024-06-15", "text")),
        ([], None, "UK: 1 May 2024, Oslo\nUS: 2 May 2024, Bonn\nEU: 3 May 2024, Rome", (None, "none")),
        (
            [],
            None,
            "They met.\n\nOn.\n\nThis report was first published Feb. 29, 2024.",
            ("2024-02-29", "text"),
        ),
        ([], None, "They met.\n\nOn.\n\nThe Diary | Jan 22, 2025 | 2 min read", ("2025-01-22", "text")),
        (
            [],
            "https://example.org/en/yjj2024070800445/a",
            "OSLO, July 8 (ABC)--Two met.",
            ("2024-07-08", "text"),
        ),
        ([], None, " date 2023-08 Talks began today, August 11, says ABC.", ("2023-08-11", "text")),
        ([], None, "Head\n17 October, 2024 A jet over the sea. Photo: ABC\nBody.", ("2024-10-17", "text")),
        ([], None, "Head\n\nMay 3, 2024\n\nBody.\n\nAuthor - A. Roe, 04/05/2024", ("2024-05-03", "text")),
        ([], None, "They met." + "\n\nOn." * 8 + "\n\n17 May 2024 18:21\n15 May 2024 20:57", (None, "none")),
        (
            [],
            None,
            "Headline\n\nby news desk April 3, 2024 2:20 PM 1 min read\n\nBody.",
            ("2024-04-03", "text"),
        ),
        (
            [],
            None,
            "A headline here\n\nOslo • ABC • June 13 2024, 02:31 PM • 134 views\n\nBody.",
            ("2024-06-13", "text"),
        ),
        ([], None, "OSLO, June 13, 2024 (ABC) -- Two states signed a pact.", ("2024-06-13", "text")),
        (
            [],
            "https://example.org/2024/06/a",
            "OSLO, June 13 — ABC. Two states signed.",
            ("2024-06-13", "text"),
        ),
        ([], None, "Body of it.\n\nAuthored by Abc, February 16th 2024", ("2024-02-16", "text")),
        ([], None, "Headline\n\nPublished June 15,2024\n\nBody.", ("2024-06-15", "text")),
        ([], None, "Headline\n\nBody of it.\n\nWorld 2024-02-16 19:03:00", ("2024-02-16", "text")),
        (
            [],
            None,
            "A\n\nB\n\nC\n\nD\n\nE\n\nF\n\nG\n\nH\n\nThe talks begin on 13 June 2024 at 10:00.",
            (None, "none"),
        ),
        (
            [],
            None,
            "OSLO, February 28. /ABC/. Two states signed.\n\nThey agreed to talk on December 13, 2023.",
            ("2024-02-28", "text"),
        ),
        ([], None, "20:49 01.05.2024\n\nHeadline", ("2024-05-01", "text")),
        ([], None, "13.06.24 18:05\n\nHeadline", ("2024-06-13", "text")),
        ([], None, "ABC\n2024.06.13 17:52\n\nHeadline", ("2024-06-13", "text")),
        ([], None, "13 giugno 2024 | 15.08\n\nHeadline", ("2024-06-13", "text")),
        ([], None, "A headline here\n\nPublished in Politics on 13 June 2024", ("2024-06-13", "text")),
        (
            [],
            "https://example.org/signed-10-07-2024.html",
            "It was signed on July 10.",
            ("2024-07-10", "url"),
        ),
        ([], "https://example.org/signed-10-07-2024.html", "It was signed.", (None, "none")),
        ([("index", "1/12/2024")], None, "They met on Jan. 12, 2024, in Oslo.", ("2024-01-12", "index")),
        ([], None, "Headline here\n\nUpdated:\n1/12/2024\n\nThey met on Jan. 12.", ("2024-01-12", "text")),
        ([], None, "By June 13, 2024, both will agree on the text.", (None, "none")),
        ([], None, "(Oslo, June 12, 2024. ABC Photo)\n\nBody.", (None, "none")),
        ([], None, "It was signed on June 12, 2024, in Oslo.\n\nBody.", (None, "none")),
        ([], None, "OSLO, June 13 (ABC) -- Two states signed.", (None, "none")),
        ([], None, "OSLO, June 13 (ABC) --\n\nMore is planned for 2024.", ("2024-06-13", "text")),
        ([], None, "Headline\n\n— A. Bee (@abee) June 13, 2024\n\nBody.", (None, "none")),
        (
            [],
            None,
            "20 August 2025\n\nWho has signed\n\n- Abc: 12 January 2024\n- Def: 16 February 2024",
            ("2025-08-20", "text"),
        ),
        (
            [],
            None,
            "Who has signed\n\nUpdated: 20 August 2025\n\n- Abc: 12 January 2024",
            ("2025-08-20", "text"),
        ),
        ([], None, "Monday, June 17, 2024\n\nHeadline\n\nABC | 28.05.2024 00:33", ("2024-05-28", "text")),
        (
            [],
            None,
            "Friday, 22 November 2024\n\nA headline here\n\nOslo, 28 May 2024 (abc) - Two states signed.",
            ("2024-05-28", "text"),
        ),
    ],
)
def test_the_day_of_publication_and_its_basis(given_days, url, text, expected):
    day, basis, evidence, wrong = publication.published(given_days, url, text)
    assert (str(day) if day else None, basis) == expected
    assert bool(evidence) == bool(day)
    assert wrong == []


def test_a_day_that_does_not_exist_is_said_and_the_next_best_taken():
    got = publication.published([("front matter", "2024-02-31"), ("index", "2024-03-01T10:00:00Z")], None, "")
    assert got == (datetime.date(2024, 3, 1), "index", "2024-03-01T10:00:00Z", ["2024-02-31"])


@given(st.text(max_size=80))
def test_no_text_raises(text):
    publication.published([("index", text)], text, text)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page["url"][-30:])
def test_tops_of_pages(page):
    day, *_ = publication.published([], page["url"], page["text"])
    assert day == (page["published"] and datetime.date.fromisoformat(page["published"]))
