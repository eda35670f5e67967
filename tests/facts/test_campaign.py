from datetime import date

import pytest

from kg.facts.bureau import find_bureaus
from kg.facts.campaign import CampaignView, find_campaigns
from kg.facts.model import Campaign
from kg.facts.timeline import read_timeline
from kg.mentions.rule import Rule, load_rules
from kg.text import text_of


def view_of(words: str, published: date | None = None) -> CampaignView:
    text = text_of(words, published=published)
    return find_campaigns(text, find_bureaus(text), read_timeline(text))


def names(words: str) -> list[str]:
    return [campaign.name for campaign in view_of(words).facts]


RULES = [rule for rule in load_rules("campaign") if rule.data.get("stage") != "context"]
EXAMPLES = [(rule, n) for rule in RULES for n in range(len(rule.data.get("example", [])))]


def test_every_rule_has_two_examples_and_a_counterexample() -> None:
    assert len(RULES) >= 10
    for rule in RULES:
        assert len(rule.data["example"]) >= 2, rule.name
        assert rule.data["counterexample"], rule.name


@pytest.mark.parametrize(("rule", "n"), EXAMPLES, ids=[f"{rule.name}:{n + 1}" for rule, n in EXAMPLES])
def test_example_gives_its_campaigns_by_its_rule(rule: Rule, n: int) -> None:
    example = rule.data["example"][n]
    facts = view_of(example["text"]).facts
    assert {given["name"] for given in example["gives"]} <= {fact.name for fact in facts}
    assert rule.name in {name for fact in facts for name in fact.derivation.rules}


