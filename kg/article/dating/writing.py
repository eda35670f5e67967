"""The year in which a text was written, by the times that it names and how it speaks of them.

0 stands for a year that stays open.
"""

from __future__ import annotations

from collections.abc import Sequence

from kg.article.dating.calendar import count_of
from kg.article.dating.mention import OPENING, TimeMention
from kg.article.dating.pattern import pattern
from kg.article.dating.times import Times
from kg.mentions.lexicon import load_lexicon

_EARLY = 3  # months of a year in which its news is of the year before
_SOON = 3  # months after a beginning that is told with its year
_LETTERHEAD = 120  # characters in which a letter has its number
_BEFORE_A_FEAST = 12  # characters that may name its year


def year_of_writing(times: Times) -> int:
    """Return the year of writing: the one that the text tells, the latest named, or the next where that one is over.

    >>> from kg.article.dating.times import read_times
    >>> [year_of_writing(read_times(text)) for text in ("2018年,破案31起。", "一年来,破案31起。2018年,破案9起。")]
    [2019, 2019]
    """
    if told := _told_year(times):
        return told
    if (held := _year_of_a_drive(times)) > times.latest:
        return held
    judged = (judge(times) for judge in _JUDGES)
    return next((year for year in judged if year is not None), times.latest)


def next_year_planned(times: Times) -> int:
    """Return the next year, where one who speaks of this year plans for it; else 0."""
    if not times.tells("this-year-so-far"):
        return 0
    return max((int(match["year"]) for match in pattern("next-year").finditer(times.text)), default=0)


def _told_year(times: Times) -> int:
    """Return the year of writing where the text tells it: by a feast, by what it calls this year and the last one.

    0 where nothing does, or a year later than that is named.
    """
    if year := _anniversary_year(times.text):
        return year
    if (since := pattern("years-since-founding").search(times.text)) and (year := sum(map(int, since.groups()))):
        return year if year >= times.latest else 0
    letter = pattern("year-of-a-letter").search(times.text[:_LETTERHEAD])
    if letter and int(letter["year"]) >= times.latest:
        return int(letter["year"])
    days = {(m.month, m.day) for m in times.mentions if m.this and m.day}
    same = [m.year for m in times.mentions if m.year and m.day and (m.month, m.day) in days]
    last = [int(match["year"]) + 1 for match in pattern("last-year-dated").finditer(times.text)]
    told = {year for year in same or last if year}  # 今年4月1日起 and 2016年4月1日起 are one day
    return max(told) if len(told) == 1 and max(told) >= times.latest else 0


def _anniversary_year(text: str) -> int:
    """Return the year that a counted feast in the opening tells: "第33个110宣传日" is 2019. 0 where none does."""
    match = pattern("anniversary").search(text)
    if match is None or (match["feast"] and match.start() > OPENING):
        return 0
    zero = load_lexicon("anniversary").rows[match["feast"] or match["event"]]["zero"]
    year = int(zero) + count_of(match["count"] or match["years"] or "1")
    named = pattern("year-before-a-feast").search(text[max(0, match.start() - _BEFORE_A_FEAST) : match.start()])
    return 0 if named and int(named["year"]) != year else year


def _year_of_a_drive(times: Times) -> int:
    """Return the year of a drive that was held in one year alone, or the next by news of its first months. 0 without.

    >>> from kg.article.dating.times import read_times
    >>> _year_of_a_drive(read_times("9月15日,“清网行动”战果公布,抓获逃犯31名。"))
    2011
    """
    match = pattern("drive-of-a-year").search(times.text)
    if match is None:
        return 0
    return int(load_lexicon("drive_year").rows[match["drive"]]["year"]) + times.news_is_early


def _after_what_is_compared(times: Times) -> int | None:
    """Return the year after the one that the figures of this year are held against."""
    compared = max((m.year for m in times.mentions if m.year and m.compared), default=0)
    return compared + 1 if compared > times.latest and times.tells("this-year") else None


def _at_its_end(times: Times) -> int | None:
    """Return the latest year where the text is a look back at its end."""
    following = f"{times.latest + 1}年"
    return times.latest if times.latest and times.is_of_year_end and following not in times.text else None


def _by_plans(times: Times) -> int | None:
    """Return the year planned, in which its plans are told, or the one at whose end they are."""
    latest = times.latest
    if latest and times.planned == latest + 1 and (times.tells("this-year") or times.tells("year-closed")):
        return latest if times.tells("this-year-so-far") else times.planned
    following = next_year_planned(times)
    return following - 1 if following > latest + 1 else None


def _by_press_conference(times: Times) -> int | None:
    """Return the year of a press conference: 召开2026年……新闻发布会, on the year before."""
    found = pattern("press-conference-of-a-year").finditer(times.text)
    press = sum(int(match["year"]) == times.latest for match in found)
    before = times.tells("last-year-named") or any(m.year == times.latest - 1 for m in times.mentions)
    return times.latest if press and before and len(times.of_latest) <= press else None


