"""Grantors and levels: who gives an award, and whether that makes it national, provincial, municipal or of a county.

Enters: an award and its titles. Leaves: full names and levels. The title's own words speak first, then who gives it,
then the scope before the title and the place inside it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from kg.facts.bureau import BureauView
from kg.facts.cue import cue
from kg.facts.honor.agency import Agencies
from kg.facts.honor.award import Award
from kg.facts.honor.contest import contest_above
from kg.facts.honor.holder import relative_division
from kg.facts.honor.pattern import honor_part
from kg.facts.honor.title import Title
from kg.facts.office import bureau_name
from kg.mentions.lexicon import load_lexicon
from kg.text import Span, Text
from kg.values.place import (
    Division,
    chain,
    find_divisions,
    is_city_province,
    is_everyday_word,
    word_ending,
    word_starting,
)

_LEVELS = {"province": "provincial", "prefecture": "municipal", "county": "county"}
_NEXT = 4  # characters of the sentence behind one
_REACH = 120
_CONTEST = 4  # characters of a contest that show it again in a title
_GIVING = ("ministry", "province", "prefecture")


@dataclass(frozen=True)
class Grantors:
    """Reads grantors and levels of the awards of one article."""

    text: Text
    bureaus: BureauView
    agencies: Agencies

    def of_award(self, award: Award, title: Title) -> str | None:
        """Return the full name of who gives an award, None where the words do not tell."""
        if award.grantor is not None:
            words = _bare(self.text.view[award.grantor.start : award.grantor.end])
            if cue("honor-own-party").fullmatch(words) and self.bureaus.home is not None:
                return self.bureaus.home.name + "党委"
            met = honor_part("grantor_meeting").fullmatch(words)
            if words and word_starting(words, 0) == words and find_divisions(words):
                return find_divisions(words)[0].name  # 被伊宁市评为
            if words and not met and honor_part("grantor_body").fullmatch(words):
                return self._whose(award, title, self.bureaus.authority(cue("honor-committee").sub(_apart, words)))
        return self.of_title(title) or self._approver(award) or self._decider(award, title) or self._host(award, title)

    def _host(self, award: Award, title: Title) -> str | None:
        """Return whose contest or review the clause names: 在市委政法委组织的绩效考核中."""
        clause = self.text.clause_at(award.start)
        hosts = honor_part("grantor_hosts")
        found = hosts.search(self.text.view, clause.start, award.start)
        if found is None:  # what was won in a contest of an earlier clause that has no scope of its own
            sentence = self.text.sentence_at(award.start)
            start = max(sentence.start, award.start - _REACH)
            found = next(reversed(list(hosts.finditer(self.text.view, start, clause.start))), None)
            contest = self.text.view[found.end() : found.end() + _CONTEST] if found else ""
            of_it = title.name.startswith(contest) or honor_part("prize_won").search(title.name) is not None
            if found is None or honor_part("scope").match(contest) or not of_it:
                return self._holder_of_contest(sentence, title)
        return self.bureaus.authority(found["grantor"])

    def _holder_of_contest(self, sentence: Span, title: Title) -> str | None:
        """Return who held the contest, by a sentence before, that a prize is of: 县公安局举办了业务技能竞赛."""
        start = self.text.paragraph_at(max(0, self.text.paragraph_at(sentence.start).start - 2)).start
        won = honor_part("prize_won").search(title.name) is not None
        if won or honor_part("contested").search(title.name):
            for found in honor_part("grantor_held").finditer(self.text.view, start, sentence.start):
                if won or title.name.startswith(found["contest"]):
                    return self.bureaus.authority(_bare(found["grantor"]))
        if honor_part("judged").search(title.name):
            for found in honor_part("grantor_judged").finditer(self.text.view, start, sentence.start):
                if found["contest"] in title.name:  # 省公安厅对……进行综合考评后: 综合考评先进单位
                    return self.bureaus.authority(_bare(found["grantor"]))
        return None

    def above(self, grantor: str | None, recipient: str) -> str | None:
        """Return the grantor; of "市局" that honours a county-level city's bureau, the bureau of the prefecture."""
        if grantor and cue("honor-own-squad").fullmatch(grantor) and (at := recipient.find(grantor)) > 0:
            return recipient[: at + len(grantor)]  # the 总队 that somebody's own 支队 is of
        home = self._home()
        if grantor != recipient or home is None or home.level != "county":
            return grantor
        over = next((division for division in chain(home) if division.level == "prefecture"), None)
        return bureau_name(over) if over else grantor

    def _whose(self, award: Award, title: Title, bodies: str) -> str:
        """Return who of several gives a title where they pair: "先后被市委和省公安厅记二等功、三等功"."""
        groups = _groups(bodies)
        if len(groups) != len(award.titles) or len(groups) < 2:
            return bodies
        levels = [self._level_of_body(group) for group in groups]
        told = [self._level(other.name) for other in award.titles]
        clause = self.text.clause_at(award.start)
        in_turn = honor_part("in_turn").search(self.text.view, clause.start, award.titles[0].start)
        if title in award.titles and (levels == told or (in_turn and not any(told))):
            return groups[award.titles.index(title)]
        return bodies

    def _decider(self, award: Award, title: Title) -> str | None:
        """Return who decided, in an earlier clause, what is awarded: "国务院决定,授予……", "公安部下发通报,……被评为"."""
        sentence = self.text.sentence_at(award.start)
        start = max(sentence.start, award.start - 2 * _REACH)
        for found in reversed(list(honor_part("grantor_decides").finditer(self.text.view, start, award.start))):
            words = _bare(found["grantor"])
            if words and honor_part("grantor_body").fullmatch(words):
                return self.bureaus.authority(words)
        if self.text.view.endswith("对", sentence.start, award.start):
            meets = honor_part("grantor_meets").search(self.text.view, sentence.start, award.start)
            if meets is not None:
                return self.bureaus.authority(_bare(meets["grantor"]))
        signed = honor_part("grantor_signs").search(self.text.view, start, award.start + 1)
        if signed is not None:
            return self.bureaus.authority(signed["grantor"])
        ordered = honor_part("grantor_signs_state").search(self.text.view, start, award.start + 1)
        if ordered is not None:
            return "国务院、中央军委" if ordered["both"] else "国务院"
        assembled = honor_part("grantor_assembles").search(self.text.view, sentence.start, award.start + 1)
        if assembled is not None and self._may_give(assembled, title):
            return self.bureaus.authority(_bare(assembled["grantor"]))
        return self._decider_above(sentence, title) or self._convener(title)

    def _convener(self, title: Title) -> str | None:
        """Return who held the meeting named after a title, told before it: 省公安厅召开“最强支部”命名大会."""
        start = max(0, title.start - 4 * _REACH)
        for held in reversed(list(honor_part("grantor_convened").finditer(self.text.view, start, title.start))):
            if title.name not in held["met"] and (title.shares == "" or title.shares not in held["met"]):
                continue
            found = honor_part("grantor_convener").search(
                self.text.view, max(start, held.start() - _REACH), held.start()
            )
            words = _bare(found["grantor"]) if found else ""
            if words and honor_part("grantor_body").fullmatch(words):
                return self.bureaus.authority(words)
        return None

    def _decider_above(self, sentence: Span, title: Title) -> str | None:
        """Return who gives, by the sentence before, what this one tells of one: 公安部发布命令,给……记集体一等功."""
        paragraph = self.text.paragraph_at(sentence.start)
        rolls = title.kind == "any" and paragraph.start == sentence.start  # 获得嘉奖的单位是: its order stands above
        floor = self.text.paragraph_at(max(0, paragraph.start - 2)).start if rolls else paragraph.start
        before = self.text.sentence_at(max(floor, sentence.start - 2))
        if before.start == sentence.start:
            return None
        among = self.text.view.startswith("其中", sentence.start)
        if title.name not in self.text.view[before.start : before.end] and not among:
            commends = honor_part("grantor_commends").search(self.text.view, before.start, before.end)
            commends = commends or self._commending(title, before)
            words = _bare(commends["grantor"]) if commends else ""
            return self.bureaus.authority(words) if words and honor_part("grantor_body").fullmatch(words) else None
        start = max(before.start, before.end - 2 * _REACH)
        found = honor_part("grantor_decides").search(self.text.view, start, before.end)
        found = found or self._commending(title, before)
        words = _bare(found["grantor"]) if found else ""
        return self.bureaus.authority(words) if words and honor_part("grantor_body").fullmatch(words) else None

    def _commending(self, title: Title, sentence: Span) -> re.Match[str] | None:
        """Return who holds a meeting of honours by a sentence, of a title that tells no other rank than theirs."""
        found = honor_part("grantor_commending").search(self.text.view, sentence.start, sentence.end + _NEXT)
        return found if found and self._may_give(found, title) else None

    def _may_give(self, meeting: re.Match[str], title: Title) -> bool:
        """Tell whether who holds a meeting of honours can be who gives a title: it tells no rank, or theirs."""
        if title.rule == "title-rank":
            return False
        return self._level(title.name) in (None, self._level_of_body(_bare(meeting["grantor"])))

    def of_title(self, title: Title) -> str | None:
        """Return the body that a title names as its giver: 公安部十大经典案例, 国务院“……”; a contest names its host."""
        if honor_part("hosted").search(title.name):
            return None
        for mention in self.agencies.mentions_in(title.start, title.end):
            whole = self.text.view[mention.end : mention.end + 2] in ("机关", "系统")
            first = mention.start - title.start < 2 and mention.end < title.end
            whole = whole or self.text.view.startswith("全", mention.start)  # 全市森林公安工作先进单位
            merit = honor_part("merit").fullmatch(self.text.view, mention.end, title.end)  # 荣立县公安局个人三等功
            gives = mention.level in _GIVING or (mention.level == "county" and merit)
            if first and gives and not whole and not mention.alias:
                return mention.name
        prefix = self._body_before(title)
        return self.bureaus.authority(prefix) if prefix else None

    def name_of(self, title: Title, grantor: str | None) -> str:
        """Return a title without the grantor before it."""
        prefix = self._body_before(title)
        if prefix:
            return title.name.removeprefix(prefix)
        for mention in self.agencies.mentions_in(title.start, title.end):
            merit = honor_part("merit").fullmatch(self.text.view, mention.end, title.end)
            if mention.start == title.start and grantor == mention.name and merit:
                return merit[0]
        return title.name

    def level_of(self, title: Title, grantor: str | None, start: int) -> str | None:
        """Return the level of an award whose evidence begins at a position."""
        before = self.text.view[max(start, title.start - 8) : title.start]
        scope = honor_part("level_before").search(before) or self._contest(title)
        return (
            self._level(title.name)
            or (self._level_of_body(grantor) if grantor else None)
            or (self._level(scope[0]) if scope else None)
            or self._level_inside(title)
            or (self._level(title.shares) if title.shares else None)
            or self._level_before(title)
            or self._level_of_contest(title)
            or self._level_of_meeting(title)
            or self._level_of_hosts(title)
        )

    def _level_before(self, title: Title) -> str | None:
        """Return the level of the place that stands right before a title: 湖北省“五一”劳动奖章获得者."""
        clause = self.text.clause_at(title.start)
        word = word_ending(self.text.view, title.start, clause.start)
        return _level_of_place(word) if word else None

    def _contest(self, title: Title) -> re.Match[str] | None:
        """Return the scope of the contest or review that the clause names before a title: 在全市……考评中."""
        clause = self.text.clause_at(title.start)
        found = honor_part("level_contest").search(self.text.view, clause.start, title.start)
        return honor_part("scope").match(found["scope"]) if found else None

    def _level_of_contest(self, title: Title) -> str | None:
        """Return the level of the contest of the sentences before, of a prize that was won in it."""
        if honor_part("prize_won").search(title.name) is None:
            return None
        contest = contest_above(self.text.view, title.start)
        return self._level(contest) if contest else None

    def _level_of_meeting(self, title: Title) -> str | None:
        """Return the level of the meeting that the news comes from: 从全市公安交管工作会议上传来喜讯."""
        paragraph = self.text.paragraph_at(title.start)
        start = max(paragraph.start, title.start - 2 * _REACH)
        found = honor_part("level_meeting").search(self.text.view, start, title.start)
        return self._level(found["scope"]) if found else self._level_of_honouring(title)

    def _level_of_honouring(self, title: Title) -> str | None:
        """Return the level of the meeting of honours that the paragraph tells of before what was given there."""
        sentence = self.text.sentence_at(title.start)
        if title.rule == "title-rank" or honor_part("history").search(self.text.view, sentence.start, title.start):
            return None  # 该队先后荣立三等功2次: not there
        paragraph = self.text.paragraph_at(title.start)
        start = max(paragraph.start, title.start - 2 * _REACH)
        found = honor_part("level_honouring").search(self.text.view, start, title.start)
        return self._level(found["scope"]) if found else None

    def _level_of_hosts(self, title: Title) -> str | None:
        """Return the level of who held the review that the words before named: 由省公安厅和团省委举办的“……”评选."""
        named = honor_part("prize_special").sub("", title.name)  # “……警察”特别奖
        name = self.text.view.rfind(f"“{named}”", max(0, title.start - 4 * _REACH), title.start - 1)
        hosts = honor_part("review_hosts").search(self.text.view, max(0, name - _REACH), name) if name > 0 else None
        return self._level_of_body(hosts["host"]) if hosts else None

    def _approver(self, award: Award) -> str | None:
        """Return who approved the award: 经公安部批准,给……记一等功."""
        sentence = self.text.sentence_at(award.start)
        start = max(sentence.start, award.start - _REACH)
        found = honor_part("grantor_approved").search(self.text.view, start, award.start)
        return self.bureaus.authority(found["grantor"] + (found["body"] or "")) if found else None

    def _body_before(self, title: Title) -> str:
        """Return the body that stands before a title's quotation mark."""
        prefix = honor_part("grantor_prefix").match(self.text.view, title.start, title.end)
        return prefix["grantor"] if prefix and honor_part("grantor_body").fullmatch(prefix["grantor"]) else ""

    def _home(self) -> Division | None:
        return self.bureaus.home.division if self.bureaus.home else None

    def _level(self, words: str) -> str | None:
        if honor_part("level_national").match(words) or re.search("全国|中国|全路", words):
            return "national"
        if honor_part("level_railway").match(words):
            return "provincial"
        scope = honor_part("level_letter").match(words) or honor_part("level_inside").search(words)
        if scope is not None:
            return _relative_level(scope["letter"], self._home())
        return "provincial" if honor_part("level_region").match(words) else _level_of_place(words)

    def _level_of_body(self, body: str) -> str | None:
        if honor_part("level_national").match(body):
            return "national"
        if honor_part("level_railway").match(body):
            return "provincial"
        body = re.sub("^(?:共青团|中共)", "", body)
        scope = honor_part("level_letter").match(body)
        if scope is not None:
            return _relative_level(scope["letter"], self._home())
        level = _level_of_place(body) or ("national" if honor_part("level_ministry").match(body) else None)
        return "county" if level == "municipal" and body.endswith("分局") else level

    def _level_inside(self, title: Title) -> str | None:
        """Return the level of home, or of what it lies in, where a title has its name inside: 平安……建设先进集体."""
        home = self._home()
        for division in chain(home) if home else ():
            if len(division.short) > 1 and division.short in title.name:
                return _division_level(division)
        return None


