"""Where a row leads back to: the sentence it was read from, as HTML anchor, link and readable page."""

from urllib.parse import quote

PAGE = "00-coverage.html"


def anchor(article: str, sentence: int) -> str:
    """Return the HTML id of a sentence in 00-coverage."""
    return f"s-{quote(article, safe='')}-{int(sentence)}"


def link(article: str, sentence: int) -> str:
    """Return the address of a sentence in the report."""
    return f"{PAGE}#{anchor(article, sentence)}"
