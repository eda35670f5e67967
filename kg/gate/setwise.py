"""The shapes, evaluated constraint by constraint over all nodes at once; the report is the one that pySHACL gives.

Enters: data and shapes. Leaves: a graph with one sh:ValidationReport. The shapes are compiled once to operations on an
index of the data, each as the SHACL specification defines its constraint component. What is not compiled, be it a
constraint that is not known here or a shape that is malformed, goes to pySHACL, so that no constraint is passed over;
so does data on which a comparison has no answer. pySHACL stays the reference: the tests compare the two engines.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from functools import cache

from rdflib import RDF, RDFS, SH, XSD, Graph
from rdflib.exceptions import UniquenessError
from rdflib.term import BNode, IdentifiedNode, Literal, Node, URIRef

from kg.gate.engine import run_pyshacl
from kg.gate.shapes import TARGETS, own_shapes
from kg.gate.triples import Statement, graph_of, triples_in

Values = Mapping[Node, Collection[Node]]
"""The value nodes of each focus node."""
Step = Callable[["Index", Iterable[Node]], Values]
Evaluate = Callable[["Index", Values], Iterator[tuple[Node, "Result"]]]
"""Gives a result with the focus node that fails by it, which is not the result's own where sh:property leads away."""

_SILENT = frozenset(
    SH[name]
    for name in ("message", "severity", "name", "description", "order", "group", "defaultValue", "path", "deactivated")
) | frozenset(TARGETS)
"""What stands on a shape and demands nothing."""
_IGNORED_TYPE = (RDF.type, RDFS.Resource)
_TEXT = frozenset((None, RDF.langString, XSD.string))  # found by their hashes: rdflib compares IRIs in Python
_EXACT = frozenset((XSD.integer, XSD.decimal))
_PYTHON_TYPES: Mapping[Node, type | tuple[type, ...]] = {
    XSD.string: (str, bytes),
    RDF.langString: (str, bytes),
    XSD.integer: int,
    XSD.float: float,
    XSD.decimal: Decimal,
    XSD.boolean: bool,
    XSD.date: date,
    XSD.time: time,
    XSD.dateTime: datetime,
}
_KINDS: Mapping[Node, tuple[type, ...]] = {
    SH.BlankNode: (BNode,),
    SH.IRI: (URIRef,),
    SH.Literal: (Literal,),
    SH.BlankNodeOrIRI: (URIRef, BNode),
    SH.BlankNodeOrLiteral: (Literal, BNode),
    SH.IRIOrLiteral: (Literal, URIRef),
}
_DEEPEST = 6  # shapes within shapes; pySHACL gives up at 15


class _Unknown(Exception):  # noqa: N818 -- no error of anybody's: pySHACL takes over
    """Something that is not evaluated here."""


# --- the data


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


# --- what the shapes compile to


@dataclass(frozen=True, slots=True)
class Result:
    """One validation result; ``path`` and ``value`` are None where SHACL gives none."""

    shape: Shape
    component: URIRef
    focus: Node
    value: Node | None = None
    path: Node | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Shape:
    """A compiled shape; ``step`` gives the value nodes of a focus node, None where that is the node itself."""

    node: Node
    path: Node | None
    step: Step | None
    severity: Node
    messages: tuple[Node, ...]
    active: bool
    evaluations: list[Evaluate]

    def run(self, index: Index, focus: Iterable[Node]) -> Iterator[tuple[Node, Result]]:
        """Yield the results for some focus nodes, each with the one that fails by it."""
        if not self.active:
            return
        step = self.step
        values = step(index, focus) if step else {node: (node,) for node in focus}
        if values:
            for evaluate in self.evaluations:
                yield from evaluate(index, values)

    def failing(self, index: Index, nodes: Iterable[Node]) -> set[Node]:
        """Return the nodes that do not conform to the shape."""
        return {node for node, _ in self.run(index, nodes)}


