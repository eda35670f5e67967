"""Levels and lengths of time: what something has come to, and from where.

Enters: a frame with what was measured and its level. Leaves: a statement a level, that before the movement too.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from kg.facts.composition.values import as_growth, plain
from kg.facts.cue import cue
from kg.facts.distribution import distribute, in_brackets
from kg.facts.indicator import is_bare_verb, is_headless, trim
from kg.facts.sharing import NOTHING_SHARED, Shared
from kg.facts.statement import Sentence, Statement, amount_of, values_of
from kg.mentions.frame import Frame
from kg.mentions.mention import Mention
from kg.values.quantity import Amount

_COMPARED = 3  # statements back that a baseline's level may be of


def compose_level(
    sentence: Sentence, frame: Frame, before: Sequence[Statement], shared: Shared = NOTHING_SHARED
) -> Iterator[Statement]:
    """Yield what something has come to, and what it was before: 由65%提高到90%."""
    found = list(distribute(sentence, frame, before, lambda mention: plain(mention, frame)))
    found = [replace(s, indicator=cue("composition-mean-before").sub("", s.indicator)) for s in found]
    if frame.rule.data.get("compares"):
        found = [_as_counted(sentence, frame, s, before) for s in found]
    origin = values_of(frame.role("from", sentence.row))
    if len(origin) == 1 and (was := amount_of(origin[0])) and was.kind == "duration":
        found = [replace(s, amount=_lasting(s.amount, was)) for s in found]
    if len(origin) > 1 and len(origin) == len(found):
        yield from _each_before(origin, found, frame)
        origin = []
    for first in origin:
        made = plain(first, frame)
        if made and found:
            for each in found:  # 破案率、满意率均由60%提升到70%
                yield as_growth(sentence, replace(made, indicator=each.indicator, start=each.start))
            if found[0].scope is None:
                found = [replace(s, scope=made.scope) for s in found]
    yield from (as_growth(sentence, statement) for statement in found)


def _as_counted(sentence: Sentence, frame: Frame, level: Statement, before: Sequence[Statement]) -> Statement:
    """Return the level of the baseline as that of what is compared: 破获盗窃案件94起(含积案9起),比去年破案81起多."""
    own = trim(sentence.text(frame.role("indicator", sentence.row)))
    if not own or not (is_bare_verb(own) or is_headless(own)):
        return level
    counts = (s for s in reversed(before[-_COMPARED:]) if s.amount.kind == "count" and s.indicator.startswith(own[0]))
    told = (s for s in counts if s.amount.unit == level.amount.unit and not in_brackets(sentence.view, s.at))
    return replace(level, indicator=next((s.indicator for s in told), level.indicator))


def _each_before(origin: Sequence[Mention], found: Sequence[Statement], frame: Frame) -> Iterator[Statement]:
    """Yield what each of several things was before: 分别由15起、9起降至6起、2起."""
    for first, statement in zip(origin, found, strict=True):
        if made := plain(first, frame):
            yield replace(made, indicator=statement.indicator, start=statement.start)


def _lasting(amount: Amount, was: Amount) -> Amount:
    """Return a bare 个 as the length of time that it was before: 由15个工作日压缩至7个."""
    same = amount.kind == "count" and amount.unit in ("个", None)
    return replace(amount, kind=was.kind, unit=was.unit) if same else amount


def compose_duration(
    sentence: Sentence, frame: Frame, before: Sequence[Statement], shared: Shared = NOTHING_SHARED
) -> Iterator[Statement]:
    """Yield how long something takes; other lengths of time (潜逃26年) belong to stories."""
    return (s for s in compose_level(sentence, frame, before) if cue("composition-lasting").search(s.indicator))
