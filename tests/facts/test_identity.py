"""Which agency a name means: one node for one agency, two for two places of one name."""

from __future__ import annotations

from datetime import date

import pytest

from kg.article import Article
from kg.facts.identity import authorities, canonical_name, identify, identities
from kg.facts.model import Bureau, Evidence, Fact, Honor, Metric
from kg.graph import node_iri, term_iri, to_graph
from kg.values.place import find_divisions
from kg.values.succession import lasting_code, successions


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("浙江省公安厅", "330000"),
        ("内蒙古自治区公安厅", "150000"),
        ("重庆市公安局", "500000"),
        ("温州市公安局", "330300"),
        ("温州市公安局鹿城分局", "330302"),
        ("温州市公安局鹿城区分局", "330302"),
        ("鹿城区公安局", "330302"),
        ("瑞安市公安局", "330381"),
        ("瑞安市公安局安阳派出所", "330381-安阳派出所"),
        ("温州市公安局交警支队二大队", "330300-交警支队二大队"),
        ("温州市公安局生态园分局", "330300-生态园分局"),
        ("温州市公安局鹿城分局五马派出所", "330302-五马派出所"),
        ("凉山彝族自治州公安局", "513400"),
        ("襄樊市公安局", "420600"),
        ("襄阳市公安局", "420600"),
        ("铜陵市森林公安局", "340700-森林公安局"),
    ],
)
def test_a_name_begins_with_its_division(name: str, key: str) -> None:
    found = identify(name)
    assert found is not None
    assert found.key == key


@pytest.mark.parametrize("name", ["公安部", "公安部刑侦局", "某局", "城关区公安局", "温州市人民政府", ""])
def test_a_name_that_leaves_it_open_has_no_identity(name: str) -> None:
    assert identify(name) is None


@pytest.mark.parametrize(
    ("name", "near", "code"),
    [
        ("鼓楼区公安局", "徐州", "320302"),
        ("鼓楼区公安局", "福州", "350102"),
        ("城关区公安局", "拉萨", "540102"),
        ("朝阳区公安局", "长春", "220104"),
    ],
)
def test_one_of_several_is_that_near_home(name: str, near: str, code: str) -> None:
    found = identify(name, near=find_divisions(near)[0])
    assert found is not None
    assert found.code == code


def bureau(name: str, level: str = "county", parent: str | None = None, place: str | None = None) -> Bureau:
    return Bureau(article="a", evidence=(Evidence(0, 1, "甲"),), name=name, level=level, parent=parent, place=place)


def metric(name: str, at: int = 0) -> Metric:
    return Metric(
        article="a", evidence=(Evidence(at, at + 1, "甲"),), bureau=name, indicator="破案", kind="count", value=None,
        unit="起",
    )  # fmt: skip


def test_two_places_of_one_name_stay_two() -> None:
    xuzhou = identities([bureau("徐州市公安局", "prefecture"), bureau("鼓楼区公安局", parent="徐州市公安局")])
    fuzhou = identities([bureau("福州市公安局", "prefecture"), metric("鼓楼区公安局")])
    assert xuzhou["鼓楼区公安局"].code == "320302"
    assert fuzhou["鼓楼区公安局"].code == "350102"


ARTICLE = Article(id="a", text="甲乙", blocks=(), published=date(2012, 3, 1), date_source="given")


def iris(*facts: Fact) -> dict[str, set[str]]:
    graph = to_graph(ARTICLE, facts)
    names = {}
    for node in graph.subjects(predicate=term_iri("name")):
        names[str(node)] = {str(value) for value in graph.objects(node, term_iri("name"))}
    return names


def test_an_agency_under_two_names_is_one_node_with_one_label() -> None:
    facts = (bureau("温州市公安局鹿城分局"), metric("鹿城区公安局", 1))
    names = iris(*facts)
    assert names[node_iri("bureau", "330302")] == {"温州市公安局鹿城分局"}
    assert iris(*reversed(facts)) == names


def test_what_the_gazetteer_does_not_know_is_known_by_its_name() -> None:
    assert node_iri("bureau", "甲县公安局") in iris(bureau("甲县公安局"))


def test_place_is_the_division_of_its_bureau() -> None:
    names = iris(bureau("徐州市公安局鼓楼分局", parent="徐州市公安局", place="鼓楼区"))
    assert names[node_iri("place", "320302")] == {"鼓楼区"}


def test_grantors_are_told_apart() -> None:
    honor = Honor(
        article="a", evidence=(Evidence(0, 1, "甲"),), title="集体一等功", recipient="甲", recipient_kind="unit",
        grantor="湖南省公安厅、共青团湖南省委等五部门",
    )  # fmt: skip
    assert authorities(honor) == ("湖南省公安厅", "共青团湖南省委")
    names = iris(honor)
    assert node_iri("bureau", "430000") in names
    assert node_iri("authority", "共青团湖南省委") in names


@pytest.mark.parametrize(
    ("code", "successors", "change"),
    [
        ("371200", {"370116", "370117"}, "split"),  # 莱芜市
        ("110228", {"110118"}, "upgraded"),  # 密云县
        ("310108", {"310106"}, "merged"),  # 闸北区
        ("120109", {"120116"}, "merged"),  # 大港区
        ("620925", {"620922"}, "renamed"),  # 安西县
    ],
)
def test_a_former_division_went_on(code: str, successors: set[str], change: str) -> None:
    found = successions()[code]
    assert {one.successor for one in found} == successors
    assert {one.change for one in found} == {change}


def test_every_former_code_went_on_as_something_and_never_in_a_circle() -> None:
    from kg.values.place import gazetteer

    former = {code for code, names in gazetteer().by_code.items() if all(name.valid_to < 9999 for name in names)}
    assert len(former) > 350
    assert not former - successions().keys()
    for code in successions():
        seen, waiting = set(), [code]
        while waiting:
            for one in successions().get(waiting.pop(), ()):
                assert one.successor != code
                if one.successor not in seen:
                    seen.add(one.successor)
                    waiting.append(one.successor)


def test_only_the_same_division_lasts_under_another_code() -> None:
    assert lasting_code("110228") == "110118"
    assert lasting_code("310108") == "310108"
    assert canonical_name(lasting_code("110228")) == "北京市公安局密云分局"
