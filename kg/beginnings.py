"""Beginnings: which characters a match of a pattern can begin with, as the parsed pattern tells.

Enters: the text of a pattern. Leaves: characters, or that any can begin it.
"""

from __future__ import annotations

from re import _constants as sre  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any


def first_characters(pattern: str) -> frozenset[str] | None:
    """Return the characters that a match of a pattern can begin with, None where any can.

    >>> sorted(first_characters("(?:约|近)?[0-9]+起"))[:3], first_characters(".起")
    (['0', '1', '2'], None)
    >>> sorted(first_characters("[01]{3,}+|(?>2)"))
    ['0', '1', '2']
    """
    characters, empty = _first(parser.parse(pattern))
    return None if characters is None or empty else characters


def _first(tree: Any) -> tuple[frozenset[str] | None, bool]:
    """Return the first characters of a parsed sequence, and whether it can match nothing."""
    found: frozenset[str] = frozenset()
    for operation, argument in tree:
        characters, empty = _first_of(operation, argument)
        if characters is None:
            return None, False
        found |= characters
        if not empty:
            return found, False
    return found, True


def _first_of(operation: Any, argument: Any) -> tuple[frozenset[str] | None, bool]:
    if operation is sre.LITERAL:
        return frozenset(chr(argument)), False
    if operation is sre.IN:
        return members(argument), False
    if operation is sre.SUBPATTERN:
        return _first(argument[3])
    if operation is sre.BRANCH:
        parts = [_first(part) for part in argument[1]]
        if any(characters is None for characters, _ in parts):
            return None, False
        return frozenset().union(*(c for c, _ in parts if c)), any(empty for _, empty in parts)
    if operation is sre.ATOMIC_GROUP:
        return _first(argument)
    if operation in (sre.MAX_REPEAT, sre.MIN_REPEAT, sre.POSSESSIVE_REPEAT):
        characters, empty = _first(argument[2])
        return characters, empty or argument[0] == 0
    if operation in (sre.ASSERT, sre.ASSERT_NOT, sre.AT):
        return frozenset(), True
    return None, False


def members(items: Any) -> frozenset[str] | None:
    """Return the characters of a parsed class, None where they are too many to name."""
    found: set[str] = set()
    for operation, argument in items:
        if operation is sre.LITERAL:
            found.add(chr(argument))
        elif operation is sre.RANGE and argument[1] - argument[0] < 128:
            found.update(map(chr, range(argument[0], argument[1] + 1)))
        else:
            return None
    return frozenset(found)
