"""Honors: awards that somebody is said to have received, one fact a recipient and title.

Enters: a ``Text`` with its ``BureauView`` and ``Timeline``. Leaves: Honor facts, and the spans of titles (``honor_spans``)
whose numbers are names. Unnamed recipients make no honor.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from kg.facts.bureau import BureauView
from kg.facts.honor_recipient import Holder, Recipients, relative_division
from kg.facts.honor_title import Award, Title, find_awards, find_bearings, honor_part, with_contest
from kg.facts.model import Derivation, Evidence, Honor, Period, Streak
from kg.facts.timeline import Timeline
from kg.text import Span, Text
from kg.values.numeral import parse_numeral
from kg.values.place import Division, find_divisions, is_city_province, is_everyday_word, word_starting

_APART = re.compile(r"分别|依次|分获|各(?=获|被|评)")
_OWN_LEVEL = {"province": "provincial", "prefecture": "municipal", "county": "county"}
_SCOPE = re.compile(r"^全[国省市县区州盟旗]")
_COMMITTEE = re.compile(r"(自治区|自治州|[省市县区州盟旗])(?:委|党委)(?:和|、)?(\1?(?:人民)?政府)")


def honor_spans(text: Text) -> list[Span]:
    """Return where titles of honour stand in the view, of named recipients and unnamed ones.

    >>> from kg.text import text_of
    >>> text = text_of("12名民警荣立二等功。")
    >>> [text.view[s.start:s.end] for s in honor_spans(text)]
    ['二等功']
    """
    return [Span(title.start, title.end) for award in find_awards(text) for title in award.titles]


def find_honors(text: Text, bureaus: BureauView, timeline: Timeline) -> list[Honor]:
    """Return the honors of an article.

    >>> from kg.facts.bureau import find_bureaus
    >>> from kg.facts.timeline import read_timeline
    >>> from kg.text import text_of
    >>> text = text_of("2023年,镇安县公安局被省公安厅记集体二等功。")
    >>> [(h.title, h.grantor, h.level) for h in find_honors(text, find_bureaus(text), read_timeline(text))]
    [('集体二等功', '陕西省公安厅', 'provincial')]
    """
    reader = _Reader(text, bureaus, timeline, Recipients(text.view, bureaus))
    return _merged([*reader.awarded(), *reader.named()])


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
    timeline: Timeline
    recipients: Recipients

    # --- awards under a verb

    def awarded(self) -> Iterator[Honor]:
        previous: _Given | None = None
        for award in find_awards(self.text):
            sentence = self.text.sentence_at(award.start)
            award = with_contest(self.text.view, award, sentence)
            if not award.titles:
                continue
            same = previous if previous and previous.award.start >= sentence.start else None
            given = self._given(award, sentence, same)
            previous = given
            yield from self._facts(given)

    def _given(self, award: Award, sentence: Span, previous: _Given | None) -> _Given:
        if award.recipient is not None:
            holders = self.recipients.before(award.recipient.start, award.recipient.end)
            return _Given(award, self._fitting(holders, award, previous), "object")
        clause = self.text.clause_at(award.start)
        start = clause.start
        if previous is not None:
            start = max(start, min(previous.award.end, award.start))
        end = _strip_adverbs(self.text.view, start, award.start)
        if honor_part("unreal").search(self.text.view, start, end):
            return _Given(award, (), "unreal")
        while start < end and self.text.view[start] in "”’、,。和及并 ·●■◆○-“":
            if self.text.view[start] == "“" and "”" in self.text.view[start:end]:
                break
            start += 1
        if start < end:
            holders = self._before(start, end)
            if holders:
                return _Given(award, self._fitting(holders, award, previous), "before")
            if not self._is_circumstance(start, end):
                return _Given(award, (), "unread")
        return self._left_out(award, sentence, clause, previous)

    def _before(self, start: int, end: int) -> list[Holder]:
        """Return the holders before the verb, or before the circumstances that stand between them and it."""
        holders = self.recipients.before(start, end)
        if holders:
            return holders
        between = honor_part("circumstance").search(self.text.view, start + 2, end)
        if between is None:
            return []
        end = _strip_adverbs(self.text.view, start, between.start())
        return self.recipients.before(start, end) if start < end else []

    def _is_circumstance(self, start: int, end: int) -> bool:
        """Tell whether words before a verb leave the subject open: 在……中, 因……, 他."""
        view = self.text.view
        if honor_part("counted").search(view, start, end):
            return False
        return bool(honor_part("adverbial").match(view, start, end)) or end - start <= 1

    def _left_out(self, award: Award, sentence: Span, clause: Span, previous: _Given | None) -> _Given:
        """Return an award whose recipient the clause leaves out: the award before, earlier clauses, the paragraph."""
        kind = award.titles[0].kind
        clauses = [c for c in self.text.clauses if sentence.start <= c.start < clause.start]
        for earlier in reversed(clauses):
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
            if honor_part("outside").search(self.text.view, earlier.start, min(end, earlier.start + 16)):
                return _Given(award, (), "outside")
        if previous is not None and previous.award.start >= clause.start:
            return _Given(award, tuple(h for h in previous.holders if _suits(h.kind, kind)), "award before")
        if kind in ("person", "work") or award.rule == "honor-copula":
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
                holder = replace(holder, bureau=self._agency_for(holder, previous if len(holders) == 1 else None))
            out.append(holder)
        return tuple(out)

    def _agency_for(self, holder: Holder, previous: _Given | None) -> str | None:
        if holder.kind == "person":
            known = self.recipients.agency_of_person(holder.name)
            if known is not None:
                return known
        others = self.text.view[holder.end : holder.end + 1] == "等"
        if previous is not None and previous.holders and not others:
            last = previous.holders[-1]
            return last.name if last.kind in ("bureau", "unit") else last.bureau
        name, _ = self.bureaus.subject_at(holder.start, holder.end)
        return name

    # --- titles before a name

    def named(self) -> Iterator[Honor]:
        """Yield the honors whose titles stand before the name of a person."""
        for bearing in find_bearings(self.text.view):
            start, end = bearing.holder.start, bearing.name.end
            name = self.text.view[bearing.name.start : end]
            bureau = self.recipients.agency_of(start, bearing.name.start)
            cause = "before the name"
            if bureau is None:
                bureau, cause = self.bureaus.subject_at(bearing.titles[0].start, end)
            for title in bearing.titles:
                period, words = self.timeline.honor_period(title.lead, title.end)
                holder = Holder(name, "person", bureau, title.start, end)
                derivation = Derivation(("honor-before-name", title.rule), (("bureau", cause), ("period", words)))
                yield self._honor(holder, title, title.start, self._title_grantor(title), period, derivation)

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
        grantor = self._grantor(award, title)
        period, words = self.timeline.honor_period(title.lead, title.end)
        if award.rule == "honor-copula" and not re.search("[0-9]{4}", self.text.view[title.lead : title.end]):
            period, words = None, ""
        clause = self.text.clause_at(award.start)
        before = self.text.view[max(clause.start, award.start - 24) : award.titles[0].start]
        sentence = self.text.sentence_at(award.start)
        start = holder.start if sentence.start <= holder.start < award.start + 80 else award.start
        start = min(start, award.start) if title is award.titles[0] else title.start
        rules = tuple(rule for rule in (award.rule, title.rule, holder.rule) if rule)
        return self._honor(holder, title, start, grantor, period,
                           Derivation(rules, (("recipient", given.cause), ("period", words))),
                           _streak(before), title.times or _times(before))

    def _honor(self, holder: Holder, title: Title, start: int, grantor: str | None, period: Period | None,
               derivation: Derivation, streak: Streak | None = None, times: int | None = None) -> Honor:
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
            title=self._own_name(title, grantor),
            recipient=holder.name,
            recipient_kind=holder.kind,
            bureau=holder.bureau,
            grantor=grantor,
            level=self._level(title, grantor, start),
            period=period,
            streak=streak,
            times=times,
        )

    def _grantor(self, award: Award, title: Title) -> str | None:
        if award.grantor is not None:
            words = _grantor_words(self.text.view[award.grantor.start : award.grantor.end])
            if words and honor_part("grantor_body").fullmatch(words):
                return self.bureaus.authority(_COMMITTEE.sub(_split_committee, words))
        return self._title_grantor(title) or self._approver(award)

    def _approver(self, award: Award) -> str | None:
        """Return who approved the award: 经公安部批准,给……记一等功."""
        sentence = self.text.sentence_at(award.start)
        found = honor_part("grantor_approved").search(self.text.view, sentence.start, award.start)
        return self.bureaus.authority(found["grantor"]) if found else None

    def _title_grantor(self, title: Title) -> str | None:
        """Return the agency that a title names as its giver: 公安部十大经典案例."""
        for mention in self.recipients.mentions_in(title.start, title.end):
            if mention.start == title.start and mention.end < title.end and not re.match(r"机关|系统", self.text.view[mention.end:]):
                if mention.level in ("ministry", "province", "prefecture") and not mention.alias:
                    return mention.name
        prefix = self._body_before(title)
        return self.bureaus.authority(prefix) if prefix else None

    def _body_before(self, title: Title) -> str:
        """Return the body that stands before a title's quotation mark: 获国务院“……”表彰."""
        words = self.text.view[title.start : title.end]
        prefix = re.match(r"([^“”]{2,12}?)(?:首批|第.{1,3}批)?“", words)
        return prefix[1] if prefix and honor_part("grantor_body").fullmatch(prefix[1]) else ""

    def _own_name(self, title: Title, grantor: str | None) -> str:
        """Return a title without the grantor before it."""
        prefix = self._body_before(title)
        if prefix:
            return title.name.removeprefix(prefix)
        for mention in self.recipients.mentions_in(title.start, title.end):
            merit = re.fullmatch(r"(?:集体|个人)[特一二三]等功", self.text.view[mention.end : title.end])
            if mention.start == title.start and grantor == mention.name and merit:
                return merit[0]
        return title.name

    # --- level

    def _level(self, title: Title, grantor: str | None, start: int) -> str | None:
        return self._level_of(title.name) or (self._level_of(grantor, True) if grantor else None) \
            or self._level_before(title, start) or self._level_inside(title)

    def _level_inside(self, title: Title) -> str | None:
        """Return the level of home where a title has its name inside: 平安……建设先进集体."""
        home = self.bureaus.home.division if self.bureaus.home else None
        if home is not None and len(home.short) > 1 and home.short in title.name:
            return _division_level(home)
        return None

    def _level_before(self, title: Title, start: int) -> str | None:
        """Return the level that scope words outside the title tell: 2023年全国“……”."""
        words = self.text.view[max(start, title.start - 8) : title.start]
        scope = re.search(r"全国|全[省市县区州盟旗]|[省市县区州]级", words)
        return self._level_of(scope[0]) if scope else None

    def _level_of(self, words: str, body: bool = False) -> str | None:
        if re.match(r"全国|国家|公安部|中央|中共中央|中国|国务院|党中央|中华|铁道部|司法部|人社部|团中央|.{2,6}部(?:[、和等]|$)", words):
            return "national"
        if re.search(r"全国|中国", words) and not body:
            return "national"
        home = self.bureaus.home.division if self.bureaus.home else None
        scope = re.match(r"(?:全)?(省|自治区|市|县|区|州|自治州|盟|旗|兵团)(?:级|直|属|人民政府|政府|委|厅|公安|党|$)?", words)
        letter = scope[1] if scope else None
        if scope is None and (inner := re.search(r"全(省|自治区|市|县|区|州|盟|旗|兵团)", words)) is not None:
            letter = inner[1]
        if letter is not None:
            return self._relative_level(letter, home)
        return _level_of_place(words)

    def _relative_level(self, letter: str, home: Division | None) -> str | None:
        division = relative_division(letter[-1], home)
        if division is not None:
            return _division_level(division)
        return {"省": "provincial", "自治区": "provincial", "市": "municipal", "州": "municipal", "自治州": "municipal",
                "盟": "municipal", "县": "county", "旗": "county", "区": "county"}.get(letter)


