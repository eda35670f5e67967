"""Statements: the frames of a sentence as indicators with values, before place, time and campaign are known.

Enters: a sentence as a row of mentions. Leaves: statements, one a number. Lists are distributed here (several
indicators against several values), and what a list item or clause left out is put back from the one before it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from kg.facts.indicator import (
    head_of,
    is_headless,
    last_verb_phrase,
    leading_verbs,
    phrase_of,
    subject_of,
    trim,
)
from kg.facts.model import Streak
from kg.mentions.frame import VALUES, Frame, find_frames
from kg.mentions.lexicon import load_lexicon
from kg.mentions.mention import Mention
from kg.values.numeral import parse_numeral
from kg.values.quantity import Amount, read_amount

_ITEMS = re.compile(r"(?:等)?(?:[两二三四五六七八九十]|[0-9]+)(?:项|个|类)(?:主要|核心|重点|关键)?(?:指标|工作|战果|数据|指数|成绩)?$")
_MONEY_WORDS = re.compile(r"(?:价值|投资|投入资金|资金|金额|损失|经费|涉案|案值|奖金|罚款|基金|款|货值)$")
_GENERIC = re.compile(r"^(?:该项|此项|这项|该|其|总体|综合)?(?:排名|成效|成绩|位次|名次|数量|总量|总数|工作|成果|绝对值|数|均)?$")
_DURATION_HEAD = re.compile(r"(?:时间|用时|时长|时限|周期|时效|耗时|平均)$")
_DIRECTION = {"上升": "up", "提升": "up", "增长": "up", "升": "up", "下降": "down", "降": "down"}
_NOUN_DIRECTION = re.compile("降|跌|减")
_ZERO_UNIT = {"伤亡": "人", "死亡": "人", "亡人": "人", "感染": "人", "损失": "元"}


@dataclass(frozen=True, slots=True)
class Statement:
    """A number with what it measures, in view coordinates; ``start`` to ``end`` is its evidence."""

    indicator: str
    amount: Amount
    start: int
    end: int
    at: int
    rule: str
    direction: str | None = None
    comparison: str | None = None
    scope: str | None = None
    streak: Streak | None = None


@dataclass(frozen=True, slots=True)
class _Sentence:
    view: str
    row: Sequence[Mention]

    def text(self, mentions: Sequence[Mention]) -> str:
        return phrase_of(self.view, mentions)


def read_statements(view: str, row: Sequence[Mention]) -> list[Statement]:
    """Return the statements of a sentence, in order of their values.

    >>> from kg.mentions.cascade import find_mentions
    >>> view = "盗窃、诈骗警情同比分别下降12.5%、8%"
    >>> [(s.indicator, str(s.amount.value)) for s in read_statements(view, find_mentions(view, 0, len(view)))]
    [('盗窃警情', '12.5'), ('诈骗警情', '8')]
    """
    sentence = _Sentence(view, row)
    out: list[Statement] = []
    last = 0
    for frame in find_frames(row):
        compose = _COMPOSERS[frame.rule.data["kind"]]
        window = row[_clause_start(row, frame, last) : frame.end]
        found = [_with_attributes(s, window) for s in compose(sentence, frame, out)]
        out.extend(found)
        last = frame.end
    return out


def _clause_start(row: Sequence[Mention], frame: Frame, last: int) -> int:
    """Return where the attributes of a frame may begin: after the frame before it, or its clause's comma.

    A comparison set off by a comma ("与去年同期相比,") belongs to what follows.
    """
    start = frame.start
    while start > last and row[start - 1].label != "comma":
        start -= 1
    if start - 2 >= last and row[start - 1].label == "comma" and row[start - 2].label in {"yoy", "mom"}:
        start -= 2
    return start


def _with_attributes(statement: Statement, window: Sequence[Mention]) -> Statement:
    labels = {mention.label: mention for mention in window}
    comparison = statement.comparison
    if statement.amount.kind == "change" and comparison is None:
        comparison = "yoy" if "yoy" in labels else "mom" if "mom" in labels else None
    streak = statement.streak
    if "streak" in labels and statement.amount.kind in {"rank", "share", "count", "change"}:
        streak = _streak(labels["streak"])
    scope = statement.scope
    if statement.amount.kind == "rank" and scope is None and "scope" in labels:
        scope = window_scope(window)
    return replace(statement, comparison=comparison, streak=streak, scope=scope)


def window_scope(window: Sequence[Mention]) -> str | None:
    """Return the last 全省, 全国 or 全市 of a stretch: the one nearest to the rank."""
    return next((m.groups.get("scope") or m.groups.get("word") or None for m in reversed(window) if m.label == "scope"), None)


def _streak(mention: Mention) -> Streak:
    unit = mention.groups.get("unit", "年")
    unit = {"个年": "年", "月": "个月", "连冠": "年", "连升": "年", "连降": "年", "年连冠": "年", "连增": "年"}.get(unit, unit)
    return Streak(int(parse_numeral(mention.groups.get("n", "1")).value), unit)


def _values(mentions: Sequence[Mention]) -> list[Mention]:
    return [mention for mention in mentions if mention.label in VALUES]


def _amount(mention: Mention) -> Amount | None:
    try:
        return read_amount(mention.label, mention.groups)
    except (ValueError, ArithmeticError, KeyError):
        return None


def _split(sentence: _Sentence, mentions: Sequence[Mention], labels: frozenset[str]) -> list[list[Mention]]:
    """Return the items of a list, cut at separators of the given labels."""
    items: list[list[Mention]] = [[]]
    for mention in mentions:
        if mention.label in labels:
            items.append([])
        else:
            items[-1].append(mention)
    return [item for item in items if sentence.text(item)]


_SEP = frozenset({"sep"})
_SEP_AND = frozenset({"sep", "and"})


def _indicators(sentence: _Sentence, mentions: Sequence[Mention], wanted: int, before: Sequence[Statement]) -> list[str]:
    """Return the indicators that a noun phrase states: ``wanted`` of them where its list allows, else one.

    ``wanted`` 0 asks for every item of the list (两项指标均居第一).
    """
    items = _split(sentence, mentions, _SEP)
    if wanted != 1:
        finer = _split(sentence, mentions, _SEP_AND)
        if wanted == 0 or abs(len(finer) - wanted) < abs(len(items) - wanted):
            items = finer
    phrases = [trim(_ITEMS.sub("", sentence.text(item))) for item in items]
    phrases = [phrase for phrase in phrases if phrase]
    if wanted > 1 and len(phrases) > wanted:
        phrases = ["".join(phrases[: len(phrases) - wanted + 1]), *phrases[len(phrases) - wanted + 1 :]]
    if wanted == 1 and phrases:
        phrases = [trim(sentence.text(mentions))]
    return complete(phrases, before)


def complete(phrases: Sequence[str], before: Sequence[Statement]) -> list[str]:
    """Return phrases with what a list leaves out put back: a head shared to the right, a subject shared from the left."""
    done: list[str] = []
    last_head = head_of(phrases[-1]) if phrases else ""
    subject = ""
    if before:
        subject = subject_of(before[-1].indicator)
    for phrase in phrases:
        if is_headless(phrase) and subject and subject != phrase:
            phrase = subject + phrase
        elif len(phrases) > 1 and last_head and not head_of(phrase):
            phrase += last_head
        subject = subject_of(phrase)
        done.append(phrase)
    return done


def _span(mentions: Sequence[Mention], value: Mention) -> tuple[int, int]:
    start = min([value.start, *(m.start for m in mentions)])
    return start, value.end


def _distribute(
    sentence: _Sentence, frame: Frame, before: Sequence[Statement], make: Callable[[Mention], Statement | None]
) -> Iterator[Statement]:
    """Yield one statement a value: indicators and values pair off in their order, one value goes to every indicator."""
    phrase = frame.role("indicator", sentence.row)
    values = [(mention, made) for mention in _values(frame.role("value", sentence.row)) if (made := make(mention))]
    if not values:
        return
    shared = len(values) == 1 and _is_shared(sentence, frame)
    names = _indicators(sentence, phrase, 0 if shared else len(values), before)
    if not names or (len(names) == 1 and _GENERIC.match(names[0])):
        names = _inherited(sentence, phrase, names, before, frame)
    if not names:
        return
    if len(values) == 1:
        mention, made = values[0]
        start, end = _span(phrase, mention)
        for name in names if shared else names[-1:]:
            yield replace(made, indicator=name, start=start, end=end)
        return
    for number, (mention, made) in enumerate(values):
        start, end = _span(phrase, mention)
        yield replace(made, indicator=names[min(number, len(names) - 1)], start=start, end=end)


def _is_shared(sentence: _Sentence, frame: Frame) -> bool:
    """Tell whether one value holds for every item of the list before it: 均, 都, 双, 两项指标, 连续."""
    span = sentence.row[frame.start : frame.end]
    phrase = frame.role("indicator", sentence.row)
    if not any(m.label in {"sep", "and"} for m in phrase):
        return False
    if frame.rule.data["kind"] in {"solved", "trend"}:
        return True
    words = sentence.view[span[0].start : span[-1].end]
    return bool(re.search("均|都|皆|双双|分别|两项|三项|四项|各项|同列|并列|保持", words)) or any(m.label == "items" for m in span)


def _inherited(
    sentence: _Sentence, phrase: Sequence[Mention], names: Sequence[str], before: Sequence[Statement], frame: Frame
) -> list[str]:
    """Return the indicator of the statement before where a clause has none of its own: "……149万辆,排名列全省第二位"."""
    if not before:
        return list(names)
    count = re.search("[两二三四]项", sentence.text(phrase))
    if count and frame.rule.data["kind"] == "rank":
        number = {"两": 2, "二": 2, "三": 3, "四": 4}[count[0][0]]
        return [statement.indicator for statement in before[-number:]]
    own = names[0] if names else ""
    return [before[-1].indicator + own if own not in before[-1].indicator else before[-1].indicator]


def _blank(amount: Amount, mention: Mention, rule: str) -> Statement:
    return Statement("", amount, mention.start, mention.end, mention.start, rule)


def _compose_change(sentence: _Sentence, frame: Frame, before: Sequence[Statement]) -> Iterator[Statement]:
    verbs = [m for m in sentence.row[frame.start : frame.end] if m.label in {"move", "movenoun"}]

    def make(mention: Mention) -> Statement | None:
        amount = _amount(mention)
        verb = next((v for v in reversed(verbs) if v.start < mention.start), None)
        if amount is None or verb is None:
            return None
        change = Amount("change", amount.value, amount.unit, amount.bound)
        return replace(_blank(change, mention, frame.rule.name), direction=_direction(verb))

    return _distribute(sentence, frame, before, make)


def _direction(verb: Mention) -> str | None:
    word = verb.groups.get("word", "")
    if verb.label == "movenoun":
        return "down" if _NOUN_DIRECTION.search(word) else "up"
    return load_lexicon("change_word").get(word, "direction")


def _compose_level(sentence: _Sentence, frame: Frame, before: Sequence[Statement]) -> Iterator[Statement]:
    return _distribute(sentence, frame, before, lambda mention: _plain(mention, frame))


def _plain(mention: Mention, frame: Frame) -> Statement | None:
    amount = _amount(mention)
    if amount is None or (amount.kind == "change" and amount.unit != "倍" and amount.unit != "%"):
        return None
    made = _blank(amount, mention, frame.rule.name)
    return replace(made, scope=mention.groups.get("scope"))


def _compose_share(sentence: _Sentence, frame: Frame, before: Sequence[Statement]) -> Iterator[Statement]:
    if "object" not in frame.roles:
        yield from _compose_level(sentence, frame, before)
        return
    value = _values(frame.role("value", sentence.row))[0]
    amount = _amount(value)
    if amount is None:
        return
    subject, obj = frame.role("subject", sentence.row), frame.role("object", sentence.row)
    first = trim(sentence.text(subject))
    if not first and before and before[-1].rule == frame.rule.name:
        first = before[-1].indicator.removesuffix(_last_object(before[-1], sentence))
    name = trim(first + sentence.text(obj))
    if name:
        start, _ = _span(subject, value)
        yield replace(_blank(amount, value, frame.rule.name), indicator=name, start=start, end=obj[-1].end)


def _last_object(statement: Statement, sentence: _Sentence) -> str:
    tail = sentence.view[statement.at : statement.end]
    return re.sub(r"^[0-9.%百分之以上]+", "", tail)


def _compose_rank(sentence: _Sentence, frame: Frame, before: Sequence[Statement]) -> Iterator[Statement]:
    return _distribute(sentence, frame, before, lambda mention: _plain(mention, frame))


def _compose_solved(sentence: _Sentence, frame: Frame, before: Sequence[Statement]) -> Iterator[Statement]:
    for statement in _distribute(sentence, frame, before, lambda mention: _plain(mention, frame)):
        name = statement.indicator
        yield statement if name.endswith("率") else replace(statement, indicator=name + "破案率")


def _compose_zero(sentence: _Sentence, frame: Frame, before: Sequence[Statement]) -> Iterator[Statement]:
    value = _values(frame.role("value", sentence.row))[0]
    what = value.groups.get("what", "")
    phrase = frame.role("indicator", sentence.row)
    name = trim(sentence.text(phrase)) + what
    unit = _ZERO_UNIT.get(what, "件" if what in {"败诉", "投诉", "复议"} else "起")
    start, end = _span(phrase, value)
    made = _blank(Amount("count", Decimal(0), unit), value, frame.rule.name)
    yield replace(made, indicator=name, start=start, end=end)


def _compose_trend(sentence: _Sentence, frame: Frame, before: Sequence[Statement]) -> Iterator[Statement]:
    value = _values(frame.role("value", sentence.row))[0]
    span = sentence.row[frame.start : frame.end]
    compared = [m.label for m in span if m.label in {"yoy", "mom"}]
    both = value.label == "both"
    if not both and not compared and "趋势" not in sentence.view[value.end : value.end + 3]:
        return
    direction = _DIRECTION.get(value.groups.get("dir", "")) or load_lexicon("change_word").get(
        value.groups.get("word", ""), "direction"
    )

    def make(mention: Mention) -> Statement | None:
        return replace(_blank(Amount("change", None, None), mention, frame.rule.name), direction=direction)

    for statement in _distribute(sentence, frame, before, make):
        for comparison in dict.fromkeys(compared or [None]):
            yield replace(statement, comparison=comparison)


def _compose_count(sentence: _Sentence, frame: Frame, before: Sequence[Statement]) -> Iterator[Statement]:
    values = [(m, a) for m in _values(frame.role("value", sentence.row)) if (a := _amount(m))]
    left = frame.role("indicator", sentence.row) or frame.role("subject", sentence.row)
    right = frame.role("object", sentence.row)
    name = count_indicator(sentence.text(left), sentence.text(right), before)
    if not name:
        return
    end = right[-1].end if right else 0
    for mention, amount in values:
        start, _ = _span(left, mention)
        amount = _as_money(amount, trim(sentence.text(left)))
        if mention.label == "count" and amount.kind == "duration":
            continue
        yield replace(
            _blank(amount, mention, frame.rule.name), indicator=name, start=start, end=max(end, mention.end)
        )


def _as_money(amount: Amount, left: str) -> Amount:
    """Return an amount without a unit as money where the words before it speak of money: 价值30余万."""
    if amount.unit is None and _MONEY_WORDS.search(left):
        return Amount("money", amount.value, "元", amount.bound)
    return amount


def count_indicator(left: str, right: str, before: Sequence[Statement]) -> str:
    """Return the indicator of a count from the words before and after it.

    >>> count_indicator("打掉", "涉黑组织", [])
    '打掉涉黑组织'
    """
    left, right = trim(left), trim(right)
    if left and right:
        return trim(last_verb_phrase(left) + right) if len(left) > 12 else trim(left + right)
    return left or right


_COMPOSERS: dict[str, Callable[[_Sentence, Frame, Sequence[Statement]], Iterator[Statement]]] = {
    "change": _compose_change,
    "level": _compose_level,
    "rank": _compose_rank,
    "share": _compose_share,
    "solved": _compose_solved,
    "zero": _compose_zero,
    "trend": _compose_trend,
    "count": _compose_count,
    "duration": _compose_level,
}