@dataclass(frozen=True, slots=True)
class Compiled:
    """Shapes that are evaluated here, each with how it finds its focus nodes, and the rest for pySHACL, if any."""

    targeted: tuple[tuple[Shape, Callable[[Index], set[Node]]], ...]
    rest: Graph | None


def _along(table: Mapping[Node, Collection[Node]], nodes: Iterable[Node]) -> Values:
    return {node: table.get(node, ()) for node in nodes}


def _inverse(table: Mapping[Node, Collection[Node]]) -> dict[Node, list[Node]]:
    found: dict[Node, list[Node]] = {}
    for subject, values in table.items():
        for value in values:
            found.setdefault(value, []).append(subject)
    return found


class _Compiler:
    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        self._classes = {RDFS.Class, *graph.subjects(RDFS.subClassOf, RDFS.Class)}
        self._made: dict[Node, Shape] = {}

    def shape(self, node: Node, depth: int = 0) -> Shape:
        """Return a compiled shape. Raises _Unknown where it, or one that it needs, is for pySHACL."""
        if node in self._made:
            return self._made[node]
        if depth > _DEEPEST or isinstance(node, Literal):
            raise _Unknown(node)
        types = set(self.graph.objects(node, RDF.type))
        path = self.one(node, SH.path)
        declared = types & {SH.NodeShape, SH.PropertyShape}
        if types & self._classes or declared - {SH.NodeShape if path is None else SH.PropertyShape}:
            raise _Unknown(node)
        off = self.one(node, SH.deactivated)
        if off is not None and not isinstance(off, Literal):
            raise _Unknown(node)
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
            if parameter in _COMPONENTS:
                component, compile_ = _COMPONENTS[parameter]
                shape.evaluations.extend(compile_(self, shape, component, depth))
            elif str(parameter).startswith(str(SH)) and parameter not in _SILENT:
                raise _Unknown(node)
        self._made[node] = shape
        return shape

    def one(self, node: Node, predicate: Node) -> Node | None:
        """Return the only value of a property, None where it has none. Raises _Unknown where it has several."""
        try:
            return self.graph.value(node, predicate, any=False)
        except UniquenessError:
            raise _Unknown(node) from None

    def items(self, head: Node) -> list[Node]:
        """Return the items of a list. Raises _Unknown where it is none."""
        found: list[Node] = []
        seen: set[Node] = set()
        while head != RDF.nil:
            first = self.one(head, RDF.first)
            rest = self.one(head, RDF.rest)
            if first is None or rest is None or head in seen:
                raise _Unknown(head)
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
            raise _Unknown(path)
        steps = [self.step(item) for item in self.items(path)]
        if len(steps) < 2:
            raise _Unknown(path)

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
        except _Unknown:
            return Compiled((), graph)
        for node in candidates:
            try:
                shape, target = self.shape(node), self.target(node)
            except _Unknown:
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


# --- the constraint components

Compile = Callable[[_Compiler, Shape, URIRef, int], Iterator[Evaluate]]


def _values_that(shape: Shape, component: URIRef, is_bad: Callable[[Node], bool]) -> Evaluate:
    """Return the evaluation of a component that asks each value node by itself."""

    def evaluate(index: Index, values: Values) -> Iterator[tuple[Node, Result]]:
        for focus, nodes in values.items():
            for node in nodes:
                if is_bad(node):
                    yield focus, Result(shape, component, focus, node, shape.path)

    return evaluate


def _focus_that(shape: Shape, component: URIRef, is_bad: Callable[[Collection[Node]], bool]) -> Evaluate:
    """Return the evaluation of a component that asks for all value nodes of a focus node together."""

    def evaluate(index: Index, values: Values) -> Iterator[tuple[Node, Result]]:
        for focus, nodes in values.items():
            if is_bad(nodes):
                yield focus, Result(shape, component, focus, None, shape.path)

    return evaluate


