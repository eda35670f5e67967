"""Blocks of a page to the blocks of its article: navigation, imprint lines, captions and headline lists fall away.

The body is what stands between the first and the last sentence of the page. Inside it only lines that are furniture
beyond doubt are taken out; around it whatever is no title, subtitle or lead.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from kg.article.dating import printed_date
from kg.article.lines import without_letter_gaps
from kg.article.model import Block
from kg.errors import MappingError
from kg.mentions.rule import compiled, load_cues, load_parts, read_rules, spelled
from kg.patterns import compile_once
from kg.unguarded import unguarded

_FILE = "furniture"
_PLACES = ("anywhere", "border", "tail")
_LONGEST = 400  # a disclaimer; no line of furniture is longer, and but for those of `long = true` none is over
_SHORT = 150
_WIDEST = 90  # characters of a line on a page that was broken into lines
_CUT = 15  # characters of the shortest line that a page's width cuts
_LONGEST_TITLE = 40  # characters of a title that ends as a sentence does
_TITLE_LINES = 4  # a line above the title, the title, one below it, a lead
_BLANKS = re.compile(r"\s+")
_INVISIBLE = re.compile("[\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\0]")
_HAN = re.compile("[\u3400-\u9fff]")
_FULL_STOP = re.compile("。|[!?;…][”’』」)]*$")
_ENDED = re.compile("[。!?;…][”’』」)]*$")
_COMMA = re.compile("[,、;:]")
_LIST_MARK = re.compile("[0-9一二三四五六七八九十(●■◆★]")


@unguarded
@dataclass(frozen=True, slots=True)
class Line:
    """A block with what decides about it: ``key`` is its folded text without blanks, ``kind`` what it looks like.

    ``kind`` is "blank", "prose", "plain", or the place of the furniture pattern that matches: "anywhere", "border" or
    "tail".
    """

    block: Block
    spaced: str
    key: str
    kind: str


@dataclass(frozen=True, slots=True)
class Layout:
    """The lines of a page and which of them are the article: ``kept`` positions, first and last line of the body."""

    lines: tuple[Line, ...]
    kept: frozenset[int]
    first: int
    last: int

    @property
    def head(self) -> tuple[Line, ...]:
        """The lines above the first sentence of the body."""
        return self.lines[: self.first]

    @property
    def tail(self) -> tuple[Line, ...]:
        """The lines below its last sentence."""
        return self.lines[self.last + 1 :]


def arrange(blocks: Sequence[Block]) -> Layout:
    r"""Return which blocks are the article.

    >>> from kg.article.lines import line_blocks
    >>> page = line_blocks("首页 | 新闻\n平安答卷\n全市破获刑事案件120起,抓获嫌疑人80名。\n责任编辑:张三")
    >>> sorted(arrange(page).kept)
    [1, 2]
    """
    lines = _rejoined(tuple(map(read_line, blocks)))
    prose = [i for i, line in enumerate(lines) if line.kind == "prose"]
    if not prose:
        short = frozenset(i for i, line in enumerate(lines) if line.kind == "plain" or line.block.heading)
        return Layout(lines, short, min(short, default=0), max(short, default=len(lines) - 1))
    end = _end_of_article(lines, prose)
    first, last = _first_of_body(lines, prose), max(i for i in prose if i < end)
    wrapped = _is_wrapped(lines[first : last + 1])
    kept = {i for i in range(first, last + 1) if lines[i].kind not in ("anywhere", "blank")}
    kept |= {prose[0]} | _kept_in_head(lines, first, wrapped) | _kept_in_tail(lines, last, end, wrapped)
    return Layout(lines, frozenset(kept), first, last)


def _first_of_body(lines: Sequence[Line], prose: Sequence[int]) -> int:
    """Return the first line of prose; the second where the first is a title that ends as sentences do.

    Its date and the like stand between the two.
    """
    if len(prose) == 1 or len(lines[prose[0]].key) > _LONGEST_TITLE:
        return prose[0]
    between = [line for line in lines[prose[0] + 1 : prose[1]] if line.kind != "blank"]
    printed = any(line.kind == "border" and printed_date(line.spaced) for line in between)
    return prose[1] if printed and all(line.kind in ("anywhere", "border") for line in between) else prose[0]


def _rejoined(lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """Return the lines with furniture in one piece that was cut at the width of the page."""
    if not _is_broken(lines):
        return lines
    out = list(lines)
    at = 0
    for i in range(1, len(out)):
        if out[i].kind == "blank":
            continue
        whole = _whole(out[at], out[i]) if i == at + 1 or out[at + 1].kind == "blank" else None
        if whole is None:
            at = i
        else:
            out[at], out[i] = whole, Line(Block("", range(0), range(0)), "", "", "blank")
    return tuple(out)


def _is_broken(lines: Sequence[Line]) -> bool:
    """Tell whether a page is all short lines, so that sentences go on from one to the next."""
    written = [line for line in lines if line.key]
    return sum(len(line.spaced) > _WIDEST for line in written) * 20 <= len(written)


def body_text(layout: Layout) -> str:
    """Return the folded text of the article, its sentences in one piece where lines are broken."""
    keys = [layout.lines[i].key for i in sorted(layout.kept)]
    if not _is_broken(layout.lines):
        return "\n".join(keys)
    return "".join(key if _goes_on(key) else f"{key}\n" for key in keys)


def _goes_on(key: str) -> bool:
    return not _ENDED.search(key) and (len(key) >= _CUT or key[-1:].isdigit())


def _whole(line: Line, rest: Line) -> Line | None:
    """Return what two lines are together, where that is furniture and they alone are not."""
    if len(line.key) < _CUT or len(line.key) + len(rest.key) > _SHORT or "prose" in (line.kind, rest.kind):
        return None
    if rest.kind in _PLACES or not _belongs(line.key, rest.key):
        return None
    first, second = line.block, rest.block
    block = Block(first.chars + second.chars, (*first.starts, *second.starts), (*first.ends, *second.ends))
    whole = read_line(block)
    return whole if whole.kind in _PLACES else None


def _belongs(key: str, rest: str) -> bool:
    """Tell whether a line goes on with what only furniture says: a label in it or across the break, a nav bar."""
    if "|" in rest[:12] or ">" in rest[:12]:
        return True
    labels = load_cues("imprint")["label"].finditer(key + rest, max(0, len(key) - 4))
    return any(match.end() > len(key) for match in labels)


def article_blocks(layout: Layout) -> tuple[Block, ...]:
    """Return the blocks of the article; a blank one stands where furniture or an empty line stood between them."""
    if not layout.kept:
        return ()
    return tuple(
        layout.lines[i].block if i in layout.kept else _blank(layout.lines[i].block)
        for i in range(min(layout.kept), max(layout.kept) + 1)
    )


def _blank(block: Block) -> Block:
    return Block("", range(0), range(0)) if block.chars else block


def fold(chars: str) -> str:
    """Return as many characters, half-width and, as far as furniture needs it, Simplified.

    >>> fold("來源:某報")
    '来源:某报'
    """
    return chars.translate(_table())


def read_line(block: Block) -> Line:
    """Return the block with its folded text and what it looks like."""
    if not block.chars:
        return Line(block, "", "", "blank")
    spaced = _BLANKS.sub(" ", fold(seen(block))).strip()
    key = spaced.replace(" ", "")
    return Line(block, spaced, key, _kind(spaced, key, block.heading))


def seen(block: Block) -> str:
    """Return the characters of a block that a reader sees, without the spaces between letters."""
    return without_letter_gaps(_INVISIBLE.sub("", block.chars).replace("\u3000", " "))


def _kind(spaced: str, key: str, heading: bool) -> str:
    if not key:
        return "blank"
    if len(key) <= _LONGEST:
        closed, open_ = _patterns(heading, len(key) > _SHORT)
        match = closed.fullmatch(key) or open_.fullmatch(spaced)
        if match and match.lastgroup:
            return match.lastgroup.partition("_")[0]
    return "prose" if not heading and _is_prose(key) else "plain"


def _is_prose(key: str) -> bool:
    """Return whether a line reads as sentences: it ends one, or is long and has several clauses."""
    if _FULL_STOP.search(key):
        return len(key) > 40 or len(_HAN.findall(key)) >= 4
    return len(key) >= 40 and len(_COMMA.findall(key)) >= 2


def _end_of_article(lines: Sequence[Line], prose: Sequence[int]) -> int:
    """Return where a list of other articles begins: at its heading, once half of the page's prose has gone by."""
    total = sum(len(lines[i].key) for i in prose)
    gone = 0
    for i, line in enumerate(lines):
        if line.kind == "prose":
            gone += len(line.key)
        elif line.kind == "tail" and gone * 2 >= total:
            return i
    return len(lines)


