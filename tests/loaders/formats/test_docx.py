""".docx packages made part by part: revisions, notes, frames, boxes, pictures, and parts that are missing."""

from __future__ import annotations

import io
import time
import zipfile

import pytest

from kg.model import Source
from loaders.extract import extract
from loaders.read import read

SPACES = " ".join(
    f'xmlns:{prefix}="{name}"'
    for prefix, name in {
        "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
        "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
        "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
        "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
        "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
        "v": "urn:schemas-microsoft-com:vml",
        "o": "urn:schemas-microsoft-com:office:office",
    }.items()
)
TYPES = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
LINKS = "http://schemas.openxmlformats.org/package/2006/relationships"
TITLE = "平湖市水利局关于印发防汛任务清单的通知"
SIGNED = ("平湖市水利局", "2023年5月8日")


def package(body: str, links: dict[str, tuple[str, str]] | None = None, **parts: str) -> bytes:
    """A .docx with `body`, relationships by id (kind, target), and further parts of word/ by name."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(
            "_rels/.rels",
            f'<Relationships xmlns="{LINKS}">'
            f'<Relationship Id="a" Type="{TYPES}/officeDocument" Target="word/document.xml"/></Relationships>',
        )
        archive.writestr("word/document.xml", f"<w:document {SPACES}><w:body>{body}</w:body></w:document>")
        links = {**(links or {}), **{name: (name, f"{name}.xml") for name in parts}}
        written = "".join(
            f'<Relationship Id="{key}" Type="{TYPES}/{kind}" Target="{to}"/>' for key, (kind, to) in links.items()
        )
        archive.writestr("word/_rels/document.xml.rels", f'<Relationships xmlns="{LINKS}">{written}</Relationships>')
        for name, words in parts.items():
            archive.writestr(f"word/{name}.xml", f"<w:{name} {SPACES}>{words}</w:{name}>")
    return file.getvalue()


def p(words: str = "", inner: str = "", properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>{words}</w:t></w:r>{inner}</w:p>"


def tc(words: str = "", properties: str = "", inner: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{p(words)}{inner}</w:tc>"


def tr(*cells: str, properties: str = "") -> str:
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(cells)}</w:tr>"


def tbl(*rows: str) -> str:
    return f"<w:tbl>{''.join(rows)}</w:tbl>"


def lines(source: Source) -> list[str]:
    return source.text.splitlines()


def unread(source: Source) -> list[tuple[str, str, str | None]]:
    return [(part.kind, part.name, part.why) for part in source.unread]


HEAD = tr(tc("序号"), tc("工作任务"), tc("责任单位"))
DELETED = "<w:del w:id='1' w:author='a'/>"
ROWS = (tr(tc("1"), tc("清理河道"), tc("市水利局")), tr(tc("2"), tc("储备物资"), tc("市应急管理局")))


# ---- revisions ------------------------------------------------------------------------------------------------------


def test_rows_and_cells_that_are_deleted() -> None:
    begin, go_on = "<w:vMerge w:val='restart'/>", "<w:vMerge/>"
    table = tbl(
        HEAD,
        tr(tc("1"), tc("清理河道"), tc("市水利局"), properties=DELETED),
        tr(tc("2", begin), tc("储备物资"), tc("市财政局", "<w:cellDel w:id='2'/>")),
        tr(tc("", go_on), tc("再次清点"), tc("市粮食局"), properties=DELETED),
        tr(tc("", go_on), tc("登记造册"), tc("市审计局")),
    )
    source = read(package(p(TITLE) + table), "a.docx")
    assert lines(source)[1:] == ["序号\t工作任务\t责任单位", "2\t储备物资\t", "\t登记造册\t市审计局"]
    assert source.tables[0].rows[1][0] == source.tables[0].rows[2][0]
    assert unread(source) == [
        ("row", "表格第 2 行「1清理河道市水利局」", "deleted"),
        ("part", "表格第 3 行的单元格「市财政局」", "deleted"),
        ("row", "表格第 4 行「再次清点市粮食局」", "deleted"),
    ]


def test_paragraphs_whose_marks_are_deleted_are_one() -> None:
    mark = "<w:rPr><w:del w:id='3'/></w:rPr>"
    gone = "<w:del><w:r><w:delText>原定六月完成。</w:delText></w:r></w:del>"
    hidden = "<w:r><w:rPr><w:vanish/></w:rPr><w:t>内部掌握</w:t></w:r>"
    source = read(package(p("清理河道", gone, mark) + p("，储备物资。", hidden) + p("加强值守。")), "a.docx")
    assert lines(source) == ["清理河道，储备物资。", "加强值守。"]
    assert unread(source) == [
        ("part", "修订中删除的文字「原定六月完成。」", "deleted"),
        ("part", "隐藏的文字「内部掌握」", "hidden"),
    ]


# ---- tables in tables, boxes, controls ------------------------------------------------------------------------------


def test_a_table_that_frames_another_is_no_table() -> None:
    framed = tbl(tr(tc("任务清单", inner=tbl(HEAD, *ROWS) + p("以上任务年底前完成。"))))
    source = read(package(p(TITLE) + framed), "a.docx")
    assert lines(source)[1:] == [
        *("任务清单", "序号\t工作任务\t责任单位", "1\t清理河道\t市水利局", "2\t储备物资\t市应急管理局"),
        "以上任务年底前完成。",
    ]
    assert len(source.tables) == 1
    (document,) = extract(package(p(TITLE) + framed), "a.docx").documents
    assert [(task.title, task.kind) for task in document.tasks] == [("清理河道", "task"), ("储备物资", "task")]


def test_a_table_in_a_cell_of_a_table_of_tasks_is_part_of_the_cell() -> None:
    inner = tbl(tr(tc("甲段"), tc("乙段")), tr(tc("三公里"), tc("五公里")))
    table = tbl(HEAD, tr(tc("1"), tc("清理河道", inner=inner + p()), tc("市水利局")), ROWS[1])
    source = read(package(table), "a.docx")
    assert [cell.of(source.text) for cell in source.tables[0].rows[1]] == [
        "1",
        "清理河道\n甲段\n乙段\n三公里\n五公里",
        "市水利局",
    ]
    assert len(source.tables) == 1


def test_a_table_in_a_text_box() -> None:
    box = f"<w:txbxContent>{p('清单')}{tbl(HEAD, *ROWS)}</w:txbxContent>"
    drawn = (
        f"<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing>{box}</w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
    source = read(package(p("正文", drawn) + p("后文")), "a.docx")
    assert [line.split("\t")[0] for line in lines(source)] == ["正文", "清单", "序号", "1", "2", "后文"]
    assert len(source.tables) == 1


def test_a_text_box_only_for_old_programs_and_a_formula() -> None:
    shape = f"<w:pict><v:textbox><w:txbxContent>{p('框')}</w:txbxContent></v:textbox></w:pict>"
    box = f"<mc:AlternateContent><mc:Fallback>{shape}</mc:Fallback></mc:AlternateContent>"
    formula = "<m:oMath><m:r><m:t>x=1</m:t></m:r></m:oMath>"
    assert lines(read(package(p("甲", f"<w:r>{box}</w:r>{formula}")), "a.docx")) == ["甲x=1", "框"]


def test_words_before_a_deleted_mark_are_kept_at_the_end_too() -> None:
    body = p("推进公开") + p("加强监督", NOTE.format("footnote", 1), properties="<w:rPr><w:del/></w:rPr>")
    source = read(package(body, footnotes=f"<w:footnote w:id='1'>{p('见附件')}</w:footnote>"), "a.docx")
    assert lines(source) == ["推进公开", "加强监督", "【脚注】", "[1]见附件"]


# ---- notes, headers, comments ---------------------------------------------------------------------------------------

NOTE = "<w:r><w:{0}Reference w:id='{1}'/></w:r>"


def test_notes_stand_below_the_text_and_join_no_task() -> None:
    body = (
        p(TITLE)
        + p("一、清理河道。六月底前完成。（责任单位：市水利局）", NOTE.format("footnote", 7))
        + p("二、储备物资。（责任单位：市应急管理局）", NOTE.format("endnote", 2) + NOTE.format("footnote", 5))
        + "".join(map(p, SIGNED))
    )
    footnotes = "".join(
        f"<w:footnote w:id='{n}'>{p(words)}</w:footnote>"
        for n, words in ((0, ""), (5, "物资由市粮食局负责轮换，2023年9月底前完成。"), (7, "指一级河道。"), (9, "无人引用。"))
    )
    endnotes = f"<w:endnote w:id='2'>{p('见储备目录。')}</w:endnote>"
    data = package(body, footnotes=footnotes, endnotes=endnotes)
    source = read(data, "a.docx")
    assert lines(source)[5:] == [
        *("【脚注】", "[1]指一级河道。", "[2]物资由市粮食局负责轮换，2023年9月底前完成。", "【尾注】", "[1]见储备目录。")
    ]
    assert unread(source) == [("part", "脚注 2 条", "aside"), ("part", "尾注 1 条", "aside")]
    (document,) = extract(data, "a.docx").documents
    assert document.issued_on == "2023-05-08"
    assert {a.surface for a in document.assignments} == {"市水利局", "市应急管理局"}
    assert [d.due for d in document.deadlines] == ["2023-06-30"]
    assert [r.reason for r in document.residue if r.kind == "part"] == ["aside", "aside"]


def test_headers_and_comments_are_named() -> None:
    data = package(
        p("正文"), header=p("平湖市水利局内部资料"), footer=p("第 1 页 共 2 页"), comments=f"<w:comment>{p('待核')}</w:comment>"
    )
    assert unread(read(data, "a.docx")) == [
        ("part", "批注「待核」", "aside"),
        ("part", "页眉页脚「平湖市水利局内部资料」", "aside"),
    ]


# ---- pictures and missing parts -------------------------------------------------------------------------------------


def drawing(side: int, key: str = "p1", high: int = 0) -> str:
    extent = f"<wp:extent cx='{side * 360_000}' cy='{(high or side) * 360_000}'/>"
    return f"<w:r><w:drawing><wp:inline>{extent}<a:graphic><a:blip r:embed='{key}'/></a:graphic></wp:inline></w:drawing></w:r>"


@pytest.mark.parametrize(
    ("drawn", "named"),
    [
        (drawing(4), []),  # a seal
        (drawing(12, high=9), ["图片 image3.png"]),
        (drawing(15, high=3), ["图片 image3.png"]),  # a table of two rows
        (drawing(12, "missing"), ["图片"]),
        (
            "<w:r><w:pict><v:shape style='width:400pt;height:3in'><v:imagedata r:id='p1'/></v:shape></w:pict></w:r>",
            ["图片 image3.png"],
        ),
        ("<w:r><w:pict><v:shape style='width:60pt;height:60pt'><v:imagedata r:id='p1'/></v:shape></w:pict></w:r>", []),
        ("<w:r><w:object><o:OLEObject ProgID='Excel.Sheet.12'/></w:object></w:r>", ["嵌入的文件 Excel.Sheet.12"]),
    ],
)
def test_large_pictures_and_embedded_files_are_named(drawn: str, named: list[str]) -> None:
    """Also where the relationship or the part that it names is missing."""
    source = read(package(p("附件：任务清单", drawn), {"p1": ("image", "media/image3.png")}), "a.docx")
    assert [part.name for part in source.unread] == named
    assert source.text == "附件：任务清单\n"


def test_null_relationships_break_nothing() -> None:
    links = {"s": ("styles", "NULL"), "n": ("numbering", "../NULL"), "f": ("footnotes", ""), "h": ("header", "header9.xml")}
    assert read(package(p("正文", NOTE.format("footnote", 1)), links), "a.docx").text == "正文\n"


def test_an_embedded_document_is_named() -> None:
    source = read(package(p("正文") + "<w:altChunk r:id='c'/>" + p("后文"), {"c": ("aFChunk", "annex.html")}), "a.docx")
    assert unread(source) == [("part", "嵌入的文档 annex.html", None)]
    assert source.unread[0].at == len("正文\n")


def test_a_strict_document() -> None:
    """ISO/IEC 29500 Strict has other namespaces."""
    strict = package(p("严格格式"))
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(strict)) as old, zipfile.ZipFile(file, "w") as new:
        for name in old.namelist():
            words = old.read(name).replace(
                b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
                b"http://purl.oclc.org/ooxml/wordprocessingml/main",
            )
            new.writestr(
                name,
                words.replace(
                    b"http://schemas.openxmlformats.org/officeDocument/2006/", b"http://purl.oclc.org/ooxml/officeDocument/"
                ),
            )
    assert read(file.getvalue(), "a.docx").text == "严格格式\n"


# ---- numbers --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("form", "text", "printed"),
    [
        ("chineseCounting", "第%1条", ["第一条", "第十二条"]),
        ("chineseCountingThousand", "第%1章", ["第一章", "第十二章"]),
        ("ideographDigital", "%1、", ["一、", "一二、"]),
        ("chineseLegalSimplified", "%1、", ["壹、", "壹拾贰、"]),
        ("decimalEnclosedCircleChinese", "%1", ["①", "⑫"]),
        ("decimalFullWidth", "%1．", ["１．", "１２．"]),
        ("japaneseCounting", "（%1）", ["（一）", "（十二）"]),
        ("decimal", "第%1条", ["第1条", "第12条"]),
        ("ideographTraditional", "%1、", ["甲、", "12、"]),
    ],
)
def test_numbers_as_they_are_printed(form: str, text: str, printed: list[str]) -> None:
    level = f"<w:lvl w:ilvl='0'><w:numFmt w:val='{form}'/><w:lvlText w:val='{text}'/><w:suff w:val='nothing'/></w:lvl>"
    numbering = (
        f"<w:abstractNum w:abstractNumId='4'>{level}</w:abstractNum><w:num w:numId='1'><w:abstractNumId w:val='4'/></w:num>"
    )
    item = p("略", properties="<w:numPr><w:ilvl w:val='0'/><w:numId w:val='1'/></w:numPr>")
    found = lines(read(package(item * 12, numbering=numbering), "a.docx"))
    assert [found[0], found[11]] == [f"{number}略" for number in printed]


def test_a_list_that_a_list_style_defines() -> None:
    level = "<w:lvl w:ilvl='0'><w:numFmt w:val='chineseCounting'/><w:lvlText w:val='%1、'/></w:lvl>"
    numbering = (
        f"<w:abstractNum w:abstractNumId='1'>{level}</w:abstractNum>"
        "<w:abstractNum w:abstractNumId='2'><w:numStyleLink w:val='clauses'/></w:abstractNum>"
        "<w:num w:numId='5'><w:abstractNumId w:val='1'/></w:num><w:num w:numId='6'><w:abstractNumId w:val='2'/></w:num>"
    )
    styles = "<w:style w:styleId='clauses'><w:pPr><w:numPr><w:numId w:val='5'/></w:numPr></w:pPr></w:style>"
    item = p("略", properties="<w:numPr><w:ilvl w:val='0'/><w:numId w:val='6'/></w:numPr>")
    assert lines(read(package(item * 2, numbering=numbering, styles=styles), "a.docx")) == ["一、略", "二、略"]


@pytest.mark.hostile
def test_what_is_said_of_lists_costs_no_more_than_their_paragraphs() -> None:
    """Styles that are all based on one another, a level without end, numbers of a million characters."""
    many = 6000
    item = "<w:numPr><w:ilvl w:val='{}'/><w:numId w:val='1'/></w:numPr>"
    levels = "".join(
        f"<w:lvl w:ilvl='{n}'><w:lvlText w:val='{'第' * 1_000_000 if n == 1 else '%1、'}'/></w:lvl>" for n in range(many)
    )
    numbering = (
        f"<w:abstractNum w:abstractNumId='0'>{levels}</w:abstractNum><w:num w:numId='1'><w:abstractNumId w:val='0'/></w:num>"
    )
    styles = "".join(f"<w:style w:styleId='s{n}'><w:basedOn w:val='s{n + 1}'/></w:style>" for n in range(many))
    body = "".join(
        p("略", properties="<w:pStyle w:val='s0'/>") + p("略", properties=item.format(n)) + p("略", properties=item.format(1))
        for n in range(many)
    )
    start = time.thread_time()
    text = read(package(body, numbering=numbering, styles=styles), "a.docx").text
    assert time.thread_time() - start < 10
    assert len(text) < many * 300
    assert text.count("、略") == 8
