"""Turtle that a person can read: subjects by class and place, properties in the order of the contract, short names.

Enters: subjects with what is said of them, each term spelled as in N-Triples. Leaves: text whose bytes depend on the
statements alone.

What one graph says can be packed: its subjects in their final spelling, each with the characters that it is sorted by.
Packs are made when an article is read, and a store keeps them, so that a whole corpus is written by sorting text; only
a subject of which graphs say different things is read and written again.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from itertools import groupby

from kg.graph import BASE, NODE_KINDS, ONTOLOGY, context
from kg.sorting import in_order

Triple = tuple[str, str, str]
Said = Mapping[str, Sequence[str]]
"""Values by property."""

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDF_TYPE = f"<{RDF}type>"
XSD = "http://www.w3.org/2001/XMLSchema#"
PREFIXES = {
    "aspect": "https://w3id.org/pingan/aspect#",
    "cube": "https://w3id.org/pingan/cube#",
    "dcat": "http://www.w3.org/ns/dcat#",
    "dcterms": "http://purl.org/dc/terms/",
    "oa": "http://www.w3.org/ns/oa#",
    "org": "http://www.w3.org/ns/org#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "pa": ONTOLOGY,
    "prov": "http://www.w3.org/ns/prov#",
    "qb": "http://purl.org/linked-data/cube#",
    "rdf": RDF,
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "schema": "https://schema.org/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "subject": "https://w3id.org/pingan/subject#",
    "time": "http://www.w3.org/2006/time#",
    "void": "http://rdfs.org/ns/void#",
    "xsd": XSD,
}

_CLASSES = (
    "Article", "Bureau", "Campaign", "Participation", "Honor", "Metric", "Evidence", "Period", "Streak", "Place"
)  # fmt: skip
_CLAIMS = tuple(map(_CLASSES.index, ("Participation", "Honor", "Metric")))
_EVIDENCE = f"<{ONTOLOGY}evidence>"
_LAST = ("article", "evidence", "rule")
_INDENT = "    "
_NEXT = f" ;\n{_INDENT}"
_END = " ."
_NAMES = 50_000
_PIECE = 1 << 20

_START = "A-Za-z0-9_\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u2070-\u218f\u2c00-\u2fef"
_START += "\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
_LOCAL = re.compile(rf"(?:[{_START}]|%[0-9A-F]{{2}})(?:[{_START}\u00b7-]|%[0-9A-F]{{2}}|\.(?=[{_START}]))*")
_NUMERIC = re.compile(rf'"([+-]?[0-9]+)"\^\^<{XSD}integer>|"([+-]?[0-9]*\.[0-9]+)"\^\^<{XSD}decimal>')
_DIGITS = re.compile("([0-9]{1,18})")
_WRITTEN = re.compile(r'"(?:[^"\\]|\\.)*"(?:@[A-Za-z0-9-]+|\^\^\S+)?|\S+')
_OF_ONE_SUBJECT = re.compile(rb"(\S+) [^\n]*\n(?:\1 [^\n]*\n)*")


# --- names ------------------------------------------------------------------------------------------------------------


@cache
def _prefixes(base: str) -> Mapping[str, str]:
    return {**PREFIXES, **{kind: f"{base}{kind}/" for kind in NODE_KINDS}}


@cache
def _by_namespace(base: str) -> Mapping[str, str]:
    return {namespace: prefix for prefix, namespace in _prefixes(base).items()}


class Names(dict[str, str]):
    """Shortens terms, those that come first remembered, and knows which prefixes that took.

    >>> names = Names(BASE)
    >>> names["<https://w3id.org/pingan/ontology#level>"], names.used
    ('pa:level', {'pa'})
    """

    def __init__(self, base: str) -> None:
        self.base = base
        self.used: set[str] = set()
        self._by_namespace = _by_namespace(base)

    def __missing__(self, term: str) -> str:
        found = self._shorten(term)
        if len(self) < _NAMES:
            self[term] = found
        return found

    def values(self, terms: Sequence[str]) -> str:  # type: ignore[override]
        """Return values as a list of Turtle; a plain literal stands as it is."""
        if len(terms) == 1:
            return terms[0] if terms[0][-1] == '"' else self[terms[0]]
        return " , ".join([term if term[-1] == '"' else self[term] for term in terms])

    def _shorten(self, term: str) -> str:
        if term[0] != "<":
            return self._literal(term) if term[0] == '"' else term
        cut = max(term.rfind("/"), term.rfind("#")) + 1
        prefix, name = self._by_namespace.get(term[1:cut]), term[cut:-1]
        if prefix is None or not _LOCAL.fullmatch(name):
            return term
        self.used.add(prefix)
        return f"{prefix}:{name}"

    def _literal(self, term: str) -> str:
        number = _NUMERIC.fullmatch(term)
        if number:
            return number[1] or number[2]
        cut = term.rfind("^^<")
        if cut > 0 and not term.endswith('"'):
            return f"{term[: cut + 2]}{self._shorten(term[cut + 2 :])}"
        return term

    def whole(self, written: str) -> str:
        """Return the term that was shortened.

        >>> Names(BASE).whole("12"), Names(BASE).whole("bureau:371600")
        ('"12"^^<http://www.w3.org/2001/XMLSchema#integer>', '<https://w3id.org/pingan/data/bureau/371600>')
        """
        first = written[0]
        if first in "<_":
            return written
        if first == '"':
            cut = written.rfind("^^")
            if cut < 0 or written[-1] in '">':
                return written
            return f"{written[: cut + 2]}{self.whole(written[cut + 2 :])}"
        if first in "+-.0123456789":
            return f'"{written}"^^<{XSD}{"decimal" if "." in written else "integer"}>'
        prefix, _, name = written.partition(":")
        return f"<{_prefixes(self.base)[prefix]}{name}>"

    def header(self, keyword: str = "@prefix") -> str:
        """Return the lines that declare the prefixes used."""
        width = max(map(len, self.used), default=0) + 1
        prefixes = _prefixes(self.base)
        return "".join(f"{keyword} {prefix + ':':{width}} <{prefixes[prefix]}> .\n" for prefix in sorted(self.used))


# --- order ------------------------------------------------------------------------------------------------------------


@cache
def _property_order() -> Mapping[str, int]:
    terms = context()
    order: dict[str, int] = {RDF_TYPE: -1}
    for rank, (term, definition) in enumerate(terms.items()):
        short = (
            definition if isinstance(definition, str) else definition.get("@id") if isinstance(definition, dict) else ""
        )
        prefix, _, name = (short or "").partition(":")
        if name and prefix in terms:
            order.setdefault(f"<{terms[prefix]}{name}>", rank + (1000 if term in _LAST else 0))
    return order


def _by_property(predicate: str) -> tuple[int, str]:
    return _property_order().get(predicate, 500), predicate


@lru_cache(maxsize=10_000)
def _properties_in_order(properties: tuple[str, ...]) -> Sequence[str]:
    return sorted(properties, key=_by_property)


@lru_cache(maxsize=1000)
def _values_in_order(values: tuple[str, ...]) -> Sequence[str]:
    """Return sorted values as a person would; lists of classes come again with every subject."""
    return sorted(values, key=sorting)


@lru_cache(maxsize=1000)
def _rank(types: tuple[str, ...]) -> int:
    ranks = [_CLASSES.index(name) for t in types if (name := t[len(ONTOLOGY) + 1 : -1]) in _CLASSES]
    return min(ranks, default=len(_CLASSES))


@lru_cache(maxsize=10_000)
def sorting(term: str) -> str:
    r"""Return characters that sort so that 9 comes before 10, and our classes before those of others.

    A number is spelled behind its length; where another term goes on or has a number, one that ends comes first.

    >>> sorting("<a9>") < sorting("<a10>") < sorting("<a10b>")
    True
    """
    parts = _DIGITS.split(term)
    parts[1::2] = map(_number, parts[1::2])
    return f"{'0' if term.startswith(_OURS) else '1'}{''.join(parts)}\0 "


_OURS = f"<{ONTOLOGY}"


@lru_cache(maxsize=10_000)
def _number(digits: str) -> str:
    short = digits.lstrip("0") or "0"
    return f"\0{chr(ord(' ') + len(short))}{short}"


def _ordered(subject: str, said: Said) -> tuple[str, Mapping[str, Sequence[str]]]:
    """Return what a subject is sorted by, its class first, and what is said of it in order.

    Claims stand where the text has them, all else by its name.
    """
    ordered = {}
    for predicate in _properties_in_order(tuple(said)):
        values = said[predicate]
        ordered[predicate] = values if len(values) == 1 else _values_in_order(tuple(sorted(values)))
    return _key(subject, tuple(said.get(RDF_TYPE, ())), ordered.get(_EVIDENCE, ())), ordered


def _key(subject: str, types: tuple[str, ...], evidence: Sequence[str]) -> str:
    rank, own = _rank(types), sorting(subject)
    place = sorting(evidence[0]) if rank in _CLAIMS and evidence else own
    return f"{chr(ord('0') + rank)}{place}{own}"


def in_reading_order(triples: Iterable[Triple]) -> list[tuple[str, str, Mapping[str, Sequence[str]]]]:
    """Return the subjects by class and place, each behind what it is sorted by; properties as in the contract."""
    said: dict[str, dict[str, list[str]]] = {}
    for subject, predicate, value in triples:
        said.setdefault(subject, {}).setdefault(predicate, []).append(value)
    found = []
    for subject, properties in said.items():
        key, ordered = _ordered(subject, properties)
        found.append((key, subject, ordered))
    found.sort(key=lambda one: one[:2])
    return found


# --- text -------------------------------------------------------------------------------------------------------------


def _title(key: str) -> str:
    rank = ord(key[0]) - ord("0")
    return _CLASSES[rank] if rank < len(_CLASSES) else "Other"


def _block(subject: str, ordered: Said, names: Names, indent: str = "") -> str:
    lines = [
        f"{'a' if predicate == RDF_TYPE else names[predicate]} {names.values(values)}"
        for predicate, values in ordered.items()
    ]
    return f"{names[subject]} {_NEXT.replace(_INDENT, indent + _INDENT).join(lines)}{_END}"


def body(triples: Iterable[Triple], names: Names, indent: str = "") -> Iterator[str]:
    """Give what is said of each subject, and a title before each class."""
    for title, subjects in groupby(in_reading_order(triples), key=lambda one: _title(one[0])):
        yield f"\n{indent}# {title}\n"
        for _, subject, ordered in subjects:
            yield f"\n{indent}{_block(subject, ordered, names, indent)}\n"


# --- packs ------------------------------------------------------------------------------------------------------------


def pack(said: Iterable[tuple[str, Said]], base: str = BASE) -> bytes:
    """Return what a graph says of its subjects, each of which comes once, in their final spelling.

    A pack is compressed text: the prefixes used, and behind an empty line each a subject, what it is sorted by on a
    line before it. A literal has no line breaks.
    """
    names = Names(base)
    blocks = []
    for subject, properties in said:
        key, ordered = _ordered(subject, properties)
        blocks.append(f"{key}\n{_block(subject, ordered, names)}")
    return zlib.compress("\n\n".join([" ".join(sorted(names.used)), *blocks]).encode(), 1)


def pack_triples(triples: bytes, base: str = BASE) -> bytes:
    """Return the pack of a graph that is given as N-Triples."""
    return pack(_by_subject(triples), base)


def read_pack(packed: bytes) -> Iterator[tuple[str, str, Sequence[str]]]:
    r"""Give subjects, each with a property and its values, as a pack spells them; ``Names.whole`` gives them in full.

    >>> [*read_pack(pack_triples(b"<urn:a> <urn:p> <urn:b> .\n<urn:a> <urn:p> <urn:c> .\n"))]
    [('<urn:a>', '<urn:p>', ['<urn:b>', '<urn:c>'])]
    """
    for one in zlib.decompress(packed).decode().split("\n\n")[1:]:
        subject, _, said = one[one.index("\n") + 1 : -len(_END)].partition(" ")
        for line in said.split(_NEXT):
            verb, _, values = line.partition(" ")
            several = [word for word in _WRITTEN.findall(values) if word != ","] if " , " in values else [values]
            yield subject, "rdf:type" if verb == "a" else verb, several


def _by_subject(triples: bytes) -> Iterator[tuple[str, Said]]:
    """Give what N-Triples say of each subject, as a store gives most of it: on lines that follow one another."""
    runs = sorted((match[1], match[0]) for match in _OF_ONE_SUBJECT.finditer(triples))
    for subject, group in groupby(runs, key=lambda run: run[0]):
        said: dict[str, list[str]] = {}
        for line in dict.fromkeys(line for _, lines in group for line in lines[:-1].decode().split("\n")):
            _, predicate, value = line.split(" ", 2)
            said.setdefault(predicate, []).append(value[:-2])
        yield subject.decode(), said


def write(packs: Iterable[bytes], base: str = BASE) -> Iterator[str]:
    r"""Give the Turtle of all graphs together, piece by piece.

    Memory does not grow with their number: subjects are sorted on disk.

    >>> one = pack_triples(b"<urn:a> <urn:p> <urn:b> .\n<urn:b> <urn:p> <urn:c> .\n")
    >>> other = pack_triples(b"<urn:a> <urn:p> <urn:c> .\n")
    >>> print("".join(write([one, other])), end="")
    <BLANKLINE>
    # Other
    <BLANKLINE>
    <urn:a> <urn:p> <urn:b> , <urn:c> .
    <BLANKLINE>
    <urn:b> <urn:p> <urn:c> .
    """
    names = Names(base)
    subjects = in_order(_unpacked(packs, names))
    last, piece, size = "", [], 0
    for key, block in in_order(_united(subjects, names)):
        if not last:  # all names are known now
            yield names.header()
        title = key[:1]
        if title != last:
            last = title
            piece.append(f"\n# {_title(title.decode())}\n")
        text = block.decode()
        piece.append(f"\n{text}\n")
        size += len(text)
        if size > _PIECE:
            yield "".join(piece)
            piece, size = [], 0
    yield "".join(piece)


def _unpacked(packs: Iterable[bytes], names: Names) -> Iterator[tuple[bytes, bytes]]:
    """Give subjects as they are written, each with what it is sorted by."""
    for packed in packs:
        used, *blocks = zlib.decompress(packed).split(b"\n\n")
        names.used.update(used.decode().split())
        for one in blocks:
            key, _, block = one.partition(b"\n")
            yield block, key


def _united(subjects: Iterable[tuple[bytes, bytes]], names: Names) -> Iterator[tuple[bytes, bytes]]:
    """Give each subject once, behind what it is sorted by; those of which graphs say different things written anew."""
    for subject, records in groupby(subjects, key=lambda one: one[0].partition(b" ")[0]):
        different = dict(records)
        if len(different) == 1:
            for block, key in different.items():
                yield key, block
        else:
            merged, text = _merged(subject.decode(), [block.decode() for block in different], names)
            yield merged.encode(), text.encode()


def _merged(subject: str, blocks: Iterable[str], names: Names) -> tuple[str, str]:
    """Return what a subject is sorted by, and one block that says what some blocks say."""
    told: dict[str, set[str]] = {}
    for block in blocks:
        for line in block[len(subject) + 1 : -len(_END)].split(_NEXT):
            verb, _, values = line.partition(" ")
            told.setdefault(verb, set()).add(values)
    said = {verb: _together(lists, names) for verb, lists in told.items()}
    lines = _NEXT.join([f"{verb} {said[verb]}" for verb in _verbs_in_order(tuple(said), names.base)])
    types, evidence = (_terms(said.get(verb, ""), names) for verb in ("a", "pa:evidence"))
    return _key(names.whole(subject), tuple(types), evidence), f"{subject} {lines}{_END}"


def _together(lists: set[str], names: Names) -> str:
    """Return the values of some lists as one."""
    if len(lists) == 1:
        return next(iter(lists))
    words = {word for values in lists for word in _WRITTEN.findall(values)} - {","}
    return names.values(sorted(sorted(map(names.whole, words)), key=sorting))


def _terms(values: str, names: Names) -> list[str]:
    return [names.whole(word) for word in _WRITTEN.findall(values) if word != ","]


@lru_cache(maxsize=10_000)
def _verbs_in_order(verbs: tuple[str, ...], base: str) -> Sequence[str]:
    whole = {RDF_TYPE if verb == "a" else Names(base).whole(verb): verb for verb in verbs}
    return [whole[predicate] for predicate in _properties_in_order(tuple(whole))]
