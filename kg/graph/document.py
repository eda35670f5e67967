"""An article and its facts to a JSON-LD document, which *is* the graph.

A bureau is named by the code of its division and the name of its unit, or by its name where the gazetteer does not know
it, a period by its days, a claim by article, place and fields.

Border: numbers stand in the JSON-LD as strings, because pyoxigraph reads the JSON number 11.29, typed ``xsd:decimal``,
as ``1.129E1``, which no numeric FILTER matches.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Iterable, Mapping
from itertools import chain
from typing import Any

from kg.article import Article
from kg.errors import GraphError
from kg.facts.campaign_order import Order, read_order
from kg.facts.facet import read_facets
from kg.facts.identity import Identity, authorities, chain_of, home_division, identify, identities
from kg.facts.jsonl import claimed, decimal_text
from kg.facts.model import Bureau, Campaign, Evidence, Fact, Honor, Metric, Period, Streak
from kg.facts.series import Membership, campaign_series, honor_rank, honor_series
from kg.facts.slot import slot_of
from kg.graph.name import ASPECTS, BASE, SUBJECTS, graph_iri, node_iri, software_name, text_hash
from kg.graph.term import Node, context
from kg.likeness import sketch
from kg.values.place import Division, choose, division_of, find_divisions

_SPELLED = json.JSONEncoder(ensure_ascii=False, sort_keys=True, default=decimal_text)
_BASE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`]*[/#:]")


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
