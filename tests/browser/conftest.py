"""Debian's chromium on the real service over the seeds: `page` opens `served`, `page_with_key` opens `served_with_key`."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.browser.look import Service, executable, opening, using
from tests.test_cli import SEED, Served, guest, serving

_KEY = "a key of the tests"
_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    *("--process-per-site", "--renderer-process-limit=1"),  # to start a process costs as much as to open a page
]


@pytest.fixture(scope="package")
def chromium() -> Iterator[Browser]:
    """Without it the test is skipped, or fails where KG_REQUIRE_BROWSER is 1.

    For the package only: while Playwright is started, its event loop runs in this thread, and no other test may start one.
    """
    program = executable()
    if program is None:
        missing = "no chromium: as root, sh scripts/test-tools.sh installs it"
        if os.environ.get("KG_REQUIRE_BROWSER") == "1":
            pytest.fail(f"KG_REQUIRE_BROWSER=1, but {missing}")
        pytest.skip(missing)
    with sync_playwright() as playwright, playwright.chromium.launch(executable_path=program, args=_ARGUMENTS) as browser:
        yield browser


@pytest.fixture(scope="session")
def served(served: Served) -> Service:
    """`kg serve` as most people start it: no key, no upload."""
    return Service(served.address)


@pytest.fixture(scope="session")
def served_with_key(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """`kg serve` with an API key and uploading allowed, on a base of its own with the seeds."""
    data = tmp_path_factory.mktemp("served-with-key")
    with serving(data, KG_API_KEY=_KEY, KG_ALLOW_UPLOAD="1") as (_, url):
        done = guest(data, "load", SEED)
        assert done.returncode == 0, done.stderr
        yield Service(url, _KEY)


@pytest.fixture(scope="package")
def context(chromium: Browser, served: Service) -> Iterator[BrowserContext]:
    with using(chromium, served) as used:
        used.new_page().goto("/healthz")  # as long as it is open, the process is there for the next page
        yield used


@pytest.fixture
def page(context: BrowserContext, served: Service) -> Iterator[Page]:
    """An empty page whose addresses begin at `served`; see `opening` for what fails the test at its end."""
    with opening(context, served) as opened:
        yield opened


@pytest.fixture(scope="package")
def context_with_key(chromium: Browser, served_with_key: Service) -> Iterator[BrowserContext]:
    with using(chromium, served_with_key) as used:
        used.new_page().goto("/healthz")
        yield used


@pytest.fixture
def page_with_key(context_with_key: BrowserContext, served_with_key: Service) -> Iterator[Page]:
    """Likewise at `served_with_key`. The page has yet to be given the key: a 401 tells it so; a file may be broken: 422."""
    with opening(context_with_key, served_with_key, expected=(401, 422)) as opened:
        yield opened