@pytest.mark.parametrize("rule", RULES, ids=[rule.name for rule in RULES])
def test_counterexample_does_not_fire(rule: Rule) -> None:
    for counterexample in rule.data["counterexample"]:
        facts = view_of(counterexample["text"]).facts
        assert rule.name not in {name for fact in facts for name in fact.derivation.rules}, counterexample["text"]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("兴山县公安局开展“雷火”行动。", ["雷火"]),
        ("全国缉枪治爆专项行动成效显著。", ["缉枪治爆专项行动"]),
        ("深化扫黑除恶“三打三防”和打击“两霸”专项行动。", ["扫黑除恶三打三防专项行动", "打击两霸专项行动"]),
        ("开展冬季严打、校园周边整治等专项行动。", ["冬季严打专项行动", "校园周边整治专项行动"]),
        ("投入到为期百日的禁毒大会战。", ["禁毒大会战"]),
        ("开展“护航”行动-2021,检查车辆900辆。", ["护航-2021"]),
        ("打击诈骗、赌博、传销等违法犯罪专项行动启动。", ["打击诈骗、赌博、传销等违法犯罪专项行动"]),
        ("反诈工作评比和两年禁毒人民战争考评均居首位。", ["两年禁毒人民战争"]),
        ("部署在逃人员缉捕会战。", ["在逃人员缉捕会战"]),
        ("查缉打击有组织犯罪专项行动的线索。", ["查缉打击有组织犯罪专项行动"]),
        ("印发《全县打击盗窃专项行动方案》。", []),
        ("老人行动不便,民警以实际行动服务群众。", []),
        ("组织抓捕行动5次,开展联合行动。", []),
        ("打赢脱贫攻坚战和疫情防控阻击战。", []),
        ("推进“雪亮工程”、“一村一警”和夏季治安整治行动。", ["夏季治安整治行动"]),
        ("落实“三大战役”部署。", []),
        ("对8起案件发起集群战役。", []),
        ("启动追赃“百日攻坚”、打击套牌车以及持续推进“夏夜”等行动。", ["追赃百日攻坚", "打击套牌车行动", "夏夜"]),
        ("完善“一所一品”机制、推进“夏夜”等行动。", ["夏夜"]),
        ("打击“三车”、追捕在逃人员专项斗争居首位。", ["打击三车专项斗争", "追捕在逃人员专项斗争"]),
        ("维护秩序“铁壁”、整治倒票“铁钳”和反扒“铁掌”等战役。", ["铁壁", "铁钳", "铁掌"]),
        ("开展寻枪线索排查“猎踪行动”。", ["猎踪行动"]),
        ("打击“一抢两盗”“利爪”专项行动收官。", ["利爪"]),
        ("从“断卡”“净网”到“昆仑”,战果不断。", ["断卡", "净网", "昆仑"]),
        ("获评“全国缉枪治爆专项行动先进集体”。", ["缉枪治爆专项行动"]),
        ("重拳整治酒驾百日安全行动取得实效。", ["整治酒驾百日安全行动"]),
        ("反邪教和网络领域专项斗争不断深化。", ["反邪教和网络领域专项斗争"]),
        ("雷霆攻势 打出声威", []),
        ("开展地毯式、突击式清查行动。", []),
        ("掌握了禁毒斗争的主动权。", []),
        ("开展黑车专项整治“猎鹰行动”。", ["猎鹰行动"]),
        ("沁县公安局副局长、追逃会战领导小组副组长李某表示。", ["追逃会战"]),
        ("局长、市禁毒专项斗争领导小组副组长李某表示。", ["禁毒专项斗争"]),
        ("副市长李某到局里视察长治市追逃专项行动开展情况。", ["追逃专项行动"]),
        ("长治市夏季治安整治行动新闻发布会召开。", ["夏季治安整治行动"]),
        ("2.反诈人民战争取得进展。", ["反诈人民战争"]),
        ("会议就全省打击整治涉枪专项行动作了部署。", ["打击整治涉枪专项行动"]),
        ("开展2次全省性查处酒驾统一行动。", ["查处酒驾统一行动"]),
        ("一手抓“潞城利剑”严打击,一手抓“潞城平安”保稳定。", ["潞城利剑", "潞城平安"]),
        ("开展“抢夺”专项行动、“雷火2017”、“打黑·缉枪”等“八大行动”。", ["抢夺", "雷火2017", "打黑·缉枪"]),
        ("开展命案侦破“三大战役”、“打侵财”等专项行动。", ["命案侦破三大战役", "打侵财"]),
        ("开展“一盔一带”、拒绝酒驾、送戏下乡等主题宣传、专项整治行动等活动90场次。", []),
        ("召开沁县公安工作成效暨夏季治安整治“百日行动”发布会。", ["夏季治安整治百日行动"]),
        ("坚持数据互通、行动联动。", []),
        ("银行反洗钱处等多部门联合行动。", []),
        ("推动信息共享、联合行动。", []),
        ("聚焦黑灰产打歼灭战。", []),
        ("在缉毒行动中抓获8人。", []),
        ("在打击黑恶犯罪斗争中抓获8人。", []),
        ("“雪鹰”“断卡”“铁链”等一系列打击整治电信网络诈骗犯罪专项行动收官。", ["雪鹰", "断卡", "铁链"]),
        ("开展全国“雪鹰2024”和全县禁毒严打整治专项行动。", ["雪鹰2024", "禁毒严打整治专项行动"]),
        ("在“雪鹰”系列及打击假币犯罪专项行动中破案。", ["雪鹰", "打击假币犯罪专项行动"]),
        ("开展“昆仑2020”3号打击侵犯商标权和制售假药犯罪行动。", ["昆仑2020"]),
        ("开展“两严一降”(即严打、严防、发案下降)治安整治专项行动。", ["两严一降治安整治"]),
        ("以安全生产大排查、风险隐患大整治为内容。", ["安全生产大排查", "风险隐患大整治"]),
        ("开展“扫荡”“清剿”“拔钉”和“护航三牧”等整治行动。", ["扫荡", "清剿", "拔钉", "护航三牧"]),
        ("推进煤矿安全专项整治、渡船安全专项整治等9项安全专项整治。", ["煤矿安全专项整治", "渡船安全专项整治"]),
        ("开展打击“丙功”“丁神”等邪教组织违法犯罪活动专项行动。", ["打击丙功丁神等邪教组织违法犯罪活动专项行动"]),
        (
            "开展了“打霸除痞”、“查积案、追在逃”、打击网络诈骗和“银三角”综合整治四项行动。",
            ["打霸除痞", "查积案、追在逃", "打击网络诈骗行动", "银三角综合整治"],
        ),
        ("开展扫黑除恶、破案攻坚、缉捕追逃等专项行动。", ["扫黑除恶专项行动", "破案攻坚专项行动", "缉捕追逃专项行动"]),
        ("侦破“雷雨3号”“雷雨9号”特大骗税案等一批案件。", []),
        ("深化“雪鹰”“夜安”等道路交通专项行动。", ["雪鹰", "夜安"]),
        ("全面总结三年来扫黑除恶专项斗争成果。", ["扫黑除恶专项斗争"]),
        ("开展了三年扫黑除恶专项斗争,打掉涉黑组织9个。", ["扫黑除恶专项斗争"]),
        ("回顾了8个月以来禁毒严打整治专项行动的成果。", ["禁毒严打整治专项行动"]),
        ("对假酒等4种食品犯罪进行专项打击。", []),
        ("推进夏季治安打击整治和渡口大排查大整治行动。", ["夏季治安打击整治行动", "渡口大排查大整治行动"]),
    ],
)
def test_names_begin_and_end_where_the_contract_says(words: str, expected: list[str]) -> None:
    assert names(words) == expected


