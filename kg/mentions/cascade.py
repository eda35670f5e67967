"""The cascade: rules of characters label the mentions of a stretch; frames then see labels, never raw characters.

Enters: the view and mentions that earlier stages made (bureaus, periods). Leaves: an unbroken row of mentions, the
stretches that no rule knows labelled ``words``.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from kg.errors import MappingError
from kg.mentions.mention import Mention
from kg.mentions.rule import Rule, load_rules
from kg.mentions.scanner import Scanner
from kg.resources import read_resource

WORDS = "words"
_NO_GROUPS: MappingProxyType[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Stage:
    """Rules tried together at each position, the first that matches winning."""

    rules: tuple[Rule, ...]
    scanner: Scanner


@cache
def cascade() -> dict[str, list[str]]:
    """Return the stages of ``mappings/cascade.toml``: the files of rules that each runs, in order."""
    try:
        stages = tomllib.loads(read_resource("mappings", "cascade.toml"))["stage"]
        return {stage["name"]: stage["rules"] for stage in stages}
    except (tomllib.TOMLDecodeError, KeyError, TypeError) as error:
        raise MappingError(f"mappings/cascade.toml: stages with a name and rules are expected ({error!r})") from error


@cache
def load_stage(name: str) -> Stage:
    """Return a stage of the cascade, its rules folded into one scanner."""
    rules = tuple(rule for phenomenon in cascade()[name] for rule in load_rules(phenomenon) if rule.regex)
    return Stage(rules, Scanner([rule.regex for rule in rules if rule.regex]))


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
    for number, match in stage.scanner.scan(view, start, end):
        first, last = match.span()
        if first > at:
            row.append(Mention(WORDS, at, first, "", _NO_GROUPS))
        rule = stage.rules[number]
        row.append(Mention(rule.data["label"], first, last, rule.name, _groups(match)))
        at = last
    if at < end:
        row.append(Mention(WORDS, at, end, "", _NO_GROUPS))


def _groups(match: re.Match[str]) -> Mapping[str, str]:
    if not match.re.groups:
        return _NO_GROUPS
    return MappingProxyType({name.rstrip("0123456789"): text for name, text in match.groupdict().items() if text})
