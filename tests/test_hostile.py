"""Attacks, each with its bounded outcome: an answer, or one line and an exit code, soon, reaching nothing outside."""

from __future__ import annotations

import gzip
import io
import json
import os
import re
import socket
import subprocess
import sys
import threading
import time
import tomllib
import tracemalloc
import zipfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from places import ROOT

from kg.article import article_of, read_article
from kg.errors import ArticleError, KgError, QueryError, UsageError
from kg.extraction import find_facts
from kg.facts.jsonl import read_fact
from kg.queries import ask, bind, catalogue, decode_query
from kg.store import Rows, Store, memory_store, open_store

Kg = Callable[..., "subprocess.CompletedProcess[str]"]
REPORT = "镇安县公安局2023年破获刑事案件120起,抓获犯罪嫌疑人80人,同比下降12.5%。\n"
EXAMPLES = int(os.environ.get("KG_FUZZ", "40"))
FUZZ = settings(deadline=None, max_examples=EXAMPLES)


@pytest.fixture
def listener() -> Iterator[tuple[str, list[bytes]]]:
    """Return the address of a server on loopback, and what it was asked; nobody is to ask it."""
    asked: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.1)
        over = threading.Event()

        def listen() -> None:
            while not over.is_set():
                try:
                    connection, _ = server.accept()
                except TimeoutError:
                    continue
                asked.append(b"a connection")
                connection.close()

        thread = threading.Thread(target=listen)
        thread.start()
        yield f"http://127.0.0.1:{server.getsockname()[1]}", asked
        over.set()
        thread.join()


@pytest.fixture
def store(store_of: Callable[..., Path]) -> Path:
    return store_of({"zhenan.txt": REPORT})


def assert_bounded(done: subprocess.CompletedProcess[str]) -> None:
    """Hold what every command promises: no traceback, no internal error, complaints of one line each."""
    assert done.returncode in (0, 1, 2, 3), done.stderr
    assert "Traceback" not in done.stderr
    assert all(line.startswith("kg: ") for line in done.stderr.splitlines())


# --- articles ---------------------------------------------------------------------------------------------------------


def zip_bomb() -> bytes:
    with io.BytesIO() as data:
        with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("a.txt", b"0" * 10_000_000)
        return data.getvalue()


