"""A server gives the answers that the store gives; what fails is tried again where that is safe, then said."""

from __future__ import annotations

import http.server
import json
import os
import socket
import subprocess
import threading
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from places import SEEDS

from kg.cli import main
from kg.endpoint import Endpoint, address_of
from kg.errors import EndpointError, KgError, QueryError, UsageError
from kg.exports import FORMATS
from kg.pipeline import build
from kg.queries import ask, catalogue, decode_query
from kg.serving import find_server
from kg.store import Term, open_store

Kg = Callable[..., "subprocess.CompletedProcess[str]"]
DIRECT = urllib.request.build_opener(urllib.request.ProxyHandler({}))


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


def wait_until_up(url: str) -> None:
    end = time.monotonic() + 60
    while time.monotonic() < end:
        try:
            DIRECT.open(f"{url}?query=ASK%7B%7D", timeout=5).close()
            return
        except OSError:
            time.sleep(0.05)
    raise AssertionError(f"{url} does not answer")


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    """Return the address of an empty Oxigraph on loopback."""
    port = free_port()
    with subprocess.Popen(
        [find_server(), "serve", "--bind", f"127.0.0.1:{port}"], stderr=subprocess.DEVNULL
    ) as process:
        url = f"http://127.0.0.1:{port}/query"
        wait_until_up(url)
        yield url
        process.kill()


@pytest.fixture
def endpoint(server: str) -> Endpoint:
    """Return that server, emptied."""
    found = Endpoint(address_of(server, {}), pause=0.01)
    found.update("DROP ALL")
    return found


def push(endpoint: Endpoint, folder: Path, *, prune: bool = False) -> dict[str, str]:
    store = open_store(folder)
    return dict(endpoint.push(((graph, store.dump(graph)) for graph in store.graphs()), prune=prune))


def test_each_stored_query_has_the_answer_of_the_store(
    kg: Kg, server: str, endpoint: Endpoint, seed_store: Path
) -> None:
    assert set(push(endpoint, seed_store).values()) == {"pushed"}
    asked = 0
    for query in catalogue().values():
        arguments = {one.name: query.sample.get(one.name, "滨州") for one in query.parameters if one.default is None}
        arguments |= query.sample
        parameters = [word for name, value in arguments.items() for word in ("-p", f"{name}={value}")]
        here = kg("query", "--store", seed_store, query.name, *parameters)
        there = kg("query", "--endpoint", server, query.name, *parameters)
        assert (there.returncode, there.stderr) == (0, ""), query.name
        assert sorted(there.stdout.splitlines()) == sorted(here.stdout.splitlines()), query.name
        asked += bool(here.stdout)
    assert asked >= 10


@pytest.mark.parametrize(
    "format", [pytest.param(one, marks=() if one in ("turtle", "csv") else pytest.mark.long) for one in FORMATS]
)
def test_exports_are_those_of_the_store(kg: Kg, server: str, endpoint: Endpoint, seed_store: Path, format: str) -> None:
    push(endpoint, seed_store)
    for more in ((), ("--article", "bozhou-2024")):
        here = kg("export", "--store", seed_store, "--format", format, *more)
        there = kg("export", "--endpoint", server, "--format", format, *more)
        assert there.returncode == 0, there.stderr
        assert there.stdout == here.stdout
    assert kg("export", "--endpoint", server, "--article", "nowhere").returncode == 2


def test_articles_are_held_against_one_another_alike(kg: Kg, server: str, endpoint: Endpoint, seed_store: Path) -> None:
    push(endpoint, seed_store)
    here = kg("check", "--corpus", "--store", seed_store, "--format", "json")
    there = kg("check", "--corpus", "--endpoint", server, "--format", "json", SEEDS)
    assert (there.returncode, there.stderr) == (here.returncode, "")
    assert there.stdout == here.stdout
    assert json.loads(here.stdout)["findings"]


