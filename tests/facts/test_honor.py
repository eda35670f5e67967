from __future__ import annotations

from datetime import date

import pytest

from kg.article import article_of
from kg.extraction import find_facts
from kg.facts.bureau import find_bureaus
from kg.facts.honor import find_honors, honor_spans
from kg.facts.honor.given import suits
from kg.facts.model import Honor, Period, Streak
from kg.facts.timeline import read_timeline
from kg.mentions.lexicon import load_lexicon
from kg.text import text_of

PUBLISHED = date(2023, 12, 30)
HOME = "镇安县公安局召开会议。"


def honors(sentence: str, home: str = HOME) -> list[Honor]:
    text = text_of(home + sentence, published=PUBLISHED)
    return find_honors(text, find_bureaus(text), read_timeline(text))


def brief(sentence: str, home: str = HOME) -> set[tuple[str, str]]:
    return {(honor.recipient, honor.title) for honor in honors(sentence, home)}


def test_grantor_stands_between_bei_and_verb() -> None:
    (honor,) = honors("2022年,县公安局被省公安厅记集体二等功。")
    assert honor.grantor == "陕西省公安厅"
    assert honor.level == "provincial"
    assert honor.period == Period(date(2022, 1, 1), date(2022, 12, 31))


@pytest.mark.parametrize(
    ("home", "sentence", "day"),
    [
        (
            "荔波县公安局召开总结表彰大会\n\n1月10日上午,荔波县公安局召开表彰大会。\n\n2022年,全县刑事立案下降12%。\n\n",
            "会上,刑侦大队被授予“破案先锋集体”称号。",
            date(2023, 1, 10),
        ),
        (
            "荔波县人民政府关于对县公安局予以通令嘉奖的决定\n\n2021年,县公安局破获刑事案件320起。\n\n",
            "县人民政府决定,对县公安局予以通令嘉奖。",
            PUBLISHED,
        ),
    ],
)
def test_a_meeting_and_a_decision_date_what_they_award(home: str, sentence: str, day: date) -> None:
    assert {honor.period for honor in honors(sentence, home)} == {Period(day, day)}


def test_relative_clauses_in_a_row_honour_each_their_own() -> None:
    told = "会上,对荣获全省优秀公安基层单位的城关派出所、荣获全国优秀人民警察的王立春进行了表彰。"
    station = "镇安县公安局城关派出所"
    assert brief(told) == {(station, "全省优秀公安基层单位"), ("王立春", "全国优秀人民警察")}


def test_streak_and_times() -> None:
    assert honors("县公安局连续3年被评为全省公安机关执法示范单位。")[0].streak == Streak(3, "年")
    assert honors("县公安局两次被公安部记集体一等功。")[0].times == 2


@pytest.mark.parametrize("rest", ["全省唯一", "盗窃、诈骗警情双下降"])
def test_a_space_in_a_headline_ends_a_title(rest: str) -> None:
    home = f"镇安县公安局获评全国优秀公安局 {rest}\n\n"
    assert brief("近日,该局受到表彰。", home) == {("镇安县公安局", "全国优秀公安局")}


def test_spans_cover_titles_of_unnamed_recipients() -> None:
    text = text_of("24个集体、213名个人受到表扬,12名民警荣立二等功。")
    assert [text.view[s.start : s.end] for s in honor_spans(text)] == ["二等功"]


@pytest.mark.parametrize(
    "sentence",
    [
        "12名民警荣立个人三等功。",
        "抓获犯罪嫌疑人3名。",
        "1个集体被表彰为全省公安机关先进集体。",
        "若获评全省优秀公安局,将奖励10万元。",
        "力争2024年获评全国优秀公安局。",
        "某小区被评为全县平安小区,居民陈某获评“陕西好人”。",
        "受害人被告知荣获一等奖,需缴纳手续费。",
        "警务室成为我县公安机关叫得响的“平安品牌”。",
        "向获得服务成就荣誉奖章的退休民警授予荣誉。",
        "“最美卫士”揭晓。",
        "成绩连续6年荣获全省前三名。",
        "入选全国公安机关执法示范单位候选名单。",
        "荣获国家级荣誉3项、省级荣誉12项。",
        "群众获得感、安全感明显提升,获赠锦旗20面。",
    ],
)
def test_what_looks_like_an_honor_and_is_none(sentence: str) -> None:
    assert honors(sentence) == []


def test_titles_of_one_verb_are_one_honor_each() -> None:
    found = brief("县公安局获评全省公安机关执法示范单位、“省级文明单位”和全市信访工作先进单位。")
    assert {title for _, title in found} == {
        "全省公安机关执法示范单位",
        "省级文明单位",
        "全市信访工作先进单位",
    }


def test_scopes_and_ranks_share_the_head_of_the_next() -> None:
    assert {title for _, title in brief("县公安局获评省级、市级文明单位。")} == {"省级文明单位", "市级文明单位"}
    assert {title for _, title in brief("县公安局荣立集体二、三等功。")} == {"集体二等功", "集体三等功"}


def test_recipients_and_titles_pair_in_their_order() -> None:
    sentence = "木王派出所、茅坪派出所分别荣立集体二等功、集体三等功。"
    assert brief(sentence) == {
        ("镇安县公安局木王派出所", "集体二等功"),
        ("镇安县公安局茅坪派出所", "集体三等功"),
    }


@pytest.mark.parametrize(
    ("sentence", "recipient", "kind", "bureau"),
    [
        ("县局荣立集体二等功。", "镇安县公安局", "bureau", "镇安县公安局"),
        ("刑侦大队荣立集体二等功。", "镇安县公安局刑侦大队", "unit", "镇安县公安局"),
        ("县公安局党委被评为先进党委。", "镇安县公安局党委", "unit", "镇安县公安局"),
        ("木王派出所等5个单位获评全市先进集体。", "镇安县公安局木王派出所", "unit", "镇安县公安局"),
        ("木王派出所民警韩志荣立个人三等功。", "韩志", "person", "镇安县公安局木王派出所"),
        ("民警买买提·艾力荣立个人三等功。", "买买提·艾力", "person", "镇安县公安局"),
        ("“山乡夜话”机制入选全省优秀案例。", "山乡夜话机制", "initiative", "镇安县公安局"),
        ("我县被评为全省平安建设先进县。", "镇安县", "bureau", "镇安县公安局"),
    ],
)
def test_kinds_of_recipients(sentence: str, recipient: str, kind: str, bureau: str) -> None:
    (honor,) = honors(sentence)
    assert (honor.recipient, honor.recipient_kind, honor.bureau) == (recipient, kind, bureau)


