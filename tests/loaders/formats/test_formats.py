"""Files of every format, made here, and the text, tables and pages that a reader of them sees."""

from __future__ import annotations

import io
import time
import zipfile
from collections.abc import Callable
from typing import Literal

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen import canvas
from reportlab.platypus import Flowable, PageBreak, Paragraph, SimpleDocTemplate
from reportlab.platypus import Table as PdfTable

from kg.errors import KgError, UnreadableFile
from kg.model import Source
from loaders.extract import extract
from loaders.read import read

TITLE = "平湖市人民政府办公室关于印发示例工作方案的通知"
BODY = "<p>各县区人民政府：</p><p>一、主要任务</p><p>1.推进政务公开，加强政策解读。（市司法局牵头，市财政局配合）</p><p>2.加强领导，健全工作机制。</p>"
LINES = [
    "各县区人民政府：",
    "一、主要任务",
    "1.推进政务公开，加强政策解读。（市司法局牵头，市财政局配合）",
    "2.加强领导，健全工作机制。",
]
NAV = '<ul class="menu">' + "".join(f'<li><a href="/{n}">政务公开栏目{n}</a></li>' for n in range(12)) + "</ul>"
CHROME = "<script>var a='x';</script><style>p{}</style><div class='share'>分享到：微信</div><div id='qr_container'>扫一扫在手机打开当前页</div>"
SIDE = '<div class="list">' + "".join(f"<a>关于第{n}件事项办理情况的通知</a>" for n in range(9)) + "</div>"


def lines(source: Source) -> list[str]:
    return source.text.splitlines()


def tables(source: Source) -> list[list[list[str]]]:
    return [[[cell.of(source.text) for cell in row] for row in table.rows] for table in source.tables]


def page(body: str, head: str = "") -> bytes:
    return f"<!DOCTYPE html><html><head><meta charset='utf-8'>{head}</head><body>{NAV}{body}{SIDE}</body></html>".encode()


# ---- web pages: one for each family of content management systems ---------------------------------------------------


