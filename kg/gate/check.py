"""The gate: an article's graph against the shapes, its quotes against its text.

Enters: an article with its facts, or RDF from anywhere. Leaves: a Report. The gate never passes for want of looking:
shapes that must have found something to look at and did not, nodes that no shape looks at, and a graph without a fact
are findings themselves.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import chain
from types import MappingProxyType
from typing import Any

from rdflib import RDF, RDFS, SH, Dataset, Graph
from rdflib.term import BNode, Literal, Node, URIRef

from kg.article import Article
from kg.facts.model import Fact
from kg.gate.engine import Engine
from kg.gate.finding import NOTHING, Finding, Place, Report, Severity, merge
from kg.gate.grounding import check_grounding
from kg.gate.setwise import run_setwise
from kg.gate.shapes import ALWAYS, SHAPES, hierarchy, is_deactivated, ontology, own_shapes, targeted
from kg.gate.subject import BLANK, Subjects, local, path_text
from kg.gate.triples import Triple, graph_of, triples_in
from kg.graph import BASE, ONTOLOGY, tables_of, term_iri, text_hash, to_jsonld

_SEVERITY: Mapping[str, Severity] = {"Violation": "violation", "Warning": "warning", "Info": "info"}
_STRING = URIRef("http://www.w3.org/2001/XMLSchema#string")
_COMPARISONS = frozenset({"lessThan", "lessThanOrEquals", "minInclusive", "maxInclusive"})
"""Constraints that say nothing more about a node that has a value of the wrong datatype."""
_REVIEW = URIRef("https://schema.org/Review")
_FACT_CLASSES = ("Bureau", "Honor", "Metric", "Participation")


@dataclass(frozen=True, slots=True)
class _Aim:
    """A shape, and where it looks for the nodes that it is about."""

    shape: Node
    active: bool
    always: bool
    nodes: tuple[Node, ...]
    classes: tuple[Node, ...]
    subjects_of: tuple[Node, ...]
    objects_of: tuple[Node, ...]

    def aims(self) -> bool:
        """Tell whether it looks anywhere."""
        return bool(self.nodes or self.classes or self.subjects_of or self.objects_of)

    def focus(self, data: Graph) -> set[Node]:
        """Return the nodes of the data that the shape looks at."""
        found: set[Node] = set(self.nodes)
        triples = triples_in(data)
        instances = triples.about(RDF.type)
        for wanted in self.classes:
            for narrower in data.transitive_subjects(RDFS.subClassOf, wanted):
                found.update(instances.get(narrower, ()) if narrower is not None else ())
        for predicate in self.subjects_of:
            found.update(triples.by.get(predicate, ()))
        for predicate in self.objects_of:
            found.update(triples.about(predicate))
        return found


def _aims(shapes: Graph) -> tuple[_Aim, ...]:
    """Return where shapes look, also one that has to look at something and aims at nothing."""
    always = set(shapes.subjects(ALWAYS, Literal(True)))
    aims = []
    for shape in [*targeted(shapes), *sorted(always - set(targeted(shapes)), key=str)]:
        classes = set(shapes.objects(shape, SH.targetClass))
        if (shape, RDF.type, RDFS.Class) in shapes:
            classes.add(shape)
        nodes, subjects_of, objects_of = (
            tuple(shapes.objects(shape, term)) for term in (SH.targetNode, SH.targetSubjectsOf, SH.targetObjectsOf)
        )
        active = not is_deactivated(shapes, shape)
        aims.append(_Aim(shape, active, shape in always, nodes, tuple(classes), subjects_of, objects_of))
    return tuple(aims)


@cache
def _own_aims() -> tuple[_Aim, ...]:
    return _aims(own_shapes())


class _Results:
    """Turns the results of a SHACL report into findings."""

    def __init__(self, data: Graph, shapes: Graph, report: Graph, subjects: Subjects) -> None:
        self.data = data
        self.shapes = shapes
        self.report = report
        self.told = triples_in(report)
        self.subjects = subjects

    def findings(self) -> list[Finding]:
        found = [self.finding(result) for result in self.told.about(RDF.type).get(SH.ValidationResult, ())]
        mistyped = {finding.focus for finding in found if finding.constraint == "datatype"}
        return [f for f in found if f.constraint not in _COMPARISONS or f.focus not in mistyped]

    def one(self, result: Node, predicate: Node) -> Node | None:
        values = self.told.by.get(predicate, {}).get(result)
        return values[0] if values else None

    def severity(self, result: Node) -> Severity:
        return _SEVERITY.get(local(str(self.one(result, SH.resultSeverity))), "violation")

    def finding(self, result: Node) -> Finding:
        focus = self.one(result, SH.focusNode)
        shape = self.one(result, SH.sourceShape)
        component = local(str(self.one(result, SH.sourceConstraintComponent)))
        constraint = component.removesuffix("ConstraintComponent")
        constraint = constraint[:1].lower() + constraint[1:]
        value = self.one(result, SH.value)
        path = self.one(result, SH.resultPath)
        field, turtle = path_text(self.report, path)
        assert focus is not None
        return Finding(
            severity=self.severity(result),
            shape=local(str(shape)) if isinstance(shape, URIRef) else "shape",
            constraint=constraint,
            focus=BLANK if isinstance(focus, BNode) else str(focus),
            fact=self.subjects.label(focus),
            field=field,
            found=self.found(focus, shape, path, value, constraint),
            expected_en=self.expected(result, shape, constraint, "en"),
            expected_zh=self.expected(result, shape, constraint, "zh"),
            place=self.subjects.place(focus),
            path=turtle,
            value=None
            if value is None or isinstance(value, BNode) or (path is None and value == focus)
            else value.n3(),
        )

    def found(self, focus: Node, shape: Node | None, path: Node | None, value: Node | None, constraint: str) -> str:
        if path is None and shape is not None and value == focus:
            return self.frame(focus, shape)
        if value is not None:
            return self.subjects.shown(value)
        values = sorted(self.subjects.shown(v) for v in self.data.objects(focus, path)) if path is not None else []
        if constraint == "maxCount" and len(values) > 1:
            return f"{len(values)}: {', '.join(values)}"
        return ", ".join(values) or NOTHING

    def frame(self, focus: Node, shape: Node) -> str:
        """Return what stands in the fields that a shape sets against each other."""
        paths: set[Node] = set()
        waiting, seen = [shape], set()
        while waiting:
            node = waiting.pop()
            if node not in seen:
                seen.add(node)
                for predicate, value in self.shapes.predicate_objects(node):
                    if predicate == SH.path:
                        paths.add(value)
                    elif not isinstance(value, Literal | URIRef):
                        waiting.append(value)
        fields = []
        for path in sorted(paths, key=str):
            values = sorted(str(value) for value in self.data.objects(focus, path) if isinstance(value, Literal))
            nodes = sorted(self.subjects.name(v) for v in self.data.objects(focus, path) if not isinstance(v, Literal))
            fields.append(f"{path_text(self.shapes, path)[0]} {', '.join(values + nodes) or NOTHING}")
        return ", ".join(fields) or NOTHING

    def expected(self, result: Node, shape: Node | None, constraint: str, language: str) -> str:
        messages = sorted(
            str(message)
            for message in self.told.by.get(SH.resultMessage, {}).get(result, ())
            if isinstance(message, Literal) and message.language == language
        )
        if messages:
            return messages[0]
        values = sorted(str(v) for v in self.shapes.objects(shape, URIRef(f"{SH}{constraint}"))) if shape else []
        return f"sh:{constraint} {' '.join(values)}".strip()


def _vacuous(constraint: str, focus: str, fact: str, expected: tuple[str, str], article: str | None) -> Finding:
    return Finding(
        severity="violation",
        shape="Vacuous",
        constraint=constraint,
        focus=focus,
        fact=fact,
        field="",
        found=NOTHING,
        expected_en=expected[0],
        expected_zh=expected[1],
        place=Place(article) if article else None,
    )


def _unseen(data: Graph, subjects: Subjects, aimed: Mapping[_Aim, set[Node]]) -> list[Finding]:
    """Return what shows that the shapes did not look at all there is."""
    article = subjects.only_article
    found: list[Finding] = []
    for aim, nodes in aimed.items():
        if aim.always and not (nodes and aim.active):
            name = local(str(aim.shape))
            expected = (f"at least one node for shape {name} to look at", f"形状 {name} 须至少有一个可检查的节点")
            found.append(_vacuous("focus", str(aim.shape), f"Shape “{name}”", expected, article))
    exact = {class_ for aim in aimed for class_ in aim.classes}
    triples = triples_in(data)
    types = {type_ for type_ in triples.about(RDF.type) if str(type_).startswith(ONTOLOGY)}
    for type_ in types - exact:
        expected = ("a class that has a shape of its own", "须为有形状可查的类")
        found.append(_vacuous("class", str(type_), f"Class “{local(str(type_))}”", expected, article))
    looked_at = set().union(*aimed.values())
    for node in triples.subjects - looked_at - set(hierarchy().subjects()):
        expected = ("a type that a shape looks at", "须有可供形状检查的类型")
        found.append(
            _vacuous("node", BLANK if isinstance(node, BNode) else str(node), subjects.label(node), expected, article)
        )
    return found


def _without_ontology(triples: Iterable[Triple]) -> list[Triple]:
    """Return what is said of other things than the terms of the ontology and what people said of facts."""
    said = list(triples)
    passed = _terms() | _reviews(said)
    return [triple for triple in said if triple[0] not in passed]


def _reviews(triples: Iterable[Triple]) -> set[Node]:
    """Return the nodes that are reviews and nothing else: those are not an article's, and no fact hides in one."""
    types: dict[Node, set[Node]] = defaultdict(set)
    for subject, predicate, value in triples:
        if predicate == RDF.type:
            types[subject].add(value)
    return {node for node, some in types.items() if some == {_REVIEW}}


