"""Numbers that the words of a quote state, read afresh: nothing of the extraction is trusted or run again.

Enters: a quote, in the article's own characters. Leaves: values in base units.
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache

from kg.mentions.lexicon import load_lexicon
from kg.mentions.rule import expand, load_parts
from kg.text import text_of
from kg.values.numeral import parse_numeral, parse_share

_SPACE = re.compile(r"\s+")
_MOST_DIGITS = 40
_COUNTED = "起件名人次户辆元%"
_MARKS = ("", "，", "。", "、", "；", "：")
_MINUTES = re.compile(r"([0-9]{1,3})分(?:钟?([0-5]?[0-9])秒|半钟)")
_HALVES = re.compile("([0-9]{1,3}|[一二两三四五六七八九十]{1,3})(?:个半(?:小时|钟头|月)|[年天]半)")
_OF_NUMBERS = "零一二两三四五六七八九十百千万亿几数第点之分"
_TOLERANCE = Decimal("0.0001")
_SHARE = (
    r"(?:[0-9]|{han_digit})成(?:{han_digit}|半)?"
    r"|(?:[0-9]+|[一二三四五六七八九十百千万]+)分之(?:{han_number}|{arabic})"
    r"|(?<![0-9./])[1-9]/[2-9][0-9]?(?![0-9/])|(?:{arabic})(?:多|余)?‰|一半|半数|过半"
)


@cache
def _number_patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    parts = load_parts("parts")
    return re.compile(expand("{number}", parts, "number")), re.compile(expand(_SHARE, parts, "share"))


def numbers_in(quote: str) -> frozenset[Decimal]:
    r"""Return every number that the words of a quote can state, in figures or in words.

    >>> sorted(int(number) for number in numbers_in("挽回损失1.2\n亿元,破案率达九成,现发命案全破"))
    [9, 90, 100, 120000000]
    >>> Decimal("6.5") in numbers_in("平均用时6分半钟"), Decimal("6.25") in numbers_in("6分15秒")
    (True, True)
    >>> Decimal("1.5") in numbers_in("平均用时1个半小时"), Decimal("3.5") in numbers_in("三个半月")
    (True, True)
    """
    view = text_of(_SPACE.sub("", quote)).view
    number, share = _number_patterns()
    found = {Decimal(row["value"]) for word, row in load_lexicon("value_word").rows.items() if word in view}
    for pattern, parse in ((number, lambda words: parse_numeral(words).value), (share, parse_share)):
        for match in pattern.finditer(view):
            try:
                found.add(parse(match[0]))
            except (ValueError, ArithmeticError):
                continue
    for match in _MINUTES.finditer(view):
        found.add(int(match[1]) + Decimal(match[2] or 30) / 60)
    for match in _HALVES.finditer(view):
        found.add(parse_numeral(match[1]).value + Decimal("0.5"))
    return frozenset(found)


def _stands_alone(quote: str, figure: str) -> bool:
    """Tell whether a figure stands in a quote between words that can be no part of a number: the most common case.

    >>> _stands_alone("破案120起", "120"), _stands_alone("破案1,120起", "120"), _stands_alone("破案120万起", "120")
    (True, False, False)
    """
    at = quote.find(figure)
    while at >= 0:
        before, after = quote[at - 1] if at else "", quote[at + len(figure) : at + len(figure) + 1]
        if after and after in _COUNTED and (before in _MARKS or ("一" <= before <= "龥" and before not in _OF_NUMBERS)):
            return True
        at = quote.find(figure, at + 1)
    return False


def states(quote: str, value: Decimal) -> bool:
    """Tell whether the words of a quote state a value.

    >>> states("抓获犯罪嫌疑人二百余名", Decimal(200)), states("抓获犯罪嫌疑人二百余名", Decimal(300))
    (True, False)
    """
    if abs(value.adjusted()) > _MOST_DIGITS:
        return False
    if _stands_alone(quote, f"{value:f}"):
        return True
    return any(abs(number - value) <= _TOLERANCE * max(abs(number), abs(value)) for number in numbers_in(quote))
