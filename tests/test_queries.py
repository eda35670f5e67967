"""The stored queries, asked of the gold facts; what they should answer is worked out here from the gold files."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from kg.errors import QueryError, UsageError
from kg.facts.series import campaign_series
from kg.graph import graph_iri
from kg.inference import infer
from kg.pipeline import vocabularies
from kg.queries import ask, bind, catalogue, decode_query, find_query, grouped, read_query
from kg.reporting import year_told
from kg.store import Held, Rows, Store, memory_writer, open_store, write_store
from kg.unmatched import unmatched

Fact = dict[str, Any]


def rows(store: Store, name: str, columns: Iterable[str], **arguments: str) -> Counter[tuple[str | None, ...]]:
    """Return how often each row comes, cut down to some columns."""
    answer = ask(store, name, arguments)
    assert isinstance(answer, Rows)
    places = [answer.columns.index(column) for column in columns]
    return Counter(tuple(None if (term := row[i]) is None else term.value for i in places) for row in answer.rows)


def spell(value: float | None) -> str | None:
    return None if value is None else f"{value:f}".rstrip("0").rstrip(".") if isinstance(value, float) else str(value)


def days(fact: Fact) -> tuple[str | None, str | None]:
    period = fact.get("period") or {}
    return period.get("start"), period.get("end")


def quote(fact: Fact) -> str:
    return min(place["quote"] for place in fact["evidence"])


def against(fact: Fact) -> str:
    match fact["comparison"]:
        case None:
            return "not stated"
        case "yoy":
            return "same period a year before"
        case "mom":
            return "the period before"
    return f"{fact['baseline']['start']}/{fact['baseline']['end']}"


def metrics(gold: list[Fact], wanted: Callable[[Fact], bool]) -> Iterator[Fact]:
    return (fact for fact in gold if fact["type"] == "Metric" and wanted(fact))


def test_catalogue_is_grouped_and_asks_in_two_languages() -> None:
    assert len(catalogue()) >= 24
    assert sorted(query.name for queries in grouped().values() for query in queries) == list(catalogue())
    assert all(grouped().values())
    for query in catalogue().values():
        assert re.search("[一-龥]", query.question_zh)
        assert query.question.endswith("?")
        assert query.question_zh.endswith("？")


def test_what_is_documented_can_be_asked(gold_store: Store) -> None:
    for query in catalogue().values():
        assert {p.name for p in query.parameters if p.default is None} <= set(query.sample), query.name
        assert isinstance(ask(gold_store, query, query.sample), Rows)


def test_a_row_about_a_claim_shows_its_quote_and_its_article() -> None:
    for query in catalogue().values():
        select = query.sparql[query.sparql.index("SELECT") : query.sparql.index("WHERE")]
        if query.name not in ("articles", "bureaus", "coverage-matrix", "indicators", "reviews", "whole-beside-parts"):
            assert re.search(r"\?quote|\?fellWords", select), query.name
            assert re.search(r"\?source|\?fellSource", select), query.name


def test_headers_that_cannot_be_read_are_refused() -> None:
    with pytest.raises(QueryError, match="a sample is given as"):
        read_query("# sample: bureau\nSELECT * {}", "mine")
    assert read_query("# sample: a=1, b=2\nSELECT * {}", "mine").sample == {"a": "1", "b": "2"}


CHANGE = ("bureau", "indicator", "direction", "value", "unit", "bound", "from", "to", "against", "quote", "source")


def change_row(fact: Fact) -> tuple[str | None, ...]:
    head = (fact["bureau"], fact["indicator"], fact["direction"], spell(fact["value"]), fact["unit"], fact["bound"])
    return (*head, *days(fact), against(fact), quote(fact), fact["article"])


@pytest.mark.parametrize("direction", ["down", "up", "any"])
def test_falling_or_rising_gives_each_change_with_its_baseline(
    gold: list[Fact], gold_store: Store, direction: str
) -> None:
    expected = Counter(
        change_row(f) for f in metrics(gold, lambda f: f["kind"] == "change" and direction in (f["direction"], "any"))
    )
    assert sum(expected.values()) > 15
    assert rows(gold_store, "falling-or-rising", CHANGE, direction=direction) == expected


def test_falling_or_rising_is_narrowed_by_bureau_and_indicator(gold: list[Fact], gold_store: Store) -> None:
    expected = Counter(
        change_row(f)
        for f in metrics(
            gold, lambda f: f["kind"] == "change" and "滨州" in f["bureau"] and "交通事故" in f["indicator"]
        )
    )
    assert len(expected) == 7
    assert rows(gold_store, "falling-or-rising", CHANGE, bureau="滨州", indicator="交通事故") == expected


def test_criminal_cases_answers_for_three_cities_with_baseline_and_quote(gold_store: Store) -> None:
    columns = ("bureau", "indicator", "value", "from", "to", "against", "quote", "source")
    answer = set(rows(gold_store, "criminal-cases", columns))
    before = "same period a year before"
    y2020, y2025, y2024 = ("2020-01-01", "2020-12-31"), ("2025-01-01", "2025-09-06"), ("2024-01-01", "2024-09-30")
    base = "2019-01-01/2019-09-30"
    assert answer >= {
        ("滨州市公安局", "刑事立案", "5.8", *y2020, before, "全市刑事立案同比下降5.8%", "binzhou-2020"),
        ("滨州市公安局", "刑事案件发案", "7.8", *y2025, before, "全市刑事案件发案同比下降7.8%", "binzhou-2025"),
        ("亳州市公安局", "刑事案件立案数", "9.6", *y2024, base, "刑事案件立案数同比下降9.6%", "bozhou-2024"),
    }
    assert len(answer) == 4
    assert {row[5] for row in answer if row[7] == "baicheng-2016"} == {"not stated"}


def test_first_places_by_scope(gold: list[Fact], gold_store: Store) -> None:
    expected = Counter(
        (fact["scope"] or "not stated", fact["bureau"], fact["indicator"], *days(fact), quote(fact))
        for fact in metrics(gold, lambda f: f["kind"] == "rank" and f["value"] == 1)
    )
    columns = ("scope", "bureau", "indicator", "from", "to", "quote")
    assert rows(gold_store, "first-places", columns) == expected
    province = Counter({row: n for row, n in expected.items() if row[0] == "全省"})
    assert sum(province.values()) == 13
    assert rows(gold_store, "first-places", columns, scope="全省") == province


def test_first_places_counts_places_below_the_first_when_asked(gold: list[Fact], gold_store: Store) -> None:
    expected = sum(1 for _ in metrics(gold, lambda f: f["kind"] == "rank" and (f["value"] or 99) <= 3))
    assert sum(rows(gold_store, "first-places", ("indicator",), rank="3").values()) == expected


def series(name: str, article: str) -> str:
    return campaign_series(name, int(article[-4:])).series


def test_campaigns_of_more_than_one_place_come_with_their_outcomes(
    gold: list[Fact], gold_graphs: Mapping[str, bytes]
) -> None:
    writer = memory_writer()
    for id, data in gold_graphs.items():
        writer.put_article(Held(id, f"{id}.txt", "", graph_iri(id), {}), data, "jsonld")
    infer(writer)
    places = {fact["name"]: fact["place"] for fact in gold if fact["type"] == "Bureau"}
    ran = defaultdict(set)
    for fact in gold:
        if fact["type"] == "Campaign":
            ran[series(fact["name"], fact["article"])].add(places.get(fact["bureau"], fact["bureau"]))
    shared = {name for name, where in ran.items() if len(where) > 1}
    expected = Counter(
        (fact["name"], fact["bureau"], None, None, quote(fact))
        for fact in gold
        if fact["type"] == "Campaign" and series(fact["name"], fact["article"]) in shared
    )
    expected.update(
        (fact["campaign"], fact["bureau"], fact["indicator"], spell(fact["value"]), quote(fact))
        for fact in metrics(gold, lambda f: f["campaign"] and series(f["campaign"], f["article"]) in shared)
    )
    assert shared >= {"云剑", "扫黑除恶", "昆仑", "夏季治安打击整治"}
    columns = ("campaign", "bureau", "indicator", "value", "quote")
    assert rows(writer.reading(), "campaigns-across-bureaus", columns) == expected


@pytest.mark.parametrize("level", ["any", "national", "provincial", "municipal", "county"])
def test_honors_by_level(gold: list[Fact], gold_store: Store, level: str) -> None:
    expected = Counter(
        (f["level"] or "not stated", f["title"], f["recipient"], f["bureau"], f["grantor"], *days(f), quote(f))
        for f in gold
        if f["type"] == "Honor" and level in ("any", f["level"])
    )
    columns = ("level", "title", "recipient", "bureau", "grantor", "from", "to", "quote")
    assert rows(gold_store, "honors-by-level", columns, level=level) == expected


def test_one_bureau_over_the_years_2020_and_2025(gold: list[Fact], gold_store: Store) -> None:
    expected = Counter(
        (
            year_told(*map(str, days(f))) if all(days(f)) else None,
            f["indicator"], f["kind"], spell(f["value"]), f["unit"],
            against(f) if f["kind"] == "change" else None, quote(f), f["article"],
        )
        for f in metrics(gold, lambda f: "滨州市公安局" in f["bureau"])
    )  # fmt: skip
    columns = ("year", "indicator", "kind", "value", "unit", "against", "quote", "source")
    answer = rows(gold_store, "bureau-over-the-years", columns, bureau="滨州市公安局")
    assert answer == expected
    assert {row[0] for row in answer} >= {"2020", "2025"}


def test_homicide_clearance(gold_store: Store) -> None:
    assert rows(gold_store, "homicide-clearance", ("bureau", "value", "bound", "streak", "source")) == Counter(
        [
            ("亳州市公安局", "100", "exact", "10年", "bozhou-2024"),
            ("滨州市公安局", "100", "exact", None, "binzhou-2020"),
            ("滨州市公安局", "100", "exact", None, "binzhou-2025"),
            ("白城市公安局", "97.03", "exact", None, "baicheng-2016"),
        ]
    )


def test_losses_recovered_keep_their_bound(gold_store: Store) -> None:
    answer = rows(gold_store, "losses-recovered", ("bureau", "yuan", "bound"))
    assert answer == Counter(
        [
            ("山东省公安厅", "10000000000", "min"),
            ("滨州市公安局", "1080000000", "exact"),
            ("滨州市公安局", "20000000", "min"),
            ("亳州市公安局", "15000000", "min"),
            ("亳州市公安局", "1500000", "min"),
        ]
    )
    large = rows(gold_store, "losses-recovered", ("yuan",), least="100000000.5")
    assert large == Counter([("10000000000",), ("1080000000",)])


def test_evidence_of_a_bureau_gives_every_place(gold: list[Fact], gold_store: Store) -> None:
    names = {"Metric": "indicator", "Honor": "title", "Campaign": "name"}
    expected = Counter(
        (
            fact["article"], str(place["start"]), str(place["end"]), fact["type"], fact[names[fact["type"]]],
            place["quote"],
        )
        for fact in gold
        if fact["type"] in names and "亳州市公安局" in (fact["bureau"] or "")
        for place in fact["evidence"]
    )  # fmt: skip
    columns = ("source", "start", "end", "type", "claim", "quote")
    assert rows(gold_store, "evidence-of-bureau", columns, bureau="亳州市公安局") == expected


def test_bureaus_count_their_claims(gold: list[Fact], gold_store: Store) -> None:
    counted = Counter(fact["bureau"] for fact in metrics(gold, lambda _: True))
    answer = {row[0]: row for row in rows(gold_store, "bureaus", ("bureau", "level", "parent", "metrics"))}
    assert set(answer) == {fact["name"] for fact in gold if fact["type"] == "Bureau"}
    for fact in gold:
        if fact["type"] == "Bureau":
            assert answer[fact["name"]][1:] == (fact["level"], fact["parent"], str(counted[fact["name"]]))


def test_each_triple_is_seen_once_whatever_number_of_articles_state_it(gold_store: Store) -> None:
    query = decode_query("SELECT ?b { ?b rdfs:label '滨州市公安局'; pa:level ?l }".encode(), "q")
    answer = ask(gold_store, query)
    assert isinstance(answer, Rows)
    assert len(answer.rows) == 1


# --- parameters -------------------------------------------------------------------------------------------------------


def test_unknown_name_gives_the_nearest() -> None:
    with pytest.raises(UsageError, match="did you mean homicide-clearance"):
        find_query("homicide-clearence")
    with pytest.raises(UsageError, match="kg queries lists them"):
        find_query("天气")


@pytest.mark.parametrize(
    ("name", "arguments", "message"),
    [
        ("evidence-of-bureau", {}, "needs -p bureau="),
        ("bureaus", {"city": "滨州"}, 'no parameter "city"; it has bureau'),
        ("criminal-cases", {"direction": "sideways"}, 'direction is one of down, up, any, not "sideways"'),
        ("losses-recovered", {"least": "viel"}, "least is of type decimal"),
        ("losses-recovered", {"least": "NaN"}, "least is of type decimal"),
        ("first-places", {"rank": "1.5"}, "rank is of type integer"),
    ],
)
def test_arguments_that_do_not_fit_are_refused(
    gold_store: Store, name: str, arguments: dict[str, str], message: str
) -> None:
    with pytest.raises(UsageError, match=re.escape(message)):
        ask(gold_store, name, arguments)


@pytest.mark.parametrize(
    "value",
    [
        *('滨州") || true || CONTAINS("', '"', "\\", "'''", '"""', "} #", "$bureau", "?bureau", "\n"),
        *("<urn:x>", "\u0000", "\\u0022"),
    ],
)
def test_a_parameter_cannot_break_out(gold_store: Store, value: str) -> None:
    assert rows(gold_store, "bureaus", ("bureau",), bureau=value) == Counter()


