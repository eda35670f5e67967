"""What several tests need: the seeds, the gold facts, a store that holds the gold facts, the command line."""

from __future__ import annotations

import io
import json
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from contextlib import chdir
from pathlib import Path
from typing import Any

import pytest
from places import GOLD, SEEDS, GoldFact, Kg


@pytest.fixture(scope="session")
def gold() -> list[GoldFact]:
    """Return the gold facts of the five seeds, as they stand in the files."""
    facts = [json.loads(line) for path in sorted(GOLD.glob("*.jsonl")) for line in path.open(encoding="utf-8")]
    assert len({fact["article"] for fact in facts}) == 5
    return facts


@pytest.fixture(scope="session")
def gold_graphs() -> Mapping[str, bytes]:
    """Return the graph of each seed's gold facts as JSON-LD."""
    from kg.article import read_article
    from kg.facts.jsonl import read_facts
    from kg.graph import to_jsonld_text

    graphs = {}
    for path in sorted(GOLD.glob("*.jsonl")):
        article = read_article(SEEDS / f"{path.stem}.txt")
        with path.open(encoding="utf-8") as lines:
            graphs[path.stem] = to_jsonld_text(article, read_facts(lines, path.name)).encode()
    return graphs


@pytest.fixture(scope="session")
def gold_store(gold_graphs: Mapping[str, bytes]) -> Any:
    """Return a store in memory that holds the gold facts of the five seeds."""
    from kg.store import memory_store

    return memory_store(gold_graphs.values(), "jsonld")


@pytest.fixture
def kg(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Kg:
    """Return a function that runs the command line in an empty folder, in this process, with streams of its own.

    Builds read in this process too, where a test does not say otherwise.
    """
    from kg.cli import main

    def run(
        *arguments: str | Path, stdin: str | bytes = "", env: Mapping[str, str] | None = None
    ) -> subprocess.CompletedProcess[str]:
        out, err = io.BytesIO(), io.BytesIO()
        with monkeypatch.context() as patch:
            patch.chdir(tmp_path)
            for name, value in (env or {}).items():
                patch.setenv(name, value)
            data = stdin.encode() if isinstance(stdin, str) else stdin
            patch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data), encoding="utf-8"))
            patch.setattr(sys, "stdout", io.TextIOWrapper(out, encoding="ascii"))
            patch.setattr(sys, "stderr", io.TextIOWrapper(err, encoding="ascii"))
            words = [str(argument) for argument in arguments]
            if words[:1] == ["build"] and not {"--workers", "--cluster"} & set(words):
                words[1:1] = ["--workers", "0"]
            code = main(words)
            sys.stdout.flush()
            sys.stderr.flush()
            return subprocess.CompletedProcess(arguments, code, out.getvalue().decode(), err.getvalue().decode())

    return run


@pytest.fixture
def kg_process(tmp_path: Path) -> Kg:
    """Return a function that runs the command line in an empty folder, in a process of its own."""

    def run(*arguments: str | Path, stdin: str = "") -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "kg", *map(str, arguments)]
        return subprocess.run(
            command, input=stdin, capture_output=True, cwd=tmp_path, encoding="utf-8", check=False, timeout=120
        )

    return run


Built = Callable[[Mapping[str, str]], Path]


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """Return a function that builds a store of texts by the names of their files, once in all."""
    known: dict[tuple[tuple[str, str], ...], Path] = {}

    def build_once(texts: Mapping[str, str]) -> Path:
        from kg.pipeline import build

        key = tuple(texts.items())
        if key not in known:
            folder = tmp_path_factory.mktemp("built")
            for name, text in key:
                (folder / name).write_text(text, encoding="utf-8")
            with chdir(folder):
                build(list(texts), "store")
                for name in texts:  # where a file still stands, none of another folder takes its place
                    Path(name).unlink()
            known[key] = folder / "store"
        return known[key]

    return build_once


@pytest.fixture
def store_of(built: Built, tmp_path: Path) -> Callable[..., Path]:
    """Return a function that lays texts into the folder of a test, and a store of them, which the test may change."""

    def lay(texts: Mapping[str, str], name: str = "store") -> Path:
        for file, text in texts.items():
            (tmp_path / file).write_text(text, encoding="utf-8")
        return Path(shutil.copytree(built(texts), tmp_path / name))

    return lay


@pytest.fixture(scope="session")
def seed_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a store that was built from the seeds."""
    from kg.pipeline import build

    folder = tmp_path_factory.mktemp("built") / "store"
    build([str(SEEDS)], str(folder))
    return folder
