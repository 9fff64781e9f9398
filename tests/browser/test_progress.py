"""The clerk's month: a list goes out, units fill it in, it comes back and is kept; one report by hand; red until it is done."""

from __future__ import annotations

import io
import json
from pathlib import Path

import openpyxl
from playwright.sync_api import FilePayload, Page, expect

from tests.browser.look import check_view

BOARD = "/#/deadlines?today=2026-01-15&place=140400"


def _open(page: Page) -> None:
    page.goto(BOARD)
    page.get_by_label("密钥", exact=True).fill("a key of the tests")
    page.get_by_role("button", name="打开").click()
    expect(page.get_by_role("heading", level=1, name="时限")).to_be_visible()


def _payload(book: openpyxl.Workbook, name: str) -> FilePayload:
    out = io.BytesIO()
    book.save(out)
    return {"name": name, "mimeType": "application/vnd.ms-excel", "buffer": out.getvalue()}


def test_a_list_goes_out_and_comes_back(page_with_key: Page, tmp_path: Path) -> None:
    page = page_with_key
    _open(page)
    page.goto(f"{BOARD}&month=2025-12&light=red")
    panel = page.get_by_role("region", name="有日子的时限")
    rows = panel.get_by_role("table", name="有日子的时限").locator("tbody tr")
    expect(rows.first).to_be_visible()
    shown = rows.count()
    with page.expect_download() as saved:
        panel.get_by_role("link", name="Excel").click()
    assert saved.value.suggested_filename == "长治市督办清单-2025年12月-期限已过.xlsx"
    saved.value.save_as(tmp_path / "清单.xlsx")
    page.reload()  # Playwright takes a download for a request that never ends; the session goes on
    book = openpyxl.load_workbook(tmp_path / "清单.xlsx")
    (sheet,) = book
    assert 3 <= sheet.max_row <= shown + 2  # a task with two time limits is one row

    head = {str(cell.value): n for n, cell in enumerate(next(sheet.iter_rows(min_row=2, max_row=2)), 1)}
    keyed = [n for n in range(3, sheet.max_row + 1) if sheet.cell(n, head["编号（请勿改动）"]).value]
    alone = [n for n in keyed if "、" not in str(sheet.cell(n, head["牵头单位"]).value or "、")]
    first, second, third = alone[0], *[n for n in keyed if n != alone[0]][:2]
    task, unit, _ = json.loads(str(sheet.cell(third, head["编号（请勿改动）"]).value))
    headers = {"X-API-Key": "a key of the tests", "Origin": page.url.partition("/#")[0]}
    meanwhile = {"task": task, "agency": unit, "state": "on hold", "text": "等资金"}
    assert page.request.post("/reports", data=meanwhile, headers=headers).ok
    sheet.cell(third, head["进展情况"]).value = "已开工"
    title = str(sheet.cell(first, head["任务"]).value)
    sheet.cell(first, head["状态"]).value = "逾期完成"
    sheet.cell(first, head["办结日期"]).value = "2022年3月1日"
    sheet.cell(second, head["状态"]).value = "办完了"
    back = page.get_by_role("region", name="收回填好的清单")
    back.locator("input[type=file]").set_input_files(_payload(book, "清单.xlsx"))
    expect(back.get_by_role("status")).to_contain_text("：新的进展 1 行，有冲突 1 行，认不出 1 行。")
    expect(back.get_by_role("row", name=title)).to_contain_text("逾期完成，2022年3月1日")
    expect(back.get_by_role("row", name="状态不在可选范围内")).to_be_visible()
    check_view(page, "progress")
    back.get_by_role("button", name="保存新的进展").click()
    expect(back.get_by_role("status")).to_contain_text("已保存 1 条。其余有冲突 1 行，认不出 1 行。")
    back.get_by_role("button", name="有冲突的也保存").click()
    expect(back.get_by_role("status")).to_contain_text("已保存 1 条。其余认不出 1 行，没有变化 1 行。")

    page.goto(f"{BOARD}&light=done")
    done = page.get_by_role("table", name="有日子的时限").get_by_role("row", name=title).first
    expect(done).to_contain_text("逾期完成")


def test_a_report_by_hand_and_another_workbook(page_with_key: Page) -> None:
    page = page_with_key
    _open(page)
    row = page.get_by_role("table", name="有日子的时限").locator("tbody tr").filter(has_text="填报进展").last
    row.get_by_text("填报进展").click()
    row.get_by_label("进展情况").fill("正在起草方案")
    row.get_by_label("状态", exact=True).select_option("进行中")
    row.get_by_role("button", name="保存").click()
    expect(page.get_by_text("正在起草方案").first).to_be_visible()

    other = openpyxl.Workbook()
    other.worksheets[0].append(["事项", "落实情况"])
    other.worksheets[0].append(["没有这一项", "过半"])
    back = page.get_by_role("region", name="收回填好的清单")
    back.locator("input[type=file]").set_input_files(_payload(other, "反馈.xlsx"))
    back.get_by_label("进展所在列").select_option("落实情况")
    back.get_by_role("button", name="按这两列读").click()
    expect(back.get_by_role("row", name="知识库里没有这项任务")).to_be_visible()


def test_without_leave_there_is_no_form(page: Page) -> None:
    page.goto(BOARD)
    expect(page.get_by_text("未报告").first).to_be_visible()
    assert page.get_by_text("填报进展").count() == page.get_by_text("收回填好的清单").count() == 0
