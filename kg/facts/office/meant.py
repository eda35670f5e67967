"""Meaning: which office a mention means in its article.

Enters: an ``Agency`` mention and what is known of its article. Leaves: an ``Office``, or None where the words leave
it open.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from kg.facts.cue import cue
from kg.facts.office.below import below, branch_of, unit_of
from kg.facts.office.line import FOREST, is_border
from kg.facts.office.line_office import (
    border_office,
    forest_office,
    line_office,
    local_railway_office,
    port_office,
    special_office,
)
from kg.facts.office.model import MINISTRY, MINISTRY_OFFICE, Context, Office
from kg.facts.office.naming import is_district, office_of
from kg.facts.office.region import is_of_several, region_office
from kg.facts.office.relative import division_meant
from kg.facts.office.written import as_written
from kg.mentions.agency import AIRPORT, LICENSING, Agency
from kg.values.place import Division, chain, choose, is_city_province, is_within, parent_of

_ON_TRAINS = "乘警"
_RAILWAY_OFFICE = "铁路公安处"
_MET = 4  # agencies met before that 该科 may mean
AIRPORT_BUREAU = f"{AIRPORT}公安局"


def resolve_agency(
    agency: Agency,
    context: Context,
    near: Division | None,
    history: Sequence[Office],
    just_named: Sequence[Office] = (),
) -> Office | None:
    """Return the office that a mention means in an article, None where the words leave it open.

    ``near`` is the place last spoken of, ``history`` the offices already met, ``just_named`` those of the paragraph:
    该局 is the last of them that ends so before it is the article's own.
    """
    office = _taken_up(agency, context, just_named) or _of_ministry(agency, just_named)
    office = office or _of_county_named(agency, context, history, just_named)
    office = office or _resolve(_without_namesake(agency, context.home), context, near, history)
    return as_written(office, context.written) if office else None


def _taken_up(agency: Agency, context: Context, just_named: Sequence[Office]) -> Office | None:
    """Return the office that 该局 or 该所 takes up: the last one named that ends so and is not above the article's."""
    if agency.head != "anaphor" or not agency.written.startswith("该"):
        return None
    home = context.home
    of_home = (o for o in reversed(just_named) if not (home and o.division and is_within(home, o.division)))
    noun = agency.written[1:]
    ends_so = (o for o in of_home if o.name.endswith(noun) and not o.name.endswith(f"总{noun}"))  # 总站: no 该站
    last = next(ends_so, None)
    return below(last, agency.below) if last else None


def _of_ministry(agency: Agency, just_named: Sequence[Office]) -> Office | None:
    """Return the ministry's office that is named right behind the ministry: 公安部党委委员、禁毒局局长."""
    bare = agency.head == "none" and agency.below[0].endswith("局")
    return below(MINISTRY_OFFICE, agency.below) if bare and just_named and just_named[-1].name == MINISTRY else None


def _of_county_named(
    agency: Agency, context: Context, history: Sequence[Office], just_named: Sequence[Office]
) -> Office | None:
    """Return the station or brigade of the county's agency that the paragraph has named last, in a city's article."""
    home = context.home
    last = just_named[-1] if just_named else None
    bare = agency.head == "none" and len(agency.below) == 1 and agency.below[0].endswith(("派出所", "大队"))
    if not bare or last is None or home is None or home.level == "county" or last.level != "county":
        return None
    inside = last.division is not None and last.division.code != home.code and is_within(last.division, home)
    known = any(office.name.endswith("局" + agency.below[0]) for office in history)
    return below(last, agency.below) if inside and not known else None


