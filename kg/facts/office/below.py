"""Below: units, stations and branches under an office, by the names that follow its own."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from kg.facts.cue import cue
from kg.facts.office.model import Office
from kg.mentions.agency import BORDER_CHECK, BORDER_STATION, Agency
from kg.mentions.lexicon import load_lexicon
from kg.values.place import Division, find_divisions, is_within

_STATION = re.compile(r"(?:派出所|警务站)$")
BRANCH = re.compile(r"(?:区域)?(?:公安)?分局$")
_CHECK = re.compile(r"(?<=..)(?:(?:出入境)?边防检查站|边检站)$")
_UNIT = re.compile(r"(?P<service>[\u4e00-\u9fff]{2,12}?)(?:总队|支队|大队|中队|局)")

_NUMBERED = re.compile(r"(?P<service>[\u4e00-\u9fff]{2,8}?)(?P<number>第?[一二三四五六七八九十]{1,2}[大中]队)")
_POST, _POLICE_STATION, _FIRE = "公安检查站", "派出所", "消防"
_RANKS = ("总队", "支队", "大队", "中队")
_LEFT_OUT = 3  # characters at least that a short name of a squad leaves out


def below(office: Office, names: Sequence[str]) -> Office:
    """Return the agency to which a chain of names below an office leads.

    >>> from kg.facts.office.naming import office_of
    >>> below(office_of(find_divisions("阆中")[0]), ("交警大队", "三中队")).name
    '阆中市公安局交警大队三中队'
    """
    for place, name in enumerate(names):
        name = re.sub(r"^(?:党委|机关|所属|下属)", "", name)
        office = _one_below(office, name if place else _by_number(name, office))  # 特警支队特警五大队, as written
    return office


def unit_of(bureau: Office, agency: Agency) -> Office:
    """Return the agency that a mention means below a bureau: a house of custody by its place alone, as its name is.

    >>> from kg.facts.office.naming import office_of
    >>> from kg.mentions.agency import find_agencies
    >>> unit_of(office_of(find_divisions("阆中")[0]), find_agencies("阆中市看守所")[0]).name
    '阆中市看守所'
    """
    named = agency.below and not agency.written and bureau.division is not None
    if named and agency.divisions and agency.below[0].endswith(_POST):  # 百色六塘公安检查站
        post = Office(agency.qualifier + agency.below[0], "unit", bureau.place, bureau.name, bureau.division)
        return below(post, agency.below[1:])
    if not named or not cue("office-custody").match(agency.below[0]) or bureau.division is None:
        return below(bureau, agency.below)
    house, *rest = agency.below
    place = bureau.division
    return below(Office(place.name + house, "unit", place.name, bureau.name, place), rest)


def _one_below(office: Office, name: str) -> Office:
    name = cue("office-short-station").sub("派出所", name)
    if BRANCH.search(name):
        return branch_of(office, BRANCH.sub("", name))
    if office.name.endswith((name, in_full(name))):
        return office  # "交警大队" in the report of the 交警大队 itself, "刑侦大队" in the 刑事侦查大队's
    if (squad := _squad_itself(office, name)) is not None:
        return squad
    if shortens(name, office.name.removeprefix(office.parent or "")):
        return office  # 食药环支队 in the report of the 食品药品环境犯罪侦查支队
    if office.name.endswith(BORDER_STATION) and (port := _CHECK.search(name)) is not None:
        name = name[: port.start()] + BORDER_CHECK  # 满洲里出入境边防检查站 has no 总站 in its name
        return Office(name, "unit", _place_in(name, office) or office.place, office.name, office.division)
    if name.endswith("大队") and office.name.endswith("大队") and office.parent and office.parent in office.name:
        return _one_below(replace(office, name=office.parent, parent=None), name)  # no brigade is part of another
    if name.endswith(_POLICE_STATION) and office.name.endswith(_POLICE_STATION) and office.parent:
        return _one_below(replace(office, name=office.parent, parent=None), name)  # nor a station of another
    if _FIRE in name and _FIRE not in office.name and office.level == "unit" and office.parent:
        return _one_below(replace(office, name=office.parent, parent=None), name)  # 禁毒支队 has no fire brigade
    post = name.endswith("警务站") and office.name.endswith(("支队", "总队"))  # a squad's post is no station
    local = "prefecture" if is_local_railway(name, office.name) else "unit"
    level = "station" if _STATION.search(name) and not post else local
    prefix = office.name
    if name.startswith("公安") and office.division and not name.startswith("公安交"):
        prefix = office.division.name
    place = _place_in(name, office) or _place_of_squad(name, office) or office.place
    return Office(prefix + name, level, place, office.name, office.division)


def is_local_railway(name: str, above: str) -> bool:
    """Tell whether a name below an agency is that of a railway's local police: 洛阳公安处 of 郑州铁路公安局.

    >>> is_local_railway("洛阳公安处", "郑州铁路公安局"), is_local_railway("刑侦处", "郑州铁路公安局")
    (True, False)
    """
    return name.endswith("铁路公安处") or (name.endswith("公安处") and above.endswith("铁路公安局"))


def _squad_itself(office: Office, name: str) -> Office | None:
    """Return the place's squad that a service's brigade is in its own report: 交警大队 of 交警支队东港大队."""
    found = _UNIT.fullmatch(name) if name.endswith("大队") else None
    if found is None:
        return None
    services = {found["service"], load_lexicon("bureau_unit").get(found["service"], "full")} - {""}
    for service in services:
        above, whole, own = office.name.partition(f"{service}支队")
        if whole and "大队" in own:
            squad = own[: own.index("大队") + 2]
            return replace(office, name=above + whole + squad, parent=above + whole)
    return None


def in_full(name: str) -> str:
    """Return a unit's name with its service in full, or a house's in full.

    >>> in_full("刑侦大队"), in_full("车管所")
    ('刑事侦查大队', '车辆管理所')
    """
    found = _UNIT.fullmatch(name)
    if found is None:
        return load_lexicon("bureau_head").get(name, "full") or name
    full = load_lexicon("bureau_unit").get(found["service"], "full")
    return f"{full}{name[found.end('service') :]}" if full else name


def _by_number(name: str, office: Office) -> str:
    """Return the name of a numbered squad, in the report of its service without the service's: 交警三大队."""
    found = _NUMBERED.fullmatch(name)
    if found is None:
        return name
    services = (found["service"], load_lexicon("bureau_unit").get(found["service"], "full"))
    above = any(office.name.endswith(service + rank) for service in services if service for rank in _RANKS)
    return found["number"] if above else name


