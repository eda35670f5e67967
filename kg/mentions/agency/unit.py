"""Units, centres and houses without a bureau before them, brigades by their place alone, agencies in short."""

from __future__ import annotations

from kg.mentions.agency.anaphor import named_itself, read_anaphor
from kg.mentions.agency.below import tails, with_names_below
from kg.mentions.agency.line import read_special
from kg.mentions.agency.model import FOREST, Agency
from kg.mentions.agency.pattern import part, pattern
from kg.mentions.agency.qualifier import place_before, relative_before
from kg.values.place import is_everyday_word


def read_short(view: str, at: int, floor: int) -> Agency | None:
    """Return the agency of "市局", "省厅", "通榆县局" whose last two characters stand at a position."""
    found = pattern("bureau-short").match(view, at)
    if found is None:
        return None
    place = place_before(view, at + 1, floor, None)
    if place is not None:
        agency = Agency(place.start, found.end(), "bureau", place.word, place.divisions, "局", rule="bureau-short")
        return with_names_below(agency, view)
    if part("no_short_before").search(view, max(floor, at - 1), at):
        return None
    if found[0].endswith("厅") and view.startswith(FOREST, found.end()):
        return read_special(view, found.end(), floor, None)
    agency = Agency(at, found.end(), "bureau", view[at], (), found[0][1:], rule="bureau-short")
    return with_names_below(agency, view)


def read_unit(view: str, at: int, floor: int, year: int | None) -> Agency | None:
    """Return the unit or centre, without a bureau before it, whose "支队" or "中心" stands at a position."""
    if view.startswith("中心", at):
        whole = part("centre_before").search(view, max(floor, at - 18), at + 2)
        return read_house(view, whole.start(), at + 2, floor, year) if whole else None
    if part("own_bureau").match(view, at):
        service = part("service_before").search(view, max(floor, at - 10), at + 2)
        return read_house(view, service.start(), at + 3, floor, year) if service else None
    service = part("service_before").search(view, max(floor, at - 14), at)
    if service is not None:
        counted = part("unit_counted").search(view, max(floor, service.start() - 8), service.start())
        if counted or part("unit_count").match(view, at + 2):
            return None  # 70个交警中队, 交警中队12个: a kind, none of them named
        return read_house(view, service.start(), at + 2, floor, year)
    return _local_brigade(view, at, floor, year) or read_anaphor(view, at, at + 2)


def _local_brigade(view: str, at: int, floor: int, year: int | None) -> Agency | None:
    """Return the brigade of a squad that is called by its place or number alone: "西陵大队", "三大队"."""
    if not view.startswith("大队", at):
        return None
    number = part("brigade_number").search(view, max(floor, at - 3), at)
    place = None if number else place_before(view, at, floor, year)
    start = number.start() if number else place.start if place and not is_everyday_word(place.word) else at
    joined = part("brigade_joined").search(view, max(floor, start - 2), start) is not None
    if start == at and (named := named_itself(view, at)):
        start, place, joined = named.start("name"), None, True
    if start == at or (start > floor and not joined and "\u4e00" <= view[start - 1] <= "\u9fff"):
        return None
    divisions = place.divisions if place else ()
    return Agency(start, at + 2, "local", "", divisions, view[start : at + 2], rule="bureau-unit")


def read_house(view: str, start: int, end: int, floor: int, year: int | None) -> Agency:
    """Return the agency of a unit's name, with the place or "市" before it: "南充市看守所", "市反诈中心"."""
    listed = part("listed").search(view, max(floor, start - 6), start)  # 芜湖、铜陵两市交警支队
    among = listed is not None and listed[0].endswith(("市", "县", "区", "旗", "州"))
    place = place_before(view, listed.start() if listed and among else start, floor, year)
    if place is not None and is_everyday_word(place.word):
        place = None
    place = place or relative_before(view, start, floor)
    name = view[start:end]
    end, below = tails(view, end)
    if place is None:
        return Agency(start, end, "none", below=(name, *below), rule="bureau-unit")
    return Agency(place.start, end, "bureau", place.word, place.divisions, "", (name, *below), rule="bureau-unit")


def read_service(view: str, at: int, word: str, floor: int, year: int | None) -> Agency | None:
    """Return the service of a place that is called by its police alone: "滕州交警", "三亚旅游警察"."""
    end = at + len(word)
    place = place_before(view, at, floor, year)
    if place is None or is_everyday_word(place.word) or not part("service_alone").match(view, end):
        return None
    team = part("service_team").match(view, end)
    below: tuple[str, ...] = (team[0],) if team else ()
    end = team.end() if team else end
    if team is None and part("service_squad").match(view, end):
        end, below = tails(view, end)
    return Agency(place.start, end, "service", place.word, place.divisions, word, below, rule="bureau-service")
