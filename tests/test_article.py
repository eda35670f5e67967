"""Bytes to Article: encodings, blocks, furniture, imprint, dates, sources of articles."""

from __future__ import annotations

import html
import io
import json
import os
import re
import socket
import sys
import threading
import time
import tomllib
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.article import Article, article_files, decode, read_article, read_articles, safe_id
from kg.article.dating import deduced_date, printed_date
from kg.article.encoding import MAX_BYTES
from kg.article.furniture import read_line
from kg.article.lines import line_blocks
from kg.article.pieces import bytes_of
from kg.errors import ArticleError
from kg.resources import resource

SEEDS = sorted((Path(__file__).parent.parent / "seeds").glob("*.txt"))
HOSTILE = Path(__file__).parent / "hostile"
PROSE = "全市公安机关破获刑事案件1,204起,抓获犯罪嫌疑人860名。"
SECOND = "禁毒工作连续三年居全省第二位,群众安全感达到97.5%。"


def words(article: Article) -> list[str]:
    return [block.chars for block in article.blocks if block.chars]


def squeezed(lines: Sequence[str]) -> list[str]:
    return [re.sub(r"\s", "", line) for line in lines]


def check_offsets(article: Article) -> None:
    for block in article.blocks:
        assert len(block.chars) == len(block.starts) == len(block.ends)
        for character, start, end in zip(block.chars, block.starts, block.ends, strict=True):
            source = article.text[start:end]
            assert source == character or character == " " or html.unescape(source) == character
        assert list(block.starts) == sorted(block.starts)


def read(text: str, **known: date | str) -> Article:
    return read_article(text.encode(), id="page", **known)  # type: ignore[arg-type]


# Encodings


@pytest.mark.parametrize("path", SEEDS, ids=lambda path: path.stem)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be"])
def test_an_encoding_changes_neither_text_nor_blocks(path: Path, encoding: str) -> None:
    text = path.read_bytes().decode("utf-8")
    assert decode(text.encode(encoding)) == text
    assert read_article(text.encode(encoding), id=path.stem).blocks == read_article(path).blocks


@pytest.mark.parametrize("encoding", ["big5", "big5hkscs", "cp950"])
def test_traditional_text_is_read_as_big5(encoding: str) -> None:
    text = "全省公安機關破獲電信網路詐騙案件1,204起,抓獲嫌疑人860名,發案數同比下降。"
    assert decode(text.encode(encoding)) == text


def test_traditional_text_in_gb18030_is_not_taken_for_big5() -> None:
    text = "全省公安機關破獲電信網路詐騙案件,抓獲嫌疑人860名,發案數同比下降。"
    assert decode(text.encode("gb18030")) == text


def test_the_charset_that_a_page_declares_decides_where_it_fits() -> None:
    page = '<html><meta http-equiv="Content-Type" content="text/html; charset=gb2312"><p>破案</p></html>'
    assert "破案" in decode(page.encode("gb18030"))


