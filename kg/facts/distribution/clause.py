"""What the clause before a value speaks of: a topic that a comma sets off, a list, the foremost of a kind.

Enters: the clause before a frame. Leaves: the indicators that it names, none where it names no topic.
"""

from __future__ import annotations

from collections.abc import Sequence

from kg.facts.cue import cue
from kg.facts.distribution.items import indicators, split_items
from kg.facts.indicator import head_of, subject_of, trim
from kg.facts.statement import Sentence, Statement, values_of
from kg.mentions.frame import Frame
from kg.values.place import word_starting

_LONGEST_TOPIC = 24  # characters


def clause_words(sentence: Sentence, frame: Frame) -> str:
    """Return what the clause before a frame says, where it is short enough to be a name: 查获管制刀具,共计35把."""
    phrase = trim(sentence.text(sentence.clause_before(frame)))
    return phrase if 3 <= len(phrase) <= 30 else ""


def clause_topic(sentence: Sentence, frame: Frame) -> list[str]:
    """Return what the clause before speaks of where it made no statement: "四项指数全面下降,同比分别下降10%、12%"."""
    if frame.rule.data["kind"] not in {"change", "rank", "level", "share", "times"}:
        return []
    clause = sentence.clause_before(frame)
    judged = cue("distribution-judged-as").sub("", sentence.text(clause))
    if frame.rule.data["kind"] == "rank" and judged != sentence.text(clause) and 3 <= len(trim(judged)) <= 24:
        return [trim(judged)]
    phrase = trim(cue("distribution-moved").sub("", sentence.text(clause)))
    wanted = len(values_of(frame.role("value", sentence.row)))
    items = indicators(sentence, clause, wanted, ()) if wanted > 1 else []
    if len(items) == wanted > 1:
        return [trim(cue("distribution-moved").sub("", item)) for item in items]
    return [phrase] if frame.rule.data["kind"] in {"change", "level", "times"} and 3 <= len(phrase) <= 24 else []


def listed_before(sentence: Sentence, frame: Frame, last: Statement, wanted: int) -> list[str]:
    """Return the list that a comma sets off from its changes: 事故起数、死亡人数与去年同期相比,分别下降12%、9%."""
    clause = sentence.clause_before(frame)
    if not clause or clause[0].start < last.end or values_of(clause):
        return []
    items = indicators(sentence, clause, wanted, ())
    return items if len(items) == wanted and all(head_of(item) or names_topic(item) for item in items) else []


def heads_before(sentence: Sentence, frame: Frame, wanted: int, own: Sequence[str]) -> list[str]:
    """Return heads that only commas set off from each other, where 分别 has as many values: 拘留人数,逮捕人数,分别…….

    ``own`` is the head that stands with the values, if any. Empty where there are fewer heads than values.
    """
    if "分别" not in sentence.words(sentence.row[frame.start : frame.end]) or not all(head_of(name) for name in own):
        return []
    heads = list(own)
    end = frame.start
    while len(heads) < wanted and end > 0:
        start = end
        while start > 0 and sentence.row[start - 1].label != "comma":
            start -= 1
        clause = sentence.row[start:end]
        phrase = trim(sentence.text(clause))
        if phrase and (values_of(clause) or not head_of(phrase) or len(phrase) > _LONGEST_TOPIC):
            return []
        heads = [phrase, *heads] if phrase else heads
        end = start - 1
        if end < 0 or sentence.words(sentence.row[end:start]) != ",":
            break
    return heads if len(heads) == wanted else []


def of_heading(sentence: Sentence, frame: Frame, names: Sequence[str]) -> list[str]:
    """Return an organ with what a heading measures of every organ: 政法机关满意度:公安局96.1%;检察院97.2%."""
    if len(names) != 1 or cue("distribution-organ").fullmatch(names[0]) is None:
        return list(names)
    colon = next((n for n in range(frame.start - 1, 0, -1) if sentence.words(sentence.row[n : n + 1]) == ":"), 0)
    start = colon
    while start > 0 and sentence.row[start - 1].label != "comma":
        start -= 1
    return [names[0] + head_of(trim(sentence.text(sentence.row[start:colon])))]


def set_off_before(sentence: Sentence, frame: Frame, last: Statement) -> str:
    """Return what a comma sets off from its change, where nothing was said of it yet: 较大事故,同比下降40%."""
    clause = sentence.clause_before(frame)
    if not clause or clause[0].start < last.end or values_of(clause):
        return ""
    words = sentence.text(clause)
    phrase = trim(cue("distribution-foremost").sub("", words))
    told = cue("distribution-topic").search(phrase) is not None or phrase != trim(words)  # 求助类最多,占比四成
    return phrase if told and 3 <= len(phrase) <= _LONGEST_TOPIC else ""


