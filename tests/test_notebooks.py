"""The stored notebooks: complete, in the house style, and the same bytes when run again.

nbval compares no cell without a count and obeys comments that skip cells, so both are looked for here.
"""

import ast
import base64
import re
import statistics

import nbformat
import pytest

from pactlens import notebooks
from pactlens.errors import NotebookError

PATHS = notebooks.find()
each_notebook = pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)


def code(notebook):
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


@each_notebook
def test_counts_run_from_1_and_outputs_are_stored(path):
    cells = code(nbformat.read(path, as_version=4))
    assert [cell.execution_count for cell in cells] == list(range(1, len(cells) + 1))
    assert len([cell for cell in cells if cell.outputs]) > len(cells) / 2
    kinds = {output.output_type for cell in cells for output in cell.outputs}
    assert kinds <= {"display_data", "execute_result", "stream"}


@each_notebook
def test_nothing_is_hidden_from_nbval(path):
    notebook = nbformat.read(path, as_version=4)
    assert "NBVAL" not in path.read_text(encoding="utf-8")
    assert [cell.metadata for cell in notebook.cells if cell.metadata] == []
    for cell in code(notebook):
        for output in cell.outputs:
            assert "application/vnd.jupyter.widget-view+json" not in output.get("data", {})


@each_notebook
def test_a_second_run_gives_the_same_bytes(path):
    assert nbformat.writes(notebooks.run(path)) + "\n" == path.read_text(encoding="utf-8")


@each_notebook
def test_house_style(path):
    notebook = nbformat.read(path, as_version=4)
    assert re.match(r"# \S.*\n\n\S", notebook.cells[0].source)
    assert notebook.cells[-1].cell_type == "code"
    assert "explore." in notebook.cells[-1].source
    trees = [ast.parse(cell.source) for cell in code(notebook)]
    lines = [len(cell.source.splitlines()) for cell in code(notebook)]
    assert statistics.median(lines) <= 4, lines
    for number, tree in enumerate(trees):
        for node in ast.walk(tree):
            assert not isinstance(node, ast.FunctionDef | ast.Lambda | ast.ClassDef), path
            assert not isinstance(node, ast.Import | ast.ImportFrom) or number == 0, path


@each_notebook
def test_every_picture_has_an_alt_text_and_a_caption(path):
    for cell in code(nbformat.read(path, as_version=4)):
        for output in cell.outputs:
            page = output.get("data", {}).get("text/html", "")
            assert "image/png" not in output.get("data", {})
            for alt in re.findall(r"<img\b[^>]*", page):
                assert re.search(r'alt="[^"]{20,}"', alt)
            assert page.count("<img") <= page.count("<figcaption")


def test_the_readmes_picture_is_a_stored_chart():
    root = notebooks.folder().parent
    (picture,) = re.findall(r"!\[[^]]+\]\(([^)]+)\)", (root / "README.md").read_text(encoding="utf-8"))
    stored = base64.b64encode((root / picture).read_text(encoding="utf-8").strip().encode()).decode()
    assert stored in (notebooks.folder() / "01-signing-timeline.ipynb").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("1 / 0", "ZeroDivisionError: division by zero"),
        ("import warnings; warnings.warn('old')", "UserWarning: old"),
        ("import sys; print('oops', file=sys.stderr)", "wrote to stderr .*oops"),
    ],
)
def test_a_notebook_that_fails_or_warns_is_not_stored(tmp_path, capsys, source, said):
    path = tmp_path / "bad.ipynb"
    nbformat.write(nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(source)]), path)
    before = path.read_bytes()
    with pytest.raises(NotebookError, match=f"bad.ipynb .*{said}"):
        notebooks.run(path)
    assert notebooks.main([str(path)]) == 2
    assert path.read_bytes() == before
    assert "Traceback (most recent call last)" not in capsys.readouterr().err.split("bad.ipynb stopped")[0]


def test_a_kernel_that_dies_is_named_with_its_notebook_corpus_and_next_step(tmp_path):
    path = tmp_path / "bad.ipynb"
    cell = nbformat.v4.new_code_cell("import os; os._exit(1)")
    nbformat.write(nbformat.v4.new_notebook(cells=[cell]), path)
    with pytest.raises(NotebookError, match=rf"bad\.ipynb stopped on {tmp_path}: Kernel died: .*fewer"):
        notebooks.run(path, tmp_path)


def test_a_folder_without_notebooks_is_an_error_that_says_what_to_do(tmp_path, monkeypatch):
    monkeypatch.setenv("PACTLENS_NOTEBOOKS", str(tmp_path))
    with pytest.raises(NotebookError, match="set PACTLENS_NOTEBOOKS"):
        notebooks.find()
