from datetime import date

import pytest

from kg.facts.model import Period
from kg.facts.timeline import Timeline, read_timeline
from kg.text import text_of


def _timeline(plain: str, published: str) -> Timeline:
    return read_timeline(text_of(plain, published=date.fromisoformat(published)))


def _at(timeline: Timeline, words: str) -> str | None:
    start = timeline.view.index(words)
    period, _ = timeline.at(start, start + len(words))
    return _written(period)


def _written(period: Period | None) -> str | None:
    return f"{period.start}..{period.end}" if period else None


YEARS = "2018年以来,全州破案9000起。"
TOLD = "今年以来,全市平安。\n3月17日,顺庆分局接报金店被抢。"


@pytest.mark.parametrize(
    ("days", "words", "published", "plain"),
    [
        # The sentence: the latest period before the number.
        ("2020-01-01..2020-12-31", "80起", "2021-01-09", "2020年,破案80起。"),
        ("2020-01-01..2020-12-31", "30名", "2021-01-09", "2020年,破案80起;抓获30名,缴枪2支。"),
        ("2019-01-01..2019-12-31", "30名", "2021-01-09", "2020年,破案80起;2019年,抓获30名。"),
        ("2021-01-01..2021-06-30", "12起", "2021-08-09", "今年上半年,破案80起,其中一季度5起,上半年命案12起。"),
        ("2021-01-01..2021-03-31", "5起", "2021-08-09", "今年上半年,破案80起,其中一季度5起。"),
        ("2021-01-01..2021-06-30", "80起", "2021-08-09", "全市破案80起(截至6月底)。"),
        # The paragraph: what opens a sentence goes on, an aside does not.
        ("2020-01-01..2020-12-31", "30名", "2021-01-09", "2020年,破案80起。抓获嫌疑人30名。"),
        ("2018-01-01..2020-12-09", "30名", "2020-12-09", f"{YEARS}\n条件困难。多方争取,今年动工一处。新购车辆30名。"),
        ("2018-01-01..2020-12-09", "20名", "2020-12-09", f"{YEARS}\n2019年,立功90名;今年,立功9名。\n立功20名。"),
        ("2020-05-01..2020-05-31", "3名", "2020-12-09", "今年以来,破案80起。\n5月,该案告破。抓获嫌疑人3名。"),
        ("2020-01-01..2020-12-09", "45名", "2020-12-09", f"{YEARS}\n今年5月,该案告破。全州抓获嫌疑人45名。"),
        ("2018-01-01..2020-12-09", "连续3年", "2020-12-09", f"{YEARS}\n2019年,建所5个。事故连续3年零死亡。"),
        # A list of three days or more is one stretch; a month told with its change ends with it.
        ("2020-05-08..2020-07-03", "40处", "2020-12-09", "今年,全县平安。\n5月8日、6月5日、7月3日,三次清查,检查40处。"),
        ("2020-06-05..2020-06-05", "40处", "2020-12-09", "今年,全县平安。\n5月8日、6月5日,两次清查,检查40处。"),
        ("2020-07-01..2020-07-31", "9%", "2020-12-09", "今年,盗窃连月下降,6月降7%,7月降9%;立案60起。"),
        ("2020-01-01..2020-12-09", "60起", "2020-12-09", "今年,盗窃连月下降,6月降7%,7月降9%;立案60起。"),
        ("2020-01-01..2020-12-09", "60起", "2020-12-09", "今年,盗窃减少,其中7月、8月同比分别下降7%和9%;立案60起。"),
        ("2020-07-01..2020-08-31", "60起", "2020-12-09", "今年,破案90起,其中7月、8月破案20起;立案60起。"),
        # A day that has just been is of the year of publication, whatever year is told of.
        ("2021-01-07..2021-01-07", "40处", "2021-01-09", "2020年,破案90起。\n1月7日,全市检查40处。"),
        ("2020-01-17..2020-01-17", "40处", "2021-01-20", "2020年,破案90起。2020年1月17日,全市检查40处。"),
        ("2020-12-05..2020-12-05", "40处", "2021-01-09", "2020年,破案90起。12月5日,全市检查40处。"),
        # An event holds until a sentence turns to other work, or to another agency of its kind.
        ("2020-03-17..2020-03-17", "3名", "2020-12-09", f"{TOLD}民警追踪两夜,抓获3名。"),
        ("2020-01-01..2020-12-09", "34处", "2020-12-09", f"{TOLD}禁毒战役中,捣毁窝点34处。"),
        ("2020-01-01..2020-12-09", "88起", "2020-12-09", f"{TOLD}经侦部门破获假币案件88起。"),
        ("2020-01-01..2020-12-09", "88起", "2020-12-09", f"{TOLD}高坪分局破获盗窃案件88起。"),
        ("2020-03-17..2020-03-17", "88起", "2020-12-09", f"{TOLD}顺庆分局一夜破案,带破案件88起。"),
        # A drive of unknown start: what ran since has no period, the year's report around it has.
        (None, "12个", "2020-12-09", "扫黑专项斗争开展以来,打掉团伙12个。2020年,立案90起。"),
        (None, "12个", "2020-12-09", "扫黑专项斗争开展以来,出动警力。截至11月底,打掉团伙12个。\n2020年,立案90起。"),
        (
            "2020-01-01..2020-12-31",
            "60名",
            "2021-01-09",
            "扫黑专项斗争开展以来,形势好转。\n2020年,立案90起。\n走访60名。",
        ),
        ("2020-01-01..2020-12-09", "60名", "2020-12-09", "今年,全县平安。\n4月以来,城区连续3个月零发案。走访60名。"),
        # Now: from the day on which a drive began in the same sentence, else of the year just spoken of.
        ("2020-02-10..2020-12-09", "36条", "2020-12-09", "2020年,全市平安。2月10日部署“守店”行动,目前已下架36条。"),
        ("2020-01-01..2020-12-09", "36名", "2020-12-09", "2019年,获评先进;今年6月,两人立功。截至目前,奖励36名。"),
        (
            "2018-01-01..2020-12-09",
            "36名",
            "2020-12-09",
            "自2018年1月专项斗争开展以来,平安。6月“云剑”行动启动以来,抓获9人。\n专项斗争开展以来,奖励36名。",
        ),
        # The section and the article.
        ("2019-01-01..2019-12-31", "7起", "2020-12-09", f"{YEARS}\n一、2019年战果\n全州破案7起,抓获5名。"),
        ("2020-01-01..2020-12-31", "7起", "2021-01-09", "2020年,全旗治安平稳。\n打击有力\n全旗破案7起。"),
        ("2019-01-01..2019-12-31", "7起", "2020-01-09", "破案7起\n一年来,民警奋战不息。2019年,成绩斐然。"),
        (None, "7起", "2020-01-09", "民警破案7起。"),
        # Up to a day of a month told from publication; an article's title is no campaign that this year runs since.
        ("2020-01-01..2020-11-20", "60起", "2020-12-09", "今年,全县平安。截至上月中旬,立案60起。"),
        ("2020-01-01..2020-11-30", "60起", "2020-12-09", "截至上月底,立案60起。"),
        ("2020-01-01..2020-12-09", "60起", "2020-12-09", "县公安局推进平安工作\n今年以来,立案60起。"),
        # Asides that govern nothing.
        ("2020-01-01..2020-12-31", "80起", "2021-01-09", "1月8日,记者从市局获悉,2020年,破案80起。"),
        ("2020-01-01..2020-12-31", "30名", "2021-01-09", "2020年,侦破1998年的命案1起,抓获30名。"),
        ("2020-01-01..2020-12-31", "30名", "2021-01-09", "2020年,创近五年来最低,抓获30名。"),
        ("2020-01-01..2020-12-31", "30名", "2021-01-09", "2020年,落实《2018年行动方案》,抓获30名。"),
        ("2020-01-01..2020-12-31", "8%", "2021-01-09", "2020年,立案比2019年下降8%。"),
        # Until now, from then on, since a launch.
        ("2020-01-01..2021-01-09", "30名", "2021-01-09", "2020年,破案80起。目前,在册志愿者30名。"),
        ("2020-10-01..2020-12-31", "30名", "2021-01-09", "2020年,破案80起。10月起,配发终端,惠及30名。"),
        (
            "2022-06-25..2022-07-31",
            "26起",
            "2022-08-05",
            "“净夜行动”开展以来,截至7月底,破案26起。\n市局决定自6月25日起部署“净夜行动”。",
        ),
        (None, "26起", "2022-08-05", "专项行动开展以来,破案26起。"),
        ("2020-01-01..2020-06-30", "6起", "2020-12-09", f"{YEARS}\n去年,破案9起;2020年上半年,破案6起。"),
        ("2021-01-01..2021-11-30", "31%", "2021-12-28", "今年前11个月,破案率由2020年的18%提高到31%。"),
        ("2020-01-01..2020-12-31", "18%", "2021-12-28", "今年前11个月,破案率由2020年的18%提高到31%。"),
    ],
)
def test_the_nearest_period_governs(days: str | None, words: str, published: str, plain: str) -> None:
    assert _at(_timeline(plain, published), words) == days


