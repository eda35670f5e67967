"""Holders: who received an award, as the contract has it."""

from __future__ import annotations

from dataclasses import dataclass

from kg.facts.bureau import BureauMention
from kg.facts.honor.pattern import honor_patterns
from kg.facts.office import bureau_name
from kg.values.place import Division, chain

_LEVELS_OF_BUREAUS = ("ministry", "province", "prefecture", "county")


@dataclass(frozen=True, slots=True)
class Holder:
    """Who received an award: ``kind`` as the contract has it, and the agency, full names both."""

    name: str
    kind: str
    bureau: str | None
    start: int
    end: int
    rule: str = ""


def holder_of(mention: BureauMention) -> Holder:
    """Return the holder that an agency is; a unit's bureau is the agency above it."""
    if mention.level in _LEVELS_OF_BUREAUS:
        return Holder(mention.name, "bureau", mention.name, mention.start, mention.end)
    return Holder(mention.name, "unit", mention.parent, mention.start, mention.end)


def city_holder(division: Division, start: int, end: int) -> Holder:
    """Return the holder that a city, county or province is: its agency speaks for it."""
    return Holder(division.name, "bureau", bureau_name(division), start, end)


def relative_division(letter: str, home: Division | None) -> Division | None:
    """Return the division that "我市" or "全县" means to a bureau of a division.

    >>> from kg.values.place import find_divisions
    >>> relative_division("省", find_divisions("顺庆")[0]).name
    '四川省'
    """
    if home is None:
        return None
    for division in chain(home):
        if division.name.endswith(letter) and not (letter == "区" and division.name.endswith("地区")):
            return division
    return None


def is_name(name: str) -> bool:
    """Tell whether words are the name of a person, by their surname."""
    return honor_patterns()["holder-name"].fullmatch(name) is not None
