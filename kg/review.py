"""What people say of facts: this one is wrong, this one ought to read so; who said it, when and why.

Enters: JSON Lines, one review a line, and the facts that an article gave. Leaves: the facts that stand, and which
reviews applied. A review is known by what the fact says and by the sentence that says it, not by offsets, digests or
rules, so that it survives another extraction; where the sentence has changed, or the fact is read otherwise now, it is
reopened: it does nothing until somebody looks again. A later review of the same fact in the same sentence replaces an
earlier one.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from kg.errors import InputError, StoreError, UsageError
from kg.facts.jsonl import FIELDS, decimal_text, fact_from_dict, fact_to_dict, write_fact
from kg.facts.model import Campaign, Derivation, Fact, Honor, Metric
from kg.graph import BASE, claim_digest, local_name, node_iri
from kg.handed import read_handed

FILE = "reviews.jsonl"
VERDICTS = ("reject", "correct", "withdraw")
ASPECT = "https://schema.org/reviewAspect"
REVIEWED = "https://schema.org/itemReviewed"

_LONGEST = 1_000
_AROUND = 400
_ENDS = re.compile(r"[。!?!?]|\n\s*\n")
_XSD = "http://www.w3.org/2001/XMLSchema#"


@dataclass(frozen=True, slots=True)
class Review:
    """One person's word on one fact. ``corrected`` is what it should say; ``sentence`` is where it stood."""

    fact: Fact
    sentence: str
    verdict: str
    by: str
    on: date
    why: str
    corrected: Fact | None = None

    @property
    def key(self) -> str:
        """Return what the reviewed fact is known by."""
        return claim_key(self.fact)


@dataclass(frozen=True, slots=True)
class Standing:
    """A review and what became of it: applied or reopened. ``about`` is the fact that stands now, if one does."""

    review: Review
    state: str
    about: Fact | None = None


@dataclass(frozen=True, slots=True)
class Reviewed:
    """The facts of an article after its reviews, and what became of each review."""

    facts: tuple[Fact, ...]
    standing: tuple[Standing, ...] = ()

    def corrected(self, base: str = BASE) -> frozenset[str]:
        """Return the IRIs of claims that say what a person said and the quote need not."""
        return frozenset(claim_iri(one.about, base) for one in self.standing if one.review.corrected and one.about)


def claim_key(fact: Fact) -> str:
    """Return what names a fact by article and fields alone, wherever it stands and however it was found.

    >>> from kg.facts.model import Evidence
    >>> fact = Campaign(article="a", evidence=(Evidence(0, 2, "云剑"),), name="云剑")
    >>> claim_key(fact) == claim_key(replace(fact, evidence=(Evidence(5, 7, "云剑"),)))
    True
    """
    fields = fact_to_dict(replace(fact, evidence=(), derivation=Derivation()))
    spelled = json.dumps(fields, ensure_ascii=False, sort_keys=True, default=decimal_text)
    return hashlib.sha256(spelled.encode("utf-8", "surrogatepass")).hexdigest()[:12]


def claim_iri(fact: Fact, base: str = BASE) -> str:
    """Return the node of a claim in the graph; for an agency its name, since it is no claim."""
    kinds = {Metric: "metric", Honor: "honor", Campaign: "participation"}
    kind = kinds.get(type(fact))
    if kind is None:
        return node_iri("bureau", getattr(fact, "name", ""), base)
    return node_iri(kind, f"{fact.article}-{claim_digest(fact)}", base)


def sentence_of(text: str, fact: Fact) -> str:
    """Return the sentences in which a fact's evidence stands, without blanks.

    >>> from kg.facts.model import Evidence
    >>> fact = Campaign(article="a", evidence=(Evidence(5, 7, "云剑"),), name="云剑")
    >>> sentence_of("天气好。开展云剑行动。又好。", replace(fact, evidence=(Evidence(6, 8, "云剑"),)))
    '开展云剑行动。'
    """
    found = (_sentence_around(text, one.start, one.end) for one in sorted(fact.evidence))
    return "\n".join(dict.fromkeys(found))


