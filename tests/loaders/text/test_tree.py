"""The tree of the items of a text, and its lines."""

from __future__ import annotations

import pytest

from loaders.text.tidy import tidy
from loaders.text.tree import Outline, outlines
from loaders.text.view import plain


def only(text: str) -> Outline:
    (outline,) = outlines(tidy(plain(text), text).text)
    return outline


def tree(text: str) -> list[str]:
    """Every item as its path of numbers and the first words of its title; - is a heading without a number."""
    return [
        ".".join("-" if i.number is None else str(i.number) for i in item.path()) + " " + item.title[:6]
        for outline in outlines(tidy(plain(text), text).text)
        for item in outline.items
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "一、任务\n（一）推进\n1.甲\n(1)乙\n①丙\n②丁\n2、戊\n二、保障\n",
            "1 任务|1.1 推进|1.1.1 甲|1.1.1.1 乙|1.1.1.1.1 丙|1.1.1.1.2 丁|1.1.2 戊|2 保障",
        ),
        ("一,任务\n(一)推进\n(二)落实\n", "1 任务|1.1 推进|1.2 落实"),
        ("一、任务\n１．甲\n２．乙\n", "1 任务|1.1 甲|1.2 乙"),
        ("第一章 总则\n第一条 甲\n第二章 职责\n第二条 乙\n第十二条 丙\n", "1 总则|1.1 甲|2 职责|2.2 乙|2.12 丙"),
        # articles that count on under headings 一、 二、, glued to them or below them
        ("一、机构第一条甲。第二条乙。二、会议第三条丙。\n", "1 机构|1.1 甲|1.2 乙|2 会议|2.3 丙"),
        ("一、机构\n第一条 甲\n第二条 乙\n二、会议\n第三条 丙\n", "1 机构|1.1 甲|1.2 乙|2 会议|2.3 丙"),
        # an item that begins in the midst of a line, behind a clause or a sentence
        ("一、甲\n(一)乙(市司法局负责)(二)丙(市财政局负责)二、丁\n", "1 甲|1.1 乙|1.2 丙|2 丁"),
        ("一、甲。(一)乙。(二)丙。\n", "1 甲|1.1 乙|1.2 丙"),
        ("一、甲\n(一)按照第(一)(二)项推进。(二)、(三)项照旧\n", "1 甲|1.1 按照第(一)"),
        (
            "一、甲。\n(一)推进。(二)项目建设。(三)目标考核。(四)款待企业。\n",
            "1 甲|1.1 推进|1.2 项目建设|1.3 目标考核|1.4 款待企业",
        ),
        # a number glued to its heading, which has decimals; the contents above it
        (
            "预案\n目录\n1总则\n1.1目的\n2职责\n1总则\n1.1目的\n甲。\n2职责\n2.1市局职责\n乙。\n",
            "1 总则|1.1 目的|2 职责|2.1 市局职责",
        ),
        ("一、名单\n3水利局\n甲。\n4教育局\n乙。\n", "1 名单"),
        # points of a paragraph, where each is closed by a clause
        ("一、甲。一是修渠。(市水利局负责)二是种树。(市林业局负责)\n二、乙\n", "1 甲|1.1 修渠|1.2 种树|2 乙"),
        ("一、甲。\n一是修渠。\n责任科室:农水科\n二是种树。\n责任科室:绿化科\n", "1 甲|1.1 修渠|1.2 种树"),
        ("一、甲。一是修渠。二是种树。(市林业局负责)\n二、乙\n", "1 甲|2 乙"),
        # a point misread, a number lost: the numbers behind it count on
        (
            "一、甲\n1.修渠。2.种树(市林业局负责)3。养护。4，巡查。5.验收。\n",
            "1 甲|1.1 修渠|1.2 种树|1.3 养护|1.4 巡查|1.5 验收",
        ),
        ("一、甲\n1.修渠。2.种树。养护。4.巡查。5.验收。6.移交。\n", "1 甲|1.1 修渠|1.2 种树|1.4 巡查|1.5 验收|1.6 移交"),
        ("一、甲\n1.修渠。2.种树,共12。3.巡查,占4。\n", "1 甲|1.1 修渠|1.2 种树,共12|1.3 巡查,占4"),
        ("一、甲\n1.得分\n东区 2,西区 3,南区 4,北区 5。\n2.奖励\n", "1 甲|1.1 得分|1.2 奖励"),
        # annexes listed behind the last sentence
        ("一、甲。\n二、乙。附件:1．会议制度2．成员名单\n", "1 甲|2 乙"),
        # a line broken inside a sentence is no heading
        (
            "一、对国内知名机构兴办的高水平医疗园区,经市人民政府研究同意后可采用\n特事特办的方式引进\n二、乙。\n三、丙。\n",
            "1 对国内知名机|2 乙|3 丙",
        ),
        # the name of an agency above its duties
        (
            "一、甲\n市司法局:\n1.乙\n2.丙\n市财政局、市审计局\n1.丁\n二、戊\n",
            "1 甲|1.- 市司法局|1.-.1 乙|1.-.2 丙|1.- 市财政局、市|1.-.1 丁|2 戊",
        ),
        ("各县区,市直各部门:\n一、甲\n", "1 甲"),
        # numbers that go on under the next chapter, or start again
        ("一、甲\n(一)乙\n二、丙\n(二)丁\n三、戊\n(一)己\n", "1 甲|1.1 乙|2 丙|2.2 丁|3 戊|3.1 己"),
        # a heading without a number swallows nothing
        ("一、甲\n(一)乙\n持续优化环境\n(二)丙\n(三)丁\n二、戊\n", "1 甲|1.1 乙|- 持续优化环境|-.2 丙|-.3 丁|2 戊"),
        ("一、甲\n1.乙。\n责任单位：市司法局\n完成时限：持续推进\n2.丙。\n", "1 甲|1.1 乙|1.2 丙"),
        # a number in its bracket is one character; a table of contents that is set otherwise than the text
        ("一、甲\n⑴乙\n⑵丙\n二、丁\n", "1 甲|1.1 乙|1.2 丙|2 丁"),
        (
            "1.总则1.1编制目的1.2适用范围2.职责2.1市局1.总则1.1编制目的\n为了防汛。1.2适用范围\n甲县。2.职责2.1市局\n负责巡查。\n",
            "1 总则|1.1 编制目的|1.2 适用范围|2 职责|2.1 市局",
        ),
        (
            "一、形势..........1\n二、职责.........2\n三、保障……………………3\n一、形势\n甲。\n二、职责与分工\n乙。\n",
            "1 形势|2 职责与分工",
        ),
        (
            "目录\n1总则\n1.1目的\n1.2原则\n2职责\n2.1机构\n1．总则\n1.1目的\n为了防汛。\n1.2原则\n快。\n",
            "1 总则|1.1 目的|1.2 原则",
        ),
        # the same tasks in two chapters are no contents
        (
            "1.城区(1)造林(2)护林(3)防火(4)防虫\n2.农村\n(1)造林。(2)护林。(3)防火。(4)防虫。\n",
            "1 城区|1.1 造林|1.2 护林|1.3 防火|1.4 防虫|2 农村|2.1 造林|2.2 护林|2.3 防火|2.4 防虫",
        ),
        ("目录\n1 总则\n1.1 目的\n2 附录\n1 总　则\n1.1 目的\n为了防汛。\n2 附 则\n", "1 总 则|1.1 目的|2 附 则"),
        # (一) was not printed; the number stands above its heading
        (
            "一、任务\n1.造林。\n2.护林。\n(二)农村\n3.防火。\n4.防虫。\n",
            "1 任务|1.1 造林|1.2 护林|1.2 农村|1.2.3 防火|1.2.4 防虫",
        ),
        ("1 总则\n1.1\n总体目标\n古树常青。\n1.2\n基本原则\n", "1 总则|1.1 总体目标|1.2 基本原则"),
        ("一、安排\n1、11月1日动员。\n2、11月2—4日报名。\n3、总结。\n", "1 安排|1.1 11月1日动|1.2 11月2-4|1.3 总结"),
        ("一、安排\n值班定于9、10月2日。\n", "1 安排"),
        # no numbers of items
        ("一、矿井\n长\n7.12km，宽1.7km。\n1 .推进\n2.落实\n", "1 矿井|1.1 推进|1.2 落实"),
        ("一、任务\n1﹒推进\n2﹒落实\n", "1 任务|1.1 推进|1.2 落实"),
        ("一、将第七条“(三)申请书；\n(四)地图”改为“(三)地图”。\n二、推进\n", "1 将第七条“(|2 推进"),
        ("一、任务\n2022.5.1推进。\n1.推进\n", "1 任务|1.1 推进"),
        ("一、任务\n一是推进。二是落实。\n3.5%以上\n", "1 任务"),
        ("一、任务\n因(一)(二)(三)项原因停工的，推进。\n1.推进\n", "1 任务|1.1 推进"),
        # chapters that a converter numbered anew, and those that were cut out of a text in one line
        (
            "第一条 推进。\n1. 监督检查\n第二条 巡查。\n第三条 会商。\n1. 附则\n第四条 施行。\n",
            "1 推进|1 监督检查|1.2 巡查|1.3 会商|1 附则|1.4 施行",
        ),
        (
            "第一章 总则第一条 推进。第二条 落实。第四章 轮换第十二条 巡查。第十三条 会商。",
            "1 总则|1.1 推进|1.2 落实|4 轮换|4.12 巡查|4.13 会商",
        ),
        # a list of attachments is none
        ("一、任务\n1.推进。\n附件：1.任务分工表\n2.项目表\n", "1 任务|1.1 推进"),
        ("一、任务\n1.推进。\n附件\n1.任务分工表\n2.项目表\n", "1 任务|1.1 推进"),
    ],
)
def test_tree(text: str, expected: str) -> None:
    assert tree("长治市推进工作方案\n" + text) == expected.split("|")


