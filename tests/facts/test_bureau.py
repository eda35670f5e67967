from datetime import date

import pytest

from kg.facts.bureau import build_bureaus, find_bureaus
from kg.facts.office import bureau_name, office_of
from kg.text import text_of
from kg.values.place import find_divisions, gazetteer


def names(plain, **options):
    return {mention.name for mention in find_bureaus(text_of(plain, **options)).mentions}


def home(plain, **options):
    found = find_bureaus(text_of(plain, **options)).home
    return found.name if found else None


def subject(plain, words):
    text = text_of(plain)
    start = text.view.index(words)
    return find_bureaus(text).subject_at(start, start + len(words))[0]


@pytest.mark.parametrize(
    ("place", "name", "level", "parent"),
    [
        ("山西省", "山西省公安厅", "province", "公安部"),
        ("天津市", "天津市公安局", "province", "公安部"),
        ("西藏自治区", "西藏自治区公安厅", "province", "公安部"),
        ("新疆生产建设兵团", "新疆生产建设兵团公安局", "province", "公安部"),
        ("宝鸡市", "宝鸡市公安局", "prefecture", "陕西省公安厅"),
        ("兴安盟", "兴安盟公安局", "prefecture", "内蒙古自治区公安厅"),
        ("昌吉回族自治州", "昌吉回族自治州公安局", "prefecture", "新疆维吾尔自治区公安厅"),
        ("阿里地区", "阿里地区公安局", "prefecture", "西藏自治区公安厅"),
        ("嵊州市", "嵊州市公安局", "county", "绍兴市公安局"),
        ("仙桃市", "仙桃市公安局", "county", "湖北省公安厅"),
        ("奈曼旗", "奈曼旗公安局", "county", "通辽市公安局"),
        ("碑林区", "西安市公安局碑林分局", "county", "西安市公安局"),
        ("徐汇区", "上海市公安局徐汇分局", "county", "上海市公安局"),
        ("渝中区", "重庆市公安局渝中区分局", "county", "重庆市公安局"),
    ],
)
def test_names_follow_from_the_division(place, name, level, parent):
    office = office_of(find_divisions(place)[0])
    assert (office.name, office.level, office.parent) == (name, level, parent)


@pytest.mark.parametrize(
    "words",
    ["沂源县公安局", "沂源公安", "沂源警方", "沂源公安机关", "全县公安机关", "县公安局", "全县各级公安机关", "县局"],
)
def test_aliases_mean_the_home_bureau(words):
    plain = f"沂源县公安局召开会议。今年,{words}破案40起。"
    assert home(plain) == "沂源县公安局"
    assert names(plain) == {"沂源县公安局"}


@pytest.mark.parametrize(
    ("plain", "expected"),
    [
        ("2019年,记者从安顺市公安局获悉,全市公安机关破案800起。", "安顺市公安局"),
        ("鹤壁警方今年打掉团伙9个,市公安局被省公安厅表彰。", "鹤壁市公安局"),
        ("阿拉善盟公安局通报,全盟公安机关抓获逃犯21名,阿右旗公安局抓获3名。", "阿拉善盟公安局"),
        ("黔南州公安机关抓获嫌疑人600名,都匀市公安局抓获80名。", "黔南布依族苗族自治州公安局"),
        ("青海公安机关推出措施20项,全省公安机关破案3000起。西宁市公安局破案900起。", "青海省公安厅"),
        ("宁夏公安厅通报,全区公安机关破获电诈案件1900起。", "宁夏回族自治区公安厅"),
        ("北京警方今年破案1.2万起。市公安局刑侦总队破获积案3起。", "北京市公安局"),
        ("全国公安机关破案39万起。公安部表示,全国公安机关将继续努力。浙江、江苏警方各破案1万起。", "公安部"),
        ("安化县公安局2020年抓获逃犯40名,益阳市公安局通报表扬,市局奖励5万元。", "安化县公安局"),
        ("大同市云州区公安局发布消息,大同市公安局云州区分局并入。", "云州区公安局"),
        ("公安部负责人表示,全国公安机关开展行动。北京市公安局抓获22名,沧州市公安局抓获3名。", "公安部"),
        ("福建公安机关全力反诈\n福州、厦门两地公安机关破案占六成。厦门市公安局集美分局破案9起。", "福建省公安厅"),
        ("大连市公安局甘井子分局年度总结\n全区公安机关破案900起,市局表扬。", "大连市公安局甘井子分局"),
        ("营山警方破案12起。营山县公安局受到南充市公安局表彰。", "营山县公安局"),
        # a city that shares its name with its county, with another's district, with the prefecture around it
        ("岳阳警方反诈忙\n今年,岳阳警方破案48起。", "岳阳市公安局"),
        ("岳阳警方反诈忙\n今年,岳阳警方破案48起,岳阳县公安局破案9起,全市警情下降8%。", "岳阳市公安局"),
        ("岳阳县反诈忙\n今年,岳阳县公安局破案9起,全县警情下降8%。岳阳公安获表彰。", "岳阳县公安局"),
        ("大同警方反诈忙\n今年,大同警方破案48起。", "大同市公安局"),
        ("伊宁警方反诈忙\n今年,伊宁警方破案48起。", "伊宁市公安局"),
        ("大理警方反诈忙\n今年,大理警方破案48起。", "大理白族自治州公安局"),
        ("大理警方反诈忙\n今年,大理警方破案48起,全市警情下降8%。", "大理市公安局"),
        ("吉林警方反诈忙\n今年,吉林警方破案4800起,全省警情下降8%。", "吉林省公安厅"),
        ("哈市警方去年破案24起\n哈市公安局局长说,警情减少。", "哈尔滨市公安局"),
        ("浙江衢州去年破案24起\n去年,全市各级公安机关破案260起。", "衢州市公安局"),
    ],
)
def test_home_is_who_reports(plain, expected):
    assert home(plain) == expected


