"""Arithmetic: numbers of one statement that determine each other, held against what is said.

Enters: claims. Leaves: clashes where a rate does not follow from the counts that it is made of, a fall in percent not
from the fall in cases, a mean a day not from the whole, and "同比" stands beside another year than the one before. Each
is information: the words may leave out what would explain it, such as cases of earlier years among those solved.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal

from kg.corpus.claim import Claim, Clash
from kg.facts.cue import cue
from kg.reporting import residue

_FILED = ("filed", "occurred")
_HUNDRED = Decimal(100)

Key = tuple[str, str, str, str]


def _exact(claim: Claim) -> bool:
    return claim.value is not None and claim.bound == "exact"


def _subject(claim: Claim) -> str:
    return claim.what.partition("/")[0]


def _aspect(claim: Claim) -> str:
    return claim.what.partition("/")[2]


def _only(claims: Sequence[Claim]) -> Claim | None:
    """Return the claim of a list that says one thing, None where several numbers compete."""
    return claims[0] if claims and len({(claim.value, claim.direction) for claim in claims}) == 1 else None


def rates_of_counts(claims: Iterable[Claim]) -> Iterator[Clash]:
    """Yield clearance rates that are not what the cases solved are of the cases filed."""
    counts: dict[tuple[Key, str], list[Claim]] = defaultdict(list)
    rates: list[Claim] = []
    for claim in claims:
        if not _exact(claim):
            continue
        if claim.kind == "share" and _aspect(claim) == "clearance-rate":
            rates.append(claim)
        elif claim.kind == "count" and _aspect(claim) in (*_FILED, "solved"):
            counts[_key(claim), _aspect(claim)].append(claim)
    for rate in rates:
        solved = _only(counts.get((_key(rate), "solved"), ()))
        filed = next((one for name in _FILED if (one := _only(counts.get((_key(rate), name), ())))), None)
        if solved is None or filed is None or not filed.value or solved.value is None or rate.value is None:
            continue
        follows = solved.value / filed.value * _HUNDRED
        if abs(follows - rate.value) > 1:
            yield Clash(
                "rate-of-counts", "info", rate, (filed, solved),
                f"{follows:.1f}%, which the cases solved are of those filed, unless some are of earlier years",
                f"按立案(发案)与破案数推得 {follows:.1f}%,破获往年案件者除外",
            )  # fmt: skip


def _key(claim: Claim) -> Key:
    return claim.agency, _subject(claim), residue(claim.indicator), claim.days


def changes_of_rates(claims: Iterable[Claim]) -> Iterator[Clash]:
    """Yield changes of a clearance rate in percent that do not follow from those of cases solved and filed."""
    changes: dict[tuple[object, ...], list[Claim]] = defaultdict(list)
    for claim in claims:
        if claim.kind == "change" and claim.unit == "%" and _exact(claim):
            changes[(*_key(claim), claim.comparison, claim.baseline, _aspect(claim))].append(claim)
    for key, some in sorted(changes.items(), key=str):
        if key[-1] != "clearance-rate":
            continue
        rate, solved = _only(some), _only(changes.get((*key[:-1], "solved"), ()))
        filed = next((one for name in _FILED if (one := _only(changes.get((*key[:-1], name), ())))), None)
        if rate is None or solved is None or filed is None:
            continue
        now = _factor(filed)
        if now <= 0:
            continue
        follows = (_factor(solved) / now - 1) * _HUNDRED
        if abs(follows - (rate.signed or 0)) > max(Decimal(2), abs(follows) / 20):
            yield Clash(
                "rate-change", "info", rate, (filed, solved),
                f"{follows:+.1f}%, which follows from cases filed and solved, unless points of percentage are meant",
                f"由立案、破案数的变化推得 {follows:+.1f}%;所指为百分点者除外",
            )  # fmt: skip


def _factor(change: Claim) -> Decimal:
    return 1 + (change.signed or Decimal(0)) / _HUNDRED


def falls_in_both(claims: Iterable[Claim]) -> Iterator[Clash]:
    """Yield changes in percent that do not fit the change in cases or persons and the figure that is left."""
    percents: dict[Key, list[Claim]] = defaultdict(list)
    numbers: dict[Key, list[Claim]] = defaultdict(list)
    levels: dict[Key, list[Claim]] = defaultdict(list)
    for claim in claims:
        if not _exact(claim):
            continue
        key = (claim.agency, claim.what, residue(claim.indicator), claim.days)
        if claim.kind == "change" and claim.unit == "%":
            percents[key].append(claim)
        elif claim.kind == "change":
            numbers[key].append(claim)
        elif claim.kind in ("count", "money"):
            levels[key].append(claim)
    for key, some in sorted(percents.items()):
        percent, number, level = _only(some), _only(numbers.get(key, ())), _only(levels.get(key, ()))
        if percent is None or number is None or level is None or number.unit != level.unit:
            continue
        difference = number.signed or Decimal(0)
        before = (level.value or Decimal(0)) - difference
        if before <= 0:
            continue
        follows = difference / before * _HUNDRED
        if abs(follows - (percent.signed or 0)) > max(Decimal("0.6"), abs(follows) / 50):
            yield Clash(
                "change-change", "info", percent, (number, level),
                f"{follows:+.1f}%, which follows from the change in {number.unit} and the figure that is left",
                f"由增减数与现数推得 {follows:+.1f}%",
            )  # fmt: skip


def means_a_day(claims: Iterable[Claim]) -> Iterator[Clash]:
    """Yield means a day that are far from the whole divided by the days."""
    wholes: dict[Key, list[Claim]] = defaultdict(list)
    means: list[tuple[Claim, str]] = []
    for claim in claims:
        if claim.kind != "count" or claim.value is None:
            continue
        if (told := cue("corpus-a-day").match(claim.indicator)) is not None:
            means.append((claim, claim.indicator[told.end() :]))
        else:
            wholes[claim.agency, claim.indicator, claim.unit, claim.days].append(claim)
    for mean, indicator in means:
        whole = _only(wholes.get((mean.agency, indicator, mean.unit, mean.days), ()))
        if whole is None or whole.value is None or mean.value is None:
            continue
        follows = whole.value / _length(whole.days)
        if abs(follows - mean.value) > follows / 10:
            yield Clash(
                "mean-a-day", "info", mean, (whole,),
                f"about {follows:.0f}{mean.unit}, the whole divided by {_length(whole.days)} days",
                f"约 {follows:.0f}{mean.unit}(总数除以 {_length(whole.days)} 天)",
            )  # fmt: skip


def _length(days: str) -> int:
    start, end = (date.fromisoformat(day) for day in days.split("/"))
    return (end - start).days + 1


def years_before(claims: Iterable[Claim], quotes: Mapping[str, str]) -> Iterator[Clash]:
    """Yield changes that are said to be against the same time of the year before, and against another named time."""
    for claim in claims:
        if claim.kind != "change" or claim.comparison != "base" or not claim.baseline:
            continue
        # The quote of a change ends with it: 同比 in a clause before belongs to another ("同比下降9%,较2016年降三成").
        said = cue("corpus-against-the-year-before").search(quotes.get(claim.iri, "")) is not None
        if said and int(claim.days[:4]) - int(claim.baseline[:4]) > 1:
            yield Clash(
                "yoy-against-other-year", "info", claim, (),
                f"“同比” only against the year before; the change is measured against {claim.baseline}",
                f"“同比”应与上年同期相比,此处基期为 {claim.baseline}",
            )  # fmt: skip
