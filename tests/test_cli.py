"""The commands as a person or a script meets them: what goes in, what comes out where, and the exit code."""

from __future__ import annotations

import csv
import io
import json
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pyoxigraph
import pytest
import rdflib
from rdflib.compare import to_isomorphic

from kg import examination, exports, gate
from kg.cli import commands
from kg.cli.arguments import COMMANDS, build_parser
from kg.resources import resource
from kg.store import open_store

Kg = Callable[..., "subprocess.CompletedProcess[str]"]

ZHENAN = """镇安县公安局2023年工作综述

2023年,镇安县公安局破获刑事案件120起,抓获犯罪嫌疑人80余人,刑事案件立案数同比下降12.5%。
现发命案全破,挽回经济损失300余万元。
"""
LUONAN = """洛南县公安局2023年工作综述

2023年,洛南县公安局刑事案件立案数同比下降8%,电动车登记工作位居全市第一。
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder of two reports."""
    folder = tmp_path / "reports"
    folder.mkdir()
    (folder / "zhenan.txt").write_text(ZHENAN, encoding="utf-8")
    (folder / "luonan.txt").write_text(LUONAN, encoding="utf-8")
    return folder


@pytest.fixture
def store(built: Callable[..., Path], folder: Path, tmp_path: Path) -> Path:
    """Return a store built from the two reports, which stand in the folder."""
    texts = {path.name: path.read_text(encoding="utf-8") for path in sorted(folder.iterdir())}
    return Path(shutil.copytree(built(texts), tmp_path / "store"))


@pytest.fixture
def own_store(kg: Kg, folder: Path, tmp_path: Path) -> Path:
    """Return a store built from the two reports where they stand, which building them again knows."""
    done = kg("build", "--store", "store", folder)
    assert done.returncode == 0, done.stdout + done.stderr
    return tmp_path / "store"


def did(done: subprocess.CompletedProcess[str]) -> dict[str, str]:
    """Return what a build did, from its JSON."""
    return {article["id"]: article["did"] for article in json.loads(done.stdout)["articles"]}


# --- build ------------------------------------------------------------------------------------------------------------


def test_build_says_what_was_read_found_refused_and_where_the_store_is(kg: Kg, folder: Path) -> None:
    done = kg("build", "--store", "s", folder)
    assert done.returncode == 0
    assert done.stderr == ""
    lines = done.stdout.splitlines()
    assert "read     2 articles: 2 added" in lines
    assert any(line.startswith("found    ") and "Metric" in line for line in lines)
    assert "refused  0 articles" in lines
    assert "store    s" in lines


def test_a_second_build_does_nothing_and_says_so(kg: Kg, own_store: Path, folder: Path) -> None:
    before = {path: path.stat().st_mtime_ns for path in own_store.rglob("*")}
    done = kg("build", "--store", own_store, folder)
    assert done.returncode == 0
    assert "Nothing has changed" in done.stdout
    assert {path: path.stat().st_mtime_ns for path in own_store.rglob("*")} == before


def test_a_dry_run_says_what_would_be_read_and_counts_no_facts(kg: Kg, own_store: Path, folder: Path) -> None:
    (folder / "zhenan.txt").write_text(ZHENAN.replace("120起", "121起"), encoding="utf-8")
    done = kg("build", "--store", own_store, "--dry-run", folder)
    assert done.stdout.splitlines() == [
        f"dry run, nothing is written: 1 of 2 articles would be read into {own_store}",
        "changed  zhenan",
    ]