@pytest.mark.parametrize(
    ("sentence", "grantor", "level"),
    [
        ("县公安局被公安部记集体一等功。", "公安部", "national"),
        ("县公安局被市委市政府评为先进单位。", "商洛市委、商洛市政府", "municipal"),
        ("县公安局荣立集体三等功。", None, None),
        ("县公安局获国务院“先进模范单位”表彰。", "国务院", "national"),
        ("县公安局在全市公安机关年度考评中获评优秀等次。", None, "municipal"),
        ("县公安局被县委评为先进集体。", "镇安县委", "county"),
    ],
)
def test_grantors_and_levels(sentence: str, grantor: str | None, level: str | None) -> None:
    (honor,) = honors(sentence)
    assert (honor.grantor, honor.level) == (grantor, level)


def test_whole_city_means_province_in_a_city_province() -> None:
    (honor,) = honors("南桥派出所获评全市优秀集体。", home="上海市公安局奉贤分局召开会议。")
    assert honor.level == "provincial"


def test_a_prize_takes_the_name_of_its_contest() -> None:
    (honor,) = honors("在全省公安机关技能大赛中,县公安局获季军。")
    assert honor.title == "全省公安机关技能大赛季军"


def test_an_honor_told_twice_is_one_with_two_places() -> None:
    (honor,) = honors("2022年,县公安局获评全国优秀公安局。\n2022年,县公安局被公安部评为全国优秀公安局。")
    assert len(honor.evidence) == 2
    assert honor.grantor == "公安部"


def test_evidence_is_the_article_itself() -> None:
    text = text_of(HOME + "縣公安局榮獲「全國文明單位」稱號,民警張偉榮立個人三等功。", published=PUBLISHED)
    for honor in find_honors(text, find_bureaus(text), read_timeline(text)):
        for evidence in honor.evidence:
            assert text.article.text[evidence.start : evidence.end] == evidence.quote


# --- constructions of the genre --------------------------------------------------------------------------------------


def test_each_item_of_a_list_may_have_a_verb_of_its_own() -> None:
    sentence = "城关派出所荣获全国优秀公安基层单位、刑侦大队荣立集体二等功、民警赵刚荣获全省优秀人民警察。"
    assert brief(sentence) == {
        ("镇安县公安局城关派出所", "全国优秀公安基层单位"),
        ("镇安县公安局刑侦大队", "集体二等功"),
        ("赵刚", "全省优秀人民警察"),
    }


def test_a_second_verb_of_one_who_gives() -> None:
    first, second = honors("县公安局先后被省公安厅记集体三等功,评为全省公安机关绩效评估优秀单位。")
    assert (first.grantor, second.grantor) == ("陕西省公安厅", "陕西省公安厅")


def test_bodies_and_titles_pair_in_their_order() -> None:
    found = honors("县公安局先后被市委、市政府和省公安厅荣记集体三等功、集体二等功。")
    assert {(honor.title, honor.grantor, honor.level) for honor in found} == {
        ("集体三等功", "商洛市委、商洛市政府", "municipal"),
        ("集体二等功", "陕西省公安厅", "provincial"),
    }


def test_a_shared_head_and_the_year_of_a_list() -> None:
    found = honors("县公安局被评为2021年度县直目标管理考核、平安建设考核先进单位和市文明单位。")
    assert [honor.title for honor in found] == ["县直目标管理考核先进单位", "平安建设考核先进单位", "市文明单位"]
    assert {honor.period for honor in found} == {Period(date(2021, 1, 1), date(2021, 12, 31))}


@pytest.mark.parametrize(
    ("sentence", "recipient", "bureau"),
    [
        ("交警大队荣立集体三等功,柴坪中队荣立集体二等功。", "镇安县公安局交警大队柴坪中队", "镇安县公安局交警大队"),
        ("“302”专案组荣立集体二等功。", "302专案组", "镇安县公安局"),
        ("森林警察大队荣立集体二等功。", "镇安县公安局森林警察大队", "镇安县公安局"),
    ],
)
def test_teams_by_their_own_names(sentence: str, recipient: str, bureau: str) -> None:
    honor = next(honor for honor in honors(sentence) if honor.title == "集体二等功")
    assert (honor.recipient, honor.recipient_kind, honor.bureau) == (recipient, "unit", bureau)


def test_a_roll_after_a_colon() -> None:
    notice = "省公安厅命名“全省优秀派出所”,我县2家单位入围。这2家单位分别是:城关派出所、木王派出所。"
    assert brief(notice) == {
        ("镇安县公安局城关派出所", "全省优秀派出所"),
        ("镇安县公安局木王派出所", "全省优秀派出所"),
    }


def test_titles_before_those_who_hold_them() -> None:
    sentence = "会议对获评“全县先进集体”荣誉称号的城关派出所、木王派出所等6个单位进行表彰。"
    assert brief(sentence) == {
        ("镇安县公安局城关派出所", "全县先进集体"),
        ("镇安县公安局木王派出所", "全县先进集体"),
    }


def test_who_decided_gives() -> None:
    (honor,) = honors("省公安厅决定,授予县公安局“全省公安机关先进集体”称号。")
    assert honor.grantor == "陕西省公安厅"


def test_work_since_it_was_made() -> None:
    sentence = "“一码通办”服务自推出以来,广受群众欢迎,荣获全省“智慧警务”创新大赛一等奖。"
    assert brief(sentence) == {("一码通办服务", "全省智慧警务创新大赛一等奖")}


def test_pronouns_mean_the_person_before() -> None:
    sentence = "民警赵刚从警二十年。他先后荣获全国优秀人民警察、全省最美基层民警。"
    assert brief(sentence) == {("赵刚", "全国优秀人民警察"), ("赵刚", "全省最美基层民警")}


@pytest.mark.parametrize(
    ("sentence", "period"),
    [
        ("2020年、2021年连续两年被评为全市先进单位。", (date(2020, 1, 1), date(2021, 12, 31))),
        ("被授予2019-2020年度“全市先进单位”称号。", (date(2019, 1, 1), date(2020, 12, 31))),
        ("县公安局在去年的全省表彰大会上获评全省先进单位。", (date(2022, 1, 1), date(2022, 12, 31))),
        ("近日,县公安局获评全市先进单位。", (date(2023, 1, 1), PUBLISHED)),
        ("县公安局去年7月因公牺牲的民警李国强,近日被追授二级英雄模范。", (date(2023, 1, 1), PUBLISHED)),
        ("5月25日上午,全市表彰大会举行。县公安局获评全市先进单位。", (date(2023, 5, 25), date(2023, 5, 25))),
    ],
)
def test_when_it_was_given(sentence: str, period: tuple[date, date]) -> None:
    (honor,) = honors(sentence)
    assert honor.period == Period(*period)


def test_years_leave_the_title_and_names_with_years_date_nothing() -> None:
    (honor,) = honors("2023年5月,县公安局获评全国公安机关“昆仑2022”专项行动成绩突出集体。")
    assert honor.title == "全国公安机关昆仑2022专项行动成绩突出集体"
    assert honor.period == Period(date(2023, 5, 1), date(2023, 5, 31))
    (honor,) = honors("县公安局被评为全省公安机关2022年度绩效评估优秀单位。")
    assert honor.title == "全省公安机关绩效评估优秀单位"


