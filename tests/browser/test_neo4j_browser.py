"""Neo4j Browser itself: connect, load style and guide, run a canned file and its graph, look at what is drawn."""

from __future__ import annotations

import base64
import os
import re
from collections.abc import Iterator
from pathlib import Path
from threading import Thread
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, Response, Route

from kg.browser import guide, style
from kg.browser import server as browser
from kg.engine.store import Store
from loaders.extract import extract
from loaders.version import rules_version
from tests import neo4j_server
from tests.browser.look import shoot
from tests.kg.small_graph import emptied
from tests.samples import QUERIES, library

SEED = Path(__file__).parents[2] / "seed"
GRAPHS = {twin.name: twin for twin in guide.graphs()}
_OURS = {"127.0.0.1", "localhost"}


@pytest.fixture(scope="module")
def connected(
    chromium: Browser, neo4j_server_: neo4j_server.Server, neo4j_store: Store, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Page]:
    """Neo4j Browser, connected to a Neo4j with the seeds. No request leaves this machine."""
    if not neo4j_server_.browser:
        missing = "this Neo4j has no Browser whose address is known: unset NEO4J_TEST_URI, or go without Docker"
        if os.environ.get("KG_REQUIRE_NEO4J") == "1":
            pytest.fail(missing)
        pytest.skip(missing)
    sources = tmp_path_factory.mktemp("sources")
    results = library(emptied(neo4j_store), sources, extract, rules_version()).loading(sorted(SEED.iterdir()))
    assert [result.outcome for result in results] == ["added"] * 5
    context = chromium.new_context(viewport={"width": 1280, "height": 800}, locale="zh-CN")
    context.set_default_timeout(30_000)
    answered: set[str] = set()
    context.route(lambda url: urlsplit(url).hostname not in _OURS, _refuse)
    context.on("response", lambda response: answered.add(_host(response)))
    page = context.new_page()
    page.goto(neo4j_server_.browser)
    page.get_by_test_id("username").fill(neo4j_server.USER)
    page.get_by_test_id("password").fill(neo4j_server_.password)
    page.get_by_test_id("connect").click()
    page.get_by_text("You are connected as user").wait_for()
    # What it runs at the start is the style (tests/neo4j_server.py): as it is said, then as it was read.
    page.get_by_text("node.Agency").nth(1).wait_for()
    yield page
    context.close()
    assert answered <= _OURS


@pytest.fixture
def opened(connected: Page) -> Page:
    """The same, with nothing in its stream and no style."""
    enter(connected, ":style reset")
    enter(connected, ":clear")
    connected.wait_for_function("() => !document.querySelector('[data-testid=frame]')")
    return connected


def _refuse(route: Route) -> None:
    route.abort()


def _host(response: Response) -> str:
    return urlsplit(response.url).hostname or "localhost"


def enter(page: Page, text: str) -> None:
    """Pastes `text` into the editor and runs it."""
    page.locator("#monaco-main-editor").click()
    page.keyboard.insert_text(text)
    page.keyboard.press("Control+Enter")


def captions(page: Page) -> set[str]:
    """What stands in the circles, a line each."""
    page.locator("circle.b-outline").first.wait_for()
    return {text.strip() for text in page.locator("text.caption").all_text_contents()}


def test_a_canned_file_runs_as_it_is(opened: Page) -> None:
    query = QUERIES["agency-obligations"]
    (line,) = re.findall(r"^// (:param \{.*\})$", query.cypher, re.MULTILINE)
    enter(opened, line)
    enter(opened, query.cypher)
    opened.get_by_role("columnheader").nth(len(query.columns)).wait_for()
    heads = opened.get_by_role("columnheader").all_inner_texts()
    assert heads == ["", *(column.name for column in query.columns)]  # the first is for the rows' numbers


def test_a_graph_with_style(opened: Page) -> None:
    twin = GRAPHS["obligations-across-places"]
    with browser.server(browser.files(QUERIES), 0) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        at = f"http://localhost:{server.server_port}"
        enter(opened, f":style {at}/{browser.STYLE}")
        opened.get_by_text("node.Agency").wait_for()
        enter(opened, f":guide {at}/{browser.GUIDE}")
        opened.get_by_test_id("guidesDrawer").get_by_text(twin.shows).wait_for()
        server.shutdown()
    opened.get_by_text(twin.shows).click()  # its query comes into the editor
    opened.keyboard.press("Control+Enter")
    assert {"长治市司法局", "衡阳市司法局", "綦江区司法局", "司法局", "长治市"} <= captions(opened)
    agencies = opened.locator(f"circle.b-outline[fill='{style.LOOKS['Agency'].colour}']")
    assert agencies.count() == 3
    assert float(agencies.first.get_attribute("r") or 0) == style.LOOKS["Agency"].size / 2
    assert opened.locator(f"path.b-outline[fill='{style.LINES['LEADS'].colour}']").count() == 12
    assert "牵头" in opened.locator("g.relationship text").all_text_contents()

    opened.get_by_test_id("navigationGuides").click()  # closes the side bar
    shoot(opened, "neo4j-browser")


def test_a_graph_file_runs_as_it_is(opened: Page) -> None:
    twin = GRAPHS["task"]  # few circles, which soon stand still
    enter(opened, twin.param)
    enter(opened, twin.cypher)
    assert "衡阳市" in captions(opened)


_DROP = """([name, base64]) => {
    const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0))
    const dropped = new DataTransfer()
    dropped.items.add(new File([bytes], name))
    const event = new DragEvent('drop', { bubbles: true, cancelable: true, dataTransfer: dropped })
    document.querySelector('[data-testid=main]').dispatchEvent(event)
}"""


def test_style_and_saved_queries_can_be_dropped(opened: Page) -> None:
    for name in (browser.STYLE, browser.FAVOURITES):
        opened.evaluate(_DROP, [name, base64.b64encode(browser.files(QUERIES)[name]).decode()])
    opened.get_by_text("node.Agency").wait_for()
    opened.get_by_test_id("navigationFavorites").click()
    opened.get_by_text("关系图", exact=True).click()
    opened.get_by_text(GRAPHS["partners"].shows).wait_for()
