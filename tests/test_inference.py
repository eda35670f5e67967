"""Inference: what owlrl derives for our classes and properties, no more, no less; dropped, made again, kept in step."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from places import GOLD, SEEDS, Kg
from rdflib import RDF, Dataset, Graph, URIRef
from rdflib.compare import isomorphic
from rdflib.term import Literal, Node

import kg.inference
from kg import pipeline
from kg.article import Article, article_of, read_article
from kg.entities import entities_graph
from kg.errors import MappingError
from kg.facts.jsonl import read_facts
from kg.facts.model import Bureau, Campaign, Evidence, Fact, Metric
from kg.gate import parse_rdf
from kg.gate.shapes import closure, kept_closure, ontology
from kg.graph import ONTOLOGY, graph_iri, node_iri, to_jsonld_text
from kg.inference import drop, infer, inferred_graph, rules
from kg.pipeline import vocabularies
from kg.store import Held, Rows, Writer, memory_writer, open_store

Triple = tuple[str, str, str]


def held(id: str) -> Held:
    return Held(id, f"{id}.txt", "", graph_iri(id), {})


def put(writer: Writer, article: Article, facts: list[Fact]) -> None:
    writer.put_article(held(article.id), to_jsonld_text(article, facts).encode(), "jsonld")


def gold(name: str) -> tuple[Article, list[Fact]]:
    path = GOLD / f"{name}.jsonl"
    article = read_article(SEEDS / f"{name}.txt")
    return article, list(read_facts(path.read_text(encoding="utf-8").splitlines(), path.name))


@pytest.fixture(scope="module")
def writer() -> Writer:
    """Return a store in memory with the gold facts of the seeds and what is inferred of them."""
    made = memory_writer()
    for name, data in vocabularies():
        made.put_graph(name, data, "turtle")
    for path in sorted(GOLD.glob("*.jsonl")):
        put(made, *gold(path.stem))
    infer(made)
    return made


def derived(writer: Writer) -> dict[str, bytes]:
    return {name: writer.dump(name) for name in writer.graphs() if name.startswith(inferred_graph())}


def triples(data: bytes) -> Iterator[Triple]:
    for line in data.decode().splitlines():
        subject, predicate, value = line.split(" ", 2)
        yield subject, predicate, value.rsplit(" <", 1)[0]


def about_ours(graph: Graph) -> set[Triple]:
    """Return what a graph says in terms of the ontology about things that have names."""
    found = set()
    for subject, predicate, value in graph:
        ours = value if predicate == RDF.type else predicate
        if isinstance(subject, URIRef) and str(ours).startswith(ONTOLOGY) and not str(subject).startswith(ONTOLOGY):
            found.add((subject.n3(), str(predicate), value.n3()))
    return found


def whole(writer: Writer, *, with_inferred: bool) -> Graph:
    graph = Graph()
    for name in writer.graphs():
        if with_inferred or not name.startswith(inferred_graph()):
            dataset: Dataset = parse_rdf(writer.dump(name), ".nq")
            for subject, predicate, value, _ in dataset.quads():
                graph.add((subject, predicate, value))
    return graph


@pytest.mark.long
def test_what_is_inferred_of_the_seeds_is_what_owlrl_derives(writer: Writer) -> None:
    stated = whole(writer, with_inferred=False)
    ours = about_ours(whole(writer, with_inferred=True))
    activity = node_iri("x", "").removesuffix("x/") + "inference"
    ours = {triple for triple in ours if activity not in triple[0]}
    by_owlrl = about_ours(closure(stated))
    assert len(ours) > len(about_ours(stated)) + 1_000
    assert ours - by_owlrl == set()
    assert by_owlrl - ours == set()


def test_nothing_that_is_stated_is_inferred_again(writer: Writer) -> None:
    stated = {triple for name in writer.graphs() if "/inferred" not in name for triple in triples(writer.dump(name))}
    for name, data in derived(writer).items():
        assert data, name
        assert not stated & set(triples(data)), name


def test_every_rule_leads_somewhere_or_is_a_mirror(writer: Writer) -> None:
    heads = {rule.head for rule in rules()}
    reached = {value.strip("<>") if "#type>" in predicate else predicate.strip("<>")
               for data in derived(writer).values() for _, predicate, value in triples(data)}  # fmt: skip
    stated = {ONTOLOGY + name for name in ("within", "series", "successor", "predecessor")}
    assert heads - reached <= stated
    assert {ONTOLOGY + name for name in ("Claim", "concerns", "under", "over", "inSeries", "hasEdition")} <= reached


def ask(writer: Writer, pattern: str) -> bool:
    answer = writer.ask(f"ASK {{ {pattern} }}", prefixes={"pa": ONTOLOGY})
    assert isinstance(answer, bool)
    return answer


def agency(key: str) -> str:
    return f"<{node_iri('bureau', key)}>"


TEXT = "温州市公安局鹿城分局五马派出所在“云剑-2021”行动中破案3起。瑞安市公安局破案5起。"
ARTICLE = article_of(TEXT, id="wenzhou")


def at(words: str) -> tuple[Evidence, ...]:
    start = TEXT.index(words)
    return (Evidence(start, start + len(words), words),)


STATION = "温州市公安局鹿城分局五马派出所"
FACTS: list[Fact] = [
    Bureau(article="wenzhou", evidence=at(STATION), name=STATION, level="station", parent="温州市公安局鹿城分局"),
    Campaign(article="wenzhou", evidence=at("“云剑-2021”行动"), name="云剑-2021", bureau=STATION),
    Metric(
        article="wenzhou", evidence=at("破案3起"), bureau=STATION, indicator="破案", kind="count", value=None,
        unit="起", campaign="云剑-2021",
    ),
]  # fmt: skip


def small(*articles: tuple[Article, list[Fact]]) -> Writer:
    made = memory_writer()
    for name, data in vocabularies():
        made.put_graph(name, data, "turtle")
    for article, facts in articles:
        put(made, article, facts)
    infer(made)
    return made


def test_a_claim_about_a_station_concerns_all_above_it() -> None:
    made = small((ARTICLE, FACTS))
    for above in ("330302-五马派出所", "330302", "330300", "330000", "公安部"):
        assert ask(made, f"?claim a pa:Metric ; pa:concerns {agency(above)}"), above
    assert not ask(made, f"?claim pa:concerns {agency('330381')}")
    assert ask(made, f"{agency('330000')} pa:over {agency('330302-五马派出所')}")


def test_an_edition_takes_its_claims_into_the_series() -> None:
    made = small((ARTICLE, FACTS))
    series = f"<{node_iri('series', '云剑')}>"
    assert ask(made, f"?claim a pa:Metric ; pa:inSeries {series}")
    assert ask(made, f"?claim a pa:Participation , pa:Claim ; pa:inSeries {series}")
    assert ask(made, f"{series} pa:hasEdition <{node_iri('campaign', '云剑-2021')}>")


def test_a_former_division_and_its_successor_know_each_other() -> None:
    words = (Evidence(0, 2, "破案"),)
    old = Metric(
        article="old", evidence=words, bureau="莱芜市公安局", indicator="破案", kind="count", value=None, unit="起"
    )
    made = small((article_of("破案3起", id="old"), [old]))
    assert ask(made, f"{agency('371200')} pa:splitInto {agency('370116')} ; pa:successor {agency('370117')}")
    assert ask(made, f"{agency('370116')} pa:predecessor {agency('371200')} ; pa:under {agency('370100')}")
    assert ask(made, f'<{node_iri("place", "371200")}> pa:validTo "2017"^^<http://www.w3.org/2001/XMLSchema#gYear>')
    assert ask(made, f"<{node_iri('place', '370000')}> pa:contains <{node_iri('place', '370116')}>")


def other(id: str, name: str, *, parent: str | None = None) -> tuple[Article, list[Fact]]:
    article = article_of(f"{name}破案3起", id=id)
    words = (Evidence(0, len(name), name),)
    return article, [
        Bureau(article=id, evidence=words, name=name, level="unit", parent=parent),
        Metric(article=id, evidence=words, bureau=name, indicator="破案", kind="count", value=None, unit="起"),
    ]


UNIT, BETWEEN = "甲县公安局刑侦大队", "甲县公安局"
CHANGES: Mapping[str, tuple[list[tuple[Article, list[Fact]]], list[tuple[Article, list[Fact]]]]] = {
    "an article more": ([(ARTICLE, FACTS)], [(ARTICLE, FACTS), other("b", "瑞安市公安局")]),
    "an article less": ([(ARTICLE, FACTS), other("b", "瑞安市公安局")], [(ARTICLE, FACTS)]),
    "a fact less": ([(ARTICLE, FACTS)], [(ARTICLE, FACTS[:1])]),
    "a parent that another article tells": (
        [other("a", UNIT)],
        [other("a", UNIT), other("b", UNIT, parent=BETWEEN), other("c", BETWEEN, parent="乙市公安局")],
    ),
    "a parent that nobody tells any more": (
        [other("a", UNIT), other("b", UNIT, parent=BETWEEN), other("c", BETWEEN, parent="乙市公安局")],
        [other("a", UNIT), other("b", UNIT, parent=BETWEEN)],
    ),
    "another parent": ([other("a", UNIT, parent="乙县公安局")], [other("a", UNIT, parent=BETWEEN)]),
}


@pytest.mark.parametrize("change", CHANGES)
def test_step_by_step_gives_what_all_at_once_gives(change: str) -> None:
    before, after = CHANGES[change]
    made = small(*before)
    old, new = ({article.id: (article, facts) for article, facts in some} for some in (before, after))
    changed = sorted(id for id in old.keys() | new.keys() if old.get(id) != new.get(id))
    assert changed
    for id in changed:
        if id in new:
            put(made, *new[id])
        else:
            made.retract_article(id)
    looked_at = infer(made, changed)
    anew = small(*after)
    assert looked_at <= len(after)
    assert derived(made) == derived(anew)
    assert made.dump(entities_graph()) == anew.dump(entities_graph())
    everything = "SELECT DISTINCT ?s ?p ?o WHERE { ?s ?p ?o FILTER(!isBlank(?s)) }"
    first, second = made.ask(everything), anew.ask(everything)
    assert isinstance(first, Rows) and isinstance(second, Rows)
    assert set(first.rows) == set(second.rows)


def test_an_unchanged_article_is_not_looked_at_again() -> None:
    made = small((ARTICLE, FACTS), other("b", "瑞安市公安局"))
    put(made, *other("c", "乐清市公安局"))
    assert infer(made, ["c"]) == 1


def test_where_only_claims_change_what_is_shared_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    more, *rest = (fact for fact in FACTS if isinstance(fact, Metric))
    assert not rest
    before = [(ARTICLE, FACTS), other("b", "瑞安市公安局"), other("c", "瑞安市公安局")]
    after = [(ARTICLE, [*FACTS, replace(more, indicator="抓获", unit="名")]), other("b", "瑞安市公安局")]
    made, anew = small(*before), small(*after)
    with monkeypatch.context() as patch:
        patch.setattr("kg.inference._share", lambda *_: pytest.fail("shared things were looked at"))
        put(made, *after[0])
        made.retract_article("c")
        assert infer(made, ["wenzhou", "c"]) == 1
    assert derived(made) == derived(anew)
    assert made.dump(entities_graph()) == anew.dump(entities_graph())


def test_what_is_shared_is_inferred_again_by_another_version(monkeypatch: pytest.MonkeyPatch) -> None:
    made = small((ARTICLE, FACTS))
    infer(made, [], by="new")
    shared = made.dump(inferred_graph())
    asked = []
    real = kg.inference._share
    monkeypatch.setattr("kg.inference._share", lambda *given: asked.append(1) or real(*given))
    infer(made, [], by="new")
    assert not asked
    infer(made, [], by="newer")
    assert asked and made.dump(inferred_graph()) == shared


def test_what_is_inferred_can_be_dropped_and_made_again() -> None:
    made = small((ARTICLE, FACTS))
    wanted = derived(made)
    drop(made)
    assert derived(made) == {}
    assert not ask(made, "?s pa:concerns ?o")
    assert ask(made, "?s a pa:Metric ; pa:bureau ?o")
    infer(made)
    assert derived(made) == wanted


def test_the_graph_says_by_which_rules_it_came_about() -> None:
    made = small((ARTICLE, FACTS))
    graph = inferred_graph()
    pattern = f'<{graph}> <http://www.w3.org/ns/prov#wasGeneratedBy>/pa:rule "chain: campaign, series -> inSeries"'
    assert ask(made, pattern)


def test_what_follows_of_an_article_says_from_which_graphs_it_is() -> None:
    made = small((ARTICLE, FACTS), other("b", "瑞安市公安局"))
    prov = "http://www.w3.org/ns/prov#"
    for article in ("wenzhou", "b"):
        graph = inferred_graph(article=article)
        for origin in (graph_iri(article), inferred_graph()):
            assert ask(made, f"GRAPH <{graph}> {{ <{graph}> <{prov}wasDerivedFrom> <{origin}> }}")
        assert ask(made, f"<{graph}> <{prov}wasGeneratedBy>/pa:rule 'property: bureau -> concerns'")
    drop(made)
    assert not ask(made, f"?graph <{prov}wasDerivedFrom> <{inferred_graph()}>")


def test_an_axiom_that_no_rule_carries_out_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    more = ontology() + Graph()
    more.add((URIRef(f"{ONTOLOGY}under"), RDF.type, URIRef("http://www.w3.org/2002/07/owl#SymmetricProperty")))
    rules.cache_clear()
    with monkeypatch.context() as patch:
        patch.setattr(kg.inference, "ontology", lambda: more)
        with pytest.raises(MappingError, match="SymmetricProperty"):
            rules()
    rules.cache_clear()


def test_a_build_infers(kg: Kg, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(
        "2021年,温州市公安局破获刑事案件300起。温州市公安局鹿城分局抓获犯罪嫌疑人20名。", encoding="utf-8"
    )
    assert kg("build", "a.txt").returncode == 0
    query = "SELECT (COUNT(*) AS ?n) WHERE { ?c a pa:Claim ; pa:concerns ?b . ?b rdfs:label '浙江省公安厅' }"
    first = kg("query", "-", "--format", "csv", stdin=query)
    assert first.returncode == 0 and int(first.stdout.split()[1]) >= 2
    (tmp_path / "a.txt").write_text("2021年,温州市公安局破获刑事案件300起。", encoding="utf-8")
    assert kg("build", "a.txt").returncode == 0
    assert int(kg("query", "-", "--format", "csv", stdin=query).stdout.split()[1]) == 1


def test_the_vocabularies_are_put_again_where_they_have_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, store, put = tmp_path / "articles", tmp_path / "s", list[str]()

    def build_with(number: int, vocabulary: bytes) -> None:
        folder.mkdir(exist_ok=True)
        (folder / "a.txt").write_text(f"镇安县公安局2023年破获刑事案件{number}起。", encoding="utf-8")
        monkeypatch.setattr(pipeline, "vocabularies", lambda: [("urn:v", vocabulary)])
        put.clear()
        pipeline.build([str(folder)], str(store))

    putting = Writer.put_graph
    monkeypatch.setattr(Writer, "put_graph", lambda w, graph, *data: put.append(graph) or putting(w, graph, *data))
    build_with(1, b"<urn:a> <urn:b> <urn:c> .")
    assert "urn:v" in put
    build_with(2, b"<urn:a> <urn:b> <urn:c> .")
    assert put
    assert "urn:v" not in put
    build_with(3, b"<urn:a> <urn:b> <urn:d> .")
    assert open_store(store).triples("urn:v") == b"<urn:a> <urn:b> <urn:d> .\n"


def test_the_command_makes_it_again_or_drops_it(kg: Kg, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("2021年,温州市公安局鹿城分局破获刑事案件300起。", encoding="utf-8")
    assert kg("infer").returncode == 3
    assert kg("build", "a.txt").returncode == 0
    query = "ASK { ?claim pa:concerns ?bureau }"
    assert "true" in kg("query", "-", "--format", "json", stdin=query).stdout
    assert kg("infer", "--drop").returncode == 0
    assert "false" in kg("query", "-", "--format", "json", stdin=query).stdout
    silent = kg("query", "stopped-reporting")
    assert silent.returncode == 0 and silent.stdout == "" and "kg infer" in silent.stderr
    again = kg("infer")
    assert again.returncode == 0 and "1 articles" in again.stdout
    assert kg("query", "stopped-reporting").stderr == ""
    assert "true" in kg("query", "-", "--format", "json", stdin=query).stdout


def graph_with(triples: Iterable[tuple[Node, Node, Node]]) -> Graph:
    found = Graph()
    for triple in triples:
        if not isinstance(triple[0], Literal):  # owlrl derives such, and no comparison of graphs takes them
            found.add(triple)
    return found


def test_a_closure_that_is_kept_is_the_one_that_is_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    path = tmp_path / "__pycache__" / "closure.kept"
    made = kept_closure(path)
    written = path.read_bytes()
    kept = kept_closure(path)
    assert set(kept) == set(made)
    assert isomorphic(graph_with(kept), graph_with(closure(ontology())))
    for damaged in (written[: len(written) // 2], b"", written.replace(b"subClassOf", b"subclassof", 1)[:-1]):
        path.write_bytes(damaged)
        assert len(kept_closure(path)) == len(made)
        assert path.read_bytes()[:50] == written[:50]
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    path.unlink()
    kept_closure(path)
    assert not path.exists()