def _resolve(agency: Agency, context: Context, near: Division | None, history: Sequence[Office]) -> Office | None:
    if agency.head == "ministry":
        base = MINISTRY_OFFICE if agency.written == MINISTRY else Office(agency.written, "unit", "中国", MINISTRY)
        return below(base, agency.below)
    if agency.rule == "bureau-region":
        return region_office(agency, context)
    if agency.head == "anaphor":
        return _anaphor(agency, context, history)
    if agency.head == "line":
        return line_office(agency, context)
    if agency.head == "port":
        return port_office(agency, context, history)
    if agency.head == "none":
        return _bare(agency, context, history)
    if agency.head == "local":
        return _local_brigade(agency, context)
    if agency.head == "branch":
        return _branch_office(agency, context, near)
    if agency.head == "zone":
        return _zone_office(agency, context)
    if agency.head == "service":
        return _service_of(agency, context, near, history)
    if agency.below and not agency.written and agency.below[0].startswith(_ON_TRAINS):
        agency = replace(agency, written=_RAILWAY_OFFICE)  # 北京乘警支队: the railway's
    if cue("office-special").match(agency.written):
        return special_office(agency, context, near)
    if agency.written == "公安处" and (local := local_railway_office(agency, context)):
        return local
    if is_border(agency):
        return border_office(agency, context, near)
    if context.office and "铁路公安" in context.office.name and agency.rule == "bureau-station" and agency.divisions:
        return below(context.office, (agency.qualifier + agency.below[0],))
    if agency.qualifier == "全国" and agency.head == "alias":
        if context.office and context.office.level == "unit" and _is_branch_of_service(agency, context.office):
            return context.office if context.home is None else None  # 公安部交管局获悉,……全国公安交管部门
        return MINISTRY_OFFICE if context.home is None else None
    branch = context.office
    if branch and agency.head == "alias" and agency.qualifier in ("全区", "我区") and branch.name.endswith("分局"):
        return branch
    division = division_meant(agency, context, near)
    if division is None or is_of_several(division) or _is_scope_only(agency, division, context):
        return None
    if context.office and context.office.level == "unit" and _is_branch_of_service(agency, context.office):
        return context.office
    if context.office and context.office.name.endswith(FOREST) and _is_of_forest(agency, division, context.office):
        return below(forest_office(division, context), agency.below)
    return _known(unit_of(office_of(division, context.written), agency), agency, history)


def _known(office: Office, agency: Agency, history: Sequence[Office]) -> Office:
    """Return an office, a house of custody that the article has called the bureau's before as that."""
    longer = f"{office.parent}{agency.below[-1]}" if agency.below and not agency.written else ""
    return next((known for known in history if known.name == longer), office)


def _is_of_forest(agency: Agency, division: Division, office: Office) -> bool:
    """Tell whether the report of a forest's police means one of its own line: 市局, 紫阳县毛坝林区派出所."""
    own = agency.rule == "bureau-short" and division == office.division
    return own or (bool(agency.below) and "林区" in agency.below[0])


def _without_namesake(agency: Agency, home: Division | None) -> Agency:
    """Return a mention without a short place word that is but the beginning of a name.

    "东湖高新分局" in 武汉 and "巴彦浩特派出所" in 阿拉善 name no 东湖区 of 南昌 and no 巴彦县 of 哈尔滨.
    """
    short = {division.short for division in agency.divisions} - {division.name for division in agency.divisions}
    outer = agency.end - agency.start > len(agency.qualifier) + len("".join(agency.below))
    if (
        home is None
        or (outer and agency.rule == "bureau-station")  # 贵州六枝落别派出所
        or agency.head == "zone"
        or agency.qualifier not in short
        or any(division.level != "county" for division in agency.divisions)
        or any(_is_near(d, home) for d in agency.divisions)
    ):
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
    if base and base.division and len(agency.below) == 1 and cue("office-custody").match(agency.below[0]):
        house = base.division.name + agency.below[0]
        if (named := next((office for office in history if office.name == house), None)) is not None:
            return named  # "巨野县看守所…看守所"
    if base and base.name.startswith(MINISTRY) and agency.below[0].endswith(("支队", "大队", "中队")):
        return None  # 授予某支队“模范禁毒支队”称号: the ministry has no squads
    if agency.below[0].startswith(LICENSING) and not (base and cue("office-traffic").search(base.name)):
        return None
    if agency.below[0].endswith("局") and (base is None or base.level not in ("ministry", "province")):
        return None  # a city's 交通管理局 may be anybody's
    if base and base.division and cue("office-border").match(agency.below[0]):
        return border_office(replace(agency, divisions=(base.division,)), context, None)
    if agency.below[-1].endswith(("边境派出所", "边境检查站")):
        units = (office for office in (base, *reversed(history)) if office and office.level == "unit")
        base = next((unit for unit in units if cue("office-border").search(unit.name)), base)
    own_line = base is not None and cue("office-own-line").search(base.name)
    reporting_unit = base is not None and base.level in ("station", "unit") and not own_line
    if base and base.division and agency.below[-1].endswith("派出所") and reporting_unit:
        base = office_of(base.division, context.written)
    if base and base.division and agency.below[0].endswith("支队") and base.level in ("county", "station"):
        base = _over_squads(base, context)
    over_all = base and base.division and base.level == "province" and not is_city_province(base.division)
    over_all = over_all and not own_line  # a railway's stations are its own
    if base and over_all and agency.below[-1].endswith("派出所"):
        return _of_province(agency, base, history)
    if base and base.division and base.level == "station" and agency.below[0].endswith(("大队", "支队", "总队")):
        base = office_of(base.division, context.written)  # no station has a brigade
    return below(base, agency.below) if base else None


