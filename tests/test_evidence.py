import re

from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st

from made import five
from pactlens import corpus, evidence, tables

TEXT = 'Kyiv & <Oslo> signed. Nine "deals" now.\nRead more: <b>Paris</b> next.'
COLUMNS = {"article": "a b/ü", "rule": "made", "evidence": "x"}


def small(url: str = "https://example.org/?a&b", anchors: bool = True) -> BeautifulSoup:
    ends = [(0, 22, "body"), (22, 39, "body"), (40, len(TEXT), "teaser")]
    sentences = [
        {"article": "a b/ü", "sentence": i, "start": s, "end": e, "part": part, "text": TEXT[s:e]}
        for i, (s, e, part) in enumerate(ends)
    ]
    coverage = corpus.Corpus(
        tables.from_rows("articles", [{"article": "a b/ü", "text": TEXT, "url": url, "words": 7}]),
        tables.from_rows("sentences", sentences),
        tables.from_rows("problems", []),
    )
    mention = {"sentence": 0, "start": 0, "end": 4, "country": "UA", "kind": "capital"}
    signing = {
        "sentence": 0,
        "start": 0,
        "end": 21,
        "country": "NO",
        "status": "signed",
        "precision": "month",
    }
    claim = {"sentence": 1, "start": 22, "end": 34, "kind": "signed_total", "value": 9, "operator": "="}
    page = evidence.reader(
        coverage,
        tables.from_rows("mentions", [COLUMNS | mention]),
        tables.from_rows("signings", [COLUMNS | signing | {"on": "2024-05-01"}]),
        tables.from_rows("claims", [COLUMNS | claim]),
        anchors,
    )
    return BeautifulSoup(page.html, "html.parser").section


def test_the_text_is_whole_and_escaped() -> None:
    page = small()
    assert [span.get_text() for span in page.select("p > span")] == [
        "Kyiv & <Oslo> signed. [signed: NO, 2024-05]",
        'Nine "deals" now. [signed total = 9]',
        "Read more: <b>Paris</b> next.",
    ]
    assert page.find(string=re.compile("Read more")).find_parent("small")["class"] == ["teaser"]


def test_spans_in_each_other_keep_their_own_tags() -> None:
    page = small()
    assert [mark.get_text() for mark in page.select("mark.signing")] == ["Kyiv", " & <Oslo> signed."]
    assert page.select_one("mark u.mention").get_text() == "Kyiv"
    assert page.select_one("b.claim").get_text() == 'Nine "deals"'


def test_an_address_is_linked_only_if_it_is_one() -> None:
    assert small().a["href"] == "https://example.org/?a&b"
    assert small("javascript:alert(1)").a is None


def test_links_lead_to_anchors_and_anchors_can_be_left_out() -> None:
    ids = [span["id"] for span in small().select("span[id]")]
    assert [f"{evidence.PAGE}#{name}" for name in ids] == [evidence.link("a b/ü", i) for i in range(3)]
    assert small(anchors=False).select("[id]") == []


@given(st.text(min_size=1), st.text(min_size=1), st.integers(0, 999), st.integers(0, 999))
def test_anchors_are_unique_and_plain(one: str, two: str, first: int, second: int) -> None:
    anchors = [evidence.anchor(*pair) for pair in ((one, first), (two, second))]
    assert (anchors[0] == anchors[1]) == ((one, first) == (two, second))
    assert re.fullmatch(r"[\w.~%-]+", anchors[0], re.ASCII)


def test_every_sentence_of_the_five_articles_has_its_anchor() -> None:
    t = five()
    page = evidence.reader(t.coverage, t.mentions, t.signings, t.checks)
    wanted = [
        evidence.anchor(*row) for row in t.coverage.sentences[["article", "sentence"]].itertuples(index=False)
    ]
    assert re.findall(r'<span id="([^"]+)"', page.html) == wanted
    assert page.html.count(": differs]") == (t.checks["verdict"] == "differs").sum()
    assert f"mentions ({len(t.mentions):,})" in page.text


def test_a_problem_leads_to_the_article_that_was_kept_of_its_file() -> None:
    paths = [("a b", "a b.txt"), ("x-1", "x.jsonl"), ("x-2", "x.jsonl")]
    articles = tables.from_rows("articles", [{"article": name, "path": path} for name, path in paths])
    problems = tables.from_rows("problems", [{"path": path} for path in ("a b.txt", "x.jsonl", "gone.txt")])
    coverage = corpus.Corpus(articles, tables.from_rows("sentences", []), problems)
    linked = evidence.to_articles(problems, coverage)["link"]
    assert linked[0] == evidence.link("a b") and linked[1:].isna().all()
    page = evidence.reader(coverage, *(tables.from_rows(n, []) for n in ("mentions", "signings", "claims")))
    assert f'id="{linked[0].split("#")[1]}"' in page.html
