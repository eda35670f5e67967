"""How well facts agree with gold facts: precision, recall and F1 of *found* and of *right*, field by field.

Enters: two sets of facts in the contract's spelling. Leaves: a Score a type, and every miss.

Facts of one type in one article are paired one to one, best pairs first. A pair needs evidence that overlaps and, for a
Metric, the same value; else a name or title whose characters agree. *Found* counts pairs, *right* those pairs whose
every other field agrees too. ``optional`` gold facts count neither way.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any

from kg.errors import InputError

Fact = Mapping[str, Any]

STRICT: Mapping[str, tuple[str, ...]] = {
    "Metric": (
        "bureau", "indicator", "kind", "unit", "bound", "direction", "comparison", "baseline", "scope", "streak",
        "period",
    ),
    "Honor": ("recipient", "recipientKind", "bureau", "grantor", "level", "period", "streak", "times"),
    "Campaign": ("bureau",),
    "Bureau": ("level",),
}  # fmt: skip
"""The fields that have to agree for a pair to be right."""
APART: Mapping[str, tuple[str, ...]] = {
    "Metric": ("campaign",),
    "Honor": (),
    "Campaign": ("period",),
    "Bureau": ("place", "parent"),
}
"""The fields that are compared, but do not decide."""

_NAME = {"Honor": "title", "Campaign": "name", "Bureau": "name"}
_SAME_UNIT = (
    frozenset("起件宗例桩"),
    frozenset(("人", "名", "位", "个人")),
    frozenset("个家所处座"),
    frozenset(("次", "人次", "场次")),
)


@dataclass(frozen=True, slots=True)
class Figures:
    """Precision, recall and their harmonic mean."""

    precision: float
    recall: float
    f1: float


@dataclass(slots=True)
class Score:
    """Counts of one type of fact, or of all."""

    gold: int = 0
    system: int = 0
    found: int = 0
    right: int = 0
    agree: Counter[str] = field(default_factory=Counter)

    def figures(self, hits: int) -> Figures:
        """Return precision, recall and F1 where so many of the facts hit."""
        precision = hits / self.system if self.system else float(not self.gold)
        recall = hits / self.gold if self.gold else 1.0
        both = precision + recall
        return Figures(precision, recall, 2 * precision * recall / both if both else 0.0)


@dataclass(frozen=True, slots=True)
class Miss:
    """A gold fact without partner (``system`` is None), a system fact without one, or a field that disagrees."""

    type: str
    article: str
    gold: Fact | None
    system: Fact | None
    field: str | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """Scores by type, "All" last, and the misses in the order of articles and types."""

    scores: Mapping[str, Score]
    misses: tuple[Miss, ...]


def read_lines(lines: Iterable[str], name: str) -> Iterator[dict[str, Any]]:
    """Return the facts of JSON Lines as they stand. Raises InputError with file and line where one is no fact."""
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            fact = json.loads(line)
            if fact["type"] not in STRICT or not fact["evidence"] or not isinstance(fact["article"], str):
                raise KeyError("type")
            yield fact
        except (ValueError, KeyError, TypeError) as error:
            raise InputError(f"{name}, line {number}: no fact of the contract; see docs/facts.md") from error


def evaluate(gold: Iterable[Fact], system: Iterable[Fact]) -> Report:
    """Return how the system's facts agree with the gold facts.

    >>> fact = {"type": "Bureau", "article": "a", "name": "南充市公安局", "level": "prefecture",
    ...         "evidence": [{"quote": "我市警方", "start": 0, "end": 4}]}
    >>> evaluate([fact], [fact]).scores["Bureau"].figures(1).f1
    1.0
    """
    groups: dict[tuple[str, str], tuple[list[Fact], list[Fact]]] = defaultdict(lambda: ([], []))
    for side, facts in enumerate((gold, system)):
        for fact in facts:
            groups[fact["article"], fact["type"]][side].append(fact)
    scores: dict[str, Score] = {}
    misses: list[Miss] = []
    for (article, kind), (left, right) in sorted(groups.items()):
        misses += _score_group(kind, article, left, right, scores.setdefault(kind, Score()))
    everything = list(scores.values())
    scores["All"] = Score(
        *(sum(getattr(score, name) for score in everything) for name in ("gold", "system", "found", "right"))
    )
    return Report(scores, tuple(misses))


def _score_group(kind: str, article: str, gold: list[Fact], system: list[Fact], score: Score) -> Iterator[Miss]:
    pairs, missed, extra = _pair(gold, system)
    firm = [(a, b) for a, b in pairs if not a.get("optional")]
    missed = [a for a in missed if not a.get("optional")]
    extra = [b for b in extra if not b.get("optional")]
    score.gold += len(firm) + len(missed)
    score.system += len(firm) + len(extra)
    score.found += len(firm)
    wrong = []
    for a, b in firm:
        agree = {name: _same(name, a.get(name), b.get(name)) for name in (*STRICT[kind], *APART[kind])}
        score.right += all(agree[name] for name in STRICT[kind])
        score.agree.update(name for name, same in agree.items() if same)
        wrong += [Miss(kind, article, a, b, name) for name, same in agree.items() if not same]
    yield from wrong
    yield from (Miss(kind, article, a, None) for a in missed)
    yield from (Miss(kind, article, None, b) for b in extra)


def _pair(gold: list[Fact], system: list[Fact]) -> tuple[list[tuple[Fact, Fact]], list[Fact], list[Fact]]:
    """Return one-to-one pairs, best first, and what is left of either side."""
    options = (
        (closeness, i, j)
        for i, a in enumerate(gold)
        for j, b in enumerate(system)
        if (closeness := _closeness(a, b)) is not None
    )
    pairs: list[tuple[Fact, Fact]] = []
    left, right = set(range(len(gold))), set(range(len(system)))
    for _, i, j in sorted(options, reverse=True):
        if i in left and j in right:
            left.remove(i)
            right.remove(j)
            pairs.append((gold[i], system[j]))
    return pairs, [gold[i] for i in sorted(left)], [system[j] for j in sorted(right)]


def _closeness(gold: Fact, system: Fact) -> float | None:
    """Return how well two facts pair, or None where they may not."""
    shared = _overlap(gold["evidence"], system["evidence"])
    if shared <= 0:
        return None
    kind = gold["type"]
    if kind == "Metric":
        if not _same_value(gold.get("value"), system.get("value")):
            return None
        score = likeness(gold.get("indicator"), system.get("indicator")) + 0.5 * (
            gold.get("kind") == system.get("kind")
        )
    else:
        score = likeness(gold.get(_NAME[kind]), system.get(_NAME[kind]))
        if score < 0.6:
            return None
    agree = sum(_same(name, gold.get(name), system.get(name)) for name in STRICT[kind])
    return score + 0.1 * agree + min(shared, 50) / 1000


def _overlap(gold: Sequence[Fact], system: Sequence[Fact]) -> int:
    return max(int(min(a["end"], b["end"]) - max(a["start"], b["start"])) for a in gold for b in system)


def _same_value(a: float | None, b: float | None) -> bool:
    if a is None or b is None:
        return a is b
    return abs(a - b) <= 1e-4 * max(abs(a), abs(b), 1e-9)


@lru_cache(maxsize=4096)
def _characters(text: str) -> Counter[str]:
    return Counter(c for c in text if c.isalnum())


def likeness(a: str | None, b: str | None) -> float:
    """Return the F1 of two texts' characters, punctuation apart.

    >>> likeness("破获刑事案件", "刑事案件")
    0.8
    """
    left, right = _characters(a or ""), _characters(b or "")
    if not left or not right:
        return float(left == right)
    return 2 * sum((left & right).values()) / (sum(left.values()) + sum(right.values()))


def _days(period: Mapping[str, str | None] | None) -> tuple[int, int] | None:
    if not period:
        return None
    start, end = (date.fromisoformat(day).toordinal() if (day := period.get(k)) else None for k in ("start", "end"))
    if start is None and end is None:
        return None
    return (start or end or 0, end or start or 0)


def _same_period(a: Mapping[str, str | None] | None, b: Mapping[str, str | None] | None) -> bool:
    left, right = _days(a), _days(b)
    if left is None or right is None:
        return left == right
    shared = min(left[1], right[1]) - max(left[0], right[0]) + 1
    return shared > 0 and shared / (max(left[1], right[1]) - min(left[0], right[0]) + 1) >= 0.7


_COMPARE: Mapping[str, Callable[[Any, Any], bool]] = {
    "period": _same_period,
    "baseline": _same_period,
    "indicator": lambda a, b: likeness(a, b) >= 0.6,
    "campaign": lambda a, b: bool(a == b or (a and b and likeness(a, b) >= 0.8)),
    "recipient": lambda a, b: bool(a == b or (a and b and likeness(a, b) >= 0.8)),
    "unit": lambda a, b: a == b or any({a, b} <= group for group in _SAME_UNIT),
    "bound": lambda a, b: (a or "exact") == (b or "exact"),
    "streak": lambda a, b: (a or {}).get("n") == (b or {}).get("n"),
    "times": lambda a, b: (a or 1) == (b or 1),
}


def _same(name: str, a: Any, b: Any) -> bool:
    compare = _COMPARE.get(name)
    return compare(a, b) if compare else (a or None) == (b or None)


# --- as text ----------------------------------------------------------------------------------------------------------


def report_table(report: Report) -> str:
    """Return the scores as lines for people: a type a line, the agreement of its fields below."""
    return "".join(f"{line}\n" for kind, score in report.scores.items() for line in _score_lines(kind, score))


def _score_lines(kind: str, score: Score) -> Iterator[str]:
    found, right = score.figures(score.found), score.figures(score.right)
    yield (
        f"{kind:9} gold {score.gold:4} system {score.system:4}  "
        f"found P {found.precision:.3f} R {found.recall:.3f} F1 {found.f1:.3f}  "
        f"right P {right.precision:.3f} R {right.recall:.3f} F1 {right.f1:.3f}"
    )
    if kind in STRICT and score.found:
        names = (*STRICT[kind], *APART[kind])
        yield "          " + "  ".join(f"{name} {score.agree[name] / score.found:.2f}" for name in names)


def report_json(report: Report) -> str:
    """Return the scores as one JSON object."""
    return json.dumps({kind: _score_json(kind, score) for kind, score in report.scores.items()}, indent=1) + "\n"


def _score_json(kind: str, score: Score) -> dict[str, Any]:
    def spell(figures: Figures) -> dict[str, float]:
        return {"precision": figures.precision, "recall": figures.recall, "f1": figures.f1}

    data: dict[str, Any] = {
        "gold": score.gold,
        "system": score.system,
        "found": spell(score.figures(score.found)),
        "right": spell(score.figures(score.right)),
    }
    if kind in STRICT:
        names = (*STRICT[kind], *APART[kind]) if score.found else ()
        data["agreement"] = {name: score.agree[name] / score.found for name in names}
    return data


def miss_line(miss: Miss) -> str:
    """Return a miss as one line that a person can act on."""
    if miss.field is not None and miss.gold is not None and miss.system is not None:
        gold, system = miss.gold.get(miss.field), miss.system.get(miss.field)
        quote = miss.gold["evidence"][0]["quote"]
        return f"WRONG {miss.article} {miss.type}.{miss.field}: gold {gold!r}, system {system!r} ← {quote}"
    what, fact = ("MISSED", miss.gold) if miss.system is None else ("EXTRA", miss.system)
    fact = fact or {}
    apart = ("type", "article", "evidence", "derivation")
    kept = {name: value for name, value in fact.items() if name not in apart and value is not None}
    quotes = " | ".join(evidence["quote"] for evidence in fact.get("evidence", ()))
    return f"{what} {miss.article} {miss.type}: {json.dumps(kept, ensure_ascii=False)} ← {quotes}"