@pytest.mark.parametrize(
    ("data", "head"),
    [
        (  # 中国政府网, policies: a header of nested tables, the article in a cell
            page(
                "<table><tr><td><table><tr><td><b>索 引 号：</b></td><td>000/2022-1</td><td><b>发文机关：</b></td><td>平湖市政府</td></tr>"
                f"<tr><td><b>标　　题：</b></td><td colspan=3>{TITLE}</td></tr><tr><td>主 题 词：</td><td></td></tr></table></td></tr></table>"
                f'<table><tr><td><table><tr><td id="UCAP-CONTENT">{BODY}</td></tr></table></td></tr></table>{CHROME}'
            ),
            ["索 引 号：000/2022-1", "发文机关：平湖市政府", f"标　　题：{TITLE}", TITLE],
        ),
        (  # 中国政府网, articles
            page(
                f"<h1 id='ti'>{TITLE}</h1><div class='pages-date'>2022-03-05 10:20 <span>来源：本网</span>"
                "<span>【字体：<b>大</b> 中 小】</span></div>"
                f"<div class=print><div class='pages_content' id='UCAP-CONTENT'>{BODY}<div style='display: none'>隐藏</div></div></div>"
                f"<div class='editor'>责任编辑：某某</div>{CHROME}"
            ),
            [TITLE],
        ),
        (  # 拓尔思 TRS
            page(
                f"<div class='bt'>{TITLE}</div><div><span>发布时间：2022-03-05</span><span>来源：市政府办</span><span>浏览次数：12</span></div>"
                f"<div class='TRS_Editor'><div class='TRS_UEDITOR trs_paper_default'>{BODY}</div></div>{CHROME}",
                f'<meta name="ArticleTitle" content="{TITLE}"><meta name="PubDate" content="2022-03-05 10:20">',
            ),
            ["发布时间：2022-03-05", TITLE],
        ),
        (  # 大汉 JCMS: a list of fields, the article in #zoom
            page(
                "<ul><li><em>索引号</em><span>11/2022-3</span></li><li><em>发文字号：</em><span>平政办发〔2022〕3号</span></li>"
                "<li><em>成文日期：</em><span>2022-03-01</span></li></ul>"
                f"<h1>平湖市人民政府办公室<br>关于印发示例工作方案的通知</h1><div id='zoom' class='bt_content'>{BODY}{CHROME}</div>"
            ),
            ["索引号：11/2022-3", "发文字号：平政办发〔2022〕3号", "成文日期：2022-03-01", TITLE],
        ),
        (  # 开普: dt and dd
            page(
                "<dl><dt>文　号</dt><dd>平政办发〔2022〕3号</dd><dt>发布日期</dt><dd>2022-03-05</dd></dl>"
                f"<div class='title'>{TITLE}</div><div class='ucontent'><ucapcontent>{BODY}</ucapcontent></div>{CHROME}"
            ),
            ["文　号：平政办发〔2022〕3号", "发布日期：2022-03-05", TITLE],
        ),
        (  # 博达: everything in a form
            page(
                f"<form name='_newscontent_fromname'><h2>{TITLE}</h2><div>2022年03月05日 点击：[12]</div>"
                f"<div id='vsb_content_2'><div class='v_news_content'>{BODY}</div></div><p>【<a>关闭窗口</a>】</p></form>"
            ),
            [TITLE],
        ),
        (  # 苏迪
            page(
                f"<h1 class='arti_title'>{TITLE}</h1><p><span>发布单位：市政府办</span> <span>浏览：12</span></p>"
                f"<div class='wp_articlecontent'>{BODY}</div>"
            ),
            ["发布单位：市政府办", TITLE],
        ),
        (  # gkmlpt of 广东: labels without colons
            page(
                "<div class='classify'><table><tr><td class='label'>索引号</td><td>12/2022-1</td><td class='label'>发布机构</td>"
                f"<td>平湖市政府办</td></tr></table></div><h1 class='title document-number'>{TITLE}</h1>"
                f"<div class='article-content'><div>{BODY}</div></div>{CHROME}"
            ),
            ["索引号：12/2022-1", "发布机构：平湖市政府办", TITLE],
        ),
        (  # 信息公开 platforms: the header is a table within the article
            page(
                "<div class='xxgk_content'><table><tr><td>索引号：</td><td>12/2022-1</td></tr><tr><td>发布日期：</td><td>2022-03-05</td></tr>"
                f"</table><p>{TITLE}</p>{BODY}</div>"
            ),
            ["索引号：12/2022-1", "发布日期：2022-03-05", TITLE],
        ),
        (  # a site that names nothing: trafilatura finds the main text
            page(
                f"<div class='x1'><div class='x2'><h1>{TITLE}</h1>{BODY.replace('<p>2', '<p>' + '为了做好工作，' * 40 + '</p><p>2')}</div></div>"
            ),
            [TITLE],
        ),
        (  # saved from a word processor: no layout at all
            f"<html><head><title>x</title></head><body><div class=WordSection1><p>{TITLE}</p>{BODY}</div></body></html>".encode(),
            [TITLE],
        ),
    ],
    ids=["gov.cn-policy", "gov.cn", "trs", "jcms", "ucap", "vsb", "sudy", "gkmlpt", "xxgk", "unknown", "word"],
)
def test_articles(data: bytes, head: list[str]) -> None:
    found = [line for line in lines(read(data, "a.html")) if "为了做好工作" not in line]
    assert found == head + LINES
    assert read(data, "a.html").tables == ()


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("<p>一行<br>二行</p>三行<div>四<b>行</b></div>", ["一行", "二行", "三行", "四行"]),
        ("<p>\n  各县\n  区 A \n B&nbsp;C　</p>", ["各县区 A B\xa0C"]),
        ("<ol start=3><li>推进</li><li><p>加强</p></li></ol><ul><li>点</li></ul>", ["3.推进", "4.加强", "点"]),
        ("<ol><li>（一）推进</li></ol>", ["（一）推进"]),
        ("<p>甲</p><p>【打印本页】【关闭窗口】</p><p>字体：大 中 小</p><p>浏览次数：12</p><p>乙</p>", ["甲", "乙"]),
        ("<table><tr><td><p>左</p></td></tr><tr><td>下</td></tr></table>", ["左", "下"]),  # one column: layout
        ("<table><tr><td><table><tr><td>内</td></tr></table></td><td>右</td></tr></table>", ["内", "右"]),  # nested: layout
    ],
)
def test_lines_of_a_page(body: str, expected: list[str]) -> None:
    padding = "<p>本页正文长于三十个字，因此版式容器中的文字才会被认作文章的正文内容。</p>"
    source = read(page(f"<div id=zoom>{padding}{body}</div>"), "a.html")
    assert lines(source)[1:] == expected


