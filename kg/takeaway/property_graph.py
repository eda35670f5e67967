"""The graph of claims as a property graph: nodes with a label and typed values, edges with a type.

Enters: statements. Leaves: nodes and edges in the order of their IRIs. An object that is a node of the graph is an
edge, everything else a value. Evidence, periods and streaks are nodes like the others, so that nothing gets lost.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from kg.exports import RDF_TYPE
from kg.graph import ONTOLOGY
from kg.projections.nodes import Nodes, plain

LABELS = (
    "Article", "Authority", "AwardSeries", "Bureau", "Campaign", "CampaignSeries", "Evidence", "Honor", "Metric",
    "Participation", "Period", "Place", "Streak",
)  # fmt: skip
"""The classes whose nodes are taken along."""

_RDFS_LABEL = "<http://www.w3.org/2000/01/rdf-schema#label>"
_DATATYPE = re.compile(r"\^\^<http://www\.w3\.org/2001/XMLSchema#(\w+)>$")
_NUMBERS = {"integer": "long", "decimal": "double"}
_ONLY = (
    "claim", "sketch", "concerns", "under", "over", "inSeries", "reporting", "accountsFor", "speaksIn", "speaksOf",
    "tells", "told", "atOdds", "meets", "tookPartIn", "least", "most", "quotes", "contest", "gist", "roll", "ownRoll",
)  # fmt: skip
"""Properties that are no part of what articles state: digests for comparing texts, and what is inferred."""


@dataclass(frozen=True, slots=True)
class Node:
    """A node: its IRI, its class, and its values by property; a value is a string, an integer or a float."""

    iri: str
    label: str
    values: Mapping[str, str | int | float]


@dataclass(frozen=True, slots=True)
class Edge:
    """An edge from node to node; ``type`` is the property's name."""

    start: str
    type: str
    end: str


@dataclass(frozen=True, slots=True)
class PropertyGraph:
    """Nodes and edges, and the type of each property: string, long or double."""

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    types: Mapping[str, str]


def property_graph(nodes: Nodes) -> PropertyGraph:
    """Return the graph of claims as a property graph; several values of one property are joined by "; "."""
    label_of = {node: label for label in LABELS for node in nodes.of_class(f"<{ONTOLOGY}{label}>")}
    made, edges, types = [], [], {"label": "string", "iri": "string"}
    for iri in sorted(label_of):
        values: dict[str, list[tuple[str, str]]] = {}
        for predicate, value in nodes.said(iri):
            name = _name(predicate)
            if name is None:
                continue
            if value in label_of:
                edges.append(Edge(plain(iri), name, plain(value)))
            else:
                values.setdefault(name, []).append(_typed(value))
        for name, some in values.items():
            types[name] = some[0][0] if types.get(name, some[0][0]) == some[0][0] and len(some) == 1 else "string"
        made.append((plain(iri), label_of[iri], values))
    spelled = tuple(
        Node(iri, label, {n: _value(types[n], some) for n, some in sorted(v.items())}) for iri, label, v in made
    )
    return PropertyGraph(
        spelled, tuple(sorted(edges, key=lambda e: (e.start, e.type, e.end))), dict(sorted(types.items()))
    )


def _name(predicate: str) -> str | None:
    if predicate == _RDFS_LABEL:
        return "name"
    name = predicate[len(ONTOLOGY) + 1 : -1] if predicate.startswith(f"<{ONTOLOGY}") else ""
    return name if name and name not in _ONLY and predicate != RDF_TYPE else None


def _typed(term: str) -> tuple[str, str]:
    match = _DATATYPE.search(term)
    return _NUMBERS.get(match[1], "string") if match else "string", unescaped(plain(term))


def unescaped(text: str) -> str:
    r"""Return the characters that N-Triples escape.

    >>> unescaped(r"a\"b\\c\u4E2D")
    'a"b\\c中'
    """
    if "\\" not in text:
        return text
    return re.sub(r"\\(u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}|.)", _unescape, text)


def _unescape(match: re.Match[str]) -> str:
    code = match[1]
    if code[0] in "uU" and len(code) > 1:
        return chr(int(code[1:], 16))
    return str(json.loads(f'"\\{code}"')) if code in 'bfnrt"\\/' else code


def _value(type_: str, some: list[tuple[str, str]]) -> str | int | float:
    if type_ == "long":
        return int(some[0][1])
    if type_ == "double":
        return float(some[0][1])
    return "; ".join(text for _, text in some)


def by_label(graph: PropertyGraph) -> Iterator[tuple[str, list[Node]]]:
    """Give the nodes of each class that has any."""
    for label in LABELS:
        some = [node for node in graph.nodes if node.label == label]
        if some:
            yield label, some
