"""Fuzz with coverage as the guide: scripts/fuzz.py [TARGET...] [--seconds S].

Runs each target in a process of its own under atheris, for some seconds, from a corpus in ``.fuzz/TARGET`` that grows
from run to run. What is no error of this package's own, takes ten seconds or two gigabytes is a failure: its input is
left in ``.fuzz`` and the exit code is 1. Needs ``pip install atheris``.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import http.server
import json
import os
import select
import socket
import subprocess
import sys
import tempfile
import threading
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["kg"]):
    from kg.article import article_of, read_article
    from kg.endpoint import Endpoint, address_of
    from kg.errors import ArticleError, KgError, QueryError, UsageError
    from kg.extraction import find_facts
    from kg.queries import ask, bind, catalogue, decode_query
    from kg.reach import service_call
    from kg.serving import find_server
    from kg.serving.counting import RowCounter
    from kg.serving.gateway import Gateway, loopback_names
    from kg.serving.workers import Limits, Pool
    from kg.store import held_database, memory_store

Target = Callable[[bytes], None]
FOLDER = Path(".fuzz")
SEEDS = Path(__file__).parent.parent / "seeds"
WORDS = (  # noqa: SIM905 -- fifty literals read worse
    "镇安县 公安局 全市 破获 抓获 刑事案件 案件 起 人 同比 下降 上升 分别 % 万元 亿 余 近 0 1 12.5 三 百 第一 连续 年 "
    "2023年 今年以来 、 , 。 ; : ( ) “ ” 专项行动 “云剑” 荣获 全国 先进集体 称号 授予 其中 \n"
).split(" ")
PIECES = (  # noqa: SIM905
    "SELECT * { } ?s ?p ?o . ; , ( ) [ ] FILTER REGEX \" ' ''' < > <urn:a> \\ # \n FROM SERVICE SILENT LOAD $x :a a "
    "^ / | ! + - 1 1e9 UNION OPTIONAL GRAPH BIND AS VALUES GROUP BY COUNT ORDER LIMIT ASK CONSTRUCT @en ^^ 天 "
    "<urn:\\u0041'> true"
).split(" ")


OF_HTTP = (
    b" HTTP/1.1\r\n", b"\r\n", b": ", b"Host: localhost", b"Content-Length: ", b"Content-Type: ", b"5", b"-1",
    b"Transfer-Encoding: chunked", b"application/sparql-query", b"application/x-www-form-urlencoded", b"query=",
    b"ASK {}", b"SELECT * { ?s ?p ?o }", b"%7B", b"%", b"&", b"?", b"/", b"..", b"bureaus", b".csv", b"bureau=",
    b"Connection: keep-alive", b"Expect: 100-continue", b"GET /health", b"\x00", b"\xff", b"0\r\n\r\n", b"GET ",
)  # fmt: skip


def hold(facts_text: str) -> None:
    """Find the facts of a text, and hold each against its words and its own spelling."""
    try:
        article = article_of(facts_text)
    except ArticleError:
        return
    for fact in find_facts(article):
        assert fact.evidence
        assert all(article.text[one.start : one.end] == one.quote for one in fact.evidence)


def reading() -> Target:
    """Bytes as an article."""

    def run(data: bytes) -> None:
        try:
            find_facts(read_article(data))
        except ArticleError as refusal:
            assert "\n" not in str(refusal)

    return run


def extraction() -> Target:
    """Words of reports in any order."""
    return lambda data: hold("".join(WORDS[byte % len(WORDS)] for byte in data[:400]))


def parameters() -> Target:
    """Any words as the arguments of stored queries."""
    store = memory_store([b'<urn:a> <urn:b> "c" .'], "turtle")
    queries = sorted(catalogue().values(), key=lambda one: one.name)

    def run(data: bytes) -> None:
        given = atheris.FuzzedDataProvider(data)
        query = queries[given.ConsumeIntInRange(0, len(queries) - 1)]
        arguments = {one.name: given.ConsumeUnicodeNoSurrogates(20) for one in query.parameters}
        try:
            bind(query, arguments)
            ask(store, query, arguments)
        except UsageError as refusal:
            assert query.name in str(refusal)

    return run


def queries() -> Target:
    """Pieces of SPARQL in any order; what calls a server has to be found."""
    store = memory_store([b'<urn:a> <urn:b> "c" .'], "turtle")

    def run(data: bytes) -> None:
        text = (
            " ".join(PIECES[byte % len(PIECES)] for byte in data[:60]) if data[:1] < b"\x80" else data.decode("latin-1")
        )
        try:
            ask(store, decode_query(text.encode(), "q"), limit=10)
        except KgError as error:
            assert len(str(error)) < 1_000
        try:
            store.ask(text)
        except QueryError as error:
            if "port" in str(error) or "service name" in str(error):
                assert service_call(text) is not None, text

    return run


def answers() -> Target:
    """Any bytes as the answer of a server."""

    class Handler(http.server.BaseHTTPRequestHandler):
        said: tuple[str, bytes] = ("", b"")

        def do_POST(self) -> None:
            self.rfile.read(int(self.headers.get("content-length", 0)))
            self.send_response(200)
            self.send_header("content-type", self.said[0])
            self.send_header("content-length", str(len(self.said[1])))
            self.end_headers()
            self.wfile.write(self.said[1])

        def log_message(self, *_: object) -> None:
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    endpoint = Endpoint(address_of(f"http://127.0.0.1:{server.server_address[1]}/", {}), timeout=5, pause=0.01)
    kinds = ("application/sparql-results+json", "application/n-triples", "text/html", "")

    def run(data: bytes) -> None:
        Handler.said = (kinds[len(data) % 4], data)
        for kind in ("text/csv", *kinds):
            RowCounter(kind).take(data)
        for sparql in ("SELECT * {}", "ASK {}", "CONSTRUCT {} {}"):
            try:
                endpoint.ask(sparql)
            except KgError as error:
                assert "\n" not in str(error)

    return run


def requests() -> Target:
    """Pieces of HTTP in any order, or any bytes, as a request to what kg serve is; it is to go on answering."""
    port = served(Path(os.environ["KG_FUZZ_STORE"]))
    direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    heads = (b"GET /query?query=", b"POST /query HTTP/1.1\r\nHost: localhost\r\n", b"GET /queries/", b"")

    def run(data: bytes) -> None:
        words = data[1:]
        if data[:1] < b"\x80":
            words = b"".join(OF_HTTP[byte % len(OF_HTTP)] for byte in words[:60])
        asked, said = heads[len(data) % 4] + words + b"\r\n\r\n", b""
        with socket.create_connection(("127.0.0.1", port), timeout=5) as client:
            client.sendall(asked)
            select.select([client], [], [], 0.05)  # one who leaves at once is not answered
            client.shutdown(socket.SHUT_WR)
            with contextlib.suppress(ConnectionError):
                while piece := client.recv(65_536):
                    said += piece
        assert b"Server got itself in trouble" not in said, asked  # what aiohttp says of an exception
        with direct.open(f"http://127.0.0.1:{port}/health", timeout=5) as response:
            assert json.load(response)["status"] == "ok"

    return run


def served(store: Path) -> int:
    """Serve a store from a thread of this process, so that its code guides the fuzzer; return the port."""
    sock = socket.create_server(("127.0.0.1", 0), backlog=1_024)
    ready = threading.Event()

    async def serve() -> None:
        limits = Limits(timeout=2, workers=2)
        with held_database(str(store)) as database:
            pool = Pool(find_server(), database, limits)
            await pool.start()
            await Gateway(pool, limits, hosts=loopback_names("127.0.0.1")).listen(sock)
            ready.set()
            await asyncio.Event().wait()

    threading.Thread(target=lambda: asyncio.run(serve()), daemon=True).start()
    assert ready.wait(60), "the server does not start"
    return int(sock.getsockname()[1])


@contextlib.contextmanager
def stored() -> Iterator[str]:
    """Give the folder of a store of one of the seeds."""
    with tempfile.TemporaryDirectory() as top:
        build = [sys.executable, "-m", "kg", "build", "--store", f"{top}/s", str(SEEDS / "shandong-2021.txt")]
        subprocess.run(build, check=True, capture_output=True)
        yield f"{top}/s"


TARGETS = {one.__name__: one for one in (reading, extraction, parameters, queries, answers, requests)}


def main() -> int:
    """Run the targets one after another, each in a process of its own."""
    parser = argparse.ArgumentParser(description="Fuzz with coverage as the guide.")
    parser.add_argument("targets", nargs="*", choices=[*TARGETS, []], metavar="TARGET", help=", ".join(TARGETS))
    parser.add_argument("--seconds", type=int, default=60)
    said = parser.parse_args()
    targets, code = said.targets or list(TARGETS), 0
    with stored() if "requests" in targets else contextlib.nullcontext("") as store:
        for name in targets:
            code |= fuzz(name, said.seconds, store)
    return code


def fuzz(name: str, seconds: int, store: str) -> int:
    """Run a target in a process of its own; say how it went, and return 1 where it failed."""
    corpus = FOLDER / name
    corpus.mkdir(parents=True, exist_ok=True)
    options = [f"-max_total_time={seconds}", "-timeout=10", "-rss_limit_mb=2048", "-max_len=2000", "-verbosity=0"]
    run = [sys.executable, __file__, "--inside", name, str(corpus), f"-artifact_prefix={corpus}-", *options]
    environment = {**os.environ, "KG_FUZZ_STORE": store}
    done = subprocess.run(run, env=environment, capture_output=True, text=True, check=False)
    ways = len(list(corpus.iterdir()))
    print(f"{name}: {'failed' if done.returncode else 'held'} for {seconds} s, {ways} ways through the code")
    if done.returncode:
        said = (line for line in f"{done.stdout}{done.stderr}".splitlines() if not line.startswith("INFO: "))
        print("\n".join(said))
    return int(bool(done.returncode))


if __name__ == "__main__":
    if sys.argv[1:2] == ["--inside"]:
        atheris.Setup([sys.argv[0], *sys.argv[3:]], TARGETS[sys.argv[2]]())
        atheris.Fuzz()
    sys.exit(main())
