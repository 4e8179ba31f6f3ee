"""Finding countries against spaCy's PhraseMatcher in the same run, and in articles labelled by others."""

import json
import os
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from pactlens import arrowtext, corpus, countries, sentences, tables

ROUNDS = 5
LABELLED = os.environ.get("PACTLENS_GEOPARSING")


def generated(megabytes: float, seed: int = 20240613) -> pd.DataFrame:
    """Return sentences of the bundled articles' words, with a form of the lexicon every 170 bytes."""
    rng = np.random.default_rng(seed)
    lexicon = countries.lexicon()
    forms = lexicon["form"][lexicon["kind"] != "other"].to_numpy(object)
    words = pd.Series(
        [word for text in corpus.load().sentences["text"] for word in text.split()], dtype="str"
    )
    words = words.drop(arrowtext.find_forms(words, forms).row)
    size = int(megabytes * 1e6 / 6.2) // 28 * 28
    # One word in seven is an invented name, as in news: a tokenizer always meets new ones.
    letters = rng.integers(97, 123, (60_000, 7)).astype(np.uint8).view("S7").astype(str).ravel()
    marks = rng.choice(["", ",", ".", "\u2019s", ")"], len(letters))
    invented = np.char.add(np.char.title(letters), marks)
    chosen = np.where(rng.random(size) < 1 / 7, rng.choice(invented, size), rng.choice(words, size)).astype(
        object
    )
    chosen[5::28] = rng.choice(forms, size // 28)
    text = pd.Series([" ".join(row) for row in chosen.reshape(-1, 28)], dtype="str")
    names = pd.Series(np.arange(len(text)) // 12, dtype="str")
    return pd.DataFrame(
        {
            "article": names,
            "sentence": np.arange(len(text)) % 12,
            "start": 0,
            "end": 0,
            "part": "body",
            "text": text,
        }
    )


def rate(megabytes: float, work: Callable[[], object]) -> float:
    """Return the speed in MB per second of processor time, which other work on the machine hardly changes."""
    start = time.process_time()
    work()
    return megabytes / (time.process_time() - start)


@pytest.mark.slow
def test_forty_times_phrase_matcher(capsys):
    spacy = pytest.importorskip("spacy")
    from spacy.matcher import PhraseMatcher

    sentences = generated(8)
    size = sentences["text"].str.encode("utf-8").str.len().sum() / 1e6
    forms = countries.lexicon()["form"].drop_duplicates().tolist()
    language = spacy.blank("en")
    matcher = PhraseMatcher(language.vocab)
    matcher.add("form", [language.make_doc(form) for form in forms])
    countries.mentions(sentences.head(10))
    speeds = pd.DataFrame(
        {
            "find_forms": rate(size, lambda: arrowtext.find_forms(sentences["text"], forms)),
            "mentions": rate(size, lambda: countries.mentions(sentences)),
            "PhraseMatcher": rate(
                size / 16, lambda part=part: [matcher(language.make_doc(text)) for text in part]
            ),
        }
        # A part of its own in each round: the tokenizer remembers the words that it has met.
        for part in (sentences["text"].iloc[start::16].tolist() for start in range(ROUNDS))
    ).max()
    with capsys.disabled():
        print(f"\ncountries, MB/s: {speeds.round(1).to_dict()}")
    assert speeds["find_forms"] >= 40 * speeds["PhraseMatcher"]
    assert speeds["mentions"] >= 8 * speeds["PhraseMatcher"]


@pytest.mark.slow
@pytest.mark.skipif(not LABELLED, reason="PACTLENS_GEOPARSING does not name a file of labelled articles")
def test_forty_times_phrase_matcher_on_real_articles(capsys):
    """Read each article once, as a user does: with words that it has met, the tokenizer is twice as fast."""
    spacy = pytest.importorskip("spacy")
    from spacy.matcher import PhraseMatcher

    rows = [json.loads(line) for line in Path(str(LABELLED)).read_text(encoding="utf-8").splitlines()]
    articles = tables.from_rows(
        "articles", [{"article": row["article"], "text": row["text"]} for row in rows]
    )
    own = sentences.split(articles)
    size = own["text"].str.encode("utf-8").str.len().sum() / 1e6
    language = spacy.blank("en")
    matcher = PhraseMatcher(language.vocab)
    forms = countries.lexicon()["form"].drop_duplicates()
    matcher.add("form", [language.make_doc(form) for form in forms])
    texts = own["text"].tolist()
    slow = rate(size, lambda: [matcher(language.make_doc(text)) for text in texts])
    many = pd.concat([own.assign(article=own["article"] + str(n)) for n in range(10)])
    fast = max(rate(10 * size, lambda: countries.mentions(many)) for _ in range(ROUNDS))
    with capsys.disabled():
        print(f"\nmentions {fast:.1f} MB/s, PhraseMatcher {slow:.2f} MB/s: {fast / slow:.0f} times")
    assert fast >= 30 * slow


def compared(gold: pd.DataFrame, mentions: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return mentions and labels, each with `hit`: one of the others shares characters and country."""
    pairs = mentions.reset_index().merge(
        gold.reset_index(), on=["article", "country"], suffixes=("", "_gold")
    )
    pairs = pairs[(pairs["start"] < pairs["end_gold"]) & (pairs["start_gold"] < pairs["end"])]
    same = pairs[(pairs["start"] == pairs["start_gold"]) & (pairs["end"] == pairs["end_gold"])]
    mentions = mentions.assign(
        hit=mentions.index.isin(pairs["index"]), exact=mentions.index.isin(same["index"])
    )
    return mentions, gold.assign(
        hit=gold.index.isin(pairs["index_gold"]), exact=gold.index.isin(same["index_gold"])
    )


@pytest.mark.slow
@pytest.mark.skipif(not LABELLED, reason="PACTLENS_GEOPARSING does not name a file of labelled articles")
def test_countries_in_articles_labelled_by_others(capsys):
    rows = [json.loads(line) for line in Path(str(LABELLED)).read_text(encoding="utf-8").splitlines()]
    whole = {"sentence": 0, "start": 0, "part": "body"}
    sentences = pd.DataFrame([{**whole, "article": row["article"], "text": row["text"]} for row in rows])
    gold = pd.DataFrame(
        [(row["article"], *label) for row in rows for label in row["countries"]],
        columns=["article", "start", "end", "country"],
    )
    # The labels are countries: neither capitals nor the Union.
    mentions = countries.mentions(
        sentences.astype({"text": "str"}), kinds=("name", "demonym", "abbreviation")
    )
    mentions, gold = compared(gold, mentions[mentions["country"] != "EU"].reset_index(drop=True))
    precision, recall = mentions["hit"].mean(), gold["hit"].mean()
    f1 = 2 * precision * recall / (precision + recall)
    wrong = mentions[~mentions["hit"]]
    with capsys.disabled():
        print(f"\noverlap: precision {precision:.3f} recall {recall:.3f} F1 {f1:.3f}, {len(gold)} labels")
        print(f"exact:   precision {mentions['exact'].mean():.3f} recall {gold['exact'].mean():.3f}")
        print(mentions.groupby("kind")["hit"].agg(right="sum", mentions="size", precision="mean").round(3))
        print("not labelled:", (wrong["kind"] + " " + wrong["text"]).value_counts().to_dict())
        print("not found:", gold.loc[~gold["hit"], "country"].value_counts().to_dict())
    assert f1 >= 0.94
    assert precision >= 0.93
