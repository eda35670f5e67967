"""A line that a page prints to the day that stands in it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from itertools import chain

from kg.article.dating.calendar import count_of, day_of, year_of
from kg.article.dating.pattern import pattern
from kg.mentions.lexicon import load_lexicon

_CENTURY = "20"  # of a year that is printed with two digits


def printed_date(spaced: str) -> date | None:
    """Return the first full date in a folded line, None where there is none.

    >>> printed_date("发布时间: 2022-01-10 10:31"), printed_date("二〇一六年十一月二十八日")
    (datetime.date(2022, 1, 10), datetime.date(2016, 11, 28))
    >>> printed_date("Mar 12, 2021"), printed_date("20210312"), printed_date("编号20210312")
    (datetime.date(2021, 3, 12), datetime.date(2021, 3, 12), None)
    """
    return next((found for found in _dates(spaced) if found), None)


def _dates(spaced: str) -> Iterator[date | None]:
    """Give the dates of a line, those of the usual forms first; None for what looks like one and is none."""
    written = pattern("written")
    for match in chain(written.finditer(spaced), written.finditer(spaced.replace(" ", ""))):
        yield _written(match)
    for form in ("numeric", "in-boxes"):
        for match in pattern(form).finditer(spaced):
            yield _in_digits(match["year"], match["month"], match["day"])
    for match in pattern("day-first").finditer(spaced):
        yield _day_first(match)
    for match in pattern("short-year").finditer(spaced):
        yield _in_digits(_CENTURY + match["year"], match["month"], match["day"])
    if bare := pattern("digits-alone").fullmatch(spaced.strip()):
        yield _in_digits(bare["year"], bare["month"], bare["day"])
    for match in pattern("year-last").finditer(spaced):
        yield _year_last(match)


def _in_digits(year: str, month: str, day: str) -> date | None:
    return day_of(int(year), int(month), int(day))


def _written(match: re.Match[str]) -> date | None:
    if match["year"]:
        return _in_digits(match["year"], match["month"], match["day"])
    return day_of(year_of(match["han_year"]), count_of(match["han_month"]), count_of(match["han_day"]))


def _day_first(match: re.Match[str]) -> date | None:
    if match["year"]:
        return _in_digits(match["year"], match["month"], match["day"])
    return _in_digits(_CENTURY + match["short_year"], match["short_month"], match["short_day"])


def _year_last(match: re.Match[str]) -> date | None:
    if match["year"]:
        return _in_digits(match["year"], match["month"], match["day"])
    month = load_lexicon("month_name").rows[match["name_first"] or match["name_second"]]["month"]
    year = match["year_behind_day"] or match["year_behind_name"]
    return _in_digits(year, month, match["day_second"] or match["day_first"])
