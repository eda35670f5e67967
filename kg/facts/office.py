"""Offices: what an agency is called in full, on which level, for which place, under whom.

Enters: an ``Agency`` mention and what is known of its article. Leaves: an ``Office``. Names come from the gazetteer and
from the article's own words, never from a list of bureaus.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from kg.mentions.agency import Agency
from kg.mentions.lexicon import load_lexicon
from kg.unguarded import unguarded
from kg.values.place import (
    CHONGQING,
    CORPS,
    Division,
    chain,
    choose,
    find_divisions,
    is_city_province,
    is_within,
    parent_of,
)

MINISTRY = "公安部"


@unguarded
@dataclass(frozen=True, slots=True)
class Office:
    """An agency as the contract names it. ``division`` is the place it answers for, None for the ministry."""

    name: str
    level: str
    place: str | None
    parent: str | None
    division: Division | None = None


@dataclass(frozen=True, slots=True)
class Context:
    """What an article is known to be about: its home place, the home agency, the year, and names it writes in full.

    ``written`` holds by division code, or by the short form itself, the full name that the article uses.
    """

    home: Division | None
    office: Office | None
    written: Mapping[str, str]
    year: int | None


MINISTRY_OFFICE = Office(MINISTRY, "ministry", "中国", None)
_STATION = re.compile(r"(?:派出所|警务站)$")
_BRANCH = re.compile(r"(?:区域)?(?:公安)?分局$")
# "榆次分局路西所": the short name of a station.
_SHORT_STATION = re.compile("(?<!看守)(?<!拘留)(?<!戒毒)(?<!车管)(?<!研究)(?:(?<=^..)|(?<=^...))所$")
_UNIT = re.compile(r"(?P<service>[\u4e00-\u9fff]{2,12}?)(?:总队|支队|大队|中队)")
_SHORT_BRANCH = re.compile(r".+?公安局(?:(?!公安).){1,12}?分局")
_SPECIAL = re.compile(r"^(?:铁路|森林|民航|航运|港航|垦区)公安|^铁警$|^铁路警方$")
_BORDER_STATION = "出入境边防检查总站"
_BORDER = re.compile(f"(?:公安)?(?:边境管理|边防)[总支大]队|{_BORDER_STATION}")
_OWN_LINE = re.compile(f"铁路公安|{_BORDER.pattern}")
_SERVICE = re.compile(r"(?:森林|民航|航运|港航|垦区)公安")
_RAILWAY_ALIASES = ("铁警", "铁路警方", "铁路公安", "铁路公安机关")
_LONG_LETTERS = ("自治区", "自治州", "自治县", "兵团", "地区", "行署")


def bureau_name(division: Division, written: Mapping[str, str] | None = None) -> str:
    """Return the full name of a division's public-security agency.

    A district's is a branch of the city's; ``written`` holds, by code, the form that an article itself uses.

    >>> [bureau_name(find_divisions(word)[0]) for word in ("四川", "南充", "营山", "顺庆", "北京", "海淀区")]
    ['四川省公安厅', '南充市公安局', '营山县公安局', '南充市公安局顺庆分局', '北京市公安局', '北京市公安局海淀分局']
    """
    if division.level == "province":
        return division.name + ("公安局" if is_city_province(division) or division.code == CORPS else "公安厅")
    if written and division.code in written:
        return written[division.code]
    above = parent_of(division)
    if is_district(division) and above:
        return f"{bureau_name(above)}{division.name if above.code == CHONGQING else division.short}分局"
    return f"{division.name}公安局"


def is_district(division: Division) -> bool:
    """Tell whether a division is a city's district, whose police is a branch of the city's."""
    above = parent_of(division)
    return (
        division.level == "county" and division.name.endswith("区") and above is not None and above.name.endswith("市")
    )


def office_of(division: Division, written: Mapping[str, str] | None = None) -> Office:
    """Return the agency of a division.

    >>> office_of(find_divisions("顺庆")[0]).parent
    '南充市公安局'
    """
    above = parent_of(division)
    if division.code.startswith("6590"):
        # The Corps' cities: the code standard puts them under the region, their police is the Corps'.
        above = find_divisions("新疆生产建设兵团")[0]
    parent = bureau_name(above, written) if above else MINISTRY
    return Office(bureau_name(division, written), division.level, division.name, parent, division)


def below(office: Office, names: Sequence[str]) -> Office:
    """Return the agency to which a chain of names below an office leads.

    >>> below(office_of(find_divisions("洮南")[0]), ("交警大队", "三中队")).name
    '洮南市公安局交警大队三中队'
    """
    for name in names:
        office = _one_below(office, re.sub(r"^(?:党委|机关)", "", name))
    return office


def _one_below(office: Office, name: str) -> Office:
    name = _SHORT_STATION.sub("派出所", name)
    if _BRANCH.search(name):
        return branch_of(office, _BRANCH.sub("", name))
    if office.name.endswith((name, _in_full(name))):
        return office  # "交警大队" in the report of the 交警大队 itself, "刑侦大队" in the 刑事侦查大队's
    level = "station" if _STATION.search(name) else "unit"
    prefix = office.name
    if name.startswith("公安") and office.division and not name.startswith("公安交"):
        prefix = office.division.name
    place = _place_in(name, office) or office.place
    return Office(prefix + name, level, place, office.name, office.division)


def _in_full(name: str) -> str:
    """Return a unit's name with its service in full.

    >>> _in_full("刑侦大队")
    '刑事侦查大队'
    """
    found = _UNIT.fullmatch(name)
    full = load_lexicon("bureau_unit").get(found["service"], "full") if found else ""
    return f"{full}{name[found.end('service') :]}" if found and full else name


def _place_in(name: str, office: Office) -> str | None:
    """Return the place of a local office or station of a line: 武汉铁路公安局襄阳铁路公安处 answers for 襄阳市."""
    border = _BORDER.search(name)
    if border is not None:
        name = name[: border.start()]
    elif "铁路公安" not in office.name + name:
        return None
    local = re.sub(r"铁路公安处.*|车站派出所|站派出所|派出所", "", name)
    found = find_divisions(local)
    return found[0].name if found else None


def branch_of(office: Office, zone: str) -> Office:
    """Return the branch of an office for a district or zone, as written.

    >>> branch_of(office_of(find_divisions("南充")[0]), "高新区").place
    '南充市'
    """
    division, place = office.division, office.place
    if division is not None and division.level != "county":
        inside = [d for d in find_divisions(zone) if d.parent == division.code]
        if inside:
            division, place = inside[0], inside[0].name
    elif division is None and (named := find_divisions(zone)):
        place = named[0].name  # of a line: 长江航运公安局芜湖分局
    return Office(f"{office.name}{zone}分局", "county", place, office.name, division)


def district_of(agency: Agency, division: Division) -> Division | None:
    """Return the district whose branch a mention of a city's bureau goes on to name: 西安市公安局碑林分局."""
    if division.level == "county" or not agency.below or not _BRANCH.search(agency.below[0]):
        return None
    zone = _BRANCH.sub("", agency.below[0])
    return next((d for d in find_divisions(zone) if d.parent == division.code), None)


