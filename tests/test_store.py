"""A store is the old one or the new one, each triple is in it once, and readers are never in the way."""

from __future__ import annotations

import json
import multiprocessing
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterable
from pathlib import Path

import pytest

from kg.errors import QueryError, StoreError
from kg.store import Held, Rows, Store, Term, memory_store, open_store, read_held, write_store


def entry(id: str, digest: str = "1", **more: object) -> Held:
    return Held(id, f"/news/{id}.txt", digest, f"urn:graph:{id}", {"Metric": 1}, **more)  # type: ignore[arg-type]


def turtle(id: str, value: str) -> bytes:
    return f'<urn:{id}> <urn:value> "{value}" .\n<urn:bureau> <urn:label> "滨州市公安局" .\n'.encode()


def fill(folder: Path, articles: Iterable[tuple[str, str]]) -> None:
    with write_store(folder, package="test") as writer:
        for id, value in articles:
            writer.put_article(entry(id, value), turtle(id, value), "turtle")


def values(store: Store) -> set[str]:
    rows = store.ask("SELECT ?v { ?s <urn:value> ?v }")
    assert isinstance(rows, Rows)
    return {term.value for row in rows.rows for term in row if term}


def count(store: Store, pattern: str) -> int:
    rows = store.ask(f"SELECT * {{ {pattern} }}")
    assert isinstance(rows, Rows)
    return len(rows.rows)


def test_what_was_written_is_read(tmp_path: Path) -> None:
    fill(tmp_path / "s", [("a", "1"), ("b", "2")])
    store = open_store(tmp_path / "s")
    assert values(store) == {"1", "2"}
    assert store.graphs() == ["urn:graph:a", "urn:graph:b"]
    assert len(store) == 4
    assert store.held["a"] == entry("a", "1")


def test_packs_follow_the_graphs_they_are_of(tmp_path: Path) -> None:
    def packs() -> dict[str, bytes]:
        return dict(open_store(tmp_path / "s").packs())

    with write_store(tmp_path / "s", package="test") as writer:
        for id in ("a", "b"):
            writer.put_article(entry(id), turtle(id, "1"), "turtle", pack=f"{id}1".encode())
    before = open_store(tmp_path / "s")
    with write_store(tmp_path / "s", package="test") as writer:
        writer.put_article(entry("a", "2"), turtle("a", "2"), "turtle", pack=b"a2")
        writer.refuse_article(entry("b", "2", refused=("no facts",)))
    assert packs() == {"urn:graph:a": b"a2", "urn:graph:b": b"b1"}
    assert dict(before.packs()) == {"urn:graph:a": b"a1", "urn:graph:b": b"b1"}
    with write_store(tmp_path / "s", package="test") as writer:
        writer.put_article(entry("a", "3"), turtle("a", "3"), "turtle")
        writer.settle()
    assert packs() == {"urn:graph:b": b"b1"}
    assert (tmp_path / "s" / "turtle.txt").read_text(encoding="utf-8").count("\n") == 1


def test_what_a_derived_graph_was_made_of_is_kept(tmp_path: Path) -> None:
    def triples(value: str) -> bytes:
        return f'<urn:a> <urn:p> "{value}\u2028" .\n<urn:a> <urn:q> <urn:b> .\n'.encode()

    def derived() -> dict[str, bytes]:
        return dict(open_store(tmp_path / "s").derived(["urn:graph:d", "urn:graph:e", "urn:graph:f"]))

    with write_store(tmp_path / "s", package="test") as writer:
        writer.put_graph("urn:graph:d", triples("1"), "ntriples")
        writer.put_graph("urn:graph:e", triples("1"), "ntriples")
        writer.put_graph("urn:graph:f", b"<urn:a> <urn:p> _:b .\n", "ntriples")
    assert derived() == {"urn:graph:d": triples("1"), "urn:graph:e": triples("1")}
    with write_store(tmp_path / "s", package="test") as writer:
        writer.put_graph("urn:graph:d", triples("2"), "ntriples")
        writer.drop_graph("urn:graph:e")
        writer.settle()
    assert derived() == {"urn:graph:d": triples("2")}
    kept = (tmp_path / "s" / "derived.txt").read_text(encoding="utf-8")
    assert kept.count("\n") == 1
    (tmp_path / "s" / "derived.txt").write_text(kept.replace(kept.split()[1][:8], "AAAAAAA="), encoding="utf-8")
    assert derived() == {}


