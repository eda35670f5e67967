"""Agencies that are called by what they are: "南充警方", "全市公安机关", "高新区警方"."""

from __future__ import annotations

import re
from dataclasses import replace

from kg.mentions.agency.below import can_be_a_name, tails, with_names_below
from kg.mentions.agency.model import AIRPORT, BORDER_SQUAD, BORDER_STATION, BORDER_ZONE, Agency
from kg.mentions.agency.pattern import part, pattern
from kg.mentions.agency.qualifier import MOST_LETTERS, place_before, provinces_of, relative_before
from kg.values.place import is_everyday_word, word_starting


def _zone_alias(view: str, at: int, found: re.Match[str], floor: int, year: int | None) -> Agency | None:
    """Return the branch of a zone that an alias means: "高新区警方"."""
    zone = pattern("bureau-zone").search(view, max(floor, at - 16), at)
    if zone is None or not (found[0] in ("警方", "公安机关") or (found[0] == "公安" and zone[0] == AIRPORT)):
        return None
    start = zone.start()
    if zone[0] == BORDER_ZONE:
        return _border_alias(view, start, found.end(), floor, year)
    if longer := part("named_zone_before").search(view, max(floor, at - 16), at):
        first = longer.start() + len(word_starting(view, longer.start(), start) or "")
        start = first if can_be_a_name(view[first:start]) and start - first > 1 else start
    written = view[start:at]
    outer = place_before(view, start, floor, year)
    word, divisions = (outer.word, outer.divisions) if outer else ("", ())
    return Agency(outer.start if outer else start, found.end(), "branch", word, divisions, written, rule="bureau-zone")


def _border_alias(view: str, at: int, end: int, floor: int, year: int | None) -> Agency | None:
    """Return the border police of a place, by the level of the place: 广西边境警方, 防城港边境警方."""
    place = place_before(view, at, floor, year)
    if place is None:
        return None
    of_province = any(division.level == "province" for division in place.divisions)
    name = BORDER_STATION if of_province else BORDER_SQUAD
    return Agency(place.start, end, "bureau", place.word, place.divisions, "", (name,), rule="bureau-border")


def _by_letter(view: str, at: int, end: int, floor: int, head: str) -> Agency | None:
    """Return the agency of the last of several provinces that are called by their letters: 川渝警方."""
    letters = pattern("bureau-letters").search(view, max(floor, at - MOST_LETTERS), at)
    if letters is None or part("of_many_cities").search(view, at, end):
        return None
    return Agency(at - 1, end, "alias", view[at - 1], provinces_of(view[at - 1]), head, rule="bureau-letters")


def read_alias(view: str, at: int, found: re.Match[str], floor: int, year: int | None) -> Agency | None:
    """Return the agency whose alias, "警方" or "公安机关", was found at a position: "南充警方", "全市公安机关"."""
    if part("platform_after").match(view, found.end()):
        return None
    start = at
    if levels := part("levels").search(view, max(floor, at - 14), at):
        start = levels.start()
    place = relative_before(view, start, floor, "whole_before") or place_before(view, start, floor, year)
    if place is not None and not place.divisions and (named := place_before(view, place.start, floor, year)):
        of_kind = tuple(division for division in named.divisions if division.name.endswith(place.word[1:]))
        place = replace(named, divisions=of_kind) if of_kind else place  # 昆明全市公安机关
    if place is None and (zone := _zone_alias(view, at, found, floor, year)) is not None:
        return zone
    if place is None and found[0] == "警方":
        place = relative_before(view, start, floor)
    if place is None:
        return _by_letter(view, start, found.end(), floor, found[0])
    if place.word == "全国" and part("nation_titled").match(view, found.end()):
        return None  # 全国公安系统英雄模范表彰大会
    inside = place.start > floor and "\u4e00" <= view[place.start - 1] <= "\u9fff"
    doubtful = found[0] == "公安" and inside and is_everyday_word(place.word)
    agency = Agency(
        place.start, found.end(), "alias", place.word, place.divisions, found[0], rule="bureau-alias", doubtful=doubtful
    )
    if found[0] == "公安" and place.divisions and (tail := part("centre").match(view, found.end())):
        return replace(agency, end=tail.end(), below=("公安" + tail[0],))
    if found[0] == "公安" and place.divisions and (tail := part("service_tail").match(view, found.end())):
        return with_names_below(replace(agency, head="bureau", end=tail.end(), below=(tail[0],)), view)
    if place.divisions and (service := part("service_behind").match(view, at + len("公安"))):
        end, below = tails(view, service.end())
        squad = replace(agency, end=end, head="service", written=service["service"], below=below, rule="bureau-service")
        return squad if below else agency  # 南充公安交警直属二大队
    return agency
