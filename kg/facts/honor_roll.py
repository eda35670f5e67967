"""Rolls of honour: a title told before, then who received it in a list after a colon.

Enters: a view. Leaves: ``Roll`` values: the title and where the list stands. Who the list names is read by
``kg.facts.honor_recipient``.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from kg.facts.honor_title import Award, Title, honor_part, honor_patterns, read_title
from kg.text import Span

_REACH = 240


@dataclass(frozen=True, slots=True)
class Roll:
    """An award whose recipients stand in ``parts``, pieces of a list; a piece may list several itself."""

    award: Award
    parts: tuple[Span, ...]


def find_rolls(view: str) -> Iterator[Roll]:
    """Yield the rolls of honour of a view.

    >>> view = "公安部命名“全国公安机关执法示范单位”,我省2家单位上榜。这2家单位分别是:旬阳市公安局、平利县公安局。"
    >>> [(r.award.titles[0].name, [view[p.start:p.end] for p in r.parts]) for r in find_rolls(view)]
    [('全国公安机关执法示范单位', ['旬阳市公安局、平利县公安局'])]
    """
    for match in honor_patterns()["honor-roll"].finditer(view):
        titles = _title_before(view, match.start())
        if titles is None or honor_part("item_verb").search(match["list"]):
            continue
        title, grantor = titles
        award = Award("honor-roll", title.start, (title,), grantor, end=title.end)
        yield Roll(award, tuple(_parts(view, match.start("list"), match.end("list"))))


def _title_before(view: str, end: int) -> tuple[Title, Span | None] | None:
    """Return the last title that somebody is said to give or win before a position, and who gives it."""
    found = list(honor_part("roll_title").finditer(view, max(0, end - _REACH), end))
    for match in reversed(found):
        title = read_title(view, *match.span("title"))
        if title is not None:
            grantor = Span(*match.span("grantor")) if match["grantor"] else None
            return replace(title, lead=match.start("title")), grantor
    return None


def _parts(view: str, start: int, end: int) -> Iterator[Span]:
    at = start
    for mark in range(start, end + 1):
        if mark == end or view[mark] in ",;":
            if mark > at:
                yield Span(at, mark)
            at = mark + 1
