"""Agencies: stretches of the view that mean a public-security agency, as the words give them.

Enters: the view. Leaves: ``Agency`` mentions in order, none inside another, each with what qualifies it (a place of the
gazetteer, "全市", nothing) and the names below it ("交警支队", "兴隆派出所"). Which bureau "市公安局" is depends on the
article and is decided in ``kg.facts.bureau``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from kg.errors import MappingError
from kg.mentions.lexicon import alternation, load_lexicon
from kg.mentions.rule import expand, load_parts, load_rules
from kg.patterns import compile_once
from kg.unguarded import unguarded
from kg.values.place import Division, chain, find_divisions, gazetteer, is_everyday_word, word_ending, word_starting


@unguarded
@dataclass(frozen=True, slots=True)
class Agency:
    """A mention in view coordinates.

    ``qualifier`` is the place word or relative word before the head ("南充市", "全市", "市", ""), ``divisions`` what a
    place word can mean. ``head`` says what the words call it: ministry, bureau, branch, service, alias, anaphor, line
    (a service of the whole country named without a place: "全国铁路公安机关"), local (a squad's brigade, by place or
    number alone), port and zone (a border check, a bureau called after one) or none (a unit or station on its own).
    ``written`` is the head, or the name of a branch or zone, as written; ``below`` holds the names of nested units.
    ``start`` includes outer places ("四川省南充市…"). ``doubtful``: perhaps no place.
    """

    start: int
    end: int
    head: str
    qualifier: str = ""
    divisions: tuple[Division, ...] = ()
    written: str = ""
    below: tuple[str, ...] = ()
    rule: str = ""
    doubtful: bool = False


@unguarded
@dataclass(frozen=True, slots=True)
class _Qualifier:
    start: int
    word: str
    divisions: tuple[Division, ...] = ()


@cache
def _pattern(name: str) -> re.Pattern[str]:
    for rule in load_rules("bureau"):
        if rule.name == name and rule.regex is not None:
            return rule.regex
    raise MappingError(f'mappings/rules/bureau.toml: there is no rule "{name}" with a regex')


@cache
def part(name: str) -> re.Pattern[str]:
    """Return a named part of ``mappings/rules/bureau.toml``, compiled. Raises MappingError where it is missing."""
    parts = load_parts("bureau")
    return compile_once(expand(f"{{{name}}}", parts, "mappings/rules/bureau.toml"))


_PARTNERS = tuple("委府局队厅会所部长关门")
_OF_COUNTIES = tuple("域级乡直里")


def joins_a_county(view: str, at: int) -> bool:
    """Tell whether 和县 before a position is "and" and a county, and no county of that name: 县政府和县公安局.

    >>> joins_a_county("市局支队和县公安局", 6), joins_a_county("安徽和县公安局", 4)
    (True, False)
    """
    and_county = view.startswith("和县", at - 2)
    return and_county and (view[at - 3 : at - 2] in _PARTNERS or view.startswith(_OF_COUNTIES, at))


def _narrow(inner: tuple[Division, ...], outer: tuple[Division, ...]) -> tuple[Division, ...]:
    codes = {d.code for d in outer}
    return tuple(d for d in inner if any(above.code in codes for above in chain(d)[1:]))


def _place_before(view: str, at: int, floor: int, year: int | None) -> _Qualifier | None:
    word = word_ending(view, at, floor)
    if word is None or (word == "和县" and joins_a_county(view, at)):
        return None
    start, divisions = at - len(word), find_divisions(word, year=year)
    while (outer := word_ending(view, start, floor)) is not None:
        narrowed = _narrow(divisions, find_divisions(outer, year=year))
        if not narrowed:
            break
        divisions, start = narrowed, start - len(outer)
    return _Qualifier(start, word, divisions)


_RELATIVE = re.compile(
    r"(?<![各每个城都名等两0-9])(?<![省市县区州旗][、和])(?<!各[市县区州旗])(?<![县市]区)"
    r"(?:全|我|本)?(?:自治[区州县]|地区|行署|兵团|[省市县区州盟旗师])$"
)
_WHOLE = re.compile(r"(?:全|我|本)(?:自治[区州县]|地区|兵团|[省市县区州盟旗师国])$")


def _relative_before(view: str, at: int, floor: int, pattern: re.Pattern[str]) -> _Qualifier | None:
    found = pattern.search(view, max(floor, at - 5), at)
    return _Qualifier(found.start(), found[0]) if found else None


def _proper(name: str) -> bool:
    """Tell whether words can be the name of a station or unit: "兴隆派出所", but not "基本完成派出所"."""
    return part("no_name").search(name) is None


def _tails(view: str, end: int) -> tuple[int, tuple[str, ...]]:
    """Return where the chain of names below an agency ends, and those names."""
    names: list[str] = []
    tail = part("tail")
    while (found := tail.match(view, end)) is not None and _proper(found[0]) and found[0] != _STATION:
        names.append(found[0])
        end = found.end()
    return end, tuple(names)


def _extended(agency: Agency, view: str) -> Agency:
    end, below = _tails(view, agency.end)
    return replace(agency, end=end, below=agency.below + below) if below else agency


def _of_police(view: str, at: int, floor: int, year: int | None) -> Agency | None:
    """Return the agency whose head "公安…" or "警方" stands at a position."""
    if found := _pattern("bureau-ministry").match(view, at):
        start = at if view.startswith("公安部", at) else at - 3
        agency = Agency(start, found.end(), "ministry", written=view[start : found.end()], rule="bureau-ministry")
        return _extended(agency, view)
    if special := part("special_before").search(view, max(floor, at - 4), at):
        return _special(view, special.start(), floor, year)
    if not view.startswith("公安部", at) and (line := _line(view, at, floor)) is not None:
        return line
    if found := _pattern("bureau-named").match(view, at):
        levels = part("listed").search(view, max(floor, at - 6), at)
        start = levels.start() if levels else at
        place = _place_before(view, start, floor, year)
        if place is None and found[0] == "公安局" and (zone := _of_zone(view, at, found.end(), floor, year)):
            return zone
        place = place or _relative_before(view, at, floor, _RELATIVE)
        if place is None and found[0] == "公安厅":
            place = _Qualifier(at, "省")
        if place is None:
            return None
        if (
            levels
            and (levels[0][0].isdigit() or levels[0][1:2] == "个")
            and view[place.start - 1 : place.start] not in _JOINING
        ):
            return None  # 广元市7个县区公安局: those below, none of them named
        agency = Agency(place.start, found.end(), "bureau", place.word, place.divisions, found[0], rule="bureau-named")
        return _extended(agency, view)
    if _pattern("bureau-branch").match(view, at):
        return _branch(view, at, floor, year)
    if part("branch_behind").match(view, at):
        return None  # 西安市公安雁塔分局: the branch, which 分局 finds
    if found := _pattern("bureau-alias").match(view, at):
        return _alias(view, at, found, floor, year)
    return None


_POINT = re.compile("[一二三四五六七八九十]{1,2}是")  # 三是城关、城北派出所……
AIRPORT = "机场"
_STATION = "派出所"
_POLICE = "公安"
_FOREST = "森林公安"
_RECLAIMED = "垦区"
_CIVIL_AVIATION = "民航"
_ONLY = re.compile("[而但却](?:是|仅)?|仅仅?有?|只有|就连")  # 仅城关派出所就……, 而城关派出所
_JOINING = frozenset("、和与及")
BORDER_STATION = "出入境边防检查总站"  # of a province
BORDER_CHECK = "出入境边防检查站"  # of a port
BORDER = "边检"  # either of them: the article tells
_COUNTED_STATIONS = re.compile("[两二三四五六七八九十多数几][个家]$")  # 儋州三家派出所获评先进: three of them
_SHORTEST_NAME, _LONGEST_PORT = 2, 4  # characters
_BRIGADE_NAME = 8  # characters in which the name of a brigade and the mark before it stand
LICENSING = ("车管所", "车辆管理所")  # a body of the traffic police, in its own report by its bare name
_OWN_HOUSES = (*LICENSING, "刑科所", "刑事科学技术研究所")  # which nobody but the police has
_AMONG = re.compile("中(?:均|都)?(?:排|名列|位[居列]|[居列处]|领先)")  # 在城区分局中排名第一: many, none named


def _special(view: str, at: int, floor: int, year: int | None) -> Agency | None:
    """Return the agency of a railway, a forest or the like, which starts at a position: "襄阳铁路公安处"."""
    found = _pattern("bureau-special").match(view, at)
    listed = part("listed").search(view, max(floor, at - 6), at)  # 襄阳、安康等铁路公安处
    forest = view.startswith(_FOREST, at)
    beside = part("forest_beside").search(view, max(floor, at - 12), at) if forest else None
    first = listed.start() if listed else beside.start() if beside else at
    place = _place_before(view, first, floor, year)
    if place is None and found is not None and found[0].endswith("公安局"):
        zone_end = at + len(_RECLAIMED) if view.startswith(_RECLAIMED, at) else at
        if (zone := _of_zone(view, zone_end, found.end(), floor, year)) is not None:
            return zone
    place = place or _relative_before(view, beside.start() if beside else at, floor, _RELATIVE)
    if place is None and forest and (over := part("forest_of").search(view, max(floor, at - 6), at)):
        place = _Qualifier(over.start(), "省")
    if place is None and forest and (over := part("forest_of_all").search(view, max(floor, at - 10), at)):
        return _line(view, over.start(), floor)
    if place is None:
        return _line(view, at, floor)
    if found is None:
        return None
    return _extended(
        Agency(place.start, found.end(), "bureau", place.word, place.divisions, found[0], rule="bureau-special"), view
    )


def _of_zone(view: str, at: int, end: int, floor: int, year: int | None) -> Agency | None:
    """Return the bureau that is called after its zone, which ends at a position: "西宁新区公安局", "某某垦区公安局"."""
    zone = part("own_zone_before").search(view, max(floor, at - 16), at)
    if zone is None:
        return None
    start = zone.start()
    place = _place_before(view, start, floor, year)
    if place is not None:
        line = view.startswith(_CIVIL_AVIATION, place.start - len(_CIVIL_AVIATION))
        first = place.start - len(_CIVIL_AVIATION) if line and place.start > floor else place.start
        name = view[first : place.start] + place.word + view[start:end]
        return _extended(Agency(first, end, "zone", place.word, place.divisions, name, rule="bureau-zone"), view)
    named = part("own_zone_named").search(view, max(floor, at - 24), at)
    if named is None:
        return None
    first = named.start("own")
    while (word := word_starting(view, first, start)) is not None and start - first - len(word) >= _SHORTEST_NAME:
        first += len(word)
    place = _place_before(view, first, floor, year)
    if start - first > _LONGEST_PORT or not _proper(view[first:start]):
        return None
    word, divisions = (place.word, place.divisions) if place else ("", ())
    agency = Agency(place.start if place else first, end, "zone", word, divisions, view[first:end], rule="bureau-zone")
    return _extended(agency, view)


_EVERYWHERE = ("全国", "各地", "各级")


@cache
def _lines() -> re.Pattern[str]:
    return re.compile(alternation(load_lexicon("bureau_line").rows))


def _line(view: str, at: int, floor: int) -> Agency | None:
    """Return the service of the whole country that is named without a place at a position: "全国铁路公安机关"."""
    found = _lines().match(view, at)
    if found is None or view.startswith("处", found.end()):
        return None  # 8个铁路公安处
    if word_ending(view, at, floor) is not None:
        return None  # 林芝公安边防支队: a place's own
    start = at - 2 if at - 2 >= floor and view.startswith(_EVERYWHERE, at - 2) else at
    return _extended(Agency(start, found.end(), "line", written=found[0], rule="bureau-line"), view)


def _zone_alias(view: str, at: int, found: re.Match[str], floor: int, year: int | None) -> Agency | None:
    """Return the branch of a zone that an alias means: "高新区警方"."""
    zone = _pattern("bureau-zone").search(view, max(floor, at - 16), at)
    if zone is None or not (found[0] in ("警方", "公安机关") or (found[0] == "公安" and zone[0] == AIRPORT)):
        return None
    start = zone.start()
    if longer := part("named_zone_before").search(view, max(floor, at - 16), at):
        first = longer.start() + len(word_starting(view, longer.start(), start) or "")
        start = first if _proper(view[first:start]) and start - first > 1 else start
    written = view[start:at]
    outer = _place_before(view, start, floor, year)
    word, divisions = (outer.word, outer.divisions) if outer else ("", ())
    return Agency(outer.start if outer else start, found.end(), "branch", word, divisions, written, rule="bureau-zone")


def _alias(view: str, at: int, found: re.Match[str], floor: int, year: int | None) -> Agency | None:
    if part("platform_after").match(view, found.end()):
        return None
    start = at
    if levels := part("levels").search(view, max(floor, at - 14), at):
        start = levels.start()
    place = _relative_before(view, start, floor, _WHOLE) or _place_before(view, start, floor, year)
    if place is not None and not place.divisions and (named := _place_before(view, place.start, floor, year)):
        of_kind = tuple(division for division in named.divisions if division.name.endswith(place.word[1:]))
        place = replace(named, divisions=of_kind) if of_kind else place  # 昆明全市公安机关
    if place is None and (zone := _zone_alias(view, at, found, floor, year)) is not None:
        return zone
    if place is None and found[0] == "警方":
        place = _relative_before(view, start, floor, _RELATIVE)
    if place is None:
        return None
    inside = place.start > floor and "\u4e00" <= view[place.start - 1] <= "\u9fff"
    doubtful = found[0] == "公安" and inside and is_everyday_word(place.word)
    agency = Agency(
        place.start, found.end(), "alias", place.word, place.divisions, found[0], rule="bureau-alias", doubtful=doubtful
    )
    if found[0] == "公安" and place.divisions and (tail := part("centre").match(view, found.end())):
        return replace(agency, end=tail.end(), below=("公安" + tail[0],))
    if found[0] == "公安" and place.divisions and (tail := part("service_tail").match(view, found.end())):
        return _extended(replace(agency, head="bureau", end=tail.end(), below=(tail[0],)), view)
    return agency


def _police_before(view: str, start: int, floor: int) -> int:
    """Return how long 公安 is before the name of a branch that it belongs to: 公安雁塔分局. No county of that name."""
    return len(_POLICE) if start - len(_POLICE) >= floor and view.endswith(_POLICE, 0, start) else 0


def _branch(view: str, at: int, floor: int, year: int | None) -> Agency | None:
    """Return the branch whose "分局" or "公安分局" stands at a position."""
    found = _pattern("bureau-branch").match(view, at)
    if found is None:
        return None
    end = found.end()
    if zone := _pattern("bureau-zone").search(view, max(floor, at - 16), at):
        start, written = zone.start(), zone[0]
        if longer := part("named_zone_before").search(view, max(floor, at - 16), at):
            first = longer.start()
            first += len(word_starting(view, first, start) or "")
            own = view[first:start]
            if word_ending(view, start, first) is None and _proper(own) and len(own) > 1 and own != _POLICE:
                start, written = first, view[first:at]
        start -= _police_before(view, start, floor)
        outer = _place_before(view, start, floor, year)
        word, divisions = (outer.word, outer.divisions) if outer else ("", ())
        if outer is None and (letter := _relative_before(view, start, floor, re.compile("市$"))):
            outer = letter
            word = "市"
        start = outer.start if outer else start
        return _extended(Agency(start, end, "branch", word, divisions, written, rule="bureau-zone"), view)
    listed = part("listed").search(view, max(floor, at - 6), at)
    place = _place_before(view, listed.start() if listed else at, floor, year)
    if place is not None:
        if place.start > floor and (view[place.start - 1] in "个各每" or view.endswith("海警局", 0, place.start)):
            return None
        start, divisions = place.start, place.divisions
        if police := _police_before(view, start, floor):
            start -= police
            city = _place_before(view, start, floor, year)
            if city is not None and (narrowed := _narrow(divisions, city.divisions)):
                start, divisions = city.start, narrowed  # 西安市公安雁塔分局
        agency = Agency(start, end, "branch", place.word, divisions, place.word, rule="bureau-branch")
        return _extended(agency, view)
    if letter := _relative_before(view, at, floor, re.compile("(?<![各市])区$")):
        return _extended(Agency(letter.start, end, "bureau", "区", (), "分局", rule="bureau-branch"), view)
    town = _pattern("bureau-town").search(view, max(floor, at - 6), at)
    if town is not None and _proper(town[0]):
        agency = Agency(town.start(), end, "branch", "", (), town[0], rule="bureau-town")
        return _extended(agency, view)
    if _pattern("bureau-anaphor").match(view, at):
        return _extended(Agency(at, end, "anaphor", written="分局", rule="bureau-anaphor"), view)
    return None


def _short(view: str, at: int, floor: int) -> Agency | None:
    """Return the agency of "市局", "省厅", "通榆县局" whose last two characters stand at a position."""
    found = _pattern("bureau-short").match(view, at)
    if found is None:
        return None
    place = _place_before(view, at + 1, floor, None)
    if place is not None:
        agency = Agency(place.start, found.end(), "bureau", place.word, place.divisions, "局", rule="bureau-short")
        return _extended(agency, view)
    if at > floor and view[at - 1] in "各每城都个大超":
        return None
    if found[0].endswith("厅") and view.startswith(_FOREST, found.end()):
        return _special(view, found.end(), floor, None)
    agency = Agency(at, found.end(), "bureau", view[at], (), found[0][1:], rule="bureau-short")
    return _extended(agency, view)


def _unit(view: str, at: int, floor: int, year: int | None) -> Agency | None:
    """Return the unit or centre, without a bureau before it, whose "支队" or "中心" stands at a position."""
    if view.startswith("中心", at):
        whole = part("centre_before").search(view, max(floor, at - 18), at + 2)
        return _housed(view, whole.start(), at + 2, floor, year) if whole else None
    if view.startswith(("管理局", "侦查局", "禁毒局"), at):
        service = part("service_before").search(view, max(floor, at - 10), at + 2)
        return _housed(view, service.start(), at + 3, floor, year) if service else None
    service = part("service_before").search(view, max(floor, at - 14), at)
    if service is not None:
        counted = part("unit_counted").search(view, max(floor, service.start() - 8), service.start())
        if counted or part("unit_count").match(view, at + 2):
            return None  # 70个交警中队, 交警中队12个: a kind, none of them named
        return _housed(view, service.start(), at + 2, floor, year)
    return _local_brigade(view, at, floor, year) or _anaphor(view, at, at + 2)


def _local_brigade(view: str, at: int, floor: int, year: int | None) -> Agency | None:
    """Return the brigade of a squad that is called by its place or number alone: "西陵大队", "三大队"."""
    if not view.startswith("大队", at):
        return None
    number = part("brigade_number").search(view, max(floor, at - 3), at)
    place = None if number else _place_before(view, at, floor, year)
    start = number.start() if number else place.start if place and not is_everyday_word(place.word) else at
    joined = view.endswith(("队和", "队与", "队及"), floor, start)  # 柳湖大队和西陵大队
    if start == at and (named := _named_itself(view, at)):
        start, place, joined = named.start("name"), None, True
    if start == at or (start > floor and not joined and "\u4e00" <= view[start - 1] <= "\u9fff"):
        return None
    divisions = place.divisions if place else ()
    return Agency(start, at + 2, "local", "", divisions, view[start : at + 2], rule="bureau-unit")


def _named_itself(view: str, at: int) -> re.Match[str] | None:
    """Return the name of its own that a brigade has at the head of an item: ",柳湖大队和西陵大队"."""
    bare = view.startswith("大队", at)
    return part("brigade_named").search(view, max(0, at - _BRIGADE_NAME), at) if bare else None


def _anaphor(view: str, at: int, end: int) -> Agency | None:
    if _pattern("bureau-anaphor").match(view, at) is None or _named_itself(view, at) is not None:
        return None
    return _extended(Agency(at, end, "anaphor", written=view[at:end], rule="bureau-anaphor"), view)


def _housed(view: str, start: int, end: int, floor: int, year: int | None) -> Agency:
    """Return the agency of a unit's name, with the place or "市" before it: "南充市看守所", "市反诈中心"."""
    listed = part("listed").search(view, max(floor, start - 6), start)  # 芜湖、铜陵两市交警支队
    among = listed is not None and listed[0].endswith(("市", "县", "区", "旗", "州"))
    place = _place_before(view, listed.start() if listed and among else start, floor, year)
    if place is not None and is_everyday_word(place.word):
        place = None
    place = place or _relative_before(view, start, floor, _RELATIVE)
    name = view[start:end]
    end, below = _tails(view, end)
    if place is None:
        return Agency(start, end, "none", below=(name, *below), rule="bureau-unit")
    return Agency(place.start, end, "bureau", place.word, place.divisions, "", (name, *below), rule="bureau-unit")


