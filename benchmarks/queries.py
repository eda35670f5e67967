"""How long each stored query takes on synthetic articles: python benchmarks/queries.py [ARTICLES] [QUERY...]."""

from __future__ import annotations

import argparse
import tempfile
import time
from pathlib import Path

from synthetic import synthetic_articles

from kg.graph import graph_iri, to_jsonld_text
from kg.queries import ask, catalogue
from kg.resources import resource
from kg.store import Held, Rows, Store, open_store, write_store


def fill(folder: Path, count: int) -> None:
    """Write a store of synthetic articles with the ontology and the vocabularies."""
    with write_store(folder, package="benchmark") as writer:
        for path in sorted(resource("ontology").glob("*.ttl")):
            writer.put_graph(f"https://w3id.org/pingan/{path.stem}", path.read_bytes(), "turtle")
        for article, facts in synthetic_articles(count):
            held = Held(article.id, "synthetic", "", graph_iri(article.id), {})
            writer.put_article(held, to_jsonld_text(article, facts).encode(), "jsonld")


def seconds(store: Store, name: str) -> tuple[float, int]:
    """Return how long a query takes with the arguments of its sample, and how many rows it gives."""
    start = time.perf_counter()
    answer = ask(store, name, catalogue()[name].sample)
    assert isinstance(answer, Rows)
    return time.perf_counter() - start, len(answer.rows)


def main() -> None:
    """Fill a store, or take the one that is kept, and ask it everything."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("articles", type=int, nargs="?", default=1000)
    parser.add_argument("queries", nargs="*")
    parser.add_argument("--keep", type=Path, help="a folder for the store; filled once")
    said = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folder = said.keep or Path(scratch) / "store"
        if not folder.exists():
            start = time.perf_counter()
            fill(folder, said.articles)
            print(f"{said.articles} articles in {time.perf_counter() - start:.1f} s")
        store = open_store(folder)
        for name in said.queries or catalogue():
            taken, rows = seconds(store, name)
            print(f"{taken:8.2f} s {rows:8} rows  {name}", flush=True)


if __name__ == "__main__":
    main()
