"""Honors: awards that somebody is said to have received, one fact a recipient and title.

Enters: a ``Text`` with its ``BureauView`` and ``Timeline``. Leaves: Honor facts, and the spans of titles
(``honor_spans``), whose numbers are names. Unnamed recipients make no honor.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import product
from operator import attrgetter

from kg.facts.bureau import BureauMention, BureauView
from kg.facts.honor_award import Award, find_awards
from kg.facts.honor_bearing import find_bearings, titles_before_agency
from kg.facts.honor_contest import with_contest
from kg.facts.honor_grantor import Grantors
from kg.facts.honor_pattern import honor_part, honor_patterns
from kg.facts.honor_recipient import Holder, Recipients, holder_of, relative_division
from kg.facts.honor_roll import find_rolls
from kg.facts.honor_time import AwardTimes, streak_after, streak_in, times_in
from kg.facts.honor_title import Title
from kg.facts.model import Derivation, Evidence, Honor, Period, Streak
from kg.facts.timeline import Timeline
from kg.text import Span, Text

_START = attrgetter("start")
_APART = re.compile(r"分别|依次|分获|各(?=获|被|评)")
_HEAD_OF_A_UNIT = re.compile("[所队站]长|教导员|指导员|政委|主任|负责人|队员|中心")
_CLAUSES_BACK = 12
_LINES = ("honor-line", "honor-line-title")
_ONE_EACH = "一人"
_SCOPE = re.compile(r"^(?:全[国省市县区州盟旗]|[\u4e00-\u9fff]{2,3}[省市县区州盟旗](?=[^级属直]))")


def honor_spans(text: Text) -> list[Span]:
    """Return where titles of honour stand in the view, of named recipients and unnamed ones.

    >>> from kg.text import text_of
    >>> text = text_of("12名民警荣立二等功。")
    >>> [text.view[s.start:s.end] for s in honor_spans(text)]
    ['二等功']
    """
    titles = [title for award in find_awards(text) for title in award.titles]
    titles += [title for bearing in find_bearings(text.view) for title in bearing.titles]
    return [Span(*span) for span in sorted({(title.start, title.end) for title in titles})]


def find_honors(text: Text, bureaus: BureauView, timeline: Timeline) -> list[Honor]:
    """Return the honors of an article.

    >>> from kg.facts.bureau import find_bureaus
    >>> from kg.facts.timeline import read_timeline
    >>> from kg.text import text_of
    >>> text = text_of("2023年,镇安县公安局被省公安厅记集体二等功。")
    >>> [(h.title, h.grantor, h.level) for h in find_honors(text, find_bureaus(text), read_timeline(text))]
    [('集体二等功', '陕西省公安厅', 'provincial')]
    """
    recipients = Recipients(text.view, bureaus)
    reader = _Reader(text, bureaus, AwardTimes(text, timeline), recipients, Grantors(text, bureaus, recipients))
    return _merged([*reader.awarded(), *reader.named(), *reader.listed()])


@dataclass(frozen=True, slots=True)
class _Given:
    """An award with its holders; ``cause`` says how they were found."""

    award: Award
    holders: tuple[Holder, ...]
    cause: str


@dataclass(frozen=True)
class _Reader:
    text: Text
    bureaus: BureauView
    times: AwardTimes
    recipients: Recipients
    grantors: Grantors

    # --- awards under a verb

    def awarded(self) -> Iterator[Honor]:
        previous: _Given | None = None
        for award in find_awards(self.text):
            sentence = self.text.sentence_at(award.start)
            award = with_contest(self.text.view, award, sentence)
            if not award.titles:
                continue
            same = previous if previous and previous.award.start >= sentence.start else None
            if award.rule == "honor-continued":
                goes_on = same is not None and same.award.rule in ("honor-passive", "honor-continued")
                if not goes_on and "被" not in self.text.view[award.start : award.start + 3]:
                    continue
                award = replace(award, grantor=award.grantor or (same.award.grantor if same and goes_on else None))
            elif award.grantor is None and same and self._same_giver(award, same):
                award = replace(award, grantor=same.award.grantor)
            given = self._given(award, sentence, same)
            previous = given
            yield from self._facts(given)

    def _same_giver(self, award: Award, before: _Given) -> bool:
        """Tell whether who gave the award before gives this one: 给……记……,给……记……; 被……评为……,记……."""
        if award.rule == "honor-credited":
            return before.award.rule in ("honor-credited", "honor-given")
        return before.award.rule == "honor-passive" and self._records(award, before)

    def _records(self, award: Award, before: _Given) -> bool:
        """Tell whether the one who gave the award before goes on to record a merit: 被……评为……,记集体二等功.

        Not where the clause names a recipient of its own: "……被市委评为先进,刑警大队荣记集体二等功".
        """
        clause = self.text.clause_at(award.start)
        start = max(clause.start, min(before.award.end, award.start))
        own = self._before(start, _strip_adverbs(self.text.view, start, award.start))
        return self.text.view.startswith(("记", "荣记"), award.start) and not own

    def _given(self, award: Award, sentence: Span, previous: _Given | None) -> _Given:
        if award.recipient is not None:
            read = self.recipients.listed if award.rule == "honor-emerged" else self.recipients.before
            holders = read(award.recipient.start, award.recipient.end)
            if award.rule in _LINES and holders and holders[0].start > award.recipient.start:
                holders = []  # a headline: "全国优秀公安局:走进某县公安局"
            return _Given(award, self._fitting(holders, award, previous), "object")
        clause = self.text.clause_at(award.start)
        start = clause.start
        if previous is not None:
            start = max(start, min(previous.award.end, award.start))
        end = _strip_adverbs(self.text.view, start, award.start)
        end = start + len(self.text.view[start:end].rstrip())
        if honor_part("unreal").search(self.text.view, start, end):
            return _Given(award, (), "unreal")
        while start < end and self.text.view[start] in "”’、,。和及并 ·●■◆○-“":
            if (self.text.view[start] == "“" and "”" in self.text.view[start:end]) or self.recipients.opens(start):
                break
            start += 1
        if (relative := self._relative(award)) is not None:
            return relative
        if self.text.view[start:end] == _ONE_EACH and (each := self._one_each(award, clause)) is not None:
            return each
        if start < end and (pronoun := honor_part("pronoun").search(self.text.view, start, end)) is not None:
            return self._spoken_of(award, pronoun.start(), previous)
        if start < end:
            holders = self._before(start, end)
            fitting = self._fitting(holders, award, previous)
            if fitting or not all(holder.rule == "holder-work-phrase" for holder in holders):
                return _Given(award, fitting, "before")
            if not holders and not self._is_circumstance(start, end):
                return _Given(award, (), "unread")
        return self._left_out(award, sentence, clause, previous)

    def _relative(self, award: Award) -> _Given | None:
        """Return an award whose holders follow it: "对获评……称号的甲派出所、乙派出所等8个单位进行表彰"."""
        found = honor_part("relative_after").match(self.text.view, award.titles[-1].end)
        if found is None:
            return None
        start, end = found.span("who")
        holders = self.recipients.before(start, end)
        if award.titles[0].kind == "group" and all(holder.kind == "person" for holder in holders):
            holders = [holder_of(mention) for mention in self.recipients.mentions_in(start, end)[-1:]]
        fitting = self._fitting(holders, award, None)
        return _Given(award, fitting, "relative clause") if fitting else None

    def _one_each(self, award: Award, clause: Span) -> _Given | None:
        """Return an award of one of those whom the clause before lists: "甲、乙,一人摘得……,一人入选……"."""
        last = bisect_left(self.text.clauses, clause.start, key=_START)
        turn = 0
        for earlier in reversed(self.text.clauses[max(0, last - _CLAUSES_BACK) : last]):
            if self.text.view.startswith(_ONE_EACH, earlier.start):
                turn += 1
                continue
            holders = self.recipients.before(earlier.start, earlier.end - 1)
            mine = self._fitting(holders, award, None)[turn : turn + 1]
            return _Given(award, mine, "one each") if len(holders) > 1 and mine else None
        return None

    def _spoken_of(self, award: Award, position: int, previous: _Given | None) -> _Given:
        """Return an award of whom a pronoun means: a person or an agency of the sentences before."""
        kind = award.titles[0].kind
        paragraph = self.text.paragraph_at(position)
        if kind in ("person", "any") and (holders := self._told_before(paragraph.start, position, "person")):
            return _Given(award, self._fitting(holders, award, previous), "pronoun")
        if kind in ("person", "any") and previous and previous.holders and previous.holders[-1].kind == "person":
            return _Given(award, self._fitting(previous.holders[-1:], award, previous), "pronoun")
        mentions = self.recipients.mentions_in(paragraph.start, position)
        if kind in ("group", "any") and mentions:
            return _Given(award, self._fitting([holder_of(mentions[-1])], award, previous), "pronoun")
        return _Given(award, (), "pronoun")

    def _told_before(self, start: int, end: int, kind: str) -> list[Holder]:
        """Return the person, or the work, that the clauses before a position speak of last."""
        first = bisect_left(self.text.clauses, start, key=_START)
        last = bisect_left(self.text.clauses, end, key=_START)
        for clause in reversed(self.text.clauses[max(first, last - 2 * _CLAUSES_BACK) : last]):
            found = self.recipients.subject_of(clause.start, min(clause.end, end), kind)
            if kind == "work":
                found = [holder for holder in found if holder.kind == "initiative"]
            if found:
                return found
        return []

    def _before(self, start: int, end: int) -> list[Holder]:
        """Return the holders before the verb, or before the circumstances that stand between them and it."""
        holders = self.recipients.before(start, end)
        if holders or honor_part("counted_holders").search(self.text.view, start, end):
            return holders
        between = honor_part("circumstance").search(self.text.view, start + 2, end)
        if between is None:
            return []
        end = _strip_adverbs(self.text.view, start, between.start())
        if self.text.view.startswith(("并", "后"), between.start() - 1):
            return self.recipients.subject_of(start, end, "group")
        return self.recipients.before(start, end) if start < end else []

    def _is_circumstance(self, start: int, end: int) -> bool:
        """Tell whether words before a verb leave the subject open: 在……中, 因……, 他."""
        view = self.text.view
        if honor_part("counted").search(view, start, end):
            return False
        return bool(honor_part("adverbial").match(view, start, end)) or end - start <= 1

    def _left_out(self, award: Award, sentence: Span, clause: Span, previous: _Given | None) -> _Given:
        """Return an award whose recipient the clause leaves out: as the award before, earlier clauses or home."""
        kind = award.titles[0].kind
        first = bisect_left(self.text.clauses, sentence.start, key=_START)
        last = bisect_left(self.text.clauses, clause.start, key=_START)
        if first and self.text.clauses[first - 1].end > sentence.start:
            first -= 1  # what somebody said in quotation marks is one clause with the words after it
        for earlier in reversed(self.text.clauses[max(first, last - _CLAUSES_BACK) : last]):
            earlier = Span(max(earlier.start, sentence.start), earlier.end)
            if previous is not None and previous.award.start >= earlier.start:
                holders = tuple(h for h in previous.holders if _suits(h.kind, kind))
                if holders or not previous.holders:
                    return _Given(award, holders, "award before")
            end = earlier.end
            found = self.recipients.subject_of(earlier.start, end, kind)
            if not found and award.rule == "honor-copula":
                found = self.recipients.before(earlier.start, end - 1)
            if found:
                return _Given(award, self._fitting(found, award, previous), "clause before")
            if honor_part("outside_lead").match(self.text.view, earlier.start, end):
                return _Given(award, (), "outside")
        if previous is not None and previous.award.start >= clause.start:
            return _Given(award, tuple(h for h in previous.holders if _suits(h.kind, kind)), "award before")
        if kind in ("person", "work") and award.rule != "honor-copula":
            paragraph = self.text.paragraph_at(award.start)
            holders = tuple(self._told_before(paragraph.start, sentence.start, kind))
            return _Given(award, self._fitting(holders, award, previous), "sentence before")
        if award.rule == "honor-copula":
            return _Given(award, (), "nobody")
        return _Given(award, self._home(award, kind), "subject")

    def _home(self, award: Award, kind: str) -> tuple[Holder, ...]:
        name, _ = self.bureaus.subject_at(award.start, award.titles[-1].end)
        if name is None:
            return ()
        if kind == "place" and self.bureaus.home and self.bureaus.home.division:
            division = relative_division(award.titles[0].name[-1], self.bureaus.home.division)
            if division is not None:
                return (Holder(division.name, "bureau", name, award.start, award.start),)
        return (self.recipients.by_name(name, award.start),)

    def _fitting(self, holders: Sequence[Holder], award: Award, previous: _Given | None) -> tuple[Holder, ...]:
        """Return the holders that can hold the award, persons with their agency."""
        kinds = {title.kind for title in award.titles}
        out = []
        for holder in holders:
            if not any(_suits(holder.kind, kind) for kind in kinds):
                continue
            if holder.bureau is None:
                alone = previous if len(holders) == 1 else None
                holder = replace(holder, bureau=self._agency_for(holder, alone))
            out.append(holder)
        return tuple(out)

    def _leads(self, holder: Holder) -> bool:
        """Tell whether a person is called after the unit named before: 所长, 队员, 中心民警, 该所民警."""
        head = _HEAD_OF_A_UNIT.search(self.text.view, holder.start, holder.end)
        return head is not None or self.text.view.startswith("该", holder.start)

    def _agency_for(self, holder: Holder, previous: _Given | None) -> str | None:
        if holder.kind == "person":
            known = self.recipients.agency_of_person(holder.name)
            if known is not None:
                return known
        others = self.text.view[holder.end : holder.end + 1] == "等"
        work = holder.kind == "initiative"
        if previous is not None and previous.holders and not others and not work and holder.rule != "holder-name":
            last = previous.holders[-1]
            apart = not self._leads(holder) and not last.name.endswith(("中心", "警务室"))
            if holder.kind == "person" and last.kind == "unit" and apart:
                return self.bureaus.subject_at(holder.start, holder.end)[0]
            return last.name if last.kind in ("bureau", "unit") else last.bureau
        name, _ = self.bureaus.subject_at(holder.start, holder.end)
        return name

    # --- titles before a name

    def named(self) -> Iterator[Honor]:
        """Yield the honors whose titles stand before the name of a person."""
        for bearing in find_bearings(self.text.view):
            start, end = bearing.holder.start, bearing.name.end
            name = self.text.view[bearing.name.start : end]
            role = honor_patterns()["holder-person"].search(self.text.view, start, end)
            bureau = self.recipients.agency_of(start, role.start("role") if role else bearing.name.start)
            cause = "before the name"
            first = bearing.titles[0].start
            post = honor_part("role_before").search(self.text.view, self.text.clause_at(first).start, first)
            if bureau is None and post is not None:
                bureau = self.recipients.agency_of(self.text.clause_at(first).start, post.start("role"))
            if bureau is None:
                at = self._list_opening(first)
                bureau, cause = self.bureaus.subject_at(at, at + 1 if at < first else end)
            holders = [Holder(name, "person", bureau, first, end)]
            holders += [Holder(self.text.view[n.start : n.end], "person", bureau, first, n.end) for n in bearing.others]
            yield from self._borne("honor-before-name", bearing.titles, holders, cause)
        for mention in self.bureaus.mentions:
            titles = titles_before_agency(self.text.view, mention.start)
            if titles:
                holders = [replace(holder_of(m), start=titles[0].start) for m in self._listed_from(mention)]
                yield from self._borne("honor-before-agency", titles, holders, "after its title")

    def _list_opening(self, position: int) -> int:
        """Return where the list of models opens that a title stands in: its 涌现出 has the subject, no item of it."""
        opened = self.text.view.rfind("涌现", self.text.sentence_at(position).start, position)
        return opened if opened >= 0 else position

    def _borne(self, rule: str, titles: Sequence[Title], holders: Sequence[Holder], cause: str) -> Iterator[Honor]:
        for holder, title in product(holders, titles):
            if _suits(holder.kind, title.kind):
                period, words = self.times.period_of(title, title.lead)
                derivation = Derivation((rule, title.rule), (("bureau", cause), ("period", words)))
                yield self._honor(holder, title, title.start, self.grantors.of_title(title), period, derivation)

    def _listed_from(self, first: BureauMention) -> Iterator[BureauMention]:
        """Yield an agency and those that a list joins to it."""
        yield first
        end = first.end
        for mention in self.recipients.mentions_in(first.end, self.text.sentence_at(first.start).end):
            if self.text.view[end : mention.start] not in ("、", "和", "及"):
                return
            yield mention
            end = mention.end

    # --- rolls of honour

    def listed(self) -> Iterator[Honor]:
        """Yield the honors of those whom a list after a colon names."""
        for roll in find_rolls(self.text.view):
            for part in roll.parts:
                holders = self.recipients.before(part.start, part.end)
                given = _Given(roll.award, self._fitting(holders, roll.award, None), "roll")
                for honor in self._facts(given):
                    quote = self.text.quote(part.start, part.end)
                    place = Evidence(quote.start, quote.end, quote.quote)
                    yield replace(honor, evidence=tuple(sorted({*honor.evidence, place})))

    # --- facts

    def _facts(self, given: _Given) -> Iterator[Honor]:
        view, award = self.text.view, given.award
        between = view[given.holders[-1].end : award.titles[0].start] if given.holders else ""
        pairs: list[tuple[Holder, Title]]
        if len(given.holders) == len(award.titles) > 1 and _APART.search(between[-30:]):
            pairs = list(zip(given.holders, award.titles, strict=True))
        else:
            pairs = [(holder, title) for holder in given.holders for title in award.titles]
        for holder, title in pairs:
            if _suits(holder.kind, title.kind):
                yield self._fact(given, holder, title)

    def _fact(self, given: _Given, holder: Holder, title: Title) -> Honor:
        award = given.award
        grantor = self.grantors.of_award(award, title)
        if grantor is None and all(_is_merit(told.name) for told in award.titles):
            grantor = self.grantors.of_award(award, award.titles[0])  # 荣立市公安局个人二等功1次,三等功2次
        period, words = self.times.period_of(title, award.start, award.titles[0])
        if award.rule == "honor-copula" and not re.search("[0-9]{4}", self.text.view[title.lead : title.end]):
            period, words = None, ""
        clause = self.text.clause_at(award.start)
        before = self.text.view[max(clause.start, award.start - 24) : award.titles[0].start]
        sentence = self.text.sentence_at(award.start)
        start = holder.start if sentence.start <= holder.start < award.start + 80 else award.start
        start = min(start, award.start) if title is award.titles[0] else title.start
        rules = tuple(rule for rule in (award.rule, title.rule, holder.rule) if rule)
        holder, title = self._for_work(award, holder, title)
        return self._honor(
            holder,
            title,
            start,
            self.grantors.above(grantor, holder.name),
            period,
            Derivation(rules, (("recipient", given.cause), ("period", words))),
            streak_in(before) or streak_after(self.text.view, title.end),
            title.times or times_in(before),
        )

    def _for_work(self, award: Award, holder: Holder, title: Title) -> tuple[Holder, Title]:
        """Return who holds a mere "先进" that a field of work is found to be, with the title that names the field.

        "禁毒工作被评为全市先进" honours the bureau: 禁毒工作全市先进.
        """
        clause = self.text.clause_at(award.start)
        work = _WORK.search(self.text.view, clause.start, award.start)
        if work is None or _MERE_TITLE.fullmatch(title.name) is None or holder.kind == "person":
            return holder, title
        start = max([work.start("work"), *(m.end for m in self.recipients.mentions_in(clause.start, work.end("work")))])
        field = _QUOTATION.sub("", self.text.view[start : work.end("work")])
        if holder.kind == "initiative":
            name = holder.bureau or self.bureaus.subject_at(award.start, award.start + 1)[0]
            if name is None:
                return holder, title
            holder = replace(holder, name=name, kind="bureau")
        return holder, replace(title, name=field + title.name) if len(field) > 2 else title

    def _honor(
        self,
        holder: Holder,
        title: Title,
        start: int,
        grantor: str | None,
        period: Period | None,
        derivation: Derivation,
        streak: Streak | None = None,
        times: int | None = None,
    ) -> Honor:
        end = title.end
        if self.text.view[end : end + 1] == "”" and "“" in self.text.view[title.start : end]:
            end += 1
        if holder.end > end and holder.end - end < 120:
            end = holder.end
        quote = self.text.quote(start, end)
        return Honor(
            article=self.text.article.id,
            evidence=(Evidence(quote.start, quote.end, quote.quote),),
            derivation=derivation,
            title=self.grantors.name_of(title, grantor),
            recipient=holder.name,
            recipient_kind=holder.kind,
            bureau=holder.bureau,
            grantor=grantor,
            level=self.grantors.level_of(title, grantor, start),
            period=period,
            streak=streak,
            times=times,
        )


_WORK = re.compile(
    "(?P<work>[一-龥“”、]{2,24}(?:工作|建设|评估))(?:连续[0-9一二三四五六七八九十两多]+年|连年|均|都|也)?$"
)
_MERE_TITLE = re.compile(
    "(?:全[国省市县区州])?(?:公安机关|公安系统)?(?:先进|优秀|优秀等次|一等|一等奖|良好|成绩突出|先进单位|优秀单位|成绩突出单位|先进集体)"
)
_QUOTATION = re.compile("[“”]")


def _suits(kind: str, title: str) -> bool:
    """Tell whether a recipient of a kind can hold a title of a kind."""
    if title == "any":
        return True
    return {
        "group": kind in ("bureau", "unit"),
        "person": kind == "person",
        "work": kind in ("initiative", "bureau", "unit"),
        "place": kind in ("bureau", "unit"),
    }[title]


def _is_merit(name: str) -> bool:
    return name.endswith("等功")


def _strip_adverbs(view: str, start: int, end: int) -> int:
    found = honor_part("adverb").search(view, start, end)
    return found.start() if found else end


def _merged(honors: Sequence[Honor]) -> list[Honor]:
    """Return each honor once, with all places that state it; another year's is another honor."""
    merged: dict[str, list[tuple[Honor, set[Evidence]]]] = defaultdict(list)
    for honor in honors:
        own = merged[honor.recipient]
        for number, (known, places) in enumerate(own):
            if _is_same(known, honor):
                places.update(honor.evidence)
                own[number] = (_joined(known, honor), places)
                break
        else:
            own.append((honor, set(honor.evidence)))
    facts = [replace(fact, evidence=tuple(sorted(places))) for own in merged.values() for fact, places in own]
    return sorted(facts, key=lambda fact: (fact.evidence[0], fact.recipient))


def _joined(one: Honor, other: Honor) -> Honor:
    """Return the fuller of two statements of one honor, with what only the other says."""
    fuller, rest = (other, one) if _fullness(other) > _fullness(one) else (one, other)
    return replace(
        fuller,
        grantor=fuller.grantor or rest.grantor,
        level=fuller.level or rest.level,
        period=fuller.period or rest.period,
        streak=fuller.streak or rest.streak,
        times=fuller.times or rest.times,
    )


def _fullness(honor: Honor) -> tuple[bool, bool]:
    return (honor.level is not None, honor.grantor is not None)


def _is_same(one: Honor, other: Honor) -> bool:
    """Tell whether two statements are of one honor: its scope may be left out or told otherwise the second time."""
    bare = _SCOPE.sub("", one.title)
    if one.title != other.title and bare != _SCOPE.sub("", other.title):
        return False
    if one.title != other.title and (one.grantor or bare not in (one.title, other.title)) and one.level != other.level:
        return False
    if one.period is None or other.period is None:
        return True
    if (one.streak is None) != (other.streak is None) and abs(one.period.end.year - other.period.end.year) < 2:
        return True  # "被评定为2015年度……。这次是连续五年……"
    return one.period.start <= other.period.end and other.period.start <= one.period.end
