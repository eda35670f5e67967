"""Indicators against values: one to one in their order, or one value for all.

Enters: a frame, what makes a statement of one of its values, the statements before. Leaves: statements with
indicators.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from kg.facts.completion import is_generic
from kg.facts.cue import cue
from kg.facts.distribution.clause import heads_before, of_heading
from kg.facts.distribution.event import in_event, in_survey
from kg.facts.distribution.inherited import inherit
from kg.facts.distribution.items import MEASURED, SEP_AND, as_many_as_said, indicators, split_items
from kg.facts.indicator import head_of, is_headless, subject_of, trim
from kg.facts.statement import Sentence, Statement, filled, span_of, values_of
from kg.mentions.frame import Frame
from kg.mentions.lexicon import load_lexicon
from kg.mentions.mention import Mention
from kg.values.place import find_divisions

_COMPARISONS = frozenset({"yoy", "mom"})


def distribute(
    sentence: Sentence, frame: Frame, before: Sequence[Statement], make: Callable[[Mention], Statement | None]
) -> Iterator[Statement]:
    """Yield one statement a value: indicators and values pair off in their order, one value goes to every indicator."""
    phrase = frame.role("indicator", sentence.row)
    values = [(mention, made) for mention in values_of(frame.role("value", sentence.row)) if (made := make(mention))]
    if not values:
        return
    shared = len(values) == 1 and _is_shared(sentence, frame)
    wanted = as_many_as_said(sentence, phrase, values[0][0]) if shared else len(values)
    if wanted == len({m.label for m in sentence.row[frame.start : frame.end]} & _COMPARISONS) == len(_COMPARISONS):
        wanted = 1  # 盗窃、诈骗等案件同比、环比分别下降9%、7%: one thing, against two times
    names = [n for n in indicators(sentence, phrase, wanted, before) if n != "的"]
    own = trim(sentence.text(phrase))
    alone = phrase and sentence.view[phrase[0].start - 1] == "," and own in load_lexicon("aspect_head")
    counted = any(
        m.label == "items" for m in sentence.row[frame.start : frame.end]
    )  # 事故四项指标, which no list names
    if len(names) == 1 < len(values) <= len(before) and (alone or is_headless(own)) and not counted:
        told = before[-len(values) :]
        if all(statement.amount.kind != "money" for statement in told):
            whose = [t.indicator if _moved(own, t) else subject_of(t.indicator) for t in told]
            names = [told_of + own for told_of in whose]
    of_all = cue("distribution-of-all").search(sentence.words(sentence.row[frame.start : frame.end]))
    if len(values) == 1 and of_all and len(moved := _all_moved(sentence, own, values[0][0].start, before)) > 1:
        shared, names = True, moved
    if len(names) < 2 <= len(values) and (heads := heads_before(sentence, frame, len(values), names)):
        names = heads
    names = in_survey(sentence, of_heading(sentence, frame, names), frame)
    position = frame.rule.data["kind"] == "rank" or (
        values[0][0].label == "rank" and frame.rule.data["kind"] == "level"
    )
    if position and len(names) == 1 and find_divisions(names[0]):
        names = []  # whose position it is, not what it is in
    if position and before and cue("distribution-next-place").fullmatch(own):
        names = []  # 再到2017年晋级全省前3名: what came to its place before
    if names == ["战果"] and sentence.view.startswith("综合", values[0][0].start):
        names = ["战果综合排名"]
    if frame.rule.data["kind"] == "rank":
        names = in_event(sentence, phrase, names, values[0][0], frame) or list(names)
    if not names or (len(names) == 1 and is_generic(names[0])):
        inherited = inherit(sentence, phrase, names, before, frame)
        if frame.rule.data["kind"] in {"change", "rank"} and all(made.amount.unit != "百分点" for _, made in values):
            # 占总数的9%,同比下降3%: the part fell
            inherited = [cue("distribution-share-of").sub("", name) for name in inherited]
        shared, names = shared or len(inherited) > 1, inherited
    if not names:
        return
    if len(values) == 1:
        mention, made = values[0]
        start, end = span_of(phrase or sentence.row[frame.start : frame.end], mention)
        for name in names if shared else names[-1:]:
            yield filled(made, name, start, end)
        return
    for number, (mention, made) in enumerate(values):
        start, end = span_of(phrase or sentence.row[frame.start : frame.end], mention)
        yield filled(made, names[min(number, len(names) - 1)], start, end)


def _moved(own: str, statement: Statement) -> bool:
    """Tell whether words ask how far it was that a statement says something moved: 增幅, 降幅."""
    return statement.amount.kind == "change" and cue("completion-how-far").fullmatch(own) is not None


def _all_moved(sentence: Sentence, own: str, at: int, before: Sequence[Statement]) -> list[str]:
    """Return how far each of what was told together moved: 发案数下降9%,损失数下降7%,降幅均居全市第一."""
    told: list[str] = []
    for statement in reversed(before):
        if not _moved(own, statement) or (told and sentence.view[statement.end : at].strip(",;、和")):
            break
        if statement.indicator + own not in told:
            told.insert(0, statement.indicator + own)
        at = min(at, statement.start) if told else at
    return told


def _is_shared(sentence: Sentence, frame: Frame) -> bool:
    """Tell whether one value holds for every item of the list before it: 均, 都, 双, 两项指标, 连续."""
    span = sentence.row[frame.start : frame.end]
    phrase = frame.role("indicator", sentence.row)
    if not any(m.label in {"sep", "and"} for m in phrase) and len(split_items(sentence, phrase)) == 1:
        return False
    if frame.rule.data["kind"] in {"solved", "trend"}:
        return True
    items = [trim(sentence.text(item)) for item in split_items(sentence, phrase, SEP_AND)]
    measured = [item for item in items if head_of(item) or MEASURED.search(item)]
    if frame.rule.data["kind"] in {"rank", "vague"} and len(items) == len(measured) > 1:
        return True
    rated = cue("distribution-rated")
    if frame.rule.data["kind"] == "share" and len(items) > 1 and all(rated.search(item) for item in items):
        return True
    words = sentence.view[span[0].start : span[-1].end]
    return bool(cue("distribution-shared").search(words)) or any(m.label == "items" for m in span)
