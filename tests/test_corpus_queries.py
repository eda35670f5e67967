"""The stored queries that set articles beside one another: what they find, and where they find nothing."""

from __future__ import annotations

from datetime import date

import pytest
from test_corpus import CITY, NEWS, Corpus

from kg.facts.model import Period
from kg.queries import ask
from kg.store import Rows


def rows(corpus: Corpus, name: str, *columns: str, **arguments: str) -> list[tuple[str | None, ...]]:
    answer = ask(corpus.store(), name, arguments)
    assert isinstance(answer, Rows)
    return [
        tuple(None if (term := row[answer.columns.index(column)]) is None else term.value for column in columns)
        for row in answer.rows
    ]


@pytest.mark.parametrize("name", ["contradictions", "agreements", "whole-beside-parts"])
def test_an_empty_store_gives_no_row(name: str) -> None:
    assert rows(Corpus(), name) == []


def test_contradictions_show_both_quotes() -> None:
    corpus = Corpus().metric("a", "破获刑事案件", "300").metric("b", "破获刑事案件总数", "350", bound="min")
    columns = ("bureau", "value", "bound", "source", "quote", "otherValue", "otherSource", "otherQuote")
    assert rows(corpus, "contradictions", *columns) == [
        (
            CITY, "350", "min", "b", f"{CITY}2020年破获刑事案件总数350起",
            "300", "a", f"{CITY}2020年破获刑事案件300起",
        )
    ]  # fmt: skip
    assert rows(corpus, "contradictions", "value", bureau="台州") == []


@pytest.mark.parametrize(("bound", "value"), [("min", "350"), ("approx", "310"), ("exact", "300"), ("max", "299")])
def test_bounds_reconcile(bound: str, value: str) -> None:
    corpus = Corpus().metric("a", "破获刑事案件", "300", bound=bound).metric("b", "破获刑事案件", value)
    assert rows(corpus, "contradictions", "value") == []


def test_up_and_down_contradict_each_other() -> None:
    corpus = Corpus()
    for article, direction in (("a", "up"), ("b", "down")):
        corpus.metric(article, "刑事立案", "8", "%", kind="change", direction=direction, comparison="yoy")
    assert rows(corpus, "contradictions", "source", "otherSource") == [("a", "b")]


def test_several_numbers_of_one_article_are_no_contradiction() -> None:
    corpus = Corpus().metric("a", "抓获犯罪嫌疑人", "300", "名").metric("b", "抓获犯罪嫌疑人", "320", "名")
    corpus.metric("a", "抓获犯罪嫌疑人", "5", "名", words="抓获犯罪嫌疑人5名")
    assert rows(corpus, "contradictions", "value") == []


def test_from_one_number_to_another_is_no_inconsistency() -> None:
    line = "破案率由38.6%提高到57.9%"
    corpus = Corpus().metric("a", "破案率", "38.6", "%", kind="share", words="破案率由38.6%", line=line)
    corpus.metric("a", "破案率", "57.9", "%", kind="share", words=line, line=line)
    assert rows(corpus, "inconsistencies", "value") == []
    corpus.metric("b", "破案率", "61", "%", kind="share", words="破案率为61%")
    assert rows(corpus, "inconsistencies", "value", "source") == [("38.6", "a"), ("57.9", "a"), ("61", "b")]


def test_agreements_count_texts_and_articles() -> None:
    corpus = Corpus()
    for article, text in (("a", NEWS), ("b", NEWS), ("c", NEWS[::-1])):
        corpus.filler(article, text).metric(article, "破获刑事案件", "300")
    assert rows(corpus, "agreements", "value", "articles", "texts", "source") == [("300", "3", "2", "a")]
    assert rows(Corpus().metric("a", "破获刑事案件", "300"), "agreements", "value") == []


def test_whole_and_parts_stand_side_by_side() -> None:
    corpus = Corpus().metric("a", "破获盗窃案件", "300").metric("b", "破获盗窃案件", "400", bureau=f"{CITY}鹿城分局")
    corpus.metric("c", "破获盗窃案件", "100", bureau="瑞安市公安局")
    corpus.metric("c", "破获盗窃案件", "9", bureau="台州市公安局")
    corpus.metric("d", "一次破获盗窃案件", "500", bureau="乐清市公安局")
    columns = ("bureau", "about", "whole", "part", "partValue", "contradiction")
    assert rows(corpus, "whole-beside-parts", *columns) == [
        (CITY, "theft/solved", "300", "乐清市公安局", "500", "false"),  # of which the words say something else
        (CITY, "theft/solved", "300", f"{CITY}鹿城分局", "400", "true"),
        (CITY, "theft/solved", "300", "瑞安市公安局", "100", "false"),
    ]
    assert rows(Corpus().metric("a", "破获盗窃案件", "300"), "whole-beside-parts", "whole") == []


def test_units_of_one_quantity_convert_before_they_are_compared() -> None:
    corpus = Corpus().metric("a", "缴获毒品", "1.2", "吨").metric("b", "缴获毒品", "1200", "公斤")
    corpus.metric("b", "缴获毒品", "90", "公斤", bureau="瑞安市公安局")
    assert rows(corpus, "contradictions", "value") == []
    assert rows(corpus, "inconsistencies", "value") == []
    assert rows(corpus, "agreements", "value", "unit", "articles") == [("1.2", "吨", "2")]
    found = rows(corpus, "whole-beside-parts", "whole", "unit", "partValue", "partUnit", "contradiction")
    assert found == [("1.2", "吨", "90", "公斤", "false"), ("1200", "公斤", "90", "公斤", "false")]


def test_other_words_for_one_facet_contradict_only_where_asked() -> None:
    corpus = Corpus().metric("a", "破获毒品案件", "300").metric("b", "破获毒品目标案件", "20")
    assert rows(corpus, "contradictions", "value") == []
    assert rows(corpus, "contradictions", "value", "otherValue", alike="facets") == [("300", "20")]


def test_a_trend_goes_on_where_the_division_was_upgraded_but_not_where_it_was_split() -> None:
    then, now = Period(date(2012, 1, 1), date(2012, 12, 31)), Period(date(2023, 1, 1), date(2023, 12, 31))
    corpus = Corpus().metric("a", "破获刑事案件", "500", bureau="密云县公安局", period=then)
    corpus.metric("b", "破获刑事案件", "600", bureau="北京市公安局密云分局", period=now)
    corpus.metric("c", "破获刑事案件", "900", bureau="莱芜市公安局", period=then)
    corpus.metric("d", "破获刑事案件", "700", bureau="济南市公安局莱芜区分局", period=now)
    columns = ("bureau", "year", "value", "beforeYear", "before", "change")
    assert rows(corpus, "trend-of-bureau", *columns, bureau="密云分局") == [
        ("北京市公安局密云分局", "2023", "600", "2012", "500", "100"),
        ("密云县公安局", "2012", "500", None, None, None),
    ]
    assert rows(corpus, "trend-of-bureau", *columns, bureau="莱芜区分局") == [
        ("济南市公安局莱芜区分局", "2023", "700", None, None, None)
    ]
