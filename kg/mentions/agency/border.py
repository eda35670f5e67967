"""Border checks, by their place or the port that they are called after."""

from __future__ import annotations

from dataclasses import replace

from kg.mentions.agency.below import can_be_a_name, with_names_below
from kg.mentions.agency.line import whole_line
from kg.mentions.agency.model import BORDER, BORDER_CHECK, BORDER_STATION, Agency
from kg.mentions.agency.pattern import part, pattern
from kg.mentions.agency.qualifier import LONGEST_PORT, SHORTEST_NAME, place_before, relative_before
from kg.values.place import Division, find_divisions, is_everyday_word, word_starting

_BORDER_POST = "边境检查站"


def read_border(view: str, at: int, floor: int, year: int | None) -> Agency | None:
    """Return the border check of a place by its short name, "上海边检机关", or that of all the country."""
    found = pattern("bureau-border").match(view, at)
    if found is None:
        return None
    place = relative_before(view, at, floor, "whole_before") or place_before(view, at, floor, year)
    if place is None or place.word == "全国":
        return whole_line(view, at, floor)
    if is_everyday_word(place.word):
        return None
    name = BORDER_STATION if found[0].endswith("总站") else BORDER
    agency = Agency(place.start, found.end(), "bureau", place.word, place.divisions, "", (name,), rule="bureau-border")
    return with_names_below(agency, view)


def read_post(view: str, at: int, end: int, floor: int, year: int | None) -> Agency | None:
    """Return the inspection post that a name of its own stands before, at a position: 木康边境检查站."""
    port = read_port(view, at, end, floor, year)
    if port is None or view[port.end - 1] != "站":
        return None
    if view.startswith(_BORDER_POST, at):
        return replace(port, below=(_BORDER_POST, *port.below[1:]))
    name = port.written + view[at:end]
    if not port.divisions:
        return replace(port, head="none", written="", below=(name,), rule="bureau-unit")
    word = word_starting(view, port.start, at) or ""
    return replace(port, head="bureau", qualifier=word, written="", below=(name,), rule="bureau-unit")


def read_port(view: str, at: int, end: int, floor: int, year: int | None) -> Agency | None:
    """Return the border check that is called after a port of no gazetteer, whose "边检站" stands at a position."""
    found = part("port_before").search(view, max(floor, at - 8), at)
    if found is None:
        return None
    if part("number_before").search(view, max(floor, found.start() - 1), found.start()):
        return None  # 2个空港边检站
    start, divisions = found.start(), tuple[Division, ...]()
    while (word := word_starting(view, start, at)) is not None and at - start - len(word) >= SHORTEST_NAME:
        start, divisions = start + len(word), find_divisions(word, year=year)
    if at - start > LONGEST_PORT or not can_be_a_name(view[start:at]):
        return None
    name = view[start:at]
    agency = Agency(found.start(), end, "port", "", divisions, name, (BORDER_CHECK,), rule="bureau-border")
    return with_names_below(agency, view)
