"""A document to N-Triples, spelled as a store spells them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache

from kg.graph.name import ONTOLOGY
from kg.graph.term import RDF_TYPE, Node, definition_of, expanded, term_iri

_ESCAPED = re.compile('["\\\\\x00-\x1f\x7f\ufffe\uffff]')
_NTRIPLES_ESCAPES = {'"': '\\"', "\\": "\\\\", "\b": "\\b", "\t": "\\t", "\n": "\\n", "\f": "\\f", "\r": "\\r"}


def to_ntriples(document: Node) -> bytes:
    """Return the triples of a document of ``to_jsonld`` as N-Triples, which a store reads in a fifth of the time.

    >>> to_ntriples({"@graph": [{"id": "urn:a", "type": "Place", "code": "371600"}]}).decode().splitlines()[1]
    '<urn:a> <https://w3id.org/pingan/ontology#code> "371600" .'
    """
    return ntriples_of(spelled(document))


def ntriples_of(spelled: Iterable[tuple[str, Mapping[str, Iterable[str]]]]) -> bytes:
    """Return what ``spelled`` gives as N-Triples."""
    lines = [
        f"{subject} {predicate} {value} .\n"
        for subject, said in spelled
        for predicate, values in said.items()
        for value in values
    ]
    return "".join(lines).encode()


def spelled(document: Node) -> Iterator[tuple[str, dict[str, list[str]]]]:
    """Give each subject of a document of ``to_jsonld`` with values by property, spelled as a store spells N-Triples."""
    known: dict[tuple[str, str], str] = {}
    for node in document["@graph"]:
        types = (node["type"],) if isinstance(node["type"], str) else tuple(node["type"])
        said = {_TYPE: _spelled_types(types)[:]}
        for term, value in node.items():
            if term == "id" or term == "type":
                continue
            predicate, suffix = _spelling(term, types)
            if isinstance(value, list):
                values = [_spelled_value(one, suffix) for one in value]
            else:
                found = known.get((suffix, value))
                if found is None:
                    found = known[suffix, value] = _spelled_value(value, suffix)
                values = [found]
            if predicate in said:
                said[predicate] += values
            else:
                said[predicate] = values
        yield f"<{node['id']}>", said


@cache
def _spelled_types(types: tuple[str, ...]) -> list[str]:
    return [f"<{term_iri(type_)}>" for type_ in types]


def _spelled_value(value: str, suffix: str) -> str:
    return f"<{value}>" if suffix == ">" else f'"{_escaped(value)}{suffix}'


def pairs_of(document: Node, names: Iterable[str]) -> dict[str, list[tuple[str, str]]]:
    """Return what a document of ``to_jsonld`` links by some properties of the ontology, as a store gives pairs.

    >>> pairs_of({"@graph": [{"id": "urn:a", "type": "Place", "code": "371600"}]}, ["code", "kind"])
    {'code': [('urn:a', '371600')], 'kind': []}
    """
    found: dict[str, list[tuple[str, str]]] = {name: [] for name in names}
    wanted = {f"<{ONTOLOGY}{name}>": pairs for name, pairs in found.items()}
    for node in document["@graph"]:
        types = (node["type"],) if isinstance(node["type"], str) else tuple(node["type"])
        for term, value in node.items():
            if term not in ("id", "type") and (pairs := wanted.get(_spelling(term, types)[0])) is not None:
                pairs += [(node["id"], one) for one in (value if isinstance(value, list) else (value,))]
    return found


_TYPE = f"<{RDF_TYPE}>"


@cache
def _spelling(term: str, types: tuple[str, ...]) -> tuple[str, str]:
    """Return a predicate as N-Triples spell it, and how a value of it ends."""
    predicate, coercion = definition_of(term, types)
    if coercion == "@id":
        return f"<{predicate}>", ">"
    return f"<{predicate}>", '"' if coercion is None else f'"^^<{expanded(coercion)}>'


def _escaped(text: str) -> str:
    return _ESCAPED.sub(_escape, text) if _ESCAPED.search(text) else text


def _escape(found: re.Match[str]) -> str:
    return _NTRIPLES_ESCAPES.get(found[0]) or f"\\u{ord(found[0]):04X}"
