"""The report, made from two small notebooks: what it must do whatever the notebooks show."""

import base64
import re

import nbformat
import pytest
from bs4 import BeautifulSoup

from madeup import load
from pactlens import evidence, report, tables
from pactlens.errors import NotebookError, ReportError
from pactlens.report.page import ARTICLE, page, safe

COVERAGE = [
    "# Coverage\n\nWhat the corpus holds.",
    """
    import html
    from IPython.display import HTML
    from pactlens import corpus, evidence
    coverage = corpus.load()
    """,
    "## The articles\n\nSee [the timeline](01-timeline.ipynb).",
    """
    rows = coverage.sentences.itertuples()
    HTML("".join(f'<p id="{evidence.anchor(r.article, r.sentence)}">{html.escape(r.text)}</p>' for r in rows))
    """,
    "print('<b>plain</b>')",
]
TIMELINE = [
    "# Timeline\n\nWho signed when.",
    """
    from pactlens import corpus, evidence, figure
    coverage = corpus.load()
    with figure.style():
        drawn = figure.canvas(2)
        axes = drawn.subplots()
        for place, row in enumerate(coverage.sentences.itertuples()):
            artist = axes.plot([place], [place], "o")[0]
            figure.mark(artist, row.text, evidence.link(row.article, row.sentence))
    words = coverage.articles[["article", "words"]]
    figure.Figure(drawn, "A title", 'Dots "rising" & more', "A caption.", words)
    """,
]


def store(path, cells):
    made = []
    for number, source in enumerate(cells):
        kind = nbformat.v4.new_markdown_cell if source.startswith("#") else nbformat.v4.new_code_cell
        lines = source if source.startswith("#") else re.sub(r"(?m)^    ", "", source).strip()
        made.append(kind(lines, id=f"cell-{number}"))
    nbformat.write(nbformat.v4.new_notebook(cells=made), path)


@pytest.fixture
def place(tmp_path, monkeypatch):
    """A folder with notebooks, and a corpus whose text would like to be markup."""
    (tmp_path / "notebooks").mkdir()
    store(tmp_path / "notebooks/00-coverage.ipynb", COVERAGE)
    store(tmp_path / "notebooks/01-timeline.ipynb", TIMELINE)
    (tmp_path / "corpus").mkdir()
    text = '<script>alert(1)</script> It was signed.\n\n"><img src=x onerror=alert(2)> They met in Rome.\n'
    (tmp_path / "corpus/hostile & co.txt").write_text(text, encoding="utf-8")
    (tmp_path / "corpus/empty.txt").write_bytes(b"")
    monkeypatch.setenv("PACTLENS_NOTEBOOKS", str(tmp_path / "notebooks"))
    return tmp_path


def write(place, out="report"):
    return report.write(place / "corpus", place / out, say=lambda _: None).parent


def test_two_exports_are_byte_identical_and_hold_no_markup_of_articles(place):
    first, second = write(place), write(place, "again")
    names = ["00-coverage.html", "01-timeline.html", "index.html"]
    assert sorted(path.name for path in first.iterdir()) == names
    for name in names:
        assert (first / name).read_bytes() == (second / name).read_bytes()
        soup = BeautifulSoup((first / name).read_text(encoding="utf-8"), "html.parser")
        assert not soup.find_all(["script", "img", "iframe"])
        assert not [tag for tag in soup.find_all(True) for key in tag.attrs if key.startswith("on")]
        assert soup.html["lang"] == "en"
        assert soup.title.get_text()
        policy = soup.find("meta", attrs={"http-equiv": "Content-Security-Policy"})["content"]
        assert policy.startswith("default-src 'none'")
    index = (first / "index.html").read_text(encoding="utf-8")
    assert "What the corpus holds." in index
    assert "empty.txt" in index
    assert "&lt;b&gt;plain&lt;/b&gt;" in (first / "00-coverage.html").read_text(encoding="utf-8")


def test_marks_link_to_anchors_that_exist(place):
    made = write(place)
    coverage = BeautifulSoup((made / "00-coverage.html").read_text(encoding="utf-8"), "html.parser")
    timeline = BeautifulSoup((made / "01-timeline.html").read_text(encoding="utf-8"), "html.parser")
    marks = timeline.select("svg a[href]")
    assert marks
    for mark in marks:
        file, anchor = mark["href"].split("#")
        assert file == "00-coverage.html"
        assert coverage.find(id=anchor).get_text() == mark["aria-label"]
    assert timeline.svg["aria-label"] == 'Dots "rising" & more'
    assert coverage.select_one("main a[href='01-timeline.html']")


