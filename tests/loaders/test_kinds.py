"""Kinds of documents: what each gives, and what gives nothing."""

from __future__ import annotations

import pytest

from kg.errors import NothingFound, UnreadableFile
from kg.model import Document
from loaders.extract import extract


def read(text: str) -> Document:
    return extract(text.encode(), "a.txt").documents[0]


def facts(document: Document) -> list[tuple[str, list[str], list[str | None]]]:
    """Of each task its title, its units with role and basis, its days."""
    return [
        (
            task.title,
            [f"{a.role[0]}{a.basis[0]} {a.name}" for a in document.assignments if a.task == task.id],
            [d.due for d in document.deadlines if d.task == task.id],
        )
        for task in document.tasks
    ]


HEAD = "铜陵市水利局关于清理台账的通知\n铜水〔2021〕9 号\n各县区水利局：\n一、建立台账。9月底前报送。（责任单位：市水利局）\n"


@pytest.mark.parametrize("date", ["2021 年 6 月 7 日", "二〇二一年六月七日", "二○二一 年 六月 七日", "2021年6月7 日"])
def test_a_date_and_a_number_in_any_form(date: str) -> None:
    document = read(f"{HEAD}铜陵市水利局\n{date}\n")
    assert (document.doc_number, document.issuers) == ("铜水〔2021〕9号", ("铜陵市水利局",))
    assert (document.issued_on, document.place) == ("2021-06-07", "340700")
    assert [d.due for d in document.deadlines] == ["2021-09-30"]


def test_minutes() -> None:
    document = read(
        "铜陵市水利局\n局长办公会议纪要\n〔2021〕7号\n研究清理台账工作局长办公会议纪要\n"
        "2021年6月7日下午，局长王某某在市水利局二楼会议室主持召开会议，市财政局、市审计局负责同志参加。纪要如下：\n"
        "一、会议听取了市财政局的汇报。\n二、会议议定，由市水利局牵头，市财政局配合，于7月20日前完成清理。\n"
        "出席：市财政局李某某、市审计局赵某某。\n"
    )
    assert (document.title, document.doc_number) == ("研究清理台账工作局长办公会议纪要", "〔2021〕7号")
    assert document.id == "340700:研究清理台账工作局长办公会议纪要〔2021〕7号"
    assert [fact[1:] for fact in facts(document)] == [
        (["Ln 市水利局", "Pn 市财政局"], ["2021-07-20"])
    ]  # what was heard is none
    assert not any("局长" in a.name or "李某某" in a.name for a in document.assignments)


def test_a_card_is_one_task() -> None:
    document = read(
        "省政府重点督办事项通知单\n文　号：督字〔2021〕5号\n督办事项：巩固农村饮水安全。加快管网改造。\n主办单位：省水利厅\n"
        "协办单位：省财政厅、省卫生健康委\n签发日期：2021年3月9日\n完成时限：2021年9月底前\n联系人：赵某\n"
        "督办事项：治理黑臭水体\n主办单位：省生态环境厅\n省政府督查室\n2021年3月9日\n"
    )
    assert (document.doc_number, document.issued_on) == ("督字〔2021〕5号", "2021-03-09")
    assert facts(document) == [
        ("巩固农村饮水安全", ["Lc 省水利厅", "Pc 省财政厅", "Pc 省卫生健康委"], ["2021-09-30"]),
        ("治理黑臭水体", ["Lc 省生态环境厅"], []),
    ]


def test_a_bulletin_reports_what_is_late_and_demands_what_is_to_come() -> None:
    document = read(
        "铜陵市人民政府督查室关于2021年上半年重点工作进展情况的通报\n各县区人民政府：\n一、存在问题\n"
        "（一）进展缓慢。市水利局负责的除险加固项目应于5月底前开工，截至6月20日尚未开工。\n"
        "二、下一步工作\n（一）市水利局要在8月底前完成开工，市财政局做好配合。\n铜陵市人民政府督查室\n2021年7月2日\n"
    )
    assert [d.due for d in document.deadlines] == ["2021-08-31"]
    assert facts(document)[-1][1] == ["Ln 市水利局", "Pn 市财政局"]


@pytest.mark.parametrize(
    "text",
    [
        # a budget
        "关于铜陵市2020年决算的报告\n铜陵市财政局\n一、2020年决算\n市水利局组织收入8.2亿元，税务部门组织收入30.6亿元。\n"
        "二、2021年预算\n（一）农林水支出9.5亿元，同比增长3.0%。\n（二）科学技术支出7亿元，增长5.2%，占全市支出的6.1%。\n",
        # news
        "铜陵市召开防汛工作会议\n铜陵日报讯 6月7日，铜陵市召开防汛工作会议，市水利局汇报了进展。\n"
        "会议指出，市应急局持续开展排查，各县区建立了台账。\n",
        "安徽多举措防汛\n新华社合肥6月7日电（记者 王某）记者从会上获悉，省水利厅投入3亿元，各市建立台账。\n",
    ],
)
def test_reports_demand_nothing(text: str) -> None:
    with pytest.raises(NothingFound):
        extract(text.encode(), "a.txt")


