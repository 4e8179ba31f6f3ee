"""What the coverage claims in numbers: how many have signed, which number in the row, for how long."""

import re
from collections.abc import Iterator
from functools import cache
from typing import Any, NamedTuple

import pandas as pd

from pactlens import agreements, countries, dates, tables
from pactlens.corpus import Corpus
from pactlens.numerals import CARDINAL, ORDINAL, Phrase, entry, forms, has, pattern, phrases, value

CUES = (
    r"(?P<negated><negated>)|(?P<planned><in talks>|<intended>)|(?P<joined><joined>)|(?P<signed><signed>)"
    r"|(?P<existing><existing>)|(?P<hoped><hoped>)"
)
AUXILIARIES = r"(?:\s+(?:have|has|had|are|were|is|was|be|been|being|already|now|also|currently|to|soon))*\s*$"
VERB_FOLLOWS = (
    r"\s*(?:\([^)]*\)\s*)?,?\s*(?:with (?:which|whom)|that|which|who|have|has|had|are|were|is|was|will)\b"
)
# "15 countries (that) have such agreements"
HOLDS = (
    r"\s*(?:,?\s*(?:that|which|who))?\s*(?:already |now |currently )?(?:have|has|had|with|having)\b"
    r"(?:\s+(?!\w+ed\b)[\w-]+){0,5}?\s+(?:<agreement>|one\b|ones\b)"
)
# "He counts (three agreements)", "the number reached (17)", "has treaties with (24 countries)"
STANDS = (
    r"\b(?:have|has|had|counts?|there (?:are|is|were)|numbers?(?: is| was| reached| reaches| stands at)?|"
    r"total(?: is| of| to| reached| stands at)?)(?:\s+(?:already|now|currently|to|at))*\s+$"
    r"|\b(?:have|has|had)(?:\s+[\w-]+){0,5}?\s+<agreement>(?:\s+of this kind)?\s+with\s+$"
)
DEFINITE = r"\b(?:the|these|those|both|our|their|between)\s+$"
RELATIVE = r"\s*,?\s*(?:that|which|who|with (?:which|whom|such)|already|to have)\b"
# "16 European countries and the US" gives no total; "24 countries and the EU" does.
AND_MORE = r"\s*,?\s*(?:and|plus|as well as|along with|together with)\s+(?:also\s+)?(?:with\s+)?(?:the\s+)?$"
PLACED = re.compile(r"\b(?:in|at|on)\s+(?:the\s+)?[A-Z]\w+")
AS_OF = re.compile(r"\b(?:as of|as at|by|until)\s+(?=\w)", re.IGNORECASE)
# The rules of a term, the plainest first.
TERMS = ("N-year agreement", "agreement for N years", "support for N years")


class Finding(NamedTuple):
    """One claim in a sentence; offsets in the sentence."""

    kind: str
    value: int
    operator: str
    start: int
    end: int
    rule: str
    scope: str


class Context(NamedTuple):
    """What a sentence is read against."""

    before: str  # the sentence before it
    tells_signing: bool  # the article opens with a signing
    partners: list[tuple[int, int, str]]  # mentions of possible partners in the sentence


def _group(words: str) -> str | None:
    """Return the group of countries (a name in groups.csv) that the words confine a count to."""
    found = pattern("<scope>").search(words)
    return entry("scope", found[0]) if found else None


@cache
def _size(group: str) -> int:
    return len(countries.members(group))


def _scope(phrase: Phrase, right: str, context: Context) -> str:
    if phrase.unit == "agreement":
        return "agreements"
    group = _group(phrase.words)
    if group:
        return f"countries ({group})"
    return "countries without EU" if _joined_by(phrase, right, context) == "EU" else "countries"


def _joined_by(phrase: Phrase, right: str, context: Context) -> str | None:
    """Return the partner that the text adds to the number: EU in "24 countries and the EU"."""
    for start, _, country in context.partners:
        if 0 <= start - phrase.end <= len(right) and pattern(AND_MORE).fullmatch(right[: start - phrase.end]):
            return country
    return None


