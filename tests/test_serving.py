"""kg serve: the answers of the store over HTTP, within limits that hold, whoever asks."""

from __future__ import annotations

import asyncio
import http.client
import json
import os
import select
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from places import ROOT, SEEDS

from kg.cli.arguments import build_parser
from kg.endpoint import Endpoint, address_of
from kg.pipeline import build
from kg.queries import ask, catalogue
from kg.serving.counting import RowCounter
from kg.serving.gateway import Gateway
from kg.serving.workers import Limits, Pool
from kg.store import open_store

Kg = Callable[..., "subprocess.CompletedProcess[str]"]
DIRECT = urllib.request.build_opener(urllib.request.ProxyHandler({}))
EXAMPLES = int(os.environ.get("KG_FUZZ", "40"))
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


@contextmanager
def serving(store: Path, *options: str) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    port = free_port()
    command = [sys.executable, "-m", "kg", "serve", "--store", str(store), "--port", str(port), *options]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
        try:
            assert process.stderr is not None
            said = process.stderr.readline()
            assert f"http://127.0.0.1:{port}/query" in said, said
            yield f"http://127.0.0.1:{port}", process
        finally:
            process.terminate()
            process.wait(30)
        assert process.stderr.read() == ""  # whatever it was asked, no traceback


@pytest.fixture(scope="module")
def served(seed_store: Path) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    with serving(seed_store, "--timeout", "50", "--limit", "1000", "--workers", "4", "--memory", "400") as found:
        yield found


@pytest.fixture(scope="module")
def url(served: tuple[str, subprocess.Popen[str]]) -> str:
    return served[0]


def send(
    url: str, data: bytes | Mapping[str, str] | None = None, method: str | None = None, **headers: str
) -> tuple[int, bytes, Mapping[str, str]]:
    body = urllib.parse.urlencode(data).encode() if isinstance(data, Mapping) else data
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    request = urllib.request.Request(url, body, named, method=method)
    try:
        with DIRECT.open(request, timeout=60) as response:
            return int(response.status), response.read(), {n.lower(): v for n, v in response.headers.items()}
    except urllib.error.HTTPError as error:
        return error.code, error.read(), {n.lower(): v for n, v in error.headers.items()}


def children(process: subprocess.Popen[str]) -> set[int]:
    tasks = Path(f"/proc/{process.pid}/task").iterdir()
    found = {int(pid) for task in tasks for pid in (task / "children").read_text(encoding="ascii").split()}
    return set(filter(is_alive, found))


