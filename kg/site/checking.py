"""The gate's report for a site: article by article, in several processes, and kept until the article changes.

Enters: a store, and what an earlier build found. Leaves: one report, and what to keep. The gate takes a twentieth of a
second an article, which is most of the time of a site's first build.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from concurrent.futures import Executor, Future
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from kg.article import Article
from kg.audit import audit_graph, corrected_claims, still_there
from kg.gate import Finding, Place, Report, merge
from kg.pipeline import excuse
from kg.resources import resource
from kg.site.writing import digest_of
from kg.store import Store

_AT_ONCE = 16

Spelled = dict[str, Any]
"""A report as JSON."""

Work = tuple[str, bytes, str]
"""A graph's name, its statements, and the text of its article, "" where that is not at hand."""


@dataclass(frozen=True, slots=True)
class Checking:
    """Reports that are known, by graph with the digest of what was looked at, and those that are being made."""

    known: Mapping[str, tuple[str, Spelled]]
    digests: Mapping[str, str]
    made: Sequence[tuple[tuple[str, ...], Future[list[Spelled]]]]
    store: Store

    def done(self) -> tuple[Report, str]:
        """Wait for all reports; return them as one, and the text to keep for the next build."""
        reports = {graph: report for graph, (_, report) in self.known.items()}
        for graphs, future in self.made:
            reports |= dict(zip(graphs, future.result(), strict=True))
        kept = {graph: {"digest": self.digests[graph], "report": reports[graph]} for graph in sorted(reports)}
        read = (_report(reports[graph]) for graph in sorted(reports))
        report = excuse(merge(read), corrected_claims(self.store))
        return report, json.dumps(kept, ensure_ascii=False, separators=(",", ":")) + "\n"


def start_checking(store: Store, before: str, pool: Executor) -> Checking:
    """Begin to look at the articles that have changed since ``before`` was written, "" for all."""
    texts = {article.id: article for article in still_there(store)}
    old = _read(before)
    known: dict[str, tuple[str, Spelled]] = {}
    digests: dict[str, str] = {}
    waiting: list[Work] = []
    present = set(store.graphs())
    for held in sorted(store.held.values(), key=lambda one: one.graph):
        if held.graph not in present:
            continue
        article: Article | None = texts.get(held.id)
        text = article.text if article else ""
        # An article's graph follows from what its digest covers; a refused one keeps the graph of before.
        graph = store.dump(held.graph) if held.refused or held.graph not in old else b""
        digest = digest_of(held.digest, _program(), text, graph if held.refused else b"")
        digests[held.graph] = digest
        if held.graph in old and old[held.graph][0] == digest:
            known[held.graph] = old[held.graph]
        else:
            waiting.append((held.graph, graph or store.dump(held.graph), text))
    parts = [waiting[at : at + _AT_ONCE] for at in range(0, len(waiting), _AT_ONCE)]
    made = [(tuple(graph for graph, _, _ in part), pool.submit(check_some, part)) for part in parts]
    return Checking(known, digests, made, store)


def check_some(work: Sequence[Work]) -> list[Spelled]:
    """Return the gate's reports on some graphs, as what another process can be sent."""
    return [_spell(audit_graph(nquads, graph, [text] if text else [])) for graph, nquads, text in work]


@cache
def _program() -> str:
    folders = (Path(__file__).parent.parent / "gate", resource("ontology"))
    files = [path for folder in folders for path in sorted(folder.rglob("*")) if path.suffix in (".py", ".ttl")]
    return digest_of(*(path.read_bytes() for path in files))


def _spell(report: Report) -> Spelled:
    data = {"findings": [asdict(one) for one in report.findings], "accepted": [asdict(one) for one in report.accepted]}
    return {**data, "articles": list(report.articles), "facts": report.facts, "focus": dict(report.focus)}


def _read(text: str) -> dict[str, tuple[str, Spelled]]:
    """Return reports as they were kept; nothing where that cannot be read."""
    try:
        return {graph: (one["digest"], one["report"]) for graph, one in json.loads(text or "{}").items()}
    except (ValueError, KeyError, TypeError):
        return {}


def _report(data: Spelled) -> Report:
    findings, accepted = (tuple(map(_finding, data[name])) for name in ("findings", "accepted"))
    return Report(findings, tuple(data["articles"]), data["facts"], MappingProxyType(data["focus"]), accepted)


def _finding(data: Mapping[str, Any]) -> Finding:
    place = None if data["place"] is None else Place(**data["place"])
    return Finding(**{**data, "place": place})
