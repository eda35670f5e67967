"""How a node is spoken of: a name for people, and the place in the article where it comes from.

Enters: the triples of an article and, where at hand, texts by their digest.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property

from rdflib import RDF, RDFS, Graph
from rdflib.collection import Collection
from rdflib.term import BNode, Literal, Node, URIRef

from kg.gate.finding import NOTHING, Place
from kg.gate.triples import triples_in
from kg.graph import ONTOLOGY, term_iri

BLANK = "[]"
"""A blank node without a name: its label is another in every run."""

_LONGEST = 60


def line_and_column(text: str, offset: int) -> tuple[int, int]:
    r"""Return line and column of an offset, both from 1.

    >>> line_and_column("平安\n南充", 3)
    (2, 1)
    """
    return text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset)


def shortened(text: str) -> str:
    r"""Return the text on one line, its end left out where it is long.

    >>> shortened("抓\n获")
    '抓 获'
    """
    flat = " ".join(text.split())
    return flat if len(flat) <= _LONGEST else flat[: _LONGEST - 1] + "…"


def local(iri: str) -> str:
    """Return the last part of an IRI.

    >>> local("https://w3id.org/pingan/ontology#value")
    'value'
    """
    return iri.rstrip("/#").replace("#", "/").rsplit("/", 1)[-1]


def path_text(graph: Graph, path: Node | None) -> tuple[str, str | None]:
    """Return a path of a shape for people, and as Turtle; ("", None) where there is none."""
    if path is None:
        return "", None
    if isinstance(path, BNode):
        steps = [path_text(graph, step) for step in Collection(graph, path)]
        if steps and all(turtle for _, turtle in steps):
            return "/".join(name for name, _ in steps), f"( {' '.join(str(turtle) for _, turtle in steps)} )"
        return "path", None
    return local(str(path)), f"<{path}>"


class Subjects:
    """Names and places of the nodes of one graph."""

    def __init__(self, graph: Graph, texts: Mapping[str, str]) -> None:
        self.graph = graph
        self.texts = texts
        self._said = triples_in(graph).by
        self._types: dict[Node, str | None] = {}
        self._places: dict[Node, tuple[int, Place | None]] = {}  # a period is told in many

    def values(self, node: Node, predicate: Node) -> Sequence[Node]:
        """Return the values that a node has of a property."""
        return self._said.get(predicate, {}).get(node, ())

    def one(self, node: Node, predicate: Node) -> Node | None:
        """Return the first of them, None where there is none."""
        values = self.values(node, predicate)
        return values[0] if values else None

    def text(self, node: Node | None, term: str, type_: str | None = None) -> str | None:
        """Return the first value of a property, by the order of its characters."""
        values = self.values(node, term_iri(term, type_)) if node is not None else ()
        return str(values[0]) if len(values) == 1 else min(map(str, values), default=None)

    def type(self, node: Node) -> str | None:
        """Return the name of the node's class in the ontology."""
        if node not in self._types:
            types = (local(str(type_)) for type_ in self.values(node, RDF.type) if str(type_).startswith(ONTOLOGY))
            self._types[node] = min(types, default=None)
        return self._types[node]

    def _words(self, node: Node, type_: str | None) -> str | None:
        match type_:
            case "Metric":
                parts = [self.text(node, term) for term in ("indicator", "direction", "value", "unit")]
            case "Honor":
                parts = [self.text(node, "title"), self.text(node, "recipient")]
            case "Participation":
                parts = [self.name(campaign) for campaign in self.values(node, term_iri("campaign"))]
            case "Period":
                return f"{self.text(node, 'start') or '?'} – {self.text(node, 'end') or '?'}"
            case "Streak":
                return f"{self.text(node, 'n') or '?'}{self.text(node, 'unit') or '?'}"
            case "Evidence":
                parts = [self.text(node, "quote")]
            case "Article":
                parts = [self.text(node, "identifier")]
            case _:
                parts = [str(label) for label in self.values(node, RDFS.label)]
        return " ".join(part for part in parts if part) or None

    def name(self, node: Node) -> str:
        """Return what a person calls the node: a metric by indicator and value, an agency by its name."""
        unnamed = BLANK if isinstance(node, BNode) else local(str(node))
        return shortened(self._words(node, self.type(node)) or unnamed)

    def label(self, node: Node) -> str:
        """Return kind and name of the node."""
        return f"{self.type(node) or 'Node'} “{self.name(node)}”"

    def shown(self, value: Node | None) -> str:
        """Return a value for people: a literal with its type where that is not plain text, a node by its name."""
        if value is None:
            return NOTHING
        if isinstance(value, Literal):
            datatype = f" ({local(str(value.datatype))})" if value.datatype else ""
            return f"“{shortened(str(value))}”" + (f"@{value.language}" if value.language else datatype)
        return self.name(value)

    @cached_property
    def _citing(self) -> Mapping[Node, list[Node]]:
        """Which nodes with evidence point at a node that has none of its own, such as a period."""
        citing: dict[Node, list[Node]] = {}
        told = self._said.get(term_iri("evidence"), {})
        for table in self._said.values():
            for subject, values in table.items():
                if subject in told:
                    for value in values:
                        if not isinstance(value, Literal):
                            citing.setdefault(value, []).append(subject)
        return citing

    def _evidence(self, node: Node) -> Iterable[Node]:
        own = self.values(node, term_iri("evidence"))
        if own or self.type(node) == "Evidence":
            return own or [node]
        told = self._said.get(term_iri("evidence"), {})
        return dict.fromkeys(evidence for other in self._citing.get(node, ()) for evidence in told[other])

    def place(self, node: Node) -> Place | None:
        """Return where in which article the node comes from, the first place where there are several."""
        places = sorted(
            ((start, place) for start, place in map(self._place_of, self._evidence(node)) if place),
            key=lambda found: (found[1].article, found[0], found[1].quote or ""),
        )
        if places:
            return places[0][1]
        article = self.text(node, "identifier") or self.only_article
        return Place(article) if article else None

    def _place_of(self, evidence: Node) -> tuple[int, Place | None]:
        found = self._places.get(evidence)
        if found is None:
            found = self._places[evidence] = self._read_place(evidence)
        return found

    def _read_place(self, evidence: Node) -> tuple[int, Place | None]:
        article = self.one(evidence, term_iri("article"))
        identifier = self.text(article, "identifier") if article is not None else None
        if identifier is None:
            return 0, None
        quote = self.text(evidence, "quote")
        start = self.offset(evidence, "start")
        text = self.texts.get(self.text(article, "textHash") or "")
        if text is None or start is None or start > len(text):
            return start or 0, Place(identifier, quote=quote)
        return start, Place(identifier, *line_and_column(text, start), quote)

    def offset(self, evidence: Node, term: str) -> int | None:
        """Return the start or end of an evidence; None where the graph has no number."""
        value = self.text(evidence, term, "Evidence")
        return int(value) if value and value.isascii() and value.isdigit() and len(value) <= 12 else None

    @cached_property
    def articles(self) -> list[str]:
        """The ids of the articles that the graph describes."""
        nodes = self.graph.subjects(RDF.type, term_iri("Article"))
        return sorted({self.text(node, "identifier") or local(str(node)) for node in nodes})

    @cached_property
    def only_article(self) -> str | None:
        """The id of the article where the graph describes one."""
        return self.articles[0] if len(self.articles) == 1 else None

    def nodes(self, type_: str) -> list[URIRef | BNode]:
        """Return the nodes of a class, sorted by IRI."""
        found = self.graph.subjects(RDF.type, term_iri(type_))
        return sorted({node for node in found if isinstance(node, URIRef | BNode)}, key=str)
