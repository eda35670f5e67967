"""What stands between clients and the workers: it lets questions through, within limits, and passes answers on whole.

Enters: HTTP requests. Leaves: what Oxigraph answers, or one line that says why not. There is no SPARQL Protocol here:
forms, types, formats and errors of queries are Oxigraph's, aiohttp speaks HTTP. A query is looked at for SERVICE, and
passed on spelled anew from what was looked at, so that both read the same. An answer is taken from the worker to the
end before the client gets the first of it: a client that reads slowly keeps no worker, and limits show as an error
instead of half an answer.
"""

from __future__ import annotations

import asyncio
import json
import logging
import os
import socket
import tempfile
import time
from collections import Counter
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from http import HTTPStatus
from typing import IO
from urllib.parse import parse_qsl, urlencode

from aiohttp import (
    ClientConnectorError,
    ClientError,
    ClientHandlerType,
    ClientOSError,
    ClientPayloadError,
    ClientRequest,
    ClientResponse,
    ClientSession,
    ClientTimeout,
    ServerDisconnectedError,
    TCPConnector,
    web,
)
from aiohttp.web_protocol import RequestHandler

from kg.errors import KgError
from kg.queries import catalogue, find_query, refuse_excess, spelled_out
from kg.serving.counting import RowCounter
from kg.serving.workers import Lent, Limits, Pool, Refused

FORMATS: Mapping[str, str] = {
    "json": "application/sparql-results+json",
    "xml": "application/sparql-results+xml",
    "csv": "text/csv",
    "tsv": "text/tab-separated-values",
}
"""The formats of answers to stored queries, by the ending of their address."""

_FORM, _QUERY = "application/x-www-form-urlencoded", "application/sparql-query"
_PASSED_ON = ("Accept", "Content-Type", "Origin", "Access-Control-Request-Method", "Access-Control-Request-Headers")
_PASSED_BACK = ("Content-Type", "Vary", "Allow")
_IN_MEMORY, _PIECE = 1 << 20, 1 << 16
_SPEAKS_WITHIN, _READS_WITHIN, _STAYS_IDLE = 10.0, 30.0, 15.0
_ASKS_AGAIN_WITHIN = 5.0  # of the time that killed processes have cost a question
_CONNECTIONS, _OF_ONE_ADDRESS = 2_000, 1_000
_LOOPBACK = frozenset(("localhost", "127.0.0.1", "::1"))

_Answer = tuple[int, dict[str, str], IO[bytes]]


