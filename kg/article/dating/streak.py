"""Streaks, which tell until when they lasted: since a month or a year, for so many in a row."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from kg.article.dating.calendar import FIRST_YEAR, count_of, end_of_month
from kg.article.dating.pattern import pattern

_LAST_YEAR = 2099
_LONGEST = 40  # years


def end_of_streak(text: str) -> date | None:
    """Return the end of the month until which a streak of months lasted, None where the text tells of none.

    >>> end_of_streak("2020年3月以来连续35个月")
    datetime.date(2023, 1, 31)
    """
    ends = []
    for match in pattern("streak-of-months").finditer(text):
        months = int(match["year"]) * 12 + int(match["month"]) - 1 + int(match["count"]) - 1
        year, month = divmod(months, 12)
        if FIRST_YEAR <= year <= _LAST_YEAR:
            ends.append(end_of_month(year, month + 1))
    return max(ends, default=None)


def last_years_of_streaks(text: str) -> Iterator[int]:
    """Give the last years of streaks of years, all of which are past.

    >>> list(last_years_of_streaks("自2011年以来,连续7年"))
    [2017]
    """
    for match in pattern("streak-of-years").finditer(text):
        count = count_of(match["count"])
        last = int(match["year"]) + count - 1
        if 1 < count <= _LONGEST and last <= _LAST_YEAR:
            yield last
