"""Charts of copies: how much articles share, the passages side by side, and counts without copies."""

from collections.abc import Iterable
from html import escape
from typing import TYPE_CHECKING

import pandas as pd

from pactlens import countries, evidence, figure
from pactlens.charts.rows import COLUMNS, dots, largest, of, shaded
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
    caption += (
        f"n = {of(len(pairs), 'pair')} of articles with a shared run; a field without one is left empty."
    )
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
    fields = fields.assign(
        row=fields["article"].map(names.index),
        column=fields["other"].map(names.index),
        shade=fields["share"],
        text=text,
        said=text + " of " + fields["article"] + " also stands in " + fields["other"],
    )
    drawn = shaded(fields, labels, names if few else numbers)
    lead = table.iloc[0]
    title = f"{percent(lead['share'])} of {lead['article']} stands word for word in {lead['other']} too: "
    title += f"the most of any; the longest passage has {of(lead['words'], 'word')}."
    alt = f"Matrix of what {of(len(names), 'article')} share. {title}"
    return figure.Figure(drawn, title, alt, caption, table)


def both_ways(pairs: pd.DataFrame, passages: pd.DataFrame) -> pd.DataFrame:
    """Return each pair twice: what of `article` is in `other`, with words and link of the longest run."""
    link = list(map(evidence.link, passages["article"], passages["sentence"]))
    longest = passages[["article", "other", "words"]].assign(link=link).drop_duplicates(["article", "other"])
    both = pairs.merge(longest, how="left", on=["article", "other"])
    turned = both.rename(columns={"article": "other", "other": "article"})
    turned = turned.drop(columns="shingles").rename(columns={"other_shingles": "shingles"})
    table = pd.concat([both, turned], ignore_index=True)
    table["share"] = table["shared"] / table["shingles"]
    table = table[["article", "other", "shared", "shingles", "share", "words", "link"]]
    return table.sort_values(["share", "article", "other"], ascending=[False, True, True], ignore_index=True)


def percent(share: float) -> str:
    """Return a share that is not 0 as a percentage that is not 0 either."""
    return f"{share:.0%}" if share >= 0.01 else "<1%"


def side_by_side(passages: pd.DataFrame, coverage: "Corpus", size: int = 5) -> evidence.Page:
    """Return the longest of `reuse.passages` in the sentences of both articles, what is shared marked."""
    where = ["article", "sentence", "other", "other_sentence"]
    own = dict(iter(coverage.sentences.groupby("article")))
    shown, blocks, lines = passages.head(size), [], []
    for _, rows in shown.groupby(where, sort=False):
        one, two = rows["article"].iloc[0], rows["other"].iloc[0]
        left = _cell(own[one], one, zip(rows["start"], rows["end"], strict=True))
        right = _cell(own[two], two, zip(rows["other_start"], rows["other_end"], strict=True))
        blocks.append(f"<tr><td>{' + '.join(map(str, rows['words']))}</td>{left}{right}</tr>")
        shared = "”, “".join(" ".join(text.split()) for text in rows["text"])
        lines.append(f"{of(int(rows['words'].sum()), 'word')}, {one} and {two}: “{shared}”")
    said = of(len(passages), "shared passage")
    said += f"; the {len(shown)} longest:" if len(passages) > len(shown) else ":" if len(shown) else "."
    head = "".join(f'<th scope="col">{name}</th>' for name in ("words", "one article", "the other"))
    table = f"<table><thead><tr>{head}</tr></thead><tbody>{''.join(blocks)}</tbody></table>" if blocks else ""
    page = f'<figure class="passages"><figcaption>{said}</figcaption>{table}</figure>'
    return evidence.Page(page, "\n".join([said, *lines]))


def _cell(sentences: pd.DataFrame, article: str, spans: Iterable[tuple[int, int]]) -> str:
    """Return one side of a row: the sentences that hold the spans, the spans marked, and the link."""
    inside = sorted(spans)
    rows = sentences[(sentences["end"] > inside[0][0]) & (sentences["start"] < max(end for _, end in inside))]
    out = ""
    for row in rows.to_dict("records"):
        at = row["start"]
        for start, end in inside:
            begin, stop = (min(max(place, at), row["end"]) for place in (start, end))
            before, shared = (
                row["text"][a - row["start"] : b - row["start"]] for a, b in ((at, begin), (begin, stop))
            )
            out += escape(before) + (f"<mark>{escape(shared)}</mark>" if shared else "")
            at = stop
        out += escape(row["text"][at - row["start"] :]) + " "
    address = escape(evidence.link(article, rows["sentence"].iloc[0]))
    # JupyterLab sets table cells flush right; a block inside may differ.
    return f'<td><div align="left"><a href="{address}">{escape(article)}</a>: {out.strip()}</div></td>'


def without_copies(
    mentions: pd.DataFrame, copies: pd.DataFrame, coverage: "Corpus", size: int = 15
) -> figure.Figure:
    """Chart the mentions by country, all and without those in the sentences of `reuse.copies`."""
    rows = countries.counted(mentions, coverage.sentences)
    gone = pd.MultiIndex.from_frame(copies[["article", "sentence"]])
    kept = ~pd.MultiIndex.from_frame(rows[["article", "sentence"]]).isin(gone)
    names = rows["country"].map(countries.names()).fillna(rows["country"])
    places = rows[["article", "sentence"]].groupby(names).first()
    table = pd.DataFrame({"all": names.value_counts(), "copies counted once": names[kept].value_counts()})
    table = table.fillna(0).astype(int)
    table["fewer"] = table["all"] - table["copies counted once"]
    table["link"] = [evidence.link(a, n) for a, n in places.loc[table.index].itertuples(index=False)]
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