def _border(view: str, at: int, floor: int, year: int | None) -> Agency | None:
    """Return the border check of a place by its short name, "上海边检机关", or that of all the country."""
    found = _pattern("bureau-border").match(view, at)
    if found is None:
        return None
    place = _relative_before(view, at, floor, _WHOLE) or _place_before(view, at, floor, year)
    if place is None or place.word == "全国":
        return _line(view, at, floor)
    if is_everyday_word(place.word):
        return None
    name = BORDER_STATION if found[0].endswith("总站") else BORDER
    agency = Agency(place.start, found.end(), "bureau", place.word, place.divisions, "", (name,), rule="bureau-border")
    return _extended(agency, view)


def _port(view: str, at: int, end: int, floor: int, year: int | None) -> Agency | None:
    """Return the border check that is called after a port of no gazetteer, whose "边检站" stands at a position."""
    found = part("port_before").search(view, max(floor, at - 8), at)
    if found is None:
        return None
    start, divisions = found.start(), tuple[Division, ...]()
    while (word := word_starting(view, start, at)) is not None and at - start - len(word) >= _SHORTEST_NAME:
        start, divisions = start + len(word), find_divisions(word, year=year)
    if at - start > _LONGEST_PORT or not _proper(view[start:at]):
        return None
    name = view[start:at]
    agency = Agency(found.start(), end, "port", "", divisions, name, (BORDER_CHECK,), rule="bureau-border")
    return _extended(agency, view)


