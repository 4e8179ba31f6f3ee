"""Charts of copies: how much articles share, the passages side by side, and counts without copies."""

from html import escape
from typing import TYPE_CHECKING

import pandas as pd

from pactlens import countries, evidence, figure
from pactlens.charts.rows import COLUMNS, dots, largest, links, of, shaded
from pactlens.charts.timeline import empty
from pactlens.reuse import SIZE

if TYPE_CHECKING:
    from pactlens.corpus import Corpus

MOST = 12


def matrix(pairs: pd.DataFrame, passages: pd.DataFrame, coverage: "Corpus") -> figure.Figure:
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
    numbers = [str(number) for number in range(1, len(names) + 1)]
    few = len(names) <= COLUMNS
    labels = names if few else [f"{name}  {number}" for name, number in zip(names, numbers, strict=True)]
    fields = table[table["article"].isin(names) & table["other"].isin(names)]
    text = fields["share"].map(percent)
    fields = fields.assign(row=fields["article"].map(names.index), column=fields["other"].map(names.index))
    fields["shade"], fields["text"] = fields["share"], text
    fields["said"] = text + " of " + fields["article"] + " also stands in " + fields["other"]
    drawn = shaded(fields, labels, names if few else numbers)
    lead = table.iloc[0]
    title = f"{percent(lead['share'])} of {lead['article']} stands word for word in {lead['other']} too: "
    title += f"the most of any; the longest passage has {of(lead['words'], 'word')}."
    alt = f"Matrix of what {of(len(names), 'article')} share. {title}"
    return figure.Figure(drawn, title, alt, caption, table)


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


def side_by_side(pairs: pd.DataFrame, coverage: "Corpus", size: int = 5) -> evidence.Page:
    """Return the first of `reuse.passages`, or of `reuse.reworded`, in the sentences of both articles.

    Passages are marked in their sentences; of sentences that were reworded, the likeness is given instead.
    """
    exact = "words" in pairs
    shown, blocks, lines = pairs.head(size), [], []
    for _, rows in shown.groupby(["article", "sentence", "other", "other_sentence"], sort=False):
        told = " + ".join(map(str, rows["words"])) if exact else f"{rows['cosine'].iloc[0]:.2f}"
        sides = [_side(coverage, rows, side) for side in ("", "other_")]
        blocks.append(f"<tr><td>{told}</td>{''.join(html for html, _ in sides)}</tr>")
        lines.append(f"{told}: " + " | ".join(text for _, text in sides))
    kind = "shared passages" if exact else "pairs of reworded sentences"
    said = f"Of {len(pairs):,} {kind}, {len(shown):,} shown." if len(pairs) else f"There are no {kind}."
    heads = ("words" if exact else "likeness", "one article", "the other")
    head = "".join(f'<th scope="col">{name}</th>' for name in heads)
    table = f"<table><thead><tr>{head}</tr></thead><tbody>{''.join(blocks)}</tbody></table>" if blocks else ""
    page = f'<figure class="passages"><figcaption>{said}</figcaption>{table}</figure>'
    return evidence.Page(page, "\n".join([said, *lines]))


def _side(coverage: "Corpus", rows: pd.DataFrame, side: str) -> tuple[str, str]:
    """Return one side of a row, as HTML and as text: its sentences, what is shared marked, and the link."""
    article, number = rows[side.rstrip("_") or "article"].iloc[0], rows[f"{side}sentence"].iloc[0]
    spans = sorted(zip(rows[f"{side}start"], rows[f"{side}end"], strict=True)) if "words" in rows else []
    text = coverage.articles.set_index("article")["text"][article]
    own = coverage.sentences[coverage.sentences["article"] == article]
    last = max((end for _, end in spans), default=0)
    whole = own[(own["sentence"] == number) | ((own["sentence"] > number) & (own["start"] < last))]
    at, out = whole["start"].min(), ""
    for start, end in spans:
        out += f"{escape(text[at : max(start, at)])}<mark>{escape(text[max(start, at) : end])}</mark>"
        at = max(at, end)
    out += escape(text[at : whole["end"].max()])
    address = escape(evidence.link(article, number))
    words = " ".join(text[whole["start"].min() : whole["end"].max()].split())
    # JupyterLab sets table cells flush right; a block inside may differ.
    html = f'<td><div align="left"><a href="{address}">{escape(article)}</a>: {out}</div></td>'
    return html, f"{article}: {words}"


def without_copies(
    mentions: pd.DataFrame, copies: pd.DataFrame, coverage: "Corpus", size: int = 15
) -> figure.Figure:
    """Chart the mentions by country, all and without those in the sentences of `reuse.copies`."""
    rows = countries.counted(mentions, coverage.sentences)
    gone = pd.MultiIndex.from_frame(copies[["article", "sentence"]])
    kept = ~pd.MultiIndex.from_frame(rows[["article", "sentence"]]).isin(gone)
    names = rows["country"].map(countries.names()).fillna(rows["country"])
    table = pd.DataFrame({"all": names.value_counts(), "copies counted once": names[kept].value_counts()})
    table = table.fillna(0).astype(int)
    table["fewer"] = table["all"] - table["copies counted once"]
    table["link"] = pd.Series(links(rows), rows.index, "str").groupby(names).first()
    caption = f"n = {of(len(rows), 'mention')}; copies: {of(len(copies), 'sentence')} of which half or more "
    caption += "stands in an earlier article. Only countries whose count changes are drawn."
    table = table.loc[largest(table["all"], len(table))].rename_axis("country").reset_index()
    changed = table[table["fewer"] > 0].head(size)
    lost = int(table["fewer"].sum())
    if changed.empty:
        return empty("No country's count changes when copies count once.", caption, table)
    picture = changed.rename(columns={"country": "label"})
    picture = picture.melt(["label", "fewer", "link"], var_name="series", value_name="value")
    picture["low"] = picture["value"]
    picture["high"] = picture["value"] + picture["fewer"] * (picture["series"] != "all")
    lead = changed.sort_values("fewer", kind="stable").to_dict("records")[-1]
    title = f"Counting copies once takes away {lost:,} of {of(len(rows), 'mention')}, most from "
    title += f"{lead['country']}: {lead['all']:,} become {lead['copies counted once']:,}."
    alt = f"Dumbbell chart of {len(changed)} countries: all mentions, and with copies counted once. {title}"
    return figure.Figure(dots(picture, "mentions"), title, alt, caption, table)
