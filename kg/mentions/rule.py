"""Rules of ``mappings/rules``: what to look for, and the examples that prove it.

One TOML file a phenomenon. A rule states a pattern and carries its examples and counterexamples, which
``tests/test_rules.py`` runs through the whole pipeline::

    [parts]
    title = '''[^,。;、]{2,30}'''

    [[rule]]
    name = "honor-passive"
    note = "Grantor between 被 and the verb."
    regex = '''被(?P<grantor>[^,。]{2,20}){HONOR_VERB}(?P<title>{title})'''

    [[rule.example]]
    text = "镇安县公安局被省公安厅记集体二等功。"
    gives = [{ type = "Honor", title = "集体二等功" }]

    [[rule.counterexample]]
    text = "被告人张某被判处有期徒刑三年。"
    why = "A sentence is no award."

``regex`` looks at the characters of ``Text.view``; it is a string or, where it is long, a list of strings: its
alternatives, the first that fits being taken. In it ``{lower}`` stands for a part of the same file (or of
``mappings/rules/parts.toml``) and ``{UPPER}`` for the words of the lexicon of that name in lower case. A quantifier
such as ``{2,20}`` starts with a digit and stays.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from kg.errors import MappingError
from kg.mentions.lexicon import alternation, load_lexicon
from kg.patterns import compile_once
from kg.resources import read_resource

_REFERENCE = re.compile(r"\{([A-Za-z_][A-Za-z0-9_]*)\}")


@dataclass(frozen=True, slots=True)
class Rule:
    """A named pattern. ``data`` holds the rule's other keys as they stand in the file (label, kind, examples ...)."""

    name: str
    phenomenon: str
    regex: re.Pattern[str] | None
    pattern: str | None
    data: Mapping[str, Any]


def spelled(regex: str | list[str]) -> str:
    """Return the regular expression that a rule or a part states, of whose alternatives a list may be given.

    >>> spelled(["同比", "按年(?=下降)"])
    '(?:同比|按年(?=下降))'
    """
    return f"(?:{'|'.join(regex)})" if isinstance(regex, list) else regex.strip()


def expand(source: str, parts: Mapping[str, str], where: str) -> str:
    """Return a regular expression with ``{part}`` and ``{LEXICON}`` replaced.

    Raises MappingError for a part or lexicon that does not exist.

    >>> expand("{n}起", {"n": "[0-9]+"}, "here")
    '(?:[0-9]+)起'
    """

    def fill(match: re.Match[str]) -> str:
        name = match[1]
        if name in parts:
            return f"(?:{expand(parts[name], parts, where)})"
        if name.isupper():
            return f"(?:{alternation(load_lexicon(name.lower()).rows)})"
        raise MappingError(f"{where}: part {{{name}}} is not defined in [parts] of this file or of parts.toml")

    return _REFERENCE.sub(fill, source)


def compiled(source: str, parts: Mapping[str, str], where: str) -> re.Pattern[str]:
    """Return the pattern that a regular expression with parts and lexicons spells.

    Raises MappingError where it spells none.
    """
    try:
        return compile_once(expand(source, parts, where))
    except re.error as error:
        raise MappingError(f"{where}: {error}") from error


@cache
def read_rules(phenomenon: str) -> Mapping[str, Any]:
    """Return ``mappings/rules/<phenomenon>.toml`` as it stands. Raises MappingError where it is malformed."""
    try:
        return tomllib.loads(read_resource("mappings", "rules", f"{phenomenon}.toml"))
    except tomllib.TOMLDecodeError as error:
        raise MappingError(f"mappings/rules/{phenomenon}.toml: {error}") from error


@cache
def load_parts(phenomenon: str) -> Mapping[str, str]:
    """Return the named parts that the rules of a file may use: the shared ones of ``parts.toml`` and its own."""
    shared = {} if phenomenon == "parts" else load_parts("parts")
    own = read_rules(phenomenon).get("parts", {})
    return {**shared, **{name: spelled(part) for name, part in own.items()}}


@cache
def load_cues(file: str) -> Mapping[str, re.Pattern[str]]:
    """Return the patterns of a file that looks at lines and strings, by name: its dates and its cues.

    >>> load_cues("imprint")["source"].search("来源:某市日报 编辑:王丽")[1]
    '某市日报'
    """
    data, parts = read_rules(file), load_parts(file)
    return {
        entry["name"]: compiled(spelled(entry["regex"]), parts, f'mappings/rules/{file}.toml, {kind} "{entry["name"]}"')
        for kind in ("date", "cue")
        for entry in data.get(kind, ())
    }


@cache
def load_rules(phenomenon: str) -> tuple[Rule, ...]:
    """Return the rules of ``mappings/rules/<phenomenon>.toml`` in their order.

    Raises MappingError where the file, a pattern or a reference is malformed, or a name stands twice.
    """
    parts = load_parts(phenomenon)
    rules: list[Rule] = []
    for data in read_rules(phenomenon).get("rule", []):
        name = data.get("name", "")
        where = f'mappings/rules/{phenomenon}.toml, rule "{name}"'
        if not name or any(rule.name == name for rule in rules):
            raise MappingError(f"{where}: a rule needs a name of its own")
        regex = compiled(spelled(data["regex"]), parts, where) if "regex" in data else None
        rules.append(Rule(name, phenomenon, regex, data.get("pattern"), data))
    return tuple(rules)
