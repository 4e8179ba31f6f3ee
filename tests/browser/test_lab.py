"""JupyterLab as `make lab` opens it, in a real browser: a notebook runs to its end and its slider moves.

Guards against a panel that works as a Python object and shows nothing to a reader, and against settings that
are shipped but not found: with JupyterLab's own, cells out of sight are not in the page at all.
"""

import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import nbformat
import pytest
from playwright.sync_api import TimeoutError, expect

pytestmark = pytest.mark.browser
ROOT = Path(__file__).parents[2]
NOTEBOOK = "01-signing-timeline.ipynb"


@pytest.fixture(scope="module")
def lab(tmp_path_factory):
    """Start JupyterLab on a copy of the notebooks without outputs; return its address."""
    home = tmp_path_factory.mktemp("lab")
    shutil.copytree(ROOT / "notebooks", home / "notebooks", ignore=shutil.ignore_patterns(".*"))
    for path in (home / "notebooks").glob("*.ipynb"):
        notebook = nbformat.read(path, as_version=4)
        for cell in notebook.cells:
            if cell.cell_type == "code":
                cell.outputs, cell.execution_count = [], None
        nbformat.write(notebook, path)
    own = {f"{name}_DIR": str(home / name.lower()) for name in ("JUPYTER_CONFIG", "JUPYTER_RUNTIME")}
    own |= {f"JUPYTERLAB_{name}_DIR": str(home / name.lower()) for name in ("SETTINGS", "WORKSPACES")}
    environment = {**os.environ, **own, "JUPYTER_CONFIG_PATH": str(ROOT / ".jupyter")}
    with (home / "log.txt").open("w") as log:
        server = subprocess.Popen(
            [sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root", f"--notebook-dir={home}"],
            env=environment,
            stdout=log,
            stderr=log,
        )
    try:
        yield address(home, server)
    finally:
        server.terminate()
        server.wait(timeout=60)


def address(home, server):
    for _ in range(240):
        for file in (home / "jupyter_runtime").glob("jpserver-*.json"):
            told = json.loads(file.read_text(encoding="utf-8"))
            return f"{told['url']}lab/tree/notebooks/{NOTEBOOK}?token={told['token']}"
        assert server.poll() is None, (home / "log.txt").read_text(encoding="utf-8")
        time.sleep(0.5)
    raise AssertionError((home / "log.txt").read_text(encoding="utf-8"))


def run_all(page, prompts):
    """Run all cells and wait for the end; again, if a kernel that was still starting lost them."""
    for _ in range(10):
        page.locator(".jp-NotebookPanel .jp-Notebook-ExecutionIndicator[data-status='idle']").wait_for()
        try:
            page.get_by_role("menuitem", name="Run", exact=True).click(timeout=10_000)
            page.get_by_role("menuitem", name="Run All Cells", exact=True).click(timeout=10_000)
        except TimeoutError:
            # A page that is still being built takes the open menu away.
            page.keyboard.press("Escape")
            continue
        page.wait_for_timeout(2_000)
        running = (
            "[...document.querySelectorAll('.jp-InputPrompt')].some(one => one.textContent.includes('*'))"
        )
        page.wait_for_function(f"() => !{running}")
        if "[ ]:" not in prompts.all_text_contents():
            return
    raise AssertionError(prompts.all_text_contents())


def test_a_notebook_runs_to_its_end_and_its_slider_moves(lab, open_page):
    page = open_page(viewport={"width": 1280, "height": 900})
    elsewhere = []
    origin = lab.split("/lab")[0]
    page.on("request", lambda one: one.url.startswith(("http", "ws")) and elsewhere.append(one.url))
    page.goto(lab)
    cells = page.locator(".jp-NotebookPanel .jp-CodeCell")
    notebook = nbformat.read(ROOT / "notebooks" / NOTEBOOK, as_version=4)
    count = sum(cell.cell_type == "code" for cell in notebook.cells)
    cells.nth(count - 1).wait_for(state="attached")
    run_all(page, cells.locator(".jp-InputPrompt"))
    wrong = page.locator(".jp-NotebookPanel").locator(
        "[data-mime-type='application/vnd.jupyter.error'], [data-mime-type='application/vnd.jupyter.stderr']"
    )
    assert wrong.all_text_contents() == []

    last = cells.nth(count - 1)
    said = last.locator(".said")
    before = said.text_content()
    last.locator(".widget-slider", has_text="Signed by").locator("[role='slider']").focus()
    page.keyboard.press("ArrowLeft")
    expect(said).not_to_have_text(before)
    local = (origin, origin.replace("http", "ws", 1))
    assert [url for url in elsewhere if not url.startswith(local)] == []
