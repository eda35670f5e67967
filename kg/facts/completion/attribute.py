"""Attributes of what was counted before: a harm, a worth, a merit, a level.

Enters: the words of a count that are an attribute alone (死亡, 价值, 二等功, 省级). Leaves: them with what they are
of, empty where they are none.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.facts.indicator import leading_verbs, subject_of
from kg.facts.statement import Statement

_COMPLETED_BY_OBJECT = re.compile(
    r"(?:价值|总价值|票面价值|案值|货值|折价|折合|行程|里程|(?:总|建筑|占地)?面积|总长|计重|净重|毛重|共重|重量|总重|重)$"
)
_HARM = re.compile(
    "(?:(?:[一-龥]{0,6}(?:事故|火灾))?(?:共|累计|总共)?(?:造成|导致|致|发生))?((?:人员)?(?:死亡|受伤|伤亡|死|伤|亡|重伤|轻伤)|(?:直接|间接)?(?:经济|财产)?损失)"
)
_ACCIDENT = re.compile("(?:(?:道路)?交通(?:亡人|伤人|伤亡)?|[一-龥]{0,4}火灾|生产安全)?(?:事故|火灾|火警)")
_ANY_ACCIDENT = frozenset({"事故", "火警"})
OF_CASE = re.compile("涉案(?:总)?(?:金额|价值|资金|流水|税额|价)(?:总计|合计)?")
_REACHES = {"惠及", "覆盖", "受益"}
_REACHES_WHOM = {"惠及群众", "惠及企业", "惠及村民", "惠及农民"}
_MERIT = re.compile("[一二三]等功")
_MERITS_OF = re.compile("集体|个人")
_LEVEL = re.compile("(?:国家|部|省|市|县|区|自治区|州)级")
_RANKED = re.compile("^(?:全[国省市区县州]|(?:国家|部|省|市|县|区)级)")


def last_accident(before: Sequence[Statement]) -> Statement:
    """Return the last statement, or the one before it that tells what kind of accident it is of: 道路交通事故."""
    last = before[-1]
    if not _ACCIDENT.match(last.indicator):
        return last
    told = (s for s in reversed(before[-4:]) if (a := _ACCIDENT.search(s.indicator)) and a[0] not in _ANY_ACCIDENT)
    return next(told, last)


def of_the_same_thing(name: str, last: Statement) -> str:
    """Return a harm, a worth or a merit with what the count before was of: 死亡9人, 价值3万元, 二等功4个."""
    if (harm := _HARM.fullmatch(name)) and (accident := _ACCIDENT.search(last.indicator)):
        return accident[0] + harm[1]
    if _COMPLETED_BY_OBJECT.fullmatch(name) or (name == "队员" and last.indicator.endswith("队")):
        return last.indicator + name
    if name in _REACHES_WHOM and last.amount.kind == "money":
        return last.indicator + name  # 返还被骗资金9万元,惠及群众7人
    if name in _REACHES or (OF_CASE.fullmatch(name) and last.amount.kind != "money"):
        return subject_of(last.indicator) + name
    if (merit := _MERIT.fullmatch(name)) and (whose := _MERITS_OF.search(last.indicator)):
        return f"{leading_verbs(last.indicator)}{whose[0]}{merit[0]}"
    return ""


def of_a_level(name: str, before: Sequence[Statement]) -> str:
    """Return a level with what the counts before it were of: “枫桥式公安派出所”12个、省级9个."""
    verbs = leading_verbs(name)
    level = _LEVEL.fullmatch(name[len(verbs) :])
    if level is None:
        return ""
    told = next((s for s in reversed(before[-4:]) if s.amount.kind == "count" and not _LEVEL.search(s.indicator)), None)
    if told is None:
        return ""
    return (verbs or leading_verbs(told.indicator)) + level[0] + _RANKED.sub("", subject_of(told.indicator))
