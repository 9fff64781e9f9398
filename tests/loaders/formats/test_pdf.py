"""Layouts of PDFs: tables without ruling, columns, headers, pictures; and ordinary letters, which are none of these."""

from __future__ import annotations

import io
import time
import zlib
from collections.abc import Callable, Sequence

import pytest
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen import canvas

from kg.errors import UnreadableFile
from kg.model import Source
from loaders.extract import extract
from loaders.read import read

WIDTH, HEIGHT = 595, 842
TITLE = ("晋城市人民政府办公室", "关于印发水利建设任务清单的通知")
NUMBER = "晋市政办〔2023〕21号"
TO = "各县（市、区）人民政府："
HEAD = ("序号", "工作任务", "牵头单位", "配合单位", "完成时限")
ROWS = (
    ("1", "修订防汛预案，完善县乡村三级预警体系", "市应急管理局", "市水利局、市气象局", "2023年5月底前"),
    ("2", "完成病险水库除险加固", "市水利局", "市财政局", "2023年10月底前"),
    ("3", "建设雨情监测站网，实现重点河段全覆盖、数据全共享", "市水利局", "市气象局、市大数据应用局", "2023年12月底前"),
)
ARTICLES = (
    "一、加强组织领导。各县（市、区）要成立工作专班，主要负责同志亲自抓、负总责。（责任单位：市水利局、各县（市、区）人民政府）",
    "二、落实资金保障。统筹各级财政资金，优先支持病险水库除险加固，2023年6月底前完成资金下达。（责任单位：市财政局）",
    "三、严格督导检查。建立月调度、季通报机制，对进度滞后的予以约谈。（责任单位：市政府督查室）",
    "四、强化宣传引导。充分利用报刊、电视、网络等媒体，营造良好氛围。（责任单位：市文化和旅游局）",
    "五、做好总结评估。2023年12月底前形成总结报告报市人民政府。（责任单位：市水利局）",
)


class Sheet:
    """A PDF that is drawn word by word, each placed by its upper left corner."""

    def __init__(self) -> None:
        pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
        self.file = io.BytesIO()
        self.canvas = canvas.Canvas(self.file, pagesize=(WIDTH, HEIGHT))

    def say(self, x: float, y: float, words: str, size: float = 12) -> None:
        self.canvas.setFont("STSong-Light", size)
        self.canvas.drawString(x, HEIGHT - y - size, words)

    def centre(self, y: float, words: str, size: float = 12, x: float = WIDTH / 2) -> None:
        self.say(x - self.width(words, size) / 2, y, words, size)

    def width(self, words: str, size: float) -> float:
        return float(pdfmetrics.stringWidth(words, "STSong-Light", size))

    def rule(self, x0: float, y0: float, x1: float, y1: float) -> None:
        self.canvas.line(x0, HEIGHT - y0, x1, HEIGHT - y1)

    def picture(self, x: float, y: float, width: float, height: float) -> None:
        self.canvas.drawImage(ImageReader(Image.new("RGB", (40, 40), "gray")), x, HEIGHT - y - height, width, height)

    def wrapped(self, words: str, width: float, size: float) -> list[str]:
        lines = [""]
        for char in words:
            if self.width(lines[-1] + char, size) > width:
                lines.append("")
            lines[-1] += char
        return lines

    def letter(self) -> None:
        for n, words in enumerate(TITLE):
            self.centre(60 + 30 * n, words, 20)
        self.centre(125, NUMBER, 14)
        self.say(70, 150, TO, 14)
        self.centre(190, "任务清单", 14)

    def turn(self) -> None:
        self.canvas.showPage()

    def data(self) -> bytes:
        self.canvas.save()
        return self.file.getvalue()


def tables(source: Source) -> list[list[list[str]]]:
    return [[[cell.of(source.text).replace("\n", "") for cell in row] for row in table.rows] for table in source.tables]


def facts(data: bytes, name: str) -> object:
    """What a document says, without where it stands."""
    (document,) = extract(data, name).documents
    titles = {task.id: task.title.replace("\n", "") for task in document.tasks}
    return (
        (document.title, document.doc_number, document.issued_on, document.issuers),
        sorted(titles.values()),
        sorted((titles[a.task], a.role, a.agency.name) for a in document.assignments),
        sorted((titles[d.task] if d.task else "", d.due or "") for d in document.deadlines),
    )


# ---- tables without ruling ------------------------------------------------------------------------------------------


