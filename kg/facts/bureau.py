"""Bureaus: mentions of agencies to their full names, the home bureau, and whose work a number is about.

Enters: a ``Text``. Leaves: a ``BureauView``, which other facts ask, and the Bureau facts themselves.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from kg.facts.cue import cue
from kg.facts.home import find_home, find_home_unit, find_lone_station, find_national_office
from kg.facts.model import Bureau, Derivation, Evidence
from kg.facts.office import (
    MINISTRY,
    Context,
    Office,
    brigades_as_written,
    bureau_name,
    fits,
    letter_of,
    office_of,
    relative_division,
    resolve_agency,
    spelled_out,
    squads_in_full,
    squads_of_places,
    stations_in_full,
    stations_of_railways,
    written_names,
)
from kg.facts.speaker import find_speakers, says_we, speaker_of, tells_of_unit
from kg.mentions.agency import LICENSING, Agency, find_agencies, part
from kg.text import Paragraph, Span, Text
from kg.unguarded import unguarded
from kg.values.place import (
    Division,
    chain,
    choose,
    find_divisions,
    is_everyday_word,
    is_within,
    word_ending,
    word_starting,
)

# "枣阳市公安局反诈中心": a centre that is named in full is a body of its own; "市反诈中心" is a means of its bureau.
_CENTRE_IN_FULL = re.compile("局[一-龥]{0,8}诈[一-龥]{0,4}中心$")


@unguarded
@dataclass(frozen=True, slots=True)
class BureauMention:
    """A stretch ``start`` to ``end`` of the view that means an agency; ``alias`` where not by its official name."""

    start: int
    end: int
    name: str
    level: str
    place: str | None
    parent: str | None
    rule: str
    alias: bool = False
    division: Division | None = None

    @property
    def office(self) -> Office:
        """The agency meant."""
        return Office(self.name, self.level, self.place, self.parent, self.division)

    def meaning(self, office: Office) -> BureauMention:
        """Return the mention as one of another agency."""
        return replace(
            self,
            name=office.name,
            level=office.level,
            place=office.place,
            parent=office.parent,
            division=office.division,
        )


@unguarded
@dataclass(frozen=True, slots=True)
class _Subject:
    """Whose work is spoken of from ``start`` to ``end``; ``after`` is where the words that name it end."""

    start: int
    end: int
    after: int
    names: tuple[str, ...]
    source: str
    division: Division | None = None

    def to(self, end: int) -> _Subject:
        """Return the subject with another end."""
        return _Subject(self.start, end, self.after, self.names, self.source, self.division)


@dataclass(frozen=True)
class BureauView:
    """What an article's words say about agencies."""

    text: Text
    mentions: tuple[BureauMention, ...]
    home: BureauMention | None
    _context: Context
    _subjects: Mapping[int, tuple[_Subject, ...]] = field(repr=False)

    def subject_at(self, position: int, end: int) -> tuple[str | None, str]:
        """Return the full name of the bureau whose work or area ``view[position:end]`` is about, and what said so."""
        paragraph = self.text.paragraph_at(position)
        for subject in reversed(self._subjects.get(paragraph.start, ())):
            if subject.start <= position < subject.end and not _HONOURED_WITH.match(self.text.view, subject.after):
                return self._one_of(subject, end), f"{subject.source} @ {subject.start}"
        return (self.home.name, "home") if self.home else (None, "unknown")

    def _one_of(self, subject: _Subject, end: int) -> str | None:
        """Return whose turn it is where several share a list: "无棣、滨城警方分别抓获潜逃26年、27年的逃犯"."""
        if len(subject.names) == 1:
            return subject.names[0]
        words = self.text.view[subject.start : end]
        parts = re.split("分别|依次|分[列居]|各(?=[0-9])", words)
        if len(parts) == 1 and cue("bureau-together").search(words):
            return subject.names[0]
        if len(parts) == 1:
            return self.home.name if self.home else subject.names[0]
        turn = len(_NUMBER.findall(parts[-1])) - 1
        last = parts[-1].rpartition(",")[2]
        if turn >= len(subject.names) and len(_NUMBER.findall(self._to_comma(end - len(last)))) == len(subject.names):
            turn = len(_NUMBER.findall(last)) - 1  # 分别破案103件、65件,缴毒92.6公斤、46.6公斤
        if turn >= len(subject.names):
            return self.home.name if self.home else subject.names[-1]
        return subject.names[max(0, turn)]

    def _to_comma(self, start: int) -> str:
        clause = _TO_COMMA.match(self.text.view, start)
        return clause[0] if clause else ""

    def places(self) -> Iterator[Span]:
        """Yield where other places than home stand for their bureaus: "仁怀市查处…", "京山、沙洋两县实现…"."""
        own = (self.home.name,) if self.home else ()
        for subjects in self._subjects.values():
            for subject in subjects:
                other = subject.source == "place" and subject.names != own and self.text.view[subject.start] != "在"
                if other or subject.source == "rate":
                    yield Span(subject.start, subject.after)

    def shared_at(self, position: int, of_each: bool = True) -> tuple[str, ...]:
        """Return the bureaus that one number holds for, each: "京山、沙洋两县实现命案全破"; empty where it is one's.

        ``of_each``: the number's own words say so; else those behind the bureaus' names do: 甲局、乙局各抓获2人.
        """
        paragraph = self.text.paragraph_at(position)
        for subject in reversed(self._subjects.get(paragraph.start, ())):
            if subject.start <= position < subject.end:
                words = self.text.view[subject.start : position]
                said = _EACH.match(self.text.view, subject.after) is not None
                if not (of_each or (said and not _NUMBER.search(words))):
                    return ()
                each = words.endswith("各")  # 甲、乙两局分别打掉团伙各1个
                apart = not each and (
                    re.search("分别|依次|分[列居]|[0-9]", words) or cue("bureau-together").search(words)
                )
                return subject.names if len(subject.names) > 1 and not apart else ()
        return ()

    def resolve(self, words: str, position: int = 0) -> str | None:
        """Return the full name of the agency that a phrase such as "市公安局" means at a position, or None."""
        found = find_agencies(words, year=self._context.year)
        if not found:
            return None
        history = [m.office for m in self.mentions if m.end <= position]
        near = history[-1].division if history else None
        office = resolve_agency(found[0], self._context, near, history)
        return office.name if office else None

    def authority(self, words: str) -> str:
        """Return the full name of who grants or orders: "省委、省政府" is "吉林省委、吉林省政府" in a Jilin article."""
        whole = find_agencies(words, year=self._context.year)
        if len(whole) == 1 and (whole[0].start, whole[0].end) == (0, len(words)):
            return self.resolve(words) or words  # 国家林业和草原局森林公安局 is one
        found: list[str] = []
        for item in _JOINED.split(words):
            if item:
                found.append(self._one_authority(item, found[-1] if found else ""))
        return "、".join(found)

    def _one_authority(self, words: str, before: str) -> str:
        found = find_agencies(words, year=self._context.year)
        if found and found[0].start == 0 and found[0].end == len(words):
            return self.resolve(words) or words
        if words in _OWN_BODY and self.home is not None and self.home.name.endswith(words):
            return self.home.name  # 被局记三等功
        place = word_starting(words, 0)
        if place and words[len(place) :].startswith((place[-1] + "委", place[-1] + "政府")):
            return place + words[len(place) + 1 :]  # 邢台市市委
        league = _LEAGUE.match(words)
        if league:
            return "共青团" + self._one_authority(words[1:], before)
        relative = _AUTHORITY.match(words)
        named = word_starting(before, 0) if relative else None
        if relative and named and named.endswith(relative[1]) and before[len(named) :] in ("委", "政府", "人民政府"):
            return named + words[relative.end(1) :]  # 邢台市委、市政府
        home = relative_division(relative[1], self._context.home, None) if relative else None
        return home.name + words[relative.end(1) :] if relative and home else words

    def agency_above(self, position: int) -> str | None:
        """Return the agency that the words of the clause name nearest before a position, or None."""
        clause = self.text.clause_at(position)
        before = [m for m in self.mentions if clause.start <= m.start and m.end <= position]
        return before[-1].name if before else None


