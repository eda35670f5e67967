"""What several tests need: the seeds, the gold facts, a store that holds the gold facts, the command line."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parent.parent
SEEDS = ROOT / "seeds"
GOLD = ROOT / "tests" / "gold"

GoldFact = Mapping[str, Any]
Kg = Callable[..., "subprocess.CompletedProcess[str]"]


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
def kg(tmp_path: Path) -> Kg:
    """Return a function that runs the command line in a process of its own, in an empty folder."""

    def run(*arguments: str | Path, stdin: str | bytes = "", env: Mapping[str, str] | None = None) -> Any:
        data = stdin.encode() if isinstance(stdin, str) else stdin
        command: Sequence[str] = [sys.executable, "-m", "kg", *map(str, arguments)]
        environment = {"PYTHONPATH": str(ROOT), "PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", **(env or {})}
        done = subprocess.run(command, input=data, capture_output=True, cwd=tmp_path, env=environment, check=False)
        return subprocess.CompletedProcess(
            command, done.returncode, done.stdout.decode("utf-8"), done.stderr.decode("utf-8")
        )

    return run


@pytest.fixture(scope="session")
def seed_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a store that was built from the seeds."""
    from kg.pipeline import build

    folder = tmp_path_factory.mktemp("built") / "store"
    build([str(SEEDS)], str(folder))
    return folder
