"""Oxigraph's servers on one database, each lent to one question at a time.

Enters: a program, a database, limits. Leaves: a worker for a question, and its end where the question costs too much.
Oxigraph cannot interrupt a query, so what stops one is the end of its process; since a process answers one question at
a time, nobody else loses an answer by that. Questions wait in turn, address by address. One that has run for a while is
slow: it goes on with what the quick ones leave of the processor, and only half of the workers may be slow at once. One
address has at most three quarters of them, so that there is one for the next.
"""

from __future__ import annotations

import asyncio
import os
import resource
import shutil
import signal
import socket
import subprocess
from collections import Counter, OrderedDict, deque
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from kg.errors import EndpointError

SLOW_AFTER = 1.0
"""Seconds after which a question is slow."""

_READY_WITHIN = 30.0
_NICE, _NICER = 5, 15  # behind what takes requests in; and behind quick questions
_TRIES = 5
_DIES_WITHIN = 500  # hundredths of a second


@dataclass(frozen=True, slots=True)
class Limits:
    """What one question may cost, and how many are answered or wait at once; 0 is no limit of time or rows."""

    timeout: float = 60.0
    rows: int = 100_000
    body: int = 1_000_000
    answer: int = 256_000_000
    memory: int = 1_000_000_000
    workers: int = 8
    waiting: int = 1_000


class Refused(Exception):  # noqa: N818 -- an answer to one client, no error of this package
    """A question that was not answered, and the words for whoever asked."""

    def __init__(self, status: int, words: str) -> None:
        super().__init__(words)
        self.status = status
        self.words = words


def _busy() -> Refused:
    return Refused(503, "busy with other questions; try again later")


@dataclass(eq=False, slots=True)
class Worker:
    """A server of its own: a process, the port it listens on, and whether it was killed."""

    process: subprocess.Popen[bytes]
    port: int
    killed: bool = False


@dataclass(eq=False, slots=True)
class Lent:
    """A worker while it answers somebody. ``reason`` says why it was ended, if it was; ``gone`` that they have left."""

    worker: Worker
    address: str
    gone: asyncio.Event
    slow: bool = False
    reason: Refused | None = None
    alarms: list[asyncio.TimerHandle] = field(default_factory=list)

    def end(self, reason: Refused) -> None:
        """End the worker, and with it the question."""
        if self.reason is None:
            self.reason = reason
            _kill(self.worker)


