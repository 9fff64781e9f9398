"""核对: a document is checked to 已核 by keyboard alone; what was missed is marked with the mouse; another came first."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import quote

from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.look import Service, check_axe, check_view, opening

TEXT = """\
长治市人民政府办公室关于印发夜间经济提升方案的通知

长政办发〔2024〕7号

根据《城市照明管理规定》（建城〔2021〕5号），制定本方案。

一、基本原则
坚持政府引导。由市场运作。
坚持错峰错时。不扰民生。

二、主要任务
1.培育夜间消费街区。2024年6月底前建成3处。（牵头单位：市商务局；配合单位：市财政局、市文化和旅游局）
2.完善夜间照明。市城市管理局亮化专班同市住房和城乡建设局会商。（牵头单位：市住房和城乡建设局）
3.保障夜间出行。市交通运输局的夜班公交线路图另发，2023年底前公布。（牵头单位：市公安局）

长治市人民政府办公室
2024年3月4日
"""
DOCUMENT = "140400:长政办发〔2024〕7号"
ADDRESS = f"/#/document/{quote(DOCUMENT)}"

SELECT = """([first, last]) => {
  const walker = document.createTreeWalker(document.querySelector("article.text"), NodeFilter.SHOW_TEXT);
  let from = null;
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const begin = node.data.indexOf(first), end = node.data.indexOf(last);
    if (begin >= 0) from = [node, begin];
    if (from && end >= 0) getSelection().setBaseAndExtent(...from, node, end + last.length);
  }
}"""


def select(page: Page, first: str, last: str | None = None) -> None:
    """Marks words of the text, or from the first to the last."""
    page.evaluate(SELECT, [first, last or first])


def _open(page: Page, service: Service) -> dict[str, str]:
    headers = {"X-API-Key": str(service.key), "Origin": service.url}
    assert page.request.post("/documents?name=night.txt", data=TEXT.encode(), headers=headers).ok
    page.goto("/")
    page.get_by_label("密钥", exact=True).fill(str(service.key))
    page.get_by_role("button", name="打开").click()
    page.goto(ADDRESS)
    expect(page.get_by_role("button", name=re.compile("签为已核|退回"))).to_be_visible()
    return headers


def _facts(page: Page, headers: dict[str, str]) -> set[tuple[str, str]]:
    rows: list[dict[str, Any]] = page.request.get(f"/documents/{quote(DOCUMENT)}/facts", headers=headers).json()["rows"]
    return {(row["kind"], row["quote"]) for row in rows if row["kind"] in ("lead", "participation", "deadline")}


def test_a_document_is_checked_by_keyboard_alone(page_with_key: Page, served_with_key: Service) -> None:
    page = page_with_key
    headers = _open(page, served_with_key)
    before = _facts(page, headers)
    desk = page.get_by_role("region", name="核对")
    expect(desk).to_contain_text("未核")
    expect(desk).to_contain_text("存疑 2 处")
    strokes = 0

    def press(*keys: str) -> None:
        nonlocal strokes
        for key in keys:
            page.keyboard.press(key)
        strokes += len(keys)

    def saved(words: str | re.Pattern[str]) -> None:
        expect(page.locator(".told > [role=status]")).to_contain_text(words)

    press("n")  # 市城市管理局: nothing explains it
    expect(page.locator(".at")).to_have_text("市城市管理局")
    press("s")
    saved("请先写上核对人")
    page.keyboard.type("王")
    press("Enter")  # and what was asked is done, where it was asked
    saved("已搁置“市城市管理局”")
    expect(page.locator(".at")).to_have_text("2023年底前")
    press("u")
    saved("已撤销：搁置“市城市管理局”")
    press("p")
    expect(page.locator(".at")).to_have_text("市城市管理局")
    press("a")
    form = page.get_by_role("form", name="补上“市城市管理局”")
    expect(form.get_by_role("status")).to_contain_text("新增：牵头 长治市城市管理局")
    expect(form.get_by_role("status")).to_contain_text("长治市城市管理局 牵头 0→1")
    press("Enter")
    saved("已保存：补上“市城市管理局”")
    press("u")
    saved("已撤销：补上“市城市管理局”")
    press("s")
    saved("已搁置“市城市管理局”")
    expect(page.locator(".at")).to_have_text("2023年底前")  # 期限早于成文
    press("x")
    expect(page.get_by_role("form")).to_contain_text("去掉：时限 2023年底前")
    press("Enter")
    saved("已保存：删去“2023年底前”")
    expect(desk).to_contain_text("存疑 0 处")
    press("Escape", "j")
    expect(page.locator(".at")).to_have_text("《城市照明管理规定》（建城〔2021〕5号）")
    press("e")
    page.keyboard.type("1")  # which the choice does not take
    form = page.get_by_role("form", name="改引用“《城市照明管理规定》")
    expect(form.get_by_label("文号")).to_have_value("建城〔2021〕5号")
    press("Escape", "c")
    saved("已确认“城市照明管理规定”")
    press("j")
    expect(page.locator(".at")).to_have_text("坚持政府引导")
    press("x")
    expect(page.get_by_role("form")).to_contain_text("去掉：原则 坚持政府引导")
    press("Enter")
    saved("已保存：删去“坚持政府引导”")
    press("j", "j")
    expect(page.locator(".at")).to_have_text("2024年6月底前")
    press("e")
    form = page.get_by_role("form", name="改时限“2024年6月底前”")
    form.get_by_label("截止日").fill("2024-07-31")
    expect(form.get_by_role("status")).to_contain_text("新增：时限 2024年6月底前：2024年7月31日")
    press("Escape", "c")
    saved("已确认")
    press("j", "j", "j")
    expect(page.locator(".at")).to_have_text("市文化和旅游局")
    press("r")
    expect(page.get_by_role("form").get_by_role("status")).to_contain_text("新增：牵头 长治市文化和旅游局")
    press("Enter")
    saved("已保存：改角色“市文化和旅游局”")
    press("?")
    expect(desk.get_by_text("搁置看不出原因的文字")).to_be_visible()
    check_view(page, "check")
    press("v")
    saved("已签为已核")
    expect(desk.locator(".kind").first).to_have_text("已核")
    assert strokes <= 35

    changed = {("participation", "市文化和旅游局"), ("deadline", "2023年底前")}
    assert _facts(page, headers) == before - changed | {("lead", "市文化和旅游局")}
    rows = page.request.get("/documents?review=checked", headers=headers).json()["rows"]
    assert [(row["document_id"], row["reviewed_by"]) for row in rows] == [(DOCUMENT, "王")]

    press("u")
    saved("已退回核对中")
    for undone in ("市文化和旅游局", "2024年6月底前", "坚持政府引导"):  # the last decision first
        press("u")
        saved(re.compile(f"已撤销：.*“{undone}”"))
    assert _facts(page, headers) == before - {("deadline", "2023年底前")}
    press("v")
    saved("已签为已核")

    # What was missed is marked with the mouse; the signature then says what changed.
    picked = page.get_by_role("region", name="选中的文字")
    select(page, "不扰民生")
    picked.get_by_role("button", name="原则", exact=True).click()
    form = page.get_by_role("form", name="改原则“不扰民生”")
    expect(form.get_by_role("status")).to_contain_text("新增：原则 不扰民生")
    form.get_by_role("button", name="取消").click()
    select(page, "市交通运输局")
    picked.get_by_role("button", name="牵头", exact=True).click()
    form = page.get_by_role("form", name="补上“市交通运输局”")
    expect(form.get_by_role("status")).to_contain_text("新增：牵头 长治市交通运输局")
    form.get_by_role("button", name="保存").click()
    expect(desk.locator(".kind").first).to_have_text("核对中")
    expect(desk).to_contain_text("签核以后变了 1 条")
    assert ("lead", "市交通运输局") in _facts(page, headers)


def test_who_comes_second_is_told(context_with_key: BrowserContext, served_with_key: Service) -> None:
    with opening(context_with_key, served_with_key, expected=(401, 409)) as page:
        headers = _open(page, served_with_key)
        page.evaluate("localStorage.setItem('kg-by', '李')")
        page.goto(f"{ADDRESS}?at={TEXT.index('市财政局')}-{TEXT.index('市财政局') + 4}")
        told = page.get_by_role("complementary")
        told.get_by_role("button", name=re.compile("^删去")).click()
        form = page.get_by_role("form", name="删去“市财政局”")
        expect(form.get_by_role("status")).to_contain_text("去掉：配合 长治市财政局")
        entry = {"change": "confirm", "document": DOCUMENT, "quote": "市公安局", "role": "LEADS", "reason": "核对", "by": "王"}
        assert page.request.post("/decisions", data={"entry": entry}, headers=headers).ok
        form.get_by_role("button", name="保存").click()
        expect(form.get_by_role("alert")).to_contain_text("这份文件刚被别人改动过，你的决定还没有保存")
        assert ("participation", "市财政局") in _facts(page, headers)
        check_axe(page)
        form.get_by_role("button", name="保存").click()
        expect(page.locator(".told > [role=status]")).to_contain_text("已保存")
        assert ("participation", "市财政局") not in _facts(page, headers)


def test_a_form_that_a_key_opens_right_behind_a_click_has_the_focus(
    context_with_key: BrowserContext, served_with_key: Service
) -> None:
    with opening(context_with_key, served_with_key, expected=(401,)) as page:
        _open(page, served_with_key)
        page.evaluate("localStorage.setItem('kg-by', '李')")
        page.goto(ADDRESS)
        page.locator("a.fact.lead", has_text="市公安局").evaluate(
            "link => { link.click(); dispatchEvent(new KeyboardEvent('keydown', { key: 'x' })); }"
        )
        form = page.get_by_role("form", name="删去“市公安局”")
        expect(form.get_by_role("status")).to_contain_text("去掉：牵头")
        expect(form.get_by_role("button", name="保存")).to_be_focused()


def test_without_leave_nothing_can_be_decided(page: Page) -> None:
    page.goto(f"/#/document/{quote('140400:长政办发〔2022〕14号')}")
    desk = page.get_by_role("region", name="核对")
    expect(desk).to_contain_text("未核")
    expect(desk).to_contain_text("现在只能查看")
    assert page.get_by_role("button", name=re.compile("签为已核|删去|确认")).count() == 0
