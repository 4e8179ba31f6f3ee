"""Charts of what is claimed: counts over the reference's step line, and how good the reading is."""

import numpy as np
import pandas as pd
from matplotlib.dates import date2num
from matplotlib.figure import Figure as Canvas

from pactlens import checks, evidence, figure, statistics, tables
from pactlens.charts import timeline
from pactlens.charts.rows import dots, of, series

SAID = {"signed_total": "{} signed", "ordinal": "number {}", "others_signed": "{} others signed"}
# A verdict is told by shape, by colour, and by a word.
LOOKS = {"agrees": ("o", figure.GREEN), "differs": ("X", figure.RED), "cannot tell": ("s", figure.GREY)}
# More labels than this do not fit; numbers this far beyond the reference are of something else.
LABELS, STEPS, FAR = 14, 16, 12
MONTH = pd.Timedelta(days=30)


def verdicts(
    checked: pd.DataFrame, agreements: pd.DataFrame, coded: pd.DataFrame | None = None
) -> figure.Figure:
    """Chart each claim of how many have signed on its day, over the reference, with its verdict.

    `checked` as `checks.check`, `agreements` as `agreements.load`. `coded` (`agreements.coded`) adds a
    second, hollow layer: counts and days of signing that were coded by hand from the wider coverage.
    """
    line, table = timeline.counted(agreements), listed(checked)
    rows = counts(checked, agreements).assign(own=True)
    title = f"Counts of who has signed: {_right(rows)} of {len(rows)} agree with the reference"
    caption = (
        "Line: the reference, agreements.csv. Marks: what is claimed, on the day that it speaks of (that of "
        "publication, or one that the text gives). Round: agrees; cross: differs; square: cannot tell. Other "
        "claims, and those without a day, are in the table."
    )
    if coded is not None:
        theirs = coded_checks(coded, agreements)
        wider = pd.concat([counts(theirs, agreements), dated(coded, line)]).assign(own=False)
        title += f"; in the wider coverage, {_right(wider)} of {len(wider)} counts and days of signing"
        caption += f" Hollow: coded by hand from {of(coded['url'].nunique(), 'page')}, coded_coverage.csv."
        wider = wider.drop_duplicates(["as_of", "value", "verdict"])
        rows, table = pd.concat([rows, wider]), listed(pd.concat([checked, theirs]))
    if rows.empty or line.empty:
        return timeline.empty("No claim of how many have signed has a known day.", caption, table)
    with figure.style():
        drawn = _picture(rows.sort_values(["as_of", "value", "own"], ignore_index=True), line)
    told = series([f"{row.said} ({row.verdict})" for row in evidence.rows(rows)])
    return figure.Figure(drawn, f"{title}.", f"Marks over a step line: {told}.", caption, table)


def scores(measures: pd.DataFrame) -> figure.Figure:
    """Chart how good the reading is: precision and recall of each measure with Wilson's intervals, and F1.

    `measures` as data/reading_scores.csv: measure, and the counts tp, fp and fn (right, wrong, missed).
    """
    table, parts = measures.astype({"tp": int, "fp": int, "fn": int}), []
    table["measure"] = table["measure"].str.replace("_", " ")
    table["F1"] = 2 * table["tp"] / (2 * table["tp"] + table["fp"] + table["fn"])
    for name, other in (("precision", "fp"), ("recall", "fn")):
        total = table["tp"] + table[other]
        low, high = statistics.wilson(table["tp"], total)
        table[name], table[f"{name}_low"], table[f"{name}_high"] = table["tp"] / total, low, high
        part = {"label": f"{name}, " + table["measure"], "value": table[name], "low": low, "high": high}
        parts.append(pd.DataFrame(part | {"note": total.map("of {:,}".format)}).dropna())
    caption = (
        "Precision: share of what was read that is right; recall: share of what is there that was read; "
        "with Wilson's intervals, 95 %. F1 is their harmonic mean. Labelled articles of tests/coverage."
    )
    order = table.dropna(subset=["F1"]).sort_values(["F1", "measure"])
    if order.empty:
        return timeline.empty("Nothing was scored.", caption, table)
    low, high = order["F1"].iloc[0], order["F1"].iloc[-1]
    least = f"{low:.3f} for {order['measure'].iloc[0]}, higher for the others"
    said = least if low < high else f"{low:.3f} for all"
    title = f"On the articles that the rules were made with, F1 is {said}."
    alt = f"Dot plot of precision and recall of {series(list(table['measure']))}."
    return figure.Figure(
        dots(pd.concat(parts).sort_index(kind="stable"), "share", "n"), title, alt, caption, table
    )


def counts(checked: pd.DataFrame, agreements: pd.DataFrame) -> pd.DataFrame:
    """Return the claims of how many have signed that have a day; equal ones of a day are one row.

    Columns: as_of, value, kind, verdict, articles (how many say so), first, said (in words), link and why.
    """
    most = len(agreements) + FAR
    rows = checked[checked["kind"].isin(list(SAID)) & checked["as_of"].notna() & (checked["value"] <= most)]
    rows = rows.sort_values(["as_of", "value", "kind", "article", "sentence"]).assign(link=_links)
    same = rows.groupby(["as_of", "value", "kind", "verdict"], as_index=False)
    own = {name: (name, "first") for name in ("link", "why")}
    out = same.agg(articles=("article", "nunique"), first=("article", "first"), **own)
    said = []
    for row in evidence.rows(out):
        who = of(row.articles, "article") if row.articles > 1 else row.first
        said.append(f"{who if len(who) < 30 else who[:28] + '…'}: {SAID[row.kind].format(row.value)}")
    return out.assign(said=said)


