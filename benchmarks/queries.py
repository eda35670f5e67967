"""How long each stored query takes on synthetic articles: python benchmarks/queries.py [ARTICLES] [QUERY...]."""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path

from synthetic import synthetic_articles

from kg.graph import graph_iri, to_jsonld_text
from kg.inference import infer
from kg.pipeline import vocabularies
from kg.queries import ask, catalogue
from kg.store import Held, Rows, Store, open_store, write_store


def fill(folder: Path, count: int) -> None:
    """Write a store of synthetic articles with the ontology and the vocabularies."""
    with write_store(folder, package="benchmark") as writer:
        for name, data in vocabularies():
            writer.put_graph(name, data, "turtle")
        for article, facts in synthetic_articles(count):
            held = Held(article.id, "synthetic", "", graph_iri(article.id), {})
            writer.put_article(held, to_jsonld_text(article, facts).encode(), "jsonld")
        infer(writer, None)


def seconds(store: Store, name: str, arguments: Mapping[str, str]) -> tuple[float, float, int]:
    """Return how long a query takes by the clock and of the processor, and how many rows it gives."""
    start, worked = time.perf_counter(), time.process_time()
    answer = ask(store, name, arguments)
    assert isinstance(answer, Rows)
    return time.perf_counter() - start, time.process_time() - worked, len(answer.rows)


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
            query = catalogue()[name]
            needed = {p.name: query.sample[p.name] for p in query.parameters if p.default is None}
            for arguments in [needed] if needed == query.sample else [needed, dict(query.sample)]:
                taken, worked, rows = seconds(store, name, arguments)
                said = " ".join(f"{key}={value}" for key, value in arguments.items())
                print(f"{taken:8.2f} s {worked:8.2f} s cpu {rows:8} rows  {name} {said}", flush=True)


if __name__ == "__main__":
    main()
