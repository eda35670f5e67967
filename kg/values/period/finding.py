"""The periods that a view names: points, joined to stretches, each with its role."""

from __future__ import annotations

from dataclasses import replace

from kg.values.period.model import PeriodMention
from kg.values.period.point import find_points
from kg.values.period.role import role_of
from kg.values.period.stretch import (
    limits_of,
    with_affixes,
    with_closings,
    with_last_day,
    with_length,
    with_links,
    without_overlaps,
)


def find_periods(view: str, start: int = 0, end: int | None = None) -> list[PeriodMention]:
    """Return the periods that the words of a stretch of a view name, in their order.

    >>> [(m.words, m.shape) for m in find_periods("今年以来破案9起,其中1至5月3起")]
    [('今年以来', 'since'), ('1至5月', 'within')]
    """
    end = len(view) if end is None else end
    points = list(find_points(view, start, end))
    linked = with_links(view, points)
    limits = limits_of(linked, end)
    extended = [with_affixes(view, mention, limit) for mention, limit in zip(linked, limits, strict=True)]
    closed = [with_last_day(view, mention) for mention in with_closings(view, without_overlaps(extended))]
    mentions = [with_length(view, mention) for mention in closed]
    roles = [(mention, role_of(view, mention, end)) for mention in mentions]
    return [mention if role == mention.role else replace(mention, role=role) for mention, role in roles]
