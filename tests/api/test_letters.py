"""Letters: what stands in them, from whose template they are made, and what is wrong with one that cannot be filled in."""

from __future__ import annotations

import datetime
import io
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from urllib.parse import quote

import docx
import pytest
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from api.app import create_app
from exports import letters
from kg.engine.store import Store
from kg.errors import NotFound, UnreadableFile
from kg.model import Extraction, Span
from tests.api.test_app import Client
from tests.kg.small_graph import emptied
from tests.samples import QUERIES, Doc, Unit, extract, library, write

DOC = Doc(
    "节水要点", "长政办发〔2023〕5号", tasks=((Unit("水利局"), Unit("财政局", "PARTICIPATES")), (Unit("水利局"),)), due=2023
)

DONE = datetime.date(2024, 1, 10)


def _client(store: Store, folder: Path) -> Client:
    base = library(emptied(store), folder / "sources", queries=QUERIES)
    base.load(write(folder / "a.json", DOC))
    base.progress.report(f"{DOC.id}:2", None, state="done", text="已印发", date=DONE)
    return Client(create_app(base))


def _with_an_earlier_day(data: bytes, name: str) -> Extraction:
    """The sample file, its first task with a time limit more."""
    found = extract(data, name)
    (document,) = found.documents
    first = document.deadlines[0]
    earlier = first._replace(due="2023-06-30", span=Span(first.span.start, first.span.start + 4), surface="2023")
    return replace(found, documents=(replace(document, deadlines=(earlier, *document.deadlines)),))


def test_a_bulletin_lists_what_it_counts(embedded_store: Store, tmp_path: Path) -> None:
    base = library(emptied(embedded_store), tmp_path / "sources", _with_an_earlier_day, queries=QUERIES)
    base.load(write(tmp_path / "a.json", DOC))
    made = docx.Document(io.BytesIO(letters.bulletin(base.queries(), base.store, {"today": "2024-01-15"}).data))
    late = [[cell.text for cell in row.cells] for row in made.tables[-1].rows[1:]]
    assert "已过期限仍未报告完成2项次" in "".join(paragraph.text for paragraph in made.paragraphs)
    assert [row[2] for row in late] == ["2023年6月30日\n2023年12月31日\n已过199天", "2023年12月31日\n已过15天"]
    assert {row[3] for row in late} == {"未报告"}
    base.progress.report(f"{DOC.id}:1", None, state="done", date=DONE)
    made = docx.Document(io.BytesIO(letters.bulletin(base.queries(), base.store, {"today": "2024-01-15"}).data))
    assert [len(table.rows) - 1 for table in made.tables] == [1, 1, 1]


def _words(data: bytes) -> str:
    made = docx.Document(io.BytesIO(data))
    cells = [cell.text for table in made.tables for row in table.rows for cell in row.cells]
    return "\n".join([paragraph.text for paragraph in made.paragraphs] + cells)


def test_a_notice_and_a_bulletin(embedded_store: Store, tmp_path: Path) -> None:
    client = _client(embedded_store, tmp_path)
    unit = client.get("/agencies").json()["rows"][0]["agency"]
    assert client.get(f"/agencies/{unit}/notice.docx", sender="室" * 101).status_code == 422
    notice = client.get(f"/agencies/{unit}/notice.docx", today="2024-01-15", sender="督查室", contact="张科长 0355")
    assert quote(f"{unit}督办通知单-2024年1月15日.docx") in notice.headers["content-disposition"]
    words = _words(notice.content)
    for said in (f"{unit}：", "督查室", "（联系人：张科长 0355）", "2023年12月31日", "期限已过", "长政办发〔2023〕5号"):
        assert said in words
    assert "{" not in words

    bulletin = _words(client.get("/progress/bulletin.docx", today="2024-01-15").content)
    assert "完成率50.0%；已过期限仍未报告完成1项次" in bulletin
    assert "联系人" not in bulletin
    early = _words(client.get("/progress/bulletin.docx", today="2023-12-01").content)
    assert "各单位均未报告有完成的事项。" in early
    assert "█" * 18 in bulletin.replace("\n", "")
    assert "已过15天" in bulletin


UNDATED = Doc("护河要点", "长政办发〔2023〕6号", tasks=((Unit("水利局"), Unit("财政局")), (Unit("审计局"),)))


