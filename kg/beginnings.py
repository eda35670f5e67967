"""Beginnings: what a match of a pattern can begin with, as the parsed pattern tells.

Enters: a pattern, as text or parsed. Leaves: characters, or that any can begin it.
"""

from __future__ import annotations

from collections.abc import Sequence
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
    >>> beginning("(?:案|(?<=、)).起"), beginning("(?:案|(?<=、)|)[^起]")
    (Beginning(characters=frozenset({'案'}), behind=frozenset({'、'})), None)
    """
    found, empty, _ = _first(parser.parse(pattern) if isinstance(pattern, str) else pattern, passed)
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


_First = tuple[Beginning | None, bool, frozenset[str] | None]
"""Where a match can begin, whether it can be empty but for what was passed, and behind what alone it can be empty."""


def _first(tree: Any, passed: frozenset[str]) -> _First:
    found, behind = Beginning(_NOTHING), None
    for operation, argument in tree:
        following, empty, after = _first_of(operation, argument, passed)
        if following is None:
            if behind is None:
                return None, False, None
            following = Beginning(_NOTHING, behind)
        found = Beginning(found.characters | following.characters, found.behind | following.behind)
        if not empty:
            return found, False, None
        behind = behind if after is None else after
    return found, True, behind


def _first_of(operation: Any, argument: Any, passed: frozenset[str]) -> _First:
    if operation in (sre.LITERAL, sre.IN):
        characters = frozenset(chr(argument)) if operation is sre.LITERAL else members(argument)
        if characters is None:
            return None, False, None
        return Beginning(characters), not passed.isdisjoint(characters), None
    if operation is sre.SUBPATTERN:
        return _first(argument[3], passed)
    if operation is sre.BRANCH:
        return _first_of_any([_first(part, passed) for part in argument[1]])
    if operation is sre.ATOMIC_GROUP:
        return _first(argument, passed)
    if operation in (sre.MAX_REPEAT, sre.MIN_REPEAT, sre.POSSESSIVE_REPEAT):
        found, empty, behind = _first(argument[2], passed)
        return (found, True, None) if argument[0] == 0 else (found, empty, behind)
    if operation is sre.ASSERT and argument[0] < 0:
        return Beginning(_NOTHING), True, _last(argument[1])
    if operation in (sre.ASSERT, sre.ASSERT_NOT, sre.AT):
        return Beginning(_NOTHING), True, None
    return None, False, None


def _first_of_any(parts: Sequence[_First]) -> _First:
    """Return what holds of a choice between some parts."""
    known = [found for found, _, _ in parts if found is not None]
    if len(known) < len(parts):
        return None, False, None
    characters = _NOTHING.union(*(found.characters for found in known))
    found = Beginning(characters, _NOTHING.union(*(found.behind for found in known)))
    behinds = [behind for _, empty, behind in parts if empty]
    told = [behind for behind in behinds if behind is not None]
    return found, bool(behinds), _NOTHING.union(*told) if told and len(told) == len(behinds) else None


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