def test_a_decision_dates_what_it_awards() -> None:
    plain = "近日,省公安厅印发陕公通〔2023〕6号文,《关于表彰2021年度执法标兵的决定》,县公安局被评为执法示范单位。"
    (honor,) = honors(plain)
    assert honor.period == Period(date(2021, 1, 1), date(2021, 12, 31))


def test_one_each_of_those_whom_the_clause_before_lists() -> None:
    sentence = "刑警大队赵立新、县公安局禁毒大队韩学军,一人摘得“全省反诈能手”,一人获评“全省禁毒能手”。"
    assert brief(sentence) == {("赵立新", "全省反诈能手"), ("韩学军", "全省禁毒能手")}


def test_brackets_tell_the_agency_of_their_person_alone() -> None:
    found = honors("民警赵立新(柞水县公安局)、韩学军分别当选“陕西最美警察”、“全省优秀人民警察”。")
    assert {(honor.recipient, honor.bureau) for honor in found} == {
        ("赵立新", "柞水县公安局"),
        ("韩学军", "镇安县公安局"),
    }


def test_a_date_in_brackets_dates_its_title_alone() -> None:
    lines = "\n镇安县公安局:全国禁毒工作先进集体(2020年6月)\n城关派出所:全省优秀公安基层单位"
    dated, undated = sorted(honors(lines), key=lambda honor: honor.evidence[0].start)
    assert dated.period == Period(date(2020, 6, 1), date(2020, 6, 30))
    assert undated.period == Period(date(2023, 1, 1), PUBLISHED)


def test_the_year_of_another_title_dates_only_that() -> None:
    found = honors("县公安局获评2021年全省优秀公安局,由公安部记集体一等功1次。")
    assert [(honor.title, honor.period and honor.period.start.year) for honor in found] == [
        ("全省优秀公安局", 2021),
        ("集体一等功", 2023),
    ]


def test_what_was_received_besides_is_of_the_same_year() -> None:
    found = honors("2019年县公安局被评为平安单位;2021年被市公安局集体嘉奖,还被评为“清水”行动先进集体。")
    assert [(honor.title, honor.period and honor.period.start.year) for honor in found] == [
        ("平安单位", 2019),
        ("集体嘉奖", 2021),
        ("清水行动先进集体", 2021),
    ]


def test_a_day_on_which_property_was_given_back_dates_no_award() -> None:
    (honor,) = honors("6月29日,县局召开退赃大会,发还赃物30件。刑警大队被市公安局记集体三等功。")
    assert honor.period == Period(date(2023, 1, 1), PUBLISHED)


@pytest.mark.parametrize("told", ["前不久,县公安局", "近年来,县公安局"])
def test_a_text_that_only_its_file_dates_dates_no_award(told: str) -> None:
    text = article_of(f"{HOME}{told}屡创佳绩。城关派出所被省公安厅命名为“枫桥式公安派出所”。", id="zhenan-2020")
    assert text.date_source == "deduced"
    (honor,) = (fact for fact in find_facts(text) if isinstance(fact, Honor))
    assert honor.period is None


def test_what_a_list_counts_since_its_first_time_is_of_no_year_told_between() -> None:
    told = (
        "2012年以来,城关派出所被表彰为先进集体;2019年被评为优秀公安基层单位;3次被授予“青年文明号”;荣立集体二等功1次。"
    )
    found = {honor.title: honor.period for honor in honors(told)}
    assert found["优秀公安基层单位"] == Period(date(2019, 1, 1), date(2019, 12, 31))
    assert found["集体二等功"] == found["青年文明号"] == Period(date(2012, 1, 1), PUBLISHED)


def test_streak_after_the_title() -> None:
    assert honors("县公安局获评全省优秀公安局(连续6年)。")[0].streak == Streak(6, "年")
    assert honors("县公安局被评为全省优秀公安局,这已是连续第3年。")[0].streak == Streak(3, "年")
    assert honors("县公安局连续第三次获评全省优秀公安局。")[0].streak == Streak(3, "次")


def test_who_gives_an_award_and_its_receivers_in_turn() -> None:
    found = honors("县委、县政府给县公安局发了嘉奖令;市公安局给刑警大队、铁厂派出所分别记集体三等功、嘉奖。")
    assert {(honor.recipient, honor.title, honor.grantor) for honor in found} == {
        ("镇安县公安局", "嘉奖令", "镇安县委、镇安县政府"),
        ("镇安县公安局刑警大队", "集体三等功", "商洛市公安局"),
        ("镇安县公安局铁厂派出所", "嘉奖", "商洛市公安局"),
    }


def test_a_part_of_the_unit_last_spoken_of() -> None:
    assert brief("铁厂派出所上门办证260次,派出所内勤组荣获“全省青年文明号”。") == {
        ("镇安县公安局铁厂派出所内勤组", "全省青年文明号"),
    }


def test_a_post_is_no_title() -> None:
    sentence = "刑警大队荣获全省先进集体,诸县公安局铁厂派出所所长赵立新获评全国公安机关爱民模范。"
    assert {title for recipient, title in brief(sentence) if recipient == "赵立新"} == {"全国公安机关爱民模范"}


def test_the_sum_of_prizes_is_no_part_of_the_last() -> None:
    assert brief("县公安局斩获全省公安机关微视频大赛一等奖、最佳组织奖两项大奖。") == {
        ("镇安县公安局", "全省公安机关微视频大赛一等奖"),
        ("镇安县公安局", "最佳组织奖"),
    }


def test_who_supervises_a_case_does_not_hold_its_award() -> None:
    (honor,) = honors("由公安部挂牌督办的“7·05”专案,被省公安厅评为全省精品案件。")
    assert honor.bureau == "镇安县公安局"


def test_a_place_before_a_unit_means_its_own_such_unit() -> None:
    assert brief("丹凤、柞水县公安局交警大队双双荣立集体三等功。", "商洛市公安局召开会议。") == {
        ("丹凤县公安局交警大队", "集体三等功"),
        ("柞水县公安局交警大队", "集体三等功"),
    }


def test_words_after_a_quotation_keep_their_subject() -> None:
    sentence = "“我就告诉自己,一辈子不抹黑。”铁厂派出所所长赵立新从警24年,被授予“全国公安机关爱民模范”称号。"
    assert brief(sentence) == {("赵立新", "全国公安机关爱民模范")}


def test_who_hosts_a_contest_gives_its_award() -> None:
    (honor,) = honors("县公安局在市委政法委组织的绩效考核中获评优秀等次。")
    assert honor.grantor == "商洛市委政法委"


def test_a_contest_is_named_without_when_it_was_held_and_the_bureau_is_not_whose_it_was() -> None:
    (honor,) = honors("在今年9月举行的商洛市公安系统大比武中,该局获得团体总分第一名。")
    assert (honor.title, honor.recipient) == ("商洛市公安系统大比武团体总分第一名", "镇安县公安局")


