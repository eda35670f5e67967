"""Agencies by their kind alone, which the article has named before: "支队", "大队"."""

from __future__ import annotations

import re

from kg.mentions.agency.below import with_names_below
from kg.mentions.agency.model import Agency
from kg.mentions.agency.pattern import part, pattern

_BRIGADE_NAME = 8  # characters in which the name of a brigade and the mark before it stand


def named_itself(view: str, at: int) -> re.Match[str] | None:
    """Return the name of its own that a brigade has at the head of an item: ",柳湖大队和西陵大队"."""
    bare = view.startswith("大队", at)
    return part("brigade_named").search(view, max(0, at - _BRIGADE_NAME), at) if bare else None


def read_anaphor(view: str, at: int, end: int) -> Agency | None:
    """Return the agency that a word for its kind means from one position to another."""
    if pattern("bureau-anaphor").match(view, at) is None or named_itself(view, at) is not None:
        return None
    return with_names_below(Agency(at, end, "anaphor", written=view[at:end], rule="bureau-anaphor"), view)
