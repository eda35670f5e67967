"""Agencies: stretches of the view that mean a public-security agency, as the words give them.

Enters: the view. Leaves: ``Agency`` mentions in order, none inside another, each with what qualifies it (a place of the
gazetteer, "全市", nothing) and the names below it ("交警支队", "兴隆派出所"). ``reading`` goes from head to head; each
kind of head has a module: ``police``, ``alias``, ``line``, ``branch``, ``unit``, ``border``, ``station``, ``anaphor``.
Which bureau "市公安局" is depends on the article and is decided in ``kg.facts.bureau``.
"""

from kg.mentions.agency.model import AIRPORT, BORDER, BORDER_CHECK, BORDER_STATION, LICENSING, Agency
from kg.mentions.agency.pattern import part
from kg.mentions.agency.qualifier import joins_a_county
from kg.mentions.agency.reading import find_agencies

__all__ = [
    "AIRPORT",
    "BORDER",
    "BORDER_CHECK",
    "BORDER_STATION",
    "LICENSING",
    "Agency",
    "find_agencies",
    "joins_a_county",
    "part",
]
