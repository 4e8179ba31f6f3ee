"""Who signed and who plans to: sentences made up for each rule, and what must never change a row."""

import json
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pactlens import countries, lexicon, signings, tables
from pactlens import sentences as sentences_of
from pactlens.corpus import Corpus

FOLDER = Path(__file__).parent / "coverage"
# Made up for the rules: what is signed and planned by a text, and the text.
SENTENCES = pd.read_csv(FOLDER / "sentences.csv", keep_default_na=False, dtype="str")
CASES = list(SENTENCES.itertuples(index=False, name=None))
STORIES = [json.loads(line) for line in (FOLDER / "stories.jsonl").read_text(encoding="utf-8").splitlines()]
NAMED = ["Latvia", "Spain", "Japan", "the Netherlands", "Iceland", "Romania"]
SIGNED = [
    ("Ukraine and {} signed a security agreement.", "Ukraine and {} did not sign a security agreement."),
    ("{} has signed a security pact with Ukraine.", "{} has not signed a security pact with Ukraine."),
    ("A security pact with Ukraine was signed by {}.", "No security pact with Ukraine was signed by {}."),
    ("Ukraine has a security agreement with {}.", "Ukraine has no security agreement with {}."),
    ("Ukraine concluded a security deal with {}.", "Ukraine never concluded a security deal with {}."),
]


def corpus_of(*texts: str, published: str | None = None) -> Corpus:
    rows = [{"article": f"a{n}", "text": text, "published": published} for n, text in enumerate(texts)]
    articles = tables.from_rows("articles", rows)
    return Corpus(articles, sentences_of.split(articles), tables.from_rows("problems", []))


def who(table: pd.DataFrame, status: str) -> set[str]:
    return set(table.loc[table["status"] == status, "country"])


@pytest.mark.parametrize(("signed", "planned", "text"), CASES)
def test_sentence(signed: str, planned: str, text: str) -> None:
    table = signings.signings(corpus_of(text))
    assert (who(table, "signed"), who(table, "planned")) == (set(signed.split()), set(planned.split()))


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story["text"][:30])
def test_story(story: dict) -> None:
    table = signings.signings(corpus_of(story["text"], published=story["published"]))
    signed = table[table["status"] == "signed"]
    dated = {(row.country, str(row.on)[:10]) for row in signed.dropna(subset="on").itertuples()}
    assert who(table, "signed") == set(story["signed"])
    assert who(table, "planned") == set(story["planned"])
    assert dated == {(country, day) for country, day in story["signed"].items() if day}
    assert set(signed["place"].dropna()) == set(story["places"])


def test_what_is_far_from_any_signing_says_nothing_again() -> None:
    between = " ".join(f"Match number {n} was long and the rain was heavy." for n in range(30))
    after = (
        "Norway did so on Friday. Among the finalists are Spain, Italy and Poland. The latest is Croatia. "
        "After Belgium, Portugal and Sweden, Finland and Estonia were named."
    )
    text = f"Germany and Ukraine signed a security agreement in Berlin. {between} {after}"
    assert set(signings.signings(corpus_of(text))["country"]) == {"DE"}


def test_today_is_dated_by_a_caption_and_leads_to_it() -> None:
    text = "Norway and Ukraine today signed a security agreement.\nSummit in Stockholm, 31 May 2024."
    row = signings.signings(corpus_of(text)).iloc[0]
    assert (str(row["on"])[:10], row["on_evidence"]) == ("2024-05-31", "31 May 2024")


SAYINGS = ("signed", "has signed", "concluded", "has sealed", "inked")
DENIALS = (
    "It is not true that {0} {1} a security agreement with Ukraine.",
    "{0} denied that it {1} a security agreement with Ukraine.",
    "Reports that {0} {1} a security agreement with Ukraine are false.",
    "{0} is not among the states that {1} a security agreement with Ukraine.",
    "{0} {1} no security agreement with Ukraine.",
    "{0} is the only one that never {1} a security agreement with Ukraine.",
    "Nobody in {0} {1} a security agreement with Ukraine.",
)


@pytest.mark.parametrize("name", NAMED)
@pytest.mark.parametrize("denial", DENIALS)
def test_what_is_denied_is_not_signed(denial: str, name: str) -> None:
    table = signings.signings(corpus_of(*(denial.format(name, said) for said in SAYINGS)))
    assert not who(table, "signed")


@pytest.mark.parametrize("name", NAMED)
@pytest.mark.parametrize(("said", "denied"), SIGNED)
def test_a_sentence_and_its_negation_are_never_both_signed(name: str, said: str, denied: str) -> None:
    assert who(signings.signings(corpus_of(said.format(name))), "signed")
    assert not who(signings.signings(corpus_of(denied.format(name))), "signed")


