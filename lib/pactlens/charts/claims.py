"""Charts of what is claimed: counts over the reference's step line, and how good the reading is."""

from html import escape
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.dates import date2num
from matplotlib.figure import Figure as Canvas
from matplotlib.path import Path
from matplotlib.transforms import Bbox

from pactlens import agreements, checks, evidence, figure, statistics, tables
from pactlens.charts import timeline
from pactlens.charts.rows import empty, links, of, series

SAID = {"signed_total": "{} signed", "ordinal": "number {}", "others_signed": "{} others"}
# A verdict is told by shape, by colour, and by a word.
LOOKS = {"agrees": ("o", figure.GREEN), "differs": ("X", figure.RED), "cannot tell": ("s", figure.GREY)}
# More labels than this do not fit; numbers this far beyond the reference are of something else.
LABELS, STEPS, FAR = 14, 16, 12
# More marks than this hide each other: then each is of several days, so many to a chart.
MANY, SLOTS = 150, 60
MONTH = pd.Timedelta(days=30)


def verdicts(
    checked: pd.DataFrame, reference: pd.DataFrame, coded: pd.DataFrame | None = None
) -> figure.Figure:
    """Chart what is claimed of how many have signed, on its day, over the reference, with its verdict.

    `checked` as `checks.check`, `reference` as `agreements.load`. `coded` (`agreements.coded`) adds a
    second, hollow layer: counts and days of signing that were coded by hand from the wider coverage.
    """
    line, table = timeline.counted(reference), listed(checked)
    rows = counts(checked, reference).assign(own=True)
    none = "No claim of how many have signed has a known day"
    right, wider = _right(checked), ""
    title = f"Counts of who has signed: {right} agree with the reference" if right else none
    if coded is not None:
        theirs, days = coded_checks(coded, reference), dated(coded, line)
        layer = pd.concat([counts(theirs, reference), days]).assign(own=False)
        outlets = coded.dropna(subset="outlet").set_index("url")["outlet"].to_dict()
        rows = pd.concat([rows, layer.assign(name=layer["article"].replace(outlets))])
        table = pd.concat([listed(pd.concat([linked(checked), theirs])), days[table.columns]])
        told = " and ".join(filter(None, [_right(theirs, " counts"), _right(days, " days of signing")]))
        title += f"; in the wider coverage, {told} agree" * bool(told)
        pages, undated = coded.drop_duplicates("url")["published"], checks.days(theirs, reference).isna()
        wider = f" Hollow: coded by hand from {of(len(pages), 'page')}, coded_coverage.csv (without a day: "
        wider += f"{of(pages.isna().sum(), 'page')}, {undated.sum()} of {of(len(theirs), 'count')})."
    drawn, span = marks(rows)
    caption = (
        f"Line: the reference, agreements.csv. Each mark: all claims of {span} with one number and verdict, "
        "the larger the more (+ 2: and two articles more), on the day that they speak of: a partner's place "
        "and who signed besides it, on its day of signing; else that of publication, or one that the text "
        "gives. Round: agrees; cross: differs; square: cannot tell. A group's count may agree off the line."
        f"{wider} Other claims, and those without a day, are in the table."
    )
    if rows.empty or line.empty:
        return empty(f"{none}.", caption, table)
    alt = f"Marks over a step line: {series(drawn['said'])}."
    with figure.style():
        return figure.Figure(_picture(drawn, line), f"{title}.", alt, caption, table)


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


def counts(checked: pd.DataFrame, reference: pd.DataFrame) -> pd.DataFrame:
    """Return the claims of how many have signed that have a day, with `link`, `name` and `said` in words."""
    rows = checked[checked["kind"].isin(list(SAID)) & (checked["value"] <= len(reference) + FAR)]
    rows = rows.assign(as_of=checks.days(rows, reference), said=_said(rows), name=rows["article"])
    return linked(rows.dropna(subset="as_of").sort_values(["as_of", "value", "kind", "article", "sentence"]))


