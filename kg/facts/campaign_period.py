"""Periods: the days that the words give a campaign itself.

A campaign is dated by the time that governs the words which name it, by how long it is said to last, and by the day on
which it is said to end; unlike the time of a number, its end may lie after publication.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from calendar import monthrange
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from kg.facts.campaign_mention import CampaignMention
from kg.facts.campaign_name import is_known_code
from kg.facts.campaign_pattern import part
from kg.facts.model import Period
from kg.facts.timeline import Governed, Timeline
from kg.text import Text
from kg.values.numeral import parse_numeral
from kg.values.period import Moment

_LOOKED_AT = 60  # mentions of one campaign, so that no text takes quadratic time
_DAYS = {"天": 1, "日": 1, "周": 7}
_MONTHS = {"月": 1, "年": 12}


@dataclass(frozen=True, slots=True)
class _Told:
    """Days that words give a campaign; ``closed`` where they name its end, ``length`` what "为期" says of it."""

    start: date
    end: date
    words: str
    closed: bool = False
    length: re.Match[str] | None = None


def period_of(
    text: Text, group: Sequence[CampaignMention], mentions: Sequence[CampaignMention], timeline: Timeline
) -> tuple[Period | None, str]:
    """Return the days that the words around any of its mentions give a campaign, and those words."""
    outer = _outside(timeline, mentions)
    told = [t for t in (_dated(text, m, outer) for m in group[:_LOOKED_AT]) if t]
    closed = next((t for t in told if t.closed), None)
    if closed:
        return Period(closed.start, max(closed.start, closed.end)), closed.words
    ended = next((end for m in group[:_LOOKED_AT] for end in _ends(text, m, outer)), None)
    if told and ended and ended >= told[0].start:
        return Period(told[0].start, ended), told[0].words
    if ended and (length := _length(text, group[0])):
        return Period(_before(ended, length), ended), length[0]
    return (Period(told[0].start, told[0].end), told[0].words) if told else (None, "")


def _outside(timeline: Timeline, mentions: Sequence[CampaignMention]) -> Sequence[Governed]:
    """Return the times that are no part of a campaign's name ("秋季学期校园安全专项整治")."""
    ends = [m.end for m in mentions]
    found = []
    for governed in timeline.governors:
        if part("dateline").search(governed.mention.words):
            continue
        index = bisect_right(ends, governed.mention.start)
        if index == len(mentions) or mentions[index].start > governed.mention.start:
            found.append(governed)
    return found


def _dated(text: Text, mention: CampaignMention, governors: Sequence[Governed]) -> _Told | None:
    """Return the time that a sentence gives a campaign itself: the last before it, unless a result stands between."""
    view = text.view
    if part("judged").match(view, mention.end):
        return None
    if since := _since(text, mention, governors):
        return since
    governed = _governor(text, mention, governors)
    opened = _from_today(text, mention, governed, governors)
    if opened:
        return opened
    if governed is None or not governed.period:
        return None
    between = view[governed.mention.end : mention.start]
    if part("figure_counted").search(between) or _is_apart(view, mention, between):
        return None
    if mention.rule == "campaign-anaphor":
        return _timed(text, governed, between)
    length = _length(text, mention)
    if _is_passing(view, governed) and not (length or part("launched").search(between)):
        own = part("held").search(between) and not is_known_code(mention.name)
        if governed.mention.grain != "day" or not own:
            return None
    return _told(text, governed, length)


def _since(text: Text, mention: CampaignMention, governors: Sequence[Governed]) -> _Told | None:
    """Return the days of "“云剑”行动自6月13日开展以来"."""
    index = bisect_left(governors, mention.end, key=lambda g: g.mention.start)
    found = part("since_after").match(text.view, mention.end)
    if index == len(governors) or found is None:
        return None
    near = governors[index].mention.start <= found.end()
    return _told(text, governors[index], None) if near else None


def _governor(text: Text, mention: CampaignMention, governors: Sequence[Governed]) -> Governed | None:
    """Return the last time before a mention in its sentence that is no part of a name and no matter it is aimed at."""
    sentence = text.sentence_at(mention.start)
    index = bisect_left(governors, mention.start, key=lambda g: g.mention.start) - 1
    while index >= 0 and governors[index].mention.start >= sentence.start:
        governed = governors[index]
        if not part("aimed_before").search(
            text.view, max(sentence.start, governed.mention.start - 8), governed.mention.start
        ):
            return governed
        index -= 1
    return None


def _is_apart(view: str, mention: CampaignMention, between: str) -> bool:
    """Tell whether a campaign is itself a time, so that an earlier one is another ("今年以来,...行动开展以来")."""
    return part("itself_a_time").match(view, mention.end) is not None and re.search("[,;]", between) is not None


