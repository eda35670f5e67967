"""Units: the unit, station or branch that reports itself, where it is not its bureau that does."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from kg.facts.cue import cue
from kg.facts.home.lead import LEAD
from kg.facts.home.whole import find_wholes
from kg.facts.office import (
    Context,
    Office,
    as_written,
    below,
    division_meant,
    is_border,
    is_of_service,
    office_of,
    resolve_agency,
    unit_of,
)
from kg.mentions.agency import Agency, part
from kg.values.place import Division, choose, is_within

_SQUADS = ("支队", "大队")
_RANKS = "战线"
_ROLL = 3  # agencies of which a roll names each once


def find_home_unit(agencies: Sequence[Agency], context: Context, view: str) -> Office | None:
    """Return the unit or station whose own report an article is: it leads, and its bureau has no part besides.

    >>> from kg.mentions.agency import find_agencies
    >>> from kg.values.place import find_divisions
    >>> view = "营口市公安局交警支队通报情况。支队连续两年获评优秀,支队民警立功。"
    >>> find_home_unit(find_agencies(view), Context(find_divisions("营口")[0], None, {}, None), view).name
    '营口市公安局交警支队'
    >>> view = "在辽宁省公安厅的表彰会上,营口市公安局禁毒支队立功。支队缴毒31公斤,支队民警连夜归来。"
    >>> find_home_unit(find_agencies(view), Context(find_divisions("营口")[0], None, {}, None), view).name
    '营口市公安局禁毒支队'
    """
    services = [agency for agency in agencies if agency.head == "service"]
    agencies = [agency for agency in agencies if agency.head != "service"]
    if context.home is None:
        return None
    leading = [a for a in agencies if a.start < LEAD and _may_report(a) and not _only_named(a, view)]
    first = next((a for a in leading if not _is_over_home(a, context.home)), leading[0] if leading else None)
    if (service := _home_service_of_all(agencies, context)) is not None:
        return service
    leads = bool(services) and (first is None or services[0].start < first.start)
    if leads and (service := _home_service(services, agencies, context)):
        return service
    if not agencies:
        return None
    if (customs := _home_customs(agencies, context)) is not None:
        return customs
    if agencies[0].rule == "bureau-station" and agencies[0].head == "none":
        return _home_station(agencies, context)
    if first is None:
        return _home_forest(agencies, context)
    special = first.written.startswith(("铁", "森林")) or is_border(first)
    if first.rule == "bureau-border":
        return _home_border(first, agencies, context)
    if first.head in ("branch", "zone") and (not first.divisions or first.written != first.qualifier):
        return _home_branch(first, agencies, context)
    if (not first.below and not special) or (first.below and first.below[-1].endswith("中心")):
        return None
    division = division_meant(first, context, None)
    if division is None:
        return None
    through_branch = len(first.below) > 1 and is_within(context.home, division)
    if not (is_within(division, context.home) or special or through_branch):
        return None
    if special:
        return resolve_agency(first, context, None, ())
    own = sum(1 for a in agencies if _is_own(a, division, context) and not _is_over_unit(a, view))
    office = unit_of(office_of(division, context.written), first)
    again = sum(1 for a in agencies if a.head == "anaphor" and office.name.endswith(a.written.removeprefix("该")))
    again += sum(1 for a in agencies if a.head == "none" and a.below == first.below[-1:])
    again += sum(1 for a in agencies if a.below == first.below)
    again += sum(1 for a in agencies if a.head == "branch" and office.name.endswith(f"{a.written}分局"))
    again += sum(1 for a in services if a.divisions == first.divisions and a.written[:2] in office.name)
    others = {a.below or a.qualifier for a in agencies if a.divisions and a.below != first.below}
    if again < 2 and len(others) >= _ROLL:
        return None  # the first of a roll of agencies, named once as each of them
    if _speaks_for_all(first, agencies, context, view) or _title_is_of_place(first, context.home, view):
        return None
    return as_written(office, context.written) if 2 * own < again else None


def _speaks_for_all(unit: Agency, agencies: Sequence[Agency], context: Context, view: str) -> bool:
    """Tell whether a unit is named only with its head, who tells of a field in which the whole place works.

    "2020年,全省破获经济案件154起。山西省公安厅经侦总队总队长王某介绍,……。"
    """
    named = [agency for agency in agencies if agency.below == unit.below]
    if context.home is None or not all(cue("home-head").match(view, agency.end) for agency in named):
        return False
    shared = part("subject_shared_field").search(unit.below[-1]) is not None
    return shared and any(True for _ in find_wholes(view, context.home))


def _title_is_of_place(unit: Agency, home: Division, view: str) -> bool:
    r"""Tell whether the title is about the whole place of which a station is but an example, and so is the text.

    "2019年丽水市警情下降\n……派出所辖区有社区5个。\n2019年,丽水市刑事警情同比下降4.1%。"
    """
    title, _, body = view.partition("\n")
    of_station = unit.below[-1].endswith("派出所") and "派出所" not in title
    told = f"(?:^|[,;。\n]){home.name}(?![委政人公][一-龥]|[一-龥]{{0,4}}[局区县镇所队])"
    return of_station and home.name in title and re.search(told, body) is not None


def _home_service(services: Sequence[Agency], others: Sequence[Agency], context: Context) -> Office | None:
    """Return the unit of the service that reports under its short name alone and more than its bureau: "沂源交警"."""
    assert context.home is not None
    if not services or services[0].start >= LEAD:
        return None
    office = _in_full(resolve_agency(services[0], context, None, ()), services[0], others, context)
    same = sum(1 for a in services if (a.divisions, a.written) == (services[0].divisions, services[0].written))
    same += sum(1 for a in others if a.head == "anaphor" and office and office.name.endswith(a.written))
    own = sum(1 for a in others if _is_own(a, context.home, context))
    return office if same > max(1, own) else None


def _in_full(office: Office | None, service: Agency, others: Sequence[Agency], context: Context) -> Office | None:
    """Return the unit as the article names it elsewhere: 省公安厅交通管理局 for 贵州交警."""
    bureau = replace(office, name=office.parent) if office and office.parent else None
    named = (resolve_agency(other, context, None, ()) for other in others if other.below) if bureau else ()
    known = (one for one in named if one and bureau and one.parent == bureau.name)
    return next((one for one in known if bureau and is_of_service(one, bureau, service.written)), office)


def _home_service_of_all(agencies: Sequence[Agency], context: Context) -> Office | None:
    """Return the squad that reports on its service in all of its place, no other agency being named.

    "全州公安交警开展夜查,……。支队领导分组督导。"
    """
    home = context.home
    told = [a for a in agencies if a.head == "alias" and cue("home-service").match(a.written)]
    squads = [a for a in agencies if a.head == "anaphor" and a.written in _SQUADS]
    if home is None or not told or not squads or len(told) + len(squads) < len(agencies):
        return None
    service = Agency(0, 0, "service", home.short, (home,), told[0].written.removeprefix("公安"), rule="bureau-service")
    return resolve_agency(service, context, None, ())


def _home_forest(agencies: Sequence[Agency], context: Context) -> Office | None:
    """Return the forest police of home where no other police is named at all, however late it is."""
    if not all(agency.written.startswith("森林") for agency in agencies):
        return None
    named = (resolve_agency(agency, context, None, ()) for agency in agencies)
    return next((office for office in named if office is not None and office.division == context.home), None)


def _home_customs(agencies: Sequence[Agency], context: Context) -> Office | None:
    """Return the police of home's custom house where no other police is named at all, however late it is."""
    if not all("海关缉私" in agency.written for agency in agencies):
        return None
    named = (resolve_agency(replace(agency, below=()), context, None, ()) for agency in agencies)
    return next((office for office in named if office is not None and office.division == context.home), None)


