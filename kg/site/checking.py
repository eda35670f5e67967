"""The gate's report for a site: what the gate found in each article when it was read, or finds now.

Enters: a store. Leaves: one report. The store keeps what the gate found; an article is looked at again where it has not
kept that, as for one that is refused and keeps the graph of before, or where the gate has changed since. That takes a
tenth of a second an article.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Executor, Future
from dataclasses import dataclass, replace

from kg.audit import corrected_claims, still_there
from kg.gate import Report, check_graph, merge, read_report, read_triples
from kg.pipeline import excuse
from kg.store import Store

_AT_ONCE = 16
_WAITING = 6
"""Parts that are sent out and not yet looked at, at most: a part is ten megabytes."""

Work = tuple[str, bytes, str]
"""A graph's name, its statements, and the text of its article, "" where that is not at hand."""


@dataclass(frozen=True, slots=True)
class Checking:
    """Reports that are known, and those that are being made."""

    known: Sequence[Report]
    made: Sequence[Future[list[Report]]]
    store: Store

    def done(self) -> Report:
        """Wait for all reports, and return them as one."""
        read = [*self.known, *(report for future in self.made for report in future.result())]
        return excuse(merge(read), corrected_claims(self.store))


def start_checking(store: Store, pool: Executor) -> Checking:
    """Read what a store has kept of the gate's reports, and begin to look at the articles of which it has not."""
    kept, lacking = kept_reports(store)
    texts = {article.id: article.text for article in still_there(store)} if lacking else {}
    made: list[Future[list[Report]]] = []
    for part in _parts(store, lacking, texts):
        if len(made) >= _WAITING:
            made[-_WAITING].result()  # no faster than it is done: read graphs would fill the memory
        made.append(pool.submit(check_some, part))
    return Checking(tuple(kept.values()), made, store)


def kept_reports(store: Store) -> tuple[Mapping[str, Report], Mapping[str, str]]:
    """Return the gate's reports that a store has kept, and the graphs of articles of which it has not, by article."""
    kept = {id: report for id, line in store.found().items() if (report := read_report(line))}
    graphs = set(store.graphs())
    return kept, {held.id: held.graph for held in store.held.values() if held.id not in kept and held.graph in graphs}


def _parts(store: Store, graphs: Mapping[str, str], texts: Mapping[str, str]) -> Iterator[list[Work]]:
    ids = sorted(graphs)
    for at in range(0, len(ids), _AT_ONCE):
        yield [(graphs[id], store.triples(graphs[id]), texts.get(id, "")) for id in ids[at : at + _AT_ONCE]]


def check_some(work: Sequence[Work]) -> list[Report]:
    """Return the gate's reports on some graphs, as what can be sent to another process."""
    return [
        sendable(check_graph(read_triples(ntriples, graph), [text] if text else [])) for graph, ntriples, text in work
    ]


def sendable(report: Report) -> Report:
    """Return the report so that another process can be sent it, which a read-only mapping cannot be."""
    return replace(report, focus=dict(report.focus))
