"""数据 and the questions: what is held, what is doubtful, uploading where it is allowed, and a form for every canned query."""

from __future__ import annotations

import re
from urllib.parse import quote

from playwright.sync_api import FilePayload, Page, Route, expect

from tests.browser.look import check_view, shoot

_UPLOAD = """\
阳泉市人民政府办公室关于印发阳泉市2023年优化营商环境工作方案的通知
阳政办发〔2023〕8号

（一）推行一网通办。2023年6月底前实现高频事项网上办理。（市行政审批服务管理局牵头，市司法局配合）
（二）规范行政执法。全面推行行政执法公示制度。（市司法局牵头，市财政局、市公安局配合）
"""


def _heading(page: Page, words: str) -> None:
    expect(page.get_by_role("heading", name=words, exact=True)).to_be_visible()


def test_what_is_held(page: Page) -> None:
    page.goto("/#/data")
    expect(page.get_by_role("table", name="已载入的文件").locator("tbody tr")).to_have_count(6)
    check_view(page, "data")
    page.get_by_role("link", name="存疑").click()
    row = page.get_by_role("row", name="期限早于成文")
    expect(row).to_contain_text("文件成文于 2022年3月21日，比这个期限晚。")
    expect(row.get_by_text("kg correct deadline")).to_be_hidden()
    shoot(page, "hurt-11-audit")
    row.get_by_text("命令", exact=True).click()
    expect(row.get_by_text("kg correct deadline")).to_be_visible()
    page.get_by_label("检查项").select_option("duplicate")
    expect(page.get_by_text("这一项没有存疑之处。")).to_be_visible()
    page.go_back()
    page.get_by_role("link", name="2021年底前").click()
    expect(page).to_have_url(re.compile("#/document/.*at=8978-8985"))


def test_what_became_of_the_files_of_a_load(page: Page) -> None:
    page.goto("/#/data?tab=loads")
    table = page.get_by_role("table", name="每个文件的情况").last
    expect(table.get_by_role("row", name="changzhi-2022-governance.txt")).to_contain_text("新载入")
    expect(table.get_by_role("row", name="gaoming-2014-satisfaction.txt")).to_contain_text("任務項目表(2014年)(略)")
    check_view(page, "data-loads")


def test_how_good_it_is(page: Page) -> None:
    page.goto("/#/data?tab=quality")
    expect(page.get_by_role("row", name="责任条款中的单位").first).to_contain_text("%")
    check_view(page, "data-quality")


def test_uploading_is_refused_unless_allowed(page: Page) -> None:
    page.goto("/#/data?tab=upload")
    expect(page.get_by_text("这个服务没有开放上传")).to_be_visible()
    assert page.locator("input[type=file]").count() == 0


def test_a_file_is_shown_before_it_is_loaded(page_with_key: Page) -> None:
    page = page_with_key
    page.goto("/#/data?tab=upload")
    page.get_by_label("密钥", exact=True).fill("a key of the tests")
    page.get_by_role("button", name="打开").click()
    file: FilePayload = {"name": "阳泉.txt", "mimeType": "text/plain", "buffer": _UPLOAD.encode()}
    page.locator("input[type=file]").set_input_files(file)
    found = page.get_by_role("region", name="“阳泉.txt”里读到的")
    expect(found.get_by_role("row", name="规范行政执法")).to_contain_text("市财政局")
    expect(found.get_by_role("row", name="推行一网通办")).to_contain_text("2023年6月30日前")
    check_view(page, "data-upload")
    found.get_by_role("button", name="载入知识库").click()
    page.get_by_role("status").get_by_role("link", name="优化营商环境工作方案").click()
    expect(page).to_have_url(re.compile("#/document/"))
    page.goto("/#/data")
    expect(page.get_by_role("table", name="已载入的文件").get_by_role("link", name="优化营商环境工作方案")).to_be_visible()
    page.goto("/#/data?tab=upload")
    broken: FilePayload = {"name": "坏.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7"}
    page.locator("input[type=file]").set_input_files([file, broken])
    page.get_by_role("button", name="全部载入知识库").click()
    expect(page.get_by_role("status")).to_have_text("已处理 2 个，共 2 个。")
    expect(page.get_by_role("listitem").filter(has_text="坏.pdf")).to_contain_text(
        "坏.pdf：PDF 已损坏。请用 PDF 阅读器打开后另存。"
    )
    page.goto("/#/data?tab=loads")
    expect(page.get_by_role("row", name="坏.pdf")).to_contain_text("PDF 已损坏。请用 PDF 阅读器打开后另存")
    page.goto("/#/data?tab=upload")
    page.locator("input[type=file]").set_input_files([broken | {"name": "预览.pdf"}])
    expect(page.get_by_role("alert")).to_contain_text("预览.pdf：PDF 已损坏。 请用 PDF 阅读器打开后另存。")
    page.goto("/#/data?tab=loads")
    expect(page.get_by_role("row", name="预览.pdf")).to_contain_text("PDF 已损坏")


def test_all_questions(page: Page) -> None:
    page.goto("/#/ask")
    _heading(page, "时限")
    assert page.get_by_text("其他", exact=True).count() == 0
    check_view(page, "ask")
    page.get_by_role("link", name="这个单位和谁一起做？").click()
    _heading(page, "这个单位和谁一起做？")
    page.get_by_role("main").get_by_role("link", name="长治市司法局").click()
    expect(page.get_by_role("table")).to_contain_text("长治市")
    page.go_back()
    expect(page.get_by_text("请填写单位")).to_be_visible()


def test_a_question_by_its_address(page: Page) -> None:
    page.goto(f"/#/ask/agency-obligations?agency={quote('长治市司法局')}")
    rows = page.get_by_role("table").locator("tbody tr")
    expect(rows).to_have_count(9)
    expect(page.get_by_text("条件：单位 长治市司法局。")).to_be_visible()
    check_view(page, "ask-obligations")
    page.get_by_label("单位（必填）").fill("衡阳市司法局")
    page.get_by_role("button", name="查询").click()
    expect(page.get_by_text("条件：单位 衡阳市司法局。")).to_be_visible()
    page.go_back()
    expect(page.get_by_label("单位（必填）")).to_have_value("长治市司法局")
    expect(rows).to_have_count(9)
    rows.nth(0).get_by_role("link", name="责任单位").click()
    expect(page).to_have_url(re.compile("#/document/.*at="))


def test_a_question_with_choices(page: Page) -> None:
    page.goto("/#/ask/deadline-board")
    page.get_by_text("更多条件").click()
    page.get_by_role("checkbox", name="周期性").check()
    page.get_by_role("button", name="查询").click()
    expect(page.get_by_text("时限状态 周期性")).to_be_visible()
    expect(page.get_by_role("table").get_by_text("每年").first).to_be_visible()


def test_a_new_query_needs_no_change_of_the_page(page: Page) -> None:
    def with_a_new_one(route: Route) -> None:
        answer = route.fetch().json()
        documents = next(row for row in answer["rows"] if row["name"] == "documents")
        coined = {"name": "coined", "type": "text?", "describe": ""}
        columns = [column for column in documents["columns"] if column["name"] in ("document", "document_id", "tasks")]
        answer["rows"].append({**documents, "name": "new", "answers": "What is new?", "columns": [*columns, coined]})
        route.fulfill(json=answer)

    page.route("**/queries", with_a_new_one)
    page.goto("/#/ask")
    page.get_by_role("region", name="其他").get_by_role("link", name="What is new?").click()
    expect(page.get_by_role("table").locator("tbody tr")).to_have_count(6)
