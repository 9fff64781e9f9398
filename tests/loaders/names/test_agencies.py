"""Surface forms as real documents print them, and the agency each one means."""

from __future__ import annotations

from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.model import Agency
from loaders.names.agencies import NATION, Scope, place_of, places, resolve, resolve_at
from loaders.names.bodies import find

CHANGZHI, LUCHENG, HENGYANG, QIJIANG, GAOMING = "140400", "140406", "430400", "500110", "440608"
GUANGAN, HUAYING, JIANGXI, NANCHANG, JINAN, NANNING = "511600", "511681", "360000", "360100", "370100", "450100"
DOCUMENT = "140400:长政办发〔2022〕14号"


def read(name: str, place: str | None, collective: bool = False) -> Agency:
    return resolve(name, Scope(DOCUMENT, place), collective)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("长治市人民政府办公室关于印发长治市“十四五”规划的通知", CHANGZHI),
        ("中共重庆市綦江区委 重庆市綦江区人民政府关于", QIJIANG),
        ("綦江区政府办公室", QIJIANG),
        ("衡阳市2021年政务服务工作要点", HENGYANG),
        ("佛山市高明区人民政府关于印发佛山市高明区建设人民满意政府实施方案的通知", GAOMING),
        ("广安市人民政府办公室", GUANGAN),
        ("江西省人民政府印发关于有效应对疫情稳定经济增长20条政策措施的通知", JIANGXI),
        ("恩施州人民政府", "422800"),
        ("綦江县人民政府", "500222"),
        ("襄樊市人民政府", "420600"),
        ("关于加快“科创济南”建设全面提升科技创新能力的若干政策措施", JINAN),
        ("数字山东2021行动方案", "370000"),
        ("关于印发政策措施的通知 铁岭市人民政府", "211200"),
        ("国务院办公厅关于推广第二批支持创新相关改革举措的通知", NATION),
        ("国务院关于支持重庆市改革的批复", NATION),
        ("发展改革委办公厅 税务总局办公厅 关于加强个人所得税纳税信用建设的通知", NATION),
        ("国家税务总局辽宁省税务局", "210000"),
        ("中国人民银行南昌中心支行", NANCHANG),
        ("朝阳区人民政府关于消费帮扶的意见", None),
        ("朝阳区人民政府关于贯彻北京市部署的意见", "110105"),
        ("北京市朝阳区人民政府", "110105"),
        ("国家航天局关于", NATION),
        ("教育部门要加强领导", None),
        ("各市和县区", None),
        ("确保社会长治久安的意见", None),
        ("", None),
    ],
)
def test_place_of(text: str, code: str | None) -> None:
    assert place_of(text) == code


