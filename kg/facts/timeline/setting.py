"""What can set the time of an article as a whole.

Enters: a text and a mention of a period. Leaves: whether it is one that an article may be about.
"""

from __future__ import annotations

import re

from kg.facts.timeline.opening import is_spoken, lead_end, opens
from kg.facts.timeline.stretch import LASTING, SHORT, is_plan_span
from kg.text import Text
from kg.values.period import PeriodMention

_REVIEW = re.compile(r"[^,。;]{0,14}(?:综述|总结|回顾|回眸|纪实|盘点|巡礼|成绩单|答卷|工作报告)")
_FIVE_YEARS = re.compile("(?:十[一二三四五六]五|五年)[^,。;]{0,12}(?:综述|总结|回顾|回眸|纪实|盘点|巡礼|成绩单|答卷)")
_TOP = 3  # paragraphs: title and subtitles
_CAREER = re.compile("(?:从警|入警|参警|工作|任职|从业|执业|扎根[一-龥]{0,4})$")
HONOURED = re.compile("度?,?[^。;0-9]{0,30}(?:被评为|被授予|荣获|获评|被命名|荣立|命名)")
_TO_COME = re.compile(
    r"的第一[场个]|,?[^,。;]{0,14}(?:将(?!近)|力争|计划(?!单列))|是[^,。;]{0,16}(?:第[0-9一二三四五六七八九十]+个|周年)"
)
_DAYS_TO_DAYS = re.compile("月[0-9]{1,2}[日号][至到—-]+.*月[0-9]{1,2}[日号]")


def sets_article(text: Text, mention: PeriodMention) -> bool:
    """Tell whether a mention can set the time of an article."""
    if mention.shape not in ("within", "since", "from", "back", "event", "unknown") or is_spoken(text, mention):
        return False
    lasts = mention.grain in LASTING or mention.grain in SHORT or _DAYS_TO_DAYS.search(mention.words) is not None
    if mention.shape == "within" and not lasts:
        return False
    if mention.shape == "within" and _TO_COME.match(text.view, mention.end):
        return False
    if mention.grain in ("month", "season") and text.view.startswith("的", mention.end):
        return False  # 五月的山城: a scene
    if mention.shape == "back" and _CAREER.search(text.view, max(0, mention.start - 4), mention.start):
        return False  # 从警15年来: one person's
    if mention.names_year and mention.start > lead_end(text, 1) and HONOURED.match(text.view, mention.end):
        return False  # "2016年度,县公安局被评为……" far down dates the honor alone
    return is_reviewed(text, mention) or opens(
        text, mention, text.sentence_at(mention.start), text.paragraph_at(mention.start)
    )


def is_reviewed(text: Text, mention: PeriodMention) -> bool:
    """Tell whether a heading says that a period is what the article reviews: "“十三五”时期公安工作综述"."""
    if is_plan_span(mention) and any(
        _FIVE_YEARS.search(text.view, heading.start, heading.end)
        for heading in text.paragraphs[:_TOP]
        if heading.heading
    ):
        return True
    paragraph = text.paragraph_at(mention.start)
    return paragraph.heading and _REVIEW.match(text.view, mention.end, paragraph.end) is not None
