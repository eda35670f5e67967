"""Numbers of whole articles: what a sentence alone does not show."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from places import ROOT, SEEDS

from kg.article import article_of, read_article
from kg.extraction import find_facts
from kg.facts.model import Metric, Period
from kg.facts.reading import read_statements
from kg.facts.stated import states
from kg.facts.yearly import months_in_order
from kg.mentions.cascade import find_mentions
from kg.mentions.mention import Mention
from kg.text import text_of

HEAD = "米脂县公安局召开新闻发布会。"


def _metrics(plain: str, published: str = "2020-03-10") -> list[Metric]:
    article = text_of(HEAD + plain, published=date.fromisoformat(published)).article
    return [fact for fact in find_facts(article) if isinstance(fact, Metric)]


def _told(plain: str, published: str = "2020-03-10") -> list[tuple[str, str, str | None]]:
    found = _metrics(plain, published)
    return [(m.indicator, str(m.value), f"{m.period.start}..{m.period.end}" if m.period else None) for m in found]


@pytest.mark.parametrize(
    ("plain", "values"),
    [
        ("禁毒专项斗争取得战果,缴获毒品4.5公斤。", ["4.5"]),
        ("争取到上级资金260万元。", ["2600000"]),
        ("在全国计划单列市中,破案率名列第三。", ["3"]),
        ("拟定预案14件。", ["14"]),
        ("制定了破案率达到80%、力争85%的高目标。", []),
        ("提出满意率达98%的要求,制定了12项措施。", ["12"]),
        ("争取破案率达到九成。拟新建派出所6个。还要再建警务室30个。", []),
        ("还要求各所落实责任,走访商户520家。", ["520"]),
        ("会议要求,2022年底前实现村级警务室100%覆盖。", []),
        ("2019年底前建成村级警务室412个。", ["412"]),
        ("2020年计划招录辅警95名,新建派出所4个。", []),
        ("计划改建派出所12个,其中5个完工、4个在建。", ["5", "4"]),
        ("计划改建派出所12个,其中5个年内完工。", []),
        ("计划培训民警500人,实际培训620人。", ["620"]),
        ("计划在已建成32个警务室的基础上再建10个。", []),
        ("民警将新型毒品犯罪作为主攻方向,破案30起。", ["30"]),
        ("民警将新车查验前置到门店;派出所办理25项业务。", ["25"]),
        ("民警将新型毒品犯罪作为主攻方向,力争破案30起。", []),
        ("将新建派出所12个作为民生实事。", []),
        ("榆林市要求,年内发案率下降18%,群众安全感提升到90%。", []),
        ("成功争取挂牌督办案件4起,抓获嫌疑人29人。", ["4", "29"]),
        ("榆林市要求把创建与打击结合起来,全市发案率须同比下降15%,其中,“两抢”案件下降20%。", []),
    ],
)
def test_a_plan_is_no_outcome_and_words_that_look_like_one_are_none(plain: str, values: list[str]) -> None:
    assert [value for _, value, _ in _told(plain)] == values


@pytest.mark.parametrize(
    ("plain", "indicators"),
    [
        (
            "全年刑事拘留人数,逮捕人数,行政拘留人数,同比分别上升41%、32%、14%。",
            ["刑事拘留人数", "逮捕人数", "行政拘留人数"],
        ),
        ("全年刑事拘留人数,逮捕人数同比分别上升41%、32%。", ["刑事拘留人数", "逮捕人数"]),
        ("社会治安持续向好,逮捕人数、刑拘人数同比分别上升41%、32%。", ["逮捕人数", "刑拘人数"]),
        ("刑事案件立案90起(增量主要集中在网络赌博方面),破案41起。", ["刑事案件立案", "刑事案件破案"]),
        ("严查网络赌博。捣毁一制售假药窝点,涉案金额达80万元。", ["制售假药窝点涉案金额"]),
        (
            "打掉侵财团伙52个,其中“双抢”案件零发案日31天,案件量同比下降14%。",
            ["打掉侵财团伙", "“双抢”案件零发案日", "“双抢”案件案件量"],
        ),
        ("在册吸毒人员三年以上戒断巩固率达83%。", ["在册吸毒人员三年以上戒断巩固率"]),
        ("新建监控42个,为近几年建设总量的两倍。", ["新建监控", "新建监控"]),
        ("考核成绩居全市第五,降网率居全市第二。", ["考核成绩", "降网率"]),
        ("2019年,破案数、抓获数与2018年战果相比分别下降8%、9%。", ["破案数", "抓获数"]),
    ],
)
def test_what_a_number_is_of_stands_where_the_words_put_it(plain: str, indicators: list[str]) -> None:
    assert [metric.indicator for metric in _metrics(plain)] == indicators


@pytest.mark.parametrize(
    ("plain", "names"),
    [
        ("电诈警情、损失数同比下降24.8%、39.1%。", ["电诈警情", "电诈损失数"]),
        ("电诈案件、损失数分别下降21%、33%。", ["电诈案件", "电诈案件损失数"]),
    ],
)
def test_what_is_lost_is_lost_to_fraud_not_by_calls(plain: str, names: list[str]) -> None:
    assert [name for name, _, _ in _told(plain)] == names


@pytest.mark.parametrize(
    ("plain", "told"),
    [
        (
            "查获未成年人91名,其中18岁以下的有38名,12岁以下的有9名,6岁以下的有2名。",
            [
                ("查获未成年人", "91"),
                ("查获18岁以下", "38"),
                ("查获12岁以下", "9"),
                ("查获6岁以下", "2"),
            ],
        ),
        ("圆满完成200余场次的防爆安检任务。", [("防爆安检任务", "200")]),
        ("单日接警最高值为8月4日的410起。", [("单日接警最高值", "410")]),
        ("接警3.1万起,单日最高量出现在8月4日,达410起。", [("接警", "31000"), ("单日最高量", "410")]),
        (
            "实有人员中,青少年占50%,占新增人员的90%。",
            [("青少年占", "50"), ("青少年占新增人员", "90")],
        ),
        ("查验来自9个国家的旅客310人次。", [("查验来自国家的旅客", "9"), ("查验旅客", "310")]),
        (
            "新登记电动车74辆,占登记车辆的30%,比上年增加20辆。",
            [
                ("新登记电动车", "74"),
                ("新登记电动车占登记车辆", "30"),
                ("新登记电动车", "20"),
            ],
        ),
        (
            "查处酒驾905起,兴海、同德查处量较高,分别为318、305起。",
            [("查处酒驾", "905"), ("兴海酒驾查处量", "318"), ("同德酒驾查处量", "305")],
        ),
        (
            "查处酒驾905起,兴海、同德降幅较大,分别为31%、5%。",
            [("查处酒驾", "905"), ("兴海酒驾", "31"), ("同德酒驾", "5")],
        ),
        (
            "道路交通事故起数、死亡和受伤人数同比分别下降9%、7%和5%。",
            [("道路交通事故起数", "9"), ("道路交通事故死亡人数", "7"), ("道路交通事故受伤人数", "5")],
        ),
    ],
)
def test_members_of_a_list_are_told_one_by_one(plain: str, told: list[tuple[str, str]]) -> None:
    assert [(name, value) for name, value, _ in _told(plain)] == told


def test_cities_of_a_list_have_their_own_changes() -> None:
    article = article_of(
        "山西省公安厅通报\n2020年6月11日\n全省查处酒驾2905起,其中晋城、大同同比增幅较大,分别为:21%、12%。\n"
    )
    told = [(f.bureau, f.indicator, f.direction, f.comparison) for f in find_facts(article) if isinstance(f, Metric)]
    assert told[1:] == [
        ("晋城市公安局", "查处酒驾", "up", "yoy"),
        ("大同市公安局", "查处酒驾", "up", "yoy"),
    ]


def test_a_line_of_the_text_tells_more_than_the_title() -> None:
    article = article_of("南充警方抓获787人\n2019年3月5日\n截至3月4日\n●抓获犯罪嫌疑人787人\n●缴获枪支34支\n")
    assert [f.indicator for f in find_facts(article) if isinstance(f, Metric)] == ["抓获犯罪嫌疑人", "缴获枪支"]


def test_a_verb_alone_in_the_title_is_short_for_what_the_text_counts() -> None:
    article = article_of("永平警方一周抓获32人\n2019年3月5日\n永平县公安局查处案件19起,抓获违法犯罪人员32人。\n")
    assert [f.indicator for f in find_facts(article) if isinstance(f, Metric)] == ["抓获违法犯罪人员", "查处案件"]


def test_a_sentence_that_opens_with_a_movement_goes_on_about_the_one_before() -> None:
    told = _told("火灾发生83起,死亡2人,损失41万元。比上年同期分别下降9%、60%和23%。")
    assert [(name, value) for name, value, _ in told[3:]] == [
        ("火灾发生", "9"),
        ("火灾死亡", "60"),
        ("火灾损失", "23"),
    ]


@pytest.mark.parametrize(
    ("plain", "name"),
    [
        ("侦破一起虚开增值税专用发票案,抓获18人,涉案税额3亿元。", "虚开增值税专用发票案涉案税额"),
        ("打掉一个制售假酒团伙,捣毁窝点5处,案值41万元。", "制售假酒团伙案值"),
        ("侦破一起假冒商标案,带破案件9起,涉案金额41万元。", "案件涉案金额"),  # of the nine
    ],
)
def test_what_a_case_was_worth_is_of_the_case_that_is_told(plain: str, name: str) -> None:
    assert _told(plain)[-1][0] == name


TWO_FORCES = ("投入警力", "投入警车")


@pytest.mark.parametrize(
    ("plain", "names"),
    [
        ("受理举报线索84条,核查办结77条,办结率91%。", ["受理举报线索", "核查办结举报线索", "举报线索办结率"]),
        ("督导组交办的12条线索,已办结11条。", ["督导组交办线索", "办结督导组交办线索"]),
        ("捣毁制售假药窝点6处,破获相关案件17起。", ["捣毁制售假药窝点", "破获制售假药案件"]),
        ("返还被骗资金46万元,其中最大一笔12万元。", ["返还被骗资金", "返还被骗资金最大一笔"]),
        ("为牧区派出所配发摩托车27辆、对讲机90部。", ["为牧区派出所配发摩托车", "配发对讲机"]),
        ("68所学校“开学第一课”开课率100%。", ["学校“开学第一课”", "学校“开学第一课”开课率"]),
        ("取缔赌场6个;“夏夜”行动破案90起。", ["取缔赌场", "破案"]),
        ("破侵财案件8起,退赃款13万元。", ["破侵财案件", "退赃款"]),
        ("返还被骗资金19万元,惠及群众43人。", ["返还被骗资金", "返还被骗资金惠及群众"]),
        ("到案目标逃犯11名,到案率98%。", ["到案目标逃犯", "到案目标逃犯到案率"]),
        ("投入警力42人、警车9辆,“两抢”发案61起,同比少发34起、下降35%。", [*TWO_FORCES, *["“两抢”发案"] * 3]),
        ("诈骗发案28起,环比下降15%,但较去年同期仍上升9%。", ["诈骗发案"] * 3),
        ("在群众满意度调查中,我市得分89分,居全省第4位。", ["群众满意度调查得分"] * 2),
        ("胜利路、建设路平均车速提高了三成。", ["胜利路、建设路平均车速"]),
    ],
)
def test_what_is_left_out_is_of_the_count_before(plain: str, names: list[str]) -> None:
    assert [name for name, _, _ in _told(plain)] == names


def test_months_named_in_their_order_are_those_of_their_values() -> None:
    told = _told("8月、9月,诈骗发案环比分别下降19.6%、8.3%。", "2020-10-10")
    assert [days for _, _, days in told] == ["2020-08-01..2020-08-31", "2020-09-01..2020-09-30"]


def test_a_month_that_is_none_names_no_month() -> None:
    view = "0月、8月查处酒驾70起、95起。"
    row = find_mentions(view, 0, len(view), [Mention("period", 0, 5, "period-month")])
    assert months_in_order(view, 0, read_statements(view, row), 2020) == {}


@pytest.mark.parametrize(
    ("plain", "periods"),
    [
        # The ends of the years of the sentence; the time of the first of a pair goes on with the pairs after it.
        ("2016年至2018年,立案从90起下降至60起;破案率从41%上升至62%。", ["2016", "2018", "2016", "2018"]),
        ("2016年至2018年,抢劫、盗窃案件分别由90起、80起降至60起、50起。", ["2016", "2016", "2018", "2018"]),
        ("去年,命案由2015年的23起减少到5起,破案率由65%提高到90%。", ["2015", "2019", "2015", "2019"]),
        ("去年,命案由2015年的23起减少到5起。破案率由65%提高到90%。", ["2015", "2019", "2019", "2019"]),
        ("2016年至2018年,立案下降至60起。", ["2016"]),
    ],
)
def test_levels_before_and_after_are_of_both_ends(plain: str, periods: list[str]) -> None:
    assert [period[:4] for _, _, period in _told(plain) if period] == periods


@pytest.mark.parametrize("words", ["上月", "上周", "上一周"])
def test_the_time_before_is_no_part_of_what_is_measured_against_it(words: str) -> None:
    (fact,) = _metrics(f"有效报警环比{words}下降6.2%。")
    assert (fact.indicator, fact.comparison) == ("有效报警", "mom")


@pytest.mark.parametrize(
    ("plain", "days"),
    [
        ("本周,接警40起,较上周的46起下降13%。", "2020-03-02..2020-03-08"),
        ("今年2月,接警40起,比上月的46起下降13%。", "2020-01-01..2020-01-31"),
        ("去年,接警40起,比上月的46起下降13%。", "2019-01-01..2019-12-31"),
        ("3月1日至7日,接警从去年46起降至40起。", "2019-03-01..2019-03-07"),
        ("9月和10月两个月完成一半,到11月底,两个区中,分别已达标46个和10个。", "2019-01-01..2019-11-30"),
    ],
)
def test_a_former_value_is_of_the_time_before(plain: str, days: str) -> None:
    assert [told for _, value, told in _told(plain) if value == "46"] == [days]


def test_each_of_several_indicators_holds_a_position() -> None:
    told = _told("盗窃、诈骗立案数同比分别下降9%、7%,两项指标在城区分局中均排名第一。")
    assert [value for _, value, _ in told] == ["9", "7", "1", "1"]


def test_whom_a_gang_lost_are_its_members() -> None:
    assert ("抓获盗窃电缆团伙成员", "9") in [told[:2] for told in _told("端掉一个流窜三省的盗窃电缆团伙,抓获9人。")]


def test_numbers_of_a_speech_are_claims_and_those_of_a_name_are_not() -> None:
    assert _told("“化解纠纷640起,盗窃警情下降11.5%。”局长说。")[0][:2] == ("化解纠纷", "640")
    assert _told("推行“三级五联,两员进村”工作法。") == []


YEARS = [f"{year}-01-01..{year}-12-31" for year in range(2015, 2020)]


@pytest.mark.parametrize(
    ("plain", "periods"),
    [
        ("2018年、2019年分别查处酒驾45起、61起。", YEARS[3:]),
        ("2017、2018和2019年依次破案70起、66起、58起。", YEARS[2:]),
        ("2017年至2019年,群众安全感分别为94.1%、95.2%、96.3%。", YEARS[2:]),
        ("2015年至2019年,群众满意度分别为91%、92%、93%、94%,96%连续五年攀升。", YEARS[:4]),
        ("2017年至2019年,分别破获盗窃案件70起、诈骗案件66起。", ["2017-01-01..2019-12-31"] * 2),
        ("2018年与2019年相比,破案70起、66起。", [YEARS[3]] * 2),
        ("2019年,警情比2016年、2017年分别下降9%、7%。", [YEARS[4]] * 2),
        ("1月1日至3日17时30分,全市共接警310起。", ["2020-01-01..2020-01-03"]),
        ("2019年、2020年分别查处酒驾45起、61起。", [YEARS[4], "2020-01-01..2020-03-10"]),
    ],
)
def test_values_in_a_row_stand_for_the_years_before_them(plain: str, periods: list[str]) -> None:
    found = _told(plain)
    assert len(found) >= len(periods)
    assert [period for _, _, period in found][: len(periods)] == periods


@pytest.mark.parametrize(
    ("plain", "baselines"),
    [
        ("2019年,警情与2016年、2017年、2018年相比分别下降9%、7%、4%。", YEARS[1:4]),
        (
            "2019年上半年,警情与2017年和2018年同比分别减少90起、70起。",
            ["2017-01-01..2017-06-30", "2018-01-01..2018-06-30"],
        ),
        ("2019年,警情比2016年、2017年、2018年分别下降9%、7%、4%。", YEARS[1:4]),
        ("与2017年、2018年相比,2019年警情下降9%。", []),
    ],
)
def test_changes_in_a_row_are_measured_against_the_years_before_them(plain: str, baselines: list[str]) -> None:
    metrics = [m for m in _metrics(plain) if m.comparison == "base" and m.period and m.period.start.year == 2019]
    found = [f"{m.baseline.start}..{m.baseline.end}" for m in metrics if m.baseline]
    assert found[: len(baselines)] == baselines
    assert len(found) >= len(baselines)


def test_equal_numbers_of_a_drive_and_of_a_year_are_two_claims() -> None:
    plain = "2019年,缴获毒品900公斤。\n2018年10月至2019年3月,“百城”会战中,缴获毒品900公斤。"
    assert [m.campaign for m in _metrics(plain)] == [None, "百城"]


def test_what_is_built_on_is_no_change_since_last_year() -> None:
    first, second = _metrics("警情在连续三年下降20%的基础上,同比又下降1.5%。")
    assert (first.comparison, second.comparison) == (None, "yoy")
    assert first.streak is not None
    assert second.streak is None


def test_what_supplied_a_year_in_order_is_told() -> None:
    metrics = _metrics("2018年、2019年分别查处酒驾45起、61起。")
    assert {dict(m.derivation.context)["period"].partition(" @")[0] for m in metrics} == {"2018年、2019年"}


@pytest.mark.parametrize(
    ("plain", "period"),
    [
        ("“春雷”行动自2019年8月6日起,历时3个月。行动以来,破案37起。", "2019-08-06..2019-11-05"),
        ("从2019年8月8日开始,部署开展为期20天的毒驾专项整治行动。行动期间,破案37起。", "2019-08-08..2019-08-27"),
        ("2019年“春雷”行动开展以来,民警不辞辛劳。“春雷”行动开展以来,破案37起。", "2019-01-01..2020-03-10"),
        ("破案37起。会上通报了2019年的亮眼成绩单。", "2019-01-01..2019-12-31"),
        ("2019年,推进夏季、秋冬季治安打击整治行动,破案37起。", "2019-01-01..2019-12-31"),
        ("2019年,在冬季“利剑”专项行动中,破案37起。", "2019-01-01..2019-12-31"),
        ("2月7日,警方通报了打击侵财犯罪工作情况。破案37起。", None),
        ("“春雷”行动开展以来,破案37起。\n2月7日,开展“夜巡”集中行动。行动以来,抓获5名。", None),
        ("“清网”行动近日结束。\n至2月8日,破案37起。", None),
        ("今年以来,治安平稳。\n至2月8日,破案37起。", "2020-01-01..2020-02-08"),
        ("2月7日,表彰大会召开。大会上,37名民警荣获“巡防标兵”称号。", "2020-02-07..2020-02-07"),
        ("2月7日,晚会举行。去年,民警奋战不息。当晚,37名民警获评“巡防标兵”。", "2020-02-07..2020-02-07"),
    ],
)
def test_drives_seasons_and_reviews_date_what_they_should(plain: str, period: str | None) -> None:
    assert [found for _, value, found in _told(plain) if value == "37"] == [period]


def test_the_bars_and_gaps_of_a_headline_part_its_claims() -> None:
    plain = "平安主题新闻发布会|刑事警情下降30.8% 破案率上升5.2%\n  2020年1月3日,发布会举行,民警到场。"
    assert {indicator for indicator, _, _ in _told("\n" + plain)} == {"刑事警情", "刑事案件破案率"}


def test_a_five_year_plan_is_a_baseline() -> None:
    (metric,) = _metrics("“十三五”期间,街面抢劫警情与“十二五”相比下降61%。", "2021-02-01")
    assert metric.baseline is not None
    assert (metric.comparison, metric.baseline.start.year, metric.baseline.end.year) == ("base", 2011, 2015)


def test_money_is_known_by_what_is_done_with_it() -> None:
    (metric,) = _metrics("全年紧急止付4100余万。")
    assert (metric.kind, metric.unit, str(metric.value)) == ("money", "元", "41000000")


OWN = sorted((ROOT / "tests/articles").glob("*.txt"))


@pytest.mark.parametrize(
    "path",
    [
        *sorted(SEEDS.glob("*.txt")),
        *(pytest.param(path, marks=[pytest.mark.long] * (number % 3 > 0)) for number, path in enumerate(OWN)),
    ],
)
def test_the_gate_reads_every_value_again_in_its_quote(path: Path) -> None:
    metrics = [fact for fact in find_facts(read_article(path)) if isinstance(fact, Metric) and fact.value is not None]
    unread = [m for m in metrics if m.value is not None and not any(states(e.quote, m.value) for e in m.evidence)]
    assert [(m.indicator, m.value, m.evidence[0].quote) for m in unread] == []


def test_the_gate_reads_minutes_and_small_shares_in_words() -> None:
    metrics = _metrics("平均出警时间为5分半钟,平均接警时间为1分45秒,发案率为万分之30.5。")
    assert [str(m.value) for m in metrics] == ["5.5", "1.75", "0.305"]
    assert all(m.value is not None and states(m.evidence[0].quote, m.value) for m in metrics)


@pytest.mark.parametrize(
    ("plain", "indicators"),
    [
        (
            "建设3座机库、配备6架直升机、28架无人机。",  # the verb nearest before
            ["建设机库", "配备直升机", "配备无人机"],
        ),
        ("全县有31个社区、152个网格、412个小区警务室。", ["社区", "网格", "小区警务室"]),  # 警务室 is said of none
        (
            "抓获吸毒人员15人,捣毁窝点2个;打掉3个黑恶团伙,抓获11人。",
            ["抓获吸毒人员", "捣毁窝点", "打掉黑恶团伙", "抓获"],
        ),
        ("“一网通办”事项230项;推出便利企业新举措,惠及6万人次。", ["“一网通办”事项", "惠及"]),
        ("破获刑事案件31起,经济案件22起。", ["破获刑事案件", "破获经济案件"]),
        ("破获盗窃案件31起,抢劫案件发案22起。", ["破获盗窃案件", "抢劫案件发案"]),  # says what of its own
    ],
)
def test_a_list_shares_the_verb_that_is_its_own(plain: str, indicators: list[str]) -> None:
    assert [name for name, _, _ in _told(plain)] == indicators


def test_a_fall_year_by_year_and_one_against_a_year_named_are_two_claims() -> None:
    found = _metrics("刑事警情连续四年两位数下降,比2012年下降51.9%。", "2016-12-31")
    assert [(m.indicator, m.streak is not None, m.comparison) for m in found] == [
        ("刑事警情", True, None),
        ("刑事警情", False, "base"),
    ]


def test_its_days_are_those_of_the_drive_named_last() -> None:
    plain = "2018年6月,县公安局启动夜查行动。今年“春风”行动开展以来,全警上路。其间,查处酒驾31起。"
    assert _told(plain) == [("查处酒驾", "31", "2020-01-01..2020-03-10")]


def test_problems_told_beside_plans_are_no_plans() -> None:
    plain = "五、存在的问题和2020年工作打算\n一是警力不足,全局民警只有94名。\n2020年,力争建成警务室6个。"
    assert [name for name, _, _ in _told(plain)] == ["民警"]


def test_a_drive_is_set_against_the_days_before_it() -> None:
    plain = "1月11日至2月19日,县公安局开展“冬剑”行动。与行动前40天相比,街面警情下降8%。"
    (found,) = _metrics(plain, "2020-03-10")
    assert found.comparison == "base"
    assert found.baseline == Period(date(2019, 12, 2), date(2020, 1, 10))


@pytest.mark.parametrize(
    ("plain", "indicators"),
    [
        (
            "登记流动人口3600人、出租房屋890户,登记率分别达到98.6%和99.1%。",
            ["登记流动人口", "登记出租房屋", "流动人口登记率", "出租房屋登记率"],
        ),
        ("新增警务室36个,总数达到120个,覆盖率超过85%。", ["新增警务室", "警务室总数", "警务室覆盖率"]),
        (
            "抓获网上逃犯83名,其中命案逃犯5名,抓获数同比上升15%。",
            ["抓获网上逃犯", "抓获命案逃犯", "网上逃犯抓获数"],
        ),
        ("新建派出所业务用房12个、改造23个。", ["新建派出所业务用房", "改造派出所业务用房"]),
        ("发现火灾隐患970处,督促整改941处。", ["发现火灾隐患", "督促整改火灾隐患"]),
        ("货车肇事仅占事故起数的9.4%。", ["货车肇事占事故起数"]),
        (
            "查验旅客90万人次(内地居民61万人次,外国人8万人次),同比增长9%。",  # all of them, not the last in brackets
            ["查验旅客", "查验内地居民", "查验外国人", "查验旅客"],
        ),
        (
            "民警辗转湖南长沙、湖北武汉、广东深圳、广西南宁等地抓获犯罪嫌疑人12名。",
            ["抓获犯罪嫌疑人"],
        ),
        ("在产业园区、商会等地设立护企工作站12个,派驻民警45名。", ["设立护企工作站", "派驻民警"]),
        ("139天命案零发案。", ["命案零发案", "命案发案"]),
        ("涉及酒驾的,占较大事故总量的31%。", ["涉及酒驾占较大事故总量"]),
        ("包头市三分之一的企业在这里备案。", ["企业在这里备案"]),
        (
            "东宁、绥芬河口岸日均查验旅客分别为4.1万人次、2.7万人次,同比分别增长8%、6%。",
            ["东宁口岸日均查验旅客", "绥芬河口岸日均查验旅客"] * 2,
        ),
        (
            "查处酒驾98起,醉驾28起,事故四项指标同比分别下降20%、10%、27%和55%。",  # which four, no list says
            ["查处酒驾", "查处醉驾", *["事故"] * 4],
        ),
        ("冻结账户89个,审核银行卡信息117条,冻结金额28万元。", ["冻结账户", "审核银行卡信息", "冻结金额"]),
        ("2100余名包头公安民警坚守一线。", ["公安民警坚守一线"]),
        ("2100余名包头公安民警面对考验。", ["公安民警"]),
        ("办理辖区内外地新生儿跨区域入户业务120笔。", ["办理辖区内外地新生儿跨区域入户业务"]),
        ("日均查验旅客3万人次,日均同比增长8.3%。", ["日均查验旅客"] * 2),
        ("命案立案9起。刑事立案下降12%,破案数上升6%。", ["命案立案", "刑事立案", "刑事案件破案数"]),
        (
            "侦破制假案件61起,打掉团伙8个,捣毁窝点14处,涉案价值900万元。",  # of the cases, not of the dens
            ["侦破制假案件", "打掉团伙", "捣毁窝点", "制假案件涉案价值"],
        ),
        (
            "侦办虚开和知识产权案件61起,抓获嫌疑人90名,涉案金额900万元。",
            ["侦办虚开和知识产权案件", "抓获嫌疑人", "虚开和知识产权案件涉案金额"],
        ),
        ("查处非现场交通违法行为960宗,现场查处交通违法行为310宗。", ["查处非现场交通违法行为", "现场查处交通违法行为"]),
        ("约谈措施落实不到位的企业35家、负责人51名。", ["约谈措施落实不到位的企业", "约谈负责人"]),
        ("打击处理卡贩64人,惩戒失信人员210人。", ["打击处理卡贩", "惩戒失信人员"]),
        ("刑事警情日均保持在10起以下。", ["刑事警情日均"]),
        ("破获盗窃案件31起。其中,绥德县公安局12起、清涧县公安局9起。", ["破获盗窃案件"] * 3),
        (
            "出动460名警力、84台警车巡控,将防线设在群众身边;42个警务站全天值守。",  # a clause of its own lies between
            ["出动警力", "出动警车巡控", "警务站全天值守"],
        ),
        ("改建派出所18个,其中1所完工、2所完成主体结构。", ["改建派出所", "派出所完工", "派出所完成主体结构"]),
        ("拘留12人,其中3人被逮捕。", ["拘留", "被逮捕"]),
        ("交警部门日均出动警力1220人次,警车380台次。", ["日均出动警力", "日均出动警车"]),
        ("接待群众现场办理业务480件,网上受理交管业务510件。", ["接待群众现场办理业务", "网上受理交管业务"]),
        (
            "3.盗窃自行车。本月环比上升12%。4.盗窃电动车。本月环比下降11.6%,同比下降9%。",
            ["盗窃自行车", *["盗窃电动车"] * 2],
        ),
        ("审批护照31.2万证次,同比上年直接增加6.8万证次。", ["审批护照"] * 2),
        ("考试通过率达100%.\n抓获逃犯9名.\n化解纠纷4起。", ["考试通过率", "抓获逃犯", "化解纠纷"]),
        ("2019年数据\n破案数\n612起\n命案破案率\n100%\n抓获嫌疑人\n430人", ["破案数", "命案破案率", "抓获嫌疑人"]),
        ("对16个所队、50个单位和103名个人进行表彰。", ["所队进行表彰", "单位进行表彰", "个人进行表彰"]),
        ("查处违法人员22人,批评教育488人。", ["查处违法人员", "批评教育违法人员"]),
        ("发放资料30份,捐资1万元。", ["发放资料", "捐资"]),
        ("破案率、满意率均由60%提升到70%。", ["破案率", "满意率"] * 2),
        ("电诈警情下降12%,立案数下降6%,破案数上升9%。", ["电诈警情", "电诈案件立案数", "电诈案件破案数"]),
    ],
)
def test_what_a_number_is_of_where_the_clause_leaves_it_to_the_one_before(plain: str, indicators: list[str]) -> None:
    assert [name for name, _, _ in _told(plain)] == indicators


def test_part_of_a_year_is_set_against_the_whole_of_the_last() -> None:
    (count, change) = _metrics("前10个月,县公安局找回走失老人47名,比去年全年多19名。", "2020-11-10")
    assert count.comparison is None
    assert (change.comparison, change.baseline) == ("base", Period(date(2019, 1, 1), date(2019, 12, 31)))


def test_so_many_each_is_said_of_every_bureau_named() -> None:
    found = _metrics("固阳县公安局、达茂旗公安局分别打掉团伙各1个。")
    assert [m.bureau for m in found] == ["固阳县公安局", "达尔罕茂明安联合旗公安局"]


@pytest.mark.parametrize(
    ("plain", "told"),
    [
        ("命案破案率连续6年保持在96%以上。2019年达到98.2%。", [("命案破案率", "96"), ("命案破案率", "98.2")]),
        ("查处酒驾30起,网上办件量创历史新高,达到3万件。", [("查处酒驾", "30"), ("网上办件量", "30000")]),
        ("现行命案发案同比下降38.9%,并全部破获。", [("现行命案发案", "38.9"), ("现行命案破案率", "100")]),
        (
            "查获卷烟20箱共计2万支,扣押毒品3包共计900克。",
            [("查获卷烟", "20"), ("查获卷烟", "20000"), ("扣押毒品", "3"), ("扣押毒品", "900")],
        ),
        ("移交受贿和涉黑线索45件、62人。", [("移交受贿和涉黑线索", "45"), ("移交受贿和涉黑线索", "62")]),
        ("破获盗窃案件和抓获逃犯45起、62人。", [("破获盗窃案件", "45"), ("抓获逃犯", "62")]),
        ("为困难群众捐衣物1700件、现金10万元。", [("为困难群众捐衣物", "1700"), ("捐现金", "100000")]),
        ("对18个重点路段开展24小时武装巡逻。", [("重点路段开展武装巡逻", "18")]),
    ],
)
def test_a_number_keeps_the_head_that_its_own_words_tell(plain: str, told: list[tuple[str, str]]) -> None:
    assert [(name, value) for name, value, _ in _told(plain)] == told


def test_a_group_that_a_position_names_is_not_that_of_the_share_before() -> None:
    ranks = [m for m in _metrics("抓获数约占全省的四分之一,在全国32个省会城市中名列第一。") if m.kind == "rank"]
    assert [m.scope for m in ranks] == ["全国32个省会城市"]


@pytest.mark.parametrize(
    ("plain", "told"),
    [
        ("缴获毒品七百余千克。", [("缴获毒品", "700", "min")]),
        ("缴获冰毒二吨多。", [("缴获冰毒", "2", "min")]),
        ("缴获冰毒2吨多。", [("缴获冰毒", "2", "min")]),
        ("收缴光碟450余盘。", [("收缴光碟", "450", "min")]),
        ("查扣轿车一部、手机三部。", [("查扣轿车", "1", "exact"), ("查扣手机", "3", "exact")]),
        ("破案过百起。", [("破案", "100", "min")]),
        ("抓获嫌疑人逾廿万人。", [("抓获嫌疑人", "200000", "min")]),
        ("抓获嫌疑人卅一名。", [("抓获嫌疑人", "31", "exact")]),
        ("查扣货物市值过亿元。", [("查扣货物市值", "100000000", "min")]),
        ("缴获现金50万。", [("缴获现金", "500000", "exact")]),
        ("缴获海洛因49块重约1715克。", [("缴获海洛因", "49", "exact"), ("缴获海洛因", "1715", "approx")]),
    ],
)
def test_how_a_number_may_be_written(plain: str, told: list[tuple[str, str, str]]) -> None:
    assert [(m.indicator, str(m.value), m.bound) for m in _metrics(plain)] == told


def test_what_was_wholly_solved_for_years_is_told_though_it_is_built_on() -> None:
    solved, _ = _metrics("今年以来,米脂公安在连续5年命案全破的基础上,破案30起。")
    assert (solved.indicator, solved.value, solved.streak and solved.streak.n) == ("命案破案率", 100, 5)
    solved, _ = _metrics("在命案连续3年百分百破获的基础上,破案31起。")
    assert (solved.indicator, solved.value) == ("命案破案率", 100)


@pytest.mark.parametrize(
    ("plain", "indicators"),
    [
        (
            "电信网络诈骗案件既遂数、接报金额同比分别下降10%、20%。",
            ["电信网络诈骗案件既遂数", "电信网络诈骗案件接报金额"],
        ),
        ("诈骗案件立案数和经济损失数分别下降11%、21%。", ["诈骗案件立案数", "诈骗案件经济损失数"]),
        ("打击假币犯罪。在打击“虚开骗税”专项行动中,破案15起。", ["虚开骗税破案"]),
        ("打击假币犯罪。在打击“甲乙丙丁”专项行动中,破案15起。", ["破案"]),
        ("侦破省公安厅督办案件5起。", ["侦破省公安厅督办案件"]),
        ("抓获公安部明确的九类案件嫌疑人47名。", ["抓获公安部明确的九类案件嫌疑人"]),
        ("打掉团伙数和打击人数均列全市第一。", ["打掉团伙数", "打击人数"]),
        ("全县刑事治安警情、盗窃警情同比分别下降2%、14%和9%。", ["刑事警情", "治安警情", "盗窃警情"]),
        ("全县刑事治安警情同比下降2%。", ["刑事治安警情"]),
        ("逮捕犯罪嫌疑人20人、取保候审15人,服刑押回3人。", ["逮捕犯罪嫌疑人", "取保候审", "服刑押回"]),
        ("缉捕或劝返逃犯12名,缉捕率95%。", ["缉捕或劝返逃犯", "逃犯缉捕率"]),
        ("1至6月,全县公安机关处置警情9000起。", ["处置警情"]),
        ("涉诈资金返还共计300万元。", ["涉诈资金返还"]),
        ("抓获李某龙等3名嫌疑人。", ["抓获嫌疑人"]),
        ("各个层次的民警培训31人次。", ["各个层次的民警培训"]),
        ("八类案件、治安受案,同比过去三年合理均值,分别下降10%、7%。", ["八类案件", "治安受案"]),
    ],
)
def test_what_an_indicator_keeps_of_its_words(plain: str, indicators: list[str]) -> None:
    assert [m.indicator for m in _metrics(plain)] == indicators


def test_a_paragraph_may_end_with_a_number_before_one_that_opens_with_its_day() -> None:
    article = article_of(
        "米脂破获案件\n2019年11月25日\n"
        "今年以来,米脂县公安局破案85起,刑拘犯罪嫌疑人6100名,缴获各类毒品31.7公斤、制毒物品20吨\n"
        "11月21日上午,米脂县公安局召开新闻发布会。\n"
    )
    told = [fact.indicator for fact in find_facts(article) if isinstance(fact, Metric)]
    assert told == ["破案", "刑拘犯罪嫌疑人", "缴获各类毒品", "缴获制毒物品"]


@pytest.mark.parametrize(
    ("plain", "told"),
    [
        ("破获刑事案件146起。在破获的146起案件中,盗窃案件31起。", [("破获刑事案件", "146"), ("盗窃案件", "31")]),
        ("查处违法83.6万起。在查处的80多万起违法中,超速占31%。", [("查处违法", "836000"), ("超速占", "31")]),
        ("破获刑事案件146起。在处理的92起警情中,求助31起。", None),
    ],
)
def test_a_recap_is_no_second_number(plain: str, told: list[tuple[str, str]] | None) -> None:
    found = [(indicator, value) for indicator, value, _ in _told(plain)]
    assert found == told if told else len(found) == 3


@pytest.mark.parametrize(
    ("plain", "indicators"),
    [
        ("夜间9时至12时交通事故集中,占比为34%。", ["夜间9时至12时交通事故占"]),
        (
            "货车肇事占总数的41%,其次是客车、摩托车,死亡人数分别占总数的22%、13%。",
            ["货车肇事占总数", "客车死亡人数占总数", "摩托车死亡人数占总数"],
        ),
        ("1.盗窃电缆。本月环比上升14.7%,同比下降5.1%。", ["盗窃电缆", "盗窃电缆"]),
        ("堵塞警情环比下降2.2%。其中,城区环比下降14.7%;郊区环比上升3%。", ["堵塞警情", "城区堵塞警情", "郊区堵塞警情"]),
        ("反诈工作由2018年位列全市第8名到2019年跻身全市第4名。", ["反诈工作", "反诈工作"]),
        ("立案数上升幅度由22.5%回落至7.8%。", ["立案数", "立案数"]),
        ("吕梁晚报吕梁讯 我市破获刑事案件146起。", ["破获刑事案件"]),
    ],
)
def test_a_share_or_change_takes_its_name_from_what_stands_before(plain: str, indicators: list[str]) -> None:
    assert [indicator for indicator, _, _ in _told("\n" + plain)] == indicators


def test_a_comparison_holds_for_the_list_that_its_clause_goes_on_with() -> None:
    plain = "接警量同比下降19%、刑事案件下降75%和盗窃案件下降8%,赌博案件下降3%。"
    assert [m.comparison for m in _metrics(plain)] == ["yoy", "yoy", "yoy", None]


def test_a_comparison_heads_a_long_list() -> None:
    words = ["盗窃", "抢夺", "抢劫", "诈骗", "赌博", "斗殴", "噪音", "求助"]
    plain = "与去年同期相比," + ";".join(f"{w}警情增加1{n}起、上升{n}.3%" for n, w in enumerate(words, 2)) + "。"
    assert {m.comparison for m in _metrics(plain)} == {"yoy"}


@pytest.mark.parametrize(
    "plain",
    [
        "从2016年3月1日开始,全县部署为期99999个月的护林专项行动,抓获盗伐人员31名。",
        "从2016年3月1日开始,全县部署为期999999999天的护林专项行动。行动期间,抓获盗伐人员31名。",
        "为期999999999天的“雪鹰”行动从3月1日开始,抓获盗伐人员31名。",
        "近999999999周,抓获盗伐人员31名。",
        "海原县公安分别占总数的36%、12%,抓获盗伐人员31名。",
        "游仙分局、涪城分局分别0起。抓获盗伐人员31名。",
    ],
)
def test_broken_words_take_no_other_number_along(plain: str) -> None:
    assert ("抓获盗伐人员", "31") in [(name, value) for name, value, _ in _told(plain)]


def test_quarters_named_before_as_many_values() -> None:
    told = _told("2019年第一、第二季度,满意度先后排在全市第9位和第3位。")
    assert [when for _, _, when in told] == ["2019-01-01..2019-03-31", "2019-04-01..2019-06-30"]


@pytest.mark.parametrize(
    ("plain", "years"),
    [
        ("2019年,刑事立案比2017年少28起,降幅28.9%。", [2017, 2017]),
        ("2019年,刑事立案90宗,较2018年减少28宗,下降23.7%。", [2018, 2018]),
        ("2019年,刑事立案较2018年上升28宗,升幅为28.9%。", [2018, 2018]),
        ("2019年,刑事立案比2017年少28起,同比下降8.9%。", [2017, None]),
        ("2019年,刑事立案比2017年少28起,盗窃立案降幅28.9%。", [2017, None]),
        ("2019年,刑事立案比2017年少28起,破案升幅28.9%。", [2017, None]),
    ],
)
def test_the_size_of_a_movement_is_measured_against_its_days(plain: str, years: list[int | None]) -> None:
    changes = [fact for fact in _metrics(plain) if fact.kind == "change"]
    assert [fact.baseline and fact.baseline.start.year for fact in changes] == years


def test_a_time_in_brackets_before_a_number_dates_it() -> None:
    (metric,) = _metrics("庆城县公安局侦破命案(2015年1至3月)12起。")
    assert (metric.indicator, metric.period) == ("侦破命案", Period(date(2015, 1, 1), date(2015, 3, 31)))
