"""关系图: what is drawn is what the API answers, it grows and shrinks with the address, and it can be taken away as a file."""

from __future__ import annotations

import re
from itertools import combinations
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, quote, urlsplit

import networkx as nx
import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.look import check_view, wait_until

_AGENCY = "140400:司法局"
_DOCUMENT = "140400:长政办发〔2022〕14号"
_TASK = f"{_DOCUMENT}:3.1"
_DRAWN = "document.querySelector('.canvas')._cyreg.cy"


def _rows(page: Page, path: str, **given: str | float | bool) -> list[dict[str, Any]]:
    answer = page.request.get(path, params=given)
    assert answer.ok
    rows: list[dict[str, Any]] = answer.json()["rows"]
    return rows


def _open(page: Page, query: str) -> None:
    page.goto(f"/#/graph?{query}")
    page.locator(".canvas canvas").first.wait_for()
    page.wait_for_load_state("networkidle")


def _count(page: Page, selector: str) -> int:
    count: int = page.evaluate(f"{_DRAWN}.elements('{selector}').length")
    return count


def _tap(page: Page, element: str) -> None:
    at = page.evaluate(f"id => {_DRAWN}.getElementById(id).renderedPosition()", element)
    page.locator(".canvas").click(position=at)


def test_it_begins_with_a_question(page: Page) -> None:
    page.goto("/#/graph")
    busiest = _rows(page, "/workload", limit="6")[1]
    panel = page.get_by_role("region", name="一个机构有哪些任务？")
    expect(panel).to_contain_text(f"牵头 {busiest['leads']}，配合 {busiest['participates']}")
    joint = page.get_by_role("region", name="谁和谁一起承担任务？")
    expect(joint).to_contain_text(f"{len(_rows(page, '/tasks/joint-leads'))} 项")
    check_view(page, "graph-questions")
    panel.get_by_role("link", name=busiest["agency"]).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(f"{busiest['agency']}的任务")
    page.go_back()
    expect(page.get_by_role("heading", level=1)).to_have_text("关系图")


def test_a_unit_is_opened_and_closed_again(page: Page) -> None:
    _open(page, f"agency={_AGENCY}")
    rows = _rows(page, "/ledger", agency=_AGENCY)
    status = page.get_by_role("main").get_by_role("status").filter(has_text="画出")  # not that of a side that is loading
    expect(status).to_contain_text(f"1 个机构、{len(rows)} 项任务")
    assert _count(page, ".task") == len(rows)

    _tap(page, f"task:{_TASK}")
    side = page.get_by_role("region", name="任务", exact=True)
    units = _rows(page, f"/tasks/{quote(_TASK)}")[0]["units"]
    expect(side.get_by_role("link", name="原文")).to_have_count(len(units))
    side.get_by_role("button", name="展开").click()
    expect(page).to_have_url(re.compile("open="))
    expect(status).to_contain_text(f"{len({u['agency_id'] for u in units if not u['collective']})} 个机构")
    page.evaluate("scrollTo(0, 0)")
    check_view(page, "graph")
    side.get_by_role("button", name="收起").click()
    expect(status).to_contain_text("画出 1 个机构")
    page.go_back()
    expect(side.get_by_role("button", name="收起")).to_be_visible()
    page.go_back()
    expect(status).to_contain_text("画出 1 个机构")


def test_double_click_opens(page: Page) -> None:
    _open(page, f"agency={_AGENCY}")
    at = page.evaluate(f"id => {_DRAWN}.getElementById(id).renderedPosition()", f"task:{_TASK}")
    page.locator(".canvas").dblclick(position=at)
    expect(page).to_have_url(re.compile("open="))
    wait_until(page, f"{_DRAWN}.nodes('.agency').length > 1")


def test_a_line_leads_to_its_words(page: Page) -> None:
    unit = next(u for u in _rows(page, f"/tasks/{quote(_TASK)}")[0]["units"] if u["agency_id"] == _AGENCY)
    _open(page, f"document={quote(_DOCUMENT)}&select=" + quote(f"agency:{_AGENCY}|LEADS|clause|task:{_TASK}"))
    side = page.get_by_role("region", name="牵头")
    expect(side.locator("mark")).to_have_text(unit["quote"])
    expect(side).to_contain_text("责任条款")
    side.locator("mark").click()
    expect(page).to_have_url(re.compile(rf"#/document/.*at={unit['start']}-{unit['end']}"))


