"""Graphs as files: Turtle that a person can read, TriG, N-Quads, JSON-LD, RDF/XML, and facts as CSV.

Enters: N-Quads, as a store dumps them or a graph of one article gives them. Leaves: text whose bytes depend on the
statements alone: prefixes, subjects grouped by class and in the order of their IRIs, properties in the order of the
contract, Chinese as it is written.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Protocol
from xml.sax.saxutils import escape, quoteattr

import rdflib

from kg.errors import GraphError, UsageError
from kg.facts.jsonl import decimal_text, fact_to_dict
from kg.facts.model import Fact
from kg.graph import BASE, context, facts_of
from kg.sorting import in_order
from kg.turtle import PREFIXES, RDF, RDF_TYPE, XSD, Names, Triple, body, in_reading_order, pack_triples, write

__all__ = ["FORMATS", "RDF_TYPE", "STREAMED", "XSD", "Quads", "Triple", "export", "read_nquads", "stream",
           "stream_store", "write_csv"]  # fmt: skip

Quads = dict[str, set[Triple]]
"""Triples by graph; every term is spelled as in N-Quads, the default graph is ""."""

_PIECE = 1 << 20

_TERM = r'<[^<>\s]*>|_:[^\s<>"]+|"(?:[^"\\]|\\.)*"(?:@[A-Za-z0-9-]+|\^\^<[^<>\s]*>)?'
_QUAD = re.compile(rf"\s*({_TERM})\s*({_TERM})\s*({_TERM})\s*(?:({_TERM})\s*)?\.\s*(?:#.*)?")
_LITERAL = re.compile(r'"(?P<text>(?:[^"\\]|\\.)*)"(?:@(?P<language>[A-Za-z0-9-]+)|\^\^<(?P<datatype>[^<>\s]*)>)?')
_ESCAPE = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))")
_ESCAPED = {"t": "\t", "b": "\b", "n": "\n", "r": "\r", "f": "\f"}
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def read_nquads(data: bytes) -> Quads:
    """Return the statements of N-Quads, blank nodes named by what is said of them.

    Raises GraphError where a line is no statement.
    """
    quads: Quads = {}
    for number, line in enumerate(data.decode("utf-8").split("\n"), 1):
        if not line or line.isspace() or line.lstrip().startswith("#"):
            continue
        match = _QUAD.fullmatch(line)
        if match is None:
            raise GraphError(f"N-Quads, line {number}: no statement: {line[:80]!r}")
        subject, predicate, value, graph = match.groups()
        quads.setdefault(graph or "", set()).add((subject, predicate, value))
    return _named_by_content(quads)


def _named_by_content(quads: Quads) -> Quads:
    """Return the statements with blank nodes labelled alike in every run.

    Each node's colour comes from the statements about it; a few rounds tell lists and axioms apart, and nodes that
    still look alike are alike.
    """
    blank = {t for triples in quads.values() for s, _, o in triples for t in (s, o) if t.startswith("_:")}
    if not blank:
        return quads
    around: dict[str, list[tuple[str, str, str]]] = {node: [] for node in blank}
    for triples in quads.values():
        for subject, predicate, value in triples:
            if subject in around:
                around[subject].append((">", predicate, value))
            if value in around:
                around[value].append(("<", predicate, subject))
    colour = dict.fromkeys(blank, "")
    while True:
        before = len(set(colour.values()))
        spelled = {
            node: repr(sorted((way, predicate, colour.get(other, other)) for way, predicate, other in said))
            for node, said in around.items()
        }
        colour = {node: hashlib.sha256(text.encode()).hexdigest() for node, text in spelled.items()}
        if len(set(colour.values())) == before:
            break
    order = sorted(blank, key=lambda node: (colour[node], node))
    label = {node: f"_:b{number}" for number, node in enumerate(order)}
    return {graph: {(label.get(s, s), p, label.get(o, o)) for s, p, o in triples} for graph, triples in quads.items()}


def _turtle(quads: Quads, base: str) -> str:
    names = Names(base)
    text = "".join(body(set().union(*quads.values()), names))
    return names.header() + text


def _trig(quads: Quads, base: str) -> str:
    names = Names(base)
    parts = []
    for graph in sorted(quads):
        inner = "".join(body(quads[graph], names, "    " if graph else ""))
        parts.append(f"\n{names[graph]} {{{inner}}}\n" if graph else inner)
    return names.header() + "".join(parts)


def _nquads(quads: Quads, base: str) -> str:
    lines = (
        f"{s} {p} {o} {graph} .\n" if graph else f"{s} {p} {o} .\n"
        for graph, triples in quads.items()
        for s, p, o in triples
    )
    return "".join(sorted(lines))


def _unescaped(text: str) -> str:
    def plain(match: re.Match[str]) -> str:
        code = match[1] or match[2]
        return chr(int(code, 16)) if code else _ESCAPED.get(match[3], match[3])

    return _ESCAPE.sub(plain, text) if "\\" in text else text


def _parts(term: str) -> tuple[str, str | None, str | None]:
    """Return the characters of a literal, its language and its datatype."""
    match = _LITERAL.fullmatch(term)
    if match is None:
        raise GraphError(f"no literal: {term[:80]!r}")
    return _unescaped(match["text"]), match["language"], match["datatype"]


class _JsonLd:
    """Compacts by the context; what the context does not say keeps its IRI, its type and its language."""

    def __init__(self) -> None:
        terms = context()
        self.types: dict[str, str] = {}
        self.scoped: dict[str, dict[str, tuple[str, str | None]]] = {}
        plain = self._inverse(terms, terms)
        for term, definition in terms.items():
            if isinstance(definition, dict) and "@context" in definition:
                self.scoped[term] = {**plain, **self._inverse(definition["@context"], terms)}
                for iri, (name, _) in plain.items():
                    if name in definition["@context"]:
                        self.scoped[term].pop(iri, None)
            short = (
                definition
                if isinstance(definition, str)
                else definition.get("@id", "")
                if isinstance(definition, dict)
                else ""
            )
            if term[:1].isupper():
                self.types[self._expand(short, terms)] = term
        self.plain = plain

    @staticmethod
    def _expand(short: str, terms: Mapping[str, object]) -> str:
        prefix, _, name = short.partition(":")
        return f"<{terms[prefix]}{name}>"

    def _inverse(self, some: Mapping[str, object], terms: Mapping[str, object]) -> dict[str, tuple[str, str | None]]:
        found: dict[str, tuple[str, str | None]] = {}
        for term, definition in some.items():
            if term.startswith("@") or term[:1].isupper():
                continue
            short = (
                definition
                if isinstance(definition, str)
                else definition.get("@id", "")
                if isinstance(definition, dict)
                else ""
            )
            coercion = definition.get("@type") if isinstance(definition, dict) else None
            if isinstance(short, str) and ":" in short and not short.endswith(("#", "/")):
                if isinstance(coercion, str) and coercion != "@id":
                    coercion = self._expand(coercion, terms)
                found[self._expand(short, terms)] = (term, coercion if isinstance(coercion, str) else None)
        return found

    def node(self, subject: str, properties: Mapping[str, Sequence[str]]) -> dict[str, object]:
        node: dict[str, object] = {"id": self.iri(subject)}
        types = [self.types.get(t, self.iri(t)) for t in properties.get(RDF_TYPE, ())]
        terms = next((self.scoped[t] for t in types if t in self.scoped), self.plain)
        if types:
            node["type"] = types[0] if len(types) == 1 else types
        for predicate, values in properties.items():
            if predicate == RDF_TYPE:
                continue
            term, coercion = terms.get(predicate, ("", None))
            fitting = [self.coerced(value, coercion) for value in values] if term else []
            if term and all(one is not None for one in fitting):
                node[term] = fitting[0] if len(fitting) == 1 else fitting
            else:
                node[self.iri(predicate)] = [self.spelled(value) for value in values]
        return node

    @staticmethod
    def iri(term: str) -> str:
        return term if term.startswith("_:") else _unescaped(term[1:-1])

    def coerced(self, value: str, coercion: str | None) -> str | None:
        """Return the value as the context reads it, None where it would read another one."""
        if not value.startswith('"'):
            return self.iri(value) if coercion == "@id" else None
        text, language, datatype = _parts(value)
        wanted = coercion[1:-1] if coercion and coercion != "@id" else None
        return text if coercion != "@id" and language is None and datatype == wanted else None

    def spelled(self, value: str) -> dict[str, str]:
        if not value.startswith('"'):
            return {"@id": self.iri(value)}
        text, language, datatype = _parts(value)
        more = {"@language": language} if language else {"@type": datatype} if datatype else {}
        return {"@value": text, **more}


def _jsonld(quads: Quads, base: str) -> str:
    compact = _JsonLd()
    graphs: list[dict[str, object]] = []
    for graph in sorted(quads):
        nodes = [compact.node(subject, properties) for _, subject, properties in in_reading_order(quads[graph])]
        graphs += [{"id": compact.iri(graph), "@graph": nodes}] if graph else nodes
    return json.dumps({"@context": dict(context()), "@graph": graphs}, ensure_ascii=False, indent=1) + "\n"


def _rdfxml(quads: Quads, base: str) -> str:
    prefixes: dict[str, str] = {"rdf": RDF}
    by_namespace = {namespace: prefix for prefix, namespace in PREFIXES.items()}
    body = []
    for _, subject, properties in in_reading_order(set().union(*quads.values())):
        about = "nodeID" if subject.startswith("_:") else "about"
        body.append(f"  <rdf:Description rdf:{about}={_attribute(subject)}>\n")
        for predicate, values in properties.items():
            cut = max(predicate.rfind("/"), predicate.rfind("#")) + 1
            namespace, name = _unescaped(predicate[1:cut]), predicate[cut:-1]
            if not re.fullmatch(r"[^\W\d][\w.-]*", name):
                raise GraphError(f"{predicate}: RDF/XML has no way to write this property; export as Turtle")
            prefix = by_namespace.setdefault(namespace, f"ns{len(by_namespace)}")
            prefixes[prefix] = namespace
            body += [_xml_property(f"{prefix}:{name}", value) for value in values]
        body.append("  </rdf:Description>\n")
    declared = "".join(f"\n    xmlns:{p}={quoteattr(prefixes[p])}" for p in sorted(prefixes))
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<rdf:RDF{declared}>\n{"".join(body)}</rdf:RDF>\n'


def _attribute(term: str) -> str:
    return quoteattr(term[2:] if term.startswith("_:") else _unescaped(term[1:-1]))


def _xml_property(name: str, value: str) -> str:
    if value.startswith("_:"):
        return f"    <{name} rdf:nodeID={_attribute(value)}/>\n"
    if value.startswith("<"):
        return f"    <{name} rdf:resource={_attribute(value)}/>\n"
    text, language, datatype = _parts(value)
    if _NOT_XML.search(text):
        raise GraphError(f"{name} {text[:40]!r}: XML has no such character; export as Turtle")
    more = (
        f" xml:lang={quoteattr(language)}" if language else f" rdf:datatype={quoteattr(datatype)}" if datatype else ""
    )
    return f"    <{name}{more}>{escape(text, {chr(13): '&#13;'})}</{name}>\n"


_COLUMNS = (
    "type", "article", "bureau", "name", "level", "place", "parent", "title", "recipient", "recipientKind", "grantor",
    "times", "indicator", "kind", "value", "unit", "bound", "direction", "comparison", "baseline", "scope", "streak",
    "campaign", "period", "evidence",
)  # fmt: skip


def _cell(name: str, value: object) -> str:
    match value:
        case None:
            return ""
        case {"start": start, "end": end}:
            return f"{start}/{end}"
        case {"n": n, "unit": unit}:
            return f"{n}{unit}"
        case list():
            return " | ".join(f"{one['start']}-{one['end']} {one['quote']}" for one in value)
        case str() | int():
            return str(value)
        case _:
            return decimal_text(value)  # type: ignore[arg-type]


def write_csv(facts: Iterable[Fact]) -> str:
    """Return facts as one table, a column for each field of the contract; days as ISO 8601 intervals."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(_COLUMNS)
    for fact in facts:
        data = fact_to_dict(fact)
        writer.writerow([_cell(name, data.get(name)) for name in _COLUMNS])
    return out.getvalue()


