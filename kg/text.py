"""Article to Text: a Simplified, half-width view for matching, with a way back to the original offsets.

The view removes what hides a fact (hard wraps inside a sentence, stray spaces, zero-width characters, pinyin between
characters), unifies widths and quotation marks, and turns Traditional characters and the vocabulary of Taiwan and Hong
Kong into Mainland usage. Matching happens in view coordinates alone; ``Text.quote`` leads back.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from kg.article import Article, Block
from kg.mentions.lexicon import alternation, load_lexicon

if TYPE_CHECKING:
    from opencc import OpenCC

_DROPPED = "\u200b"
_TABLE = {
    **{code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)},
    **dict.fromkeys(map(ord, "\u00a0\u3000\u2002\u2003\u2009\u202f\t\v\f\r"), " "),
    **dict.fromkeys([*range(0x200C, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2070)], _DROPPED),
    **dict.fromkeys([0xFEFF, 0xAD, 0x180E, 0], _DROPPED),
    **dict.fromkeys(map(ord, "•‧・･∙"), "·"),
    **dict(zip(map(ord, "「」『』〝〞﹑﹪﹐﹔﹕＂｡､"), '“”‘’“”、%,;:"。、', strict=True)),
    **dict.fromkeys(map(ord, "–‒﹣−"), "-"),
    ord("∶"): ":",
    ord("〜"): "~",
}
_HAN = "\u3400-\u9fff\uf900-\ufaff〇"
_PINYIN = "a-zA-Zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜü"
_TONE = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ"
_NOISE = re.compile(
    f"{_DROPPED}+"
    f"|\\([{_PINYIN} ]*[{_TONE}][{_PINYIN} ]*\\)"
    f"|(?<=[{_HAN}])[{_PINYIN}]*[{_TONE}][{_PINYIN}]*(?=[{_HAN}])"
    r"|^ +| +$|(?<![A-Za-z0-9 ]) (?! )|(?<! ) (?![A-Za-z0-9 ])|(?<=[0-9]) (?=[A-Za-z])|(?<=[A-Za-z]) (?=[0-9])"
    f"|(?<![{_HAN}]) {{2,}}|(?<! ) {{2,}}(?![{_HAN} ])|(?<=[0-9]) (?=[0-9]{{3}}(?![0-9.]))"
)
_LETTER_GAP = re.compile(f"(?<=[{_HAN}]) +(?=[{_HAN}])")
_STRAIGHT_QUOTE = re.compile('"')
_PROTECTED = re.compile(
    r"“[^“”\n]{0,60}”|‘[^‘’\n]{0,60}’|《[^《》\n]{0,80}》|\([^()\n]{0,60}\)|[0-9],[0-9]{3}(?![0-9])|[0-9]:[0-9]"
)
_CLAUSE_END = re.compile(r"[,;:。!?…\n]+[”’)]*")
_SENTENCE_END = re.compile(r"[。!?…]+[”’)]*|\n+")
_ANEW = re.compile(
    r"[●■◆▲★○□·*]|[-—]{2}|[一二三四五六七八九十]{1,3}[、是]|[(][一二三四五六七八九十0-9]{1,3}[)]|[0-9]{1,2}[、.](?![0-9])"
)
_INNER = re.compile("[,。;、]")
_CLOSED = re.compile(r"[。!?…;:][”’\")]*$")
_AMBIGUOUS = frozenset("著乾藉麼瞭鍾於徵甚麽裏閒")


@dataclass(frozen=True, slots=True)
class Span:
    """Characters ``start`` to ``end`` (exclusive) of the view."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One line of the view; ``heading`` where it stands above text without being a sentence."""

    start: int
    end: int
    heading: bool


@dataclass(frozen=True, slots=True)
class Quote:
    """The article's own characters behind a view span, with their offsets."""

    start: int
    end: int
    quote: str


