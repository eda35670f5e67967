"""The words and digits of a date to the day, month or year that they state."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date

from kg.article.dating.pattern import pattern

_DIGITS = {**dict.fromkeys("0〇零○", 0), **{c: i for i, c in enumerate("一二三四五六七八九", 1)}}
FIRST_YEAR = 1949


def day_of(year: int, month: int, day: int) -> date | None:
    """Return the day, None where the calendar has none or it is before 1949.

    >>> day_of(2023, 2, 28), day_of(2023, 2, 30)
    (datetime.date(2023, 2, 28), None)
    """
    try:
        found = date(year, month, day)
    except ValueError:
        return None
    return found if found.year >= FIRST_YEAR else None


def end_of_month(year: int, month: int) -> date:
    """Return the last day of a month."""
    return date(year, month, monthrange(year, month)[1])


def year_of(digits: str) -> int:
    """Return the year that Chinese digits spell.

    >>> year_of("二〇一六")
    2016
    """
    return int("".join(str(_DIGITS[c]) for c in digits))


def count_of(word: str) -> int:
    """Return the number that digits, or a Chinese numeral below a hundred, state; 0 where it is longer.

    >>> count_of("33"), count_of("三十三"), count_of("十"), count_of("两")
    (33, 33, 10, 2)
    """
    if word.isdigit():
        return int(word)
    tens, ten, ones = word.replace("两", "二").rpartition("十")
    if not ten:
        return _DIGITS[ones] if len(ones) == 1 else 0
    return (_DIGITS.get(tens, 0) if tens else 1) * 10 + (_DIGITS.get(ones, 0) if ones else 0)


def in_arabic_digits(keys: str) -> str:
    """Return a text with its years, and its days with their months, in Arabic digits.

    >>> in_arabic_digits("二〇二〇年,破案三百起"), in_arabic_digits("二00七年五月起,某社海口七月十二日电")
    ('2020年,破案三百起', '2007年5月起,某社海口7月12日电')
    """
    years = pattern("year-in-chinese").sub(lambda match: str(year_of(match[0])), keys)
    return pattern("day-in-chinese").sub(_day_in_digits, years)


def _day_in_digits(match: re.Match[str]) -> str:
    month, day = match["month"] or match["month_alone"], match["day"] or match["day_alone"]
    told = f"{count_of(month)}月" if match["month"] else str(count_of(month)) if month else ""
    return told + (str(count_of(day)) if day else "")
