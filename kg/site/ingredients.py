"""What the pages of claims are made of: a digest by page, so that one that would be the same is not laid out again.

Enters: an outline, in any language. Leaves: a digest by path. A page of claims says of each what stands in its fields
and in what these name: its agency, its campaign, its article and its concepts. Besides, the page of an agency names
those above and below, the page of a series its editions. All of that goes whole into the digest, used or not; what
belongs to a page for another reason is part of its plan.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields
from functools import cache
from hashlib import blake2b
from operator import attrgetter
from typing import Any

from kg.site.corpus import Award, Claim, Drive, Figure, Part
from kg.site.outline import Outline

_FIELDS: Mapping[type[Claim], Callable[[Any], tuple[object, ...]]] = {
    kind: attrgetter(*(one.name for one in fields(kind))) for kind in (Figure, Award, Part)
}


def ingredients(outline: Outline) -> Mapping[str, str]:
    """Return what pages are made of, as a digest, by their path below a language's folder."""
    corpus, told = outline.corpus, _Told(outline)
    found: dict[str, str] = {}

    def note(path: str, *parts: object, claims: Iterable[Claim]) -> None:
        # Should two pages have one path, each is made of both.
        digest = _digest_of(repr((found.get(path, ""), parts)).encode("utf-8", "backslashreplace"))
        found[path] = _digest_of(b"".join([digest, *map(told.claim, claims)])).hex()

    for iri in outline.shown:
        family = [corpus.agencies[iri].parent, *(one.iri for one in outline.children_of.get(iri, ()))]
        its = (outline.figures_of, outline.awards_of, outline.parts_of)
        claims = [claim for some in its for claim in some.get(iri, ())]
        note(outline.agency_href(iri, ""), told.agency(iri), [*map(told.agency, family)], claims=claims)
    for (subject, aspect), figures in outline.measured.items():
        note(outline.what_href(subject, aspect, ""), told.concepts(subject, aspect), claims=figures)
    of_article: dict[str, list[Claim]] = defaultdict(list)
    of_series: dict[str, list[Claim]] = defaultdict(list)
    for claim in corpus.claims():
        of_article[claim.article].append(claim)
        if claim.campaign and not isinstance(claim, Award):
            of_series[outline.series_of(claim.campaign)].append(claim)
    editions: dict[str, list[Drive]] = defaultdict(list)
    for drive in corpus.drives.values():
        editions[drive.series].append(drive)
    for series, drives in editions.items():
        note(outline.series_href(series, ""), corpus.series.get(series), drives, claims=of_series[series])
    for source in corpus.sources.values():
        note(outline.source_href(source, ""), source, claims=of_article[source.iri])
    return found


def _digest_of(told: bytes) -> bytes:
    return blake2b(told, digest_size=16).digest()


class _Told:
    """What a corpus tells of one thing, as text or as a digest."""

    def __init__(self, outline: Outline) -> None:
        self._outline = outline
        self.agency = cache(self._agency)
        self.concepts = cache(self._concepts)
        self.claim = cache(self._claim)
        self._named = cache(self._all_named)

    def _agency(self, iri: str) -> str:
        outline = self._outline
        return repr((outline.corpus.agencies.get(iri), iri in outline.shown, outline.region(iri)))

    def _concepts(self, subject: str, aspect: str) -> str:
        topics = [self._outline.corpus.topics.get(iri) for iri in (subject, aspect)]
        told = [topic and (topic.iri, topic.name, sorted(topic.labels.items()), topic.broader) for topic in topics]
        return repr((told, (subject, aspect) in self._outline.measured))

    def _all_named(self, article: str, agency: str, campaign: str, subject: str, aspect: str) -> str:
        corpus = self._outline.corpus
        told = (corpus.sources.get(article), corpus.drives.get(campaign))
        return f"{told!r}{self.agency(agency)}{self.concepts(subject, aspect)}"

    def _claim(self, claim: Claim) -> bytes:
        concepts = (claim.subject, claim.aspect) if isinstance(claim, Figure) else ("", "")
        named = self._named(claim.article, claim.agency, claim.campaign, *concepts)
        return _digest_of(f"{_FIELDS[type(claim)](claim)!r}{named}".encode("utf-8", "backslashreplace"))
