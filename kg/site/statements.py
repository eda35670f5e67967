"""All that a store states, read once: for pages, for the check of the corpus, for the SPARQL page.

Enters: the graphs of a store as N-Triples, one after another. Leaves: each property's subjects and values, and the
statements as a script. A store takes as long to find a statement by a query as to spell it out, and each is wanted
three times; so each is spelled once, by the graph, which the gate reads as well.
"""

from __future__ import annotations

import json
import re
from array import array
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import islice

from kg.store import Store

_OA = "<http://www.w3.org/ns/oa#"
_LEFT_OUT = frozenset(f"<https://w3id.org/pingan/ontology#{name}>" for name in ("sketch", "textHash", "characters"))
_PAIRS = re.compile(r"SELECT (DISTINCT )?\?s \?o WHERE \{ \?s <([^<> ]+)> \?o \}")
_ESCAPED = re.compile(r'\\(?:([tbnrf"\\])|u([0-9A-F]{4})|U([0-9A-F]{8}))')
_PLAIN = {"t": "\t", "b": "\b", "n": "\n", "r": "\r", "f": "\f", '"': '"', "\\": "\\"}


class Statements:
    """The statements of all graphs: every term once, with a number, and by property the numbers of what it joins."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self._number: dict[str, int] = {}
        self._joined: dict[str, array[int]] = defaultdict(lambda: array("I"))

    def add(self, ntriples: bytes) -> None:
        """Take in a graph."""
        number, joined = self._number, self._joined
        for line in ntriples.decode("utf-8").split("\n"):
            if line:
                subject, predicate, value = line[:-2].split(" ", 2)
                pairs = joined[predicate]
                pairs.append(number.setdefault(subject, len(number)))
                pairs.append(number.setdefault(value, len(number)))

    def pairs(self, predicate: str) -> list[tuple[str, str]]:
        """Return the subjects and values of a property as plain strings, each pair once."""
        terms = list(self._number)
        found = dict.fromkeys(_two_by_two(self._joined.get(f"<{predicate}>", ())))
        plain = {at: _plain(terms[at]) for pair in found for at in pair}
        return [(plain[subject], plain[value]) for subject, value in found]

    def strings(self, sparql: str) -> list[tuple[str, ...]]:
        """Return the rows of a SELECT as plain strings; those of one property need no query."""
        simple = _PAIRS.fullmatch(sparql)
        return list(self.pairs(simple[2])) if simple else self.store.strings(sparql)

    def script(self) -> str:
        """Return the statements as a script: terms in order, and three numbers a statement, in order.

        What repeats other statements in the words of Web Annotation, and digests of texts, stay in ``kg export``.
        """
        annotation = {at for term, at in self._number.items() if term.startswith(_OA)}
        shown = {one for one in self._joined if not (one.startswith(_OA) or one in _LEFT_OUT)}
        used = bytearray(len(self._number))
        for predicate in shown:
            for subject, value in _two_by_two(self._joined[predicate]):
                if value not in annotation:
                    used[subject] = used[value] = 1
        terms = sorted({*shown, *(term for term, at in self._number.items() if used[at])})
        place = {term: at for at, term in enumerate(terms)}
        bits = len(terms).bit_length()  # of a term's number in a key, three to a key: integers sort fast
        moved = array("l", (place.get(term, -1) for term in self._number))
        keys = [
            (moved[subject] << 2 * bits) | (place[predicate] << bits) | moved[value]
            for predicate in shown
            for subject, value in _two_by_two(self._joined[predicate])
            if value not in annotation
        ]
        keys.sort()
        return f"window.kgGraph = {{terms:{_spelled(terms)},\ntriples:[{_numbers(keys, bits)}]}};\n"


def _two_by_two(flat: Sequence[int]) -> Iterator[tuple[int, int]]:
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


def _numbers(keys: list[int], bits: int) -> str:
    """Return the numbers of sorted keys, each key once; in pieces, for a string a key would take much memory."""
    low = (1 << bits) - 1
    once = (key for at, key in enumerate(keys) if at == 0 or key != keys[at - 1])
    spelled = (f"{key >> 2 * bits},{key >> bits & low},{key & low}" for key in once)
    return ",".join(iter(lambda: ",".join(islice(spelled, 10_000)), ""))
