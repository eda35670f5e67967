"""One count of one thing: the words before the number, or after it, or both.

Enters: a frame around a count. Leaves: statements of one indicator, completed from the clause and from what was said.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from operator import attrgetter

from kg.facts.completion import (
    Counted,
    complete,
    complete_counts,
    count_indicator,
    happened_to,
    object_of,
    subject_before,
    with_fought,
    with_object,
    with_object_before,
    with_topic,
)
from kg.facts.completion.case import one_case
from kg.facts.completion.counted import CASE_UNITS, PERSONS
from kg.facts.composition.people import beneficiaries, force_in
from kg.facts.composition.rated import counted_and_rated, rate_follows
from kg.facts.composition.values import as_money
from kg.facts.cue import cue
from kg.facts.distribution import clause_words, record_before, split_items, survey_name
from kg.facts.indicator import is_headless, last_verb_phrase, leading_verbs, subject_of, trim
from kg.facts.sharing import NOTHING_SHARED, Shared, cut_verb
from kg.facts.statement import Sentence, Statement, amount_of, blank, filled, span_of, values_of
from kg.mentions.frame import VALUES, Frame
from kg.mentions.mention import Mention
from kg.unguarded import unguarded
from kg.values.quantity import Amount

_SOME_NOW = re.compile("(?:目前)?(?:已经?|现)有")
_CASE_TOLD = re.compile("案件?[”’]?$")
_PART = re.compile("(?:在|从)?[^,]*的$")
_START = attrgetter("start")
_PLAIN_WORTH = ("案值", "价值")
_SHORT_WORTH = 2  # characters: 涉案 alone says not what of the case is told
_LONGEST_REST = 12  # mentions
_APART = 5  # mentions, from one of two counts to the other
_LONGEST_AWARD = 32  # characters: who received an award, and its name
_LONGEST_LIST = 5  # statements: a whole and its parts
_HOUSES = frozenset({"个", "家", "所"})  # measure words of one thing


@unguarded
@dataclass(frozen=True, slots=True)
class _Parts:
    """A count as its clause has it: the words before and after its numbers, and the numbers."""

    left: Sequence[Mention]
    right: Sequence[Mention]
    values: Sequence[tuple[Mention, Amount]]


def compose_count(
    sentence: Sentence, frame: Frame, before: Sequence[Statement], shared: Shared = NOTHING_SHARED
) -> Iterator[Statement]:
    """Yield how many there are of one thing, or how many were dealt with: 破获案件120起, 30人受到表彰."""
    parts = _parts_of(sentence, frame)
    if (same := _in_other_terms(sentence, frame, parts, before)) is not None:
        yield same
        return
    if (among := _among_so_many(sentence, parts)) is not None:
        mention, amount = parts.values[0]
        yield filled(blank(amount, mention, frame.rule.name), among[0], mention.start, among[1])
        return
    if told := _counted_on_the_right(sentence, frame, parts, before):
        name, first, end = told
        for mention, amount in parts.values:
            start, _ = span_of(first, mention)
            yield filled(blank(as_money(amount, name), mention, frame.rule.name), name, start, end)
        return
    each = any(m.label == "each" for m in sentence.row[frame.start : frame.end])
    if each and len(parts.values) == 1 and not parts.right:
        yield from _each(sentence, frame, parts.left, *parts.values[0])
        return
    name = _from_before(sentence, frame, before, parts, _own_name(sentence, frame, before, parts, shared))
    if not name:
        return
    name = _from_clause(sentence, frame, before, parts, name)
    if _PART.match(sentence.words(parts.left)) and sentence.words(parts.right).startswith("中"):
        return  # 在追回的3.2亿元中: a number told before
    name, end = _placed(sentence, frame, parts, name)
    if rate_follows(sentence, frame, parts.right) and (rate := cue("composition-rated").search(name)):
        yield from counted_and_rated(sentence, frame, parts.values, name, name[: rate.start()])
        return
    for mention, amount in parts.values:
        start, _ = span_of(parts.left, mention)
        amount = as_money(amount, trim(sentence.text(parts.left)) or name)
        if amount.unit == "次" and cue("composition-citation").search(name):
            if not (who := _unnamed(sentence, mention, before)):
                continue  # 一等功3次: how often belongs to the honor
            name = who + name.removeprefix(who)
        yield filled(blank(amount, mention, frame.rule.name), name, start, max(end, mention.end))
    yield from _solved_too(sentence, frame, parts, name, before)


def _in_other_terms(sentence: Sentence, frame: Frame, parts: _Parts, before: Sequence[Statement]) -> Statement | None:
    """Return the change before as so many: 较上年上升29%,即2028宗."""
    alone = len(parts.values) == 1 and not parts.right
    if not alone or not before or not cue("composition-that-is").fullmatch(sentence.words(parts.left)):
        return None
    (mention, amount), last = parts.values[0], before[-1]
    if last.amount.kind != "change" or sentence.view[last.end : parts.left[0].start] != ",":
        return None
    made = blank(replace(amount, kind="change"), mention, frame.rule.name)
    made = replace(made, direction=last.direction, comparison=last.comparison, sizes=last.at)
    return filled(made, last.indicator, parts.left[0].start, mention.end)


def _among_so_many(sentence: Sentence, parts: _Parts) -> tuple[str, int] | None:
    """Return what so many things, some of which something was done with, or those are, and where its words end.

    [26条]措施中已落实23条 counts 措施, 26条措施中已落实[23条] counts 落实措施.
    """
    if len(parts.values) != 1:
        return None
    value, row = parts.values[0][0], sentence.row
    at = bisect_right(row, value.start, key=_START) - 1
    among = cue("composition-among-so-many")
    following = next((m for m in row[at + 2 : at + _APART] if m.label == "count"), None)
    if following and (found := among.fullmatch(sentence.view, value.end, following.start)):
        return found["thing"], found.end("thing")
    told = next((m for m in reversed(row[max(0, at - _APART) : max(0, at - 1)]) if m.label == "count"), None)
    alike = told is not None and told.groups.get("unit") == value.groups.get("unit")
    if told and alike and not parts.right and (found := among.fullmatch(sentence.view, told.end, value.start)):
        return found["done"] + found["thing"], value.end
    return None


def _solved_too(
    sentence: Sentence, frame: Frame, parts: _Parts, name: str, before: Sequence[Statement]
) -> Iterator[Statement]:
    """Yield that all of the cases counted were solved, where nothing is said but that: 15起现行命案[全破].

    And those before them in a list: 16起命案、19起“两抢”案件全破.
    """
    solved = parts.right[-1] if len(parts.right) > 1 and parts.right[-1].label == "solved" else None
    rate = amount_of(solved) if solved else None
    cases = parts.values[0][1].unit in CASE_UNITS
    if solved is None or rate is None or not cases or not name.endswith("全破"):
        return  # 3个县命案全破
    start, _ = span_of((), parts.values[0][0])
    beside = before[-1] if before and sentence.view[before[-1].end : start] == "、" else None
    if beside and beside.amount.unit in CASE_UNITS and not leading_verbs(beside.indicator):
        made = blank(rate, solved, frame.rule.name)
        yield filled(made, beside.indicator + "破案率", beside.start, solved.end)
    yield filled(blank(rate, solved, frame.rule.name), name.removesuffix("全破") + "破案率", start, solved.end)


def _unnamed(sentence: Sentence, value: Mention, before: Sequence[Statement]) -> str:
    """Return which officers without a name received an award, whom no honor can hold: [民警]荣立三等功3次."""
    said = sentence.view[max(0, value.start - _LONGEST_AWARD) : value.start]
    if (told := cue("composition-citation-unnamed").search(said)) is not None:
        return told["who"]
    last = before[-1] if before else None
    if last is None or last.amount.unit != "次":
        return ""
    own = cue("composition-citation-own").match(last.indicator)
    goes_on = cue("composition-citation-next").fullmatch(sentence.view[last.end : value.start]) if own else None
    return own[0] if own and goes_on else ""


def _parts_of(sentence: Sentence, frame: Frame) -> _Parts:
    """Return the parts of a count; what is no part of what is counted is left out on the left."""
    values = [(m, a) for m in values_of(frame.role("value", sentence.row)) if (a := amount_of(m))]
    left = frame.role("indicator", sentence.row) or frame.role("subject", sentence.row)
    right = frame.role("object", sentence.row)
    if not left and not right:
        left = _peak_before(sentence, frame)
    elif not right and sentence.words(left) == "的":
        left = _before_its_day(sentence, frame) or left
    elif right and all(m.label == "bureau" for m in left):
        left = ()  # "县公安局10个集体受到表彰": whose they are is no part of what they are
    elif right and _is_first_of(sentence, left, right):
        left = ()  # 杨某等8名同志被评为……
    elif right and _is_done_to(sentence, left):
        left = ()  # 对30起案件挂牌督办; 对表现突出的5个集体予以表彰
    elif right and values[-1][1].unit in CASE_UNITS and _is_done_wholly(sentence, frame, left, right):
        right = ()  # 全年接警31万起无效警情过半
    return _Parts(left, right, values)


def _is_done_wholly(sentence: Sentence, frame: Frame, left: Sequence[Mention], right: Sequence[Mention]) -> bool:
    """Tell whether a verb with its object in it ends with the number, behind which a headline says another thing."""
    goes_on = right[-1].label == "solved" or any(
        m.label not in {"comma", "sep", "skip"} for m in sentence.row[frame.end : frame.end + 1]
    )
    done = cue("composition-done-wholly").search(sentence.words(left)) is not None
    return goes_on and done and not sentence.words(right).startswith("的")


def _before_its_day(sentence: Sentence, frame: Frame) -> Sequence[Mention]:
    """Return what was highest before the day of the number that 的 sets off: 单日最高值为8月4日的[410人次]."""
    said = sentence.row[max(0, frame.start - 3) : frame.start]
    return said[:1] if [m.label for m in said] == ["words", "be", "period"] else ()


def _peak_before(sentence: Sentence, frame: Frame) -> Sequence[Mention]:
    """Return what the clause before says to have been highest on a day: 单日最高客流出现在2月3日,达[310人次]."""
    clause = sentence.clause_before(frame)
    peak = cue("composition-peak")
    named = next((number for number, mention in enumerate(clause) if peak.search(sentence.words([mention]))), -1)
    dated = any(mention.label == "period" for mention in clause[named + 1 :])
    return clause[named : named + 1] if named >= 0 and dated and not values_of(clause) else ()


def _is_first_of(sentence: Sentence, left: Sequence[Mention], right: Sequence[Mention]) -> bool:
    """Tell whether the words before a number name the first of those that it counts, who are told of behind it."""
    named = cue("composition-first-of").fullmatch(sentence.words(left))
    return named is not None and cue("composition-honoured-behind").match(sentence.words(right)) is not None


def _is_done_to(sentence: Sentence, left: Sequence[Mention]) -> bool:
    """Tell whether the words before a number are a preposition, which those counted belong behind: 对[30起案件]."""
    if cue("composition-done-to").fullmatch(trim(sentence.text(left))):
        return True
    return cue("composition-done-to-those").fullmatch(sentence.words(left)) is not None


def _of_so_many_places(sentence: Sentence, frame: Frame, parts: _Parts, before: Sequence[Statement]) -> str:
    """Return what is counted next of what is told of so many places: 查验来自9个国家的旅客[310人次]."""
    last = before[-1] if before and not parts.left and not parts.right else None
    if last is None or last.end != sentence.row[frame.start].start or last.amount.kind != "count":
        return ""
    if "lead" in parts.values[0][0].groups:
        return ""  # 94个城市的保有量超过百万辆: what each of them has
    told = cue("composition-of-places").search(sentence.view, last.at, last.end)
    return leading_verbs(last.indicator) + told[1] if told else ""


def _counted_on_the_right(
    sentence: Sentence, frame: Frame, parts: _Parts, before: Sequence[Statement]
) -> tuple[str, Sequence[Mention], int] | None:
    """Return what a count is of where its object tells: the indicator, what its evidence begins with, where it ends."""
    if thing := _of_so_many_places(sentence, frame, parts, before):
        return thing, (), parts.values[-1][0].end
    lead, words = sentence.words(parts.left), sentence.text(parts.right)  # each asked for several times
    whose = _whose(sentence, parts.right)
    if force := force_in(lead, whose + words):
        name, length = force
        first = parts.right[0].end - len(whose) if whose else parts.right[0].start
        return name, (), first + length
    if (case := _case_behind_worth(sentence, frame, parts)) is not None:
        thing = sentence.text([case]).removeprefix("的")
        return trim(sentence.text(parts.left)) + trim(thing), parts.left, case.end
    if name := beneficiaries(sentence, frame, parts.left, words):
        return name, parts.left, parts.right[-1].end
    right = _first_case(sentence, parts.right)
    name = _worth_of(sentence, frame, parts.left, right)
    return (name, parts.left, right[-1].end) if name else None


def _first_case(sentence: Sentence, right: Sequence[Mention]) -> Sequence[Mention]:
    """Return the words behind a worth up to another case beside the one that has it: “3·12”案[和一起贩毒案]."""
    cut = (
        i
        for i, m in enumerate(right)
        if i and m.label == "and" and _CASE_TOLD.search(sentence.view[m.start - 3 : m.start])
    )
    return right[: next(cut, len(right))]


def _whose(sentence: Sentence, right: Sequence[Mention]) -> str:
    """Return the agency that opens the words behind a number, its force alone where it names that: 成都[公安民警]."""
    agency = sentence.words(right[:1]) if right and right[0].label == "bureau" else ""
    force = cue("composition-force-named").search(agency)
    return force[0] if force else agency


def _worth_of(sentence: Sentence, frame: Frame, left: Sequence[Mention], right: Sequence[Mention]) -> str:
    """Return whose worth is told where it stands behind the number: 侦破涉案金额[3亿元]的网络赌博案."""
    if not sentence.words(right).startswith("的"):
        return ""
    if not left and (before := sentence.row[max(0, frame.start - 3) : frame.start]) and _is_one_of_worth(before):
        left = (before[0], before[2])  # 侦破一起涉案金额[3亿元]的网络赌博案
    worth = cue("composition-worth-behind").search(sentence.words(left[-1:]))
    if worth is None:
        return ""
    measured = worth[0] if len(worth[0]) > _SHORT_WORTH or worth[0] in _PLAIN_WORTH else f"{worth[0]}金额"
    said = trim(sentence.text(left))
    done = leading_verbs(said) or leading_verbs(last_verb_phrase(said))  # 向失主返还价值[30万元]的电动车
    return f"{done}{trim(sentence.text(right).removeprefix('的'))}{measured}"


def _is_one_of_worth(mentions: Sequence[Mention]) -> bool:
    """Tell whether a count stands between two stretches of words: 侦破[一起]涉案."""
    return [m.label for m in mentions] == ["words", "count", "words"]


def _case_behind_worth(sentence: Sentence, frame: Frame, parts: _Parts) -> Mention | None:
    """Return the case that is counted where its worth stands between: 破获[一起]涉案金额达300万元的网络赌博案."""
    worth = cue("composition-worth-behind").search(sentence.words(parts.right))
    behind = [m for m in sentence.row[frame.end : frame.end + 3] if m.label != "be"][:2]
    if worth is None or worth.start() or len(behind) < 2 or behind[0].label not in {"money", "bare"}:
        return None
    thing = behind[1]
    return thing if thing.label == "words" and sentence.view.startswith("的", thing.start) else None


def _own_name(sentence: Sentence, frame: Frame, before: Sequence[Statement], parts: _Parts, shared: Shared) -> str:
    """Return what the words on both sides of a number and those shared with its list name."""
    rated = rate_follows(sentence, frame, parts.right)
    whose = _whose(sentence, parts.right)
    words = sentence.text(parts.right)
    words, _ = cut_verb(words) if _goes_on(sentence, frame) and not rated else (words, "")
    words = whose + words.removeprefix(whose)  # 破获1起公安部目标案件
    told = sentence.text(parts.left)
    told = cue("composition-classes").sub("", told) if words else told  # 汇聚6大类[29项服务]
    told = told.removesuffix("方面") if told.endswith("等方面") and words else told  # 推出车驾管等方面[22项改革举措]
    left, right = shared.left + told, object_of(sentence, words) + shared.right
    name = cue("composition-planned").sub("", count_indicator(left, right, before))
    return name + words if rated and not cue("composition-rated").search(name) else name


def _from_before(sentence: Sentence, frame: Frame, before: Sequence[Statement], parts: _Parts, name: str) -> str:
    """Return an indicator with what the statements before, or else the clause, have told."""
    mention, amount = parts.values[0]
    if not parts.left and not parts.right and (record := record_before(sentence, frame)):
        return complete(sentence, mention.start, record, before)[0]
    if is_headless(name) and not _is_worth_of_case(sentence, mention, name, before):
        own = [] if before else [subject_before(sentence, frame)]
        name = own[0] + name if own and own[0] else complete(sentence, mention.start, [name], before)[0]
    stands_alone = any(m.label == "be" for m in sentence.row[frame.start : frame.end])
    counted = Counted(name, sentence.words(parts.left), amount.unit, mention.start, stands_alone)
    name = with_object(sentence, counted, before)
    alone = not trim(sentence.text(parts.left))
    state = counted.name if alone else "" if parts.right else trim(sentence.text(parts.left))
    if cue("composition-state-told").fullmatch(state) and (whole := _whole_of_parts(amount, before)):
        return whole + state
    if before and alone and _is_done_by_part(sentence, parts.values[0], name, before[-1]):
        name = subject_of(before[-1].indicator) + name
    if before and cue("composition-mean-of").fullmatch(name):
        name = before[-1].indicator  # 低于全省32起的平均水平
    if not name and not parts.left and not parts.right:
        name = before[-1].indicator if before else clause_words(sentence, frame)
    if found := cue("composition-with-object").fullmatch(name):
        name = found[1] + _rest_of_clause(sentence, parts.values[-1][0])
    if before and before[-1].amount.kind == "share" and name == before[-1].indicator:
        name = cue("distribution-share-of").sub("", name)  # 占罪案总数的44%,共有39宗
    return name


def _is_worth_of_case(sentence: Sentence, value: Mention, name: str, before: Sequence[Statement]) -> bool:
    """Tell whether a worth is that of the one case just told, not of a kind: 捣毁一制售假药窝点,涉案金额达80万元."""
    worth = cue("completion-worth-of-one-case").fullmatch(name)
    return worth is not None and bool(one_case(sentence, value.start, before))


def _from_clause(sentence: Sentence, frame: Frame, before: Sequence[Statement], parts: _Parts, name: str) -> str:
    """Return an indicator with what the clause before it tells: a survey, an object, a kind of case."""
    name = survey_name(sentence, frame, name)
    for_whom = bool(before) and before[-1].indicator.startswith(("为", "向")) and before[-1].indicator.endswith(name)
    if for_whom and not parts.left:
        name = before[-1].indicator  # 为3家企业追回货款720万元
    name = happened_to(name, sentence, frame)
    told = name
    if not values_of(sentence.clause_before(frame)):
        name = with_object_before(name, parts.values[0][1].unit, sentence, frame)
        name = with_topic(name, sentence, frame)
    return with_fought(name, sentence, frame, before) if name == told else name


def _placed(sentence: Sentence, frame: Frame, parts: _Parts, name: str) -> tuple[str, int]:
    """Return an indicator with the place that those counted took, and where its words end: 7项进入全省前五."""
    among = parts.left and sentence.words(parts.left).endswith("的") and cue("composition-among-those").search(name)
    if among:
        name = name.removesuffix("中").removeprefix("在")  # 在破获的90起盗窃案件中
    end = parts.right[-1].end if parts.right else 0
    level = cue("composition-levels-next").match(sentence.view, end) if parts.right else None
    if level and cue("composition-of-a-level").search(name):
        name += level["thing"]  # 建成1家市级、10家县级警企服务中心
    rank = [m for m in sentence.row[frame.end : frame.end + 1] if m.label == "rank"]
    if rank and not parts.right and parts.values[-1][1].unit != "分":  # not 以98.6分列全省第五
        return name.removesuffix("中") + sentence.words(rank), rank[0].end
    return name, end


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
    if _SOME_NOW.fullmatch(between) and {value[1].unit, last.amount.unit} <= PERSONS:
        return cue("composition-come-in").match(name) is not None  # 通缉的50名逃犯已有22人到案
    among = re.fullmatch(r"[,;(]?其中有?", between) is not None
    same = value[1].unit == last.amount.unit and last.amount.kind == "count"
    return same and among and cue("composition-achieved-by").match(name) is not None


def _whole_of_parts(amount: Amount, before: Sequence[Statement]) -> str:
    """Return the things some of which have come so far, those told of before apart: 改建派出所12个,5个完工、4个在建."""
    units = _HOUSES if amount.unit in _HOUSES else {amount.unit}
    counts = (s for s in reversed(before[-_LONGEST_LIST:]) if s.amount.kind == "count")
    told = (s for s in counts if s.amount.unit in units)
    whole = next((s.indicator for s in told if not cue("composition-state-told").search(s.indicator)), "")
    return subject_of(whole)


def _each(
    sentence: Sentence, frame: Frame, left: Sequence[Mention], mention: Mention, amount: Amount
) -> Iterator[Statement]:
    """Yield one number for each of several things: 抓获涉赌、涉黄人员各35名."""
    things = [trim(sentence.text(item)) for item in split_items(sentence, left)]
    for name in complete_counts([thing for thing in things if thing]):
        start, end = span_of(left, mention)
        yield filled(blank(amount, mention, frame.rule.name), name, start, end)


def _goes_on(sentence: Sentence, frame: Frame) -> bool:
    """Tell whether another value follows on the frame without a break."""
    after = sentence.row[frame.end : frame.end + 1]
    return bool(after) and after[0].label in VALUES