def test_what_inference_put_in_is_kept_as_the_store_spells_it(seed_store: Path) -> None:
    store = open_store(seed_store)
    kept = dict(store.derived(store.graphs()))
    assert len(kept) > 2 * len(store.held)
    for graph, triples in kept.items():
        assert sorted(triples.splitlines(True)) == sorted(store.triples(graph).splitlines(True))


def test_a_settled_database_says_what_it_said_before(tmp_path: Path) -> None:
    fill(tmp_path / "s", [("a", "1"), ("b", "2")])
    before = open_store(tmp_path / "s").dump()
    with write_store(tmp_path / "s", package="test") as writer:
        writer.settle()
    store = open_store(tmp_path / "s")
    assert (store.dump(), values(store)) == (before, {"1", "2"})


def test_pairs_are_those_of_one_graph(tmp_path: Path) -> None:
    one = b"<urn:x> <urn:p> <urn:y> , <urn:z> . <urn:x> <urn:q> <urn:y> ."
    with write_store(tmp_path / "s", package="test") as writer:
        writer.put_graph("urn:g", one, "turtle")
        writer.put_graph("urn:h", b"<urn:w> <urn:p> <urn:y> .", "turtle")
    store = open_store(tmp_path / "s")
    assert sorted(store.pairs("urn:g", "urn:p")) == [("urn:x", "urn:y"), ("urn:x", "urn:z")]
    assert store.pairs("urn:g", "urn:p", "urn:z") == [("urn:x", "urn:z")]


def test_a_triple_of_two_articles_is_seen_once_and_stays_while_one_states_it(tmp_path: Path) -> None:
    fill(tmp_path / "s", [("a", "1"), ("b", "2")])
    label = "<urn:bureau> <urn:label> ?label"
    assert count(open_store(tmp_path / "s"), label) == 1
    assert count(open_store(tmp_path / "s"), f"GRAPH ?g {{ {label} }}") == 2
    with write_store(tmp_path / "s", package="test") as writer:
        writer.retract_article("a")
    assert count(open_store(tmp_path / "s"), label) == 1
    with write_store(tmp_path / "s", package="test") as writer:
        writer.retract_article("b")
    store = open_store(tmp_path / "s")
    assert (len(store), store.graphs(), dict(store.held), count(store, "?s ?p ?o")) == (0, [], {}, 0)


def test_a_changed_article_replaces_its_graph(tmp_path: Path) -> None:
    fill(tmp_path / "s", [("a", "1"), ("b", "2")])
    fill(tmp_path / "s", [("a", "3")])
    assert values(open_store(tmp_path / "s")) == {"2", "3"}


def test_a_graph_put_twice_in_one_go_is_the_last(tmp_path: Path) -> None:
    fill(tmp_path / "s", [("a", "1"), ("a", "3")])
    assert values(open_store(tmp_path / "s")) == {"3"}


def test_a_refused_article_keeps_its_graph_and_the_reason(tmp_path: Path) -> None:
    fill(tmp_path / "s", [("a", "1")])
    with write_store(tmp_path / "s", package="test") as writer:
        writer.refuse_article(entry("a", "2", refused=("a:3:1: no quote",)))
        writer.refuse_article(Held("new", "/news/new.txt", "1", "urn:graph:new", {}, ("no facts",)))
    store = open_store(tmp_path / "s")
    assert values(store) == {"1"}
    assert store.held["a"].refused == ("a:3:1: no quote",)
    assert store.held["a"].counts == {"Metric": 1}
    assert store.held["new"].refused == ("no facts",)
    assert store.graphs() == ["urn:graph:a"]