def _only(compiler: _Compiler, shape: Shape, name: str) -> Node:
    value = compiler.one(shape.node, SH[name])
    if value is None:
        raise _Unknown(shape.node)
    return value


def _natural(compiler: _Compiler, shape: Shape, name: str) -> int:
    value = _only(compiler, shape, name)
    if not isinstance(value, Literal) or value.datatype != XSD.integer or value.ill_typed or int(value.value) < 0:
        raise _Unknown(shape.node)
    return int(value.value)


def _min_count(compiler: _Compiler, shape: Shape, component: URIRef, _: int) -> Iterator[Evaluate]:
    least = _natural(compiler, shape, "minCount")
    if shape.path is None:
        raise _Unknown(shape.node)
    yield _focus_that(shape, component, lambda nodes: len(nodes) < least)


def _max_count(compiler: _Compiler, shape: Shape, component: URIRef, _: int) -> Iterator[Evaluate]:
    most = _natural(compiler, shape, "maxCount")
    if shape.path is None:
        raise _Unknown(shape.node)
    yield _focus_that(shape, component, lambda nodes: len(nodes) > most)


def _has_value(compiler: _Compiler, shape: Shape, component: URIRef, _: int) -> Iterator[Evaluate]:
    for wanted in set(compiler.graph.objects(shape.node, SH.hasValue)):
        yield _focus_that(shape, component, lambda nodes, wanted=wanted: wanted not in nodes)  # type: ignore[misc]


def _in(compiler: _Compiler, shape: Shape, component: URIRef, _: int) -> Iterator[Evaluate]:
    listed = frozenset(compiler.items(_only(compiler, shape, "in")))
    yield _values_that(shape, component, lambda node: node not in listed)


def _node_kind(compiler: _Compiler, shape: Shape, component: URIRef, _: int) -> Iterator[Evaluate]:
    kind = _KINDS.get(_only(compiler, shape, "nodeKind"))
    if kind is None:
        raise _Unknown(shape.node)
    yield _values_that(shape, component, lambda node: not isinstance(node, kind))


def _datatype(compiler: _Compiler, shape: Shape, component: URIRef, _: int) -> Iterator[Evaluate]:
    wanted = _only(compiler, shape, "datatype")
    if wanted in (RDFS.Literal, RDFS.Datatype):
        raise _Unknown(shape.node)
    of_python = _PYTHON_TYPES.get(wanted, object)
    plain = wanted == XSD.string
    tagged = wanted == RDF.langString

    def is_bad(node: Node) -> bool:
        if not isinstance(node, Literal):
            return True
        if node.datatype is wanted or node.datatype == wanted:
            return node.ill_typed is True or not isinstance(node.value, of_python)
        fits = (tagged and bool(node.language)) or (plain and node.datatype is None and node.language is None)
        return not fits or not isinstance(node.value, of_python)

    yield _values_that(shape, component, is_bad)


def _length(name: str) -> Compile:
    def compile_(compiler: _Compiler, shape: Shape, component: URIRef, _: int) -> Iterator[Evaluate]:
        bound = _natural(compiler, shape, name)

        def is_bad(node: Node) -> bool:
            if name == "minLength":
                return bound > 0 and (_is_blank(node) or len(_text(node)) < bound)
            return _is_blank(node) or len(_text(node)) > bound

        yield _values_that(shape, component, is_bad)

    return compile_


def _is_blank(node: Node) -> bool:
    """Tell whether a node is blank. A literal is one soonest, and what a node is not, abc looks up in Python."""
    return not isinstance(node, Literal) and not isinstance(node, URIRef) and isinstance(node, BNode)


def _text(node: Node) -> str:
    """Return what SPARQL's str gives."""
    if isinstance(node, Literal) and node.value is not None and node.datatype in _TEXT:
        return str(node.value)
    return str(node)