def test_changed_new_and_removed_articles(kg: Kg, own_store: Path, folder: Path) -> None:
    (folder / "zhenan.txt").write_text(ZHENAN.replace("120起", "121起"), encoding="utf-8")
    (folder / "luonan.txt").unlink()
    (folder / "danfeng.txt").write_text(LUONAN.replace("洛南", "丹凤"), encoding="utf-8")
    planned = kg("build", "--store", own_store, "--dry-run", "--format", "json", folder)
    expected = {"zhenan": "changed", "luonan": "retracted", "danfeng": "added"}
    assert did(planned) == expected
    assert set(open_store(own_store).held) == {"zhenan", "luonan"}
    assert did(kg("build", "--store", own_store, "--format", "json", folder)) == expected
    dump = open_store(own_store).dump().decode()
    assert '"121"' in dump
    assert '"120"' not in dump
    assert "luonan" not in dump
    assert set(open_store(own_store).held) == {"zhenan", "danfeng"}


@pytest.mark.parametrize("kind", ["rule", "lexicon", "ontology", "shape", "version"])
def test_what_decides_on_facts_is_part_of_what_a_store_remembers(
    kg: Kg, own_store: Path, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    """A changed rule, word, class, shape or version has every article read again, and only once."""
    for name in ("mappings", "ontology"):
        shutil.copytree(resource(name), tmp_path / "data" / name)
    monkeypatch.setattr(examination, "resource", lambda *parts: tmp_path.joinpath("data", *parts))
    try:
        examination.digest_of_package.cache_clear()
        assert set(did(kg("build", "--store", own_store, "--format", "json", folder)).values()) == {"unchanged"}
        if kind == "version":
            monkeypatch.setattr(examination, "software_name", lambda: "pingan-kg 99.0")
        else:
            where = {"rule": "mappings/rules/*.toml", "lexicon": "mappings/lexicons/*.tsv", "shape": "ontology/*/*.ttl"}
            path = sorted((tmp_path / "data").glob(where.get(kind, "ontology/*.ttl")))[0]
            path.write_bytes(path.read_bytes() + b"#\n")
        examination.digest_of_package.cache_clear()
        planned = did(kg("build", "--store", own_store, "--dry-run", "--format", "json", folder))
        assert did(kg("build", "--store", own_store, "--format", "json", folder)) == planned
        assert planned == {"luonan": "changed", "zhenan": "changed"}
        assert set(did(kg("build", "--store", own_store, "--format", "json", folder)).values()) == {"unchanged"}
    finally:
        examination.digest_of_package.cache_clear()


def test_an_article_of_another_folder_does_not_take_the_place_of_one_that_still_stands(
    kg: Kg, own_store: Path, folder: Path, tmp_path: Path
) -> None:
    other = tmp_path / "other"
    other.mkdir()
    (other / "zhenan.txt").write_text(LUONAN.replace("洛南", "丹凤"), encoding="utf-8")
    before = open_store(own_store).dump()
    for done in (kg("build", "--store", own_store, "--dry-run", other), kg("build", "--store", own_store, other)):
        assert done.returncode == 3
        assert "zhenan.txt: the store has its id, zhenan, from " in done.stderr
        assert done.stderr.rstrip().endswith("rename one, or --replace it")
    assert open_store(own_store).dump() == before
    taken = kg("build", "--store", own_store, "--dry-run", "--replace", "--format", "json", other)
    assert did(taken) == {"zhenan": "changed"}
    shutil.copy(folder / "luonan.txt", other)
    (other / "zhenan.txt").unlink()
    assert did(kg("build", "--store", own_store, "--format", "json", other)) == {"luonan": "changed"}  # a copy of it
    (other / "zhenan.txt").write_text(LUONAN.replace("洛南", "丹凤"), encoding="utf-8")
    (folder / "zhenan.txt").unlink()
    moved = kg("build", "--store", own_store, "--format", "json", other)
    assert did(moved) == {"luonan": "unchanged", "zhenan": "changed"}


def test_building_one_article_leaves_the_others_in_the_store(
    kg: Kg, own_store: Path, folder: Path, tmp_path: Path
) -> None:
    other = tmp_path / "other"
    other.mkdir()
    (other / "danfeng.txt").write_text(LUONAN.replace("洛南", "丹凤"), encoding="utf-8")
    assert did(kg("build", "--store", own_store, "--format", "json", other)) == {"danfeng": "added"}
    assert did(kg("build", "--store", own_store, "--format", "json", folder / "zhenan.txt")) == {"zhenan": "unchanged"}
    assert set(open_store(own_store).held) == {"zhenan", "luonan", "danfeng"}
    (folder / "luonan.txt").unlink()
    assert did(kg("build", "--store", own_store, "--format", "json", folder / "zhenan.txt"))["luonan"] == "retracted"


def test_the_order_of_building_leaves_no_trace(kg: Kg, folder: Path, tmp_path: Path) -> None:
    assert kg("build", "--store", "one", folder).returncode == 0
    for name in ("zhenan.txt", "luonan.txt"):
        assert kg("build", "--store", "two", folder / name).returncode == 0
    assert open_store(tmp_path / "one").dump() == open_store(tmp_path / "two").dump()


def test_two_articles_of_one_id_are_not_mixed_up(kg: Kg, folder: Path, tmp_path: Path) -> None:
    (folder / "more").mkdir()
    (folder / "more" / "zhenan.txt").write_text(LUONAN, encoding="utf-8")
    done = kg("build", "--store", "s", folder)
    assert done.returncode == 3
    assert "zhenan" in done.stderr
    assert "rename" in done.stderr


def test_publication_date_given_changes_the_periods(kg: Kg, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("今年以来,镇安县公安局破获刑事案件120起。\n", encoding="utf-8")
    for day in ("2021-05-20", "2022-06-30"):
        done = kg("facts", "a.txt", "--published", day, "--format", "jsonl")
        (metric,) = [fact for line in done.stdout.splitlines() if (fact := json.loads(line))["type"] == "Metric"]
        assert metric["period"] == {"start": f"{day[:4]}-01-01", "end": day}


# --- facts ------------------------------------------------------------------------------------------------------------


def test_facts_in_a_pipe_are_json_lines_in_the_form_of_the_contract(kg: Kg, folder: Path) -> None:
    done = kg("facts", folder / "zhenan.txt")
    assert done.returncode == 0
    facts = [json.loads(line) for line in done.stdout.splitlines()]
    assert {fact["type"] for fact in facts} == {"Bureau", "Metric"}
    for fact in facts:
        assert fact["article"] == "zhenan"
        for place in fact["evidence"]:
            assert ZHENAN[place["start"] : place["end"]] == place["quote"]
    metric = next(fact for fact in facts if fact.get("value") == 12.5)
    assert set(metric) >= {
        "bureau", "indicator", "kind", "value", "unit", "bound", "direction", "comparison", "baseline", "scope",
        "streak", "campaign", "period",
    }  # fmt: skip
    assert (metric["kind"], metric["direction"], metric["comparison"]) == ("change", "down", "yoy")
    bounds = {fact["value"]: fact["bound"] for fact in facts if fact["type"] == "Metric"}
    assert (bounds[80], bounds[3000000], bounds[120]) == ("min", "min", "exact")


def test_facts_from_standard_input_are_those_of_the_file(kg: Kg, folder: Path) -> None:
    piped = kg("facts", "-", stdin=ZHENAN)
    from_file = kg("facts", folder / "zhenan.txt")
    assert piped.stdout.replace('"stdin"', '"zhenan"') == from_file.stdout


def test_facts_as_jsonld_and_table_and_to_a_file(kg: Kg, folder: Path, tmp_path: Path) -> None:
    document = json.loads(kg("facts", folder / "zhenan.txt", "--format", "jsonld").stdout)
    assert document["id"].endswith("graph/zhenan")
    assert len(json.loads(kg("facts", folder, "--format", "jsonld").stdout)) == 2
    table = kg("facts", folder, "--format", "table").stdout
    assert "破获刑事案件" in table
    assert kg("facts", folder, "--format", "jsonl", "-o", "facts.jsonl").stdout == ""
    assert (tmp_path / "facts.jsonl").read_text(encoding="utf-8") == kg("facts", folder).stdout


def test_explain_names_rule_words_and_line(kg: Kg, folder: Path) -> None:
    done = kg("explain", folder / "zhenan.txt", "--about", "破获刑事案件")
    assert done.returncode == 0
    assert "zhenan, line 3" in done.stdout
    assert "破获刑事案件120起" in done.stdout
    assert "  rule     " in done.stdout
    offset = str(ZHENAN.index("120起"))
    assert "破获刑事案件" in kg("explain", folder / "zhenan.txt", "--at", offset).stdout


# --- query ------------------------------------------------------------------------------------------------------------


def test_falling_criminal_cases_of_two_counties_with_quotes(kg: Kg, store: Path) -> None:
    done = kg("query", "--store", store, "criminal-cases")
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert {(a["bureau"], a["value"], a["against"]) for a in answers} == {
        ("镇安县公安局", 12.5, "same period a year before"),
        ("洛南县公安局", 8, "same period a year before"),
    }
    assert all(answer["quote"] in ZHENAN + LUONAN for answer in answers)


def test_answers_in_each_format_agree(kg: Kg, store: Path) -> None:
    arguments = ("query", "--store", store, "criminal-cases", "-p", "bureau=镇安", "--format")
    (row,) = csv.DictReader(io.StringIO(kg(*arguments, "csv").stdout))
    (line,) = [json.loads(line) for line in kg(*arguments, "jsonl").stdout.splitlines()]
    (binding,) = json.loads(kg(*arguments, "json").stdout)["results"]["bindings"]
    assert row["value"] == str(line["value"]) == binding["value"]["value"] == "12.5"
    assert binding["value"]["datatype"] == "http://www.w3.org/2001/XMLSchema#decimal"
    assert row["quote"] == line["quote"] == binding["quote"]["value"]
    header, rule, cells, *below = kg(*arguments, "table").stdout.splitlines()
    assert header.startswith("bureau")
    assert set(rule) == {"─", " "}
    assert cells.startswith("镇安县公安局")
    assert below[0] == "" and below[1].split() == ["source", "title", "outlet", "published", "dated"]
    assert below[3:] == [below[3]] and below[3].startswith(row["source"])


def test_a_table_cites_the_articles_it_rests_on_once(kg: Kg, store: Path) -> None:
    shown = kg("query", "--store", store, "articles", "--format", "table").stdout
    assert shown.count("published") == 1 and len(shown.splitlines()) == 4
    assert "published" not in kg("query", "--store", store, "bureaus", "--format", "table").stdout


def test_ad_hoc_sparql_from_standard_input_and_from_a_file(kg: Kg, store: Path, tmp_path: Path) -> None:
    sparql = "SELECT ?i ?v { ?m a pa:Metric ; pa:indicator ?i ; pa:value ?v FILTER(?v = 120) }"
    piped = kg("query", "--store", store, "-", "--format", "jsonl", stdin=sparql)
    assert [json.loads(line)["v"] for line in piped.stdout.splitlines()] == [120]
    (tmp_path / "mine.rq").write_text("# param n: decimal -- number\n" + sparql.replace("120", "$n"), encoding="utf-8")
    asked = kg("query", "--store", store, "mine.rq", "-p", "n=120", "--format", "jsonl")
    assert asked.stdout == piped.stdout
    assert kg("query", "--store", store, "-", stdin="ASK { ?m a pa:Metric }").stdout == "true\n"
    triples = kg("query", "--store", store, "-", stdin="CONSTRUCT { ?m a pa:Claim } { ?m a pa:Metric }")
    assert triples.stdout.count("ontology#Claim> .\n") == triples.stdout.count("\n") > 3


def test_the_limit_cuts_and_says_so(kg: Kg, store: Path) -> None:
    done = kg("query", "--store", store, "-", "--limit", "2", "--format", "table", stdin="SELECT * { ?s ?p ?o }")
    assert "(more rows; raise --limit or -p rows=)" in done.stdout
    assert done.stderr == ""
    for format in ("csv", "json", "jsonl"):
        done = kg("query", "--store", store, "-", "--limit", "2", "--format", format, stdin="SELECT * { ?s ?p ?o }")
        assert "more rows" not in done.stdout
        assert done.stderr == "kg: more rows; raise --limit or -p rows=\n"


def test_settings_come_from_file_then_environment_then_options(kg: Kg, store: Path, tmp_path: Path) -> None:
    (tmp_path / "kg.toml").write_text('store = "store"\nlimit = 1\n', encoding="utf-8")
    sparql = "SELECT * { ?s ?p ?o }"
    assert kg("query", "-", stdin=sparql).stdout.count("\n") == 1
    assert kg("query", "-", stdin=sparql, env={"KG_LIMIT": "2"}).stdout.count("\n") == 2
    assert kg("query", "-", "--limit", "3", stdin=sparql, env={"KG_LIMIT": "2"}).stdout.count("\n") == 3
    assert kg("query", "-", stdin=sparql, env={"KG_STORE": "none"}).returncode == 3


def test_queries_are_listed_with_their_questions(kg: Kg) -> None:
    done = kg("queries")
    assert "criminal-cases\n  Which bureaus report falling criminal cases" in done.stdout
    assert "哪些公安局报告刑事案件下降" in done.stdout
    listed = json.loads(kg("queries", "--format", "json").stdout)
    assert len(listed) >= 8
    assert all(query["question"]["en"] and query["question"]["zh"] for query in listed)
    assert "SELECT" in kg("queries", "bureaus").stdout


# --- export and check -------------------------------------------------------------------------------------------------


def test_turtle_is_the_same_every_time_and_loads_everywhere_to_the_same_triples(
    kg: Kg, store: Path, folder: Path, tmp_path: Path
) -> None:
    assert kg("export", "--store", store, "-o", "a.ttl").returncode == 0
    assert kg("build", "--store", "again", folder).returncode == 0
    assert kg("export", "--store", "again", "-o", "b.ttl").returncode == 0
    text = (tmp_path / "a.ttl").read_text(encoding="utf-8")
    assert text == (tmp_path / "b.ttl").read_text(encoding="utf-8")
    assert "镇安县公安局" in text
    assert "\\u" not in text
    by_rdflib = to_isomorphic(rdflib.Graph().parse(data=text, format="turtle"))
    quads = pyoxigraph.parse(text.encode(), pyoxigraph.RdfFormat.TURTLE)
    lines = b"".join(f"{quad.triple} .\n".encode() for quad in quads)
    assert by_rdflib == to_isomorphic(rdflib.Graph().parse(data=lines, format="nt"))


def test_a_metric_in_turtle_has_the_names_that_others_rely_on(kg: Kg, store: Path) -> None:
    graph = rdflib.Graph().parse(data=kg("export", "--store", store).stdout, format="turtle")
    rows = list(
        graph.query(
            """
            PREFIX pa: <https://w3id.org/pingan/ontology#>
            SELECT ?label ?value ?unit ?start ?end ?quote ?from {
              ?m a pa:Metric ; pa:indicator ?i ; pa:kind "change" ; pa:direction "down" ; pa:comparison "yoy" ;
                 pa:bound "exact" ; pa:value ?value ; pa:unit ?unit ; pa:bureau/rdfs:label ?label ; pa:period ?p ;
                 pa:evidence ?e ; pa:article ?a .
              ?p pa:start ?start ; pa:end ?end . ?e pa:quote ?quote ; pa:startOffset ?from .
              FILTER(CONTAINS(?label, "镇安"))
            }
            """
        )
    )
    ((label, value, unit, start, end, quote, offset),) = rows
    assert (str(label), value.toPython(), str(unit)) == ("镇安县公安局", rdflib.term.Decimal("12.5"), "%")
    assert (str(start), str(end)) == ("2023-01-01", "2023-12-31")
    assert ZHENAN[offset.toPython() :].startswith(str(quote))


@pytest.mark.parametrize("format", ["turtle", "trig", "nquads", "jsonld", "rdfxml", "csv"])
def test_each_export_format_is_stable(kg: Kg, store: Path, format: str) -> None:
    one = kg("export", "--store", store, "--format", format)
    assert one.returncode == 0
    assert "镇安县公安局" in one.stdout
    assert one.stdout == kg("export", "--store", store, "--format", format).stdout


@pytest.mark.parametrize(
    ("ending", "format"),
    [("ttl", "turtle"), ("trig", "trig"), ("nq", "nquads"), ("jsonld", "jsonld"), ("rdf", "rdfxml"), ("csv", "csv")],
)
def test_an_export_goes_by_the_ending_of_its_file(
    kg: Kg, store: Path, tmp_path: Path, ending: str, format: str
) -> None:
    assert kg("export", "--store", store, "-o", f"out.{ending}").returncode == 0
    said = kg("export", "--store", store, "--format", format).stdout
    assert (tmp_path / f"out.{ending}").read_text(encoding="utf-8") == said


def test_one_article_or_the_ontology_can_be_exported(kg: Kg, store: Path) -> None:
    one = kg("export", "--store", store, "--article", "luonan", "--format", "nquads").stdout
    assert "luonan" in one
    assert "zhenan" not in one
    assert "owl#Class" not in one
    assert "owl#Class" in kg("export", "--store", store, "--ontology", "--format", "nquads").stdout


def test_check_passes_articles_a_store_and_its_export(kg: Kg, store: Path, folder: Path, tmp_path: Path) -> None:
    kg("export", "--store", store, "-o", "graph.ttl")
    for target in ([folder], [store], ["--store", store], ["graph.ttl"]):
        done = kg("check", "--format", "json", *target)
        assert done.returncode == 0, done.stdout
        report = json.loads(done.stdout)
        assert report["conforms"] is True
        assert report["articles"] == ["luonan", "zhenan"]
        assert report["facts"] > 5


def test_check_exits_1_on_a_violation_and_names_the_line(kg: Kg, store: Path, tmp_path: Path) -> None:
    text = kg("export", "--store", store, "--format", "nquads").stdout
    quote = "刑事案件立案数同比下降12.5%"
    assert quote in text
    (tmp_path / "bad.nq").write_text(text.replace(quote, quote.replace("12.5", "19.5")), encoding="utf-8")
    done = kg("check", "bad.nq")
    assert done.returncode == 1
    assert "zhenan" in done.stdout
    assert "19.5" in done.stdout
    (tmp_path / "nothing.ttl").write_text("", encoding="utf-8")
    assert kg("check", "nothing.ttl").returncode == 1


def test_check_writes_its_report_also_when_it_fails(kg: Kg, tmp_path: Path) -> None:
    (tmp_path / "odd.ttl").write_text("<urn:a> <urn:b> 1 .", encoding="utf-8")
    done = kg("check", "odd.ttl", "--format", "sarif", "-o", "report.sarif")
    assert done.returncode == 1
    assert json.loads((tmp_path / "report.sarif").read_text(encoding="utf-8"))["version"] == "2.1.0"


def test_check_accepts_what_a_baseline_names_and_fails_on_what_one_says(kg: Kg, folder: Path, tmp_path: Path) -> None:
    def findings(*more: str) -> tuple[int, list[dict[str, str]]]:
        done = kg("check", folder, "--format", "json", *more)
        return done.returncode, json.loads(done.stdout)["findings"]

    code, found = findings("--fail-on", "info")
    assert (code, findings()[0], findings("--fail-on", "violation")[0]) == (1, 0, 0)
    assert {one["severity"] for one in found} == {"info"}
    entries = [f'[[accepted]]\nid = "{one["id"]}"\nreason = "文章原文如此"\n' for one in found]
    (tmp_path / "known.toml").write_text("".join(entries), encoding="utf-8")
    assert findings("--fail-on", "info", "--baseline", "known.toml") == (0, [])
    (tmp_path / "known.toml").write_text(entries[0] + '[[accepted]]\nid = "gone"\nreason = "?"\n', encoding="utf-8")
    code, left = findings("--fail-on", "warning", "--baseline", "known.toml")
    assert code == 1
    assert [one["id"] for one in left if one["severity"] == "info"] == [one["id"] for one in found[1:]]
    assert ["gone" in str(one) for one in left if one["severity"] == "warning"] == [True]


# --- the rest ---------------------------------------------------------------------------------------------------------


def test_evaluate_gives_scores_and_misses(kg: Kg, folder: Path, tmp_path: Path) -> None:
    kg("facts", folder, "-o", "gold.jsonl")
    full = json.loads(kg("evaluate", "gold.jsonl", "--articles", folder, "--format", "json").stdout)
    assert full["All"]["right"]["f1"] == 1.0
    facts = (tmp_path / "gold.jsonl").read_text(encoding="utf-8").splitlines()
    less = [line.replace("12.5,", "13.5,") for line in facts if "300" not in line]
    (tmp_path / "system.jsonl").write_text("\n".join(less), encoding="utf-8")
    done = kg("evaluate", "gold.jsonl", "--system", "system.jsonl", "--misses", "--type", "Metric")
    assert "MISSED zhenan Metric" in done.stdout
    assert "EXTRA zhenan Metric" in done.stdout
    assert "found P" in done.stdout
    wrong = kg("evaluate", "gold.jsonl", "--articles", "nowhere")
    assert wrong.returncode == 3


def test_every_command_has_arguments_a_function_and_help(kg_process: Kg) -> None:
    parser = build_parser({})
    for name in COMMANDS:
        assert callable(getattr(commands, name))
        assert name in parser.format_help()
    done = kg_process("query", "--help")
    assert done.returncode == 0
    assert "--limit" in done.stdout
    assert '--measure "KIND UNIT"' in kg_process("plot", "--help").stdout
    assert kg_process("--version").stdout.startswith("kg ")
    bare = kg_process()
    assert (bare.returncode, bare.stdout) == (2, "")
    assert "COMMAND" in bare.stderr


def test_the_formats_offered_are_those_that_exist() -> None:
    parser = build_parser({})
    for command, formats in (("export", exports.FORMATS), ("check", gate.FORMATS)):
        for format in formats:
            assert parser.parse_args([command, "--format", format]).format == format


def test_help_loads_no_library() -> None:
    code = (
        "import sys; from kg.cli import main\n"
        "try: main(['--help'])\n"
        "except SystemExit: pass\n"
        "heavy = {'rdflib', 'pyoxigraph', 'pyshacl', 'owlrl', 'lxml', 'opencc'} & set(sys.modules)\n"
        "sys.exit(f'loaded {heavy}' if heavy else 0)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_a_question_needs_pyoxigraph_and_little_else(store: Path) -> None:
    code = (
        "import sys; from kg.cli import main\n"
        f"code = main(['query', '--store', {str(store)!r}, 'bureaus'])\n"
        "heavy = {'rdflib', 'pyshacl', 'owlrl', 'lxml', 'opencc'} & set(sys.modules)\n"
        "sys.exit(f'loaded {heavy}' if heavy else code)"
    )
    start = time.monotonic()
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert time.monotonic() - start < 20


def test_json_lines_of_articles_are_read(kg: Kg, tmp_path: Path) -> None:
    records = [{"id": "a", "text": ZHENAN}, {"id": "b", "text": LUONAN, "published": "2024-01-05"}]
    (tmp_path / "news.jsonl").write_text("\n".join(map(json.dumps, records)), encoding="utf-8")
    assert did(kg("build", "--store", "s", "--format", "json", "news.jsonl")) == {"a": "added", "b": "added"}
    (tmp_path / "news.jsonl").write_text(json.dumps(records[0]), encoding="utf-8")
    changed = did(kg("build", "--store", "s", "--format", "json", "news.jsonl"))
    assert changed == {"a": "unchanged", "b": "retracted"}
