"""Where a period opens a sentence or an article, and so sets the time of what follows.

Enters: a text and a mention of a period in it. Leaves: whether it stands at the head, in passing or in somebody's
words, where the lead ends, and which question a paragraph answers.
"""

from __future__ import annotations

import re
from bisect import bisect_left

from kg.facts.cue import cue
from kg.facts.timeline.model import CLAUSE_LENGTH, START
from kg.text import Paragraph, Span, Text
from kg.values.period import PeriodMention

_LEAD_PARAGRAPHS = 4
_INTRODUCTION = 160  # characters: who says it, where and when, before what it is about


def lead_end(text: Text, paragraphs: int = _LEAD_PARAGRAPHS) -> int:
    """Return where the lead ends: after so many paragraphs of more than a line."""
    long = [paragraph.end for paragraph in text.paragraphs if paragraph.end - paragraph.start > 40]
    return long[paragraphs - 1] if len(long) >= paragraphs else len(text.view)


def opens(text: Text, mention: PeriodMention, sentence: Span, paragraph: Paragraph) -> bool:
    """Tell whether a period stands where it sets the time of what follows, not in passing."""
    before = text.view[max(sentence.start, mention.start - _INTRODUCTION) : mention.start]
    speaker = cue("timeline-speaker").match(before)
    before = before[speaker.end() :] if speaker else before
    epitome = cue("timeline-epitome").match(before)
    before = before[epitome.end() :] if epitome else before
    clause = before[max(before.rfind(mark) for mark in ",;:。") + 1 :]
    if "其中" in clause:
        return False
    if not re.search("[。!?;]", text.view[paragraph.start : sentence.start]):
        return True  # the first sentence, behind a dateline too
    return len(before) <= CLAUSE_LENGTH and not re.search(r"[,;:]", before)


def question_before(text: Text, paragraph: Paragraph) -> Paragraph | None:
    """Return the question that a paragraph answers: "记者:今年以来,有哪些新举措?" tells the time of the answer."""
    index = bisect_left(text.paragraphs, paragraph.start, key=START) - 1
    before = text.paragraphs[index] if index >= 0 else None
    return before if before and cue("timeline-question").fullmatch(text.view, before.start, before.end) else None


def is_spoken(text: Text, mention: PeriodMention) -> bool:
    """Tell whether a period stands in somebody's words: "今年这个夏天安静了不少"."""
    start = text.paragraph_at(mention.start).start
    opened = text.view.rfind("“", start, mention.start)
    return opened >= 0 and text.view.find("”", opened, mention.end) < 0
