"""Recipients: who the words before a verb of honour name, and of which agency.

Enters: a stretch of the view. Leaves: ``Holder`` values: agencies, units, persons with a role, work methods,
cities. A stretch that only counts people or units, or names somebody outside the police, has none.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import islice
from operator import attrgetter

from kg.facts.bureau import BureauMention, BureauView
from kg.facts.honor_pattern import honor_part, honor_patterns
from kg.facts.office import bureau_name
from kg.values.numeral import parse_numeral
from kg.values.place import Division, chain, choose, find_divisions, is_everyday_word, is_within, word_ending

_START = attrgetter("start")
_MARKS = re.compile("[“”‘’《》]")
_OFFICES = re.compile(r"[^,;:。批准授]{0,16}")
_LONGEST_LIST = 1200  # characters before a verb in which its recipients are looked for
_DEICTIC = re.compile("这支|这个|该")
_NAMINGS = 20
_GIVES = ("被", "由", "经", "获")  # before who gives an award or supervises a case
_MAKER = 40  # characters before a work in which the agency stands that made it
_GIVER = 16  # characters before a unit in which a mention may begin that takes its giver for a part of its name
_RANKS = {"总队": 5, "支队": 4, "大队": 3, "中队": 2, "派出所": 2}
_SUPERVISED = re.compile("挂牌|督办|部署|交办")
_SEATS = re.compile(r"书记|副书记|委员|班子|成员")
_LEVELS_OF_BUREAUS = ("ministry", "province", "prefecture", "county")
_ITEM = re.compile("[^、和]+")
_SHORT_NAME = re.compile("[\u4e00-\u9fff]{2,4}")
_SEPARATOR = re.compile(r"、|和|及|以及|与")
_WORK_LEAD = re.compile(
    "[^,;:。]{0,24}(?:研发|组建|成立|打造|推出|创作|选送|摄制|拍摄|制作|开发|创办)的?[^,;:。“《]{0,6}"
    "|[一-龥]{0,4}(?:短剧|短视频|微电影|微视频|宣传片|歌曲|快板|小品|情景剧|动漫|漫画)"
)
_CASE_CODE = re.compile("“([0-9]{1,2}·[0-9]{1,2})”(?=[^,。;]{0,14}案)")
_PLACE_WORD = re.compile(r"[我全本](?:省|市|县|区|州|盟|旗)$")


@dataclass(frozen=True, slots=True)
class Holder:
    """Who received an award: ``kind`` as the contract has it, and the agency, full names both."""

    name: str
    kind: str
    bureau: str | None
    start: int
    end: int
    rule: str = ""


@dataclass(frozen=True)
class Recipients:
    """Reads recipients out of the view of one article."""

    view: str
    bureaus: BureauView

    def mentions_in(self, start: int, end: int) -> Sequence[BureauMention]:
        """Return the agencies that stand wholly inside a stretch, in order."""
        mentions = self.bureaus.mentions
        first = bisect_left(mentions, start, key=_START)
        last = bisect_left(mentions, end, key=_START)
        return [mention for mention in mentions[first:last] if mention.end <= end]

    def opens(self, position: int) -> bool:
        """Tell whether the name of an agency begins at a position: 和 is the first character of some counties."""
        first = bisect_left(self.bureaus.mentions, position, key=_START)
        return first < len(self.bureaus.mentions) and self.bureaus.mentions[first].start == position

    # --- what stands right before the verb

    def before(self, start: int, end: int) -> list[Holder]:
        """Return the holders that a stretch ending before the verb names, none where it names nobody."""
        start = max(start, end - _LONGEST_LIST)
        others = honor_part("and_others").search(self.view, start, end)
        if others is not None:
            stations = self._stations(start, others.start()) if others[0].endswith("派出所") else []
            if stations:
                return stations
            end = others.start()
        elif (summed := honor_part("summed").search(self.view, start, end)) is not None:
            stations = self._stations(start, summed.start()) if summed[0].endswith("派出所") else []
            holders = stations or self._listed(start, summed.start())
            return holders if len(holders) > 1 and _is_number(summed["n"], len(holders)) else []
        elif honor_part("counted").search(self.view, start, end):
            return []
        return self._listed(start, end)

    def _stations(self, start: int, end: int) -> list[Holder]:
        """Return the stations of a list that names them by their places alone: "城南、河西等11个派出所"."""
        home, _ = self.bureaus.subject_at(start, end)
        items = list(_ITEM.finditer(self.view, start, end))
        if home is None or self.mentions_in(start, end) or not all(_SHORT_NAME.fullmatch(item[0]) for item in items):
            return []
        return [Holder(f"{home}{item[0]}派出所", "unit", home, *item.span()) for item in items]

    def _listed(self, start: int, end: int) -> list[Holder]:
        """Return the holders of a list, read from the right; a 和 that belongs to a name divides nothing."""
        mentions = self.mentions_in(start, end)
        ends = {m.end for m in mentions}  # "刑警大队张立、城关派出所": what looks like two stations begins with a name
        covered = [(m.start, m.end) for m in mentions if m.start not in ends]
        holders: list[Holder] = []
        last = end
        marks = [
            mark
            for mark in _SEPARATOR.finditer(self.view, start, end)
            if not any(a <= mark.start() < b for a, b in covered) and not _enclosed(self.view, mark.start(), start)
        ]
        for mark in reversed(marks):
            holder = self._holder(mark.end(), last)
            if holder is None and mark[0] != "、":
                continue
            if holder is None:
                break
            holders.append(holder)
            last = mark.start()
        else:
            holder = self._holder(start, last)
            if holder is not None:
                holders.append(holder)
        listed = _sharing_unit([each for holder in holders[::-1] for each in _enumerated(holder, mentions)])
        return self._with_agencies(listed)

    def listed(self, start: int, end: int) -> list[Holder]:
        """Return those whom a list of models names; among names with a surname any short word is one (次仁旺堆)."""
        named: list[Holder] = []
        for item in _ITEM.finditer(self.view, start, end):
            found = self._listed(*item.span())
            short = not found and _SHORT_NAME.fullmatch(item[0]) is not None
            named += [Holder(item[0], "person", None, *item.span(), "holder-name")] if short else found
        known = any(holder.kind != "person" or holder.bureau or _is_named(holder.name) for holder in named)
        return self._with_agencies(named) if known else []

    def _with_agencies(self, holders: list[Holder]) -> list[Holder]:
        """Give persons of a list without an agency that of the one before, unless brackets told it: 民警张某、李某."""
        out: list[Holder] = []
        for holder in holders:
            last = out[-1] if out and out[-1].kind == "person" and self.view[out[-1].end - 1] != ")" else None
            if holder.kind == "person" and holder.bureau is None and last is not None:
                holder = replace(holder, bureau=last.bureau)
            out.append(holder)
        return out

    def _holder(self, start: int, end: int) -> Holder | None:
        """Return the holder that an item of a list names; brackets after it tell of a person's agency."""
        bracket = honor_part("bracket_last").search(self.view, start, end)
        if bracket is None:
            return self._plain(start, end)
        agency = self.agency_of(bracket.start("inside"), bracket.end("inside"))
        name = honor_patterns()["holder-name"].fullmatch(self.view, start, bracket.start()) if agency else None
        if name is not None:  # a name that is a county's too is a person's where an agency follows it
            return Holder(name["name"], "person", agency, start, end, "holder-name")
        holder = self._plain(start, bracket.start())
        if holder is not None and holder.kind == "person":
            return replace(holder, bureau=agency or holder.bureau, end=end)
        return holder

    def _plain(self, start: int, end: int) -> Holder | None:
        if start >= end:
            return None
        return (
            self._unit(start, end)
            or self._part(start, end)
            or self._self(start, end)
            or self._person(start, end)
            or self._work(start, end)
            or self._city(start, end)
            or self._squad(start, end)
            or self._troop(start, end)
            or self._team(start, end)
        )

    def _unit(self, start: int, end: int) -> Holder | None:
        mentions = self.mentions_in(start, end)
        if not mentions:
            return self._clipped(start, end)
        last = mentions[-1]
        if self.view[last.start] == "该":
            return self._again(last, end)
        if last.end == end:
            return holder_of(last)
        if honor_part("tail").fullmatch(self.view, last.end, end):
            if honor_patterns()["holder-person"].search(self.view, last.end, end):
                return None
            tail = _MARKS.sub("", self.view[last.end : end])
            return Holder(last.name + tail, "unit", last.name, last.start, end)
        return None

    def _part(self, start: int, end: int) -> Holder | None:
        """Return a part of the unit last spoken of, which its kind alone names: 派出所内勤组."""
        match = honor_part("part_of_unit").fullmatch(self.view, start, end)
        paragraph = self.bureaus.text.paragraph_at(start)
        for mention in reversed(self.mentions_in(paragraph.start, start)) if match else ():
            if match and mention.name.endswith(match["kind"]):
                return Holder(mention.name + match["tail"], "unit", mention.name, start, end)
        return None

    def _clipped(self, start: int, end: int) -> Holder | None:
        """Return the unit that ends a mention which reads who gives it as its superior: 市公安局给刑警大队记……."""
        home = self.bureaus.home
        wide = [m for m in self.mentions_in(max(0, start - _GIVER), end) if m.start < start and m.end == end]
        name = self.bureaus.resolve(self.view[start:end], start) if wide and home else None
        return Holder(name, "unit", home.name, start, end) if name and home else None

    def _self(self, start: int, end: int) -> Holder | None:
        home = self.bureaus.home
        match = honor_patterns()["holder-self"].fullmatch(self.view, start, end)
        if match is not None and match["we"]:
            name, _ = self.bureaus.subject_at(start, end)
            return replace(self.by_name(name, start), end=end, rule="holder-self") if name else None
        if match is None or home is None or not home.name.endswith(match["kind"][-1]):
            return None
        if match["tail"]:
            return Holder(home.name + match["tail"], "unit", home.name, start, end, "holder-self")
        return replace(holder_of(home), start=start, end=end, rule="holder-self")

    def _again(self, anaphor: BureauMention, end: int) -> Holder | None:
        """Return the agency last spoken of that "该所" or "该大队" means."""
        if anaphor.end != end:
            return None
        ending = self.view[anaphor.start + 1 : anaphor.end]
        for mention in reversed(self.mentions_in(0, anaphor.start)):
            if mention.name.endswith(ending):
                return replace(holder_of(mention), start=anaphor.start, end=end)
        return holder_of(anaphor)

    def _person(self, start: int, end: int) -> Holder | None:
        patterns = honor_patterns()
        match = patterns["holder-person"].search(self.view, start, end)
        if match is not None and not self._inside_agency(match.start("role"), start, end):
            agency = self.agency_of(start, match.start("role"))
            if agency is None and honor_part("outside").search(self.view, start, match.start("role")):
                return None
            return Holder(match["name"], "person", agency, start, end, "holder-person")
        match = patterns["holder-name"].fullmatch(self.view, start, end)
        if match is not None and (is_everyday_word(match["name"]) or not find_divisions(match["name"])):
            return Holder(match["name"], "person", None, start, end, "holder-name")
        if honor_part("translit_listed").fullmatch(self.view, start, end):
            return Holder(self.view[start:end], "person", None, start, end, "holder-name")
        mentions = self.mentions_in(start, end)
        if mentions and (match := patterns["holder-name"].fullmatch(self.view, mentions[-1].end, end)):
            return Holder(match["name"], "person", mentions[-1].name, mentions[-1].start, end, "holder-name")
        return None

    def _inside_agency(self, position: int, start: int, end: int) -> bool:
        """Tell whether a role is the beginning of an agency's name: 特警 in 特警支队."""
        return any(mention.start <= position < mention.end for mention in self.mentions_in(start, end))

    def agency_of(self, start: int, end: int) -> str | None:
        """Return the full name of the agency that the words before a role name, None where they name none."""
        mentions = self.mentions_in(start, end)
        if not mentions or self.view[mentions[-1].start] == "该":
            return None
        last = mentions[-1]
        if not _OFFICES.fullmatch(self.view, last.end, end) or _SUPERVISED.match(self.view, last.end):
            return None
        tail = honor_part("tail").match(self.view, last.end, end)
        if tail is None or _SEATS.match(self.view, tail.end()) or "兼" in tail[0]:
            return last.name
        return last.name + self.view[last.end : tail.end()]

    def _spoken_of(self, start: int, end: int) -> Holder | None:
        """Return the work or case that "该品牌", "该案" or "相关做法" means: the one that the paragraph names last."""
        match = honor_part("this_work").fullmatch(self.view, start, end)
        if match is None or not (match["noun"] or match["kind"]):
            return None
        part = honor_part("case_spoken_of" if match["noun"] else "work_spoken_of")
        found = list(part.finditer(self.view, self.bureaus.text.paragraph_at(start).start, start))
        if not match["noun"] and match["kind"] not in ("做法", "经验"):
            found = [one for one in found if one["name"].endswith(match["kind"])]
        if not found:
            return None
        agency = self.agency_of(max(0, found[-1].start() - _MAKER), found[-1].start())
        return Holder(_MARKS.sub("", found[-1]["name"]), "initiative", agency, start, end, "holder-work")

    def _work(self, start: int, end: int) -> Holder | None:
        if (known := self._spoken_of(start, end)) is not None:
            return known
        patterns = honor_patterns()
        match = patterns["holder-work"].search(self.view, start, end)
        if match is not None:
            name = match["book"] or match["name"] + (match["noun"] or "")
            agency = self.agency_of(start, match.start())
            return Holder(_MARKS.sub("", name), "initiative", agency, match.start(), end, "holder-work")
        mentions = self.mentions_in(start, end)
        first = mentions[-1].end if mentions else start
        match = patterns["holder-work-phrase"].search(self.view, first, end)
        if match is None:
            return None
        agency = mentions[-1].name if mentions else None
        name, at = match["name"], match.start("name")
        if mentions and (made := honor_part("made").match(self.view, first, end)) is not None:
            name, at = self.view[made.end() : end], mentions[-1].start
        elif mentions and at == first:
            name, at = mentions[-1].name + name, mentions[-1].start
        return Holder(name, "initiative", agency, at, end, "holder-work-phrase")

    def _city(self, start: int, end: int) -> Holder | None:
        home = self.bureaus.home.division if self.bureaus.home else None
        if (found := _PLACE_WORD.search(self.view, start, end)) is not None:
            division = relative_division(found[0][-1], home)
            return _city_holder(division, found.start(), end) if division else None
        word = word_ending(self.view, end, start)
        if word is None or is_everyday_word(word):
            return None
        division = choose(find_divisions(word), home)
        if division is None or home is None or not (is_within(division, home) or is_within(home, division)):
            return None
        return _city_holder(division, end - len(word), end)

    def _squad(self, start: int, end: int) -> Holder | None:
        """Return who sent a team to a contest: "滨海代表队" is that bureau, "代表队" a team of the subject."""
        match = honor_part("squad").fullmatch(self.view, start, end)
        home, _ = self.bureaus.subject_at(start, end)
        if match is None or home is None:
            return None
        if not match["whose"]:
            return Holder(f"{home}代表队", "unit", home, start, end)
        sent = self._city(start, match.end("whose"))
        return Holder(sent.bureau, "bureau", sent.bureau, start, end) if sent and sent.bureau else None

    def _troop(self, start: int, end: int) -> Holder | None:
        """Return a unit that no agency stands before: 海东青骑警队."""
        match = honor_part("station").fullmatch(self.view, start, end) or honor_part("troop").search(
            self.view, start, end
        )
        home, _ = self.bureaus.subject_at(start, end)
        if match is None or home is None or self.mentions_in(start, end) or _DEICTIC.match(match[0]):
            return None
        if match.groupdict().get("whole") and _rank(home) < _RANKS["支队"] and self.bureaus.home is not None:
            home = self.bureaus.home.name  # no brigade has a detention house
        if match.groupdict().get("branch") and self.bureaus.home is not None:
            branch = self.bureaus.home.name + match["branch"]
            return Holder(branch + match[0].removeprefix(match["branch"]), "unit", branch, start, end)
        name = match[0].rpartition("的")[2]
        return Holder(home + name, "unit", home, end - len(name), end)

    def _team(self, start: int, end: int) -> Holder | None:
        """Return a team by its own name, of the agency spoken of before it: "交警支队……,柳湖大队……", "“302”专案组"."""
        match = honor_part("team").fullmatch(self.view, start, end)
        if match is None or honor_part("outside").search(self.view, start, end):
            return None
        if match["deictic"]:
            return self._named_before(match["name"], match.start("name"), end)
        bureau = self._superior(start, match["suffix"])
        if bureau is None or self.mentions_in(start, end):
            return None
        name = _MARKS.sub("", match["name"])
        if name == "专案组" and (codes := _CASE_CODE.findall(self.view, 0, start)):
            name = f"{codes[-1]}{name}"  # of the case spoken of
        whole = name if match["suffix"] == "专案组" else bureau + name
        return Holder(whole, "unit", bureau, match.start("name"), end, "holder-team")

    def _named_before(self, name: str, start: int, end: int) -> Holder | None:
        """Return the team that "这支巡逻队" means: the same words after an agency further up."""
        at = self.view.find(name, 0, start)
        mentions = self.mentions_in(max(0, at - 40), at) if at >= 0 else ()
        if not mentions:
            home, _ = self.bureaus.subject_at(start, end)
            return Holder(name, "unit", home, start, end, "holder-team") if name == "专案组" and home else None
        whole = mentions[-1].name + _MARKS.sub("", self.view[mentions[-1].end : at + len(name)])
        return Holder(whole, "unit", mentions[-1].name, start, end, "holder-team")

    def _superior(self, start: int, suffix: str) -> str | None:
        """Return the nearest agency in the sentence that a team can belong to, else whose work is spoken of."""
        sentence = self.bureaus.text.sentence_at(start)
        for mention in reversed(self.mentions_in(sentence.start, start)):
            gives = self.view[mention.start - 1 : mention.start] in _GIVES
            if mention.name != "公安部" and not gives and _rank(mention.name) > _RANKS.get(suffix, 1):
                return mention.name
        name, _ = self.bureaus.subject_at(start, start + 1)
        return name

    # --- what stands further off

    def subject_of(self, start: int, end: int, kind: str) -> list[Holder]:
        """Return who an earlier clause speaks of, if that can hold an award of a kind."""
        patterns = honor_patterns()
        if kind in ("person", "any"):
            found = patterns["holder-person-inside"].search(self.view, start, end)
            if found is not None and not honor_part("counted").search(self.view, start, found.start("name")):
                bureau = self.agency_of(start, found.start("role"))
                name = self._shorter(found["name"])
                return [Holder(name, "person", bureau, *found.span(), "holder-person-inside")]
            intro = honor_part("introduced").match(self.view, start) or honor_part("aged").match(self.view, start)
            if kind == "person" and intro is not None:
                return [Holder(intro["name"], "person", None, start, intro.end("name"), "holder-name")]
            if (alone := patterns["holder-name"].fullmatch(self.view, start, end - 1)) is not None:
                return [Holder(alone["name"], "person", None, start, alone.end(), "holder-name")]
        if kind in ("work", "any"):
            again = honor_part("this_work").match(self.view, start, end)
            if again is not None and (known := self._spoken_of(*again.span())) is not None:
                return [known]
            work = honor_part("work_inside").search(self.view, start, end)
            if work is not None and (kind == "work" or work.start() == start or self._made_it(start, work.start())):
                agency = self.agency_of(start, work.start())
                return [Holder(_MARKS.sub("", work["name"]), "initiative", agency, *work.span())]
        if kind in ("work", "any") and (since := honor_part("work_since").match(self.view, start, end)) is not None:
            name = _MARKS.sub("", since["name"])
            return [Holder(name, "initiative", self.agency_of(start, since.start("name")), *since.span("name"))]
        if kind == "place" and (ours := honor_part("our_place").search(self.view, start, end)):
            home = self.bureaus.home.division if self.bureaus.home else None
            division = relative_division(ours["letter"], home)
            if division is not None:
                return [_city_holder(division, *ours.span())]
        if kind != "person":
            return self._lead_agency(start, end)
        return []

    def _made_it(self, start: int, end: int) -> bool:
        """Tell whether the words before a work say what it is or who made it: 方言短剧《…》, 某局研发的“…”系统."""
        return _WORK_LEAD.fullmatch(self.view, start, end) is not None

    def _shorter(self, name: str) -> str:
        """Return a name without its last character where the article uses the shorter one more often."""
        return name[:2] if self.view.count(name[:2]) > self.view.count(name) else name

    def _lead_agency(self, start: int, end: int) -> list[Holder]:
        head = honor_part("clause_lead").match(self.view, start, end)
        at = head.end() if head else start
        for mention in self.mentions_in(start, end):
            if mention.start != at:
                continue
            tail = honor_part("tail").match(self.view, mention.end, min(end, mention.end + 12))
            team = honor_part("lead_tail").match(self.view, mention.end, min(end, mention.end + 16))
            if tail and self.view[tail.end() - 2 : tail.end()] not in ("党委", "支部", "团委"):
                tail = None
            if (tail := team or tail) is not None:
                name = mention.name + _MARKS.sub("", self.view[mention.end : tail.end()])
                return [Holder(name, "unit", mention.name, mention.start, tail.end())]
            return [holder_of(listed) for listed in self._joined_to(mention, end)]
        return []

    def _joined_to(self, mention: BureauMention, end: int) -> list[BureauMention]:
        """Return a mention with those that a list joins to it: "甲派出所、乙派出所及丙派出所脱颖而出"."""
        group = [mention]
        for other in self.mentions_in(mention.end, end):
            if not _SEPARATOR.fullmatch(self.view, group[-1].end, other.start):
                break
            group.append(other)
        return group

    def agency_of_person(self, name: str) -> str | None:
        """Return the agency that stands before the first naming of a person with one."""
        for found in islice(re.finditer(re.escape(name), self.view), _NAMINGS):
            at = found.start()
            clause = self.bureaus.text.clause_at(at)
            role = honor_patterns()["holder-person"].search(self.view, clause.start, at + len(name))
            mentions = self.mentions_in(clause.start, at)
            if role is not None and (agency := self.agency_of(clause.start, role.start("role"))) is not None:
                return agency
            if mentions and mentions[-1].end == at:
                return mentions[-1].name
        return None

    def by_name(self, name: str, position: int) -> Holder:
        """Return the holder that an agency's full name means."""
        for mention in self.bureaus.mentions:
            if mention.name == name:
                return _placed(holder_of(mention), position)
        home = self.bureaus.home
        if home is not None and home.name == name:
            return _placed(holder_of(home), position)
        return Holder(name, "bureau", name, position, position)


