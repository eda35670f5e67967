"""Indicators made self-contained: what a clause leaves out is put back from the statements before it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from kg.facts.indicator import (
    full_head_of,
    head_of,
    is_bare_verb,
    is_headless,
    last_verb_phrase,
    leading_verbs,
    names_a_case,
    subject_of,
    topic_of,
    trim,
    trim_end,
)
from kg.facts.statement import Sentence, Statement
from kg.mentions.frame import Frame
from kg.mentions.lexicon import load_lexicon
from kg.unguarded import unguarded

_COMPLETED_BY_OBJECT = re.compile(
    r"(?:价值|总价值|票面价值|案值|货值|折价|折合|行程|里程|(?:总|建筑|占地)?面积|总长|计重|净重|毛重|共重|重量|总重|重)$"
)
_GENERIC = re.compile(
    r"^(?:该项|此项|这项|这个|这一|该|其|在全[国省市区县]的)?"
    r"(?:(?:项|该项|此项|这项)指标|排名|成效|成绩|位次|名次|数量|总量|总数|工作|成果|战果|绝对值|绝对数|数|均|日均|月均|年均|最高|单日最高|最[大高]一[笔起次宗]|单[笔次起]最[大高多]|人均|案均|占比"
    r"|比例|价值|总价值|票面价值|涉案金额|折合|[降增]幅|[前后]者|同比|又|再|还|再次|(?:是|为|达|约为|相当于)(?:[一-龥]{1,6}(?:前|同期|时)的?)?)?$"
)
_CASES = re.compile(r"(?:等|、|的|[^一-龥]|^)?([一-龥]{0,8}(?:犯罪|案件|违法犯罪|警情|事故|诈骗|盗窃))$")
_VERB_INSIDE = re.compile("[止查处办结破获抓打收缴追挽发设建开举救助处分罚拘捕诉死伤亡任占达记过告撤职谈被]")
_PROCEEDINGS = re.compile(
    "(?:刑事|行政|治安)?拘留|刑拘|行拘|(?:批准|执行)?逮捕|批捕|(?:移送)?(?:审查)?起诉|移诉|直诉|打处"
    "|劳动教养|劳教|收容教育|强制(?:隔离)?戒毒|社区(?:戒毒|康复)|取保候审|监视居住|(?:采取)?(?:刑事)?强制措施|刑事处罚|刑事处理|行政处[罚理]|行政查处|治安处罚|罚款|警告|训诫"
)
_ASIDE = re.compile(r"\([^()]{7,}\).*|\([^)]*$")
_RATE_OF_TIME = re.compile("(?:日均|月均|年均|人均)")
_FOR_WHOM = re.compile(
    "[为给向](?:[一-龥]{2,8}?(?=配[发备]|安装|购置|发放|更换)|群众|企业|居民|市民|村民|师生|老人|学生|老年人|外来人员|流动人口|百姓|辖区群众)"
)
_OF_LEVEL = re.compile("(?:国家|部|省|市|县|区)级$")
_NAMES_A_KIND = re.compile("[案罪犯人员者故患为纷情]$|案件$")
_COUNTED_KIND = re.compile("(?:案件|犯罪嫌疑人|嫌疑人|人员|犯罪|警情|事故|隐患|违法行为|纠纷)$")
_HARM = re.compile(
    "(?:(?:[一-龥]{0,6}(?:事故|火灾))?(?:共|累计|总共)?(?:造成|导致|致|发生))?((?:人员)?(?:死亡|受伤|伤亡|死|伤|亡|重伤|轻伤)|(?:直接|间接)?(?:经济|财产)?损失)"
)
_ACCIDENT = re.compile("(?:(?:道路)?交通(?:亡人|伤人|伤亡)?|[一-龥]{0,4}火灾|生产安全)?(?:事故|火灾|火警)")
_CAUSING = re.compile("(?<=事故|火灾)(?:共|累计|总共)?(?:造成|导致|致)(?=死亡|受伤|伤亡)")
_SAID_OF_CASES = re.compile("案件(?:受理|查处|破获|侦破|发生|办结|查结)$")
# What people think of a service, where the statement before is of that service.
_JUDGED_BY_PEOPLE = re.compile("(?:群众|市民)?(?:满意[率度]|解决率|好评率|知晓率|回访率|回访满意率)")
_ON_TIME = re.compile("(?:按[时期]|及时|限时)$")
_SERVED = re.compile("热线|诉求|工单|信访|^群众对")
_ANY_ACCIDENT = frozenset({"事故", "火警"})
_OF_CASE = re.compile("涉案(?:总)?(?:金额|价值|资金|流水|税额|价)(?:总计|合计)?")
_WORTH_OF_CASE = re.compile(
    f"(?:{_OF_CASE.pattern}|案值|涉案|(?:涉案)?价税(?:合计)?|(?:涉案)?税额|(?:涉及|受害|被骗)(?:省份|省市|农户|资金|金额|群众))"
)
_ONE_CASE = re.compile(
    "(?:(?:[一1]起|[一1]宗|[一1]个|[破侦查打捣摧端办]{1,2}[获破办掉毁]|督办|目标|[主侦办的])|(?<=[,;。]))((?:“[^”]{2,12}”)?[^,;。、0-9的“”]{2,16}(?:案|团伙))(?=,)"
)
_WEIGHTS = {"公斤", "千克", "克", "吨"}
_MEMBERS_KEPT = 18  # characters: a longer enumeration is told by the noun that closes it
_HAS_VICTIMS = re.compile("(?:火灾|事故|火警)$")
_TAKEN = re.compile("[将把]([一-龥]{0,8}(?:嫌疑人|人员|逃犯|成员|分子))(?:、?[一-龥]某[某一-龥]?)*$")
_CAUGHT_AT_END = frozenset({"抓获", "抓捕归案", "抓获归案", "控制", "刑拘", "查获", "捉获"})
_CAUGHT = frozenset({"抓获", "查处", "抓捕", "查获"})
_DONE_TO_ALL = frozenset(
    {"查处", "查获", "破获", "侦破", "抓获", "缴获", "收缴", "打掉", "化解", "整改", "办理", "办结"}
)
_KIND_OF_CASE = re.compile("(?<=.)(?<!刑事)(?<!治安)(?<!行政)(?<!各类)(?:犯罪)?案件$")
_DONE = re.compile(
    "(?:完成|核查|核实|查证|调处|成功|已)*(?:整改|整治|治理|办结|化解|调处|处置|核查|落实|返还|查结|销号)(?:到位|完毕|完成)?"
)
_TO_BE_DONE = re.compile("(?:线索|事项|隐患|诉求|指令|问题|工单|逃犯|(?:督捕|追逃|抓捕|目标)(?:人员|对象)|案源|任务)$")
_REACHES = {"惠及", "覆盖", "受益"}
_REACHES_WHOM = {"惠及群众", "惠及企业", "惠及村民", "惠及农民"}
_OF_ITSELF = {"受众", "受益群众"}
_KIND = re.compile("犯罪$|诈骗$|盗窃$|嫌疑人$")
_LONGEST_NOUN = 12  # characters
_PLAIN_HEADS = frozenset({"", "案件", "犯罪案件", "犯罪", "违法犯罪", "违法行为", "隐患"})
_GOES_ON = re.compile("(?<=[一-龥]{4})并(?:被|入选|获|成功|移送|全部|均|将).*$")
_LISTED = re.compile("[、和及与](?![^,]*[、和及与])")
_PARTS = re.compile("其中(?:[^,;:。]{1,12}[0-9]+余?[个起名件条人家],)+[^,;:。]{1,12}")
_LONGEST_PARTS = 80  # characters
_CASES_DONE = re.compile("案件?[立破发]$")
_KINDS = frozenset("车船证")
_SERVICE = re.compile("(?<=[一-龥]{2})(?:业务|事项)(?=[一-龥]{2})")
_SERVICES = frozenset({"业务", "事项"})
_MERIT = re.compile("[一二三]等功")
_MERITS_OF = re.compile("集体|个人")
_MEASURED = re.compile("[率量额度占]$")
_PEOPLE = re.compile("(?:人员|成员|嫌疑人|团伙|分子|逃犯|集团)$")
_CASE_UNITS = frozenset({"起", "件", "宗"})
_OF_PEOPLE = frozenset({"到案率", "归案率", "落网率", "抓获率"})
_PERSONS = frozenset({"人", "名", "位", "人次"})
_WHOLLY = re.compile("(?:全覆盖|全面推开|全面铺开|上线|启用|落地)(?:以来)?$")
_LONGEST_THING = 20  # characters
_DRIVE_NAMED = re.compile("[;,]“[^”]{2,12}”(?:专项)?(?:行动|斗争|战役|会战|整治)")
_A_TIME = re.compile("期间|以来|行动”?中?$")
_MERE = re.compile("^(?:相关|此类|该类|类似|这类|上述)(?:的)?")
_SWIFTLY = re.compile("(?:短时间内|第一时间|迅速|快速|成功|全部|先后|相继)+(?=告破|破获|侦破|落网|归案|抓获|抓捕|缉拿)")
_AMID = re.compile(
    "在[^,在]{2,20}(?:行动|斗争|战役|会战|攻坚战|工作|安保|抗疫)”?中(?=荣|受|获|被|立[一二三个集]|记|成绩)"
)
_FOUGHT = re.compile("^.*(?:打击|整治|治理|防范|惩治|惩处|严打|打防)")
_NO_KIND = re.compile("(?:各类|各种|突出|严重|违法|犯罪|刑事|治安|行为|活动|等|的)*")
_MERE_CASES = re.compile("(?:(?:相关|此类|该类|类似|这类|上述)的?)?(?:刑事)?案件")
_LEVEL = re.compile("(?:国家|部|省|市|县|区|自治区|州)级")
_RANKED = re.compile("^(?:全[国省市区县州]|(?:国家|部|省|市|县|区)级)")
_TO_OR_FOR = frozenset("对向给为将把")
_GANG = re.compile("(?:团伙|组织|集团)$")
_MEMBERS_OF = re.compile("(?:骨干)?成员(?:全部|悉数|均|已)*(?=落网|到案|归案|被抓获)")
_MADE_WHERE = re.compile("(.{2,12})(?:窝点|团伙|场所|犯罪嫌疑人|嫌疑人)")
_KIND_END = re.compile("(?:等)?(?:案件|活动)$")
_RATE = re.compile("[率量额度]$")
_OF_CASES = re.compile("(?:[立破发]案|侦破|破获)[率数]$")


def complete(sentence: Sentence, at: int, phrases: Sequence[str], before: Sequence[Statement]) -> list[str]:
    """Return phrases with what a list leaves out put back: a head from the right, a subject from the left."""
    done: list[str] = []
    phrases = [*(_with_tail(phrase, phrases[-1]) for phrase in phrases[:-1]), *phrases[-1:]]
    shared_head = full_head_of(phrases[-1]) if len(phrases) > 1 else ""
    subject = subject_of(before[-1].indicator) if before else ""
    last = before[-1].end if before else sentence.row[0].start
    for number, phrase in enumerate(phrases):
        if is_headless(phrase) and not _is_of_another(sentence, last, at, phrase):
            nearer = "" if number else _topic_between(sentence, last, at, phrase)
            listed = number > 0 and _HAS_VICTIMS.search(subject) is not None  # 火灾起数、死亡人数
            phrase = (subject if listed else nearer or _subject_for(sentence, at, phrase, subject)) + phrase
        elif _JUDGED_BY_PEOPLE.fullmatch(phrase) and _SERVED.search(subject):
            phrase = _ON_TIME.sub("", subject) + phrase  # 12345热线诉求按时办结率、满意率
        elif shared_head and not (head_of(phrase) or _MEASURED.search(phrase) or _SAID_OF_CASES.search(phrase)):
            phrase += shared_head.removeprefix("案件") if phrase.endswith("案") else shared_head
        elif _OF_CASES.search(shared_head) and phrase.endswith("案件"):
            phrase += shared_head.removeprefix("案件")
        subject = subject_of(phrase)
        done.append(phrase)
    return done


def _with_tail(phrase: str, last: str) -> str:
    """Return a thing with all that the last of a list says of such things.

    >>> _with_tail("户政", "车驾管业务网上办件量"), _with_tail("摩托车", "电动自行车骑乘人员头盔佩戴率")
    ('户政业务网上办件量', '摩托车骑乘人员头盔佩戴率')
    """
    if not 2 <= len(phrase) <= 8 or _MEASURED.search(phrase) or head_of(phrase) or not _MEASURED.search(last):
        return phrase
    if phrase[-1] in _KINDS and (at := last.find(phrase[-1], 1)) > 0 and len(last) - at > 4:
        return phrase + last[at + 1 :]
    told = _SERVICE.search(last)
    return phrase + last[told.start() :] if told and phrase[-2:] not in _SERVICES else phrase


def _is_of_another(sentence: Sentence, last: int, at: int, phrase: str) -> bool:
    """Tell whether another agency has been named since a subject that only a rate of no known kind would take over.

    What a drive that is named since came to is of that drive: 取缔赌场6个;“夏夜”行动破案9起.
    """
    if _DRIVE_NAMED.search(sentence.view, last, at):
        return True
    known = phrase in load_lexicon("aspect_head")
    return not known and any(m.label == "bureau" and last <= m.start <= at for m in sentence.row)


def _topic_between(sentence: Sentence, last: int, at: int, phrase: str) -> str:
    """Return the kind of case that the words since the last statement name: 6起积案告破;诈骗案件防范……,立案数下降."""
    if last >= at or not load_lexicon("aspect_head").get(phrase, "family"):
        return ""
    return topic_of(sentence.view[last:at], phrase)


def complete_counts(phrases: Sequence[str]) -> list[str]:
    """Return the things counted in a list, each with the verb or noun that it shares.

    >>> complete_counts(["抓获网上逃犯", "吸毒人员"]), complete_counts(["刑拘", "逮捕嫌疑人"])
    (['抓获网上逃犯', '抓获吸毒人员'], ['刑拘嫌疑人', '逮捕嫌疑人'])
    """
    if (shared := last_verb_phrase(phrases[-1])) in _DONE_TO_ALL and not any(map(leading_verbs, phrases)):
        return [shared + phrase.removesuffix(shared) for phrase in phrases]  # 超员、超载、酒驾[分别]查处
    verb, last = leading_verbs(phrases[0]), phrases[-1]
    noun = last[len(leading_verbs(last)) :]
    kind = _COUNTED_KIND.search(last)
    if kind:
        phrases = [p if leading_verbs(p) == p or _NAMES_A_KIND.search(p) else p + kind[0] for p in phrases]
    whole = [p + noun if leading_verbs(p) == p and leading_verbs(last) else p for p in phrases]
    return [p if leading_verbs(p) or not verb else verb + p for p in whole]


def _subject_for(sentence: Sentence, at: int, phrase: str, subject: str) -> str:
    """Return the subject of an aspect alone: that of the statement before, else the topic of the words before."""
    family = load_lexicon("aspect_head").get(phrase, "family")
    if _PEOPLE.search(subject) and family == "crime" and phrase not in _OF_PEOPLE:
        subject = ""
    if _PROCEEDINGS.fullmatch(subject) or phrase.startswith(subject):
        subject = ""  # 挽损9万元,挽损率8%
    if subject and (not family or names_a_case(subject)):
        return subject
    start = sentence.row[0].start
    return topic_of(sentence.view[start:at], phrase) or topic_of(sentence.context, phrase) if family else ""


@unguarded
@dataclass(frozen=True, slots=True)
class Counted:
    """What a count is of, as its own clause says it: ``words`` stand before its number, which begins at ``at``.

    ``stands_alone`` where a copula (有, 达) makes the words a subject that needs no verb.
    """

    name: str
    words: str
    unit: str | None
    at: int
    stands_alone: bool


def with_object(sentence: Sentence, counted: Counted, before: Sequence[Statement]) -> str:
    """Return an indicator with its object or verb from the statement before: 立案148起,破获119起; 其中女性的12名."""
    name = counted.name
    if _WORTH_OF_CASE.fullmatch(name) and (case := _one_case(sentence, counted.at, before)):
        return case + name
    if name in _CAUGHT and counted.unit in _PERSONS and (case := _one_case(sentence, counted.at, before)):
        return f"{name}{case}{'成员' if case.endswith('团伙') else '嫌疑人'}"
    if not before or name in _OF_ITSELF:
        return _CAUSING.sub("", name)
    last = before[-1]
    whose = _last_case(before) if _OF_CASE.fullmatch(name) else _last_accident(before)
    if (members := _MEMBERS_OF.match(name)) and (gang := _gang(sentence, counted.at, before)):
        return f"{gang}成员{name[members.end() :]}"
    return (
        _of_the_same_thing(name, whose)
        or _of_a_level(name, before)
        or _as_others_did(counted, before)
        or _of_mere_cases(name, last)
        or (last.indicator + name if name and _GENERIC.match(name) else "")
        or _of_the_same_list(sentence, counted, _whole_of(counted, before))
        or _done_to_the_same(counted, next((s for s in reversed(before[-4:]) if s.amount.kind == "count"), last))
        or _by_the_same_verb(sentence, counted, last)
        or (last.indicator + name if _GENERIC.match(name) else name)
    )


def _one_case(sentence: Sentence, at: int, before: Sequence[Statement]) -> str:
    """Return the one case or gang that the words before tell of: 侦破一起虚开发票案,抓获18人,涉案税额3亿元."""
    start = sentence.row[0].start
    told = list(_ONE_CASE.finditer(sentence.view, start, at))
    if not told:
        return ""
    several = (
        s for s in before if s.at > told[-1].end() and s.amount.unit in _CASE_UNITS and (s.amount.value or 0) > 1
    )
    name = told[-1][1]
    return "" if next(several, None) else name[len(leading_verbs(name)) :].removeprefix("一起").removeprefix("一个")


def _gang(sentence: Sentence, at: int, before: Sequence[Statement]) -> str:
    """Return the gang that has been told of, whose members are counted: 打掉涉黑组织1个,25名成员全部到案."""
    told = subject_of(before[-1].indicator)
    case = told if _GANG.search(told) else _one_case(sentence, at, before)
    return case if _GANG.search(case) else ""


def _of_mere_cases(name: str, last: Statement) -> str:
    """Return mere cases with the kind that the count before was of: 捣毁制售假药窝点6处,破获相关案件17起."""
    verbs = leading_verbs(name)
    kind = _MADE_WHERE.fullmatch(subject_of(last.indicator)) if _MERE_CASES.fullmatch(name[len(verbs) :]) else None
    return f"{verbs}{kind[1]}案件" if kind and _MERE.match(name[len(verbs) :]) else ""


def _last_case(before: Sequence[Statement]) -> Statement:
    """Return the last statement that counts no persons, whose worth 涉案金额 is: 破案72起,抓获90人,涉案金额7亿元."""
    return next((s for s in reversed(before[-4:]) if s.amount.unit not in _PERSONS), before[-1])


def _last_accident(before: Sequence[Statement]) -> Statement:
    """Return the last statement, or the one before it that tells what kind of accident it is of: 道路交通事故."""
    last = before[-1]
    if not _ACCIDENT.match(last.indicator):
        return last
    told = (s for s in reversed(before[-4:]) if (a := _ACCIDENT.search(s.indicator)) and a[0] not in _ANY_ACCIDENT)
    return next(told, last)


def _of_the_same_thing(name: str, last: Statement) -> str:
    """Return a harm, a worth or a merit with what the count before was of: 死亡9人, 价值3万元, 二等功4个."""
    if (harm := _HARM.fullmatch(name)) and (accident := _ACCIDENT.search(last.indicator)):
        return accident[0] + harm[1]
    if _COMPLETED_BY_OBJECT.fullmatch(name) or (name == "队员" and last.indicator.endswith("队")):
        return last.indicator + name
    if name in _REACHES_WHOM and last.amount.kind == "money":
        return last.indicator + name  # 返还被骗资金9万元,惠及群众7人
    if name in _REACHES or (_OF_CASE.fullmatch(name) and last.amount.kind != "money"):
        return subject_of(last.indicator) + name
    if (merit := _MERIT.fullmatch(name)) and (whose := _MERITS_OF.search(last.indicator)):
        return f"{leading_verbs(last.indicator)}{whose[0]}{merit[0]}"
    return ""


def _of_a_level(name: str, before: Sequence[Statement]) -> str:
    """Return a level with what the counts before it were of: “枫桥式公安派出所”12个、省级9个."""
    verbs = leading_verbs(name)
    level = _LEVEL.fullmatch(name[len(verbs) :])
    if level is None:
        return ""
    told = next((s for s in reversed(before[-4:]) if s.amount.kind == "count" and not _LEVEL.search(s.indicator)), None)
    if told is None:
        return ""
    return (verbs or leading_verbs(told.indicator)) + level[0] + _RANKED.sub("", subject_of(told.indicator))


def _as_others_did(counted: Counted, before: Sequence[Statement]) -> str:
    """Return a verb with the object that it had where another agency did the same: 甲破获毒品案件62起;乙破获41起."""
    if len(counted.name) < 2 or not is_bare_verb(counted.name) or counted.unit == before[-1].amount.unit:
        return ""
    same = (
        s for s in reversed(before[-8:-1]) if s.indicator.startswith(counted.name) and s.amount.unit == counted.unit
    )
    return next((s.indicator for s in same if len(s.indicator) > len(counted.name)), "")


def _whole_of(counted: Counted, before: Sequence[Statement]) -> Statement:
    """Return what a part may be of: no money where things are counted (立案9起,挽损3亿元,其中集资案件2起)."""
    last = before[-1]
    if last.amount.kind != "money" or counted.unit in (None, "元"):
        return last
    return next((s for s in reversed(before[-4:]) if s.amount.unit == counted.unit), last)


def _of_the_same_list(sentence: Sentence, counted: Counted, last: Statement) -> str:
    """Return a noun with the verb of the count that it is part of or listed with: 其中命案4起, 、辅警12名."""
    name, between = counted.name, sentence.view[last.end : counted.at]
    among = sentence.view.rfind("其中", max(0, counted.at - _LONGEST_PARTS), counted.at)
    goes_on = among >= 0 and between == "," and _PARTS.fullmatch(sentence.view, among, counted.at) is not None
    joined = "其中" in between or goes_on or _LISTED.match(between) is not None
    told = leading_verbs(name) or _MEASURED.search(name) or _PROCEEDINGS.fullmatch(name) or _CASES_DONE.search(name)
    noun = not told and head_of(name) in _PLAIN_HEADS
    if not (joined and noun and 1 < len(name) <= _LONGEST_NOUN):
        return ""
    whom = _FOR_WHOM.match(last.indicator)
    rest = last.indicator[whom.end() :] if whom else last.indicator
    verbs, thing = leading_verbs(rest), subject_of(rest)
    if verbs and verbs in name:
        return name  # 查处违法9起,其中现场查处4起
    return f"{verbs}{name}的{thing.rpartition('级的')[2]}" if verbs and _OF_LEVEL.search(name) else verbs + name


def _done_to_the_same(counted: Counted, last: Statement) -> str:
    """Return a verb with the object of the count before: 立案148起,破获119起."""
    name, subject = counted.name, subject_of(last.indicator)
    same = counted.unit == last.amount.unit or {counted.unit, last.amount.unit} <= _WEIGHTS
    if _PROCEEDINGS.fullmatch(name):
        return ""  # 刑拘12人,逮捕9人: whom, the words say by themselves
    of_cases = last.amount.unit not in _PERSONS and _KIND_OF_CASE.search(subject) is not None
    if name in _CAUGHT and counted.unit in _PERSONS and of_cases:
        return subject + name  # 破获盗抢骗案件47起,抓获40人
    verbal = is_bare_verb(name) or _DONE.fullmatch(name) is not None
    named = subject != last.indicator or names_a_case(last.indicator) or _TO_BE_DONE.search(last.indicator)
    if verbal and same and named:
        return name if name.endswith(subject) else name + subject  # 接警9起,处警8起
    return ""


def _by_the_same_verb(sentence: Sentence, counted: Counted, last: Statement) -> str:
    """Return a short noun with the verb of the count before, a qualification (女性的12名) with its object too."""
    name, words = counted.name, counted.words
    short = 1 < len(name) <= 5 and not (leading_verbs(name) or head_of(name) or _PROCEEDINGS.fullmatch(name))
    told = name.startswith("涉") or _VERB_INSIDE.search(name) or _RATE.search(name) or _CASES_DONE.search(name)
    caught = counted.unit in _CASE_UNITS and last.amount.unit in _PERSONS  # 抓获9人;现行命案3起全部侦破
    if short and not counted.stands_alone and not told and not caught:
        start = _RATE_OF_TIME.match(last.indicator) or _FOR_WHOM.match(last.indicator)
        rest = last.indicator[start.end() :] if start else last.indicator
        return f"{start[0] if start else ''}{leading_verbs(rest)}{name}"
    if words.endswith("的") and name and words.removesuffix("的").endswith(name[-2:]):
        verbs = leading_verbs(last.indicator)
        listed = sentence.view[last.at - 1] == "的"
        return f"{verbs}{name}" if listed else f"{verbs}{name}的{subject_of(last.indicator)}"
    return ""


def subject_before(sentence: Sentence, frame: Frame) -> str:
    """Return the kind of case that the clause before ends with: 严打非法集资等突出经济犯罪,破案195起."""
    match = _CASES.search(trim(sentence.text(sentence.clause_before(frame))))
    return match[1] if match else ""


def with_object_before(name: str, unit: str | None, sentence: Sentence, frame: Frame) -> str:
    """Return a verb alone with what the clause before speaks of: 推行户口迁移“跨省通办”,已办结340件."""
    verbs = load_lexicon("action_verb")
    if unit in _PERSONS or not all(verb in verbs for verb in name.split("、")):
        return name
    clause = trim(_WHOLLY.sub("", sentence.text(sentence.clause_before(frame))))
    thing = clause[len(leading_verbs(clause)) :]
    if thing[:1] in _TO_OR_FOR:
        thing = "" if unit == "元" else thing[1:]  # 对民警予以嘉奖,奖励2万元
    told = 3 <= len(thing) <= _LONGEST_THING and not _A_TIME.search(thing)
    return name + thing if told else name


def with_topic(name: str, sentence: Sentence, frame: Frame) -> str:
    """Return a count of mere cases with the kind that the clause before tells: 打击传销犯罪,侦办案件30起.

    The words of the kind stand between the verb and its cases: 侦办传销案件.
    """
    verbs = leading_verbs(name)
    if not verbs or _MERE_CASES.fullmatch(name[len(verbs) :]) is None:
        return name
    kind = subject_before(sentence, frame)
    kind = _KIND_END.sub("", _FOUGHT.sub("", kind[len(leading_verbs(kind)) :]))
    if _NO_KIND.fullmatch(kind):
        return name
    return f"{verbs}{kind}{_MERE.sub('', name[len(verbs) :])}" if kind else name


def object_of(sentence: Sentence, words: str) -> str:
    """Return the object of a count without a following list item that has a verb of its own, and without brackets."""
    words = _GOES_ON.sub("", _ASIDE.sub("", words)) or words
    items = words.split("、")
    for number, item in enumerate(items[1:], 1):
        if leading_verbs(item):
            items = items[:number]
            break
    return "、".join(items)


def count_indicator(left: str, right: str, before: Sequence[Statement]) -> str:
    """Return the indicator of a count from the words before and after it.

    >>> count_indicator("打掉", "涉黑组织", [])
    '打掉涉黑组织'
    """
    right = _AMID.sub("", _SWIFTLY.sub("", right))
    enumerated = left.endswith("等") and ("、" in left or "》" in left)
    left, right = trim(left), trim_end(right)
    few = enumerated and len(left) <= _MEMBERS_KEPT and "》" not in left
    if enumerated and right and not (few and leading_verbs(right)):
        left = leading_verbs(last_verb_phrase(left) if not leading_verbs(left) else left)
    elif enumerated and right:
        return left + right  # 保安员、志愿者等400人参与值守
    verbs = leading_verbs(left)
    if verbs and len(left) - len(verbs) >= 2 and leading_verbs(right):
        return left  # 投入警力6万人次开展查缉工作: what for is no part of it
    if left and (caught := _TAKEN.search(left)) and right in _CAUGHT_AT_END:
        return right + caught[1]  # 在一出租屋将嫌疑人[2人]抓获
    if left and right:
        return trim(last_verb_phrase(left) + right) if len(left) > 12 else trim(left + right)
    if left and len(left) > 14:
        verb = last_verb_phrase(left)
        return verb if len(verb) - len(leading_verbs(verb)) >= 2 else left
    return left or right
