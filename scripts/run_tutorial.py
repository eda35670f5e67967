"""Run docs/tutorial.ipynb in a folder that has the seeds; with --write, keep what its cells give now."""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from pathlib import Path

import nbclient
import nbformat

ROOT = Path(__file__).parent.parent
TUTORIAL = ROOT / "docs" / "tutorial.ipynb"


def run(folder: Path) -> nbformat.NotebookNode:
    """Return the tutorial as it comes out in a folder, without what another run would give otherwise."""
    notebook = nbformat.read(TUTORIAL, as_version=4)
    shutil.copytree(ROOT / "seeds", folder / "seeds")
    nbclient.NotebookClient(notebook, timeout=300, resources={"metadata": {"path": str(folder)}}).execute()
    for cell in notebook.cells:
        cell.metadata = {}
    notebook.metadata["language_info"] = {"name": "python"}
    return notebook


def words(notebook: nbformat.NotebookNode) -> list[tuple[str, ...]]:
    """Return what each cell prints and gives; a picture depends on the machine's fonts, and counts as one."""
    return [
        tuple(
            one.text if one.output_type == "stream" else "picture" if "image/svg+xml" in one.data else str(one.data)
            for one in cell.outputs
        )
        for cell in notebook.cells
        if cell.cell_type == "code"
    ]


def main() -> int:
    """Run it, and compare or write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true")
    said = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        now = run(Path(scratch))
    if words(now) == words(nbformat.read(TUTORIAL, as_version=4)):
        return 0
    if not said.write:
        print(f"{TUTORIAL}: its cells give something else; python scripts/run_tutorial.py --write")
        return 1
    nbformat.write(now, TUTORIAL)
    print(f"{TUTORIAL}: written")
    return 0


if __name__ == "__main__":
    sys.exit(main())
