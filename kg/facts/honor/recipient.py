"""Recipients: who the words right before a verb of honour name, alone or in a list.

Enters: a stretch of the view. Leaves: ``Holder`` values: agencies, units, persons with a role, work methods,
cities. A stretch that only counts people or units, or names somebody outside the police, has none.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from kg.facts.bureau import BureauMention
from kg.facts.honor.agency import Agencies
from kg.facts.honor.holder import Holder, holder_of, is_name
from kg.facts.honor.pattern import honor_part, honor_patterns
from kg.facts.honor.person import read_person
from kg.facts.honor.team import read_squad, read_team, read_troop
from kg.facts.honor.unit import read_city, read_part, read_self, read_unit
from kg.facts.honor.work import read_work
from kg.values.numeral import parse_numeral

_LONGEST_LIST = 1200  # characters before a verb in which its recipients are looked for
_ITEM = re.compile("[^、和]+")
_SHORT_NAME = re.compile("[\u4e00-\u9fff]{2,4}")
SEPARATOR = re.compile(r"、|和|及|以及|与")


def recipients_before(agencies: Agencies, start: int, end: int) -> list[Holder]:
    """Return the holders that a stretch ending before the verb names, none where it names nobody."""
    start = max(start, end - _LONGEST_LIST)
    if honor_part("places_listed").fullmatch(agencies.view, start, end) and (
        cities := cities_listed(agencies, start, end)
    ):
        return cities
    others = honor_part("and_others").search(agencies.view, start, end)
    if others is not None:
        stations = _stations_of(agencies, start, others.start()) if others[0].endswith("派出所") else []
        if stations:
            return stations
        end = others.start()
    elif (beside := honor_part("beside_counted").search(agencies.view, start, end)) is not None:
        named = _listed(agencies, start, beside.start())
        return named if all(holder.kind in ("bureau", "unit") for holder in named) else []
    elif (summed := honor_part("summed").search(agencies.view, start, end)) is not None:
        stations = _stations_of(agencies, start, summed.start()) if summed[0].endswith("派出所") else []
        holders = stations or _listed(agencies, start, summed.start())
        return holders if len(holders) > 1 and _is_number(summed["n"], len(holders)) else []
    elif agencies.counted(start, end):
        return []
    return _listed(agencies, start, end)


def cities_listed(agencies: Agencies, start: int, end: int) -> list[Holder]:
    """Return the places that a stretch begins with by their names and their number: 徐州、泰州两市."""
    listed = honor_part("places_listed").match(agencies.view, start, end)
    if listed is None:
        return []
    at = listed.start()
    items = re.split("[、和]", listed["places"])
    spans = []
    for item in items:
        spans.append((at, at + len(item)))
        at += len(item) + 1
    found = [read_city(agencies, *span) for span in spans]
    return [city for city in found if city] if all(found) else []


def recipient_of_line(agencies: Agencies, start: int, end: int) -> list[Holder]:
    """Return the person whom a line of a roll names before what he is: 李强 兴县公安局交警大队民警."""
    line = honor_part("name_first").fullmatch(agencies.view, start, end)
    agency = agencies.agency_of(line.start("post"), line.start("role")) if line else None
    return [Holder(line["name"], "person", agency, start, end, "holder-person")] if line and agency else []


def recipients_listed(agencies: Agencies, start: int, end: int) -> list[Holder]:
    """Return those whom a list of models names; among names with a surname any short word is one (次仁旺堆)."""
    named: list[Holder] = []
    for item in _ITEM.finditer(agencies.view, start, end):
        found = _listed(agencies, *item.span())
        short = not found and _SHORT_NAME.fullmatch(item[0]) is not None
        named += [Holder(item[0], "person", None, *item.span(), "holder-name")] if short else found
    known = any(holder.kind != "person" or holder.bureau or is_name(holder.name) for holder in named)
    return _with_agencies(agencies, named) if known else []


def _stations_of(agencies: Agencies, start: int, end: int) -> list[Holder]:
    """Return the stations of a list that names them by their places alone: "城南、河西等11个派出所"."""
    home, _ = agencies.bureaus.subject_at(start, end)
    items = list(_ITEM.finditer(agencies.view, start, end))
    if home is None or agencies.mentions_in(start, end) or not all(_SHORT_NAME.fullmatch(item[0]) for item in items):
        return []
    return [Holder(f"{home}{item[0]}派出所", "unit", home, *item.span()) for item in items]


def _listed(agencies: Agencies, start: int, end: int) -> list[Holder]:
    """Return the holders of a list, read from the right; a 和 that belongs to a name divides nothing."""
    mentions = agencies.mentions_in(start, end)
    ends = {m.end for m in mentions}  # "刑警大队张立、城关派出所": what looks like two stations begins with a name
    covered = [(m.start, m.end) for m in mentions if m.start not in ends]
    holders: list[Holder] = []
    last = end
    marks = [
        mark
        for mark in SEPARATOR.finditer(agencies.view, start, end)
        if not any(a <= mark.start() < b for a, b in covered) and not _enclosed(agencies.view, mark.start(), start)
    ]
    for mark in reversed(marks):
        holder = _recipient(agencies, mark.end(), last)
        if holder is None and mark[0] != "、":
            continue
        if holder is None:
            break
        holders.append(holder)
        last = mark.start()
        if holder.kind == "initiative" and honor_part("made_together").search(agencies.view, mark.end(), end):
            break  # 甲与乙联合创作的《……》: who made it, not who else won
    else:
        holder = _recipient(agencies, start, last)
        if holder is not None:
            holders.append(holder)
    listed = _sharing_unit([each for holder in holders[::-1] for each in _enumerated(holder, mentions)])
    return _with_agencies(agencies, listed)


def _with_agencies(agencies: Agencies, holders: list[Holder]) -> list[Holder]:
    """Give persons of a list without an agency that of the one before, unless brackets told it: 民警张某、李某."""
    out: list[Holder] = []
    for holder in holders:
        last = out[-1] if out and out[-1].kind == "person" and agencies.view[out[-1].end - 1] != ")" else None
        if holder.kind == "person" and holder.bureau is None and last is not None:
            holder = replace(holder, bureau=last.bureau)
        out.append(holder)
    return out


def _recipient(agencies: Agencies, start: int, end: int) -> Holder | None:
    """Return the holder that an item of a list names; brackets after it tell of a person's agency."""
    bracket = honor_part("bracket_last").search(agencies.view, start, end)
    if bracket is None:
        return _plain(agencies, start, end)
    agency = agencies.agency_of(bracket.start("inside"), bracket.end("inside"))
    name = honor_patterns()["holder-name"].fullmatch(agencies.view, start, bracket.start()) if agency else None
    if name is not None:  # a name that is a county's too is a person's where an agency follows it
        return Holder(name["name"], "person", agency, start, end, "holder-name")
    holder = _plain(agencies, start, bracket.start())
    if holder is not None and holder.kind == "person":
        return replace(holder, bureau=agency or holder.bureau, end=end)
    return holder