def _sentence_around(text: str, start: int, end: int) -> str:
    before = text[max(0, start - _AROUND) : start]
    after = text[end : end + _AROUND]
    opening = max((match.end() for match in _ENDS.finditer(before)), default=0)
    closing = _ENDS.search(after)
    return "".join((before[opening:] + text[start:end] + after[: closing.end() if closing else _AROUND]).split())


# --- applying ---------------------------------------------------------------------------------------------------------


def apply_reviews(reviews: Iterable[Review], text: str, facts: Sequence[Fact]) -> Reviewed:
    """Return the facts that stand after the reviews of their article."""
    latest = {(review.key, review.sentence): review for review in reviews}
    current = {place: review for place, review in latest.items() if review.verdict != "withdraw"}
    if not current:
        return Reviewed(tuple(facts))
    kept: list[Fact] = []
    applied: dict[tuple[str, str], Fact | None] = {}
    for fact in facts:
        place = claim_key(fact), sentence_of(text, fact)
        review = current.get(place)
        if review is None:
            kept.append(fact)
            continue
        about = None if review.corrected is None else replace(review.corrected, evidence=fact.evidence)
        applied[place] = about
        if about is not None:
            kept.append(replace(about, derivation=fact.derivation))
    standing = tuple(
        Standing(review, "applied" if place in applied else "reopened", applied.get(place))
        for place, review in current.items()
    )
    return Reviewed(tuple(kept), standing)


def reviews_graph(article: str, base: str = BASE) -> str:
    """Return the name of the graph that holds the reviews of an article.

    >>> reviews_graph("a")
    'https://w3id.org/pingan/data/reviews/a'
    """
    return f"{base}reviews/{local_name(article)}"


def to_ntriples(standing: Iterable[Standing], base: str = BASE) -> bytes:
    """Return the reviews of an article as RDF in the words of schema.org."""
    lines: list[str] = []
    for one in standing:
        review = one.review
        place = hashlib.sha256(review.sentence.encode()).hexdigest()[:8]
        node = f"<{base}review/{review.key}-{place}>"
        about = claim_iri(one.about or review.fact, base)
        article = node_iri("article", review.fact.article, base)
        fields = {
            REVIEWED: f"<{about}>",
            "https://schema.org/about": f"<{article}>",
            ASPECT: _literal(review.verdict),
            "https://schema.org/creativeWorkStatus": _literal(one.state),
            "https://schema.org/author": _literal(review.by),
            "https://schema.org/dateCreated": f"{_literal(review.on.isoformat())}^^<{_XSD}date>",
            "https://schema.org/reviewBody": _literal(review.why),
            "https://schema.org/text": _literal(write_fact(replace(review.fact, derivation=Derivation()))),
        }
        lines.append(f"{node} <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <https://schema.org/Review> .")
        lines += [f"{node} <{predicate}> {value} ." for predicate, value in fields.items()]
    return "".join(f"{line}\n" for line in lines).encode()


def _literal(text: str) -> str:
    r"""Return text as a literal of N-Triples.

    >>> _literal('a "b"\n')
    '"a \\"b\\"\\n"'
    """
    escapes = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r"}
    return '"' + "".join(escapes.get(c, c) for c in text) + '"'


# --- reading and writing ----------------------------------------------------------------------------------------------


def read_reviews(path: Path, *, needed: bool = False) -> Mapping[str, tuple[Review, ...]]:
    """Return the reviews in a file by article, in the order in which they were given.

    Where there is no file there are none, unless it is ``needed``. Raises InputError that names file and line.
    """
    found: dict[str, list[Review]] = {}
    try:
        text = read_handed(path, "reviews are JSON Lines in UTF-8, as kg review writes them")
    except InputError as error:
        if not needed and isinstance(error.__cause__, FileNotFoundError | NotADirectoryError):
            return {}
        raise
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            review = _read(line, f"{path}, line {number}")
            found.setdefault(review.fact.article, []).append(review)
    return {article: tuple(some) for article, some in found.items()}


