"""Home: the place, and the agency, whose report an article is.

Enters: the text and the agencies it mentions. Leaves: the home division, and the home unit where a unit reports itself.
"""

from kg.facts.home.nation import find_ministry_unit, find_national_office
from kg.facts.home.place import find_home
from kg.facts.home.unit import find_home_unit, find_lone_station

__all__ = ["find_home", "find_home_unit", "find_lone_station", "find_ministry_unit", "find_national_office"]
