"""The periods of a text, and which of them governs a position.

Enters: the view, its sentences, periods with their days, and what each sentence inherits. Leaves: the period of a
number, of an honor, of what a change is measured against.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from operator import attrgetter

from kg.facts.cue import cue
from kg.facts.model import Period
from kg.text import Span
from kg.unguarded import unguarded
from kg.values.period import PeriodMention

START = attrgetter("start")
MENTION_START = attrgetter("mention.start")
CLAUSE_LENGTH = 80
LOOK_BACK = 40  # mentions that are looked at for one number, so that no text takes quadratic time
_CEREMONY_REACH = 400  # characters after the day that a ceremony is dated by
FIRSTS = ("from", "basis")  # the first of two: its own time and a baseline


@unguarded
@dataclass(frozen=True, slots=True)
class Governed:
    """A period mention with its days; ``period`` is None where the words do not tell them.

    ``limit`` is where it ceases to govern inside its sentence, None at the sentence's end.
    """

    mention: PeriodMention
    period: Period | None
    limit: int | None = None

    @property
    def is_basis(self) -> bool:
        """Whether the words build on a change: 在2020年下降两成的基础上, whose year is no baseline of its own."""
        return self.mention.role == "basis"

    @property
    def words(self) -> str:
        """The words and where they stand, as ``kg explain`` prints them."""
        return f"{self.mention.words} @ {self.mention.start}"


@dataclass(frozen=True, slots=True)
class Timeline:
    """The periods of a text: those that govern, the baselines, and what holds where a sentence names none."""

    view: str
    governors: tuple[Governed, ...]
    baselines: tuple[Governed, ...]
    titles: tuple[Governed, ...]
    sentences: tuple[Span, ...]
    carried: tuple[Governed | None, ...]
    default: Governed | None
    days: tuple[Governed, ...] = ()

    def at(self, position: int, end: int | None = None) -> tuple[Period | None, str]:
        """Return the period that governs a number at a position of the view, and the words that supplied it.

        >>> from datetime import date
        >>> from kg.facts.timeline import read_timeline
        >>> from kg.text import text_of
        >>> text = text_of("2020年,破案9起。今年以来,破案3起,其中5月1起。", published=date(2021, 6, 30))
        >>> read_timeline(text).at(text.view.index("3起"))[1]
        '今年以来 @ 11'
        """
        found = self._bracketed(position) or self._in_sentence(position, end if end is not None else position + 1)
        if found is None or found.period is None:
            found = self.ceremony(position) or found  # 5月8日,……通报近年来的成效,并发布9起典型案例
        if found is None:
            found = self.carried[self._sentence_index(position)] if self.sentences else self.default
            if found is not self.default and self._is_streak(position, end) and _is_past_year(found):
                found = self.default
        if found is None:  # 由135起降至去年的49起,破案率达98%, where nothing else tells a time
            found = self._in_sentence(position, end if end is not None else position + 1, past_limits=True)
        return (found.period, found.words) if found else (None, "unknown")

    def baseline_at(self, start: int, end: int) -> Period | None:
        """Return the named period that changes in a clause are measured against, None where the words name none.

        A baseline that heads its sentence ("与2019年相比,") holds to the sentence's end, another in its own clause. One
        that a paragraph sets out with against a named year ("2022年与2017年比,") is what its further 同比 mean.
        """
        baseline = self._measured_against(start, end)
        if baseline is None:
            return None
        mention = baseline.mention
        if mention.start < self.sentences[self._sentence_index(start)].start:
            return baseline.period
        named = mention.names_year or _names_part(mention) or mention.words.endswith(("前年", "全年", "下半年"))
        in_brackets = self.view.startswith("(", mention.start - 1)  # 与去年同期(1月22日至28日)相比
        return baseline.period if named or in_brackets else None

    def is_since_last_year(self, start: int, end: int) -> bool:
        """Tell whether a change ran from the level of the year before: 由去年同期的31起下降29%至22起."""
        baseline = self._measured_against(start, end)
        first = baseline.mention.first if baseline and baseline.mention.role == "from" else None
        return first is not None and first.anchor in ("published", "governing") and first.year == -1

    def _measured_against(self, start: int, end: int) -> Governed | None:
        """Return the baseline of a change, whether or not its words name it by its date."""
        sentence = self.sentences[self._sentence_index(start)]
        last = bisect_left(self.baselines, end, key=MENTION_START) - 1
        for index in range(last, max(-1, last - LOOK_BACK), -1):
            baseline = self.baselines[index]
            mention = baseline.mention
            if baseline.limit is not None and end <= baseline.limit:
                continue  # the first of two has itself no baseline
            if mention.start < sentence.start:
                frames = "\n" not in self.view[mention.end : start] and _is_frame(self.view, mention)
                return baseline if frames and "同比" in self.view[start:end] else None
            between = self.view[mention.end : max(start, mention.end)]
            near = not re.search(r"[,;:。]", between)
            if near or _heads(self.view, mention) or (mention.role in FIRSTS and ";" not in between):
                return baseline
        return None

    def firsts_in(self, sentence: Span) -> list[tuple[int, Period, str]]:
        """Return the times of the first of two that a sentence tells, by where they stand: 由去年的23起减少到5起."""
        first = bisect_left(self.governors, sentence.start, key=MENTION_START)
        last = bisect_left(self.governors, sentence.end, key=MENTION_START)
        told = (one for one in self.governors[first:last] if one.mention.role == "from")
        return [(one.mention.start, one.period, one.words) for one in told if one.period]

    def honor_period(self, start: int, end: int) -> tuple[Period | None, str]:
        """Return the period of an honor between two positions: the year its title names, else what governs there."""
        inside = [title for title in self.titles if start <= title.mention.start < end]
        own = [g for g in self.governors if start <= g.mention.start < end and g.period]
        if own:
            return own[0].period, own[0].words
        if inside:
            return inside[-1].period, inside[-1].words
        return self.at(start, end)

    def decided_before(self, position: int) -> Governed | None:
        """Return the year in the title of a decision that the sentence quotes: 《关于表彰2020年度先进单位的决定》."""
        sentence = self.sentences[self._sentence_index(position)] if self.sentences else Span(0, len(self.view))
        last = bisect_left(self.titles, position, key=MENTION_START)
        for title in reversed(self.titles[max(0, last - LOOK_BACK) : last]):
            if title.mention.start < sentence.start:
                return None
            start = title.mention.start
            if cue("timeline-decision").search(self.view, max(sentence.start, start - 12), start):
                return title
        return None

    def ceremony(self, position: int) -> Governed | None:
        """Return the day of a ceremony at which something is counted: "会上,向群众返还被骗资金90万元"."""
        sentence = self.sentences[self._sentence_index(position)] if self.sentences else Span(0, len(self.view))
        start, end = max(sentence.start, position - CLAUSE_LENGTH), min(sentence.end, position + CLAUSE_LENGTH)
        if not cue("timeline-ceremony").search(self.view, start, end):
            return None
        index = bisect_right(self.days, position, key=MENTION_START)
        near = index > 0 and position - self.days[index - 1].mention.end < _CEREMONY_REACH
        return self.days[index - 1] if near else None

    def _is_streak(self, position: int, end: int | None) -> bool:
        """Tell whether the words are of several years on end, told as of the article ("连续两年零伤亡")."""
        return cue("timeline-streak").search(self.view, max(0, position - 12), (end or position) + 12) is not None

    def _bracketed(self, position: int) -> Governed | None:
        """Return the baseline whose own figure a bracket behind it tells: 比2022年(31起)下降29%."""
        opened = self.view.rfind("(", max(0, position - 4), position)
        index = bisect_left(self.baselines, opened, key=MENTION_START) - 1
        if opened < 0 or index < 0 or self.view[self.baselines[index].mention.end : opened] not in ("", "同期"):
            return None
        told = self.baselines[index].mention.names_year and self.view[opened + 1 : position] in ("", "为")
        return self.baselines[index] if told else None

    def _sentence_index(self, position: int) -> int:
        return max(0, bisect_right(self.sentences, position, key=START) - 1)

    def _in_sentence(self, position: int, end: int, past_limits: bool = False) -> Governed | None:
        sentence = self.sentences[self._sentence_index(position)] if self.sentences else Span(0, len(self.view))
        before = bisect_left(self.governors, end, key=MENTION_START)
        for index in range(before - 1, max(-1, before - 1 - LOOK_BACK), -1):
            governed = self.governors[index]
            if governed.mention.start < sentence.start:
                break
            second = past_limits and governed.mention.role == "period"
            if governed.limit is None or position < governed.limit or second:
                return governed
        return self._after(end, sentence)

    def _after(self, end: int, sentence: Span) -> Governed | None:
        """Return a period that follows in the same clause ("破案35起(截至6月底)")."""
        index = bisect_left(self.governors, end, key=MENTION_START)
        if index >= len(self.governors) or self.governors[index].mention.start >= sentence.end:
            return None
        between = self.view[end : self.governors[index].mention.start]
        return None if re.search(r"[,;:。]", between) else self.governors[index]


def _names_part(mention: PeriodMention) -> bool:
    """Tell whether a baseline is another part of a year, no 去年同期: 比二季度, 比7月份, 比今年前4个月, 比去年底."""
    if mention.words.endswith(("底", "末")):
        return True
    first = mention.first
    if first is None or mention.rule == "period-this-month":
        return False
    this_year = first.anchor == "context" or (first.anchor == "published" and first.year == 0)
    return this_year and mention.grain in ("part", "month", "months")


def _is_past_year(governed: Governed | None) -> bool:
    return governed is not None and governed.mention.shape == "within" and governed.mention.grain == "year"


def _heads(view: str, mention: PeriodMention) -> bool:
    return cue("timeline-set-against").match(view[mention.end : mention.end + 8]) is not None


def _is_frame(view: str, mention: PeriodMention) -> bool:
    """Tell whether a baseline is set against another named year, for all that follows: "2022年与2017年比,"."""
    before = view[max(0, mention.start - 6) : mention.start]
    return mention.names_year and cue("timeline-year-and").search(before) is not None and _heads(view, mention)
