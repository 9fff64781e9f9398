"""Progress on the board: one report by hand, taken back again, a workbook of others; no form where nothing may be reported."""

from __future__ import annotations

import io
from urllib.parse import quote, unquote

import openpyxl
from playwright.sync_api import FilePayload, Page, expect

BOARD = "/#/deadlines?today=2026-01-15&place=140400"


def _open(page: Page) -> None:
    page.goto(BOARD)
    key = page.get_by_label("密钥", exact=True)
    expect(key.or_(page.get_by_role("button", name="退出"))).to_be_visible()
    if key.is_visible():  # who is signed in is not asked again
        key.fill("a key of the tests")
        page.get_by_role("button", name="打开").click()
    expect(page.get_by_role("heading", level=1, name="时限")).to_be_visible()


def _payload(book: openpyxl.Workbook, name: str) -> FilePayload:
    out = io.BytesIO()
    book.save(out)
    return {"name": name, "mimeType": "application/vnd.ms-excel", "buffer": out.getvalue()}


def test_a_report_by_hand_and_another_workbook(page_with_key: Page) -> None:
    page = page_with_key
    _open(page)
    row = page.get_by_role("table", name="有日子的时限").locator("tbody tr").filter(has_text="填报进展").last
    row.get_by_text("填报进展").click()
    row.get_by_label("进展情况").fill("正在起草方案")
    row.get_by_label("状态", exact=True).select_option("进行中")
    row.get_by_role("button", name="保存").click()
    said = page.get_by_role("listitem").filter(has_text="正在起草方案").first
    expect(said).to_be_visible()
    said.get_by_role("button", name="撤回").click()
    expect(page.get_by_text("正在起草方案")).to_have_count(0)

    back = page.get_by_role("region", name="收回填好的清单")
    wrong: FilePayload = {"name": "反馈.xlsx", "mimeType": "application/vnd.ms-excel", "buffer": b"x"}
    back.locator("input[type=file]").set_input_files(wrong)
    expect(back.get_by_text("这不是工作簿（.xlsx、.xls）。")).to_be_visible()
    expect(back.get_by_text("存成 .xlsx 再传上来。")).to_be_visible()
    other = openpyxl.Workbook()
    other.worksheets[0].append(["事项", "落实情况"])
    other.worksheets[0].append(["没有这一项", "过半"])
    back.locator("input[type=file]").set_input_files(_payload(other, "反馈.xlsx"))
    back.get_by_label("进展所在列").select_option("落实情况")
    back.get_by_role("button", name="按这两列读").click()
    expect(back.get_by_role("row", name="知识库里没有这项任务")).to_be_visible()


def test_a_unit_reports_on_its_own_page(page_with_key: Page) -> None:
    """It is the one that is chosen. On the board a report is dated by the reference day, or it would not count there."""
    page = page_with_key
    _open(page)
    page.goto(f"/#/agency/140400:{quote('司法局')}")
    row = page.get_by_role("table", name="长治市司法局的任务").locator("tbody tr").first
    row.get_by_text("填报进展").click()
    expect(row.get_by_label("单位").locator("option")).to_have_text(["长治市司法局"])
    row.get_by_label("进展情况").fill("已开会部署")
    row.get_by_role("button", name="保存").click()
    said = row.get_by_role("listitem").filter(has_text="已开会部署")
    said.get_by_role("button", name="撤回").click()
    expect(said).to_have_count(0)
    page.goto("/#/deadlines?today=2022-09-15&place=140400")
    row = page.get_by_role("table", name="有日子的时限").locator("tbody tr").filter(has_text="填报进展").last
    row.get_by_text("填报进展").click()
    expect(row.get_by_label("报告日期")).to_have_value("2022-09-15")


def test_a_task_whose_units_are_not_shown_asks_for_one(page_with_key: Page) -> None:
    """No clause names its units, running text does. Its number stands beside its document."""
    page = page_with_key
    _open(page)
    row = page.get_by_role("table", name="有日子的时限").locator("tbody tr").filter(has_text="加强沟通协调,压实工作责任")
    assert row.locator("td:has(a.document) .number").inner_text() == "二"
    row.get_by_text("填报进展").click()
    row.get_by_label("状态", exact=True).select_option("暂缓")
    row.get_by_role("button", name="保存").click()
    expect(row.get_by_role("alert")).to_have_text("这项任务写到几个单位，请先选报进展的单位。")
    row.get_by_label("单位").select_option("长治市直各部门")
    row.get_by_role("button", name="保存").click()
    said = row.get_by_role("listitem").filter(has_text="暂缓")
    expect(said).to_be_visible()
    said.get_by_role("button", name="撤回").click()
    expect(said).to_have_count(0)


def test_a_unit_reports_on_the_tasks_of_a_collective_that_it_is_a_member_of(page_with_key: Page) -> None:
    page = page_with_key
    _open(page)
    member = {"unit": "潞城区人民政府", "collectives": ["140400:*各县区人民政府"]}
    page.route("**/session", lambda route: route.fulfill(json=route.fetch().json() | member))
    page.reload()
    rows = page.get_by_role("table", name="有日子的时限").locator("tbody tr")
    row = rows.filter(has_text="切实抓好政务公开落实")
    row.get_by_text("填报进展").click()
    expect(row.get_by_label("单位").locator("option")).to_have_text(["潞城区人民政府"])
    others = rows.filter(has_text="提升行政执法人员权利意识")
    expect(others.get_by_text("未报告")).to_be_visible()
    expect(others.get_by_text("填报进展")).to_have_count(0)


def test_who_sends_letters_is_said_once(page: Page) -> None:
    page.goto(BOARD)
    page.get_by_text("落款").click()
    for label, said in (("发文单位", "督查室"), ("联系人", "张科长 0355")):
        page.get_by_label(label).fill(said)
        page.get_by_label(label).blur()
    page.reload()
    expect(page.get_by_text("落款：督查室")).to_be_visible()
    link = page.get_by_role("link", name="通报（Word）")
    assert {"sender=督查室", "contact=张科长+0355"} <= set(unquote(link.get_attribute("href") or "").split("&"))
    page.evaluate("() => localStorage.clear()")


def test_without_leave_there_is_no_form(page: Page) -> None:
    page.goto(BOARD)
    expect(page.get_by_text("未报告").first).to_be_visible()
    assert page.get_by_text("填报进展").count() == page.get_by_text("收回填好的清单").count() == 0