def _division_level(division: Division) -> str:
    return "provincial" if is_city_province(division) else _OWN_LEVEL[division.level]


def _level_of_place(words: str) -> str | None:
    """Return the level of the place that words begin with: 吉林省模范集体, 滨州市劳动模范."""
    word = word_starting(words, 0)
    if word is None or is_everyday_word(word):
        return None
    inner = word_starting(words, len(word))
    found = find_divisions(inner if inner and len(inner) > 2 else word)
    return _division_level(found[0]) if found else None


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


def _strip_adverbs(view: str, start: int, end: int) -> int:
    found = honor_part("adverb").search(view, start, end)
    return found.start() if found else end


def _split_committee(match: re.Match[str]) -> str:
    return match[0] if "、" in match[0] or "和" in match[0] else f"{match[1]}委、{match[2]}"


def _grantor_words(words: str) -> str:
    adverb = honor_part("grantor_adverb")
    for _ in range(3):
        words = adverb.sub("", honor_part("grantor_deed").sub("", words)).strip("、,的 ")
    return words


def _number(words: str) -> int | None:
    if words in ("多", "数", "几"):
        return None
    return int(parse_numeral(words).value)


def _streak(before: str) -> Streak | None:
    found = honor_part("streak").search(before)
    number = _number(found["n"]) if found else None
    return Streak(number, found["unit"]) if found and number else None


