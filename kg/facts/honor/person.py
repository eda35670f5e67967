"""Persons: names with a role, and names alone, as those who received an award."""

from __future__ import annotations

from kg.facts.honor.agency import Agencies
from kg.facts.honor.holder import Holder
from kg.facts.honor.pattern import honor_part, honor_patterns
from kg.values.place import find_divisions, is_everyday_word


def read_person(agencies: Agencies, start: int, end: int) -> Holder | None:
    """Return the person that a stretch names, with the agency before the role; none of a firm or a village."""
    patterns = honor_patterns()
    match = patterns["holder-person"].search(agencies.view, start, end)
    if match is not None and not _inside_agency(agencies, match.start("role"), start, end):
        agency = agencies.agency_of(start, match.start("role"))
        if agency is None and honor_part("outside").search(agencies.view, start, match.start("role")):
            return None
        return Holder(match["name"], "person", agency, start, end, "holder-person")
    if (spaced := honor_part("name_spaced").fullmatch(agencies.view, start, end)) is not None:
        return Holder(spaced["first"] + spaced["last"], "person", None, start, end, "holder-name")
    match = patterns["holder-name"].fullmatch(agencies.view, start, end)
    if match is not None and (is_everyday_word(match["name"]) or not find_divisions(match["name"])):
        return Holder(match["name"], "person", None, start, end, "holder-name")
    if (fallen := honor_part("fallen").fullmatch(agencies.view, start, end)) is not None:
        return Holder(fallen["name"], "person", None, fallen.start("name"), end, "holder-name")
    name = agencies.view[start:end]
    listed = honor_part("translit_listed").fullmatch(agencies.view, start, end) and not find_divisions(name)
    if listed or name in agencies.persons:
        return Holder(name, "person", None, start, end, "holder-name")
    mentions = agencies.mentions_in(start, end)
    if mentions and (match := patterns["holder-name"].fullmatch(agencies.view, mentions[-1].end, end)):
        return Holder(match["name"], "person", mentions[-1].name, mentions[-1].start, end, "holder-name")
    if (of_part := honor_part("of_part").fullmatch(agencies.view, start, end)) is not None:
        department = agencies.bureaus.resolve("省厅", start) if "厅" in agencies.view[start : start + 3] else None
        return Holder(of_part["name"], "person", department, of_part.start("name"), end, "holder-name")
    return None


def _inside_agency(agencies: Agencies, position: int, start: int, end: int) -> bool:
    """Tell whether a role is the beginning of an agency's name: 特警 in 特警支队."""
    return any(mention.start <= position < mention.end for mention in agencies.mentions_in(start, end))