@pytest.mark.parametrize(
    ("plain", "expected"),
    [
        # the city speaks first and of its whole, whichever part is named most
        (
            "3月1日,全市公安局长会议在铜川市召开。耀州分局、印台分局受到表彰,耀州分局经验在全市推广,耀州分局破案20起。"
            "去年,全市破案900起,铜川市公安局综合考核居全省第三。",
            "铜川市公安局",
        ),
        # the province's meeting, with a note on one of its cities
        (
            "省公安厅召开会议。去年,全省破案9000起,全省群众安全感达98%。\n又讯 今年1月,周口警方破案80起。",
            "河南省公安厅",
        ),
        # nobody is named but the place
        ("遵义去年破案8000起\n全市公安工作会议召开。去年,全市抓获逃犯120名,遵义群众安全感达98%。", "遵义市公安局"),
        # a province by its one character, which begins a word besides
        ("滇前9月破案800起\n我省今年破获案件800起。", "云南省公安厅"),
        ("川流不息\n我省今年破获案件800起。", None),
        ("全省“利剑”行动以来,市公安局破案80起,全市发案下降8%,维护梅州平安。", "梅州市公安局"),
        # a county that its city's meeting praises stays home
        (
            "湘潭市公安局通报考核结果,韶山市公安局排名全市第一。韶山市公安局破案40起,韶山公安抓获逃犯9名。",
            "韶山市公安局",
        ),
        # who counts among others is no reporter
        (
            "眉山公安交警获殊荣\n全省公安交警系统表彰会召开,眉山市公安局交警支队获评优秀。眉山公安交警查处酒驾800起。",
            "眉山市公安局交警支队",
        ),
        ("湖州市公安局召开会议,记者从太湖公安分局获悉,湖州公安破案9起。", "湖州市公安局"),
        ("莱芜市公安交警支队查处酒驾300起。", "莱芜市公安局交警支队"),
        # the ministry orders, the province reports
        (
            "昨日,记者从省公安厅获悉,自公安部部署“利剑”行动以来,我省警方抓获公安部B级逃犯7名、各类逃犯900名。"
            "公安部副部长批示:“山西省公安厅成绩突出。”",
            "山西省公安厅",
        ),
        # four of a province's cities at its conference
        (
            "湖北省公安机关新闻发布会在荆门市公安局举行。荆门市公安局破案80起。宜昌市公安局破案90起,宜昌警方抓获逃犯9名。"
            "恩施州公安局破案70起。",
            "湖北省公安厅",
        ),
        # a city whose branches the province praises
        (
            "山东省公安厅对全省公安机关先进单位进行表彰,枣庄市公安局薛城分局、峄城分局及滕州市公安局获奖。"
            "去年,枣庄市各级公安机关破案9000起。枣庄市公安机关服务群众5万次。",
            "枣庄市公安局",
        ),
        (
            "长石派出所召开退赃会。今年,石门县公安局开展行动,长石派出所破案9起,长石派出所返还3万元。",
            "石门县公安局长石派出所",
        ),
        ("公安部铁路公安局通报,全国铁路公安机关破案900起。", "公安部铁路公安局"),
        # the title's city, of which but one county's station is named in full, far down
        (
            "去年肇庆110平均每28秒接一个电话\n全市接警112万个。"
            + "全市民警昼夜值守,接到群众来电随即派警。" * 15
            + "8月,高要市公安局禄步派出所抓获3名男子。市公安局受到表扬。",
            "肇庆市公安局",
        ),
    ],
)
def test_home_is_whose_report_it_is(plain, expected):
    assert home(plain) == expected


def test_where_home_works_is_no_subject_of_its_own():
    plain = "菏泽市公安局通报,今年以来,在曹县庄寨、单县龙王庙等园区建设警务室12个。在单县,警方抓获逃犯8名。"
    assert subject(plain, "12个") == "菏泽市公安局"
    assert subject(plain, "8名") == "单县公安局"


def test_a_unit_reports_itself():
    plain = "玉溪市公安局交警支队通报情况:今年,支队查处酒驾900起。支队连续两年获评优秀。"
    assert home(plain) == "玉溪市公安局交警支队"


@pytest.mark.parametrize(
    ("unit", "whose"),
    [
        # every station works against drugs, the roads are the traffic police's own
        ("禁毒支队", "玉溪市公安局"),
        ("交警支队", "玉溪市公安局交警支队"),
    ],
)
def test_the_whole_city_is_the_bureaus_where_all_work_in_a_units_field(unit, whose):
    plain = f"玉溪市公安局{unit}通报情况。今年以来,全市查处案件900起。支队连续两年获评优秀,支队民警立功。"
    assert subject(plain, "900起") == whose


def test_a_fraud_centre_named_in_full_is_a_body_of_its_own():
    full = "枣阳市公安局通报,枣阳市公安局反诈中心拨打电话900个。"
    assert subject(full, "900个") == "枣阳市公安局反诈中心"
    assert subject("枣阳市公安局通报,市反诈中心拨打电话900个。", "900个") == "枣阳市公安局"


def test_a_branch_is_called_as_briefly_as_the_article_calls_it():
    both = "赣州市公安局召开发布会,章贡区公安分局破案7起。截至目前,章贡公安分局抓获逃犯9名。"
    assert "赣州市公安局章贡分局" in names(both)
    assert "赣州市公安局章贡区分局" in names("赣州市公安局通报,章贡区公安分局破案7起。")


def test_a_municipalitys_district_keeps_its_full_name():
    plain = "重庆市綦江区公安局破案9起。綦江区公安局返还赃款3万元。"
    assert names(plain) == {"重庆市綦江区公安局"}


def test_a_service_is_the_unit_of_its_place():
    assert home("祁门交警:守护平安路\n2021年,祁门交警查处酒驾300起。祁门交警推行措施12项。") == "祁门县公安局交警大队"
    plain = "祁门交警通报上半年情况\n县公安局召开发布会。大队查处酒驾300起。大队推行措施12项,大队民警立功。"
    assert home(plain) == "祁门县公安局交警大队"
    assert "玉溪市公安局交警支队" in names("玉溪市公安局通报,玉溪交警查处酒驾9起。")
    assert names("玉溪市公安局组织特警巡逻,玉溪交警部门配合。") == {"玉溪市公安局"}


def test_brigades_of_several_places_share_their_word():
    plain = "四平市公安局交警支队通报,支队查处酒驾9起。梨树、双辽大队辖区死亡人数分别减少5人、3人。"
    assert {"梨树县公安局交警大队", "双辽市公安局交警大队"} <= names(plain)


@pytest.mark.parametrize(
    ("plain", "name"),
    [
        ("通渭县公安局交警大队总结\n在县委、县政府和县公安局领导下,大队查处违法310起。", "和县公安局"),
        ("大队总结\n在市局支队和县公安局领导下,查处违法310起。\n全县立案90起,全县破案40起。", "和县公安局"),
        ("大队总结\n在上级机关和县公安局领导下,查处违法310起。\n全县立案90起,全县破案40起。", "和县公安局"),
        ("工作总结\n全市和县域治安良好。\n全县立案90起,全县破案40起。", "和县公安局"),
        ("镇江城区查处酒驾4起\n大队出动警力206人次。", "阳江市公安局江城分局"),
        ("石狮市公安局举行诈骗侦查大队揭牌仪式。", "石狮市公安局举行诈骗侦查大队"),
        ("南充市公安局通报\n领身份证也不用去派出所了。", "南充市公安局领身份证也不用去派出所"),
        ("南充市公安局通报\n民警到太原森林公安培训中心学习12次。", "太原市森林公安局"),
        ("南充市公安局通报\n新建“二级森林派出所”1个。", "南充市公安局森林派出所"),
    ],
)
def test_words_that_meet_by_chance_name_nobody(plain, name):
    assert name not in names(plain)