def _read(line: str, where: str) -> Review:
    try:
        data = json.loads(line, parse_float=Decimal)
    except (ValueError, RecursionError) as error:
        raise InputError(f"{where}: no JSON: {error}") from None
    if not isinstance(data, dict):
        raise InputError(f"{where}: expected a JSON object, one a line")
    words: dict[str, str] = {}
    for name in ("sentence", "verdict", "by", "on", "why"):
        value = data.get(name)
        if not isinstance(value, str) or not value.strip():
            raise InputError(f"{where}: {name} is missing; a review says who, when, why, and in which sentence")
        words[name] = value
    if words["verdict"] not in VERDICTS:
        raise InputError(f'{where}: verdict is "{words["verdict"]}"; expected one of {", ".join(VERDICTS)}')
    try:
        on = date.fromisoformat(words["on"])
    except ValueError:
        raise InputError(f'{where}: on is "{words["on"]}"; expected a day, YYYY-MM-DD') from None
    corrected = _fact(data.get("corrected"), where) if words["verdict"] == "correct" else None
    return Review(
        _fact(data.get("fact"), where), words["sentence"], words["verdict"], words["by"], on, words["why"], corrected
    )


def _fact(data: Any, where: str) -> Fact:
    if not isinstance(data, dict):
        raise InputError(f"{where}: the fact is missing, or what it should say")
    return fact_from_dict(data, where)


def review_line(review: Review) -> str:
    """Return a review as one line of JSON."""
    words = {"sentence": review.sentence, "verdict": review.verdict, "by": review.by, "why": review.why}
    facts = {"fact": review.fact, "corrected": review.corrected}
    parts = {"key": json.dumps(review.key), "on": json.dumps(review.on.isoformat())}
    parts |= {name: json.dumps(word, ensure_ascii=False) for name, word in words.items()}
    parts |= {name: write_fact(replace(one, derivation=Derivation())) for name, one in facts.items() if one}
    return "{" + ", ".join(f'"{name}": {parts[name]}' for name in parts) + "}"


def append_review(path: Path, review: Review) -> None:
    """Add a review to a file, which is the old one or the new one. Raises UsageError and StoreError."""
    for name, words in (("--by", review.by), ("--why", review.why)):
        if not words.strip() or len(words) > _LONGEST or not words.isprintable():
            raise UsageError(f"{name}: a line of 1 to {_LONGEST} printable characters is needed")
    draft = path.with_name(path.name + ".new")
    try:
        before = path.read_text(encoding="utf-8") if path.exists() else ""
        separator = "" if not before or before.endswith("\n") else "\n"
        with draft.open("w", encoding="utf-8") as file:
            file.write(f"{before}{separator}{review_line(review)}\n")
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
    except OSError as error:
        raise StoreError(f"{path}: cannot be written ({error.strerror or error}); give another file") from error


def with_fields(fact: Fact, fields: Mapping[str, str]) -> Fact:
    """Return a fact that says something else in some fields, spelled as in the contract; "null" empties a field.

    Raises UsageError for a field that the contract does not have, and a value that it does not allow.
    """
    allowed = [name for name in FIELDS[type(fact).__name__] if name not in ("article", "evidence", "type")]
    data = fact_to_dict(replace(fact, derivation=Derivation()))
    for name, spelled in fields.items():
        if name not in allowed:
            raise UsageError(f'a {type(fact).__name__} has no field "{name}" to correct; it has {", ".join(allowed)}')
        try:
            data[name] = json.loads(spelled, parse_float=Decimal)
        except (ValueError, RecursionError):
            data[name] = spelled
        try:
            fact_from_dict(data)
        except InputError:
            data[name] = spelled
    try:
        return fact_from_dict(data, "--set")
    except InputError as error:
        raise UsageError(str(error)) from None
