"""Run the W3C's SPARQL 1.1 Protocol tests against kg serve: scripts/w3c_protocol.py FOLDER [--expect FILE].

FOLDER is ``sparql/sparql11/protocol`` of w3c/rdf-tests, or a copy. Cases whose requests only ask are run against
``kg serve`` over a store that holds the data of the manifest; cases of updates are only counted, since it takes none.
Prints counts and, for each failed case, its name and the reason. With ``--expect``, exits 1 where the failed cases are
not exactly those in the file (one name a line, "#" starts a reason).
"""

from __future__ import annotations

import argparse
import http.client
import json
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from rdflib import RDF, Graph, Namespace
from rdflib.collection import Collection
from rdflib.term import Node

from kg.store import write_store

MF = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")
UT = Namespace("http://www.w3.org/2009/sparql/tests/test-update#")
HT = Namespace("http://www.w3.org/2011/http#")
CNT = Namespace("http://www.w3.org/2011/content#")
CHARSETS = {"UTF-8": "utf-8", "utf-8": "utf-8", "UTF-16": "utf-16", "utf-16": "utf-16"}


@dataclass(frozen=True, slots=True)
class Request:
    """One request of a case and what its response must be."""

    method: str
    path: str
    headers: tuple[tuple[str, str], ...]
    body: bytes
    statuses: tuple[str, ...]
    boolean: bool | None


@dataclass(frozen=True, slots=True)
class Case:
    """One test: its name and its requests, in order."""

    name: str
    requests: tuple[Request, ...]

    @property
    def updates(self) -> bool:
        """Tell whether the case is about updates, which a read-only server refuses."""
        return "update" in self.name


def read_cases(folder: Path) -> list[Case]:
    """Return the cases of a manifest."""
    graph = Graph().parse(folder / "manifest.ttl", format="turtle")
    manifest = next(graph.subjects(RDF.type, MF.Manifest), None)
    entries = graph.value(manifest, MF.entries)
    if entries is None:
        return []
    return [Case(str(node).rsplit("#", 1)[-1], tuple(_requests(graph, node))) for node in Collection(graph, entries)]


def _requests(graph: Graph, case: Node) -> Iterator[Request]:
    connection = graph.value(case, MF.action)
    for node in Collection(graph, graph.value(connection, HT.requests)):
        headers_list = graph.value(node, HT.headers)
        headers = [
            (str(graph.value(one, HT.fieldName)), str(graph.value(one, HT.fieldValue)))
            for one in (Collection(graph, headers_list) if headers_list else ())
        ]
        body = graph.value(node, HT.body)
        text = str(graph.value(body, CNT.chars) or "") if body else ""
        charset = str(graph.value(body, CNT.characterEncoding) or "UTF-8") if body else "UTF-8"
        response = graph.value(node, HT.resp)
        boolean = graph.value(response, MF.expectedBoolean)
        statuses = tuple(str(one).rsplit("StatusCode", 1)[-1] for one in graph.objects(response, MF.expectedStatus))
        yield Request(
            str(graph.value(node, HT.methodName)),
            str(graph.value(node, HT.absolutePath)),
            tuple(headers),
            text.encode(CHARSETS.get(charset, charset)),
            statuses,
            None if boolean is None else bool(boolean.toPython()),
        )


@contextmanager
def serving(folder: Path) -> Iterator[int]:
    """Give the port of kg serve over a store that holds the data of the manifest."""
    with tempfile.TemporaryDirectory() as top:
        with write_store(top, package="w3c_protocol") as writer:
            for data in sorted(folder.glob("data*.nt")):
                name = f"http://kasei.us/2009/09/sparql/data/{data.stem}.rdf"
                writer.put_graph(name, data.read_bytes(), "ntriples")
        with socket.create_server(("127.0.0.1", 0)) as free:
            port = int(free.getsockname()[1])
        # To be reachable under any name, as the cases call it, a server has to listen on more than loopback.
        command = [sys.executable, "-m", "kg", "serve", "--store", top, "--host", "0.0.0.0", "--port", str(port)]
        with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
            assert process.stderr is not None
            try:
                if "answers SPARQL" not in (said := process.stderr.readline()):
                    raise SystemExit(said)
                yield port
            finally:
                process.terminate()


def reason(case: Case, port: int) -> str | None:
    """Return why a case fails, None where it passes."""
    for request in case.requests:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
        path = request.path.replace("/sparql/", "/update" if case.updates and "update" in request.path else "/query", 1)
        connection.request(request.method, path, request.body or None, dict(request.headers))
        response = connection.getresponse()
        data = response.read()
        connection.close()
        if not any(str(response.status)[0] == status[0] for status in request.statuses):
            return f"answered {response.status}, not {' or '.join(sorted(request.statuses))}"
        if request.boolean is not None and _boolean(data) is not request.boolean:
            return f"answered {data[:60]!r}, not {request.boolean}"
    return None


def _boolean(data: bytes) -> object:
    try:
        return json.loads(data)["boolean"]
    except (ValueError, KeyError, TypeError):
        return b"<boolean>true</boolean>" in data if b"<boolean>" in data else None


def main() -> int:
    """Run the cases, print what failed."""
    parser = argparse.ArgumentParser(description="Run the W3C's SPARQL 1.1 Protocol tests against kg serve.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--expect", type=Path, help="names of the cases that are known to fail, one a line")
    said = parser.parse_args()
    found = read_cases(said.folder) if (said.folder / "manifest.ttl").exists() else []
    queries = [case for case in found if not case.updates]
    if not queries:
        print(f"{said.folder}: no test cases found")
        return 3
    with serving(said.folder) as port:
        failed = {case.name: why for case in queries if (why := reason(case, port))}
    for name, why in sorted(failed.items()):
        print(f"failed {name}: {why}")
    passed, others = len(queries) - len(failed), len(found) - len(queries)
    print(f"{passed} of {len(queries)} cases of queries passed; {others} are of updates")
    if said.expect is None:
        return int(bool(failed))
    lines = (line.partition("#")[0].strip() for line in said.expect.read_text(encoding="utf-8").splitlines())
    known = {line for line in lines if line}
    for name in sorted(known ^ failed.keys()):
        print(f"{name}: {'passed, but is listed as failing' if name in known else 'failed, and is not listed'}")
    return int(known != failed.keys())


if __name__ == "__main__":
    sys.exit(main())
