"""A text wrapped at a page's width, or pasted as one line, is read as the text is."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from loaders.extract import extract
from loaders.text.tidy import tidy
from loaders.text.view import plain

RULED = """石河市河道管护考核细则
为加强全市河道管护工作，明确各责任单位的年度任务，根据河长制工作的有关要求，现将考核细则印发给你们，请结合实际认真执行。
序号\t考核单位\t分值\t考核内容\t评分标准
1\t市水务局\t20\t持续开展非法采砂整治，严格水功能区监管\t1.完善巡查机制（10分）； 2.及时处置问题（10分）。
2\t市住建局\t20\t持续加强城镇生活污水治理，推进雨污分流改造\t1.污水处理率达到百分之九十以上（20分）。
3\t市林业局\t20\t持续加大破坏湿地和野生动物资源行为的整治力度\t1.开展公益林监测（20分）。
4\t市生态环境局\t20\t加强饮用水水源保护，建立违法建筑和排污口台账\t1.清理排污口（20分）。
5\t市农业农村局\t20\t持续推进畜禽养殖污染控制，防止关停养殖场复养\t1.建立台账（20分）。
"""
UNRULED = """石河市人民政府办公室关于推广改革举措的通知
各县区人民政府：
现将《石河市改革举措推广清单》印发给你们，请认真组织实施，切实推动改革成果落地见效，让企业和群众有更多获得感。
石河市改革举措推广清单
序号
改革举措
主要内容
责任单位
一、知识产权方面
1
知识产权案件“三合一”审判
整合分散的审判资源，实行案件审判“三合一”，统一审判标准，提高审判效率，缩短审判周期，保护权利人合法权益。
市法院、市检察院
2
专利保险机制
围绕专利应用和维权，开发专利代理责任险、专利执行险等保险产品，降低创新主体的侵权损失，分担维权成本。
市知识产权局
3
技术股与现金股结合激励
转制院所科研人员在按规定履行审批程序后，以组合形式持有股权，与孵化企业发展捆绑在一起，提升转化效率。
市科技局、市国资委
"""


def flat(text: str) -> str:
    return text.rstrip("\n").replace("\n", " ")


def wrapped(text: str) -> str:
    """Each line broken behind 34 characters, but before no mark."""
    return re.sub(r"([^\n]{34})(?=[^\n，。；：、）])", r"\1\n", text)


def facts(text: str) -> list[tuple[str, ...]]:
    """Each task's number, the head of its title, and who answers for it."""
    (document,) = extract(text.encode(), "表.txt").documents
    units = {
        t.id: "、".join(a.name for a in document.assignments if a.task == t.id and a.basis == "clause") for t in document.tasks
    }
    return [(t.number, t.title[:6], units[t.id]) for t in document.tasks if t.kind == "task"]


@pytest.mark.parametrize("text", [RULED, UNRULED], ids=["tabs", "a cell a line"])
def test_a_table_pasted_as_one_line(text: str) -> None:
    assert facts(flat(text)) == facts(text)


def test_a_wrapped_table() -> None:
    assert wrapped(RULED).count("\n") > RULED.count("\n") + 4
    assert [(number, units) for number, _, units in facts(wrapped(RULED))] == [
        (number, units) for number, _, units in facts(RULED)
    ]


def columned(text: str) -> str:
    """Each line broken where it is 34 characters wide, figures and Latin letters half as wide; pages of 6 lines."""
    lines: list[str] = []
    for line in text.split("\n"):
        width = begin = 0
        for at, character in enumerate(line):
            width += 1 if character.isascii() else 2
            if width >= 68 and line[at + 1 : at + 2] not in ("", *"，。；：、）"):
                lines.append(line[begin : at + 1])
                width, begin = 0, at + 1
        lines.append(line[begin:])
    return "\n".join(f"{line}\n{n}" if n % 6 == 0 else line for n, line in enumerate(lines, 1))


PROSE = (
    """石河市2022年河道管护要点
（一）加强河道巡查。2022年1月至12月，完成200公里河道巡查，建立3级巡查台账，整治问题150个，全年通报12次以上，各责任
部门每月20日前报送1次进展情况。市水务局负责统筹河道巡查。（牵头单位：市水务局；责任单位：市财政局、市住房和城乡建设局）
（二）整治排污口。到2022年6月底完成80个排污口整治，2022年12月底前再完成40个，各县区每季度开展1次联合执法检查，逐一销号。
对整改不力的予以通报，由市生态环境局挂牌督办，并纳入2022年度考核。（责任单位：市生态环境局、各县区人民政府）
（三）开展水质监测。2022年起每月监测16个断面，每季度公布1次结果，监测数据全部接入市级平台，实现24小时在线监控和预警预报。
出现超标的，3日内查明原因。（责任单位：市水务局、市生态环境局）
""".replace("\n部门", "部门")
    .replace("\n对整改", "对整改")
    .replace("\n出现", "出现")
)


