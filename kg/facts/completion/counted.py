"""What a count is of, as its own clause says it, and the units that persons and cases are counted in."""

from __future__ import annotations

from dataclasses import dataclass

from kg.mentions.lexicon import load_lexicon
from kg.unguarded import unguarded

CASE_UNITS = frozenset({"起", "件", "宗"})
PERSONS = frozenset({"人", "名", "位", "人次"})


@unguarded
@dataclass(frozen=True, slots=True)
class Counted:
    """What a count is of, as its own clause says it: ``words`` stand before its number, which begins at ``at``.

    ``stands_alone`` where a copula (有, 达) makes the words a subject that needs no verb.
    """

    name: str
    words: str
    unit: str | None
    at: int
    stands_alone: bool


def is_of_people(verb: str) -> bool:
    """Tell whether a verb without an object says of so many people that they were caught: 查获9人.

    >>> is_of_people("查获"), is_of_people("缴获")
    (True, False)
    """
    return load_lexicon("verb_use").get(verb, "of_people") == "yes"
