"""Findings that somebody has looked at and accepts, each with a reason.

A baseline is a TOML file::

    [[accepted]]
    id = "3f0c9a1b2d4e"
    reason = "The article itself prints 103%."
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path

from kg.errors import InputError
from kg.gate.finding import NOTHING, Finding, Report, merge
from kg.handed import read_handed


def read_baseline(path: Path) -> Mapping[str, str]:
    """Return the reasons by finding. Raises InputError where the file is malformed or an entry lacks its reason."""
    try:
        data = tomllib.loads(read_handed(path, "a baseline is TOML in UTF-8"))
    except tomllib.TOMLDecodeError as error:
        raise InputError(f"{path}: no TOML: {error}") from None
    if strange := sorted(data.keys() - {"accepted"}):
        raise InputError(
            f"{path}: {strange[0]} is nothing that a baseline has; it has [[accepted]], with id and reason"
        )
    entries = data.get("accepted", [])
    found: dict[str, str] = {}
    for number, entry in enumerate(entries if isinstance(entries, list) else [entries], 1):
        where = f"{path}, [[accepted]] {number}"
        if not isinstance(entry, dict):
            raise InputError(f"{where}: expected a table with id and reason")
        for name in ("id", "reason"):
            if not isinstance(entry.get(name), str) or not entry[name].strip():
                raise InputError(f"{where}: {name} is missing; every accepted finding has an id and a reason")
        if entry["id"] in found:
            raise InputError(f"{where}: {entry['id']} stands twice")
        found[entry["id"]] = entry["reason"]
    return found


def write_baseline(findings: Iterable[Finding], reason: str) -> str:
    """Return a baseline that accepts findings, all for one reason; what each one is stands above it."""
    parts = []
    for finding in findings:
        parts.append(
            f"# {finding.message_en}\n[[accepted]]\nid = {json.dumps(finding.id)}\n"
            f"reason = {json.dumps(reason, ensure_ascii=False)}\n"
        )
    return "\n".join(parts)


def apply_baseline(report: Report, accepted: Mapping[str, str]) -> Report:
    """Return the report with accepted findings apart, and a warning for each entry whose finding no longer occurs."""
    stale = [
        Finding(
            severity="warning",
            shape="Baseline",
            constraint="stale",
            focus=f"urn:pingan:finding:{id_}",
            fact=f"Accepted finding {id_}",
            field="",
            found=NOTHING,
            expected_en=f"it to occur still, or its entry to go ({reason})",
            expected_zh=f"该发现应仍存在,否则应删去此项({reason})",
        )
        for id_, reason in accepted.items()
        if all(finding.id != id_ for finding in report.findings)
    ]
    kept = tuple(finding for finding in report.findings if finding.id not in accepted)
    known = tuple(finding for finding in report.findings if finding.id in accepted)
    return merge([replace(report, findings=(*kept, *stale), accepted=(*report.accepted, *known))])