def test_line_endings_and_odd_characters_stay() -> None:
    text = "一\r\n二\r三\n四\u2028五\x0b六\x85七\u200b\u202e。"
    assert decode(text.encode()) == text
    assert [b.chars for b in line_blocks(text)] == ["一", "二", "三", "四", "五", "六", "七\u200b\u202e。"]


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "empty file"),
        (b" \r\n\t\xef\xbb\xbf", "nothing but blanks"),
        ("。 —— ……".encode(), "nothing but blanks"),
        (b"%PDF-1.7 ...", "a PDF"),
        (b"PK\x03\x04 ...", "office document"),
        (b"\x1f\x8b\x08 ...", "gzip"),
        (b"abc\x00def", "NUL"),
        (b"\x01\x02\x03\x04abc", "control characters"),
        ("全市破案一百二十起".encode() + b"\xff\xfe" + PROSE.encode(), "not UTF-8 (byte 0xff at 27)"),
        (PROSE.encode()[:-1], "not UTF-8"),
        ("Größe und Überfluss, façade".encode("latin-1"), "not UTF-8"),
        (b"\xff\xfe\x00\xd8\x41\x00", "byte-order mark of UTF-16-LE"),
        (b"a" * (MAX_BYTES + 1), "the limit is 20,000,000"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_is_no_text_is_refused_in_one_line(data: bytes, says: str) -> None:
    with pytest.raises(ArticleError) as refusal:
        decode(data, "some.txt")
    message = str(refusal.value)
    assert message.startswith("some.txt: ") and says in message and "\n" not in message
    assert refusal.value.exit_code == 3


# Blocks


def test_plain_text_is_one_block_a_line_and_blank_lines_are_blocks() -> None:
    article = read(f"平安答卷\n\n  {PROSE}\r\n{SECOND}\n")
    assert [block.chars for block in article.blocks] == ["平安答卷", "", PROSE, SECOND]
    assert not any(block.heading for block in article.blocks)
    check_offsets(article)


def test_markdown_marks_stay_out_of_the_characters() -> None:
    article = read(f"# 平安答卷\n\n## 一、打击\n\n- **破案**120起,见[通报](http://x.cn/a)。\n* 全破。\n\n{PROSE}")
    assert words(article) == ["平安答卷", "一、打击", "破案120起,见通报。", "全破。", PROSE]
    assert [block.heading for block in article.blocks if block.chars][:3] == [True, True, False]
    check_offsets(article)


PAGE = """<!DOCTYPE html><html><head><meta charset="utf-8"><title>平安答卷写满民生温度_某某新闻网</title>
<script>document.write("<p>破获案件999起。</p>")</script><style>p {{}}</style></head><body>
<ul><li><a href="/">首页</a></li><li><a href="/n">新闻中心</a></li><li><a href="/v">视频</a></li></ul>
<!-- <p>破获案件998起。</p> --><div class="path">当前位置:<a href="/">首页</a> &gt; <a href="/g">公安</a></div>
<div class="main"><h1>平安答卷写满民生温度</h1>
<div class="info"><span>2023-05-06 10:11</span>&nbsp;<span>来源:某某日报</span> 字号:<a>大</a><a>小</a></div>
<div class="content">{body}</div><div class="editor">责任编辑:张三</div></div>
<div class="side"><h3>热点新闻</h3><ul>{links}</ul></div>
<div id="footer">版权所有 某某日报社 某ICP备1号</div></body></html>"""


def as_page(lines: Sequence[str]) -> str:
    links = "".join(f'<li><a href="/{i}">某市警方破获诈骗案抓获{i}人</a></li>' for i in range(1, 7))
    body = "\n".join(f"<p>&#12288;&#12288;<span>{html.escape(x[:1])}</span>{html.escape(x[1:])}</p>" for x in lines)
    return PAGE.format(body=body, links=links)


@pytest.mark.parametrize("path", SEEDS, ids=lambda path: path.stem)
def test_a_page_around_an_article_gives_the_same_words_with_their_places(path: Path) -> None:
    body = words(read_article(path))[2:]
    article = read(as_page(body))
    assert squeezed(words(article)) == squeezed(["平安答卷写满民生温度", *body])
    assert (article.title, article.outlet, article.published) == ("平安答卷写满民生温度", "某某日报", date(2023, 5, 6))
    check_offsets(article)


def test_references_and_tags_keep_their_places_in_the_source() -> None:
    article = read(f"<h1>题</h1><p>破获<b>刑事</b>案件&#49;&#x32;0&nbsp;起&amp;立案。</p><p>{PROSE}</p>")
    block = next(block for block in article.blocks if block.chars.startswith("破获"))
    assert block.chars == "破获刑事案件120\xa0起&立案。"
    at = block.chars.index("1")
    assert article.text[block.starts[at] : block.ends[at + 2]] == "&#49;&#x32;0"
    assert article.text[block.starts[0] : block.ends[3]] == "破获<b>刑事"


def test_headings_of_a_page_are_marked() -> None:
    article = read(f"<html><h1>平安答卷</h1><p>{PROSE}</p><h2>守护平安</h2><p>{SECOND}</p></html>")
    assert [block.chars for block in article.blocks if block.heading] == ["平安答卷", "守护平安"]


# Furniture

FURNITURE = tomllib.loads(resource("mappings", "rules", "furniture.toml").read_text(encoding="utf-8"))


def kind(text: str) -> str:
    return read_line(line_blocks(text)[0]).kind


@pytest.mark.parametrize(
    ("place", "example"), [(line["place"], text) for line in FURNITURE["line"] for text in line["examples"]]
)
def test_examples_of_furniture_are_furniture(place: str, example: str) -> None:
    assert kind(example) in ({"anywhere", place})


@pytest.mark.parametrize("text", [text for line in FURNITURE["line"] for text in line.get("counterexamples", [])])
def test_counterexamples_of_furniture_are_text(text: str) -> None:
    assert kind(text) in ("plain", "prose")


@pytest.mark.parametrize(
    "line",
    [
        "全省第一。",
        "命案全破",
        "破案195起",
        "110",
        "打击犯罪,守护平安",
        "一、打击更有力",
        "群众安全感97.8%",
        "来源可查、去向可追。",
        "公安局党委书记、局长张某介绍",
        "●查处酒驾1204起",
        "2021年以来,抓获逃犯1.9万名",
    ],
)
def test_short_lines_of_the_body_stay(line: str) -> None:
    assert line in words(read(f"平安答卷\n{PROSE}\n{line}\n{SECOND}\n"))


def test_a_page_without_a_full_stop_keeps_its_lines() -> None:
    assert words(read("破案195起\n抓获嫌疑人229名")) == ["破案195起", "抓获嫌疑人229名"]


def test_lists_of_other_articles_fall_away() -> None:
    others = [f"某市警方破获第{n}起特大跨境赌博案件抓获一百余人" for n in "甲乙丙丁戊"]
    assert words(read("\n".join(["平安答卷", PROSE, SECOND, "责任编辑:张三", "相关阅读", *others]))) == [
        "平安答卷",
        PROSE,
        SECOND,
    ]
    assert words(read("\n".join(["首页", *others, "2021-03-04", "公安", "平安答卷", "副题", "引语", PROSE])))[-4:] == [
        "平安答卷",
        "副题",
        "引语",
        PROSE,
    ]


def test_every_seed_ends_with_its_last_sentence_and_opens_with_its_title() -> None:
    assert len(SEEDS) == 5
    for path in SEEDS:
        article = read_article(path)
        lines = words(article)
        assert article.title is not None and article.title.startswith(lines[0])
        assert lines[-1].endswith(("。", "!"))
        check_offsets(article)


# Imprint


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("发布时间:2022-01-10 10:31:14 | 来源:某网", date(2022, 1, 10)),
        ("發佈時間:2022-01-10", date(2022, 1, 10)),
        ("2016年11月28日 放大 缩小 默认", date(2016, 11, 28)),
        ("2016 年 1 月 8 日", date(2016, 1, 8)),
        ("日期:2024/11/08", date(2024, 11, 8)),
        ("时间:2025.9.6 浏览次数:12", date(2025, 9, 6)),
        ("二〇一六年十一月二十八日", date(2016, 11, 28)),
        ("二○二一年一月十日", date(2021, 1, 10)),
        ("发布日期:２０１４年６月２６日", date(2014, 6, 26)),
        ("版次:4  2026年03月12日", date(2026, 3, 12)),
        ("某某晚报 2013年12月26日 星期四 第3版:法治", date(2013, 12, 26)),
        ("26.12.2014  16:29", date(2014, 12, 26)),
        ("2014-6月-26 周四 09:20", date(2014, 6, 26)),
        ("2014—06—26", date(2014, 6, 26)),
        ("2014 06/ 26 11:03:06", date(2014, 6, 26)),
        ("20140626", date(2014, 6, 26)),
        ("2014 06 26", date(2014, 6, 26)),
        ("6月26日 2014", date(2014, 6, 26)),
        ("Jun 26, 2014", date(2014, 6, 26)),
        ("26th June 2014", date(2014, 6, 26)),
        ("日期:14-06-26", date(2014, 6, 26)),
        ("成文日期:2014-06-24 发布日期:2014-06-26", date(2014, 6, 26)),
        ("2023-02-30", None),
        ("邮编:137000", None),
    ],
)
def test_a_printed_date_is_read(line: str, found: date | None) -> None:
    article = read(f"平安答卷\n{line}\n{PROSE}\n{SECOND}")
    assert (article.published, article.date_source) == (found, "printed" if found else None)
    assert words(article) == ["平安答卷", PROSE, SECOND]


