"""The engine: shapes compiled once, evaluated on data, and their results as a report."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache

from rdflib import RDF, SH, Graph
from rdflib.term import BNode, IdentifiedNode, Literal, Node

from kg.gate.engine import run_pyshacl
from kg.gate.setwise.compiler import Compiler
from kg.gate.setwise.components import COMPONENTS
from kg.gate.setwise.index import Index
from kg.gate.setwise.shape import Compiled, NotEvaluated, Result
from kg.gate.shapes import own_shapes
from kg.gate.triples import Statement, graph_of


def compile_shapes(shapes: Graph) -> Compiled:
    """Return shapes as what evaluates them."""
    return Compiler(shapes, COMPONENTS).compiled()


@cache
def _own() -> Compiled:
    return compile_shapes(own_shapes())


def run_setwise(data: Graph, shapes: Graph) -> Graph:
    """Return the report on data. Raises MappingError where the shapes cannot be run."""
    compiled = _own() if shapes is own_shapes() else compile_shapes(shapes)
    index = Index(data)
    try:
        results = [result for shape, target in compiled.targeted for _, result in shape.run(index, target(index))]
    except (NotEvaluated, TypeError):
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