def _station(view: str, at: int, floor: int, year: int | None) -> Agency | None:
    """Return the police station whose "派出所" stands at a position."""
    counted = part("stations_counted").search(view, max(floor, at - 40), at)
    if counted and _proper(view[counted.start() : counted.end("last")]):
        more = "等" in view[counted.end("last") : at]  # 拱桥、长堤等12个派出所: how many there are is counted
        end = counted.end("last") if more else at + 3
        return Agency(counted.start("last"), end, "none", below=(counted["last"] + "派出所",), rule="bureau-station")
    found = _pattern("bureau-station").search(view, max(floor, at - 12), at + 3)
    if found is None:
        return None
    start, name = found.start("name"), found["name"]
    if name.startswith("中") and view[floor:start].endswith("其"):
        start, name = start + 1, name[1:]
    if only := _ONLY.match(name):
        start, name = start + only.end(), name[only.end() :]
    written = name
    while name and (wrong := part("no_name").search(name + "派出所")) is not None:
        start, name = start + wrong.end(), name[wrong.end() :]
    if start > floor and view[start - 1] == "“" and view.startswith("”", at + 3):
        return None  # 争创“塞上枫桥派出所”: what stations are called that excel
    if _COUNTED_STATIONS.search(name) or (start > floor and view[start - 1] in "个所家座"):
        return None  # 23个高海拔派出所
    if len(name) > _SHORTEST_NAME and any(d.name == name for d in gazetteer().by_word.get(name, ())):
        return None  # 迎江区派出所: those of a district
    if len(name) < 2 or (written != name and not part("after_station").match(view, at + 3)):
        return None
    if zone := part("station_zone").match(name):
        start, name = start + zone.end(), name[zone.end() :]
        outer = _pattern("bureau-zone").search(view, max(floor, start - 20), start - len(zone["tail"]))
        place = _place_before(view, outer.start(), floor, year) if outer else None
        if place is not None:  # 阳江市高新技术产业开发区平冈派出所
            of_place = ("bureau", place.word, place.divisions, "", (name + "派出所",))
            return Agency(place.start, at + 3, *of_place, rule="bureau-station")
        return Agency(start, at + 3, "none", below=(name + "派出所",), rule="bureau-station")
    for cut in range(len(name) - 1, 1, -1):
        if name[:cut] in gazetteer().by_word and not is_everyday_word(name[:cut]) and len(name) - cut >= 2:
            place = _place_before(view, start + cut, floor, year)
            if place is not None:
                return Agency(
                    place.start,
                    at + 3,
                    "bureau",
                    place.word,
                    place.divisions,
                    "",
                    (name[cut:] + "派出所",),
                    rule="bureau-station",
                )
    place = _place_before(view, start, floor, year)
    if place is not None and not is_everyday_word(place.word):
        return Agency(
            place.start, at + 3, "bureau", place.word, place.divisions, "", (name + "派出所",), rule="bureau-station"
        )
    return Agency(start, at + 3, "none", below=(name + "派出所",), rule="bureau-station")