def letter_of(word: str) -> str:
    """Return the kind of division that a relative word names.

    >>> letter_of("全市"), letter_of("市"), letter_of("自治区")
    ('市', '市', '自治区')
    """
    return next((long for long in _LONG_LETTERS if word.endswith(long)), word[-1:])


def fits(division: Division, letter: str) -> bool:
    """Tell whether "全市", "省公安厅" and the like can mean a division.

    >>> fits(find_divisions("南充")[0], "市"), fits(find_divisions("南充")[0], "省")
    (True, False)
    """
    name, level = division.name, division.level
    if letter == "区":
        return (level == "county" and name.endswith("区")) or name.endswith(("自治区", "新区"))
    if letter == "师":
        return "师" in name and level == "prefecture"
    ending = {"州": "自治州", "行署": "地区", "自治县": "县"}.get(letter, letter)
    if letter in ("县", "自治县") and level != "county":
        return False
    return bool(letter) and name.endswith(ending)


def relative_division(letter: str, home: Division | None, near: Division | None) -> Division | None:
    """Return the division that "市" or "全县" means: home or one above it, else that of the place last spoken of."""
    for base in (home, near):
        if base is not None:
            for division in chain(base):
                if fits(division, letter):
                    return division
    if letter == "兵团":
        return find_divisions("新疆生产建设兵团")[0]
    return None


