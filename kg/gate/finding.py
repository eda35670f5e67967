"""What a gate says: findings, and the report that holds them.

A finding names the fact, the field, what was found and what was expected, in English and Chinese, and the place in the
article. A report says besides what was looked at, so that "nothing found" can be told from "nothing looked at".
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal

Severity = Literal["violation", "warning", "info"]
SEVERITIES: tuple[Severity, ...] = ("violation", "warning", "info")
"""From grave to slight."""

NOTHING = "—"
"""What was found where nothing stood."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where in an article: line and column count from 1; None where the article's text is not at hand."""

    article: str
    line: int | None = None
    column: int | None = None
    quote: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing that is not as it should be.

    ``shape`` and ``constraint`` say which check speaks ("Metric-value", "datatype"), ``focus`` is the node's IRI,
    ``fact`` its name for people. ``path`` and ``value`` are RDF terms as Turtle writes them.
    """

    severity: Severity
    shape: str
    constraint: str
    focus: str
    fact: str
    field: str
    found: str
    expected_en: str
    expected_zh: str
    place: Place | None = None
    path: str | None = None
    value: str | None = None

    @property
    def id(self) -> str:
        """Return what names this finding from run to run, whatever else is found."""
        article = self.place.article if self.place else ""
        node = self.focus.rsplit("/", 1)[-1]
        spelled = "\0".join((article, self.shape, self.constraint, node, self.field, self.found))
        return hashlib.sha256(spelled.encode("utf-8", "backslashreplace")).hexdigest()[:12]

    @property
    def message_en(self) -> str:
        """Return the finding as an English sentence."""
        subject = f"{self.fact}: {self.field}" if self.field else self.fact
        found = "nothing" if self.found == NOTHING else self.found
        return f"{subject}: found {found}; expected {self.expected_en}"

    @property
    def message_zh(self) -> str:
        """Return the finding as a Chinese sentence."""
        subject = f"{self.fact}:{self.field}" if self.field else self.fact
        found = "无" if self.found == NOTHING else self.found
        return f"{subject}:现为 {found};{self.expected_zh}"


def _order(finding: Finding) -> tuple[str, int, int, int, str, str, str, str, str, str]:
    place = finding.place or Place("")
    return (
        place.article,
        SEVERITIES.index(finding.severity),
        place.line or 0,
        place.column or 0,
        finding.shape,
        finding.constraint,
        finding.focus,
        finding.found,
        finding.expected_en,
        finding.value or "",
    )


@dataclass(frozen=True, slots=True)
class Report:
    """All that a gate found, and what it looked at.

    ``focus`` counts the nodes that each shape looked at. ``accepted`` are findings that a baseline let pass.
    """

    findings: tuple[Finding, ...] = ()
    articles: tuple[str, ...] = ()
    facts: int = 0
    focus: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))
    accepted: tuple[Finding, ...] = ()

    def of(self, severity: Severity) -> tuple[Finding, ...]:
        """Return the findings of one severity."""
        return tuple(finding for finding in self.findings if finding.severity == severity)

    def conforms(self, fail_on: Severity = "violation") -> bool:
        """Tell whether nothing as grave as ``fail_on`` was found."""
        worst = SEVERITIES.index(fail_on)
        return all(SEVERITIES.index(finding.severity) > worst for finding in self.findings)


def merge(reports: Iterable[Report]) -> Report:
    """Return one report of several, its findings in the order of articles, severity and place.

    >>> merge([]).conforms()
    True
    """
    findings: set[Finding] = set()
    accepted: set[Finding] = set()
    articles: set[str] = set()
    focus: dict[str, int] = {}
    facts = 0
    for report in reports:
        findings.update(report.findings)
        accepted.update(report.accepted)
        articles.update(report.articles)
        facts += report.facts
        for shape, count in report.focus.items():
            focus[shape] = focus.get(shape, 0) + count
    return Report(
        findings=tuple(sorted(findings, key=_order)),
        articles=tuple(sorted(articles)),
        facts=facts,
        focus=MappingProxyType(dict(sorted(focus.items()))),
        accepted=tuple(sorted(accepted, key=_order)),
    )