@pytest.mark.parametrize(
    ("name", "arguments", "said"),
    [
        ("criminal-cases", {"bureau": "滨洲"}, ['no agency here has "滨洲" in its name']),
        (
            "bureaus",
            {"bureau": "濱州"},
            ['no agency here has "濱州" in its name (names are in Simplified characters: 滨州)'],
        ),
        ("campaign-outcomes", {"campaign": "云箭", "bureau": "滨州"}, ['no campaign here has "云箭" in its name']),
        ("campaign-outcomes", {"campaign": "云剑", "aspect": "破案"}, []),
        ("compare-indicator", {"subject": "theft", "aspect": "clearance"}, []),
    ],
)
def test_names_that_are_nowhere_are_told(
    gold_store: Store, name: str, arguments: dict[str, str], said: list[str]
) -> None:
    assert list(unmatched(gold_store, find_query(name), arguments)) == said


@pytest.mark.parametrize(
    ("words", "near"), [("电信诈编", "near it are 电信诈骗"), ("foo", "ontology/indicators.ttl has them")]
)
def test_words_that_the_vocabulary_does_not_have_are_refused(tmp_path: Path, words: str, near: str) -> None:
    with write_store(tmp_path / "s", package="test") as writer:
        for graph, data in vocabularies():
            writer.put_graph(graph, data, "turtle")
    with pytest.raises(UsageError, match=f'compare-indicator: no subject is called "{words}"; {near}'):
        list(unmatched(open_store(tmp_path / "s"), find_query("compare-indicator"), {"subject": words}))


