"""Graph and shapes to a report: what may go into the store, and why the rest may not."""

from kg.gate.check import check, check_dataset, check_graph, require_facts
from kg.gate.finding import SEVERITIES, Finding, Place, Report, Severity, merge

__all__ = [
    "SEVERITIES",
    "Finding",
    "Place",
    "Report",
    "Severity",
    "check",
    "check_dataset",
    "check_graph",
    "merge",
    "require_facts",
]
