"""A store opened for reading, and what it answers."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import cached_property, partial
from pathlib import Path
from typing import Any, BinaryIO, cast

import pyoxigraph as ox

from kg.beside import Beside, digest_of
from kg.errors import QueryError, StoreError
from kg.store.folder import DERIVED, FOUND, PACKS, hold_shared, read_digests, read_pointer, read_state
from kg.store.model import Held, Rows, Term
from kg.store.oxigraph import constant, explain_syntax, in_default_graph, parse_rdf, read_rows, to_oxigraph


class Store:
    """A store opened for reading: a snapshot that later builds do not change."""

    def __init__(
        self,
        rdf: ox.Store,
        held: Callable[[], Mapping[str, Held]],
        hold: BinaryIO | None = None,
        folder: Path | None = None,
    ) -> None:
        self._rdf = rdf
        self._read_held = held
        self._hold = hold  # keeps the shared lock as long as this object lives
        self._folder = folder

    @cached_property
    def held(self) -> Mapping[str, Held]:
        """What the store remembers of its articles, read when it is first asked for: a question does without.

        Raises StoreError where that cannot be read.
        """
        return self._read_held()

    def __len__(self) -> int:
        """Return the number of quads in named graphs."""
        return sum(1 for quad in self._rdf if not isinstance(quad.graph_name, ox.DefaultGraph))

    def graphs(self) -> list[str]:
        """Return the IRIs of the named graphs, sorted."""
        return sorted(graph.value for graph in self._rdf.named_graphs() if isinstance(graph, ox.NamedNode))

    def dump(self, graph: str | None = None) -> bytes:
        """Return a named graph, or all of them, as sorted N-Quads."""
        names = self.graphs() if graph is None else [graph]
        lines = (
            f"{quad} .\n".encode()
            for name in names
            for quad in self._rdf.quads_for_pattern(None, None, None, ox.NamedNode(name))
        )
        return b"".join(sorted(lines))

    def statements(self) -> bytes:
        """Return what any graph states, each statement once, as N-Triples in no order: a tenth of the time of dump."""
        data = self._rdf.dump(format=ox.RdfFormat.N_TRIPLES, from_graph=ox.DefaultGraph())
        assert data is not None
        return data

    def found(self) -> dict[str, str]:
        """Return by article's id what the gate found in it when it was read, as far as that was kept."""
        if self._folder is None:
            return {}
        of_digest = {held.digest: held.id for held in self.held.values() if not held.refused}
        return {of_digest[digest]: line for digest, line in Beside(self._folder / FOUND).lines() if digest in of_digest}

    def packs(self, of: Collection[str] | None = None) -> Iterator[tuple[str, bytes]]:
        """Give graphs of articles, or some of these, each with its pack (``kg.turtle``), as far as it was kept."""
        if self._folder is None:
            return
        graphs: dict[str, list[str]] = {}
        for held in self.held.values():
            if of is None or held.graph in of:
                graphs.setdefault(held.turtle, []).append(held.graph)
        for digest, pack in Beside(self._folder / PACKS).packs(graphs):
            for graph in graphs.pop(digest, ()):
                yield graph, pack

    def derived(self, of: Collection[str]) -> Iterator[tuple[str, bytes]]:
        """Give some graphs that are not articles', each with the N-Triples it was made of, as far as they were kept."""
        if self._folder is None:
            return
        graphs: dict[str, list[str]] = {}
        for graph, digest in self._kept_digests().items():
            if graph in of:
                graphs.setdefault(digest, []).append(graph)
        for digest, triples in Beside(self._folder / DERIVED).texts(graphs):
            for graph in graphs.pop(digest, ()):
                yield graph, triples

    def triples(self, graph: str) -> bytes:
        """Return a named graph as N-Triples, in no order."""
        data = self._rdf.dump(format=ox.RdfFormat.N_TRIPLES, from_graph=ox.NamedNode(graph))
        assert data is not None
        return data

    def digests(self) -> dict[str, str]:
        """Return by named graph a digest: the same digest means the same statements.

        It is that of what was put into the graph, where the store has kept that, else that of what it states.
        """
        kept = self._kept_digests()
        return {
            graph: kept.get(graph) or digest_of(b"".join(sorted(self.triples(graph).splitlines(True))))
            for graph in self.graphs()
        }

    def _kept_digests(self) -> dict[str, str]:
        return read_digests(Path(self._hold.name).parent) if self._hold is not None else {}

    def stated(self, graphs: Iterable[str]) -> list[bytes]:
        """Return subject, property and value in turn of all that some graphs state, in no order.

        They are spelled as N-Triples do, but for the values that ``spelled_out`` spells. It takes two thirds of the
        time in which the store spells its statements.
        """
        named = " ".join(str(ox.NamedNode(graph)) for graph in graphs)
        result = self._rdf.query(f"SELECT ?s ?p ?o WHERE {{ VALUES ?g {{ {named} }} GRAPH ?g {{ ?s ?p ?o }} }}")
        assert isinstance(result, ox.QuerySolutions)
        data = result.serialize(format=ox.QueryResultsFormat.TSV)
        assert data is not None
        # In front stand the names of the columns; a tab or a line break inside a value is escaped.
        return data.replace(b"\t", b"\n").split(b"\n")[3:-1]

    def pairs(self, graph: str, property: str, target: str | None = None) -> list[tuple[str, str]]:
        """Return which things a graph links by a property, as IRIs or the words of literals, in no order."""
        link, end = ox.NamedNode(property), None if target is None else ox.NamedNode(target)
        quads: Iterable[Any] = self._rdf.quads_for_pattern(None, link, end, ox.NamedNode(graph))
        return [(quad.subject.value, quad.object.value) for quad in quads]

    def values(self, subject: str, property: str) -> list[str]:
        """Return what any graph links a thing to by a property, each once, as IRIs or the words of literals."""
        quads = self._rdf.quads_for_pattern(ox.NamedNode(subject), ox.NamedNode(property), None, ox.DefaultGraph())
        return [cast("Any", quad.object).value for quad in quads]

    def ask(
        self,
        sparql: str,
        *,
        prefixes: Mapping[str, str] | None = None,
        functions: Mapping[str, Term] | None = None,
        limit: int | None = None,
    ) -> Rows | bool | bytes:
        """Return rows for SELECT, a bool for ASK, sorted N-Triples for CONSTRUCT and DESCRIBE.

        ``functions`` are IRIs that the query may call, each without arguments, and what they give. Raises QueryError,
        with line and column, where the query does not parse.
        """
        try:
            result = self._rdf.query(
                sparql,
                prefixes=dict(prefixes or {}),
                custom_functions={
                    ox.NamedNode(iri): cast("Any", constant(to_oxigraph(term)))
                    for iri, term in (functions or {}).items()
                },
            )
            if isinstance(result, ox.QuerySolutions):
                return read_rows(result, limit)
            if isinstance(result, ox.QueryBoolean):
                return bool(result)
            return b"".join(sorted({f"{triple} .\n".encode() for triple in result}))
        except SyntaxError as error:
            raise QueryError(explain_syntax(str(error), sparql)) from error
        except (RuntimeError, OSError) as error:
            raise QueryError(f"the query could not be evaluated: {error}") from error

    def strings(self, sparql: str) -> list[tuple[str, ...]]:
        """Return the rows of a SELECT as plain strings, "" where nothing is bound: a third of the time of ``ask``.

        Raises QueryError where it does not parse or is no SELECT.
        """
        try:
            result = self._rdf.query(sparql)
        except SyntaxError as error:
            raise QueryError(explain_syntax(str(error), sparql)) from error
        if not isinstance(result, ox.QuerySolutions):
            raise QueryError("only a SELECT has rows")
        rows: Iterable[Iterable[Any]] = result
        return [tuple(["" if term is None else term.value for term in row]) for row in rows]


