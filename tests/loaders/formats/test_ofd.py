"""OFD files, made here part by part, and the text, tables and pages that a reader of them sees."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping
from itertools import groupby

import docx
import pytest
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen import canvas

from kg.errors import UnreadableFile
from kg.model import Source
from loaders.read import read
from tests.loaders.formats.demanded import facts

NS = 'xmlns:ofd="http://www.ofdspec.org/2016"'
OLD_NS = 'xmlns:x="http://www.ofdspec.org"'


def text(words: str, x: float, y: float, *, size: float = 5.6, apart: float | None = None, more: str = "") -> str:
    """A TextObject whose first character stands at x, y (its baseline), in mm."""
    steps = f' DeltaX="{" ".join(str(apart or size * width(word)) for word in words[:-1])}"' if len(words) > 1 else ""
    return (
        f'<ofd:TextObject ID="1" Boundary="{x} {y - size} 170 {2 * size}" Font="1" Size="{size}" {more}>'
        f'<ofd:TextCode X="0" Y="{size}"{steps}>{words}</ofd:TextCode></ofd:TextObject>'
    )


def width(words: str) -> float:
    """In characters: figures are half as wide."""
    return sum(0.5 if word < "\x7f" else 1 for word in words)


def path(*places: tuple[float, float]) -> str:
    drawn = " ".join(f"{'L' if n else 'M'} {x} {y}" for n, (x, y) in enumerate(places))
    return f'<ofd:PathObject ID="2" Boundary="0 0 210 297"><ofd:AbbreviatedData>{drawn}</ofd:AbbreviatedData></ofd:PathObject>'


def ofd(*pages: str, document: str = "", parts: Mapping[str, str | bytes] | None = None, root: str = "Doc_0/") -> bytes:
    """A package with a page for each content; `document` is added to Document.xml, `parts` are added by name."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr(
            "OFD.xml", f"<ofd:OFD {NS}><ofd:DocBody><ofd:DocRoot>{root}Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>"
        )
        listed = "".join(f'<ofd:Page ID="{n}" BaseLoc="Pages/Page_{n}/Content.xml"/>' for n in range(len(pages)))
        package.writestr(
            "Doc_0/Document.xml",
            f"<ofd:Document {NS}><ofd:CommonData><ofd:PageArea><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox></ofd:PageArea>"
            f"<ofd:PublicRes>PublicRes.xml</ofd:PublicRes>"
            f'<ofd:TemplatePage ID="90" BaseLoc="Tpls/Tpl_0/Content.xml"/></ofd:CommonData>'
            f"<ofd:Pages>{listed}</ofd:Pages>{document}</ofd:Document>",
        )
        for n, content in enumerate(pages):
            package.writestr(
                f"Doc_0/Pages/Page_{n}/Content.xml",
                f'<ofd:Page {NS}><ofd:Content><ofd:Layer ID="3">{content}</ofd:Layer></ofd:Content></ofd:Page>',
            )
        for name, part in (parts or {}).items():
            package.writestr(name, part)
    return file.getvalue()


def composites(*drawings: str) -> dict[str, str]:
    """Resources with drawings of the numbers 8, 9, …"""
    units = "".join(
        f"<ofd:CompositeGraphicUnit ID='{n}'><ofd:Content>{drawing}</ofd:Content></ofd:CompositeGraphicUnit>"
        for n, drawing in enumerate(drawings, 8)
    )
    return {"Doc_0/PublicRes.xml": f"<ofd:Res {NS}><ofd:CompositeGraphicUnits>{units}</ofd:CompositeGraphicUnits></ofd:Res>"}


def tables(source: Source) -> list[list[list[str]]]:
    return [[[cell.of(source.text) for cell in row] for row in table.rows] for table in source.tables]


# ---- one letter in many formats -------------------------------------------------------------------------------------

LETTER = [
    ("海宁市人民政府办公室关于做好防汛备汛工作的通知", 0),
    ("海政办发〔2023〕21号", 0),
    ("各镇人民政府、各街道办事处，市政府各部门：", 0),
    ("一、健全责任体系", 2),
    (
        "（一）落实防汛行政责任人，逐级签订责任书，及时向社会公布水库、河道、山塘等重点工程的责任人名单。"
        "（市水利局牵头，市应急管理局、各镇人民政府配合，2023年5月底前完成）",
        2,
    ),
    (
        "（二）开展隐患排查，对病险水闸、低洼易涝区逐处登记，建立问题、措施、责任、时限四张清单，按月通报整改进度。"
        "（责任单位：市住房和城乡建设局、市水利局）",
        2,
    ),
    ("二、强化物资保障", 2),
    ("（三）补足抢险物资，更新排涝设备，组织应急队伍开展实战演练。（市应急管理局负责，2023年6月15日前完成）", 2),
    ("海宁市人民政府办公室", 14),
    ("2023年4月20日", 16),
]  # fmt: skip
"""Each paragraph with the characters that its first line is set in."""

