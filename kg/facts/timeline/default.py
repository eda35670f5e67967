"""What the article as a whole covers.

Enters: a text, its mentions of periods, the day of publication. Leaves: the period that holds where neither sentence
nor paragraph names one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from kg.facts.cue import cue
from kg.facts.model import Period
from kg.facts.timeline.drive import find_launches, held_that_day, held_that_night, run_on, since_launch
from kg.facts.timeline.model import CLAUSE_LENGTH, Governed
from kg.facts.timeline.opening import lead_end
from kg.facts.timeline.setting import is_reviewed, sets_article
from kg.facts.timeline.stretch import is_brief, is_long_ago, is_plan_span, is_short, sets_in_passing, tells_a_year
from kg.facts.timeline.years import named_years, resolved
from kg.text import Text
from kg.values.period import Days, PeriodMention, resolve


def default_period(text: Text, mentions: Sequence[PeriodMention], published: date | None) -> Governed | None:
    """Return the period that the article as a whole is about, None where it names none.

    What has run since some day ends where its own sentence has it end: 今年以来,截至9月25日,…….
    """
    governed = _governing(text, mentions, published)
    if governed is None or governed.period is None or published is None or governed.period.end != published:
        return governed
    end = text.sentence_at(governed.mention.start).end
    until = next((m for m in mentions if governed.mention.end <= m.start < end and m.shape == "until"), None)
    days = resolve(until, published, Days(governed.period.start, published)) if until else None
    if days is None or not governed.period.start < days.end < published:
        return governed
    return replace(governed, period=Period(governed.period.start, days.end))


def _governing(text: Text, mentions: Sequence[PeriodMention], published: date | None) -> Governed | None:
    """Return the period that title or lead, or words further down, name for all.

    The first that title or lead sets; a campaign of unknown date there leaves the article without; else the first
    year or part of one that opens a sentence further down.
    """
    named = named_years(mentions, published)
    if (drive := _days_of_title(text, mentions, published)) is not None:
        return drive
    lead, head = lead_end(text), lead_end(text, 1)
    opening = [
        mention
        for mention in mentions
        if sets_article(text, mention) and not is_long_ago(mention, published) and not _dates_an_award(text, mention)
    ]
    two = lead_end(text, 2)
    spans = {m: m.first is not m.last for m in opening}
    ends = {m: (two if spans[m] else head) if is_brief(m, published) else lead for m in opening}
    within = {m for m in opening if m.shape == "back" and m.start > text.paragraph_at(m.start).start}
    ends |= dict.fromkeys(within, two)  # 七年来,这支队伍……, farther on: of that alone
    if opening and opening[0].shape == "unknown" and opening[0].start < head:
        since = since_launch(text, opening[0], find_launches(text, mentions), published)
        if since or not any(_tells_the_year(text, mention) for mention in opening[1:] if mention.start < lead):
            return Governed(opening[0], since)
    first = [mention for mention in opening if mention.start < ends[mention] and mention.shape != "unknown"]
    if first and all(_is_of_a_contest(text, m) for m in first) and (shown := _presented(text, mentions, head)):
        return shown
    for mention in sorted(first, key=lambda m: _rank(text, m, published)):
        period = resolved(mention, published, None, named)
        if period:
            return _running(text, Governed(mention, period), published)
    for mention in opening:
        if mention.shape == "unknown" and mention.start < lead:
            since = since_launch(text, mention, find_launches(text, mentions), published)
            if since or not any(_tells_the_year(text, other) for other in opening):
                return Governed(mention, since)
        if mention.shape in ("within", "since") and not (sets_in_passing(mention) and is_short(mention, published)):
            period = resolved(mention, published, None, named)
            if period and (mention.shape == "since" or published is None or published.year - period.end.year < 2):
                return Governed(mention, period)
    for shape in ("whole", "until"):
        for mention in mentions:
            if mention.shape == shape and mention.start < lead:
                period = resolved(mention, published, _begun_before(text, mention, mentions, published), named)
                return Governed(mention, period) if period else None
    return (
        _presented(text, mentions, head)
        or _launched(text, mentions, published, head)
        or _held(text, mentions, published, head)
    )


def _running(text: Text, governed: Governed, published: date | None) -> Governed:
    """Return a month up to now, where a drive was launched in it that goes on: 今年5月,……部署……行动。截至目前,…."""
    mention = governed.mention
    if mention.grain != "month" or mention.shape != "within":
        return governed
    now = text.sentence_at(mention.start).end
    begun = cue("timeline-drive-launched").search(text.view, mention.end, min(now, mention.end + CLAUSE_LENGTH))
    goes_on = begun and cue("timeline-drive-goes-on").match(text.view, now, text.paragraph_at(mention.start).end)
    return run_on(governed, None, published) if goes_on else governed


def _tells_the_year(text: Text, mention: PeriodMention) -> bool:
    """Tell whether a mention says which year a report is of, and not a level of that year alone."""
    return tells_a_year(mention) and cue("timeline-level-told").match(text.view, mention.end) is None


def _rank(text: Text, mention: PeriodMention, published: date | None) -> tuple[bool, bool, bool]:
    """Return how far behind others a mention stands among those of title and lead."""
    plan = is_plan_span(mention) and not is_reviewed(text, mention)
    return _is_of_a_contest(text, mention), is_short(mention, published), plan


def _is_of_a_contest(text: Text, mention: PeriodMention) -> bool:
    """Tell whether a year is that of an evaluation, no more: 在2019年度全省平安建设考评中."""
    year = mention.shape == "within" and mention.grain in ("year", "years")
    return year and cue("timeline-contest").match(text.view, mention.end) is not None


def _presented(text: Text, mentions: Sequence[PeriodMention], head: int) -> Governed | None:
    """Return the year whose outcome the first paragraph presents: 晒出2020年成绩单; of an evaluation only for want."""
    published = text.article.published
    named = named_years(mentions, published)
    shown = [
        mention
        for mention in mentions
        if mention.start < head
        and mention.grain == "year"
        and cue("timeline-presented").match(text.view, mention.end)
        and not _dates_an_award(text, mention)
    ]
    for mention in sorted(shown, key=lambda m: _is_of_a_contest(text, m)):
        period = resolved(mention, published, None, named)
        if period:
            return Governed(mention, period)
    return None


def _dates_an_award(text: Text, mention: PeriodMention) -> bool:
    """Tell whether a time is that of an award, and not what the article is about: 2022年7月,某所被命名为…….

    A year inside a title is that too: 1人荣获全省2018年禁毒专项行动成绩突出个人.
    """
    if mention.shape != "within" or mention.grain not in ("month", "year"):
        return False
    of_it = "timeline-honoured" if mention.grain == "month" else "timeline-inside-title"
    return cue(of_it).match(text.view, mention.end) is not None


def _days_of_title(text: Text, mentions: Sequence[PeriodMention], published: date | None) -> Governed | None:
    """Return the stretch of as many days as the title tells of: "45天破案112起", of 5月16日至6月30日."""
    first = text.paragraphs[0] if text.paragraphs else None
    told = cue("timeline-days-of-title").search(text.view, first.start, first.end) if first and first.heading else None
    if told is None:
        return None
    for mention in mentions:
        if mention.shape == "within" and mention.grain in ("days", "months", "festival"):
            days = resolve(mention, published, None)
            if days and abs((days.end - days.start).days + 1 - int(told[1])) <= 1:
                return Governed(mention, Period(days.start, days.end))
    return None


def _begun_before(
    text: Text, mention: PeriodMention, mentions: Sequence[PeriodMention], published: date | None
) -> Days | None:
    """Return the stretch that began earlier in the paragraph of "截至3月31日", which then ends there."""
    start = text.paragraph_at(mention.start).start
    before = [m for m in mentions if start <= m.start < mention.start and m.shape in ("from", "since")]
    return resolve(replace(before[-1], shape="since"), published, None) if before else None


def _launched(text: Text, mentions: Sequence[PeriodMention], published: date | None, head: int) -> Governed | None:
    """Return the time of what the first paragraph says was launched: "6月3日至5日,……组织开展……行动"."""
    for mention in mentions:
        if mention.start < head and mention.shape == "within" and mention.grain in ("day", "days", "months"):
            end = min(text.sentence_at(mention.start).end, mention.end + CLAUSE_LENGTH)
            days = resolve(mention, published, None) if mention.role == "period" else None
            if days and cue("timeline-launched").search(text.view, mention.end, end):
                governed = Governed(mention, Period(days.start, days.end))
                of_a_day = held_that_night(text.view, mention, end) or held_that_day(text.view, mention, end)
                return governed if of_a_day or days.end > days.start else run_on(governed, None, published)
    return None


def _held(text: Text, mentions: Sequence[PeriodMention], published: date | None, head: int) -> Governed | None:
    """Return the day of the event that the first paragraph tells: 6月26日,……举行禁毒宣传活动.

    Not where a paragraph below turns to 近年来: the event but opens an account of years.
    """
    turned = [m for m in mentions if m.shape == "vague" and m.start == text.paragraph_at(m.start).start >= head]
    for mention in mentions if not turned else ():
        if mention.start < head and mention.grain == "day" and mention.shape == "within" and mention.role == "period":
            days = resolve(mention, published, None)
            if days and held_that_day(text.view, mention, text.sentence_at(mention.start).end):
                return Governed(mention, Period(days.start, days.end))
    return None
