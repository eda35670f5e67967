"""Regions: the police of Hong Kong and Macau, which answers to no ministry."""

from __future__ import annotations

from kg.facts.office.below import below
from kg.facts.office.model import Context, Office
from kg.facts.office.naming import office_of
from kg.mentions.agency import Agency
from kg.mentions.lexicon import load_lexicon
from kg.values.place import HONG_KONG, MACAU, Division, division_of


def region_office(agency: Agency, context: Context) -> Office | None:
    """Return the agency of a region that a mention means; by a word alone only in the report of that region."""
    word, lexicon = agency.written, load_lexicon("bureau_region")
    region = division_of(HONG_KONG if lexicon.get(word, "region") == "香港" else MACAU)
    home = context.home
    if region is None or (agency.head == "region" and (home is None or home.code != region.code)):
        return None
    if region.code == MACAU:
        return Office(region.short + word, region.level, region.name, None, region)
    office = office_of(region, context.written)
    return below(office, (word,)) if lexicon.get(word, "level") else office


def is_of_several(division: Division) -> bool:
    """Tell whether a division's police is of several names, of which 警方 tells none: that of Macau."""
    return division.code == MACAU
