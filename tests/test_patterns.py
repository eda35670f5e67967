"""Patterns kept compiled are those that ``re`` compiles; what cannot be read is compiled anew."""

from __future__ import annotations

import marshal
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from kg import patterns
from kg.mentions.cascade import load_stage
from kg.patterns import compile_once, keep

SOURCES = ["(?P<n>[0-9]+)(?P<u>起|件)", "(?i)a{2,}+b", "(?:刑事|治安)案件(?=[,。])", "[^\\W_]", ""]


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Give the file that patterns are kept in, nothing being known yet."""
    path = tmp_path / "__pycache__" / "patterns.kept"
    monkeypatch.setattr(patterns, "_path", lambda: path)
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    forget()
    yield path
    forget()


def forget() -> None:
    patterns._kept.cache_clear()
    patterns._fresh.cache_clear()


def alike(one: re.Pattern[str], other: re.Pattern[str], text: str) -> bool:
    return (one.pattern, one.flags, one.groups, dict(one.groupindex)) == (
        other.pattern, other.flags, other.groups, dict(other.groupindex)
    ) and [m.groupdict() for m in one.finditer(text)] == [m.groupdict() for m in other.finditer(text)]  # fmt: skip


@pytest.mark.parametrize("source", SOURCES)
def test_a_kept_pattern_is_that_of_re(kept: Path, source: str) -> None:
    text = "破获刑事案件12起,治安案件3件。AAAb"
    assert alike(compile_once(source), re.compile(source), text)
    keep()
    forget()
    assert source in patterns._kept()
    assert alike(compile_once(source), re.compile(source), text)
    assert not patterns._fresh()


@pytest.mark.parametrize("data", [b"", b"\x00", marshal.dumps((1, 2)), marshal.dumps({}), marshal.dumps(("3.9", {}))])
def test_a_file_of_something_else_is_left_alone(kept: Path, data: bytes) -> None:
    kept.parent.mkdir()
    kept.write_bytes(data)
    assert compile_once("破获").match("破获")
    keep()
    forget()
    assert list(patterns._kept()) == ["破获"]


@pytest.mark.parametrize("code", [b"", b"\xff" * 40, b"123"])
def test_code_that_is_none_is_compiled_anew(kept: Path, code: bytes) -> None:
    kept.parent.mkdir()
    kept.write_bytes(marshal.dumps((patterns._version(), {"破获": (32, code, 0, {}, (None,))})))
    assert compile_once("破获").match("破获")


def test_nothing_is_kept_where_python_keeps_nothing_or_cannot(kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    compile_once("破获")
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    keep()
    assert not kept.exists()
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    kept.parent.write_text("a file, no folder")
    keep()
    assert compile_once("破获").match("破获")


def test_what_is_no_pattern_is_said_to_be_none(kept: Path) -> None:
    with pytest.raises(re.error, match="missing"):
        compile_once("(破")


def test_all_rules_are_alike(kept: Path) -> None:
    rules = [rule.regex for rule in load_stage("mentions").rules if rule.regex]
    assert len(rules) > 50
    for regex in rules:
        compile_once(regex.pattern)
    keep()
    forget()
    for regex in rules:
        assert alike(compile_once(regex.pattern), re.compile(regex.pattern), "全市共破获刑事案件12起,同比下降5.6%")


BEGINNINGS = ["(?:行动|斗争)(?:以来|中)", "(?<![省市])市?(?:公安|警方)", "[0-9]+|百分之", "(?:约|近)*[0-9]起|甲{2}"]


@pytest.mark.parametrize("source", BEGINNINGS)
def test_a_search_is_told_what_a_match_begins_with_and_finds_the_same(source: str) -> None:
    tree = patterns.parser.parse(source)
    code = patterns._hastened(source, tree, patterns._compiler._code(tree, 0))
    assert code[2] & patterns.sre.SRE_INFO_CHARSET
    text = "该行动以来,市公安局和省警方破案约近12起,百分之八;近甲甲起"
    assert [m.span() for m in compile_once(source).finditer(text)] == [m.span() for m in re.finditer(source, text)]
    assert [m.span() for m in compile_once(source).finditer(text)]


@pytest.mark.parametrize("source", ["(?i)(?:a|b)c|d", "(?:甲)?", ".起|案", "破获"])
def test_a_search_is_left_alone_where_nothing_is_to_be_told(source: str) -> None:
    tree = patterns.parser.parse(source)
    code = patterns._compiler._code(tree, 0)
    assert patterns._hastened(source, tree, code) == code