def division_meant(agency: Agency, context: Context, near: Division | None) -> Division | None:
    """Return the division whose agency a mention names, by its place word or by "市", "全县"."""
    if agency.divisions:
        return choose(agency.divisions, context.home)
    letter = letter_of(agency.qualifier)
    if agency.written == "公安厅" and context.home:
        return chain(context.home)[-1]
    if letter == "区" and agency.written.endswith("厅"):
        letter = "自治区"
    return relative_division(letter, context.home, near)


def resolve_agency(agency: Agency, context: Context, near: Division | None, history: Sequence[Office]) -> Office | None:
    """Return the office that a mention means in an article, None where the words leave it open.

    ``near`` is the place last spoken of, ``history`` the offices already met.
    """
    office = _resolve(_without_namesake(agency, context.home), context, near, history)
    return as_written(office, context.written) if office else None


def as_written(office: Office, written: Mapping[str, str]) -> Office:
    """Return an office by the name that the article writes for a branch: 厦门市公安局机场公安分局, not 机场分局."""
    found = _SHORT_BRANCH.match(office.name)
    if found is None or found[0] not in written:
        return office
    parent = written.get(office.parent or "", office.parent)
    return replace(office, name=written[found[0]] + office.name[found.end() :], parent=parent)


def _resolve(agency: Agency, context: Context, near: Division | None, history: Sequence[Office]) -> Office | None:
    if agency.head == "ministry":
        base = MINISTRY_OFFICE if agency.written == MINISTRY else Office(agency.written, "unit", "中国", MINISTRY)
        return below(base, agency.below)
    if agency.head == "anaphor":
        return _anaphor(agency, context, history)
    if agency.head == "line":
        return _line_office(agency, context)
    if agency.head == "none":
        return _bare(agency, context, history)
    if agency.head == "local":
        return _local_brigade(agency, context)
    if agency.head == "branch":
        return _branch_office(agency, context, near)
    if agency.head == "service":
        return _service_of(agency, context, near, history)
    if _SPECIAL.match(agency.written):
        return _special(agency, context, near)
    if agency.written == "公安处" and (local := _local_railway_office(agency, context)):
        return local
    if is_border(agency):
        return _border_office(agency, context, near)
    if context.office and "铁路公安" in context.office.name and agency.rule == "bureau-station" and agency.divisions:
        return below(context.office, (agency.qualifier + agency.below[0],))
    if agency.qualifier == "全国" and agency.head == "alias":
        return MINISTRY_OFFICE if context.home is None else None
    branch = context.office
    if branch and agency.head == "alias" and agency.qualifier in ("全区", "我区") and branch.name.endswith("分局"):
        return branch
    division = division_meant(agency, context, near)
    if division is None or _is_scope_only(agency, division, context):
        return None
    if context.office and context.office.level == "unit" and _is_branch_of_service(agency, context.office):
        return context.office
    return below(office_of(division, context.written), agency.below)


def _without_namesake(agency: Agency, home: Division | None) -> Agency:
    """Return a mention without a short place word that is but the beginning of a name.

    "东湖高新分局" in 武汉 and "巴彦浩特派出所" in 阿拉善 name no 东湖区 of 南昌 and no 巴彦县 of 哈尔滨.
    """
    short = {division.short for division in agency.divisions} - {division.name for division in agency.divisions}
    if home is None or agency.qualifier not in short or any(_is_near(d, home) for d in agency.divisions):
        return agency
    if agency.rule == "bureau-station":
        name, *rest = agency.below
        return replace(agency, head="none", qualifier="", divisions=(), below=(agency.qualifier + name, *rest))
    if agency.rule == "bureau-zone":
        return replace(agency, qualifier="", divisions=(), written=agency.qualifier + agency.written)
    return agency


def _is_branch_of_service(agency: Agency, office: Office) -> bool:
    """Tell whether "全省公安交警部门" means the very unit that reports."""
    service = agency.written.removeprefix("公安")[:2]
    return (
        agency.head == "alias"
        and bool(service)
        and (service in office.name or (service in ("交警", "交管", "交通") and "交" in office.name))
    )


def _is_scope_only(agency: Agency, division: Division, context: Context) -> bool:
    """Tell whether "全省公安机关" in a city's article, or "平安公安", names no agency of its own."""
    home = context.home
    if agency.doubtful and (home is None or not is_within(division, chain(home)[-1])):
        return True
    if agency.head != "alias" or not agency.qualifier.startswith("全") or home is None:
        return False
    return division.code != home.code and is_within(home, division)


