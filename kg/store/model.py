"""What a store gives and remembers: terms, rows, articles held; and who can be asked.

Named tuples: importing dataclasses takes a sixth of a query.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple, Protocol

FORMAT = 1
"""The layout of the folder that this version reads and writes."""


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


class Pointer(NamedTuple):
    """Which generation of a store counts, and what it was made by."""

    format: int
    generation: str
    package: str
    inferred_by: str = ""
    vocabularies: str = ""
