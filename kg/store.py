"""Oxigraph on disk: articles' graphs in, answers out.

Enters: RDF of one article at a time, and what became of the article. Leaves: rows, and RDF of whole graphs.

A store is a folder::

    store.json     which generation counts, the format of the folder, and which version of rules and ontology what is
                   inferred came from; replaced in one rename
    g-000007/      a generation: rdf/ is the Oxigraph database, state.json what was read and why it stands or not;
                   state.json comes last and goes first, so that a generation that has it is whole; graphs.json has a
                   digest by graph of what was put into it
    lock           held by the one process that writes
    gate.jsonl     what the gate found in an article, a line each behind the article's digest; lines are only added, and
                   one whose digest no article has counts for nothing
    turtle.txt     what an article states, packed as kg.turtle packs it, in base64, a line each behind a digest of the
                   pack; otherwise as gate.jsonl
    derived.txt    the N-Triples that other graphs were made of, compressed, likewise behind their digest

A finished generation never changes. A writer works on the next one, which starts as hard links to the last, and the
rename of ``store.json`` makes it count; killed before that, it has changed nothing. Readers hold a shared lock on their
generation, so that writers do not sweep it away under them.

The default graph is the set union of all named graphs, so that a query without ``GRAPH`` sees each triple once.
Only this module knows pyoxigraph. What it gives are named tuples: importing dataclasses takes a sixth of a query.
"""

from __future__ import annotations

import fcntl
import json
import os
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple, Protocol, cast

import pyoxigraph as ox

from kg.beside import Beside, digest_of
from kg.errors import QueryError, StoreError

FORMAT = 1
"""The layout of the folder that this version reads and writes."""

_BATCH = 200_000
_BATCH_BYTES = 64_000_000
_DIGESTS = "graphs.json"
_FOUND = "gate.jsonl"
_PACKS = "turtle.txt"
_DERIVED = "derived.txt"
_FILES = ("store.json", _FOUND, _PACKS, _DERIVED, "reviews.jsonl")
_OWN = ("lock", *(f"{name}{new}" for name in _FILES for new in ("", ".new")))
_GENERATION = re.compile("g-[0-9]{6,}")
_FORMATS = {
    "nquads": ox.RdfFormat.N_QUADS,
    "trig": ox.RdfFormat.TRIG,
    "turtle": ox.RdfFormat.TURTLE,
    "ntriples": ox.RdfFormat.N_TRIPLES,
    "jsonld": ox.RdfFormat.JSON_LD,
}
_XSD = "http://www.w3.org/2001/XMLSchema#"
_XSD_STRING = f"{_XSD}string"


class Term(NamedTuple):
    """An RDF term: ``kind`` is "uri", "bnode", "literal" or "triple".

    >>> Term("literal", "12.5", datatype="http://www.w3.org/2001/XMLSchema#decimal").value
    '12.5'
    """

    kind: str
    value: str
    datatype: str | None = None
    language: str | None = None


