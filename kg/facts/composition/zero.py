"""None and all: 零发案, 全破.

Enters: a frame that says that something never happened, or that all of it was solved. Leaves: counts of 0, rates of 0
and of 100%.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from kg.facts.completion import complete
from kg.facts.composition.values import plain
from kg.facts.cue import cue
from kg.facts.distribution import distribute, split_items
from kg.facts.indicator import head_of, subject_of, trim
from kg.facts.model import Streak
from kg.facts.sharing import NOTHING_SHARED, Shared
from kg.facts.statement import Sentence, Statement, amount_of, blank, filled, span_of, values_of
from kg.mentions.frame import Frame
from kg.mentions.lexicon import load_lexicon
from kg.mentions.mention import Mention
from kg.values.numeral import parse_numeral
from kg.values.quantity import Amount

_FOR_DAYS = "zero-for-days"  # 连续63天无命案 tells all of what there was none of
_CASES_REACH = 40  # characters
_HAPPENS = "发"  # 案件零发: there were none of them
_SO_MANY = "decoy-how-many-times-told"  # 两个“零发生”


def compose_solved(
    sentence: Sentence, frame: Frame, before: Sequence[Statement], shared: Shared = NOTHING_SHARED
) -> Iterator[Statement]:
    """Yield that all was solved, a rate of 100%: 命案全破."""
    if (told := _solved_object(sentence, frame)) is not None:
        yield told
        return
    own = trim(sentence.text(frame.role("indicator", sentence.row)))
    value = values_of(frame.role("value", sentence.row))[0]
    at = sentence.row[frame.start].start
    cases = None if own else cue("composition-solved-as-they-come").search(sentence.view, max(0, at - _CASES_REACH), at)
    if cases and (made := plain(value, frame)):
        yield filled(made, f"{cases['cases']}破案率", cases.start(), value.end)
        return
    for statement in distribute(sentence, frame, before, lambda mention: plain(mention, frame)):
        name = statement.indicator
        if (of_places := cue("composition-all-solved").match(name)) is not None:
            name = of_places[1]  # 3个县实现命案全破,其中某县连年全破
            statement = replace(statement, indicator=name)
        if cue("distribution-link").fullmatch(own) or not own or own.endswith("发案"):
            name = subject_of(name)  # "发生现行命案9起,连续11年保持全破"
            statement = replace(statement, indicator=name)
        yield statement if name.endswith("率") else replace(statement, indicator=name + "破案率")


def _solved_object(sentence: Sentence, frame: Frame) -> Statement | None:
    """Return that all cases of a kind named behind the verb were solved: 连续12年全部破获绑架案件."""
    value = values_of(frame.role("value", sentence.row))[0]
    behind = sentence.row[frame.end : frame.end + 1]
    made = plain(value, frame)
    cases = cue("composition-solved-object").fullmatch(sentence.words(behind)) if behind else None
    if cases is None or made is None or frame.role("indicator", sentence.row):
        return None
    return filled(made, f"{cases[1]}破案率", value.start, behind[0].end)


def compose_zero(
    sentence: Sentence, frame: Frame, before: Sequence[Statement], shared: Shared = NOTHING_SHARED
) -> Iterator[Statement]:
    """Yield that something never happened: 辖区零发案."""
    value = values_of(frame.role("value", sentence.row))[0]
    what = value.groups.get("what", "")
    what = "" if what == _HAPPENS else what.strip("“”")
    phrase = frame.role("indicator", sentence.row)
    days = next((a for m in phrase[:1] if m.label == "duration" and (a := amount_of(m)) and a.unit == "天"), None)
    if days is not None:  # 247天命案零发案
        lasted, phrase = phrase[0], phrase[1:]
        told = blank(days, lasted, frame.rule.name)
        yield filled(told, f"{trim(sentence.text(phrase))}零{what}", lasted.start, value.end)
    for lasted in frame.role("lasted", sentence.row) if phrase else ():
        if (days := amount_of(lasted)) is not None:  # 街面“两抢”零发案300天以上
            told = blank(days, lasted, frame.rule.name)
            yield filled(told, f"{trim(sentence.text(phrase))}零{what}", span_of(phrase, value)[0], lasted.end)
    if value.rule == _FOR_DAYS and phrase and phrase[-1].label == "duration":
        yield from _for_so_long(frame, phrase[-1], value, what)
        return
    words = cue("composition-told-otherwise").sub("", sentence.text(phrase))
    own = cue("composition-achieved").sub("", trim(words))
    name = own + what
    if name == f"是{what}":
        return  # 134天是“零发案”
    if not phrase and before and before[-1].rule == frame.rule.name and value.rule != _FOR_DAYS:
        name = _shared_subject(sentence, before[-1]) + what  # 采挖期“零命案、零伤亡”
    elif name == what and before and cue("composition-task-done").fullmatch(sentence.view, before[-1].end, value.start):
        name = _of_task(before[-1].indicator) + what  # 大型活动安保36场,实现零事故
    counted = load_lexicon("aspect_head").get(head_of(name), "unit") or "起"
    unit = _unit_of(what) if what else counted
    start, end = span_of(phrase, value)
    rates = [trim(sentence.text(item)) for item in split_items(sentence, phrase)] if not what else []
    if rates and all(rate.endswith("率") for rate in rates):
        made = blank(Amount("share", Decimal(0), "%"), value, frame.rule.name)
        for rate in complete(sentence, phrase[0].start, rates, before):
            yield filled(made, rate, start, end)  # 撤销率、败诉率均为零
        return
    made = blank(Amount("count", Decimal(0), unit), value, frame.rule.name)
    for each in _each_of(sentence, frame, what) or [name]:
        yield filled(made, each, start, end)


def _for_so_long(frame: Frame, lasted: Mention, value: Mention, what: str) -> Iterator[Statement]:
    """Yield that there was none of something for a time that no 连续 tells: 安全运行1300天无事故."""
    if (days := amount_of(lasted)) is not None and days.value is not None:
        made = blank(Amount("count", Decimal(0), _unit_of(what)), value, frame.rule.name)
        told = filled(made, what, lasted.start, value.end)
        yield replace(told, streak=Streak(int(days.value), days.unit or "天"))


def _unit_of(what: str) -> str | None:
    """Return in what those are counted that there were none of, by the end of a longer name: 亡人[交通事故]."""
    units = load_lexicon("zero_what")
    known = next((what[i:] for i in range(len(what)) if what[i:] in units.rows), what)
    return units.get(known, "unit") or None


def _each_of(sentence: Sentence, frame: Frame, what: str) -> list[str]:
    """Return what each of so many things had none of, none where no number says so: 火灾事故和爆炸案件两个“零发生”."""
    said = next((m for m in sentence.row[frame.start : frame.end] if m.rule == _SO_MANY), None)
    items = [trim(sentence.text(item)) for item in split_items(sentence, frame.role("indicator", sentence.row))]
    if said is None or parse_numeral(sentence.view[said.start]).value != len(items):
        return []
    return [item + what for item in items]


def _of_task(indicator: str) -> str:
    """Return the task that a count was of, empty where it was of no task: 圆满完成大型活动安保任务."""
    task = cue("composition-task").search(indicator)
    return cue("composition-accomplished").sub("", task[0].removesuffix("任务")) if task else ""


def _shared_subject(sentence: Sentence, last: Statement) -> str:
    """Return what the zero before was said of, without what there was none of."""
    value = next((m for m in sentence.row if m.start == last.at), None)
    return last.indicator.removesuffix(value.groups.get("what", "")) if value else ""
