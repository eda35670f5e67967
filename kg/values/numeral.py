"""Numerals: "860余万", "三点三七", "近千万", "九成以上" to a value and a bound.

Enters: the words of a number, Simplified and half-width. Leaves: an exact ``Decimal`` in base units with the bound that
the words put on it (the contract's ``bound``).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from kg.unguarded import unguarded

_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2, "俩": 2, "壹": 1, "贰": 2, "叁": 3}
_TENS = str.maketrans({"廿": "二十", "卅": "三十"})
_SMALL = {"十": 10, "百": 100, "千": 1000}
_LARGE = {"万": 10**4, "亿": 10**8}
_ARABIC = re.compile(r"[0-9][0-9,]*(?:\.[0-9]+)?")
_SCALED = re.compile(rf"({_ARABIC.pattern})([十百千]*)")
_SPAN = re.compile("一二|两三|二三|三四|三五|四五|五六|六七|七八|八九")
_BOUND_WORDS = {
    "min": (
        *(
            "余",
            "多",
            "几",
            "数",
            "上",
            "以上",
            "逾",
            "超",
            "超过",
            "过",
            "突破",
            "跨越",
            "跨过",
            "迈过",
            "冲破",
            "至少",
            "不低于",
            "不少于",
            "高于",
            "大于",
        ),
        *("至", "到", "~", "-"),  # 3至5起: the lower end is certain
    ),
    "max": ("以下", "以内", "之内", "内", "不足", "不到", "不超过", "低于", "少于", "小于", "未满", "至多"),
    "approx": ("约", "大约", "近", "接近", "将近", "左右", "上下", "来", "大概", "许", "差不多", "逼近"),
}
_BOUND_OF = {word: bound for bound, words in _BOUND_WORDS.items() for word in words}
_BOUND = re.compile("|".join(sorted(_BOUND_OF, key=len, reverse=True)))


@unguarded
@dataclass(frozen=True, slots=True)
class Numeral:
    """A number and how it is bounded: exact, min, max or approx."""

    value: Decimal
    bound: str = "exact"


def bound_of(words: str) -> str:
    """Return the bound that the words around a number state, "exact" where they state none.

    >>> bound_of("不足"), bound_of("以上"), bound_of("左右"), bound_of("达")
    ('max', 'min', 'approx', 'exact')
    """
    match = _BOUND.search(words)
    return _BOUND_OF[match[0]] if match else "exact"


def is_span(words: str) -> bool:
    """Tell whether two neighbouring digits give a range, of which the lower end is certain.

    >>> is_span("两三百"), is_span("二百三十")
    (True, False)
    """
    return _SPAN.search(words) is not None


def parse_numeral(text: str) -> Numeral:
    """Return the number that a Chinese, Arabic or mixed numeral states. Raises ValueError where it states none.

    >>> parse_numeral("860余万")
    Numeral(value=Decimal('8600000'), bound='min')
    >>> parse_numeral("三五").value
    Decimal('3')
    >>> parse_numeral("近千万").value, parse_numeral("三千零五十").value, parse_numeral("1,234.5").value
    (Decimal('10000000'), Decimal('3050'), Decimal('1234.5'))
    >>> parse_numeral("4个多亿")
    Numeral(value=Decimal('400000000'), bound='min')
    >>> parse_numeral("1亿2542万余"), parse_numeral("3954万5158").value, parse_numeral("2千3百万").value
    (Numeral(value=Decimal('125420000'), bound='min'), Decimal('39545158'), Decimal('23000000'))
    >>> parse_numeral("卅一").value, parse_numeral("廿万").value
    (Decimal('31'), Decimal('200000'))
    """
    if text.isascii() and text.isdigit():
        return Numeral(Decimal(text))
    bound = bound_of(text)
    bare = _BOUND.sub("", text).replace(",", "").replace("个亿", "亿").translate(_TENS)
    if not bare and text:
        raise ValueError(f"no number in {text!r}")
    if bound == "exact" and is_span(bare):
        bound = "min"
    return Numeral(_value(bare), bound)


def _value(bare: str) -> Decimal:
    """Return the value of a numeral without bounds: sections of 亿 and 万, the rest below."""
    total = Decimal(0)
    rest = bare
    for mark in ("亿", "万"):
        if mark in rest:
            head, _, rest = rest.rpartition(mark)
            section = _value(head) if head else Decimal(1)
            total += section * _LARGE[mark]
            if rest and len(rest) == 1 and rest in _DIGITS and rest not in "零〇":
                return total + _DIGITS[rest] * _LARGE[mark] // 10
    return total + _below(rest) if rest else total


def _below(words: str) -> Decimal:
    words = words.removeprefix("零") if words[1:2].isascii() else words  # 1亿零500万
    arabic = _ARABIC.match(words)
    if arabic:
        return _scaled(words)
    whole, _, fraction = words.partition("点")
    number = _chinese(whole)
    if fraction:
        number += Decimal("0." + "".join(str(_digit(c)) for c in fraction))
    return number


def _scaled(words: str) -> Decimal:
    """Return what Arabic digits state, each with its 十, 百 or 千: 2千3百. Raises ValueError for other words."""
    total = Decimal(0)
    for part in _SCALED.finditer(words):
        number = Decimal(part[1])
        for scale in part[2]:
            number *= _SMALL[scale]
        total += number
    if _SCALED.sub("", words):
        raise ValueError(f"no number: {words!r}")
    return total


def _chinese(words: str) -> Decimal:
    if words and all(c in _DIGITS for c in words) and len(words) > 1:
        if _SPAN.fullmatch(words) or (
            len(words) == 2 and words[0] not in "零〇" and abs(_digit(words[0]) - _digit(words[1])) == 1
        ):
            return Decimal(_digit(words[0]))
        return Decimal("".join(str(_digit(c)) for c in words))
    total, digit, last = 0, 0, 1
    for character in words:
        if character in _SMALL:
            last = _SMALL[character]
            total += (digit or 1) * last
            digit = 0
        else:
            if digit and _digit(character) == digit + 1:
                continue  # "两三百" names a span, its lower end is certain
            digit = _digit(character)
            if digit == 0:
                last = 10
    if digit and last >= 100 and words[-1] in _DIGITS and len(words) > 1 and words[-2] in _SMALL:
        digit = digit * last // 10  # "一百二" is 120
    return Decimal(total + digit)


def _digit(character: str) -> int:
    try:
        return _DIGITS[character]
    except KeyError:
        raise ValueError(f"no number: {character!r}") from None


def parse_share(text: str) -> Decimal:
    """Return in percent what a share in words states. Raises ValueError where it states none.

    >>> [parse_share(words) for words in ("96.4%", "百分之三点七", "四成", "一成二", "四分之一", "1/4", "一半")]
    [Decimal('96.4'), Decimal('3.7'), Decimal('40'), Decimal('12'), Decimal('25'), Decimal('25'), Decimal('50')]
    """
    bare = _BOUND.sub("", text)
    if bare.endswith("%"):
        return parse_numeral(bare[:-1]).value
    if bare.endswith("‰"):
        return parse_numeral(bare[:-1]).value / 10
    if "分之" in bare or "/" in bare:
        first, mark, last = bare.partition("分之" if "分之" in bare else "/")
        below, above = (first, last) if mark == "分之" else (last, first)
        share = parse_numeral(above).value * 100 / parse_numeral(below).value
        return share if share == share.to_integral_value() else share.quantize(Decimal("0.0001")).normalize()
    if "成" in bare:
        tens, _, ones = bare.partition("成")
        extra = Decimal(5) if ones == "半" else parse_numeral(ones).value if ones else Decimal(0)
        return parse_numeral(tens).value * 10 + extra
    if bare in {"一半", "半", "半数", "过半", "对半"}:
        return Decimal(50)
    raise ValueError(f"no share in {text!r}")
