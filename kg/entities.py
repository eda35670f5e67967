"""Entities: what the gazetteer says of the agencies and places that articles speak of.

Enters: the agencies with a division code that a store's articles name. Leaves: RDF for a graph beside theirs: each
agency's own division up to the ministry, with level, place and parent where no article states them, the years in which
a division stood, and what it went on as. A name there is the one in force today; articles' graphs keep theirs.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from kg.facts.identity import canonical_name, chain_of
from kg.facts.office import MINISTRY
from kg.graph import BASE, ONTOLOGY, node_iri
from kg.values.place import Division, gazetteer
from kg.values.succession import successions

_RDF_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
_LABEL = "http://www.w3.org/2000/01/rdf-schema#label"
_PREFERRED = "http://www.w3.org/2004/02/skos/core#prefLabel"
_YEAR = "http://www.w3.org/2001/XMLSchema#gYear"
_SUCCESSION: Mapping[str, str] = {
    "renamed": "continuedAs",
    "upgraded": "continuedAs",
    "split": "splitInto",
    "merged": "mergedInto",
}

Triple = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Named:
    """An agency that articles name: its IRI, the code of its division, and which properties articles state of it."""

    iri: str
    code: str
    stated: frozenset[str] = frozenset()


def entities_graph(base: str = BASE) -> str:
    """Return the name of the graph that holds what the gazetteer says.

    >>> entities_graph()
    'https://w3id.org/pingan/data/entities'
    """
    return f"{base}entities"


def named_in(rows: Iterable[tuple[str, str, str]]) -> list[Named]:
    """Return the agencies of rows of IRI, code and the IRI of a property that articles state."""
    stated: dict[tuple[str, str], set[str]] = {}
    for iri, code, predicate in rows:
        stated.setdefault((iri, code), set()).add(predicate.removeprefix(ONTOLOGY))
    return [Named(iri, code, frozenset(names)) for (iri, code), names in sorted(stated.items())]


def describe(named: Iterable[Named], base: str = BASE) -> bytes:
    """Return what the gazetteer says of agencies, their places and all above them, as sorted N-Triples.

    >>> lines = describe([Named(node_iri("bureau", "110228"), "110228")]).decode()
    >>> [line.split()[2] for line in lines.splitlines() if "bureau/110228> " in line and "continuedAs" in line]
    ['<https://w3id.org/pingan/data/bureau/110118>']
    """
    kept = list(named)
    own = {one.iri: one for one in kept}
    codes = _with_relatives({one.code for one in kept})
    lines: set[str] = set()
    for code in codes:
        iri = node_iri("bureau", code, base)
        known = own.get(iri, Named(iri, code))
        lines.update(_line(triple) for triple in _agency(known, iri in own, base))
        lines.update(_line(triple) for triple in _place(code, base))
    for one in kept:
        if one.iri != node_iri("bureau", one.code, base) and "parent" not in one.stated:
            lines.add(_line((one.iri, f"{ONTOLOGY}parent", f"<{node_iri('bureau', one.code, base)}>")))
    if codes:
        ministry = node_iri("bureau", MINISTRY, base)
        lines.add(_line((ministry, _RDF_TYPE, f"<{ONTOLOGY}Bureau>")))
        lines.add(_line((ministry, _PREFERRED, f'"{MINISTRY}"')))
        lines.add(_line((ministry, _LABEL, f'"{MINISTRY}"')))
    return "".join(sorted(lines)).encode()


def _with_relatives(codes: Iterable[str]) -> list[str]:
    """Return codes with those of all above them, of what they went on as, and of what went on as them."""
    before: dict[str, list[str]] = {}
    for code, later in successions().items():
        for one in later:
            before.setdefault(one.successor, []).append(code)
    found: set[str] = set()
    waiting = list(codes)
    while waiting:
        code = waiting.pop()
        if code in found or code not in gazetteer().by_code:
            continue
        found.add(code)
        waiting.extend(division.code for division in chain_of(code))
        waiting.extend(one.successor for one in successions().get(code, ()))
        waiting.extend(before.get(code, ()))
    return sorted(found)


def _agency(one: Named, is_named: bool, base: str) -> Iterator[Triple]:
    line = chain_of(one.code)
    name = canonical_name(one.code)
    yield one.iri, _RDF_TYPE, f"<{ONTOLOGY}Bureau>"
    yield one.iri, _PREFERRED, f'"{name}"'
    if not is_named:
        yield one.iri, _LABEL, f'"{name}"'
        yield one.iri, f"{ONTOLOGY}code", f'"{one.code}"'
    if "level" not in one.stated:
        yield one.iri, f"{ONTOLOGY}level", f'"{line[0].level}"'
    if "place" not in one.stated:
        yield one.iri, f"{ONTOLOGY}place", f"<{node_iri('place', one.code, base)}>"
    if "parent" not in one.stated:
        above = line[1].code if len(line) > 1 else MINISTRY
        yield one.iri, f"{ONTOLOGY}parent", f"<{node_iri('bureau', above, base)}>"
    yield from _went_on(one.iri, one.code, "bureau", base)


def _place(code: str, base: str) -> Iterator[Triple]:
    iri = node_iri("place", code, base)
    names = gazetteer().by_code[code]
    line = chain_of(code)
    yield iri, _RDF_TYPE, f"<{ONTOLOGY}Place>"
    yield iri, _PREFERRED, f'"{line[0].name}"'
    yield iri, f"{ONTOLOGY}code", f'"{code}"'
    if len(line) > 1:
        yield iri, f"{ONTOLOGY}within", f"<{node_iri('place', line[1].code, base)}>"
    yield from _years(iri, names)
    yield from _went_on(iri, code, "place", base)


def _years(iri: str, names: tuple[Division, ...]) -> Iterator[Triple]:
    first, last = min(one.valid_from for one in names), max(one.valid_to for one in names)
    if first > 0:
        yield iri, f"{ONTOLOGY}validFrom", f'"{first:04}"^^<{_YEAR}>'
    if last < 9999:
        yield iri, f"{ONTOLOGY}validTo", f'"{last:04}"^^<{_YEAR}>'


def _went_on(iri: str, code: str, kind: str, base: str) -> Iterator[Triple]:
    for one in successions().get(code, ()):
        yield iri, f"{ONTOLOGY}{_SUCCESSION[one.change]}", f"<{node_iri(kind, one.successor, base)}>"


def _line(triple: Triple) -> str:
    subject, predicate, value = triple
    return f"<{subject}> <{predicate}> {value} .\n"
