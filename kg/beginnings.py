"""Beginnings: what a match of a pattern can begin with, as the parsed pattern tells.

Enters: a pattern, as text or parsed. Leaves: characters, or that any can begin it.
"""

from __future__ import annotations

from re import _constants as sre  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any, NamedTuple

_NOTHING: frozenset[str] = frozenset()


class Beginning(NamedTuple):
    """Where a match can begin: at one of the ``characters``, and anywhere that follows one of ``behind``."""

    characters: frozenset[str]
    behind: frozenset[str] = _NOTHING


def beginning(pattern: str | parser.SubPattern, passed: frozenset[str] = _NOTHING) -> Beginning | None:
    """Return where a match of a pattern can begin, None where it can anywhere. The pattern may be parsed already.

    ``passed`` are characters of which any number may already have been consumed, wherever the pattern has one.

    >>> beginning("案|(?<=[第、]、).起"), beginning(".起")
    (Beginning(characters=frozenset({'案'}), behind=frozenset({'、'})), None)
    """
    found, empty = _first(parser.parse(pattern) if isinstance(pattern, str) else pattern, passed)
    return None if empty else found


def first_characters(pattern: str | parser.SubPattern, passed: frozenset[str] = _NOTHING) -> frozenset[str] | None:
    """Return the characters that a match of a pattern can begin with, None where any can.

    Of a match whose first characters are all of ``passed``, it tells as well what can come right after those.

    >>> sorted(first_characters("(?:约|近)?[0-9]+起"))[:3], first_characters(".起")
    (['0', '1', '2'], None)
    >>> sorted(first_characters("[01]{3,}+|(?>2)"))
    ['0', '1', '2']
    >>> sorted(first_characters("[01]+(?:起|年)", passed=frozenset("01")))
    ['0', '1', '年', '起']
    """
    told = beginning(pattern, passed)
    return None if told is None or told.behind else told.characters


def _first(tree: Any, passed: frozenset[str]) -> tuple[Beginning | None, bool]:
    """Return where a match of a parsed sequence can begin, and whether it can be empty but for what was passed."""
    found, behind = Beginning(_NOTHING), None
    for operation, argument in tree:
        if operation is sre.ASSERT and argument[0] < 0:
            behind = _last(argument[1])
        following, empty = _first_of(operation, argument, passed)
        if following is None:
            if behind is None:
                return None, False
            following = Beginning(_NOTHING, behind)
        found = Beginning(found.characters | following.characters, found.behind | following.behind)
        if not empty:
            return found, False
    return found, True


def _first_of(operation: Any, argument: Any, passed: frozenset[str]) -> tuple[Beginning | None, bool]:
    if operation in (sre.LITERAL, sre.IN):
        characters = frozenset(chr(argument)) if operation is sre.LITERAL else members(argument)
        return (None, False) if characters is None else (Beginning(characters), not passed.isdisjoint(characters))
    if operation is sre.SUBPATTERN:
        return _first(argument[3], passed)
    if operation is sre.BRANCH:
        parts = [_first(part, passed) for part in argument[1]]
        known = [found for found, _ in parts if found is not None]
        if len(known) < len(parts):
            return None, False
        characters = _NOTHING.union(*(found.characters for found in known))
        return Beginning(characters, _NOTHING.union(*(found.behind for found in known))), any(e for _, e in parts)
    if operation is sre.ATOMIC_GROUP:
        return _first(argument, passed)
    if operation in (sre.MAX_REPEAT, sre.MIN_REPEAT, sre.POSSESSIVE_REPEAT):
        found, empty = _first(argument[2], passed)
        return found, empty or argument[0] == 0
    if operation in (sre.ASSERT, sre.ASSERT_NOT, sre.AT):
        return Beginning(_NOTHING), True
    return None, False


def _last(tree: Any) -> frozenset[str] | None:
    """Return the characters that what a parsed sequence matches can end with, None where it does not tell."""
    operation, argument = tree[-1] if len(tree) else (sre.AT, 0)
    if operation is sre.LITERAL:
        return frozenset(chr(argument))
    return members(argument) if operation is sre.IN else None


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
