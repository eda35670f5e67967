"""Ranks: which place something took, among whom, how many years running.

Enters: a frame around positions. Leaves: statements with their scope; positions too vague to claim are kept for the
words that refer to them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from kg.facts.composition.values import plain
from kg.facts.cue import cue
from kg.facts.distribution import distribute, split_items
from kg.facts.model import Streak
from kg.facts.sharing import NOTHING_SHARED, Shared
from kg.facts.statement import Sentence, Statement, blank
from kg.mentions.frame import ATTRIBUTES, VALUES, Frame
from kg.values.numeral import parse_numeral
from kg.values.place import find_divisions
from kg.values.quantity import Amount


def compose_rank(
    sentence: Sentence, frame: Frame, before: Sequence[Statement], shared: Shared = NOTHING_SHARED
) -> Iterator[Statement]:
    """Yield which place something took and among whom: 破案率居全省第三."""
    for statement in _ranks(sentence, frame, before):
        crown = next((m for m in frame.role("value", sentence.row) if m.label == "crown"), None)
        if crown:
            statement = replace(statement, streak=Streak(int(parse_numeral(crown.groups["n"]).value), "年"))
        if (scope := cue("composition-placed").search(statement.indicator)) and find_divisions(scope[1]):
            statement = replace(statement, indicator=statement.indicator[: scope.start()], scope=scope[1])
        earlier = sentence.words(sentence.clause_before(frame))
        within = cue("composition-among").match(statement.indicator)
        own = any(m.label == "scope" for m in sentence.row[_lead_of(sentence, frame.roles["value"][0]) : frame.end])
        if within is None and statement.indicator in earlier and not own:
            within = cue("composition-among").search(earlier)
        yield replace(statement, scope=statement.scope or (within[0] if within else None))


def _ranks(sentence: Sentence, frame: Frame, before: Sequence[Statement]) -> Iterator[Statement]:
    """Yield positions: of the indicators in their order with 分别, else every one of the same indicator."""
    first, last = frame.roles["value"]
    at = [i for i in range(first, last) if sentence.row[i].label in VALUES]
    lead = _lead_of(sentence, frame.start)
    spans = [(first, last)] if any(m.label == "each" for m in sentence.row[lead:first]) else []
    scope: str | None = None
    if _pairs_off(sentence, frame, at, before):
        spans = [(first, last)]
    for span in spans or [(i, i + 1) for i in at]:
        part = replace(frame, roles={**frame.roles, "value": span})
        for statement in distribute(sentence, part, before, lambda mention: plain(mention, frame)):
            scope = statement.scope or scope
            yield replace(statement, scope=scope)


def _lead_of(sentence: Sentence, lead: int) -> int:
    """Return where the attributes before a place in the row begin: 分别位居全省第三位, 在全国32个城市中名列第一."""
    while lead and sentence.row[lead - 1].label in ATTRIBUTES:
        lead -= 1
    return lead


def _pairs_off(sentence: Sentence, frame: Frame, at: Sequence[int], before: Sequence[Statement]) -> bool:
    """Tell whether positions under one scope are of as many things, in their order, though no 分别 says so.

    "破案率、满意率居全省第三和第五"; "……分别达98%和97%,居全省第三和第五".
    """
    if len(at) < 2 or any("scope" in sentence.row[i].groups for i in at[1:]):
        return False
    if "indicator" in frame.roles:
        moved = [s for s in before[-len(at) :] if s.amount.kind == "change" and s.start == before[-1].start]
        if cue("completion-how-far").fullmatch(sentence.words(frame.role("indicator", sentence.row))):
            return len(moved) == len(at)  # 立案数、损失数分别下降9%、7%,降幅分列全省第二、第五
        return len(split_items(sentence, frame.role("indicator", sentence.row))) == len(at)
    told = before[-len(at) :]
    return len(at) == len(told) and len({(s.start, s.rule) for s in told}) == 1


def compose_vague(
    sentence: Sentence, frame: Frame, before: Sequence[Statement], shared: Shared = NOTHING_SHARED
) -> Iterator[Statement]:
    """Yield statements that later words may refer to, and that are no facts."""
    nowhere = Amount("rank", None, "位")
    for statement in distribute(sentence, frame, before, lambda m: blank(nowhere, m, frame.rule.name)):
        yield replace(statement, vague=True)
