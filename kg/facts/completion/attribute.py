"""Attributes of what was counted before: a harm, a worth, a merit, a level.

Enters: the words of a count that are an attribute alone (死亡, 价值, 二等功, 省级). Leaves: them with what they are
of, empty where they are none.
"""

from __future__ import annotations

from collections.abc import Sequence

from kg.facts.cue import cue
from kg.facts.indicator import leading_verbs, subject_of
from kg.facts.statement import Statement
from kg.mentions.lexicon import load_lexicon

_FAR = frozenset({"公里", "千米"})  # 位于城北3公里处,建筑面积900平方米


def _kind(word: str) -> str | None:
    return load_lexicon("elliptic_word").get(word, "kind")


def last_accident(before: Sequence[Statement]) -> Statement:
    """Return the last statement, or the one before it that tells what kind of accident it is of: 道路交通事故."""
    last, accident = before[-1], cue("completion-accident")
    if not accident.match(last.indicator):
        return last
    told = (s for s in reversed(before[-4:]) if (a := accident.search(s.indicator)) and _kind(a[0]) != "accident")
    return next(told, last)


def of_the_same_thing(name: str, last: Statement, apart: bool) -> str:
    """Return a harm, a worth or a merit with what the count before was of: 死亡9人, 价值3万元, 二等功4个.

    Where they stand ``apart``, behind a semicolon, whom something reaches is told of other work.
    """
    harm = cue("completion-harm").fullmatch(name)
    if harm and last.amount.kind != "share" and (accident := cue("completion-accident").search(last.indicator)):
        return accident[0] + harm[1]
    lies = cue("completion-lies").match(last.indicator) or last.amount.unit in _FAR
    if (cue("completion-measure-of-things").fullmatch(name) and not lies) or (
        name == "队员" and last.indicator.endswith("队")
    ):
        return last.indicator + name
    if _kind(name) == "gift" and not apart and (gave := cue("completion-given").search(last.indicator)):
        return gave[0] + name  # 捐衣物1700件、现金3万元
    if _kind(name) == "reached" and last.amount.kind == "money":
        return last.indicator + name  # 返还被骗资金9万元,惠及群众7人
    of_case = cue("completion-of-case").fullmatch(name) and last.amount.kind != "money"
    if of_case or (_kind(name) == "reach" and not apart):
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
