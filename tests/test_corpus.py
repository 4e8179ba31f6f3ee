import hashlib
import json
import os
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pactlens import arrowtext, corpus
from pactlens.errors import CorpusError


def load(folder, **files):
    for name, data in files.items():
        path = folder / name.replace("__", "/").replace("_dot_", ".")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return corpus.load(folder)


def said(loaded):
    """Return the problems but that these articles are short."""
    rows = loaded.problems[~loaded.problems["problem"].str.startswith("under")]
    return (rows["path"] + ": " + rows["problem"]).tolist()


def test_the_bundled_articles_load_without_a_problem():
    loaded = corpus.load()
    assert len(loaded.articles) == 5
    assert loaded.problems.empty
    days = loaded.articles.set_index("article")["published"].dt.strftime("%Y-%m-%d").to_dict()
    assert days["white-house"] == days["censor-net"] == "2024-06-13"
    assert pd.isna(days["united24"])
    white_house = loaded.articles.set_index("article").loc["white-house", "text"]
    assert "June 13th, 2024" in white_house
    for unread in ("http", "<sup>", "**", "###", "Japan", "\u00a0"):
        assert unread not in white_house


def test_the_index_says_more_about_the_files_beside_it(tmp_path):
    data = b"A text about a pact."
    index = "file,article,outlet,url,sha256,published,title,language\n"
    index += (
        f"a.txt,one,Daily,https://example.org/a,{hashlib.sha256(data).hexdigest()},2024-02-03,A title,en\n"
    )
    article = load(tmp_path, sub__a_dot_txt=data, sub__index_dot_csv=index)
    row = article.articles.iloc[0]
    assert row[["article", "path", "outlet", "title", "language"]].tolist() == [
        "one",
        "sub/a.txt",
        "Daily",
        "A title",
        "en",
    ]
    assert (str(row["published"].date()), row["date_basis"]) == ("2024-02-03", "index")
    assert said(article) == []


def test_what_is_wrong_is_said_and_the_rest_loads(tmp_path):
    loaded = load(
        tmp_path,
        index_dot_csv="file,sha256,published\na.txt,0123,2024-02-31\ngone.txt,,\n/etc/../x.txt,,\nlatin.txt,,\n",
        a_dot_txt="A text.",
        extra_dot_txt="Another text.",
        latin_dot_txt="Le café a été signé à l'été, où l'élève naïf répète: déjà vu, forêt, garçon.".encode(
            "latin-1"
        ),
        empty_dot_txt=" \n",
        binary_dot_txt=b"\x00\x01\x02",
        sub__a_dot_txt="A text.",
        picture_dot_png=b"\x89PNG",
        front_dot_md="---\na: b: c\n---\nThe text of this one.",
        none_dot_jsonl="",
    )
    problems = "\n".join(said(loaded))
    for expected in (
        "a.txt: its sha256 is not that of the index",
        "a.txt: a date that is not read as one day: 2024-02-31",
        "gone.txt: in the index, but there is no such file",
        "./: not in the index",
        "latin.txt: not UTF-8: read as",
        "empty.txt: empty",
        "binary.txt: binary",
        "sub/a.txt: another article named a: now a-2",
        "sub/a.txt: the same text as a",
        "picture.png: of an unknown kind: skipped",
        "front.md: bad front matter",
        "none.jsonl: empty: it holds no record",
    ):
        assert expected in problems
    assert sorted(loaded.articles["article"]) == ["a", "a-2", "extra", "front", "latin"]
    assert "café" in loaded.articles.set_index("article").loc["latin", "text"]
    assert loaded.problems["hint"].notna().all()


def test_a_file_that_cannot_be_read_is_said(tmp_path):
    (tmp_path / "broken.txt").symlink_to(tmp_path / "nowhere")
    assert said(load(tmp_path, a_dot_txt="A text.")) == [
        "broken.txt: cannot be read: No such file or directory"
    ]


def test_a_folder_that_cannot_be_read_or_is_a_link_is_said(tmp_path, monkeypatch):
    (tmp_path / "loop").symlink_to(tmp_path)
    (tmp_path / "shut").mkdir()
    scan = os.scandir

    def guarded(path):
        if os.fspath(path).endswith("shut"):
            raise PermissionError(13, "Permission denied", path)
        return scan(path)

    monkeypatch.setattr(os, "scandir", guarded)
    assert said(load(tmp_path, a_dot_txt="A text.")) == [
        "loop: a link to a folder: not followed",
        "shut: cannot be read: Permission denied",
    ]


