"""Attributes of what was counted before: a harm, a worth, a merit, a level.

Enters: the words of a count that are an attribute alone (死亡, 价值, 二等功, 省级). Leaves: them with what they are
of, empty where they are none.
"""

from __future__ import annotations

from collections.abc import Sequence

from kg.facts.cue import cue
from kg.facts.indicator import leading_verbs, subject_of
from kg.facts.statement import Statement

_ANY_ACCIDENT = frozenset({"事故", "火警"})
_REACHES = {"惠及", "覆盖", "受益"}
_REACHES_WHOM = {"惠及群众", "惠及企业", "惠及村民", "惠及农民"}
_GIVEN = frozenset({"现金", "善款", "慰问金", "款物"})


def last_accident(before: Sequence[Statement]) -> Statement:
    """Return the last statement, or the one before it that tells what kind of accident it is of: 道路交通事故."""
    last, accident = before[-1], cue("completion-accident")
    if not accident.match(last.indicator):
        return last
    told = (s for s in reversed(before[-4:]) if (a := accident.search(s.indicator)) and a[0] not in _ANY_ACCIDENT)
    return next(told, last)


def of_the_same_thing(name: str, last: Statement, apart: bool) -> str:
    """Return a harm, a worth or a merit with what the count before was of: 死亡9人, 价值3万元, 二等功4个.

    Where they stand ``apart``, behind a semicolon, whom something reaches is told of other work.
    """
    harm = cue("completion-harm").fullmatch(name)
    if harm and last.amount.kind != "share" and (accident := cue("completion-accident").search(last.indicator)):
        return accident[0] + harm[1]
    if cue("completion-measure-of-things").fullmatch(name) or (name == "队员" and last.indicator.endswith("队")):
        return last.indicator + name
    if name in _GIVEN and not apart and (gave := cue("completion-given").search(last.indicator)):
        return gave[0] + name  # 捐衣物1700件、现金3万元
    if name in _REACHES_WHOM and last.amount.kind == "money":
        return last.indicator + name  # 返还被骗资金9万元,惠及群众7人
    if (name in _REACHES and not apart) or (cue("completion-of-case").fullmatch(name) and last.amount.kind != "money"):
        return subject_of(last.indicator) + name
    if (merit := cue("completion-merit").fullmatch(name)) and (
        whose := cue("completion-merits-of").search(last.indicator)
    ):
        return f"{leading_verbs(last.indicator)}{whose[0]}{merit[0]}"
    return ""


def of_a_level(name: str, before: Sequence[Statement]) -> str:
    """Return a level with what the counts before it were of: “枫桥式公安派出所”12个、省级9个."""
    verbs, levels = leading_verbs(name), cue("completion-level")
    level = levels.fullmatch(name[len(verbs) :])
    if level is None:
        return ""
    told = next((s for s in reversed(before[-4:]) if s.amount.kind == "count" and not levels.search(s.indicator)), None)
    if told is None:
        return ""
    thing = cue("completion-ranked").sub("", subject_of(told.indicator))
    return (verbs or leading_verbs(told.indicator)) + level[0] + thing
