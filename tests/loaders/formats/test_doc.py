"""Word 97-2003 files, made here structure by structure, and the text and tables that a reader of them sees."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Sequence
from itertools import accumulate
from pathlib import Path
from struct import pack
from typing import Any

import pytest

from kg.errors import UnreadableFile
from kg.model import Source
from loaders.formats.written import Written
from loaders.read import read
from tests.loaders.formats.demanded import facts
from tests.loaders.formats.msdoc import (
    ANCHORS,
    BOXES,
    DELETED,
    DRAWINGS,
    FOOTNOTES,
    HIDDEN,
    IN_TABLE,
    STYLES,
    SYMBOL,
    Doc,
    Para,
    compound,
    item,
    level,
    lists,
    p,
    row,
    row_end,
    styles,
)

CASE = Path(__file__).parents[4] / "shared" / "cases" / "04-ledger.doc"


def tables(source: Source) -> list[list[list[str]]]:
    return [[[cell.of(source.text) for cell in row] for row in table.rows] for table in source.tables]


# ---- characters -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("paragraphs", "expected"),
    [
        ([p("各县区："), p("plain ASCII"), p("𠮷田街道办")], "各县区：\nplain ASCII\n𠮷田街道办\n"),
        ([p("甲\x0b乙\t丙\x1e丁\x1f戊")], "甲\n乙\t丙-丁戊\n"),
        ([p("前一页", end="\x0c"), p("后一页")], "前一页\n后一页\n"),
        ([p('见\x13 HYPERLINK "http://a.cn" \x14政府网站\x15。')], "见政府网站。\n"),
        ([p("共\x13 REF \x13 PAGE \x143\x15 \x14五\x15项\x13 XE 词 \x15")], "共五项\n"),
        ([p("\x13 TOC \x14一、任务"), p("二、保障\x15"), p("三、附则")], "一、任务\n二、保障\n三、附则\n"),
        ([p("没有尽头\x13的域")], "没有尽头的域\n"),
        ([Para((("市", b""), ("财政局", DELETED), ("审计局\r", b"")))], "市审计局\n"),
        ([Para((("市", b""), ("（内部）", HIDDEN), ("审计局\r", b"")))], "市审计局\n"),
        ([Para((("完成", b""), ("(", SYMBOL), ("情况\r", b"")))], "完成情况\n"),
        ([Para((("由市", b""), ("\r", DELETED))), p("审计局负责")], "由市审计局负责\n"),
    ],
)
def test_paragraphs_of_a_doc(paragraphs: list[Para], expected: str) -> None:
    assert read(Doc(paragraphs).data(), "a.doc").text == expected


@pytest.mark.parametrize(("modifiers", "why"), [(DELETED, "deleted"), (HIDDEN, "hidden")])
def test_words_that_are_left_out_are_named(modifiers: bytes, why: str) -> None:
    source = read(Doc([Para((("市", b""), ("财政局", modifiers), ("审计局\r", b"")))]).data(), "a.doc")
    assert [(part.kind, part.why) for part in source.unread] == [("part", why)]
    assert "「财政局」" in source.unread[0].name


# ---- numbers --------------------------------------------------------------------------------------------------------

STRUCTURES, LEVELS = lists(
    [level(37, "\0、"), level(37, "（\1）"), level(0, "\0.\2", plain=True, gap=True)],
    [level(23, "•")],
    overrides=[(1, None), (2, None), (1, 5)],
)


@pytest.mark.parametrize(
    ("paragraphs", "expected"),
    [
        (
            [p("甲", item(1)), p("乙", item(1, 1)), p("丙", item(1, 1)), p("丁", item(1)), p("戊", item(1, 1))],
            "一、甲\n（一）乙\n（二）丙\n二、丁\n（一）戊\n",
        ),
        ([p("甲", item(1)), p(""), p("", item(1)), p("乙", item(1, 2))], "一、甲\n1.1 乙\n"),
        ([p("甲", item(2)), p("乙", item(9)), p("丙", item(-1))], "甲\n乙\n丙\n"),
        ([p("甲", item(1)), p("乙", item(3)), p("丙", item(3))], "一、甲\n五、乙\n六、丙\n"),
        ([p("甲", style=1), p("乙", style=2), p("丙", style=1)], "一、甲\n（一）乙\n二、丙\n"),
        ([p("甲", style=1), p("乙", item(0), style=1)], "一、甲\n乙\n"),
    ],
)
def test_numbers_that_word_counts(paragraphs: list[Para], expected: str) -> None:
    """Levels, bullets, a list that is begun anew at five, numbers that come from a style or the one that it is based on."""
    of_styles = styles((0xFFF, b""), (0, item(1)), (1, item(1, 1)[:3]))
    document = Doc(paragraphs, structures={STYLES: of_styles, **STRUCTURES}, tail=LEVELS)
    assert read(document.data(), "a.doc").text == expected


def test_a_list_of_word_6_is_named() -> None:
    assert [part.name for part in read(Doc([p("推进公开", item(2047))]).data(), "a.doc").unread] == ["自动编号"]


# ---- tables ---------------------------------------------------------------------------------------------------------


def test_a_table_of_a_doc() -> None:
    """Merged cells stand at every place that they cover, by where their edges are; a paragraph in a cell is a line of it."""
    edges = [0, 1000, 3000, 5000, 7000]
    source = read(
        Doc(
            [
                p("附件"),
                *row("序号", "任务", "单位", edges=[0, 1010, 3000, 7000]),
                p("1", IN_TABLE, end="\x07"), p("推进", IN_TABLE), p("公开", IN_TABLE, end="\x07"),
                *row("市司法局", "年底前", end=row_end(edges, begins=[3])),
                *row("2", "加强", "", "", end=row_end(edges, across=[2], down=[3])),
                p("完"),
            ]
        ).data(),
        "a.doc",
    )  # fmt: skip
    assert source.text == "附件\n序号\t任务\t单位\t\n1\t推进\n公开\t市司法局\t年底前\n2\t加强\t\t\n完\n"
    assert tables(source) == [
        [["序号", "任务", "单位", "单位"], ["1", "推进\n公开", "市司法局", "年底前"], ["2", "加强", "加强", "年底前"]]
    ]


def test_words_before_a_deleted_mark_are_kept_at_the_end_too() -> None:
    document = Doc([p("推进公开"), Para((("加强监督", b""), ("\r", DELETED)))], footnotes=[p("\x02 见附件"), p("")])
    assert read(document.data(), "a.doc").text == "推进公开\n加强监督\n【脚注】\n[1]见附件\n"


def test_a_row_deleted_under_tracked_changes_is_named() -> None:
    kept, gone = row("1", "市审计局"), row("2", "市财政局", deleted=True)
    source = read(Doc([*row("序号", "单位"), *kept, *gone]).data(), "a.doc")
    assert tables(source) == [[["序号", "单位"], ["1", "市审计局"]]]
    assert [tuple(part) for part in source.unread] == [("row", "表格第 3 行「2 市财政局」", 0, "deleted")]


def test_cell_marks_alone_make_a_table() -> None:
    """Where a file says nothing of its paragraphs, two cell marks in a row end a row."""
    bare = [p(words, end="\x07") for words in ("序号", "单位", "", "1", "市审计局", "")]
    assert tables(read(Doc(bare).data(), "a.doc")) == [[["序号", "单位"], ["1", "市审计局"]]]


# ---- other stories and drawings -------------------------------------------------------------------------------------


def test_text_boxes_notes_headers_and_pictures() -> None:
    """Shape 7 is a text box, 8 a picture, 9 a line; box 10 stands in a group that has no anchor of its own."""
    shapes = b"".join(pack("<HHIII", kind << 4 | 2, 0xF00A, 8, shape, 0) for kind, shape in ((202, 7), (75, 8), (20, 9)))
    anchors = pack("<5I", 2, 3, 4, 5, 6) + b"".join(pack("<I22x", shape) for shape in (7, 8, 9, 0))
    boxes = pack("<4I", 0, 3, 6, 7) + b"".join(pack("<14xI4x", shape) for shape in (7, 10, 0))
    source = read(
        Doc(
            [p("正文\x08\x08\x08\x02"), p("后文\x01")],
            footnotes=[p("\x02 指本市区域内")],
            headers=[p("第\x13 PAGE \x142\x15页"), p("平湖市人民政府文件")],
            comments=[p("\x05待核")],
            boxes=[p("框甲"), p("框乙"), p("")],
            structures={ANCHORS: anchors, DRAWINGS: b"\0" * 8 + shapes, BOXES: boxes},
        ).data(),
        "a.doc",
    )
    assert source.text == "正文\n框甲\n后文\n框乙\n【脚注】\n[1]指本市区域内\n"
    assert [(part.kind, part.name, part.why) for part in source.unread] == [
        ("picture", "图片 1", None),
        ("picture", "图片 2", None),
        ("part", "脚注 1 条", "aside"),
        ("part", "批注「待核」", "aside"),
        ("part", "页眉页脚「平湖市人民政府文件」", "aside"),
    ]


def test_a_large_floating_picture_is_read_below_its_anchor(monkeypatch: pytest.MonkeyPatch) -> None:
    """Shape 8 shows the second picture of the store, 9, a small one, the first."""

    def recognised(picture: bytes, name: str) -> Written:
        written = Written()
        written.line(f"{name}：{picture.decode()}")
        return written

    monkeypatch.setattr("loaders.formats.pictures.recognised_in", recognised)
    monkeypatch.setattr("loaders.formats.doc.is_installed", lambda: True)
    text = [p("正文\x08\x08"), p("后文")]
    at = len(Doc(text).streams()["WordDocument"])
    blips = [pack("<HHI17x", 0x6E0 << 4, 0xF01E, 20) + words for words in (b"one", b"two")]
    store = b"".join(pack("<HHI28xI4x", 2, 0xF007, 36, begin) for begin in (at, at + len(blips[0])))
    shapes = b"".join(
        pack("<HHIII", 75 << 4 | 2, 0xF00A, 8, shape, 0) + pack("<HHIHIHI", 2 << 4 | 3, 0xF00B, 12, 0x7F, 1, 0x4104, entry)
        for shape, entry in ((8, 2), (9, 1))
    )
    drawings = pack("<HHI", 15, 0xF000, len(store)) + store + b"\0" + pack("<HHI", 15, 0xF002, len(shapes)) + shapes
    places = pack("<3I", 2, 3, 6) + pack("<I4i6xI4i6x", 8, 0, 0, 9000, 12000, 9, 0, 0, 900, 900)
    streams = Doc(text, structures={ANCHORS: places, DRAWINGS: drawings}).streams()
    streams["WordDocument"] += b"".join(blips)
    source = read(compound(streams), "a.doc")
    assert source.text == "正文\n图片 1：two\n后文\n"
    assert [(part.kind, part.name) for part in source.unread] == [("picture", "图片 2")]


def test_notes_stand_below_the_text_and_join_no_task() -> None:
    """The second footnote has two paragraphs, the third has its own mark instead of a number."""
    tasks = ["一、疏浚排涝河道。汛前完成。\x02（责任单位：市水利局）", "二、储备抢险物资。\x02*\x02（责任单位：市应急管理局）"]
    notes = [p("\x02 指县级河道。"), p("\x02 物资由市粮食局负责轮换。"), p("2023年9月底前完成。"), p("*另行通知。"), p("")]
    ends = list(accumulate((len(note.words) for note in notes), initial=0))
    document = Doc(
        [*map(p, [*HEAD, *tasks])],
        footnotes=notes,
        endnotes=[p("\x02 见储备目录。"), p("")],
        structures={FOOTNOTES: pack("<5I", 0, ends[1], ends[3], ends[4], 0)},
    ).data()
    source = read(document, "a.doc")
    assert source.text.endswith(
        "【脚注】\n[1]指县级河道。\n[2]物资由市粮食局负责轮换。；2023年9月底前完成。\n[3]*另行通知。\n【尾注】\n[1]见储备目录。\n"
    )
    assert [(part.name, part.why) for part in source.unread] == [("脚注 3 条", "aside"), ("尾注 1 条", "aside")]
    [said] = facts(document, "a.doc")
    assert [assignment["name"] for assignment in said["assignments"]] == ["市水利局", "市应急管理局"]
    assert said["deadlines"] == []


def test_text_boxes_that_lie_over_one_another_are_read_once() -> None:
    boxes = pack("<5I", 0, 3, 0, 3, 6) + b"".join(pack("<14xI4x", shape) for shape in (7, 8, 9, 10))
    source = read(Doc([p("正文")], boxes=[p("框甲"), p("框乙")], structures={BOXES: boxes}).data(), "a.doc")
    assert source.text == "正文\n框甲\n框乙\n"


# ---- the same text, the same facts ----------------------------------------------------------------------------------

HEAD = ["平湖市人民政府办公室关于做好粮食安全工作的通知", "平政办发〔2023〕8号", "各镇人民政府，市政府各部门："]
FOOT = ["平湖市人民政府办公室", "2023年3月6日"]
TASKS = [
    "健全储备制度，落实地方储备规模。（市发展和改革局牵头，市财政局配合，2023年6月底前完成）",
    "严格耕地保护，整治抛荒耕地。（责任单位：市自然资源和规划局、市农业农村局）",
]


def by_list() -> list[Para]:
    return [p("重点任务", item(1)), *(p(task, item(1, 1)) for task in TASKS)]


def by_changes() -> list[Para]:
    """Typed numbers, a unit struck out, a link, two lines in a paragraph."""
    before, after = TASKS[0].split("市财政局")
    first = ((f"（一）{before}", b""), ("市商务局、", DELETED), (f"市财政局{after}\x0b", b""))
    return [p("一、重点任务"), Para((*first, (f'（二）\x13 HYPERLINK "a" \x14{TASKS[1]}\x15\r', b"")))]


@pytest.mark.parametrize("body", [by_list(), by_changes()], ids=["list", "changes"])
@pytest.mark.parametrize("name", ["a.doc", "a.wps"])
def test_a_letter_gives_the_facts_of_its_text(body: list[Para], name: str) -> None:
    typed = "\n".join([*HEAD, "一、重点任务", f"（一）{TASKS[0]}", f"（二）{TASKS[1]}", *FOOT])
    plain = facts(typed.encode(), "a.txt")
    assert [(a["role"], a["name"]) for a in plain[0]["assignments"]] == [
        ("LEADS", "市发展和改革局"),
        ("PARTICIPATES", "市财政局"),
        ("LEADS", "市自然资源和规划局"),
        ("LEADS", "市农业农村局"),
    ]
    document = Doc([*map(p, HEAD), *body, *map(p, FOOT)], structures=STRUCTURES, tail=LEVELS)
    assert facts(document.data(), name) == plain


@pytest.mark.parametrize("name", ["a.doc", "a.wps"])
def test_a_ledger_gives_the_facts_of_its_text(name: str) -> None:
    rows = [
        ("序号", "工作任务", "牵头单位", "配合单位", "完成时限"),
        ("1", "健全储备制度", "市发展和改革局", "市财政局", "2023年6月底前"),
        ("2", "整治抛荒耕地", "市农业农村局", "各镇人民政府", "2023年9月底前"),
    ]
    typed = "\n".join([*HEAD, *("\t".join(cells) for cells in rows), *FOOT])
    plain = facts(typed.encode(), "a.txt")
    assert len(plain[0]["assignments"]) == 4
    assert len(plain[0]["deadlines"]) == 2
    document = Doc([*map(p, HEAD), *(para for cells in rows for para in row(*cells)), *map(p, FOOT)])
    assert facts(document.data(), name) == plain


@pytest.mark.skipif(not CASE.exists(), reason="no ../shared/cases beside this checkout")
def test_a_ledger_that_a_word_processor_wrote() -> None:
    [document] = facts(CASE.read_bytes(), CASE.name)
    assert [(a["role"], a["name"]) for a in document["assignments"]] == [
        ("LEADS", "市财政局"),
        ("PARTICIPATES", "市审计局"),
        ("LEADS", "市司法局"),
        ("PARTICIPATES", "市统计局"),
    ]
    assert [deadline["due"] for deadline in document["deadlines"]] == ["2022-06-30", "2022-09-30"]


# ---- what is refused ------------------------------------------------------------------------------------------------


def cut_off() -> bytes:
    streams = Doc([p("推进公开" * 3000)]).streams()
    return compound(streams | {"WordDocument": streams["WordDocument"][:5000]})


def endless() -> bytes:
    """A piece table that says it has more characters than the file has bytes."""
    streams = Doc([p("推进")]).streams()
    table = streams["1Table"].replace(pack("<II", 0, 3), pack("<II", 0, 19_000_000))
    return compound(streams | {"1Table": table})


@pytest.mark.parametrize(
    ("data", "reason", "hint"),
    [
        (Doc([p("甲")], version=0x0068).data(), "Word 6 or 95", ".docx"),
        (Doc([p("甲")], flags=0x0300).data(), "password", "without one"),
        (compound({"EncryptedPackage": b"", "EncryptionInfo": b""}), "password", "without one"),
        (compound({"PowerPoint Document": b""}), "presentation", ".docx"),
        (compound({"CONTENTS": b""}), "older office program", ".docx"),
        (compound({"WordDocument": b""}), "broken", ".docx"),
        (Doc([p("甲")], flags=0).data().replace("0Table".encode("utf-16-le"), "9Table".encode("utf-16-le")), "broken", ".docx"),
        (Doc([p("甲")]).data()[:1500], "broken", ".docx"),
        (cut_off(), "cut off", ".docx"),
        (endless(), "broken", ".docx"),
        (Doc([p(""), p("\x01")]).data(), "no text", "OCR"),
    ],
)
def test_refused_with_a_reason_and_what_to_try(data: bytes, reason: str, hint: str) -> None:
    with pytest.raises(UnreadableFile, match=r"^a\.doc: ") as caught:
        read(data, "a.doc")
    assert reason in caught.value.message
    assert hint in caught.value.hint


@pytest.mark.parametrize("at", range(1024, 7000, 97))
def test_a_damaged_file_is_read_or_refused(at: int) -> None:
    """Whatever byte is another, spans stay within the text, or the file is refused by name."""
    whole = Doc([*map(p, HEAD), *by_list(), *row("1", "市审计局")], structures=STRUCTURES, tail=LEVELS).data()
    for value in (0, 0x7F, 0xFF):
        damaged = whole[:at] + bytes([value]) + whole[at + 1 :]
        try:
            source = read(damaged, "a.doc")
        except UnreadableFile as error:
            assert error.message.startswith("a.doc: ")
        else:
            spans: Sequence[Any] = [cell for table in source.tables for cells in table.rows for cell in cells]
            assert all(0 <= span.start <= span.end <= len(source.text) for span in spans)


@pytest.mark.hostile
@pytest.mark.parametrize(
    "paragraphs",
    [
        [p("\x13" * 300_000)],
        [p("\x13" * 150_000 + "\x15" * 150_000)],
        [p("\x13\x14" * 150_000)],
        [p("\x07" * 150_000)],
        [p("甲\x07\x07" * 50_000)],
        [p("\x01\x08" * 100_000)],
        [p("甲\x0c" * 150_000)],
        [Para((("甲\r" * 150_000, DELETED), ("乙\r", b"")))],
    ],
    ids=lambda paragraphs: repr(paragraphs[0].words[:4]),
)
def test_hostile_text_ends_in_bounded_time(paragraphs: list[Para]) -> None:
    start = time.thread_time()
    with contextlib.suppress(UnreadableFile):
        read(Doc(paragraphs).data(), "a.doc")
    assert time.thread_time() - start < 10
