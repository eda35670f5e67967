"""Inference: what follows from the ontology, as a graph of its own that can be dropped and made again.

Enters: a store that is being written. Leaves: in graphs of its own, and in the union of all, what OWL RL derives for
the classes and properties of the ontology: an agency is under all above its parent, a claim concerns them all, it
belongs to the series of its campaign, a narrower subject implies the broader ones.

The ontology is closed once with owlrl, which gives rules; the rules are applied to the data set-wise, since OWL RL over
the data itself takes a minute for a hundred of them. Agencies, places, campaigns and concepts are shared: what follows
of them stands in ``<base>inferred``, made from scratch in memory, where they are few. A claim stands in one article's
graph, and what follows of it in ``<base>inferred/<article>``; a changed article takes that with it, and all others
keep theirs unless what is shared leads further, or less far, than before.

Beside what follows of an article's claims stands who reports what in which years (``kg.reporting``), which no axiom
says but many questions ask for; it comes and goes with it. Beside that in turn stands what other articles tell too
(``kg.meeting``).

Ranges and domains give no rule: every node that ``kg.graph`` makes has its type, as the gate and
``tests/test_inference.py`` see to. Functional properties derive only contradictions, and those are the gate's.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cache

from rdflib import OWL, RDF, RDFS, SH, SKOS, Graph, URIRef
from rdflib.collection import Collection as RdfList
from rdflib.term import Node

from kg.entities import describe, entities_graph, named_in
from kg.errors import MappingError
from kg.gate.shapes import closed_ontology, hierarchy, ontology, own_shapes
from kg.graph import BASE, ONTOLOGY, local_name, node_iri, software_name
from kg.meeting import meet, meeting_graph
from kg.reporting import NEEDED, report, reporting_graph
from kg.store import Store, Writer

_CLAIM = URIRef(f"{ONTOLOGY}Claim")
_LOCAL_BESIDE_CLAIMS = frozenset(f"{ONTOLOGY}{name}" for name in ("Article", "Evidence", "Period", "Streak"))
_OF_CONCEPTS = frozenset({SKOS.broader, SKOS.broaderTransitive})
_PROV = "http://www.w3.org/ns/prov#"
_UNDERSTOOD = frozenset(
    {
        OWL.propertyChainAxiom, OWL.inverseOf, OWL.TransitiveProperty, OWL.FunctionalProperty, OWL.ObjectProperty,
        OWL.DatatypeProperty, OWL.AnnotationProperty, OWL.Class, OWL.disjointWith, OWL.Ontology, OWL.versionIRI,
        OWL.versionInfo,
    }
)  # fmt: skip
"""The words of OWL that the ontology may use: another would derive what no rule here does."""

_FEW = 10
"""Up to so many articles, or one in so many of all, it takes less time to look at what changed than at the store."""

_AT_ONCE = 200
"""As many graphs or nodes stand in one query."""

_TOLD_OF_AGENCIES = tuple(f"{ONTOLOGY}{name}" for name in ("code", "level", "place", "parent"))
"""What the gazetteer says of an agency where no article does."""

Further = Callable[[str, str], Sequence[str]]
"""What a shared thing is linked to by a property."""


@dataclass(frozen=True, slots=True)
class Rule:
    """What leads to ``head``, a property or class: ``links`` of one ``kind`` of axiom.

    ``kind`` is class, property, inverse, transitive or chain.
    """

    kind: str
    links: tuple[str, ...]
    head: str

    @property
    def axiom(self) -> str:
        """Return the rule for people.

        >>> Rule("chain", (f"{ONTOLOGY}campaign", f"{ONTOLOGY}series"), f"{ONTOLOGY}inSeries").axiom
        'chain: campaign, series -> inSeries'
        """
        names = ", ".join(link.removeprefix(ONTOLOGY) for link in self.links)
        return f"{self.kind}: {names} -> {self.head.removeprefix(ONTOLOGY)}"


def inferred_graph(base: str = BASE, article: str | None = None) -> str:
    """Return the name of the graph that holds what follows of shared things, or of an article's claims.

    >>> inferred_graph(), inferred_graph(article="a")
    ('https://w3id.org/pingan/data/inferred', 'https://w3id.org/pingan/data/inferred/a')
    """
    return f"{base}inferred" + (f"/{local_name(article)}" if article is not None else "")


# --- rules ------------------------------------------------------------------------------------------------------------


@cache
def rules() -> tuple[Rule, ...]:
    """Return the rules that the closed ontology amounts to, each after those that lead to it.

    Raises MappingError where the ontology says something in words of OWL that no rule here carries out.

    >>> [rule.axiom for rule in rules() if rule.head.endswith("#concerns")]
    ['property: bureau -> concerns', 'chain: concerns, under -> concerns']
    """
    strange = {str(t) for triple in ontology() for t in triple if str(t).startswith(str(OWL)) and t not in _UNDERSTOOD}
    if strange:
        raise MappingError(f"ontology: {min(strange)} derives what kg/inference.py has no rule for")
    closed = closed_ontology()
    return tuple(_in_order([*_of_classes(closed), *_of_properties(closed), *_of_chains(closed)]))


def _ours(*terms: Node) -> bool:
    return all(str(term).startswith(ONTOLOGY) or term in _OF_CONCEPTS for term in terms)


def _of_classes(closed: Graph) -> Iterable[Rule]:
    for narrower, broader in closed.subject_objects(RDFS.subClassOf):
        if narrower != broader and _ours(narrower, broader):
            yield Rule("class", (str(narrower),), str(broader))


def _of_properties(closed: Graph) -> Iterable[Rule]:
    for narrower, broader in closed.subject_objects(RDFS.subPropertyOf):
        if narrower != broader and _ours(narrower, broader):
            yield Rule("property", (str(narrower),), str(broader))
    for one, other in closed.subject_objects(OWL.inverseOf):
        if _ours(one, other):
            yield Rule("inverse", (str(one),), str(other))
            yield Rule("inverse", (str(other),), str(one))
    for one in closed.subjects(RDF.type, OWL.TransitiveProperty):
        if _ours(one):
            yield Rule("transitive", (str(one),), str(one))


def _of_chains(closed: Graph) -> Iterable[Rule]:
    for head, chain in closed.subject_objects(OWL.propertyChainAxiom):
        if _ours(head):
            yield Rule("chain", tuple(str(link) for link in RdfList(closed, chain)), str(head))


def _in_order(found: Collection[Rule]) -> list[Rule]:
    """Return rules so that each comes after those that lead to its links, as far as they do not run in a circle."""
    left, done = sorted(set(found), key=lambda rule: (rule.kind != "property", rule.axiom)), list[Rule]()
    while left:
        free = [rule for rule in left if not any(_feeds(other, rule) for other in left if other != rule)]
        # Two inverses feed each other: the one whose property nothing else feeds waits.
        chosen = free[0] if free else min(left, key=lambda rule: (rule.kind != "inverse", _fed(rule, left), rule.axiom))
        left.remove(chosen)
        done.append(chosen)
    return done


def _feeds(one: Rule, other: Rule) -> bool:
    return one.head in other.links and one.head != other.head


def _fed(rule: Rule, among: Collection[Rule]) -> int:
    return sum(_feeds(other, rule) for other in among)


def _local_classes() -> list[str]:
    return sorted(str(name) for name in {_CLAIM, *hierarchy().subjects(RDFS.subClassOf, _CLAIM)})


@cache
def _of_claims() -> tuple[Rule, ...]:
    """Return the rules that can start from a claim: from what the shapes of claims let it have."""
    shapes = own_shapes()
    local = set(_local_classes())
    for shape in {shape for name in local for shape in shapes.subjects(SH.targetClass, URIRef(name))}:
        local |= {str(path) for one in shapes.objects(shape, SH.property) for path in shapes.objects(one, SH.path)}
    found = []
    for rule in rules():
        if rule.links[0] in local and rule.kind not in ("inverse", "transitive"):
            local.add(rule.head)
            found.append(rule)
    return tuple(found)


def _shared_classes() -> list[str]:
    classes = {str(term) for term in ontology().subjects(RDF.type, OWL.Class) if _ours(term)}
    return sorted({*classes, str(SKOS.Concept)} - {*_local_classes(), *_LOCAL_BESIDE_CLAIMS})


def _steps_on() -> list[str]:
    """Return the properties by which a chain leads on from a claim to shared things."""
    return sorted({link for rule in rules() if rule.kind == "chain" for link in rule.links[1:]})


# --- applying ---------------------------------------------------------------------------------------------------------


def infer(
    writer: Writer,
    changed: Collection[str] | None = None,
    *,
    base: str = BASE,
    by: str = "",
    reported: Collection[str] = (),
) -> int:
    """Bring entities, and what is inferred, up to date with a store's articles; return the articles looked at.

    ``changed`` are ids of articles that were added, changed or taken out since the last time; None makes all anew.
    ``by`` is a digest of rules, ontology and gazetteer: under the same, what shared things lead to is kept where no
    article says anything else of them. ``reported`` are articles of which ``put_reported`` has said what they report.
    """
    few = changed is not None and len(changed) <= max(_FEW, len(writer.held) / _FEW)
    same = few and writer.inferred_by == by and _only_claims(writer, base)
    if not same:
        writer.forget_news()
    writer.inferred_by = by
    kept = {reporting_graph(base, id) for id in reported}
    further, moved = (_further(writer), set[str]()) if same else _share(writer, changed, base, kept)
    held = {article.graph: article.id for article in writer.held.values()}
    if changed is None:
        graphs = sorted(held)
    else:
        gone = set(changed)
        graphs = sorted({graph for graph, id in held.items() if id in gone} | (_about(writer, moved) & held.keys()))
        for id in sorted(gone | {held[graph] for graph in graphs}):
            for graph in {inferred_graph(base, id), reporting_graph(base, id)} - kept:
                writer.drop_graph(graph)
    store = writer.reading()
    for graph in graphs:
        if reporting_graph(base, held[graph]) not in kept:
            _report(writer, store, held[graph], graph, base)
    store = writer.reading()
    for graph in graphs:
        _apply(writer, store, graph, inferred_graph(base, held[graph]), base, further)
    meet(writer, store, changed, base)
    return len(graphs)


def _only_claims(writer: Writer, base: str) -> bool:
    """Tell whether what has changed leaves all that any graph states of shared things as it was."""

    def made_here(graph: str) -> bool:
        beside = inferred_graph(base), reporting_graph(base), meeting_graph(base)
        return graph == entities_graph(base) or graph.startswith(beside)

    news = writer.take_news(_told_of_shared_things(), made_here)
    if news is None:
        return False
    shared, store = set(_shared_classes()), writer.reading()
    if any(link == str(RDF.type) and value in shared for _, link, value in news):
        return False
    return not any(shared.intersection(store.values(thing, str(RDF.type))) for thing in {thing for thing, *_ in news})


def _share(
    writer: Writer, changed: Collection[str] | None, base: str, kept: Collection[str]
) -> tuple[Further, set[str]]:
    """Make anew what is said of entities and what follows of shared things.

    Returns what a thing leads on to, and the things that lead elsewhere than before.
    """
    _describe_entities(writer, base)
    if changed is None:
        drop(writer, base, kept)
    before = _links(writer)
    writer.put_graph(inferred_graph(base), _of_shared_things(writer, base), "ntriples")
    after = _links(writer)
    links = defaultdict[tuple[str, str], list[str]](list)
    for thing, link, other in after:
        links[thing, link].append(other)
    return lambda thing, link: links.get((thing, link), ()), {link[0] for link in before ^ after}


def _further(writer: Writer) -> Further:
    """Return what tells where a thing leads on to, asked of the store thing by thing: few of them are needed."""
    return cache(writer.reading().values)


def drop(writer: Writer, base: str = BASE, kept: Collection[str] = ()) -> None:
    """Take out all that is inferred, but some graphs that were just made."""
    for graph in sorted({*writer.graphs()}.difference(kept)):
        beside = f"{inferred_graph(base)}/", reporting_graph(base), meeting_graph(base)
        if graph == inferred_graph(base) or graph.startswith(beside):
            writer.drop_graph(graph)


def _select(writer: Writer, sparql: str) -> list[tuple[str, ...]]:
    return writer.reading().strings(sparql)


def _values(variable: str, iris: Iterable[str]) -> str:
    return f"VALUES {variable} {{ {' '.join(f'<{iri}>' for iri in iris)} }}"


def _describe_entities(writer: Writer, base: str) -> None:
    graph = entities_graph(base)
    told = _values("?p", _TOLD_OF_AGENCIES)
    rows = _select(
        writer,
        f"SELECT DISTINCT ?s ?code ?p WHERE {{ GRAPH ?g {{ ?s a <{ONTOLOGY}Bureau> ; <{ONTOLOGY}code> ?code ; ?p ?o . "
        f"{told} }} FILTER(?g != <{graph}>) }}",
    )
    writer.put_graph(graph, describe(named_in((row[0], row[1], row[2]) for row in rows), base), "ntriples")


def _of_shared_things(writer: Writer, base: str) -> bytes:
    """Return what follows of shared things, as N-Triples of the graph that holds it."""
    shared = inferred_graph(base)
    # What only claims have is looked for in vain, and there is most of it.
    wanted = _links_of_rules() - {rule.head for rule in _of_claims()}
    rows = _select(
        writer,
        f"SELECT DISTINCT ?s ?p ?o WHERE {{ {_values('?t', _shared_classes())} ?s a ?t . "
        f"{_values('?p', sorted(wanted))} ?s ?p ?o }}",
    )
    # The union of all graphs has each statement once; what was inferred before stands there as well.
    inferred = {(s, p, o) for p in wanted for s, o in writer.reading().pairs(shared, p)}
    beside = _select(
        writer,
        f"SELECT ?s ?p ?o WHERE {{ {_values('?p', sorted(wanted))} GRAPH <{shared}> {{ ?s ?p ?o }} "
        f'GRAPH ?g {{ ?s ?p ?o }} FILTER(!STRSTARTS(STR(?g), "{shared}")) }}',
    )
    stated = {row for row in rows if row not in inferred}.union(beside)
    lines = sorted(f"<{s}> <{p}> <{o}> .\n".encode() for s, p, o in _closed(stated))
    return b"".join(lines) + _account(base)


def _closed(stated: Iterable[tuple[str, ...]]) -> Iterator[tuple[str, str, str]]:
    """Give what the rules derive of shared things and nobody states; they have no class but those that are stated."""
    pairs = defaultdict[str, set[tuple[str, str]]](set)
    for subject, link, value in stated:
        pairs[link].add((subject, value))
    for rule in rules():
        if rule.kind == "class":
            continue
        found = pairs[rule.links[0]]
        match rule.kind:
            case "inverse":
                found = {(value, subject) for subject, value in found}
            case "transitive":
                found = _transitive(found)
            case "chain":
                for link in rule.links[1:]:
                    found = _joined(found, pairs[link])
        new = found - pairs[rule.head]
        pairs[rule.head] |= new
        yield from ((subject, rule.head, value) for subject, value in new)


def _joined(first: Set[tuple[str, str]], second: Set[tuple[str, str]]) -> set[tuple[str, str]]:
    """Return where two links lead, one after the other.

    >>> _joined({("a", "b")}, {("b", "c"), ("c", "d")})
    {('a', 'c')}
    """
    on = defaultdict[str, list[str]](list)
    for subject, value in second:
        on[subject].append(value)
    return {(subject, other) for subject, value in first for other in on.get(value, ())}


def _transitive(pairs: Set[tuple[str, str]]) -> set[tuple[str, str]]:
    """Return where a link leads in any number of steps, a circle to where it began.

    >>> sorted(_transitive({("a", "b"), ("b", "c")}))
    [('a', 'b'), ('a', 'c'), ('b', 'c')]
    """
    found, last = set(pairs), set(pairs)
    while last:
        last = _joined(last, pairs) - found
        found |= last
    return found


def _links_of_rules() -> set[str]:
    return {link for rule in rules() if rule.kind != "class" for link in rule.links}


def _told_of_shared_things() -> set[str]:
    """Return the properties of shared things from which something follows, or of which it depends that it does."""
    return {str(RDF.type), *_TOLD_OF_AGENCIES, *_links_of_rules()}


def _links(writer: Writer) -> frozenset[tuple[str, ...]]:
    """Return all pairs that a chain can lead on by."""
    return frozenset(
        _select(writer, f"SELECT ?s ?p ?o WHERE {{ {_values('?p', _steps_on())} ?s ?p ?o }}") if _steps_on() else ()
    )


def _about(writer: Writer, nodes: Collection[str]) -> set[str]:
    """Return the graphs whose claims lead to any of some nodes."""
    first = sorted(_links_of_rules())
    found: set[str] = set()
    for batch in _batches(sorted(nodes)):
        rows = _select(
            writer,
            f"SELECT DISTINCT ?g WHERE {{ {_values('?o', batch)} {_values('?p', first)} GRAPH ?g {{ ?s ?p ?o }} }}",
        )
        found.update(row[0] for row in rows)
    return found


def _batches(names: Sequence[str]) -> Iterable[Sequence[str]]:
    return (names[at : at + _AT_ONCE] for at in range(0, len(names), _AT_ONCE))


def _apply(writer: Writer, store: Store, graph: str, its: str, base: str, further: Further) -> None:
    """Apply each rule to the claims of an article's graph; what follows goes to the graph beside, with its origin.

    The rules run here and not as updates of the store: these are ten times as slow as loading what follows, and keep
    all of it in memory until it is flushed. ``store`` is read as it was before: to bring all that was written to it
    for each article would have the database put its files together ever again.
    """
    lines = _follows(_stated_of_claims(store, graph), further)
    if lines:
        besides = f"<{its}> <{_PROV}wasDerivedFrom> <{inferred_graph(base)}>"
        _put(writer, its, [*lines, *_origin(its, graph, base), besides])


def _report(writer: Writer, store: Store, article: str, graph: str, base: str) -> None:
    """Put what an article's graph reports into the graph beside it."""
    lines = report({name: store.pairs(graph, ONTOLOGY + name) for name in NEEDED}, base)
    put_reported(writer, article, graph, lines, base)


