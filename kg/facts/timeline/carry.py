"""What a sentence inherits that names no period itself.

Enters: a text and the periods that govern in it. Leaves: for each sentence, the period that an earlier one of its
paragraph, or a heading, has set: a lasting one, or an event until the article sums up or turns to other work.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from kg.facts.cue import cue
from kg.facts.model import Period
from kg.facts.timeline.drive import (
    day_ended,
    held_that_day,
    held_that_night,
    is_days_of_a_drive,
    is_of_a_drive,
    may_begin,
    run_on,
    term_end,
    told_until,
)
from kg.facts.timeline.founding import is_founding_before
from kg.facts.timeline.limit import is_peak
from kg.facts.timeline.model import CLAUSE_LENGTH, FIRSTS, LOOK_BACK, MENTION_START, Governed
from kg.facts.timeline.opening import opens, question_before
from kg.facts.timeline.stretch import is_level_of_its_year, is_long, is_long_ago, is_turn, lasts
from kg.text import Paragraph, Span, Text
from kg.unguarded import unguarded
from kg.values.numeral import parse_numeral
from kg.values.period import last_day

_DAY_REACH = 200  # characters between a day and the paragraph that says 当晚
_SOLVED = 92  # days between offences and the news that they were solved
_NEXT_REACH = 300  # characters between a day and 次日
_EVENT_REACH = 900  # characters between an event's day and what came of it
_NEWS_OF = 31  # days of which 近日 may be
_SUBJECT = 4  # characters: who was honoured stands before the year


@unguarded
@dataclass(frozen=True, slots=True)
class _Carried:
    """What a paragraph hands on: a lasting period, and an event that holds until the article sums up again.

    ``day`` is what 当天 and 当晚 mean, ``drive`` what 行动中 means.
    """

    lasting: Governed | None
    event: Governed | None = None
    day: Governed | None = None
    drive: Governed | None = None


def carry(
    text: Text, governors: Sequence[Governed], default: Governed | None, days: Sequence[Governed] = ()
) -> Iterator[Governed | None]:
    """Yield, for each sentence, what governs where it names no period itself; ``days`` are those that are told."""
    at = 0
    section: Governed | None = None
    paragraph: Paragraph | None = None
    state = _Carried(default)
    events = _events_told(governors, days)
    told_lately: Paragraph | None = None  # whose news has no date: 近日,……
    lead: Governed | None = None  # what opens a list: 2019年,……成效显著——
    for sentence in text.sentences:
        here = text.paragraph_at(sentence.start)
        if here is not paragraph:
            lead = _lead_of_list(text, paragraph, state.lasting, lead)
            paragraph = here
            if here.heading and section is not None and _is_bracketed(text.view, section):
                section = None  # 第一阶段(3月1日至4月5日): up to the next heading
            if question_before(text, here) is None and not text.view.startswith("其中", here.start):
                goes_on = state.lasting if cue("timeline-paragraph-goes-on").match(text.view, here.start) else None
                lasting = goes_on or lead or section or default or state.lasting
                alone = default is None and not here.heading and _is_a_story(text, state.event)
                case = state.event if alone or _goes_on_with_a_case(text, state, here) else None
                state = _Carried(lasting, case, _day_before(text, days, here), state.drive)
        words = text.view[sentence.start : sentence.end]
        if (morrow := _next_day(text, events, sentence)) is not None:
            state = replace(state, event=morrow, day=morrow)
        same = morrow or _event_before(text, events, sentence) or _taken_up(state, words, text)
        same = same or _summed_up(state, words, here)
        left = state.event is None or _leaves(state.event, words, text) or _is_in_a_drive(words)
        left = left and not _is_before_the_account(state, words, default)
        governing = same or (state.lasting if left else _as_solved(text, state.event, words))
        told_lately = here if cue("timeline-lately").match(words) else told_lately
        yield None if told_lately is here and _is_over(governing, text.article.published) else governing
        settled = False
        while at < len(governors) and governors[at].mention.start < sentence.end:
            governed = governors[at]
            at += 1
            if _is_unknown(governed) and not settled and not here.heading:
                if opens(text, governed.mention, sentence, here):
                    state = replace(state, lasting=governed, event=None)
                continue
            if settled and _closes(state.lasting, governed, text.article.published):
                state = replace(state, lasting=governed)
            if governed.period is None or settled or governed.mention.role in FIRSTS:
                continue
            if _is_aside(text, governed, sentence, here, default):
                continue
            if is_of_a_drive(text.view, governed.mention):
                state = replace(state, drive=governed)
            if here.heading:
                first = "," not in text.view[here.start : governed.mention.start]  # 再创佳绩,下半年满意率居全省第一
                holds = (first and lasts(governed.mention)) or _is_bracketed(text.view, governed)
                section = governed if holds else section
            elif sentence.start > here.start and is_of_a_drive(text.view, governed.mention):
                continue  # since a campaign began: for its own sentence, not for the year's account around it
            elif opens(text, governed.mention, sentence, here):
                following = text.view[governed.mention.end : min(sentence.end, governed.mention.end + CLAUSE_LENGTH)]
                state = replace(_after_mention(state, governed, following, default), drive=state.drive)
                night = held_that_night(text.view, governed.mention, sentence.end)
                night = night or held_that_day(text.view, governed.mention, sentence.end)
                if not night and cue("timeline-begun").search(following) and may_begin(governed, following):
                    ended = day_ended(text, governors[at : at + 1], sentence) or term_end(governed, following)
                    ended = ended or told_until(governors[at : at + LOOK_BACK], here)
                    state = replace(state, drive=run_on(governed, ended, text.article.published))
                elif is_days_of_a_drive(governed, following):
                    state = replace(state, drive=governed)
                settled = lasts(governed.mention)
            elif _ends_event(state.event, governed):
                state = replace(state, event=governed)


def _lead_of_list(
    text: Text, above: Paragraph | None, lasting: Governed | None, lead: Governed | None
) -> Governed | None:
    """Return the time that opens a list whose items are lines, which end with semicolons: 2019年,……成效显著——."""
    if above is None or above.heading or not text.view.endswith((";", ":", "——"), above.start, above.end):
        return None
    if lasting is None or not above.start <= lasting.mention.start < above.end:
        return lead
    opened = cue("timeline-opens-list").match(text.view, lasting.mention.end, above.end)
    return lasting if opened else lead


def _is_over(governing: Governed | None, published: date | None) -> bool:
    """Tell whether a time was over long before publication, so that news which is told behind it is not of it."""
    if governing is None or governing.period is None or published is None:
        return False
    return governing.period.end.year < published.year and (published - governing.period.end).days > _NEWS_OF


def _ends_event(event: Governed | None, governed: Governed) -> bool:
    """Tell whether words run on from the day just told: 去年5月1日,……施行,截至今年4月底,……."""
    if event is None or event.period is None or governed.period is None or governed.mention.shape != "until":
        return False
    return governed.period.start == event.period.start < governed.period.end


def _closes(lasting: Governed | None, governed: Governed, published: date | None) -> bool:
    """Tell whether words end what the sentence has running until now: 今年以来,截至9月25日,……."""
    if lasting is None or lasting.period is None or governed.period is None or governed.mention.shape != "until":
        return False
    return lasting.period.start == governed.period.start < governed.period.end < lasting.period.end == published


def _is_bracketed(view: str, governed: Governed) -> bool:
    """Tell whether days from one to another stand in brackets: "第一阶段:打团伙(3月1日至4月5日)"."""
    ranged = governed.mention.grain in ("days", "months") and governed.mention.shape == "within"
    return ranged and view[governed.mention.start - 1] == "(" and view.startswith(")", governed.mention.end)


def _is_before_the_account(state: _Carried, words: str, default: Governed | None) -> bool:
    """Tell whether words go on with an event that is told before the article names the time of its account.

    4月16日晚,……设卡15处。据统计,共出动警力1200人次。 with 今年以来 only in the paragraph below.
    """
    if state.event is None or default is None or state.lasting is not default:
        return False
    later = default.mention.start > state.event.mention.start
    return later and cue("timeline-event-counted").match(words) is not None


def _taken_up(state: _Carried, words: str, text: Text) -> Governed | None:
    """Return the day or the drive that the head of a sentence takes up: 当晚, 行动中."""
    if cue("timeline-same-day").match(words):
        return state.day
    during = cue("timeline-during-drive").match(words)
    if during is not None and during[0].endswith(","):
        told = [one for one in (state.drive, state.event) if one is not None]
        return max(told, key=lambda one: one.mention.start, default=None)  # of what was told last; a drive runs on
    if during is not None and state.day is not None and _is_of_one_day(state, text):
        return state.day
    return state.drive if during else None


def _events_told(governors: Sequence[Governed], days: Sequence[Governed]) -> list[Governed]:
    """Return the days that are told, also those from one to another, by where they stand."""
    ranged = (g for g in governors if g.mention.grain == "days" and g.mention.shape == "within" and g.period)
    return sorted((*days, *ranged), key=MENTION_START)


def _event_before(text: Text, events: Sequence[Governed], sentence: Span) -> Governed | None:
    """Return the day of the event that a sentence takes up: 此次宣传活动, 活动中; of the latter only what was held."""
    found = cue("timeline-this-event").match(text.view, sentence.start, sentence.end)
    index = bisect_left(events, sentence.start, key=MENTION_START) - 1
    if found is None or index < 0 or sentence.start - events[index].mention.end > _EVENT_REACH:
        return None
    event = events[index]
    held = held_that_day(text.view, event.mention, text.sentence_at(event.mention.start).end)
    return event if held or "次" in found[0] else None


def _next_day(text: Text, events: Sequence[Governed], sentence: Span) -> Governed | None:
    """Return the day after the one told last, where a sentence opens with 次日."""
    index = bisect_left(events, sentence.start, key=MENTION_START) - 1
    if cue("timeline-next-day").match(text.view, sentence.start, sentence.end) is None or index < 0:
        return None
    told = events[index]
    if told.period is None or sentence.start - told.mention.end > _NEXT_REACH:
        return None
    day = told.period.end + timedelta(1)
    return replace(told, period=Period(day, day))


def _is_a_story(text: Text, event: Governed | None) -> bool:
    """Tell whether a time opens a story, which goes on over paragraphs where nothing else tells a time."""
    return event is not None and cue("timeline-story-told").match(text.view, event.mention.end) is not None


def _goes_on_with_a_case(text: Text, state: _Carried, paragraph: Paragraph) -> bool:
    """Tell whether a paragraph goes on with the case of a day that the one before told: 根据代某的交代."""
    return (
        state.event is not None
        and state.event.mention.grain in ("day", "days")
        and paragraph.start - state.event.mention.end < _EVENT_REACH
        and cue("timeline-case-goes-on").match(text.view, paragraph.start) is not None
    )


def _as_solved(text: Text, event: Governed | None, words: str) -> Governed | None:
    """Return the time of what the police did about offences: since they were told, or as long as was worked on them."""
    if event is None or event.period is None:
        return event
    days, published = event.period, text.article.published
    if worked := cue("timeline-after-so-long").match(words):
        number = 6 if worked["half"] else int(parse_numeral(worked["n"]).value)
        unit = "月" if worked["half"] else worked["unit"]
        end = last_day(days.start, number, unit.replace("月", "个月"))
        return replace(event, period=Period(days.start, min(end, published) if published else end))
    ranged = event.mention.grain == "days" and event.mention.shape == "within" and days.end > days.start
    if published is None or not ranged or cue("timeline-offences-solved").search(words) is None:
        return event
    told = cue("timeline-offences-told").match(text.view, event.mention.end, text.sentence_at(event.mention.start).end)
    near = told is not None and timedelta(0) < published - days.end < timedelta(_SOLVED)
    return replace(event, period=Period(days.start, published)) if near else event


def _day_before(text: Text, days: Sequence[Governed], paragraph: Paragraph) -> Governed | None:
    """Return the day told last before a paragraph that opens with 当晚 or 当日."""
    if not cue("timeline-that-day").match(text.view, paragraph.start):
        return None
    index = bisect_left(days, paragraph.start, key=MENTION_START) - 1
    near = index >= 0 and paragraph.start - days[index].mention.end < _DAY_REACH
    return days[index] if near else None


def _is_of_one_day(state: _Carried, text: Text) -> bool:
    """Tell whether the day told last is itself that of a drive, which 行动中 means: 组织集中行动, not a launch."""
    if state.day is None or state.day is not state.event:
        return False
    launched = state.drive is not None and state.drive.mention.start >= state.day.mention.start
    end = text.sentence_at(state.day.mention.start).end
    held = cue("timeline-drive-of-a-day").search(text.view, state.day.mention.end, end)
    return not launched and (held is not None or held_that_night(text.view, state.day.mention, end))


def _is_in_a_drive(words: str) -> bool:
    """Tell whether a sentence goes on with a drive that nothing dates: 行动期间, behind the day of one case."""
    found = cue("timeline-during-drive").match(words)
    return found is not None and not found[0].endswith(",")  # 其间, …: of the event itself


def _summed_up(state: _Carried, words: str, paragraph: Paragraph) -> Governed | None:
    """Return the drive whose launch a paragraph has told, where it goes on to sum up: 5月26日打响。全市共抓获…."""
    if state.drive is None or state.event is None or state.drive.mention.start < paragraph.start:
        return None
    long = state.event.mention is state.drive.mention and state.drive.mention.grain == "day"
    return state.drive if long and cue("timeline-drive-summed").match(words) else None


def _is_aside(text: Text, governed: Governed, sentence: Span, paragraph: Paragraph, default: Governed | None) -> bool:
    """Tell whether a period holds for what it stands beside and for nothing after it."""
    mention, end = governed.mention, governed.mention.end
    if mention.shape == "during" or cue("timeline-foremost-year").search(text.view, sentence.start, mention.start):
        return True
    several = mention.shape == "back" and mention.unit == "年" and mention.n > 1
    if several and default is not None and default.period is not None and not is_long(default):
        return True  # 三年来,打掉团伙38个。“云剑2020”行动……: in the account of one year
    long_ago = is_long_ago(mention, text.article.published)
    if long_ago and mention.shape == "event":
        return True  # 新中国成立以来: of that alone
    if long_ago and cue("timeline-founding").search(
        text.view, max(paragraph.start, mention.start - 8), min(sentence.end, end + CLAUSE_LENGTH)
    ):
        return True  # 1981年建所: history
    if cue("timeline-changed-to").search(text.view, max(sentence.start, mention.start - 6), mention.start):
        return True  # 由2015年的286起降至2020年的171起: of that level alone
    if is_founding_before(text.view, governed, default):
        return True  # 中心2020年6月成立,现有民警31名: in an account of later years
    if is_level_of_its_year(text.view, governed, default):
        return True  # 2020年命案破案率达100%。目前……: in the account of the year after
    if is_peak(text.view, mention):
        return True  # 单日最高值为8月4日的410起: of that alone
    if mention.grain == "day" and cue("timeline-day-of-a-cause").match(text.view, end):
        return True  # 5月15日是……宣传日。: of that alone
    if mention.shape == "within" and cue("timeline-offence").match(text.view, end):
        return True  # 2021年9月至2023年5月,该团伙诈骗420人。: of the offence alone
    if is_turn(text.view, mention):
        return True  # 自三季度起迎来转折: of that turn alone
    if mention.shape in ("since", "from") and cue("timeline-on-end").match(text.view, end):
        return True  # 4月以来,城区连续3个月零发案: of that alone
    if mention.shape == "back" and cue("timeline-of-a-body").search(text.view, sentence.start, mention.start):
        return True  # 该中心四年来……: of that alone
    if mention.grain == "year" and mention.shape == "within" and is_long(default) and _is_compared(text, sentence, end):
        return True  # 2021年,发案较2012年下降五成。建成警务站30个: the account of many years sums up
    if is_long(default) and mention.start > sentence.start and cue("timeline-founded-then").match(text.view, end):
        return True  # 中心2019年挂牌成立: in the account of many years
    inside = paragraph.start < sentence.start < mention.start or mention.start - sentence.start >= _SUBJECT
    if inside and mention.grain == "year" and cue("timeline-honoured").match(text.view, end):
        return True  # 某所2020年获评……: the award's year, not that of the sentences after it
    if mention.grain == "year" and cue("timeline-inside-title").match(text.view, end):
        return True  # 1人荣获全省2018年禁毒行动先进个人: the title's year
    if mention.grain == "month" and cue("timeline-month-compared").match(text.view, end):
        return True  # 10月发案较3月下降31%: of that month alone
    if mention.grain == "year" and cue("timeline-year-of-a-survey").match(text.view, end):
        return True  # 在2020年民意调查中,……: of that survey alone
    # 8月开展的“百日”战役中,……: of that campaign alone
    return mention.grain in ("day", "month") and cue("timeline-drive-named").match(text.view, end) is not None


def _is_compared(text: Text, sentence: Span, at: int) -> bool:
    """Tell whether a year is set against another (较2012年下降) and what follows is counted up, of all the years."""
    against = cue("timeline-against-a-year").search(text.view, at, min(sentence.end, at + CLAUSE_LENGTH))
    return against is not None and cue("timeline-counted-up").match(text.view, sentence.end) is not None


def _leaves(event: Governed, words: str, text: Text) -> bool:
    """Tell whether a sentence no longer tells of an event: it sums up, turns to other work or to another agency."""
    if _sums_up(event, words) or cue("timeline-other-work").match(words):
        return True
    agency = cue("timeline-other-agency").match(words)
    told = text.sentence_at(event.mention.start)
    return agency is not None and bool(
        cue("timeline-agency-told").search(text.view, told.start, told.end)
        and not text.view.count(agency[0][:2], told.start, told.end)
    )


def _sums_up(event: Governed, words: str) -> bool:
    """Tell whether a sentence sums up; a place among all (全区第九位) does not, where months were accounted for."""
    months = event.mention.grain == "months"
    ranks = cue("timeline-ranked")
    return any(not (months and ranks.match(words, found.end())) for found in cue("timeline-sums-up").finditer(words))


def _is_unknown(governed: Governed) -> bool:
    """Tell whether words run to a day from when a drive began that the article does not date."""
    return governed.period is None and governed.mention.shape == "until"


def _after_mention(state: _Carried, governed: Governed, following: str, default: Governed | None) -> _Carried:
    if lasts(governed.mention) or (governed.mention.grain == "month" and cue("timeline-month-summed").match(following)):
        return _Carried(governed)
    year = _year_around(governed, default) or state.lasting
    day = governed if governed.mention.grain in ("day", "days") else None
    of_years = day is None and governed.mention.names_year and is_long(default)
    passing = of_years or cue("timeline-meeting").search(following) or cue("timeline-says").search(following)
    return _Carried(year, None if passing else governed, day)


def _year_around(governed: Governed, default: Governed | None) -> Governed | None:
    """Return the year of an event where the article covers several years ("今年6月,...。" goes on with this year)."""
    moment = governed.mention.first
    if moment is None or moment.anchor in ("context", "absolute") or governed.period is None:
        return None
    if default is None or default.period is None or not is_long(default):
        return None
    start = date(governed.period.start.year, 1, 1)
    if start > default.period.end:
        return None  # 今年3月, in the account of three years that ended with the last
    return Governed(governed.mention, Period(start, min(date(start.year, 12, 31), default.period.end)))
