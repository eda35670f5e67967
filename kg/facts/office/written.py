"""Written names: what an article itself calls the agencies of districts, branches and lines."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace

from kg.facts.cue import cue
from kg.facts.office.below import BRANCH, in_full, is_local_railway, shortens
from kg.facts.office.line import BORDER_STATION, FOREST, is_border
from kg.facts.office.model import Office
from kg.facts.office.naming import bureau_name, is_district
from kg.mentions.agency import LICENSING, Agency
from kg.mentions.lexicon import load_lexicon
from kg.values.place import CORPS, Division, choose, find_divisions, is_city_province, parent_of

_SHORT_BRANCH = re.compile(r".+?公安局(?:(?!公安).){1,12}?分局")
_OF_BUREAU = re.compile(r"(?P<bureau>.+?公安局)(?P<zone>.{1,12})分局")
_OF_UNIT = re.compile(r"(?P<bureau>.+(?:公安局|分局|公安处|公安厅))(?P<unit>.+)")
_SQUAD = "支队"
_NUMBERED = re.compile("第?[一二三四五六七八九十0-9]+[大中]队")
_PARTS = re.compile(".+?[总支大中]队|.+")
_POLICE, _FIRE = "公安", "公安消防"
_RAILWAY = re.compile("铁路公安[局处]")
_RAILWAY_OFFICE = "铁路公安处"
ON_TRAINS = "乘警"
_ANY_ZONE = frozenset({"开发区", "高新区", "园区", "新区"})
_LONG_ZONE = 5  # characters: 经济技术开发区, 高新技术产业开发区


def as_written(office: Office, written: Mapping[str, str]) -> Office:
    """Return an office by the name that the article writes for a branch: 厦门市公安局机场公安分局, not 机场分局."""
    found = _SHORT_BRANCH.match(office.name)
    if found is None or found[0] not in written:
        return office
    parent = written.get(office.parent or "", office.parent)
    return replace(office, name=written[found[0]] + office.name[found.end() :], parent=parent)


def spelled_out(agencies: Sequence[Agency]) -> list[Agency]:
    """Return the mentions, those of a zone's branch by its short name with the long one that the article writes too.

    >>> from kg.mentions.agency import find_agencies
    >>> view = "合肥市公安局经济技术开发区分局通报。经开分局破案12起。"
    >>> [agency.written for agency in spelled_out(find_agencies(view))]
    ['公安局', '经济技术开发区']
    """
    zones = {zone for agency in agencies if len(zone := _zone_of(agency)) >= _LONG_ZONE}
    return [_by_long_name(agency, zones) for agency in agencies] if zones else list(agencies)


def stations_of_railways(agencies: Sequence[Agency]) -> list[Agency]:
    """Return the mentions, a station that a railway's agency has too without the place that its name begins with.

    >>> from kg.mentions.agency import find_agencies
    >>> view = "丰城车站派出所立功。宜春铁路公安处丰城车站派出所举行座谈会。"
    >>> [agency.below for agency in stations_of_railways(find_agencies(view))]
    [('丰城车站派出所',), ('丰城车站派出所',)]
    """
    railway = {a.below[-1] for a in agencies if a.below and _RAILWAY.search(a.written)}
    return [_without_place(agency) if _whole_name(agency) in railway else agency for agency in agencies]


def squads_on_trains(agencies: Sequence[Agency]) -> list[Agency]:
    """Return the mentions, a squad that rides on trains as that of the railway's office of its place.

    >>> from kg.mentions.agency import find_agencies
    >>> view = "柳州铁路公安处通报。柳州乘警支队查获刀具9把,乘警支队民警立功。"
    >>> [(a.qualifier, a.written) for a in squads_on_trains(find_agencies(view))[1:]]
    [('柳州', '铁路公安处'), ('柳州', '铁路公安处')]
    """
    out = [replace(a, written=_RAILWAY_OFFICE) if _rides(a) and a.head == "bureau" else a for a in agencies]
    of_place = next((a for a in out if a.written == _RAILWAY_OFFICE and a.divisions), None)
    if of_place is None:
        return out
    whose = (of_place.head, of_place.qualifier, of_place.divisions, of_place.written)
    return [Agency(a.start, a.end, *whose, a.below, rule=a.rule) if _rides(a) and a.head == "none" else a for a in out]


def _rides(agency: Agency) -> bool:
    return bool(agency.below) and not agency.written and agency.below[0].startswith(ON_TRAINS)


def _whole_name(agency: Agency) -> str:
    return agency.qualifier + agency.below[0] if agency.rule == "bureau-station" and agency.qualifier else ""


def _without_place(agency: Agency) -> Agency:
    return replace(agency, head="none", qualifier="", divisions=(), below=(_whole_name(agency),))


def _zone_of(agency: Agency) -> str:
    if agency.head == "branch" and agency.written != agency.qualifier:
        return agency.written
    return BRANCH.sub("", agency.below[0]) if agency.below and BRANCH.search(agency.below[0]) else ""


def _by_long_name(agency: Agency, zones: Collection[str]) -> Agency:
    short = _zone_of(agency)
    long = [zone for zone in zones if len(zone) > len(short) + 1 and _shortens(short, zone)]
    if not short or len(long) != 1:
        return agency
    if agency.head == "branch":
        return replace(agency, written=long[0])
    return replace(agency, below=(f"{long[0]}分局", *agency.below[1:]))


def _shortens(short: str, long: str) -> bool:
    """Tell whether a name is made of characters of a longer one, in their order: 经开 of 经济技术开发区."""
    rest = iter(long)
    if short in _ANY_ZONE and long.endswith(short):
        return True  # 开发区 of 经济开发区
    return short[:1] == long[:1] and all(character in rest for character in short)


def brigades_as_written(offices: Iterable[Office]) -> dict[str, Office]:
    """Return, by the name that a fire brigade has as a bureau's, the one that the article calls 公安消防大队.

    >>> long = Office("盐池县公安消防大队", "unit", "盐池县", "盐池县公安局")
    >>> short = Office("盐池县公安局消防大队", "unit", "盐池县", "盐池县公安局")
    >>> brigades_as_written([short, long])[short.name].name
    '盐池县公安消防大队'
    """
    named = (office for office in offices if _FIRE in office.name and office.parent)
    return {f"{one.parent}{one.name[one.name.index(_FIRE) + len(_POLICE) :]}": one for one in named}


def stations_in_full(offices: Iterable[Office]) -> dict[str, Office]:
    """Return, by the name that a station has without its branch, the station with it, where one alone can be meant.

    >>> branch = Office("厦门市公安局思明分局莲前派出所", "station", "厦门市", "厦门市公安局思明分局")
    >>> short = Office("厦门市公安局思明莲前派出所", "station", "厦门市", "厦门市公安局")
    >>> stations_in_full([short, branch])[short.name].name
    '厦门市公安局思明分局莲前派出所'
    """
    stations = {office.name: office for office in offices if office.level == "station"}
    full: dict[str, list[Office]] = {}
    for office in stations.values():
        for name in _names_without_branch(office):
            if name in stations:
                full.setdefault(name, []).append(office)
    return {name: found[0] for name, found in full.items() if len(found) == 1}


def _names_without_branch(station: Office) -> tuple[str, ...]:
    """Return what a branch's station is called too: 合肥市公安局龙岗派出所, 厦门市公安局思明莲前派出所."""
    if station.parent is None or (branch := _OF_BUREAU.fullmatch(station.parent)) is None:
        return ()
    own = station.name.removeprefix(station.parent)
    return branch["bureau"] + own, branch["bureau"] + branch["zone"] + own


