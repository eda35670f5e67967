"""Which agency a name means: one node for one agency, two for two places of one name."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from kg.article import Article
from kg.facts.identity import authorities, canonical_name, identify, identities, one_unit
from kg.facts.model import Bureau, Evidence, Fact, Honor, Metric
from kg.graph import node_iri, term_iri, to_graph
from kg.values.place import find_divisions, gazetteer
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
        ("朝阳市公安局", "211300"),
        ("朝阳县公安局", "211321"),
        ("北京市公安局朝阳分局", "110105"),
        ("海口市公安局龙华分局", "460106"),
        ("深圳市公安局龙华分局", "440309"),
        ("乌海市公安局海南分局", "150303"),
        ("海南州公安局", "632500"),
        ("武汉市公安局东湖高新分局", "420100-东湖高新分局"),
        ("莱芜市公安局钢城分局", "371203"),  # 济南 has a district of that name today
        ("济南市公安局钢城区分局", "370117"),
        ("济宁市公安局市中分局", "370802"),  # gone since 2013; four other cities have one
        ("阿拉善盟公安局巴彦浩特派出所", "152900-巴彦浩特派出所"),
    ],
)
def test_a_name_begins_with_its_division(name: str, key: str) -> None:
    found = identify(name)
    assert found is not None
    assert found.key == key


@pytest.mark.parametrize(
    ("names", "key"),
    [
        (("温州市公安局交警支队", "温州市公安局交通警察支队", "温州市公安局交通管理支队"), "330300-交警支队"),
        (("温州市公安局刑侦支队", "温州市公安局刑警支队", "温州市公安局刑事侦查支队"), "330300-刑侦支队"),
        (("瑞安市公安局反诈中心", "瑞安市公安局反电信网络诈骗中心"), "330381-反诈中心"),
        (("温州市公安局交警支队车管所", "温州市公安局交通警察支队车辆管理所"), "330300-交警支队车管所"),
        (("温州市公安局鹿城分局经济犯罪侦查大队", "温州市公安局鹿城区分局经侦大队"), "330302-经侦大队"),
    ],
)
def test_a_unit_of_several_names_is_one(names: tuple[str, ...], key: str) -> None:
    assert {found.key for name in names if (found := identify(name))} == {key}


def test_units_that_only_sound_alike_stay_apart() -> None:
    units = ("交警支队", "交巡警支队", "高速交警支队", "特警支队", "特巡警支队", "治安支队", "治安警务站", "刑警派出所")
    assert len({one_unit(name) for name in units}) == len(units)


def test_every_name_of_a_unit_has_its_reason_and_leads_no_further() -> None:
    rows = (Path(__file__).parents[2] / "mappings" / "units.tsv").read_text(encoding="utf-8").splitlines()
    assert rows[0].split("\t") == ["name", "unit", "reason"]
    assert rows[1:] == sorted(rows[1:])
    assert all(len(row.split("\t")[2]) > 4 for row in rows[1:])
    assert not {row.split("\t")[0] for row in rows[1:]} & {row.split("\t")[1] for row in rows[1:]}


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
        ("朝阳区公安局", "北京", "110105"),
        ("鼓楼区公安局", "开封", "410204"),
        ("城关区公安局", "兰州", "620102"),
        ("白云区公安局", "贵阳", "520113"),
        ("新城区公安局", "呼和浩特", "150102"),
        ("新城区公安局", "西安", "610102"),
    ],
)
def test_one_of_several_is_that_near_home(name: str, near: str, code: str) -> None:
    found = identify(name, near=find_divisions(near)[0])
    assert found is not None
    assert found.code == code


BEGAN = """
    密云区 2015, 延庆区 2015, 静海区 2015, 宁河区 2015, 蓟州区 2016, 滨海新区 2009, 富阳区 2014, 临安区 2017,
    钱塘区 2021, 临平区 2021, 柯桥区 2013, 上虞区 2013, 吴江区 2012, 姑苏区 2012, 梁溪区 2015, 新吴区 2015,
    海门区 2020, 铜山区 2010, 金坛区 2015, 江都区 2011, 姜堰区 2012, 赣榆区 2014, 洪泽区 2016, 大丰区 2015,
    溧水区 2013, 高淳区 2013, 湾沚区 2020, 繁昌区 2020, 义安区 2015, 叶集区 2015, 广德市 2019, 潜山市 2018,
    博望区 2012, 莱芜区 2018, 钢城区 2018, 章丘区 2016, 济阳区 2018, 即墨区 2017, 文登区 2014, 定陶区 2016,
    陵城区 2014, 兖州区 2013, 沾化区 2014, 邹平市 2018, 垦利区 2016, 蓬莱区 2020, 曹妃甸区 2012, 徐水区 2015,
    清苑区 2015, 满城区 2015, 莲池区 2015, 竞秀区 2015, 藁城区 2014, 鹿泉区 2014, 栾城区 2014, 冀州区 2016,
    抚宁区 2015, 万全区 2016, 崇礼区 2016, 永年区 2016, 肥乡区 2016, 滦州市 2018, 平泉市 2017, 信都区 2020,
    襄都区 2020, 任泽区 2020, 南和区 2020, 平城区 2018, 云冈区 2018, 云州区 2018, 潞州区 2018, 上党区 2018,
    屯留区 2018, 潞城区 2018, 太谷区 2019, 怀仁市 2018, 康巴什区 2016, 大洼区 2016, 普兰店区 2015, 辽中区 2016,
    九台区 2014, 双城区 2014, 阿城区 2006, 抚远市 2016, 东宁市 2015, 祥符区 2014, 禹王台区 2005, 陕州区 2015,
    建安区 2016, 偃师区 2021, 孟津区 2021, 淮阳区 2019, 长垣市 2019, 郧阳区 2014, 京山市 2018, 监利市 2020,
    望城区 2011, 祁阳市 2021, 宁乡市 2017, 邵东市 2019, 增城区 2014, 从化区 2014, 清新区 2012, 揭东区 2012,
    梅县区 2013, 潮安区 2013, 高要区 2015, 阳东区 2014, 电白区 2014, 坪山区 2016, 光明区 2018, 武鸣区 2015,
    临桂区 2013, 柳江区 2016, 龙圩区 2013, 横州市 2021, 平果市 2019, 平桂区 2016, 宜州区 2016, 荔浦市 2018,
    靖西市 2015, 三沙市 2012, 铜梁区 2014, 璧山区 2014, 潼南区 2015, 荣昌区 2015, 开州区 2016, 武隆区 2016,
    梁平区 2016, 綦江区 2011, 大足区 2011, 江津区 2006, 合川区 2006, 永川区 2006, 南川区 2006, 双流区 2015,
    郫都区 2016, 新津区 2020, 彭山区 2014, 名山区 2012, 前锋区 2013, 恩阳区 2013, 达川区 2013, 康定市 2015,
    马尔康市 2015, 安州区 2016, 罗江区 2017, 射洪市 2019, 叙州区 2018, 隆昌市 2017, 会理市 2021, 南溪区 2011,
    毕节市 2011, 铜仁市 2011, 平坝区 2014, 播州区 2016, 兴仁市 2018, 盘州市 2017, 水城区 2020, 黔西市 2021,
    观山湖区 2012, 呈贡区 2011, 晋宁区 2016, 普洱市 2007, 腾冲市 2015, 沾益区 2016, 马龙区 2018, 江川区 2015,
    香格里拉市 2014, 泸水市 2016, 弥勒市 2013, 文山市 2010, 蒙自市 2010, 澄江市 2019, 水富市 2018, 禄丰市 2021,
    日喀则市 2014, 昌都市 2014, 林芝市 2015, 山南市 2016, 那曲市 2017, 堆龙德庆区 2015, 达孜区 2017,
    横山区 2015, 高陵区 2014, 鄠邑区 2016, 华州区 2015, 安塞区 2016, 南郑区 2017, 神木市 2017, 彬州市 2018,
    子长市 2019, 凤翔区 2021, 旬阳市 2021, 华亭市 2018, 海东市 2013, 乐都区 2013, 平安区 2015, 湟中区 2019,
    玉树市 2013, 茫崖市 2018, 同仁市 2020, 红寺堡区 2009, 吐鲁番市 2015, 哈密市 2016, 铁门关市 2012,
    双河市 2014, 可克达拉市 2015, 昆玉市 2016, 胡杨河市 2019, 新星市 2021, 阿拉山口市 2012, 霍尔果斯市 2014,
    沙湾市 2021, 北屯市 2011, 襄阳市 2010, 通州区 2009,