def dated(coded: pd.DataFrame, line: pd.DataFrame) -> pd.DataFrame:
    """Return the coded days of signing, each at the step of `line` that it is of, in columns of `counts`."""
    rows = coded[(coded["kind"] == "signed") & (coded["precision"] == "day")]
    rows = rows.merge(line[["country", "partner", "signed_on", "total"]], on="country")
    rows = rows.assign(verdict=(rows["on"] == rows["signed_on"]).map({True: "agrees", False: "differs"}))
    rows = rows.assign(
        as_of=rows["on"], value=rows["total"], said=rows["partner"] + " signed", why=rows["outlet"]
    )
    return rows.drop_duplicates(["on", "country"])[["as_of", "value", "verdict", "said", "why"]].assign(
        link=rows["url"]
    )


def coded_checks(coded: pd.DataFrame, agreements: pd.DataFrame) -> pd.DataFrame:
    """Return the counts that were coded from the wider coverage as table checks; `article` is the page."""
    rows = coded[coded["kind"].isin(list(SAID))]
    words = [SAID[row.kind].format(row.value) for row in evidence.rows(rows)]
    rows = rows.assign(article=rows["url"], as_of=rows["published"], evidence=words, rule="coded")
    rows = tables.conform("claims", rows.assign(sentence=0, start=0, end=0))
    return checks.check(rows, agreements, tables.from_rows("signings", []))


def listed(checked: pd.DataFrame) -> pd.DataFrame:
    """Return the checks for a reader: where, what is claimed, what the reference gives, verdict and why."""
    rows = checked.sort_values(["as_of", "article", "sentence", "start"])
    claimed = rows["kind"].str.replace("_", " ") + " " + rows["operator"] + " " + rows["value"].astype("str")
    shown = ["article", "evidence", "claimed", "as_of", "expected", "verdict", "why"]
    return rows.assign(claimed=claimed)[shown].assign(link=_links(rows))


def _links(rows: pd.DataFrame) -> list[str]:
    """Return the address of each row: its sentence, or the published page that stands for an article."""
    pairs = zip(rows["article"], rows["sentence"], strict=True)
    return [one if "://" in one else evidence.link(one, number) for one, number in pairs]


def _right(rows: pd.DataFrame) -> int:
    return int((rows["verdict"] == "agrees").sum())


def _picture(rows: pd.DataFrame, line: pd.DataFrame) -> Canvas:
    """Draw the claims `rows` (of `counts`) over `line`, with a month before the first and after the last."""
    days = date2num(rows["as_of"])
    own = rows["own"].to_numpy() & (rows["own"].sum() <= LABELS)
    said = [f"{row.said}, {row.verdict}" for row in evidence.rows(rows)]
    # Above the line to the left of a day nothing stands, as the line only rises: labels pile up there.
    passed = np.searchsorted(date2num(line["signed_on"]), days, side="right")
    passed = np.concatenate([[0], line["total"]])[passed]
    level = np.maximum(rows["value"].to_numpy(float), passed) + 0.7
    level[own] = np.maximum.accumulate(level[own] - np.arange(own.sum())) + np.arange(own.sum())
    top = level.max() + 1
    near = line["signed_on"].between(rows["as_of"].min() - MONTH, rows["as_of"].max() + MONTH)
    steps = line[near & line["counted"] & (line["total"] < top)]
    steps = steps if own.any() and len(steps) <= STEPS else steps.head(0)
    base = min(rows["value"].min(), *passed, *steps["total"]) - 1.5
    left = [figure.text_width(text) + 30 if named else 10 for text, named in zip(said, own, strict=True)]
    right = [20] * len(rows) + [figure.text_width(name) + 20 for name in steps["partner"]]
    starts = date2num(steps["signed_on"])
    ends = timeline.limits([*days, *starts], left + [10] * len(steps), right)
    point = (ends[1] - ends[0]) / timeline.INSIDE
    drawn = figure.canvas(min(timeline.ROW * (top - base), 6) + timeline.REST)
    axes = drawn.subplots()
    timeline.step_line(axes, line, ends)
    for row, start in zip(evidence.rows(steps), starts, strict=True):
        place = axes.annotate(row.partner, (start, row.total - 0.5), (13, 0), textcoords="offset points")
        place.set(va="center", fontsize=9, color=figure.GREY)
    above = rows.groupby(["own", "as_of", "value"]).cumcount()
    for i, row in enumerate(evidence.rows(rows)):
        if own[i]:
            axes.plot([days[i], days[i] - 18 * point], [row.value, level[i]], color=figure.GREY, lw=0.7)
            axes.text(days[i] - 20 * point, level[i], said[i], ha="right", va="center", fontsize=9)
        # Marks on one spot lie on each other, each smaller: aside, they would stand on another day.
        size = max((12 if own[i] else 5) - 4 * above[i], 3) if row.own else 10
        shape, colour = LOOKS[row.verdict]
        (dot,) = axes.plot([days[i]], [row.value], shape, color=colour, markersize=size, zorder=3 + row.own)
        dot.set(**{"markeredgecolor" if row.own else "markerfacecolor": "white"})
        figure.mark(dot, f"{said[i]}: {row.why}", row.link)
    axes.set(xlim=ends, ylim=(base, top))
    timeline.dated(axes, "agreements signed" + " (○ in the wider coverage)" * (not rows["own"].all()))
    return drawn
