"""Run the W3C's SHACL tests through the gate: scripts/w3c_shacl.py FOLDER [--engine NAME] [--expect FILE].

FOLDER is ``data-shapes-test-suite/tests`` of w3c/data-shapes, or a copy. Each sht:Validate case is validated by the
engine and the checks on shapes that ``kg check`` uses; the report must have the results that the case names. Prints
counts and, for each failed case, its name and the reason. With ``--expect``, exits 1 where the failed cases are not
exactly those in the file (one name a line, "#" starts a reason).
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from rdflib import OWL, RDF, SH, Graph, Namespace, URIRef
from rdflib.collection import Collection
from rdflib.term import BNode, Node

from kg.errors import MappingError
from kg.gate import ENGINES, Engine
from kg.gate.shapes import read_shapes, verify_form, verify_words

MF = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")
SHT = Namespace("http://www.w3.org/ns/shacl-test#")


@dataclass(frozen=True, slots=True)
class Case:
    """One test: its manifest, and the node that describes it."""

    name: str
    manifest: Graph
    node: Node

    def file(self, role: URIRef) -> str:
        """Return the IRI of the data graph or the shapes graph."""
        action = self.manifest.value(self.node, MF["action"])
        return str(self.manifest.value(action, role))


def read(iri: str) -> Graph:
    """Return the triples of a local file."""
    return read_shapes([Path(iri.removeprefix("file://"))])


def cases(path: Path, root: Path) -> Iterator[Case]:
    """Give the cases of a manifest and of those that it includes."""
    iri = path.resolve().as_uri()
    manifest = read(iri)
    for head in manifest.objects(None, MF["entries"]):
        for node in Collection(manifest, head):
            if (node, RDF.type, SHT.Validate) in manifest:
                name = path.resolve().relative_to(root.resolve()).with_suffix("")
                yield Case(str(name), manifest, node)
    for included in sorted(manifest.objects(URIRef(iri), MF["include"]), key=str):
        yield from cases(Path(str(included).removeprefix("file://")), root)


def blank_free(graph: Graph, node: Node, seen: frozenset[Node] = frozenset()) -> str:
    """Return how a node is written when blank nodes are told by what is said of them."""
    if not isinstance(node, BNode):
        return node.n3()
    if node in seen:
        return "[...]"
    inner = sorted(f"{p.n3()} {blank_free(graph, o, seen | {node})}" for p, o in graph.predicate_objects(node))
    return f"[{'; '.join(inner)}]"


def results(graph: Graph, report: Node) -> Counter[str]:
    """Return the results of a report, each as one line that two reports can be compared by."""
    found: Counter[str] = Counter()
    for result in graph.objects(report, SH.result):
        parts = []
        for term in (SH.focusNode, SH.resultPath, SH.value, SH.resultSeverity, SH.sourceConstraintComponent):
            value = graph.value(result, term)
            parts.append("-" if value is None else "[]" if isinstance(value, BNode) else blank_free(graph, value))
            if term == SH.resultPath and isinstance(value, BNode):
                parts[-1] = blank_free(graph, value)
        shape = graph.value(result, SH.sourceShape)
        parts.append(shape.n3() if isinstance(shape, URIRef) else "[]")
        found[" ".join(parts)] += 1
    return found


def reason(case: Case, engine: Engine) -> str | None:
    """Return why a case fails, None where it passes."""
    data, shapes = read(case.file(SHT.dataGraph)), read(case.file(SHT.shapesGraph))
    for imported in shapes.objects(None, OWL.imports):
        shapes += read(str(imported)) if str(imported).startswith("file:") else Graph()
    expected = case.manifest.value(case.node, MF["result"])
    try:
        verify_words(shapes, Graph())
        verify_form(shapes)
        report = engine(data, shapes)
    except MappingError as error:
        return None if expected == SHT.Failure else f"refused: {' '.join(str(error).split())[:160]}"
    if expected == SHT.Failure:
        return "the case wants a failure; it was validated"
    (node,) = report.subjects(RDF.type, SH.ValidationReport)
    found = results(report, node)
    wanted = results(case.manifest, expected) if expected is not None else Counter()
    missing, extra = wanted - found, found - wanted
    if missing or extra:
        return f"missing {sum(missing.values())}, extra {sum(extra.values())} results"
    if report.value(node, SH.conforms) != case.manifest.value(expected, SH.conforms):
        return "sh:conforms differs"
    return None


def expected_failures(path: Path) -> set[str]:
    """Return the names in a file of known failures."""
    lines = (line.partition("#")[0].strip() for line in path.read_text(encoding="utf-8").splitlines())
    return {line for line in lines if line}


def main() -> int:
    """Run the cases, print what failed."""
    parser = argparse.ArgumentParser(description="Run the W3C's SHACL tests through the gate's validation.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--expect", type=Path, help="names of the cases that are known to fail, one a line")
    parser.add_argument("--engine", choices=tuple(ENGINES), default="setwise", help="what evaluates the shapes")
    said = parser.parse_args()
    found = list(cases(said.folder / "manifest.ttl", said.folder))
    if not found:
        print(f"{said.folder}: no test cases found")
        return 3
    failed = {case.name: why for case in found if (why := reason(case, ENGINES[said.engine]))}
    for name, why in sorted(failed.items()):
        print(f"failed {name}: {why}")
    print(f"{len(found) - len(failed)} of {len(found)} cases passed")
    if said.expect is None:
        return int(bool(failed))
    known = expected_failures(said.expect)
    for name in sorted(known - failed.keys()):
        print(f"passed, but is listed as failing: {name}")
    for name in sorted(failed.keys() - known):
        print(f"failed, and is not listed: {name}")
    return int(known != failed.keys())


if __name__ == "__main__":
    sys.exit(main())
