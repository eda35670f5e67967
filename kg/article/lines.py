"""Plain text and Markdown to blocks: one line, one block."""

from __future__ import annotations

import re

from kg.article.model import Block

# Every line ending of Unicode; "\r\n" is one.
_BREAK = re.compile(r"\r\n|[\n\r\x0b\x0c\x85\u2028\u2029]")
_EMPTY = Block("", range(0), range(0))
_HEADING_LINE = re.compile(r"^#{1,6}[ \t]+\S", re.M)
_LEAD = re.compile(r"(?P<heading>#{1,6}[ \t\u3000]+)|[-*+][ \t]+|(?:>[ \t]?)+|\|[ \t]*")
_TRAIL = re.compile(r"(?:[ \t]#+)?[ \t]*$")
_INLINE = re.compile(
    r"!\[[^\[\]\n]{0,200}\]\([^()\n]{0,400}\)"
    r"|\[(?P<shown>[^\[\]\n]{1,200})\]\([^()\n]{0,400}\)"
    r"|\*{1,3}(?=\S)(?<!\d\*)|(?<=\S)\*{1,3}|~~|`+"
)
_BLANKS = " \t\u3000\xa0\ufeff\u200b\u2002\u2003"
_GAP = re.compile(r"(?<=[^ ]) (?=[^ ])")
_ONE_OF_BLANKS = re.compile(r"(?<!\s)\s(?!\s)|(?<=\s)\s+")


def letter_gaps(chars: str) -> bool:
    """Tell whether a line has a space between most of its letters, as some readers of PDF give it.

    >>> letter_gaps("破 案 1 2 0 起"), letter_gaps("破案120起 抓获80人")
    (True, False)
    """
    spaces = chars.count(" ")
    if spaces * 3 < len(chars):
        return False
    letters = len(chars) - spaces
    return letters >= 4 and len(_GAP.findall(chars)) * 2 >= letters


def without_letter_gaps(chars: str) -> str:
    """Return a line whose letters have spaces between them without these; a wider space parts words and stays.

    >>> without_letter_gaps("来 源 : 某 报   作 者 : 张 三")
    '来源:某报 作者:张三'
    """
    return _ONE_OF_BLANKS.sub("", chars) if letter_gaps(chars) else chars


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


def looks_like_markdown(text: str) -> bool:
    r"""Return whether the text has headings as Markdown marks them.

    >>> looks_like_markdown("# 平安答卷\n\n正文")
    True
    """
    return bool(_HEADING_LINE.search(text))


def markdown_blocks(text: str) -> list[Block]:
    r"""Return the lines of Markdown without its marks: headings, bullets, quotes, emphasis, links.

    >>> [(b.chars, b.heading) for b in markdown_blocks("# 平安**答卷**\n- 破案[20起](x.html)")]
    [('平安答卷', True), ('破案20起', False)]
    """
    return [_without_marks(block) for block in line_blocks(text)]


def _without_marks(block: Block) -> Block:
    lead = _LEAD.match(block.chars)
    heading = bool(lead and lead["heading"])
    start = lead.end() if lead else 0
    end = len(block.chars) - len(_TRAIL.search(block.chars)[0]) if heading else len(block.chars)  # type: ignore[index]
    dropped: set[int] = set()
    for mark in _INLINE.finditer(block.chars, start, end):
        shown = mark.span("shown") if mark["shown"] is not None else (mark.end(), mark.end())
        dropped.update(range(mark.start(), shown[0]), range(shown[1], mark.end()))
    places = [i for i in range(start, end) if i not in dropped]
    return Block(
        "".join(block.chars[i] for i in places),
        tuple(block.starts[i] for i in places),
        tuple(block.ends[i] for i in places),
        heading,
    )


def _piece(text: str, start: int, end: int) -> Block:
    if start == end:
        return _EMPTY
    line = text[start:end]
    first = start + len(line) - len(line.lstrip(_BLANKS))
    chars = line.strip(_BLANKS)
    return Block(chars, range(first, first + len(chars)), range(first + 1, first + len(chars) + 1))
