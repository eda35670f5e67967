"""Frames: which mentions of a sentence say one thing together.

Enters: the row of mentions of a sentence. Leaves: frames, left to right and apart from each other, each with the
mentions that play its roles.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain

from kg.mentions.cascade import cascade
from kg.mentions.mention import Mention
from kg.mentions.pattern import compile_pattern, write_labels
from kg.mentions.rule import Rule, load_parts, load_rules
from kg.mentions.scanner import required_ahead
from kg.unguarded import unguarded

_WINDOW = 1000  # mentions read at once: far more than a sentence has, so that time stays linear on one that has more
ATTRIBUTES = frozenset({"adv", "scope", "yoy", "mom", "base", "streak", "each", "period", "skip"})
VALUES = frozenset(
    {
        "count",
        "money",
        "percent",
        "points",
        "multiple",
        "duration",
        "rank",
        "bare",
        "zero",
        "solved",
        "both",
        "trend",
        "topish",
        "turn",
        "crown",
        "run",
        "cleared",
    }
)
_ROLE = re.compile(r"\(\?P<")


@unguarded
@dataclass(frozen=True, slots=True)
class Frame:
    """A rule that matched ``row[start:end]``; ``roles`` gives the stretch of ``row`` that plays each role."""

    rule: Rule
    start: int
    end: int
    roles: Mapping[str, tuple[int, int]]

    def role(self, name: str, row: Sequence[Mention]) -> Sequence[Mention]:
        """Return the mentions that play a role, empty where it is unfilled."""
        start, end = self.roles.get(name, (0, 0))
        return row[start:end]


@cache
def frame_rules() -> tuple[tuple[Rule, re.Pattern[str]], ...]:
    """Return the rules of frames in their order, each with its pattern compiled."""
    return tuple(
        (rule, compile_pattern(rule, load_parts(phenomenon)))
        for phenomenon in cascade()["frames"]
        for rule in load_rules(phenomenon)
        if rule.pattern
    )


def find_frames(row: Sequence[Mention]) -> list[Frame]:
    """Return the frames of a row of mentions, in order.

    A frame starts where a clause, a list item or the frame before it ended; at each such place the first rule that
    matches wins.
    """
    places = [i for i, mention in enumerate(row) if mention.label not in ATTRIBUTES]
    labels = write_labels(row[i] for i in places)
    return list(_frames(labels, places))


@cache
def _combined() -> re.Pattern[str]:
    """Return all frame rules as one pattern: rule ``i`` is group ``f<i>``, its roles ``f<i>_<role>``.

    A rule is tried where what it cannot do without, a value for the most part, comes before what it does not know.
    """
    branches = (
        f"{required_ahead(pattern.pattern)}(?P<f{i}>{_ROLE.sub(rf'(?P<f{i}_', pattern.pattern)})"
        for i, (_, pattern) in enumerate(frame_rules())
    )
    return re.compile("|".join(branches))


@cache
def _roles() -> Mapping[str, tuple[Rule, tuple[tuple[str, str], ...]]]:
    """Return of each rule's group in the combined pattern the rule, and its roles with their groups."""
    return {
        f"f{i}": (rule, tuple((name, f"f{i}_{name}") for name in pattern.groupindex))
        for i, (rule, pattern) in enumerate(frame_rules())
    }


def _frames(labels: str, places: Sequence[int]) -> Iterator[Frame]:
    windows = (_combined().finditer(labels, at, at + _WINDOW) for at in range(0, len(labels), _WINDOW))
    for match in chain.from_iterable(windows):
        if match.end() == match.start() or match.lastgroup is None:
            continue
        rule, groups = _roles()[match.lastgroup]
        roles = {}
        for name, group in groups:
            first, last = match.span(group)
            if last > first >= 0:
                roles[name] = (places[first], places[last - 1] + 1)
        yield Frame(rule, places[match.start()], places[match.end() - 1] + 1, roles)
