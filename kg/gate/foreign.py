"""RDF from elsewhere: bytes to a Dataset, without reaching out and without surprises.

Turtle, N-Triples, N-Quads, TriG and JSON-LD whose context stands inside. Oxigraph's parsers read them: they stream,
resolve nothing over the network and do not run deep on nested brackets. RDF/XML is not read, since a few hundred bytes
of entities keep a parser busy for minutes. Literals that rdflib would parse as XML or HTML are refused for the same
reason.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pyoxigraph as ox
from rdflib import RDF, BNode, Dataset, Graph, Literal, URIRef

from kg.errors import InputError
from kg.gate.triples import Triple

_FORMATS: Mapping[str, ox.RdfFormat] = {
    ".ttl": ox.RdfFormat.TURTLE,
    ".nt": ox.RdfFormat.N_TRIPLES,
    ".nq": ox.RdfFormat.N_QUADS,
    ".trig": ox.RdfFormat.TRIG,
    ".jsonld": ox.RdfFormat.JSON_LD,
}
SUFFIXES = tuple(_FORMATS)
"""The endings of the files that are read as RDF."""

_MOST_BYTES = 512 * 1024 * 1024
_PARSED_BY_RDFLIB = frozenset({str(RDF.XMLLiteral), str(RDF.HTML)})


def _literal(term: ox.Literal, where: str) -> Literal:
    if term.language:
        return Literal(term.value, lang=term.language)
    datatype = term.datatype.value
    if datatype in _PARSED_BY_RDFLIB:
        raise InputError(f"{where}: a literal of type {datatype}; XML and HTML inside RDF are not read")
    if datatype == "http://www.w3.org/2001/XMLSchema#string":
        return Literal(term.value)
    return Literal(term.value, datatype=URIRef(datatype), normalize=False)


def _term(term: object, where: str) -> URIRef | BNode | Literal:
    match term:
        case ox.NamedNode():
            return URIRef(term.value)
        case ox.BlankNode():
            return BNode(term.value)
        case ox.Literal():
            return _literal(term, where)
        case _:
            raise InputError(f"{where}: a triple as a term, which RDF 1.1 does not have")


def read_triples(ntriples: bytes, where: str = "<data>") -> list[Triple]:
    """Return the triples of N-Triples as a store spells them; a fifth of the time of ``parse_rdf``, for they are known.

    Raises InputError where they do not parse.

    >>> read_triples(b'<urn:a> <urn:b> "1" .')
    [(rdflib.term.URIRef('urn:a'), rdflib.term.URIRef('urn:b'), rdflib.term.Literal('1'))]
    """
    known: dict[str, URIRef] = {}
    found: list[Triple] = []
    try:
        for triple in ox.parse(ntriples, format=ox.RdfFormat.N_TRIPLES):
            terms = (triple.subject, triple.predicate, triple.object)
            found.append(
                tuple(  # type: ignore[arg-type]
                    (known.get(term.value) or known.setdefault(term.value, URIRef(term.value)))
                    if isinstance(term, ox.NamedNode)
                    else _term(term, where)
                    for term in terms
                )
            )
    except SyntaxError as error:
        raise InputError(f"{where}: {' '.join(str(error).split())[:300]}") from None
    return found


def parse_rdf(data: bytes, suffix: str, where: str = "<data>") -> Dataset:
    """Return the statements of a document in the format that a file's ending names.

    Raises InputError where it does not parse, is of another format, or needs something from outside.

    >>> len(parse_rdf(b"<urn:a> <urn:b> 1 .", ".ttl"))
    1
    """
    if suffix not in _FORMATS:
        raise InputError(
            f"{where}: RDF is read from {', '.join(SUFFIXES)}; convert it, RDF/XML too, with a tool you trust"
        )
    dataset = Dataset()
    try:
        for quad in ox.parse(data, format=_FORMATS[suffix]):
            graph = _graph(dataset, quad.graph_name)
            subject = _term(quad.subject, where)
            graph.add((subject, URIRef(quad.predicate.value), _term(quad.object, where)))
    except SyntaxError as error:
        raise InputError(f"{where}: {' '.join(str(error).split())[:300]}") from None
    except (ValueError, OSError) as error:
        raise InputError(f"{where}: cannot be read as RDF: {' '.join(str(error).split())[:300]}") from None
    return dataset


def _graph(dataset: Dataset, name: object) -> Graph:
    match name:
        case ox.NamedNode():
            return dataset.graph(URIRef(name.value))
        case ox.BlankNode():
            return dataset.graph(BNode(name.value))
        case _:
            default: Graph = dataset.default_graph
            return default


def read_rdf(path: Path) -> Dataset:
    """Return the statements of a file. Raises InputError as ``parse_rdf`` does, and for a file that cannot be read."""
    try:
        if path.stat().st_size > _MOST_BYTES:
            raise InputError(
                f"{path}: {path.stat().st_size} bytes; at most {_MOST_BYTES} are read at once, so split it"
            )
        data = path.read_bytes()
    except OSError as error:
        raise InputError(f"{path}: {error.strerror}; check the path") from None
    return parse_rdf(data, path.suffix.lower(), str(path))
