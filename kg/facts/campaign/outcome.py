"""Outcomes: which of several campaigns a number is the outcome of."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from kg.facts.campaign.mention import CampaignMention
from kg.facts.campaign.pattern import part
from kg.mentions.lexicon import load_lexicon


def latest_group(view: str, mentions: Sequence[CampaignMention]) -> Sequence[CampaignMention]:
    """Return the last mentions between which no number stands."""
    group: list[CampaignMention] = []
    for mention in reversed(mentions):
        if group and part("figure").search(view, mention.end, group[0].start):
            break
        group.insert(0, mention)
    return group


def fit(words: str, indicator: str) -> int:
    """Return how well an indicator fits a campaign: shared pairs of characters, topics, and what the topics lead to."""
    pairs = {words[i : i + 2] for i in range(len(words) - 1)} - load_lexicon("campaign_plain_pair").rows.keys()
    score = 2 * sum(1 for pair in pairs if pair in indicator)
    score += sum(1 for c in set(words) if c in indicator and c in load_lexicon("campaign_topic"))
    return score + 2 * sum(1 for word in _outcomes(words) if word in indicator)


@cache
def _outcomes(words: str) -> tuple[str, ...]:
    lexicons = [load_lexicon(name).rows for name in ("campaign_code", "campaign_topic")]
    found = [row["outcomes"].split() for rows in lexicons for word, row in rows.items() if word in words]
    return tuple(dict.fromkeys(outcome for outcomes in found for outcome in outcomes))