def _pattern(compiler: _Compiler, shape: Shape, component: URIRef, _: int) -> Iterator[Evaluate]:
    pattern = _only(compiler, shape, "pattern")
    if not isinstance(pattern, Literal):
        raise _Unknown(shape.node)
    try:
        regex = re.compile(str(pattern))
    except re.error:
        raise _Unknown(shape.node) from None
    yield _values_that(shape, component, lambda node: _is_blank(node) or regex.search(_text(node)) is None)


def _class(compiler: _Compiler, shape: Shape, component: URIRef, _: int) -> Iterator[Evaluate]:
    for class_ in list(compiler.graph.objects(shape.node, SH["class"])):

        def evaluate(index: Index, values: Values, class_: Node = class_) -> Iterator[tuple[Node, Result]]:
            instances = index.instances_of(class_)
            for focus, nodes in values.items():
                for node in nodes:
                    if isinstance(node, Literal) or node not in instances:
                        yield focus, Result(shape, component, focus, node, shape.path)

        yield evaluate


def _is_number(node: Literal) -> bool:
    return node.datatype in _EXACT and node.value is not None and not node.ill_typed


def _order(left: Literal, right: Literal) -> int:
    """Return below 0, 0 or above 0 as one literal stands to another in order. Raises TypeError where there is none."""
    if _is_number(left) and _is_number(right):
        return int(left.value > right.value) - int(left.value < right.value)
    if left.eq(right):
        return 0
    if isinstance(left.value, datetime | time):
        return 1 if left.value > right.value else -1
    return 1 if left > right else -1


def _bound(name: str) -> Compile:
    least = name == "minInclusive"

    def compile_(compiler: _Compiler, shape: Shape, component: URIRef, _: int) -> Iterator[Evaluate]:
        for bound in list(compiler.graph.objects(shape.node, SH[name])):
            if not isinstance(bound, Literal):
                raise _Unknown(shape.node)
            of_text = isinstance(bound.value, str)

            def is_bad(node: Node, bound: Literal = bound, of_text: bool = of_text) -> bool:
                if not isinstance(node, Literal) or isinstance(node.value, str) != of_text:
                    return True
                try:
                    order = _order(node, bound)
                except (TypeError, NotImplementedError):
                    return True
                return order < 0 if least else order > 0

            yield _values_that(shape, component, is_bad)

    return compile_


def _less_than(name: str) -> Compile:
    strictly = name == "lessThan"

    def is_bad(node: Node, other: Node) -> bool:
        if _is_blank(other):
            raise _Unknown(other)
        if isinstance(node, Literal) and isinstance(other, Literal) and _is_number(node) and _is_number(other):
            return not (node.value < other.value if strictly else node.value <= other.value)
        left, right = _plain(node), _plain(other)
        if left is not None and right is not None:
            return not (left < right if strictly else left <= right)
        if left is not None or right is not None:
            return True
        assert isinstance(node, Literal)
        assert isinstance(other, Literal)
        return not (node < other if strictly else node <= other)

    def compile_(compiler: _Compiler, shape: Shape, component: URIRef, _: int) -> Iterator[Evaluate]:
        if shape.path is None:
            raise _Unknown(shape.node)
        for predicate in set(compiler.graph.objects(shape.node, SH[name])):
            if not isinstance(predicate, URIRef):
                raise _Unknown(shape.node)

            def evaluate(index: Index, values: Values, predicate: URIRef = predicate) -> Iterator[tuple[Node, Result]]:
                table = index.by.get(predicate, {})
                for focus, nodes in values.items():
                    others = table.get(focus, ())
                    for node in nodes:
                        if _is_blank(node):
                            raise _Unknown(node)
                        for other in others:
                            if is_bad(node, other):
                                yield focus, Result(shape, component, focus, node, shape.path)

            yield evaluate

    return compile_


def _plain(node: Node) -> str | None:
    """Return the characters of an IRI or of a literal that is text, None for another literal."""
    if isinstance(node, URIRef):
        return str(node)
    return str(node.value) if isinstance(node, Literal) and isinstance(node.value, str) else None


