"""Terms of ``mappings/context.jsonld``: the IRIs that fields stand for, and of what type their values are."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from functools import cache
from types import MappingProxyType
from typing import Any

from rdflib import RDF, URIRef

from kg.errors import MappingError
from kg.resources import read_resource

Node = dict[str, Any]
RDF_TYPE = RDF.type


@cache
def context() -> Mapping[str, Any]:
    """Return the terms of ``mappings/context.jsonld``. Raises MappingError where it is malformed."""
    try:
        return MappingProxyType(json.loads(read_resource("mappings", "context.jsonld"))["@context"])
    except (ValueError, KeyError, TypeError) as error:
        raise MappingError(f"mappings/context.jsonld: a JSON-LD context is expected ({error})") from error


def definition_of(term: str, types: Iterable[str]) -> tuple[URIRef, str | None]:
    """Return what the context says of a term in a node of these types: its IRI, and the type of its values."""
    terms: dict[str, Any] = dict(context())
    for type_ in types:
        if isinstance(terms[type_], dict):
            terms |= terms[type_].get("@context", {})
    definition = terms[term]
    short = definition if isinstance(definition, str) else definition["@id"]
    coercion = None if isinstance(definition, str) else definition.get("@type")
    return expanded(short), coercion


@cache
def expanded(short: str) -> URIRef:
    """Return the IRI that a short one stands for, as one object: rdflib compares others in Python."""
    prefix, _, name = short.partition(":")
    return URIRef(f"{context()[prefix]}{name}")


@cache
def term_iri(term: str, type_: str | None = None) -> URIRef:
    """Return the IRI that a term of the context stands for, in a node of a type.

    >>> term_iri("level", "Honor")
    rdflib.term.URIRef('https://w3id.org/pingan/ontology#awardLevel')
    """
    return definition_of(term, [type_] if type_ else [])[0]
