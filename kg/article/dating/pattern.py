"""Patterns of ``mappings/rules/publication.toml``, compiled once each."""

from __future__ import annotations

import re
from functools import cache

from kg.mentions.rule import load_cues


@cache
def pattern(name: str) -> re.Pattern[str]:
    """Return the pattern of a name.

    >>> pattern("dispatch").search("新华社海口2月24日电")["day"]
    '24'
    """
    return load_cues("publication")[name]
