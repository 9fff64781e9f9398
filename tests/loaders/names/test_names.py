"""Names by the hundred: those of one agency give one id, those of two never do; and what `kg resolve` says of a name."""

from __future__ import annotations

import json
from collections import defaultdict
from importlib.resources import files
from itertools import pairwise
from pathlib import Path

import pytest

from kg.cli import main
from kg.errors import BadParameter
from loaders.names.agencies import Scope, resolve
from loaders.names.bodies import national, renames
from loaders.names.bodies import words as row_of_words
from loaders.names.surfaces import answer, place_code
from tests.clock import cpu_seconds

LINES = [line.split("\t") for line in (Path(__file__).parent / "names.tsv").read_text(encoding="utf-8").splitlines()[2:]]


def rows(table: str) -> list[list[str]]:
    lines = (files("loaders.names") / "data" / table).read_text(encoding="utf-8").splitlines()
    return [[*line.split("\t"), "", ""] for line in lines if not line.startswith("#")]


@pytest.mark.parametrize(("place", "names"), LINES, ids=[names for _, names in LINES])
def test_all_names_of_one_agency_give_one_id(place: str, names: str) -> None:
    found = {name: answer(name, place).agency for name in names.split("=")}
    assert len({agency.id for agency in found.values()}) == 1, found
    assert all(agency.resolved and not agency.collective for agency in found.values())


def test_two_agencies_never_share_an_id() -> None:
    lines: dict[str, set[str]] = defaultdict(set)
    for place, names in LINES:
        for name in names.split("="):
            lines[answer(name, place).agency.id].add(names)
    assert {id_: shared for id_, shared in lines.items() if len(shared) > 1} == {}


@pytest.mark.parametrize(
    "names",
    [
        "县委编办 县委网信办",
        "县政府 县政府办公室 县委 县委办公室",
        "县人大 县人大常委会 县人大办",
        "县安委会 县安委办",
        "县工商局 县质监局 县食药监局 县市场监管局",
        "县国土局 县自然资源局 县资规局 县规自局",
        "县农业局 县农委 县农业农村局",
        "县卫生局 县卫计局 县卫健局 县卫健委",
        "县文化局 县旅游局 县文旅局 县文广旅局 县文旅体局 县文体旅局 县文广旅体局",
        "县教育局 县教体局 县教科局 县教科体局",
        "县科技局 县工信局 县科工局 县科工信局 县经信局 县科信局",
        "县城管局 县综合执法局 县城市管理综合行政执法局 县城市管理行政执法局",
        "县水利局 县水务局 县农业农村局 县农业农村和水利局",
        "县住建局 县城建局 县住房城乡建设和交通局 县房管局",
        "县扶贫办 县乡村振兴局",
        "县数据局 县大数据局 县数据资源局 县政数局",
        "县纪委 县监委 县委巡察办",
        "县税务局 县国税局 县地税局",
        "县公安局 县公安局交警大队 县消防大队",
        "县法院 县检察院 县司法局",
        "平顺县供电公司 平顺县电力公司 平顺县邮政公司 平顺县邮政局 平顺县电信公司",
        "县高新区 县经开区 县经济开发区 县工业园区",
        "县气象局 市气象局 省气象局",
        "国家能源局 国家能源局华北监管局",
        "中央军委 中央军委后勤保障部 中央军委科学技术委员会",
        "国务院 国务院办公厅 国务院环境保护领导小组",
        "国家工商行政管理总局 国家工商行政管理总局商标局 国家市场监督管理总局",
        "中国人民银行 中国人民银行营业管理部 中国人民银行平顺县支行",
    ],
)
def test_bodies_that_share_words_stay_apart(names: str) -> None:
    ids = [answer(name, "140425").agency.id for name in names.split()]
    assert len(set(ids)) == len(ids), ids


