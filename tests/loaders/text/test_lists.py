"""Items under another -> whether they are what it lists, conditions and the like, or work of their own."""

from __future__ import annotations

import pytest

from loaders.extract import extract


def numbers(listed: str, name: str = "通知") -> list[str]:
    """The numbers of the tasks of a text: `listed` is 一, before a task."""
    (document,) = extract(f"苗圃整顿{name}\n一、{listed}\n二、市林业局要总结成效。".encode(), "a.txt").documents
    return [task.number for task in document.tasks if task.kind == "task"]


@pytest.mark.parametrize(
    "lead_in",
    [
        "符合下列要求的苗圃予以保留。",
        "符合下列条件之一的,可申请认定为示范苗圃。",
        "存在下列问题的苗圃予以撤销。",
    ],
)
def test_conditions_under_other_words_are_no_tasks(lead_in: str) -> None:
    parts = "1.统一规范苗木名称。\n2.按规定参加年检。\n3.依照章程开展育苗。"
    assert numbers(f"{lead_in}\n{parts}")[-1] == "二"
    assert "1" not in numbers(f"{lead_in}\n{parts}")
    assert numbers(f"开展苗圃年检。\n{parts}") == ["1", "2", "3", "二"]


def test_what_is_looked_into_is_no_task_of_its_own() -> None:
    matters = "1.接受境外捐赠等情况。\n2.参加国际展会的情况。\n3.育苗经费收支情况。"
    assert numbers(f"市林业局要对苗圃进行检查。重点是:\n{matters}") == ["一", "二"]
    work = "1.排查消防设施情况。\n2.整改用电问题。\n3.核实经费收支情况。"
    assert numbers(f"市林业局要对苗圃进行检查。重点是:\n{work}") == ["1", "2", "3", "二"]


def of_rules(article: str) -> list[str]:
    """The numbers of the tasks of a 办法: `article` is 第一条, before a task."""
    (document,) = extract(f"苗圃扶持办法\n第一条 {article}\n第二条 市林业局应当归档。".encode(), "办法.txt").documents
    return [task.number for task in document.tasks]


def test_those_who_may_apply_are_no_tasks() -> None:
    people = "(一)经市林业局认定的育苗人才。\n(二)由于苗圃迁入,确需随迁的人员。\n(三)苗圃引进的特殊需要的专家。"
    assert of_rules(f"下列人员可申请落户。\n{people}") == ["二"]
    work = "(一)加强对育苗专家的联系服务。\n(二)培训急需的育苗人员。\n(三)引进适应本地的育苗人才。"
    assert of_rules(f"做好下列工作:\n{work}") == ["一", "二", "三", "二"]


def test_conditions_of_each_kind_are_no_tasks() -> None:
    large, small = "1.品种结构合理,位于同类苗圃前列。\n2.科研基础好,创新能力强。", "1.品种特色显著。\n2.科研氛围活跃。"
    kinds = f"(一)重点苗圃:\n{large}\n(二)培育苗圃:\n{small}"
    assert of_rules(f"申请基本条件\n{kinds}") == ["二"]


def test_what_an_article_lists_is_no_task_but_what_is_done_to_it() -> None:
    things = "(一)培育濒危品种所支付的费用;\n(二)运输和移植的费用;\n(三)其他影响苗木生长的行为。"
    assert of_rules(f"补助按照下列各项核算:\n{things}") == ["二"]
    work = "(一)查处影响苗木生长的行为;\n(二)核定运输和移植的费用;\n(三)制止偷盗苗木的行为。"
    assert of_rules(f"市林业局履行下列职责:\n{work}") == ["一", "二", "三", "二"]


def test_a_label_above_a_list_tells_what_it_is() -> None:
    parts = "(1)建立苗木台账。\n(2)落实育苗人员。"
    assert numbers(f"一次性扶持\n补贴条件:\n{parts}") == ["二"]
    assert numbers(f"一次性扶持\n重点工作:\n{parts}") == ["1", "2", "二"]


def test_what_is_registered_is_no_task() -> None:
    matters = "(一)苗圃章程;\n(二)育苗期限;\n(三)合伙人的出资数额。"
    text = f"苗圃登记条例\n第一条 下列事项应当向市林业局备案:\n{matters}\n第二条 市林业局应当建档。"
    (document,) = extract(text.encode(), "条例.txt").documents
    assert [task.number for task in document.tasks] == ["一", "二"]


@pytest.mark.parametrize(
    "row",
    [
        "志愿育苗满五十小时的,1年内不超过2分,单项累计最高不超过10分。",
        "同时符合前两项的,可以累计计分。",
        "外地转入社保、补缴社保不计算年限,重复参保期间不重复计算年限。",
        "失业期间代缴的年限纳入累计缴费时间。",
        "育苗工种符合当年海东市急需工种目录(10分)。",
        "近三年内,参加义务植树(每次计2分)。",
        "育苗师证书对应的工种,按以下标准给予计分:",
    ],
)
def test_rows_of_points_are_no_tasks(row: str) -> None:
    assert numbers(row) == ["二"]
    assert numbers("建设育苗平台,开展苗圃年检。(2分)(6月底完成,牵头单位:市林业局)") == ["一", "二"]
