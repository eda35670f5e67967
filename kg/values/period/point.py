"""Points: the places where words name a time, found around the words that every time has.

Enters: a stretch of a view. Leaves: a ``PeriodMention`` each, in order, none overlapping.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from kg.values.period.model import PeriodMention
from kg.values.period.moment import read_point
from kg.values.period.stage import regex_of, rules_of

BACK, _AHEAD = 24, 20  # characters around a cue in which a point may lie


@cache
def _point_patterns() -> tuple[tuple[re.Pattern[str], tuple[str, ...]], ...]:
    return tuple((regex_of(rule), tuple(rule.data.get("needs", ()))) for rule in rules_of("point"))


def find_points(view: str, start: int, end: int) -> Iterator[PeriodMention]:
    """Yield points in their order; of two that overlap the earlier, then the longer."""
    found = []
    for first, last in _windows(view, start, end):
        window = view[first:last]
        for order, (regex, needs) in enumerate(_point_patterns()):
            if not needs or any(word in window for word in needs):
                found += [(m.start(), -m.end(), order, m) for m in regex.finditer(view, first, last)]
    at = start
    for first, _, order, match in sorted(found, key=lambda entry: entry[:3]):
        if first >= at:
            yield read_point(rules_of("point")[order], match)
            at = match.end()


def _windows(view: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the stretches around the words that every point has (年, 月, 以来 ...); the rest is not looked at."""
    first = last = start
    (cue,) = rules_of("cue")
    for match in regex_of(cue).finditer(view, start, end):
        if match.start() - BACK > last:
            if last > first:
                yield first, last
            first = match.start() - BACK
        last = min(end, match.end() + _AHEAD)
    if last > first:
        yield first, last