def _enumerated(holder: Holder, mentions: Sequence[BureauMention]) -> list[Holder]:
    """Return a holder with those that share its last words: "城南、城北派出所" names two."""
    sharing = [m for m in mentions if m.end == holder.end and m.start < holder.end]
    if len(sharing) < 2 or holder.kind == "person" or holder.name != sharing[-1].name:
        return [holder]
    return [holder_of(mention) for mention in sharing]


def _sharing_unit(holders: list[Holder]) -> list[Holder]:
    """Return holders where a place before a unit means the same unit of its own: "甲、乙县公安局交警大队"."""
    out: list[Holder] = []
    for holder in reversed(holders):
        after = out[-1] if out else None
        is_place = holder.kind == "bureau" and holder.bureau is not None and holder.name != holder.bureau
        if is_place and after and after.kind == "unit" and after.bureau and after.name.startswith(after.bureau):
            name = f"{holder.bureau}{after.name.removeprefix(after.bureau)}"
            holder = replace(holder, name=name, kind="unit")
        out.append(holder)
    return out[::-1]


def _is_named(name: str) -> bool:
    return honor_patterns()["holder-name"].fullmatch(name) is not None


def _rank(name: str) -> int:
    return next((rank for ending, rank in _RANKS.items() if name.endswith(ending)), 6)


