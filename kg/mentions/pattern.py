"""Patterns over labels: a row of mentions is written as a string of one private-use character a label.

A pattern reads like a grammar: ``indicator:NP be? value:(percent (sep percent)*)``. Lower case names a label,
upper case a part of the same file; ``role:`` names what follows. Compiled regular expressions then match at the
speed of the C engine.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache

from kg.errors import MappingError
from kg.mentions.mention import Mention
from kg.mentions.rule import Rule

_WORD = re.compile(r"(?P<role>[a-z]+):|(?P<part>[A-Z]+)|(?P<label>[a-z]+)|(?P<space>\s+)|(?P<other>\(\?[:=!]|\[\^?|.)")


@cache
def label_character(label: str) -> str:
    """Return the private-use character that stands for a label; the same one throughout a process."""
    return chr(0xE000 + _numbers.setdefault(label, len(_numbers)))


_numbers: dict[str, int] = {}


def write_labels(row: Iterable[Mention]) -> str:
    """Return a row of mentions as a string of one character a label."""
    return "".join(label_character(mention.label) for mention in row)


def compile_pattern(rule: Rule, parts: Mapping[str, str]) -> re.Pattern[str]:
    """Return the regular expression over labels that a rule's pattern states.

    Raises MappingError for a part that does not exist or a malformed pattern.
    """
    where = f'mappings/rules/{rule.phenomenon}.toml, rule "{rule.name}"'
    source = _translate(rule.pattern or "", parts, where)
    try:
        return re.compile(source)
    except re.error as error:
        raise MappingError(f"{where}: {error}") from error


def _translate(pattern: str, parts: Mapping[str, str], where: str) -> str:
    out: list[str] = []
    role = ""
    for word in _WORD.finditer(pattern):
        if word["space"]:
            continue
        if word["role"]:
            role = word["role"]
            continue
        if word["part"]:
            if word["part"] not in parts:
                raise MappingError(f"{where}: part {word['part']} is not defined in [parts]")
            piece = f"(?:{_translate(parts[word['part']], parts, where)})"
        elif word["label"]:
            piece = label_character(word["label"])
        else:
            piece = "(?:" if word["other"] == "(" and not role else word["other"]
        if role:
            piece = f"(?P<{role}>" if piece == "(" else f"(?P<{role}>{piece})"
            role = ""
        out.append(piece)
    return "".join(out)
