"""Whether a text is about agreements of the subject country, and a clause about one of them."""

import functools
from collections.abc import Iterable

import numpy as np
import pandas as pd

from pactlens import agreements, arrowtext
from pactlens.clauses import Clause, Sentence
from pactlens.corpus import Corpus
from pactlens.lexicon import Token, forms, has
from pactlens.papers import kind_of
from pactlens.parties import role

leaders = functools.cache(agreements.leaders)


@functools.cache
def subject() -> str:
    """Return the country whose agreements are read."""
    return agreements.subject()


@functools.cache
def outside() -> frozenset[str | None]:
    """Return the countries that are no partner."""
    return frozenset((None, subject(), *forms("stranger")))


def partners(tokens: Iterable[Token]) -> list[Token]:
    """Return the tokens that name a partner."""
    return [t for t in tokens if t.country not in outside()]


def named(tokens: Iterable[Token]) -> tuple[str, ...]:
    """Return the partners that tokens name, each once."""
    return tuple(dict.fromkeys(str(t.country) for t in partners(tokens)))


def names_subject(clause: Clause) -> bool:
    """Tell whether a clause names the subject country, other than as the victim of a war."""
    for i in clause.span():
        before = clause.tokens[max(clause.first, i - 3) : i]
        against = any(has(t, "war") for t in before) and all(t.text != "-" for t in before)
        victim = clause.tokens[i].kind != "person" and against  # "the war on U", not "war-torn U"
        if clause.tokens[i].country == subject() and not victim:
            return True
    return False


def addressed(articles: pd.DataFrame) -> set[object]:
    """Return the articles whose address names such a paper: /ukraine-and-a-sign-security-agreement."""
    kinds = ("|".join(forms(*names)) for names in (("security", "firm"), ("paper", "", "bare")))
    named = articles["url"].fillna("").str.contains("[-/_](?:{})[-_](?:{})(?![a-z])".format(*kinds))
    return set(articles.loc[named, "article"])


def on_subject(corpus: Corpus, mentions: pd.DataFrame) -> pd.DataFrame:
    """Return the sentences, without teasers, of articles that name the subject and such a paper."""
    sentences = corpus.sentences
    own = sentences[sentences["part"] != "teaser"]
    named = set(mentions.loc[mentions["country"] == subject(), "article"])
    known = leaders()
    led = arrowtext.find_forms(own["text"], known.loc[known["country"] == subject(), "form"].tolist()).row
    own = own[own["article"].isin(named | set(own["article"].iloc[led]))]
    addresses = addressed(corpus.articles)
    own = own[own["article"].isin(set(own["article"].loc[_naming(own, "cue")]) | addresses)]
    both = _naming(own, "paper", "", "bare") & _naming(own, "security")
    both |= _naming(own, "other paper", "aside") & _naming(own, "security", "firm")
    return own[own["article"].isin(set(own["article"].loc[both]) | addresses)]


def _naming(sentences: pd.DataFrame, name: str, *values: str) -> pd.Series:
    """Return which sentences hold a word of one class of the lexicon, of these values or any."""
    spelled = sorted(
        {form for word in forms(name, *values) for form in (word, word.capitalize(), word.upper())}
    )
    held = np.zeros(len(sentences), bool)
    held[arrowtext.find_forms(sentences["text"], spelled).row] = True
    return pd.Series(held, index=sentences.index)


def concerns(read: list[Sentence]) -> bool:
    """Tell whether an article speaks of an agreement on security to which the subject country is a party."""
    ours = any(names_subject(clause) for sentence in read[:5] for clause in sentence.clauses)
    for sentence in read if ours else [s for s in read if any(map(names_subject, s.clauses))]:
        words = ((c.tokens, k) for c in sentence.clauses for k in c.span() if c.tokens[k].classes)
        if any(kind_of(row, k) == "security" or guarantees(row, k) for row, k in words):
            return True
    return False


def between_others(clause: Clause) -> bool:
    """Tell whether a clause tells of one paper between two others: "A and B sign a partnership"."""
    if clause.has("list", "like"):
        return False
    papers = [clause.tokens[k] for k in clause.span() if kind_of(clause.tokens, k) not in (None, "pronoun")]
    found = [(clause.tokens[i], role(clause, i)) for i in clause.span() if clause.tokens[i].country]
    roles = {how for t, how in found if how != "away"}
    sides = {t.country for t, how in found if how != "away"}
    two = (len(sides) == 2 or (len(sides) > 2 and "with" in roles)) and roles != {"with"}
    return two and subject() not in sides and bool(papers) and papers[0].text[-1] != "s"


def guarantees(row: list[Token], k: int) -> bool:
    """Tell whether token k names what such an agreement gives, or the declaration that promised it."""
    declared = row[k].classes.get("other paper") == "aside"
    about = declared and any(t.classes.get("security") == "firm" for t in row[k + 1 : k + 13])
    return about or (has(row[k], "paper") and has(row[k], "security"))


def foreign(clause: Clause, names: list[tuple[int, str]]) -> bool:
    """Tell whether a clause speaks of one paper between two others: "A and B signed a defence agreement"."""
    row = clause.tokens
    if names_subject(clause) or clause.has("follow", "like"):
        return False
    for i in clause.span():
        if row[i].country in forms("stranger"):
            how = role(clause, i)
            papers = (t for t in row[max(0, i - 3) : i] if t.classes.get("paper") != "pronoun")
            side = how == "with" and any(has(t, "paper", "security") for t in papers)
            if side or how in ("bare", "by"):
                return True
    sides = {row[i].country for i, how in names if how != "list"}
    if all(how == "with" for _, how in names) or len(sides) != 2:
        return False
    one = [k for k in clause.span() if kind_of(row, k) in ("security", "bare") and row[k].text[-1] != "s"]
    before = [t.text for k in one for t in row[max(clause.first, k - 6) : k]]
    return not {"a", "an"}.isdisjoint(before) and "such" not in before