def test_a_table_of_a_page() -> None:
    """Merged cells stand at every place that they cover; a line break in a cell stays."""
    body = (
        "<table><caption>清单</caption><tr><th>序号</th><th>任务</th><th colspan=2>单位</th></tr>"
        "<tr><td>1</td><td>推进政务公开</td><td>市司法局</td><td rowspan=2>2023年<br>6月底前</td></tr>"
        "<tr><td>2</td><td>加强组织领导</td><td></td></tr><tr><td colspan=9>以上任务由各县区落实，定期报送情况</td></tr></table>"
    )
    source = read(page(f"<div class=TRS_Editor>{body}</div>"), "a.html")
    assert source.text == (
        "清单\n序号\t任务\t单位\t\n1\t推进政务公开\t市司法局\t2023年\n6月底前\n2\t加强组织领导\t\t\n以上任务由各县区落实，定期报送情况\t\t\t\n"
    )
    time_limit, all_of_it = "2023年\n6月底前", "以上任务由各县区落实，定期报送情况"
    assert tables(source) == [
        [
            ["序号", "任务", "单位", "单位"],
            ["1", "推进政务公开", "市司法局", time_limit],
            ["2", "加强组织领导", "", time_limit],
            [all_of_it] * 4,
        ]
    ]


SAID = "一、推进政务公开工作，加强政策解读和回应关切，健全工作机制，完善平台建设。"


@pytest.mark.parametrize(
    ("data", "name", "media_type"),
    [
        (f"<meta charset=gb2312><p>{SAID}</p>".encode("gb18030"), "a.html", "text/html"),
        (f"<html><p>{SAID}</p></html>".encode("gb18030"), "a.html", "text/html"),
        (
            f"<meta charset=gbk><p>{'文' * 2000}</p>".encode("gbk") + b"<p>\xce</p>" + f"<p>{SAID}</p>".encode("gbk"),
            "a.html",
            "text/html",
        ),
        (f"<meta charset=big5><p>{SAID}</p>".encode(), "a.html", "text/html"),  # not what it declares
        (f"\ufeff<html><meta charset=gbk><p>{SAID}</p>".encode(), "a.htm", "text/html"),
        (f"\ufeff<html><p>{SAID}</p>".encode("utf-16-le"), "a.html", "text/html"),
        (f"<!doctype html><p>{SAID}</p>".encode(), "a.txt", "text/html"),
        (SAID.encode(), "a.html", "text/plain"),
        (f"# {SAID}".encode(), "a.md", "text/markdown"),
        (f"# {SAID}".encode(), "a.txt", "text/plain"),
    ],
)
def test_kinds_are_told_by_what_a_file_holds(data: bytes, name: str, media_type: str) -> None:
    source = read(data, name)
    assert source.media_type == media_type
    assert SAID in source.text


def test_markdown() -> None:
    text = (
        "# 关于**印发**方案的通知\n\n## 一、主要任务\n\n1. 推进[公开](http://a)。\n2. 加强*领导*。\n\n    各县区要落实。\n一行\n二行\n\n"
        "| 序号 | 牵头单位 |\n|---|---|\n| 1 | 市司法局<br>市财政局 |\n\n<p>尾</p>\n"
    )
    source = read(text.encode(), "a.md")
    assert source.text == (
        "关于印发方案的通知\n一、主要任务\n1.推进公开。\n2.加强领导。\n各县区要落实。\n一行\n二行\n序号\t牵头单位\n1\t市司法局\n市财政局\n尾\n"
    )
    assert tables(source) == [[["序号", "牵头单位"], ["1", "市司法局\n市财政局"]]]


# ---- .docx ----------------------------------------------------------------------------------------------------------


def document(*body: str, numbering: str = "") -> bytes:
    """A .docx with the WordprocessingML `body`."""
    made = docx.Document()
    for xml in body:
        element = parse_xml(
            f"<w:body {nsdecls('w')} xmlns:mc='http://schemas.openxmlformats.org/markup-compatibility/2006'>{xml}</w:body>"
        )
        for child in list(element):
            made.element.body.insert(len(made.element.body) - 1, child)
    if numbering:
        root = made.part.numbering_part.element
        for child in list(root):
            root.remove(child)
        for child in list(parse_xml(f"<w:numbering {nsdecls('w')}>{numbering}</w:numbering>")):
            root.append(child)
    file = io.BytesIO()
    made.save(file)
    return file.getvalue()


def p(words: str, level: int | None = None, list_: int = 1) -> str:
    number = (
        f"<w:pPr><w:numPr><w:ilvl w:val='{level}'/><w:numId w:val='{list_}'/></w:numPr></w:pPr>" if level is not None else ""
    )
    return f"<w:p>{number}<w:r><w:t>{words}</w:t></w:r></w:p>"


