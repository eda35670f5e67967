"""Yearly accounts: the year that a title says its text looks back on, and when the account of it was given."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from kg.article.dating.calendar import count_of, in_arabic_digits
from kg.article.dating.mention import first_day_after, with_years
from kg.article.dating.pattern import pattern
from kg.article.dating.times import Times

_ENDED = 1955  # when the plan before the first would have ended: the tenth ended in 2005
_YEARS_OF_A_PLAN = 5


def is_long_after(title: str, printed: date) -> bool:
    """Tell whether a page prints a day years after the one year that its title says the text accounts for.

    >>> [is_long_after("某县公安局2015年工作总结", date(year, 3, 12)) for year in (2016, 2019)]
    [False, True]
    """
    year = reviewed_year(title)
    return bool(year) and printed.year - year > 1


def reviewed_year(title: str) -> int:
    """Return the year, or the last year of the plan, that a title says the text looks back on; 0 where it says none.

    >>> reviewed_year("某县公安局二〇二〇年工作总结"), reviewed_year("“十三五”时期某县公安工作回眸")
    (2020, 2020)
    """
    year = pattern("yearly-account").search(in_arabic_digits(title))
    if year:
        return int(year["year"])
    plan = pattern("plan-account").search(title)
    return _ENDED + _YEARS_OF_A_PLAN * count_of(plan["plan"]) if plan else 0


def date_of_account(times: Times) -> date | None:
    """Return when the account of a whole year, the latest named, was given, None where its last days are told.

    A month in it is none of news; what the account calls this year is the one it is of.
    """
    text, year = times.text, times.latest
    if times.is_of_year_end or pattern("early-this-year").search(text):
        return None
    if pattern("this-year-lived").search(text) and not pattern("last-year-told").search(text):
        return date(year, 12, 31)
    news = times.news
    if news and times.news_is_early:
        return first_day_after(replace(news, year=year + 1))
    told = [m for m in with_years(times.mentions, year) if m.year == year and m.month == 12 and m.day]
    return None if told else date(year + 1, 1, 15)
