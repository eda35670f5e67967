"""Movements without an amount: 双下降, 连续五年上升, 呈下降趋势.

Enters: a frame whose value is a movement alone. Leaves: statements of a change without a figure, with how often in
succession; those that claim too little stay vague.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from kg.facts.cue import cue
from kg.facts.distribution import distribute, names_topic
from kg.facts.indicator import head_of
from kg.facts.model import Streak
from kg.facts.sharing import NOTHING_SHARED, Shared
from kg.facts.statement import Sentence, Statement, amount_of, blank, filled, values_of
from kg.mentions.frame import Frame
from kg.mentions.lexicon import load_lexicon
from kg.mentions.mention import Mention
from kg.values.numeral import parse_numeral
from kg.values.quantity import Amount

_SEVERAL = frozenset("三四五六")


def compose_trend(
    sentence: Sentence, frame: Frame, before: Sequence[Statement], shared: Shared = NOTHING_SHARED
) -> Iterator[Statement]:
    """Yield movements of which no amount is told, with how often in succession: 发案连续五年下降."""
    value = values_of(frame.role("value", sentence.row))[0]
    span = sentence.row[frame.start : frame.end]
    compared = [m.label for m in span if m.label in {"yoy", "mom"}]
    both = value.label in {"both", "run"}
    if any(m.label == "comma" for m in span) and not names_topic(sentence.text(frame.role("indicator", sentence.row))):
        return  # 取得新成效,同比下降
    told = both or compared or any(m.label in {"streak", "base"} for m in span)
    vague = not told and "趋势" not in sentence.view[value.end : value.end + 3]
    moved = value.groups.get("dir") or value.groups.get("word", "")
    direction = load_lexicon("change_word").get(moved, "direction")

    def make(mention: Mention) -> Statement | None:
        made = blank(Amount("change", None, None), mention, frame.rule.name)
        return replace(made, direction=direction, vague=vague)

    turns = [value.groups[name] for name in ("first", "second") if name in value.groups]
    found = list(distribute(sentence, frame, before, make))
    counted = any(m.label == "items" for m in span)
    if len(found) == 1 and not counted and value.label == "both" and value.groups.get("n") in _SEVERAL:
        return  # 主要指标呈现“四下降”: which they are is told next
    for number, statement in enumerate(found):
        if len(statement.indicator) <= 2 and not head_of(statement.indicator):
            continue  # 取得“双下降”的成效
        if cue("composition-trend-shown").fullmatch(statement.indicator):
            continue  # 接报警情34起,也呈现出较大的下降趋势
        if value.label == "run":
            times = int(parse_numeral(value.groups["n"]).value)
            unit = value.groups.get("unit", "年").replace("个年", "年")
            statement = replace(statement, streak=Streak(times, {"月": "个月", "季度": "个季度"}.get(unit, unit)))
        if turns:
            statement = replace(statement, direction="up" if turns[min(number, 1)] in "升增" else "down")
        for comparison in dict.fromkeys(compared) if compared else (None,):
            yield replace(statement, comparison=comparison)


def compose_run_sized(
    sentence: Sentence, frame: Frame, before: Sequence[Statement], shared: Shared = NOTHING_SHARED
) -> Iterator[Statement]:
    """Yield by how much something moved each time of a run: 实现三连降,分别为17%、13%和9%."""
    run = next(m for m in sentence.row[frame.start : frame.end] if m.label == "run")
    direction = load_lexicon("change_word").get(run.groups.get("dir", ""), "direction")

    def make(mention: Mention) -> Statement | None:
        amount = amount_of(mention)
        if amount is None:
            return None
        return replace(blank(replace(amount, kind="change"), mention, frame.rule.name), direction=direction)

    yield from distribute(sentence, frame, before, make)


def compose_onward(
    sentence: Sentence, frame: Frame, before: Sequence[Statement], shared: Shared = NOTHING_SHARED
) -> Iterator[Statement]:
    """Yield how long the change before has gone on, where a comparison makes it a claim: 已连续11个月同比下降."""
    span = sentence.row[frame.start : frame.end]
    value = values_of(frame.role("value", sentence.row))[0]
    compared = next((m.label for m in span if m.label in {"yoy", "mom"}), None)
    goes_on = any(m.label == "streak" for m in span)
    direction = load_lexicon("change_word").get(value.groups.get("word", ""), "direction")
    if not (before and compared and goes_on) or before[-1].direction != direction:
        return
    made = replace(blank(Amount("change", None, None), value, frame.rule.name), direction=direction)
    start = next(m.start for m in span if m.label == "streak")
    yield replace(filled(made, before[-1].indicator, start, value.end), comparison=compared)
