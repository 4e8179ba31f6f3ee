"""Charts of what is claimed: counts over the reference's step line, and how good the reading is."""

import numpy as np
import pandas as pd
from matplotlib.dates import date2num
from matplotlib.figure import Figure as Canvas

from pactlens import checks, evidence, figure, statistics, tables
from pactlens.charts import timeline
from pactlens.charts.rows import empty, of, series

SAID = {"signed_total": "{} signed", "ordinal": "number {}", "others_signed": "{} others signed"}
# A verdict is told by shape, by colour, and by a word.
LOOKS = {"agrees": ("o", figure.GREEN), "differs": ("X", figure.RED), "cannot tell": ("s", figure.GREY)}
# More labels than this do not fit; numbers this far beyond the reference are of something else.
LABELS, STEPS, FAR = 14, 16, 12
MONTH = pd.Timedelta(days=30)
# Of equal claims, what is told of the first.
FIRST = ("article", "link", "why")


def verdicts(
    checked: pd.DataFrame, agreements: pd.DataFrame, coded: pd.DataFrame | None = None
) -> figure.Figure:
    """Chart each claim of how many have signed on its day, over the reference, with its verdict.

    `checked` as `checks.check`, `agreements` as `agreements.load`. `coded` (`agreements.coded`) adds a
    second, hollow layer: counts and days of signing that were coded by hand from the wider coverage.
    """
    line, table = timeline.counted(agreements), listed(checked)
    rows = counts(checked, agreements).assign(own=True)
    title = f"Counts of who has signed: {_right(rows)} agree with the reference"
    caption = (
        "Line: the reference, agreements.csv. Marks: what is claimed, on the day that it speaks of (that of "
        "publication, or one that the text gives). Round: agrees; cross: differs; square: cannot tell. Other "
        "claims, and those without a day, are in the table."
    )
    if coded is not None:
        theirs = coded_checks(coded, agreements)
        wider = pd.concat([counts(theirs, agreements), dated(coded, line)]).assign(own=False)
        title += f"; in the wider coverage, {_right(wider)} counts and days of signing"
        caption += f" Hollow: coded by hand from {of(coded['url'].nunique(), 'page')}, coded_coverage.csv."
        wider = wider.drop_duplicates(["as_of", "value", "verdict"])
        rows, table = pd.concat([rows, wider]), listed(pd.concat([checked, theirs]))
    if rows.empty or line.empty:
        return empty("No claim of how many have signed has a known day.", caption, table)
    rows = rows.sort_values(["value", "as_of", "own"], ignore_index=True)
    rows["said"] += ", " + rows["verdict"]
    with figure.style():
        drawn = _picture(rows, line)
    return figure.Figure(
        drawn, f"{title}.", f"Marks over a step line: {series(rows['said'])}.", caption, table
    )


def scores(measures: pd.DataFrame) -> pd.DataFrame:
    """Return how good the reading is: precision and recall of each measure, with Wilson's intervals, and F1.

    `measures` as data/reading_scores.csv: measure, and the counts tp, fp and fn (right, wrong, missed).
    """
    table = measures.astype({"tp": int, "fp": int, "fn": int})
    table["measure"] = table["measure"].str.replace("_", " ")
    for name, other in (("precision", "fp"), ("recall", "fn")):
        total = table["tp"] + table[other]
        table[name] = table["tp"] / total
        table[f"{name} low"], table[f"{name} high"] = statistics.wilson(table["tp"], total)
    return table.assign(F1=2 * table["tp"] / (2 * table["tp"] + table["fp"] + table["fn"]))


def counts(checked: pd.DataFrame, agreements: pd.DataFrame) -> pd.DataFrame:
    """Return the claims of how many have signed that have a day; equal ones of a day are one row.

    Columns: as_of, value, kind, verdict, articles (how many say so), said (in words), and FIRST.
    """
    most = len(agreements) + FAR
    rows = checked[checked["kind"].isin(list(SAID)) & checked["as_of"].notna() & (checked["value"] <= most)]
    rows = rows.sort_values(["as_of", "value", "kind", "article", "sentence"]).assign(link=_links)
    same = rows.groupby(["as_of", "value", "kind", "verdict"], as_index=False)
    out = same.agg(articles=("article", "nunique"), **{name: (name, "first") for name in FIRST})
    more = np.where(out["articles"] > 1, " + " + (out["articles"] - 1).astype("str"), "")
    return out.assign(said=out["article"].str.slice(0, 28) + more + ": " + _said(out))


def dated(coded: pd.DataFrame, line: pd.DataFrame) -> pd.DataFrame:
    """Return the coded days of signing, each at the step of `line` that it is of, in columns of `counts`."""
    rows = coded[(coded["kind"] == "signed") & (coded["precision"] == "day")].drop(columns="value")
    rows = rows.drop_duplicates(["on", "country"]).merge(line, on="country")
    rows["verdict"] = np.where(rows["on"] == rows["signed_on"], "agrees", "differs")
    rows["said"] = rows["partner"] + " signed"
    names = {"on": "as_of", "total": "value", "outlet": "why", "url": "link"}
    return rows.rename(columns=names)[["verdict", "said", *names.values()]]