def is_alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def until(true: Callable[[], bool], seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if true():
            return
        time.sleep(0.05)
    raise AssertionError("it does not become so")


def ask_by(method: str, url: str, sparql: str) -> tuple[int, bytes]:
    if method == "GET":
        return send(f"{url}/query?{urllib.parse.urlencode({'query': sparql})}")[:2]
    return send(f"{url}/query", {"query": sparql})[:2]


def workers(url: str) -> dict[str, int]:
    return dict(json.loads(send(f"{url}/health")[1])["workers"])


def idle(url: str) -> bool:
    return workers(url)["idle"] == 4


# --- answers ----------------------------------------------------------------------------------------------------------


def test_a_stored_query_has_by_name_the_answer_of_the_store(kg: Kg, url: str, seed_store: Path) -> None:
    listed = json.loads(send(f"{url}/queries")[1])
    assert [one["name"] for one in listed] == list(catalogue())
    asked = 0
    for query in catalogue().values():
        arguments = {one.name: "滨州" for one in query.parameters if one.default is None} | dict(query.sample)
        words = [word for name, value in arguments.items() for word in ("-p", f"{name}={value}")]
        here = kg("query", "--store", seed_store, query.name, "--format", "csv", *words).stdout
        status, there, headers = send(f"{url}/queries/{query.name}.csv?{urllib.parse.urlencode(arguments)}")
        assert (status, headers["content-type"].partition(";")[0]) == (200, "text/csv"), there
        assert sorted(there.decode().splitlines()) == sorted(here.splitlines()), query.name
        asked += here.count("\n") > 1
    assert asked >= 10


@pytest.mark.parametrize(
    ("path", "status", "words"),
    [
        ("/queries/criminal-case", 404, "no stored query is called"),
        ("/queries/criminal-cases?burea=x", 400, 'no parameter "burea"'),
        ("/queries/criminal-cases?direction=sideways", 400, "direction is one of"),
        ("/queries/sentence", 400, "needs -p"),
        ("/nowhere", 404, "nothing here"),
        ("/query/more", 404, "nothing here"),
    ],
)
def test_what_is_not_there_is_one_line(url: str, path: str, status: int, words: str) -> None:
    found, said, _ = send(url + path)
    assert found == status
    assert words in said.decode()
    assert said.count(b"\n") == 1


def test_a_parameter_by_address_stays_a_value(url: str) -> None:
    for value in ('" || true || "', "\\", "\n", "} SERVICE <http://127.0.0.1:9/> {", "a" * 5_000):
        arguments = urllib.parse.urlencode({"bureau": value})
        status, said, _ = send(f"{url}/queries/bureaus.csv?{arguments}")
        assert (status, said.count(b"\n")) == (200, 1), said


def test_answers_are_those_of_oxigraph_in_every_format(url: str, seed_store: Path) -> None:
    found = Endpoint(address_of(f"{url}/query", {}))
    assert ask(found, "bureaus") == ask(open_store(seed_store), "bureaus")
    query = {"query": "SELECT ?s { ?s a <https://w3id.org/pingan/ontology#Article> } ORDER BY ?s"}
    for kind in ("sparql-results+json", "sparql-results+xml"):
        status, data, headers = send(f"{url}/query", query, accept=f"application/{kind}")
        assert (status, headers["content-type"]) == (200, f"application/{kind}")
        assert b"binzhou-2020" in data
    assert send(f"{url}/query?{urllib.parse.urlencode(query)}")[1] == send(f"{url}/query", query)[1]
    direct = send(f"{url}/query", query["query"].encode(), content_type="application/sparql-query")
    assert direct[1] == send(f"{url}/query", query)[1]
    assert send(f"{url}/query?{urllib.parse.urlencode(query)}", method="HEAD")[:2] == (200, b"")
    assert send(f"{url}/query", {"query": "SELECT * {"})[0] == 400
    assert send(f"{url}/query", b"ASK {}", content_type="text/turtle")[0] == 415


def test_a_served_store_cannot_be_changed_and_a_build_does_not_disturb_it(seed_store: Path, tmp_path: Path) -> None:
    shutil.copytree(seed_store, tmp_path / "s")
    with serving(tmp_path / "s") as (url, process):
        before = send(f"{url}/queries/bureaus.csv")
        assert before[0] == 200
        for path, method in (("update", "POST"), ("store?default", "PUT"), ("store", "DELETE"), ("query", "PUT")):
            status, _, _ = send(f"{url}/{path}", b"DROP ALL", method, content_type="application/sparql-update")
            assert status in (404, 405, 415), (path, status)
        build([str(SEEDS / "bozhou-2024.txt")], str(tmp_path / "s"))
        (tmp_path / "in").mkdir()
        for number in (1, 2, 3):  # each sweeps away what nobody holds
            text = f"镇安县公安局2023年破获刑事案件{number}20起。\n"
            (tmp_path / "in" / "a.txt").write_text(text, encoding="utf-8")
            build([str(tmp_path / "in")], str(tmp_path / "s"))
        for _ in range(8):  # every worker
            assert send(f"{url}/queries/bureaus.csv")[:2] == before[:2]
        process.terminate()
        assert process.wait(30) == 0
    assert "镇安县公安局" in open_store(tmp_path / "s").dump().decode()


def test_other_sites_may_ask_only_where_that_was_said(url: str, seed_store: Path) -> None:
    _, _, headers = send(f"{url}/query", {"query": "ASK {}"}, origin="http://example.org")
    assert not [name for name in headers if name.startswith("access-control-")]
    assert send(f"{url}/query?query=ASK%7B%7D", host="example.org")[0] == 421
    assert send(f"{url}/query?query=ASK%7B%7D", host="localhost:1")[0] == 200
    with serving(seed_store, "--cors", "--workers", "2") as (other, _):
        _, _, headers = send(f"{other}/query", {"query": "ASK {}"}, origin="http://example.org")
        assert headers["access-control-allow-origin"] == "*"


def test_serve_listens_on_loopback_and_says_why_it_cannot(kg: Kg, seed_store: Path) -> None:
    said = build_parser({}).parse_args(["serve"])
    assert (said.host, said.cors) == ("127.0.0.1", False)
    with socket.create_server(("127.0.0.1", 0)) as taken:
        done = kg("serve", "--store", seed_store, "--port", str(taken.getsockname()[1]))
    assert (done.returncode, done.stderr.count("\n")) == (3, 1)
    assert "cannot be served" in done.stderr
    assert kg("serve", "--store", "none").returncode == 3
    assert kg("serve", "--store", seed_store, "--port", "99999").returncode == 3


# --- limits -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_query_without_end_is_stopped_and_its_work_too(seed_store: Path, method: str) -> None:
    with serving(seed_store, "--timeout", "2", "--workers", "4") as (url, process):
        until(lambda: idle(url))  # all four have started, so that none of them is still to be replaced
        before, started = children(process), time.monotonic()
        status, said = ask_by(method, url, ENDLESS)
        assert (status, b"within 2 seconds" in said) == (500, True)
        assert 1.5 < time.monotonic() - started < 30
        until(lambda: idle(url))
        until(lambda: before - children(process))  # the one that was stopped may still be ending
        gone = before - children(process)
        assert len(gone) == 1
        assert not any(map(is_alive, gone))


def test_a_client_that_leaves_stops_its_query(seed_store: Path) -> None:
    with serving(seed_store, "--timeout", "300", "--workers", "4") as (url, process):
        for _ in range(3):  # the question is not asked anew of another worker, which once in a while it was
            before = children(process)
            connection = http.client.HTTPConnection(url.removeprefix("http://"))
            connection.request("GET", f"/query?{urllib.parse.urlencode({'query': ENDLESS})}")
            until(lambda: not idle(url))
            assert connection.sock is not None
            connection.sock.shutdown(socket.SHUT_RDWR)
            connection.close()
            until(lambda: idle(url))
            assert len(before - children(process)) == 1
        before = children(process)
        for _ in range(50):  # who asks and leaves costs no worker
            with socket.create_connection(("127.0.0.1", int(url.rpartition(":")[2]))) as leaving:
                leaving.sendall(b"GET /query?query=ASK%7B%7D HTTP/1.1\r\nHost: localhost\r\n\r\n")
        until(lambda: idle(url))
        assert len(before - children(process)) < 4  # one may have been slow on a busy machine


DYING = """#!{python}
import os, socket, sys
host, _, port = sys.argv[-1].rpartition(":")
server = socket.create_server((host, int(port)))
while True:
    client, _ = server.accept()
    if client.recv(10_000):  # else somebody looked whether it listens
        with open({asked!r}, "a") as file:
            file.write("asked\\n")
        server.close()
        os._exit(1)
"""


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_question_that_ends_its_worker_is_asked_once(tmp_path: Path, method: str) -> None:
    program, asked = tmp_path / "dying", tmp_path / "asked"
    program.write_text(DYING.format(python=sys.executable, asked=str(asked)), encoding="utf-8")
    program.chmod(0o755)

    async def ask_it() -> int:
        limits = Limits(workers=2, memory=0)
        pool = Pool(str(program), tmp_path, limits)
        gateway = Gateway(pool, limits)
        with socket.create_server(("127.0.0.1", 0)) as sock:
            address = f"http://127.0.0.1:{sock.getsockname()[1]}"
            await pool.start()
            try:
                await gateway.listen(sock)
                return (await asyncio.to_thread(ask_by, method, address, "ASK {}"))[0]
            finally:
                await gateway.close(1)
                await pool.stop()

    assert asyncio.run(ask_it()) == 500
    assert asked.read_text(encoding="utf-8") == "asked\n"


@pytest.mark.parametrize(
    ("sparql", "words"),
    [
        ("SELECT * { ?s ?p ?o }", "more than 1,000 rows"),
        ("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }", "more than 1,000 rows"),
        ("SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }", "SERVICE reaches outside"),
        ("SELECT * { SERVICE SILENT ?x { ?s ?p ?o } }", "SERVICE reaches outside"),
        ("SELECT * " + "{" * 1_000 + "}" * 1_000, "brackets inside each other"),
        ("SELECT (" + "1+" * 10_000 + "1 AS ?x) {}", "words and signs"),
    ],
)
def test_what_costs_too_much_or_reaches_outside_is_one_line(url: str, sparql: str, words: str) -> None:
    for data, headers in (({"query": sparql}, {}), (sparql.encode(), {"content_type": "application/sparql-query"})):
        status, said, _ = send(f"{url}/query", data, **headers)  # type: ignore[arg-type]
        assert status in (400, 500)
        assert words in said.decode()
        assert said.count(b"\n") == 1
    assert send(f"{url}/query", {"query": "SELECT * { ?s ?p ?o } LIMIT 1000"})[0] == 200


def test_memory_for_a_query_is_limited(seed_store: Path) -> None:
    greedy = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?c"
    with serving(seed_store, "--memory", "150", "--workers", "2", "--timeout", "0") as (url, process):
        for method in ("POST", "GET"):  # a GET is not asked anew: it would end one worker after another
            before = children(process)
            status, said = ask_by(method, url, greedy)
            assert (status, b"needs more memory" in said) == (500, True), said
            until(lambda before=before: len(children(process)) == 2 and children(process) != before)  # type: ignore[misc]
            assert len(before - children(process)) == 1
        assert send(f"{url}/query", {"query": "ASK {}"})[0] == 200
        assert process.poll() is None


def test_a_request_is_not_longer_than_allowed(url: str) -> None:
    assert send(f"{url}/query", b"#" * 1_000_001, content_type="application/sparql-query")[0] == 413
    gzipped = send(
        f"{url}/query", b"\x1f\x8b" * 1_000, content_type="application/sparql-query", content_encoding="gzip"
    )
    assert gzipped[0] in (400, 413)
    assert send(f"{url}/query?query={'x' * 30_000}")[0] in (400, 414)
    assert send(f"{url}/query?query={urllib.parse.quote('ASK {} #' + 'x' * 3_000)}")[0] == 200


def test_one_who_reads_slowly_keeps_no_worker(url: str) -> None:
    until(lambda: idle(url))
    wide = "SELECT * { ?s ?p ?o . VALUES ?x { '" + "x" * 20_000 + "' } } LIMIT 1000"
    with socket.create_connection(("127.0.0.1", int(url.rpartition(":")[2]))) as slow:
        slow.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4_096)
        form = urllib.parse.urlencode({"query": wide})
        slow.sendall(
            b"POST /query HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\n"
            + f"Content-Length: {len(form)}\r\n\r\n{form}".encode()
        )
        assert slow.recv(100).startswith(b"HTTP/1.1 200")
        until(lambda: idle(url), 20)  # before the server gives up on who does not read, which is after 30 seconds


