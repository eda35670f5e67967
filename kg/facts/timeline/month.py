"""Days without their month: 7日, in a story of March, is a day of March, whenever it is published.

Enters: a view and its mentions of periods. Leaves: the mentions, a day without a month with that of the day told last.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta

from kg.values.period import Days, PeriodMention, resolve

_BARE = frozenset({"period-bare-day", "period-days-of-month", "period-day-of-month"})
_REACH = 400  # characters between a day and the next without its month
_ON = 25  # days from one to the next


def with_months(view: str, mentions: Sequence[PeriodMention], published: date | None) -> Iterator[PeriodMention]:
    """Yield the mentions in their order, days without a month being the next such days after the one told last."""
    told: PeriodMention | None = None
    last: Days | None = None
    for mention in mentions:
        here = mention
        if mention.rule in _BARE:
            near = told is not None and last is not None and mention.start - told.end < _REACH
            here = _after(mention, last.end, published) if near and last and published else mention
        yield here
        if here.grain in ("day", "days") and here.shape in ("within", "month") and here.role in ("period", "report"):
            told, last = here, resolve(here, published, None)


def _after(mention: PeriodMention, told: date, published: date) -> PeriodMention:
    """Return a mention of days with the month of the first such day that is not before the one told."""
    first = mention.first
    if first is None or first.anchor != "month" or first.year:
        return mention
    days = (told + timedelta(n) for n in range(_ON + 1))
    start = next((day for day in days if day.day == first.days[0]), None)
    if start is None or start + timedelta(first.days[1] - first.days[0]) > published:
        return mention
    moment = replace(first, anchor="absolute", year=start.year, months=(start.month, start.month))
    return replace(mention, first=moment, last=moment, shape="within" if mention.shape == "month" else mention.shape)
