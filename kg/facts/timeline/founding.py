"""Foundings: since when a unit has been there, and years that are its history.

Enters: a text and words such as 成立以来, or a period before words such as 挂牌. Leaves: the days since, or whether the
words tell of a time before the one that is reported on.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from kg.facts.cue import cue
from kg.facts.model import Period
from kg.facts.timeline.model import CLAUSE_LENGTH, Governed
from kg.text import Text
from kg.values.period import PeriodMention, find_periods, resolve

_FOUNDING_REACH = 1200  # characters before
_FOUNDINGS = 3  # that are looked at


def since_founding(text: Text, mention: PeriodMention, published: date | None) -> Period | None:
    """Return the days since a unit was founded, where a sentence before dates that: 2015年10月,……挂牌成立."""
    told = list(cue("timeline-founding").finditer(text.view, max(0, mention.start - _FOUNDING_REACH), mention.start))
    for found in told[:_FOUNDINGS]:
        sentence = text.sentence_at(found.start())
        for founding in find_periods(text.view, max(sentence.start, found.start() - CLAUSE_LENGTH), found.start()):
            if founding.shape == "within" and founding.first:
                days = resolve(replace(founding, shape="since"), published, None)
                return Period(days.start, days.end) if days else None
    return None


def is_set_up_label(view: str, mention: PeriodMention) -> bool:
    """Tell whether a form tells when a station was set up, which is the time of nothing else: 建所时间:1981年."""
    return cue("timeline-set-up-label").search(view, max(0, mention.start - 8), mention.start) is not None


def is_founding_before(view: str, governed: Governed, default: Governed | None) -> bool:
    """Tell whether words tell when something was founded, before the time that the article is about."""
    if governed.period is None or default is None or default.period is None:
        return False
    founded = cue("timeline-founded-then").match(view, governed.mention.end) is not None
    return founded and governed.mention.shape == "within" and governed.period.end < default.period.start
