"""Contests: the prizes that say their place alone, and the contest in which they were won."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from kg.facts.honor.award import Award
from kg.facts.honor.pattern import honor_part
from kg.facts.honor.title import Title, normalised
from kg.facts.honor.title_list import LONGEST
from kg.text import Span

GRADE = "等次"  # what an assessment ends in, and no contest
_REACH = 300  # characters before a prize in which its contest is looked for


def with_contest(view: str, award: Award, sentence: Span) -> Award:
    """Return an award whose bare prizes carry the contest that the sentence names before: 在……大赛中获季军.

    A prize with its event ("手枪速射亚军") carries the contest of its own clause.
    """
    award = replace(award, titles=tuple(_with_event(award.titles)))
    if (short := tuple(_without_noun(title) for title in award.titles)) != award.titles:
        named = with_contest(view, replace(award, titles=short), sentence)
        return named if named.titles and all(title not in short for title in named.titles) else award
    first = honor_part("contest_place").fullmatch(award.titles[0].name) if award.titles else None
    if first is not None:  # 技能竞赛第一名、第三名
        place = honor_part("title_place")
        shared = (replace(t, name=first["contest"] + t.name) if place.fullmatch(t.name) else t for t in award.titles)
        return replace(award, titles=tuple(shared))
    bare = (honor_part("title_prize"), honor_part("title_place"), honor_part("title_event"))
    if not any(part.fullmatch(title.name) for part in bare for title in award.titles):
        return award
    floor = max(sentence.start, award.start - LONGEST)
    contests = list(honor_part("contest").finditer(view, floor, award.start))
    for part in ("contest_opened", "contest_holding"):
        contests = contests or list(honor_part(part).finditer(view, floor, award.start))
    if not contests and award.titles[0].name.endswith(GRADE):
        contests = list(honor_part("contest_assessed").finditer(view, floor, award.start))
    if not contests and contest_above(view, award.start) is None:
        if (above := _held_above(view, sentence.start)) is not None:
            return replace(award, titles=tuple(_of_contest(title, above) for title in award.titles))
        kept = tuple(t for t in award.titles if not honor_part("title_place").fullmatch(t.name))
        return replace(award, titles=kept)
    if not contests:
        told = contest_above(view, award.start, sentence.start) or ""
        told = honor_part("contest_of_the_news").sub("", told)
        return replace(award, titles=tuple(_of_contest(title, told) for title in award.titles)) if told else award
    words = contests[-1]["contest"]
    contest = normalised(words) if words.endswith("”") else honor_part("marks").sub("", words)  # 第五届“最美警察”
    held = honor_part("contest_held").match(contest)
    contest = contest[held.end() :] if held else contest
    near = view.count(",", contests[-1].end(), award.start) < 2
    parts = [honor_part(part) for part in (("title_prize", "title_event") if near else ("title_prize",))]
    titles = tuple(
        replace(title, name=contest + title.name) if any(part.fullmatch(title.name) for part in parts) else title
        for title in award.titles
    )
    return replace(award, titles=titles)


def _without_noun(title: Title) -> Title:
    """Return a prize without the mere word for a contest before it: 大比武一等奖."""
    mere = honor_part("contest_mere").fullmatch(title.name)
    return replace(title, name=mere["prize"]) if mere else title


def _held_above(view: str, end: int) -> str | None:
    """Return the contest that the sentences before one say was held: 市局举办技能竞赛。……甲队获得团体第一名."""
    parts = ("contest_opened", "contest_holding")
    told = [found for part in parts for found in honor_part(part).finditer(view, max(0, end - _REACH), end)]
    return normalised(max(told, key=lambda found: found.start())["contest"]) if told else None


def _with_event(titles: Sequence[Title]) -> Iterator[Title]:
    """Yield titles, a place alone with the event of the one before it: 射击第一名和第二名."""
    event = ""
    for title in titles:
        if event and honor_part("prize_alone").fullmatch(title.name):
            yield replace(title, name=event + title.name)
            continue
        told = honor_part("prize_of_event").fullmatch(title.name)
        event = told["event"] if told else ""
        yield title


def _of_contest(title: Title, contest: str) -> Title:
    """Return a bare prize with the contest that the sentence tells of before it."""
    return replace(title, name=contest + title.name) if honor_part("title_prize").fullmatch(title.name) else title


def contest_above(view: str, start: int, floor: int = 0) -> str | None:
    """Return the contest that the words before a prize tell of last, with its scope: 全省公安机关比武."""
    told = list(honor_part("contest_told").finditer(view, max(floor, start - _REACH), start))
    return told[-1]["contest"] if told else None
