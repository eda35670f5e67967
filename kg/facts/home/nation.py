"""The whole country: whether the ministry, a bureau of it or a service of the whole country reports."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.facts.cue import cue
from kg.facts.home.lead import LEAD, first_line
from kg.facts.home.votes import Votes, named_places
from kg.facts.office import MINISTRY, MINISTRY_OFFICE, Context, Office, resolve_agency
from kg.mentions.agency import Agency
from kg.text import Text
from kg.values.place import HONG_KONG, MACAU, find_divisions, is_everyday_word, word_starting

_PROVINCES = 3  # of whose agencies a roll shows


_HONG_KONG, _ITS_POLICE = re.compile("香港"), re.compile("警务处|警队|香港警方")
_OFTEN = 2  # times that a report of Hong Kong names it


def is_of_hong_kong(view: str, agencies: Sequence[Agency]) -> bool:
    """Tell whether the police of Hong Kong reports, which is no 公安.

    >>> is_of_hong_kong("香港警务处今日公布香港的罪案数字。", ())
    True
    >>> is_of_hong_kong("公安机关邀请香港警方到香港会面。", ())
    False
    """
    named = len(_HONG_KONG.findall(view)) >= _OFTEN and _ITS_POLICE.search(view) is not None
    others = sum(1 for a in agencies if a.divisions and a.divisions[0].code not in (HONG_KONG, MACAU))
    return named and others < _OFTEN and "公安" not in view


def is_of_a_line(agencies: Sequence[Agency]) -> bool:
    """Tell whether a service of the whole country reports: it leads, comes again, and all else named is of its own."""
    if len(agencies) < 2:
        return False
    own = (agencies[0].written or "".join(agencies[0].below))[:2]
    if not all(_is_national(agency, own) for agency in agencies[:2]):
        return False
    return all(agency.head in ("line", "ministry", "none") or agency.written.startswith(own) for agency in agencies)


def is_of_a_lines_bureau(agencies: Sequence[Agency], view: str) -> bool:
    """Tell whether a line's bureau leads by its name, and all besides are branches or who helped it.

    "长江航运公安局侦破案件31起。安庆分局在安庆市公安局支持下打掉团伙": the city's bureau only helps.
    """
    first = agencies[0] if agencies else None
    if first is None or first.head != "line" or first.start >= LEAD:
        return False
    if not first.written.endswith("局") and not (first.below and first.below[0].endswith("分局")):
        return False
    others = [agency for agency in agencies if agency.head not in ("line", "ministry", "none", "anaphor")]
    opens = {a.end: a.start for a in reversed(others)}  # of 在武汉市、咸宁市公安局支持下 both help
    return bool(others) and all(
        (agency.head == "branch" and agency.written == agency.qualifier)
        or cue("home-helper").search(view, max(0, opens[agency.end] - 3), opens[agency.end])
        for agency in others
    )


def is_of_the_nation(agencies: Sequence[Agency], title: str, view: str) -> bool:
    """Tell whether the ministry or a line of it reports on the whole country, and a place is but named in passing.

    "据国家移民管理局通报,全国……。福建省实施免签政策以来,……": no agency of a place is named, and no "全省".
    """
    first = agencies[0] if agencies else None
    if first is None or first.start >= LEAD or orders(first, view):
        return False
    named = all(agency.head in ("line", "ministry") for agency in agencies) and first.head in ("line", "ministry")
    here = cue("home-whole").search(view) or _names_place(title)
    announces = (
        first.head == "line" and first.written.startswith("国家") and cue("home-announces").match(view, first.end)
    )
    return not here and bool(announces or (named and "全国" in view))


def _names_place(title: str) -> bool:
    """Tell whether a title names a place, or begins with one."""
    first = word_starting(title, 0)
    return any(True for _ in named_places(title)) or (first is not None and not is_everyday_word(first))


def is_of_the_coast_guard(agencies: Sequence[Agency], view: str) -> bool:
    """Tell whether the coast guard reports, which is no police of a place: it speaks first, and of more than these do.

    "宁波海警局查获油船3艘。宁波海警移交宁波市公安局1起。"
    """
    named = list(cue("home-coast-guard").finditer(view))
    first = agencies[0].start if agencies else len(view)
    return bool(named) and named[0].start() < min(first, LEAD) and len(named) > len(agencies)


def is_of_a_roll(agencies: Sequence[Agency], title: str, view: str) -> bool:
    """Tell whether an article shows agencies of several provinces one by one, none of them its own.

    "南通市公安局……派出所所长……。汉中市公安局……支队……。赣州市公安局……": no "全市" and no "市公安局" is any of theirs.
    """
    if cue("home-whole").search(view) or _names_place(title):
        return False
    if any(a.qualifier not in ("", "全国") and not a.divisions for a in agencies):
        return False
    provinces = [a.divisions[0].code[:2] for a in agencies if a.divisions and a.head != "service"]
    most = max((provinces.count(code) for code in set(provinces)), default=0)
    return len(set(provinces)) >= _PROVINCES and 2 * most <= len(provinces)


def is_of_provinces(view: str, year: int | None) -> bool:
    """Tell whether an article leads with the police of several provinces: 山西、甘肃、广西、福建泉州警方取得战果.

    >>> is_of_provinces("行动以来,山西、甘肃、广西和福建泉州警方都取得战果。", None)
    True
    >>> is_of_provinces("在河南、陕西、贵州警方配合下,我局抓获6人。", None)
    False
    """
    return any(
        len(_provinces_of_list(view, found.start(), year)) >= _PROVINCES
        for found in cue("home-list-of-police").finditer(view, 0, LEAD)
    )


def _provinces_of_list(view: str, at: int, year: int | None) -> set[str]:
    """Return in which provinces, by their codes, the places of a list lie."""
    provinces: set[str] = set()
    while (word := word_starting(view, at)) and not is_everyday_word(word):
        inner = word_starting(view, at + len(word))
        provinces.update(d.code[:2] for d in find_divisions(word, year=year) if inner or d.level != "county")
        at += len(word) + len(inner or "")
        if view[at : at + 1] not in ("、", "和", "与", "及"):
            break
        at += 1
    return provinces


def _is_national(agency: Agency, own: str) -> bool:
    """Tell whether a mention is a service of the whole country, or the ministry's bureau of it."""
    bureau = agency.head == "ministry" and bool(agency.below) and agency.below[0].startswith(own)
    return bureau or agency.head == "line"


