"""Subjects: whom an earlier clause speaks of, where the clause of the award leaves its recipient out."""

from __future__ import annotations

from kg.facts.bureau import BureauMention
from kg.facts.cue import cue
from kg.facts.honor.agency import Agencies
from kg.facts.honor.holder import Holder, city_holder, holder_of, relative_division
from kg.facts.honor.pattern import honor_part, honor_patterns
from kg.facts.honor.recipient import SEPARATOR, cities_listed, recipients_before
from kg.facts.honor.team import read_troop
from kg.facts.honor.work import work_spoken_of


def subject_of(agencies: Agencies, start: int, end: int, kind: str) -> list[Holder]:
    """Return who an earlier clause speaks of, if that can hold an award of a kind."""
    patterns = honor_patterns()
    if kind in ("person", "any"):
        found = patterns["holder-person-inside"].search(agencies.view, start, end)
        if found is not None and not agencies.counted(start, found.start("name")):
            bureau = agencies.agency_of(start, found.start("role"))
            name = _shorter(agencies, found["name"])
            return [Holder(name, "person", bureau, *found.span(), "holder-person-inside")]
        officer = honor_part("is_officer").match(agencies.view, start, end) if kind == "person" else None
        if officer is not None:
            bureau = agencies.agency_of(start, officer.start("role"))
            return [Holder(officer["name"], "person", bureau, start, officer.end("name"), "holder-name")]
        intros = (
            honor_part(part).match(agencies.view, start) for part in ("introduced", "aged", "called_so_in_clause")
        )
        intro = next((found for found in intros if found), None)
        if kind == "person" and intro is not None:
            return [Holder(intro["name"], "person", None, start, intro.end("name"), "holder-name")]
        alone = patterns["holder-name"].fullmatch(agencies.view, start, end - 1)
        if alone is not None and agencies.view[end - 1] != ":":  # a name before a colon is who answers
            return [Holder(alone["name"], "person", None, start, alone.end(), "holder-name")]
    if kind in ("person", "any") and "、" in agencies.view[start:end]:
        listed = recipients_before(agencies, start, end - 1)
        if len(listed) > 1 and all(holder.kind == "person" and holder.bureau for holder in listed):
            return listed
    if kind in ("work", "any"):
        again = honor_part("this_work").match(agencies.view, start, end)
        if again is not None and (known := work_spoken_of(agencies, *again.span())) is not None:
            return [known]
        work = honor_part("work_inside").search(agencies.view, start, end)
        if work is not None and honor_part("work_judged").match(agencies.view, work.end()):
            work = None  # “陇风”专项行动总成绩居全省第一,受到嘉奖: whoever ran it
        if work is not None and (kind == "work" or work.start() == start or _made_it(agencies, start, work.start())):
            agency = agencies.agency_of(start, work.start())
            return [Holder(honor_part("marks").sub("", work["name"]), "initiative", agency, *work.span())]
    if kind in ("work", "any") and (since := honor_part("work_since").match(agencies.view, start, end)) is not None:
        name = honor_part("marks").sub("", since["name"])
        return [Holder(name, "initiative", agencies.agency_of(start, since.start("name")), *since.span("name"))]
    if kind == "place" and (cities := cities_listed(agencies, start, end)):
        return cities
    if kind == "place" and (ours := honor_part("our_place").search(agencies.view, start, end)):
        home = agencies.bureaus.home.division if agencies.bureaus.home else None
        division = relative_division(ours["letter"], home)
        if division is not None:
            return [city_holder(division, *ours.span())]
    if kind != "person":
        return _lead_agency(agencies, start, end)
    return []


def _made_it(agencies: Agencies, start: int, end: int) -> bool:
    """Tell whether the words before a work say what it is or who made it: 方言短剧《…》, 某局研发的“…”系统."""
    return cue("honor-work-lead").fullmatch(agencies.view, start, end) is not None


def _shorter(agencies: Agencies, name: str) -> str:
    """Return a name without its last character where the article uses the shorter one more often."""
    return name[:2] if agencies.view.count(name[:2]) > agencies.view.count(name) else name


def _lead_agency(agencies: Agencies, start: int, end: int) -> list[Holder]:
    """Return the agencies, or the team of one, that a clause begins with behind bullets and times."""
    head = honor_part("clause_lead").match(agencies.view, start, end)
    at = head.end() if head else start
    if (house := honor_part("house_leads").match(agencies.view, at, end)) is not None and not agencies.opens(at):
        unit = read_troop(agencies, *house.span())
        return [unit] if unit else []
    for mention in agencies.mentions_in(start, end):
        if mention.start != at:
            continue
        if honor_part("praises").match(agencies.view, mention.end):
            return []
        tail = honor_part("tail").match(agencies.view, mention.end, min(end, mention.end + 12))
        team = honor_part("lead_tail").match(agencies.view, mention.end, min(end, mention.end + 16))
        if tail and agencies.view[tail.end() - 2 : tail.end()] not in ("党委", "支部", "团委"):
            tail = None
        if (tail := team or tail) is not None:
            name = mention.name + honor_part("marks").sub("", agencies.view[mention.end : tail.end()])
            return [Holder(name, "unit", mention.name, mention.start, tail.end())]
        return [holder_of(listed) for listed in _joined_to(agencies, mention, end)]
    return []


def _joined_to(agencies: Agencies, mention: BureauMention, end: int) -> list[BureauMention]:
    """Return a mention with those that a list joins to it: "甲派出所、乙派出所及丙派出所脱颖而出"."""
    group = [mention]
    for other in agencies.mentions_in(mention.end, end):
        if not SEPARATOR.fullmatch(agencies.view, group[-1].end, other.start):
            break
        group.append(other)
    return group
