"""Succession: which division went on as which, when one was renamed, upgraded, split or merged.

Enters: the code of a division. Leaves: ``Succession`` values. A division whose code ends and whose short name begins
anew in the same province (密云县, then 密云区) went on under that; ``mappings/lexicons/division_successors.tsv`` holds
the rest. A rename that keeps its code (襄樊市, then 襄阳市) needs neither: the code is the division.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from kg.errors import MappingError
from kg.mentions.lexicon import load_lexicon
from kg.values.place import Division, gazetteer

CHANGES = ("renamed", "upgraded", "split", "merged")


@dataclass(frozen=True, slots=True)
class Succession:
    """One division that went on as another.

    ``change`` is renamed or upgraded where one became one, split where it became several, merged where it was joined.
    """

    code: str
    successor: str
    change: str

    @property
    def is_one_to_one(self) -> bool:
        """Tell whether the division is the same one under a new code."""
        return self.change in ("renamed", "upgraded")


def _stated() -> Iterator[Succession]:
    for code, row in load_lexicon("division_successors").rows.items():
        for successor in row["successors"].split():
            if not {code, successor} <= gazetteer().by_code.keys() or row["change"] not in CHANGES:
                raise MappingError(
                    f"mappings/lexicons/division_successors.tsv, {code}: codes of divisions.tsv and one of "
                    f"{', '.join(CHANGES)} are expected"
                )
            yield Succession(code, successor, row["change"])


def _follows(earlier: Division, later: Division) -> bool:
    """Tell whether a division begins when another ends, under another code, with its short name, in its province."""
    begins = earlier.valid_to <= later.valid_from <= earlier.valid_to + 1
    return begins and later.code != earlier.code and later.code[:2] == earlier.code[:2]


def _by_name() -> Iterator[Succession]:
    divisions = [division for entries in gazetteer().by_code.values() for division in entries]
    by_short: dict[str, list[Division]] = {}
    for division in divisions:
        by_short.setdefault(division.short, []).append(division)
    stated = load_lexicon("division_successors").rows
    for division in divisions:
        later = [other for other in by_short[division.short] if _follows(division, other)]
        if len(later) == 1 and division.code not in stated:
            yield Succession(division.code, later[0].code, "upgraded")


@cache
def successions() -> Mapping[str, tuple[Succession, ...]]:
    """Return by code what each former division went on as. Raises MappingError for a code that no division has.

    >>> [(s.successor, s.change) for s in successions()["110228"]], [s.successor for s in successions()["371200"]]
    ([('110118', 'upgraded')], ['370116', '370117'])
    """
    found: dict[str, tuple[Succession, ...]] = {}
    for one in (*_stated(), *_by_name()):
        found[one.code] = (*found.get(one.code, ()), one)
    return found


def lasting_code(code: str) -> str:
    """Return the code by which a division is known at last: that of 密云区 for 密云县; its own where it was merged.

    >>> lasting_code("110228"), lasting_code("110103"), lasting_code("371600")
    ('110118', '110103', '371600')
    """
    seen = {code}
    while (later := successions().get(code, ())) and len(later) == 1 and later[0].is_one_to_one:
        code = later[0].successor
        if code in seen:
            break
        seen.add(code)
    return code
