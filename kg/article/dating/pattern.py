"""Patterns of ``mappings/rules/publication.toml``, compiled once each."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from kg.mentions.rule import compiled, load_parts, read_rules

_FILE = "publication"


@cache
def patterns() -> Mapping[str, re.Pattern[str]]:
    """Return the forms of dates and the cues by name."""
    data, parts = read_rules(_FILE), load_parts(_FILE)
    return {
        entry["name"]: compiled(entry["regex"], parts, f'mappings/rules/{_FILE}.toml, {kind} "{entry["name"]}"')
        for kind in ("date", "cue")
        for entry in data[kind]
    }


@cache
def pattern(name: str) -> re.Pattern[str]:
    """Return the pattern of a name.

    >>> pattern("dispatch").search("新华社海口2月24日电")["day"]
    '24'
    """
    return patterns()[name]