@pytest.mark.parametrize("title", ["盗窃多不多?", "又破案了!", "盗窃少了。", "警方的这一年……"])
def test_a_date_is_read_below_a_title_that_ends_as_a_sentence_does(title: str) -> None:
    article = read(f"{title}\n2021-03-12\n{PROSE}\n{SECOND}")
    assert (article.title, article.published, article.date_source) == (title, date(2021, 3, 12), "printed")
    assert words(article) == [title, PROSE, SECOND]


@pytest.mark.parametrize("heading", ["相关新闻", "相关阅读"])
def test_a_date_in_a_list_of_other_articles_is_not_that_of_the_page(heading: str) -> None:
    article = read(
        f"平安答卷\n{PROSE}\n{SECOND}\n{heading}\n- 2021年03月12日弥渡公安夜查\n- 2021年01月07日弥渡公安开会"
    )
    assert article.published is None
    assert words(article) == ["平安答卷", PROSE, SECOND]


@pytest.mark.parametrize("line", ["编号20210312", "3月12日 2021年公安工作会议"])
def test_digits_with_other_words_are_no_printed_date(line: str) -> None:
    assert printed_date(line) is None


@pytest.mark.parametrize(
    ("printed", "found", "source"),
    [
        ("2020-05-17", date(2020, 3, 5), "deduced"),  # put up again: 今年以来 runs to the day of the dispatch
        ("2020-03-06", date(2020, 3, 6), "printed"),
        ("2020-01-17", date(2020, 1, 17), "printed"),
    ],
)
def test_a_dispatch_that_a_page_takes_up_late_is_of_its_own_day(printed: str, found: date, source: str) -> None:
    article = read(f"平安答卷\n{printed}\n中新网昭通3月5日电 {PROSE}\n{SECOND}")
    assert (article.published, article.date_source) == (found, source)


@pytest.mark.parametrize(("printed", "found"), [("2019-03-12", date(2015, 12, 31)), ("2016-03-12", date(2016, 3, 12))])
def test_a_yearly_account_put_online_years_later_is_of_its_year(printed: str, found: date) -> None:
    article = read(f"某县公安局2015年工作总结\n{printed}\n{PROSE}\n今年以来,抓获31人。{SECOND}")
    assert article.published == found