def test_an_exception_leaves_the_old_state(tmp_path: Path) -> None:
    fill(tmp_path / "s", [("a", "1")])
    before = sorted(path.name for path in (tmp_path / "s").iterdir())
    with pytest.raises(ZeroDivisionError), write_store(tmp_path / "s", package="test") as writer:
        writer.put_article(entry("a", "2"), turtle("a", "2"), "turtle")
        raise ZeroDivisionError
    assert values(open_store(tmp_path / "s")) == {"1"}
    assert sorted(path.name for path in (tmp_path / "s").iterdir()) == before


def test_a_reader_keeps_its_snapshot_while_the_store_moves_on(tmp_path: Path) -> None:
    fill(tmp_path / "s", [("a", "0")])
    reader = open_store(tmp_path / "s")
    for value in "12345":
        fill(tmp_path / "s", [("a", value)])
        assert values(reader) == {"0"}
    assert values(open_store(tmp_path / "s")) == {"5"}


def test_generations_nobody_reads_are_swept_away(tmp_path: Path) -> None:
    for value in "123456":
        fill(tmp_path / "s", [("a", value)])
    assert len(list((tmp_path / "s").glob("g-*"))) <= 2


def test_the_store_opens_read_only_in_a_folder_that_cannot_be_written(tmp_path: Path) -> None:
    fill(tmp_path / "s", [("a", "1")])
    for path in [tmp_path / "s", *(tmp_path / "s").rglob("*")]:
        path.chmod(0o555 if path.is_dir() else 0o444)
    try:
        assert values(open_store(tmp_path / "s")) == {"1"}
    finally:
        for path in [tmp_path / "s", *(tmp_path / "s").rglob("*")]:
            path.chmod(0o755)


def test_a_second_writer_is_refused(tmp_path: Path) -> None:
    with write_store(tmp_path / "s", package="test"):
        pass
    with (
        write_store(tmp_path / "s", package="test"),
        pytest.raises(StoreError, match="another process is writing"),
        write_store(tmp_path / "s", package="test"),
    ):
        pass


def _write_slowly(folder: str) -> None:
    for round_ in range(1000):
        with write_store(folder, package="test") as writer:
            for number in range(20):
                id = f"a{number}"
                writer.put_article(entry(id, str(round_)), turtle(id, str(round_)), "turtle")


def test_a_kill_at_any_moment_leaves_the_old_state_or_the_new(tmp_path: Path) -> None:
    folder = tmp_path / "s"
    fill(folder, [(f"a{number}", "start") for number in range(20)])
    for moment in range(12):
        process = multiprocessing.get_context("fork").Process(target=_write_slowly, args=(str(folder),))
        process.start()
        time.sleep(0.02 + moment * 0.017)
        assert process.pid is not None
        os.kill(process.pid, signal.SIGKILL)
        process.join()
        store = open_store(folder)
        assert len(values(store)) == 1
        assert len(store.graphs()) == 20
        copy = tmp_path / f"copy-{moment}"
        shutil.copytree(folder, copy)
        assert values(open_store(copy)) == values(store)
    fill(folder, [("a0", "after")])
    assert "after" in values(open_store(folder))


def test_a_lock_dies_with_its_process(tmp_path: Path) -> None:
    folder = tmp_path / "s"
    code = (
        "import sys, time; from kg.store import write_store\n"
        f"with write_store({str(folder)!r}, package='test'): print('held', flush=True); time.sleep(60)"
    )
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"held\n"
        with pytest.raises(StoreError, match="another process"), write_store(folder, package="test"):
            pass
        process.kill()
        process.wait()
    fill(folder, [("a", "1")])


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('{"format": 99, "generation": "g-000001", "package": "pingan-kg 9.0"}', "format 99, written by pingan-kg 9.0"),
        ('{"format": 1}', "cannot be read"),
        ("nonsense", "cannot be read"),
        ("[]", "cannot be read"),
    ],
)
def test_a_store_of_another_version_or_damaged_is_refused(tmp_path: Path, text: str, message: str) -> None:
    fill(tmp_path / "s", [("a", "1")])
    pointer = tmp_path / "s" / "store.json"
    pointer.write_text(text, encoding="utf-8")
    with pytest.raises(StoreError, match=message):
        open_store(tmp_path / "s")
    with pytest.raises(StoreError, match=message), write_store(tmp_path / "s", package="test"):
        pass
    assert pointer.read_text(encoding="utf-8") == text