@pytest.mark.parametrize(
    ("name", "place", "printed"),
    [
        ("人民银行莱芜市中心支行", "370000", "人民银行莱芜市中心支行"),
        ("人行南昌中心支行", "360000", "人民银行南昌中心支行"),
        ("人行重庆营管部", "500000", "人民银行重庆营业管理部"),
        ("国网平顺县供电公司", None, "国网平顺县供电公司"),
        ("国网长治供电公司", None, "国网长治供电公司"),
        ("省法院", "360000", "江西省高级人民法院"),
        ("市法院", "140400", "长治市中级人民法院"),
        ("县法院", "140425", "平顺县人民法院"),
        ("市法院", "330381", "瑞安市人民法院"),
        ("中级人民法院", "140425", "长治市中级人民法院"),
        ("广州市生态环境局天河分局", None, "广州市生态环境局天河分局"),
        ("四川省省委组织部", None, "四川省委组织部"),
        ("南方电网有限责任公司", "450100", "中国南方电网有限责任公司"),
        ("组织部", "100000", "中央组织部"),
        ("台湾事务办公室", "140400", "长治市委台湾工作办公室"),
        ("市纪委（监委）机关", "140400", "长治市纪律检查委员会"),
        ("县農業農村和水利局", "140425", "平顺县农业农村水利局"),
    ],
)
def test_full_names(name: str, place: str | None, printed: str) -> None:
    agency = answer(name, place).agency
    assert (agency.name, agency.resolved) == (printed, True)


@pytest.mark.parametrize(
    ("name", "place", "members", "binds"),
    [
        ("各县(市、区)人民政府", "140400", "county government", "all"),
        ("各县区党委、政府", "140400", "county party committee, county government", "all"),
        ("各市、县(区)人民政府", "360000", "city government, county government", "all"),
        ("各县(市、区)人民政府", "360000", "county government", "all"),
        ("各市(区)人民政府", "610000", "city government", "all"),
        ("各设区市人民政府", "610000", "city government", "all"),
        ("各区县(自治县)人民政府", "500000", "county government", "all"),
        ("各省、自治区、直辖市人民政府", "100000", "province government", "all"),
        ("各省(区、市)人民政府", "100000", "province government", "all"),
        ("各乡镇人民政府、街道办事处", "140425", "town government", "all"),
        ("各县(市、区),园区,乡镇(街道)", "511600", "county government, town government, city zone", "all"),
        ("各级人民政府", "140400", "city government, county government, town government", "all"),
        ("各地", "360000", "city government", "all"),
        ("市直各部门", "140400", "city department", "all"),
        ("市政府各部门、各直属机构", "140400", "city department", "all"),
        ("各地各部门", "610000", "city government, province department", "all"),
        ("市直有关部门", "140400", "city department", "some"),
        ("有关县区", "140400", "county government", "some"),
        ("其他县(区)", "511600", "county government", "some"),
        ("省级有关部门", "100000", "province department", "some"),
        ("科技部门", "140400", "", None),
        ("各地各有关部门", "140400", "", None),
        ("成员单位", "140400", "", None),
        ("各县区", None, "", None),
    ],
)
def test_whom_a_collective_binds(name: str, place: str | None, members: str, binds: str | None) -> None:
    agency = answer(name, place).agency
    assert (agency.collective, ", ".join(agency.members), agency.binds) == (True, members, binds)


@pytest.mark.parametrize(
    ("name", "place", "rank"),
    [
        ("市政府", "140400", "city government"),
        ("区政府", "140406", "county government"),
        ("石龙镇", "140425", "town government"),
        ("县委", "140425", "county party committee"),
        ("市司法局", "140400", "city department"),
        ("市委组织部", "140400", "city department"),
        ("市经开区管委会", "140400", "city zone"),
        ("市司法局", None, None),  # of no place that can be told
        ("市安委会", "140400", None),
        ("市法院", "140400", None),
        ("国网长治供电公司", "140400", None),
        ("各县区", "140400", None),
    ],
)
def test_the_rank_of_an_agency(name: str, place: str | None, rank: str | None) -> None:
    assert answer(name, place).agency.rank == rank


def test_a_reform_links_two_agencies_of_one_place() -> None:
    former, later = (answer(name, "140400").agency for name in ("市工商局", "市市场监管局"))
    assert former.id != later.id
    (link,) = [s for s in former.successions if s.later == later.id]
    assert (link.former, link.on) == (former.id, "2018")
    assert link in later.successions


def test_every_row_of_renames_joins_two_bodies_that_the_tables_list() -> None:
    known = {row[1] for table in ("bodies.tsv", "national.tsv") for row in rows(table)}
    for on, former, later, source, *_ in rows("renames.tsv"):
        assert {former, later} <= known
        assert former != later
        assert on[:4].isdigit()
        assert source
        assert renames(former)


