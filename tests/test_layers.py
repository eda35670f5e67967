"""Each module imports only what stands before it: deferred imports and those for types count too."""

from __future__ import annotations

import ast
import tomllib
from collections.abc import Iterator
from functools import cache
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "kg"

# From the ground up. A folder that is not taken apart there is one layer; inside it there is no cycle.
PARTS = tomllib.loads((Path(__file__).parent / "layers.toml").read_text(encoding="utf-8"))["part"]
LAYERS = tuple(module for part in PARTS for module in part["modules"])
# Which modules may know which library.
BORDERS = {
    "pyoxigraph": {"kg.store", "kg.gate.foreign"},
    "pyshacl": {"kg.gate"},
    "owlrl": {"kg.gate"},
    "rdflib": {"kg.graph", "kg.gate", "kg.inference", "kg.exports"},
    "argparse": {"kg.cli"},
    "opencc": {"kg.text"},
    "SPARQLWrapper": {"kg.endpoint"},
    "jinja2": {"kg.pages.templates"},
    "pyarrow": {"kg.takeaway.tables"},
    "vl_convert": {"kg.charts"},
    "pebble": {"kg.workers"},
    "distributed": {"kg.cluster"},
    "aiohttp": {"kg.serving"},
}


def modules() -> dict[str, Path]:
    found = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        parts = path.relative_to(ROOT).with_suffix("").parts
        found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return found


MODULES = modules()


@cache
def imports(path: Path) -> tuple[str, ...]:
    """Return the full name of everything imported anywhere in a module."""
    return tuple(_imports(path))


def _imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            for name in node.names:
                full = f"{node.module}.{name.name}"
                yield full if full in MODULES else str(node.module)


def layer(module: str) -> int:
    """Return the number of the layer a module stands in: that of the longest name that fits."""
    fitting = [
        (len(name), number)
        for number, name in enumerate(LAYERS)
        if module == name or (name != "kg" and module.startswith(f"{name}."))
    ]
    assert fitting, f"{module} stands in no layer; add it to tests/layers.toml"
    return max(fitting)[1]


def own(path: Path) -> set[str]:
    return {name for name in imports(path) if name in MODULES}


def test_modules_are_found() -> None:
    assert len(MODULES) > 30


@pytest.mark.parametrize("module", sorted(MODULES))
def test_a_module_imports_only_what_stands_before_it(module: str) -> None:
    for name in own(MODULES[module]):
        # Naming a package imports its __init__, which stands above the modules that share its folder.
        assert layer(name) <= layer(module), f"{module} imports {name}"


def test_every_layer_is_a_module() -> None:
    assert set(LAYERS) <= set(MODULES)
    assert len(set(LAYERS)) == len(LAYERS)


FOLDERS = sorted({name for name in LAYERS if name != "kg" and any(m.startswith(f"{name}.") for m in MODULES)})


def test_folders_are_found() -> None:
    assert len(FOLDERS) > 20


@pytest.mark.parametrize("folder", FOLDERS)
def test_there_is_no_cycle_inside_a_folder(folder: str) -> None:
    inside = {m: own(p) & set(MODULES) for m, p in MODULES.items() if m == folder or m.startswith(f"{folder}.")}
    assert len(inside) > 1
    order = TopologicalSorter({m: {name for name in names if name in inside} for m, names in inside.items()})
    assert len(list(order.static_order())) == len(inside)


@pytest.mark.parametrize("library", sorted(BORDERS))
def test_only_one_module_knows_a_library(library: str) -> None:
    knowing = {m for m, p in MODULES.items() if any(n == library or n.startswith(f"{library}.") for n in imports(p))}
    assert knowing
    strangers = {m for m in knowing if not any(m == k or m.startswith(f"{k}.") for k in BORDERS[library])}
    assert not strangers, f"{library} is imported by {strangers}"


def test_help_is_fast_because_it_loads_no_library() -> None:
    for module in ("kg", "kg.errors", "kg.cli.main", "kg.cli.arguments", "kg.cli.output", "kg.cli.settings"):
        tree = ast.parse(MODULES[module].read_text(encoding="utf-8"))
        top = {name.split(".")[0] for node in tree.body for name in _names(node)}
        assert not top & {"rdflib", "pyoxigraph", "pyshacl", "owlrl", "lxml", "opencc"}, module


def _names(node: ast.stmt) -> list[str]:
    if isinstance(node, ast.Import):
        return [name.name for name in node.names]
    return [str(node.module)] if isinstance(node, ast.ImportFrom) else []