@cache
def _terms() -> frozenset[Node]:
    return frozenset(ontology().subjects())


def prepared(triples: Iterable[Triple]) -> Graph:
    """Return the data with the class hierarchy, and ``"x"^^xsd:string`` as the plain ``"x"`` it is, to be read."""
    return graph_of(chain(map(_plain_strings, _without_ontology(triples)), _hierarchy()))


def _plain_strings(triple: Triple) -> Triple:
    value = triple[2]
    if isinstance(value, Literal) and value.datatype == _STRING:
        return triple[0], triple[1], Literal(str(value))
    return triple


@cache
def _hierarchy() -> tuple[Triple, ...]:
    return tuple(hierarchy())


def shape_findings(
    data: Graph,
    shapes: Graph,
    texts: Mapping[str, str] = MappingProxyType({}),
    engine: Engine = run_setwise,
) -> list[Finding]:
    """Return what the shapes alone find in data that holds the class hierarchy. Raises MappingError for bad shapes."""
    return _shape_findings(shapes, Subjects(data, texts), engine)


def _shape_findings(shapes: Graph, subjects: Subjects, engine: Engine) -> list[Finding]:
    return _Results(subjects.graph, shapes, engine(subjects.graph, shapes), subjects).findings()


def check_graph(
    graph: Iterable[Triple], texts: Iterable[str] = (), *, shapes: Graph | None = None, engine: Engine = run_setwise
) -> Report:
    """Return what the gate finds in a graph; quotes are compared with those of the texts that the graph is about.

    Raises MappingError where the shapes themselves are at fault.
    """
    return _check(prepared(graph), texts, own_shapes() if shapes is None else shapes, engine)


