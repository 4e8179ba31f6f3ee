"""How well the labelled articles of tests/coverage are read; `make score` prints it with the misses."""

import json
from collections.abc import Iterable
from pathlib import Path

import pandas as pd
import pytest

from pactlens import claims, corpus, countries, datafiles, signings

FOLDER = Path(__file__).parent / "coverage"
COUNTS = {"signed_total", "ordinal", "others_signed", "negotiating", "joined_declaration"}
# F1 that the reading of these articles must keep.
FLOOR = {
    "signed": 0.98,
    "planned": 0.95,
    "signed on": 0.96,
    "counts": 0.93,
    "duration_years": 0.97,
    "consult_hours": 0.97,
    "countries": 0.97,
    "published": 0.98,
    "places": 0.95,
}
Items = set[object]


def read() -> tuple[pd.DataFrame, dict[str, pd.DataFrame]]:
    coverage = corpus.load(FOLDER / "articles")
    mentions = countries.mentions(coverage.sentences)
    found = {
        "mentions": mentions,
        "signings": signings.signings(coverage, mentions),
        "claims": claims.claims(coverage, mentions),
    }
    return coverage.articles, found


def pairs(
    label: dict, table: dict[str, pd.DataFrame], published: Items
) -> Iterable[tuple[str, Items, Items, Items]]:
    """Yield measure, items wanted, items found and items accepted besides, of one article."""
    signed = table["signings"][table["signings"]["status"] == "signed"]
    who = set(signed["country"])
    planned = set(table["signings"].loc[table["signings"]["status"] == "planned", "country"]) - who
    yield "signed", {s["partner"] for s in label["signed"]}, who, set(label.get("also_ok_signed", ()))
    yield "planned", {p["partner"] for p in label["planned"]}, planned, set()
    dated = {
        (row.country, str(row.on)[: 7 if row.precision == "month" else 10])
        for row in signed.dropna(subset="on").itertuples()
    }
    also = {(s["partner"], s["date_also_ok"]) for s in label["signed"] if s.get("date_also_ok")}
    also |= {item for item in dated if item[0] in label.get("also_ok_signed", ())}
    yield "signed on", {(s["partner"], s["date"]) for s in label["signed"] if s["date"]}, dated, also
    made = table["claims"]
    counted = {(row.kind, row.value) for row in made[made["kind"].isin(COUNTS)].itertuples()}
    also = {(c["kind"], c["value"]) for c in label.get("counts_also_ok", ())}
    yield "counts", {(c["kind"], c["value"]) for c in label["counts"]}, counted, also
    for kind, besides in (("duration_years", "duration_also_ok"), ("consult_hours", "")):
        values = set(made.loc[made["kind"] == kind, "value"])
        yield kind, {label[kind]} - {None}, values, {label[besides]} if label.get(besides) else set()
    named = set(table["mentions"]["country"])
    yield "countries", set(label["countries_mentioned"]), named, set(label.get("countries_also_ok", ()))
    yield "published", {label["published"]} - {None}, published, set()
    places = {place.lower() for place in signed["place"].dropna()}
    accepted = {place.lower() for place in label.get("places_also_ok", ())}
    yield "places", {place.lower() for place in label["places"]}, places, accepted


def score() -> pd.DataFrame:
    """Return each item of each article with its measure and outcome: tp, fp or fn."""
    articles, found = read()
    days = {
        row.article: {str(row.published)[:10]} for row in articles.dropna(subset="published").itertuples()
    }
    rows = []
    for line in (FOLDER / "gold.jsonl").read_text(encoding="utf-8").splitlines():
        label = json.loads(line)
        article = Path(label["file"]).stem
        own = {name: table[table["article"] == article] for name, table in found.items()}
        for measure, want, got, also in pairs(label, own, days.get(article, set())):
            outcomes = {"tp": got & want, "fp": got - want - also, "fn": want - got}
            rows += [
                (measure, kind, article, str(i))
                for kind, items in outcomes.items()
                for i in sorted(items, key=str)
            ]
    return pd.DataFrame(rows, columns=["measure", "outcome", "article", "item"])


@pytest.fixture(scope="module")
def scored() -> pd.DataFrame:
    return score()


def test_reading_keeps_its_floor(scored: pd.DataFrame, request: pytest.FixtureRequest) -> None:
    counts = pd.crosstab(scored["measure"], scored["outcome"])
    counts = counts.reindex(index=list(FLOOR), columns=["tp", "fp", "fn"], fill_value=0)
    table = counts.assign(
        precision=counts["tp"] / (counts["tp"] + counts["fp"]),
        recall=counts["tp"] / (counts["tp"] + counts["fn"]),
        f1=2 * counts["tp"] / (2 * counts["tp"] + counts["fp"] + counts["fn"]),
    )
    print("\n" + table.round(3).to_string())
    if request.config.getoption("--misses"):
        print(scored[scored["outcome"] != "tp"].to_string(index=False))
        counts.reset_index().to_csv(
            datafiles.folder() / "reading_scores.csv", index=False, lineterminator="\n"
        )
    assert (table["f1"] >= pd.Series(FLOOR)).all()
    stored = pd.read_csv(datafiles.folder() / "reading_scores.csv", index_col="measure")
    assert stored.equals(counts.rename_axis(columns=None)), "data/reading_scores.csv is old: run make score"


def test_nothing_is_signed_in_articles_about_something_else() -> None:
    labels = [json.loads(line) for line in (FOLDER / "gold.jsonl").read_text(encoding="utf-8").splitlines()]
    off = {Path(label["file"]).stem for label in labels if not label["on_subject"]}
    assert not off & set(read()[1]["signings"]["article"])


def test_precision_by_rule(scored: pd.DataFrame) -> None:
    made = read()[1]["signings"]
    wrong = scored[(scored["measure"].isin(["signed", "planned"])) & (scored["outcome"] == "fp")]
    false = made.merge(wrong, left_on=["article", "country"], right_on=["article", "item"])
    rules = pd.DataFrame({"rows": made["rule"].value_counts(), "wrong": false["rule"].value_counts()}).fillna(
        0
    )
    print("\n" + rules.astype(int).sort_values("rows", ascending=False).to_string())
    assert (1 - rules["wrong"] / rules["rows"]).min() >= 0.8
