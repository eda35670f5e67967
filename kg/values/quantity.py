"""Amounts: a value mention to its value, unit, bound and kind."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from kg.mentions.lexicon import load_lexicon
from kg.unguarded import unguarded
from kg.values.numeral import bound_of, is_span, parse_numeral, parse_share

_POINTS = {"百分点": "百分点", "个百分点": "百分点", "位次": "位次", "个位次": "位次", "个名次": "位次", "个位": "位次"}
_MONEY = {"元人民币": "元", "块钱": "元", "港币": "港元"}
# The contract counts lengths of time in years, months, days, hours and minutes: 7个工作日 is 7 天, as its quote says.
_DURATION = {"分": "分钟", "月": "个月", "秒钟": "秒", "工作日": "天", "个工作日": "天", "日": "天"}
_SHARED = re.compile("[^0-9.]$|分之|/")
_TURNS = {None: 1, "一": 1, "1": 1, "两": 2, "二": 2, "2": 2, "三": 3, "3": 3, "四": 4, "4": 4}


@unguarded
@dataclass(frozen=True, slots=True)
class Amount:
    """What a value mention says. ``kind`` is the contract's; ``bare`` numbers have neither unit nor certain kind."""

    kind: str
    value: Decimal | None
    unit: str | None
    bound: str = "exact"


def read_amount(label: str, groups: Mapping[str, str]) -> Amount:
    """Return the amount that a value mention states. Raises ValueError where its words state no number.

    >>> read_amount("count", {"num": "7.9万余", "unit": "人"})
    Amount(kind='count', value=Decimal('79000'), unit='人', bound='min')
    """
    if label == "zero":
        return Amount("count", Decimal(0), None)
    if label == "solved":
        return Amount("share", Decimal(100), "%")
    if label == "run":
        return Amount("change", None, None)
    if label in {"rank", "crown"}:
        return _rank(groups)
    if label == "turn":
        turns = _TURNS.get(groups.get("turns"), 1)
        return Amount("change", Decimal(100 * (2**turns - 1)), "%", "min" if "tail" in groups else "exact")
    if "num" not in groups:
        raise ValueError(f"{label}: no number")
    words, unit = groups["num"], groups.get("unit")
    if unit and unit.endswith("(次)"):
        unit = unit.removesuffix("(次)") + "次"  # 台(次)
    if unit and groups.get("times"):
        unit = unit.removesuffix("次") + "次"  # 架(艘、列)次
    bound = _bound(groups.get("lead", ""), words, groups.get("tail", ""))
    if label == "percent":
        sign = groups.get("percent", "" if _SHARED.search(words) else "%")  # the page has lost it
        return Amount("share", plain(parse_share(words + sign)), "%", bound)
    value = plain(parse_numeral(words).value)
    if label == "points":
        return Amount("change", value, _POINTS[unit or ""], bound)
    if label == "multiple":
        return Amount("change", value, "倍", bound)
    if label == "money":
        return Amount("money", value, _MONEY.get(unit or "", unit), bound)
    if label == "bare":
        return Amount("count", value, None, bound)
    if label == "duration":
        value = plain(value + parse_numeral(groups.get("seconds", "30" if "half" in groups else "0")).value / 60)
        return Amount("duration", value, _DURATION.get(unit or "", unit), bound)
    return Amount("count", value, load_lexicon("measure_word").get(unit or "", "unit") or unit, bound)


def _rank(groups: Mapping[str, str]) -> Amount:
    position = groups.get("num")
    value = parse_numeral(position).value if position else Decimal(1)
    return Amount("rank", value, "位", "max" if groups.get("among") else "exact")


def _bound(lead: str, words: str, tail: str) -> str:
    """Return the bound of a number; a word after it (以上) or inside it (余) counts where none stands before it."""
    if lead and bound_of(lead) != "exact":
        return bound_of(lead)
    if tail and bound_of(tail) != "exact":
        return bound_of(tail)
    if words.isascii() and words.isdigit():
        return "exact"
    plain_words = words.replace("分之", "")
    return "min" if is_span(plain_words) else bound_of(plain_words)


def plain(value: Decimal) -> Decimal:
    """Return the value without an exponent or trailing zeros: 79000.0 as 79000.

    >>> plain(Decimal("79000.0")), plain(Decimal("2.50"))
    (Decimal('79000'), Decimal('2.5'))
    """
    return value.quantize(Decimal(1)) if value == value.to_integral_value() else value.normalize()
