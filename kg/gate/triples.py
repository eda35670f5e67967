"""Triples that are put together once and then read: an rdflib store of dictionaries.

The gate asks a graph thousands of small questions, and rdflib's own stores spend most of their time on being changed
and on contexts.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any

from rdflib import Graph
from rdflib.store import Store
from rdflib.term import Node

Triple = tuple[Node, Node, Node]
Statement = tuple[Node, Node, Sequence[Node]]
"""A subject, a property, and the values that it has."""
Pattern = tuple[Node | None, Node | None, Node | None]


class Triples(Store):
    """A store whose triples stand in ``by``, by predicate and subject."""

    context_aware = False

    def __init__(self, triples: Iterable[Triple] = (), by: dict[Node, dict[Node, list[Node]]] | None = None) -> None:
        super().__init__()
        self.by = {} if by is None else by
        self._about: dict[Node, Mapping[Node, list[Node]]] = {}
        for subject, predicate, value in triples:
            self.say(subject, predicate, (value,))

    def say(self, subject: Node, predicate: Node, values: Sequence[Node]) -> None:
        """Take in what a subject has of a property; only before anything is asked."""
        table = self.by.get(predicate)
        if table is None:
            table = self.by[predicate] = {}
        said = table.get(subject)
        if said is None:
            table[subject] = list(dict.fromkeys(values)) if len(values) > 1 else list(values)
        else:
            said.extend(value for value in values if value not in said)

    @cached_property
    def of(self) -> Mapping[Node, Sequence[tuple[Node, Node]]]:
        """What is said of each subject, as pairs of property and value."""
        found: dict[Node, list[tuple[Node, Node]]] = {}
        for predicate, table in self.by.items():
            for subject, values in table.items():
                found.setdefault(subject, []).extend([(predicate, value) for value in values])
        return found

    @property
    def subjects(self) -> set[Node]:
        """All of which something is said."""
        return set().union(*self.by.values())

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
        return sum(len(values) for table in self.by.values() for values in table.values())


def triples_in(graph: Graph) -> Triples:
    """Return the triples of a graph, as they stand where it was made by ``graph_of``."""
    return graph.store if isinstance(graph.store, Triples) else Triples(graph)


def graph_of(
    triples: Iterable[Triple],
    statements: Iterable[Statement] = (),
    by: dict[Node, dict[Node, list[Node]]] | None = None,
) -> Graph:
    """Return a graph to be read of triples and of statements, each once, and of what already stands ``by`` property."""
    store = Triples(triples, by)
    for subject, predicate, values in statements:
        store.say(subject, predicate, values)
    return Graph(store=store)
