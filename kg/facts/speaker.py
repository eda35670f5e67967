"""Speakers: at a press conference, which agency the one who answers speaks for.

Enters: the view of a text and where its agencies end. Leaves: names with the agency that introduced them
("刑侦支队支队长甲乙丙、交警支队副支队长丁戊己回答提问"), and who has the floor in a paragraph ("甲乙丙:谢谢提问。").
"""

from __future__ import annotations

from collections.abc import Sequence

from kg.facts.cue import cue
from kg.text import Paragraph


def find_speakers(view: str, ends: Sequence[int]) -> dict[str, int]:
    """Return, by name, which of the agencies that end at some positions has introduced somebody as its own.

    >>> find_speakers("兰陵县公安局刑侦大队大队长王小鹿、记者提问。", [10])
    {'王小鹿': 0}
    """
    found: dict[str, int] = {}
    for number, end in enumerate(ends):
        if match := cue("speaker-introduced").match(view, end):
            found.setdefault(match["name"], number)
    return found


def speaker_of(view: str, paragraph: Paragraph) -> str | None:
    """Return who takes the floor in a paragraph: a name, "" for reporters and hosts, None where nobody does.

    >>> from kg.text import text_of
    >>> text = text_of("王小鹿:谢谢您的提问。")
    >>> speaker_of(text.view, text.paragraphs[0])
    '王小鹿'
    """
    match = cue("speaker-floor").match(view, paragraph.start, paragraph.end)
    return (match["name"] or "") if match else None


def tells_of_unit(view: str, paragraph: Paragraph) -> bool:
    """Tell whether somebody tells of the own unit by its bare noun: 我们支队, 分局."""
    return cue("speaker-unit").search(view, paragraph.start, paragraph.end) is not None


def says_we(view: str, position: int) -> bool:
    """Tell whether the words at a position mean those for whom the speaker speaks."""
    return cue("speaker-we").match(view, position) is not None
