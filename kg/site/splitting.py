"""Long pages to numbered ones: no page is larger than what people open on a phone.

Enters: a page. Leaves: its parts, the first at its own address. A part ends between two rows of a table, two pairs or
two links. A language may need a part more than the other, where its pages stand in another order; so a part leads to
the first one of the other language. What is weighed is what takes most bytes: the article's words, addresses, and how
many cells there are.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from kg.pages.wording import Wording
from kg.site.outline import Page, Pair, Section

ROOM = 420_000
"""What a page may weigh, in bytes as reckoned here; as they are written it may be a seventh more."""

_FEW = 150
_CHARACTER = 3
_CELL, _LINK, _PAIR, _SIDE, _SECTION, _POINT = 45, 80, 250, 60, 1_500, 120


def split(page: Page, words: Wording, room: int = ROOM, few: int = _FEW) -> tuple[Page, ...]:
    """Return the parts of a page, itself where it is small.

    ``room`` is what one may weigh, in bytes; a page of less than ``few`` rows is not weighed.
    """
    if page.template != "page.html" or sum(map(_count, page.sections)) < few:
        return (page,)
    parts = list(_parts(page.sections, words, room))
    if len(parts) == 1:
        return (page,)
    paths = part_paths(page.path, len(parts))
    hrefs = [path.rpartition("/")[2] for path in paths]
    return tuple(
        replace(
            page,
            path=path,
            title=page.title if at == 0 else words("site.part", title=page.title, number=at + 1, count=len(parts)),
            lead=page.lead if at == 0 else "",
            tiles=page.tiles if at == 0 else (),
            sections=sections,
            first=page.path,
            parts=tuple((str(number), "" if number == at + 1 else href) for number, href in enumerate(hrefs, 1)),
        )
        for at, (path, sections) in enumerate(zip(paths, parts, strict=True))
    )


def part_paths(path: str, count: int) -> list[str]:
    """Return the paths of a page's parts.

    >>> part_paths("a.html", 2)
    ['a.html', 'a.2.html']
    """
    stem = path.removesuffix(".html")
    return [path, *(f"{stem}.{number}.html" for number in range(2, count + 1))]


def _parts(sections: Sequence[Section], words: Wording, room: int) -> Iterator[tuple[Section, ...]]:
    kept: list[Section] = []
    left = room
    for section in sections:
        weights = _weights(section)
        own = _own(section)
        if kept and own + sum(weights) > left and (not weights or own + sum(weights[:_FEW]) > left):
            yield tuple(kept)
            kept, left = [], room
        left -= own
        start = at = 0
        for at, weight in enumerate(weights):
            if weight > left and at > start:
                yield (*kept, _cut(section, start, at, words))
                kept, left, start = [], room, at
            left -= weight
        kept.append(section if start == 0 else _cut(section, start, at + 1, words))
    yield tuple(kept)


def _count(section: Section) -> int:
    return len(section.table.rows if section.table else ()) + len(section.pairs) + len(section.links)


def _own(section: Section) -> int:
    """Return what a section weighs besides its pieces."""
    points = len(section.chart.points) if section.chart and not section.table else 0
    chips = sum(_LINK + len(href) + _CHARACTER * len(text) for text, href, _ in section.chips)
    return _SECTION + _CHARACTER * len(section.code) + points * _POINT + chips


def _weights(section: Section) -> list[int]:
    """Return what the rows of a section weigh, or its pairs, or its links: a section has many of one of them."""
    if section.table:
        return [
            sum(_CELL + len(cell.href) + (_CHARACTER * len(cell.text) if cell.chinese else 0) for cell in row)
            for row in section.table.rows
        ]
    return [*map(_weight_of_pair, section.pairs)] or [_LINK + 2 * len(href) for _, href, _, _ in section.links]


def _weight_of_pair(pair: Pair) -> int:
    return _PAIR + sum(_SIDE + len(href) + _CHARACTER * (len(said) + len(title)) for said, title, href in pair.sides)


def _cut(section: Section, start: int, end: int, words: Wording) -> Section:
    """Return the part of a section from one of its pieces to another; what stands once, stands in the first."""
    table = section.table
    count = len(_weights(section))
    if table:
        said = words("site.rows", caption=table.caption, first=start + 1, last=end, count=count)
        table = table._replace(caption=said, rows=table.rows[start:end])
    cut = replace(
        section,
        table=table,
        pairs=section.pairs[start:end],
        links=section.links if table else section.links[start:end],
    )
    return (
        cut
        if start == 0
        else replace(cut, anchor="", note="", chips=(), chart=None, code="", links=() if table else cut.links)
    )