def put_reported(writer: Writer, article: str, graph: str, lines: Sequence[str], base: str = BASE) -> None:
    """Make the graph beside an article's hold what ``kg.reporting.report`` gives of it, and where that comes from."""
    its = reporting_graph(base, article)
    if lines:
        _put(writer, its, [*lines, *_origin(its, graph, base)])
    else:
        writer.drop_graph(its)


def _origin(its: str, graph: str, base: str) -> list[str]:
    return [
        f"<{its}> <{RDF.type}> <{_PROV}Entity>",
        f"<{its}> <{_PROV}wasDerivedFrom> <{graph}>",
        f"<{its}> <{_PROV}wasGeneratedBy> <{base}inference>",
    ]


def _put(writer: Writer, graph: str, lines: Sequence[str]) -> None:
    writer.put_graph(graph, "".join(f"{line} .\n" for line in lines).encode(), "ntriples")


def _stated_of_claims(store: Store, graph: str) -> Mapping[str, Sequence[tuple[str, str]]]:
    """Return the pairs of each first link that claims of a graph state, by link; a class links to ""."""
    links = sorted({rule.links[0] for rule in _of_claims() if rule.kind != "class"})
    claims = {kind: [claim for claim, _ in store.pairs(graph, RDF.type, kind)] for kind in _local_classes()}
    known = set().union(*claims.values())
    return {kind: [(claim, "") for claim in its] for kind, its in claims.items()} | {
        link: [pair for pair in store.pairs(graph, link) if pair[0] in known] for link in links
    }