@pytest.mark.parametrize(
    ("name", "place", "agency_id", "full_name", "function"),
    [
        # the document's own place at each level
        ("市司法局", CHANGZHI, "140400:司法局", "长治市司法局", "司法局"),
        ("市司法局", HENGYANG, "430400:司法局", "衡阳市司法局", "司法局"),
        ("市司法局", QIJIANG, "500000:司法局", "重庆市司法局", "司法局"),
        ("区司法局", QIJIANG, "500110:司法局", "綦江区司法局", "司法局"),
        ("重庆市綦江区司法局", NATION, "500110:司法局", "綦江区司法局", "司法局"),
        ("市教育局", "140423", "140400:教育局", "长治市教育局", "教育局"),
        ("市教育局", HUAYING, "511681:教育局", "华蓥市教育局", "教育局"),
        ("省财政厅", JIANGXI, "360000:财政厅", "江西省财政厅", "财政局"),
        ("自治区教育厅", NANNING, "450000:教育厅", "广西壮族自治区教育厅", "教育局"),
        ("州发改委", "422800", "422800:发展和改革委员会", "恩施土家族苗族自治州发展和改革委员会", "发展和改革委员会"),
        # names with their own place
        ("长治市司法局", CHANGZHI, "140400:司法局", "长治市司法局", "司法局"),
        ("潞城区司法局", CHANGZHI, "140406:司法局", "潞城区司法局", "司法局"),
        ("长治市潞城区司法局", None, "140406:司法局", "潞城区司法局", "司法局"),
        ("前锋区", GUANGAN, "511603:人民政府", "前锋区人民政府", "人民政府"),
        ("杭州市政府", "330000", "330100:人民政府", "杭州市人民政府", "人民政府"),
        ("新城区", "610100", "610102:人民政府", "新城区人民政府", "人民政府"),
        # one body, many surfaces
        ("市发改委", HENGYANG, "430400:发展和改革委员会", "衡阳市发展和改革委员会", "发展和改革委员会"),
        ("市发展改革委", HENGYANG, "430400:发展和改革委员会", "衡阳市发展和改革委员会", "发展和改革委员会"),
        ("市卫健委", HENGYANG, "430400:卫生健康委员会", "衡阳市卫生健康委员会", "卫生健康委员会"),
        ("省科技厅", JIANGXI, "360000:科学技术厅", "江西省科学技术厅", "科学技术局"),
        ("市市场监管局", HENGYANG, "430400:市场监督管理局", "衡阳市市场监督管理局", "市场监督管理局"),
        ("市场监管局", HENGYANG, "430400:市场监督管理局", "衡阳市市场监督管理局", "市场监督管理局"),
        ("市民政局", CHANGZHI, "140400:民政局", "长治市民政局", "民政局"),
        ("市规划和自然资源局", CHANGZHI, "140400:规划和自然资源局", "长治市规划和自然资源局", "自然资源局"),
        ("市政府金融工作办公室", CHANGZHI, "140400:金融工作办公室", "长治市金融工作办公室", "地方金融监督管理局"),
        ("市公安局交警支队", CHANGZHI, "140400:公安局交通警察支队", "长治市公安局交通警察支队", "公安局"),
        ("市公安局高新分局", CHANGZHI, "140400:公安局高新分局", "长治市公安局高新分局", "公安局"),
        # governments and the party
        ("市政府", CHANGZHI, "140400:人民政府", "长治市人民政府", "人民政府"),
        ("市政府办", CHANGZHI, "140400:人民政府办公室", "长治市人民政府办公室", "人民政府办公室"),
        ("市委", CHANGZHI, "140400:市委", "长治市委", "党委"),
        ("市委办公室", CHANGZHI, "140400:市委办公室", "长治市委办公室", "党委办公室"),
        ("市委宣传部(市新闻出版局)", CHANGZHI, "140400:市委宣传部", "长治市委宣传部", "党委宣传部"),
        ("中共长治市委员会宣传部", None, "140400:市委宣传部", "长治市委宣传部", "党委宣传部"),
        ("自治区党委宣传部", NANNING, "450000:党委宣传部", "广西壮族自治区党委宣传部", "党委宣传部"),
        ("团市委", CHANGZHI, "140400:共青团委员会", "共青团长治市委员会", "共青团委员会"),
        ("共青团长治市委", CHANGZHI, "140400:共青团委员会", "共青团长治市委员会", "共青团委员会"),
        # the nation
        ("司法部", CHANGZHI, "-:司法部", "司法部", "司法局"),
        ("国家发展改革委", CHANGZHI, "-:国家发展和改革委员会", "国家发展和改革委员会", "发展和改革委员会"),
        ("医保局", NATION, "-:国家医疗保障局", "国家医疗保障局", "医疗保障局"),
        ("发展改革委办公厅", NATION, "-:国家发展和改革委员会办公厅", "国家发展和改革委员会办公厅", "发展和改革委员会"),
        ("环境保护部(已撤销)", CHANGZHI, "-:环境保护部", "环境保护部", "环境保护局"),
        ("税务总局办公厅", CHANGZHI, "-:国家税务总局办公厅", "国家税务总局办公厅", "税务局"),
        ("中华人民共和国水利部", CHANGZHI, "-:水利部", "水利部", "水利局"),
        ("中华人民共和国住房和城乡建设部", None, "-:住房和城乡建设部", "住房和城乡建设部", "住房和城乡建设局"),
        ("中华人民共和国邮电部", CHANGZHI, "-:邮电部", "邮电部", "邮电部"),  # which no table lists
        ("中华人民共和国国务院", CHANGZHI, "-:国务院", "国务院", "人民政府"),
        # Taiwan, Hong Kong and Macau, whose bodies are in no line of the mainland's
        ("教育部", "710000", "710000:教育部", "教育部", "台湾教育部"),
        ("内政部消防署", "710000", "710000:内政部消防署", "内政部消防署", "台湾内政部消防署"),
        ("台湾教育部", "350000", "710000:教育部", "台湾教育部", "台湾教育部"),
        ("香港特区政府", "440300", "810000:政府", "香港政府", "香港政府"),
        ("香港海关", "440300", "810000:海关", "香港海关", "香港海关"),
        ("教育局", "810000", "810000:教育局", "香港教育局", "香港教育局"),
        ("澳门特别行政区政府教育及青年发展局", None, "820000:教育及青年发展局", "澳门教育及青年发展局", "澳门教育及青年发展局"),
        ("省委台办", "350000", "350000:省委台湾工作办公室", "福建省委台湾工作办公室", "党委台湾工作办公室"),
        # branches of national bodies
        ("人行南昌中心支行", JIANGXI, "360100:人民银行中心支行", "人民银行南昌中心支行", "人民银行"),
        ("江西银保监局", JIANGXI, "360000:银保监局", "江西银保监局", "银保监局"),
        ("中国银保监会江西监管局", NATION, "360000:银保监局", "江西银保监局", "银保监局"),
        ("南昌海关", JIANGXI, "360100:海关", "南昌海关", "海关"),
        ("莱芜银保监分局", JINAN, "370116:银保监分局", "莱芜银保监分局", "银保监局"),
        ("国家税务总局长治市税务局", None, "140400:税务局", "长治市税务局", "税务局"),
        ("江西金融监管局", JIANGXI, "360000:金融监管局", "江西金融监管局", "金融监管局"),
        ("省金融监管局", JIANGXI, "360000:地方金融监督管理局", "江西省地方金融监督管理局", "地方金融监督管理局"),
        ("国网长治供电公司", CHANGZHI, "140400:国网供电公司", "国网长治供电公司", "国家电网"),
        # zones, towns and what no table lists
        (
            "广安经开区",
            GUANGAN,
            *("511600:经济技术开发区管理委员会", "广安市经济技术开发区管理委员会", "经济技术开发区管理委员会"),
        ),
        ("华蓥山景区", GUANGAN, "511600:华蓥山景区管理委员会", "广安市华蓥山景区管理委员会", "华蓥山景区管理委员会"),
        ("三江街道", QIJIANG, "500110:三江街道办事处", "綦江区三江街道办事处", "街道办事处"),
        ("石龙镇政府", QIJIANG, "500110:石龙镇人民政府", "綦江区石龙镇人民政府", "人民政府"),
        ("市政管理局", CHANGZHI, "140400:市政管理局", "长治市市政管理局", "市政管理局"),
        ("财政厅", NANCHANG, "360000:财政厅", "江西省财政厅", "财政局"),
    ],
)
def test_one_agency(name: str, place: str | None, agency_id: str, full_name: str, function: str) -> None:
    agency = read(name, place)
    assert (agency.id, agency.name, agency.function, agency.resolved) == (agency_id, full_name, function, True)


