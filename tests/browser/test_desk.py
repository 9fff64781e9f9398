"""What a clerk meets in an ordinary hour: links that keep their words, what is left out is said, places and topics, paper."""

from __future__ import annotations

import re
from urllib.parse import quote

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.look import check_view, shoot

CHANGZHI = quote("140400:长政办发〔2022〕14号")
MOVED = f"/#/document/{CHANGZHI}?at=8000-8010&words={quote('切实抓好政务公开落实')}"


def test_a_link_carries_its_words_and_says_when_they_moved_or_went(page: Page) -> None:
    page.goto(MOVED)
    told = page.get_by_role("complementary")
    expect(told).to_contain_text("原文改动过")
    expect(page.locator(".at")).to_have_text("切实抓好政务公开落实")
    shoot(page, "hurt-05-words-moved")
    page.goto(f"/#/document/{CHANGZHI}?at=8000-8010&words={quote('这句话从来没有')}")
    expect(told).to_contain_text("现在的原文里找不到")
    shoot(page, "hurt-05-words-gone")
    assert page.locator(".at").count() == 0
    assert told.get_by_text("地址里的位置").count() == 0
    told.get_by_role("button", name="关闭").click()
    expect(told.get_by_text("原文改动过")).to_have_count(0)
    page.locator("a.fact.lead", has_text="市司法局").first.click()
    assert quote("市司法局") in page.url
    expect(page.locator(".at")).to_have_text("市司法局")
    assert page.get_by_text("原文改动过").count() == 0


def test_links_and_quotes_are_copied_of_a_fact_and_of_a_selection(page: Page) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(f"/#/document/{CHANGZHI}?at=8197-8201")
    page.locator("a.fact.lead", has_text="市司法局").first.click()
    page.get_by_role("complementary").get_by_role("button", name="复制引文").click()
    expect(page.get_by_text("已复制引文")).to_be_visible()
    shoot(page, "hurt-06-copy-of-a-fact")
    assert re.fullmatch(r"“市司法局”（《长治市.+》，长政办发〔2022〕14号）", page.evaluate("navigator.clipboard.readText()"))
    page.evaluate("""() => {
      const paragraph = [...document.querySelectorAll("p[data-start]")].find((p) => p.textContent.startsWith("二、基本"));
      getSelection().setBaseAndExtent(paragraph.firstChild, 2, paragraph.firstChild, 6);
    }""")
    picked = page.get_by_role("toolbar", name="选中的文字")
    picked.scroll_into_view_if_needed()
    shoot(page, "hurt-06-copy-of-a-selection")
    picked.get_by_role("button", name="复制链接").click()
    copied = page.evaluate("navigator.clipboard.readText()")
    page.goto("/#/")
    page.goto(copied)
    expect(page.locator(".at")).to_have_text("基本原则")


