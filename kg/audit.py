"""The gate alone, on whatever one has: articles, a store, RDF from elsewhere.

Enters: paths. Leaves: one Report. Nothing passes because nothing was there to look at.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path

import rdflib

from kg.errors import ArticleError, InputError
from kg.extraction import find_facts
from kg.gate import Report, check, check_dataset, check_graph, merge, require_facts
from kg.pipeline import OnError, read_sources
from kg.store import Store, open_store, read_rdf

RDF_FORMATS: Mapping[str, str] = {
    ".ttl": "turtle",
    ".nt": "turtle",
    ".nq": "nquads",
    ".trig": "trig",
    ".jsonld": "jsonld",
    ".json": "jsonld",
}
"""What the endings of RDF files mean. RDF/XML is left out: it can hold entity bombs."""


def audit(
    paths: Iterable[str],
    *,
    store: str | None = None,
    published: date | None = None,
    allow_empty: bool = False,
    on_error: OnError | None = None,
) -> Report:
    """Return what the gate finds in articles, stores and RDF files.

    Raises ArticleError, StoreError or InputError for what cannot be read.
    """
    articles, reports = [], []
    strict = _as_it_is if allow_empty else require_facts
    for path in paths:
        if (Path(path) / "store.json").exists():
            reports.append(strict(audit_store(open_store(path))))
        elif Path(path).suffix.lower() in RDF_FORMATS:
            reports.append(strict(audit_rdf(Path(path))))
        else:
            articles.append(path)
    if store is not None:
        reports.append(strict(audit_store(open_store(store))))
    if articles:
        sources = read_sources(articles, published=published, on_error=on_error)
        reports += [strict(check(article, find_facts(article))) for _, article in sources]
    return merge(reports)


def audit_store(store: Store) -> Report:
    """Return what the gate finds in the articles' graphs of a store; texts are compared where their files are there."""
    texts = list(_texts(article.source for article in store.held.values()))
    graphs = sorted({article.graph for article in store.held.values()} & set(store.graphs()))
    return merge(check_graph(_triples(store.dump(graph)), texts) for graph in graphs)


def audit_rdf(path: Path) -> Report:
    """Return what the gate finds in a file of RDF. Raises InputError where it cannot be read."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise InputError(f"{path}: {error.strerror or error}; check the path") from error
    dataset = rdflib.Dataset()
    dataset.parse(data=read_rdf(data, RDF_FORMATS[path.suffix.lower()], str(path)), format="nquads")
    return check_dataset(dataset)


def _texts(sources: Iterable[str]) -> Iterator[str]:
    there = sorted({source for source in sources if source != "-" and Path(source).is_file()})
    ignore: Callable[[ArticleError], None] = lambda _: None  # noqa: E731 -- a text that is gone is no finding
    return (article.text for _, article in read_sources(there, on_error=ignore))


def _triples(nquads: bytes) -> rdflib.Graph:
    dataset = rdflib.Dataset()
    dataset.parse(data=nquads, format="nquads")
    graph = rdflib.Graph()
    for subject, predicate, value, _ in dataset.quads():
        graph.add((subject, predicate, value))
    return graph


def _as_it_is(report: Report) -> Report:
    return report
