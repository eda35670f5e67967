"""A fact as a card: what it says, field by field, and how it came about, in the words of one language."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from kg.explanation import Explanation, Supplied
from kg.facts.model import Bureau, Campaign, Fact, Honor, Metric, Period, Streak
from kg.gate import Finding
from kg.pages.wording import Wording, rule_in, source_in


@dataclass(frozen=True, slots=True)
class Source:
    """Where context found a field: the words there, and the anchor of their mark, if they stand in the article."""

    words: str
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One field of a fact. ``chinese`` tells that the text is the article's, whatever the page's language."""

    label: str
    text: str
    chinese: bool = False
    source: Source | None = None


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule that found the fact, with what it is for."""

    name: str
    note: str


@dataclass(frozen=True, slots=True)
class Remark:
    """A finding of the gate about the fact. ``severity`` is the gate's word, ``grade`` that of the language."""

    severity: str
    grade: str
    message: str


@dataclass(frozen=True, slots=True)
class Card:
    """A fact for people. ``number`` is its number on the page, ``kind`` its type, ``amount`` its value in words."""

    number: int
    kind: str
    type: str
    title: str
    amount: str
    rows: tuple[Row, ...]
    rules: tuple[Rule, ...]
    remarks: tuple[Remark, ...]
    quotes: tuple[tuple[str, str], ...]
    key: str = ""
    anchor: str = ""


def card(
    number: int,
    explanation: Explanation,
    remarks: Sequence[Finding],
    words: Wording,
    *,
    key: str = "",
    anchors: Collection[str] = (),
) -> Card:
    """Return the card of an explained fact.

    ``key`` is what ``kg review`` and ``kg explain`` know it by, ``anchors`` are the places of context that are marked.
    """
    fact = explanation.fact
    assert fact is not None
    supplied = {one.field: one for one in explanation.supplied}
    return Card(
        number,
        type(fact).__name__.lower(),
        words.of("type", type(fact).__name__),
        title_of(fact),
        amount_of(fact, words),
        tuple(_with_source(row, name, supplied, words, anchors) for name, row in _rows(fact, words)),
        tuple(_rule(name, words) for name in fact.derivation.rules),
        tuple(remark(finding, words) for finding in remarks),
        tuple((f"m{number}-{place}", one.quote) for place, one in enumerate(fact.evidence, 1)),
        key,
    )


def title_of(fact: Fact) -> str:
    """Return what a fact is about: the indicator, the award, the name.

    >>> title_of(Campaign(article="a", evidence=(), name="云剑行动"))
    '云剑行动'
    """
    if isinstance(fact, Metric):
        return fact.indicator
    return fact.title if isinstance(fact, Honor) else fact.name


def amount_of(fact: Fact, words: Wording) -> str:
    """Return the number of a metric, the level of an honor or a bureau, in words; empty for a campaign."""
    if isinstance(fact, Metric):
        return words.amount(fact.value, fact.unit, fact.bound, fact.direction)
    if isinstance(fact, Honor):
        return words.of("award_level", fact.level)
    return words.of("level", fact.level) if isinstance(fact, Bureau) else ""


def spell_period(period: Period | None, words: Wording) -> str:
    """Return the days of a period, "not stated" where there is none."""
    return words.days(*(None, None) if period is None else (period.start.isoformat(), period.end.isoformat()))


def spell_streak(streak: Streak | None, words: Wording) -> str:
    """Return "3年 in a row", empty where there is none."""
    return "" if streak is None else words("value.streak", n=streak.n, unit=streak.unit)


def against(metric: Metric, words: Wording) -> str:
    """Return what a change is measured against; that it is not stated is said too."""
    if metric.baseline is not None:
        return spell_period(metric.baseline, words)
    if metric.comparison is not None:
        return words.of("comparison", metric.comparison)
    return words("comparison.none") if metric.kind == "change" else ""


def _rows(fact: Fact, words: Wording) -> Iterator[tuple[str, Row]]:
    for name, text, chinese in _fields(fact, words):
        if text:
            yield name, Row(words(f"field.{name}"), text, chinese)


def _fields(fact: Fact, words: Wording) -> Iterator[tuple[str, str | None, bool]]:
    match fact:
        case Metric():
            yield "bureau", fact.bureau or words("value.unknown_bureau"), fact.bureau is not None
            yield "period", spell_period(fact.period, words), False
            yield "kind", words.of("kind", fact.kind), False
            yield "baseline", against(fact, words), False
            yield "scope", fact.scope, True
            yield "streak", spell_streak(fact.streak, words), False
            yield "campaign", fact.campaign, True
        case Honor():
            yield "recipient", fact.recipient, True
            yield "recipient_kind", words.of("recipient_kind", fact.recipient_kind), False
            yield "bureau", fact.bureau, True
            yield "grantor", fact.grantor, True
            yield "period", spell_period(fact.period, words), False
            yield "streak", spell_streak(fact.streak, words), False
            yield "times", "" if fact.times is None else str(fact.times), False
        case Campaign():
            yield "bureau", fact.bureau, True
            yield "period", spell_period(fact.period, words), False
        case Bureau():
            yield "place", fact.place, True
            yield "parent", fact.parent, True


def _with_source(row: Row, name: str, supplied: dict[str, Supplied], words: Wording, anchors: Collection[str]) -> Row:
    found = supplied.get(name)
    if found is None:
        return row
    anchor = f"c{found.start}"
    source = Source(source_in(words, found.words), anchor if anchor in anchors else "")
    return Row(row.label, row.text, row.chinese, source)


def _rule(name: str, words: Wording) -> Rule:
    return Rule(name, rule_in(words, name))


def remark(finding: Finding, words: Wording) -> Remark:
    """Return a finding of the gate in the language of the page."""
    message = finding.message_zh if words.language == "zh" else finding.message_en
    return Remark(finding.severity, words.of("severity", finding.severity), message)
