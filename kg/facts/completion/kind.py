"""Which words name nothing by themselves: too general, proceedings, a measure, cases of no kind.

Enters: the words of an indicator. Leaves: whether they need something to be said of, or are never said of anything.
"""

from __future__ import annotations

import re

from kg.facts.cue import cue

_MEASURED = re.compile("(?:[率量额度占]|指数)$")


def is_generic(words: str) -> bool:
    """Tell whether some words measure without a thing that they measure: 位次, 该项指标, 日均.

    >>> is_generic("该项指标"), is_generic("破案率")
    (True, False)
    """
    return cue("completion-generic").match(words) is not None


def is_proceeding(words: str) -> bool:
    """Tell whether some words are proceedings, which are against persons without their being named: 刑拘, 移送起诉."""
    return cue("completion-proceeding").fullmatch(words) is not None


def is_measure(words: str) -> bool:
    """Tell whether some words end with what measures: 率, 数额, 占."""
    return _MEASURED.search(words) is not None


def is_mere_cases(words: str) -> bool:
    """Tell whether some words are cases of no kind that is told: 刑事案件, 相关案件."""
    return cue("completion-mere-cases").fullmatch(words) is not None


def without_pronoun(words: str) -> str:
    """Return some words without what refers to a kind told before: 此类案件 is 案件."""
    return cue("completion-pronoun").sub("", words)