def test_a_damaged_database_is_said_to_be_damaged(tmp_path: Path) -> None:
    fill(tmp_path / "s", [("a", "1")])
    for path in (tmp_path / "s").glob("g-*/rdf/*"):
        path.unlink()
    with pytest.raises(StoreError, match="cannot be opened"):
        open_store(tmp_path / "s")


def test_files_of_the_database_that_are_cut_off_are_said_to_be_damaged(tmp_path: Path) -> None:
    fill(tmp_path / "s", [("a", "1")])
    cut = list((tmp_path / "s").glob("g-*/rdf/*.sst"))
    assert cut
    for path in cut:
        path.write_bytes(path.read_bytes()[:100])
    with pytest.raises(StoreError, match="build it again in a new folder"):
        open_store(tmp_path / "s")


def test_damaged_state_is_said_to_be_damaged(tmp_path: Path) -> None:
    fill(tmp_path / "s", [("a", "1")])
    (state,) = (tmp_path / "s").glob("g-*/state.json")
    state.write_text(json.dumps([{"id": "a"}]), encoding="utf-8")
    store = open_store(tmp_path / "s")
    assert store.ask("ASK { ?claim ?of ?value }") is True  # a question needs the database alone
    with pytest.raises(StoreError, match="cannot be read"):
        _ = store.held
    with pytest.raises(StoreError, match="cannot be read"):
        read_held(tmp_path / "s")


def test_no_store_a_file_and_a_folder_of_strangers_are_refused(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="no store here"):
        open_store(tmp_path / "none")
    assert read_held(tmp_path / "none") == {}
    (tmp_path / "file").write_text("x", encoding="utf-8")
    with pytest.raises(StoreError, match="a file, not a folder"), write_store(tmp_path / "file", package="test"):
        pass
    with pytest.raises(StoreError, match="a file, not a folder"):
        open_store(tmp_path / "file")
    with pytest.raises(StoreError, match=r"holds other files \(file\)"), write_store(tmp_path, package="test"):
        pass
    with pytest.raises(StoreError, match="cannot be written"), write_store("/proc/nowhere", package="test"):
        pass


def test_exact_decimals_are_found_by_number(tmp_path: Path) -> None:
    data = '{"@id": "urn:a", "urn:v": {"@type": "http://www.w3.org/2001/XMLSchema#decimal", "@value": "11.29"}}'
    store = memory_store([data.encode()], "jsonld")
    assert store.ask("ASK { ?s <urn:v> ?v FILTER(?v > 11.28 && ?v = 11.29) }") is True


def test_a_function_gives_its_term_anywhere(tmp_path: Path) -> None:
    store = memory_store([turtle("a", "1")], "turtle")
    inner = "SELECT ?s { ?s <urn:value> ?v FILTER(?v = <urn:f>()) }"
    rows = store.ask(f"SELECT ?s {{ {{ {inner} }} }}", functions={"urn:f": Term("literal", "1")})
    assert isinstance(rows, Rows)
    assert rows.rows == ((Term("uri", "urn:a"),),)


def test_rows_are_cut_at_the_limit_and_say_so() -> None:
    store = memory_store([b"".join(f"<urn:{n}> <urn:p> {n} .\n".encode() for n in range(10))], "turtle")
    rows = store.ask("SELECT * { ?s ?p ?o }", limit=3)
    assert isinstance(rows, Rows)
    assert (len(rows.rows), rows.cut) == (3, True)
    with pytest.raises(QueryError):
        store.ask("SELECT")


def test_two_dumps_of_the_same_articles_are_the_same_bytes(tmp_path: Path) -> None:
    fill(tmp_path / "one", [("a", "1"), ("b", "2")])
    fill(tmp_path / "two", [("b", "2")])
    fill(tmp_path / "two", [("a", "0")])
    fill(tmp_path / "two", [("a", "1")])
    one, two = open_store(tmp_path / "one"), open_store(tmp_path / "two")
    assert one.dump() == two.dump()
    assert one.dump("urn:graph:a").count(b"\n") == 2
