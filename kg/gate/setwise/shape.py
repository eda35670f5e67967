"""Compiled shapes: what one asks, where it looks, and the results that it gives."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from rdflib import Graph
from rdflib.term import Node, URIRef

from kg.gate.setwise.index import Index, Values

Step = Callable[[Index, Iterable[Node]], Values]
Evaluate = Callable[[Index, Values], Iterator[tuple[Node, "Result"]]]
"""Gives a result with the focus node that fails by it, which is not the result's own where sh:property leads away."""


class NotEvaluated(Exception):  # noqa: N818 -- no error of anybody's: pySHACL takes over
    """Something that is not evaluated here."""


@dataclass(frozen=True, slots=True)
class Result:
    """One validation result; ``path`` and ``value`` are None where SHACL gives none."""

    shape: Shape
    component: URIRef
    focus: Node
    value: Node | None = None
    path: Node | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Shape:
    """A compiled shape; ``step`` gives the value nodes of a focus node, None where that is the node itself."""

    node: Node
    path: Node | None
    step: Step | None
    severity: Node
    messages: tuple[Node, ...]
    active: bool
    evaluations: list[Evaluate]

    def run(self, index: Index, focus: Iterable[Node]) -> Iterator[tuple[Node, Result]]:
        """Yield the results for some focus nodes, each with the one that fails by it."""
        if not self.active:
            return
        step = self.step
        values = step(index, focus) if step else {node: (node,) for node in focus}
        if values:
            for evaluate in self.evaluations:
                yield from evaluate(index, values)

    def failing(self, index: Index, nodes: Iterable[Node]) -> set[Node]:
        """Return the nodes that do not conform to the shape."""
        return {node for node, _ in self.run(index, nodes)}


@dataclass(frozen=True, slots=True)
class Compiled:
    """Shapes that are evaluated here, each with how it finds its focus nodes, and the rest for pySHACL, if any."""

    targeted: tuple[tuple[Shape, Callable[[Index], set[Node]]], ...]
    rest: Graph | None
