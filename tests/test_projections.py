"""Projections: the cubes keep the W3C's integrity constraints, each of which a spoilt cube fails; other views hold."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest

from kg.errors import UsageError
from kg.exports import export
from kg.graph import BASE
from kg.pipeline import vocabularies
from kg.projections import VIEWS, project

CONSTRAINTS = {
    path.stem: path.read_text(encoding="utf-8") for path in sorted((Path(__file__).parent / "data-cube").glob("*.rq"))
}
QB = "http://purl.org/linked-data/cube#"
CUBE = "https://w3id.org/pingan/cube#"
SKOS = "http://www.w3.org/2004/02/skos/core#"


@pytest.fixture(scope="module")
def dumped(gold_graphs: Mapping[str, bytes]) -> bytes:
    quads = [quad for data in gold_graphs.values() for quad in ox.parse(data, ox.RdfFormat.JSON_LD)]
    for name, data in vocabularies():
        graph = ox.NamedNode(name)
        quads += [ox.Quad(q.subject, q.predicate, q.object, graph) for q in ox.parse(data, ox.RdfFormat.TURTLE)]
    return b"".join(f"{quad} .\n".encode() for quad in quads)


@pytest.fixture(scope="module")
def cube(dumped: bytes) -> bytes:
    return project(dumped, "data-cube")


def store(triples: bytes) -> ox.Store:
    one = ox.Store()
    one.load(triples, ox.RdfFormat.N_TRIPLES)
    return one


def violated(graph: ox.Store, sparql: str) -> bool:
    """Tell whether a constraint is violated: ASK says yes. $p is filled in as the recommendation says."""
    if "$p" not in sparql:
        return bool(graph.query(sparql))
    inverse = "^<$p>" in sparql
    properties = {
        solution["p"].value
        for solution in graph.query(
            f"PREFIX qb: <{QB}> PREFIX owl: <http://www.w3.org/2002/07/owl#> SELECT DISTINCT ?p {{ ?list a "
            "qb:HierarchicalCodeList ; "
            + ("qb:parentChildProperty/owl:inverseOf ?p" if inverse else "qb:parentChildProperty ?p")
            + " FILTER(ISIRI(?p)) }"
        )
    }
    return any(bool(graph.query(sparql.replace("$p", one))) for one in properties)


def test_all_constraints_are_here() -> None:
    numbers = {int(re.sub("[^0-9]", "", name)) for name in CONSTRAINTS}
    assert numbers == set(range(1, 22))


@pytest.mark.parametrize("name", CONSTRAINTS)
def test_the_cubes_keep_each_constraint(cube: bytes, name: str) -> None:
    assert not violated(store(cube), CONSTRAINTS[name])


OBSERVATION = "SELECT ?o { ?o a qb:Observation } ORDER BY ?o LIMIT 1"
MULTIPLE = """INSERT DATA {
  <urn:d> a qb:DataStructureDefinition ; qb:component <urn:c0>, <urn:c1>, <urn:c2>, <urn:c3> .
  <urn:c0> qb:componentProperty qb:measureType . <urn:c1> qb:componentProperty <urn:m1> .
  <urn:c2> qb:componentProperty <urn:m2> . <urn:c3> qb:componentProperty <urn:dim> .
  qb:measureType a qb:DimensionProperty ; rdfs:range rdf:Property .
  <urn:dim> a qb:DimensionProperty ; rdfs:range <urn:x> .
  <urn:m1> a qb:MeasureProperty . <urn:m2> a qb:MeasureProperty . <urn:s> a qb:DataSet ; qb:structure <urn:d> .
  <urn:o1> a qb:Observation ; qb:dataSet <urn:s> ; qb:measureType <urn:m1> ; <urn:m1> 1 ; <urn:dim> <urn:v> .
  <urn:o2> a qb:Observation ; qb:dataSet <urn:s> ; qb:measureType <urn:m2> ; <urn:m2> 2 ; <urn:dim> <urn:v> . } ; """
ONE = f"{{ {OBSERVATION} }}"
SPOILT = {
    "ic-01": f"DELETE {{ ?o qb:dataSet ?d }} WHERE {{ {ONE} ?o qb:dataSet ?d }}",
    "ic-02": "INSERT { ?d qb:structure <urn:other> } WHERE { ?d a qb:DataSet }",
    "ic-03": "DELETE { ?m a qb:MeasureProperty } WHERE { ?m a qb:MeasureProperty }",
    "ic-04": "DELETE { cube:bureau rdfs:range ?r } WHERE { cube:bureau rdfs:range ?r }",
    "ic-05": "DELETE { cube:subject qb:codeList ?l } WHERE { cube:subject qb:codeList ?l }",
    "ic-06": 'INSERT { ?c qb:componentRequired "false"^^xsd:boolean } WHERE { ?c qb:componentProperty cube:bureau }',
    "ic-07": "DELETE { ?d qb:sliceKey ?k } WHERE { ?d qb:sliceKey ?k }",
    "ic-08": "INSERT { ?k qb:componentProperty <urn:other> } WHERE { ?k a qb:SliceKey }",
    "ic-09": "DELETE { ?s qb:sliceStructure ?k } WHERE { ?s qb:sliceStructure ?k }",
    "ic-10": "DELETE { ?s cube:aspect ?a } WHERE { ?s a qb:Slice ; cube:aspect ?a }",
    "ic-11": f"DELETE {{ ?o cube:period ?d }} WHERE {{ {ONE} ?o cube:period ?d }}",
    "ic-12": f"INSERT {{ <urn:again> ?p ?v }} WHERE {{ {ONE} ?o ?p ?v }}",
    "ic-13": f"DELETE {{ ?o cube:bound ?d }} WHERE {{ {ONE} ?o cube:bound ?d }}",
    "ic-14": f"DELETE {{ ?o cube:value ?d }} WHERE {{ {ONE} ?o cube:value ?d }}",
    "ic-15": MULTIPLE + "DELETE DATA { <urn:o1> <urn:m1> 1 }",
    "ic-16": MULTIPLE + "INSERT DATA { <urn:o1> <urn:m2> 1 }",
    "ic-17": MULTIPLE + "DELETE WHERE { <urn:o2> ?p ?o }",
    "ic-18": "INSERT { ?d qb:slice <urn:s> . <urn:s> qb:observation <urn:stranger> } WHERE { ?d a qb:DataSet }",
    "ic-19a": "DELETE { ?c skos:inScheme ?s } WHERE { ?c skos:inScheme ?s }",
    "ic-19b": "INSERT DATA { cube:subject qb:codeList <urn:l> . <urn:l> a skos:Collection ; skos:member <urn:c> }",
    "ic-20": "DELETE { ?a skos:narrower ?b } WHERE { ?a skos:narrower ?b }",
    "ic-21": "DELETE { ?a skos:broader ?b } WHERE { ?a skos:broader ?b }",
}
PREFIXES = (
    f"PREFIX qb: <{QB}> PREFIX cube: <{CUBE}> PREFIX skos: <{SKOS}> "
    "PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#> "
    "PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> PREFIX xsd: <http://www.w3.org/2001/XMLSchema#> "
)


@pytest.mark.parametrize("name", CONSTRAINTS)
def test_a_spoilt_cube_violates_the_constraint(cube: bytes, name: str) -> None:
    graph = store(cube)
    graph.update(PREFIXES + SPOILT[name])
    assert violated(graph, CONSTRAINTS[name])


def test_a_cube_of_several_measures_keeps_the_constraints() -> None:
    graph = ox.Store()
    graph.update(PREFIXES + MULTIPLE.rstrip(" ;"))
    assert not any(violated(graph, sparql) for sparql in CONSTRAINTS.values())


def test_every_metric_with_its_place_is_an_observation(cube: bytes, gold: list[dict[str, Any]]) -> None:
    graph = store(cube)
    (row,) = graph.query(
        f"SELECT (COUNT(?o) AS ?n) {{ ?o a <{QB}Observation> ; <{CUBE}claim> ?claim ; <{CUBE}value> ?v }}"
    )
    whole = [f for f in gold if f["type"] == "Metric" and f["bureau"] and f["period"] and f["value"] is not None]
    assert 0.9 * len(whole) <= int(row["n"].value) <= len(whole)
    fall = graph.query(
        f'ASK {{ ?o <{CUBE}value> 11.29 ; <{CUBE}unit> "%" ; <{CUBE}direction> "down" ; <{CUBE}comparison> "yoy" ; '
        f"<{CUBE}subject> <https://w3id.org/pingan/subject#traffic-accidents> ; "
        f"<{CUBE}aspect> <https://w3id.org/pingan/aspect#occurred> ; <{QB}dataSet> <{BASE}cube/change> }}"
    )
    assert bool(fall)


def test_periods_are_intervals_of_days(dumped: bytes) -> None:
    graph = store(project(dumped, "owl-time"))
    assert bool(
        graph.query(
            "PREFIX time: <http://www.w3.org/2006/time#> ASK { ?m time:hasTime ?p . ?p a time:ProperInterval ; "
            "time:hasBeginning/time:inXSDDate '2020-01-01'^^<http://www.w3.org/2001/XMLSchema#date> ; "
            "time:hasEnd/time:inXSDDate '2020-12-31'^^<http://www.w3.org/2001/XMLSchema#date> ; "
            "time:hasXSDDuration 'P366D'^^<http://www.w3.org/2001/XMLSchema#duration> . "
            "?h time:hasDuration [ time:numericDuration 5.0 ; time:unitType time:unitYear ] }"
        )
    )


def test_every_claim_has_its_provenance(dumped: bytes, gold: list[dict[str, Any]]) -> None:
    graph = store(project(dumped, "prov"))
    prov = "PREFIX prov: <http://www.w3.org/ns/prov#> "
    (row,) = graph.query(
        prov
        + "SELECT (COUNT(DISTINCT ?c) AS ?n) { ?c prov:wasGeneratedBy/prov:wasAssociatedWith/a prov:SoftwareAgent ; "
        "prov:hadPrimarySource ?a ; prov:wasDerivedFrom [ prov:wasQuotedFrom ?a ; prov:value ?quote ] }"
    )
    assert int(row["n"].value) == sum(fact["type"] != "Bureau" for fact in gold)


def test_the_data_set_describes_itself(dumped: bytes) -> None:
    graph = store(project(dumped, "void"))
    head = (
        "PREFIX void: <http://rdfs.org/ns/void#> PREFIX dcat: <http://www.w3.org/ns/dcat#> "
        "PREFIX dcterms: <http://purl.org/dc/terms/> "
    )
    (row,) = graph.query(
        head + f"SELECT ?n ?articles ?first {{ <{BASE}dataset> a void:Dataset, dcat:Dataset ; void:triples ?n ; "
        "void:documents ?articles ; dcterms:temporal/dcat:startDate ?first ; dcat:distribution/dcat:mediaType "
        "<https://www.iana.org/assignments/media-types/text/turtle> }"
    )
    triples = {line.rsplit(b" ", 2)[0] for line in dumped.splitlines()}
    assert int(row["n"].value) == len(triples)
    assert row["articles"].value == "5"
    assert row["first"].value < "2013"
    (sums,) = graph.query(head + "SELECT (SUM(?n) AS ?all) { [] void:propertyPartition [ void:triples ?n ] }")
    assert sums["all"].value == row["n"].value


@pytest.mark.parametrize("view", VIEWS)
def test_views_are_the_same_bytes_whatever_the_order_and_can_be_written(dumped: bytes, view: str) -> None:
    made = project(dumped, view)
    assert project(b"".join(reversed(dumped.splitlines(keepends=True))), view) == made
    assert export(made, "turtle").startswith("@prefix ")
    assert project(b"", view).count(b"Observation") == 0


def test_unknown_view() -> None:
    with pytest.raises(UsageError, match="there are data-cube"):
        project(b"", "cubes")


@pytest.mark.parametrize("view", VIEWS)
def test_the_command_line_exports_each_view(kg: Any, seed_store: Path, view: str) -> None:
    done = kg("export", "--store", seed_store, "--as", view)
    assert (done.returncode, done.stderr) == (0, "")
    words = {"data-cube": "qb:Observation", "owl-time": "time:ProperInterval", "prov": "prov:wasQuotedFrom"}
    assert words.get(view, "void:triples") in done.stdout
    refused = kg("export", "--store", seed_store, "--as", view, "--format", "csv")
    assert refused.returncode == 2
    assert "written as turtle" in refused.stderr


def test_the_cubes_of_the_seeds_keep_the_constraints(kg: Any, seed_store: Path) -> None:
    graph = store(kg("export", "--store", seed_store, "--as", "data-cube", "--format", "nquads").stdout.encode())
    assert not [name for name, sparql in CONSTRAINTS.items() if violated(graph, sparql)]
