"""A scanner tries many rules at each position, and few of them anywhere: those that can begin with the character there.

A regular expression of fifty alternatives tries all fifty at every character. Most rules begin with few characters
(a digit, a quotation mark, the first character of a word) or behind few, which the parsed pattern tells. Characters
that begin no rule are skipped at the speed of a character class; at the others only the rules that can begin there are
tried, one by one: a pattern for each such choice of rules would cost no less, and seconds of compiling. Thirty rules
begin with a figure; of these, what stands behind it chooses.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from re import _constants as sre  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

from kg.beginnings import beginning, first_characters, members

_UNBOUNDED = 10_000
_FIGURE = re.compile("[0-9]+(?:[.,][0-9]+)*")
_LONGEST_FIGURE = 40  # characters, so that 1,1,1,… takes no quadratic time
_OF_FIGURES = frozenset("0123456789.,")
_Place = tuple[str, str, str]  # a character, the one before it where rules ask for it, and what follows a figure
_Try = tuple[int, Callable[[str, int, int], re.Match[str] | None]]  # number of a pattern, and what tries it
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

    def __init__(self, patterns: Sequence[re.Pattern[str]]) -> None:
        self._patterns = patterns
        parsed = [parser.parse(pattern.pattern) for pattern in patterns]
        self._beginnings = [beginning(tree) for tree in parsed]
        self._behind = frozenset().union(*(told.behind for told in self._beginnings if told))
        self._following = [first_characters(tree, passed=_OF_FIGURES) for tree in parsed]
        self._at: dict[_Place, tuple[_Try, ...]] = {}

    @cached_property
    def _candidates(self) -> re.Pattern[str]:
        if not all(self._beginnings):
            return re.compile(r"[\s\S]")
        characters = frozenset().union(*(told.characters for told in self._beginnings if told))
        after = f"|(?<=[{re.escape(''.join(sorted(self._behind)))}])[\\s\\S]" if self._behind else ""
        return re.compile(f"[{re.escape(''.join(sorted(characters)))}]{after}")

    def _tried_at(self, place: _Place) -> tuple[_Try, ...]:
        """Return the patterns that can match at a place."""
        character, before, after = place
        self._at[place] = tuple(
            (number, pattern.match)
            for number, (pattern, told, following) in enumerate(
                zip(self._patterns, self._beginnings, self._following, strict=True)
            )
            if (told is None or character in told.characters or before in told.behind)
            and (not after or following is None or after in following)
        )
        return self._at[place]

    def _place(self, text: str, at: int) -> _Place:
        before = text[at - 1] if at and text[at - 1] in self._behind else ""
        figure = _FIGURE.match(text, at, at + _LONGEST_FIGURE)
        whole = figure is not None and figure.end() < at + _LONGEST_FIGURE - 1
        return text[at], before, text[figure.end() : figure.end() + 1] if figure and whole else ""

    def scan(self, text: str, start: int, end: int) -> Iterator[tuple[int, re.Match[str]]]:
        """Yield the number of the pattern and each match inside ``text[start:end]``, none overlapping.

        A pattern may look a little beyond the end: 提高到 needs the year behind it.
        """
        candidates = self._candidates
        limit = min(len(text), end + _BEYOND)
        at = start
        while (candidate := candidates.search(text, at, end)) is not None:
            at = candidate.start()
            place = self._place(text, at)
            tried = self._at[place] if place in self._at else self._tried_at(place)
            found = _first_match(tried, text, at, limit)
            if found is not None and found[1].end() > end:
                found = _first_match(tried, text, at, end)
            if found is None or found[1].end() == at:
                at += 1
                continue
            yield found
            at = found[1].end()


def _first_match(tried: Sequence[_Try], text: str, at: int, end: int) -> tuple[int, re.Match[str]] | None:
    for number, match in tried:
        found = match(text, at, end)
        if found is not None:
            return number, found
    return None
