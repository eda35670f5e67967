"""Claims side by side: numbers as ranges, slots, and what sets two of them apart.

Claims meet in their slots (``kg.facts.slot``): the same thing of the same agency for the same days. A number is a range
by its bound, and two ranges that touch do not contradict each other.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, lru_cache

from kg.facts.slot import MEASURED
from kg.gate.finding import Severity
from kg.mentions.lexicon import alternation, load_lexicon

_ROUND = Decimal(10_000)
_FAR = Decimal(10) ** 40


@dataclass(frozen=True, slots=True)
class Claim:
    """A metric as it stands in a store; the fields up to ``days`` are those of its slot."""

    iri: str
    agency: str
    what: str
    kind: str
    quantity: str
    comparison: str
    baseline: str
    scope: str
    series: str
    days: str
    indicator: str
    value: Decimal | None
    unit: str
    bound: str
    direction: str
    article: str

    @property
    def slot(self) -> tuple[str, ...]:
        """Return what claims about the same thing share."""
        return (self.agency, *self.beside)

    @property
    def beside(self) -> tuple[str, ...]:
        """Return the slot without its agency."""
        return (self.what, self.kind, self.quantity, self.comparison, self.baseline, self.scope, self.series, self.days)

    @property
    def signed(self) -> Decimal | None:
        """Return the value, below 0 for a fall."""
        return -self.value if self.value is not None and self.direction == "down" else self.value

    @property
    def range(self) -> tuple[Decimal, Decimal]:
        """Return the least and the greatest value that the words allow, in the base unit of what is measured.

        A round number of tens of thousands is as exact as its last digit that is not 0: 10.8亿 may be 10.83亿.
        """
        factor = load_lexicon("measure_quantity").get(self.unit, "factor") if self.quantity in MEASURED else None
        least, greatest = self._bounds()
        return least * Decimal(factor or 1), greatest * Decimal(factor or 1)

    def _bounds(self) -> tuple[Decimal, Decimal]:
        value = self.signed
        if value is None:
            return (Decimal(0), _FAR) if self.direction != "down" else (-_FAR, Decimal(0))
        slack = _last_digit(value) / 2 if value and value % _ROUND == 0 else abs(value) / 1_000
        match self.bound:
            case "min":
                return (value - slack, _FAR) if value >= 0 else (-_FAR, value + slack)
            case "max":
                return (Decimal(0), value + slack) if value >= 0 else (value - slack, Decimal(0))
            case "approx":
                return value - abs(value) / 10 - slack, value + abs(value) / 10 + slack
            case _:
                return value - slack, value + slack

    @property
    def shown(self) -> str:
        """Return the number for people.

        >>> example = Claim("", "", "", "", "", "", "", "", "", "", "破案", Decimal(195), "起", "min", "", "a")
        >>> example.shown
        '≥ 195起'
        """
        sign = {"min": "≥ ", "max": "≤ ", "approx": "≈ "}.get(self.bound, "")
        arrow = {"up": "↑ ", "down": "↓ "}.get(self.direction, "")
        return f"{arrow}{sign}{'' if self.value is None else f'{self.value:f}'}{self.unit}"


def _last_digit(value: Decimal) -> Decimal:
    """Return the weight of the last digit that is not 0.

    >>> int(_last_digit(Decimal(1_080_000_000)))
    10000000
    """
    exponent = value.normalize().as_tuple().exponent
    return Decimal(10) ** (exponent if isinstance(exponent, int) else 0)


@dataclass(frozen=True, slots=True)
class Clash:
    """Claims that a check sets beside one another; ``en`` and ``zh`` say what the first should be, given the others."""

    check: str
    severity: Severity
    claim: Claim
    others: tuple[Claim, ...]
    en: str
    zh: str


def touches(one: Claim, other: Claim) -> bool:
    """Tell whether two numbers can both be so."""
    return one.range[0] <= other.range[1] and other.range[0] <= one.range[1]


def in_other_words(one: Claim, other: Claim) -> bool:
    """Tell whether two indicators of one slot are one: beside words for its aspect and fillers they say the same.

    Where those are all there is ("民警", "辅警"), they have to be the same themselves.
    """
    left = residue(one.indicator)
    if left != residue(other.indicator):
        return False
    return bool(left) or _fillers().sub("", one.indicator) == _fillers().sub("", other.indicator)


@lru_cache(maxsize=65536)
def residue(indicator: str) -> str:
    """Return the characters of an indicator, in order of code, that are neither fillers nor words for its aspect.

    What is counted of it, its aspect, two claims of one slot share already.

    >>> residue("刑事案件立案数") == residue("刑事立案") == residue("刑事发案"), residue("破获毒品目标案件")
    (True, '品标毒目')
    """
    return "".join(sorted(_told_already().sub("", indicator)))


@cache
def _fillers() -> re.Pattern[str]:
    return re.compile(rf"{alternation(load_lexicon('indicator_filler').rows)}|[\W_]")


@cache
def _told_already() -> re.Pattern[str]:
    words = {*load_lexicon("facet_aspect").rows, *load_lexicon("indicator_filler").rows}
    return re.compile(rf"{alternation(words)}|[\W_]")