def tc(words: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{''.join(p(part) for part in words.split('|'))}</w:tc>"


def lvl(n: int, form: str, text: str) -> str:
    return f"<w:lvl w:ilvl='{n}'><w:start w:val='1'/><w:numFmt w:val='{form}'/><w:lvlText w:val='{text}'/></w:lvl>"


NUMBERING = (
    f"<w:abstractNum w:abstractNumId='0'>{lvl(0, 'chineseCounting', '%1、')}{lvl(1, 'chineseCounting', '（%2）')}{lvl(2, 'decimal', '%3.')}"
    f"{lvl(3, 'decimal', '%1.%4')}</w:abstractNum><w:abstractNum w:abstractNumId='1'>{lvl(0, 'bullet', '•')}</w:abstractNum>"
    "<w:num w:numId='1'><w:abstractNumId w:val='0'/></w:num><w:num w:numId='2'><w:abstractNumId w:val='1'/></w:num>"
    "<w:num w:numId='3'><w:abstractNumId w:val='0'/><w:lvlOverride w:ilvl='0'><w:startOverride w:val='1'/></w:lvlOverride></w:num>"
)


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (
            p("甲", 0) + p("乙", 1) + p("丙", 1) + p("丁", 2) + p("戊", 0) + p("己", 1),
            "一、甲\n（一）乙\n（二）丙\n1.丁\n二、戊\n（一）己\n",
        ),
        (p("甲", 0) + p("") + p("", 0) + p("乙", 0) + p("丙", 3), "一、甲\n二、乙\n二.1 丙\n"),
        (p("甲", 0) + p("乙", 0, 3) + p("丙", 0, 3), "一、甲\n一、乙\n二、丙\n"),
        (p("点", 0, 2) + p("无", 0, 9), "点\n无\n"),
        ("<w:p><w:r><w:t>甲</w:t><w:br/><w:t>乙</w:t><w:tab/><w:t>丙</w:t></w:r></w:p>", "甲\n乙\t丙\n"),
        (
            "<w:p><w:r><w:t>市</w:t></w:r><w:ins><w:r><w:t>司法局</w:t></w:r></w:ins><w:del><w:r><w:delText>财政局</w:delText></w:r></w:del>"
            "<w:moveFrom><w:r><w:t>搬</w:t></w:r></w:moveFrom><w:r><w:rPr><w:vanish/></w:rPr><w:t>隐</w:t></w:r></w:p>",
            "市司法局\n",
        ),
        (f"<w:sdt><w:sdtPr/><w:sdtContent>{p('控件')}</w:sdtContent></w:sdt>{p('后')}", "控件\n后\n"),
        (
            "<w:p><w:r><w:t>主</w:t></w:r><w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:txbxContent>"
            f"{p('框')}</w:txbxContent></mc:Choice><mc:Fallback><w:txbxContent>{p('框')}</w:txbxContent></mc:Fallback></mc:AlternateContent></w:r></w:p>",
            "主\n框\n",
        ),
    ],
)
def test_paragraphs_of_a_docx(body: str, expected: str) -> None:
    assert read(document(body, numbering=NUMBERING), "a.docx").text == expected


def test_a_number_may_come_from_a_style() -> None:
    made = docx.Document()
    made.add_paragraph("推进", style="List Number")
    made.add_paragraph("加强", style="List Number")
    file = io.BytesIO()
    made.save(file)
    assert read(file.getvalue(), "a.docx").text == "1.推进\n2.加强\n"


def test_a_table_of_a_docx() -> None:
    begin, go_on, wide = "<w:vMerge w:val='restart'/>", "<w:vMerge/>", "<w:gridSpan w:val='2'/>"
    table = (
        f"<w:tbl><w:tr>{tc('序号')}{tc('任务')}{tc('单位', wide)}</w:tr>"
        f"<w:tr>{tc('1', begin)}{tc('推进|公开')}{tc('市司法局')}{tc('年底前')}</w:tr>"
        f"<w:ins><w:tr>{tc('', go_on)}{tc('加强')}{tc('')}{tc('年底前')}</w:tr></w:ins></w:tbl>"
    )
    source = read(document(p("前"), table, p("后")), "a.docx")
    assert source.text == "前\n序号\t任务\t单位\t\n1\t推进\n公开\t市司法局\t年底前\n\t加强\t\t年底前\n后\n"
    assert tables(source) == [
        [["序号", "任务", "单位", "单位"], ["1", "推进\n公开", "市司法局", "年底前"], ["1", "加强", "", "年底前"]]
    ]
    assert source.tables[0].rows[1][0] == source.tables[0].rows[2][0]


