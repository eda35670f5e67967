"""Periods: the days that the words give a campaign itself."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from kg.facts.campaign_mention import CampaignMention
from kg.facts.campaign_pattern import part
from kg.facts.model import Period
from kg.facts.timeline import Governed, Timeline
from kg.text import Text


def period_of(text: Text, group: Sequence[CampaignMention], timeline: Timeline) -> tuple[Period | None, str]:
    """Return the days that the words around any of its mentions give a campaign, and those words."""
    for mention in group:
        governed = _dated(text, mention, timeline)
        if governed and governed.period:
            start, end = governed.period.start, governed.period.end
            if governed.mention.shape in ("from", "since") and text.article.published:
                end = max(start, text.article.published)
            return Period(start, end), governed.words
    return None, ""


def _dated(text: Text, mention: CampaignMention, timeline: Timeline) -> Governed | None:
    """Return the time that a sentence gives a campaign itself: the last before it, unless a result stands between."""
    if mention.rule == "campaign-anaphor" or part("judged").match(text.view, mention.end):
        return None
    sentence = text.sentence_at(mention.start)
    index = bisect_left(timeline.governors, mention.start, key=lambda g: g.mention.start) - 1
    if index < 0 or timeline.governors[index].mention.start < sentence.start:
        return None
    last = timeline.governors[index]
    between = text.view[last.mention.end : mention.start]
    if part("figure_counted").search(between):
        return None
    passing = last.mention.shape in ("within", "event") and last.mention.grain == "day"
    return None if passing and not part("launched").search(between) else last
