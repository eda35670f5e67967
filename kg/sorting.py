"""Records of any number in order, in little memory: sorted in runs on disk that are then merged.

Enters: records, each bytes, or a tuple whose first place is bytes that sort as wanted. Leaves: the same, sorted.
"""

from __future__ import annotations

import marshal
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from heapq import merge
from typing import Any, BinaryIO, TypeVar

_Record = TypeVar("_Record", bytes, tuple[Any, ...])
_RUN = 64_000_000
"""Bytes of a run."""
_OVERHEAD = 100
"""What Python needs for a record besides its characters."""


def in_order(records: Iterable[_Record], run: int | None = None) -> Iterator[_Record]:
    """Give records in order; what does not fit into ``run`` bytes (default: 64 MB) waits in temporary files.

    >>> list(in_order([b"b", b"a", b"c"], run=1))
    [b'a', b'b', b'c']
    """
    with ExitStack() as files:
        runs: list[BinaryIO] = []
        held: list[_Record] = []
        size = 0
        most = _RUN if run is None else run
        for record in records:
            held.append(record)
            size += _OVERHEAD + (len(record) if isinstance(record, bytes) else sum(map(len, record)))
            if size > most:
                runs.append(files.enter_context(_written(sorted(held))))
                held, size = [], 0
        held.sort()
        if runs:
            yield from merge(*map(_read, runs), held)
        else:
            yield from held


def _written(records: Iterable[Any]) -> BinaryIO:
    file = tempfile.TemporaryFile()  # noqa: SIM115 -- closed by the caller, which merges it with others
    for record in records:
        marshal.dump(record, file)
    file.seek(0)
    return file


def _read(file: BinaryIO) -> Iterator[Any]:
    while True:
        try:
            yield marshal.load(file)
        except EOFError:
            return
