"""What a page prints about its article: title, outlet, byline, publication date."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import takewhile

from kg.article.dating import day_of_writing, deduced_date, is_long_after, printed_date
from kg.article.furniture import Layout, Line, body_text, fold, seen

_LABEL_END = r"(?=[\s|,;)\]】(]|$|(?:作者|责任编辑|责编|编辑|发布|日期|时间|字号|浏览|点击|审核|记者)[^\s]{0,4}:)"
_SOURCE = re.compile(
    r"(?:信息|文章|稿件|消息|新闻)?(?:来源|稿源|出处|发布机构|发布单位|转自)\s*[:/]\s*(\S{2,30}?)" + _LABEL_END
)
_OWNER = re.compile(
    r"版权(?:所有|归属?)\s*:?\s*(\S{2,20}?)(?=[\s,。]|$)|^(\S{2,20}?)社?版权所有|^(\S{2,16})\s+https?://"
)
_DATELINE = re.compile(
    r"^[【(]?(本报讯|[\u4e00-\u9fff·]{1,8}?(?:报|网|社|在线|客户端|传媒|台|号))[\u4e00-\u9fff]{0,8}?"
    r"(?:[0-9]{1,2}月[0-9]{1,2}日)?(?:讯|电|消息)"
)
_BYLINE = re.compile(r"(?:记者|通讯员|作者|撰稿人?|见习记者)")
_BYLINE_OUTLET = re.compile(r"^[(\[【□■●◎◇○ ]*([\u4e00-\u9fff·/]{2,20}?)(?:全媒体|融媒体|见习|首席|特约)*记者")
_AUTHOR = re.compile(r"(?:作者|记者|撰稿)\s*[:/]\s*([\u4e00-\u9fff·、 ]{2,30}?)(?=\s*[|,;/)\]】]|\s+\S{2,6}:|$)")
_PUBLISHED = re.compile(
    r"(?:发布|发表|发稿|刊发|成文|生成|更新|公开|发文|发布时|上传)(?:时间|日期)|发[表布]于|^[\[【(]?(?:时间|日期)|版次|版面"
)
# when it went out, which a page may print beside the day on which it was written or changed
_ISSUED = re.compile(r"(?:发布|发表|刊发|发稿)(?:时间|日期)")
_WEEKDAY = re.compile(r"星期|周[一二三四五六日]")
_ORIGINAL = re.compile(r"^原?(?:标题|题|文标题)\s?[:]\s?")
_NO_NAMES = frozenset(["本报讯", "本报", "本网", "本台", "本刊", "全媒体", "融媒体", "晚报", "日报"])
_CALLS = re.compile("^[^。]*[!?]$")
_STAMP = re.compile(r" ?(?:19|20)[0-9]{2}[-/.年][0-9]{1,2}[-/.月][0-9]{1,2}日? ?[0-2]?[0-9]:[0-5][0-9]")
_LONGEST_TITLE = 80
_OPENING = 160


@dataclass(frozen=True, slots=True)
class Imprint:
    """What is known about an article besides its text; ``date_source`` as in Article."""

    title: str | None = None
    outlet: str | None = None
    byline: str | None = None
    published: date | None = None
    date_source: str | None = None


def read_imprint(layout: Layout, known: Imprint, filed: int | None = None) -> Imprint:
    r"""Return what the page prints about the article; what is known already stays as it is.

    ``filed`` is the year under which the article is kept, for a text that names none.

    >>> from kg.article.furniture import arrange
    >>> from kg.article.lines import line_blocks
    >>> page = "平安答卷\n2021-01-05 来源:某市日报\n全市破获刑事案件120起,抓获80人。"
    >>> found = read_imprint(arrange(line_blocks(page)), Imprint())
    >>> found.title, found.outlet, str(found.published), found.date_source
    ('平安答卷', '某市日报', '2021-01-05', 'printed')
    """
    published, source = known.published, known.date_source
    title = known.title or _title(layout)
    if published is None:
        published, source = _printed(layout), "printed"
        if published is not None and (written := day_of_writing(body_text(layout)[:_OPENING], published)):
            published, source = written, "deduced"
        elif published is not None and is_long_after(folded := "".join(fold(title or "").split()), published):
            account = deduced_date(body_text(layout), None, folded)
            published, source = (account, "deduced") if account and account < published else (published, source)
    if published is None:
        published, source = deduced_date(body_text(layout), filed, "".join(fold(title or "").split())), "deduced"
    return Imprint(
        title,
        known.outlet or _outlet(layout),
        known.byline or _byline(layout),
        published,
        source if published else None,
    )


def _furniture(layout: Layout) -> Iterator[Line]:
    """Give the lines around and between the body that are furniture, down to the first list of other articles."""
    for i, line in enumerate(layout.lines):
        if i > layout.last and line.kind == "tail":
            return
        if line.kind in ("anywhere", "border") and i not in layout.kept:
            yield line


def _printed(layout: Layout) -> date | None:
    """Return the date that the page prints: that of issue first, labelled before bare, above the text before below."""
    lines = list(_furniture(layout))
    issued = [line.spaced[match.start() :] for line in lines if (match := _ISSUED.search(line.spaced))]
    labelled = [line for line in lines if _PUBLISHED.search(line.key)]
    bare = [line for line in lines if not _WEEKDAY.search(line.key)]
    below = takewhile(lambda line: line.kind != "tail", layout.tail[:6])  # no days of other articles in a list
    around = [line for line in (*layout.head, *below) if line.kind == "plain" and len(line.key) <= 40]
    after = [line.spaced for line in (*labelled, *bare, *lines, *around)]
    return _first_date([*issued, *after]) or _before_the_text(layout)


def _before_the_text(layout: Layout) -> date | None:
    """Return the day and time that a first line begins with: "2015-11-13 07:24本报讯"."""
    for i in sorted(layout.kept)[:3]:
        if stamp := _STAMP.match(layout.lines[i].spaced):
            return printed_date(stamp[0])
    return None


def _first_date(lines: Iterable[str]) -> date | None:
    return next((found for line in lines if (found := printed_date(line))), None)


def _title(layout: Layout) -> str | None:
    """Return the title above the text, with the subtitle that a dash joins to it."""
    head = [layout.lines[i] for i in sorted(layout.kept) if i < layout.first or layout.lines[i].block.heading]
    marked = [line for line in head if line.block.heading]
    head = [line for line in marked[:2] or head if len(line.key) <= _LONGEST_TITLE] or _opening(layout)
    if not head:
        return None
    keys = [line.key for line in head]
    repeated = [i for i, key in enumerate(keys) if key in keys[:i]]
    at = repeated[0] if repeated else 0
    title = _ORIGINAL.sub("", head[at].block.chars)
    if at + 1 < len(head) and (head[at].key.endswith("—") or head[at + 1].key.startswith("—")):
        title += head[at + 1].block.chars
    return title


def _opening(layout: Layout) -> list[Line]:
    """Return the first line of the article where it is a question or an exclamation, as titles are."""
    line = layout.lines[min(layout.kept)] if len(layout.kept) > 1 else None
    return [line] if line and len(line.key) <= _LONGEST_TITLE // 2 and _CALLS.search(line.key) else []


def _outlet(layout: Layout) -> str | None:
    """Return who published: a source line, the dateline, who the reporter writes for, who owns the page."""
    lines = [line for line in _furniture(layout) if len(line.key) <= 200]
    opening = [layout.lines[i] for i in sorted(layout.kept) if i >= layout.first][:1]
    for pattern, places in ((_SOURCE, lines), (_DATELINE, opening), (_BYLINE_OUTLET, lines), (_OWNER, lines)):
        for line in places:
            name = _written_group(pattern, line)
            if name and fold(name) not in _NO_NAMES:
                return name
    return None


def _byline(layout: Layout) -> str | None:
    lines = [line for line in _furniture(layout) if len(line.key) <= 120]
    for line in lines:
        if _BYLINE.search(line.key) and ":" not in line.key:
            return line.block.chars
    return next((name for line in lines if (name := _written_group(_AUTHOR, line))), None)


def _written_group(pattern: re.Pattern[str], line: Line) -> str | None:
    """Return what the pattern's group finds in the folded line, in the characters of the line itself."""
    chars = seen(line.block)[:400]
    match = pattern.search(fold(chars))
    if match is None or match.lastindex is None:
        return None
    start, end = match.span(match.lastindex)
    return chars[start:end].strip() or None
