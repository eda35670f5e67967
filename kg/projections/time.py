"""Periods and streaks in OWL-Time: intervals between days, durations in years and months.

A period holds its first and its last day; the instants that begin and end the interval are days, not moments, so that
both belong to it.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from kg.exports import RDF_TYPE, Triple
from kg.projections.nodes import Nodes, iri, literal, pa, plain

TIME = "http://www.w3.org/2006/time#"
_UNITS = {"年": "unitYear", "个月": "unitMonth", "月": "unitMonth", "周": "unitWeek", "天": "unitDay", "日": "unitDay"}
_CLAIMS = ("Metric", "Honor", "Participation")


def time(name: str) -> str:
    """Return a term of OWL-Time."""
    return iri(TIME + name)


def time_intervals(nodes: Nodes, base: str) -> Iterator[Triple]:
    """Give intervals, instants and durations, and which claim has which."""
    for period in nodes.of_class(pa("Period")):
        yield from interval(nodes, period, base)
    for streak in nodes.of_class(pa("Streak")):
        yield from _duration(nodes, streak)
    for kind in _CLAIMS:
        for claim in nodes.of_class(pa(kind)):
            yield from ((claim, time("hasTime"), period) for period in nodes.all(claim, pa("period")))
            yield from ((claim, time("hasDuration"), streak) for streak in nodes.all(claim, pa("streak")))


def interval(nodes: Nodes, period: str, base: str) -> Iterator[Triple]:
    """Give a period as an interval from its first to its last day."""
    first, last = nodes.one(period, pa("start")), nodes.one(period, pa("end"))
    if first is None or last is None:
        return
    yield period, RDF_TYPE, time("ProperInterval")
    for day, edge in ((first, "hasBeginning"), (last, "hasEnd")):
        instant = iri(f"{base}day/{plain(day)}")
        yield period, time(edge), instant
        yield instant, RDF_TYPE, time("Instant")
        yield instant, time("inXSDDate"), day
    days = (date.fromisoformat(plain(last)) - date.fromisoformat(plain(first))).days + 1
    yield period, time("hasXSDDuration"), literal(f"P{days}D", "duration")


def _duration(nodes: Nodes, streak: str) -> Iterator[Triple]:
    number, unit = nodes.one(streak, pa("n")), nodes.one(streak, pa("unit"))
    if number is None or unit is None:
        return
    yield streak, RDF_TYPE, time("Duration")
    yield streak, time("numericDuration"), literal(plain(number), "decimal")
    if plain(unit) in _UNITS:
        yield streak, time("unitType"), time(_UNITS[plain(unit)])
