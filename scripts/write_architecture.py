"""Write docs/architecture.md: the folders, and the modules in the order in which they import one another.

tests/test_docs.py compares what stands there with what this would write.
"""

from __future__ import annotations

import ast
import tomllib
from pathlib import Path

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs" / "architecture.md"
LAYERS = ROOT / "tests" / "layers.toml"
START = "<!-- modules: written by make docs from tests/layers.toml and the modules' own words -->"


def page(before: str) -> str:
    """Return the page with the modules and decisions of today behind what people wrote."""
    parts = tomllib.loads(LAYERS.read_text(encoding="utf-8"))["part"]
    sections = [_section(part["name"], part["does"], part["modules"]) for part in parts]
    return before.partition(START)[0] + "\n".join([START, "", *sections, _decisions()])


def _decisions() -> str:
    """Return a list of the decisions that have a page, by their titles."""
    pages = sorted((ROOT / "docs" / "adr").glob("*.md"))
    titles = [path.read_text(encoding="utf-8").split("\n")[0].removeprefix("# ") for path in pages]
    rows = [f"- [{title}](adr/{path.name})" for title, path in zip(titles, pages, strict=True)]
    return "\n".join(["## Decisions", "", "Situation, choice and price, a page each.", "", *rows, ""])


def _section(name: str, does: str, modules: list[str]) -> str:
    rows = [f"| `{_path(module).removesuffix('/__init__.py')}` | {_does(module)} |" for module in modules]
    return "\n".join([f"### {name}", "", does, "", "| module | what it does |", "| --- | --- |", *rows, ""])


def _path(module: str) -> str:
    path = module.replace(".", "/")
    return f"{path}/__init__.py" if (ROOT / path).is_dir() else f"{path}.py"


def _does(module: str) -> str:
    """Return the first line of a module's docstring."""
    docstring = ast.get_docstring(ast.parse((ROOT / _path(module)).read_text(encoding="utf-8")))
    assert docstring, f"{module} does not say what it does"
    return docstring.split("\n")[0].replace("``", "`").replace("|", "\\|")


def main() -> None:
    """Write it."""
    PAGE.write_text(page(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
    print("docs/architecture.md")


if __name__ == "__main__":
    main()
