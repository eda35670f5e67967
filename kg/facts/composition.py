"""Frames to statements: one composer a kind of frame."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from operator import attrgetter

from kg.facts.completion import (
    Counted,
    complete,
    complete_counts,
    count_indicator,
    object_of,
    subject_before,
    with_object,
    with_object_before,
    with_topic,
)
from kg.facts.distribution import (
    clause_words,
    distribute,
    foremost_before,
    indicators,
    listed_parts,
    names_topic,
    set_off_before,
    split_items,
    survey_name,
)
from kg.facts.indicator import head_of, is_bare_verb, is_headless, leading_verbs, subject_of, trim
from kg.facts.model import Streak
from kg.facts.sharing import NOTHING_SHARED, Shared, cut_verb
from kg.facts.statement import Sentence, Statement, amount_of, blank, filled, span_of, values_of
from kg.mentions.frame import ATTRIBUTES, VALUES, Frame
from kg.mentions.lexicon import load_lexicon
from kg.mentions.mention import Mention
from kg.values.numeral import bound_of, parse_numeral
from kg.values.place import find_divisions
from kg.values.quantity import Amount

_MONEY_WORDS = re.compile(
    r"(?:价值|人民币|投资|投入资金|资金|金额|损失|经费|涉案|案值|奖金|罚款|基金|款|货值|止付|挽损|止损)$"
)
_MOVES_UP = re.compile("前移|前进|后退|后移|跃升|进位|上升|提升|下滑|下降")
_CITATION = re.compile("[功奖号誉]$")
_AIM = re.compile("(?:^|[^一-龥])?以$")
_HIGH = re.compile("(?:较?高|领先|历史最[好高]|全[省市国]最[好高])(?:的)?(?:水平|成绩|位)")
_AIMED = re.compile("的(?:热情|努力|决心|责任|精神|态度|标准)|为(?:目标|标准)")
_AMONG = re.compile("全[省市国区县州]")
_PLACED = re.compile("(?<=[一-龥][一-龥])在([一-龥]{2,5})$")
_TO_WHAT = re.compile("(?:分|再|又|累计|共|已)?[对将把]")
_TO_THOSE = re.compile("[^,]{0,8}[对将把][^,]{2,24}的")
_AREA = re.compile("(?:辖区?|境|区域|城区|县域|镇)内?")
_TASK = re.compile("(?:大型(?:群众性)?活动|重大活动|重要会议|[一-龥]{0,6})(?:安保|警卫|执勤|勤务|押运)(?:任务|工作)?$")
_TASK_DONE = re.compile(",(?:全部|均|都)?(?:实现|确保|做到|保持)了?[“]?")
_MEAN_OF = re.compile("(?:[高低优多少]于|超过|不及)的?(?:平均(?:水平|数|值)|均值|水平)")
_LED = re.compile("(?:带领|率领)(?:全[局市县区省州警])?$")
_FORCE = re.compile("(?:公安)?(?:民辅警|民警辅警|民警和?|辅警|干警|警力)+")
# "社区民警当起了老娘舅", "民警在……的领导下": the clause goes on with what they did.
_FORCE_AT_WORK = re.compile(
    "((?:社区|公安|基层|一线|户籍|巡逻|派出所)*(?:民警|民辅警|辅警|义警|干警|警力|网格员|志愿者)"
    "(?:和?辅警|职工)?)"
    "(?!.*(?:伤|牺牲|立功|荣立|获|被|表彰))"
    "(?=在(?![职岗])|以|用|当起|活跃|奋战|守护|放弃|闻令|冲锋|顶|冒|吃住|走遍|的(?:辛劳|努力|坚守|奉献|日日夜夜|心血|汗水)|没有(?:节假日|周末|休息))"
)
_PART = re.compile("(?:在|从)?[^,]*的$")
_PREPOSITION = re.compile("(?:^|[^一-龥]|[累先共已]|累计|先后|及时|分别|现场|当场|集中)(?:向|给|对|从|替|帮助?)$")
_BEFORE_ITS_OBJECT = re.compile("(?:分|先后|累计|共|再|又|已)*([向对将把给从])")
_START = attrgetter("start")
_LONGEST_REST = 12  # mentions
_MEASURE_END = re.compile("[率数额量度]$")
_DURATION_HEAD = re.compile(r"(?:最快|最短|时间|用时|时长|时限|周期|时效|耗时|天数|日数|平均|级勤务|连守|坚守|值守)$")
_DIRECTION = {
    "上升": "up",
    "提升": "up",
    "增长": "up",
    "升": "up",
    "增": "up",
    "减": "down",
    "下降": "down",
    "降": "down",
}
_GROWTH = re.compile("(?:以上|左右)?的(?:较?[大高快])?(增长|增速|增幅|涨幅|升幅|提升|上升|下降|降幅|减幅)(?!率)")
_RATED = re.compile("(?<=[一-龥”]{2})(?:[一-龥]{2}|破案|侦破|化解|查结|办结)率$")
_PLACES_RATED = re.compile("([一-龥]{0,5}(?:市|县|区|州|局|所|队|单位|社区|村|乡镇|街道))的?([^的]{2,10}率)")
_WORTH_OF = re.compile("(?:涉案|涉及|被骗)(?:总)?(?:金额|价值|资金|流水|税额)$|案值$")
_NOUN_DIRECTION = re.compile("降|跌|减")
_DID = re.compile("实现|被[评授命列认]|获[评得]|荣[获立膺]|达到|创[成建]|入选|通过|建成|完成")
_ACHIEVED = re.compile("(?:更是|更加|更)?(?:实现|做到?|达到|保持|创造|确保)?了?$")
_ZERO_UNIT = {"死亡人数": "人", "亡人数": "人", "受伤人数": "人", "伤亡人数": "人", "损失": "元", "差评": "个"}


def _compose_change(
    sentence: Sentence, frame: Frame, before: Sequence[Statement], shared: Shared = NOTHING_SHARED
) -> Iterator[Statement]:
    verbs = [m for m in sentence.row[frame.start : frame.end] if m.label in {"move", "movenoun", "turn"}]

    def make(mention: Mention) -> Statement | None:
        amount = amount_of(mention)
        verb = next((v for v in reversed(verbs) if v.start <= mention.start), None)
        if amount is None or verb is None:
            return None
        unit = "位次" if amount.unit in {"位", "名"} and _MOVES_UP.search(verb.groups.get("word", "")) else amount.unit
        change = Amount("change", amount.value, unit, amount.bound)
        return replace(blank(change, mention, frame.rule.name), direction=_direction(verb))

    own = trim(sentence.text(frame.role("object", sentence.row)))
    compared = [m.label for m in sentence.row[frame.start : frame.end] if m.label in {"yoy", "mom"}]
    for number, statement in enumerate(found := list(distribute(sentence, frame, before, make))):
        if len(compared) == len(found) == 2 and compared[0] != compared[1]:
            statement = replace(statement, comparison=compared[number])
        yield replace(statement, indicator=_changed(sentence, own, statement, before)) if own else statement


def _changed(sentence: Sentence, own: str, statement: Statement, before: Sequence[Statement]) -> str:
    """Return what a movement says by itself that it is of: 少死亡11人."""
    return with_object(sentence, Counted(own, own, statement.amount.unit, statement.at, False), before)


def _direction(verb: Mention) -> str | None:
    word = verb.groups.get("word", "")
    if verb.label == "turn" or word in {"多", "高", "慢"}:
        return "up"
    if word in {"低", "快"}:
        return "down"  # so many minutes quicker
    if verb.label == "movenoun":
        return "down" if _NOUN_DIRECTION.search(word) else "up"
    return load_lexicon("change_word").get(word, "direction")


def _compose_level(
    sentence: Sentence, frame: Frame, before: Sequence[Statement], shared: Shared = NOTHING_SHARED
) -> Iterator[Statement]:
    found = list(distribute(sentence, frame, before, lambda mention: _plain(mention, frame)))
    origin = values_of(frame.role("from", sentence.row))
    if len(origin) == 1 and (was := amount_of(origin[0])) and was.kind == "duration":
        found = [replace(s, amount=_lasting(s.amount, was)) for s in found]
    for first in origin:
        made = _plain(first, frame)
        if made and found:
            yield replace(made, indicator=found[0].indicator, start=found[0].start)
            if found[0].scope is None:
                found = [replace(s, scope=made.scope) for s in found]
    yield from (_as_growth(sentence, statement) for statement in found)


def _lasting(amount: Amount, was: Amount) -> Amount:
    """Return a bare 个 as the length of time that it was before: 由15个工作日压缩至7个."""
    same = amount.kind == "count" and amount.unit in ("个", None)
    return replace(amount, kind=was.kind, unit=was.unit) if same else amount


def _as_growth(sentence: Sentence, statement: Statement) -> Statement:
    """Return a share that is said to be a growth or a fall as a change: 保持10%以上的增长."""
    grown = _GROWTH.match(sentence.view, statement.end) if statement.amount.kind == "share" else None
    if grown is None:
        return statement
    amount = replace(statement.amount, kind="change")
    return replace(statement, amount=amount, direction="down" if _NOUN_DIRECTION.search(grown[1]) else "up")


def _plain(mention: Mention, frame: Frame) -> Statement | None:
    amount = amount_of(mention)
    if amount is None or amount.kind == "change":
        return None
    made = blank(amount, mention, frame.rule.name)
    scope = mention.groups.get("scope")
    return replace(made, scope=scope) if scope else made


def _compose_share(
    sentence: Sentence, frame: Frame, before: Sequence[Statement], shared: Shared = NOTHING_SHARED
) -> Iterator[Statement]:
    if "object" not in frame.roles:
        yield from _compose_of(sentence, frame, before)
        return
    value = values_of(frame.role("value", sentence.row))[0]
    amount = amount_of(value)
    if amount is None:
        return
    subject, obj = frame.role("subject", sentence.row), frame.role("object", sentence.row)
    first = trim(sentence.text(subject))
    first = "" if _AREA.fullmatch(first) else first
    if _AIM.search(sentence.words(subject)) and _AIMED.match(sentence.words(obj)):
        return  # 以100%为目标
    if sentence.words(obj).startswith("的") and len(first) > 1 and leading_verbs(first) != first:
        start, end = span_of(subject, value)
        told = complete(sentence, value.start, [first], before)[0]
        yield _as_growth(sentence, filled(blank(amount, value, frame.rule.name), told, start, end))
        return
    if not first and before and before[-1].rule == frame.rule.name:
        first = before[-1].indicator.removesuffix(_last_object(before[-1], sentence))
    name = trim(re.sub("^[把将由有]?的", "", first + sentence.text(obj)))
    if not first and before and _HIGH.fullmatch(name):
        name = before[-1].indicator  # 连续4年保持98%以上的高水平
    if name:
        start, _ = span_of(subject, value)
        yield replace(blank(amount, value, frame.rule.name), indicator=name, start=start, end=obj[-1].end)


def _compose_of(sentence: Sentence, frame: Frame, before: Sequence[Statement]) -> Iterator[Statement]:
    """Yield shares; 占……总数的 without a part of its own takes the counts before it as parts."""
    phrase = frame.role("indicator", sentence.row)
    lead = next((bound_of(m.groups["lead"]) for m in phrase if m.label == "of" and "lead" in m.groups), "exact")
    values = [
        (m, _bounded(made, lead)) for m in values_of(frame.role("value", sentence.row)) if (made := _plain(m, frame))
    ]
    place = next((i for i, m in enumerate(phrase) if m.label == "of"), -1)
    listed = listed_parts(before[-1].indicator, len(values)) if before and place == 0 else []
    fewer = place == 0 and len(before) < len(values) and not listed
    if place < 0 or fewer or (place > 0 and len(values) == 1):
        for statement in _compose_level(sentence, frame, before):
            yield _bounded(statement, lead)
        return
    wholes = indicators(sentence, phrase[place + 1 :], len(values), ())
    if not any(whole.strip("的") for whole in wholes):
        wholes = [sentence.words(phrase[place + 1 :]).strip("的")]  # 占全省的81%
    if place == 0:
        parts = listed or [statement.indicator for statement in before[-len(values) :]]
        if len(values) == 1 and (set_off := set_off_before(sentence, frame, before[-1])):
            parts = [set_off]  # 求助警情最多,占比四成
    else:
        parts = indicators(sentence, phrase[:place], len(values), before)
    for number, (mention, made) in enumerate(values):
        whole = wholes[min(number, len(wholes) - 1)] if wholes else ""
        start, end = span_of(phrase, mention)
        yield replace(made, indicator=f"{parts[min(number, len(parts) - 1)]}占{whole}", start=start, end=end)


def _bounded(statement: Statement, bound: str) -> Statement:
    """Return a statement under a bound that stands apart from its number: 约占全市总量的三分之一."""
    if bound == "exact" or statement.amount.bound != "exact":
        return statement
    return replace(statement, amount=replace(statement.amount, bound=bound))


def _compose_times(
    sentence: Sentence, frame: Frame, before: Sequence[Statement], shared: Shared = NOTHING_SHARED
) -> Iterator[Statement]:
    """Yield multiples and doublings that need no verb of movement: 是去年的3倍, 翻了一番."""
    for statement in distribute(sentence, frame, before, lambda mention: _point(mention, frame)):
        yield replace(statement, direction="up")


def _compose_points(
    sentence: Sentence, frame: Frame, before: Sequence[Statement], shared: Shared = NOTHING_SHARED
) -> Iterator[Statement]:
    words = sentence.words(frame.role("indicator", sentence.row))
    direction = "down" if _NOUN_DIRECTION.search(words) else "up" if re.search("升|增|涨|提高", words) else None
    if direction is None:
        return
    for statement in distribute(sentence, frame, before, lambda mention: _point(mention, frame)):
        yield replace(statement, direction=direction)


def _point(mention: Mention, frame: Frame) -> Statement | None:
    amount = amount_of(mention)
    return blank(amount, mention, frame.rule.name) if amount else None


def _compose_vague(
    sentence: Sentence, frame: Frame, before: Sequence[Statement], shared: Shared = NOTHING_SHARED
) -> Iterator[Statement]:
    """Yield statements that later words may refer to, and that are no facts."""
    nowhere = Amount("rank", None, "位")
    for statement in distribute(sentence, frame, before, lambda m: blank(nowhere, m, frame.rule.name)):
        yield replace(statement, vague=True)


def _last_object(statement: Statement, sentence: Sentence) -> str:
    tail = sentence.view[statement.at : statement.end]
    return re.sub(r"^[0-9.%百分之以上]+的?", "", tail)


def _compose_rank(
    sentence: Sentence, frame: Frame, before: Sequence[Statement], shared: Shared = NOTHING_SHARED
) -> Iterator[Statement]:
    for statement in _ranks(sentence, frame, before):
        crown = next((m for m in frame.role("value", sentence.row) if m.label == "crown"), None)
        if crown:
            statement = replace(statement, streak=Streak(int(parse_numeral(crown.groups["n"]).value), "年"))
        if (scope := _PLACED.search(statement.indicator)) and find_divisions(scope[1]):
            statement = replace(statement, indicator=statement.indicator[: scope.start()], scope=scope[1])
        earlier = sentence.words(sentence.clause_before(frame))
        within = _AMONG.match(statement.indicator)
        if within is None and statement.indicator in earlier:
            within = _AMONG.search(earlier)
        yield replace(statement, scope=statement.scope or (within[0] if within else None))


def _ranks(sentence: Sentence, frame: Frame, before: Sequence[Statement]) -> Iterator[Statement]:
    """Yield positions: of the indicators in their order with 分别, else every one of the same indicator."""
    first, last = frame.roles["value"]
    at = [i for i in range(first, last) if sentence.row[i].label in VALUES]
    lead = frame.start
    while lead and sentence.row[lead - 1].label in ATTRIBUTES:
        lead -= 1  # 分别位居全省第三位、第五位
    spans = [(first, last)] if any(m.label == "each" for m in sentence.row[lead:first]) else []
    scope: str | None = None
    if _pairs_off(sentence, frame, at, before):
        spans = [(first, last)]
    for span in spans or [(i, i + 1) for i in at]:
        part = replace(frame, roles={**frame.roles, "value": span})
        for statement in distribute(sentence, part, before, lambda mention: _plain(mention, frame)):
            scope = statement.scope or scope
            yield replace(statement, scope=scope)


def _pairs_off(sentence: Sentence, frame: Frame, at: Sequence[int], before: Sequence[Statement]) -> bool:
    """Tell whether positions under one scope are of as many things, in their order, though no 分别 says so.

    "破案率、满意率居全省第三和第五"; "……分别达98%和97%,居全省第三和第五".
    """
    if len(at) < 2 or any("scope" in sentence.row[i].groups for i in at[1:]):
        return False
    if "indicator" in frame.roles:
        return len(split_items(sentence, frame.role("indicator", sentence.row))) == len(at)
    told = before[-len(at) :]
    return len(at) == len(told) and len({(s.start, s.rule) for s in told}) == 1


def _compose_solved(
    sentence: Sentence, frame: Frame, before: Sequence[Statement], shared: Shared = NOTHING_SHARED
) -> Iterator[Statement]:
    for statement in distribute(sentence, frame, before, lambda mention: _plain(mention, frame)):
        name = statement.indicator
        if "indicator" not in frame.roles:
            name = subject_of(name)  # "发生现行命案9起,连续11年保持全破"
            statement = replace(statement, indicator=name)
        yield statement if name.endswith("率") else replace(statement, indicator=name + "破案率")


def _compose_zero(
    sentence: Sentence, frame: Frame, before: Sequence[Statement], shared: Shared = NOTHING_SHARED
) -> Iterator[Statement]:
    value = values_of(frame.role("value", sentence.row))[0]
    what = value.groups.get("what", "")
    phrase = frame.role("indicator", sentence.row)
    own = _ACHIEVED.sub("", trim(sentence.text(phrase)))
    name = own + what
    if name == f"是{what}":
        return  # 134天是“零发案”
    if not phrase and before and before[-1].rule == frame.rule.name:
        name = _shared_subject(sentence, before[-1]) + what  # 采挖期“零命案、零伤亡”
    elif name == what and before and _TASK_DONE.fullmatch(sentence.view, before[-1].end, value.start):
        name = _of_task(before[-1].indicator) + what  # 大型活动安保36场,实现零事故
    unit = load_lexicon("zero_what").get(what, "unit") if what else _ZERO_UNIT.get(head_of(name), "起")
    start, end = span_of(phrase, value)
    rates = [trim(sentence.text(item)) for item in split_items(sentence, phrase)] if not what else []
    if rates and all(rate.endswith("率") for rate in rates):
        made = blank(Amount("share", Decimal(0), "%"), value, frame.rule.name)
        for rate in complete(sentence, phrase[0].start, rates, before):
            yield filled(made, rate, start, end)  # 撤销率、败诉率均为零
        return
    made = blank(Amount("count", Decimal(0), unit), value, frame.rule.name)
    yield filled(made, name, start, end)


def _of_task(indicator: str) -> str:
    """Return the task that a count was of, empty where it was of no task: 圆满完成大型活动安保任务."""
    task = _TASK.search(indicator)
    return task[0].removesuffix("任务") if task else ""


def _shared_subject(sentence: Sentence, last: Statement) -> str:
    """Return what the zero before was said of, without what there was none of."""
    value = next((m for m in sentence.row if m.start == last.at), None)
    return last.indicator.removesuffix(value.groups.get("what", "")) if value else ""


def _compose_trend(
    sentence: Sentence, frame: Frame, before: Sequence[Statement], shared: Shared = NOTHING_SHARED
) -> Iterator[Statement]:
    value = values_of(frame.role("value", sentence.row))[0]
    span = sentence.row[frame.start : frame.end]
    compared = [m.label for m in span if m.label in {"yoy", "mom"}]
    both = value.label in {"both", "run"}
    if any(m.label == "comma" for m in span) and not names_topic(sentence.text(frame.role("indicator", sentence.row))):
        return  # 取得新成效,同比下降
    vague = not both and not compared and "趋势" not in sentence.view[value.end : value.end + 3]
    direction = _DIRECTION.get(value.groups.get("dir", "")) or load_lexicon("change_word").get(
        value.groups.get("word", ""), "direction"
    )

    def make(mention: Mention) -> Statement | None:
        made = blank(Amount("change", None, None), mention, frame.rule.name)
        return replace(made, direction=direction, vague=vague)

    turns = [value.groups[name] for name in ("first", "second") if name in value.groups]
    for number, statement in enumerate(distribute(sentence, frame, before, make)):
        if len(statement.indicator) <= 2 and not head_of(statement.indicator):
            continue  # 取得“双下降”的成效
        if value.label == "run":
            times = int(parse_numeral(value.groups["n"]).value)
            unit = value.groups.get("unit", "年").replace("个年", "年")
            statement = replace(statement, streak=Streak(times, {"月": "个月", "季度": "个季度"}.get(unit, unit)))
        if turns:
            statement = replace(statement, direction="up" if turns[min(number, 1)] in "升增" else "down")
        for comparison in dict.fromkeys(compared) if compared else (None,):
            yield replace(statement, comparison=comparison)


def _compose_onward(
    sentence: Sentence, frame: Frame, before: Sequence[Statement], shared: Shared = NOTHING_SHARED
) -> Iterator[Statement]:
    """Yield how long the change before has gone on, where a comparison makes it a claim: 已连续11个月同比下降."""
    span = sentence.row[frame.start : frame.end]
    value = values_of(frame.role("value", sentence.row))[0]
    compared = next((m.label for m in span if m.label in {"yoy", "mom"}), None)
    goes_on = any(m.label == "streak" for m in span)
    direction = load_lexicon("change_word").get(value.groups.get("word", ""), "direction")
    if not (before and compared and goes_on) or before[-1].direction != direction:
        return
    made = replace(blank(Amount("change", None, None), value, frame.rule.name), direction=direction)
    start = next(m.start for m in span if m.label == "streak")
    yield replace(filled(made, before[-1].indicator, start, value.end), comparison=compared)


def _compose_counts(
    sentence: Sentence, frame: Frame, before: Sequence[Statement], shared: Shared = NOTHING_SHARED
) -> Iterator[Statement]:
    """Yield as many counts as things where both are lists; else every count is of the same things."""
    values = values_of(frame.role("value", sentence.row))
    phrase = frame.role("indicator", sentence.row)
    things = [trim(sentence.text(item)) for item in split_items(sentence, phrase)]
    if len(things) == len(values) and all(things) and all(is_headless(thing) for thing in things[1:]):
        names = complete(sentence, phrase[0].start, things, before)  # 刑事案件立案数、破案数、破案率
    elif len(things) == len(values) and all(things):
        names = complete_counts([shared.left + things[0], *things[1:]])
    else:
        name = count_indicator(shared.left + sentence.text(phrase), "", before)
        if is_bare_verb(name) and (told := foremost_before(sentence, frame, len(values))):
            names = [name + thing for thing in told]  # 盗窃、诈骗警情突出,分别接报58起、27起
        elif is_bare_verb(name):  # 两县公安局分别抓获81名和74名
            counted = Counted(name, name, getattr(amount_of(values[0]), "unit", None), values[0].start, False)
            names = [with_object(sentence, counted, before)] * len(values)
        else:
            names = [name] * len(values)
    for name, value in zip(names, values, strict=True):
        amount = amount_of(value)
        if amount and name:
            start, end = span_of(phrase, value)
            yield filled(blank(_as_money(amount, name), value, frame.rule.name), name, start, end)


def _compose_cleared(
    sentence: Sentence, frame: Frame, before: Sequence[Statement], shared: Shared = NOTHING_SHARED
) -> Iterator[Statement]:
    """Yield how many cases of a kind were filed and how many solved: 命案发3破3."""
    phrase, value = frame.role("indicator", sentence.row), frame.role("value", sentence.row)[0]
    kind, end = trim(sentence.text(phrase)), value.start
    for group, aspect in (("filed", "发案"), ("solved", "破案")):
        at = sentence.view.index(value.groups[group], end)
        end = at + len(value.groups[group])
        amount = Amount("count", Decimal(value.groups[group]), "起")
        made = replace(blank(amount, value, frame.rule.name), at=at)
        yield filled(made, f"{kind}{aspect}", phrase[0].start, value.end)


def _compose_duration(
    sentence: Sentence, frame: Frame, before: Sequence[Statement], shared: Shared = NOTHING_SHARED
) -> Iterator[Statement]:
    """Yield how long something takes; other lengths of time (潜逃26年) belong to stories."""
    return (s for s in _compose_level(sentence, frame, before) if _DURATION_HEAD.search(s.indicator))


def _compose_count(
    sentence: Sentence, frame: Frame, before: Sequence[Statement], shared: Shared = NOTHING_SHARED
) -> Iterator[Statement]:
    values = [(m, a) for m in values_of(frame.role("value", sentence.row)) if (a := amount_of(m))]
    left = frame.role("indicator", sentence.row) or frame.role("subject", sentence.row)
    right = frame.role("object", sentence.row)
    if right and all(m.label == "bureau" for m in left):
        left = ()  # "县公安局10个集体受到表彰": whose they are is no part of what they are
    elif right and (_TO_WHAT.fullmatch(trim(sentence.text(left))) or _TO_THOSE.fullmatch(sentence.words(left))):
        left = ()  # 对30起案件挂牌督办; 对表现突出的5个集体予以表彰
    lead, words = sentence.words(left), sentence.text(right)  # each asked for several times
    if _LED.search(lead) and (force := _FORCE.match(words)):
        for mention, amount in values:
            yield filled(blank(amount, mention, frame.rule.name), force[0], mention.start, right[0].start + force.end())
        return
    if at_work := _FORCE_AT_WORK.match(words):
        for mention, amount in values:
            start = right[0].start + at_work.end()
            yield filled(blank(amount, mention, frame.rule.name), at_work[1], mention.start, start)
        return
    if name := _beneficiaries(sentence, frame, left, words):
        for mention, amount in values:
            start, _ = span_of(left, mention)
            yield filled(blank(amount, mention, frame.rule.name), name, start, right[-1].end)
        return
    if (worth := _WORTH_OF.search(lead)) and sentence.words(right).startswith("的"):
        told = f"{leading_verbs(trim(sentence.text(left)))}{trim(words.removeprefix('的'))}{worth[0]}"
        for mention, amount in values:
            start, _ = span_of(left, mention)
            yield filled(blank(amount, mention, frame.rule.name), told, start, right[-1].end)
        return
    whose = sentence.words(right[:1]) if right and right[0].label == "bureau" else ""  # 破获1起公安部目标案件
    rated = _RATED.search(words) is not None and _is_rated(sentence, frame)
    words, _ = cut_verb(words) if _goes_on(sentence, frame) and not rated else (words, "")
    words = whose + words
    if any(m.label == "each" for m in sentence.row[frame.start : frame.end]) and len(values) == 1 and not right:
        yield from _each(sentence, frame, left, *values[0])
        return
    name = count_indicator(shared.left + sentence.text(left), object_of(sentence, words) + shared.right, before)
    if rated and not _RATED.search(name):
        name += words
    if is_headless(name):
        own = [] if before else [subject_before(sentence, frame)]
        name = own[0] + name if own and own[0] else complete(sentence, values[0][0].start, [name], before)[0]
    stands_alone = any(m.label == "be" for m in sentence.row[frame.start : frame.end])
    name = with_object(sentence, Counted(name, lead, values[0][1].unit, values[0][0].start, stands_alone), before)
    if before and not trim(sentence.text(left)) and _is_done_by_part(sentence, values[0], name, before[-1]):
        name = subject_of(before[-1].indicator) + name
    if before and _MEAN_OF.fullmatch(name):
        name = before[-1].indicator  # 低于全省32起的平均水平
    if not name and not left and not right:
        name = before[-1].indicator if before else clause_words(sentence, frame)
    if found := _BEFORE_ITS_OBJECT.fullmatch(name):
        name = found[1] + _rest_of_clause(sentence, values[-1][0])
    if not name:
        return
    name = survey_name(sentence, frame, name)
    if before and before[-1].indicator.startswith("为") and before[-1].indicator.endswith(name) and not left:
        name = before[-1].indicator  # 为3家企业追回货款720万元
    if not values_of(sentence.clause_before(frame)):
        name = with_object_before(name, values[0][1].unit, sentence, frame)
        name = with_topic(name, sentence, frame)
    if _PART.match(lead) and sentence.words(right).startswith("中"):
        return  # 在追回的3.2亿元中: a number told before
    if left and lead.endswith("的") and name.endswith("案件中"):
        name = name.removesuffix("中")  # 破获的90起盗窃案件中
    end = right[-1].end if right else 0
    placed = [m for m in sentence.row[frame.end : frame.end + 1] if m.label == "rank"]
    if placed and not right and values[-1][1].unit != "分":  # 12项指标中有7项进入全省前五, not 以98.6分列全省第五
        name, end = name.removesuffix("中") + sentence.words(placed), placed[0].end
    if rated and (rate := _RATED.search(name)):
        yield from _counted_and_rated(sentence, frame, values, name, name[: rate.start()])
        return
    for mention, amount in values:
        start, _ = span_of(left, mention)
        amount = _as_money(amount, trim(sentence.text(left)))
        if amount.unit == "次" and _CITATION.search(name):
            continue  # 一等功3次: how often belongs to the honor
        yield filled(blank(amount, mention, frame.rule.name), name, start, max(end, mention.end))


def _is_rated(sentence: Sentence, frame: Frame) -> bool:
    """Tell whether a percentage goes on where a count ends: 10起命案破案率[100%], 3家看守所安全率达[100%]."""
    after = [m.label for m in sentence.row[frame.end : frame.end + 2]]
    return after[:1] == ["percent"] or after == ["be", "percent"]


def _counted_and_rated(
    sentence: Sentence, frame: Frame, values: Sequence[tuple[Mention, Amount]], name: str, thing: str
) -> Iterator[Statement]:
    """Yield the count of some things and the rate that they reached: 下发9万条指令反馈率100%.

    Places and units are counted by the rate: 10个县的命案破案率达到100% are 命案破案率达到100%的县.
    """
    percent = next(m for m in sentence.row[frame.end :] if m.label == "percent")
    name, thing = name.removeprefix("等"), thing.removeprefix("等")  # 郑州等11个市命案破案率
    if of_places := _PLACES_RATED.fullmatch(name):
        thing = f"{of_places[2]}达到{sentence.view[percent.start : percent.end]}的{of_places[1]}"
    for mention, amount in values:
        yield filled(blank(amount, mention, frame.rule.name), thing, mention.start, mention.end)
    rate = amount_of(percent)
    if rate is not None:
        told = filled(blank(rate, percent, frame.rule.name), name, values[0][0].start, percent.end)
        yield told if sentence.row[frame.end].label == "percent" else replace(told, vague=True)


def _rest_of_clause(sentence: Sentence, value: Mention) -> str:
    """Return what the clause goes on with after a value, other values apart: 对20笔、3万元[涉案资金进行返还]."""
    rest: list[Mention] = []
    first = bisect_right(sentence.row, value.start, key=_START)
    for mention in sentence.row[first : first + _LONGEST_REST]:
        if mention.label == "comma":
            break
        if mention.label not in VALUES:
            rest.append(mention)
    return trim(sentence.text(rest))


def _is_done_by_part(sentence: Sentence, value: tuple[Mention, Amount], name: str, last: Statement) -> bool:
    """Tell whether a number counts some of the things before by what they did: 建成小区1200个,其中860个实现零发案."""
    between = sentence.view[last.end : value[0].start]
    same = value[1].unit == last.amount.unit and last.amount.kind == "count"
    return same and re.fullmatch(r"[,;(]?其中有?", between) is not None and _DID.match(name) is not None


def _each(
    sentence: Sentence, frame: Frame, left: Sequence[Mention], mention: Mention, amount: Amount
) -> Iterator[Statement]:
    """Yield one number for each of several things: 抓获涉赌、涉黄人员各35名."""
    things = [trim(sentence.text(item)) for item in split_items(sentence, left)]
    for name in complete_counts([thing for thing in things if thing]):
        start, end = span_of(left, mention)
        yield filled(blank(amount, mention, frame.rule.name), name, start, end)


def _beneficiaries(sentence: Sentence, frame: Frame, left: Sequence[Mention], words: str) -> str:
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


def _goes_on(sentence: Sentence, frame: Frame) -> bool:
    """Tell whether another value follows on the frame without a break."""
    after = sentence.row[frame.end : frame.end + 1]
    return bool(after) and after[0].label in VALUES


def _as_money(amount: Amount, left: str) -> Amount:
    """Return an amount without a unit as money where the words before it speak of money: 价值30余万."""
    if amount.unit is None and _MONEY_WORDS.search(left):
        return Amount("money", amount.value, "元", amount.bound)
    return amount


Composer = Callable[[Sentence, Frame, Sequence[Statement], Shared], Iterator[Statement]]
COMPOSERS: dict[str, Composer] = {
    "change": _compose_change,
    "level": _compose_level,
    "rank": _compose_rank,
    "share": _compose_share,
    "solved": _compose_solved,
    "zero": _compose_zero,
    "trend": _compose_trend,
    "onward": _compose_onward,
    "count": _compose_count,
    "counts": _compose_counts,
    "cleared": _compose_cleared,
    "duration": _compose_duration,
    "points": _compose_points,
    "times": _compose_times,
    "vague": _compose_vague,
}
