"""The words before and after a number as one indicator: 打掉[3个]涉黑组织.

Enters: the words on both sides. Leaves: one phrase, without brackets, what follows in the list, and what it was done
for.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.facts.anonymity import without_persons
from kg.facts.cue import cue
from kg.facts.indicator import last_verb_phrase, leading_verbs, trim, trim_end
from kg.facts.statement import Sentence, Statement
from kg.mentions.lexicon import load_lexicon

_ASIDE = re.compile(r"\([^()]{7,}\).*|\([^)]*$")
_LISTED = 24  # characters of a verb with two things it is done to: 帮教刑满释放人员、社区矫正对象
_MEMBERS_KEPT = 18  # characters: a longer enumeration is told by the noun that closes it


def object_of(sentence: Sentence, words: str) -> str:
    """Return the object of a count without a following list item that has a verb of its own, and without brackets."""
    words = cue("completion-goes-on").sub("", _ASIDE.sub("", words)) or words
    items = words.split("、")
    for number, item in enumerate(items[1:], 1):
        if leading_verbs(item):
            items = items[:number]
            break
    return "、".join(items)


def count_indicator(left: str, right: str, before: Sequence[Statement]) -> str:
    """Return the indicator of a count from the words before and after it.

    >>> count_indicator("打掉", "涉黑组织", [])
    '打掉涉黑组织'
    """
    right = cue("completion-amid").sub("", cue("completion-swiftly").sub("", right))
    case_told = leading_verbs(trim(left)) != "" and cue("completion-case-told").search(left) is not None
    enumerated = (left.endswith("等") and ("、" in left or "》" in left)) or case_told
    if left.endswith("等") and leading_verbs(left):
        left = without_persons(left)  # 抓获李某龙等3名嫌疑人
    made = cue("completion-made-into").search(left)
    left, right = made["made"] if made else trim(left).removeprefix("等"), trim_end(right)
    if len(left) > len(leading_verbs(left)) and cue("completion-list-closed").fullmatch(right):
        right = ""  # 查缴管制刀具54把等一批违禁物品
    if left and leading_verbs(left) == left:
        right = right.removeprefix("的")  # 组建5支80人的“红袖标”巡逻队
    few = enumerated and len(left) <= _MEMBERS_KEPT and "》" not in left
    if enumerated and right and not (few and leading_verbs(right)):
        left = leading_verbs(last_verb_phrase(left) if not leading_verbs(left) else left)
    elif enumerated and right:
        return left + right  # 保安员、志愿者等400人参与值守
    verbs = leading_verbs(left)
    if verbs and len(left) - len(verbs) >= 2 and leading_verbs(right):
        return left  # 投入警力6万人次开展查缉工作: what for is no part of it
    if left and (caught := cue("completion-taken").search(left)) and load_lexicon("verb_use").get(right, "closes"):
        return right + caught[1]  # 在一出租屋将嫌疑人[2人]抓获
    if left and right:
        return trim(last_verb_phrase(left) + right) if len(left) > 12 else trim(left + right)
    if left and len(left) > 14 and not (verbs and "、" in left and "的" not in left and len(left) <= _LISTED):
        if not verbs and cue("completion-crime-at-length").match(left):
            return left  # 非法收购、出售珍贵野生动物特大案
        verb = last_verb_phrase(left)
        if verbs and verb.removeprefix(leading_verbs(verb)).startswith("的"):
            return left  # 抓获公安部明确的九类案件嫌疑人
        if verbs and cue("completion-abetting").fullmatch(verb):
            return left
        return verb if len(verb) - len(leading_verbs(verb)) >= 2 else left
    return left or right.removeprefix("的")  # 完成200场次的安检任务