@pytest.mark.parametrize(
    ("name", "place", "level"),
    [
        ("市财政局", JIANGXI, "city"),
        ("财政局", JIANGXI, "unknown"),
        ("市司法局", None, "city"),
        ("县教育局", CHANGZHI, "county"),
        ("朝阳区司法局", None, "county"),
        ("镇政府", QIJIANG, "town"),
    ],
)
def test_an_agency_that_cannot_be_placed_is_scoped_to_its_document(name: str, place: str | None, level: str) -> None:
    agency = read(name, place)
    assert (agency.resolved, agency.place, agency.level) == (False, None, level)
    assert agency.id.startswith(DOCUMENT + ":")


@pytest.mark.parametrize(
    ("name", "place", "agency_id", "full_name", "function"),
    [
        ("各县市区人民政府", HENGYANG, "430400:*各县市区人民政府", "衡阳市各县市区人民政府", "人民政府"),
        ("各县(市、区)政府", HENGYANG, "430400:*各县市区人民政府", "衡阳市各县市区人民政府", "人民政府"),
        ("各县区党委、政府", CHANGZHI, "140400:*各县区党委、人民政府", "长治市各县区党委、人民政府", None),
        ("市直有关单位", CHANGZHI, "140400:*市直有关单位", "长治市直有关单位", None),
        ("市直各部门", QIJIANG, "500000:*市直各部门", "重庆市直各部门", None),
        ("省直有关部门", NANCHANG, "360000:*省直有关部门", "江西省直有关部门", None),
        ("全区各街镇", QIJIANG, "500110:*各街镇", "綦江区各街镇", None),
        ("各地级以上市政府", JIANGXI, "360000:*各地级以上市人民政府", "江西省各地级以上市人民政府", "人民政府"),
        ("市、县人民政府", JIANGXI, "360000:*市县人民政府", "江西省市县人民政府", "人民政府"),
        ("济南市各区县人民政府", None, "370100:*各区县人民政府", "济南市各区县人民政府", "人民政府"),
        ("科技部门", JINAN, "370100:*科技部门", "济南市科技部门", "科学技术局"),
        ("政府部门", QIJIANG, "500110:*政府部门", "綦江区政府部门", None),
        ("有关部门", NATION, "-:*有关部门", "有关部门", None),
        ("各省、自治区、直辖市人民政府", NATION, "-:*各省、自治区、直辖市人民政府", "各省、自治区、直辖市人民政府", "人民政府"),
        ("有关部门", None, DOCUMENT + ":*有关部门", "有关部门", None),
        # the line of their members, whatever levels are named before it
        ("各设区市政府", JIANGXI, "360000:*各设区市人民政府", "江西省各设区市人民政府", "人民政府"),
        ("试点城市人民政府", JIANGXI, "360000:*试点城市人民政府", "江西省试点城市人民政府", "人民政府"),
        ("各市州教育局", "520000", "520000:*各市州教育局", "贵州省各市州教育局", "教育局"),
        ("各市市场监管局", JIANGXI, "360000:*各市市场监管局", "江西省各市市场监管局", "市场监督管理局"),
        # members of a body that only this document tells
        ("各成员单位", CHANGZHI, DOCUMENT + ":*长治市各成员单位", "长治市各成员单位", None),
    ],
)
def test_a_collective(name: str, place: str | None, agency_id: str, full_name: str, function: str | None) -> None:
    agency = read(name, place, collective=True)
    assert (agency.id, agency.name, agency.function) == (agency_id, full_name, function)
    assert (agency.collective, agency.kind) == (True, "collective")


