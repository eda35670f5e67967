"""The articles that tests change: seeds and our own, without those that are kept back for the last score."""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
OWN = ROOT / "tests" / "articles"
SEALED = {name for path in OWN.glob("sealed-*.txt") for name in path.read_text(encoding="utf-8").split()}
ARTICLES = [
    path
    for path in [*sorted((ROOT / "seeds").glob("*.txt")), *sorted(OWN.glob("*.txt"))]
    if path.stem not in SEALED and not path.stem.startswith("sealed-")
]
