"""Police stations: by their names, by a short name, by a name that words before it have grown into."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from kg.mentions.agency.below import can_be_a_name
from kg.mentions.agency.model import STATION, Agency
from kg.mentions.agency.pattern import part, pattern
from kg.mentions.agency.qualifier import SHORTEST_NAME, place_before
from kg.values.place import Division, gazetteer, is_everyday_word, word_ending


class _Place(NamedTuple):
    """A place of the gazetteer in the view: where it stands, its word, the divisions that it can mean."""

    start: int
    end: int
    word: str
    divisions: tuple[Division, ...]


def read_station(view: str, at: int, floor: int, year: int | None) -> Agency | None:
    """Return the police station whose "派出所" stands at a position."""
    counted = part("stations_counted").search(view, max(floor, at - 40), at)
    if counted and can_be_a_name(view[counted.start() : counted.end("last")]):
        more = "等" in view[counted.end("last") : at]  # 拱桥、长堤等12个派出所: how many there are is counted
        end = counted.end("last") if more else at + 3
        return Agency(counted.start("last"), end, "none", below=(counted["last"] + "派出所",), rule="bureau-station")
    found = pattern("bureau-station").search(view, max(floor, at - 12), at + 3)
    if found is None:
        return None
    start, name = found.start("name"), found["name"]
    if name.startswith("中") and view[floor:start].endswith("其"):
        start, name = start + 1, name[1:]
    cut = _cut_place(view, start, name, floor)
    start, name = start + cut, name[cut:]
    if only := part("only").match(name):
        start, name = start + only.end(), name[only.end() :]
    written = name
    while name and (wrong := part("no_name").search(name + "派出所")) is not None:
        start, name = start + wrong.end(), name[wrong.end() :]
    if start > floor and view[start - 1] == "“" and view.startswith("”", at + 3):
        return None  # 争创“塞上枫桥派出所”: what stations are called that excel
    if part("stations_of_number").search(name) or part("number_before").search(view, max(floor, start - 1), start):
        return None  # 23个高海拔派出所
    if len(name) > SHORTEST_NAME and any(d.name == name for d in gazetteer().by_word.get(name, ())):
        return None  # 迎江区派出所: those of a district
    if len(name) < 2 or (written != name and not part("after_station").match(view, at + 3)):
        return None
    if zone := part("station_zone").match(name):
        start, name = start + zone.end(), name[zone.end() :]
        outer = pattern("bureau-zone").search(view, max(floor, start - 20), start - len(zone["tail"]))
        place = place_before(view, outer.start(), floor, year) if outer else None
        if place is not None:  # 阳江市高新技术产业开发区平冈派出所
            of_place = ("bureau", place.word, place.divisions, "", (name + "派出所",))
            return Agency(place.start, at + 3, *of_place, rule="bureau-station")
        return Agency(start, at + 3, "none", below=(name + "派出所",), rule="bureau-station")
    if (inside := _place_inside(view, start, name, floor, year)) is not None:
        below = name[inside.end - start :] + "派出所"
        of_place = ("bureau", inside.word, inside.divisions, "", (below,))
        return Agency(inside.start, at + 3, *of_place, rule="bureau-station")
    place = place_before(view, start, floor, year)
    if place is not None and not is_everyday_word(place.word):
        return Agency(
            place.start, at + 3, "bureau", place.word, place.divisions, "", (name + "派出所",), rule="bureau-station"
        )
    return Agency(start, at + 3, "none", below=(name + "派出所",), rule="bureau-station")


def _cut_place(view: str, start: int, name: str, floor: int) -> int:
    """Return how much of what may be a station's name is the end of a place with a long name: 峨边彝族自治县新林."""
    for cut in range(len(name) - SHORTEST_NAME, 0, -1):
        word = word_ending(view, start + cut, floor)
        if word and len(word) > cut and any(d.name == word for d in gazetteer().by_word[word]):
            return cut
    return 0


def _place_inside(view: str, start: int, name: str, floor: int, year: int | None) -> _Place | None:
    """Return the place that a station's name opens with: 内江市中区 of 内江市中区壕子口, whose 市 is both places'.

    An inner place by its short name counts behind its province alone.
    """
    known = gazetteer().by_word
    for cut in range(len(name) - SHORTEST_NAME, 1, -1):
        place = place_before(view, start + cut, floor, year)
        if place is None or place.start > start or is_everyday_word(name[:cut]):
            continue
        outer = name[: cut - len(place.word)]
        whole = any(d.name == place.word for d in place.divisions)
        if not whole and not outer and part("railway_station").fullmatch(name, cut):
            return None  # 沈阳北站派出所: the railway's, of a station of that name
        of_province = any(d.level == "province" for d in known.get(outer, ()))  # 贵州六枝落别, no 广州黄埔大道
        if name[:cut] in known or whole or of_province:
            return _Place(place.start, start + cut, place.word, place.divisions)
    return None


def short_stations(view: str, agencies: Sequence[Agency]) -> Iterator[Agency]:
    """Yield where a clause opens with the short name of a station that the article names in full too: "城南所"."""
    stations = {agency.below[-1] for agency in agencies if agency.below and agency.below[-1].endswith(STATION)}
    taken = {agency.start for agency in agencies}
    for station in sorted(stations):
        short = station.removesuffix(STATION) + "所"
        at = view.find(short)
        while at >= 0:
            end = at + len(short)
            opens = not (at and "\u4e00" <= view[at - 1] <= "\u9fff")
            if opens and at not in taken and part("no_short_station").match(view, end) is None:
                yield Agency(at, end, "none", below=(station,), rule="bureau-station")
            at = view.find(short, end)
    if stations:
        known = {station.removesuffix(STATION) for station in stations}
        for found in part("short_at_work").finditer(view):
            if found["name"] not in known and found.start() not in taken and can_be_a_name(found["name"] + STATION):
                at, end = found.start(), found.end()
                yield Agency(at, end, "none", below=(found["name"] + STATION,), rule="bureau-station")


def without_words_before(view: str, agencies: Sequence[Agency]) -> Iterator[Agency]:
    """Yield agencies, a station without the words before its name where the name stands by itself elsewhere.

    "寻求韶峰派出所帮助" beside "韶峰派出所的民警" is 韶峰派出所.
    """
    alone = {
        agency.below[-1]
        for agency in agencies
        if agency.rule == "bureau-station" and not (agency.start and "\u4e00" <= view[agency.start - 1] <= "\u9fff")
    } | {agency.below[-1] for agency in agencies if agency.below and agency.rule != "bureau-station"}
    for agency in agencies:
        name = agency.below[-1] if agency.rule == "bureau-station" and agency.head == "none" else ""
        own = next((name[cut:] for cut in range(1, len(name) - 4) if name[cut:] in alone), None)
        yield replace(agency, start=agency.end - len(own), below=(own,)) if own else agency
