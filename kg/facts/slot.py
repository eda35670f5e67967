"""Slots: what a number is the value of, so that claims of different articles about the same thing meet.

Enters: a metric, the key of its agency, the series of its campaign. Leaves: a string that two metrics share when they
tell the same thing of the same agency for the same days: facets where the indicator has both, else its words.
"""

from __future__ import annotations

import re

from kg.facts.facet import read_facets
from kg.facts.identity import Identity
from kg.facts.model import Metric, Period
from kg.mentions.lexicon import load_lexicon
from kg.values.succession import lasting_code

MEASURED = frozenset({"area", "data-size", "electricity", "length", "mass", "speed", "time", "volume"})
"""Quantities whose units convert into one another; of things that are counted, each measure word counts its own."""

_ALIKE = {
    **dict.fromkeys("起件宗", "case"),
    **dict.fromkeys("人名位", "person"),
    **dict.fromkeys("个家所", "object"),
    **dict.fromkeys(("位次", "个位次", "名次"), "position"),
    **dict.fromkeys(("百分点", "个百分点"), "points"),
}
"""Measure words between which writers choose freely."""

_NO_WORD = re.compile(r"[\W_]+|(?<=.)(?:总数|数量|数)$")


def slot_of(metric: Metric, agency: Identity | None, series: str | None = None) -> str | None:
    """Return the slot of a metric, None where its agency or its days are unknown.

    >>> from datetime import date
    >>> year = Period(date(2020, 1, 1), date(2020, 12, 31))
    >>> metric = Metric(article="a", evidence=(), bureau="温州市公安局", indicator="命案破案率", kind="share",
    ...     value=None, unit="%", period=year)
    >>> slot_of(metric, Identity("330300"))
    '330300|homicide/clearance-rate|share|%|||||2020-01-01/2020-12-31'
    """
    if metric.bureau is None or metric.period is None:
        return None
    key = metric.bureau if agency is None else Identity(lasting_code(agency.code), agency.unit).key
    parts = (
        key,
        what_of(metric),
        metric.kind,
        _quantity(metric),
        metric.comparison,
        _days(metric.baseline),
        metric.scope,
        series,
        _days(metric.period),
    )
    return "|".join((part or "").replace("|", "/") for part in parts)


def _quantity(metric: Metric) -> str | None:
    if metric.kind == "rank":
        return "position"
    quantity = load_lexicon("measure_quantity").get(metric.unit or "", "quantity")
    return quantity if quantity in MEASURED else _ALIKE.get(metric.unit or "", metric.unit)


def what_of(metric: Metric) -> str:
    """Return what a metric measures: its facets, or the words of its indicator where it has not both.

    >>> what_of(Metric(article="a", evidence=(), bureau=None, indicator="某某数", kind="count", value=None, unit="个"))
    '某某'
    """
    facets = read_facets(metric.indicator, metric.unit, metric.kind)
    if facets.subject and facets.aspect:
        return f"{facets.subject}/{facets.aspect}"
    return _NO_WORD.sub("", metric.indicator)


def _days(period: Period | None) -> str:
    return "" if period is None else f"{period.start}/{period.end}"
