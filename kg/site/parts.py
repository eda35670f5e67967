"""What a store states, as scripts of about the same size: what the SPARQL page loads, and what pages are made of.

Enters: a store. Leaves: parts, each with the graphs that it is made of and a digest of them, and the script of a part.
The graphs of an article and what is derived of it stand in one part, so that a changed article changes few; which part
that is follows from its name alone. A statement that graphs of several parts make stands in each of these.
"""

from __future__ import annotations

import hashlib
import json
import re
from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from itertools import chain
from operator import sub
from typing import NamedTuple
from zlib import crc32

from kg.examination import digest_of_package
from kg.graph import BASE
from kg.site.writing import digest_of
from kg.store import Store, spelled_out
from kg.turtle import RDF_TYPE, Names, read_pack

GRAPHS = 48
"""Graphs of a part, at most twice as many: those of 16 articles."""

BEGINNING = "(window.kgGraph = window.kgGraph || []).push({terms:"
"""What stands in a script before its terms, behind the line with the digest of all that follows it."""

_STEP = 8
_ASTRAL = re.compile("[\U00010000-\U0010ffff]")
_OA = "<http://www.w3.org/ns/oa#"
_LEFT_OUT = frozenset(f"<https://w3id.org/pingan/ontology#{name}>" for name in ("sketch", "textHash", "characters"))


@dataclass(frozen=True, slots=True)
class Part:
    """Some graphs of a store, and the path of the script that says what they state; ``digest`` is of what it says."""

    path: str
    graphs: tuple[str, ...]
    digest: str


