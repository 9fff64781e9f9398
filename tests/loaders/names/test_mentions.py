"""Text -> every mention of an agency or collective in it, with how it is known."""

from __future__ import annotations

import pytest

from loaders.names.mentions import find_mentions
from loaders.text.view import plain
from tests.clock import cpu_seconds


def mentions(text: str) -> str:
    view = plain(text)
    return "|".join(f"{m.how[0]}:{text[m.start : m.end]}" for m in find_mentions(view, 0, len(view)))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # listed: bodies with their place or level, national bodies, parts of a body, places
        ("由市司法局牵头", "l:市司法局"),
        ("长治市司法局、省发展改革委和财政部", "l:长治市司法局|l:省发展改革委|l:财政部"),
        ("县水务局会同县住建局", "l:县水务局|l:县住建局"),
        ("市委组织部会同市公安局交警支队", "l:市委组织部|l:市公安局交警支队"),
        ("国家税务总局长治市税务局", "l:国家税务总局长治市税务局"),
        ("贵州银保监局", "l:贵州银保监局"),
        ("支持平顺县建设", "l:平顺县"),
        # grammar: fields and endings, collectives, bodies set up for a work
        ("税务部门、民政部门", "g:税务部门|g:民政部门"),
        ("发展改革、工业和信息化等部门", "g:发展改革、工业和信息化等部门"),
        ("市政务数据主管部门", "g:市政务数据主管部门"),
        ("各县(市、区)人民政府要", "g:各县(市、区)人民政府"),
        ("省级有关部门、其他部门和单位", "g:省级有关部门|g:其他部门和单位"),
        ("县级以上地方人民政府", "g:县级以上地方人民政府"),
        ("各地区、各部门", "g:各地区|g:各部门"),
        ("联席会议办公室、指挥部、工作专班", "g:联席会议办公室|g:指挥部|g:工作专班"),
        # defined, and an office that the document sets up
        ("设立机构(以下简称“打假办”)。打假办要落实", "d:打假办|d:打假办"),
        ("成立工作专班,下设办公室。办公室要落实", "g:工作专班|d:办公室|d:办公室"),
        # shape
        ("赣江新区管委会", "s:赣江新区管委会"),
        ("。数据提供部门应当", "s:数据提供部门"),
    ],
)
def test_how_a_mention_is_known(text: str, expected: str) -> None:
    assert mentions(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("第五条 市人民政府", "l:市人民政府"),
        ("2.财政部要", "l:财政部"),
        ("一、市司法局", "l:市司法局"),
        ("加强市司法局建设", "l:市司法局"),
        ("配合有关部门做好", "g:有关部门"),
        ("配合省政务局做好", "g:省政务局"),
        ("(市司法局)", "l:市司法局"),
    ],
)
def test_no_number_verb_or_mark_at_its_head(text: str, expected: str) -> None:
    assert mentions(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "委托办理部分事项,市场化运作,城市建设,干部队伍",
        "财政局长和厅级干部",
        "签订合作协议",
        "民办小学和城区面貌",
        "有关规定、各类政策",
        "国家发展大局",
        "30余家定点医疗机构",
    ],
)
def test_words_that_only_look_like_names(text: str) -> None:
    assert mentions(text) == ""


@pytest.mark.hostile
@pytest.mark.parametrize(
    "unit", ["市", "各县", "部门", "委", "市司法局", "以下简称市办)", "办公室", "发展改革、", "市某", "(市、"]
)
def test_time_is_linear(unit: str) -> None:
    def seconds(n: int) -> float:
        text = plain(unit * n)
        return cpu_seconds(lambda: find_mentions(text, 0, len(text)))

    assert seconds(20_000) < 16 * seconds(5_000)