def test_a_stations_name_may_end_like_a_verb():
    assert "北京市公安局海淀分局大有派出所" in names("北京市公安局海淀分局通报\n大有派出所破案9起。")


def test_a_station_of_a_line_is_called_so_in_the_title_too():
    plain = "绿江边境派出所守边境\n记者来到白山边境管理支队绿江边境派出所。年初至今,派出所化解纠纷50起。"
    assert home(plain) == "白山边境管理支队绿江边境派出所"


def test_a_fire_brigade_is_called_as_the_article_calls_it():
    assert "南充市公安局消防支队" in names("南充市公安局通报,消防支队检查单位90家。")
    plain = "南充市公安局通报,市公安消防支队检查单位90家。消防支队整改隐患7处。"
    assert names(plain) == {"南充市公安局", "南充市公安消防支队"}


def test_relative_words_climb_from_home():
    plain = "定南县公安局工作总结。县公安局被市公安局、省公安厅、公安部表扬。"
    assert names(plain) == {"定南县公安局", "赣州市公安局", "江西省公安厅", "公安部"}


def test_whole_province_is_a_scope_in_a_citys_report():
    assert names("韶关市公安局破案率居全省公安机关第二位。") == {"韶关市公安局"}


def test_nested_units_have_the_next_above_as_parent():
    text = text_of("阜阳市公安局刑侦支队三大队一中队破案5起。")
    mention = find_bureaus(text).mentions[0]
    assert mention.name == "阜阳市公安局刑侦支队三大队一中队"
    assert (mention.level, mention.place, mention.parent) == ("unit", "阜阳市", "阜阳市公安局刑侦支队三大队")


@pytest.mark.parametrize(
    ("words", "name", "place", "parent"),
    [
        ("思明分局", "厦门市公安局思明分局", "思明区", "厦门市公安局"),
        ("思明公安分局", "厦门市公安局思明分局", "思明区", "厦门市公安局"),
        ("思明区公安分局", "厦门市公安局思明区分局", "思明区", "厦门市公安局"),
        ("思明警方", "厦门市公安局思明分局", "思明区", "厦门市公安局"),
        ("火炬高新区分局", "厦门市公安局火炬高新区分局", "厦门市", "厦门市公安局"),
        ("机场分局", "厦门市公安局机场分局", "厦门市", "厦门市公安局"),
    ],
)
def test_branches(words, name, place, parent):
    found = find_bureaus(text_of(f"厦门市公安局通报,{words}破案7起。")).mentions[-1]
    assert (found.name, found.level, found.place, found.parent) == (name, "county", place, parent)


def test_an_article_writes_one_branch_one_way():
    plain = "邵阳市公安局双清区分局破案417起,双清公安分局打掉团伙6个,双清警方抓获75人。"
    assert names(plain) == {"邵阳市公安局双清区分局"}


def test_a_county_called_like_the_police():
    assert names("荆州市公安县公安局破案9起。公安县警方受表扬。") == {"公安县公安局"}


def test_everyday_names_at_the_head_of_a_clause_are_places():
    assert home("朝阳公安亮出答卷\n今年以来,全市公安机关破案80起。") == "朝阳市公安局"


def test_outer_places_are_not_part_of_the_name():
    assert names("江苏省苏州市昆山市公安局破案9起。") == {"昆山市公安局"}


def test_the_year_gives_the_name_of_then():
    assert names("莱芜警方破案5起。", published=date(2012, 5, 1)) == {"莱芜市公安局"}
    assert names("莱芜警方破案5起。", published=date(2021, 5, 1)) == {"济南市公安局莱芜分局"}


@pytest.mark.parametrize(
    "plain",
    [
        "各地公安机关密切协作,当地警方提供协助。",
        "公安部门加强派出所建设,各分局、各大队积极行动。",
        "全面推进“枫桥式公安派出所”创建,基本完成派出所改造。",
        "建设平安公安,树立良好市局面。",
        "新建派出所12个、看守所1个。",
    ],
)
def test_generic_words_are_no_agency(plain):
    assert names(plain) == set()


def test_enumerations_name_each():
    plain = "南阳市公安局通报。邓州、方城警方和内乡县公安局抓获8人。"
    assert names(plain) >= {"邓州市公安局", "方城县公安局", "内乡县公安局"}


def test_what_all_the_countrys_police_did_is_the_ministrys():
    view = find_bureaus(text_of("贵州省公安厅通报,全省破案80起。行动以来,全国公安机关破案33万起。"))
    assert view.subject_at(view.text.view.index("33"), view.text.view.index("33") + 3)[0] == "公安部"


def test_numbers_are_homes_unless_somebody_else_is_spoken_of():
    plain = "淮北市公安局通报:全市破案900起。濉溪县公安局破案300起,抓获80人。全市打掉团伙20个。"
    assert subject(plain, "900起") == "淮北市公安局"
    assert subject(plain, "300起") == "濉溪县公安局"
    assert subject(plain, "80人") == "濉溪县公安局"
    assert subject(plain, "20个") == "淮北市公安局"


def test_distributed_numbers_go_to_their_bureau():
    plain = "安庆市公安局通报。桐城、潜山警方分别抓获12人、7人。"
    assert subject(plain, "12人") == "桐城市公安局"
    assert subject(plain, "12人、7人") == "潜山市公安局"


@pytest.mark.parametrize(
    "plain",
    [
        "安庆市公安局破案45起,其中桐城市公安局21起、潜山市公安局17起、宿松县公安局7起。",
        "安庆市公安局破案45起。其中,桐城市公安局21起、潜山市公安局破案17起。",
        "安庆市公安局破案45起,其中桐城21起、潜山17起、宿松7起。",
        "安庆市公安局破案45起,桐城市公安局破案21起、抓获9人、潜山市公安局17起。",
    ],
)
def test_each_of_a_list_has_the_number_behind_it(plain):
    assert subject(plain, "45起") == "安庆市公安局"
    assert subject(plain, "21起") == "桐城市公安局"
    assert subject(plain, "17起") == "潜山市公安局"


@pytest.mark.parametrize(
    ("plain", "name"),
    [
        ("桐城市公安局、潜山市公安局等单位破案17起。", "安庆市公安局"),  # one number, no turns
        ("桐城市公安局破案21起、省公安厅督办案件17起。", "桐城市公安局"),  # the province has none of its own
        ("破获桐城案件21起、潜山案件17起。", "安庆市公安局"),  # not what the list opens with
    ],
)
def test_a_list_without_turns_is_whose_it_was(plain, name):
    assert subject(f"安庆市公安局通报。{plain}", "17起") == name


def test_a_station_may_be_called_as_what_is_had_in_common():
    assert "桐城市公安局共和派出所" in names("桐城市公安局共和派出所破案3起,与刑警大队共同走访。")


