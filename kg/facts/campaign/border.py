"""Borders: the quotations of a text, its lists of names, and where an unquoted name begins.

Enters: a ``Text`` with its bureaus. Leaves: a ``Reader``, which the finders of names ask.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kg.facts.bureau import BureauView
from kg.facts.campaign.pattern import lead, part
from kg.text import Text
from kg.unguarded import unguarded
from kg.values.place import is_everyday_word, word_ending

_DIVISION = re.compile("[省市县区州盟旗]")
_SHORT_NAME = 2  # characters of a division's name that may be a word besides: 城区
_REACH = 100  # characters before a quotation in which the verb is looked for


@unguarded
@dataclass(frozen=True, slots=True)
class Quote:
    """A quotation: ``start`` and ``end`` with its marks, ``body`` without."""

    start: int
    end: int
    body: str


@dataclass(frozen=True, slots=True)
class Item:
    """One item before a head noun: characters, perhaps a quoted name, characters after it."""

    start: int
    end: int
    quote: Quote | None


@dataclass(frozen=True, slots=True)
class Reader:
    """A text with its quotations and the ends of its agencies, which bound names on the left."""

    text: Text
    quotes: tuple[Quote, ...]
    quote_starts: tuple[int, ...]
    agency_ends: tuple[int, ...]
    bare: frozenset[str]
    home: str = ""

    @property
    def view(self) -> str:
        """The view of the text."""
        return self.text.view

    def quotes_between(self, start: int, end: int) -> Sequence[Quote]:
        """Return the quotations inside a stretch of the view."""
        first, last = bisect_left(self.quote_starts, start), bisect_left(self.quote_starts, end)
        return [q for q in self.quotes[first:last] if q.end <= end]

    def quote_around(self, position: int) -> Quote | None:
        """Return the quotation around a position, None where none is."""
        index = bisect_right(self.quote_starts, position) - 1
        return self.quotes[index] if index >= 0 and position < self.quotes[index].end else None

    def border(self, start: int, end: int) -> tuple[int, bool]:
        """Return where a name that ends at ``end`` begins, and whether a word before it says so."""
        after = start
        for match in part("border").finditer(self.view, start, end):
            after = match.end()
        for match in _DIVISION.finditer(self.view, after, end):
            if len(word_ending(self.view, match.end(), after) or "") > _SHORT_NAME:
                after = match.end()  # 视察镇江市追逃专项行动
        index = bisect_right(self.agency_ends, end) - 1
        if index >= 0 and self.agency_ends[index] > after:
            after = self.agency_ends[index]
        if self.home and self.view.startswith(self.home, after, end):
            after += len(self.home)  # whose the report is, and no part of the name: 淮安扫黑除恶专项斗争
        bounded = after > start
        filler = lead().match(self.view, after, end)
        return (filler.end() if filler else after), bounded

    def is_opened(self, quote: Quote) -> bool:
        """Tell whether a verb of launching stands right before a quotation: 部署“铁鹰”反扒会战."""
        clause = self.text.clause_at(quote.start)
        start, bounded = self.border(max(clause.start, quote.start - _REACH), quote.start)
        return bounded and start == quote.start


def _read_quotes(view: str) -> Iterator[Quote]:
    for match in re.finditer(r"“([^“”‘’。\n]{1,40})”|‘([^“”‘’。\n]{1,40})’", view):
        names = (match[1] or match[2]).split("、")
        if len(names) > 1 and part("names_in_one").match(view, match.start()):
            yield from _each_name(match.start(), names)
        else:
            yield Quote(match.start(), match.end(), match[1] or match[2])


def _each_name(start: int, names: Sequence[str]) -> Iterator[Quote]:
    """Yield the names that one pair of quotation marks holds, each with the mark before it: “猎鹰、云捕”等专项行动."""
    for number, name in enumerate(names, 1):
        end = start + 1 + len(name) + (number == len(names))
        yield Quote(start, end, name)
        start = end


def read_borders(text: Text, bureaus: BureauView) -> Reader:
    """Return a text with what bounds names in it."""
    quotes = tuple(_read_quotes(text.view))
    ends = tuple(sorted(mention.end for mention in bureaus.mentions))
    bare = frozenset(q.body for q in quotes if not _is_modified(text, q))
    division = bureaus.home.division if bureaus.home else None
    home = division.short if division and not is_everyday_word(division.short) else ""
    return Reader(text, quotes, tuple(q.start for q in quotes), ends, bare, home)


def _is_modified(text: Text, quote: Quote) -> bool:
    """Tell whether words of the same name stand right before a quotation ("打击“六霸”")."""
    start = max(0, quote.start - 4)
    if not part("word_before").search(text.view, start, quote.start):
        return False
    return not part("bound_before").search(text.view, start, quote.start)


def is_in_title(view: str, position: int) -> bool:
    """Tell whether a position lies inside the title of a document."""
    opened = view.rfind("《", max(0, position - 60), position)
    return opened >= 0 and view.find("》", opened, position) < 0


def items_between(reader: Reader, left: int, stop: int) -> Iterator[Item]:
    """Yield the items of a list between two positions: cut at separators and between adjacent quotations."""
    view = reader.view
    quotes = reader.quotes_between(left, stop)
    at = left
    held: Quote | None = None
    cursor = left
    for quote in [*quotes, Quote(stop, stop, "")]:
        for match in part("separator").finditer(view, cursor, quote.start):
            if match.start() > at:
                yield Item(at, match.start(), held)
            at, held = match.end(), None
        beside = held is not None and view[held.end : quote.start] in ("", "等")  # “净网”等“六清”行动
        if held is not None and beside and quote.end > quote.start:
            yield Item(at, held.end, held)
            at = quote.start
        if quote.end > quote.start:
            held = quote
        cursor = quote.end
    if stop > at:
        yield Item(at, stop, held)