def test_who_leads_a_topic_place_by_place_and_in_one(page: Page) -> None:
    page.goto(f"/#/?q={quote('政务公开')}&kind=leads")
    led = page.get_by_role("table", name="各地由谁牵头")
    expect(led.get_by_role("row")).to_have_count(5)  # the head, and the four places whose tasks speak of it
    expect(led.get_by_role("row", name="衡阳市").first).to_contain_text("衡阳市行政审批服务局 5")
    expect(page.get_by_text("没有写到的：高明区。")).to_be_visible()
    check_view(page, "topic")
    led.get_by_role("link", name="长治市", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("长治市")
    expect(page.get_by_role("table", name="文件")).to_be_visible()
    shoot(page, "hurt-03-place")
    page.get_by_label("在这里找一个主题").fill("行政复议")
    page.get_by_role("button", name="看由谁牵头").click()
    expect(page.get_by_role("table", name="各地由谁牵头").get_by_role("row")).to_have_count(2)
    page.goto(f"/#/?q={quote('长治市 政务公开')}")
    expect(page.locator(".hits mark").first).to_be_visible()
    shoot(page, "hurt-03-place-and-topic")
    page.get_by_role("link", name="各地谁牵头").click()
    expect(led.get_by_role("row")).to_have_count(2)
    shoot(page, "hurt-03-place-and-topic-led")


def test_what_is_typed_stays_when_an_answer_comes(page: Page) -> None:
    held: list[Route] = []
    page.route("**/workload?*", lambda route: held.append(route))  # noqa: PLW0108 - playwright writes on what it is given
    page.goto("/#/place/140400")
    typed = page.get_by_label("在这里找一个主题")
    typed.fill("行政复议")
    while not held:
        page.wait_for_timeout(20)
    for route in held:
        route.continue_()
    expect(page.get_by_role("link", name="长治市司法局")).to_be_visible()
    expect(typed).to_have_value("行政复议")


def test_what_a_list_leaves_out_is_said(page: Page) -> None:
    page.goto("/#/ask/document-facts?document=" + CHANGZHI + "&limit=7")
    page.route("**/ledger?*", lambda route: route.continue_(url=re.sub(r"limit=2000", "limit=10", route.request.url)))
    page.goto(f"/#/place/140400?q={quote('工作')}")
    total = page.get_by_text(re.compile(r"^只显示前 10 行，共 \d+ 行"))
    expect(total).to_be_visible()
    expect(page.get_by_text(re.compile(r"^前 10 行，共 \d+ 行$"))).to_be_visible()
    shoot(page, "hurt-08-true-total", full_page=True)
    page.goto("/#/deadlines?today=2022-06-30&month=2022-12&light=green")
    hidden = page.get_by_text("只看2022年12月到期、尚未到期：显示 6 条，另有 54 条没有显示。")
    expect(hidden).to_be_visible()
    hidden.scroll_into_view_if_needed()
    shoot(page, "hurt-02-hidden-is-told")


def test_terms_are_explained_where_they_stand_and_calls_hide_behind_a_mark(page: Page) -> None:
    page.goto("/#/compare")
    expect(page.get_by_label("单位级别")).to_have_value("city")
    expect(page.get_by_role("table", name="各地各条线的任务数")).to_be_visible()
    shoot(page, "hurt-07-one-level")
    page.get_by_role("button", name="责任条款、正文表述、统一规定是什么意思").click()
    expect(page.get_by_text("责任条款：任务后括号内")).to_be_visible()
    shoot(page, "hurt-16-terms-explained")
    page.keyboard.press("Escape")
    expect(page.get_by_text("责任条款：任务后括号内")).to_be_hidden()
    expect(page.get_by_role("link", name="数据接口").first).to_have_text("{}")
    shoot(page, "hurt-15-calls-behind-a-mark")
    page.goto("/#/ask/overdue")
    expect(page.get_by_text("计算口径：期限在今天以前")).to_be_visible()
    expect(page.get_by_text(re.compile(r"^条件：参照日 \d{4}年\d+月\d+日；"))).to_be_visible()
    page.get_by_text("计算口径").scroll_into_view_if_needed()
    shoot(page, "hurt-11-note-of-a-question")
    page.goto("/#/deadlines?today=2022-09-15&view=month")
    month = page.get_by_role("table", name="2022年9月")
    month.scroll_into_view_if_needed()
    shoot(page, "hurt-13-month-of-the-day")
    page.goto("/#/place/140400")
    page.get_by_role("button", name="牵头、配合是什么意思").click()
    expect(page.get_by_text("牵头：对任务负总责的单位")).to_be_visible()
    shoot(page, "hurt-16-roles-explained")


def test_paper_holds_every_row_and_neither_chart_nor_control(page: Page) -> None:
    page.goto("/#/ask/ledger")
    rows = page.locator(".answer tbody tr[data-index]")
    expect(rows.first).to_be_visible()
    drawn, whole = rows.count(), int(page.locator(".answer table").get_attribute("aria-rowcount") or 0) - 1
    assert drawn < whole
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert rows.count() == whole
    assert page.locator(".answer td button").count() == 0  # which would hold back a unit
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 1030, "height": 700})  # of A4, lying
    assert page.locator(".answer").evaluate("box => box.scrollWidth <= box.clientWidth")
    expect(page.get_by_text("更多条件")).to_be_hidden()
    expect(page.locator(".answer .whence").first).to_be_hidden()
    expect(page.locator(".answer li", has_text="文件总时限").get_by_role("link").first).to_be_visible()
    page.goto("/#/place/140400")
    expect(page.get_by_role("heading", name="文件", exact=True)).to_be_visible()
    expect(page.get_by_text("任务最多的机构")).to_be_hidden()
    page.emulate_media(media="screen")
    page.goto("/#/ask/ledger?place=140400")
    expect(page.get_by_text("条件：地区 长治市；参照日")).to_be_visible()  # by name, though the address has a code
    page.goto("/#/place/140000")  # whose documents are all of places below it
    expect(page.get_by_role("heading", level=1)).to_have_text("山西省")
    page.goto("/#/deadlines?today=2022-06-30&place=140400&review=unchecked")
    scope = page.get_by_text("范围：长治市、未核", exact=True)
    expect(scope).to_be_hidden()
    expect(page.locator(".chart svg")).to_be_visible()
    page.emulate_media(media="print")
    for gone in (".chart svg", ".filters", ".source", ".top"):
        expect(page.locator(gone).first).to_be_hidden()
    expect(scope).to_be_visible()
    expect(page.get_by_role("table", name="有日子的时限")).to_be_visible()
    assert page.locator("td a").first.evaluate("link => getComputedStyle(link).textDecorationLine") == "none"
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    shoot(page, "hurt-12-paper")


