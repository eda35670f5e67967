"""Agencies whose head is "公安…" or "警方"."""

from __future__ import annotations

from kg.mentions.agency.alias import read_alias
from kg.mentions.agency.below import with_names_below
from kg.mentions.agency.branch import read_branch
from kg.mentions.agency.enumeration import JOINING
from kg.mentions.agency.line import of_zone, read_special, whole_line
from kg.mentions.agency.model import Agency
from kg.mentions.agency.pattern import part, pattern
from kg.mentions.agency.qualifier import Qualifier, place_before, relative_before


def read_police(view: str, at: int, floor: int, year: int | None) -> Agency | None:
    """Return the agency whose head "公安…" or "警方" stands at a position."""
    if found := pattern("bureau-ministry").match(view, at):
        start = at if view.startswith("公安部", at) else at - 3
        agency = Agency(start, found.end(), "ministry", written=view[start : found.end()], rule="bureau-ministry")
        return with_names_below(agency, view)
    if special := part("special_before").search(view, max(floor, at - 4), at):
        return read_special(view, special.start(), floor, year)
    if not view.startswith("公安部", at) and (line := whole_line(view, at, floor)) is not None:
        return line
    if found := pattern("bureau-named").match(view, at):
        levels = part("listed").search(view, max(floor, at - 6), at)
        start = levels.start() if levels else at
        place = place_before(view, start, floor, year)
        if place is None and found[0] == "公安局" and (zone := of_zone(view, at, found.end(), floor, year)):
            return zone
        place = place or relative_before(view, at, floor)
        if place is None and found[0] == "公安厅":
            place = Qualifier(at, "省")
        if place is None:
            return None
        if (
            levels
            and (levels[0][0].isdigit() or levels[0][1:2] == "个")
            and view[place.start - 1 : place.start] not in JOINING
        ):
            return None  # 广元市7个县区公安局: those below, none of them named
        agency = Agency(place.start, found.end(), "bureau", place.word, place.divisions, found[0], rule="bureau-named")
        return with_names_below(agency, view)
    if pattern("bureau-branch").match(view, at):
        return read_branch(view, at, floor, year)
    if part("branch_behind").match(view, at):
        return None  # 西安市公安雁塔分局: the branch, which 分局 finds
    if found := pattern("bureau-alias").match(view, at):
        return read_alias(view, at, found, floor, year)
    return None
