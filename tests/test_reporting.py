"""Who reports what in which years: put together of an article's metrics, and kept in step with them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from kg.article import article_of
from kg.facts.model import Evidence, Fact, Metric, Period
from kg.graph import ONTOLOGY, graph_iri, to_jsonld_text
from kg.inference import drop, infer, inferred_graph
from kg.pipeline import vocabularies
from kg.reporting import reporting_graph
from kg.store import Held, Rows, Writer, memory_writer

PREFIXES = {"pa": ONTOLOGY, "prov": "http://www.w3.org/ns/prov#"}


def claim(
    id: str, indicator: str, year: int | None, *, bureau: str | None = "温州市公安局", fell: bool = False
) -> Fact:
    return Metric(
        article=id,
        evidence=(Evidence(0, 2, "某局"),),
        bureau=bureau,
        indicator=indicator,
        kind="change" if fell else "count",
        value=Decimal(3),
        unit="%" if fell else "起",
        direction="down" if fell else None,
        period=year and Period(date(year, 1, 1), date(year, 12, 31)),
    )


def put(writer: Writer, id: str, *facts: Fact) -> None:
    text = to_jsonld_text(article_of("某局说", id=id), list(facts))
    writer.put_article(Held(id, f"{id}.txt", "", graph_iri(id), {}), text.encode(), "jsonld")


def store() -> Writer:
    made = memory_writer()
    for name, data in vocabularies():
        made.put_graph(name, data, "turtle")
    put(made, "a", claim("a", "盗窃案件立案数", 2020, fell=True), claim("a", "盗窃案件立案数", 2021))
    put(made, "b", claim("b", "盗窃立案", 2022), claim("b", "其他", 2023), claim("b", "火灾起数", None))
    put(made, "c", claim("c", "火灾起数", 2019, bureau=None))
    infer(made)
    return made


def rows(writer: Writer, variables: str, pattern: str) -> list[list[str]]:
    answer = writer.ask(f"SELECT {variables} {{ {pattern} }} ORDER BY {variables}", prefixes=PREFIXES)
    assert isinstance(answer, Rows)
    return [[term.value.rpartition("#")[2] if term else "" for term in row] for row in answer.rows]


def test_one_node_has_what_several_articles_report_of_one_thing() -> None:
    made = store()
    of_theft = "?what pa:reportedSubject ?subject ; pa:reportedAspect ?aspect ; pa:reportedIn ?year"
    assert rows(made, "?subject ?aspect ?year", of_theft) == [["theft", "filed", str(y)] for y in (2020, 2021, 2022)]
    assert rows(made, "?year", "?what pa:fellIn ?year") == [["2020"]]
    assert rows(made, "?year", "?what pa:roseIn ?year") == []
    assert len(rows(made, "?what", "?what a pa:Reporting")) == 2  # thefts and, without a year, fires
    assert len(rows(made, "?claim", "?claim pa:reporting ?what . ?claim pa:bureau ?b . ?what pa:reportedBy ?b")) == 4


def test_a_bureau_speaks_in_every_year_of_which_it_tells_a_number() -> None:
    assert rows(store(), "?year", "?who pa:speaksIn ?year") == [["2020"], ["2021"], ["2022"], ["2023"]]


def test_what_is_told_is_the_slot_without_its_bureau() -> None:
    pairs = rows(store(), "?slot ?told", "?claim pa:slot ?slot ; pa:told ?told")
    assert len(pairs) == 4
    assert all(slot.partition("|")[2] == told for slot, told in pairs)
    assert rows(store(), "?told", "?bureau pa:speaksOf ?told") == sorted([told] for _, told in pairs)
    assert rows(store(), "?slot", "?article pa:tells ?slot") == [[slot] for slot, _ in pairs]


def test_it_comes_and_goes_with_its_article() -> None:
    made = store()
    put(made, "a", claim("a", "盗窃案件立案数", 2021))
    made.retract_article("b")
    infer(made, ["a", "b"])
    anew = memory_writer()
    for name, data in vocabularies():
        anew.put_graph(name, data, "turtle")
    put(anew, "a", claim("a", "盗窃案件立案数", 2021))
    put(anew, "c", claim("c", "火灾起数", 2019, bureau=None))
    infer(anew)
    assert rows(made, "?year", "?who pa:speaksIn ?year") == [["2021"]]
    assert made.dump(reporting_graph(article="a")) == anew.dump(reporting_graph(article="a")) != b""
    assert [name for name in made.graphs() if name.startswith(reporting_graph())] == [reporting_graph(article="a")]


def test_it_is_dropped_and_made_again_with_what_is_inferred() -> None:
    made = store()
    graph = reporting_graph(article="a")
    before = made.dump(graph)
    assert rows(made, "?from", f"GRAPH <{graph}> {{ <{graph}> prov:wasDerivedFrom ?from }}") == [[graph_iri("a")]]
    assert rows(made, "?by", f"<{graph}> prov:wasGeneratedBy ?by . <{inferred_graph()}> prov:wasGeneratedBy ?by")
    drop(made)
    assert rows(made, "?what", "?what a pa:Reporting") == []
    infer(made)
    assert made.dump(graph) == before
