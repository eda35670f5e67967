"""Patterns of ``mappings/rules/bureau.toml``: rules and named parts, compiled once each."""

from __future__ import annotations

import re
from functools import cache

from kg.errors import MappingError
from kg.mentions.rule import expand, load_parts, load_rules
from kg.patterns import compile_once


@cache
def pattern(name: str) -> re.Pattern[str]:
    """Return the pattern of a rule of ``mappings/rules/bureau.toml``. Raises MappingError where it is missing."""
    for rule in load_rules("bureau"):
        if rule.name == name and rule.regex is not None:
            return rule.regex
    raise MappingError(f'mappings/rules/bureau.toml: there is no rule "{name}" with a regex')


@cache
def part(name: str) -> re.Pattern[str]:
    """Return a named part of ``mappings/rules/bureau.toml``, compiled. Raises MappingError where it is missing."""
    parts = load_parts("bureau")
    return compile_once(expand(f"{{{name}}}", parts, "mappings/rules/bureau.toml"))
