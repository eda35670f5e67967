"""One value as a statement that does not know yet what it is of.

Enters: a mention of a value. Leaves: a blank statement with its amount, its scope, or as a growth where the words
after it say so.
"""

from __future__ import annotations

import re
from dataclasses import replace

from kg.facts.cue import cue
from kg.facts.statement import Sentence, Statement, amount_of, blank
from kg.mentions.frame import Frame
from kg.mentions.lexicon import load_lexicon
from kg.mentions.mention import Mention
from kg.values.quantity import Amount

NOUN_DIRECTION = re.compile("降|跌|减")


def plain(mention: Mention, frame: Frame) -> Statement | None:
    """Return a value as a statement, None where it is a change."""
    amount = amount_of(mention)
    if amount is None or amount.kind == "change":
        return None
    made = blank(amount, mention, frame.rule.name)
    scope = mention.groups.get("scope")
    return replace(made, scope=scope) if scope else made


def point(mention: Mention, frame: Frame) -> Statement | None:
    """Return a value of any kind as a statement."""
    amount = amount_of(mention)
    return blank(amount, mention, frame.rule.name) if amount else None


def as_growth(sentence: Sentence, statement: Statement) -> Statement:
    """Return a share that is said to be a growth or a fall as a change.

    保持10%以上的增长, 上升幅度由9%回落至7%, 压缩办理时限60%.
    """
    if statement.amount.kind != "share":
        return statement
    if (moved := cue("composition-moved-object").fullmatch(statement.indicator)) is not None:
        direction = load_lexicon("change_word").get(moved["verb"], "direction")
        amount = replace(statement.amount, kind="change")
        return replace(statement, indicator=moved["thing"], amount=amount, direction=direction)
    sized = cue("composition-size-of-growth").search(statement.indicator)
    grown = sized or cue("composition-growth").match(sentence.view, statement.end)
    if grown is None:
        return statement
    amount = replace(statement.amount, kind="change")
    indicator = statement.indicator[: sized.start()] if sized else statement.indicator
    direction = "down" if NOUN_DIRECTION.search(grown[1]) else "up"
    return replace(statement, indicator=indicator, amount=amount, direction=direction)


def as_money(amount: Amount, left: str) -> Amount:
    """Return an amount without a unit as money where the words before it speak of money: 价值30余万."""
    if amount.unit is None and cue("composition-money").search(left):
        return Amount("money", amount.value, "元", amount.bound)
    return amount
