"""A SPARQL 1.1 server in place of the embedded store: the same questions, the same answers; and graphs pushed to it.

Enters: an address, queries, graphs. Leaves: answers in the form that ``kg.store`` gives. What fails for the moment (a
server that is busy or starting, a connection that breaks) is tried again, since queries change nothing and each update
leaves the same state however often it runs; everything else is one EndpointError. Redirections are not followed, so
that credentials go to the address given and nowhere else; they come from the environment or a file, and no message
holds them. Only this module knows SPARQLWrapper.
"""

from __future__ import annotations

import hashlib
import http.client
import json
import re
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import urlsplit

from SPARQLWrapper import POST, SPARQLWrapper
from SPARQLWrapper.SPARQLExceptions import SPARQLWrapperException, Unauthorized

from kg.errors import EndpointError, QueryError, UsageError
from kg.handed import read_handed
from kg.store import Rows, Term, sorted_triples
from kg.terms import write_terms

_T = TypeVar("_T")
UNION = "urn:pingan:union"
"""A name for the graph that stands in for the default graph where a server has none of its own."""
PUSHED = "urn:pingan:pushed"
"""The graph in which a server keeps the digests of what was pushed."""
DIGEST = "https://schema.org/sha256"

_LOCAL = frozenset(("localhost", "127.0.0.1", "::1"))
_AGAIN = frozenset((429, 502, 503))  # not 504: what took too long would take too long again
_TRIES = 4
_MOST_BYTES = 1 << 30
_CHUNK = 1 << 20
_BATCH = 6_000  # lines in a request of several graphs: Virtuoso compiles it, and gives up on some eight thousand
_TOGETHER = 3_000  # triples in one INSERT DATA
_ROWS, _TRIPLES = "application/sparql-results+json", "application/n-triples"
UPDATE = "INSERT"
"""How SPARQLWrapper calls what changes a server."""
_MAKE_TRIPLES = ("CONSTRUCT", "DESCRIBE")
_FORM = re.compile(
    r"""\#[^\n\r]*|<[^<>\s]*>|"(?:[^"\\\n\r]|\\.)*"|'(?:[^'\\\n\r]|\\.)*'|[\w.-]*:[\w.-]*|[?$]\w+
      |\b(?P<form>SELECT|ASK|CONSTRUCT|DESCRIBE)\b""",
    re.VERBOSE | re.IGNORECASE,
)
_NAMES_GRAPHS = re.compile(r"\bGRAPH\b", re.IGNORECASE)
_UNREACHABLE = (urllib.error.URLError, http.client.HTTPException, ConnectionError)


@dataclass(frozen=True, slots=True)
class Address:
    """Where a server answers and takes updates, and who is asking; ``repr`` does not show the password.

    ``union`` names the graph that stands in for the default graph, for servers whose default graph cannot be written.
    """

    query: str
    update: str
    user: str = ""
    password: str = field(default="", repr=False)
    union: str = ""


def address_of(
    url: str,
    environment: Mapping[str, str],
    *,
    update: str | None = None,
    credentials: str | None = None,
    union: str | None = None,
) -> Address:
    """Return an address, with credentials from a file of one line USER:PASSWORD or from KG_ENDPOINT_CREDENTIALS.

    Updates go to ``/update`` where queries go to ``/query``, else to the same place, unless told otherwise. Raises
    UsageError for what is no address, and where a password would travel in the clear.

    >>> address_of("http://127.0.0.1:7878/query", {}).update
    'http://127.0.0.1:7878/update'
    """
    other = update or (f"{url[: -len('/query')]}/update" if url.endswith("/query") else url)
    for one in (url, other):
        _verify(one)
    spelled = _from_file(credentials) if credentials else environment.get("KG_ENDPOINT_CREDENTIALS", "")
    user, colon, password = spelled.strip().partition(":")
    if spelled.strip() and not (user and colon):
        raise UsageError("credentials: expected one line, USER:PASSWORD")
    if user:
        clear = [
            one for one in (url, other) if urlsplit(one).scheme != "https" and urlsplit(one).hostname not in _LOCAL
        ]
        if clear:
            raise UsageError(f"{clear[0]}: a password would travel in the clear; use https")
    if union and not re.fullmatch(r"[A-Za-z][A-Za-z0-9+.-]*:[^<>\"{}|^`\\\x00-\x20]+", union):
        raise UsageError(f"--default-graph: {union!r} is no IRI; give one such as {UNION}")
    return Address(url, other, user, password, union or "")