def orders(agency: Agency, view: str) -> bool:
    """Tell whether the ministry is named as who orders something or honours somebody, not as who reports."""
    if agency.head != "ministry" or agency.below:
        return False
    honours = cue("home-ministry-honours").search(view, max(0, agency.start - 4), agency.start)
    return honours is not None or cue("home-ministry-orders").match(view, agency.end) is not None


def ministry_score(votes: Votes, agencies: Sequence[Agency], view: str) -> float:
    """Return how loudly the words speak for the ministry, in the measure of votes."""
    score = 3.0 * len(cue("home-national").findall(view))
    score += sum(3 if a.start < LEAD else 1 for a in agencies if a.head == "ministry")
    if agencies and agencies[0].head == "ministry":
        score += 3
    if any(a.head == "ministry" and cue("home-conference").match(view, a.end) for a in agencies):
        score += 7
    return score + (4 if len({code[:2] for code in votes.policed}) > 1 else 0)


def find_national_office(text: Text, agencies: Sequence[Agency], year: int | None = None) -> Office | None:
    r"""Return who reports an article of the whole country: the ministry, its bureau or a service of its own, or None.

    >>> from kg.mentions.agency import find_agencies
    >>> from kg.text import text_of
    >>> text = text_of("一年来,公安机关破获电信网络诈骗案件9万起,全国每天有3万警力巡逻。")
    >>> find_national_office(text, find_agencies(text.view)).name
    '公安部'
    >>> text = text_of("清溪派出所的五年\n\n五年来,该所涌现出全国优秀人民警察2名。公安机关破案多起。")
    >>> find_national_office(text, find_agencies(text.view)) is None
    True
    """
    nowhere = Context(None, None, {}, None)
    if is_of_provinces(text.view, year):
        return MINISTRY_OFFICE
    if unit := find_ministry_unit(agencies):
        return unit
    if branch := _branch_in_title(agencies, text.title or first_line(text)):
        return resolve_agency(branch, nowhere, None, ())
    if station := _station_of_a_railway(agencies):
        return resolve_agency(station, nowhere, None, ())
    ministries = [a for a in agencies if a.head == "ministry" and not orders(a, text.view)]
    if ministries and _is_of_a_station(agencies, text.title or first_line(text)):
        return None
    if ministries and is_of_some_city(agencies):
        return None
    if any(agency.written == MINISTRY for agency in ministries):
        return MINISTRY_OFFICE
    lines = [office for a in agencies if a.head == "line" and (office := resolve_agency(a, nowhere, None, ()))]
    if lines:
        most = max(lines, key=lambda office: (lines.count(office), -len(office.name)))
        return _only_branch(most, lines, text.view) or most
    if ministries:
        return MINISTRY_OFFICE
    if cue("home-whole").search(text.view) or any(
        a.qualifier not in ("", "全国") and not a.divisions for a in agencies
    ):
        return None
    if "派出所" in (text.title or first_line(text)):
        return None  # a station's portrait that does not say where it is
    speaks = cue("home-all-china").search(text.view) and cue("home-police").search(text.view)
    return MINISTRY_OFFICE if speaks else None


