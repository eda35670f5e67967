"""Work shared out between this process and those beside it."""

from __future__ import annotations

import pickle
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor
from functools import cache
from pathlib import Path
from typing import Generic, TypeVar

from kg.store import Store, open_store

_Some = TypeVar("_Some")
_Part = TypeVar("_Part")


class Shared(Generic[_Some, _Part]):
    """Work in parts: the processes beside this one begin at its front, and this one at its end.

    ``here`` is how this process does a part, where it has at hand what the others have to open first.
    """

    def __init__(
        self,
        pool: Executor,
        work: Callable[[_Some], _Part],
        parts: Iterable[_Some],
        here: Callable[[_Some], _Part] | None = None,
    ) -> None:
        self._here = here or work
        self._begun = [(some, pool.submit(work, some)) for some in parts]

    def done(self) -> Iterator[_Part]:
        """Give what the parts come to, the last first, and forget it."""
        while self._begun:
            some, future = self._begun.pop()
            yield self._here(some) if future.cancel() else future.result()


class Parcel(Generic[_Some]):
    """Something large for other processes, written to a file before they want it.

    What is sent with a task is written while its process waits.
    """

    def __init__(self, path: Path, content: _Some) -> None:
        self._path = path
        path.write_bytes(pickle.dumps(content, pickle.HIGHEST_PROTOCOL))

    def open(self) -> _Some:
        """Return what was written."""
        content: _Some = pickle.loads(self._path.read_bytes())
        return content


@cache
def opened_beside(store: str) -> Store:
    """Return the store in a folder, opened once in a process that ends with the site.

    What a database has read it remembers, and a process that asks it many questions reads little anew.
    """
    return open_store(store)
