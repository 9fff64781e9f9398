"""Pictures and scans: what text recognition reads, what it doubts, and what is said where it is not installed."""

from __future__ import annotations

import io
import struct
import sys
import zlib
from collections.abc import Callable, Sequence
from pathlib import Path

import docx
import pytest
from docx.shared import Cm
from PIL import Image
from reportlab.lib.utils import ImageReader

from kg.errors import UnreadableFile
from kg.model import Document, Source, Span
from loaders.apart import recognising
from loaders.extract import extract
from loaders.formats import pdf, pictures
from loaders.formats.layout.pages import Page
from loaders.formats.recognised import Read, doubtful_in, is_installed
from loaders.read import read
from loaders.text.view import plain
from tests.loaders.formats.msdoc import Doc, p, picf, picture
from tests.loaders.formats.scans import FONT, HEIGHT, LEFT, WIDTH, Paper
from tests.loaders.formats.test_ofd import NS, ofd
from tests.loaders.formats.test_pdf import Sheet

COMMAND = "pip install 'duty-kg[ocr]'"
recognises = pytest.mark.skipif(
    not (is_installed() and Path(FONT).is_file()), reason=f"text recognition or fonts-noto-cjk is not installed: {COMMAND}"
)

OFFICE = "黄山市水利局"
NUMBER = "黄水〔2023〕18号"
TITLE = "关于做好山洪灾害防御工作的通知"
TO = "各区县水利局："
ITEMS = (
    "一、完善监测预警体系。更新山洪灾害危险区清单，2023年5月31日前完成复核。（牵头单位：市水利局，配合单位：市气象局、市应急管理局）",
    "二、落实转移避险责任。逐村逐户明确责任人和转移路线。（责任单位：各区县人民政府）",
    "三、加强值班值守。汛期实行领导带班制度。（责任单位：市应急管理局）",
)
DATE = "2023年3月14日"
ROWS = (
    ("序号", "工作任务", "牵头单位", "完成时限"),
    ("1", "修订预案并报备", "市应急管理局", "2023年4月底前"),
    ("2", "检修预警广播，更换老旧设备，保证每村一台", "市水利局", "2023年6月底前"),
)


def letter(*, table: bool = False, seal: bool = False) -> Paper:
    paper = Paper()
    paper.centre(f"{OFFICE}文件", 70, "red")
    paper.centre(NUMBER)
    paper.draw.line((LEFT, paper.y, WIDTH - LEFT, paper.y), "red", 4)
    paper.y += 60
    paper.centre(TITLE, 44)
    paper.paragraph(TO, 0)
    for item in ITEMS:
        paper.paragraph(item)
    if table:
        paper.table(ROWS, (90, 380, 230, 230))
    paper.right(OFFICE)
    paper.right(DATE)
    if seal:
        paper.seal(WIDTH - LEFT - 200, paper.y - 70, OFFICE)
    return paper


def facts(document: Document) -> dict[str, object]:
    return {
        "frame": (document.title, document.doc_number, document.issuers, document.issued_on, document.place),
        "tasks": [(task.number, task.kind, task.title) for task in document.tasks],
        "units": [(a.name, a.role, a.basis, a.agency.id) for a in document.assignments],
        "days": [(x.surface, x.due) for x in document.deadlines],
    }


def as_pdf(paper: Paper, sheet: Sheet | None = None) -> bytes:
    """A PDF whose last page is the paper, as a scanner makes it."""
    sheet = sheet or Sheet()
    sheet.canvas.drawImage(ImageReader(paper.image), 0, 0, 595, 842)
    return sheet.data()


def as_ofd(paper: Paper) -> bytes:
    """An OFD whose page is the paper."""
    medium = "<ofd:MultiMedia ID='6'><ofd:MediaFile>scan.png</ofd:MediaFile></ofd:MultiMedia>"
    media = f"<ofd:Res {NS} BaseLoc='Res'><ofd:MultiMedias>{medium}</ofd:MultiMedias></ofd:Res>"
    parts: dict[str, str | bytes] = {"Doc_0/PublicRes.xml": media, "Doc_0/Res/scan.png": paper.data()}
    return ofd("<ofd:ImageObject ID='5' ResourceID='6' Boundary='0 0 210 297' CTM='210 0 0 297 0 0'/>", parts=parts)


# ---- what is recognised ---------------------------------------------------------------------------------------------