def test_two_lists_go_to_two_bureaus_by_turns():
    plain = "安庆市公安局通报。桐城、潜山警方分别破获毒品案件12件、7件,缴获毒品9.2公斤、4.6公斤。"
    assert subject(plain, "9.2公斤") == "桐城市公安局"
    assert subject(plain, "9.2公斤、4.6公斤") == "潜山市公安局"


@pytest.mark.parametrize(
    ("plain", "name"),
    [
        ("宜秀分局柏林派出所与交警支队联勤,五一期间找回失物41本。", "安庆市公安局宜秀分局柏林派出所"),
        ("桐城、潜山警方携手侦办的“3·9”跨境赌博案,查扣账册41本。", "桐城市公安局"),
        ("市局经侦支队侦办的“3·9”虚开发票案涉及9个省,查扣账册41本。", "安庆市公安局经侦支队"),
        ("桐城市公安局禁毒大队大队长田某带队端掉窝点,查扣账册41本。", "桐城市公安局禁毒大队"),
        ("桐城市公安局循着一截被剪断的电缆追踪,查扣账册41本。", "桐城市公安局"),
        ("桐城市公安局被省公安厅评为先进单位,全年查扣账册41本。", "安庆市公安局"),
    ],
)
def test_a_figure_is_of_who_did_it_together_or_leading_the_case(plain, name):
    assert subject(f"安庆市公安局通报。{plain}", "41本") == name


def test_in_a_squads_report_what_is_counted_of_the_whole_city_goes_on_to_the_end_of_its_sentence():
    plain = "安庆市公安局宜秀分局巡逻大队民警出警。2012年,我市110台接警38万次,日均1068起,处警26万起。大队出警900起。"
    assert [subject(plain, words) for words in ("接警38", "日均1068", "处警26")] == ["安庆市公安局"] * 3
    assert subject(plain, "出警900") == "安庆市公安局宜秀分局巡逻大队"


def test_a_story_goes_on_with_who_took_it_up():
    plain = "安庆市公安局通报。全市平安。4月,宜秀分局接到报警。民警辗转五省,抓获41人。全市破案900起。"
    assert subject(plain, "41人") == "安庆市公安局宜秀分局"
    assert subject(plain, "900起") == "安庆市公安局"


def test_a_story_goes_on_with_the_police_of_its_place():
    plain = "河南警方破案2万起\n4月,焦作市公安局刑侦支队接到报警。焦作警方展开调查。警方迅速将31人抓获。"
    assert subject(plain, "31人") == "焦作市公安局"


def test_who_did_it_may_stand_behind_the_number():
    plain = "湖州市公安局通报,湖州公安反诈忙。6月18日,44名嫌疑人被德清警方押解回来。9名民警被德清县政府评为标兵。"
    assert subject(plain, "44名") == "德清县公安局"
    assert subject(plain, "9名") == "湖州市公安局"


def test_a_bare_place_speaks_to_the_semicolon():
    plain = "湖州市公安局通报。德清“915”案,缴获原料20吨;全部窝点被端,缴获假酒30箱。"
    assert subject(plain, "20吨") == "德清县公安局"
    assert subject(plain, "30箱") == "湖州市公安局"


def test_of_more_cities_than_are_named_none_is_the_subject():
    plain = "河南省公安厅通报。郑州、鹤壁等11个市命案全破。焦作市武陟县、济源市等8个县市零发案。"
    assert subject(plain, "11个") == "河南省公安厅"
    assert subject(plain, "8个") == "河南省公安厅"


@pytest.mark.parametrize(
    "plain", ["市公安局以派出所为龙头。", "1至9月,全旗派出所排查纠纷。", "在广元市7个县区公安局考核中名列第一。"]
)
def test_what_names_nobody_is_no_agency(plain):
    found = find_bureaus(text_of(f"南充市公安局通报。{plain}"))
    assert {m.name for m in found.mentions} == {"南充市公安局"}


def test_a_city_in_a_provinces_report_keeps_its_paragraph():
    plain = "云南省公安厅通报。\n曲靖市公安局建立联盟。全市共有专职民警800名。\n全省公安机关破案5000起。"
    assert subject(plain, "800名") == "曲靖市公安局"
    assert subject(plain, "5000起") == "云南省公安厅"


def test_a_bare_place_speaks_for_its_bureau():
    plain = "陕西省公安厅通报,全省公安机关推出措施。在汉中,活跃着60名联络员;安康开放车位5000个。"
    assert subject(plain, "60名") == "汉中市公安局"
    assert subject(plain, "5000个") == "安康市公安局"


def test_a_heading_that_is_an_agency_governs_its_section():
    plain = "合肥市公安局通报各单位战果。\n一、庐阳分局\n破案30起。\n抓获7人。\n二、肥西县公安局\n打掉团伙4个。"
    assert subject(plain, "30起") == "合肥市公安局庐阳分局"
    assert subject(plain, "7人") == "合肥市公安局庐阳分局"
    assert subject(plain, "4个") == "肥西县公安局"


def test_who_grants_or_praises_does_not_take_the_number():
    plain = "枣阳市公安局总结:侦破公安部督办案件3起。省公安厅先后5次推介经验,记集体二等功1次。"
    for words in ("3起", "5次", "1次"):
        assert subject(plain, words) == "枣阳市公安局"


def test_tasks_that_an_agency_above_sets_are_its_own():
    plain = "枣阳市公安局在省公安厅明确的11项任务中增设6个试点。"
    assert subject(plain, "11项") == "湖北省公安厅"
    assert subject(plain, "6个") == "枣阳市公安局"


def test_resolve_and_authority():
    view = find_bureaus(text_of("松原市公安局总结工作。宁江分局民警立功。"))
    assert view.resolve("市公安局") == "松原市公安局"
    assert view.resolve("宁江分局刑侦大队") == "松原市公安局宁江分局刑侦大队"
    assert view.resolve("无关的话") is None
    assert view.authority("省公安厅") == "吉林省公安厅"
    assert view.authority("省委、省政府") == "吉林省委、吉林省政府"
    assert view.authority("市委市政府") == "松原市委、松原市政府"
    assert view.authority("中央政法委") == "中央政法委"
    assert view.authority("国家禁毒办") == "国家禁毒办"


def test_agency_above_is_the_nearest_in_the_clause():
    text = text_of("石城县公安局表彰先进,屏山派出所民警张某立功。")
    view = find_bureaus(text)
    assert view.agency_above(text.view.index("张某")) == "石城县公安局屏山派出所"
    assert view.agency_above(text.view.index("表彰")) == "石城县公安局"


def test_facts_carry_every_evidence_once():
    text = text_of("桑植县公安局通报。桑植公安破案5起,縣公安局受表扬。")
    facts = build_bureaus(text, find_bureaus(text))
    assert [fact.name for fact in facts] == ["桑植县公安局"]
    for evidence in facts[0].evidence:
        assert text.article.text[evidence.start : evidence.end] == evidence.quote


