"""The page in chromium over loopback: python -m benchmarks.page

For the seeds, then for a base of 50 documents: when the first view is usable, its requests and bytes, beside an empty page of
the same service and beside /docs. Then a text of 100,000 characters with its marks, beside the same characters as bare
paragraphs: how long it takes to draw, and the longest wait for a frame while it is scrolled from end to end. A list likewise.
"""

from __future__ import annotations

import os
import random
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from typing import Final
from urllib.parse import quote

from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser.look import executable

SEED: Final = Path(__file__).parent.parent / "seed"
CITIES: Final = """
石家庄 唐山 秦皇岛 邯郸 邢台 保定 张家口 承德 沧州 廊坊 太原 大同 阳泉 长治 晋城 朔州 晋中 运城 忻州 临汾 沈阳 大连 鞍山
抚顺 本溪 丹东 锦州 营口 阜新 辽阳 长春 吉林 四平 辽源 通化 南京 无锡 徐州 常州 苏州 南通 杭州 宁波 温州 嘉兴 合肥 芜湖 蚌埠
淮南 福州
"""
UNITS: Final = (
    "司法局",
    "财政局",
    "教育局",
    "公安局",
    "民政局",
    "水务局",
    "统计局",
    "审计局",
    "商务局",
    "农业农村局",
    "交通运输局",
)
LONG: Final = 100_000  # characters
ROUNDS: Final = 5

_PAINTED = "() => document.querySelector('.overview dd') && document.querySelector('.questions .ranks') && performance.now()"
_DOCS = "() => document.querySelector('.opblock') && performance.now()"
_OPEN = "address => { window.began = performance.now(); location.hash = address }"
_DRAWN = "() => document.querySelector('.text .block') && performance.now() - window.began"
_BARE = """text => {
  const paragraph = (line) => Object.assign(document.createElement("p"), { textContent: line });
  document.body.replaceChildren(...text.split("\\n").map(paragraph));
}"""
_SCROLLED = """async () => {
  const frame = () => new Promise((drawn) => requestAnimationFrame(drawn));
  let longest = 0, before = await frame();
  const step = innerHeight / 2;
  for (let at = 0; at < document.documentElement.scrollHeight; at += step) {
    scrollTo(0, at);
    const now = await frame();
    longest = Math.max(longest, now - before);
    before = now;
  }
  return longest;
}"""


def document(place: str, tasks: int) -> str:
    """A 工作要点 of words that mean nothing, no two places having the same work; every task has its responsibility clause."""
    chance = random.Random(place)
    text = "".join(file.read_text(encoding="utf-8") for file in sorted(SEED.glob("*.txt")))
    characters = sorted(set(re.findall("[一-龥]", text)) - set("单位负责牵头配合参与年月日底前每"))
    lines = [f"{place}市2022年重点工作要点", "", "一、重点任务"]
    for number in range(1, tasks + 1):
        title, *words = ("".join(chance.choices(characters, k=8)) for _ in range(chance.randint(4, 12)))
        leader, *others = (f"市{unit}" for unit in chance.sample(UNITS, 4))
        lines.append(f"{number}.{title}。{'，'.join(words)}，2022年12月底前完成。（{leader}牵头，{'、'.join(others)}配合）")
    return "\n".join(lines) + "\n"


