"""Commands that speak to a SPARQL server, or are one.

Imports stand inside the functions, as in ``kg.cli.commands``.
"""

from __future__ import annotations

import os
from argparse import Namespace
from collections import Counter
from typing import TYPE_CHECKING

from kg.cli.output import emit, say
from kg.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kg.endpoint import Endpoint
    from kg.gate import Report
    from kg.pipeline import OnError
    from kg.store import Answering

DONE, INTERRUPTED = 0, 130


def opened(said: Namespace) -> Answering:
    """Return the server that was named, else the store."""
    from kg.store import open_store

    return _endpoint(said) if said.endpoint else open_store(said.store)


def _endpoint(said: Namespace) -> Endpoint:
    from kg.endpoint import Endpoint, address_of

    update = getattr(said, "update", None)
    address = address_of(
        said.endpoint, os.environ, update=update, credentials=said.credentials, union=said.default_graph
    )
    return Endpoint(address, timeout=getattr(said, "timeout", 60.0))


def export_endpoint(said: Namespace) -> int:
    """Write a server's graphs: those of articles, and with --ontology all others."""
    from kg import exports
    from kg.graph import BASE, graph_iri
    from kg.review import reviews_graph

    server = _endpoint(said)
    names = server.graphs()
    if said.article and graph_iri(said.article) not in names:
        raise UsageError(f'{said.endpoint} holds no article "{said.article}"')
    if said.article:
        chosen = {graph_iri(said.article), reviews_graph(said.article)} & set(names)
    else:
        chosen = {name for name in names if name.startswith((f"{BASE}graph/", f"{BASE}reviews/"))}
    if said.ontology:
        chosen |= {name for name in names if not name.startswith((f"{BASE}graph/", f"{BASE}reviews/"))}
    emit(exports.export(b"".join(server.dump(graph) for graph in sorted(chosen)), said.format), said.output)
    return DONE


def check_endpoint(said: Namespace, on_error: OnError) -> tuple[Report, Mapping[str, str]]:
    """Return what the gate finds in the articles on a server, held against one another."""
    from kg.audit import audit_server

    if not said.corpus or said.store:
        raise UsageError("kg check --endpoint needs --corpus, and no --store; ARTICLE names files that are at hand")
    return audit_server(_endpoint(said), said.paths, published=said.published, on_error=on_error)


def push(said: Namespace) -> int:
    """Bring a store's graphs to a server."""
    from kg.store import open_store

    if not said.endpoint:
        raise UsageError("kg push needs --endpoint URL, such as http://127.0.0.1:7878/query")
    server = _endpoint(said)
    store = open_store(said.store)
    graphs = ((graph, store.dump(graph)) for graph in store.graphs())
    done = Counter[str]()
    try:
        for _, did in server.push(graphs, prune=said.prune):
            done[did] += 1
    except KeyboardInterrupt:
        say(f"kg: interrupted; {done['pushed']} graphs have arrived whole; kg push goes on from there")
        return INTERRUPTED
    emit(f"{done['pushed']} graphs pushed, {done['unchanged']} unchanged, {done['removed']} removed\n")
    return DONE


def serve(said: Namespace) -> int:
    """Answer SPARQL over a store until interrupted."""
    try:
        from kg.serving import Limits
        from kg.serving import serve as run
    except ImportError as error:
        raise UsageError("kg serve needs more; install it: pip install 'pingan-kg[serve]'") from error

    limits = Limits(
        timeout=said.timeout,
        rows=said.limit,
        body=said.max_body,
        memory=said.memory * 1_000_000,
        workers=max(2, said.workers),
    )
    run(said.store, host=said.host, port=said.port, limits=limits, cors=said.cors, say=lambda line: say(f"kg: {line}"))
    return DONE