def shortens(short: str, long: str) -> bool:
    """Tell whether a squad's name is a longer one with much left out: 食药环支队, 食品药品环境犯罪侦查支队.

    >>> shortens("食药环支队", "食品药品环境犯罪侦查支队"), shortens("刑侦大队", "经济犯罪侦查大队")
    (True, False)
    """
    rest = iter(long)
    same_rank = short[-2:] == long[-2:] and short.endswith(_RANKS)
    much = len(long) >= len(short) + _LEFT_OUT and short[0] == long[0] and long[-2:] not in long[:-2]
    return same_rank and much and all(character in rest for character in short)


def _place_of_squad(name: str, office: Office) -> str | None:
    """Return the county for which a city's squad has a brigade: 丹东市公安局交警支队东港大队 answers for 东港市."""
    found = _UNIT.fullmatch(name) if office.name.endswith("支队") and name.endswith("大队") else None
    if found is None or office.division is None:
        return None
    inside = [d for d in find_divisions(found["service"]) if is_within(d, office.division)]
    return inside[0].name if len(inside) == 1 and inside[0].level == "county" else None


def _place_in(name: str, office: Office) -> str | None:
    """Return the place of a local office or station of a line: 武汉铁路公安局襄阳铁路公安处 answers for 襄阳市."""
    border = cue("office-border").search(name)
    if border is not None:
        name = name[: border.start()]
    elif "铁路公安" not in office.name + name:
        return None
    local = re.sub(r"(?:铁路)?公安处.*|车站派出所|站派出所|派出所", "", name)
    found = find_divisions(local)
    return found[0].name if found else None


def branch_of(office: Office, zone: str) -> Office:
    """Return the branch of an office for a district or zone, as written.

    >>> from kg.facts.office.naming import office_of
    >>> branch_of(office_of(find_divisions("南充")[0]), "高新区").place
    '南充市'
    """
    division, place = office.division, office.place
    if "海关" in office.name and (named := find_divisions(zone)):
        place = named[0].name  # 杭州海关缉私局台州分局: custom houses keep to no prefecture's bounds
    elif division is not None and division.level != "county":
        inside = [d for d in find_divisions(zone) if d.parent == division.code]
        if inside:
            division, place = inside[0], inside[0].name
    elif division is None and (named := find_divisions(zone)):
        place = named[0].name  # of a line: 长江航运公安局芜湖分局
    return Office(f"{office.name}{zone}分局", "county", place, office.name, division)


def district_of(agency: Agency, division: Division) -> Division | None:
    """Return the district whose branch a mention of a city's bureau goes on to name: 西安市公安局碑林分局."""
    if division.level == "county" or not agency.below or not BRANCH.search(agency.below[0]):
        return None
    zone = BRANCH.sub("", agency.below[0])
    return next((d for d in find_divisions(zone) if d.parent == division.code), None)