def squads_in_full(offices: Iterable[Office]) -> dict[str, Office]:
    """Return, by the short name of a squad, the one that the article names in full: 刑侦大队, 刑事侦查大队.

    >>> long = Office("镇安县公安局刑事侦查大队", "unit", "镇安县", "镇安县公安局")
    >>> short = Office("镇安县公安局刑侦大队", "unit", "镇安县", "镇安县公安局")
    >>> list(squads_in_full([short, long]))
    ['镇安县公安局刑侦大队']
    """
    named = {office.name: office for office in offices if office.level == "unit"}
    by_unit: dict[str, set[str]] = {}
    inner: dict[str, set[str]] = {}
    for name in named:
        if (found := _OF_UNIT.fullmatch(name)) is not None:
            parts = _PARTS.findall(found["unit"])
            for last in range(1, len(parts) + 1):
                unit = "".join(in_full(part) for part in parts[:last])
                squad = found["bureau"] + "".join(parts[:last])
                by_unit.setdefault(found["bureau"] + unit, set()).add(squad)
                if last > 1 and parts[0].endswith(_SQUAD) and not _NUMBERED.fullmatch(parts[last - 1]):  # 反扒大队
                    inner.setdefault(found["bureau"] + in_full(parts[last - 1]), set()).add(squad)
                if last > 1 and parts[0].endswith(_SQUAD):  # 巡特警一大队 of 巡特警支队一大队
                    without = in_full(parts[0].removesuffix(_SQUAD) + "".join(parts[1:last]))
                    by_unit.setdefault(found["bureau"] + without, set()).add(squad)
    for unit, squads in inner.items():
        if len(squads) == 1:
            by_unit.setdefault(unit, set()).update(squads)
    full: dict[str, str] = _by_characters(named)
    for same in by_unit.values():
        longest = max(same, key=len)
        full |= {name: longest for name in same if _drops(name, longest)}
    found_in_full = {}
    for office in named.values():
        if (name := _by_full_name(office.name, full)) != office.name:
            above = named[name].parent if name in named else office.parent
            parent = _by_full_name(above, full) if above else None
            found_in_full[office.name] = replace(office, name=name, parent=parent)
    return found_in_full


