"""Who ordered a campaign, where the words say so, by a name that holds beyond the article."""

from __future__ import annotations

import random
import time

import pytest

from kg.article import article_of
from kg.facts.campaign_order import read_order
from kg.facts.model import Campaign, Evidence
from kg.graph import node_iri, term_iri, to_graph
from kg.values.place import find_divisions

HOME = find_divisions("滨州")[0]


@pytest.mark.parametrize(
    ("text", "name", "bodies", "words"),
    [
        ("公安部先后部署“猎狐2016”、打击整治地下钱庄等行动", "猎狐", ("公安部",), "公安部先后部署"),
        ("公安部先后部署“猎狐2016”、打击整治地下钱庄等行动", "打击", ("公安部",), "公安部先后部署"),
        ("由公安部组织开展的“净网2020”专项行动", "净网", ("公安部",), "公安部组织"),
        ("公安部部署全国公安机关开展夏季治安打击整治行动", "夏季", ("公安部",), "公安部部署"),
        ("公安部再次部署开展为期三个月的“断卡”行动", "断卡", ("公安部",), "公安部再次部署"),
        (
            "在公安部、省公安厅的统一部署下,全市集中开展枪爆专项行动",
            "枪爆",
            ("公安部", "山东省公安厅"),
            "公安部、省公安厅的统一部署",
        ),
        ("按照市委市政府部署,滨州公安机关启动“利剑”行动", "利剑", ("滨州市委", "滨州市政府"), "市委市政府部署"),
        ("省厅部署的“春雷”行动", "春雷", ("山东省公安厅",), "省厅部署"),
        ("市公安局组织开展“雷霆”行动", "雷霆", ("滨州市公安局",), "市公安局组织"),
        ("山東省公安廳統一部署開展“崑崙2021”專項行動", "崑崙", ("山东省公安厅",), "山東省公安廳統一部署"),
        (
            "按照公安部统一部署,各地成立领导小组,围绕线索征集攻坚,派出所成立“团圆”行动专业队",
            "团圆",
            ("公安部",),
            "公安部统一部署",
        ),
    ],
)  # fmt: skip
def test_an_order_is_read_with_its_words(text: str, name: str, bodies: tuple[str, ...], words: str) -> None:
    order = read_order(text, text.index(name), HOME)
    assert order is not None
    assert order.bodies == bodies
    assert text[order.start : order.end] == words


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("全市公安机关开展“净网”行动", "净网"),
        ("公安部部署打击犯罪。全市开展“净网”行动", "净网"),
        ("公安部召开会议,部署打击犯罪,他说,“净网”行动成效明显", "净网"),
        ("记者从省公安厅获悉,“净网”行动抓获300人", "净网"),
        ("公安部表彰“净网”行动先进集体", "净网"),
        ("“净网”行动", "净网"),
    ],
)
def test_who_is_only_named_has_ordered_nothing(text: str, name: str) -> None:
    assert read_order(text, text.index(name), HOME) is None


def test_a_relative_name_without_a_home_stays_as_it_is() -> None:
    order = read_order("省公安厅部署“春雷”", 7)
    assert order is not None
    assert order.bodies == ("省公安厅",)


def test_time_is_bounded_whatever_stands_before() -> None:
    words = random.Random(1)
    letters = "公安部省市委和、,部署组织开展“”的了全国为期甲乙"
    texts = ["".join(words.choices(letters, k=120)) for _ in range(2_000)]
    start = time.perf_counter()
    for text in texts:
        read_order(text, 120, HOME)
    assert time.perf_counter() - start < 5


def test_the_graph_says_who_ordered_and_shows_the_words() -> None:
    article = article_of("滨州市公安局。按照公安部和省公安厅部署,组织了“飓风2018”行动。", id="a")
    start = article.text.index("“")
    fact = Campaign(
        article="a", evidence=(Evidence(start, start + 10, article.text[start : start + 10]),), name="飓风2018",
        bureau="滨州市公安局",
    )  # fmt: skip
    graph = to_graph(article, [fact])
    ordered = {str(node) for node in graph.objects(None, term_iri("orderedBy"))}
    assert ordered == {node_iri("bureau", "公安部"), node_iri("bureau", "370000")}
    (words,) = graph.objects(None, term_iri("orderedIn"))
    assert str(graph.value(words, term_iri("quote"))) == "公安部和省公安厅部署"
