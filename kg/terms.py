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


def write_terms(sparql: str, terms: Mapping[str, Term]) -> str:
    """Return a query in which calls of parameters, by IRI, are the terms themselves; text and comments stay."""
    return _CALL.sub(lambda found: spell_term(terms[found["iri"]]) if found["iri"] in terms else found[0], sparql)


def spell_term(term: Term) -> str:
    r"""Return a term as SPARQL spells it.

    >>> spell_term(Term("literal", 'a "b"\n', language="en"))
    '"a \\"b\\"\\n"@en'
    """
    if term.kind == "uri":
        return f"<{term.value}>"
    escapes = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r"}
    kept = "".join(escapes.get(c, c) for c in term.value)
    suffix = f"@{term.language}" if term.language else f"^^<{term.datatype}>" if term.datatype else ""
    return f'"{kept}"{suffix}'
