"""Run the commands of the docs: every ```console block, page by page, in a folder that has the seeds and their gold.

A line that opens with "$ " is a command; what follows is what it prints. Without --write, a page whose commands print
something else is an error; with it, the pages are rewritten. A line "..." stands for any number of lines, "…" for what
may change in a line.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parent.parent
_BLOCK = re.compile(r"(?m)^```console\n(.*?)^```$", re.DOTALL)
_LONGEST = 14


def pages() -> list[Path]:
    """Return the pages that hold commands."""
    found = [*ROOT.glob("README*.md"), *sorted((ROOT / "docs").rglob("*.md"))]
    return [path for path in found if _BLOCK.search(path.read_text(encoding="utf-8"))]


def run_page(text: str) -> str:
    """Return the page with what its commands print now."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        for name in ("seeds", "queries", "mappings", "ontology"):
            shutil.copytree(ROOT / name, folder / name)
        shutil.copytree(ROOT / "tests" / "gold", folder / "tests" / "gold")
        return _BLOCK.sub(lambda match: f"```console\n{''.join(_run_block(match[1], folder))}```", text)


def _run_block(block: str, folder: Path) -> Iterator[str]:
    for command, expected in _commands(block):
        yield f"$ {command}\n"
        printed = _run(command, folder)
        yield expected if fits(expected, printed) else _shortened(printed)


def _commands(block: str) -> Iterator[tuple[str, str]]:
    for part in re.split(r"(?m)^\$ ", block)[1:]:
        lines = part.split("\n")
        command = [lines[0]]
        while command[-1].endswith("\\"):
            command.append(lines[len(command)])
        yield "\n".join(command), "\n".join(lines[len(command) :])


def _run(command: str, folder: Path) -> str:
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    environment = {**os.environ, "PATH": path, "NO_COLOR": "1", "COLUMNS": "100", "LC_ALL": "C.UTF-8"}
    done = subprocess.run(
        ["bash", "-c", command],
        cwd=folder,
        env=environment,
        text=True,
        errors="replace",
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    return done.stdout + (f"[exit code {done.returncode}]\n" if done.returncode else "")


def fits(expected: str, printed: str) -> bool:
    """Tell whether a command printed what the page says; "..." stands for any lines, "…" for the rest of one."""
    return re.fullmatch("".join(_pattern(line) for line in expected.split("\n")[:-1]), printed) is not None


def _pattern(line: str) -> str:
    return r"(?:.*\n)*?" if line == "..." else ".*".join(map(re.escape, line.split("…"))) + r"\n"


def _shortened(printed: str) -> str:
    lines = printed.splitlines()
    if len(lines) > _LONGEST:
        lines = [*lines[: _LONGEST - 3], "...", *lines[-2:]]
    return "".join(f"{line}\n" for line in lines)


def main() -> int:
    """Run the pages named, or all."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("pages", nargs="*", type=Path)
    parser.add_argument("--write", action="store_true")
    said = parser.parse_args()
    wrong = 0
    for path in said.pages or pages():
        text = path.read_text(encoding="utf-8")
        now = run_page(text)
        if now != text and said.write:
            path.write_text(now, encoding="utf-8")
            print(f"{path}: written")
        elif now != text:
            wrong += 1
            print(f"{path}: its commands print something else; python scripts/run_docs.py --write")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
