"""Lines: the police of railways, forests and borders, who answer to a line of their own and not to a city."""

from __future__ import annotations

import re

from kg.mentions.agency import Agency

SPECIAL = re.compile(r"^(?:铁路|森林|民航|航运|港航|垦区)公安|^铁警$|^铁路警方$")
BORDER_STATION = "出入境边防检查总站"
BORDER = re.compile(f"(?:公安)?(?:边境管理|边防)[总支大]队|{BORDER_STATION}")
OWN_LINE = re.compile(f"铁路公安|{BORDER.pattern}")


def is_border(agency: Agency) -> bool:
    """Tell whether a mention is of the border police, a line of its own: 保山边境管理支队, 西藏出入境边防检查总站."""
    return bool(agency.divisions and agency.below) and BORDER.match(agency.below[0]) is not None
