"""The border to pyoxigraph's terms, rows and messages."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

import pyoxigraph as ox

from kg.store.model import Rows, Term

FORMATS = {
    "nquads": ox.RdfFormat.N_QUADS,
    "trig": ox.RdfFormat.TRIG,
    "turtle": ox.RdfFormat.TURTLE,
    "ntriples": ox.RdfFormat.N_TRIPLES,
    "jsonld": ox.RdfFormat.JSON_LD,
}
_XSD = "http://www.w3.org/2001/XMLSchema#"
_XSD_STRING = f"{_XSD}string"


def spelled_out(term: bytes) -> str:
    """Return what ``Store.stated`` gives as N-Triples spells it: numbers and truth stand there as they are.

    >>> spelled_out(b"12"), spelled_out(b"true")
    ('"12"^^<http://www.w3.org/2001/XMLSchema#integer>', '"true"^^<http://www.w3.org/2001/XMLSchema#boolean>')
    >>> spelled_out(b"<urn:a>")
    '<urn:a>'
    """
    value = term.decode("utf-8")
    if value[0] in '<"_':
        return value
    kind = "boolean" if value in ("true", "false") else "double" if "e" in value.lower() else "decimal"
    return f'"{value}"^^<{_XSD}{kind if kind != "decimal" or "." in value else "integer"}>'


def constant(term: ox.NamedNode | ox.Literal) -> Callable[[], ox.NamedNode | ox.Literal]:
    """Return what gives a term, as a function of SPARQL."""
    return lambda: term


def to_oxigraph(term: Term) -> ox.NamedNode | ox.Literal:
    """Return a term as pyoxigraph has it."""
    if term.kind == "uri":
        return ox.NamedNode(term.value)
    if term.language:
        return ox.Literal(term.value, language=term.language)
    return ox.Literal(term.value, datatype=ox.NamedNode(term.datatype or _XSD_STRING))


def _from_oxigraph(term: object) -> Term | None:
    if term is None:
        return None
    if isinstance(term, ox.NamedNode):
        return Term("uri", term.value)
    if isinstance(term, ox.Literal):
        datatype = None if term.language or term.datatype.value == _XSD_STRING else term.datatype.value
        return Term("literal", term.value, datatype, term.language)
    if isinstance(term, ox.BlankNode):
        return Term("bnode", term.value)
    return Term("triple", str(term))


def read_rows(result: ox.QuerySolutions, limit: int | None) -> Rows:
    """Return the rows of an answer, no more than ``limit`` of them."""
    names = tuple(variable.value for variable in result.variables)
    rows: list[tuple[Term | None, ...]] = []
    known: dict[object, Term | None] = {}  # most terms of an answer come again: names, days, units, articles
    for solution in result:
        if limit is not None and len(rows) == limit:
            return Rows(names, tuple(rows), cut=True)
        terms = tuple(solution)
        try:
            rows.append(tuple([known[term] for term in terms]))
        except KeyError:
            known.update((term, _from_oxigraph(term)) for term in terms if term not in known)
            rows.append(tuple([known[term] for term in terms]))
    return Rows(names, tuple(rows))


def explain_syntax(message: str, sparql: str) -> str:
    """Return "line 2, column 15: ..." from Oxigraph's "error at 2:15: expected one of ...".

    >>> explain_syntax("error at 1:8: expected OPTIONAL", "SELECT nonsense")
    'line 1, column 8: the query cannot be read from "nonsense" on'
    """
    place, _, expected = message.removeprefix("error at ").partition(": ")
    line, _, column = place.partition(":")
    if not (line.isdigit() and column.isdigit()):
        return f"the query does not parse: {message}"
    if "SELECT contains a variable that is unbound" in expected:
        return f"line {line}, column {column}: SELECT names a variable that is neither grouped nor aggregated"
    lines = sparql.split("\n")
    rest = lines[int(line) - 1][int(column) - 1 :].split() if int(line) <= len(lines) else []
    found = f'the query cannot be read from "{rest[0][:40]}" on' if rest else "the query ends too early"
    return f"line {line}, column {column}: {found}"


def sorted_triples(ntriples: bytes) -> bytes:
    """Return N-Triples in the form that ``Store.ask`` gives. Raises SyntaxError where they are none."""
    return b"".join(sorted({f"{quad.triple} .\n".encode() for quad in ox.parse(ntriples, ox.RdfFormat.N_TRIPLES)}))


def parse_rdf(data: bytes, format: str, graph: str | None = None) -> list[ox.Quad]:
    """Return the quads of some RDF, all of them in a graph where one is given. Raises SyntaxError."""
    quads = list(ox.parse(data, FORMATS[format]))
    if graph is None:
        return quads
    name = ox.NamedNode(graph)
    return [quad if quad.graph_name == name else moved_to(quad, name) for quad in quads]


def moved_to(quad: ox.Quad, graph: ox.NamedNode | ox.DefaultGraph) -> ox.Quad:
    """Return a quad in another graph."""
    return ox.Quad(quad.subject, quad.predicate, quad.object, graph)


def in_default_graph(quads: Iterable[ox.Quad]) -> Iterator[ox.Quad]:
    """Give quads in the default graph."""
    default = ox.DefaultGraph()
    return (moved_to(quad, default) for quad in quads)
