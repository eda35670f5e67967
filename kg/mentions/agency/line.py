"""Police of railways, forests, waterways and the like: those of a place, and the service of the whole country."""

from __future__ import annotations

import re
from functools import cache

from kg.mentions.agency.below import can_be_a_name, with_names_below
from kg.mentions.agency.model import FOREST, Agency
from kg.mentions.agency.pattern import part, pattern
from kg.mentions.agency.qualifier import (
    LONGEST_PORT,
    SHORTEST_NAME,
    Qualifier,
    number_listed,
    place_before,
    relative_before,
)
from kg.mentions.lexicon import alternation, load_lexicon
from kg.values.place import word_ending, word_starting

_RECLAIMED = "垦区"
_CIVIL_AVIATION = "民航"


def read_special(view: str, at: int, floor: int, year: int | None) -> Agency | None:
    """Return the agency of a railway, a forest or the like, which starts at a position: "襄阳铁路公安处"."""
    found = pattern("bureau-special").match(view, at)
    listed = part("listed").search(view, max(floor, at - 6), at)  # 襄阳、安康等铁路公安处
    forest = view.startswith(FOREST, at)
    beside = part("forest_beside").search(view, max(floor, at - 12), at) if forest else None
    first = listed.start() if listed else beside.start() if beside else at
    place = place_before(view, first, floor, year) or number_listed(view, at, floor, year)
    if place is None and found is not None and found[0].endswith("公安局"):
        zone_end = at + len(_RECLAIMED) if view.startswith(_RECLAIMED, at) else at
        if (zone := of_zone(view, zone_end, found.end(), floor, year)) is not None:
            return zone
    place = place or relative_before(view, beside.start() if beside else at, floor)
    if place is None and forest and (over := part("forest_of").search(view, max(floor, at - 6), at)):
        place = Qualifier(over.start(), "省")
    if place is None and forest and (over := part("forest_of_all").search(view, max(floor, at - 10), at)):
        return whole_line(view, over.start(), floor)
    if place is None:
        return whole_line(view, at, floor)
    if found is None:
        return None
    return with_names_below(
        Agency(place.start, found.end(), "bureau", place.word, place.divisions, found[0], rule="bureau-special"), view
    )


def of_zone(view: str, at: int, end: int, floor: int, year: int | None) -> Agency | None:
    """Return the bureau that is called after its zone, which ends at a position: "西宁新区公安局", "某某垦区公安局"."""
    zone = part("own_zone_before").search(view, max(floor, at - 16), at)
    if zone is None:
        return None
    start = zone.start()
    place = place_before(view, start, floor, year)
    if place is not None:
        line = view.startswith(_CIVIL_AVIATION, place.start - len(_CIVIL_AVIATION))
        first = place.start - len(_CIVIL_AVIATION) if line and place.start > floor else place.start
        name = view[first : place.start] + place.word + view[start:end]
        return with_names_below(Agency(first, end, "zone", place.word, place.divisions, name, rule="bureau-zone"), view)
    named = part("own_zone_named").search(view, max(floor, at - 24), at)
    if named is None:
        return None
    first = named.start("own")
    while (word := word_starting(view, first, start)) is not None and start - first - len(word) >= SHORTEST_NAME:
        first += len(word)
    place = place_before(view, first, floor, year)
    if start - first > LONGEST_PORT or not can_be_a_name(view[first:start]):
        return None
    word, divisions = (place.word, place.divisions) if place else ("", ())
    agency = Agency(place.start if place else first, end, "zone", word, divisions, view[first:end], rule="bureau-zone")
    return with_names_below(agency, view)


def read_customs(view: str, at: int, end: int, floor: int, year: int | None) -> Agency | None:
    """Return the police of a custom house, "海关缉私局" behind its seat: 南宁海关缉私局, 龙邦海关缉私分局."""
    place = place_before(view, at, floor, year)
    port = part("town_before").search(view, max(floor, at - 6), at) if place is None else None
    if place is None and port is None:
        return None
    start = place.start if place else port.start() if port else at
    name = (place.word if place else view[start:at]) + view[at:end]
    word, divisions = (place.word, place.divisions) if place else ("", ())
    return with_names_below(Agency(start, end, "zone", word, divisions, name, rule="bureau-special"), view)


@cache
def _lines() -> re.Pattern[str]:
    return re.compile(alternation(load_lexicon("bureau_line").rows))


def whole_line(view: str, at: int, floor: int) -> Agency | None:
    """Return the service of the whole country that is named without a place at a position: "全国铁路公安机关"."""
    found = _lines().match(view, at)
    if found is None or view.startswith("处", found.end()):
        return None  # 8个铁路公安处
    if word_ending(view, at, floor) is not None:
        return None  # 林芝公安边防支队: a place's own
    start = at - 2 if part("everywhere_before").search(view, max(floor, at - 2), at) else at
    return with_names_below(Agency(start, found.end(), "line", written=found[0], rule="bureau-line"), view)
