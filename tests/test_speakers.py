"""Who is quoted for a claim."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pactlens.speakers import speaker

SAID = "President Nowak said that three had signed."
CASES = [
    ("According to Anna Nowak, 17 have been signed.", "", "Anna Nowak"),
    ("There are 17 of them, according to the ministry.", "", "the ministry"),
    ("On Friday President Anna Nowak said that 17 had been signed.", "", "President Anna Nowak"),
    ("Nowak, deputy head of the Office, told reporters that 17 had been signed.", "", "Nowak"),
    ("17 have been signed, the head of the Office added.", "", "the head of the Office"),
    ('"Seventeen have been signed," said Anna Nowak on Friday.', "", "Anna Nowak"),
    ("Nowak: 17 agreements signed", "", "Nowak"),
    # The last named before the claim, else the first after it.
    ("Ana said it was late, while Ben said that 17 had been signed.", "", "Ben"),
    ("17 had been signed, Ana said, and Ben added that more would come.", "", "Ana"),
    # He who was quoted in the sentence before.
    ("He added that 17 have been signed.", SAID, "President Nowak"),
    ('"Seventeen have been signed."', SAID, "President Nowak"),
    # The article itself.
    ("17 have been signed.", SAID, None),
    ("He added that 17 have been signed.", "Nobody spoke.", None),
    ("On Friday, 17 states signed what the ministry had drafted.", "", None),
]


@pytest.mark.parametrize(("text", "before", "who"), CASES)
def test_a_claim_is_of_whom_the_text_quotes(text: str, before: str, who: str | None) -> None:
    at = max(text.find("17"), text.find("Seventeen"))
    assert speaker(text, at, before, title=text.startswith("Nowak:")) == who


def test_a_colon_quotes_only_in_a_headline() -> None:
    assert speaker("Signed: 17 agreements.", 8, "", title=False) is None


@given(st.text(), st.integers(0, 50), st.text())
def test_any_text_gives_its_own_words_or_none(text: str, at: int, before: str) -> None:
    who = speaker(text, at, before, title=True)
    assert who is None or who in text + "\n" + before
