"""Plain text and Markdown to blocks: one line, one block."""

from __future__ import annotations

import re

from kg.article.model import Block

# Every line ending of Unicode; "\r\n" is one.
_BREAK = re.compile(r"\r\n|[\n\r\x0b\x0c\x85\u2028\u2029]")
_BLANKS = " \t\u3000\xa0\ufeff\u200b\u2002\u2003"


def line_blocks(text: str) -> list[Block]:
    r"""Return the lines of plain text, without the blanks around them.

    >>> [(b.chars, b.starts[0]) for b in line_blocks("  一行\r\n二行")]
    [('一行', 2), ('二行', 6)]
    """
    blocks, start = [], 0
    for ending in _BREAK.finditer(text):
        blocks.append(_piece(text, start, ending.start()))
        start = ending.end()
    if start < len(text):
        blocks.append(_piece(text, start, len(text)))
    return blocks


def _piece(text: str, start: int, end: int) -> Block:
    line = text[start:end]
    first = start + len(line) - len(line.lstrip(_BLANKS))
    chars = line.strip(_BLANKS)
    return Block(chars, range(first, first + len(chars)), range(first + 1, first + len(chars) + 1))