class Pool:
    """The workers, and who waits for one."""

    def __init__(self, program: str, database: Path, limits: Limits, *options: str) -> None:
        self.limits = limits
        self._command = [program, "serve-read-only", "--location", str(database), *options]
        self._idle: list[Worker] = []
        self._lent: dict[Worker, Lent] = {}
        self._waiting: OrderedDict[str, deque[asyncio.Future[Worker]]] = OrderedDict()
        self._held: Counter[str] = Counter()  # workers, by the address that has them
        self._share = limits.workers - max(1, limits.workers // 4)
        self._starting: set[asyncio.Task[None]] = set()
        self._over = False

    async def start(self) -> None:
        """Start the workers. Raises EndpointError where the first of them does not start."""
        self._idle.append(await self._start_one())
        for _ in range(self.limits.workers - 1):
            self._replace()
        await asyncio.gather(*self._starting)

    async def stop(self) -> None:
        """End the workers."""
        self._over = True
        for task in self._starting:
            task.cancel()
        workers = [*self._idle, *self._lent]
        for worker in workers:
            _kill(worker)
        for worker in workers:
            worker.process.wait()

    def counts(self) -> dict[str, int]:
        """Return how many workers are idle, busy, of these slow, and how many questions wait."""
        return {
            "idle": len(self._idle),
            "busy": len(self._lent),
            "slow": len(self._slow()),
            "waiting": sum(map(len, self._waiting.values())),
        }

    def pids(self) -> list[int]:
        """Return the processes of the workers."""
        return sorted(worker.process.pid for worker in (*self._idle, *self._lent))

    @asynccontextmanager
    async def lend(self, address: str, gone: asyncio.Event) -> AsyncIterator[Lent]:
        """Give a worker to a question from an address, in its turn; ``gone`` is set when nobody waits for the answer.

        Raises Refused where too many wait, and in place of any exception of the block once the worker was ended.
        """
        lent = Lent(await self._turn(address), address, gone)
        self._lent[lent.worker] = lent
        loop = asyncio.get_running_loop()
        lent.alarms.append(loop.call_later(SLOW_AFTER, self._is_slow, lent))
        if self.limits.timeout:
            words = f"no answer within {self.limits.timeout:g} seconds; the query was stopped, ask for less"
            lent.alarms.append(loop.call_later(self.limits.timeout, lent.end, Refused(500, words)))
        try:
            yield lent
        except BaseException as error:
            _kill(lent.worker)  # whatever happened, its question is not to run on
            if lent.reason is not None and isinstance(error, Exception):
                raise lent.reason from error
            raise
        finally:
            for alarm in lent.alarms:
                alarm.cancel()
            del self._lent[lent.worker]
            # One that was made nice cannot be made quick again.
            if lent.slow or lent.reason or _is_gone(lent.worker):
                _kill(lent.worker)
                self._replace()
                self._give_back(address, None)
            else:
                self._give_back(address, lent.worker)

    async def was_killed_by_others(self, lent: Lent) -> bool:
        """Tell whether a worker that broke off was killed, and not by its pool: its question has no part in that.

        One that wants more memory than is allowed ends itself, by another signal.
        """
        for _ in range(_DIES_WITHIN):
            if lent.reason is not None or _is_gone(lent.worker):
                break
            await asyncio.sleep(0.01)
        return lent.reason is None and lent.worker.process.returncode == -signal.SIGKILL and not lent.worker.killed

    # --- turns

    async def _turn(self, address: str) -> Worker:
        """Return a worker when it is the turn of an address; who gets one has to give it back. Raises Refused."""
        if sum(map(len, self._waiting.values())) >= self.limits.waiting:
            raise _busy()
        turn: asyncio.Future[Worker] = asyncio.get_running_loop().create_future()
        self._waiting.setdefault(address, deque()).append(turn)
        self._dispatch()
        try:
            async with asyncio.timeout(self.limits.timeout or None):
                return await turn
        except BaseException as error:
            self._forget(address, turn)
            if isinstance(error, TimeoutError):
                raise _busy() from None
            raise

    def _forget(self, address: str, turn: asyncio.Future[Worker]) -> None:
        """Take out of the row who waits no more; a worker that came at the same moment goes to the next."""
        if turn.done() and not turn.cancelled():
            self._give_back(address, turn.result())
        waiting = self._waiting.get(address)
        if waiting is not None and turn in waiting:
            waiting.remove(turn)
            if not waiting:
                del self._waiting[address]

    def _give_back(self, address: str, worker: Worker | None) -> None:
        """Take a worker back from an address; None is one that has ended."""
        self._held[address] -= 1
        self._held += Counter()  # forgets addresses that hold none
        if worker is not None:
            self._idle.append(worker)
        self._dispatch()

    def _dispatch(self) -> None:
        """Give idle workers to those who wait, one address after another, to none of them more than its share."""
        while self._idle:
            address = next((one for one in self._waiting if self._held[one] < self._share), None)
            if address is None:
                return
            worker = self._idle.pop()
            if _is_gone(worker):
                self._replace()
                continue
            waiting = self._waiting.pop(address)
            turn = waiting.popleft()
            if waiting:
                self._waiting[address] = waiting  # behind all others
            if turn.done():
                self._idle.append(worker)
            else:
                self._held[address] += 1
                turn.set_result(worker)

    # --- slow questions

    def _slow(self) -> list[Lent]:
        return [lent for lent in self._lent.values() if lent.slow and lent.reason is None]

    def _is_slow(self, lent: Lent) -> None:
        """Let a question go on behind the others, or end one of the address that has most of the slow ones."""
        lent.slow = True
        lent.alarms.append(asyncio.get_running_loop().call_later(SLOW_AFTER, self._is_slow, lent))
        if lent.gone.is_set():  # a quick question is cheaper answered than its worker started anew
            lent.end(Refused(500, "nobody waits for the answer"))
            return
        _make_nice(lent.worker.process.pid, _NICER)
        slow = self._slow()
        if len(slow) > self.limits.workers // 2:
            of_address = {one.address: sum(other.address == one.address for other in slow) for one in slow}
            most = max(of_address.values())
            last = next(one for one in reversed(slow) if of_address[one.address] == most)
            last.end(Refused(503, "busy with other slow queries; ask for less, or try again later"))

    # --- processes

    def _replace(self) -> None:
        if not self._over:
            task = asyncio.create_task(self._start_another())
            self._starting.add(task)
            task.add_done_callback(self._starting.discard)

    async def _start_another(self) -> None:
        while True:
            with suppress(EndpointError, OSError):
                self._idle.append(await self._start_one())
                self._dispatch()
                return
            await asyncio.sleep(1)  # no process, memory or port to be had; perhaps there is one soon

    async def _start_one(self) -> Worker:
        for _ in range(_TRIES):
            port = _free_port()
            command = [*_dying_with_us(), *self._command, "--bind", f"127.0.0.1:{port}"]
            process = subprocess.Popen(
                command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
            )
            worker = Worker(process, port)
            try:
                if await self._is_ready(worker) and self._is_limited(worker):
                    return worker
            except BaseException:
                _kill(worker)
                raise
            _kill(worker)
        raise EndpointError(f"{self._command[0]}: does not start; see whether it runs: {' '.join(self._command[:2])}")

    async def _is_ready(self, worker: Worker) -> bool:
        loop = asyncio.get_running_loop()
        end = loop.time() + _READY_WITHIN
        while loop.time() < end and not _is_gone(worker):
            try:
                _, writer = await asyncio.open_connection("127.0.0.1", worker.port)
            except OSError:
                await asyncio.sleep(0.01)
            else:
                writer.close()
                return not _is_gone(worker)
        return False

    def _is_limited(self, worker: Worker) -> bool:
        """Put the limits on a worker, and tell whether it lives to feel them."""
        with suppress(ProcessLookupError):
            _make_nice(worker.process.pid, _NICE)
            if self.limits.memory and hasattr(resource, "prlimit"):
                resource.prlimit(worker.process.pid, resource.RLIMIT_DATA, (self.limits.memory, self.limits.memory))
            return True
        return False


def _is_gone(worker: Worker) -> bool:
    return worker.killed or worker.process.poll() is not None


def _kill(worker: Worker) -> None:
    worker.killed = True
    worker.process.kill()
    asyncio.get_running_loop().call_later(1, worker.process.poll)  # so that no dead process is left standing


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


def _dying_with_us() -> list[str]:
    """Return the command before a command that lets it die with this process, also where that is killed."""
    found = shutil.which("setpriv")  # of util-linux
    return [found, "--pdeathsig", "KILL"] if found else []


def _make_nice(pid: int, nice: int) -> None:
    """Lower the priority of a process; Linux keeps it thread by thread."""
    tasks = Path(f"/proc/{pid}/task")
    with suppress(OSError):
        for task in [int(one.name) for one in tasks.iterdir()] if tasks.exists() else [pid]:
            with suppress(OSError):
                os.setpriority(os.PRIO_PROCESS, task, nice)


@contextmanager
def many_files() -> Iterator[None]:
    """Let this process have as many files and connections open as it may."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    with suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    try:
        yield
    finally:
        with suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
