"""So many days, weeks, months or years from a day on, or up to one."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

_IN_DAYS = {"天": 1, "日": 1, "周": 7}
_IN_MONTHS = {"月": 1, "年": 12}
_CENTURY_OF_DAYS, _CENTURY_OF_MONTHS = 36_525, 1_200


def last_day(start: date, n: int, unit: str) -> date:
    """Return the last day of a stretch of so many 天, 周, 个月 or 年 from a day on; a century at most.

    >>> last_day(date(2014, 10, 1), 6, "个月"), last_day(date(2018, 1, 1), 10, "天")
    (datetime.date(2015, 3, 31), datetime.date(2018, 1, 10))
    """
    if unit[-1] in _IN_DAYS:
        return start + timedelta(min(n * _IN_DAYS[unit[-1]], _CENTURY_OF_DAYS) - 1)
    return _months_on(start, min(n * _IN_MONTHS[unit[-1]], _CENTURY_OF_MONTHS)) - timedelta(1)


def first_day(end: date, n: int, unit: str) -> date:
    """Return the first day of a stretch of so many 天, 周, 个月 or 年 that ends on a day; a century at most.

    >>> first_day(date(2024, 11, 8), 5, "年"), first_day(date(2018, 1, 10), 10, "天")
    (datetime.date(2019, 11, 9), datetime.date(2018, 1, 1))
    """
    if unit[-1] in _IN_DAYS:
        return end - timedelta(min(n * _IN_DAYS[unit[-1]], _CENTURY_OF_DAYS) - 1)
    return _months_on(end, -min(n * _IN_MONTHS[unit[-1]], _CENTURY_OF_MONTHS)) + timedelta(1)


def _months_on(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
