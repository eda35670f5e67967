"""Ask kg serve from many clients at once: scripts/load.py STORE [--clients N] [--seconds S] [--hostile N].

Starts ``kg serve`` over the store on loopback. Each client asks one question after another: stored queries by name,
lookups and counts in SPARQL. Hostile clients, from an address of their own, ask what takes for ever, and send and read
byte by byte. Prints requests served and lost, times of answers, and the memory of the server with its workers. Exits 1
where an answer was lost, or where nobody is hostile and memory at the end is not what it was in the middle.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import socket
import statistics
import sys
import time
from asyncio.subprocess import PIPE
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from aiohttp import ClientError, ClientSession, ClientTimeout, TCPConnector

QUESTIONS = (
    ("GET", "/queries/criminal-cases.csv", None),
    ("GET", "/queries/bureaus.json", None),
    ("GET", "/queries/honors-by-level.tsv?level=national", None),
    ("GET", "/queries/homicide-clearance", None),
    ("POST", "/query", "SELECT * { ?s ?p ?o } LIMIT 100"),
    ("POST", "/query", "SELECT ?type (COUNT(*) AS ?n) { ?s a ?type } GROUP BY ?type"),
    ("POST", "/query", "ASK { ?s ?p ?o }"),
    (
        "POST",
        "/query",
        "CONSTRUCT { ?s ?p ?o } WHERE { ?s a <https://w3id.org/pingan/ontology#Metric> ; ?p ?o } LIMIT 100",
    ),
)
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
HOSTILE_ADDRESS = "127.0.0.2"
MOST_GROWTH = 0.1, 30_000_000
"""By how much memory may grow from the middle to the end: a share of it, and bytes."""


@dataclass
class Tally:
    """What became of the requests of the honest clients."""

    seconds: list[float] = field(default_factory=list)
    lost: Counter[str] = field(default_factory=Counter)
    memory: list[int] = field(default_factory=list)


async def ask_on(session: ClientSession, url: str, number: int, end: float, tally: Tally) -> None:
    """Ask one question after another until the end."""
    while time.monotonic() < end:
        method, path, sparql = QUESTIONS[number % len(QUESTIONS)]
        number += 1
        started = time.monotonic()
        try:
            form = None if sparql is None else {"query": sparql}
            async with session.request(method, url + path, data=form) as response:
                data = await response.read()
                if response.status != 200 or not data:
                    tally.lost[f"{response.status} {data[:80].decode('utf-8', 'replace').strip()}"] += 1
        except (ClientError, TimeoutError, OSError) as error:
            tally.lost[type(error).__name__] += 1
        tally.seconds.append(time.monotonic() - started)


async def ask_for_ever(session: ClientSession, url: str, end: float) -> None:
    """Ask what takes for ever, again and again."""
    while time.monotonic() < end:
        with contextlib.suppress(ClientError, TimeoutError, OSError):
            async with session.post(f"{url}/query", data={"query": ENDLESS}) as response:
                await response.read()


async def crawl(port: int, end: float) -> None:
    """Send a request byte by byte, and begin anew when that is not taken any more."""
    while time.monotonic() < end:
        with contextlib.suppress(OSError):
            _, writer = await asyncio.open_connection("127.0.0.1", port, local_addr=(HOSTILE_ADDRESS, 0))
            for byte in b"POST /query HTTP/1.1\r\nHost: localhost\r\nX: " + b"a" * 10_000:
                writer.write(bytes([byte]))
                await writer.drain()
                if time.monotonic() > end:
                    break
                await asyncio.sleep(0.2)
            writer.close()


def resident(pid: int) -> int:
    """Return the bytes that a process and its children hold in memory."""
    total, waiting = 0, [pid]
    while waiting:
        one = waiting.pop()
        with contextlib.suppress(OSError):
            total += int(Path(f"/proc/{one}/statm").read_text(encoding="ascii").split()[1]) * 4096
            for task in Path(f"/proc/{one}/task").iterdir():
                waiting += map(int, (task / "children").read_text(encoding="ascii").split())
    return total


async def watch(pid: int, end: float, tally: Tally) -> None:
    """Note the memory of the server all the time."""
    while time.monotonic() < end:
        tally.memory.append(resident(pid))
        await asyncio.sleep(0.2)


async def run(store: Path, clients: int, seconds: float, hostile: int) -> int:
    """Start the server, let the clients ask, and say what came of it."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = int(free.getsockname()[1])
    server = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "kg", "serve", "--store", str(store), "--port", str(port)),
        *("--timeout", "20"),
        stderr=PIPE,
    )
    assert server.stderr is not None
    if b"answers SPARQL" not in (said := await server.stderr.readline()):
        print(said.decode().strip())
        return 3
    url, end, tally = f"http://127.0.0.1:{port}", time.monotonic() + seconds, Tally()
    patience = ClientTimeout(total=60)
    try:
        async with (
            ClientSession(connector=TCPConnector(limit=0), timeout=patience) as honest,
            ClientSession(connector=TCPConnector(limit=0, local_addr=(HOSTILE_ADDRESS, 0)), timeout=patience) as other,
        ):
            enemies = [asyncio.ensure_future(ask_for_ever(other, url, end)) for _ in range(hostile)]
            enemies += [asyncio.ensure_future(crawl(port, end)) for _ in range(hostile)]
            await asyncio.gather(
                watch(server.pid, end, tally),
                *(ask_on(honest, url, number, end, tally) for number in range(clients)),
            )
            for enemy in enemies:
                enemy.cancel()
            await asyncio.gather(*enemies, return_exceptions=True)
    finally:
        server.terminate()
        code = await asyncio.wait_for(server.wait(), 30)
    return report(tally, clients, seconds, hostile, code)


def report(tally: Tally, clients: int, seconds: float, hostile: int, code: int) -> int:
    """Print the figures; return 1 where an answer was lost, or memory grew."""
    lost = sum(tally.lost.values())
    times = statistics.quantiles(tally.seconds, n=100)
    quarter = max(1, len(tally.memory) // 4)
    middle, last = (max(tally.memory[at : at + quarter]) for at in (quarter, len(tally.memory) - quarter))
    print(
        f"{clients} clients for {seconds:g} s beside {hostile} hostile ones: {len(tally.seconds)} requests, {lost} lost"
    )
    print(f"an answer in {times[49]:.3f} s (half), {times[94]:.3f} s (95 %), {max(tally.seconds):.3f} s (all)")
    print(f"memory {middle / 1e6:.0f} MB in the second quarter, {last / 1e6:.0f} MB in the last")
    for what, count in tally.lost.most_common():
        print(f"lost {count}: {what}")
    flat = hostile or last <= middle * (1 + MOST_GROWTH[0]) + MOST_GROWTH[1]
    return int(bool(lost) or not flat or code != 0)


def main() -> int:
    """Read the arguments and run."""
    parser = argparse.ArgumentParser(description="Ask kg serve from many clients at once.")
    parser.add_argument("store", type=Path)
    parser.add_argument("--clients", type=int, default=100)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--hostile", type=int, default=0)
    said = parser.parse_args()
    return asyncio.run(run(said.store, said.clients, said.seconds, said.hostile))


if __name__ == "__main__":
    sys.exit(main())
