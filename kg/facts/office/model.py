"""Offices: an agency as the contract names it, and what is known of the article that names it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kg.unguarded import unguarded
from kg.values.place import Division

MINISTRY = "公安部"


@unguarded
@dataclass(frozen=True, slots=True)
class Office:
    """An agency as the contract names it. ``division`` is the place it answers for, None for the ministry."""

    name: str
    level: str
    place: str | None
    parent: str | None
    division: Division | None = None


@dataclass(frozen=True, slots=True)
class Context:
    """What an article is known to be about: its home place, the home agency, the year, and names it writes in full.

    ``written`` holds by division code, or by the short form itself, the full name that the article uses.
    """

    home: Division | None
    office: Office | None
    written: Mapping[str, str]
    year: int | None


MINISTRY_OFFICE = Office(MINISTRY, "ministry", "中国", None)
