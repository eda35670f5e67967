"""From a text to its timeline."""

from __future__ import annotations

from kg.facts.timeline.carry import carry
from kg.facts.timeline.default import default_period
from kg.facts.timeline.founding import is_set_up_label
from kg.facts.timeline.model import MENTION_START, Timeline
from kg.facts.timeline.month import with_months
from kg.facts.timeline.resolution import days_told, resolve_mentions
from kg.facts.timeline.title import title_years, titles_marked
from kg.text import Text
from kg.values.period import find_periods


def read_timeline(text: Text) -> Timeline:
    """Return the timeline of a text."""
    found = [mention for mention in find_periods(text.view) if not is_set_up_label(text.view, mention)]
    published = text.article.published
    mentions = list(with_months(text.view, titles_marked(text.view, found), published))
    default = default_period(text, [m for m in mentions if m.role == "period"], published)
    governors, baselines, titles = resolve_mentions(text, mentions, published, default)
    days = days_told(text.view, mentions, published)
    carried = carry(text, governors, default, days)
    return Timeline(
        text.view,
        tuple(governors),
        tuple(baselines),
        tuple(sorted([*titles, *title_years(text.view, published)], key=MENTION_START)),
        text.sentences,
        tuple(carried),
        default,
        tuple(days),
    )
