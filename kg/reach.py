"""Whether SPARQL calls another server, however it is spelled.

Enters: the text of a query. Leaves: where it says SERVICE, if it does. SPARQL cannot be cut into words without parsing
it: ``<`` begins an IRI or compares, and what follows is text, comment or query accordingly. So both readings are
followed wherever there are two, and a SERVICE in either counts. A query may be refused that does no harm; none is let
through that calls.
"""

from __future__ import annotations

import re

_BLANK = r"(?:\s|\#[^\n\r]*+)*+"
_CALLED = rf"(?:<[^<>]*+>|[?$]\w*+|[^\s<>{{}}:#\\]*+:(?:\\.|[^\s<>{{}}\\#])*+){_BLANK}\{{"
# A name of a thousand characters counts as a call without looking to its end: time is to stay linear.
_LONG = r"(?:[^\s<>{}:#\\]{1000}|[^\s<>{}:#\\]*+:(?:\\.|[^\s<>{}\\#]){1000})"
_SERVICE = rf"SERVICE{_BLANK}(?:SILENT{_BLANK})?(?:{_LONG}|{_CALLED})"
_IRI = r"<[^<>\"{}|^`\x00-\x20]*+>"
_TOKEN = r"""\#[^\n\r]*+
      | \"{3}(?:[^"\\]|\\.|"(?!""))*+\"{3} | '{3}(?:[^'\\]|\\.|'(?!''))*+'{3}
      | "(?:[^"\\\n\r]|\\.)*+" | '(?:[^'\\\n\r]|\\.)*+'
      | [?$]\w++
      | :(?:(?:[\w:%]|\\.)(?:[\w:%-]|\\.)*+)?
      | \\.
      | [^\W_sS]++ | \s++"""


def service_call(sparql: str) -> int | None:
    """Return where a query first calls another server, None where it does not.

    >>> service_call("SELECT * { SERVICE <http://example.org/> { ?s ?p ?o } }")
    11
    >>> service_call("SELECT ?service ?x { ?x <http://example.org/service> 'SERVICE <x> {' }")
    """
    if "service" not in sparql.lower():
        return None
    # Compiled here, since hardly any query says the word, and compiling takes a thirtieth of a short command.
    service = re.compile(_SERVICE, re.IGNORECASE | re.DOTALL)
    iri = re.compile(_IRI)
    token = re.compile(_TOKEN, re.VERBOSE | re.DOTALL)
    found: list[int] = []
    waiting, seen = [0], set[int]()
    while waiting:
        at = waiting.pop()
        while at < len(sparql) and at not in seen:
            seen.add(at)
            if service.match(sparql, at):
                found.append(at)
                break
            if sparql[at] == "<" and (named := iri.match(sparql, at)):
                waiting.append(named.end())
            word = token.match(sparql, at)
            at = word.end() if word else at + 1
    return min(found, default=None)
