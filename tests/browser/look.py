"""How tests open a page and look at it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    Request,
    Response,
    ViewportSize,
    WebError,
    expect,
)

_SCREENSHOTS = Path(__file__).parents[2] / "build" / "screenshots"

_DESK: ViewportSize = {"width": 1280, "height": 800}
_PHONE: ViewportSize = {"width": 390, "height": 844}
_FORMS: tuple[tuple[str, ViewportSize, Literal["light", "dark"], tuple[str, ...]], ...] = (
    ("dark", _DESK, "dark", ("color-contrast",)),  # the rest does not depend on colours,
    ("phone", _PHONE, "light", ("target-size", "scrollable-region-focusable")),  # nor on the width
    ("light", _DESK, "light", ()),  # last: what a page is opened in
)
_TALLEST = 4000
_PATIENCE = 20_000  # milliseconds: the first query of a kind takes seconds on a busy machine


def executable() -> str | None:
    """Debian's chromium; without its windows, where that is installed: it takes a fifth less CPU."""
    return shutil.which("chromium-headless-shell") or shutil.which("chromium")


@dataclass(frozen=True, slots=True)
class Service:
    """A running `kg serve`, and the key it asks for."""

    url: str
    key: str | None = None


@contextmanager
def using(browser: Browser, service: Service, **options: Any) -> Iterator[BrowserContext]:
    """A browser that nobody has used."""
    given: dict[str, Any] = {
        "base_url": service.url,
        "viewport": _DESK,
        "locale": "zh-CN",
        "timezone_id": "Asia/Shanghai",
        "reduced_motion": "reduce",
    }
    with browser.new_context(**given | options) as context:
        context.set_default_timeout(_PATIENCE)
        expect.set_options(timeout=_PATIENCE)
        yield context


@contextmanager
def browsing(browser: Browser, service: Service, *, expected: tuple[int, ...] = (), **options: Any) -> Iterator[Page]:
    """A page in a browser of its own, for the rest see `opening`."""
    with using(browser, service, **options) as context, opening(context, service, expected=expected) as page:
        yield page


@contextmanager
def opening(context: BrowserContext, service: Service, *, expected: tuple[int, ...] = ()) -> Iterator[Page]:
    """A page, of which nothing is left behind. Its use must leave no error on the console, no answer of 400 and more but the
    `expected`, no request that failed, and none to another host. A browser that has read the modules before takes half the CPU
    to open one."""
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

    def stumble(error: WebError) -> None:
        found.append(f"uncaught: {error.error}")

    heard: dict[Any, Any] = {"console": hear, "weberror": stumble, "request": ask, "response": answer, "requestfailed": fail}
    for event, listener in heard.items():
        context.on(event, listener)
    page = context.new_page()
    try:
        yield page
        if page.url.startswith(service.url):
            page.evaluate("localStorage.clear()")
        context.clear_cookies()
    finally:
        page.close()
        for event, listener in heard.items():
            context.remove_listener(event, listener)
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
    if not page.evaluate("'axe' in window"):  # which Axe.run would read anew each time
        page.evaluate(Axe().axe_script)
    found = [
        f"{violation['id']} ({violation['impact']}): {violation['help']}\n    {node['html']}\n    {node['failureSummary']}"
        for violation in page.evaluate("options => axe.run(options)", options)["violations"]
        if violation["impact"] in {"serious", "critical"}
        for node in violation["nodes"]
    ]
    assert not found, "\n".join(found)


def shoot(page: Page, name: str, **clip: Any) -> None:
    """A screenshot for people, where KG_SCREENSHOTS is 1: no test looks at it, and to paint a whole page takes long."""
    if os.environ.get("KG_SCREENSHOTS") == "1":
        _SCREENSHOTS.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=_SCREENSHOTS / f"{name}.png", animations="disabled", **clip)


# Panels that lie on what stands above them.
_TOUCHING = """[...document.querySelectorAll("main .panel")].filter((panel) => {
  const [above, own] = [panel.previousElementSibling, panel].map((one) => one?.getBoundingClientRect());
  return above?.height && own.height && Math.abs(own.top - above.bottom) < 4;
}).map((panel) => panel.textContent.slice(0, 40))"""


def check_view(page: Page, view: str) -> None:
    """At a desk in the dark, on a phone, at a desk in the light: axe, nothing sticks out sideways or lies on its neighbour, a
    screenshot."""
    for form, size, scheme, rules in _FORMS:
        page.set_viewport_size(size)
        page.emulate_media(color_scheme=scheme)
        page.wait_for_load_state("networkidle")
        page.evaluate("scrollTo(0, 0)")  # or what stays in sight at the top lies on some control
        page.wait_for_timeout(300)  # charts and the graph wait a little before they follow a new width
        width, height = page.evaluate("[document.documentElement.scrollWidth, document.documentElement.scrollHeight]")
        clip = {"x": 0, "y": 0, "width": size["width"], "height": min(height, _TALLEST)}
        shoot(page, f"{view}-{form}", full_page=True, clip=clip)
        assert width <= size["width"], f"{view}-{form} is {width} pixels wide"
        assert page.evaluate(_TOUCHING) == []
        check_axe(page, *rules)
