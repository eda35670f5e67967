"""Cues: words around a fact that decide on it without being one of its rules.

Who speaks, whose report an article is, who ordered a drive: rules of ``mappings/rules`` with ``stage = "context"``. No
fact's derivation names one, so ``tests/test_rules.py`` proves each by taking it away: its examples lose their facts,
its counterexamples keep theirs. A ``[[cue]]`` looks at a phrase by itself, and phrases prove it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from kg.errors import MappingError
from kg.mentions.rule import load_cues, load_rules

STAGE = "context"


@cache
def cues(file: str) -> Mapping[str, re.Pattern[str]]:
    """Return the cues of a file of rules by name."""
    found = (rule for rule in load_rules(file) if rule.data.get("stage") == STAGE)
    of_phrases = {f"{file}-{name}": regex for name, regex in load_cues(file).items()}
    return {rule.name: rule.regex for rule in found if rule.regex is not None} | of_phrases


@cache
def cue(name: str) -> re.Pattern[str]:
    """Return a cue; its name begins with that of its file. Raises MappingError where that has none of the name.

    >>> bool(cue("speaker-we").match("我们查处酒驾300起"))
    True
    """
    file = name.partition("-")[0]
    found = cues(file).get(name)
    if found is None:
        raise MappingError(f"mappings/rules/{file}.toml: has no cue {name}, which kg/facts looks for; was it renamed?")
    return found
