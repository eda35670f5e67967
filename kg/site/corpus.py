"""A store as a site needs it: claims with their fields, agencies, indicators, campaigns and articles, by IRI.

Enters: a store, or what it states. Leaves: one frozen ``Corpus``. Each property is read in one go, because a query that
joins them all takes ten times as long.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import cast

from kg.graph import ASPECTS, ONTOLOGY, QUANTITIES, SUBJECTS
from kg.store import Held, Listing
from kg.values.place import gazetteer

_LABEL = "http://www.w3.org/2000/01/rdf-schema#label"
_SKOS = "http://www.w3.org/2004/02/skos/core#"
_RDF_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
_PLAIN = re.compile("[a-z0-9][a-z0-9-]{0,60}")

Days = tuple[str, str]
"""First and last day, "" where they are not known."""
NO_DAYS: Days = ("", "")


@dataclass(frozen=True, slots=True)
class Source:
    """An article. ``slug`` names its page."""

    iri: str
    id: str
    slug: str
    title: str
    outlet: str
    published: str
    deduced: bool


@dataclass(frozen=True, slots=True)
class Agency:
    """A bureau. ``region`` is the first two digits of its division's code, "" where that is not known."""

    iri: str
    slug: str
    name: str
    other_names: tuple[str, ...]
    level: str
    place: str
    parent: str
    region: str


@dataclass(frozen=True, slots=True)
class Topic:
    """A concept: a subject, an aspect or a quantity, with its labels by language."""

    iri: str
    name: str
    labels: Mapping[str, str]
    broader: str = ""


@dataclass(frozen=True, slots=True)
class Claim:
    """What every claim has. ``key`` names it on the page of its article; ``start`` is where its words begin."""

    iri: str
    key: str
    article: str
    agency: str
    period: Days
    campaign: str
    quote: str
    start: int


@dataclass(frozen=True, slots=True)
class Figure(Claim):
    """A metric. ``alike`` is what figures share that may be compared: all of a slot but agency and days."""

    indicator: str
    subject: str
    aspect: str
    kind: str
    value: Decimal | None
    unit: str
    bound: str
    direction: str
    comparison: str
    baseline: Days
    scope: str
    streak: str
    alike: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Award(Claim):
    """An honor."""

    title: str
    recipient: str
    recipient_kind: str
    grantor: str
    level: str
    streak: str
    times: str


@dataclass(frozen=True, slots=True)
class Part(Claim):
    """That an agency runs or joins a campaign."""


@dataclass(frozen=True, slots=True)
class Drive:
    """A campaign and the series that it is an edition of."""

    iri: str
    name: str
    series: str
    edition: str


@dataclass(frozen=True, slots=True)
class Corpus:
    """All of it, each by IRI and in the order of IRIs."""

    sources: Mapping[str, Source]
    agencies: Mapping[str, Agency]
    topics: Mapping[str, Topic]
    drives: Mapping[str, Drive]
    series: Mapping[str, str]
    figures: tuple[Figure, ...]
    awards: tuple[Award, ...]
    parts: tuple[Part, ...]
    refused: Mapping[str, Mapping[str, tuple[str, ...]]] = field(default_factory=dict)

    def claims(self) -> tuple[Claim, ...]:
        """Return all claims."""
        return (*self.figures, *self.awards, *self.parts)


def slug(name: str, iri: str) -> str:
    """Return a name for a file: the name itself where that is plain, else a digest of the IRI.

    >>> slug("371600", "urn:a"), slug("../x", "urn:a")
    ('371600', 'x-558181ea17')
    """
    return name if _PLAIN.fullmatch(name) else "x-" + hashlib.sha256(iri.encode()).hexdigest()[:10]


def claim_key(iri: str) -> str:
    """Return what names a claim on the page of its article.

    >>> claim_key("urn:a")
    'c-558181ea170c'
    """
    return "c-" + hashlib.sha256(iri.encode()).hexdigest()[:12]