class Rows(NamedTuple):
    """The answer to a SELECT: a row has one term, or None, a column."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Term | None, ...], ...]
    cut: bool = False  # more rows were there than asked for


class Answering(Protocol):
    """What can be asked: a store here, or a server elsewhere."""

    def ask(
        self,
        sparql: str,
        *,
        prefixes: Mapping[str, str] | None = None,
        functions: Mapping[str, Term] | None = None,
        limit: int | None = None,
    ) -> Rows | bool | bytes:
        """Return rows for SELECT, a bool for ASK, sorted N-Triples for CONSTRUCT and DESCRIBE."""
        ...


class Listing(Protocol):
    """What can list the rows of a SELECT: a store here, or a server elsewhere."""

    def strings(self, sparql: str) -> list[tuple[str, ...]]:
        """Return the rows as plain strings, "" where nothing is bound."""
        ...


class Held(NamedTuple):
    """What a store remembers of an article: where it came from, what it gave, and why it was refused, if it was.

    ``source`` is the file it was read from. ``digest`` covers all that its graph depends on. ``refused`` holds the
    gate's reasons, in which case the graph is the one that stood before, or none; ``refused_zh`` has them in Chinese.
    ``turtle`` is a digest of the graph's pack, where one is kept.
    """

    id: str
    source: str
    digest: str
    graph: str
    counts: Mapping[str, int]
    refused: tuple[str, ...] = ()
    refused_zh: tuple[str, ...] = ()
    turtle: str = ""


class _Pointer(NamedTuple):
    format: int
    generation: str
    package: str
    inferred_by: str = ""
    vocabularies: str = ""


class Store:
    """A store opened for reading: a snapshot that later builds do not change."""

    def __init__(
        self, rdf: ox.Store, held: Mapping[str, Held], hold: BinaryIO | None = None, folder: Path | None = None
    ) -> None:
        self._rdf = rdf
        self._hold = hold  # keeps the shared lock as long as this object lives
        self._folder = folder
        self.held = held

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
        return {
            of_digest[digest]: line for digest, line in Beside(self._folder / _FOUND).lines() if digest in of_digest
        }

    def packs(self, of: Collection[str] | None = None) -> Iterator[tuple[str, bytes]]:
        """Give graphs of articles, or some of these, each with its pack (``kg.turtle``), as far as it was kept."""
        if self._folder is None:
            return
        graphs: dict[str, list[str]] = {}
        for held in self.held.values():
            if of is None or held.graph in of:
                graphs.setdefault(held.turtle, []).append(held.graph)
        for digest, pack in Beside(self._folder / _PACKS).packs(graphs):
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
        for digest, triples in Beside(self._folder / _DERIVED).texts(graphs):
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
        return _read_digests(Path(self._hold.name).parent) if self._hold is not None else {}

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
                    ox.NamedNode(iri): cast("Any", _constant(_to_oxigraph(term)))
                    for iri, term in (functions or {}).items()
                },
            )
            if isinstance(result, ox.QuerySolutions):
                return _read_rows(result, limit)
            if isinstance(result, ox.QueryBoolean):
                return bool(result)
            return b"".join(sorted({f"{triple} .\n".encode() for triple in result}))
        except SyntaxError as error:
            raise QueryError(_explain_syntax(str(error), sparql)) from error
        except (RuntimeError, OSError) as error:
            raise QueryError(f"the query could not be evaluated: {error}") from error

    def strings(self, sparql: str) -> list[tuple[str, ...]]:
        """Return the rows of a SELECT as plain strings, "" where nothing is bound: a third of the time of ``ask``.

        Raises QueryError where it does not parse or is no SELECT.
        """
        try:
            result = self._rdf.query(sparql)
        except SyntaxError as error:
            raise QueryError(_explain_syntax(str(error), sparql)) from error
        if not isinstance(result, ox.QuerySolutions):
            raise QueryError("only a SELECT has rows")
        rows: Iterable[Iterable[Any]] = result
        return [tuple(["" if term is None else term.value for term in row]) for row in rows]


def spelled_out(term: bytes) -> str:
    """Return what ``Store.stated`` gives as N-Triples spells it: numbers and truth stand there as they are.

    >>> spelled_out(b"12"), spelled_out(b"true")
    ('"12"^^<http://www.w3.org/2001/XMLSchema#integer>', '"true"^^<http://www.w3.org/2001/XMLSchema#boolean>')
    >>> spelled_out(b"<urn:a>")
    '<urn:a>'
    """
    value = term.decode("utf-8")
    if value[0] in '<"_':
        return value
    kind = "boolean" if value in ("true", "false") else "double" if "e" in value.lower() else "decimal"
    return f'"{value}"^^<{_XSD}{kind if kind != "decimal" or "." in value else "integer"}>'


def _constant(term: ox.NamedNode | ox.Literal) -> Callable[[], ox.NamedNode | ox.Literal]:
    return lambda: term


def _to_oxigraph(term: Term) -> ox.NamedNode | ox.Literal:
    if term.kind == "uri":
        return ox.NamedNode(term.value)
    if term.language:
        return ox.Literal(term.value, language=term.language)
    return ox.Literal(term.value, datatype=ox.NamedNode(term.datatype or _XSD_STRING))


def _from_oxigraph(term: object) -> Term | None:
    if term is None:
        return None
    if isinstance(term, ox.NamedNode):
        return Term("uri", term.value)
    if isinstance(term, ox.Literal):
        datatype = None if term.language or term.datatype.value == _XSD_STRING else term.datatype.value
        return Term("literal", term.value, datatype, term.language)
    if isinstance(term, ox.BlankNode):
        return Term("bnode", term.value)
    return Term("triple", str(term))


def _read_rows(result: ox.QuerySolutions, limit: int | None) -> Rows:
    names = tuple(variable.value for variable in result.variables)
    rows: list[tuple[Term | None, ...]] = []
    known: dict[object, Term | None] = {}  # most terms of an answer come again: names, days, units, articles
    for solution in result:
        if limit is not None and len(rows) == limit:
            return Rows(names, tuple(rows), cut=True)
        terms = tuple(solution)
        try:
            rows.append(tuple([known[term] for term in terms]))
        except KeyError:
            known.update((term, _from_oxigraph(term)) for term in terms if term not in known)
            rows.append(tuple([known[term] for term in terms]))
    return Rows(names, tuple(rows))


def _explain_syntax(message: str, sparql: str) -> str:
    """Return "line 2, column 15: ..." from Oxigraph's "error at 2:15: expected one of ...".

    >>> _explain_syntax("error at 1:8: expected OPTIONAL", "SELECT nonsense")
    'line 1, column 8: the query cannot be read from "nonsense" on'
    """
    place, _, expected = message.removeprefix("error at ").partition(": ")
    line, _, column = place.partition(":")
    if not (line.isdigit() and column.isdigit()):
        return f"the query does not parse: {message}"
    if "SELECT contains a variable that is unbound" in expected:
        return f"line {line}, column {column}: SELECT names a variable that is neither grouped nor aggregated"
    lines = sparql.split("\n")
    rest = lines[int(line) - 1][int(column) - 1 :].split() if int(line) <= len(lines) else []
    found = f'the query cannot be read from "{rest[0][:40]}" on' if rest else "the query ends too early"
    return f"line {line}, column {column}: {found}"


# --- the folder -------------------------------------------------------------------------------------------------------


def open_store(path: Path | str) -> Store:
    """Return the store in a folder, opened for reading; a build that runs meanwhile does not disturb it.

    Raises StoreError where there is none, where it is of another format, or damaged.
    """
    folder = Path(path)
    pointer = _read_pointer(folder)
    if pointer is None:
        raise StoreError(f"{folder}: no store here; make one with: kg build --store {folder} ARTICLE...")
    for _ in range(5):
        generation = folder / pointer.generation
        hold = _hold_shared(generation)
        try:
            return Store(ox.Store.read_only(str(generation / "rdf")), _read_state(generation), hold, folder)
        except (OSError, RuntimeError) as error:  # RuntimeError: files of the database are damaged
            # A writer may have swept the generation away between the two reads; then the pointer has moved.
            moved = _read_pointer(folder)
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
    pointer = _read_pointer(folder)
    return {} if pointer is None else _read_state(folder / pointer.generation)


def memory_store(graphs: Iterable[bytes], format: str = "nquads") -> Store:
    """Return a store in memory that holds the given RDF, each piece in the graphs that it names."""
    rdf = ox.Store()
    for data in graphs:
        quads = _parse(data, format)
        rdf.extend(quads)
        rdf.extend(_in_default_graph(quads))
    return Store(rdf, {})


def sorted_triples(ntriples: bytes) -> bytes:
    """Return N-Triples in the form that ``Store.ask`` gives. Raises SyntaxError where they are none."""
    return b"".join(sorted({f"{quad.triple} .\n".encode() for quad in ox.parse(ntriples, ox.RdfFormat.N_TRIPLES)}))


def memory_writer() -> Writer:
    """Return an empty store in memory that can be written, and forgets all when it is let go of."""
    return Writer(ox.Store(), {})


def _read_pointer(folder: Path) -> _Pointer | None:
    """Return which generation counts, or None where the folder holds no store. Raises StoreError for another format."""
    pointer = _named_pointer(folder)
    while pointer is not None:
        found = pointer._replace(generation=_whole_generation(folder, pointer.generation))
        if (folder / found.generation / "state.json").exists():
            return found
        moved = _named_pointer(folder)  # a writer may have swept the generation away since
        if moved == pointer:
            raise StoreError(
                f"{folder}: {found.generation}/state.json is gone, so nobody knows what the store holds; "
                "build anew: kg build --store NEW-FOLDER ARTICLE..."
            )
        pointer = moved
    return None


def _named_pointer(folder: Path) -> _Pointer | None:
    """Return what store.json says."""
    path = folder / "store.json"
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        pointer = _Pointer(
            *(data[name] for name in ("format", "generation", "package")),
            *(data.get(name, "") for name in ("inferred_by", "vocabularies")),
        )
    except FileNotFoundError:
        return None
    except NotADirectoryError as error:
        raise StoreError(f"{folder}: a file, not a folder; give the folder of a store") from error
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise StoreError(f"{path}: {_why_unread(error)}; give another folder, or build into a new one") from error
    if pointer.format != FORMAT:
        raise StoreError(
            f"{folder}: a store of format {pointer.format}, written by {pointer.package}; this version reads "
            f"format {FORMAT}. Build into a new folder, or use the version that wrote it"
        )
    if not isinstance(pointer.generation, str) or not _GENERATION.fullmatch(pointer.generation):
        raise StoreError(f"{folder}: store.json names no generation of a store; build into a new folder")
    return pointer


def _whole_generation(folder: Path, generation: str) -> str:
    """Return the generation that counts, or the one before where a copy of the folder was too early to have it whole.

    A copy takes time: store.json may be the new one while the generation that it names was copied half made.
    """
    if (folder / generation / "state.json").exists():
        return generation
    older = (path.parent.name for path in folder.glob("g-*/state.json") if path.parent.name < generation)
    return max(older, default=generation)


def _read_state(generation: Path) -> Mapping[str, Held]:
    path = generation / "state.json"
    try:
        rows = json.loads(path.read_text(encoding="utf-8"))
        return {
            row["id"]: Held(**{**row, **{key: tuple(row.get(key, ())) for key in ("refused", "refused_zh")}})
            for row in rows
        }
    except FileNotFoundError:
        raise
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise StoreError(f"{path}: {_why_unread(error)}; build into a new folder") from error


def _why_unread(error: Exception) -> str:
    reason = error.strerror if isinstance(error, OSError) else None
    return f"cannot be read ({reason or 'not what kg build writes'})"


def _read_digests(generation: Path) -> dict[str, str]:
    """Return the digests of graphs that a generation has kept; none where they cannot be read: then they are made."""
    try:
        found = json.loads((generation / _DIGESTS).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return {str(graph): str(digest) for graph, digest in found.items()} if isinstance(found, dict) else {}


def _hold_shared(generation: Path) -> BinaryIO | None:
    try:
        file = (generation / "state.json").open("rb")
    except OSError:
        return None
    fcntl.flock(file, fcntl.LOCK_SH)
    return file


def _parse(data: bytes, format: str, graph: str | None = None) -> list[ox.Quad]:
    quads = list(ox.parse(data, _FORMATS[format]))
    if graph is None:
        return quads
    name = ox.NamedNode(graph)
    return [quad if quad.graph_name == name else _moved(quad, name) for quad in quads]


def _moved(quad: ox.Quad, graph: ox.NamedNode | ox.DefaultGraph) -> ox.Quad:
    return ox.Quad(quad.subject, quad.predicate, quad.object, graph)


def _in_default_graph(quads: Iterable[ox.Quad]) -> Iterator[ox.Quad]:
    default = ox.DefaultGraph()
    return (_moved(quad, default) for quad in quads)


# --- writing ----------------------------------------------------------------------------------------------------------


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
        self._found = None if folder is None else Beside(folder / _FOUND)
        self._packs = None if folder is None else Beside(folder / _PACKS)
        self._derived = None if folder is None else Beside(folder / _DERIVED)
        self._pending: list[ox.Quad] = []
        self._lines: list[bytes] = []  # N-Quads to be loaded
        self._size = 0
        self._fresh: set[str] = set()  # graphs that only _pending and _lines hold
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
            # Line breaks inside a literal are escaped. The second copy is for the default graph.
            self._lines += [data.replace(b" .\n", f" {name} .\n".encode()), data]
            self._size += 2 * len(data)
            if self._size > _BATCH_BYTES:
                self._flush()
            return
        new = _parse(data, format, graph)
        if not self._rdf.contains_named_graph(name):
            self._fresh.add(graph)
            self._filled.add(graph)
            self._pending += new
            self._pending += _in_default_graph(new)
            if len(self._pending) > _BATCH:
                self._flush()
            return
        self._flush()
        wanted = set(new)
        old = set(self._rdf.quads_for_pattern(None, None, None, name))
        self._remove(old - wanted)
        added = wanted - old
        self._note(added)
        self._rdf.extend([*added, *_in_default_graph(added)])

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
        return Store(self._rdf, self._held)

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
            raise QueryError(_explain_syntax(str(error), sparql)) from error

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
                self._rdf.remove(_moved(quad, default))

    def _flush(self) -> None:
        if self._pending:
            self._rdf.bulk_extend(self._pending)
            self._pending = []
        if self._lines:
            # IRIs are not looked at again, which takes a fifth of the time: those of this program are graph names,
            # which NamedNode has looked at, with another end that ``local_name`` has made.
            self._rdf.bulk_load(b"".join(self._lines), _FORMATS["nquads"], lenient=True)
            self._lines, self._size = [], 0
        self._fresh = set()

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
        _make_folder(folder)
        with _lock(folder):
            pointer = _read_pointer(folder)
            generation = _next_generation(folder, pointer)
            try:
                held = {} if pointer is None else dict(_read_state(folder / pointer.generation))
                digests = {} if pointer is None else _read_digests(folder / pointer.generation)
                with closing(Writer(ox.Store(generation / "rdf"), held, folder, digests)) as writer:
                    if pointer is not None:
                        writer.inferred_by, writer.vocabularies = pointer.inferred_by, pointer.vocabularies
                    yield writer
                    writer.finish()
                _replace(generation / _DIGESTS, json.dumps(writer.digests, ensure_ascii=False, indent=0) + "\n")
                _write_state(generation, writer.held)
            except BaseException:
                _remove_folder(generation)
                raise
            counts = _Pointer(FORMAT, generation.name, package, writer.inferred_by, writer.vocabularies)
            _replace(folder / "store.json", json.dumps(counts._asdict()) + "\n")
            _sweep(folder, keep={generation.name, pointer.generation if pointer else ""})
    except OSError as error:
        reason = error.strerror or str(error)
        raise StoreError(f"{folder}: cannot be written ({reason}); give another folder with --store") from error


def _make_folder(folder: Path) -> None:
    if folder.exists() and not folder.is_dir():
        raise StoreError(f"{folder}: a file, not a folder; give the folder of a store")
    folder.mkdir(parents=True, exist_ok=True)
    strangers = [p.name for p in folder.iterdir() if p.name not in _OWN and not p.name.startswith("g-")]
    if strangers and not (folder / "store.json").exists():
        raise StoreError(f"{folder}: holds other files ({min(strangers)}) and no store; give a new folder with --store")


@contextmanager
def _lock(folder: Path) -> Iterator[None]:
    """Hold the folder's one writer's lock. The kernel frees it with the process, however that ends."""
    with (folder / "lock").open("a+b") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise StoreError(
                f"{folder}: another process is writing to this store; try again when it is done"
            ) from error
        yield


def _next_generation(folder: Path, pointer: _Pointer | None) -> Path:
    """Return a new generation's folder, its database a hard-linked copy of the one that counts."""
    number = 0 if pointer is None else int(pointer.generation[2:])
    _sweep(folder, keep={pointer.generation if pointer else "", f"g-{number - 1:06}"})
    generation = folder / f"g-{number + 1:06}"
    generation.mkdir()
    if pointer is not None:
        ox.Store.read_only(str(folder / pointer.generation / "rdf")).backup(generation / "rdf")
    return generation


def _sweep(folder: Path, keep: set[str]) -> None:
    """Remove generations that do not count and that no reader holds."""
    for generation in folder.glob("g-*"):
        if generation.name not in keep and not _is_held(generation):
            (generation / "state.json").unlink(missing_ok=True)
            _remove_folder(generation)


def _remove_folder(folder: Path) -> None:
    import shutil  # takes time that a query does not have

    shutil.rmtree(folder, ignore_errors=True)


def _is_held(generation: Path) -> bool:
    try:
        with (generation / "state.json").open("rb") as file:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except FileNotFoundError:
        return False
    except OSError:
        return True
    return False


def _write_state(generation: Path, held: Mapping[str, Held]) -> None:
    spell = json.JSONEncoder(ensure_ascii=False, sort_keys=True).encode
    rows = ",\n".join(spell(article._asdict()) for _, article in sorted(held.items()))
    _replace(generation / "state.json", f"[\n{rows}\n]\n")


def _replace(path: Path, text: str) -> None:
    """Write a file so that it is the old one or the new one at every moment, also after a power cut."""
    draft = path.with_name(path.name + ".new")
    with draft.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)
    handle = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
