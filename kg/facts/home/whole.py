"""Wholes: where "全市" and "我省" speak of a place of their kind."""

from __future__ import annotations

from collections.abc import Iterator

from kg.facts.cue import cue
from kg.facts.office import relative_division
from kg.values.place import Division


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
