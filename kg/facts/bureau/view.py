"""What an article says about agencies, as other facts ask it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from kg.facts.bureau.mention import BureauMention
from kg.facts.bureau.subject import NUMBER, Subject
from kg.facts.cue import cue
from kg.facts.office import Context, relative_division, resolve_agency
from kg.mentions.agency import find_agencies
from kg.text import Span, Text
from kg.values.place import chain, word_starting

_PLACES = re.compile("[一二三四五六七八九十]+")
_RANK = re.compile("第(?=[一二三四五六七八九十])[^0-9]*$")
_TO_COMMA = re.compile("[^,;。]*")
_OWN_BODY = frozenset({"局", "分局", "厅", "总队", "支队", "大队"})
_LEAGUE_OF = re.compile("(.{0,6}(?:自治区|[省市县区州盟旗]))团委")  # 广东省团委 is 共青团广东省委


@dataclass(frozen=True)
class BureauView:
    """What an article's words say about agencies."""

    text: Text
    mentions: tuple[BureauMention, ...]
    home: BureauMention | None
    _context: Context
    _subjects: Mapping[int, tuple[Subject, ...]] = field(repr=False)

    def subject_at(self, position: int, end: int) -> tuple[str | None, str]:
        """Return the full name of the bureau whose work or area ``view[position:end]`` is about, and what said so."""
        paragraph = self.text.paragraph_at(position)
        for subject in reversed(self._subjects.get(paragraph.start, ())):
            inside = subject.start <= position < subject.end
            if inside and not cue("bureau-among-others").match(self.text.view, subject.after):
                return self._one_of(subject, end), f"{subject.source} @ {subject.start}"
        return (self.home.name, "home") if self.home else (None, "unknown")

    def _one_of(self, subject: Subject, end: int) -> str | None:
        """Return whose turn it is where several share a list: "无棣、滨城警方分别抓获潜逃26年、27年的逃犯"."""
        if len(subject.names) == 1:
            return subject.names[0]
        words = self.text.view[subject.start : end]
        parts = re.split("分别|依次|分[列居]|各(?=[0-9])", words)
        if len(parts) == 1 and cue("bureau-together").search(words):
            return subject.names[0]
        if len(parts) == 1:
            return self.home.name if self.home else subject.names[0]
        told = NUMBER.findall(parts[-1]) or _PLACES.findall(parts[-1])  # 甲市、乙市分列第二、三位
        if ranked := _RANK.search(parts[-1]):
            told = _PLACES.findall(ranked[0])  # 分别在全国58个城市中排名第一和第四
        turn = len(told) - 1
        last = parts[-1].rpartition(",")[2]
        if turn >= len(subject.names) and len(NUMBER.findall(self._to_comma(end - len(last)))) == len(subject.names):
            turn = len(NUMBER.findall(last)) - 1  # 分别破案103件、65件,缴毒92.6公斤、46.6公斤
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
                said = cue("bureau-each-does").match(self.text.view, subject.after) is not None
                if not (of_each or (said and not NUMBER.search(words))):
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
        words = cue("bureau-committee-of").sub("", words)
        whole = find_agencies(words, year=self._context.year)
        if len(whole) == 1 and (whole[0].start, whole[0].end) == (0, len(words)):
            return self.resolve(words) or words  # 国家林业和草原局森林公安局 is one
        found: list[str] = []
        for item in cue("bureau-joined").split(words):
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
        if cue("bureau-of-an-area").fullmatch(words) and self._context.home is not None:
            area = next((over for over in chain(self._context.home) if over.name.endswith("地区")), None)
            return area.short + words if area else words  # 和田地委
        if (ours := _LEAGUE_OF.fullmatch(words)) is not None:
            return "共青团" + self._one_authority(f"{ours[1]}委", before)
        beside = word_starting(before, 0) if cue("bureau-government").fullmatch(words) else None
        if beside and before[len(beside) :] in ("委", "党委"):
            return beside + words  # 内蒙古自治区党委、政府
        league = cue("bureau-league").match(words)
        if league:
            return "共青团" + self._one_authority(words[1:], before)
        relative = cue("bureau-authority").match(words)
        named = word_starting(before, 0) if relative else None
        if relative and named and named.endswith(relative[1]) and before[len(named) :] in ("委", "政府", "人民政府"):
            return named + words[relative.end(1) :]  # 邢台市委、市政府
        home = relative_division(relative[1], self._context.home, None) if relative else None
        if relative is None or home is None:
            return words
        name = f"{home.short}州" if relative[1] == "州" else home.name  # 红河州委
        return name + words[relative.end(1) :]

    def agency_above(self, position: int) -> str | None:
        """Return the agency that the words of the clause name nearest before a position, or None."""
        clause = self.text.clause_at(position)
        before = [m for m in self.mentions if clause.start <= m.start and m.end <= position]
        return before[-1].name if before else None
