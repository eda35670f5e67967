"""Surveys and contests: what a rank or a score was won in.

Enters: the names of what was scored, and the clause before. Leaves: them with the event:
在全省民警技能比武中,……荣获第一名.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from operator import attrgetter

from kg.facts.cue import cue
from kg.facts.distribution.clause import clause_words
from kg.facts.statement import Sentence, values_of
from kg.mentions.frame import Frame
from kg.mentions.mention import Mention
from kg.values.place import word_starting

_START = attrgetter("start")
_BETWEEN = 3  # clauses that may stand between a contest and the place won in it
_VERB = 8  # characters


def _clause_words(sentence: Sentence, frame: Frame) -> list[str]:
    phrase = clause_words(sentence, frame)
    return [phrase] if phrase else []


def event_of(sentence: Sentence, frame: Frame) -> str:
    """Return what a rank was won in, where the clause before says so: 在全省民警技能比武中,……荣获第一名.

    Clauses without a number may stand in between where it was won: 在……比武中,代表队奋勇争先,最终夺得第一名.
    """
    clause = sentence.clause_before(frame)
    match = cue("distribution-event").search(sentence.words(clause))
    won = sentence.view[sentence.row[frame.roles["value"][0]].start :][:_VERB]
    if match is None and cue("distribution-won").match(won):
        for _ in range(_BETWEEN):
            if not clause or values_of(clause):
                break
            clause = _clause_above(sentence, clause)
            match = cue("distribution-contest").search(sentence.words(clause)) if clause else None
            if match is not None:
                break
    if match is None:
        return ""
    told = next(part for part in match.groups() if part)
    event = cue("distribution-event-held-by").sub("", told)  # [省厅对全省23个大队的]三季度考评
    return cue("distribution-event-dated").sub("", event)


def _clause_above(sentence: Sentence, clause: Sequence[Mention]) -> Sequence[Mention]:
    """Return the clause of the sentence before another one."""
    end = bisect_left(sentence.row, clause[0].start, key=_START) - 1
    start = end
    while start > 0 and sentence.row[start - 1].label != "comma":
        start -= 1
    return sentence.row[start:end] if end > 0 else ()


def in_event(
    sentence: Sentence, phrase: Sequence[Mention], names: Sequence[str], value: Mention, frame: Frame
) -> list[str]:
    """Return what a rank was won in, where nothing else stands before it: 位居全省目标考核第二名, 在评测中排名第二."""
    if "event" in value.groups and all(m.label in {"bureau", "words"} for m in phrase) and len(names) <= 1:
        own = "".join(name for name in names if not name.endswith(("局", "厅", "分局", "所", "队")))
        return [own + value.groups["event"]]
    if len(names) == 1 and cue("distribution-result").fullmatch(names[0]) and (event := event_of(sentence, frame)):
        return [event + names[0]]
    if len(names) == 1 and (match := cue("distribution-within").match(names[0])):
        event = match[1]
        return [*_clause_words(sentence, frame), event][:1] if cue("distribution-plain-event").match(event) else [event]
    return []


def in_survey(sentence: Sentence, names: Sequence[str], frame: Frame) -> list[str]:
    """Return what a place scored with what it was scored in: 公众安全感调查中,铜川得分98.76%."""
    if len(names) == 1 and cue("distribution-bare-result").fullmatch(names[0]) and (event := event_of(sentence, frame)):
        return [event + names[0]]  # 满意度调查中,我市得分89分
    place = word_starting(names[0], 0) if len(names) == 1 and names[0] else None
    bare = len(names) == 1 and cue("distribution-bare-win").fullmatch(names[0].removeprefix(place or ""))
    if bare and (event := event_of(sentence, frame)):
        return [f"{event}得分"]  # 满意度调查中,我市获得89分
    if not place or place == names[0] or not (event := event_of(sentence, frame)):
        return list(names)
    return [event + names[0].removeprefix(place).removeprefix("公安")]


def survey_name(sentence: Sentence, frame: Frame, name: str) -> str:
    """Return a score with what it was scored in, where a place is said to have it: 测评中,铜川得分94.7分."""
    scored = cue("distribution-result").search(name) or name.endswith("获得")
    return in_survey(sentence, [name], frame)[0] if scored else name
