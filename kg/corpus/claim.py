"""Claims side by side: numbers as ranges, slots, and what sets two of them apart.

Claims meet in their slots (``kg.facts.slot``): the same thing of the same agency for the same days. A number is a range
by its bound, and two ranges that touch do not contradict each other.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from kg.facts.slot import MEASURED
from kg.gate.finding import Severity
from kg.reporting import base_factor, gist

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
        factor = base_factor(self.unit) if self.quantity in MEASURED else Decimal(1)
        least, greatest = self._bounds()
        return least * factor, greatest * factor

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
    """Tell whether two indicators of one slot are one: beside words for its aspect and fillers they say the same."""
    return gist(one.indicator) == gist(other.indicator)