def _equals(compiler: _Compiler, shape: Shape, component: URIRef, _: int) -> Iterator[Evaluate]:
    for predicate in set(compiler.graph.objects(shape.node, SH.equals)):

        def evaluate(index: Index, values: Values, predicate: Node = predicate) -> Iterator[tuple[Node, Result]]:
            table = index.by.get(predicate, {})
            for focus, nodes in values.items():
                others = table.get(focus, ())
                if len(nodes) == len(others) == 1 and next(iter(nodes)) == next(iter(others)):
                    continue
                for node in set(nodes) ^ set(others):
                    yield focus, Result(shape, component, focus, node, shape.path)

        yield evaluate


def _closed(compiler: _Compiler, shape: Shape, component: URIRef, depth: int) -> Iterator[Evaluate]:
    closed = _only(compiler, shape, "closed")
    ignored = compiler.one(shape.node, SH.ignoredProperties)
    if not isinstance(closed, Literal):
        raise _Unknown(shape.node)
    known = set(compiler.items(ignored)) if ignored is not None else set()
    known.update(
        path
        for one in compiler.graph.objects(shape.node, SH.property)
        if (path := compiler.shape(one, depth + 1).path) is not None
    )
    if not bool(closed.value):
        return

    def evaluate(index: Index, values: Values) -> Iterator[tuple[Node, Result]]:
        asked = {node for nodes in values.values() for node in nodes}
        others = [
            (predicate, table)
            for predicate, table in index.by.items()
            if predicate not in known and not table.keys().isdisjoint(asked)
        ]
        for focus, nodes in values.items():
            for node in nodes:
                for predicate, table in others:
                    for value in table.get(node, ()):
                        if (predicate, value) != _IGNORED_TYPE:
                            yield focus, Result(shape, component, focus, value, predicate)

    yield evaluate


def _ignored(compiler: _Compiler, shape: Shape, component: URIRef, _: int) -> Iterator[Evaluate]:
    if compiler.one(shape.node, SH.closed) is None:
        raise _Unknown(shape.node)
    return iter(())


def _property(compiler: _Compiler, shape: Shape, component: URIRef, depth: int) -> Iterator[Evaluate]:
    for node in set(compiler.graph.objects(shape.node, SH.property)):
        inner = compiler.shape(node, depth + 1)
        if inner.path is None:
            raise _Unknown(node)

        def evaluate(index: Index, values: Values, inner: Shape = inner) -> Iterator[tuple[Node, Result]]:
            if shape.path is None:
                yield from inner.run(index, values)
                return
            for focus, nodes in values.items():
                for _, result in inner.run(index, nodes):
                    yield focus, result

        if inner.evaluations:
            yield evaluate


def _not(compiler: _Compiler, shape: Shape, component: URIRef, depth: int) -> Iterator[Evaluate]:
    for one in set(compiler.graph.objects(shape.node, SH["not"])):
        inner = compiler.shape(one, depth + 1)

        def evaluate(index: Index, values: Values, inner: Shape = inner) -> Iterator[tuple[Node, Result]]:
            failing = inner.failing(index, {node for nodes in values.values() for node in nodes})
            for focus, nodes in values.items():
                for node in nodes:
                    if node not in failing:
                        yield focus, Result(shape, component, focus, node, shape.path)

        yield evaluate


def _or(compiler: _Compiler, shape: Shape, component: URIRef, depth: int) -> Iterator[Evaluate]:
    for head in set(compiler.graph.objects(shape.node, SH["or"])):
        members = compiler.items(head)
        if not members:
            raise _Unknown(shape.node)
        ways = [compiler.shape(member, depth + 1) for member in members]

        def evaluate(index: Index, values: Values, ways: Sequence[Shape] = ways) -> Iterator[tuple[Node, Result]]:
            failing = {node for nodes in values.values() for node in nodes}
            for way in ways:
                failing = way.failing(index, failing)
            if failing:
                for focus, nodes in values.items():
                    for node in nodes:
                        if node in failing:
                            yield focus, Result(shape, component, focus, node, shape.path)

        yield evaluate


