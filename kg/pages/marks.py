"""Marks: spans of a text that nest and overlap, as a tree that HTML can hold.

Enters: a text and spans over it. Leaves: pieces, each plain or marked, the marked ones with pieces inside. A span that
crosses another is cut in two where the other ends, and only its first part says what it is called.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from heapq import heapify, heappop, heappush


@dataclass(frozen=True, slots=True)
class Mark:
    """A span of a text. ``names`` are the numbers of what it shows, ``kind`` says how it looks."""

    start: int
    end: int
    names: tuple[str, ...]
    kind: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Piece:
    """Characters of the text; ``mark`` is None where nothing is marked.

    ``depth`` counts how many marks lie inside one another below, 1 for a mark around plain text. ``first`` is false for
    the later parts of a span that was cut.
    """

    text: str
    mark: Mark | None = None
    inside: tuple[Piece, ...] = ()
    depth: int = 0
    first: bool = True


def pieces(text: str, marks: Iterable[Mark]) -> tuple[Piece, ...]:
    """Return the text in pieces. Marks beyond the text's end are cut there, empty ones are left out.

    >>> made = pieces("abcdef", [Mark(0, 4, ("1",), "x"), Mark(2, 6, ("2",), "y")])
    >>> [(piece.text, piece.first, [inner.text for inner in piece.inside]) for piece in made]
    [('abcd', True, ['ab', 'cd']), ('ef', False, [])]
    """
    waiting = [
        (mark.start, -min(mark.end, len(text)), number, True, mark)
        for number, mark in enumerate(marks)
        if mark.start < min(mark.end, len(text))
    ]
    heapify(waiting)
    return tuple(_fill(text, 0, len(text), waiting))


def _fill(text: str, start: int, end: int, waiting: list[tuple[int, int, int, bool, Mark]]) -> list[Piece]:
    made: list[Piece] = []
    at = start
    while waiting and waiting[0][0] < end:
        first, last, number, is_first, mark = heappop(waiting)
        if -last > end:
            heappush(waiting, (end, last, number, False, mark))
            last = -end
        if at < first:
            made.append(Piece(text[at:first]))
        inside = _fill(text, first, -last, waiting)
        depth = 1 + max((piece.depth for piece in inside), default=0)
        marked = tuple(inside) if depth > 1 else ()
        made.append(Piece(text[first:-last], mark, marked, depth, is_first))
        at = -last
    if at < end:
        made.append(Piece(text[at:end]))
    return made
