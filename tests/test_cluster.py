"""A cluster gives the bytes that one process gives, also when it loses a worker on the way."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from places import SEEDS, Kg
from test_workers import GOOD, WORDS, install_poison, write_articles

from kg import pipeline
from kg.cluster import Cluster
from kg.errors import EndpointError
from kg.store import open_store
from kg.workers import Limits

QUIET = {"DASK_DISTRIBUTED__LOGGING__DISTRIBUTED": "error", "DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": "1"}


@dataclass
class Dask:
    """A scheduler on loopback and its workers, each a process under the watch of another that starts it again."""

    address: str
    workers: list[subprocess.Popen[bytes]]

    def processes(self) -> list[int]:
        """Return the processes that do the work: children of those that watch over them."""
        found = []
        for worker in self.workers:
            for task in Path(f"/proc/{worker.pid}/task").iterdir():
                found += [int(pid) for pid in (task / "children").read_text(encoding="ascii").split()]
        return [pid for pid in found if b"spawn_main" in Path(f"/proc/{pid}/cmdline").read_bytes()]


@pytest.fixture
def dask(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Dask]:
    folder = tmp_path_factory.mktemp("dask")
    install_poison(folder)
    environment = {**os.environ, **QUIET, "PYTHONPATH": str(folder)}
    about = folder / "scheduler.json"
    options = ["--no-dashboard", "--scheduler-file", str(about)]

    def start(program: str, *more: str) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", f"distributed.cli.{program}", *options, *more]
        with (folder / "log").open("ab") as log:
            return subprocess.Popen(command, cwd=folder, env=environment, stdout=log, stderr=log)

    scheduler = start("dask_scheduler", "--host", "127.0.0.1", "--port", "0")
    one = ["--nthreads", "1", "--nworkers", "1", "--host", "127.0.0.1", "--death-timeout", "60"]
    workers = [start("dask_worker", *one) for _ in range(3)]
    try:
        deadline = time.monotonic() + 60
        while not about.exists() and time.monotonic() < deadline:
            time.sleep(0.1)
        found = Dask(json.loads(about.read_text(encoding="utf-8"))["address"], workers)
        while len(found.processes()) < 3 and time.monotonic() < deadline:
            time.sleep(0.1)
        yield found
    finally:
        for process in (*workers, scheduler):
            process.terminate()
        for process in (*workers, scheduler):
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


@pytest.mark.long
def test_a_worker_killed_in_the_middle_changes_no_byte(dask: Dask, tmp_path: Path) -> None:
    write_articles(tmp_path / "in", 120)
    paths = [str(SEEDS), str(tmp_path / "in")]
    killed: list[int] = []

    def kill_one(progress: pipeline.Progress) -> None:
        if progress.articles > 30 and not killed:
            killed.append(dask.processes()[0])
            os.kill(killed[0], signal.SIGKILL)

    summary = pipeline.build(paths, str(tmp_path / "s"), runner=Cluster(dask.address), on_progress=kill_one)
    assert (summary.count("added"), summary.count("refused")) == (125, 0)
    assert killed
    assert killed[0] not in dask.processes()
    pipeline.build(paths, str(tmp_path / "alone"))
    assert open_store(tmp_path / "s").dump() == open_store(tmp_path / "alone").dump()


@pytest.mark.long
def test_an_article_that_kills_workers_is_refused_alone(
    dask: Dask, kg: Kg, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "here").mkdir()
    install_poison(tmp_path / "here")
    monkeypatch.syspath_prepend(str(tmp_path / "here"))
    write_articles(tmp_path / "in", 12)
    for name in ("exit", "hang"):
        (tmp_path / "in" / f"a005-{name}.txt").write_text(WORDS[name] + GOOD.format("镇安县", 5), encoding="utf-8")
    done = kg(
        "build", "--extractor", "poison", "--cluster", dask.address, "--article-seconds", "2", "--store", "s", "in"
    )
    assert done.returncode == 1, done.stderr
    assert "12 added, 2 refused" in done.stdout
    assert "exit code 7" in done.stdout
    assert "longer than 2 seconds" in done.stdout


def test_a_scheduler_that_is_not_there_is_said_in_one_line(
    kg: Kg, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kg.cluster._PATIENCE", 1)
    write_articles(tmp_path / "in", 1)
    done = kg("build", "--cluster", "tcp://127.0.0.1:9", "--store", "s", "in")
    assert (done.returncode, done.stdout) == (3, "")
    assert "no Dask scheduler answers there" in done.stderr
    assert done.stderr.count("\n") == 1
    with pytest.raises(EndpointError):
        pipeline.build([str(tmp_path / "in")], str(tmp_path / "s"), runner=Cluster("tcp://127.0.0.1:9", Limits()))
    assert kg("build", "--cluster", "tcp://127.0.0.1:9", "--workers", "2", "--store", "s", "in").returncode == 2


@pytest.mark.parametrize("address", ["nonsense", "tcp://10.0.0.1", "foo://10.0.0.1:8786", "tcp://:8786"])
def test_what_is_no_address_of_a_scheduler_is_said_in_one_line(address: str, kg: Kg, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    write_articles(tmp_path / "in", 1)
    done = kg("build", "--cluster", address, "--store", "s", "in")
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert "tcp://10.0.0.1:8786" in done.stderr
