"""The HTML report: the notebooks run on a corpus, one self-contained page each, and an index."""

import os
import shutil
import tempfile
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

from jinja2 import Environment, FileSystemLoader
from nbconvert import HTMLExporter, TemplateExporter
from traitlets.config import Config

from pactlens import corpus, notebooks
from pactlens.charts.rows import of
from pactlens.corpus import Corpus
from pactlens.errors import ReportError
from pactlens.report.page import Page, page

HERE = Path(__file__).parent
GENERATOR = '<meta name="generator" content="pactlens">'


def write(
    source: Path | None = None, out: Path = Path("reports"), say: Callable[[str], None] = print
) -> Path:
    """Run every notebook on the corpus at `source`, write the pages to folder `out`, return its index.html.

    `source` as in corpus.load. The pages are made in a temporary folder beside `out` and renamed at the end,
    so that a run that fails (NotebookError) leaves the last report as it was. Raises ReportError if `out`
    holds anything but a report, or lies in the corpus.
    """
    corpus.keep_apart(out, source)
    out = out.resolve()
    _check_replaceable(out)
    out.parent.mkdir(parents=True, exist_ok=True)
    source = corpus.where(source)
    coverage = corpus.load(source)
    with tempfile.TemporaryDirectory(prefix=f".{out.name}-", dir=out.parent) as work:
        made = Path(work, "pages")
        made.mkdir()
        pages = _run(source, Path(work, "notebooks"), say)
        for name, text in render(coverage, source, pages).items():
            (made / name).write_text(text, encoding="utf-8", newline="\n")
        if out.exists():
            out.rename(Path(work, "replaced"))
        made.rename(out)
    return out / "index.html"


def _check_replaceable(out: Path) -> None:
    """Raise ReportError if `out` holds anything that no report wrote: it would be lost."""
    for path in out.iterdir() if out.is_dir() else [out] if out.exists() else []:
        ours = path.is_file() and path.suffix == ".html"
        if not ours or GENERATOR not in path.read_text(encoding="utf-8", errors="replace"):
            raise ReportError(f"{path} is no report and would be lost: choose another --out")


def _run(source: Path, folder: Path, say: Callable[[str], None]) -> list[Page]:
    """Copy the notebooks to `folder`, run them on the corpus, and return their pages in order."""
    folder.mkdir()
    copies = [Path(shutil.copy(path, folder)) for path in notebooks.find()]
    say(f"running {len(copies)} notebooks")
    pages = []
    with ThreadPoolExecutor(max_workers=os.cpu_count()) as pool:
        for path, made in zip(copies, pool.map(partial(_page, source), copies), strict=True):
            say(f"{path.name} is done")
            pages.append(made)
    return pages


def _page(source: Path, path: Path) -> Page:
    """Return the page of the notebook at `path`, run on the corpus."""
    shown = {"display_data_priority": ["text/html", "text/markdown", "text/plain"]}
    export = HTMLExporter(
        config=Config({"NbConvertBase": shown}),
        extra_template_basedirs=[str(HERE)],
        template_name="template",
        exclude_anchor_links=True,
    )
    # Its own method would read all of it into a soup, for what the template does not have.
    return page(path.stem, TemplateExporter.from_notebook_node(export, notebooks.run(path, source))[0])


def render(coverage: Corpus, source: Path, pages: list[Page]) -> dict[str, str]:
    """Return each file of the report as name -> HTML: index.html and the pages."""
    templates = Environment(loader=FileSystemLoader(HERE), keep_trailing_newline=True)
    subject = describe(coverage, source)
    problems = coverage.problems.fillna("").to_numpy().tolist()
    body = templates.get_template("home.html.j2").render(subject=subject, pages=pages, problems=problems)
    shown = [Page("index.html", "pactlens report", "Report", "", body, []), *pages]
    frame, style = templates.get_template("page.html.j2"), (HERE / "style.css").read_text(encoding="utf-8")
    return {one.file: frame.render(page=one, pages=shown, style=style, subject=subject) for one in shown}


def describe(coverage: Corpus, source: Path) -> str:
    """Return in words what a report is of: articles, corpus, and the days that they were published on."""
    published, count = coverage.articles["published"].dropna(), len(coverage.articles)
    # A path from here, or a name: where the machine keeps the folder is no reader's business.
    inside = source.resolve().is_relative_to(Path.cwd())
    name = source.resolve().relative_to(Path.cwd()).as_posix() if inside else source.name
    days = f"published {published.min():%Y-%m-%d} to {published.max():%Y-%m-%d}, " if len(published) else ""
    return f"{of(count, 'article')} in {name} ({days}{count - len(published):,} without a known date)"
