"""How long inference and the checks of a corpus take: python benchmarks/inference.py [ARTICLES ...] (default: 5 1000).

Times are of the processor, then by the clock: the rules alone, all anew, after one changed article, and the checks.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from synthetic import synthetic_articles

from kg.corpus import check_corpus
from kg.graph import graph_iri, to_jsonld_text
from kg.inference import infer, inferred_graph, rules
from kg.pipeline import vocabularies
from kg.store import Held, Writer, open_store, write_store

T = TypeVar("T")


def timed(what: str, run: Callable[[], T]) -> T:
    """Run, say how long it took, and return what it gave."""
    start, busy = time.perf_counter(), time.process_time()
    given = run()
    print(f"{time.process_time() - busy:9.2f} s  ({time.perf_counter() - start:.2f} s)  {what}", flush=True)
    return given


def fill(writer: Writer, count: int) -> None:
    """Put synthetic articles into a store, with the vocabularies."""
    for name, data in vocabularies():
        writer.put_graph(name, data, "turtle")
    for article, facts in synthetic_articles(count):
        held = Held(article.id, "synthetic", "", graph_iri(article.id), {})
        writer.put_article(held, to_jsonld_text(article, facts).encode(), "jsonld")


def change_one(writer: Writer) -> str:
    """Take the last fact out of the first article."""
    article, facts = next(synthetic_articles(1))
    held = Held(article.id, "synthetic", "", graph_iri(article.id), {})
    writer.put_article(held, to_jsonld_text(article, facts[:-1]).encode(), "jsonld")
    return article.id


def measure(count: int, folder: Path) -> None:
    """Fill a store with so many articles, and time everything on it."""
    print(f"{count} articles")
    with write_store(folder, package="benchmark") as writer:
        timed("read and written to the store", lambda: fill(writer, count))
        timed("all inferred", lambda: infer(writer))
        inferred = sum(writer.dump(g).count(b"\n") for g in writer.graphs() if g.startswith(inferred_graph()))
        id = change_one(writer)
        looked_at = timed("inferred after one changed article", lambda: infer(writer, [id]))
    store = open_store(folder)
    report = timed("checked against one another", lambda: check_corpus(store))
    ((statements,),) = store.strings("SELECT (COUNT(*) AS ?n) WHERE { GRAPH ?g { ?s ?p ?o } }")
    print(
        f"{int(statements):11,} statements, of them {inferred:,} inferred; {looked_at} looked at again after the change"
    )
    found = Counter(f"{finding.severity} {finding.constraint}" for finding in report.findings)
    print(f"{report.facts:11,} claims; " + ", ".join(f"{n} {what}" for what, n in sorted(found.items())))


def main() -> None:
    """Measure each number of articles that is asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("articles", type=int, nargs="*", default=[5, 1000])
    timed("the ontology closed, rules made", rules)
    for count in parser.parse_args().articles:
        with tempfile.TemporaryDirectory() as scratch:
            measure(count, Path(scratch) / "store")


if __name__ == "__main__":
    main()