def test_where_no_vocabulary_is_nothing_is_said_of_words(tmp_path: Path) -> None:
    with write_store(tmp_path / "s", package="test"):
        pass
    assert list(unmatched(open_store(tmp_path / "s"), find_query("compare-indicator"), {"subject": "foo"})) == []


def test_only_what_the_header_says_becomes_part_of_the_query() -> None:
    asked = []

    class Listening:
        def ask(self, sparql: str, **given: Any) -> bool:
            asked.append((sparql.rpartition("FILTER")[2], sorted(given["functions"])))
            return True

    header = '# param a: string = "" -- x\n# param b: up|down = up -- x\n# param c: string -- x\n'
    query = read_query(header + "ASK { FILTER($a = $b && $b = $c) }", "q")
    ask(Listening(), query, {"b": "down", "c": "up"})
    ask(Listening(), query, {"a": "down", "c": ""})
    call = "urn:pingan:parameter:"
    assert asked == [
        (f'("" = "down" && "down" = <{call}c>()) }}', [f"{call}c"]),
        (f'(<{call}a>() = "up" && "up" = <{call}c>()) }}', [f"{call}a", f"{call}c"]),
    ]


def test_parameters_are_of_their_types(gold_store: Store) -> None:
    head = "# param d: date -- day\n# param i: iri -- node\n# param n: integer = 5 -- number\n"
    query = read_query(head + "SELECT ($d AS ?day) (ISIRI($i) AS ?iri) ($n + 1 AS ?sum) {}", "typed")
    answer = ask(gold_store, query, {"d": "2020-02-29", "i": "urn:a"})
    assert isinstance(answer, Rows)
    assert [term and term.value for term in answer.rows[0]] == ["2020-02-29", "true", "6"]
    for wrong in ({"d": "2021-02-29", "i": "urn:a"}, {"d": "2020-02-29", "i": "urn:a> <urn:b"}):
        with pytest.raises(UsageError):
            ask(gold_store, query, wrong)


