"""Workbooks: values as their formats show them, what is hidden or has no words, where cells stand, and hostile files."""

from __future__ import annotations

import io
import random
import struct
import time
import zipfile
from collections.abc import Callable, Sequence

import pytest
import xlsxwriter

from kg.errors import UnreadableFile
from kg.model import Source
from loaders.formats import asides, spreadsheetml
from loaders.formats.number_formats import EPOCH_1904, shown
from loaders.read import read
from tests.loaders.formats import layouts
from tests.loaders.formats.layouts import (
    CHINESE_DAY,
    END,
    MONTH,
    PERCENT,
    Made,
    as_xls,
    as_xlsx,
    begin,
    compound,
    double,
    record,
    sheet,
    string,
)

HEAD = ["序号", "任务", "责任单位", "时限"]
BOTH: dict[str, Callable[..., bytes]] = {"a.xlsx": as_xlsx, "a.xls": as_xls}


def unread(source: Source) -> list[tuple[str, str, str | None]]:
    return [(part.kind, part.name, part.why) for part in source.unread]


def with_part(package: bytes, name: str, change: Callable[[str], str]) -> bytes:
    """`package` with the text of one part changed."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(package)) as old, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.namelist():
            data = old.read(part)
            new.writestr(part, change(data.decode()) if part == name else data)
    return file.getvalue()


# ---- values ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "code", "words"),
    [
        (1.0, "", "1"),
        (0.1 + 0.2, "", "0.3"),
        (13800000000.0, "", "13800000000"),
        (1e20, "", "1e+20"),
        (12, "000", "012"),
        (1234567.5, "#,##0.00", "1,234,567.50"),
        (2.345, "0.00", "2.35"),
        (0.35, "0%", "35%"),
        (0.1234, "0.0#%", "12.34%"),
        (5, '"第"0"项"', "第5项"),
        (5, 'General"个"', "5个"),
        (-3, "0_);(0)", "(3)"),
        (0, '0;-0;"无"', "无"),
        (1500, "0.00E+00", "1500"),
        (0.5, "# ?/?", "0.5"),
        (True, "", "TRUE"),
        (44742, "yyyy/m/d", "2022年6月30日"),
        (44742, "[$-804]yyyy年m月d日;@", "2022年6月30日"),
        (44742, 'yyyy"年"m"月"', "2022年6月"),
        (44742, "mmm-yy", "2022年6月"),
        (44742, "m/d", "6月30日"),
        (44742, "yyyy", "2022年"),
        (44742.5, "yyyy-mm-dd hh:mm", "2022年6月30日 12:00"),
        (0.375, "h:mm", "9:00"),
        (44742, '0"项"', "44742项"),
        (44742, "", "44742"),
    ],
)
def test_a_number_as_its_format_shows_it(value: float, code: str, words: str) -> None:
    assert shown(value, code) == words


def test_days_are_counted_from_the_epoch_of_the_workbook() -> None:
    assert shown(44742 - 1462, "yyyy/m/d", EPOCH_1904) == "2022年6月30日"


@pytest.mark.parametrize("name", BOTH)
def test_dates_and_shares(name: str) -> None:
    made = sheet([[HEAD, ["1", "修路", "市交通局", "2022年6月30日"]]])
    made.cells |= {(2, 3): (44742, MONTH), (3, 3): (44742, CHINESE_DAY), (4, 3): (0.85, PERCENT), (5, 3): (44742, 0)}
    made.cells |= {(row, 0): (row, 0) for row in range(2, 6)}
    assert [line.split("\t")[-1] for line in read(BOTH[name](made), name).text.splitlines()] == [
        "时限",
        "2022年6月30日",
        "2022年6月",
        "6月30日",
        "85%",
        "44742",
    ]


# ---- what is left out, and named ------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", BOTH)
def test_what_is_hidden_is_left_out_and_named(name: str) -> None:
    rows = [[str(n), f"修第{n}条路", "市交通局", "6月底前", ""] for n in range(1, 7)]
    made = sheet(["台账", [[*HEAD, "内部意见"], *rows]], "台账")
    made.hidden_rows = {3, 4, 6, 9}
    made.hidden_columns = {4}
    draft, empty = sheet([[HEAD, ["1", "旧稿", "市交通局", "无"]]], "底稿"), Made("空表", hidden=True)
    draft.hidden = True
    source = read(BOTH[name](made, draft, empty, Made("Sheet4")), name)
    assert [line.split("\t")[0] for line in source.text.splitlines()] == ["台账", "序号", "1", "4", "6"]
    assert "内部意见" not in source.text
    assert unread(source) == [
        ("row", "表「台账」第 4–5 行", "hidden"),
        ("row", "表「台账」第 7 行", "hidden"),
        ("part", "表「台账」E 列", "hidden"),
        ("sheet", "表「底稿」", "hidden"),
    ]
    assert source.text[source.unread[0].at :].startswith("4\t")
    assert [(s.name, [number for _, number in s.rows]) for s in source.sheets] == [
        ("台账", [1, 2, 3, 6, 8]),
        ("Sheet4", []),
    ]


@pytest.mark.parametrize("name", BOTH)
def test_a_merged_cell_is_shown_where_its_first_row_is_hidden(name: str) -> None:
    made = sheet([[HEAD, ["1", "修路", "市交通局", "6月底前"], ["2", "架桥", "^", "^"], ["3", "通车", "市公安局", "^"]]])
    made.hidden_rows = {1}
    source = read(BOTH[name](made), name)
    assert [[cell.of(source.text) for cell in row] for row in source.tables[0].rows[1:]] == [
        ["2", "架桥", "市交通局", "6月底前"],
        ["3", "通车", "市公安局", "6月底前"],
    ]
    assert unread(source) == [("row", "表「Sheet1」第 2 行", "hidden")]


def test_formulas_give_their_results_and_pictures_are_named() -> None:
    file = io.BytesIO()
    with xlsxwriter.Workbook(file) as book:
        out = book.add_worksheet("台账")
        out.write_row(0, 0, HEAD)
        out.write_row(1, 0, [1, "修路", "市交通局"])
        out.write_formula("D2", '="6月"&"底前"', None, "6月底前")
        out.write_formula("D3", "=1+1", None, "")
        out.write_formula("C3", '=IF(1,"","")', None, "没有")
        out.write_formula("B3", "=1/0", None, "#DIV/0!")
        out.write_row(3, 0, [2, "架桥", "市水利局"])
        out.write_string("D4", '=DISPIMG("ID_1",1)')
        chart = book.add_chart({"type": "line"})
        chart.add_series({"values": "=台账!$A$2:$A$4"})
        out.insert_chart("F2", chart)
        out.insert_textbox("F20", "另有说明")
        only = book.add_chart({"type": "line"})
        only.add_series({"values": "=台账!$A$2:$A$4"})
        book.add_chartsheet("走势").set_chart(only)
    data = with_part(
        file.getvalue(),
        "xl/worksheets/sheet1.xml",
        lambda xml: xml.replace("<f>1+1</f><v></v>", "<f>1+1</f>").replace("<v>没有</v>", "<v></v>"),
    )
    source = read(data, "a.xlsx")
    assert source.text.splitlines()[1] == "1\t修路\t市交通局\t6月底前"
    assert unread(source) == [
        ("part", "表「台账」B3 公式没有结果", None),
        ("part", "表「台账」D3 公式没有结果", None),
        ("picture", "表「台账」D4 图片", None),
        ("picture", "表「台账」图表", None),
        ("picture", "表「台账」文本框", None),
        ("picture", "表「走势」图表", None),
    ]


def test_many_formulas_without_results_are_named_as_one() -> None:
    errors = b"".join(record(0x0205, struct.pack("<3HBB", row, 2, 0, 0x17, 1)) for row in range(1, 40))
    words = record(0x0204, struct.pack("<3H", 0, 0, 0) + string("修路"))
    source = read(as_xls(("台账", begin(0x0010) + words + errors + END)), "a.xls")
    assert unread(source) == [("part", "表「台账」C2 等 39 处公式没有结果", None)]


def test_records_of_an_xls() -> None:
    error = record(0x0006, struct.pack("<3H", 1, 1, 0) + b"\x02\0\x2a\0\0\0\xff\xff" + bytes(8))
    picture = record(0x005D, struct.pack("<4H", 0x15, 0x12, 8, 1) + bytes(14))
    chart = begin(0x0020) + record(0x0203, struct.pack("<3H", 9, 9, 0) + double(7)) + END
    words = record(0x0204, struct.pack("<3H", 0, 0, 0) + string("修路"))
    body = begin(0x0010) + words + picture + chart + error + END
    source = read(as_xls(("台账", body)), "a.xls")
    assert source.text == "修路\n"
    assert unread(source) == [("part", "表「台账」B2 公式没有结果", None), ("picture", "表「台账」图片", None)]


# ---- which file it is -----------------------------------------------------------------------------------------------


def test_backslashes_and_other_folders() -> None:
    data = as_xlsx(sheet([[HEAD, ["1", "修路", "市交通局", "2022年6月30日"]]]))
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(file, "w") as new:
        for part in old.infolist():
            named = zipfile.ZipInfo("x")
            named.filename = part.filename.replace("/", "\\")
            new.writestr(named, old.read(part))
    source = read(file.getvalue(), "a.xlsx")
    assert source.media_type.endswith("spreadsheetml.sheet")
    assert source.text.endswith("2022年6月30日\n")


@pytest.mark.parametrize(
    ("data", "reason", "hint"),
    [
        (compound({"EncryptedPackage": b"x", "EncryptionInfo": b"x"}), "password", "without one"),
        (compound({"Workbook": begin(5) + record(0x002F, b"\x01\0") + END}), "password", "without one"),
        (compound({"Workbook": b"\x09\x08"}), "workbook is broken", ".xlsx"),
        (as_xls(Made()), "no sheet that is shown", "hidden"),
        (as_xlsx(Made("Sheet2"), Made(cells={(0, 0): ("x", 0)}, hidden=True)), "no sheet that is shown", "hidden"),
    ],
)
def test_refused_with_a_reason_and_what_to_try(data: bytes, reason: str, hint: str) -> None:
    with pytest.raises(UnreadableFile) as caught:
        read(data, "a.et")
    assert caught.value.message.startswith("a.et: ")
    assert reason in caught.value.message
    assert hint in caught.value.hint


# ---- hostile files --------------------------------------------------------------------------------------------------

SMALL = as_xlsx(sheet(["台账", [HEAD, ["1", "修路", "市交通局", "2022年6月30日"]]]))
SHEET = "xl/worksheets/sheet1.xml"
MERGED = "".join(f'<mergeCell ref="A1:XFD{n}"/>' for n in range(1_000_000, 1_003_000))


def xls_with(*records: bytes) -> bytes:
    words = record(0x0204, struct.pack("<3H", 0, 0, 0) + string("台账"))
    return as_xls(("台账", begin(0x0010) + words + b"".join(records) + END))


@pytest.mark.parametrize(
    "data",
    [
        with_part(SMALL, SHEET, lambda xml: xml.replace('<dimension ref="A1:D3"/>', '<dimension ref="A1:XFD1048576"/>')),
        with_part(SMALL, SHEET, lambda xml: xml.replace("</sheetData>", f"</sheetData><mergeCells>{MERGED}</mergeCells>")),
        xls_with(record(0x0200, struct.pack("<IIHHH", 0, 65536, 0, 256, 0))),
        xls_with(record(0x00E5, struct.pack("<H", 1000) + struct.pack("<4H", 0, 65535, 0, 255) * 1000)),
    ],
    ids=["dimension", "merged", "dimension-xls", "merged-xls"],
)
def test_what_a_sheet_claims_costs_nothing(data: bytes) -> None:
    start = time.thread_time()
    assert read(data, "a.xlsx").text.startswith("台账\n")
    assert time.thread_time() - start < 2


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ((SHEET, "</sheetData>", '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'), "too far apart"),
        ((SHEET, "</sheetData>", f'<row r="9">{"<c/>" * 2001}</row></sheetData>'), "2,000 cells without"),
        ((SHEET, "</sheetData>", f'<row r="9">{"<c><v>1</v></c>" * 1001}</row></sheetData>'), "more than 1,000 cells"),
        ((SHEET, 'r="A1"', 'r="A4294967295"'), "broken"),
        ((SHEET, 'r="A1"', 'r="AAAAAAAA1"'), "broken"),
        ((SHEET, '<row r="1"', '<row r="4294967290"'), "broken"),
        (("xl/sharedStrings.xml", 'uniqueCount="', 'uniqueCount="9999999999'), "its strings"),
        ((SHEET, "<worksheet ", '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">]><worksheet '), ""),
    ],
)
def test_hostile_parts(change: tuple[str, str, str], reason: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spreadsheetml, "_MOST_EMPTY", 2000)
    monkeypatch.setattr(asides, "MOST_CELLS", 1000)
    part, old, new = change
    data = with_part(SMALL, part, lambda xml: xml.replace(old, new, 1))
    start = time.thread_time()
    if reason:
        with pytest.raises(UnreadableFile, match=reason):
            read(data, "a.xlsx")
    else:
        assert read(data, "a.xlsx").text.startswith("台账\n")
    assert time.thread_time() - start < 2


@pytest.mark.parametrize("dimensions", [(0, 1 << 31, 0, 256), (0, 65537, 0, 256), (9, 3, 0, 4), (0, 65536, 0, 65535)], ids=str)
def test_an_xls_that_says_it_is_larger_than_can_be(dimensions: Sequence[int]) -> None:
    with pytest.raises(UnreadableFile, match="more cells than can be"):
        read(xls_with(record(0x0200, struct.pack("<IIHHH", *dimensions, 0))), "a.xls")


def test_cells_of_an_xls_too_far_apart() -> None:
    far = record(0x0203, struct.pack("<3H", 65535, 255, 0) + double(1))
    with pytest.raises(UnreadableFile, match="too far apart"):
        read(xls_with(far), "a.xls")


@pytest.mark.hostile
@pytest.mark.parametrize("name", BOTH)
def test_damaged_files_are_read_or_refused(name: str) -> None:
    whole = BOTH[name](layouts.sheet(["台账", [HEAD, ["1", "修路", "市交通局", "2022年6月30日"], ["2", "架桥", "^", "^"]]]))
    if name == "a.xlsx":  # stored, so that what is damaged is XML
        file = io.BytesIO()
        with zipfile.ZipFile(io.BytesIO(whole)) as old, zipfile.ZipFile(file, "w") as new:
            for part in old.namelist():
                new.writestr(part, old.read(part))
        whole = file.getvalue()
    chance = random.Random(20)
    for _ in range(300):
        data = bytearray(whole)
        for _ in range(chance.choice((1, 1, 3, 20))):
            data[chance.randrange(len(data))] = chance.randrange(256)
        if chance.random() < 0.1:
            del data[chance.randrange(len(data)) :]
        try:
            source = read(bytes(data), name)
        except UnreadableFile:
            continue
        for table in source.tables:
            assert all(0 <= cell.start <= cell.end <= len(source.text) for row in table.rows for cell in row)
        assert all(sheet.cell(source.text, start) for sheet in source.sheets for start, _ in sheet.rows)
