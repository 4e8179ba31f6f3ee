"""One interactive panel a notebook: what a reader may choose and what it shows; else its first view."""

import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from html import escape
from typing import TYPE_CHECKING, Any, NamedTuple

import pandas as pd

from pactlens import agreements, charts, concordance, datafiles, evidence, figure, reuse
from pactlens import countries as lands
from pactlens import terms as vocabulary
from pactlens.charts.rows import day as written
from pactlens.charts.rows import largest, links, of
from pactlens.corpus import Corpus
from pactlens.errors import PactlensError

if TYPE_CHECKING:
    from ipywidgets import VBox

# jupyter_server sets it for a kernel that a reader started; runners of notebooks (nbclient, nbval) do not.
READER = "JPY_SESSION_NAME"
ALL, MOST, THEME = "everything", 200, "theme: "
# These speak when the choice is made, not at each key or pixel.
LATE = {"Combobox", "SelectionSlider"}


class Choice(NamedTuple):
    """One thing to choose: its label, the choices or pairs (shown, choice), the first chosen, the widget."""

    label: str
    options: Sequence[Any]
    value: Any
    widget: str = "Dropdown"


@dataclass(frozen=True)
class Panel:
    """Choices, and the function that shows what was chosen: keyword arguments to (sentence, HTML).

    It displays its first view as HTML and text always, and its widgets beside them when a reader is there.
    """

    choices: Mapping[str, Choice]
    show: Callable[..., tuple[str, str]]

    def view(self, **chosen: object) -> tuple[str, str]:
        """Return the sentence and the HTML for `chosen`; what is not given is as in the first view."""
        said, below = self.show(**{name: choice.value for name, choice in self.choices.items()} | chosen)
        return said, f'<p class="said" role="status">{escape(said)}</p>{below}'

    def widget(self) -> "VBox":
        """Return the panel as widgets: the choices in order, then what they show."""
        import ipywidgets

        shown = ipywidgets.HTML(self.view()[1])
        look: dict[str, Any] = {
            "style": {"description_width": "initial"},
            "layout": {"width": "min(100%, 34rem)"},
        }
        made: dict[str, Any] = {}
        for name, (label, options, value, kind) in self.choices.items():
            late = {"continuous_update": False} if kind in LATE else {}
            if options:
                widget = getattr(ipywidgets, kind)
                made[name] = widget(options=options, value=value, description=label, **late, **look)

        def update(_: object) -> None:
            shown.value = self.view(**{name: control.value for name, control in made.items()})[1]

        for control in made.values():
            control.observe(update, names="value")
        return ipywidgets.VBox([*made.values(), shown])

    def _repr_mimebundle_(self, **_: object) -> dict[str, Any]:
        said, shown = self.view()
        labels = ", ".join(choice.label.lower() for choice in self.choices.values())
        hint = f"This is the first view. In JupyterLab, where the notebook is run, choose: {labels}."
        page = f'<section class="panel">{shown}<p class="hint">{hint}</p></section>'
        bundle = {"text/html": page, "text/plain": f"{said}\n{hint}"}
        return (self.widget()._repr_mimebundle_() if os.environ.get(READER) else {}) | bundle


def coverage(corpus: Corpus, mentions: pd.DataFrame, signings: pd.DataFrame, claims: pd.DataFrame) -> Panel:
    """Return the panel of 00: an article to read, and what to highlight in it. `claims` may be the checks."""
    tables = {"mentions": mentions, "signings": signings, "claims": claims}
    names = list(corpus.articles["article"])

    def show(article: str | None, highlight: str) -> tuple[str, str]:
        one = {name: table[table["article"] == article] for name, table in tables.items()}
        told = ", ".join(of(len(table), name[:-1]) for name, table in one.items())
        shown = {name: table if highlight in (name, ALL) else table.head(0) for name, table in one.items()}
        articles, sentences = (whole[whole["article"] == article] for whole in corpus[:2])
        only = corpus._replace(articles=articles, sentences=sentences)
        page = evidence.reader(only, **shown, anchors=False)
        return f"{article or 'No article'}: {told}; highlighted: {highlight}.", page.html

    which = Choice("Article", names, next(iter(names), None))
    return Panel({"article": which, "highlight": Choice("Highlight", [ALL, *tables], ALL)}, show)


def timeline(reference: pd.DataFrame, signings: pd.DataFrame) -> Panel:
    """Return the panel of 01: who had signed by a day, of all partners or of a group, and how many say so."""
    dated = charts.timeline.counted(reference[reference["signed_on"].notna()])
    days = list(dated["signed_on"].drop_duplicates().sort_values())
    signed = signings[signings["status"] == "signed"]
    says = signed.assign(link=links(signed)).groupby("country").agg({"article": "nunique", "link": "first"})

    def show(day: pd.Timestamp, group: str) -> tuple[str, str]:
        wanted = lands.members(group, day) if group else list(dated["country"])
        rows = dated[(dated["signed_on"] <= day) & dated["country"].isin(wanted)]
        still = set(wanted) - {*rows["country"], agreements.subject()}
        aside = rows.loc[~rows["counted"], "partner"]
        whole = len({*wanted, *rows["country"]} - {agreements.subject()})
        whole -= 0 if group else int((~dated["counted"]).sum())
        table = rows[["partner", "signed_on", "place"]].rename(columns={"signed_on": "signed on"})
        table["articles that say so"] = rows["country"].map(says["article"]).fillna(0).astype(int)
        table["link"] = rows["country"].map(says["link"])
        said = f"By {written(day)}, {len(rows) - len(aside):,} of {whole:,} "
        said += f"{group + ' members' if group else 'partners'} had signed"
        said += f", and {', '.join(aside)}, not counted." if len(aside) else "."
        names = ", ".join(sorted(lands.names().reindex(list(still)).dropna()))
        below = _picture(charts.timeline.reference(rows)) + figure.table(table)
        return said, below + f"<p>Not by then: {escape(names)}.</p>" * bool(names)

    told = [day for day in days if day <= signed["on"].max()]
    shown = [(written(day), day) for day in days]
    slider = Choice("Signed by", shown, (told or days)[-1], "SelectionSlider")
    groups = [
        ("all partners", ""),
        *((name, name) for name in sorted(set(datafiles.read("groups.csv")["group"]))),
    ]
    return Panel({"day": slider, "group": Choice("Group", groups, "")}, show)