def test_health_says_who_is_busy(url: str) -> None:
    until(lambda: idle(url))
    status, said, _ = send(f"{url}/health")
    assert (status, json.loads(said)["status"]) == (200, "ok")
    assert json.loads(said)["workers"] == {"idle": 4, "busy": 0, "slow": 0, "waiting": 0}


# --- the end ----------------------------------------------------------------------------------------------------------


def test_a_question_that_runs_is_answered_before_the_end(seed_store: Path) -> None:
    slow = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f FILTER(?a < ?d) }"
    with serving(seed_store, "--workers", "2", "--timeout", "8") as (url, process):
        found: list[int] = []
        asking = threading.Thread(target=lambda: found.append(send(f"{url}/query", {"query": slow})[0]))
        asking.start()
        until(lambda: bool(json.loads(send(f"{url}/health")[1])["workers"]["busy"]))
        workers = children(process)
        process.terminate()
        assert process.wait(30) == 0
        asking.join()
        assert found in ([200], [500])  # 500: not within its eight seconds
        until(lambda: not any(map(is_alive, workers)))
        with pytest.raises(OSError):
            DIRECT.open(f"{url}/health", timeout=5)


@pytest.mark.parametrize("end", [signal.SIGINT, signal.SIGKILL])
def test_no_worker_outlives_the_server(seed_store: Path, end: int) -> None:
    with serving(seed_store, "--workers", "2") as (url, process):
        workers = children(process)
        assert len(workers) == 2
        assert send(f"{url}/query", {"query": "ASK {}"})[0] == 200
        os.kill(process.pid, end)
        assert process.wait(30) == (0 if end == signal.SIGINT else -signal.SIGKILL)
        until(lambda: not any(map(is_alive, workers)))


