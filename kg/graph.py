"""Facts to RDF: one named graph an article, written as JSON-LD through ``mappings/context.jsonld``.

Enters: an article and its facts. Leaves: a JSON-LD document, which *is* the graph, or the same as an rdflib Dataset or
Graph; and the way back, from an article's graph to its facts. IRIs come from content alone: a bureau from the code of
its division and the name of its unit, or from its name where the gazetteer does not know it, a period from its days, a
claim from article, place and fields.

Border: numbers stand in the JSON-LD as strings, because pyoxigraph reads the JSON number 11.29, typed ``xsd:decimal``,
as ``1.129E1``, which no numeric FILTER matches.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal
from functools import cache, lru_cache
from importlib.metadata import PackageNotFoundError, version
from itertools import chain
from types import MappingProxyType
from typing import Any
from urllib.parse import quote

import rdflib
from rdflib import RDF, RDFS, Literal, URIRef
from rdflib.term import Identifier

from kg.article import Article
from kg.errors import GraphError, MappingError
from kg.facts.campaign_order import Order, read_order
from kg.facts.facet import read_facets
from kg.facts.identity import Identity, authorities, chain_of, home_division, identify, identities
from kg.facts.jsonl import FIELDS, claimed, decimal_text, fact_from_dict
from kg.facts.model import Bureau, Campaign, Evidence, Fact, Honor, Metric, Period, Streak
from kg.facts.series import Membership, campaign_series, honor_rank, honor_series
from kg.facts.slot import slot_of
from kg.likeness import sketch
from kg.resources import read_resource
from kg.values.place import Division, choose, division_of, find_divisions

ONTOLOGY = "https://w3id.org/pingan/ontology#"
BASE = "https://w3id.org/pingan/data/"
SUBJECTS = "https://w3id.org/pingan/subject#"
ASPECTS = "https://w3id.org/pingan/aspect#"
QUANTITIES = "https://w3id.org/pingan/quantity#"
NODE_KINDS = (
    "article", "authority", "award", "bureau", "campaign", "evidence", "extraction", "graph", "honor", "metric",
    "participation", "period", "place", "series", "software", "streak",
)  # fmt: skip
"""What comes between the base IRI and the name of a node."""

Node = dict[str, Any]

_PLAIN_NAME = re.compile(r"[\w·-]([\w·.-]*[\w·-])?")  # \w is what str.isalnum allows, and the underscore
_ESCAPED = re.compile('["\\\\\x00-\x1f\x7f\ufffe\uffff]')
_NTRIPLES_ESCAPES = {'"': '\\"', "\\": "\\\\", "\b": "\\b", "\t": "\\t", "\n": "\\n", "\f": "\\f", "\r": "\\r"}
_A = RDF.type
_SPELLED = json.JSONEncoder(ensure_ascii=False, sort_keys=True, default=decimal_text)
_LITERALS = 20_000  # kept of a datatype
_BASE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`]*[/#:]")


def local_name(text: str) -> str:
    """Return the text as the last part of an IRI: letters and digits of any script stay, the rest is %-encoded.

    >>> local_name("平安行·你我他"), local_name("a/b c.")
    ('平安行·你我他', 'a%2Fb%20c%2E')
    """
    if _PLAIN_NAME.fullmatch(text):
        return text
    kept = "".join(c if c.isalnum() or c in "-_·." else quote(c, safe="", errors="replace") for c in text)
    return re.sub(r"^\.+|\.+$", lambda dots: "%2E" * len(dots[0]), kept)


def node_iri(kind: str, name: str, base: str = BASE) -> str:
    """Return the IRI of a node of one of NODE_KINDS.

    >>> node_iri("bureau", "南充市公安局")
    'https://w3id.org/pingan/data/bureau/南充市公安局'
    """
    return f"{base}{kind}/{local_name(name)}"


def graph_iri(article_id: str, base: str = BASE) -> str:
    """Return the name of an article's graph.

    >>> graph_iri("nanchong-2020")
    'https://w3id.org/pingan/data/graph/nanchong-2020'
    """
    return node_iri("graph", article_id, base)


def text_hash(text: str) -> str:
    """Return the digest by which an article's text is known in the graph.

    >>> text_hash("平安")
    'sha256:572027d3290df33676c11e87dda8c1fbdafee3a98d1646efad0b71f2faebabcc'
    """
    return "sha256:" + hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


@cache
def software_name() -> str:
    """Return name and version of this program, for provenance."""
    try:
        return f"pingan-kg {version('pingan-kg')}"
    except PackageNotFoundError:
        return "pingan-kg"


@cache
def context() -> Mapping[str, Any]:
    """Return the terms of ``mappings/context.jsonld``. Raises MappingError where it is malformed."""
    try:
        return MappingProxyType(json.loads(read_resource("mappings", "context.jsonld"))["@context"])
    except (ValueError, KeyError, TypeError) as error:
        raise MappingError(f"mappings/context.jsonld: a JSON-LD context is expected ({error})") from error


class _Nodes:
    """Collects the nodes of one article's graph; a node met twice is one node."""

    def __init__(self, article: Article, facts: Iterable[Fact], base: str) -> None:
        kept = tuple(facts)
        self.article = article
        self.base = base
        self.about = node_iri("article", article.id, base)
        self.hash = text_hash(article.text)
        self.year = article.published.year if article.published else None
        self.agencies: dict[str, Identity] = dict(identities(kept, self.year))
        self.home: Division | None = home_division(kept, self.year)
        self.province = chain_of(self.home.code)[-1].name if self.home else None
        self.nodes: dict[str, Node] = {}
        self.made: dict[object, str] = {}  # agencies, periods and evidence, which claims name again and again
        self.campaigns: dict[str, str] = {}
        self.members: dict[str, Membership] = {}

    def add(self, kind: str, name: str, type_: str | list[str], /, **fields: Any) -> str:
        iri = node_iri(kind, name, self.base)
        node = self.nodes.setdefault(iri, {"id": iri, "type": type_})
        for term, value in fields.items():
            if value is None:
                continue
            if isinstance(value, list):
                node[term] = sorted({*node.get(term, ()), *value})
            else:
                node.setdefault(term, value)
        return iri

    def bureau(self, name: str | None, /, **fields: Any) -> str | None:
        """Return the agency of a name; one that the article calls by two names has the first as its own."""
        if name is None:
            return None
        identity = self.agencies.get(name)
        key = identity.key if identity else name
        if not fields and (made := self.made.get((name, key))):
            return made
        iri = self.made[name, key] = self.add("bureau", key, "Bureau", name=name, **fields)
        if identity:
            self.add("bureau", key, "Bureau", code=identity.code)
        if self.nodes[iri]["name"] != name:
            self.add("bureau", key, "Bureau", otherName=[name])
        return iri

    def place(self, name: str | None, bureau: str) -> str | None:
        """Return the place of a name that a bureau answers for: of several divisions, the one that the bureau is in."""
        if name is None:
            return None
        identity = self.agencies.get(bureau)
        own = division_of(identity.code, year=self.year) if identity else None
        found = choose(find_divisions(name, year=self.year), own or self.home)
        if found is None:
            return self.add("place", name, "Place", name=name)
        return self.add("place", found.code, "Place", name=name, code=found.code)

    def campaign(self, name: str | None, /, **fields: Any) -> str | None:
        """Return the campaign of a name, as an edition of its series.

        Where year or province tell which of several campaigns of the name it is, the series is part of its IRI.
        """
        if name is None:
            return None
        if not fields and (made := self.campaigns.get(name)):
            return made
        member = self.series(name)
        series = self.add("series", member.series, "CampaignSeries", name=member.series)
        own = name if member.series == campaign_series(name).series else f"{name}~{member.series}"
        iri = self.add("campaign", own, "Campaign", name=name, series=series, edition=member.edition, **fields)
        self.campaigns[name] = iri
        return iri

    def series(self, campaign: str) -> Membership:
        found = self.members.get(campaign)
        if found is None:
            found = self.members[campaign] = campaign_series(campaign, self.year, self.province)
        return found

    def authority(self, name: str) -> str:
        """Return the body that grants an honor or orders a campaign: an agency, or another."""
        identity = self.agencies.get(name) or identify(name, near=self.home, year=self.year)
        if identity:
            self.agencies[name] = identity
        if name in self.agencies or name.endswith(("公安部", "公安厅", "公安局")):
            return str(self.bureau(name))
        return self.add("authority", name, "Authority", name=name)

    def period(self, period: Period | None) -> str | None:
        if period is None:
            return None
        made = self.made.get(period)
        if made is None:
            start, end = period.start.isoformat(), period.end.isoformat()
            made = self.made[period] = self.add("period", f"{start}_{end}", "Period", start=start, end=end)
        return made

    def streak(self, streak: Streak | None) -> str | None:
        if streak is None:
            return None
        return self.add("streak", f"{streak.n}{streak.unit}", "Streak", n=str(streak.n), unit=streak.unit)

    def evidence(self, evidence: Evidence) -> str:
        made = self.made.get((evidence.start, evidence.end))
        if made is not None:
            return made
        start, end = str(evidence.start), str(evidence.end)
        iri = self.made[evidence.start, evidence.end] = self.add(
            "evidence",
            f"{self.article.id}-{start}-{end}",
            ["Evidence", "PositionSelector", "QuoteSelector"],
            quote=evidence.quote,
            start=start,
            end=end,
            exact=evidence.quote,
            selectorStart=start,
            selectorEnd=end,
            article=self.about,
            textHash=self.hash,
        )
        return iri

    def order(self, fact: Campaign) -> Order | None:
        """Return who ordered a campaign, by the first of its places where the words say so."""
        for place in sorted(fact.evidence):
            named = place.start + max(0, place.quote.find(fact.name))
            if order := read_order(self.article.text, named, self.home):
                return order
        return None

    def of_every_fact(self, fact: Fact) -> Node:
        return {
            "evidence": [self.evidence(one) for one in fact.evidence],
            "rule": list(fact.derivation.rules) or None,
        }

    def claim(self, kind: str, fact: Fact, /, **fields: Any) -> str:
        name = f"{self.article.id}-{claim_digest(fact)}"
        shared = self.of_every_fact(fact)
        return self.add(kind, name, kind.capitalize(), **fields, article=self.about, **shared)