def test_years_back_are_those_the_article_names() -> None:
    timeline = _timeline("五年来,立功80名。\n2019年以来,破案60起。", "2024-11-08")
    assert _at(timeline, "80名") == "2019-01-01..2024-11-08"


@pytest.mark.parametrize(
    ("days", "words", "plain"),
    [
        ("2019-01-01..2019-09-30", "下降8%", "2024年1-9月较2019年同期,刑事立案下降8%、破案上升9%。"),
        ("2019-01-01..2019-09-30", "上升9%", "2024年1-9月较2019年同期,刑事立案下降8%、破案上升9%。"),
        ("2019-01-01..2019-12-31", "下降8%", "今年以来,刑事立案比2019年下降8%,警情下降5%。"),
        (None, "下降5%", "今年以来,刑事立案比2019年下降8%,警情下降5%。"),
        (None, "下降8%", "今年以来,刑事立案比去年同期下降8%。"),
        ("2017-01-01..2017-12-31", "降幅四成", "立案由2017年的87宗降至去年的52宗,降幅四成。"),
        ("2016-01-01..2017-12-31", "还多19张", "签发83张,比2016年、2017年两年总和还多19张。"),
        ("2017-01-01..2017-12-31", "3.5倍", "今年,止付金额是2017年的3.5倍。"),
    ],
)
def test_baselines_are_named_periods_compared_with(days: str | None, words: str, plain: str) -> None:
    timeline = _timeline(plain, "2024-11-08")
    start = timeline.view.index(words)
    assert _written(timeline.baseline_at(start, start + len(words))) == days


