"""Shares: so many percent of a whole, as a level or between its part and its whole.

Enters: a frame around percentages. Leaves: statements whose indicator names the part and, behind 占, the whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from kg.facts.completion import complete
from kg.facts.composition.level import compose_level
from kg.facts.composition.values import as_growth, plain
from kg.facts.cue import cue
from kg.facts.distribution import foremost_alone, growths_before, indicators, listed_parts, named_next, set_off_before
from kg.facts.indicator import leading_verbs, trim
from kg.facts.sharing import NOTHING_SHARED, Shared
from kg.facts.statement import Sentence, Statement, amount_of, blank, filled, span_of, values_of
from kg.mentions.frame import Frame
from kg.values.numeral import bound_of
from kg.values.place import word_starting


def compose_share(
    sentence: Sentence, frame: Frame, before: Sequence[Statement], shared: Shared = NOTHING_SHARED
) -> Iterator[Statement]:
    """Yield shares, where the words after them say what they are of: 保持98%以上的破案率."""
    if "object" not in frame.roles:
        yield from _compose_of(sentence, frame, before)
        return
    value = values_of(frame.role("value", sentence.row))[0]
    amount = amount_of(value)
    if amount is None:
        return
    subject, obj = frame.role("subject", sentence.row), frame.role("object", sentence.row)
    first = trim(sentence.text(subject))
    first = "" if cue("composition-area").fullmatch(first) or word_starting(first, 0) == first else first
    if cue("composition-aim").search(sentence.words(subject)) and cue("composition-aimed").match(sentence.words(obj)):
        return  # 以100%为目标
    if first and cue("composition-record").match(sentence.words(obj)):
        start, end = span_of(subject, value)
        rated = indicators(sentence, subject, 1, before)
        yield filled(blank(amount, value, frame.rule.name), rated[-1] if rated else first, start, end)
        return  # 命案破案率87.9%达到历史最好水平
    if before and cue("composition-at-a-pace").fullmatch(sentence.words(subject)):
        first = before[-1].indicator  # 实有人员达8万人,且以年均13%的增幅增加
    if sentence.words(obj).startswith("的") and len(first) > 1 and leading_verbs(first) != first:
        start, end = span_of(subject, value)
        told = complete(sentence, value.start, [first], before)[0]
        yield as_growth(sentence, filled(blank(amount, value, frame.rule.name), told, start, end))
        return
    if not first and before and before[-1].rule == frame.rule.name:
        first = before[-1].indicator.removesuffix(_last_object(before[-1], sentence))
    name = trim(re.sub("^[把将由有以]?的", "", first + sentence.text(obj)))
    if not first and before and cue("composition-high").fullmatch(name):
        name = before[-1].indicator  # 连续4年保持98%以上的高水平
    if name:
        start, _ = span_of(subject, value)
        yield replace(blank(amount, value, frame.rule.name), indicator=name, start=start, end=obj[-1].end)


def _last_object(statement: Statement, sentence: Sentence) -> str:
    tail = sentence.view[statement.at : statement.end]
    return re.sub(r"^[0-9.%百分之以上]+的?", "", tail)


def _compose_of(sentence: Sentence, frame: Frame, before: Sequence[Statement]) -> Iterator[Statement]:
    """Yield shares; 占……总数的 without a part of its own takes the counts before it as parts."""
    phrase = frame.role("indicator", sentence.row)
    lead = next((bound_of(m.groups["lead"]) for m in phrase if m.label == "of" and "lead" in m.groups), "exact")
    values = [
        (m, _bounded(made, lead)) for m in values_of(frame.role("value", sentence.row)) if (made := plain(m, frame))
    ]
    place = next((i for i, m in enumerate(phrase) if m.label == "of"), -1)
    direction, grown, compared = growths_before(sentence, frame, 0 if phrase else len(values), before)
    for (mention, made), name in zip(values if grown else (), grown, strict=bool(grown)):
        amount = replace(made.amount, kind="change")
        told = replace(made, amount=amount, direction=direction, comparison=compared)
        yield filled(told, name, mention.start, mention.end)
    if grown:
        return
    listed = listed_parts(before[-1].indicator, len(values)) if before and place == 0 else []
    those = _those_before(sentence, frame) if place == 0 and len(values) == 1 else ""
    if place == 0 and len(values) == 1 and not before and not those:
        those = foremost_alone(sentence, frame)
    fewer = place == 0 and len(before) < len(values) and not listed and not those
    if place < 0 or fewer or (place > 0 and len(values) == 1):
        for statement in _of_one_whole(list(compose_level(sentence, frame, before))):
            yield _bounded(statement, lead)
        return
    wholes = indicators(sentence, phrase[place + 1 :], len(values), ())
    if not any(whole.strip("的") for whole in wholes):
        wholes = [sentence.words(phrase[place + 1 :]).strip("的")]  # 占全省的81%
    if place == 0:
        parts = listed or [statement.indicator for statement in before[-len(values) :]]
        if those:
            parts = [those]
        elif len(values) == 1 and (set_off := set_off_before(sentence, frame, before[-1])):
            parts = [set_off]  # 求助警情最多,占比四成
    else:
        parts = indicators(sentence, phrase[:place], len(values), before)
        if len(parts) == 1 < len(values):
            parts = [item + parts[0] for item in named_next(sentence, frame, len(values))] or parts
    parts = parts or [""]  # 某某公安分别占总数的36%、12%
    for number, (mention, made) in enumerate(values):
        whole = wholes[min(number, len(wholes) - 1)] if wholes else ""
        start, end = span_of(phrase, mention)
        yield replace(
            made, indicator=f"{parts[min(number, len(parts) - 1)].removesuffix('占')}占{whole}", start=start, end=end
        )


def _of_one_whole(shares: Sequence[Statement]) -> Iterator[Statement]:
    """Yield shares, each of the whole that the last of them tells: 事故起数、死亡人数均占总数的20%."""
    names = [cue("composition-merely").sub("占", statement.indicator) for statement in shares]
    distributed = bool(names) and names[-1] != shares[-1].indicator and "占" in names[-1]
    whole = names[-1][names[-1].rfind("占") :] if distributed else ""
    for statement, name in zip(shares, names, strict=True):
        yield replace(statement, indicator=name if name.endswith(whole) else name + whole)


def _those_before(sentence: Sentence, frame: Frame) -> str:
    """Return those whom the clause before speaks of with 的 at its end: 涉及酒驾的,占事故总量的34%."""
    clause = sentence.clause_before(frame)
    return trim(sentence.text(clause)) if sentence.words(clause).endswith("的") and not values_of(clause) else ""


def _bounded(statement: Statement, bound: str) -> Statement:
    """Return a statement under a bound that stands apart from its number: 约占全市总量的三分之一."""
    if bound == "exact" or statement.amount.bound != "exact":
        return statement
    return replace(statement, amount=replace(statement.amount, bound=bound))
