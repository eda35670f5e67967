"""The rows of an answer, counted while its bytes pass by, in the formats that SPARQL servers write.

Enters: the type of an answer, then its bytes, piece by piece. Leaves: how many rows they held so far. Nothing is
parsed: each format has a mark that stands once a row and, outside quoted text, nowhere else.
"""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class _Mark:
    """What stands once a row.

    ``quoted``: text in double quotes may hold it too. ``escapes``: a backslash hides a quote. ``blanks`` are characters
    between the marks that mean nothing. ``more`` is how many rows there are beyond the marks.
    """

    spelled: bytes
    quoted: bool = False
    escapes: bool = False
    blanks: bytes = b""
    more: int = 0


_MARKS = {
    "application/sparql-results+json": _Mark(b"},{", quoted=True, escapes=True, blanks=b" \t\r\n", more=1),
    "application/sparql-results+xml": _Mark(b"<result>"),
    "text/csv": _Mark(b"\n", quoted=True, more=-1),
    "text/tab-separated-values": _Mark(b"\n", more=-1),
    "application/n-triples": _Mark(b"\n"),
    "application/n-quads": _Mark(b"\n"),
}


@dataclass(slots=True)
class RowCounter:
    r"""Counts the rows of an answer; of a type in which rows are not told apart by a mark, none.

    >>> counter = RowCounter("text/csv")
    >>> counter.take(b'name\r\n"a\r\n'), counter.take(b'b"\r\nc\r\n')
    (0, 2)
    """

    kind: str
    _mark: _Mark | None = field(init=False)
    _marks: int = 0
    _inside: bool = False  # the last piece ended inside quoted text
    _left: bytes = b""  # half an escape, at the end of the last piece
    _tail: bytes = b""  # what may be the beginning of a mark

    def __post_init__(self) -> None:
        self._mark = _MARKS.get(self.kind)

    def take(self, piece: bytes) -> int:
        """Return how many rows there were up to the end of this piece; an answer without any may count as one."""
        if self._mark is None:
            return 0
        outside = self._unquoted(piece) if self._mark.quoted else piece
        seen = self._tail + outside.translate(None, self._mark.blanks)
        self._marks += seen.count(self._mark.spelled)
        last = len(self._mark.spelled) - 1
        self._tail = seen[-last:] if last else b""
        return max(0, self._marks + self._mark.more)

    def _unquoted(self, piece: bytes) -> bytes:
        assert self._mark is not None
        if self._mark.escapes:
            piece = self._left + piece
            whole = piece.rstrip(b"\\")
            half = (len(piece) - len(whole)) % 2
            self._left = b"\\" * half
            piece = piece[: len(piece) - half].replace(b"\\\\", b"").replace(b'\\"', b"")
        parts = piece.split(b'"')
        outside = parts[self._inside :: 2]
        self._inside ^= len(parts) % 2 == 0
        return b"".join(outside)
