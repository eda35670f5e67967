"""Names: what the agency of a division is called in full, and under whom it stands.

The name follows from the gazetteer, unless the article writes one of its own; there is no list of bureaus.
"""

from __future__ import annotations

from collections.abc import Mapping

from kg.facts.office.model import MINISTRY, Office
from kg.values.place import CHONGQING, CORPS, Division, find_divisions, is_city_province, parent_of

_REGIONS = {"810000": "香港警务处", "820000": "澳门警察总局"}  # whose police is under no ministry


def bureau_name(division: Division, written: Mapping[str, str] | None = None) -> str:
    """Return the full name of a division's public-security agency.

    A district's is a branch of the city's; ``written`` holds, by code, the form that an article itself uses.

    >>> [bureau_name(find_divisions(word)[0]) for word in ("四川", "南充", "营山", "顺庆", "北京", "海淀区")]
    ['四川省公安厅', '南充市公安局', '营山县公安局', '南充市公安局顺庆分局', '北京市公安局', '北京市公安局海淀分局']
    """
    if division.code in _REGIONS:
        return _REGIONS[division.code]
    if division.level == "province":
        return division.name + ("公安局" if is_city_province(division) or division.code == CORPS else "公安厅")
    if written and division.code in written:
        return written[division.code]
    above = parent_of(division)
    if is_district(division) and above:
        return f"{bureau_name(above)}{division.name if above.code == CHONGQING else division.short}分局"
    return f"{division.name}公安局"


def is_district(division: Division) -> bool:
    """Tell whether a division is a city's district, whose police is a branch of the city's."""
    above = parent_of(division)
    return (
        division.level == "county"
        and division.name.endswith("区")
        and not division.name.endswith("特区")  # 六枝特区公安局
        and above is not None
        and above.name.endswith("市")
    )


def office_of(division: Division, written: Mapping[str, str] | None = None) -> Office:
    """Return the agency of a division.

    >>> office_of(find_divisions("顺庆")[0]).parent
    '南充市公安局'
    """
    above = parent_of(division)
    if division.code.startswith("6590"):
        # The Corps' cities: the code standard puts them under the region, their police is the Corps'.
        above = find_divisions("新疆生产建设兵团")[0]
    parent = bureau_name(above, written) if above else None if division.code in _REGIONS else MINISTRY
    return Office(bureau_name(division, written), division.level, division.name, parent, division)
