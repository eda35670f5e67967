"""What is said of each node, and how terms are spelled: as in N-Triples.

Enters: statements by graph. Leaves: the values of a node's property, in a fixed order.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cached_property

from kg.exports import RDF_TYPE, XSD, Quads, Triple
from kg.graph import ONTOLOGY

_TEXT = re.compile(r'"((?:[^"\\]|\\.)*)"')


def iri(text: str) -> str:
    """Return an IRI as N-Triples spell it.

    >>> iri("urn:a")
    '<urn:a>'
    """
    return f"<{text}>"


def pa(name: str) -> str:
    """Return a term of the ontology.

    >>> pa("value")
    '<https://w3id.org/pingan/ontology#value>'
    """
    return iri(ONTOLOGY + name)


def literal(text: str, datatype: str | None = None, language: str | None = None) -> str:
    r"""Return a literal; ``datatype`` is a name of XML Schema.

    >>> literal('a "b"', language="en"), literal("1", "integer")
    ('"a \\"b\\""@en', '"1"^^<http://www.w3.org/2001/XMLSchema#integer>')
    """
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\r", "\\r")
    return f'"{escaped}"' + (f"@{language}" if language else f"^^<{XSD}{datatype}>" if datatype else "")


def plain(term: str) -> str:
    """Return the characters of a literal, still escaped, or an IRI without its brackets.

    >>> plain('"2020-01-01"^^<http://www.w3.org/2001/XMLSchema#date>'), plain("<urn:a>")
    ('2020-01-01', 'urn:a')
    """
    match = _TEXT.match(term)
    return match[1] if match else term.strip("<>")


class Nodes:
    """The nodes of a graph, whichever named graph speaks of them."""

    def __init__(self, quads: Quads) -> None:
        self.graphs = quads
        self._said: dict[str, dict[str, set[str]]] = {}
        for triples in quads.values():
            for subject, predicate, value in triples:
                self._said.setdefault(subject, {}).setdefault(predicate, set()).add(value)

    def of_class(self, kind: str) -> Iterator[str]:
        """Give the nodes of a class, in the order of their IRIs."""
        return iter(self._of_class.get(kind, ()))

    @cached_property
    def _of_class(self) -> Mapping[str, list[str]]:
        found: dict[str, list[str]] = defaultdict(list)
        for node in sorted(self._said):
            for kind in self._said[node].get(RDF_TYPE, ()):
                found[kind].append(node)
        return found

    def all(self, node: str, property_: str) -> list[str]:
        """Return the values of a node's property, sorted."""
        return sorted(self._said.get(node, {}).get(property_, ()))

    def said(self, node: str) -> Iterator[tuple[str, str]]:
        """Give all that is said of a node: properties and values, sorted."""
        return (
            (property_, value) for property_ in sorted(self._said.get(node, {})) for value in self.all(node, property_)
        )

    def one(self, node: str, property_: str) -> str | None:
        """Return the first value of a node's property, None where it has none."""
        values = self.all(node, property_)
        return values[0] if values else None

    def copied(self, node: str, *properties: str) -> Iterator[Triple]:
        """Give what is said of a node with these properties."""
        return ((node, property_, value) for property_ in properties for value in self.all(node, property_))
