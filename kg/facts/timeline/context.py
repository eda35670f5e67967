"""What supplies the year that a mention lacks, and the stretch that "until now" runs on from.

Enters: a text, a mention, the periods before it, the article's own. Leaves: the days of the one it goes by.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from kg.facts.cue import cue
from kg.facts.model import Period
from kg.facts.timeline.drive import launched_before, launches_here, since_this_year, starts_something
from kg.facts.timeline.model import FIRSTS, LOOK_BACK, Governed
from kg.facts.timeline.opening import lead_end, question_before
from kg.facts.timeline.stretch import (
    is_last_year,
    is_level_of_its_year,
    is_of_a_chain,
    is_over_before_now,
    is_turn,
    lasts,
    sets_in_passing,
)
from kg.text import Text
from kg.values.period import Days, PeriodMention, resolve

_NEWS_DAYS = 30  # days between an event and the news of it
_THESE_DAYS = 3


def context_of(text: Text, mention: PeriodMention, before: Sequence[Governed], default: Governed | None) -> Days | None:
    """Return the days that a mention counts from or belongs to: those of its sentence, paragraph or article."""
    paragraph = text.paragraph_at(mention.start)
    sentence = text.sentence_at(mention.start)
    question = question_before(text, paragraph)
    floor = question.start if question else paragraph.start
    if cue("timeline-that-year").fullmatch(mention.words):
        told = next(
            (g.period for g in reversed(before[-LOOK_BACK:]) if g.period and g.mention.role not in FIRSTS), None
        )
        if told is not None:
            return Days(date(told.start.year, 1, 1), date(told.start.year, 12, 31))
    if _is_these_days(text, mention) and not any(g.mention.start >= sentence.start for g in before[-LOOK_BACK:]):
        return None
    goes_on = mention.shape == "now" and cue("timeline-drive-goes-on").match(text.view, mention.start)
    if goes_on and (begun_on := launched_before(text, mention, before)):
        return Days(begun_on, text.article.published or date(begun_on.year, 12, 31))
    passed: Period | None = None
    for governed in reversed(before[-LOOK_BACK:]):
        if governed.mention.start < floor:
            break
        if governed.mention.role in FIRSTS:
            continue
        told_before = governed.mention.start < sentence.start
        if told_before and is_turn(text.view, governed.mention):
            continue
        if told_before and mention.shape == "now" and is_of_a_chain(text, governed.mention):
            continue
        if mention.shape == "now" and told_before and cue("timeline-document").match(text.view, governed.mention.end):
            return None  # 2020年5月,市政府印发《……计划》。目前……: since when nobody tells
        if mention.shape == "now" and told_before and is_level_of_its_year(text.view, governed, default):
            continue
        lasting = lasts(governed.mention)
        if mention.shape == "now" and not lasting and governed.period and _goes_on_about(text, governed, mention):
            return Days(governed.period.start, governed.period.end)
        if mention.shape == "now" and not lasting:
            passed = passed or governed.period
        if passed and governed.period and governed.period.end.year < passed.start.year:
            break  # 2019年,……;今年6月,……。截至目前: of this year
        if governed.period and not lasting and mention.first and mention.first.anchor == "context":
            year = governed.period.start.year
            if mention.shape == "until" and default and default.period and default.period.start.year > year:
                continue  # 中心去年10月挂牌,……截至11月底: of the year that is reported on
            return Days(date(year, 1, 1), date(year, 12, 31))
        if governed.period and (lasting or governed.mention.start >= sentence.start):
            if mention.shape == "vague" and governed.mention.start < sentence.start:
                break
            if mention.shape in ("now", "until") and is_over_before_now(governed.mention):
                if mention.shape == "now" and launches_here(text, governed, mention):
                    return Days(governed.period.start, governed.period.end)
                passed = passed or governed.period
                continue
            return Days(governed.period.start, governed.period.end)
    if passed and mention.shape == "now":
        return Days(date(passed.start.year, 1, 1), date(passed.start.year, 12, 31))
    if mention.shape == "now" and (begun := since_this_year(text, mention)):
        return Days(begun.start, begun.end)
    if default is not None and _is_news(text, mention, default):
        return None
    published = text.article.published
    if default is not None and mention.shape == "now" and _is_told_later(mention, default):
        return None
    dated = default.period if default and (mention.shape != "now" or default.mention.grain != "day") else None
    if dated and published and _is_after_years(mention, dated, published):
        return None
    if mention.shape == "since" and mention.grain == "month" and is_last_year(default, published):
        return None  # 去年……。/ 5月以来: of this year, where its May has come
    last = before[-1] if before and mention.shape == "now" and dated is None else None
    if last and last.period and starts_something(text, last.mention):
        dated = last.period  # 3月31日,……启动……。目前已登记9万人
    dated = dated or (default.period if default else None)
    return Days(dated.start, dated.end) if dated else None


def _is_told_later(mention: PeriodMention, default: Governed) -> bool:
    """Tell whether an article's own time is of some days that are told farther on, from which nothing can run."""
    later = default.mention.start > mention.start
    return later and sets_in_passing(default.mention) and default.mention.grain == "days"


def _is_after_years(mention: PeriodMention, dated: Period, published: date) -> bool:
    """Tell whether months come after the years that an account opens with: 2017年至2021年,……。1至4月,…… of 2022."""
    months = mention.grain in ("month", "months") and mention.first is not None and mention.first.anchor == "context"
    return months and dated.start.year < dated.end.year < published.year


def _goes_on_about(text: Text, governed: Governed, mention: PeriodMention) -> bool:
    """Tell whether "until now" runs on from a drive's launch or a case: 4月启动攻坚战。截至目前,攻坚战共破案9起."""
    if cue("timeline-case-now").match(text.view, mention.end):
        return True
    return cue("timeline-drive-now").match(text.view, mention.end) is not None and starts_something(
        text, governed.mention
    )


def _is_these_days(text: Text, mention: PeriodMention) -> bool:
    """Tell whether a day without a year is at most some days before publication: an account of 2015 of 3 February."""
    published = text.article.published
    if published is None or mention.grain != "day" or mention.first is None or mention.first.anchor != "context":
        return False
    days = resolve(mention, published, None)
    return days is not None and 0 <= (published - days.end).days <= _THESE_DAYS


def _is_news(text: Text, mention: PeriodMention, default: Governed) -> bool:
    """Tell whether a day without a year is that of the news, in an opening before the year under review is named."""
    published = text.article.published
    if published is None or mention.grain not in ("day", "days") or mention.start > default.mention.start:
        return False
    days = resolve(mention, published, None)
    return days is not None and (published - days.end).days <= _NEWS_DAYS and mention.start < lead_end(text, 1)
