"""Grounding: whether the graph says what the article says.

Enters: the triples of an article and, where at hand, its text by digest. Leaves: findings for quotes that do not stand
at their offsets, and for values that their quotes do not state. Nothing of the extraction is trusted or run again; the
numbers of a quote are read afresh. Besides, what holds between facts is checked here over all of them at once, which
is sixty times cheaper than a SPARQL constraint on each.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation

from rdflib.term import Literal, Node

from kg.facts.jsonl import LEVELS
from kg.facts.stated import numbers_in, states
from kg.gate.finding import Finding, Severity
from kg.gate.subject import Subjects, shortened
from kg.graph import term_iri

__all__ = ["check_grounding", "numbers_in", "states"]


class _Checks:
    def __init__(self, subjects: Subjects) -> None:
        self.texts = subjects.texts
        self.subjects = subjects

    def finding(
        self, node: Node, severity: Severity, check: str, field: str, found: str, expected: tuple[str, str]
    ) -> Finding:
        shape, _, constraint = check.partition("/")
        return Finding(
            severity=severity,
            shape=shape,
            constraint=constraint,
            focus=str(node),
            fact=self.subjects.label(node),
            field=field,
            found=found,
            expected_en=expected[0],
            expected_zh=expected[1],
            place=self.subjects.place(node),
        )

    def quotes(self) -> Iterator[Finding]:
        for node in self.subjects.nodes("Evidence"):
            quote = self.subjects.text(node, "quote")
            start, end = (self.subjects.offset(node, term) for term in ("start", "end"))
            if quote is None or start is None or end is None:
                continue
            if end - start != len(quote):
                expected = (
                    f"a quote of end - start = {end - start} characters",
                    f"原文字数应等于终止与起始位置之差 {end - start}",
                )
                yield self.finding(node, "violation", "Grounding/length", "quote", str(len(quote)), expected)
                continue
            text = self.texts.get(self.subjects.text(node, "textHash") or "")
            if text is not None and text[start:end] != quote:
                expected = (
                    f"“{shortened(text[start:end])}”, which the article has there",
                    f"报道该处原文为“{shortened(text[start:end])}”",
                )
                yield self.finding(node, "violation", "Grounding/quote", "quote", f"“{shortened(quote)}”", expected)

    def values(self) -> Iterator[Finding]:
        for node in self.subjects.nodes("Metric"):
            value = _decimal(self.subjects.one(node, term_iri("value")))
            quotes = [
                quote
                for evidence in self.subjects.values(node, term_iri("evidence"))
                if (quote := self.subjects.text(evidence, "quote")) is not None
            ]
            if value is not None and quotes and not any(states(quote, value) for quote in quotes):
                expected = ("a number that its quote states", "数值须见于其原文")
                yield self.finding(node, "violation", "Grounding/value", "value", shortened(str(value)), expected)

    def periods(self) -> Iterator[Finding]:
        published: dict[Node | None, date] = {
            article: day
            for article in self.subjects.nodes("Article")
            if (day := _day(self.subjects.one(article, term_iri("published")))) is not None
        }
        for type_ in ("Honor", "Metric", "Participation"):
            for node in self.subjects.nodes(type_):
                day = published.get(self.subjects.one(node, term_iri("article")))
                for period in self.subjects.values(node, term_iri("period")):
                    end = _day(self.subjects.one(period, term_iri("end")))
                    if day is not None and end is not None and end > day:
                        expected = (f"a last day not after publication, {day}", f"终止日应不晚于发布日期 {day}")
                        yield self.finding(node, "warning", "Period/future", "period", f"{end}", expected)

    def parents(self) -> Iterator[Finding]:
        parent_of: dict[Node, Node | None] = {
            node: self.subjects.one(node, term_iri("parent")) for node in self.subjects.nodes("Bureau")
        }
        for node, parent in parent_of.items():
            if parent is None:
                continue
            if self._is_own_ancestor(node, parent_of):
                expected = ("an agency above that is not itself below", "上级机关不得同时为其下级")
                found = self.subjects.shown(parent)
                yield self.finding(node, "violation", "Bureau-parent/cycle", "parent", found, expected)
                continue
            level, above = (self.subjects.text(one, "level") for one in (node, parent))
            if level in LEVELS and above in LEVELS and LEVELS.index(above) > LEVELS.index(level):
                expected = (f"a level above {level}", f"上级机关的层级应高于 {level}")
                yield self.finding(node, "warning", "Bureau-parent/level", "parent", above, expected)

    @staticmethod
    def _is_own_ancestor(node: Node, parent_of: Mapping[Node, Node | None]) -> bool:
        seen: set[Node] = set()
        above = parent_of.get(node)
        while above is not None and above not in seen:
            if above == node:
                return True
            seen.add(above)
            above = parent_of.get(above)
        return False


def _decimal(value: Node | None) -> Decimal | None:
    if not isinstance(value, Literal):
        return None
    try:
        number = Decimal(str(value))
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def _day(value: Node | None) -> date | None:
    if value is None:
        return None
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        return None


def check_grounding(subjects: Subjects) -> list[Finding]:
    """Return where quotes, offsets and values of a graph do not agree with one another or with the texts."""
    checks = _Checks(subjects)
    return [*checks.quotes(), *checks.values(), *checks.periods(), *checks.parents()]
