"""All that a store states, read once: for pages, for the check of the corpus, for the SPARQL page.

Enters: a store. Leaves: each property's subjects and values, and the statements as a script. A store takes as long to
find a statement by a query as to spell it out, and each is wanted three times; so each is spelled once.
"""

from __future__ import annotations

import json
import re
from array import array
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property

from kg.store import Store

_OA = "http://www.w3.org/ns/oa#"
_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
_LEFT_OUT = frozenset(f"https://w3id.org/pingan/ontology#{name}" for name in ("sketch", "textHash", "characters"))
_PAIRS = re.compile(r"SELECT (DISTINCT )?\?s \?o WHERE \{ \?s <([^<> ]+)> \?o \}")
_ESCAPED = re.compile(r'\\(?:([tbnrf"\\])|u([0-9A-F]{4})|U([0-9A-F]{8}))')
_PLAIN = {"t": "\t", "b": "\b", "n": "\n", "r": "\r", "f": "\f", '"': '"', "\\": "\\"}


class Statements:
    """The statements of a store: every term once, with a number, and by property the numbers of what it joins.

    What repeats other statements in the words of Web Annotation, and digests of texts, stay in the store.
    """

    def __init__(self, store: Store) -> None:
        self.store = store
        self._number: dict[str, int] = {}
        self._joined = {
            name: self._read(name) for name in store.properties() if not name.startswith(_OA) and name not in _LEFT_OUT
        }

    def _read(self, property: str) -> array[int]:
        number, joined = self._number, array("I")
        for subject, value in self.store.links(property, to_none_of=_OA if property == _TYPE else ""):
            joined.append(number.setdefault(subject, len(number)))
            joined.append(number.setdefault(value, len(number)))
        return joined

    @cached_property
    def _plain(self) -> list[str]:
        return list(map(_plain, self._number))

    def __len__(self) -> int:
        """Return the number of statements."""
        return sum(map(len, self._joined.values())) // 2

    def strings(self, sparql: str) -> list[tuple[str, ...]]:
        """Return the rows of a SELECT as plain strings; those of one property need no query."""
        simple = _PAIRS.fullmatch(sparql)
        joined = self._joined.get(simple[2]) if simple else None
        if joined is None:
            return self.store.strings(sparql)
        plain = self._plain
        return [(plain[subject], plain[value]) for subject, value in _two_by_two(joined)]

    def script(self) -> str:
        """Return the statements as a script: terms in order, and by property what it joins, in order.

        A list begins with the number of its property; of each pair there follow how far its subject's number lies
        behind that of the pair before, and its value's number.
        """
        properties = sorted(f"<{name}>" for name in self._joined)
        terms = sorted({*properties, *self._number})
        place = {term: at for at, term in enumerate(terms)}
        moved = array("L", map(place.__getitem__, self._number))
        lists = ",\n".join(
            f"[{','.join(map(str, _steps(place[name], moved, self._joined[name[1:-1]])))}]" for name in properties
        )
        return f"window.kgGraph = {{terms:{_spelled(terms)},\nlinks:[{lists}]}};\n"


def _steps(property: int, moved: Sequence[int], joined: Iterable[int]) -> Iterator[int]:
    yield property
    before = 0
    # A pair is one integer, which sorts fast.
    for key in sorted(moved[subject] << 32 | moved[value] for subject, value in _two_by_two(joined)):
        subject = key >> 32
        yield subject - before
        yield key & 0xFFFFFFFF
        before = subject


def _two_by_two(flat: Iterable[int]) -> Iterator[tuple[int, int]]:
    numbers = iter(flat)
    return zip(numbers, numbers, strict=True)


def _plain(term: str) -> str:
    r"""Return an IRI or the text of a literal from how N-Triples spell it.

    >>> _plain("<urn:a>"), _plain('"1"^^<urn:b>'), _plain('"a\\"\\u0001"@en'), _plain("_:b")
    ('urn:a', '1', 'a"\x01', 'b')
    """
    if term[0] == "<":
        return term[1:-1]
    if term[0] == "_":
        return term[2:]
    text = term[1 : term.rindex('"')]
    return _ESCAPED.sub(_unescaped, text) if "\\" in text else text


def _unescaped(found: re.Match[str]) -> str:
    return _PLAIN[found[1]] if found[1] else chr(int(found[2] or found[3], 16))


def _spelled(terms: list[str]) -> str:
    spelled = json.dumps(terms, ensure_ascii=False, separators=(",", ":"))
    return spelled.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
