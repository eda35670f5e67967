"""Statements: the frames of a sentence as indicators with values, before place, time and campaign are known.

Enters: a sentence as a row of mentions. Leaves: statements, one a number. Lists are distributed here (several
indicators against several values), and what a list item or clause left out is put back from the one before it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache

from kg.facts.indicator import (
    head_of,
    is_bare_verb,
    is_headless,
    last_verb_phrase,
    leading_verbs,
    names_a_case,
    phrase_of,
    subject_of,
    topic_of,
    trim,
)
from kg.facts.model import Streak
from kg.mentions.frame import VALUES, Frame, find_frames
from kg.mentions.lexicon import alternation, load_lexicon
from kg.mentions.mention import Mention
from kg.values.numeral import bound_of, parse_numeral
from kg.values.quantity import Amount, read_amount

_ITEMS = re.compile(
    r"(?:等)?(?:[两二三四五六七八九十]|[0-9]+)(?:项|个|类)(?:主要|核心|重点|关键)?(?:指标|工作|战果|数据|指数|成绩)?$"
)
_MONEY_WORDS = re.compile(r"(?:价值|投资|投入资金|资金|金额|损失|经费|涉案|案值|奖金|罚款|基金|款|货值)$")
_GENERIC = re.compile(
    r"^(?:该项|此项|这项|该|其)?"
    r"(?:排名|成效|成绩|位次|名次|数量|总量|总数|工作|成果|战果|绝对值|数|均|日均|月均|年均|最高|单日最高|人均|案均|占比"
    r"|比例|价值|总价值|票面价值|涉案金额|折合|[降增]幅|[前后]者|同比|是|为|达|约为|相当于)?$"
)
_COMPLETED_BY_OBJECT = re.compile(r"(?:价值|总价值|票面价值|案值|货值|行程|里程)$")
_CASES = re.compile(r"(?:等|、|的|[^一-龥]|^)?([一-龥]{0,8}(?:犯罪|案件|违法犯罪|警情|事故|诈骗|盗窃))$")
_EVENT = re.compile(r"在([^,。]{4,40}?)(?:活动)?(?:中|上)$")
_MOVES_UP = re.compile("前移|后移|跃升|进位|上升|提升|下滑|下降")
_VERB_INSIDE = re.compile("[查处办结破获抓打收缴追挽发设建开举救助处分罚拘捕诉死伤亡任占达记过告撤职谈]")
_RATE = re.compile("[率量额度]$")
_PART = re.compile("(?:在|从)?[^,]*的$")
_MOVED = re.compile("(?:全面|双双|大幅|明显|持续|稳步|均|都)*(?:下降|上升|减少|增长|提升|降低)$")
_DURATION_HEAD = re.compile(r"(?:时间|用时|时长|时限|周期|时效|耗时|平均)$")
_DIRECTION = {"上升": "up", "提升": "up", "增长": "up", "升": "up", "下降": "down", "降": "down"}
_NOUN_DIRECTION = re.compile("降|跌|减")
_ZERO_UNIT = {"死亡人数": "人", "亡人数": "人", "受伤人数": "人", "伤亡人数": "人", "损失": "元"}


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
    vague: bool = False


@dataclass(frozen=True, slots=True)
class _Sentence:
    view: str
    row: Sequence[Mention]
    context: str = ""

    def text(self, mentions: Sequence[Mention]) -> str:
        return phrase_of(self.view, mentions)

    def words(self, mentions: Sequence[Mention]) -> str:
        return self.view[mentions[0].start : mentions[-1].end] if mentions else ""

    def clause_before(self, frame: Frame) -> Sequence[Mention]:
        """Return the clause before the one that a frame begins in."""
        end = frame.start
        while end > 0 and self.row[end - 1].label != "comma":
            end -= 1
        start = end - 1
        while start > 0 and self.row[start - 1].label != "comma":
            start -= 1
        return self.row[start : end - 1] if end > 1 else ()


@cache
def _predicate() -> re.Pattern[str]:
    return re.compile(f"(?:{alternation(load_lexicon('predicate').rows)}).*")


def read_statements(view: str, row: Sequence[Mention], context: str = "") -> list[Statement]:
    """Return the statements of a sentence, in order of their values.

    ``context`` are the words before the sentence that may name its topic: what 立案数 alone is about.

    >>> from kg.mentions.cascade import find_mentions
    >>> view = "盗窃、诈骗警情同比分别下降12.5%、8%"
    >>> [(s.indicator, str(s.amount.value)) for s in read_statements(view, find_mentions(view, 0, len(view)))]
    [('盗窃警情', '12.5'), ('诈骗警情', '8')]
    """
    sentence = _Sentence(view, row, context)
    out: list[Statement] = []
    last = 0
    frames = find_frames(row)
    shared = _shared_words(sentence, frames)
    for number, frame in enumerate(frames):
        compose = _COMPOSERS[frame.rule.data["kind"]]
        window = row[_clause_start(row, frame, last) : frame.end]
        found = [_with_attributes(s, window) for s in compose(sentence, frame, out, shared[number])]
        if found and frame.rule.data["kind"] == "change" and found[0].amount.value is not None:
            found = [_compared_as(s, out, row[frame.start : frame.end]) for s in found]
            out = [s for s in out if not _is_superseded(s, found)]
        if found and out and found[0].amount.kind == out[-1].amount.kind == "rank" and found[0].scope is None:
            found = [replace(s, scope=out[-1].scope) for s in found]
        out.extend(found)
        last = frame.end
    return [statement for statement in out if not statement.vague]


def _compared_as(statement: Statement, before: Sequence[Statement], span: Sequence[Mention]) -> Statement:
    """Return 降幅为13% with the comparison of the movement that it sizes: "同比减少73起,降幅为13%"."""
    if statement.comparison or not any(m.label == "movenoun" for m in span):
        return statement
    told = [s for s in before if s.amount.kind == "change" and s.direction == statement.direction and s.comparison]
    same = [s for s in told if s.indicator == statement.indicator or subject_of(s.indicator) in statement.indicator]
    return replace(statement, comparison=same[-1].comparison) if same else statement


def _is_superseded(told: Statement, found: Sequence[Statement]) -> bool:
    """Tell whether a movement without a figure gets its figure now: "……同比全部下降,降幅分别达35%、17%"."""
    return (
        told.amount.kind == "change"
        and told.amount.value is None
        and any(s.indicator == told.indicator and s.direction == told.direction for s in found)
    )


@dataclass(frozen=True, slots=True)
class _Shared:
    """Words that a count takes over from its neighbours in a list: a verb from the left, a predicate from the right."""

    left: str = ""
    right: str = ""


_NOTHING_SHARED = _Shared()


def _shared_words(sentence: _Sentence, frames: Sequence[Frame]) -> list[_Shared]:
    """Return, for each frame, what it shares with the list that it stands in.

    "打掉3个涉黑组织、4个恶势力集团": the verb goes to the second. "6个集体、58名民警立功": the predicate to the first.
    """
    shared = [_NOTHING_SHARED] * len(frames)
    for start, end in _lists(sentence, frames):
        members = frames[start:end]
        verb = _list_verb(sentence, members[0])
        predicate = _list_predicate(sentence, members[0], members[-1]) if not verb else ""
        carried = ""
        for number, frame in enumerate(members):
            left = carried or (verb if number and not _has_verb(sentence, frame) else "")
            right = predicate if number < len(members) - 1 and not _has_verb(sentence, frame) else ""
            shared[start + number] = _Shared(left, right)
    for number, frame in enumerate(frames[:-1]):
        if _touches(sentence, frame, frames[number + 1]):
            _, verb = _cut_verb(sentence.text(frame.role("object", sentence.row)))
            if verb:
                shared[number + 1] = _Shared(verb, shared[number + 1].right)
    return shared


def _touches(sentence: _Sentence, frame: Frame, after: Frame) -> bool:
    """Tell whether a count follows on the object of another without a break: 15项任务中增设18个试点."""
    return (
        "object" in frame.roles
        and "subject" not in after.roles
        and "indicator" not in after.roles
        and not any(m.label in {"sep", "and", "comma"} for m in sentence.row[frame.end : after.start + 1])
    )


def _cut_verb(words: str) -> tuple[str, str]:
    """Return a phrase cut before the verb that ends it: ("任务中", "增设")."""
    if leading_verbs(words):
        return "", words
    verb = last_verb_phrase(words)
    if verb != words and leading_verbs(verb):
        return words[: -len(verb)], verb
    return words, ""


def _lists(sentence: _Sentence, frames: Sequence[Frame]) -> Iterator[tuple[int, int]]:
    """Yield the runs of count frames that only list separators hold together."""
    start = 0
    for number in range(1, len(frames) + 1):
        joined = (
            number < len(frames)
            and frames[number].rule.data["kind"] == "count"
            and frames[number - 1].rule.data["kind"] == "count"
            and all(
                m.label in {"sep", "and", "adv", "scope"}
                for m in sentence.row[frames[number - 1].end : frames[number].start]
            )
        )
        if not joined:
            if number - start > 1:
                yield start, number
            start = number


def _left_words(sentence: _Sentence, frame: Frame) -> str:
    left = frame.role("indicator", sentence.row) or frame.role("subject", sentence.row)
    return trim(sentence.text(left))


def _has_verb(sentence: _Sentence, frame: Frame) -> bool:
    return bool(leading_verbs(_left_words(sentence, frame)))


def _list_verb(sentence: _Sentence, frame: Frame) -> str:
    """Return the verb that the first item of a list gives to the others."""
    left = _left_words(sentence, frame)
    if "object" in frame.roles:
        left = last_verb_phrase(left) if len(left) > 6 else left
        return left if leading_verbs(left) or len(left) <= 4 else ""
    verbs = leading_verbs(last_verb_phrase(left))
    return verbs if len(verbs) < len(left) else ""


def _list_predicate(sentence: _Sentence, first: Frame, frame: Frame) -> str:
    """Return the predicate that the last item of a list gives to the others: 民警|立功, 政协提案|全部提前办结."""
    words = sentence.text(frame.role("object", sentence.row))
    match = _predicate().search(words, 1)
    if match:
        return match[0]
    noun = sentence.text(first.role("object", sentence.row))[-1:]
    place = words.find(noun, 1, 6) if noun else -1
    return words[place + 1 :] if place > 0 else ""


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
    scopes = (mention.groups.get("scope", "") for mention in reversed(window) if mention.label == "scope")
    return next((scope for scope in scopes if scope.startswith("全")), None)


def _streak(mention: Mention) -> Streak:
    unit = mention.groups.get("unit", "年")
    unit = {"个年": "年", "月": "个月", "连冠": "年", "连升": "年", "连降": "年", "年连冠": "年", "连增": "年"}.get(
        unit, unit
    )
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


def _indicators(
    sentence: _Sentence, mentions: Sequence[Mention], wanted: int, before: Sequence[Statement]
) -> list[str]:
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
    return complete(sentence, mentions[0].start if mentions else 0, phrases, before)


def complete(sentence: _Sentence, at: int, phrases: Sequence[str], before: Sequence[Statement]) -> list[str]:
    """Return phrases with what a list leaves out put back: a head from the right, a subject from the left."""
    done: list[str] = []
    last_head = head_of(phrases[-1]) if phrases else ""
    subject = subject_of(before[-1].indicator) if before else ""
    for phrase in phrases:
        if is_headless(phrase):
            phrase = _subject_for(sentence, at, phrase, subject) + phrase
        elif len(phrases) > 1 and last_head and not head_of(phrase):
            phrase += last_head
        subject = subject_of(phrase)
        done.append(phrase)
    return done


def _subject_for(sentence: _Sentence, at: int, phrase: str, subject: str) -> str:
    """Return the subject of an aspect alone: that of the statement before, else the topic of the words before."""
    family = load_lexicon("aspect_head").get(phrase, "family")
    if subject and subject != phrase and (not family or names_a_case(subject)):
        return subject
    start = sentence.row[0].start
    return topic_of(sentence.view[start:at], phrase) or topic_of(sentence.context, phrase) if family else ""


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
    if len(names) == 1 < len(values) <= len(before) and is_headless(trim(sentence.text(phrase))):
        own = trim(sentence.text(phrase))
        names = [subject_of(statement.indicator) + own for statement in before[-len(values) :]]
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
    return bool(re.search("均|都|皆|双双|分别|两项|三项|四项|各项|同列|并列|保持", words)) or any(
        m.label == "items" for m in span
    )


def _inherited(
    sentence: _Sentence, phrase: Sequence[Mention], names: Sequence[str], before: Sequence[Statement], frame: Frame
) -> list[str]:
    """Return the indicator of the statement before where a clause has none of its own: "……149万辆,排名列全省第二位"."""
    wanted = len(_values(frame.role("value", sentence.row)))
    if not names and wanted > 1 and len(before) >= wanted and frame.rule.data["kind"] == "change":
        return [statement.indicator for statement in before[-wanted:]]
    count = re.search("[两二三四]项", sentence.words(phrase))
    if count and before:
        number = {"两": 2, "二": 2, "三": 3, "四": 4}[count[0][0]]
        return [statement.indicator for statement in before[-number:]]
    if frame.rule.data["kind"] == "rank" and (event := _event(sentence, frame)):
        return [event]
    if not before:
        return list(names) or _clause_before(sentence, frame)
    own = names[0] if names else ""
    return [before[-1].indicator + own if own not in before[-1].indicator else before[-1].indicator]


def _clause_before(sentence: _Sentence, frame: Frame) -> list[str]:
    """Return what the clause before speaks of where it made no statement: "四项指数全面下降,同比分别下降10%、12%"."""
    phrase = trim(_MOVED.sub("", sentence.words(sentence.clause_before(frame))))
    return [phrase] if frame.rule.data["kind"] == "change" and 3 <= len(phrase) <= 20 else []


def _event(sentence: _Sentence, frame: Frame) -> str:
    """Return what a rank was won in, where the clause before says so: 在全省民警技能比武中,……荣获第一名."""
    words = sentence.words(sentence.clause_before(frame))
    match = _EVENT.search(words)
    return match[1] if match else ""


def _blank(amount: Amount, mention: Mention, rule: str) -> Statement:
    return Statement("", amount, mention.start, mention.end, mention.start, rule)


def _compose_change(
    sentence: _Sentence, frame: Frame, before: Sequence[Statement], shared: _Shared = _NOTHING_SHARED
) -> Iterator[Statement]:
    verbs = [m for m in sentence.row[frame.start : frame.end] if m.label in {"move", "movenoun", "turn"}]

    def make(mention: Mention) -> Statement | None:
        amount = _amount(mention)
        verb = next((v for v in reversed(verbs) if v.start <= mention.start), None)
        if amount is None or verb is None:
            return None
        unit = "位次" if amount.unit in {"位", "名"} and _MOVES_UP.search(verb.groups.get("word", "")) else amount.unit
        change = Amount("change", amount.value, unit, amount.bound)
        return replace(_blank(change, mention, frame.rule.name), direction=_direction(verb))

    return _distribute(sentence, frame, before, make)


def _direction(verb: Mention) -> str | None:
    word = verb.groups.get("word", "")
    if verb.label == "turn" or word == "多":
        return "up"
    if verb.label == "movenoun":
        return "down" if _NOUN_DIRECTION.search(word) else "up"
    return load_lexicon("change_word").get(word, "direction")


def _compose_level(
    sentence: _Sentence, frame: Frame, before: Sequence[Statement], shared: _Shared = _NOTHING_SHARED
) -> Iterator[Statement]:
    found = list(_distribute(sentence, frame, before, lambda mention: _plain(mention, frame)))
    origin = _values(frame.role("from", sentence.row))
    for first in origin:
        made = _plain(first, frame)
        if made and found:
            yield replace(made, indicator=found[0].indicator, start=found[0].start)
            if found[0].scope is None:
                found = [replace(s, scope=made.scope) for s in found]
    yield from found


def _plain(mention: Mention, frame: Frame) -> Statement | None:
    amount = _amount(mention)
    if amount is None or amount.kind == "change":
        return None
    made = _blank(amount, mention, frame.rule.name)
    return replace(made, scope=mention.groups.get("scope"))


def _compose_share(
    sentence: _Sentence, frame: Frame, before: Sequence[Statement], shared: _Shared = _NOTHING_SHARED
) -> Iterator[Statement]:
    if "object" not in frame.roles:
        yield from _compose_of(sentence, frame, before)
        return
    value = _values(frame.role("value", sentence.row))[0]
    amount = _amount(value)
    if amount is None:
        return
    subject, obj = frame.role("subject", sentence.row), frame.role("object", sentence.row)
    first = trim(sentence.text(subject))
    if sentence.words(obj).startswith("的") and len(first) > 1:
        start, end = _span(subject, value)
        yield replace(
            _blank(amount, value, frame.rule.name),
            indicator=complete(sentence, value.start, [first], before)[0],
            start=start,
            end=end,
        )
        return
    if not first and before and before[-1].rule == frame.rule.name:
        first = before[-1].indicator.removesuffix(_last_object(before[-1], sentence))
    name = trim(re.sub("^[把将由有]?的", "", first + sentence.text(obj)))
    if name:
        start, _ = _span(subject, value)
        yield replace(_blank(amount, value, frame.rule.name), indicator=name, start=start, end=obj[-1].end)


def _compose_of(sentence: _Sentence, frame: Frame, before: Sequence[Statement]) -> Iterator[Statement]:
    """Yield shares; 占……总数的 without a part of its own takes the counts before it as parts."""
    phrase = frame.role("indicator", sentence.row)
    lead = next((bound_of(m.groups["lead"]) for m in phrase if m.label == "of" and "lead" in m.groups), "exact")
    values = [
        (m, _bounded(made, lead)) for m in _values(frame.role("value", sentence.row)) if (made := _plain(m, frame))
    ]
    place = next((i for i, m in enumerate(phrase) if m.label == "of"), -1)
    if place < 0 or (place == 0 and len(before) < len(values)) or (place > 0 and len(values) == 1):
        for statement in _compose_level(sentence, frame, before):
            yield _bounded(statement, lead)
        return
    wholes = _indicators(sentence, phrase[place + 1 :], len(values), ())
    if place == 0:
        parts = [statement.indicator for statement in before[-len(values) :]]
    else:
        parts = _indicators(sentence, phrase[:place], len(values), before)
    for number, (mention, made) in enumerate(values):
        whole = wholes[min(number, len(wholes) - 1)] if wholes else ""
        start, end = _span(phrase, mention)
        yield replace(made, indicator=f"{parts[min(number, len(parts) - 1)]}占{whole}", start=start, end=end)


def _bounded(statement: Statement, bound: str) -> Statement:
    """Return a statement under a bound that stands apart from its number: 约占全市总量的三分之一."""
    if bound == "exact" or statement.amount.bound != "exact":
        return statement
    return replace(statement, amount=replace(statement.amount, bound=bound))


def _compose_times(
    sentence: _Sentence, frame: Frame, before: Sequence[Statement], shared: _Shared = _NOTHING_SHARED
) -> Iterator[Statement]:
    """Yield multiples and doublings that need no verb of movement: 是去年的3倍, 翻了一番."""
    for statement in _distribute(sentence, frame, before, lambda mention: _point(mention, frame)):
        yield replace(statement, direction="up")


def _compose_points(
    sentence: _Sentence, frame: Frame, before: Sequence[Statement], shared: _Shared = _NOTHING_SHARED
) -> Iterator[Statement]:
    words = sentence.words(frame.role("indicator", sentence.row))
    direction = "down" if _NOUN_DIRECTION.search(words) else "up" if re.search("升|增|涨|提高", words) else None
    if direction is None:
        return
    for statement in _distribute(sentence, frame, before, lambda mention: _point(mention, frame)):
        yield replace(statement, direction=direction)


def _point(mention: Mention, frame: Frame) -> Statement | None:
    amount = _amount(mention)
    return _blank(amount, mention, frame.rule.name) if amount else None


def _compose_vague(
    sentence: _Sentence, frame: Frame, before: Sequence[Statement], shared: _Shared = _NOTHING_SHARED
) -> Iterator[Statement]:
    """Yield statements that later words may refer to, and that are no facts."""
    nowhere = Amount("rank", None, "位")
    for statement in _distribute(sentence, frame, before, lambda m: _blank(nowhere, m, frame.rule.name)):
        yield replace(statement, vague=True)


def _last_object(statement: Statement, sentence: _Sentence) -> str:
    tail = sentence.view[statement.at : statement.end]
    return re.sub(r"^[0-9.%百分之以上]+", "", tail)


def _compose_rank(
    sentence: _Sentence, frame: Frame, before: Sequence[Statement], shared: _Shared = _NOTHING_SHARED
) -> Iterator[Statement]:
    return _distribute(sentence, frame, before, lambda mention: _plain(mention, frame))


def _compose_solved(
    sentence: _Sentence, frame: Frame, before: Sequence[Statement], shared: _Shared = _NOTHING_SHARED
) -> Iterator[Statement]:
    for statement in _distribute(sentence, frame, before, lambda mention: _plain(mention, frame)):
        name = statement.indicator
        yield statement if name.endswith("率") else replace(statement, indicator=name + "破案率")


def _compose_zero(
    sentence: _Sentence, frame: Frame, before: Sequence[Statement], shared: _Shared = _NOTHING_SHARED
) -> Iterator[Statement]:
    value = _values(frame.role("value", sentence.row))[0]
    what = value.groups.get("what", "")
    phrase = frame.role("indicator", sentence.row)
    name = trim(sentence.text(phrase)) + what
    unit = load_lexicon("zero_what").get(what, "unit") if what else _ZERO_UNIT.get(head_of(name), "起")
    start, end = _span(phrase, value)
    made = _blank(Amount("count", Decimal(0), unit), value, frame.rule.name)
    yield replace(made, indicator=name, start=start, end=end)


def _compose_trend(
    sentence: _Sentence, frame: Frame, before: Sequence[Statement], shared: _Shared = _NOTHING_SHARED
) -> Iterator[Statement]:
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

    turns = [value.groups[name] for name in ("first", "second") if name in value.groups]
    for number, statement in enumerate(_distribute(sentence, frame, before, make)):
        if turns:
            statement = replace(statement, direction="up" if turns[min(number, 1)] in "升增" else "down")
        for comparison in dict.fromkeys(compared) if compared else (None,):
            yield replace(statement, comparison=comparison)


def _compose_duration(
    sentence: _Sentence, frame: Frame, before: Sequence[Statement], shared: _Shared = _NOTHING_SHARED
) -> Iterator[Statement]:
    """Yield how long something takes; other lengths of time (潜逃26年) belong to stories."""
    return (s for s in _compose_level(sentence, frame, before) if _DURATION_HEAD.search(s.indicator))


def _compose_count(
    sentence: _Sentence, frame: Frame, before: Sequence[Statement], shared: _Shared = _NOTHING_SHARED
) -> Iterator[Statement]:
    values = [(m, a) for m in _values(frame.role("value", sentence.row)) if (a := _amount(m))]
    left = frame.role("indicator", sentence.row) or frame.role("subject", sentence.row)
    right = frame.role("object", sentence.row)
    words, _ = _cut_verb(sentence.text(right)) if _goes_on(sentence, frame) else (sentence.text(right), "")
    name = count_indicator(shared.left + sentence.text(left), _object_of(sentence, words) + shared.right, before)
    if is_headless(name):
        own = [] if before else [_subject_before(sentence, frame)]
        name = own[0] + name if own and own[0] else complete(sentence, values[0][0].start, [name], before)[0]
    name = _with_object(name, sentence.words(left), values[0][1].unit, before)
    if not name:
        return
    if _PART.match(sentence.words(left)) and sentence.words(right).startswith("中"):
        return  # 在追回的3.2亿元中: a number told before
    end = right[-1].end if right else 0
    for mention, amount in values:
        start, _ = _span(left, mention)
        amount = _as_money(amount, trim(sentence.text(left)))
        if mention.label == "count" and amount.kind == "duration":
            continue
        yield replace(_blank(amount, mention, frame.rule.name), indicator=name, start=start, end=max(end, mention.end))


def _with_object(name: str, words: str, unit: str | None, before: Sequence[Statement]) -> str:
    """Return an indicator with its object or verb from the statement before: 立案148起,破获119起; 其中女性的12名."""
    if not before:
        return name
    last = before[-1].indicator
    if is_bare_verb(name) and unit == before[-1].amount.unit and (subject_of(last) != last or names_a_case(last)):
        return name + subject_of(last)
    if (
        1 < len(name) <= 5
        and not leading_verbs(name)
        and not _VERB_INSIDE.search(name)
        and not head_of(name)
        and not _RATE.search(name)
    ):
        return leading_verbs(last) + name
    if words.endswith("的") and name:
        return f"{leading_verbs(before[-1].indicator)}{name}的{subject_of(before[-1].indicator)}"
    if _COMPLETED_BY_OBJECT.fullmatch(name) or _GENERIC.match(name):
        return before[-1].indicator + name
    return name


def _goes_on(sentence: _Sentence, frame: Frame) -> bool:
    """Tell whether another value follows on the frame without a break."""
    after = sentence.row[frame.end : frame.end + 1]
    return bool(after) and after[0].label in VALUES


def _object_of(sentence: _Sentence, words: str) -> str:
    """Return the object of a count without a following list item that has a verb of its own, and without brackets."""
    words = words.split("(")[0] or words
    items = words.split("、")
    for number, item in enumerate(items[1:], 1):
        if leading_verbs(item):
            items = items[:number]
            break
    return "、".join(items)


def _subject_before(sentence: _Sentence, frame: Frame) -> str:
    """Return the kind of case that the clause before ends with: 严打非法集资等突出经济犯罪,破案195起."""
    match = _CASES.search(trim(sentence.text(sentence.clause_before(frame))))
    return match[1] if match else ""


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
    enumerated = left.endswith("等") and "、" in left
    left, right = trim(left), trim(right)
    if enumerated and right:
        left = leading_verbs(last_verb_phrase(left) if not leading_verbs(left) else left)
    verbs = leading_verbs(left)
    if verbs and len(left) - len(verbs) >= 2 and leading_verbs(right):
        return left  # 投入警力6万人次开展查缉工作: what for is no part of it
    if left and right:
        return trim(last_verb_phrase(left) + right) if len(left) > 12 else trim(left + right)
    if left and len(left) > 14:
        verb = last_verb_phrase(left)
        return verb if len(verb) - len(leading_verbs(verb)) >= 2 else left
    return left or right


_Composer = Callable[[_Sentence, Frame, Sequence[Statement], _Shared], Iterator[Statement]]
_COMPOSERS: dict[str, _Composer] = {
    "change": _compose_change,
    "level": _compose_level,
    "rank": _compose_rank,
    "share": _compose_share,
    "solved": _compose_solved,
    "zero": _compose_zero,
    "trend": _compose_trend,
    "count": _compose_count,
    "duration": _compose_duration,
    "points": _compose_points,
    "times": _compose_times,
    "vague": _compose_vague,
}
