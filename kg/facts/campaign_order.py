"""Orders: who ordered a campaign, where the words before its name say so.

Enters: an article's text, where it names a campaign, and the division that it is about. Leaves: an ``Order``: the
bodies, by the names that they have beyond the article ("省公安厅" is 四川省公安厅 in an article about 南充), and the
words. "按照公安部统一部署,我们组织了“飓风2018”" tells it; so does "公安部部署开展“百城禁毒会战”".
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from kg.facts.cue import cue
from kg.facts.office import bureau_name
from kg.text import simplified
from kg.values.place import Division, chain

_REACH = 90
"""As many characters before a name are looked at."""

_LEVELS = {
    "省": "province", "自治区": "province", "市": "prefecture", "州": "prefecture", "盟": "prefecture",
    "县": "county", "区": "county", "旗": "county",
}  # fmt: skip
_SENTENCE_END = re.compile("[。;；!！?？\n]")


@dataclass(frozen=True, slots=True)
class Order:
    """Who ordered a campaign: names of bodies, and the stretch of the text that says so."""

    bodies: tuple[str, ...]
    start: int
    end: int


def read_order(text: str, start: int, home: Division | None = None) -> Order | None:
    """Return who ordered the campaign that a text names at ``start``, None where the words do not say.

    >>> text = "2014年10月,公安部部署开展“百城禁毒会战”"
    >>> read_order(text, text.index("百城"))
    Order(bodies=('公安部',), start=9, end=14)
    >>> from kg.values.place import find_divisions
    >>> text = "按照公安部和省公安厅统一部署,我们组织了“飓风2018”专项行动"
    >>> read_order(text, text.index("飓风"), find_divisions("东莞")[0]).bodies
    ('公安部', '广东省公安厅')
    >>> read_order("全市公安机关开展“飓风2018”专项行动", 9) is None
    True
    """
    floor = max(0, start - _REACH)
    window = simplified(text[floor:start]).replace("，", ",")  # one for one, so that offsets hold
    cut = max((end.end() for end in _SENTENCE_END.finditer(window)), default=0)
    before = window[cut:]
    orders = list(cue("order-given").finditer(before))
    if not orders:
        return None
    last = orders[-1]
    framed = cue("order-frame").search(before, 0, last.start())
    if framed is None and cue("order-leads-on").fullmatch(before, last.end()) is None:
        return None
    bodies = tuple(dict.fromkeys(_named(body, home) for body in cue("order-body").findall(last["bodies"])))
    return Order(bodies, floor + cut + last.start(), floor + cut + last.end())


def _named(body: str, home: Division | None) -> str:
    """Return the name that a body has beyond an article about ``home``."""
    letter = "自治区" if body.startswith("自治区") else body[0]
    level = _LEVELS.get(letter)
    division = next((one for one in chain(home) if one.level == level), None) if home and level else None
    rest = body.removeprefix(letter)
    if division is None:
        return body
    return bureau_name(division) if rest in ("公安厅", "公安局", "厅", "局") else division.name + rest
