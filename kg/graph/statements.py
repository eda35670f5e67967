"""A document to the statements, graph and dataset of rdflib."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache, lru_cache
from typing import Any

import rdflib
from rdflib import Literal, URIRef
from rdflib.term import Identifier

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


def statements_of(document: Mapping[str, Any]) -> Iterator[tuple[URIRef, URIRef, list[Identifier]]]:
    """Give each subject of a document of ``to_jsonld`` with each of its properties and the values that it has of it.

    Ten times as fast as a JSON-LD library, which sees anything; ``tests/test_graph.py`` holds it to what rdflib and
    pyoxigraph read.
    """
    iri = cache(URIRef)  # a node's IRI is the value of many triples
    for node in document["@graph"]:
        subject = iri(node["id"])
        types = (node["type"],) if isinstance(node["type"], str) else tuple(node["type"])
        yield subject, RDF_TYPE, [term_iri(type_) for type_ in types]
        for term, value in node.items():
            if term == "id" or term == "type":
                continue
            predicate, write = _writer(term, types)
            make = iri if write is URIRef else write
            yield subject, predicate, [make(one) for one in value] if isinstance(value, list) else [make(value)]


def triples_of(document: Mapping[str, Any]) -> Iterator[tuple[URIRef, URIRef, Identifier]]:
    """Give the triples of a document of ``to_jsonld``."""
    return ((subject, predicate, value) for subject, predicate, values in statements_of(document) for value in values)


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
