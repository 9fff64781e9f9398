"""Layouts of ledgers, and the same layout as .xlsx, .xls, .csv, .docx and .txt.

A layout is a list of blocks: a line, or a table of rows of cells. In a table "<" is merged with the cell to the left, "^" with
the cell above; digits are a number, 2022年6月30日 is a date. "" between two blocks is an empty row.
"""

from __future__ import annotations

import csv
import datetime
import io
import re
import struct
from collections.abc import Sequence
from dataclasses import dataclass, field

import docx
import xlsxwriter

Table = list[list[str]]
Layout = Sequence[str | Table]

DATE = re.compile(r"(20\d\d)年(\d{1,2})月(\d{1,2})日")
GENERAL, DAY, PERCENT, MONTH, CHINESE_DAY = range(5)
FORMATS = (0, 164, 9, 165, 58)  # by style: General, two of its own, and a number of Chinese programs
CODES = {164: "yyyy-mm-dd", 165: 'yyyy"年"m"月"'}


@dataclass
class Made:
    """A sheet as it is written: cells by row and column, counted from 0, with their style; merged ranges; what is hidden."""

    name: str = "Sheet1"
    cells: dict[tuple[int, int], tuple[str | float, int]] = field(default_factory=dict)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)  # first row, first column, last row, last column
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    hidden: bool = False


def sheet(layout: Layout, name: str = "Sheet1") -> Made:
    """A layout as cells; a line is merged over all columns, as titles are."""
    made = Made(name)
    width = max((len(row) for block in layout if isinstance(block, list) for row in block), default=1)
    at = 0
    for block in layout:
        rows = [[block, *["<"] * (width - 1)]] if isinstance(block, str) else block
        for n, row in enumerate(rows if block else [[]]):
            for column, words in enumerate(row):
                if words in ("<", "^", ""):
                    continue
                made.cells[at, column] = value(words)
                across = next((k for k in range(1, len(row) - column) if row[column + k] != "<"), len(row) - column)
                down = next((k for k in range(1, len(rows) - n) if rows[n + k][column] != "^"), len(rows) - n)
                if across * down > 1:
                    made.merged.append((at, column, at + down - 1, column + across - 1))
            at += 1
    return made


def value(words: str) -> tuple[str | float, int]:
    if date := DATE.fullmatch(words):
        year, month, day = map(int, date.groups())
        return (datetime.date(year, month, day) - datetime.date(1899, 12, 30)).days, DAY
    return (int(words), GENERAL) if words.isdecimal() else (words, GENERAL)


# ---- the same layout in other formats -------------------------------------------------------------------------------


def lines(layout: Layout) -> list[list[str]]:
    """Rows of cells; a merged cell stands in each row that it covers, as people fill it in where cells cannot be merged."""
    rows: list[list[str]] = []
    for block in layout:
        if isinstance(block, str):
            rows.append([block])
            continue
        above: list[str] = []
        for row in block:
            above = [above[n] if words == "^" else "" if words == "<" else words for n, words in enumerate(row)]
            rows.append(above)
    return rows


def as_txt(layouts: Sequence[Layout]) -> bytes:
    parted = ("\t".join(words.replace("\n", "、") for words in row) for layout in layouts for row in lines(layout))
    return "\n".join(parted).encode()


def as_csv(layouts: Sequence[Layout], mark: str = ",") -> bytes:
    file = io.StringIO()
    width = max(len(row) for layout in layouts for row in lines(layout))
    writer = csv.writer(file, delimiter=mark)
    writer.writerows([*row, *[""] * (width - len(row))] for layout in layouts for row in lines(layout))
    return file.getvalue().encode("gb18030")


def as_docx(layouts: Sequence[Layout]) -> bytes:
    made = docx.Document()
    for block in (block for layout in layouts for block in layout):
        if isinstance(block, str):
            made.add_paragraph(block)
            continue
        table = made.add_table(len(block), len(block[0]))
        for n, row in enumerate(block):
            for column, words in enumerate(row):
                if words == "<":
                    table.cell(n, column).merge(table.cell(n, column - 1))
                elif words == "^":
                    table.cell(n, column).merge(table.cell(n - 1, column))
                else:
                    table.cell(n, column).text = words
    file = io.BytesIO()
    made.save(file)
    return file.getvalue()


