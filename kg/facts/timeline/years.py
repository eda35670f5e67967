"""Years counted back: 五年来 is what the article itself names as five years.

Enters: the mentions of periods of an article. Leaves: the stretches of several years by their number, and the days of
a mention in their light.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from kg.facts.model import Period
from kg.values.period import Days, PeriodMention, resolve


def named_years(mentions: Sequence[PeriodMention], published: date | None) -> dict[int, Days]:
    """Return, by number of years, the stretches that the article names ("2019年以来" in 2024 is five or six years)."""
    named: dict[int, Days] = {}
    if published is None:
        return named
    for mention in mentions:
        if mention.shape == "since" and mention.grain in ("year", "part", "years") and mention.names_year:
            days = resolve(mention, published, None)
            years = published.year - days.start.year if days else 0
            if days and years:  # 2021年以来, in 2021, is no year that is over
                named.setdefault(years + 1, days)
                named[years] = named.get(years, days)
        elif mention.shape == "since" and mention.grain in ("day", "month") and mention.names_year:
            days = resolve(mention, published, None)
            months = (published.year - days.start.year) * 12 + published.month - days.start.month if days else 0
            if days and months >= 12 and months % 12 <= 1:
                named[months // 12] = days  # 2020年6月以来, in June 2021, is 一年来
        elif mention.grain in ("years", "months") and mention.shape == "within" and mention.names_year:
            days = resolve(mention, published, None)
            if days and days.end.year > days.start.year:
                named.setdefault(days.end.year - days.start.year + 1, days)
    return named


def resolved(
    mention: PeriodMention, published: date | None, governing: Days | None, named: dict[int, Days]
) -> Period | None:
    """Return the period that a mention covers, years counted back being those that the article names."""
    days = _years_back(mention, published, named) if mention.shape == "back" else None
    days = days or resolve(mention, published, governing)
    return Period(days.start, days.end) if days else None


def _years_back(mention: PeriodMention, published: date | None, named: dict[int, Days]) -> Days | None:
    """Return the years that the article itself names, or the calendar year that an annual review means by 一年来."""
    if mention.unit != "年" or published is None:
        return None
    if mention.n in named:
        return named[mention.n]
    if mention.n == 1 and published.month in (12, 1, 2, *((3, 4) if "过去" in mention.words else ())):
        year = published.year - (published.month != 12)
        return Days(date(year, 1, 1), min(date(year, 12, 31), published))
    return None
