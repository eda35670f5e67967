"""Campaigns and honors that come back: editions, longer and shorter names, ranks."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.facts.series import Rank, campaign_series, decisions, honor_decisions, honor_rank, honor_series, local_names


@pytest.mark.parametrize(
    ("name", "series", "edition"),
    [
        ("云剑-2020", "云剑", "2020"),
        ("昆仑2021", "昆仑", "2021"),
        ("2019净网", "净网", "2019"),
        ("净网·2022", "净网", "2022"),
        ("净网2022年", "净网", "2022"),
        ("净网行动", "净网", None),
        ("净网", "净网", None),
        ("飞鹰二号", "飞鹰", "2"),
        ("第二轮禁毒人民战争", "禁毒人民战争", "2"),
        ("扫黑除恶", "扫黑除恶", None),
        ("扫黑除恶专项斗争", "扫黑除恶", None),
        ("扫黑除恶斗争", "扫黑除恶", None),
        ("常态化扫黑除恶", "扫黑除恶", None),
        ("常态化扫黑除恶斗争", "扫黑除恶", None),
        ("全省扫黑除恶专项斗争", "扫黑除恶", None),
        ("打黑除恶专项斗争", "打黑除恶", None),
        ("忻州市打黑除恶专项斗争", "打黑除恶", None),
        ("山东省扫黑除恶专项斗争", "扫黑除恶", None),
        ("三年禁毒人民战争", "禁毒人民战争", None),
        ("打击整治跨境赌博专项行动", "打击跨境赌博", None),
        ("枪爆物品专项整治", "枪爆物品", None),
        ("枪爆物品专项整治行动", "枪爆物品", None),
        ("反电诈专项行动", "打击治理电信网络诈骗", None),
        ("安全生产专项整治三年行动", "安全生产专项整治三年", None),
    ],
)
def test_names_of_one_drive_are_one_series(name: str, series: str, edition: str | None) -> None:
    found = campaign_series(name)
    assert (found.series, found.edition) == (series, edition)


@pytest.mark.parametrize("name", ["百日行动", "严打行动", "春季行动", "专项行动", "百日会战", "集中整治行动"])
def test_what_says_only_when_or_how_is_not_shortened(name: str) -> None:
    assert campaign_series(name).series == name


def test_different_drives_stay_apart() -> None:
    names = ("打黑除恶专项斗争", "扫黑除恶专项斗争", "净网2020", "护网2020", "断卡行动", "断流行动", "百日行动")
    assert len({campaign_series(name).series for name in names}) == len(names)


def test_a_dated_decision_holds_in_its_years_alone() -> None:
    assert campaign_series("夏季行动", 2023).series == campaign_series("夏季治安打击整治行动", 2023).series
    assert campaign_series("夏季行动", 2010).series == "夏季行动"
    assert campaign_series("夏季行动").series == "夏季行动"


def test_drives_of_a_common_name_are_one_in_one_province_alone() -> None:
    names = ("雷霆2021", "雷霆行动", "百日会战", "春雷", "破案百日会战")
    of = {place: {campaign_series(name, 2021, place).series for name in names} for place in ("甲省", "乙省")}
    assert of["甲省"] == {"雷霆（甲省）", "百日会战（甲省）", "春雷（甲省）", "破案百日会战（甲省）"}
    assert not of["甲省"] & of["乙省"]
    known = (
        "云剑",
        "净网2021",
        "扫黑除恶专项斗争",
        "冬季行动",
        "冬季严打整治",
        "治爆缉枪",
        "缉枪治爆",
        "打击盗窃电动车专项行动",
    )
    assert [campaign_series(n, 2021, "甲省") for n in known] == [campaign_series(n, 2021) for n in known]


def test_a_name_is_another_drive_in_another_year() -> None:
    assert campaign_series("百日行动", 2022, "甲省").series == campaign_series("夏季行动", 2022, "乙省").series
    assert campaign_series("百日行动", 2018, "甲省").series == "百日行动（甲省）"


def test_every_local_name_has_its_reason_and_no_decision_names_it() -> None:
    rows = (Path(__file__).parents[2] / "mappings" / "campaigns_local.tsv").read_text(encoding="utf-8").splitlines()
    assert rows[0] == "name\treason"
    assert rows[1:] == sorted(rows[1:])
    assert all(len(row.split("\t")[1]) > 5 for row in rows[1:])
    decided = {decision.series for options in decisions().values() for decision in options}
    assert local_names() and not (decided | set(decisions())) & set(local_names())


def test_a_series_is_its_own_series() -> None:
    for options in decisions().values():
        for decision in options:
            assert campaign_series(decision.series, decision.since or None).series == decision.series


def test_every_decision_has_its_reason() -> None:
    rows = (Path(__file__).parents[2] / "mappings" / "campaigns.tsv").read_text(encoding="utf-8").splitlines()
    assert rows[0].split("\t") == ["name", "series", "since", "until", "reason"]
    assert len(rows) > 8
    assert all(len(row.split("\t")[4]) > 5 for row in rows[1:])


@pytest.mark.parametrize(
    ("title", "series", "edition"),
    [
        ("2021年度全省优秀公安局", "全省优秀公安局", "2021"),
        ("2019-2021年度文明单位", "文明单位", "2019-2021"),
        ("第十届全国人民满意的公务员", "全国人民满意的公务员", "10"),
        ("全国优秀公安局", "全国优秀公安局", None),
    ],
)
def test_an_honor_is_given_year_after_year(title: str, series: str, edition: str | None) -> None:
    found = honor_series(title)
    assert (found.series, found.edition) == (series, edition)


@pytest.mark.parametrize(
    ("title", "rank"),
    [
        ("集体一等功", Rank("merit", 1)),
        ("个人三等功", Rank("merit", 3)),
        ("特等功", Rank("merit", 0)),
        ("技术比武一等奖", Rank("prize", 1)),
        ("警体运动会亚军", Rank("place", 2)),
        ("团体第三名", Rank("place", 3)),
        ("全国公安系统一级英雄模范", Rank("class", 1)),
        ("全国优秀公安局", None),
        ("一级看守所", None),
        ("第一届最美民警", None),
    ],
)
def test_the_rank_of_an_honor_is_data(title: str, rank: Rank | None) -> None:
    assert honor_rank(title) == rank


def test_titles_of_one_level_are_one_honor() -> None:
    titles = ("枫桥式公安派出所", "全国枫桥式公安派出所")
    assert {honor_series(title, "national").series for title in titles} == {"全国枫桥式公安派出所"}
    assert honor_series("枫桥式公安派出所", "provincial").series == "枫桥式公安派出所"
    assert honor_series("全省青年文明号", "provincial") == honor_series("青年文明号", "provincial")
    assert honor_series("青年文明号", "national") != honor_series("青年文明号", "provincial")


def test_every_decision_on_an_honor_leads_to_its_own_level_and_no_further() -> None:
    for (title, level), series in honor_decisions().items():
        assert title != series
        assert honor_series(series, level).series == series
        assert series.startswith({"national": "全国", "provincial": "省级"}[level])
