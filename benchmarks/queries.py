"""How long each stored query takes: python benchmarks/queries.py [ARTICLES] [QUERY...].

Beside it stand Oxigraph asked without this package and, with ``--rdflib SECONDS``, rdflib on the same statements in
memory, which is given up after so much processor time.
"""

from __future__ import annotations

import argparse
import signal
import tempfile
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox
from rdflib import Graph
from synthetic import synthetic_articles

from kg.article import Article
from kg.facts.model import Fact
from kg.graph import graph_iri, to_jsonld, to_ntriples
from kg.inference import infer
from kg.pipeline import vocabularies
from kg.queries import Query, ask, catalogue, spelled_out
from kg.store import Held, Store, held_database, open_store, write_store


@dataclass(frozen=True, slots=True)
class Timing:
    """Processor seconds of one query; those of rdflib are at least what is given where ``given_up``."""

    name: str
    own: float
    raw: float
    rdflib: float | None
    given_up: bool
    rows: int


def fill(folder: Path, found: Iterable[tuple[Article, list[Fact]]]) -> None:
    """Write a store of articles with the ontology, the vocabularies and what follows."""
    with write_store(folder, package="benchmark") as writer:
        for name, data in vocabularies():
            writer.put_graph(name, data, "turtle")
        for article, facts in found:
            held = Held(article.id, "synthetic", "", graph_iri(article.id), {})
            writer.put_article(held, to_ntriples(to_jsonld(article, facts)), "ntriples")
        infer(writer, None)
        writer.settle()


def times(
    folder: Path,
    names: Iterable[str],
    *,
    graph: Graph | None = None,
    patience: float = 0,
    runs: int = 3,
    samples: bool = False,
) -> Iterable[Timing]:
    """Give the timings of queries with their defaults, or with the arguments of their samples.

    ``graph`` is the store's statements in rdflib, which is asked too where it is given ``patience``, in seconds.
    """
    store = open_store(folder)
    if patience and graph is None:
        graph = Graph().parse(data=store.statements(), format="ntriples")
    with held_database(folder) as database:
        raw = ox.Store.read_only(str(database))
        for name in names:
            query = catalogue()[name]
            yield _timing(query, arguments_of(query, samples), store, raw, graph, patience, runs)


def arguments_of(query: Query, sample: bool = False) -> Mapping[str, str]:
    """Return the arguments that a query must have, or those of its sample."""
    return {
        p.name: query.sample[p.name] for p in query.parameters if p.default is None or sample & (p.name in query.sample)
    }


def _timing(
    query: Query,
    arguments: Mapping[str, str],
    store: Store,
    raw: ox.Store,
    graph: Graph | None,
    patience: float,
    runs: int,
) -> Timing:
    sparql = spelled_out(query, arguments)
    found: list[object] = []

    def plainly() -> None:
        solutions = raw.query(sparql)
        assert isinstance(solutions, ox.QuerySolutions)
        found[:] = [tuple(solution) for solution in solutions]

    own, least = float("inf"), float("inf")
    for _ in range(runs):  # in turn, so that both share the machine's moods
        own = min(own, _seconds(lambda: ask(store, query, arguments)))
        least = min(least, _seconds(plainly))
    slow, given_up = _limited(lambda: list(graph.query(sparql)), patience) if graph is not None else (None, False)
    return Timing(query.name, own, least, slow, given_up, len(found))


def _seconds(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


def _limited(work: Callable[[], object], patience: float) -> tuple[float, bool]:
    """Return the processor time of a piece of work, and whether it was stopped after as much as is granted."""

    def stop(*_: object) -> None:
        raise TimeoutError

    before = signal.signal(signal.SIGPROF, stop)
    start = time.process_time()
    signal.setitimer(signal.ITIMER_PROF, patience)
    try:
        work()
        given_up = False
    except TimeoutError:
        given_up = True
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)
    return time.process_time() - start, given_up


def main() -> None:
    """Fill a store, or take the one that is kept, and ask it everything."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("articles", type=int, nargs="?", default=1000)
    parser.add_argument("queries", nargs="*")
    parser.add_argument("--keep", type=Path, help="a folder for the store; filled once")
    parser.add_argument(
        "--rdflib", type=float, default=0, metavar="SECONDS", help="ask rdflib too, for so long at most"
    )
    parser.add_argument("--samples", action="store_true", help="with the arguments of the samples, not the defaults")
    said = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folder = said.keep or Path(scratch) / "store"
        if not folder.exists():
            start = time.process_time()
            fill(folder, synthetic_articles(said.articles))
            print(f"{said.articles} articles in {time.process_time() - start:.1f} s")
        for timing in times(folder, said.queries or catalogue(), patience=said.rdflib, samples=said.samples):
            other = "" if timing.rdflib is None else f"{'>' if timing.given_up else ' '}{timing.rdflib:8.3f} s rdflib "
            print(f"{timing.own:8.3f} s {timing.raw:8.3f} s raw {other}{timing.rows:8} rows  {timing.name}", flush=True)


if __name__ == "__main__":
    main()
