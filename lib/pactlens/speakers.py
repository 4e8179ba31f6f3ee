"""Who is quoted for a claim. The words of quoting stand in data/language.csv."""

import re

from pactlens.sentences import pattern


def speaker(text: str, at: int, before: str, title: bool) -> str | None:
    """Return who is quoted for what stands at character `at` of a sentence, in the text's own words.

    That is who is named last before it, or else first after it; for "he said", and in a quotation, who is
    quoted in the sentence `before`. None if the article itself says it. Only a `title` quotes with a colon.
    """
    quoted = [one for one in pattern("quotes").finditer(text) if title or one.lastgroup != "head"]
    ahead = [one for one in quoted if one.end() <= at]
    if quoted:
        return _named(ahead[-1] if ahead else quoted[0])
    earlier = [*pattern("quotes").finditer(before)] if pattern("quotes on").search(text) else []
    return _named(earlier[-1]) if earlier else None


def _named(quote: re.Match[str]) -> str:
    return next(who for who in quote.groups() if who).rstrip(".")