def _csv(quads: Quads, base: str) -> str:
    facts: list[Fact] = []
    for graph in sorted(quads):
        parsed = rdflib.Graph()
        parsed.parse(data=_nquads({"": quads[graph]}, base), format="nt")
        facts += facts_of(parsed)
    return write_csv(facts)


# --- more than fits into memory ---------------------------------------------------------------------------------------


STREAMED = ("turtle", "trig", "nquads", "csv")
"""The formats that ``stream`` writes."""


def stream(graphs: Iterable[tuple[str, bytes]], format: str = "turtle", base: str = BASE) -> Iterator[str]:
    """Give, piece by piece, what ``export`` returns of named graphs, each as N-Triples, in the order of their names.

    Memory does not grow with the number of graphs; Turtle and N-Quads are sorted on disk. Raises GraphError, and
    UsageError for a format that has to stand in memory as a whole.
    """
    if format not in STREAMED:
        raise UsageError(f"{format} has to stand in memory as a whole; stream {', '.join(STREAMED)}")
    match format:
        case "turtle":
            yield from write((pack_triples(triples, base) for _, triples in _labelled(graphs)), base)
        case "trig":
            yield from _stream_trig(graphs, base)
        case "csv":
            yield write_csv([])
            for graph, triples in graphs:
                if triples:
                    yield _csv({graph: _statements(triples)}, base).split("\n", 1)[1]
        case "nquads":
            lines = (line for graph, triples in _labelled(graphs) for line in _quad_lines(graph, triples))
            yield from (line.decode() for line in in_order(lines))