_NUMBER = re.compile(r"[0-9]+(?:\.[0-9]+)?")
_OTHER_SQUAD = re.compile("(?<=[,;。])(?![各该全])[一-龥]{2,4}中队(?!长)")  # 城区中队查处2起,二密中队查处1起
_PORTRAYED = re.compile("(?:“[^“”]{8,400}”,?|[0-9一二两三几去今全半]+[年月天](?:多|余)?[来里间],)?")
_TO_COMMA = re.compile("[^,;。]*")
# 甲局、乙局各抓获2人, but not 各警种
_EACH = re.compile("(?:也|均|又)?各自?(?=[抓破查打捣缴收化解处刑行追侦端扣])")
_SPEECH = re.compile("“([^“”]{8,400})”,?")
_JUST_NAMED = 6  # agencies that 该局 and 该所 may mean
_DATED = re.compile(
    "(?:据(?:了解|悉|介绍|统计|通报),)?(?:[自从][^,。;:]{1,30}以来,)?[0-9年月日号上下午晚早凌晨许时分今去当天以来半季度前至到,]{0,20}"
)
_COMMAND = re.compile("(?:指挥|情指|情报|接处警|合成作战)(?:[一-龥]{0,4})中心$")
_COUNTY = re.compile("[县旗]")
_LOCATED = re.compile("在(?:“[^“”]{2,8}”)?([一-龥]{2,4}),$")  # 在“百里侨乡”文成,县公安局……
_COUNTY_LETTERS = frozenset({"县", "旗"})
_COUNTY_REACH = 160  # characters before "县公安局" in which its county is looked for
_JOINED = re.compile(
    "、|(?<!资源|住房|文化|发展|工业|卫生)(?<!呼)和(?![平县田顺龙林静硕布政])|与|(?<=[委府会])(?=[省市县区州])"
)
_MEANS = ("中心", "扫黑办")  # by which a bureau works: what they do is its own work
_OWN_BODY = frozenset({"局", "分局", "厅", "总队", "支队", "大队"})
_AUTHORITY = re.compile(r"(自治区|自治州|省|市|县|区|州|盟|旗|兵团|师)(?=[^市县区内外级直])")
_LEAGUE = re.compile(r"团(?=(?:自治区|省|市|县|区|州|盟|旗)委)")
_HONOURED_WITH = re.compile("等(?:[0-9]+|[一二三四五六七八九十两]+)[个名家位]")


