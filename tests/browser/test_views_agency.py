"""机构 and 条线: what one unit must do, with whom, by when, where it says so; and the same line of work in every place."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from tests.browser.look import check_view

UNIT = "/#/agency/140400:司法局"


def heading(page: Page, name: str) -> None:
    expect(page.get_by_role("heading", level=1, name=name, exact=True)).to_be_visible()


def table(page: Page, name: str, count: int) -> list[list[str]]:
    """The cells of each of the `count` rows of the table that is called `name`."""
    rows = page.get_by_role("table", name=name, exact=True).locator("tbody tr")
    expect(rows).to_have_count(count)
    return [row.locator("td").all_inner_texts() for row in rows.all()]


def test_from_the_home_page_to_the_sentence(page: Page) -> None:
    page.goto("/")
    page.get_by_role("combobox", name="搜索").fill("长治市司法局")
    page.get_by_role("option", name="长治市司法局").first.click()
    heading(page, "长治市司法局")
    task, role, others, deadline, progress, clause, document = table(page, "长治市司法局的任务", 9)[0]
    assert task == "1 市级政府机构改革层面"
    assert role.strip() == "牵头"
    assert others.startswith("共同牵头\n长治市人民政府办公室")
    assert "长治市司法局" not in others
    assert others.endswith("配合\n长治市直有关单位")
    assert deadline == "文件总时限 2022年3月1日至2025年12月31日"
    assert progress == "未报告"
    assert clause.startswith("(责任单位:市政府办公室、市司法局、")
    assert document == "长政办发〔2022〕14号"

    assert page.get_by_role("columnheader", name="原文").evaluate("cell => cell.clientWidth") > 150  # room for its words

    page.locator("tbody mark").first.click()
    expect(page).to_have_url(re.compile("at=1924-1928&words="))
    page.go_back()
    heading(page, "长治市司法局")
    check_view(page, "agency")


def test_the_figures_are_those_of_the_api(page: Page) -> None:
    page.goto(UNIT)
    heading(page, "长治市司法局")
    answer = page.request.get("/agencies/140400:司法局/workload").json()
    (whole,) = (row for row in answer["rows"] if row["split"] == "all")
    figure = page.locator(".figure", has=page.locator("dd.leads"))
    expect(figure).to_contain_text(str(whole["leads"]))
    assert page.request.get(figure.get_by_role("link").get_attribute("href") or "").json() == answer


def test_tabs_stand_in_the_address(page: Page) -> None:
    page.goto(f"{UNIT}?tab=workload")
    expect(page.get_by_role("heading", name="按到期月份")).to_be_visible()
    expect(page.locator("main")).to_contain_text("其中 9 项自己没有写期限，按文件的总时限计。")
    expect(page.locator("main")).not_to_contain_text("集中")  # that a whole plan ends on one day is no heap
    check_view(page, "agency-workload")
    page.get_by_role("link", name=re.compile("^合作单位")).click()
    table(page, "合作单位", 20)
    page.get_by_role("link", name=re.compile("^统称带来的任务")).click()
    assert [row[0] for row in table(page, "经统称的任务", 2)] == ["长治市直各部门"] * 2
    page.go_back()
    page.go_back()
    expect(page.get_by_role("heading", name="按到期月份")).to_be_visible()


def test_a_unit_that_no_responsibility_clause_names(page: Page) -> None:
    page.goto("/#/agency/500110:司法局")
    expect(page.locator("main")).to_contain_text("另有正文表述 1 项")
    page.goto("/#/agency/500110:司法局?tab=workload")
    expect(page.get_by_text("责任条款里没有它的任务。")).to_have_count(3)
    page.get_by_label("依据类型").select_option("正文表述")
    expect(page).to_have_url(re.compile("basis=narrative"))
    expect(page.get_by_role("group", name="按年份的任务：2022年 牵头 1 配合 0")).to_be_visible()


def test_all_units_by_place_and_line_of_work(page: Page) -> None:
    page.goto("/#/agency")
    expect(page.get_by_role("table")).to_be_visible()
    page.get_by_label("地区（含下级）").select_option("衡阳市")
    expect(page.get_by_role("cell", name="长治市司法局")).to_have_count(0)
    check_view(page, "agencies")
    page.get_by_label("条线", exact=True).fill("司法局")
    page.get_by_label("条线", exact=True).press("Enter")
    expect(page).to_have_url(re.compile(r"\?place=430400&function="))
    assert table(page, "机构的任务数", 1) == [["衡阳市司法局", "衡阳市", "2", "2", "0", "2"]]
    page.go_back()
    expect(page.get_by_role("cell", name="衡阳市行政审批服务局")).to_be_visible()


def test_a_line_of_work_in_every_place(page: Page) -> None:
    page.goto(UNIT)
    page.get_by_role("link", name="司法局（各地对比）").click()
    heading(page, "司法局")
    assert [row[:3] for row in table(page, "司法局在各地的任务", 2)] == [
        ["长治市", "长治市司法局", "9"],
        ["衡阳市", "衡阳市司法局", "2"],
    ]
    table(page, "司法局的全部任务", 12)
    check_view(page, "function")
    page.get_by_label("依据类型").select_option("正文表述")
    table(page, "司法局的全部任务", 1)
    page.get_by_role("cell", name="綦江区司法局").get_by_role("link").click()
    heading(page, "綦江区司法局")
    page.go_back()
    expect(page.get_by_label("依据类型")).to_have_value("narrative")
