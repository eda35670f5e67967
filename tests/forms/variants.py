"""Articles in other forms: scripts, widths, wraps, blanks, invisible characters, HTML, Markdown, encodings.

A form keeps for each of its characters which character of the article it comes from, so that evidence in it can be
led back. All randomness comes from the ``Random`` that is handed over.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from functools import cache
from html import escape
from random import Random

from opencc import OpenCC

ADDED = -1
"""Where a character of a form comes from that the article does not have."""

HAN = re.compile("[\u3400-\u9fff]")
_MARK = re.compile("(#{1,6}) +")
_EDGE = re.compile("[\n#]")
_DIGIT = re.compile("[0-9０-９]")
_CLOSING = "，。、；：？！,.;:?!”’）)》】%％…"
_OPENING = "“‘（(《【"


@dataclass(frozen=True, slots=True)
class Form:
    """A text and, character by character, the place in the article that it comes from."""

    text: str
    origin: tuple[int, ...]
    title: str = ""

    def origins(self, start: int, end: int) -> frozenset[int]:
        """Return the places in the article of the characters that are seen there."""
        return frozenset(
            place
            for place, char in zip(self.origin[start:end], self.text[start:end], strict=True)
            if place != ADDED and not char.isspace()
        )


Change = Callable[[Form, Random], Form]
_Piece = tuple[str, int]


def form_of(text: str, title: str | None = None) -> Form:
    """Return the article's own form; ``title`` is a line of it."""
    return Form(text, tuple(range(len(text))), title or "")


def _form(pieces: Iterable[_Piece], title: str = "") -> Form:
    """Return the form of pieces, each a string that stands for one place of the article or for none."""
    chars: list[str] = []
    origin: list[int] = []
    for piece, place in pieces:
        chars.append(piece)
        origin.extend([place] * len(piece))
    return Form("".join(chars), tuple(origin), title)


def _pieces(form: Form) -> Iterator[_Piece]:
    return zip(form.text, form.origin, strict=True)


def _lines(form: Form) -> list[list[_Piece]]:
    """Return the lines of a form without their ends."""
    lines: list[list[_Piece]] = [[]]
    for char, place in _pieces(form):
        if char == "\n":
            lines.append([])
        elif char != "\r":
            lines[-1].append((char, place))
    return lines


def _joined(lines: Sequence[Sequence[_Piece]], between: str = "\n") -> Form:
    pieces: list[_Piece] = []
    for number, line in enumerate(lines):
        if number:
            pieces.append((between, ADDED))
        pieces.extend(line)
    return _form(pieces)


def then(*changes: Change) -> Change:
    """Return the change that makes one change after the other."""

    def change(form: Form, random: Random) -> Form:
        title = form.title
        for one in changes:
            form = replace(one(form, random), title=title)
        return form

    return change


def unchanged(form: Form, random: Random) -> Form:
    """Return the form itself."""
    return form


# --- scripts ----------------------------------------------------------------------------------------------------------


@cache
def _opencc(name: str) -> OpenCC:
    return OpenCC(name)


def script(name: str) -> Change:
    """Return the change to the characters, and with s2twp the words, of an OpenCC conversion."""

    def change(form: Form, random: Random) -> Form:
        lines: list[list[_Piece]] = []
        for line in _lines(form):
            old = "".join(char for char, _ in line)
            new = _opencc(name).convert(old)
            if len(new) == len(old):
                lines.append([(char, place) for char, (_, place) in zip(new, line, strict=True)])
            else:
                lines.append(list(_aligned(_opencc("s2tw").convert(old), new, [place for _, place in line])))
        return _joined(lines)

    return change


def _aligned(old: str, new: str, places: Sequence[int]) -> Iterator[_Piece]:
    for _, first, last, start, end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        for i in range(start, end):
            at = first + (i - start if last - first == end - start else min(i - start, last - first - 1))
            yield new[i], places[at] if last > first else ADDED


# --- widths -----------------------------------------------------------------------------------------------------------

_FULL = {**{code: chr(code + 0xFEE0) for code in range(0x21, 0x7F)}, ord('"'): '"', ord("'"): "'"}
_WIDE, _NARROW = "，；：！？（）％０１２３４５６７８９", ",;:!?()%0123456789"
_HALF = {ord(full): half for full, half in zip(_WIDE, _NARROW, strict=True)}
_CORNERS = {ord(old): new for old, new in zip("“”‘’", "「」『』", strict=True)}


