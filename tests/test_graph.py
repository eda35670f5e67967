"""Facts to RDF and back: nothing lost, nothing that depends on the order in which things came."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pyoxigraph as ox
import pytest
from places import GOLD, SEEDS
from rdflib import RDF, XSD, Dataset, Graph, Literal, URIRef

from kg import find_facts
from kg.article import Article, read_article
from kg.errors import GraphError, InputError
from kg.facts.jsonl import read_fact, read_facts, write_fact
from kg.facts.model import Bureau, Campaign, Derivation, Evidence, Fact, Honor, Metric, Period, Streak
from kg.graph import (
    claim_digest,
    facts_of,
    graph_iri,
    local_name,
    node_iri,
    term_iri,
    to_dataset,
    to_graph,
    to_jsonld,
    to_jsonld_text,
    to_ntriples,
)

TEXT = "甲市公安局破获案件195起,同比上升11.29%,“春雷”行动中连续3年居全省第二位,被省公安厅记集体二等功。"
ARTICLE = Article(id="a", text=TEXT, blocks=(), published=date(2021, 1, 15), date_source="printed")
YEAR = Period(date(2020, 1, 1), date(2020, 12, 31))


def at(words: str) -> tuple[Evidence, ...]:
    start = TEXT.index(words)
    return (Evidence(start, start + len(words), words),)


FACTS: tuple[Fact, ...] = (
    Bureau(
        article="a", evidence=at("甲市公安局"), name="甲市公安局", level="prefecture", place="甲市", parent="某省公安厅"
    ),
    Campaign(article="a", evidence=at("“春雷”行动"), name="春雷", bureau="甲市公安局", period=YEAR),
    Campaign(article="a", evidence=at("“春雷”行动"), name="春雷", bureau="乙市公安局", period=None),
    Honor(
        article="a", evidence=at("被省公安厅记集体二等功"), title="集体二等功", recipient="甲市公安局",
        recipient_kind="bureau", bureau="甲市公安局", grantor="某省公安厅", level="provincial", period=YEAR, times=2,
        derivation=Derivation(rules=("honor-passive",)),
    ),
    Metric(
        article="a", evidence=at("破获案件195起"), bureau="甲市公安局", indicator="破获案件", kind="count",
        value=Decimal(195), unit="起", period=YEAR, campaign="春雷",
    ),
    Metric(
        article="a", evidence=at("同比上升11.29%"), bureau="甲市公安局", indicator="破获案件", kind="change",
        value=Decimal("11.290"), unit="%", direction="up", comparison="base",
        baseline=Period(date(2019, 1, 1), date(2019, 12, 31)), period=YEAR,
    ),
    Metric(
        article="a", evidence=at("连续3年居全省第二位"), bureau=None, indicator="破案率", kind="rank", value=Decimal(2),
        unit="位", scope="全省", streak=Streak(3, "年"),
    ),
)  # fmt: skip


def quads(dataset: Dataset) -> set[tuple[str, ...]]:
    return {(*(term.n3() for term in quad[:3]), str(quad[3])) for quad in dataset.quads()}


def spelled(facts: Iterable[Fact]) -> set[str]:
    ordered = (replace(fact, evidence=tuple(sorted(fact.evidence)), derivation=Derivation()) for fact in facts)
    return {write_fact(fact) for fact in ordered}


@pytest.mark.parametrize("path", sorted(GOLD.glob("*.jsonl")), ids=lambda path: path.stem)
def test_gold_facts_survive_the_graph(path) -> None:  # type: ignore[no-untyped-def]
    article = read_article(SEEDS / f"{path.stem}.txt")
    facts = list(read_facts(path.read_text(encoding="utf-8").splitlines(), path.name))
    assert len(facts) > 60
    assert spelled(facts_of(to_graph(article, facts))) == spelled(facts)


@pytest.mark.parametrize("path", sorted(GOLD.glob("*.jsonl")), ids=lambda path: path.stem)
def test_json_lines_survive_reading(path) -> None:  # type: ignore[no-untyped-def]
    for line in path.read_text(encoding="utf-8").splitlines():
        fact, wanted = json.loads(line), json.loads(write_fact(read_fact(line)))
        fact.pop("optional", None)
        assert wanted == fact


@pytest.mark.parametrize("text", ["公安局投入5万元。", "第一、万元公安局", "周口市公安局被评为全省先进集体。"])
def test_facts_without_agency_or_date_are_read_back(text: str, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    facts = find_facts(read_article(tmp_path / "a.txt"))
    assert facts
    assert [read_fact(write_fact(fact)) for fact in facts] == list(facts)


def test_our_triples_are_those_of_json_ld_libraries() -> None:
    text = to_jsonld_text(ARTICLE, FACTS)
    read = Dataset()
    read.parse(data=text, format="json-ld")
    assert quads(to_dataset(ARTICLE, FACTS)) == quads(read)
    by_oxigraph = {str(quad.triple) for quad in ox.parse(text, format=ox.RdfFormat.JSON_LD)}
    by_rdflib = to_graph(ARTICLE, FACTS).serialize(format="nt", encoding="utf-8")
    for ntriples in (by_rdflib, to_ntriples(to_jsonld(ARTICLE, FACTS))):
        assert by_oxigraph == {str(quad.triple) for quad in ox.parse(ntriples, format=ox.RdfFormat.N_TRIPLES)}


def test_ntriples_keep_quotes_backslashes_and_line_breaks() -> None:
    odd = 'a "b" \\ c\nd\re\tf\u2028g'
    article = Article(id="odd", text=odd, blocks=(), title=odd)
    document = to_jsonld(
        article, [Bureau(article="odd", evidence=(Evidence(0, len(odd), odd),), name="滨州", level="prefecture")]
    )
    texts = {quad.object.value for quad in ox.parse(to_ntriples(document), format=ox.RdfFormat.N_TRIPLES)}
    assert odd in texts


def test_ntriples_are_spelled_as_a_store_spells_them() -> None:
    odd = "".join(map(chr, range(0x21))) + '"\\\x7f\x80\x85\u2028\ufeff\ufffd\ufffe\uffff\U0010ffff滨州'
    article = Article(id="odd", text=odd, blocks=(), title=odd)
    fact = replace(FACTS[4], article="odd", evidence=(Evidence(0, len(odd), odd),))
    for made, facts in ((article, [fact]), (ARTICLE, FACTS)):
        ours = to_ntriples(to_jsonld(made, facts))
        store = ox.Store()
        store.bulk_load(ours, format=ox.RdfFormat.N_TRIPLES)
        theirs = store.dump(format=ox.RdfFormat.N_TRIPLES, from_graph=ox.DefaultGraph())
        assert theirs is not None
        assert sorted(ours.splitlines()) == sorted(theirs.splitlines())


def test_the_graph_is_named_after_the_article() -> None:
    assert {str(name) for *_, name in to_dataset(ARTICLE, FACTS).quads()} == {graph_iri("a")}


def test_every_fact_survives() -> None:
    assert spelled(facts_of(to_graph(ARTICLE, FACTS))) == spelled(FACTS)


def test_rules_survive() -> None:
    rules = [fact.derivation.rules for fact in facts_of(to_graph(ARTICLE, FACTS)) if isinstance(fact, Honor)]
    assert rules == [("honor-passive",)]


def test_order_and_repetition_of_facts_change_nothing() -> None:
    wanted = to_jsonld_text(ARTICLE, FACTS)
    assert to_jsonld_text(ARTICLE, reversed(FACTS)) == wanted
    assert to_jsonld_text(ARTICLE, (*FACTS, *FACTS)) == wanted


def test_numbers_are_exact_decimals() -> None:
    values = set(to_graph(ARTICLE, FACTS).objects(None, term_iri("value")))
    assert Literal("11.29", datatype=XSD.decimal) in values
    assert all(isinstance(value, Literal) and value.datatype == XSD.decimal for value in values)
    assert '"value": "11.29"' in to_jsonld_text(ARTICLE, FACTS)


@pytest.mark.parametrize("field", ["value", "unit", "indicator", "bound", "kind"])
def test_a_claim_is_another_when_a_field_is(field: str) -> None:
    fact = FACTS[4]
    assert isinstance(fact, Metric)
    other = replace(fact, **{field: Decimal(196) if field == "value" else "max"})
    assert claim_digest(fact) != claim_digest(other)


def test_a_claim_is_the_same_however_its_number_is_written_and_its_evidence_grows() -> None:
    fact = FACTS[5]
    assert isinstance(fact, Metric)
    more = replace(fact, value=Decimal("11.29"), evidence=(*fact.evidence, *at("“春雷”行动")))
    assert claim_digest(fact) == claim_digest(more)


def test_instances_stand_under_the_base_that_is_asked_for() -> None:
    graph = to_graph(ARTICLE, FACTS, "https://example.org/kg/")
    ours = {str(subject) for subject in graph.subjects()}
    assert ours and all(iri.startswith("https://example.org/kg/") for iri in ours)


@pytest.mark.parametrize(
    "base", ["", "kg/", "https://example.org", "https://exa mple.org/", "https://example.org/<x>/"]
)
def test_a_base_that_is_none_is_refused(base: str) -> None:
    with pytest.raises(GraphError, match="absolute IRI"):
        to_jsonld(ARTICLE, FACTS, base)


@pytest.mark.parametrize(
    "name", ["a b", "../x", "..", "a/b", "“春雷”", 'a"b\nc', "a#b?c", "\u202e反", "<x>", "𠮷", "a%20b"]
)
def test_any_name_makes_an_iri_of_its_own_that_turtle_can_hold(name: str) -> None:
    iri = node_iri("bureau", name)
    assert local_name(name) not in ("", ".", "..")
    assert "/" not in local_name(name)
    line = f"<{iri}> <urn:p> <urn:o> ."
    assert next(iter(ox.parse(line, format=ox.RdfFormat.N_TRIPLES))).subject.value == iri
    assert iri not in {node_iri("bureau", other) for other in ("a", "b", "春雷", "x", "a b c")}


def test_facts_of_another_article_are_refused() -> None:
    with pytest.raises(GraphError, match="'b'"):
        to_graph(ARTICLE, [replace(FACTS[0], article="b")])


def test_lone_surrogates_are_refused() -> None:
    with pytest.raises(GraphError, match="surrogate"):
        to_graph(ARTICLE, [Campaign(article="a", evidence=at("“春雷”行动"), name="春\ud800雷")])


def test_evidence_has_both_selectors_and_the_hash_of_its_text() -> None:
    graph = to_graph(ARTICLE, FACTS)
    oa = "http://www.w3.org/ns/oa#"
    evidence = set(graph.subjects(RDF.type, term_iri("Evidence")))
    assert len(evidence) == 6
    for node in evidence:
        for ours, theirs in (("startOffset", "start"), ("endOffset", "end"), ("quote", "exact")):
            values = set(graph.objects(node, URIRef(f"https://w3id.org/pingan/ontology#{ours}")))
            assert values == set(graph.objects(node, URIRef(oa + theirs))) and len(values) == 1
        start, end = (int(str(graph.value(node, URIRef(oa + name)))) for name in ("start", "end"))
        assert TEXT[start:end] == str(graph.value(node, term_iri("quote")))
        assert graph.value(node, term_iri("textHash")) == graph.value(
            URIRef(node_iri("article", "a")), term_iri("textHash")
        )


def test_provenance_leads_from_the_graph_to_article_and_program() -> None:
    graph = to_graph(ARTICLE, FACTS)
    name = URIRef(graph_iri("a"))
    assert str(graph.value(name, term_iri("derivedFrom"))) == node_iri("article", "a")
    extraction = graph.value(name, term_iri("generatedBy"))
    software = graph.value(extraction, term_iri("associatedWith"))
    assert str(graph.value(software, term_iri("name"))).startswith("pingan-kg")


def test_an_article_without_facts_is_still_described() -> None:
    graph = to_graph(ARTICLE, [])
    assert facts_of(graph) == []
    assert (URIRef(node_iri("article", "a")), RDF.type, term_iri("Article")) in graph


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("", "no JSON"),
        ("[1]", "JSON object"),
        ("[" * 100_000, "no JSON"),
        ('{"type": "Metrik"}', "one of Bureau, Campaign, Honor, Metric"),
        ('{"type": ["Metric"]}', "type is"),
        ('{"type": "Bureau", "name": "x"}', "without level"),
        ('{"value": NaN}', "no JSON"),
        ("9" * 5000, "no JSON"),
    ],
)
def test_lines_that_are_no_facts(line: str, words: str) -> None:
    with pytest.raises(InputError, match=words):
        read_fact(line, "x.jsonl, line 3")


METRIC = json.loads(write_fact(FACTS[4]))


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("kind", "number", "one of count"),
        ("kind", None, "one of count"),
        ("value", "195", "a number"),
        ("value", True, "a number"),
        ("value", 1e60, "at most 40 digits"),
        ("bound", None, "one of exact"),
        ("indicator", " ", "not empty"),
        ("indicator", "\ud800", "surrogate"),
        ("period", {"start": "2020-1-1", "end": "2020-12-31"}, "YYYY-MM-DD as start"),
        ("period", {"start": "2020-02-30", "end": "2020-12-31"}, "a day of the calendar"),
        ("period", {"start": "2020-01-01"}, "an object with end"),
        ("streak", {"n": -1, "unit": "年"}, "a whole number"),
        ("evidence", [], "at least one quote"),
        ("evidence", [{"quote": "破获", "start": 3, "end": 9}], "length of the quote, 2"),
        ("evidence", [{"quote": "破获", "start": True, "end": 3}], "a whole number"),
        ("evidence", "破获", "a list"),
    ],
)
def test_fields_that_break_the_contract_are_named(field: str, value: object, words: str) -> None:
    with pytest.raises(InputError, match=words) as caught:
        read_fact(json.dumps({**METRIC, field: value}), "x.jsonl, line 3")
    assert str(caught.value).startswith(f"x.jsonl, line 3: {field} is ")
    assert "\n" not in str(caught.value)


def test_a_missing_field_is_named() -> None:
    without: Mapping[str, object] = {name: value for name, value in METRIC.items() if name != "unit"}
    with pytest.raises(InputError, match="Metric without unit; write null"):
        read_fact(json.dumps(without))


def test_foreign_graphs_that_break_the_contract_are_refused() -> None:
    graph = to_graph(ARTICLE, FACTS[4:5])
    metric = next(graph.subjects(RDF.type, term_iri("Metric")))
    graph.set((metric, term_iri("value"), Literal("many")))
    with pytest.raises(InputError, match="value is"):
        facts_of(graph)


def test_facts_of_an_empty_graph() -> None:
    assert facts_of(Graph()) == []