def _picture(chart: figure.Figure) -> str:
    """Return a chart without its table, as the panel has its own."""
    return replace(chart, table=chart.table.head(0)).html()


def countries(corpus: Corpus, mentions: pd.DataFrame) -> Panel:
    """Return the panel of 02: how often the chosen countries are named, out of what is chosen."""
    rows = charts.countries.counted(mentions, corpus)
    names = largest(rows["name"].value_counts(), len(rows))
    units = [(rate[2], by) for by, rate in charts.rates.RATES.items()]

    def show(chosen: tuple[str, ...], by: str) -> tuple[str, str]:
        chart = charts.countries.ranked(mentions.loc[rows.index[rows["name"].isin(chosen)]], corpus, by)
        return f"Countries chosen: {len(chosen):,}. {chart.title}", chart.html()

    several = Choice("Countries", names, tuple(names[:10]), "SelectMultiple")
    return Panel({"chosen": several, "by": Choice("Measured as", units, "words")}, show)


def terms(corpus: Corpus, counted: pd.DataFrame, found: pd.DataFrame) -> Panel:
    """Return the panel of 03: a word, phrase, wildcard or theme, with the words around each occurrence.

    Its first words are the most frequent of `terms.counts`; the first shown is the theme most `found`.
    """
    words = counted[~counted["term"].str.contains(" ", regex=False)].groupby("term")["n"].sum()
    themes = [THEME + name for name in vocabulary.phrases()["theme"].unique()]
    orders = [("as in the texts", ""), ("by what is left of it", "left"), ("by what is right of it", "right")]
    total, articles = int(corpus.articles["words"].sum()), of(len(corpus.articles), "article")

    def show(query: str, sort: Any) -> tuple[str, str]:
        name = query.removeprefix(THEME) if query.startswith(THEME) else None
        try:
            lines = concordance.concordance(corpus, query, theme=name, sort=sort or None)
        except PactlensError as error:
            return str(error), ""
        said = f"“{query}”: {of(len(lines), 'occurrence')} in {lines['article'].nunique():,} of {articles}, "
        said += f"{1000 * len(lines) / max(total, 1):.1f} per 1,000 words"
        return said + (f"; {MOST} are shown." if len(lines) > MOST else "."), _kwic(lines.head(MOST))

    leads = largest(found["theme"].value_counts(), 1)
    first = next((THEME + lead for lead in leads), themes[0])
    word = Choice("Word, phrase, secur* or theme", [*largest(words, MOST), *themes], first, "Combobox")
    return Panel({"query": word, "sort": Choice("Sorted", orders, "")}, show)


def _kwic(lines: pd.DataFrame) -> str:
    """Return the lines of a concordance as HTML, each line with the link to its sentence."""
    rows = lines[["article", "left", "node", "right"]].assign(link=links(lines))
    rows = rows.rename(columns={"node": "word"})
    rows["word"] = "<mark>" + rows["word"].map(escape) + "</mark>"
    # JupyterLab sets table cells flush right; a block inside may differ.
    rows["right"] = '<div align="left">' + rows["right"].map(escape) + "</div>"
    return figure.table(rows, html=("word", "right")).replace("<table>", '<table class="kwic">')


def checks(checked: pd.DataFrame, reference: pd.DataFrame) -> Panel:
    """Return the panel of 04: the claims with a verdict and of a kind, over the reference, with reasons."""

    def show(verdict: str, kind: str) -> tuple[str, str]:
        rows = checked[checked["verdict"].eq(verdict) | (verdict == ALL)]
        rows = rows[rows["kind"].eq(kind) | (kind == ALL)]
        table = charts.claims.listed(rows)[["article", "evidence", "verdict", "why", "link"]]
        said = f"{of(len(rows), 'claim')} of {len(checked):,} (verdict: {verdict}; kind: {kind})."
        return said, _picture(charts.claims.verdicts(rows, reference)) + figure.table(table)

    verdicts, kinds = ([ALL, *sorted(set(checked[name]))] for name in ("verdict", "kind"))
    return Panel({"verdict": Choice("Verdict", verdicts, ALL), "kind": Choice("Kind", kinds, ALL)}, show)


def passages(corpus: Corpus, pairs: pd.DataFrame, shared: pd.DataFrame) -> Panel:
    """Return the panel of 05: two articles with the passages that they share, side by side."""
    keys = list(pairs[["article", "other"]].head(MOST).itertuples(index=False, name=None))

    def show(pair: tuple[str, str] | None, least: int) -> tuple[str, str]:
        one, two = pair or ("", "")
        both = shared[(shared["article"] == one) & (shared["other"] == two) & (shared["words"] >= least)]
        said = f"{one} and {two} share {of(len(both), 'passage')} of {least} words or more."
        page = charts.reuse.side_by_side(both, corpus, size=len(both))
        return said if pair else "No two articles share a passage.", page.html

    options = [(" and ".join(key), key) for key in keys]
    least = Choice("Words, at least", (reuse.SIZE, 10, 15, 20, 30), reuse.SIZE)
    return Panel({"pair": Choice("Articles", options, next(iter(keys), None)), "least": least}, show)
