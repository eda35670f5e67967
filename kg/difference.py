"""What changed between two stores or exports, fact by fact.

Enters: two paths, each a store's folder, RDF (.nq, .trig, .ttl, .nt, .jsonld) or facts as JSON Lines. Leaves: facts
gained, lost and changed. How a fact came about (its rules) is no part of it; where it stands is.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from kg.facts.jsonl import decimal_text, fact_to_dict, read_facts
from kg.facts.model import Campaign, Derivation, Fact, Honor, Metric
from kg.gate import parse_rdf, read_rdf
from kg.graph import facts_of
from kg.handed import read_handed
from kg.store import Store, open_store

_LINES = frozenset((".jsonl", ".ndjson"))


@dataclass(frozen=True, slots=True)
class Change:
    """One fact in both, and the fields in which it differs, each with what it was and what it is."""

    before: Fact
    after: Fact
    fields: tuple[tuple[str, Any, Any], ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """Facts that only the first has, that only the second has, and that both have in other words."""

    lost: tuple[Fact, ...]
    gained: tuple[Fact, ...]
    changed: tuple[Change, ...]
    same: int

    def __bool__(self) -> bool:
        """Return whether anything differs."""
        return bool(self.lost or self.gained or self.changed)


def read_any(path: str) -> list[Fact]:
    """Return the facts of a store, of RDF or of JSON Lines.

    Raises StoreError or InputError where they cannot be read.
    """
    where = Path(path)
    if where.is_dir():
        return store_facts(open_store(where))
    if where.suffix.lower() not in _LINES:
        return [fact for graph in read_rdf(where).graphs() for fact in facts_of(graph)]
    lines = read_handed(where, "give a store, RDF, or facts as JSON Lines in UTF-8").split("\n")
    return list(read_facts(lines, path))


def store_facts(store: Store, articles: Iterable[str] | None = None) -> list[Fact]:
    """Return the facts that a store holds, of all articles or of some, in the order of the articles' graphs."""
    wanted = set(store.held) if articles is None else set(articles)
    chosen = {held.graph for held in store.held.values() if held.id in wanted} & set(store.graphs())
    found: list[Fact] = []
    for graph in sorted(chosen):
        for one in parse_rdf(store.dump(graph), ".nq", graph).graphs():
            found += facts_of(one)
    return found


def compare(before: Iterable[Fact], after: Iterable[Fact]) -> Difference:
    """Return what differs. Facts are paired by all they say, then by ever less, never across articles or types.

    >>> from kg.facts.model import Evidence
    >>> old = Campaign(article="a", evidence=(Evidence(0, 2, "云剑"),), name="云剑")
    >>> compare([old], [replace(old, bureau="南充市公安局")]).changed[0].fields
    (('bureau', None, '南充市公安局'),)
    """
    left, right, pairs = list(before), list(after), []
    for key in (_whole, _said, _placed, _named, _spot, _subject):
        found, left, right = _pair(left, right, key)
        pairs += found
    changes = [Change(old, new, tuple(fields)) for old, new in pairs if (fields := _fields(old, new))]
    return Difference(
        tuple(sorted(left, key=_order)),
        tuple(sorted(right, key=_order)),
        tuple(sorted(changes, key=lambda change: _order(change.after))),
        len(pairs) - len(changes),
    )


def _pair(
    left: list[Fact], right: list[Fact], key: Callable[[Fact], Hashable]
) -> tuple[list[tuple[Fact, Fact]], list[Fact], list[Fact]]:
    """Return pairs of one key, in the order of the text, and what is left on either side."""
    waiting: dict[Hashable, list[Fact]] = defaultdict(list)
    for fact in sorted(right, key=_order, reverse=True):
        waiting[_kind(fact), key(fact)].append(fact)
    pairs, alone = [], []
    for fact in sorted(left, key=_order):
        others = waiting[_kind(fact), key(fact)]
        if others:
            pairs.append((fact, others.pop()))
        else:
            alone.append(fact)
    return pairs, alone, [fact for some in waiting.values() for fact in some]


def _kind(fact: Fact) -> tuple[str, str]:
    return fact.article, type(fact).__name__