def _check(data: Graph, texts: Iterable[str], shapes: Graph, engine: Engine) -> Report:
    by_digest = {text_hash(text): text for text in texts}
    subjects = Subjects(data, by_digest)
    aims = _own_aims() if shapes is own_shapes() else _aims(shapes)
    aimed = {aim: aim.focus(data) for aim in aims}
    counts = {local(str(aim.shape)): len(nodes) for aim, nodes in aimed.items() if aim.active and aim.aims()}
    findings = [
        *_shape_findings(shapes, subjects, engine),
        *_unseen(data, subjects, aimed),
        *check_grounding(subjects),
    ]
    facts = sum(
        1 for type_ in _FACT_CLASSES for node in subjects.nodes(type_) if (node, term_iri("evidence"), None) in data
    )
    one = Report(
        findings=tuple(findings), articles=tuple(subjects.articles), facts=facts, focus=MappingProxyType(counts)
    )
    return merge([one])


def check(article: Article, facts: Iterable[Fact], base: str = BASE, *, engine: Engine = run_setwise) -> Report:
    """Return what the gate finds in an article's facts. Raises GraphError where they cannot become RDF.

    >>> from kg.facts.model import Bureau, Evidence
    >>> article = Article(id="a", text="南充公安侦破案件3起", blocks=())
    >>> fact = Bureau(article="a", evidence=(Evidence(0, 4, "南充警方"),), name="南充市公安局", level="prefecture")
    >>> [finding.message_en for finding in check(article, [fact]).of("violation")]
    ['Evidence “南充警方”: quote: found “南充警方”; expected “南充公安”, which the article has there']
    """
    return check_document(article, to_jsonld(article, facts, base), engine=engine)


def check_document(article: Article, document: Mapping[str, Any], *, engine: Engine = run_setwise) -> Report:
    """Return what the gate finds in an article's document of ``kg.graph.to_jsonld``."""
    data = graph_of(_hierarchy(), by=tables_of(document))
    return _check(data, [article.text], own_shapes(), engine)


def check_dataset(dataset: Dataset, texts: Iterable[str] = (), *, engine: Engine = run_setwise) -> Report:
    """Return what the gate finds in a dataset, graph by graph; one with nothing but the ontology is passed over."""
    kept = tuple(texts)
    told = (graph for graph in dataset.graphs() if any(_without_ontology(graph)))
    graphs = sorted(told, key=lambda graph: str(graph.identifier))
    return merge(check_graph(graph, kept, engine=engine) for graph in graphs)


def require_facts(report: Report) -> Report:
    """Return the report with a violation more where no article, or no fact, was looked at."""
    found = list(report.findings)
    if not report.articles:
        expected = ("at least one article", "须至少有一篇报道")
        found.append(_vacuous("articles", SHAPES, "Articles", expected, None))
    elif not report.facts:
        expected = ("at least one fact; --allow-empty lets none pass", "须至少有一项事实;用 --allow-empty 可放行")
        found.append(_vacuous("facts", SHAPES, "Facts", expected, None))
    more = Report(tuple(found), report.articles, report.facts, report.focus, report.accepted)
    return merge([more])