def test_a_place_word_far_away_is_but_the_beginning_of_a_name():
    # 东湖区 is a district of 南昌, 巴彦县 a county of 哈尔滨
    assert names("武汉市公安局破案300起。东湖高新分局抓获20人。") == {"武汉市公安局", "武汉市公安局东湖高新分局"}
    assert names("阿拉善盟公安局破案300起。巴彦浩特派出所调解纠纷20起。") == {
        "阿拉善盟公安局",
        "阿拉善盟公安局巴彦浩特派出所",
    }


TEMPLATE = "{city}公安工作综述\n今年以来,{name}公安局聚焦主业,{city}警方破案900起。{name}公安局交警支队查处酒驾300起。"

PRESS = (
    "漯河市公安局新闻发布会\n\n漯河市公安局副局长周启明、刑侦支队支队长马文博、治安支队政委何晓岚回答提问。\n\n"
    "周启明:今年全市破案900起。\n\n漯河晚报记者:反诈有什么新招?\n\n"
    "马文博:谢谢。今年支队打出劝阻电话31万通。从全市看,立案数下降22%。\n\n"
    "何晓岚:今年全市办证4万张。"
)


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("900起", "漯河市公安局"),
        ("31万通", "漯河市公安局刑侦支队"),
        ("22%", "漯河市公安局"),
        ("4万张", "漯河市公安局"),  # of the whole city, though a squad's officer says so
    ],
)
def test_at_a_press_conference_who_tells_of_the_own_unit_has_the_floor_for_it(words, name):
    assert subject(PRESS, words) == name


def test_a_county_bureau_is_that_of_the_county_named_before_it():
    plain = "绵阳市公安局召开会议。盐亭县曾是重点整治地区。县公安局抽调35名民警,缴毒4千克。"
    assert subject(plain, "35名") == subject(plain, "4千克") == "盐亭县公安局"


def test_a_centre_is_a_body_where_its_bare_noun_is_a_subject():
    plain = "湘潭市公安局召开会议。\n\n市反诈骗中心去年挂牌,截至11月底,中心接报警情1.4万起。"
    assert subject(plain, "1.4万起") == "湘潭市公安局反诈骗中心"
    assert subject(plain.replace(",中心接报", ",全市接报"), "1.4万起") == "湘潭市公安局"


@pytest.mark.parametrize(
    ("plain", "name"),
    [
        ("交警支队查处酒驾300起;吊销驾驶证41本。", "湘潭市公安局交警支队"),
        ("交警支队查处酒驾300起;户政窗口办证41本。", "湘潭市公安局"),  # a noun of its own is another's work
        ("岳塘分局与住建等14个部门建立机制,收缴证件41本。", "湘潭市公安局岳塘分局"),
    ],
)
def test_a_clause_without_a_subject_goes_on_with_the_one_before(plain, name):
    assert subject(f"湘潭市公安局召开会议。{plain}", "41本") == name


def test_in_a_railways_report_a_city_s_office_is_the_railways():
    plain = "沈阳铁路公安局召开会议。长春公安处抓获9人。"
    assert subject(plain, "9人") == "长春铁路公安处"


def test_any_prefecture_can_be_home():
    prefectures = [
        division
        for entries in gazetteer().by_code.values()
        for division in entries
        if division.level == "prefecture" and division.valid_to == 9999 and not division.code.startswith("66")
    ]
    assert len(prefectures) >= 333
    for division in prefectures:
        plain = TEMPLATE.format(city=division.short, name=division.name)
        expected = bureau_name(division)
        assert home(plain) == expected
        assert names(plain) == {expected, f"{expected}交警支队"}


@pytest.mark.parametrize("title", ["合肥三里街派出所:", "合肥瑶海三里街派出所:"])
def test_a_station_named_by_its_city_and_by_its_branch_too_is_one(title):
    told = f"{title}守护老街\n\n合肥市公安局瑶海分局三里街派出所辖4个社区。三里街派出所走访住户41户。"
    assert {name for name in names(told) if name.endswith("派出所")} == {"合肥市公安局瑶海分局三里街派出所"}
    assert subject(told, "走访住户") == "合肥市公安局瑶海分局三里街派出所"


def test_stations_of_one_name_in_two_branches_stay_apart():
    told = "合肥新站派出所开放日\n\n合肥市公安局瑶海分局新站派出所、合肥市公安局包河分局新站派出所巡逻。"
    assert len({name for name in names(told) if name.endswith("新站派出所")}) == 3


@pytest.mark.parametrize(
    ("plain", "name"),
    [
        ("连云港边检总站介绍,江苏边检机关查验船舶31艘。", "江苏出入境边防检查总站"),
        ("连云港边检总站介绍,连云港边检查验船舶31艘。", "连云港出入境边防检查总站"),
        ("连云港边检总站新云边检站介绍,该站查验船舶31艘。", "新云出入境边防检查站"),
        ("嘉岭边检站介绍,该站查验船舶31艘。", "嘉岭出入境边防检查站"),  # no gazetteer knows it, and no place is told
        ("黑龙江出入境边防检查总站介绍,嘉荫嘉岭边检站查验船舶31艘。", "嘉岭出入境边防检查站"),
        ("珲春市公安局通报,全市破案6起,盗窃案下降9%。珲春边检配合,市公安局查获船舶31艘。", "珲春市公安局"),
        ("国家移民管理局通报,全国边检机关查验船舶31艘。", "国家移民管理局"),
    ],
)
def test_a_border_check_by_its_short_name(plain, name):
    assert subject(plain, "船舶31艘") == name


@pytest.mark.parametrize(
    ("plain", "name"),
    [
        ("去年,全国共破获毒品案件310起,收缴毒品31吨。", "公安部"),
        ("去年,全国公安机关开展“清风”行动,收缴毒品31吨。", "湖南省公安厅"),  # what all were at, home did too
        ("去年,岳阳全市公安机关破案310起。其中,收缴毒品31吨。", "岳阳市公安局"),
    ],
)
def test_whose_a_sum_in_passing_is(plain, name):
    assert subject(f"湖南省公安厅通报,全省破案900起。{plain}", "31吨") == name


def test_a_railways_station_is_its_own():
    plain = "济南铁路公安局抓获逃犯310名,仅泰山站派出所抓获35名。"
    assert subject(plain, "35名") == "济南铁路公安局泰山站派出所"


