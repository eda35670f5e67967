import tomllib
from datetime import date
from typing import Any

import pytest

from kg.facts.timeline import read_timeline
from kg.resources import resource
from kg.text import text_of
from kg.values.period import Days, find_periods, resolve

PUBLISHED = date(2024, 11, 8)

CASES = [
    ("2020-01-01..2020-12-31", "2020年"),
    ("2020-01-01..2020-12-31", "2020年度"),
    ("2020-01-01..2020-12-31", "2020年全年"),
    ("2024-01-01..2024-09-30", "2024年1-9月"),
    ("2024-01-01..2024-09-30", "2024年1至9月"),
    ("2024-01-01..2024-09-30", "2024年1—9月份"),
    ("2024-01-01..2024-10-31", "1至10月"),
    ("2024-01-01..2024-10-31", "1月至10月"),
    ("2024-01-01..2024-10-31", "今年1至10月"),
    ("2024-09-01..2024-10-31", "9月和10月"),
    ("2020-08-01..2020-08-31", "2020年8月份"),
    ("2024-01-01..2024-11-08", "今年"),
    ("2024-01-01..2024-11-08", "今年以来"),
    ("2023-01-01..2023-12-31", "去年"),
    ("2023-01-01..2024-11-08", "去年以来"),
    ("2022-01-01..2022-12-31", "前年"),
    ("2024-01-01..2024-06-30", "上半年"),
    ("2024-01-01..2024-03-31", "一季度"),
    ("2024-01-01..2024-09-30", "前三季度"),
    ("2024-07-01..2024-09-30", "第三季度"),
    ("2024-01-01..2024-08-31", "前8个月"),
    ("2024-01-01..2024-05-31", "今年前5个月"),
    ("2024-01-01..2024-11-08", "年初以来"),
    ("2016-01-01..2024-11-08", "2016年初至今"),
    ("2012-01-01..2024-11-08", "2012年以来"),
    ("2018-01-01..2024-11-08", "自2018年以来"),
    ("2019-11-09..2024-11-08", "五年来"),
    ("2019-11-09..2024-11-08", "过去5年"),
    ("2021-11-09..2024-11-08", "近三年"),
    ("2024-08-09..2024-11-08", "三个月来"),
    ("2023-11-09..2024-11-08", "一年来"),
    ("2024-01-01..2024-06-30", "截至6月底"),
    ("2023-01-01..2023-12-31", "截至2023年12月31日"),
    ("2024-06-25..2024-11-08", "自6月25日以来"),
    ("2024-06-25..2024-09-30", "6月25日至9月30日"),
    ("2024-07-18..2024-07-27", "7月18日至27日"),
    ("2024-09-10..2024-09-13", "9月10日20时至9月13日20时"),
    ("2024-10-01..2024-11-08", "10月起"),
    ("2024-05-01..2024-11-08", "5月1日新政实施后"),
    ("2018-01-01..2020-12-31", "2018年至2020年"),
    ("2018-01-01..2020-12-31", "2018-2020年"),
    ("2016-01-01..2020-12-25", "2016年至2020年12月25日"),
    ("2024-02-07..2024-02-13", "2月7日零时至13日18时"),
    ("2024-05-09..2024-11-08", "半年来"),
    ("2019-01-01..2021-12-31", "2019、2020、2021年"),
    ("2023-10-01..2024-03-31", "2023年10月至2024年3月"),
    ("2023-11-01..2024-02-29", "2023年11月至次年2月"),
    ("2016-01-01..2020-12-31", "“十三五”期间"),
    ("2011-01-01..2024-11-08", "“十二五”以来"),
    ("2024-02-09..2024-02-16", "春节期间"),
    ("2020-01-24..2020-01-31", "2020年春节期间"),
    ("2024-10-01..2024-10-07", "国庆假期期间"),
    ("2024-01-26..2024-03-05", "春运期间"),
    ("2012-11-08..2024-11-08", "党的十八大以来"),
    ("2020-01-20..2024-11-08", "新冠肺炎疫情发生以来"),
    ("2024-11-01..2024-11-08", "本月"),
    ("2024-10-01..2024-10-31", "上月"),
    ("2024-06-01..2024-06-30", "今年6月"),
    ("2024-03-01..2024-05-31", "今年春季"),
    ("2016-01-01..2016-12-31", "二〇一六年"),
    ("1998-01-01..1998-12-31", "一九九八年"),
    ("2005-01-01..2005-12-31", "05年"),
    ("2012-03-01..2012-03-31", "12年3月"),
]


