"""Whom a number counts: the force that did the work, those it was done for.

Enters: the words before and after a number. Leaves: the indicator where they tell of the force (带领30名民警) or of
those that something was done for, to or from (向312名受害人返还资金); empty elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.facts.cue import cue
from kg.facts.indicator import head_of, trim
from kg.facts.sharing import cut_verb
from kg.facts.statement import Sentence
from kg.mentions.frame import Frame
from kg.mentions.mention import Mention

_MEASURE_END = re.compile("[率数额量度]$")


def force_in(lead: str, words: str) -> tuple[str, int] | None:
    """Return the force that does the work behind a number, and how many characters tell it: 带领[30名]民警开展巡逻."""
    if cue("composition-led").search(lead) and (force := cue("composition-force").match(words)):
        return force[0], force.end()
    at_work = cue("composition-force-at-work").match(words)
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
    told = cue("composition-preposition").search(sentence.words(left))
    return ("向" if told and told[0].endswith("向") else "") + words if told else ""