@pytest.mark.parametrize(
    ("days", "plain"),
    [
        ("2024-01-01..2024-12-31", "今年以来,市局获评2024年度优秀单位。"),
        ("2023-01-01..2023-12-31", "今年以来,李某获评2023全国“最美民警”。"),
        ("2022-01-01..2022-12-31", "今年以来成绩突出,市局2022年获评优秀单位。"),
        ("2025-01-01..2025-09-06", "今年以来,市局获评优秀单位。"),
    ],
)
def test_an_honor_is_of_the_year_its_title_names(days: str, plain: str) -> None:
    timeline = _timeline(plain, "2025-09-06")
    period, words = timeline.honor_period(plain.index(",") + 1, len(plain))
    assert _written(period) == days
    assert words


def test_the_words_that_supplied_a_period_are_told() -> None:
    timeline = _timeline("2020年,破案80起。抓获嫌疑人30名。", "2021-01-09")
    assert timeline.at(timeline.view.index("30名"))[1] == "2020年 @ 0"


def test_an_empty_text_has_no_periods() -> None:
    assert _timeline("", "2021-01-09").at(0) == (None, "unknown")


def test_a_year_set_against_another_frames_its_paragraph():
    plain = "2022年与2017年比,刑事案件同比下降12%,命案全破。盗窃案件同比下降40%。\n诈骗案件同比下降8%。"
    text = text_of(plain, published=date(2023, 3, 3))
    timeline = read_timeline(text)
    found = [timeline.baseline_at(at := text.view.index(words), at + len(words)) for words in PHRASES]
    assert [period and period.start.year for period in found] == [2017, 2017, None]


PHRASES = ("刑事案件同比下降12%", "盗窃案件同比下降40%", "诈骗案件同比下降8%")


def test_this_year_in_a_review_without_a_date_is_the_year_of_its_title() -> None:
    titled = read_timeline(
        text_of("城口县公安局2014年工作综述\n今年以来,全县破案812起。去年,破案790起。昨日,抓获7名。")
    )
    assert [_at(titled, words) for words in ("812起", "790起")] == ["2014-01-01..2014-12-31", "2013-01-01..2013-12-31"]
    untitled = read_timeline(text_of("城口县公安局工作综述\n今年以来,全县破案812起。"))
    assert _at(untitled, "812起") is None