def find_bureaus(text: Text) -> BureauView:
    """Return all mentions of agencies in an article, resolved, with its home bureau.

    >>> from kg.text import text_of
    >>> view = find_bureaus(text_of("镇安县公安局召开会议。今年以来,县公安局破案12起,被省公安厅通报表扬。"))
    >>> sorted({mention.name for mention in view.mentions})
    ['镇安县公安局', '陕西省公安厅']
    """
    year = text.article.published.year if text.article.published else None
    agencies = stations_of_railways(spelled_out(find_agencies(text.view, year=year)))
    context = _context_of(text, agencies, year)
    mentions = tuple(_resolve_all(text.view, agencies, context))
    offices = [mention.office for mention in mentions]
    fuller = stations_in_full(offices) | brigades_as_written(offices) | _stations_by_line(agencies, mentions)
    mentions, context = _meaning(mentions, context, fuller | squads_in_full(offices))
    briefly = _told_briefly(text, mentions)
    mentions, context = _meaning(mentions, context, squads_of_places([one.office for one in mentions], briefly))
    return BureauView(text, mentions, _home_mention(context, mentions), context, _subjects_of(text, mentions, context))


def _meaning(
    mentions: tuple[BureauMention, ...], context: Context, fuller: Mapping[str, Office]
) -> tuple[tuple[BureauMention, ...], Context]:
    """Return the mentions, and what is known of the article, with each agency by the fuller of its names."""
    if not fuller:
        return mentions, context
    if context.office is not None and context.office.name in fuller:
        context = replace(context, office=fuller[context.office.name])
    return tuple(m.meaning(fuller[m.name]) if m.name in fuller else m for m in mentions), context


def _told_briefly(text: Text, mentions: Sequence[BureauMention]) -> set[str]:
    """Return the names of those that the article calls by place and unit, nowhere by their bureau: 云溪交警大队."""
    briefly: dict[str, bool] = {}
    for mention in mentions:
        short = "局" not in text.view[mention.start : mention.end]
        briefly[mention.name] = short and briefly.get(mention.name, True)
    return {name for name, short in briefly.items() if short}


def _stations_by_line(agencies: Sequence[Agency], mentions: Sequence[BureauMention]) -> dict[str, Office]:
    """Return, by the name that a station has as its place's, the one that the article names under another agency.

    The title's 绿江边境派出所 is 白山边境管理支队绿江边境派出所, where the text names that one and no other.
    """
    at = {(agency.start, agency.end): agency for agency in agencies if agency.below}
    bare: dict[str, str] = {}
    full: dict[str, dict[str, Office]] = defaultdict(dict)
    for mention in mentions:
        agency = at.get((mention.start, mention.end))
        if agency is None or mention.level != "station":
            continue
        if agency.head == "none":
            bare[mention.name] = agency.below[-1]
        else:
            full[agency.below[-1]][mention.name] = mention.office
    return {
        name: office
        for name, own in bare.items()
        for office in list(full[own].values())[:1]
        if len(full[own]) == 1 and office.name != name
    }


