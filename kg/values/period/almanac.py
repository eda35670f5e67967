"""The days of a moment in a year, a month or a week that is known: seasons, thirds of a month, feasts."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

from kg.mentions.lexicon import load_lexicon
from kg.values.period.model import Days, Moment

EARLIEST = 1900
_ONE_HOLIDAY = timedelta(8)  # two feasts no further apart share their days off
THIRDS = {
    "上旬": (1, 10), "上中旬": (1, 20), "初": (1, 10), "中旬": (11, 20),
    "中下旬": (11, 31), "下旬": (21, 31), "底": (21, 31), "末": (21, 31),
}  # fmt: skip


def quarter_before(published: date) -> Days:
    """Return the last quarter that was over at publication.

    >>> quarter_before(date(2022, 2, 9))
    Days(start=datetime.date(2021, 10, 1), end=datetime.date(2021, 12, 31))
    """
    end = date(published.year, published.month - (published.month - 1) % 3, 1) - timedelta(1)
    return Days(date(end.year, end.month - 2, 1), end)


def days_in_week(offset: int, published: date) -> Days:
    """Return the days of a week told from publication.

    >>> days_in_week(-1, date(2019, 6, 12))
    Days(start=datetime.date(2019, 6, 3), end=datetime.date(2019, 6, 9))
    """
    monday = published - timedelta(published.weekday() - 7 * offset)
    return Days(monday, monday + timedelta(6))


def days_in_year(moment: Moment, year: int) -> Days | None:
    """Return the days of a moment in a year, None where that year has no such days."""
    if not EARLIEST <= year <= 2199:
        return None
    if moment.festival:
        days = _festival(moment.festival, year)
        if days is None or not moment.head:
            return days
        return Days(days.start, min(days.end, days.start + timedelta(moment.head - 1)))
    first, last = moment.months
    length = monthrange(year, last)[1]
    if first > last or moment.days[0] > monthrange(year, first)[1]:
        return None
    return Days(date(year, first, moment.days[0]), date(year, last, min(length, moment.days[1])))


def _festival(word: str, year: int) -> Days | None:
    row = load_lexicon("period_festival").rows[word]
    if not row["lunar"]:
        first, last = (tuple(map(int, row[key].split("-"))) for key in ("first", "last"))
        return Days(date(year, *first), date(year, *last))
    day = load_lexicon("period_lunar").get(str(year), row["lunar"])
    if day is None:
        return None
    feast = date.fromisoformat(day)
    if "-" in row["first"][1:]:  # 国庆中秋双节: one holiday of two feasts, from the earlier of them
        month, dom = map(int, row["first"].split("-"))
        opening = min(feast, fixed := date(year, month, dom))
        if feast - fixed > _ONE_HOLIDAY and (month, dom) == (1, 1):  # 元旦、春节: from one to the end of the other
            return Days(fixed, feast + timedelta(int(row["last"])))
        return Days(opening, opening + timedelta(int(row["last"]))) if abs(feast - fixed) <= _ONE_HOLIDAY else None
    return Days(feast + timedelta(int(row["first"])), feast + timedelta(int(row["last"])))


def days_in_month(moment: Moment, published: date) -> Days:
    """Return the days of a month told from publication: 上月, 本月中旬."""
    told = moment.days[0] == moment.days[1] or moment.days not in THIRDS.values()
    back = told and moment.days[0] > published.day and not moment.year  # 截至28日, 27日至29日, told on the 2nd
    year, month = divmod(published.year * 12 + published.month - 1 + moment.year - back, 12)
    length = monthrange(year, month + 1)[1]
    first, last = (min(length, day) for day in moment.days)
    return Days(date(year, month + 1, first), date(year, month + 1, last))
