"""The next generation of a store: graphs in, what is forgotten out."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, cast

import pyoxigraph as ox

from kg.beside import Beside, digest_of
from kg.errors import QueryError, StoreError
from kg.store.folder import (
    DERIVED,
    DIGESTS,
    FOUND,
    PACKS,
    locked,
    make_folder,
    next_generation,
    read_digests,
    read_pointer,
    read_state,
    remove_folder,
    replace_file,
    sweep,
    write_state,
)
from kg.store.model import FORMAT, Held, Pointer, Rows
from kg.store.oxigraph import FORMATS, explain_syntax, in_default_graph, moved_to, parse_rdf
from kg.store.reading import Store

_BATCH = 200_000
_BATCH_BYTES = 64_000_000
"""So much is loaded at once, which bounds memory: what a load adds is merged with what was there, again and again."""


def memory_writer() -> Writer:
    """Return an empty store in memory that can be written, and forgets all when it is let go of."""
    return Writer(ox.Store(), {})


class _Waiting:
    """N-Quads that wait to be loaded."""

    def __init__(self) -> None:
        self.size = 0
        self._lines: list[bytes] = []

    def add(self, lines: bytes) -> None:
        self._lines.append(lines)
        self.size += len(lines)

    def take(self) -> bytes:
        """Return all that waits, which waits no longer."""
        taken = b"".join(self._lines)
        self._lines, self.size = [], 0
        return taken


class Writer:
    """The next generation of a store in the making; see ``write_store``."""

    def __init__(
        self,
        rdf: ox.Store,
        held: dict[str, Held],
        folder: Path | None = None,
        digests: dict[str, str] | None = None,
    ) -> None:
        self.digests = digests or {}
        """A digest by graph of what was put into it, where that says what the graph states."""
        self.inferred_by = ""
        """Which version of rules, ontology and gazetteer what is inferred came from."""
        self.vocabularies = ""
        """Which version of the ontology and the schemes of concepts it holds."""
        self._rdf = rdf
        self._held = held
        self._found = None if folder is None else Beside(folder / FOUND)
        self._packs = None if folder is None else Beside(folder / PACKS)
        self._derived = None if folder is None else Beside(folder / DERIVED)
        self._pending: list[ox.Quad] = []
        # Apart: each fills indices of its own, which are merged the less often, the more comes at once.
        self._named, self._default = _Waiting(), _Waiting()
        self._fresh: set[str] = set()  # graphs that only _pending, _named and _default hold as a whole
        self._filled: set[str] = set()  # graphs that were new since the last take_news
        self._moved: set[ox.Quad] | None = set()  # what came or went in others; None where that is too much to hold

    @property
    def held(self) -> Mapping[str, Held]:
        """What the generation will remember of its articles."""
        return self._held

    def put_graph(self, graph: str, data: bytes, format: str) -> None:
        """Make the named graph hold exactly this RDF.

        A new graph is loaded soonest from N-Triples that stand one a line, each with " ." at its end.
        """
        before = self.digests.get(graph)
        self._put_graph(graph, data, format)
        digest = self.digests.get(graph)
        if format == "ntriples" and digest and digest != before and self._derived is not None:
            self._derived.add_text(digest, data)

    def _put_graph(self, graph: str, data: bytes, format: str) -> None:
        name = ox.NamedNode(graph)
        # A blank node is called otherwise each time that it is read.
        if format in ("ntriples", "nquads") and b"_:" not in data:
            self.digests[graph] = digest_of(data)
        else:
            self.digests.pop(graph, None)
        if graph in self._fresh:
            self._flush()
        if format == "ntriples" and not self._rdf.contains_named_graph(name):
            self._fresh.add(graph)
            self._filled.add(graph)
            # Line breaks inside a literal are escaped.
            self._named.add(data.replace(b" .\n", f" {name} .\n".encode()))
            self._default.add(data)
            for waiting in (self._named, self._default):
                if waiting.size > _BATCH_BYTES:
                    self._load(waiting)
            return
        new = parse_rdf(data, format, graph)
        if not self._rdf.contains_named_graph(name):
            self._fresh.add(graph)
            self._filled.add(graph)
            self._pending += new
            self._pending += in_default_graph(new)
            if len(self._pending) > _BATCH:
                self._flush()
            return
        self._flush()
        wanted = set(new)
        old = set(self._rdf.quads_for_pattern(None, None, None, name))
        self._remove(old - wanted)
        added = wanted - old
        self._note(added)
        self._rdf.extend([*added, *in_default_graph(added)])

    def put_article(self, held: Held, data: bytes, format: str, found: str = "", pack: bytes = b"") -> None:
        """Make an article's graph hold exactly this RDF, and remember the article.

        ``found`` is what the gate found, in one line; ``pack`` is the same RDF, packed.
        """
        before = self._held.get(held.id)
        if before is not None and before.graph != held.graph:
            self._drop_graph(before.graph)
        self._put_graph(held.graph, data, format)
        if found and self._found is not None:
            self._found.add(held.digest, found)
        if pack and self._packs is not None:
            held = held._replace(turtle=digest_of(pack))
            if before is None or before.turtle != held.turtle:
                self._packs.add_pack(pack)
        self._held[held.id] = held

    def refuse_article(self, held: Held) -> None:
        """Remember why an article was refused; the graph that stood before stays, with its counts."""
        before = self._held.get(held.id)
        if before is not None:
            held = held._replace(graph=before.graph, counts=before.counts, turtle=before.turtle)
        self._held[held.id] = held

    def retract_article(self, id: str) -> None:
        """Take an article and its graph out."""
        self._drop_graph(self._held.pop(id).graph)

    def reading(self) -> Store:
        """Return all that has been put in so far, to be asked."""
        self._flush()
        return Store(self._rdf, lambda: self._held)

    def ask(self, sparql: str, *, prefixes: Mapping[str, str] | None = None) -> Rows | bool | bytes:
        """Return the answer to a query over all that has been put in so far, as ``Store.ask`` does."""
        return self.reading().ask(sparql, prefixes=prefixes)

    def take_news(self, properties: Collection[str], aside: Callable[[str], bool]) -> set[tuple[str, str, str]] | None:
        """Return the statements with some properties that no graph made before, or none makes any more.

        They are those since the last call, None where too many came and went. Graphs of which ``aside`` holds count as
        none.
        """
        self._flush()
        moved, filled = self._moved, self._filled
        self._moved, self._filled = set(), set()
        if moved is None:
            return None
        quads = [quad for quad in moved if quad.predicate.value in properties]
        for graph in filled:
            for name in properties:
                quads += self._rdf.quads_for_pattern(None, ox.NamedNode(name), None, ox.NamedNode(graph))
        return {
            (cast("Any", quad.subject).value, quad.predicate.value, cast("Any", quad.object).value)
            for quad in quads
            if not aside(cast("Any", quad.graph_name).value) and not self._is_made_beside(quad, aside)
        }

    def forget_news(self) -> None:
        """Let ``take_news`` begin here."""
        self._moved, self._filled = set(), set()

    def _is_made_beside(self, quad: ox.Quad, aside: Callable[[str], bool]) -> bool:
        """Tell whether another graph says the same."""
        names = (other.graph_name for other in self._rdf.quads_for_pattern(quad.subject, quad.predicate, quad.object))
        return any(
            isinstance(name, ox.NamedNode) and name != quad.graph_name and not aside(name.value) for name in names
        )

    def update(self, sparql: str, *, prefixes: Mapping[str, str] | None = None) -> None:
        """Change the store set-wise: INSERT or DELETE where a pattern holds. Raises QueryError where it does not parse.

        What goes into a named graph has to go into the default graph too, which is the union of all.
        """
        self._flush()
        self.digests.clear()
        try:
            self._rdf.update(sparql, prefixes=dict(prefixes or {}))
        except SyntaxError as error:
            raise QueryError(explain_syntax(str(error), sparql)) from error

    def graphs(self) -> list[str]:
        """Return the IRIs of the named graphs, sorted."""
        return self.reading().graphs()

    def dump(self, graph: str) -> bytes:
        """Return a named graph as sorted N-Quads."""
        return self.reading().dump(graph)

    def drop_graph(self, graph: str) -> None:
        """Take a graph out that is not an article's."""
        self._drop_graph(graph)

    def _drop_graph(self, graph: str) -> None:
        name = ox.NamedNode(graph)
        self.digests.pop(graph, None)
        if graph not in self._fresh and not self._rdf.contains_named_graph(name):
            return
        self._flush()
        self._remove(set(self._rdf.quads_for_pattern(None, None, None, name)))
        self._rdf.remove_graph(name)

    def _note(self, quads: Collection[ox.Quad]) -> None:
        """Remember what came or went."""
        if self._moved is not None:
            self._moved.update(quads)
            if len(self._moved) > _BATCH:
                self._moved = None

    def _remove(self, quads: Collection[ox.Quad]) -> None:
        """Remove quads, and from the default graph the triples that no other graph still states."""
        default = ox.DefaultGraph()
        self._note(quads)
        for quad in quads:
            self._rdf.remove(quad)
            stated = self._rdf.quads_for_pattern(quad.subject, quad.predicate, quad.object)
            if all(isinstance(other.graph_name, ox.DefaultGraph) for other in stated):
                self._rdf.remove(moved_to(quad, default))

    def _flush(self) -> None:
        if self._pending:
            self._rdf.bulk_extend(self._pending)
            self._pending = []
        self._load(self._named)
        self._load(self._default)
        self._fresh = set()

    def _load(self, waiting: _Waiting) -> None:
        if waiting.size:
            # IRIs are not looked at again, which takes a fifth of the time: those of this program are graph names,
            # which NamedNode has looked at, with another end that ``local_name`` has made.
            self._rdf.bulk_load(waiting.take(), FORMATS["nquads"], lenient=True)

    def finish(self) -> None:
        """Bring everything to disk."""
        self._flush()
        self._rdf.flush()
        self._close_beside()

    def settle(self) -> None:
        """Put the files of the database in order, which halves the time of a look-up and a third of the disk."""
        self.finish()
        self._rdf.optimize()
        if self._found is not None:
            self._found.sort_out({held.digest for held in self._held.values()})
        if self._packs is not None:
            self._packs.sort_out({held.turtle for held in self._held.values()})
        if self._derived is not None:
            self._derived.sort_out(set(self.digests.values()))

    def close(self) -> None:
        """Let go of the database: only then do its own threads stop touching the files."""
        self._close_beside()
        del self._rdf

    def _close_beside(self) -> None:
        for file in (self._found, self._packs, self._derived):
            if file is not None:
                file.close()


