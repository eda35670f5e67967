"""Who reports what in which years: put together of an article's metrics, and kept in step with them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from kg.article import article_of
from kg.facts.model import Campaign, Evidence, Fact, Honor, Metric, Period
from kg.graph import ONTOLOGY, graph_iri, to_jsonld_text
from kg.inference import drop, infer, inferred_graph
from kg.meeting import meeting_graph
from kg.pipeline import vocabularies
from kg.reporting import reporting_graph
from kg.store import Held, Rows, Writer, memory_writer

PREFIXES = {"pa": ONTOLOGY, "prov": "http://www.w3.org/ns/prov#", "rdfs": "http://www.w3.org/2000/01/rdf-schema#"}


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


def test_a_bureau_accounts_for_the_years_of_which_one_article_gives_five_numbers() -> None:
    late = Period(date(2021, 1, 1), date(2022, 1, 9))
    full = [told("d", f"抓获{n}人", str(n), indicator=f"其他{n}", period=late) for n in range(1, 6)]
    made = filled(*full, claim("d", "火灾起数", 2023))
    assert rows(made, "?year", "?who pa:accountsFor ?year") == [["2021"]]
    assert rows(made, "?year", "?who pa:speaksIn ?year") == [["2021"], ["2023"]]
    assert rows(store(), "?year", "?who pa:accountsFor ?year") == []


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
    assert sorted(name for name in made.graphs() if name.startswith(reporting_graph())) == [
        reporting_graph(article="a"),
        reporting_graph(article="c"),
    ]


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


def told(id: str, quote: str, value: str, *, indicator: str = "抓获犯罪嫌疑人", **more: object) -> Fact:
    fields: dict[str, object] = {
        "bureau": "温州市公安局", "kind": "count", "unit": "人", "period": Period(date(2024, 1, 1), date(2024, 12, 31)),
    }  # fmt: skip
    evidence = (Evidence(0, len(quote), quote),)
    return Metric(article=id, evidence=evidence, indicator=indicator, value=Decimal(value), **(fields | more))  # type: ignore[arg-type]


def filled(*facts: Fact) -> Writer:
    made = memory_writer()
    for name, data in vocabularies():
        made.put_graph(name, data, "turtle")
    for id in sorted({fact.article for fact in facts}):
        put(made, id, *(fact for fact in facts if fact.article == id))
    infer(made)
    return made


def test_a_number_has_the_range_that_its_bound_allows() -> None:
    made = filled(
        told("a", "抓获30人", "30"),
        told("a", "近500人", "500", indicator="抓获逃犯", bound="max"),
        told("a", "下降8%以上", "8", indicator="刑事立案", kind="change", unit="%", direction="down", bound="min"),
    )
    ranges = rows(made, "?least ?most", "?claim pa:least ?least ; pa:most ?most")
    assert ranges == [["-1000000000000000000", "-7.992"], ["0", "500.5"], ["29.97", "30.03"]]


def at(place: int, fact: Fact) -> Fact:
    quote = fact.evidence[0].quote
    return replace(fact, evidence=(Evidence(place, place + len(quote), quote),))


def test_numbers_are_at_odds_that_an_article_gives_in_the_same_words_and_not_in_one_place() -> None:
    one, other = told("a", "抓获30人", "30"), told("a", "又称抓获39人", "39")
    worded = told("a", "抓捕39人", "39", indicator="抓捕犯罪嫌疑人")
    roughly = told("a", "抓获近31人", "31", bound="approx")
    for fits in (replace(other, article="b"), worded, roughly, other):
        assert rows(filled(one, at(0 if fits is other else 90, fits)), "?slot", "?claim pa:atOdds ?slot") == []
    made = filled(one, at(90, other), at(180, worded))
    assert rows(made, "?value", "?claim pa:atOdds ?slot ; pa:slot ?slot ; pa:value ?value") == [["30"], ["39"]]


def test_an_agency_leads_to_the_campaigns_that_it_ran() -> None:
    ran = Campaign(article="a", evidence=(Evidence(0, 2, "某局"),), name="护航行动", bureau="温州市公安局")
    outcome = told("a", "抓获30人", "30", bureau="乐清市公安局", campaign="护航行动")
    who = "?who pa:tookPartIn ?drive . ?who rdfs:label ?name . ?drive rdfs:label ?title"
    assert rows(filled(ran, outcome), "?name ?title", who) == [["温州市公安局", "护航行动"]]


def test_numbers_meet_of_which_several_articles_tell() -> None:
    one, same = told("a", "抓获30人", "30"), told("b", "抓获39人", "39")
    other = told("b", "抓获9人", "9", period=Period(date(2023, 1, 1), date(2023, 12, 31)))
    meets = "?article pa:identifier ?id . ?claim pa:meets ?slot ; pa:slot ?slot ; pa:article ?article ; pa:value ?value"
    assert rows(filled(one, replace(same, article="a")), "?id ?value", meets) == []
    made = filled(one, same, other)
    assert rows(made, "?id ?value", meets) == [["a", "30"], ["b", "39"]]
    put(made, "c", replace(other, article="c"))
    infer(made, ["c"])
    assert rows(made, "?id ?value", meets) == [["a", "30"], ["b", "9"], ["b", "39"], ["c", "9"]]
    put(made, "c", replace(same, article="c"))
    infer(made, ["c"])
    assert rows(made, "?id ?value", meets) == [["a", "30"], ["b", "39"], ["c", "39"]]
    made.retract_article("a")
    infer(made, ["a"])
    assert rows(made, "?id ?value", meets) == [["b", "39"], ["c", "39"]]
    made.retract_article("c")
    infer(made, ["c"])
    assert rows(made, "?id ?value", meets) == []
    assert [graph for graph in made.graphs() if graph.startswith(meeting_graph())] == []


def test_where_every_article_changed_numbers_meet_anew() -> None:
    one, same = told("a", "抓获30人", "30"), told("b", "抓获39人", "39")
    made = filled(one, same)
    put(made, "c", replace(same, article="c"))
    made.retract_article("a")
    infer(made, ["a", "b", "c"])
    meets = "?article pa:identifier ?id . ?claim pa:meets ?slot ; pa:article ?article ; pa:value ?value"
    assert rows(made, "?id ?value", meets) == [["b", "39"], ["c", "39"]]
    assert made.dump(meeting_graph(article="a")) == b""
    made.retract_article("c")
    infer(made, ["b", "c"])
    assert rows(made, "?id ?value", meets) == []


def test_what_meets_is_dropped_and_made_again() -> None:
    made = filled(told("a", "抓获30人", "30"), told("b", "抓获39人", "39"))
    before = made.dump(meeting_graph(article="b"))
    assert before.count(b"\n") == 4
    drop(made)
    assert made.dump(meeting_graph(article="b")) == b""
    infer(made)
    assert made.dump(meeting_graph(article="b")) == before


def test_all_quotes_of_an_article_are_one_string() -> None:
    made = filled(told("a", "抓获30人", "30"), told("a", "破案9起", "9", indicator="破获刑事案件", unit="起"))
    assert rows(made, "?words", "?article pa:quotes ?words") == [["抓获30人\n破案9起"]]


def test_places_of_one_area_scope_and_year_are_one_contest() -> None:
    def first(id: str, bureau: str, scope: str) -> Fact:
        return told(id, "居第一", "1", indicator="群众安全感", kind="rank", unit="位", bureau=bureau, scope=scope)

    contests = "?claim pa:contest ?contest"
    of_one_province = filled(first("a", "温州市公安局", "全省"), first("b", "杭州市公安局", "全省"))
    assert rows(of_one_province, "?contest", contests) == [["33|全省|public-evaluation|sense-of-security|2024"]] * 2
    of_two = filled(first("a", "温州市公安局", "全省"), first("b", "滨州市公安局", "全省"))
    assert len({contest for (contest,) in rows(of_two, "?contest", contests)}) == 2
    of_all = filled(first("a", "温州市公安局", "全国"), first("b", "滨州市公安局", "全国"))
    assert len({contest for (contest,) in rows(of_all, "?contest", contests)}) == 1


def test_honors_of_one_year_and_level_stand_on_one_roll() -> None:
    def honor(id: str, kind: str, year: int | None) -> Fact:
        period = year and Period(date(year, 1, 1), date(year, 12, 31))
        fields = {"recipient_kind": kind, "level": "provincial", "bureau": "温州市公安局", "period": period}
        return Honor(article=id, evidence=(Evidence(0, 2, "荣获"),), title="先进集体", recipient=f"{id}局", **fields)  # type: ignore[arg-type]

    made = filled(honor("a", "bureau", 2020), honor("b", "unit", 2020), honor("c", "unit", None))
    assert rows(made, "?year ?honor", "?roll pa:rollYear ?year . ?honor pa:roll ?roll")[0][0] == "2020"
    assert len(rows(made, "?honor", '?honor pa:roll ?roll . ?roll pa:rollYear 2020 ; pa:rollLevel "provincial"')) == 2
    assert len(rows(made, "?honor", "?honor pa:ownRoll ?roll")) == 1
    assert len(rows(made, "?roll", "?roll a pa:Roll FILTER NOT EXISTS { ?roll pa:rollYear ?year }")) == 1