def test_a_given_date_goes_before_a_printed_one() -> None:
    article = read(f"平安答卷\n2016年11月28日\n{PROSE}", published=date(2016, 11, 30))
    assert (article.published, article.date_source) == (date(2016, 11, 30), "given")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("9月5日,市政府新闻办召开新闻发布会。2025年,全市发案下降。", date(2025, 9, 6)),
        ("2020年是收官之年,2020年破案120起。新的一年,2021年1月10日举行仪式。", date(2021, 1, 11)),
        ("2024年1-9月较2019年同期,全市立案数下降。", date(2024, 9, 30)),
        ("2019年上半年,全市破案120起。", date(2019, 6, 30)),
        ("2018年,全市破案120起。一年来,抓获逃犯80名。", date(2019, 1, 15)),
        ("在第34个“110宣传日”到来之际,市公安局通报:2019年全市破案120起。", date(2020, 1, 15)),
        ("3月2日,会议召开。2019年6月以来连续20个月未发生较大事故,全市破案120起。", date(2021, 3, 3)),
        ("8月6日,市公安局通报:2020年破案率98%。今年1至7月,破案80起。", date(2021, 8, 7)),
        ("4月6日,大会召开,交警大队被评为“2015年度先进单位”。", date(2016, 4, 7)),
        ("11月2日,市公安局公布2013年度调查结果。今年,破案80起。", date(2013, 11, 3)),
        ("5月2日,省公安厅表彰2014年度先进单位。2014年,全市破案80起。", date(2015, 5, 3)),
        ("8月7日,省公安厅通报:专项斗争开展以来至2019年6月,打掉团伙80个。", date(2019, 8, 8)),
        ("2018年11月至2019年4月,开展专项行动。截至2月底,破案80起。", date(2019, 2, 28)),
        ("1月9日,市公安局通报:2022年全市破案120起,一年来抓获80人。", date(2023, 1, 10)),
        ("某网1月17日电 记者从公安局获悉,2006年全年破案120起。去年,抓获80人。", date(2007, 1, 17)),
        ("今年以来,吸毒人员占比从2022年的0.9‰降至0.4‰。今年1至7月破案80起。", date(2023, 7, 31)),
        ("2013年至2022年间,全国破案107万起,由2015年的16万起降至2022年的3.5万起。", date(2023, 1, 15)),
        ("截至2021年10月底,破案120起。力争到2025年破案率达到90%。", date(2021, 10, 31)),
        (
            "某局2016年工作回眸\n5月3日成立专班,2016年2月8日起巡逻。全年共破案120起。今年1月6日召开大会。",
            date(2017, 1, 7),
        ),
        ("1月8日,省政府召开2024年公安专场新闻发布会。2023年,破案120起。去年,抓获80人。", date(2024, 1, 9)),
        ("《2020年至2030年规划》指出,要破案。", None),
        ("今年以来,破案120起。", None),
        ("自2018年1月专项斗争开展以来,打掉9个。今年破案80起。", None),
        ("2020年1月5日至12日,市公安局破案31起。", date(2020, 1, 13)),
        ("自2020年10月开展行动以来,抓获242人。2020年12月31日,会议召开。", date(2021, 1, 1)),
        ("松岭派出所始建于1950年。今年以来,该所破案31起。", None),
        ("今天,绿柳派出所获评先进。成立于1949年的绿柳派出所在松岭区。", None),
        ("评选活动截至9月22日,公布名单。禁毒支队长赵明2013年率队破案。", None),
        ("评选活动截至9月22日,公布名单。赵明是民警,2013年入警。", None),
        ("9月22日,市公安局局长介绍2013年破案情况。", date(2013, 9, 23)),
        ("市公安局2月6日讯,截至2月5日,事故比去年春运同期(2016年2月1日至12日)下降21%。", date(2017, 2, 6)),
        ("本报2月20日电,春运已结束。2016年春运期间,破案31起。", date(2016, 2, 20)),
        ("2月20日,市公安局通报,今年春运比2016年春运事故下降9%。", date(2017, 2, 21)),
        ("4月12日,市公安局通报,2017年至2019年,抓获310人。", date(2020, 4, 13)),
        ("4月12日,市公安局通报,2017年至2019年,开展为期三年的专项斗争。", date(2019, 4, 13)),
        ("本报12月30日电,2020年以来,破案310起。今年5月以来,处罚15人。", date(2020, 12, 30)),
        ("本报3月30日电,2020年以来,破案310起。今年2月以来,处罚15人。", None),
        ("7月17日消息,今年4月1日起,开展行动。决定从2016年4月1日起开展行动。", date(2016, 7, 17)),
        ("3月9日,市公安局获悉,自2011年以来,市政府连续7年为其记功。", date(2018, 3, 10)),
        ("3月9日,市公安局获悉,自2011年以来,市政府连续两年为其记功。", date(2013, 3, 10)),
        ("5月15日是宣传日,13日,市公安局召开发布会。2023年1月13日抓获2人。", date(2023, 5, 13)),
        ("6月26日是禁毒日。24日,市公安局召开发布会。2023年5月抓获2人。", date(2023, 6, 24)),
        ("1月4日,市公安局通报,2018年春运期间破案9起,2018年破案31起。", date(2019, 1, 5)),
        ("市公安局3月1日讯,春运事故比去年同期(2018年2月1日至3月12日)下降21%。", date(2019, 3, 1)),
        ("1985年成立的松岭派出所有民警12名。今年以来,该所破案31起。", None),
        ("松岭派出所于1985年10月成立,有民警12名。今年以来,该所破案31起。", None),
        ("9月22日,举行表彰会。民警李小军,2013年从警,2015年破案9起。", None),
        ("2018年12月30日至2019年1月1日,市公安局查处20起。", date(2019, 1, 2)),
        ("二00七年五月开始,市公安局缉枪治爆。", date(2007, 12, 31)),
        ("昨天公布上周警情。上周(2021年5月3日至2021年5月9日),市公安局接警61起。", date(2021, 5, 10)),
        ("2021年5月3日至2021年12月9日,市公安局开展专项行动。2021年6月,查处20起。", date(2021, 6, 30)),
        ("2018年11月30日至2019年1月31日,市公安局开展专项行动。2018年12月,查处20起。", date(2018, 12, 31)),
        ("2015年,破案120起。今年以来,破案80起。2016年,县公安局将新建3个所。", date(2015, 12, 31)),
        ("2015年,破案120起。2016年,县公安局将新建3个所。一年来,抓获80人。", date(2016, 1, 15)),
        ("今年以来,破案80起。10月3日,开展行动。局长说,2026年要打造10个样板。", date(2025, 10, 4)),
        ("今年以来,破案80起。3月3日,开展行动。局长说,2026年要打造10个样板。", date(2025, 12, 31)),
        ("2015年,破案120起。今年以来,破案80起。所长说,2017年准备筹建2个所。", date(2016, 12, 31)),
        ("2015年7月,破案120起。将向着2020年破案率80%的目标前行。", date(2015, 7, 31)),
        ("过去一年,破案120起。2024年,新的考卷已经铺开。", date(2024, 1, 15)),
        ("3月6日24时,2013年春运结束。春运期间,破案31起,去年,破案20起。", date(2013, 3, 7)),
        ("公安部19日召开发布会,2021年全国公安机关破案310起。", date(2022, 1, 19)),
        ("记者9日从市公安局获悉,2021年3月12日至15日,破案31起。", date(2021, 4, 9)),
        ("单位名称:郑墩派出所。\n建所时间:1987年。\n警力配备:民警31人。", None),
        ("2020年6月份以来,全市查处酒驾310起。", date(2020, 12, 31)),
        ("中新网杭州8月3日电,2023年6月至今,全省破案310起。", date(2023, 8, 3)),
        ("中新网杭州3月3日电,2023年6月至今,全省破案310起。", None),
        ("6月26日,市公安局通报:2022年全市禁毒工作综合考核位列全省第二,2022年以来破案31起。", date(2023, 6, 27)),
        ("单位名称:郑墩派出所。\n成立日期:1987年6月。\n2021年,破案31起。", date(2022, 1, 15)),
        ("去年,全国破案310起,发案数自2023年8月以来下降。截至2023年12月底,劝阻41万人。", date(2024, 1, 15)),
        ("记者16日从市公安局获悉,2021年3月12日至15日,破案31起。", date(2021, 3, 16)),
    ],
)
def test_a_date_is_deduced_from_what_the_text_speaks_of(text: str, found: date | None) -> None:
    assert deduced_date(text) == found