@pytest.mark.parametrize(
    ("plain", "expected"),
    [
        ("威海海警局3日披露,威海海警在荣成市海域查获油船31艘。", None),
        ("中国海警局东海分局3日通报,该分局查获油船31艘。", None),
        ("威海市公安局联合威海海警局查获油船31艘。", "威海市公安局"),
        ("今年,海南警方破案31起。", "海南省公安厅"),
        # a service of the whole country reports, and who helped it is but named
        ("国家移民管理局昨日公布,该局牵头深圳边检机关、广东公安出入境管理部门行动。抓获31人。", "国家移民管理局"),
        ("按照国家移民管理局部署,深圳边检总站加开通道。深圳边检总站查验旅客31人。", "深圳出入境边防检查总站"),
        ("国家禁毒办在北京召开会议。去年,全国缴毒31吨。", "公安部"),
        # one branch of a line's bureau reports, whose title calls the line for short
        ("长航公安打击偷捕\n\n长江航运公安局芜湖分局出击。民警巡逻,立案31起。", "长江航运公安局芜湖分局"),
        ("长航公安打击偷捕\n\n长江航运公安局出击。长江航运公安局芜湖分局立案31起。", "长江航运公安局"),
        ("全国铁路公安机关查获逃犯31名。记者从铁道部公安局获悉,有8个铁路公安局获奖。", "公安部铁路公安局"),
        ("全国移民管理部门严密管控,移民管理部门共检查出入境人员31万人次。", "国家移民管理局"),
        # agencies of several provinces one by one
        ("南通市公安局破案3起。汉中市公安局破案4起。赣州市公安局破案5起。\n共立案31起。", None),
        ("南通市公安局破案3起。汉中市公安局破案4起。赣州市公安局破案5起。\n全市立案31起。", "南通市公安局"),
        ("“江豚多了。”秭归县公安局屈原派出所所长李强说。\n昨日,公安部新闻发布会公布,立案31起。", "公安部"),
        # 迎大庆 is no place
        ("市公安局举行“平安迎大庆”活动。截至年底,我市破案31起。", None),
        ("通化县公安局派出所巡礼\n\n通化县公安局破案31起。", "通化县公安局"),
    ],
)
def test_home_beside_services_of_the_whole_country(plain, expected):
    assert home(plain) == expected


@pytest.mark.parametrize(
    ("plain", "name"),
    [
        ("城关派出所所长王强说,要防火防盗。今年破案31起。", "通化县公安局城关派出所"),
        ("“我们破案31起。”城关派出所所长王强是一名老兵。", "通化县公安局城关派出所"),
        ("河口派出所是全县最大的派出所。“我们破案31起。”所长李军说。", "通化县公安局河口派出所"),
        ("“我们破案31起。”山阳县公安局刑警大队三队队长李军是一名老兵。", "山阳县公安局刑警大队"),
        ("一年来,山阳县公安局刑警大队大队长李军带领战友破案31起。", "山阳县公安局刑警大队"),
        ("通化县公安局刑警大队大队长李军说,要防盗。今年破案31起。", "通化县公安局"),
        ("城关派出所所长王强到会。今年破案31起。", "通化县公安局"),
    ],
)
def test_a_paragraph_that_opens_with_somebody_of_a_station_is_its(plain, name):
    assert subject(f"通化县公安局下辖12个派出所。通化县公安局召开会议。\n{plain}", "31起") == name


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("🚨英额布派出所:抓获逃犯31名", "通化县公安局英额布派出所"),
        ("1️⃣英额布派出所抓获逃犯31名", "通化县公安局英额布派出所"),
        ("✅【东部】英额布派出所抓获逃犯31名", "通化县公安局英额布派出所"),
        ("✅抓获逃犯31名", "通化县公安局"),
    ],
)
def test_pictures_before_an_item_hide_nobody(line, name):
    assert subject(f"通化县公安局7日战报\n{line}\n🚓刑侦大队:破案9起", "31名") == name


def test_another_squad_is_not_the_one_before():
    plain = "通化县公安局交警大队夜查。城区中队查处酒驾2起,二密中队检查车辆31台。"
    assert subject(plain, "2起") == "通化县公安局交警大队城区中队"
    assert subject(plain, "31台") == "通化县公安局交警大队"
    assert subject(plain.replace("二密中队", "中队"), "31台") == "通化县公安局交警大队城区中队"


def test_what_each_of_several_did_is_each_ones():
    plain = "通化县公安局通报。快大茂派出所、英额布派出所各抓获逃犯31名。"
    text = text_of(plain)
    shared = find_bureaus(text).shared_at(text.view.index("31"), of_each=False)
    assert shared == ("通化县公安局快大茂派出所", "通化县公安局英额布派出所")
    text = text_of(plain.replace("各抓", "抓"))
    assert find_bureaus(text).shared_at(text.view.index("31"), of_each=False) == ()


def test_an_office_named_behind_the_ministry_is_the_ministrys():
    plain = "湖南省公安厅通报。公安部党委委员、禁毒局局长甲某介绍情况。"
    assert names(plain) == {"湖南省公安厅", "公安部", "公安部禁毒局"}


def test_a_place_in_passing_is_not_home_to_a_report_of_the_nation():
    plain = "据国家移民管理局通报,去年全国出入境人员5.1亿人次。海南省实施免签政策以来,31万人次入境。"
    assert home(plain) == "国家移民管理局"
    assert home(f"海南省新政\n\n{plain}") == "海南省公安厅"


@pytest.mark.parametrize(
    ("plain", "name"),
    [
        ("宜城市公安局接报。接警后,雷河派出所民警赶到,抓获3人。", "宜城市公安局雷河派出所"),
        ("襄阳市公安局破案31起。\n雷河派出所抓获3人。", "襄阳市公安局雷河派出所"),
        ("雷河派出所抓获3人。", "雷河派出所"),  # none is directly a province's
    ],
)
def test_a_bare_station_is_of_the_nearest_agency_below_the_province(plain, name):
    assert subject(f"湖北省公安厅通报,全省破案900起。{plain}", "3人") == name


@pytest.mark.parametrize(
    ("plain", "name"),
    [
        ("上半年,广安警方破案480起。岳池县公安局破案31起。全市刑事警情下降9%。", "广安市公安局"),
        ("岳池县公安局破案31起。岳池县公安局回访群众。全市刑事警情下降9%。", "广安市公安局"),  # and no county's
        ("岳池县公安局破案31起。岳池县公安局回访群众。全县刑事警情下降9%。", "岳池县公安局"),
        ("岳池县公安局破案31起。岳池县公安局回访群众。全市公安机关评估排名上升9%。", "岳池县公安局"),
    ],
)
def test_the_whole_city_is_no_county(plain, name):
    assert subject(plain, "9%") == name


def test_a_city_that_speaks_first_is_home_beside_its_county():
    assert home("上半年,广安警方破案480起。岳池县公安局破案31起。全市刑事警情下降9%。") == "广安市公安局"


def test_the_bureau_of_another_ministry_reports_itself():
    plain = "记者从铁道部公安局获悉,有8个铁路公安处查获逃犯410名,全路查获9800名。"
    assert home(plain) == "铁道部公安局"
    assert names(plain) == {"铁道部公安局"}