def drawn(
    xs: Sequence[float],
    widths: Sequence[float],
    size: float,
    *,
    middle: bool = False,
    lead: float = 1.4,
    pad: float = 5,
    across: str = "",
    down: bool = False,
) -> bytes:
    """The letter with its table; cells begin at `xs` and are wrapped at `widths`, `across` says which rules are drawn."""
    sheet = Sheet()
    sheet.letter()
    edges = [215.0]
    for row in (HEAD, *ROWS):
        cells = [sheet.wrapped(words, width, size) for words, width in zip(row, widths, strict=True)]
        height = max(map(len, cells)) * size * lead
        for x, width, cell in zip(xs, widths, cells, strict=True):
            y = edges[-1] + pad + (height - len(cell) * size * lead) / 2 * middle
            for n, words in enumerate(cell):
                if middle:
                    sheet.centre(y + n * size * lead, words, size, x + width / 2)
                else:
                    sheet.say(x, y + n * size * lead, words, size)
        edges.append(edges[-1] + height + 2 * pad)
    for y in {"three": (*edges[:2], edges[-1]), "all": edges, "": ()}[across]:
        sheet.rule(xs[0] - 4, y, xs[-1] + widths[-1] + 4, y)
    for x in xs[1:] if down else ():
        sheet.rule(x - 3, edges[0], x - 3, edges[-1])
    return sheet.data()


WIDE = ((60, 95, 250, 335, 440), (26, 140, 70, 90, 100))


@pytest.mark.parametrize(
    "data",
    [
        drawn((60, 90, 250, 330, 430), (22, 150, 70, 90, 100), 10),
        drawn(*WIDE, 10.5, middle=True),
        drawn(*WIDE, 12, lead=1.5, pad=0),  # rows as far apart as the lines in them
        drawn(*WIDE, 11, across="three"),
        drawn(*WIDE, 11, across="all", middle=True),
        drawn(*WIDE, 11, across="all", down=True),  # open at the sides
        drawn(*WIDE, 11, across="three", down=True),  # rows without rules
        drawn((60, 96, 260, 340, 440), (24, 154, 70, 91, 90), 13, lead=1.3, pad=6, middle=True),
    ],
    ids=["small", "middle", "even", "three rules", "row rules", "open sides", "columns ruled", "close"],
)
def test_tables_without_ruling(data: bytes) -> None:
    """They give the facts of the same text with its cells parted by tabs."""
    text = "\n".join([*TITLE, NUMBER, TO, "任务清单", *("\t".join(row) for row in (HEAD, *ROWS))])
    assert tables(read(data, "a.pdf")) == [[list(row) for row in (HEAD, *ROWS)]]
    assert facts(data, "a.pdf") == facts(text.encode(), "a.txt")


def test_a_table_between_three_rules_whatever_it_says() -> None:
    """三线表 of figures: no task stands in it, and no line of it runs into another."""
    rows = (("指标名称", "计量单位", "目标值"), ("病险水库除险加固", "座", "12"), ("山洪灾害防治村", "个", "305"))
    sheet = Sheet()
    sheet.letter()
    for n, row in enumerate(rows):
        for x, words in zip((90, 300, 420), row, strict=True):
            sheet.say(x, 220 + 24 * n, words, 11)
    for y in (216, 238, 288):
        sheet.rule(80, y, 500, y)
    sheet.say(90, 300, "注：目标值为2025年底前完成数。", 10)
    source = read(sheet.data(), "a.pdf")
    assert tables(source) == [[list(row) for row in rows]]
    assert source.text.endswith("\n注：目标值为2025年底前完成数。\n")


def test_a_head_set_wide_and_on_two_lines() -> None:
    sheet = Sheet()
    sheet.letter()
    for x, y, words in (
        *((60, 215, "序 号"), (110, 215, "工　作　任　务"), (290, 209, "牵头"), (290, 222, "单位"), (370, 209, "配合")),
        *((370, 222, "单位"), (460, 215, "完成时限")),
    ):
        sheet.say(x, y, words, 11)
    for n, row in enumerate(ROWS):
        for x, words, width in zip((66, 110, 290, 370, 460), row, (22, 160, 66, 77, 99), strict=True):
            for k, line in enumerate(sheet.wrapped(words, width, 11)):
                sheet.say(x, 245 + 50 * n + 14 * k, line, 11)
    head, *rows = tables(read(sheet.data(), "a.pdf"))[0]
    assert ["".join(words.split()) for words in head] == list(HEAD)
    assert rows == [list(row) for row in ROWS]


