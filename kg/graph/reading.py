"""The way back: an article's graph to its facts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import rdflib
from rdflib import RDF, RDFS, URIRef

from kg.facts.jsonl import FIELDS, fact_from_dict
from kg.facts.model import Fact
from kg.graph.document import claim_digest
from kg.graph.term import Node, term_iri


class _Reader:
    """Reads facts back from an article's triples."""

    def __init__(self, graph: rdflib.Graph) -> None:
        self.graph = graph

    def one(self, subject: Any, term: str, type_: str | None = None) -> Any:
        found = sorted(self.graph.objects(subject, term_iri(term, type_)), key=str)
        return found[0] if found else None

    def plain(self, subject: Any, term: str, type_: str) -> Any:
        value = self.one(subject, term, type_)
        if value is None:
            return None
        if term in ("period", "baseline"):
            return {"start": str(self.one(value, "start")), "end": str(self.one(value, "end"))}
        if term == "streak":
            return {"n": _integer(self.one(value, "n")), "unit": _string(self.one(value, "unit"))}
        if isinstance(value, URIRef):
            return _string(self.graph.value(value, RDFS.label))
        if term == "value":
            return _decimal(value)
        return _integer(value) if term == "times" else str(value)

    def evidence(self, subject: Any) -> dict[str, list[Node]]:
        """Return the evidence of a node by the id of the article it stands in."""
        found: dict[str, list[Node]] = {}
        for node in self.graph.objects(subject, term_iri("evidence")):
            start, end = (_integer(self.one(node, term, "Evidence")) for term in ("start", "end"))
            article = _string(self.one(self.one(node, "article"), "identifier"))
            found.setdefault(str(article), []).append(
                {"quote": _string(self.one(node, "quote")), "start": start, "end": end}
            )
        for places in found.values():
            places.sort(key=lambda place: (str(place["start"]).zfill(20), str(place["end"]).zfill(20)))
        return found

    def facts(self, type_: str) -> Iterator[Fact]:
        node_type = "Participation" if type_ == "Campaign" else type_
        for subject in self.graph.subjects(RDF.type, term_iri(node_type)):
            fields: Node = {"type": type_}
            for term in FIELDS[type_]:
                if term not in ("article", "evidence"):
                    fields[term] = self.plain(subject, term, node_type)
            if type_ == "Campaign":
                fields["name"] = _string(self.graph.value(self.one(subject, "campaign"), RDFS.label))
            rules = [str(rule) for rule in sorted(self.graph.objects(subject, term_iri("rule")), key=str)]
            for article, evidence in self.evidence(subject).items():
                whole = {**fields, "article": article, "evidence": evidence, "derivation": {"rules": rules}}
                yield fact_from_dict(whole, str(subject))


def _string(value: Any) -> str | None:
    return None if value is None else str(value)


def _integer(value: Any) -> int | None:
    return int(value) if value is not None and re.fullmatch(r"[0-9]{1,18}", str(value)) else None


def _decimal(value: Any) -> Decimal | str:
    text = str(value)
    return Decimal(text) if re.fullmatch(r"[-+]?[0-9]{1,60}(\.[0-9]{1,60})?", text) else text


def _order(fact: Fact) -> tuple[str, int, int, str, str]:
    first = min(fact.evidence)
    return fact.article, first.start, first.end, type(fact).__name__, claim_digest(fact)


def facts_of(graph: rdflib.Graph) -> list[Fact]:
    """Return the facts that one article's triples state, in the order of the text.

    What has no evidence (a bureau that is only named as another's parent) is no fact. Raises InputError where the
    triples break the contract.
    """
    reader = _Reader(graph)
    return sorted((fact for type_ in FIELDS for fact in reader.facts(type_)), key=_order)