def _context_of(text: Text, agencies: Sequence[Agency], year: int | None) -> Context:
    home = find_home(text, agencies, year)
    written = written_names(agencies, home)
    office = office_of(home, written) if home else None
    context = Context(home, office or find_national_office(text, agencies), written, year)
    unit = find_home_unit(agencies, context, text.view) or (
        find_lone_station(agencies) if context.office is None else None
    )
    return replace(context, office=unit) if unit else context


def _home_mention(context: Context, mentions: Sequence[BureauMention]) -> BureauMention | None:
    office = context.office
    if office is None:
        return None
    for mention in mentions:
        if mention.name == office.name:
            return mention
    return BureauMention(0, 0, office.name, office.level, office.place, office.parent, "home", True, office.division)


def _county_before(view: str, agency: Agency, home: Division | None) -> Division | None:
    """Return the county of home that the paragraph has named last before "县公安局": 三台县曾是……。县公安局抽调…."""
    if home is None or home.level == "county" or agency.divisions or agency.qualifier not in _COUNTY_LETTERS:
        return None
    start = max(view.rfind("\n", 0, agency.start) + 1, agency.start - _COUNTY_REACH)
    for match in reversed(list(_COUNTY.finditer(view, start, agency.start))):
        word = word_ending(view, match.end(), start)
        division = choose(find_divisions(word), home) if word else None
        if division is not None and division.level == "county" and is_within(division, home):
            return division
    located = _LOCATED.search(view, start, agency.start)
    named = [d for d in find_divisions(located[1]) if d.level == "county"] if located else []
    division = choose(named, home) if named else None
    return division if division is not None and is_within(division, home) else None


def _resolve_all(view: str, agencies: Iterable[Agency], context: Context) -> Iterator[BureauMention]:
    history: list[Office] = []
    here, last_end = 0, 0
    listed = list(agencies)
    named = {agency.below[-1] for agency in listed if agency.below and agency.head != "none"}
    for agency in listed:
        if agency.head == "none" and agency.below[0].endswith("中心") and agency.below[0] not in named:
            continue  # "反诈中心" alone may be anybody's
        near = _county_before(view, agency, context.home) or (history[-1].division if history else None)
        here = here if "\n" not in view[last_end : agency.start] else len(history)
        office = resolve_agency(agency, context, near, history, history[here:][-_JUST_NAMED:])
        if office is None:
            continue
        history.append(office)
        last_end = agency.end
        alias = agency.head in ("alias", "anaphor") or agency.rule == "bureau-short"
        yield BureauMention(
            agency.start,
            agency.end,
            office.name,
            office.level,
            office.place,
            office.parent,
            agency.rule,
            alias,
            office.division,
        )


def _subjects_of(text: Text, mentions: Sequence[BureauMention], context: Context) -> dict[int, tuple[_Subject, ...]]:
    starts = [mention.start for mention in mentions]
    clauses: dict[int, list[Span]] = defaultdict(list)
    for clause in text.clauses:
        clauses[text.paragraph_at(clause.start).start].append(clause)
    subjects: dict[int, tuple[_Subject, ...]] = {}
    whole = _whole_name(mentions, context)
    bodies = frozenset(m.name for m in mentions if _CENTRE_IN_FULL.search(text.view, m.start, m.end))
    speakers = find_speakers(text.view, [mention.end for mention in mentions])
    section: _Subject | None = None
    for paragraph in text.paragraphs:
        reader = _SubjectReader(text, paragraph, mentions, starts, context, whole, bodies)
        if paragraph.heading:
            section = reader.heading()
        found = tuple(reader.read(clauses[paragraph.start]))
        if speakers and (name := speaker_of(text.view, paragraph)) is not None:
            of = mentions[speakers[name]] if name in speakers else None
            own = of is not None and (tells_of_unit(text.view, paragraph) or _is_of_another_place(of, context))
            section = reader.floor(of) if of is not None and own else None
        if section is not None and not paragraph.heading:
            others = (s for s in found if section.source != "speaker" or not says_we(text.view, s.start))
            found = (replace(section, start=paragraph.start, end=paragraph.end), *others)
        if found:
            subjects[paragraph.start] = found
    return subjects


