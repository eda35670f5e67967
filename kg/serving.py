"""A store as a read-only SPARQL 1.1 endpoint: Oxigraph's own server, started and stopped.

Enters: a store's folder and where to listen. Leaves: answers over HTTP at ``/query``, from the state of the store at
the start. The server is the program ``oxigraph``, of the PyPI package of that name; there is no protocol code here.
"""

from __future__ import annotations

import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from kg.errors import EndpointError, UsageError
from kg.store import held_database

_READY_WITHIN = 30.0


def find_server() -> str:
    """Return the path of Oxigraph's server: beside this Python, else on the PATH. Raises UsageError without it."""
    beside = Path(sys.executable).parent / "oxigraph"
    found = str(beside) if beside.is_file() else shutil.which("oxigraph")
    if found is None:
        raise UsageError("kg serve needs Oxigraph's server; install it: pip install oxigraph")
    return found


def serve(folder: str, *, host: str, port: int, timeout: float, say: Callable[[str], None]) -> int:
    """Answer SPARQL over a store until SIGINT or SIGTERM, and return 0.

    Raises StoreError, UsageError where there is no server, and EndpointError where it does not start.
    """
    program = find_server()
    _refuse_taken(host, port)
    with held_database(folder) as database:
        command = [program, "serve-read-only", "--location", str(database), "--bind", _authority(host, port)]
        if timeout:
            command += ["--timeout-s", str(max(1, round(timeout)))]
        with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE) as server:
            previous = signal.signal(signal.SIGTERM, lambda *_: server.terminate())
            try:
                _wait_until_ready(server, host, port)
                say(f"kg: {folder} answers SPARQL at http://{_authority(host, port)}/query; Ctrl-C ends it")
                server.communicate()
            except KeyboardInterrupt:
                server.terminate()
            finally:
                signal.signal(signal.SIGTERM, previous)
                _end(server)
    return 0


def _refuse_taken(host: str, port: int) -> None:
    """Raise EndpointError where nothing can listen: the server itself would say so only in its own way."""
    try:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        socket.create_server((host, port), family=family).close()
    except (OSError, OverflowError) as error:
        reason = getattr(error, "strerror", None) or error
        raise EndpointError(f"{_authority(host, port)}: cannot be served ({reason}); give another --port") from error


def _authority(host: str, port: int) -> str:
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"


def _wait_until_ready(server: subprocess.Popen[bytes], host: str, port: int) -> None:
    deadline = time.monotonic() + _READY_WITHIN
    while time.monotonic() < deadline and server.poll() is None:
        try:
            socket.create_connection((host, port), timeout=1).close()
        except OSError:
            time.sleep(0.05)
        else:
            time.sleep(0.05)
            if server.poll() is None:
                return
    said = b""
    if server.poll() is not None and server.stderr is not None:
        said = server.stderr.read()
    reason = " ".join(said.decode("utf-8", "replace").split())[:200] or "it did not start in time"
    raise EndpointError(f"{_authority(host, port)}: cannot be served ({reason}); give another --port")


def _end(server: subprocess.Popen[bytes]) -> None:
    if server.poll() is None:
        server.terminate()
        try:
            server.wait(5)
        except subprocess.TimeoutExpired:
            server.kill()
