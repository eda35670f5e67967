"""Article to Text: blocks to lines, lines to paragraphs, paragraphs to the view and its sentences and clauses."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from kg.article import Article, Block
from kg.mentions.rule import load_cues
from kg.patterns import compile_once
from kg.text.line import (
    Line,
    clean,
    is_spaced,
    joined,
    line_of,
    unify,
    with_outer_quotes,
    without_unseen,
    years_in_digits,
)
from kg.text.model import Paragraph, Span, Text
from kg.text.script import in_mainland_usage, is_traditional
from kg.text.wraps import join_lines

_PROTECTED = compile_once(
    r"“[^“”\n]{0,60}”|‘[^‘’\n]{0,60}’|《[^《》\n]{0,80}》|\([^()\n]{0,60}\)|[0-9],[0-9]{3}(?![0-9])|[0-9]:[0-9]"
)
_CLAUSE_END = compile_once(r"[,;:。!?…\n]+[”’)]*")
_SENTENCE_END = compile_once(r"[。!?…]+[”’)]*|\n+")
_CLOSED = re.compile(r"[。!?…;:][”’\")]*$")


def read_text(article: Article) -> Text:
    r"""Return the view of an article.

    >>> read_text(text_of("全市公安機關, 破獲　刑事案件 １２ 起").article).view
    '全市公安机关,破获刑事案件12起'
    """
    lines = list(_lines(article))
    whole = without_unseen("".join(line.chars for line in lines))
    spaced = is_spaced(whole)
    names = [clean(_line(words or ""), spaced) for words in (article.title, article.outlet)]
    groups = join_lines([clean(line, spaced) for line in lines], names[0].chars)
    paragraphs = [with_outer_quotes(joined(group)) for group in groups]
    names = [with_outer_quotes(name) for name in names]
    if is_traditional(whole):
        *paragraphs, title, outlet = in_mainland_usage([*paragraphs, *names])
        names = [title, outlet]
    return _assemble(article, paragraphs, names)


def text_of(plain: str, *, id: str = "text", published: date | None = None) -> Text:
    """Return the Text of a plain string, one block a line; for tests and for reading a sentence on its own."""
    blocks = []
    at = 0
    for line in plain.split("\n"):
        blocks.append(Block(line, range(at, at + len(line)), range(at + 1, at + len(line) + 1)))
        at += len(line) + 1
    source = "given" if published else None
    return read_text(Article(id, plain, tuple(blocks), published=published, date_source=source))


def _lines(article: Article) -> Iterator[Line]:
    after_blank = False
    for block in article.blocks:
        if block.chars:
            yield line_of(block, article.text, after_blank)
        after_blank = not block.chars


def _line(words: str) -> Line:
    return Line(unify(words), range(len(words)), range(1, len(words) + 1))


def _assemble(article: Article, lines: Sequence[Line], names: Sequence[Line]) -> Text:
    pieces: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    paragraphs: list[Paragraph] = []
    for number, line in enumerate(lines):
        if number:
            pieces.append("\n")
            starts.append(ends[-1])
            ends.append(ends[-1])
        first = len(starts)
        pieces.append(line.chars)
        starts.extend(line.starts)
        ends.extend(line.ends)
        paragraphs.append(Paragraph(first, len(starts), _is_heading(line)))
    # The colon that a run-in heading stands for keeps it in the sentence that it is the topic of.
    view = load_cues("line")["run-in-heading"].sub(lambda found: f"{found[0][:-1]}:", years_in_digits("".join(pieces)))
    dateline = load_cues("line")["dateline"]  # no part of the sentence after it
    datelines = [found.end() for p in paragraphs if (found := dateline.match(view, p.start, p.end))]
    return Text(
        article,
        view,
        starts,
        ends,
        tuple(paragraphs),
        tuple(_cut(_split(view, _SENTENCE_END, ()), datelines)),
        tuple(_cut(_split(view, _CLAUSE_END, _protected(view)), datelines)),
        years_in_digits(names[0].chars) or None,
        names[1].chars or None,
    )


def _is_heading(line: Line) -> bool:
    return line.heading or (len(line.chars) <= 40 and not _CLOSED.search(line.chars) and "。" not in line.chars)


def _protected(view: str) -> tuple[tuple[int, int], ...]:
    return tuple(match.span() for match in _PROTECTED.finditer(view))


def _cut(pieces: Iterable[Span], places: Sequence[int]) -> Iterator[Span]:
    """Yield pieces, those around one of some places in two."""
    last = max(places, default=0)
    for piece in pieces:
        if piece.start >= last:
            yield piece
            continue
        place = next((at for at in places if piece.start < at < piece.end), None)
        if place is not None:
            yield Span(piece.start, place)
        yield Span(place or piece.start, piece.end)


def _split(view: str, end: re.Pattern[str], protected: Iterable[tuple[int, int]]) -> Iterator[Span]:
    """Yield the pieces between boundaries, each with its closing punctuation; a protected stretch is not cut."""
    guards = iter(protected)
    guard = next(guards, None)
    at = 0
    for match in end.finditer(view):
        while guard and guard[1] <= match.start():
            guard = next(guards, None)
        if guard and guard[0] < match.start() < guard[1]:
            continue
        if match.end() > at:
            yield Span(at, match.end())
        at = match.end()
    if at < len(view):
        yield Span(at, len(view))
