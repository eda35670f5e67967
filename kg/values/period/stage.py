"""The rules of ``mappings/rules/period.toml`` by their stage: points, links, prefixes and suffixes, roles."""

from __future__ import annotations

import re
from functools import cache

from kg.mentions.rule import Rule, load_rules

REACH = 12  # characters before and after a mention that a prefix, suffix or role may look at
FAR = 60  # characters that a far-reaching suffix ("... 行动开展以来") or role ("... 新闻发布会") may look at


@cache
def rules_of(stage: str) -> tuple[Rule, ...]:
    """Return the rules of a stage in their order."""
    return tuple(rule for rule in load_rules("period") if rule.data["stage"] == stage)


def regex_of(rule: Rule) -> re.Pattern[str]:
    """Return the pattern of a rule; those of periods have one each."""
    assert rule.regex is not None
    return rule.regex
