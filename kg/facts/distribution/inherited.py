"""What was said before: the indicators of a clause that has none of its own.

Enters: the statements before a frame. Leaves: the indicators that its values are of, as many as they are or one for
all.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.facts.completion import complete
from kg.facts.cue import cue
from kg.facts.distribution.clause import clause_topic, listed_before, record_before, set_off_before
from kg.facts.distribution.event import event_of
from kg.facts.statement import Sentence, Statement, values_of
from kg.mentions.frame import Frame
from kg.mentions.mention import Mention

_LONGEST_LIST = 6
_LONGEST_ASIDE = 40  # characters from a bracket to a number inside it


def inherit(
    sentence: Sentence, phrase: Sequence[Mention], names: Sequence[str], before: Sequence[Statement], frame: Frame
) -> list[str]:
    """Return the indicator of the statement before where a clause has none of its own: "……86万辆,排名列全省第三位"."""
    wanted = len(values_of(frame.role("value", sentence.row)))
    position = frame.rule.data["kind"] == "rank"
    if not names and not position and (record := record_before(sentence, frame, wanted)):
        return complete(sentence, sentence.row[frame.start].start, record, before)
    if not names and wanted > 1 and before and (listed := listed_before(sentence, frame, before[-1], wanted)):
        return listed
    if not names and before and _is_told_twice(sentence, frame):
        return [before[-1].indicator]
    if not names and wanted > 1 and len(before) >= wanted and frame.rule.data["kind"] in {"change", "rank", "times"}:
        return [statement.indicator for statement in _as_many(sentence, before, wanted)]
    if not names and wanted > 1 and len(moved := _moved_together(before)) == wanted:
        return moved  # 安全感和满意度连续三年“双提升”,分别达到95%、92%
    count = re.search("[两二三四]项", sentence.words(phrase))
    if count and before:
        number = {"两": 2, "二": 2, "三": 3, "四": 4}[count[0][0]]
        return [statement.indicator for statement in before[-number:]]
    if (position or _is_position(frame, sentence)) and (event := event_of(sentence, frame)):
        return [event]
    bare = not names or names in (["降幅"], ["增幅"], ["升幅"])
    together = _told_together(before) if position and bare else []
    if len(together) > 1 and cue("distribution-of-all").search(sentence.words(sentence.row[frame.start : frame.end])):
        return [told + "".join(names) for told in together]  # 办结率、满意率分别为100%、98%,均居全市第一
    if not before:
        told = [name for name in names if cue("distribution-copula").sub("", name)]
        return told or clause_topic(sentence, frame)
    alone = not names or cue("distribution-copula").match(names[0]) is not None
    if alone and wanted == 1 and (set_off := set_off_before(sentence, frame, before[-1])):
        return [set_off]
    if len(before) > 1 and before[-2].indicator == cue("distribution-of-each-day").sub("", before[-1].indicator):
        before = before[:-1]  # 共接警情35起(日均5起),环比上升9%: the total rose
    if wanted == 1 and not names and not in_brackets(sentence.view, sentence.row[frame.start].start):
        before = _outside(sentence, before)
    own = cue("distribution-copula").sub("", names[0]) if names else ""
    if (one := cue("distribution-one-of-two").match(own)) and len(before) > 1:
        both_told = "前者" in sentence.words(sentence.row[: frame.start])  # what that told stands in between
        last_of_two = own[0] == "后" and not (one[0] == "后者" and both_told)
        return [before[-1 if last_of_two else -2].indicator + own[one.end() :]]
    points = any("百分点" in sentence.view[m.start : m.end] for m in frame.role("value", sentence.row))
    if wanted == 1 and frame.rule.data["kind"] == "change" and not own and not points:
        before = _without_parts(before)
    last = before[-1].indicator
    if (
        not own
        and before[-1].amount.kind == "rank"
        and {m.label for m in frame.role("value", sentence.row)} == {"percent"}
    ):
        # 警情在去年降幅第一的基础上再降9%: of what fell that far
        return [cue("distribution-moved-so-far").sub("", last)]
    return [last + own if own not in last else last]


def _without_parts(before: Sequence[Statement]) -> Sequence[Statement]:
    """Return statements without the share of a whole that they close: 护照31件,占全市58%,增长21%: of the passports."""
    part = len(before) > 1 and before[-1].amount.kind == "share" and before[-1].indicator.endswith("占")
    counted = part and before[-2].amount.kind == "count" and before[-1].indicator.startswith(before[-2].indicator)
    return before[:-1] if counted else before


def _is_told_twice(sentence: Sentence, frame: Frame) -> bool:
    """Tell whether one change is told by number and in percent: 同比少发34起、下降35.8%."""
    values = values_of(frame.role("value", sentence.row))
    told = [m.label for m in values] in (["count", "percent"], ["percent", "count"])
    return (
        told
        and frame.rule.data["kind"] == "change"
        and "分别" not in sentence.words(sentence.row[frame.start : frame.end])
    )


def _as_many(sentence: Sentence, before: Sequence[Statement], wanted: int) -> Sequence[Statement]:
    """Return the last statements, those in brackets apart where enough stand outside: 查处3308人次(外籍1276人次)."""
    outside = [s for s in before[-2 * wanted :] if not in_brackets(sentence.view, s.at)]
    return outside[-wanted:] if len(outside) >= wanted else before[-wanted:]


def _outside(sentence: Sentence, before: Sequence[Statement]) -> Sequence[Statement]:
    """Return statements without those in the brackets that they close: 旅客90万人次(外国人8万),同比增长9%."""
    last = len(before)
    while last > 1 and in_brackets(sentence.view, before[last - 1].at):
        last -= 1
    return before[:last]


def in_brackets(view: str, position: int) -> bool:
    """Tell whether a position stands in brackets: 查处3308人次(外籍[1276人次])."""
    start = max(0, position - _LONGEST_ASIDE)
    return view.rfind("(", start, position) > view.rfind(")", start, position)


def _told_together(before: Sequence[Statement]) -> list[str]:
    """Return the indicators of the list that the last statement closes."""
    last = before[-1] if before else None
    return [s.indicator for s in before[-_LONGEST_LIST:] if last and (s.start, s.rule) == (last.start, last.rule)]


def _moved_together(before: Sequence[Statement]) -> list[str]:
    """Return the indicators of the list that the last statement closes, where it says how they moved and no figure."""
    last = before[-1] if before else None
    if last is None or last.amount.kind != "change" or last.amount.value is not None:
        return []
    return _told_together(before)


def _is_position(frame: Frame, sentence: Sentence) -> bool:
    """Tell whether a level is a position: 由第6名跃居第2名."""
    return all(m.label == "rank" for m in values_of(frame.role("value", sentence.row)))
