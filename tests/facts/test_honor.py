from __future__ import annotations

from datetime import date

import pytest

from kg.facts.bureau import find_bureaus
from kg.facts.honor import find_honors, honor_spans
from kg.facts.model import Honor, Period, Streak
from kg.facts.timeline import read_timeline
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


def test_streak_and_times() -> None:
    assert honors("县公安局连续3年被评为全省公安机关执法示范单位。")[0].streak == Streak(3, "年")
    assert honors("县公安局两次被公安部记集体一等功。")[0].times == 2


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
