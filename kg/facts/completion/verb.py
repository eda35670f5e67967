"""Verbs without their objects and nouns without their verbs, from the count before.

Enters: a count and the statements before. Leaves: 立案148起,[破获]119起 with its object, 其中[命案]4起 with its verb;
empty where the count needs neither.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.facts.completion.counted import CASE_UNITS, PERSONS, Counted, is_of_people
from kg.facts.completion.kind import is_measure, is_proceeding
from kg.facts.cue import cue
from kg.facts.indicator import head_of, is_bare_verb, leading_verbs, names_a_case, subject_of
from kg.facts.statement import Sentence, Statement
from kg.mentions.lexicon import load_lexicon

_WEIGHTS = {"公斤", "千克", "克", "吨"}
_LONGEST_NOUN = 12  # characters
_IN_BRACKETS = re.compile(r"^\([^()]*\)")  # behind a number: (同比下降3%)
_LISTED = re.compile("[、和及与](?![^,]*[、和及与])")
_SAID_BETWEEN = re.compile(",[^;,0-9]{4,};")  # ……84台巡逻,将防线设在身边;42个警务站……: the verb was of another clause
_PROCEEDINGS = 8  # statements: what was done with those of a kind of case, and how it moved
_LONGEST_KIND = 10  # characters: a longer one goes before no proceedings
_CASE = "案"
_HEAD = 2  # characters that two kinds of a thing end in alike
_NO_THINGS = PERSONS | {None, "元", "家", "所", "处", "户", "次", "场", "项"}
_OF_A_PART = frozenset({"change", "share"})
_RATE = re.compile("[率量额度]$")


def as_others_did(counted: Counted, before: Sequence[Statement]) -> str:
    """Return a verb with the object that it had where another agency did the same: 甲破获毒品案件62起;乙破获41起."""
    if len(counted.name) < 2 or not is_bare_verb(counted.name) or counted.unit == before[-1].amount.unit:
        return ""
    told = {s.indicator for s in before[-8:-1]}
    if is_of_people(counted.name) and names_a_case(before[-1].indicator) and before[-1].indicator not in told:
        return ""  # 抓获吸毒人员9人;打掉黑恶团伙3个,抓获7人: of those gangs
    same = (
        s for s in reversed(before[-8:-1]) if s.indicator.startswith(counted.name) and s.amount.unit == counted.unit
    )
    return next((s.indicator for s in same if len(s.indicator) > len(counted.name)), "")


def whole_of(sentence: Sentence, counted: Counted, before: Sequence[Statement]) -> Statement:
    """Return what a part may be of: no money where things are counted (立案9起,挽损3亿元,其中集资案件2起).

    Cases are of cases, persons of persons: 破案72起,抓获90人,缴毒7千克,其中千克以上大案3起.
    """
    last = before[-1]
    units = next((units for units in (CASE_UNITS, PERSONS) if counted.unit in units), {counted.unit})
    if last.amount.unit in units:
        return last
    of_unit = next((s for s in reversed(before[-4:]) if s.amount.unit in units), last)
    if cue("completion-others").match(counted.name) and counted.unit in CASE_UNITS:
        return of_unit  # 查处超载3起,暂扣小车6辆、其他违法31起
    apart = last.amount.kind in _OF_A_PART and _is_set_apart(sentence.view[of_unit.end : counted.at], counted.name)
    parts = apart or "其中" in sentence.view[last.end : counted.at]
    parts = parts or (last.amount.kind == "change" and sentence.view.startswith(")", last.end))  # 求助类9起(下降3%),
    return of_unit if parts or (last.amount.kind == "money" and counted.unit not in (None, "元")) else last


def _tells_itself(name: str) -> bool:
    """Tell whether words say what was done or came of those counted: 其中3人[被逮捕], 1所[完工]."""
    return name in load_lexicon("predicate").rows or cue("completion-undergone").match(name) is not None


def of_the_same_list(sentence: Sentence, counted: Counted, last: Statement) -> str:
    """Return a noun with the verb of the count that it is part of or listed with: 其中命案4起, 、辅警12名."""
    name, between = counted.name, sentence.view[last.end : counted.at]
    joined = "其中" in between or "当中" in between or _LISTED.match(between) is not None
    joined = joined or _is_next_part(sentence, counted, last)
    how = cue("completion-manner").match(name)
    does = leading_verbs(name[how.end() :] if how else name) and cue("completion-named-by-use").match(name) is None
    told = (
        does
        or is_measure(name)
        or is_proceeding(name)
        or cue("completion-cases-done").search(name)
        or cue("completion-done-by-itself").search(name)
    )
    noun = not (told or _tells_itself(name)) and cue("completion-plain-head").fullmatch(head_of(name)) is not None
    other = last.amount.unit not in CASE_UNITS and "其中" not in between
    caught = counted.unit in CASE_UNITS and (last.amount.unit in PERSONS or other) and names_a_case(name)
    if caught or not (joined and noun and 1 < len(name) <= _LONGEST_NOUN):
        return ""
    whom = cue("completion-for-whom").match(last.indicator)
    rest = last.indicator[whom.end() :] if whom else last.indicator
    how = cue("completion-manner").match(rest)
    manner = how[0] if how and leading_verbs(rest[how.end() :]) else ""
    done = leading_verbs(rest[len(manner) :]) or _proceeding_of(rest)
    verbs = (manner + done).removesuffix(leading_verbs(name) or "\n")
    thing = subject_of(rest[len(manner) :]).rpartition("类")[2]  # 其中食品类21件,药品类9件
    if verbs and verbs in name:
        return name  # 查处违法9起,其中现场查处4起
    if not verbs and counted.unit == last.amount.unit and (stock := cue("completion-stock").search(last.indicator)):
        return name + stock[0]  # 机动车保有量达9万辆,其中汽车7万辆
    if cue("completion-class").search(name) and thing and thing not in name:
        return f"{verbs}{name}{thing}"  # 销毁涉案物品91件,其中食品类21件
    return (
        f"{verbs}{name}的{thing.rpartition('级的')[2]}"
        if verbs and cue("completion-of-a-level").search(name)
        else verbs + name
    )


def _proceeding_of(indicator: str) -> str:
    """Return the proceedings that an indicator ends with: 赌博案件[移送起诉]; empty where it says more or less."""
    ended = cue("completion-proceeding-at-end").search(indicator)
    return ended[0] if ended else ""


def _is_next_part(sentence: Sentence, counted: Counted, last: Statement) -> bool:
    """Tell whether a noun is the next of the parts that 其中 opened: 查处违法95起,其中酒驾12起,超员7起."""
    said = _IN_BRACKETS.sub("", sentence.view[last.end : counted.at])
    apart = _is_set_apart(said, counted.name)
    if counted.unit != last.amount.unit or not (apart or said == f",{counted.name}"):
        return False
    among = sentence.view.rfind("其中", sentence.row[0].start, last.at)
    deed = cue("completion-deed-of-its-own").match(counted.name) is not None
    return among >= 0 and not deed and (apart or ";" not in sentence.view[among : last.at])


def _is_set_apart(said: str, name: str) -> bool:
    """Tell whether nothing but how the last part moved stands before a noun: ,占全市58%,增长21%;签证[9件]."""
    return said.endswith(name) and cue("completion-part-moved").fullmatch(said, 0, len(said) - len(name)) is not None


def done_to_the_same(sentence: Sentence, counted: Counted, before: Sequence[Statement]) -> str:
    """Return a verb with the object of the count before: 立案148起,破获119起."""
    if is_proceeding(counted.name):
        return _proceeded_in(sentence, counted, before)
    last = next((s for s in reversed(before[-4:]) if s.amount.kind == "count"), before[-1])
    name, subject = counted.name, cue("completion-treated").sub(lambda m: m[1], subject_of(last.indicator))
    if subject == last.indicator and (done := cue("completion-done").match(subject)) and done.end() < len(subject):
        subject = subject[done.end() :]  # 到期线索9条,查结8条: of the clues
    same = counted.unit == last.amount.unit or {counted.unit, last.amount.unit} <= _WEIGHTS
    of_cases = last.amount.unit not in PERSONS and cue("completion-kind-of-case").search(subject) is not None
    if is_of_people(name) and counted.unit in PERSONS and of_cases:
        return subject + name  # 破获盗抢骗案件47起,抓获40人
    verbal = is_bare_verb(name) or cue("completion-done").fullmatch(name) is not None
    to_be_done = cue("completion-to-be-done").search(last.indicator) is not None
    if verbal and same and (subject != last.indicator or names_a_case(last.indicator) or to_be_done):
        return name if name.endswith(subject) else name + subject  # 接警9起,处警8起
    return ""


def _proceeded_in(sentence: Sentence, counted: Counted, before: Sequence[Statement]) -> str:
    """Return proceedings with the kind of case that they are in, which the count right before them was of.

    侦办赌博案件9起,刑拘12人,逮捕7人; after cases of every kind the words say by themselves against whom, and after
    a part of the cases (其中诈骗案件9起) they are against all.
    """
    if counted.unit in CASE_UNITS:
        alike = next((s for s in reversed(before[-_PROCEEDINGS:]) if s.amount.unit == counted.unit), None)
        tried = subject_of(alike.indicator) if alike else ""
        joined = alike is not None and ";" not in sentence.view[alike.end : counted.at]
        return counted.name + tried if joined and cue("completion-kind-tried").fullmatch(tried) else ""
    if counted.unit not in PERSONS or counted.name.endswith(("措施", "戒毒", "社区康复")):
        return ""  # 采取强制措施 stands alone nearly always
    ended = cue("completion-proceeding-at-end")
    earlier = (s for s in reversed(before[-_PROCEEDINGS:]) if s.amount.kind == "count")
    told = next((s for s in earlier if s.amount.unit not in PERSONS or not ended.search(s.indicator)), None)
    kind = subject_of(told.indicator) if told else ""
    if told is None or told.amount.unit in PERSONS or not cue("completion-kind-of-case").search(kind):
        return ""
    start = max(sentence.view.rfind(";", 0, told.at) + 1, sentence.row[0].start)
    if "其中" in sentence.view[start : counted.at] or ";" in sentence.view[told.end : counted.at]:
        return ""
    last = kind.rpartition("等")[2]
    kind = last if cue("completion-kind-of-case").search(last) else kind  # 电信诈骗等涉疫情案件: of the last
    kind = cue("completion-kind-proceeded").sub("", kind)
    return kind + counted.name if len(kind) <= _LONGEST_KIND else ""


def _is_next_kind(sentence: Sentence, counted: Counted, last: Statement) -> bool:
    """Tell whether a noun is the next kind of a list behind commas: 查处超员违法行为36起,超载违法行为12起.

    Gangs have no head in common: 打掉涉黑组织10个,恶势力犯罪集团39个.
    """
    name, subject, gang = counted.name, subject_of(last.indicator), cue("completion-gang-kind")
    if gang.fullmatch(name) and gang.fullmatch(subject):
        return True
    how = cue("completion-manner").match(name)
    does = leading_verbs(name) or (how and leading_verbs(name[how.end() :]))
    noun = not (does or is_measure(name) or is_proceeding(name) or cue("completion-cases-done").search(name))
    noun = noun and cue("completion-takes-in").search(name) is None
    same_head = len(name) > 3 and len(subject) > 3 and name[-_HEAD:] == subject[-_HEAD:]
    same_head = same_head or (name.endswith(_CASE) and subject.endswith(_CASE))  # 盗伐林木案9起,毁林案1起
    listed = sentence.view[last.end : counted.at] == f",{name}"
    verbs = leading_verbs(last.indicator)
    done = bool(verbs) and verbs in name  # 查处违停9起,现场查处违停4起
    return noun and same_head and listed and not done and counted.unit == last.amount.unit


def _is_the_rest(sentence: Sentence, counted: Counted, last: Statement) -> bool:
    """Tell whether a noun is the rest of a list behind commas: 查处酒驾1起,其他违法行为15起; 各类弩9把,各类子弹15发."""
    listed = sentence.view[last.end : counted.at] == f",{counted.name}"
    if listed and counted.name.startswith("各类") and "各类" in last.indicator and counted.unit not in PERSONS:
        return not leading_verbs(counted.name[2:])
    return listed and counted.unit == last.amount.unit and cue("completion-others").match(counted.name) is not None


def _is_seized_too(sentence: Sentence, counted: Counted, last: Statement) -> bool:
    """Tell whether a noun is one more kind of what was seized: 收缴枪支9支,导火索、导爆管70米,弩2把."""
    name, between = counted.name, sentence.view[last.end : counted.at]
    if cue("completion-seized").match(last.indicator) is None or counted.unit in _NO_THINGS:
        return False
    listed = cue("completion-seized-next").fullmatch(between.removesuffix(name)) is not None and between.endswith(name)
    does = any(leading_verbs(item) for item in name.split("、"))
    told = does or is_measure(name) or is_proceeding(name) or names_a_case(name) or _tells_itself(name)
    return listed and not told and 0 < len(name) <= _LONGEST_NOUN


def by_the_same_verb(sentence: Sentence, counted: Counted, last: Statement) -> str:
    """Return a short noun with the verb of the count before, a qualification (女性的12名) with its object too."""
    name, words = counted.name, counted.words
    if _is_seized_too(sentence, counted, last):
        return leading_verbs(last.indicator) + name
    if _is_next_kind(sentence, counted, last) or _is_the_rest(sentence, counted, last):
        return leading_verbs(last.indicator) + name
    mean = cue("completion-a-day").match(name)  # 日均接警: does something itself
    does = leading_verbs(name[mean.end() :] if mean else name)
    short = 1 < len(name) <= 5 and not (does or head_of(name) or is_proceeding(name))
    told = (
        (name.startswith("涉") and not cue("completion-caught-with").match(name))
        or _RATE.search(name)
        or cue("completion-cases-done").search(name)
    )
    told = told or cue("completion-verb-inside").search(name) or cue("completion-deed-of-its-own").match(name)
    caught = counted.unit in CASE_UNITS and last.amount.unit in PERSONS  # 抓获9人;现行命案3起全部侦破
    caught = caught or (counted.unit in CASE_UNITS and last.amount.unit == "个" and name.endswith("案"))
    parted = _SAID_BETWEEN.search(sentence.view, last.end, counted.at) is not None
    if short and not (counted.stands_alone or told or caught or parted or _tells_itself(name)):
        done = cue("completion-department").sub("", last.indicator)
        start = cue("completion-a-day").match(done) or cue("completion-for-whom").match(done)
        rest = done[start.end() :] if start else done
        return f"{start[0] if start else ''}{leading_verbs(rest)}{name}"
    alike = counted.unit == last.amount.unit or {counted.unit, last.amount.unit} <= PERSONS
    if alike and words.endswith("的") and name and words.removesuffix("的").endswith(name[-2:]):
        verbs = leading_verbs(last.indicator)
        listed = cue("completion-before-listed").search(sentence.view, last.start, last.at) is not None
        return f"{verbs}{name}" if listed else f"{verbs}{name}的{subject_of(last.indicator)}"
    return ""