PIECES = st.sampled_from(
    (
        b" HTTP/1.1\r\n", b"\r\n", b": ", b"Host: localhost", b"Content-Length: ", b"Content-Type: ", b"5", b"-1",
        b"Transfer-Encoding: chunked", b"application/sparql-query", b"application/x-www-form-urlencoded", b"query=",
        b"ASK {}", b"SELECT * { ?s ?p ?o }", b"%7B", b"%", b"&", b"?", b"/", b"..", b"bureaus", b".csv", b"bureau=",
        b"Connection: keep-alive", b"Expect: 100-continue", b"GET /health", b"\x00", b"\xff", b"0\r\n\r\n",
    )
)  # fmt: skip
NO_HTTP = (
    b"\x02\n\n\n\r\n\r\n", b"GET /query?query=\x02 HTTP/1.1\r\n\r\n", b"GET / HTTP/9.9\r\n\r\n",
    b"\x16\x03\x01" + b"\x00" * 300, b"GET /" + b"a" * 100_000, b"\r\n" * 1_000,
    b"POST /query HTTP/1.1\r\nHost: localhost\r\nContent-Length: x\r\n\r\n",
    b"POST /query HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
    b"POST /query HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    b"GET /queries/%ff%00..%2f..%2fetc HTTP/1.1\r\nHost: localhost\r\n\r\n",
    b"GET http://[/ HTTP/1.1\r\nHost: [\r\n\r\n", b"GET /queries HTTP/1.1\r\nHost: localhost:x\r\n\r\n",
)  # fmt: skip


