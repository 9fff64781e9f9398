"""How tests open a page and look at it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, ConsoleMessage, Page, Request, Response, ViewportSize, expect

SCREENSHOTS = Path(__file__).parents[2] / "build" / "screenshots"

_DESK: ViewportSize = {"width": 1280, "height": 800}
_PHONE: ViewportSize = {"width": 390, "height": 844}
_FORMS: tuple[tuple[str, ViewportSize, Literal["light", "dark"], tuple[str, ...]], ...] = (
    ("dark", _DESK, "dark", ("color-contrast",)),  # the rest does not depend on colours,
    ("phone", _PHONE, "light", ("target-size", "scrollable-region-focusable")),  # nor on the width
    ("light", _DESK, "light", ()),  # last: what a page is opened in
)
_TALLEST = 4000
_PATIENCE = 20_000  # milliseconds: the first query of a kind takes seconds on a busy machine


@dataclass(frozen=True, slots=True)
class Service:
    """A running `kg serve`, and the key it asks for."""

    url: str
    key: str | None = None


@contextmanager
def browsing(browser: Browser, service: Service, *, expected: tuple[int, ...] = (), **options: Any) -> Iterator[Page]:
    """A page in a browser that nobody has used. Its use must leave no error on the console, no answer of 400 and more but the
    `expected`, no request that failed, and none to another host."""
    context = browser.new_context(
        **{
            "base_url": service.url,
            "viewport": _DESK,
            "locale": "zh-CN",
            "timezone_id": "Asia/Shanghai",
            "reduced_motion": "reduce",
            **options,
        }
    )
    context.set_default_timeout(_PATIENCE)
    expect.set_options(timeout=_PATIENCE)
    found: list[str] = []

    def hear(message: ConsoleMessage) -> None:
        # chromium says that an answer was 404 without the page's doing; `answer` hears of it too
        if message.type == "error" and not message.text.startswith("Failed to load resource:"):
            found.append(f"console: {message.text}")

    def ask(request: Request) -> None:
        place = urlsplit(request.url)
        if place.scheme not in {"data", "blob"} and f"{place.scheme}://{place.netloc}" != service.url:
            found.append(f"another host: {request.url}")

    def answer(response: Response) -> None:
        if response.status >= 400 and response.status not in expected:
            found.append(f"{response.status}: {response.request.method} {response.url}")

    def fail(request: Request) -> None:
        if request.failure != "net::ERR_ABORTED":  # the page itself gave it up, or it became a download
            found.append(f"{request.failure}: {request.url}")

    context.on("console", hear)
    context.on("weberror", lambda error: found.append(f"uncaught: {error.error}"))
    context.on("request", ask)
    context.on("response", answer)
    context.on("requestfailed", fail)
    try:
        yield context.new_page()
    finally:
        context.close()
    assert not found, "\n".join(found)


def wait_until(page: Page, expression: str) -> None:
    """Page.wait_for_function cannot: it evaluates in the page, which the policy of the page forbids."""
    for _ in range(_PATIENCE // 50):
        if page.evaluate(expression):
            return
        page.wait_for_timeout(50)
    raise AssertionError(expression)


def check_axe(page: Page, *rules: str) -> None:
    """Fails where axe finds something serious or critical, by all of its rules or by some."""
    options = {"resultTypes": ["violations"]} | ({"runOnly": {"type": "rule", "values": rules}} if rules else {})
    found = [
        f"{violation['id']} ({violation['impact']}): {violation['help']}\n    {node['html']}\n    {node['failureSummary']}"
        for violation in Axe().run(page, options=options).response["violations"]
        if violation["impact"] in {"serious", "critical"}
        for node in violation["nodes"]
    ]
    assert not found, "\n".join(found)


def check_view(page: Page, view: str) -> None:
    """At a desk in the dark, on a phone, at a desk in the light: axe, nothing sticks out sideways, a screenshot for people."""
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    for form, size, scheme, rules in _FORMS:
        page.set_viewport_size(size)
        page.emulate_media(color_scheme=scheme)
        page.wait_for_load_state("networkidle")
        page.wait_for_timeout(300)  # charts and the graph wait a little before they follow a new width
        width, height = page.evaluate("[document.documentElement.scrollWidth, document.documentElement.scrollHeight]")
        page.screenshot(
            path=SCREENSHOTS / f"{view}-{form}.png",
            full_page=True,
            clip={"x": 0, "y": 0, "width": size["width"], "height": min(height, _TALLEST)},
            animations="disabled",
        )
        assert width <= size["width"], f"{view}-{form} is {width} pixels wide"
        check_axe(page, *rules)
