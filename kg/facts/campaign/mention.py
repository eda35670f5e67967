"""Mentions: stretches of a text that name a campaign, and how those that overlap are told apart."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from kg.unguarded import unguarded


@unguarded
@dataclass(frozen=True, slots=True)
class CampaignMention:
    """A stretch ``start`` to ``end`` of the view that names a campaign, or means one named before."""

    start: int
    end: int
    name: str
    rule: str


def without_overlap(mentions: Iterable[CampaignMention]) -> list[CampaignMention]:
    """Return mentions in order, of overlapping ones the longest."""
    kept: list[CampaignMention] = []
    taken: set[int] = set()
    for mention in sorted(mentions, key=lambda m: (m.start - m.end, m.rule != "campaign-list")):
        if taken.isdisjoint(range(mention.start, mention.end)):
            kept.append(mention)
            taken.update(range(mention.start, mention.end))
    return sorted(kept, key=lambda m: m.start)


def apart(mentions: Iterable[CampaignMention], others: Sequence[CampaignMention]) -> Iterator[CampaignMention]:
    """Yield the mentions that share no character with others."""
    taken = {position for other in others for position in range(other.start, other.end)}
    return (mention for mention in mentions if taken.isdisjoint(range(mention.start, mention.end)))