@pytest.mark.parametrize(("role", "other"), [("LEADS", "PARTICIPATES"), ("PARTICIPATES", "LEADS")])
def test_filters_stand_in_the_address(page: Page, role: str, other: str) -> None:
    _open(page, f"document={quote(_DOCUMENT)}")
    assert _count(page, f".{other}") > 0
    page.get_by_label("责任", exact=True).select_option(role)
    expect(page).to_have_url(re.compile(f"role={role}"))
    named = {"LEADS": "leads", "PARTICIPATES": "participants"}[role]
    expected = sum(len(row[named]) for row in _rows(page, "/ledger", document=_DOCUMENT))
    wait_until(page, f"{_DRAWN}.edges('.{other}').length === 0")
    assert _count(page, f".{role}") == expected
    page.get_by_label("依据类型").select_option("default")
    expect(page.get_by_text("没有符合筛选条件的关系。")).to_be_visible()
    page.go_back()
    expect(page.locator(".canvas canvas").first).to_be_visible()


def test_what_the_question_is_about_stays_under_a_filter(page: Page) -> None:
    units = _rows(page, f"/tasks/{quote(_TASK)}")[0]["units"]
    others = [unit for unit in units if unit["role"] == "PARTICIPATES"]
    assert not any(unit["agency_id"] == _AGENCY for unit in others)
    _open(page, f"agency={_AGENCY}&open={quote(f'task:{_TASK}')}&select={quote(f'task:{_TASK}')}")
    side = page.get_by_role("region", name="任务", exact=True)
    expect(side).to_contain_text("文件总时限 2022年3月1日至2025年12月31日")  # it names no day itself
    page.get_by_label("责任", exact=True).select_option("PARTICIPATES")
    expect(side).to_contain_text(f"另有 {len(units) - len(others)} 处未列出")
    expect(side.get_by_role("link", name="原文")).to_have_count(len(others))
    assert page.evaluate(f"{_DRAWN}.getElementById('agency:{_AGENCY}').hasClass('focus')")


def test_another_answer_changes_what_stays(page: Page) -> None:
    _open(page, "network=1&min=2")
    pair = _rows(page, "/network/edges", min_tasks="2")[0]
    edge = f"agency:{pair['one_id']}|SHARES|agency:{pair['other_id']}"
    tasks = f"{_DRAWN}.getElementById('{edge}').data('tasks')"
    assert page.evaluate(tasks) == pair["tasks"]
    page.route("**/network/edges?*narrative*", lambda route: route.fulfill(json={"rows": [{**pair, "tasks": 77}]}))
    page.get_by_label("依据类型").select_option("narrative")
    wait_until(page, f"{tasks} === 77")
    assert _count(page, "edge") == 1


def test_a_place_is_its_code_and_all_below(page: Page) -> None:
    first, second = ({**_many(i), "place": "朝阳区", "place_code": code} for i, code in enumerate(("110105", "220104")))
    below = {**_many(2), "place": "某街道", "place_code": "110105001"}
    answers = {"": [first, second, below], "110105": [first, below]}

    def answer(route: Route) -> None:
        place = parse_qs(urlsplit(route.request.url).query).get("place", [""])[0]
        route.fulfill(json={"rows": answers[place], "truncated": False})

    page.route("**/tasks/joint-leads?*", answer)
    _open(page, "joint=1")
    assert _count(page, ".task") == 3
    page.get_by_label("地区").select_option(label="朝阳区（110105）")
    expect(page).to_have_url(re.compile("place=110105"))
    wait_until(page, f"{_DRAWN}.nodes('.task').length === 2")
    assert page.get_by_label("地区").locator("option").all_inner_texts() == [
        "全部",
        "朝阳区（110105）",
        "某街道",
        "朝阳区（220104）",
    ]


