"""The page opens, on its own and without a fault."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.look import Service, browsing, check_view


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


@pytest.mark.parametrize(
    ("script", "complaint"),
    [
        ("setTimeout(() => { throw new Error('lost') })", "uncaught: .*lost"),
        ("console.error('odd')", "console: odd"),
        ("fetch('/no-such-thing')", "404: GET .*/no-such-thing"),
        ("new Image().src = 'http://127.0.0.2:1/x.png'", "another host: http://127.0.0.2:1/x.png"),
    ],
)
def test_a_fault_fails_the_test_that_saw_it(chromium: Browser, served: Service, script: str, complaint: str) -> None:
    with pytest.raises(AssertionError, match=complaint), browsing(chromium, served, bypass_csp=True) as page:
        page.goto("/")
        page.evaluate(f"() => {{ {script} }}")
        page.wait_for_timeout(200)


def test_an_expected_answer_is_no_fault(chromium: Browser, served: Service) -> None:
    with browsing(chromium, served, expected=(404,)) as page:
        page.goto("/")
        assert page.evaluate("fetch('/no-such-thing').then((answer) => answer.status)") == 404


def test_a_service_with_a_key_shows_the_page_and_asks_for_it(page_with_key: Page) -> None:
    page_with_key.goto("/")
    expect(page_with_key.get_by_role("main")).to_be_visible()
    expect(page_with_key.locator("input[type=password]")).to_be_visible()