def _cue(text: str, phrase: Phrase) -> str:
    """Return the kind of verb that governs a number; "" if none does, "negated" if it is denied."""
    cues = list(pattern(CUES).finditer(text, phrase.low, phrase.high))
    left = [cue for cue in cues if cue.end() <= phrase.start]
    right = [cue for cue in cues if cue.start() >= phrase.end]
    follows = pattern(VERB_FOLLOWS).match(text, phrase.end, phrase.high)
    if phrase.unit == "party" and pattern(HOLDS).match(text, phrase.end, phrase.high):
        return "existing"
    if not follows and pattern(STANDS).search(text, phrase.low, phrase.start):
        unreal = left and left[-1].lastgroup in ("negated", "hoped", "planned")
        return str(left[-1].lastgroup) if unreal else "existing"
    if right and (follows or not left):
        return str(right[0].lastgroup)
    if not left:
        return ""
    denied = len(left) > 1 and left[-2].lastgroup == "negated" and left[-1].start() - left[-2].end() < 15
    return "negated" if denied else str(left[-1].lastgroup)


def _stands_alone(text: str, phrase: Phrase) -> bool:
    """Return whether a number without a noun counts agreements: "17 have been signed", "their number is 7"."""
    first = pattern(CUES).search(text, phrase.end, phrase.high)
    follows = first and re.fullmatch(AUXILIARIES, text[phrase.end : first.start()])
    return (
        bool(follows and first and first.start() > phrase.end + 1)
        or bool(pattern(STANDS).search(text, phrase.low, phrase.start))
        or bool(phrase.words and re.match(r"\s*(?:[.,;)]|$|in\b|are\b|is\b)", text[phrase.end :]))
    )


def _counts(text: str, context: Context) -> Iterator[Finding]:
    for phrase in phrases(text, CARDINAL):
        if phrase.value < 2 or phrase.operator == "~":
            continue
        left, right = text[phrase.low : phrase.start], text[phrase.end : phrase.high]
        kind = _count(text, phrase, context, left, right)
        if kind:
            yield Finding(
                kind[0],
                phrase.value,
                phrase.operator,
                phrase.start,
                phrase.end,
                kind[1],
                _scope(phrase, right, context),
            )


def _count(text: str, phrase: Phrase, context: Context, left: str, right: str) -> tuple[str, str] | None:
    """Return kind and rule of a counted number, or None if it counts nothing of ours."""
    clause = text[phrase.low : phrase.high]
    other = has("other", phrase.words) or bool(pattern(r"<other>\s+$").search(left))
    cue = _cue(text, phrase)
    if cue in ("", "negated", "hoped") or has(
        "other paper", phrase.words if phrase.unit == "agreement" else clause
    ):
        return None
    group = _group(phrase.words + right)
    if group and _size(group) == phrase.value:
        return None
    if (
        phrase.unit == "party"
        and not other
        and pattern(DEFINITE).search(left)
        and not pattern(RELATIVE).match(right)
    ):
        return None
    if _joined_by(phrase, right, context) not in (None, "EU"):
        return None
    if not phrase.unit and not _stands_alone(text, phrase):
        return None
    if (
        cue == "joined"
        and phrase.unit == "party"
        and (has("declaration", text) or has("declaration", context.before))
    ):
        return "joined_declaration", "countries that joined the declaration"
    if cue == "joined" and not other:
        return None
    if cue == "planned":
        if phrase.unit == "agreement" and not other and not has("in talks", clause):
            return None
        return "negotiating", f"{phrase.unit or 'number'} in talks"
    return _signed(phrase, context, clause, left, other)


def _signed(phrase: Phrase, context: Context, clause: str, left: str, other: bool) -> tuple[str, str] | None:
    if phrase.unit == "party":
        of_subject = re.search(r"\bwith\s+$", left) and not context.tells_signing
        if (other and not of_subject) or re.search(r"\bhad\b", clause):
            return "others_signed", "countries that signed before"
        return "signed_total", "countries that signed"
    if (other or has("event", clause) or PLACED.search(clause)) and not has("total", clause):
        return None
    return "signed_total", f"{phrase.unit or 'number'} signed"


def _ordinals(text: str, context: Context) -> Iterator[Finding]:
    for phrase in phrases(text, ORDINAL):
        right = text[phrase.number_end : phrase.high]
        kind = pattern(r"\s+<of its kind>").match(right)
        after = list(pattern(CUES).finditer(text, phrase.end, phrase.high))
        signing = any(cue.lastgroup == "signed" for cue in after)
        if has("other paper", phrase.words) or (
            after and after[0].lastgroup in ("planned", "joined", "negated")
        ):
            continue
        if not phrase.unit and not kind:
            continue
        if phrase.unit == "party" and not (signing or has("agreement", right) or has("of its kind", right)):
            continue
        if phrase.value == 1 and not (signing and re.fullmatch(r"\s+\w+", phrase.words)):
            continue
        scope = _scope(phrase, "", context)
        yield Finding(
            "ordinal",
            phrase.value,
            "=",
            phrase.start,
            phrase.end,
            f"Nth {phrase.unit or 'of its kind'}",
            scope,
        )