class _Reader:
    """Reads properties of a store."""

    def __init__(self, store: Listing) -> None:
        self.store = store

    def one(self, predicate: str) -> dict[str, str]:
        """Return the least value of a property by subject."""
        pairs = self.store.strings(f"SELECT ?s ?o WHERE {{ ?s <{predicate}> ?o }}")
        found = dict(cast("list[tuple[str, str]]", pairs))
        if len(found) == len(pairs):
            return found
        for subject, value in pairs:
            if value < found[subject]:
                found[subject] = value
        return found

    def pa(self, name: str) -> dict[str, str]:
        return self.one(ONTOLOGY + name)

    def all(self, predicate: str) -> dict[str, tuple[str, ...]]:
        found: dict[str, set[str]] = defaultdict(set)
        for subject, value in self.store.strings(f"SELECT ?s ?o WHERE {{ ?s <{predicate}> ?o }}"):
            found[subject].add(value)
        return {subject: tuple(sorted(values)) for subject, values in found.items()}

    def of_class(self, name: str) -> list[str]:
        return sorted(self._classes[ONTOLOGY + name])

    @cached_property
    def _classes(self) -> Mapping[str, set[str]]:
        found: dict[str, set[str]] = defaultdict(set)
        for one, type_ in self.store.strings(f"SELECT ?s ?o WHERE {{ ?s <{_RDF_TYPE}> ?o }}"):
            found[type_].add(one)
        return found


def read_corpus(store: Listing, articles: Iterable[Held]) -> Corpus:
    """Return what a store holds, for people; ``articles`` are those that it remembers."""
    read = _Reader(store)
    label = read.one(_LABEL)
    sources = _sources(read)
    agencies = _agencies(read, label)
    claims = _Claims(read, label)
    series = read.pa("series")
    edition = read.pa("edition")
    return Corpus(
        sources,
        agencies,
        _topics(store),
        {
            one: Drive(one, label.get(one, ""), series.get(one, one), edition.get(one, ""))
            for one in read.of_class("Campaign")
        },
        {one: label.get(one, "") for one in {*read.of_class("CampaignSeries"), *read.of_class("Campaign")}},
        claims.figures(),
        claims.awards(),
        claims.parts(),
        {
            held.id: {"en": held.refused, "zh": held.refused_zh or held.refused}
            for held in sorted(articles, key=lambda one: one.id)
            if held.refused
        },
    )


def _sources(read: _Reader) -> dict[str, Source]:
    title, outlet, published = read.pa("title"), read.pa("outlet"), read.pa("published")
    how, names = read.pa("dateSource"), read.pa("identifier")
    found = {}
    for iri in read.of_class("Article"):
        id = names.get(iri, iri)
        found[iri] = Source(
            iri,
            id,
            slug(id, iri),
            title.get(iri, id),
            outlet.get(iri, ""),
            published.get(iri, ""),
            how.get(iri) == "deduced",
        )
    return found


def _agencies(read: _Reader, label: Mapping[str, str]) -> dict[str, Agency]:
    names, preferred = read.all(_LABEL), read.one(f"{_SKOS}prefLabel")
    level, place, parent, code = read.pa("level"), read.pa("place"), read.pa("parent"), read.pa("code")
    found = {}
    for iri in read.of_class("Bureau"):
        name = preferred.get(iri) or label.get(iri, iri)
        others = tuple(one for one in names.get(iri, ()) if one != name)
        last = iri.rsplit("/", 1)[-1]
        own = code.get(iri, "")
        region = own[:2] if own.isdigit() else ""
        found[iri] = Agency(
            iri,
            slug(last, iri),
            name,
            others,
            level.get(iri, ""),
            label.get(place.get(iri, ""), ""),
            parent.get(iri, ""),
            region,
        )
    return found


def _topics(store: Listing) -> dict[str, Topic]:
    rows = store.strings(
        f"SELECT ?s ?o (LANG(?o) AS ?l) WHERE {{ ?s <{_SKOS}inScheme> ?x ; <{_SKOS}prefLabel> ?o "
        f"FILTER({' || '.join(f'STRSTARTS(STR(?s), {json.dumps(one)})' for one in (SUBJECTS, ASPECTS, QUANTITIES))}) }}"
    )
    labels: dict[str, dict[str, str]] = defaultdict(dict)
    for iri, text, language in rows:
        labels[iri].setdefault(language, text)
    broader = _pairs(store.strings(f"SELECT ?s (MIN(STR(?o)) AS ?b) WHERE {{ ?s <{_SKOS}broader> ?o }} GROUP BY ?s"))
    return {iri: Topic(iri, iri.rsplit("#", 1)[-1], labels[iri], broader.get(iri, "")) for iri in sorted(labels)}