def test_each_title_says_who_can_hold_it() -> None:
    lexicon = load_lexicon("honor_head")
    told = {
        word: {suits(kind, lexicon.get(word, "kind")) for kind in ("bureau", "unit", "person", "initiative")}
        for word in lexicon.rows
    }
    assert [word for word, answers in told.items() if True not in answers] == []


PORTRAIT = "大山深处的守护人\n——记镇安县公安局云盖寺派出所所长秦兆平\n\n"
OF_STATION = "镇安县公安局云盖寺派出所辖4个乡镇。"


def test_a_person_whom_a_paragraph_names_without_a_role_holds_what_he_received() -> None:
    told = "秦兆平常在雨里走村。这些年,他先后荣立个人三等功2次。"
    (honor,) = honors(told, f"{PORTRAIT}{OF_STATION}\n\n")
    assert (honor.recipient, honor.times) == ("秦兆平", 2)
    assert honor.bureau == "镇安县公安局云盖寺派出所"


def test_he_is_the_person_of_the_heading_where_the_paragraph_names_nobody() -> None:
    told = "他被评为“全省优秀人民警察”。"
    assert brief(told, f"{PORTRAIT}{OF_STATION}\n\n") == {("秦兆平", "全省优秀人民警察")}
    assert brief(told, f"大山深处的守护人\n\n{OF_STATION}\n\n") == set()


def test_that_centre_is_the_one_named_before() -> None:
    told = "县反诈中心劝阻群众320人。该中心获公安部评为“全国打击电信诈骗先进集体”。"
    assert brief(told) == {("镇安县公安局反诈中心", "全国打击电信诈骗先进集体")}


def test_who_signs_an_order_holds_no_honour_of_the_next_sentence() -> None:
    told = "公安部部长魏长河签署命令,给集体记功。曾荣获“全国公安系统二级英雄模范”的那位教导员,今天又上了山。"
    assert "魏长河" not in {honor.recipient for honor in honors(told)}


def test_honours_counted_up_have_not_the_year_of_another() -> None:
    told = "2019年获评全国优秀公安局。荣立集体二等功2次。"
    assert {(h.title, h.period.start.year if h.period else None) for h in honors(told)} == {
        ("全国优秀公安局", 2019),
        ("集体二等功", None),
    }


def test_who_is_meant_by_a_name_that_words_only_resemble() -> None:
    (railway,) = honors("县公安局被呼和浩特铁路公安局授予“先进公安处”称号。")
    assert railway.grantor == "呼和浩特铁路公安局"
    (squad,) = honors("公安部通报情况;县公安局交警大队查处酒驾85起,省公安厅为该大队记集体三等功。")
    assert (squad.recipient, squad.bureau) == ("镇安县公安局交警大队", "镇安县公安局")
    (team,) = honors("在全国大比武中,我省代表队夺得团体第三名。")
    assert team.recipient == "陕西省代表队"
    (case,) = honors("县公安局主侦的“11·08”虚开案被公安部评为“百城会战”优秀战例。")
    assert (case.recipient, case.title) == ("11·08虚开案", "百城会战优秀战例")


def test_what_is_quoted_as_the_means_is_no_recipient() -> None:
    said = brief("县公安局永乐派出所凭借突出的“战绩”陆续获评“省级青年文明号”、全省政法系统先进集体。")
    station = "镇安县公安局永乐派出所"
    assert said == {(station, "省级青年文明号"), (station, "全省政法系统先进集体")}


def test_what_a_speaker_says_of_his_bureau_is_the_bureaus() -> None:
    assert brief("\n王建国:我局夺得全省安全感测评第一名。") == {("镇安县公安局", "全省安全感测评第一名")}


def test_a_giver_goes_on_to_give_without_quotation_marks() -> None:
    said = honors("市公安局授予县公安局集体二等功,给予民警李强个人三等功奖励。")
    assert {(honor.recipient, honor.title, honor.grantor) for honor in said} == {
        ("镇安县公安局", "集体二等功", "商洛市公安局"),
        ("李强", "个人三等功", "商洛市公安局"),
    }


def test_a_merit_given_to_whom_a_pronoun_means() -> None:
    assert brief("民警李强因公牺牲,省公安厅为其追记个人一等功。") == {("李强", "个人一等功")}


def test_a_line_of_a_roll_may_tell_the_name_first() -> None:
    (honor,) = honors("\n\n二、个人三等功\n\n李强 镇安县公安局交警大队民警\n\n", "镇安县公安局表彰名单")
    assert (honor.recipient, honor.bureau) == ("李强", "镇安县公安局交警大队")


def test_a_scope_told_twice_stands_once() -> None:
    assert brief("县公安局被评为全国首批“全国禁毒示范单位”。") == {("镇安县公安局", "全国禁毒示范单位")}


def test_the_first_of_a_contest_are_honoured() -> None:
    assert brief("县公安局永乐派出所荣获技能竞赛前三名。") == {("镇安县公安局永乐派出所", "技能竞赛前三名")}


def test_cases_published_are_no_winners_of_a_title() -> None:
    roll = "\n\n现发布“净网2019”专项行动第三批典型案例:\n\n(一)王某侵犯公民个人信息案\n\n"
    assert brief(roll, "镇安县公安局发布案例") == set()


def test_who_is_introduced_holds_the_titles_told_of_him() -> None:
    said = brief("李强,镇安县公安局刑警大队大队长,全国优秀人民警察,个人一等功获得者。")
    assert said == {("李强", "全国优秀人民警察"), ("李强", "个人一等功")}
    assert brief("李强,某公司保安队大队长,全国优秀人民警察。") == set()
    assert ("李强", "被评为全国优秀人民警察") not in brief("李强,县公安局民警,2019年被评为全国优秀人民警察。")


def test_places_of_one_contest_pair_with_those_who_won_them() -> None:
    said = brief("县公安局永乐派出所、回龙派出所分别荣获技能竞赛第一名、第三名。")
    assert said == {
        ("镇安县公安局永乐派出所", "技能竞赛第一名"),
        ("镇安县公安局回龙派出所", "技能竞赛第三名"),
    }


def test_how_long_honours_have_come_does_not_date_the_one_before() -> None:
    honor = honors("县政府为县公安局记集体二等功一次。自2011年以来,县政府连续7年为其记功嘉奖。")[0]
    assert honor.period == Period(date(2023, 1, 1), PUBLISHED)


def test_cities_by_their_names_and_number_hold_what_they_were_named() -> None:
    home = "陕西省公安厅召开会议。"
    named = {("商洛市", "全国禁毒示范城市"), ("安康市", "全国禁毒示范城市")}
    assert brief("商洛、安康两市经过三年创建,被国家禁毒委命名为首批全国禁毒示范城市。", home) == named
    assert brief("商洛、安康两市被国家禁毒委命名为全国禁毒示范城市。", home) == named