def _is_wrapped(body: Sequence[Line]) -> bool:
    """Return whether the body was broken into lines of one length, so that short lines are no headlines."""
    lengths = sorted(len(line.spaced) for line in body if line.key)
    if len(lengths) < 6:
        return False
    longest = lengths[-1]
    return longest <= 90 and sum(1 for n in lengths if n * 10 >= longest * 7) * 2 > len(lengths)


def _kept_in_head(lines: Sequence[Line], first: int, wrapped: bool) -> set[int]:
    """Return the title, what stands beside it and the lead; not a list of other headlines far above the text."""
    plain = [i for i in range(first) if lines[i].kind == "plain"]
    if wrapped or len(plain) <= _TITLE_LINES:
        return set(plain)
    near = {lines[i].key for i in plain[-_TITLE_LINES:]}
    listed = _headline_lists(lines, range(first))
    return {i for i in plain if i not in listed or lines[i].key in near}


def _kept_in_tail(lines: Sequence[Line], last: int, end: int, wrapped: bool) -> set[int]:
    """Return the lines after the last sentence, down to the first furniture: a signature, a last point of a list."""
    stop = last + 1
    while stop < end and lines[stop].kind in ("plain", "blank"):
        stop += 1
    listed = set() if wrapped else _headline_lists(lines, range(last + 1, stop))
    return {i for i in range(last + 1, stop) if lines[i].kind == "plain" and i not in listed}