WIDTH = 28  # characters of a line


def set_lines() -> list[tuple[str, int]]:
    """The letter in lines of a page, each with where it begins."""
    lines: list[tuple[str, int]] = []
    for paragraph, indent in LETTER:
        line, room = "", WIDTH - indent
        for word in paragraph:
            if width(line + word) > room:
                lines.append((line, WIDTH - room))
                line, room = "", WIDTH
            line += word
        lines.append((line, WIDTH - room))
    return lines


def as_ofd(character_by_character: bool = False) -> bytes:
    content = []
    for n, (words, indent) in enumerate(set_lines()):
        x, y = 26 + 5.6 * indent, 50 + 10 * n
        one_by_one = "".join(text(word, x + 5.6 * width(words[:k]), y) for k, word in enumerate(words))
        content.append(one_by_one if character_by_character else text(words, x, y))
    half = len(content) // 2
    numbers = (text(f"— {n} —", 100, 280, size=4) for n in (1, 2))
    return ofd("".join([*content[:half], next(numbers)]), "".join([*content[half:], next(numbers)]))


def as_ofd_of_one_object() -> bytes:
    """As programs write it that print to OFD: one object in a block, a line in a TextCode, equal steps counted, scaled."""
    codes = ""
    for n, (words, indent) in enumerate(set_lines()):
        runs = [(len(list(run)), step) for step, run in groupby(map(width, words[:-1]))]
        steps = " ".join(f"g {count} {step}" for count, step in runs)
        codes += f'<ofd:TextCode X="{indent}" Y="{1 + 1.8 * n}" DeltaX="{steps}">{words}</ofd:TextCode>'
    placed = 'Boundary="26 44 170 250" CTM="5.6 0 0 5.6 0 0" Size="1" Font="1"'
    return ofd(f'<ofd:PageBlock ID="5"><ofd:TextObject ID="1" {placed}>{codes}</ofd:TextObject></ofd:PageBlock>')


def as_pdf() -> bytes:
    file = io.BytesIO()
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    drawing = canvas.Canvas(file, pagesize=(210 * mm, 297 * mm))
    drawing.setFont("STSong-Light", 16)
    for n, (words, indent) in enumerate(set_lines()):
        drawing.drawString((26 + 5.6 * indent) * mm, (247 - 10 * n) * mm, words)
    drawing.save()
    return file.getvalue()


def as_docx() -> bytes:
    document, file = docx.Document(), io.BytesIO()
    for words, _ in LETTER:
        document.add_paragraph(words)
    document.save(file)
    return file.getvalue()


@pytest.mark.parametrize("make", [as_ofd, lambda: as_ofd(True), as_ofd_of_one_object, as_pdf, as_docx])
def test_one_letter_gives_the_same_facts_in_every_format(make: Callable[[], bytes]) -> None:
    plain = facts("\n".join(words for words, _ in LETTER).encode(), "a.txt")
    assert len(plain[0]["assignments"]) == 6
    assert [deadline["due"] for deadline in plain[0]["deadlines"]] == ["2023-05-31", None, "2023-06-15"]
    assert facts(make(), "a.ofd") == plain