@pytest.mark.parametrize("sum_of_them", ["等", "等多项荣誉"])
def test_titles_received_stand_before_who_holds_them(sum_of_them: str) -> None:
    words = f"荣获公安二级英模、全国道德模范{sum_of_them}称号的王伟同志参加座谈。"
    assert brief(words) == {("王伟", "公安二级英模"), ("王伟", "全国道德模范")}


def test_what_was_cleared_up_holds_no_commendation() -> None:
    words = "镇安县公安局侦破重大制毒、贩毒案件再获公安部嘉奖令1次。"
    assert brief(words) == {("镇安县公安局", "公安部嘉奖令")}


def test_good_officers_are_no_title() -> None:
    assert honors("镇安县公安局涌现出了张明、王伟、曹玲等一大批优秀民警。") == []


def test_the_only_one_of_a_province_is_no_part_of_a_title() -> None:
    assert brief("镇安县获评全省唯一首批全国反诈示范县。") == {("镇安县", "全国反诈示范县")}


@pytest.mark.parametrize(
    ("sentence", "recipient", "title"),
    [
        ("县公安局法治建设被评为全市先进。", "镇安县公安局", "法治建设全市先进"),
        ("县公安局被评为全省综治试点工作先进集体。", "镇安县公安局", "全省综治试点工作先进集体"),
        ("县公安局新建警务室30个;治理电诈工作被评为先进集体。", "镇安县公安局", "治理电诈工作先进集体"),
    ],
)
def test_fields_trials_and_rooms_that_were_built(sentence: str, recipient: str, title: str) -> None:
    assert brief(sentence) == {(recipient, title)}


def test_who_sends_a_telegram_gives_the_merit() -> None:
    (honor,) = honors("公安部专门向镇安警方发来贺电,并给县公安局记集体一等功。")
    assert honor.grantor == "公安部"


def test_a_body_s_merit_told_with_and_without_its_word_is_one() -> None:
    found = honors("2023年,县公安局荣获公安部一等功。\n2023年,县公安局荣记集体一等功。")
    assert [(honor.title, honor.grantor) for honor in found] == [("集体一等功", "公安部")]
    assert len(honors("2023年,县公安局荣立集体一等功。\n2023年,县公安局荣立集体二等功。")) == 2


@pytest.mark.parametrize("head", ["荣誉", "所获荣誉", "集体荣誉"])
def test_a_line_of_honors_is_whose_page_it_is(head: str) -> None:
    words = f"{head}:全国青年文明号、陕西省首批“枫桥式公安派出所”。"
    found = honors(words, home="镇安县公安局城关派出所\n\n")
    assert {honor.recipient for honor in found} == {"镇安县公安局城关派出所"}
    assert len(found) == 2


def test_who_holds_a_title_is_no_part_of_it() -> None:
    told = brief("荣获全国优秀公安基层单位的镇安县公安局城关派出所破案30起。")
    assert not any("城关派出所" in title for _, title in told)


@pytest.mark.parametrize("deed", ["参加受奖", "颁发奖章", "送奖上门", "的代表上台领奖"])
def test_all_whom_a_relative_clause_lists_hold_the_title(deed: str) -> None:
    sentence = f"厅领导为荣立集体一等功的木王派出所、旬阳市公安局刑侦大队和柞水县公安局交警大队{deed}。"
    assert brief(sentence) == {
        ("镇安县公安局木王派出所", "集体一等功"),
        ("旬阳市公安局刑侦大队", "集体一等功"),
        ("柞水县公安局交警大队", "集体一等功"),
    }


def test_representatives_counted_behind_a_title_are_nobody() -> None:
    assert honors("全省公安机关荣立集体或个人一等功的6位代表接受表彰。") == []


@pytest.mark.parametrize(
    "told",
    [
        "全县3名民警获得全国先进工作者荣誉称号,他们分别是",
        "3名民警获提名,并被授予“全国先进工作者”荣誉称号,他们分别是:",
    ],
)
def test_they_are_those_who_got_the_title_before(told: str) -> None:
    sentence = told + "木王派出所副主任科员韩志、旬阳市公安局民警冯雪、柞水县公安局中队长张慧。"
    assert brief(sentence) == {(name, "全国先进工作者") for name in ("韩志", "冯雪", "张慧")}


def test_a_list_goes_on_with_those_behind_a_comma() -> None:
    sentence = (
        "此次被授予二级英模称号的民警分别是刑侦大队大队长韩志,以及殉职的旬阳市公安局民警冯雪、柞水县公安局民警张慧。"
    )
    assert brief(sentence) == {(name, "二级英模") for name in ("韩志", "冯雪", "张慧")}


@pytest.mark.parametrize(
    "told",
    ["陕西省首届“十佳治安民警”评选结果揭晓", "省公安厅决定命名10名民警为“陕西省十佳治安民警”"],
)
def test_whose_a_title_is_that_a_vote_or_a_decision_has_given(told: str) -> None:
    assert brief(f"{told},木王派出所民警韩志等10名民警获此殊荣。") == {("韩志", "陕西省十佳治安民警")}


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        ("民警家新春作为唯一候选人参选获得特别奖。", {("家新春", "特别奖")}),
        ("有全国优秀警察单军等先进典型。", {("单军", "全国优秀警察")}),
        ("涌现出以潘琴、张秀、张晴等为代表的一大批先进模范。", set()),
        ("“马背民警”韩志走村入户。", set()),
        ("“最美民警”韩志走村入户。", {("韩志", "最美民警")}),
    ],
)
def test_what_only_looks_like_a_name_or_a_title(sentence: str, found: set[tuple[str, str]]) -> None:
    assert brief(sentence) == found


def test_each_item_of_a_list_of_winners_has_its_own_prize() -> None:
    sentence = "民警韩志获60公斤级冠军、旬阳市公安局冯雪获65公斤级冠军、柞水县公安局张慧获单兵射击第一名。"
    found = {("韩志", "60公斤级冠军"), ("冯雪", "65公斤级冠军")}
    assert found <= brief(sentence) <= {*found, ("张慧", "单兵射击第一名")}


def test_one_word_tells_two_places_or_three() -> None:
    assert brief("旬阳市公安局、柞水县公安局分别摘取拔河比赛亚季军。") == {
        ("旬阳市公安局", "拔河比赛亚军"),
        ("柞水县公安局", "拔河比赛季军"),
    }
    sentence = "旬阳市公安局韩志、柞水县公安局冯雪、山阳县公安局张慧分别获得射击科目冠亚季军。"
    assert {title for _, title in brief(sentence)} == {"射击科目冠军", "射击科目亚军", "射击科目季军"}


@pytest.mark.parametrize("they", ["她们", "这支队伍"])
def test_they_are_the_body_of_the_paragraphs_before(they: str) -> None:
    home = "镇安县公安局出入境管理大队的女警\n\n大厅里总有人在忙碌。\n\n"
    found = brief(f"{they}先后被省妇联评为“全省三八红旗集体”,接连获评“全国巾帼文明岗”。", home)
    assert ("镇安县公安局出入境管理大队", "全省三八红旗集体") in found