@recognises
@pytest.mark.parametrize("way", ["png", "turned jpg", "pdf", "ofd"])
def test_a_scanned_letter_gives_the_facts_of_its_text(way: str) -> None:
    written = extract("\n".join((f"{OFFICE}文件", NUMBER, TITLE, TO, *ITEMS, OFFICE, DATE)).encode(), "a.txt")
    paper = letter()
    if way == "turned jpg":  # as it lies on the glass
        paper.image = paper.image.rotate(-1.2, fillcolor="white", resample=Image.Resampling.BICUBIC)
    if way == "ofd":  # on its side, and once it is turned, on its head
        paper.image = paper.image.transpose(Image.Transpose.ROTATE_90)
    if way in ("pdf", "ofd"):
        data = as_pdf(paper) if way == "pdf" else as_ofd(paper)
    else:
        data = paper.data("JPEG" if way == "turned jpg" else "PNG")
    found: list[str] = []

    def elsewhere(recognise: Callable[[], str]) -> str:
        found.append(recognise())
        return found[-1]

    scanned = extract(data, f"a.{way[-3:]}", elsewhere)
    assert facts(scanned.documents[0]) == facts(written.documents[0])
    assert len(scanned.documents[0].assignments) == 5
    assert plain(scanned.source.text).split() == plain(written.source.text).split()
    assert scanned.source.recognised == (Span(0, len(scanned.source.text)),)
    assert (scanned.source.pages, scanned.source.unread) == ((0,), ())
    assert len(found) == 1


@recognises
def test_a_table_under_a_seal() -> None:
    """Red ink goes, what is printed under it and red headings stay; a character alone in its line is read too."""
    source = read(letter(table=True, seal=True).data(), "a.png")
    assert source.media_type == "image/png"
    [table] = source.tables
    assert tuple(tuple(cell.of(source.text) for cell in row) for row in table.rows) == ROWS
    assert source.text.splitlines()[0] == f"{OFFICE}文件"
    assert source.text.splitlines()[-2:] == [OFFICE, DATE]
    assert source.unread == ()


@recognises
def test_a_pdf_of_which_one_page_is_a_scan() -> None:
    sheet = Sheet()
    sheet.centre(60, "黄山市水利局关于防御山洪灾害的通知")
    sheet.say(60, 100, "一、压实工作责任。（责任单位：市财政局）")
    sheet.turn()
    paper = Paper()
    paper.paragraph("二、开展隐患排查。（责任单位：市水利局）")
    extraction = extract(as_pdf(paper, sheet), "a.pdf")
    source = extraction.source
    scan = Span(source.pages[1], len(source.text))
    assert source.recognised == (scan,)
    assert source.unread == ()
    said = extraction.as_json()
    assert said["source"]["recognised"] == [list(scan)]
    [document] = said["documents"]
    assert [(a["name"], a.get("recognised")) for a in document["assignments"]] == [("市财政局", None), ("市水利局", True)]
    assert [(task["number"], task.get("recognised")) for task in document["tasks"]] == [("一", None), ("二", True)]