class Keeping(Protocol):
    """What gives graphs as N-Triples, and has kept packs of some of them."""

    def triples(self, graph: str) -> bytes:
        """Return a named graph as N-Triples."""
        ...

    def packs(self) -> Iterator[tuple[str, bytes]]:
        """Give graphs, each with its pack."""
        ...


def stream_store(store: Keeping, graphs: Iterable[str], format: str = "turtle") -> Iterator[str]:
    """Give, piece by piece, what ``export`` returns of some graphs of a store; see ``stream``.

    Reading words out of a store is slower than all else, so Turtle is made of the packs that were kept.
    """
    names = sorted(graphs, key="<{}>".format)
    if format != "turtle":
        return stream(((graph, store.triples(graph)) for graph in names), format)
    return write(_packs(store, names))


def _packs(store: Keeping, graphs: Iterable[str]) -> Iterator[bytes]:
    left = dict.fromkeys(graphs)
    for graph, packed in store.packs():
        if graph in left:
            del left[graph]
            yield packed
    for _, triples in _labelled((graph, store.triples(graph)) for graph in left):
        yield pack_triples(triples)


def _quad_lines(graph: str, triples: bytes) -> list[bytes]:
    ending = f" <{graph}> .\n".encode()
    return [line[:-2] + ending for line in triples.split(b"\n") if line]


