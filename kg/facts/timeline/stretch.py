"""Stretches: how long a period is, and whether it goes on to hold for what follows.

Enters: a mention of a period or what it governs. Leaves: yes or no.
"""

from __future__ import annotations

from datetime import date, timedelta

from kg.facts.cue import cue
from kg.facts.model import Period
from kg.facts.timeline.model import Governed
from kg.text import Text
from kg.values.period import PeriodMention, resolve

_HISTORY = 15  # years
_CASE = 5  # years
_CHAIN = 60  # characters
_WEEK, _MONTH = 7, 28  # days
SHORT = frozenset({"days", "month", "festival"})
LASTING = frozenset({"year", "years", "months", "part"})


def lasts(mention: PeriodMention) -> bool:
    """Tell whether a period goes on to hold for the sentences after its own."""
    if mention.shape == "within" and mention.grain == "months" and mention.first and mention.first.months[0] > 1:
        return False  # 3月至6月: how long something took, not what is accounted for
    return mention.grain in LASTING or mention.shape in ("since", "from", "until")


def sets_in_passing(mention: PeriodMention) -> bool:
    """Tell whether a period sets an article's time only where nothing longer does."""
    return mention.shape == "within" and mention.grain in SHORT


def is_short(mention: PeriodMention, published: date | None) -> bool:
    """Tell whether a period sets an article's time only where nothing longer does: some days, not "1月3日至3月9日"."""
    days = resolve(mention, published, None) if sets_in_passing(mention) and mention.grain == "days" else None
    return sets_in_passing(mention) and (days is None or (days.end - days.start).days < _MONTH)


def is_brief(mention: PeriodMention, published: date | None) -> bool:
    """Tell whether a period is a month, some days or from a day on: below the first paragraph that is a story's."""
    if mention.shape == "from":
        return mention.grain == "day"
    days = resolve(mention, published, None) if sets_in_passing(mention) and mention.first is not mention.last else None
    return sets_in_passing(mention) and (days is None or (days.end - days.start).days < _WEEK)


def is_over_before_now(mention: PeriodMention) -> bool:
    """Tell whether a stretch is over before what runs on "until now" ends."""
    return mention.shape == "whole" or (mention.shape == "within" and mention.grain in ("day", "month", "months"))


def is_plan_span(mention: PeriodMention) -> bool:
    """Tell whether a mention spans a five-year plan: it sets the scene, and the year's own report follows."""
    return cue("timeline-plan-span").search(mention.words) is not None


def is_long_ago(mention: PeriodMention, published: date | None) -> bool:
    """Tell whether a period began so long ago that it tells a place's history ("自1982年建所以来")."""
    first = mention.first
    passing = mention.shape == "within" and mention.grain in ("day", "month")  # 1997年6月,……: a case
    return (
        published is not None
        and mention.shape in ("since", "within", "event")
        and first is not None
        and first.anchor == "absolute"
        and published.year - first.year > (_CASE if passing else _HISTORY)
    )


def tells_a_year(mention: PeriodMention) -> bool:
    """Tell whether a mention says which year a report is of, for the account around a drive of unknown start."""
    return mention.shape in ("within", "since") and mention.grain == "year"


def is_so_far(mention: PeriodMention, published: date | None) -> bool:
    """Tell whether words run from New Year to a day of January: 今年以来."""
    this_year = mention.first is not None and mention.first.anchor == "published" and mention.first.year == 0
    return published is not None and published.month == 1 and mention.shape == "since" and this_year


def is_level_of_its_year(view: str, governed: Governed, default: Governed | None) -> bool:
    """Tell whether words tell a level of a year before the account's, and no more: 2020年命案破案率达100%。."""
    mention, days = governed.mention, governed.period
    if mention.grain != "year" or mention.shape != "within" or days is None or default is None:
        return False
    over = default.period is not None and days.end < default.period.start
    return over and cue("timeline-level-of-a-year").match(view, mention.end) is not None


def is_of_a_chain(text: Text, mention: PeriodMention) -> bool:
    """Tell whether a year is one of those that a movement is told by: 从2015年位列第9到2016年跻身第6再到2017年."""
    if mention.grain != "year" or mention.shape != "within":
        return False
    sentence = text.sentence_at(mention.start)
    start, end = max(sentence.start, mention.start - _CHAIN), min(sentence.end, mention.end + _CHAIN)
    chain = cue("timeline-chain").finditer(text.view, start, end)
    return any(found.start() <= mention.start < found.end() for found in chain)


def is_turn(view: str, mention: PeriodMention) -> bool:
    """Tell whether words tell since when a movement turned, and no more: 自三季度起迎来转折."""
    return mention.shape == "from" and cue("timeline-turned").match(view, mention.end) is not None


def is_long(default: Governed | None) -> bool:
    """Tell whether an article covers several years."""
    return default is not None and default.period is not None and (default.period.end - default.period.start).days > 400


def is_whole_year(default: Governed | None) -> bool:
    """Tell whether an article reviews one year of the calendar, which its 一年来 then means."""
    if default is None or default.period is None or default.mention.shape not in ("within", "back"):
        return False
    days = default.period
    return (days.start.month, days.start.day, days.end.month, days.end.day) == (1, 1, 12, 31) and (
        days.start.year == days.end.year
    )


def is_last_year(default: Governed | None, published: date | None) -> bool:
    """Tell whether an article reviews the whole year before its publication."""
    return (
        default is not None
        and default.period is not None
        and published is not None
        and is_whole_year(default)
        and default.period.start.year == published.year - 1
    )


def is_one_month(period: Period | None) -> bool:
    """Tell whether a period is a month of the calendar from its first day to its last."""
    return (
        period is not None
        and period.start.day == 1
        and (period.start.year, period.start.month) == (period.end.year, period.end.month)
        and (period.end + timedelta(days=1)).day == 1
    )
