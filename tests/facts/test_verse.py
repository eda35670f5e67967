"""Phrases that have a line each, as in what is made for telephones, are read as the sentences that they are."""

from __future__ import annotations

from kg.extraction import find_facts
from kg.facts.model import Honor, Metric
from kg.text import text_of

POST = """数说陵水公安的这一年

2024年

陵水黎族自治县公安局

坚持打防结合

抓获犯罪嫌疑人

932名

同比上升

12.5%

电诈警情

同比下降28.1%

命案

连续8年全破

这一年

我们荣获

全省优秀公安局

民警王海

荣立个人二等功

新村派出所先后被评为

全国“枫桥式公安派出所”

全省公安机关爱民模范集体

荣立3次集体三等功
"""


def test_a_phrase_goes_on_in_the_line_below() -> None:
    metrics = [fact for fact in find_facts(text_of(POST).article) if isinstance(fact, Metric)]
    told = {(fact.indicator, None if fact.value is None else str(fact.value), fact.kind) for fact in metrics}
    assert told >= {
        ("抓获犯罪嫌疑人", "932", "count"),
        ("抓获犯罪嫌疑人", "12.5", "change"),
        ("电诈警情", "28.1", "change"),
        ("命案破案率", "100", "share"),
    }
    quotes = [place.quote for fact in metrics for place in fact.evidence]
    assert all(quote in POST for quote in quotes)


def test_titles_line_by_line_are_one_list() -> None:
    honors = [fact for fact in find_facts(text_of(POST).article) if isinstance(fact, Honor)]
    assert {(fact.title, fact.recipient) for fact in honors} == {
        ("全省优秀公安局", "陵水黎族自治县公安局"),
        ("个人二等功", "王海"),
        ("全国枫桥式公安派出所", "陵水黎族自治县公安局新村派出所"),
        ("全省公安机关爱民模范集体", "陵水黎族自治县公安局新村派出所"),
        ("集体三等功", "陵水黎族自治县公安局新村派出所"),
    }


def test_headlines_below_each_other_stay_apart() -> None:
    headlines = "\n".join(f"陵水警方第{n}号防范提示发布" for n in "一二三四五六七八九")
    assert len(text_of(f"{headlines}\n全省优秀公安局\n全国文明单位").paragraphs) == 11
