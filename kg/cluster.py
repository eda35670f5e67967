"""Pieces to verdicts on the workers of a Dask cluster, in order.

Enters: pieces. Leaves: verdicts, the same as from this machine. A worker that dies is made up for by the others. What
Dask gives up, because workers died of it again and again, is tried once more in a process of this machine, within
limits, so that one article among many is refused and its neighbours are not. ``docs/adr/dask.md`` says why Dask. Only
this module knows it; it comes with the extra ``cluster``.
"""

from __future__ import annotations

import faulthandler
import os
import re
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from kg.article import Piece, stated_id
from kg.errors import EndpointError, UsageError
from kg.examination import Job, Verdict, digest_of_package, examine
from kg.workers import Limits, Processes, in_order, mishap

_AHEAD = 16
"""So many pieces are given out for each thread of the cluster before the first one is back."""
_PATIENCE = 15
_ADDRESS = re.compile(r"(?:(?:tcp|tls)://)?(?:[^\s/:\[\]]+|\[[0-9A-Fa-f:.]+\]):[0-9]{1,5}")
_Ticket = tuple[Any, threading.Event]
_ONE_AT_A_TIME = threading.Lock()


@dataclass(frozen=True, slots=True)
class Cluster:
    """Examines pieces on the workers of the Dask scheduler at an address."""

    address: str
    limits: Limits = field(default_factory=Limits)

    def __call__(
        self, job: Job, pieces: Iterator[Piece], stopped: Callable[[], bool]
    ) -> Iterator[tuple[Piece, Verdict]]:
        """Give each piece with its verdict, in order. Raises EndpointError, UsageError where Dask is not installed."""
        with closing(_connect(self.address)) as client:
            threads = _threads(client, self.address)
            again = Processes(1, self.limits)

            def submit(piece: Piece) -> _Ticket:
                id = stated_id(piece)
                # With each piece, since what is sent once is lost with the workers that hold it.
                its = replace(job, reviews={id: job.reviews[id]} if id in job.reviews else {})
                future = client.submit(_examine, its, piece, self.limits.seconds, pure=False, retries=0)
                done = threading.Event()
                future.add_done_callback(lambda _: done.set())
                return future, done

            def verdict(piece: Piece, ticket: _Ticket, wait: float) -> Verdict:
                future, done = ticket
                # To be asked for a result with a short timeout can cancel the future while its data are on the way.
                if not done.wait(wait):
                    raise TimeoutError
                try:
                    found, package = future.result()
                except Exception as error:
                    if type(error).__name__ == "KilledWorker":
                        return next(verdict for _, verdict in again(job, iter([piece]), stopped))
                    if future.cancelled():
                        lost = f"{self.address}: the scheduler is gone; build again when it is back"
                        raise EndpointError(lost) from None
                    return mishap(piece, error)
                if package != digest_of_package():
                    raise EndpointError(
                        f"{self.address}: a worker has another version of pingan-kg; install the same everywhere"
                    )
                assert isinstance(found, Verdict)
                return found

            yield from in_order(pieces, submit, verdict, threads * _AHEAD, stopped)


def _connect(address: str) -> Any:
    try:
        from distributed import Client
    except ImportError as error:
        raise UsageError('--cluster needs Dask; pip install "pingan-kg[cluster]"') from error
    if not _ADDRESS.fullmatch(address):  # Dask would hang on to half a client
        raise UsageError(f"--cluster {address}: no address of a scheduler; write it as tcp://10.0.0.1:8786")
    try:
        return Client(address, timeout=_PATIENCE, set_as_default=False)  # type: ignore[no-untyped-call]
    except (OSError, ValueError, TimeoutError) as error:
        raise EndpointError(f"{address}: no Dask scheduler answers there ({' '.join(str(error).split())})") from error


def _threads(client: Any, address: str) -> int:
    with suppress(TimeoutError):
        client.wait_for_workers(1, timeout=_PATIENCE)
    threads = sum(client.nthreads().values())
    if not threads:
        raise EndpointError(f"{address}: the scheduler has no workers; start some with: dask worker {address}")
    return int(threads)


# --- on the worker ----------------------------------------------------------------------------------------------------


def _examine(job: Job, piece: Piece, seconds: float) -> tuple[Verdict, str]:
    """Return a verdict, and by which rules; end the worker where it takes too long, which nothing else could do."""
    with _ONE_AT_A_TIME, Path(os.devnull).open("w", encoding="ascii") as quiet:
        if seconds:
            faulthandler.dump_traceback_later(seconds, exit=True, file=quiet)
        try:
            return examine(job, piece), digest_of_package()
        finally:
            faulthandler.cancel_dump_traceback_later()
