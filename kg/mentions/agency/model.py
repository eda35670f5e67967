"""An agency as the words give it, and the names that code knows some by."""

from __future__ import annotations

from dataclasses import dataclass

from kg.unguarded import unguarded
from kg.values.place import Division


@unguarded
@dataclass(frozen=True, slots=True)
class Agency:
    """A mention in view coordinates.

    ``qualifier`` is the place word or relative word before the head ("南充市", "全市", "市", ""), ``divisions`` what a
    place word can mean. ``head`` says what the words call it: ministry, bureau, branch, service, alias, anaphor, line
    (a service of the whole country named without a place: "全国铁路公安机关"), local (a squad's brigade, by place or
    number alone), region (of Hong Kong or Macau, by its word alone), port and zone (a border check, a bureau called
    after one) or none (a unit or station on its own).
    ``written`` is the head, or the name of a branch or zone, as written; ``below`` holds the names of nested units.
    ``start`` includes outer places ("四川省南充市…"). ``doubtful``: perhaps no place.
    """

    start: int
    end: int
    head: str
    qualifier: str = ""
    divisions: tuple[Division, ...] = ()
    written: str = ""
    below: tuple[str, ...] = ()
    rule: str = ""
    doubtful: bool = False


AIRPORT = "机场"
STATION = "派出所"
POLICE = "公安"
FOREST = "森林公安"
BORDER_STATION = "出入境边防检查总站"  # of a province
BORDER_CHECK = "出入境边防检查站"  # of a port
BORDER_SQUAD = "边境管理支队"  # of a prefecture
BORDER_ZONE = "边境"
BORDER = "边检"  # either of them: the article tells
LICENSING = ("车管所", "车辆管理所")  # a body of the traffic police, in its own report by its bare name
