"""A report as a line of text to be kept, and back, as long as the gate is the one that made it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from kg.gate.finding import Finding, Place, Report
from kg.resources import resource


def report_line(report: Report) -> str:
    r"""Return a report as one line.

    >>> read_report(report_line(Report(articles=("a\n",), facts=3))).articles
    ('a\n',)
    """
    spelled = {
        "gate": _version(),
        "findings": [asdict(one) for one in report.findings],
        "accepted": [asdict(one) for one in report.accepted],
        "articles": list(report.articles),
        "facts": report.facts,
        "focus": dict(report.focus),
    }
    return json.dumps(spelled, ensure_ascii=False, separators=(",", ":"))


def read_report(line: str) -> Report | None:
    """Return the report on a line; None where another gate made it, or it cannot be read.

    >>> read_report('{"gate": "another"}'), read_report("{")
    (None, None)
    """
    try:
        data = json.loads(line)
        if data["gate"] != _version():
            return None
        findings, accepted = (tuple(map(_finding, data[name])) for name in ("findings", "accepted"))
        return Report(findings, tuple(data["articles"]), data["facts"], MappingProxyType(data["focus"]), accepted)
    except (ValueError, KeyError, TypeError):
        return None


def _finding(data: Mapping[str, Any]) -> Finding:
    place = None if data["place"] is None else Place(**data["place"])
    return Finding(**{**data, "place": place})


@cache
def _version() -> str:
    """Return a digest of the gate's modules, the shapes and the ontology."""
    digest = hashlib.sha256()
    for folder in (Path(__file__).parent, resource("ontology")):
        for path in sorted(folder.rglob("*")):
            if path.suffix in (".py", ".ttl"):
                digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()[:24]