def parts_of(digests: Mapping[str, str]) -> list[Part]:
    """Return the parts of a store whose graphs have these digests."""
    count = 1 << (len(digests) // GRAPHS).bit_length()
    graphs: list[list[str]] = [[] for _ in range(count)]
    for graph in sorted(digests):
        graphs[crc32(graph.rpartition("/")[2].encode()) % count].append(graph)
    made_by = f"{digest_of_package()} pyoxigraph {version('pyoxigraph')}"
    told = [digest_of(made_by, *(f"{graph} {digests[graph]}" for graph in some)) for some in graphs]
    return [Part(f"data/graph/{at:03}.js", tuple(graphs[at]), told[at]) for at in range(count)]


def is_told_of(property: str) -> bool:
    """Tell whether scripts say all that is stated with a property.

    >>> is_told_of("https://w3id.org/pingan/ontology#title"), is_told_of("https://w3id.org/pingan/ontology#sketch")
    (True, False)
    """
    return _is_wanted(f"<{property}>")


def make_scripts(store: Store, parts: Sequence[Part]) -> list[tuple[Part, bytes]]:
    """Return the scripts of some parts of a store."""
    graphs = {graph for part in parts for graph in part.graphs}
    kept = Kept(dict(store.packs(graphs)), dict(store.derived(graphs)))
    return [(part, script_of(store, part.graphs, kept)) for part in parts]


class _Numbers(dict[str, int]):
    """Numbers terms as they come."""

    def __missing__(self, term: str) -> int:
        self[term] = number = len(self)
        return number


Joined = Mapping[str, Sequence[int]]
"""By property the pairs that it joins: the number of the subject, 32 bits above that of the value."""


_Joining = defaultdict[str, "array[int]"]


class Kept(NamedTuple):
    """What a store has kept beside its database of what graphs state: articles' as packs, others' as N-Triples."""

    packs: Mapping[str, bytes]
    derived: Mapping[str, bytes]


def script_of(store: Store, graphs: Iterable[str], kept: Kept | None = None) -> bytes:
    """Return what some graphs of a store state, as a script; of graphs that are ``kept`` the store is not asked.

    What repeats other statements in the words of Web Annotation, and digests of texts, stay in the store. What is kept
    is read in a quarter of the time in which the store spells it.
    """
    packs, derived = kept or Kept({}, {})
    numbers = _Numbers()
    written = _Written(numbers)
    joined: _Joining = defaultdict(lambda: array("Q"))
    left = []
    for graph in graphs:
        if graph in packs:
            _join_packed(packs[graph], written, joined)
        elif graph in derived:
            _join(_terms_of(derived[graph]), numbers, joined)
        else:
            left.append(graph)
    if left:
        _join(map(_spelled_out, store.stated(left)), numbers, joined)
    return _script(numbers, joined)


_spelled_out = cache(spelled_out)


def _terms_of(triples: bytes) -> Iterator[str]:
    """Give subject, property and value in turn of N-Triples that stand one a line, spelled as a store spells them."""
    for line in triples.decode().removesuffix("\n").split("\n"):
        yield from line.removesuffix(" .").split(" ", 2)


class _Written(dict[str, int]):
    """Numbers terms as packs write them."""

    def __init__(self, numbers: _Numbers) -> None:
        self._numbers = numbers
        self._whole = Names(BASE).whole

    def __missing__(self, written: str) -> int:
        self[written] = number = self._numbers[self._whole(written)]
        return number


def _join_packed(pack: bytes, numbers: _Written, joined: _Joining) -> None:
    links = {"rdf:type": RDF_TYPE}
    for written, verb, values in read_pack(pack):
        link = links.get(verb)
        if link is None:
            whole = Names(BASE).whole(verb)
            links[verb] = link = whole if _is_wanted(whole) else ""
        if link:
            subject = numbers[written] << 32
            told = values if link != RDF_TYPE else [value for value in values if not value.startswith("oa:")]
            joined[link].extend([subject | numbers[value] for value in told])


def _join(terms: Iterable[str], numbers: _Numbers, joined: _Joining) -> None:
    each = iter(terms)
    for subject, link, value in zip(each, each, each, strict=True):
        if _is_wanted(link) and (link != RDF_TYPE or not value.startswith(_OA)):
            joined[link].append(numbers[subject] << 32 | numbers[value])


@cache
def _is_wanted(link: str) -> bool:
    return not link.startswith(_OA) and link not in _LEFT_OUT


# --- the script -------------------------------------------------------------------------------------------------------


def _script(numbers: Mapping[str, int], joined: Joined) -> bytes:
    """Return statements as a script: a digest, terms in order, and by property what it joins, in order, line by line.

    Of a term stands what it does not share with the one before, behind how much it shares. A list begins with the
    number of its property; of each pair there follow how far its subject's number lies behind that of the pair before,
    and its value's number.
    """
    terms = sorted({*numbers, *joined})
    place = {term: at for at, term in enumerate(terms)}
    moved = array("Q", map(place.__getitem__, numbers))
    lists = ",\n".join(
        f"[{','.join(map(str, (place[name], *_steps(moved, joined[name]))))}]" for name in sorted(joined)
    )
    said = f"{BEGINNING}{_spelled(shortened(terms))},\nlinks:[\n{lists}\n]}});\n".encode("utf-8", "backslashreplace")
    return f"// {hashlib.sha256(said).hexdigest()}\n".encode() + said


def _steps(moved: Sequence[int], joined: Sequence[int]) -> Iterator[int]:
    """Give the numbers of a list, subject and value in turn, a subject by its distance from the one before."""
    pairs = sorted({moved[pair >> 32] << 32 | moved[pair & 0xFFFFFFFF] for pair in joined})
    subjects = [pair >> 32 for pair in pairs]
    steps = [0] * (2 * len(pairs))
    steps[::2] = map(sub, subjects, chain((0,), subjects))
    steps[1::2] = [pair & 0xFFFFFFFF for pair in pairs]
    return iter(steps)


def shortened(terms: Sequence[str]) -> list[int | str]:
    """Return each term without the characters that it shares with the one before, but for a few, behind their number.

    >>> shortened(["<urn:aaaa1>", "<urn:aaaa2>", "<urn:b>"])
    ['<urn:aaaa1>', 8, 'a2>', '<urn:b>']
    """
    short: list[int | str] = []
    before = ""
    for term in terms:
        shared = _STEP
        while shared <= len(before) and term.startswith(before[:shared]):
            shared += _STEP
        shared -= _STEP
        if shared and _ASTRAL.search(before, 0, shared):
            shared = 0  # a script counts such a character as two
        if shared:
            short.append(shared)
        short.append(term[shared:])
        before = term
    return short


def lengthened(short: Iterable[int | str]) -> list[str]:
    """Return the terms that were shortened.

    >>> lengthened(["<urn:aaaa1>", 8, "a2>", "<urn:b>"])
    ['<urn:aaaa1>', '<urn:aaaa2>', '<urn:b>']
    """
    terms: list[str] = []
    before, shared = "", 0
    for one in short:
        if isinstance(one, int):
            shared = one
        else:
            before = before[:shared] + one
            terms.append(before)
            shared = 0
    return terms


def _spelled(terms: Sequence[int | str]) -> str:
    spelled = json.dumps(terms, ensure_ascii=False, separators=(",", ":"))
    return spelled.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