@pytest.mark.parametrize(
    "opening",
    [
        "铜陵：防汛不松劲 6月7日，市政府召开防汛会议。",
        "防汛物资怎么备？ 堤上一片繁忙，记者从市水利局获悉，",
        "近日，市防汛办召开会议。",
        "“水位下降了。”老张告诉记者。",
        "据介绍，今年雨水偏多。",
        "1.全省防汛新闻发布会 时间：2月16日。",
        "皖江网合肥6月7日消息 堤上一片繁忙。",
        "防汛一线见闻（记者王某）堤上一片繁忙。",
        "防汛不松劲 市水利局6月7日召开调度会。",
        "防汛不松劲 汛情发生以来，",
        "防汛不松劲 截至6月7日，已排查300余处。",
        "6月7日，防汛大赛举行，由市农业局承办。",
        "防汛生产两不误 一年之计在于春。",
    ],
)
def test_a_report_without_a_dateline_demands_only_what_it_says_is_demanded(opening: str) -> None:
    document = read(
        f"{opening}市水利局积极开展排查，各县区建立台账，每日通报水情。会议要求，各乡镇要备足沙袋，市财政局将拨付经费。"
        "险情由市应急局处置。通知要求，各村组织转移。按照上级要求，各社区组织巡查。会议强调，市电力局，市教育局逐一排查。"
        "市住建局在汛期要会同市气象局加强预警。\n"
    )
    demanded = ["各乡镇", "市财政局", "市应急局", "各村", "市电力局", "市教育局", "市住建局", "市气象局"]
    assert [a.name for a in document.assignments] == demanded
    assert document.deadlines == ()


def test_a_title_below_what_was_done_when_heads_a_part_of_a_report() -> None:
    document = read("防汛不松劲\n连日来，市水利局组织开展排查。\n完善度汛方案\n各县区建立台账，市财政局将拨付经费。\n")
    assert [a.name for a in document.assignments] == ["市财政局"]


def test_a_paper_that_a_newspaper_prints_is_no_report() -> None:
    document = read("古河网6月7日电\n古河县防汛方案\n一、巡查\n县水利局每日巡查。\n二、清淤\n各乡镇建立台账。\n")
    assert [a.name for a in document.assignments] == ["县水利局", "各乡镇"]


@pytest.mark.parametrize(
    "opening",
    [
        "各县区人民政府，各有关单位：",
        "为做好防汛工作，现就有关事项通知如下：",
        "近日，多地连降暴雨，请认真贯彻落实以下要求。",
        "为确保防汛。生产两不误，",
        "1.通报近日水情。",
        "1.定期召开新闻发布会，公布水情。",
        "加强新闻记者管理。",
        "汛情发生以来，省里印发了《关于防汛的通知》（以下简称《通知》）。",
        "市水利局：\n截至目前，你局尚有三处隐患未整改。",
        "汛情发生以来，各县区积极防汛。现提出如下要求：",
    ],
)
def test_a_text_without_a_title_is_no_report_by_that_alone(opening: str) -> None:
    document = read(f"{opening}\n市水利局组织开展排查，各县区建立台账，每日通报水情。\n")
    assert [a.name for a in document.assignments] == ["市水利局", "各县区"]


def test_a_report_that_quotes_a_notice_gives_the_facts_of_that() -> None:
    text = "本报讯 6月7日，市水利局发布通知，全文如下：\n一、各县区水利局要在2021年8月底前建立台账。\n"
    assert facts(read(text))[-1][1:] == (["Ln 各县区水利局"], ["2021-08-31"])


def test_another_language_is_refused() -> None:
    text = "Opinions on Ledgers\n1. The Water Bureau (水利) shall clear the ledgers by 31 August 2021, with the others.\n"
    with pytest.raises(UnreadableFile, match="not in Chinese"):
        extract(text.encode(), "a.txt")


def test_bodies_of_taiwan_are_none_of_the_mainland() -> None:
    document = read(
        "行政院　函\n發文日期：中華民國110年7月1日\n發文字號：院授研管字第1100123456號\n主旨：檢送公文減量計畫，請照辦。\n"
        "說明：\n一、本計畫由教育部主辦，衛生福利部、財政部協辦。\n二、請各直轄市及縣（市）政府於110年9月30日前訂定執行計畫。\n"
        "正本：教育部、財政部\n"
    )
    assert (document.doc_number, document.issued_on) == ("院授研管字第1100123456號", "2021-07-01")
    assert [entry[1:] for entry in facts(document)] == [
        (["Ln 教育部", "Pn 卫生福利部", "Pn 财政部"], []),
        (["Ln 各直辖市及县(市)政府"], ["2021-09-30"]),
    ]
    assert {a.agency.id[:7] for a in document.assignments} == {"710000:"}
    assert {agency.id for agency in document.issuing_agencies} == {"710000:行政院"}