def test_what_is_no_http_says_nothing_and_harms_nobody(seed_store: Path) -> None:
    with serving(seed_store, "--workers", "2") as (url, process):
        for patience in (5, *[0] * 20):
            for data in NO_HTTP:
                with socket.create_connection(("127.0.0.1", int(url.rpartition(":")[2])), 60) as client:
                    client.sendall(data)
                    select.select([client], [], [], 0.1 * patience)  # one who leaves at once is not answered
                    client.shutdown(socket.SHUT_WR)
                    with suppress(ConnectionError):
                        while piece := client.recv(65_536):
                            assert b"Traceback" not in piece
                            assert b"Server got itself in trouble" not in piece  # what aiohttp says of an exception
        assert send(f"{url}/query", {"query": "ASK {}"})[0] == 200
        process.terminate()
        assert process.wait(30) == 0
        assert process.stderr is not None
        assert process.stderr.read() == ""


@given(
    st.sampled_from((b"GET /query?query=", b"POST /query HTTP/1.1\r\nHost: localhost\r\n", b"GET /queries/", b"")),
    st.binary(max_size=300) | st.lists(PIECES, max_size=25).map(b"".join),
)
@settings(deadline=None, max_examples=EXAMPLES, suppress_health_check=[HealthCheck.too_slow])
def test_fuzz_requests(url: str, head: bytes, data: bytes) -> None:
    with socket.create_connection(("127.0.0.1", int(url.rpartition(":")[2])), 60) as client:
        client.sendall(head + data + b"\r\n\r\n")
        select.select([client], [], [], 0.1)  # one who leaves at once is not answered
        client.shutdown(socket.SHUT_WR)
        with suppress(ConnectionError):
            while piece := client.recv(65_536):
                assert b"Server got itself in trouble" not in piece  # what aiohttp says of an exception
    assert send(f"{url}/health")[0] == 200


