"""Branches: "分局" behind a district, a zone or a town."""

from __future__ import annotations

from kg.mentions.agency.below import can_be_a_name, with_names_below
from kg.mentions.agency.model import POLICE, Agency
from kg.mentions.agency.pattern import part, pattern
from kg.mentions.agency.qualifier import narrow, number_listed, place_before, relative_before
from kg.values.place import word_ending, word_starting


def _police_before(view: str, start: int, floor: int) -> int:
    """Return how long 公安 is before the name of a branch that it belongs to: 公安雁塔分局. No county of that name."""
    return len(POLICE) if start - len(POLICE) >= floor and view.endswith(POLICE, 0, start) else 0


def read_branch(view: str, at: int, floor: int, year: int | None) -> Agency | None:
    """Return the branch whose "分局" or "公安分局" stands at a position."""
    found = pattern("bureau-branch").match(view, at)
    if found is None:
        return None
    end = found.end()
    if zone := pattern("bureau-zone").search(view, max(floor, at - 16), at):
        if part("railways_own").fullmatch(zone[0] + found[0]):
            return None  # 徐州铁路分局: of the railway's administration
        start, written = zone.start(), zone[0]
        if longer := part("named_zone_before").search(view, max(floor, at - 16), at):
            first = longer.start()
            first += len(word_starting(view, first, start) or "")
            own = view[first:start]
            if word_ending(view, start, first) is None and can_be_a_name(own) and len(own) > 1 and own != POLICE:
                start, written = first, view[first:at]
        start -= _police_before(view, start, floor)
        outer = place_before(view, start, floor, year)
        word, divisions = (outer.word, outer.divisions) if outer else ("", ())
        if outer is None and (letter := relative_before(view, start, floor, "city_before")):
            outer = letter
            word = "市"
        start = outer.start if outer else start
        return with_names_below(Agency(start, end, "branch", word, divisions, written, rule="bureau-zone"), view)
    listed = part("listed").search(view, max(floor, at - 6), at)
    place = place_before(view, listed.start() if listed else at, floor, year)
    place = place or number_listed(view, at, floor, year)
    if place is not None and place.word == POLICE:
        return None  # of a branch that a service names: no 公安县
    if place is not None:
        if part("no_branch_before").search(view, max(floor, place.start - 3), place.start):
            return None
        start, divisions = place.start, place.divisions
        if police := _police_before(view, start, floor):
            start -= police
            city = place_before(view, start, floor, year)
            if city is not None and (narrowed := narrow(divisions, city.divisions)):
                start, divisions = city.start, narrowed  # 西安市公安雁塔分局
        agency = Agency(start, end, "branch", place.word, divisions, place.word, rule="bureau-branch")
        return with_names_below(agency, view)
    if letter := relative_before(view, at, floor, "district_before"):
        return with_names_below(Agency(letter.start, end, "bureau", "区", (), "分局", rule="bureau-branch"), view)
    town = pattern("bureau-town").search(view, max(floor, at - 6), at)
    if town is not None and can_be_a_name(town[0]):
        agency = Agency(town.start(), end, "branch", "", (), town[0], rule="bureau-town")
        return with_names_below(agency, view)
    if pattern("bureau-anaphor").match(view, at):
        return with_names_below(Agency(at, end, "anaphor", written="分局", rule="bureau-anaphor"), view)
    return None
