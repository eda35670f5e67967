"""Agencies of the special administrative regions, whose police is no 公安: 香港警务处, 澳门治安警察局."""

from __future__ import annotations

from kg.mentions.agency.model import Agency
from kg.mentions.agency.pattern import part
from kg.mentions.agency.qualifier import place_before
from kg.mentions.lexicon import load_lexicon


def read_region(view: str, at: int, word: str, floor: int, year: int | None) -> Agency | None:
    """Return the agency of a region whose word stands at a position, behind its region's name or by itself."""
    region = load_lexicon("bureau_region").get(word, "region") or ""
    place = place_before(view, at, floor, year)
    if place is not None:
        own = any(division.short == region for division in place.divisions)
        of_region = (place.start, at + len(word), "bureau", place.word, place.divisions, word)
        return Agency(*of_region, rule="bureau-region") if own else None
    if region not in view or part("region_not_before").search(view, max(floor, at - 1), at):
        return None  # 交警队, 铁警队: a squad's short name
    return Agency(at, at + len(word), "region", written=word, rule="bureau-region")