LEVELS = ("city", "county", "town")  # of a city


@pytest.mark.parametrize(
    ("name", "place", "members", "binds"),
    [
        ("各县区人民政府", CHANGZHI, ["county government"], "all"),
        ("各县区司法局", CHANGZHI, ["county 司法局"], "all"),
        ("各市州林业局", JIANGXI, ["city 林业和草原局"], "all"),
        ("市、县（区）公安机关", CHANGZHI, ["city 公安局", "county 公安局"], "all"),
        ("各级教育行政部门", CHANGZHI, ["city 教育局", "county 教育局"], "all"),
        ("各有关县区司法局", CHANGZHI, ["county 司法局"], "some"),
        ("司法行政部门", CHANGZHI, [], None),
        ("各县政府及其工作部门", CHANGZHI, ["county government", "county department"], "all"),
        ("各级人民政府", LUCHENG, ["county government", "town government"], "all"),
        (
            "全市各级政府及其部门",
            CHANGZHI,
            [*(f"{of} {body}" for body in ("government", "department") for of in LEVELS)],
            "all",
        ),
        ("县级以上地方人民政府", NATION, ["province government", "city government", "county government"], "all"),
        ("县级以上人民政府", CHANGZHI, ["city government", "county government"], "all"),
        ("中央和地方各级人民政府", NATION, [f"{of} government" for of in ("nation", "province", *LEVELS)], "all"),
    ],
)
def test_whom_a_collective_means(name: str, place: str, members: list[str], binds: str | None) -> None:
    agency = read(name, place, collective=True)
    assert (list(agency.members), agency.binds) == (members, binds)


