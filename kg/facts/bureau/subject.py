"""Subjects: whose work a stretch of a paragraph is about."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from kg.facts.bureau.mention import BureauMention
from kg.facts.office import MINISTRY, Context, bureau_name
from kg.text import Paragraph, Text
from kg.unguarded import unguarded
from kg.values.place import Division, chain

NUMBER = re.compile(r"[0-9]+(?:\.[0-9]+)?")


@unguarded
@dataclass(frozen=True, slots=True)
class Subject:
    """Whose work is spoken of from ``start`` to ``end``; ``after`` is where the words that name it end."""

    start: int
    end: int
    after: int
    names: tuple[str, ...]
    source: str
    division: Division | None = None

    def to(self, end: int) -> Subject:
        """Return the subject with another end."""
        return Subject(self.start, end, self.after, self.names, self.source, self.division)


@unguarded
@dataclass(frozen=True, slots=True)
class Scene:
    """A paragraph with what decides whose work its clauses speak of.

    ``starts`` are those of the mentions, ``whole`` whose work "全市" is, ``bodies`` the centres that are agencies of
    their own.
    """

    text: Text
    paragraph: Paragraph
    mentions: Sequence[BureauMention]
    starts: Sequence[int]
    context: Context
    whole: str | None
    bodies: frozenset[str]

    @property
    def home_name(self) -> str | None:
        """The full name of the home bureau."""
        return self.context.office.name if self.context.office else None

    @property
    def own(self) -> tuple[str, ...]:
        """The home bureau as the one subject."""
        return (self.context.office.name,) if self.context.office else ()

    @property
    def above(self) -> frozenset[str]:
        """The names of the bureaus above home."""
        return _names_above(self.context.home)


@lru_cache(maxsize=256)
def _names_above(home: Division | None) -> frozenset[str]:
    return frozenset({MINISTRY, *(bureau_name(d) for d in chain(home)[1:])} if home else ())