def as_xlsx(*sheets: Made) -> bytes:
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        styles = [book.add_format({"num_format": CODES.get(number, number)}) for number in FORMATS]
        for made in sheets:
            out = book.add_worksheet(made.name)
            for area in made.merged:
                out.merge_range(*area, "")
            for (row, column), (words, style) in made.cells.items():
                out.write(row, column, words, styles[style])
            for row in made.hidden_rows:
                out.set_row(row, None, None, {"hidden": True})
            for column in made.hidden_columns:
                out.set_column(column, column, None, None, {"hidden": True})
            if made.hidden:
                out.hide()
    return file.getvalue()


# ---- .xls: records of [MS-XLS] in a compound file of [MS-CFB] -------------------------------------------------------


def record(kind: int, data: bytes = b"") -> bytes:
    return struct.pack("<HH", kind, len(data)) + data


def begin(kind: int) -> bytes:
    return record(0x0809, struct.pack("<HHHHII", 0x0600, kind, 0x0DBB, 0x07CC, 0, 6))


END = record(0x000A)


def string(words: str, length: str = "<H") -> bytes:
    return struct.pack(length, len(words)) + b"\x01" + words.encode("utf-16-le")


def sheet_records(made: Made) -> bytes:
    parts = [begin(0x0010)]
    parts += [record(0x007D, struct.pack("<6H", c, c, 2048, 0, 1, 0)) for c in sorted(made.hidden_columns)]
    parts += [record(0x0208, struct.pack("<8H", r, 0, 9, 255, 0, 0, 0x20, 0)) for r in sorted(made.hidden_rows)]
    for (row, column), (words, style) in sorted(made.cells.items()):
        place = struct.pack("<3H", row, column, style)
        parts.append(record(0x0204, place + string(words)) if isinstance(words, str) else record(0x0203, place + double(words)))
    areas = b"".join(struct.pack("<4H", r, last, c, end) for r, c, last, end in made.merged)
    parts.append(record(0x00E5, struct.pack("<H", len(made.merged)) + areas))
    return b"".join([*parts, END])


def double(number: float) -> bytes:
    return struct.pack("<d", number)


def as_xls(*sheets: Made | tuple[str, bytes]) -> bytes:
    """A sheet may also be given as its name and its records."""
    bodies = [(s.name, s.hidden, sheet_records(s)) if isinstance(s, Made) else (s[0], False, s[1]) for s in sheets]
    styles = b"".join(record(0x00E0, struct.pack("<HH16x", 0, number)) for number in FORMATS)
    codes = b"".join(record(0x041E, struct.pack("<H", number) + string(code)) for number, code in CODES.items())
    start = begin(0x0005) + record(0x0042, struct.pack("<H", 1200)) + codes + styles
    at = len(start) + sum(len(record(0x0085, struct.pack("<IH", 0, 0) + string(name, "<B"))) for name, *_ in bodies) + len(END)
    table = b""
    for name, hidden, body in bodies:
        table += record(0x0085, struct.pack("<IH", at, hidden) + string(name, "<B"))
        at += len(body)
    return compound({"Workbook": start + table + END + b"".join(body for *_, body in bodies)})


def compound(streams: dict[str, bytes]) -> bytes:
    """A compound file; its streams are filled up to the 4,096 bytes from which they have sectors of their own."""
    chains, sectors, entries = [0xFFFFFFFD, 0xFFFFFFFE], b"", directory_entry("Root Entry", 5, 0xFFFFFFFE, 0, child=1)
    for n, (name, data) in enumerate(streams.items(), 1):
        whole = data.ljust(-(-max(len(data), 4096) // 512) * 512, b"\0")
        first, count = len(chains), len(whole) // 512
        chains += [*range(first + 1, first + count), 0xFFFFFFFE]
        sectors += whole
        entries += directory_entry(name, 2, first, len(whole), right=n + 1 if n < len(streams) else 0xFFFFFFFF)
    assert len(chains) <= 128
    assert len(streams) <= 3
    table = struct.pack("<128I", *chains, *[0xFFFFFFFF] * (128 - len(chains)))
    header = struct.pack("<8s16s5H6x", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"", 0x3E, 3, 0xFFFE, 9, 6)
    header += struct.pack("<9I", 0, 1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0)
    return header + struct.pack("<109I", 0, *[0xFFFFFFFF] * 108) + table + entries.ljust(512, b"\0") + sectors


def directory_entry(name: str, kind: int, start: int, size: int, *, right: int = 0xFFFFFFFF, child: int = 0xFFFFFFFF) -> bytes:
    words = name.encode("utf-16-le")
    fields = struct.pack("<64sHBB3I36xIQ", words, len(words) + 2, kind, 1, 0xFFFFFFFF, right, child, start, size)
    assert len(fields) == 128
    return fields