def _follows(stated: Mapping[str, Sequence[tuple[str, str]]], further: Further) -> list[str]:
    """Return what follows of an article's claims, as triples without their full stop, sorted."""
    derived = {rule.head: set[tuple[str, str]]() for rule in _of_claims()}
    for rule in _of_claims():
        first, *rest = rule.links
        pairs = set(derived[first] if first in derived else stated.get(first, ()))
        for link in rest:
            pairs = {(claim, other) for claim, thing in pairs for other in further(thing, link)}
        derived[rule.head] |= pairs
    classes = {rule.head for rule in _of_claims() if rule.kind == "class"}
    return sorted(
        f"<{claim}> <{RDF.type}> <{head}>" if head in classes else f"<{claim}> <{head}> <{thing}>"
        for head, pairs in derived.items()
        for claim, thing in pairs
    )


def _account(base: str) -> bytes:
    """Return by which rules, from what, the graph came about, as N-Triples of itself."""
    graph, activity = inferred_graph(base), f"{base}inference"
    software = node_iri("software", software_name().replace(" ", "-"), base)
    lines = [
        f"<{graph}> <{RDF.type}> <{_PROV}Entity>",
        f"<{graph}> <{_PROV}wasGeneratedBy> <{activity}>",
        f"<{activity}> <{RDF.type}> <{_PROV}Activity>",
        f"<{activity}> <{_PROV}used> <{ONTOLOGY.rstrip('#')}>",
        f"<{activity}> <{_PROV}used> <{entities_graph(base)}>",
        f"<{activity}> <{_PROV}wasAssociatedWith> <{software}>",
        *(f'<{activity}> <{ONTOLOGY}rule> "{rule.axiom}"' for rule in rules()),
    ]
    return "".join(f"{line} .\n" for line in lines).encode()