def main() -> None:
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as folder:
        program = executable()
        if program is None:
            sys.exit("no chromium: as root, sh scripts/test-tools.sh installs it")
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox", "--disable-background-networking"])
        home = Path(folder)
        with serving(home / "seeds", [SEED]) as url:
            first_view(browser, url, "the seeds")
        texts = home / "texts"
        texts.mkdir()
        for city in CITIES.split():
            (texts / f"{city}.txt").write_text(document(city, 30), encoding="utf-8")
        long = document("西安", LONG // 110)
        (home / "long.txt").write_text(long, encoding="utf-8")
        with serving(home / "fifty", [texts]) as url:
            first_view(browser, url, f"{len(CITIES.split())} documents")
        with serving(home / "long", [texts, home / "long.txt"]) as url:
            long_text(browser, url, long)
            long_list(browser, url)
        browser.close()


@contextmanager
def serving(data: Path, paths: list[Path]) -> Iterator[str]:
    """The address of a `kg serve` over a base of these files."""
    environ = {**os.environ, "KG_DATA": str(data)}
    kg = [sys.executable, "-m", "kg.cli"]
    subprocess.run([*kg, "load", *paths], env=environ, check=True, stdout=subprocess.DEVNULL)
    with subprocess.Popen([*kg, "serve", "--port", "0"], env=environ, stdout=subprocess.PIPE, encoding="utf-8") as server:
        try:
            said = server.stdout.readline() if server.stdout else ""
            yield "http://127.0.0.1:" + said.partition("127.0.0.1:")[2].partition("/")[0]
        finally:
            server.terminate()


@contextmanager
def opened(browser: Browser) -> Iterator[Page]:
    """A page whose browser has kept nothing."""
    context = browser.new_context(viewport={"width": 1280, "height": 800}, bypass_csp=True)  # wait_for_function evaluates
    yield context.new_page()
    context.close()


def first_view(browser: Browser, url: str, what: str) -> None:
    """Usable: the search box takes words, the figures and the first answers stand there."""
    usable, empty, docs = [], [], []
    size = count = 0
    for _ in range(1 + ROUNDS):  # the first round warms up the service
        with opened(browser) as page:
            page.goto(f"{url}/healthz")
            empty.append(page.evaluate("performance.now()"))
        with opened(browser) as page:
            session = page.context.new_cdp_session(page)
            session.send("Network.enable")
            sizes: list[float] = []
            session.on("Network.loadingFinished", lambda event, sizes=sizes: sizes.append(event["encodedDataLength"]))
            page.goto(url, wait_until="commit")
            usable.append(page.wait_for_function(_PAINTED).json_value())
            size, count = int(sum(sizes)), len(sizes)
        with opened(browser) as page:
            page.goto(f"{url}/docs", wait_until="commit")
            docs.append(page.wait_for_function(_DOCS).json_value())
    ours, bare, swagger = (median(times[1:]) for times in (usable, empty, docs))
    print(f"page    first view, {what}: usable after {ours:.0f} ms, {count} requests, {size / 1000:.0f} kB; ", end="")
    print(f"an empty answer {bare:.0f} ms, /docs {swagger:.0f} ms")


def long_text(browser: Browser, url: str, text: str) -> None:
    with opened(browser) as page:
        page.goto(url)
        page.wait_for_function(_PAINTED)
        page.evaluate(_OPEN, f"#/document/{quote('610100:西安市2022年重点工作要点')}")
        drawn = page.wait_for_function(_DRAWN).json_value()
        marks = page.locator("a.fact").count()
        ours = page.evaluate(_SCROLLED)
    with opened(browser) as page:
        page.goto(f"{url}/healthz")
        page.evaluate(_BARE, text)
        bare = page.evaluate(_SCROLLED)
    print(f"page    text of {len(text):,} characters with {marks:,} marks: drawn after {drawn:.0f} ms; ", end="")
    print(f"longest frame in scrolling {ours:.0f} ms, bare paragraphs {bare:.0f} ms")


def long_list(browser: Browser, url: str) -> None:
    with opened(browser) as page:
        page.goto(f"{url}/#/ask/ledger")
        page.wait_for_selector("tbody tr")
        rows = page.locator("table").first.get_attribute("aria-rowcount")
        drawn = page.locator("tbody tr").count()
        longest = page.evaluate(_SCROLLED)
    print(f"page    list of {rows} rows, {drawn} of them drawn at once: longest frame in scrolling {longest:.0f} ms")


if __name__ == "__main__":
    main()