def provinces_in_full(offices: Iterable[Office]) -> dict[str, Office]:
    """Return, by the name that a unit has with its province's short name, the one with the whole: 云南省公安边防总队.

    >>> from kg.values.place import find_divisions
    >>> at = find_divisions("云南")[0]
    >>> short, long = (Office(f"{of}公安边防总队", "unit", "云南省", None, at) for of in ("云南", "云南省"))
    >>> provinces_in_full([short, long])[short.name].name
    '云南省公安边防总队'
    """
    named = {office.name: office for office in offices if office.level == "unit" and office.division}
    full = {}
    for name, office in named.items():
        place = office.division
        if place is not None and name.startswith(place.short) and not name.startswith(place.name):
            whole = named.get(place.name + name.removeprefix(place.short))
            if whole is not None:
                full[name] = whole
    return full


def _by_characters(named: Collection[str]) -> dict[str, str]:
    """Return, by the short name of a squad, the one squad of its bureau whose name it shortens by much."""
    units = [(found["bureau"], found["unit"]) for name in named if (found := _OF_UNIT.fullmatch(name))]
    full: dict[str, str] = {}
    for bureau, unit in units:
        longer = [other for over, other in units if over == bureau and (shortens(unit, other) or _houses(unit, other))]
        if len(longer) == 1:
            full[bureau + unit] = bureau + longer[0]
    return full


def _houses(unit: str, other: str) -> bool:
    """Tell whether a house named by itself is that of a squad: 车管所 of 交警支队车辆管理所."""
    *above, house = _PARTS.findall(other)
    return bool(above) and in_full(unit) == in_full(house) == LICENSING[-1]


def _by_full_name(name: str, full: Mapping[str, str]) -> str:
    """Return a name with the full name of the highest squad that it begins with."""
    short = max((one for one in full if name.startswith(one)), key=len, default="")
    return full[short] + name[len(short) :] if short else name


def _drops(short: str, long: str) -> bool:
    """Tell whether a name is another with characters left out."""
    rest = iter(long)
    return len(short) < len(long) and all(character in rest for character in short)


