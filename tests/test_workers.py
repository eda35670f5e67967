"""Several processes give what one gives, and one bad article costs itself alone."""

from __future__ import annotations

import gc
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import fsspec
import pytest
from places import SEEDS, Kg

from kg import pipeline
from kg.article import Piece
from kg.examination import Job, Verdict
from kg.store import open_store, read_held
from kg.workers import Here, Limits, Processes

GOOD = "{0}公安局2023年破获刑事案件{1}起,抓获犯罪嫌疑人80人,同比下降12.5%。\n"
POISON = """
import os, re, signal
from kg.extraction import find_facts

class Poison:
    name = "poison"
    version = "1"

    def extract(self, article):
        if "会崩溃" in article.text:
            os.kill(os.getpid(), signal.SIGSEGV)
        if "会退出" in article.text:
            os._exit(7)
        if "会停住" in article.text:
            re.fullmatch("(a+)+b", "a" * 60)  # in C, where no signal handler of Python's runs
        if "会膨胀" in article.text:
            hoard = [bytearray(50_000_000) for _ in range(1000)]
        if "会出错" in article.text:
            raise KeyError("missing")
        return find_facts(article)
"""
WORDS = {"crash": "会崩溃", "exit": "会退出", "hang": "会停住", "swell": "会膨胀", "raise": "会出错"}


def install_poison(folder: Path) -> None:
    """Install an extractor that some words are bad for, as a package in a folder."""
    (folder / "poison.py").write_text(POISON, encoding="utf-8")
    info = folder / "poison-1.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: poison\nVersion: 1\n", encoding="utf-8")
    (info / "entry_points.txt").write_text("[pingan_kg.extractors]\npoison = poison:Poison\n", encoding="utf-8")