_COMPONENTS: dict[Node, tuple[URIRef, Compile]] = {
    SH[name]: (SH[f"{name[0].upper()}{name[1:]}ConstraintComponent"], compile_)
    for name, compile_ in {
        "minCount": _min_count,
        "maxCount": _max_count,
        "hasValue": _has_value,
        "in": _in,
        "nodeKind": _node_kind,
        "datatype": _datatype,
        "minLength": _length("minLength"),
        "maxLength": _length("maxLength"),
        "pattern": _pattern,
        "class": _class,
        "minInclusive": _bound("minInclusive"),
        "maxInclusive": _bound("maxInclusive"),
        "lessThan": _less_than("lessThan"),
        "lessThanOrEquals": _less_than("lessThanOrEquals"),
        "equals": _equals,
        "closed": _closed,
        "property": _property,
        "not": _not,
        "or": _or,
    }.items()
}
_COMPONENTS[SH.ignoredProperties] = (SH.ClosedConstraintComponent, _ignored)


# --- the engine


def compile_shapes(shapes: Graph) -> Compiled:
    """Return shapes as what evaluates them."""
    return _Compiler(shapes).compiled()


@cache
def _own() -> Compiled:
    return compile_shapes(own_shapes())


def run_setwise(data: Graph, shapes: Graph) -> Graph:
    """Return the report on data. Raises MappingError where the shapes cannot be run."""
    compiled = _own() if shapes is own_shapes() else compile_shapes(shapes)
    index = Index(data)
    try:
        results = [result for shape, target in compiled.targeted for _, result in shape.run(index, target(index))]
    except (_Unknown, TypeError):
        return run_pyshacl(data, shapes)  # a comparison without an answer
    report = run_pyshacl(data, compiled.rest) if compiled.rest is not None else Graph()
    return _with_results(report, shapes, results)


def _with_results(report: Graph, shapes: Graph, results: Sequence[Result]) -> Graph:
    """Return a report with more results, to be read."""
    head = report.value(None, RDF.type, SH.ValidationReport) or BNode()
    assert isinstance(head, IdentifiedNode)
    conforms = not results and report.value(head, SH.conforms, default=Literal(True)).value  # type: ignore[union-attr]
    nodes = [BNode() for _ in results]
    said: list[Statement] = [
        (head, RDF.type, (SH.ValidationReport,)),
        (head, SH.conforms, (Literal(bool(conforms)),)),
        (head, SH.result, nodes),
    ]
    for node, result in zip(nodes, results, strict=True):
        shape = result.shape
        said.append((node, RDF.type, (SH.ValidationResult,)))
        said.append((node, SH.focusNode, (result.focus,)))
        said.append((node, SH.sourceShape, (shape.node,)))
        said.append((node, SH.sourceConstraintComponent, (result.component,)))
        said.append((node, SH.resultSeverity, (shape.severity,)))
        said.append((node, SH.resultMessage, shape.messages))
        if result.value is not None:
            said.append((node, SH.value, (result.value,)))
        if result.path is not None:
            said.append((node, SH.resultPath, (result.path,)))
    paths = {result.path for result in results if result.path is not None}
    said += _described(shapes, sorted(paths, key=str))
    return graph_of((triple for triple in report if triple[:2] != (head, SH.conforms)), said)


def _described(shapes: Graph, paths: Iterable[Node]) -> Iterator[Statement]:
    """Give what paths that are no predicates consist of."""
    waiting, seen = list(paths), set[Node]()
    while waiting:
        node = waiting.pop()
        if isinstance(node, BNode) and node not in seen:
            seen.add(node)
            for predicate, value in shapes.predicate_objects(node):
                yield node, predicate, (value,)
                waiting.append(value)
