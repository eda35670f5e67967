"""Metrics as an RDF Data Cube: one data set a kind of number, one observation a claim, one slice an indicator.

A claim has its place in a cube when its bureau, its days, both facets of its indicator and its value are known. The
claim is a dimension too: two articles may give two numbers for one thing, and neither is dropped. What the cubes hold
is in normal form, so that the integrity constraints of the recommendation can be asked of it at once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kg.exports import RDF_TYPE, Triple
from kg.projections.nodes import Nodes, iri, literal, pa, plain
from kg.projections.time import interval

QB = "http://purl.org/linked-data/cube#"
CUBE = "https://w3id.org/pingan/cube#"
SKOS = "http://www.w3.org/2004/02/skos/core#"
_SDMX = "http://purl.org/linked-data/sdmx/2009/"
_RDFS = "http://www.w3.org/2000/01/rdf-schema#"
_OWL = "http://www.w3.org/2002/07/owl#"
_XSD = "http://www.w3.org/2001/XMLSchema#"
_SCHEMES = {"subject": "https://w3id.org/pingan/subject", "aspect": "https://w3id.org/pingan/aspect"}
_KINDS = {
    "count": ("Counts", "数量"),
    "money": ("Money", "金额"),
    "share": ("Shares", "占比"),
    "change": ("Changes", "变化"),
    "rank": ("Ranks", "位次"),
    "duration": ("Lengths of time", "时长"),
}


@dataclass(frozen=True, slots=True)
class Component:
    """A component of the cubes. ``role`` is Dimension, Measure or Attribute; ``like`` what it is a kind of."""

    name: str
    role: str
    range: str
    en: str
    zh: str
    like: str | None = None
    required: bool = True

    @property
    def iri(self) -> str:
        """Return the property."""
        return iri(CUBE + self.name)


COMPONENTS = (
    Component("bureau", "Dimension", pa("Bureau"), "bureau", "公安机关", f"{_SDMX}dimension#refArea"),
    Component("period", "Dimension", pa("Period"), "period", "时期", f"{_SDMX}dimension#refPeriod"),
    Component("subject", "Dimension", iri(f"{SKOS}Concept"), "subject", "对象"),
    Component("aspect", "Dimension", iri(f"{SKOS}Concept"), "aspect", "计量方面"),
    Component("claim", "Dimension", pa("Metric"), "claim", "主张"),
    Component("value", "Measure", iri(f"{_XSD}decimal"), "value", "数值", f"{_SDMX}measure#obsValue"),
    Component("bound", "Attribute", iri(f"{_XSD}string"), "bound", "界"),
    Component("article", "Attribute", pa("Article"), "article", "文章"),
    Component("indicator", "Attribute", iri(f"{_XSD}string"), "indicator", "指标原词"),
    Component("unit", "Attribute", iri(f"{_XSD}string"), "unit", "单位", f"{_SDMX}attribute#unitMeasure", False),
    Component("direction", "Attribute", iri(f"{_XSD}string"), "direction", "升降", None, False),
    Component("comparison", "Attribute", iri(f"{_XSD}string"), "comparison", "比较", None, False),
    Component("baseline", "Attribute", pa("Period"), "baseline", "基期", None, False),
    Component("scope", "Attribute", iri(f"{_XSD}string"), "scope", "范围", None, False),
    Component("campaign", "Attribute", pa("Campaign"), "campaign", "专项行动", None, False),
)
_OWN = ("claim",)
"""Components that are no property of the metric."""


def qb(name: str) -> str:
    """Return a term of the Data Cube vocabulary."""
    return iri(QB + name)


def data_cube(nodes: Nodes, base: str) -> Iterator[Triple]:
    """Give the cubes: structure, code lists, data sets, slices and observations."""
    placed = [metric for metric in nodes.of_class(pa("Metric")) if _has_its_place(nodes, metric)]
    if not placed:
        return
    yield from _structure(base)
    for facet in _SCHEMES:
        used = {nodes.all(metric, pa(facet))[0] for metric in placed}
        yield from _code_list(nodes, facet, used, base)
    for kind in _KINDS:
        yield from _data_set(nodes, kind, [m for m in placed if plain(nodes.all(m, pa("kind"))[0]) == kind], base)
    for period in sorted(
        {p for metric in placed for name in ("period", "baseline") for p in nodes.all(metric, pa(name))}
    ):
        yield period, RDF_TYPE, pa("Period")
        yield from interval(nodes, period, base)


def _has_its_place(nodes: Nodes, metric: str) -> bool:
    wanted = [one.name for one in COMPONENTS if one.required and one.name not in _OWN]
    return all(nodes.all(metric, pa(name)) for name in (*wanted, "kind"))


def _structure(base: str) -> Iterator[Triple]:
    structure, key = iri(f"{base}cube/structure"), iri(f"{base}cube/by-indicator")
    yield structure, RDF_TYPE, qb("DataStructureDefinition")
    for order, one in enumerate(COMPONENTS, 1):
        specification = iri(f"{base}cube/component/{one.name}")
        yield structure, qb("component"), specification
        yield specification, RDF_TYPE, qb("ComponentSpecification")
        yield specification, qb("componentProperty"), one.iri
        yield specification, qb(one.role.lower()), one.iri
        yield specification, qb("order"), literal(str(order), "integer")
        if one.role == "Attribute":
            yield specification, qb("componentRequired"), literal(str(one.required).lower(), "boolean")
        yield from _component(one, base)
    yield structure, qb("sliceKey"), key
    yield key, RDF_TYPE, qb("SliceKey")
    yield from ((key, qb("componentProperty"), iri(CUBE + facet)) for facet in _SCHEMES)


def _component(one: Component, base: str) -> Iterator[Triple]:
    yield one.iri, RDF_TYPE, qb(f"{one.role}Property")
    yield one.iri, RDF_TYPE, qb("ComponentProperty")
    yield one.iri, iri(f"{_RDFS}range"), one.range
    yield one.iri, iri(f"{_RDFS}label"), literal(one.en, language="en")
    yield one.iri, iri(f"{_RDFS}label"), literal(one.zh, language="zh")
    if one.like:
        yield one.iri, iri(f"{_RDFS}subPropertyOf"), iri(one.like)
    if one.name in _SCHEMES:
        yield one.iri, RDF_TYPE, qb("CodedProperty")
        yield one.iri, qb("codeList"), iri(_SCHEMES[one.name])
        yield one.iri, qb("codeList"), _hierarchy(one.name, base)


def _hierarchy(facet: str, base: str) -> str:
    return iri(f"{base}cube/{facet}-hierarchy")


def _code_list(nodes: Nodes, facet: str, used: Iterable[str], base: str) -> Iterator[Triple]:
    """Give the concepts in use and those above them, as a scheme and as a hierarchy from broad to narrow."""
    scheme, hierarchy = iri(_SCHEMES[facet]), _hierarchy(facet, base)
    yield scheme, RDF_TYPE, iri(f"{SKOS}ConceptScheme")
    yield hierarchy, RDF_TYPE, qb("HierarchicalCodeList")
    if facet == "subject":
        yield hierarchy, qb("parentChildProperty"), iri(f"{SKOS}narrower")
    else:
        yield hierarchy, qb("parentChildProperty"), "_:narrower"
        yield "_:narrower", iri(f"{_OWL}inverseOf"), iri(f"{SKOS}broader")
    for concept in sorted(_with_broader(nodes, used)):
        yield concept, RDF_TYPE, iri(f"{SKOS}Concept")
        yield concept, iri(f"{SKOS}inScheme"), scheme
        yield from nodes.copied(concept, iri(f"{SKOS}prefLabel"))
        above = nodes.all(concept, iri(f"{SKOS}broader"))
        yield from ((concept, iri(f"{SKOS}broader"), one) for one in above)
        yield from ((one, iri(f"{SKOS}narrower"), concept) for one in above)
        if not above:
            yield hierarchy, qb("hierarchyRoot"), concept


def _with_broader(nodes: Nodes, concepts: Iterable[str]) -> set[str]:
    found: set[str] = set()
    waiting = list(concepts)
    while waiting:
        concept = waiting.pop()
        if concept not in found:
            found.add(concept)
            waiting += nodes.all(concept, iri(f"{SKOS}broader"))
    return found


def _data_set(nodes: Nodes, kind: str, metrics: list[str], base: str) -> Iterator[Triple]:
    if not metrics:
        return
    whole = iri(f"{base}cube/{kind}")
    yield whole, RDF_TYPE, qb("DataSet")
    yield whole, qb("structure"), iri(f"{base}cube/structure")
    yield from (
        (whole, iri(f"{_RDFS}label"), literal(label, language=tag))
        for label, tag in zip(_KINDS[kind], ("en", "zh"), strict=True)
    )
    for metric in metrics:
        yield from _observation(nodes, metric, kind, base)


def _observation(nodes: Nodes, metric: str, kind: str, base: str) -> Iterator[Triple]:
    whole = iri(f"{base}cube/{kind}")
    name = plain(metric).rpartition("/")[2]
    observation = iri(f"{base}observation/{name}")
    yield observation, RDF_TYPE, qb("Observation")
    yield observation, qb("dataSet"), whole
    facets = {facet: nodes.all(metric, pa(facet))[0] for facet in _SCHEMES}
    piece = iri(f"{base}cube/{kind}/" + "/".join(plain(concept).rpartition("#")[2] for concept in facets.values()))
    yield whole, qb("slice"), piece
    yield piece, RDF_TYPE, qb("Slice")
    yield piece, qb("sliceStructure"), iri(f"{base}cube/by-indicator")
    yield piece, qb("observation"), observation
    yield from ((piece, iri(CUBE + facet), concept) for facet, concept in facets.items())
    for one in COMPONENTS:
        values = [metric] if one.name in _OWN else nodes.all(metric, pa(one.name))[:1]
        yield from ((observation, one.iri, value) for value in values)