# ---- PDF ------------------------------------------------------------------------------------------------------------

TASK = "{}.推进第{}项政务公开工作，加强政策解读和回应关切，健全工作机制，完善平台建设，依法及时准确公开政府信息。（市司法局牵头，市财政局配合）"


def style(size: float = 16, indent: float = 0, alignment: Literal[0, 1] = 0) -> ParagraphStyle:
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    return ParagraphStyle(
        "p",
        fontName="STSong-Light",
        fontSize=size,
        leading=1.75 * size,
        firstLineIndent=indent,
        alignment=alignment,
        wordWrap="CJK",
    )


def pdf(*story: Flowable, size: tuple[float, float] = A4, head: str = "") -> bytes:
    """A PDF with a page number, and `head` above the text, on every page."""

    def furniture(page: canvas.Canvas, template: SimpleDocTemplate) -> None:
        page.setFont("STSong-Light", 12)
        page.drawCentredString(size[0] / 2, 40, f"— {template.page} —")
        page.drawString(80, size[1] - 40, head)

    file = io.BytesIO()
    SimpleDocTemplate(file, pagesize=size).build(list(story), onFirstPage=furniture, onLaterPages=furniture)
    return file.getvalue()


def paragraph(words: str) -> Paragraph:
    return Paragraph(words, style(indent=32))


def test_a_pdf() -> None:
    """A paragraph is a line, also over the turn of a page; the title's lines stay; page numbers and headers are left out."""
    title = Paragraph("平湖市人民政府办公室<br/>关于印发示例工作方案的通知", style(size=22, alignment=1))
    tasks = [TASK.format(1, 1), "2." + "推进政务公开工作，健全工作机制，" * 60 + "不断提高公开质量。（市司法局负责）"]
    source = read(pdf(title, *map(paragraph, tasks), head="平湖市人民政府文件"), "a.pdf")
    assert lines(source) == ["平湖市人民政府办公室", "关于印发示例工作方案的通知", *tasks]
    assert len(source.pages) == 2
    assert source.pages[0] == 0
    assert "\n" not in source.text[source.pages[1] - 1 : source.pages[1] + 1]  # inside a paragraph
    assert len(extract(pdf(title, *map(paragraph, tasks)), "a.pdf").documents[0].assignments) == 3


@pytest.mark.parametrize("size", [A4, landscape(A4)])
def test_a_table_of_a_pdf(size: tuple[float, float]) -> None:
    small = style(size=10)
    head = ["序号", "任务", "牵头单位", "完成时限"]
    long = "推进政务公开工作，加强政策解读和回应关切，健全工作机制"
    data = [head, ["1", long, "市司法局", "年底前"], ["2", "加强组织领导", "市财政局", ""], ["合计", "", "", ""]]
    table = PdfTable(
        [[Paragraph(words, small) for words in row] for row in data],
        colWidths=[40, 180, 100, 100],
        style=[("GRID", (0, 0), (-1, -1), 0.5, "black"), ("SPAN", (3, 1), (3, 2)), ("SPAN", (0, 3), (3, 3))],
    )
    source = read(pdf(paragraph("附件"), table, PageBreak(), paragraph("以上任务由各县区落实。"), size=size), "a.pdf")
    assert tables(source) == [[head, data[1], ["2", "加强组织领导", "市财政局", "年底前"], ["合计"] * 4]]
    assert lines(source)[0] == "附件"
    assert source.text[source.pages[1] :] == "以上任务由各县区落实。\n"


def test_a_table_over_two_pages_is_one() -> None:
    rows = [["序号", "任务"], *([str(n), f"第{n}项任务"] for n in range(1, 80))]
    small = style(size=10)
    table = PdfTable(
        [[Paragraph(w, small) for w in row] for row in rows], repeatRows=1, style=[("GRID", (0, 0), (-1, -1), 0.5, "black")]
    )
    source = read(pdf(table), "a.pdf")
    assert tables(source) == [rows]
    assert len(source.pages) == 3
    assert all(source.text[start].isdecimal() for start in source.pages[1:])