def test_the_drawing_follows_the_window(page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    _open(page, f"agency={_AGENCY}")
    hint = page.get_by_text("图比窗口大：拖动查看，或点“全图”。")
    expect(hint).to_be_visible()
    page.get_by_role("button", name="全图").click()
    expect(hint).to_be_hidden()
    page.evaluate(f"phone = {_DRAWN}.scratch('box')")
    page.set_viewport_size({"width": 1280, "height": 800})
    wait_until(page, f"{_DRAWN}.scratch('box') !== phone")  # it is drawn anew, with larger boxes
    box = f"(({{ w }}) => w / {_DRAWN}.width())({_DRAWN}.elements().renderedBoundingBox())"
    wait_until(page, f"{box} > 0.7 && {box} <= 1")
    page.locator(".canvas").press("ArrowLeft")  # what the reader has moved stays
    zoom = page.evaluate(f"{_DRAWN}.zoom()")
    page.set_viewport_size({"width": 1000, "height": 800})
    page.wait_for_timeout(300)
    assert page.evaluate(f"{_DRAWN}.zoom()") == zoom


def test_the_list_selects_by_keyboard(page: Page) -> None:
    _open(page, f"agency={_AGENCY}")
    page.get_by_text("以列表显示图中的关系").press("Enter")
    rows = page.get_by_role("table", name="图中的关系").get_by_role("row")
    expect(rows).to_have_count(1 + _count(page, "edge"))
    expect(page.get_by_role("main").get_by_role("status").first).to_contain_text(f"{_count(page, 'edge')} 条关系")
    rows.nth(1).get_by_role("button", name="牵头").press("Enter")
    expect(page.get_by_role("region", name="牵头").locator("mark")).to_be_visible()
    canvas = page.locator(".canvas")
    before = page.evaluate(f"{_DRAWN}.zoom()")
    canvas.press("+")
    assert page.evaluate(f"{_DRAWN}.zoom()") > before
    canvas.press("Escape")
    expect(page.get_by_role("region", name="说明")).to_be_visible()


def test_units_that_share_tasks(page: Page) -> None:
    _open(page, "network=1&min=2")
    pairs = _rows(page, "/network/edges", min_tasks="2")
    expect(page.get_by_role("main").get_by_role("status")).to_contain_text(f"{len(pairs)} 条关系")
    boxes = page.evaluate(f"{_DRAWN}.nodes().map((node) => [node.position(), node.width(), node.height()])")
    overlaps = [
        (one, other)
        for one, other in combinations(boxes, 2)
        if abs(one[0]["x"] - other[0]["x"]) < (one[1] + other[1]) / 2
        and abs(one[0]["y"] - other[0]["y"]) < (one[2] + other[2]) / 2
    ]
    assert not overlaps


def test_what_is_left_out_is_said(page: Page) -> None:
    page.goto("/")
    kept, left, joined = page.evaluate(
        """async () => {
          const { cut } = await import("/web/facts.js");
          const nodes = Array.from({ length: 400 }, (_, i) => ({ id: `n${i}`, kind: "task" }));
          const edges = nodes.slice(50).map((node) => ({ id: `${node.id}-n399`, source: node.id, target: "n399" }));
          const drawn = cut({ nodes, edges }, ["n0"], 300);
          return [drawn.nodes.map((node) => node.id), drawn.left.map((node) => node.id), drawn.edges.length];
        }"""
    )
    assert (len(kept), len(left)) == (300, 100)
    assert {"n0", "n399", "n50"} <= set(kept)  # what the reader asked about, the most connected, the first of the others
    assert {f"n{i}" for i in range(1, 50)} <= set(left)  # what hangs on nothing
    assert joined == len([node for node in kept if node != "n0"])

    page.route("**/ledger?*", lambda route: route.fulfill(json={"rows": [_many(i) for i in range(400)], "truncated": False}))
    _open(page, f"agency={_AGENCY}")
    expect(page.get_by_text(re.compile("另有 102 项任务未画出：最多画 300 个，先画联系多的。"))).to_be_visible()
    assert _count(page, "node") == 300

    page.unroute("**/ledger?*")
    page.route(
        "**/ledger?document=*", lambda route: route.fulfill(json={"rows": [_many(i) for i in range(9)], "truncated": True})
    )
    _open(page, f"agency=430400:行政审批服务局&open={quote(f'document:{_DOCUMENT}')}")
    expect(page.get_by_text("很多任务”任务太多，接口只给出前 9 项，其余没有画出。")).to_be_visible()


def _many(number: int) -> dict[str, Any]:
    words = {"basis": "clause", "quote": "市司法局", "start": number, "end": number + 4}
    unit = {"agency": "长治市司法局", "agency_id": _AGENCY, "collective": False, **words}
    return {
        "task": f"任务{number}",
        "task_id": f"{_DOCUMENT}:{number}",
        "task_number": str(number),
        "document": "很多任务",
        "document_id": _DOCUMENT,
        "place": "长治市",
        "leads": [unit],
        "participants": [],
    }


def test_files(page: Page, tmp_path: Path) -> None:
    _open(page, f"document={quote(_DOCUMENT)}")

    def save(form: str) -> Path:
        with page.expect_download() as under_way:
            page.get_by_role("button", name=f"下载为 {form}").click()
        assert under_way.value.suggested_filename.endswith(f".{form.lower()}")
        path = tmp_path / f"drawing.{form.lower()}"
        under_way.value.save_as(path)
        return path

    drawing = nx.read_graphml(save("GraphML"), force_multigraph=True)
    assert (len(drawing), drawing.size()) == (_count(page, "node"), _count(page, "edge"))
    assert drawing.nodes[f"agency:{_AGENCY}"] == {"label": "长治市司法局", "kind": "agency"}
    (lead,) = drawing.get_edge_data(f"agency:{_AGENCY}", f"task:{_TASK}").values()
    assert lead == {"kind": "LEADS", "role": "LEADS", "basis": "clause", "quote": "市司法局"}
    assert drawing.has_edge(f"document:{_DOCUMENT}", f"task:{_TASK}")  # HAS_TASK as in the graph, whichever way it is drawn
    assert save("PNG").read_bytes().startswith(b"\x89PNG")
    assert "长治市司法局" in save("SVG").read_text(encoding="utf-8")
