"""The shapes: read, and proved to check something before anything is checked by them.

A validator answers "conforms" to shapes that are empty, misspelt or aimed at nothing. So shapes are refused here when
they hold no constraint, a word that SHACL does not have, a term that the ontology does not declare, or anything that
SHACL's own shapes for shapes forbid.
"""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from pathlib import Path

import owlrl
from pyshacl.constraints import ALL_CONSTRAINT_PARAMETERS
from pyshacl.entrypoints import meta_validate
from pyshacl.monkey import rdflib_bool_patch, rdflib_bool_unpatch
from rdflib import OWL, RDF, RDFS, SH, Graph, URIRef
from rdflib.term import BNode, Literal, Node

from kg.errors import MappingError
from kg.gate.subject import local
from kg.graph import ONTOLOGY
from kg.kept import kept_beside, read_kept, write_kept
from kg.resources import resource

SHAPES = "https://w3id.org/pingan/shapes#"
ALWAYS = URIRef(f"{SHAPES}always")
"""Marks a shape that has something to look at in every article."""

TARGETS = (SH.targetClass, SH.targetNode, SH.targetObjectsOf, SH.targetSubjectsOf)

_SHACL = str(SH)
_WORDS_BESIDE_PARAMETERS = frozenset({"ignoredProperties", "qualifiedMinCount", "qualifiedMaxCount"})
_PARAMETERS = frozenset(ALL_CONSTRAINT_PARAMETERS) | {URIRef(_SHACL + word) for word in _WORDS_BESIDE_PARAMETERS}


@dataclass(frozen=True, slots=True)
class Constraint:
    """One thing that the shapes demand: a shape, a parameter of SHACL, its value."""

    shape: Node
    parameter: URIRef
    value: Node


def constraints(shapes: Graph) -> Iterator[Constraint]:
    """Return every constraint in the shapes, those inside sh:or and the like among them."""
    for shape, parameter, value in shapes:
        if parameter in _PARAMETERS and isinstance(parameter, URIRef):
            yield Constraint(shape, parameter, value)


def targeted(shapes: Graph) -> list[Node]:
    """Return the shapes that aim at nodes of the data, in the order of their names."""
    found = {shape for target in TARGETS for shape in shapes.subjects(target)}
    implicit = {
        shape
        for kind in (SH.NodeShape, SH.PropertyShape)
        for shape in shapes.subjects(RDF.type, kind)
        if (shape, RDF.type, RDFS.Class) in shapes or (shape, RDF.type, OWL.Class) in shapes
    }
    return sorted(found | implicit, key=str)


def is_deactivated(shapes: Graph, shape: Node) -> bool:
    """Tell whether a shape is switched off."""
    return shapes.value(shape, SH.deactivated) == Literal(True)


def _unknown_words(shapes: Graph) -> set[str]:
    words = {str(term) for triple in shapes for term in triple if isinstance(term, URIRef)}
    return {word for word in words if word.startswith(_SHACL) and word not in SH}


def _undeclared(shapes: Graph, ontology: Graph) -> set[str]:
    words = {str(term) for triple in shapes for term in triple if isinstance(term, URIRef)}
    declared = {str(term) for term in ontology.subjects(RDF.type)}
    return {word for word in words if word.startswith(ONTOLOGY) and word not in declared}


def _listed(words: set[str]) -> str:
    return ", ".join(sorted(local(word) for word in words))


def verify_words(shapes: Graph, ontology: Graph) -> None:
    """Raise MappingError where shapes are empty, aimed at nothing, misspelt, or speak of undeclared terms."""
    unknown = _unknown_words(shapes)
    if unknown:
        raise MappingError(f"shapes: SHACL has no term {_listed(unknown)}; a misspelt constraint checks nothing")
    undeclared = _undeclared(shapes, ontology)
    if undeclared:
        raise MappingError(f"shapes: the ontology declares no {_listed(undeclared)}; such a shape checks nothing")
    aimed = targeted(shapes)
    if not aimed:
        raise MappingError("shapes: none has a target; add sh:targetClass or another target")
    for shape in aimed:
        if not is_deactivated(shapes, shape) and not _demands(shapes, shape):
            raise MappingError(f"shapes: {local(str(shape))} has a target but demands nothing")


def _demands(shapes: Graph, shape: Node) -> bool:
    """Tell whether a shape has a constraint of SHACL, or what may be one of a constraint component of its own."""
    foreign = (p for p in shapes.predicates(shape) if not str(p).startswith((_SHACL, str(RDF), str(RDFS), SHAPES)))
    return any(p in _PARAMETERS for p in shapes.predicates(shape)) or any(foreign)


def verify_form(shapes: Graph) -> None:
    """Raise MappingError where the shapes violate SHACL's own shapes for shapes."""
    conforms, _, text = meta_validate(shapes, inference=None)
    if not conforms:
        raise MappingError("shapes: not well-formed SHACL: " + " ".join(str(text).split())[:600])


