"""城市对比 and 时限: what places entrust to one line of work side by side, and what is due when."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from tests.browser.look import check_view


def test_a_cell_opens_the_tasks_side_by_side(page: Page) -> None:
    page.goto("/#/compare")
    cell = page.get_by_role("link", name="衡阳市 行政审批服务局：共 41 项，牵头 41，配合 0")
    expect(cell).to_be_visible()
    expect(page.get_by_role("row", name=re.compile("信息中心"))).to_contain_text("无")
    cell.click()
    expect(page).to_have_url(re.compile("at=430400"))
    changzhi, hengyang = (page.get_by_role("region", name=place, exact=True) for place in ("长治市", "衡阳市"))
    expect(hengyang.get_by_role("heading", level=3)).to_contain_text("41 项")
    expect(changzhi.get_by_role("listitem").filter(has_text="基础教育建设方面").locator("mark")).to_have_text(
        "市行政审批服务管理局"
    )
    expect(changzhi.get_by_role("link", name="长治市教育局").first).to_be_visible()  # who leads with it
    for event, count in (("beforeprint", 41), ("afterprint", 8)):
        page.evaluate(f"dispatchEvent(new Event('{event}'))")
        expect(hengyang.locator("article")).to_have_count(count)
    hengyang.get_by_role("button", name="另有 33 项").click()
    expect(hengyang.locator("article")).to_have_count(41)
    page.go_back()
    beside = page.get_by_role("heading", name="行政审批服务局：各地并排")
    expect(beside).to_have_count(0)
    page.go_forward()
    page.set_viewport_size({"width": 390, "height": 844})
    expect(beside).to_be_visible()
    assert beside.evaluate("title => title.clientHeight") < 60  # not a character a line


def test_a_different_lead_is_marked(page: Page) -> None:
    page.goto("/#/compare?function=行政审批服务局&line=行政审批服务局")
    expect(page.get_by_role("rowheader")).to_have_text(["行政审批服务局"])
    page.get_by_role("button", name="≠ 牵头不同").first.click()
    group = page.locator("article.alike").first
    expect(group).to_be_in_viewport()
    expect(group).to_contain_text("各地都由行政审批服务局牵头")
    expect(group.locator("mark")).to_have_text(["长治市人民政府办公室", "长治市政府信息中心", "长治市各县区人民政府"])
    group.get_by_role("link", name="长治市政府信息中心").click()
    expect(page).to_have_url(re.compile("#/document/140400:.*at=8887-8894"))


def test_places_of_other_levels_are_named(page: Page) -> None:
    page.goto("/#/compare?basis=all")
    note = page.get_by_text("这里只比市级单位。")
    expect(note).to_contain_text("有文件的地区里还有县区级 2 个，没有列入")
    note.get_by_role("link", name="各级都比").click()
    expect(page.get_by_role("columnheader", name="綦江区")).to_be_visible()
    expect(note).to_have_count(0)


def test_what_is_compared_can_be_chosen(page: Page) -> None:
    page.goto("/#/compare?basis=all&level=all")
    page.get_by_role("checkbox", name="綦江区").uncheck()
    expect(page.get_by_role("columnheader", name="綦江区")).to_have_count(0)
    page.get_by_label("只看这些条线").fill("司法")
    page.get_by_label("只看这些条线").press("Enter")
    expect(page.get_by_role("rowheader")).to_have_text(["司法局"])
    page.go_back()
    page.go_back()
    expect(page.get_by_role("columnheader", name="綦江区")).to_be_visible()


def test_collectives_stand_apart(page: Page) -> None:
    page.goto("/#/compare?line=人民政府")
    hengyang = page.get_by_role("region", name="衡阳市", exact=True)
    expect(hengyang).to_contain_text("文件没有给这条线的单个机构写明任务。")
    page.get_by_label("单位还是统称").select_option(label="统称")
    cell = page.get_by_role("link", name="衡阳市 人民政府：共 48 项，牵头 4，配合 44")
    expect(cell).to_be_visible()
    expect(page.get_by_text("一个名称指多个单位")).to_be_visible()
    expect(hengyang.get_by_role("heading", level=3)).to_contain_text("48 项")


def test_places_without_units_are_named_and_one_place_stays(page: Page) -> None:
    page.goto("/#/compare?place=140400&level=all")
    expect(page.get_by_role("checkbox", name="长治市")).to_be_disabled()
    expect(page.get_by_role("checkbox", name="衡阳市")).to_be_enabled()
    expect(page.get_by_text("没有列出高明区、綦江区、广安市：文件的责任条款没有写明具体单位。")).to_be_visible()
    page.get_by_role("link", name="三种依据都算").click()
    expect(page.get_by_role("checkbox", name="綦江区")).to_be_visible()
    expect(page.get_by_text("没有列出")).to_have_count(0)


def test_only_who_leads_shares_the_lead(page: Page) -> None:
    page.goto("/#/compare?line=工业和信息化局")
    changzhi, hengyang = (page.get_by_role("region", name=place, exact=True) for place in ("长治市", "衡阳市"))
    expect(hengyang.locator(".role")).to_have_text("配合")
    expect(hengyang.locator(".partners").first).to_contain_text(re.compile(r"^牵头："))
    expect(changzhi.locator(".partners").first).to_contain_text(re.compile(r"^同为牵头："))


def test_a_place_that_names_no_lead_does_not_agree(page: Page) -> None:
    page.goto("/#/compare?line=行政审批服务局")
    group = page.locator("article.alike").filter(has_text="没有写明牵头单位")
    expect(group.get_by_role("heading")).to_contain_text("有的没有写明牵头单位")


def test_compare_looks_right(page: Page) -> None:
    page.goto("/#/compare?line=司法局&function=司法局&function=人民政府")
    expect(page.get_by_role("region", name="衡阳市", exact=True).locator("blockquote").first).to_be_visible()
    page.evaluate("scrollTo(0, 0)")
    check_view(page, "compare")


def test_a_long_list_has_pages_and_months(page: Page) -> None:
    page.goto("/#/deadlines?today=2022-06-30&basis=all")
    table = page.get_by_role("table", name="有日子的时限")
    rows = table.locator("tbody tr")
    expect(rows).to_have_count(50)
    leaves = page.get_by_role("navigation", name="“有日子的时限”的分页")
    leaves.get_by_role("button", name="下一页").click()
    expect(rows.first).to_have_attribute("aria-rowindex", "52")
    expect(table).to_be_in_viewport()
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert rows.count() > 50
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    months = page.get_by_role("navigation", name="按月看").get_by_role("link")
    chosen = months.filter(has_text=re.compile(r"^8月"))
    count = int(re.sub(r"^8月", "", chosen.first.inner_text()))
    chosen.first.click()
    expect(rows).to_have_count(min(count, 50))
    expect(page).to_have_url(re.compile("month=2022-08"))


def test_deadlines_are_counted_from_the_day_chosen(page: Page) -> None:
    page.goto("/#/deadlines?today=2026-11-22")
    page.get_by_role("link", name="以 2022年7月21日 为基准日看").click()
    lights = page.get_by_role("list", name="按状态")
    expect(lights).to_contain_text(re.compile("期限已过 10.*即将到期 3.*尚未到期 47.*周期性 15.*相对时限 3"))
    lights.get_by_role("link", name="即将到期 3").click()
    table = page.get_by_role("table", name="有日子的时限")
    expect(table.get_by_role("row")).to_have_count(4)
    expect(table).to_contain_text("2022年7月31日还有 10 天2022年7月底前")
    expect(page.get_by_role("heading", name="周期性的任务")).to_have_count(0)
    page.go_back()
    expect(page.get_by_role("heading", name="周期性的任务")).to_be_visible()
    page.get_by_label("基准日").fill("2022-08-01")
    expect(page).to_have_url(re.compile("today=2022-08-01"))
    expect(table).to_contain_text("2022年7月31日已过 1 天")


def test_a_month_of_the_timeline_narrows_the_list(page: Page) -> None:
    page.goto("/#/deadlines?today=2022-06-30")
    framed = page.locator(".chart g[stroke='var(--link)'] rect")
    expect(framed).to_have_count(0)
    page.locator(".chart a").filter(has_text="2022年8月：尚未到期 2 条").click()
    expect(page).to_have_url(re.compile("month=2022-08"))
    expect(framed).to_have_count(1)
    expect(page.get_by_role("group", name="所选：2022年8月")).to_be_visible()
    expect(page.get_by_text("显示 2 条，另有")).to_be_visible()
    page.get_by_role("link", name="月历").click()
    calendar = page.get_by_role("table", name="2022年8月")
    expect(calendar.get_by_role("link", name="尚未到期 试点推荐(2022年8月10日前)")).to_be_visible()
    expect(calendar.get_by_role("link", name="周期性 推进实施(2022年8月—12月)")).to_be_visible()  # each month
    check_view(page, "deadlines-month")
    page.get_by_role("link", name="下个月").click()
    expect(page.get_by_role("table", name="2022年9月")).to_be_visible()


def test_the_timeline_follows_the_filters(page: Page) -> None:
    page.goto("/#/deadlines?today=2022-06-30")
    august = page.locator(".chart a").filter(has_text="2022年8月")
    expect(august).to_have_text("2022年8月：尚未到期 2 条")
    page.get_by_label("多少天内算即将到期").select_option("90天")
    expect(august).to_have_text("2022年8月：即将到期 2 条")
    august.click()
    expect(page).to_have_url(re.compile(r"today=2022-06-30&days=90&month=2022-08$"))
    page.goto("/#/deadlines?today=2022-06-30&place=511600")
    page.get_by_role("list", name="按状态").get_by_role("link", name="尚未到期").click()
    expect(page).to_have_url(re.compile("light=green"))
    august.click()
    expect(page).to_have_url(re.compile(r"place=511600&light=green&month=2022-08$"))


def test_what_is_no_day_is_said_in_words(page: Page) -> None:
    page.goto("/#/deadlines?today=abc")
    expect(page.get_by_role("alert")).to_contain_text("基准日“abc”不是一个日子")
    expect(page.get_by_role("main")).not_to_contain_text(re.compile("NaN|undefined"))
    page.goto("/#/deadlines?today=2022-02-30")
    expect(page.get_by_role("alert")).to_contain_text("2022-02-30")
    page.get_by_role("link", name="以今天为基准日").click()
    expect(page.get_by_role("table", name="有日子的时限")).to_be_visible()


def test_the_calendar_opens_at_the_reference_day(page: Page) -> None:
    page.goto("/#/deadlines?today=2022-11-22&place=500110&view=month")
    expect(page.get_by_role("table", name="2022年11月")).to_contain_text("22 基准日")
    page.get_by_label("有时限的月份").select_option("2022-12")
    calendar = page.get_by_role("table", name="2022年12月")
    last = calendar.get_by_role("cell").filter(has_text="依法制定行政规范性文件")
    expect(last.get_by_role("listitem")).to_have_count(4)
    last.get_by_text(re.compile("另有 . 条")).click()
    expect(page.get_by_label("有时限的月份").locator("option:checked")).to_have_text("2022年12月（8 条）")
    expect(last.get_by_role("listitem")).to_have_count(8)


def test_the_days_of_whole_documents(page: Page) -> None:
    page.goto("/#/deadlines?today=2026-11-22&place=500110")
    expect(page.get_by_text("为全文写了不止一个期限")).to_contain_text("重庆市綦江区")  # so that none is inherited
    expect(page.get_by_role("link", name="以 2022年5月4日 为基准日看")).to_be_visible()  # the newest of this place
    page.goto("/#/deadlines?today=2022-06-30&agency=长治市司法局")
    lights = page.get_by_role("list", name="按状态")
    expect(lights).to_contain_text("尚未到期 10")
    expect(page.get_by_text("沿用全文时限", exact=True)).to_have_count(9)
    page.get_by_label("连同沿用全文时限的任务").uncheck()
    expect(page.get_by_text("沿用全文时限", exact=True)).to_have_count(0)


def test_one_agency_has_a_calendar_file(page: Page) -> None:
    page.goto("/#/deadlines?today=2022-06-30")
    page.get_by_label("机构全称").fill("长治市司法局")
    page.get_by_label("机构全称").press("Enter")
    expect(page.get_by_role("main").get_by_role("link", name="长治市司法局").first).to_be_visible()
    expect(page.get_by_role("list", name="按状态")).to_contain_text("尚未到期 1")
    with page.expect_download() as download:
        page.get_by_role("link", name="导入日历（.ics）").click()
    assert download.value.path().read_text("utf-8").startswith("BEGIN:VCALENDAR")


def test_deadlines_look_right(page: Page) -> None:
    page.goto("/#/deadlines?today=2022-07-21&days=60&place=511600")
    expect(page.get_by_role("table", name="有日子的时限")).to_be_visible()
    check_view(page, "deadlines")
