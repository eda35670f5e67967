"""Virtuoso gives the answers that the store gives: another server, another implementation of SPARQL.

Debian's package virtuoso-opensource is started on loopback; make servers sets KG_EVERYTHING so that these
tests do not pass for want of it. ``make servers`` asks with all seeds instead of one.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from places import SEEDS

from kg.endpoint import UNION, Endpoint, address_of
from kg.errors import EndpointError
from kg.exports import FORMATS
from kg.pipeline import build
from kg.queries import ask, catalogue
from kg.store import Rows, open_store

Kg = Callable[..., "subprocess.CompletedProcess[str]"]
SETTINGS = """
[Database]
DatabaseFile = {top}/v.db
ErrorLogFile = {top}/v.log
LockFile = {top}/v.lck
TransactionFile = {top}/v.trx
xa_persistent_file = {top}/v.pxa
[TempDatabase]
DatabaseFile = {top}/t.db
TransactionFile = {top}/t.trx
[Parameters]
ServerPort = 127.0.0.1:{sql}
DisableUnixSocket = 1
NumberOfBuffers = 10000
MaxDirtyBuffers = 6000
MaxMemPoolSize = 2000000000
[HTTPServer]
ServerPort = 127.0.0.1:{http}
ServerRoot = {top}
ServerThreads = 10
Charset = UTF-8
[SPARQL]
ResultSetMaxRows = 1000000
"""
# Virtuoso's MIN over text is not that of the order of characters, so another example stands in these columns.
OTHER_EXAMPLES = {"good-news-only": {"wording", "quote", "source"}, "honors-per-year": {"example", "quote", "source"}}
EVERYTHING = os.environ.get("KG_SERVERS") == "all"
SOME = (SEEDS / "binzhou-2020.txt",)
SECRET = {"KG_ENDPOINT_CREDENTIALS": "dba:dba"}


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Return the address of an empty Virtuoso on loopback, which asks for credentials by Digest."""
    program = shutil.which("virtuoso-t")
    if program is None:
        if os.environ.get("KG_EVERYTHING"):
            pytest.fail("virtuoso-t is not installed: apt-get install virtuoso-opensource")
        pytest.skip("virtuoso-t is not installed: apt-get install virtuoso-opensource")
    top, sql, http = tmp_path_factory.mktemp("virtuoso"), free_port(), free_port()
    (top / "v.ini").write_text(SETTINGS.format(top=top, sql=sql, http=http), encoding="ascii")
    command = [program, "+foreground", "+configfile", str(top / "v.ini")]
    with subprocess.Popen(command, cwd=top, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        for _ in range(600):
            try:
                socket.create_connection(("127.0.0.1", http), 1).close()
                break
            except OSError:
                assert process.poll() is None, (top / "v.log").read_text(encoding="utf-8")
                time.sleep(0.1)
        yield f"http://127.0.0.1:{http}/sparql-auth"
        process.kill()


@pytest.fixture(scope="module")
def small_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a store of one seed, or of all where there is time: Virtuoso takes minutes for some questions."""
    folder = tmp_path_factory.mktemp("built") / "store"
    build([str(path) for path in (SEEDS.glob("*.txt") if EVERYTHING else SOME)], str(folder))
    return folder


@pytest.fixture(scope="module")
def filled(url: str, small_store: Path) -> Endpoint:
    """Return that server with the graphs of the store."""
    endpoint = Endpoint(address_of(url, SECRET, union=UNION), timeout=1800)
    assert set(push(endpoint, small_store).values()) == {"pushed"}
    return endpoint


def push(endpoint: Endpoint, folder: Path) -> dict[str, str]:
    store = open_store(folder)
    return dict(endpoint.push((graph, store.dump(graph)) for graph in store.graphs()))


def test_a_push_is_repeatable_and_the_union_holds_each_triple_once(filled: Endpoint, small_store: Path) -> None:
    store, count = open_store(small_store), "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
    assert filled.ask(count) == store.ask(count)
    assert set(push(filled, small_store).values()) == {"unchanged"}
    assert filled.ask(count) == store.ask(count)
    assert filled.graphs()[-len(store.graphs()) :] and set(store.graphs()) <= set(filled.graphs())


def test_a_graph_is_replaced_and_taken_out(filled: Endpoint) -> None:
    everything = "SELECT * { ?s <urn:p> ?o } ORDER BY ?o"
    for words in (("x", "y"), ("y", "z"), ()):
        lines = "".join(f'<urn:a> <urn:p> "{word}" <urn:g> .\n' for word in words)
        other = '<urn:a> <urn:p> "z" <urn:h> .\n' if words else ""
        dict(filled.push([("urn:g", lines.encode()), ("urn:h", other.encode())]))
        found = filled.ask(everything)
        assert isinstance(found, Rows)
        assert [row[1].value for row in found.rows if row[1]] == sorted({*words, *("z" if other else "")})


@pytest.mark.parametrize("name", list(catalogue()))
def test_a_stored_query_has_the_answer_of_the_store(filled: Endpoint, small_store: Path, name: str) -> None:
    query = catalogue()[name]
    arguments = {one.name: "滨州" for one in query.parameters if one.default is None} | dict(query.sample)
    here, there = ask(open_store(small_store), query, arguments), ask(filled, query, arguments)
    assert isinstance(here, Rows)
    assert isinstance(there, Rows)
    assert there.columns == here.columns
    kept = [at for at, column in enumerate(here.columns) if column not in OTHER_EXAMPLES.get(name, ())]
    assert sorted(repr([row[at] for at in kept]) for row in there.rows) == sorted(
        repr([row[at] for at in kept]) for row in here.rows
    )


@pytest.mark.parametrize("format", FORMATS if EVERYTHING else ("turtle", "csv"))
def test_an_export_has_the_bytes_of_the_store(
    kg: Kg, filled: Endpoint, url: str, small_store: Path, format: str
) -> None:
    here = kg("export", "--store", small_store, "--format", format)
    there = kg("export", "--endpoint", url, "--default-graph", UNION, "--format", format, env=SECRET)
    assert (there.returncode, there.stderr) == (0, "")
    assert there.stdout == here.stdout


def test_articles_are_held_against_one_another_alike(kg: Kg, filled: Endpoint, url: str, small_store: Path) -> None:
    here = kg("check", "--corpus", "--store", small_store, "--format", "json")
    there = kg("check", "--corpus", "--endpoint", url, "--default-graph", UNION, "--format", "json", SEEDS, env=SECRET)
    assert (there.returncode, there.stderr) == (here.returncode, "")
    assert there.stdout == here.stdout


def test_wrong_credentials_are_one_line(filled: Endpoint, url: str) -> None:
    with pytest.raises(EndpointError, match="credentials are missing or wrong") as raised:
        Endpoint(address_of(url, {"KG_ENDPOINT_CREDENTIALS": "dba:pa55"})).ask("ASK {}")
    assert "pa55" not in str(raised.value)
    with pytest.raises(EndpointError, match="credentials are missing or wrong"):
        Endpoint(address_of(url, {})).ask("ASK {}")


def test_a_query_that_it_cannot_read_is_one_line(filled: Endpoint) -> None:
    with pytest.raises(Exception, match="does not accept the query") as raised:
        filled.ask("SELECT * {")
    assert "\n" not in str(raised.value)
