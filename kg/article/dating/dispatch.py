"""The day on which an agency wrote the dispatch that a page has taken up."""

from __future__ import annotations

from datetime import date

from kg.article.dating.calendar import day_of
from kg.article.dating.pattern import pattern

_LATE = 21  # days after which a dispatch is no news


def day_of_writing(keys: str, printed: date) -> date | None:
    """Return the day of an agency's dispatch where the page has taken it up only weeks later, else None.

    ``keys`` is the opening of the folded text without blanks. "今年以来" runs to the day of the dispatch.

    >>> day_of_writing("新华社海口2月24日电(记者甲)今年以来,破案9起。", date(2022, 3, 28))
    datetime.date(2022, 2, 24)
    >>> day_of_writing("新华社海口2月24日电(记者甲)今年以来,破案9起。", date(2022, 2, 25)) is None
    True
    """
    told = pattern("dispatch").search(keys)
    written = day_of(printed.year, int(told["month"]), int(told["day"])) if told else None
    return written if written and (printed - written).days > _LATE else None