class Gateway:
    """Answers requests by way of a pool of workers."""

    def __init__(self, pool: Pool, limits: Limits, *, hosts: frozenset[str] | None = None) -> None:
        """Take questions for a pool; ``hosts`` are the names by which clients may call this server, None for any."""
        self._pool = pool
        self._limits = limits
        self._hosts = hosts
        self._spoke: set[int] = set()
        self._taking: set[asyncio.Task[_Answer]] = set()
        self._routes: Mapping[str, Callable[[web.BaseRequest], Awaitable[web.StreamResponse]]] = {
            "": self._about,
            "health": self._health,
            "queries": self._list,
            "query": self._ask,
        }
        self._server = web.Server(
            self._answer,
            access_log=None,
            logger=_quiet(),
            keepalive_timeout=_STAYS_IDLE,
            lingering_time=1,
            handler_cancellation=True,
        )
        self._listening: asyncio.Server | None = None

    async def listen(self, sock: socket.socket) -> None:
        """Take requests on a socket."""
        self._session = ClientSession(
            connector=TCPConnector(limit=0, force_close=True),
            timeout=ClientTimeout(total=None),
            auto_decompress=False,
            middlewares=(_once,),
        )
        self._listening = await asyncio.get_running_loop().create_server(self._protocol, sock=sock, backlog=1_024)

    async def close(self, grace: float) -> None:
        """Take no more requests, and let those that run end within some seconds."""
        if self._listening is not None:
            self._listening.close()
        await self._server.shutdown(grace)
        await self._session.close()

    # --- connections

    def _protocol(self) -> RequestHandler:
        protocol = self._server()
        loop = asyncio.get_running_loop()
        loop.call_soon(self._drop_one_too_many, protocol)
        loop.call_later(_SPEAKS_WITHIN, self._drop_silent, protocol)
        return protocol

    def _drop_one_too_many(self, protocol: RequestHandler) -> None:
        """Close a connection at once where there are so many that others would get none."""
        open_ = self._server.connections
        addresses = Counter(_address(one.transport) for one in open_)
        if len(open_) > _CONNECTIONS or addresses[_address(protocol.transport)] > _OF_ONE_ADDRESS:
            _abort(protocol.transport)

    def _drop_silent(self, protocol: RequestHandler) -> None:
        """Close a connection on which no whole request has come."""
        if id(protocol) not in self._spoke:
            _abort(protocol.transport)
        self._spoke.discard(id(protocol))

    # --- requests

    async def _answer(self, request: web.BaseRequest) -> web.StreamResponse:
        self._spoke.add(id(request.protocol))
        try:
            self._refuse_other_hosts(request)
            first, _, rest = request.path.strip("/").partition("/")
            if first == "queries" and rest:
                return await self._ask_stored(request, rest)
            if first not in self._routes or rest:
                raise Refused(404, "there is nothing here; /query takes SPARQL, /queries names the stored queries")
            return await self._routes[first](request)
        except Refused as refusal:
            return _line(refusal.status, refusal.words)
        except KgError as error:
            return _line(400, str(error))

    def _refuse_other_hosts(self, request: web.BaseRequest) -> None:
        """Refuse what a page elsewhere sends here under a name of its own that leads to this machine."""
        try:
            host = request.url.host or ""
        except ValueError:  # "localhost:no-number"
            raise Refused(400, "the Host of the request cannot be read") from None
        if self._hosts is not None and host.lower() not in self._hosts:
            raise Refused(421, "this server answers to localhost alone")

    async def _about(self, request: web.BaseRequest) -> web.StreamResponse:
        _refuse_methods(request, "GET", "HEAD")
        return web.Response(text="pingan-kg: SPARQL 1.1 at /query, stored queries at /queries, state at /health\n")

    async def _health(self, request: web.BaseRequest) -> web.StreamResponse:
        _refuse_methods(request, "GET", "HEAD")
        counts = self._pool.counts()
        alive = counts["idle"] + counts["busy"] > 0
        return web.json_response(
            {"status": "ok" if alive else "starting", "workers": counts}, status=200 if alive else 503
        )

    async def _list(self, request: web.BaseRequest) -> web.StreamResponse:
        _refuse_methods(request, "GET", "HEAD")
        listed = [
            {
                "name": query.name,
                "question": {"en": query.question, "zh": query.question_zh},
                "parameters": [one.name for one in query.parameters],
            }
            for query in catalogue().values()
        ]
        return web.Response(
            text=json.dumps(listed, ensure_ascii=False, indent=1) + "\n", content_type="application/json"
        )

    async def _ask_stored(self, request: web.BaseRequest, name: str) -> web.StreamResponse:
        _refuse_methods(request, "GET", "HEAD")
        stem, _, ending = name.rpartition(".")
        stem, ending = (stem, ending) if ending in FORMATS else (name, "")
        arguments = dict(parse_qsl(request.query_string, keep_blank_values=True))
        if stem not in catalogue():
            raise Refused(404, f'no stored query is called "{stem}"; /queries lists them')
        sparql = spelled_out(find_query(stem), arguments)
        accept = FORMATS[ending] if ending else request.headers.get("Accept", "*/*")
        headers = {"Content-Type": _QUERY, "Accept": FORMATS["json"] if accept == "*/*" else accept}
        return await self._pass_on(request, "POST", "", headers, sparql.encode())

    async def _ask(self, request: web.BaseRequest) -> web.StreamResponse:
        """Pass a request of the SPARQL Protocol on."""
        headers = {name: request.headers[name] for name in _PASSED_ON if name in request.headers}
        pairs = parse_qsl(request.query_string, keep_blank_values=True)
        body = await self._body(request)
        asked = [value for name, value in pairs if name == "query"]
        if request.content_type == _FORM:
            form = parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True)
            asked += [value for name, value in form if name == "query"]
            body = urlencode(form).encode()
        else:
            asked.append(body.decode("utf-8", "replace"))
        for sparql in asked:
            refuse_excess(sparql, "the query")
        method = "GET" if request.method == "HEAD" else request.method
        return await self._pass_on(request, method, urlencode(pairs), headers, body)

    async def _body(self, request: web.BaseRequest) -> bytes:
        body = bytearray()
        try:
            async with asyncio.timeout(_READS_WITHIN):
                async for piece in request.content.iter_any():
                    body += piece
                    if len(body) > self._limits.body:
                        raise Refused(413, f"a request of more than {self._limits.body:,} bytes; ask in fewer words")
        except TimeoutError:
            raise Refused(408, f"the request did not arrive within {_READS_WITHIN:g} seconds") from None
        except (web.RequestPayloadError, ClientError) as error:
            raise Refused(400, "the request cannot be read; is it what its headers say?") from error
        return bytes(body)

    # --- answers

    async def _pass_on(
        self, request: web.BaseRequest, method: str, arguments: str, headers: Mapping[str, str], body: bytes
    ) -> web.StreamResponse:
        gone = asyncio.Event()
        taking = asyncio.create_task(
            self._taken(_address(request.transport), gone, method, arguments, headers, body), name=request.path
        )
        self._taking.add(taking)
        taking.add_done_callback(self._taking.discard)
        try:
            status, fields, answer = await asyncio.shield(taking)
        except asyncio.CancelledError:  # the client has left
            gone.set()
            taking.add_done_callback(_let_go)
            raise
        with answer:
            length = answer.tell()
            answer.seek(0)
            response = web.StreamResponse(status=status, headers=fields)
            response.content_length = length
            await response.prepare(request)
            if request.method != "HEAD":
                while piece := answer.read(_PIECE):
                    async with asyncio.timeout(_READS_WITHIN):
                        await response.write(piece)
            await response.write_eof()
            return response

    async def _taken(
        self,
        address: str,
        gone: asyncio.Event,
        method: str,
        arguments: str,
        headers: Mapping[str, str],
        body: bytes,
    ) -> _Answer:
        """Return an answer, whole: its status, headers and bytes. Raises Refused."""
        answer = tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115 -- whoever gets it closes it
        try:
            lost = 0.0
            while lost < _ASKS_AGAIN_WITHIN:
                async with self._pool.lend(address, gone) as lent:
                    began = time.monotonic()
                    taken = await self._take(lent, method, arguments, headers, body, answer)
                    lost += time.monotonic() - began
                if taken is not None:
                    return *taken, answer
                answer.seek(0)
                answer.truncate()
            raise Refused(500, "the process that answered was killed; ask again")
        except BaseException:
            answer.close()
            raise

    async def _take(
        self, lent: Lent, method: str, arguments: str, headers: Mapping[str, str], body: bytes, answer: IO[bytes]
    ) -> tuple[int, dict[str, str]] | None:
        """Take an answer from a worker and return its status and headers.

        Returns None where the worker was dead or was killed from outside, so that another may be asked. Raises Refused.
        """
        url = f"http://127.0.0.1:{lent.worker.port}/query" + (f"?{arguments}" if arguments else "")
        try:
            async with self._session.request(
                method, url, headers=headers, data=body or None, skip_auto_headers=("User-Agent", "Content-Type")
            ) as response:
                counter = RowCounter(response.content_type)
                async for piece in response.content.iter_any():
                    answer.write(piece)
                    if self._limits.rows and counter.take(piece) > self._limits.rows:
                        lent.end(Refused(500, f"an answer of more than {self._limits.rows:,} rows; add LIMIT"))
                    if answer.tell() > self._limits.answer:
                        lent.end(Refused(500, f"an answer of more than {self._limits.answer:,} bytes; ask for less"))
                if lent.reason is not None:
                    raise lent.reason
                allowed = (name for name in response.headers if name.lower().startswith("access-control-"))
                kept = (*_PASSED_BACK, *allowed)
                return response.status, {name: response.headers[name] for name in kept if name in response.headers}
        except ClientConnectorError:
            if lent.reason is not None:  # it was ended before it could be asked
                raise lent.reason from None
            lent.end(Refused(500, "the worker has died"))
            return None
        except ClientError as error:
            if await self._pool.was_killed_by_others(lent):
                return None
            words = "the query needs more memory, or is more involved, than is allowed here; ask for less"
            raise lent.reason or Refused(500, words) from error