@pytest.mark.parametrize(
    ("text", "filed", "found"),
    [
        ("今年以来,全县破案120起。", 2009, date(2009, 12, 31)),
        ("3月7日,县公安局召开新闻发布会。今年以来,全县破案120起。", 2013, date(2013, 3, 8)),
        ("2011年,全县破案120起。", 2009, date(2012, 1, 15)),
        ("3月7日,县公安局召开发布会。满意度由2016年的80分升至90分。", 2019, date(2019, 3, 8)),
        ("7月2日讯 昨日,县公安局获奖。2020年,县公安局获奖。", 2021, date(2021, 7, 2)),
        ("今年以来,全县破案120起。", None, None),
        ("据微信号30日消息,1-2月破案31起。3月3日至4日,抓获9人。", 2021, date(2021, 3, 30)),
        ("某报6日电,1月至9月,全县破案31起。", 2021, date(2021, 10, 6)),
    ],
)
def test_a_text_without_a_date_is_of_the_year_it_is_filed_under(
    text: str, filed: int | None, found: date | None
) -> None:
    assert deduced_date(text, filed) == found


@pytest.mark.parametrize(
    ("title", "told", "found"),
    [
        ("某县公安局2020年工作总结", "10月,组建专班。", date(2021, 1, 15)),
        ("某县公安局2020年度工作报告", "“2020年上半年十大案件”揭晓。", date(2021, 1, 15)),
        ("某县公安局2020年工作总结和2021年工作要点", "10月,组建专班。", date(2021, 1, 15)),
        ("某县公安局2020年工作总结", "今年以来,组建专班。", date(2020, 12, 31)),
        ("某县公安局2020年工作综述", "12月9日,组建专班。", date(2020, 12, 10)),
        ("某县公安局二○二○年工作总结", "10月,组建专班。", date(2021, 1, 15)),
        ("某县公安局2020年工作综述", "1月9日,市公安局召开会议。10月,组建专班。", date(2021, 1, 10)),
        ("护航——2020年某县公安工作回眸", "10月,组建专班。", date(2021, 1, 15)),
        ("某县公安局2020年防控和维护社会治安工作情况报告", "10月,组建专班。", date(2021, 1, 15)),
        ("某县公安局2020年工作报告", "10月,组建专班。将在今年工作中解决。", date(2021, 1, 15)),
        ("某县公安局2019—2020年工作报告", "10月,组建专班。", date(2020, 10, 31)),
        ("“十三五”时期某县公安工作回眸", "10月,组建专班。", date(2021, 1, 15)),
        ("某县公安局2020年工作回眸", "10月,组建专班。今年1月10日,举行会议。", date(2021, 1, 11)),
        ("2020年某县公安成绩单", "10月,组建专班。", date(2021, 1, 15)),
        ("某县公安局2020年上半年工作总结", "6月,组建专班。", date(2020, 6, 30)),
        ("某县2020年以来禁毒工作综述", "6月,组建专班。", date(2020, 6, 30)),
        ("某县2020年春运工作综述", "2月,组建专班。", date(2020, 2, 29)),
    ],
)
def test_a_yearly_account_is_of_after_its_year(title: str, told: str, found: date) -> None:
    assert deduced_date(f"{title}\n2020年,破案31起。{told}", None, title) == found