def open_store(path: Path | str) -> Store:
    """Return the store in a folder, opened for reading; a build that runs meanwhile does not disturb it.

    Raises StoreError where there is none, where it is of another format, or damaged.
    """
    folder = Path(path)
    pointer = read_pointer(folder)
    if pointer is None:
        raise StoreError(f"{folder}: no store here; make one with: kg build --store {folder} ARTICLE...")
    for _ in range(5):
        generation = folder / pointer.generation
        hold = hold_shared(generation)
        try:
            rdf = ox.Store.read_only(str(generation / "rdf"))
            (generation / "state.json").stat()
            return Store(rdf, partial(read_state, generation), hold, folder)
        except (OSError, RuntimeError) as error:  # RuntimeError: files of the database are damaged
            # A writer may have swept the generation away between the two reads; then the pointer has moved.
            moved = read_pointer(folder)
            if moved is None or moved == pointer:
                raise StoreError(f"{folder}: cannot be opened ({error}); build it again in a new folder") from error
            pointer = moved
    raise StoreError(f"{folder}: changes faster than it can be opened; try again")


@contextmanager
def held_database(path: Path | str) -> Iterator[Path]:
    """Give the folder of the database as it stands, which no build sweeps away meanwhile. Raises StoreError."""
    folder = Path(path)
    store = open_store(folder)
    assert store._hold is not None
    try:
        yield Path(store._hold.name).parent / "rdf"
    finally:
        store._hold.close()


def read_held(path: Path | str) -> Mapping[str, Held]:
    """Return what the store in a folder remembers of its articles; nothing where there is no store yet."""
    folder = Path(path)
    pointer = read_pointer(folder)
    return {} if pointer is None else read_state(folder / pointer.generation)


def memory_store(graphs: Iterable[bytes], format: str = "nquads") -> Store:
    """Return a store in memory that holds the given RDF, each piece in the graphs that it names."""
    rdf = ox.Store()
    for data in graphs:
        quads = parse_rdf(data, format)
        rdf.extend(quads)
        rdf.extend(in_default_graph(quads))
    return Store(rdf, dict)
