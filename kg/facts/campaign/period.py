"""Periods: the days that the words give a campaign itself.

A campaign is dated by the time that governs the words which name it, by how long it is said to last, and by the day on
which it is said to end; unlike the time of a number, its end may lie after publication.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from calendar import monthrange
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from operator import attrgetter

from kg.facts.campaign.mention import CampaignMention
from kg.facts.campaign.name import is_known_code
from kg.facts.campaign.pattern import part
from kg.facts.model import Period
from kg.facts.timeline import Governed, Timeline
from kg.text import Text
from kg.values.numeral import parse_numeral
from kg.values.period import Moment, first_day, last_day

_BRACKET = re.compile("[一-龥]{0,6}\\(")  # between a name and its days
_MENTION_START = attrgetter("mention.start")
_LOOKED_AT = 60  # mentions of one campaign, times of one sentence: no text may take quadratic time
_FAR = 300
_HALF_A_YEAR = 183  # days


@dataclass(frozen=True, slots=True)
class _Told:
    """Days that words give a campaign; ``opens`` where they name its first day, ``closed`` where also its last."""

    start: date
    end: date
    words: str
    opens: bool = False
    closed: bool = False


@dataclass(frozen=True, slots=True)
class CampaignDates:
    """A text with its campaigns in order and the times that are no part of a campaign's name."""

    text: Text
    mentions: tuple[CampaignMention, ...]
    times: tuple[Governed, ...]
    _starts: tuple[int, ...] = field(repr=False)

    def period_of(self, group: Sequence[CampaignMention]) -> tuple[Period | None, str]:
        """Return the days that the words around any of its mentions give a campaign, and those words."""
        near = group[:_LOOKED_AT]
        told = [t for t in map(self._dated, near) if t]
        closed = next((t for t in told if t.closed), None)
        if closed:
            return Period(closed.start, max(closed.start, closed.end)), closed.words
        first = next((t for t in told if t.opens), told[0] if told else None)
        ended = self._end(near, first.start if first else None)
        length = next((found for mention in near if (found := self._length(mention))), None)
        if first and ended and ended >= first.start:
            return Period(first.start, ended), first.words
        if ended and length:
            return Period(_before(ended, length), ended), length[0]
        if first and first.opens and length:
            return Period(first.start, _after(first.start, length)), first.words
        return (Period(first.start, first.end), first.words) if first else (None, "")

    def _dated(self, mention: CampaignMention) -> _Told | None:
        """Return the time that a sentence gives a campaign itself, unless a result stands between."""
        view = self.text.view
        if part("judged").match(view, mention.end):
            return None
        governed = self._governor(mention)
        told = self._behind(mention) or self._from_today(mention, governed)
        told = told or (self._from_day(mention) if governed is None else None)
        if told or governed is None:
            return told
        between = view[governed.mention.end : mention.start]
        if len(between) > _FAR or part("figure_counted").search(between) or _is_apart(view, mention, between):
            return None
        if mention.rule == "campaign-anaphor":
            return None
        length = self._length(mention)
        quoted = view.rfind("”", mention.start, mention.end)
        published = self.text.article.published
        if governed.period and part("first_battle").match(view, mention.end):
            return _Told(governed.period.start, published or governed.period.end, governed.words, opens=True)
        rounds = part("round").match(view, mention.end) or (quoted > 0 and part("round").match(view, quoted + 1))
        if rounds or (part("meeting").match(view, mention.end) and not length):
            return None
        brief = governed.mention.shape == "within" and governed.mention.grain in ("day", "month") and not length
        if brief and self._is_of_another(mention, between):
            return None
        if _is_passing(view, governed) and not (length or part("launched").search(between)):
            held = part("held").search(between) and not is_known_code(mention.name)
            if governed.mention.grain != "day" or not held:
                return None
        if length and governed.period and governed.mention.grain == "day" and part("ended").match(view, mention.end):
            first = _before(governed.period.start, length)
            return _Told(first, governed.period.start, governed.words, closed=True)
        told = self._told(governed, length)
        if told and published and not told.closed and governed.mention.grain == "day" and told.start <= published:
            begun = part("launched").search(between) is not None
            return _Told(told.start, published, told.words, opens=True) if begun else told
        if told and published and not told.closed and _begins_in_month(view, governed, mention):
            running = told.start.year == published.year and told.start <= published
            return _Told(told.start, published, told.words, opens=True) if running else told
        return told

    def _is_of_another(self, mention: CampaignMention, between: str) -> bool:
        """Tell whether a day belongs to a campaign named before ("10月部署“百日攻坚”,推进扫黑除恶专项斗争")."""
        index = bisect_left(self._starts, mention.start) - 1
        comma = max(between.rfind(","), between.rfind(";"))
        return index >= 0 and comma >= 0 and self._starts[index] >= mention.start - len(between)

    def _governor(self, mention: CampaignMention) -> Governed | None:
        """Return the last time before a mention in its sentence that is not what a campaign is aimed at."""
        sentence = self.text.sentence_at(mention.start)
        index = bisect_left(self.times, mention.start, key=_MENTION_START)
        for governed in reversed(self.times[max(0, index - _LOOKED_AT) : index]):
            start = governed.mention.start
            if start < sentence.start:
                return None
            if not part("aimed_before").search(self.text.view, max(sentence.start, start - 8), start):
                return governed
        return None

    def _behind(self, mention: CampaignMention) -> _Told | None:
        """Return the days of "“云剑”行动自6月13日开展以来", "“冬攻”行动于12月初至2月底展开", "“云剑”行动(3月至5月)"."""
        index = bisect_left(self.times, mention.end, key=_MENTION_START)
        sentence = self.text.sentence_at(mention.start)
        if index == len(self.times) or self.times[index].mention.start >= sentence.end:
            return None
        governed = self.times[index]
        found = part("since_after").match(self.text.view, mention.end)
        if found and governed.mention.start <= found.end():
            return self._told(governed, None)
        if _BRACKET.fullmatch(self.text.view, mention.end, governed.mention.start):
            return self._told(governed, None)
        is_subject = bisect_left(self._starts, sentence.start) == bisect_left(self._starts, mention.start)
        for later in self.times[index : index + 3]:
            ranged = later.mention.shape == "within" and later.mention.last is not later.mention.first
            if ranged and is_subject and part("held_from").match(self.text.view, later.mention.end):
                return self._told(later, None) if later.mention.start < sentence.end else None
        return None

    def _told(self, governed: Governed, length: re.Match[str] | None) -> _Told | None:
        if governed.period is None:
            return None
        start, mention, published = governed.period.start, governed.mention, self.text.article.published
        if mention.shape == "within" and mention.last is not mention.first and mention.last:
            return _Told(start, _end_of(mention.last, start, published), governed.words, closed=True)
        if length and (mention.n or mention.grain in ("day", "month", "months", "part")):
            return _Told(start, _after(start, length), governed.words, closed=True)
        if mention.shape in ("from", "since") and published:
            precise = mention.grain in ("day", "month")
            return _Told(start, max(start, published), governed.words, opens=precise)
        return _Told(start, governed.period.end, governed.words)

    def _from_today(self, mention: CampaignMention, governed: Governed | None) -> _Told | None:
        """Return the days of "从即日起至12月底": from the day told before it in the sentence, else from publication."""
        sentence = self.text.sentence_at(mention.start)
        found = part("today").search(self.text.view, max(sentence.start, mention.start - _FAR), mention.start)
        if found is None:
            return None
        start = published = self.text.article.published
        index = bisect_left(self.times, found.start(), key=_MENTION_START) - 1
        day = self.times[index] if index >= 0 else None
        if day and day.mention.start >= sentence.start and day.mention.grain == "day" and day.period:
            start = day.period.start
        if start is None:
            return None
        if governed and governed.mention.start >= found.start() and governed.mention.last:
            return _Told(start, _end_of(governed.mention.last, start, published), governed.words, closed=True)
        if length := self._length(mention):
            return _Told(start, _after(start, length), length[0], closed=True)
        return _Told(start, max(start, published or start), found[0])

    def _from_day(self, mention: CampaignMention) -> _Told | None:
        """Return the days of "7日部署……为期8个月的专项行动": from the last such day before publication."""
        sentence, published = self.text.sentence_at(mention.start), self.text.article.published
        start = max(sentence.start, mention.start - _FAR)
        found = part("launch_day").search(self.text.view, start, mention.start) if published else None
        length = self._length(mention) if found else None
        if found is None or length is None or published is None:
            return None
        day = int(found["d"])
        month = published if day <= published.day else published.replace(day=1) - timedelta(1)
        if day > monthrange(month.year, month.month)[1]:
            return None
        first = month.replace(day=day)
        return _Told(first, _after(first, length), found[0], closed=True)

    def _end(self, group: Sequence[CampaignMention], start: date | None) -> date | None:
        """Return the day on which a campaign that began on a day is said to end."""
        governed = next((found for mention in group for found in self._ends(mention)), None)
        if governed is None:
            return None
        last = governed.mention.last or governed.mention.first
        if last is None:
            return None
        published = self.text.article.published
        unset = start is None and last.anchor == "context" and governed.mention.grain in ("day", "month")
        start = start or (governed.period.start if governed.period else date.min)
        if start == date.min and published is None and last.anchor != "absolute":
            return None  # 持续到10月底, of which no year is known
        ended = _end_of(last, start, published)
        if unset and published is not None and (published - ended).days > _HALF_A_YEAR:
            return _end_of(last, start.replace(year=start.year + 1, day=1), published)  # told in September: to come
        return ended

    def _ends(self, mention: CampaignMention) -> Iterator[Governed]:
        """Yield the times at which a campaign is said to end behind a mention of it."""
        sentence = self.text.sentence_at(mention.start)
        index = bisect_left(self.times, mention.end, key=_MENTION_START)
        for governed in self.times[index : index + 3]:
            at, end = governed.mention.start, governed.mention.end
            if at >= sentence.end:
                return
            before = part("lasts_until").search(self.text.view, max(mention.end, at - 16), at + 2)
            if before or part("ended").match(self.text.view, end):
                yield governed

    def _length(self, mention: CampaignMention) -> re.Match[str] | None:
        """Return the words "为期..." right before a campaign."""
        found = list(part("lasting").finditer(self.text.view, max(0, mention.start - 40), mention.start))
        return found[-1] if found else None


