"""With whom: which names of a clause are parties to what it says, and how each stands in it."""

import itertools

from pactlens.agreements import unions
from pactlens.clauses import Clause, Verdict
from pactlens.lexicon import STOPS, Token, has, is_nth, previous
from pactlens.papers import NOUN_PHRASE_ENDS, kind_of

PREPOSITIONS = ("with", "by", "between", "list")
IS = ("are", "were", "be", "is", "was")
AFTER_VERB = ("ordinal", "the latest", "signatures", "likewise", "list", "joins")
TALKS = ("negotiation", "talks", "consultation")
PASSED = frozenset((",", "the", "its", "his", "her", "their", "'s", '"', "a", "-", "/"))


def parties(clause: Clause, said: Verdict) -> list[tuple[int, str]]:
    """Return the names that a clause gives as parties of what it says: token index and role."""
    out = []
    behind = said.rule in AFTER_VERB or has(clause.tokens[said.at], "follow") or _are_named(clause, said)
    for i in clause.span():
        if clause.tokens[i].country is None:
            continue
        if but_not(clause, i) or _hosts(clause, i):
            continue
        how = role(clause, i)
        if how == "after" and _compared(clause, i, said):
            how = "list"
        if how == "list" and i < said.at and said.rule not in ("have", "ordinal"):
            how = "bare"
        if i > said.at and how == "paper" and _after_list(clause, i):
            continue
        loose = said.rule == "presupposed" and how not in (*PREPOSITIONS, "paper")
        bare = how == "bare" and i > said.at and not (behind or _gapped(clause, i))
        if not loose and not bare and how not in ("away", "after"):
            out.append((i, how))
    return out


def but_not(clause: Clause, i: int) -> bool:
    """Tell whether the name at i is told apart: "signed with A, but with B not", "but not with B"."""
    row, before = clause.tokens, clause.tokens[max(clause.first, i - 4) : i]
    but = next((k for k, t in enumerate(before) if t.text == "but"), None)
    if but is None or any(t.country for t in before[but:]):
        return False
    return any(has(t, "not") for t in (*before[but:], *row[i + 1 : min(i + 2, clause.last)]))


def _hosts(clause: Clause, i: int) -> bool:
    """Tell whether the name at i is only of the host: "with A's prime minister as host"."""
    after = clause.tokens[i + 1 : min(i + 9, clause.last)]
    return any(t.text == "as" and n.text in ("host", "hosts") for t, n in itertools.pairwise(after))


def _after_list(clause: Clause, i: int) -> bool:
    """Tell whether the name at i begins anew after a list: "like those of A, B and C, the D paper is …"."""
    row = clause.tokens
    k = i - (previous(row, i).text == "the")
    closed = previous(row, k).text == "," and previous(row, k, 2).country
    the = previous(row, k, 3).text == "the"
    return bool(closed) and has(previous(row, k, 3 + the), "and")


def _gapped(clause: Clause, i: int) -> bool:
    """Tell whether the name at i is a party whose day follows: "ten signed, A on Friday and B today"."""
    row = clause.tokens
    k = next((k for k in range(i - 1, clause.first, -1) if row[k].text != "the"), clause.first)
    day = next((t for t in row[i + 1 : clause.last] if t.text not in ("on", "in")), row[i])
    before = itertools.pairwise(row[clause.first : k])  # "with A in P and B in Q"
    placed = row[min(i + 1, len(row) - 1)].text == "in" and any(
        t.country and n.text == "in" for t, n in before
    )
    return (has(row[k], "and") or row[k].text == ",") and (day.kind == "day" or placed)


def _are_named(clause: Clause, said: Verdict) -> bool:
    """Tell whether a verb is followed by who it is about: "those that have signed are A and B"."""
    after = itertools.dropwhile(lambda t: t.text not in IS, clause.tokens[said.at : clause.last])
    named = itertools.dropwhile(lambda t: t.text in (*IS, "the"), after)
    return (first := next(named, None)) is not None and first.country is not None


def _compared(clause: Clause, i: int, said: Verdict) -> bool:
    """Tell whether "after A", "like A and B" counts the name at i among those of which the same is said."""
    nth = any(map(is_nth, clause.tokens[: clause.last]))
    if said.status == "planned":
        return nth and said.rule in ("in talks", "ordinal")
    first = next((k for k in range(i, -1, -1) if has(clause.tokens[k], "like")), i)
    run = itertools.takewhile(
        lambda t: t.country or t.text in (",", "the") or has(t, "and", "title"),
        clause.tokens[first + 1 : clause.last],
    )
    return nth or i < said.at or sum(t.country is not None for t in run) > 1