@pytest.mark.parametrize(
    ("name", "place", "agency_id", "collective"),
    [
        # many, seen from the nation; a province's own, seen from there
        ("省级人民政府", NATION, "-:*省级人民政府", True),
        ("省级人民政府", JIANGXI, "360000:人民政府", False),
        # short names of bodies set up for one work, which every place has several of
        ("领导小组", CHANGZHI, DOCUMENT + ":长治市领导小组", False),
        ("县领导小组办公室", "140427", DOCUMENT + ":壶关县领导小组办公室", False),
        ("市安全生产领导小组", CHANGZHI, "140400:安全生产领导小组", False),
        # an 自治区 by its short name and its kind
        ("广西自治区财政厅", None, "450000:财政厅", False),
        ("恩施自治州发改委", None, "422800:发展和改革委员会", False),
        ("县自然资源分局", "140427", "140427:自然资源局分局", False),
    ],
)
def test_whose_body_it_is(name: str, place: str | None, agency_id: str, collective: bool) -> None:
    agency = read(name, place)
    assert (agency.id, agency.collective) == (agency_id, collective)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("市委办公室", "市政府办公室"),
        ("市经开区", "万盛经开区"),
        ("市委编办", "市委网信办"),
        ("市行政审批服务局", "市行政审批服务管理局"),
        ("市工商局", "市市场监管局"),
        ("市政府信息中心", "市信息中心"),
        ("市司法局", "省司法厅"),
        ("区委", "市委"),
    ],
)
def test_agencies_that_only_look_alike_stay_apart(one: str, other: str) -> None:
    assert read(one, LUCHENG).id != read(other, LUCHENG).id


@pytest.mark.parametrize(
    ("name", "place", "kind", "level"),
    [
        ("市政府", CHANGZHI, "government", "city"),
        ("市司法局", QIJIANG, "department", "province"),
        ("区委", QIJIANG, "party", "county"),
        ("市中级法院", CHANGZHI, "court", "city"),
        ("省检察院", JIANGXI, "procuratorate", "province"),
        ("市人大常委会", CHANGZHI, "congress", "city"),
        ("市政协", CHANGZHI, "cppcc", "city"),
        ("市科协", CHANGZHI, "mass", "city"),
        ("赣江新区管委会", JIANGXI, "zone", "province"),
        ("南昌海关", JIANGXI, "branch", "city"),
        ("省融资担保股份有限公司", JIANGXI, "company", "province"),
        ("市图书馆", CHANGZHI, "institution", "city"),
        ("石龙镇", QIJIANG, "township", "town"),
        ("人民银行", CHANGZHI, "department", "nation"),
    ],
)
def test_kind_and_level(name: str, place: str, kind: str, level: str) -> None:
    agency = read(name, place)
    assert (agency.kind, agency.level) == (kind, level)


