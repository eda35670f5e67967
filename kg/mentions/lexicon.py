"""Word lists of ``mappings/lexicons``: one TSV file a class of words, with a header line and real columns.

The first column is ``word``; meaning never sits in a comment.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from kg.errors import MappingError
from kg.resources import read_resource, rows_of

Row = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The words of one class, each with the other columns of its row."""

    name: str
    rows: Mapping[str, Row]
    columns: tuple[str, ...] = ("word",)

    def __contains__(self, word: object) -> bool:
        return word in self.rows

    def get(self, word: str, column: str) -> str | None:
        """Return a column of a word's row, None where the word is unknown or the column empty.

        Raises MappingError where the lexicon has no such column.
        """
        if column not in self.columns:
            raise MappingError(f"mappings/lexicons/{self.name}.tsv, line 1: the header has no column {column!r}")
        row = self.rows.get(word)
        return (row.get(column) or None) if row else None


def read_lexicon(name: str, lines: Iterable[str]) -> Lexicon:
    r"""Return the lexicon that the lines of a TSV file state.

    Raises MappingError where the first column is not word, a line has another number of columns than the header, or a
    word stands twice.

    >>> read_lexicon("unit", ["word\tkind", "起\tcount"]).get("起", "kind")
    'count'
    """
    where = f"mappings/lexicons/{name}.tsv"
    rows: dict[str, Row] = {}
    told = rows_of(where, lines, ("word",), optional=True)
    _, header = next(told)
    for number, cells in told:
        if cells[0] in rows:
            raise MappingError(f"{where}, line {number}: {cells[0]!r} stands twice")
        rows[cells[0]] = MappingProxyType(dict(zip(header, cells, strict=True)))
    return Lexicon(name, MappingProxyType(rows), tuple(header))


@cache
def load_lexicon(name: str) -> Lexicon:
    """Return the lexicon ``mappings/lexicons/<name>.tsv``. Raises MappingError where it is missing or malformed."""
    return read_lexicon(name, read_resource("mappings", "lexicons", f"{name}.tsv").split("\n"))


def alternation(words: Iterable[str]) -> str:
    """Return a regular expression that matches the longest of the words at a position.

    Words are folded into a prefix tree, so that a thousand words cost a few comparisons a position and not a thousand.

    >>> alternation(["破获", "破", "抓获"])
    '(?:抓获|破(?:获)?)'
    """
    tree: dict[str, dict] = {}  # type: ignore[type-arg]
    for word in words:
        node = tree
        for character in word:
            node = node.setdefault(character, {})
        node[""] = {}
    return _render(tree)


def _render(node: dict[str, dict]) -> str:  # type: ignore[type-arg]
    branches = [re.escape(c) + _render(child) for c, child in sorted(node.items()) if c]
    if not branches:
        return ""
    body = branches[0] if len(branches) == 1 and "" not in node else f"(?:{'|'.join(branches)})"
    if "" in node:
        return (body if body.startswith("(?:") else f"(?:{body})") + "?"
    return body
