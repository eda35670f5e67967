"""Facts: the contract between extraction and everything after it.

Field names are the contract's, in snake case; ``kg.facts.jsonl`` alone knows the camel-case spelling. All strings are
Simplified Chinese except ``Evidence.quote``, which is the article's own characters.
"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal


@dataclass(frozen=True, slots=True, order=True)
class Evidence:
    """A stretch of the article: ``article.text[start:end] == quote`` (code points, end exclusive)."""

    start: int
    end: int
    quote: str


def _in_year(day: date, year: int) -> date:
    """Return a day in another year, the last of a month as the last of it."""
    ends = day.day == monthrange(day.year, day.month)[1]
    return day.replace(year=year, day=monthrange(year, day.month)[1] if ends else day.day)


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """Days from ``start`` to ``end``, both inclusive."""

    start: date
    end: date

    def beginning_in(self, year: int) -> Period:
        """Return the same days where they begin in another year; the last of February stays the last.

        >>> Period(date(2021, 1, 1), date(2021, 2, 28)).beginning_in(2020).end
        datetime.date(2020, 2, 29)
        """
        later = year - self.start.year
        start, end = (_in_year(day, day.year + later) for day in (self.start, self.end))
        return Period(start, end)


@dataclass(frozen=True, slots=True, order=True)
class Streak:
    """``Streak(3, "年")`` for "连续3年"."""

    n: int
    unit: str


@dataclass(frozen=True, slots=True)
class Derivation:
    """How a fact came about: the rules that matched, and what context supplied which field.

    ``context`` holds pairs such as ``("period", "今年以来 @ 312")``; it is for people, not compared.
    """

    rules: tuple[str, ...] = ()
    context: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Fact:
    article: str
    evidence: tuple[Evidence, ...]
    derivation: Derivation = field(default=Derivation(), compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Bureau(_Fact):
    """A public-security agency. ``level``: ministry, province, prefecture, county, station or unit."""

    name: str
    level: str
    place: str | None = None
    parent: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Campaign(_Fact):
    """A named operation, special action, drive, war or struggle that ``bureau`` runs or joins."""

    name: str
    bureau: str | None = None
    period: Period | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Honor(_Fact):
    """An award somebody is said to have received.

    ``recipient_kind``: bureau, unit, person or initiative. ``level``: national, provincial, municipal, county or None.
    """

    title: str
    recipient: str
    recipient_kind: str
    bureau: str | None = None
    grantor: str | None = None
    level: str | None = None
    period: Period | None = None
    streak: Streak | None = None
    times: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Metric(_Fact):
    """A number the article reports.

    ``kind``: count, money, share, change, rank or duration. ``value`` is in base units (860余万 is 8600000), None for
    a change without a figure. ``bound``: exact, min, max or approx. ``direction``: up, down or None. ``comparison``:
    yoy, mom, base (then ``baseline``) or None.
    """

    bureau: str | None
    indicator: str
    kind: str
    value: Decimal | None
    unit: str | None
    bound: str = "exact"
    direction: str | None = None
    comparison: str | None = None
    baseline: Period | None = None
    scope: str | None = None
    streak: Streak | None = None
    campaign: str | None = None
    period: Period | None = None


Fact = Bureau | Campaign | Honor | Metric