def _home_border(first: Agency, agencies: Sequence[Agency], context: Context) -> Office | None:
    """Return the border check that leads under its short name, unless the police of its place is named more."""
    assert context.home is not None
    own = sum(1 for a in agencies if _is_own(a, context.home, context))
    checks = sum(1 for a in agencies if a.rule == first.rule or (a.head == "anaphor" and a.written.endswith("站")))
    return resolve_agency(first, context, None, ()) if checks > own else None


def _may_report(agency: Agency) -> bool:
    """Tell whether a mention can be who reports: not "全省公安交警系统", nor "常德公安交警" for a unit named so."""
    service = cue("home-service").match(agency.written) is not None
    whole = agency.head == "alias" and (agency.qualifier.startswith("全") or service)
    if agency.written.endswith(_RANKS):
        return False  # 在兴县公安战线上,有这样一支队伍
    return not whole and bool(agency.qualifier or agency.head in ("branch", "port", "zone"))


def _is_over_home(agency: Agency, home: Division) -> bool:
    """Tell whether an agency is the bureau of a place around home: 在州公安局的颁奖现场,……某市公安局禁毒大队."""
    over = choose(agency.divisions, home) if agency.divisions else None
    return not agency.below and over is not None and over.code != home.code and is_within(home, over)


def _only_named(agency: Agency, view: str) -> bool:
    """Tell whether an agency is named for a contest of all of it, or for its orders, and not as who reports."""
    return _names_contest(agency, view) or _orders(agency, view)