@recognises
def test_pages_of_a_tiff_go_on_from_one_another_and_an_empty_one_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = Paper(), Paper()
    first.paragraph(
        "一、完善监测预警体系。更新山洪灾害危险区清单，划定转移路线，设立警示标志，及时向社会公布，并按规定逐级报送给"
    )
    second.paragraph("上一级水利部门备案。（责任单位：市水利局）", 0)
    second.say(WIDTH // 2 - 60, HEIGHT - 120, "— 2 —", 28)
    file = io.BytesIO()
    first.image.save(file, "TIFF", save_all=True, append_images=[Image.new("RGB", (WIDTH, HEIGHT), "white"), second.image])
    source = read(file.getvalue(), "a.tif")
    assert source.media_type == "image/tiff"
    assert plain(source.text).splitlines()[0].endswith("并按规定逐级报送给上一级水利部门备案。(责任单位:市水利局)")
    assert "2" not in source.text
    assert [part.name for part in source.unread] == ["第 2 页：识别不出文字"]
    assert len(source.pages) == 3
    monkeypatch.setattr(pictures, "MOST_PAGES", 1)
    limited = read(file.getvalue(), "a.tif")
    assert [part.name for part in limited.unread] == ["第 2 页起"]
    assert source.text.startswith(limited.text.rstrip())


@recognises
def test_a_picture_in_a_word_file_is_read_where_it_stands() -> None:
    paper = Paper()
    paper.table(ROWS, (90, 380, 230, 230))
    document = docx.Document()
    document.add_paragraph("附件：任务分工表")
    document.add_picture(io.BytesIO(paper.data()), width=Cm(15))
    document.add_picture(io.BytesIO(Paper().data()), width=Cm(15))
    document.add_paragraph("表后的话")
    file = io.BytesIO()
    document.save(file)
    source = read(file.getvalue(), "a.docx")
    assert [[cell.of(source.text) for cell in row] for row in source.tables[0].rows] == [list(row) for row in ROWS]
    assert source.text.splitlines()[0] == "附件：任务分工表"
    assert source.text.splitlines()[-1] == "表后的话"
    assert source.recognised == (source.tables[0].span._replace(end=source.tables[0].span.end + 1),)
    assert [(part.kind, part.name) for part in source.unread] == [("picture", "图片 image2.png")]
    assert source.pages == ()


@recognises
def test_a_picture_in_a_doc_is_read_where_it_stands() -> None:
    paper = Paper()
    paper.paragraph("四、巡查山洪沟。（责任单位：市水利局）")
    data, emblem = picf(paper.data(), 9000, 12000), picf(paper.data(), 1000, 1000)
    document = Doc([p("附件：任务分工"), picture(0), picture(len(data)), p("表后的话")], pictures=data + emblem).data()
    source = read(document, "a.doc")
    assert source.text.splitlines() == ["附件：任务分工", "四、巡查山洪沟。（责任单位：市水利局）", "表后的话"]
    assert [span.of(source.text).strip() for span in source.recognised] == [source.text.splitlines()[1]]
    assert [(part.kind, part.name) for part in source.unread] == [("picture", "图片 2")]


@recognises
def test_characters_that_are_hard_to_read_are_doubtful() -> None:
    paper = Paper()
    paper.paragraph("三、建立联席会议制度。（牵头单位：市教育局）")
    clear = read(paper.data(), "a.png")
    for x in range(LEFT + 5, WIDTH, 66):  # as a fax does it
        paper.draw.line((x, 0, x + 9, HEIGHT), "white", 7)
    poor = read(paper.data(), "a.png")
    assert len(poor.doubtful) > len(clear.doubtful)
    assert all(len(span.of(poor.text).strip()) == span.end - span.start for span in poor.doubtful)


# ---- pure parts -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "lines", "spans"),
    [
        ("一、修路。\n", [Read("一、修路。", (0, 2))], ["一", "修"]),
        ("一、修路。\n", [Read("一、修路。", (2, 3))], ["修路"]),
        ("牵头：市财政局\n市财政局\n", [Read("市财政局", (1,)), Read("牵头：市财政局", ())], ["财"]),  # the second one
        ("1\t修路\t市财政局\n2\t架桥\t市财政局\n", [Read("市财政局", ()), Read("市财政局", (3,))], ["局"]),
        ("一、修路。\n", [Read("— 3 —", (2,))], []),  # left out as the number of the page
        ("实行 A B 角\n", [Read("实行AB角", (3,))], ["B"]),
    ],
)
def test_where_doubtful_characters_stand(text: str, lines: Sequence[Read], spans: list[str]) -> None:
    doubtful = list(doubtful_in(text, Span(0, len(text)), lines))
    assert [span.of(text) for span in doubtful] == spans
    if spans in (["财"], ["局"]):
        assert doubtful[0].start > len(text) / 2


def test_words_are_recognised_where_some_of_them_are() -> None:
    source = Source("", "a.pdf", "application/pdf", "", recognised=(Span(10, 20), Span(30, 40)))
    spans = ((0, 10), (9, 11), (12, 13), (19, 30), (20, 30), (25, 45), (40, 50), (15, 15))
    assert [source.is_recognised(Span(*span)) for span in spans] == [False, True, True, True, False, True, False, False]


# ---- what is refused ------------------------------------------------------------------------------------------------


@pytest.fixture
def without(monkeypatch: pytest.MonkeyPatch) -> None:
    """Text recognition as if it were not installed."""
    monkeypatch.setitem(sys.modules, "rapidocr", None)


def flat(kind: str) -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (60, 80), "white").save(file, kind)
    return file.getvalue()


@pytest.mark.usefixtures("without")
@pytest.mark.parametrize("kind", ["PNG", "JPEG", "TIFF", "BMP"])
def test_without_it_a_picture_is_refused_with_the_command(kind: str) -> None:
    with pytest.raises(UnreadableFile) as caught:
        read(flat(kind), "scan.xyz")
    assert caught.value.message.startswith("scan.xyz: this is a picture")
    assert COMMAND in caught.value.hint


