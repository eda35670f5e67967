"""Composition: frames to statements, one composer a kind of frame.

Enters: a frame of a sentence, the statements before it, what it shares with its list. Leaves: statements: a number
with what it measures. A kind of frame rules (``kind`` in ``mappings/rules/frame.toml``) has one function.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from kg.facts.composition.change import compose_change, compose_points, compose_times
from kg.facts.composition.count import compose_count
from kg.facts.composition.counts import compose_cleared, compose_counts
from kg.facts.composition.level import compose_duration, compose_level
from kg.facts.composition.moved import compose_moved
from kg.facts.composition.rank import compose_rank, compose_vague
from kg.facts.composition.rated import compose_rated
from kg.facts.composition.share import compose_share
from kg.facts.composition.trend import compose_onward, compose_run_sized, compose_trend
from kg.facts.composition.zero import compose_solved, compose_zero
from kg.facts.sharing import Shared
from kg.facts.statement import Sentence, Statement
from kg.mentions.frame import Frame

Composer = Callable[[Sentence, Frame, Sequence[Statement], Shared], Iterator[Statement]]
COMPOSERS: dict[str, Composer] = {
    "change": compose_change,
    "level": compose_level,
    "moved": compose_moved,
    "rank": compose_rank,
    "share": compose_share,
    "solved": compose_solved,
    "zero": compose_zero,
    "trend": compose_trend,
    "onward": compose_onward,
    "count": compose_count,
    "counts": compose_counts,
    "cleared": compose_cleared,
    "duration": compose_duration,
    "points": compose_points,
    "rated": compose_rated,
    "run-sized": compose_run_sized,
    "times": compose_times,
    "vague": compose_vague,
}

__all__ = ["COMPOSERS", "Composer"]