def _plain(agencies: Agencies, start: int, end: int) -> Holder | None:
    if start >= end:
        return None
    return (
        read_unit(agencies, start, end)
        or read_part(agencies, start, end)
        or read_self(agencies, start, end)
        or read_person(agencies, start, end)
        or read_work(agencies, start, end)
        or read_city(agencies, start, end)
        or read_squad(agencies, start, end)
        or read_troop(agencies, start, end)
        or read_team(agencies, start, end)
    )


def _enumerated(holder: Holder, mentions: Sequence[BureauMention]) -> list[Holder]:
    """Return a holder with those that share its last words: "城南、城北派出所" names two."""
    sharing = [m for m in mentions if m.end == holder.end and m.start < holder.end]
    if len(sharing) < 2 or holder.kind == "person" or holder.name != sharing[-1].name:
        return [holder]
    return [holder_of(mention) for mention in sharing]


def _sharing_unit(holders: list[Holder]) -> list[Holder]:
    """Return holders where a place before a unit means the same unit of its own: "甲、乙县公安局交警大队"."""
    out: list[Holder] = []
    for holder in reversed(holders):
        after = out[-1] if out else None
        is_place = holder.kind == "bureau" and holder.bureau is not None and holder.name != holder.bureau
        if is_place and after and after.kind == "unit" and after.bureau and after.name.startswith(after.bureau):
            name = f"{holder.bureau}{after.name.removeprefix(after.bureau)}"
            holder = replace(holder, name=name, kind="unit")
        out.append(holder)
    return out[::-1]


def _enclosed(view: str, position: int, start: int) -> bool:
    before = view[start:position]
    return any(before.count(opening) > before.count(closing) for opening, closing in ("“”", "《》", "()"))


def _is_number(words: str, number: int) -> bool:
    return words not in ("多", "数", "几", "余") and parse_numeral(words).value == number
