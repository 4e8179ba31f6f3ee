"""With whom: which names of a clause are parties to what it says, and how each stands in it."""

import itertools

from pactlens.agreements import unions
from pactlens.clauses import Clause, Verdict
from pactlens.lexicon import STOPS, Token, any_has, following, has, is_nth, previous
from pactlens.papers import NOUN_PHRASE_ENDS, kind_of

PREPOSITIONS = ("with", "by", "between", "list")
IS = ("are", "were", "be", "is", "was")
AFTER_VERB = ("ordinal", "the latest", "signatures", "likewise", "list", "joins")
TALKS = ("negotiation", "talks", "consultation")
PASSED = frozenset((",", "the", "its", "his", "her", "their", "'s", '"', "a", "-", "/"))
PASSED_CLASSES = ("adverb", "and", "title", "title modifier", "everyone")
GATHERED = ("at ", "the ", "this ", "that ", "their ")  # "A at the summit", not "the EU summit"


def parties(clause: Clause, said: Verdict) -> list[tuple[int, str]]:
    """Return the names that a clause gives as parties of what it says: token index and role."""
    out = []
    behind = said.rule in AFTER_VERB or has(clause.tokens[said.at], "follow") or _are_named(clause, said)
    for i in clause.span():
        if clause.tokens[i].country is None or but_not(clause, i) or _hosts(clause, i):
            continue
        how = role(clause, i)
        if how == "after" and _compared(clause, i, said):
            how = "list"
        if how == "list" and i < said.at and said.rule not in ("have", "ordinal"):
            how = "bare"
        if how in ("away", "after") or (how == "paper" and _after_list(clause, i)):
            continue
        if said.rule == "presupposed" and how not in (*PREPOSITIONS, "paper"):
            continue
        if how != "bare" or i < said.at or behind or _gapped(clause, i):
            out.append((i, how))
    return out


def _lead(row: list[Token], i: int) -> Token:
    """Return the token before the name at i and its "the"."""
    return previous(row, i, 2 if previous(row, i).text == "the" else 1)


def _in_list(token: Token) -> bool:
    """Tell whether a token may be part of a list of names."""
    return token.country is not None or token.text in (",", "the") or has(token, "and", "title")


def but_not(clause: Clause, i: int) -> bool:
    """Tell whether the name at i is told apart: "signed with A, but with B not", "but not with B"."""
    before = clause.before(i)[-4:]
    but = next((k for k, t in enumerate(before) if t.text == "but"), None)
    return but is not None and any_has((*before[but:], *clause.after(i)[:1]), "not")


def _hosts(clause: Clause, i: int) -> bool:
    """Tell whether the name at i is only of the host: "with A's prime minister as host"."""
    after = itertools.pairwise(clause.after(i)[:8])
    return any(t.text == "as" and n.text in ("host", "hosts") for t, n in after)


def _after_list(clause: Clause, i: int) -> bool:
    """Tell whether the name at i begins anew after a list: "like those of A, B and C, the D paper is …"."""
    row = clause.tokens
    k = i - (previous(row, i).text == "the")
    closed = previous(row, k).text == "," and previous(row, k, 2).country
    return bool(closed) and has(_lead(row, k - 2), "and")


def _gapped(clause: Clause, i: int) -> bool:
    """Tell whether the name at i is a party whose day follows: "ten signed, A on Friday and B today"."""
    row, lead = clause.tokens, _lead(clause.tokens, i)
    day = next((t for t in clause.after(i) if t.text not in ("on", "in")), row[i])
    before = itertools.pairwise(clause.before(i))  # "with A in P and B in Q"
    placed = following(row, i).text == "in" and any(t.country and n.text == "in" for t, n in before)
    return (has(lead, "and") or lead.text == ",") and (day.kind == "day" or placed)


def _are_named(clause: Clause, said: Verdict) -> bool:
    """Tell whether a verb is followed by who it is about: "those that have signed are A and B"."""
    after = itertools.dropwhile(lambda t: t.text not in IS, clause.tokens[said.at : clause.last])
    named = next((t for t in after if t.text not in (*IS, "the")), None)
    return named is not None and named.country is not None


def _compared(clause: Clause, i: int, said: Verdict) -> bool:
    """Tell whether "after A", "like A and B" counts the name at i among those of which the same is said."""
    row = clause.tokens
    nth = any(map(is_nth, row[: clause.last]))
    if said.status == "planned":
        return nth and said.rule in ("in talks", "ordinal")
    first = next((k for k in range(i, -1, -1) if has(row[k], "like")), i)
    run = itertools.takewhile(_in_list, clause.after(first))
    return nth or i < said.at or sum(t.country is not None for t in run) > 1


