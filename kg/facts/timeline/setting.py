"""What can set the time of an article as a whole.

Enters: a text and a mention of a period. Leaves: whether it is one that an article may be about.
"""

from __future__ import annotations

import re

from kg.facts.cue import cue
from kg.facts.timeline.opening import is_spoken, opens
from kg.facts.timeline.stretch import LASTING, SHORT, is_plan_span
from kg.text import Text
from kg.values.period import PeriodMention

_OF_ITSELF = ("timeline-honoured", "timeline-of-a-life", "timeline-founded-then", "timeline-level-told")
_TOP = 3  # paragraphs: title and subtitles
# digits and dashes, no words
_DAYS_TO_DAYS = re.compile("月[0-9]{1,2}[日号][至到—-]+.*月[0-9]{1,2}[日号]")


def sets_article(text: Text, mention: PeriodMention) -> bool:
    """Tell whether a mention can set the time of an article."""
    if mention.shape not in ("within", "since", "from", "back", "event", "unknown") or is_spoken(text, mention):
        return False
    if mention.first is not None and mention.first.anchor == "governing":
        return False  # 当年, 次年: a year told before
    if cue("timeline-foremost-year").search(text.view, max(0, mention.start - 8), mention.start):
        return False  # 最热闹的2018年: one of many
    lasts = mention.grain in LASTING or mention.grain in SHORT or _DAYS_TO_DAYS.search(mention.words) is not None
    if mention.shape == "within" and not lasts:
        return False
    if mention.shape == "within" and cue("timeline-to-come").match(text.view, mention.end):
        return False
    if mention.grain in ("month", "season") and text.view.startswith("的", mention.end):
        return False  # 五月的山城: a scene
    if cue("timeline-of-so-many").match(text.view, mention.end):
        return False  # 今年以来的8起命案: of these
    if mention.shape == "back" and cue("timeline-career").search(text.view, max(0, mention.start - 4), mention.start):
        return False  # 从警15年来: one person's
    paragraph = text.paragraph_at(mention.start)
    if paragraph.heading and not mention.names_year and "," in text.view[paragraph.start : mention.start]:
        return False  # 再创佳绩,下半年满意率居全省第一: of that rate
    after_first = mention.start > _first_paragraph_end(text)
    if after_first and mention.shape in ("since", "from") and _is_of_a_mechanism(text.view, mention):
        return False  # “三清”机制自2021年9月运行以来, farther on: of that alone
    far = mention.names_year and mention.start > _first_sentence_end(text)
    if far and any(cue(name).match(text.view, mention.end) for name in _OF_ITSELF):
        return False  # "2016年度,县公安局被评为……" far down dates the honor alone
    return is_reviewed(text, mention) or opens(
        text, mention, text.sentence_at(mention.start), text.paragraph_at(mention.start)
    )


def _is_of_a_mechanism(view: str, mention: PeriodMention) -> bool:
    """Tell whether words tell since when a platform or a way of working has been in use."""
    before = view[max(0, mention.start - 8) : mention.start]
    return cue("timeline-mechanism").search(before) is not None


def _first_paragraph_end(text: Text) -> int:
    """Return where the first paragraph ends that is no heading."""
    return next((paragraph.end for paragraph in text.paragraphs if not paragraph.heading), len(text.view))


def _first_sentence_end(text: Text) -> int:
    """Return where the first sentence ends that is more than a line."""
    first = next((paragraph for paragraph in text.paragraphs if not paragraph.heading), None)
    return text.sentence_at(first.start).end if first else len(text.view)


def is_reviewed(text: Text, mention: PeriodMention) -> bool:
    """Tell whether a heading says that a period is what the article reviews: "“十三五”时期公安工作综述"."""
    if is_plan_span(mention) and any(
        cue("timeline-plan-reviewed").search(text.view, heading.start, heading.end)
        for heading in text.paragraphs[:_TOP]
        if heading.heading
    ):
        return True
    paragraph = text.paragraph_at(mention.start)
    return paragraph.heading and cue("timeline-reviewed").match(text.view, mention.end, paragraph.end) is not None