def _durations(text: str, context: Context) -> Iterator[Finding]:
    unit = r"[-‑–\s]*(?:years?(?:-long)?|yrs?)\b"
    for match in pattern(rf"(?P<number>{CARDINAL}){unit}|(?P<long><term long>)").finditer(text):
        start, end = match.span()
        clause = text[text.rfind(";", 0, start) + 1 : (text.find(";", end) + 1 or len(text) + 1) - 1]
        number = value(match["number"]) if match["number"] else 10
        noun = pattern(r"(?:\s+(?!<breaker>)[\w’'-]+){0,6}?\s+(?:<agreement>|term\b)").match(text, end)
        rule = None
        if noun and not has("other paper", noun[0]):
            rule, end = "N-year agreement", noun.end()
        elif _is_term(text, start, end):
            if has("agreement", text):
                rule = "agreement for N years"
            elif number >= 5 and has("undertaking", text) and not has("money", clause):
                rule = "support for N years"
        if rule and number < 100:
            yield Finding("duration_years", number, "=", start, end, rule, "agreements")


def _is_term(text: str, start: int, end: int) -> bool:
    """Return whether "N years" at this place is a term to come, not a past, a review or an age."""
    left, right = text[max(0, start - 40) : start], text[end:]
    if pattern(r"<term past>\s+$").search(left) or pattern(r"\s+<term after past>").match(right):
        return False
    if has("review", text):
        return False
    if pattern(r"<term before>(?:\s+(?:the|a|next|at least|another))*\s*$").search(left):
        return True
    if re.match(r"\s+(?:of the|for which|it|that|in which|during which)\b", right) and re.search(
        r"\bthe\s+$", left
    ):
        return True
    return bool(pattern(r"\b(?:<agreement>|term),\s+$").search(left))


def _consultations(text: str, context: Context) -> Iterator[Finding]:
    bound = (
        r"(?P<bound>\b(?:within|in|inside|no later than|not later than)\s+(?:the\s+)?(?:first\s+|next\s+)?)?"
    )
    for match in pattern(rf"{bound}(?P<number>{CARDINAL})(?P<unit>[-‑\s]hours?)\b").finditer(text):
        if has("peace", text) or not has("consult", text):
            continue
        if match["bound"] or match["unit"][0] != " ":
            yield Finding(
                "consult_hours", value(match["number"]), "=", *match.span(), "within N hours", "agreements"
            )


def claims(corpus: Corpus, mentions: pd.DataFrame | None = None) -> pd.DataFrame:
    """Return table claims: the numbers that the articles claim about the agreements, in order.

    Inexact numbers ("almost 30", "two dozen") make no row; "over 30" makes one with the operator ">=". Only
    articles about agreements with the subject country are read, and no teaser.
    """
    own = _on_subject(corpus.sentences[corpus.sentences["part"] != "teaser"])
    own = own.assign(before=own.groupby("article", sort=False)["text"].shift().fillna(""))
    openings = own.groupby("article", sort=False).head(3)
    read = own[own["text"].str.contains(_trigger(), case=False, regex=True)]
    openings = openings[openings["article"].isin(read["article"])]
    if mentions is None:
        both = pd.concat([openings, read]).drop_duplicates(["article", "sentence"])
        mentions = countries.mentions(both[list(corpus.sentences.columns)])
    places = _partners(mentions)
    heads = {str(name): list(rows.itertuples()) for name, rows in openings.groupby("article", sort=False)}
    articles = corpus.articles[corpus.articles["article"].isin(heads)].set_index("article", drop=False)
    rows: list[dict[str, object]] = []
    for name, sentences in read.groupby("article", sort=False):
        rows += _article(articles.loc[name], list(sentences.itertuples()), heads[str(name)], places)
    return tables.from_rows("claims", rows)


@cache
def _trigger() -> str:
    """Return a pattern for the sentences that may hold a claim: a number and a noun or verb of the subject."""
    return r"\b(?:\d{1,3}(?:st|nd|rd|th)?|" + forms("cardinal", "tens", "ordinal", "term long")[3:-1] + r")\b"