def _translated(table: dict[int, str], only: re.Pattern[str] | None = None) -> Change:
    def change(form: Form, random: Random) -> Form:
        return _form(
            (char.translate(table) if char != "#" and (only is None or only.match(char)) else char, place)
            for char, place in _pieces(form)
        )

    return change


full_width = _translated(_FULL)
full_width_digits = _translated(_FULL, re.compile("[0-9]"))
half_width = _translated(_HALF)
corner_quotes = _translated(_CORNERS)


# --- line breaks ------------------------------------------------------------------------------------------------------


def wrapped(narrow: int, wide: int, *, blank: bool = False, indent: str = "") -> Change:
    """Return the change to lines of ``narrow`` to ``wide`` characters: each paragraph is cut, no two are joined.

    ``blank`` leaves an empty line between paragraphs, ``indent`` opens each paragraph that was cut.
    """

    def change(form: Form, random: Random) -> Form:
        lines: list[list[_Piece]] = []
        for line in _lines(form):
            if not line:
                if blank:
                    lines.append([])
                continue
            if blank and lines and lines[-1]:
                lines.append([])
            rest = [(indent, ADDED), *line] if indent and len(line) > wide else line
            while rest:
                width = random.randint(narrow, wide)
                lines.append(rest[:width])
                rest = rest[width:]
        return _joined(lines)

    return change


def page_breaks(every: int, mark: str = "\n\n") -> Change:
    """Return the change that breaks pages inside words, in prose, every so many characters on average."""

    def change(form: Form, random: Random) -> Form:
        lines: list[list[_Piece]] = []
        for line in _lines(form):
            out: list[_Piece] = []
            prose = len(line) >= 60
            for i, piece in enumerate(line):
                inside = i and HAN.match(piece[0]) and HAN.match(line[i - 1][0])
                if prose and inside and random.random() * every < 1:
                    out.append((mark, ADDED))
                out.append(piece)
            lines.append(out)
        return _joined(lines)

    return change


# --- blanks and what is not seen --------------------------------------------------------------------------------------


def letter_spaced(form: Form, random: Random) -> Form:
    """Return the form with a space after every character of a line, as some PDF readers give it."""
    return _form(
        piece
        for char, place in _pieces(form)
        for piece in ([(char, place)] if char in "\n#" else [(char, place), (" ", ADDED)])
    )


def stray_spaces(share: float) -> Change:
    """Return the change that puts spaces between some Chinese characters of prose."""

    def change(form: Form, random: Random) -> Form:
        lines: list[list[_Piece]] = []
        for line in _lines(form):
            out: list[_Piece] = []
            for i, piece in enumerate(line):
                inside = i and HAN.match(piece[0]) and HAN.match(line[i - 1][0])
                if len(line) >= 60 and inside and random.random() < share:
                    out.append((random.choice([" ", " ", "\u3000", "\u00a0"]), ADDED))
                out.append(piece)
            lines.append(out)
        return _joined(lines)

    return change


def spaced_numbers(form: Form, random: Random) -> Form:
    """Return the form with a space on either side of every run of digits beside Chinese characters."""
    out: list[_Piece] = []
    pieces = list(_pieces(form))
    for i, piece in enumerate(pieces):
        before = pieces[i - 1][0] if i else ""
        pair = before + piece[0]
        if len(pair) == 2 and bool(_DIGIT.match(pair[0])) != bool(_DIGIT.match(pair[1])) and HAN.search(pair):
            out.append((" ", ADDED))
        out.append(piece)
    return _form(out)


def sprinkled(marks: str, share: float) -> Change:
    """Return the change that puts invisible characters between characters of a line."""

    def change(form: Form, random: Random) -> Form:
        out: list[_Piece] = []
        for char, place in _pieces(form):
            if out and not _EDGE.search(out[-1][0] + char) and random.random() < share:
                out.append((random.choice(marks), ADDED))
            out.append((char, place))
        return _form(out)

    return change


zero_width = sprinkled("\u200b\u200c\u200d\u2060\ufeff", 0.15)
soft_hyphens = sprinkled("\u00ad", 0.15)


# --- markup -----------------------------------------------------------------------------------------------------------

