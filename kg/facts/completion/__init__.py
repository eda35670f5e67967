"""Completion: indicators made self-contained, what a clause leaves out put back from what was said before.

Enters: the phrases around a number, its sentence and the statements before. Leaves: phrases that say by themselves
what they measure. One module a thing left out: the subject of an aspect, the verb or noun of a list, the object of a
verb, the case.
"""

from kg.facts.completion.aspect import complete
from kg.facts.completion.clause import happened_to, subject_before, with_fought, with_object_before, with_topic
from kg.facts.completion.counted import Counted
from kg.facts.completion.kind import is_generic
from kg.facts.completion.listed import complete_counts
from kg.facts.completion.object import with_object
from kg.facts.completion.phrase import count_indicator, object_of

__all__ = [
    "Counted",
    "complete",
    "complete_counts",
    "count_indicator",
    "happened_to",
    "is_generic",
    "object_of",
    "subject_before",
    "with_fought",
    "with_object",
    "with_object_before",
    "with_topic",
]
