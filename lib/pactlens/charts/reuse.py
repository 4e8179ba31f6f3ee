"""Charts of copies: how much articles share, the passages side by side, and counts without copies."""

from collections.abc import Iterable
from html import escape
from typing import TYPE_CHECKING

import pandas as pd

from pactlens import countries, evidence, figure
from pactlens.charts.rows import COLUMNS, REST, ROW, dots, fold, largest, of
from pactlens.charts.timeline import empty

if TYPE_CHECKING:
    from pactlens.corpus import Corpus

MOST = 12


def matrix(pairs: pd.DataFrame, passages: pd.DataFrame, coverage: "Corpus") -> figure.Figure:
    """Chart how much of each article (row) also stands in each other one (column), from `reuse.similarity`.

    Of many articles, those of the most alike pairs; each field links to the pair's longest passage.
    """
    link = [evidence.link(a, s) for a, s in zip(passages["article"], passages["sentence"], strict=True)]
    longest = passages[["article", "other", "words"]].assign(link=link).drop_duplicates(["article", "other"])
    both = pairs.merge(longest, how="left", on=["article", "other"])
    turned = {"article": "other", "other": "article", "shingles": "other_shingles"}
    back = both.drop(columns="shingles").rename(columns=turned | {"other_shingles": "shingles"})
    table = pd.concat([both.drop(columns="other_shingles"), back], ignore_index=True)
    table["share"] = table["shared"] / table["shingles"]
    table = table[["article", "other", "shared", "shingles", "share", "words", "link"]]
    table = table.sort_values(["share", "article", "other"], ascending=[False, True, True], ignore_index=True)
    caption = "Share of the row's runs of seven words that also stand in the column's article. "
    caption += (
        f"n = {of(len(pairs), 'pair')} of articles with a shared run; a field without one is left empty."
    )
    if table.empty:
        return empty("No two articles share a run of seven words.", caption, table)
    names = sorted(coverage.articles["article"])
    if len(names) > MOST:
        names = sorted(table["article"].drop_duplicates().head(MOST))
    few = len(names) <= COLUMNS
    with figure.style():
        drawn = figure.canvas(ROW * 1.3 * len(names) + REST)
        axes = drawn.subplots()
        for row in table[table["article"].isin(names) & table["other"].isin(names)].to_dict("records"):
            x, y = names.index(row["other"]), names.index(row["article"])
            (box,) = axes.barh([y], 0.96, 0.92, x - 0.48, color=figure.SKY, alpha=0.1 + 0.8 * row["share"])
            said = f"{percent(row['share'])} of {row['article']} also stands in {row['other']}"
            figure.mark(box, said, row["link"])
            axes.text(x, y, percent(row["share"]), ha="center", va="center_baseline", fontsize=8)
        numbered = names if few else [f"{name}  {number}" for number, name in enumerate(names, 1)]
        heads = (
            [fold(name) for name in names] if few else [str(number) for number in range(1, len(names) + 1)]
        )
        axes.set_xticks(range(len(names)), heads)
        axes.set_yticks(range(len(names)), numbered)
        axes.set(xlim=(-0.6, len(names) - 0.4), ylim=(len(names) - 0.4, -0.6))
        axes.xaxis.tick_top()
        axes.grid(visible=False)
        axes.spines[:].set_visible(False)
        axes.tick_params(length=0)
    lead = table.iloc[0]
    title = f"{percent(lead['share'])} of {lead['article']} stands word for word in {lead['other']} too: "
    title += f"the most of any; the longest passage has {of(lead['words'], 'word')}."
    alt = f"Matrix of what {of(len(names), 'article')} share. {title}"
    return figure.Figure(drawn, title, alt, caption, table)


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
    said = f"{of(len(passages), 'shared passage')} of seven words or more"
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
