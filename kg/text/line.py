"""Lines of a text: widths and marks unified, what hides a word taken out, each character with its place.

Enters: a block of the article. Leaves: a ``Line``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from kg.article import Block
from kg.article.lines import letter_gaps
from kg.mentions.rule import load_cues
from kg.patterns import compile_once
from kg.unguarded import unguarded

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
    ord("℅"): "%",  # care of, which stands next to percent in an input method's table of signs
    ord("〜"): "~",
}
_HAN = "\u3400-\u9fff\uf900-\ufaff〇"
_PINYIN = "a-zA-Zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜü"
_TONE = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ"
_CHINESE_YEAR = compile_once("(?:一九|二[〇零○O0])[〇零○O0一二三四五六七八九]{2}(?=年)")
_DIGITS = str.maketrans("〇零○O一二三四五六七八九", "0000123456789")
_LATIN_STOP = re.compile(r"(?<=%)\.(?=[一-龥])|(?<=[%一-龥])\.(?= *$)")  # a full stop that was typed as a point
_LOST_POINT = re.compile('(?<=[“"「][0-9])\\?(?=[0-9])|(?<=[“"「]1[0-2])\\?(?=[0-9])')  # “5?06”专案, of a page re-coded
_COMMENT = re.compile("<!--.*?-->")
_UNSEEN = re.compile(f"{_DROPPED}+")
_NOISE = re.compile(
    f"\\([{_PINYIN} ]*[{_TONE}][{_PINYIN} ]*\\)"
    f"|(?<=[{_HAN}])[{_PINYIN}]*[{_TONE}][{_PINYIN}]*(?=[{_HAN}])"
    r"|^ +| +$|(?<![A-Za-z0-9 ]) (?! )|(?<! ) (?![A-Za-z0-9 ])|(?<=[0-9]) (?=[A-Za-z])|(?<=[A-Za-z]) (?=[0-9])"
    f"|(?<![{_HAN}]) {{2,}}|(?<! ) {{2,}}(?![{_HAN} ])|(?<=[0-9]) (?=[0-9]{{3}}(?![0-9.]))"
)
_MAY_BE_NOISE = re.compile(f"[ {_TONE}]")
_LETTER_GAP = compile_once(f"(?<=[{_HAN}]) +(?=[{_HAN}])")
_ONE_OF_SPACES = re.compile("(?<! ) (?! )|(?<= ) +")
_DOUBLE = str.maketrans("‘’", "“”")
_SPEECH = re.compile("[,。!?;]")
_NAMED = re.compile("”(?:案例|项目|工作法|做法|机制|品牌|模式|作品|课题|[、,](?=[^、,。“”]{2,16}“))")
_QUOTED = re.compile("“[^“”]*”|‘([^‘’“”]{1,60})’")
_STRAIGHT_QUOTE = re.compile('"')
_INNER = re.compile("[,。;]")

Edit = tuple[int, int, str]


@unguarded
@dataclass(frozen=True, slots=True)
class Line:
    """Characters of the view, each from ``starts[i]`` to ``ends[i]`` of the article.

    ``heading`` where markup says so; ``after_blank`` where an empty line stands above; ``indent`` is the number of
    blanks before it, ``width`` how wide the line was in the article.
    """

    chars: str
    starts: Sequence[int]
    ends: Sequence[int]
    heading: bool = False
    after_blank: bool = False
    indent: int = 0
    width: int = 0


def unify(chars: str) -> str:
    """Return as many characters: half-width, with the view's punctuation, every blank a space.

    >>> unify("“６?１８”专案")
    '“6·18”专案'
    >>> unify("破案１２起，「两抢」一起"), unify("破案率达100%.")
    ('破案12起,“两抢”一起', '破案率达100%。')
    """
    chars = _LATIN_STOP.sub("。", chars.translate(_TABLE))
    return _LOST_POINT.sub("·", chars) if "?" in chars else chars


def years_in_digits(chars: str) -> str:
    """Return as many unified characters, years that are written character by character in Arabic digits.

    >>> years_in_digits("二〇〇八年,一九九八年,二千年")
    '2008年,1998年,二千年'
    """
    return _CHINESE_YEAR.sub(lambda found: found[0].translate(_DIGITS), chars)


def with_outer_quotes(line: Line) -> Line:
    """Return a line in which single marks that stand in no others are double ones: many pages have only 『』.

    So are those in a speech, which is no name that theirs could be a part of. What a noun for works follows, or the
    next name of a list, is a name: “‘护渔’在行动,平安到码头”案例.

    >>> with_outer_quotes(Line("‘雷霆’行动“以‘零容忍’严打”", range(16), range(1, 17))).chars
    '“雷霆”行动“以‘零容忍’严打”'
    >>> with_outer_quotes(Line("“‘雷霆’行动,破案9起。”", range(14), range(1, 15))).chars
    '““雷霆”行动,破案9起。”'
    """
    if "‘" not in line.chars:
        return line
    return replace(line, chars=_QUOTED.sub(_outer, line.chars))


def _outer(found: re.Match[str]) -> str:
    if found[1]:
        return f"“{found[1]}”"
    named = _NAMED.match(found.string, found.end() - 1) and not _INNER.search(found[0].replace(",", "", 1))
    return found[0].translate(_DOUBLE) if _SPEECH.search(found[0]) and not named else found[0]


def without_unseen(chars: str) -> str:
    """Return unified characters without those that nobody sees."""
    return _UNSEEN.sub("", chars) if _DROPPED in chars else chars


def is_spaced(chars: str) -> bool:
    """Tell whether a text has spaces between most of its Chinese characters."""
    return len(_LETTER_GAP.findall(chars)) * 4 > len(chars)


def clean(line: Line, spaced: bool) -> Line:
    """Return a line of unified characters without what hides its words; ``spaced`` where the whole text is.

    >>> clean(Line("抓 获 1 2 名", range(9), range(1, 10)), spaced=False).chars
    '抓获12名'
    >>> clean(Line("抓获1<!--a-->2名", range(13), range(1, 14)), spaced=False).chars
    '抓获12名'
    >>> clean(Line("缴毒9起 市公安局通报,今年平安。", range(17), range(1, 18)), spaced=False).chars
    '缴毒9起。市公安局通报,今年平安。'
    """
    if _DROPPED in line.chars:
        line = edited(line, [(*match.span(), "") for match in _UNSEEN.finditer(line.chars)])
    if "<!--" in line.chars:
        line = edited(line, [(*match.span(), "") for match in _COMMENT.finditer(line.chars)])
    if letter_gaps(line.chars):
        # What parts words is wider there than what parts letters.
        line = edited(line, [(*match.span(), "") for match in _ONE_OF_SPACES.finditer(line.chars)])
        spaced = False
    chars = line.chars
    if '"' in chars:
        marks = iter("“”" * (chars.count('"') // 2 + 1))
        chars = _STRAIGHT_QUOTE.sub(lambda _: next(marks), chars)
        line = replace(line, chars=chars)
    if _MAY_BE_NOISE.search(chars) is None:
        return line
    kept = not spaced and _is_title_like(chars)
    gaps = {m.start(): m.end() for m in load_cues("line")["clause-gap"].finditer(chars)} if kept else {}
    edits = [(*m.span(), "") for m in _NOISE.finditer(chars) if m.start() not in gaps]
    tells = load_cues("line")["told-before-gap"].search
    told = [(start, end, ",") for start, end in gaps.items() if tells(chars, 0, start)]
    if not kept and not spaced:
        told = [(*match.span(1), "。") for match in load_cues("line")["heading-gap"].finditer(chars)]
        edits = [edit for edit in edits if edit[0] not in {start for start, _, _ in told}]
    edits = sorted(edits + told)
    if spaced:
        edits = sorted(edits + [(*match.span(), "") for match in _LETTER_GAP.finditer(chars)])
    return edited(line, edits)


def _is_title_like(chars: str) -> bool:
    """Tell whether a line is a headline, where a space stands for a comma: 破案28起 抓获35人."""
    return len(chars) <= 60 and _INNER.search(chars) is None


def edited(line: Line, edits: Sequence[Edit]) -> Line:
    """Return the line after edits in order of place; one that overlaps the one before it is left out."""
    if not edits:
        return line
    chars = line.chars
    out: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    at = 0
    for start, end, replacement in [*edits, (len(chars), len(chars), "")]:
        if start < at:
            continue
        out.append(chars[at:start])
        starts.extend(line.starts[at:start])
        ends.extend(line.ends[at:start])
        if replacement:
            out.append(replacement)
            starts.extend(line.starts[min(start + i, end - 1)] for i in range(len(replacement)))
            ends.extend(line.ends[min(start + i, end - 1)] for i in range(len(replacement) - 1))
            ends.append(line.ends[end - 1])
        at = end
    return replace(line, chars="".join(out), starts=starts, ends=ends)


def joined(lines: Sequence[Line]) -> Line:
    """Return the lines of one paragraph as one line."""
    if len(lines) == 1:
        return lines[0]
    starts: list[int] = []
    ends: list[int] = []
    for line in lines:
        starts.extend(line.starts)
        ends.extend(line.ends)
    return replace(lines[0], chars="".join(line.chars for line in lines), starts=starts, ends=ends)


def line_of(block: Block, text: str, after_blank: bool) -> Line:
    """Return a block of a text as a line of unified characters."""
    start = block.starts[0]
    indent = 0
    while start - indent > 0 and text[start - indent - 1] in " \t\u3000\xa0\u2002\u2003":
        indent += 1
    chars = unify(block.chars)
    width = indent + len(without_unseen(chars))
    return Line(chars, block.starts, block.ends, block.heading, after_blank, indent, width)
