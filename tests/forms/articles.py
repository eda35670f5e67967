"""The articles that tests change: seeds and those of our own of the first two rounds; more would take too long.

``tests/articles/rounds.tsv`` says in which round an article was written: 1 while the rules were, the others before the
rules had seen anything like them.
"""

from __future__ import annotations

import csv
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
OWN = ROOT / "tests" / "articles"
CUT_NAMES = {"baoji-2007"}  # its lines end inside agencies' names, so that another city's name breaks elsewhere


def rounds() -> dict[str, int]:
    """Return the round of each article of our own."""
    with (OWN / "rounds.tsv").open(encoding="utf-8", newline="") as rows:
        return {row["article"]: int(row["round"]) for row in csv.DictReader(rows, delimiter="\t")}


ARTICLES = [
    *sorted((ROOT / "seeds").glob("*.txt")),
    *(OWN / f"{name}.txt" for name, number in sorted(rounds().items()) if number <= 2 and name not in CUT_NAMES),
]
