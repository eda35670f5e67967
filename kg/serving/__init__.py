"""A store as a read-only SPARQL 1.1 endpoint: Oxigraph's own servers behind a gateway that keeps limits.

Enters: a store's folder and where to listen. Leaves: answers over HTTP, from the state of the store at the start:
SPARQL at ``/query``, stored queries by name at ``/queries/NAME``, the state of the server at ``/health``. The server is
the program ``oxigraph``, of the PyPI package of that name.
"""

from __future__ import annotations

import asyncio
import shutil
import signal
import socket
import sys
from collections.abc import Callable
from pathlib import Path

from kg.errors import EndpointError, UsageError
from kg.serving.gateway import Gateway, loopback_names
from kg.serving.workers import Limits, Pool, many_files
from kg.store import held_database

__all__ = ["Limits", "find_server", "serve", "serve_database"]

GRACE = 10.0
"""Seconds in which questions may end that run when the server is told to stop."""


def find_server() -> str:
    """Return the path of Oxigraph's server: beside this Python, else on the PATH. Raises UsageError without it."""
    beside = Path(sys.executable).parent / "oxigraph"
    found = str(beside) if beside.is_file() else shutil.which("oxigraph")
    if found is None:
        raise UsageError("kg serve needs Oxigraph's server; install it: pip install 'pingan-kg[serve]'")
    return found


def serve(folder: str, *, host: str, port: int, limits: Limits, cors: bool = False, say: Callable[[str], None]) -> None:
    """Answer SPARQL over a store until SIGINT or SIGTERM.

    Raises StoreError, UsageError where there is no server, and EndpointError where it does not start.
    """
    with held_database(folder) as database:
        serve_database(database, host=host, port=port, limits=limits, cors=cors, say=lambda at: say(f"{folder} {at}"))


def serve_database(
    database: Path, *, host: str, port: int, limits: Limits, cors: bool = False, say: Callable[[str], None]
) -> None:
    """Answer SPARQL over a database of Oxigraph until SIGINT or SIGTERM. Raises UsageError and EndpointError."""
    program = find_server()
    with _listen(host, port) as sock, many_files():
        at = _authority(host, sock.getsockname()[1])
        pool = Pool(program, database, limits, *(["--cors"] if cors else []))
        asyncio.run(
            _run(
                pool,
                limits,
                sock,
                loopback_names(host),
                lambda: say(f"answers SPARQL at http://{at}/query; Ctrl-C ends it"),
            )
        )


async def _run(
    pool: Pool, limits: Limits, sock: socket.socket, hosts: frozenset[str] | None, say: Callable[[], None]
) -> None:
    gateway = Gateway(pool, limits, hosts=hosts)
    over = asyncio.Event()
    for one in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(one, over.set)
    try:
        await pool.start()
        await gateway.listen(sock)
        say()
        await over.wait()
        await gateway.close(min(GRACE, pool.limits.timeout or GRACE))
    finally:
        await pool.stop()


def _listen(host: str, port: int) -> socket.socket:
    """Return a socket that listens. Raises EndpointError where nothing can."""
    try:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        return socket.create_server((host, port), family=family, backlog=1_024)
    except (OSError, OverflowError) as error:
        reason = getattr(error, "strerror", None) or error
        raise EndpointError(f"{_authority(host, port)}: cannot be served ({reason}); give another --port") from error


def _authority(host: str, port: int) -> str:
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
