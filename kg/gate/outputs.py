"""Reports for people and machines: text, JSON, SARIF, JUnit XML, GitHub annotations, a SHACL report as Turtle.

Enters: a Report and, where at hand, which file each article came from. Leaves: text; its bytes depend on these alone.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import quote
from xml.sax.saxutils import escape, quoteattr

from rdflib import SH

from kg.errors import UsageError
from kg.gate.finding import SEVERITIES, Finding, Report, Severity
from kg.gate.shapes import SHAPES
from kg.graph import software_name

Files = Mapping[str, str]
"""Where each article was read from, by its id."""

_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_NOT_IRI = re.compile(r"""[\x00-\x20<>"{}|^`\\]""")
_LEVELS: Mapping[Severity, str] = {"violation": "error", "warning": "warning", "info": "note"}
_COMMANDS: Mapping[Severity, str] = {"violation": "error", "warning": "warning", "info": "notice"}
_SARIF_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/schemas/sarif-schema-2.1.0.json"


def _where(finding: Finding, files: Files) -> str:
    if finding.place is None:
        return "-"
    parts = [files.get(finding.place.article, finding.place.article)]
    parts += [str(n) for n in (finding.place.line, finding.place.column) if n is not None]
    return ":".join(parts)


def _rule(finding: Finding) -> str:
    return f"{finding.shape}/{finding.constraint}"


def _summary(report: Report) -> str:
    counts = ", ".join(f"{len(report.of(severity))} {severity}" for severity in SEVERITIES)
    accepted = f", {len(report.accepted)} accepted" if report.accepted else ""
    return (
        f"{counts}{accepted} in {len(report.articles)} articles, {report.facts} facts; "
        f"{len(report.focus)} shapes looked at {sum(report.focus.values())} nodes"
    )


def _text(report: Report, files: Files, fail_on: Severity) -> str:
    lines = []
    for finding in report.findings:
        lines.append(f"{_where(finding, files)}: {finding.severity} {_rule(finding)} [{finding.id}]")
        lines += [f"    {finding.message_en}", f"    {finding.message_zh}"]
        if finding.place and finding.place.quote:
            lines.append(f"    > {' '.join(finding.place.quote.split())}")
    lines.append(f"{'conforms' if report.conforms(fail_on) else 'refused'}: {_summary(report)}")
    return "\n".join(lines) + "\n"


def finding_to_dict(finding: Finding) -> dict[str, Any]:
    """Return a finding as JSON has it."""
    place = finding.place
    return {
        "id": finding.id,
        "severity": finding.severity,
        "shape": finding.shape,
        "constraint": finding.constraint,
        "focus": finding.focus,
        "fact": finding.fact,
        "field": finding.field,
        "found": finding.found,
        "expected": {"en": finding.expected_en, "zh": finding.expected_zh},
        "message": {"en": finding.message_en, "zh": finding.message_zh},
        "article": place.article if place else None,
        "line": place.line if place else None,
        "column": place.column if place else None,
        "quote": place.quote if place else None,
    }


def _json(report: Report, files: Files, fail_on: Severity) -> str:
    data = {
        "conforms": report.conforms(fail_on),
        "failOn": fail_on,
        "articles": list(report.articles),
        "facts": report.facts,
        "counts": {severity: len(report.of(severity)) for severity in SEVERITIES},
        "focus": dict(report.focus),
        "findings": [finding_to_dict(finding) for finding in report.findings],
        "accepted": [finding_to_dict(finding) for finding in report.accepted],
    }
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def _location(finding: Finding, files: Files) -> dict[str, Any]:
    place = finding.place
    logical = {"logicalLocations": [{"fullyQualifiedName": finding.focus}]}
    if place is None:
        return logical
    physical: dict[str, Any] = {"artifactLocation": {"uri": quote(files.get(place.article, place.article))}}
    if place.line is not None and place.column is not None:
        physical["region"] = {"startLine": place.line, "startColumn": place.column}
        if place.quote:
            physical["region"]["snippet"] = {"text": place.quote}
    return {"physicalLocation": physical, **logical}


def _sarif_result(finding: Finding, files: Files, rules: list[str]) -> dict[str, Any]:
    return {
        "ruleId": _rule(finding),
        "ruleIndex": rules.index(_rule(finding)),
        "level": _LEVELS[finding.severity],
        "message": {"text": f"{finding.message_en}\n{finding.message_zh}"},
        "locations": [_location(finding, files)],
        "partialFingerprints": {"pinganKg/v1": finding.id},
    }


def _sarif(report: Report, files: Files, fail_on: Severity) -> str:
    every = (*report.findings, *report.accepted)
    rules = sorted({_rule(finding) for finding in every})
    expected = {_rule(finding): finding for finding in reversed(every)}
    results = [_sarif_result(finding, files, rules) for finding in report.findings]
    for finding in report.accepted:
        results.append({**_sarif_result(finding, files, rules), "suppressions": [{"kind": "external"}]})
    driver = {
        "name": "pingan-kg",
        "informationUri": "https://w3id.org/pingan/ontology",
        "rules": [
            {
                "id": rule,
                "shortDescription": {"text": rule},
                "fullDescription": {"text": f"{expected[rule].expected_en}\n{expected[rule].expected_zh}"},
            }
            for rule in rules
        ],
    }
    version = software_name().partition(" ")[2]
    if version:
        driver["version"] = version
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}
    return (
        json.dumps({"$schema": _SARIF_SCHEMA, "version": "2.1.0", "runs": [run]}, ensure_ascii=False, indent=1) + "\n"
    )


