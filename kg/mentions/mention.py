"""A mention: a labelled stretch of the view, and the rule that made it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from kg.unguarded import unguarded

_NOTHING: Mapping[str, str] = MappingProxyType({})


@unguarded
@dataclass(frozen=True, slots=True)
class Mention:
    """Characters ``start`` to ``end`` of the view, under a label of the cascade.

    ``groups`` holds the named groups of the rule's regular expression that took part.
    """

    label: str
    start: int
    end: int
    rule: str
    groups: Mapping[str, str] = field(default_factory=lambda: _NOTHING, compare=False)