@pytest.mark.parametrize(("days", "words"), CASES)
def test_words_become_days(days: str, words: str) -> None:
    (mention,) = find_periods(f"{words},全市破案9起。")
    period = resolve(mention, PUBLISHED, None)
    assert period is not None
    assert f"{period.start}..{period.end}" == days


@pytest.mark.parametrize(
    "words",
    [
        "破获34年前命案积案1起",
        "潜逃26年的逃犯",
        "连续3年位居第一",
        "安全生产三年行动",
        "制定五年规划",
        "启用4个多月收容流浪犬",
        "24小时自助服务",
        "吸引年轻民警",
        "附近年久失修",
        "相当年轻的队伍",
        "过去年均下降",
        "纳入“十四五”规划",
        "夏季治安打击整治行动",
        "拨打12345热线",
        "110宣传日活动",
    ],
)
def test_lengths_names_and_parts_of_words_are_no_periods(words: str) -> None:
    assert find_periods(words) == []


@pytest.mark.parametrize(
    ("words", "role"),
    [
        ("比2019年上升", "baseline"),
        ("较2019年同期下降", "baseline"),
        ("与去年相比", "baseline"),
        ("上年同期", "baseline"),
        ("是2017年的3.5倍", "baseline"),
        ("由2017年的87宗降至52宗", "from"),
        ("获评2024年度优秀", "title"),
        ("侦破2003年的命案", "case"),
        ("2013年“8·31”案", "case"),
        ("这是近十年来首次", "record"),
        ("9月5日,记者从市局获悉", "report"),
        ("2021年3月1日起施行", "law"),
        ("2021年破案", "period"),
    ],
)
def test_roles_are_told_by_the_words_around(words: str, role: str) -> None:
    assert [mention.role for mention in find_periods(words)] == [role]


def test_a_month_without_a_year_takes_the_governing_year() -> None:
    (month,) = find_periods("10月破案")
    assert resolve(month, date(2021, 1, 15), None) == Days(date(2020, 10, 1), date(2020, 10, 31))
    governing = Days(date(2018, 1, 1), date(2018, 12, 31))
    assert resolve(month, date(2021, 1, 15), governing) == Days(date(2018, 10, 1), date(2018, 10, 31))


def test_nothing_runs_past_publication() -> None:
    for words in ("2030年", "今年12月", "明年"):
        (mention,) = find_periods(words)
        assert resolve(mention, PUBLISHED, None) is None


def test_without_a_day_of_publication_only_named_years_resolve() -> None:
    (year,) = find_periods("2020年")
    (this_year,) = find_periods("今年以来")
    assert resolve(year, None, None) == Days(date(2020, 1, 1), date(2020, 12, 31))
    assert resolve(this_year, None, None) is None


def _read_rules() -> list[dict[str, Any]]:
    path = resource("mappings", "rules", "period.toml")
    rules: list[dict[str, Any]] = tomllib.loads(path.read_text(encoding="utf-8"))["rule"]
    return rules


RULES = _read_rules()
EXAMPLES = [(rule["name"], example) for rule in RULES for example in rule.get("example", [])]


def test_every_rule_has_an_example_and_a_counterexample() -> None:
    assert len(RULES) >= 25
    assert [rule["name"] for rule in RULES if not rule.get("example") or not rule.get("counterexample")] == []


@pytest.mark.parametrize(("name", "example"), EXAMPLES, ids=[name for name, _ in EXAMPLES])
def test_examples_give_their_periods(name: str, example: dict[str, Any]) -> None:
    text = text_of(example["text"], published=date.fromisoformat(example["published"]))
    timeline = read_timeline(text)
    found = [governed.period for governed in timeline.governors if governed.period]
    assert [_days(period) for period in found] == example["gives"]
    if "baselines" in example:
        assert [_days(b.period) for b in timeline.baselines if b.period] == example["baselines"]


def _days(period: Any) -> dict[str, str]:
    return {"start": str(period.start), "end": str(period.end)}