def test_a_giver_after_a_month_and_another_is_of_the_same_month() -> None:
    sentence = "木王派出所2013年4月被命名为“文明窗口”;2014年1月被省公安厅荣记集体三等功,被市公安局集体嘉奖。"
    assert {honor.title: honor.period for honor in honors(sentence)}["集体嘉奖"] == Period(
        date(2014, 1, 1), date(2014, 1, 31)
    )


def test_the_place_won_by_is_no_number_of_people() -> None:
    assert brief("民警韩志在36名教官中,以第2名的成绩被评为“岗位标兵”。") == {("韩志", "岗位标兵")}


def test_titles_go_on_before_a_name_and_end_with_a_place() -> None:
    sentence = "培育出全国公安系统一级英模陈善,二级英模方华、石清等英模。"
    assert brief(sentence) == {
        ("陈善", "全国公安系统一级英模"),
        ("方华", "全国公安系统二级英模"),
        ("石清", "全国公安系统二级英模"),
    }
    assert brief("车管所被评为“全国一等车管所”第7名。") == {("镇安县公安局车管所", "全国一等车管所")}
    assert brief("木王派出所被树为全县示范派出所和优秀党支部。") == {
        ("镇安县公安局木王派出所", "全县示范派出所"),
        ("镇安县公安局木王派出所", "优秀党支部"),
    }


def periods(plain: str, published: date = PUBLISHED) -> dict[str, Period | None]:
    text = text_of(plain, published=published)
    return {honor.title: honor.period for honor in find_honors(text, find_bureaus(text), read_timeline(text))}


def test_the_year_of_one_award_dates_no_other() -> None:
    plain = (
        "镇安县公安局木王派出所获奖\n\n该所捧回2017-2018年度全国青年文明号的牌子。\n\n"
        "木王派出所近年来陆续获评“省级文明单位”。"
    )
    assert periods(plain) == {"全国青年文明号": Period(date(2017, 1, 1), date(2018, 12, 31)), "省级文明单位": None}
    plain = "镇安县公安局女子大队获奖\n\n该大队被授予全国巾帼标兵岗称号。\n\n大队2017年获得陕西省“巾帼文明岗”称号。"
    assert periods(plain)["全国巾帼标兵岗"] == Period(date(2023, 1, 1), PUBLISHED)


def test_the_account_of_a_year_does_not_date_the_news_before_it() -> None:
    plain = (
        "镇安县公安局斩获殊荣\n\n近日,全省公安工作会传来好消息。\n\n木王派出所荣获全省示范派出所。\n\n"
        "2022年,镇安县公安局破案120起。"
    )
    assert periods(plain)["全省示范派出所"] == Period(date(2023, 1, 1), PUBLISHED)


def test_a_list_of_a_years_awards_dates_the_one_of_it() -> None:
    plain = "镇安县公安局通报。2月28日,2022年度三八红旗手、三八红旗集体名单出炉,镇安县公安局获评“三八红旗集体”。"
    assert periods(plain)["三八红旗集体"] == Period(date(2022, 1, 1), date(2022, 12, 31))


def test_a_headline_has_the_year_that_the_text_tells() -> None:
    plain = (
        "镇安县公安局木王派出所荣获“全国青年文明号”\n\n"
        "近日,团中央命名120个集体为“2021至2022年度全国青年文明号”,镇安县公安局木王派出所获此殊荣。"
    )
    assert periods(plain) == {"全国青年文明号": Period(date(2021, 1, 1), date(2022, 12, 31))}


def test_an_age_dates_nothing() -> None:
    plain = "镇安县公安局的韩志\n\n今年51岁的韩志是木王派出所所长。\n\n韩志曾被评为“全省优秀人民警察”。"
    assert periods(plain) == {"全省优秀人民警察": None}


def test_a_roll_of_lines_below_those_counted() -> None:
    plain = (
        "省公安厅表彰民警\n\n陕西省公安厅追授2名牺牲在一线的公安民警全国公安系统二级英雄模范称号。\n\n2名民警分别是:\n"
        "镇安县公安局木王派出所民警韩志\n旬阳市公安局刑侦大队民警冯雪\n全省公安机关向他们学习。"
    )
    assert brief("", plain) == {(name, "全国公安系统二级英雄模范") for name in ("韩志", "冯雪")}
    plain = "省公安厅通报\n\n2名“最美民警”正式亮相。他们分别是:镇安县公安局民警韩志、旬阳市公安局民警冯雪。"
    assert brief("", plain) == {("韩志", "最美民警"), ("冯雪", "最美民警")}


def test_whose_officer_a_person_is_may_be_told_behind_the_name() -> None:
    plain = (
        "公安部追授民警\n\n1月2日,公安部追授在救灾中牺牲的韩新民、冯光全同志为全国公安系统二级英雄模范。\n\n"
        "韩新民是一位老民警,生前为镇安县公安局木王派出所民警。\n\n冯光全同志生前为旬阳市公安局看守所民警。"
    )
    found = {honor.recipient: honor.bureau for honor in honors("", plain)}
    assert found == {"韩新民": "镇安县公安局木王派出所", "冯光全": "旬阳市公安局看守所"}
    plain = (
        "冯建华被追授二级英模\n\n陕西公安民警冯建华被追授为“全国公安系统二级英雄模范”。冯建华生前是旬阳市公安局民警。"
    )
    assert {honor.bureau for honor in honors("", plain)} == {"旬阳市公安局"}


def test_a_name_may_end_with_what_looks_like_the_next_word() -> None:
    sentence = "去年7月因公牺牲的木王派出所前所长王大为,近日被追授“全省优秀人民警察”称号。"
    (honor,) = honors(sentence)
    assert (honor.recipient, honor.period) == ("王大为", Period(date(2023, 1, 1), PUBLISHED))


def test_a_death_dates_no_other_award() -> None:
    plain = (
        "镇安县民警韩志被追授英雄模范\n\n去年7月牺牲的镇安县公安局民警韩志,近日被追授英模。\n\n"
        "他被授予全省优秀人民警察称号。"
    )
    assert periods(plain)["全省优秀人民警察"] != Period(date(2022, 7, 1), date(2022, 7, 31))


def test_two_years_before_the_verb_and_a_commendation_for_years() -> None:
    (honor,) = honors("2012—2013年度被授予镇安县“青年文明号”。")
    assert honor.period == Period(date(2012, 1, 1), date(2013, 12, 31))
    (honor,) = honors("县政府连续7年为县公安局记功嘉奖。")
    assert (honor.title, honor.streak) == ("嘉奖", Streak(7, "年"))


