import json

import ipywidgets
import pandas as pd
import pytest

from madeup import load
from pactlens import agreements, checks, claims, corpus, countries, explore, reuse, signings, terms
from pactlens.explore import Choice, Panel

VIEW = "application/vnd.jupyter.widget-view+json"


def made(coverage: corpus.Corpus) -> dict[str, Panel]:
    mentions, reference = countries.mentions(coverage.sentences), agreements.load()
    signed = signings.signings(coverage, mentions)
    checked = checks.check(claims.claims(coverage, mentions), reference, signed)
    return {
        "00": explore.coverage(coverage, mentions, signed, checked),
        "01": explore.timeline(reference, signed),
        "02": explore.countries(coverage, mentions),
        "03": explore.terms(coverage, terms.counts(coverage), terms.themes(coverage)),
        "04": explore.checks(checked, reference),
        "05": explore.passages(coverage, reuse.similarity(coverage), reuse.passages(coverage)),
    }


@pytest.fixture(scope="module")
def panels() -> dict[str, Panel]:
    return made(corpus.load())


@pytest.fixture(autouse=True)
def no_reader(monkeypatch):
    monkeypatch.delenv(explore.READER, raising=False)


def controls(panel: Panel) -> dict[str, ipywidgets.Widget]:
    return {control.description: control for control in panel.widget().children[:-1]}


def test_without_a_reader_only_the_first_view_is_stored(panels, monkeypatch):
    monkeypatch.setattr(
        Panel, "widget", lambda _: pytest.fail("a widget was made: its state would be stored")
    )
    for panel in panels.values():
        bundle = panel._repr_mimebundle_()
        assert set(bundle) == {"text/html", "text/plain"}
        assert bundle == panel._repr_mimebundle_()
        assert panel.view()[0] in bundle["text/plain"]
        assert "style=" not in bundle["text/html"] and "<script" not in bundle["text/html"]
        json.dumps(bundle)


def test_with_a_reader_the_widgets_stand_beside_it(panels, monkeypatch):
    stored = panels["01"]._repr_mimebundle_()
    monkeypatch.setenv(explore.READER, "notebooks/01-signing-timeline.ipynb")
    bundle = panels["01"]._repr_mimebundle_()
    assert bundle[VIEW]["model_id"]
    assert {name: bundle[name] for name in stored} == stored


def test_every_control_has_a_label_and_changes_what_is_shown(panels):
    for name, panel in panels.items():
        box = panel.widget()
        *inputs, shown = box.children
        assert shown.value == panel.view()[1]
        for control in inputs:
            assert control.description, name
            before = shown.value
            if isinstance(control, ipywidgets.Combobox):
                control.value = "secur*"
            elif isinstance(control, ipywidgets.SelectMultiple):
                control.index = (0,)
            else:
                control.index = len(control.options) - 1 if control.index == 0 else 0
            assert shown.value != before, (name, control.description)


def test_who_had_signed_by_a_day(panels):
    view = panels["01"].view
    assert view()[0] == "By 13 June 2024, 17 of 28 partners had signed."
    said, shown = view(day=pd.Timestamp("2024-06-13"), group="G7")
    assert said == "By 13 June 2024, 7 of 7 G7 members had signed."
    assert "Not by then" not in shown
    said, shown = view(day=pd.Timestamp("2024-01-12"), group="G7")
    assert said.startswith("By 12 January 2024, 1 of 7")
    assert "Not by then: Canada, France, Germany, Italy, Japan, United States." in shown
    reference = agreements.load()
    aside, last = reference.loc[~reference["counted"], "partner"], reference["signed_on"].max()
    said = f"28 of 28 partners had signed, and {', '.join(aside)}, not counted."
    assert view(day=last)[0].endswith(said)
    assert "of 27 EU members had signed, and" in view(day=last, group="EU")[0]


def test_a_partner_leads_to_a_sentence_that_says_so(panels):
    shown = panels["01"].view()[1]
    assert shown.count('<a href="00-coverage.html#s-') >= 16


def test_the_slider_goes_through_the_days_of_signing(panels):
    slider = controls(panels["01"])["Signed by"]
    assert isinstance(slider, ipywidgets.SelectionSlider)
    assert slider.label == "13 June 2024"


def test_one_article_is_highlighted_as_chosen(panels):
    _, shown = panels["00"].view(article="censor-net", highlight="signings")
    assert '<mark class="signing"' in shown
    assert 'class="mention" title' not in shown
    assert " id=" not in shown


def test_countries_are_measured_as_chosen(panels):
    said, shown = panels["02"].view(chosen=("United States", "Japan"), by="articles")
    assert said.startswith("Countries chosen: 2.")
    assert "share of articles" in shown
    assert panels["02"].view(chosen=())[0].startswith("Countries chosen: 0.")


def test_a_word_is_shown_in_its_lines_sorted(panels):
    _, plain = panels["03"].view(query="ukraine")
    _, left = panels["03"].view(query="ukraine", sort="left")
    assert plain.count("<tr>") == left.count("<tr>")
    assert plain != left
    assert "0 occurrences" in panels["03"].view(query="zebra")[0]
    assert "give a word" in panels["03"].view(query=" ")[0]
    assert panels["03"].view(query="theme: no such theme")[1].count("<table") == 0


def test_claims_are_filtered_by_verdict_and_kind(panels):
    said, shown = panels["04"].view(verdict="differs")
    assert "16th country" in shown
    assert "10 countries" not in shown
    assert "verdict: differs" in said


def test_two_articles_side_by_side(panels):
    said, shown = panels["05"].view(least=20)
    assert said == "censor-net and online-ua-ten-more share 1 passage of 20 words or more."
    assert shown.count("<mark>") == 2


@pytest.mark.parametrize("texts", [[], ["Nothing."], ["Japan <b>signed</b> nothing."] * 2])
def test_panels_hold_with_little_or_nothing(texts, tmp_path):
    coverage = load(tmp_path, *({"article": f"a<i>{n}", "text": text} for n, text in enumerate(texts)))
    for panel in made(coverage).values():
        assert panel._repr_mimebundle_()["text/plain"]
        assert "<i>" not in panel.view()[1] and "<b>" not in panel.view()[1]
        panel.widget()


def test_a_panel_is_made_of_choices_and_one_function():
    panel = Panel({"n": Choice("Number", [("one", 1), ("two", 2)], 1)}, lambda n: (f"<{n}>", f"<p>{n}</p>"))
    assert panel.view(n=2) == ("<2>", '<p class="said" role="status">&lt;2&gt;</p><p>2</p>')