def _order(fact: Fact) -> tuple[str, int, int, str, str]:
    first = min(fact.evidence)
    return fact.article, first.start, first.end, type(fact).__name__, repr(_said(fact))


def _whole(fact: Fact) -> Hashable:
    return replace(fact, derivation=Derivation())


def _said(fact: Fact) -> Hashable:
    return replace(fact, evidence=(), derivation=Derivation())


def _placed(fact: Fact) -> Hashable:
    return fact.evidence, name_of(fact)


def _named(fact: Fact) -> Hashable:
    return name_of(fact), _bureau(fact), getattr(fact, "period", None), getattr(fact, "kind", None)


def _spot(fact: Fact) -> Hashable:
    return min(fact.evidence)


def _subject(fact: Fact) -> Hashable:
    return name_of(fact), _bureau(fact)


def name_of(fact: Fact) -> str:
    """Return what the fact is about: an indicator, a title, a name."""
    match fact:
        case Metric():
            return fact.indicator
        case Honor():
            return fact.title
        case _:
            return fact.name


def _bureau(fact: Fact) -> str | None:
    return fact.bureau if isinstance(fact, Metric | Honor | Campaign) else None


def _fields(before: Fact, after: Fact) -> list[tuple[str, Any, Any]]:
    old, new = (fact_to_dict(replace(fact, derivation=Derivation())) for fact in (before, after))
    return [(name, old[name], new[name]) for name in old if old[name] != new[name]]


# --- for people -------------------------------------------------------------------------------------------------------


def difference_lines(difference: Difference) -> list[str]:
    """Return a line a fact: "-" lost, "+" gained, "~" changed with its fields below; then the counts."""
    lines = [f"- {fact_line(fact)}" for fact in difference.lost]
    lines += [f"+ {fact_line(fact)}" for fact in difference.gained]
    for change in difference.changed:
        lines.append(f"~ {fact_line(change.after)}")
        lines += [f"    {name}: {_spell(old)} -> {_spell(new)}" for name, old, new in change.fields]
    counts = f"{len(difference.gained)} gained, {len(difference.lost)} lost, {len(difference.changed)} changed"
    return [*lines, f"{counts}, {difference.same} the same"]


def fact_line(fact: Fact) -> str:
    """Return a fact in one line, with its first words.

    >>> from kg.facts.model import Evidence
    >>> fact_line(Campaign(article="a", evidence=(Evidence(7, 9, "云剑"),), name="云剑"))
    'a Campaign 云剑 @7 "云剑"'
    """
    fields = fact_to_dict(fact)
    parts = [fact.article, type(fact).__name__, _bureau(fact), name_of(fact)]
    parts += [fields.get("direction"), fields.get("value"), fields.get("unit")]
    first = min(fact.evidence)
    said = " ".join(_spell(part) for part in parts if part is not None)
    return f'{said} @{first.start} "{" ".join(first.quote.split())}"'


def _spell(value: Any) -> str:
    match value:
        case None:
            return "none"
        case {"start": start, "end": end, "quote": quote}:
            return f'@{start}-{end} "{" ".join(str(quote).split())}"'
        case {"start": start, "end": end}:
            return f"{start}/{end}"
        case {"n": number, "unit": unit}:
            return f"{number}{unit}"
        case list():
            return ", ".join(map(_spell, value))
        case str() | int():
            return str(value)
        case _:
            return decimal_text(value)


def difference_json(difference: Difference) -> dict[str, Any]:
    """Return the difference under the names of the contract; numbers are strings, with exactly their digits."""
    return {
        "lost": [_plain(fact_to_dict(fact)) for fact in difference.lost],
        "gained": [_plain(fact_to_dict(fact)) for fact in difference.gained],
        "changed": [
            {
                "fact": _plain(fact_to_dict(change.after)),
                "fields": {name: {"before": _plain(old), "after": _plain(new)} for name, old, new in change.fields},
            }
            for change in difference.changed
        ],
        "same": difference.same,
    }


def _plain(value: Any) -> Any:
    match value:
        case dict():
            return {name: _plain(one) for name, one in value.items()}
        case list():
            return [_plain(one) for one in value]
        case None | str() | int():
            return value
        case _:
            return decimal_text(value)