@dataclass(frozen=True, slots=True)
class Text:
    """The view of an article and its division into paragraphs, sentences and clauses."""

    article: Article
    view: str
    starts: Sequence[int]
    ends: Sequence[int]
    paragraphs: tuple[Paragraph, ...]
    sentences: tuple[Span, ...]
    clauses: tuple[Span, ...]

    def quote(self, start: int, end: int) -> Quote:
        """Return what stands in the article where the view has ``view[start:end]``.

        >>> text_of("抓 獲１２名。").quote(0, 5)
        Quote(start=0, end=6, quote='抓 獲１２名')
        """
        first, last = self.starts[start], self.ends[max(start, end - 1)]
        return Quote(first, last, self.article.text[first:last])

    def paragraph_at(self, position: int) -> Paragraph:
        """Return the paragraph around a position of the view."""
        return self.paragraphs[_index_at(self.paragraphs, position)]

    def sentence_at(self, position: int) -> Span:
        """Return the sentence around a position of the view."""
        return self.sentences[_index_at(self.sentences, position)]

    def clause_at(self, position: int) -> Span:
        """Return the clause around a position of the view."""
        return self.clauses[_index_at(self.clauses, position)]


def _index_at(spans: Sequence[Span] | Sequence[Paragraph], position: int) -> int:
    return max(0, bisect_right(spans, position, key=lambda span: span.start) - 1)


@dataclass(frozen=True, slots=True)
class _Line:
    chars: str
    starts: Sequence[int]
    ends: Sequence[int]
    heading: bool


def read_text(article: Article) -> Text:
    r"""Return the view of an article.

    >>> read_text(text_of("全市公安機關, 破獲　刑事案件 １２ 起").article).view
    '全市公安机关,破获刑事案件12起'
    """
    lines = [(block, block.chars.translate(_TABLE)) for block in article.blocks]
    whole = "".join(chars for _, chars in lines)
    if is_traditional(whole):
        lines = [(block, _simplify(chars)) for block, chars in lines]
        vocabulary: re.Pattern[str] | None = _vocabulary()
    else:
        vocabulary = None
    spaced = len(_LETTER_GAP.findall(whole)) * 4 > len(whole)
    cleaned = [_clean(block, chars, vocabulary, spaced) for block, chars in lines]
    return _assemble(article, list(_join_wraps(cleaned)))


def text_of(plain: str, *, id: str = "text", published: date | None = None) -> Text:
    """Return the Text of a plain string, one block a line; for tests and for reading a sentence on its own."""
    blocks = []
    at = 0
    for line in plain.split("\n"):
        blocks.append(Block(line, range(at, at + len(line)), range(at + 1, at + len(line) + 1)))
        at += len(line) + 1
    source = "given" if published else None
    return read_text(Article(id, plain, tuple(blocks), published=published, date_source=source))


@cache
def _traditional_characters() -> frozenset[str]:
    import opencc

    table = Path(opencc.__file__).parent / "dictionary" / "TSCharacters.txt"
    pairs = (line.split() for line in table.read_text(encoding="utf-8").splitlines())
    return frozenset(pair[0] for pair in pairs if len(pair) > 1 and pair[0] not in pair[1:]) - _AMBIGUOUS


def is_traditional(text: str) -> bool:
    """Tell whether a text is written in Traditional characters; a stray one in a name does not count.

    >>> is_traditional("山東公安機關"), is_traditional("成效显著,民警張某获评先进")
    (True, False)
    """
    traditional = _traditional_characters()
    if traditional.isdisjoint(text):
        return False
    return sum(c in traditional for c in text) * 12 > len(text)


@cache
def _converter() -> OpenCC:
    from opencc import OpenCC

    return OpenCC("t2s")


def _simplify(chars: str) -> str:
    """Return Simplified characters, one for one; a phrase that would change length is converted by character."""
    simplified: str = _converter().convert(chars)
    if len(simplified) == len(chars):
        return simplified
    convert = _converter().convert
    return "".join(c if len(s := convert(c)) != 1 else s for c in chars)


@cache
def _vocabulary() -> re.Pattern[str]:
    return re.compile(alternation(load_lexicon("vocabulary").rows))