@pytest.mark.parametrize(
    "header", ["# param n -- x", "# param n: number = 5 -- x", "# param n: integer = 5", "# param : string -- x"]
)
def test_a_header_that_cannot_be_read_is_refused(header: str) -> None:
    with pytest.raises(QueryError, match="line 1"):
        read_query(f"{header}\nSELECT * {{}}", "mine")


# --- refusals ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sparql", "word"),
    [
        ("SELECT * FROM <file:///etc/passwd> { ?s ?p ?o }", "FROM"),
        ("SELECT * from named <http://127.0.0.1:9/> { ?s ?p ?o }", "FROM"),
        ("PREFIX x: <http://127.0.0.1:9/> SELECT * FROM x:y { ?s ?p ?o }", "FROM"),
        ("PREFIX : <http://127.0.0.1:9/> SELECT * FROM:y { ?s ?p ?o }", "FROM"),
        ("SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }", "SERVICE"),
        ("SELECT * { service silent ?where { ?s ?p ?o } }", "SERVICE"),
        ("PREFIX : <http://127.0.0.1:9/> SELECT * { SERVICE:y { ?s ?p ?o } }", "SERVICE"),
        ("SELECT * { #\n SeRvIcE#\n<http://127.0.0.1:9/> { ?s ?p ?o } }", "SERVICE"),
        ("SELECT * { ?s ?p 1SERVICE<http://127.0.0.1:9/>{ ?s ?p ?o } }", "SERVICE"),
        ("LOAD <http://127.0.0.1:9/>", "LOAD"),
        ("INSERT DATA { <urn:a> <urn:b> 1 }", "INSERT"),
        ("DELETE WHERE { ?s ?p ?o }", "DELETE"),
        ("CLEAR ALL", "CLEAR"),
        ("DROP GRAPH <urn:g>", "DROP"),
        ("PREFIX x: <urn:x> CREATE GRAPH x:g", "CREATE"),
        ("WITH <urn:g> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }", "WITH"),
        ("COPY <urn:a> TO <urn:b>", "COPY"),
        ("MOVE <urn:a> TO <urn:b>", "MOVE"),
        ("ADD <urn:a> TO <urn:b>", "ADD"),
    ],
)
def test_updates_and_what_reaches_outside_are_refused_before_they_run(
    gold_store: Store, sparql: str, word: str
) -> None:
    with pytest.raises(QueryError, match=f"{word} (is an update|reaches outside)"):
        ask(gold_store, decode_query(sparql.encode(), "q"))