def role(clause: Clause, i: int) -> str:
    """Return how the name at token i stands.

    A party may stand with, by, between, for, of, list, paper ("the A-B agreement") or bare;
    "after" is a party only of what is compared; "away" is none.
    """
    row, lead = clause.tokens, _lead(clause.tokens, i)
    if _modifies(row, i, clause.last, "paper"):
        return "after" if _model(row, i) else "with" if has(lead, "with") else "paper"
    if _counted_in(clause.after(i)) and not has(previous(row, i), "with"):
        return "list"
    return "away" if _stands_aside(clause, i) else _reached(clause, i)


def _stands_aside(clause: Clause, i: int) -> bool:
    """Tell whether the words right about the name at i make it no party."""
    row, lead = clause.tokens, _lead(clause.tokens, i)
    after = row[i + 1] if i + 1 < clause.last else row[i]
    if after.text == ")" and lead.text == "(":  # "in Woodstock (the UK)"
        return any(t.text in ("in", "at", "near") for t in row[max(0, i - 5) : i])
    # "helps it to join the EU", "for EU and NATO integration"
    if row[i].country in unions() and (has(lead, "join") or any_has(row[i + 1 : i + 4], "accession")):
        return True
    if has(after, "member") and row[i].kind != "demonym":
        return True
    if has(after, "gathering") and not after.text.startswith(GATHERED):
        return True
    people = has(after, "be", "have", "modal", "become", "sign", "adverb") or _a_people(row, i)
    owner = after.text in ("'s", "$", "dollars") or (row[i].kind == "demonym" and not people)
    return owner and not _modifies(row, i, clause.last, "title")


def _a_people(row: list[Token], i: int) -> bool:
    """Tell whether the demonym at i stands for its country: "a deal with the British and the Danes"."""
    after, beyond = following(row, i), following(row, i, 2)
    closes = after.text in ("", *STOPS) or after.kind == "day" or (has(after, "and") and beyond.text == "the")
    return previous(row, i).text == "the" and closes


def _reached(clause: Clause, i: int) -> str:
    """Return the role that the nearest word before the name at i gives it."""
    row = clause.tokens
    parted = aside = False
    for j in range(i - 1, clause.first - 1, -1):
        if row[j].text in ("(", ")"):
            aside = row[j].text == ")"
            if aside or (j + 1 < i and row[j + 1].text != "the"):
                continue
        # "into NATO and the EU", "NATO's partner A"
        if aside or (has(row[j], "nowhere") and (has(row[j + 1], "and") or row[j + 1].text == "'s")):
            continue
        if row[j].country and has(row[j + 1], "member"):
            continue  # "the EU countries A and B", "some EU countries, A and B"
        if row[j].country:
            return _inherited(clause, j, i, parted)
        if has(row[j], "group") and any_has(row[j + 1 : i], "and"):
            return "list"
        parted = parted or row[j].text == ","
        if j == i - 1 and previous(row, j).text == "the" and not row[j].classes:  # "the whole EU"
            continue
        if (how := _governed(clause, j)) is not None:
            return "away" if parted and _in_a_town(row, j, i) else how
    return "bare"


def _model(row: list[Token], i: int) -> bool:
    """Tell whether the name at i is of a paper that another is like: "modelled on the British one"."""
    lead = _lead(row, i)
    like = has(lead, "away", "like") and lead.text not in ("after", "following")
    return like and following(row, i).classes.get("paper") == "own"


def _after_names(clause: Clause, j: int) -> Token:
    """Return the token after the names that follow token j, or the last of the clause."""
    rest = (t for t in clause.after(j) if not (_in_list(t) or t.kind == "day" or t.text == "on"))
    return next(rest, clause.tokens[clause.last - 1])


def _counted_in(after: list[Token]) -> bool:
    """Tell whether the names before these tokens close a list: "the EU and the USA included"."""
    rest = list(itertools.dropwhile(_in_list, after))
    return any_has(rest[:1], "counted in") and all(t.text in STOPS for t in rest[1:2])


def _inherited(clause: Clause, j: int, i: int, parted: bool) -> str:
    """Return the role of the name at i that the name at j before it leaves: its own, in a list."""
    row, how = clause.tokens, role(clause, j)
    if how == "away" and all(t.text == "the" for t in row[j + 1 : i]):
        return "bare"  # "in A the B is expected to sign"
    if how == "after" and parted and _closed(clause, j):
        return how
    run = any_has(row[j + 1 : i], "and") or following(row, i).text in (",", "and")
    # "at the summit in A, B and C signed": the names before the verb are its subject
    run = run and not has(_after_names(clause, i), "sign", "close", "have", "modal", "be")
    return "bare" if how in ("away", "after") and parted and not run else how


def _closed(clause: Clause, j: int) -> bool:
    """Tell whether the list of token j ends before the subject: "after A, B and C, D signed"."""
    row = clause.tokens
    run = itertools.takewhile(lambda k: _in_list(row[k]), range(j + 1, clause.last - 1))
    return any(has(_lead(row, k), "and") and row[k + 1].text == "," for k in run)


