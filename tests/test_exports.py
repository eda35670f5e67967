"""Exports: the same statements in every format, the same bytes in every run, and Turtle that a person can read."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
from rdflib import Graph
from rdflib.compare import to_isomorphic

from kg import exports, sorting
from kg.errors import GraphError, UsageError
from kg.exports import FORMATS, export, read_nquads
from kg.facts.jsonl import FIELDS
from kg.graph import ONTOLOGY
from kg.resources import resource
from kg.store import open_store
from kg.turtle import write

READ_AS = {
    "turtle": ox.RdfFormat.TURTLE,
    "trig": ox.RdfFormat.TRIG,
    "nquads": ox.RdfFormat.N_QUADS,
    "jsonld": ox.RdfFormat.JSON_LD,
    "rdfxml": ox.RdfFormat.RDF_XML,
}
WITHOUT_GRAPHS = {"turtle", "rdfxml"}
HOSTILE = "\n".join(
    [
        r'<urn:a> <urn:p#q> "quote \" backslash \\ newline \n tab \t <x>&amp;]]> 𠮷\u202E" .',
        r'<urn:a> <urn:p#q> "x"@zh-Hans .',
        r"<urn:a> <urn:p#q> _:b1 .",
        r"_:b1 <urn:p#q> _:b2 .",
        r'_:b2 <urn:p#q> "deep" .',
        r'<urn:a> <urn:p#q> "1.10"^^<http://www.w3.org/2001/XMLSchema#decimal> <urn:g> .',
        r'<urn:a> <urn:p#q> "007"^^<http://www.w3.org/2001/XMLSchema#integer> <urn:g> .',
        r'<urn:a> <urn:p#q> "5"^^<http://www.w3.org/2001/XMLSchema#decimal> <urn:g> .',
        r'<urn:a> <urn:p#q> "1e3"^^<http://www.w3.org/2001/XMLSchema#double> <urn:g> .',
        r'<urn:a> <urn:p#q> "maybe"^^<http://www.w3.org/2001/XMLSchema#boolean> <urn:g> .',
        r"<https://w3id.org/pingan/data/bureau/a%2Fb.> <urn:p#q> <https://w3id.org/pingan/data/bureau/-x> <urn:g> .",
        r"<https://w3id.org/pingan/data/bureau/“x”> <urn:p#q> <https://w3id.org/pingan/data/place/安·丘> <urn:g> .",
        r'<urn:h> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <https://w3id.org/pingan/ontology#Honor> <urn:g> .',
        r'<urn:h> <https://w3id.org/pingan/ontology#level> "on another class\u2019s term" <urn:g> .',
        r'<urn:h> <https://w3id.org/pingan/ontology#awardLevel> <urn:not-a-literal> <urn:g> .',
        r'<urn:h> <https://w3id.org/pingan/ontology#times> "two" <urn:g> .',
        r'<urn:h> <https://w3id.org/pingan/ontology#period> "no IRI" <urn:g> .',
        r'<urn:h> <https://w3id.org/pingan/ontology#title> "tagged"@zh <urn:g> .',
    ]
).encode()  # fmt: skip


def canonical(data: bytes, format: ox.RdfFormat, *, graphs: bool) -> set[str]:
    quads = (quad if graphs else ox.Quad(quad.subject, quad.predicate, quad.object) for quad in ox.parse(data, format))
    dataset = ox.Dataset(quads)
    dataset.canonicalize(ox.CanonicalizationAlgorithm.UNSTABLE)
    return {str(quad) for quad in dataset}


@pytest.fixture(scope="module")
def dumped(gold_store: Any) -> bytes:
    ontology = ox.parse(resource("ontology", "pingan.ttl").read_bytes(), ox.RdfFormat.TURTLE)
    lines = [f"{quad.triple} <{ONTOLOGY.rstrip('#')}> .\n".encode() for quad in ontology]
    data: bytes = gold_store.dump() + b"".join(lines)
    return data


@pytest.mark.parametrize("format", READ_AS)
def test_every_format_holds_the_same_statements(dumped: bytes, format: str) -> None:
    text = export(dumped, format)
    graphs = format not in WITHOUT_GRAPHS
    wanted = canonical(dumped, ox.RdfFormat.N_QUADS, graphs=graphs)
    assert len(wanted) > 10_000
    assert canonical(text.encode(), READ_AS[format], graphs=graphs) == wanted


@pytest.mark.parametrize("format", READ_AS)
def test_every_format_holds_hostile_statements(format: str) -> None:
    graphs = format not in WITHOUT_GRAPHS
    wanted = canonical(HOSTILE, ox.RdfFormat.N_QUADS, graphs=graphs)
    assert len(wanted) == 18
    assert canonical(export(HOSTILE, format).encode(), READ_AS[format], graphs=graphs) == wanted


@pytest.mark.parametrize("format", FORMATS)
def test_the_order_of_statements_and_the_names_of_blank_nodes_change_no_byte(dumped: bytes, format: str) -> None:
    data = dumped if format == "csv" else dumped + HOSTILE
    lines = data.replace(b"_:b2", b"_:z").replace(b"_:b1", b"_:y").splitlines(keepends=True)
    lines[-1] += b"\n"
    assert export(b"".join(reversed(lines)), format) == export(data, format)


def test_rdflib_reads_the_turtle_as_oxigraph_does(dumped: bytes) -> None:
    text = export(dumped, "turtle")
    by_oxigraph = Graph().parse(data=ox.serialize(ox.parse(text, ox.RdfFormat.TURTLE), format=ox.RdfFormat.N_TRIPLES))
    by_rdflib = Graph().parse(data=text, format="turtle")
    assert len(by_rdflib) > 10_000
    assert to_isomorphic(by_rdflib) == to_isomorphic(by_oxigraph)


def test_turtle_is_readable(dumped: bytes) -> None:
    text = export(dumped, "turtle")
    assert text.startswith("@prefix ")
    assert "\\u" not in text
    assert '\nbureau:371600 a pa:Bureau ;\n    rdfs:label "滨州市公安局" ;\n    pa:level "prefecture" ;' in text
    assert re.search(r"\n    pa:value 11\.29 ;\n    pa:unit \"%\" ;", text)
    sections = re.findall("^# (.*)$", text, re.MULTILINE)
    assert sections[:6] == ["Article", "Bureau", "Campaign", "Participation", "Honor", "Metric"]
    subjects = re.findall(r"^([^#\s]\S+) ", text.split("# Article")[1], re.MULTILINE)
    assert len(subjects) == len(set(subjects))
    assert all(line in text for line in ("@prefix bureau:", "@prefix pa:"))


def test_claims_stand_in_the_order_of_the_text(dumped: bytes) -> None:
    metrics = export(dumped, "turtle").split("# Metric\n")[1].split("# Evidence\n")[0]
    starts = [int(start) for start in re.findall(r"pa:evidence evidence:binzhou-2020-(\d+)", metrics)]
    assert len(starts) > 50
    assert starts == sorted(starts)


def test_json_ld_uses_the_terms_of_the_contract(dumped: bytes) -> None:
    document = json.loads(export(dumped, "jsonld"))
    graph = next(one for one in document["@graph"] if one["id"].endswith("/binzhou-2020"))
    metric = next(node for node in graph["@graph"] if node.get("type") == "Metric")
    assert {"id", "type", "bureau", "indicator", "kind", "value", "evidence", "article"} <= metric.keys()
    assert isinstance(metric["value"], str)


def test_csv_has_every_fact_and_every_field(dumped: bytes, gold: list[dict[str, Any]]) -> None:
    rows = list(csv.DictReader(io.StringIO(export(dumped, "csv"))))
    assert len(rows) == len(gold)
    assert set(rows[0]) == {"type", *(field for fields in FIELDS.values() for field in fields)}
    change = next(row for row in rows if row["value"] == "11.29")
    assert (change["kind"], change["unit"], change["direction"]) == ("change", "%", "down")
    assert re.fullmatch(r"\d+-\d+ .+", change["evidence"])
    assert re.fullmatch(r"\d{4}-\d\d-\d\d/\d{4}-\d\d-\d\d", change["period"])


def test_prefixes_follow_the_base() -> None:
    data = b'<https://example.org/kg/bureau/x> <urn:p#q> "y" .'
    assert "\nbureau:x <urn:p#q>" in export(data, "turtle", "https://example.org/kg/")
    assert "\n<https://example.org/kg/bureau/x> <urn:p#q>" in export(data, "turtle")


def test_nothing_is_exported_as_nothing() -> None:
    for format in set(FORMATS) - {"csv", "jsonld", "rdfxml"}:
        assert export(b"", format) == ""
    assert export(b"", "csv").count("\n") == 1


def test_what_xml_cannot_hold_is_said() -> None:
    with pytest.raises(GraphError, match="XML has no such character; export as Turtle"):
        export(b'<urn:a> <urn:p#q> "\\u0000" .', "rdfxml")
    with pytest.raises(GraphError, match="no way to write this property"):
        export(b'<urn:a> <urn:p#1> "x" .', "rdfxml")


@pytest.mark.parametrize("line", [b"<urn:a> <urn:b>", b"{", b'<urn:a> <urn:b> "x .', b"a b c ."])
def test_lines_that_are_no_statements(line: bytes) -> None:
    with pytest.raises(GraphError, match="line 2"):
        read_nquads(b"# a comment\n" + line)


def test_unknown_format() -> None:
    with pytest.raises(UsageError, match="there are turtle, trig"):
        export(b"", "pdf")


@pytest.mark.parametrize(
    ("run", "format"),
    [
        *(
            pytest.param(2_000, format, marks=pytest.mark.long if format in ("nquads", "csv") else ())
            for format in exports.STREAMED
        ),
        (64_000_000, "turtle"),
    ],
)
def test_streamed_is_what_stands_in_memory(
    format: str, run: int, seed_store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sorting, "_RUN", run)  # in the first case nearly each line waits on disk
    store = open_store(seed_store)
    articles = sorted(article.graph for article in store.held.values())
    for graphs in (articles, store.graphs()) if format != "csv" else (articles,):
        wanted = exports.export(b"".join(map(store.dump, graphs)), format)
        found = "".join(exports.stream(((graph, store.triples(graph)) for graph in graphs), format))
        assert found == wanted
    assert found.count("\n") > 300


@pytest.mark.parametrize("run", [pytest.param(2_000, marks=pytest.mark.long), 64_000_000])
def test_packs_that_a_store_keeps_are_what_it_holds(
    run: int, seed_store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sorting, "_RUN", run)
    store = open_store(seed_store)
    articles = sorted(article.graph for article in store.held.values())
    packs = dict(store.packs())
    assert sorted(packs) == articles
    for graph in articles:
        assert "".join(write([packs[graph]])) == exports.export(store.dump(graph))
    for graphs in (articles, articles[1:], store.graphs()):
        assert "".join(exports.stream_store(store, graphs)) == exports.export(b"".join(map(store.dump, graphs)))


def test_packs_that_are_damaged_or_gone_count_for_nothing(seed_store: Path, tmp_path: Path) -> None:
    store = shutil.copytree(seed_store, tmp_path / "store")
    articles = [article.graph for article in open_store(store).held.values()]
    wanted = "".join(exports.stream_store(open_store(store), articles))
    lines = (store / "turtle.txt").read_text(encoding="utf-8").splitlines(keepends=True)
    other = lines[1].replace(lines[1].split()[1][:8], "AAAAAAA=")
    for text in ("", lines[0] + lines[1][:-9], "\nno base64 \u2028\n" + "".join([other, *lines[:1]])):
        (store / "turtle.txt").write_text(text, encoding="utf-8")
        assert len([*open_store(store).packs()]) < len(articles)
        assert "".join(exports.stream_store(open_store(store), articles)) == wanted


def test_packs_that_cannot_be_read_are_made_anew(seed_store: Path, tmp_path: Path) -> None:
    store = shutil.copytree(seed_store, tmp_path / "store")
    graphs = [article.graph for article in open_store(store).held.values()]
    wanted = "".join(exports.stream_store(open_store(store), graphs))
    (store / "turtle.txt").unlink()
    (store / "turtle.txt").mkdir()
    assert not [*open_store(store).packs()]
    assert "".join(exports.stream_store(open_store(store), graphs)) == wanted


@pytest.mark.parametrize("parts", [2, 7])
def test_what_several_graphs_say_of_a_subject_stands_together(parts: int, dumped: bytes) -> None:
    quads = ox.parse(dumped + HOSTILE, ox.RdfFormat.N_QUADS)
    triples = sorted({f"{quad.triple} .\n" for quad in quads if "_:" not in str(quad)})
    assert len(triples) > 10_000
    graphs = [(f"urn:g{part}", "".join(triples[part::parts]).encode()) for part in range(parts)]
    assert "".join(exports.stream(graphs)) == export("".join(triples).encode())


def test_what_cannot_be_streamed_is_said() -> None:
    with pytest.raises(UsageError, match="rdfxml has to stand in memory"):
        list(exports.stream([], "rdfxml"))
