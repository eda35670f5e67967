"""Patterns of ``mappings/rules/honor.toml``, compiled once each."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from kg.mentions.rule import expand, load_parts, load_rules
from kg.patterns import compile_once


@cache
def honor_patterns() -> Mapping[str, re.Pattern[str]]:
    """Return the rules of ``mappings/rules/honor.toml`` by name."""
    return {rule.name: rule.regex for rule in load_rules("honor") if rule.regex is not None}


@cache
def honor_part(name: str) -> re.Pattern[str]:
    """Return a part of ``mappings/rules/honor.toml`` as a pattern of its own."""
    return compile_once(expand(f"{{{name}}}", load_parts("honor"), "mappings/rules/honor.toml"))
