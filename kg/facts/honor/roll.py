"""Rolls of honour: a title told before, then who received it, in a list after a colon or line by line.

Enters: a view. Leaves: ``Roll`` values: the title and where the list stands. Who the list names is read by
``kg.facts.honor.recipient``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from kg.facts.honor.award import Award
from kg.facts.honor.pattern import honor_part, honor_patterns
from kg.facts.honor.title import Title, read_title
from kg.text import Span

_REACH = 240
_COUNTED = 24
_SENTENCE_END = re.compile(r"[。!?\n]")
_TOLD = ("roll_title", "roll_vote", "roll_voted", "roll_list")  # how a title is told before its roll


@dataclass(frozen=True, slots=True)
class Roll:
    """An award whose recipients stand in ``parts``, pieces of a list; a piece may list several itself."""

    award: Award
    parts: tuple[Span, ...]


def find_rolls(view: str) -> Iterator[Roll]:
    """Yield the rolls of honour of a view.

    >>> view = "公安部命名“全国公安机关执法示范单位”,这2家单位分别是:旬阳市公安局、平利县公安局。"
    >>> [(r.award.titles[0].name, [view[p.start:p.end] for p in r.parts]) for r in find_rolls(view)]
    [('全国公安机关执法示范单位', ['旬阳市公安局、平利县公安局'])]
    """
    for match in honor_patterns()["honor-roll"].finditer(view):
        floor = max(0, match.start() - _COUNTED)
        if match["seats"] or match["among"] or honor_part("roll_count").search(view, floor, match.start()):
            yield from _roll("honor-roll", view, max(0, match.start() - _REACH), Span(*match.span("list")))
    for match in honor_patterns()["honor-named"].finditer(view):
        start = _last(view, ",;:。!?\n", match.start())
        adverb = honor_part("named_adverb").search(view, start, match.start())
        stretch = Span(start, adverb.start() if adverb else match.start())
        yield from _roll("honor-named", view, _last(view, "。!?\n", start), stretch)
    for match in honor_patterns()["honor-roll-won"].finditer(view):
        if (title := read_title(view, *match.span("title"))) is not None:
            award = Award("honor-roll-won", title.start, (title,), None, end=title.end)
            yield Roll(award, tuple(_parts(view, Span(*match.span("list")))))
    for match in honor_patterns()["honor-roll-lines"].finditer(view):
        if (title := read_title(view, *match.span("title"))) is not None:
            award = Award("honor-roll-lines", title.start, (title,), None, end=title.end)
            yield Roll(award, tuple(_lines(match)))


def _lines(match: re.Match[str]) -> Iterator[Span]:
    at = match.start("list")
    for line in match["list"].split("\n"):
        yield Span(at, at + len(line))
        at += len(line) + 1


def _last(view: str, marks: str, position: int) -> int:
    """Return where the stretch begins that one of the marks closes before a position."""
    floor = max(0, position - _REACH)
    return max(floor, *(view.rfind(mark, floor, position) + 1 for mark in marks))


def _roll(rule: str, view: str, floor: int, stretch: Span) -> Iterator[Roll]:
    """Yield a roll of the last title told before it, and of the last one for bodies where that one is for persons."""
    if honor_part("item_verb").search(view, stretch.start, stretch.end):
        return
    parts = tuple(_parts(view, stretch))
    kinds: set[str] = set()
    for title, grantor in _titles_before(view, floor, stretch.start):
        if not kinds or (title.kind not in kinds and {title.kind, *kinds} == {"group", "person"}):
            yield Roll(Award(rule, title.start, (title,), grantor, end=title.end), parts)
        kinds.add(title.kind)


def _titles_before(view: str, start: int, end: int) -> Iterator[tuple[Title, Span | None]]:
    """Yield the titles that somebody is said to give or win in a stretch, the last first, and who gives each."""
    told = [found for part in _TOLD for found in honor_part(part).finditer(view, start, end)]
    told.sort(key=lambda m: m.start("title"))
    for number, match in reversed(list(enumerate(told))):
        title = read_title(view, *match.span("title"))
        if title is not None:
            givers = (found for found in told[: number + 1][::-1] if found.groupdict().get("grantor"))
            giver = next(givers, None)  # 集体被公安部授予……,个人被授予……
            apart = giver is not None and _SENTENCE_END.search(view, giver.end(), match.start())
            grantor = Span(*giver.span("grantor")) if giver is not None and not apart else None
            yield replace(title, lead=match.start("title")), grantor


def _parts(view: str, stretch: Span) -> Iterator[Span]:
    at = stretch.start
    for mark in range(stretch.start, stretch.end + 1):
        if mark == stretch.end or view[mark] in ",;\n":
            if mark > at:
                yield Span(at, mark)
            at = mark + 1
