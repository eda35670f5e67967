"""Times of honors: when an award was given, for how many years on end, how often.

Enters: a title with the words before its verb. Leaves: its period with the words that told it, streak and number of
times. The year in the title speaks first, then the years listed before the verb, then what governs the sentence, then
the day or "近日" of the news that the paragraph tells.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property
from operator import attrgetter

from kg.facts.cue import cue
from kg.facts.honor.pattern import honor_part
from kg.facts.honor.title import Title
from kg.facts.model import Period, Streak
from kg.facts.timeline import Timeline
from kg.facts.timeline.model import Governed
from kg.facts.timeline.stretch import is_last_year
from kg.text import Span, Text
from kg.values.numeral import parse_numeral

_YEARS = re.compile(r"(?:19|20)[0-9]{2}(?=[年度、和,\-~至]|[\u4e00-\u9fff]{2,4}公安“)")
_QUOTED = re.compile("“([^“”]{4,30})”")
_FIELD = 6  # characters that a meeting and a title share, where the meeting is named after what is honoured there
_STREAK = 12  # characters of a streak
_ONE_YEAR = 366  # days
_ONE_MONTH = 31  # days
_NO_DAYS = ((12, 31), (1, 15))  # what stands for a year of which no day is known
_ITEM_LEAD = 8  # characters that may stand before a time with which an item of a list begins
_SPRING = 4  # the month by which meetings have looked back on the year before
_START = attrgetter("start")
_SENTENCE = 1000  # characters of a sentence before an award that are read, so that no text takes quadratic time
_REACH = 400  # characters before an award in which its day is looked for
_DAY = re.compile(
    r"(?<![0-9】〕\]第])(?<![0-9]\))(?:((?:19|20)[0-9]{2})年)?(?:(1[0-2]|0?[1-9])月)?(3[01]|[12][0-9]|0?[1-9])[日号]"
    r"(?![电讯]|[^,。]{0,12}[电讯]\()"
)
_DAY_TOLD = re.compile("(?P<day>今[天日]|昨[天日]|前[天日])(?=[上下]午|晚)?")
_DAYS_AGO = {"今": 0, "昨": 1, "前": 2}

Dated = tuple[Period | None, str]  # a period, and the words that told it
_UNKNOWN: Dated = (None, "unknown")


@dataclass(frozen=True)
class _Claim:
    """An award whose time is asked for, with what governs it."""

    title: Title
    start: int
    sentence: Span
    clause: Span
    governors: Sequence[Governed]  # the times told before the end of the title
    dated: Dated
    named: bool  # the title names its year itself
    another: bool  # the last time before it dates another award
    elsewhere: bool  # what dates the article is the year of another award
    own: bool  # the last time before it is told in its own sentence, and of it

    @property
    def period(self) -> Period | None:
        return self.dated[0]


@dataclass(frozen=True)
class AwardTimes:
    """Reads the times of the awards of one article."""

    text: Text
    timeline: Timeline

    def period_of(self, title: Title, start: int, first: Title | None = None) -> Dated:
        """Return the period of a title whose award begins at a position, and the words that supplied it.

        A year before the ``first`` title of a list holds for those after it that name none.
        """
        if (bracket := honor_part("title_dated").match(self.text.view, title.end)) is not None:
            return self.timeline.honor_period(bracket.start("date"), bracket.end("date"))
        if first and first.start < title.start and honor_part("list_year").match(self.text.view, first.lead):
            title = title if _YEARS.search(self.text.view, title.lead, title.end) else first
        sentence, clause = self._sentence_at(start), self.text.clause_at(start)
        if (beside := self._beside_the_verb(title, start, clause)) is not None:
            return beside
        claim = self._claim(title, start, sentence, clause)
        if (since := self._all_since(claim)) is not None:
            return since.period, since.words
        claim = self._parted_from_others(claim)
        return self._in_its_sentence(claim) or self._in_the_report(claim) or self._by_default(claim)

    def period_borne(self, title: Title) -> Dated:
        """Return the period of a title before the name of its holder, no day on which he did something else."""
        period, words = self.period_of(title, title.lead)
        return _UNKNOWN if _is_short(period) else (period, words)

    def _beside_the_verb(self, title: Title, start: int, clause: Span) -> Dated | None:
        """Return what the words right before the verb tell: years listed, a meeting or a review of some year."""
        if (years := self._listed(title, start)) is not None:
            return years
        for part in ("met_at", "review_year"):
            if (found := honor_part(part).search(self.text.view, clause.start, start)) is not None:
                return self.timeline.honor_period(found.start("date"), found.end("date"))
        named = _YEARS.search(self.text.view, title.lead, title.end) is not None
        return _UNKNOWN if self.text.view[start - 1 : start] == "继" and not named else None

    def _claim(self, title: Title, start: int, sentence: Span, clause: Span) -> _Claim:
        """Return an award with the time that governs it, where that dates no other award and nothing else."""
        named = _YEARS.search(self.text.view, title.lead, title.end) is not None
        code = cue("honor-code-year").search(self.text.view, title.lead, title.end)
        dated = self.timeline.honor_period(title.lead, code.start() if code else title.end)
        if another := not named and self._dates_another(title):
            dated = self._default
        count = bisect_left(self.timeline.governors, title.end, key=lambda governed: governed.mention.start)
        governors = self.timeline.governors[:count]
        if governors and governors[-1].period == dated[0] and governors[-1].mention.start in self._foundings:
            dated = _UNKNOWN
        if not named and self._is_compared(governors, sentence):
            governors = governors[:-1]  # 总额超2020年3倍,荣获……
            dated = governors[-1].period, governors[-1].words
        elsewhere = self._is_of_another_award(title, dated[0])
        own = bool(governors) and not another and self._is_own(governors[-1], sentence, start, elsewhere=elsewhere)
        own = own and not self._is_anothers(governors[-1], title, start, clause)
        since_then = honor_part("since_then").search(self.text.view, sentence.start, start)
        if since_then and not own and not named:
            dated = self._default
        if not own and self._honoured_since(title, dated[0]):
            dated = _UNKNOWN
        return _Claim(title, start, sentence, clause, governors, dated, named, another, elsewhere, own)

    def _is_own(self, governor: Governed, sentence: Span, start: int, *, elsewhere: bool) -> bool:
        """Tell whether a time is told in the sentence of an award, and of that award."""
        if governor.mention.start < sentence.start or self._is_of_earlier(governor, sentence, start):
            return False
        return not (elsewhere and governor.mention.shape == "vague")  # 近年来: what the article is of

    def _is_anothers(self, governor: Governed, title: Title, start: int, clause: Span) -> bool:
        """Tell whether a time is of what somebody does now who had won an award before: 曾荣获“…”的所长被授予……."""
        if governor.mention.start >= clause.start or not self._is_once(start, clause):
            return False
        view = self.text.view
        before = honor_part("before_that").search(view, governor.mention.end, clause.start)  # 2017年到任,此前……,曾
        return before is not None or honor_part("borne").match(view, title.end) is not None

    def _is_once(self, start: int, clause: Span) -> bool:
        return honor_part("once").search(self.text.view, clause.start, start) is not None

    def _parted_from_others(self, claim: _Claim) -> _Claim:
        """Return an award whose time is not that of another item of its list, nor of a deed told before it."""
        if claim.named:
            return claim
        if claim.own and self._is_parted(claim.governors[-1], claim.sentence, claim.title):
            opening = self._opening(claim.governors[:-1], claim.sentence, claim.title)
            dated = (opening.period, opening.words) if opening else self._default
            return replace(claim, own=opening is not None, dated=dated)
        if not claim.own and self._is_of_a_month(claim.governors[-1] if claim.governors else None, claim.period):
            return replace(claim, dated=self._default)  # 5月,某大队端掉窝点。该案被评为精品案件
        return claim

    def _in_its_sentence(self, claim: _Claim) -> Dated | None:
        """Return the time that the sentence of an award tells, None where it tells none."""
        title, governs = claim.title, claim.own and not claim.named
        if (span := honor_part("years_spanned").search(self.text.view, title.lead, title.end)) is not None:
            return _cut(date(int(span["y"]), 1, 1), date(int(span["z"]), 12, 31), self._published), span[0]
        if (listed := honor_part("years_listed").search(self.text.view, title.lead, title.end)) is not None:
            return self._from_first_to_last(listed)
        if governs and self._counts_up(claim.governors[-1], title, claim.start, claim.period):
            return _UNKNOWN
        if governs and self._is_of_late(claim.governors[-1].mention.end, title.start):
            return self._news(claim.sentence, claim.start, claim.period) or claim.dated
        if not claim.named and self._is_later(claim.sentence, claim.clause):
            return _UNKNOWN
        return claim.dated if claim.named or (claim.own and claim.period) else None

    def _in_the_report(self, claim: _Claim) -> Dated | None:
        """Return the time of the decision, document or ceremony that a report tells of, None where it tells of none."""
        sentence, start = claim.sentence, claim.start
        looks_back = self._looks_back(claim)
        if not looks_back and (decided := self.timeline.decided_before(start)) is not None:
            return decided.period, decided.words
        if claim.own:
            return None
        document = honor_part("document_year").search(self.text.view, max(sentence.start, start - _REACH), start)
        if document is None and not looks_back:  # 对2014年度先进集体予以表彰。某局荣获……
            above = max(self.text.paragraph_at(start).start, start - _REACH)
            document = honor_part("year_commended").search(self.text.view, above, start)
        if document is not None:
            year = int(document["year"])
            return _cut(date(year, 1, 1), date(year, 12, 31), self._published), f"{document['year']} in a document"
        if honor_part("of_years").search(self.text.view, sentence.start, start):
            return _UNKNOWN  # 近年,他们获得了……: no year of them
        if looks_back:
            return None
        held = None if self._is_lately(claim) else self.timeline.ceremony(start)  # 在日前召开的表彰大会上
        return (held.period, held.words) if held is not None else self._decreed(sentence, claim.title)

    def _by_default(self, claim: _Claim) -> Dated:
        """Return the time of what is told around an award, where that can be the award's: the news, or what governs."""
        if self._is_of_a_story(claim):
            claim = replace(claim, dated=self._default)
        if self._is_counted_up(claim):
            return _UNKNOWN
        if not claim.own and self._is_of_else(claim):
            claim = replace(claim, dated=_UNKNOWN)
        ceremony = self._ceremony(claim.sentence, claim.start, claim.title)
        return ceremony or self._news(claim.sentence, claim.start, claim.period) or claim.dated

    def _looks_back(self, claim: _Claim) -> bool:
        return honor_part("history").search(self.text.view, claim.sentence.start, claim.start) is not None

    def _is_lately(self, claim: _Claim) -> bool:
        return honor_part("lately").search(self.text.view, claim.sentence.start, claim.start) is not None

    def _is_of_a_story(self, claim: _Claim) -> bool:
        """Tell whether what governs an award is the day of a story told before it."""
        if claim.own or claim.period is None or claim.period.start != claim.period.end:
            return False
        gives_back = bool(claim.governors) and self._gives_back(claim.governors[-1].mention.end)
        return self.timeline.default is not None or gives_back

    def _is_counted_up(self, claim: _Claim) -> bool:
        """Tell whether merits are counted up over the years: 2019年获评先进。荣立二等功3次."""
        counted = (claim.title.times or 0) > 1 and not claim.own and not claim.another and not self._is_lately(claim)
        period = claim.period
        return counted and (period is None or (period.end - period.start).days <= _ONE_YEAR)

    def _is_of_else(self, claim: _Claim) -> bool:
        """Tell whether what governs an award dates another award, the day of another, or what is told behind it."""
        looks_back = self._looks_back(claim)
        if claim.elsewhere or self._is_once(claim.start, claim.clause):
            return True  # 他2013年破案12起。他曾先后荣立……
        if looks_back and _is_short(claim.period):
            return True  # 5月25日被授予……。/ 该所先后荣获……: not on that day
        return self._is_told_later(claim.title, claim.period, looks_back=looks_back)

    def _is_compared(self, governors: Sequence[Governed], sentence: Span) -> bool:
        """Tell whether the last of times is what a figure is compared to, behind that of which its sentence tells."""
        if len(governors) < 2 or governors[-2].mention.start < sentence.start:
            return False
        at = governors[-1].mention.start
        return honor_part("compared_to").search(self.text.view, max(0, at - 4), at) is not None

    def _is_of_earlier(self, governor: Governed, sentence: Span, start: int) -> bool:
        """Tell whether a time is that of an earlier award, after which this one came: 继2017年后,再次荣获……."""
        since = honor_part("since_then").search(self.text.view, sentence.start, start)
        return since is not None and since.start() <= governor.mention.start < since.end()

    def _is_later(self, sentence: Span, clause: Span) -> bool:
        """Tell whether an award is one of some time after another of its sentence: 2004年被授予……,后被授予……."""
        if honor_part("afterwards").match(self.text.view, clause.start) is None:
            return False
        return honor_part("honoured").search(self.text.view, sentence.start, clause.start) is not None

    def _counts_up(self, governor: Governed, title: Title, start: int, period: Period | None) -> bool:
        """Tell whether a clause of its own behind a month counts merits up: 12月被命名为……,先后荣立二等功2次."""
        clause = self.text.clause_at(start)
        counted = (title.times or 0) > 1 and clause.start >= governor.mention.end and _is_short(period)
        return counted and honor_part("history").search(self.text.view, clause.start, start) is not None

    def _is_parted(self, governor: Governed, sentence: Span, title: Title) -> bool:
        """Tell whether a time is that of one item of a list, and a semicolon parts the title from it.

        "五年来,甲队被评为先进,今年3月又获奖;乙所被命名为文明窗口": March is not when that was.
        """
        at = governor.mention.start
        item = max(sentence.start, self.text.view.rfind(";", sentence.start, at) + 1)
        return at - item > _ITEM_LEAD and self.text.view.find(";", governor.mention.end, title.lead) >= 0

    def _all_since(self, claim: _Claim) -> Governed | None:
        """Return the time since which a sentence counts all: 2012年以来,……;2021年获评先进;荣立集体二等功1次."""
        if claim.named or not claim.governors or not (claim.own or claim.another):
            return None
        sentence, nearest = claim.sentence, claim.governors[-1]
        opening = next((g for g in claim.governors[:-1] if g.mention.start >= sentence.start), None)
        if opening is None or opening.period is None or opening.mention.shape != "since":
            return None
        inside = nearest.mention.shape == "within" and opening.mention.start - sentence.start < _ITEM_LEAD
        parted = self.text.view.find(";", nearest.mention.end, claim.title.lead) >= 0
        return opening if inside and parted else None

    def _opening(self, governors: Sequence[Governed], sentence: Span, title: Title) -> Governed | None:
        """Return the time that a sentence opens with, or one that no semicolon parts from a title."""
        for governor in reversed(governors):
            if governor.mention.start < sentence.start:
                return None
            if governor.period is not None and not self._is_parted(governor, sentence, title):
                return governor
        return None

    def _is_of_a_month(self, governor: Governed | None, period: Period | None) -> bool:
        """Tell whether a time told in a sentence before is that of a month or less, which dates what was told there."""
        if governor is None or period is None or governor.period != period or self.timeline.default is None:
            return False
        return 0 < (period.end - period.start).days < _ONE_MONTH and period != self.timeline.default.period

    def _decreed(self, sentence: Span, title: Title) -> tuple[Period, str] | None:
        """Return the day of an award that the article itself decides: 《关于……的决定》, "县政府决定,对……予以嘉奖"."""
        heading, view = self.text.paragraphs[0], self.text.view
        titled = honor_part("decree_heading").search(view, heading.start, heading.end)
        if self._published is None or not (titled or self._is_document(sentence, title)):
            return None
        if title.start > heading.end and not honor_part("decree").search(view, sentence.start, title.start):
            return None
        return Period(self._published, self._published), "published"

    def _is_document(self, sentence: Span, title: Title) -> bool:
        """Tell whether an article is a document that decides, with no reporter in it: 县政府决定,对……予以嘉奖."""
        if self.text.title is not None and honor_part("press").search(self.text.title):
            return False
        decides = honor_part("decides").search(self.text.view, sentence.start, title.start)
        return decides is not None and honor_part("press").search(self.text.view) is None

    def _is_of_another_award(self, title: Title, period: Period | None) -> bool:
        """Tell whether what dates an article is the year of another award: 2017-2018年度全国青年文明号."""
        default = self.timeline.default
        if default is None or default.period != period or title.lead <= default.mention.start < title.end:
            return False
        if honor_part("of_a_death").match(self.text.view, default.mention.end) is not None:
            return True  # 去年7月因公牺牲的某某
        found = honor_part("dates_an_award").match(self.text.view, default.mention.start)
        told_above = self.text.paragraph_at(title.start).heading  # the headline of that very award
        return found is not None and not (found["edition"] and told_above)

    def _is_told_later(self, title: Title, period: Period | None, *, looks_back: bool) -> bool:
        """Tell whether an account's time follows the news of an award: 近日,某队获评先进。/ 2022年,该队……."""
        default = self.timeline.default
        if default is None or period != default.period or default.mention.start < title.end:
            return False
        account = self.text.sentence_at(default.mention.start).start
        end = account if self.text.paragraph_at(title.start).heading else min(title.lead, account)
        new_year = self._published is not None and self._published.month < _SPRING
        meeting = honor_part("yearly_meeting").search(self.text.view, 0, end) if new_year else None
        if meeting and is_last_year(default, self._published):
            return looks_back  # 2月25日,记者从全市公安局长会议上了解到,某局获评……: what the year has brought
        told = honor_part("told")
        reported = any(
            told.match(self.text.view, day.end()) for day in _DAY.finditer(self.text.view, max(0, end - _REACH), end)
        )
        return looks_back or reported or honor_part("lately").search(self.text.view, 0, end) is not None

    def _is_of_late(self, at: int, end: int) -> bool:
        """Tell whether an award is news, behind a time that is a person's or a deed's.

        去年7月因公牺牲的王某,近日被追授……; 因去年的行动成效突出,日前被评为…….
        """
        return honor_part("lately").search(self.text.view, at, end) is not None

    def _honoured_since(self, title: Title, period: Period | None) -> bool:
        """Tell whether what dates a title is told behind it, of the honours of years: 自2011年以来连续7年记功."""
        default = self.timeline.default
        if default is None or default.period != period or default.mention.start < title.end:
            return False
        return honor_part("honoured_since").match(self.text.view, default.mention.end) is not None

    @property
    def _default(self) -> Dated:
        default = self.timeline.default
        if default is None or self._in_brackets(default.mention.start):
            return None, "unknown"
        if default.mention.grain == "day" and self._gives_back(default.mention.end):
            return None, "unknown"  # 6月29日,县局召开退赃大会: of what was given back
        if honor_part("years_commended").match(self.text.view, default.mention.start):
            return None, "unknown"  # 2012—2016年度先进集体表彰大会: the years of those commended there
        return default.period, default.words

    def _in_brackets(self, position: int) -> bool:
        return honor_part("date_bracketed").match(self.text.view, position - 1) is not None

    def _dates_another(self, title: Title) -> bool:
        """Tell whether the date that governs a title stands in brackets after another: "先进集体(2020年6月)"."""
        governors = self.timeline.governors
        nearest = bisect_left(governors, title.end, key=lambda governed: governed.mention.start) - 1
        if nearest < 0:
            return False
        start = governors[nearest].mention.start
        if cue("honor-besides").search(self.text.view, start, title.lead):
            return self._in_brackets(start)  # 2014年被荣记三等功,还被评为先进集体
        if title.name in self.text.view[start : title.lead]:
            return False  # 2024年度三八红旗手、三八红旗集体名单出炉,某队获评“三八红旗集体”
        other = honor_part("year_of_title").match(self.text.view, start)
        other = other or honor_part("years_commended").match(self.text.view, start)
        return self._in_brackets(start) or (other is not None and other.end() < title.lead)

    @cached_property
    def _foundings(self) -> frozenset[int]:
        """Where times begin that date a founding or an entry, and no award: "成立于1950年"."""
        founded = honor_part("founded")
        found = set()
        for governed in self.timeline.governors:
            if governed.mention.shape == "back":
                continue  # 五年间建成警务室26个
            start, end = governed.mention.start, governed.mention.end
            before = self.text.view[max(0, start - 5) : start].removesuffix("于")
            end += len("正式") if self.text.view.startswith("正式", end) else 0
            since = self.text.view.endswith(("至今", "以来", "起"), start, end)
            if governed.period and since and honor_part("posted").match(self.text.view, end):
                found.add(start)
            if governed.period and (founded.search(before[-4:]) or founded.match(self.text.view, end)):
                found.add(start)
        return frozenset(found)

    def _days(self, start: int, end: int) -> list[re.Match[str]]:
        """Return the days that a stretch names, but those on which property was given back and nobody honoured."""
        return [found for found in _DAY.finditer(self.text.view, start, end) if not self._gives_back(found.end())]

    def _days_told(self, start: int, end: int) -> list[re.Match[str]]:
        """Return the days that a stretch tells by today's: 昨天, 前日, where the day of publication is known."""
        return list(_DAY_TOLD.finditer(self.text.view, start, end)) if self._is_day_known else []

    def _gives_back(self, position: int) -> bool:
        return honor_part("given_back").match(self.text.view, position) is not None

    def _ceremony(self, sentence: Span, start: int, title: Title) -> tuple[Period, str] | None:
        """Return the day on which the awards were given, where the words before tell of that: "25日上午,……大会举行"."""
        published = self._published
        floor = max(sentence.start, start - _REACH)
        if published is None or honor_part("history").search(self.text.view, floor, start):
            return None
        paragraph = self.text.paragraph_at(start)
        then = honor_part("that_day").search(self.text.view, floor, start)
        told = self._meeting_told_above(sentence, title)
        before = paragraph.start if then else self.text.sentence_at(max(paragraph.start, sentence.start - 2)).start
        before = before if told is None else told
        before = max(before, start - _REACH)
        if (met := self._meeting_named_after(title, sentence)) is not None:
            before, start = met.start, met.end
        days = [*self._days(before, start), *self._days_told(before, start)]
        for found in sorted(days, key=lambda day: day.start(), reverse=True):
            told_of = honor_part("told").match(self.text.view, found.end())
            if told_of and not then and honor_part("lately").search(self.text.view, found.end(), start):
                return None  # 8月8日,记者获悉,公安部近日命名……: the day is that of the report
            opened = max(before, found.start() - _REACH // 10)
            held = honor_part("ceremony_before").search(self.text.view, opened, found.start())
            if then or held or honor_part("ceremony").match(self.text.view, found.end(), start):
                day = _day(found, published)
                return (Period(day, day), f"{found[0]} @ {found.start()}") if day else None
        return None

    def _meeting_told_above(self, sentence: Span, title: Title) -> int | None:
        """Return where the paragraph begins that tells of the meeting with which a paragraph opens: 此次表彰大会上,.

        Or in which that very title was given: “……卫士”颁奖仪式5月9日举行.
        """
        paragraph = self.text.paragraph_at(sentence.start)
        index = bisect_left(self.text.paragraphs, paragraph.start, key=_START) - 1
        if index < 0:
            return None
        above = self.text.paragraphs[index]
        met = honor_part("at_meeting").match(self.text.view, sentence.start) and paragraph.start == sentence.start
        told = _QUOTED.findall(self.text.view, above.start, above.end)
        named = not above.heading and any(title.name.endswith(words) for words in told)
        decided = honor_part("decree").search(self.text.view, sentence.start, title.start)
        held = decided and honor_part("ceremony_held").search(self.text.view, above.start, above.end)
        return above.start if met or named or held else None

    def _meeting_named_after(self, title: Title, sentence: Span) -> Span | None:
        """Return the sentence above that tells of a meeting named after a title: 昨天,全国禁毒工作表彰大会召开."""
        index = bisect_left(self.text.paragraphs, self.text.paragraph_at(sentence.start).start, key=_START) - 1
        if index < 0:
            return None
        above = self.text.paragraphs[index]
        meeting = honor_part("meeting_named").search(self.text.view, above.start, above.end)
        named = meeting is not None and title.name.startswith(meeting["field"][:_FIELD])
        return self.text.sentence_at(meeting.start()) if meeting is not None and named else None

    def _listed(self, title: Title, start: int) -> tuple[Period, str] | None:
        """Return the years that the clause lists before the verb: "2018年、2019年连续两年被评为"."""
        clause = self.text.clause_at(start)
        opened = self.text.clause_at(max(0, clause.start - 2)).start  # 2018年、2020年,某县被评为……
        found = honor_part("years_listed").search(self.text.view, clause.start, start)
        found = found or honor_part("years_heading").fullmatch(self.text.view, opened, clause.start)
        if found is None or _YEARS.search(self.text.view, title.lead, title.end):
            return None
        return self._from_first_to_last(found)

    def _from_first_to_last(self, listed: re.Match[str]) -> tuple[Period, str]:
        """Return the time of years that stand in a list: 2018年、2020年."""
        years = [int(year[0]) for year in _YEARS.finditer(self.text.view, listed.start(), listed.end())]
        period = _cut(date(min(years), 1, 1), date(max(years), 12, 31), self._published)
        return period, f"{listed[0]} @ {listed.start()}"

    def _sentence_at(self, start: int) -> Span:
        sentence = self.text.sentence_at(start)
        return Span(max(sentence.start, start - _SENTENCE), sentence.end)

    @property
    def _is_day_known(self) -> bool:
        """Tell whether the day of publication is more than the end or the beginning of the year that a text is of."""
        published = self._published
        deduced = self.text.article.date_source == "deduced"
        return published is not None and not (deduced and (published.month, published.day) in _NO_DAYS)

    @property
    def _published(self) -> date | None:
        return self.text.article.published

    def _news(self, sentence: Span, start: int, governing: Period | None) -> tuple[Period, str] | None:
        """Return the day or the current year that a piece of news tells, None where the words look back."""
        published = self._published
        floor = max(sentence.start, start - _REACH)
        if published is None or honor_part("history").search(self.text.view, floor, start):
            return None
        if (marker := honor_part("lately").search(self.text.view, floor, start)) is not None:
            if not self._is_day_known and governing is None:
                return None  # 前不久被评为先进, in a text that nothing dates
            return Period(date(published.year, 1, 1), published), f"{marker[0]} @ {marker.start()}"
        if governing is not None:
            return None
        first = max(self.text.paragraph_at(start).start, start - _REACH)
        days = self._days(first, start)
        if days and not honor_part("told").match(self.text.view, days[-1].end()):
            day = _day(days[-1], published)
            return (Period(day, day), f"{days[-1][0]} @ {days[-1].start()}") if day else None
        if self._is_day_known and (marker := honor_part("this_day").search(self.text.view, first, start)) is not None:
            day = published - timedelta(days=1 if marker[0][0] == "昨" else 0)
            return Period(day, day), f"{marker[0]} @ {marker.start()}"
        marker = honor_part("lately").search(self.text.view, first, start) or (days[-1] if days else None)
        words = f"{marker[0]} @ {marker.start()}" if marker is not None else "published"
        if not self._is_day_known and not days:
            return None  # 连续六年被评为先进, in a text that nothing dates
        return Period(date(published.year, 1, 1), published), words


def _is_short(period: Period | None) -> bool:
    return period is not None and (period.end - period.start).days < _ONE_MONTH


def _day(found: re.Match[str], published: date) -> date | None:
    """Return the day that "3月29日" or 昨日 means to an article of a day, None where the calendar has no such day."""
    if found.re is _DAY_TOLD:
        return published - timedelta(days=_DAYS_AGO[found["day"][0]])
    number = int(found[3])
    told = published - timedelta(days=published.day if number > published.day else 0)
    month = int(found[2]) if found[2] else told.month
    year = int(found[1]) if found[1] else published.year - ((month, number) > (published.month, published.day))
    try:
        return date(year, month, number)
    except ValueError:
        return None


def _cut(start: date, end: date, published: date | None) -> Period:
    return Period(start, min(end, published) if published and published >= start else end)


def _number(words: str) -> int | None:
    if words in ("多", "数", "几"):
        return None
    return int(parse_numeral(words).value)


def streak_in(before: str) -> Streak | None:
    """Return the streak that the words before a title state.

    >>> streak_in("连续3年被评为")
    Streak(n=3, unit='年')
    """
    found = honor_part("streak").search(before)
    number = _number(found["n"]) if found else None
    return Streak(number, found["unit"]) if found and number else None


def streak_after(view: str, end: int) -> Streak | None:
    """Return the streak that words after a title state: "优秀单位(连续4年)", "先进单位,这已是连续第4年"."""
    opening = honor_part("streak_after").match(view, end)
    return streak_in(view[opening.end() : opening.end() + _STREAK]) if opening else None


def times_in(before: str) -> int | None:
    """Return how often the words before a title say it was won, None where they do not or it was once.

    >>> times_in("两次被公安部记")
    2
    """
    found = list(honor_part("times").finditer(before))
    number = _number(found[-1]["n"]) if found and "连续" not in before[: found[-1].start()][-2:] else None
    return number if number and number > 1 else None
