"""SHACL validation by pySHACL behind one function: data and shapes in, a SHACL report out.

Only this module runs pySHACL, which is the reference; ``kg.gate.setwise`` gives the same report sooner.
"""

from __future__ import annotations

import logging
from collections.abc import Callable

import pyshacl
from pyshacl.errors import ReportableRuntimeError
from rdflib import SH, XSD, Graph
from rdflib.term import bind

from kg.errors import MappingError

# rdflib reads no xsd:gYear as a value, unless owlrl's own reading was switched on before; without one, years that a
# shape compares are never out of order.
bind(XSD.gYear, int, constructor=int, lexicalizer="{:04d}".format, datatype_specific=True)

# rdflib logs a traceback for each literal that its type does not allow; the datatype constraints say it once.
logging.getLogger("rdflib").addHandler(logging.NullHandler())

Engine = Callable[[Graph, Graph], Graph]
"""Data and shapes to a graph that holds one sh:ValidationReport. Raises MappingError for shapes it cannot run."""


def run_pyshacl(data: Graph, shapes: Graph) -> Graph:
    """Return pySHACL's report. Raises MappingError where the shapes cannot be run.

    pySHACL stops with a TypeError where sh:lessThan or sh:lessThanOrEquals meets a value that cannot be compared. The
    datatype constraints speak of such a value, so the comparisons are left out then.
    """
    try:
        return _run(data, shapes)
    except TypeError:
        comparable = Graph()
        for triple in shapes:
            if triple[1] not in (SH.lessThan, SH.lessThanOrEquals):
                comparable.add(triple)
        return _run(data, comparable)


def _run(data: Graph, shapes: Graph) -> Graph:
    if not data.store.context_aware:  # pySHACL wants a store that is
        data = data + Graph()
    try:
        _, report, text = pyshacl.validate(data, shacl_graph=shapes, inference="none", inplace=True)
    except (ReportableRuntimeError, NotImplementedError) as error:
        raise MappingError(f"shapes: {' '.join(str(error).split())[:400]}") from error
    if not isinstance(report, Graph):
        raise MappingError(f"shapes: {' '.join(str(text).split())[:400]}")
    return report
