r"""Regular expressions kept compiled, as Python keeps modules: in ``__pycache__``, beside what they are compiled from.

Enters: the text of a pattern. Leaves: the pattern, as ``re.compile`` gives it, read from a file where a process before
this one has compiled the same text with the same Python. Compiling the rules takes a second, reading them 20 ms.

A search passes over what no match can begin with at the speed of a character class. ``re`` does so where a pattern
begins with a character or a class, not where it begins with a choice between words or with what may be missing; here
the class is worked out for these too, and written where the engine looks for it.

What cannot be read is compiled anew; the engine refuses code that is none.
"""

from __future__ import annotations

import _sre  # type: ignore[import-not-found]
import atexit
import re
import sys
from array import array
from functools import cache
from pathlib import Path
from re import _compiler  # type: ignore[attr-defined]
from re import _constants as sre  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

from kg.beginnings import first_characters
from kg.kept import kept_beside, read_kept, write_kept

_Kept = tuple[int, bytes, int, dict[str, int], tuple[str | None, ...]]
_WRITTEN = 2  # how code is written here; another number than that of a file makes it stale
_CASELESS = re.compile(r"\(\?[a-zA-Z]*i")
_MOST = 20_000_000  # characters of patterns and their code: what is kept is of few versions of the rules


def compile_once(source: str) -> re.Pattern[str]:
    """Return the pattern that a text spells. Raises re.error where it spells none.

    >>> compile_once("(?P<n>[0-9]+)起").match("12起")["n"]
    '12'
    """
    kept = _kept()
    if source in kept:
        try:
            return _assembled(source, kept[source])
        except (RuntimeError, TypeError, ValueError, OverflowError):
            del kept[source]
    return _compiled(source)


def _compiled(source: str) -> re.Pattern[str]:
    try:
        tree = parser.parse(source)
        code, state = _hastened(source, tree, _compiler._code(tree, 0)), tree.state
        names: list[str | None] = [None] * state.groups
        for name, number in state.groupdict.items():
            names[number] = name
        spelled = array("I", code).tobytes()
        found: _Kept = (state.flags, spelled, state.groups - 1, dict(state.groupdict), tuple(names))
        pattern = _assembled(source, found)
    except (AttributeError, TypeError, RuntimeError, OverflowError):  # another Python, which does it in another way
        return re.compile(source)
    if not _fresh():
        atexit.register(keep)
    _fresh()[source] = found
    return pattern


def _hastened(source: str, tree: Any, code: list[int]) -> list[int]:
    """Return the code of a pattern with the characters that a match begins with, where ``re`` has not told them.

    Code begins with a block of information: its length, what it holds, the least and the greatest width of a match.
    """
    told = code[2] & (sre.SRE_INFO_PREFIX | sre.SRE_INFO_CHARSET)
    if code[0] != sre.INFO or told or not code[3] or _CASELESS.search(source):
        return code
    characters = first_characters(tree)
    if not characters:
        return code
    charset: list[int] = []
    members = [(sre.LITERAL, ord(character)) for character in sorted(characters)]
    _compiler._compile_charset(_compiler._optimize_charset(members)[0], 0, charset)
    end = 1 + code[1]
    return [code[0], code[1] + len(charset), code[2] | sre.SRE_INFO_CHARSET, *code[3:end], *charset, *code[end:]]


def _assembled(source: str, kept: _Kept) -> re.Pattern[str]:
    flags, code, groups, numbers, names = kept
    words = memoryview(code).cast("I").tolist()
    pattern: re.Pattern[str] = _sre.compile(source, flags, words, groups, numbers, names)
    return pattern


def keep() -> None:
    """Write what this process has compiled to the file, for the next one, beside what the file holds."""
    if not _fresh():
        return
    held = {**_read(_path()), **_fresh()}
    if sum(len(source) + len(kept[1]) for source, kept in held.items()) > _MOST:
        held = dict(_fresh())
    if write_kept(_path(), _version(), held):
        _kept().update(_fresh())
        _fresh().clear()


@cache
def _fresh() -> dict[str, _Kept]:
    return {}


@cache
def _kept() -> dict[str, _Kept]:
    return _read(_path())


def _path() -> Path:
    return kept_beside(__file__)


def _version() -> tuple[Any, ...]:
    return (_WRITTEN, sys.version, _sre.MAGIC, _sre.CODESIZE, sys.byteorder)


def _read(path: Path) -> dict[str, _Kept]:
    held = read_kept(path, _version())
    return held if isinstance(held, dict) else {}
