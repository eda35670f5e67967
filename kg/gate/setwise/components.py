"""The constraint components, each as the SHACL specification defines it (https://www.w3.org/TR/shacl/, section 4)."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from datetime import date, datetime, time
from decimal import Decimal

from rdflib import RDF, RDFS, SH, XSD
from rdflib.term import BNode, Literal, Node, URIRef

from kg.gate.setwise.compiler import Compile, Compiler
from kg.gate.setwise.index import Index, Values
from kg.gate.setwise.shape import Evaluate, NotEvaluated, Result, Shape

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


def _only(compiler: Compiler, shape: Shape, name: str) -> Node:
    value = compiler.one(shape.node, SH[name])
    if value is None:
        raise NotEvaluated(shape.node)
    return value


def _natural(compiler: Compiler, shape: Shape, name: str) -> int:
    value = _only(compiler, shape, name)
    if not isinstance(value, Literal) or value.datatype != XSD.integer or value.ill_typed or int(value.value) < 0:
        raise NotEvaluated(shape.node)
    return int(value.value)


def _min_count(compiler: Compiler, shape: Shape, component: URIRef, _: int) -> Iterator[Evaluate]:
    least = _natural(compiler, shape, "minCount")
    if shape.path is None:
        raise NotEvaluated(shape.node)
    yield _focus_that(shape, component, lambda nodes: len(nodes) < least)


def _max_count(compiler: Compiler, shape: Shape, component: URIRef, _: int) -> Iterator[Evaluate]:
    most = _natural(compiler, shape, "maxCount")
    if shape.path is None:
        raise NotEvaluated(shape.node)
    yield _focus_that(shape, component, lambda nodes: len(nodes) > most)


def _has_value(compiler: Compiler, shape: Shape, component: URIRef, _: int) -> Iterator[Evaluate]:
    for wanted in set(compiler.graph.objects(shape.node, SH.hasValue)):
        yield _focus_that(shape, component, lambda nodes, wanted=wanted: wanted not in nodes)  # type: ignore[misc]


def _in(compiler: Compiler, shape: Shape, component: URIRef, _: int) -> Iterator[Evaluate]:
    listed = frozenset(compiler.items(_only(compiler, shape, "in")))
    yield _values_that(shape, component, lambda node: node not in listed)


def _node_kind(compiler: Compiler, shape: Shape, component: URIRef, _: int) -> Iterator[Evaluate]:
    kind = _KINDS.get(_only(compiler, shape, "nodeKind"))
    if kind is None:
        raise NotEvaluated(shape.node)
    yield _values_that(shape, component, lambda node: not isinstance(node, kind))


def _datatype(compiler: Compiler, shape: Shape, component: URIRef, _: int) -> Iterator[Evaluate]:
    wanted = _only(compiler, shape, "datatype")
    if wanted in (RDFS.Literal, RDFS.Datatype):
        raise NotEvaluated(shape.node)
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
    def compile_(compiler: Compiler, shape: Shape, component: URIRef, _: int) -> Iterator[Evaluate]:
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


def _pattern(compiler: Compiler, shape: Shape, component: URIRef, _: int) -> Iterator[Evaluate]:
    pattern = _only(compiler, shape, "pattern")
    if not isinstance(pattern, Literal):
        raise NotEvaluated(shape.node)
    try:
        regex = re.compile(str(pattern))
    except re.error:
        raise NotEvaluated(shape.node) from None
    yield _values_that(shape, component, lambda node: _is_blank(node) or regex.search(_text(node)) is None)


def _class(compiler: Compiler, shape: Shape, component: URIRef, _: int) -> Iterator[Evaluate]:
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

    def compile_(compiler: Compiler, shape: Shape, component: URIRef, _: int) -> Iterator[Evaluate]:
        for bound in list(compiler.graph.objects(shape.node, SH[name])):
            if not isinstance(bound, Literal):
                raise NotEvaluated(shape.node)
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
            raise NotEvaluated(other)
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

    def compile_(compiler: Compiler, shape: Shape, component: URIRef, _: int) -> Iterator[Evaluate]:
        if shape.path is None:
            raise NotEvaluated(shape.node)
        for predicate in set(compiler.graph.objects(shape.node, SH[name])):
            if not isinstance(predicate, URIRef):
                raise NotEvaluated(shape.node)

            def evaluate(index: Index, values: Values, predicate: URIRef = predicate) -> Iterator[tuple[Node, Result]]:
                table = index.by.get(predicate, {})
                for focus, nodes in values.items():
                    others = table.get(focus, ())
                    for node in nodes:
                        if _is_blank(node):
                            raise NotEvaluated(node)
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


def _equals(compiler: Compiler, shape: Shape, component: URIRef, _: int) -> Iterator[Evaluate]:
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


def _closed(compiler: Compiler, shape: Shape, component: URIRef, depth: int) -> Iterator[Evaluate]:
    closed = _only(compiler, shape, "closed")
    ignored = compiler.one(shape.node, SH.ignoredProperties)
    if not isinstance(closed, Literal):
        raise NotEvaluated(shape.node)
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


def _ignored(compiler: Compiler, shape: Shape, component: URIRef, _: int) -> Iterator[Evaluate]:
    if compiler.one(shape.node, SH.closed) is None:
        raise NotEvaluated(shape.node)
    return iter(())


def _property(compiler: Compiler, shape: Shape, component: URIRef, depth: int) -> Iterator[Evaluate]:
    for node in set(compiler.graph.objects(shape.node, SH.property)):
        inner = compiler.shape(node, depth + 1)
        if inner.path is None:
            raise NotEvaluated(node)

        def evaluate(index: Index, values: Values, inner: Shape = inner) -> Iterator[tuple[Node, Result]]:
            if shape.path is None:
                yield from inner.run(index, values)
                return
            for focus, nodes in values.items():
                for _, result in inner.run(index, nodes):
                    yield focus, result

        if inner.evaluations:
            yield evaluate


def _not(compiler: Compiler, shape: Shape, component: URIRef, depth: int) -> Iterator[Evaluate]:
    for one in set(compiler.graph.objects(shape.node, SH["not"])):
        inner = compiler.shape(one, depth + 1)

        def evaluate(index: Index, values: Values, inner: Shape = inner) -> Iterator[tuple[Node, Result]]:
            failing = inner.failing(index, {node for nodes in values.values() for node in nodes})
            for focus, nodes in values.items():
                for node in nodes:
                    if node not in failing:
                        yield focus, Result(shape, component, focus, node, shape.path)

        yield evaluate


def _or(compiler: Compiler, shape: Shape, component: URIRef, depth: int) -> Iterator[Evaluate]:
    for head in set(compiler.graph.objects(shape.node, SH["or"])):
        members = compiler.items(head)
        if not members:
            raise NotEvaluated(shape.node)
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


COMPONENTS: dict[Node, tuple[URIRef, Compile]] = {
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
COMPONENTS[SH.ignoredProperties] = (SH.ClosedConstraintComponent, _ignored)
