"""Claims as nanopublications: each an assertion with its provenance and publication info, in four named graphs.

https://nanopub.net/guidelines/. The assertion is what the claim says, the provenance its evidence, article and
extraction. They are not signed and bear no date, since the bytes depend on the claims alone: who publishes them adds
both.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.exports import RDF_TYPE
from kg.graph import BASE
from kg.projections.nodes import Nodes, iri, pa

NP = "http://www.nanopub.org/nschema#"
PROV = "http://www.w3.org/ns/prov#"
_LICENCE = "<https://www.apache.org/licenses/LICENSE-2.0>"
_CLAIMS = ("Metric", "Honor", "Participation")
_PROVENANCE = frozenset({pa("evidence"), pa("article"), pa("rule")})
_DETAILS = (pa("period"), pa("baseline"), pa("streak"))

Quad = tuple[str, str, str, str]


def nanopublications(nodes: Nodes, base: str = BASE) -> bytes:
    """Return the claims as nanopublications in N-Quads, sorted; TriG is a matter of ``kg.exports``."""
    quads = {quad for kind in _CLAIMS for claim in nodes.of_class(pa(kind)) for quad in _one(nodes, claim, base)}
    return b"".join(sorted(f"{s} {p} {o} {g} .\n".encode() for s, p, o, g in quads))


def _one(nodes: Nodes, claim: str, base: str) -> Iterator[Quad]:
    name = re.sub(r"^.*/(\w+)/", r"\1-", claim.strip("<>"))
    own = f"{base}np/{name}"
    whole = iri(own)
    head, assertion, provenance, about = (
        iri(f"{own}#{part}") for part in ("head", "assertion", "provenance", "pubinfo")
    )
    yield whole, RDF_TYPE, iri(f"{NP}Nanopublication"), head
    parts = (("hasAssertion", assertion), ("hasProvenance", provenance), ("hasPublicationInfo", about))
    yield from ((whole, iri(NP + property_), part, head) for property_, part in parts)
    for predicate, value in nodes.said(claim):
        if predicate not in _PROVENANCE:
            yield claim, predicate, value, assertion
    for property_ in _DETAILS:
        for value in nodes.all(claim, property_):
            yield from ((value, p, o, assertion) for p, o in nodes.said(value))
    yield from _provenance(nodes, claim, assertion, provenance)
    yield whole, iri(f"{PROV}wasAttributedTo"), _software(nodes), about
    yield whole, "<http://purl.org/dc/terms/license>", _LICENCE, about


def _provenance(nodes: Nodes, claim: str, assertion: str, graph: str) -> Iterator[Quad]:
    for evidence in nodes.all(claim, pa("evidence")):
        yield assertion, iri(f"{PROV}wasDerivedFrom"), evidence, graph
        yield from ((evidence, p, o, graph) for p, o in nodes.said(evidence))
    for article in nodes.all(claim, pa("article")):
        yield assertion, iri(f"{PROV}hadPrimarySource"), article, graph
        yield from nodes_of_article(nodes, article, graph)
    yield from ((assertion, pa("rule"), rule, graph) for rule in nodes.all(claim, pa("rule")))


def nodes_of_article(nodes: Nodes, article: str, graph: str) -> Iterator[Quad]:
    """Give what tells an article: its id, title, outlet and day."""
    for name in ("identifier", "title", "outlet", "published"):
        yield from ((article, pa(name), value, graph) for value in nodes.all(article, pa(name)))


def _software(nodes: Nodes) -> str:
    return next(nodes.of_class(iri(f"{PROV}SoftwareAgent")), iri(f"{PROV}SoftwareAgent"))