def _bare(agency: Agency, context: Context, history: Sequence[Office]) -> Office | None:
    base = context.office
    if agency.below[-1].endswith(("派出所", "大队", "中队")):
        ends = ("局" + agency.below[-1], "支队" + agency.below[-1])
        named = next((office for office in history if office.name.endswith(ends)), None)
        if named is not None:
            return named  # "古镇公安分局海洲派出所…海洲派出所"
    if agency.below[0].endswith("局") and (base is None or base.level not in ("ministry", "province")):
        return None  # a city's 交通管理局 may be anybody's
    if base and base.division and _BORDER.match(agency.below[0]):
        return _border_office(replace(agency, divisions=(base.division,)), context, None)
    if agency.below[-1].endswith("边境派出所"):
        base = next((o for o in (base, *reversed(history)) if o and _BORDER.search(o.name) and o.level == "unit"), base)
    reporting_unit = base is not None and base.level in ("station", "unit") and not _OWN_LINE.search(base.name)
    if base and base.division and agency.below[-1].endswith("派出所") and reporting_unit:
        base = office_of(base.division, context.written)
    if base and base.division and base.level == "station" and agency.below[0].endswith(("大队", "支队", "总队")):
        base = office_of(base.division, context.written)  # no station has a brigade
    return below(base, agency.below) if base else None


def _local_brigade(agency: Agency, context: Context) -> Office | None:
    """Return the brigade that "西陵大队" or "三大队" is where a squad reports, and where not, none."""
    base = context.office
    if base is None or base.division is None or not base.name.endswith("支队"):
        return None
    office = below(base, (agency.written,))
    inside = next((d for d in agency.divisions if is_within(d, base.division)), None)
    return replace(office, place=inside.name) if inside else office


def _special(agency: Agency, context: Context, near: Division | None) -> Office | None:
    """Return the railway's, forest's or other special agency at a place."""
    short = agency.qualifier + agency.written
    if agency.written in _RAILWAY_ALIASES:
        short = agency.qualifier + "铁路公安处"
    if short in context.written:
        parent = context.written[short].removesuffix(short)
        place = agency.divisions[0].name if agency.divisions else None
        return below(Office(context.written[short], "unit", place, parent or None), agency.below)
    division = division_meant(agency, context, near)
    if division is None:
        return None
    if agency.written in _RAILWAY_ALIASES:
        if context.office and "铁路公安" in context.office.name:
            return context.office
        return below(_railway_office(division), agency.below)
    if agency.written.startswith("铁路"):
        office = Office(division.short + agency.written, "unit", division.name, None, division)
        if agency.written.endswith("局"):
            office = replace(office, parent=MINISTRY)
        elif not agency.written.endswith("处"):
            return None
    else:
        office = _service_office(division, agency.written, context)
    return below(office, agency.below)


def is_border(agency: Agency) -> bool:
    """Tell whether a mention is of the border police, a line of its own: 保山边境管理支队, 西藏出入境边防检查总站."""
    return bool(agency.divisions and agency.below) and _BORDER.match(agency.below[0]) is not None


def _border_office(agency: Agency, context: Context, near: Division | None) -> Office | None:
    """Return the border police of a place, under the station of the province where the article names that."""
    division = division_meant(agency, context, near)
    if division is None:
        return None
    name = (division.name if agency.qualifier == division.name else division.short) + agency.below[0]
    above = context.written.get(_BORDER_STATION) if agency.below[0] != _BORDER_STATION else None
    office = Office(f"{above or ''}{name}", "unit", division.name, above, division)
    return below(office, agency.below[1:])


def _railway_office(division: Division) -> Office:
    """Return the railway police of a place: a bureau where a railway has its seat, else an office.

    >>> _railway_office(find_divisions("郑州")[0]).name, _railway_office(find_divisions("洛阳")[0]).name
    ('郑州铁路公安局', '洛阳铁路公安处')
    """
    seat = division.short in load_lexicon("bureau_railway")
    name = f"{division.short}铁路公安{'局' if seat else '处'}"
    return Office(name, "unit", division.name, MINISTRY if seat else None, division)


def _local_railway_office(agency: Agency, context: Context) -> Office | None:
    """Return the railway police that "长春公安处" is in the report of a railway's bureau, None in another's."""
    over = context.office
    if over is None or not over.name.endswith("铁路公安局"):
        return None
    at = next((division for division in agency.divisions if division.level == "prefecture"), None)
    return below(Office(f"{at.short}铁路公安处", "unit", at.name, over.name, at), agency.below) if at else None


