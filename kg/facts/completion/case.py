"""The case, the gang or the kind of case that the words before a count tell of.

Enters: the sentence and the statements before. Leaves: the name of one case (侦破一起虚开发票案), of a gang, or the
kind that 相关案件 refers to; empty where none is told.
"""

from __future__ import annotations

from collections.abc import Sequence

from kg.facts.completion.counted import CASE_UNITS, PERSONS
from kg.facts.completion.kind import is_mere_cases, without_pronoun
from kg.facts.cue import cue
from kg.facts.indicator import leading_verbs, subject_of
from kg.facts.statement import Sentence, Statement

_RECENT = 5  # statements


def one_case(sentence: Sentence, at: int, before: Sequence[Statement]) -> str:
    """Return the one case or gang that the words before tell of: 侦破一起虚开发票案,抓获18人,涉案税额3亿元."""
    start = sentence.row[0].start
    told = list(cue("completion-one-case").finditer(sentence.view, start, at))
    if not told:
        return ""
    several = (s for s in before if s.at > told[-1].end() and s.amount.unit in CASE_UNITS and (s.amount.value or 0) > 1)
    name = told[-1][1].removeprefix("成功")
    return "" if next(several, None) else cue("completion-one-of").sub("", name[len(leading_verbs(name)) :])


def gang_told(sentence: Sentence, at: int, before: Sequence[Statement]) -> str:
    """Return the gang that has been told of, whose members are counted: 打掉涉黑组织1个,25名成员全部到案."""
    told = subject_of(before[-1].indicator)
    case = told if cue("completion-gang").search(told) else one_case(sentence, at, before)
    return case if cue("completion-gang").search(case) else ""


def of_mere_cases(name: str, last: Statement) -> str:
    """Return mere cases with the kind that the count before was of: 捣毁制售假药窝点6处,破获相关案件17起."""
    verbs = leading_verbs(name)
    cases = name[len(verbs) :]
    kind = cue("completion-made-where").fullmatch(subject_of(last.indicator)) if is_mere_cases(cases) else None
    return f"{verbs}{kind[1]}案件" if kind and cases != without_pronoun(cases) else ""


def last_case(before: Sequence[Statement]) -> Statement:
    """Return the last statement that counts no persons, whose worth 涉案金额 is: 破案72起,抓获90人,涉案金额7亿元.

    That of cases where dens or gangs were counted after them: 破案72起,打掉团伙9个,捣毁窝点4处,涉案金额7亿元.
    What offenders used is worth nothing of the kind: 查扣汽车2辆,涉案金额7亿元.
    """
    recent = [s for s in reversed(before[-_RECENT:]) if s.amount.unit not in PERSONS]
    things = [s for s in recent if not cue("completion-tool").search(s.indicator)]
    if things and cue("completion-of-the-cases").search(things[0].indicator):
        return next((s for s in things if s.amount.unit in CASE_UNITS), things[0])
    return next(iter(things[: _RECENT - 1]), before[-1])
