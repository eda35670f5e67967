"""Reading: the claims of a store, who stands above whom, which articles reprint another, and the words of claims."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from kg.corpus.claim import Claim
from kg.graph import ONTOLOGY
from kg.likeness import likeness
from kg.store import Listing

REPRINT = 0.6
"""Articles about one agency that share this much of their words are reprints of one another."""


_AT_ONCE = 500


def _pairs(store: Listing, pattern: str) -> list[tuple[str, ...]]:
    return store.strings(f"SELECT {' '.join(dict.fromkeys(re.findall(r'[?][a-z]+', pattern)))} WHERE {{ {pattern} }}")


def values_of(store: Listing, name: str) -> dict[str, str]:
    """Return what each node of a store has as its property of that name; the least value of several."""
    found: dict[str, str] = {}
    for subject, value in _pairs(store, f"?s <{ONTOLOGY}{name}> ?o"):
        if subject not in found or value < found[subject]:
            found[subject] = value
    return found


def read_claims(store: Listing) -> list[Claim]:
    """Return the metrics of a store that have a slot, in the order of articles and slots.

    Each property is read in one go: a query that joins ten of them takes ten times as long.
    """
    article = values_of(store, "identifier")
    of = {iri: article.get(about, "") for iri, about in _pairs(store, f"?s <{ONTOLOGY}article> ?o")}
    fields = {name: values_of(store, name) for name in ("value", "unit", "bound", "direction", "indicator")}
    claims = []
    for iri, slot in values_of(store, "slot").items():
        agency, what, kind, quantity, comparison, baseline, scope, series, days = slot.split("|")
        value = fields["value"].get(iri)
        claims.append(
            Claim(
                iri=iri,
                agency=agency,
                what=what,
                kind=kind,
                quantity=quantity,
                comparison=comparison,
                baseline=baseline,
                scope=scope,
                series=series,
                days=days,
                indicator=fields["indicator"].get(iri, ""),
                value=None if value is None else Decimal(value),
                unit=fields["unit"].get(iri, ""),
                bound=fields["bound"].get(iri, ""),
                direction=fields["direction"].get(iri, ""),
                article=of.get(iri, ""),
            )
        )
    return sorted(claims, key=lambda claim: (claim.article, claim.slot, claim.iri))


def read_above(store: Listing) -> Mapping[str, Collection[str]]:
    """Return by agency, as slots name it, all agencies above it."""
    slots = values_of(store, "slot")
    key: dict[str, set[str]] = defaultdict(set)
    for iri, bureau in _pairs(store, f"?s <{ONTOLOGY}bureau> ?o"):
        if iri in slots:
            key[bureau].add(slots[iri].partition("|")[0])
    above: dict[str, set[str]] = defaultdict(set)
    for below, over in _pairs(store, f"?s <{ONTOLOGY}under> ?o"):
        for name in key.get(below, ()):
            above[name] |= key.get(over, set()) - {name}
    return above


def read_reprints(store: Listing, claims: Iterable[Claim]) -> Mapping[str, str]:
    """Return by article the first one, by day and id, of those that print the same text about the same agency."""
    agencies: dict[str, Counter[str]] = defaultdict(Counter)
    for claim in claims:
        agencies[claim.article][claim.agency] += 1
    identifier = values_of(store, "identifier")
    sketches = {identifier[iri]: text for iri, text in values_of(store, "sketch").items() if iri in identifier}
    published = {identifier[iri]: day for iri, day in values_of(store, "published").items() if iri in identifier}
    of_agency: dict[str, list[str]] = defaultdict(list)
    for article, counts in agencies.items():
        most = max(counts.values())
        of_agency[min(name for name, count in counts.items() if count == most)].append(article)
    original: dict[str, str] = {}
    for articles in of_agency.values():
        firsts: list[str] = []
        for article in sorted(articles, key=lambda name: (published.get(name, "9999"), name)):
            like = (one for one in firsts if likeness(sketches.get(one, ""), sketches.get(article, "")) >= REPRINT)
            original[article] = next(like, article)
            if original[article] == article:
                firsts.append(article)
    return original


@dataclass(frozen=True, slots=True)
class Words:
    """A claim's evidence: what it says, from where to where in the text."""

    quote: str
    start: int
    end: int


def read_words(store: Listing, iris: Collection[str]) -> Mapping[str, Words]:
    """Return the first evidence of claims."""
    found: dict[str, Words] = {}
    wanted = sorted(iris)
    for at in range(0, len(wanted), _AT_ONCE):
        named = " ".join(f"<{iri}>" for iri in wanted[at : at + _AT_ONCE])
        rows = _pairs(
            store,
            f"VALUES ?s {{ {named} }} ?s <{ONTOLOGY}evidence> ?e . ?e <{ONTOLOGY}quote> ?q ; "
            f"<{ONTOLOGY}startOffset> ?from ; <{ONTOLOGY}endOffset> ?to",
        )
        for iri, _, quote, start, end in rows:
            words = Words(quote, int(start), int(end))
            if iri not in found or words.start < found[iri].start:
                found[iri] = words
    return found