def test_the_title_is_what_dates_a_yearly_account_of_the_page() -> None:
    article = read("某县公安局2020年工作总结\n2020年,全县破案31起。10月,组建专班,劝阻31人。")
    assert (article.published, article.date_source) == (date(2021, 1, 15), "deduced")


@pytest.mark.parametrize(
    ("id", "first", "last", "source"),
    [
        ("baicheng-2016", date(2016, 11, 28), date(2016, 11, 28), "printed"),
        ("binzhou-2020", date(2021, 1, 10), date(2021, 1, 31), "deduced"),
        ("binzhou-2025", date(2025, 9, 6), date(2025, 9, 6), "deduced"),
        ("bozhou-2024", date(2024, 11, 8), date(2024, 11, 8), "printed"),
        ("shandong-2021", date(2022, 1, 10), date(2022, 1, 10), "printed"),
    ],
)
def test_the_seeds_are_dated(id: str, first: date, last: date, source: str) -> None:
    article = read_article(next(path for path in SEEDS if path.stem == id))
    assert article.published is not None and first <= article.published <= last
    assert article.date_source == source


def test_title_outlet_and_byline_are_read() -> None:
    article = read(f"平安答卷——\n写在警察节\n2021-01-09 来源:某市长安网 责任编辑:某甲\n记者 张三 通讯员 李四\n{PROSE}")
    assert article.title == "平安答卷——写在警察节"
    assert article.outlet == "某市长安网"
    assert article.byline == "记者 张三 通讯员 李四"


def test_names_stay_in_the_characters_of_the_page() -> None:
    article = read("平安答卷\n發佈時間:2022-01-10 | 來源:大眾網 | 作者:呂樂\n全省公安機關破獲案件120起。")
    assert (article.outlet, article.byline) == ("大眾網", "呂樂")


@pytest.mark.parametrize(
    ("text", "outlet"),
    [
        (f"题目\n某报讯 (记者 张三) {PROSE}", "某报"),
        (f"题目\n□滨海晚报记者 张三\n{PROSE}", "滨海晚报"),
        (f"题目\n{PROSE}\n版权所有:某某日报  技术支持:某某科技", "某某日报"),
        (f"题目\n本文转自:某某日报\n{PROSE}", "某某日报"),
        (f"题目\n本报讯 {PROSE}", None),
    ],
)
def test_the_outlet_is_found_where_pages_name_it(text: str, outlet: str | None) -> None:
    assert read(text).outlet == outlet


# Where articles come from


def test_a_folder_gives_its_articles_in_order(tmp_path: Path) -> None:
    for name in ["b.txt", "a.md", "sub/c.html", "d.pdf", ".hidden.txt", ".git/e.txt"]:
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(f"<p>{PROSE}</p><p>{SECOND}</p>" if name.endswith("html") else PROSE, encoding="utf-8")
    assert [article.id for article in read_articles([tmp_path, tmp_path / "b.txt"])] == ["a", "b", "c"]