def test_a_campaign_is_one_fact_with_all_its_evidence() -> None:
    words = "石门县公安局启动“净水”专项行动。专项行动开展以来,破案6起。“净水”行动获群众好评。"
    facts = view_of(words).facts
    assert [fact.name for fact in facts] == ["净水"]
    assert [words[e.start : e.end] for e in facts[0].evidence] == ["“净水”专项行动", "专项行动", "“净水”行动"]
    assert all(e.quote == words[e.start : e.end] for e in facts[0].evidence)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("开展打击整治非法采砂专项行动。打击非法采砂专项行动抓获9人。", ["打击整治非法采砂专项行动"]),
        ("打击突出犯罪专项斗争(下称“打突斗争”)收官。“打突斗争”中破案8起。", ["打击突出犯罪专项斗争"]),
        ("开展“夜鹰二号”行动。“夜鹰2号”行动抓获7人。", ["夜鹰二号"]),
        ("推进禁毒人民战争。开展禁毒专项整治。", ["禁毒人民战争", "禁毒专项整治"]),
        ("召开冬季治安打击整治行动会议。“冬季行动”以来,破案5起。", ["冬季治安打击整治行动"]),
        ("夏季“百日行动”见成效。开展夏季治安打击整治“百日行动”。", ["夏季治安打击整治百日行动"]),
        ("“我市打黑行动打掉团伙9个。”局长说。", ["打黑行动"]),
        ("充分展现了秋季治安打击整治行动成效。", ["秋季治安打击整治行动"]),
        ("推进扫黑除恶专项斗争。打响河北扫黑除恶专项斗争第一枪。", ["扫黑除恶专项斗争"]),
        ("打响三年大会战。推进禁毒三年大会战。", ["禁毒三年大会战"]),
        ("开展冬季防火攻势。“冬季攻势”抓获5人。", ["冬季防火攻势", "冬季攻势"]),
        ("开展“秋风”专项整治、“护苗”等专项行动。“秋风”专项整治行动破案9起。", ["秋风专项整治", "护苗"]),
        ("“雪鹰”行动破案3起。开展“雪鹰2021”专项行动。", ["雪鹰2021"]),
        ("常态化推进扫黑除恶斗争。扫黑除恶专项斗争期间破案8起。", ["扫黑除恶斗争", "扫黑除恶专项斗争"]),
        ("召开“雪鹰三号”百日攻坚行动发布会。自9月2日百日攻坚行动开展以来,破案8起。", ["雪鹰三号"]),
        ("推进“雪鹰2020”行动、“雪鹰2021”行动。“雪鹰”行动破案3起。", ["雪鹰2020", "雪鹰2021", "雪鹰"]),
    ],
)
def test_other_words_for_a_campaign_are_the_same_fact(words: str, expected: list[str]) -> None:
    assert names(words) == expected


def only(words: str, published: date) -> Campaign:
    (fact,) = view_of(words, published).facts
    return fact


def test_bureau_is_who_runs_it() -> None:
    words = "阳朔县公安局召开会议。县公安局交警大队开展“夜查”行动。"
    assert only(words, date(2020, 5, 1)).bureau == "阳朔县公安局交警大队"


