"""文件: every mark stands on the words that the base quotes, and every fact leads there."""

from __future__ import annotations

import re
from typing import Any, Final
from urllib.parse import quote

from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.look import Service, check_view, opening

CHANGZHI: Final = "140400:长政办发〔2022〕14号"

_MARKED: Final = """async (asked) => {
  const frame = () => new Promise((drawn) => requestAnimationFrame(() => setTimeout(drawn)));
  const found = [];
  for (const [document, start, end] of asked) {
    location.hash = `#/document/${encodeURIComponent(document)}?at=${start}-${end}`;
    await frame();
    for (let turn = 0; turn < 50 && !window.document.querySelector(".at"); turn++) await frame();
    found.push([...window.document.querySelectorAll(".at")].map((part) => part.textContent).join(""));
  }
  return found;
}"""
"""Opens the place of each fact, and says which words are marked there."""


def _facts(page: Page, document: str, key: str | None = None) -> list[dict[str, Any]]:
    headers = {"X-API-Key": key} if key else {}
    answer = page.request.get(f"/documents/{quote(document)}/facts?limit=10000", headers=headers)
    return [fact for fact in answer.json()["rows"] if fact["kind"] != "task" and fact["quote"]]


def _check_marks(page: Page, document: str, facts: list[dict[str, Any]]) -> None:
    assert facts
    expect(page.locator("article.text")).to_be_visible()
    marked = page.evaluate(_MARKED, [[document, fact["start"], fact["end"]] for fact in facts])
    assert marked == [re.sub(r"\r?\n", "", fact["quote"]) for fact in facts]


def test_facts_of_every_seed_are_marked_on_their_own_words(page: Page) -> None:
    """Of every fourth: that the quote of each is where it says is tested by the rows."""
    documents = [row["document_id"] for row in page.request.get("/documents").json()["rows"]]
    assert len(documents) == 6
    for document in documents:
        page.goto(f"/#/document/{quote(document)}")
        _check_marks(page, document, _facts(page, document)[::4])


def test_a_click_on_a_mark_shows_the_fact_and_back_undoes_it(page: Page) -> None:
    page.goto(f"/#/document/{quote(CHANGZHI)}")
    told = page.get_by_role("complementary")
    page.locator("a.fact.lead", has_text="市司法局").first.click()
    expect(told.get_by_role("link", name="长治市司法局")).to_be_visible()
    expect(told.get_by_text("牵头", exact=True)).to_be_visible()
    expect(page.locator(".at")).to_have_text("市司法局")
    told.get_by_role("link", name=re.compile("^15|^1 |^[0-9]+")).first.click()
    expect(page.locator(".block.current")).to_be_visible()
    page.go_back()
    expect(page.locator(".at")).to_have_text("市司法局")
    page.go_back()
    expect(page.locator(".at")).to_have_count(0)
    told.get_by_text("点开原文中的标注").wait_for()


def test_what_is_hidden_stays_hidden_on_a_click(page: Page) -> None:
    page.goto(f"/#/document/{quote(CHANGZHI)}?hide=citation")
    page.locator("a.fact.lead", has_text="市司法局").first.click()
    expect(page.locator(".at")).to_have_text("市司法局")
    assert "hide=citation" in page.url
    page.keyboard.press("Escape")
    expect(page.locator(".at")).to_have_count(0)
    assert "hide=citation" in page.url


def test_a_place_that_the_document_does_not_have(page: Page) -> None:
    page.goto(f"/#/document/{quote(CHANGZHI)}?at=999999-1000000")
    expect(page.get_by_text("地址里的位置不在这份文件中")).to_be_visible()


def test_what_is_hidden_is_in_the_address(page: Page) -> None:
    page.goto(f"/#/document/{quote(CHANGZHI)}?hide=lead")
    mark = page.locator("a.fact.lead").first
    expect(mark).to_have_css("border-bottom-color", "rgba(0, 0, 0, 0)")
    page.get_by_role("checkbox", name="牵头").check()
    expect(mark).not_to_have_css("border-bottom-color", "rgba(0, 0, 0, 0)")
    assert "hide" not in page.url


def test_what_gave_no_fact_is_marked_with_its_reason(page: Page) -> None:
    page.goto(f"/#/document/{quote(CHANGZHI)}")
    expect(page.locator("a.fact.lead").first).to_be_visible()
    expect(page.locator("a.fact.residue")).to_have_count(0)  # what is explained is marked only if asked for
    page.get_by_role("checkbox", name="未列入").check()
    marks = page.locator("a.fact.residue")
    expect(marks.first).to_be_visible()
    assert "show=residue" in page.url
    marks.first.click()
    told = page.get_by_role("complementary")
    expect(told.get_by_text("没有列入责任、时限等条目")).to_be_visible()
    check_view(page, "document-residue")
    page.get_by_role("checkbox", name="未列入").uncheck()
    expect(marks).to_have_count(0)


def test_what_nothing_explains_is_marked_without_being_asked_for(page: Page) -> None:
    documents = [row["document_id"] for row in page.request.get("/documents").json()["rows"]]
    rows = {
        d: page.request.get(f"/documents/{quote(d)}/facts?residue=unexplained&limit=10000").json()["rows"] for d in documents
    }
    document, fact = next((d, fact) for d in documents for fact in rows[d] if fact["kind"] == "residue" and fact["quote"])
    page.goto(f"/#/document/{quote(document)}?at={fact['start']}-{fact['end']}")
    expect(page.locator("a.fact.unexplained.at, a.fact.unexplained .at").first).to_be_visible()
    expect(page.get_by_role("complementary").get_by_text("看不出原因")).to_be_visible()


def test_a_document_that_is_not_there(context: BrowserContext, served: Service) -> None:
    with opening(context, served, expected=(404,)) as page:
        page.goto("/#/document/nowhere")
        expect(page.get_by_role("alert")).to_contain_text("没有找到")


def test_the_list_of_documents(page: Page) -> None:
    page.goto("/#/document")
    expect(page.locator("tbody tr")).to_have_count(6)
    check_view(page, "documents")
    page.get_by_role("link", name=re.compile("^长治市")).first.click()
    expect(page.get_by_role("article")).to_be_visible()


def test_how_it_looks(page: Page) -> None:
    page.goto(f"/#/document/{quote(CHANGZHI)}")
    page.locator("a.fact.lead", has_text="市司法局").first.click()
    expect(page.locator(".at")).to_be_visible()
    check_view(page, "document")


STRANGE: Final = """\
𠀀𠀁縣人民政府關於印發2022年工作要點的通知

𠀀政發〔2022〕3號

一、重點工作
1.推進😀政務公開。2022年12月底前完成𠮷祥工程。（牽頭單位：縣司法局；配合單位：縣財政局、縣教育局）
2.著力改善𡉕環境。（牽頭單位：縣教育局；配合單位：縣司法局、縣財政局）
"""


def test_traditional_text_with_characters_beyond_the_bmp(page_with_key: Page, served_with_key: Service) -> None:
    page, headers = page_with_key, {"X-API-Key": str(served_with_key.key)}
    loaded = page.request.post("/documents?name=strange.txt", data=STRANGE.encode(), headers=headers)
    assert loaded.ok, loaded.text()
    (document,) = loaded.json()["documents"]
    page.goto("/")
    page.get_by_label("密钥", exact=True).fill(str(served_with_key.key))
    page.get_by_role("button", name="打开").click()
    page.goto(f"/#/document/{quote(document)}")
    _check_marks(page, document, _facts(page, document, served_with_key.key))