def _xml_text(text: str) -> str:
    return _NOT_XML.sub("\ufffd", text)


def _junit_case(finding: Finding, files: Files, fail_on: Severity) -> str:
    name = f"{_rule(finding)} {finding.fact}"
    head = (
        f"    <testcase classname={quoteattr(_xml_text(_where(finding, files)))} name={quoteattr(_xml_text(name))}>\n"
    )
    body = escape(_xml_text(f"{finding.message_en}\n{finding.message_zh}"))
    if SEVERITIES.index(finding.severity) <= SEVERITIES.index(fail_on):
        message = quoteattr(_xml_text(finding.message_en))
        said = f"      <failure type={quoteattr(finding.severity)} message={message}>{body}</failure>\n"
    else:
        said = f"      <system-out>{body}</system-out>\n"
    return f"{head}{said}    </testcase>\n"


def _junit(report: Report, files: Files, fail_on: Severity) -> str:
    by_article: dict[str, list[Finding]] = {article: [] for article in report.articles}
    for finding in report.findings:
        by_article.setdefault(finding.place.article if finding.place else "", []).append(finding)
    suites = []
    for article, findings in sorted(by_article.items()):
        name = quoteattr(_xml_text(article or "gate"))
        cases = [_junit_case(finding, files, fail_on) for finding in findings]
        cases = cases or [f'    <testcase classname={name} name="gate"/>\n']
        failures = sum("<failure " in case for case in cases)
        counts = f'tests="{len(cases)}" failures="{failures}"'
        suites.append(f"  <testsuite name={name} {counts}>\n{''.join(cases)}  </testsuite>\n")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="kg check">\n{"".join(suites)}</testsuites>\n'


def _github_data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _github_property(text: str) -> str:
    return _github_data(text).replace(":", "%3A").replace(",", "%2C")


def _github(report: Report, files: Files, fail_on: Severity) -> str:
    lines = []
    for finding in report.findings:
        properties = [f"title={_github_property(_rule(finding))}"]
        if finding.place:
            file = files.get(finding.place.article, finding.place.article)
            properties = [f"file={_github_property(file)}", *properties]
            if finding.place.line is not None:
                properties[1:1] = [f"line={finding.place.line}", f"col={finding.place.column}"]
        message = _github_data(f"{finding.message_en}\n{finding.message_zh}")
        lines.append(f"::{_COMMANDS[finding.severity]} {','.join(properties)}::{message}\n")
    return "".join(lines)


def _turtle_string(text: str) -> str:
    return json.dumps(_NOT_XML.sub("\ufffd", text), ensure_ascii=False)


def _turtle(report: Report, files: Files, fail_on: Severity) -> str:
    results = []
    for finding in report.findings:
        component = finding.constraint[:1].upper() + finding.constraint[1:]
        lines = ["a sh:ValidationResult", f"sh:focusNode {_node(finding.focus)}"]
        lines += [f"sh:resultPath {finding.path}"] if finding.path else []
        lines += [f"sh:value {finding.value}"] if finding.value and not finding.value.startswith("_:") else []
        lines += [
            f"sh:resultSeverity sh:{finding.severity.capitalize()}",
            f"sh:sourceShape <{SHAPES}{quote(finding.shape)}>",
            f"sh:sourceConstraintComponent {_component(component)}",
            f"sh:resultMessage {_turtle_string(finding.message_en)}@en , {_turtle_string(finding.message_zh)}@zh",
        ]
        results.append("    sh:result [\n        " + " ;\n        ".join(lines) + "\n    ]")
    conforms = str(not report.findings).lower()
    body = " ;\n".join(["[] a sh:ValidationReport", f"    sh:conforms {conforms}", *results])
    return f"@prefix sh: <http://www.w3.org/ns/shacl#> .\n\n{body} .\n"


def _node(iri: str) -> str:
    if ":" not in iri:
        return "[]"
    return f"<{_NOT_IRI.sub(lambda found: quote(found[0], safe=''), iri)}>"


def _component(component: str) -> str:
    name = f"{component}ConstraintComponent"
    return f"sh:{name}" if name in SH else f"<{SHAPES}{component}>"


_WRITERS: Mapping[str, Callable[[Report, Files, Severity], str]] = {
    "text": _text,
    "json": _json,
    "sarif": _sarif,
    "junit": _junit,
    "github": _github,
    "turtle": _turtle,
}
FORMATS = tuple(_WRITERS)
"""What ``render`` writes."""


def render(report: Report, format: str = "text", files: Files | None = None, fail_on: Severity = "violation") -> str:
    """Return a report in a format; ``files`` says where articles were read from, ``fail_on`` what is a failure.

    Raises UsageError for an unknown format.

    >>> print(render(Report(articles=("a",), facts=1)), end="")
    conforms: 0 violation, 0 warning, 0 info in 1 articles, 1 facts; 0 shapes looked at 0 nodes
    """
    if format not in _WRITERS:
        raise UsageError(f'no report format "{format}"; there are {", ".join(FORMATS)}')
    return _WRITERS[format](report, files or {}, fail_on)