def _orders(agency: Agency, view: str) -> bool:
    """Tell whether an agency is named for what it ordered: 按照市公安局统一部署安排,…."""
    by = view.endswith(("按照", "根据", "依照", "遵照"), 0, agency.start)
    return by and cue("home-orders").match(view, agency.end) is not None


def _names_contest(agency: Agency, view: str) -> bool:
    """Tell whether all a place's police are among whom a contest is held: 泉州全市公安实战比武竞赛举办."""
    return agency.head == "alias" and cue("home-contest").match(view, agency.end) is not None


def _home_station(agencies: Sequence[Agency], context: Context) -> Office | None:
    """Return the station that an article sets out with and speaks of more than of its bureau: "郢中派出所举行…"."""
    assert context.home is not None
    first = agencies[0]
    again = sum(1 for a in agencies if a.below[-1:] == first.below)
    own = sum(1 for a in agencies if _is_own(a, context.home, context))
    if first.start >= LEAD or again <= max(1, own):
        return None
    return below(office_of(context.home, context.written), first.below)


def find_lone_station(agencies: Sequence[Agency]) -> Office | None:
    """Return the station that an article speaks of where nothing tells its place, None where several are named.

    >>> from kg.mentions.agency import find_agencies
    >>> view = "皇甫渡派出所守护8个村寨。皇甫渡派出所化解纠纷40起。"
    >>> find_lone_station(find_agencies(view)).name
    '皇甫渡派出所'
    """
    nowhere = Context(None, None, {}, None)
    ports = {
        office.name: office for a in agencies if a.head == "port" and (office := resolve_agency(a, nowhere, None, ()))
    }
    names = {agency.below for agency in agencies if agency.head == "none" and agency.below[-1].endswith("派出所")}
    if len(ports) + len(names) != 1:
        return None
    return next(iter(ports.values()), None) or Office(names.pop()[-1], "station", None, None)


def _home_branch(first: Agency, agencies: Sequence[Agency], context: Context) -> Office | None:
    """Return the branch or bureau of a zone or town that reports itself: "东侨公安分局" of 宁德."""
    assert context.home is not None
    again = sum(1 for a in agencies if a.head == first.head and a.written == first.written)
    kind = "局" if first.head == "zone" else "分局"
    again += sum(1 for a in agencies if a.head == "anaphor" and a.written.endswith(kind))
    own = sum(1 for a in agencies if _is_own(a, context.home, context))
    return resolve_agency(first, context, None, ()) if again > max(1, own) else None


def _is_over_unit(agency: Agency, view: str) -> bool:
    """Tell whether a bureau is named for nothing but its rule over the unit that reports: 在县公安局党委的领导下."""
    return cue("home-rules").match(view, agency.end) is not None or _orders(agency, view)


def _is_own(agency: Agency, division: Division, context: Context) -> bool:
    return (
        not agency.below
        and not cue("home-service").match(agency.written)
        and agency.rule != "bureau-short"
        and not agency.written.endswith(_RANKS)
        and agency.head in ("alias", "bureau")
        and division_meant(agency, context, None) == division
    )