def _verify(url: str) -> None:
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise UsageError("--endpoint: no address; give one such as http://127.0.0.1:7878/query") from error
    if parts.username or parts.password:
        raise UsageError("--endpoint: an address with a password in it; put it into KG_ENDPOINT_CREDENTIALS")
    if parts.scheme not in ("http", "https") or not parts.hostname or port == 0 or re.search(r"[\x00-\x20<>\"]", url):
        raise UsageError(f"--endpoint: {url!r} is no address; give one such as http://127.0.0.1:7878/query")


def _from_file(path: str) -> str:
    return read_handed(Path(path), "credentials are one line, USER:PASSWORD", UsageError)


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: Any) -> None:
        return None


class Endpoint:
    """A server, asked as a ``kg.store.Store`` is asked."""

    def __init__(self, address: Address, *, timeout: float = 60, pause: float = 0.5) -> None:
        self.address = address
        self.timeout = timeout or 3600.0
        self._pause = pause
        self._digest = False
        direct = [urllib.request.ProxyHandler({})] if urlsplit(address.query).hostname in _LOCAL else []
        passwords = urllib.request.HTTPPasswordMgrWithDefaultRealm()
        if address.user:
            for url in (address.query, address.update):
                passwords.add_password(None, url, address.user, address.password)
        digest = urllib.request.HTTPDigestAuthHandler(passwords)
        self._opener = urllib.request.build_opener(_NoRedirect, digest, *direct)

    # --- asking

    def ask(
        self,
        sparql: str,
        *,
        prefixes: Mapping[str, str] | None = None,
        functions: Mapping[str, Term] | None = None,
        limit: int | None = None,
    ) -> Rows | bool | bytes:
        """Return rows for SELECT, a bool for ASK, sorted N-Triples for CONSTRUCT and DESCRIBE.

        Raises QueryError where the server says that the query is wrong, EndpointError where it does not answer.
        """
        declared = " ".join(f"PREFIX {name}: <{iri}>" for name, iri in (prefixes or {}).items())
        form = _form_of(sparql)
        kind, data = self._send(f"{declared} {write_terms(sparql, functions or {})}", form)
        if kind == _TRIPLES or (kind == "text/plain" and form in _MAKE_TRIPLES):
            return self._understood(lambda: sorted_triples(data))
        if kind in (_ROWS, "application/json"):
            found = self._understood(lambda: _read_results(json.loads(data), limit))
            return found if form != "ASK" else self._understood(lambda: _as_boolean(found))
        raise EndpointError(
            f"{self.address.query}: answered with {kind or 'nothing'}, not with results; "
            "is this the address of a SPARQL endpoint?"
        )

    def _understood(self, read: Callable[[], _T]) -> _T:
        try:
            return read()
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError, SyntaxError) as error:
            raise EndpointError(
                f"{self.address.query}: an answer that cannot be read ({type(error).__name__})"
            ) from error

    def graphs(self) -> list[str]:
        """Return the IRIs of the named graphs, sorted, without the record of what was pushed."""
        rows = self.ask("SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }")
        assert isinstance(rows, Rows)
        own = (PUSHED, self.address.union)
        return sorted(term.value for row in rows.rows for term in row if term and term.value not in own)

    def strings(self, sparql: str) -> list[tuple[str, ...]]:
        """Return the rows of a SELECT as plain strings, "" where nothing is bound."""
        rows = self.ask(sparql)
        if not isinstance(rows, Rows):
            raise QueryError("only a SELECT has rows")
        return [tuple("" if term is None else term.value for term in row) for row in rows.rows]

    def dump(self, graph: str) -> bytes:
        """Return a named graph as sorted N-Quads."""
        triples = self.ask(f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ GRAPH <{graph}> {{ ?s ?p ?o }} }}")
        assert isinstance(triples, bytes)
        ending = f" <{graph}> .".encode()
        return b"".join(line.removesuffix(b" .") + ending + b"\n" for line in triples.splitlines())

    # --- pushing

    def push(self, graphs: Iterable[tuple[str, bytes]], *, prune: bool = False) -> Iterator[tuple[str, str]]:
        """Bring graphs, as sorted N-Quads, to the server, and give each with what was done: pushed, unchanged, removed.

        A graph and its digest change in one update, so that a push that broke off goes on where it stopped, and one
        that is repeated changes nothing. The default graph keeps the union. ``prune`` removes what an earlier push
        brought and this one does not.
        """
        known = self._digests()
        waiting: list[tuple[str, str]] = []
        seen = set()
        for graph, nquads in graphs:
            seen.add(graph)
            digest = hashlib.sha256(nquads).hexdigest()
            if known.get(graph) == digest:
                yield graph, "unchanged"
                continue
            update = _replacement(graph, nquads, digest, self.address.union)
            if sum(told.count("\n") for _, told in waiting) + update.count("\n") > _BATCH:
                yield from self._flush(waiting)
            waiting.append((graph, update))
        yield from self._flush(waiting)
        for graph in sorted(known.keys() - seen) if prune else ():
            self.update(_removal(graph, self.address.union))
            yield graph, "removed"

    def _digests(self) -> dict[str, str]:
        rows = self.ask(f"SELECT ?g ?d {{ GRAPH <{PUSHED}> {{ ?g <{DIGEST}> ?d }} }}")
        assert isinstance(rows, Rows)
        return {graph.value: digest.value for graph, digest in rows.rows if graph and digest}

    def _flush(self, waiting: list[tuple[str, str]]) -> Iterator[tuple[str, str]]:
        if waiting:
            self.update(" ;\n".join(update for _, update in waiting))
        for graph, _ in waiting:
            yield graph, "pushed"
        waiting.clear()

    def update(self, sparql: str) -> None:
        """Change the server. Raises EndpointError."""
        try:
            self._send(sparql, UPDATE)
        except QueryError as error:
            raise EndpointError(str(error)) from error

    # --- the wire

    def _send(self, sparql: str, form: str) -> tuple[str, bytes]:
        """Return the type and the bytes of an answer, asked again where that may help."""
        where = self._asked(form)
        for left in reversed(range(_TRIES)):
            try:
                return self._once(sparql, form)
            except TimeoutError:
                raise EndpointError(f"{where}: no answer within {self.timeout:g} seconds; raise --timeout") from None
            except urllib.error.HTTPError as error:
                if error.code not in _AGAIN or not left:
                    raise EndpointError(f"{where}: {_said(error.code, error.reason)}") from None
            except _UNREACHABLE as error:
                reason = getattr(error, "reason", error)
                if isinstance(reason, TimeoutError):
                    raise EndpointError(
                        f"{where}: no answer within {self.timeout:g} seconds; raise --timeout"
                    ) from None
                if not left:
                    raise EndpointError(
                        f"{where}: cannot be reached ({_one_line(reason)}), tried {_TRIES} times"
                    ) from None
            time.sleep(self._pause * 2 ** (_TRIES - 1 - left))
        raise AssertionError

    def _asked(self, form: str) -> str:
        """Return the address to which what has this form goes."""
        return self.address.update if form == UPDATE else self.address.query

    def _once(self, sparql: str, form: str) -> tuple[str, bytes]:
        wrapper = SPARQLWrapper(self.address.query, updateEndpoint=self.address.update, agent="pingan-kg")
        wrapper.queryString, wrapper.queryType = sparql, form  # setQuery would guess the form from the text
        wrapper.setMethod(POST)
        wrapper.setRequestMethod("urlencoded")  # Virtuoso takes an update by itself for no update, and says 200
        wrapper.setOnlyConneg(True)  # else it asks for XML by parameters that contradict Accept
        wrapper.setTimeout(max(1, round(self.timeout)))
        wrapper.addCustomHttpHeader("Accept", _TRIPLES if form in _MAKE_TRIPLES else _ROWS)
        # Beside default-graph-uri, Virtuoso finds no graph that is named in the query.
        if self.address.union and form != UPDATE and not _NAMES_GRAPHS.search(sparql):
            wrapper.addParameter("default-graph-uri", self.address.union)
        if self.address.user and not self._digest:
            wrapper.setCredentials(self.address.user, self.address.password)
        deadline = time.monotonic() + self.timeout
        urllib.request.install_opener(self._opener)  # SPARQLWrapper asks through the one that is installed
        try:
            response = wrapper.query().response
        except SPARQLWrapperException as error:
            if isinstance(error, Unauthorized) and self.address.user and not self._digest:
                self._digest = True  # what Basic does not open, Digest may, which the opener of this object speaks
                return self._once(sparql, form)
            raise _refusal(error, self._asked(form), form) from None
        except ValueError as error:  # a way to say who one is that urllib does not know
            raise EndpointError(f"{self._asked(form)}: {_said(401, '')}") from error
        kind = str(response.headers.get("content-type", "")).partition(";")[0].strip().lower()
        chunks, size = [], 0
        while chunk := response.read1(_CHUNK):
            chunks.append(chunk)
            size += len(chunk)
            if time.monotonic() > deadline:
                raise TimeoutError
            if size > _MOST_BYTES:
                raise EndpointError(f"{self._asked(form)}: an answer of more than {_MOST_BYTES:,} bytes; ask for less")
        announced = response.headers.get("content-length")
        if announced and announced.isdigit() and int(announced) != size:
            raise ConnectionError("the connection broke in the middle of the answer")
        return kind, b"".join(chunks)