def test_pages_begin_where_their_words_do() -> None:
    source = read(as_ofd(), "a.ofd")
    assert source.media_type == "application/ofd"
    assert source.text == "".join(f"{words}\n" for words, _ in LETTER)
    assert source.pages[0] == 0
    assert source.text[source.pages[1] :].startswith(set_lines()[len(set_lines()) // 2][0])


# ---- layouts --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (text("会议纪要", 60, 40, apart=16), "会议纪要\n"),  # spaced letters
        (text("通　知", 90, 40), "通知\n"),
        (text("牵头单位", 30, 40) + text("完成时限", 90, 40), "牵头单位 完成时限\n"),
        (text("后一行", 30, 60) + text("前一行", 30, 40), "前一行\n后一行\n"),
        (f'<ofd:PageBlock ID="5">{text("块中的字", 30, 40)}</ofd:PageBlock>', "块中的字\n"),
        (text("放大的字", 30, 40, size=1, more='CTM="6 0 0 6 0 0"'), "放大的字\n"),
        (text("粗体字", 30, 40) + text("粗体字", 30.2, 40), "粗体字\n"),
        (text("看得见", 30, 40) + text("看不见", 30, 60, more='Visible="false"'), "看得见\n"),
        (text("看得见", 30, 40) + "<ofd:CompositeObject ID='7' ResourceID='8' Boundary='0 50 9 9'/>", "看得见\n图中的字\n"),
        (f"<x:Layer {OLD_NS}>{text('前缀不同', 30, 40).replace('ofd:', 'x:')}</x:Layer>", "前缀不同\n"),
    ],
)  # fmt: skip
def test_lines_of_an_ofd(content: str, expected: str) -> None:
    drawing = (
        f"<ofd:CompositeGraphicUnit ID='8'><ofd:Content>{text('图中的字', 30, 10)}</ofd:Content></ofd:CompositeGraphicUnit>"
    )
    resources = f"<ofd:Res {NS}><ofd:CompositeGraphicUnits>{drawing}</ofd:CompositeGraphicUnits></ofd:Res>"
    assert read(ofd(content, parts={"Doc_0/PublicRes.xml": resources}), "a.ofd").text == expected


def test_a_ruled_table_of_an_ofd() -> None:
    """Rules at the sides and a merged cell under 完成时限."""
    across = [path((20, y), (180, y)) for y in (40, 52, 76)] + [path((20, 64), (140, 64))]
    down = [path((x, 40), (x, 76)) for x in (20, 40, 100, 140, 180)]
    words = [
        *zip(["序号", "任务", "责任单位", "完成时限"], (22, 42, 102, 142), [48] * 4, strict=True),
        *zip(["1", "修订预案", "市水利局"], (22, 42, 102), [60] * 3, strict=True),
        *zip(["2", "开展演练", "市气象局"], (22, 42, 102), [72] * 3, strict=True),
        ("5月底前", 142, 66),
    ]
    source = read(ofd("".join([*across, *down, *(text(w, x, y, size=4) for w, x, y in words), text("附件", 20, 30)])), "a.ofd")
    head = ["序号", "任务", "责任单位", "完成时限"]
    assert tables(source) == [[head, ["1", "修订预案", "市水利局", "5月底前"], ["2", "开展演练", "市气象局", "5月底前"]]]
    assert source.text.startswith("附件\n序号\t任务")


def test_a_table_without_rules_of_an_ofd() -> None:
    words = [
        *zip(["序号", "重点任务", "责任单位"], (26, 50, 140), [50] * 3, strict=True),
        *zip(["1", "清淤疏浚城区河道", "市住建局"], (26, 50, 140), [60] * 3, strict=True),
        *zip(["2", "更换老旧排水管网", "市城管局"], (26, 50, 140), [70] * 3, strict=True),
    ]
    source = read(ofd("".join(text(w, x, y, size=4) for w, x, y in words)), "a.ofd")
    rows = [["1", "清淤疏浚城区河道", "市住建局"], ["2", "更换老旧排水管网", "市城管局"]]
    assert tables(source) == [[["序号", "重点任务", "责任单位"], *rows]]


def test_columns_of_an_ofd() -> None:
    """What stands on the left is read before what stands on the right."""
    left = ["各乡镇要逐村登记危房，", "当日上报核查结果，限期", "搬离，不得迟报、瞒报。"]
    right = ["县住建局负责汇总数据，", "每周通报一次进度，年底", "前全部销号，张榜公布。"]
    columns = ((left, 26), (right, 120))
    source = read(ofd("".join(text(w, x, 50 + 10 * n) for lines, x in columns for n, w in enumerate(lines))), "a.ofd")
    assert source.text.replace("\n", "") == "".join([*left, *right])