_HEAD = """<!DOCTYPE html>
<html lang="zh-CN"><head><meta charset="utf-8"><title>{title}</title>
<style>.nav a {{ color: red }}</style>
<script>var hits = 12345; document.write("破获案件999起");</script></head>
<body><div id="header"><div class="logo"><img src="logo.png" alt="logo"></div>
<ul class="nav"><li><a href="/">首页</a></li><li><a href="/xw/">新闻中心</a></li><li><a href="/zw/">政务公开</a></li>
<li><a href="/hd/">互动交流</a></li></ul></div>
<div class="crumbs">当前位置：<a href="/">首页</a> &gt; <a href="/xw/">新闻中心</a> &gt; 正文</div>
<div class="main"><div class="article" id="content">
"""
_TAIL = """
</div>
<div class="related"><h4>相关阅读</h4><ul>
<li><a href="/a/1.html">某地交警查获酒驾七百三十一起</a></li>
<li><a href="/a/2.html">某县公安局抓获逃犯77名</a></li>
<li><a href="/a/3.html">某市破获特大网络赌博案 涉案金额66亿元</a></li>
<li><a href="/a/4.html">反诈宣传进万家 群众满意率达99.9%</a></li></ul></div></div>
<div id="footer"><p>版权所有 某市新闻网 | 关于我们 | 联系电话：010-12345678</p><p>京ICP备12345678号-1</p></div>
<script>stat(2024);</script></body></html>
"""


def html(breaks: bool = False, inline: float = 0.0, entities: float = 0.0) -> Change:
    """Return the change to a web page: a block a line, furniture around it.

    ``breaks``: lines are divided by <br>. ``inline``: share of the characters that stand in a tag of their own.
    ``entities``: share of the characters that are written as character references.
    """

    def change(form: Form, random: Random) -> Form:
        out: list[_Piece] = [(_HEAD.format(title=escape(form.title)), ADDED)]
        for line, level in _blocks(form):
            opening, closing = ("<p>　　", "</p>\n") if not breaks else ("<br>\n　　", "")
            if level:
                opening, closing = f"<h{level}>", f"</h{level}>\n"
            out.append((opening, ADDED))
            for char, place in line:
                out.extend(_marked_up(char, place, random, inline, entities))
            out.append((closing, ADDED))
        out.append((_TAIL, ADDED))
        return _form(out)

    return change


def _blocks(form: Form) -> Iterator[tuple[list[_Piece], int]]:
    """Give the lines that are not blank, each with its level where it is the title or a heading."""
    titled = False
    for line in _lines(form):
        words = "".join(char for char, _ in line)
        mark = _MARK.match(words)
        if not words.strip():
            continue
        is_title = not titled and form.title.startswith(words.strip())
        titled = titled or is_title
        level = 1 if is_title else len(mark[1]) if mark else 0
        yield line[mark.end() if mark else 0 :], level


def _marked_up(char: str, place: int, random: Random, inline: float, entities: float) -> Iterator[_Piece]:
    seen = f"&#{ord(char)};" if char not in " \t" and random.random() < entities else escape(char)
    if random.random() >= inline:
        yield seen, place
        return
    before, after = random.choice(
        [("<b>", "</b>"), ('<span style="font-size:14px">', "</span>"), ("", "<wbr>"), ("<a href='/x'>", "</a>")]
    )
    yield before, ADDED
    yield seen, place
    yield after, ADDED


def markdown(form: Form, random: Random) -> Form:
    """Return the form as Markdown: headings, emphasis around some numbers, a blank line between paragraphs."""
    lines: list[list[_Piece]] = []
    for line, level in _blocks(form):
        out: list[_Piece] = [("#" * level + " ", ADDED)] if level else []
        strong = False
        for i, (char, place) in enumerate(line):
            after = line[i + 1][0] if i + 1 < len(line) else ""
            before = line[i - 1][0] if i else ""
            if char.isdecimal() and HAN.match(before) and HAN.match(_after_digits(line, i)) and random.random() < 0.3:
                out.append(("**", ADDED))
                strong = True
            out.append((char, place))
            if strong and not after.isdecimal():
                out.append(("**", ADDED))
                strong = False
        lines.append(out)
    return _joined(lines, "\n\n")


def _after_digits(line: Sequence[_Piece], at: int) -> str:
    """Return the character after the digits that stand at a place, "" at the end of the line."""
    return next((char for char, _ in line[at:] if not char.isdecimal()), "")


# --- bytes ------------------------------------------------------------------------------------------------------------


def encodable(encoding: str) -> Change:
    """Return the change that writes what an encoding lacks as a box, and keeps all else."""

    def change(form: Form, random: Random) -> Form:
        return _form((char if _fits(char, encoding) else "□", place) for char, place in _pieces(form))

    return change


@cache
def _fits(char: str, encoding: str) -> bool:
    try:
        char.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True
