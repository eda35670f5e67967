"""What is taken away holds what the store holds: counted, read back, and opened by the tools that it is for."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path
from typing import Any

import duckdb
import networkx
import pandas
import pytest

from kg.answers import csv_table
from kg.exports import export, read_nquads
from kg.projections.nodes import Nodes
from kg.store import Rows, Store, memory_store, open_store
from kg.takeaway import csv_files, graphml, nanopublications, neo4j_files, parquet_files
from kg.takeaway.tables import TABLES, columns, query, rows

PA = "https://w3id.org/pingan/ontology#"


@pytest.fixture(scope="module")
def store(gold_store: Any) -> Store:
    return gold_store  # type: ignore[no-any-return]


@pytest.fixture(scope="module")
def nodes(store: Store) -> Nodes:
    return Nodes(read_nquads(store.dump()))


def count(store: Store, pattern: str) -> int:
    answer = store.ask(f"PREFIX pa: <{PA}> SELECT (COUNT(*) AS ?n) WHERE {{ {pattern} }}")
    assert isinstance(answer, Rows)
    term = answer.rows[0][0]
    assert term is not None
    return int(term.value)


def test_networkx_opens_the_graphml_with_typed_attributes(store: Store, nodes: Nodes) -> None:
    text = graphml(nodes)
    graph = networkx.parse_graphml(text)
    assert isinstance(graph, networkx.DiGraph | networkx.MultiDiGraph)
    metrics = {name: data for name, data in graph.nodes(data=True) if data["label"] == "Metric"}
    assert len(metrics) == count(store, "?m a pa:Metric") > 100
    valued = {name: data["value"] for name, data in metrics.items() if "value" in data}
    assert len(valued) == count(store, "?m a pa:Metric ; pa:value ?v")
    assert all(isinstance(value, float) for value in valued.values())
    answer = store.ask(f"PREFIX pa: <{PA}> SELECT ?m ?v {{ ?m a pa:Metric ; pa:value ?v }}")
    assert isinstance(answer, Rows)
    assert {m.value: float(v.value) for m, v in answer.rows if m and v} == valued
    edges = [data["type"] for _, _, data in graph.edges(data=True)]
    assert edges.count("bureau") == count(store, "?c pa:bureau ?b . ?b a pa:Bureau")
    starts = [data["startOffset"] for _, data in graph.nodes(data=True) if data["label"] == "Evidence"]
    assert starts and all(isinstance(start, int) for start in starts)
    assert text == graphml(nodes)


def test_neo4j_s_files_hold_every_node_and_edge(store: Store, nodes: Nodes) -> None:
    files = neo4j_files(nodes)
    seen: set[str] = set()
    for label in ("Metric", "Honor", "Bureau", "Evidence", "Period"):
        table = list(csv.reader(io.StringIO(files[f"nodes-{label}.csv"])))
        assert table[0][0] == "iri:ID"
        assert len(table) - 1 == count(store, f"?x a pa:{label}")
    for name, text in files.items():
        if name.startswith("nodes-"):
            seen |= {row[0] for row in csv.reader(io.StringIO(text))} - {"iri:ID"}
    assert "value:double" in files["nodes-Metric.csv"].split("\n")[0].split(",")
    for name, text in files.items():
        if name.startswith("edges-"):
            table = list(csv.reader(io.StringIO(text)))
            assert table[0] == [":START_ID", ":END_ID"]
            assert {end for row in table[1:] for end in row} <= seen
            assert f"{name}" in files["load.cypher"]
    assert len(files["edges-evidence.csv"].splitlines()) - 1 == count(store, "?c pa:evidence ?e")
    assert "toFloat(row.`value:double`)" in files["load.cypher"]


@pytest.mark.parametrize("table", TABLES)
def test_duckdb_and_pandas_read_the_rows_of_the_sparql_answer(table: str, store: Store, tmp_path: Path) -> None:
    files = {**csv_files(store), **parquet_files(store)}
    for name, data in files.items():
        (tmp_path / name).write_bytes(data if isinstance(data, bytes) else data.encode())
    answer = store.ask((tmp_path / f"{table}.rq").read_text(encoding="utf-8"))
    assert isinstance(answer, Rows)
    assert (tmp_path / f"{table}.csv").read_text(encoding="utf-8") == csv_table(answer)
    kind = {"metrics": "Metric", "honors": "Honor", "participations": "Participation"}[table]
    assert len(answer.rows) == count(store, f"?c a pa:{kind}") > 10
    expected = [tuple("" if term is None else term.value for term in row) for row in answer.rows]
    frame = pandas.read_csv(tmp_path / f"{table}.csv", dtype=str, keep_default_na=False)
    assert list(frame.columns) == [name for name, _ in columns(table)]
    assert [tuple(row) for row in frame.itertuples(index=False)] == expected
    found = duckdb.sql(f"SELECT * FROM '{tmp_path / table}.parquet'")
    types = dict(zip(found.columns, map(str, found.types), strict=True))
    assert types["from"] == "DATE" and types["start"] == "BIGINT"
    spelled = [tuple("" if cell is None else _plain(cell) for cell in row) for row in found.fetchall()]
    assert spelled == expected
    if table == "metrics":
        assert types["value"].startswith("DECIMAL")


def _plain(cell: object) -> str:
    text = str(cell)
    return text.rstrip("0").rstrip(".") if re.fullmatch(r"-?[0-9]+\.[0-9]+", text) else text


def test_the_description_names_every_column(store: Store) -> None:
    files = csv_files(store)
    described = json.loads(files["csv-metadata.json"])
    assert described["@context"][0] == "http://www.w3.org/ns/csvw"
    for table in described["tables"]:
        header = files[table["url"]].split("\n")[0].split(",")
        assert [column["name"] for column in table["tableSchema"]["columns"]] == header
        assert all(column["propertyUrl"].startswith("http") for column in table["tableSchema"]["columns"])
        claims = [row[0] for row in csv.reader(io.StringIO(files[table["url"]]))][1:]
        assert len(claims) == len(set(claims))


def test_each_claim_is_a_nanopublication_of_four_graphs(store: Store, nodes: Nodes) -> None:
    quads = nanopublications(nodes)
    read = memory_store([quads], "nquads")
    claims = sum(count(store, f"?c a pa:{kind}") for kind in ("Metric", "Honor", "Participation"))
    whole = read.ask(
        f"""PREFIX np: <http://www.nanopub.org/nschema#> PREFIX prov: <http://www.w3.org/ns/prov#> PREFIX pa: <{PA}>
        SELECT ?n ?c ?v WHERE {{
          GRAPH ?h {{ ?n a np:Nanopublication ; np:hasAssertion ?a ; np:hasProvenance ?p ; np:hasPublicationInfo ?i }}
          GRAPH ?a {{ ?c a ?class OPTIONAL {{ ?c pa:value ?v }}
                      FILTER(?class IN (pa:Metric, pa:Honor, pa:Participation)) }}
          GRAPH ?p {{ ?a prov:wasDerivedFrom ?e . ?e pa:quote ?q }}
          GRAPH ?i {{ ?n prov:wasAttributedTo ?who }} }}"""
    )
    assert isinstance(whole, Rows)
    assert len({row[0] for row in whole.rows}) == claims
    assert len({row[1] for row in whole.rows}) == claims
    stated = store.ask(f"PREFIX pa: <{PA}> SELECT ?m ?v {{ ?m a pa:Metric ; pa:value ?v }}")
    assert isinstance(stated, Rows)
    assert {(row[1], row[2]) for row in whole.rows if row[2]} == set(stated.rows)
    trig = export(quads, "trig")
    assert memory_store([trig.encode()], "trig").dump() == read.dump()


def test_the_command_writes_files_and_folders(kg: Any, seed_store: Path, tmp_path: Path) -> None:
    store = open_store(seed_store)
    assert kg("export", "--store", seed_store, "--as", "graphml", "-o", "g.graphml").returncode == 0
    assert (tmp_path / "g.graphml").read_text(encoding="utf-8").startswith("<?xml")
    for view, name in (("neo4j", "load.cypher"), ("tables", "metrics.csv"), ("parquet", "metrics.parquet")):
        assert kg("export", "--store", seed_store, "--as", view, "-o", view).returncode == 0
        first = (tmp_path / view / name).read_bytes()
        assert kg("export", "--store", seed_store, "--as", view, "-o", view).returncode == 0
        assert (tmp_path / view / name).read_bytes() == first
    written = (tmp_path / "tables" / "metrics.csv").read_text(encoding="utf-8")
    assert written == csv_table(rows(store, "metrics"))
    trig = kg("export", "--store", seed_store, "--as", "nanopublications", "--format", "trig").stdout
    assert "np:" in trig or "nanopub.org" in trig
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "a.txt").write_text("mine")
    assert kg("export", "--store", seed_store, "--as", "neo4j", "-o", "mine").returncode == 3
    assert kg("export", "--store", seed_store, "--as", "neo4j").returncode == 2
    assert query("metrics").startswith("PREFIX")