def test_of_a_file_listed_twice_the_first_row_counts(tmp_path):
    loaded = load(tmp_path, a_dot_txt="A text.", index_dot_csv="file;outlet\na.txt;One\na.txt;Two\n")
    assert said(loaded) == ["a.txt: listed twice in the index: the first row counts"]
    assert loaded.articles["outlet"].tolist() == ["One"]


def test_a_language_that_is_not_english_is_said_and_read_as_english(tmp_path):
    rows = [{"id": name, "language": name, "text": f"{name}: Japan"} for name in ("de", "en-GB", "English")]
    loaded = load(tmp_path, a_dot_jsonl="\n".join(map(json.dumps, rows)))
    assert said(loaded) == ["a.jsonl: its language is de: read as if it were English"]
    assert loaded.articles["language"].tolist() == ["de", "en-GB", "English"]
    assert loaded.sentences["article"].tolist() == ["de", "en-GB", "English"]


@pytest.mark.parametrize(
    "title", ["Daily News - Oslo signs ten-year pact", "Oslo signs ten-year pact | Site"]
)
def test_a_headline_with_the_name_of_a_site_is_the_texts_own(tmp_path, title):
    page = f"<title>{title}</title><h1>Oslo signs ten-year pact</h1><p>It was signed.</p>"
    loaded = load(tmp_path, a_dot_html=page)
    assert loaded.sentences["part"].tolist() == ["title", "body"]


def test_a_short_headline_counts_once_and_the_first_words_of_a_title_are_none(tmp_path):
    pages = {"Oslo signs": "Oslo signs | Site", "Oslo": "Oslo signs ten-year pact"}
    loaded = load(
        tmp_path,
        **{
            f"{n}_dot_html": f"<title>{title}</title><h1>{top}</h1><p>It was signed.</p>"
            for n, (top, title) in enumerate(pages.items())
        },
    )
    starts = loaded.articles["text"].str.partition("\n")[0].tolist()
    assert starts == ["Oslo signs", "Oslo signs ten-year pact"]


def test_half_characters_and_nested_fields_do_no_harm(tmp_path):
    (tmp_path / os.fsdecode(b"a\xff.txt")).write_text("A text.")
    (tmp_path / "b.jsonl").write_text('{"id": "\\ud800", "title": ["x"], "text": "Half \\ud83d of it."}\n')
    loaded = corpus.load(tmp_path)
    assert loaded.articles["article"].tolist() == ["a?", "?"]
    assert loaded.articles["title"].isna().all()


def test_one_file_of_records_is_a_corpus(tmp_path):
    path = tmp_path / "many.jsonl"
    rows = [
        {"id": "x", "text": "One two.", "url": "https://example.org/2024/06/13/x"},
        {"text": ""},
        {"text": "Three."},
    ]
    path.write_text("\n".join(map(json.dumps, rows)))
    loaded = corpus.load(path)
    assert loaded.articles["article"].tolist() == ["x", "many-2"]
    assert loaded.articles["date_basis"].tolist() == ["url", "none"]
    assert loaded.problems[["path", "record", "problem"]].values.tolist() == [
        ["many.jsonl", "x, many-2", "under 30 words: an error page, or a part?"],
        ["many.jsonl", "many-1", "empty"],
    ]


def test_words_are_those_of_the_terms_without_boilerplate_and_with_one_headline(tmp_path):
    headline, body = "Two states sign a pact", "Ukraine's U.S.-backed pact was signed. It is long."
    loaded = load(tmp_path, a_dot_txt=f"{headline}\n\n{headline}\n\n{body}\n\nRead more: Another pact")
    words = len(arrowtext.tokens(headline)) + len(arrowtext.tokens(body))
    assert loaded.articles["words"].tolist() == [words]
    assert loaded.articles["title"].tolist() == [headline]


