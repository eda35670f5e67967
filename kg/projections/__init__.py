"""Projections: the graph of claims in the words of other vocabularies, made at export and kept nowhere.

Enters: N-Quads, as a store dumps them. Leaves: N-Triples, for ``kg.exports`` to write in any format.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from kg.errors import UsageError
from kg.exports import Triple, read_nquads
from kg.graph import BASE
from kg.projections.data_cube import data_cube
from kg.projections.dataset import dataset
from kg.projections.nodes import Nodes
from kg.projections.provenance import provenance
from kg.projections.time import time_intervals

__all__ = ["VIEWS", "project"]

_VIEWS: Mapping[str, Callable[[Nodes, str], Iterable[Triple]]] = {
    "data-cube": data_cube,
    "owl-time": time_intervals,
    "prov": provenance,
    "void": dataset,
}
VIEWS = tuple(_VIEWS)
"""What ``project`` makes."""


def project(nquads: bytes, view: str, base: str = BASE) -> bytes:
    """Return a store's statements in the words of another vocabulary, as sorted N-Triples.

    Raises UsageError for an unknown view, GraphError where a line is no statement.

    >>> project(b"", "prov")
    b''
    """
    if view not in _VIEWS:
        raise UsageError(f'no view "{view}"; there are {", ".join(VIEWS)}')
    triples = set(_VIEWS[view](Nodes(read_nquads(nquads)), base))
    return b"".join(sorted(f"{s} {p} {o} .\n".encode() for s, p, o in triples))
