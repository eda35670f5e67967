"""Bearings: titles right before the person or the agency that holds them, without a verb."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache

from kg.facts.honor.pattern import honor_part, honor_patterns
from kg.facts.honor.title import Title, read_title, title_heads
from kg.facts.honor.title_list import LONGEST, titles_before
from kg.text import Span, Text


@dataclass(frozen=True, slots=True)
class Bearing:
    """Titles that stand before the name of a person, where role and name stand, and the names that a list joins."""

    titles: tuple[Title, ...]
    holder: Span
    name: Span
    others: tuple[Span, ...] = ()


def find_bearings(view: str) -> Iterator[Bearing]:
    """Yield the persons whose titles stand before their names, with a scope or in quotation marks.

    >>> view = "全省优秀人民警察、全国公安机关爱民模范赵立新说"
    >>> [t.name for bearing in find_bearings(view) for t in bearing.titles]
    ['全省优秀人民警察', '全国公安机关爱民模范']
    """
    for match in honor_patterns()["honor-before-name"].finditer(view):
        if _ends_head(match["name"]):
            continue
        holder = Span(*match.span("holder"))
        titles = tuple(title for title in titles_before(view, holder.start) if not _is_nickname(title))
        if titles and _is_anothers(view, titles, holder.start, match.end("name")):
            continue
        if titles and all(title.kind in ("person", "any") for title in titles):
            yield Bearing(titles, holder, Span(*match.span("name")), tuple(_names_after(view, match.end("name"))))


def with_heads(text: Text, bearings: Iterable[Bearing]) -> Iterator[Bearing]:
    """Yield bearings, a grade alone with the head of the one before: 全国公安系统一级英模某某,二级英模某某.

    >>> from kg.text import text_of
    >>> text = text_of("走出了全国公安系统一级英模周海,二级英模赵立新。")
    >>> [title.name for bearing in with_heads(text, find_bearings(text.view)) for title in bearing.titles]
    ['全国公安系统一级英模', '全国公安系统二级英模']
    """
    before: Title | None = None
    for bearing in bearings:
        first = bearing.titles[0]
        near = before is not None and text.sentence_at(first.start).start <= before.start
        grade = honor_part("grade_alone").fullmatch(first.name)
        told = honor_part("grade").search(before.name) if before and near and grade else None
        if before is not None and told is not None:
            whole = replace(first, name=before.name[: told.start()] + first.name)
            bearing = replace(bearing, titles=(whole, *bearing.titles[1:]))
        before = bearing.titles[-1]
        yield bearing


def find_introductions(view: str) -> Iterator[tuple[Bearing, Span]]:
    """Yield the persons introduced with their post and their titles, each with where the role in the post stands.

    >>> view = "李强,兴县公安局大队长,全国优秀人民警察,个人一等功获得者。"
    >>> [t.name for bearing, _ in find_introductions(view) for t in bearing.titles]
    ['全国优秀人民警察', '个人一等功']
    """
    for match in honor_patterns()["honor-introduced"].finditer(view):
        titles: list[Title] = []
        at, end = match.span("titles")
        for mark in honor_part("introduced_next").finditer(view, at, end):
            told = honor_part("item_verb").search(view, at, mark.start())
            title = None if told else read_title(view, at, mark.start(), False)
            if title is None or title.rule == "title-called" or title.kind not in ("person", "any"):
                break
            titles.append(title)
            at = mark.end()
        if titles:
            post, name = Span(*match.span("post")), Span(*match.span("name"))
            yield Bearing(tuple(titles), post, name), Span(*match.span("role"))


def titles_before_agency(view: str, position: int) -> list[Title]:
    """Return the quoted titles right before the name of an agency: “全国青年文明号”城北派出所."""
    if not view.endswith(("”", "”\n"), 0, position):
        return []
    if not honor_patterns()["honor-before-agency"].search(view, max(0, position - LONGEST), position):
        return []
    return [title for title in titles_before(view, position) if title.kind in ("group", "any")]


def _names_after(view: str, end: int) -> Iterator[Span]:
    while (match := honor_part("name_listed").match(view, end)) is not None:
        yield Span(*match.span("name"))
        end = match.end("name")


def _is_anothers(view: str, titles: tuple[Title, ...], start: int, end: int) -> bool:
    """Tell whether a verb gives titles to the one before it, and whoever is named behind them has a verb of his own.

    李某等9人被评为“最美民警”、王某等8人被评为“最美辅警”.
    """
    governed = honor_part("title_governed").search(view, 0, titles[0].lead)
    listed = view[titles[-1].end : start].lstrip("”") == "、"
    return listed and governed is not None and honor_part("has_own_verb").match(view, end) is not None


def _is_nickname(title: Title) -> bool:
    """Tell whether what is quoted before a name is what somebody is called: “马背民警”, not 最美民警."""
    return title.rule != "title-rank" and honor_part("title_merit").search(title.name) is None


@cache
def _head_endings() -> frozenset[str]:
    return frozenset(word[-n:] for word in title_heads() for n in (2, 3))


def _ends_head(name: str) -> bool:
    """Tell whether what looks like a name ends a title: 文明号 begins with a surname."""
    return name in _head_endings() or name[:2] in _head_endings()