def coded_checks(coded: pd.DataFrame, agreements: pd.DataFrame) -> pd.DataFrame:
    """Return the counts that were coded from the wider coverage as table checks; `article` is the page."""
    rows = coded[coded["kind"].isin(list(SAID))]
    rows = rows.assign(article=rows["url"], as_of=rows["published"], evidence=_said(rows), rule="coded")
    rows = tables.conform("claims", rows.assign(sentence=0, start=0, end=0))
    return checks.check(rows, agreements, tables.from_rows("signings", []))


def listed(checked: pd.DataFrame) -> pd.DataFrame:
    """Return the checks for a reader: where, what is claimed, what the reference gives, verdict and why."""
    rows = checked.sort_values(["as_of", "article", "sentence", "start"])
    claimed = rows["kind"].str.replace("_", " ") + " " + rows["operator"] + " " + rows["value"].astype("str")
    shown = ["article", "evidence", "claimed", "as_of", "expected", "verdict", "why"]
    return rows.assign(claimed=claimed)[shown].assign(link=_links(rows))


def _said(rows: pd.DataFrame) -> pd.Series:
    """Return what each count says, in words."""
    said = [SAID[kind].format(value) for kind, value in zip(rows["kind"], rows["value"], strict=True)]
    return pd.Series(said, rows.index, "str")


def _links(rows: pd.DataFrame) -> list[str]:
    """Return the address of each row: its sentence, or the published page that stands for an article."""
    pairs = zip(rows["article"], rows["sentence"], strict=True)
    return [one if "://" in one else evidence.link(one, number) for one, number in pairs]


def _right(rows: pd.DataFrame) -> str:
    return f"{(rows['verdict'] == 'agrees').sum()} of {len(rows)}"


def _picture(rows: pd.DataFrame, line: pd.DataFrame) -> Canvas:
    """Draw the claims `rows` (of `counts`) over `line`, with a month before the first and after the last."""
    days, value, starts = date2num(rows["as_of"]), rows["value"].to_numpy(float), date2num(line["signed_on"])
    named = rows["own"].to_numpy() & (rows["own"].sum() <= LABELS)
    # Above the line to the left of a day nothing stands, as the line only rises: labels pile up there.
    passed = np.append(0, line["total"])[np.searchsorted(starts, days, side="right")]
    level = np.maximum(value, passed) + 0.7
    level[named] = np.maximum.accumulate(level[named] - np.arange(named.sum())) + np.arange(named.sum())
    near = line["signed_on"].between(rows["as_of"].min() - MONTH, rows["as_of"].max() + MONTH)
    steps = line[near & line["counted"] & (line["total"] <= level.max())]
    steps = steps if named.any() and len(steps) <= STEPS else steps.head(0)
    low, high = min([*value, *passed, *steps["total"]]) - 1.5, level.max() + 1
    left = timeline.LETTER * rows["said"].str.len().where(named, 0) + 30
    right = timeline.LETTER * steps["partner"].str.len() + 20
    at = [*days, *date2num(steps["signed_on"])]
    ends = timeline.limits(at, [*left, *right * 0], [*left * 0 + 20, *right])
    point = (ends[1] - ends[0]) / timeline.INSIDE
    drawn = figure.canvas(min(timeline.ROW * (high - low), 6) + timeline.REST)
    axes = drawn.subplots()
    timeline.step_line(axes, line, ends)
    for start, total, partner in steps[["signed_on", "total", "partner"]].itertuples(index=False):
        # Clear of a mark that stands on the step.
        beside = ((days >= date2num(start)) & (days < date2num(start) + 3)).any()
        place = (date2num(start), total - 0.5), (13 if beside else 6, 0)
        axes.annotate(partner, *place, textcoords="offset points", va="center", fontsize=9, color=figure.GREY)
    above = rows.groupby(["own", "as_of", "value"]).cumcount()
    for i, row in enumerate(evidence.rows(rows)):
        if named[i]:
            axes.plot([days[i], days[i] - 18 * point], [row.value, level[i]], color="black", lw=0.7, zorder=6)
            axes.text(days[i] - 20 * point, level[i], row.said, ha="right", va="center", fontsize=9)
        # Marks on one spot lie on each other, each smaller: aside, they would stand on another day.
        size = max((12 if named[i] else 5) - 4 * above[i], 3) if row.own else 10
        shape, colour = LOOKS[row.verdict]
        (dot,) = axes.plot([days[i]], [row.value], shape, color=colour, markersize=size, zorder=3 + row.own)
        dot.set(**{"markeredgecolor" if row.own else "markerfacecolor": "white"})
        figure.mark(dot, f"{row.said}: {row.why}", row.link)
    axes.set_ylim(low, high)
    axes.set_title("agreements signed" + " (○ in the wider coverage)" * (not rows["own"].all()), loc="left")
    return drawn