@contextmanager
def write_store(path: Path | str, *, package: str) -> Iterator[Writer]:
    """Give a Writer whose changes count, all at once, when the block ends without an exception.

    ``package`` is the version of this package, for the message of a later one that cannot read the store. Raises
    StoreError where another process is writing, or the folder cannot be written.
    """
    folder = Path(path)
    try:
        make_folder(folder)
        with locked(folder):
            pointer = read_pointer(folder)
            generation = next_generation(folder, pointer)
            try:
                held = {} if pointer is None else dict(read_state(folder / pointer.generation))
                digests = {} if pointer is None else read_digests(folder / pointer.generation)
                with closing(Writer(ox.Store(generation / "rdf"), held, folder, digests)) as writer:
                    if pointer is not None:
                        writer.inferred_by, writer.vocabularies = pointer.inferred_by, pointer.vocabularies
                    yield writer
                    writer.finish()
                replace_file(generation / DIGESTS, json.dumps(writer.digests, ensure_ascii=False, indent=0) + "\n")
                write_state(generation, writer.held)
            except BaseException:
                remove_folder(generation)
                raise
            counts = Pointer(FORMAT, generation.name, package, writer.inferred_by, writer.vocabularies)
            replace_file(folder / "store.json", json.dumps(counts._asdict()) + "\n")
            sweep(folder, keep={generation.name, pointer.generation if pointer else ""})
    except OSError as error:
        reason = error.strerror or str(error)
        raise StoreError(f"{folder}: cannot be written ({reason}); give another folder with --store") from error