REFUSED = {
    "gzip-bomb.txt": gzip.compress(bytes(20_000_000)),
    "zip-bomb.txt": zip_bomb(),
    "zip-bomb.jsonl": zip_bomb(),
    "nul.txt": REPORT.encode() + b"\x00" * 100_000,
    "surrogates.txt": b"\xed\xa0\x80\xed\xb0\x80" * 1000,
    "controls.html": b"<html>" + bytes(range(1, 9)) * 1000,
    "too-long.txt": REPORT.encode() * 250_000,
    "brackets.jsonl": b"[" * 1_000_000,
    "objects.jsonl": b'{"a":' * 500_000,
    "no-text.jsonl": b'{"id": "a", "text": ["x"]}',
    "no-object.jsonl": b"1" * 1_000_000,
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_no_article_is_refused_in_one_line(kg: Kg, tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(REFUSED[name])
    started = time.process_time()
    done = kg("facts", name)
    assert (done.returncode, done.stdout) == (3, "")
    assert 1 <= done.stderr.count("\n") <= 2  # one a line of JSON Lines; an archive is refused as a whole
    assert len(done.stderr) < 500
    assert_bounded(done)
    assert time.process_time() - started < 20


def test_two_hundred_megabytes_are_not_read(kg: Kg, tmp_path: Path) -> None:
    with (tmp_path / "huge.txt").open("wb") as file:
        file.truncate(200_000_000)
    tracemalloc.start()
    try:
        done = kg("facts", "huge.txt")
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert done.returncode == 3
    assert_bounded(done)
    assert most < 50_000_000


READ = {
    "digits.txt": "镇安县公安局2023年破获案件" + "9" * 1_000_000 + "起。",
    "numerals.txt": "镇安县公安局2023年破获案件" + "一百万亿" * 10_000 + "起。",
    "commas.txt": "破获案件" + "1," * 20_000 + "起。",
    "brackets.txt": "(" * 10_000 + REPORT + ")" * 10_000,
    "quotes.txt": "“" * 10_000 + REPORT,
    "no-stop.txt": "破获盗窃案件、" * 300 + "3起",
    "bureaus.txt": "镇安县公安局、" * 2_000,
    "zero-width.txt": "镇\u200b安\u200c县\u2060公\ufeff安\u00ad局2023年破获刑事案件1\u200b20起。",
    "right-to-left.txt": "\u202e镇安县公安局\u202c2023年破获刑事案件120起。",
    "turtle.txt": REPORT + '@prefix pa: <urn:x> . <urn:a> <urn:b> "c" . }} INSERT DATA { <urn:a> <urn:b> 1 }',
    "page.txt": REPORT + "<script>alert(1)</script><!--#include file='/etc/passwd'--> & ' \" ]]>",
    "named.txt": '镇安县公安局开展“"><script>\\u0022 }} DROP ALL #”专项行动,2023年破获刑事案件120起。',
}


_SLOW = ("bureaus.txt", "digits.txt")


@pytest.mark.parametrize("name", [pytest.param(n, marks=[pytest.mark.long] if n in _SLOW else []) for n in READ])
def test_hostile_text_is_read_as_text(kg: Kg, tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text(READ[name], encoding="utf-8")
    started = time.process_time()
    done = kg("build", "--store", "s", "--allow-empty", name)
    assert_bounded(done)
    assert time.process_time() - started < 60
    for line in kg("facts", "--allow-empty", "--format", "jsonl", name).stdout.splitlines():
        fact = read_fact(line)
        assert all(READ[name][one.start : one.end] == one.quote for one in fact.evidence)
    if done.returncode == 0:
        dump = open_store(tmp_path / "s").dump()
        for format, ending in (("turtle", "ttl"), ("trig", "trig"), ("jsonld", "jsonld"), ("nquads", "nq")):
            out = kg("export", "--store", "s", "--format", format, "-o", f"out.{ending}")
            assert_bounded(out)
            assert b"urn:a" not in dump.replace(b'"', b"").split(b"> <")[0]
            assert kg("check", "--allow-empty", f"out.{ending}").returncode in (0, 1)
        assert b"<urn:a>" not in dump
        assert_bounded(kg("export", "--store", "s", "--format", "rdfxml"))


IDS = [
    "../../etc/passwd",
    "/etc/passwd",
    'a"b',
    "a\nb",
    "a> <urn:x",
    "\u202eab",
    "..",
    "",
    "a" * 5000,
    "a\x00b",
    "%2e%2e",
]


@pytest.mark.parametrize("id", IDS)
def test_ids_write_no_file_and_break_no_graph(kg: Kg, tmp_path: Path, id: str) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.jsonl").write_text(json.dumps({"id": id, "text": REPORT}), encoding="utf-8")
    done = kg("build", "--store", "s", "in")
    assert_bounded(done)
    assert sorted(path.name for path in tmp_path.iterdir() if path.name != "s") == ["in"]
    if done.returncode == 0:
        (held,) = open_store(tmp_path / "s").held.values()
        assert re.fullmatch(r"[^\s/\"<>\\]{1,120}", held.id)
        assert kg("export", "--store", "s", "-o", "out.ttl").returncode == 0
        assert kg("check", "out.ttl").returncode == 0


def test_loops_of_links_end(kg: Kg, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "zhenan.txt").write_text(REPORT, encoding="utf-8")
    (folder / "loop").symlink_to(folder, target_is_directory=True)
    (folder / "self.txt").symlink_to(folder / "self.txt")
    (folder / "secret.txt").symlink_to("/etc/passwd")
    done = kg("facts", "--format", "jsonl", "in")
    assert_bounded(done)
    assert "root:" not in done.stdout
    assert '"zhenan"' in done.stdout


@pytest.mark.long
@pytest.mark.parametrize(
    "unit",
    [
        *("破获案件3起,", "1", "“", "(", "镇安县公安局", "一", "同比下降1%,", "、", " ", "\n", "万"),
        *("对3笔、2万元", "禁毒工作被评为全市先进,", "支队成立至今,抓获3人。"),
    ],
)
def test_time_is_linear_in_the_length(unit: str) -> None:
    def seconds(times: int) -> float:
        started = time.process_time()
        with suppress(ArticleError):
            find_facts(article_of(REPORT + unit * times))
        return time.process_time() - started

    seconds(10)
    few = 4_000 // len(unit)
    assert seconds(8 * few) < 8 * 4 * max(min(seconds(few), seconds(few)), 0.02)


# --- queries ----------------------------------------------------------------------------------------------------------


def asking(address: str) -> dict[str, str]:
    return {
        "from-file": "SELECT * FROM <file:///etc/passwd> { ?s ?p ?o }",
        "from-http": f"SELECT * FROM <{address}/a> {{ ?s ?p ?o }}",
        "from-named": f"SELECT * FROM NAMED <{address}/a> {{ GRAPH ?g {{ ?s ?p ?o }} }}",
        "service": f"SELECT * {{ SERVICE <{address}/sparql> {{ ?s ?p ?o }} }}",
        "service-silent": f"SELECT * {{ SERVICE SILENT <{address}/sparql> {{ ?s ?p ?o }} }}",
        "service-variable": f"SELECT * {{ BIND(<{address}/sparql> AS ?e) SERVICE ?e {{ ?s ?p ?o }} }}",
        "service-escaped": f"SELECT * {{ \\u0053ERVICE <{address}/sparql> {{ ?s ?p ?o }} }}",
        "load": f"LOAD <{address}/a>",
        "load-file": "LOAD <file:///etc/passwd>",
        "clear": "CLEAR ALL",
        "insert": "INSERT DATA { <urn:a> <urn:b> 1 }",
        "drop-after-ask": "ASK {} ; DROP ALL",
        "base": f"BASE <{address}/> SELECT * FROM <a> {{ ?s ?p ?o }}",
    }


@pytest.mark.parametrize("attack", asking("x"))
def test_queries_reach_nothing_and_change_nothing(
    kg: Kg, store: Path, attack: str, listener: tuple[str, list[bytes]]
) -> None:
    before = open_store(store).dump()
    address, asked = listener
    done = kg("query", "--store", store, "-", stdin=asking(address)[attack])
    assert (done.returncode, done.stdout) == (3, "")
    assert done.stderr.count("\n") == 1
    assert not asked
    assert open_store(store).dump() == before


BOUNDED = {
    "brackets": "SELECT * " + "{" * 10_000 + "}" * 10_000,
    "parentheses": "SELECT * { FILTER(" + "(" * 10_000 + "1" + ")" * 10_000 + ") }",
    "lists": "SELECT * { ?s ?p " + "(" * 10_000 + ")" * 10_000 + " }",
    "blank-nodes": "SELECT * { ?s ?p " + "[ ?p " * 10_000 + "1" + "]" * 10_000 + " }",
    "minus": "SELECT (" + "-" * 100_000 + "1 AS ?x) {}",
    "not": "SELECT * { FILTER(" + "!" * 100_000 + "true) }",
    "path": "SELECT * { ?s " + "^" * 100_000 + "<urn:p> ?o }",
    "unions": "SELECT * { {} " + "UNION {} " * 20_000 + "}",
    "optionals": "SELECT * { " + "OPTIONAL { " * 5_000 + "}" * 5_001,
    "sum": "SELECT (" + "1+" * 100_000 + "1 AS ?x) {}",
    "conjunction": "SELECT * { FILTER(" + "true && " * 50_000 + "true) }",
    "paths": "SELECT * { ?s <urn:p>" + "/<urn:p>" * 20_000 + " ?o }",
    "string": 'SELECT ("' + "a" * 900_000,
    "regex": 'SELECT * { ?s ?p ?o FILTER(REGEX(STR(?o), "^(a+)+$")) }',
    "regex-huge": 'SELECT * { ?s ?p ?o FILTER(REGEX(STR(?o), "((a{1,100}){1,100}){1,100}")) }',
    "regex-back": 'SELECT * { ?s ?p ?o FILTER(REGEX(STR(?o), "(a)\\\\1")) }',
    "cross": "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l FILTER(STR(?c) != STR(?i)) }",
    "words": "SELECT * { " + "天" * 300_000 + " }",
}


@pytest.mark.parametrize("attack", BOUNDED)
def test_a_query_ends_in_time(kg_process: Kg, store: Path, attack: str) -> None:
    started = time.monotonic()
    done = kg_process("query", "--store", store, "--timeout", "3", "-", stdin=BOUNDED[attack])
    assert_bounded(done)
    assert done.stderr.count("\n") <= 1
    assert time.monotonic() - started < 60  # of which the query has three


@pytest.mark.parametrize(
    "value", ['" || true || "', "'", "\\", "\\u0022", "} DROP ALL #", "\n", "$bureau", "\ufffe", "a" * 100_000]
)
@pytest.mark.parametrize("name", ["bureaus", "evidence-of-bureau"])
def test_a_parameter_stays_a_value(kg: Kg, store: Path, name: str, value: str) -> None:
    done = kg("query", "--store", store, name, "-p", f"bureau={value}")
    assert_bounded(done)
    assert (done.returncode, done.stdout) == (0, "")


def test_no_context_is_fetched(kg: Kg, tmp_path: Path, listener: tuple[str, list[bytes]]) -> None:
    address, asked = listener
    for number, context in enumerate(
        (f"{address}/c", [f"{address}/c"], {"@import": f"{address}/c"}, {"@context": f"{address}/c"})
    ):
        (tmp_path / f"{number}.jsonld").write_text(json.dumps({"@context": context, "a": 1}), encoding="utf-8")
        done = kg("check", f"{number}.jsonld")
        assert done.returncode in (1, 3)
        assert_bounded(done)
    assert not asked


@pytest.mark.parametrize("ending", ["rdf", "xml", "owl", "ttl"])
def test_entities_of_rdf_xml_are_not_read(kg: Kg, tmp_path: Path, ending: str) -> None:
    layers = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
    bomb = f'<?xml version="1.0"?><!DOCTYPE r [<!ENTITY e0 "ha">{layers}]><rdf:RDF>&e11;</rdf:RDF>'
    (tmp_path / f"bomb.{ending}").write_text(bomb, encoding="utf-8")
    started = time.process_time()
    done = kg("check", f"bomb.{ending}")
    assert done.returncode in (1, 3)
    assert_bounded(done)
    assert time.process_time() - started < 5


@pytest.mark.parametrize(
    "data",
    [
        b"[" * 100_000,
        pytest.param(b"<urn:a> <urn:b> " + b"(" * 100_000, marks=pytest.mark.long),
        b'<urn:a> <urn:b> "' + b"a" * 1_000_000,
    ],
)
def test_nested_turtle_ends(kg_process: Kg, tmp_path: Path, data: bytes) -> None:
    (tmp_path / "deep.ttl").write_bytes(data)
    done = kg_process("check", "deep.ttl")
    assert done.returncode == 3
    assert_bounded(done)


# --- the network ------------------------------------------------------------------------------------------------------

WATCH = """
import os, sys
def watch(event, arguments):
    if event == "socket.connect" and isinstance(arguments[1], (str, bytes)):
        return  # to a process of this machine, through a file
    if event in ("socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "socket.sendto"):
        os.write(2, f"NETWORK {event} {arguments}\\n".encode())
        os._exit(99)
sys.addaudithook(watch)
"""
COMMANDS_OFFLINE = (
    ("build", "--store", "s2", "a.txt"), ("build", "--dry-run", "--store", "store", "a.html"), ("facts", "a.html"),
    ("explain", "a.txt"), ("check", "a.txt"), ("check", "--store", "store"), ("check", "out.jsonld"),
    ("query", "--store", "store", "bureaus"), ("queries",), ("export", "--store", "store", "--format", "rdfxml"),
    ("export", "--store", "store", "--format", "jsonld", "-o", "out.jsonld"),
    ("export", "--store", "store", "--as", "neo4j", "-o", "neo4j"), ("site", "--store", "store", "-o", "site"),
    ("plot", "falling-or-rising", "--store", "store", "-o", "chart.png"), ("facts", "a.html", "--format", "html"),
    ("evaluate", "gold.jsonl", "--system", "gold.jsonl"),
    ("diff", "store", "store"), ("review", "claims", "--store", "store"), ("infer", "--store", "store"),
    ("--version",), ("--help",),
)  # fmt: skip
_OFTEN_RUN = {"facts", "query", "export", "site"}  # these read what others wrote, or load what reaches the network
_AS_WELL = {("facts", "a.html", "--format", "html"), ("site", "--store", "store", "-o", "site")}  # in make long
PAGE = "<html><head><link rel=stylesheet href='{0}/a.css'><base href='{0}/'>"
PAGE += (
    "<meta http-equiv=refresh content='0;url={0}'></head><body><img src='{0}/a.png'><iframe src='{0}'></iframe><p>"
    + REPORT
    + "</p></body></html>"
)


@pytest.mark.parametrize(
    "command",
    [
        pytest.param(
            command,
            id=" ".join(command),
            marks=() if command[0] in _OFTEN_RUN and command not in _AS_WELL else pytest.mark.long,
        )
        for command in COMMANDS_OFFLINE
    ],
)
def test_no_command_opens_a_connection(
    store: Path, tmp_path: Path, command: tuple[str, ...], listener: tuple[str, list[bytes]]
) -> None:
    (tmp_path / "sitecustomize.py").write_text(WATCH, encoding="utf-8")
    (tmp_path / "a.txt").write_text(REPORT, encoding="utf-8")
    (tmp_path / "a.html").write_text(PAGE.format(listener[0]), encoding="utf-8")
    (tmp_path / "gold.jsonl").write_text(
        (ROOT / "tests/gold/bozhou-2024.jsonl").read_text(encoding="utf-8"), encoding="utf-8"
    )
    (tmp_path / "out.jsonld").write_text("{}", encoding="utf-8")
    environment = {**os.environ, "PYTHONPATH": str(tmp_path), "http_proxy": listener[0], "https_proxy": listener[0]}
    run = [sys.executable, "-m", "kg", *command]
    done = subprocess.run(run, cwd=tmp_path, env=environment, capture_output=True, encoding="utf-8", check=False)
    assert "NETWORK" not in done.stderr
    assert done.returncode in (0, 1), done.stderr
    assert not listener[1]


def test_the_watch_over_the_network_sees(tmp_path: Path) -> None:
    (tmp_path / "sitecustomize.py").write_text(WATCH, encoding="utf-8")
    code = "import socket; socket.create_connection(('127.0.0.1', 9))"
    done = subprocess.run(
        [sys.executable, "-c", code], env={"PYTHONPATH": str(tmp_path)}, capture_output=True, check=False
    )
    assert done.returncode == 99


def test_every_command_is_watched() -> None:
    from kg.cli.arguments import COMMANDS

    assert {command[0] for command in COMMANDS_OFFLINE} >= set(COMMANDS) - {"push", "serve"}


# --- fuzz -------------------------------------------------------------------------------------------------------------

WORDS = st.sampled_from(
    (  # noqa: SIM905 -- sixty literals read worse
        "镇安县 公安局 全市 破获 抓获 刑事案件 案件 起 人 同比 下降 上升 分别 % 万元 亿 余 近 0 1 12.5 三 百 〇 第一 "
        "连续 年 2023年 今年以来 、 , 。 ; : ( ) “ ” 《 》 \u200b \u202e \ud800 \x00 专项行动 “云剑” 荣获 全国 "
        "先进集体 称号 被 授予 群众 满意度 其中 \n"
    ).split(" ")
)


PROOFS = [
    proof["text"]
    for path in sorted((ROOT / "mappings" / "rules").glob("*.toml"))
    for rule in tomllib.loads(path.read_text(encoding="utf-8")).get("rule", [])
    for proof in (*rule.get("example", []), *rule.get("counterexample", []))
]
NUMERALS = ["0", "1", "31", "99", "999999999999", "二", "半", "廿", "1,234", "3-5"]


@st.composite
def spliced(draw: st.DrawFn) -> str:
    """Return pieces of what proves the rules, with other numbers: words that the rules know, in no order of theirs."""
    whole = draw(st.lists(st.sampled_from(PROOFS), min_size=1, max_size=4))
    cuts = [sorted(draw(st.tuples(*[st.integers(0, len(text))] * 2))) for text in whole]
    joined = "".join(text[start:end] for text, (start, end) in zip(whole, cuts, strict=True))
    number = draw(st.sampled_from(NUMERALS))
    return re.sub("[0-9]+", number, joined, count=draw(st.integers(0, 3))) if draw(st.booleans()) else joined


@given(st.lists(WORDS, max_size=60).map("".join) | spliced())
@FUZZ
def test_fuzz_extraction(text: str) -> None:
    try:
        article = article_of(text)
    except ArticleError:
        return
    for fact in find_facts(article):
        assert fact.evidence
        assert all(article.text[one.start : one.end] == one.quote for one in fact.evidence)


@given(
    st.binary(max_size=600)
    | st.lists(WORDS, max_size=30).map(lambda words: "".join(words).encode("gb18030", "replace"))
)
@FUZZ
def test_fuzz_reading(data: bytes) -> None:
    try:
        find_facts(read_article(data))
    except ArticleError as refusal:
        assert "\n" not in str(refusal)


@pytest.fixture(scope="module")
def small_store() -> Store:
    return memory_store([b'<urn:a> <urn:b> "c" .'], "turtle")


@given(st.data())
@FUZZ
def test_fuzz_parameters(small_store: Store, data: st.DataObject) -> None:
    query = data.draw(st.sampled_from(sorted(catalogue().values(), key=lambda one: one.name)))
    values = st.text(max_size=30) | st.sampled_from(["0", "-1", "1e400", "NaN", "2024-02-30", "any", '"', "\\", "}"])
    arguments = {one.name: data.draw(values) for one in query.parameters}
    try:
        bind(query, arguments)
        ask(small_store, query, arguments)
    except UsageError as refusal:
        assert query.name in str(refusal)
    except QueryError as error:
        assert any("\ud800" <= c <= "\udfff" for value in arguments.values() for c in value), error


SPARQL = st.sampled_from(
    (  # noqa: SIM905 -- sixty literals read worse
        "SELECT * { } ?s ?p ?o . ; , ( ) [ ] FILTER REGEX \" ' ''' < > <urn:a> \\ # \n FROM SERVICE LOAD $x :a "
        "a ^ / | ! + - 1 1e9 "
        "UNION OPTIONAL GRAPH BIND AS VALUES UNDEF GROUP BY COUNT ORDER LIMIT ASK CONSTRUCT DESCRIBE @en ^^ 天"
    ).split(" ")
)


@given(st.lists(SPARQL, max_size=25).map(" ".join) | st.binary(max_size=80).map(lambda data: data.decode("latin-1")))
@FUZZ
def test_fuzz_queries(small_store: Store, sparql: str) -> None:
    try:
        answer = ask(small_store, decode_query(sparql.encode(), "q"), limit=10)
        assert isinstance(answer, Rows | bool | bytes)
    except KgError as error:
        assert len(str(error)) < 1000
