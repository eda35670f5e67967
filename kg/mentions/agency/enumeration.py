"""Enumerations: agencies before the last, whose head only that one has."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from kg.mentions.agency.below import can_be_a_name
from kg.mentions.agency.model import Agency
from kg.mentions.agency.pattern import part
from kg.mentions.agency.qualifier import place_before, provinces_of
from kg.mentions.lexicon import load_lexicon

JOINING = frozenset("、和与及")
_RANKS = ("总队", "支队", "大队", "中队")


def enumerated_before(view: str, agency: Agency, floor: int, year: int | None) -> Iterator[Agency]:
    """Yield the agencies of the places before "、高坪警方": "顺庆、高坪警方" names two."""
    of_zone = agency.rule == "bureau-zone"
    own_unit = bool(agency.below) and agency.written != ""  # of 含山、和县交管大队 the unit is each one's
    if agency.head not in ("alias", "bureau", "branch", "local") or not (agency.divisions or of_zone) or own_unit:
        return
    by_place = {"branch": "", "local": "大队"}  # 梨树、双辽大队
    at = agency.start
    while at - 1 > floor and view[at - 1] in "、和与及":
        place = place_before(view, at - 1, floor, year)
        if place is None or part("name_before").search(view, max(floor, place.start - 5), place.start):
            return  # 处长蔡建华、西安铁路公安局: 建华 is no district here
        yield replace(
            agency,
            start=place.start,
            qualifier=place.word,
            divisions=place.divisions,
            written=place.word + by_place[agency.head] if agency.head in by_place else agency.written,
            rule="bureau-enumerated",
        )
        at = place.start


def letters_before(view: str, agency: Agency, floor: int) -> Iterator[Agency]:
    """Yield the agencies of the provinces whose letters stand before the last: 川渝警方."""
    at = agency.start
    while agency.rule == "bureau-letters" and at > floor and (provinces := provinces_of(view[at - 1])):
        at -= 1
        yield replace(agency, start=at, qualifier=view[at], divisions=provinces)


def stations_before(view: str, agency: Agency, floor: int) -> Iterator[Agency]:
    """Yield the stations of "城南、城北派出所" before the last."""
    if agency.rule != "bureau-station" or agency.head != "none":
        return
    found = part("stations_before").search(view, max(floor, agency.start - 24), agency.start)
    if found is None or (found.start() > floor and "\u4e00" <= view[found.start() - 1] <= "\u9fff"):
        return
    at = found.start()
    names = found[0].split("、")[:-1]
    if (number := part("point").match(names[0])) is not None:
        at, names = at + number.end(), [names[0][number.end() :], *names[1:]]
    if names[0][0] in JOINING and view[at - 1 : at] in ("队", "局", "所"):
        at, names = at + 1, [names[0][1:], *names[1:]]  # 刑侦大队和城南、城北等6个派出所
    for name in names:
        if "派出所" in name or "分局" in name or part("person_told").match(name):
            return
        of_squad = name.endswith("队") or name in load_lexicon("bureau_unit")
        if can_be_a_name(name) and not of_squad and "公安" not in name:
            yield replace(agency, start=at, below=(name + "派出所",), rule="bureau-enumerated")
        at += len(name) + 1


def squads_before(view: str, agency: Agency, floor: int) -> Iterator[Agency]:
    """Yield the squads of "刑侦、治安大队" before the last, whose rank is theirs too."""
    rank = agency.below[0][-2:] if agency.rule == "bureau-unit" and agency.head == "none" else ""
    at = agency.start
    while rank in _RANKS and at - 1 > floor and view[at - 1] in JOINING:
        service = part("service_before").search(view, max(floor, at - 12), at - 1)
        if service is None:
            return
        first = service.start()
        bounded = first == floor or not "\u4e00" <= view[first - 1] <= "\u9fff" or view[first - 1] in JOINING
        if not bounded and part("squads_led").search(view, max(floor, first - 3), first) is None:
            return
        at = first
        yield replace(agency, start=at, below=(service[0] + rank,), rule="bureau-enumerated")


def towns_before(view: str, agency: Agency, floor: int) -> Iterator[Agency]:
    """Yield the branches of "古镇、横栏分局" before the last, of places that no gazetteer knows."""
    found = part("towns_before").search(view, max(floor, agency.start - 16), agency.start)
    if agency.rule != "bureau-town" or found is None:
        return
    at = found.start()
    for name in found[0].split("、")[:-1]:
        if can_be_a_name(name) and name not in load_lexicon("bureau_unit"):
            yield replace(agency, start=at, written=name, below=(), rule="bureau-enumerated")
        at += len(name) + 1
