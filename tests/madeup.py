"""Corpora made up for tests: a few articles given as dicts, or a thousand from a fixed seed."""

import json
import random
from pathlib import Path

from pactlens import corpus

THEMES = ["training", "intelligence sharing", "a path to NATO", "territorial integrity", "military aid"]
COUNTRIES = ["Ukraine", "Germany", "France", "Japan", "Canada", "Iceland"]


def load(folder: Path, *records: dict[str, str]) -> corpus.Corpus:
    """Return the corpus of some records."""
    path = folder / "made-up.jsonl"
    path.write_text("".join(json.dumps(record) + "\n" for record in records), encoding="utf-8")
    return corpus.load(path)


def thousand(folder: Path) -> corpus.Corpus:
    """Return 1,000 dated articles of 40 outlets; one in ten repeats a sentence of the one before."""
    draw, records, last = random.Random(7), [], ""
    words = ["".join(draw.choices("abdeiklmnorstu", k=draw.randint(3, 9))) for _ in range(900)]
    for number in range(1000):
        lines = [
            f"{draw.choice(COUNTRIES)} {' '.join(draw.choices(words, k=9))} {draw.choice(THEMES)} "
            f"{' '.join(draw.choices(words, k=5))} {draw.choice(COUNTRIES)}."
            for _ in range(draw.randint(3, 9))
        ]
        lines += [last] * (number % 10 == 9)
        last = lines[0]
        records.append(
            {
                "article": f"made-up-{number:04}",
                "outlet": f"Outlet {draw.randint(1, 40)}",
                "published": f"2024-{draw.randint(1, 12):02}-{draw.randint(1, 28):02}",
                "text": "\n\n".join(lines),
            }
        )
    return load(folder, *records)
