"""Mentions to days, where publication and the governing period are known.

Enters: a ``PeriodMention``. Leaves: ``Days``, cut at publication, or nothing where the words do not tell.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from kg.values.period.almanac import EARLIEST, days_in_month, days_in_week, days_in_year, quarter_before
from kg.values.period.length import first_day, last_day
from kg.values.period.model import Days, Moment, PeriodMention

_YEAR_ALMOST_OVER = 11  # 全年 in November is this year's, earlier the last whole one's
_AT_HAND = timedelta(14)  # before a festival that is being prepared
_MONTHS = 62  # days


def resolve(mention: PeriodMention, published: date | None, governing: Days | None) -> Days | None:
    """Return the days a mention covers, None where publication and context do not tell, cut at publication.

    >>> from kg.values.period import find_periods
    >>> resolve(find_periods("2024年1-9月")[0], date(2024, 11, 8), None)
    Days(start=datetime.date(2024, 1, 1), end=datetime.date(2024, 9, 30))
    """
    period = _days(mention, published, governing)
    if period is None or (published and period.start > published) or period.start > period.end:
        return None
    return Days(period.start, min(period.end, published)) if published else period


def _days(mention: PeriodMention, published: date | None, governing: Days | None) -> Days | None:
    match mention.shape:
        case "within":
            return _within(mention, published, governing)
        case "since" | "event":
            several = governing is not None and governing.start.year != governing.end.year
            first = _span(mention.first, published, None if several else governing)
            if published and (begun := _begun(mention, published, governing)):
                first = begun
            if first and mention.n:
                return Days(first.start, last_day(first.start, mention.n, mention.unit))
            return Days(first.start, published) if first and published else None
        case "from":
            first = _span(mention.first, published, governing)
            if not first:
                return None
            if mention.n:
                return Days(first.start, last_day(first.start, mention.n, mention.unit))
            if governing and governing.end >= first.start:
                return Days(first.start, governing.end)
            return Days(first.start, published) if published else None
        case "until":
            last = _span(mention.last, published, governing)
            if not last:
                return None
            if mention.last is not None and mention.last.anchor == "context" and published:
                # 2018年…截至5月30日 in June 2019: up to now is up to the last such day before publication.
                latest = days_in_year(mention.last, published.year)
                last = latest if latest and last.end < latest.end <= published else last
            if governing is None:
                # An account to a month's end opens with the year; another day may close what began at any time.
                closes = (last.end + timedelta(1)).day == 1
                closes = closes or (published is not None and last.end.month == 12 and last.end.year < published.year)
                return Days(date(last.end.year, 1, 1), last.end) if closes else None
            return Days(governing.start if governing.start <= last.end else date(last.end.year, 1, 1), last.end)
        case "back":
            return _back(mention, published)
        case "term":
            over = governing.end if governing else published
            return Days(date(over.year - mention.n + 1, 1, 1), date(over.year, 12, 31)) if over else None
        case "before":
            year = governing.start.year if governing else published.year if published else None
            return Days(date(year - mention.n, 1, 1), date(year - 1, 12, 31)) if year else None
        case "now":
            return Days(governing.start, published) if governing and published else None
        case "whole":
            return _whole(published, governing)
        case "month":
            return _span(mention.first, published, governing)
        case "vague":
            short = governing is not None and (governing.end - governing.start).days < _MONTHS
            return None if short else governing  # 近年来 is of no month
    return None


def _begun(mention: PeriodMention, published: date, governing: Days | None) -> Days | None:
    """Return the season or half-year that has begun by publication, if barely: 夏季以来, told in June."""
    if mention.first is None or mention.first.anchor != "context" or mention.grain not in ("season", "part"):
        return None
    this = days_in_year(mention.first, published.year)
    told = governing is None or (this is not None and governing.end >= this.start)
    return this if this and told and this.start <= published else None


def _within(mention: PeriodMention, published: date | None, governing: Days | None) -> Days | None:
    first = _span(mention.first, published, governing)
    if first is None or mention.last is mention.first:
        return first
    last = mention.last
    if last and last.anchor == "context":
        later = _is_of_next_year(last, first.start)
        last = replace(last, anchor="absolute", year=first.start.year + later)
    second = _span(last, published, first)
    return Days(first.start, second.end) if second else None


def _is_of_next_year(moment: Moment, begun: date) -> bool:
    """Tell whether a month or a holiday that closes a stretch is of the year after the one it began in."""
    if moment.festival is None:
        return moment.months[0] < begun.month
    same = days_in_year(moment, begun.year)
    return same is not None and same.end < begun


def _span(moment: Moment | None, published: date | None, governing: Days | None) -> Days | None:
    """Return the days of a moment, the year supplied by publication or the governing period where it lacks one."""
    if moment is None:
        return None
    if moment.anchor == "absolute":
        return days_in_year(moment, moment.year)
    if moment.anchor == "published":
        return days_in_year(moment, published.year + moment.year) if published else None
    if moment.anchor == "day":
        day = published + timedelta(moment.year) if published else None
        return Days(day, day) if day else None
    if moment.anchor == "weekday":
        day = days_in_week(moment.year, published).start + timedelta(moment.days[0]) if published else None
        return Days(day, day) if day else None
    if moment.anchor == "week":
        return days_in_week(moment.year, published) if published else None
    if moment.anchor == "quarter":
        return quarter_before(published) if published else None
    if moment.anchor == "month":
        return days_in_month(moment, published) if published else None
    if moment.anchor == "governing":
        base = governing.end if governing else published
        return days_in_year(moment, base.year + moment.year) if base else None
    limit = _limit(published, governing)
    if limit is None:
        return None
    span = days_in_year(moment, limit.year)
    if moment.festival and span and limit == published and timedelta() < span.start - limit <= _AT_HAND:
        return None  # 为确保中秋节期间治安稳定, told some days before it: nothing is of the one a year ago
    return span if span and _is_under_way(span, limit) else days_in_year(moment, limit.year - 1)


def _is_under_way(span: Days, limit: date) -> bool:
    """Tell whether days had begun by a day, months so that half was over: in January 上半年 is the year before's."""
    length = (span.end - span.start).days
    return span.start <= limit and (length < _MONTHS or (limit - span.start).days * 2 >= length)


def _limit(published: date | None, governing: Days | None) -> date | None:
    """Return the day by which a month without a year must have begun."""
    if governing is None:
        return published
    within_a_year = governing.start.year == governing.end.year
    end = date(governing.end.year, 12, 31) if within_a_year else governing.end
    return min(end, published) if published else end


def _back(mention: PeriodMention, published: date | None) -> Days | None:
    if published is None:
        return None
    first = first_day(published, mention.n, mention.unit)
    return Days(first, published) if first.year >= EARLIEST else None


def _whole(published: date | None, governing: Days | None) -> Days | None:
    if governing and (governing.end - governing.start).days <= 400:
        return Days(date(governing.start.year, 1, 1), date(governing.start.year, 12, 31))
    if published is None:
        return None
    year = published.year - (published.month < _YEAR_ALMOST_OVER)
    return Days(date(year, 1, 1), date(year, 12, 31))
