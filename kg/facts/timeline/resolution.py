"""How each mention gets its days.

Enters: a text and its mentions of periods. Leaves: the periods that govern, the baselines and the years of titles, each
with its days where the words tell them. Missing years come from the sentence, then the paragraph, then the article.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta

from kg.facts.cue import cue
from kg.facts.model import Period
from kg.facts.timeline.context import context_of
from kg.facts.timeline.drive import find_launches, held_before, is_unnamed, launched_before, since_launch, term_end
from kg.facts.timeline.limit import change_end, limit_of
from kg.facts.timeline.model import CLAUSE_LENGTH, FIRSTS, LOOK_BACK, MENTION_START, Governed
from kg.facts.timeline.stretch import is_last_year, is_long, is_one_month, is_so_far, is_whole_year
from kg.facts.timeline.years import named_years, resolved
from kg.text import Text
from kg.values.period import Days, PeriodMention, resolve

_DAY_FROM_NOW = re.compile("[昨今][日天]")
_DAYS_OF_LIST = 3
_WEEK, _MONTH = 7, 31  # days
_HOUR = re.compile("[时点]")
_NIGHTS = 3
_DAYS_OFF = 9  # by which months told in round numbers may miss the days
WEEK = "period-week"
_ITS_YEAR = re.compile("的?“[^“”]{2,20}”")  # between the year of a drive and 中


def resolve_mentions(
    text: Text, mentions: Sequence[PeriodMention], published: date | None, default: Governed | None
) -> tuple[list[Governed], list[Governed], list[Governed]]:
    """Give each mention its days: missing years come from the sentence, then the paragraph, then the article."""
    named = named_years(mentions, published)
    launches = find_launches(text, mentions)
    by_role: dict[str, list[Governed]] = {"period": [], "baseline": [], "title": []}
    for mention in mentions:
        if mention.role not in by_role and mention.role not in FIRSTS:
            continue
        if _is_to_come(text, mention) or _is_planned(text, mention, published):
            continue
        context = _bracketed(text.view, mention, by_role["baseline"])
        context = context or context_of(text, mention, by_role["period"], default)
        if mention.shape == "told":
            period = _told_days(mention.n, by_role["period"], text.sentence_at(mention.start).start)
            if period is None:
                continue
            mention = replace(mention, shape="from")
        elif mention.shape == "during":
            begun_on = since_launch(text, mention, launches, published)
            period = None if _is_dated(text, mention, by_role["period"], begun_on) else begun_on
            if period is None:
                continue  # “铁帚”战役期间, of which nobody tells since when it runs
        elif mention.shape == "unknown":
            period = since_launch(text, mention, launches, published)
            if period is None:
                period = held_before(text, mention, by_role["period"])
            if period is None and default and is_unnamed(text, mention) and is_long(default):
                period = default.period  # 三年……。专项斗争以来: the years that the account is of
        elif default and _is_of_article(mention, default, published):
            period = default.period
        elif mention.shape == "until" and _is_since_unknown(text, mention, by_role["period"], default):
            period = None
        elif mention.shape == "until" and (begun := _begun(text, mention, by_role["period"])):
            in_its_year = context or Days(date(begun.year, 1, 1), date(begun.year, 12, 31))
            until = resolved(mention, published, in_its_year, named)
            period = Period(begun, until.end) if until and until.end > begun else until
        else:
            period = resolved(mention, published or _reviewed_until(mention, default), context, named)
        if period and context and _is_the_year_told(mention, period, context):
            period = Period(period.start, period.end).beginning_in(period.start.year - 1)
        if mention.shape in ("back", "term") and (level := _level_told(text, mention, by_role["period"])):
            period = level
        if mention.shape == "back" and mention.unit == "个月":
            period = _told_months(mention.n, by_role["period"], published) or period
        if period and published and _is_after_launch(text, mention):
            told, year = _until_of(text, mention, mentions), period.start.year
            ended = resolve(told, published, Days(date(year, 1, 1), date(year, 12, 31))) if told else None
            period = Period(period.start, ended.end if ended and ended.end > period.start else published)
        if period and mention.shape == "from" and (end := _term_told(text, Governed(mention, period))):
            period = Period(period.start, end)
        if period and published and mention.shape == "within" and mention.grain == "month":
            closed = _launched_for(text, Governed(mention, period))
            period = Period(period.start, min(closed, published)) if closed and closed > period.end else period
        if period and published and (_is_counted_since(text, mention) or _is_launched_since(text, mention)):
            period = Period(period.start, published)
        if period and context and _is_within_told(text.view, mention) and context.start <= period.start <= context.end:
            period = Period(period.start, min(period.end, context.end))
        if period and (day := _until_told(text, mention, by_role["period"])):
            period = Period(period.start, day) if period.start < day < period.end else period
        if period and (listed := _listed_from(text.view, mention, by_role["period"])):
            period = Period(listed, period.end)
        governed = Governed(mention, period)
        if mention.role in ("baseline", *FIRSTS):
            own = change_end(text.view, mention) if mention.role in FIRSTS else None
            governed = Governed(mention, _baseline(text.view, mention, governed.period, context), own)
            by_role["baseline"].append(governed)
        if mention.role in ("period", "title"):
            by_role[mention.role].append(replace(governed, limit=limit_of(text.view, mention)))
        elif mention.role in FIRSTS:
            by_role["period"].append(replace(governed, limit=change_end(text.view, mention)))
    return by_role["period"], by_role["baseline"], by_role["title"]


def _is_the_year_told(mention: PeriodMention, period: Period, told: Days) -> bool:
    """Tell whether 去年 cannot be that of publication: 2023年,立案数从去年的31起降至20起, told in 2024."""
    first = mention.first
    last_year = first is not None and first.anchor == "published" and first.year == -1 and mention.grain == "year"
    same = period.start.year == told.start.year == told.end.year
    return mention.role in FIRSTS and last_year and same


def _bracketed(view: str, mention: PeriodMention, baselines: Sequence[Governed]) -> Days | None:
    """Return the baseline whose days a bracket behind it tells: 与2012年同期(1月22日-28日)相比."""
    last = baselines[-1] if mention.role == "baseline" and baselines else None
    if last is None or last.period is None or view[last.mention.end : mention.start] not in ("同期(", "("):
        return None
    return Days(date(last.period.start.year, 1, 1), date(last.period.end.year, 12, 31))


def _level_told(text: Text, mention: PeriodMention, before: Sequence[Governed]) -> Period | None:
    """Return the year up to which a movement ran that words tell again: 从2010年的412起降到2019年的97起,九年间…."""
    last = before[-1] if before else None
    start = text.sentence_at(mention.start).start
    if last is None or last.mention.start < start or ";" in text.view[last.mention.end : mention.start]:
        return None
    reached = cue("timeline-changed-to").search(text.view, max(start, last.mention.start - 6), last.mention.start)
    sized = cue("timeline-sized").match(text.view, mention.end) if reached else None
    return last.period if sized else None


def _is_of_article(mention: PeriodMention, default: Governed, published: date | None) -> bool:
    """Tell whether words mean the very time that the article is about, whatever the day of publication would say."""
    if mention.shape == "back" and mention.unit == "年" and mention.n == 1 and is_whole_year(default):
        return True
    if mention.words in ("本年", "本年度") and is_last_year(default, published):
        return True  # a report of the year before
    if is_so_far(mention, published) and is_last_year(default, published):
        return True  # an account that January gives of the year before
    if mention.words == "本周" and _is_one_week(default):
        return True  # 每周警情(1月9日—1月15日), put online in the week after
    # the month that is reported on, though the next has begun
    return mention.words in ("本月", "当月") and is_one_month(default.period)


def _is_one_week(default: Governed) -> bool:
    """Tell whether an article is about some days that are told by the first and the last, a week at most."""
    days = default.period
    ranged = default.mention.grain == "days" and default.mention.shape == "within" and default.mention.rule != WEEK
    return days is not None and ranged and 0 < (days.end - days.start).days <= _WEEK


def _is_to_come(text: Text, mention: PeriodMention) -> bool:
    """Tell whether a part of a year is one that plans are made for: 下半年,分局将……, of which no year follows."""
    part = mention.shape == "within" and mention.grain == "part" and not mention.names_year
    return part and cue("timeline-to-come").match(text.view, mention.end) is not None


def _is_planned(text: Text, mention: PeriodMention, published: date | None) -> bool:
    """Tell whether months without a year are those of a plan: 我市将……,7至8月,警方集中开展……, said in June."""
    first = mention.first if mention.shape == "within" and mention.grain in ("month", "months") else None
    if first is None or published is None or first.anchor != "context":
        return False
    begins = text.sentence_at(mention.start).start
    return (
        first.months[0] > published.month
        and cue("timeline-planned").search(text.view, begins, mention.start) is not None
    )


def _is_after_launch(text: Text, mention: PeriodMention) -> bool:
    """Tell whether a day tells since when a drive ran: 5月26日“清网行动”打响后,…."""
    day = mention.shape == "within" and mention.grain == "day"
    return day and cue("timeline-after-launch").match(text.view, mention.end) is not None


def _launched_for(text: Text, governed: Governed) -> date | None:
    """Return the last day of a drive that a month saw begin for so long: 去年2月,部署为期10个月的行动,罚款…."""
    at = governed.mention.end
    following = text.view[at : min(text.sentence_at(governed.mention.start).end, at + CLAUSE_LENGTH)]
    begun = cue("timeline-drive-launched").search(following) or cue("timeline-drive-held").search(following)
    return term_end(governed, following) if begun else None


def _term_told(text: Text, governed: Governed) -> date | None:
    """Return the last day of what began then and lasts so long: 从8月8日开始,……开展为期20天的整治行动."""
    start = governed.mention.end
    following = text.view[start : min(text.sentence_at(start).end, start + CLAUSE_LENGTH)]
    end = term_end(governed, following)
    return end if end and governed.period and end < governed.period.end else None


def _is_counted_since(text: Text, mention: PeriodMention) -> bool:
    """Tell whether a time is that of a founding since which is counted up: 2016年成立反诈中心,累计破获电诈案件310起."""
    when = mention.shape == "within" and mention.grain in ("year", "month", "day") and mention.role == "period"
    return when and cue("timeline-counted-since").match(text.view, mention.end) is not None


def _is_launched_since(text: Text, mention: PeriodMention) -> bool:
    """Tell whether a drive was launched then, of which its sentence tells what has come: 3月启动……行动,已破案9起."""
    when = mention.shape == "within" and mention.first is mention.last and mention.role == "period"
    return when and cue("timeline-launched-since").match(text.view, mention.end) is not None


def _until_of(text: Text, mention: PeriodMention, mentions: Sequence[PeriodMention]) -> PeriodMention | None:
    """Return the day up to which the paragraph of a launch goes on to tell: 截至12月15日."""
    end = text.paragraph_at(mention.start).end
    return next((m for m in mentions if mention.end <= m.start < end and m.shape == "until"), None)


def _is_dated(text: Text, mention: PeriodMention, before: Sequence[Governed], begun: Period | None) -> bool:
    """Tell whether the clause of a drive has told a time of its own: 5月开展的“追逃”行动中.

    今年“追逃”行动中 but tells the year of the drive that the article dates.
    """
    last = before[-1] if before else None
    if last is None or last.mention.start < text.clause_at(mention.start).start:
        return False
    names_year = _ITS_YEAR.fullmatch(text.view, last.mention.end, mention.start) and last.mention.grain == "year"
    return not (names_year and begun and last.period and last.period.start <= begun.start <= last.period.end)


def _is_within_told(view: str, mention: PeriodMention) -> bool:
    """Tell whether a stretch is part of what was told before: 截至去年12月底,……。其中,10月以来……."""
    return mention.shape in ("since", "from") and view[max(0, mention.start - 3) : mention.start].strip(",") == "其中"


def _until_told(text: Text, mention: PeriodMention, before: Sequence[Governed]) -> date | None:
    """Return the day up to which the sentence has said that this year is counted: 截至6月22日,全市今年破案9起."""
    last = before[-1] if before else None
    this_year = cue("timeline-this-year").fullmatch(mention.words) is not None
    if last is None or last.period is None or not this_year or last.mention.shape != "until":
        return None
    here = last.mention.start >= text.sentence_at(mention.start).start
    return last.period.end if here and not re.search("[0-9;]", text.view[last.mention.end : mention.start]) else None


def _listed_from(view: str, mention: PeriodMention, before: Sequence[Governed]) -> date | None:
    """Return the first of three days or more that a list names before its last: "5月3日、6月7日、7月5日,三次行动"."""
    end, days = mention, 1
    start: date | None = None
    for governed in reversed(before):
        alike = governed.mention.grain == end.grain and end.grain in ("day", "days")
        listed = alike and view[governed.mention.end : end.start] in ("、", "和")
        if not listed or governed.period is None:
            break
        end, days, start = governed.mention, days + 1, governed.period.start
    return start if days >= _DAYS_OF_LIST and view.startswith((",", "、", "和"), mention.end) else None


def _told_days(number: int, before: Sequence[Governed], sentence: int) -> Period | None:
    """Return the stretch of as many days that was named before, first and last day counted or not."""
    for governed in reversed(before[-LOOK_BACK:]):
        period = governed.period
        if period and abs((period.end - period.start).days + 1 - number) <= 1:
            return period
        until = governed.mention.shape == "until" and governed.mention.grain == "day"
        if period and until and governed is before[-1] and governed.mention.start >= sentence:
            first = period.end - timedelta(number - 1)  # 至3月15日……,52天里
            return Period(first, period.end) if first > period.start else None
    return None


def _told_months(number: int, before: Sequence[Governed], published: date | None) -> Period | None:
    """Return the stretch of as many months, from one day to another, that was told before and is over.

    7月1日至9月30日,……开展行动。三个月来,破案9起。
    """
    for governed in reversed(before[-LOOK_BACK:]):
        days, mention = governed.period, governed.mention
        if mention.grain != "days" or mention.shape != "within" or number < 2 or days is None or published is None:
            continue
        if days.end < published and abs((days.end - days.start).days - 30 * number) < _DAYS_OFF:
            return days
    return None


def _begun(text: Text, mention: PeriodMention, before: Sequence[Governed]) -> date | None:
    """Return the day since which "截至12月15日" counts: of a drive's launch, of the stretch that its sentence tells."""
    return (
        launched_before(text, mention, before)
        or _stretch_begun(text, mention, before)
        or _told_until(mention, before)
        or _night_begun(mention, before)
    )