def _service(view: str, at: int, word: str, floor: int, year: int | None) -> Agency | None:
    """Return the service of a place that is called by its police alone: "滕州交警", "三亚旅游警察"."""
    end = at + len(word)
    place = _place_before(view, at, floor, year)
    if place is None or is_everyday_word(place.word) or not part("service_alone").match(view, end):
        return None
    team = part("service_team").match(view, end)
    below = (team[0],) if team else ()
    end = team.end() if team else end
    return Agency(place.start, end, "service", place.word, place.divisions, word, below, rule="bureau-service")


def _agency_at(view: str, found: re.Match[str], floor: int, year: int | None) -> Agency | None:
    kind, at = load_lexicon("bureau_head").get(found[0], "kind"), found.start()
    if kind == "police":
        return _of_police(view, at, floor, year)
    if kind == "branch":
        return _branch(view, at, floor, year)
    if kind == "short":
        return _short(view, at, floor)
    if kind == "station":
        return _station(view, at, floor, year)
    if kind == "unit":
        return _unit(view, at, floor, year)
    if kind == "house":
        housed = _housed(view, at, found.end(), floor, year)
        if not housed.qualifier and found[0].endswith("站"):
            return _port(view, at, found.end(), floor, year)
        if not housed.qualifier:
            return housed if found[0] in _OWN_HOUSES and not ("\u4e00" <= view[at - 1 : at] <= "\u9fff") else None
        return housed if housed.divisions or not housed.qualifier.startswith("全") else None
    if kind == "border":
        return _border(view, at, floor, year)
    if kind == "rail":
        return _special(view, at, floor, year)
    if kind == "line":
        return _line(view, at, floor)
    if kind == "service":
        return _service(view, at, found[0], floor, year)
    return _anaphor(view, at, found.end())


