"""Several counts against several things: 盗窃、诈骗警情分别接报58起、27起, 命案发3破3.

Enters: a frame with a list of counts. Leaves: a statement a count.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from kg.facts.completion import Counted, complete, complete_counts, count_indicator, with_object
from kg.facts.completion.counted import CASE_UNITS, PERSONS
from kg.facts.composition.count import compose_count
from kg.facts.composition.values import as_money
from kg.facts.distribution import foremost_before, split_items, two_kinds
from kg.facts.indicator import is_bare_verb, is_headless, trim
from kg.facts.sharing import NOTHING_SHARED, Shared
from kg.facts.statement import Sentence, Statement, amount_of, blank, filled, span_of, values_of
from kg.mentions.frame import Frame
from kg.mentions.mention import Mention
from kg.values.quantity import Amount


def compose_counts(
    sentence: Sentence, frame: Frame, before: Sequence[Statement], shared: Shared = NOTHING_SHARED
) -> Iterator[Statement]:
    """Yield as many counts as things where both are lists; else every count is of the same things."""
    values = values_of(frame.role("value", sentence.row))
    phrase = frame.role("indicator", sentence.row)
    if not phrase:
        yield from _of_those_before(sentence, frame, values, before)
        return
    things = [trim(sentence.text(item)) for item in split_items(sentence, phrase)]
    if len(things) == 2 and _are_of_one_thing(things[-1], values):
        things = [trim(sentence.text(phrase))]
    units = {amount.unit for value in values if (amount := amount_of(value))}
    if len(things) == len(values) - 1 == len(units):
        things = two_kinds(things)  # 查处酒驾醉驾分别为320起、45起
    if len(things) == len(values) and all(things) and all(is_headless(thing) for thing in things[1:]):
        names = complete(sentence, phrase[0].start, things, before)  # 刑事案件立案数、破案数、破案率
    elif len(things) == len(values) and all(things):
        names = complete_counts([shared.left + things[0], *things[1:]])
    else:
        name = count_indicator(shared.left + sentence.text(phrase), "", before)
        if is_bare_verb(name) and (told := foremost_before(sentence, frame, len(values))):
            names = [name + thing for thing in told]  # 盗窃、诈骗警情突出,分别接报58起、27起
        elif is_bare_verb(name):  # 两县公安局分别抓获81名和74名
            counted = Counted(name, name, getattr(amount_of(values[0]), "unit", None), values[0].start, False)
            names = [with_object(sentence, counted, before)] * len(values)
        else:
            names = [name] * len(values)
    for name, value in zip(names, values, strict=True):
        amount = amount_of(value)
        if amount and name:
            start, end = span_of(phrase, value)
            yield filled(blank(as_money(amount, name), value, frame.rule.name), name, start, end)


def _of_those_before(
    sentence: Sentence, frame: Frame, values: Sequence[Mention], before: Sequence[Statement]
) -> Iterator[Statement]:
    """Yield as many counts as the clause before names foremost things: 盗窃、诈骗警情最多,分别达58起和27起.

    Where it names none, each count stands alone.
    """
    told = foremost_before(sentence, frame, len(values), before)
    if told:
        for name, value in zip(told, values, strict=True):
            if amount := amount_of(value):
                yield filled(blank(as_money(amount, name), value, frame.rule.name), name, value.start, value.end)
        return
    said = list(before)
    for value in values:
        at = sentence.row.index(value)
        start = frame.start if value is values[0] else at
        alone = Frame(frame.rule, start, at + 1, {"value": (at, at + 1)})
        found = list(compose_count(sentence, alone, said))
        said += found
        yield from found


def _are_of_one_thing(last: str, values: Sequence[Mention]) -> bool:
    """Tell whether leads and persons are counted, so that both are of the whole list: 受贿和涉黑线索45件、62人."""
    units = [amount.unit for value in values if (amount := amount_of(value))]
    return len(units) == 2 and units[0] in CASE_UNITS and units[1] in PERSONS and last.endswith(("线索", "案件"))


def compose_cleared(
    sentence: Sentence, frame: Frame, before: Sequence[Statement], shared: Shared = NOTHING_SHARED
) -> Iterator[Statement]:
    """Yield how many cases of a kind were filed and how many solved: 命案发3破3."""
    phrase, value = frame.role("indicator", sentence.row), frame.role("value", sentence.row)[0]
    kind, end = trim(sentence.text(phrase)), value.start
    for group, aspect in (("filed", "发案"), ("solved", "破案")):
        at = sentence.view.index(value.groups[group], end)
        end = at + len(value.groups[group])
        amount = Amount("count", Decimal(value.groups[group]), "起")
        made = replace(blank(amount, value, frame.rule.name), at=at)
        yield filled(made, f"{kind}{aspect}", phrase[0].start, value.end)
