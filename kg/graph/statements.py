"""A document to the statements, graph and dataset of rdflib."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache, lru_cache
from typing import Any

import rdflib
from rdflib import Literal, URIRef
from rdflib.term import Identifier, Node

from kg.article import Article
from kg.facts.model import Fact
from kg.graph.document import to_jsonld
from kg.graph.name import BASE
from kg.graph.term import RDF_TYPE, definition_of, expanded, term_iri

_LITERALS = 20_000  # kept of a datatype


@cache
def _writer(term: str, types: tuple[str, ...]) -> tuple[URIRef, Callable[[str], Identifier]]:
    predicate, coercion = definition_of(term, types)
    if coercion is None:
        return predicate, _plain_literal
    if coercion == "@id":
        return predicate, URIRef
    return predicate, _literals(expanded(coercion))


@lru_cache(maxsize=_LITERALS)
def _plain_literal(text: str) -> Literal:
    return Literal(text)


@cache
def _literals(datatype: URIRef) -> Callable[[str], Literal]:
    """Return what makes literals of a datatype; offsets, days and counts come again in every article."""
    return lru_cache(maxsize=_LITERALS)(lambda text: Literal(text, datatype=datatype, normalize=False))


def tables_of(document: Mapping[str, Any]) -> dict[Node, dict[Node, list[Node]]]:
    """Return what a document of ``to_jsonld`` states: by property, the values of each subject, each value once.

    Ten times as fast as a JSON-LD library, which sees anything; ``tests/test_graph.py`` holds it to what rdflib and
    pyoxigraph read.
    """
    iri = cache(URIRef)  # a node's IRI is the value of many triples
    types_of: dict[Node, list[Node]] = {}
    tables: dict[Node, dict[Node, list[Node]]] = {RDF_TYPE: types_of}
    known: dict[tuple[str, ...], dict[str, tuple[dict[Node, list[Node]], Callable[[str], Node]]]] = {}
    for node in document["@graph"]:
        subject = iri(node["id"])
        types = (node["type"],) if isinstance(node["type"], str) else tuple(node["type"])
        terms = known.setdefault(types, {})
        types_of[subject] = [term_iri(type_) for type_ in types]
        for term, value in node.items():
            if term == "id" or term == "type":
                continue
            found = terms.get(term)
            if found is None:
                predicate, write = _writer(term, types)
                found = terms[term] = tables.setdefault(predicate, {}), iri if write is URIRef else write
            table, make = found
            values = [make(one) for one in value] if isinstance(value, list) else [make(value)]
            said = table.setdefault(subject, values)
            if said is not values:  # two terms of one property
                said += [one for one in values if one not in said]
    return tables


def triples_of(document: Mapping[str, Any]) -> Iterator[tuple[Node, Node, Node]]:
    """Give the triples of a document of ``to_jsonld``."""
    for predicate, table in tables_of(document).items():
        for subject, values in table.items():
            for value in values:
                yield subject, predicate, value


def to_dataset(article: Article, facts: Iterable[Fact], base: str = BASE) -> rdflib.Dataset:
    """Return an rdflib Dataset that holds the article's named graph. Raises GraphError as ``to_jsonld`` does."""
    dataset = rdflib.Dataset()
    document = to_jsonld(article, facts, base)
    graph = dataset.graph(URIRef(document["id"]))
    for triple in triples_of(document):
        graph.add(triple)
    return dataset


def to_graph(article: Article, facts: Iterable[Fact], base: str = BASE) -> rdflib.Graph:
    """Return the article's triples as one rdflib Graph. Raises GraphError as ``to_jsonld`` does.

    >>> from rdflib import RDFS
    >>> from kg.facts.model import Bureau, Evidence
    >>> article = Article(id="a", text="南充公安侦破案件3起", blocks=())
    >>> fact = Bureau(article="a", evidence=(Evidence(0, 4, "南充公安"),), name="南充市公安局", level="prefecture")
    >>> graph = to_graph(article, [fact])
    >>> "南充市公安局" in [str(label) for label in graph.objects(None, RDFS.label)]
    True
    """
    graph = rdflib.Graph()
    for triple in triples_of(to_jsonld(article, facts, base)):
        graph.add(triple)
    return graph