def _on_subject(sentences: pd.DataFrame) -> pd.DataFrame:
    """Return the sentences of articles that name the subject country and a paper of the kind."""
    table = countries.lexicon()
    names = "|".join(re.escape(form) for form in table.loc[table["country"] == agreements.subject(), "form"])
    paper = r"\b(?:<topic>)\b[^.\n]{0,80}?<agreement>|<agreement>[^.\n]{0,40}?\b<topic>"
    text = sentences["text"]
    subject = sentences.loc[text.str.contains(rf"\b(?:{names})\b", regex=True), "article"]
    about = sentences.loc[text.str.contains(pattern(paper).pattern, case=False, regex=True), "article"]
    return sentences[sentences["article"].isin(subject) & sentences["article"].isin(about)]


Places = dict[tuple[str, int], list[tuple[int, int, str]]]


def _partners(mentions: pd.DataFrame) -> Places:
    """Return where each sentence names possible partners: those of the reference; offsets in the article."""
    known = {*agreements.load()["country"], *agreements.declaration()["country"]}
    places: Places = {}
    for row in mentions[mentions["country"].isin(known)].itertuples():
        places.setdefault((row.article, row.sentence), []).append((row.start, row.end, row.country))
    return places


def _article(article: pd.Series, read: list[Any], head: list[Any], places: Places) -> list[dict[str, object]]:
    clock = dates.clock(article)
    tells = any(cue.lastgroup == "signed" for row in head for cue in pattern(CUES).finditer(row.text))
    main = _main_partner(head, places)
    day = clock.published or _day_of(head, clock)
    rows: list[dict[str, object]] = []
    for row in read:
        partners = [
            (a - row.start, b - row.start, c) for a, b, c in places.get((row.article, row.sentence), [])
        ]
        context = Context(row.before, tells, partners)
        spoken = _spoken_of(row.text, clock) or day
        for found in _findings(row.text, context):
            rows.append(
                {
                    "article": row.article,
                    "sentence": row.sentence,
                    **found._asdict(),
                    "country": _country(found, partners, main),
                    "as_of": spoken,
                    "start": row.start + found.start,
                    "end": row.start + found.end,
                    "evidence": row.text[found.start : found.end],
                }
            )
    return _best_term(rows)


def _findings(text: str, context: Context) -> list[Finding]:
    rules = (_counts, _ordinals, _durations, _consultations)
    return sorted((found for rule in rules for found in rule(text, context)), key=lambda found: found.start)


def _best_term(rows: list[dict[str, object]]) -> list[dict[str, object]]:
    """Return the rows without terms that a plainer phrase of the same article contradicts."""
    ranks = [TERMS.index(str(row["rule"])) for row in rows if row["kind"] == "duration_years"]
    best = {
        row["value"] for row in rows if row["rule"] in TERMS and TERMS.index(str(row["rule"])) == min(ranks)
    }
    return [row for row in rows if row["kind"] != "duration_years" or row["value"] in best]


def _main_partner(head: list[Any], places: Places) -> str | None:
    """Return the partner that the first telling sentence of an article is about: the only one that it names."""
    for row in head:
        named = {country for _, _, country in places.get((row.article, row.sentence), [])}
        if len(named) == 1:
            return named.pop()
    return None


def _country(found: Finding, partners: list[tuple[int, int, str]], main: str | None) -> str | None:
    """Return the country that a claim is about: for an ordinal the last one named before it."""
    if found.kind == "ordinal":
        before = [country for start, _, country in partners if start < found.start]
        return before[-1] if before else main
    if found.kind == "others_signed":
        return main
    if found.kind in ("duration_years", "consult_hours"):
        named = {country for _, _, country in partners}
        return named.pop() if len(named) == 1 else main
    return None


def _day_of(head: list[Any], clock: dates.Clock) -> Any:
    """Return the latest past day that the opening of an article speaks of, for want of a day of publication."""
    days = [day for row in head for day in dates.find(row.text, clock)]
    return max(
        (day.on for day in days if day.on and day.precision == "day" and not day.forward), default=None
    )


def _spoken_of(text: str, clock: dates.Clock) -> Any:
    """Return the day that the sentence itself dates its count by: "as of June 12"."""
    for day in dates.find(text, clock) if AS_OF.search(text) else []:
        if day.on and day.precision == "day" and AS_OF.search(text, 0, day.start + 1):
            return day.on
    return None
