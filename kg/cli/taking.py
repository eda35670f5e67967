"""kg export for other tools: GraphML, folders for Neo4j, of CSV and of Parquet, nanopublications.

Imports stand inside the functions, as in ``kg.cli.commands``.
"""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from kg.cli.output import emit
from kg.errors import InputError, UsageError

if TYPE_CHECKING:
    from kg.projections.nodes import Nodes
    from kg.store import Store

_RDF = ("turtle", "trig", "nquads", "jsonld", "rdfxml")
_ONE_GRAPH = ("turtle", "nquads", "jsonld", "rdfxml")
_FORMATS: Mapping[str, tuple[str, ...]] = {
    "claims": (*_RDF, "csv"),
    "data-cube": _ONE_GRAPH,
    "owl-time": _ONE_GRAPH,
    "prov": _ONE_GRAPH,
    "void": _ONE_GRAPH,
    "nanopublications": ("trig", "nquads"),
}
"""How a view may be written; first, how it is where nothing is said. Those for other tools have a form of their own."""
_ENDINGS = {
    ".ttl": "turtle",
    ".trig": "trig",
    ".nq": "nquads",
    ".jsonld": "jsonld",
    ".rdf": "rdfxml",
    ".csv": "csv",
}
_FOLDERS = ("neo4j", "tables", "parquet")
DONE = 0


def format_of(said: Namespace) -> str:
    """Return how an export is written: as was said, else by the ending of its file.

    Raises UsageError where it cannot be written so.
    """
    able = _FORMATS.get(said.view, ())
    ending = Path(said.output or "").suffix.lower()
    if not able and said.format:
        raise UsageError(f"--as {said.view} has a form of its own; leave out --format")
    if not able:
        return ""
    chosen = said.format or (_ENDINGS.get(ending) if ending else able[0])
    if chosen not in able:
        wrong = f"--format {said.format}" if said.format else f"-o {said.output}"
        raise UsageError(f"{wrong}: --as {said.view} is written as {', '.join(able)}; say which with --format")
    if said.ontology and (chosen == "csv" or said.view in ("data-cube", "owl-time")):
        what = "CSV" if chosen == "csv" else f"--as {said.view}"
        raise UsageError(f"{what} has no place for the ontology; leave out --ontology")
    return chosen


def take_away(said: Namespace) -> int:
    """Write a store for another tool."""
    from kg.store import open_store

    if said.endpoint or said.article or said.ontology:
        raise UsageError(
            f"--as {said.view} takes a whole store on disk; leave out --endpoint, --article and --ontology"
        )
    if said.view in _FOLDERS and said.output in (None, "-"):
        raise UsageError(f"--as {said.view} writes a folder; name it with -o")
    store = open_store(said.store)
    if said.view in _FOLDERS:
        return _write_folder(_files(said.view, store), Path(said.output))
    emit(_text(said, store), said.output)
    return DONE


def _text(said: Namespace, store: Store) -> str:
    from kg import exports
    from kg.takeaway import graphml, nanopublications

    if said.view == "graphml":
        return graphml(_nodes(store))
    return exports.export(nanopublications(_nodes(store)), said.format)


def _files(view: str, store: Store) -> Mapping[str, str | bytes]:
    from kg.takeaway import csv_files, neo4j_files, parquet_files

    if view == "neo4j":
        return neo4j_files(_nodes(store))
    return csv_files(store) if view == "tables" else parquet_files(store)


def _nodes(store: Store) -> Nodes:
    from kg.exports import read_nquads
    from kg.projections.nodes import Nodes

    held = {article.graph for article in store.held.values()} & set(store.graphs())
    return Nodes(read_nquads(b"".join(store.dump(graph) for graph in sorted(held))))


def _write_folder(files: Mapping[str, str | bytes], folder: Path) -> int:
    """Write files into a folder that is new, empty, or holds only files of these names: all of them or none."""
    import shutil

    try:
        if folder.exists():
            strange = sorted(path.name for path in folder.iterdir() if path.name not in files)
            if strange:
                raise InputError(f"{folder}: holds other files ({strange[0]}); give a new folder with -o")
        draft = folder.resolve().with_name(f".{folder.resolve().name}.new")
        shutil.rmtree(draft, ignore_errors=True)
        draft.mkdir(parents=True)
        for name, content in files.items():
            data = content if isinstance(content, bytes) else content.encode("utf-8")
            (draft / name).write_bytes(data)
        if folder.exists():
            shutil.rmtree(folder)
        draft.rename(folder)
    except OSError as error:
        raise InputError(f"{folder}: cannot be written ({error.strerror or error}); give another with -o") from error
    return DONE
