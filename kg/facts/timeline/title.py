"""Years in names: what stands in quotation marks or a book title governs no number, and may date an award.

Enters: mentions of periods and the view. Leaves: the mentions, with the role "title" where they stand in a name, and
the years that titles name without the word for year.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from kg.facts.cue import cue
from kg.facts.model import Period
from kg.facts.timeline.model import Governed
from kg.patterns import compile_once
from kg.values.period import PeriodMention

# Marks and digits, no words: what is quoted, and a year without 年 in it.
_NAME = re.compile(r"《[^《》\n]{0,80}》|“[^“”\n,。;!?%]{0,24}”")
_TITLE_YEAR = compile_once(r"(?<![0-9.])(?:19|20)[0-9]{2}(?=年度?|[^0-9年.%‰·,。;、]{2})")


def titles_marked(view: str, mentions: Sequence[PeriodMention]) -> list[PeriodMention]:
    """Return the mentions, those inside quoted names and book titles with the role "title"."""
    found = (match.span() for match in _NAME.finditer(view))
    names = [(start, end) for start, end in found if not cue("timeline-plan-named").match(view, start)]
    starts = [start for start, _ in names]
    marked = []
    for mention in mentions:
        index = bisect_right(starts, mention.start) - 1
        inside = index >= 0 and names[index][0] < mention.start and mention.end <= names[index][1]
        marked.append(replace(mention, role="title") if inside else mention)
    return marked


def title_years(view: str, published: date | None) -> Iterator[Governed]:
    """Yield the years that names tell by their number alone, cut at publication: 2023全国“最美民警”."""
    for match in _TITLE_YEAR.finditer(view):
        year = int(match[0])
        period = Period(date(year, 1, 1), date(year, 12, 31))
        if published and published < period.start:
            continue
        cut = Period(period.start, min(period.end, published)) if published else period
        yield Governed(PeriodMention(*match.span(), match[0], "title-year", role="title"), cut)
