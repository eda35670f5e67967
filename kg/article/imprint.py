"""What a page prints about its article: title, outlet, byline, publication date."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import takewhile

from kg.article.dating import day_of_writing, deduced_date, is_long_after, printed_date
from kg.article.furniture import Layout, Line, body_text, fold, seen
from kg.mentions.rule import load_cues

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


def _cue(name: str) -> re.Pattern[str]:
    return load_cues("imprint")[name]


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
    issued = [line.spaced[match.start() :] for line in lines if (match := _cue("day-of-issue").search(line.spaced))]
    labelled = [line for line in lines if _cue("day-label").search(line.key)]
    bare = [line for line in lines if not _cue("weekday").search(line.key)]
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
    title = _cue("original-title").sub("", head[at].block.chars)
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
    for kind, places in (("source", lines), ("dateline", opening), ("byline-outlet", lines), ("owner", lines)):
        for line in places:
            name = _written_group(_cue(kind), line)
            if name and not _cue("no-outlet").fullmatch(fold(name)):
                return name
    return None


def _byline(layout: Layout) -> str | None:
    lines = [line for line in _furniture(layout) if len(line.key) <= 120]
    for line in lines:
        if _cue("byline").search(line.key) and ":" not in line.key:
            return line.block.chars
    return next((name for line in lines if (name := _written_group(_cue("author"), line))), None)


def _written_group(pattern: re.Pattern[str], line: Line) -> str | None:
    """Return what the pattern's group finds in the folded line, in the characters of the line itself."""
    chars = seen(line.block)[:400]
    match = pattern.search(fold(chars))
    if match is None or match.lastindex is None:
        return None
    start, end = match.span(match.lastindex)
    return chars[start:end].strip() or None
