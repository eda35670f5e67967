"""Lines to paragraphs: a line that was cut by the width of a page, or by its end, goes on in the next.

Three kinds of text are told apart by their lines. Where most lines are equally long, or all are short and end anywhere,
they were cut by width. Where hardly a line has a mark, each phrase has a line of its own, as in what is made for
telephones. Elsewhere a line is a paragraph, unless it breaks off: long, without an end, or inside a word.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from kg.mentions.rule import load_cues
from kg.text.line import Line, edited

_CLOSED = re.compile(r"[。!?…;:][”’\")]*$")
_INNER = re.compile("[,。;、]")
_MARK = re.compile("[,。;!?]")
_BULLET = re.compile("[●■◆▲★○□]")
_ANEW = re.compile(
    r"[●■◆▲★○□·*]|[-—]{2}|[一二三四五六七八九十]{1,3}[、是]|[(][一二三四五六七八九十0-9]{1,3}[)]|[0-9]{1,2}[、.](?![0-9])"
)
# A table whose labels and numbers have a line each: 破案数, 612起.
_LABEL = re.compile("[一-龥“”]{2,14}")
_WIDEST = 90  # characters of a line that was cut by width
_FEWEST = 8  # lines of a text whose phrases have a line each
_PHRASE = 24  # characters of a line that is a phrase
_SLACK = 3  # lines of one width differ by as much where punctuation must not open a line
_UNIT = re.compile(r"(?:[0-9A-Za-z.%]{1,12}|.)[,。;:、!?”’)》%]{0,2}")
_READ = 300_000  # characters in which words are looked up


@dataclass(frozen=True, slots=True)
class Layout:
    """How the lines of a text end.

    ``full``: a line at least so wide was cut by width, None where none was. ``exact``: all were cut at that width, but
    for words and punctuation that stay together. ``indented``, ``parted``: paragraphs are told by their indent, by an
    empty line.
    """

    full: float | None
    exact: bool = False
    width_of: Callable[[Line], float] | None = None
    indented: bool = False
    parted: bool = False


def join_lines(lines: Iterable[Line], title: str | None = None) -> Iterator[list[Line]]:
    """Yield the lines of each paragraph; the title ends where it ends.

    >>> wrapped = ["全市公安机关在“净", "风”行动中破获案件120起,抓获80人。"]
    >>> lines = [Line(chars, range(len(chars)), range(1, len(chars) + 1), width=len(chars)) for chars in wrapped]
    >>> [len(group) for group in join_lines(lines)]
    [2]
    """
    written = [line for line in lines if line.chars]
    if not written:
        return
    joiner = _Joiner(written, title)
    group = [written[0]]
    for line in written[1:]:
        if joiner.goes_on(group, line):
            group.append(line)
        elif mark := joiner.lists(group, line):
            group[-1] = _ended(group[-1], mark)
            group.append(line)
        else:
            yield group
            group = [line]
    yield group


def layout_of(lines: Sequence[Line]) -> Layout:
    """Return how the lines of a text end."""
    if len(lines) < 6 or sum(line.width > _WIDEST for line in lines) * 20 > len(lines):
        return Layout(None)
    open_ = [not _CLOSED.search(line.chars) for line in lines]
    for width_of in (_width, _columns, _letters):
        widths = [width_of(line) for line in lines]
        full = _one_width(lines, widths, open_)
        if full is not None:
            return replace(_with_marks(lines, widths, open_, full - _SLACK), full=full, exact=True, width_of=width_of)
    widths = [_width(line) for line in lines]
    middling = sum(width >= 18 for width in widths)
    broken = [width for width, one in zip(widths, open_, strict=True) if one]
    if sum(width > 60 for width in widths) * 20 <= len(lines) and (
        middling * 3 >= len(lines) * 2
        or (len(broken) * 2 >= len(lines) and sum(width >= 18 for width in broken) * 4 >= len(broken) * 3)
    ):
        return _with_marks(lines, widths, open_, 18)
    return Layout(None)


def _width(line: Line) -> float:
    return line.width


def _letters(line: Line) -> float:
    """Return the width of a line without the blanks that may have come into it later."""
    return len(line.chars) + line.indent


def _columns(line: Line) -> float:
    """Return the width of a line in Chinese characters, where a Latin one takes half the room."""
    narrow = sum(c <= "\xff" for c in line.chars)
    return len(line.chars) - narrow / 2 + line.indent


def _one_width(lines: Sequence[Line], widths: Sequence[float], open_: Sequence[bool]) -> float | None:
    """Return the width at which lines were cut, None where they were not cut at one."""
    width = max(Counter(widths).items(), key=lambda item: (item[1], item[0]))[0]
    full = [i for i, w in enumerate(widths) if width - _SLACK <= w <= width + 2]
    broken = [i for i in full if open_[i]]
    prose = sum(1 for i in full if _INNER.search(lines[i].chars))
    if (
        width >= 12
        and len(full) >= 4
        and len(broken) * 5 >= sum(open_) * 3
        and sum(w > width + 2 for w in widths) * 20 <= len(lines)
        and len(broken) * 10 >= len(full) * 7
        and prose * 2 >= len(full)
    ):
        return width
    return None


def _with_marks(lines: Sequence[Line], widths: Sequence[float], open_: Sequence[bool], full: float) -> Layout:
    """Return the layout with what tells paragraphs: marks that stand after ends and not after lines that are cut."""
    ended = [i + 1 for i, w in enumerate(widths[:-1]) if not open_[i] and w < full]
    cut = [i + 1 for i, w in enumerate(widths[:-1]) if open_[i] and w >= full]

    def tells(marked: Sequence[bool]) -> bool:
        return (
            bool(ended)
            and bool(cut)
            and (sum(marked[i] for i in ended) * 5 >= len(ended) * 4 and sum(marked[i] for i in cut) * 5 <= len(cut))
        )

    return Layout(
        full,
        indented=tells([line.indent > 0 for line in lines]),
        parted=tells([line.after_blank for line in lines]),
    )


def is_verse(lines: Sequence[Line]) -> bool:
    """Tell whether the phrases of a text have a line each: short lines, hardly a mark in them."""
    short = sum(len(line.chars) <= _PHRASE and _MARK.search(line.chars) is None for line in lines)
    return len(lines) >= _FEWEST and short * 4 >= len(lines) * 3


def _ended(line: Line, mark: str) -> Line:
    """Return a line with the mark that its end stands for."""
    end = len(line.chars)
    return edited(line, [(end - 1, end, line.chars[-1] + mark)])


class _Joiner:
    """Decides for each line of one text whether it goes on in the next."""

    def __init__(self, lines: Sequence[Line], title: str | None) -> None:
        self._lines = lines
        self._title = title or ""
        self._layout = layout_of(lines)
        self._verse = is_verse(lines)

    def lists(self, group: Sequence[Line], line: Line) -> str:
        """Return the mark that parts a line from those above, empty where it goes on with none of them.

        It is one more of the titles that a verb above it has, each in a line, or the next award of the same holder.
        """
        cues = load_cues("line")
        told = "".join(one.chars for one in group)
        if not self._verse or line.heading or cues["verse-award"].search(told) is None:
            return ""
        if cues["verse-title"].fullmatch(line.chars):
            return "、"
        return "," if cues["verse-next-award"].match(line.chars) else ""

    def goes_on(self, group: Sequence[Line], line: Line) -> bool:
        last = group[-1]
        if (
            last.heading
            or line.heading
            or self._is_title(last)
            or load_cues("line")["table-value"].fullmatch(last.chars)
        ):
            return False
        if len(group) == 1 and _LABEL.fullmatch(last.chars) and load_cues("line")["table-value"].fullmatch(line.chars):
            return True
        if self._verse and self._is_said_of(last, line):
            return True
        if self._layout.full is None:
            return self._breaks_off(group, line)
        return self._is_cut(group, line, self._layout.full)

    @staticmethod
    def _is_said_of(last: Line, line: Line) -> bool:
        """Tell whether a phrase waits for the one below, or that one says something of it."""
        cues = load_cues("line")
        if _MARK.search(last.chars) or _MARK.search(line.chars) or _ANEW.match(line.chars):
            return False
        if cues["verse-open"].search(last.chars) or cues["verse-goes-on"].match(line.chars):
            return True
        return all((cues["verse-holder"].search(last.chars), cues["verse-awarded"].match(line.chars)))

    def _is_title(self, line: Line) -> bool:
        return len(line.chars) >= 6 and self._title.endswith(line.chars)

    def _is_cut(self, group: Sequence[Line], line: Line, full: float) -> bool:
        last = group[-1]
        closed = _CLOSED.search(last.chars) is not None
        layout = self._layout
        if not self._is_full(last, line, full):
            return self._breaks_off(group, line)
        if layout.indented:
            return line.indent == 0
        if layout.parted:
            return not (closed and line.after_blank)
        if closed:
            return layout.exact and not _ANEW.match(line.chars)
        return (_BULLET if layout.exact else _ANEW).match(line.chars) is None

    def _is_full(self, last: Line, line: Line, full: float) -> bool:
        """Tell whether what opens the next line had no room in this one."""
        width_of = self._layout.width_of
        if width_of is None:
            return last.width >= full
        unit = _UNIT.match(line.chars)
        return width_of(last) + (unit.end() if unit else 1) > full

    @staticmethod
    def _is_clause(last: Line, line: Line) -> bool:
        """Tell whether the marks around a break say that the sentence goes on."""
        if _ANEW.match(line.chars):
            return False
        return last.chars.endswith((",", "、")) or line.chars[0] in ",。、;”)%"

    def _breaks_off(self, group: Sequence[Line], line: Line) -> bool:
        """Tell whether a paragraph was left in the middle of a sentence, as at the end of a page."""
        last = group[-1]
        if _CLOSED.search(last.chars) or _ANEW.match(line.chars):
            return False
        if self._is_clause(last, line):
            return True
        cues = load_cues("line")
        own = cues["own-time"].match(line.chars) or (line.after_blank and cues["own-place"].match(line.chars))
        opens = own and cues["number-told"].search(last.chars)
        if opens or not _INNER.search(line.chars):
            return False
        length = sum(len(one.chars) for one in group)
        prose = any("。" in one.chars for one in group)
        clauses = any(_INNER.search(one.chars) for one in group)
        if (length >= 24 and prose) or length >= 80 or (length >= 40 and clauses):
            return True
        return cues["left-open"].search(last.chars) is not None or self._cuts_word(last.chars, line.chars)

    def _cuts_word(self, before: str, after: str) -> bool:
        """Tell whether a break parts what the text elsewhere writes in one: 公安机|关, 12|0起."""
        if before[-1].isdigit():
            return load_cues("line")["number-goes-on"].match(after) is not None
        around = (before[-2:] + after[:1], before[-1:] + after[:2])
        return any(len(gram) == 3 and gram.isalpha() and tuple(gram) in self._grams for gram in around)

    @cached_property
    def _grams(self) -> frozenset[tuple[str, str, str]]:
        whole = "\n".join(line.chars for line in self._lines)[:_READ]
        return frozenset(zip(whole, whole[1:], whole[2:], strict=False))
