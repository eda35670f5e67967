"""What the clause before a count tells that its own clause leaves out.

Enters: the words of a count and the clause before it. Leaves: the indicator with the kind of case fought against
(打击传销犯罪,侦办[传销]案件) or with what the verb is done to.
"""

from __future__ import annotations

from kg.facts.completion.counted import PERSONS
from kg.facts.completion.kind import is_mere_cases, without_pronoun
from kg.facts.cue import cue
from kg.facts.indicator import leading_verbs, trim
from kg.facts.statement import Sentence
from kg.mentions.frame import Frame
from kg.mentions.lexicon import load_lexicon

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
    told = 3 <= len(thing) <= _LONGEST_THING and not cue("completion-a-time").search(thing)
    return name + thing if told else name


def happened_to(name: str, sentence: Sentence, frame: Frame) -> str:
    """Return a verb alone with what the clause before says to have moved: 交通事故持续下降,共发生327起."""
    if not cue("completion-happened").fullmatch(name):
        return name
    clause = sentence.words(sentence.clause_before(frame))
    moved = cue("completion-moved").search(clause)
    thing = trim(clause[: moved.start()]) if moved else ""
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