def squads_of_places(offices: Iterable[Office], bare: Collection[str]) -> dict[str, Office]:
    """Return, by the name that a place's squad has as the branch's, the city's squad for the place that is meant.

    ``bare`` are the names that the article tells by place and unit alone: 云溪交警大队, where it also writes
    岳阳市公安局交警支队云溪大队.

    >>> city = Office("岳阳市公安局交警支队云溪大队", "unit", "云溪区", "岳阳市公安局交警支队")
    >>> branch = Office("岳阳市公安局云溪分局交警大队一中队", "unit", "云溪区", "岳阳市公安局云溪分局交警大队")
    >>> squads_of_places([branch, city], {branch.name})[branch.name].name
    '岳阳市公安局交警支队云溪大队一中队'
    """
    named = {office.name: office for office in offices if office.level == "unit"}
    city: dict[str, set[str]] = {}
    for name in named:
        if (found := cue("office-citys-squad").match(name)) is not None:
            city.setdefault(found["zone"], set()).add(found[0])
    told: dict[str, Office] = {}
    for name in sorted(set(bare) & named.keys()):
        office, found = named[name], cue("office-places-squad").fullmatch(name)
        zone = (found["zone"] or (office.division.short if office.division else "")) if found else ""
        whole = city.get(zone, set())
        if found and len(whole) == 1:
            squad = next(iter(whole))
            above = squad + "".join(_PARTS.findall(found["rest"])[:-1]) if found["rest"] else squad[: -len(zone) - 2]
            told[name] = replace(office, name=squad + found["rest"], parent=above)
    return told


def written_names(agencies: Sequence[Agency], home: Division | None) -> dict[str, str]:
    """Return the full names that an article itself writes for districts' and railways' agencies.

    >>> from kg.mentions.agency import find_agencies
    >>> home = find_divisions("重庆")[0]
    >>> written_names(find_agencies("重庆市公安局渝中分局"), home)["500103"]
    '重庆市公安局渝中分局'
    """
    written: dict[str, str] = {}
    loose: set[str] = set()
    for agency in agencies:
        if agency.head == "line" and agency.written.startswith("国家") and agency.written.endswith(FOREST):
            written.setdefault(FOREST, load_lexicon("bureau_line").get(agency.written, "name") or agency.written)
        if agency.head == "line" and agency.below and agency.below[0].endswith(_RAILWAY_OFFICE):
            written.setdefault(agency.below[0], agency.written + agency.below[0])  # 青藏铁路公安局拉萨铁路公安处
        division = choose(agency.divisions, home) if agency.divisions else None
        if division is None:
            continue
        if is_border(agency) and agency.below[0] == BORDER_STATION:
            own = division.short + BORDER_STATION
            written.setdefault(BORDER_STATION, own)
            written[own] = own
        if cue("office-special").match(agency.written) and agency.below:
            own = division.short + agency.written
            if is_local_railway(agency.below[0], own):
                local = re.sub("(?:铁路)?公安处$", "铁路公安处", agency.below[0])
                written.setdefault(local, own + agency.below[0])
        for code, name in _district_names(agency, division):
            if agency.head == "branch" and code in loose and len(name) < len(written[code]):
                del written[code]  # 章贡区公安分局 beside 章贡公安分局: the name has no 区
            if agency.head == "branch" and code not in written:
                loose.add(code)
            if code in written and name.endswith(written[code]):
                written[code] = name  # 重庆市綦江区公安局 beside 綦江区公安局: the full form is the name
            written.setdefault(code, name)
        if agency.head == "bureau" and agency.below and agency.below[0].endswith("公安分局"):
            name = bureau_name(division)
            zone = agency.below[0].removesuffix("公安分局")
            if not any(d.parent == division.code for d in find_divisions(zone)):
                written.setdefault(f"{name}{zone}分局", name + agency.below[0])
    return written


def _district_names(agency: Agency, division: Division) -> list[tuple[str, str]]:
    if division.parent == CORPS and agency.head == "bureau" and len(agency.qualifier) > len(division.name):
        return [(division.code, f"{agency.qualifier}公安局")]
    if agency.head == "bureau" and agency.written == "公安局" and is_district(division):
        city = parent_of(division)
        inner = len(agency.qualifier) + len(agency.written) + sum(map(len, agency.below))
        whole = city is not None and is_city_province(city) and agency.end - agency.start == len(city.name) + inner
        return [(division.code, f"{city.name if whole and city else ''}{division.name}公安局")]
    if agency.head == "branch" and is_district(division) and agency.written == agency.qualifier:
        above = parent_of(division)
        return [(division.code, f"{bureau_name(above)}{agency.written}分局")] if above else []
    if division.level != "county" and agency.below and BRANCH.search(agency.below[0]):
        zone = BRANCH.sub("", agency.below[0])
        inside = [d for d in find_divisions(zone) if d.parent == division.code]
        return [(d.code, f"{bureau_name(division)}{zone}分局") for d in inside]
    return []
