"""Claims in PROV-O: drawn from the words of an article by an extraction, which a program carried out.

The article is attributed to its outlet; an article's graph is a bundle, since it holds the provenance of its claims.
"""

from __future__ import annotations

from collections.abc import Iterator

from kg.exports import RDF_TYPE, Triple
from kg.graph import local_name
from kg.projections.nodes import Nodes, iri, pa, plain

PROV = "http://www.w3.org/ns/prov#"
_LABEL = "<http://www.w3.org/2000/01/rdf-schema#label>"
_CLAIMS = ("Metric", "Honor", "Participation")


def prov(name: str) -> str:
    """Return a term of PROV-O."""
    return iri(PROV + name)


def provenance(nodes: Nodes, base: str) -> Iterator[Triple]:
    """Give entities, activities and agents, and how claims came about."""
    by_article = _extractions(nodes)
    for article in nodes.of_class(pa("Article")):
        yield from _article(nodes, article, base)
    for kind in _CLAIMS:
        for claim in nodes.of_class(pa(kind)):
            yield from _claim(nodes, claim, by_article)
    for activity in nodes.of_class(prov("Activity")):
        yield activity, RDF_TYPE, prov("Activity")
        yield from nodes.copied(activity, prov("used"), prov("wasAssociatedWith"))
    for software in nodes.of_class(prov("SoftwareAgent")):
        yield software, RDF_TYPE, prov("Agent")
        yield software, RDF_TYPE, prov("SoftwareAgent")
        yield from nodes.copied(software, _LABEL)
    for bundle in nodes.of_class(prov("Entity")):
        if nodes.one(bundle, prov("wasGeneratedBy")):
            yield bundle, RDF_TYPE, prov("Entity")
            yield bundle, RDF_TYPE, prov("Bundle")
            yield from nodes.copied(bundle, prov("wasGeneratedBy"), prov("wasDerivedFrom"))


def _extractions(nodes: Nodes) -> dict[str, str]:
    return {
        article: activity
        for activity in nodes.of_class(prov("Activity"))
        for article in nodes.all(activity, prov("used"))
    }


def _article(nodes: Nodes, article: str, base: str) -> Iterator[Triple]:
    yield article, RDF_TYPE, prov("Entity")
    for name in nodes.all(article, pa("outlet")):
        outlet = iri(f"{base}outlet/{local_name(plain(name))}")
        yield article, prov("wasAttributedTo"), outlet
        yield outlet, RDF_TYPE, prov("Agent")
        yield outlet, RDF_TYPE, prov("Organization")
        yield outlet, _LABEL, name


def _claim(nodes: Nodes, claim: str, by_article: dict[str, str]) -> Iterator[Triple]:
    yield claim, RDF_TYPE, prov("Entity")
    for article in nodes.all(claim, pa("article")):
        yield claim, prov("hadPrimarySource"), article
        if article in by_article:
            yield claim, prov("wasGeneratedBy"), by_article[article]
    for evidence in nodes.all(claim, pa("evidence")):
        yield claim, prov("wasDerivedFrom"), evidence
        yield evidence, RDF_TYPE, prov("Entity")
        yield from ((evidence, prov("wasQuotedFrom"), article) for article in nodes.all(evidence, pa("article")))
        yield from ((evidence, prov("value"), quote) for quote in nodes.all(evidence, pa("quote")))