def role(clause: Clause, i: int) -> str:
    """Return how the name at token i stands.

    A party may stand with, by, between, for, of, list, paper ("the A-B agreement") or bare;
    "after" is a party only of what is compared; "away" is none.
    """
    row = clause.tokens
    if _modifies(row, i, clause.last, "paper"):
        lead = previous(row, i, 1 + (previous(row, i).text == "the"))
        return "after" if _model(row, i) else "with" if has(lead, "with") else "paper"
    if _counted_in(row[i + 1 : clause.last]) and not (i and has(row[i - 1], "with")):
        return "list"
    following = row[i + 1] if i + 1 < clause.last else row[i]
    the = previous(row, i).text == "the"
    bracketed = following.text == ")" and previous(row, i, 1 + the).text == "("
    if bracketed and any(t.text in ("in", "at", "near") for t in row[max(0, i - 5) : i]):
        return "away"  # "in Woodstock (the UK)"
    joined = previous(row, i, 1 + (previous(row, i).text == "the"))
    if row[i].country in unions() and has(joined, "join"):  # "helps it to join the EU"
        return "away"
    if (has(following, "member") and row[i].kind != "demonym") or _of_gathering(following):
        return "away"
    people = has(following, "be", "have", "modal", "become", "sign", "adverb")
    owner = following.text in ("'s", "$", "dollars") or (row[i].kind == "demonym" and not people)
    if owner and not _modifies(row, i, clause.last, "title"):
        return "away"
    parted = aside = False
    for j in range(i - 1, clause.first - 1, -1):
        if row[j].text in ("(", ")"):
            aside = row[j].text == ")"
            if aside or (j + 1 < i and row[j + 1].text != "the"):
                continue
        # "into NATO and the EU", "NATO's partner A"
        if aside or (has(row[j], "nowhere") and (has(row[j + 1], "and") or row[j + 1].text == "'s")):
            continue
        if row[j].country and has(row[j + 1], "member") and row[j].kind != "demonym":
            continue  # "the EU countries A and B", "some EU countries, A and B"
        if row[j].country:
            return _inherited(clause, j, i, parted)
        if has(row[j], "group") and any(has(between, "and") for between in row[j + 1 : i]):
            return "list"
        parted = parted or row[j].text == ","
        if j == i - 1 and previous(row, j).text == "the" and not row[j].classes:  # "the whole EU"
            continue
        if (how := _governed(clause, j)) is not None:
            return "away" if how == "bare" and parted and _in_a_town(row, j, i) else how
    return "bare"


def _of_gathering(token: Token) -> bool:
    """Tell whether a name before a token is that of a gathering: "the EU summit", not "A at the summit"."""
    return has(token, "gathering") and not token.text.startswith(("at ", "the ", "this ", "that ", "their "))


def _model(row: list[Token], i: int) -> bool:
    """Tell whether the name at i is of a paper that another is like: "modelled on the British one"."""
    before = row[i - 2] if i > 1 and row[i - 1].text == "the" else row[max(0, i - 1)]
    return (
        has(before, "away", "like")
        and before.text not in ("after", "following")
        and any(has(t, "paper") and t.classes["paper"] == "own" for t in row[i + 1 : i + 2])
    )


def _after_names(clause: Clause, j: int) -> Token:
    """Return the token after the names that follow token j, or the last of the clause."""
    rest = itertools.dropwhile(
        lambda t: t.country or t.kind == "day" or t.text in (",", "the", "on") or has(t, "and", "title"),
        clause.tokens[j + 1 : clause.last],
    )
    return next(rest, clause.tokens[clause.last - 1])


def _counted_in(after: list[Token]) -> bool:
    """Tell whether the names before these tokens close a list: "the EU and the USA included"."""
    rest = list(itertools.dropwhile(lambda t: t.country or t.text in (",", "the") or has(t, "and"), after))
    return bool(rest) and has(rest[0], "counted in") and (len(rest) == 1 or rest[1].text in STOPS)


def _inherited(clause: Clause, j: int, i: int, parted: bool) -> str:
    """Return the role of the name at i that the name at j before it leaves: its own, in a list."""
    row, how = clause.tokens, role(clause, j)
    beside = i - j == 1 or (i - j == 2 and row[j + 1].text == "the")
    if how == "away" and beside and row[j].kind == row[i].kind == "name":
        return "bare"  # "in A the B is expected to sign"
    if how == "after" and parted and (closed := _closed(clause, j)):
        return "bare" if i > closed else how
    run = any(has(t, "and") for t in row[j + 1 : i]) or (i + 1 < len(row) and row[i + 1].text in (",", "and"))
    # "at the summit in A, B and C signed": the names before the verb are its subject
    run = run and not has(_after_names(clause, i), "sign", "close", "have", "modal", "be")
    return "bare" if how in ("away", "after") and parted and not run else how


def _closed(clause: Clause, j: int) -> int:
    """Return where the list of token j ends before the subject, or 0: "after A, B and C, D signed"."""
    row, last = clause.tokens, j
    while last + 2 < clause.last and (
        row[last + 1].country or row[last + 1].text in (",", "the") or has(row[last + 1], "and")
    ):
        last += 1
        before = row[last - 1] if row[last - 1].text != "the" else row[last - 2]
        if row[last].country and has(before, "and") and row[last + 1].text == ",":
            return last
    return 0


