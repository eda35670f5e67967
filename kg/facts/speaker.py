"""Speakers: at a press conference, which agency the one who answers speaks for.

Enters: the view of a text and where its agencies end. Leaves: names with the agency that introduced them
("刑侦支队支队长甲乙丙、交警支队副支队长丁戊己回答提问"), and who has the floor in a paragraph ("甲乙丙:谢谢提问。").
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.text import Paragraph

_OFFICE = (
    r"(?:党委(?:委员|副?书记)[、,]?)?(?:副)?(?:[总支大中]队长|局长|所长|政委|教导员|指导员|主任|政治部主任|新闻发言人)"
)
_INTRODUCED = re.compile(rf"{_OFFICE}(?:[、,]{_OFFICE})?\s*([一-龥]{{2,4}}?)(?=[、,;:。()\s和及出作介回]|等|$)")
_FLOOR = re.compile(r"(?:[^,。:“]{0,12}(?:记者|主持人)|([一-龥]{2,4}))(?:\([^()]{1,20}\))?\s*:")
_WE = re.compile("我们|(?:支队|大队|总队|分局)(?![一-龥]{1,8}(?:中心|派出所|[大中]队))")
# "我们支队", "今年支队盯住……": the speaker tells of the unit, and not of the whole bureau's work.
_UNIT = re.compile("(?:我们|[今去]年|[,。:;!?]|年来)(?:支队|大队|总队|分局|所里|我所)(?!长)")


def find_speakers(view: str, ends: Sequence[int]) -> dict[str, int]:
    """Return, by name, which of the agencies that end at some positions has introduced somebody as its own.

    >>> find_speakers("兰陵县公安局刑侦大队大队长王小鹿、记者提问。", [10])
    {'王小鹿': 0}
    """
    found: dict[str, int] = {}
    for number, end in enumerate(ends):
        if match := _INTRODUCED.match(view, end):
            found.setdefault(match[1], number)
    return found


def speaker_of(view: str, paragraph: Paragraph) -> str | None:
    """Return who takes the floor in a paragraph: a name, "" for reporters and hosts, None where nobody does.

    >>> from kg.text import text_of
    >>> text = text_of("王小鹿:谢谢您的提问。")
    >>> speaker_of(text.view, text.paragraphs[0])
    '王小鹿'
    """
    match = _FLOOR.match(view, paragraph.start, paragraph.end)
    return (match[1] or "") if match else None


def tells_of_unit(view: str, paragraph: Paragraph) -> bool:
    """Tell whether somebody tells of the own unit by its bare noun: 我们支队, 分局."""
    return _UNIT.search(view, paragraph.start, paragraph.end) is not None


def says_we(view: str, position: int) -> bool:
    """Tell whether the words at a position mean those for whom the speaker speaks."""
    return _WE.match(view, position) is not None