def record_before(sentence: Sentence, frame: Frame, wanted: int = 1) -> list[str]:
    """Return what the clause before says to have set a record, whose level follows: 破案率创历史新高,达到93%.

    As many are told as are wanted, or none.
    """
    clause = sentence.clause_before(frame)
    record = cue("distribution-record-set").search(trim(sentence.text(clause)))
    if record is None:
        return []
    items = indicators(sentence, clause, wanted, ())
    phrases = [trim(cue("distribution-record-set").sub("", item)) for item in items]
    told = all(len(p) <= _LONGEST_TOPIC and (head_of(p) or names_topic(p)) for p in phrases)
    return phrases if told and len(phrases) == wanted else []


def foremost_before(sentence: Sentence, frame: Frame, wanted: int, before: Sequence[Statement] = ()) -> list[str]:
    """Return the list that the clause before calls foremost, where it has as many as wanted: 盗窃、诈骗警情突出."""
    clause = sentence.clause_before(frame)
    if wanted < 2 or values_of(clause) or cue("distribution-foremost").search(sentence.text(clause)) is None:
        return []
    items = [trim(cue("distribution-foremost").sub("", item)) for item in indicators(sentence, clause, wanted, ())]
    if len(items) != wanted or not all(len(item) > 1 for item in items):
        return []
    return _said_of_all(items, subject_of(before[-1].indicator) if before else "")


def growths_before(
    sentence: Sentence, frame: Frame, wanted: int, before: Sequence[Statement]
) -> tuple[str, Sequence[str], str | None]:
    """Return where those of a list went that the clause before says to have moved most, they, and against what.

    马山、武鸣同比增幅较大,分别为21%、12%: up, of what was told before, each in its place. Empty where it says no such
    thing.
    """
    clause = sentence.clause_before(frame)
    grown = None if values_of(clause) else cue("distribution-grown-most").search(sentence.text(clause))
    if grown is None or wanted < 2:
        return "", (), None
    direction = "down" if "降" in grown[0] or "减" in grown[0] else "up"
    compared = next((m.label for m in clause if m.label in {"yoy", "mom"}), None)
    agencies = [sentence.words([mention]) for mention in clause if mention.label == "bureau"]
    if before and sum(1 + words.count("、") for words in agencies) == wanted:
        return direction, [before[-1].indicator] * wanted, compared  # each is of its own agency
    items = [sentence.text(item) for item in split_items(sentence, clause)]
    names = [trim(cue("distribution-grown-most").sub("", item)) for item in items]
    if len(names) != wanted or not all(len(name) > 1 for name in names):
        return "", (), None
    return direction, _said_of_all(names, subject_of(before[-1].indicator) if before else ""), compared


def _said_of_all(items: Sequence[str], topic: str) -> list[str]:
    """Return places of a list with what is said of the last, and of what that is; things with the kind of the last.

    >>> _said_of_all(["沭阳", "泗洪查处量"], "酒驾"), _said_of_all(["盗窃", "诈骗警情"], "")
    (['沭阳酒驾查处量', '泗洪酒驾查处量'], ['盗窃警情', '诈骗警情'])
    """
    last = word_starting(items[-1], 0) or ""
    if not last or any(word_starting(item, 0) != item for item in items[:-1]):
        kind = cue("distribution-kind-of-member").search(items[-1])
        return [item if kind is None or item.endswith(kind[0]) else item + kind[0] for item in items]
    measured = items[-1][len(last) :]
    topic = topic[len(word_starting(topic, 0) or "") :]  # that of the place told last
    told = topic if not measured or head_of(measured) == measured or measured.endswith("量") else ""
    return [place + told + measured for place in [*items[:-1], last]]


def foremost_alone(sentence: Sentence, frame: Frame) -> str:
    """Return what the clause before calls foremost, of whose share the sentence tells next: 夜间事故集中,占比四成."""
    clause = sentence.clause_before(frame)
    words = "" if values_of(clause) else sentence.text(clause)
    phrase = trim(cue("distribution-foremost").sub("", words))
    return phrase if phrase != trim(words) and names_topic(phrase) else ""


def named_next(sentence: Sentence, frame: Frame, wanted: int) -> list[str]:
    """Return the list that the clause before names as the next ones: 其次是超员、超载,死亡人数分别占……."""
    clause = sentence.clause_before(frame)
    next_ones = cue("distribution-next-ones").match(sentence.text(clause))
    if values_of(clause) or next_ones is None:
        return []
    items = [cue("distribution-next-ones").sub("", item) for item in indicators(sentence, clause, wanted, ())]
    return items if len(items) == wanted and all(len(item) > 1 for item in items) else []


def names_topic(phrase: str) -> bool:
    """Tell whether a phrase ends with what is counted, as one that a comma sets off from its change must."""
    return cue("distribution-topic").search(phrase) is not None
