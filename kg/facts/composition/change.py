"""Changes by an amount: what rose or fell, by how much, how many times over.

Enters: a frame with movements and amounts. Leaves: statements with a direction and, where told, a comparison.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from kg.facts.completion import Counted, with_object
from kg.facts.composition.values import NOUN_DIRECTION, point
from kg.facts.cue import cue
from kg.facts.distribution import distribute
from kg.facts.indicator import trim
from kg.facts.sharing import NOTHING_SHARED, Shared
from kg.facts.statement import Sentence, Statement, amount_of, blank
from kg.mentions.frame import Frame
from kg.mentions.lexicon import load_lexicon
from kg.mentions.mention import Mention
from kg.values.quantity import Amount


def compose_change(
    sentence: Sentence, frame: Frame, before: Sequence[Statement], shared: Shared = NOTHING_SHARED
) -> Iterator[Statement]:
    """Yield what rose or fell by how much, each with the comparison that it stands under: 发案同比下降12%."""
    verbs = [m for m in sentence.row[frame.start : frame.end] if m.label in {"move", "movenoun", "turn"}]

    def make(mention: Mention) -> Statement | None:
        amount = amount_of(mention)
        verb = next((v for v in reversed(verbs) if v.start <= mention.start), None)
        if amount is None or verb is None:
            return None
        places = amount.unit in {"位", "名"} and cue("composition-place-moved").search(verb.groups.get("word", ""))
        unit = "位次" if places else amount.unit
        change = Amount("change", amount.value, unit, amount.bound)
        direction = direction_of(verb)
        if mention.groups.get("minus"):  # 分别上升3.5%、-2.6%
            direction = {"up": "down", "down": "up"}.get(direction or "")
        return replace(blank(change, mention, frame.rule.name), direction=direction)

    own = trim(sentence.text(frame.role("object", sentence.row)))
    compared = [m.label for m in sentence.row[frame.start : frame.end] if m.label in {"yoy", "mom"}]
    for number, statement in enumerate(found := list(distribute(sentence, frame, before, make))):
        if len(compared) == len(found) == 2 and compared[0] != compared[1]:
            statement = replace(statement, comparison=compared[number])
        statement = _with_its_sign(statement)
        yield replace(statement, indicator=_changed(sentence, own, statement, before)) if own else statement


def _with_its_sign(statement: Statement) -> Statement:
    """Return a change in percent as such where the page has lost the sign: 立案同比下降21.4; not points of an index."""
    value = statement.amount.value
    whole = value is None or value == value.to_integral_value()
    if whole or statement.amount.unit is not None or cue("composition-index").search(statement.indicator):
        return statement
    return replace(statement, amount=replace(statement.amount, unit="%"))


def _changed(sentence: Sentence, own: str, statement: Statement, before: Sequence[Statement]) -> str:
    """Return what a movement says by itself that it is of: 少死亡11人."""
    return with_object(sentence, Counted(own, own, statement.amount.unit, statement.at, False), before)


def direction_of(verb: Mention) -> str | None:
    """Return where a movement goes, up or down."""
    word = verb.groups.get("word") or verb.groups.get("word2") or ""
    if verb.label == "turn" or word in {"多", "高", "慢"}:
        return "up"
    if word in {"+", "-"}:
        return "up" if word == "+" else "down"
    if word in {"低", "快"}:
        return "down"  # so many minutes quicker
    if verb.label == "movenoun":
        return "down" if NOUN_DIRECTION.search(word) else "up"
    return load_lexicon("change_word").get(word, "direction")


def compose_times(
    sentence: Sentence, frame: Frame, before: Sequence[Statement], shared: Shared = NOTHING_SHARED
) -> Iterator[Statement]:
    """Yield multiples and doublings that need no verb of movement: 是去年的3倍, 翻了一番."""
    for statement in distribute(sentence, frame, before, lambda mention: point(mention, frame)):
        yield replace(statement, direction="up")


def compose_points(
    sentence: Sentence, frame: Frame, before: Sequence[Statement], shared: Shared = NOTHING_SHARED
) -> Iterator[Statement]:
    """Yield changes told by their noun: 降幅12个百分点."""
    words = sentence.words(frame.role("indicator", sentence.row))
    direction = "down" if NOUN_DIRECTION.search(words) else "up" if cue("composition-points-up").search(words) else None
    if direction is None:
        return
    for statement in distribute(sentence, frame, before, lambda mention: point(mention, frame)):
        yield replace(statement, direction=direction)
