"""The ontology: consistent, declared, used, labelled in two languages; and all that speaks of it agrees."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import fields
from functools import cache
from importlib.metadata import version

import pytest
from owlrl import DeductiveClosure, OWLRL_Semantics
from places import SEEDS
from rdflib import OWL, PROV, RDF, RDFS, SH, SKOS, Dataset, Graph, Literal, URIRef
from rdflib.term import Node

from kg.article import read_article
from kg.entities import Named, describe
from kg.errors import MappingError
from kg.extraction import find_facts
from kg.facts.jsonl import FIELDS
from kg.facts.model import Bureau, Campaign, Honor, Metric
from kg.gate.check import prepared, shape_findings
from kg.gate.shapes import closure, constraints, hierarchy, ontology, own_shapes
from kg.graph import ONTOLOGY, context, node_iri, term_iri, to_graph
from kg.values.place import gazetteer

DECLARED_AS = {OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty}


def term_iri_of(name: str) -> URIRef:
    return URIRef(ONTOLOGY + name)


def terms(graph: Graph) -> set[URIRef]:
    return {term for term in graph.subjects() if isinstance(term, URIRef) and term.startswith(ONTOLOGY)}


DERIVED = {
    term_iri_of(name)
    for name in (
        "concerns", "contains", "hasEdition", "inSeries", "inSubject", "over", "predecessor", "successor", "under",
    )
}  # fmt: skip
"""Properties that the ontology derives, and nobody states: ``tests/test_inference.py`` proves them right one by one."""

REPORTED = {
    term_iri_of(name)
    for name in (
        "Reporting", "reporting", "reportedBy", "reportedSubject", "reportedAspect", "reportedIn", "fellIn", "roseIn",
        "accountsFor", "speaksIn", "speaksOf", "tells", "atOdds", "meets", "tookPartIn", "told", "least", "most",
        "quotes", "contest", "gist", "Roll", "roll", "ownRoll", "rollOf", "rollYear", "rollLevel",
    )
}  # fmt: skip
"""What ``kg.reporting`` puts together of checked claims: ``tests/test_reporting.py`` proves it right."""

CODES = ("371200", "110103", "110228", "371602", "420600")
"""Divisions that were renamed, merged, split and upgraded."""


@pytest.fixture(scope="module")
def entities() -> Graph:
    """Return what the gazetteer says of some agencies, and what follows of it."""
    named = [Named(node_iri("bureau", code), code) for code in CODES]
    return closure(ontology() + Graph().parse(data=describe(named), format="nt"))


@pytest.fixture(scope="module")
def data(gold_graphs: Mapping[str, bytes]) -> Graph:
    graph = Graph()
    for document in gold_graphs.values():
        dataset = Dataset()
        dataset.parse(data=document, format="json-ld")
        for subject, predicate, value, _ in dataset.quads():
            graph.add((subject, predicate, value))
    assert len(graph) > 10_000
    return graph


def test_every_term_has_label_and_definition_in_both_languages() -> None:
    found = terms(ontology())
    assert len(found) > 40
    for term in found:
        for predicate in (RDFS.label, SKOS.definition):
            texts = {value.language: str(value) for value in ontology().objects(term, predicate)}
            assert set(texts) == {"en", "zh"}, f"{term} {predicate}"
            assert re.search("[一-龥]", texts["zh"]), term
            assert texts["en"].isascii(), term


def test_no_two_terms_share_a_label() -> None:
    for language in ("en", "zh"):
        labels = [
            str(label)
            for term in terms(ontology())
            for label in ontology().objects(term, RDFS.label)
            if isinstance(label, Literal) and label.language == language
        ]
        classes = {str(v) for t in ontology().subjects(RDF.type, OWL.Class) for v in ontology().objects(t, RDFS.label)}
        twice = {label for label in labels if labels.count(label) > 1}
        assert twice <= classes, twice  # a property may be called after the class it leads to


def test_version_is_that_of_the_release() -> None:
    about = URIRef(ONTOLOGY.rstrip("#"))
    assert str(ontology().value(about, OWL.versionInfo)) == version("pingan-kg")
    assert str(ontology().value(about, OWL.versionIRI)) == f"{about}/{version('pingan-kg')}"


def test_everything_in_the_data_is_declared(data: Graph) -> None:
    declared = {term for kind in DECLARED_AS for term in ontology().subjects(RDF.type, kind)}
    used = set(data.predicates()) | set(data.objects(None, RDF.type))
    assert used - declared - {RDF.type, RDFS.label} == set()


def test_everything_declared_is_used(data: Graph, entities: Graph) -> None:
    used = set(data.predicates()) | set(data.objects(None, RDF.type)) | set(entities.predicates())
    of_inference = ("concerns", "inSeries", "inSubject", "hasEdition")  # tests/test_inference.py
    used |= {term_iri_of(name) for name in of_inference} | REPORTED
    broader = {value for type_ in used for value in hierarchy().objects(type_, RDFS.subClassOf)}
    not_in_gold = {term_iri(term) for term in ("rule", "byline")}  # extraction and bylines, which gold facts have not
    assert terms(ontology()) - used - broader <= not_in_gold
    assert not_in_gold <= {term_iri(term) for term in ("rule", "byline")}


@pytest.mark.long
def test_the_closure_is_consistent(data: Graph) -> None:
    assert len(closure(ontology())) > len(ontology())
    some = Graph()
    for article in list(data.subjects(RDF.type, term_iri("Article")))[:1]:
        for subject in set(data.subjects(term_iri("article"), article)):
            for triple in data.triples((subject, None, None)):
                some.add(triple)
    assert len(some) > 500
    closure(ontology() + some)


def test_an_inconsistency_is_found() -> None:
    wrong = ontology() + Graph().parse(data=f"<urn:x> a <{ONTOLOGY}Metric> , <{ONTOLOGY}Bureau> .", format="turtle")
    with pytest.raises(MappingError, match="inconsistent"):
        closure(wrong)


def test_the_hierarchy_is_what_owlrl_derives() -> None:
    closed = ontology() + Graph()
    DeductiveClosure(OWLRL_Semantics).expand(closed)
    claims = {term_iri(name) for name in ("Honor", "Metric", "Participation")}
    assert set(hierarchy().subjects(RDFS.subClassOf, URIRef(f"{ONTOLOGY}Claim"))) == claims
    assert claims <= set(closed.subjects(RDFS.subClassOf, URIRef(f"{ONTOLOGY}Claim")))


@pytest.mark.parametrize("kind", [Bureau, Campaign, Honor, Metric])
def test_contract_model_context_ontology_and_shapes_agree(kind: type) -> None:
    """A field of the contract has a dataclass field, a term, a declared property and a shape."""
    name = kind.__name__
    model = {re.sub("_(.)", lambda m: m[1].upper(), field.name) for field in fields(kind)} - {"derivation"}
    assert set(FIELDS[name]) == model
    paths = set(own_shapes().objects(None, SH.path))
    for field in FIELDS[name]:
        assert field in context() or field in context()[name].get("@context", {})
        iri = term_iri(field, name if field == "level" else None)
        assert iri == RDFS.label or (iri, RDF.type, None) in ontology(), field
        assert iri in paths, field


def test_every_class_and_property_has_its_shape() -> None:
    paths = set(own_shapes().objects(None, SH.path))
    targets = set(own_shapes().objects(None, SH.targetClass))
    for term in terms(ontology()):
        wanted = targets if (term, RDF.type, OWL.Class) in ontology() else paths
        assert (term in wanted) != (term in DERIVED | REPORTED), term


@cache
def demanded(class_: Node) -> set[Node]:
    """Return the properties of which some shape demands something, in both languages, of the members of a class."""
    shapes = own_shapes()
    classes = {class_, *hierarchy().objects(class_, RDFS.subClassOf)}
    about = {shape for one in classes for shape in shapes.subjects(SH.targetClass, one)}
    if class_ == PROV.Entity:  # the graph of an article, which is known by what generated it
        about |= set(shapes.subjects(SH.targetSubjectsOf, PROV.wasGeneratedBy))
    demanding = {constraint.shape for constraint in constraints(shapes)}
    found: set[Node] = set()
    for shape in about:
        for inner in shapes.objects(shape, SH.property):
            path = shapes.value(inner, SH.path)
            languages = {m.language for m in shapes.objects(inner, SH.message) if isinstance(m, Literal)}
            if inner in demanding and languages == {"en", "zh"} and path is not None:
                found |= {path, *shapes.objects(inner, SH.equals)}
    return found


def test_each_property_of_each_class_that_data_holds_is_held_to_something(data: Graph) -> None:
    article = read_article(SEEDS / "bozhou-2024.txt")
    extracted = to_graph(article, find_facts(article))
    entities = Graph().parse(data=describe(Named(node_iri("bureau", code), code) for code in CODES), format="nt")
    said: set[tuple[frozenset[Node], Node]] = set()
    for graph in (data, extracted, entities):
        types = {node: frozenset(graph.objects(node, RDF.type)) for node in set(graph.subjects(RDF.type))}
        said |= {(types[node], predicate) for node, predicate, _ in graph if predicate != RDF.type}
    assert len(said) > 90
    for types_, predicate in said:
        assert any(predicate in demanded(type_) for type_ in types_), (sorted(types_), predicate)


def test_what_the_gazetteer_says_of_divisions_passes_the_gate() -> None:
    codes = sorted(gazetteer().by_code)[::5]  # and all that they lie in, went on as, and came from
    named = [Named(node_iri("bureau", code), code) for code in codes]
    said = describe(named).decode()
    assert said.count("#Place>") > 1_000
    assert {name for name in ("within", "validTo", "continuedAs", "mergedInto") if f"#{name}>" not in said} == set()
    labels = "".join(
        line.replace("2004/02/skos/core#prefLabel", "2000/01/rdf-schema#label") + "\n"
        for line in said.splitlines()
        if "prefLabel" in line  # articles say how they call it
    )
    graph = Graph().parse(data=said + labels, format="nt")
    for bureau in graph.subjects(RDF.type, term_iri("Bureau")):  # and their words are evidence of its level
        graph.remove((bureau, term_iri("level", "Bureau"), None))
    found = {f.message_en for f in shape_findings(prepared(graph), own_shapes()) if f.constraint != "minCount"}
    assert found == set()