def test_the_task_stays_in_sight_where_a_table_is_moved(page: Page) -> None:
    page.set_viewport_size({"width": 800, "height": 800})
    page.goto("/#/ask/ledger?place=140400")
    table = page.locator(".answer")
    expect(table.locator("td.pinned").first).to_be_visible()
    gone = table.evaluate("""box => {
      box.scrollLeft = box.scrollWidth;
      const left = (cell) => cell.getBoundingClientRect().left - box.getBoundingClientRect().left;
      return [box.scrollLeft, ...["td.pinned", "td:not(.pinned)"].map((of) => left(box.querySelector(of)))];
    }""")
    assert gone[0] > 100
    assert gone[1] == pytest.approx(0, abs=1.5)
    assert gone[2] < 0
    assert table.locator(".filter").evaluate("box => box.getBoundingClientRect().left >= 0")
    shoot(page, "hurt-08-pinned")


def test_time_limits_that_are_equal_are_one(page: Page) -> None:
    def twice(route: Route) -> None:
        found = route.fetch().json()
        row = next(row for row in found["rows"] if row["deadlines"])
        first = row["deadlines"][0]
        row["deadlines"] = [first, first | {"start": first["start"] + 9}]
        route.fulfill(json=found | {"rows": [row]})

    page.route("**/ledger?*", twice)
    page.goto("/#/ask/ledger?place=140400")
    cell = page.locator(".answer td", has_text="又见 第 2 处")
    expect(cell.locator("li")).to_have_count(1)
    shoot(page, "hurt-08-equal-limits")


def test_an_empty_base_says_what_to_do(page: Page) -> None:
    nothing = re.compile(r"/(overview|documents|workload|compare)(\?|$)")
    page.route(nothing, lambda route: route.fulfill(json={**route.fetch().json(), "rows": []}))
    page.route("**/status", lambda route: route.fulfill(json={**route.fetch().json(), "upload": True, "documents": 0}))
    page.goto("/#/graph")
    expect(page.get_by_text("知识库还是空的。")).to_have_count(1)
    page.goto("/#/")
    expect(page.get_by_role("link", name="上传文件")).to_be_visible()
    shoot(page, "hurt-10-empty-base")
    page.get_by_role("link", name="上传文件").click()
    expect(page).to_have_url(re.compile("tab=upload$"))


def test_a_large_base_answers_what_looks_at_all_of_it_only_to_who_asks(page: Page) -> None:
    def large(route: Route) -> None:
        found = route.fetch().json()
        route.fulfill(json={**found, "rows": [found["rows"][0] | {"documents": 10_000}]})

    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.route("**/overview", large)
    page.goto("/#/")
    expect(page.get_by_role("link", name="谁的任务最多？")).to_have_attribute("href", "#/agency")
    assert not [url for url in asked if re.search("/(workload|compare|deadlines|tasks|status)", url)]