def test_what_gives_no_words_is_named() -> None:
    template = (
        f"<ofd:Page {NS}><ofd:Content><ofd:Layer>{text('海宁市人民政府文件', 40, 30)}</ofd:Layer></ofd:Content></ofd:Page>"
    )
    attached = f"<ofd:Attachments {NS}><ofd:Attachment ID='1' Name='任务清单.xlsx'/></ofd:Attachments>"
    annotations = f"<ofd:Annotations {NS}><ofd:Page PageID='0'><ofd:FileLoc>P.xml</ofd:FileLoc></ofd:Page></ofd:Annotations>"
    annotated = (
        f"<ofd:PageAnnot {NS}><ofd:Annot Type='Highlight'><ofd:Remark>请城建科阅办</ofd:Remark></ofd:Annot>"
        f"<ofd:Annot Type='Watermark'><ofd:Appearance>{text('征求意见稿', 9, 9)}</ofd:Appearance></ofd:Annot></ofd:PageAnnot>"
    )
    medium = "<ofd:MultiMedia ID='6'><ofd:MediaFile>Res/scan.jpg</ofd:MediaFile></ofd:MultiMedia>"
    media = f"<ofd:Res {NS}><ofd:MultiMedias>{medium}</ofd:MultiMedias></ofd:Res>"
    source = read(
        ofd(
            text("请各单位认真抓好落实。", 30, 40) + text("内部资料", 60, 200, more='CTM="0.7 0.7 -0.7 0.7 0 0"'),
            "<ofd:ImageObject ID='5' ResourceID='6' Boundary='0 0 210 297'/>",
            document="<ofd:Annotations>Annots/Annotations.xml</ofd:Annotations>"
            "<ofd:Attachments>Attachs/Attachments.xml</ofd:Attachments>",
            parts={
                "Doc_0/Tpls/Tpl_0/Content.xml": template,
                "Doc_0/Attachs/Attachments.xml": attached,
                "Doc_0/Annots/Annotations.xml": annotations,
                "Doc_0/Annots/P.xml": annotated,
                "Doc_0/PublicRes.xml": media,
            },
        ),
        "a.ofd",
    )
    assert source.text == "请各单位认真抓好落实。\n"
    assert [(part.kind, part.name) for part in source.unread] == [
        ("page", "第 2 页"),
        ("part", "模板「海宁市人民政府文件」"),
        ("part", "旋转的文字「内部资料」"),
        ("part", "附件「任务清单.xlsx」"),
        ("picture", "图片 scan.jpg"),
        ("part", "批注「请城建科阅办」"),
        ("part", "批注「征求意见稿」"),
    ]


# ---- what is refused ------------------------------------------------------------------------------------------------


def laughing() -> bytes:
    """Drawings that draw each other, ten times each."""
    drawings = [f"<ofd:CompositeObject ResourceID='{n}'/>" * 10 for n in range(9, 25)]
    return ofd("<ofd:CompositeObject ResourceID='8'/>", parts=composites(*drawings))


@pytest.mark.parametrize(
    ("make", "reason"),
    [
        (lambda: ofd("<ofd:ImageObject ID='5' Boundary='0 0 210 297'/>"), "a scan"),
        (ofd, "no text"),
        (lambda: ofd(text("目录", 1, 1, more='CTM="0 1 -1 0 0 0"')), "do not stand upright"),
        (lambda: ofd("<ofd:TextObject"), "broken"),
        (lambda: ofd(text("字", 1, 1).replace('X="0"', 'X="nan"')), "broken"),
        (lambda: ofd(text("\ue123\ue124\ue125\ue126\ue127\ue128", 30, 40)), "do not say which characters"),
        (lambda: ofd(text("字", 30, 40), parts={"Doc_0/Encryptions.xml": "<a/>"}), "password"),
        (lambda: ofd(parts={"Doc_0/PublicRes.xml": f"<a>{' ' * 3_000_000}</a>"}), "larger than an OFD"),
        (lambda: ofd(*["<ofd:PageBlock/>"] * 1001), "more than 1000 pages"),
        pytest.param(laughing, "longer than", marks=pytest.mark.hostile),
        (lambda: ofd(text("字", 1, 1), root="Doc_9/"), "no text"),
    ],
)
def test_refused_with_a_reason(make: Callable[[], bytes], reason: str) -> None:
    with pytest.raises(UnreadableFile, match=r"^a\.ofd: ") as caught:
        read(make(), "a.ofd")
    assert reason in caught.value.message
    assert caught.value.hint


def test_entities_are_not_resolved() -> None:
    entity = '<!DOCTYPE x [<!ENTITY a "市财政局">]>'
    template = f"{entity}<ofd:Page {NS}><ofd:Content><ofd:Layer>{text('&amp;a;', 30, 40)}</ofd:Layer></ofd:Content></ofd:Page>"
    parts = {"Doc_0/Tpls/Tpl_0/Content.xml": template.replace("&amp;", "&")}
    assert read(ofd(text("落实责任", 30, 40), parts=parts), "a.ofd").unread == ()