def _pairs(rows: Iterable[tuple[str, ...]]) -> dict[str, str]:
    return {row[0]: row[1] for row in rows}


class _Claims:
    """Claims of each class, from properties that are read once."""

    def __init__(self, read: _Reader, label: Mapping[str, str]) -> None:
        self.read = read
        self.article = read.pa("article")
        self.agency = read.pa("bureau")
        self.campaign = read.pa("campaign")
        self.period = read.pa("period")
        starts, ends = read.pa("start"), read.pa("end")
        self.days = {iri: (start, ends.get(iri, "")) for iri, start in starts.items()}
        numbers, units = read.pa("n"), read.pa("unit")
        self.streaks = {iri: f"{number}{units.get(iri, '')}" for iri, number in numbers.items()}
        self.unit = units
        self.streak = read.pa("streak")
        quotes, offsets = read.pa("quote"), read.pa("startOffset")
        self.words: dict[str, tuple[int, str]] = {}
        for claim, spots in read.all(f"{ONTOLOGY}evidence").items():
            self.words[claim] = min((int(offsets.get(spot, 0)), quotes.get(spot, "")) for spot in spots)

    def _shared(self, iri: str) -> tuple[str, str, str, str, Days, str, str, int]:
        start, quote = self.words.get(iri, (0, ""))
        period = self.days.get(self.period.get(iri, ""), NO_DAYS)
        key = claim_key(iri)
        article, agency, campaign = (some.get(iri, "") for some in (self.article, self.agency, self.campaign))
        return iri, key, article, agency, period, campaign, quote, start

    def _streak(self, iri: str) -> str:
        return self.streaks.get(self.streak.get(iri, ""), "")

    def figures(self) -> tuple[Figure, ...]:
        read = self.read
        names = ("indicator", "subject", "aspect", "kind", "value", "bound", "direction", "comparison", "scope", "slot")
        given = {name: read.pa(name) for name in names}
        baseline = read.pa("baseline")
        made = []
        for iri in read.of_class("Metric"):
            said = {name: values.get(iri, "") for name, values in given.items()}
            parts = said["slot"].split("|")
            made.append(
                Figure(
                    *self._shared(iri),
                    indicator=said["indicator"],
                    subject=said["subject"],
                    aspect=said["aspect"],
                    kind=said["kind"],
                    value=Decimal(said["value"]) if said["value"] else None,
                    unit=self.unit.get(iri, ""),
                    bound=said["bound"],
                    direction=said["direction"],
                    comparison=said["comparison"],
                    baseline=self.days.get(baseline.get(iri, ""), NO_DAYS),
                    scope=said["scope"],
                    streak=self._streak(iri),
                    alike=tuple(parts[1:-1]) if len(parts) == 9 else (),
                )
            )
        return tuple(made)

    def awards(self) -> tuple[Award, ...]:
        read = self.read
        title, level, times = read.pa("title"), read.pa("awardLevel"), read.pa("times")
        recipient, kind, grantor = read.pa("recipient"), read.pa("recipientKind"), read.pa("grantor")
        return tuple(
            Award(
                *self._shared(iri),
                title=title.get(iri, ""),
                recipient=recipient.get(iri, ""),
                recipient_kind=kind.get(iri, ""),
                grantor=grantor.get(iri, ""),
                level=level.get(iri, ""),
                streak=self._streak(iri),
                times=times.get(iri, ""),
            )
            for iri in read.of_class("Honor")
        )

    def parts(self) -> tuple[Part, ...]:
        return tuple(Part(*self._shared(iri)) for iri in self.read.of_class("Participation"))


def region_name(code: str) -> str:
    """Return the name of a province, "" where there is none of that code.

    >>> region_name("37"), region_name("")
    ('山东省', '')
    """
    divisions = gazetteer().by_code.get(f"{code}0000", ())
    return divisions[-1].name if divisions else ""
