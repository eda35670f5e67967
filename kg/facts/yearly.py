"""Statements to years and months: values in a row that stand for those named before them, one after another.

Enters: a view and the statements of a sentence. Leaves: the year of each value, where there are as many values in a row
as years: "2015年、2016年、2017年分别查处酒驾70起、95起、120起".
"""

from __future__ import annotations

import re
from bisect import bisect_left
from calendar import monthrange
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from operator import itemgetter

from kg.facts.cue import cue
from kg.facts.model import Period
from kg.facts.statement import Statement

_YEAR = "(?:19|20)[0-9]{2}"
_YEARS = re.compile(
    rf"(?<![0-9])(?P<list>(?:{_YEAR}年?度?[、,和及])+{_YEAR}年)"
    rf"|(?<![0-9])(?P<first>{_YEAR})年?度?(?:[至到]|[-—~]{{1,2}})(?P<last>{_YEAR})年"
)
_AGAINST = ("与", "跟", "同", "较", "比")
_QUARTERS = re.compile("(?:第?[一二三四](?:季度)?[、和及与]){1,3}第?[一二三四]季度")
_OTHER_MONTH = re.compile("[0-9]月")
_SPAN = re.compile(rf"(?P<first>{_YEAR})年?(?:[至到]|[-—~]{{1,2}})(?P<last>{_YEAR})年")
_STANDS = itemgetter(0)
_LISTED = 8  # levels before that a list may tell
_ENDS = ("level-from-to", "levels-from-to")
_NEXT = re.compile("[、,]?[和及与]?")
_REACH = 120  # characters from the years to the first value
_MOST, _LONG = 12, 5  # years


def years_in_order(
    view: str, start: int, statements: Sequence[Statement], published: date | None = None
) -> Mapping[int, tuple[Period, str]]:
    """Return the years of values that stand in the order of years named before them, by where the values stand.

    ``start`` is where the sentence of the statements begins; years are cut at publication. Beside each year stand the
    words that supplied it, as a timeline gives them.

    >>> from kg.facts.reading import read_statements
    >>> from kg.mentions.cascade import find_mentions
    >>> from kg.mentions.mention import Mention
    >>> view = "2015年、2016年分别查处酒驾70起、95起。"
    >>> row = find_mentions(view, 0, len(view), [Mention("period", 0, 11, "period-years")])
    >>> found = years_in_order(view, 0, read_statements(view, row))
    >>> [period.start.year for period, _ in found.values()]
    [2015, 2016]
    """
    found: dict[int, tuple[Period, str]] = {}
    for row in _rows(view, statements):
        years, words, compared = _years_before(view, max(start, row[0].at - _REACH), row[0].at)
        if compared or (published and years and max(years) > published.year):
            continue
        # The last of a long list often has more to say and stands apart: "…、96%、97%,98%连续五年攀升".
        if len(years) == len(row) or len(years) == len(row) + 1 >= _LONG:
            for year, statement in zip(years, row, strict=False):
                end = date(year, 12, 31)
                found[statement.at] = Period(date(year, 1, 1), min(end, published) if published else end), words
    return found


def baselines_in_order(
    view: str, start: int, statements: Sequence[Statement], governing: Period | None
) -> Mapping[int, Period]:
    """Return what changes in a row are measured against where as many years are named, by where the changes stand.

    Parameters are those of ``years_in_order``; of a year's 同比 or 同期 it is the days of the ``governing`` period.
    "与2018年、2019年相比分别下降12%、9%".
    """
    found: dict[int, Period] = {}
    for row in _rows(view, statements):
        years, _, compared = _years_before(view, max(start, row[0].at - _REACH), row[0].at)
        if not compared or len(years) != len(row) or row[0].amount.kind != "change":
            continue
        same = governing if "同" in compared and governing and governing.start.year == governing.end.year else None
        for year, statement in zip(years, row, strict=True):
            found[statement.at] = same.beginning_in(year) if same else Period(date(year, 1, 1), date(year, 12, 31))
    return found


def set_against_years(view: str, start: int, statements: Sequence[Statement]) -> Mapping[int, int]:
    """Return where the list of years stands that changes in a row are held against, by where the changes stand.

    2018年,发案比2015年、2016年分别下降12%、9%: the time of both is 2018, told before the list.
    """
    found: dict[int, int] = {}
    for row in _rows(view, statements):
        years, words, compared = _years_before(view, max(start, row[0].at - _REACH), row[0].at)
        if compared == "比" and len(years) == len(row) and row[0].amount.kind == "change":
            found |= dict.fromkeys((one.at for one in row), int(words.rpartition(" ")[2]))
    return found