@pytest.mark.parametrize(
    ("words", "start", "end"),
    [
        ("今年3月起,沁县公安局开展“春耕”行动。", date(2020, 3, 1), date(2020, 9, 30)),
        ("自去年11月“边检会战”启动以来,破案8起。", date(2019, 11, 1), date(2020, 9, 30)),
        ("2019年,沁县公安局开展“春耕”行动。", date(2019, 1, 1), date(2019, 12, 31)),
        ("从2020年9月1日至11月30日,开展“春耕”行动。", date(2020, 9, 1), date(2020, 11, 30)),
        ("自9月10日起,开展为期3个月的“春耕”行动。", date(2020, 9, 10), date(2020, 12, 9)),
        ("沁县公安局从即日起至11月底开展“春耕”行动。", date(2020, 9, 30), date(2020, 11, 30)),
        ("“春耕”行动自8月20日启动以来,破案3起。", date(2020, 8, 20), date(2020, 9, 30)),
        ("开展“春耕”行动。此次行动时间从8月5日至10月5日。", date(2020, 8, 5), date(2020, 10, 5)),
        ("自8月5日起,开展“春耕”行动。“春耕”行动将持续至12月底。", date(2020, 8, 5), date(2020, 12, 31)),
        ("为期100天的“春耕”行动于9月8日结束。", date(2020, 6, 1), date(2020, 9, 8)),
        ("今年4月,沁县公安局启动“春耕”行动。", date(2020, 4, 1), date(2020, 9, 30)),
        ("今年4月,“春耕”行动打响,破案8起。", date(2020, 4, 1), date(2020, 9, 30)),
        ("4月开展的“春耕”行动中,破案8起。", date(2020, 4, 1), date(2020, 4, 30)),
        ("9月2日晚,沁县公安局开展“春耕”行动。", date(2020, 9, 2), date(2020, 9, 2)),
        ("沁县公安局开展“春耕”集中整治(3月1日至5月31日)。", date(2020, 3, 1), date(2020, 5, 31)),
        ("沁县公安局7日部署在全县开展为期8个月的“春耕”行动。", date(2020, 9, 7), date(2021, 5, 6)),
        ("今年3月以来,开展为期半年的“春耕”行动。", date(2020, 3, 1), date(2020, 8, 31)),
        ("9月1日起,开展为期半个月的“春耕”行动。", date(2020, 9, 1), date(2020, 9, 15)),
        ("自8月20日“春耕”行动启动以来,截至本月26日,破案3起。", date(2020, 8, 20), date(2020, 9, 26)),
        ("将举行为期70天的“春耕”行动,持续到10月底。", date(2020, 8, 23), date(2020, 10, 31)),  # the next, not the last
        ("7月4日20时至7月5日2时开展清查,打响“春耕”行动首战。", date(2020, 7, 4), date(2020, 9, 30)),
        ("7月4日,沁县公安局举行“春耕”行动启动仪式。", date(2020, 7, 4), date(2020, 9, 30)),
        ("展现2018-2019年两年打击春耕盗抢专项行动成效。", date(2018, 1, 1), date(2019, 12, 31)),
        ("举行为期30天的“春耕”行动,持续到6月底。", date(2020, 6, 1), date(2020, 6, 30)),
    ],
)
def test_words_before_a_campaign_date_it(words: str, start: date, end: date) -> None:
    period = only(words, date(2020, 9, 30)).period
    assert period is not None
    assert (period.start, period.end) == (start, end)


@pytest.mark.parametrize(
    "words",
    [
        "2020年,沁县公安局破案12起,推进“春耕”行动。",
        "8月3日,在“春耕”行动中民警李某获表彰。",
        "2020年,“春耕”行动考评居全省第一。",
        "今年一季度警情降一成,沁县公安“春耕”专项行动显成效。",
        "8月3日,沁县公安局召开“春耕”行动推进会。",
        "8月3日,沁县公安局召开“春耕”行动退赃大会。",
        "8月3日,沁县公安局举行“春耕”行动总结表彰大会。",
        "今年以来,特别是“春耕”行动开展以来,治安好转。",
        "针对秋季特点,深化“春耕”行动。",
        "十年来,沁县公安守护平安,召开“春耕”行动发布会。",
        "7月4日20时至7月5日2时,开展“春耕”行动第一次集中清查。",
        "开展“春耕”行动,7月4日20时至7月5日2时开展第一次集中清查。",
        "两县警方8日至9日联手开展“春耕2020”第一次统一清查行动。",
    ],
)
def test_a_result_an_event_or_a_judgement_dates_no_campaign(words: str) -> None:
    assert only(words, date(2020, 9, 30)).period is None