async def _once(request: ClientRequest, handler: ClientHandlerType) -> ClientResponse:
    """Ask a worker once. Where the answer to a GET breaks off, aiohttp would ask again by itself.

    The worker was ended, or ended itself for want of memory: nobody listens there any more, which looks as if it had
    been dead before it was asked, and the next worker would get the same question, and the next.
    """
    try:
        return await handler(request)
    except ClientConnectorError:
        raise
    except (ClientOSError, ServerDisconnectedError) as error:
        raise ClientPayloadError("the answer broke off") from error


def _let_go(taking: asyncio.Task[_Answer]) -> None:
    """Close an answer that nobody waits for."""
    if not taking.cancelled() and taking.exception() is None:
        taking.result()[2].close()


def _quiet() -> logging.Logger:
    """Return a log that nobody reads: aiohttp writes a traceback for each request that is no HTTP."""
    logger = logging.Logger("kg.serving")
    logger.addHandler(logging.NullHandler())
    return logging.getLogger("aiohttp.server") if os.environ.get("KG_DEBUG") else logger


def _refuse_methods(request: web.BaseRequest, *allowed: str) -> None:
    if request.method not in allowed:
        raise Refused(405, f"only {' and '.join(allowed)} here")


def _line(status: int, words: str) -> web.Response:
    printable = "".join(c if c.isprintable() else " " for c in words)
    headers = {"Retry-After": "5"} if status == HTTPStatus.SERVICE_UNAVAILABLE else {}
    return web.Response(status=status, text=f"{printable}\n", headers=headers)


def _address(transport: asyncio.BaseTransport | None) -> str:
    peer = transport.get_extra_info("peername") if transport is not None else None
    return str(peer[0]) if peer else ""


def _abort(transport: asyncio.BaseTransport | None) -> None:
    if isinstance(transport, asyncio.Transport):
        with suppress(OSError):
            transport.abort()


def loopback_names(host: str) -> frozenset[str] | None:
    """Return the names under which a server that listens on this host alone may be called, None for any.

    >>> loopback_names("0.0.0.0")
    """
    return _LOOPBACK if host in _LOOPBACK or host.startswith("127.") else None