def _over_squads(base: Office, context: Context) -> Office:
    """Return the bureau of the prefecture over a county's, which has no 支队 but under a city that is a province."""
    above = parent_of(base.division) if base.division else None
    if base.division is None or base.division.level != "county" or above is None or above.level != "prefecture":
        return base
    return office_of(above, context.written)


def _of_province(agency: Agency, base: Office, history: Sequence[Office]) -> Office:
    """Return the station of whoever below the province was named last: none is directly the province's own."""
    inside = (o for o in reversed(history) if o.level in ("county", "prefecture") and o.division)
    near = next((o for o in inside if o.division and base.division and is_within(o.division, base.division)), None)
    place = base.division.name if base.division else None
    return below(near, agency.below) if near else Office("".join(agency.below), "station", place, None, base.division)


def _local_brigade(agency: Agency, context: Context) -> Office | None:
    """Return the brigade that "西陵大队" or "三大队" is where a squad reports, and where not, none."""
    base = context.office
    if base is None or base.division is None or not base.name.endswith("支队"):
        return None
    office = below(base, (agency.written,))
    inside = next((d for d in agency.divisions if is_within(d, base.division)), None)
    if inside and inside.level == "county" and not is_district(inside) and "交" in base.name:
        return below(office_of(inside, context.written), ("交警大队",))  # a county's traffic police is its bureau's
    return replace(office, place=inside.name) if inside else office


def is_of_service(office: Office, bureau: Office, service: str) -> bool:
    """Tell whether an agency is the unit of a bureau that a service means: 交通管理局, 交警支队 for 交警.

    >>> bureau = Office("滕州市公安局", "county", "滕州市", "枣庄市公安局")
    >>> squad = Office("滕州市公安局交通警察大队", "unit", "滕州市", "滕州市公安局")
    >>> is_of_service(squad, bureau, "交警"), is_of_service(squad, bureau, "刑警")
    (True, False)
    """
    named = "交.{0,2}[警管]" if service.startswith("交") else re.escape(service[:2])
    return office.name.startswith(bureau.name) and re.match(named, office.name[len(bureau.name) :]) is not None


def _service_of(agency: Agency, context: Context, near: Division | None, history: Sequence[Office]) -> Office | None:
    """Return the unit that "滕州交警" means: the one that the article names in full, else by the level of its place."""
    division = division_meant(agency, context, near)
    if division is None:
        return None
    bureau = office_of(division, context.written)
    for office in (*([context.office] if context.office else []), *reversed(history)):
        if agency.below and not office.name.endswith("支队"):
            continue
        if is_of_service(office, bureau, agency.written):
            return below(office, agency.below)
    rank = {"province": "总队", "prefecture": "支队"}.get(division.level, "大队")
    if rank == "大队" and agency.below and agency.below[0].endswith(rank):
        return below(bureau, (agency.written + agency.below[0], *agency.below[1:]))  # 开远交警二大队
    return below(bureau, (agency.written + rank, *agency.below))