def _headline_lists(lines: Sequence[Line], places: range) -> set[int]:
    """Return the lines that stand in runs of four or more headlines."""
    found: set[int] = set()
    run: list[int] = []
    for i in [*places, -1]:
        if i >= 0 and lines[i].kind == "blank":
            continue
        if i >= 0 and lines[i].kind == "plain" and _is_headline(lines[i]):
            run.append(i)
            continue
        if len(run) >= 4:
            found.update(run)
        run = []
    return found


def _is_headline(line: Line) -> bool:
    return (
        not line.block.heading
        and 8 <= len(line.key) <= 45
        and "," not in line.key
        and not _LIST_MARK.match(line.key)
        and len(_HAN.findall(line.key)) >= 6
    )


@cache
def _table() -> Mapping[int, str]:
    folding = read_rules(_FILE)["fold"]
    pairs = zip(folding["traditional"], folding["simplified"], strict=True)
    return {
        **{code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)},
        **{ord(old): new for old, new in pairs},
        ord("\u3000"): " ",
        ord("∶"): ":",
        ord("｜"): "|",
        ord("︱"): "|",
        ord("│"): "|",
    }


@cache
def _patterns(heading: bool, long: bool) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return what furniture looks like without blanks and with them, a group `place_number` a kind of line.

    A heading is no furniture of the border; long lines are compared with what may be long alone.
    """
    fitting = [
        line
        for line in read_rules(_FILE)["line"]
        if ("long" in line or not long) and not (heading and line.get("place") == "border")
    ]
    groups = [("spaced" in line, _group(number, line)) for number, line in enumerate(fitting)]
    closed = "|".join(group for spaced, group in groups if not spaced)
    return compile_once(closed), compile_once("|".join(group for spaced, group in groups if spaced))


def _group(number: int, line: Mapping[str, Any]) -> str:
    where = f'mappings/rules/{_FILE}.toml, line "{line.get("name", "")}"'
    if line.get("place") not in _PLACES:
        raise MappingError(f"{where}: place {line.get('place')!r}, expected one of {', '.join(_PLACES)}")
    source = compiled(spelled(line["regex"]), load_parts(_FILE), where).pattern
    return f"(?P<{line['place']}_{number}>{source})"