def test_day_and_place_with_their_evidence() -> None:
    text = (
        "On Monday, May 27, 2024, Pedro Sánchez hosted Zelensky in Madrid, where the two men signed a "
        "security agreement between Spain and Ukraine.\nSimilar pacts, signed since January 2024, bind us.\n"
        "In a speech in Paris on 30 May 2024, Zelensky announced that Ukraine had signed one with Belgium."
    )
    table = signings.signings(corpus_of(text)).set_index("country")
    assert (str(table.loc["ES", "on"])[:10], table.loc["ES", "place"]) == ("2024-05-27", "Madrid")
    assert table.loc[["BE"], ["on", "place"]].isna().all().all()
    assert table.loc["ES", ["on_basis", "on_evidence"]].tolist() == ["explicit", "Monday, May 27, 2024"]
    for row in table.itertuples():
        assert text[row.start : row.end] == row.evidence


def test_each_partner_has_its_own_day_and_place() -> None:
    text = "Ukraine signed security pacts: on 27 May 2024 in Madrid with Spain, on 28 May in Rome with Italy."
    table = signings.signings(corpus_of(text)).set_index("country")
    assert table["on"].dt.day.to_dict() == {"ES": 27, "IT": 28}
    assert table["place"].to_dict() == {"ES": "Madrid", "IT": "Rome"}


def test_a_headline_gives_way_to_the_story() -> None:
    text = "Ukraine and Spain sign security agreement\nThe agreement will be signed by Pedro Sánchez at noon."
    assert set(signings.signings(corpus_of(text))["status"]) == {"planned"}


ARTICLES = [text for *_, text in CASES[:12]]


def rows_of(table: pd.DataFrame, texts: list[str]) -> set[tuple[object, ...]]:
    """Return the rows without what a change of the text around them may move."""
    text = {f"a{n}": text for n, text in enumerate(texts)}
    return {(text[row.article], row.country, row.status, str(row.on), row.rule) for row in table.itertuples()}


@settings(max_examples=10, deadline=None)
@given(st.permutations(ARTICLES))
def test_order_of_articles_changes_no_row(texts: list[str]) -> None:
    expected = rows_of(signings.signings(corpus_of(*ARTICLES)), ARTICLES)
    assert rows_of(signings.signings(corpus_of(*texts)), texts) == expected


@pytest.mark.parametrize(
    ("old", "new"), [(" ", "\n"), ("'", "\u2019"), (" - ", " \u2013 "), ('"', "\u201d")], ids=repr
)
def test_line_breaks_quotes_and_dashes_change_no_row(old: str, new: str) -> None:
    texts = [f'{text[:-1]} - so "Ukraine\'s" office.' for text in ARTICLES if text.endswith(".")]
    before = signings.signings(one_sentence(texts))
    after = signings.signings(one_sentence([text.replace(old, new) for text in texts]))
    columns = ["article", "country", "status", "rule"]
    pd.testing.assert_frame_equal(before[columns], after[columns])


def one_sentence(texts: list[str]) -> Corpus:
    """Return a corpus whose texts are not split further: sentences have tests of their own."""
    whole = corpus_of(*texts)
    rows = [
        {"article": f"a{n}", "sentence": 0, "start": 0, "end": len(text), "part": "body", "text": text}
        for n, text in enumerate(texts)
    ]
    return whole._replace(sentences=tables.from_rows("sentences", rows))


def test_an_unrelated_article_changes_no_row() -> None:
    alone = signings.signings(corpus_of(*ARTICLES))
    beside = signings.signings(
        corpus_of(*ARTICLES, "A midfielder signed with a club in Spain. Security was tight.")
    )
    pd.testing.assert_frame_equal(alone, beside)


MARKS = [",", "(", ")", ":", ";", "-", "'s", "Ukraine", "Spain", "Paris", "Zelensky", "June 13"]
WORDS = [*lexicon.lexicon()["form"], *MARKS * 50]


@pytest.mark.parametrize(
    "line", [", Zelensky said,", "What are the negotiations on", "Approved draft", ", said ,"]
)
def test_a_broken_line_does_not_raise(line: str) -> None:
    signings.signings(corpus_of(f"Ukraine and Latvia signed a security agreement.\n{line}\n{line} it"))


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from(WORDS), max_size=25).map(" ".join) | st.text(max_size=60))
def test_no_text_raises(text: str) -> None:
    corpus = corpus_of(f"Ukraine wants a security agreement. {text}")
    table = signings.signings(corpus, countries.mentions(corpus.sentences))
    assert list(table.columns) == list(tables.declared()["signings"].index)
