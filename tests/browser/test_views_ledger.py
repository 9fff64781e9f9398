"""台账: the ledger of a unit, a line of work or a document as a page that is printed, and as files."""

from __future__ import annotations

import io

import docx
import pypdfium2
from playwright.sync_api import Page, expect

from tests.browser.look import check_view


def test_it_is_asked_of_something(page: Page) -> None:
    page.goto("/#/ledger")
    expect(page.get_by_text("请选一个机构、条线、文件或地区")).to_be_visible()
    expect(page.get_by_role("table")).to_have_count(0)
    page.get_by_label("条线").select_option("司法局")
    expect(page.get_by_role("heading", level=1, name="司法局条线责任清单", exact=True)).to_be_visible()
    expect(page.get_by_role("rowgroup")).to_have_count(1 + 4)  # the head, and a document each
    page.get_by_label("地区").select_option("衡阳市")
    expect(page.get_by_role("heading", level=1, name="衡阳市、司法局条线责任清单", exact=True)).to_be_visible()


def test_from_a_unit_to_paper(page: Page) -> None:
    page.goto("/#/agency/140400:司法局")
    page.get_by_role("link", name="责任清单（打印）").click()
    table = page.get_by_role("table", name="长治市司法局责任清单")
    rows = table.locator("tr", has=page.locator("td"))
    expect(rows).to_have_count(9)
    expect(rows.first).to_contain_text("市级政府机构改革层面")
    expect(rows.first).to_contain_text("(责任单位:市政府办公室、市司法局")
    expect(rows.first).to_contain_text("长治市直有关单位（统称）")
    expect(rows.last.locator("td").nth(3)).to_have_text(
        "长治市委机构编制委员会办公室、长治市人民政府办公室、长治市司法局、长治市人民政府（正文表述）"
    )
    check_view(page, "ledger")
    pages = pypdfium2.PdfDocument(page.pdf(prefer_css_page_size=True))
    assert len(pages) > 1
    for number, sheet in enumerate(pages, 1):
        width, height = sheet.get_size()
        assert width > height
        words = sheet.get_textpage().get_text_range()
        assert "完成时限" in words  # the head
        assert f"第 {number} 页，共 {len(pages)} 页" in words
        assert "机构全称" not in words


def test_the_same_as_a_word_document(page: Page) -> None:
    page.goto("/#/ledger?agency=140400:司法局")
    link = page.get_by_role("link", name="Word", exact=True)
    response = page.request.get(link.get_attribute("href") or "")
    document = docx.Document(io.BytesIO(response.body()))
    assert document.paragraphs[0].text.startswith("长治市司法局责任清单（共 9 项")
    table = page.get_by_role("table", name="长治市司法局责任清单")
    printed = table.locator("tr", has=page.locator("td"))
    expect(printed).to_have_count(9)
    head, *rows = [[cell.text for cell in row.cells] for row in document.tables[0].rows]
    rows = [row for row in rows if len(set(row)) > 1]  # but the titles of documents, a cell across all columns
    for role, name in enumerate(("责任", "牵头单位", "配合单位"), 2):
        assert printed.locator(f"td:nth-child({role + 1})").all_inner_texts() == [row[head.index(name)] for row in rows]