def _statements(triples: bytes) -> set[Triple]:
    return read_nquads(triples).get("", set())


def _labelled(graphs: Iterable[tuple[str, bytes]]) -> Iterator[tuple[str, bytes]]:
    """Give graphs whose blank nodes are named by what is said of them; those that have some stand in memory."""
    kept: list[bytes] = []
    for graph, triples in graphs:
        if b"_:" in triples:
            kept += _quad_lines(graph, triples)
        else:
            yield graph, triples
    for name, statements in read_nquads(b"\n".join(kept)).items():
        lines = "".join(f"{s} {p} {o} .\n" for s, p, o in statements)
        yield name[1:-1], lines.encode()


def _stream_trig(graphs: Iterable[tuple[str, bytes]], base: str) -> Iterator[str]:
    names = Names(base)
    with tempfile.TemporaryFile("w+", encoding="utf-8", newline="") as file:
        for name, triples in in_order((f"<{graph}>".encode(), triples) for graph, triples in _labelled(graphs)):
            inner = "".join(body(_statements(triples), names, "    "))
            file.write(f"\n{names[name.decode()]} {{{inner}}}\n")
        file.seek(0)
        yield names.header()
        while piece := file.read(_PIECE):
            yield piece


_WRITERS: Mapping[str, Callable[[Quads, str], str]] = {
    "turtle": _turtle,
    "trig": _trig,
    "nquads": _nquads,
    "jsonld": _jsonld,
    "rdfxml": _rdfxml,
    "csv": _csv,
}
FORMATS = tuple(_WRITERS)
"""What ``export`` writes."""


def export(nquads: bytes, format: str = "turtle", base: str = BASE) -> str:
    """Return statements, given as N-Quads, in another format; Turtle and RDF/XML leave out which graph says them.

    Raises UsageError for an unknown format, GraphError for what a format cannot hold.

    >>> print(export('<https://w3id.org/pingan/data/bureau/南充市公安局> '
    ...     '<https://w3id.org/pingan/ontology#level> "prefecture" .'.encode()), end="")
    @prefix bureau: <https://w3id.org/pingan/data/bureau/> .
    @prefix pa:     <https://w3id.org/pingan/ontology#> .
    <BLANKLINE>
    # Other
    <BLANKLINE>
    bureau:南充市公安局 pa:level "prefecture" .
    """
    if format not in _WRITERS:
        raise UsageError(f'no export format "{format}"; there are {", ".join(FORMATS)}')
    return _WRITERS[format](read_nquads(nquads), base)