def test_a_failed_run_leaves_the_last_report_as_it_was(place):
    made = write(place)
    before = {path.name: path.read_bytes() for path in made.iterdir()}
    store(place / "notebooks/01-timeline.ipynb", [*TIMELINE, "1 / 0"])
    with pytest.raises(NotebookError, match=r"01-timeline\.ipynb stopped: ZeroDivisionError"):
        write(place)
    assert {path.name: path.read_bytes() for path in made.iterdir()} == before
    assert sorted(path.name for path in place.iterdir()) == ["corpus", "notebooks", "report"]


@pytest.mark.parametrize("name", ["thesis.txt", "other.html"])
def test_a_folder_that_holds_other_things_is_not_replaced(place, name):
    made = write(place)
    (made / name).write_text("years of work", encoding="utf-8")
    before = {path.name: path.read_bytes() for path in made.iterdir()}
    with pytest.raises(ReportError, match=f"{name} is no report .* choose another --out"):
        write(place)
    assert {path.name: path.read_bytes() for path in made.iterdir()} == before


def test_a_report_in_its_corpus_would_be_read_as_articles(place):
    with pytest.raises(ReportError, match=r"lies in the corpus .* choose another --out"):
        write(place, "corpus/report")
    assert not (place / "corpus/report").exists()


def test_progress_names_each_notebook_as_it_is_done(place):
    said = []
    report.write(place / "corpus", place / "report", said.append)
    assert said == ["running 2 notebooks", "00-coverage.ipynb is done", "01-timeline.ipynb is done"]


@pytest.mark.parametrize(
    ("address", "kept"),
    [
        ("https://example.org/a?b=c#d", "https://example.org/a?b=c#d"),
        ("00-coverage.html#s-a-1", "00-coverage.html#s-a-1"),
        ("01-timeline.ipynb#x", "01-timeline.html#x"),
        ("#here", "#here"),
        (" javascript:alert(1)", None),
        ("java\nscript:alert(1)", None),
        ("data:text/html,x", None),
        ("file:///etc/passwd", None),
        ("//example.org/x", None),
        ("https:///x", None),
        ("http://[", None),
    ],
)
def test_safe_links(address, kept):
    assert safe(address) == kept


def test_ids_are_unique_when_a_picture_stands_twice_and_headings_repeat():
    svg = '<svg xmlns="http://www.w3.org/2000/svg"><path id="a"/><use href="#a" clip-path="url(#a)"/></svg>'
    image = f'<img alt="A line" src="data:image/svg+xml;base64,{base64.b64encode(svg.encode()).decode()}">'
    cells = f"<h1>T</h1><p>S.</p><h2>Same</h2>{image}<h2>Same</h2>{image}<table><tr><td></td></tr></table>"
    made = page("07-some-name", cells)
    soup = BeautifulSoup(made.body, "html.parser")
    ids = [tag["id"] for tag in soup.find_all(id=True)]
    assert len(ids) == len(set(ids)) == 4
    for drawing in soup.find_all("svg"):
        assert drawing.use["href"] == "#" + drawing.path["id"]
        assert drawing.use["clip-path"] == f"url(#{drawing.path['id']})"
    assert soup.select_one("div.scroll[tabindex='0'] td") is not None
    assert made[:4] == ("07-some-name.html", "T", "Some name", "S.")
    assert made.contents == [(2, "1-same", "Same"), (2, "2-same", "Same")]


def test_each_article_keeps_its_own_text(tmp_path):
    said = ['<b>One</b> & "two".', "", "</section><h2>Three</h2>"]
    coverage = load(tmp_path, *({"article": f"a{n}", "text": text} for n, text in enumerate(said)))
    none = [tables.from_rows(name, []) for name in ("mentions", "signings", "claims")]
    reader = evidence.reader(coverage, *none).html
    made = page("00-coverage", f"<h1>T</h1>{reader}<h2>End</h2>")
    sections = BeautifulSoup(made.body, "html.parser").select("section.article")
    assert len(sections) == len(ARTICLE.findall(reader)) == len(coverage.articles)
    for section, text in zip(sections, coverage.articles["text"], strict=True):
        assert section.get_text(" ", strip=True).endswith(text.strip())
    assert [text for _, _, text in made.contents] == [*coverage.articles["article"], "End"]