def _times(before: str) -> int | None:
    found = honor_part("times").search(before)
    number = _number(found["n"]) if found and "连续" not in before[: found.start()][-2:] else None
    return number if number and number > 1 else None


def _merged(honors: Sequence[Honor]) -> list[Honor]:
    """Return each honor once, with all places that state it; another year's is another honor."""
    merged: list[Honor] = []
    for honor in honors:
        for number, known in enumerate(merged):
            if _is_same(known, honor):
                evidence = tuple(sorted(set(known.evidence + honor.evidence)))
                merged[number] = replace(max(known, honor, key=_fullness), evidence=evidence)
                break
        else:
            merged.append(honor)
    return sorted(merged, key=lambda honor: (honor.evidence[0], honor.recipient))


def _fullness(honor: Honor) -> tuple[bool, bool]:
    return (honor.level is not None, honor.grantor is not None)


def _is_same(one: Honor, other: Honor) -> bool:
    """Tell whether two statements are of one honor: its scope may be left out the second time."""
    if one.recipient != other.recipient:
        return False
    if one.title != other.title and _SCOPE.sub("", one.title) != other.title and _SCOPE.sub("", other.title) != one.title:
        return False
    if one.period is None or other.period is None:
        return True
    return one.period.start <= other.period.end and other.period.start <= one.period.end
