"""From shapes to operations: where a shape looks, which components it has, and which shapes are left to pySHACL."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping

from rdflib import RDF, RDFS, SH, Graph
from rdflib.exceptions import UniquenessError
from rdflib.term import Literal, Node, URIRef

from kg.gate.setwise.index import Index, Values
from kg.gate.setwise.shape import Compiled, Evaluate, NotEvaluated, Shape, Step
from kg.gate.shapes import TARGETS

Compile = Callable[["Compiler", Shape, URIRef, int], Iterator[Evaluate]]
"""Gives the evaluations of a constraint component on a shape, so many shapes deep."""

_SILENT = frozenset(
    SH[name]
    for name in ("message", "severity", "name", "description", "order", "group", "defaultValue", "path", "deactivated")
) | frozenset(TARGETS)
"""What stands on a shape and demands nothing."""
_DEEPEST = 6  # shapes within shapes; pySHACL gives up at 15


def _along(table: Mapping[Node, Collection[Node]], nodes: Iterable[Node]) -> Values:
    return {node: table.get(node, ()) for node in nodes}


def _inverse(table: Mapping[Node, Collection[Node]]) -> dict[Node, list[Node]]:
    found: dict[Node, list[Node]] = {}
    for subject, values in table.items():
        for value in values:
            found.setdefault(value, []).append(subject)
    return found


class Compiler:
    """Compiles the shapes of a graph, by the constraint components that are known."""

    def __init__(self, graph: Graph, components: Mapping[Node, tuple[URIRef, Compile]]) -> None:
        self.graph = graph
        self._components = components
        self._classes = {RDFS.Class, *graph.subjects(RDFS.subClassOf, RDFS.Class)}
        self._made: dict[Node, Shape] = {}

    def shape(self, node: Node, depth: int = 0) -> Shape:
        """Return a compiled shape. Raises NotEvaluated where it, or one that it needs, is for pySHACL."""
        if node in self._made:
            return self._made[node]
        if depth > _DEEPEST or isinstance(node, Literal):
            raise NotEvaluated(node)
        types = set(self.graph.objects(node, RDF.type))
        path = self.one(node, SH.path)
        declared = types & {SH.NodeShape, SH.PropertyShape}
        if types & self._classes or declared - {SH.NodeShape if path is None else SH.PropertyShape}:
            raise NotEvaluated(node)
        off = self.one(node, SH.deactivated)
        if off is not None and not isinstance(off, Literal):
            raise NotEvaluated(node)
        shape = Shape(
            node,
            path,
            self.step(path) if path is not None else None,
            self.one(node, SH.severity) or SH.Violation,
            tuple(self.graph.objects(node, SH.message)),
            not (isinstance(off, Literal) and bool(off.value)),
            [],
        )
        for parameter in sorted(set(self.graph.predicates(node)), key=str):
            if parameter in self._components:
                component, compile_ = self._components[parameter]
                shape.evaluations.extend(compile_(self, shape, component, depth))
            elif str(parameter).startswith(str(SH)) and parameter not in _SILENT:
                raise NotEvaluated(node)
        self._made[node] = shape
        return shape

    def one(self, node: Node, predicate: Node) -> Node | None:
        """Return the only value of a property, None where it has none. Raises NotEvaluated where it has several."""
        try:
            return self.graph.value(node, predicate, any=False)
        except UniquenessError:
            raise NotEvaluated(node) from None

    def items(self, head: Node) -> list[Node]:
        """Return the items of a list. Raises NotEvaluated where it is none."""
        found: list[Node] = []
        seen: set[Node] = set()
        while head != RDF.nil:
            first = self.one(head, RDF.first)
            rest = self.one(head, RDF.rest)
            if first is None or rest is None or head in seen:
                raise NotEvaluated(head)
            seen.add(head)
            found.append(first)
            head = rest
        return found

    def step(self, path: Node) -> Step:
        """Return how the value nodes along a path are found."""
        if isinstance(path, URIRef):
            return lambda index, nodes: _along(index.by.get(path, {}), nodes)
        predicates = set(self.graph.predicates(path))
        if predicates == {SH.inversePath} and isinstance(inverse := self.one(path, SH.inversePath), URIRef):
            return lambda index, nodes: _along(_inverse(index.by.get(inverse, {})), nodes)
        if predicates != {RDF.first, RDF.rest}:
            raise NotEvaluated(path)
        steps = [self.step(item) for item in self.items(path)]
        if len(steps) < 2:
            raise NotEvaluated(path)

        def along(index: Index, nodes: Iterable[Node]) -> Values:
            reached: dict[Node, set[Node]] = {node: {node} for node in nodes}
            for step in steps:
                values = step(index, set().union(*reached.values()))
                reached = {node: {v for one in ones for v in values[one]} for node, ones in reached.items()}
            return reached

        return along

    def target(self, node: Node) -> Callable[[Index], set[Node]] | None:
        """Return how a shape finds its focus nodes, None where it aims at nothing."""
        nodes, classes, objects_of, subjects_of = (
            list(self.graph.objects(node, term))
            for term in (SH.targetNode, SH.targetClass, SH.targetObjectsOf, SH.targetSubjectsOf)
        )
        if not (nodes or classes or objects_of or subjects_of):
            return None

        def find(index: Index) -> set[Node]:
            found = set(nodes)
            for class_ in classes:
                found.update(index.instances_of(class_))
            for predicate in objects_of:
                found.update(value for values in index.by.get(predicate, {}).values() for value in values)
            for predicate in subjects_of:
                found.update(index.by.get(predicate, {}))
            return found

        return find

    def candidates(self) -> list[Node]:
        """Return the nodes that are shapes, by their type, a target, what they demand, or where they are named."""
        graph = self.graph
        found = {node for type_ in (SH.NodeShape, SH.PropertyShape) for node in graph.subjects(RDF.type, type_)}
        found.update(node for term in (*TARGETS, SH.property, SH.node) for node in graph.subjects(term))
        for term in (SH.property, SH.node, SH["not"], SH.qualifiedValueShape):
            found.update(graph.objects(None, term))
        for term in (SH["and"], SH["or"], SH.xone):
            for head in graph.objects(None, term):
                found.update(self.items(head))
        return sorted(found, key=str)

    def compiled(self) -> Compiled:
        """Return the shapes of the graph, compiled as far as they can be."""
        graph = self.graph
        components = {SH.ConstraintComponent, *graph.subjects(RDFS.subClassOf, SH.ConstraintComponent)}
        own = any((None, RDF.type, kind) in graph for kind in components)
        if own or (None, SH.entailment, None) in graph:
            return Compiled((), graph)
        targeted: list[tuple[Shape, Callable[[Index], set[Node]]]] = []
        unknown = False
        try:
            candidates = self.candidates()
        except NotEvaluated:
            return Compiled((), graph)
        for node in candidates:
            try:
                shape, target = self.shape(node), self.target(node)
            except NotEvaluated:
                unknown = True
                continue
            if target is not None:
                targeted.append((shape, target))
        if not unknown:
            return Compiled(tuple(targeted), None)
        here = {shape.node for shape, _ in targeted}
        rest = Graph()
        for triple in graph:
            if not (triple[0] in here and triple[1] in TARGETS):
                rest.add(triple)
        return Compiled(tuple(targeted), rest)
