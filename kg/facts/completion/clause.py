"""What the clause before a count tells that its own clause leaves out.

Enters: the words of a count and the clause before it. Leaves: the indicator with the kind of case fought against
(打击传销犯罪,侦办[传销]案件) or with what the verb is done to.
"""

from __future__ import annotations

from collections.abc import Sequence

from kg.facts.completion.counted import PERSONS
from kg.facts.completion.kind import is_mere_cases, without_pronoun
from kg.facts.cue import cue
from kg.facts.indicator import leading_verbs, names_a_case, trim
from kg.facts.statement import Sentence, Statement
from kg.mentions.frame import Frame
from kg.mentions.lexicon import load_lexicon

_FOUGHT_REACH = 400  # characters that a kind of case fought against is told before
_LONGEST_THING = 20  # characters
_TO_OR_FOR = frozenset("对向给为将把")


def subject_before(sentence: Sentence, frame: Frame) -> str:
    """Return the kind of case that the clause before ends with: 严打非法集资等突出经济犯罪,破案195起."""
    match = cue("completion-kind-before").search(trim(sentence.text(sentence.clause_before(frame))))
    return cue("completion-fought").sub("", match[1]) if match else ""


def with_object_before(name: str, unit: str | None, sentence: Sentence, frame: Frame) -> str:
    """Return a verb alone with what the clause before speaks of: 推行户口迁移“跨省通办”,已办结340件."""
    verbs = load_lexicon("action_verb")
    if unit in PERSONS or not all(verb in verbs for verb in name.split("、")):
        return name
    clause = trim(cue("completion-wholly").sub("", sentence.text(sentence.clause_before(frame))))
    thing = clause[len(leading_verbs(clause)) :]
    if thing[:1] in _TO_OR_FOR:
        thing = "" if unit == "元" else thing[1:]  # 对民警予以嘉奖,奖励2万元
    aside = cue("completion-a-time").search(thing) or cue("completion-aimed-at").search(clause)
    return name + thing if 3 <= len(thing) <= _LONGEST_THING and not aside else name


def happened_to(name: str, sentence: Sentence, frame: Frame) -> str:
    """Return a verb alone with what the clause before says to have moved: 交通事故持续下降,共发生327起."""
    row = sentence.clause_before(frame)
    clause = sentence.words(row[1:] if row and row[0].label == "bureau" else row)
    moved = cue("completion-moved").search(clause)
    thing = trim(clause[: moved.start()]) if moved else ""
    done = cue("completion-number-of").sub("", thing)
    if len(name) > 1 and done != name and done.endswith(name) and len(thing) <= _LONGEST_THING:
        return done  # 公路查处数量大幅增长,共查处36起
    if not cue("completion-happened").fullmatch(name):
        return name
    return thing + name if 3 <= len(thing) <= _LONGEST_THING else name


def with_topic(name: str, sentence: Sentence, frame: Frame) -> str:
    """Return a count of mere cases with the kind that the clause before tells: 打击传销犯罪,侦办案件30起.

    The words of the kind stand between the verb and its cases: 侦办传销案件.
    """
    verbs = leading_verbs(name)
    if not verbs or not is_mere_cases(name[len(verbs) :]):
        return name
    kind = subject_before(sentence, frame)
    kind = cue("completion-kind-end").sub("", cue("completion-fought").sub("", kind[len(leading_verbs(kind)) :]))
    if cue("completion-no-kind").fullmatch(kind):
        return name
    return f"{verbs}{kind}{without_pronoun(name[len(verbs) :])}" if kind else name


def with_fought(name: str, sentence: Sentence, frame: Frame, before: Sequence[Statement]) -> str:
    """Return a count of mere cases with the kind that its sentence began with as what is fought.

    为推进打击传销犯罪工作,……,捣毁窝点9个,破获[传销犯罪]案件30起; none where another kind has been told since.
    """
    verbs = leading_verbs(name)
    if not verbs or name[len(verbs) :] != "案件":
        return name
    at = sentence.row[frame.start].start
    start = max(sentence.row[0].start, at - _FOUGHT_REACH)
    told = list(cue("completion-fought-at-first").finditer(sentence.view, start, at))
    if not told or any(s.at > told[-1].end() and names_a_case(s.indicator) for s in before):
        return name
    return f"{verbs}{told[-1]['kind'] or told[-1]['what']}案件"