def test_a_letter_means_by_yours_whom_it_is_addressed_to() -> None:
    document = read(
        "国务院办公厅关于江西省清理台账的函\n国办函〔2021〕9号\n江西省人民政府：\n"
        "一、请你省有关部门于2021年8月底前建立台账。\n国务院办公厅\n2021年6月7日\n"
    )
    assert {a.agency.id for a in document.assignments} == {"360000:*有关部门"}
    assert document.place is None
    document = read(
        "湖口县人民政府关于同意调整村界的批复\n流芳乡人民政府：你乡《关于调整村界的请示》收悉。现批复如下：\n"
        "一、同意调整村界。望你乡接文后，认真组织实施。\n"
    )
    assert [(a.surface, a.name) for a in document.assignments] == [("你乡", "流芳乡人民政府")]
    document = read("湖口县防汛办关于报送材料的通知\n各乡镇人民政府：\n一、请你局认真清查。\n二、你单位要明确专人。\n")
    assert [a.name for a in document.assignments] == ["你局", "你单位"]


def test_fields_of_a_task_are_one_task_with_its_units_and_days() -> None:
    document = read(
        "湖口县古村落保护试点任务要点\n各乡镇：\n一、古民居修缮\n（一）指导单位。\n县住建局牵头，县文旅局配合。\n"
        "（二）工作内容。\n修缮二十处古民居，建立档案。\n（三）完成时限。\n2023年9月底前。\n"
        "二、古树保护\n（一）责任单位\n县林业局\n（二）工作内容\n清查古树，挂牌保护。\n（三）预期成果\n全县古树名录。\n"
    )
    assert facts(document) == [
        ("工作内容", ["Lc 县住建局", "Pc 县文旅局"], ["2023-09-30"]),
        ("工作内容", ["Lc 县林业局"], []),
    ]
    assert {a.rule for a in document.assignments} == {"clause-heading"}
    assert [task.headings for task in document.tasks] == [("古民居修缮",), ("古树保护",)]


@pytest.mark.parametrize("heading", ["二、推荐单位", "二、参评单位。", "二、市县单位"])
def test_other_headings_assign_nothing_to_those_below(heading: str) -> None:
    document = read(f"湖口县古村落保护方案\n一、修缮古民居。\n{heading}\n县住建局、县文旅局\n三、清查古树。\n")
    assert [a.name for a in document.assignments if a.rule == "clause-heading"] == []


def test_chapters_of_an_ordinance_on_one_line() -> None:
    document = read(
        "湖口县古树管理办法第一章 总  则第一条 县林业局负责古树管理。第二条 县财政局安排经费。"
        "第二章  保    护第三条 县城管局建立台账。第四条 县文旅局公布名录。第三章 附  则第五条 本办法自印发之日起施行。"
    )
    assert [(task.number, task.headings) for task in document.tasks] == [
        ("一", ("总则",)),
        ("二", ("总则",)),
        ("三", ("保护",)),
        ("四", ("保护",)),
    ]


def test_who_issues_a_text_calls_itself_ours() -> None:
    document = read(f"{HEAD}二、通报情况。我局将按月通报进展。\n铜陵市水利局\n2021年6月7日\n")
    assert facts(document)[1][1] == ["Ln 铜陵市水利局"]


def test_terms_of_who_may_apply_are_no_tasks() -> None:
    document = read(
        "湖口县选拔乡土人才的通知\n各乡镇：\n一、选拔条件\n1.乡土工匠\n品行端正。\n（1）主持过两个修缮项目；\n（2）获得县级奖励。\n"
        "2.农技能手\n（1）从事种植五年；\n（2）带动农户增收。\n二、选拔程序\n1.组织推荐\n各乡镇推荐人选。\n2.评审\n县人社局组织评审。\n"
    )
    assert [task.title for task in document.tasks] == ["组织推荐", "评审"]


def test_a_headline_is_no_title_of_a_document() -> None:
    """The title of a 公文 says what it is; news may have a line that stands where that would."""
    told = "近日，市水利局积极开展排查，各县区建立台账。会议要求，各乡镇要备足沙袋。\n"
    assert [a.name for a in read(f"防汛不松劲 排查不停歇\n{told}").assignments] == ["各乡镇"]
    assert "各县区" in [a.name for a in read(f"铜陵市人民政府关于做好防汛工作的通知\n{told}").assignments]


def test_who_is_addressed_in_one_line_is_bound_by_no_label() -> None:
    document = read("关于做好防汛工作的通知 各省（自治区、直辖市）防汛主管部门： 按照部署，各县区要建立台账。\n")
    assert [(a.basis, a.name) for a in document.assignments] == [("narrative", "各县区")]