def _is_squad(subject: _Subject) -> bool:
    """Tell whether a subject is one squad of several: 城区中队."""
    return subject.source == "agency" and len(subject.names) == 1 and subject.names[0].endswith("中队")


def _is_of_another_place(mention: BureauMention, context: Context) -> bool:
    """Tell whether an agency is the bureau of a place inside home: one city's at the conference of its province."""
    home, division = context.home, mention.division
    inside = home is not None and division is not None and division.code != home.code and is_within(division, home)
    return inside and mention.level in ("prefecture", "county")


def _whole_name(mentions: Sequence[BureauMention], context: Context) -> str | None:
    """Return whose work "全市" is: home's, or its bureau's.

    It is the bureau's where a unit reports and names "全市公安机关" too, or where the unit is of a field in which every
    station works: "全市破获毒品案件" is not the drug squad's alone, "全市发生交通事故" is the traffic police's own.
    """
    home, office = context.home, context.office
    if office is None or home is None or office.level not in ("unit", "station"):
        return office.name if office else None
    bureau = bureau_name(home, context.written)
    shared = part("subject_shared_field").search(office.name, len(bureau)) is not None
    return bureau if shared or any(m.alias and m.name == bureau for m in mentions) else office.name


@unguarded
@dataclass(frozen=True, slots=True)
class _SubjectReader:
    """Reads off the clauses of a paragraph whose work they speak of."""

    text: Text
    paragraph: Paragraph
    mentions: Sequence[BureauMention]
    starts: Sequence[int]
    context: Context
    whole: str | None
    bodies: frozenset[str]

    def read(self, clauses: Sequence[Span]) -> Iterator[_Subject]:
        """Yield subjects in order; a ruling, which governs a few words only, comes last."""
        current: _Subject | None = None
        rulings: list[_Subject] = []
        for clause in clauses:
            lead = part("subject_lead").match(self.text.view, clause.start, clause.end)
            new = self._subject_in(lead.end() if lead else clause.start, clause.end, current)
            rulings.extend(self._rulings(clause))
            if new is None:
                continue
            if current is not None:
                yield current.to(min(current.end, new.start))
            current = new.to(self._reach(new, clause))
        if current is not None:
            yield current
        yield from rulings
        yield from self._speeches()

    def _speeches(self) -> Iterator[_Subject]:
        """Yield what a quotation says for the agency of who is named behind it: “……。”某所所长甲乙说.

        The head of a unit may tell of the whole bureau's work, unless the words say 我们 or 大队.
        """
        view = self.text.view
        for speech in _SPEECH.finditer(view, self.paragraph.start, self.paragraph.end):
            index = bisect_left(self.starts, speech.end())
            mention = self.mentions[index] if index < len(self.mentions) else None
            if mention is None or mention.start != speech.end() or not cue("speaker-quoted").match(view, mention.end):
                continue
            of_all = any(not whole["we"] for whole in part("subject_whole").finditer(view, *speech.span(1)))
            own = mention.level in ("station", "county") or cue("speaker-own").search(view, *speech.span(1))
            if own and not of_all and mention.name not in self._above():
                yield _Subject(*speech.span(1), speech.end(), (mention.name,), "speech", mention.division)

    def heading(self) -> _Subject | None:
        """Return the agency that a heading names and nothing else, which governs its section: "二、鼓楼分局".

        A line of a roll names it behind its title: "★全国青年文明号 市公安局出入境管理支队".
        """
        last = bisect_left(self.starts, self.paragraph.end) - 1
        if last >= 0 and self.mentions[last].start > self.paragraph.start:
            honoured = self.mentions[last]
            if honoured.end == self.paragraph.end and self.text.view[honoured.start - 1] == " ":
                return _Subject(
                    honoured.start, honoured.start, honoured.end, (honoured.name,), "section", honoured.division
                )
        lead = part("subject_lead").match(self.text.view, self.paragraph.start, self.paragraph.end)
        at = lead.end() if lead else self.paragraph.start
        index = bisect_left(self.starts, at)
        if index == len(self.mentions) or self.mentions[index].start != at:
            return None
        mention = self.mentions[index]
        if len(self.text.view[mention.end : self.paragraph.end].strip("”’)】:。 ")) > 0:
            return None
        return _Subject(at, at, mention.end, (mention.name,), "section", mention.division)

    def floor(self, mention: BureauMention) -> _Subject:
        """Return the agency for which somebody speaks, until another takes the floor."""
        at = self.paragraph.start
        return _Subject(at, self.paragraph.end, at, (mention.name,), "speaker", mention.division)

    def _reach(self, subject: _Subject, clause: Span) -> int:
        """Return how far a subject governs: home to the end, an honoured one its clause, others their sentence."""
        if subject.names in (self._own(), (self.whole,)):
            return self.paragraph.end
        if part("subject_honoured").search(self.text.view, subject.after, clause.end):
            return clause.end
        if subject.source == "nation" and _NUMBER.search(self.text.view, subject.after, clause.end):
            return self.text.sentence_at(subject.start).end
        if subject.names[0] in self._above():
            return clause.end
        sentence = self.text.sentence_at(subject.start)
        before = self.text.view[self.paragraph.start : subject.start]
        leads = subject.source == "agency" and (len(before) <= 3 or _DATED.fullmatch(before) is not None)
        if leads or subject.source == "whole":
            return self.paragraph.end
        if (other := _OTHER_SQUAD.search(self.text.view, subject.after, sentence.end)) and _is_squad(subject):
            return other.start()
        cues = ("bureau-story", "bureau-of-these") if subject.source == "agency" else ("bureau-of-these",)
        return self._parted(subject.after, self._story_end(sentence, cues))

    def _story_end(self, sentence: Span, cues: Sequence[str]) -> int:
        """Return where a story ends whose next sentence goes on with who did it: 某所接到报警。民警辗转五省,…."""
        end = sentence.end
        while end < self.paragraph.end and any(cue(name).match(self.text.view, end) for name in cues):
            following = self.text.sentence_at(end).end
            if following <= end:
                break
            end = following
        return end

    def _parted(self, at: int, end: int) -> int:
        """Return where a semicolon parts what an agency did from what somebody else is said to have done."""
        while (stop := self.text.view.find(";", at, end)) >= 0:
            if part("subject_goes_on").match(self.text.view, stop + 1, end) is None:
                return stop
            at = stop + 1
        return end

    def _subject_in(self, at: int, end: int, current: _Subject | None) -> _Subject | None:
        """Return who is the subject of a clause whose words begin at a position, None where it names nobody."""
        view = self.text.view
        index = bisect_left(self.starts, at)
        if index < len(self.mentions) and self.mentions[index].start == at:
            return self._agency(index)
        if nation := part("subject_nation").match(view, at, end):
            return _Subject(at, nation.end(), nation.end(), (MINISTRY,), "nation", None)
        if found := part("subject_whole").match(view, at, end):
            return self._whole(found, current)
        return self._places(at, end) or self._place(at, end)

    def _agency(self, index: int) -> _Subject | None:
        first = self.mentions[index]
        group = self._group(index)
        last = group[-1]
        attribute = part("subject_attribute").match(self.text.view, last.end)
        own_work = ("bureau-made", "bureau-leads")
        introduced = first.start == self.paragraph.start and cue("bureau-introduces").match(self.text.view, last.end)
        if (
            attribute
            and not (introduced or self._is_portrait(first, last))
            and not any(cue(name).match(self.text.view, last.end) for name in own_work)
        ):
            return None
        if self.text.view[first.start - 1 : first.start] == "“" and part("platform_quoted").match(
            self.text.view, last.end
        ):
            return None  # “某省公安微警务”: a name that an agency begins
        names = tuple(dict.fromkeys(m.name for m in group))
        if first.level == "unit" and names != self._own() and part("subject_speaks").match(self.text.view, last.end):
            return None  # "治安总队昨日表示,目前已登记…": who speaks of home's work
        if names[0] in self._above() and self._is_about_home(first):
            return None
        speaks = part("subject_centre").search(self.text.view, last.end, self.paragraph.end) is not None
        own = first.name in self.bodies or first.name == self._home_name() or speaks
        if first.level == "unit" and first.name.endswith(_MEANS) and not own and _COMMAND.search(first.name) is None:
            return None  # but a centre to which all calls for help go
        if self.text.view.startswith(LICENSING, first.start):
            return None  # by its bare name it is a means of the squad that reports
        return _Subject(first.start, last.end, last.end, names, "agency", first.division)

    def _is_portrait(self, first: BureauMention, last: BureauMention) -> bool:
        """Tell whether a paragraph opens with somebody of a station, or of an agency outside home, who tells of it."""
        view, start = self.text.view, self.paragraph.start
        if _PORTRAYED.fullmatch(view, start, first.start) is None or not cue("speaker-portrait").match(view, last.end):
            return False
        home, division = self.context.home, first.division
        outside = home is None or (division is not None and not is_within(division, home))
        return first.name not in self._own() and (outside or first.level == "station")

    def _group(self, index: int) -> list[BureauMention]:
        """Return the mentions of one list: "无棣、滨城警方", "甲分局、乙分局和丙县公安局"."""
        view, group = self.text.view, [self.mentions[index]]
        for mention in self.mentions[index + 1 : index + 40]:
            end = group[-1].end
            listed = mention.start == end + 1 and view[end] in "、和与及"
            if not listed and not (mention.start < end == mention.end):
                break
            group.append(mention)
        return group

    def _home_name(self) -> str | None:
        return self.context.office.name if self.context.office else None

    def _is_about_home(self, mention: BureauMention) -> bool:
        """Tell whether an agency above home is named for what it thinks of home: "省公安厅先后12次推介"."""
        clause = self.text.clause_at(mention.start)
        return part("subject_regard").search(self.text.view, mention.end, clause.end) is not None

    def _own(self) -> tuple[str, ...]:
        return (self.context.office.name,) if self.context.office else ()

    def _above(self) -> frozenset[str]:
        return _names_above(self.context.home)

    def _whole(self, found: re.Match[str], current: _Subject | None) -> _Subject | None:
        """Return the subject that "全市" at the head of a clause means: home, or the other city just spoken of."""
        letter, home, office = letter_of(found[0]), self.context.home, self.context.office
        if found[0] == "我们" and current and current.source == "agency" and current.names[0].endswith("派出所"):
            return None  # 河口派出所……。“我们调解纠纷21起,”所长说: it goes on
        if office is not None and (found["we"] or (home is not None and fits(home, letter))):
            name = office.name if found["we"] else self.whole or office.name
            return _Subject(found.start(), found.end(), found.end(), (name,), "whole", home)
        other = current.division if current else None
        if other is not None and current and home and not is_within(home, other) and fits(other, letter):
            return replace(current, start=found.start(), after=found.end(), source="whole")
        above = relative_division(letter, home, None)
        among = cue("home-among").match(self.text.view, found.end())
        if office is None or above is None or among or home is None or fits(home, letter):
            return None
        name = bureau_name(above, self.context.written)  # "全市" is never the county's
        return _Subject(found.start(), found.end(), found.end(), (name,), "whole", above)

    def _place(self, at: int, end: int) -> _Subject | None:
        """Return the subject that a bare place at the head of a clause stands for: "潍坊开放停车位…", "在东营,…"."""
        view, home, office = self.text.view, self.context.home, self.context.office
        local = part("subject_local").match(view, at, end)
        start = local.end() if local else at
        word = word_starting(view, start, end)
        if word is None or is_everyday_word(word):
            return None
        division = choose(find_divisions(word, year=self.context.year), home)
        if division is None or home is None or office is None:
            return None
        stop = start + len(word)
        inner = word_starting(view, stop, end)
        part_of = choose(find_divisions(inner, year=self.context.year), division) if inner else None
        if inner and part_of is not None and part_of.code != division.code and is_within(part_of, division):
            stop, division = stop + len(inner), part_of  # 遵义市凤冈县
        if not part("subject_after_place").match(view, stop):
            return None
        if local and not part("subject_located").match(view, stop):
            return None  # "在仙游度尾、荔城西天尾等园区建设": where home works
        if division.code == home.code:
            return _Subject(at, stop, stop, (office.name,), "place", home)
        if is_within(home, division) or not is_within(division, home):
            return None
        return _Subject(at, stop, stop, (bureau_name(division, self.context.written),), "place", division)

    def _places(self, at: int, end: int) -> _Subject | None:
        """Return the bureaus that a list of places at the head of a clause stands for: "京山、沙洋两县实现…"."""
        view, home, office = self.text.view, self.context.home, self.context.office
        if home is None or office is None:
            return None
        found: list[Division] = []
        stop = at
        while word := word_starting(view, stop, end):
            division = choose(find_divisions(word, year=self.context.year), home)
            inside = division is not None and division.code != home.code and is_within(division, home)
            if division is None or not inside or is_everyday_word(word):
                return None
            stop += len(word)
            part_of = word_starting(view, stop, end)
            if part_of and any(is_within(d, division) for d in find_divisions(part_of, year=self.context.year)):
                continue  # 张掖市甘州区
            found.append(division)
            if view[stop : stop + 1] not in ("、", "和", "与", "及"):
                break
            stop += 1
        tail = part("subject_places").match(view, stop, end)
        if tail and (told := _NUMBER.search(tail[0])) and float(told[0]) > len(found):
            return None  # 郑州、鹤壁等11个市: most of them unnamed
        if len(found) < 2 or (tail is None and not part("subject_after_place").match(view, stop)):
            return None
        stop = tail.end() if tail else stop
        names = tuple(dict.fromkeys(bureau_name(d, self.context.written) for d in found))
        return _Subject(at, stop, stop, names, "place", found[0])

    def _rulings(self, clause: Span) -> Iterator[_Subject]:
        """Yield "省公安厅明确的15项任务", "3名逃犯被某县警方抓获": the number is that agency's own."""
        first, last = bisect_left(self.starts, clause.start), bisect_left(self.starts, clause.end)
        for mention in self.mentions[first:last]:
            if found := part("subject_ruling").match(self.text.view, mention.end):
                yield _Subject(mention.start, found.end(), found.end(), (mention.name,), "ruling", mention.division)
            done = part("subject_done_by").match(self.text.view, mention.end)
            passive = self.text.view.endswith("被", clause.start, mention.start)
            if done and passive and mention.name not in self._above():
                yield _Subject(clause.start, clause.end, mention.end, (mention.name,), "ruling", mention.division)
            if part("subject_thanked").search(self.text.view, clause.start, mention.start):
                sentence = self.text.sentence_at(mention.start)
                means = mention.level == "unit" and mention.name.endswith(_MEANS)
                name = mention.parent if means and mention.parent else mention.name
                yield _Subject(mention.start, sentence.end, mention.end, (name,), "ruling", mention.division)
        yield from self._rates(clause)

    def _rates(self, clause: Span) -> Iterator[_Subject]:
        """Yield whose each rate of a row is: "群众安全感全国为91.9%、全省为96.2%、全州为97.4%、镇远县为98.1%"."""
        if self.text.view.find("%", clause.start, clause.end) < 0:
            return
        found = list(part("subject_rate").finditer(self.text.view, clause.start, clause.end))
        for rate in found:
            row = len(found) > 1 or self.text.view.endswith("%、", clause.start, rate.start())
            if row and (of := self._rated(rate["whose"])) is not None:
                name, division = of
                source = "ruling" if rate["whose"][0] in "全我本" else "rate"
                yield _Subject(rate.start("whose"), rate.end(), rate.end("whose"), (name,), source, division)

    def _rated(self, words: str) -> tuple[str, Division | None] | None:
        """Return the agency of the country, of the whole of a place, or of a place in or above home."""
        home, office = self.context.home, self.context.office
        if words == "全国":
            return MINISTRY, None
        if home is None or office is None:
            return None
        if words[0] in "全我本":
            division = home if fits(home, words[1:]) else relative_division(words[1:], home, None)
        else:
            division = choose(find_divisions(words, year=self.context.year), home)
        if division is None or not (is_within(home, division) or is_within(division, home)):
            return None
        own = division.code == home.code
        return self.whole or office.name if own else bureau_name(division, self.context.written), division