def _night_begun(mention: PeriodMention, before: Sequence[Governed]) -> date | None:
    """Return the day told last, where an hour of the next few ends what began on it: 3月4日晚,……。截至3月5日10时."""
    last, until = before[-1] if before else None, mention.last
    if last is None or last.period is None or until is None or _HOUR.search(mention.words) is None:
        return None
    days = last.period
    if last.mention.grain != "day" or last.mention.shape != "within" or until.anchor != "context":
        return None
    ended = [days.end + timedelta(n) for n in range(_NIGHTS + 1)]
    return days.start if any((d.month, d.day) == (until.months[1], until.days[1]) for d in ended) else None


def _told_until(mention: PeriodMention, before: Sequence[Governed]) -> date | None:
    """Return since when the same "截至6月底" has been said to count before: 4月20日部署……,截至6月底."""
    told = (g for g in reversed(before[-LOOK_BACK:]) if g.mention.shape == "until" and g.mention.words == mention.words)
    return next((g.period.start for g in told if g.period is not None), None)


def _stretch_begun(text: Text, mention: PeriodMention, before: Sequence[Governed]) -> date | None:
    """Return the first day of a stretch that its sentence goes on from: 暑运(7月1日至8月31日)已过半,截至7月27日.

    Days in brackets, or a season of travel, go on through their paragraph.
    """
    last = before[-1] if before else None
    if last is None or last.period is None:
        return None
    season = last.mention.grain == "festival" or text.view.startswith("(", last.mention.start - 1)
    around = text.paragraph_at(mention.start) if season else text.sentence_at(mention.start)
    if last.mention.start < around.start:
        return None
    days = last.mention.grain in ("days", "festival") and last.mention.shape == "within"
    until = mention.last
    inside = until is not None and until.anchor == "context" and last.period.start.month <= until.months[0]
    return last.period.start if days and inside and last.period.end > last.period.start else None