def _in_a_town(row: list[Token], j: int, i: int) -> bool:
    """Tell whether token j ends a place, and the name at i is its country: "in Davos, Switzerland, they"."""
    after = list(itertools.takewhile(lambda t: not has(t, "title"), row[i + 1 : i + 4]))
    ends = after[:1] and (after[0].text in (",", ".", "on") or after[0].kind == "day")
    owns = [t.text for t in after[2:3]] == ["'s"]  # "in Davos, Switzerland, A's president"
    # "in Davos, Switzerland, and signed", not "in A, B, and C"
    goes_on = [t for t, n in itertools.pairwise([*after, row[i]]) if not (has(t, "and") and has(n, "sign"))]
    listed = any((t.country and t.kind != "demonym") or has(t, "and") for t in goes_on)
    alone = ends and (owns or not listed)
    governed = any(has(t, "away") for t in row[max(0, j - 2) : j])
    these = row[j].classes.get("paper") == "pronoun"  # "besides these, A has signed one"
    return bool(alone and governed) and row[i].kind != "person" and not these


def _governed(clause: Clause, j: int) -> str | None:
    """Return the role that token j gives to a name after it; None if it is passed over."""
    row, t, before = clause.tokens, clause.tokens[j], previous(clause.tokens, j)
    if t.text in (":", "—", "(", "•") or (before.text == "," and t.text == "from"):
        return "list"
    if t.text == "to" and clause.has("tied"):
        return "with"
    if t.text == "to" and any(n.text == "from" for n in row[max(0, j - 3) : j]):
        return role(clause, j - 1)
    if t.text == "but" and has(before, "title", "group"):
        return "away"
    if has(t, "for"):
        whose = following(row, j, 1 + (following(row, j).text == "the")).country
        if before.kind == "person" and before.country == whose:  # "signed by Kaja Kallas for Estonia"
            return None
        return "for" if has(before, "sign") or j == clause.first else "away"
    if has(t, "of", "away") and row[j + 1].kind == "day":
        return None
    if t.text == "in" and following(row, j, 2).text == "the" and has(following(row, j, 3), "title"):
        return "bare"  # "in A the government says"
    if has(t, "with") and before.text in ("those", "ones") and has(previous(row, j, 2), "list"):
        return "list"  # "17 agreements, among them those with A and B"
    if has(t, "by", "with") and previous(row, j, 2).text in ("after", "following") and not before.classes:
        return "away"  # "following decisions by A"
    if t.text == "like" and before.text == "," and previous(row, j, 2).country:
        return "after"  # "C, like A and B, wants to sign"
    for name in PREPOSITIONS:
        if has(t, name):
            return name
    if has(t, "of") or t.text == "from":
        return _of(clause, j)
    if has(t, "away", "like"):
        opens = clause.first == j > 0 or (clause.first == j - 1 and before.text == ",")
        opens = opens or (j == 0 and has(_after_names(clause, j), "have", "be", "sign", "close"))
        if opens and has(t, "break"):
            ago = t.text == "after" and _closed(clause, j) and not clause.has("talks")
            return "after" if ago else "bare"
        return "after" if has(t, "like") else "away"
    return None if t.text in PASSED or t.text.isdigit() or has(t, *PASSED_CLASSES) else "bare"


def _of(clause: Clause, j: int) -> str:
    """Return the role that "of" or "from" at j gives: "the agreement on security of A", "the leader of A"."""
    row, t, before = clause.tokens, clause.tokens[j], previous(clause.tokens, j)
    on = has(before, "security") and any(n.text == "on" for n in row[max(0, j - 6) : j])
    if has(t, "of") and (on or kind_of(row, j - 1) == "security"):
        return "paper"
    if t.text == "from" and has(before, "go") and clause.has("draft"):  # "drafts have come from A"
        return "by"
    titled = has(before, "title") and not has(before, "member")
    return "of" if titled or before.country or has(before, "paper") else "away"


def _modifies(row: list[Token], i: int, last: int, name: str) -> bool:
    """Tell whether the name at i stands before a word of this class (or, for titles, before a person)."""
    if name == "paper" and row[i].kind == "person":
        return False
    for k in range(i + 1, min(last, i + 8)):
        t, after = row[k], following(row, k)
        named = has(t, name) or (name == "paper" and (has(t, "draft") or t.text.startswith(TALKS)))
        if named and t.classes.get("paper") != "pronoun":
            return True
        if t.kind == "person" or (name == "paper" and t.text in ("the", "a", "an", "its")):
            return name == "title"
        joined = has(t, "and") and (name == "title" or after.country)
        joined = joined or (t.text == "," and after.kind == "demonym")
        dash = t.text == "—" and after.country  # a dash in "the A-B agreement"
        if t.country or t.text in ("-", "/", "'s") or dash or joined:
            continue
        if t.text in STOPS or has(t, *NOUN_PHRASE_ENDS, "and", "break", "move", "report"):
            return False
    return False