def test_a_branch_behind_the_word_police_is_a_subject():
    assert subject("芜湖市公安局通报。公安镜湖分局赭山派出所建起队伍11支。", "11支") == "芜湖市公安局镜湖分局赭山派出所"


@pytest.mark.parametrize(
    ("plain", "name"),
    [
        ("山西省公安厅机场公安局通报,武宿机场警方破案31起。", "山西省公安厅机场公安局"),
        ("厦门市公安局通报。厦门机场公安破案31起。", "厦门市公安局机场分局"),  # a city's are a branch
        ("天津出入境边防检查总站通报。其中滨海机场口岸查验31起。", "天津出入境边防检查总站"),
    ],
)
def test_an_airports_police(plain, name):
    assert subject(plain, "31起") == name


def test_the_branches_of_a_lines_bureau_are_its_own():
    plain = "长江航运公安局侦破案件310起。\n安庆分局在安庆市公安局支持下打掉团伙3个。\n共收缴渔网96张。"
    assert home(plain) == "长江航运公安局"
    assert subject(plain, "3个") == "长江航运公安局安庆分局"


@pytest.mark.parametrize(
    ("plain", "name"),
    [
        ("召开会议。\n\n自8月以来,桐城市公安局精心组织。行动期间,查扣账册41本。", "桐城市公安局"),
        ("桐城市群众满意率高,查扣账册41本。", "桐城市公安局"),
        ("安庆市桐城市群众对公安工作的满意率高,查扣账册41本。", "桐城市公安局"),
        ("桐城市人民群众安全感高,查扣账册41本。", "桐城市公安局"),
        ("去年,桐城市公安局打掉团伙3个。该团伙作案多,查扣账册41本。", "桐城市公安局"),
        ("桐城市群众踊跃,查扣账册41本。", "安庆市公安局"),
        ("居民老李将锦旗送到桐城市公安局反诈中心,感谢民警追回账册41本。", "桐城市公安局"),
        ("民警将证据送到桐城市公安局反诈中心,查扣账册41本。", "安庆市公安局"),
        ("全省统一行动中查扣账册41本。", "安庆市公安局"),
        ("全省民警查扣账册41本。", "安徽省公安厅"),
        ("安徽公安服务平台办件多,查扣账册41本。", "安庆市公安局"),
    ],
)
def test_whose_a_figure_is_in_a_citys_report(plain, name):
    assert subject(f"安庆市公安局通报。{plain}", "41本") == name


def test_only_the_mountain_is_no_word_for_only():
    plain = "信阳市公安局通报,全市破案9起。光山县抓获41人,光是商城县就有95人。"
    assert subject(plain, "41人") == "光山县公安局"
    assert subject(plain, "95人") == "商城县公安局"


@pytest.mark.parametrize(
    ("rate", "name"),
    [
        ("91.9%", "公安部"),
        ("96.2%", "贵州省公安厅"),
        ("97.4%", "黔东南苗族侗族自治州公安局"),
        ("98.1%", "锦屏县公安局"),
        ("88.6%", "锦屏县公安局"),
    ],
)
def test_in_a_row_of_rates_each_is_its_own_places(rate, name):
    plain = "锦屏县公安局通报,群众安全感全国为91.9%、全省为96.2%、全州为97.4%、锦屏县为98.1%,破案率为88.6%。"
    assert subject(plain, rate) == name


def test_a_rate_behind_another_is_its_own_places():
    plain = "锦屏县公安局通报,全省群众安全感98.4%、全州98.6%。"
    assert subject(plain, "98.6%") == "黔东南苗族侗族自治州公安局"


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("丽水市90天无抢夺警情", "丽水市公安局"),
        ("丽水市南明山派出所90天无抢夺警情", "丽水市公安局莲都分局南明山派出所"),
    ],
)
def test_a_station_is_but_an_example_where_title_and_text_are_of_the_city(title, name):
    plain = f"{title}\n\n丽水市公安局莲都分局南明山派出所有社区5个。\n\n丽水市刑事警情下降4.1%。"
    assert home(plain) == name


def test_a_squad_against_one_crime_has_its_whole_name():
    assert "湘潭市公安局电信网络诈骗犯罪侦查支队" in names("湘潭市公安局成立了电信网络诈骗犯罪侦查支队。")


def test_an_app_that_a_places_police_begins_is_no_agency():
    assert names("湘潭市公安局通报。湖南公安服务平台注册率居第一。") == {"湘潭市公安局"}


@pytest.mark.parametrize(
    ("plain", "names"),
    [
        ("安康市公安局升级“达州交警”App。", ["安康市公安局"]),
        ("安康市公安局与“达州交警”联手。", ["安康市公安局", "达州市公安局交警支队"]),
    ],
)
def test_a_program_is_no_agency(plain: str, names: list[str]) -> None:
    text = text_of(plain)
    assert [fact.name for fact in build_bureaus(text, find_bureaus(text))] == names


@pytest.mark.parametrize(
    ("plain", "found"),
    [
        (
            "永定交警大队一中队受表彰\n\n张家界市公安局交警支队永定大队一中队成立于1996年。",
            ["张家界市公安局交警支队永定大队一中队"],
        ),
        (
            "永定交警大队受表彰\n\n张家界市公安局永定分局交警大队成立于1996年。",
            ["张家界市公安局永定分局交警大队"],
        ),
        (
            "慈利县公安局刑侦大队党支部获评先进\n\n慈利县公安局刑事侦查大队破案20起。刑侦大队大队长发言。",
            ["慈利县公安局刑事侦查大队"],
        ),
        (
            "张家界市公安局交通警察支队通报,张家界市公安局交警支队车管所办证12件。",
            ["张家界市公安局交通警察支队", "张家界市公安局交通警察支队车管所"],
        ),
    ],
)
def test_a_squad_goes_by_the_fullest_name_that_its_article_gives(plain, found):
    assert names(plain) == set(found)


def test_a_citys_squad_for_a_county_answers_for_it():
    (mention,) = find_bureaus(text_of("张家界市公安局交警支队慈利大队通报。")).mentions
    assert (mention.place, mention.parent) == ("慈利县", "张家界市公安局交警支队")


def test_a_brigade_by_a_name_of_its_own_is_no_other():
    plain = "张家界市公安局交警支队直属一大队获奖。莲池湖大队和慈利大队破案。"
    assert "张家界市公安局交警支队莲池湖大队" in names("张家界市公安局交警支队通报\n\n" + plain)
    found = find_bureaus(text_of("张家界市公安局通报\n\n" + plain)).mentions
    assert not any(mention.rule == "bureau-anaphor" for mention in found)