def _relative_level(letter: str, home: Division | None) -> str | None:
    """Return the level of what "全省" or "市级" means to a bureau of a division."""
    division = relative_division(letter, home)
    return _division_level(division) if division is not None else load_lexicon("honor_letter").get(letter, "level")


def _division_level(division: Division) -> str:
    return "provincial" if is_city_province(division) else _LEVELS[division.level]


def _level_of_place(words: str) -> str | None:
    """Return the level of the place that words begin with: 吉林省模范集体."""
    word = word_starting(words, 0)
    if cue("honor-celebration").match(words):
        return None
    if word is None or is_everyday_word(word) or word in load_lexicon("honor_head"):
        return None
    inner = word_starting(words, len(word))
    found = find_divisions(inner if inner and len(inner) > 2 else word)
    return _division_level(found[0]) if found else None


def _apart(committee: re.Match[str]) -> str:
    """Return "市委、市政府" for "市委市政府"."""
    words, government = committee[0], committee[2]
    if "委和" in words and government in ("政府", "人民政府"):
        government = committee[1] + government  # 市委和政府
    elif "、" in words or "和" in words:
        return words
    return f"{committee[1]}委、{government}"


def _groups(bodies: str) -> list[str]:
    """Return bodies in groups, party and government of one place together.

    >>> _groups("许县委、许县政府、河南省公安厅")
    ['许县委、许县政府', '河南省公安厅']
    """
    groups: list[str] = []
    for body in bodies.split("、"):
        if groups and _government(body) and _government(body) == _party(groups[-1]):
            groups[-1] += "、" + body
        else:
            groups.append(body)
    return groups


def _party(body: str) -> str:
    found = re.fullmatch(r"(.+?)(?:委|党委)", body)
    return found[1] if found else ""


def _government(body: str) -> str:
    found = re.fullmatch(r"(.+?)(?:人民)?政府", body)
    return found[1] if found else ""


def _bare(words: str) -> str:
    """Return a grantor without the adverbs around it and what it does before."""
    for _ in range(3):
        words = cue("honor-when").sub("", words)
        words = honor_part("grantor_adverb").sub("", honor_part("grantor_deed").sub("", words)).strip("、,的 ")
    return re.sub("^中共(?!中央)", "", words)