def is_of_some_city(agencies: Sequence[Agency]) -> bool:
    """Tell whether a city's own report leaves out which it is, and tells what the ministry gave it.

    >>> from kg.mentions.agency import find_agencies
    >>> view = "公安部发布命令,给100个集体记功。市公安局秩序管理大队荣立一等功,在市区20所学校设岗。"
    >>> is_of_some_city(find_agencies(view))
    True
    """
    placed = any(agency.divisions for agency in agencies)
    return not placed and any(a.head == "bureau" and a.qualifier in ("市", "县", "区", "州", "旗") for a in agencies)


def _is_of_a_station(agencies: Sequence[Agency], title: str) -> bool:
    """Tell whether a station's portrait does not say where it is, though it tells what the ministry gave it."""
    own = {a.below[-1] for a in agencies if a.head == "none" and a.below[-1].endswith("派出所")}
    placed = any(a.head not in ("ministry", "none", "anaphor") and a.qualifier != "全国" for a in agencies)
    return len(own) == 1 and own.pop() in title and not placed


def _branch_in_title(agencies: Sequence[Agency], title: str) -> Agency | None:
    """Return the branch of a line's bureau that the title names, whoever orders its work: 长江公安泸州分局.

    >>> from kg.mentions.agency import find_agencies
    >>> title = "长江公安芜湖分局打击非法捕捞"
    >>> _branch_in_title(find_agencies(title), title).below
    ('芜湖分局',)
    """
    first = agencies[0] if agencies else None
    named = first is not None and first.head == "line" and first.start < len(title)
    return first if first and named and first.below and first.below[0].endswith("分局") else None


def _station_of_a_railway(agencies: Sequence[Agency]) -> Agency | None:
    """Return the one station that an article names, where the lead names the railway's police above it.

    >>> from kg.facts.office import stations_of_railways
    >>> from kg.mentions.agency import find_agencies
    >>> view = "荆州车站派出所荣立公安部集体一等功。武汉铁路公安局襄阳公安处荆州车站派出所召开座谈会。"
    >>> _station_of_a_railway(stations_of_railways(find_agencies(view))).below
    ('襄阳公安处', '荆州车站派出所')
    """
    stations = [a for a in agencies if any(name.endswith("派出所") for name in a.below)]
    if agencies[:1] and agencies[0].head == "line" and agencies[0].end - agencies[0].start > len(agencies[0].written):
        return None  # 全国铁路公安……: of all of them
    led = next((a for a in stations if "铁路公安" in a.written and a.start < LEAD), None)
    return led if len({a.below for a in stations} - {a.below[-1:] for a in stations if a.below[:-1]}) == 1 else None


def _only_branch(line: Office, named: Sequence[Office], view: str) -> Office | None:
    """Return the one branch of a line's bureau that reports: the bureau's full name stands in the branch's alone."""
    parts = {office.name: office for office in named if office.name.startswith(line.name) and office != line}
    branch = next(iter(parts.values()), None)
    alone = branch is not None and len(parts) == 1 and view.count(line.name) == view.count(branch.name)
    return branch if alone and branch is not None and branch.name in view else None


def find_ministry_unit(agencies: Sequence[Agency]) -> Office | None:
    """Return the bureau of the ministry that leads and is named more than the ministry itself.

    >>> from kg.mentions.agency import find_agencies
    >>> find_ministry_unit(find_agencies("公安部铁路公安局通报,铁路公安局破案900起。")).name
    '公安部铁路公安局'
    """
    first = agencies[0] if agencies else None
    if first is None or first.head != "ministry" or not _is_part(first) or first.start >= LEAD:
        return None
    plain = sum(1 for a in agencies if a.head == "ministry" and not _is_part(a))
    own = (first.written, first.below)
    if plain >= sum(1 for a in agencies if a.head == "ministry" and (a.written, a.below) == own):
        return None
    return resolve_agency(first, Context(None, None, {}, None), None, ())


def _is_part(agency: Agency) -> bool:
    """Tell whether a mention of a ministry is of a bureau of one: 公安部治安管理局, 铁道部公安局."""
    return bool(agency.below) or agency.written != MINISTRY