def test_a_worker_that_dies_is_replaced(served: tuple[str, subprocess.Popen[str]]) -> None:
    url, process = served
    until(lambda: idle(url))
    for pid in children(process):
        os.kill(pid, signal.SIGKILL)
    until(lambda: not children(process))
    assert [send(f"{url}/query", {"query": "ASK {}"})[0] for _ in range(8)] == [200] * 8
    until(lambda: idle(url))


def test_a_question_whose_worker_is_killed_is_asked_once_more(served: tuple[str, subprocess.Popen[str]]) -> None:
    url, process = served
    until(lambda: idle(url))
    held = children(process)
    for pid in held:
        os.kill(pid, signal.SIGSTOP)
    with ThreadPoolExecutor() as threads:
        asking = threads.submit(send, f"{url}/query", {"query": "ASK {}"})
        until(lambda: workers(url)["busy"] == 1)
        for pid in held:
            os.kill(pid, signal.SIGKILL)
        assert asking.result()[0] == 200
    until(lambda: idle(url))


# --- many at once -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "options",
    [
        pytest.param(("--clients", "100"), marks=pytest.mark.long),
        pytest.param(("--clients", "5", "--hostile", "10"), marks=pytest.mark.long),
        ("--clients", "2", "--hostile", "4"),
    ],
    ids=" ".join,
)
def test_many_clients_lose_no_answer(seed_store: Path, options: tuple[str, ...]) -> None:
    command = [sys.executable, str(ROOT / "scripts" / "load.py"), str(seed_store), "--seconds", "6", *options]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert " 0 lost" in done.stdout
    slowest = float(done.stdout.split("(95 %)")[0].rpartition(", ")[2].removesuffix(" s "))
    assert slowest < 10  # who is starved waits for the end of an endless question, after twenty seconds


# --- counting rows ----------------------------------------------------------------------------------------------------

ODD = (
    '"',
    '""',
    '\\"',
    "\\",
    "\\\\",
    "a\nb",
    "\r\n",
    "},{",
    "<result>",
    "&lt;result>",
    "\t",
    "",
    "天",
    '},{"',
    '"},{"a',
)
KINDS = {
    "application/sparql-results+json": ox.QueryResultsFormat.JSON,
    "application/sparql-results+xml": ox.QueryResultsFormat.XML,
    "text/csv": ox.QueryResultsFormat.CSV,
    "text/tab-separated-values": ox.QueryResultsFormat.TSV,
}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("piece", [1, 2, 3, 7, 1_000_000])
def test_rows_are_counted_whatever_they_hold(kind: str, piece: int) -> None:
    store = ox.Store()
    for number, odd in enumerate(ODD):
        store.add(ox.Quad(ox.NamedNode(f"urn:{number}"), ox.NamedNode("urn:p"), ox.Literal(odd)))
    found = store.query("SELECT * { ?s ?p ?o OPTIONAL { ?s <urn:none> ?none } OPTIONAL { ?s ?q ?again } }")
    assert isinstance(found, ox.QuerySolutions)
    data = found.serialize(format=KINDS[kind])
    assert data is not None
    counter, count = RowCounter(kind), 0
    for at in range(0, len(data), piece):
        count = counter.take(data[at : at + piece])
    assert count == len(ODD)


def test_triples_are_counted_where_one_stands_on_a_line() -> None:
    counter = RowCounter("application/n-triples")
    assert [counter.take(b'<urn:a> <urn:b> "c" .\n<urn:a>'), counter.take(b' <urn:b> "d" .\n')] == [1, 2]
    assert RowCounter("text/turtle").take(b"<urn:a> <urn:b> 1 .\n") == 0
