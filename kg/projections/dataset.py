"""The data set described: VoID for its statistics, DCAT for catalogues.

No day stands in it that the data does not give: the same data has the same description.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from kg.exports import RDF_TYPE, Triple
from kg.graph import NODE_KINDS, ONTOLOGY, software_name
from kg.projections.nodes import Nodes, iri, literal, pa

VOID = "http://rdfs.org/ns/void#"
DCAT = "http://www.w3.org/ns/dcat#"
DCTERMS = "http://purl.org/dc/terms/"
_TITLES = (
    ("Claims of Chinese public-security work reports", "en"),
    ("公安机关工作报道所称事实", "zh"),
)
_DESCRIPTIONS = (
    ("What articles claim of agencies, campaigns, honors and figures, each claim with the words that make it.", "en"),
    ("报道所称的机关、行动、荣誉与指标,每条主张附其原文。", "zh"),
)
_FORMATS = (
    ("turtle", "text/turtle"),
    ("trig", "application/trig"),
    ("nquads", "application/n-quads"),
    ("jsonld", "application/ld+json"),
    ("rdfxml", "application/rdf+xml"),
    ("csv", "text/csv"),
)


def void(name: str) -> str:
    """Return a term of VoID."""
    return iri(VOID + name)


def dcat(name: str) -> str:
    """Return a term of DCAT."""
    return iri(DCAT + name)


def _dcterms(name: str) -> str:
    return iri(DCTERMS + name)


def dataset(nodes: Nodes, base: str) -> Iterator[Triple]:
    """Give the description of the data set that these statements are."""
    whole = iri(f"{base}dataset")
    yield whole, RDF_TYPE, void("Dataset")
    yield whole, RDF_TYPE, dcat("Dataset")
    yield from ((whole, _dcterms("title"), literal(text, language=tag)) for text, tag in _TITLES)
    yield from ((whole, _dcterms("description"), literal(text, language=tag)) for text, tag in _DESCRIPTIONS)
    yield whole, _dcterms("creator"), literal(software_name())
    yield whole, _dcterms("conformsTo"), iri(ONTOLOGY.rstrip("#"))
    yield whole, void("vocabulary"), iri(ONTOLOGY)
    yield whole, void("uriSpace"), literal(base)
    yield from (
        (whole, dcat("keyword"), literal(word, language="en")) for word in ("public security", "claims", "China")
    )
    yield from _coverage(nodes, whole, base)
    yield from _statistics(nodes, whole, base)
    yield from _distributions(whole, base)


def _coverage(nodes: Nodes, whole: str, base: str) -> Iterator[Triple]:
    for article in nodes.of_class(pa("Article")):
        yield whole, _dcterms("source"), article
    days = [
        day
        for period in nodes.of_class(pa("Period"))
        for edge in ("start", "end")
        for day in nodes.all(period, pa(edge))
    ]
    if days:
        temporal = iri(f"{base}dataset/temporal")
        yield whole, _dcterms("temporal"), temporal
        yield temporal, RDF_TYPE, _dcterms("PeriodOfTime")
        yield temporal, dcat("startDate"), min(days)
        yield temporal, dcat("endDate"), max(days)
    for place in nodes.of_class(pa("Place")):
        yield whole, _dcterms("spatial"), place


def _statistics(nodes: Nodes, whole: str, base: str) -> Iterator[Triple]:
    triples = set().union(*nodes.graphs.values())
    subjects = {subject for subject, _, _ in triples}
    counts = {
        "triples": len(triples),
        "distinctSubjects": len(subjects),
        "distinctObjects": len({value for _, _, value in triples}),
        "properties": len({predicate for _, predicate, _ in triples}),
        "classes": len({value for _, predicate, value in triples if predicate == RDF_TYPE}),
        "entities": sum(subject.startswith(f"<{base}") for subject in subjects),
        "documents": sum(1 for _ in nodes.of_class(pa("Article"))),
    }
    yield from ((whole, void(name), literal(str(count), "integer")) for name, count in counts.items())
    classes = Counter(value for _, predicate, value in triples if predicate == RDF_TYPE)
    yield from _partitions(whole, classes, base, "class", "entities")
    properties = Counter(predicate for _, predicate, _ in triples)
    yield from _partitions(whole, properties, base, "property", "triples")
    for kind in NODE_KINDS:
        example = next((s for s in sorted(subjects) if s.startswith(f"<{base}{kind}/")), None)
        if example:
            yield whole, void("exampleResource"), example


def _partitions(whole: str, counts: Counter[str], base: str, by: str, counted: str) -> Iterator[Triple]:
    for number, term in enumerate(sorted(counts), 1):
        part = iri(f"{base}dataset/{by}-{number}")
        yield whole, void(f"{by}Partition"), part
        yield part, void(by), term
        yield part, void(counted), literal(str(counts[term]), "integer")


def _distributions(whole: str, base: str) -> Iterator[Triple]:
    for name, media_type in _FORMATS:
        one = iri(f"{base}dataset/{name}")
        yield whole, dcat("distribution"), one
        yield one, RDF_TYPE, dcat("Distribution")
        yield one, dcat("mediaType"), iri(f"https://www.iana.org/assignments/media-types/{media_type}")
        yield one, _dcterms("title"), literal(f"kg export --format {name}")
