"""A text without a printed date to the day on which it was published, judged by the latest time that it speaks of."""

from __future__ import annotations

import re
from datetime import date, timedelta

from kg.article.dating.account import date_of_account, reviewed_year
from kg.article.dating.calendar import day_of, in_arabic_digits
from kg.article.dating.mention import TimeMention, first_day_after, with_years
from kg.article.dating.pattern import pattern
from kg.article.dating.streak import end_of_streak
from kg.article.dating.times import Times, read_times
from kg.article.dating.writing import next_year_planned, year_of_writing

_ID_YEAR = re.compile(r"[^\W\d_]-((?:19|20)[0-9]{2})$")
_NEXT_DAYS = 62  # after the last event, one of which is the day of the news


_HEAD = 60  # characters in which news names its day
_DAY = re.compile("[0-9]月[0-9]{1,2}日")


def year_of_id(id: str) -> int | None:
    """Return the year at the end of an article's id, by which archives file what prints no date.

    >>> year_of_id("meishan-2009"), year_of_id("notice-20091231"), year_of_id("art_31_2031")
    (2009, None, None)
    """
    match = _ID_YEAR.search(id)
    return int(match[1]) if match else None


def deduced_date(keys: str, filed: int | None = None, title: str = "") -> date | None:
    """Return when a text without a printed date was published, judged by the latest time that it speaks of.

    The day after the last dated event; the end of the last month or part of a year; January of the year after the one
    that a review is about. ``filed`` is the year under which the article is kept: a text that speaks of the year before
    is of that one, and where it names no year, its news is, and else all of it. None where neither names one. ``keys``
    is the folded text without blanks, paragraphs separated by line ends, ``title`` the like.

    >>> deduced_date("9月5日,新闻发布会举行。2025年,全市刑事案件下降。")
    datetime.date(2025, 9, 6)
    >>> deduced_date("2024年1-9月,全市刑事案件立案数下降。")
    datetime.date(2024, 9, 30)
    """
    times = read_times(pattern("document-title").sub("", in_arabic_digits(keys)))
    found = _judged(times, filed, title)
    bare = _bare_day(times)
    return _on_the_day(found, int(bare["day"]), times, bare.start()) if found and bare else found


def _bare_day(times: Times) -> re.Match[str] | None:
    """Return the day of the news that stands without its month."""
    return pattern("day-without-month").search(times.opening)


def _on_the_day(found: date, day: int, times: Times, at: int) -> date:
    """Return the day of the news that stands without a month at a place of the text, by what is deduced without it.

    It is in the month of a feast that is told before it; else the next such day after the last event.
    """
    feast = pattern("feast-day").search(times.text[:at])
    if feast and (dated := day_of(found.year, int(feast["month"]), day)):
        kept = day_of(found.year, int(feast["month"]), int(feast["day"]))
        return dated if kept and found == kept + timedelta(days=1) else found
    if any(m.day and (m.news or m.dateline) for m in (*times.mentions, *times.to_come)):
        return found
    if (found.month, found.day) == (12, 31):
        return found  # as good as no day
    days = (found + timedelta(days=n) for n in range(-1, _NEXT_DAYS))
    return next((then for then in days if then.day == day), found)


def _judged(times: Times, filed: int | None, title: str) -> date | None:
    """Return the day after the last event, the end of the last span of time or what a review tells."""
    latest = times.latest
    if latest and reviewed_year(title) == latest and (found := date_of_account(times)):
        return found
    writing, streak = year_of_writing(times), end_of_streak(times.text)
    if streak and filed and streak.year > filed + 1:
        streak = None  # 2012年以来……。连续十年……, told in 2013: not ten years since then
    if streak and streak.year > max(latest, writing):
        writing = streak.year
    if not writing:
        return _in_the_filed_year(times, filed) if filed else None
    if filed and filed > writing:
        writing = filed  # nobody files an article under a year to come
    if filed == latest == writing - 1 and _lives_in_the_filed_year(times):
        return date(filed, 12, 31)
    return _in_the_year(times, writing, streak)


def _in_the_filed_year(times: Times, filed: int) -> date:
    """Return when a text that leaves its year open was published, by the year that it is kept under."""
    heard = [mention for mention in times.mentions if mention.news or mention.dateline]
    if not heard and _bare_day(times):
        heard = list(times.mentions)  # its day says that it is news, of what was told last
    if not heard and times.mentions and times.mentions[0].day and _DAY.search(times.opening, 0, _HEAD):
        heard = [mention for mention in times.mentions if mention.day]  # it sets out with a day: news as well
    ends = (first_day_after(mention) for mention in with_years(heard, filed))
    return max((end for end in ends if end), default=date(filed, 12, 31))


def _lives_in_the_filed_year(times: Times) -> bool:
    """Tell whether what the text calls 今年 is the year it is kept under."""
    # 今年1月10日, in a look back on the year before
    return times.tells("this-year") and not times.tells("last-year-told") and not times.tells("early-this-year")


def _in_the_year(times: Times, writing: int, streak: date | None) -> date:
    """Return when in its year of writing a text was published."""
    last = date(writing, 12, 31)
    if ends := _ends_in(times, writing):
        if writing == times.latest and times.is_of_year_end:
            return last  # a look back on the whole year, whatever its last event
        if max(ends).month < 10 and next_year_planned(times) == writing + 1:
            return last  # plans for the next year come at the end of this
        return max(ends)
    if streak and streak.year == writing:
        return streak
    spent = (writing == times.latest or times.tells("this-year")) and not times.tells("year-begun")
    return last if spent else date(writing, 1, 15)


def _ends_in(times: Times, writing: int) -> list[date]:
    """Return when what the text tells of its year of writing was over.

    Months that run on behind the day of its news are those of what was only begun: 10月21日获悉……4月至12月开展…….
    """
    told = [m for m in with_years(times.mentions, writing) if m.year == writing and not _begins(m)]
    heard = [end for m in told if m.news and (end := first_day_after(m)) is not None]
    ends = ((m, end) for m in told if (end := first_day_after(m)) is not None)
    return [end for m, end in ends if not (m.stretch and heard and end > max(heard))]


def _begins(mention: TimeMention) -> bool:
    """Tell whether a month is that since which something runs, and no more: 2020年6月以来."""
    return mention.since and mention.day is None
