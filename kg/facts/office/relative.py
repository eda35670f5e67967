"""Relative words: which division "全市", "县" and "省公安厅" mean in an article."""

from __future__ import annotations

from kg.facts.office.model import Context
from kg.mentions.agency import Agency
from kg.values.place import Division, chain, choose, find_divisions

_LONG_LETTERS = ("自治区", "自治州", "自治县", "兵团", "地区", "行署")
THAT = "该"  # 该县公安局: of the county last spoken of


def letter_of(word: str) -> str:
    """Return the kind of division that a relative word names.

    >>> letter_of("全市"), letter_of("市"), letter_of("自治区")
    ('市', '市', '自治区')
    """
    return next((long for long in _LONG_LETTERS if word.endswith(long)), word[-1:])


def fits(division: Division, letter: str) -> bool:
    """Tell whether "全市", "省公安厅" and the like can mean a division.

    >>> fits(find_divisions("南充")[0], "市"), fits(find_divisions("南充")[0], "省")
    (True, False)
    """
    name, level = division.name, division.level
    if letter == "区":
        return (level == "county" and name.endswith("区")) or name.endswith(("自治区", "新区"))
    if letter == "师":
        return "师" in name and level == "prefecture"
    ending = {"州": "自治州", "行署": "地区", "自治县": "县"}.get(letter, letter)
    if letter in ("县", "自治县") and level != "county":
        return False
    return bool(letter) and name.endswith(ending)


def relative_division(letter: str, home: Division | None, near: Division | None) -> Division | None:
    """Return the division that "市" or "全县" means: home or one above it, else that of the place last spoken of."""
    for base in (home, near):
        if base is not None:
            for division in chain(base):
                if fits(division, letter):
                    return division
    if letter == "兵团":
        return find_divisions("新疆生产建设兵团")[0]
    return None


def division_meant(agency: Agency, context: Context, near: Division | None) -> Division | None:
    """Return the division whose agency a mention names, by its place word or by "市", "全县"."""
    if agency.divisions and agency.head == "alias" and context.home and _is_end_of_name(agency, context.home):
        return context.home
    if agency.divisions:
        return choose(agency.divisions, context.home)
    letter = letter_of(agency.qualifier)
    if agency.written == "公安厅" and context.home:
        return chain(context.home)[-1]
    if letter == "区" and agency.written.endswith("厅"):
        letter = "自治区"
    if agency.qualifier.startswith(THAT) and (spoken_of := relative_division(letter, near, None)) is not None:
        return spoken_of
    return relative_division(letter, context.home, near)


def _is_end_of_name(agency: Agency, home: Division) -> bool:
    """Tell whether a mention calls a province by the end of its name: "龙江公安" in 黑龙江 is of no county."""
    own = any(division.code == home.code for division in agency.divisions)
    return (
        home.level == "province"
        and not own
        and home.short != agency.qualifier
        and home.short.endswith(agency.qualifier)
    )
