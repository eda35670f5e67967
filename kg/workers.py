"""Pieces to verdicts by several processes of this machine, in order, within limits.

Enters: pieces, one after another. Leaves: for each, in the same order, its verdict. An article that takes too long,
needs too much memory or ends its process costs that process alone; its verdict says so, and the rest go on.
"""

from __future__ import annotations

import multiprocessing
import os
import resource
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol, TypeVar

from pebble import ProcessExpired, ProcessFuture, ProcessPool

from kg.article import Piece, stated_id
from kg.errors import MappingError, UsageError
from kg.examination import Job, Verdict, examine

_Ticket = TypeVar("_Ticket")
_PER_CORE = 8
"""So many workers a core at most, whatever is asked for: more only take memory."""
_AHEAD = 32
"""So many pieces are given out for each worker before the first one is back: they keep it busy while a store writes."""
_LOOK = 0.2
"""Seconds after which one that waits looks whether it should stop."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What one article may take: seconds (0: any), and megabytes beyond what a worker needs anyway."""

    seconds: float = 60
    megabytes: int = 2048


class Runner(Protocol):
    """What examines pieces: here, in other processes, or on other machines."""

    def __call__(
        self, job: Job, pieces: Iterator[Piece], stopped: Callable[[], bool]
    ) -> Iterator[tuple[Piece, Verdict]]:
        """Give each piece with its verdict, in order; end early once ``stopped`` says so."""
        ...

    @property
    def limits(self) -> Limits | None:
        """Return what an article may take, None where nothing limits it."""
        ...


def processors() -> int:
    """Return the number of processors that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def failure(piece: Piece, reason: str) -> Verdict:
    """Return the verdict on a piece that could not be examined."""
    return Verdict(stated_id(piece), refused=(f"{piece.where}: {reason}",), failed=True)


def mishap(piece: Piece, error: Exception) -> Verdict:
    """Return the verdict on a piece at which the program failed. Raises what is no fault of the article."""
    if isinstance(error, MappingError | UsageError):
        raise error
    return failure(piece, f"internal error, {type(error).__name__}: {' '.join(str(error).split())[:300]}")


@dataclass(frozen=True, slots=True)
class Here:
    """Examines pieces in this process, one after another, without limits."""

    limits: Limits | None = None

    def __call__(
        self, job: Job, pieces: Iterator[Piece], stopped: Callable[[], bool]
    ) -> Iterator[tuple[Piece, Verdict]]:
        """Give each piece with its verdict."""
        for piece in pieces:
            if stopped():
                return
            try:
                verdict = examine(job, piece)
            except Exception as error:
                verdict = mishap(piece, error)
            yield piece, verdict


@dataclass(frozen=True, slots=True)
class Processes:
    """Examines pieces in processes of this machine."""

    count: int
    limits: Limits = field(default_factory=Limits)

    @property
    def running(self) -> int:
        """How many processes there are: ``count``, but no more than some a core."""
        return min(self.count, _PER_CORE * (os.cpu_count() or 1))

    def __call__(
        self, job: Job, pieces: Iterator[Piece], stopped: Callable[[], bool]
    ) -> Iterator[tuple[Piece, Verdict]]:
        """Give each piece with its verdict, in order."""
        # The fork server has no threads, and a store's are never copied into a worker.
        context = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload(["kg.preloaded"])
        pool = ProcessPool(self.running, context=context, initializer=_begin, initargs=(job, self.limits.megabytes))
        try:
            yield from in_order(
                pieces,
                lambda piece: pool.schedule(_examine, (piece,), timeout=self.limits.seconds or None),
                self._verdict,
                self.running * _AHEAD,
                stopped,
            )
        finally:
            pool.stop()  # type: ignore[no-untyped-call]
            pool.join()

    def _verdict(self, piece: Piece, future: ProcessFuture[Verdict], wait: float) -> Verdict:
        try:
            return future.result(wait)
        except TimeoutError:
            if not future.done():
                raise
            return failure(piece, f"took longer than {self.limits.seconds:g} seconds; --article-seconds gives it more")
        except MemoryError:
            return failure(
                piece, f"needed more than {self.limits.megabytes:,} MB of memory; --article-memory gives it more"
            )
        except ProcessExpired as error:
            return failure(piece, f"ended the process that read it ({ending(error.exitcode)})")
        except Exception as error:
            return mishap(piece, error)


def ending(code: int) -> str:
    """Return how a process ended.

    >>> ending(-9), ending(3)
    ('signal SIGKILL', 'exit code 3')
    """
    if code < 0:
        try:
            return f"signal {signal.Signals(-code).name}"
        except ValueError:
            return f"signal {-code}"
    return f"exit code {code}"


def in_order(
    pieces: Iterable[Piece],
    submit: Callable[[Piece], _Ticket],
    verdict: Callable[[Piece, _Ticket, float], Verdict],
    ahead: int,
    stopped: Callable[[], bool],
) -> Iterator[tuple[Piece, Verdict]]:
    """Give out pieces, at most ``ahead`` of them before the first is back, and give them back in order.

    ``verdict`` raises TimeoutError where a verdict is not there within some seconds; it is asked again.
    """
    waiting: deque[tuple[Piece, _Ticket]] = deque()
    source = iter(pieces)
    more = True
    while more or waiting:
        while more and len(waiting) < ahead and not stopped():
            piece = next(source, None)
            if piece is None:
                more = False
            else:
                waiting.append((piece, submit(piece)))
        if stopped():
            return
        if waiting:
            try:
                found = verdict(*waiting[0], _LOOK)
            except TimeoutError:
                continue
            yield waiting.popleft()[0], found


# --- in the worker ----------------------------------------------------------------------------------------------------

_job = Job()


def _begin(job: Job, megabytes: int) -> None:
    global _job
    _job = job
    _, most = resource.getrlimit(resource.RLIMIT_AS)
    wanted = _address_space() + megabytes * 1_000_000
    resource.setrlimit(resource.RLIMIT_AS, (wanted if most == resource.RLIM_INFINITY else min(wanted, most), most))


def _address_space() -> int:
    """Return how many bytes this process has mapped."""
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    except (OSError, ValueError, IndexError):  # not Linux: what was in use at most
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    return pages * resource.getpagesize()


def _examine(piece: Piece) -> Verdict:
    return examine(_job, piece)