def test_json_lines_give_an_article_a_line(tmp_path: Path) -> None:
    path = tmp_path / "many.jsonl"
    records: list[object] = [
        {"id": "a/b", "text": PROSE, "published": "2021-01-05T08:00:00+08:00", "publisher": "某报", "title": "题"},
        {"text": SECOND + "\ud800"},
        {"id": "no-text"},
        {"id": "bad-date", "text": PROSE, "published": "2021-13-45"},
        [],
        {"id": "a/b", "text": PROSE},
    ]
    lines = [json.dumps(record) for record in records]
    path.write_text("\n".join([*lines[:2], "", "not json", "[" * 100_000, *lines[2:]]), encoding="utf-8")
    problems: list[ArticleError] = []
    first, second = read_articles([path], problems=problems)
    assert (first.id, first.title, first.outlet, first.published) == ("a-b", "题", "某报", date(2021, 1, 5))
    assert (second.id, second.text[-1]) == ("many-2", "\ufffd")
    assert [re.findall(r"line \d+|id 'a-b'", str(problem)) for problem in problems] == [
        ["line 4"],
        ["line 5"],
        ["line 6"],
        ["line 7"],
        ["line 8"],
        ["line 9", "id 'a-b'"],
    ]


def test_one_bad_article_does_not_stop_the_others(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"")
    (tmp_path / "b.txt").write_text(PROSE, encoding="utf-8")
    (tmp_path / "c.txt").symlink_to(tmp_path / "c.txt")
    (tmp_path / "loop").symlink_to(tmp_path)
    problems: list[ArticleError] = []
    assert [article.id for article in read_articles([tmp_path], problems=problems)] == ["b"]
    assert ["a.txt" in str(problems[0]), "c.txt" in str(problems[1]), len(problems)] == [True, True, 2]
    with pytest.raises(ArticleError, match=r"a\.txt: empty file"):
        list(read_articles([tmp_path]))


def test_a_folder_that_cannot_be_looked_into_is_no_empty_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody is kept out of a folder who may do all, as in a container: the system's answer is given here."""
    (tmp_path / "open.txt").write_text("x", encoding="utf-8")
    (tmp_path / "closed").mkdir()
    scandir = os.scandir

    def refused(path: str) -> object:
        if str(path).endswith("closed"):
            raise PermissionError(13, "Permission denied", str(path))
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refused)
    with pytest.raises(ArticleError, match="closed: Permission denied"):
        article_files([tmp_path])


def test_missing_paths_and_empty_folders_are_said_at_once(tmp_path: Path) -> None:
    with pytest.raises(ArticleError, match=r"none\.txt: No such file"):
        article_files([tmp_path / "none.txt"])
    with pytest.raises(ArticleError, match="a folder without articles"):
        article_files([tmp_path])
    with pytest.raises(ArticleError, match="check the path"):
        article_files(["a\0b"])


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read_is_said(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(PROSE, encoding="utf-8")
    path.chmod(0)
    with pytest.raises(ArticleError, match="Permission denied"):
        read_article(path)


def test_standard_input_is_an_article_or_json_lines(monkeypatch: pytest.MonkeyPatch) -> None:
    for data, ids in [
        (PROSE.encode(), ["stdin"]),
        (
            json.dumps({"id": "a", "text": PROSE}).encode() + b"\n" + json.dumps({"text": SECOND}).encode(),
            ["a", "stdin-2"],
        ),
    ]:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))
        assert [article.id for article in read_articles(["-"])] == ids


@pytest.mark.parametrize(
    ("name", "id"),
    [
        ("../../etc/passwd", "etc-passwd"),
        ("a b\n\x00c", "a-b-c"),
        ('x"><script>', "x-script"),
        ("滨州-2020", "滨州-2020"),
        ("\u202eevil\u200b", "evil"),
        ("..", "article"),
        ("a" * 500, "a" * 120),
    ],
)
def test_ids_are_made_safe(name: str, id: str) -> None:
    assert safe_id(name) == id


# Hostile input

ATTACKS = {
    "unclosed-anchors": b"<html>" + b"<a " * 20_000,
    "angle-brackets": b"<html>" + b"<" * 100_000,
    "deep-nesting": b"<html>" + b"<div>" * 50_000 + PROSE.encode(),
    "comments": b"<html>" + b"<!--" * 100_000,
    "cdata": b"<html>" + b"<![CDATA[" * 50_000,
    "quotes": b"<html><a " + b"\"'" * 100_000,
    "scripts": b"<html>" + b"<script></scrip" * 30_000,
    "references": b"<html>" + b"&" * 100_000 + b"&#99999999;&#xD800;&nope;" * 5_000,
    "entity-bomb": b'<!DOCTYPE html [<!ENTITY a "aaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><html>&b;</html>' * 10,
    "digits": b"1" * 300_000,
    "years": "2020年1月".encode() * 50_000,
    "reporters": ("记者 " + "张三 " * 60).encode() + b"!",
    "navigation-words": ("大中小默认字号" * 50 + "X").encode(),
    "labels": ("来源:" * 60).encode(),
    "emphasis": b"# a\n" + b"*" * 100_000,
    "links": b"# a\n" + b"[a](" * 50_000,
    "newlines": b"a" + b"\n" * 200_000,
    "one-line": PROSE.encode() * 10_000,
}