def test_a_table_that_goes_on_without_its_head() -> None:
    """Also under a header and over a page number; what stands below it is none of it."""
    rows = [(str(n), f"完成第{n}项水利工程", "市水利局", "市财政局", f"2023年{n % 12 + 1}月底前") for n in range(1, 41)]
    sheet = Sheet()
    sheet.letter()
    for n, row in enumerate((HEAD, *rows)):
        page, on_page = divmod(n, 21)
        if n == 21:
            sheet.turn()
        for x, words in zip((60, 95, 290, 375, 450), row, strict=True):
            sheet.say(x, (80 if page else 215) + 26 * on_page, words, 10)
        if on_page == 0:
            sheet.say(60, 30, "水利建设任务清单", 9)
            sheet.centre(800, f"— {page + 1} —", 10)
    sheet.say(60, 640, "附件2")
    sheet.say(60, 670, "联系人名单")
    source = read(sheet.data(), "a.pdf")
    assert tables(source) == [[list(HEAD), *map(list, rows)]]
    assert source.text.endswith("\n附件2\n联系人名单\n")
    assert source.text[source.pages[1] :].startswith("21\t")


def test_a_heading_between_rows() -> None:
    sheet = Sheet()
    sheet.letter()
    for n, row in enumerate(
        [HEAD, ("一、防汛抗旱方面（共两项任务）",), ROWS[0], ROWS[1], ("二、监测预警方面（共一项任务）",), ROWS[2]]
    ):
        for x, words in zip((60, 95, 320, 385, 495), row, strict=False):
            sheet.say(x, 215 + 26 * n, words, 8)
    (table,) = tables(read(sheet.data(), "a.pdf"))
    assert [row[0] for row in table] == [
        "序号",
        "一、防汛抗旱方面（共两项任务）",
        "1",
        "2",
        "二、监测预警方面（共一项任务）",
        "3",
    ]
    (document,) = extract(sheet.file.getvalue(), "a.pdf").documents
    assert [task.headings[-1][:4] for task in document.tasks] == ["防汛抗旱", "防汛抗旱", "监测预警"]


# ---- columns --------------------------------------------------------------------------------------------------------


def columns(x: float, width: float, size: float, lead: float, offset: float = 0) -> bytes:
    """The articles in two columns under a title, the right one from `x` on and `offset` lower."""
    sheet = Sheet()
    sheet.centre(60, "".join(TITLE), 16)
    sheet.centre(85, NUMBER)
    sheet.centre(800, "- 12 -", 9)
    lines = [(0.0, TO)]
    for words in ARTICLES:
        lines += [
            (size * (words[0] == "　") * 2, line.lstrip("　"))
            for line in sheet.wrapped("　　" + words, width, size)
            for words in [line]
        ]
    half = (len(lines) + 1) // 2
    for n, (indent, words) in enumerate(lines):
        left = n < half
        y = 120 + (n - half * (not left)) * size * lead + offset * (not left)
        sheet.say((60 if left else x) + indent, y, words, size)
    sheet.say(x + 40, y + 30, TITLE[0], size)
    sheet.say(x + 80, y + 50, "2023年4月18日", size)
    return sheet.data()


@pytest.mark.parametrize(
    "data",
    [
        columns(310, 225, 12, 1.5),
        columns(300, 228, 11, 1.6),
        columns(315, 220, 10.5, 1.7, offset=7),
        columns(305, 226, 9, 1.8),
    ],
    ids=["plain", "narrow gutter", "other baselines", "small"],
)
def test_two_columns(data: bytes) -> None:
    """The title over both, then one column after the other: the facts are those of the text."""
    text = "\n".join(["".join(TITLE), NUMBER, TO, *ARTICLES, TITLE[0], "2023年4月18日"])
    source = read(data, "a.pdf")
    assert facts(data, "a.pdf") == facts(text.encode(), "a.txt")
    assert source.text.splitlines()[3:8] == list(ARTICLES)
    assert source.unread == ()