def _clean(block: Block, chars: str, vocabulary: re.Pattern[str] | None, spaced: bool) -> _Line:
    if _STRAIGHT_QUOTE.search(chars):
        marks = iter("“”" * (chars.count('"') // 2 + 1))
        chars = _STRAIGHT_QUOTE.sub(lambda _: next(marks), chars)
    kept = not spaced and _is_title_like(chars)
    edits = [(*m.span(), "") for m in _NOISE.finditer(chars) if not (kept and _LETTER_GAP.match(chars, m.start()))]
    if spaced:
        edits += [(match.start(), match.end(), "") for match in _LETTER_GAP.finditer(chars)]
    if vocabulary:
        lexicon = load_lexicon("vocabulary")
        edits += [(m.start(), m.end(), lexicon.rows[m[0]]["mainland"]) for m in vocabulary.finditer(chars)]
    if not edits:
        return _Line(chars, block.starts, block.ends, block.heading)
    return _edit(block, chars, sorted(edits))


def _is_title_like(chars: str) -> bool:
    """Tell whether a line is a headline, where a space stands for a comma: 破案28起 抓获35人."""
    return len(chars) <= 60 and _INNER.search(chars) is None


def _edit(block: Block, chars: str, edits: list[tuple[int, int, str]]) -> _Line:
    out: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    at = 0
    for start, end, replacement in [*edits, (len(chars), len(chars), "")]:
        if start < at:
            continue
        out.append(chars[at:start])
        starts.extend(block.starts[at:start])
        ends.extend(block.ends[at:start])
        if replacement:
            out.append(replacement)
            starts.extend(block.starts[min(start + i, end - 1)] for i in range(len(replacement)))
            ends.extend(block.ends[min(start + i, end - 1)] for i in range(len(replacement) - 1))
            ends.append(block.ends[end - 1])
        at = end
    return _Line("".join(out), starts, ends, block.heading)


def _join_wraps(lines: Sequence[_Line]) -> Iterator[list[_Line]]:
    """Yield the lines of each paragraph: a line goes on in the next where its sentence is open."""
    written = [line for line in lines if line.chars]
    if not written:
        return
    wrapped = _is_wrapped([len(line.chars) for line in written])
    group = [written[0]]
    for line in written[1:]:
        if _goes_on(group, line, wrapped):
            group.append(line)
        else:
            yield group
            group = [line]
    yield group


def _is_wrapped(lengths: Sequence[int]) -> bool:
    """Tell whether lines were cut by width: many lines, none long, and few very short ones."""
    if len(lengths) < 6:
        return False
    longest = max(lengths)
    middling = sum(length >= 18 for length in lengths)
    return longest <= 60 and middling * 3 >= len(lengths) * 2


def _goes_on(group: Sequence[_Line], line: _Line, wrapped: bool) -> bool:
    last = group[-1]
    if last.heading or line.heading or _CLOSED.search(last.chars):
        return False
    if _starts_anew(line.chars):
        return False
    if last.chars.endswith((",", "、")) or (line.chars[0] in ",。、;”)%"):
        return True
    if wrapped:
        return len(last.chars) >= 18
    is_prose = len(last.chars) >= 24 and ("。" in last.chars or len(last.chars) >= 80)
    return is_prose and bool(_INNER.search(line.chars))


def _starts_anew(chars: str) -> bool:
    """Tell whether a line opens a paragraph by its form: a bullet, a number of a list, a dash."""
    return _ANEW.match(chars) is not None


def _assemble(article: Article, groups: Sequence[Sequence[_Line]]) -> Text:
    pieces: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    paragraphs: list[Paragraph] = []
    for number, group in enumerate(groups):
        if number:
            pieces.append("\n")
            starts.append(ends[-1])
            ends.append(ends[-1])
        first = len(starts)
        for line in group:
            pieces.append(line.chars)
            starts.extend(line.starts)
            ends.extend(line.ends)
        paragraphs.append(Paragraph(first, len(starts), _is_heading(group)))
    view = "".join(pieces)
    return Text(
        article,
        view,
        starts,
        ends,
        tuple(paragraphs),
        tuple(_split(view, _SENTENCE_END, ())),
        tuple(_split(view, _CLAUSE_END, _protected(view))),
    )


def _is_heading(group: Sequence[_Line]) -> bool:
    chars = "".join(line.chars for line in group)
    return group[0].heading or (len(chars) <= 40 and not _CLOSED.search(chars) and "。" not in chars)


def _protected(view: str) -> tuple[tuple[int, int], ...]:
    return tuple(match.span() for match in _PROTECTED.finditer(view))


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
