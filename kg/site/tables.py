"""Tables of a site as HTML: every cell escaped, numbers with what they are sorted by, quotes with where they stand."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from markupsafe import Markup, escape

from kg.pages.templates import visible

_BOLD = '<b lang="zh">{}</b>'
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}\b")


class Cell(NamedTuple):
    """A cell. ``chinese`` marks the article's own words, ``sort`` is what the column is sorted by, if not the text."""

    text: str
    href: str = ""
    chinese: bool = False
    sort: str = ""
    style: str = ""


class Column(NamedTuple):
    """A column. ``kind`` is "", "number" or "quote"."""

    label: str
    kind: str = ""
    chinese: bool = False


class Table(NamedTuple):
    """A table. The first cell of a row is its heading where ``headed``; ``matrix`` packs it tightly."""

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    headed: bool = False
    matrix: bool = False
    filtered: str = ""

    def html(self) -> Markup:
        """Return the table. Its wide form scrolls inside itself, by keyboard too."""
        return Markup("".join(self._parts()))

    def _parts(self) -> Iterator[str]:
        label = _text(self.caption)
        marks = ' class="matrix"' if self.matrix else f' data-filter="{_text(self.filtered)}"' if self.filtered else ""
        yield f'<div class="wide" tabindex="0" role="region" aria-label="{label}"><table{marks}>'
        yield f"<caption>{label}</caption><thead><tr>"
        for column in self.columns:
            kind = f' class="{column.kind}"' if column.kind else ""
            lang = ' lang="zh"' if column.chinese else ""
            name = _text(column.label)
            yield f'<th scope="col"{kind}{lang}>{f"<span>{name}</span>" if self.matrix else name}</th>'
        yield "</tr></thead><tbody>"
        kinds = [(column.kind, self.headed and at == 0) for at, column in enumerate(self.columns)]
        for row in self.rows:
            cells = [_cell(cell, kind, heading) for cell, (kind, heading) in zip(row, kinds, strict=True)]
            yield f"<tr>{''.join(cells)}</tr>\n"
        yield "</tbody></table></div>"


def listed(claims: Iterable[tuple[str, tuple[Cell, ...]]]) -> Markup:
    """Return claims as items of a list, each by its key: quote, type, what and how much, whose and when."""
    return Markup("".join(_item(key, *cells) for key, cells in claims))


def _item(key: str, quote: Cell, type_: Cell, what: Cell, value: Cell, agency: Cell, days: Cell) -> str:
    amount = f"<b>{_text(value.text)}</b>" if value.text else ""
    return (
        f'\n<li id="{_text(key)}"><blockquote lang="zh"><bdi>{_text(quote.text)}</bdi></blockquote>\n'
        f"<p><small>{_text(type_.text)}</small> {_named(what, _BOLD)} {amount}\n"
        f"<small>· {_named(agency, '{}')} · {_text(days.text)}</small></p></li>"
    )


def _named(cell: Cell, plain: str) -> str:
    text = _text(cell.text)
    return f'<a href="{_text(cell.href)}" lang="zh">{text}</a>' if cell.href else plain.format(text)


@lru_cache(maxsize=200_000)
def _cell(cell: Cell, kind: str, heading: bool) -> str:
    # A claim stands in the tables of its bureau, its indicator and its campaign, with the same cells.
    style = cell.style or kind or ("day" if _DAY.match(cell.text) else "")
    attributes = f' class="{style}"' if style else ""
    if cell.style == "some":
        attributes += f' style="--part:{cell.sort}"'
    elif cell.sort:
        attributes += f' data-sort="{_text(cell.sort)}"'
    text = _text(cell.text)
    if cell.chinese and text:
        text = f'<bdi lang="zh">{text}</bdi>'
    if cell.href:
        text = f'<a href="{_text(cell.href)}">{text}</a>'
    return f'<th scope="row"{attributes}>{text}</th>' if heading else f"<td{attributes}>{text}</td>"


@lru_cache(maxsize=100_000)
def _text(text: str) -> str:
    return str(escape(visible(text)))
