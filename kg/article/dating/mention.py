"""Folded text to the times that it names, each with what the words around it make of it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from kg.article.dating.calendar import day_of, end_of_month
from kg.article.dating.pattern import pattern
from kg.mentions.lexicon import load_lexicon
from kg.unguarded import unguarded

OPENING = 400  # characters in which a text tells when it is of
_BEFORE = 12  # characters before a time that decide on it
_AFTER = 40
_LONGEST_DAY = 13  # characters
_NIGHT = 20  # characters of the first day of a turn of the year
_A_MONTH = 31  # days that a stretch may have which is told by its first and last day and is over
_A_LIFE = 90  # characters of a sentence on it


@unguarded
@dataclass(frozen=True, slots=True)
class TimeMention:
    """A time that the text names, as far as it names it.

    ``dateline``: the day of writing itself. ``compared``: a year that figures are held against. ``since``: something
    is so since then. ``news``: the day of an event that the opening reports. ``this``: "今年" stands before it.
    ``annual``: a whole year that is judged ("2012年度先进单位"). ``whole``: the last of several whole years.
    ``to_come``: told of as still to come. ``stretch``: the last of some months ("4月至12月").
    """

    year: int | None
    month: int | None
    day: int | None
    dateline: bool = False
    compared: bool = False
    since: bool = False
    news: bool = False
    this: bool = False
    annual: bool = False
    whole: bool = False
    to_come: bool = False
    stretch: bool = False


@unguarded
@dataclass(frozen=True, slots=True)
class _Found:
    """A time where it stands: its parts, the year that it names, and the words on both sides."""

    text: str
    time: re.Match[str]
    year: str | None
    before: str
    after: str

    def opens(self, cue: str) -> bool:
        """Tell whether the words behind the time open with a cue."""
        return pattern(cue).match(self.after) is not None

    def follows(self, cue: str) -> bool:
        """Tell whether the words before the time end with a cue."""
        return pattern(cue).search(self.before) is not None


def find_times(text: str) -> Iterator[TimeMention]:
    """Give the times that a text names, but those in which something was founded or somebody lived.

    >>> [(time.year, time.month, time.news) for time in find_times("7月9日,召开发布会。2018年,破案31起。")]
    [(None, 7, True), (2018, None, False)]
    """
    held, life = 0, -_A_LIFE  # where what figures are held against ends; where somebody's life is told
    for time in pattern("time").finditer(text):
        found = _found(text, time)
        compared = _is_compared(found) or (not found.year and held > 0 and _is_span(text[held : time.start()]))
        held = time.end() if compared else 0
        if time["past"] or (compared and not found.year):
            continue
        if found.year and (found.follows("person") or found.opens("career")):
            life = time.end()
        if found.year and (_is_lived(found, life) or found.follows("founded") or found.opens("set-up")):
            continue
        yield _mention(found, compared)


def with_years(mentions: Iterable[TimeMention], writing: int) -> Iterator[TimeMention]:
    """Give each mention the year that stands before it; news, "今年" and what stands before any get that of writing."""
    running = writing
    for mention in mentions:
        if mention.compared:
            continue
        if mention.year:
            running = mention.year
        own = writing if (mention.news or mention.this) and not mention.year else running
        yield replace(mention, year=own)


def first_day_after(mention: TimeMention) -> date | None:
    """Return the first day on which the mention can have been written; None for a bare year."""
    if mention.year is None or mention.month is None:
        return None
    if mention.day is None:
        return end_of_month(mention.year, mention.month)
    found = day_of(mention.year, mention.month, mention.day)
    return found if found is None or mention.dateline else found + timedelta(days=1)


def _found(text: str, time: re.Match[str]) -> _Found:
    start, end = time.span()
    year = time["year"] or time["alone"]
    return _Found(text, time, year, text[max(0, start - _BEFORE) : start], text[end : end + _AFTER])


def _is_compared(found: _Found) -> bool:
    """Tell whether figures are held against the time."""
    if found.follows("compared") or (found.follows("from") and found.opens("changed")):
        return True
    return bool(found.time["day"]) and found.opens("before-a-day")  # 2014年3月1日前上网的逃犯


def _is_span(words: str) -> bool:
    return pattern("span").fullmatch(words) is not None


def _is_lived(found: _Found, life: int) -> bool:
    """Tell whether the sentence on a life goes on to the time."""
    start = found.time.start()
    return start - life < _A_LIFE and "。" not in found.text[life:start]


def _mention(found: _Found, compared: bool) -> TimeMention:
    begun = pattern("years-from").search(found.before) if found.year else None
    if found.year and begun and begun["month"] and int(found.year) - int(begun["year"]) <= 1:
        return TimeMention(int(found.year), None, None)
    year, month, day = _parts(found)
    time = found.time
    return TimeMention(
        year,
        month,
        day,
        dateline=found.opens("dateline") or bool(time["part"]),
        compared=compared,
        since=bool(year) and found.opens("since"),
        news=bool(day) and not year and time.start() < OPENING and found.opens("news"),
        this=bool(time["this"]),
        annual=found.opens("annual") or (bool(year) and found.opens("assessed")),
        whole=begun is not None and not begun["month"] and not time["month"] and not found.opens("drive"),
        to_come=_is_to_come(found, begun),
        stretch=bool(time["to"]) and not day,
    )


def _parts(found: _Found) -> tuple[int | None, int | None, int | None]:
    """Return year, month and day, of a span or a part of the year the last."""
    time = found.time
    month, day = time["to"] or time["month"], time["last_day"] or time["day"]
    if time["part"]:
        last = load_lexicon("elapsed_part").rows[time["part"]]
        month, day = last["month"], last["day"]
    if time["year_end"]:
        month, day = "12", "31"
    return int(found.year) if found.year else None, int(month) if month else None, int(day) if day else None


def _is_to_come(found: _Found, begun: re.Match[str] | None) -> bool:
    """Tell whether a year is told of as still to come: planned, or the end of what is not over."""
    if not found.year:
        return False
    if not found.time["month"] and found.opens("planned"):
        return True
    return found.follows("to-come") and not _is_over(found, begun) and not found.follows("up-to-now")


def _is_over(found: _Found, begun: re.Match[str] | None) -> bool:
    """Tell whether the time ends a span that is past."""
    if _ends_a_night(found) or _ends_some_days(found):
        return True
    return begun is not None and (bool(found.time["day"]) or found.opens("span-over"))


def _ends_a_night(found: _Found) -> bool:
    start = found.time.start()
    january = found.time["day"] and found.time["month"] in ("1", "01")
    return bool(january and pattern("turn-of-the-year").search(found.text[max(0, start - _NIGHT) : start]))


def _ends_some_days(found: _Found) -> bool:
    """Tell whether a full day ends some days that another one begins: 上周(2021年5月3日至2021年5月9日)."""
    last, start = found.time, found.time.start()
    first = pattern("days-from").search(found.text[max(0, start - _LONGEST_DAY) : start])
    if first is None or not (last["year"] and last["day"]):
        return False
    begun = day_of(int(first["year"]), int(first["month"]), int(first["day"]))
    ended = day_of(int(last["year"]), int(last["month"]), int(last["day"]))
    return begun is not None and ended is not None and 0 <= (ended - begun).days <= _A_MONTH