def test_a_page_is_as_wide_as_its_columns_and_ends_inside_a_paragraph() -> None:
    assert len(columned(PROSE).split("\n")) > 14
    assert facts(columned(PROSE)) == facts(PROSE)
    assert [units for *_, units in facts(PROSE)] == [
        "市水务局、市财政局、市住房和城乡建设局",
        "市生态环境局、各县区人民政府",
        "市水务局、市生态环境局",
    ]


def test_one_line_that_was_wrapped() -> None:
    assert facts(wrapped(PROSE.replace("\n", ""))) == facts(PROSE.replace("\n", ""))


@pytest.mark.parametrize("end", ["\n", " "], ids=["lines", "a line"])
def test_figures_set_off_by_blanks_number_nothing(end: str) -> None:
    """As converters to PDF set them; in the middle of a line that a page's width ends, or of one that holds the whole text."""
    tight = f"石河市水务局关于清理河道的通知{end}现会同18家单位部署如下。" + f"为落实省水利厅等9部门的要求，经研究，{end}" * 9
    tight += f"一、清淤。对30个重点断面逐一清理。（市水务局负责）{end}二、巡查。组建12支队伍。（市应急管理局负责）{end}"
    loose = re.sub(r"(\d+)(?=[家部个支])", r" \1 ", tight).replace("等 ", f"等{end}")
    assert facts(loose) == facts(tight) == [("一", "清淤", "市水务局"), ("二", "巡查", "市应急管理局")]


def test_a_share_behind_a_year_begins_no_part() -> None:
    text = f"石河市节水方案 {'为推进节水，' * 60}。 一、创建。2022 年 70%以上、2025 年 80%以上社区达标。 二、巡查。 组建队伍。"
    assert "2022年70%以上、2025年80%以上" in tidy(plain(text), text).text


SHARING = """石河市河道整治任务分解表
为切实整改督察发现的河道问题，按照市政府常务会议要求，现将整改任务分解给你们，请认真抓好落实，按时报送进展情况。
存在问题\t整改目标和措施\t责任单位
河道管护投入不足\t出台扩大河道管护投入的实施意见，细分河段类型，谋划实施一批跨区域综合整治项目，年内开工三项。\t市水务局牵头，市财政局、市林业局
总结推广河道管护市场化运营模式，调动社会主体参与河道管护的积极性，落实管护队伍。\t市财政局牵头，市水务局
巡查力量薄弱\t健全市县乡村四级巡查体系，完善巡查台账，推行信息化巡查，做到发现一处、整改一处、销号一处。\t市应急局牵头，市水务局
"""
SLASHED = """石河市河道管护任务分工表
为加强全市河道管护工作，明确各责任单位的年度任务，根据河长制工作的有关要求，现将任务分工表印发给你们，请结合实际认真执行，并于每月底前报送情况。
各县区要参照本表制定分工方案，明确责任人和完成时限，加强督促检查，推动河道管护各项任务落地见效，务求取得实实在在的成效，让群众满意。
河道管护工作涉及面广、任务重、要求高，各责任单位要加强协作配合，形成工作合力，定期会商研究解决管护中遇到的困难和问题，确保按期完成任务。
序号
主要任务
牵头单位
配合单位
1
推进雨污分流，管网覆盖率达到百分之九十以上，污水处理率达到95%
市住建局
/
2
完善巡查制度，建立巡查台账
市水务局
市财政局
"""
BARE = """石河市河道教育意见
　　一、任务
　　（一）编写读本。组织专家编写河道保护读本，面向全市各中小学和幼儿园免费发放，推动河道保护进校园、进课堂、进教材。各校每周安排一课时。
各区负责师资培养，保证教学规范有序地开展下去。（市水务局、市教育局）
　　2030年，完成读本修订，普及小学课程。
　　（二）建设基地。依托河道公园建设实践基地，开发研学线路，组织学生参加实践活动。（市林业局、市教育局）
　　（三）培训教师。每年培训骨干教师，遴选优秀课例，举办教学比赛，提升教学水平。（市教育局、市财政局）
　　（四）加强宣传。利用世界水日开展宣传，制作公益广告，营造良好氛围，引导社会参与。（市水务局、市文旅局）
　　（五）开展评估。委托第三方开展评估，公布评估结果，总结推广经验，改进教学工作。（市教育局、市统计局）
"""


def test_rows_without_numbers_that_a_page_broke() -> None:
    leads = ["市水务局、市财政局、市林业局", "市财政局、市水务局", "市应急局、市水务局"]
    assert [units for *_, units in facts(wrapped(SHARING))] == [units for *_, units in facts(SHARING)] == leads


