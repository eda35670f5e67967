"""Wholes: where "全市" and "我省" speak of a place of their kind."""

from __future__ import annotations

from collections.abc import Iterator

from kg.facts.cue import cue
from kg.facts.office import relative_division
from kg.values.place import Division


def is_of_those_honoured(view: str, position: int) -> bool:
    """Tell whether all of a place is among whom somebody won: 获得全市公安机关队伍建设考核第一名."""
    return cue("home-honoured").search(view, max(0, position - 3), position) is not None


def find_wholes(view: str, home: Division) -> Iterator[tuple[int, Division]]:
    """Yield where "全市", "我省" speak of a division, not of those among whom somebody stands out."""
    meant: dict[str, Division | None] = {}
    for found in cue("home-whole").finditer(view):
        stands = cue("home-stands").search(view, max(0, found.start() - 1), found.start())
        if stands or cue("home-among").match(view, found.end()):
            continue
        if found["letter"] not in meant:
            meant[found["letter"]] = relative_division(found["letter"], home, None)
        division = meant[found["letter"]]
        if division is not None:
            yield found.start(), division