def test_a_notice_lists_what_has_no_time_limit(embedded_store: Store, tmp_path: Path) -> None:
    """After what has one; for a unit too that has nothing else. What all who lead have reported done is listed no more."""
    base = library(emptied(embedded_store), tmp_path / "sources", queries=QUERIES)
    base.load([write(tmp_path / "a.json", UNDATED), write(tmp_path / "b.json", DOC)])

    def rows(unit: str, **asked: object) -> list[tuple[str, str]]:
        made = letters.notice(base.queries(), base.store, {"agency": unit, "today": "2024-01-15", **asked})
        found = docx.Document(io.BytesIO(made.data))
        said.append("".join(paragraph.text for paragraph in found.paragraphs))
        return [(row.cells[3].text, row.cells[4].text.splitlines()[0][-12:]) for row in found.tables[-1].rows[1:]]

    said: list[str] = []
    late = ("2023年12月31日\n期限已过", "长政办发〔2023〕5号")
    undated = ("未写明时限", "长政办发〔2023〕6号")
    assert rows("长治市水利局") == [late, late, undated]
    assert "尚有3项任务需要督办，其中牵头3项、配合0项，已过期限2项，未写明时限1项。" in said[-1]
    assert rows("长治市水利局", function="财政") == [late, undated]
    assert rows("长治市审计局") == [undated]
    assert "牵头1项、配合0项，没有超过期限的，未写明时限1项。" in said[-1]
    assert rows("长治市水利局", due_from="2023-01-01") == [late, late]
    for unit in ("长治市水利局", "长治市财政局"):
        base.progress.report(f"{UNDATED.id}:1", unit, state="done", date=DONE)
    assert rows("长治市水利局") == [late, late]
    base.progress.report(f"{UNDATED.id}:2", state="done", date=DONE)
    with pytest.raises(NotFound, match="nothing is open"):
        rows("长治市审计局")
    assert rows("长治市审计局", today="2024-01-09") == [undated]


def test_the_clerks_own_template_stands_before_ours(embedded_store: Store, tmp_path: Path) -> None:
    client = _client(embedded_store, tmp_path)
    (tmp_path / "templates").mkdir()
    own = docx.Document()
    own.add_paragraph("致{{ 单位 }}，共{{ 事项数 }}项")
    own.save(str(tmp_path / "templates" / "督办通知单.docx"))
    unit = client.get("/agencies").json()["rows"][0]["agency"]
    assert _words(client.get(f"/agencies/{unit}/notice.docx").content) == f"致{unit}，共1项"
    own.add_paragraph("{{ 没有这个 }}")
    own.save(str(tmp_path / "templates" / "督办通知单.docx"))
    refused = client.get(f"/agencies/{unit}/notice.docx")
    assert (refused.status_code, refused.json()["detail"]) == (422, "督办通知单.docx: there is no name 没有这个 to fill in")


def test_letters_say_what_is_not_checked(embedded_store: Store, tmp_path: Path) -> None:
    base = library(emptied(embedded_store), tmp_path / "sources", queries=QUERIES)
    base.load(write(tmp_path / "a.json", DOC))

    def said() -> list[bool]:
        notice = letters.notice(base.queries(), base.store, {"agency": "长治市水利局", "today": "2024-01-15"})
        bulletin = letters.bulletin(base.queries(), base.store, {"today": "2024-01-15"})
        words = ("其中2项出自尚未核对的文件，", "其中2项次出自尚未核对的文件，")
        return [here in _words(made.data) for here, made in zip(words, (notice, bulletin), strict=True)]

    assert said() == [True, True]
    base.decisions.review(DOC.id, "checked", by="王")
    assert said() == [False, False]


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda file: file.write_bytes(b"no zip"), "it is no Word document"),
        (lambda file: _saved(file, "{% for 行 in 事项列表 %}"), "the template cannot be understood"),
        (lambda file: _saved(file, "{% for 行 in 事项列表 %}{{ 行.谁 }}{% endfor %}"), "there is no name 谁 to fill in"),
        (lambda file: _saved(file, "{{ ''.__class__.__mro__ }}"), "the template cannot be understood"),
    ],
)
def test_what_is_wrong_with_a_template_is_said(make: Callable[[Path], object], said: str, tmp_path: Path) -> None:
    make(tmp_path / "通报.docx")
    with pytest.raises(UnreadableFile, match=said):
        letters.check("bulletin", tmp_path / "通报.docx")


def _saved(file: Path, words: str) -> None:
    made = docx.Document()
    made.add_paragraph(words)
    made.save(str(file))


@pytest.mark.parametrize("kind", ["notice", "bulletin"])
def test_our_templates_are_in_order_and_set_as_the_standard_has_it(kind: letters.Kind) -> None:
    letters.check(kind, letters.template(kind))
    made = docx.Document(str(letters.template(kind)))
    section = made.sections[0]
    margins = [section.top_margin, section.bottom_margin, section.left_margin, section.right_margin]
    assert [round(margin.mm) for margin in margins if margin is not None] == [37, 35, 28, 26]  # GB/T 9704—2012, 5.2.1
    assert section.page_width is not None and round(section.page_width.mm) == 210
    assert made.paragraphs[0].runs[0].font.size == Pt(22)  # size 2
    normal = made.styles["Normal"].element
    form, font = normal.find(qn("w:pPr")), normal.find(qn("w:rPr"))
    line, closer = (
        float(part.find(qn("w:spacing")).get(qn(f"w:{name}"))) / 20 for part, name in ((form, "line"), (font, "val"))
    )
    character = float(font.find(qn("w:sz")).get(qn("w:val"))) / 2 + closer
    assert (Mm(225).pt // line, Mm(156).pt // character) == (22, 28)  # 5.2.3
    assert section.footer_distance is not None
    assert section.footer_distance + Pt(16) < Mm(35)  # else the text ends higher
    sides = [foot.paragraphs[0].alignment for foot in (section.footer, section.even_page_footer)]
    assert sides == [WD_ALIGN_PARAGRAPH.RIGHT, WD_ALIGN_PARAGRAPH.LEFT]  # 7.5
    assert made.settings.odd_and_even_pages_header_footer
