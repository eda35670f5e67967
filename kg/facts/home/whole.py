"""Wholes: where "全市" and "我省" speak of a place of their kind."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.facts.office import relative_division
from kg.values.place import Division

WHOLE = re.compile(r"[全我本]([省市县区州盟旗师])")
# "居全市第一", "全省公安机关先进集体": among whom somebody stands out, not whose figures these are.
_AMONG = re.compile(
    r"[^,。;]{0,12}?(?:第[0-9一二三四五六七八九十]|首[个家位批例]|前[列茅三0-9]"
    r"|唯一|率先|领先|先进|优秀|示范|突出|十佳|殊荣|最)"
)
_STANDS = re.compile(r"[居列获为]$")


def find_wholes(view: str, home: Division) -> Iterator[tuple[int, Division]]:
    """Yield where "全市", "我省" speak of a division, not of those among whom somebody stands out."""
    meant: dict[str, Division | None] = {}
    for found in WHOLE.finditer(view):
        if _AMONG.match(view, found.end()) or _STANDS.search(view, max(0, found.start() - 1), found.start()):
            continue
        if found[1] not in meant:
            meant[found[1]] = relative_division(found[1], home, None)
        division = meant[found[1]]
        if division is not None:
            yield found.start(), division