def _refusal(error: SPARQLWrapperException, where: str, form: str) -> Exception:
    name = type(error).__name__
    detail = _one_line(error.args[0] if error.args else "").partition("Response:")[2].strip(" b'\"")[:200]
    if name == "QueryBadFormed":
        return QueryError(
            f"{where}: the server does not accept the {'update' if form == UPDATE else 'query'}: {detail}"
        )
    code = {"Unauthorized": 401, "EndPointNotFound": 404, "URITooLong": 414}.get(name, 500)
    return EndpointError(f"{where}: {_said(code, '' if code != 500 else detail)}")


def _said(code: int, reason: object) -> str:
    hints = {
        301: "the address has moved; give the new one", 302: "it sends elsewhere; give that address",
        307: "it sends elsewhere; give that address", 308: "the address has moved; give the new one",
        401: "the credentials are missing or wrong; see KG_ENDPOINT_CREDENTIALS",
        403: "these credentials may not do that", 404: "there is no endpoint at this address",
        405: "this address does not take that kind of request", 413: "too much at once for the server",
        503: f"busy or not ready, tried {_TRIES} times", 504: "it gave the query up; ask for less",
    }  # fmt: skip
    return f"answered {code}, {hints.get(code, _one_line(reason) or 'and nothing more')}"


