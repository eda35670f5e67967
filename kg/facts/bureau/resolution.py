"""Agencies to mentions: which agency each means in its article, by its fullest name."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from kg.facts.bureau.mention import BureauMention
from kg.facts.cue import cue
from kg.facts.home import find_home, find_home_unit, find_lone_station, find_national_office
from kg.facts.office import THAT, Context, Office, below, office_of, resolve_agency, written_names
from kg.mentions.agency import Agency, part
from kg.text import Text
from kg.values.place import Division, choose, find_divisions, is_within, word_ending

_JUST_NAMED = 6  # agencies that 该局 and 该所 may mean
_COUNTY = re.compile("[县旗]")
_COUNTY_LETTERS = frozenset({"县", "旗"})
_LISTING = frozenset({"、", "和", "与", "及", "以及"})
_RANKS = frozenset({"总队", "支队", "大队", "中队"})
_BUREAU_ENDS = ("公安局", "公安厅", "分局", "公安处")
_COUNTY_REACH = 160  # characters before "县公安局" in which its county is looked for


def resolve_all(view: str, agencies: Iterable[Agency], context: Context) -> Iterator[BureauMention]:
    """Yield the agencies of the view with what they are in the article, without those that may be anybody's."""
    history: list[Office] = []
    here, last_end = 0, 0
    listed = list(agencies)
    named = {agency.below[-1] for agency in listed if agency.below and agency.head != "none"}
    for agency in listed:
        listed_with = view[last_end : agency.start] == "、" and bool(history) and history[-1].level == "unit"
        if agency.head == "none" and agency.below[0].endswith("中心") and not (agency.below[0] in named or listed_with):
            continue  # "反诈中心" alone may be anybody's, but not that of 刑侦支队、情报指挥中心、禁毒支队
        if agency.head == "none" and _is_title(view, agency):
            continue
        near = _county_before(view, agency, context.home) or (history[-1].division if history else None)
        here = here if "\n" not in view[last_end : agency.start] else len(history)
        between = "、" if agency.start < last_end else view[last_end : agency.start]  # 刑侦、治安大队 end as one
        of_list = _unit_listed(between, agency, history)
        office = of_list or resolve_agency(agency, context, near, history, history[here:][-_JUST_NAMED:])
        if office is None:
            continue
        history.append(office)
        last_end = agency.end
        alias = agency.head in ("alias", "anaphor") or agency.rule == "bureau-short"
        yield BureauMention(
            agency.start,
            agency.end,
            office.name,
            office.level,
            office.place,
            office.parent,
            agency.rule,
            alias,
            office.division,
        )


def _unit_listed(between: str, agency: Agency, history: Sequence[Office]) -> Office | None:
    """Return the unit that follows another of its rank in a list, of the same bureau: 某市公安局刑侦支队、特警支队."""
    last = history[-1] if history else None
    if last is None or between not in _LISTING or agency.head != "none" or len(agency.below) != 1:
        return None
    rank, bureau = agency.below[0][-2:], last.parent or ""
    if cue("office-border").match(agency.below[0]):
        return None  # 某市公安局刑侦支队、边境管理支队: of a line of its own
    beside = last.name.endswith(rank) if last.level == "unit" else last.level == "station" and rank == "大队"
    alike = beside and rank in _RANKS and bureau.endswith(_BUREAU_ENDS)
    return below(replace(last, name=bureau, parent=None), agency.below) if alike else None


def _is_title(view: str, agency: Agency) -> bool:
    """Tell whether what looks like a unit ends a title: “模范禁毒支队”."""
    before = part("title_before").search(view, max(0, agency.start - 4), agency.start)
    return before is not None and part("title_after").match(view, agency.end) is not None


def _county_before(view: str, agency: Agency, home: Division | None) -> Division | None:
    """Return the county of home that the paragraph has named last before "县公安局": 三台县曾是……。县公安局抽调…."""
    letter = agency.qualifier.removeprefix(THAT)
    if home is None or home.level == "county" or agency.divisions or letter not in _COUNTY_LETTERS:
        return None
    start = max(view.rfind("\n", 0, agency.start) + 1, agency.start - _COUNTY_REACH)
    for match in reversed(list(_COUNTY.finditer(view, start, agency.start))):
        word = word_ending(view, match.end(), start)
        division = choose(find_divisions(word), home) if word else None
        if division is not None and division.level == "county" and is_within(division, home):
            return division
    located = cue("bureau-located").search(view, start, agency.start)
    named = [d for d in find_divisions(located[1]) if d.level == "county"] if located else []
    division = choose(named, home) if named else None
    return division if division is not None and is_within(division, home) else None


