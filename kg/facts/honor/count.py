"""Counts of the honoured: how many got an award of which one is named has the time of that one's.

Enters: Honor and Metric facts of one article. Leaves: the metrics, "17个集体" of 某队等17个集体当选“先进集体” with the
period of the honor.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from kg.facts.model import Honor, Metric


def with_award_times(metrics: Sequence[Metric], honors: Sequence[Honor]) -> Iterator[Metric]:
    r"""Yield the metrics, those that count who got an award of a named one with its period.

    >>> from kg.article import article_of
    >>> from kg.extraction import find_facts
    >>> text = "发布时间:2018-05-23\n\n20日下午,表彰大会举行。会上,宁陕县公安局等17个集体被评为“先进集体”。"
    >>> honor, metric = find_facts(article_of(text))[-2:]
    >>> metric.period == honor.period, str(metric.period.start)
    (True, '2018-05-20')
    """
    ends = {place.end: honor for honor in honors for place in honor.evidence}
    for metric in metrics:
        honor = ends.get(metric.evidence[0].end) if metric.kind == "count" else None
        if honor is None or honor.period is None or metric.period == honor.period:
            yield metric
            continue
        words = next((words for field, words in honor.derivation.context if field == "period"), "")
        told = tuple((f, w) for f, w in metric.derivation.context if f != "period")
        derivation = replace(metric.derivation, context=(*told, ("period", words)))
        yield replace(metric, period=honor.period, derivation=derivation)
