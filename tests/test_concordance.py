import pandas as pd
import pytest

from pactlens import concordance, corpus, errors

TEXT = """Kyiv and Oslo sign a security agreement. Security-related aid follows; "our security
agreement", Kyiv's envoy said, secures peace. Insecurity stays. Read more: security"""


@pytest.fixture
def text() -> corpus.Corpus:
    starts = [0, TEXT.index("Security-"), TEXT.index("Insecurity"), TEXT.index("Read more")]
    rows = [
        ("oslo", i, start, end, "teaser" if i == 3 else "body", TEXT[start:end])
        for i, (start, end) in enumerate(zip(starts, [*starts[1:], len(TEXT)], strict=True))
    ]
    sentences = pd.DataFrame(rows, columns=["article", "sentence", "start", "end", "part", "text"])
    return corpus.Corpus(pd.DataFrame({"article": ["oslo"], "text": [TEXT]}), sentences, pd.DataFrame())


@pytest.mark.parametrize(
    ("query", "nodes"),
    [
        ("security", ["security", "security"]),
        ("secur*", ["security", "Security-related", "security", "secures"]),
        ("*secur*", ["security", "Security-related", "security", "secures", "Insecurity"]),
        ("security agreement", ["security agreement", "security\nagreement"]),
        ("Kyiv", ["Kyiv", "Kyiv"]),
        ("kyiv's", ["Kyiv's"]),
        ("security*agreement", []),
    ],
)
def test_queries(text: corpus.Corpus, query: str, nodes: list[str]) -> None:
    lines = concordance.concordance(text, query)
    assert lines["node"].to_list() == nodes
    assert [TEXT[row.start : row.end] for row in lines.itertuples()] == nodes


def test_context_goes_on_over_sentences(text: corpus.Corpus) -> None:
    line = concordance.concordance(text, "Security-related", window=3).iloc[0]
    assert (line["left"], line["right"]) == ("a security agreement.", 'aid follows; "our')
    assert line["sentence"] == 1


def test_sorting(text: corpus.Corpus) -> None:
    by_left = concordance.concordance(text, "secur*", sort="left")["left"]
    assert [side.split()[-1] for side in by_left] == ["a", "agreement.", '"our', "said,"]
    by_right = concordance.concordance(text, "secur*", sort="right")["right"]
    assert [side.split()[0] for side in by_right] == ['agreement",', "agreement.", "aid", "peace."]


def test_a_theme(text: corpus.Corpus) -> None:
    corpora = text._replace(sentences=text.sentences.assign(text="Soldiers are trained; a training mission"))
    nodes = concordance.concordance(corpora, theme="training")["node"]
    assert set(nodes) == {"trained", "training"}


@pytest.mark.parametrize("wrong", [{"query": "*"}, {"query": " "}, {"theme": "gardening"}, {}])
def test_nothing_to_look_for_is_said(text: corpus.Corpus, wrong: dict[str, str]) -> None:
    with pytest.raises(errors.TableError, match="give a word"):
        concordance.concordance(text, **wrong)


def test_no_match_gives_no_line(text: corpus.Corpus) -> None:
    assert concordance.concordance(text, "gardening").columns.to_list() == concordance.COLUMNS