def test_every_name_of_a_national_body_means_it_in_any_document() -> None:
    for row in rows("national.tsv"):
        for name in (row[1], *row[2].split()):
            found = national(name)
            assert found
            assert found.body.name == row[1]
            assert {resolve(name, Scope("d", place), False).id for place in ("140400", "100000", None)} == {f"-:{row[1]}"}


def test_the_longer_opening_of_national_names_comes_before_the_shorter() -> None:
    said = row_of_words("national")
    assert not [(one, other) for one, other in pairwise(said) if other.startswith(one)]


# kg resolve


def lines(capsys: pytest.CaptureFixture[str], *arguments: str) -> list[dict[str, object]]:
    assert main(["resolve", *arguments, "--format", "json"]) == 0
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_resolve_prints_a_line_a_name(capsys: pytest.CaptureFixture[str]) -> None:
    one, other = lines(capsys, "市發改委", "教育部", "--place", "长治市")
    assert list(one) == ["surface", "id", "name", "place", "place_code", "level", "function", "kind", "collective", "evidence"]
    evidence = one.pop("evidence")
    assert one == {
        "surface": "市發改委",
        "id": "140400:发展和改革委员会",
        "name": "长治市发展和改革委员会",
        "place": "长治市",
        "place_code": "140400",
        "level": "city",
        "function": "发展和改革委员会",
        "kind": "department",
        "collective": False,
    }
    assert str(evidence).startswith("resolved: place 市 = 长治市")
    assert "发改委" in str(evidence)
    assert (other["id"], other["place"], other["level"]) == ("-:教育部", None, "nation")


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("市司法局", "no 市 is known"),
        ("朝阳区司法局", "more than one place is called 朝阳区"),
        ("司法局", "no place is said"),
        ("各县区", "a place not told"),
    ],
)
def test_what_cannot_be_placed_is_flagged_never_guessed(capsys: pytest.CaptureFixture[str], name: str, why: str) -> None:
    (line,) = lines(capsys, name)
    assert (line["place"], line["place_code"]) == (None, None)
    assert str(line["id"]).startswith("unresolved:")
    assert str(line["evidence"]).startswith("unresolved: ")
    assert why in str(line["evidence"])


def test_resolve_reads_names_from_a_file(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    file = tmp_path / "names.txt"
    file.write_text("\ufeff市司法局\n\n 市财政局 \r\n", encoding="utf-8")
    assert [line["id"] for line in lines(capsys, "--file", str(file), "--place", "140400")] == [
        "140400:司法局",
        "140400:财政局",
    ]


def test_resolve_says_what_a_reform_did(capsys: pytest.CaptureFixture[str]) -> None:
    (before,) = lines(capsys, "市工商局", "--place", "140400", "--year", "2016")
    (after,) = lines(capsys, "市工商局", "--place", "140400", "--year", "2020")
    assert "went over into 市场监督管理局 in 2018 (" in str(before["evidence"])
    assert "went over into 市场监督管理局 in 2018 and had done so by 2020 (" in str(after["evidence"])


def test_resolve_has_a_table_too(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["resolve", "市司法局", "--place", "140400"]) == 0
    assert "140400:司法局" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "code"),
    [((), 2), (("司法局", "--place", "鼓楼区"), 2), (("司法局", "--place", "无此市"), 2), (("--file", "/no/such/file"), 65)],
)
def test_resolve_refuses(capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], code: int) -> None:
    assert main(["resolve", *arguments]) == code
    assert "kg: " in capsys.readouterr().err


@pytest.mark.parametrize(
    ("said", "code"),
    [("140400", "140400"), ("长治市", "140400"), ("长治", "140400"), ("江苏省南京市鼓楼区", "320106"), ("全国", "100000")],
)
def test_a_place_by_code_or_name(said: str, code: str) -> None:
    assert place_code(said) == code


def test_an_ambiguous_place_lists_candidates() -> None:
    with pytest.raises(BadParameter) as refusal:
        place_code("鼓楼区")
    assert "320106 鼓楼区" in refusal.value.candidates


def test_thousands_of_names_take_no_second() -> None:
    names = [
        f"{place}{name.split('=')[0]}" for place in ("长治市", "平顺县", "江西省", "瑞安市", "重庆市") for _, name in LINES
    ]

    def work() -> None:
        for name in names:
            answer(name, "140400")

    assert cpu_seconds(work, times=1) < 5, f"{len(names)} names"
