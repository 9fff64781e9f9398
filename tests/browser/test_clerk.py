"""The clerk's month from an empty base: five files at once, units merged and split, a task's bounds, a document signed, a list
that goes out and comes back, a notice; then all is read anew, and what people decided and reported is still there."""

from __future__ import annotations

import io
import json
import re
from pathlib import Path
from urllib.parse import quote

import openpyxl
from playwright.sync_api import Browser, FilePayload, Locator, Page, Route, expect

from tests.browser.look import Service, browsing, check_view, shoot
from tests.browser.test_check import select
from tests.test_cli import guest, serving

KEY = "a key of the clerk"
LAMPS, PARKS = "140400:长政办发〔2025〕21号", "140400:长政办发〔2025〕22号"


def _notice(what: str, number: int, tasks: str) -> str:
    head = f"长治市人民政府办公室关于印发{what}方案的通知\n\n长政办发〔2025〕{number}号\n\n一、主要任务\n"
    return f"{head}{tasks}\n\n长治市人民政府办公室\n2025年3月4日\n"


FILES = {
    "路灯.txt": _notice(
        "冬季照明",
        21,
        "市林业局行道树专班同市公安局会商修剪，2025年12月10日前收尾。灯杆广告一并清理。\n"
        "1.更换损坏路灯。2025年12月20日前完成。（牵头单位：市城市管理局；配合单位：市财政局、市教育局）\n"
        "2.排查线路隐患。2025年12月底前完成。排查记录留存备查。（牵头单位：市应急管理局）\n"
        "3.建成照明平台。2025年12月底前上线。市交通运输局的点位图另发。（牵头单位：市数据局）",
    ),
    "公园.txt": _notice("口袋公园", 22, "1.新建口袋公园。2025年12月底前建成5处。（牵头单位：市大数据应用局）"),
    "供暖.txt": _notice(
        "冬季供暖",
        23,
        "1.检修供热管网。2025年10月底前完成。（牵头单位：市住房和城乡建设局）\n2.公布报修电话。2025年10月底前公布。\n"
        "3.储备应急燃料。2025年10月底前完成。（责任单位：各县区人民政府）",
    ),
    "扫雪.txt": _notice("扫雪除冰", 24, "1.备足融雪物资。2025年11月底前完成。（牵头单位：市城市管理局）"),
    "慰问.txt": _notice("走访慰问", 25, "1.走访困难群众。2026年1月底前完成。（牵头单位：市民政局）"),
}


def _payload(name: str, data: bytes) -> FilePayload:
    return {"name": name, "mimeType": "application/octet-stream", "buffer": data}


def _shoot(page: Page, name: str, of: Locator | None = None) -> None:
    """For the docs: from the top, or from a part of the page on."""
    page.evaluate("scrollTo(0, 0)")
    if of:
        of.evaluate("box => scrollTo(0, box.getBoundingClientRect().top - 80)")
    shoot(page, name)


def _document(page: Page, document: str) -> None:
    page.goto(f"/#/document/{quote(document)}")
    expect(page.get_by_role("button", name=re.compile("签为已核|退回"))).to_be_visible()


def _saved(page: Page, words: str) -> None:
    expect(page.locator(".told > [role=status]")).to_contain_text(words)


def _of_unit(page: Page, unit: str, what: str, **fields: str) -> None:
    """Merges or splits on the page of a unit."""
    page.goto(f"/#/agency/140400:{quote(unit)}")
    page.get_by_text("合并或拆分").click()
    page.get_by_role("button", name=what).click()
    form = page.get_by_role("form")
    for label, words in fields.items():
        form.get_by_label(label).fill(words)
    expect(form.get_by_role("status")).to_contain_text("去掉：牵头")
    form.get_by_role("button", name="保存").click()
    expect(form).to_have_count(0)