@lru_cache(maxsize=256)
def _names_above(home: Division | None) -> frozenset[str]:
    return frozenset({MINISTRY, *(bureau_name(d) for d in chain(home)[1:])} if home else ())


def build_bureaus(text: Text, view: BureauView) -> list[Bureau]:
    """Return one fact an agency, with every place that names it as evidence; of nested names only the longest."""
    grouped: dict[str, list[BureauMention]] = defaultdict(list)
    for mention in view.mentions:
        grouped[mention.name].append(mention)
    return [_fact(text, mentions) for mentions in grouped.values() if not _names_programs(text.view, mentions)]


def _names_programs(view: str, mentions: Sequence[BureauMention]) -> bool:
    """Tell whether a name stands in an article for nothing but a program: “达州交警”App."""
    return all(view[m.start - 1 : m.start] == "“" and part("program_quoted").match(view, m.end) for m in mentions)


def _fact(text: Text, mentions: Sequence[BureauMention]) -> Bureau:
    first = mentions[0]
    quotes = {(m.start, m.end): text.quote(m.start, m.end) for m in mentions}
    evidence = tuple(sorted(Evidence(q.start, q.end, q.quote) for q in quotes.values()))
    rules = tuple(dict.fromkeys(m.rule for m in mentions))
    return Bureau(
        article=text.article.id,
        evidence=evidence,
        derivation=Derivation(rules),
        name=first.name,
        level=first.level,
        place=first.place,
        parent=first.parent,
    )
