"""The index that shapes are evaluated on: an article's triples by predicate, and the instances of classes."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from rdflib import RDF, RDFS, Graph
from rdflib.term import Node

from kg.gate.triples import triples_in

Values = Mapping[Node, Collection[Node]]
"""The value nodes of each focus node."""


class Index:
    """The triples of a graph by predicate, and the instances of classes."""

    def __init__(self, graph: Graph) -> None:
        triples = triples_in(graph)
        self.by = triples.by
        self._broader: dict[Node, frozenset[Node]] = {}
        self._instances: dict[Node, frozenset[Node]] = {}
        self.instances = triples.about(RDF.type)

    def broader(self, class_: Node) -> frozenset[Node]:
        """Return a class and those above it."""
        found = self._broader.get(class_)
        if found is None:
            found = self._broader[class_] = frozenset(_reached(class_, self.by.get(RDFS.subClassOf, {})))
        return found

    def instances_of(self, class_: Node) -> frozenset[Node]:
        """Return the instances of a class and of those below it."""
        found = self._instances.get(class_)
        if found is None:
            types = [type_ for type_ in self.instances if class_ in self.broader(type_)]
            found = frozenset(node for type_ in types for node in self.instances[type_])
            self._instances[class_] = found
        return found


def _reached(start: Node, edges: Mapping[Node, Iterable[Node]]) -> set[Node]:
    found, waiting = {start}, [start]
    while waiting:
        new = set(edges.get(waiting.pop(), ())) - found
        found |= new
        waiting.extend(new)
    return found