@pytest.mark.parametrize(("page_turned", "words_turned"), [(90, 90), (90, 0), (0, 90)])
def test_pages_that_lie_on_their_side(page_turned: int, words_turned: int) -> None:
    """Words and tables are read upright however the page is shown."""
    file = io.BytesIO()
    drawing = canvas.Canvas(file, pagesize=(600, 600))
    drawing.setPageRotation(page_turned)
    if words_turned:
        drawing.translate(600, 0)
        drawing.rotate(90)
    drawing.setFont("Helvetica", 16)
    drawing.grid([100, 300, 500], [300, 340, 380])
    for x, y, words in (
        (110, 350, "task"),
        (310, 350, "lead"),
        (110, 310, "publish"),
        (310, 310, "bureau"),
        (100, 500, "Annex"),
    ):
        drawing.drawString(x, y, words)
    drawing.drawString(100, 200, "for all counties")
    drawing.save()
    source = read(file.getvalue(), "a.pdf")
    assert lines(source)[0] == "Annex"
    assert lines(source)[-1] == "for all counties"
    assert tables(source) == [[["task", "lead"], ["publish", "bureau"]]]


def test_extraction_json_has_pages_only_where_there_are() -> None:
    assert extract(pdf(paragraph(TASK.format(1, 1))), "a.pdf").as_json()["source"]["pages"] == [0]
    assert "pages" not in extract(TASK.format(1, 1).encode(), "a.txt").as_json()["source"]


# ---- what is refused, and what must not take long -------------------------------------------------------------------


def scan() -> bytes:
    file = io.BytesIO()
    drawing = canvas.Canvas(file)
    for _ in range(3):
        drawing.rect(0, 0, 300, 300)
        drawing.showPage()
    drawing.save()
    return file.getvalue()


def many_pages() -> bytes:
    file = io.BytesIO()
    drawing = canvas.Canvas(file)
    for n in range(5000):
        drawing.drawString(100, 100, f"page {n} of a very long document")
        drawing.showPage()
    drawing.save()
    return file.getvalue()


def package(*names: str, size: int = 10) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in names:
            with archive.open(name, "w") as part:
                for _ in range(max(1, size // 1_000_000)):
                    part.write(b" " * min(size, 1_000_000))
    return file.getvalue()


def cut(data: bytes) -> bytes:
    return data[: len(data) // 2]


@pytest.mark.parametrize(
    ("make", "reason", "hint"),
    [
        (scan, "a scan", "OCR"),
        (many_pages, "5000 pages", "split"),
        (lambda: package("OFD.xml"), "OFD", "PDF"),
        (lambda: package("xl/workbook.xml"), "workbook is broken", ".xlsx"),
        (lambda: package("xl/workbook.bin"), "binary workbook", ".xlsx"),
        (lambda: package("a.txt"), "archive", "unpack"),
        (lambda: package("word/document.xml", size=400_000_000), "larger than", "pictures"),
        (lambda: package("word/document.xml"), "broken", ".docx"),
        (lambda: cut(document(p("甲"))), "broken", ".docx"),
        (lambda: document(""), "no text", "OCR"),
        (lambda: b"<div>" * 50_000, "nested too deeply", "browser"),
        (lambda: b"".join(b"<font a=%d>" % n for n in range(2000)) + b"<p>x" * 90_000, "nested too deeply", "browser"),
    ],
)
def test_refused_with_a_reason_and_what_to_try(make: Callable[[], bytes], reason: str, hint: str) -> None:
    data = make()
    start = time.thread_time()
    with pytest.raises(UnreadableFile) as caught:
        read(data, "a.xyz")
    assert time.thread_time() - start < 10
    assert caught.value.message.startswith("a.xyz: ")
    assert reason in caught.value.message
    assert hint in caught.value.hint


@pytest.mark.hostile
@pytest.mark.parametrize(
    "data",
    [
        b"<table>" * 2000 + b"<tr><td>x",
        b"<table>" + b"<tr><td rowspan=9999 colspan=9999>x" * 900 + b"</table>",
        b"<p>" + b"<b a=1>x</b>" * 90_000,
        b"<ol><li>" * 900 + b"x",
        b"<p>" + b"\n " * 500_000 + b"x",
        b"<" * 500_000 + b"<p>x",
        b"<p>x<!--" + b"-" * 500_000,
        b"<p>" + "索引号：".encode() * 50_000,
        b"<p>" + "【打印".encode() * 50_000,
    ],
    ids=lambda data: data[:12].decode(errors="replace"),
)
def test_hostile_pages_end_in_bounded_time(data: bytes) -> None:
    start = time.thread_time()
    try:
        read(b"<html>" + data, "a.html")
    except KgError as error:
        assert error.message.startswith("a.html: ")
    assert time.thread_time() - start < 10
