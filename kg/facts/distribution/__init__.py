"""Distribution: lists of indicators against lists of values.

Enters: a frame with its phrase and its values, and the statements before. Leaves: one statement a value, each with
the indicator that it is of: from its own list, the clause before, the contest it was won in, or what was said before.
"""

from kg.facts.distribution.clause import (
    clause_words,
    foremost_alone,
    foremost_before,
    growths_before,
    named_next,
    names_topic,
    record_before,
    set_off_before,
)
from kg.facts.distribution.event import survey_name
from kg.facts.distribution.inherited import in_brackets
from kg.facts.distribution.items import houses_rated, indicators, listed_parts, split_items, two_kinds
from kg.facts.distribution.pairing import distribute

__all__ = [
    "clause_words",
    "distribute",
    "foremost_alone",
    "foremost_before",
    "growths_before",
    "houses_rated",
    "in_brackets",
    "indicators",
    "listed_parts",
    "named_next",
    "names_topic",
    "record_before",
    "set_off_before",
    "split_items",
    "survey_name",
    "two_kinds",
]