def _enclosed(view: str, position: int, start: int) -> bool:
    before = view[start:position]
    return any(before.count(opening) > before.count(closing) for opening, closing in ("“”", "《》", "()"))


def _is_number(words: str, number: int) -> bool:
    return words not in ("多", "数", "几", "余") and parse_numeral(words).value == number


def _placed(holder: Holder, position: int) -> Holder:
    return replace(holder, start=position, end=position)


def holder_of(mention: BureauMention) -> Holder:
    """Return the holder that an agency is; a unit's bureau is the agency above it."""
    if mention.level in _LEVELS_OF_BUREAUS:
        return Holder(mention.name, "bureau", mention.name, mention.start, mention.end)
    return Holder(mention.name, "unit", mention.parent, mention.start, mention.end)


def _city_holder(division: Division, start: int, end: int) -> Holder:
    return Holder(division.name, "bureau", bureau_name(division), start, end)


def relative_division(letter: str, home: Division | None) -> Division | None:
    """Return the division that "我市" or "全县" means to a bureau of a division.

    >>> from kg.values.place import find_divisions
    >>> relative_division("省", find_divisions("顺庆")[0]).name
    '四川省'
    """
    if home is None:
        return None
    for division in chain(home):
        if division.name.endswith(letter) and not (letter == "区" and division.name.endswith("地区")):
            return division
    return None