def test_columns_whose_order_is_not_certain() -> None:
    """A headline between two blocks of columns: read block by block, and said so."""
    sheet = Sheet()
    for block, y in enumerate((60, 400)):
        sheet.centre(y, ("关于加强水利建设的通知", "关于做好防汛工作的通知")[block], 24)
        for n, words in enumerate(ARTICLES[2 * block : 2 * block + 2]):
            for k, line in enumerate(sheet.wrapped(words, 220, 12)):
                sheet.say((60, 310)[n], y + 50 + 20 * k, line)
    source = read(sheet.data(), "a.pdf")
    assert [line[:2] for line in source.text.splitlines()] == ["关于", "一、", "二、", "关于", "三、", "四、"]
    assert [(part.kind, part.name, part.why) for part in source.unread] == [("page", "第 1 页：分栏顺序不确定", "order")]


def test_two_columns_that_count_by_rows_are_read_by_rows() -> None:
    sheet = Sheet()
    for n, words in enumerate("一二三四五六"):
        sheet.say((60, 310)[n % 2], 80 + n // 2 * 25, f"{words}、推进第{words}项水利建设工作。")
    source = read(sheet.data(), "a.pdf")
    assert "".join(line[0] for line in source.text.replace(" ", "\n").splitlines()) == "一二三四五六"
    assert [part.why for part in source.unread] == ["order"]


# ---- what is neither ------------------------------------------------------------------------------------------------


def labels(sheet: Sheet) -> None:
    for n, words in enumerate(("联系人：", "联系电话：", "电子邮箱：", "通信地址：")):
        sheet.say(98, 300 + 25 * n, words, 14)
        sheet.say(240, 300 + 25 * n, ("王某某", "0356-1234567", "slj@example.cn", "晋城市城区某某街1号，邮编048000")[n], 14)


def names(sheet: Sheet) -> None:
    for n, words in enumerate(("张　三", "李　四", "王五六", "赵七八", "钱九十", "孙一二", "周三四", "吴五六", "郑　七")):
        sheet.say(98 + n % 3 * 130, 300 + n // 3 * 25, words, 14)


def signatures(sheet: Sheet) -> None:
    for n, words in enumerate(("甲方：晋城市水利局（盖章）", "代表人：", "2023年4月18日")):
        sheet.say(70, 300 + 25 * n, words, 14)
        sheet.say(320, 300 + 25 * n, words.replace("甲", "乙"), 14)


def hanging(sheet: Sheet) -> None:
    for n, words in enumerate(ARTICLES[:3]):
        for k, line in enumerate(sheet.wrapped(words, 420, 14)):
            sheet.say(70 + 28 * (k > 0), 300 + 90 * n + 25 * k, line, 14)


def contents(sheet: Sheet) -> None:
    for n, words in enumerate(("一、总体要求", "二、重点任务", "三、保障措施", "四、附则")):
        sheet.say(98, 300 + 25 * n, words, 14)
        sheet.say(210, 300 + 25 * n, "…………………………", 14)
        sheet.say(500, 300 + 25 * n, str(n + 1), 14)


def answers(sheet: Sheet) -> None:
    for n, words in enumerate(("市水利局", "市财政局", "市应急管理局")):
        sheet.say(98, 300 + 60 * n, f"{n + 1}.推进病险水库除险加固。", 14)
        sheet.say(98, 325 + 60 * n, f"牵头单位：{words}", 14)
        sheet.say(280, 325 + 60 * n, "配合单位：市统计局", 14)
        sheet.say(430, 325 + 60 * n, "完成时限：5月底前", 14)


@pytest.mark.parametrize("draw", [labels, names, signatures, hanging, contents, answers])
def test_letters_are_no_tables_and_have_no_columns(draw: Callable[[Sheet], None]) -> None:
    """Wide blanks, signatures on the right, hanging indents: read line by line, from left to right."""
    sheet = Sheet()
    sheet.letter()
    for n, line in enumerate(sheet.wrapped("　　" + ARTICLES[0], 455, 14)):
        sheet.say(70 + 28 * (n == 0), 220 + 25 * n, line.lstrip("　"), 14)
    draw(sheet)
    sheet.say(300, 620, TITLE[0], 14)
    sheet.say(340, 645, "2023年4月18日", 14)
    source = read(sheet.data(), "a.pdf")
    assert source.tables == ()
    assert source.unread == ()
    found = source.text.splitlines()
    assert found[:5] == [*TITLE, NUMBER, TO, "任务清单"]
    assert found[-2:] == [TITLE[0], "2023年4月18日"]


# ---- headers, pictures, blank pages ---------------------------------------------------------------------------------


def test_headers_of_left_and_right_pages() -> None:
    """Each stands on every other page; annexes at the head of pages are none."""
    sheet = Sheet()
    for page in range(1, 7):
        sheet.say(60, 30, "市政府公报" if page % 2 else "2023年第6期", 9)
        sheet.say(60, 60, f"附件{page}")
        sheet.say(60, 150, f"第{page}页所附名单由各单位填写。")
        sheet.say(60 if page % 2 else 500, 800, f"· {page} ·", 9)
        sheet.turn()
    words = [words for page in range(1, 7) for words in (f"附件{page}", f"第{page}页所附名单由各单位填写。")]
    assert read(sheet.data(), "a.pdf").text.splitlines() == words


def test_pages_and_pictures_that_give_no_words() -> None:
    sheet = Sheet()
    sheet.letter()
    sheet.picture(400, 500, 110, 110)  # a seal
    sheet.turn()
    sheet.picture(0, 0, WIDTH, HEIGHT)  # a page that is a picture
    sheet.turn()
    sheet.turn()  # a blank one
    sheet.say(60, 60, "附件")
    sheet.picture(60, 120, 400, 500)  # a picture of a table
    sheet.turn()
    sheet.picture(0, 0, WIDTH, HEIGHT)  # a scan with its text layer
    for n, words in enumerate(ARTICLES):
        sheet.say(40, 100 + 30 * n, words, 9)
    source = read(sheet.data(), "a.pdf")
    assert [(part.kind, part.name) for part in source.unread] == [("page", "第 2 页"), ("picture", "第 4 页的图片")]
    assert source.text[source.unread[0].at :].startswith("附件\n")


def test_a_scan_with_one_page_of_text_is_read() -> None:
    sheet = Sheet()
    for n, words in enumerate(ARTICLES[:2]):
        sheet.say(40, 100 + 30 * n, words, 9)
    for _ in range(40):
        sheet.turn()
        sheet.picture(0, 0, WIDTH, HEIGHT)
    source = read(sheet.data(), "a.pdf")
    assert source.text.startswith(ARTICLES[0])
    assert len(source.unread) == 40


# ---- hostile files --------------------------------------------------------------------------------------------------


def repeated(pages: int, content: bytes) -> bytes:
    """A PDF whose pages share one stream."""
    stream = zlib.compress(content, 9)
    kids = b" ".join(b"%d 0 R" % (5 + n) for n in range(pages))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [%s] /Count %d >>" % (kids, pages),
        b"<< /Length %d /Filter /FlateDecode >>\nstream\n%s\nendstream" % (len(stream), stream),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        *[b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 3 0 R /Resources << /Font << /F1 4 0 R >> >> >>"]
        * pages,
    ]
    data = b"%PDF-1.4\n"
    places = []
    for n, body in enumerate(objects, 1):
        places.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (n, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    end = b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, len(data))
    return data + b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1) + table + end


def small_print(characters: int) -> bytes:
    lines = (
        b"1 0 0 1 %d %d Tm (%s) Tj " % (20 + n // 700 * 60, 720 - n % 700, b"abcde fghij 1234" * 5)
        for n in range(characters // 80)
    )
    return b"BT /F1 1 Tf " + b"".join(lines) + b"ET"


@pytest.mark.hostile
@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (repeated(20, small_print(100_000)), "more than fit on one"),
        (repeated(100, small_print(40_000)), "longer than"),
    ],
)
def test_too_many_characters_are_refused_while_they_are_counted(data: bytes, reason: str) -> None:
    assert len(data) < 20_000
    start = time.thread_time()
    with pytest.raises(UnreadableFile) as caught:
        read(data, "a.pdf")
    assert reason in caught.value.message
    assert time.thread_time() - start < 5


@pytest.mark.hostile
def test_pages_full_of_rules_end_in_bounded_time() -> None:
    """Grids of 249 by 249 are given up, and said so; the words are read all the same."""
    grid = b"".join(b"%d 0 m %d 800 l S 0 %d m 500 %d l S " % (4 * n, 4 * n, 4 * n, 4 * n) for n in range(1, 200))
    start = time.thread_time()
    source = read(repeated(20, grid + small_print(2000)), "a.pdf")
    assert time.thread_time() - start < 30
    assert ("part", "第 20 页的表格") in [(part.kind, part.name) for part in source.unread]
    assert source.text.count("abcde") >= 20 * 100