def _enumerated(view: str, agency: Agency, floor: int, year: int | None) -> Iterator[Agency]:
    """Yield the agencies of the places before "、高坪警方": "顺庆、高坪警方" names two."""
    of_zone = agency.rule == "bureau-zone"
    own_unit = bool(agency.below) and agency.written != ""  # of 含山、和县交管大队 the unit is each one's
    if agency.head not in ("alias", "bureau", "branch", "local") or not (agency.divisions or of_zone) or own_unit:
        return
    by_place = {"branch": "", "local": "大队"}  # 梨树、双辽大队
    at = agency.start
    while at - 1 > floor and view[at - 1] in "、和与及":
        place = _place_before(view, at - 1, floor, year)
        if place is None:
            return
        yield replace(
            agency,
            start=place.start,
            qualifier=place.word,
            divisions=place.divisions,
            written=place.word + by_place[agency.head] if agency.head in by_place else agency.written,
            rule="bureau-enumerated",
        )
        at = place.start


def _stations_before(view: str, agency: Agency, floor: int) -> Iterator[Agency]:
    """Yield the stations of "城南、城北派出所" before the last."""
    if agency.rule != "bureau-station" or agency.head != "none":
        return
    found = part("stations_before").search(view, max(floor, agency.start - 24), agency.start)
    if found is None or (found.start() > floor and "\u4e00" <= view[found.start() - 1] <= "\u9fff"):
        return
    at = found.start()
    names = found[0].split("、")[:-1]
    if (number := _POINT.match(names[0])) is not None:
        at, names = at + number.end(), [names[0][number.end() :], *names[1:]]
    if names[0][0] in _JOINING and view[at - 1 : at] in ("队", "局", "所"):
        at, names = at + 1, [names[0][1:], *names[1:]]  # 刑侦大队和城南、城北等6个派出所
    for name in names:
        if "派出所" in name or "分局" in name:
            return
        if _proper(name) and name not in load_lexicon("bureau_unit") and "公安" not in name:
            yield replace(agency, start=at, below=(name + "派出所",), rule="bureau-enumerated")
        at += len(name) + 1


