"""Whatever ends a build, the store is the old one or the new one: kills, copies, full disks, closed folders."""

from __future__ import annotations

import hashlib
import os
import random
import shutil
import signal
import subprocess
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from building import CONTEXT, NOBODY, REPORT, STEPS, build_and_die, build_and_tell, build_in_turn
from building import build as build_apart

from kg import pipeline
from kg.errors import StoreError
from kg.pipeline import build
from kg.store import Store, open_store, write_store

PLACES = ("镇安县", "洛南县", "丹凤县")
KILLS = 50


def write_articles(folder: Path, number: int) -> None:
    folder.mkdir(exist_ok=True)
    for order, place in enumerate(PLACES):
        (folder / f"a{order}.txt").write_text(REPORT.format(place, number), encoding="utf-8")


def state_of(store: Store) -> str:
    return hashlib.sha256(store.dump()).hexdigest()


@pytest.fixture(scope="module")
def corpora(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Return two folders of the same articles with other numbers, the first of them read once so that all is loaded."""
    top = tmp_path_factory.mktemp("corpora")
    write_articles(top / "one", 120)
    write_articles(top / "two", 121)
    build([str(top / "one")], str(top / "warm"))
    return top / "one", top / "two"


@pytest.fixture(scope="module")
def first(corpora: tuple[Path, Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a store of the first folder, to be copied."""
    store = tmp_path_factory.mktemp("first") / "s"
    build([str(corpora[0])], str(store), replace_others=True)
    return store


@pytest.fixture(scope="module")
def states(first: Path, corpora: tuple[Path, Path], tmp_path_factory: pytest.TempPathFactory) -> tuple[str, str]:
    """Return the digests of the stores that the two folders give."""
    second = tmp_path_factory.mktemp("second") / "s"
    build([str(corpora[1])], str(second), replace_others=True)
    found = [state_of(open_store(store)) for store in (first, second)]
    assert found[0] != found[1]
    return found[0], found[1]


@pytest.mark.long
def test_a_build_killed_at_fifty_moments_leaves_the_old_state_or_the_new(
    first: Path, corpora: tuple[Path, Path], states: tuple[str, str], tmp_path: Path
) -> None:
    store, moments = tmp_path / "s", random.Random(20)
    shutil.copytree(first, store)
    started = time.monotonic()
    build([str(corpora[1])], str(store), replace_others=True)
    usual = time.monotonic() - started
    now, survived, swapped = 1, 0, 0
    for _ in range(KILLS):
        target = 1 - now
        process = CONTEXT.Process(target=build_apart, args=(str(corpora[target]), str(store)))
        process.start()
        time.sleep(moments.uniform(0, 1.2 * usual))
        assert process.pid is not None
        os.kill(process.pid, signal.SIGKILL)
        process.join()
        found = state_of(open_store(store))
        assert found in (states[now], states[target])
        survived += 1
        if found == states[target]:
            now, swapped = target, swapped + 1
    assert survived == KILLS
    assert swapped < KILLS, "no kill came before the end"
    build([str(corpora[1 - now])], str(store), replace_others=True)
    assert state_of(open_store(store)) == states[1 - now]
    assert len(list(store.glob("g-*"))) <= 2


@pytest.mark.long
@pytest.mark.parametrize("step", STEPS)
def test_a_kill_right_before_and_right_after_each_step_of_writing(
    step: str, first: Path, corpora: tuple[Path, Path], states: tuple[str, str], tmp_path: Path
) -> None:
    for after in (False, True):
        store = tmp_path / f"s-{after}"
        shutil.copytree(first, store)
        process = CONTEXT.Process(target=build_and_die, args=(str(corpora[1]), str(store), step, after))
        process.start()
        process.join(60)
        assert process.exitcode == -signal.SIGKILL
        assert state_of(open_store(store)) in states


@pytest.fixture
def builder(first: Path, corpora: tuple[Path, Path], tmp_path: Path) -> Iterator[Path]:
    """Return a store that another process builds anew all the time."""
    store = tmp_path / "s"
    shutil.copytree(first, store)
    process = CONTEXT.Process(target=build_in_turn, args=(str(corpora[1]), str(corpora[0]), str(store)))
    process.start()
    yield store
    assert process.is_alive(), "the builder was disturbed by what was done to its store"
    process.kill()
    process.join()


@pytest.mark.long
def test_a_copy_taken_at_any_moment_opens(builder: Path, states: tuple[str, str], tmp_path: Path) -> None:
    moments = random.Random(21)
    for number in range(20):
        time.sleep(moments.uniform(0, 0.1))
        copy = tmp_path / f"copy-{number}"
        done = subprocess.run(["cp", "-r", str(builder), str(copy)], capture_output=True, check=False)
        assert done.returncode in (0, 1)  # 1: a file was gone before it could be copied
        assert state_of(open_store(copy)) in states
        shutil.rmtree(copy)


def test_a_copy_made_in_the_middle_of_the_last_step_is_the_old_state(
    first: Path, corpora: tuple[Path, Path], states: tuple[str, str], tmp_path: Path
) -> None:
    store = tmp_path / "s"
    shutil.copytree(first, store)
    build([str(corpora[1])], str(store), replace_others=True)
    newest = max(store.glob("g-*"))
    (newest / "state.json").unlink()  # the folder of the generation was copied before its last file was written
    assert state_of(open_store(store)) == states[0]
    build([str(corpora[1])], str(store), replace_others=True)
    assert state_of(open_store(store)) == states[1]


def test_readers_see_whole_states_while_a_build_runs(builder: Path, states: tuple[str, str]) -> None:
    found, failures = set(), []

    def read() -> None:
        for _ in range(10):
            try:
                found.add(state_of(open_store(builder)))
            except StoreError as error:
                failures.append(error)

    readers = [threading.Thread(target=read) for _ in range(4)]
    for reader in readers:
        reader.start()
    for reader in readers:
        reader.join()
    assert not failures
    assert found <= set(states)


def test_a_build_that_was_overtaken_is_refused(
    first: Path, corpora: tuple[Path, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = str(tmp_path / "s")
    shutil.copytree(first, store)
    read_held = pipeline.read_held

    def read_and_be_overtaken(path: str) -> object:
        held = read_held(path)
        monkeypatch.setattr(pipeline, "read_held", read_held)
        build([str(corpora[1])], store, replace_others=True)
        return held

    monkeypatch.setattr(pipeline, "read_held", read_and_be_overtaken)
    with pytest.raises(StoreError, match="another build has finished meanwhile"):
        build([str(corpora[1])], store, replace_others=True)
    assert '"121"' in open_store(store).dump().decode()


# --- disks that are full, folders that are closed ---------------------------------------------------------------------


def build_elsewhere(articles: Path, store: Path, *, most: int | None = None, user: int | None = None) -> str:
    """Return what a build in a process of its own says when it ends in StoreError, "" when it ends well."""
    reader, writer = CONTEXT.Pipe(duplex=False)
    process = CONTEXT.Process(target=build_and_tell, args=(str(articles), str(store), most, user, writer))
    process.start()
    process.join(60)
    assert process.exitcode == 0
    return str(reader.recv())


@pytest.mark.parametrize(
    "most",
    [
        pytest.param(0, marks=pytest.mark.long),
        4_000,
        pytest.param(200, marks=pytest.mark.long),
        pytest.param(40_000, marks=pytest.mark.long),
    ],
)
def test_a_full_disk_leaves_the_old_state(
    most: int, first: Path, corpora: tuple[Path, Path], states: tuple[str, str], tmp_path: Path
) -> None:
    store = tmp_path / "s"
    shutil.copytree(first, store)
    said = build_elsewhere(corpora[1], store, most=most)
    assert "cannot be written" in said
    assert "\n" not in said
    assert state_of(open_store(store)) == states[0]
    build([str(corpora[1])], str(store), replace_others=True)
    assert state_of(open_store(store)) == states[1]


def test_a_small_file_system_that_fills_up(
    first: Path, corpora: tuple[Path, Path], states: tuple[str, str], tmp_path: Path
) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=96m", "tmpfs", str(disk)]
    if shutil.which("mount") is None or subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("mounting a file system is not allowed here")
    try:
        store = disk / "s"
        shutil.copytree(first, store)
        free = shutil.disk_usage(disk).free
        (disk / "ballast").write_bytes(bytes(free - 8_000))
        with pytest.raises(StoreError, match="cannot be written"):
            build([str(corpora[1])], str(store), replace_others=True)
        assert state_of(open_store(store)) == states[0]
        (disk / "ballast").unlink()
        build([str(corpora[1])], str(store), replace_others=True)
        assert state_of(open_store(store)) == states[1]
    finally:
        subprocess.run(["umount", "-l", str(disk)], check=True)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become somebody who may not write")
def test_a_folder_closed_to_writing_is_read_and_not_written(
    first: Path, corpora: tuple[Path, Path], states: tuple[str, str]
) -> None:
    import tempfile

    with tempfile.TemporaryDirectory(dir="/tmp") as top:  # pytest's own folders are closed to reading as well
        Path(top).chmod(0o755)
        store, articles = Path(top, "s"), Path(top, "two")
        shutil.copytree(first, store)
        shutil.copytree(corpora[1], articles)
        assert "cannot be written" in build_elsewhere(articles, store, user=NOBODY)
        assert state_of(open_store(store)) == states[0]


def test_a_second_build_at_the_same_time_is_refused_in_one_line(
    first: Path, corpora: tuple[Path, Path], tmp_path: Path
) -> None:
    store = tmp_path / "s"
    shutil.copytree(first, store)
    with write_store(store, package="first"):
        said = build_elsewhere(corpora[1], store)
    assert "another process is writing to this store" in said
    assert "\n" not in said
