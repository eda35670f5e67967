"""The cascade: rules of characters label the mentions of a stretch; frames then see labels, never raw characters.

Enters: the view and mentions that earlier stages made (bureaus, periods). Leaves: an unbroken row of mentions, the
stretches that no rule knows labelled ``words``.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from kg.mentions.mention import Mention
from kg.mentions.rule import Rule, load_rules
from kg.resources import resource

WORDS = "words"


@dataclass(frozen=True, slots=True)
class Stage:
    """Rules tried together at each position, the first that matches winning."""

    rules: tuple[Rule, ...]
    scanner: re.Pattern[str]


_GROUP_NAME = re.compile(r"\(\?P<[a-z0-9]+>")


@cache
def cascade() -> dict[str, list[str]]:
    """Return the stages of ``mappings/cascade.toml``: the files of rules that each runs, in order."""
    table = tomllib.loads(resource("mappings", "cascade.toml").read_text(encoding="utf-8"))
    return {stage["name"]: stage["rules"] for stage in table["stage"]}


@cache
def load_stage(name: str) -> Stage:
    """Return a stage of the cascade, its rules folded into one scanner."""
    rules = tuple(rule for phenomenon in cascade()[name] for rule in load_rules(phenomenon) if rule.regex)
    branches = (_GROUP_NAME.sub("(?:", rule.regex.pattern) for rule in rules if rule.regex)
    return Stage(rules, re.compile("|".join(f"(?P<r{i}>{branch})" for i, branch in enumerate(branches))))


def find_mentions(view: str, start: int, end: int, known: Iterable[Mention] = ()) -> list[Mention]:
    """Return the mentions of ``view[start:end]`` in order and without gaps.

    ``known`` mentions of earlier stages stay as they are; they must not overlap each other.

    >>> [m.label for m in find_mentions("破获案件12起", 0, 7)]
    ['words', 'count']
    """
    row: list[Mention] = []
    at = start
    for mention in known:
        if mention.end <= at or mention.start >= end:
            continue
        _scan(view, at, max(at, mention.start), row)
        row.append(mention)
        at = mention.end
    _scan(view, at, end, row)
    return row


def _scan(view: str, start: int, end: int, row: list[Mention]) -> None:
    stage = load_stage("mentions")
    at = start
    for match in _matches(stage.scanner, view, start, end):
        if match.start() > at:
            row.append(Mention(WORDS, at, match.start(), ""))
        rule = stage.rules[int((match.lastgroup or "r0")[1:])]
        row.append(
            Mention(rule.data["label"], match.start(), match.end(), rule.name, _groups(rule, view, match.start(), end))
        )
        at = match.end()
    if at < end:
        row.append(Mention(WORDS, at, end, ""))


def _matches(scanner: re.Pattern[str], view: str, start: int, end: int) -> Iterator[re.Match[str]]:
    """Yield matches inside ``view[start:end]`` that may look beyond its end: 提高到 needs the year behind it."""
    at = start
    while at < end:
        match = scanner.search(view, at)
        if match is None or match.start() >= end:
            return
        if match.end() > end:
            match = scanner.match(view, match.start(), end)
        if match is None or match.end() == match.start():
            at = at + 1 if match is None else match.end() + 1
            continue
        yield match
        at = match.end()


def _groups(rule: Rule, view: str, start: int, end: int) -> MappingProxyType[str, str]:
    match = rule.regex.match(view, start, end) if rule.regex and rule.regex.groups else None
    found = match.groupdict() if match else {}
    return MappingProxyType({name.rstrip("0123456789"): text for name, text in found.items() if text})


def core(row: Iterable[Mention], attributes: frozenset[str]) -> Iterator[Mention]:
    """Yield the mentions that frames see: all but the attributes, which hang on a frame by their place."""
    return (mention for mention in row if mention.label not in attributes)