def _one_line(reason: object) -> str:
    return " ".join("".join(c if c.isprintable() else " " for c in str(reason)).split())[:300]


def _form_of(sparql: str) -> str:
    r"""Return what a query asks for, as its first word says after the prologue.

    >>> _form_of("PREFIX ask: <urn:construct> # describe\nselect * {}")
    'SELECT'
    """
    return next((found["form"].upper() for found in _FORM.finditer(sparql) if found["form"]), "SELECT")


def _as_boolean(found: Rows | bool) -> bool:
    """Return the answer to an ASK; Virtuoso gives it as a row with a number, or no row."""
    return found if isinstance(found, bool) else [term.value for row in found.rows for term in row if term] == ["1"]


def _read_results(data: Any, limit: int | None) -> Rows | bool:
    if "boolean" in data:
        return bool(data["boolean"])
    names = tuple(str(name) for name in data["head"]["vars"])
    bindings = data["results"]["bindings"]
    kept = bindings if limit is None else bindings[:limit]
    rows = tuple(tuple(_read_term(row.get(name)) for name in names) for row in kept)
    return Rows(names, rows, cut=len(kept) < len(bindings))


def _read_term(found: Any) -> Term | None:
    if found is None:
        return None
    kind = {"typed-literal": "literal"}.get(found["type"], found["type"])
    if kind == "triple":
        return Term("triple", json.dumps(found["value"], ensure_ascii=False, sort_keys=True))
    datatype = found.get("datatype")
    plain = datatype == "http://www.w3.org/2001/XMLSchema#string"
    return Term(kind, found["value"], None if plain else datatype, found.get("xml:lang"))


def _removal(graph: str, union: str) -> str:
    """Return the update that takes a graph out, and from the union what no other graph states."""
    apart = f"?other != <{graph}>" + (f" && ?other != <{union}>" if union else "")
    return (
        f"DELETE {{ {_in(union, '?s ?p ?o')} }} WHERE {{ GRAPH <{graph}> {{ ?s ?p ?o }} "
        f"FILTER NOT EXISTS {{ GRAPH ?other {{ ?s ?p ?o }} FILTER({apart}) }} }} ;\n"
        f"DROP SILENT GRAPH <{graph}> ;\n"
        f"DELETE WHERE {{ GRAPH <{PUSHED}> {{ <{graph}> ?p ?o }} }}"
    )


def _in(graph: str, pattern: str) -> str:
    return f"GRAPH <{graph}> {{ {pattern} }}" if graph else pattern


def _replacement(graph: str, nquads: bytes, digest: str, union: str) -> str:
    """Return the update after which a graph holds exactly this, the union too, and the digest is recorded."""
    ending = f" <{graph}> ."
    triples = [f"{line.removesuffix(ending)} ." for line in nquads.decode().split("\n") if line]
    inserts = "".join(
        f"INSERT DATA {{ GRAPH <{graph}> {{\n{lines}\n}} }} ;\n"
        for lines in ("\n".join(triples[at : at + _TOGETHER]) for at in range(0, len(triples), _TOGETHER))
    )
    return (
        f"{_removal(graph, union)} ;\n{inserts}"
        f"INSERT {{ {_in(union, '?s ?p ?o')} }} WHERE {{ GRAPH <{graph}> {{ ?s ?p ?o }} }} ;\n"
        f'INSERT DATA {{ GRAPH <{PUSHED}> {{ <{graph}> <{DIGEST}> "{digest}" }} }}'
    )