def read_dates(text: Text, mentions: Sequence[CampaignMention], timeline: Timeline) -> CampaignDates:
    """Return what dates the campaigns of a text.

    >>> from datetime import date, timedelta
    >>> from kg.facts.timeline import read_timeline
    >>> from kg.text import text_of
    >>> text = text_of("从2024年6月1日起,开展为期10天的“夜鹰”行动。", published=date(2024, 6, 3))
    >>> mention = CampaignMention(text.view.index("“"), text.view.index("。"), "夜鹰", "campaign-quoted")
    >>> read_dates(text, [mention], read_timeline(text)).period_of([mention])[0].end
    datetime.date(2024, 6, 10)
    """
    ends = [m.end for m in mentions]
    times = []
    for governed in timeline.governors:
        index = bisect_right(ends, governed.mention.start)
        outside = index == len(mentions) or mentions[index].start > governed.mention.start
        if outside and not part("dateline").search(governed.mention.words):
            times.append(governed)
    return CampaignDates(text, tuple(mentions), tuple(times), tuple(m.start for m in mentions))


def _is_apart(view: str, mention: CampaignMention, between: str) -> bool:
    """Tell whether a campaign is itself a time, so that an earlier one is another ("今年以来,...行动开展以来")."""
    begins = part("first_battle").match(view, mention.end) is not None  # “春耕”行动启动仪式
    itself = part("itself_a_time").match(view, mention.end) is not None and not begins
    return itself and re.search("[,;]", between) is not None


