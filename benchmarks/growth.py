"""Measure builds, exports and questions of growing corpora: python benchmarks/growth.py --articles 100,1000 FOLDER.

Each command runs as a process of its own, on Linux; its processor time is that of it and its workers, its memory that
of the largest of them. Articles and stores stay in FOLDER, so that larger corpora can be measured another day. Prints a
table.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from articles import articles

from kg.queries import catalogue
from queries import times

_CHANGE = "镇安县公安局2023年破获刑事案件120起。\n"


@dataclass(frozen=True, slots=True)
class Cost:
    """What a command took: seconds of processor and wall time, megabytes of its largest process."""

    processor: float
    wall: float
    megabytes: float

    def __str__(self) -> str:
        """Return the three for a table."""
        return f"{self.processor:.1f} s, wall {self.wall:.1f} s, {self.megabytes:.0f} MB"


_MEASURE = """
import ctypes, os, resource, subprocess, sys, time
ctypes.CDLL(None).prctl(36, 1, 0, 0, 0)  # PR_SET_CHILD_SUBREAPER: workers end as children of this process, and count
start = time.perf_counter()
code = subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL).returncode
try:
    while os.wait():
        pass
except ChildProcessError:
    pass
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(code, used.ru_utime + used.ru_stime, time.perf_counter() - start, used.ru_maxrss / 1000)
"""


def cost(*command: str) -> Cost:
    """Return what ``kg COMMAND`` takes. Raises RuntimeError where it fails."""
    kg = [sys.executable, "-m", "kg", *command]
    said = subprocess.run([sys.executable, "-c", _MEASURE, *kg], check=True, capture_output=True, text=True)
    code, processor, wall, megabytes = said.stdout.split()
    if code not in ("0", "1"):  # 1: an article was refused
        raise RuntimeError(f"kg {' '.join(command)}: {said.stderr[-400:]}")
    return Cost(float(processor), float(wall), float(megabytes))


def written(folder: Path, count: int, characters: int | None = None) -> Path:
    """Return a folder of so many made articles, as they are without a change, cut behind so many characters."""
    folder.mkdir(parents=True, exist_ok=True)
    for number, (_, text) in enumerate(articles(count)):
        path = folder / f"a{number:06}.txt"
        if not path.exists() or number == 0:
            end = len(text) if characters is None else text.find("。", characters) + 1 or len(text)
            path.write_text(text[:end].rstrip() + "\n", encoding="utf-8")
    return folder


def change(texts: Path) -> None:
    """Let the first of made articles state one figure more."""
    with (texts / "a000000.txt").open("a", encoding="utf-8") as file:
        file.write(_CHANGE)


def measure(folder: Path, count: int, workers: int, characters: int | None) -> dict[str, Cost]:
    """Return what a build, one after a change, one without, and an export of so many articles take."""
    texts = written(folder / f"articles-{count}", count, characters)
    store = str(folder / f"store-{count}")
    build = ("build", "--workers", str(workers), "--store", store, str(texts))
    found = {"whole build": cost(*build), "build without a change": cost(*build)}
    change(texts)
    found["build after one article changed"] = cost(*build)
    for format in ("turtle", "nquads"):
        found[format] = cost("export", "--store", store, "--format", format, "-o", str(folder / f"{count}.{format}"))
    return found


def questions(store: Path) -> str:
    """Return what the stored questions take with their defaults, in processor time of the best of two."""
    taken = sorted((timing.own, timing.name) for timing in times(store, catalogue(), runs=2))
    slow = sum(own > 2 for own, _ in taken)
    (longest, name), middle = taken[-1], taken[len(taken) // 2][0]
    return f"longest {longest:.2f} s ({name}), median {middle:.2f} s, {slow} of more than 2 s"


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure, and print a table as it comes."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, help="a folder for articles and stores, without stores at first")
    parser.add_argument("--articles", default="100,1000", help="how many, separated by commas (default: 100,1000)")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument(
        "--characters", type=int, help="cut each article behind so many, so that more of them fit a disk"
    )
    said = parser.parse_args(arguments)
    start = time.strftime("%Y-%m-%d")
    sys.stdout.write(f"{start}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}\n\n| articles | work | took |\n")
    sys.stdout.write("| --- | --- | --- |\n")
    for count in map(int, said.articles.split(",")):
        for work, took in measure(said.folder, count, said.workers, said.characters).items():
            sys.stdout.write(f"| {count:,} | {work} | {took} |\n")
            sys.stdout.flush()
        asked = questions(said.folder / f"store-{count}")
        sys.stdout.write(f"| {count:,} | the {len(catalogue())} stored questions | {asked} |\n")


if __name__ == "__main__":
    main()
