"""The report as a reader has it: opened from disk in a browser, by keyboard, on a phone, without scripts.

Guards against what exported notebooks usually do: load scripts from elsewhere, lose alt texts, link nowhere.
"""

from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from axe_core_python import sync_playwright as axe

from pactlens import report

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def pages(tmp_path_factory):
    index = report.write(out=tmp_path_factory.mktemp("browser") / "report", say=lambda _: None)
    return sorted(index.parent.glob("*.html"))


def test_pages_ask_for_nothing_and_report_no_error(pages, open_page):
    page = open_page()
    requests, errors = [], []
    page.on("request", lambda request: requests.append(request.url))
    page.on("console", lambda message: errors.append(message.text))
    page.on("pageerror", lambda error: errors.append(str(error)))
    for path in pages:
        page.goto(path.as_uri())
        page.wait_for_load_state("networkidle")
    assert [url for url in requests if not url.startswith("data:")] == [path.as_uri() for path in pages]
    assert errors == []


def test_every_internal_link_lands_and_evidence_is_targeted(pages, open_page):
    page = open_page()
    links, ids = {}, {}
    for path in pages:
        page.goto(path.as_uri())
        ids[path.name] = set(page.eval_on_selector_all("[id]", "all => all.map(one => one.id)"))
        assert page.evaluate("document.querySelectorAll('[id]').length") == len(ids[path.name]), path.name
        for href in page.eval_on_selector_all("a[href]", "all => all.map(one => one.getAttribute('href'))"):
            links.setdefault(href, path.name)
    evidence = []
    for href, source in links.items():
        parts = urlsplit(href)
        if parts.scheme:
            assert parts.scheme in ("http", "https"), href
            continue
        target = parts.path or source
        assert target in ids, f"{source} links to {href}"
        fragment = unquote(parts.fragment) if parts.fragment not in ids[target] else parts.fragment
        assert not fragment or fragment in ids[target], f"{source} links to {href}"
        if parts.fragment.startswith("s-"):
            evidence.append(href)
    assert evidence
    for href in evidence:
        page.goto(f"{pages[0].parent.as_uri()}/{href}")
        assert page.evaluate("document.querySelector(':target') !== null"), href


def test_a_mark_in_a_chart_leads_to_its_sentence_by_keyboard(pages, open_page):
    page = open_page()
    for path in pages:
        page.goto(path.as_uri())
        marks = page.locator("figure svg a[href^='00-coverage.html#']")
        if marks.count():
            break
    mark = marks.first
    said, address = mark.get_attribute("aria-label"), mark.get_attribute("href")
    assert said == mark.locator("title").first.text_content()
    mark.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/" + address)
    assert page.locator(":target").is_visible()


# Only colours differ in the dark.
@pytest.mark.parametrize(("scheme", "options"), [("light", {}), ("dark", {"runOnly": ["color-contrast"]})])
def test_axe_finds_nothing(pages, open_page, scheme, options):
    # The policy of the pages keeps every script out, axe too; only this test lifts it.
    page = open_page(color_scheme=scheme, bypass_csp=True)
    for path in pages:
        page.goto(path.as_uri())
        page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
        # Rows are alike; a few of each table say as much in a tenth of the time.
        page.evaluate("document.querySelectorAll('tbody tr:nth-child(n+6)').forEach(row => row.remove())")
        found = axe.Axe().run(page, options=options)["violations"]
        told = [f"{rule['id']}: {node['html'][:160]}" for rule in found for node in rule["nodes"][:3]]
        assert told == [], path.name


def test_nothing_overflows_on_a_small_phone(pages, open_page):
    page = open_page(viewport={"width": 320, "height": 640})
    for path in pages:
        page.goto(path.as_uri())
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, path.name


def test_it_reads_without_scripts(pages, open_page):
    page = open_page(java_script_enabled=False)
    for path in pages:
        page.goto(path.as_uri())
        assert page.locator("h1").count() == 1, path.name
        assert page.locator("script").count() == 0, path.name
        if path.name != "index.html":
            assert page.locator("nav.contents a").first.is_visible(), path.name


def test_every_picture_is_described(pages, open_page):
    page = open_page()
    for path in pages:
        assert "No description has been provided for this image" not in Path(path).read_text(encoding="utf-8")
        page.goto(path.as_uri())
        assert page.locator("img:not([alt]), img[alt='']").count() == 0, path.name
        for label in page.eval_on_selector_all("figure svg", "all => all.map(one => one.ariaLabel)"):
            assert len(label) > 20, path.name