def _towns_before(view: str, agency: Agency, floor: int) -> Iterator[Agency]:
    """Yield the branches of "古镇、横栏分局" before the last, of places that no gazetteer knows."""
    found = part("towns_before").search(view, max(floor, agency.start - 16), agency.start)
    if agency.rule != "bureau-town" or found is None:
        return
    at = found.start()
    for name in found[0].split("、")[:-1]:
        if _proper(name) and name not in load_lexicon("bureau_unit"):
            yield replace(agency, start=at, written=name, below=(), rule="bureau-enumerated")
        at += len(name) + 1


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
        if agency is None or _AMONG.match(view, agency.end):
            continue
        found.extend(_enumerated(view, agency, max(floor, line), year))
        found.extend(_stations_before(view, agency, max(floor, line)))
        found.extend(_towns_before(view, agency, max(floor, line)))
        found.append(agency)
        floor = agency.end
    found = list(_without_words_before(view, found))
    return tuple(sorted([*found, *_short_stations(view, found)], key=lambda a: (a.start, a.end)))


_NO_STATION = frozenset("在有属需谓以述致见")
"""Characters before which 所 is no station: 所在, 所有."""


def _short_stations(view: str, agencies: Sequence[Agency]) -> Iterator[Agency]:
    """Yield where a clause opens with the short name of a station that the article names in full too: "城南所"."""
    stations = {agency.below[-1] for agency in agencies if agency.below and agency.below[-1].endswith(_STATION)}
    taken = {agency.start for agency in agencies}
    for station in sorted(stations):
        short = station.removesuffix(_STATION) + "所"
        at = view.find(short)
        while at >= 0:
            end = at + len(short)
            opens = not (at and "\u4e00" <= view[at - 1] <= "\u9fff")
            if opens and at not in taken and view[end : end + 1] not in _NO_STATION:
                yield Agency(at, end, "none", below=(station,), rule="bureau-station")
            at = view.find(short, end)


def _without_words_before(view: str, agencies: Sequence[Agency]) -> Iterator[Agency]:
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
