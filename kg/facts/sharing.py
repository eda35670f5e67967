"""What the counts of a list share: a verb from the first, a predicate from the last.

"打掉3个涉黑组织、4个恶势力集团" and "6个集体、58名民警立功".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from kg.facts.cue import cue
from kg.facts.indicator import last_verb_phrase, leading_verbs, trim
from kg.facts.statement import Sentence
from kg.mentions.frame import Frame
from kg.mentions.lexicon import alternation, load_lexicon

_PREPOSITIONS = frozenset("对将把向在于从由为给")
_PEOPLE = frozenset("警员人民兵官")


@dataclass(frozen=True, slots=True)
class Shared:
    """Words that a count takes over from its neighbours in a list: a verb from the left, a predicate from the right."""

    left: str = ""
    right: str = ""


NOTHING_SHARED = Shared()


@cache
def _predicate() -> re.Pattern[str]:
    return re.compile(f"(?:{alternation(load_lexicon('predicate').rows)}).*")


def shared_words(sentence: Sentence, frames: Sequence[Frame]) -> list[Shared]:
    """Return, for each frame, what it shares with the list that it stands in.

    "打掉3个涉黑组织、4个恶势力集团": the verb goes to the second. "6个集体、58名民警立功": the predicate to the first.
    """
    shared = [NOTHING_SHARED] * len(frames)
    for start, end in _lists(sentence, frames):
        members = frames[start:end]
        verb = _list_verb(sentence, members[0])
        predicate = _list_predicate(sentence, members[0], members[-1]) if not verb else ""
        for number, frame in enumerate(members):
            if number and _has_verb(sentence, frame):
                verb = _list_verb(sentence, frame) or verb  # 建设3座机库、配备6架直升机、28架无人机
                left = ""
            else:
                left = verb if number else ""
            right = predicate if number < len(members) - 1 and _is_bare_noun(sentence, frame) else ""
            shared[start + number] = Shared(left, right)
    for number, frame in enumerate(frames[:-1]):
        if _touches(sentence, frame, frames[number + 1]):
            _, verb = cut_verb(sentence.text(frame.role("object", sentence.row)))
            if verb:
                shared[number + 1] = Shared(verb, shared[number + 1].right)
    return shared


def _touches(sentence: Sentence, frame: Frame, after: Frame) -> bool:
    """Tell whether a count follows on the object of another without a break: 15项任务中增设18个试点."""
    return (
        "object" in frame.roles
        and "subject" not in after.roles
        and "indicator" not in after.roles
        and not any(m.label in {"sep", "and", "comma"} for m in sentence.row[frame.end : after.start + 1])
    )


def cut_verb(words: str) -> tuple[str, str]:
    """Return a phrase cut before the verb that ends it: ("任务中", "增设")."""
    if leading_verbs(words):
        return "", words
    if (done := cue("composition-solved-then").search(words)) is not None:
        return words[: done.start()], done[0]
    verb = last_verb_phrase(words)
    if verb != words and leading_verbs(verb):
        return words[: -len(verb)], verb
    return words, ""


def _lists(sentence: Sentence, frames: Sequence[Frame]) -> Iterator[tuple[int, int]]:
    """Yield the runs of count frames that only list separators hold together."""
    start = 0
    for number in range(1, len(frames) + 1):
        joined = (
            number < len(frames)
            and frames[number].rule.data["kind"] == "count"
            and frames[number - 1].rule.data["kind"] == "count"
            and not _is_measured_again(sentence, frames[number - 1], frames[number])
            and all(
                m.label in {"sep", "and", "adv", "scope"}
                for m in sentence.row[frames[number - 1].end : frames[number].start]
            )
        )
        if not joined:
            if number - start > 1:
                yield start, number
            start = number


def _is_measured_again(sentence: Sentence, frame: Frame, after: Frame) -> bool:
    """Tell whether a count is of the things just counted, in another measure: 卷烟20箱共计2万支."""
    return frame.end == after.start and sentence.row[after.start].label == "be"


def _left_words(sentence: Sentence, frame: Frame) -> str:
    left = frame.role("indicator", sentence.row) or frame.role("subject", sentence.row)
    return trim(sentence.text(left))


def _has_verb(sentence: Sentence, frame: Frame) -> bool:
    words = _left_words(sentence, frame)
    return bool(leading_verbs(words)) or cue("completion-worth-told").fullmatch(words) is not None


def _is_bare_noun(sentence: Sentence, frame: Frame) -> bool:
    """Tell whether an item names a thing counted and says nothing of it: 9个集体."""
    words = sentence.text(frame.role("object", sentence.row))
    named = 0 < len(words) <= 10 and not _predicate().search(words, 1)
    named = named and not cue("composition-harmed").fullmatch(words)  # 造成9人死亡、40人受伤: each says its own
    named = named and words not in load_lexicon("predicate").rows  # 1所完工、2所完成主体结构
    return not _has_verb(sentence, frame) and named


def _list_verb(sentence: Sentence, frame: Frame) -> str:
    """Return the verb that the first item of a list gives to the others."""
    left = _left_words(sentence, frame)
    if left.removeprefix("并").removeprefix("还") in _PREPOSITIONS or _is_whose(sentence, frame):
        return ""  # 对3个高速路口、12条主干道实行交通管制; 全县有4个集体、6名个人受到表彰
    if "object" in frame.roles:
        left = last_verb_phrase(left) if len(left) > 6 else left
        return (
            left if leading_verbs(left) or (len(left) <= 4 and not cue("composition-said-of-each").search(left)) else ""
        )
    phrase = last_verb_phrase(left)
    if cue("composition-ordered").match(phrase) and leading_verbs(left):
        phrase = left  # 侦破公安部督办案件1起
    verbs = leading_verbs(phrase)
    return verbs if len(verbs) < len(phrase) else ""  # 诈骗案件立案12起、损失30万元: no verb with an object


def _is_whose(sentence: Sentence, frame: Frame) -> bool:
    """Tell whether what stands before 有 and a count only says whose they are: 公安系统还有[103个集体]."""
    left = frame.role("subject", sentence.row)
    had = any(m.label == "be" and "有" in sentence.view[m.start : m.end] for m in sentence.row[frame.start : frame.end])
    return had and cue("composition-whose-they-are").fullmatch(trim(sentence.text(left))) is not None


def _list_predicate(sentence: Sentence, first: Frame, frame: Frame) -> str:
    """Return the predicate that the last item of a list gives to the others: 民警|立功, 政协提案|全部提前办结."""
    words = sentence.text(frame.role("object", sentence.row))
    match = _predicate().search(words)
    if match:
        return match[0]
    noun = sentence.text(first.role("object", sentence.row))[-1:]
    place = words.find(noun, 1, 6) if noun else -1
    rest = words[place + 1 :] if place > 0 else ""
    said = noun in _PEOPLE or leading_verbs(rest) or cue("composition-said-of-them").match(rest)
    return rest if said else ""  # 31个社区、412个小区网格: a noun