@pytest.mark.parametrize("attack", ATTACKS)
def test_attacks_end_soon(attack: str) -> None:
    read_article(f"<p>{PROSE}</p><p></p>".encode())  # the library is imported before the clock starts
    started = time.process_time()
    try:
        check_offsets(read_article(ATTACKS[attack]))
    except ArticleError as refusal:
        assert "\n" not in str(refusal)
    assert time.process_time() - started < 10


@pytest.mark.long
def test_a_page_of_too_much_text_is_refused() -> None:
    with pytest.raises(ArticleError, match=r"big: an HTML page of more than 2,000,000 characters"):
        read_article(b"<html>" + b"<p>abcdefghij" * 210_000, id="big")


@pytest.mark.parametrize("path", sorted(HOSTILE.glob("article-*")), ids=lambda path: path.name)
def test_hostile_files_are_read_or_refused(path: Path) -> None:
    try:
        check_offsets(read_article(path))
    except ArticleError as refusal:
        assert str(refusal).startswith(str(path))


def test_nothing_is_fetched(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("a connection was opened")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    assert words(read_article(HOSTILE / "article-remote.html")) == [PROSE, PROSE]
    assert "root:" not in "".join(words(read_article(HOSTILE / "article-entity-bomb.html")))


def test_markup_in_plain_text_is_only_text() -> None:
    line = '破获案件120起,<script>alert(1)</script> @prefix pa: <x> . SELECT * WHERE { ?s ?p "o" }。'
    assert words(read(f"题目\n{line}\n{PROSE}")) == ["题目", line, PROSE]


TAGS = ["<p>", "</p>", "<a href='x'>", "</a>", "<h1>", "<div", "<!--", "-->", "<script>", "&#", "&amp;", "]]>", "<td>"]
LINES = [
    "来源:",
    "记者 张三",
    "2021年1月5日",
    "相关阅读",
    "责任编辑",
    "版权所有",
    "http://x.cn",
    PROSE,
    SECOND,
    "1",
    "20",
]
PIECES = st.sampled_from([*"年月日:|。,;  \n\r\u3000#*<>&\u200b", *TAGS, *LINES])


@given(st.lists(PIECES, max_size=60).map("".join))
@settings(deadline=None, max_examples=150)
def test_any_page_gives_an_article_or_a_refusal(text: str) -> None:
    try:
        article = read(text)
    except ArticleError:
        return
    assert article.text == text
    check_offsets(article)


@given(st.binary(max_size=400))
@settings(deadline=None, max_examples=200)
def test_any_bytes_give_an_article_or_a_refusal(data: bytes) -> None:
    try:
        check_offsets(read_article(data))
    except ArticleError as refusal:
        assert "\n" not in str(refusal)


@given(st.text(max_size=200))
@settings(deadline=None, max_examples=200)
def test_any_line_has_at_most_one_date(text: str) -> None:
    found = printed_date(text)
    assert found is None or 1949 <= found.year <= 2099
    deduced_date(text)


@pytest.mark.parametrize("unit", [PROSE + "\n", f"<p>{PROSE}</p>", "2021年1月5日,", "相关阅读\n", "<a href=x>首页</a>"])
def test_time_grows_no_faster_than_the_text(unit: str) -> None:
    def seconds(times: int) -> float:
        data = (unit * times).encode()
        started = time.process_time()
        read_article(data)
        return time.process_time() - started

    seconds(50)
    small = min(seconds(1_000) for _ in range(3))
    assert seconds(8_000) < 8 * small * 4 + 0.5


@pytest.mark.skipif(not Path("/proc/self/maps").exists(), reason="only Linux tells what a process has mapped")
def test_bytes_of_files_are_no_mappings_of_their_own(tmp_path: Path) -> None:
    """A process may have 65,530 of them."""
    path = tmp_path / "a.txt"
    path.write_text("兴县公安局破案120起。", encoding="utf-8")

    def mapped() -> int:
        return len(Path("/proc/self/maps").read_text(encoding="utf-8").splitlines())

    before = mapped()
    held = [bytes_of(path) for _ in range(500)]
    assert mapped() - before < len(held) / 10
    assert set(held) == {path.read_bytes()}


def test_bytes_of_what_has_no_size_are_read_to_the_end(tmp_path: Path) -> None:
    pipe = tmp_path / "a.txt"
    os.mkfifo(pipe)
    writer = threading.Thread(target=pipe.write_bytes, args=(b"x" * 200_000,))
    writer.start()
    assert len(bytes_of(pipe)) == 200_000
    writer.join()
