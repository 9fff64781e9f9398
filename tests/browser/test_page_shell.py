"""The page opens, on its own and without a fault."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.look import Service, browsing, check_view, opening, wait_until


def test_the_page_opens(page: Page) -> None:
    page.goto("/")
    expect(page.locator("html")).to_have_attribute("lang", "zh-CN")
    expect(page.get_by_role("main")).to_be_visible()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    page.wait_for_load_state("networkidle")
    check_view(page, "shell")


def test_a_phone_shows_it_at_its_own_width(chromium: Browser, served: Service) -> None:
    phone: dict[str, Any] = {
        "viewport": {"width": 390, "height": 844},
        "is_mobile": True,
        "has_touch": True,
        "device_scale_factor": 2,
    }
    with browsing(chromium, served, **phone) as page:
        page.goto("/")
        expect(page.get_by_role("main")).to_be_visible()
        page.wait_for_load_state("networkidle")
        assert page.evaluate("document.documentElement.scrollWidth") == 390


def test_a_fault_fails_the_test_that_saw_it(chromium: Browser, served: Service) -> None:
    faults = {
        "setTimeout(() => { throw new Error('lost') })": "uncaught: .*lost",
        "console.error('odd')": "console: odd",
        "fetch('/no-such-thing')": "404: GET .*/no-such-thing",
        "new Image().src = 'http://127.0.0.2:1/x.png'": "another host: http://127.0.0.2:1/x.png",
    }
    with pytest.raises(AssertionError) as seen, browsing(chromium, served, bypass_csp=True) as page:
        page.goto("/")
        for script in faults:
            page.evaluate(f"() => {{ {script} }}")
        page.wait_for_timeout(200)
    for complaint in faults.values():
        assert re.search(complaint, str(seen.value))


def test_an_expected_answer_is_no_fault(context: BrowserContext, served: Service) -> None:
    with opening(context, served, expected=(404,)) as page:
        page.goto("/")
        assert page.evaluate("fetch('/no-such-thing').then((answer) => answer.status)") == 404


def test_a_wrong_key_is_told_and_the_right_one_opens(page_with_key: Page, served_with_key: Service) -> None:
    page = page_with_key
    page.goto("/")
    expect(page.get_by_role("main")).to_be_visible()
    dialog = page.get_by_role("dialog")
    expect(dialog).not_to_contain_text("不对")
    page.get_by_label("密钥", exact=True).fill("wrong")
    page.get_by_role("button", name="打开").click()
    expect(dialog).to_contain_text("刚才的密钥不对")
    expect(page.get_by_label("密钥", exact=True)).to_have_value("")
    page.get_by_label("密钥", exact=True).fill(str(served_with_key.key))
    page.get_by_role("button", name="打开").click()
    expect(page.locator(".overview dd").first).to_have_text(re.compile("^[1-9]"))  # other tests load into this base
    assert str(served_with_key.key) not in page.url
    assert page.evaluate("document.cookie + JSON.stringify([localStorage, sessionStorage])") == "[{},{}]"
    tab = page.context.new_page()
    tab.goto("/#/data?tab=acts")
    expect(tab.get_by_role("table", name="操作记录").get_by_role("row", name="登录").first).to_contain_text("管理员")
    check_view(tab, "data-acts")
    tab.get_by_role("button", name="退出").click()
    expect(tab.get_by_role("dialog")).to_be_visible()
    expect(tab.get_by_role("dialog")).not_to_contain_text("不对")


def test_the_figures_lead_to_as_many_rows(page: Page) -> None:
    page.goto("/")
    figure = page.locator(".overview .figure", has_text="统称")
    count = figure.locator("a").first.inner_text()
    figure.locator("a").first.click()
    expect(page.get_by_text(f"共 {count} 行")).to_be_visible()


def test_search_by_initials_and_by_words(page: Page) -> None:
    page.goto("/")
    page.get_by_role("combobox").fill("czssfj")
    page.get_by_role("option", name="长治市司法局").first.wait_for()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("长治市司法局")
    page.goto("/#/?q=执法公示")
    expect(page.locator(".hits mark").first).to_have_text("执法公示")
    page.get_by_role("navigation", name="结果种类").get_by_role("link", name="文件").click()
    expect(page.get_by_text("没有找到。换个说法试试")).to_be_visible()
    page.go_back()
    expect(page.locator(".hits > li").first).to_be_visible()
    expect(page.locator(".hits ul li").first).to_have_css("border-bottom-width", "0px")


def test_back_returns_to_where_one_was(page: Page) -> None:
    page.goto("/#/agency/140400:司法局")
    page.locator("tbody tr").nth(8).wait_for()
    page.wait_for_load_state("networkidle")
    page.mouse.wheel(0, 700)
    wait_until(page, "scrollY > 300 && history.state?.scrolled === scrollY")
    left = page.evaluate("scrollY")
    page.locator("tbody tr").nth(5).locator("a.quote").last.click()
    expect(page.locator(".at")).to_be_visible()
    page.go_back()
    wait_until(page, f"Math.abs(scrollY - {left}) < 5")


@pytest.mark.parametrize("address", ["nothing", "constructor", "toString/x"])
def test_an_address_that_means_nothing(page: Page, address: str) -> None:
    page.goto(f"/#/{address}")
    expect(page.get_by_role("heading", level=1)).to_have_text("没有这个页面")


def test_a_file_has_all_rows(page: Page) -> None:
    page.goto("/#/document")
    expect(page.get_by_role("link", name="Excel").first).to_have_attribute("href", "/documents?format=xlsx")


def test_the_theme_follows_the_machine_until_one_is_chosen(page: Page) -> None:
    page.emulate_media(color_scheme="dark")
    page.goto("/")
    expect(page.locator("body")).to_have_css("background-color", "rgb(23, 22, 20)")
    chosen = page.get_by_role("button", name="外观")
    chosen.click()
    page.emulate_media(color_scheme="light")
    expect(page.locator("body")).to_have_css("background-color", "rgb(23, 22, 20)")
    chosen.click()
    page.emulate_media(color_scheme="dark")
    expect(page.locator("body")).to_have_css("background-color", "rgb(250, 248, 244)")
    page.reload()
    expect(page.locator("body")).to_have_css("background-color", "rgb(250, 248, 244)")