PIPED = """石河市人民政府办公室关于印发河道管护任务分工表的通知
各县区人民政府：
现将《石河市河道管护任务分工表》印发给你们，请结合实际认真贯彻执行，确保河道管护各项任务落到实处，及时报送进展情况。
| 序号 | 主要任务 | 责任单位 | 完成时限 |
| --- | --- | --- | --- |
| 1 | 推进雨污分流改造，完善污水收集管网，提高污水收集处理能力，消除黑臭水体。 | 市住建局 | 6月底前 |
| 2 | 完善河道巡查制度，建立巡查台账，落实巡查人员，及时发现和处置河道管护问题。 | 市水务局、市财政局 | 12月底前 |
| 3 | 整治入河排污口，开展水质监测，公布监测结果，接受社会监督，推动问题整改。 | 市生态环境局 | 12月底前 |
特此通知。
"""
CELLS = PIPED.replace("| --- | --- | --- | --- |\n", "").replace(" | ", " |\n").replace("\n| ", "\n")


@pytest.mark.parametrize("text", [PIPED, CELLS], ids=["rows", "a cell a line"])
def test_a_table_of_rules_in_one_line(text: str) -> None:
    assert facts(flat(text)) == facts(text)
    assert [units for *_, units in facts(text)] == ["市住建局", "市水务局、市财政局", "市生态环境局"]


def without_numbers(text: str, mark: str) -> str:
    """The table of rules with `mark` between its cells, without its numbers."""
    rows = text.replace("| --- | --- | --- | --- |\n", "").split("\n")
    cells = ([cell.strip() for cell in row.strip("| ").split("|")[1:]] if row.startswith("|") else [] for row in rows)
    return "\n".join(mark.join(own) or row for own, row in zip(cells, rows, strict=True))


def test_rows_without_numbers_in_one_line() -> None:
    rows = without_numbers(PIPED.replace("特此通知。\n", ""), "\t").rstrip().split("\n")
    dated = "\n".join(rows + rows[-3:] * 3)
    by_units = re.sub(r"\t[^\t\n]+$", "", dated, flags=re.MULTILINE)  # the units stand last
    for text in (dated, by_units):
        assert [units for *_, units in facts(flat(text))] == ["市住建局", "市水务局、市财政局", "市生态环境局"] * 4


def test_rows_of_rules_that_a_page_broke() -> None:
    text = without_numbers(PIPED, " | ")
    assert [units for *_, units in facts(wrapped(text))] == ["市住建局", "市水务局、市财政局", "市生态环境局"]


def test_empty_cells_and_shares_in_a_table_in_one_line() -> None:
    assert facts(flat(SLASHED)) == facts(SLASHED)
    assert [units for *_, units in facts(SLASHED)] == ["市住建局", "市水务局、市财政局"]


def test_a_menu_is_no_table() -> None:
    menu = "首页 | 要闻 | 政务 | 服务 | 互动 | 数据 | 专题 | 公告 | 招商 | 旅游 | 关于 | 联系 | 地图 |"
    text = f"{menu} {PROSE.strip()} {menu}".replace("\n", " ")
    assert [number for number, *_ in facts(text)] == ["一", "二", "三"]


@pytest.mark.parametrize("form", [wrapped, flat])
def test_a_bracket_that_closes_an_item_before_its_last_paragraph(form: Callable[[str], str]) -> None:
    """Where paragraphs begin with blanks, a line without them goes on with the one above, whatever that ends in."""
    plainly = BARE.replace("\n各区", "各区").replace("（市水务局、市教育局）", "（市水务局、各县（市、区）教育局）")
    broken = wrapped(plainly)
    assert broken.count("一课时。\n各区") == tidy(plain(broken), broken).text.count("一课时。各区") == 1
    assert facts(form(plainly)) == facts(plainly)
    assert facts(plainly)[0][2] == "市水务局、各县(市、区)教育局"
    for text in (plainly, form(plainly)):
        (document,) = extract(text.encode(), "表.txt").documents
        assert [d.due for d in document.deadlines if d.due] == ["2030-12-31"]


def test_what_the_tables_say() -> None:
    assert [units for _, _, units in facts(RULED)] == ["市水务局", "市住建局", "市林业局", "市生态环境局", "市农业农村局"]
    assert [units for _, _, units in facts(UNRULED)] == ["市法院、市检察院", "市知识产权局", "市科技局、市国资委"]


def test_bold_words_stand_in_their_sentence() -> None:
    text = "工作方案\n一、任务\n1.由**市司法局**牵头，**市财政局**配合普法。\n2.**各县**必须落实。（**市司法局**负责）\n"
    (document,) = extract(text.encode(), "方案.txt").documents
    assert [text[a.span.start : a.span.end] for a in document.assignments] == ["市司法局", "市财政局", "各县", "市司法局"]


def test_blanks_around_marks_and_where_lines_of_a_page_met_are_no_words() -> None:
    clean = "一、任务\n1.区水利局、区林业局,按照职责负责专项资金的日常管理,编制年度支出计划,申报预算,开展检查。\n(一)要点。\n"
    spaced = (
        clean.replace("、区", " 、 区")
        .replace(",", " ， ")
        .replace("的日", "的 日")
        .replace("。", " 。")
        .replace("(一)", "（ 一 ）")
    )
    assert tidy(plain(spaced), spaced).text == clean
    assert tidy(plain("某县 某镇,"), "某县 某镇,").text == "某县 某镇,"