@pytest.fixture
def poison(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path_factory.mktemp("poison")
    install_poison(folder)
    monkeypatch.syspath_prepend(str(folder))


def write_articles(folder: Path, count: int) -> None:
    folder.mkdir(exist_ok=True)
    for number in range(count):
        place = ("镇安县", "洛南县", "丹凤县")[number % 3]
        (folder / f"a{number:03}.txt").write_text(GOOD.format(place, number + 2), encoding="utf-8")


@pytest.mark.long
def test_the_bytes_do_not_depend_on_the_number_of_workers(tmp_path: Path) -> None:
    write_articles(tmp_path / "more", 20)
    dumps, states = set(), set()
    for count in (None, 1, 3):
        folder = tmp_path / f"s-{count}"
        runner = Processes(count) if count else None
        summary = pipeline.build([str(SEEDS), str(tmp_path / "more")], str(folder), runner=runner)
        assert (summary.count("added"), summary.count("refused")) == (25, 0)
        dumps.add(open_store(folder).dump())
        states.add(json.dumps([str(article) for article in read_held(folder).values()]))
    assert (len(dumps), len(states)) == (1, 1)


def test_an_article_that_hangs_crashes_or_swells_is_refused_alone(kg: Kg, tmp_path: Path, poison: None) -> None:
    write_articles(tmp_path / "in", 12)
    for number, (name, words) in enumerate(WORDS.items()):
        (tmp_path / "in" / f"a00{2 * number}-{name}.txt").write_text(words + GOOD.format("镇安县", 5), encoding="utf-8")
    build = ["build", "--extractor", "poison", "--workers", "2", "--store", "s", "--format", "json", "in"]
    limits = ["--article-seconds", "8", "--article-memory", "400"]
    done = kg(*build, *limits)
    assert done.returncode == 1, done.stderr
    told = {one["id"]: one for one in json.loads(done.stdout)["articles"]}
    assert sorted(one["did"] for one in told.values()) == ["added"] * 12 + ["refused"] * 5
    reasons = {name: told[f"a00{2 * n}-{name}"]["reasons"][0] for n, name in enumerate(WORDS)}
    assert "signal SIGSEGV" in reasons["crash"]
    assert "exit code 7" in reasons["exit"]
    assert "longer than 8 seconds" in reasons["hang"]
    assert "more than 400 MB" in reasons["swell"]
    assert "internal error, KeyError" in reasons["raise"]
    assert all(f"a00{2 * n}-{name}.txt" in reasons[name] for n, name in enumerate(WORDS))

    again = kg(*build, *limits)
    assert json.loads(again.stdout)["changed"] is False, (
        "a quarantined article is not tried again within the same limits"
    )
    (tmp_path / "in" / "a000-crash.txt").write_text(GOOD.format("镇安县", 6), encoding="utf-8")
    told = {one["id"]: one["did"] for one in json.loads(kg(*build, *limits).stdout)["articles"]}
    assert told["a000-crash"] == "changed"


def test_a_quarantined_article_keeps_the_graph_it_had(kg: Kg, tmp_path: Path, poison: None) -> None:
    write_articles(tmp_path / "in", 2)
    build = ["build", "--extractor", "poison", "--workers", "1", "--store", "s", "in"]
    assert kg(*build).returncode == 0
    before = open_store(tmp_path / "s").dump()
    (tmp_path / "in" / "a001.txt").write_text("会退出" + GOOD.format("洛南县", 9), encoding="utf-8")
    assert kg(*build).returncode == 1
    store = open_store(tmp_path / "s")
    assert store.dump() == before
    assert "exit code 7" in store.held["a001"].refused[0]


@pytest.fixture
def long_build(tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    """Start a build of many articles by the command line, in a process group of its own, as a terminal does."""
    write_articles(tmp_path / "in", 240)
    command = [
        sys.executable,
        "-m",
        "kg",
        "build",
        "--workers",
        "2",
        "--store",
        str(tmp_path / "s"),
        str(tmp_path / "in"),
    ]
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8", start_new_session=True
    )
    yield process
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
    process.communicate()


def ends(group: int) -> bool:
    """Tell whether all processes of a group end within some seconds."""
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        try:
            os.killpg(group, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.1)
    return False


@pytest.mark.long
def test_ctrl_c_keeps_what_is_done_and_the_next_build_goes_on(
    long_build: subprocess.Popen[str], tmp_path: Path
) -> None:
    started = time.monotonic()
    while not list(tmp_path.glob("s/g-*/rdf/*")) and time.monotonic() < started + 120:
        time.sleep(0.01)
    time.sleep(0.15 * (time.monotonic() - started))  # some articles, on a slow machine too
    os.killpg(long_build.pid, signal.SIGINT)  # a terminal sends it to the workers too
    out, err = long_build.communicate(timeout=60)
    assert long_build.returncode == 130, err
    assert "goes on from there" in err
    store = open_store(tmp_path / "s")
    kept = len(store.held)
    assert 0 < kept < 240
    assert len([graph for graph in store.graphs() if "/graph/" in graph]) == kept
    assert f"{kept} added" in out
    assert ends(long_build.pid)
    rest = pipeline.build([str(tmp_path / "in")], str(tmp_path / "s"), runner=Processes(2))
    assert (rest.count("added"), rest.count("unchanged"), rest.interrupted) == (240 - kept, kept, False)
    whole = pipeline.build([str(tmp_path / "in")], str(tmp_path / "whole"))
    assert whole.count("added") == 240
    assert open_store(tmp_path / "s").dump() == open_store(tmp_path / "whole").dump()


def test_workers_end_with_the_build_that_is_killed(long_build: subprocess.Popen[str], tmp_path: Path) -> None:
    deadline = time.monotonic() + 120
    while not list(tmp_path.glob("s/g-*/rdf/*")) and time.monotonic() < deadline:
        time.sleep(0.01)
    long_build.kill()
    long_build.wait()
    assert ends(long_build.pid)
    assert not (tmp_path / "s" / "store.json").exists()


def test_there_are_no_more_workers_than_a_machine_can_bear(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.cpu_count", lambda: 2)
    assert [Processes(count).running for count in (1, 16, 17, 100_000)] == [1, 16, 16, 16]


def test_articles_that_are_known_are_not_held_while_one_is_examined(tmp_path: Path) -> None:
    """A hundred thousand of them once filled the address space of a build behind the one article that had changed."""
    folder, held = tmp_path / "in", []
    folder.mkdir()
    for number in range(40):
        (folder / f"a{number:02}.txt").write_text(GOOD.format("兴县", number) * 20, encoding="utf-8")
    pipeline.build([str(folder)], str(tmp_path / "store"))
    (folder / "a00.txt").write_text(GOOD.format("兴县", 99), encoding="utf-8")

    class Late(Here):
        def __call__(
            self, job: Job, pieces: Iterator[Piece], stopped: Callable[[], bool]
        ) -> Iterator[tuple[Piece, Verdict]]:
            given = list(pieces)
            alive = (one for one in gc.get_objects() if isinstance(one, Piece) and one.data)
            held.extend(one.name for one in alive if Path(one.source).parent == folder.resolve())
            yield from super().__call__(job, iter(given), stopped)

    summary = pipeline.build([str(folder)], str(tmp_path / "store"), runner=Late())
    assert held == ["a00"]
    assert (summary.count("changed"), summary.count("unchanged")) == (1, 39)


def test_limits_are_part_of_what_is_remembered() -> None:
    assert str(Limits(1, 2)) != str(Limits(2, 2))


def test_a_folder_at_an_address_is_read_like_one_on_disk(tmp_path: Path) -> None:
    bucket = fsspec.filesystem("memory")
    write_articles(tmp_path / "in", 3)
    records = [{"id": "one", "text": GOOD.format("镇安县", 7)}, {"id": "two", "text": GOOD.format("洛南县", 8)}]
    (tmp_path / "in" / "more.jsonl").write_text("\n".join(map(json.dumps, records)), encoding="utf-8")
    for path in (tmp_path / "in").iterdir():
        bucket.pipe(f"/reports/{path.name}", path.read_bytes())
    store, address = str(tmp_path / "s"), "memory://reports"
    try:
        assert pipeline.build([address], store).count("added") == 5
        pipeline.build([str(tmp_path / "in")], str(tmp_path / "disk"))
        assert open_store(store).dump() == open_store(tmp_path / "disk").dump()
        assert pipeline.build([address], store).changed is False
        bucket.pipe("/reports/a001.txt", GOOD.format("丹凤县", 99).encode())
        bucket.rm("/reports/a002.txt")
        done = {one.id: one.did for one in pipeline.build([address], store).outcomes}
        assert done == {
            "a000": "unchanged",
            "a001": "changed",
            "a002": "retracted",
            "one": "unchanged",
            "two": "unchanged",
        }
    finally:
        bucket.rm("/reports", recursive=True)


@pytest.mark.long
def test_other_processes_fetch_from_an_address(kg: Kg, tmp_path: Path) -> None:
    write_articles(tmp_path / "in", 4)
    done = kg("build", "--workers", "2", "--store", "s", (tmp_path / "in").as_uri())
    assert done.returncode == 0, done.stderr
    assert "4 added" in done.stdout


def test_an_address_without_articles_is_said_in_one_line(kg: Kg) -> None:
    for address in ("memory://nothing-here", "nonsense://bucket"):
        done = kg("build", "--store", "s", address)
        assert done.returncode in (2, 3)
        assert done.stderr.count("\n") == 1
        assert address in done.stderr
