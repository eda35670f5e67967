"""Graph and shapes to a report: what may go into the store, and why the rest may not."""

from collections.abc import Mapping

from kg.gate.baseline import apply_baseline, read_baseline, write_baseline
from kg.gate.check import check, check_dataset, check_document, check_graph, require_facts
from kg.gate.engine import Engine, run_pyshacl
from kg.gate.finding import SEVERITIES, Finding, Place, Report, Severity, merge
from kg.gate.foreign import SUFFIXES, parse_rdf, read_rdf, read_triples
from kg.gate.keeping import read_report, report_line
from kg.gate.outputs import FORMATS, render
from kg.gate.setwise import run_setwise

ENGINES: Mapping[str, Engine] = {"setwise": run_setwise, "pyshacl": run_pyshacl}
"""What evaluates the shapes; pySHACL is the reference."""

__all__ = [
    "ENGINES",
    "FORMATS",
    "SEVERITIES",
    "SUFFIXES",
    "Engine",
    "Finding",
    "Place",
    "Report",
    "Severity",
    "apply_baseline",
    "check",
    "check_dataset",
    "check_document",
    "check_graph",
    "merge",
    "parse_rdf",
    "read_baseline",
    "read_rdf",
    "read_report",
    "read_triples",
    "render",
    "report_line",
    "require_facts",
    "write_baseline",
]