@pytest.mark.parametrize(
    ("words", "number", "indicator", "expected"),
    [
        ("开展“云剑”行动,抓获逃犯12名。", "12", "抓获逃犯", "云剑"),
        ("开展“云剑”行动。抓获逃犯12名。", "12", "抓获逃犯", None),
        ("抓获逃犯12名,开展“云剑”行动。", "12", "抓获逃犯", None),
        ("开展“春风”“断卡”等行动,抓获9人,缴获银行卡300张。", "300", "缴获银行卡", "断卡"),
        ("开展“春风”“断卡”等行动,抓获9人,缴获银行卡300张。", "9", "抓获", "春风"),
        ("“春风”行动抓获9人;打击钱庄专项行动捣毁窝点4个。", "4", "捣毁窝点", "打击钱庄专项行动"),
        ("推进禁毒会战。会战期间,破案7起。", "7", "破案", "禁毒会战"),
        ("“春风”行动考评居全省第1位,排查隐患60处。", "60", "排查隐患", None),
        ("“百日行动”办公室主任李某说,全年立案下降9%。", "9", "立案", None),
        ("追逃会战领导小组副组长李某说,全年立案下降9%。", "9", "立案", None),
        ("推进禁毒会战,打掉团伙9个;严厉打击电信诈骗,破案31起。", "9", "打掉团伙", "禁毒会战"),
        ("推进禁毒会战,打掉团伙9个;严厉打击电信诈骗,破案31起。", "31", "破案", None),
        ("推进禁毒会战,打掉团伙9个;打击电信诈骗,破案31起;命案破案率达99%。", "99", "命案破案率", None),
        ("推进禁毒会战,打掉团伙9个;缴毒31千克。", "31", "缴毒", "禁毒会战"),
        ("推进禁毒会战,打掉团伙9个;公安窗口办件31件。", "31", "公安窗口办件", None),
        ("召开“雪鹰”行动动员会,“秋风”行动中破案7起。", "7", "破案", "秋风"),
        ("禁毒会战期间,打掉团伙9个;强化治安防控,投入警力31人次。", "31", "投入警力", "禁毒会战"),
        ("“雪鹰”行动破案3起。“雪鹰2021”行动抓获9人。", "3", "破案", "雪鹰2021"),
        ("安全感、禁毒专项行动满意度均达31%。", "31", "安全感", None),
        ("安全感、禁毒专项行动满意度均达31%。", "31", "禁毒专项行动满意度", "禁毒专项行动"),
        ("推进禁毒会战,打掉团伙9个,群众安全感达98.6%。", "98.6", "群众安全感", None),
        ("禁毒专项行动四项打处指标增幅居首,注册率达31%。", "31", "注册率", None),
    ],
)
def test_means_is_the_campaign_named_before_the_number(
    words: str, number: str, indicator: str, expected: str | None
) -> None:
    view = view_of(words)
    position = words.index(number)
    assert view.means_at(view.text.sentence_at(position).start, position, indicator) == expected


def test_strange_prose_never_raises() -> None:
    for words in ("行动", "“”行动", "“行动", "专项行动" * 300, "、" * 500 + "等专项行动", "“" * 200 + "”" * 200):
        view_of(words)


def test_an_exhibition_is_no_campaign() -> None:
    assert names("县公安局召开打击破案成果展暨打击电诈犯罪专项行动返还大会。") == ["打击电诈犯罪专项行动"]


@pytest.mark.parametrize(
    ("rest", "means"), [(";严格落实武装执勤机制,发案下降41%", None), (",街面发案下降41%", "利剑行动")]
)
def test_a_campaign_ends_where_work_of_its_own_opens(rest: str, means: str | None) -> None:
    words = f"县公安局开展禁毒“利剑行动”,破获毒品案9起{rest}。"
    view = view_of(words)
    assert view.means_at(0, words.index("41%"), "发案", words.index("41%") + 3) == means


@pytest.mark.parametrize("name", ["磐石行动(宜州3号)", "磐石行动(3号)", "磐石行动"])
def test_a_drive_in_quotation_marks_may_have_its_number_behind_it(name: str) -> None:
    assert names(f"县公安局“{name}”启动,抓获嫌疑人12名。") == [name]


def test_ways_of_work_and_who_commends_are_no_drives() -> None:
    assert names("创新“拔钉追逃”“云上打击”等战法,打击犯罪。") == []
    assert names("公安部决定表扬百城禁毒会战成绩突出集体。") == ["百城禁毒会战"]