def test_a_push_is_repeatable_resumable_and_follows_the_store(endpoint: Endpoint, tmp_path: Path) -> None:
    articles, store = tmp_path / "in", tmp_path / "s"
    articles.mkdir()
    for name, number in (("a", 120), ("b", 130)):
        (articles / f"{name}.txt").write_text(f"镇安县公安局2023年破获刑事案件{number}起。\n", encoding="utf-8")
    build([str(articles)], str(store))
    opened = open_store(store)
    some = opened.graphs()[:2]
    dict(endpoint.push((graph, opened.dump(graph)) for graph in some))  # a push that broke off
    done = push(endpoint, store)
    assert {did for graph, did in done.items() if graph in some} == {"unchanged"}
    assert set(push(endpoint, store).values()) == {"unchanged"}
    everything = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
    assert endpoint.ask(everything) == opened.ask(everything)
    (articles / "a.txt").write_text("镇安县公安局2023年破获刑事案件121起。\n", encoding="utf-8")
    (articles / "b.txt").unlink()
    build([str(articles)], str(store))
    opened = open_store(store)
    done = push(endpoint, store, prune=True)
    assert "removed" in done.values()
    assert endpoint.graphs() == opened.graphs()
    assert endpoint.ask(everything) == opened.ask(everything)
    assert b"".join(sorted(endpoint.dump(g) for g in endpoint.graphs() if "graph/" in g)) == opened.dump(
        next(g for g in opened.graphs() if "graph/" in g)
    )


def test_what_others_keep_on_the_server_stays(endpoint: Endpoint, seed_store: Path) -> None:
    endpoint.update('INSERT DATA { GRAPH <urn:other> { <urn:a> <urn:b> "c" } <urn:a> <urn:b> "c" }')
    push(endpoint, seed_store)
    push(endpoint, seed_store, prune=True)
    assert endpoint.ask('ASK { GRAPH <urn:other> { <urn:a> <urn:b> "c" } <urn:a> <urn:b> "c" }') is True


@pytest.mark.parametrize(
    "value", ['"', "\\", '\\"', "\\u0022", "\n\r\t", "'", '" || true || "', "天\U0001f600", "}", "a\\"]
)
def test_a_parameter_arrives_as_it_was_given(endpoint: Endpoint, value: str) -> None:
    head = "# param x: string -- any\n"
    query = decode_query(f'{head}SELECT ($x AS ?x) ("<urn:pingan:parameter:x>()" AS ?y) {{}}'.encode(), "q")
    answer = ask(endpoint, query, {"x": value})
    assert answer.rows == ((Term("literal", value), Term("literal", "<urn:pingan:parameter:x>()")),)  # type: ignore[union-attr]


def test_limits_booleans_and_errors_of_queries(kg: Kg, server: str, endpoint: Endpoint, seed_store: Path) -> None:
    push(endpoint, seed_store)
    rows = endpoint.ask("SELECT * { ?s ?p ?o }", limit=3)
    assert (len(rows.rows), rows.cut) == (3, True)  # type: ignore[union-attr, arg-type]
    assert endpoint.ask("ASK {}") is True
    with pytest.raises(QueryError, match="does not accept"):
        endpoint.ask("SELECT * {")
    for sparql in ("DROP ALL", "SELECT * FROM <urn:x> {}", "SELECT * { SERVICE <http://127.0.0.1:9> {} }"):
        assert kg("query", "--endpoint", server, "-", stdin=sparql).returncode == 3
    assert endpoint.graphs()


# --- what can go wrong ------------------------------------------------------------------------------------------------


