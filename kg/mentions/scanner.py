"""A scanner tries many rules at each position, and few of them anywhere: those that can begin with the character there.

A regular expression of fifty alternatives tries all fifty at every character. Most rules begin with few characters
(a digit, a quotation mark, the first character of a word), which the parsed pattern tells; characters that begin no
rule are skipped at the speed of a character class.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cached_property
from re import _constants as sre  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

from kg.beginnings import first_characters, members
from kg.patterns import compile_once

_GROUP_NAME = re.compile(r"\(\?P<[a-z0-9]+>")
_UNBOUNDED = 10_000
_BEYOND = 24  # characters after a stretch that a rule may look at


def required_ahead(pattern: str) -> str:
    """Return a lookahead that fails, at the cost of one run of a character class, where a pattern cannot match.

    A match consumes only the characters that its pattern mentions; where one of a few must be among them, the run of
    the others has to end at one of those. Empty where the pattern does not tell.

    >>> required_ahead("(?:甲|乙)+丙?丁")
    '(?=[丙乙甲]*+[丁])'
    >>> required_ahead("甲{0,3}丁")
    '(?=[甲]{0,3}+[丁])'
    """
    tree = parser.parse(pattern)
    consumed, required = _consumed(tree)
    if consumed is None or not required:
        return ""
    needed = min(required, key=lambda characters: (len(characters), sorted(characters)))
    others, longest = consumed - needed, tree.getwidth()[1] - 1
    many = f"{{0,{longest}}}+" if longest < _UNBOUNDED else "*+"
    run = f"[{re.escape(''.join(sorted(others)))}]{many}" if others and longest else ""
    return f"(?={run}[{re.escape(''.join(sorted(needed)))}])"


def _consumed(tree: Any) -> tuple[frozenset[str] | None, list[frozenset[str]]]:
    """Return the characters that a parsed sequence can consume, None for any, and sets of which each gives one."""
    consumed: set[str] = set()
    required: list[frozenset[str]] = []
    for operation, argument in tree:
        if operation in (sre.ASSERT, sre.ASSERT_NOT, sre.AT):
            continue
        characters, needed = _consumed_by(operation, argument)
        if characters is None:
            return None, []
        consumed |= characters
        required += needed
    return frozenset(consumed), required


def _consumed_by(operation: Any, argument: Any) -> tuple[frozenset[str] | None, list[frozenset[str]]]:
    if operation in (sre.LITERAL, sre.IN):
        characters = frozenset(chr(argument)) if operation is sre.LITERAL else members(argument)
        return characters, [characters] if characters else []
    if operation is sre.SUBPATTERN:
        return _consumed(argument[3])
    if operation in (sre.MAX_REPEAT, sre.MIN_REPEAT, sre.POSSESSIVE_REPEAT):
        characters, needed = _consumed(argument[2])
        return characters, needed if argument[0] else []
    if operation is sre.BRANCH:
        parts = [_consumed(part) for part in argument[1]]
        if any(characters is None for characters, _ in parts):
            return None, []
        all_consumed = frozenset().union(*(c for c, _ in parts if c))
        firsts = [needed[-1] if needed else None for _, needed in parts]
        if any(first is None for first in firsts):
            return all_consumed, []
        return all_consumed, [frozenset().union(*(first for first in firsts if first))]
    return None, []


class Scanner:
    """Patterns tried in their order at each position of a text; the first that matches wins."""

    def __init__(self, patterns: Sequence[str]) -> None:
        self._sources = [_GROUP_NAME.sub("(?:", pattern) for pattern in patterns]
        self._firsts = [first_characters(source) for source in self._sources]
        self._shared: dict[tuple[int, ...], re.Pattern[str]] = {}
        self._by_character: dict[str, re.Pattern[str]] = {}

    @cached_property
    def _candidates(self) -> re.Pattern[str]:
        if any(first is None for first in self._firsts):
            return re.compile(r"[\s\S]")
        characters = frozenset().union(*(first for first in self._firsts if first))
        return re.compile(f"[{re.escape(''.join(sorted(characters)))}]")

    def _pattern(self, character: str) -> re.Pattern[str]:
        """Return the alternatives that can begin with a character; characters of the same rules share one."""
        numbers = tuple(i for i, first in enumerate(self._firsts) if first is None or character in first)
        if numbers not in self._shared:
            self._shared[numbers] = compile_once("|".join(f"(?P<r{i}>{self._sources[i]})" for i in numbers))
        self._by_character[character] = self._shared[numbers]
        return self._shared[numbers]

    def scan(self, text: str, start: int, end: int) -> Iterator[tuple[int, int, int]]:
        """Yield (number of the pattern, start, end) of each match inside ``text[start:end]``, none overlapping.

        A pattern may look a little beyond the end: 提高到 needs the year behind it.
        """
        candidates, patterns = self._candidates, self._by_character
        limit = min(len(text), end + _BEYOND)
        at = start
        while (place := candidates.search(text, at, end)) is not None:
            at = place.start()
            pattern = patterns.get(text[at]) or self._pattern(text[at])
            match = pattern.match(text, at, limit)
            if match is not None and match.end() > end:
                match = pattern.match(text, at, end)
            if match is None or match.end() == at:
                at += 1
                continue
            yield int((match.lastgroup or "r0")[1:]), at, match.end()
            at = match.end()