def claim_digest(fact: Fact) -> str:
    """Return what tells a claim from every other: a digest of article, first place and normalised fields."""
    first = min(fact.evidence)
    spelled = _SPELLED.encode([{**claimed(fact), "evidence": []}, first.start, first.end])
    return hashlib.sha256(spelled.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _add_bureau(nodes: _Nodes, fact: Bureau) -> None:
    nodes.bureau(fact.name)
    nodes.bureau(
        fact.name,
        level=fact.level,
        place=nodes.place(fact.place, fact.name),
        parent=nodes.bureau(fact.parent),
        article=nodes.about,
        **nodes.of_every_fact(fact),
    )


def _add_campaign(nodes: _Nodes, fact: Campaign) -> None:
    bureau = nodes.bureau(fact.bureau)
    campaign = nodes.campaign(fact.name)
    order = nodes.order(fact)
    nodes.claim(
        "participation",
        fact,
        campaign=campaign,
        bureau=bureau,
        period=nodes.period(fact.period),
        orderedBy=[nodes.authority(name) for name in order.bodies] if order else None,
        orderedIn=nodes.evidence(Evidence(order.start, order.end, nodes.article.text[order.start : order.end]))
        if order
        else None,
    )
    nodes.campaign(
        fact.name,
        bureau=[bureau] if bureau else None,
        article=nodes.about,
        **nodes.of_every_fact(fact),
    )


def _add_honor(nodes: _Nodes, fact: Honor) -> None:
    member, rank = honor_series(fact.title, fact.level), honor_rank(fact.title)
    nodes.claim(
        "honor",
        fact,
        title=fact.title,
        recipient=fact.recipient,
        recipientKind=fact.recipient_kind,
        bureau=nodes.bureau(fact.bureau),
        grantor=fact.grantor,
        grantedBy=[nodes.authority(name) for name in authorities(fact)] or None,
        award=nodes.add("award", member.series, "AwardSeries", name=member.series),
        edition=member.edition,
        awardKind=rank.kind if rank else None,
        awardRank=str(rank.rank) if rank else None,
        level=fact.level,
        period=nodes.period(fact.period),
        streak=nodes.streak(fact.streak),
        times=None if fact.times is None else str(fact.times),
    )


def _add_metric(nodes: _Nodes, fact: Metric) -> None:
    facets = read_facets(fact.indicator, fact.unit, fact.kind)
    series = nodes.series(fact.campaign).series if fact.campaign else None
    nodes.claim(
        "metric",
        fact,
        bureau=nodes.bureau(fact.bureau),
        indicator=fact.indicator,
        subject=facets.subject and SUBJECTS + facets.subject,
        aspect=facets.aspect and ASPECTS + facets.aspect,
        slot=slot_of(fact, nodes.agencies.get(fact.bureau or ""), series),
        kind=fact.kind,
        value=None if fact.value is None else decimal_text(fact.value),
        unit=fact.unit,
        bound=fact.bound,
        direction=fact.direction,
        comparison=fact.comparison,
        baseline=nodes.period(fact.baseline),
        scope=fact.scope,
        streak=nodes.streak(fact.streak),
        campaign=nodes.campaign(fact.campaign),
        period=nodes.period(fact.period),
    )


_ADD: Mapping[type[Fact], Callable[[_Nodes, Any], None]] = {
    Bureau: _add_bureau,
    Campaign: _add_campaign,
    Honor: _add_honor,
    Metric: _add_metric,
}


def _add_provenance(nodes: _Nodes) -> None:
    article = nodes.article
    about = nodes.add(
        "article",
        article.id,
        "Article",
        identifier=article.id,
        title=article.title,
        outlet=article.outlet,
        byline=article.byline,
        published=article.published and article.published.isoformat(),
        dateSource=article.date_source,
        textHash=nodes.hash,
        characters=str(len(article.text)),
        sketch=sketch(article.text) or None,
    )
    name = software_name()
    software = nodes.add("software", name.replace(" ", "-"), "Software", name=name)
    extraction = nodes.add("extraction", article.id, "Extraction", used=about, associatedWith=software)
    nodes.add("graph", article.id, "Entity", derivedFrom=about, generatedBy=extraction)


def _in_order(facts: Iterable[Fact]) -> list[Fact]:
    """Return facts so that what names an agency first does not depend on the order in which they came."""
    return sorted(facts, key=lambda fact: (min(fact.evidence), type(fact).__name__, _agency_of(fact)))


def _agency_of(fact: Fact) -> str:
    return fact.name if isinstance(fact, Bureau) else fact.bureau or ""


def to_jsonld(article: Article, facts: Iterable[Fact], base: str = BASE) -> Node:
    """Return the article's named graph as one JSON-LD document, its context inside, its nodes in the order of IRIs.

    Raises GraphError for a fact of another article, for text that is no Unicode (a lone surrogate), and for a base
    that is no absolute IRI ending in "/", "#" or ":".
    """
    if not _BASE.fullmatch(base):
        raise GraphError(f'base {base!r}: expected an absolute IRI that ends in "/", such as {BASE}')
    facts = tuple(facts)
    nodes = _Nodes(article, facts, base)
    _add_provenance(nodes)
    for fact in _in_order(facts):
        if fact.article != article.id:
            raise GraphError(f"a fact of article {fact.article!r} among those of {article.id!r}")
        _ADD[type(fact)](nodes, fact)
    document = {
        "@context": dict(context()),
        "id": graph_iri(article.id, base),
        "@graph": [nodes.nodes[iri] for iri in sorted(nodes.nodes)],
    }
    try:
        said = chain.from_iterable(node.values() for node in nodes.nodes.values())
        "".join([value if isinstance(value, str) else "".join(value) for value in said]).encode()
    except UnicodeEncodeError:
        raise GraphError(f"article {article.id!r}: a lone surrogate in its facts, which RDF cannot hold") from None
    return document


def to_jsonld_text(article: Article, facts: Iterable[Fact], base: str = BASE) -> str:
    """Return the document of ``to_jsonld`` as text; what a store or another program loads. Raises GraphError."""
    return json.dumps(to_jsonld(article, facts, base), ensure_ascii=False, indent=1)


def _definition(term: str, types: Iterable[str]) -> tuple[URIRef, str | None]:
    """Return what the context says of a term in a node of these types: its IRI, and the type of its values."""
    terms: dict[str, Any] = dict(context())
    for type_ in types:
        if isinstance(terms[type_], dict):
            terms |= terms[type_].get("@context", {})
    definition = terms[term]
    short = definition if isinstance(definition, str) else definition["@id"]
    coercion = None if isinstance(definition, str) else definition.get("@type")
    return _expanded(short), coercion


@cache
def _expanded(short: str) -> URIRef:
    """Return the IRI that a short one stands for, as one object: rdflib compares others in Python."""
    prefix, _, name = short.partition(":")
    return URIRef(f"{context()[prefix]}{name}")


@cache
def term_iri(term: str, type_: str | None = None) -> URIRef:
    """Return the IRI that a term of the context stands for, in a node of a type.

    >>> term_iri("level", "Honor")
    rdflib.term.URIRef('https://w3id.org/pingan/ontology#awardLevel')
    """
    return _definition(term, [type_] if type_ else [])[0]


@cache
def _writer(term: str, types: tuple[str, ...]) -> tuple[URIRef, Callable[[str], Identifier]]:
    predicate, coercion = _definition(term, types)
    if coercion is None:
        return predicate, _plain_literal
    if coercion == "@id":
        return predicate, URIRef
    return predicate, _literals(_expanded(coercion))


@lru_cache(maxsize=_LITERALS)
def _plain_literal(text: str) -> Literal:
    return Literal(text)


@cache
def _literals(datatype: URIRef) -> Callable[[str], Literal]:
    """Return what makes literals of a datatype; offsets, days and counts come again in every article."""
    return lru_cache(maxsize=_LITERALS)(lambda text: Literal(text, datatype=datatype, normalize=False))


def statements_of(document: Mapping[str, Any]) -> Iterator[tuple[URIRef, URIRef, list[Identifier]]]:
    """Give each subject of a document of ``to_jsonld`` with each of its properties and the values that it has of it.

    Ten times as fast as a JSON-LD library, which sees anything; ``tests/test_graph.py`` holds it to what rdflib and
    pyoxigraph read.
    """
    iri = cache(URIRef)  # a node's IRI is the value of many triples
    for node in document["@graph"]:
        subject = iri(node["id"])
        types = (node["type"],) if isinstance(node["type"], str) else tuple(node["type"])
        yield subject, _A, [term_iri(type_) for type_ in types]
        for term, value in node.items():
            if term == "id" or term == "type":
                continue
            predicate, write = _writer(term, types)
            make = iri if write is URIRef else write
            yield subject, predicate, [make(one) for one in value] if isinstance(value, list) else [make(value)]


def triples_of(document: Mapping[str, Any]) -> Iterator[tuple[URIRef, URIRef, Identifier]]:
    """Give the triples of a document of ``to_jsonld``."""
    return ((subject, predicate, value) for subject, predicate, values in statements_of(document) for value in values)


def to_ntriples(document: Node) -> bytes:
    """Return the triples of a document of ``to_jsonld`` as N-Triples, which a store reads in a fifth of the time.

    >>> to_ntriples({"@graph": [{"id": "urn:a", "type": "Place", "code": "371600"}]}).decode().splitlines()[1]
    '<urn:a> <https://w3id.org/pingan/ontology#code> "371600" .'
    """
    return ntriples_of(spelled(document))


def ntriples_of(spelled: Iterable[tuple[str, Mapping[str, Iterable[str]]]]) -> bytes:
    """Return what ``spelled`` gives as N-Triples."""
    lines = [
        f"{subject} {predicate} {value} .\n"
        for subject, said in spelled
        for predicate, values in said.items()
        for value in values
    ]
    return "".join(lines).encode()


def spelled(document: Node) -> Iterator[tuple[str, dict[str, list[str]]]]:
    """Give each subject of a document of ``to_jsonld`` with values by property, spelled as a store spells N-Triples."""
    known: dict[tuple[str, str], str] = {}
    for node in document["@graph"]:
        types = (node["type"],) if isinstance(node["type"], str) else tuple(node["type"])
        said = {_TYPE: _spelled_types(types)[:]}
        for term, value in node.items():
            if term == "id" or term == "type":
                continue
            predicate, suffix = _spelling(term, types)
            if isinstance(value, list):
                values = [_spelled_value(one, suffix) for one in value]
            else:
                found = known.get((suffix, value))
                if found is None:
                    found = known[suffix, value] = _spelled_value(value, suffix)
                values = [found]
            if predicate in said:
                said[predicate] += values
            else:
                said[predicate] = values
        yield f"<{node['id']}>", said


@cache
def _spelled_types(types: tuple[str, ...]) -> list[str]:
    return [f"<{term_iri(type_)}>" for type_ in types]


def _spelled_value(value: str, suffix: str) -> str:
    return f"<{value}>" if suffix == ">" else f'"{_escaped(value)}{suffix}'


def pairs_of(document: Node, names: Iterable[str]) -> dict[str, list[tuple[str, str]]]:
    """Return what a document of ``to_jsonld`` links by some properties of the ontology, as a store gives pairs.

    >>> pairs_of({"@graph": [{"id": "urn:a", "type": "Place", "code": "371600"}]}, ["code", "kind"])
    {'code': [('urn:a', '371600')], 'kind': []}
    """
    found: dict[str, list[tuple[str, str]]] = {name: [] for name in names}
    wanted = {f"<{ONTOLOGY}{name}>": pairs for name, pairs in found.items()}
    for node in document["@graph"]:
        types = (node["type"],) if isinstance(node["type"], str) else tuple(node["type"])
        for term, value in node.items():
            if term not in ("id", "type") and (pairs := wanted.get(_spelling(term, types)[0])) is not None:
                pairs += [(node["id"], one) for one in (value if isinstance(value, list) else (value,))]
    return found


_TYPE = f"<{_A}>"


@cache
def _spelling(term: str, types: tuple[str, ...]) -> tuple[str, str]:
    """Return a predicate as N-Triples spell it, and how a value of it ends."""
    predicate, coercion = _definition(term, types)
    if coercion == "@id":
        return f"<{predicate}>", ">"
    return f"<{predicate}>", '"' if coercion is None else f'"^^<{_expanded(coercion)}>'


def _escaped(text: str) -> str:
    return _ESCAPED.sub(_escape, text) if _ESCAPED.search(text) else text


def _escape(found: re.Match[str]) -> str:
    return _NTRIPLES_ESCAPES.get(found[0]) or f"\\u{ord(found[0]):04X}"


def to_dataset(article: Article, facts: Iterable[Fact], base: str = BASE) -> rdflib.Dataset:
    """Return an rdflib Dataset that holds the article's named graph. Raises GraphError as ``to_jsonld`` does."""
    dataset = rdflib.Dataset()
    document = to_jsonld(article, facts, base)
    graph = dataset.graph(URIRef(document["id"]))
    for triple in triples_of(document):
        graph.add(triple)
    return dataset


def to_graph(article: Article, facts: Iterable[Fact], base: str = BASE) -> rdflib.Graph:
    """Return the article's triples as one rdflib Graph. Raises GraphError as ``to_jsonld`` does.

    >>> article = Article(id="a", text="南充公安侦破案件3起", blocks=())
    >>> fact = Bureau(article="a", evidence=(Evidence(0, 4, "南充公安"),), name="南充市公安局", level="prefecture")
    >>> graph = to_graph(article, [fact])
    >>> "南充市公安局" in [str(label) for label in graph.objects(None, RDFS.label)]
    True
    """
    graph = rdflib.Graph()
    for triple in triples_of(to_jsonld(article, facts, base)):
        graph.add(triple)
    return graph


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