@pytest.mark.parametrize(
    "sparql",
    [
        'SELECT ("FROM <x>" AS ?from) { }',
        "SELECT ('''SERVICE\n''' AS ?service) { } # LOAD this",
        "PREFIX insert: <urn:delete#> SELECT * { ?s insert:drop <urn:from/service> }",
        "SELECT * { ?with ?load ?copy FILTER(?with<?load && ?copy>?load) }",
    ],
)
def test_words_inside_strings_names_and_comments_are_no_offence(gold_store: Store, sparql: str) -> None:
    assert isinstance(ask(gold_store, decode_query(sparql.encode(), "q"), limit=3), Rows)


@pytest.mark.parametrize(
    ("sparql", "place"),
    [
        ("SELECT ?s\nWHERE { ?s ?p", "line 2, column 14"),
        ("SELECT ?s WHERE { ?s 天气 ?o }", "line 1, column 22"),
        ("SELEKT ?s WHERE { ?s ?p ?o }", "line 1, column 1"),
        ("SELECT ?s ?n\n{ ?s nope:x ?n }", "line 2, column 6: prefix nope: is not declared"),
        ("SELECT ?s (COUNT(?o) AS ?n) { ?s ?p ?o }", "line 1, column 41: SELECT names a variable"),
        ("SELECT ?s { ?s ?p ?o FILTER(CONTAIN(?o, '1')) }", "line 1, column 29: SPARQL has no word"),
        ('SELECT ?s { ?s pa:kind "件" , }', "line 1, column"),
    ],
)
def test_syntax_errors_have_line_and_column(gold_store: Store, sparql: str, place: str) -> None:
    with pytest.raises(QueryError, match=place):
        ask(gold_store, decode_query(sparql.encode(), "q"))