def _begins_in_month(view: str, governed: Governed, mention: CampaignMention) -> bool:
    """Tell whether a month is the one in which a campaign began: 4月,……启动“春耕”行动, 4月,“春耕”行动打响."""
    if governed.mention.shape != "within" or governed.mention.grain != "month":
        return False
    before = part("begun_before").search(view, governed.mention.end, mention.start)
    return before is not None or part("begun_after").match(view, mention.end) is not None


def _is_passing(view: str, governed: Governed) -> bool:
    """Tell whether a time is a day on which something happened, not the first day of a campaign."""
    if governed.mention.shape == "event":
        return True
    opens = view[max(0, governed.mention.start - 1) : governed.mention.start] in ("自", "从")
    return governed.mention.shape == "within" and governed.mention.grain == "day" and not opens


def _end_of(moment: Moment, start: date, published: date | None) -> date:
    """Return the last day of a moment, also where it lies after publication."""
    if moment.anchor == "month" and published:  # 截至本月26日
        told = _months_on(published, moment.year)
        return told.replace(day=min(moment.days[1], monthrange(told.year, told.month)[1]))
    month = moment.months[1]
    year = moment.year
    if moment.anchor == "published":
        year += (published or start).year
    elif moment.anchor != "absolute":
        base = start if start > date.min else (published or start)
        year = base.year + (moment.months[0] < base.month and start > date.min)
    return date(year, month, min(moment.days[1], monthrange(year, month)[1]))


def _months_on(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, 1)


def _after(start: date, length: re.Match[str]) -> date:
    """Return the last day of a stretch of a length."""
    return last_day(start, *_measured(length))


def _before(end: date, length: re.Match[str]) -> date:
    """Return the first day of a stretch of a length that ends on a day."""
    return first_day(end, *_measured(length))


def _measured(length: re.Match[str]) -> tuple[int, str]:
    """Return the number and unit of a length; half a year is six months, half a month fifteen days."""
    if length["n"] == "半":
        return (6, "月") if length["u"] == "年" else (15, "天")
    return int(parse_numeral(length["n"]).value), length["u"]
