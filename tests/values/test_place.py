import pytest

from kg.values.place import (
    chain,
    choose,
    division_of,
    find_divisions,
    full_name,
    gazetteer,
    is_everyday_word,
    is_within,
    resolve_place,
    word_ending,
    word_starting,
)


def test_gazetteer_covers_the_country():
    current = [d for entries in gazetteer().by_code.values() for d in entries if d.valid_to == 9999]
    levels = {level: sum(d.level == level for d in current) for level in ("province", "prefecture", "county")}
    assert levels["province"] == 34  # 31, the Corps, Hong Kong and Macau
    assert levels["prefecture"] >= 333
    assert levels["county"] >= 2840


def test_every_division_but_a_province_has_a_parent():
    for entries in gazetteer().by_code.values():
        for division in entries:
            assert (division.level == "province") == (division.parent == "")
            if division.parent:
                assert division_of(division.parent) is not None, division.name


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("滨州市", "滨州"),
        ("无棣县", "无棣"),
        ("延边朝鲜族自治州", "延边"),
        ("锡林郭勒盟", "锡林郭勒"),
        ("鄂温克族自治旗", "鄂温克"),
        ("积石山保安族东乡族撒拉族自治县", "积石山"),
        ("东乡族自治县", "东乡"),
        ("神农架林区", "神农架"),
        ("万柏林区", "万柏林"),
        ("浦东新区", "浦东"),
        ("井陉矿区", "井陉矿区"),
        ("阿拉善左旗", "阿拉善左旗"),
        ("大兴安岭地区", "大兴安岭"),
        ("管城回族区", "管城"),
        ("内蒙古自治区", "内蒙古"),
        ("广西壮族自治区", "广西"),
    ],
)
def test_short_names_drop_the_generic_ending(name, short):
    assert find_divisions(name)[0].short == short


@pytest.mark.parametrize(
    ("word", "name"),
    [
        ("科右前旗", "科尔沁右翼前旗"),
        ("锡盟", "锡林郭勒盟"),
        ("凉山州", "凉山彝族自治州"),
        ("前郭县", "前郭尔罗斯蒙古族自治县"),
        ("兵团", "新疆生产建设兵团"),
        ("第八师石河子市", "第八师"),
        ("雄安", "雄安新区"),
    ],
)
def test_other_names_in_use(word, name):
    assert find_divisions(word)[0].name == name


@pytest.mark.parametrize(
    ("word", "year", "name", "level"),
    [
        ("莱芜", 2012, "莱芜市", "prefecture"),
        ("莱芜", 2022, "莱芜区", "county"),
        ("邹平", 2015, "邹平县", "county"),
        ("邹平", 2021, "邹平市", "county"),
        ("巢湖", 2008, "巢湖市", "prefecture"),
        ("巢湖", 2020, "巢湖市", "county"),
        ("毕节", 2009, "毕节地区", "prefecture"),
        ("毕节", 2019, "毕节市", "prefecture"),
        ("崇文区", 2008, "崇文区", "county"),
    ],
)
def test_years_tell_renamed_and_merged_divisions_apart(word, year, name, level):
    division = find_divisions(word, year=year)[0]
    assert (division.name, division.level) == (name, level)


@pytest.mark.parametrize(
    ("word", "home", "code"),
    [
        ("鼓楼区", "南京", "320106"),
        ("鼓楼区", "福州", "350102"),
        ("朝阳区", "北京", "110105"),
        ("朝阳区", "长春", "220104"),
        ("城关区", "拉萨", "540102"),
        ("朝阳", "朝阳市", "211300"),
        ("海州", "阜新", "210902"),
        ("新华区", "沧州", "130902"),
    ],
)
def test_home_tells_namesakes_apart(word, home, code):
    assert resolve_place(word, home=find_divisions(home)[0]).code == code


def test_a_namesake_without_home_stays_open():
    assert resolve_place("鼓楼区") is None
    assert resolve_place("无此地") is None
    assert choose((), None) is None


def test_chain_and_full_name():
    county = find_divisions("阿巴嘎旗")[0]
    assert [d.name for d in chain(county)] == ["阿巴嘎旗", "锡林郭勒盟", "内蒙古自治区"]
    assert full_name(county) == "内蒙古自治区锡林郭勒盟阿巴嘎旗"
    assert is_within(county, chain(county)[-1])
    assert not is_within(chain(county)[-1], county)


def test_counties_under_a_province_or_a_city_province():
    assert [d.name for d in chain(find_divisions("济源市")[0])] == ["济源市", "河南省"]
    assert [d.name for d in chain(find_divisions("海淀区")[0])] == ["海淀区", "北京市"]


def test_longest_words_at_a_position():
    assert word_ending("江苏省南京市", 6) == "南京市"
    assert word_ending("我们", 2) is None
    assert word_starting("阿巴嘎旗公安局", 0) == "阿巴嘎旗"
    assert word_starting("在东营", 0) is None


def test_everyday_words_are_short_names():
    assert is_everyday_word("平安")
    assert not is_everyday_word("通榆")