def read_shapes(paths: Sequence[Path]) -> Graph:
    """Return the shapes of Turtle files as one graph. Raises MappingError where one does not parse.

    Literals stay as written: SHACL's switches are on at ``true`` and at nothing else, not at ``"1"^^xsd:boolean``.
    """
    shapes = Graph()
    with _as_written():
        for path in paths:
            try:
                shapes.parse(path, format="turtle")
            except (SyntaxError, ValueError) as error:
                raise MappingError(f"{path.name}: no Turtle: {' '.join(str(error).split())[:300]}") from None
    return shapes


@contextmanager
def _as_written() -> Iterator[None]:
    """Let no literal but ``true`` be true while shapes are parsed, as pySHACL does for files that it opens itself."""
    rdflib_bool_patch()  # type: ignore[no-untyped-call]
    try:
        yield
    finally:
        rdflib_bool_unpatch()  # type: ignore[no-untyped-call]


def _shape_files() -> list[Path]:
    return sorted(resource("ontology", "shapes").glob("*.ttl"))


def shapes_digest() -> str:
    """Return the digest of ``ontology/shapes``; the file ``verified`` there holds that of well-formed shapes."""
    digest = hashlib.sha256()
    for path in _shape_files():
        digest.update(path.read_bytes())
    return digest.hexdigest()


@cache
def own_shapes() -> Graph:
    """Return the shapes of ``ontology/shapes``.

    Raises MappingError where they could pass vacuously. SHACL's shapes for shapes take seconds, so those whose digest
    stands in ``ontology/shapes/verified`` are not held against them once more.
    """
    shapes = read_shapes(_shape_files())
    verify_words(shapes, ontology())
    if shapes_digest() != resource("ontology", "shapes", "verified").read_text(encoding="ascii").strip():
        verify_form(shapes)
    return shapes


@cache
def ontology() -> Graph:
    """Return the ontology as it is written."""
    return Graph().parse(resource("ontology", "pingan.ttl"), format="turtle")


@cache
def hierarchy() -> Graph:
    """Return which of our classes is narrower than which, from the OWL RL closure of the ontology.

    Raises MappingError where the ontology contradicts itself.
    """
    closed = closed_ontology()
    found = Graph()
    for narrower, _, broader in closed.triples((None, RDFS.subClassOf, None)):
        if narrower != broader and all(str(term).startswith(ONTOLOGY) for term in (narrower, broader)):
            found.add((narrower, RDFS.subClassOf, broader))
    return found


@cache
def closed_ontology() -> Graph:
    """Return the ontology with all that OWL RL derives. Raises MappingError where it contradicts itself."""
    closed = Graph()
    for triple in kept_closure(kept_beside(__file__)):
        closed.add(triple)
    return closed


def kept_closure(path: Path) -> list[tuple[Node, Node, Node]]:
    """Return the triples of the closed ontology, from a file where a process before this one has closed the same.

    Closing takes half a second of each process, reading 10 ms. Raises MappingError where the ontology contradicts
    itself.
    """
    digest = hashlib.sha256(resource("ontology", "pingan.ttl").read_bytes()).digest()
    made_by = (digest, sys.version, version("owlrl"), version("rdflib"))
    with suppress(ValueError, TypeError):
        return [(_read_term(s), _read_term(p), _read_term(o)) for s, p, o in read_kept(path, made_by)]
    closed = list(closure(ontology()))
    write_kept(path, made_by, sorted(tuple(map(_spelled_term, triple)) for triple in closed))
    return closed


def _spelled_term(term: Node) -> tuple[str, ...]:
    if isinstance(term, Literal):
        return "literal", str(term), str(term.language or ""), str(term.datatype or "")
    return "iri" if isinstance(term, URIRef) else "blank", str(term)


def _read_term(spelled: tuple[str, ...]) -> Node:
    match spelled:
        case ("literal", text, language, datatype):
            kind = None if language or not datatype else URIRef(datatype)
            return Literal(text, lang=language or None, datatype=kind, normalize=False)
        case ("iri", text):
            return URIRef(text)
        case ("blank", text):
            return BNode(text)
    raise ValueError(f"no term: {spelled!r}")


def closure(graph: Graph) -> Graph:
    """Return a copy of the graph with all that OWL RL derives. Raises MappingError for an inconsistency."""
    closed = Graph()
    for triple in graph:
        closed.add(triple)
    owlrl.DeductiveClosure(owlrl.OWLRL_Semantics).expand(closed)
    errors = sorted(str(o) for s, _, o in closed if str(o) != "" and _is_error(closed, s) and isinstance(o, Literal))
    if errors:
        raise MappingError(f"ontology: inconsistent: {errors[0]}")
    return closed


def _is_error(graph: Graph, node: Node) -> bool:
    return any(local(str(type_)) == "ErrorMessage" for type_ in graph.objects(node, RDF.type))
