"""Lines: the police of railways, forests and borders, who answer to a line of their own and not to a city."""

from __future__ import annotations

from kg.facts.cue import cue
from kg.mentions.agency import BORDER, BORDER_CHECK, BORDER_STATION, Agency

__all__ = ["BORDER", "BORDER_CHECK", "BORDER_STATION", "FOREST", "IMMIGRATION", "is_border"]

FOREST = "森林公安局"
IMMIGRATION = "国家移民管理局"


def is_border(agency: Agency) -> bool:
    """Tell whether a mention is of the border police, a line of its own: 保山边境管理支队, 西藏出入境边防检查总站."""
    if agency.rule == "bureau-border":
        return agency.head != "line"
    if agency.written == "公安局":
        return False  # 延吉市公安局边境管理大队: the bureau's
    return bool(agency.divisions and agency.below) and cue("office-border").match(agency.below[0]) is not None
