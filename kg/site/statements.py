"""All that a store states, read from its scripts (``kg.site.parts``): for pages, and for the check of the corpus.

Enters: scripts. Leaves: each property's subjects and values. A store takes as long to find a statement by a query as to
spell it out, and the scripts that the last site left are read in a fiftieth of that time.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from itertools import accumulate, chain

from kg.site.parts import BEGINNING, Kept, is_told_of, lengthened, parts_of, script_of
from kg.store import Listing, Store

_PAIRS = re.compile(r"SELECT (DISTINCT )?\?s \?o WHERE \{ \?s <([^<> ]+)> \?o \}")
_ESCAPED = re.compile(r'\\(?:([tbnrf"\\])|u([0-9A-F]{4})|U([0-9A-F]{8}))')
_PLAIN = {"t": "\t", "b": "\b", "n": "\n", "r": "\r", "f": "\f", '"': '"', "\\": "\\"}


def is_whole(script: bytes) -> bool:
    """Tell whether a script is what was written, to its last byte."""
    digest, _, said = script.partition(b"\n")
    return digest == b"// " + hashlib.sha256(said).hexdigest().encode()


class Statements:
    """The statements of a store; each property is spelled out when it is asked for."""

    def __init__(self, store: Listing, scripts: Iterable[bytes]) -> None:
        self._store = store
        self._known: dict[str, str] = {}
        self._parts = [_Part(script, self._known) for script in scripts]

    def strings(self, sparql: str) -> list[tuple[str, ...]]:
        """Return the rows of a SELECT as plain strings, in no order; those of one property need no query."""
        simple = _PAIRS.fullmatch(sparql)
        if simple is None or not is_told_of(simple[2]):
            return self._store.strings(sparql)
        pairs: list[tuple[str, ...]] = list(chain.from_iterable(part.pairs(simple[2]) for part in self._parts))
        # Where no two have one subject, none is stated by two parts: that is soon seen, and so with most properties.
        return pairs if len({pair[0] for pair in pairs}) == len(pairs) else list(dict.fromkeys(pairs))


def read_statements(store: Store) -> Statements:
    """Return the statements of a store of which no script has been made."""
    digests = store.digests()
    kept = Kept(dict(store.packs()), dict(store.derived(digests)))
    return Statements(store, [script_of(store, part.graphs, kept) for part in parts_of(digests)])


class _Part:
    """What one script says."""

    def __init__(self, script: bytes, known: dict[str, str]) -> None:
        _, terms, *lists, _ = script.decode("utf-8").split("\n")
        plain = map(_plain, lengthened(json.loads(terms[len(BEGINNING) : -1])))
        # The same words are one string in all parts.
        self._plain = [known.setdefault(term, term) for term in plain]
        self._lists: Mapping[str, str] = {
            self._plain[int(one[1 : one.index(",")])]: one.rstrip(",") for one in lists if one.startswith("[")
        }

    def pairs(self, property: str) -> Iterable[tuple[str, str]]:
        """Return subjects and values of a property."""
        if property not in self._lists:
            return ()
        numbers = json.loads(self._lists[property])
        plain = self._plain.__getitem__
        return zip(map(plain, accumulate(numbers[1::2])), map(plain, numbers[2::2]), strict=True)


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
