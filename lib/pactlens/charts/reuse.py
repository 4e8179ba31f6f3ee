"""Charts of copies: how much articles share, the passages side by side, and counts without copies."""

from html import escape

import pandas as pd

from pactlens import evidence, figure, tables
from pactlens.charts.countries import counted
from pactlens.charts.rows import COLUMNS, dots, empty, largest, links, of, shaded
from pactlens.corpus import Corpus
from pactlens.reuse import SIZE

MOST = 12


def matrix(pairs: pd.DataFrame, passages: pd.DataFrame, coverage: Corpus) -> figure.Figure:
    """Chart how much of each article (row) also stands in each other one (column), from `reuse.similarity`.

    Of many articles, those of the most alike pairs; each field links to the pair's longest passage.
    """
    table = both_ways(pairs, passages)
    caption = f"Share of the row's runs of {SIZE} words that also stand in the column's article. "
    caption += f"n = {of(len(pairs), 'pair')} with a shared run; a field without one is left empty."
    if table.empty:
        return empty(f"No two articles share a run of {SIZE} words.", caption, table)
    names = sorted(coverage.articles["article"])
    if len(names) > MOST:
        names = sorted(pd.unique(table[["article", "other"]].to_numpy().ravel())[:MOST])
    labels, heads = names, names
    if len(names) > COLUMNS:
        heads = [str(number) for number in range(1, len(names) + 1)]
        labels = [f"{name}  {number}" for name, number in zip(names, heads, strict=True)]
    shown = dict(zip(names, labels, strict=True)), dict(zip(names, heads, strict=True))
    drawn = table[table["article"].isin(names) & table["other"].isin(names)]
    fields = drawn.assign(row=drawn["article"].map(shown[0]), column=drawn["other"].map(shown[1]))
    fields["shade"], fields["text"] = drawn["share"], drawn["share"].map(percent)
    fields["said"] = fields["text"] + " of " + fields["article"] + " also stands in " + fields["other"]
    lead = table.iloc[0]
    title = f"{percent(lead['share'])} of {lead['article']} stands word for word in {lead['other']} too: "
    title += f"no article shares more; the longest passage has {of(lead['words'], 'word')}."
    alt = f"Matrix of what {of(len(names), 'article')} share."
    return figure.Figure(shaded(fields, labels, heads), title, alt, caption, table)


def both_ways(pairs: pd.DataFrame, passages: pd.DataFrame) -> pd.DataFrame:
    """Return each pair twice: what of `article` is in `other`, with words and link of the longest run."""
    longest = passages.drop_duplicates(["article", "other"])
    longest = longest[["article", "other", "words"]].assign(link=links(longest))
    both = pairs.merge(longest, how="left", on=["article", "other"])
    turn = {"article": "other", "other": "article", "shingles": "", "other_shingles": "shingles"}
    table = pd.concat([both, both.rename(columns=turn)], ignore_index=True)
    table["share"] = table["shared"] / table["shingles"]
    table = table[["article", "other", "shared", "shingles", "share", "words", "link"]]
    return table.sort_values(["share", "article", "other"], ascending=[False, True, True], ignore_index=True)


def percent(share: float) -> str:
    """Return a share that is not 0 as a percentage that is not 0 either."""
    return f"{share:.0%}" if share >= 0.01 else "<1%"


def side_by_side(pairs: pd.DataFrame, coverage: Corpus, size: int = 5) -> figure.Page:
    """Return the first `size` pairs of sentences of `reuse.passages`, or of `reuse.reworded`, side by side.

    All passages that the two articles share are marked; of what was reworded, the likeness is given instead.
    """
    kind, measure = (
        ("Shared passages", "words") if "words" in pairs else ("Pairs of reworded sentences", "likeness")
    )
    rows, heads = [], (measure, "one article", "the other")
    articles = ["article", "other"]
    number = pairs.groupby([*articles, "sentence", "other_sentence"], sort=False).ngroup()
    for _, group in pairs[number < size].groupby(number):
        both = pairs.merge(group[articles].head(1))
        told = " + ".join(map(str, group["words"])) if "words" in group else f"{group['cosine'].iloc[0]:.2f}"
        rows.append((told, _side(coverage, group, both, ""), _side(coverage, group, both, "other_")))
    said = f"{kind} shown: {(number < size).sum():,} of {len(pairs):,}."
    return figure.captioned(pd.DataFrame(rows, columns=heads), said, html=heads[1:])


def _side(coverage: Corpus, rows: pd.DataFrame, both: pd.DataFrame, side: str) -> str:
    """Return one side of a row as HTML: link and sentences, with what `both` articles share marked."""
    article, number = rows[side.rstrip("_") or "article"].iloc[0], rows[f"{side}sentence"].iloc[0]
    spans = sorted(zip(both[f"{side}start"], both[f"{side}end"], strict=True)) if "words" in rows else []
    text = coverage.articles.set_index("article")["text"][article]
    own = coverage.sentences[coverage.sentences["article"] == article].set_index("sentence")
    at, out = own["start"][number], ""
    last = rows[f"{side}end"].max() if spans else at + 1
    stop = own.loc[own["start"] < last, "end"].max()
    for start, end in spans:
        if at < end and start < stop:
            start, end = max(start, at), min(end, stop)
            out += f"{escape(text[at:start])}<mark>{escape(text[start:end])}</mark>"
            at = end
    out += escape(text[at:stop])
    link = f'<a href="{escape(evidence.link(article, number))}">{escape(article)}</a>'
    # JupyterLab sets table cells flush right; a block inside may differ.
    return f'<div align="left">{link}: {out}</div>'


def without_copies(
    mentions: pd.DataFrame, copies: pd.DataFrame, coverage: Corpus, size: int = 15
) -> figure.Figure:
    """Chart the mentions by country, all and without those in the sentences of `reuse.copies`."""
    rows = counted(mentions, coverage)
    rows["once"] = ~tables.stands_in(rows, copies)
    by = rows.groupby("name")
    table = by.agg(all=("once", "size"), once=("once", "sum"), link=("link", "first"))
    table = table.loc[largest(table["all"], len(table))].rename_axis("country").reset_index()
    table["fewer"] = table["all"] - table["once"]
    caption = (
        f"n = {of(len(rows), 'mention')}; copies: {of(len(copies), 'sentence')} of which half or more stands "
        "in an earlier article. Full: all; hollow: copies counted once. Drawn: countries whose count changes."
    )
    changed = table[table["fewer"] > 0].head(size)
    if changed.empty:
        return empty("No country's count changes when copies count once.", caption, table)
    marks = changed.rename(columns={"country": "label"}).assign(low=changed["once"], high=changed["all"])
    full, hollow = marks.assign(value=marks["all"]), marks.assign(value=marks["once"], hollow=True)
    lead = changed.sort_values("fewer", kind="stable").iloc[-1]
    title = f"Counting copies once takes away {table['fewer'].sum():,} of {of(len(rows), 'mention')}, "
    title += f"from none more than from {lead['country']}: {lead['all']:,} become {lead['once']:,}."
    alt = f"Dumbbell chart of {len(changed)} countries: all mentions, and with copies counted once."
    drawn = dots(pd.concat([full.assign(hollow=False), hollow]), "mentions")
    return figure.Figure(drawn, title, alt, caption, table)