"""
ENDED = """
    密云县 2015, 蓟县 2016, 富阳市 2014, 临安市 2017, 下城区 2021, 江干区 2021, 绍兴县 2013, 上虞市 2013,
    吴江市 2012, 沧浪区 2012, 平江区 2012, 金阊区 2012, 崇安区 2015, 南长区 2015, 北塘区 2015, 海门市 2020,
    港闸区 2020, 铜山县 2010, 九里区 2010, 金坛市 2015, 戚墅堰区 2015, 江都市 2011, 维扬区 2011, 姜堰市 2012,
    赣榆县 2014, 新浦区 2014, 白下区 2013, 下关区 2013, 芜湖县 2020, 莱芜市 2018, 章丘市 2016, 胶南市 2012,
    四方区 2012, 文登市 2014, 兖州市 2013, 邹平县 2018, 唐海县 2012, 徐水县 2015, 藁城市 2014, 冀州市 2016,
    襄樊市 2010, 郧县 2014, 望城县 2011, 增城市 2014, 从化市 2014, 武鸣县 2015, 蝶山区 2013, 万盛区 2011,
    双桥区 2011, 双流县 2015, 郫县 2016, 新津县 2020, 闸北区 2015, 卢湾区 2011, 南汇区 2009, 崇明县 2016,
    崇文区 2010, 宣武区 2010, 塘沽区 2009, 思茅市 2007, 户县 2016, 华县 2015, 安西县 2006, 潮安县 2013,
    梅县 2013, 高要市 2015, 宜州市 2016, 达县 2013, 南溪县 2011, 偃师市 2021, 孟津县 2021, 吉利区 2021,
"""


@pytest.mark.parametrize(("stated", "edge"), [(BEGAN, "valid_from"), (ENDED, "valid_to")])
def test_divisions_of_our_time_begin_and_end_in_their_years(stated: str, edge: str) -> None:
    """Hold the gazetteer to what is remembered of the counties, cities and districts remade since 2005.

    A year's margin: a change is decided at the end of one year and carried out in the next.
    """
    known = gazetteer().by_word
    pairs = [pair.split() for pair in stated.replace("\n", " ").split(",") if pair.strip()]
    assert len(pairs) >= 60
    wrong = [
        (name, year)
        for name, year in pairs
        if not any(one.name == name and abs(getattr(one, edge) - int(year)) <= 1 for one in known.get(name, ()))
    ]
    assert not wrong


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
