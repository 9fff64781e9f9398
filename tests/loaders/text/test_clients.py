"""Articles on those whom a rule gives something or asks for it -> whether they are tasks."""

from __future__ import annotations

import pytest

from loaders.extract import extract
from loaders.lexicon.table import rows
from loaders.text.clients import CLIENTS


def numbers(article: str) -> list[str]:
    """The numbers of the tasks of a 办法: `article` is 第二条, before a task."""
    text = f"海东市养老服务办法\n第一条 为规范养老服务,制定本办法。\n第二条 {article}\n第三条 市民政局应当建立养老档案。"
    (document,) = extract(text.encode(), "办法.txt").documents
    return [task.number for task in document.tasks if task.kind == "task"]


@pytest.mark.parametrize(
    "article",
    [
        "参保人应当保存护理票据三年。",
        "在一个年度内,老年人只能申请一次改造。",
        "纳税人购置护理床的,须保存发票备查。",
        "申请人在网上填写申请表后,提交区民政部门审核。",
        "应届毕业生可直接在区民政局申报护理员补贴。",
        "承租人变更住址,应当依法向街道办理登记。",
        "老年人(含港澳居民)凭证件乘坐公交车。",
        "入住福利院的老年人,不能重复申领补贴。",
        "护理床位费由参保人承担。",
        "在结算年度内,超出限额的床位费,由老年人或者监护人负担。",
        "住满两年的残疾人,不享受入住补贴。",
        "年满七十周岁的市民持证入园,享受半价优惠。",
        "高龄津贴与护理补贴可重复享受。",
        "赡养支出按照每年三千元的标准定额扣除。",
        "护理补贴不计入家庭收入。",
        "补贴期限不能超过三年。",
    ],
)
def test_what_only_clients_do_or_get_is_no_task(article: str) -> None:
    assert numbers(article) == ["三"]


@pytest.mark.parametrize(
    "article",
    [
        "申请人补正后,区民政部门当场受理。",
        "老年人需要上门服务的,由街道安排护理员。",
        "参保人未按期复核的,停止发放护理补贴。",
        "老年人入住福利院的,给予一次性补贴。",
        "残疾人福利企业、养老机构应当集中安排残疾人就业。",
        "使用残疾人的用人单位应当签订劳动合同。",
        "引导老年人通过平台申请服务。",
        "对失能的老年人,应当上门评估。",
        "为老年人提供助餐,须公示价格。",
        "推动护理补贴与高龄津贴重复享受。",
        "养老机构应当每月开展消防演练。",
        "申请人提出异议的,市民政局不予受理。",
        "市民政局告知申请人可在网上查询,参保人应当配合。",
    ],
)
def test_what_agencies_or_regulated_firms_do_is_a_task(article: str) -> None:
    assert numbers(article) == ["二", "三"]


def test_what_a_plan_says_of_clients_may_be_work() -> None:
    text = "养老服务工作方案\n一、老年人应当在街道登记。\n二、入住福利院的残疾人,不享受入住补贴。\n三、各街道要建立台账。"
    (document,) = extract(text.encode(), "方案.txt").documents
    assert [task.number for task in document.tasks] == ["一", "三"]


def test_every_word_of_the_lexicon_is_known_in_its_own_example() -> None:
    for word, _, example, source in rows("lexicon", "clients.tsv", 4):
        if word != "word":
            assert source and any(pattern.search(example) for *_, pattern in CLIENTS), word