@pytest.mark.usefixtures("without")
def test_without_it_a_scan_is_refused_and_a_page_named() -> None:
    blank = Paper()
    with pytest.raises(UnreadableFile, match="a scan") as caught:
        read(as_pdf(blank), "a.pdf")
    assert COMMAND in caught.value.hint
    sheet = Sheet()
    sheet.say(60, 60, "一、压实工作责任，各单位抓好落实，务求取得实效。（责任单位：市财政局）")
    sheet.turn()
    source = read(as_pdf(blank, sheet), "a.pdf")
    assert [(part.kind, part.name) for part in source.unread] == [("page", "第 2 页")]
    assert source.recognised == ()


def png(width: int, height: int) -> bytes:
    """A picture that says it is larger than it is."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(bytes(1000))) + chunk(b"IEND", b"")


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (png(8_000, 8_000), "too large"),
        (png(20_000, 20_000), "too many pixels"),  # what Pillow refuses by itself
        (png(9000, 20), "too large"),
        (png(100, 100), "broken"),
        (flat("PNG")[:60], "broken"),
        (flat("JPEG")[:200], "broken"),
        (b"II*\0" + bytes(60), "broken"),
        (b"MM\0*" + bytes(60), "broken"),
        (b"BM" + bytes(60), "broken"),
    ],
)
def test_pictures_are_looked_at_before_they_are_unpacked(data: bytes, reason: str) -> None:
    with pytest.raises(UnreadableFile, match=reason) as caught:
        [unpack() for unpack in pictures.pictures(data, "a.png")]
    assert caught.value.message.startswith("a.png: ")


def test_a_broken_picture_is_told_from_one_without_words_wherever_it_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pictures, "is_installed", lambda: True)
    for data, reason in ((png(100, 100), "the picture is broken"), (flat("PNG"), "no words are recognised")):
        with recognising(lambda _: ""), pytest.raises(UnreadableFile, match=reason):
            read(data, "a.png")


def test_any_kind_of_picture_is_held_upright_on_white() -> None:
    marked = Image.new("RGBA", (40, 60), (0, 0, 0, 0))
    marked.paste((0, 0, 0, 255), (0, 0, 40, 10))  # black at the top, clear below
    exif = Image.Exif()
    exif[0x0112] = 6  # the camera was held on its side
    for mode, kind in (("RGBA", "PNG"), ("LA", "PNG"), ("P", "PNG"), ("1", "TIFF"), ("CMYK", "TIFF"), ("I;16", "TIFF")):
        file = io.BytesIO()
        flat = Image.new("RGB", marked.size, "white")
        flat.paste(marked, mask=marked.getchannel("A"))
        (marked if mode in ("RGBA", "LA") else flat).convert("I" if mode == "I;16" else mode).save(file, kind)
        held = pictures.pictures(file.getvalue(), "a")
        made = next(held)()
        assert (made.mode, made.size) == ("RGB", (80, 120)), mode
        assert made.getpixel((40, 110)) == (255, 255, 255), mode
    file = io.BytesIO()
    flat.save(file, "JPEG", exif=exif)
    held = pictures.pictures(file.getvalue(), "a.jpg")
    assert next(held)().size == (120, 80)


def test_no_more_pages_of_a_pdf_than_a_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    """Those behind it are named; what recognises them is a stand-in."""
    monkeypatch.setattr(pdf, "is_installed", lambda: True)
    monkeypatch.setattr(pdf, "MOST_PAGES", 2)
    asked: list[int] = []

    def recognised(_: object, n: int, __: object) -> Page:
        asked.append(n)
        return Page(842, [], recognised=[Read("甲", ())])

    monkeypatch.setattr(pdf, "_recognised", recognised)
    sheet = Sheet()
    for _ in range(3):
        sheet.canvas.drawImage(ImageReader(Paper().image.resize((62, 88))), 0, 0, 595, 842)
        sheet.turn()
    sheet.say(60, 60, "一、压实工作责任，各单位抓好落实，务求取得实效。（责任单位：市财政局）")
    source = read(sheet.data(), "a.pdf")
    assert asked == [1, 2]
    assert [(part.kind, part.name) for part in source.unread] == [("page", "第 3 页")]


def test_a_text_that_begins_like_a_picture_is_text() -> None:
    assert read("BMI指数纳入健康管理。\n".encode(), "a.txt").media_type == "text/plain"
