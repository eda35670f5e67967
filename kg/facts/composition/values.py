"""One value as a statement that does not know yet what it is of.

Enters: a mention of a value. Leaves: a blank statement with its amount, its scope, or as a growth where the words
after it say so.
"""

from __future__ import annotations

import re
from dataclasses import replace

from kg.facts.statement import Sentence, Statement, amount_of, blank
from kg.mentions.frame import Frame
from kg.mentions.mention import Mention
from kg.values.quantity import Amount

_MONEY_WORDS = re.compile(
    r"(?:价值|人民币|投资|投入资金|资金|金额|损失|经费|涉案|案值|奖金|罚款|基金|款|货值|止付|挽损|止损)$"
)
_GROWTH = re.compile("(?:以上|左右)?的(?:较?[大高快])?(增长|增速|增幅|涨幅|升幅|提升|上升|下降|降幅|减幅)(?!率)")
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
    """Return a share that is said to be a growth or a fall as a change: 保持10%以上的增长."""
    grown = _GROWTH.match(sentence.view, statement.end) if statement.amount.kind == "share" else None
    if grown is None:
        return statement
    amount = replace(statement.amount, kind="change")
    return replace(statement, amount=amount, direction="down" if NOUN_DIRECTION.search(grown[1]) else "up")


def as_money(amount: Amount, left: str) -> Amount:
    """Return an amount without a unit as money where the words before it speak of money: 价值30余万."""
    if amount.unit is None and _MONEY_WORDS.search(left):
        return Amount("money", amount.value, "元", amount.bound)
    return amount
