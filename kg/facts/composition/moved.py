"""Movements told in full: from where, by how much, to where.

Enters: a frame with a level before, the amount of the movement and the level after. Leaves: the levels and the change,
in the order of the words: 由44%上升1个百分点至45%.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from operator import attrgetter

from kg.facts.composition.change import compose_change
from kg.facts.composition.level import compose_level
from kg.facts.sharing import NOTHING_SHARED, Shared
from kg.facts.statement import Sentence, Statement
from kg.mentions.frame import Frame


def compose_moved(
    sentence: Sentence, frame: Frame, before: Sequence[Statement], shared: Shared = NOTHING_SHARED
) -> Iterator[Statement]:
    """Yield a level before and after, and how far it went between: 盗窃案件从410起下降31%至283起."""
    levels = list(compose_level(sentence, frame, before, shared))
    by = replace(frame, roles={**frame.roles, "value": frame.roles["amount"]})
    changes = compose_change(sentence, by, before, shared)
    yield from sorted([*levels, *changes], key=attrgetter("at"))
