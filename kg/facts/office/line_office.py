"""Offices of a line: the railway police of a place, its forest or border police, services of the whole country."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from kg.facts.cue import cue
from kg.facts.office.below import below
from kg.facts.office.line import BORDER, BORDER_CHECK, BORDER_STATION, FOREST, IMMIGRATION
from kg.facts.office.model import MINISTRY, Context, Office
from kg.facts.office.naming import office_of
from kg.facts.office.relative import division_meant
from kg.mentions.agency import Agency
from kg.mentions.lexicon import load_lexicon
from kg.values.place import Division, choose, parent_of

_RAILWAY_BUREAU = re.compile(".+?铁路公安局")
FOREST_BRANCH = "森林公安分局"


def special_office(agency: Agency, context: Context, near: Division | None) -> Office | None:
    """Return the railway's, forest's or other special agency at a place."""
    short = agency.qualifier + agency.written
    if cue("office-railway").fullmatch(agency.written):
        short = agency.qualifier + "铁路公安处"
    if short in context.written:
        over = _RAILWAY_BUREAU.match(context.written[short])
        parent = over[0] if over else context.written[short].removesuffix(short)
        place = agency.divisions[0].name if agency.divisions else None
        return below(Office(context.written[short], _railway_level(short), place, parent or None), agency.below)
    if agency.written == "铁路公安处":  # of a city, though a province has its name: 吉林
        cities = tuple(division for division in agency.divisions if division.level == "prefecture")
        agency = replace(agency, divisions=cities or agency.divisions)
    division = division_meant(agency, context, near)
    if division is None:
        return None
    if cue("office-railway").fullmatch(agency.written):
        if context.office and "铁路公安" in context.office.name:
            return context.office
        return below(_railway_office(division), agency.below)
    if agency.written.startswith("铁路"):
        level = _railway_level(agency.written)
        office = Office(division.short + agency.written, level, division.name, None, division)
        if agency.written.endswith("局"):
            office = replace(office, parent=MINISTRY)
        elif not agency.written.endswith("处"):
            return None
        else:
            office = replace(office, parent=_over_railway_office(division))
    else:
        office = _service_office(division, agency.written, context)
    return below(office, agency.below)


def _railway_level(name: str) -> str:
    """Return the level that a railway's agency has: a 公安局 that of a department, its 公安处 that of a prefecture's.

    >>> _railway_level("武汉铁路公安局"), _railway_level("襄阳铁路公安处"), _railway_level("公安段")
    ('province', 'prefecture', 'unit')
    """
    return "province" if name.endswith("局") else "prefecture" if name.endswith("处") else "unit"


def border_office(agency: Agency, context: Context, near: Division | None) -> Office | None:
    """Return the border police of a place, under the station of the province where the article names that."""
    division = division_meant(agency, context, near)
    if division is None:
        return None
    own = division.short + BORDER_STATION
    by_short_name = agency.below[0] == BORDER and (division.level == "province" or context.written.get(own) == own)
    if agency.below[0] == BORDER_STATION or by_short_name:
        office = Office(own, division.level, division.name, IMMIGRATION, division)
        return below(office, agency.below[1:])
    above = context.written.get(BORDER_STATION)
    short = division.name if agency.qualifier == division.name else division.short
    if agency.below[0].endswith("站") or agency.below[0] == BORDER:
        office = Office(short + BORDER_CHECK, "unit", division.name, above, division)
    else:
        office = Office(f"{above or ''}{short}{agency.below[0]}", "unit", division.name, above, division)
    return below(office, agency.below[1:])


def port_office(agency: Agency, context: Context, history: Sequence[Office]) -> Office:
    """Return the border check that is called after its port, which lies at the place before it, else at home."""
    post = agency.below[0] != BORDER_CHECK  # 木康边境检查站, of a place's squad where the article names that
    name = agency.written + agency.below[0]
    named = next((o for o in history if o.name == name or (post and o.name.endswith(f"队{name}"))), None)
    at = choose(agency.divisions, context.home) or context.home
    above = context.written.get(BORDER_STATION)
    squads = (o for o in (context.office, *reversed(history)) if o and o.name.endswith("边境管理支队"))
    if post and named is None and (squad := next(squads, None)) is not None:
        return below(squad, (name, *agency.below[1:]))
    office = named or Office(name, "unit", at.name if at else None, above, at)
    return below(office, agency.below[1:])


def _railway_office(division: Division) -> Office:
    """Return the railway police of a place: a bureau where a railway has its seat, else an office.

    >>> from kg.values.place import find_divisions
    >>> _railway_office(find_divisions("郑州")[0]).name, _railway_office(find_divisions("洛阳")[0]).name
    ('郑州铁路公安局', '洛阳铁路公安处')
    """
    seat = division.short in load_lexicon("bureau_railway")
    name = f"{division.short}铁路公安{'局' if seat else '处'}"
    return Office(
        name, _railway_level(name), division.name, MINISTRY if seat else _over_railway_office(division), division
    )


def _over_railway_office(division: Division) -> str | None:
    """Return the bureau of the railway that a place's office of police is of, as far as the lexicon knows.

    >>> from kg.values.place import find_divisions
    >>> _over_railway_office(find_divisions("洛阳")[0])
    '郑州铁路公安局'
    """
    seat = load_lexicon("bureau_railway_office").get(division.short, "bureau")
    return f"{seat}铁路公安局" if seat else None


def local_railway_office(agency: Agency, context: Context) -> Office | None:
    """Return the railway police that "长春公安处" is in the report of a railway's bureau, None in another's."""
    over = context.office
    if over is None or not over.name.endswith("铁路公安局"):
        return None
    seats = load_lexicon("bureau_railway_office")  # 麻城, a county's city
    at = next((d for d in agency.divisions if d.level == "prefecture" or d.short in seats), None)
    return (
        below(Office(f"{at.short}铁路公安处", _railway_level("处"), at.name, over.name, at), agency.below)
        if at
        else None
    )


def line_office(agency: Agency, context: Context) -> Office | None:
    """Return the head office of a service named without a place, in an article that no place of its own reports."""
    row = load_lexicon("bureau_line").rows[agency.written]
    # 长江航运公安局, 国家移民管理局: each is one, wherever it is named
    by_own_name = row["name"].startswith(row["service"]) or agency.written == row["name"]
    if context.office is not None and row["service"] in context.office.name and not by_own_name:
        return below(_head_of(context.office, agency.below, row["parent"]), agency.below)
    if context.home is not None and not by_own_name:
        return None
    level = "ministry" if row["name"].startswith("国家") else "unit"
    return below(Office(row["name"], level, "中国", row["parent"] or None), agency.below)


def _head_of(office: Office, named: Sequence[str], parent: str) -> Office:
    """Return an office, or the head of its line where it stands below what is named: a railway's station, its 公安处.

    >>> station = Office("武汉铁路公安局襄阳公安处枝江车站派出所", "station", "枝江市", "武汉铁路公安局襄阳公安处")
    >>> _head_of(station, ("襄阳公安处",), "公安部").name
    '武汉铁路公安局'
    """
    name = office.name.partition(named[0])[0] if named and named[0] in office.name else ""
    return Office(name, "unit", "中国", parent or None) if name else office


def forest_office(division: Division, context: Context) -> Office:
    """Return the forest police of a division.

    >>> from kg.values.place import find_divisions
    >>> forest_office(find_divisions("汉阴县")[0], Context(None, None, {}, None)).parent
    '安康市森林公安局'
    """
    return _service_office(division, FOREST, context)


def _service_office(division: Division, written: str, context: Context) -> Office:
    """Return a division's forest police, a line of its own up to the province, or another service of its bureau."""
    kind = cue("office-service").match(written)
    if written == FOREST_BRANCH:
        city = parent_of(division)
        parent = f"{city.name}{FOREST}" if city else None
        return Office(f"{city.name if city else ''}{division.name}{written}", "county", division.name, parent, division)
    if kind is None or written.endswith("分局"):
        owner = office_of(division, context.written)
        return Office(division.name + written, "unit", division.name, owner.name, division)
    name = f"{kind[0]}局"
    if not name.startswith("森林"):
        owner = office_of(division, context.written)
        return Office(division.name + name, "unit", division.name, owner.name, division)
    above = parent_of(division) if division.level != "province" else None
    parent = f"{above.name}{name}" if above else context.written.get(FOREST)
    return Office(division.name + name, division.level, division.name, parent, division)