def test_a_section_is_of_the_unit_that_heads_it() -> None:
    plain = (
        "镇安县公安局一线\n\n县公安局破案20起。\n\n流动警务站\n\n"
        "镇安县公安局2008年成立了禁毒大队流动警务站。2009年被省公安厅授予“全省禁毒先进集体”。"
    )
    assert brief("", plain) == {("镇安县公安局禁毒大队流动警务站", "全省禁毒先进集体")}


def test_a_persons_bureau_is_the_squad_that_any_statement_tells() -> None:
    plain = (
        "顺庆公安分局何文入选全省十佳刑警\n\n5月10日,全省十佳刑警表彰会召开。"
        "南充市公安局顺庆分局刑侦大队大队长何文入选全省十佳刑警。"
    )
    found = {honor.recipient: honor.bureau for honor in honors("", plain)}
    assert found == {"何文": "南充市公安局顺庆分局刑侦大队"}


def test_a_national_merit_of_a_headline_is_the_one_told() -> None:
    plain = "镇安县公安局获国家级集体二等功\n\n2023年5月,镇安县公安局被公安部记集体二等功。"
    assert brief("", plain) == {("镇安县公安局", "集体二等功")}


@pytest.mark.parametrize(
    ("sentence", "title", "period"),
    [
        # when a squad was set up dates no award
        (
            "县公安局特警大队于2006年正式成立,担任处突任务,先后被评为全省优秀公安基层单位。",
            "全省优秀公安基层单位",
            None,
        ),
        # nor does what is told behind of other work
        (
            "12月24日,记者从县公安局获悉,该局禁毒大队荣获全国禁毒先进集体称号。\n2019年以来,破案31起。",
            "全国禁毒先进集体",
            Period(date(2023, 1, 1), PUBLISHED),
        ),
        # nor when the deed was done for which it is news
        (
            "因去年5月开展的行动成效突出,县公安局特警大队近日被省公安厅评为全省先进集体。",
            "全省先进集体",
            Period(date(2023, 1, 1), PUBLISHED),
        ),
        (
            "县公安局特警大队曾先后获得省级青年文明号称号。\n今年“五四”前夕,县公安局特警大队查处酒驾31起。",
            "省级青年文明号",
            None,
        ),
    ],
)
def test_other_times_date_no_award(sentence: str, title: str, period: Period | None) -> None:
    assert {honor.title: honor.period for honor in honors(sentence)} == {title: period}


@pytest.mark.parametrize(
    ("sentence", "titles"),
    [
        ("县公安局被授予“全省禁毒工作突出县(市、区)公安(分)局”称号。", {"全省禁毒工作突出县(市、区)公安(分)局"}),
        (
            "县公安局被评为“全省文明单位”、“全国青年文明号”等先进集体。",
            {"全省文明单位", "全国青年文明号"},
        ),
    ],
)
def test_titles_with_brackets_and_titles_summed_up(sentence: str, titles: set[str]) -> None:
    assert {honor.title for honor in honors(sentence)} == titles


def test_titles_told_of_those_whom_a_station_brought_forth() -> None:
    told = "县公安局城关派出所涌现出一级英模王海平、二级英模何新民、一等功臣李建军等典型。"
    assert brief(told) == {("王海平", "一级英模"), ("何新民", "二级英模"), ("李建军", "一等功臣")}


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            "永乐派出所获优秀组织奖、回龙派出所获最佳拼搏奖、“警小二”平台获优秀视频MV奖。",
            {
                ("镇安县公安局永乐派出所", "优秀组织奖"),
                ("镇安县公安局回龙派出所", "最佳拼搏奖"),
                ("警小二平台", "优秀视频MV奖"),
            },
        ),
        (
            "县公安局举办全县公安机关技能竞赛。刑警大队、交警大队、永乐派出所分别获得团体第一、二、三名。",
            {
                ("镇安县公安局刑警大队", "团体第一名"),
                ("镇安县公安局交警大队", "团体第二名"),
                ("镇安县公安局永乐派出所", "团体第三名"),
            },
        ),
        (
            "全年2个集体获集体三等功,47人获嘉奖,被省公安厅表彰为“全省安保成绩突出集体”。",
            {("镇安县公安局", "全省安保成绩突出集体")},
        ),
        (
            "24岁的谢樵生前系镇安县公安局永乐派出所民警。事后被公安部追记个人一等功。",
            {("谢樵", "个人一等功")},
        ),
        ("镇安县第一看守所在市局领导下被评为全国一级看守所。", {("镇安县第一看守所", "全国一级看守所")}),
        ("县公安局交警大队所属车管所被评为“青年文明号”。", {("镇安县公安局交警大队车管所", "青年文明号")}),
        ("“镇安公安”微信服务号亦连续第三年获评“政务影响力大奖”。", {("镇安公安微信服务号", "政务影响力大奖")}),
        ("民警王秀荣获评“全国优秀人民警察”。", {("王秀荣", "全国优秀人民警察")}),
        ("一大批民警及协管员分别被评为先进个人。", set()),
        ("2023年平安榜年度奖项揭晓。", set()),
        ("县公安局先后30次被授予各类荣誉称号。", set()),
        (
            "永乐派出所民警李强等11人被评为“最美民警”、回龙派出所辅警王丽等10人被评为“最美辅警”。",
            {("李强", "最美民警"), ("王丽", "最美辅警")},
        ),
        (
            "李先萍是永乐派出所一名资深的户籍民警,在岗位上一干就是二十年。先后被省公安厅评为优秀户籍民警。",
            {("李先萍", "优秀户籍民警")},
        ),
        ("县公安局永乐派出所成绩突出被评为“禁毒先进集体”。", {("镇安县公安局永乐派出所", "禁毒先进集体")}),
        (
            "镇安县公安局李俊、旬阳市公安局龚智和旬阳市公安局安可,荣获特警技能个人前三名。",
            {("李俊", "特警技能个人前三名"), ("龚智", "特警技能个人前三名"), ("安可", "特警技能个人前三名")},
        ),
        ("民警马冲获得3000米第一名。", {("马冲", "3000米第一名")}),
        (
            "在镇安市特等劳模、“全国优秀人民警察”中队长李强的带领下,中队成绩突出。",
            {("李强", "镇安市特等劳模"), ("李强", "全国优秀人民警察")},
        ),
        (
            "县公安局获评全省法治建设先进单位、禁毒先进集体,“富强镇安”建设攻坚先进集体。",
            {
                ("镇安县公安局", "全省法治建设先进单位"),
                ("镇安县公安局", "禁毒先进集体"),
                ("镇安县公安局", "富强镇安建设攻坚先进集体"),
            },
        ),
    ],
)
def test_who_holds_which_of_several(sentence: str, expected: set[tuple[str, str]]) -> None:
    assert brief(sentence) == expected