def _line_office(agency: Agency, context: Context) -> Office | None:
    """Return the head office of a service named without a place, in an article that no place of its own reports."""
    row = load_lexicon("bureau_line").rows[agency.written]
    by_own_name = row["name"].startswith(row["service"])  # 长江航运公安局 is one wherever it is named
    if context.office is not None and row["service"] in context.office.name and not by_own_name:
        return below(context.office, agency.below)
    if context.home is not None and not by_own_name:
        return None
    return below(Office(row["name"], "unit", "中国", row["parent"] or None), agency.below)


def _service_of(agency: Agency, context: Context, near: Division | None, history: Sequence[Office]) -> Office | None:
    """Return the unit that "滕州交警" means: the one that the article names in full, else by the level of its place."""
    division = division_meant(agency, context, near)
    if division is None:
        return None
    bureau = office_of(division, context.written)
    service = re.compile("交.{0,2}[警管]" if agency.written.startswith("交") else re.escape(agency.written[:2]))
    for office in (*([context.office] if context.office else []), *reversed(history)):
        if office.name.startswith(bureau.name) and service.match(office.name, len(bureau.name)):
            return office
    rank = {"province": "总队", "prefecture": "支队"}.get(division.level, "大队")
    return below(bureau, (agency.written + rank,))


def _service_office(division: Division, written: str, context: Context) -> Office:
    """Return a division's forest police, a line of its own up to the province, or another service of its bureau."""
    kind = _SERVICE.match(written)
    if kind is None or written.endswith("分局"):
        owner = office_of(division, context.written)
        return Office(division.name + written, "unit", division.name, owner.name, division)
    name = f"{kind[0]}局"
    if not name.startswith("森林"):
        owner = office_of(division, context.written)
        return Office(division.name + name, "unit", division.name, owner.name, division)
    above = parent_of(division) if division.level != "province" else None
    parent = f"{above.name}{name}" if above else None
    return Office(division.name + name, division.level, division.name, parent, division)


def _branch_office(agency: Agency, context: Context, near: Division | None) -> Office | None:
    home = context.home
    if agency.divisions and agency.written == agency.qualifier:
        districts = tuple(division for division in agency.divisions if is_district(division))
        division = choose(districts or agency.divisions, home)  # 白银分局 is a branch, not the city's own bureau
        if division is not None and (home is None or _is_near(division, home)):
            return below(office_of(division, context.written), agency.below)
    if agency.divisions and agency.written != agency.qualifier:
        division = choose(agency.divisions, home)
    else:
        division = home
        if division is not None and is_district(division):
            division = parent_of(division)
    if division is None:
        return None
    return below(branch_of(office_of(division, context.written), agency.written), agency.below)


def _is_near(division: Division, home: Division) -> bool:
    """Tell whether a branch named by a short word can be that of a division: one of home's own city or province."""
    around = home if home.level != "county" else parent_of(home)
    return around is None or is_within(division, around)


def _anaphor(agency: Agency, context: Context, history: Sequence[Office]) -> Office | None:
    word = agency.written
    if word.startswith(("该", "我")):
        if context.office is not None and context.office.name.endswith(word[1:]):
            return below(context.office, agency.below)
        return below(history[-1], agency.below) if history and history[-1].name.endswith(word[1:]) else None
    candidates = [*([context.office] if context.office else []), *reversed(history[-6:])]
    for office in candidates:
        if office.name.endswith(word):
            return below(office, agency.below)
    return None


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
        division = choose(agency.divisions, home) if agency.divisions else None
        if division is None:
            continue
        if is_border(agency) and agency.below[0] == _BORDER_STATION:
            written.setdefault(_BORDER_STATION, division.short + _BORDER_STATION)
        if _SPECIAL.match(agency.written) and agency.below and agency.below[0].endswith("铁路公安处"):
            written.setdefault(agency.below[0], division.short + agency.written + agency.below[0])
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
    if division.level != "county" and agency.below and _BRANCH.search(agency.below[0]):
        zone = _BRANCH.sub("", agency.below[0])
        inside = [d for d in find_divisions(zone) if d.parent == division.code]
        return [(d.code, f"{bureau_name(division)}{zone}分局") for d in inside]
    return []