def _is_since_unknown(text: Text, mention: PeriodMention, before: Sequence[Governed], default: Governed | None) -> bool:
    """Tell whether "截至11月底" ends what paragraph or article say to have run since a drive of unknown start."""
    last = before[-1] if before else None
    start = text.paragraph_at(mention.start).start
    if last is None or last.mention.start < start:
        last = default if default is not None and default.mention.start < start else None
    return last is not None and last.mention.shape == "unknown" and not last.period


def _reviewed_until(mention: PeriodMention, default: Governed | None) -> date | None:
    """Return the end of the year that an article without a date reviews, whose 今年 and 去年 count from there."""
    first = mention.first
    if first is None or first.anchor != "published" or mention.grain not in ("year", "part", "month"):
        return None
    return default.period.end if default and default.period and is_whole_year(default) else None


def _baseline(view: str, mention: PeriodMention, period: Period | None, governing: Days | None) -> Period | None:
    """Return a baseline's days: a whole year takes the months of what is compared ("1-9月较2019年同期").

    So does the first of two of some days or a month: 10月1日至7日,盗窃案件从去年156起降至108起.
    """
    if period is None or governing is None or mention.grain != "year" or governing.start.year != governing.end.year:
        return period
    short = mention.role == "from" and (governing.end - governing.start).days <= _MONTH
    if not short and not view.startswith(("同期", "的同期", "同比"), mention.end):
        return period
    return Period(governing.start, governing.end).beginning_in(period.start.year)


def days_told(view: str, mentions: Sequence[PeriodMention], published: date | None) -> list[Governed]:
    """Return the days that the words name, those too on which the report was heard: 9月5日, 昨日."""
    return sorted((*_days_named(mentions, published), *_days_from_now(view, published)), key=MENTION_START)


def _days_from_now(view: str, published: date | None) -> Iterator[Governed]:
    """Yield the days that the words tell from publication."""
    if published is None:
        return
    for found in _DAY_FROM_NOW.finditer(view):
        day = published - timedelta(1 if found[0].startswith("昨") else 0)
        yield Governed(PeriodMention(*found.span(), found[0], "day-from-now", grain="day"), Period(day, day))


def _days_named(mentions: Sequence[PeriodMention], published: date | None) -> Iterator[Governed]:
    """Yield the days that are named by their date."""
    for mention in mentions:
        if mention.grain == "day" and mention.role in ("period", "report") and mention.shape == "within":
            days = resolve(mention, published, None)
            if days:
                yield Governed(mention, Period(days.start, days.end))