def test_places_come_with_all_above_them_parents_first() -> None:
    found = [(p.code, p.name, p.level, p.parent) for p in places([QIJIANG, LUCHENG, NATION, "999999"])]
    assert found == [
        ("140000", "山西省", "province", None),
        ("140400", "长治市", "city", "140000"),
        ("140406", "潞城区", "county", "140400"),
        ("500000", "重庆市", "province", None),
        ("500110", "綦江区", "county", "500000"),
    ]


def table(name: str) -> list[list[str]]:
    lines = (files("loaders.names") / "data" / name).read_text(encoding="utf-8").splitlines()
    return [[*line.split("\t"), "", ""] for line in lines if not line.startswith("#")]


def test_no_two_rows_are_made_of_the_same_words() -> None:
    named: dict[object, set[str]] = {}
    for row in (row for row in table("bodies.tsv") if "branch" not in row):
        for name in (row[1], *row[2].split()):
            named.setdefault(find(name.replace("~", "")).body, set()).add(row[1])
    assert {body: names for body, names in named.items() if len(names) > 1} == {}


@pytest.mark.parametrize("branches", [False, True])
def test_no_short_form_stands_for_two_bodies(branches: bool) -> None:
    rows = [row for row in table("bodies.tsv") if ("~" in row[1] and "branch" in row) is branches]
    forms = [form for row in rows for form in (row[1], *row[2].split())]
    assert not {form for form in forms if forms.count(form) > 1}


def test_no_short_form_stands_for_two_national_bodies() -> None:
    forms = [form for row in table("national.tsv") for form in (row[1], *row[2].split())]
    assert not {form for form in forms if forms.count(form) > 1}


def test_every_place_has_a_code_of_the_standard_and_a_parent() -> None:
    for code, *_ in table("places.tsv"):
        assert len(code) == 6
        assert code.endswith("0000") or places([code])[-1].parent


WORDS = """
市 区 县 省 自治区 各 本 长治市 潞城区 江西 南昌 朝阳区 司法局 司法部 财政厅 委 办公室 发改委 发展和改革委员会 政府 人民政府
人行 中心支行 海关 镇 街道 经开区 管委会 （ ） 、 直 有关单位 部门 科技 团 分局 国家 公司 / ? # % x
"""
words = st.sampled_from([*WORDS.split(), "\u3000", "\n"])
names = st.lists(words, min_size=1, max_size=6).map("".join) | st.text(max_size=90)
scopes = st.sampled_from([CHANGZHI, LUCHENG, QIJIANG, JIANGXI, NANNING, HUAYING, NATION, None]).map(
    lambda place: Scope(DOCUMENT, place)
)


@given(names, scopes, st.booleans())
def test_ids_hold_nothing_that_a_path_or_a_terminal_would_trip_over(name: str, scope: Scope, collective: bool) -> None:
    agency = resolve(name, scope, collective)
    assert not [c for c in agency.id if c in "/?#%" or c.isspace() or not c.isprintable()]
    assert len(agency.id.encode()) < 400
    assert (":*" in agency.id) is collective


@given(st.lists(st.tuples(names, scopes, st.booleans()), max_size=8))
def test_resolving_is_pure_and_all_properties_follow_from_the_id(surfaces: list[tuple[str, Scope, bool]]) -> None:
    first = [resolve(*surface) for surface in surfaces]
    resolve_at.cache_clear()
    assert [resolve(*surface) for surface in reversed(surfaces)] == first[::-1]
    by_id: dict[tuple[str, str | None], Agency] = {}
    for agency, (_, scope, _) in zip(first, surfaces, strict=True):
        place = scope.place if agency.id.startswith(DOCUMENT) else None  # a document is of one place
        assert by_id.setdefault((agency.id, place), agency) == agency


@given(names, scopes, scopes, st.booleans())
def test_two_places_never_give_one_id(name: str, one: Scope, other: Scope, collective: bool) -> None:
    a, b = resolve(name, one, collective), resolve(name, other, collective)
    assert a.place == b.place or a.id != b.id
