"""The set-wise engine gives the results that pySHACL gives: on sound and bad graphs, mutated shapes, and seeds."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from places import SEEDS
from rdflib import RDF, SH, Graph
from rdflib.term import BNode
from test_gate import ALL, CASES, Case, data_of, label, without, witnesses

from kg.article import read_article
from kg.errors import MappingError
from kg.extraction import find_facts
from kg.gate.check import prepared
from kg.gate.engine import Engine, run_pyshacl
from kg.gate.setwise import compile_shapes, run_setwise
from kg.gate.shapes import Constraint, own_shapes, read_shapes
from kg.graph import to_graph

PREFIXES = """@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix : <urn:> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
"""
TERMS = (SH.focusNode, SH.resultPath, SH.value, SH.resultSeverity, SH.sourceConstraintComponent, SH.sourceShape)


def said(engine: Engine, data: Graph, shapes: Graph) -> object:
    """Return all that an engine reports, or that it refuses the shapes."""
    try:
        report = engine(data, shapes)
    except MappingError:
        return "refused"
    (head,) = report.subjects(RDF.type, SH.ValidationReport)
    found: Counter[tuple[object, ...]] = Counter()
    for result in report.objects(head, SH.result):
        messages = frozenset(m for m in report.objects(result, SH.resultMessage) if getattr(m, "language", None))
        terms = tuple(report.value(result, term) for term in TERMS)
        found[(*("[]" if isinstance(t, BNode) and i == 1 else t for i, t in enumerate(terms)), messages)] += 1
    return found, report.value(head, SH.conforms)


def same(data: Graph, shapes: Graph) -> object:
    mine = said(run_setwise, data, shapes)
    assert mine == said(run_pyshacl, data, shapes)
    return mine


def test_every_constraint_of_our_shapes_is_evaluated_here() -> None:
    compiled = compile_shapes(own_shapes())
    assert compiled.rest is None
    assert len(compiled.targeted) > 30


# One in three in CI; all of them take most of a minute.
@pytest.mark.parametrize(
    "case",
    [pytest.param(case, marks=[pytest.mark.long] * (n % 3 > 0), id=case.name) for n, case in enumerate(CASES)],
)
def test_graphs_of_the_gate(case: Case) -> None:
    same(data_of(case), own_shapes())


@pytest.mark.long
@pytest.mark.parametrize("constraint", ALL, ids=label)
def test_mutated_shapes(constraint: Constraint) -> None:
    with without((constraint.shape, constraint.parameter, constraint.value)) as mutant:
        for case in [*witnesses(own_shapes(), constraint)][:1]:
            same(data_of(case), mutant)


@pytest.mark.parametrize("path", sorted(SEEDS.glob("*.txt")), ids=lambda path: path.stem)
def test_seeds(path: Path) -> None:
    article = read_article(path)
    same(prepared(to_graph(article, find_facts(article))), own_shapes())


SHAPES = {
    "paths": ":s a sh:NodeShape ; sh:targetNode :a ; sh:property [ sh:path ( :p :q ) ; sh:maxCount 1 ] , "
    "[ sh:path [ sh:inversePath :p ] ; sh:minCount 1 ] .",
    "literals": ":s a sh:PropertyShape ; sh:targetSubjectsOf :n ; sh:path :n ; sh:datatype xsd:integer ; "
    "sh:minInclusive 2 ; sh:maxInclusive 2.5 ; sh:nodeKind sh:Literal ; sh:maxLength 1 .",
    "order": ":s a sh:PropertyShape ; sh:targetSubjectsOf :n ; sh:path :n ; sh:lessThan :m ; sh:equals :m .",
    "no order": ":s a sh:PropertyShape ; sh:targetSubjectsOf :p ; sh:path :p ; sh:lessThanOrEquals :q .",
    "classes": ":s a sh:PropertyShape ; sh:targetClass :C ; sh:path :p ; sh:class :D ; sh:hasValue :b .",
    "objects": ":s a sh:NodeShape ; sh:targetObjectsOf :p ; sh:closed true ; sh:not [ sh:class :D ] .",
    "or": ":s a sh:NodeShape ; sh:targetNode :a , :b ; sh:or ( [ sh:path :q ; sh:minCount 1 ] [ sh:class :C ] ) .",
    "inactive": ":s a sh:NodeShape ; sh:targetNode :a ; sh:deactivated true ; sh:nodeKind sh:Literal .",
    "inactive inside": ":s a sh:NodeShape ; sh:targetNode :a ; sh:not [ sh:deactivated true ; sh:class :C ] .",
    "unknown here": ":s a sh:PropertyShape ; sh:targetNode :a ; sh:path :n ; sh:minExclusive 2 . "
    ":t a sh:NodeShape ; sh:targetNode :b ; sh:class :D .",
    "unknown inside": ":s a sh:NodeShape ; sh:targetNode :a ; sh:property [ sh:path :n ; sh:uniqueLang true ] , "
    "[ sh:path :n ; sh:maxCount 1 ] .",
    "implicit": ":C a sh:NodeShape , rdfs:Class ; sh:property [ sh:path :n ; sh:maxCount 1 ] .",
    "malformed": ":s a sh:PropertyShape ; sh:targetNode :a ; sh:minCount 1 . ",
    "two paths": ":s a sh:PropertyShape ; sh:targetNode :a ; sh:path :p , :q ; sh:minCount 1 . ",
    "malformed elsewhere": ":s a sh:NodeShape ; sh:targetNode :a ; sh:class :D . :t a sh:PropertyShape .",
    "recursive": ":s a sh:NodeShape ; sh:targetNode :a ; sh:property [ sh:path :p ; sh:node :s ; sh:maxCount 0 ] .",
    "no integer": ':s a sh:PropertyShape ; sh:targetNode :a ; sh:path :n ; sh:minCount "one" .',
}
DATA = """:a a :C ; :p :b , [ :q 1 ] ; :n 1 , 2 , "x" , 2.5 , 3 ; :m 2 , 3 . :b a :E ; :q :c , :d ; :n "b"@en .
:c :p :a ; :n "7"^^xsd:date , 2 . :E rdfs:subClassOf :D . :D rdfs:subClassOf :E . :d :n 5 ; :m 6 ; :p 5 ; :q 5 ."""


@pytest.mark.parametrize("name", SHAPES)
def test_shapes_of_all_kinds(name: str, tmp_path: Path) -> None:
    (tmp_path / "shapes.ttl").write_text(PREFIXES + SHAPES[name], encoding="utf-8")
    shapes = read_shapes([tmp_path / "shapes.ttl"])
    data = Graph().parse(data=PREFIXES + DATA, format="turtle")
    outcome = same(data, shapes)
    wants_refusal = name in ("malformed", "two paths", "malformed elsewhere", "no integer")
    if not name.startswith(("inactive", "no order", "recursive")):
        assert (outcome == "refused") == wants_refusal


@pytest.mark.parametrize("name", ["unknown here", "unknown inside", "implicit", "recursive", "malformed elsewhere"])
def test_what_is_unknown_goes_to_pyshacl(name: str) -> None:
    shapes = Graph().parse(data=PREFIXES + SHAPES[name], format="turtle")
    assert compile_shapes(shapes).rest is not None
