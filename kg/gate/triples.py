"""Triples that are put together once and then read: an rdflib store of three dictionaries.

The gate asks a graph thousands of small questions, and rdflib's own stores spend most of their time on being changed
and on contexts.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from rdflib import Graph
from rdflib.store import Store
from rdflib.term import Node

Triple = tuple[Node, Node, Node]
Pattern = tuple[Node | None, Node | None, Node | None]


class Triples(Store):
    """A store whose triples stand in ``of`` by subject and in ``by`` by predicate and subject."""

    context_aware = False

    def __init__(self, triples: Iterable[Triple] = ()) -> None:
        super().__init__()
        self.of: dict[Node, list[tuple[Node, Node]]] = {}
        self.by: dict[Node, dict[Node, list[Node]]] = {}
        self._about: dict[Node, Mapping[Node, list[Node]]] = {}
        self._count = 0
        of, by = self.of, self.by
        for subject, predicate, value in triples:
            table = by.get(predicate)
            if table is None:
                table = by[predicate] = {}
            values = table.get(subject)
            if values is None:
                table[subject] = [value]
            elif value in values:
                continue
            else:
                values.append(value)
            said = of.get(subject)
            if said is None:
                of[subject] = [(predicate, value)]
            else:
                said.append((predicate, value))
            self._count += 1

    def about(self, predicate: Node) -> Mapping[Node, list[Node]]:
        """Return the subjects by the values that they have of a property."""
        found = self._about.get(predicate)
        if found is None:
            made: dict[Node, list[Node]] = {}
            for subject, values in self.by.get(predicate, {}).items():
                for value in values:
                    made.setdefault(value, []).append(subject)
            found = self._about[predicate] = made
        return found

    def triples(self, triple_pattern: Any, context: Any = None) -> Iterator[tuple[Any, Iterator[None]]]:
        """Give the triples that fit a pattern, as rdflib asks for them."""
        none: Iterator[None] = iter(())
        subject, predicate, value = triple_pattern
        if predicate is not None and subject is not None:
            for one in self.by.get(predicate, {}).get(subject, ()):
                if value is None or one == value:
                    yield (subject, predicate, one), none
        elif predicate is not None and value is not None:
            for one in self.about(predicate).get(value, ()):
                yield (one, predicate, value), none
        elif predicate is not None:
            for one, values in self.by.get(predicate, {}).items():
                for other in values:
                    yield (one, predicate, other), none
        else:
            subjects = self.of if subject is None else (subject,)
            for one in subjects:
                for property_, other in self.of.get(one, ()):
                    if value is None or other == value:
                        yield (one, property_, other), none

    def __len__(self, context: Any = None) -> int:
        """Return the number of triples."""
        return self._count


def graph_of(triples: Iterable[Triple]) -> Graph:
    """Return a graph to be read of triples, each once."""
    return Graph(store=Triples(triples))