def context_of(text: Text, agencies: Sequence[Agency], year: int | None) -> Context:
    """Return whose report the article is, as far as its agencies tell."""
    home = find_home(text, agencies, year)
    written = written_names(agencies, home)
    office = office_of(home, written) if home else None
    context = Context(home, office or find_national_office(text, agencies, year), written, year)
    unit = find_home_unit(agencies, context, text.view) or (
        find_lone_station(agencies) if context.office is None else None
    )
    return replace(context, office=unit) if unit else context


def home_mention(context: Context, mentions: Sequence[BureauMention]) -> BureauMention | None:
    """Return the home agency, at its first mention where there is one."""
    office = context.office
    if office is None:
        return None
    for mention in mentions:
        if mention.name == office.name:
            return mention
    return BureauMention(0, 0, office.name, office.level, office.place, office.parent, "home", True, office.division)


def meaning(
    mentions: tuple[BureauMention, ...], context: Context, fuller: Mapping[str, Office]
) -> tuple[tuple[BureauMention, ...], Context]:
    """Return the mentions, and what is known of the article, with each agency by the fuller of its names."""
    if not fuller:
        return mentions, context
    office = context.office
    if office is not None:
        bare = office.level == "station"  # 某省公安厅某某边境派出所, whose line is told further down
        whole = (one for name, one in fuller.items() if name == office.name or (bare and office.name.endswith(name)))
        context = replace(context, office=next(whole, office))
    return tuple(m.meaning(fuller[m.name]) if m.name in fuller else m for m in mentions), context


def told_briefly(text: Text, mentions: Sequence[BureauMention]) -> set[str]:
    """Return the names of those that the article calls by place and unit, nowhere by their bureau: 云溪交警大队."""
    briefly: dict[str, bool] = {}
    for mention in mentions:
        short = "局" not in text.view[mention.start : mention.end]
        briefly[mention.name] = short and briefly.get(mention.name, True)
    return {name for name, short in briefly.items() if short}


def stations_by_line(agencies: Sequence[Agency], mentions: Sequence[BureauMention]) -> dict[str, Office]:
    """Return, by the name that a station has as its place's, the one that the article names under another agency.

    The title's 绿江边境派出所, and 绿江派出所, is 白山边境管理支队绿江边境派出所, where the text names that one alone.
    """
    at = {(agency.start, agency.end): agency for agency in agencies if agency.below}
    bare: dict[str, str] = {}
    full: dict[str, dict[str, Office]] = defaultdict(dict)
    for mention in mentions:
        agency = at.get((mention.start, mention.end))
        if agency is None or mention.level != "station":
            continue
        own = cue("bureau-kind-of-station").sub("派出所", agency.below[-1])
        if agency.head == "none" or (len(agency.below) == 1 and own != agency.below[0]):
            bare[mention.name] = own  # by itself, or by its place: 怒江某某边境派出所
        else:
            full[own][mention.name] = mention.office
    told = {own: max(offices.values(), key=lambda office: len(office.name)) for own, offices in full.items()}
    return {
        name: told[own]
        for name, own in bare.items()
        if own in told and told[own].name != name and all(told[own].name.endswith(other) for other in full[own])
    }


def called_briefly(text: Text, mentions: Sequence[BureauMention]) -> dict[str, Office]:
    """Return, by the name that a unit's short one leads to, the unit that brackets give the short name of.

    某局打击电信网络违法犯罪大队(简称“反诈大队”)…….反诈大队抓获12人: one brigade.
    """
    at = {mention.start: mention for mention in mentions}
    found = {}
    for mention in mentions:
        told = cue("bureau-called-briefly").match(text.view, mention.end) if mention.level == "unit" else None
        short = at.get(told.end()) if told else None
        if short is not None and short.level == "unit" and short.name != mention.name:
            found[short.name] = mention.office
    return found