def _by_feasts(times: Times) -> int | None:
    """Return the latest year where nothing of it is named but its first feasts, in its first months."""
    feasts = sum(int(match["year"]) == times.latest for match in pattern("early-feast").finditer(times.text))
    if not feasts or feasts != len(times.of_latest):
        return None
    soon = times.news is None and bool(times.months) and max(times.months) <= 4
    return times.latest if times.news_is_early or soon else None


def _after_whole_years(times: Times) -> int | None:
    """Return the year after several whole ones."""
    news = times.news
    over = news is not None and (news.month or 12) < 12 and any(m.whole for m in times.of_latest)
    return times.latest + 1 if over and not times.tells("this-year") else None


def _after_its_end(times: Times) -> int | None:
    """Return the year after the latest, where that is over and called the last: 至2023年12月底."""
    over = any(m.month == 12 and m.day in (None, 31) and not m.since for m in times.of_latest)
    return times.latest + 1 if over and times.tells("last-year-told") and not times.tells("this-year") else None


def _by_its_months(times: Times) -> int | None:
    """Return the latest year, or the next, where months of it are named, not only since when something is so."""
    dated = [m for m in times.of_latest if m.month and not m.since]
    if not dated:
        return None
    if len(times.of_latest) > len(dated) and _is_reviewed(times) and times.tells("whole-year"):
        return times.latest + 1
    news, last = times.news, max((m.month or 0, m.day or 0) for m in dated)
    day_told = news is not None and news.dateline and last[0] > _EARLY and last[1] > 0  # 1月10日电 …2015年6月27日
    late = news is not None and times.news_is_early and (last[0] > 9 or day_told) and _month_and_day(news) < last
    return times.latest + (late or _is_told_before(times, dated))


def _is_told_before(times: Times, dated: Sequence[TimeMention]) -> bool:
    """Tell whether the dispatch's own day, without its year, comes before a day that it tells as past."""
    told = [_month_and_day(m) for m in times.mentions if (m.dateline or m.news) and m.month and m.day and not m.year]
    past = [_month_and_day(m) for m in dated if m.day and not m.stretch and not m.dateline]
    return len(told) == 1 and bool(past) and told[0] < max(past)


def _is_reviewed(times: Times) -> bool:
    """Tell whether the latest year is looked back on."""
    reviewed = pattern("year-reviewed").search(times.opening)
    return not times.tells("this-year") or (reviewed is not None and int(reviewed["year"]) == times.latest)


def _month_and_day(mention: TimeMention) -> tuple[int, int]:
    return mention.month or 0, mention.day or 0


def _by_beginnings(times: Times) -> int | None:
    """Return the year where nothing of the latest is named but since when something is so, 0 where it stays open."""
    begun = times.of_latest
    if not begun or not all(m.since for m in begun):
        return None
    news, this_year, told = times.news, times.tells("this-year"), all(m.month for m in begun)
    if news and not this_year and _is_soon(news, {m.month or 0 for m in begun}):
        return times.latest  # 8月3日电:2023年6月至今
    late = news is not None and news.dateline and (news.month or 0) > 6 and not told
    if not late and (this_year or (news and told)):
        return 0
    return times.latest + times.news_is_early


def _is_soon(news: TimeMention, begun: set[int]) -> bool:
    """Tell whether the news is of the months after the one month in which something began."""
    return len(begun) == 1 and min(begun) > 0 and 0 <= (news.month or 0) - min(begun) <= _SOON


def _in_the_latest(times: Times) -> int | None:
    """Return the latest year where something speaks for it."""
    latest, known = times.latest, times.of_latest
    if not known or len(known) < sum(m.year == latest - 1 for m in times.mentions):
        return latest
    over = times.tells("year-closed") or times.tells("last-year")
    if latest == times.present and (times.tells("this-year") or not over):
        return latest
    if any(int(match["year"]) == latest for match in pattern("own-year").finditer(times.text)):
        return latest
    news = times.news
    return latest if news and (news.month or 0) > 9 and all(m.annual for m in known) else None


def _after_the_latest(times: Times) -> int | None:
    """Return the year after it where something speaks for that."""
    known, news = times.of_latest, times.news
    if times.tells("this-year") or times.news_is_early or times.tells("last-year") or all(m.annual for m in known):
        return times.latest + 1
    judged = news is not None and (news.month or 12) <= 6 and any(m.annual for m in known)
    over = news is None and (times.tells("year-closed") or not times.months or _accounts_for_the_latest(times))
    return times.latest + 1 if judged or over else None


def _accounts_for_the_latest(times: Times) -> bool:
    """Tell whether a paragraph opens with the latest year and who worked in it, of which some months are told too."""
    return any(int(match["year"]) == times.latest for match in pattern("year-of-account").finditer(times.text))


# The first that says a year decides; the latest named is the year of writing where none does.
_JUDGES = (
    _after_what_is_compared,
    _at_its_end,
    _by_plans,
    _by_press_conference,
    _by_feasts,
    _after_whole_years,
    _after_its_end,
    _by_its_months,
    _by_beginnings,
    _in_the_latest,
    _after_the_latest,
)
