"""Lists of indicators against lists of values: one to one in their order, or one value for all."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from kg.facts.completion import _GENERIC, complete
from kg.facts.indicator import head_of, is_headless, subject_of, trim
from kg.facts.statement import Sentence, Statement, filled, span_of, values_of
from kg.mentions.frame import Frame
from kg.mentions.mention import Mention
from kg.values.place import find_divisions, word_starting

_ITEMS = re.compile(
    r"(?:等)?(?:[两二三四五六七八九十]|[0-9]+)(?:项|个|类)(?:主要|核心|重点|关键)?(?:指标|工作|战果|数据|指数|成绩)?$"
)
_JUDGED = "考核|测评|考评|评比|评估|比武|竞赛|评测|大赛|调查|“好差评”"
_EVENT = re.compile(
    rf"(?:(?:^|在)((?:(?!在)[^,。]){{4,40}}?(?:{_JUDGED}))|在([^,。]{{4,40}}?))(?:活动)?(?:中|(?<!以)上|里)$"
)
_MEASURED = re.compile("[数率量额度]$")
_RATED = re.compile("(?:率|满意度|安全感|合格面|覆盖面)$")
_ONE_OF_TWO = re.compile("^[前后](?:者|一?项)")
_WITHIN = re.compile(r"在([^,。]{2,30})(?:中|(?<!以)上)$")
_RESULT = re.compile("(?:综合|总|考核)?(?:成绩|得分|总分|评分|积分)$")
_BARE_RESULTS = frozenset({"得分", "总分", "综合得分", "总得分"})
_PLAIN_EVENT = re.compile("(?:全[省市国区县])?(?:年度)?(?:测评|评测|考核|考评|评比|评估|排名)$")
_DATED_EVENT = re.compile("^(?:[上下]半年|[0-9]{4}年[度底末初]?|[一二三四]季度|年度|本年度)(?:的)?(?=.{4})")
_JUDGED_BY = re.compile(
    "^[^,]*对[^,]{2,20}的|^[^,]{2,24}(?:组织|开展|举办|公布|发布)的"
)  # 省厅对全省23个大队的|三季度考评
_COPULA = re.compile("^(?:是|为|达|约为|相当于)$")
_MOVED = re.compile(
    "(?:全面|双双|大幅|明显|显著|逐年|逐月|连年|持续|继续|进一步|稳步|首次|首度|有所|出现|实现|呈|均|都)*(?:下降|上升|减少|增长|提升|降低)$"
)
_FROM = frozenset({"从", "由", "自", "暂", "仍", "现", "但", "但仍", "却"})  # 由38%降至, 暂列第五
_SHARE_OF = re.compile("(?<=[一-龥]{2})占(?![比用])(?!.*(?:比重|比例|[占比]率)$).+$")
_OF_ALL = re.compile("均|都|双双|皆")
_ROAD = re.compile("(?:[一-龥]{2,6}(?:路|街|大道|路口|高速)、?)+")
_CLOSES_MEMBERS = re.compile("^[^等]{1,8}等(?:[0-9一二三四五六七八九十两]+[类种]|突出|主要|严重)")
_LONGEST_LIST = 6
_LONGEST_ASIDE = 40  # characters from a bracket to a number inside it
_FOREMOST = re.compile("(?:数量|数|总量)?(?:[最略稍较](?:多|高|少|低|大|小)|居多|为主|居首|突出|多发|高发|频发)$")
_LIST_MARK = re.compile("[、和及]")
_KIND_OF_MEMBER = re.compile("(?:诈骗|盗窃|案件|警情|犯罪|纠纷|事故|违法)$")
_A_DAY = re.compile("(?:日均|月均|周均|年均)$")
_TOPIC_END = re.compile(
    "(?:案件|命案|(?<=[一-龥])案|团伙|成员|逃犯|嫌疑人|事故|警情|犯罪|火灾|损失|[发立破]案|[一-龥]{2}[率数量额]|评价|满意度|安全感|测评|考核|考评|成绩|绩效|战果|排名)$"
)
_LONGEST_TOPIC = 24  # characters
_JUDGED_AS = re.compile(
    "(?:为|创|达到?|实现)?(?:历年来?|近年来?|[历有]史(?:以来)?)(?:最[好高低优]|新[高低])(?:水平|成绩)?$"
)
_SEP = frozenset({"sep"})
_AND = frozenset({"and"})
_SEP_AND = frozenset({"sep", "and"})


def split_items(
    sentence: Sentence, mentions: Sequence[Mention], labels: frozenset[str] = _SEP_AND
) -> list[list[Mention]]:
    """Return the items of a list, cut at separators of the given labels.

    A road is no item by itself: 胜利路、千山路平均车速 is one.
    """
    items: list[list[Mention]] = [[]]
    for mention in mentions:
        if mention.label in labels and not _ROAD.fullmatch(sentence.words(items[-1])):
            items.append([])
        else:
            items[-1].append(mention)
    return [item for item in items if sentence.text(item)]


def indicators(sentence: Sentence, mentions: Sequence[Mention], wanted: int, before: Sequence[Statement]) -> list[str]:
    """Return the indicators that a noun phrase states: ``wanted`` of them where its list allows, else one.

    ``wanted`` 0 asks for every item of the list (两项指标均居第一).
    """
    items = _best_split(sentence, mentions, wanted) if wanted != 1 else [list(mentions)]
    phrases = [trim(_ITEMS.sub("", sentence.text(item))) for item in items]
    phrases = [phrase for phrase in phrases if phrase and phrase not in _FROM]
    if wanted == 0 and sum(_RATED.search(phrase) is not None for phrase in phrases) > 1:
        phrases = _joined_places(phrases)
    if wanted > 1 and len(phrases) > wanted:
        phrases = ["".join(phrases[: len(phrases) - wanted + 1]), *phrases[len(phrases) - wanted + 1 :]]
    if wanted == 1 and phrases:
        phrases = [trim(sentence.text(mentions))]
    return complete(sentence, mentions[0].start if mentions else 0, phrases, before)


def _joined_places(phrases: Sequence[str]) -> list[str]:
    """Return a list of rates whose places stand before one of them: 中小学、幼儿园管理率 is one, 配备率 another."""
    joined: list[str] = []
    held = ""
    for phrase in phrases:
        held += phrase
        if _RATED.search(phrase):
            joined.append(held)
            held = ""
    return joined if not held else list(phrases)


def _best_split(sentence: Sentence, mentions: Sequence[Mention], wanted: int) -> list[list[Mention]]:
    """Return the items of a list, cut so that there are as many as wanted; 0 wants all.

    Of two ways to cut, the one whose items all end with an aspect is meant: 居民住宅、街道的抢劫案件和抢夺案件 are two.
    """
    ways = [split_items(sentence, mentions, labels) for labels in (_SEP_AND, _SEP, _AND)]
    if wanted == 0:
        return ways[0]
    ways += [merged for way in ways if (merged := _with_members(sentence, way)) != way]
    fitting = [way for way in ways if len(way) == wanted]
    if fitting:
        return max(fitting, key=lambda way: sum(bool(head_of(sentence.text(item))) for item in way))
    return min(ways[:2], key=lambda way: abs(len(way) - wanted))


def _with_members(sentence: Sentence, items: list[list[Mention]]) -> list[list[Mention]]:
    """Return a list with the members that 等 closes in one item: 杀人、强奸等八类案件、盗窃案件 are two."""
    last = next((n for n, item in enumerate(items) if n and _CLOSES_MEMBERS.search(sentence.words(item))), 0)
    if not last or any(head_of(sentence.text(item)) for item in items[:last]):
        return items
    return [[mention for item in items[: last + 1] for mention in item], *items[last + 1 :]]


def distribute(
    sentence: Sentence, frame: Frame, before: Sequence[Statement], make: Callable[[Mention], Statement | None]
) -> Iterator[Statement]:
    """Yield one statement a value: indicators and values pair off in their order, one value goes to every indicator."""
    phrase = frame.role("indicator", sentence.row)
    values = [(mention, made) for mention in values_of(frame.role("value", sentence.row)) if (made := make(mention))]
    if not values:
        return
    shared = len(values) == 1 and _is_shared(sentence, frame)
    names = indicators(sentence, phrase, 0 if shared else len(values), before)
    if len(names) == 1 < len(values) <= len(before) and is_headless(trim(sentence.text(phrase))):
        own, told = trim(sentence.text(phrase)), before[-len(values) :]
        if all(statement.amount.kind != "money" for statement in told):
            names = [subject_of(statement.indicator) + own for statement in told]
    names = _in_survey(sentence, names, frame)
    position = frame.rule.data["kind"] == "rank" or (
        values[0][0].label == "rank" and frame.rule.data["kind"] == "level"
    )
    if position and len(names) == 1 and find_divisions(names[0]):
        names = []  # whose position it is, not what it is in
    if names == ["战果"] and sentence.view.startswith("综合", values[0][0].start):
        names = ["战果综合排名"]
    if frame.rule.data["kind"] == "rank":
        names = _in_event(sentence, phrase, names, values[0][0], frame) or list(names)
    if not names or (len(names) == 1 and _GENERIC.match(names[0])):
        inherited = _inherited(sentence, phrase, names, before, frame)
        if frame.rule.data["kind"] == "change" and all(made.amount.unit == "%" for _, made in values):
            inherited = [_SHARE_OF.sub("", name) for name in inherited]  # 占总数的9%,同比下降3%: the part fell
        shared, names = shared or len(inherited) > 1, inherited
    if not names:
        return
    if len(values) == 1:
        mention, made = values[0]
        start, end = span_of(phrase or sentence.row[frame.start : frame.end], mention)
        for name in names if shared else names[-1:]:
            yield filled(made, name, start, end)
        return
    for number, (mention, made) in enumerate(values):
        start, end = span_of(phrase or sentence.row[frame.start : frame.end], mention)
        yield filled(made, names[min(number, len(names) - 1)], start, end)


def _is_shared(sentence: Sentence, frame: Frame) -> bool:
    """Tell whether one value holds for every item of the list before it: 均, 都, 双, 两项指标, 连续."""
    span = sentence.row[frame.start : frame.end]
    phrase = frame.role("indicator", sentence.row)
    if not any(m.label in {"sep", "and"} for m in phrase):
        return False
    if frame.rule.data["kind"] in {"solved", "trend"}:
        return True
    items = [trim(sentence.text(item)) for item in split_items(sentence, phrase, _SEP_AND)]
    measured = [item for item in items if head_of(item) or _MEASURED.search(item)]
    if frame.rule.data["kind"] in {"rank", "vague"} and len(items) == len(measured) > 1:
        return True
    if frame.rule.data["kind"] == "share" and len(items) > 1 and all(_RATED.search(item) for item in items):
        return True
    words = sentence.view[span[0].start : span[-1].end]
    return bool(re.search("均|都|皆|双双|分别|两项|三项|四项|各项|同列|并列|保持", words)) or any(
        m.label == "items" for m in span
    )


def _inherited(
    sentence: Sentence, phrase: Sequence[Mention], names: Sequence[str], before: Sequence[Statement], frame: Frame
) -> list[str]:
    """Return the indicator of the statement before where a clause has none of its own: "……86万辆,排名列全省第三位"."""
    wanted = len(values_of(frame.role("value", sentence.row)))
    if not names and wanted > 1 and before and (listed := _listed_before(sentence, frame, before[-1], wanted)):
        return listed
    if not names and before and _is_told_twice(sentence, frame):
        return [before[-1].indicator]
    if not names and wanted > 1 and len(before) >= wanted and frame.rule.data["kind"] in {"change", "rank", "times"}:
        return [statement.indicator for statement in _as_many(sentence, before, wanted)]
    count = re.search("[两二三四]项", sentence.words(phrase))
    if count and before:
        number = {"两": 2, "二": 2, "三": 3, "四": 4}[count[0][0]]
        return [statement.indicator for statement in before[-number:]]
    if (frame.rule.data["kind"] == "rank" or _is_position(frame, sentence)) and (event := _event(sentence, frame)):
        return [event]
    bare = not names or names in (["降幅"], ["增幅"], ["升幅"])
    together = _told_together(before) if frame.rule.data["kind"] == "rank" and bare else []
    if len(together) > 1 and _OF_ALL.search(sentence.words(sentence.row[frame.start : frame.end])):
        return [told + "".join(names) for told in together]  # 办结率、满意率分别为100%、98%,均居全市第一
    if not before:
        return list(names) or _clause_before(sentence, frame)
    alone = not names or _COPULA.match(names[0]) is not None
    if alone and wanted == 1 and (set_off := set_off_before(sentence, frame, before[-1])):
        return [set_off]
    if len(before) > 1 and before[-2].indicator == _A_DAY.sub("", before[-1].indicator):
        before = before[:-1]  # 共接警情35起(日均5起),环比上升9%: the total rose
    own = _COPULA.sub("", names[0]) if names else ""
    if (one := _ONE_OF_TWO.match(own)) and len(before) > 1:
        last_of_two = own[0] == "后" and one[0].endswith("项")
        return [before[-1 if last_of_two else -2].indicator + own[one.end() :]]
    last = before[-1].indicator
    return [last + own if own not in last else last]


def _is_told_twice(sentence: Sentence, frame: Frame) -> bool:
    """Tell whether one change is told by number and in percent: 同比少发34起、下降35.8%."""
    values = values_of(frame.role("value", sentence.row))
    told = [m.label for m in values] in (["count", "percent"], ["percent", "count"])
    return (
        told
        and frame.rule.data["kind"] == "change"
        and "分别" not in sentence.words(sentence.row[frame.start : frame.end])
    )


def _as_many(sentence: Sentence, before: Sequence[Statement], wanted: int) -> Sequence[Statement]:
    """Return the last statements, those in brackets apart where enough stand outside: 查处3308人次(外籍1276人次)."""
    outside = [s for s in before[-2 * wanted :] if not _in_brackets(sentence.view, s.at)]
    return outside[-wanted:] if len(outside) >= wanted else before[-wanted:]


def _in_brackets(view: str, position: int) -> bool:
    start = max(0, position - _LONGEST_ASIDE)
    return view.rfind("(", start, position) > view.rfind(")", start, position)


def _told_together(before: Sequence[Statement]) -> list[str]:
    """Return the indicators of the list that the last statement closes."""
    last = before[-1] if before else None
    return [s.indicator for s in before[-_LONGEST_LIST:] if last and (s.start, s.rule) == (last.start, last.rule)]


def _in_event(
    sentence: Sentence, phrase: Sequence[Mention], names: Sequence[str], value: Mention, frame: Frame
) -> list[str]:
    """Return what a rank was won in, where nothing else stands before it: 位居全省目标考核第二名, 在评测中排名第二."""
    if "event" in value.groups and all(m.label in {"bureau", "words"} for m in phrase) and len(names) <= 1:
        own = "".join(name for name in names if not name.endswith(("局", "厅", "分局", "所", "队")))
        return [own + value.groups["event"]]
    if len(names) == 1 and _RESULT.fullmatch(names[0]) and (event := _event(sentence, frame)):
        return [event + names[0]]
    if len(names) == 1 and (match := _WITHIN.match(names[0])):
        event = match[1]
        return [*_clause_words(sentence, frame), event][:1] if _PLAIN_EVENT.match(event) else [event]
    return []


def _clause_words(sentence: Sentence, frame: Frame) -> list[str]:
    phrase = clause_words(sentence, frame)
    return [phrase] if phrase else []


def clause_words(sentence: Sentence, frame: Frame) -> str:
    """Return what the clause before a frame says, where it is short enough to be a name: 查获管制刀具,共计35把."""
    phrase = trim(sentence.text(sentence.clause_before(frame)))
    return phrase if 3 <= len(phrase) <= 30 else ""


def _clause_before(sentence: Sentence, frame: Frame) -> list[str]:
    """Return what the clause before speaks of where it made no statement: "四项指数全面下降,同比分别下降10%、12%"."""
    if frame.rule.data["kind"] not in {"change", "rank", "level", "share"}:
        return []
    clause = sentence.clause_before(frame)
    judged = _JUDGED_AS.sub("", sentence.text(clause))
    if frame.rule.data["kind"] == "rank" and judged != sentence.text(clause) and 3 <= len(trim(judged)) <= 24:
        return [trim(judged)]
    phrase = trim(_MOVED.sub("", sentence.text(clause)))
    wanted = len(values_of(frame.role("value", sentence.row)))
    items = indicators(sentence, clause, wanted, ()) if wanted > 1 else []
    if len(items) == wanted > 1:
        return [trim(_MOVED.sub("", item)) for item in items]
    return [phrase] if frame.rule.data["kind"] in {"change", "level"} and 3 <= len(phrase) <= 24 else []


def _listed_before(sentence: Sentence, frame: Frame, last: Statement, wanted: int) -> list[str]:
    """Return the list that a comma sets off from its changes: 事故起数、死亡人数与去年同期相比,分别下降12%、9%."""
    clause = sentence.clause_before(frame)
    if not clause or clause[0].start < last.end or values_of(clause):
        return []
    items = indicators(sentence, clause, wanted, ())
    return items if len(items) == wanted and all(head_of(item) or names_topic(item) for item in items) else []


def set_off_before(sentence: Sentence, frame: Frame, last: Statement) -> str:
    """Return what a comma sets off from its change, where nothing was said of it yet: 较大事故,同比下降40%."""
    clause = sentence.clause_before(frame)
    if not clause or clause[0].start < last.end or values_of(clause):
        return ""
    words = sentence.text(clause)
    phrase = trim(_FOREMOST.sub("", words))
    told = _TOPIC_END.search(phrase) is not None or phrase != trim(words)  # 求助类最多,占比四成
    return phrase if told and 3 <= len(phrase) <= _LONGEST_TOPIC else ""


def foremost_before(sentence: Sentence, frame: Frame, wanted: int) -> list[str]:
    """Return the list that the clause before calls foremost, where it has as many as wanted: 盗窃、诈骗警情突出."""
    clause = sentence.clause_before(frame)
    if wanted < 2 or values_of(clause) or _FOREMOST.search(sentence.text(clause)) is None:
        return []
    items = [trim(_FOREMOST.sub("", item)) for item in indicators(sentence, clause, wanted, ())]
    return items if len(items) == wanted and all(len(item) > 1 for item in items) else []


def listed_parts(indicator: str, wanted: int) -> list[str]:
    """Return the members of a list that one indicator names, where there are as many as wanted, each with its head.

    >>> listed_parts("冒充客服、刷单、贷款类诈骗", 3), listed_parts("刷单、贷款类诈骗", 3)
    (['冒充客服诈骗', '刷单诈骗', '贷款类诈骗'], [])
    """
    items = _LIST_MARK.split(indicator)
    if len(items) != wanted or wanted < 2:
        return []
    kind = _KIND_OF_MEMBER.search(items[-1])
    return [item if kind is None or item.endswith(kind[0]) else item + kind[0] for item in items]


def names_topic(phrase: str) -> bool:
    """Tell whether a phrase ends with what is counted, as one that a comma sets off from its change must."""
    return _TOPIC_END.search(phrase) is not None


def _in_survey(sentence: Sentence, names: Sequence[str], frame: Frame) -> list[str]:
    """Return what a place scored with what it was scored in: 公众安全感调查中,铜川得分98.76%."""
    if len(names) == 1 and names[0] in _BARE_RESULTS and (event := _event(sentence, frame)):
        return [event + names[0]]  # 满意度调查中,我市得分89分
    place = word_starting(names[0], 0) if len(names) == 1 and names[0] else None
    if not place or place == names[0] or not (event := _event(sentence, frame)):
        return list(names)
    return [event + names[0].removeprefix(place).removeprefix("公安")]


def survey_name(sentence: Sentence, frame: Frame, name: str) -> str:
    """Return a score with what it was scored in, where a place is said to have it: 测评中,铜川得分94.7分."""
    return _in_survey(sentence, [name], frame)[0] if _RESULT.search(name) else name


def _is_position(frame: Frame, sentence: Sentence) -> bool:
    """Tell whether a level is a position: 由第6名跃居第2名."""
    return all(m.label == "rank" for m in values_of(frame.role("value", sentence.row)))


def _event(sentence: Sentence, frame: Frame) -> str:
    """Return what a rank was won in, where the clause before says so: 在全省民警技能比武中,……荣获第一名."""
    words = sentence.words(sentence.clause_before(frame))
    match = _EVENT.search(words)
    return _DATED_EVENT.sub("", _JUDGED_BY.sub("", match[1] or match[2])) if match else ""
