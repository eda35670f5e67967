"""A gate's report as text for people, and as JSON.

Enters: a Report. Leaves: one string.
"""

from __future__ import annotations

import json
from collections.abc import Iterator

from kg.gate import SEVERITIES, Finding, Place, Report

MOST = 100
"""How many findings the text shows."""


def spell_place(place: Place | None) -> str:
    """Return "article:line:column: " as far as it is known.

    >>> spell_place(Place("binzhou-2020", 12, 3)), spell_place(Place("binzhou-2020")), spell_place(None)
    ('binzhou-2020:12:3: ', 'binzhou-2020: ', '')
    """
    if place is None:
        return ""
    where = "" if place.line is None else f":{place.line}" + ("" if place.column is None else f":{place.column}")
    return f"{place.article}{where}: "


def text_report(report: Report) -> str:
    """Return a line a finding, its words below, and what was looked at; the gravest first where there are many."""
    return "".join(f"{line}\n" for line in _lines(report))


def _lines(report: Report) -> Iterator[str]:
    graded = [finding for severity in SEVERITIES for finding in report.of(severity)]
    for finding in graded[:MOST]:
        yield f"{spell_place(finding.place)}{finding.severity}: {finding.message_en}"
        yield f"    {finding.message_zh}"
        if finding.place and finding.place.quote:
            yield f"    “{' '.join(finding.place.quote.split())}”"
    if len(graded) > MOST:
        yield f"... and {len(graded) - MOST} more; --format json has all"
    counts = ", ".join(f"{len(report.of(severity))} {severity}s" for severity in SEVERITIES)
    verdict = "conforms" if report.conforms() else "does not conform"
    looked = f"{len(report.articles)} articles, {report.facts} facts, {sum(report.focus.values())} focus nodes"
    yield f"{verdict}: {looked}; {counts}"


def json_report(report: Report) -> str:
    """Return the whole report as one JSON object."""
    data = {
        "conforms": report.conforms(),
        "articles": list(report.articles),
        "facts": report.facts,
        "focus": dict(report.focus),
        "findings": [_finding(finding) for finding in report.findings],
        "accepted": [_finding(finding) for finding in report.accepted],
    }
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def _finding(finding: Finding) -> dict[str, object]:
    place = finding.place
    return {
        "id": finding.id,
        "severity": finding.severity,
        "article": place and place.article,
        "line": place and place.line,
        "column": place and place.column,
        "quote": place and place.quote,
        "fact": finding.fact,
        "field": finding.field,
        "found": finding.found,
        "expected": {"en": finding.expected_en, "zh": finding.expected_zh},
        "message": {"en": finding.message_en, "zh": finding.message_zh},
        "shape": finding.shape,
        "constraint": finding.constraint,
        "focus": finding.focus,
        "path": finding.path,
        "value": finding.value,
    }