def _branch_office(agency: Agency, context: Context, near: Division | None) -> Office | None:
    home = context.home
    line = context.office if home is None and agency.written == agency.qualifier else None
    if line is not None and line.division is None and line.level == "unit" and line.name.endswith("局"):
        return below(line, (f"{agency.written}分局", *agency.below))  # 长江航运公安局……。安庆分局……
    own = context.office if home is None else None
    if own is not None and own.division is None and own.name.endswith(f"局{agency.written}分局"):
        return below(own, agency.below)  # 长江航运公安局安庆分局……。安庆分局……
    if agency.divisions and agency.written == agency.qualifier:
        districts = tuple(division for division in agency.divisions if is_district(division))
        division = choose(districts or agency.divisions, home)  # 白银分局 is a branch, not the city's own bureau
        of_another = home is not None and home.level == "county" and not is_district(home) and bool(districts)
        if division is not None and (home is None or of_another or _is_near(division, home)):
            return below(office_of(division, context.written), agency.below)
    if agency.written.endswith(AIRPORT) and agency.rule == "bureau-zone" and (airports := _airports(agency, context)):
        return below(airports, agency.below)
    if agency.divisions and agency.written != agency.qualifier:
        division = choose(agency.divisions, home)
    else:
        division = home
        if division is not None and is_district(division):
            division = parent_of(division)
    if division is None:
        return None
    return below(branch_of(office_of(division, context.written), agency.written), agency.below)


def _zone_office(agency: Agency, context: Context) -> Office:
    """Return the bureau that is called after its zone, under that of the place where the zone lies."""
    if AIRPORT in agency.written and (airports := _airports(agency, context)):
        return below(airports, agency.below)
    at = choose(agency.divisions, context.home) or context.home
    if "海关" in agency.written:
        return below(Office(agency.written, "unit", at.name if at else None, None, at), agency.below)
    city = parent_of(at) if at and not agency.divisions and is_district(at) else at
    if city is None:
        return below(Office(agency.written, "county", None, None), agency.below)
    over = forest_office(city, context) if agency.written.endswith(FOREST) else office_of(city, context.written)
    return below(Office(agency.written, "county", city.name, over.name, city), agency.below)


def _airports(agency: Agency, context: Context) -> Office | None:
    """Return the airport police of a province, which its department has as a bureau, None where a city's is meant."""
    if context.office and context.office.name.endswith(AIRPORT_BUREAU):
        return context.office
    division = choose(agency.divisions, context.home) or context.home
    if division is None or division.level != "province" or is_city_province(division):
        return None
    return below(office_of(division, context.written), (AIRPORT_BUREAU,))


def _is_near(division: Division, home: Division) -> bool:
    """Tell whether a branch named by a short word can be that of a division: one of home's own city or province."""
    around = home if home.level != "county" else parent_of(home)
    return around is None or is_within(division, around)


def _anaphor(agency: Agency, context: Context, history: Sequence[Office]) -> Office | None:
    word = agency.written
    if word.startswith(("该", "我")):
        if context.office is not None and context.office.name.endswith(word[1:]):
            return below(context.office, agency.below)
        if over := _over_home(word, context):
            return below(over, agency.below)
        ends_so = (o for o in reversed(history[-_MET:]) if o.name.endswith(word[1:]))
        met = next((o for o in ends_so if not o.name.endswith(f"总{word[1:]}")), None)  # 总站: no 该站
        return below(met, agency.below) if met else None
    candidates = [*([context.office] if context.office else []), *reversed(history[-6:])]
    for office in candidates:
        if office.name.endswith(word):
            return below(office, agency.below)
    above = _squad_above(context.office, word) if context.office else None
    return below(above, agency.below) if above else None


def _over_home(word: str, context: Context) -> Office | None:
    """Return the bureau of the unit that reports, which calls it its own: 我局 of 某县公安局交警大队."""
    unit = context.office
    if unit is None or unit.division is None or not word.startswith("我"):
        return None
    bureau = office_of(unit.division, context.written)
    return bureau if unit.parent == bureau.name and bureau.name.endswith(word[1:]) else None


def _squad_above(office: Office, word: str) -> Office | None:
    """Return the squad over the brigade that reports, which "支队" means in its report: 交警支队 of 交警支队一大队."""
    above, found, own = office.name.partition("支队")
    bureau, police, _ = above.partition("公安局")
    if word != found or not own or not police:
        return None
    division = office.division
    if division is not None and is_district(division):
        division = parent_of(division)
    place = division.name if division else office.place
    return Office(above + found, "unit", place, bureau + police, division)