def test_the_clerks_month(chromium: Browser, tmp_path: Path) -> None:
    with (
        serving(tmp_path, KG_API_KEY=KEY, KG_ALLOW_UPLOAD="1") as (_, url),
        browsing(chromium, Service(url, KEY), expected=(401, 422)) as page,
    ):
        page.goto("/#/data?tab=upload")
        page.get_by_label("密钥", exact=True).fill(KEY)
        page.get_by_role("button", name="打开").click()
        expect(page.get_by_text("需要访问密钥")).to_have_count(0)

        # Five files at once, by their titles.
        files = [_payload(name, text.encode()) for name, text in FILES.items()]
        page.get_by_label("选择要上传的文件").set_input_files(files)
        held: list[Route] = []
        fourth = re.compile(f"/documents.name={quote('扫雪.txt')}")
        page.route(fourth, lambda route: held.append(route))  # noqa: PLW0108 - as in test_desk.py
        page.get_by_role("button", name="全部载入知识库").click()
        expect(page.get_by_text("已处理 3 个，共 5 个。正在载入“扫雪.txt”……")).to_be_visible(timeout=100_000)
        shoot(page, "hurt-09-queue", full_page=True)
        held.pop().continue_()
        expect(page.get_by_text("已处理 5 个，共 5 个。")).to_be_visible(timeout=100_000)  # as long as five of the others
        expect(page.get_by_role("link", name="长治市人民政府办公室关于印发走访慰问方案的通知")).to_be_visible()
        shoot(page, "desk-upload")

        # Two names of one unit, and a name that is another unit; both for all documents.
        _of_unit(page, "大数据应用局", "和另一个单位是同一个", 其实是哪个单位="长治市数据局")
        _of_unit(page, "应急管理局", "有的写法是另一个单位", 自成一个单位="长治市应急指挥中心")

        # A task ends earlier, a unit is struck, one is added, the document is signed.
        page.evaluate("localStorage.setItem('kg-by', '王')")
        _document(page, LAMPS)
        select(page, "线路隐患。")
        page.get_by_role("button", name="任务到这里为止").click()
        form = page.get_by_role("form", name="改任务“排查线路隐患”")
        expect(form.get_by_role("status")).to_contain_text(re.compile("新增：任务 2 排查线路隐患（原文 .+ 字）"))
        form.get_by_role("button", name="保存").click()
        _saved(page, "已保存：改任务“排查线路隐患”")
        picked = page.get_by_role("region", name="选中的文字")
        select(page, "市教育局")  # what is marked can be selected too
        expect(picked).to_contain_text("选中：市教育局")
        select(page, "市交通运输局")
        expect(picked).to_contain_text("选中：市交通运输局")
        picked.get_by_role("button", name="配合", exact=True).click()
        form = page.get_by_role("form", name="补上“市交通运输局”")
        expect(form.get_by_role("status")).to_contain_text("新增：配合 长治市交通运输局（人工补充）")
        expect(page.get_by_text("点开原文中的标注")).to_have_count(0)  # what to do stands in the form
        _shoot(page, "desk-check")
        form.get_by_role("button", name="保存").click()
        _saved(page, "已保存：补上“市交通运输局”")
        page.locator("a.fact.participation", has_text="市教育局").click()
        page.keyboard.press("x")
        expect(page.get_by_role("form").get_by_role("status")).to_contain_text("去掉：配合 长治市教育局")
        page.keyboard.press("Enter")
        _saved(page, "已保存：删去“市教育局”")
        desk = page.get_by_role("region", name="核对")
        page.keyboard.press("v")
        _saved(page, "还有 0 条存疑没有决定，1 句看不出原因。仍要签为已核，请再签一次。")
        expect(desk.locator(".kind").first).to_have_text("核对中")

        # A task that was missed whole is made of its words, and a unit is given it.
        page.keyboard.press("n")
        expect(page.locator(".at")).to_have_text("市林业局")
        page.keyboard.press("a")
        expect(page.get_by_role("alert")).to_contain_text("选中的文字不在任何任务里")
        page.keyboard.press("Escape")
        page.keyboard.press("t")
        form = page.get_by_role("form", name="新任务“市林业局行道树专班同市公安局会商修剪，2025年12月10日前收尾。”")
        expect(form.get_by_label("到哪几个字为止")).to_have_value("灯杆广告一并清理。")
        page.keyboard.press("Escape")
        select(page, "市林业局", "一并清理。")
        picked.get_by_role("button", name="新任务").click()
        form.get_by_label("标题").fill("修剪行道树")
        expect(form.get_by_role("status")).to_contain_text(re.compile("新增：任务 修剪行道树（原文 .+ 字）"))
        form.get_by_role("button", name="保存").click()
        _saved(page, "已保存：新任务“市林业局行道树")
        for undone in (True, False):
            select(page, "市林业局")
            picked.get_by_role("button", name="牵头", exact=True).click()
            form = page.get_by_role("form", name="补上“市林业局”")
            expect(form.get_by_role("status")).to_contain_text("新增：牵头 长治市林业局（人工补充）（任务 修剪行道树）")
            form.get_by_role("button", name="保存").click()
            _saved(page, "已保存：补上“市林业局”")
            if undone:
                page.keyboard.press("u")
                _saved(page, "已撤销：补上“市林业局”")

        # A task that is none is struck with its facts, and comes back with them.
        page.get_by_role("link", name="建成照明平台").click()
        page.keyboard.press("x")
        form = page.get_by_role("form", name="删去“建成照明平台”")
        for gone in ("牵头 长治市数据局（责任条款）", "时限 2025年12月底前：2025年12月31日", "任务 3 建成照明平台"):
            expect(form.get_by_role("status")).to_contain_text(f"去掉：{gone}")
        _shoot(page, "desk-strike", page.get_by_role("article"))
        page.keyboard.press("Enter")
        _saved(page, "已保存：删去“建成照明平台”")
        expect(page.get_by_role("link", name="建成照明平台")).to_have_count(0)
        page.keyboard.press("u")
        _saved(page, "已撤销：删去“建成照明平台”")
        expect(page.get_by_role("link", name="建成照明平台")).to_have_count(1)

        # A task is of another kind, and of its own again.
        page.get_by_role("link", name="建成照明平台").click()
        page.keyboard.press("e")
        form = page.get_by_role("form", name="改任务“建成照明平台”")
        expect(form).to_contain_text("还没有改动。")
        form.get_by_label("任务类型").select_option("保障措施")
        expect(form.get_by_role("status")).to_contain_text("任务 3 建成照明平台 的类型：保障措施")
        _shoot(page, "hurt-kind-of-a-task", page.get_by_role("article"))
        form.get_by_role("button", name="保存").click()
        _saved(page, "已保存：改任务“建成照明平台”")
        card = page.locator(".told .card.task")
        expect(card).to_contain_text("保障措施")
        expect(card).to_contain_text(re.compile(r"经人工更正：任务读错（\d{4}年\d+月\d+日，王）"))
        _shoot(page, "hurt-kind-of-a-task-kept", page.get_by_role("article"))
        page.keyboard.press("u")
        _saved(page, "已撤销：改任务“建成照明平台”")
        expect(card).not_to_contain_text("保障措施")

        # What was read as one task is two; that goes back too.
        select(page, "市交通运输局", "的点位图")
        picked.get_by_role("button", name="从这里分出新任务").click()
        form = page.get_by_role("form", name="新任务“市交通运输局的点位图另发。（牵头单位：市数据局）”")
        form.get_by_label("任务类型").select_option("保障措施")
        form.get_by_label("标题").fill("编点位图")
        status = form.get_by_role("status")
        expect(status).to_contain_text("去掉：牵头 长治市数据局（责任条款）（任务 1.3）")
        expect(status).to_contain_text("新增：牵头 长治市数据局（责任条款）（任务 编点位图）")
        _shoot(page, "desk-split", page.get_by_role("article"))
        form.get_by_role("button", name="保存").click()
        _saved(page, "已保存：新任务“市交通运输局的点位图")
        page.get_by_role("link", name="编点位图").click()
        expect(page.locator(".told .card.task")).to_contain_text("保障措施")
        page.keyboard.press("u")
        _saved(page, "已撤销：新任务“市交通运输局的点位图")
        page.keyboard.press("v")
        expect(desk.locator(".kind").first).to_have_text("已核")
        check_view(page, "desk-document")

        # December's list goes out; two units fill it in, one while another report came.
        board = "/#/deadlines?today=2025-12-25&place=140400&month=2025-12"
        page.goto(board)
        panel = page.get_by_role("region", name="有日子的时限")
        expect(panel.get_by_role("row", name="新建口袋公园")).to_contain_text("长治市数据局")
        _shoot(page, "desk-deadlines", page.get_by_role("region", name="各月到期"))
        _shoot(page, "hurt-01-month", panel)
        with page.expect_download() as saved:
            panel.get_by_role("link", name="Excel").click()
        assert saved.value.suggested_filename == "长治市督办清单-2025年12月.xlsx"
        saved.value.save_as(tmp_path / "清单.xlsx")
        page.reload()  # Playwright takes a download for a request that never ends; the session goes on
        book = openpyxl.load_workbook(tmp_path / "清单.xlsx")
        (sheet,) = book
        assert sheet["A1"].value == "长治市督办清单（2025年12月）（共 5 项，其中 4 项出自已核的文件）"
        head = {str(cell.value): n for n, cell in enumerate(next(sheet.iter_rows(min_row=2, max_row=2)), 1)}
        rows = {str(sheet.cell(n, head["任务"]).value): n for n in range(3, sheet.max_row + 1)}
        headers = {"X-API-Key": KEY, "Origin": url}
        for task, cells in {
            "更换损坏路灯": {"状态": "已完成", "办结日期": "2025年12月18日"},
            "新建口袋公园": {"进展情况": "建成3处"},
            "建成照明平台": {"状态": "办完了"},
        }.items():
            for column, words in cells.items():
                sheet.cell(rows[task], head[column]).value = words
        key = json.loads(str(sheet.cell(rows["新建口袋公园"], head["编号（请勿改动）"]).value))
        meanwhile = {"task": key[0], "agency": key[1], "state": "on hold", "text": "等用地"}
        assert page.request.post("/reports", data=meanwhile, headers=headers).ok
        out = io.BytesIO()
        book.save(out)
        back = page.get_by_role("region", name="收回填好的清单")
        back.locator("input[type=file]").set_input_files(_payload("清单.xlsx", out.getvalue()))
        said = back.get_by_role("status")
        expect(said).to_contain_text("：新的进展 1 行，有冲突 1 行，认不出 1 行。")
        expect(back.get_by_role("row", name="更换损坏路灯")).to_contain_text("已完成，2025年12月18日")
        expect(back.get_by_role("row", name="状态不在可选范围内")).to_contain_text("办完了")
        check_view(page, "progress")
        _shoot(page, "desk-progress", back)
        back.get_by_role("button", name="保存新的进展").click()
        expect(said).to_contain_text("已保存 1 条。其余有冲突 1 行，认不出 1 行。")
        back.get_by_role("button", name="有冲突的也保存").click()
        expect(said).to_contain_text("已保存 1 条。其余认不出 1 行，没有变化 1 行。")

        # Who is late: a unit, a collective, nobody that is named.
        page.goto("/#/ask/overdue?today=2025-12-25&place=140400")
        late = page.locator(".answer")
        for task, whose in (("公布报修电话", "未写明"), ("储备应急燃料", "统称"), ("检修供热管网", "单位")):
            expect(late.get_by_role("row", name=task)).to_contain_text(whose)
        _shoot(page, "desk-overdue", page.get_by_role("region", name="答案"))

        page.goto(f"/#/agency/140400:{quote('数据局')}")
        with page.expect_download() as saved:
            page.get_by_role("link", name="督办通知单（Word）").click()
        assert saved.value.suggested_filename.startswith("长治市数据局督办通知单-")
        page.reload()

        # All is read anew, and a file comes with other words.
        again = guest(tmp_path, "rebuild")
        assert again.returncode == 0, again.stderr
        page.goto("/#/data?tab=upload")
        changed = FILES["公园.txt"].replace("建成5处", "建成6处").encode()
        page.get_by_label("选择要上传的文件").set_input_files([_payload("公园.txt", changed)])
        page.get_by_role("button", name="载入知识库").click()
        page.get_by_role("button", name="用这一份替换").click()
        expect(page.get_by_text("已载入，并替换了原来的同一份文件。")).to_be_visible()
        page.goto(f"{board}&light=done&light=yellow&light=red")
        expect(panel.get_by_role("row", name="更换损坏路灯")).to_contain_text("已完成")
        expect(panel.get_by_role("row", name="新建口袋公园").first).to_contain_text("建成3处")
        expect(panel.get_by_role("row", name="新建口袋公园").first).to_contain_text("长治市数据局")
        expect(panel.get_by_role("row", name="修剪行道树")).to_contain_text("长治市林业局")
        _document(page, LAMPS)
        expect(desk.locator(".kind").first).to_have_text("已核")
        expect(desk.get_by_text("人工决定 6 条")).to_be_visible()
        page.goto("/#/ask/ledger")
        expect(page.get_by_text("出自 5 份文件，其中 1 份已核。")).to_be_visible()
        page.goto("/#/ask/workload-ranking")
        expect(page.get_by_text("出自 5 份文件，其中 1 份已核。")).to_be_visible()
