"""Extractors: our own, and those that others plug in by an entry point; none is believed before it is checked.

Enters: an article. Leaves: facts that passed ``ground``, and the rest with reasons. A plug-in is an object, or a class
without arguments, of the entry point group ``pingan_kg.extractors``; ``docs/extractors.md`` shows one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from importlib.metadata import EntryPoint, PackageNotFoundError, entry_points, version
from typing import Protocol, runtime_checkable

from kg.article import Article
from kg.errors import InputError, UsageError
from kg.extraction import find_facts
from kg.facts.bureau import BureauView, find_bureaus
from kg.facts.jsonl import read_fact, write_fact
from kg.facts.model import Bureau, Campaign, Evidence, Fact, Honor, Metric, Period
from kg.facts.stated import states
from kg.text import Text, read_text
from kg.values.place import chain, find_divisions

GROUP = "pingan_kg.extractors"
OWN = "kg"
_CHINA = "中国"
_MINISTRY = "公安部"
_OFFICE = re.compile("公安[局厅]$")
_LEFT_ALONE = 2


@runtime_checkable
class Extractor(Protocol):
    """What finds facts in articles."""

    @property
    def name(self) -> str:
        """What it is called."""
        ...

    @property
    def version(self) -> str:
        """Which state of it this is: with another, articles are read anew."""
        ...

    def extract(self, article: Article) -> Iterable[Fact]:
        """Return the facts that an article claims."""
        ...


@dataclass(frozen=True, slots=True)
class OwnExtractor:
    """The rules of this package."""

    version: str
    name: str = OWN

    def extract(self, article: Article) -> Iterable[Fact]:
        """Return the facts that an article claims."""
        return find_facts(article)


@dataclass(frozen=True, slots=True)
class Refusal:
    """What an extractor returned and why it is no fact of the article."""

    fact: object
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Grounded:
    """The facts that hold, in the order in which they came, and those that do not."""

    accepted: tuple[Fact, ...]
    refused: tuple[Refusal, ...]


def extractors() -> dict[str, EntryPoint | None]:
    """Return the names that ``find_extractor`` knows, our own (None) first."""
    found = entry_points(group=GROUP)
    return {OWN: None, **{point.name: point for point in sorted(found, key=lambda point: point.name)}}


def find_extractor(name: str = OWN) -> Extractor:
    """Return the extractor of a name.

    Raises UsageError where none is called so, or where what is called so is no extractor.

    >>> find_extractor("kg").name
    'kg'
    """
    known = extractors()
    if name not in known:
        near = get_close_matches(name, known, n=1, cutoff=0.5)
        hint = f"did you mean {near[0]}?" if near else f"there are {', '.join(known)}"
        raise UsageError(f'no extractor is called "{name}"; {hint}')
    point = known[name]
    if point is None:
        return OwnExtractor(_own_version())
    try:
        loaded = point.load()
    except (ImportError, AttributeError) as error:
        raise UsageError(f'extractor "{name}": {point.value} cannot be loaded ({error})') from error
    found = loaded() if isinstance(loaded, type) else loaded
    if not isinstance(found, Extractor):
        raise UsageError(f'extractor "{name}": {point.value} has no name, version and extract(article)')
    return found


def _own_version() -> str:
    try:
        return version("pingan-kg")
    except PackageNotFoundError:
        return ""


def extract(article: Article, extractor: Extractor) -> Grounded:
    """Return what an extractor finds in an article, checked; our own is checked by its tests and by the gate."""
    facts = extractor.extract(article)
    return Grounded(tuple(facts), ()) if isinstance(extractor, OwnExtractor) else ground(article, facts)


def refusal_line(refusal: Refusal) -> str:
    """Return a refusal in one line: what was said, and why it is no fact."""
    fact = refusal.fact
    what = getattr(fact, "indicator", None) or getattr(fact, "title", None) or getattr(fact, "name", None)
    return " ".join(f"{type(fact).__name__} {what or '?'}: {'; '.join(refusal.reasons)}".split())


def ground(article: Article, facts: Iterable[object]) -> Grounded:
    """Return which facts hold: quotes stand at their offsets, values are in them, names resolve, fields fit.

    >>> from kg.article import article_of
    >>> article = article_of("镇安县公安局2023年破获刑事案件120起。")
    >>> metric = find_facts(article)[-1]
    >>> len(ground(article, [metric]).accepted)
    1
    >>> from dataclasses import replace
    >>> from decimal import Decimal
    >>> ground(article, [replace(metric, value=Decimal(130))]).refused[0].reasons[0][-13:]
    'states no 130'
    """
    reader = _Reader(article)
    accepted: list[Fact] = []
    refused: list[Refusal] = []
    for fact in facts:
        if not isinstance(fact, Bureau | Campaign | Honor | Metric):
            refused.append(Refusal(fact, (f"type: {type(fact).__name__} is no fact",)))
            continue
        reasons = tuple(reader.reasons(fact))
        if reasons:
            refused.append(Refusal(fact, reasons))
        else:
            accepted.append(fact)
    return Grounded(tuple(accepted), tuple(refused))


class _Reader:
    """What facts of one article are held against: its characters, its view, the agencies that it means."""

    def __init__(self, article: Article) -> None:
        self._article = article
        self._text: Text = read_text(article)
        view = find_bureaus(self._text)
        self._agencies = frozenset(_agencies(view))
        self._words = "\n".join([self._text.view, self._text.title or "", *sorted(_divisions(view))])

    def reasons(self, fact: Fact) -> Iterator[str]:
        """Give every reason why a fact does not hold."""
        broken = _broken_contract(fact)
        if broken:
            yield broken
            return
        if fact.article != self._article.id:
            yield f"article: {fact.article} is not {self._article.id}"
        if not fact.evidence:
            yield "evidence: none"
        for place in fact.evidence:
            yield from self._quote(place)
        yield from self._periods(fact)
        match fact:
            case Metric():
                yield from _value(fact)
                yield from self._agency("bureau", fact.bureau)
                yield from self._wording("indicator", fact.indicator, _LEFT_ALONE)
                yield from self._wording("campaign", fact.campaign)
                yield from self._wording("scope", fact.scope)
            case Honor():
                yield from self._agency("bureau", fact.bureau)
                yield from self._wording("title", fact.title)
                yield from self._wording("recipient", fact.recipient)
                yield from self._wording("grantor", fact.grantor)
            case Campaign():
                yield from self._agency("bureau", fact.bureau)
                yield from self._wording("name", fact.name)
            case Bureau():
                yield from self._agency("name", fact.name)
                yield from self._agency("parent", fact.parent)
                yield from self._place(fact.place)

    def _quote(self, place: Evidence) -> Iterator[str]:
        found = self._article.text[place.start : place.end] if 0 <= place.start < place.end else ""
        if found != place.quote:
            yield f"quote: “{place.quote}” does not stand at {place.start}-{place.end}, where “{found[:40]}” does"

    def _periods(self, fact: Fact) -> Iterator[str]:
        published = self._article.published
        for field in ("period", "baseline"):
            period = getattr(fact, field, None)
            if not isinstance(period, Period):
                continue
            if period.start > period.end:
                yield f"{field}: {period.end} is before {period.start}"
            elif published and period.start > published:
                yield f"{field}: {period.start} is after publication, {published}"

    def _agency(self, field: str, name: str | None) -> Iterator[str]:
        if name is None or name in self._agencies or name in self._words:
            return
        place = _OFFICE.sub("", name)
        if place == name or not any(place.startswith(d.name) and d.short in self._words for d in find_divisions(place)):
            yield f"{field}: the article means no {name}"

    def _wording(self, field: str, words: str | None, alone: int = 0) -> Iterator[str]:
        if words is None or words in self._agencies:
            return
        foreign = _foreign(words, self._words, self._agencies, alone)
        if foreign:
            yield f"{field}: “{foreign}” of “{words}” is not in the article"

    def _place(self, place: str | None) -> Iterator[str]:
        if place is not None and place != _CHINA and place not in self._words and not find_divisions(place):
            yield f"place: {place} is no division of China"


def _agencies(view: BureauView) -> Iterator[str]:
    """Give the full names of the agencies that the words mean, and of those above them."""
    yield _MINISTRY
    for mention in (*view.mentions, *((view.home,) if view.home else ())):
        yield mention.name
        if mention.parent:
            yield mention.parent


def _divisions(view: BureauView) -> Iterator[str]:
    """Give the names of the places that the agencies answer for, and of those around them."""
    for mention in (*view.mentions, *((view.home,) if view.home else ())):
        for division in chain(mention.division) if mention.division else ():
            yield division.name


def _broken_contract(fact: Fact) -> str | None:
    """Return what in the fields is not of the contract."""
    try:
        told = read_fact(write_fact(fact), "fields")
    except InputError as error:
        return str(error)
    except (AttributeError, TypeError, ValueError, ArithmeticError) as error:
        return f"fields: not of the contract's types ({error})"
    if told != fact:
        return "fields: do not survive being written and read again"
    if isinstance(fact, Metric):
        return _broken_metric(fact)
    return None


def _broken_metric(fact: Metric) -> str | None:
    if fact.direction and fact.kind != "change":
        return f"direction: {fact.direction} on a {fact.kind}; only a change has one"
    if fact.comparison != "base" and fact.baseline:
        return "baseline: given, but comparison is not base"
    if fact.value is None and fact.kind != "change":
        return f"value: none; only a change has no figure, this is a {fact.kind}"
    return None


def _value(fact: Metric) -> Iterator[str]:
    if fact.value is not None and not any(states(place.quote, fact.value) for place in fact.evidence):
        quotes = "”, “".join(place.quote for place in fact.evidence)
        yield f"value: “{quotes}” states no {fact.value:f}"


def _foreign(words: str, text: str, agencies: frozenset[str], alone: int) -> str | None:
    """Return the first characters of a name that no stretch of the text covers, None where all are the article's.

    A name may be put together from words that stand apart: 反电诈、团圆等专项行动 names a 反电诈专项行动. Of an
    indicator, which is completed from its context, ``alone`` characters may have no neighbours there.
    """
    for agency in sorted(agencies, key=len, reverse=True):
        words = words.replace(agency, "、")
    at = 0
    while at < len(words):
        end = at + 1
        while words[at].isalnum() and end < len(words) and words[at : end + 1] in text:
            end += 1
        if words[at].isalnum() and end - at == 1 and words[max(0, at - 1) : at + 1] not in text:
            alone -= 1
            if alone < 0:
                return words[at : at + 2]
        at = end
    return None
