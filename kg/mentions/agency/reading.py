"""The agencies that a view mentions: each head read by what it is, with those that a list joins to it."""

from __future__ import annotations

import re

from kg.mentions.agency.anaphor import read_anaphor
from kg.mentions.agency.border import read_border, read_port, read_post
from kg.mentions.agency.branch import read_branch
from kg.mentions.agency.enumeration import (
    enumerated_before,
    letters_before,
    squads_before,
    stations_before,
    towns_before,
)
from kg.mentions.agency.line import read_customs, read_special, whole_line
from kg.mentions.agency.model import LICENSING, Agency
from kg.mentions.agency.pattern import part
from kg.mentions.agency.police import read_police
from kg.mentions.agency.region import read_region
from kg.mentions.agency.station import read_station, short_stations, without_words_before
from kg.mentions.agency.unit import read_house, read_service, read_short, read_unit
from kg.mentions.lexicon import load_lexicon

_OWN_HOUSES = (*LICENSING, "刑科所", "刑事科学技术研究所")  # which nobody but the police has


def _agency_at(view: str, found: re.Match[str], floor: int, year: int | None) -> Agency | None:
    kind, at = load_lexicon("bureau_head").get(found[0], "kind"), found.start()
    if kind == "police":
        return read_police(view, at, floor, year)
    if kind == "branch":
        return read_branch(view, at, floor, year)
    if kind == "short":
        return read_short(view, at, floor)
    if kind == "station":
        return read_station(view, at, floor, year)
    if kind == "unit":
        return read_unit(view, at, floor, year)
    if kind == "house":
        housed = read_house(view, at, found.end(), floor, year)
        if not housed.qualifier and found[0].endswith("站"):
            return read_port(view, at, found.end(), floor, year)
        if not housed.qualifier:
            return housed if found[0] in _OWN_HOUSES and not ("\u4e00" <= view[at - 1 : at] <= "\u9fff") else None
        return housed if housed.divisions or not housed.qualifier.startswith("全") else None
    if kind == "post":
        return read_post(view, at, found.end(), floor, year)
    if kind == "border":
        return read_border(view, at, floor, year)
    if kind == "rail":
        return read_special(view, at, floor, year)
    if kind == "customs":
        return read_customs(view, at, found.end(), floor, year)
    if kind == "line":
        return whole_line(view, at, floor)
    if kind == "region":
        return read_region(view, at, found[0], floor, year)
    if kind == "service":
        return read_service(view, at, found[0], floor, year)
    return read_anaphor(view, at, found.end())


def find_agencies(view: str, *, year: int | None = None) -> tuple[Agency, ...]:
    """Return the agencies that a view mentions, in order; those of one enumeration end at the same character.

    >>> [(a.qualifier, a.below) for a in find_agencies("镇安县公安局城关派出所和市公安局治安支队联合行动")]
    [('镇安县', ('城关派出所',)), ('市', ('治安支队',))]
    """
    found: list[Agency] = []
    floor = 0
    for head in part("agency_head").finditer(view):
        if head.start() < floor:
            continue
        line = view.rfind("\n", 0, head.start()) + 1
        agency = _agency_at(view, head, max(floor, line), year)
        if agency is None or part("among").match(view, agency.end):
            continue
        found.extend(enumerated_before(view, agency, max(floor, line), year))
        found.extend(letters_before(view, agency, max(floor, line)))
        found.extend(stations_before(view, agency, max(floor, line)))
        found.extend(squads_before(view, agency, max(floor, line)))
        found.extend(towns_before(view, agency, max(floor, line)))
        found.append(agency)
        floor = agency.end
    found = list(without_words_before(view, found))
    return tuple(sorted([*found, *short_stations(view, found)], key=lambda a: (a.start, a.end)))
