"""All that a store states, read once: for pages, for the check of the corpus, for the SPARQL page.

Enters: a store. Leaves: each property's subjects and values, and the statements as a script. A store takes as long to
find a statement by a query as to spell it out, and each is wanted three times; so each is spelled once.
"""

from __future__ import annotations

import json
import re
from array import array
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from operator import or_, sub

from kg.store import Store, spelled_out

_SUBJECT = 1 << 32
_OA = "http://www.w3.org/ns/oa#"
_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
_LEFT_OUT = frozenset(f"https://w3id.org/pingan/ontology#{name}" for name in ("sketch", "textHash", "characters"))
_PAIRS = re.compile(r"SELECT (DISTINCT )?\?s \?o WHERE \{ \?s <([^<> ]+)> \?o \}")
_ESCAPED = re.compile(r'\\(?:([tbnrf"\\])|u([0-9A-F]{4})|U([0-9A-F]{8}))')
_PLAIN = {"t": "\t", "b": "\b", "n": "\n", "r": "\r", "f": "\f", '"': '"', "\\": "\\"}


class _Numbers(dict[bytes, int]):
    """Numbers terms as they come."""

    def __missing__(self, term: bytes) -> int:
        self[term] = number = len(self)
        return number


@dataclass(frozen=True, slots=True)
class Part:
    """Some properties of a store: terms, and by property the places among them of what it joins, two by two."""

    terms: list[bytes]
    joined: Mapping[str, array[int]]


def properties_of(store: Store) -> list[str]:
    """Return the properties that statements are read of.

    What repeats other statements in the words of Web Annotation, and digests of texts, stay in the store.
    """
    return [name for name in store.properties() if not name.startswith(_OA) and name not in _LEFT_OUT]


def read_part(store: Store, properties: Iterable[str]) -> Part:
    """Return the statements of some properties."""
    numbers = _Numbers()
    joined = {
        name: array("I", map(numbers.__getitem__, store.links(name, to_none_of=_OA if name == _TYPE else "")))
        for name in properties
    }
    return Part(list(numbers), joined)


class Statements:
    """The statements of a store: every term once, with a number, and by property the numbers of what it joins."""

    def __init__(self, store: Store, parts: Iterable[Part] | None = None) -> None:
        self.store = store
        self._joined: dict[str, array[int]] = {}
        numbers = _Numbers()
        for part in [read_part(store, properties_of(store))] if parts is None else parts:
            moved = array("I", map(numbers.__getitem__, part.terms))
            for name, joined in part.joined.items():
                self._joined[name] = array("I", map(moved.__getitem__, joined))
        self._terms = list(map(spelled_out, numbers))

    @cached_property
    def _plain(self) -> list[str]:
        return list(map(_plain, self._terms))

    def __len__(self) -> int:
        """Return the number of statements."""
        return sum(map(len, self._joined.values())) // 2

    def strings(self, sparql: str) -> list[tuple[str, ...]]:
        """Return the rows of a SELECT as plain strings; those of one property need no query."""
        simple = _PAIRS.fullmatch(sparql)
        joined = self._joined.get(simple[2]) if simple else None
        if joined is None:
            return self.store.strings(sparql)
        plain = self._plain.__getitem__
        return list(zip(map(plain, joined[::2]), map(plain, joined[1::2]), strict=True))

    def script(self) -> str:
        """Return the statements as a script: terms in order, and by property what it joins, in order.

        A list begins with the number of its property; of each pair there follow how far its subject's number lies
        behind that of the pair before, and its value's number.
        """
        properties = sorted(f"<{name}>" for name in self._joined)
        terms = sorted({*properties, *self._terms})
        place = {term: at for at, term in enumerate(terms)}
        moved = array("L", map(place.__getitem__, self._terms))
        lists = ",\n".join(
            f"[{','.join(map(str, (place[name], *_steps(moved, self._joined[name[1:-1]]))))}]" for name in properties
        )
        return f"window.kgGraph = {{terms:{_spelled(terms)},\nlinks:[{lists}]}};\n"


def _steps(moved: Sequence[int], joined: Sequence[int]) -> Iterable[int]:
    """Return the numbers of a list, subject and value in turn, a subject by its distance from the one before."""
    place = moved.__getitem__
    # A pair is one integer, which sorts fast.
    pairs = sorted(map(or_, map(_SUBJECT.__mul__, map(place, joined[::2])), map(place, joined[1::2])))
    subjects = [pair >> 32 for pair in pairs]
    steps = [0] * (2 * len(pairs))
    steps[::2] = map(sub, subjects, chain((0,), subjects))
    steps[1::2] = [pair & 0xFFFFFFFF for pair in pairs]
    return steps


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
