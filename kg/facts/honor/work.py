"""Works: methods, platforms, cases and films as what received an award."""

from __future__ import annotations

from kg.facts.honor.agency import Agencies
from kg.facts.honor.holder import Holder
from kg.facts.honor.pattern import honor_part, honor_patterns
from kg.text import Span

_MAKER = 40  # characters before a work in which the agency stands that made it


def read_work(agencies: Agencies, start: int, end: int) -> Holder | None:
    """Return the work that a stretch names: a quoted name, a case, or a phrase with a noun for works."""
    if (known := work_spoken_of(agencies, start, end)) is not None:
        return known
    patterns = honor_patterns()
    match = patterns["holder-work"].search(agencies.view, start, end)
    if match is not None:
        name = match["book"] or match["name"] + (match["noun"] or "")
        agency = agencies.agency_of(start, match.start())
        at = _topic_of(agencies, start, match.start()) if match["name"] and match["noun"] is None else match.start()
        name = honor_part("marks").sub("", agencies.view[at : match.start()] + name)
        return Holder(name, "initiative", agency, at, end, "holder-work")
    mentions = agencies.mentions_in(start, end)
    first = mentions[-1].end if mentions else start
    match = patterns["holder-work-phrase"].search(agencies.view, first, end)
    if match is None or honor_part("cleared").search(agencies.view, max(0, start - _MAKER), start):
        return None
    agency = mentions[-1].name if mentions else None
    name, at = match["name"], match.start("name")
    if mentions and (made := honor_part("made").match(agencies.view, first, end)) is not None:
        name, at = agencies.view[made.end() : end], mentions[-1].start
    elif mentions and at == first:
        name, at = mentions[-1].name + name, mentions[-1].start
    return Holder(name, "initiative", agency, at, end, "holder-work-phrase")


def _topic_of(agencies: Agencies, start: int, at: int) -> int:
    """Return where a work's name begins that has a quotation inside: 外卖骑手“一码通”管理机制."""
    mentions = agencies.mentions_in(start, at)
    first = mentions[-1].end if mentions else start
    quoted_alone = agencies.view.startswith("“", at)
    return first if quoted_alone and honor_part("work_topic").fullmatch(agencies.view, first, at) else at


def work_spoken_of(agencies: Agencies, start: int, end: int) -> Holder | None:
    """Return the work or case that "该品牌", "该案" or "相关做法" means: the one that the paragraph names last."""
    match = honor_part("this_work").fullmatch(agencies.view, start, end)
    if match is None or not (match["noun"] or match["kind"]):
        return None
    floor = agencies.text.paragraph_at(start).start
    part = honor_part("case_spoken_of" if match["noun"] else "work_spoken_of")
    found = [Span(*one.span(one.lastgroup or 0)) for one in part.finditer(agencies.view, floor, start)]
    if not match["noun"] and match["kind"] not in ("做法", "经验"):
        found = [one for one in found if agencies.view[one.start : one.end].endswith(match["kind"])]
    if not found:
        return None
    last = found[-1]
    agency = agencies.agency_of(max(0, last.start - _MAKER), last.start)
    name = honor_part("marks").sub("", agencies.view[last.start : last.end])
    return Holder(name, "initiative", agency, start, end, "holder-work")
