"""Patterns of ``mappings/rules/campaign.toml`` and words of the campaign lexicons, compiled once each."""

from __future__ import annotations

import re
from functools import cache

from kg.mentions.lexicon import alternation, load_lexicon
from kg.mentions.rule import expand, load_parts, load_rules
from kg.patterns import compile_once


@cache
def part(name: str) -> re.Pattern[str]:
    """Return a named part of the rules, compiled."""
    return compile_once(expand(f"{{{name}}}", load_parts("campaign"), "mappings/rules/campaign.toml"))


@cache
def rule(name: str) -> re.Pattern[str]:
    """Return the pattern of a rule."""
    for candidate in load_rules("campaign"):
        if candidate.name == name and candidate.regex is not None:
            return candidate.regex
    raise KeyError(name)


@cache
def any_of(lexicon: str) -> re.Pattern[str]:
    """Return a pattern of the words of a lexicon."""
    return compile_once(alternation(load_lexicon(lexicon).rows))


@cache
def all_generic() -> re.Pattern[str]:
    """Return a pattern of words that make no name, in any number."""
    return compile_once(f"(?:{alternation(load_lexicon('campaign_generic').rows)})*")


@cache
def lead() -> re.Pattern[str]:
    """Return a pattern of what may stand between a border and a name."""
    return compile_once(f"(?:{part('lead').pattern})+")