def test_misuse_raises_with_the_next_step(tmp_path, monkeypatch):
    with pytest.raises(CorpusError, match=f"{tmp_path}/nowhere is no corpus: give a folder"):
        monkeypatch.chdir(tmp_path)
        corpus.load("nowhere")
    (tmp_path / "a.png").write_bytes(b"")
    with pytest.raises(CorpusError, match="a file of"):
        corpus.load(tmp_path / "a.png")
    (tmp_path / "a.txt").write_text("A text.")
    monkeypatch.setenv("PACTLENS_CORPUS", str(tmp_path / "a.txt"))
    assert corpus.where() == tmp_path / "a.txt"
    assert len(corpus.load().articles) == 1


def test_a_corpus_named_from_the_root_is_found_in_the_folder_of_notebooks(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PACTLENS_CORPUS", "data/articles")
    assert len(corpus.load().articles) == 5
    (tmp_path / "data/articles").mkdir(parents=True)
    assert corpus.where() == Path("data/articles")


def test_a_folder_without_an_article_is_misuse(tmp_path):
    with pytest.raises(CorpusError, match=f"{tmp_path} holds no article: put files"):
        load(tmp_path, _dot_hidden__a_dot_txt="A text.", index_dot_csv="file\n")


@pytest.mark.parametrize("date", ["05/06/2024", "June 2024", "last Friday", "1718236800", "2024-02-31"])
def test_a_date_that_is_no_single_day_is_said(tmp_path, date):
    loaded = load(tmp_path, a_dot_md=f"---\ndate: {date}\n---\nA text.")
    assert said(loaded) == [f"a.md: a date that is not read as one day: {date}"]
    assert loaded.articles["published"].isna().all()


@pytest.mark.parametrize("line", ["05/06/2024", "By Staff | Posted 05/06/2024 10:00"])
def test_a_byline_that_may_be_of_two_days_is_said(tmp_path, line):
    text = f"Oslo signs a pact\n\n{line}\n\nThe pact was signed."
    assert said(load(tmp_path, a_dot_txt=text)) == ["a.txt: a date that is not read as one day: 05/06/2024"]
    assert said(load(tmp_path, a_dot_txt=f"date 2024-06-05 {text}")) == []


def test_many_files_that_the_index_lacks_are_one_row_a_folder(tmp_path):
    files = {f"{folder}__{n:02}_dot_txt": f"{folder} {n}" for folder in "ab" for n in range(12)}
    rows = load(tmp_path, **files, a__index_dot_csv="file\n00.txt\n", b__index_dot_csv="file\n").problems
    rows = rows[rows["problem"] == "not in the index"]
    assert rows["path"].tolist() == ["a/", "b/"]
    first = ", ".join(f"{n:02}.txt" for n in range(1, 11))
    assert rows["record"].iloc[0] == f"{first}, 1 more"


GERMAN = "Deutschland und die Ukraine haben in Berlin ein Abkommen unterzeichnet, das zehn Jahre gilt. " * 3
ENGLISH = "Germany and Ukraine have signed an agreement in Berlin that is to be in force for ten years. " * 3


def test_pages_with_few_words_or_none_of_english_are_said(tmp_path):
    page = "<h1>404 Not found</h1>"
    loaded = load(tmp_path, gone_dot_html=page, de_dot_txt=GERMAN, en_dot_txt=ENGLISH)
    assert loaded.problems[["path", "problem"]].values.tolist() == [
        ["de.txt", "its language is not English: read as if it were English"],
        ["gone.html", "under 30 words: an error page, or a part?"],
    ]
    assert len(loaded.articles) == 3


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=50, deadline=None)
@given(
    st.sampled_from([".txt", ".md", ".html", ".csv", ".jsonl", ".parquet", ".doc"]),
    st.binary(max_size=200),
    st.binary(max_size=80),
)
def test_no_bytes_raise_and_none_vanish(tmp_path, suffix, data, index):
    (tmp_path / f"a{suffix}").write_bytes(data)
    (tmp_path / "index.csv").write_bytes(b"file,sha256,published\n" + index)
    loaded = corpus.load(tmp_path)
    (tmp_path / f"a{suffix}").unlink()
    assert len(loaded.articles) + len(loaded.problems) > 0


def test_a_line_of_marks_is_no_title(tmp_path):
    made_file = tmp_path / "a.jsonl"
    made_file.write_text('{"id": "a", "title": "Oslo signs", "text": "* * *\\n\\nThe pact was signed."}\n')
    (text,) = corpus.load(made_file).articles["text"]
    assert text.startswith("Oslo signs\n")
