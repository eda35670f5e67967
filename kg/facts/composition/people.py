"""Whom a number counts: the force that did the work, those it was done for.

Enters: the words before and after a number. Leaves: the indicator where they tell of the force (带领30名民警) or of
those that something was done for, to or from (向312名受害人返还资金); empty elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.facts.indicator import head_of, trim
from kg.facts.sharing import cut_verb
from kg.facts.statement import Sentence
from kg.mentions.frame import Frame
from kg.mentions.mention import Mention

_LED = re.compile("(?:带领|率领)(?:全[局市县区省州警])?$")
_FORCE = re.compile("(?:公安)?(?:民辅警|民警辅警|民警和?|辅警|干警|警力)+")
# "社区民警当起了老娘舅", "民警在……的领导下": the clause goes on with what they did.
_FORCE_AT_WORK = re.compile(
    "((?:社区|公安|基层|一线|户籍|巡逻|派出所)*(?:民警|民辅警|辅警|义警|干警|警力|网格员|志愿者)"
    "(?:和?辅警|职工)?)"
    "(?!.*(?:伤|牺牲|立功|荣立|获|被|表彰))"
    "(?=在(?![职岗])|以|用|当起|活跃|奋战|守护|放弃|闻令|冲锋|顶|冒|吃住|走遍|的(?:辛劳|努力|坚守|奉献|日日夜夜|心血|汗水)|没有(?:节假日|周末|休息))"
)
_PREPOSITION = re.compile("(?:^|[^一-龥]|[累先共已]|累计|先后|及时|分别|现场|当场|集中)(?:向|给|对|从|替|帮助?)$")
_MEASURE_END = re.compile("[率数额量度]$")


def force_in(lead: str, words: str) -> tuple[str, int] | None:
    """Return the force that does the work behind a number, and how many characters tell it: 带领[30名]民警开展巡逻."""
    if _LED.search(lead) and (force := _FORCE.match(words)):
        return force[0], force.end()
    at_work = _FORCE_AT_WORK.match(words)
    return (at_work[1], at_work.end()) if at_work else None


def beneficiaries(sentence: Sentence, frame: Frame, left: Sequence[Mention], words: str) -> str:
    """Return what is done for, to or from those counted, empty where no preposition stands before the number.

    "向312名受害人返还资金", "为126家企业办理登记", "从24个省份抓获嫌疑人".
    """
    if not words or not cut_verb(words)[1]:
        return ""
    lead = next((m for m in reversed(sentence.row[frame.start : frame.end]) if m.label == "be"), None)
    if lead is not None and sentence.view[lead.start : lead.end] == "为":
        measured = head_of(trim(sentence.text(left))) or _MEASURE_END.search(sentence.words(left))
        return "" if measured else f"为{words}"
    return words if _PREPOSITION.search(sentence.words(left)) else ""
