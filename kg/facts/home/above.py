"""Above: whether an article is the report of a division above the place that its words name most."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

from kg.facts.cue import cue
from kg.facts.home.lead import LEAD, first_line
from kg.facts.home.whole import find_wholes
from kg.facts.office import Context, district_of, division_meant, fits, letter_of
from kg.mentions.agency import Agency
from kg.text import Text
from kg.values.place import Division, chain, is_within

_SIBLINGS = 3  # parts that a report names where it is that of the whole


def widened(home: Division, agencies: Sequence[Agency], text: Text) -> Division:
    """Return the division above whose report an article is, else the place itself."""
    province = _province_of_a_roll(home, agencies, text)
    return province or _widened(home, agencies, text)


def _province_of_a_roll(home: Division, agencies: Sequence[Agency], text: Text) -> Division | None:
    """Return the province of which an article shows agencies of several cities one by one, none of them its own.

    "9名江西民警受表彰。……全南县公安局……崇仁县公安局……新干县公安局……": the lead names the province, "全市" nothing.

    >>> from kg.mentions.agency import find_agencies
    >>> from kg.text import text_of
    >>> from kg.values.place import find_divisions
    >>> text = text_of("9名江西民警受表彰。大会上,全南县公安局、崇仁县公安局、鄱阳县公安局、新干县公安局获评先进。")
    >>> _province_of_a_roll(find_divisions("全南县")[0], find_agencies(text.view), text).name
    '江西省'
    """
    province = chain(home)[-1]
    named = [_within_named(agency, province) for agency in agencies if agency.divisions]
    digits = 4 if province.name.endswith(("省", "区")) else 6  # of a city's code, of a district's of 上海市
    cities = [division.code[:digits] for division in named if division and division.code != province.code]
    own = cities.count(home.code[:digits])
    several = len(set(cities)) >= _SIBLINGS and None not in named and 2 * own <= len(cities)
    if home.code == province.code or not several:
        return None
    if any(not fits(province, found["letter"]) for found in cue("home-whole").finditer(text.view)):
        return None
    relative = (a.qualifier for a in agencies if a.qualifier not in ("", "全国") and not a.divisions)
    if any(not fits(province, letter_of(words)) for words in relative):
        return None
    title = text.title or first_line(text)
    led = _named_in_lead(text, agencies, [province])[province.code]
    return province if led and not any(d.short in title for d in chain(home)[:-1]) else None


def _within_named(agency: Agency, province: Division) -> Division | None:
    """Return the place in a province whose agency is named, a district where the branch is of one."""
    district = district_of(agency, agency.divisions[0]) if len(agency.divisions) == 1 else None
    places = (district,) if district else agency.divisions
    return next((division for division in places if is_within(division, province)), None)


def _widened(home: Division, agencies: Sequence[Agency], text: Text) -> Division:
    """Return the division above where the article is its report: it speaks first, and of "全市" more than of its part.

    "延安市…宝塔分局…子长县公安局…全市" is the city's own report, whichever of its parts is named most.
    """
    if _is_of_a_station(agencies):
        return home
    context = Context(home, None, {}, None)
    weights = _named_in_lead(text, agencies, chain(home))
    leading = dict(weights)
    named: list[tuple[int, Division]] = []
    for agency in agencies:
        division = None if agency.below or agency.head == "ministry" else division_meant(agency, context, None)
        if division is not None:
            weights[division.code] += not agency.qualifier.startswith("全")
            named.append((agency.start, division))
    if not named:
        return home
    by_name = [agency for agency in agencies if agency.divisions]
    late = not leading.get(home.code) and all(a.start >= LEAD for a in by_name if home in a.divisions)
    for above in chain(home)[1:]:
        several = len({d.code for a in by_name for d in a.divisions if is_within(d, above)}) > 1
        if late and above.level != "province" and leading.get(above.code) and several:
            return above  # the lead names the city alone, further down its parts are named
    wholes: dict[str, int] = defaultdict(int)
    first = named[0]
    for at, division in find_wholes(text.view, home):
        wholes[division.code] += 1
        first = min(first, (at, division), key=lambda entry: entry[0])
    if first[1].code == home.code:
        return home
    own = weights[home.code] + wholes[home.code]
    for above in reversed(chain(home)[1:]):
        parts = [part.code for _, division in named if (part := _part_of(division, above)) is not None]
        mine = _part_of(home, above)
        shared = len(set(parts)) >= _SIBLINGS and mine is not None and 2 * parts.count(mine.code) <= len(parts)
        if first[1].code == above.code and shared:
            return above
        spoken = wholes[above.code] + weights[above.code]
        if wholes[above.code] >= 2 and spoken > own:
            return above
        opening = division_meant(agencies[0], context, None)
        opens = opening == above == first[1] and weights[above.code] > 0 and not wholes[home.code]
        if opens and ((wholes[above.code] >= 2 and 2 * spoken > own) or (wholes[above.code] and spoken > own)):
            return above
    return home


def _is_of_a_station(agencies: Sequence[Agency]) -> bool:
    """Tell whether a station is what an article sets out with and speaks of, more than of all its city's police."""
    first = agencies[0] if agencies else None
    if first is None or first.head != "none" or first.rule != "bureau-station" or first.start >= LEAD:
        return False
    again = sum(1 for agency in agencies if agency.below[-1:] == first.below)
    return again > max(2, sum(1 for agency in agencies if agency.qualifier.startswith("全")))


def common_ground(told: Division, named: Iterable[Division], relative: Mapping[str, int]) -> Division | None:
    """Return the division that "全省" or "全市" means where only places are named: itself, or several of its parts.

    "全省满意度公布,甲市排名第一,乙市、丙市分列第二、三位": whichever of them is named most only ranks there.
    "某省政府新闻办召开发布会。……全省……,某市……": one of its cities is but an example, of which "全市" says nothing.
    """
    places = list(named)
    own = any(count and fits(told, letter) for letter, count in relative.items())
    for above in chain(told)[1:]:
        parts = {part.code for place in places if (part := _part_of(place, above)) is not None}
        spoken = sum(count for letter, count in relative.items() if fits(above, letter))
        by_name = not own and any(place.code == above.code for place in places)
        if (len(parts) >= _SIBLINGS or by_name) and spoken > 1:
            return above
    return None


def _part_of(division: Division, above: Division) -> Division | None:
    """Return the division right below another that holds a division: the prefecture of a province."""
    line = chain(division)
    return next((d for d, outer in pairwise(line) if outer.code == above.code), None)


def _named_in_lead(text: Text, agencies: Sequence[Agency], divisions: Sequence[Division]) -> dict[str, int]:
    """Return how often title and lead name each division outside the names of agencies."""
    lead = list(text.view[:LEAD])
    for agency in agencies:
        lead[agency.start : agency.end] = "#" * (min(len(lead), agency.end) - min(len(lead), agency.start))
    words = "".join(lead)
    return defaultdict(int, {d.code: words.count(d.short) for d in divisions})