def marks(rows: pd.DataFrame) -> tuple[pd.DataFrame, str]:
    """Return one row a mark, and the days that each is of, in words: claims of equal number and verdict.

    `rows` as `counts`, with `own` (False: of the wider coverage). Columns: own, as_of (their mean), value,
    verdict, n (claims), named (True: there is room for a label), said; name, link and why of the first.
    """
    same = ["own", "slot", "value", "verdict", "kind"]
    rows = rows.assign(slot=(rows["as_of"] - rows["as_of"].min()).dt.days)
    own = rows.loc[rows["own"], same]
    named, every = len(own.drop_duplicates()) <= LABELS, 1
    if len(own.drop_duplicates(same[:-1])) > MANY:
        every += int(own["slot"].max()) // SLOTS
    rows["kind"] = rows["kind"].where(rows["own"] & named, "")
    rows["slot"] = (rows["slot"] // every * every).where(rows["own"], rows["slot"])
    of_first = {name: (name, "first") for name in ("name", "link", "why", "said")}
    whole = {"as_of": ("as_of", "mean"), "n": ("as_of", "size"), "articles": ("article", "nunique")}
    out = rows.groupby(same, as_index=False).agg(**whole, **of_first)
    more = [f" + {others:,}" * (others > 0) for others in out["articles"] - 1]
    said = out["name"].str.slice(0, 28) + pd.Series(more, out.index, "str")
    said += ": " + out["said"] + ", " + out["verdict"]
    out = out.assign(said=said, named=named & out["own"])
    out = out.sort_values(["value", "as_of", "own"], ignore_index=True)
    return out, "one day" if every == 1 else f"{every} days"


def dated(coded: pd.DataFrame, line: pd.DataFrame) -> pd.DataFrame:
    """Return the coded days of signing, each at its step of `line`, in columns of `counts` and `listed`."""
    rows = coded[(coded["kind"] == "signed") & (coded["precision"] == "day")].drop(columns="value")
    rows = rows.merge(line, on="country").rename(columns={"on": "as_of", "total": "value", "url": "article"})
    rows["verdict"] = np.where(rows["as_of"] == rows["signed_on"], "agrees", "differs")
    rows["said"] = rows["evidence"] = rows["partner"] + " signed"
    rows["expected"] = rows["signed_on"].dt.strftime("%Y-%m-%d")
    rows["why"] = "The reference has " + rows["expected"] + "."
    return rows.assign(claimed=rows["kind"], link=rows["article"])


def coded_checks(coded: pd.DataFrame, reference: pd.DataFrame) -> pd.DataFrame:
    """Return the counts that were coded from the wider coverage as table checks; `article` is the page."""
    rows = coded[coded["kind"].isin(list(SAID))]
    rows = rows.assign(article=rows["url"], as_of=rows["published"], evidence=_said(rows), rule="coded")
    rows = tables.conform("claims", rows.assign(speaker=None, sentence=0, start=0, end=0))
    checked = checks.check(rows, reference, tables.from_rows("signings", []))
    return checked.assign(link=checked["article"])


def listed(checked: pd.DataFrame) -> pd.DataFrame:
    """Return the checks for a reader: where, what is claimed by whom, what the reference gives, and why."""
    rows = linked(checked).sort_values(["as_of", "article", "sentence", "start"])
    claimed = rows["kind"].str.replace("_", " ") + " " + rows["operator"] + " " + rows["value"].astype("str")
    claimed += (", says " + rows["speaker"]).fillna("")
    shown = ["article", "evidence", "claimed", "as_of", "expected", "verdict", "why", "link"]
    return rows.assign(claimed=claimed)[shown]


def linked(checked: pd.DataFrame) -> pd.DataFrame:
    """Return checks with the link to their sentence, if they have none."""
    return checked if "link" in checked else checked.assign(link=links(checked))


def disagreements(claimed: pd.DataFrame) -> pd.DataFrame:
    """Return checks.disagreements for a reader: `articles` is HTML, each article a link to its claim."""
    rows = checks.disagreements(claimed, agreements.load())
    pairs = zip(links(rows), rows["article"], strict=True)
    names = [f'<a href="{escape(link)}">{escape(name)}</a>' for link, name in pairs]
    rows["articles"] = pd.Series(names, rows.index, "str")
    return rows.groupby(["as_of", "kind", "value"])["articles"].agg(", ".join).reset_index()


def _said(rows: pd.DataFrame) -> pd.Series:
    """Return what each count says, in words, with the group that it is of."""
    said = [SAID[kind].format(value) for kind, value in zip(rows["kind"], rows["value"], strict=True)]
    return pd.Series(said, rows.index, "str") + rows["scope"].str.extract(r"( \(.+\))")[0].fillna("")


def _right(rows: pd.DataFrame, unit: str = "") -> str:
    """Return how many agree of what was judged, once an article; nothing if nothing was."""
    told = rows[rows["kind"].isin([*SAID, "signed"]) & (rows["verdict"] != "cannot tell")]
    told = told.drop_duplicates(["article", "kind", "value", "country", "verdict"])
    return f"{(told['verdict'] == 'agrees').sum():,} of {len(told):,}{unit}" if len(told) else ""


def _picture(rows: pd.DataFrame, line: pd.DataFrame) -> Canvas:
    """Draw the `marks` over `line`, with a month before the first and after the last."""
    rows = _placed(rows, line)
    steps = _named_steps(rows, line)
    low = min([*rows["value"], *rows["passed"], *steps["total"]]) - 1.5
    # The wider coverage is of all the days of the reference.
    last = line.tail(0 if rows["own"].all() else 1)
    high = max([*rows["level"], *last["total"]]) + 1
    drawn = figure.canvas(min(timeline.ROW * (high - low), 6) + timeline.REST)
    axes = drawn.subplots()
    timeline.step_line(axes, line, _ends(rows, pd.concat([steps, last.assign(partner="")])))
    axes.set_ylim(low, high)
    axes.set_title("agreements signed" + " (○ in the wider coverage)" * (not rows["own"].all()), loc="left")
    # Small marks would hide the line, large ones stand on it.
    axes.lines[0].set_zorder(2 if rows["named"].any() else 5)
    point = float(np.ptp(axes.get_xlim())) / timeline.INSIDE
    taken = [path for row in evidence.rows(rows) for path in _mark(axes, row, point)]
    for step in evidence.rows(steps):
        _name(axes, step, rows["day"], taken, point)
    return drawn


def _placed(rows: pd.DataFrame, line: pd.DataFrame) -> pd.DataFrame:
    """Return the `marks` with where each stands.

    Added columns: day (number); passed (the total of `line` on it); edge and level (day and height to which
    labels reach); above (how many marks of its layer on the same spot it lies on).
    """
    day, named = date2num(rows["as_of"]), rows["named"].to_numpy()
    # Left of the first day labelled nothing stands above the line, as it only rises: labels pile up there.
    edge = day[named].min(initial=day.max())
    starts, totals = date2num(line["signed_on"]), np.append(0, line["total"])
    passed, free = (totals[np.searchsorted(starts, at, side="right")] for at in (day, edge))
    level = np.maximum(rows["value"].to_numpy(float), free) + 0.7
    order = np.arange(named.sum())
    level[named] = np.maximum.accumulate(level[named] - order) + order
    above = rows.groupby(["own", "as_of", "value"]).cumcount()
    return rows.assign(day=day, passed=passed, edge=edge, level=level, above=above)


def _named_steps(rows: pd.DataFrame, line: pd.DataFrame) -> pd.DataFrame:
    """Return the steps of `line` to be named: those near the marks, if they and the marks are few."""
    near = line["signed_on"].between(rows["as_of"].min() - MONTH, rows["as_of"].max() + MONTH)
    steps: pd.DataFrame = line[near & line["counted"] & (line["total"] <= rows["level"].max())]
    return steps if rows["named"].any() and len(steps) <= STEPS else steps.head(0)


def _ends(rows: pd.DataFrame, steps: pd.DataFrame) -> tuple[float, float]:
    """Return the ends of the time axis: room for labels at the left, for names of `steps` at the right."""
    said = rows.loc[rows["named"], "said"].str.len()
    names = timeline.LETTER * steps["partner"].str.len() + 20
    around = [20] * len(rows)
    before = [5 * said.max() + 30 if len(said) else 20, *around, *names * 0]
    days = [rows["edge"].iloc[0], *rows["day"], *date2num(steps["signed_on"])]
    return timeline.limits(days, before, [0, *around, *names])


def _mark(axes: Axes, row: Any, point: float) -> list[Path]:
    """Draw one mark, and its label if it has one; return the lines that no name may cross.

    `point`: the days that one point is wide.
    """
    taken = [Path([(row.day - 6 * point, row.value), (row.day + 6 * point, row.value)])]
    size = 10 if row.named else min(4 + row.n**0.5, 10)
    if row.named:
        ends = [row.day, row.edge - 18 * point], [row.value, row.level]
        (lead,) = axes.plot(*ends, "k", lw=0.7, zorder=6)
        taken.append(lead.get_path())
        axes.text(row.edge - 20 * point, row.level, row.said, ha="right", va="center", fontsize=9)
    # Marks on one spot lie on each other, each smaller: aside, they would stand on another day.
    size = max(size - 4 * row.above, 3) if row.own else 13
    shape, colour = LOOKS[row.verdict]
    (dot,) = axes.plot([row.day], [row.value], shape, color=colour, markersize=size, zorder=3 + row.own)
    dot.set(**{"markeredgecolor" if row.own else "markerfacecolor": "white"})
    figure.mark(dot, f"{row.said}: {row.why}", row.link)
    return taken


def _name(axes: Axes, step: Any, days: pd.Series, taken: list[Path], point: float) -> None:
    """Name the partner of one step, unless a mark (of `days`) or a line (of `taken`) would cross the name."""
    start = date2num(step.signed_on)
    # Clear of a mark that stands on the step.
    aside = 13 if ((days >= start) & (days < start + 3)).any() else 6
    box = Bbox.from_bounds(start + aside * point, step.total - 1.05, 5 * len(step.partner) * point, 1.1)
    if not any(path.intersects_bbox(box, filled=False) for path in taken):
        place = (start, step.total - 0.5), (aside, 0)
        name = axes.annotate(step.partner, *place, textcoords="offset points", va="center")
        name.set(fontsize=9, color=figure.GREY)