def test_an_item_ends_before_the_signature() -> None:
    text = "关于印发工作方案的通知\n一、任务\n1.推进改革。\n仍在其中。\n长治市人民政府\n2022年1月2日\n"
    item = only(text).items[-1]
    assert text[item.start : item.end] == "1.推进改革。\n仍在其中。"


def test_a_paragraph_that_closes_the_text_is_in_no_item() -> None:
    long = "推进政务公开工作，加强组织领导，明确工作责任，完善工作机制，抓好工作落实，确保取得工作实效。"
    text = f"长治市推进工作方案\n一、任务\n1.{long}\n2.{long}\n各县区要落实。\n"
    o = only(text)
    assert o.item_at(text.index("各县区")) is None
    assert [text[slice(*line)] for line in o.loose] == ["各县区要落实。"]


def test_a_text_on_one_line_is_cut_where_its_parts_begin() -> None:
    body = "推进政务公开工作。" * 120
    assert tree(f"长治市推进工作方案 一、任务 （一）推进甲。{body}（二）推进乙。{body}1.推进丙。2.推进丁。") == [
        "1 任务",
        "1.1 推进甲",
        "1.2 推进乙",
        "1.2.1 推进丙",
        "1.2.2 推进丁",
    ]


def test_decimals_on_one_line_begin_where_the_next_of_them_follows_a_sentence() -> None:
    text = (
        "防控应急预案 1 总则1.1 目标为做好防控。1.2 原则政府领导。"
        "2 职责2.1 领导小组统一指挥。2.2 分工2.2.1 农业局监测。2.2.2 林业局巡查。"
    )
    assert tree(text) == ["1 目标为做好防", "2 原则政府领导", "1 领导小组统一", "2 分工", "2.1 农业局监测", "2.2 林业局巡查"]
    assert tree("防控应急预案\n一、监测甲病毒2.1株。巡查增长1.1倍。") == ["1 监测甲病毒2"]
