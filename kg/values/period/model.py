"""Periods as the words name them, not yet in days, and the days that they turn into."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from kg.unguarded import unguarded


@unguarded
@dataclass(frozen=True, slots=True, order=True)
class Days:
    """Days from ``start`` to ``end``, both inclusive."""

    start: date
    end: date


@unguarded
@dataclass(frozen=True, slots=True)
class Moment:
    """A stretch of one year, as far as the words fix it.

    ``anchor`` says what ``year`` is: "absolute" a year of the calendar, "published" and "governing" an offset to the
    year of publication or of the governing period, "month", "week" and "day" one to the month, week or day of
    publication, "context" nothing (no year in the words). ``head`` is how many first days of a festival are meant, 0
    all.
    """

    anchor: str
    year: int = 0
    months: tuple[int, int] = (1, 12)
    days: tuple[int, int] = (1, 31)
    festival: str | None = None
    head: int = 0


@unguarded
@dataclass(frozen=True, slots=True)
class PeriodMention:
    """A period in the words, not yet in days.

    ``shape``: within (first to last), since (first to publication), from (first to the end of the governing period),
    until (the governing period up to last), back (the last ``n`` ``unit`` before publication), term (the ``n`` years
    that end with the governing period), before (the ``n`` years before it), told (the ``n`` days that were named before
    it), now, whole, vague, month, event, unknown.
    ``role``: period; baseline (compared with), from (the first of two: its own time and a baseline), title, case,
    record, report, law: these govern nothing. ``grain``: day, days, month, months, part, season, festival, year, years.
    """

    start: int
    end: int
    words: str
    rule: str
    shape: str = "within"
    grain: str = "year"
    first: Moment | None = None
    last: Moment | None = None
    n: int = 0
    unit: str = ""
    role: str = "period"

    @property
    def names_year(self) -> bool:
        """Whether the words name a year of the calendar, or count back to one (五年前, 前三年)."""
        absolute = any(moment is not None and moment.anchor == "absolute" for moment in (self.first, self.last))
        return absolute or self.rule in ("period-ago", "period-before")