def test_absurd_queries_are_refused(gold_store: Store) -> None:
    nested = "SELECT * { " + "{" * 10_000 + "}" * 10_000 + " }"
    with pytest.raises(QueryError, match="brackets"):
        ask(gold_store, decode_query(nested.encode(), "q"))
    with pytest.raises(QueryError, match="limit"):
        decode_query(b"#" * 1_000_001, "q")
    for data, message in ((b"", "empty"), (b"  \n", "empty"), (b"\xff\xfe", "not UTF-8")):
        with pytest.raises(QueryError, match=message):
            decode_query(data, "q")


def test_ask_and_construct_answer_too(gold_store: Store) -> None:
    assert ask(gold_store, decode_query(b"ASK { ?m a pa:Metric }", "q")) is True
    triples = ask(gold_store, decode_query(b"CONSTRUCT { ?m a pa:Claim } WHERE { ?m a pa:Honor }", "q"))
    assert isinstance(triples, bytes)
    assert triples.count(b"\n") == 60


@pytest.mark.parametrize("rows", ["0", "-1", "99999999999999999999"])
def test_a_number_of_rows_that_is_none_is_refused(rows: str) -> None:
    with pytest.raises(UsageError, match=f'criminal-cases: rows is of type integer from 1 to 1000000000, not "{rows}"'):
        bind(find_query("criminal-cases"), {"rows": rows})


def test_a_stored_query_gives_at_most_so_many_rows_and_says_that_there_are_more(gold_store: Store) -> None:
    whole = ask(gold_store, "falling-or-rising")
    some = ask(gold_store, "falling-or-rising", {"rows": "5"})
    assert isinstance(whole, Rows) and isinstance(some, Rows)
    assert not whole.cut and some.cut
    assert len(some.rows) == 5 < len(whole.rows)
    assert set(some.rows) <= set(whole.rows)
    last = ask(gold_store, "falling-or-rising", {"rows": str(len(whole.rows) + 1)})
    assert isinstance(last, Rows) and last == whole