def test_to_whom_somebody_went_is_no_part_of_a_name():
    assert names("张家界市公安局到刑侦支队开展“送奖到一线”工作。") == {"张家界市公安局", "张家界市公安局刑侦支队"}


@pytest.mark.parametrize(
    ("plain", "expected"),
    [
        ("西宁新区公安局召开会议。", ("西宁新区公安局", "county", "西宁市", "西宁市公安局")),
        (
            "大同市森林公安局通报。其中,金岭新区森林公安局获奖。",
            ("金岭新区森林公安局", "county", "大同市", "大同市森林公安局"),
        ),
        ("青岛市红岛新区公安局破案31起。", ("红岛新区公安局", "county", "青岛市", "青岛市公安局")),
        ("第四师柳树泉垦区公安局破案31起。", ("柳树泉垦区公安局", "county", "第四师", "第四师公安局")),
        ("三亚机场公安局破案31起。", ("三亚机场公安局", "county", "三亚市", "三亚市公安局")),
        ("民航青海机场公安局破案31起。", ("青海省公安厅机场公安局", "unit", "青海省", "青海省公安厅")),
        ("国家林业和草原局森林公安局督办。", ("国家林业和草原局森林公安局", "ministry", "中国", "公安部")),
        ("被国家林业局森林公安局记功。", ("国家林业局森林公安局", "ministry", "中国", "公安部")),
        ("大同公安交管局事故处理处整改。", ("大同市公安局交管局事故处理处", "unit", "大同市", "大同市公安局交管局")),
        (
            "大同市公安交警支队女子白鹭大队执勤。",
            ("大同市公安局交警支队女子白鹭大队", "unit", "大同市", "大同市公安局交警支队"),
        ),
        (
            "大同交警女子白鹭大队成立三年。",
            ("大同市公安局交警支队女子白鹭大队", "unit", "大同市", "大同市公安局交警支队"),
        ),
        ("和田县公安局布扎克其乡派出所巡逻。", ("和田县公安局布扎克其乡派出所", "station", "和田县", "和田县公安局")),
        (
            "郑州铁路公安局洛阳公安处洛阳车站派出所巡逻。",
            ("郑州铁路公安局洛阳公安处洛阳车站派出所", "station", "洛阳市", "郑州铁路公安局洛阳公安处"),
        ),
        ("郑州铁路公安局洛阳公安处破案31起。", ("郑州铁路公安局洛阳公安处", "prefecture", "洛阳市", "郑州铁路公安局")),
    ],
)
def test_zones_lines_and_squads_have_names_of_their_own(plain, expected):
    mentions = find_bureaus(text_of(plain, published=date(2020, 8, 1))).mentions
    assert expected in {(one.name, one.level, one.place, one.parent) for one in mentions}


@pytest.mark.parametrize("plain", ["全市各开发区公安局加强巡逻。", "服务开发区,公安局民警上门。"])
def test_zones_in_general_have_no_bureau(plain):
    assert not {name for name in names(plain) if "开发区" in name}


def test_a_zones_bureau_reports_itself():
    plain = "西宁新区公安局召开会议。西宁新区公安局推行新机制。今年,该局破案31起。"
    assert home(plain) == "西宁新区公安局"
    assert subject(plain, "31起") == "西宁新区公安局"


def test_a_railways_station_is_its_line_s_in_the_title_too():
    plain = (
        "洛阳车站派出所荣立集体一等功\n\n郑州铁路公安局洛阳公安处洛阳车站派出所立功。"
        "洛阳铁路公安处洛阳车站派出所座谈。洛阳车站派出所查获危险品31件。"
    )
    assert names(plain) == {"郑州铁路公安局洛阳公安处洛阳车站派出所"}
    assert subject(plain, "31件") == "郑州铁路公安局洛阳公安处洛阳车站派出所"


def test_a_stations_portrait_is_not_the_ministrys():
    plain = "古榕派出所:守护街巷\n\n古榕派出所获评公安部一级派出所。全国公安系统表彰会上,古榕派出所受表彰。"
    assert names(plain) == {"古榕派出所", "公安部"}


def test_a_forestry_and_grassland_office_is_one_giver():
    view = find_bureaus(text_of("大同市森林公安局通报。"))
    assert view.authority("国家林业和草原局森林公安局") == "国家林业和草原局森林公安局"


def test_forest_police_named_late_and_alone_report_themselves():
    plain = f"大同市清山行动收官\n\n{'各地巡查山场,清理木材市场。' * 20}全市森林公安机关办理案件31起。"
    assert home(plain) == "大同市森林公安局"


def test_a_place_often_won_is_no_branch():
    told = "宿迁市公安局通报。去年,查处赌博31人,多次取得分局序列第一名。"
    assert names(told) == {"宿迁市公安局"}


def test_branches_of_towns_are_listed_too():
    plain = "中山市公安局通报。今年,黄圃、横栏分局分列全市第2、3名。"
    assert {"中山市公安局黄圃分局", "中山市公安局横栏分局"} <= names(plain)
    assert subject(plain, "第2") == "中山市公安局黄圃分局"
    assert subject(plain, "3名") == "中山市公安局横栏分局"


def test_counted_stations_of_a_city_are_no_station_of_that_name() -> None:
    text = text_of("儋州三家派出所获评先进。")
    assert [bureau.name for bureau in build_bureaus(text, find_bureaus(text))] == []


def test_a_squad_without_the_word_for_its_detachment_is_the_squad_in_full() -> None:
    plain = "贺州市公安局巡特警一大队团支部获评先进。\n贺州市公安局巡特警支队一大队现有民警65名。"
    assert names(plain) == {"贺州市公安局巡特警支队一大队"}


def test_squads_set_up_below_are_called_by_their_names() -> None:
    plain = "辽源市公安局特警支队现有警力87人。支队下设防暴大队、机动大队两个大队。"
    assert "辽源市公安局特警支队防暴大队" in names(plain)


def test_a_squad_in_the_ranks_of_a_places_police_reports_itself() -> None:
    plain = "在镇宁公安战线上,有这样一群人。他们,就是镇宁县公安局特警大队。\n截至目前,抓获嫌疑人18人。"
    assert home(plain).endswith("公安局特警大队")


@pytest.mark.parametrize(
    ("plain", "expected"),
    [
        (
            "4家派出所受表彰\n日前,辽宁公布评选结果,我省4家派出所入选。大石桥市公安局、凌源市公安局、庄河市公安局、"
            "凤城市公安局所属派出所获评先进。省公安厅将推广其做法。",
            "辽宁省公安厅",
        ),
        (
            "3家派出所受表彰\n日前,上海公布评选结果,上海静安区公安分局、嘉定区公安分局、金山区公安分局"
            "所属派出所获评先进。全市派出所推进创建。",
            "上海市公安局",
        ),
    ],
)
def test_a_roll_of_a_province_is_the_provinces_report(plain, expected):
    assert home(plain) == expected
