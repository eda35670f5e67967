"""What a site is made of, as one digest: where it is the same as last time, there is nothing to make.

Enters: a store, and what else pages depend on. Leaves: a digest, in a hundredth of the time that a site takes.

The graph of an article follows from the article's digest, unless the article was refused and keeps the graph of before;
a graph derived from an article's follows from it. So of these the names will do, and only what all other graphs state
is looked at.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path

from kg.examination import digest_of_package
from kg.resources import resource
from kg.site.checking import kept_reports
from kg.store import Store

_DERIVED = "http://www.w3.org/ns/prov#wasDerivedFrom"
_WRITERS = ("jinja2", "markupsafe", "pyoxigraph")


def digest_of_inputs(store: Store, *told: str) -> str:
    """Return a digest of all that the pages of a store depend on; ``told`` is what they depend on besides."""
    digest = hashlib.sha256(json.dumps(told).encode())
    for part in (*_programs(), *_statements(store), *_files(store)):
        digest.update(hashlib.sha256(part).digest())
    return digest.hexdigest()


def _programs() -> Iterator[bytes]:
    yield digest_of_package().encode()
    yield from (f"{name} {version(name)}".encode() for name in _WRITERS)
    for folder in (resource("web"), resource("queries")):
        for path in sorted(path for path in folder.rglob("*") if path.is_file()):
            yield path.relative_to(folder).as_posix().encode()
            yield path.read_bytes()


def _statements(store: Store) -> Iterator[bytes]:
    held = sorted(store.held.values(), key=lambda one: one.id)
    told = [(one.id, one.digest, one.graph, one.refused, sorted(one.counts.items())) for one in held]
    yield json.dumps(told).encode()
    known = {one.graph for one in held if not one.refused}
    derived = sorted(store.strings(f"SELECT ?s ?o WHERE {{ GRAPH ?s {{ ?s <{_DERIVED}> ?o }} }}"))
    yield json.dumps(derived).encode()
    articles = {one.graph for one in held}
    known |= {graph for graph, origin in derived if origin in articles}
    for graph in store.graphs():
        yield graph.encode()
        if graph not in known:
            yield from sorted(store.triples(graph).splitlines())


def _files(store: Store) -> Iterator[bytes]:
    """Give the files of articles that the gate looks at again, as far as they are there."""
    _, lacking = kept_reports(store)
    for source in sorted({store.held[id].source for id in lacking}):
        path = Path(source)
        yield path.read_bytes() if path.is_file() else b""