class Scripted(http.server.BaseHTTPRequestHandler):
    """Answers with what the test put into ``script``, the last of it again and again."""

    script: list[tuple[int, dict[str, str], bytes]]
    asked: list[dict[str, str]]

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers.get("content-length", 0)))
        self.asked.append(dict(self.headers))
        status, headers, body = self.script.pop(0) if len(self.script) > 1 else self.script[0]
        if status == 0:
            time.sleep(3)
            return
        if status == -1:
            self.connection.shutdown(socket.SHUT_RDWR)
            return
        self.send_response(status)
        for name, value in {"content-length": str(len(body)), **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def scripted() -> Iterator[tuple[str, type[Scripted]]]:
    handler = type("Handler", (Scripted,), {"script": [], "asked": []})
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as running:
        thread = threading.Thread(target=running.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        yield f"http://127.0.0.1:{running.server_address[1]}/sparql", handler
        running.shutdown()
        thread.join()


ROWS = {"content-type": "application/sparql-results+json"}
YES = (200, ROWS, b'{"head": {}, "boolean": true}')
HTML = (200, {"content-type": "text/html"}, b"<html>hello</html>")


@pytest.mark.parametrize(
    "first", [(503, {}, b""), (502, {}, b""), (-1, {}, b""), (200, {**ROWS, "content-length": "5000"}, b"{")]
)
def test_what_passes_is_tried_again(
    scripted: tuple[str, type[Scripted]], first: tuple[int, dict[str, str], bytes]
) -> None:
    url, handler = scripted
    handler.script = [first, YES]
    assert Endpoint(address_of(url, {}), timeout=60, pause=0.01).ask("ASK {}") is True
    assert len(handler.asked) == 2


@pytest.mark.parametrize(
    ("answer", "words", "tries"),
    [
        (HTML, "text/html, not with results", 1),
        ((401, {}, b""), "credentials are missing or wrong", 1),
        ((403, {}, b""), "may not do that", 1),
        ((404, {}, b""), "no endpoint at this address", 1),
        ((500, {}, b"<html>\nboom"), "answered 500", 1),
        ((503, {}, b""), "busy or not ready", 4),
        ((504, {}, b""), "gave the query up", 1),
        ((-1, {}, b""), "cannot be reached", 4),
        ((0, {}, b""), "no answer within 1 seconds", 1),
        ((302, {"location": "http://127.0.0.1:9/"}, b""), "it sends elsewhere", 1),
        ((200, ROWS, b"{"), "cannot be read", 1),
        ((200, ROWS, b"[]"), "cannot be read", 1),
        ((200, ROWS, b'{"head": {}, "results": 1}'), "cannot be read", 1),
        ((200, ROWS, b"[" * 100_000), "cannot be read", 1),
        ((200, {"content-type": "application/n-triples"}, b"<urn:a> ."), "cannot be read", 1),
        ((400, {}, b"no\n<b>SPARQL</b>"), "does not accept the query", 1),
    ],
)
def test_what_does_not_pass_is_one_line(
    scripted: tuple[str, type[Scripted]], answer: tuple[int, dict[str, str], bytes], words: str, tries: int
) -> None:
    url, handler = scripted
    handler.script = [answer]
    with pytest.raises((EndpointError, QueryError), match=words) as raised:
        Endpoint(address_of(url, {}), timeout=1 if answer[0] == 0 else 60, pause=0.01).ask("ASK {}")
    assert "\n" not in str(raised.value)
    assert len(handler.asked) == tries


@pytest.mark.parametrize("answer", [(404, {}, b""), (401, {}, b""), (400, {}, b"no"), (500, {}, b"boom")])
def test_the_address_that_was_asked_is_named(
    scripted: tuple[str, type[Scripted]], answer: tuple[int, dict[str, str], bytes]
) -> None:
    url, handler = scripted
    handler.script = [answer]
    endpoint = Endpoint(address_of(url, {}, update=f"{url}/change"), pause=0.01)
    with pytest.raises(EndpointError, match=f"^{url}/change: ") as raised:
        endpoint.update("CLEAR ALL")
    assert str(raised.value).count(url) == 1
    with pytest.raises((EndpointError, QueryError), match=f"^{url}: "):
        endpoint.ask("ASK {}")


@pytest.fixture(scope="module")
def talker() -> Iterator[tuple[Endpoint, type[Scripted]]]:
    """Return a server that says what it is given to say, and who asks it."""
    handler = type("Handler", (Scripted,), {"script": [], "asked": []})
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as running:
        thread = threading.Thread(target=running.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        address = address_of(f"http://127.0.0.1:{running.server_address[1]}/sparql", {})
        yield Endpoint(address, timeout=60, pause=0.01), handler
        running.shutdown()
        thread.join()


ANSWERS = st.sampled_from(
    [b'{"head": {"vars": ["s"]}, "results": {"bindings": [', b"]}}", b'{"s": {"type": "uri", "value": "urn:a"}}', b"[",
     b'{"head": {}, "boolean": true}', b"<urn:a> <urn:b> ", b'"c"', b" .\n", b"{", b"}", b'"', b"\\u", b"\xff", b"null"]
)  # fmt: skip


@given(
    st.sampled_from(["application/sparql-results+json", "application/n-triples", "text/html", ""]),
    st.binary(max_size=200) | st.lists(ANSWERS, max_size=12).map(b"".join),
    st.sampled_from(["SELECT * {}", "ASK {}", "CONSTRUCT {} {}"]),
)
@settings(deadline=None, max_examples=int(os.environ.get("KG_FUZZ", "40")))
def test_fuzz_answers(talker: tuple[Endpoint, type[Scripted]], kind: str, data: bytes, sparql: str) -> None:
    endpoint, handler = talker
    handler.script = [(200, {"content-type": kind}, data)]
    try:
        endpoint.ask(sparql)
    except KgError as error:
        assert "\n" not in str(error)


def test_nobody_at_the_address_is_one_line(kg: Kg) -> None:
    started = time.monotonic()
    done = kg("query", "--endpoint", f"http://127.0.0.1:{free_port()}/query", "bureaus")
    assert (done.returncode, done.stderr.count("\n")) == (3, 1)
    assert "cannot be reached" in done.stderr
    assert time.monotonic() - started < 60


def test_credentials_come_from_environment_or_file_and_are_never_shown(
    kg: Kg, scripted: tuple[str, type[Scripted]], tmp_path: Path
) -> None:
    url, handler = scripted
    handler.script = [(401, {}, b"")]
    (tmp_path / "secret").write_text("li:pa55:word\n", encoding="utf-8")
    for done in (
        kg("query", "--endpoint", url, "--credentials", "secret", "-", stdin="ASK {}"),
        kg("query", "--endpoint", url, "-", stdin="ASK {}", env={"KG_ENDPOINT_CREDENTIALS": "li:pa55:word"}),
    ):
        assert done.returncode == 3
        assert "pa55" not in done.stdout + done.stderr
    # What Basic does not open is tried by Digest, which waits for the server's challenge.
    said = [one.get("Authorization") for one in handler.asked]
    assert said == ["Basic bGk6cGE1NTp3b3Jk", None] * 2
    assert "pa55" not in repr(address_of(url, {"KG_ENDPOINT_CREDENTIALS": "li:pa55"}))
    handler.script = [(307, {"location": url}, b"")]
    assert kg("query", "--endpoint", url, "--credentials", "secret", "-", stdin="ASK {}").returncode == 3
    assert len(handler.asked) == 5


@pytest.mark.parametrize(
    ("url", "credentials"),
    [
        ("ftp://127.0.0.1/", ""), ("file:///etc/passwd", ""), ("127.0.0.1:7878", ""), ("http://", ""), ("", ""),
        ("http://li:pa55@127.0.0.1/", ""), ("http://example.org/sparql", "li:pa55"), ("http://127.0.0.1:x/", ""),
        ("http://127.0.0.1/ x", ""), ("http://[/", ""), ("http://127.0.0.1/", "nocolon"),
    ],
)  # fmt: skip
def test_addresses_that_cannot_be_meant(url: str, credentials: str) -> None:
    with pytest.raises(UsageError) as raised:
        address_of(url, {"KG_ENDPOINT_CREDENTIALS": credentials})
    assert "pa55" not in str(raised.value)


def test_push_says_what_it_did_and_needs_an_address(kg: Kg, server: str, endpoint: Endpoint, seed_store: Path) -> None:
    assert endpoint.graphs() == []
    done = kg("push", "--store", seed_store, "--endpoint", server)
    assert done.returncode == 0, done.stderr
    assert " graphs pushed, 0 unchanged, 0 removed" in done.stdout
    assert "0 graphs pushed" in kg("push", "--store", seed_store, "--endpoint", server).stdout
    assert kg("push", "--store", seed_store).returncode == 2


def test_a_push_that_is_interrupted_says_what_arrived_and_goes_on(
    server: str,
    endpoint: Endpoint,
    seed_store: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    arguments = ["push", "--endpoint", server, "--store", str(seed_store)]
    update, updates = Endpoint.update, iter((1, 2))

    def interrupted(self: Endpoint, sparql: str) -> None:
        if next(updates) == 2:
            raise KeyboardInterrupt
        update(self, sparql)

    with monkeypatch.context() as patch:
        patch.setattr("kg.endpoint._BATCH", 1)
        patch.setattr(Endpoint, "update", interrupted)
        assert main(arguments) == 130
    said = capsys.readouterr()
    assert (said.out, said.err) == ("", "kg: interrupted; 1 graphs have arrived whole; kg push goes on from there\n")
    assert main(arguments) == 0
    assert ", 1 unchanged, 0 removed" in capsys.readouterr().out