def _is_passing(view: str, governed: Governed) -> bool:
    """Tell whether a time is a day on which something happened, not the first day of a campaign."""
    if governed.mention.shape == "event":
        return True
    opens = view[max(0, governed.mention.start - 1) : governed.mention.start] in ("自", "从")
    return governed.mention.shape == "within" and governed.mention.grain == "day" and not opens


def _timed(text: Text, governed: Governed, between: str) -> _Told | None:
    """Return what "此次行动时间从...至..." says."""
    return _told(text, governed, None) if part("time_of").search(between) else None


def _told(text: Text, governed: Governed, length: re.Match[str] | None) -> _Told | None:
    if governed.period is None:
        return None
    start, mention = governed.period.start, governed.mention
    if mention.shape == "within" and mention.last is not mention.first and mention.last:
        return _Told(start, _end_of(mention.last, start, text.article.published), governed.words, closed=True)
    if length and mention.grain in ("day", "month", "months", "part"):
        return _Told(start, _after(start, length), governed.words, closed=True)
    published = text.article.published
    if mention.shape in ("from", "since") and published:
        return _Told(start, max(start, published), governed.words)
    return _Told(start, governed.period.end, governed.words)


def _from_today(
    text: Text, mention: CampaignMention, governed: Governed | None, governors: Sequence[Governed]
) -> _Told | None:
    """Return the days of "从即日起至12月底": from the day told before it in the sentence, else from publication."""
    sentence = text.sentence_at(mention.start)
    found = part("today").search(text.view, sentence.start, mention.start)
    if found is None:
        return None
    start = text.article.published
    index = bisect_left(governors, found.start(), key=lambda g: g.mention.start) - 1
    day = governors[index] if index >= 0 else None
    if day and day.mention.start >= sentence.start and day.mention.grain == "day" and day.period:
        start = day.period.start
    if start is None:
        return None
    if governed and governed.mention.start >= found.start() and governed.mention.last:
        return _Told(start, _end_of(governed.mention.last, start, text.article.published), governed.words, closed=True)
    if length := _length(text, mention):
        return _Told(start, _after(start, length), length[0], closed=True)
    return _Told(start, max(start, text.article.published or start), found[0])


def _ends(text: Text, mention: CampaignMention, governors: Sequence[Governed]) -> Iterator[date]:
    """Yield the day on which a campaign is said to end behind a mention of it."""
    sentence = text.sentence_at(mention.start)
    index = bisect_left(governors, mention.end, key=lambda g: g.mention.start)
    for governed in governors[index : index + 3]:
        at, end = governed.mention.start, governed.mention.end
        if at >= sentence.end:
            return
        last = governed.mention.last or governed.mention.first
        before = part("lasts_until").search(text.view, mention.end, at + 2)
        if last and (before or part("ended").match(text.view, end)):
            yield _end_of(last, (governed.period or Period(date.min, date.min)).start, text.article.published)


def _end_of(moment: Moment, start: date, published: date | None) -> date:
    """Return the last day of a moment, also where it lies after publication."""
    month = moment.months[1]
    year = moment.year
    if moment.anchor == "published":
        year += (published or start).year
    elif moment.anchor != "absolute":
        base = start if start > date.min else (published or start)
        year = base.year + (moment.months[0] < base.month and start > date.min)
    return date(year, month, min(moment.days[1], monthrange(year, month)[1]))


def _length(text: Text, mention: CampaignMention) -> re.Match[str] | None:
    """Return the words "为期..." right before a campaign."""
    return next(iter(list(part("lasting").finditer(text.view, max(0, mention.start - 40), mention.start))[-1:]), None)


def _after(start: date, length: re.Match[str]) -> date:
    """Return the last day of a stretch of a length."""
    n, unit = int(parse_numeral(length["n"]).value), length["u"][-1]
    if unit in _DAYS:
        return start + timedelta(n * _DAYS[unit] - 1)
    year, month = divmod(start.year * 12 + start.month - 1 + n * _MONTHS[unit], 12)
    first = start.replace(day=1)
    return first.replace(year=year, month=month + 1, day=min(start.day, monthrange(year, month + 1)[1])) - timedelta(1)


def _before(end: date, length: re.Match[str]) -> date:
    """Return the first day of a stretch of a length that ends on a day."""
    n, unit = int(parse_numeral(length["n"]).value), length["u"][-1]
    if unit in _DAYS:
        return end - timedelta(n * _DAYS[unit] - 1)
    year, month = divmod(end.year * 12 + end.month - 1 - n * _MONTHS[unit], 12)
    return end.replace(year=year, month=month + 1, day=min(end.day, monthrange(year, month + 1)[1])) + timedelta(1)