def months_in_order(
    view: str, start: int, statements: Sequence[Statement], year: int
) -> Mapping[int, tuple[Period, str]]:
    """Return the months of values that stand in the order of months named before them: 8月、9月分别下降7%、9%.

    Parameters and what is returned are those of ``years_in_order``; the months are those of one ``year``.
    """
    found: dict[int, tuple[Period, str]] = {}
    for row in _rows(view, statements):
        lists = list(cue("distribution-months").finditer(view, max(start, row[0].at - _REACH), row[0].at))
        told = lists[-1] if lists else None
        if told and _OTHER_MONTH.search(view, told.end(), row[0].at):
            continue  # 9月和10月完成一半,到11月底…: of another time
        months = [int(month) for month in re.findall("[0-9]+", told["list"])] if told else []
        if told and len(months) == len(row) and months == sorted(months) and months[0] > 0 and months[-1] <= 12:
            for month, statement in zip(months, row, strict=True):
                days = Period(date(year, month, 1), date(year, month, monthrange(year, month)[1]))
                found[statement.at] = days, f"{told[0]} @ {told.start()}"
        quarters = list(_QUARTERS.finditer(view, max(start, row[0].at - _REACH), row[0].at)) if told is None else []
        numbers = ["一二三四".index(n) for n in re.findall("[一二三四]", quarters[-1][0])] if quarters else []
        if len(numbers) == len(row) and numbers == sorted(numbers):
            for n, statement in zip(numbers, row, strict=True):
                days = Period(date(year, 3 * n + 1, 1), date(year, 3 * n + 3, monthrange(year, 3 * n + 3)[1]))
                found[statement.at] = days, f"{quarters[-1][0]} @ {quarters[-1].start()}"
    return found


def ends_of_years(
    statements: Sequence[Statement], governing: Mapping[int, tuple[Period | None, str]]
) -> Mapping[int, tuple[Period, str]]:
    """Return the first and the last year for levels told before and after: 2017年至2021年,立案从14起降至9起.

    ``governing`` is what governs each value by where it stands, with the words that supplied it.
    """
    found: dict[int, tuple[Period, str]] = {}
    for before, after in _ends(statements):
        period, words = governing[before.at]
        told = _SPAN.match(words)
        if told is None or period is None or governing[after.at][0] != period:
            continue
        first, last = int(told["first"]), int(told["last"])
        if first == period.start.year < last == period.end.year:
            found[before.at] = Period(period.start, date(first, 12, 31)), words
            found[after.at] = Period(date(last, 1, 1), period.end), words
    return found


def ends_like_before(
    statements: Sequence[Statement],
    governing: Mapping[int, tuple[Period | None, str]],
    firsts: Sequence[tuple[int, Period, str]],
) -> Mapping[int, tuple[Period, str]]:
    """Return the time of a level before for the pairs that follow one whose first has a time of its own.

    命案由去年的23起减少到5起,破案率由65%提高到90%: the 65% are last year's. ``firsts`` are those times by where they
    stand.
    """
    found: dict[int, tuple[Period, str]] = {}
    for before, after in _ends(statements):
        if governing[before.at][0] != governing[after.at][0]:
            continue
        told = bisect_left(firsts, before.start, key=_STANDS) - 1
        if told >= 0:
            found[before.at] = firsts[told][1:]
    return found


def _ends(statements: Sequence[Statement]) -> list[tuple[Statement, Statement]]:
    """Return the levels of a sentence that are told before and after: 从41%上升至62.6%."""
    levels = sorted((one for one in statements if one.rule in _ENDS), key=lambda one: one.at)
    found: list[tuple[Statement, Statement]] = []
    left: list[Statement] = []
    for level in levels:
        before = next((one for one in left if one.indicator == level.indicator and one.end >= level.start), None)
        if before is None:
            left = [*left[1 - _LISTED :], level]
        else:
            left.remove(before)
            found.append((before, level))
    return found


def _rows(view: str, statements: Sequence[Statement]) -> Iterator[list[Statement]]:
    """Yield values of one indicator that follow each other with nothing but a separator between."""
    row: list[Statement] = []
    for statement in sorted(statements, key=lambda one: one.at):
        if row and not (_is_like(row[-1], statement) and _NEXT.fullmatch(view, row[-1].end, statement.at)):
            if len(row) > 1:
                yield row
            row = []
        row.append(statement)
    if len(row) > 1:
        yield row


def _is_like(a: Statement, b: Statement) -> bool:
    return (a.indicator, a.amount.kind, a.amount.unit, a.direction) == (
        b.indicator,
        b.amount.kind,
        b.amount.unit,
        b.direction,
    )


def _years_before(view: str, start: int, end: int) -> tuple[list[int], str, str]:
    """Return the years of the last list or range of years in a stretch, its words, and those that hold others to it."""
    last = next(reversed(list(_YEARS.finditer(view, start, end))), None)
    if last is None:
        return [], "", ""
    words = f"{last[0]} @ {last.start()}"
    if last["list"]:
        against = view.startswith(_AGAINST, max(0, last.start() - 1))
        compared = cue("distribution-compared").match(view, last.end()) if against else None
        alone = "比" if view.startswith(("比", "较"), last.start() - 1) and view.startswith("分别", last.end()) else ""
        return [int(year) for year in re.findall(_YEAR, last["list"])], words, compared[0] if compared else alone
    first, until = int(last["first"]), int(last["last"])
    return (list(range(first, until + 1)) if 0 < until - first < _MOST else []), words, ""