def _in_a_town(row: list[Token], j: int, i: int) -> bool:
    """Tell whether token j ends a place, and the name at i is its country: "in Davos, Switzerland, they"."""
    after = list(itertools.takewhile(lambda t: not has(t, "title"), row[i + 1 : i + 4]))
    ends = after[:1] and (after[0].text in (",", ".", "on") or after[0].kind == "day")
    owns = [t.text for t in after[2:3]] == ["'s"]  # "in Davos, Switzerland, A's president"
    alone = ends and (owns or not any((t.country and t.kind != "demonym") or has(t, "and") for t in after))
    governed = any(has(t, "away") for t in row[max(0, j - 2) : j])
    these = row[j].classes.get("paper") == "pronoun"  # "besides these, A has signed one"
    return bool(alone and governed) and row[i].kind != "person" and not these


def _governed(clause: Clause, j: int) -> str | None:
    """Return the role that token j gives to a name after it; None if it is passed over."""
    row, t = clause.tokens, clause.tokens[j]
    before = previous(row, j)
    if before.text == "," and t.text == "from":
        return "list"
    if t.text == "to" and clause.has("tied"):
        return "with"
    if t.text == "to" and before.country and any(n.text == "from" for n in row[max(0, j - 3) : j]):
        return role(clause, j - 1)
    if t.text in (":", "—", "(", "•"):
        return "list"
    if t.text == "but" and has(before, "title", "group"):
        return "away"
    if has(t, "for"):
        return "for" if t.text != "for" or has(before, "sign") or j == clause.first else "away"
    if has(t, "of", "away") and row[j + 1].kind == "day":
        return None
    after = row[j + 2 : clause.last]
    if (
        t.text == "in"
        and row[j + 1].country
        and after[1:]
        and after[0].text == "the"
        and has(after[1], "title")
    ):
        return "bare"  # "in A the government says"
    if has(t, "with") and before.text in ("those", "ones") and has(previous(row, j, 2), "list"):
        return "list"  # "17 agreements, among them those with A and B"
    for name in PREPOSITIONS:
        if has(t, name):
            return name
    if has(t, "of") or t.text == "from":
        return _of(clause, j)
    if has(t, "away", "like"):
        opens = clause.first == j > 0 or (clause.first == j - 1 and before.text == ",")
        opens = opens or (j == 0 and has(_after_names(clause, j), "have", "be", "sign", "close"))
        if opens and has(t, "break"):
            return "bare"
        return "after" if has(t, "like") else "away"
    passed = (
        t.text in PASSED or t.text.isdigit() or has(t, "adverb", "and", "title", "title modifier", "everyone")
    )
    return None if passed else "bare"


def _of(clause: Clause, j: int) -> str:
    """Return the role that "of" or "from" at j gives: "the agreement on security of A", "the leader of A"."""
    row, t, before = clause.tokens, clause.tokens[j], previous(clause.tokens, j)
    matter = row[max(0, j - 6) : j] if has(before, "security") else []
    on = any(n.text == "on" and has(p, "paper") for p, n in itertools.pairwise(matter))
    plural = has(before, "paper") and before.text.endswith("s")
    if has(t, "of") and (plural or on or kind_of(row, j - 1) == "security"):
        return "paper"
    again = before.text in (",", "and") and any(n.country for n in row[max(0, j - 4) : j])
    titled = has(before, "title") and not has(before, "member")
    given = has(before, "paper") and (has(t, "of") or clause.has("have", "sign", "close", "talks"))
    return "of" if again or titled or before.country or given else "away"


def _modifies(row: list[Token], i: int, last: int, name: str) -> bool:
    """Tell whether the name at i stands before a word of this class (or, for titles, before a person)."""
    if name == "paper" and row[i].kind == "person":
        return False
    ends = (*NOUN_PHRASE_ENDS, "and", "break", "move", "report")
    for k in range(i + 1, min(last, i + 8)):
        t = row[k]
        named = has(t, name) or (name == "paper" and (has(t, "draft") or t.text.startswith(TALKS)))
        if named and t.classes.get("paper") != "pronoun":
            return True
        if t.kind == "person" or (name == "paper" and t.text in ("the", "a", "an", "its")):
            return name == "title"
        joined = has(t, "and") and (name == "title" or (k + 1 < last and row[k + 1].country))
        joined = joined or (t.text == "," and k + 1 < last and row[k + 1].kind == "demonym")
        dash = t.text == "—" and k + 1 < last and row[k + 1].country  # a dash in "the A-B agreement"
        if t.country or t.text in ("-", "/", "'s") or dash or joined:
            continue
        if t.text in STOPS or has(t, *ends):
            return False
    return False
