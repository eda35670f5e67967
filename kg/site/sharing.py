"""Work shared out between this process and those beside it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor
from typing import Generic, TypeVar

_Some = TypeVar("_Some")
_Part = TypeVar("_Part")


class Shared(Generic[_Some, _Part]):
    """Work in parts: the processes beside this one begin at its front, and this one at its end."""

    def __init__(self, pool: Executor, work: Callable[[_Some], _Part], parts: Iterable[_Some]) -> None:
        self._work = work
        self._begun = [(some, pool.submit(work, some)) for some in parts]

    def done(self) -> Iterator[_Part]:
        """Give what the parts come to, the last first, and forget it."""
        while self._begun:
            some, future = self._begun.pop()
            yield self._work(some) if future.cancel() else future.result()