def test_a_prize_is_of_the_level_of_the_contest_told_above() -> None:
    above = "全省公安机关技能竞赛在商洛举行。"
    (honor,) = honors(above + "县公安局民警李强获得手枪速射项目冠军。")
    assert honor.level == "provincial"
    (honor,) = honors("县公安局民警李强获得手枪速射项目冠军。")
    assert honor.level is None
    assert brief("县公安局永乐派出所获得团体第一名。") == set()
    assert brief(above + "县公安局永乐派出所获得团体第一名。") == {("镇安县公安局永乐派出所", "团体第一名")}


def test_a_meeting_told_in_the_paragraph_above_dates_what_it_awarded() -> None:
    above = "\n\n20日,出席全国表彰大会的代表载誉归来。\n\n"
    (honor,) = honors(above + "此次表彰大会上,县公安局永乐派出所所长叶英被评为“全国优秀人民警察”。")
    assert honor.period == Period(date(2023, 12, 20), date(2023, 12, 20))
    (honor,) = honors(above + "县公安局永乐派出所所长叶英被评为“全国优秀人民警察”。")
    assert honor.period != Period(date(2023, 12, 20), date(2023, 12, 20))


def test_who_decided_in_the_sentence_before_gives_what_this_one_tells_of_one() -> None:
    above = "公安部发布命令,给100个集体记集体一等功。"
    (honor,) = honors(above + "县公安局永乐派出所被荣记集体一等功。")
    assert (honor.grantor, honor.level) == ("公安部", "national")
    (honor,) = honors(above + "县公安局永乐派出所被评为先进集体。")
    assert honor.grantor is None


def test_the_unit_spoken_of_is_named_once_and_its_work_is_of_no_trade() -> None:
    found = honors("镇安县看守所与拘留所搬入新址;看守所被省公安厅评为“二级看守所”。")
    assert [(honor.recipient, honor.bureau) for honor in found] == [("镇安县公安局看守所", "镇安县公安局")]
    (honor,) = honors("镇安县公安局永乐派出所运营的“永乐微警”抖音号获评优秀政法账号。")
    assert honor.bureau == "镇安县公安局永乐派出所"


def test_how_often_and_how_long_are_told_in_other_words() -> None:
    (honor,) = honors("县公安局三度蝉联“年度政务传播大奖”。")
    assert honor.times == 3
    (honor,) = honors("县公安局在综治考评中被评为优秀单位。至此,该局已连续三年获此荣誉。")
    assert honor.streak == Streak(3, "年")


def test_who_brought_forth_models_is_their_agency() -> None:
    above = "商洛市公安局通报。镇安县公安局永乐派出所先后培育出全国公安系统一级英模陈善珉、丁榕等英雄模范。"
    assert {honor.bureau for honor in honors(above)} == {"镇安县公安局永乐派出所"}


def test_the_head_of_a_ministry_signs_for_it() -> None:
    (honor,) = honors("今天,公安部部长孟建明签署了命令,追授县公安局民警张新民为全国公安系统二级英雄模范。")
    assert honor.grantor == "公安部"


def test_a_bare_corps_that_gives_is_the_recipients_own() -> None:
    (honor,) = honors("海南省公安边防总队三沙支队永兴边防派出所7次被总队评为“先进党支部”。")
    assert (honor.grantor, honor.level) == ("海南省公安边防总队", "provincial")


def test_who_praises_holds_nothing_of_what_follows() -> None:
    said = brief("经侦大队获公安部领导批示3次,公安厅贺电3次,荣立集体二等功2次。")
    assert said == {("镇安县公安局经侦大队", "集体二等功")}


def test_a_unit_that_takes_part_is_no_contest() -> None:
    (honor,) = honors("镇安县公安局经侦大队参赛并以96.55的高分成绩获得大比武一等奖。")
    assert honor.level is None


def test_the_day_told_below_dates_the_award_of_a_headline() -> None:
    home = "镇安县公安局荣获“平安中国建设先进集体”\n\n"
    told = (
        "12月15日,平安中国建设表彰大会举行。镇安县公安局荣获“平安中国建设先进集体”称号。\n\n"
        "2017年至今,镇安县公安局共有92个集体获得荣誉。"
    )
    (honor,) = honors(told, home)
    assert honor.period == Period(date(2023, 12, 15), date(2023, 12, 15))


def test_the_bureaus_of_the_railways_and_a_host_without_a_scope_give_their_levels() -> None:
    rail = "南平铁路公安处召开会议。"
    (honor,) = honors("公安处被南昌铁路公安局记集体三等功。", rail)
    assert (honor.grantor, honor.level) == ("南昌铁路公安局", "provincial")
    (honor,) = honors("公安处在全局公安机关比武中获团体第二名。", rail)
    assert honor.level == "provincial"
    (honor,) = honors("在省公安厅组织的查缉技能比武中,县公安局夺得团体第三名。")
    assert (honor.grantor, honor.level) == ("陕西省公安厅", "provincial")
    (honor,) = honors("在省公安厅组织的全省查缉技能比武中,县公安局夺得团体第三名。")
    assert honor.grantor is None


def test_a_prefecture_s_party_is_called_by_its_short_name() -> None:
    (honor,) = honors("县公安局被州委、州政府评为平安建设先进单位。", "泸西县公安局召开会议。")
    assert honor.grantor == "红河州委、红河州政府"


def test_that_station_is_not_the_one_above_that_hosts() -> None:
    told = "在新疆出入境边防检查总站组织的技能比武中,该站夺得团体第一名。"
    (honor,) = honors(told, "霍尔果斯出入境边防检查站召开会议。")
    assert honor.recipient == "霍尔果斯出入境边防检查站"


def test_a_month_of_one_item_dates_no_other() -> None:
    told = "2022年以来,城关派出所获评先进,今年3月又荣立集体三等功;刑侦大队被评为全市先进集体。"
    periods = {honor.recipient: honor.period for honor in honors(told)}
    assert periods["镇安县公安局刑侦大队"] == Period(date(2022, 1, 1), PUBLISHED)
    told = "2023年,镇安县公安局开展工作。5月,刑侦大队端掉窝点。该大队被评为全市先进集体。"
    assert {honor.period for honor in honors(told)} == {Period(date(2023, 1, 1), PUBLISHED)}


def test_this_time_is_news_behind_the_year_of_another() -> None:
    periods = {h.title: h.period for h in honors("县公安局2021年获评全市先进单位,此次又荣获“全省青年文明号”。")}
    assert periods["全市先进单位"] == Period(date(2021, 1, 1), date(2021, 12, 31))
    assert periods["全省青年文明号"] == Period(date(2023, 1, 1), PUBLISHED)


def test_a_grade_and_what_is_above_it_is_no_award() -> None:
    assert not honors("县公安局5名民警均立过功,均获二等功及以上奖励。")


def test_what_somebody_made_holds_what_the_clauses_behind_tell() -> None:
    (honor,) = honors("县公安局户政大队民警何秀芝编写的防骗歌谣,在网上听的人不少,获评全省“十佳防骗作品”。")
    assert (honor.recipient, honor.bureau) == ("防骗歌谣", "镇安县公安局户政大队")
