"""The gate's report for a site: article by article, in several processes, and kept until the article changes.

Enters: a store, and what an earlier build found. Leaves: one report, and what to keep; and the store's statements,
because the graphs that the gate looks at are all that a site is made of. The gate takes a twentieth of a second an
article, which is a third of the time of a site's first build.
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

from kg.audit import corrected_claims, still_there
from kg.gate import Finding, Place, Report, check_graph, merge, read_triples
from kg.pipeline import excuse
from kg.resources import resource
from kg.site.statements import Statements
from kg.site.writing import digest_of
from kg.store import Store

_AT_ONCE = 16

Spelled = dict[str, Any]
"""A report as JSON."""

Work = tuple[str, bytes, str]
"""A graph's name, its statements, and the text of its article, "" where that is not at hand."""


_WAITING = 6
"""Parts that are sent out and not yet looked at, at most: a part is ten megabytes."""


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


def start_checking(store: Store, before: str, pool: Executor, statements: Statements) -> Checking:
    """Read a store's graphs into ``statements``, and begin to look at the articles among them.

    Those are passed over that have not changed since ``before`` was written, "" for none.
    """
    texts = {article.id: article.text for article in still_there(store)}
    of_graph = {held.graph: held for held in store.held.values()}
    old = _read(before)
    known: dict[str, tuple[str, Spelled]] = {}
    digests: dict[str, str] = {}
    parts = _Parts(pool)
    for graph in store.graphs():
        ntriples = store.triples(graph)
        statements.add(ntriples)
        held = of_graph.get(graph)
        if held is None:
            continue
        text = texts.get(held.id, "")
        # An article's graph follows from what its digest covers; a refused one keeps the graph of before.
        own = b"".join(sorted(ntriples.splitlines(keepends=True))) if held.refused else b""
        digests[graph] = digest_of(held.digest, _program(), text, own)
        if graph in old and old[graph][0] == digests[graph]:
            known[graph] = old[graph]
        else:
            parts.add((graph, ntriples, text))
    return Checking(known, digests, parts.all(), store)


class _Parts:
    """Sends work out in parts, no faster than it is done: read graphs would fill the memory."""

    def __init__(self, pool: Executor) -> None:
        self._pool = pool
        self._part: list[Work] = []
        self._sent: list[tuple[tuple[str, ...], Future[list[Spelled]]]] = []

    def add(self, work: Work) -> None:
        self._part.append(work)
        if len(self._part) == _AT_ONCE:
            self._send()

    def all(self) -> Sequence[tuple[tuple[str, ...], Future[list[Spelled]]]]:
        if self._part:
            self._send()
        return self._sent

    def _send(self) -> None:
        if len(self._sent) >= _WAITING:
            self._sent[-_WAITING][1].result()
        self._sent.append((tuple(graph for graph, _, _ in self._part), self._pool.submit(check_some, self._part)))
        self._part = []


def check_some(work: Sequence[Work]) -> list[Spelled]:
    """Return the gate's reports on some graphs, as what another process can be sent."""
    return [
        _spell(check_graph(read_triples(ntriples, graph), [text] if text else [])) for graph, ntriples, text in work
    ]


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
