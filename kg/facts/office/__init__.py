"""Offices: what an agency is called in full, on which level, for which place, under whom.

Enters: an ``Agency`` mention and what is known of its article. Leaves: an ``Office``. Names come from the gazetteer and
from the article's own words, never from a list of bureaus.
"""

from kg.facts.office.below import below, branch_of, district_of, unit_of
from kg.facts.office.line import is_border
from kg.facts.office.meant import is_of_service, resolve_agency
from kg.facts.office.model import MINISTRY, MINISTRY_OFFICE, Context, Office
from kg.facts.office.naming import bureau_name, is_district, office_of
from kg.facts.office.relative import THAT, division_meant, fits, letter_of, relative_division
from kg.facts.office.written import (
    as_written,
    brigades_as_written,
    provinces_in_full,
    spelled_out,
    squads_in_full,
    squads_of_places,
    squads_on_trains,
    stations_in_full,
    stations_of_railways,
    written_names,
)

__all__ = [
    "MINISTRY",
    "MINISTRY_OFFICE",
    "THAT",
    "Context",
    "Office",
    "as_written",
    "below",
    "branch_of",
    "brigades_as_written",
    "bureau_name",
    "district_of",
    "division_meant",
    "fits",
    "is_border",
    "is_district",
    "is_of_service",
    "letter_of",
    "office_of",
    "provinces_in_full",
    "relative_division",
    "resolve_agency",
    "spelled_out",
    "squads_in_full",
    "squads_of_places",
    "squads_on_trains",
    "stations_in_full",
    "stations_of_railways",
    "unit_of",
    "written_names",
]
