"""Where a signing was: the most specific place in its clause, or in those about the same event."""

import functools
import re
from collections.abc import Iterator

from pactlens import dates
from pactlens.agreements import unions
from pactlens.clauses import PREDICATES, Clause, Sentence, Verdict
from pactlens.lexicon import Token, forms, has
from pactlens.occasions import about_event, elsewhere, meets, nearest, paired
from pactlens.sentences import pattern
from pactlens.subject import subject


def place_of(
    read: list[Sentence], n: int, c: int, said: Verdict, token: Token, day: dates.Day | None
) -> str | None:
    """Return the most specific place of what clause c of sentence n says of `token` on `day`, if given."""
    clause, text = read[n].clauses[c], read[n].text
    beside = pattern("beside a name").match(text, token.end) if said.rule == "list" else None
    if beside:
        return beside["name"]
    for sentence, told in about_event(read, n, c, said):
        found, own = list(find_places(sentence, told)), sentence is read[n]
        if own:  # "signed in P, hours after a deal with A"
            before = (d for d in sentence.days if d.start < token.start and "after" in d.words.lower())
            begins = max((d.start for d in before), default=0)
            found = [place for place in found if place[1] >= begins]
        if found:
            found = [place for place in found if place[0] == min(found)[0]]
            at = paired(clause, len(found), token)
            if at is None:
                at = nearest(told, [start for _, start, _ in found], token) if own else -1
            return found[at][2]
    new = said.rule in ("active", "passive", "ordinal")
    # "deals of this sort have been signed already"
    old = pattern("vague time").search(text) or clause.has("ago")
    if old or not (new or read[n].part == "title"):
        return None
    scene = next(filter(None, (_scene(sentence.text) for sentence in read)), None)
    met = scene or (next(_met(read, n, token, day), None) if new else None)
    return met or _gathered(read, clause)


@functools.lru_cache(maxsize=4096)
def _scene(text: str) -> str | None:
    """Return the place that a sentence of its own gives: "Berlin was the scene"."""
    found = pattern("scene").search(text)
    return found[found.lastgroup or 0] if found else None


def _met(read: list[Sentence], n: int, token: Token, day: dates.Day | None) -> Iterator[str]:
    """Yield where, by the sentences around, the leaders of both sides met, or are seen on that day."""
    sides = {subject(), token.country}
    for sentence in read[max(0, n - 2) : n + 5]:
        both = sides <= {t.country for t in sentence.clauses[0].tokens}
        close = sentence in read[max(0, n - 1) : n + 3]
        for clause in (clause for clause in sentence.clauses if not clause.said):
            caption = day and day.on in [d.on for d in sentence.days] and not clause.has(*PREDICATES)
            visit = close and clause.has("go") and sides & {t.country for t in clause.own()}
            if visit or (both and (caption or meets(clause))):
                places = sorted(find_places(sentence, clause))
                yield from (name for (country, _), _, name in places if not country)


def _gathered(read: list[Sentence], clause: Clause) -> str | None:
    """Return where the summit was at which they signed, by another sentence: "the summit in A"."""
    if not clause.has("gathering"):
        return None
    others = ((s, other) for s in read for other in s.clauses if other is not clause)
    same = ((s, other) for s, other in others if _the_same(clause, other))
    return next((name for s, other in same for _, _, name in sorted(find_places(s, other))), None)


def _the_same(clause: Clause, other: Clause) -> bool:
    """Tell whether another clause names the summit of a clause: "the summit", or one of the same group."""
    told = [t.text for t in other.own() if t.text.endswith("summit")]
    known = any(text.startswith(("the ", "at the ")) for text in told) and not _whose(other)
    return bool(told) and (known or _whose(clause) == _whose(other))


def _whose(clause: Clause) -> set[str]:
    """Return whose gatherings a clause names: the G7's, NATO's, the EU's."""
    own = (t for t in clause.own() if has(t, "group") or t.text == "nato" or t.country in unions())
    return {t.classes.get("group") or t.country or t.text for t in own}


def find_places(sentence: Sentence, clause: Clause) -> Iterator[tuple[tuple[bool, int], int, str]]:
    """Yield rank (the more specific first), offset and name of each place that a clause gives."""
    own = clause.own()
    for found in pattern("place").finditer(sentence.text, own[0].start, own[-1].end):
        by, start = found["by"], found.start(found.lastgroup or 0)
        inside = [t for t in own if start <= t.start < found.end()]
        named = (t.start for t in inside if (t.country or has(t, "title")) and t.start > start)
        end = next(named, found.end(found.lastgroup or 0))
        inside = [t for t in inside if t.start < end]
        name = re.sub(r"['\u2019\u02bc]s\b.*| Summit$| DC$", "", sentence.text[start:end].strip())
        if (name.isupper() and len(name) > 2) or "Summit" in name or sentence.text[end : end + 1] == "$":
            continue
        matter = ("paper", "other paper", "title", "security", "topic", "group")
        if any(has(t, *matter) or t.kind in ("demonym", "person") for t in inside):
            continue
        if by == "to" and not any(has(t, "go") and t.start < start for t in own):
            continue
        if inside and inside[-1].country and _lists(own, found.end()):
            continue
        building = any(has(t, "building") for t in inside)
        nowhere = forms("nowhere").intersection(re.split(r"[\s-]", name.lower()))
        if (building or not nowhere) and not elsewhere(clause, start):
            beside = by and by.split()[0].lower() in ("near", "far", "close", "outside")
            at = building or by not in ("in", "In")
            rank = any(t.kind == "name" for t in inside), 2 if beside else int(at)
            yield rank, start, name
            if also := pattern("place too").match(sentence.text, found.end()):
                yield rank, also.start("name"), also["name"]


def _lists(own: list[Token], end: int) -> bool:
    """Tell whether a list of countries goes on at offset `end`: "in A, B and C", "in A and B"."""
    after = [t for t in own if t.start >= end][:4]
    run = "".join("A" if t.country else "&" if has(t, "and") else t.text for t in after)
    return run.startswith(("&A", ",A&A", ",A,A"))
