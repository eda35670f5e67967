"""What a command asks, and how long it may take.

Imports stand inside the functions, as in ``kg.cli.commands``.
"""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from kg.cli.output import say

if TYPE_CHECKING:
    from kg.queries import Query

UNUSABLE = 3


def find_query(name: str) -> Query:
    """Return the stored query of that name, or the one in a file or on standard input. Raises QueryError."""
    from kg.queries import decode_query, read_query_file, stored_names
    from kg.queries import find_query as stored_query

    if name == "-":
        return decode_query(sys.stdin.buffer.read(), "standard input")
    if name in stored_names():
        return stored_query(name)
    if Path(name).exists() or name.endswith((".rq", ".sparql")) or "/" in name:
        return read_query_file(Path(name))
    return stored_query(name)


@contextmanager
def time_limit(seconds: float) -> Iterator[None]:
    """End the process when the block takes longer: Oxigraph cannot be interrupted, and has nothing to lose here."""
    if not seconds:
        yield
        return

    def end() -> None:
        say(f"kg: no answer within {seconds:g} seconds; ask for less, or raise --timeout")
        os._exit(UNUSABLE)

    watch = threading.Timer(seconds, end)
    watch.daemon = True
    watch.start()
    try:
        yield
    finally:
        watch.cancel()
