"""Statements: a number with what it measures, before place, time and campaign are known; and the sentence it is of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kg.facts.indicator import phrase_of
from kg.facts.model import Streak
from kg.mentions.frame import VALUES, Frame
from kg.mentions.mention import Mention
from kg.unguarded import unguarded
from kg.values.quantity import Amount, read_amount

_LONGEST_CLAUSE = 240  # mentions before a frame that are looked at, so that a clause without end takes linear time


@unguarded
@dataclass(frozen=True, slots=True)
class Statement:
    """A number with what it measures, in view coordinates; ``start`` to ``end`` is its evidence.

    ``rules`` made it: the frame's, the value's, those of the movement and of what else hangs on the frame. ``sizes`` is
    ``at`` of the movement told before that it gives the size of, None where it does not.
    """

    indicator: str
    amount: Amount
    start: int
    end: int
    at: int
    rule: str
    direction: str | None = None
    comparison: str | None = None
    scope: str | None = None
    streak: Streak | None = None
    vague: bool = False
    rules: tuple[str, ...] = ()
    sizes: int | None = None


@unguarded
@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence as a row of mentions. ``context`` are the words before it that may name its topic."""

    view: str
    row: Sequence[Mention]
    context: str = ""

    def text(self, mentions: Sequence[Mention]) -> str:
        """Return the words of a stretch without its attributes."""
        return phrase_of(self.view, mentions)

    def words(self, mentions: Sequence[Mention]) -> str:
        """Return the words of a stretch as they stand."""
        return self.view[mentions[0].start : mentions[-1].end] if mentions else ""

    def clause_before(self, frame: Frame) -> Sequence[Mention]:
        """Return the clause before the one that a frame begins in."""
        floor = max(0, frame.start - _LONGEST_CLAUSE)
        end = frame.start
        while end > floor and self.row[end - 1].label != "comma":
            end -= 1
        if end == floor > 0:
            return ()
        start = end - 1
        while start > floor and self.row[start - 1].label != "comma":
            start -= 1
        return self.row[start : end - 1] if end > 1 else ()


def values_of(mentions: Sequence[Mention]) -> list[Mention]:
    """Return the mentions of a stretch that state a value."""
    return [mention for mention in mentions if mention.label in VALUES]


def amount_of(mention: Mention) -> Amount | None:
    """Return the amount that a value mention states, None where its words state no number after all."""
    try:
        return read_amount(mention.label, mention.groups)
    except (ValueError, ArithmeticError, KeyError):
        return None


def span_of(mentions: Sequence[Mention], value: Mention) -> tuple[int, int]:
    """Return the stretch of the view from the first of some mentions to the end of a value."""
    start = min([value.start, *(m.start for m in mentions)])
    return start, value.end


def blank(amount: Amount, mention: Mention, rule: str) -> Statement:
    """Return a statement that knows its amount and place, its indicator still to be filled in."""
    return Statement("", amount, mention.start, mention.end, mention.start, rule)


def filled(made: Statement, indicator: str, start: int, end: int) -> Statement:
    """Return a blank statement with its indicator and its evidence."""
    return Statement(
        indicator,
        made.amount,
        start,
        end,
        made.at,
        made.rule,
        made.direction,
        made.comparison,
        made.scope,
        made.streak,
        made.vague,
        made.rules,
        made.sizes,
    )
