r"""RDF terms written into SPARQL, where a server elsewhere cannot call the functions that give parameters here.

>>> write_terms('FILTER(?x = <urn:pingan:parameter:x>() || "<urn:pingan:parameter:x>()")',
...     {"urn:pingan:parameter:x": Term("literal", 'a"')})
'FILTER(?x = "a\\"" || "<urn:pingan:parameter:x>()")'
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from kg.store import Term

_CALL = re.compile(
    r"""(?P<other>\#[^\n\r]*|\"{3}(?:[^"\\]|\\.|"(?!""))*\"{3}|'{3}(?:[^'\\]|\\.|'(?!''))*'{3}
        |"(?:[^"\\\n\r]|\\.)*"|'(?:[^'\\\n\r]|\\.)*')|<(?P<iri>urn:pingan:parameter:\w+)>\(\)""",
    re.VERBOSE | re.DOTALL,
)

_XSD = "http://www.w3.org/2001/XMLSchema#"
# Of which type a number without one is, SPARQL tells by its point.
_NUMBERS = {f"{_XSD}integer": re.compile("[0-9]+"), f"{_XSD}decimal": re.compile(r"[0-9]+\.[0-9]+")}

_TO_ESCAPE = re.compile(r'["\\\n\r]')
_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r"}


def write_terms(sparql: str, terms: Mapping[str, Term]) -> str:
    """Return a query in which calls of parameters, by IRI, are the terms themselves; text and comments stay."""
    return _CALL.sub(lambda found: spell_term(terms[found["iri"]]) if found["iri"] in terms else found[0], sparql)


def spell_term(term: Term) -> str:
    r"""Return a term as SPARQL spells it.

    >>> spell_term(Term("literal", 'a "b"\n', language="en"))
    '"a \\"b\\"\\n"@en'
    >>> spell_term(Term("literal", "5", datatype="http://www.w3.org/2001/XMLSchema#integer"))
    '5'
    """
    if term.kind == "uri":
        return f"<{term.value}>"
    if (plain := _NUMBERS.get(term.datatype or "")) and plain.fullmatch(term.value):
        return term.value
    kept = _TO_ESCAPE.sub(lambda found: _ESCAPES[found[0]], term.value)
    suffix = f"@{term.language}" if term.language else f"^^<{term.datatype}>" if term.datatype else ""
    return f'"{kept}"{suffix}'
