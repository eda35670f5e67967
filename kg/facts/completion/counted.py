"""What a count is of, as its own clause says it, and the units that persons and cases are counted in."""

from __future__ import annotations

from dataclasses import dataclass

from kg.unguarded import unguarded

CAUGHT = frozenset({"抓获", "查处", "抓捕", "查获"})
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
