"""A piece to a verdict: an article read, its facts found, reviewed and judged, its graph spelled for the store.

Enters: a piece and the settings of a build. Leaves: all that a store wants to know of the article, as plain values that
travel between processes and machines. Nothing here touches a store, so that any number of these can run at once.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from pathlib import Path

from kg import gate, reporting
from kg.article import Article, Piece, read_piece
from kg.errors import ArticleError
from kg.extractors import OWN, Extractor, extract, find_extractor, refusal_line
from kg.facts.model import Fact
from kg.graph import BASE, ntriples_of, pairs_of, software_name, spelled, to_jsonld
from kg.resources import resource
from kg.review import Review, apply_reviews
from kg.review import to_ntriples as reviews_to_ntriples
from kg.turtle import pack

NO_FACTS = "no facts found; is this a report of police work? --allow-empty lets it pass"
_NO_FACTS_ZH = "未读出任何事实;这是公安工作报道吗?--allow-empty 可放行"
_DECIDING = frozenset((".py", ".toml", ".tsv", ".jsonld", ".ttl"))


@dataclass(frozen=True, slots=True)
class Job:
    """What a build wants done with each article; the same for all of them."""

    published: date | None = None
    allow_empty: bool = False
    base: str = BASE
    extractor: str = OWN
    reviews: Mapping[str, Sequence[Review]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of a piece.

    ``error`` says why it could not be read. ``refused`` holds the reasons why its facts stay out of the store,
    ``refused_zh`` the same in Chinese where the gate gives them. Else ``graph`` is the article's graph and ``reviews``
    what people said of it, as N-Triples, ``pack`` the graph as it is kept for Turtle, ``reported`` what it adds to who
    reports what, and ``report`` what the gate found, as a line. ``failed`` says how the process ended, ran out of time
    or of memory, that was to examine it; its id is then a guess.
    """

    id: str
    counts: Mapping[str, int] = field(default_factory=dict)
    refused: tuple[str, ...] = ()
    refused_zh: tuple[str, ...] = ()
    graph: bytes = b""
    pack: bytes = b""
    reported: tuple[str, ...] = ()
    reviews: bytes = b""
    report: str = ""
    reopened: tuple[Review, ...] = ()
    error: str | None = None
    failed: bool = False


def examine(job: Job, piece: Piece) -> Verdict:
    """Return what becomes of a piece: whether it can be read, what it claims, whether the gate lets that pass."""
    try:
        article = read_piece(piece, published=job.published)
    except ArticleError as error:
        return Verdict(piece.name, error=str(error))
    found = extract(article, _extractor(job.extractor))
    reviewed = apply_reviews(job.reviews.get(article.id, ()), article.text, found.accepted)
    if found.refused:
        return Verdict(article.id, refused=tuple(map(refusal_line, found.refused)))
    allow_empty = job.allow_empty or bool(found.accepted)  # a person may reject all of them
    if not reviewed.facts and not allow_empty:
        return Verdict(article.id, refused=(NO_FACTS,), refused_zh=(_NO_FACTS_ZH,))
    document = to_jsonld(article, reviewed.facts, job.base)
    report = gate.check_document(article, document)
    violations = excuse(_allowing(report, reviewed.facts, allow_empty), reviewed.corrected(job.base)).of("violation")
    if violations:
        places = [_spell_place(finding.place) for finding in violations]
        return Verdict(
            article.id,
            refused=tuple(f"{place}{found.message_en}" for place, found in zip(places, violations, strict=True)),
            refused_zh=tuple(f"{place}{found.message_zh}" for place, found in zip(places, violations, strict=True)),
        )
    stated = [*spelled(document)]
    return Verdict(
        article.id,
        counts_of(reviewed.facts),
        graph=ntriples_of(stated),
        pack=pack(stated),
        reported=tuple(reporting.report(pairs_of(document, reporting.NEEDED), job.base)),
        reviews=reviews_to_ntriples(reviewed.standing, job.base),
        report=gate.report_line(report),
        reopened=tuple(one.review for one in reviewed.standing if one.state == "reopened"),
    )


@cache
def _extractor(name: str) -> Extractor:
    return find_extractor(name)


def counts_of(facts: Iterable[Fact]) -> dict[str, int]:
    """Return the number of facts of each type."""
    return dict(sorted(Counter(type(fact).__name__ for fact in facts).items()))


def judge(
    article: Article,
    facts: Sequence[Fact],
    *,
    allow_empty: bool = False,
    base: str = BASE,
    engine: gate.Engine = gate.ENGINES["setwise"],
) -> gate.Report:
    """Return what the gate finds in an article's facts; having none is a violation unless that is allowed.

    >>> from kg.article import article_of
    >>> weather = article_of("今天天气很好。")
    >>> judge(weather, []).conforms(), judge(weather, [], allow_empty=True).conforms()
    (False, True)
    """
    return _allowing(gate.check(article, facts, base, engine=engine), facts, allow_empty)


def _allowing(report: gate.Report, facts: Sequence[Fact], allow_empty: bool) -> gate.Report:
    if facts:
        return report
    other = replace(report, findings=tuple(finding for finding in report.findings if finding.shape != "Vacuous"))
    return other if allow_empty else gate.require_facts(other)


def excuse(report: gate.Report, corrected: frozenset[str]) -> gate.Report:
    """Return the report in which a value that a person corrected need not be the one in its quote."""
    known = tuple(f for f in report.findings if f.shape == "Grounding" and f.field == "value" and f.focus in corrected)
    left = tuple(finding for finding in report.findings if finding not in known)
    return replace(report, findings=left, accepted=(*report.accepted, *known)) if known else report


def _spell_place(place: gate.Place | None) -> str:
    """Return "article:line:column: " as far as it is known.

    >>> _spell_place(gate.Place("nanchong-2020", 12, 3)), _spell_place(gate.Place("nanchong-2020"))
    ('nanchong-2020:12:3: ', 'nanchong-2020: ')
    """
    parts = () if place is None else (place.article, place.line, place.column)
    return "".join(f"{part}:" for part in parts if part is not None) + (" " if place else "")


@cache
def digest_of_package() -> str:
    """Return a digest of the rules, the ontology and the code that read articles."""
    folders = [Path(__file__).parent, resource("mappings"), resource("ontology")]
    digest = hashlib.sha256(software_name().encode())
    for folder in folders:
        for path in sorted(folder.rglob("*")):
            if path.suffix in _DECIDING and "_data" not in path.relative_to(folder).parts:
                digest.update(str(path.relative_to(folder)).encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()
